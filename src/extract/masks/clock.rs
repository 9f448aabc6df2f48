//! Masks the time of day where it is more than one pattern: hours behind prepositions, times in words,
//! from one hour to another.

use super::rules;
use crate::extract::numbers::lexicon::Class;
use crate::extract::numbers::tokens::Tokens;

const HOUR: Class = Class::HOUR.with(Class::ONES);

/// "at seven", "by 5", "at 8:00": an hour behind its preposition. A verb of change makes it an amount:
/// "fell by 5".
pub(super) fn hour(tokens: &Tokens, at: usize) -> Option<usize> {
    const LEADS: [&str; 7] = ["at", "until", "till", "by", "before", "after", "around"];
    if !tokens.is(at + 1, HOUR) {
        return None;
    }
    let is_led = LEADS.iter().any(|word| tokens.reads(at, word));
    let is_amount =
        tokens.reads(at, "by") && tokens.before(at).is_some_and(|t| t.is(Class::CHANGES));
    if !is_led || is_amount {
        return None;
    }
    if let Some(end) = clock(tokens, at + 1) {
        return Some(end);
    }
    let is_minute = tokens.is(at + 1, Class::ONES) && tokens.is(at + 2, Class::TENS);
    let end = at + 2 + usize::from(is_minute);
    let goes_on = matches!(tokens.word(end), "/" | "-" | ":" | "." | ",")
        && tokens.is_glued(end)
        && tokens.is_glued(end + 1);
    let is_counting = rules::is_unit(tokens, end) || rules::is_noun(tokens, end);
    (!is_counting && !goes_on).then_some(end)
}

/// `8:00`, `10:30:15`, `7 pm`, `7 p . m`, `9p`, `12 noon`, `9 oclock`, `3 in the morning`.
fn clock(tokens: &Tokens, at: usize) -> Option<usize> {
    if !tokens.is(at, HOUR.with(Class::WHOLE)) {
        return None;
    }
    let mut end = at + 1;
    while tokens.reads(end, ":") && tokens.is_glued(end) && tokens.is(end + 1, Class::WHOLE) {
        end += 2;
    }
    let is_written = end > at + 1;
    if let Some(end) = half_of_day(tokens, end) {
        return Some(end);
    }
    let is_half = tokens.is_glued(end) && ["p", "a"].iter().any(|word| tokens.reads(end, word));
    if is_half && !is_written && tokens.is(at, Class::HOUR) && !tokens.is(end + 1, Class::WORD) {
        return Some(end + 1);
    }
    is_written.then_some(end)
}

/// What says which half of the day, or that it is a time at all.
fn half_of_day(tokens: &Tokens, at: usize) -> Option<usize> {
    const WORDS: [&str; 12] = [
        "am",
        "pm",
        "a.m.",
        "p.m.",
        "a.m",
        "p.m",
        "oclock",
        "o'clock",
        "o’clock",
        "noon",
        "midnight",
        "lunchtime",
    ];
    const PARTS: [&str; 4] = ["morning", "afternoon", "evening", "night"];
    if WORDS.iter().any(|word| tokens.reads(at, word)) {
        return Some(at + 1);
    }
    let is_part = |at| PARTS.iter().any(|word| tokens.reads(at, word));
    if tokens.reads(at, "in") && tokens.reads(at + 1, "the") && is_part(at + 2) {
        return Some(at + 3);
    }
    if tokens.reads(at, ",") && tokens.reads(at + 1, "tonight")
        || tokens.reads(at, "this") && is_part(at + 1)
    {
        return Some(at + 2);
    }
    let is_letter = ["a", "p"].iter().any(|word| tokens.reads(at, word));
    let stop = usize::from(tokens.reads(at + 1, "."));
    (is_letter && tokens.reads(at + 1 + stop, "m")).then_some(at + 2 + stop)
}

/// `from 7 to 7:30`, `between 3 and 8am`, `1 p.m. to 4`, `5 to seven in the morning`, `Monday 3-8`,
/// `4 to 22 this month`: two small numbers, of which one says that it is a time or a day.
pub(super) fn range(tokens: &Tokens, at: usize) -> Option<usize> {
    let is_led = at > 0 && tokens.is(at - 1, Class::WEEKDAY);
    let first = clock(tokens, at);
    if first.is_none() && !tokens.is(at, HOUR.with(Class::DAY)) {
        return None;
    }
    let link = first.unwrap_or(at + 1);
    let is_link = ["to", "until", "till", "til", "and", "or"]
        .iter()
        .any(|word| tokens.reads(link, word))
        || tokens.is(link, Class::DASH);
    if !is_link || !tokens.is(link + 1, HOUR.with(Class::DAY)) {
        return first;
    }
    let second = clock(tokens, link + 1);
    let end = second.unwrap_or(link + 2);
    let is_counting =
        rules::is_unit(tokens, end) || rules::is_noun(tokens, end) && !is_day(tokens, end);
    if is_counting && second.is_none() {
        return first;
    }
    let is_time = first.is_some() || second.is_some() || is_led || is_day(tokens, end);
    is_time.then_some(end)
}

/// Words behind a range of days: "next month", "of this month", "yesterday", "on 1st January".
fn is_day(tokens: &Tokens, at: usize) -> bool {
    let is_on = ["in", "of", "on"].iter().any(|word| tokens.reads(at, word));
    let at = at + usize::from(is_on);
    let is_next = ["next", "this", "last"]
        .iter()
        .any(|word| tokens.reads(at, word));
    let class = Class::SPAN.with(Class::WEEKDAY).with(Class::MONTH);
    tokens.is(at, Class::WEEKDAY.with(Class::MONTH))
        || is_on && tokens.is(at, Class::DAY.with(Class::ORDINAL))
        || is_next && tokens.is(at + 1, class)
}

/// Number words in a row that make no amount: `seven thirty`, `nineteen ninety nine`, `ten ten`,
/// `two thousand and eighteen` behind a month.
pub(super) fn words(tokens: &Tokens, at: usize) -> Option<usize> {
    if !tokens.is(at, Class::ONES) {
        return dated_thousand(tokens, at);
    }
    let next = at + 1 + usize::from(tokens.is(at + 1, Class::DASH) && tokens.is_glued(at + 1));
    let is_clock = tokens.is(next, Class::TENS);
    let is_pair = tokens.is(next, Class::ONES) && next == at + 1;
    let mut end = next + 1;
    while tokens.is(end, Class::ONES)
        || tokens.is(end, Class::DASH) && tokens.is(end + 1, Class::ONES)
    {
        end += 1;
    }
    let is_counting = rules::is_unit(tokens, end) || rules::is_noun(tokens, end);
    let is_none = is_clock || is_pair && !is_counting && !tokens.is(end, Class::DASH);
    if is_none {
        Some(end)
    } else {
        dated_thousand(tokens, at)
    }
}

/// `two thousand and eighteen`, `nineteen hundred ninety three`, where a date or "year" stands before.
fn dated_thousand(tokens: &Tokens, at: usize) -> Option<usize> {
    let before = at.checked_sub(1)?;
    let comma = usize::from(tokens.reads(before, ","));
    let before = before.checked_sub(comma)?;
    let is_dated = tokens.is(before, Class::MONTH.with(Class::DAY).with(Class::ORDINAL))
        || ["in", "of", "year", "since", "first"]
            .iter()
            .any(|word| tokens.reads(before, word));
    let is_scale = ["thousand", "hundred"]
        .iter()
        .any(|word| tokens.reads(at + 1, word));
    if !is_dated || !is_scale || !tokens.is(at, Class::ONES) {
        return None;
    }
    let class = Class::ONES
        .with(Class::TENS)
        .with(Class::HUNDRED)
        .with(Class::SCALE);
    let mut end = at + 2;
    while tokens.is(end, class) || tokens.reads(end, "and") && tokens.is(end + 1, class) {
        end += 1;
    }
    let is_counting =
        rules::is_unit(tokens, end) || rules::is_noun(tokens, end) || tokens.is(end, Class::PLENTY);
    (!is_counting).then_some(end)
}
