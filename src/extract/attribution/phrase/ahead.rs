//! The phrase that starts at a token: "Ana Lund, director of the clinic,", "the director", "she".

use std::ops::Range;

use super::Phrase;
use super::words::{
    INTRODUCTIONS, LONGEST_NOUN, LONGEST_ROLE, ends_noun, is_clause_word, is_conjunction, is_link,
    is_opening, is_preposition, is_subject_pronoun,
};
use crate::extract::entities::name_end;
use crate::extract::lexicon;
use crate::extract::tokens::Token;

/// The phrase that starts at a token.
pub(in crate::extract::attribution) fn starting_at(
    tokens: &[Token<'_>],
    start: usize,
) -> Option<Phrase> {
    let first = tokens.get(start).filter(|token| token.is_word)?;
    if is_subject_pronoun(first.text) && !is_article(tokens, start) {
        return Some(Phrase::new(start..start + 1));
    }
    if let Some(end) = name_end(tokens, start) {
        if tokens.get(end).is_some_and(|next| next.is("’s")) {
            return Some(owned(tokens, start, end));
        }
        let led_to = led_to(tokens, end).map(|name| {
            let mut phrase = with_description(tokens, name.clone(), Some(start..name.start));
            phrase.start = start;
            phrase
        });
        return Some(led_to.unwrap_or_else(|| with_description(tokens, start..end, None)));
    }
    noun_starting_at(tokens, start)
}

/// "il sindaco": what is "he" in French is "the" in Italian, before a noun.
fn is_article(tokens: &[Token<'_>], at: usize) -> bool {
    const BEFORE_VERBS: [&str; 12] = [
        "a", "ha", "avait", "aveva", "est", "ne", "lui", "me", "nous", "se", "y", "en",
    ];
    let is_noun = |next: &Token<'_>| {
        next.is_word
            && next.text.starts_with(char::is_lowercase)
            && !next.text.contains(['’', '\''])
            && !lexicon::is_saying(next.text)
            && !BEFORE_VERBS.contains(&next.text)
    };
    tokens[at].text.eq_ignore_ascii_case("il") && tokens.get(at + 1).is_some_and(is_noun)
}

/// Nouns at most between two names.
const LONGEST_TRADE: usize = 4;

/// "Harbour Trust chair Ana Lund": the name behind the name of an organisation and a trade.
fn led_to(tokens: &[Token<'_>], from: usize) -> Option<Range<usize>> {
    let is_noun = |token: &Token<'_>| {
        token.is_word
            && token.text.starts_with(char::is_lowercase)
            && !ends_noun(token)
            && !lexicon::is_adverb(token.text)
            && !lexicon::is_determiner(token.text)
            && !is_link(token.text)
            && !is_preposition(token.text)
    };
    let nouns = tokens[from..]
        .iter()
        .take(LONGEST_TRADE)
        .take_while(|token| is_noun(token))
        .count();
    let at = from + nouns;
    let end = name_end(tokens, at).filter(|_| nouns > 0)?;
    // "said Lund last Tuesday morning Vik came": a trade is said of a person with two names.
    let is_owner = tokens.get(end).is_some_and(|next| next.is("’s"));
    (end - at >= 2 && !is_owner).then_some(at..end)
}

/// "Lund’s office", "the Post’s editor Ana Lund": what follows the possessive.
fn owned(tokens: &[Token<'_>], start: usize, possessive: usize) -> Phrase {
    let mut at = possessive + 1;
    while let Some(token) = tokens.get(at).filter(|token| token.is_word) {
        if ends_noun(token) || at - possessive > LONGEST_NOUN {
            break;
        }
        let behind = is_link(tokens[at - 1].text);
        if let Some(end) = name_end(tokens, at).filter(|_| !behind) {
            let mut phrase = with_description(tokens, at..end, Some(start..at));
            phrase.start = start;
            return phrase;
        }
        at += 1;
    }
    // "Lund’s brother, Ola"
    let name = tokens
        .get(at)
        .filter(|comma| comma.is(","))
        .and_then(|_| name_end(tokens, at + 1));
    match name.filter(|&end| tokens.get(end).is_none_or(|next| !next.is_word)) {
        Some(end) => Phrase {
            start,
            ..Phrase::new(at + 1..end).with_role(Some(start..at))
        },
        None => Phrase::new(start..at),
    }
}

/// "clinic director Ana Lund", "the director, Ana Lund", "a spokeswoman for the ministry".
fn noun_starting_at(tokens: &[Token<'_>], start: usize) -> Option<Phrase> {
    // "9/11 widow Ana Lund", "76-year-old Ana Lund"
    let is_number = tokens[start].text.starts_with(|c: char| c.is_ascii_digit());
    let is_noun_like = is_number
        || lexicon::is_determiner(tokens[start].text)
        || tokens[start].text.starts_with(char::is_lowercase);
    if !is_noun_like || is_clause_word(tokens[start].text) || is_conjunction(tokens[start].text) {
        return None;
    }
    let mut at = start;
    while let Some(token) = tokens.get(at).filter(|token| {
        let is_inside = token.is_word || token.is("’s") || is_number && token.is("/");
        is_inside && at - start < LONGEST_NOUN
    }) {
        if at > start && ends_noun(token) {
            break;
        }
        let is_linked = at > start && is_link(tokens[at - 1].text);
        if let Some(end) = name_end(tokens, at).filter(|_| at > start && !is_linked) {
            if tokens.get(end).is_some_and(|next| next.is("’s")) {
                let mut phrase = owned(tokens, at, end);
                phrase.start = start;
                return Some(phrase);
            }
            return Some(with_description(tokens, at..end, Some(start..at)));
        }
        at += 1;
    }
    if at == start || !lexicon::is_determiner(tokens[start].text) {
        return None;
    }
    // "his wife and partner, Ana Lund"
    at = second_noun(tokens, at).unwrap_or(at);
    // "the director, Ana Lund,"
    let name = tokens.get(at).filter(|comma| comma.is(",")).and_then(|_| {
        // "il parroco, don Elio Fabbri"
        let has_title = tokens
            .get(at + 1)
            .is_some_and(|token| lexicon::is_title(token.text) && !token.is_capital());
        name_end(tokens, at + 1 + usize::from(has_title))
    });
    match name {
        Some(end) => Some(Phrase {
            start,
            ..Phrase::new(at + 1..end).with_role(Some(start..at))
        }),
        None if at - start >= 2 => Some(Phrase::new(start..at)),
        None => None,
    }
}

/// Words at most of what somebody is besides.
const LONGEST_SECOND: usize = 3;

/// Where "and first warden, Ana Lund" has its comma.
fn second_noun(tokens: &[Token<'_>], and: usize) -> Option<usize> {
    tokens.get(and).filter(|and| and.is("and"))?;
    let is_noun = |token: &&Token<'_>| token.text.starts_with(char::is_lowercase);
    let rest = &tokens[and + 1..];
    let length = rest.iter().take_while(is_noun).take(LONGEST_SECOND).count();
    let comma = and + 1 + length;
    let is_named = tokens.get(comma).is_some_and(|comma| comma.is(","))
        && name_end(tokens, comma + 1).is_some();
    (length > 0 && is_named).then_some(comma)
}

/// A name with the description behind it: ", director of the clinic,".
fn with_description(
    tokens: &[Token<'_>],
    name: Range<usize>,
    before: Option<Range<usize>>,
) -> Phrase {
    let before = before
        .map(|role| without_determiner(tokens, role))
        .filter(|role| !role.is_empty());
    let behind = description(tokens, name.end);
    let end = behind.as_ref().map_or(name.end, |role| role.end);
    let start = before.as_ref().map_or(name.start, |role| role.start);
    Phrase {
        start,
        end,
        ..Phrase::new(name).with_role(before.or(behind))
    }
}

pub(super) fn without_determiner(tokens: &[Token<'_>], role: Range<usize>) -> Range<usize> {
    let has_determiner = tokens
        .get(role.start)
        .is_some_and(|token| lexicon::is_determiner(token.text));
    role.start + usize::from(has_determiner)..role.end
}

/// The mark of an owner: "Lund’s", "the Lunds’".
fn is_possessive(token: &Token<'_>) -> bool {
    matches!(token.text, "’s" | "’" | "'")
}

/// What stands between the comma at a token and the next.
fn description(tokens: &[Token<'_>], comma: usize) -> Option<Range<usize>> {
    tokens.get(comma).filter(|token| token.is(","))?;
    let start = comma + 1;
    let first = tokens.get(start).filter(|token| token.is_word)?;
    let is_digits = first.text.chars().all(|c| c.is_ascii_digit());
    let is_participle = first.text.ends_with("ing") && lexicon::is_saying(first.text);
    if is_digits || is_participle || lexicon::is_saying(first.text) || is_opening(first.text) {
        return None;
    }
    let is_end = |token: &Token<'_>| {
        matches!(
            token.text,
            "," | "." | ";" | ":" | "—" | "–" | "“" | "\"" | "!" | "?"
        )
    };
    let rest = &tokens[start..];
    let length = rest.iter().position(is_end).unwrap_or(rest.len());
    let is_described = rest[0].text.starts_with(char::is_lowercase)
        || lexicon::is_title(rest[0].text)
        || rest[..length]
            .iter()
            .any(|token| is_link(token.text) || is_possessive(token));
    ((1..=LONGEST_ROLE).contains(&length) && is_described).then_some(start..start + length)
}

/// The first phrase of a sentence: its subject, mostly.
pub(in crate::extract::attribution) fn first(tokens: &[Token<'_>]) -> Option<Phrase> {
    // "WASHINGTON, Dec. 8 (UPI) — "
    let mut start = tokens
        .iter()
        .take(9)
        .position(|token| matches!(token.text, "—" | "–" | "-"))
        .filter(|_| tokens[0].text.len() > 3 && !tokens[0].text.contains(char::is_lowercase))
        .map_or(0, |dash| dash + 1);
    for _ in 0..3 {
        let first = tokens.get(start)?;
        let lower = first.text.to_lowercase();
        // "In a statement, Ana Lund", "While it rained, she": what stands before the comma is no
        // subject.
        let is_intro = is_preposition(&lower)
            || INTRODUCTIONS.contains(&lower.as_str()) && has_comma_soon(tokens, start)
            || lower.ends_with("ing") && first.is_capital()
            || lower.ends_with("ly");
        if is_intro && let Some(comma) = (start..tokens.len()).find(|&at| tokens[at].is(",")) {
            start = comma + 1;
        } else if is_conjunction(&lower) || lexicon::is_adverb(&lower) || first.is(",") {
            start += 1;
        } else {
            break;
        }
    }
    starting_at(tokens, start)
}

fn has_comma_soon(tokens: &[Token<'_>], start: usize) -> bool {
    tokens[start..].iter().take(25).any(|token| token.is(","))
}
