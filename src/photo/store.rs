//! The photographs of a run: each file is read and decoded once.

use std::collections::BTreeMap;
use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use super::{Photo, decode};
use crate::diagnostic::Diagnostic;
use crate::error::{Error, Result};

/// Larger files are refused.
const MOST_BYTES: u64 = 128 << 20;

/// Pixels are kept up to so many bytes; those used longest ago are decoded again.
const MOST_KEPT: usize = 384 << 20;

/// `photo-missing`.
const MISSING: &str = "photo-missing";

/// What came of a file.
type Found = std::result::Result<Arc<Photo>, Box<Diagnostic>>;

/// One file's turn: whoever asks first decodes it, the others wait.
type Entry = Arc<OnceLock<Found>>;

/// Decoded photographs, by path; shared by threads.
#[derive(Debug, Default)]
pub struct Photos {
    kept: Mutex<Kept>,
}

#[derive(Debug, Default)]
struct Kept {
    entries: BTreeMap<PathBuf, (u64, Entry)>,
    /// Counts the times that somebody asked.
    clock: u64,
}

impl Photos {
    /// The photograph in a file.
    ///
    /// # Errors
    ///
    /// A diagnostic that names the file: `photo-missing` or `photo-unreadable`.
    pub fn get(&self, path: &Path) -> Found {
        let entry = {
            let mut kept = self.lock();
            kept.clock += 1;
            let now = kept.clock;
            let (used, entry) = kept.entries.entry(path.to_owned()).or_default();
            *used = now;
            Arc::clone(entry)
        };
        let is_new = entry.get().is_none();
        let found = entry.get_or_init(|| load(path)).clone();
        if is_new {
            self.trim();
        }
        found
    }

    /// Keeps a photograph that is in no file, under a path that stands for it.
    pub fn put(&self, path: &Path, photo: Photo) {
        let entry = Entry::default();
        // It is new: nobody has set it.
        let _ = entry.set(Ok(Arc::new(photo)));
        self.lock()
            .entries
            .insert(path.to_owned(), (u64::MAX, entry));
    }

    /// Forgets those that were not used for longest.
    fn trim(&self) {
        let mut kept = self.lock();
        let mut sizes: Vec<(u64, usize, PathBuf)> = Vec::new();
        for (path, (used, entry)) in &kept.entries {
            if let Some(Ok(photo)) = entry.get() {
                sizes.push((*used, photo.pixels.len(), path.clone()));
            }
        }
        sizes.sort_by_key(|(used, ..)| std::cmp::Reverse(*used));
        let mut bytes = 0;
        for (_, size, path) in sizes {
            bytes += size;
            if bytes > MOST_KEPT {
                kept.entries.remove(&path);
            }
        }
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Kept> {
        // Nothing in it is ever half-done.
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn load(path: &Path) -> Found {
    found(path).map(Arc::new).map_err(Box::new)
}

#[expect(clippy::result_large_err, reason = "it is boxed by its only caller")]
fn found(path: &Path) -> std::result::Result<Photo, Diagnostic> {
    let name = path.display();
    let shown = path.to_string_lossy();
    if shown.starts_with("http://") || shown.starts_with("https://") {
        let message = format!("the photo `{name}` is an address, not a file");
        return Err(Diagnostic::error(MISSING, message)
            .with_hint("download it and give its path; nothing is fetched here"));
    }
    if !path.is_file() {
        return Err(
            Diagnostic::error(MISSING, format!("there is no photo `{name}`")).with_hint(
                "give its path as seen from the deck's folder, as in `photo: photos/garden.jpg`",
            ),
        );
    }
    let photo = read(path).and_then(|bytes| decode::decode(&bytes));
    photo.map_err(|error| {
        let diagnostic = Diagnostic::error("photo-unreadable", format!("`{name}`: {error}"));
        match error.hint() {
            Some(hint) => diagnostic.with_hint(hint),
            None => diagnostic,
        }
    })
}

fn read(path: &Path) -> Result<Vec<u8>> {
    let mut bytes = Vec::new();
    fs::File::open(path)
        .and_then(|file| file.take(MOST_BYTES + 1).read_to_end(&mut bytes))
        .map_err(|cause| Error::read(path, cause))?;
    if bytes.len() as u64 > MOST_BYTES {
        let message = format!("the file has more than {} MB", MOST_BYTES >> 20);
        return Err(
            Error::new(message).with_hint("save the photo as JPEG, 4000 px a side are plenty")
        );
    }
    Ok(bytes)
}
