//! The clauses of a sentence that say that somebody says something, and which of them a quotation
//! behind them belongs to: "Lund said she thinks that “…”" are Lund's words.

use std::ops::Range;

use super::super::lexicon;
use super::super::tokens::Token;
use super::phrase::{self, Phrase};
use super::rules::Hit;

/// How a verb of saying stands in its sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// With a subject of its own: "she said".
    Finite,
    /// "saying": whoever the main clause is about.
    Participle,
    /// "to say".
    Infinitive,
    /// "was asked": its subject did not say it.
    Passive,
}

/// A verb of saying.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Cue {
    pub(super) verb: Range<usize>,
    pub(super) form: Form,
}

/// Verbs of two words.
const PAIRS: &[(&str, &str)] = &[
    ("went", "on"),
    ("goes", "on"),
    ("go", "on"),
    ("shot", "back"),
    ("fired", "back"),
    ("hit", "back"),
    ("cut", "in"),
    ("chimed", "in"),
    ("jumped", "in"),
    ("made", "clear"),
    ("makes", "clear"),
    ("made", "it"),
    ("makes", "it"),
    ("referred", "to"),
    ("refers", "to"),
    ("referring", "to"),
    ("talked", "about"),
    ("talks", "about"),
    ("speaks", "of"),
    ("spoke", "of"),
    ("spoke", "about"),
    ("got", "it"),
    ("wrote", "back"),
    ("called", "for"),
    ("calls", "for"),
    ("calling", "for"),
    ("quoted", "as"),
];

/// Forms that are as often nouns: after an article or a possessive they are no verbs.
const ALWAYS_VERBS: &[&str] = &["said", "says", "told", "tells", "wrote", "writes", "write"];

/// The verb of saying at a token.
pub(super) fn cue_at(tokens: &[Token<'_>], at: usize) -> Option<Cue> {
    let word = tokens.get(at).filter(|token| token.is_word)?.text;
    // "Lund Tweeted" has its capital by mistake.
    if !word.starts_with(char::is_lowercase) && word != "Tweeted" {
        return None;
    }
    let before = at.checked_sub(1).map_or("", |before| tokens[before].text);
    let next = tokens.get(at + 1).map_or("", |token| token.text);
    let is_pair = PAIRS.contains(&(word, next));
    if !is_pair && !lexicon::is_saying(word) {
        return None;
    }
    // "the mother of three replied"
    let is_counted = word.ends_with("ed") && lexicon::is_number(before);
    let is_noun = !ALWAYS_VERBS.contains(&word)
        && (lexicon::is_determiner(before) && !is_counted
            || before == "’s" && !word.ends_with("ing")
            || before == "own"
            || before == "of"
            || word == "states" && !matches!(next, "that" | ":" | "," | ""));
    if is_noun {
        return None;
    }
    let helper = (0..at)
        .rev()
        .take(3)
        .map(|at| tokens[at].text)
        .find(|word| !word.ends_with("ly"))
        .unwrap_or_default();
    let is_helped = matches!(
        helper,
        "is" | "are"
            | "was"
            | "were"
            | "been"
            | "be"
            | "being"
            | "’s"
            | "’re"
            | "also"
            | "still"
            | "reportedly"
    );
    let form = if is_pair && word == "quoted" {
        Form::Finite
    } else if before == "to" {
        Form::Infinitive
    } else if word.ends_with("ing") && (!is_helped || matches!(helper, "also" | "still")) {
        Form::Participle
    } else if is_helped && is_passive_form(word) && !matches!(helper, "also" | "still" | "’s") {
        Form::Passive
    } else {
        Form::Finite
    };
    Some(Cue {
        verb: at..at + 1 + usize::from(is_pair),
        form,
    })
}

fn is_passive_form(word: &str) -> bool {
    word.ends_with("ed")
        || matches!(
            word,
            "told" | "found" | "shown" | "said" | "known" | "quoted"
        )
}

/// Who speaks in what stands before a quotation.
pub(super) fn speaker(tokens: &[Token<'_>]) -> Option<Hit> {
    let cues: Vec<Cue> = (0..tokens.len())
        .filter_map(|at| cue_at(tokens, at))
        .collect();
    let mut index = cues.len().checked_sub(1)?;
    let last = cues[index].verb.clone();
    let near = tokens.len() - last.end <= 3;
    let mut is_participle = false;
    loop {
        let cue = &cues[index];
        let subject = match cue.form {
            Form::Finite => phrase::ending_before(tokens, cue.verb.start),
            Form::Passive if index + 1 == cues.len() => return asked_by(tokens, cue),
            Form::Passive => phrase::ending_before(tokens, cue.verb.start),
            _ => None,
        };
        is_participle |= matches!(cue.form, Form::Participle | Form::Infinitive);
        let earlier = index.checked_sub(1);
        match subject {
            Some(who) => match earlier {
                Some(earlier) if is_embedded(tokens, &cues[earlier], &who) => index = earlier,
                _ => {
                    let rule = match (is_participle, near) {
                        (true, _) => "participle",
                        (false, true) => "before",
                        (false, false) => "before-clause",
                    };
                    return Some(Hit::speech(who, last, rule));
                }
            },
            None if cue.form == Form::Participle && with_subject(tokens, cue).is_some() => {
                return Some(Hit::speech(with_subject(tokens, cue)?, last, "participle"));
            }
            None if cue.form == Form::Finite && is_relative(tokens, cue) => return None,
            None => match earlier.filter(|&earlier| cues[earlier].form == Form::Finite) {
                Some(earlier) => index = earlier,
                None => {
                    let who = phrase::first(&tokens[..cue.verb.start])
                        .filter(|who| phrase::is_somebody(tokens, who))?;
                    return Some(Hit::speech(who, last, "main-clause"));
                }
            },
        }
    }
}

/// "whom nobody knew, who said": its subject is no clause's.
fn is_relative(tokens: &[Token<'_>], cue: &Cue) -> bool {
    let words = tokens[..cue.verb.start].iter().rev();
    words
        .take_while(|token| token.is_word)
        .take(3)
        .any(|token| matches!(token.text, "who" | "that" | "which"))
}

/// "was asked by Ana Lund".
fn asked_by(tokens: &[Token<'_>], cue: &Cue) -> Option<Hit> {
    tokens.get(cue.verb.end).filter(|by| by.is("by"))?;
    let who = phrase::starting_at(tokens, cue.verb.end + 1)?;
    Some(Hit::speech(who, cue.verb.clone(), "asked-by"))
}

/// "with Ana Lund saying".
fn with_subject(tokens: &[Token<'_>], cue: &Cue) -> Option<Phrase> {
    // "footage of Ana Lund saying"
    let of = (cue.verb.start.saturating_sub(4)..cue.verb.start)
        .rev()
        .find(|&at| tokens[at].is("of"));
    let named = of.and_then(|of| phrase::starting_at(tokens, of + 1));
    if let Some(named) = named
        .filter(|named| named.end == cue.verb.start && tokens[named.mention.start].is_capital())
    {
        return Some(named);
    }
    let who = phrase::ending_before(tokens, cue.verb.start);
    let with = (cue.verb.start.saturating_sub(6)..cue.verb.start)
        .rev()
        .find(|&at| tokens[at].is("with"))?;
    let found = phrase::starting_at(tokens, with + 1).or(who)?;
    (found.end + 2 >= cue.verb.start).then_some(found)
}

/// What stands before a clause that is no part of what an earlier verb says.
const BESIDE: &[&str] = &[
    ",", ";", ":", "—", "–", "―", "-", "“", "and", "but", "while", "as", "when", "after",
    "because", "before", "or", "which", "whom", "where", "who", "although", "though", "if",
];

/// Whether a subject stands inside what an earlier verb says, not beside it.
fn is_embedded(tokens: &[Token<'_>], earlier: &Cue, who: &Phrase) -> bool {
    if earlier.form == Form::Passive || who.start < earlier.verb.end || who.antecedent.is_some() {
        return false;
    }
    who.start == earlier.verb.end || !BESIDE.contains(&tokens[who.start - 1].text)
}
