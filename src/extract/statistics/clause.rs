//! Finds the smallest clause around a figure that stands alone.

use super::time;
use crate::extract::numbers::Quantity;
use crate::extract::numbers::lexicon::Class;
use crate::extract::numbers::tokens::Tokens;
use std::ops::Range;

/// A subject with more words than this is left off where verb and object say enough.
const LONG_SUBJECT: usize = 6;

/// A sentence without the marks around it.
pub(super) fn without_marks(tokens: &Tokens, mut range: Range<usize>) -> Range<usize> {
    let is_mark = |i: usize| {
        matches!(
            tokens.word(i),
            "." | "!" | "?" | "…" | "\"" | "“" | "”" | "," | ";" | ":" | "•" | "*"
        )
    };
    loop {
        if range.start < range.end && is_mark(range.end - 1) {
            range.end -= 1;
        } else if is_note_mark(tokens, &range) {
            range.end -= 3;
        } else {
            break;
        }
    }
    while range.start < range.end && is_mark(range.start) {
        range.start += 1;
    }
    range
}

/// Whether a range ends with the mark of a note: `[1]`.
fn is_note_mark(tokens: &Tokens, range: &Range<usize>) -> bool {
    range.len() > 3
        && tokens.word(range.end - 3) == "["
        && tokens
            .word(range.end - 2)
            .bytes()
            .all(|byte| byte.is_ascii_digit())
        && tokens.word(range.end - 1) == "]"
}

/// The claim: what is left of the sentence when all that can go is gone.
pub(super) fn around(
    tokens: &Tokens,
    rest: Range<usize>,
    quantity: &Quantity,
    time: Option<&Range<usize>>,
) -> Range<usize> {
    let core = start_of(quantity)..quantity.end.max(quantity.figure.end);
    let core = core.start
        ..core
            .end
            .max(quantity.noun.as_ref().map_or(0, |noun| noun.end));
    let core = core.start.max(rest.start)..core.end.min(rest.end.max(core.start + 1));
    let clause = between_breaks(tokens, rest, &core);
    let clause = in_brackets(tokens, clause, &core);
    let clause = behind_time(tokens, clause, &core, time);
    let clause = with_phrase(tokens, clause.clone(), &core).unwrap_or(clause);
    let clause = verb_and_object(tokens, clause, &core);
    without_marks(tokens, without_conjunction(tokens, clause, &core))
}

fn start_of(quantity: &Quantity) -> usize {
    let qualifier = quantity.qualifier.as_ref();
    qualifier.map_or(quantity.figure.start, |q| q.start)
}

/// Cuts at the breaks between clauses that are nearest to the figure.
fn between_breaks(tokens: &Tokens, rest: Range<usize>, core: &Range<usize>) -> Range<usize> {
    let start = (rest.start..core.start)
        .rev()
        .find(|i| breaks_before(tokens, *i))
        .map_or(rest.start, |i| i + 1);
    let end = (core.end..rest.end)
        .find(|i| breaks_behind(tokens, *i))
        .unwrap_or(rest.end);
    start..end
}

/// A mark behind which a clause may begin: `;`, `:`, a spaced dash, or a comma before "but".
fn breaks_before(tokens: &Tokens, at: usize) -> bool {
    let is_contrast = ["but", "while", "whereas", "and"]
        .iter()
        .any(|word| tokens.reads(at + 1, word))
        && is_clause_start(tokens, at + 2);
    is_hard_break(tokens, at) || tokens.reads(at, ",") && is_contrast
}

/// A mark before which a clause may end.
fn breaks_behind(tokens: &Tokens, at: usize) -> bool {
    let opens_clause = tokens.is(at + 1, Class::LINK) && !tokens.reads(at + 1, "and")
        || tokens.reads(at + 1, "and") && is_clause_start(tokens, at + 2)
        || tokens.word(at + 1).ends_with("ing") && !tokens.reads(at + 1, "including");
    is_hard_break(tokens, at) || tokens.reads(at, ",") && opens_clause
}

fn is_hard_break(tokens: &Tokens, at: usize) -> bool {
    let is_dash = tokens.is(at, Class::DASH) && !tokens.is_glued(at) && !tokens.is_glued(at + 1);
    matches!(tokens.word(at), ";" | ":" | "—") && !tokens.is_glued(at + 1)
        || is_dash
        || tokens.reads(at, "—")
}

/// Whether a subject of its own begins here, rather than the last item of a list.
fn is_clause_start(tokens: &Tokens, at: usize) -> bool {
    let is_subject = |i| tokens.is(i, Class::PRONOUN.with(Class::NUMBER).with(Class::ONES));
    let has_verb = (at + 1..at + 5).any(|i| tokens.is(i, Class::AUXILIARY.with(Class::CHANGES)));
    is_subject(at) || has_verb
}

/// What stands in the brackets around a figure, or the clause without them.
fn in_brackets(tokens: &Tokens, clause: Range<usize>, core: &Range<usize>) -> Range<usize> {
    let is_open = |i: &usize| tokens.reads(*i, "(");
    let is_closed = |i: &usize| tokens.reads(*i, ")");
    let open = (clause.start..core.start)
        .rev()
        .find(|i| is_open(i) || is_closed(i));
    let close = (core.end..clause.end).find(|i| is_open(i) || is_closed(i));
    match (open.filter(is_open), close.filter(is_closed)) {
        (Some(open), Some(close)) if close - open > 4 => open + 1..close,
        _ => clause,
    }
}

/// Leaves off a time frame with a comma at the start: "Over the past year, …".
fn behind_time(
    tokens: &Tokens,
    clause: Range<usize>,
    core: &Range<usize>,
    time: Option<&Range<usize>>,
) -> Range<usize> {
    let frame = time::frame_end(tokens, clause.start).filter(|end| tokens.reads(*end, ","));
    let is_outside =
        |end: &usize| *end < core.start && time.is_none_or(|t| t.end <= *end || t.start > *end);
    frame
        .filter(is_outside)
        .map_or(clause.clone(), |end| end + 1..clause.end)
}

/// "With over 40 million hens in cages, the farms …": the phrase says it all.
fn with_phrase(tokens: &Tokens, clause: Range<usize>, core: &Range<usize>) -> Option<Range<usize>> {
    if !tokens.reads(clause.start, "with") {
        return None;
    }
    let comma = (core.end..clause.end).find(|i| tokens.reads(*i, ","))?;
    (clause.start + 1 == core.start).then_some(clause.start + 1..comma)
}

/// "The charity, together with …, has planted 300 trees": verb and object stand without a long
/// subject.
fn verb_and_object(tokens: &Tokens, clause: Range<usize>, core: &Range<usize>) -> Range<usize> {
    let Some(verb) = core
        .start
        .checked_sub(1)
        .filter(|verb| *verb > clause.start)
    else {
        return clause;
    };
    let has_auxiliary = ["has", "have", "had"]
        .iter()
        .any(|word| tokens.reads(verb - 1, word));
    let is_participle = tokens.is(verb, Class::WORD)
        && !tokens.is(verb, Class::CHANGES)
        && !tokens.reads(verb, "been");
    let subject = verb.saturating_sub(1).saturating_sub(clause.start);
    if has_auxiliary && is_participle && subject > LONG_SUBJECT {
        verb..clause.end
    } else {
        clause
    }
}

/// Leaves off a conjunction at the start.
fn without_conjunction(tokens: &Tokens, clause: Range<usize>, core: &Range<usize>) -> Range<usize> {
    const WORDS: [&str; 8] = ["and", "but", "so", "or", "that", "while", "whereas", "yet"];
    let is_conjunction = |at: usize| WORDS.iter().any(|word| tokens.reads(at, word));
    let mut start = clause.start;
    while start < core.start && is_conjunction(start) {
        start += 1;
    }
    start..clause.end
}
