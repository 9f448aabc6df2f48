//! Reads TOML as the tree that YAML is read into, with line and column of everything.

use toml::Spanned;
use toml::de::{DeString, DeTable, DeValue};

use super::places::Places;
use crate::deck::yaml::{Key, Node, Value};
use crate::error::{Error, Result};

/// Reads a text; an empty one is an empty mapping.
pub(super) fn parse(text: &str) -> Result<Node> {
    let source = Source {
        text,
        places: Places::new(text),
    };
    let table = DeTable::parse(text).map_err(|fault| {
        let start = fault.span().map_or(0, |span| span.start);
        let (line, column) = source.places.of(start);
        Error::new(format!("this is not TOML: {}", fault.message())).at(line, column)
    })?;
    let entries = source.entries(table.get_ref());
    Ok(Node::new(
        Value::Map(entries),
        source.places.of(table.span().start),
    ))
}

struct Source<'a> {
    text: &'a str,
    places: Places<'a>,
}

impl Source<'_> {
    fn entries(&self, table: &DeTable<'_>) -> Vec<(Key, Node)> {
        let mut entries: Vec<_> = table.iter().collect();
        // The order of the file: it is what messages follow.
        entries.sort_by_key(|(key, _)| key.span().start);
        let entry = |(key, value): (&Spanned<DeString<'_>>, &Spanned<DeValue<'_>>)| {
            let place = self.places.of(key.span().start);
            (Key::new(key.get_ref().to_string(), place), self.node(value))
        };
        entries.into_iter().map(entry).collect()
    }

    fn node(&self, value: &Spanned<DeValue<'_>>) -> Node {
        let place = self.places.of(value.span().start);
        let value = match value.get_ref() {
            DeValue::String(words) => Value::Words(words.to_string()),
            DeValue::Array(items) => {
                Value::List(items.iter().map(|item| self.node(item)).collect())
            }
            DeValue::Table(table) => Value::Map(self.entries(table)),
            // Numbers and dates are the characters that were typed.
            _ => Value::Words(self.text.get(value.span()).unwrap_or_default().to_owned()),
        };
        Node::new(value, place)
    }
}
