//! Says how good a card a quotation makes: a sum of weights, each with a name.

use super::attribution::Attribution;
use super::tokens::word_count;
use super::{QuotationKind, Reason, lexicon};

/// Fewest words of a quotation that can stand alone.
pub(super) const FEWEST_WORDS: usize = 4;

const fn reason(code: &'static str, weight: f64) -> Reason {
    Reason { code, weight }
}

/// The reasons for and against a quotation, in the order of the rules.
pub(super) fn reasons(words: &str, pieces: usize, attribution: &Attribution) -> Vec<Reason> {
    let mut reasons: Vec<Reason> = speaker(attribution).into_iter().collect();
    reasons.extend(self::words(words, attribution.kind));
    match attribution.kind {
        QuotationKind::Mission => reasons.push(reason("mission", 0.6)),
        QuotationKind::Definition => reasons.push(reason("definition", 0.3)),
        QuotationKind::Block => reasons.push(reason("block-quotation", 0.5)),
        _ => {}
    }
    if pieces > 1 {
        reasons.push(reason("interrupted", -0.2));
    }
    if words.contains(['[', '(']) {
        reasons.push(reason("has-brackets", -0.3));
    }
    reasons
}

/// What the words themselves say for and against a card.
pub(super) fn words(words: &str, kind: QuotationKind) -> Vec<Reason> {
    let mut reasons = Vec::new();
    reasons.push(length(word_count(words)));
    reasons.extend(beginning(words, kind));
    if words.ends_with(['.', '!', '…']) {
        reasons.push(reason("ends-a-sentence", 0.3));
    }
    if words.ends_with('?') {
        reasons.push(reason("asks-a-question", -0.2));
    }
    let has = |list: &[&str]| {
        words
            .split(|c: char| !c.is_alphanumeric() && c != '’')
            .any(|word| list.contains(&word.to_lowercase().as_str()))
    };
    if has(&[
        "i", "we", "our", "my", "us", "me", "wir", "ich", "uns", "nous", "je", "nos",
    ]) {
        reasons.push(reason("first-person", 0.3));
    }
    if has(&[
        "never",
        "nothing",
        "nobody",
        "always",
        "every",
        "everyone",
        "everything",
        "only",
        "nie",
        "nichts",
        "alle",
    ]) {
        reasons.push(reason("absolute", 0.2));
    }
    if has(&["not", "but", "instead", "nicht", "sondern", "aber"]) {
        reasons.push(reason("contrast", 0.2));
    }
    reasons
}

fn speaker(attribution: &Attribution) -> Option<Reason> {
    let Some(speaker) = &attribution.speaker else {
        return Some(reason("nobody-named", -1.5));
    };
    Some(match (&speaker.name, &speaker.role) {
        (Some(_), Some(_)) => reason("names-its-speaker-and-role", 1.2),
        (Some(_), None) => reason("names-its-speaker", 1.0),
        (None, _) if lexicon::is_pronoun(speaker.mention.text()) => reason("speaker-unsure", -1.0),
        (None, _) => reason("speaker-without-name", -0.3),
    })
}

fn length(words: usize) -> Reason {
    match words {
        ..=4 => reason("very-short", -0.3),
        5..=7 => reason("short", 0.5),
        8..=25 => reason("right-length", 1.0),
        26..=40 => reason("long", 0.3),
        41..=60 => reason("very-long", -0.5),
        _ => reason("too-long", -2.0),
    }
}

/// How it begins: a whole thought, or something that hangs on what was said before.
fn beginning(words: &str, kind: QuotationKind) -> Option<Reason> {
    let first = words
        .split(|c: char| !c.is_alphanumeric() && c != '’')
        .find(|word| !word.is_empty())?;
    if first.starts_with(char::is_lowercase) {
        let is_whole = matches!(kind, QuotationKind::Mission | QuotationKind::Definition);
        return (!is_whole).then_some(reason("begins-within-a-sentence", -0.8));
    }
    let lower = first.to_lowercase();
    match lower.as_str() {
        "it" | "it’s" | "that" | "that’s" | "this" | "these" | "those" | "they" | "he" | "she"
        | "them" | "her" | "his" | "their" | "er" | "sie" | "es" | "das" => {
            Some(reason("begins-with-a-pronoun", -0.4))
        }
        "and" | "but" | "so" | "because" | "also" | "then" | "or" | "und" | "aber" | "denn" => {
            Some(reason("begins-with-a-conjunction", -0.3))
        }
        _ => Some(reason("self-contained", 0.4)),
    }
}
