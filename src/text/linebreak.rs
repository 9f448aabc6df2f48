//! Where a line may end, and at what price.
//!
//! Opportunities follow UAX #14 <https://www.unicode.org/reports/tr14/>; what a typographer would
//! refuse is taken out, and what she would avoid has a price (see [`super::price`]).

use icu_segmenter::LineSegmenter;
use icu_segmenter::options::{LineBreakOptions, LineBreakWordOption};

use super::clean::{is_break_space, is_hard_break};
use super::price;

/// A place where a line may end.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Opportunity {
    /// The byte the next line would start with, white space before it included.
    pub(super) at: usize,
    /// Whether a line has to end here.
    pub(super) is_hard: bool,
    /// How bad it is to end a line here; a refused place costs more than [`REFUSED`].
    pub(super) price: f64,
    /// What a line that ends here gets: nothing, or the hyphen of a word that it divides.
    pub(super) cut: Cut,
}

/// What ending a line does to the word there.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Cut {
    /// It stays whole.
    #[default]
    None,
    /// It is divided between syllables, with a hyphen.
    Hyphen,
    /// It is cut between two letters.
    Letters,
}

/// From this price on, a place is not used unless the text would not fit otherwise.
pub(super) const REFUSED: f64 = 100.0;

/// All places where a line of the text may end, its end included, its start not.
pub(super) fn opportunities(text: &str) -> Vec<Opportunity> {
    let mut found = Vec::new();
    let mut start = 0;
    for at in segmenter(text).segment_str(text) {
        let segment = &text[start..at];
        let is_hard = segment.chars().next_back().is_some_and(is_hard_break);
        let is_end = at == text.len();
        let is_blank = segment.chars().all(is_break_space);
        if at == 0 || is_blank && !is_hard && !is_end {
            continue;
        }
        if is_end && is_blank && !is_hard {
            // Spaces at the very end belong to the line before.
            close(&mut found, at);
            break;
        }
        found.push(Opportunity {
            at,
            is_hard: is_hard || is_end,
            price: 0.0,
            cut: match segment.ends_with('\u{AD}') {
                true => Cut::Hyphen,
                false => Cut::None,
            },
        });
        start = at;
    }
    price::set(text, &mut found);
    found
}

/// Lets the text end where its last line ends.
fn close(found: &mut Vec<Opportunity>, at: usize) {
    match found.last_mut() {
        Some(last) if !last.is_hard => {
            last.at = at;
            last.is_hard = true;
        }
        Some(_) => {}
        None => found.push(Opportunity {
            at,
            is_hard: true,
            price: 0.0,
            cut: Cut::None,
        }),
    }
}

/// Korean is broken between words, as display type wants it; Chinese and Japanese have no spaces
/// to break at.
fn segmenter(text: &str) -> icu_segmenter::LineSegmenterBorrowed<'static> {
    let mut options = LineBreakOptions::default();
    if !text.is_ascii() && text.chars().any(is_hangul) && !text.chars().any(is_kana) {
        options.word_option = Some(LineBreakWordOption::KeepAll);
    }
    LineSegmenter::new_auto(options)
}

fn is_hangul(character: char) -> bool {
    matches!(character, '\u{1100}'..='\u{11FF}' | '\u{3130}'..='\u{318F}' | '\u{AC00}'..='\u{D7FF}')
}

fn is_kana(character: char) -> bool {
    matches!(character, '\u{3040}'..='\u{30FF}')
}
