//! Reads JSON with the place of everything in it: an array of rows, an object as a deck, or a row
//! in each line.
//!
//! Numbers stay the characters that were typed: `1.50` is not `1.5`.

use std::collections::BTreeSet;
use std::fmt;

use serde::Deserialize;
use serde::de::{Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;

use super::places::Places;
use super::{Rows, Table};
use crate::deck::yaml::{Key, Node, Value};
use crate::error::{Error, Result};

/// Deeper nesting than this is refused; a deck has four levels.
const DEEPEST: usize = 16;

/// What a JSON file holds.
pub(super) enum Document {
    /// An object, to be read as a deck.
    Deck(Node),
    /// An array of rows.
    Rows(Rows),
}

/// Reads a whole file.
pub(super) fn document(text: &str) -> Result<Document> {
    let raw: &RawValue = serde_json::from_str(text).map_err(|fault| not_json(&fault, 0))?;
    let source = Source::new(text);
    if !raw.get().trim_start().starts_with('[') {
        return source.node(raw, 0).map(Document::Deck);
    }
    let rows: Vec<&RawValue> =
        serde_json::from_str(raw.get()).map_err(|fault| not_json(&fault, 0))?;
    let mut table = Rows::default();
    let mut columns = Columns::default();
    for row in rows {
        match source.node(row, 0) {
            Ok(row) => {
                columns.add(&row);
                table.rows.push(row);
            }
            Err(fault) => table.problems.push(fault.to_diagnostic("row-skipped")),
        }
    }
    table.columns = columns.keys;
    Ok(Document::Rows(table))
}

/// A row in each line; empty lines are passed over.
pub(super) struct Lines<'a> {
    source: Source<'a>,
}

impl<'a> Lines<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Self {
            source: Source::new(text),
        }
    }
}

impl Table for Lines<'_> {
    fn columns(&self) -> Result<Vec<Key>> {
        let mut columns = Columns::default();
        self.each(&mut |row| {
            if let Ok(row) = row {
                columns.add(&row);
            }
        })?;
        Ok(columns.keys)
    }

    fn each(&self, take: &mut dyn FnMut(Result<Node>)) -> Result<()> {
        for (index, line) in self.source.text.lines().enumerate() {
            if line.trim().is_empty() {
                continue;
            }
            let raw: serde_json::Result<&RawValue> = serde_json::from_str(line);
            let raw = raw.map_err(|fault| not_json(&fault, index));
            take(raw.and_then(|raw| self.source.node(raw, 0)));
        }
        Ok(())
    }
}

/// The columns of the rows so far, in the order in which they turned up.
#[derive(Default)]
struct Columns {
    keys: Vec<Key>,
    known: BTreeSet<String>,
}

impl Columns {
    fn add(&mut self, row: &Node) {
        let Value::Map(entries) = &row.value else {
            return;
        };
        for (key, _) in entries {
            if !self.known.contains(&key.name) {
                self.known.insert(key.name.clone());
                self.keys.push(key.clone());
            }
        }
    }
}

fn not_json(fault: &serde_json::Error, lines_before: usize) -> Error {
    let text = fault.to_string();
    let message = text.split(" at line ").next().unwrap_or_default();
    Error::new(format!("this is not JSON: {message}"))
        .at(fault.line() + lines_before, fault.column().max(1))
}

/// The text that raw values are parts of.
struct Source<'a> {
    text: &'a str,
    places: Places<'a>,
}

impl<'a> Source<'a> {
    fn new(text: &'a str) -> Self {
        Self {
            text,
            places: Places::new(text),
        }
    }

    /// Line and column of a part of the text.
    fn place(&self, part: &str) -> (usize, usize) {
        let offset = (part.as_ptr() as usize).saturating_sub(self.text.as_ptr() as usize);
        self.places.of(offset)
    }

    fn node(&self, raw: &'a RawValue, depth: usize) -> Result<Node> {
        let text = raw.get();
        let place = self.place(text);
        let at = |message: String| Error::new(message).at(place.0, place.1);
        if depth > DEEPEST {
            return Err(at(format!("this is nested more than {DEEPEST} deep")));
        }
        let fault = |fault: serde_json::Error| at(format!("this is not JSON: {fault}"));
        let value = match text.as_bytes().first() {
            Some(b'{') => {
                let entries: Entries<'a> = serde_json::from_str(text).map_err(fault)?;
                Value::Map(self.entries(entries, depth)?)
            }
            Some(b'[') => {
                let items: Vec<&RawValue> = serde_json::from_str(text).map_err(fault)?;
                let nodes = items.into_iter().map(|item| self.node(item, depth + 1));
                Value::List(nodes.collect::<Result<_>>()?)
            }
            Some(b'"') => Value::Words(serde_json::from_str(text).map_err(fault)?),
            _ if text == "null" => Value::Nothing,
            _ => Value::Words(text.to_owned()),
        };
        Ok(Node::new(value, place))
    }

    fn entries(&self, entries: Entries<'a>, depth: usize) -> Result<Vec<(Key, Node)>> {
        let mut nodes: Vec<(Key, Node)> = Vec::with_capacity(entries.0.len());
        let mut known = BTreeSet::new();
        for (name, raw) in entries.0 {
            let node = self.node(raw, depth + 1)?;
            if !known.insert(name.clone()) {
                let error = Error::new(format!("the key `{name}` stands twice"));
                let error = error.at(node.place.0, node.place.1);
                return Err(error.with_hint("keep one of them"));
            }
            let place = node.place;
            nodes.push((Key::new(name, place), node));
        }
        Ok(nodes)
    }
}

/// The entries of an object in the order of the file, those that stand twice included.
struct Entries<'a>(Vec<(String, &'a RawValue)>);

impl<'de> Deserialize<'de> for Entries<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> std::result::Result<Self, D::Error> {
        struct Collect;
        impl<'de> Visitor<'de> for Collect {
            type Value = Entries<'de>;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }
            fn visit_map<A: MapAccess<'de>>(
                self,
                mut map: A,
            ) -> std::result::Result<Self::Value, A::Error> {
                let mut entries = Vec::new();
                while let Some(entry) = map.next_entry()? {
                    entries.push(entry);
                }
                Ok(Entries(entries))
            }
        }
        deserializer.deserialize_map(Collect)
    }
}
