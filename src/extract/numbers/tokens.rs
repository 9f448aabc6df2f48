//! Cuts a text into words, numbers and marks, and says of each what it may be.
//!
//! In: a text. Out: [`Token`]s that cover it but for white space, in order, each with the
//! [`Class`]es the rules ask for. Numbers in digits are read here: `1,234.5` is one token.

use super::abroad;
use super::lexicon::{self, Class};
use crate::extract::language::Language;
use std::ops::Range;

/// A word, a number in digits, or a single mark.
#[derive(Clone, Debug)]
pub(crate) struct Token<'t> {
    /// Byte range in the text.
    pub(crate) range: Range<usize>,
    /// The words themselves.
    pub(crate) text: &'t str,
    /// What it may be.
    pub(crate) class: Class,
    /// Whether white space, or the start of the text, stands before it.
    pub(crate) spaced: bool,
    /// What the digits amount to, or, in languages other than English, the word; 0 for anything else.
    pub(crate) value: f64,
}

impl Token<'_> {
    /// Whether it may be any of these.
    pub(crate) fn is(&self, class: Class) -> bool {
        self.class.meets(class)
    }
}

/// A text and its tokens. The rules read these, by index.
#[derive(Debug)]
pub(crate) struct Tokens<'t> {
    /// The text itself.
    pub(crate) text: &'t str,
    /// Its tokens, in order.
    pub(crate) list: Vec<Token<'t>>,
    abroad: Option<Language>,
}

impl<'t> Tokens<'t> {
    /// Cuts an English text into tokens.
    pub(crate) fn of(text: &'t str) -> Self {
        Self::spoken(text, Language::English)
    }

    /// Cuts a text in a language into tokens.
    pub(crate) fn spoken(text: &'t str, language: Language) -> Self {
        let abroad = Some(language).filter(|language| abroad::writes(*language));
        let list = cut_as(text, abroad)
            .map(|(range, spaced)| token(text, range, spaced, abroad))
            .collect();
        Self { text, list, abroad }
    }

    /// The language, if it writes its numbers otherwise than English.
    pub(crate) fn abroad(&self) -> Option<Language> {
        self.abroad
    }

    /// The token at an index, if there is one.
    pub(crate) fn get(&self, index: usize) -> Option<&Token<'t>> {
        self.list.get(index)
    }

    /// The token before an index, if there is one.
    pub(crate) fn before(&self, index: usize) -> Option<&Token<'t>> {
        self.list.get(index.checked_sub(1)?)
    }

    /// The words of the token at an index; empty past the end.
    pub(crate) fn word(&self, index: usize) -> &'t str {
        self.get(index).map_or("", |token| token.text)
    }

    /// Whether the token at an index may be any of these classes.
    pub(crate) fn is(&self, index: usize, class: Class) -> bool {
        self.get(index).is_some_and(|token| token.is(class))
    }

    /// Whether the token at an index is this word, whatever its case.
    pub(crate) fn reads(&self, index: usize, word: &str) -> bool {
        self.word(index).eq_ignore_ascii_case(word)
    }

    /// Whether the token at an index is this word with a full stop: `Rs.`, `U.S.`.
    pub(crate) fn reads_dotted(&self, index: usize, word: &str) -> bool {
        let written = self.word(index).strip_suffix('.');
        written.is_some_and(|written| written.eq_ignore_ascii_case(word))
    }

    /// Whether the token at an index stands right behind the one before it.
    pub(crate) fn is_glued(&self, index: usize) -> bool {
        self.get(index).is_some_and(|token| !token.spaced)
    }

    /// The bytes of a range of tokens; empty for an empty range.
    pub(crate) fn bytes(&self, range: Range<usize>) -> Range<usize> {
        let start = self
            .get(range.start)
            .map_or(self.text.len(), |t| t.range.start);
        let end = range
            .end
            .checked_sub(1)
            .and_then(|last| self.get(last))
            .map_or(start, |t| t.range.end);
        start..end.max(start)
    }

    /// The tokens that begin in a range of bytes.
    pub(crate) fn within(&self, bytes: Range<usize>) -> Range<usize> {
        let start = self.list.partition_point(|t| t.range.start < bytes.start);
        let end = self.list.partition_point(|t| t.range.start < bytes.end);
        start..end.max(start)
    }
}

/// Cuts a text at white space and where words, digits and marks meet; says of each piece whether
/// white space stands before it.
pub(crate) fn cut(text: &str) -> impl Iterator<Item = (Range<usize>, bool)> {
    cut_as(text, None)
}

fn cut_as(text: &str, abroad: Option<Language>) -> impl Iterator<Item = (Range<usize>, bool)> {
    let (mut at, mut end) = (0, None);
    std::iter::from_fn(move || {
        loop {
            let first = text[at..].chars().next()?;
            let is_point = is_leading_point(text, at);
            let length = if is_point {
                1 + digits_length(&text.as_bytes()[at + 1..])
            } else {
                length(&text[at..], first, abroad)
            };
            let range = at..at + length;
            at = range.end;
            if !first.is_whitespace() {
                let spaced = end.is_none_or(|end| end < range.start);
                end = Some(range.end);
                return Some((range, spaced));
            }
        }
    })
}

/// `.5`: a point before digits and behind nothing that could own it.
fn is_leading_point(text: &str, at: usize) -> bool {
    let rest = &text.as_bytes()[at..];
    let is_free = !text[..at].ends_with(|c: char| c.is_alphanumeric() || c == '.' || c == '/');
    rest.first() == Some(&b'.') && rest.get(1).is_some_and(u8::is_ascii_digit) && is_free
}

fn token(text: &str, range: Range<usize>, spaced: bool, abroad: Option<Language>) -> Token<'_> {
    let written = &text[range.clone()];
    let (class, value) = match abroad {
        Some(language) => lexicon::class_abroad(written, language),
        None => lexicon::class(written),
    };
    Token {
        class,
        text: written,
        range,
        spaced,
        value,
    }
}

/// Bytes of the token or white space at the start of a text.
fn length(rest: &str, first: char, abroad: Option<Language>) -> usize {
    match abroad {
        Some(language) if first.is_ascii_digit() => {
            return abroad::digits_length(rest, language == Language::French);
        }
        Some(_) if first.is_alphabetic() => {
            let letters = letters_length(rest);
            return abroad::elided_length(rest, letters).unwrap_or_else(|| word_length(rest));
        }
        _ => {}
    }
    if first.is_ascii_digit() {
        return digits_length(rest.as_bytes());
    }
    if first.is_alphabetic() {
        return word_length(rest);
    }
    first.len_utf8()
}

/// Digits with `,` and `.` between them, and the `th` of `20th`.
fn digits_length(rest: &[u8]) -> usize {
    let mut end = 0;
    while rest[end..].first().is_some_and(u8::is_ascii_digit)
        || matches!(rest[end..], [b',' | b'.', next, ..] if next.is_ascii_digit())
    {
        end += 1;
    }
    let is_suffix = rest.get(end..end + 2).is_some_and(|s| {
        ["st", "nd", "rd", "th"]
            .iter()
            .any(|o| s.eq_ignore_ascii_case(o.as_bytes()))
    });
    let is_whole = !rest.get(end + 2).is_some_and(u8::is_ascii_alphanumeric);
    if is_suffix && is_whole { end + 2 } else { end }
}

fn letters_length(rest: &str) -> usize {
    rest.chars()
        .take_while(|c| c.is_alphabetic())
        .map(char::len_utf8)
        .sum()
}

/// Letters, with the marks that words hold: `don't`, `a.m.`, `U.S.`.
fn word_length(rest: &str) -> usize {
    let letters = letters_length(rest);
    let dotted = dotted_length(rest.as_bytes());
    if dotted > letters {
        return dotted;
    }
    let tail = &rest[letters..];
    let Some(mark) = tail.chars().next().filter(|c| matches!(c, '\'' | '’')) else {
        return letters;
    };
    let behind: usize = tail[mark.len_utf8()..]
        .chars()
        .take_while(|c| c.is_alphabetic())
        .map(char::len_utf8)
        .sum();
    if behind == 0 {
        letters
    } else {
        letters + mark.len_utf8() + behind
    }
}

/// Single letters each followed by a stop, at least two: `a.m.`, `U.S.A`.
fn dotted_length(rest: &[u8]) -> usize {
    let pairs = rest
        .chunks_exact(2)
        .take_while(|pair| pair[0].is_ascii_alphabetic() && pair[1] == b'.')
        .count();
    let end = 2 * pairs;
    let is_cut = rest.get(end).is_some_and(u8::is_ascii_alphabetic);
    let is_last_letter = is_cut && !rest.get(end + 1).is_some_and(u8::is_ascii_alphabetic);
    match pairs {
        1 if is_last_letter => 3,
        0 | 1 => 0,
        _ if is_last_letter => end + 1,
        _ if is_cut => 0,
        _ => end,
    }
}

/// What digits amount to; `None` if this is no number in English notation.
pub(super) fn number(written: &str) -> Option<f64> {
    let bare = written.strip_prefix('.').unwrap_or(written);
    if !bare.as_bytes().first()?.is_ascii_digit() {
        return None;
    }
    let (whole, fraction) = written.split_once('.').unwrap_or((written, ""));
    if !fraction.bytes().all(|b| b.is_ascii_digit()) || !is_grouped_well(whole) {
        return None;
    }
    let plain: String = written.chars().filter(|c| *c != ',').collect();
    plain.parse().ok()
}

/// Whether commas stand as in `1,234,567` or, as in India, `12,34,567`.
fn is_grouped_well(whole: &str) -> bool {
    let groups: Vec<&str> = whole.split(',').collect();
    let [first, middle @ .., last] = groups.as_slice() else {
        return true;
    };
    let is_digits = groups.iter().all(|g| g.bytes().all(|b| b.is_ascii_digit()));
    let by_thousands = middle.iter().all(|g| g.len() == 3) && first.len() <= 3;
    let by_hundreds = middle.iter().all(|g| g.len() == 2) && first.len() <= 2;
    is_digits && last.len() == 3 && (by_thousands || by_hundreds) || groups.len() == 1 && is_digits
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_cut_into_words_numbers_and_marks() {
        #[track_caller]
        fn case(text: &str, cut: &[&str]) {
            let tokens = Tokens::of(text);
            let words: Vec<&str> = (0..tokens.list.len()).map(|i| tokens.word(i)).collect();
            assert_eq!(words, cut);
        }
        case("1,234.5 people.", &["1,234.5", "people", "."]);
        case(
            "It’s 10x at 9 a.m. sharp",
            &["It’s", "10", "x", "at", "9", "a.m.", "sharp"],
        );
        case(
            "the U.S. and U.S firms",
            &["the", "U.S.", "and", "U.S", "firms"],
        );
        case("the 21st, 3.", &["the", "21st", ",", "3", "."]);
        case("Ends in A. Then", &["Ends", "in", "A", ".", "Then"]);
        case("£2.5bn é¼", &["£", "2.5", "bn", "é", "¼"]);
        case(
            "a .500 record, the v.5",
            &["a", ".500", "record", ",", "the", "v", ".", "5"],
        );
        case("workers’ 20% share", &["workers", "’", "20", "%", "share"]);
    }

    #[test]
    fn digits_amount_to_a_number_in_english_notation_only() {
        assert_eq!(number("1,234.5"), Some(1234.5));
        assert_eq!(number("12,34,567"), Some(1_234_567.0));
        assert_eq!(number("2023"), Some(2023.0));
        assert_eq!(number(".5"), Some(0.5));
        assert_eq!(number("1.234,5"), None);
        assert_eq!(number("1,2"), None);
        assert_eq!(number("3.2.1"), None);
    }
}
