//! The place that the results are written into, so that it may be stopped at any moment.
//!
//! A file counts as the one that was recorded if it has its size and is older than the records;
//! one that is younger was perhaps touched by somebody, and its hash decides.

use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use sha2::{Digest, Sha256};

use super::place::{self, Access, HIDDEN, Place};
use super::record::{Record, Written, forgotten, line};
use super::records::Records;
use super::{hexadecimal, sha256};
use crate::error::Result;

/// Where the results go: a folder or a bucket that this run has for itself.
pub struct Output {
    pub(super) place: Box<dyn Place>,
    /// When the records were last written; `None` where there are none.
    recorded: Option<SystemTime>,
    keeps_records: bool,
}

impl Output {
    /// Opens a folder, made if it is missing, or a bucket, with what is recorded about it.
    ///
    /// `label` is `run`, or names a shard: several shards may write into one place at a time.
    ///
    /// # Errors
    ///
    /// It cannot be made, reached or written, or another run is writing into it.
    pub fn open(root: &Path, label: &str) -> Result<(Self, Records)> {
        Self::open_as(root, label, Access::Own)
    }

    /// Looks into a place, which may not be there, without changing anything.
    ///
    /// # Errors
    ///
    /// Its records cannot be read.
    pub fn look(root: &Path, label: &str) -> Result<(Self, Records)> {
        Self::open_as(root, label, Access::Look)
    }

    /// Opens a place that many runs write into at once, each pictures of its own: without records.
    ///
    /// # Errors
    ///
    /// It cannot be made or reached.
    pub fn shared(root: &Path) -> Result<Self> {
        Ok(Self {
            place: place::open(root, "", Access::Share)?,
            recorded: None,
            keeps_records: false,
        })
    }

    fn open_as(root: &Path, label: &str, access: Access) -> Result<(Self, Records)> {
        let place = place::open(root, label, access)?;
        Self::opened(place, label, access)
    }

    pub(super) fn opened(
        place: Box<dyn Place>,
        label: &str,
        access: Access,
    ) -> Result<(Self, Records)> {
        let mut output = Self {
            place,
            recorded: None,
            keeps_records: access == Access::Own,
        };
        let mut records = Records::default();
        // A shard also goes on from what an undivided run made; its own records come last and count.
        let labels = if label == "run" {
            vec!["run"]
        } else {
            vec!["run", label]
        };
        for label in labels {
            if let Some((mut lines, recorded)) = output.place.noted(label)? {
                records.read(&mut lines, &path(label))?;
                output.recorded = Some(recorded);
            }
        }
        Ok((output, records))
    }

    /// The records of all shards that wrote into this place.
    ///
    /// # Errors
    ///
    /// They cannot be read.
    pub fn shards(&self) -> Result<Records> {
        let mut records = Records::default();
        for label in self.shard_labels()? {
            if let Some((mut lines, _)) = self.place.noted(&label)? {
                records.read(&mut lines, &path(&label))?;
            }
        }
        Ok(records)
    }

    /// Removes the records of all shards.
    ///
    /// # Errors
    ///
    /// One cannot be removed.
    pub fn forget_shards(&self) -> Result<()> {
        let labels = self.shard_labels()?;
        labels.iter().try_for_each(|label| self.place.forget(label))
    }

    fn shard_labels(&self) -> Result<Vec<String>> {
        let is_number = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
        let mut labels = self.place.labels()?;
        labels.retain(|label| {
            let shard = label.split_once("-of-");
            shard.is_some_and(|(number, of)| is_number(number) && is_number(of))
        });
        Ok(labels)
    }

    /// Writes a job's picture and then notes that it is finished; both are sure to be done when
    /// [`Self::settle`] has returned.
    ///
    /// # Errors
    ///
    /// It cannot be written; what had its name before is then as it was.
    pub fn finish(&self, record: &Record, bytes: &[u8]) -> Result<()> {
        match &record.image {
            Some(image) => self.place.write(&image.file, bytes, &line(record)),
            None => self.place.note(&line(record)),
        }
    }

    /// Waits for everything that is still on its way.
    ///
    /// # Errors
    ///
    /// The first file that could not be written.
    pub fn settle(&self) -> Result<()> {
        self.place.settle()
    }

    /// Copies a file of another place into this one.
    ///
    /// # Errors
    ///
    /// It cannot be read, or as [`Self::finish`].
    pub fn copy(&self, from: &Self, file: &str) -> Result<()> {
        self.place.write(file, &from.place.read(file)?, "")
    }

    /// Writes a page piece by piece and says what it is.
    ///
    /// # Errors
    ///
    /// As [`Self::finish`].
    pub fn write_page(
        &self,
        file: &str,
        inputs: &str,
        mut write: impl FnMut(&mut dyn Write) -> io::Result<()>,
    ) -> Result<Written> {
        let mut counted = (0, Sha256::new());
        self.place.pour(file, &mut |writer| {
            counted = (0, Sha256::new());
            write(&mut Counting {
                writer,
                counted: &mut counted,
            })
        })?;
        let (bytes, hash) = counted;
        Ok(Written {
            file: file.to_owned(),
            inputs: inputs.to_owned(),
            bytes,
            sha256: hexadecimal(&hash.finalize()),
        })
    }

    /// Writes all records anew.
    ///
    /// # Errors
    ///
    /// They cannot be written; those added one by one are then still there.
    pub fn record(&self, records: &Records) -> Result<()> {
        if !self.keeps_records {
            return Ok(());
        }
        self.place.record(&mut |writer| records.write(writer))
    }

    /// Notes that the pictures of jobs are not what their records say.
    ///
    /// # Errors
    ///
    /// It cannot be written.
    pub fn forget<'a>(&self, names: impl Iterator<Item = &'a String>) -> Result<()> {
        let lines: String = names.map(|name| forgotten(name)).collect();
        self.place.note(&lines)
    }

    /// Reads a file.
    ///
    /// # Errors
    ///
    /// It is not there or cannot be read.
    pub fn read(&self, file: &str) -> Result<Vec<u8>> {
        self.place.read(file)
    }

    /// Whether a file is there, whatever it is.
    #[must_use]
    pub fn has(&self, file: &str) -> bool {
        self.place.about(file).is_some()
    }

    /// Whether a file is there as it was recorded, and whether that took reading it.
    #[must_use]
    pub fn is_intact(&self, file: &str, bytes: usize, hash: &str) -> (bool, bool) {
        let about = self.place.about(file);
        let Some(about) = about.filter(|about| about.bytes == bytes as u64) else {
            return (false, false);
        };
        let times = about.touched.zip(self.recorded);
        if times.is_some_and(|(touched, recorded)| touched < recorded) {
            return (true, false);
        }
        let read = self.place.read(file);
        (read.is_ok_and(|bytes| sha256(&bytes) == hash), true)
    }

    /// Removes a file that is there as it was recorded.
    ///
    /// `false` where it is another file by now.
    ///
    /// # Errors
    ///
    /// It cannot be removed.
    pub fn remove(&self, file: &Written) -> Result<bool> {
        if !self.has(&file.file) {
            return Ok(true);
        }
        if !self.is_intact(&file.file, file.bytes, &file.sha256).0 {
            return Ok(false);
        }
        self.place.remove(&file.file)?;
        Ok(true)
    }
}

/// What to call the records of a label.
fn path(label: &str) -> PathBuf {
    Path::new(HIDDEN).join(format!("{label}.jsonl"))
}

/// Counts and hashes what is written.
struct Counting<'a> {
    writer: &'a mut dyn Write,
    counted: &'a mut (usize, Sha256),
}

impl Write for Counting<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.writer.write_all(bytes)?;
        self.counted.0 += bytes.len();
        self.counted.1.update(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.writer.flush()
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::super::place::HIDDEN as FOLDER;
    use super::*;

    /// Writes a file as a picture of which nothing is known.
    fn write(output: &Output, file: &str, bytes: &[u8]) {
        output.place.write(file, bytes, "").expect("it is written");
    }

    fn names(folder: &Path) -> Vec<String> {
        let entries = fs::read_dir(folder).expect("the folder is there");
        let name = |entry: io::Result<fs::DirEntry>| entry.expect("it can be read").file_name();
        let mut names: Vec<_> = entries
            .map(|entry| name(entry).to_string_lossy().into_owned())
            .collect();
        names.sort();
        names
    }

    #[test]
    fn nothing_unfinished_stays_and_nobody_else_writes() {
        let desk = tempfile::tempdir().expect("there is a temporary folder");
        let (output, _) = Output::open(desk.path(), "run").expect("it opens");
        let second = Output::open(desk.path(), "run")
            .err()
            .expect("it is refused");
        assert!(
            second.to_string().starts_with("another run is writing"),
            "{second}"
        );
        Output::open(desk.path(), "1-of-2").expect("shards do not meet");
        write(&output, "a/b.png", b"one");
        drop(output);
        let hidden = desk.path().join(FOLDER);
        for name in ["run-7.tmp", "1-of-2-7.tmp", "run-x.tmp"] {
            fs::write(hidden.join(name), "half").expect("it is written");
        }
        let _output = Output::open(desk.path(), "run").expect("it opens");
        let expected = ["1-of-2-7.tmp", "1-of-2.lock", "run-x.tmp", "run.lock"];
        assert_eq!(names(&hidden), expected);
        assert_eq!(names(&desk.path().join("a")), ["b.png"]);
    }

    #[test]
    fn a_file_that_somebody_touched_is_read_and_one_that_was_not_is_believed() {
        let desk = tempfile::tempdir().expect("there is a temporary folder");
        let (output, _) = Output::open(desk.path(), "run").expect("it opens");
        write(&output, "a.png", b"one");
        // The clock of a file system may be as coarse as a hundredth of a second.
        std::thread::sleep(std::time::Duration::from_millis(30));
        output.record(&Records::default()).expect("it is recorded");
        drop(output);
        let (output, _) = Output::open(desk.path(), "run").expect("it opens");
        let hash = sha256(b"one");
        assert_eq!(output.is_intact("a.png", 3, &hash), (true, false));
        assert_eq!(output.is_intact("a.png", 4, &hash), (false, false));
        assert_eq!(output.is_intact("b.png", 3, &hash), (false, false));
        std::thread::sleep(std::time::Duration::from_millis(30));
        fs::write(desk.path().join("a.png"), b"one").expect("it is written");
        assert_eq!(output.is_intact("a.png", 3, &hash), (true, true));
        fs::write(desk.path().join("a.png"), b"two").expect("it is written");
        assert_eq!(output.is_intact("a.png", 3, &hash), (false, true));
    }

    #[test]
    fn only_what_was_written_here_is_removed() {
        let desk = tempfile::tempdir().expect("there is a temporary folder");
        let (output, _) = Output::open(desk.path(), "run").expect("it opens");
        let written = |file: &str, text: &[u8]| {
            write(&output, file, text);
            Written {
                file: file.to_owned(),
                inputs: String::new(),
                bytes: text.len(),
                sha256: sha256(text),
            }
        };
        let (mine, edited) = (
            written("a/b/mine.png", b"one"),
            written("a/edited.png", b"one"),
        );
        fs::write(desk.path().join("a/edited.png"), "two").expect("it is written");
        assert!(output.remove(&mine).expect("it can be removed"));
        assert!(output.remove(&mine).expect("it is gone already"));
        assert!(!output.remove(&edited).expect("it is left alone"));
        assert_eq!(names(&desk.path().join("a")), ["edited.png"]);
    }
}
