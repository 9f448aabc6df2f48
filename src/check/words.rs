//! Words without their dress: what has to stay the same when words go from an article to a card.
//!
//! Dress is what typesetting and the house style change: quotation marks and apostrophes, the kind of
//! dash and the spaces around it, white space, soft hyphens. Letters, their case, digits and all
//! other punctuation are the words.

use std::ops::Range;

/// A word, a punctuation mark, or words left out or put in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Token {
    pub(super) kind: Kind,
    /// Where it stands in the text.
    pub(super) range: Range<usize>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// A word without dress, a punctuation mark, or `-` for any dash.
    Word(String),
    /// `…`, `[…]` or `[words]`: on a card, what people cut or added.
    Gap,
}

impl Token {
    /// Whether it is a full stop or the like.
    pub(super) fn ends_sentence(&self) -> bool {
        matches!(&self.kind, Kind::Word(word) if matches!(word.as_str(), "." | "!" | "?" | "。" | "।"))
    }
}

/// Characters that people put into a text between brackets; more is a bracket that was not closed.
const LONGEST_BRACKET: usize = 200;

/// The tokens of a text.
pub(super) fn tokens(text: &str) -> Vec<Token> {
    let mut tokens: Vec<Token> = Vec::new();
    let mut at = 0;
    while let Some(c) = text[at..].chars().next() {
        let (kind, length) = next(&text[at..], c);
        let range = at..at + length;
        at = range.end;
        let Some(kind) = kind else {
            continue;
        };
        match tokens.last_mut() {
            Some(last)
                if last.range.end == range.start
                    && is_bracketed(text, last, &kind, range.start) =>
            {
                last.kind = Kind::Gap;
                last.range.end = range.end;
            }
            // Two hyphens for a dash.
            Some(last) if is_dash_token(&last.kind) && last.kind == kind => {
                last.range.end = range.end;
            }
            _ => tokens.push(Token { kind, range }),
        }
    }
    tokens
}

/// The first token of a text that begins with `c`, and its bytes.
fn next(text: &str, c: char) -> (Option<Kind>, usize) {
    if let Some(length) = gap(text) {
        (Some(Kind::Gap), length)
    } else if is_dash(c) {
        (Some(Kind::Word("-".to_owned())), c.len_utf8())
    } else if is_space(c) || is_quotation_mark(c) {
        (None, c.len_utf8())
    } else if is_in_word(c) {
        word(text)
    } else {
        (Some(Kind::Word(c.to_string())), c.len_utf8())
    }
}

/// The bytes of an ellipsis or of brackets with what is in them.
fn gap(text: &str) -> Option<usize> {
    if text.starts_with('[') {
        let mut inside = text.char_indices().take(LONGEST_BRACKET);
        return inside.find(|(_, c)| *c == ']').map(|(end, _)| end + 1);
    }
    ["…", "...", ". . ."]
        .into_iter()
        .find(|dots| text.starts_with(dots))
        .map(str::len)
}

/// A word: letters and digits, with the points, commas and apostrophes inside.
fn word(text: &str) -> (Option<Kind>, usize) {
    let mut plain = String::new();
    let mut end = 0;
    for (index, c) in text.char_indices() {
        if is_invisible(c) {
            continue;
        }
        if is_in_word(c) {
            // What stood between two letters belongs to the word.
            plain.extend(
                text[end..index]
                    .chars()
                    .filter(|c| !is_invisible(*c))
                    .map(apostrophe),
            );
            plain.push(c);
            end = index + c.len_utf8();
        } else if !is_joint(c) || end < index {
            break;
        }
    }
    (Some(Kind::Word(plain)), end)
}

fn apostrophe(c: char) -> char {
    if is_quotation_mark(c) { '\'' } else { c }
}

fn is_in_word(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '\u{300}'..='\u{36f}' | '_')
}

/// Signs that are a part of a word between two letters or digits: `4.5`, `45,000`, `don’t`.
fn is_joint(c: char) -> bool {
    matches!(c, '.' | ',' | ':' | '/') || is_quotation_mark(c)
}

fn is_space(c: char) -> bool {
    c.is_whitespace() || is_invisible(c)
}

fn is_invisible(c: char) -> bool {
    matches!(
        c,
        '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}'
    )
}

fn is_quotation_mark(c: char) -> bool {
    matches!(
        c,
        '"' | '\''
            | '`'
            | '´'
            | '«'
            | '»'
            | '‹'
            | '›'
            | 'ʼ'
            | '׳'
            | '״'
            | '′'
            | '″'
            | '＂'
            | '＇'
    ) || matches!(c, '\u{2018}'..='\u{201f}' | '「' | '」' | '『' | '』')
}

fn is_dash(c: char) -> bool {
    matches!(c, '-' | '\u{2010}'..='\u{2015}' | '−')
}

fn is_dash_token(kind: &Kind) -> bool {
    matches!(kind, Kind::Word(word) if word == "-")
}

/// Whether a token without space before it belongs to the gap that is, or becomes, the last one: a
/// word that a bracket was put into, as `[T]he`.
fn is_bracketed(text: &str, last: &Token, next: &Kind, at: usize) -> bool {
    let is_word = |kind: &Kind| matches!(kind, Kind::Word(word) if word.starts_with(is_in_word));
    let before = &text[last.range.clone()];
    (before.ends_with(']') && is_word(next)) || (is_word(&last.kind) && text[at..].starts_with('['))
}
