use super::*;
use crate::article::BlockKind;

#[track_caller]
fn case(page: &str, expected: &[(BlockKind, &str)]) {
    let (_, blocks) = read(page);
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
    let (_, blocks) = read(source);
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
