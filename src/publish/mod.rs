//! Writes the results: image files, the manifest, the contact sheet.
//!
//! In: compositions and their encoded pictures, one by one; what came of the decks, [`Group`] by group, so
//! that a campaign need not be in memory. Out: files below one folder. A file is complete or not there; the same results give
//! the same bytes, whatever the machine, the day and the number of threads.
//!
//! A folder knows what its files were made of ([`Records`]), so that only what has changed is made
//! again. Files of an earlier run that are no longer wanted are left alone unless they are to be
//! removed; they are not in the manifest.

mod alt;
#[cfg(feature = "cloud")]
mod bucket;
mod digest;
mod document;
mod file;
mod folder;
mod html;
mod manifest;
mod output;
mod passage;
mod place;
mod record;
mod records;
mod sheet;
#[cfg(feature = "cloud")]
mod store;

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::PathBuf;
use std::sync::Arc;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::article::Article;
use crate::compose::Composition;
use crate::deck::{Card, Deck, Field};
use crate::diagnostic::Diagnostic;
use crate::plan::Job;
use crate::raster::{Encoded, Wanted};

pub use alt::alt;
pub use digest::{Digests, PagesDigest};
pub use document::{Binder, Document};
pub use file::{create_folder, write};
pub use manifest::Manifest;
pub use output::Output;
pub use record::{Record, Written};
pub use records::Records;
pub use sheet::{Extent, Sheet};

/// The manifest's name in the output folder.
pub const MANIFEST: &str = "manifest.json";

/// The contact sheet's name in the output folder.
pub const SHEET: &str = "index.html";

/// What came of a deck, or of some cards of it that follow each other.
pub struct Group<'a> {
    /// The deck, with the cards that are in the group.
    pub deck: &'a Deck,
    /// Which deck it is of all that were loaded.
    pub number: usize,
    /// Whether other cards of the deck came before: the group goes on with the one before it.
    pub goes_on: bool,
    /// What it was made of.
    pub material: &'a Material,
    /// Card by card, in the order of the deck; rejected cards are not among them.
    pub cards: Vec<Finished<'a>>,
}

/// What came of a card.
pub struct Finished<'a> {
    /// The card.
    pub card: &'a Card,
    /// What is wrong with the card, whatever it is made for.
    pub diagnostics: Vec<Diagnostic>,
    /// One for each platform, in the order of the plan.
    pub pictures: Vec<Picture<'a>>,
}

/// What came of a job.
pub struct Picture<'a> {
    /// The job.
    pub job: &'a Job<'a>,
    /// The digest of what it depends on.
    pub inputs: String,
    /// The file that was written; `None` where a diagnostic says why there is none.
    pub image: Option<Arc<Image>>,
    /// What is wrong with this picture.
    pub diagnostics: Vec<Diagnostic>,
}

/// A picture file that was written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Image {
    /// Its path below the output folder, with `/` on every system.
    pub file: String,
    /// Width in px.
    pub width: u32,
    /// Height in px.
    pub height: u32,
    /// Size of the file.
    pub bytes: usize,
    /// SHA-256 of the file, in hexadecimal digits.
    pub sha256: String,
    /// The picture in words.
    pub alt: String,
}

/// The files a deck and its cards came from.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Material {
    /// The deck's own file; `None` for a deck made from an article.
    pub deck: Option<Input>,
    /// The articles of its cards, by [`Deck::article_of`].
    pub articles: BTreeMap<PathBuf, Source>,
}

/// An article that cards came from.
#[derive(Clone, Debug, PartialEq)]
pub struct Source {
    /// The article; `None` where no card of the group came from it.
    pub article: Option<Arc<Article>>,
    /// Its file.
    pub input: Input,
}

/// A file that images were made from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Input {
    /// What to call it in the results: a path that is the same wherever the program is started.
    pub name: String,
    /// SHA-256 of its bytes, in hexadecimal digits.
    pub sha256: String,
}

impl Input {
    /// Names a file and takes the hash of its bytes.
    #[must_use]
    pub fn new(name: impl Into<String>, bytes: &[u8]) -> Self {
        Self {
            name: name.into(),
            sha256: sha256(bytes),
        }
    }
}

impl Group<'_> {
    /// The article that a card's words stand in.
    #[must_use]
    pub fn source_of(&self, card: &Card) -> Option<&Source> {
        let path = match self.deck.article_of(card) {
            Some(path) => path,
            // An article that came through a pipe has no path to go back to.
            None => card.origin.as_ref()?.article.clone(),
        };
        self.material.articles.get(&path)
    }
}

/// What a job's picture is: its file's name, size and hash, and the picture in words.
#[must_use]
pub fn image(job: &Job<'_>, composition: &Composition, encoded: &Encoded) -> Image {
    let texts = composition.texts.iter();
    let photo = composition
        .photo
        .iter()
        .flat_map(|_| [Field::Photo, Field::Alt]);
    let logo = composition.logo.iter().map(|_| Field::Brand);
    let shown: Vec<Field> = texts
        .flat_map(|text| text.fields.iter().copied())
        .chain(photo)
        .chain(logo)
        .collect();
    Image {
        file: format!("{}.{}", job_name(job), encoded.extension),
        width: encoded.width,
        height: encoded.height,
        bytes: encoded.bytes.len(),
        sha256: sha256(&encoded.bytes),
        alt: alt(job.deck, job.card, &shown, job.platform.max_alt),
    }
}

/// The file that a job is likely to become, with `/` on every system: one that is too large for its
/// platform may become another type.
#[must_use]
pub fn file_name(job: &Job<'_>) -> String {
    let wanted = Wanted {
        types: &job.platform.types,
        max_bytes: None,
    };
    let has_photo = job.family.starts_with("photo-");
    let extension = wanted.first(has_photo).extension();
    format!("{}.{extension}", job_name(job))
}

/// The name of a job with `/` on every system.
#[must_use]
pub fn job_name(job: &Job<'_>) -> String {
    let parts: Vec<_> = job.name.iter().map(|part| part.to_string_lossy()).collect();
    parts.join("/")
}

fn sha256(bytes: &[u8]) -> String {
    hexadecimal(&Sha256::digest(bytes))
}

fn hexadecimal(bytes: &[u8]) -> String {
    let mut digits = String::with_capacity(bytes.len() * 2);
    for byte in bytes {
        write!(digits, "{byte:02x}").expect("a string takes everything");
    }
    digits
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_input_has_the_hash_that_other_programs_give_it() {
        // `printf abc | sha256sum`
        let expected = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        assert_eq!(Input::new("a.txt", b"abc").sha256, expected);
    }
}
