use proptest::prelude::*;

use super::*;

fn article(name: &str, text: &str) -> Article {
    parse(Path::new(name), text.as_bytes().to_vec()).unwrap()
}

fn main_text(article: &Article) -> Vec<&str> {
    article
        .main_text()
        .map(|block| block.text.as_str())
        .collect()
}

#[test]
fn what_stands_around_an_article_is_not_its_text() {
    let text = "A title\n\nThe words.\n\nAbout the Author\n\nAna Lund said 5 things.\n";
    let read = article("a.txt", text);
    assert_eq!(main_text(&read), ["A title", "The words."]);
    assert_eq!(read.blocks[3].kind, BlockKind::Bio);

    let text = "# A title\n\nThe words.\n\n## Related\n\nOther words.\n\n## More\n\nLast words.\n\n### \n\n## Media contact\n\nAna Lund\n\n## Notes\n\nNothing.\n";
    let read = article("a.md", text);
    assert_eq!(
        main_text(&read),
        ["A title", "The words.", "More", "Last words."]
    );

    let text = "A title\n\nThe words are these and no others.\n\n###\n\nAbout Northlight: it has 5 gardens.\n";
    assert_eq!(
        main_text(&article("a.txt", text)),
        ["A title", "The words are these and no others."]
    );
}

#[test]
fn the_tail_of_a_press_release_is_not_its_text() {
    #[track_caller]
    fn case(tail: &str) {
        let text = format!(
            "Night libraries open\n\nThey lend books until six in the morning. Some 4,000 people came.\n\n{tail}\n"
        );
        let article = article("a.txt", &text);
        assert_eq!(main_text(&article).len(), 2, "{:#?}", main_text(&article));
    }
    case("###\n\nAbout Northlight\nIt has 41 employees.");
    case("-ENDS-\n\n“We are open,” says the sign.");
    case("- 30 -\n\nNorthlight has 41 employees.");
    case("Notes to Editors:\n1. Northlight has 41 employees.\n2. It lends.");
    case("For more information contact:\nJo Brand\nTel: 555-0134");
    case("For further information, please call Jo Brand at 555-0134.");
    case("Media enquiries: Jo Brand, +44 20 7946 0000");
    case("About the author: Ana Lund is a reporter.");
    case("Editor’s notes\nNorthlight has 41 employees.");
    case("jo@northlight.example");
}

#[test]
fn who_sent_a_release_is_not_its_news() {
    let paragraphs =
        "The lamps burn until six, and nobody pays for them but the council.\n\n".repeat(5);
    let text = format!(
        "Lamps\n\n{paragraphs}Northlight Ltd is a leading provider of lamps. It has 41 employees.\n\nIts shares are traded.\n"
    );
    let read = article("a.txt", &text);
    assert_eq!(main_text(&read).len(), 6);
}

#[test]
fn a_comma_that_led_on_is_left_behind() {
    #[track_caller]
    fn case(name: &str, file: Vec<u8>, words: &str, kept: &str, ends_at: usize) {
        let article = parse(Path::new(name), file).unwrap();
        let block = &article.blocks[0];
        let found = block.verbatim(1..1 + words.len());
        assert_eq!(found.text(), words);
        let found = article.without_lead_out(&found);
        assert_eq!((found.text(), found.outer_span().end), (kept, ends_at));
    }
    case(
        "a.txt",
        b"\"we wait,\" she".into(),
        "we wait,",
        "we wait",
        8,
    );
    case(
        "a.txt",
        b"\"we wait.\" she".into(),
        "we wait.",
        "we wait.",
        9,
    );
    case(
        "a.md",
        b"\"we wait&#44;\" she".into(),
        "we wait,",
        "we wait",
        8,
    );
    let utf16 = "\u{FEFF}\"we wait,\" she".encode_utf16();
    let bytes = utf16.flat_map(u16::to_le_bytes).collect();
    case("a.txt", bytes, "we wait,", "we wait", 18);
}

#[test]
fn a_file_that_is_difficult_in_another_encoding_is_refused_when_it_is_large() {
    let bytes = b"a\xE9".repeat((32 << 20) / 2 + 1);
    let error = parse(Path::new("a.txt"), bytes).unwrap_err();
    assert_eq!(
        error.to_string(),
        "a.txt: the article, in windows-1252, has 32 MB; at most 32 MB are read"
    );
}

/// A text of pieces that mean something to one reader or the other.
fn text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        4 => "[a-zA-Zäöé“”\"'’ ]{1,30}",
        2 => Just("\n".to_owned()),
        2 => Just("\n\n".to_owned()),
        1 => Just("\r\n".to_owned()),
        1 => prop::sample::select(vec![
            "# ", "> ", "- ", "1. ", "**", "*", "`", "[a](b)", "![a](b)", "&amp;", "&#8220;", "&nbsp;", "[^1]",
            "[^1]: ", "\\", "<br>", "<b>", "---\n", "|a|b|\n|-|-|\n", "\u{a0}", "\u{feff}", "\t", "    ", "~~",
            "<p>", "</p>", "<blockquote>", "</blockquote>", "<li>", "<table><tr><td>", "</td>", "<a href='x>", "<!-- a -->",
            "<script>a < b</script>", "<pre>", "&lt", "&#x201c;", "&notin", "<h2>", "</h2>", "<div class=\"caption\">", "</div>",
            "About the Author\n", "###\n", "By Ana Lund\n", "12 May 2031\n",
            "<q>", "</q>", "<sup><a href='#a'>1</a></sup>", "<p id=a>", "😀", "e\u{301}",
        ]).prop_map(str::to_owned),
        1 => any::<String>(),
    ];
    prop::collection::vec(piece, 0..30).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: ProptestConfig::default().cases.max(400), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_block_slices_back(text in text(), format in 0..3usize, from in 0.0..1.0f64, to in 0.0..1.0f64) {
        let name = ["a.txt", "a.md", "a.html"][format];
        let Ok(article) = parse(Path::new(name), text.into_bytes()) else {
            return Ok(());
        };
        let mut last = 0;
        for block in &article.blocks {
            prop_assert!(block.span.start >= last && block.span.end <= article.text.len());
            last = block.span.start;
            prop_assert_eq!(block.map.text_len(), block.text.len());
            prop_assert_eq!(block.map.span(0..block.text.len()), block.span);
            let mut read = 0;
            for range in &block.inline.quoted {
                prop_assert!(range.start >= read && block.text.get(range.clone()).is_some());
                read = range.end;
            }
            for mark in &block.inline.notes {
                prop_assert!(block.text.is_char_boundary(mark.at) && mark.block < article.blocks.len());
            }
            let at = |share: f64| block.text.floor_char_boundary((block.text.len() as f64 * share) as usize);
            let (start, end) = (at(from).min(at(to)), at(from).max(at(to)));
            let span = block.map.span(start..end);
            let file = article.text.get(span.start..span.end);
            prop_assert!(file.is_some(), "{:?} cuts a character", span);
            if format == 0 {
                let fold = |text: &str| text.split(builder::is_folded).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ");
                prop_assert_eq!(fold(&block.text[start..end]), fold(file.unwrap_or_default()));
            }
        }
    }

    #[test]
    fn no_bytes_make_reading_panic(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let _ = parse(Path::new("a.md"), bytes.clone());
        let _ = parse(Path::new("a.html"), bytes.clone());
        let _ = parse(Path::new("a.txt"), bytes);
    }
}
