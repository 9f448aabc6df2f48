//! Takes quoted transcripts apart: `"LUND: We wait. …`, with a name before every turn.
//!
//! The marks belong to the transcript, not to its speakers: a turn with its name is no quotation, but
//! a paragraph that goes on with a turn is, by whoever has the word.

use std::ops::Range;

use super::{Found, Piece};
use crate::article::Article;

/// Fewest words of a paragraph that goes on with a turn; shorter ones are notes and links.
const FEWEST_WORDS: usize = 8;

/// Letters at most before the colon.
const LONGEST_NAME: usize = 40;

/// The quotations, with turns of transcripts replaced by what goes on with them.
pub(super) fn apart(article: &Article, found: Vec<Found>) -> Vec<Found> {
    let mut kept = Vec::with_capacity(found.len());
    // Who has the word at the end of the block before.
    let mut turn: Option<(usize, Turn)> = None;
    for quotation in found {
        let block = quotation.first().block;
        let is_next = |(last, _): &(usize, Turn)| *last == block || *last + 1 == block;
        let speaking = turn.take().filter(is_next).map(|(_, turn)| turn);
        let is_turn = name(article, quotation.first()).is_some();
        if quotation.is_block || !(is_turn || speaking.is_some() && is_paragraph(&quotation)) {
            kept.push(quotation);
            continue;
        }
        let mut speaking = speaking;
        for piece in quotation.pieces {
            let block = piece.block;
            speaking = match name(article, &piece) {
                Some(name) => Some(Turn { block, name }),
                None => {
                    kept.extend(going_on(article, piece, speaking.as_ref()));
                    speaking
                }
            };
            turn = speaking.clone().map(|turn| (block, turn));
        }
    }
    kept
}

/// Whose turn it is: the name before it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::extract) struct Turn {
    /// Index into the article's blocks.
    pub(in crate::extract) block: usize,
    /// The name.
    pub(in crate::extract) name: Range<usize>,
}

fn is_paragraph(quotation: &Found) -> bool {
    quotation.first().marked.start == 0
}

fn going_on(article: &Article, piece: Piece, turn: Option<&Turn>) -> Option<Found> {
    let words = &article.blocks[piece.block].text[piece.words.clone()];
    let is_note = words.starts_with(['(', '[']) && words.ends_with([')', ']']);
    let is_long = words.split_whitespace().take(FEWEST_WORDS).count() == FEWEST_WORDS;
    (is_long && !is_note).then(|| Found {
        turn: turn.cloned(),
        ..Found::of(piece)
    })
}

/// The name before a turn at the start of a paragraph: in capitals, or two words or more.
fn name(article: &Article, piece: &Piece) -> Option<Range<usize>> {
    if piece.marked.start > 0 {
        return None;
    }
    let start = piece.words.start;
    let words = &article.blocks[piece.block].text[piece.words.clone()];
    let colon = words
        .char_indices()
        .take(LONGEST_NAME)
        .find(|(_, character)| *character == ':')?
        .0;
    let written = words[..colon].trim_end();
    let letters = || written.chars().filter(|c| c.is_alphabetic());
    let is_capitals = letters().all(char::is_uppercase) && letters().count() >= 3;
    let count = written.split_whitespace().count();
    let is_name = (2..=4).contains(&count)
        && written
            .split_whitespace()
            .all(|word| word.starts_with(char::is_uppercase));
    let goes_on = words[colon + 1..].starts_with(char::is_whitespace);
    let is_long = words.split_whitespace().take(12).count() == 12;
    (goes_on && (is_capitals && count <= 3 || is_name && is_long))
        .then(|| start..start + written.len())
}
