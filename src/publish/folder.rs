//! A folder as the place of the results.
//!
//! What is being written stands in `.pullquote/` until it is complete and is then renamed, so that
//! nobody ever sees half a file under its name. There too is what is known of the files.
//!
//! Pictures are not synced to the disk one by one, which would take longer than drawing them; pages
//! and records are, before they are renamed. After a power cut a picture may be empty; it then has
//! another size than its record says, and is made again.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, BufRead, BufReader, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::SystemTime;

use super::file::create_folder;
use super::place::{About, Access, HIDDEN, Place, Pour};
use crate::error::{Error, Result};

/// A folder that this run has for itself, or only looks into.
pub struct Folder {
    root: PathBuf,
    /// Part of the names of this run's own files: `run`, or which shard it is.
    label: String,
    /// Whether anything is noted.
    keeps_records: bool,
    /// What is finished is added here; opened when there is something.
    journal: Mutex<Option<File>>,
    /// Held until the run ends.
    _lock: Option<File>,
    count: AtomicUsize,
}

impl Folder {
    /// Opens a folder, made if it is missing unless it is only looked at.
    ///
    /// # Errors
    ///
    /// It cannot be made or written, or another run is writing into it.
    pub fn open(root: &Path, label: &str, access: Access) -> Result<Self> {
        let mut folder = Self {
            root: root.to_owned(),
            label: match access {
                Access::Share => format!("pipe-{}", std::process::id()),
                _ => label.to_owned(),
            },
            keeps_records: access == Access::Own,
            journal: Mutex::default(),
            _lock: None,
            count: AtomicUsize::new(0),
        };
        if access == Access::Look {
            return Ok(folder);
        }
        let hidden = root.join(HIDDEN);
        create_folder(root)?;
        create_folder(&hidden)?;
        if access == Access::Own {
            folder._lock = Some(lock(root, &hidden.join(format!("{label}.lock")))?);
            // The lock is ours: whatever a run of this label left unfinished is nobody's.
            remove_unfinished(&hidden, label);
        }
        Ok(folder)
    }

    fn lines(&self, label: &str) -> PathBuf {
        self.root.join(HIDDEN).join(format!("{label}.jsonl"))
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
        let unfinished = self.root.join(HIDDEN).join(unfinished);
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
}

impl Place for Folder {
    fn write(&self, file: &str, bytes: &[u8], line: &str) -> Result<()> {
        self.place(file, false, |writer| writer.write_all(bytes))?;
        self.note(line)
    }

    fn pour(&self, file: &str, pour: Pour<'_>) -> Result<()> {
        self.place(file, true, |writer| pour(writer))
    }

    fn note(&self, lines: &str) -> Result<()> {
        if !self.keeps_records || lines.is_empty() {
            return Ok(());
        }
        let path = self.lines(&self.label);
        let mut journal = self.journal.lock().expect("nobody panics while holding it");
        let written = match &mut *journal {
            Some(file) => file.write_all(lines.as_bytes()),
            None => open_journal(&path).and_then(|file| {
                let file = journal.insert(file);
                file.write_all(lines.as_bytes())
            }),
        };
        written.map_err(|cause| Error::write(&path, cause))
    }

    fn settle(&self) -> Result<()> {
        Ok(()) // everything is done at once
    }

    fn noted(&self, label: &str) -> Result<Option<(Box<dyn BufRead>, SystemTime)>> {
        let path = self.lines(label);
        let found = File::open(&path).and_then(|file| Ok((file.metadata()?.modified()?, file)));
        match found {
            Ok((recorded, file)) => Ok(Some((Box::new(BufReader::new(file)), recorded))),
            Err(cause) if cause.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(cause) => Err(Error::read(&path, cause)),
        }
    }

    fn record(&self, pour: Pour<'_>) -> Result<()> {
        self.pour(&format!("{HIDDEN}/{}.jsonl", self.label), pour)
    }

    fn labels(&self) -> Result<Vec<String>> {
        let hidden = self.root.join(HIDDEN);
        let read = |cause| Error::read(&hidden, cause);
        let mut labels = Vec::new();
        for entry in fs::read_dir(&hidden).map_err(read)? {
            let path = entry.map_err(read)?.path();
            let stem = path.file_stem().unwrap_or_default().to_string_lossy();
            if path.extension().is_some_and(|ending| ending == "jsonl") {
                labels.push(stem.into_owned());
            }
        }
        labels.sort();
        Ok(labels)
    }

    fn forget(&self, label: &str) -> Result<()> {
        for path in [self.lines(label), self.lines(label).with_extension("lock")] {
            match fs::remove_file(&path) {
                Err(cause) if cause.kind() != io::ErrorKind::NotFound => {
                    return Err(Error::write(&path, cause));
                }
                _ => {}
            }
        }
        Ok(())
    }

    fn about(&self, file: &str) -> Option<About> {
        let about = fs::metadata(self.root.join(file)).ok()?;
        about.is_file().then(|| About {
            bytes: about.len(),
            touched: touched(&about),
        })
    }

    fn read(&self, file: &str) -> Result<Vec<u8>> {
        let path = self.root.join(file);
        fs::read(&path).map_err(|cause| Error::read(&path, cause))
    }

    fn remove(&self, file: &str) -> Result<()> {
        let path = self.root.join(file);
        fs::remove_file(&path).map_err(|cause| Error::write(&path, cause))?;
        let folders = path.ancestors().skip(1);
        for folder in folders.take_while(|folder| *folder != self.root) {
            // Not empty: it has other files, and so have those around it.
            if fs::remove_dir(folder).is_err() {
                break;
            }
        }
        Ok(())
    }
}

/// The last time that somebody wrote or replaced the file.
///
/// On Unix that is also the age of the directory entry, which no program can set: a file that was
/// replaced by an older one is younger too.
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

/// Opens what lines are added to.
fn open_journal(path: &Path) -> io::Result<File> {
    let mut file = OpenOptions::new().create(true).append(true).open(path)?;
    // The last line may have been cut off: what follows begins a line of its own.
    if fs::metadata(path)?.len() > 0 && !ends_line(path) {
        file.write_all(b"\n")?;
    }
    Ok(file)
}

fn remove_unfinished(hidden: &Path, label: &str) {
    let Ok(entries) = fs::read_dir(hidden) else {
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
