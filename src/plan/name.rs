//! File names by a pattern: `{article}/{card}--{platform}`.
//!
//! What stands in braces is known of every job, or is a column of its table; its words become a
//! slug. So whatever the data, a name is one that every file system takes and stays below the
//! output folder: letters, digits, `-` and `_`, no device of Windows, no way up, no more characters
//! than paths may have.

use std::path::PathBuf;

use crate::deck::{Field, is_file_name, slug, suggestion};
use crate::error::{Error, Result};

use super::Job;

/// Characters that a placeholder may become.
const LONGEST_PART: usize = 64;

/// Characters of a whole name: Windows allows 260 for a path, and the folder has some.
const LONGEST_NAME: usize = 180;

/// What a job is asked for.
const KNOWN: &[&str] = &[
    "article", "card", "platform", "theme", "template", "row", "lang", "width", "height",
];

/// How files are to be named.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pattern {
    text: String,
    parts: Vec<Part>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Part {
    Words(String),
    Placeholder(String),
}

impl Pattern {
    /// Reads a pattern.
    ///
    /// # Errors
    ///
    /// Braces that do not pair, a part that some file system does not take, a way out of the folder.
    pub fn parse(text: &str) -> Result<Self> {
        let fault = |message: String| {
            let hint =
                "write it as `{article}/{card}--{platform}`, in letters, digits, `-` and `_`";
            Err(Error::new(message).with_hint(hint))
        };
        let text = text.strip_suffix(".png").unwrap_or(text);
        let mut parts = Vec::new();
        let mut rest = text;
        while let Some((words, behind)) = rest.split_once('{') {
            let Some((name, behind)) = behind.split_once('}') else {
                return fault(format!("the file name `{text}` has a `{{` without a `}}`"));
            };
            parts.push(Part::Words(words.to_owned()));
            parts.push(Part::Placeholder(name.trim().to_owned()));
            rest = behind;
        }
        parts.push(Part::Words(rest.to_owned()));
        let is_safe = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '/');
        let words = parts.iter().filter_map(|part| match part {
            Part::Words(words) => Some(words),
            Part::Placeholder(_) => None,
        });
        if let Some(c) = words.flat_map(|words| words.chars()).find(|c| !is_safe(*c)) {
            return fault(format!(
                "the file name `{text}` has `{c}`, which not every disk takes"
            ));
        }
        let is_filled = text.split('/').all(|part| !part.is_empty());
        if !is_filled {
            return fault(format!("the file name `{text}` has a part without a name"));
        }
        Ok(Self {
            text: text.to_owned(),
            parts,
        })
    }

    /// The name of a job whose article is called `article` and which is the card `card`.
    ///
    /// # Errors
    ///
    /// A placeholder that is not known of the job, or a name that is too long.
    pub(super) fn name(&self, job: &Job<'_>, (article, card): (&str, &str)) -> Result<PathBuf> {
        let mut name = String::new();
        for part in &self.parts {
            match part {
                Part::Words(words) => name.push_str(words),
                Part::Placeholder(key) => {
                    name.push_str(&self.value(key, job, (article, card))?);
                }
            }
        }
        // A device's name may come together from several parts.
        let parts = name.split('/').map(|part| match is_file_name(part) {
            true => part.to_owned(),
            false => format!("{part}-1"),
        });
        let name = parts.collect::<Vec<_>>().join("/");
        if name.len() > LONGEST_NAME {
            let message = format!("the file name `{name}` has {} characters", name.len());
            let hint = format!(
                "it may have {LONGEST_NAME}: leave something out of `{}`",
                self.text
            );
            return Err(Error::new(message).with_hint(hint));
        }
        Ok(PathBuf::from(name))
    }

    fn value(&self, key: &str, job: &Job<'_>, (article, card): (&str, &str)) -> Result<String> {
        let cells = job.deck.columns.get(&job.card.id);
        let value = match key {
            "article" => article.to_owned(),
            "card" => card.to_owned(),
            "platform" => job.platform.id.clone(),
            "theme" => job.theme.clone(),
            "template" => job.card.kind.name().to_owned(),
            "row" => job.card.position.map_or(0, |(line, _)| line).to_string(),
            "lang" => {
                let lang = job.card.lang.as_deref().or(job.deck.lang.as_deref());
                lang.unwrap_or_default().to_owned()
            }
            "width" => job.platform.width.to_string(),
            "height" => job.platform.height.to_string(),
            key => match (
                Field::from_name(key),
                cells.and_then(|cells| cells.get(key)),
            ) {
                (Some(field), _) => job
                    .deck
                    .field(job.card, field)
                    .unwrap_or_default()
                    .to_owned(),
                (None, Some(value)) => value.clone(),
                // Some row has the column, so that this one's is empty.
                (None, None) if job.deck.column_names.contains(key) => String::new(),
                (None, None) => return Err(self.unknown(key, job)),
            },
        };
        Ok(match value.trim() {
            "" => "none".to_owned(),
            value if is_file_name(value) && value.len() <= LONGEST_PART => value.to_owned(),
            value => slug(value, LONGEST_PART),
        })
    }

    fn unknown(&self, key: &str, job: &Job<'_>) -> Error {
        let fields = Field::ALL.iter().map(|field| field.name());
        let mut known: Vec<&str> = KNOWN.to_vec();
        known.extend(fields);
        known.extend(job.deck.column_names.iter().map(String::as_str));
        known.sort_unstable();
        known.dedup();
        let message = format!(
            "the file name `{}` asks for `{key}`, which cards do not have",
            self.text
        );
        Error::new(message).with_hint(suggestion(key, &known))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_that_some_disk_does_not_take_are_refused() {
        #[track_caller]
        fn case(text: &str, expected: &str) {
            let error = Pattern::parse(text).expect_err("it is refused");
            assert_eq!(error.to_string(), expected);
        }
        case(
            "../{card}",
            "the file name `../{card}` has `.`, which not every disk takes",
        );
        case(
            "/tmp/{card}",
            "the file name `/tmp/{card}` has a part without a name",
        );
        case(
            "c:\\{card}",
            "the file name `c:\\{card}` has `:`, which not every disk takes",
        );
        case("{card", "the file name `{card` has a `{` without a `}`");
        case(
            "a//{card}",
            "the file name `a//{card}` has a part without a name",
        );
        case("", "the file name `` has a part without a name");
    }
}
