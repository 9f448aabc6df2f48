//! Finds the time frame of a statistic: "since 2010", "over the past two decades", "each year".

use crate::extract::numbers::Quantity;
use crate::extract::numbers::pattern::Pattern;
use crate::extract::numbers::tokens::Tokens;
use std::ops::Range;
use std::sync::LazyLock;

const TIMES: &[&str] = &[
    "over|in|during|for|within|throughout the? past|last|next|coming|previous|first TENS - ONES SPAN",
    "over|in|during|for|within|throughout the? past|last|next|coming|previous|first ONES|NUMBER|TENS|few|several? SPAN",
    "between MONTH? YEAR and MONTH? YEAR",
    "from MONTH? YEAR to|until|through MONTH? YEAR",
    "in|since|by|until|during|before|after|from early|late|mid|fiscal|the? MONTH DAY ,? YEAR",
    "in|since|by|until|during|before|after|from early|late|mid|fiscal|the? MONTH ,? YEAR",
    "in|since|by|until|during|before|after|from early|late|mid|fiscal|the? YEAR",
    "in|since|by|during MONTH",
    "since the? WHOLE ~s",
    "in|during the? WHOLE ~s",
    "in the first|second|third|fourth half|quarter|quarters of YEAR",
    "last|this|next|every|each|per single? SPAN|MONTH",
    "last|this|next|every|each winter|spring|summer|autumn",
    "so far this SPAN",
    "a|an day|week|month|year|hour|minute",
    "today|annually|currently|nowadays|yearly",
    "on WEEKDAY",
    "im|en|em|nel|seit|depuis|desde|dal|sinds jahr|l'année|l’année|año|ano? YEAR",
    "pro|par|por|al SPAN",
];

static PATTERNS: LazyLock<Vec<Pattern>> =
    LazyLock::new(|| TIMES.iter().map(|written| Pattern::new(written)).collect());

/// The time frame in a sentence: the first behind the figure, else the last before it.
pub(super) fn find(
    tokens: &Tokens,
    sentence: Range<usize>,
    quantity: &Quantity,
) -> Option<Range<usize>> {
    let mut before = None;
    let mut at = sentence.start;
    while at < sentence.end {
        let end = frame_end(tokens, at).filter(|end| *end <= sentence.end);
        let Some(end) = end else {
            at += 1;
            continue;
        };
        let is_behind = at >= quantity.figure.end;
        let overlaps = at < quantity.figure.end && quantity.figure.start < end;
        match (is_behind, overlaps) {
            (_, true) => {}
            (true, _) => return Some(at..end),
            (false, _) => before = Some(at..end),
        }
        at = end;
    }
    before
}

/// Where the time frame ends that begins at a token.
pub(super) fn frame_end(tokens: &Tokens, at: usize) -> Option<usize> {
    PATTERNS
        .iter()
        .filter(|pattern| pattern.may_begin(tokens, at))
        .filter_map(|pattern| pattern.end(tokens, at))
        .max()
}
