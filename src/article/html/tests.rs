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

/// What is made of a page, one block a line.
fn article(page: &str) -> String {
    let path = std::path::Path::new("a.html");
    let article = crate::article::parse(path, page.as_bytes().to_vec()).expect("it is read");
    outline(&article.blocks)
}

#[test]
fn a_page_of_a_press_comes_apart_into_what_it_is() {
    let page = include_str!("../../../tests/fixtures/pages/wordpress.html");
    insta::assert_snapshot!(article(page));
}

#[test]
fn a_page_says_who_wrote_it_and_when() {
    let page = include_str!("../../../tests/fixtures/pages/wordpress.html");
    let (meta, _) = read(page).expect("it is read");
    assert_eq!(
        meta.title.as_deref(),
        Some("The bakery that opens at three")
    );
    assert_eq!(meta.byline.as_deref(), Some("Ana Lund, Bo Vik"));
    assert_eq!(meta.site.as_deref(), Some("Northlight"));
    assert_eq!(meta.date.as_deref(), Some("2031-05-14T06:00:00+02:00"));
    assert_eq!(meta.lang.as_deref(), Some("en-GB"));
    assert_eq!(
        meta.url.as_deref(),
        Some("https://northlight.example/bakery")
    );
    assert_eq!(
        meta.image.as_deref(),
        Some("https://northlight.example/oven.jpg")
    );
}
