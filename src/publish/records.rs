//! All that an output folder knows about its files, for campaigns of any size.

use std::collections::BTreeMap;
use std::io::{self, BufRead, Write};
use std::path::Path;

use sha2::{Digest, Sha256};

use super::record::{Line, Record, Told, Written, json, line};
use crate::error::{Error, Result};
use crate::spool::{Piece, Sorter, Spool};

/// All records of a folder. Those of jobs wait in a spool: a campaign has a hundred thousand.
#[derive(Debug, Default)]
pub struct Records {
    /// By the keys of the jobs' names, where their lines are.
    jobs: BTreeMap<Key, Kept>,
    lines: Spool,
    /// Manifest, contact sheet and documents, by file.
    pub pages: BTreeMap<String, Written>,
    /// Pictures that are there but no longer wanted, by file.
    pub left: BTreeMap<String, Written>,
}

/// Half of the SHA-256 of a name: no two names that have the same are to be found.
type Key = [u8; 16];

fn key(name: &str) -> Key {
    let digest = Sha256::digest(name);
    *digest.first_chunk().expect("a digest has 32 bytes")
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
        let kept = self.jobs.get(&key(name));
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
        let kept = self.jobs.entry(key(&record.name)).or_insert(Kept {
            line,
            is_planned: false,
        });
        kept.line = line;
        Ok(())
    }

    /// Forgets what is known of a job.
    pub fn forget(&mut self, name: &str) {
        self.jobs.remove(&key(name));
    }

    /// Forgets what is known of all jobs.
    pub fn forget_jobs(&mut self) {
        self.jobs.clear();
    }

    /// Notes that a job is wanted, whether anything is known of it or not.
    pub fn plan(&mut self, name: &str) {
        if let Some(kept) = self.jobs.get_mut(&key(name)) {
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

#[cfg(test)]
mod tests {
    use super::super::record::forgotten;
    use super::*;
    use crate::diagnostic::Diagnostic;

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
        for name in ["b", "a-2", "B", "a"] {
            records.put(&record(name)).expect("there is room");
        }
        records.plan("b");
        records.plan("nobody");
        records.put(&record("b")).expect("there is room");
        let all = ["B", "a", "a-2", "b"].map(|name| line(&record(name)));
        assert_eq!(written(&records), all.concat());
        let mut others = records.take_unplanned().expect("they are there");
        others.sort_by(|one, other| one.name.cmp(&other.name));
        assert_eq!(others, ["B", "a", "a-2"].map(record));
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
