//! Joins what an attribution interrupts: "We wait," she said, "for nobody."

use super::attribution::Attribution;
use super::quotations::Found;
use super::{QuotationKind, works};
use crate::article::Article;

/// Longest interruption within a sentence, in words.
const LONGEST: usize = 20;

/// Pieces at most of what one person is quoted with in a sentence.
const MOST_PIECES: usize = 12;

/// Quotations with their attributions, interrupted ones joined.
pub(super) fn join(
    article: &Article,
    found: Vec<Found>,
    attributions: Vec<Attribution>,
) -> Vec<(Found, Attribution)> {
    let mut joined: Vec<(Found, Attribution)> = Vec::with_capacity(found.len());
    for (quotation, attribution) in found.into_iter().zip(attributions) {
        match joined.last_mut() {
            Some((before, known))
                if known.speaker.is_some()
                    && before.pieces.len() < MOST_PIECES
                    && goes_on(article, before, &quotation)
                    && works::kind(article, before, known) != QuotationKind::Title =>
            {
                before.pieces.extend(quotation.pieces);
            }
            _ => joined.push((quotation, attribution)),
        }
    }
    joined
}

/// Whether a quotation goes on with the sentence of the one before.
fn goes_on(article: &Article, before: &Found, quotation: &Found) -> bool {
    let (last, next) = (before.last(), quotation.first());
    if last.block != next.block || before.is_block || quotation.is_block {
        return false;
    }
    let text = &article.blocks[last.block].text;
    let between = &text[last.marked.end..next.marked.start.max(last.marked.end)];
    let is_within = !text[last.words.clone()].ends_with(['.', '!', '?', '…'])
        && starts_within(&text[next.words.clone()])
        && !between.contains(['!', '?'])
        && !between.trim_end().ends_with('.');
    is_within
        && between.trim_end().ends_with([',', '—', '–', '-'])
        && between.split_whitespace().count() <= LONGEST
}

/// Whether words may stand within a sentence: "I" has its capital everywhere.
fn starts_within(words: &str) -> bool {
    let first = words.split_whitespace().next().unwrap_or_default();
    let bare = first.split(['’', '\'', ',']).next().unwrap_or_default();
    words.starts_with(char::is_lowercase) || bare == "I"
}
