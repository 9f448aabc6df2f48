//! What an output folder knows about the files in it: from what each was made, and what they are.
//!
//! A record is a line of JSON. During a run, lines are added as pictures are finished, so that a run
//! that was stopped at any moment is continued by the next; at its end they are written anew, sorted,
//! each name once. Of several lines with a name the last counts; half a line counts for nothing.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, BufRead, Write};
use std::path::Path;
use std::sync::{Arc, Mutex};

use serde::{Deserialize, Serialize};

use super::Image;
use crate::deck::{NameKey, name_key};
use crate::diagnostic::{Diagnostic, Severity};
use crate::error::{Error, Result};
use crate::spool::{Piece, Sorter, Spool};

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

/// All records of a folder. Those of jobs wait in a spool: a campaign has a hundred thousand.
#[derive(Debug, Default)]
pub struct Records {
    /// By the keys of the jobs' names, where their lines are.
    jobs: BTreeMap<NameKey, Kept>,
    lines: Spool,
    /// Manifest, contact sheet and documents, by file.
    pub pages: BTreeMap<String, Written>,
    /// Pictures that are there but no longer wanted, by file.
    pub left: BTreeMap<String, Written>,
}

/// Where the record of a job is.
#[derive(Clone, Copy, Debug)]
struct Kept {
    line: Piece,
    is_planned: bool,
}

impl Records {
    /// Reads lines on top of what is known; those that are not whole are passed over.
    ///
    /// # Errors
    ///
    /// Those of the reader and of the spool.
    pub fn read(&mut self, reader: &mut dyn BufRead, path: &Path) -> Result<()> {
        let mut line = Vec::new();
        loop {
            line.clear();
            let read = reader.read_until(b'\n', &mut line);
            if read.map_err(|cause| Error::read(path, cause))? == 0 {
                return Ok(());
            }
            let line = line.strip_suffix(b"\n").unwrap_or(&line);
            match serde_json::from_slice(line) {
                Ok(Line::Job(record)) => self.put(&record)?,
                Ok(Line::Page(page)) => {
                    self.pages.insert(page.file.clone(), page);
                }
                Ok(Line::Left(file)) => {
                    self.left.insert(file.file.clone(), file);
                }
                Ok(Line::Gone(name)) => self.forget(&name),
                Err(_) => {}
            }
        }
    }

    /// What is known of the job of that name.
    ///
    /// # Errors
    ///
    /// Those of the spool.
    pub fn get(&self, name: &str) -> Result<Option<Record>> {
        let kept = self.jobs.get(&name_key(name));
        kept.map(|kept| self.line(kept)).transpose()
    }

    fn line(&self, kept: &Kept) -> Result<Record> {
        let line = self.lines.read(kept.line)?;
        match serde_json::from_slice(&line) {
            Ok(Line::Job(record)) => Ok(record),
            _ => Err(Error::new(
                "the temporary file with the records was changed",
            )),
        }
    }

    /// Notes what is known of a job, in place of what was known of it.
    ///
    /// # Errors
    ///
    /// Those of the spool.
    pub fn put(&mut self, record: &Record) -> Result<()> {
        let line = self.lines.add(line(record).as_bytes())?;
        let kept = self.jobs.entry(name_key(&record.name)).or_insert(Kept {
            line,
            is_planned: false,
        });
        kept.line = line;
        Ok(())
    }

    /// Forgets what is known of a job.
    pub fn forget(&mut self, name: &str) {
        self.jobs.remove(&name_key(name));
    }

    /// Forgets what is known of all jobs.
    pub fn forget_jobs(&mut self) {
        self.jobs.clear();
    }

    /// Notes that a job is wanted, whether anything is known of it or not.
    pub fn plan(&mut self, name: &str) {
        if let Some(kept) = self.jobs.get_mut(&name_key(name)) {
            kept.is_planned = true;
        }
    }

    /// Removes and returns what is known of jobs that are not wanted.
    ///
    /// # Errors
    ///
    /// Those of the spool.
    pub fn take_unplanned(&mut self) -> Result<Vec<Record>> {
        let (planned, others) = std::mem::take(&mut self.jobs)
            .into_iter()
            .partition(|(_, kept)| kept.is_planned);
        self.jobs = planned;
        others.values().map(|kept| self.line(kept)).collect()
    }

    /// Keeps only what is known of the jobs for which `keep` is true.
    ///
    /// # Errors
    ///
    /// Those of the spool.
    pub fn retain(&mut self, keep: impl Fn(&Record) -> bool) -> Result<()> {
        let mut kept = BTreeMap::new();
        for (key, entry) in std::mem::take(&mut self.jobs) {
            if keep(&self.line(&entry)?) {
                kept.insert(key, entry);
            }
        }
        self.jobs = kept;
        Ok(())
    }

    /// Hands over what is known of each job, in no order that means anything.
    ///
    /// # Errors
    ///
    /// Those of the spool and of `take`.
    pub fn each(&self, mut take: impl FnMut(Record) -> Result<()>) -> Result<()> {
        self.jobs
            .values()
            .try_for_each(|kept| take(self.line(kept)?))
    }

    /// Writes all of them as lines, those of jobs sorted by their names.
    ///
    /// # Errors
    ///
    /// Those of the writer and of the spool.
    pub fn write(&self, writer: &mut dyn Write) -> io::Result<()> {
        let mut sorter = Sorter::default();
        let mut failed = None;
        let sorted = self
            .each(|record| sorter.add(&record.name, line(&record).as_bytes()))
            .and_then(|()| {
                sorter.each(|line| {
                    let written = writer.write_all(line);
                    written.map_err(|cause| {
                        failed = Some(cause);
                        Error::new("the records cannot be written")
                    })
                })
            });
        if let Err(error) = sorted {
            return Err(failed.unwrap_or_else(|| io::Error::other(error)));
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
    ///
    /// # Errors
    ///
    /// Those of the spools.
    pub fn extend(&mut self, other: Self) -> Result<()> {
        other.each(|record| self.put(&record))?;
        self.pages.extend(other.pages);
        self.left.extend(other.left);
        Ok(())
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
        let parsed = parse(whole.as_bytes());
        let known = parsed
            .get("a/b--og")
            .expect("it is there")
            .expect("it is known");
        assert_eq!(known, record("2"));
        let restored: Vec<_> = known.diagnostics().collect();
        assert_eq!(restored, warnings);
        for end in 0..whole.len() {
            let parsed = parse(&whole.as_bytes()[..end]);
            let first = line(&record("1")).len();
            // Without its last line break a line is whole already.
            assert_eq!(parsed.jobs.len(), usize::from(end + 1 >= first), "{end}");
        }
        let gone = whole + &forgotten("a/b--og");
        assert_eq!(written(&parse(gone.as_bytes())), "");
        assert_eq!(written(&parsed), line(&record("2")));
        assert_eq!(
            written(&parse(written(&parsed).as_bytes())),
            written(&parsed)
        );
    }

    #[test]
    fn records_are_written_by_name_and_unplanned_ones_are_given_back() {
        let mut records = Records::default();
        let record = |name: &str| Record::new(name, "1", None, &[]);
        for name in ["b", "a-2", "c", "a"] {
            records.put(&record(name)).expect("there is room");
        }
        records.plan("b");
        records.plan("nobody");
        records.put(&record("b")).expect("there is room");
        let all = ["a", "a-2", "b", "c"].map(|name| line(&record(name)));
        assert_eq!(written(&records), all.concat());
        let mut others = records.take_unplanned().expect("they are there");
        others.sort_by(|one, other| one.name.cmp(&other.name));
        assert_eq!(others, ["a", "a-2", "c"].map(record));
        assert_eq!(written(&records), line(&record("b")));
    }

    fn parse(lines: &[u8]) -> Records {
        let mut records = Records::default();
        let mut reader = lines;
        records
            .read(&mut reader, Path::new("run.jsonl"))
            .expect("a list can be read");
        records
    }

    fn written(records: &Records) -> String {
        let mut lines = Vec::new();
        records.write(&mut lines).expect("a list takes everything");
        String::from_utf8(lines).expect("it is text")
    }
}
