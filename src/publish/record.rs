//! What an output folder knows about the files in it: from what each was made, and what they are.
//!
//! A record is a line of JSON. During a run, lines are added as pictures are finished, so that a run
//! that was stopped at any moment is continued by the next; at its end they are written anew, sorted,
//! each name once. Of several lines with a name the last counts; half a line counts for nothing.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex};

use serde::{Deserialize, Serialize};

use super::Image;
use crate::diagnostic::{Diagnostic, Severity};

/// What is known about a job: the picture it became, or why it became none.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Record {
    /// The job's name.
    pub name: String,
    /// A digest of everything that the picture depends on.
    pub inputs: String,
    /// The picture; `None` where a diagnostic says why there is none.
    #[serde(default, skip_serializing_if = "Option::is_none", with = "shared")]
    pub image: Option<Arc<Image>>,
    /// What is wrong with it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    diagnostics: Vec<Noted>,
}

/// An image as JSON, wherever it is in memory.
mod shared {
    use super::{Arc, Deserialize, Image, Serialize};

    pub fn serialize<S: serde::Serializer>(
        image: &Option<Arc<Image>>,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        image.as_deref().serialize(serializer)
    }

    pub fn deserialize<'de, D: serde::Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Option<Arc<Image>>, D::Error> {
        Ok(Option::deserialize(deserializer)?.map(Arc::new))
    }
}

/// A file that is there: a page about all pictures, or a picture that is no longer wanted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Written {
    /// Its path below the output folder, with `/` on every system.
    pub file: String,
    /// For pages, a digest of everything that it depends on; else empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub inputs: String,
    /// Size of the file.
    pub bytes: usize,
    /// SHA-256 of the file, in hexadecimal digits.
    pub sha256: String,
}

/// A diagnostic without its place, which is that of the job.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Noted {
    code: String,
    is_error: bool,
    message: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    field: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    hint: Option<String>,
}

impl Record {
    /// Notes what came of a job.
    #[must_use]
    pub fn new(
        name: &str,
        inputs: &str,
        image: Option<Arc<Image>>,
        diagnostics: &[Diagnostic],
    ) -> Self {
        let note = |diagnostic: &Diagnostic| Noted {
            code: diagnostic.code.to_owned(),
            is_error: diagnostic.severity == Severity::Error,
            message: diagnostic.message.clone(),
            field: diagnostic.place.field.clone(),
            hint: diagnostic.hint.clone(),
        };
        Self {
            name: name.to_owned(),
            inputs: inputs.to_owned(),
            image,
            diagnostics: diagnostics.iter().map(note).collect(),
        }
    }

    /// What was wrong, each without a place but for its field.
    pub fn diagnostics(&self) -> impl Iterator<Item = Diagnostic> {
        self.diagnostics.iter().map(|noted| {
            let code = interned(&noted.code);
            let mut diagnostic = match noted.is_error {
                true => Diagnostic::error(code, noted.message.as_str()),
                false => Diagnostic::warning(code, noted.message.as_str()),
            };
            diagnostic.place.field.clone_from(&noted.field);
            diagnostic.hint.clone_from(&noted.hint);
            diagnostic
        })
    }
}

/// Codes are few and live as long as the program; one that was read from a file joins them.
fn interned(code: &str) -> &'static str {
    static CODES: Mutex<BTreeSet<&'static str>> = Mutex::new(BTreeSet::new());
    let mut codes = CODES.lock().expect("nobody panics while holding it");
    if let Some(known) = codes.get(code) {
        return known;
    }
    let code: &'static str = Box::leak(code.to_owned().into_boxed_str());
    codes.insert(code);
    code
}

/// A line of a file of records.
#[derive(Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Line {
    Job(Record),
    Page(Written),
    Left(Written),
    /// What was noted of the job of that name before does not count.
    Gone(String),
}

/// A [`Line`] to be written.
#[derive(Serialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Told<'a> {
    Job(&'a Record),
    Page(&'a Written),
    Left(&'a Written),
    Gone(&'a str),
}

/// A record as a line.
#[must_use]
pub fn line(record: &Record) -> String {
    json(&Told::Job(record))
}

/// A line that says that what was noted of a job does not count any more.
#[must_use]
pub fn forgotten(name: &str) -> String {
    json(&Told::Gone(name))
}

/// A line, with its end.
pub(super) fn json(line: &Told<'_>) -> String {
    serde_json::to_string(line).expect("every key is a string and every value is plain") + "\n"
}
