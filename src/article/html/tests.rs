use super::*;
use crate::article::BlockKind;

#[track_caller]
fn case(page: &str, expected: &[(BlockKind, &str)]) {
    let (_, blocks) = read(page).expect("it is read");
    let found: Vec<_> = blocks
        .iter()
        .map(|block| (block.kind, block.text.as_str()))
        .collect();
    assert_eq!(found, expected);
}

const P: BlockKind = BlockKind::Paragraph;

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
    let block = &blocks[0];
    let at = |words: &str| {
        let start = block.text.find(words).expect("it is read");
        let span = block.verbatim(start..start + words.len()).outer_span();
        &source[span.start..span.end]
    };
    assert_eq!(at("never"), "never");
    assert_eq!(at("stops & waits"), "stops &amp; waits");
    assert_eq!(at("waits for"), "waits\r\nfor");
    assert_eq!(at("<\u{c228}bus>"), "&lt;\u{c228}bus&gt;");
    assert_eq!(at("“nobody”"), "&#8220;nobody&#8221;");
}

/// The words of a page and what they are, one block a line.
fn outline(page: &str) -> String {
    let article = crate::article::parse(std::path::Path::new("a.html"), page.as_bytes().to_vec())
        .expect("it is read");
    let lines = article
        .blocks
        .iter()
        .map(|block| format!("{:?}: {}\n", block.kind, block.text));
    lines.collect()
}

#[test]
fn a_page_of_a_press_comes_apart_into_what_it_is() {
    let page = include_str!("../../../tests/fixtures/pages/wordpress.html");
    insta::assert_snapshot!(outline(page), @"");
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

#[test]
fn hostile_pages_take_linear_time() {
    let start = std::time::Instant::now();
    let styles: String = (0..4000)
        .map(|at| format!("<font color=c{at}>a</p><p>"))
        .collect();
    let attributes: String = (0..20_000).map(|at| format!("a{at}=b ")).collect();
    let attributes = format!("<p {attributes}>words");
    let units = [
        "<div>",
        "<b>",
        "<ul><li>",
        "<table><tr><td>",
        "<blockquote>",
        "&amp;",
        "&",
        "<",
        "<a href=x>",
        "<p>“a, b",
        "<!--",
        "“",
    ];
    let pages = units.map(|unit| unit.repeat(200_000 / unit.len()));
    for page in pages.iter().chain([&styles, &attributes]) {
        let _ = read(page);
    }
    assert!(start.elapsed().as_secs() < 60, "{:?}", start.elapsed());
}
