//! Small words that open, tie or end a noun phrase.

use crate::extract::lexicon;
use crate::extract::tokens::Token;

/// Longest description, in tokens.
pub(super) const LONGEST_ROLE: usize = 16;

/// Longest "the director of the clinic", in tokens.
pub(super) const LONGEST_NOUN: usize = 9;

/// Words that no subject has within.
pub(super) const BREAKS: &[&str] = &[
    "who", "that", "when", "while", "whose", "which", "and", "but", "is", "was", "were", "are",
    "has", "not", "whether", "how", "why", "what", "where", "if", "than", "though", "although",
    "since", "until", "because", "be", "been", "had", "him", "them", "me", "us", "would", "will",
    "could", "whom", "or", "as",
];

/// Words that open a clause before its subject.
pub(super) const OPENINGS: &[&str] = &[
    "While", "When", "After", "Before", "Because", "If", "As", "Though", "Although", "Since",
];

/// Words that begin what stands before the subject of a sentence, up to a comma.
pub(super) const INTRODUCTIONS: &[&str] = &[
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

/// Whether the subject of a pronoun verb.
pub(in crate::extract::attribution) fn is_subject_pronoun(word: &str) -> bool {
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

/// Whether a word cannot go on with a noun phrase.
pub(super) fn ends_noun(token: &Token<'_>) -> bool {
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

/// What ties a name to the noun before it: "a spokeswoman for the Ministry".
pub(super) fn is_link(word: &str) -> bool {
    matches!(
        word,
        "of" | "for" | "from" | "at" | "in" | "de" | "du" | "von" | "der" | "des" | "with"
    )
}

/// Words that end a noun phrase.
pub(super) fn is_clause_word(word: &str) -> bool {
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

/// Words that open another clause than a description.
pub(super) fn is_opening(word: &str) -> bool {
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

pub(super) fn is_conjunction(word: &str) -> bool {
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

pub(super) fn is_preposition(word: &str) -> bool {
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

/// Whether a token may be part of a name.
pub(super) fn is_name_word(tokens: &[Token<'_>], at: usize) -> bool {
    tokens[at].is_capital() && !lexicon::is_common(tokens[at].text)
}
