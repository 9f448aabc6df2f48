//! Where the results go: a folder, or with the feature `cloud` a bucket of an object store.
//!
//! Both promise the same: a file is whole or not there, and what was noted of pictures that are
//! there is still known after the program was killed.

use std::io::{self, BufRead, Write};
use std::path::Path;
use std::time::SystemTime;

use super::folder::Folder;
use crate::error::Result;

/// Where records and unfinished files are, in the place of the results.
pub const HIDDEN: &str = ".pullquote";

/// What is to be done there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// Everything; nobody else writes with the same label.
    Own,
    /// Nothing is changed, and it may not be there.
    Look,
    /// Files are written by many runs at once, each files of its own, without records.
    Share,
}

/// What is known of a file without reading it.
#[derive(Clone, Copy, Debug)]
pub struct About {
    /// Its size.
    pub bytes: u64,
    /// The last time that somebody wrote or replaced it, where that is known.
    pub touched: Option<SystemTime>,
}

/// What writes a page piece by piece.
pub type Pour<'a> = &'a mut dyn FnMut(&mut dyn Write) -> io::Result<()>;

/// Files by their paths below the place, with `/` on every system.
pub trait Place: Send + Sync {
    /// Writes a picture and then adds `line` to what is known. Both may be done later, but before
    /// [`Self::settle`] returns.
    fn write(&self, file: &str, bytes: &[u8], line: &str) -> Result<()>;

    /// Writes a page, piece by piece and for good.
    fn pour(&self, file: &str, pour: Pour<'_>) -> Result<()>;

    /// Adds lines to what is known.
    fn note(&self, lines: &str) -> Result<()>;

    /// Waits for everything that was written and noted, and tells the first fault.
    fn settle(&self) -> Result<()>;

    /// The lines that were noted or recorded under a label, and when that was done last.
    fn noted(&self, label: &str) -> Result<Option<(Box<dyn BufRead>, SystemTime)>>;

    /// Replaces the lines that are known under the own label.
    fn record(&self, pour: Pour<'_>) -> Result<()>;

    /// The labels that lines are known under, sorted.
    fn labels(&self) -> Result<Vec<String>>;

    /// Forgets what is known under another label than the own.
    fn forget(&self, label: &str) -> Result<()>;

    /// Looks at a file; `None` where it is not there.
    fn about(&self, file: &str) -> Option<About>;

    /// Reads a file.
    fn read(&self, file: &str) -> Result<Vec<u8>>;

    /// Removes a file, and folders that are then empty.
    fn remove(&self, file: &str) -> Result<()>;
}

/// Opens the place that people call `root`: `output`, `s3://bucket/spring`.
///
/// # Errors
///
/// It cannot be reached or made, another run is writing there, or nobody knows such places.
pub fn open(root: &Path, label: &str, access: Access) -> Result<Box<dyn Place>> {
    match root.to_str().and_then(|root| root.split_once("://")) {
        Some((scheme, rest)) => bucket(scheme, rest, label, access),
        None => Ok(Box::new(Folder::open(root, label, access)?)),
    }
}

#[cfg(feature = "cloud")]
fn bucket(scheme: &str, rest: &str, label: &str, access: Access) -> Result<Box<dyn Place>> {
    let (store, prefix) = super::bucket::connect(scheme, rest)?;
    let address = format!("{scheme}://{rest}");
    let store = super::store::Store::open(store, &address, prefix, label, access)?;
    Ok(Box::new(store))
}

#[cfg(not(feature = "cloud"))]
fn bucket(scheme: &str, rest: &str, _label: &str, _access: Access) -> Result<Box<dyn Place>> {
    let message = format!("cannot write into `{scheme}://{rest}`: this program knows folders only");
    let hint = "build it with `cargo install --path . --features cloud` for s3://, gs:// and az://";
    Err(crate::error::Error::new(message).with_hint(hint))
}
