//! What an output folder knows about the files in it: from what each was made, and what they are.
//!
//! A record is a line of JSON. During a run, lines are added as pictures are finished, so that a run
//! that was stopped at any moment is continued by the next; at its end they are written anew, sorted,
//! each name once. Of several lines with a name the last counts; half a line counts for nothing.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write};
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

#[derive(Deserialize)]
#[serde(rename_all = "lowercase")]
enum Line {
    Job(Record),
    Page(Written),
    Left(Written),
    /// What was noted of the job of that name before does not count.
    Gone(String),
}

/// A [`Line`] to be written.
#[derive(Serialize)]
#[serde(rename_all = "lowercase")]
enum Told<'a> {
    Job(&'a Record),
    Page(&'a Written),
    Left(&'a Written),
    Gone(&'a str),
}

/// All records of a folder.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Records {
    /// By the job's name.
    pub jobs: BTreeMap<String, Record>,
    /// Manifest and contact sheet, by file.
    pub pages: BTreeMap<String, Written>,
    /// Pictures that are there but no longer wanted, by file.
    pub left: BTreeMap<String, Written>,
}

impl Records {
    /// Reads lines; those that are not whole are passed over.
    #[must_use]
    pub fn parse(bytes: &[u8]) -> Self {
        let mut records = Self::default();
        for line in bytes.split(|byte| *byte == b'\n') {
            match serde_json::from_slice(line) {
                Ok(Line::Job(record)) => {
                    records.jobs.insert(record.name.clone(), record);
                }
                Ok(Line::Page(page)) => {
                    records.pages.insert(page.file.clone(), page);
                }
                Ok(Line::Left(file)) => {
                    records.left.insert(file.file.clone(), file);
                }
                Ok(Line::Gone(name)) => {
                    records.jobs.remove(&name);
                }
                Err(_) => {}
            }
        }
        records
    }

    /// Writes all of them as lines, sorted.
    ///
    /// # Errors
    ///
    /// Those of the writer.
    pub fn write(&self, writer: &mut dyn Write) -> io::Result<()> {
        for record in self.jobs.values() {
            writer.write_all(line(record).as_bytes())?;
        }
        for page in self.pages.values() {
            writer.write_all(json(&Told::Page(page)).as_bytes())?;
        }
        for file in self.left.values() {
            writer.write_all(json(&Told::Left(file)).as_bytes())?;
        }
        Ok(())
    }

    /// The records of others are added; theirs count where both know a name.
    pub fn extend(&mut self, other: Self) {
        self.jobs.extend(other.jobs);
        self.pages.extend(other.pages);
        self.left.extend(other.left);
    }
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

fn json(line: &Told<'_>) -> String {
    serde_json::to_string(line).expect("every key is a string and every value is plain") + "\n"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn records_survive_being_cut_off_and_the_last_line_counts() {
        let warning = Diagnostic::warning("word-cut", "a word is cut").with_hint("shorten it");
        let warnings = [warning];
        let record = |inputs: &str| Record::new("a/b--og", inputs, None, &warnings);
        let whole = line(&record("1")) + &line(&record("2"));
        let parsed = Records::parse(whole.as_bytes());
        assert_eq!(parsed.jobs["a/b--og"], record("2"));
        let restored: Vec<_> = parsed.jobs["a/b--og"].diagnostics().collect();
        assert_eq!(restored, warnings);
        for end in 0..whole.len() {
            let parsed = Records::parse(&whole.as_bytes()[..end]);
            let first = line(&record("1")).len();
            // Without its last line break a line is whole already.
            assert_eq!(parsed.jobs.len(), usize::from(end + 1 >= first), "{end}");
        }
        let gone = whole + &forgotten("a/b--og");
        assert_eq!(Records::parse(gone.as_bytes()), Records::default());
        let mut lines = Vec::new();
        parsed.write(&mut lines).expect("a list takes everything");
        assert_eq!(Records::parse(&lines), parsed);
    }
}
