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
            "About the Author\n", "###\n", "By Ana Lund\n", "12 May 2031\n", "😀", "e\u{301}",
        ]).prop_map(str::to_owned),
        1 => any::<String>(),
    ];
    prop::collection::vec(piece, 0..30).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

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
