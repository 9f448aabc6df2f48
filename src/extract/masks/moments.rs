//! Masks stretches of time that say when: `two years ago`, `in 5 minutes`, `the next three weeks`.
//!
//! "Takes 18 months" is a figure, "18 months later" is a date that was not written out.

use super::rules;
use crate::extract::numbers::lexicon::Class;
use crate::extract::numbers::tokens::Tokens;

/// Words before a stretch that make it a moment.
const LEADS: [&str; 11] = [
    "next",
    "last",
    "past",
    "previous",
    "coming",
    "upcoming",
    "following",
    "first",
    "every",
    "each",
    "final",
];

/// Words between the number and the stretch.
const INSIDE: [&str; 8] = [
    "upcoming", "coming", "past", "previous", "business", "working", "more", "full",
];

/// Words behind a stretch that count from somewhere.
const TAILS: [&str; 8] = [
    "ago", "later", "earlier", "hence", "after", "before", "since", "back",
];

/// What "from" may count from.
const POINTS: [&str; 5] = ["now", "today", "tomorrow", "yesterday", "tmrw"];

/// What a stretch begins with.
const NUMBER: Class = Class::WHOLE.with(Class::ONES).with(Class::TENS);

/// Where the stretch ends that begins at a token, if it says when.
pub(super) fn end(tokens: &Tokens, at: usize) -> Option<usize> {
    if !(tokens.is(at, NUMBER) || tokens.is(at + 1, NUMBER)) {
        return None;
    }
    let is_lead = |words: &[&str]| words.iter().any(|word| tokens.reads(at, word));
    if is_lead(&LEADS) {
        return stretches(tokens, at + 1).map(|stretch| stretch.end);
    }
    if is_lead(&["in", "within"]) {
        let stretch = stretches(tokens, at + 1)?;
        let is_bare = !rules::is_noun(tokens, stretch.end) || is_tail(tokens, stretch.end);
        return is_bare.then_some(stretch.end);
    }
    let stretch = stretches(tokens, at)?;
    let comma = usize::from(tokens.reads(stretch.end, ","));
    let says_when = stretch.is_moment
        || is_tail(tokens, stretch.end)
        || is_from_point(tokens, stretch.end)
        || comma == 1 && is_from_point(tokens, stretch.end + 1);
    says_when.then_some(stretch.end)
}

struct Stretch {
    end: usize,
    /// Whether a word inside it says that it passes or passed: "the 5 coming years".
    is_moment: bool,
}

/// One stretch of time or several in a row: `2 years, 1 month and 21 days`.
fn stretches(tokens: &Tokens, at: usize) -> Option<Stretch> {
    const MOST: usize = 5;
    let mut stretch = one(tokens, at)?;
    for _ in 1..MOST {
        let joint = tokens.reads(stretch.end, "and") || tokens.reads(stretch.end, ",");
        let Some(next) = one(tokens, stretch.end + usize::from(joint)) else {
            break;
        };
        stretch.end = next.end;
    }
    Some(stretch)
}

fn one(tokens: &Tokens, at: usize) -> Option<Stretch> {
    if !tokens.is(at, NUMBER) || tokens.before(at).is_some_and(|t| t.is(Class::SIGN)) {
        return None;
    }
    let is_compound = tokens.is(at, Class::TENS) && tokens.is(at + 1, Class::DASH);
    let mut behind = at + 1 + if is_compound { 2 } else { 0 };
    let inside = INSIDE.iter().position(|word| tokens.reads(behind, word));
    behind += usize::from(inside.is_some());
    let is_span = tokens.is(behind, Class::SPAN);
    is_span.then_some(Stretch {
        end: behind + 1,
        is_moment: inside.is_some_and(|index| index < 4),
    })
}

fn is_tail(tokens: &Tokens, at: usize) -> bool {
    let is_future =
        tokens.reads(at, "in") && tokens.reads(at + 1, "the") && tokens.reads(at + 2, "future");
    is_future || TAILS.iter().any(|word| tokens.reads(at, word))
}

/// "from now", "starting next Monday", "from 20th December".
fn is_from_point(tokens: &Tokens, at: usize) -> bool {
    let leads = ["from", "starting"]
        .iter()
        .any(|word| tokens.reads(at, word));
    let class = Class::MONTH.with(Class::WEEKDAY).with(Class::ORDINAL);
    let is_point = POINTS.iter().any(|word| tokens.reads(at + 1, word));
    let is_next = tokens.reads(at + 1, "next") || tokens.reads(at + 1, "from");
    leads && (is_point || is_next || tokens.is(at + 1, class.with(Class::HOUR)))
}
