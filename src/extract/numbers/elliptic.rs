//! Gives a number that leaves its unit or noun out those of its neighbour: `7- or 8-inch`, `68 people
//! compared with 63`.

use super::lexicon::Class;
use super::tokens::Tokens;
use super::{Form, Quantity};
use crate::extract::Value;

/// Tokens that may join two numbers of one thing.
const JOINTS: [&str; 7] = ["-", "‑", "–", ",", "or", "and", "to"];

/// Words before a number that is compared with the one before.
const COMPARED: &[&[&str]] = &[
    &["compared", "with"],
    &["compared", "to"],
    &["up", "from"],
    &["down", "from"],
    &["and"],
    &["including"],
    &["versus"],
    &["against"],
];

/// Fills in units and nouns, from behind and then from before.
pub(super) fn inherit(tokens: &Tokens, found: &mut [Quantity]) {
    for index in (1..found.len()).rev() {
        let (left, right) = found.split_at_mut(index);
        let (this, next) = (&mut left[index - 1], &right[0]);
        let gap = this.end..next.figure.start;
        let is_joined = gap.len() <= 3
            && gap
                .clone()
                .all(|i| JOINTS.iter().any(|joint| tokens.reads(i, joint)));
        // "eight million 250 ml bottles"
        let is_nested = gap.is_empty() && next.unit.is_some() && next.noun.is_some();
        if is_bare(this) && (is_joined && !gap.is_empty() || is_nested) {
            this.noun.clone_from(&next.noun);
            if !is_nested {
                this.unit.clone_from(&next.unit);
            }
        }
    }
    for index in 1..found.len() {
        let (left, right) = found.split_at_mut(index);
        let (before, this) = (&left[index - 1], &mut right[0]);
        if is_bare(this)
            && before.form == Form::Plain
            && before.unit.is_none()
            && is_compared(tokens, this)
        {
            this.noun.clone_from(&before.noun);
        }
    }
}

fn is_bare(quantity: &Quantity) -> bool {
    let is_one = quantity.value == Value::One(1.0);
    quantity.form == Form::Plain && quantity.unit.is_none() && quantity.noun.is_none() && !is_one
}

/// Whether it is measured against the number before: "and 300 who", "compared with 63".
fn is_compared(tokens: &Tokens, quantity: &Quantity) -> bool {
    let start = quantity
        .qualifier
        .as_ref()
        .map_or(quantity.figure.start, |q| q.start);
    let stands_before = |words: &[&str]| {
        let from = start.checked_sub(words.len());
        from.is_some_and(|from| {
            words
                .iter()
                .enumerate()
                .all(|(i, word)| tokens.reads(from + i, word))
        })
    };
    let ends = quantity.end;
    let is_bare = !tokens.is(ends, Class::WORD) || tokens.is(ends, Class::STOP);
    is_bare && COMPARED.iter().any(|words| stands_before(words))
}
