//! Finds the words behind a figure that complete it.

use crate::extract::numbers::Quantity;
use crate::extract::numbers::lexicon::Class;
use crate::extract::numbers::tokens::Tokens;
use std::ops::Range;

/// Words a label may have: two lines under a big number.
const LONGEST: usize = 14;

/// The label of a quantity, inside its claim.
pub(super) fn behind(
    tokens: &Tokens,
    quantity: &Quantity,
    claim: &Range<usize>,
    time: Option<&Range<usize>>,
) -> Option<Range<usize>> {
    let mut start = quantity.figure.end;
    if tokens.is(start, Class::DASH) {
        start += 1;
    }
    let label = start..claim.end;
    let label = time.map_or(label.clone(), |time| without_time(tokens, label, time));
    let is_word = tokens.is(label.start, Class::WORD) && label.start < label.end;
    let short = shortened(tokens, label)?;
    is_word.then_some(short)
}

/// Words that lead to a time frame and say nothing without it.
const LEADING: &[&str] = &[
    "within",
    "in",
    "over",
    "during",
    "for",
    "after",
    "by",
    "since",
    "until",
    "from",
    "about",
    "innerhalb",
    "binnen",
    "nach",
    "seit",
    "während",
    "en",
    "dans",
    "pendant",
    "depuis",
    "durante",
    "desde",
    "em",
    "entro",
    "dopo",
    "sinds",
    "gedurende",
    "na",
];

/// Cuts a time frame off the end, with the word that leads to it; one word, as "today", is the natural
/// end of the label.
fn without_time(tokens: &Tokens, label: Range<usize>, time: &Range<usize>) -> Range<usize> {
    let is_last = time.end == label.end && time.start >= label.start;
    if !is_last || (time.len() <= 1 && time.start != label.start) {
        return label;
    }
    let is_leading = |end: &usize| *end > label.start && LEADING.contains(&tokens.word(*end - 1));
    let end = Some(time.start)
        .filter(is_leading)
        .map_or(time.start, |end| end - 1);
    label.start..end
}

/// Cuts a label that is too long at its last break; without one there is no label.
fn shortened(tokens: &Tokens, label: Range<usize>) -> Option<Range<usize>> {
    let is_word = |i: &usize| tokens.is(*i, Class::WORD.with(Class::NUMBER));
    if label.clone().filter(is_word).count() <= LONGEST {
        return Some(without_comma(tokens, label));
    }
    let limit = label.clone().filter(is_word).nth(LONGEST)?;
    let cut = (label.start + 1..=limit)
        .rev()
        .find(|i| matches!(tokens.word(*i), "," | "(" | ";") || tokens.is(*i, Class::LINK))?;
    Some(without_comma(tokens, label.start..cut))
}

fn without_comma(tokens: &Tokens, label: Range<usize>) -> Range<usize> {
    let is_comma = label.end > label.start && matches!(tokens.word(label.end - 1), "," | "-" | "–");
    label.start..label.end - usize::from(is_comma)
}
