//! Sentences before and behind a quotation, in tokens.

use crate::extract::lexicon;
use crate::extract::sentences;
use crate::extract::tokens::{Token, tokens};

/// Tokens of a stretch of a block.
pub(super) struct Stretch<'a> {
    pub(super) block: usize,
    pub(super) start: usize,
    pub(super) tokens: Vec<Token<'a>>,
}

/// The last sentence of a stretch of a block.
pub(super) fn sentence_before(text: &str, from: usize, to: usize, block: usize) -> Stretch<'_> {
    let mut tokens = without_brackets(tokens(&text[from..to]));
    let stop = (0..tokens.len())
        .rev()
        .find(|&at| ends_sentence(&tokens, at));
    tokens.drain(..stop.map_or(0, |stop| stop + 1));
    Stretch {
        block,
        start: from,
        tokens,
    }
}

/// Tokens without short asides in brackets: "(D-Md.)", "(IJM)".
pub(super) fn without_brackets(tokens: Vec<Token<'_>>) -> Vec<Token<'_>> {
    let mut kept: Vec<Token<'_>> = Vec::with_capacity(tokens.len());
    for token in tokens {
        let is_close = token.is(")");
        kept.push(token);
        let from = kept.len().saturating_sub(7);
        let open = kept[from..]
            .iter()
            .rposition(|token| token.is("("))
            .filter(|_| is_close);
        if let Some(open) = open {
            kept.truncate(from + open);
        }
    }
    kept
}

/// Whether a token is the stop of a sentence.
pub(super) fn ends_sentence(tokens: &[Token<'_>], at: usize) -> bool {
    let stop = tokens[at].text;
    if !matches!(stop, "." | "!" | "?" | "…") {
        return false;
    }
    let next = tokens.get(at + 1);
    let goes_on = next.is_some_and(|next| {
        matches!(next.text, "," | ";" | ":" | ")" | "’s")
            || next.text.starts_with(char::is_lowercase)
    });
    let is_abbreviated = stop == "."
        && at.checked_sub(1).is_some_and(|before| {
            let word = &tokens[before];
            let is_joined = word.range.end == tokens[at].range.start;
            is_joined
                && (lexicon::is_title(word.text)
                    || word.text.chars().count() == 1
                    || next.is_some() && sentences::is_abbreviation(word.text))
        });
    !goes_on && !is_abbreviated
}
