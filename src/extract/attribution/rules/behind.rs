//! Rules for what stands behind a quotation: "said Ana Lund", "Ana Lund said", "according to Ana Lund".

use std::ops::Range;

use super::super::clauses::{self, Form};
use super::super::phrase::{self, Phrase};
use super::{Ending, Hit};
use crate::extract::lexicon;
use crate::extract::tokens::Token;

/// Who is named behind a quotation.
pub(in crate::extract::attribution) fn behind(
    tokens: &[Token<'_>],
    ending: Ending,
    is_before_quote: bool,
) -> Option<Hit> {
    let first = tokens.iter().position(|token| token.is_word)?;
    let marks = &tokens[..first];
    if marks
        .iter()
        .any(|token| !matches!(token.text, "," | "—" | "–" | "―" | "-" | "("))
    {
        return None;
    }
    let hit = according_to(tokens, first)
        .or_else(|| thus(tokens, first))
        .or_else(|| as_put(tokens, first))
        .or_else(|| verb_first(tokens, first))
        .or_else(|| subject_first(tokens, first))
        .or_else(|| tail(tokens).filter(|_| ending != Ending::Closed))?;
    let rest = tokens.len().saturating_sub(hit.cue.end.max(hit.who.end));
    if ending == Ending::Closed && (rest > 6 || is_before_quote) {
        return None;
    }
    Some(hit)
}

pub(super) fn according_to(tokens: &[Token<'_>], at: usize) -> Option<Hit> {
    let word = tokens[at].text.to_lowercase();
    let length = match word.as_str() {
        "according" if tokens.get(at + 1)?.is("to") => 2,
        "laut" | "selon" | "según" | "segundo" | "secondo" | "volgens" => 1,
        _ => return None,
    };
    let who = phrase::starting_at(tokens, at + length)?;
    Some(Hit::speech(who, at..at + length, "according-to"))
}

/// "„…“, so Lund.": the sentence ends with the name.
fn thus(tokens: &[Token<'_>], at: usize) -> Option<Hit> {
    matches!(tokens[at].text, "so" | "aldus").then_some(())?;
    let who = phrase::starting_at(tokens, at + 1)?;
    (who.end >= tokens.len()).then(|| Hit::speech(who, at..at + 1, "according-to"))
}

fn as_put(tokens: &[Token<'_>], at: usize) -> Option<Hit> {
    if !tokens[at].text.eq_ignore_ascii_case("as") {
        return None;
    }
    let who = phrase::starting_at(tokens, at + 1)?;
    let verb = tokens.get(who.end)?;
    let puts = matches!(
        verb.text,
        "put" | "puts" | "says" | "said" | "told" | "wrote" | "explained" | "recalls" | "recalled"
    );
    puts.then(|| Hit::speech(who.clone(), who.end..who.end + 1, "as-put"))
}

/// "“…” in the first year, said Ana Lund": the attribution ends the sentence.
pub(super) fn tail(tokens: &[Token<'_>]) -> Option<Hit> {
    let comma = tokens.iter().rposition(|token| token.is(","))?;
    let commas = (0..=comma).rev().filter(|&at| tokens[at].is(",")).take(3);
    commas.into_iter().find_map(|comma| {
        let first = comma + 1;
        tokens.get(first).filter(|token| token.is_word)?;
        let hit = verb_first(tokens, first).or_else(|| subject_first(tokens, first))?;
        (hit.who.end.max(hit.cue.end) + 9 >= tokens.len()).then_some(Hit {
            rule: "sentence-end",
            ..hit
        })
    })
}

/// "said Ana Lund, director of the clinic".
fn verb_first(tokens: &[Token<'_>], first: usize) -> Option<Hit> {
    let mut verb =
        (first..tokens.len().min(first + 3)).find(|&at| !lexicon::is_adverb(tokens[at].text))?;
    // "a déclaré Ana", "a-t-elle ajouté", "ha detto Ana", "hat Ana gesagt"
    if is_helper(tokens[verb].text) {
        verb += 1;
        let is_inverted = tokens
            .get(verb)
            .is_some_and(|next| phrase::is_subject_pronoun(next.text));
        if is_inverted
            && tokens
                .get(verb + 1)
                .is_some_and(|next| lexicon::is_saying(next.text))
        {
            return Some(Hit::speech(
                Phrase::new(verb..verb + 1),
                verb + 1..verb + 2,
                "verb-subject",
            ));
        }
    }
    let is_verb = |token: &Token<'_>| {
        token.text.starts_with(char::is_lowercase) && lexicon::is_saying(token.text)
    };
    tokens.get(verb).filter(|token| is_verb(token))?;
    let who = phrase::starting_at(tokens, verb + 1).or_else(|| somebody(tokens, verb + 1))?;
    let is_object = matches!(
        tokens[verb].text,
        "told" | "tells" | "asked" | "asks" | "called" | "calls"
    ) && lexicon::is_pronoun(tokens[who.mention.start].text);
    (!is_object).then(|| Hit::speech(who, verb..verb + 1, "verb-subject"))
}

/// Auxiliaries before a participle of saying.
fn is_helper(word: &str) -> bool {
    matches!(
        word,
        "a" | "ha"
            | "hanno"
            | "ont"
            | "hat"
            | "haben"
            | "heeft"
            | "hebben"
            | "avait"
            | "aveva"
            | "había"
    )
}

/// "another", "one": somebody without a name.
fn somebody(tokens: &[Token<'_>], at: usize) -> Option<Phrase> {
    let word = tokens.get(at)?.text;
    let is_alone = tokens.get(at + 1).is_none_or(|next| !next.is_word);
    let is_somebody = matches!(
        word,
        "another" | "one" | "others" | "many" | "some" | "both" | "everyone" | "people"
    );
    (is_alone && is_somebody).then(|| Phrase::new(at..at + 1))
}

/// "she said", "Ana Lund, director of the clinic, said".
fn subject_first(tokens: &[Token<'_>], first: usize) -> Option<Hit> {
    let who = phrase::starting_at(tokens, first);
    let direct = who.as_ref().and_then(|who| {
        let comma = tokens.get(who.end).filter(|token| token.is(","));
        let verb = verb_from(tokens, who.end + usize::from(comma.is_some()))?;
        Some(Hit::speech(who.clone(), verb, "subject-verb"))
    });
    direct
        .or_else(|| described_at_length(tokens, who.as_ref()?))
        .or_else(|| both(tokens, first, who.as_ref()?))
        .or_else(|| subject_of_later_verb(tokens, first))
}

/// Tokens of a description between commas at most.
const LONGEST_ASIDE: usize = 24;

/// "Ana Lund, director of parks, gardens, and ponds, one of the founders, said".
fn described_at_length(tokens: &[Token<'_>], who: &Phrase) -> Option<Hit> {
    let is_named = tokens[who.mention.start].is_capital();
    let mut comma = who.end;
    for _ in 0..4 {
        tokens
            .get(comma)
            .filter(|token| token.is(",") && is_named)?;
        let next = tokens[comma + 1..]
            .iter()
            .take(LONGEST_ASIDE)
            .position(|token| matches!(token.text, "," | ";" | ":" | "“" | "\"" | "?" | "!"))?;
        let length = next;
        let is_last_of_list = length <= 4 && tokens.get(comma + 1)?.is("and");
        let is_aside = is_last_of_list || phrase::is_aside(tokens, comma + 1);
        comma += 1 + length;
        tokens
            .get(comma)
            .filter(|token| token.is(",") && is_aside)?;
        if let Some(verb) = verb_from(tokens, comma + 1) {
            return Some(Hit::speech(who.clone(), verb, "subject-verb"));
        }
    }
    None
}

/// "the senator and candidate said", "Lund and Vik said".
fn both(tokens: &[Token<'_>], first: usize, who: &Phrase) -> Option<Hit> {
    tokens.get(who.end).filter(|and| and.is("and"))?;
    let other = phrase::starting_at(tokens, who.end + 1).or_else(|| {
        // "and candidate said": the article is not said twice.
        let verb = (who.end + 1..tokens.len().min(who.end + 6))
            .find(|&at| clauses::cue_at(tokens, at).is_some())?;
        (verb > who.end + 1).then(|| Phrase::new(who.end + 1..verb))
    })?;
    let verb = verb_from(tokens, other.end)?;
    let mention = Phrase::new(first..other.end);
    Some(Hit::speech(mention, verb, "subject-verb"))
}

/// Tokens between the start of a long subject and its verb at most.
const LONGEST_SUBJECT: usize = 26;

/// "Harbour Trust chair Ana Lund said", "Ana Lund, who founded the garden, said".
fn subject_of_later_verb(tokens: &[Token<'_>], first: usize) -> Option<Hit> {
    let end = tokens.len().min(first + LONGEST_SUBJECT);
    let is_break = |at: &usize| matches!(tokens[*at].text, ";" | ":" | "—" | "–" | "\"" | "“");
    let stop = (first..end).find(is_break).unwrap_or(end);
    (first + 1..stop)
        .filter_map(|at| clauses::cue_at(tokens, at))
        .filter(|cue| cue.form == Form::Finite)
        .find_map(|cue| {
            let who = phrase::ending_before(tokens, cue.verb.start)?;
            let is_whole = who.start == first && who.antecedent.is_none();
            is_whole.then(|| Hit::speech(who, cue.verb, "subject-verb"))
        })
}

/// A verb of saying at a token, adverbs skipped.
fn verb_from(tokens: &[Token<'_>], at: usize) -> Option<Range<usize>> {
    let end = tokens.len().min(at + 5);
    let verb =
        (at..end).find(|&at| !(tokens[at].is_word && lexicon::is_adverb(tokens[at].text)))?;
    let cue = clauses::cue_at(tokens, verb)?;
    (cue.form == Form::Finite).then_some(cue.verb)
}
