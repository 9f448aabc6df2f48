//! Finds what is counted: the noun phrase behind a quantity, up to its head.
//!
//! There is no tagger. A phrase ends at its first plural, else before a word that no noun phrase
//! holds, and a phrase that goes on for too long is none.

use super::lexicon::Class;
use super::tokens::Tokens;
use super::{Form, Quantity};
use crate::extract::Value;
use crate::extract::units::Dimension;
use std::ops::Range;

/// Words a phrase may have.
const LONGEST: usize = 5;

/// The tokens of the noun phrase behind a quantity.
pub(super) fn behind(tokens: &Tokens, quantity: &Quantity) -> Option<Range<usize>> {
    let at = quantity.end;
    let is_one = quantity.value == Value::One(1.0);
    if tokens.reads(at, "of") {
        let is_set = behind_determiners(tokens, at + 1) > at + 1;
        let takes_of = is_one || is_set || quantity.unit.is_some() || quantity.form != Form::Plain;
        return takes_of.then(|| phrase(tokens, behind_determiners(tokens, at + 1), false))?;
    }
    let is_hyphen = tokens.is(at, Class::DASH) && tokens.is_glued(at) && tokens.is_glued(at + 1);
    match quantity.dimension() {
        None if quantity.form == Form::Factor => None,
        None if quantity.form == Form::Fraction => {
            phrase(tokens, behind_determiners(tokens, at), false)
        }
        None if is_hyphen => phrase(tokens, at + 1, true),
        None if tokens.reads(at, "times") => Some(at..at + 1),
        None => phrase(tokens, behind_more(tokens, at), is_one),
        Some(Dimension::Measure | Dimension::Time) if is_compound(tokens, quantity) => {
            phrase(tokens, at, true)
        }
        Some(_) => None,
    }
}

/// Whether a hyphen binds the unit to its number: "a 1,200-mile journey".
fn is_compound(tokens: &Tokens, quantity: &Quantity) -> bool {
    let dash = quantity.figure.end;
    tokens.is(dash, Class::DASH) && tokens.is_glued(dash) && quantity.end > dash
}

/// "eight more picks", "50 other towns": the word is no part of the name.
fn behind_more(tokens: &Tokens, at: usize) -> usize {
    const WORDS: [&str; 5] = ["more", "other", "further", "extra", "such"];
    let is_word = WORDS.iter().any(|word| tokens.reads(at, word));
    at + usize::from(is_word && !tokens.reads(at + 1, "than"))
}

fn behind_determiners(tokens: &Tokens, at: usize) -> usize {
    const DETERMINERS: &[&str] = &[
        "the", "all", "its", "their", "his", "her", "my", "our", "your", "these", "those", "this",
        "that", "a", "an", "any",
    ];
    let rest = at..at + 3;
    rest.into_iter()
        .find(|i| !DETERMINERS.iter().any(|word| tokens.reads(*i, word)))
        .unwrap_or(at + 3)
}

/// The noun phrase that begins at a token; `is_single` says that its head is no plural.
fn phrase(tokens: &Tokens, at: usize, is_single: bool) -> Option<Range<usize>> {
    let mut end = at;
    while end < at + LONGEST && is_inside(tokens, end, end == at) {
        if is_plural(tokens, end) {
            let is_verb = is_single && end > at && !tokens.is(end, Class::PLURAL);
            return if is_verb {
                Some(at..end)
            } else {
                Some(at..behind_plurals(tokens, end))
            };
        }
        end += if is_hyphen(tokens, end + 1) || is_adjective_pair(tokens, end) {
            2
        } else {
            1
        };
    }
    let is_ended = !is_inside(tokens, end, false);
    let is_verb = !is_single && looks_like_verb(tokens.word(at));
    (end > at && is_ended && !is_verb).then_some(at..end)
}

/// Plurals in a row are one phrase: "sports cars".
fn behind_plurals(tokens: &Tokens, at: usize) -> usize {
    let next = at + 1;
    if is_inside(tokens, next, false) && is_plural(tokens, next) {
        next + 1
    } else {
        next
    }
}

/// Whether a noun phrase may hold this token.
fn is_inside(tokens: &Tokens, at: usize, is_first: bool) -> bool {
    let is_hyphened = tokens.before(at).is_some_and(|t| t.is(Class::DASH)) && tokens.is_glued(at);
    let stops = Class::STOP
        .with(Class::ONES)
        .with(Class::TENS)
        .with(Class::LINK)
        .with(Class::COMPARATIVE);
    tokens.is(at, Class::WORD)
        && (is_hyphened && !is_first || !tokens.is(at, stops))
        && (is_hyphened || is_first || !tokens.is_glued(at))
}

/// "digital and physical sales": an adjective that goes on to another.
fn is_adjective_pair(tokens: &Tokens, at: usize) -> bool {
    const ENDINGS: [&str; 6] = ["al", "ic", "ive", "ous", "ful", "able"];
    let is_adjective = ENDINGS
        .iter()
        .any(|ending| tokens.word(at).ends_with(ending));
    is_adjective && tokens.reads(at + 1, "and") && is_inside(tokens, at + 2, false)
}

/// A hyphen between two words.
fn is_hyphen(tokens: &Tokens, at: usize) -> bool {
    tokens.is(at, Class::DASH) && tokens.is_glued(at) && tokens.is_glued(at + 1)
}

fn is_plural(tokens: &Tokens, at: usize) -> bool {
    let word = tokens.word(at);
    let is_s = word.ends_with('s') || word.ends_with('S');
    let is_other = ["ss", "us", "is", "'s", "’s"]
        .iter()
        .any(|ending| word.ends_with(ending));
    tokens.is(at, Class::PLURAL) || is_s && !is_other && word.len() > 3
}

fn looks_like_verb(word: &str) -> bool {
    word.ends_with("ed") || word.ends_with("ing") || word.ends_with("ly")
}
