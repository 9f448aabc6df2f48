//! Chooses the kind of picture that shows a number, and finds what it is compared with.

use std::ops::Range;

use super::Setting;
use super::time;
use crate::extract::numbers::lexicon::Class;
use crate::extract::numbers::{Form, Quantity};
use crate::extract::units::Dimension;
use crate::extract::{Direction, Picture, Value};

/// Larger wholes than this are no rows of figures.
const MOST_OF: f64 = 20.0;

/// Bars that can be told apart.
const MOST_BARS: usize = 4;

const UP: &[&str] = &[
    "rose",
    "rise",
    "rises",
    "risen",
    "rising",
    "grew",
    "grow",
    "grows",
    "grown",
    "growing",
    "up",
    "increase",
    "increased",
    "increases",
    "increasing",
    "climbed",
    "climbs",
    "jumped",
    "jumps",
    "surged",
    "soared",
    "gained",
    "gains",
    "doubled",
    "tripled",
    "quadrupled",
    "higher",
];
const DOWN: &[&str] = &[
    "fell",
    "fall",
    "falls",
    "fallen",
    "falling",
    "down",
    "decreased",
    "decreases",
    "decrease",
    "declined",
    "declines",
    "decline",
    "dropped",
    "drops",
    "drop",
    "shrank",
    "shrunk",
    "plunged",
    "plummeted",
    "slid",
    "slipped",
    "sank",
    "lost",
    "cut",
    "halved",
    "lower",
];

/// A figure and what it is the figure of, both in tokens.
pub(super) type Bar = (Range<usize>, Range<usize>);

/// The picture of a quantity; `bars` are what it is compared with.
pub(super) fn kind(setting: &Setting, bars: &[Bar]) -> Picture {
    let quantity = setting.quantity;
    match quantity.value {
        _ if !bars.is_empty() => Picture::Bars,
        Value::Ratio { n, of } if quantity.form == Form::Ratio => {
            if of <= MOST_OF && n <= of {
                Picture::Ratio
            } else {
                Picture::Number
            }
        }
        Value::Ratio { n, of } if quantity.form == Form::Fraction && n < of => Picture::Ring,
        Value::One(share) if (0.0..=100.0).contains(&share) && is_part(setting) => Picture::Ring,
        _ => Picture::Number,
    }
}

/// Whether per cent are a part of something: "45% of adults", not "rose 45%".
fn is_part(setting: &Setting) -> bool {
    let quantity = setting.quantity;
    let is_percent = quantity
        .unit
        .as_ref()
        .is_some_and(|unit| unit.name == "percent");
    let tokens = setting.tokens;
    let of = quantity.end;
    let has_whole =
        tokens.reads(of, "of") || quantity.noun.as_ref().is_some_and(|noun| noun.start > of);
    is_percent && has_whole && direction(setting).is_none()
}

/// Whether the words before a figure, or the factor itself, say that something rose or fell.
pub(super) fn direction(setting: &Setting) -> Option<Direction> {
    let quantity = setting.quantity;
    match quantity.value {
        Value::Range(from, to) if quantity.came_from.is_some() || is_led_by_from(setting) => {
            return Some(if to >= from {
                Direction::Up
            } else {
                Direction::Down
            });
        }
        _ => {}
    }
    let start = quantity
        .qualifier
        .as_ref()
        .map_or(quantity.figure.start, |q| q.start);
    let around = start.saturating_sub(3).max(setting.sentence.start)..start;
    let figure = quantity
        .figure
        .clone()
        .filter(|_| quantity.form == Form::Factor);
    let words: Vec<usize> = around.chain(figure).collect();
    words.into_iter().rev().find_map(|i| {
        let is_in = |list: &[&str]| list.iter().any(|word| setting.tokens.reads(i, word));
        if is_in(UP) {
            Some(Direction::Up)
        } else {
            is_in(DOWN).then_some(Direction::Down)
        }
    })
}

fn is_led_by_from(setting: &Setting) -> bool {
    let start = setting.quantity.figure.start;
    start > 0 && setting.tokens.reads(start - 1, "from")
}

/// Of whom it is a part: the noun with the ages behind it.
pub(super) fn population(setting: &Setting) -> Option<Range<usize>> {
    let quantity = setting.quantity;
    let is_part = quantity.dimension() == Some(Dimension::Share)
        || matches!(quantity.form, Form::Ratio | Form::Fraction);
    let noun = quantity.noun.clone().filter(|_| is_part)?;
    let tokens = setting.tokens;
    let is_limit = ["under", "over", "aged"]
        .iter()
        .any(|word| tokens.reads(noun.end, word));
    let end = match is_limit {
        true if tokens.is(noun.end + 2, Class::DASH)
            || ["to", "and"]
                .iter()
                .any(|word| tokens.reads(noun.end + 2, word)) =>
        {
            noun.end + 4
        }
        true => noun.end + 2,
        false => noun.end,
    };
    Some(noun.start..end.min(setting.sentence.end))
}

/// What a quantity is compared with in its sentence, itself first; empty without two that can be
/// told apart. `others` are the quantities of the sentence.
pub(super) fn bars(setting: &Setting, others: &[Quantity]) -> Vec<Bar> {
    // A card does not say in which language its figures are: `1.250` might be drawn as 1.25.
    if setting.tokens.abroad().is_some() {
        return Vec::new();
    }
    let change = before_and_after(setting);
    if !change.is_empty() {
        return change;
    }
    let own = setting.quantity;
    let is_comparable = |other: &&Quantity| {
        let unit = |q: &Quantity| q.unit.as_ref().map(|unit| unit.name.clone());
        other.form == own.form
            && unit(own) == unit(other)
            && other.dimension() == Some(Dimension::Share)
            && matches!(other.value, Value::One(_))
            && other
                .noun
                .as_ref()
                .is_some_and(|noun| noun.start >= other.end)
            && other.figure.start >= own.figure.start
    };
    let bars: Vec<Bar> = others
        .iter()
        .filter(is_comparable)
        .filter_map(|other| Some((other.figure.clone(), other.noun.clone()?)))
        .collect();
    let label = |bar: &Bar| setting.words(&bar.1).to_lowercase();
    let is_distinct = bars
        .iter()
        .enumerate()
        .all(|(i, bar)| bars[..i].iter().all(|b| label(b) != label(bar)));
    let is_enough = (2..=MOST_BARS).contains(&bars.len()) && bars[0].0 == own.figure;
    let is_joined = is_enough
        && bars
            .windows(2)
            .all(|pair| is_compared(setting, pair[0].1.end..pair[1].0.start));
    if is_joined && is_distinct {
        bars
    } else {
        Vec::new()
    }
}

/// "from 20% in 2010 to 35% in 2020": what it was and what it is, each with its time.
fn before_and_after(setting: &Setting) -> Vec<Bar> {
    let quantity = setting.quantity;
    let Some(from) = quantity.came_from.clone() else {
        return Vec::new();
    };
    let frame = |at: usize| time::frame_end(setting.tokens, at).map(|end| at..end);
    match (frame(from.end), frame(quantity.end)) {
        (Some(before), Some(after)) => vec![(from, before), (quantity.figure.clone(), after)],
        _ => Vec::new(),
    }
}

/// Whether two figures are set against each other by the words between them.
fn is_compared(setting: &Setting, between: Range<usize>) -> bool {
    const LINKS: [&str; 9] = [
        "compared", "against", "versus", "vs", "than", "while", "whereas", "and", "but",
    ];
    between.len() <= 12
        && between
            .clone()
            .any(|i| LINKS.iter().any(|word| setting.tokens.reads(i, word)))
}
