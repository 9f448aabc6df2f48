//! What the tests of all three readers ask.

use super::{Block, BlockKind};

pub(super) const P: BlockKind = BlockKind::Paragraph;

/// Holds blocks to what they should be, one by one.
#[track_caller]
pub(super) fn assert_blocks(blocks: &[Block], expected: &[(BlockKind, &str)]) {
    let found: Vec<_> = blocks
        .iter()
        .map(|block| (block.kind, block.text.as_str()))
        .collect();
    assert_eq!(found, expected);
}

/// What a file has where a block has these words.
#[track_caller]
pub(super) fn written<'s>(source: &'s str, block: &Block, words: &str) -> &'s str {
    let start = block.text.find(words).expect("the block has these words");
    let span = block.verbatim(start..start + words.len()).outer_span();
    &source[span.start..span.end]
}

/// Blocks and what they are, one a line.
pub(super) fn outline(blocks: &[Block]) -> String {
    let lines = blocks
        .iter()
        .map(|block| format!("{:?}: {}\n", block.kind, block.text));
    lines.collect()
}
