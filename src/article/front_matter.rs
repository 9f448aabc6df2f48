//! Reads what a Markdown file says about itself before its text.

use std::collections::BTreeMap;
use std::ops::Range;

use serde_json::Value;

use super::Meta;
use crate::error::{Error, Result};

/// How front matter is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Notation {
    /// Between lines of `---`.
    Yaml,
    /// Between lines of `+++`.
    Toml,
}

/// What the front matter at a range of the file says; keys that we do not know are skipped.
///
/// # Errors
///
/// What is not in the notation, with line and column in the file.
pub(super) fn read(source: &str, range: Range<usize>, notation: Notation) -> Result<Meta> {
    let written = &source[range.clone()];
    if written.trim().is_empty() {
        return Ok(Meta::default());
    }
    let entries: BTreeMap<String, Value> = match notation {
        Notation::Yaml => serde_saphyr::from_str(written)
            .map_err(|cause| not_yaml(source, range.start, &cause))?,
        Notation::Toml => from_toml(source, range)?,
    };
    let words = |names: &[&str]| names.iter().find_map(|name| words(entries.get(*name)?));
    Ok(Meta {
        title: words(&["title", "headline"]),
        byline: words(&["author", "authors", "byline"]),
        site: words(&["site", "brand", "publisher", "organisation", "organization"]),
        date: words(&["date", "published", "pubDate"]),
        lang: words(&["lang", "language", "locale"]),
        url: words(&["url", "canonical", "link", "permalink"]),
        image: words(&["image", "cover", "thumbnail", "featured_image"]),
        encoding: None,
    })
}

/// A value as words; the items of a list are joined.
fn words(value: &Value) -> Option<String> {
    let text = match value {
        Value::String(text) => text.split_whitespace().collect::<Vec<_>>().join(" "),
        Value::Number(number) => number.to_string(),
        Value::Array(items) => items
            .iter()
            .filter_map(words)
            .collect::<Vec<_>>()
            .join(", "),
        Value::Object(entries) => words(entries.get("name")?)?,
        Value::Bool(_) | Value::Null => return None,
    };
    (!text.is_empty()).then_some(text)
}

/// TOML as the values that YAML has; a date is its words.
fn from_toml(source: &str, range: Range<usize>) -> Result<BTreeMap<String, Value>> {
    let table: toml::Table = toml::from_str(&source[range.clone()]).map_err(|cause| {
        let at = range.start + cause.span().map_or(0, |span| span.start);
        let before = &source[..source.floor_char_boundary(at)];
        let line = before.matches('\n').count() + 1;
        let column = before.rsplit('\n').next().map_or(0, |line| line.chars().count()) + 1;
        Error::new("the front matter is not TOML")
            .at(line, column)
            .with_hint("write it as `title = \"The words\"`, one key in each line, between two lines of `+++`")
    })?;
    Ok(table
        .into_iter()
        .map(|(name, value)| (name, plain(value)))
        .collect())
}

fn plain(value: toml::Value) -> Value {
    match value {
        toml::Value::String(text) => Value::String(text),
        toml::Value::Integer(number) => number.into(),
        toml::Value::Float(number) => number.into(),
        toml::Value::Boolean(is_so) => is_so.into(),
        toml::Value::Datetime(date) => Value::String(date.to_string()),
        toml::Value::Array(items) => items.into_iter().map(plain).collect(),
        toml::Value::Table(entries) => entries
            .into_iter()
            .map(|(name, value)| (name, plain(value)))
            .collect(),
    }
}

fn not_yaml(source: &str, start: usize, cause: &serde_saphyr::Error) -> Error {
    let before = source[..start].matches('\n').count();
    let (line, column) = cause.location().map_or((1, 1), |place| {
        (place.line() as usize, place.column() as usize)
    });
    Error::new("the front matter is not YAML")
        .at(before + line, column)
        .with_hint(
            "write it as `title: The words`, one key in each line, between two lines of `---`",
        )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_keys_are_read_and_others_skipped() {
        let source = "title: \"Night: buses\"\nauthor: [Ana Lund, Bo Vik]\ndate: 2031-05-14\ntags:\n  - a\nlang: en\nsite: Northlight\n";
        let meta = read(source, 0..source.len(), Notation::Yaml).unwrap();
        assert_eq!(meta.title.as_deref(), Some("Night: buses"));
        assert_eq!(meta.byline.as_deref(), Some("Ana Lund, Bo Vik"));
        assert_eq!(meta.date.as_deref(), Some("2031-05-14"));
        assert_eq!(meta.lang.as_deref(), Some("en"));
        assert_eq!(meta.site.as_deref(), Some("Northlight"));
        assert_eq!(meta.url, None);
    }

    #[test]
    fn what_is_not_yaml_has_a_place() {
        let source = "---\ntitle: a\nauthor: \"b\n---\n";
        let error = read(source, 4..source.len() - 4, Notation::Yaml).unwrap_err();
        assert!(error.to_string().contains("not YAML"), "{error}");
    }
}
