//! Reads what a number card draws, and checks that its figures can be drawn so.

use super::{at, expected, optional_words};
use crate::deck::nearest::suggestion;
use crate::deck::yaml::{Key, Node, Value as Yaml};
use crate::deck::{Card, ChartKind, Kind, Value};
use crate::error::{Error, Result};

const HINT: &str = "list them as `- figure: 45%` with `label: what it is` below";

/// Reads the values that bars compare; none where the key has no value.
pub(super) fn values(node: &Node) -> Result<Vec<Value>> {
    match &node.value {
        Yaml::Nothing => Ok(Vec::new()),
        Yaml::List(nodes) => nodes.iter().map(value).collect(),
        _ => Err(expected("a list", "values", node).with_hint(HINT)),
    }
}

fn value(node: &Node) -> Result<Value> {
    let Yaml::Map(entries) = &node.value else {
        let message = format!("expected a value, found {}", node.describe());
        return Err(at(node.place, message).with_hint(HINT));
    };
    let mut value = Value::default();
    for (key, node) in entries {
        let words = optional_words(key, node)?.unwrap_or_default();
        match key.name.as_str() {
            "figure" => value.figure = words,
            "label" => value.label = words,
            name => {
                let error = at(key.place, format!("a value has no key `{name}`"));
                return Err(error.with_hint(suggestion(name, &["figure", "label"])));
            }
        }
    }
    let missing = [("figure", &value.figure), ("label", &value.label)];
    match missing.iter().find(|(_, words)| words.trim().is_empty()) {
        Some((name, _)) => {
            Err(at(node.place, format!("the value has no `{name}`")).with_hint(HINT))
        }
        None => Ok(value),
    }
}

/// Checks a card that names a chart or values at `node`; values alone make bars.
pub(super) fn check(card: &mut Card, node: &Node, entries: &[(Key, Node)]) -> Result<()> {
    if card.kind == Kind::List && card.chart.is_none() {
        return Ok(());
    }
    if card.chart.is_none() && !card.values.is_empty() {
        card.chart = Some(ChartKind::Bars);
    }
    let Some(chart) = card.chart else {
        return Ok(());
    };
    if card.kind == Kind::Quote {
        let message = format!("a quote has no `chart: {}`", chart.name());
        return Err(at(node.place, message).with_hint("remove it, or give the card a `figure:`"));
    }
    match card.picture(card.lang.as_deref()) {
        Ok(_) => Ok(()),
        Err(unfit) => {
            let blamed = unfit.value.and_then(|index| item(entries, index));
            let place = blamed.map_or(node.place, |node| node.place);
            Err::<(), Error>(at(place, unfit.message).with_hint(unfit.hint))
        }
    }
}

/// The node of a value.
fn item(entries: &[(Key, Node)], index: usize) -> Option<&Node> {
    let (_, node) = entries.iter().find(|(key, _)| key.name == "values")?;
    match &node.value {
        Yaml::List(nodes) => nodes.get(index),
        _ => None,
    }
}
