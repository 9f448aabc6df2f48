//! Finds the words directly left of a figure that say how exact it is.

use super::abroad;
use super::pattern::Pattern;
use super::tokens::Tokens;
use std::ops::Range;
use std::sync::LazyLock;

/// Where several end at the figure, the one that begins first is taken.
const QUALIFIERS: &[&str] = &[
    "not? more|less|fewer|greater|higher|lower than an? estimated?",
    "no more|less|fewer than",
    "at least|most",
    "as many|much|few|little|high|low as",
    "up to",
    "just|well|slightly|far over|under|below|above|about",
    "close|closer to",
    "upwards|upward|north|south of",
    "an? estimated",
    "an? average of",
    "a total of",
    "in excess of",
    "a record|staggering|whopping|mere",
    "over|under|above|below|beyond|exceeding",
    "nearly|almost|about|around|roughly|approximately|circa|some|virtually|barely|only|just|exactly|precisely",
    "approx ~.?",
    "~|≈|>|<|≥|≤",
];

static PATTERNS: LazyLock<Vec<Pattern>> = LazyLock::new(|| {
    QUALIFIERS
        .iter()
        .map(|written| Pattern::new(written))
        .collect()
});

/// The tokens of the qualifier that ends where a figure begins.
pub(super) fn before(tokens: &Tokens, figure: usize) -> Option<Range<usize>> {
    const LONGEST: usize = 5;
    let patterns: &[Pattern] = match tokens.abroad() {
        Some(_) => &abroad::QUALIFYING,
        None => &PATTERNS,
    };
    (figure.saturating_sub(LONGEST)..figure)
        .find(|start| {
            patterns
                .iter()
                .any(|pattern| pattern.end(tokens, *start) == Some(figure))
        })
        .map(|start| start..figure)
}
