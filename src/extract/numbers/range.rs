//! Reads plain numbers with their units, and two of them as one range or change.

use super::abroad;
use super::amount::{self, Amount};
use super::lexicon::Class;
use super::tokens::Tokens;
use super::{Form, Quantity};
use crate::extract::Value;
use crate::extract::masks::Masks;
use crate::extract::units::{self, Dimension, Unit};

/// A number with its sign and unit.
#[derive(Clone, Debug)]
struct Measured {
    start: usize,
    /// Where the number ends, with its currency, per cent or glued unit.
    figure_end: usize,
    /// Where the unit and its rate end.
    end: usize,
    amount: Amount,
    value: f64,
    unit: Option<Unit>,
}

/// The number or range that begins at a token.
pub(super) fn read(tokens: &Tokens, masked: &Masks, at: usize) -> Option<Quantity> {
    let first = measured(tokens, masked, at)?;
    if let Some(change) = change(tokens, masked, &first) {
        return Some(change);
    }
    let second = joined(tokens, masked, &first);
    let (value, last) = match second {
        Some(second) => (span(&first, &second), second),
        None => (Value::One(first.value), first.clone()),
    };
    let unit = last.unit.or(first.unit);
    let form = if unit.as_ref().is_some_and(|u| is_age(&u.name)) {
        Form::Age
    } else {
        Form::Plain
    };
    Some(Quantity {
        form,
        unit,
        end: last.end.max(first.end),
        ..Quantity::plain(first.start..last.figure_end.max(first.figure_end), value)
    })
}

/// Words that may stand between the numbers of a change.
const LONGEST_GAP: usize = 8;

/// `from 20% in 2010 to 35% in 2020`: the figure is what it came to, and the change is kept with it.
fn change(tokens: &Tokens, masked: &Masks, first: &Measured) -> Option<Quantity> {
    if !led_by(tokens, first.start, "from") {
        return None;
    }
    let gap = first.end..first.end + LONGEST_GAP;
    let ends = |i: &usize| {
        let is_number = tokens.is(*i, Class::NUMBER.with(Class::SIGN)) && !masked.covers(*i);
        is_number || matches!(tokens.word(*i), "" | "." | ";" | "(" | ")" | ":")
    };
    let gap = gap.start..gap.clone().find(ends).unwrap_or(gap.end);
    let link = gap
        .clone()
        .find(|i| tokens.reads(*i, "to"))
        .filter(|link| *link > first.end)?;
    let up = usize::from(tokens.reads(link - 1, "up"));
    if link - up == first.end {
        // `from 450 up to 900`
        let last = measured(tokens, masked, link + 1).filter(|last| may_join(first, last))?;
        return Some(Quantity {
            unit: last.unit.clone().or_else(|| first.unit.clone()),
            end: last.end,
            ..Quantity::plain(first.start..last.figure_end, span(first, &last))
        });
    }
    let last = measured(tokens, masked, link + 1).filter(|last| may_join(first, last))?;
    let figure = last.start..last.figure_end;
    Some(Quantity {
        unit: last.unit.clone().or_else(|| first.unit.clone()),
        end: last.end,
        came_from: Some(first.start..first.figure_end),
        ..Quantity::plain(figure, span(first, &last))
    })
}

fn is_age(unit: &str) -> bool {
    unit.ends_with("old") || unit.ends_with("olds")
}

fn measured(tokens: &Tokens, masked: &Masks, start: usize) -> Option<Measured> {
    let (minus, sign_at) = minus(tokens, start);
    let sign = units::sign(tokens, sign_at);
    let number_at = sign.as_ref().map_or(sign_at, |(end, _)| *end);
    // `$-5`: the sign may stand behind the currency.
    let is_behind = sign.is_some() && minus == 0.0 && tokens.is_glued(number_at);
    let (behind, number_at) = if is_behind {
        self::minus(tokens, number_at)
    } else {
        (0.0, number_at)
    };
    let minus = if behind == 0.0 { minus } else { behind };
    let amount = amount::read(tokens, masked, number_at, sign.is_some())?;
    let (figure_end, end, unit) = match sign {
        Some((_, money)) => {
            let end = behind_country(tokens, amount.end);
            (amount.end, end, Some(money))
        }
        None => unit_behind(tokens, amount),
    };
    let (end, unit) = with_rate(tokens, masked, end, unit);
    let figure_end = if tokens.reads(figure_end, "+") {
        figure_end + 1
    } else {
        figure_end
    };
    Some(Measured {
        start,
        figure_end,
        end: end.max(figure_end),
        amount,
        value: if minus == 0.0 {
            amount.value
        } else {
            minus * amount.value
        },
        unit,
    })
}

/// -1 or 1 for a sign before the number, 0 without one, and where the number begins. A dash behind a
/// word is no sign.
fn minus(tokens: &Tokens, at: usize) -> (f64, usize) {
    let is_sign =
        tokens.is_glued(at + 1) && (!tokens.is_glued(at) || tokens.reads(at.wrapping_sub(1), "$"));
    let behind_number = at > 0 && tokens.is(at - 1, Class::NUMBER.with(Class::ONES));
    match tokens.word(at) {
        "-" | "−" | "–" if is_sign => (-1.0, at + 1),
        "+" if is_sign => (1.0, at + 1),
        "minus" | "Minus" if !behind_number => {
            let is_hyphen = tokens.is(at + 1, Class::DASH) && tokens.is_glued(at + 1);
            (-1.0, at + 1 + usize::from(is_hyphen))
        }
        _ => (0.0, at),
    }
}

/// `$5 US`, `$5 CAD`: the country behind the amount.
fn behind_country(tokens: &Tokens, at: usize) -> usize {
    let is_country = tokens.is(at, Class::CURRENCY)
        && tokens.word(at).len() > 1
        && tokens
            .word(at)
            .bytes()
            .all(|b| b.is_ascii_uppercase() || b == b'.');
    if is_country { at + 1 } else { at }
}

/// The unit behind a number: where the figure ends, where the unit ends, and the unit.
fn unit_behind(tokens: &Tokens, amount: Amount) -> (usize, usize, Option<Unit>) {
    let is_hyphen = tokens.is(amount.end, Class::DASH)
        && tokens.is_glued(amount.end)
        && tokens.is_glued(amount.end + 1);
    let at = if is_hyphen {
        amount.end + 1
    } else {
        abroad::behind_scale(tokens, amount.end)
    };
    let Some((end, unit)) =
        units::at(tokens, at).filter(|(_, unit)| is_likely(tokens, at, unit, amount))
    else {
        return (amount.end, amount.end, None);
    };
    if let Some((end, unit)) = age(tokens, at, end) {
        return (amount.end, end, Some(unit));
    }
    let is_figure = matches!(unit.dimension, Dimension::Share | Dimension::Money)
        || tokens.is_glued(at) && !is_hyphen;
    (if is_figure { end } else { amount.end }, end, Some(unit))
}

/// Whether a unit's name is not another word here: "all 5 won".
fn is_likely(tokens: &Tokens, at: usize, unit: &Unit, amount: Amount) -> bool {
    let is_won = tokens.reads(at, "won") || tokens.reads(at, "rand");
    let is_generation = tokens.word(at) == "G";
    let is_page = unit.name == "pp" && !tokens.is_glued(at);
    let is_small_sum = is_won && amount.value < 100.0;
    !(is_small_sum || is_generation || is_page)
}

/// `25-year-old`, `400 million-year-old`, `6 months old`.
fn age(tokens: &Tokens, at: usize, end: usize) -> Option<(usize, Unit)> {
    if !tokens.is(at, Class::SPAN) {
        return None;
    }
    let old = if tokens.is(end, Class::DASH) {
        end + 1
    } else {
        end
    };
    let is_old = ["old", "olds"].iter().any(|word| tokens.reads(old, word));
    let name = tokens.text[tokens.bytes(at..old + 1)].to_owned();
    is_old.then(|| {
        (
            old + 1,
            Unit {
                dimension: Dimension::Time,
                name,
            },
        )
    })
}

/// Adds a rate to a unit: `$5 a month`, `60 km/h`.
fn with_rate(
    tokens: &Tokens,
    masked: &Masks,
    at: usize,
    unit: Option<Unit>,
) -> (usize, Option<Unit>) {
    let takes_rate = |unit: &Unit| match unit.dimension {
        // "40 hours a week", "growing 5% a year"
        Dimension::Time | Dimension::Share => {
            tokens.reads(at, "per") || tokens.is(at + 1, Class::SPAN)
        }
        Dimension::Money | Dimension::Measure => true,
    };
    let Some(end) = unit
        .as_ref()
        .filter(|unit| takes_rate(unit))
        .and_then(|_| rate(tokens, masked, at))
    else {
        return (at, unit);
    };
    let written = &tokens.text[tokens.bytes(at + 1..end)];
    let named = |unit: Unit| Unit {
        name: format!("{} per {written}", unit.name),
        ..unit
    };
    (end, unit.map(named))
}

/// Where the rate ends that begins at a token: `per capita`, `a year`, `a-year`, `/kg`,
/// `per 100,000 people`.
pub(super) fn rate(tokens: &Tokens, masked: &Masks, at: usize) -> Option<usize> {
    let is_slash = tokens.reads(at, "/") && tokens.is_glued(at);
    if !is_slash && !tokens.is(at, Class::RATE) {
        return None;
    }
    let is_hyphen = tokens.is(at + 1, Class::DASH) && tokens.is_glued(at + 1);
    let per = at + 1 + usize::from(is_hyphen);
    // "$5 a year earlier" is when, not how often.
    let is_when = |end: &usize| {
        ["earlier", "ago", "later", "before", "after", "on"]
            .iter()
            .any(|word| tokens.reads(*end, word))
    };
    let known = units::at(tokens, per)
        .map(|(end, _)| end)
        .filter(|end| !is_when(end));
    if !is_slash && !tokens.reads(at, "per") {
        return known;
    }
    let counted =
        amount::read(tokens, masked, per, false).map(|amount| noun_end(tokens, amount.end));
    let noun = (tokens.is(per, Class::WORD)).then_some(per + 1);
    counted.or(known).or(noun)
}

fn noun_end(tokens: &Tokens, at: usize) -> usize {
    let is_noun = tokens.is(at, Class::WORD) && !tokens.is(at, Class::STOP);
    if is_noun { at + 1 } else { at }
}

/// The second number of a range or a change.
fn joined(tokens: &Tokens, masked: &Masks, first: &Measured) -> Option<Measured> {
    let link = first.end;
    let before = |word: &str| led_by(tokens, first.start, word);
    if tokens.is(link, Class::DASH)
        && tokens.is_glued(link)
        && tokens.reads(link + 1, "to")
        && tokens.is(link + 2, Class::DASH)
    {
        // `0-to-60 mph`
        return measured(tokens, masked, link + 3).filter(|second| may_join(first, second));
    }
    let is_even = tokens.is_glued(link) == tokens.is_glued(link + 1);
    let is_minus = tokens.word(link) == "-" && !tokens.is_glued(link);
    let is_dash = tokens.is(link, Class::DASH) && is_even && !is_minus;
    let second = measured(tokens, masked, link + 1).filter(|second| may_join(first, second))?;
    let is_from = before("from") || before("between");
    let is_rising = first.amount.value < second.amount.value * second.amount.scale.max(1.0);
    let is_open = first.unit.is_none() || is_same_measure(first, &second);
    let is_spaced = is_minus && is_rising && tokens.is(link + 1, Class::NUMBER);
    let is_range = (is_dash || is_spaced) && is_rising
        || abroad::is_to(tokens, link) && is_open && is_rising
        || tokens.reads(link, "to")
            && (is_from || is_open && is_rising && !is_change(tokens, first.start))
        || tokens.reads(link, "and") && before("between")
        || tokens.reads(link, "or")
            && is_rising
            && first.unit.is_none()
            && first.value + 1.0 == second.value;
    is_range.then_some(second)
}

/// `$5 to $10`, `5% to 10%`, `$89 to $93 billion`: one measure on both sides reads as a range, where
/// no verb of change stands before.
fn is_same_measure(first: &Measured, second: &Measured) -> bool {
    let dimension = |m: &Measured| m.unit.as_ref().map(|unit| unit.dimension);
    let is_measured = !matches!(dimension(first), None | Some(Dimension::Time));
    is_measured
        && dimension(first) == dimension(second)
        && (second.amount.scale == first.amount.scale || shares_scale(first, second))
}

/// Whether a scale behind the second number holds for the first: `5 to 10 million`.
fn shares_scale(first: &Measured, second: &Measured) -> bool {
    let last = second.value / second.amount.scale;
    first.amount.scale == 1.0
        && second.amount.scale > 1.0
        && first.value < 1e3
        && (first.unit.is_none() || first.value < last)
}

/// Whether the word stands up to three tokens before, with qualifiers between.
fn led_by(tokens: &Tokens, at: usize, word: &str) -> bool {
    let from = at.saturating_sub(3);
    (from..at)
        .rev()
        .find(|i| !tokens.is(*i, Class::QUALIFIES))
        .is_some_and(|i| tokens.reads(i, word))
}

/// Whether a verb of change stands before: "rose 5 to 164".
fn is_change(tokens: &Tokens, at: usize) -> bool {
    at > 0 && tokens.is(at - 1, Class::CHANGES)
}

fn may_join(first: &Measured, second: &Measured) -> bool {
    match (&first.unit, &second.unit) {
        (Some(a), Some(b)) => a.dimension == b.dimension && stem(&a.name) == stem(&b.name),
        _ => true,
    }
}

/// A unit's name without its rate and plural.
fn stem(name: &str) -> &str {
    let name = name.split(" per ").next().unwrap_or(name);
    name.strip_suffix('s').unwrap_or(name)
}

/// The value of a range; a scale behind the second number may hold for the first.
fn span(first: &Measured, second: &Measured) -> Value {
    let scale = if shares_scale(first, second) {
        second.amount.scale
    } else {
        1.0
    };
    Value::Range(first.value * scale, second.value)
}
