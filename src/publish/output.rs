//! The folder that the results are written into, so that it may be stopped at any moment.
//!
//! What is being written stands in `.pullquote/` until it is complete and is then renamed, so that
//! nobody ever sees half a file under its name. There too are the [`Records`] of what was made.
//!
//! A file counts as the one that was recorded if it has its size and is older than the records;
//! one that is younger was perhaps touched by somebody, and its hash decides. On Unix the age is
//! also that of the directory entry, which no program can set: a file that was replaced by an older
//! one is younger too.
//!
//! Pictures are not synced to the disk one by one, which would take longer than drawing them; pages
//! and records are, before they are renamed. After a power cut a picture may be empty; it then has
//! another size than its record says, and is made again.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::SystemTime;

use sha2::{Digest, Sha256};

use super::file::create_folder;
use super::record::{Record, Records, Written, forgotten, line};
use super::{hexadecimal, sha256};
use crate::error::{Error, Result};

/// Where records and unfinished files are, in the output folder.
const FOLDER: &str = ".pullquote";

/// An output folder that this run has for itself.
pub struct Output {
    root: PathBuf,
    /// Part of the names of this run's own files: `run`, or which shard it is.
    label: String,
    /// When the records were last written; `None` where there are none.
    recorded: Option<SystemTime>,
    /// What is finished is added here; `None` for a run that keeps no records.
    journal: Option<Mutex<File>>,
    /// Held until the run ends.
    _lock: Option<File>,
    count: AtomicUsize,
}

impl Output {
    /// Opens a folder, made if it is missing, with what is recorded about it.
    ///
    /// `label` is `run`, or names a shard: several shards may write into one folder at a time.
    ///
    /// # Errors
    ///
    /// It cannot be made or written, or another run is writing into it.
    pub fn open(root: &Path, label: &str) -> Result<(Self, Records)> {
        let folder = root.join(FOLDER);
        create_folder(root)?;
        create_folder(&folder)?;
        let lock = lock(root, &folder.join(format!("{label}.lock")))?;
        // The lock is ours: whatever a run of this label left unfinished is nobody's.
        remove_unfinished(&folder, label);
        let (records, recorded) = read(&folder, label)?;
        let path = folder.join(format!("{label}.jsonl"));
        let journal = OpenOptions::new().create(true).append(true).open(&path);
        let mut journal = journal.map_err(|cause| Error::write(&path, cause))?;
        // The last line may have been cut off: what follows begins a line of its own.
        if fs::metadata(&path).is_ok_and(|about| about.len() > 0) && !ends_line(&path) {
            journal
                .write_all(b"\n")
                .map_err(|cause| Error::write(&path, cause))?;
        }
        let output = Self {
            root: root.to_owned(),
            label: label.to_owned(),
            recorded,
            journal: Some(Mutex::new(journal)),
            _lock: Some(lock),
            count: AtomicUsize::new(0),
        };
        Ok((output, records))
    }

    /// Looks into a folder, which may not be there, without changing anything.
    ///
    /// # Errors
    ///
    /// Its records cannot be read.
    pub fn look(root: &Path, label: &str) -> Result<(Self, Records)> {
        let (records, recorded) = read(&root.join(FOLDER), label)?;
        let output = Self {
            root: root.to_owned(),
            label: label.to_owned(),
            recorded,
            journal: None,
            _lock: None,
            count: AtomicUsize::new(0),
        };
        Ok((output, records))
    }

    /// The records of all shards that wrote into a folder.
    ///
    /// # Errors
    ///
    /// The folder cannot be read.
    pub fn shards(root: &Path) -> Result<Records> {
        let mut records = Records::default();
        for path in shard_files(root)? {
            if path.extension().is_some_and(|ending| ending == "jsonl") {
                let bytes = fs::read(&path).map_err(|cause| Error::read(&path, cause))?;
                records.extend(Records::parse(&bytes));
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
        for path in shard_files(&self.root)? {
            fs::remove_file(&path).map_err(|cause| Error::write(&path, cause))?;
        }
        Ok(())
    }

    /// Opens a folder that many runs write into at once, each pictures of its own: without records.
    ///
    /// # Errors
    ///
    /// It cannot be made.
    pub fn shared(root: &Path) -> Result<Self> {
        create_folder(&root.join(FOLDER))?;
        Ok(Self {
            root: root.to_owned(),
            label: format!("pipe-{}", std::process::id()),
            recorded: None,
            journal: None,
            _lock: None,
            count: AtomicUsize::new(0),
        })
    }

    /// The folder.
    #[must_use]
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// Writes a file below the folder.
    ///
    /// # Errors
    ///
    /// It cannot be written; what had its name before is then as it was.
    pub fn write(&self, file: &str, bytes: &[u8]) -> Result<()> {
        self.place(file, false, |writer| writer.write_all(bytes))
    }

    /// Writes a page piece by piece and says what it is.
    ///
    /// # Errors
    ///
    /// As [`Self::write`].
    pub fn write_page(
        &self,
        file: &str,
        inputs: &str,
        write: impl FnOnce(&mut dyn Write) -> io::Result<()>,
    ) -> Result<Written> {
        let mut counted = (0, Sha256::new());
        self.place(file, true, |writer| {
            let mut counting = Counting {
                writer,
                counted: &mut counted,
            };
            write(&mut counting)
        })?;
        let (bytes, hash) = counted;
        Ok(Written {
            file: file.to_owned(),
            inputs: inputs.to_owned(),
            bytes,
            sha256: hexadecimal(&hash.finalize()),
        })
    }

    fn place(
        &self,
        file: &str,
        is_synced: bool,
        write: impl FnOnce(&mut BufWriter<File>) -> io::Result<()>,
    ) -> Result<()> {
        let path = self.root.join(file);
        create_folder(path.parent().unwrap_or(Path::new("")))?;
        let number = self.count.fetch_add(1, Ordering::Relaxed);
        let unfinished = format!("{}-{number}.tmp", self.label);
        let unfinished = self.root.join(FOLDER).join(unfinished);
        let written = File::create(&unfinished).and_then(|created| {
            let mut writer = BufWriter::with_capacity(1 << 16, created);
            write(&mut writer)?;
            let file = writer
                .into_inner()
                .map_err(io::IntoInnerError::into_error)?;
            if is_synced {
                file.sync_all()?;
            }
            drop(file);
            fs::rename(&unfinished, &path)
        });
        written.map_err(|cause| {
            // If it cannot be removed either, the first fault is still the one to report.
            let _ = fs::remove_file(&unfinished);
            Error::write(&path, cause)
        })
    }

    /// Notes that a job is finished.
    ///
    /// # Errors
    ///
    /// It cannot be written.
    pub fn note(&self, record: &Record) -> Result<()> {
        let Some(journal) = &self.journal else {
            return Ok(());
        };
        let mut journal = journal.lock().expect("nobody panics while holding it");
        let written = journal.write_all(line(record).as_bytes());
        written.map_err(|cause| Error::write(&self.records(), cause))
    }

    /// Writes all records anew.
    ///
    /// # Errors
    ///
    /// They cannot be written; those added one by one are then still there.
    pub fn record(&self, records: &Records) -> Result<()> {
        if self.journal.is_none() {
            return Ok(());
        }
        let lines = records.lines();
        let file = format!("{FOLDER}/{}.jsonl", self.label);
        self.place(&file, true, |writer| writer.write_all(lines.as_bytes()))
    }

    /// Notes that the pictures of jobs are not what their records say.
    ///
    /// # Errors
    ///
    /// It cannot be written.
    pub fn forget<'a>(&self, names: impl Iterator<Item = &'a String>) -> Result<()> {
        let lines: String = names.map(|name| forgotten(name)).collect();
        let Some(journal) = self.journal.as_ref().filter(|_| !lines.is_empty()) else {
            return Ok(());
        };
        let mut journal = journal.lock().expect("nobody panics while holding it");
        let written = journal.write_all(lines.as_bytes());
        written.map_err(|cause| Error::write(&self.records(), cause))
    }

    fn records(&self) -> PathBuf {
        self.root.join(FOLDER).join(format!("{}.jsonl", self.label))
    }

    /// Whether a file is there as it was recorded, and whether that took reading it.
    #[must_use]
    pub fn is_intact(&self, file: &str, bytes: usize, hash: &str) -> (bool, bool) {
        let path = self.root.join(file);
        let Ok(about) = fs::metadata(&path) else {
            return (false, false);
        };
        if !about.is_file() || about.len() != bytes as u64 {
            return (false, false);
        }
        let touched = touched(&about);
        if touched
            .zip(self.recorded)
            .is_some_and(|(touched, recorded)| touched < recorded)
        {
            return (true, false);
        }
        (
            fs::read(&path).is_ok_and(|bytes| sha256(&bytes) == hash),
            true,
        )
    }

    /// Removes a file that is there as it was recorded, and folders that are then empty.
    ///
    /// `false` where it is another file by now.
    ///
    /// # Errors
    ///
    /// It cannot be removed.
    pub fn remove(&self, file: &Written) -> Result<bool> {
        let path = self.root.join(&file.file);
        if !path.exists() {
            return Ok(true);
        }
        if !fs::read(&path).is_ok_and(|bytes| sha256(&bytes) == file.sha256) {
            return Ok(false);
        }
        fs::remove_file(&path).map_err(|cause| Error::write(&path, cause))?;
        for folder in path
            .ancestors()
            .skip(1)
            .take_while(|folder| *folder != self.root)
        {
            // Not empty: it has other files, and so have those around it.
            if fs::remove_dir(folder).is_err() {
                break;
            }
        }
        Ok(true)
    }
}

/// The records in a folder and when they were written.
fn read(folder: &Path, label: &str) -> Result<(Records, Option<SystemTime>)> {
    let mut records = Records::default();
    let mut recorded = None;
    // A shard also goes on from what an undivided run made; its own records come last and count.
    for name in ["run", label] {
        let path = folder.join(format!("{name}.jsonl"));
        let found = fs::metadata(&path).and_then(|about| Ok((about.modified()?, fs::read(&path)?)));
        match found {
            Ok((modified, bytes)) => {
                records.extend(Records::parse(&bytes));
                recorded = Some(modified);
            }
            Err(cause) if cause.kind() == io::ErrorKind::NotFound => {}
            Err(cause) => return Err(Error::read(&path, cause)),
        }
        if label == "run" {
            break;
        }
    }
    Ok((records, recorded))
}

/// Records and locks of shards, sorted.
fn shard_files(root: &Path) -> Result<Vec<PathBuf>> {
    let folder = root.join(FOLDER);
    let read = |cause| Error::read(&folder, cause);
    let mut files = Vec::new();
    for entry in fs::read_dir(&folder).map_err(read)? {
        let path = entry.map_err(read)?.path();
        let stem = path.file_stem().unwrap_or_default().to_string_lossy();
        let is_shard = stem.split_once("-of-").is_some_and(|(number, of)| {
            [number, of]
                .iter()
                .all(|n| n.bytes().all(|byte| byte.is_ascii_digit()))
        });
        if is_shard {
            files.push(path);
        }
    }
    files.sort();
    Ok(files)
}

/// The last time that somebody wrote or replaced the file.
fn touched(about: &fs::Metadata) -> Option<SystemTime> {
    let modified = about.modified().ok()?;
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt;
        let seconds = u64::try_from(about.ctime()).ok()?;
        let nanoseconds = u32::try_from(about.ctime_nsec()).ok()?;
        let changed = SystemTime::UNIX_EPOCH + std::time::Duration::new(seconds, nanoseconds);
        Some(modified.max(changed))
    }
    #[cfg(not(unix))]
    Some(modified)
}

fn lock(root: &Path, path: &Path) -> Result<File> {
    let file = OpenOptions::new().create(true).append(true).open(path);
    let file = file.map_err(|cause| Error::write(path, cause))?;
    match file.try_lock() {
        Err(TryLockError::WouldBlock) => {
            let message = format!("another run is writing into `{}`", root.display());
            Err(Error::new(message).with_hint("wait for it, or name another folder with --out"))
        }
        // Some network file systems have no locks; there, people must not start two runs.
        Ok(()) | Err(TryLockError::Error(_)) => Ok(file),
    }
}

fn remove_unfinished(folder: &Path, label: &str) {
    let Ok(entries) = fs::read_dir(folder) else {
        return;
    };
    for entry in entries.flatten() {
        let name = entry.file_name();
        let name = name.to_string_lossy();
        let number = name
            .strip_prefix(label)
            .and_then(|rest| rest.strip_prefix('-'));
        let number = number.and_then(|rest| rest.strip_suffix(".tmp"));
        if number.is_some_and(|number| number.bytes().all(|byte| byte.is_ascii_digit())) {
            let _ = fs::remove_file(entry.path());
        }
    }
}

fn ends_line(path: &Path) -> bool {
    use std::io::{Read, Seek, SeekFrom};
    let last = || -> io::Result<u8> {
        let mut file = File::open(path)?;
        file.seek(SeekFrom::End(-1))?;
        let mut byte = [0];
        file.read_exact(&mut byte)?;
        Ok(byte[0])
    };
    last().is_ok_and(|byte| byte == b'\n')
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
    use super::*;

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
        output.write("a/b.png", b"one").expect("it is written");
        drop(output);
        let hidden = desk.path().join(FOLDER);
        for name in ["run-7.tmp", "1-of-2-7.tmp", "run-x.tmp"] {
            fs::write(hidden.join(name), "half").expect("it is written");
        }
        let _output = Output::open(desk.path(), "run").expect("it opens");
        let expected = [
            "1-of-2-7.tmp",
            "1-of-2.jsonl",
            "1-of-2.lock",
            "run-x.tmp",
            "run.jsonl",
            "run.lock",
        ];
        assert_eq!(names(&hidden), expected);
        assert_eq!(names(&desk.path().join("a")), ["b.png"]);
    }

    #[test]
    fn a_file_that_somebody_touched_is_read_and_one_that_was_not_is_believed() {
        let desk = tempfile::tempdir().expect("there is a temporary folder");
        let (output, _) = Output::open(desk.path(), "run").expect("it opens");
        output.write("a.png", b"one").expect("it is written");
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
            output.write(file, text).expect("it is written");
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
