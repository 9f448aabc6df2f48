//! Rules for what stands before a quotation: "Ana Lund said:", "with a vision to", "Ana Lund:".

use super::super::clauses;
use super::super::phrase::{self, Phrase};
use super::Hit;
use super::behind::{according_to, tail};
use crate::extract::QuotationKind;
use crate::extract::lexicon;
use crate::extract::tokens::Token;

/// Who is named before a quotation, in its sentence.
pub(in crate::extract::attribution) fn before(tokens: &[Token<'_>]) -> Option<Hit> {
    mission(tokens)
        .or_else(|| defined_by(tokens))
        .or_else(|| defines(tokens))
        .or_else(|| words_of(tokens))
        .or_else(|| according_to_before(tokens))
        .or_else(|| said_before(tokens))
        .or_else(|| named_before(tokens))
}

/// Whoever says something in a sentence that stands before a quotation.
pub(in crate::extract::attribution) fn reports(tokens: &[Token<'_>]) -> Option<Hit> {
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
    // "in Lund’s own words,"
    let owned = words - usize::from(words > 0 && tokens[words - 1].is("own"));
    let is_possessive = |at: usize| matches!(tokens[at].text, "’s" | "’" | "'");
    if words + 2 >= tokens.len()
        && let Some(mark) = owned.checked_sub(1).filter(|&mark| is_possessive(mark))
    {
        let who = phrase::ending_before(tokens, mark)?;
        return Some(Hit::speech(who, words..words + 1, "words-of"));
    }
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
    let last = tokens.last()?;
    let from = tokens[..tokens.len() - 1]
        .iter()
        .rposition(|token| token.is(","))
        .map_or(0, |comma| comma + 1);
    let verb =
        (from..tokens.len().min(from + 3)).find(|&at| lexicon::is_saying(tokens[at].text))?;
    let who = phrase::starting_at(tokens, verb + 1)?;
    // "Said Ana Lund, “…”"
    let is_led = last.is(":") || last.is(",") && tokens[verb].is_capital();
    (is_led
        && verb == from
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
    let who = phrase::starting_at(tokens, start)
        .filter(|who| who.end == end)
        .or_else(|| source_before(tokens, end))?;
    tokens[who.mention.start]
        .is_capital()
        .then(|| Hit::speech(who, end..end + 1, "colon"))
}

/// "More from Ana Lund:", "This statement by Ana Lund on Monday:".
fn source_before(tokens: &[Token<'_>], end: usize) -> Option<Phrase> {
    let from = (end.saturating_sub(12)..end)
        .rev()
        .find(|&at| matches!(tokens[at].text, "from" | "From" | "by"))?;
    let who = phrase::starting_at(tokens, from + 1)?;
    let is_dated = matches!(tokens[who.end].text, "on" | "in" | "at") && end - who.end <= 4;
    (who.end == end || is_dated).then_some(who)
}

/// "She also played up her strength:": whoever the sentence is about.
pub(in crate::extract::attribution) fn colon(tokens: &[Token<'_>]) -> Option<Hit> {
    let end = tokens.len().checked_sub(1)?;
    tokens[end].is(":").then_some(())?;
    let who =
        phrase::first(tokens).filter(|who| who.end < end && phrase::is_somebody(tokens, who))?;
    Some(Hit::speech(who, end..end + 1, "colon-subject"))
}
