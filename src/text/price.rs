//! What it costs to end a line at a place, by the words around it.
//!
//! Prices add up over the lines of a block and are weighed against its rag and its size; 0.1 is
//! what a line that is a third too short costs. They were tuned on the corpus in
//! `tests/fixtures/quotations.txt`.

use super::linebreak::{Opportunity, REFUSED};

/// Sets the price of each opportunity.
pub(super) fn set(text: &str, found: &mut [Opportunity]) {
    let mut start = 0;
    let count = found.len();
    let ends: Vec<usize> = found.iter().map(|opportunity| opportunity.at).collect();
    for index in 0..count {
        let at = ends[index];
        if !found[index].is_hard {
            let after_end = ends.get(index + 1).copied().unwrap_or(text.len());
            let around = Around {
                before_last: word(text, index.checked_sub(2).map_or(0, |i| ends[i]), start),
                last: word(text, start, at),
                next: word(text, at, after_end),
                has_space: text[..at].ends_with(char::is_whitespace),
                has_wide_space: text[..at].ends_with(['\u{2002}', '\u{2003}']),
            };
            found[index].price = around.price();
        }
        start = at;
    }
}

fn word(text: &str, start: usize, end: usize) -> &str {
    text.get(start..end).unwrap_or("").trim()
}

/// Between parts that an en or em space keeps apart: a name and a role.
const PARTS: f64 = -0.3;

/// The words around a place where a line may end.
struct Around<'a> {
    before_last: &'a str,
    last: &'a str,
    next: &'a str,
    has_space: bool,
    has_wide_space: bool,
}

impl Around<'_> {
    fn price(&self) -> f64 {
        if self.is_refused() {
            return REFUSED;
        }
        if self.has_wide_space {
            return PARTS;
        }
        if !self.has_space {
            return self.price_within_word();
        }
        self.price_of_last() + self.price_of_punctuation()
    }

    fn is_refused(&self) -> bool {
        let next = bare(self.next);
        let last = bare(self.last);
        starts_with_dash(self.next)
            || ends_in_figure(last) && is_unit(next)
            || is_sign(last) && starts_with_figure(next)
            || is_abbreviation(last)
            || is_initial(self.last) && starts_with_capital(next)
            || is_joined(self.last, self.next, self.has_space)
    }

    /// After a hyphen or a dash without spaces.
    fn price_within_word(&self) -> f64 {
        match self.last.chars().next_back() {
            Some('—' | '–') => 0.0,
            Some('-' | '‐') => 0.15,
            Some('/') => 0.2,
            // Scripts without spaces.
            _ => 0.0,
        }
    }

    fn price_of_last(&self) -> f64 {
        let bare_last = bare(self.last);
        let letters = bare_last.chars().count();
        let is_final = ends_clause(self.last);
        if is_final {
            return 0.0;
        }
        match letters {
            1 if starts_with_small(bare_last) || bare_last == "I" => 0.06,
            _ if is_function_word(bare_last) => 0.03,
            _ if starts_with_figure(bare_last) => 0.04,
            _ if starts_with_capital(bare_last) && starts_with_capital(bare(self.next)) => 0.03,
            _ => 0.0,
        }
    }

    /// A line likes to end where a clause does, not one word before or after.
    fn price_of_punctuation(&self) -> f64 {
        let own = match clause_end(self.last) {
            Some(Clause::Sentence) => -0.03,
            Some(Clause::Part) => -0.02,
            None => 0.0,
        };
        let stranded = match clause_end(self.before_last) {
            Some(Clause::Sentence) => 0.05,
            Some(Clause::Part) => 0.02,
            None => 0.0,
        };
        let orphan = match clause_end(self.next) {
            Some(Clause::Sentence) => 0.03,
            Some(Clause::Part) => 0.01,
            None => 0.0,
        };
        own + stranded + orphan
    }
}

enum Clause {
    Sentence,
    Part,
}

fn clause_end(word: &str) -> Option<Clause> {
    let word = word.trim_end_matches(['”', '’', '"', '\'', '»', '›', ')', ']']);
    match word.chars().next_back()? {
        '.' | '!' | '?' | '…' => Some(Clause::Sentence),
        ',' | ';' | ':' | '—' | '–' => Some(Clause::Part),
        _ => None,
    }
}

fn ends_clause(word: &str) -> bool {
    clause_end(word).is_some()
}

/// A word without the punctuation around it.
fn bare(word: &str) -> &str {
    word.trim_matches(|c: char| {
        !c.is_alphanumeric()
            && !matches!(c, '%' | '‰' | '°' | '$' | '€' | '£' | '¥' | '№' | '§' | '#')
    })
}

fn starts_with_dash(word: &str) -> bool {
    let rest = word.strip_prefix(['–', '—', '―', '-']);
    rest.is_some_and(|rest| !starts_with_figure(rest))
}

fn starts_with_figure(word: &str) -> bool {
    word.starts_with(|c: char| c.is_numeric())
}

fn ends_in_figure(word: &str) -> bool {
    word.ends_with(|c: char| c.is_numeric())
}

fn starts_with_capital(word: &str) -> bool {
    word.starts_with(char::is_uppercase)
}

fn starts_with_small(word: &str) -> bool {
    word.starts_with(char::is_lowercase)
}

fn is_sign(word: &str) -> bool {
    matches!(
        word,
        "$" | "€" | "£" | "¥" | "№" | "§" | "#" | "No" | "Nr" | "no" | "nr" | "p" | "pp"
    )
}

fn is_unit(word: &str) -> bool {
    UNITS.split_ascii_whitespace().any(|unit| unit == word)
}

fn is_abbreviation(word: &str) -> bool {
    TITLES.contains(&word)
}

fn is_initial(word: &str) -> bool {
    let mut characters = word.chars();
    matches!(
        (characters.next(), characters.next(), characters.next()),
        (Some(letter), Some('.'), None) if letter.is_uppercase()
    )
}

/// Years and words that a dash or a slash joins without spaces.
fn is_joined(last: &str, next: &str, has_space: bool) -> bool {
    !has_space
        && (last.ends_with(['–', '-', '/']) && starts_with_figure(next)
            || last.ends_with('/')
            || last.ends_with('\u{AD}'))
}

fn is_function_word(word: &str) -> bool {
    let word = word.to_lowercase();
    FUNCTION_WORDS.contains(&word.as_str())
}

/// What a figure is not parted from.
const UNITS: &str = "% ‰ ° °C °F percent per pour Prozent por million millions billion billions trillion \
    thousand hundred Mio Mrd Millionen Milliarden millones milliards m km cm mm kg g mg t l \
    ml ha h min s am pm a.m p.m mph kWh MW GW GB MB TB px ft lb oz € $ £ ¥ USD EUR bn \
    degrees";

/// What a name is not parted from.
const TITLES: &[&str] = &[
    "Dr", "Mr", "Mrs", "Ms", "Mx", "Prof", "St", "Sr", "Sra", "Mme", "Mlle", "Hr", "Fr", "Herr",
    "Frau", "Rev", "Hon", "Sen", "Rep", "Gov", "Gen", "Col",
];

/// Short words that belong to what follows, in the languages of the bundled faces.
const FUNCTION_WORDS: &[&str] = &[
    "a", "an", "the", "of", "to", "in", "on", "at", "by", "for", "from", "with", "and", "or",
    "but", "nor", "so", "as", "if", "than", "that", "which", "who", "our", "my", "your", "his",
    "her", "its", "their", "no", "not", "is", "are", "was", "be", "we", "he", "she", "it", "they",
    "you", "this", "these", "those", "into", "le", "la", "les", "un", "une", "des", "du", "de",
    "et", "ou", "à", "en", "au", "aux", "der", "die", "das", "den", "dem", "ein", "eine", "und",
    "oder", "im", "am", "zu", "von", "mit", "el", "los", "las", "y", "o", "il", "lo", "gli", "di",
    "da", "per", "na", "не", "на",
];
