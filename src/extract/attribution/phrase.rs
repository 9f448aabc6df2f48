//! Finds who is meant beside a verb of saying: a name, a pronoun, or "the director of the clinic".

use std::ops::Range;

use super::super::entities::name_end;
use super::super::lexicon;
use super::super::tokens::Token;

/// Somebody in a sentence, in indices of its tokens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Phrase {
    /// The name, the pronoun or the noun.
    pub(super) mention: Range<usize>,
    /// What describes them.
    pub(super) role: Option<Range<usize>>,
    /// Behind everything that belongs to it.
    pub(super) end: usize,
}

/// Longest description, in tokens.
const LONGEST_ROLE: usize = 16;

/// Longest "the director of the clinic", in tokens.
const LONGEST_NOUN: usize = 9;

/// Whether a noun phrase starts with this word.
pub(super) fn is_determiner(word: &str) -> bool {
    const DETERMINERS: &str = "the a an one another some many his her their our its my this that every each two three \
        four five several most der die das ein eine le la les un une el los las il lo";
    let lower = word.to_lowercase();
    DETERMINERS
        .split_ascii_whitespace()
        .any(|determiner| determiner == lower)
}

/// Whether the subject of a pronoun verb.
fn is_subject_pronoun(word: &str) -> bool {
    matches!(
        word.to_lowercase().as_str(),
        "he" | "she"
            | "they"
            | "it"
            | "i"
            | "we"
            | "er"
            | "sie"
            | "il"
            | "elle"
            | "él"
            | "ella"
            | "ele"
            | "ela"
            | "hij"
            | "zij"
    )
}

/// The phrase that starts at a token.
pub(super) fn starting_at(tokens: &[Token<'_>], start: usize) -> Option<Phrase> {
    let first = tokens.get(start).filter(|token| token.is_word)?;
    if is_subject_pronoun(first.text) {
        return Some(Phrase {
            mention: start..start + 1,
            role: None,
            end: start + 1,
        });
    }
    if let Some(end) = name_end(tokens, start) {
        return Some(with_description(tokens, start..end, None));
    }
    noun_starting_at(tokens, start)
}

/// "clinic director Ana Lund", "the director, Ana Lund", "a spokeswoman for the ministry".
fn noun_starting_at(tokens: &[Token<'_>], start: usize) -> Option<Phrase> {
    let is_noun_like =
        is_determiner(tokens[start].text) || tokens[start].text.starts_with(char::is_lowercase);
    if !is_noun_like {
        return None;
    }
    let mut at = start;
    while let Some(token) = tokens
        .get(at)
        .filter(|token| token.is_word && at - start < LONGEST_NOUN)
    {
        let ends = is_clause_word(token.text) || lexicon::is_saying(token.text);
        if at > start && ends {
            break;
        }
        let is_linked = at > start && is_link(tokens[at - 1].text);
        if let Some(end) = name_end(tokens, at).filter(|_| at > start && !is_linked) {
            return Some(with_description(tokens, at..end, Some(start..at)));
        }
        at += 1;
    }
    if at == start || !is_determiner(tokens[start].text) {
        return None;
    }
    // "the director, Ana Lund,"
    let name = tokens
        .get(at)
        .filter(|comma| comma.is(","))
        .and_then(|_| name_end(tokens, at + 1));
    match name {
        Some(end) => Some(Phrase {
            mention: at + 1..end,
            role: Some(start..at),
            end,
        }),
        None if at - start >= 2 => Some(Phrase {
            mention: start..at,
            role: None,
            end: at,
        }),
        None => None,
    }
}

/// What ties a name to the noun before it: "a spokeswoman for the Ministry".
fn is_link(word: &str) -> bool {
    matches!(
        word,
        "of" | "for" | "from" | "at" | "in" | "de" | "du" | "von" | "der" | "des" | "with"
    )
}

/// Words that end a noun phrase.
fn is_clause_word(word: &str) -> bool {
    matches!(
        word,
        "who"
            | "that"
            | "as"
            | "when"
            | "while"
            | "after"
            | "before"
            | "because"
            | "during"
            | "on"
            | "last"
            | "this"
            | "yesterday"
            | "today"
            | "and"
            | "but"
            | "whose"
            | "which"
            | "is"
            | "was"
            | "were"
            | "are"
            | "has"
            | "had"
    )
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
    Phrase {
        mention: name,
        role: before.or(behind),
        end,
    }
}

fn without_determiner(tokens: &[Token<'_>], role: Range<usize>) -> Range<usize> {
    let has_determiner = tokens
        .get(role.start)
        .is_some_and(|token| is_determiner(token.text));
    role.start + usize::from(has_determiner)..role.end
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
        || rest[..length].iter().any(|token| is_link(token.text));
    ((1..=LONGEST_ROLE).contains(&length) && is_described).then_some(start..start + length)
}

/// Words that open another clause than a description.
fn is_opening(word: &str) -> bool {
    matches!(
        word.to_lowercase().as_str(),
        "and"
            | "but"
            | "as"
            | "in"
            | "on"
            | "when"
            | "while"
            | "after"
            | "before"
            | "because"
            | "then"
            | "so"
            | "with"
            | "speaking"
            | "standing"
            | "referring"
            | "recalling"
            | "pointing"
            | "laughing"
            | "smiling"
            | "looking"
            | "or"
            | "noting"
            | "saying"
            | "adding"
            | "although"
            | "though"
            | "if"
    )
}

/// The subject of the verb at a token: the phrase that ends before it.
pub(super) fn ending_before(tokens: &[Token<'_>], verb: usize) -> Option<Phrase> {
    let mut end = verb;
    while end > 0 && tokens[end - 1].is_word && lexicon::is_adverb(tokens[end - 1].text) {
        end -= 1;
    }
    let last = tokens.get(end.checked_sub(1)?)?;
    if last.is(",") {
        return described_before(tokens, end - 1, verb);
    }
    if !last.is_word {
        return None;
    }
    if is_subject_pronoun(last.text) {
        return Some(Phrase {
            mention: end - 1..end,
            role: None,
            end: verb,
        });
    }
    if let Some(start) = name_start(tokens, end) {
        return Some(with_role_before(tokens, start..end, verb));
    }
    noun_before(tokens, end, verb)
}

/// "Ana Lund, director of the clinic," before a verb.
fn described_before(tokens: &[Token<'_>], comma: usize, verb: usize) -> Option<Phrase> {
    let from = comma.saturating_sub(LONGEST_ROLE + 2);
    // The name stands before the first comma that leaves a description, not before the last.
    let behind = (from..comma)
        .filter(|&at| tokens[at].is(","))
        .find_map(|at| {
            let start = name_start(tokens, at)?;
            Some((start..at, at + 1..comma))
        });
    let (name, role) = behind.or_else(|| {
        // "the director, Ana Lund,"
        let before = (from..comma).rev().find(|&at| tokens[at].is(","))?;
        let is_name = name_end(tokens, before + 1) == Some(comma);
        let noun = noun_before(tokens, before, before)?;
        is_name.then_some((before + 1..comma, noun.mention))
    })?;
    Some(Phrase {
        mention: name,
        role: (!role.is_empty()).then_some(role),
        end: verb,
    })
}

/// Where the name that ends here starts.
fn name_start(tokens: &[Token<'_>], end: usize) -> Option<usize> {
    let from = end.saturating_sub(8);
    (from..end).find(|&start| {
        let is_start = start == 0 || !continues_name(tokens, start - 1);
        is_start && name_end(tokens, start) == Some(end)
    })
}

fn continues_name(tokens: &[Token<'_>], at: usize) -> bool {
    tokens[at].is_capital() && !lexicon::is_common(tokens[at].text)
}

/// "clinic director Ana Lund".
fn with_role_before(tokens: &[Token<'_>], name: Range<usize>, end: usize) -> Phrase {
    let is_role_word = |token: &Token<'_>| {
        token.is_word
            && token.text.starts_with(char::is_lowercase)
            && !is_determiner(token.text)
            && !is_clause_word(token.text)
            && !lexicon::is_adverb(token.text)
            && !lexicon::is_particle(token.text)
            && !lexicon::is_saying(token.text)
            && !matches!(
                token.text,
                "in" | "at" | "by" | "with" | "from" | "if" | "then" | "where" | "how" | "why"
            )
    };
    let words = tokens[..name.start]
        .iter()
        .rev()
        .take(4)
        .take_while(|token| is_role_word(token))
        .count();
    let role = name.start - words..name.start;
    let is_titled = tokens
        .get(role.start.wrapping_sub(1))
        .is_none_or(|token| !token.is_word || is_determiner(token.text));
    Phrase {
        mention: name,
        role: (words > 0 && is_titled).then_some(role),
        end,
    }
}

/// "a spokeswoman for the ministry", "Ana Lund of the clinic".
fn noun_before(tokens: &[Token<'_>], end: usize, verb: usize) -> Option<Phrase> {
    let from = end.saturating_sub(LONGEST_NOUN);
    let clause = (from..end)
        .rev()
        .find(|&at| !tokens[at].is_word && !tokens[at].is("’s") || is_clause_word(tokens[at].text))
        .map_or(from, |at| at + 1);
    let named = (clause..end).find_map(|at| {
        let name = name_end(tokens, at).filter(|&name_end| name_end < end)?;
        let link = matches!(tokens[name].text, "of" | "from" | "at" | "with" | "for");
        link.then_some(Phrase {
            mention: at..name,
            role: Some(name..end),
            end: verb,
        })
    });
    let starts_clause = |at: &usize| is_determiner(tokens[*at].text);
    named.or_else(|| {
        let start = (clause..end).find(starts_clause)?;
        // "Ana Lund during a walk said"
        let follows_preposition = start > clause && is_preposition(tokens[start - 1].text);
        if let Some(name) = name_end(tokens, clause).filter(|_| follows_preposition) {
            return Some(Phrase {
                mention: clause..name,
                role: None,
                end: verb,
            });
        }
        (end - start >= 2).then_some(Phrase {
            mention: start..end,
            role: None,
            end: verb,
        })
    })
}

fn is_preposition(word: &str) -> bool {
    matches!(
        word,
        "during"
            | "in"
            | "on"
            | "at"
            | "after"
            | "before"
            | "since"
            | "to"
            | "over"
            | "by"
            | "about"
    )
}

/// The first phrase of a sentence: its subject, mostly.
pub(super) fn first(tokens: &[Token<'_>]) -> Option<Phrase> {
    let mut start = 0;
    // "In a statement, Ana Lund": what stands before the comma is no subject.
    if tokens.first().is_some_and(|first| {
        matches!(
            first.text,
            "In" | "On" | "At" | "With" | "After" | "For" | "By" | "From"
        )
    }) {
        start = tokens
            .iter()
            .position(|token| token.is(","))
            .map_or(0, |comma| comma + 1);
    }
    starting_at(tokens, start)
}
