//! Reads parts and multiples of a whole: `one in five`, `two-thirds`, `doubled`, `millions of`.

use super::amount::{self, Amount};
use super::lexicon::Class;
use super::tokens::Tokens;
use super::{Form, Quantity};
use crate::extract::Value;
use crate::extract::masks::Masks;
use crate::extract::units;
use std::ops::Range;

/// The part or multiple that begins at a token.
pub(super) fn read(tokens: &Tokens, masked: &Masks, at: usize) -> Option<Quantity> {
    if masked.covers(at) {
        return None;
    }
    ratio(tokens, masked, at)
        .or_else(|| split_ratio(tokens, masked, at))
        .or_else(|| fraction(tokens, at))
        .or_else(|| half(tokens, at))
        .or_else(|| fold(tokens, masked, at))
        .or_else(|| verb(tokens, at))
        .or_else(|| plenty(tokens, at))
}

fn quantity(figure: Range<usize>, value: Value, form: Form) -> Quantity {
    Quantity {
        form,
        ..Quantity::plain(figure, value)
    }
}

/// `1 in 4`, `one in every five`, `3 out of 10`, `one-in-five`.
fn ratio(tokens: &Tokens, masked: &Masks, at: usize) -> Option<Quantity> {
    let n = amount::read(tokens, masked, at, false)?;
    let dash = usize::from(tokens.is(n.end, Class::DASH) && tokens.is_glued(n.end));
    let of_at = behind_in(tokens, n.end + dash)? + dash;
    let of = amount::read(tokens, masked, of_at, false)?;
    let is_ratio = n.value < of.value && is_count(n) && is_count(of);
    let is_unit = units::at(tokens, of.end).is_some();
    (is_ratio && !is_unit).then(|| {
        let value = Value::Ratio {
            n: n.value,
            of: of.value,
        };
        quantity(at..of.end, value, Form::Ratio)
    })
}

/// `one bridge in five`: the noun is inside the figure.
fn split_ratio(tokens: &Tokens, masked: &Masks, at: usize) -> Option<Quantity> {
    let noun = at + 1;
    let is_one = tokens.reads(at, "one") || tokens.reads(at, "1");
    let is_noun = tokens.is(noun, Class::WORD) && !tokens.is(noun, Class::STOP.with(Class::SPAN));
    if !is_one || !is_noun || !tokens.reads(noun + 1, "in") {
        return None;
    }
    let of = amount::read(tokens, masked, behind_in(tokens, noun + 1)?, false)?;
    let is_bare = !tokens.is(of.end, Class::WORD) || tokens.is(of.end, Class::STOP);
    (of.value > 1.0 && is_count(of) && is_bare).then(|| Quantity {
        noun: Some(noun..noun + 1),
        ..quantity(
            at..of.end,
            Value::Ratio {
                n: 1.0,
                of: of.value,
            },
            Form::Ratio,
        )
    })
}

/// The token behind "in", "in every", "out of", "out of every", "of every".
fn behind_in(tokens: &Tokens, at: usize) -> Option<usize> {
    let every = |at: usize| {
        if tokens.reads(at, "every") {
            at + 1
        } else {
            at
        }
    };
    if tokens.reads(at, "in") {
        return Some(every(at + 1));
    }
    if tokens.reads(at, "out") && tokens.reads(at + 1, "of") {
        return Some(every(at + 2));
    }
    (tokens.reads(at, "of") && tokens.reads(at + 1, "every")).then_some(at + 2)
}

fn is_count(amount: Amount) -> bool {
    amount.value >= 1.0 && amount.value.fract() == 0.0
}

/// `a third of`, `two-thirds`, `one-fifth`, `2/3 of`, `¾ of`.
fn fraction(tokens: &Tokens, at: usize) -> Option<Quantity> {
    let make = |end, n, of| Some(quantity(at..end, Value::Ratio { n, of }, Form::Fraction));
    let is_of = |at| tokens.reads(at, "of") || tokens.reads(at, "the");
    if tokens.is(at, Class::VULGAR) {
        let (n, of) = amount::vulgar(tokens.word(at))?;
        return make(at + 1, n, of);
    }
    if let Some((end, n, of)) = amount::slashed(tokens, at) {
        if let Some((unit_end, unit)) = units::at(tokens, end).filter(|_| !tokens.is_glued(end)) {
            // "1/2 pound of flour"
            return Some(Quantity {
                unit: Some(unit),
                end: unit_end,
                ..quantity(at..end, Value::Ratio { n, of }, Form::Plain)
            });
        }
        return if is_of(end) { make(end, n, of) } else { None };
    }
    let (n, end) = numerator(tokens, at)?;
    let part = if tokens.is(end, Class::DASH) {
        end + 1
    } else {
        end
    };
    let of = denominator(tokens, part)?;
    let is_many = tokens.word(part).ends_with('s') || tokens.word(part).ends_with('S');
    let is_led = at > 0 && tokens.is(at - 1, Class::LEADS_FRACTION);
    let is_sure = is_of(part + 1) || is_many && n > 1.0 && n < of || is_led && of != 4.0;
    (is_many == (n > 1.0) && is_sure).then(|| make(part + 1, n, of))?
}

/// "a", or a small number in words.
fn numerator(tokens: &Tokens, at: usize) -> Option<(f64, usize)> {
    if tokens.reads(at, "a") {
        return Some((1.0, at + 1));
    }
    let n = amount::small(tokens, at)?;
    (1.0..20.0).contains(&n).then_some((n, at + 1))
}

/// `third` to `tenth`, and some below.
fn denominator(tokens: &Tokens, at: usize) -> Option<f64> {
    const PARTS: &[(&str, f64)] = &[
        ("third", 3.0),
        ("quarter", 4.0),
        ("fourth", 4.0),
        ("fifth", 5.0),
        ("sixth", 6.0),
        ("seventh", 7.0),
        ("eighth", 8.0),
        ("ninth", 9.0),
        ("tenth", 10.0),
        ("twentieth", 20.0),
        ("hundredth", 100.0),
        ("thousandth", 1000.0),
    ];
    if !tokens.is(at, Class::PART) {
        return None;
    }
    let word = tokens.word(at).to_lowercase();
    let singular = word.strip_suffix('s').unwrap_or(&word);
    let found = PARTS.iter().find(|(part, _)| *part == singular)?;
    Some(found.1)
}

/// `half of`, `half the`, `more than half`.
fn half(tokens: &Tokens, at: usize) -> Option<Quantity> {
    const BEHIND: [&str; 6] = ["of", "the", "their", "its", "our", "all"];
    let is_half = tokens.reads(at, "half") && !tokens.reads(at + 1, "-");
    let is_led = at > 0 && tokens.is(at - 1, Class::LEADS_FRACTION);
    let is_numbered =
        at > 0 && (tokens.is(at - 1, Class::ORDINAL) || tokens.reads(at - 1, "other"));
    let is_followed = BEHIND.iter().any(|word| tokens.reads(at + 1, word));
    let value = Value::Ratio { n: 1.0, of: 2.0 };
    (is_half && !is_numbered && (is_led || is_followed))
        .then(|| quantity(at..at + 1, value, Form::Fraction))
}

/// `10x`, `fivefold`, `5-fold`, `three times as many`, `twice as likely`.
fn fold(tokens: &Tokens, masked: &Masks, at: usize) -> Option<Quantity> {
    let make = |end, value| Some(quantity(at..end, Value::One(value), Form::Factor));
    let is_comparing = |at| tokens.reads(at, "as") || tokens.is(at, Class::COMPARATIVE);
    let is_bare = tokens.is(at + 2, Class::CAPITAL.with(Class::PRONOUN));
    if tokens.reads(at, "twice") && is_comparing(at + 1) && !is_bare {
        return make(at + 1, 2.0);
    }
    if let Some(number) = tokens.word(at).to_lowercase().strip_suffix("fold") {
        let number = Tokens::of(number);
        return make(at + 1, amount::small(&number, 0)?);
    }
    let factor = amount::read(tokens, masked, at, false)?;
    let behind = factor.end;
    if tokens.reads(behind, "x") && tokens.is_glued(behind) {
        return make(behind + 1, factor.value);
    }
    if tokens.is(behind, Class::DASH) && tokens.reads(behind + 1, "fold") {
        return make(behind + 2, factor.value);
    }
    let is_times = tokens.reads(behind, "times") && is_comparing(behind + 1);
    is_times.then(|| Quantity {
        noun: Some(behind..behind + 1),
        ..quantity(at..behind + 1, Value::One(factor.value), Form::Factor)
    })
}

/// `doubled`, `tripled`, `halved`.
fn verb(tokens: &Tokens, at: usize) -> Option<Quantity> {
    const VERBS: &[(&str, f64)] = &[
        ("doubl", 2.0),
        ("tripl", 3.0),
        ("trebl", 3.0),
        ("quadrupl", 4.0),
        ("quintupl", 5.0),
        ("halv", 0.5),
    ];
    if !tokens.is(at, Class::FACTOR) {
        return None;
    }
    let word = tokens.word(at).to_lowercase();
    let (_, factor) = VERBS.iter().find(|(stem, _)| word.starts_with(stem))?;
    Some(quantity(at..at + 1, Value::One(*factor), Form::Factor))
}

/// `millions of`, `tens of thousands of`: from one to ten times as many.
fn plenty(tokens: &Tokens, at: usize) -> Option<Quantity> {
    let first = scale_of_plenty(tokens, at)?;
    let (end, least) = match scale_of_plenty(tokens, at + 2).filter(|_| tokens.reads(at + 1, "of"))
    {
        Some(second) => (at + 3, first * second),
        None => (at + 1, first),
    };
    let is_alone = end == at + 1 && tokens.reads(at, "tens");
    let value = Value::Range(least, least * 10.0);
    (tokens.reads(end, "of") && !is_alone).then(|| quantity(at..end, value, Form::Vague))
}

fn scale_of_plenty(tokens: &Tokens, at: usize) -> Option<f64> {
    const PLENTY: &[(&str, f64)] = &[
        ("tens", 1e1),
        ("dozens", 12.0),
        ("hundreds", 1e2),
        ("thousands", 1e3),
        ("millions", 1e6),
        ("billions", 1e9),
        ("trillions", 1e12),
    ];
    let is_plenty = tokens.is(at, Class::PLENTY);
    let found = is_plenty.then(|| PLENTY.iter().find(|(word, _)| tokens.reads(at, word)))??;
    Some(found.1)
}
