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
    /// Where everything that belongs to it starts.
    pub(super) start: usize,
    /// Behind everything that belongs to it.
    pub(super) end: usize,
    /// Whom "who" stands for.
    pub(super) antecedent: Option<Range<usize>>,
}

impl Phrase {
    pub(super) fn new(mention: Range<usize>) -> Self {
        Self {
            start: mention.start,
            end: mention.end,
            mention,
            role: None,
            antecedent: None,
        }
    }

    fn with_role(mut self, role: Option<Range<usize>>) -> Self {
        self.role = role.filter(|role| !role.is_empty());
        self
    }
}

/// Longest description, in tokens.
const LONGEST_ROLE: usize = 16;

/// Longest "the director of the clinic", in tokens.
const LONGEST_NOUN: usize = 9;

/// Whether a noun phrase starts with this word.
pub(super) fn is_determiner(word: &str) -> bool {
    const DETERMINERS: &str = "the a an one another some many his her their our its my this every each two three \
        four five several most der die das ein eine le la les un une el los las il lo l’ o os as um uma gli i dem den zijn haar de het een hun";
    let lower = word.to_lowercase();
    DETERMINERS
        .split_ascii_whitespace()
        .any(|determiner| determiner == lower)
}

/// Whether the subject of a pronoun verb.
pub(super) fn is_subject_pronoun(word: &str) -> bool {
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
            | "ze"
            | "ils"
            | "elles"
            | "lui"
            | "lei"
    )
}

/// The phrase that starts at a token.
pub(super) fn starting_at(tokens: &[Token<'_>], start: usize) -> Option<Phrase> {
    let first = tokens.get(start).filter(|token| token.is_word)?;
    if is_subject_pronoun(first.text) {
        return Some(Phrase::new(start..start + 1));
    }
    if let Some(end) = name_end(tokens, start) {
        return Some(match tokens.get(end).is_some_and(|next| next.is("’s")) {
            true => owned(tokens, start, end),
            false => with_description(tokens, start..end, None),
        });
    }
    noun_starting_at(tokens, start)
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

/// Whether a word cannot go on with a noun phrase.
fn ends_noun(token: &Token<'_>) -> bool {
    is_clause_word(token.text)
        || matches!(
            token.text,
            "off"
                | "up"
                | "out"
                | "down"
                | "to"
                | "over"
                | "will"
                | "would"
                | "could"
                | "may"
                | "also"
        )
        || is_subject_pronoun(token.text)
        || token.text.starts_with(char::is_lowercase) && lexicon::is_saying(token.text)
}

/// "clinic director Ana Lund", "the director, Ana Lund", "a spokeswoman for the ministry".
fn noun_starting_at(tokens: &[Token<'_>], start: usize) -> Option<Phrase> {
    let is_noun_like =
        is_determiner(tokens[start].text) || tokens[start].text.starts_with(char::is_lowercase);
    if !is_noun_like || is_clause_word(tokens[start].text) || is_conjunction(tokens[start].text) {
        return None;
    }
    let mut at = start;
    while let Some(token) = tokens
        .get(at)
        .filter(|token| (token.is_word || token.is("’s")) && at - start < LONGEST_NOUN)
    {
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
    if at == start || !is_determiner(tokens[start].text) {
        return None;
    }
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
    let start = before.as_ref().map_or(name.start, |role| role.start);
    Phrase {
        start,
        end,
        ..Phrase::new(name).with_role(before.or(behind))
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
    // "he’s said"
    if end > 1 && tokens[end - 1].is("’s") {
        end -= 1;
    }
    let last = tokens.get(end.checked_sub(1)?)?;
    let is_relative = matches!(last.text, "who" | "which")
        || last.is("that") && end > 1 && !ends_noun(&tokens[end - 2]) && tokens[end - 2].is_word;
    let found = if is_conjunction(last.text) {
        None
    } else if is_relative {
        relative(tokens, end - 1)
    } else if is_subject_pronoun(last.text) {
        Some(Phrase::new(end - 1..end))
    } else if last.is(",") {
        described_before(tokens, end - 1)
    } else {
        noun_phrase(tokens, end)
    };
    found.map(|found| Phrase { end: verb, ..found })
}

/// "Ana Lund, who": the mention is "who", if it has a name before it.
fn relative(tokens: &[Token<'_>], who: usize) -> Option<Phrase> {
    let end = who - usize::from(who > 0 && tokens[who - 1].is(","));
    let named = name_start(tokens, end).map(|start| Phrase::new(start..end));
    let before = named.or_else(|| noun_phrase(tokens, end))?;
    let is_named = tokens[before.mention.start].is_capital();
    Some(match is_named {
        true => Phrase {
            start: before.start,
            antecedent: Some(before.mention),
            ..Phrase::new(who..who + 1).with_role(before.role)
        },
        false => Phrase {
            start: before.start,
            ..Phrase::new(before.mention.start..who + 1)
        },
    })
}

/// Where the name that ends here starts.
fn name_start(tokens: &[Token<'_>], end: usize) -> Option<usize> {
    let from = end.saturating_sub(8);
    (from..end).find(|&start| {
        let is_start = start == 0 || !is_name_word(tokens, start - 1);
        is_start && name_end(tokens, start) == Some(end)
    })
}

/// "Ana Lund, 32, director of the clinic," before a verb; "the director, Ana Lund,".
fn described_before(tokens: &[Token<'_>], comma: usize) -> Option<Phrase> {
    let mut close = comma;
    let mut role = None;
    for _ in 0..4 {
        let from = close.saturating_sub(LONGEST_ROLE + 8);
        let open = (from..close)
            .rev()
            .find(|&at| !is_inside(tokens, at))
            .filter(|&at| tokens[at].is(","))?;
        let inner = open + 1..close;
        if name_end(tokens, inner.start) == Some(inner.end)
            && let Some(noun) = noun_phrase(tokens, open)
            && !tokens[noun.mention.end - 1].is_capital()
        {
            return Some(Phrase {
                start: noun.start,
                ..Phrase::new(inner).with_role(Some(noun.mention))
            });
        }
        // "…, Ana Lund, said": the comma before the verb is a slip.
        if inner.len() > 1 && name_end(tokens, inner.start) == Some(inner.end) {
            return Some(Phrase::new(inner));
        }
        if !is_aside(tokens, inner.start) {
            return None;
        }
        role = role.or_else(|| is_role(tokens, inner.start).then_some(inner));
        if let Some(found) = noun_phrase(tokens, open) {
            let role = found.role.clone().or(role);
            return Some(found.with_role(role));
        }
        close = open;
    }
    None
}

/// Whether a token does not end a stretch between commas.
fn is_inside(tokens: &[Token<'_>], at: usize) -> bool {
    let token = &tokens[at];
    let is_stop = token.is(".") && at > 0 && tokens[at - 1].range.end == token.range.start;
    token.is_word || token.is("’s") || is_stop || matches!(token.text, "&" | "/" | "’" | "#")
}

/// Whether what starts here, after a comma, may describe who was named before it.
fn is_aside(tokens: &[Token<'_>], start: usize) -> bool {
    let Some(first) = tokens.get(start) else {
        return false;
    };
    let text = first.text;
    let is_other_clause =
        matches!(text, "and" | "but" | "or" | "so" | "then" | "that") || is_subject_pronoun(text);
    let is_state = text.len() <= 9 && text.contains('-') && text.starts_with(['R', 'D', 'I']);
    let has_link = tokens[start..]
        .iter()
        .take_while(|token| !token.is(","))
        .any(|token| is_link(token.text));
    !is_other_clause
        && (text.starts_with(char::is_lowercase)
            || text.starts_with(|c: char| c.is_ascii_digit())
            || is_determiner(text)
            || lexicon::is_title(text)
            || is_state
            || has_link)
}

/// Whether the aside that starts here is what somebody is.
fn is_role(tokens: &[Token<'_>], start: usize) -> bool {
    let text = tokens[start].text;
    !(is_preposition(text)
        || matches!(text, "who" | "which" | "whose" | "however" | "too" | "of")
        || text.ends_with("ing")
        || text.starts_with(|c: char| c.is_ascii_digit()))
}

/// The noun phrase that ends at a token, as the subject of a clause: "a spokeswoman for the
/// ministry", "Ana Lund on Tuesday", "clinic director Ana Lund".
pub(super) fn noun_phrase(tokens: &[Token<'_>], end: usize) -> Option<Phrase> {
    let from = end.saturating_sub(LONGEST_NOUN + 5);
    let clause = (from..end)
        .rev()
        .find(|&at| breaks_noun(tokens, at))
        .map_or(from, |at| at + 1);
    let mut start = (clause..end).find(|&at| tokens[at].is_word)?;
    // "to discuss strategy": no subject.
    if clause > 0 && tokens[clause - 1].is("to") {
        return None;
    }
    while start < end
        && (lexicon::is_adverb(tokens[start].text) || is_conjunction(tokens[start].text))
    {
        start += 1;
    }
    if is_preposition(
        &tokens
            .get(start)
            .filter(|_| start < end)?
            .text
            .to_lowercase(),
    ) {
        // "On Tuesday the council": the subject is the last phrase.
        start = (start + 1..end).rev().find(|&at| {
            is_determiner(tokens[at].text)
                || name_end(tokens, at).is_some()
                    && !is_name_word(tokens, at - 1)
                    && !is_determiner(tokens[at - 1].text)
        })?;
        if is_preposition(&tokens[start - 1].text.to_lowercase()) || tokens[start - 1].is("of") {
            return None;
        }
    }
    subject_in(tokens, start, end)
}

fn is_name_word(tokens: &[Token<'_>], at: usize) -> bool {
    tokens[at].is_capital() && !lexicon::is_common(tokens[at].text)
}

fn is_conjunction(word: &str) -> bool {
    matches!(
        word.to_lowercase().as_str(),
        "and"
            | "but"
            | "so"
            | "then"
            | "yet"
            | "still"
            | "meanwhile"
            | "even"
            | "earlier"
            | "later"
            | "now"
            | "or"
    )
}

/// Words that no subject has within.
const BREAKS: &[&str] = &[
    "who", "that", "when", "while", "whose", "which", "and", "but", "is", "was", "were", "are",
    "has", "not", "whether", "how", "why", "what", "where", "if", "than", "though", "although",
    "since", "until", "because", "be", "been", "had", "him", "them", "me", "us", "would", "will",
    "could", "whom", "or",
];

/// Words that open a clause before its subject.
const OPENINGS: &[&str] = &[
    "While", "When", "After", "Before", "Because", "If", "As", "Though", "Although", "Since",
];

/// Whether the token cannot stand inside the subject of a clause.
fn breaks_noun(tokens: &[Token<'_>], at: usize) -> bool {
    let token = &tokens[at];
    if !token.is_word {
        return !is_inside(tokens, at);
    }
    let word = token.text;
    let is_lower = word.starts_with(char::is_lowercase);
    is_subject_pronoun(word)
        || is_lower
            && (lexicon::is_saying(word)
                || word == "to" && !leads_to_noun(tokens, at + 1)
                || BREAKS.contains(&word))
        || !is_lower && OPENINGS.contains(&word)
}

/// Whether a determiner or a name stands here: the "to" before it is no infinitive's.
fn leads_to_noun(tokens: &[Token<'_>], at: usize) -> bool {
    tokens
        .get(at)
        .is_some_and(|next| is_determiner(next.text) || next.is_capital())
}

/// The subject between two tokens: its name, with the words around it as the role.
fn subject_in(tokens: &[Token<'_>], start: usize, end: usize) -> Option<Phrase> {
    let tail = (start..end).find(|&at| {
        at > start
            && is_preposition(tokens[at].text)
            && !(is_determiner(tokens[start].text) && is_link(tokens[at].text))
    });
    // "Ana Lund in a statement": the phrase ends before the preposition.
    let stop = tail.unwrap_or(end);
    let mut at = start;
    while at < stop {
        let behind = at > start && is_link(tokens[at - 1].text);
        let behind = behind
            || at > start + 1 && is_link(tokens[at - 2].text) && is_determiner(tokens[at - 1].text);
        let Some(name) = name_end(tokens, at).filter(|_| !behind) else {
            at += 1;
            continue;
        };
        if tokens.get(name).is_some_and(|next| next.is("’s")) && name < stop {
            at = name + 1;
            continue;
        }
        let name = name.min(end);
        if name == stop {
            return Some(named(tokens, start, at..name));
        }
        let is_linked = is_link(tokens[name].text);
        let rest = (is_linked && tail.is_none()).then_some(name..end);
        if is_linked
            || name + 2 >= stop && tokens[name].is_word && tokens[name].text.ends_with("day")
        {
            let phrase = named(tokens, start, at..name);
            let role = phrase.role.clone().or(rest);
            return Some(phrase.with_role(role));
        }
        at = name;
    }
    // Without an article only the many speak: "protesters", "police".
    let is_phrase = is_determiner(tokens[start].text)
        || tokens[start].is_capital()
        || matches!(tokens[stop.max(start + 1) - 1].text, "police" | "people")
        || tokens[stop.max(start + 1) - 1].text.ends_with('s');
    (stop > start && is_phrase).then(|| Phrase::new(start..stop))
}

/// A name with what stands before it in its phrase.
fn named(tokens: &[Token<'_>], start: usize, name: Range<usize>) -> Phrase {
    let role = without_determiner(tokens, start..name.start);
    let is_role = !role.is_empty()
        && tokens[role.clone()]
            .iter()
            .all(|token| token.is_word || token.is("’s"));
    Phrase {
        start,
        ..Phrase::new(name).with_role(is_role.then_some(role))
    }
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
            | "over"
            | "by"
            | "about"
            | "with"
            | "from"
            | "for"
            | "under"
            | "through"
            | "despite"
            | "without"
            | "among"
            | "between"
            | "of"
            | "against"
            | "until"
            | "within"
            | "like"
            | "via"
            | "into"
            | "to"
    )
}

/// Whether a phrase is a pronoun, a name, or somebody's: not any noun.
pub(super) fn is_somebody(tokens: &[Token<'_>], who: &Phrase) -> bool {
    let first = &tokens[who.mention.start];
    let is_owned = tokens[who.mention.clone()]
        .iter()
        .any(|token| token.is("’s"));
    let is_short = is_determiner(first.text) && who.mention.len() <= 3;
    is_owned
        || is_short
        || is_name_word(tokens, who.mention.start)
        || is_subject_pronoun(first.text)
}

/// Words that begin what stands before the subject of a sentence, up to a comma.
const INTRODUCTIONS: &[&str] = &[
    "as",
    "when",
    "while",
    "if",
    "although",
    "though",
    "because",
    "once",
    "asked",
    "according",
    "hours",
    "days",
    "weeks",
    "months",
    "years",
    "minutes",
    "moments",
    "amid",
    "instead",
    "likewise",
    "moreover",
    "however",
    "later",
    "last",
    "this",
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
    "well",
    "ever",
    "soon",
];

/// The first phrase of a sentence: its subject, mostly.
pub(super) fn first(tokens: &[Token<'_>]) -> Option<Phrase> {
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
