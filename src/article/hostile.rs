//! What no honest article is: read in time that grows with its length, to a clear message or to
//! whatever words are in it.

use std::path::Path;
use std::time::{Duration, Instant};

use super::parse;

/// A case takes a quarter of a second at most; one that took the square of its length took ten and more.
const LIMIT: Duration = Duration::from_secs(6);

/// Reads a text in the format of the name, and says what was found: the bytes of its words, or the
/// error.
#[track_caller]
fn read(name: &str, bytes: Vec<u8>) -> Result<usize, String> {
    let start = Instant::now();
    let beginning = String::from_utf8_lossy(&bytes[..bytes.len().min(40)]).into_owned();
    let found = parse(Path::new(name), bytes);
    let took = start.elapsed();
    assert!(took < LIMIT, "{name} of {beginning}…: {took:?}");
    match found {
        Ok(article) => Ok(article.blocks.iter().map(|block| block.text.len()).sum()),
        Err(error) => Err(error.to_string()),
    }
}

#[test]
fn pages_that_nest_and_never_end_take_linear_time() {
    let units = [
        ("<font>", 100_000),
        ("<b>", 100_000),
        ("<b><p>word ", 10_000),
        ("<a href=x>a", 20_000),
        ("<div>", 100_000),
        ("<span>", 100_000),
        ("<ul><li>", 50_000),
        ("<ol><li>item ", 20_000),
        ("<table><tr><td>", 50_000),
        ("<table><tr><td><select><table>", 20_000),
        ("<blockquote>", 50_000),
        ("<blockquote>words</blockquote>", 10_000),
        ("<q>word ", 50_000),
        ("<q>word</q>", 50_000),
        ("<h2>word<p>", 20_000),
        ("<p id=a>5%.<sup><a href='#a'>1</a></sup>", 5_000),
        (
            "<figure><blockquote>w</blockquote><figcaption>c</figcaption></figure>",
            5_000,
        ),
        ("<svg>", 50_000),
        ("<math><mi>", 50_000),
        ("<template>", 50_000),
        ("<form><button>word", 50_000),
        ("<div class='byline share'>", 50_000),
        ("<!--", 250_000),
        ("a<!-- x -->", 50_000),
        ("<script>", 50_000),
        ("<p>x</b></i>", 20_000),
        ("a<br><br>", 10_000),
        (
            "<article><div><p>“Words, <b>bold <i>it <a href=x>link <blockquote><p>said <ul><li>it <table><tr><td>c ",
            2_000,
        ),
    ];
    for (unit, count) in units {
        let _ = read("a.html", unit.repeat(count).into_bytes());
    }
}

#[test]
fn characters_without_end_take_linear_time() {
    let units = [
        "&",
        "&amp;",
        "&x",
        "<",
        ">",
        "« ",
        "“",
        "\u{A0}a",
        "word “said ",
        "a",
        "\u{F8E0}1",
    ];
    for unit in units {
        let page = format!("<p>{}", unit.repeat(1_000_000 / unit.len()));
        let _ = read("a.html", page.into_bytes());
        for name in ["a.md", "a.txt"] {
            let _ = read(name, unit.repeat(300_000 / unit.len()).into_bytes());
        }
    }
    let markup = [
        "> ",
        "- ",
        "**a",
        "[a](",
        "*_",
        "[^1]",
        "> a\n\n",
        "|a|b|\n|-|-|\n",
        "---\n",
    ];
    for unit in markup {
        let _ = read("a.md", unit.repeat(300_000 / unit.len()).into_bytes());
    }
}

#[test]
fn tags_that_hold_too_much_take_linear_time() {
    let attributes: String = (0..100_000).map(|at| format!("a{at}=b ")).collect();
    let styles: String = (0..5_000)
        .map(|at| format!("<font color=c{at}>a</p><p>"))
        .collect();
    let pages = [
        format!("<p {attributes}>words"),
        format!("<p class='{}'>words", "x ".repeat(500_000)),
        format!(
            "<script type='application/ld+json'>{}</script><p>words",
            "[".repeat(500_000)
        ),
        format!(
            "{}<p>words",
            "<meta property='og:title' content='x'>".repeat(5_000)
        ),
        format!(
            "<p>words</p>{}",
            "<blockquote class=pullquote>a word</blockquote>".repeat(5_000)
        ),
        styles,
    ];
    for page in pages {
        let name = page[..30].to_owned();
        let found = read("a.html", page.into_bytes());
        assert!(found.is_ok_and(|words| words > 0), "{name}");
    }
}

#[test]
fn what_is_no_article_gets_a_message() {
    let say = |name, bytes| read(name, bytes).unwrap_err();
    let page = b"<p>words</p>".repeat((17 << 20) / 12 + 1);
    assert_eq!(
        say("a.html", page),
        "a.html: the page has 17 MB besides its scripts and pictures; at most 16 MB are read"
    );
    assert_eq!(
        say("a.html", vec![b'a'; (100 << 20) + 1]),
        "a.html: the article has 100 MB; at most 100 MB are read"
    );
    assert_eq!(
        say("a.txt", vec![0; 1 << 20]),
        "a.txt: this is not text: byte 0 is zero"
    );
    assert_eq!(
        say("a.md", b"\x89PNG\r\n\x1a\n\0\0".repeat(1000)),
        "a.md: this is not text: byte 8 is zero"
    );
    assert_eq!(
        say("a.txt", b"Words \xE2\x80".to_vec()),
        "a.txt: the article ends in the middle of a character"
    );
    assert_eq!(
        say(
            "a.md",
            format!("---\n{}---\n", "a: [\n".repeat(100_000)).into_bytes()
        ),
        "a.md:34:1: the front matter is not YAML"
    );
}
