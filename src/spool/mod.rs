//! Bytes that wait until they are needed: few in memory, many in a temporary file.
//!
//! A campaign of a hundred thousand cards needs no more memory than one of two thousand, because
//! whatever grows with it waits here: the cards, what is known of their pictures, the pages about them.

mod sort;

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::Path;
use std::sync::Mutex;

use crate::error::{Error, Result};

pub use sort::Sorter;

/// As much is kept in memory; a campaign of some thousand cards touches no disk.
const MOST_IN_MEMORY: usize = 1 << 20;

/// Bytes that are only added to and read back, by any number of threads.
#[derive(Debug, Default)]
pub struct Spool {
    store: Mutex<Store>,
}

/// Bytes in a spool.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Piece {
    start: u64,
    length: u32,
}

#[derive(Debug)]
enum Store {
    Memory(Vec<u8>),
    /// A file without a name, gone when the program ends however it ends; and its length.
    Disk(File, u64),
}

impl Default for Store {
    fn default() -> Self {
        Self::Memory(Vec::new())
    }
}

impl Spool {
    /// Adds bytes behind all others. Where there is no temporary folder, they stay in memory.
    ///
    /// # Errors
    ///
    /// The disk for temporary files is full or faulty; or more than 4 GB at once.
    pub fn add(&self, bytes: &[u8]) -> Result<Piece> {
        let length = u32::try_from(bytes.len())
            .map_err(|_| Error::new("more than 4 GB are to be kept in one piece"))?;
        let mut store = self.store.lock().expect("nobody panics while holding it");
        let start = store.add(bytes).map_err(cannot_write)?;
        Ok(Piece { start, length })
    }

    /// Reads a piece of this spool back.
    ///
    /// # Errors
    ///
    /// The temporary file cannot be read.
    pub fn read(&self, piece: Piece) -> Result<Vec<u8>> {
        let mut store = self.store.lock().expect("nobody panics while holding it");
        let mut bytes = vec![0; piece.length as usize];
        store.read(piece.start, &mut bytes).map_err(cannot_read)?;
        Ok(bytes)
    }
}

impl Store {
    fn add(&mut self, bytes: &[u8]) -> io::Result<u64> {
        if let Self::Memory(known) = self
            && known.len() + bytes.len() > MOST_IN_MEMORY
            && let Ok(mut file) = tempfile::tempfile()
        {
            file.write_all(known)?;
            *self = Self::Disk(file, known.len() as u64);
        }
        match self {
            Self::Memory(known) => {
                let start = known.len() as u64;
                known.extend_from_slice(bytes);
                Ok(start)
            }
            Self::Disk(file, length) => {
                let start = *length;
                file.seek(SeekFrom::Start(start))?;
                file.write_all(bytes)?;
                *length += bytes.len() as u64;
                Ok(start)
            }
        }
    }

    fn read(&mut self, start: u64, bytes: &mut [u8]) -> io::Result<()> {
        match self {
            Self::Memory(known) => {
                let known = usize::try_from(start).ok().and_then(|at| known.get(at..));
                known.unwrap_or_default().read_exact(bytes)
            }
            Self::Disk(file, _) => {
                file.seek(SeekFrom::Start(start))?;
                file.read_exact(bytes)
            }
        }
    }
}

fn cannot_write(cause: io::Error) -> Error {
    let hint = "make room there, or name another folder in TMPDIR (TMP on Windows)";
    Error::write(&temporary(), cause).with_hint(hint)
}

fn cannot_read(cause: io::Error) -> Error {
    Error::read(&temporary(), cause)
}

/// What to call the file, which has no name.
fn temporary() -> std::path::PathBuf {
    std::env::temp_dir().join(Path::new("pullquote"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_come_back_as_they_were_from_memory_and_disk() {
        let spool = Spool::default();
        let words = |number: u32| format!("piece {number} ").repeat(number as usize % 90);
        let pieces: Vec<Piece> = (0..6000)
            .map(|number| spool.add(words(number).as_bytes()).expect("there is room"))
            .collect();
        let is_on_disk = matches!(*spool.store.lock().expect("it is free"), Store::Disk(..));
        assert!(is_on_disk, "the case is about both");
        for (number, piece) in (0..6000).zip(&pieces).rev() {
            let bytes = spool.read(*piece).expect("it is there");
            assert_eq!(bytes, words(number).as_bytes());
        }
        let unknown = Piece {
            start: u64::MAX / 2,
            length: 9,
        };
        assert!(spool.read(unknown).is_err());
    }
}
