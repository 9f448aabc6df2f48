//! Reads where a card's words stand.

use std::collections::BTreeMap;
use std::path::PathBuf;

use super::{at, expected, optional_words};
use crate::article::Span;
use crate::deck::nearest::suggestion;
use crate::deck::yaml::{Key, Node, Value};
use crate::deck::{Field, Origin};
use crate::error::Result;

type Spans = BTreeMap<Field, Vec<Span>>;

/// Reads the article and the spans of a card; `None` where the key has no value.
pub(super) fn origin(node: &Node) -> Result<Option<Origin>> {
    let entries = match &node.value {
        Value::Nothing => return Ok(None),
        Value::Map(entries) => entries,
        _ => return Err(expected("`article:` and `spans:`", "origin", node)),
    };
    let (mut article, mut spans, mut values) = (None, BTreeMap::new(), Vec::new());
    for (key, node) in entries {
        match key.name.as_str() {
            "article" => article = optional_words(key, node)?,
            "spans" => (spans, values) = self::spans(node)?,
            name => {
                let error = at(key.place, format!("an origin has no key `{name}`"));
                return Err(error.with_hint(suggestion(name, &["article", "spans"])));
            }
        }
    }
    let Some(article) = article else {
        let error = at(node.place, "the origin names no article");
        return Err(error.with_hint("add `article:` with its path, or remove `origin:`"));
    };
    let article = PathBuf::from(article);
    Ok(Some(Origin {
        article,
        spans,
        values,
    }))
}

/// The spans of the fields, and of the values.
fn spans(node: &Node) -> Result<(Spans, Vec<Span>)> {
    let entries = match &node.value {
        Value::Nothing => return Ok((BTreeMap::new(), Vec::new())),
        Value::Map(entries) => entries,
        _ => {
            return Err(expected(
                "fields with the bytes they stand in",
                "spans",
                node,
            ));
        }
    };
    let (mut spans, mut values) = (BTreeMap::new(), Vec::new());
    for (key, node) in entries {
        if key.name == "values" {
            values = ranges(key, node)?;
            continue;
        }
        let Some(field) = Field::from_name(&key.name) else {
            let known: Vec<_> = Field::ALL.iter().map(|field| field.name()).collect();
            let error = at(key.place, format!("there is no field `{}`", key.name));
            return Err(error.with_hint(suggestion(&key.name, &known)));
        };
        spans.insert(field, ranges(key, node)?);
    }
    Ok((spans, values))
}

fn ranges(key: &Key, node: &Node) -> Result<Vec<Span>> {
    let words = optional_words(key, node)?.unwrap_or_default();
    let ranges: Option<Vec<Span>> = words.split_whitespace().map(span).collect();
    ranges.ok_or_else(|| {
        let message = format!("`{}` has the span `{words}`", key.name);
        let hint = "a span is two byte offsets, the smaller first: `120-245`";
        at(node.place, message).with_hint(hint)
    })
}

fn span(words: &str) -> Option<Span> {
    let (start, end) = words.split_once('-')?;
    let (start, end) = (start.parse().ok()?, end.parse().ok()?);
    (start <= end).then_some(Span { start, end })
}
