//! Recognises quantities: numbers with what they number, wherever they stand in a text.
//!
//! In: the tokens of a text and what is masked of them. Out: [`Quantity`]s in reading order, none
//! inside another. A number in words or digits takes its currency, scale, per cent, unit, rate, noun
//! and qualifier with it; two numbers may be one ratio or one range.

pub(crate) mod abroad;
mod amount;
mod elliptic;
pub(crate) mod lexicon;
mod noun;
mod part;
pub(crate) mod pattern;
mod qualifier;
mod range;
pub(crate) mod tokens;

use super::Value;
use super::masks::Masks;
use super::units::{Dimension, Unit};
use lexicon::Class;
use std::ops::Range;
use tokens::Tokens;

/// How a quantity says how many.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    /// A plain number, with or without a unit.
    Plain,
    /// `one in five`.
    Ratio,
    /// `half`, `two-thirds`.
    Fraction,
    /// `doubled`, `10x`, `three times as many`.
    Factor,
    /// `millions of`, `dozens of`.
    Vague,
    /// `25-year-old`.
    Age,
}

/// A number with what it numbers. All ranges are of tokens.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Quantity {
    /// The number as written, with its currency sign, scale word or per cent.
    pub(crate) figure: Range<usize>,
    /// What it amounts to.
    pub(crate) value: Value,
    /// What it is measured in; `None` if things are counted.
    pub(crate) unit: Option<Unit>,
    /// How it says so.
    pub(crate) form: Form,
    /// What is counted.
    pub(crate) noun: Option<Range<usize>>,
    /// "over", "up to".
    pub(crate) qualifier: Option<Range<usize>>,
    /// The number it was before, where words stand between: "20%" in "from 20% in 2010 to 35%".
    pub(crate) came_from: Option<Range<usize>>,
    /// Where the figure, its unit and its rate end; the noun may follow.
    pub(crate) end: usize,
}

impl Quantity {
    /// A number that is counted or measured in nothing yet.
    fn plain(figure: Range<usize>, value: Value) -> Self {
        Self {
            end: figure.end,
            figure,
            value,
            unit: None,
            form: Form::Plain,
            noun: None,
            qualifier: None,
            came_from: None,
        }
    }

    /// What its unit measures.
    pub(crate) fn dimension(&self) -> Option<Dimension> {
        self.unit.as_ref().map(|unit| unit.dimension)
    }
}

/// The quantities of a text, in order.
pub(crate) fn find(tokens: &Tokens, masked: &Masks) -> Vec<Quantity> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < tokens.list.len() {
        if !may_begin(tokens, at) {
            at += 1;
            continue;
        }
        let part = match tokens.abroad() {
            Some(_) => abroad::read(tokens, masked, at),
            None => part::read(tokens, masked, at),
        };
        let quantity = part
            .or_else(|| range::read(tokens, masked, at))
            .filter(|quantity| !is_article(tokens, quantity));
        match quantity {
            Some(quantity) => {
                let quantity = complete(tokens, masked, quantity);
                at = quantity.end.max(at + 1);
                found.push(quantity);
            }
            None => at += 1,
        }
    }
    elliptic::inherit(tokens, &mut found);
    found
}

/// Whether a quantity may begin with a token. Cheap, for every word of an article.
fn may_begin(tokens: &Tokens, at: usize) -> bool {
    let word = tokens.word(at);
    tokens.is(at, Class::COUNTS)
        // An article or a sign: "a hundred", "-11".
        || tokens.is(at + 1, Class::COUNTS)
        || tokens.abroad().is_some() && word.get(..3).is_some_and(|jed| jed.eq_ignore_ascii_case("jed"))
        || tokens.reads(at, "minus")
        || tokens.reads(at, "half")
        || tokens.reads(at, "twice")
        || word.len() > 4 && word.as_bytes()[word.len() - 4..].eq_ignore_ascii_case(b"fold")
}

/// "un", "eine": the article of most languages is their word for one.
fn is_article(tokens: &Tokens, quantity: &Quantity) -> bool {
    tokens.abroad().is_some()
        && quantity.value == Value::One(1.0)
        && tokens.is(quantity.figure.start, Class::ONES)
}

/// Whether a text may hold a quantity at all.
pub(crate) fn may_hold(tokens: &Tokens) -> bool {
    (0..tokens.list.len()).any(|at| may_begin(tokens, at))
}

/// Adds the noun behind a quantity with its rate, and the qualifier before it.
fn complete(tokens: &Tokens, masked: &Masks, mut quantity: Quantity) -> Quantity {
    if quantity.noun.is_none() {
        quantity.noun = match tokens.abroad() {
            Some(_) => abroad::noun(tokens, &quantity),
            None => noun::behind(tokens, &quantity),
        };
    }
    if let Some(noun) = quantity.noun.clone()
        && quantity.unit.is_none()
        && quantity.form == Form::Plain
        && let Some(end) = range::rate(tokens, masked, noun.end)
    {
        let counted = &tokens.text[tokens.bytes(noun.clone())];
        let per = &tokens.text[tokens.bytes(noun.end + 1..end)];
        quantity.unit = Some(Unit {
            dimension: Dimension::Measure,
            name: format!("{counted} per {per}"),
        });
        quantity.end = end;
    }
    quantity.qualifier = qualifier::before(tokens, quantity.figure.start);
    quantity
}

#[cfg(test)]
mod tests;
