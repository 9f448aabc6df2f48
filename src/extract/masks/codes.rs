//! Masks digits that name something: identifiers, numbers with leading zeros, numbers too long to count.

use super::{chunk_end, rules};
use crate::extract::numbers::lexicon::Class;
use crate::extract::numbers::tokens::Tokens;

/// Digits in a row, without separators, that nobody counts with.
const LONGEST: usize = 8;

/// `123e4567-e89b-12d3`, `ABEF:452::FE10`: letters and digits by turns, without white space.
pub(super) fn identifier(tokens: &Tokens, at: usize) -> Option<usize> {
    if tokens.is_glued(at) {
        return None;
    }
    let end = chunk_end(tokens, at);
    if end < at + 3 {
        return None;
    }
    let chunk = &tokens.text[tokens.bytes(at..end)];
    let is_code = |c: char| c.is_ascii_alphanumeric() || "-:{}%_".contains(c);
    let chunk = chunk.trim_end_matches(['.', ',', ';', '!', '?']);
    let turns = chunk
        .as_bytes()
        .windows(2)
        .filter(|pair| pair[0].is_ascii_digit() && pair[1].is_ascii_alphabetic())
        .count();
    let is_long = chunk.len() >= 16 && turns >= 2;
    let is_address = chunk.contains("::") && chunk.chars().any(|c| c.is_ascii_digit());
    (chunk.chars().all(is_code) && (is_long || is_address)).then_some(end)
}

/// `08000700`, `00`, `20161016`, `UTC+4`.
pub(super) fn long_or_zero(tokens: &Tokens, at: usize) -> Option<usize> {
    const ZONES: [&str; 4] = ["utc", "gmt", "msk", "zulu"];
    if matches!(tokens.word(at + 1), "+" | "-" | "−" | "±")
        && ZONES.iter().any(|word| tokens.reads(at, word))
    {
        return tokens.is(at + 2, Class::WHOLE).then_some(at + 3);
    }
    if !tokens.is(at, Class::WHOLE) {
        return None;
    }
    let digits = tokens.word(at);
    let has_zero = digits.len() > 1 && digits.starts_with('0');
    let is_money = tokens.before(at).is_some_and(|t| t.is(Class::SIGN));
    let is_counting = rules::is_unit(tokens, at + 1) || rules::is_noun(tokens, at + 1);
    let is_long = digits.len() >= LONGEST && !is_money && !is_counting;
    (has_zero || is_long).then_some(at + 1)
}
