//! Reads what a Markdown file says about itself before its text.

use std::collections::BTreeMap;
use std::ops::Range;

use serde_json::Value;

use super::Meta;
use crate::error::{Error, Result};

/// What the front matter at a range of the file says; keys that we do not know are skipped.
///
/// # Errors
///
/// What is not YAML, with line and column in the file.
pub(super) fn read(source: &str, range: Range<usize>) -> Result<Meta> {
    let yaml = &source[range.clone()];
    if yaml.trim().is_empty() {
        return Ok(Meta::default());
    }
    let entries: BTreeMap<String, Value> =
        serde_saphyr::from_str(yaml).map_err(|cause| not_yaml(source, range.start, &cause))?;
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
        let meta = read(source, 0..source.len()).unwrap();
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
        let error = read(source, 4..source.len() - 4).unwrap_err();
        assert!(error.to_string().contains("not YAML"), "{error}");
    }
}
