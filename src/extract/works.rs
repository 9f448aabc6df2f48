//! Tells somebody's words from titles of works and words held at arm's length.

use super::QuotationKind;
use super::attribution::Attribution;
use super::quotations::Found;
use super::tokens::word_count;
use crate::article::Article;

/// Nouns before a title.
const WORKS: &[&str] = &[
    "book",
    "novel",
    "film",
    "movie",
    "song",
    "album",
    "play",
    "poem",
    "article",
    "essay",
    "report",
    "series",
    "show",
    "episode",
    "exhibition",
    "painting",
    "documentary",
    "podcast",
    "programme",
    "program",
    "paper",
    "study",
    "magazine",
    "story",
    "column",
    "hymn",
    "anthem",
    "opera",
    "musical",
    "game",
    "track",
    "single",
    "memoir",
    "lecture",
    "talk",
    "buch",
    "film",
    "roman",
    "lied",
    "stück",
    "ausstellung",
];

/// Pieces of a newspaper whose titles look like sentences.
const COLUMNS: &[&str] = &[
    "commentary",
    "column",
    "editorial",
    "op-ed",
    "article",
    "letter",
    "essay",
    "report",
    "story",
    "blog",
];

/// Words right before a title.
const NAMING: &[&str] = &["titled", "entitled", "called", "named", "headlined"];

/// Words before a word held at arm's length.
const DISTANCE: &[&str] = &[
    "so-called",
    "supposed",
    "self-described",
    "dubbed",
    "nicknamed",
    "known",
    "word",
    "words",
    "term",
    "phrase",
    "labelled",
    "labeled",
    "branded",
    "sogenannte",
    "sogenannten",
    "wort",
    "begriff",
];

/// Words at most that are held at arm's length.
const FEW: usize = 3;

/// What sort of quotation it is, its surroundings considered.
pub(super) fn kind(
    article: &Article,
    quotation: &Found,
    attribution: &Attribution,
) -> QuotationKind {
    if attribution.kind != QuotationKind::Speech || quotation.is_block {
        return attribution.kind;
    }
    let first = quotation.first();
    let text = &article.blocks[first.block].text;
    let words = &text[first.words.clone()];
    let count = word_count(words);
    let before = &text[..first.marked.start];
    let near = Near::before(before);
    if near.names_title(words, attribution) || is_title(article, quotation, before, attribution) {
        return QuotationKind::Title;
    }
    if is_bracketed(&text[first.marked.clone()]) && !is_spoken(words, &text[first.marked.end..]) {
        return QuotationKind::Title;
    }
    let is_single = text[first.marked.clone()].starts_with(['\'', '‘', '’']);
    if is_single && (attribution.speaker.is_none() || attribution.rule == "next-paragraph") {
        return QuotationKind::Scare;
    }
    let is_distant = near.has(DISTANCE, 2) && count <= 2 * FEW;
    if is_distant || count <= FEW && attribution.speaker.is_none() {
        return QuotationKind::Scare;
    }
    attribution.kind
}

/// Whether the marks are those of Chinese and Japanese, which stand around names as well as speech.
fn is_bracketed(marked: &str) -> bool {
    marked.starts_with(['「', '『'])
}

/// Whether words in such marks are said: a sentence, or what the particle for speech follows.
fn is_spoken(words: &str, behind: &str) -> bool {
    words.ends_with(['。', '！', '？', '!', '?', '…'])
        || behind.starts_with('と')
        || behind.starts_with("って")
}

/// The three words before a quotation in lower case, the nearest first.
struct Near {
    words: Vec<String>,
    has_comma: bool,
}

impl Near {
    fn before(text: &str) -> Self {
        let words = text.split_whitespace().rev().take(3);
        Self {
            words: words
                .map(|word| word.trim_matches(',').to_lowercase())
                .collect(),
            has_comma: text.trim_end().ends_with(','),
        }
    }

    /// Whether one of the nearest words is in a list.
    fn has(&self, list: &[&str], nearest: usize) -> bool {
        let mut words = self.words.iter().take(nearest);
        words.any(|word| list.contains(&word.as_str()))
    }

    /// Whether they lead to a title.
    fn names_title(&self, words: &str, attribution: &Attribution) -> bool {
        let is_owned = |word: &String| word.ends_with("’s") || word.ends_with("'s");
        let is_named = self.has(WORKS, 3)
            || self.has(NAMING, 1)
            || self.words.first().is_some_and(is_owned)
            || attribution.speaker.is_none()
            || attribution.rule == "same-paragraph";
        // Ana Lund’s commentary, “The bench is ours,” is kind.
        let is_column = self.has(COLUMNS, 1) && self.has_comma;
        is_named && is_title_case(words) || attribution.speaker.is_none() && is_column
    }
}

/// Whether the words are the name of a work, by what stands around them.
fn is_title(article: &Article, quotation: &Found, before: &str, attribution: &Attribution) -> bool {
    let last = quotation.last();
    let behind = article.blocks[last.block].text[last.marked.end..].trim_start();
    // “Harbour reopens after the storm,” by Ana Lund
    let is_by = behind.starts_with("by ");
    // “Not one step back” (2015)
    let is_dated = behind
        .strip_prefix('(')
        .is_some_and(|rest| rest.chars().take(4).filter(char::is_ascii_digit).count() == 4);
    // What follows “…,” by Ana Lund:
    let is_excerpt = before.ends_with(": ") && is_by_line(before);
    attribution.speaker.is_none() && (is_by || is_dated) || is_excerpt
}

/// Bytes at most between a title and the words of the work.
const LONGEST_BY_LINE: usize = 200;

/// Whether a title and "by Ana Lund:" stand at the end of a text.
fn is_by_line(before: &str) -> bool {
    let from = before.len().saturating_sub(LONGEST_BY_LINE);
    let from = (from..before.len()).find(|&at| before.is_char_boundary(at));
    let near = &before[from.unwrap_or(0)..];
    near.rfind(['”', '"']).is_some_and(|mark| {
        let behind = near[mark..].trim_start_matches(['”', '"']).trim_start();
        behind.starts_with("by ") || behind.starts_with("By ")
    })
}

/// Whether most longer words have a capital, as in headlines.
fn is_title_case(words: &str) -> bool {
    let bare = words.trim_end_matches([',', '.']);
    if bare.ends_with(['!', '?']) && bare.split_whitespace().count() > 6 || bare.contains(". ") {
        return false;
    }
    let long = bare
        .split_whitespace()
        .filter(|word| word.chars().count() >= 4);
    let (mut capital, mut all) = (0, 0);
    for word in long {
        all += 1;
        capital += usize::from(
            word.trim_start_matches(|c: char| !c.is_alphanumeric())
                .starts_with(char::is_uppercase),
        );
    }
    let count = bare.split_whitespace().count();
    (2..=12).contains(&count) && all >= 1 && capital * 10 >= all * 8 && capital >= 2
}
