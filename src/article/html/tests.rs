use super::super::cases::{P, assert_blocks, outline, written};
use super::*;
use crate::article::BlockKind;

#[track_caller]
fn case(page: &str, expected: &[(BlockKind, &str)]) {
    assert_blocks(&read(page).expect("it is read").1, expected);
}

#[test]
fn markup_goes_and_the_words_stay() {
    case(
        "<p>It <b>ru</b>ns all\n night &amp; costs <!-- not --> &ldquo;nothing&rdquo;,<br>she said.</p><p>Twice.",
        &[
            (P, "It runs all night & costs “nothing”, she said."),
            (P, "Twice."),
        ],
    );
}

#[test]
fn every_block_maps_back_to_the_file() {
    let source = "<p>It <em>never</em> stops &amp; waits\r\nfor &lt;\u{c228}bus&gt; &#8220;nobody&#8221;.</p>";
    let (_, blocks) = read(source).expect("it is read");
    let at = |words| written(source, &blocks[0], words);
    assert_eq!(at("never"), "never");
    assert_eq!(at("stops & waits"), "stops &amp; waits");
    assert_eq!(at("waits for"), "waits\r\nfor");
    assert_eq!(at("<\u{c228}bus>"), "&lt;\u{c228}bus&gt;");
    assert_eq!(at("“nobody”"), "&#8220;nobody&#8221;");
}

/// What is made of a page: what it says about itself, and its blocks, one a line.
fn article(page: &str) -> String {
    let path = std::path::Path::new("a.html");
    let article = crate::article::parse(path, page.as_bytes().to_vec()).expect("it is read");
    format!("{:#?}\n{}", article.meta, outline(&article.blocks))
}

#[test]
fn pages_come_apart_into_what_they_are() {
    #[track_caller]
    fn case(system: &str, page: &str) {
        insta::assert_snapshot!(system, article(page));
    }
    case(
        "press",
        include_str!("../../../tests/fixtures/pages/press.html"),
    );
    case(
        "wordpress",
        include_str!("../../../tests/fixtures/pages/wordpress.html"),
    );
    case(
        "ghost",
        include_str!("../../../tests/fixtures/pages/ghost.html"),
    );
    case(
        "substack",
        include_str!("../../../tests/fixtures/pages/substack.html"),
    );
    case(
        "medium",
        include_str!("../../../tests/fixtures/pages/medium.html"),
    );
    case(
        "drupal",
        include_str!("../../../tests/fixtures/pages/drupal.html"),
    );
    case(
        "squarespace",
        include_str!("../../../tests/fixtures/pages/squarespace.html"),
    );
}

#[test]
fn the_mark_of_a_footnote_parts_sentences_but_not_words() {
    let mark = BlockKind::Boilerplate;
    case(
        "<p>It rose by 9 per cent.<sup><a href='#fn1'>1</a></sup> Nobody had asked.<a href='#n2'>[2]</a></p>",
        &[
            (P, "It rose by 9 per cent."),
            (mark, "1"),
            (P, "Nobody had asked."),
            (mark, "[2]"),
        ],
    );
    case(
        "<p>It rose<sup><a href='#fn1'>1</a></sup> by 10<sup>2</sup>. “So. <a href='#a'>3</a> No.”</p>",
        &[(P, "It rose1 by 102. “So. 3 No.”")],
    );
}

#[test]
fn words_that_the_markup_quotes_are_known() {
    #[track_caller]
    fn case(page: &str, quoted: &[&str]) {
        let (_, blocks) = read(page).expect("it is read");
        let found = blocks.iter().flat_map(|block| {
            let ranges = block.inline.quoted.iter();
            ranges.map(|range| &block.text[range.clone()])
        });
        assert_eq!(found.collect::<Vec<_>>(), quoted, "{page}");
    }
    case(
        "<p><q>We <b>wait</b> here,</q> she said, <q>for &lt;nobody&gt;.</q>",
        &["We wait here,", "for <nobody>."],
    );
    case(
        "<p>It is <q>the <q>best</q> bus</q> <q> of all </q>.</p>",
        &["the best bus", "of all"],
    );
    case("<p>Nobody <q> </q> waits for <q>it", &["it"]);
}

#[test]
fn a_heading_that_nothing_closes_ends_with_its_line() {
    case(
        "<h2>The goose has a pass\n<p>It queues <b>better.\n<p>It is <b>valid</b>.",
        &[
            (BlockKind::Heading(2), "The goose has a pass"),
            (P, "It queues better."),
            (P, "It is valid."),
        ],
    );
    case(
        "<h2><p>The goose has a pass</p></h2><p>It queues.",
        &[
            (BlockKind::Heading(2), "The goose has a pass"),
            (P, "It queues."),
        ],
    );
}

#[test]
fn a_note_is_known_where_the_page_refers_to_it() {
    let page = "<article><p>It rose by 9 per cent.<sup><a href='#fn1'>1</a></sup> Nobody had asked.<a href='#n2'>[2]</a></p>\
                <p>It rains.<sup><a href='#none'>3</a></sup></p><ol><li id=fn1>County Survey</li><li id='n2'><p>Town Trust</p></li></ol></article>";
    let (_, blocks) = read(page).expect("it is read");
    let found = blocks.iter().flat_map(|block| {
        let notes = block.inline.notes.iter();
        notes.map(|mark| (&block.text[..mark.at], blocks[mark.block].text.as_str()))
    });
    assert_eq!(
        found.collect::<Vec<_>>(),
        [
            ("It rose by 9 per cent.", "County Survey"),
            ("Nobody had asked.", "Town Trust")
        ]
    );
}

#[test]
fn pull_quotes_are_what_the_text_repeats() {
    let text = "The river wardens meet on Sundays, and they bring their own boots, gloves and a flask of tea.";
    case(
        &format!(
            "<p>{text}</p><blockquote>They bring their own boots</blockquote><div class='pullquote'><p>Nobody else does it.</p></div>"
        ),
        &[
            (P, text),
            (BlockKind::PullQuote, "They bring their own boots"),
            (BlockKind::BlockQuote, "Nobody else does it."),
        ],
    );
}

#[test]
fn a_post_keeps_its_words_however_many_links_are_in_it() {
    let filler = "<p>The river wardens meet on Sundays, and they bring their own boots, gloves and a flask of tea.</p>";
    let post = "<div><blockquote class='twitter-tweet'><p>Came for <a href=x>#soup and stayed for the winter</a></p>— Bo Vik (@bovik) <a href=y>May 3, 2031</a></blockquote></div>";
    let (_, blocks) = read(&format!(
        "<article>{filler}{filler}{post}{filler}{filler}</article>"
    ))
    .expect("it is read");
    let is_post = |block: &&Block| block.kind == BlockKind::BlockQuote;
    let words: Vec<_> = blocks
        .iter()
        .filter(is_post)
        .map(|block| &*block.text)
        .collect();
    assert_eq!(words, ["Came for #soup and stayed for the winter"]);
}
