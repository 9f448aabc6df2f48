//! Reads TOML as the tree that YAML is read into, with line and column of everything.

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::deck::yaml::{Key, Node, Value};
use crate::error::{Error, Result};

/// Reads a text; an empty one is an empty mapping.
pub(super) fn parse(text: &str) -> Result<Node> {
    let table = DeTable::parse(text).map_err(|fault| {
        let (line, column) = place(text, fault.span().map_or(0, |span| span.start));
        Error::new(format!("this is not TOML: {}", fault.message())).at(line, column)
    })?;
    let start = table.span().start;
    Ok(Node::new(
        Value::Map(entries(text, table.get_ref())),
        place(text, start),
    ))
}

fn entries(text: &str, table: &DeTable<'_>) -> Vec<(Key, Node)> {
    let mut entries: Vec<_> = table.iter().collect();
    // The order of the file: it is what messages follow.
    entries.sort_by_key(|(key, _)| key.span().start);
    let entry = |(key, value): (&Spanned<toml::de::DeString<'_>>, &Spanned<DeValue<'_>>)| {
        let key = Key::new(key.get_ref().to_string(), place(text, key.span().start));
        (key, node(text, value))
    };
    entries.into_iter().map(entry).collect()
}

fn node(text: &str, value: &Spanned<DeValue<'_>>) -> Node {
    let place = place(text, value.span().start);
    let value = match value.get_ref() {
        DeValue::String(words) => Value::Words(words.to_string()),
        DeValue::Array(items) => Value::List(items.iter().map(|item| node(text, item)).collect()),
        DeValue::Table(table) => Value::Map(entries(text, table)),
        // Numbers and dates are the characters that were typed.
        _ => Value::Words(text.get(value.span()).unwrap_or_default().to_owned()),
    };
    Node::new(value, place)
}

fn place(text: &str, offset: usize) -> (usize, usize) {
    let before = text.get(..offset).unwrap_or_default();
    let line = before.matches('\n').count() + 1;
    let start = before.rfind('\n').map_or(0, |at| at + 1);
    (line, before[start..].chars().count() + 1)
}
