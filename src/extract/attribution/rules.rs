//! The ordered rules that say who speaks, each with a name.

use std::ops::Range;

use super::super::lexicon;
use super::super::tokens::Token;
use super::clauses::{self, Form};
use super::phrase::{self, Phrase};
use crate::extract::QuotationKind;

/// What a rule found, in tokens of the context it looked at.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Hit {
    pub(super) who: Phrase,
    pub(super) cue: Range<usize>,
    pub(super) rule: &'static str,
    pub(super) kind: QuotationKind,
}

impl Hit {
    pub(super) fn speech(who: Phrase, cue: Range<usize>, rule: &'static str) -> Self {
        Self {
            who,
            cue,
            rule,
            kind: QuotationKind::Speech,
        }
    }
}

/// What may stand behind a quotation, by how it ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ending {
    /// With a comma or the like: an attribution is to be expected.
    Open,
    /// With a full stop: an attribution has to be all of its sentence.
    Closed,
    /// With a word: the sentence goes on around it, unless a mark or a verb follows.
    Within,
}

/// Who is named behind a quotation.
pub(super) fn behind(tokens: &[Token<'_>], ending: Ending, is_before_quote: bool) -> Option<Hit> {
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

fn according_to(tokens: &[Token<'_>], at: usize) -> Option<Hit> {
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
fn tail(tokens: &[Token<'_>]) -> Option<Hit> {
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
    direct.or_else(|| subject_of_later_verb(tokens, first))
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

/// Who is named before a quotation, in its sentence.
pub(super) fn before(tokens: &[Token<'_>]) -> Option<Hit> {
    mission(tokens)
        .or_else(|| defined_by(tokens))
        .or_else(|| defines(tokens))
        .or_else(|| words_of(tokens))
        .or_else(|| according_to_before(tokens))
        .or_else(|| said_before(tokens))
        .or_else(|| named_before(tokens))
}

/// Whoever says something in a sentence that stands before a quotation.
pub(super) fn reports(tokens: &[Token<'_>]) -> Option<Hit> {
    let end = tokens.len();
    let last = clauses::speaker(tokens)?;
    let is_tail = last.cue.end + 3 >= end;
    let hit = match is_tail {
        true => tail(tokens).unwrap_or(last),
        false => last,
    };
    Some(Hit {
        rule: "sentence-before",
        ..hit
    })
}

/// "with a vision to", "the clinic’s mission is to", "Their motto:".
fn mission(tokens: &[Token<'_>]) -> Option<Hit> {
    let from = tokens.len().saturating_sub(7);
    let noun = (from..tokens.len())
        .rev()
        .find(|&at| lexicon::is_mission(tokens[at].text))?;
    let is_link = |token: &Token<'_>| {
        let word = token.text.to_lowercase();
        matches!(
            word.as_str(),
            "is" | "to"
                | "of"
                | "that"
                | ":"
                | ","
                | "statement"
                | "was"
                | "the"
                | "—"
                | "–"
                | "reads"
                | "says"
                | "has"
                | "been"
                | "simple"
                | "a"
                | "are"
                | "lautet"
                | "ist"
                | "est"
                | "es"
        )
    };
    if !tokens[noun + 1..].iter().all(is_link) {
        return None;
    }
    let possessive = noun.checked_sub(1).map(|before| tokens[before].text);
    let who = match possessive {
        Some("’s") => phrase::ending_before(tokens, noun - 1),
        Some(word) if lexicon::is_they(word) || lexicon::is_he(word) || lexicon::is_she(word) => {
            Some(Phrase::new(noun - 1..noun))
        }
        _ => owner(tokens, noun).or_else(|| phrase::first(tokens).filter(|who| who.end <= noun)),
    };
    let end = tokens.len();
    Some(Hit {
        who: who?,
        cue: noun..end,
        rule: "mission",
        kind: QuotationKind::Mission,
    })
}

/// "the clinic’s simple motto": the possessive stands up to three words before.
fn owner(tokens: &[Token<'_>], noun: usize) -> Option<Phrase> {
    let from = noun.saturating_sub(4);
    let possessive = (from..noun).rev().find(|&at| tokens[at].is("’s"))?;
    phrase::ending_before(tokens, possessive)
}

/// "is defined by the clinic as".
fn defined_by(tokens: &[Token<'_>]) -> Option<Hit> {
    let last = tokens.iter().rposition(|token| token.is_word)?;
    if !tokens[last].is("as") {
        return None;
    }
    let by = (last.saturating_sub(12)..last)
        .rev()
        .find(|&at| tokens[at].is("by"))?;
    let verb = by
        .checked_sub(1)
        .filter(|&verb| lexicon::is_defining(tokens[verb].text))?;
    let who = phrase::starting_at(tokens, by + 1).filter(|who| who.end <= last)?;
    Some(Hit {
        who,
        cue: verb..by + 1,
        rule: "defined-by",
        kind: QuotationKind::Definition,
    })
}

/// "The clinic defines care as".
fn defines(tokens: &[Token<'_>]) -> Option<Hit> {
    let last = tokens.iter().rposition(|token| token.is_word)?;
    if !tokens[last].is("as") {
        return None;
    }
    let verb = (last.saturating_sub(10)..last)
        .rev()
        .find(|&at| lexicon::is_defining(tokens[at].text))?;
    let who = phrase::ending_before(tokens, verb)?;
    Some(Hit {
        who,
        cue: verb..verb + 1,
        rule: "defines-as",
        kind: QuotationKind::Definition,
    })
}

/// "in the words of Ana Lund,".
fn words_of(tokens: &[Token<'_>]) -> Option<Hit> {
    let words = tokens.iter().rposition(|token| token.is("words"))?;
    tokens.get(words + 1).filter(|of| of.is("of"))?;
    let who = phrase::starting_at(tokens, words + 2)?;
    (who.end + 1 >= tokens.len()).then(|| Hit::speech(who, words..words + 2, "words-of"))
}

fn according_to_before(tokens: &[Token<'_>]) -> Option<Hit> {
    let at = tokens.iter().rposition(|token| {
        matches!(
            token.text.to_lowercase().as_str(),
            "according" | "laut" | "selon" | "según" | "segundo" | "secondo" | "volgens"
        )
    })?;
    according_to(tokens, at)
}

/// "Ana Lund told us:", "saying", and the German "sagte Ana Lund:".
fn said_before(tokens: &[Token<'_>]) -> Option<Hit> {
    if let Some(hit) = inverted_before(tokens) {
        return Some(hit);
    }
    let hit = clauses::speaker(tokens)?;
    Some(hit)
}

/// "sagte Ana Lund:", "Said Ana Lund:".
fn inverted_before(tokens: &[Token<'_>]) -> Option<Hit> {
    tokens.last().filter(|last| last.is(":"))?;
    let from = tokens
        .iter()
        .rposition(|token| token.is(","))
        .map_or(0, |comma| comma + 1);
    let verb =
        (from..tokens.len().min(from + 3)).find(|&at| lexicon::is_saying(tokens[at].text))?;
    let who = phrase::starting_at(tokens, verb + 1)?;
    (verb == from
        && who.end + 1 == tokens.len()
        && !tokens[verb].text.ends_with("ing")
        && tokens[who.mention.start].is_capital())
    .then(|| Hit::speech(who, verb..verb + 1, "before-inverted"))
}

/// "Ana Lund:".
fn named_before(tokens: &[Token<'_>]) -> Option<Hit> {
    let end = tokens
        .len()
        .checked_sub(1)
        .filter(|&end| tokens[end].is(":"))?;
    // "Who keeps the key - Ana Lund:"
    let dash = tokens[..end]
        .iter()
        .rposition(|token| matches!(token.text, "-" | "—" | "–"));
    let start = dash.map_or(0, |dash| dash + 1);
    let who = phrase::starting_at(tokens, start).filter(|who| who.end == end)?;
    tokens[who.mention.start]
        .is_capital()
        .then(|| Hit::speech(who, end..end + 1, "colon"))
}

/// "She also played up her strength:": whoever the sentence is about.
pub(super) fn colon(tokens: &[Token<'_>]) -> Option<Hit> {
    let end = tokens.len().checked_sub(1)?;
    tokens[end].is(":").then_some(())?;
    let who =
        phrase::first(tokens).filter(|who| who.end < end && phrase::is_somebody(tokens, who))?;
    Some(Hit::speech(who, end..end + 1, "colon-subject"))
}
