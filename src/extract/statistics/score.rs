//! Says how well a statistic would do on a card, and why: a sum of named reasons.

use super::Setting;
use crate::article::BlockKind;
use crate::extract::numbers::Form;
use crate::extract::numbers::lexicon::Class;
use crate::extract::units::Dimension;
use crate::extract::{Reason, Value};
use std::ops::Range;

/// Statistics below this sum are not offered.
pub(super) const CUT: f64 = 1.5;

/// A rule: its name, what it adds, and when.
type Rule = (&'static str, f64, fn(&Setting) -> bool);

const RULES: &[Rule] = &[
    ("share-of-a-whole", 2.0, |s| {
        s.quantity.dimension() == Some(Dimension::Share)
    }),
    ("ratio", 2.5, |s| s.quantity.form == Form::Ratio),
    ("fraction", 1.5, |s| s.quantity.form == Form::Fraction),
    ("factor", 1.5, |s| s.quantity.form == Form::Factor),
    ("millions", 2.0, |s| size(s) >= 1e6),
    ("thousands", 1.0, |s| (1e3..1e6).contains(&size(s))),
    ("names-its-source", 2.0, |s| {
        s.source.is_some() || s.noted.is_some()
    }),
    ("about-people", 1.5, about_people),
    ("has-a-noun", 0.5, |s| s.quantity.noun.is_some()),
    ("has-a-time", 0.3, |s| s.time.is_some()),
    ("short-claim", 1.0, |s| {
        (3..=14).contains(&words(s, &s.claim))
    }),
    ("range-or-change", 0.5, |s| {
        matches!(s.quantity.value, Value::Range(..)) && s.quantity.form != Form::Vague
    }),
    ("long-claim", -1.0, |s| words(s, &s.claim) > 24),
    ("bare-number", -2.0, |s| {
        s.quantity.unit.is_none() && s.quantity.noun.is_none() && s.quantity.form == Form::Plain
    }),
    ("small-count", -3.0, is_small_count),
    ("just-one", -10.0, |s| {
        s.quantity.value == Value::One(1.0) && s.quantity.unit.is_none()
    }),
    ("age", -10.0, |s| s.quantity.form == Form::Age),
    ("stretch-of-time", -4.0, |s| {
        s.quantity.dimension() == Some(Dimension::Time)
    }),
    ("measure", -0.5, |s| {
        s.quantity.dimension() == Some(Dimension::Measure)
    }),
    ("small-money", -1.5, |s| {
        s.quantity.dimension() == Some(Dimension::Money) && size(s) < 1e5
    }),
    ("vague", -2.0, |s| s.quantity.form == Form::Vague),
    ("empty-noun", -1.5, |s| {
        s.quantity
            .noun
            .as_ref()
            .is_some_and(|n| s.tokens.is(n.end - 1, Class::THING))
    }),
    ("dangling-start", -1.0, |s| {
        s.tokens.is(s.claim.start, Class::PRONOUN) && s.claim.start < s.quantity.figure.start
    }),
    ("market-talk", -1.5, market_talk),
    ("needs-other-numbers", -0.5, |s| s.neighbours.len() == 3),
    ("many-numbers", -1.5, |s| s.neighbours.len() > 3),
];

/// The reasons that hold for a statistic, in the order of the rules.
pub(super) fn reasons(setting: &Setting, kind: BlockKind) -> Vec<Reason> {
    let is_heading = matches!(kind, BlockKind::Heading(_));
    let heading = is_heading.then_some(Reason {
        code: "heading",
        weight: -0.5,
    });
    RULES
        .iter()
        .filter(|(_, _, holds)| holds(setting))
        .map(|(code, weight, _)| Reason {
            code,
            weight: *weight,
        })
        .chain(heading)
        .collect()
}

/// The score that reasons add up to.
pub(super) fn sum(reasons: &[Reason]) -> f64 {
    reasons.iter().map(|reason| reason.weight).sum()
}

/// The number, the larger end of a range; 0 for shares and ratios.
fn size(setting: &Setting) -> f64 {
    let is_share = setting.quantity.dimension() == Some(Dimension::Share);
    match setting.quantity.value {
        _ if is_share => 0.0,
        Value::One(value) => value.abs(),
        Value::Range(a, b) => a.abs().max(b.abs()),
        Value::Ratio { .. } => 0.0,
    }
}

fn words(setting: &Setting, range: &Range<usize>) -> usize {
    let is_word = |i: &usize| setting.tokens.is(*i, Class::WORD.with(Class::NUMBER));
    range.clone().filter(is_word).count()
}

fn about_people(setting: &Setting) -> bool {
    let noun = setting.quantity.noun.as_ref();
    noun.is_some_and(|noun| noun.clone().any(|i| setting.tokens.is(i, Class::HUMAN)))
}

/// "four towns", "two boxes": a count that no reader would be struck by.
fn is_small_count(setting: &Setting) -> bool {
    let quantity = setting.quantity;
    let is_counted = !matches!(
        quantity.dimension(),
        Some(Dimension::Share | Dimension::Money)
    );
    quantity.form == Form::Plain && is_counted && size(setting) <= 20.0
}

/// Prices, indexes and yields of a day.
fn market_talk(setting: &Setting) -> bool {
    let traded = |i: &usize| setting.tokens.is(*i, Class::TRADED);
    setting.sentence.clone().filter(traded).count() > 1
}
