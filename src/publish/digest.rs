//! What a picture depends on, as a digest: two jobs with the same one become the same bytes.
//!
//! In it are the version of the program, the fonts, template, theme and platform, the card and what
//! its deck shares, the file of its photograph, and the sizes that its texts share with other images. What says nothing about
//! the picture (where the words stand, why they were proposed, what people decided) is left out.
//!
//! Values are digested as `Debug` writes them, so that a member that a type is given later cannot be
//! forgotten here.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

use rayon::prelude::*;
use sha2::{Digest, Sha256};

use super::record::Written;
use super::{Group, Input, hexadecimal, job_name};
use crate::compose::SharedSizes;
use crate::deck::{Card, Field, Status};
use crate::design::Library;
use crate::plan::Job;
use crate::text::Fonts;

/// Digests of everything that many jobs have in common.
pub struct Digests {
    /// Every font file.
    fonts: Vec<Input>,
    /// Version, fonts and logos.
    base: [u8; 32],
    /// By family, theme and platform.
    looks: BTreeMap<(String, String, String), [u8; 32]>,
    /// Of the files of photographs; one that cannot be read has none.
    photos: BTreeMap<PathBuf, Option<[u8; 32]>>,
}

impl Digests {
    /// Digests what all jobs have in common.
    #[must_use]
    pub fn new(library: &Library, fonts: &Fonts) -> Self {
        let fonts: Vec<Input> = fonts
            .sources()
            .map(|(name, bytes)| match Fonts::known_sha256(name, bytes) {
                Some(sha256) => Input {
                    name: name.to_owned(),
                    sha256: sha256.to_owned(),
                },
                None => Input::new(name, bytes),
            })
            .collect();
        let mut base = Sha256::new();
        base.update(env!("CARGO_PKG_VERSION"));
        base.update(format!("{fonts:?}"));
        if let Some(logos) = library.logos() {
            for logo in std::iter::once(&logos.light).chain(&logos.dark) {
                base.update(format!("{:?}", logo.artwork));
            }
        }
        Self {
            fonts,
            base: base.finalize().into(),
            looks: BTreeMap::new(),
            photos: BTreeMap::new(),
        }
    }

    /// Every font file with its hash.
    #[must_use]
    pub fn fonts(&self) -> &[Input] {
        &self.fonts
    }

    /// Digests what these jobs have in common with others, as far as that was not done.
    pub fn learn(&mut self, library: &Library, jobs: &[Job<'_>]) {
        for job in jobs {
            let look = || look(library, job);
            self.looks.entry(key(job)).or_insert_with(look);
        }
        let paths: BTreeSet<PathBuf> = jobs.iter().filter_map(photo).collect();
        let known = |path: &PathBuf| self.photos.contains_key(path);
        let photos = paths.into_par_iter().filter(|path| !known(path));
        let photos: Vec<_> = photos
            .map(|path| {
                let digest = digest_of(&path);
                (path, digest)
            })
            .collect();
        self.photos.extend(photos);
    }

    /// The digest of a job that was [learnt](Self::learn), in hexadecimal digits.
    #[must_use]
    pub fn of(&self, job: &Job<'_>, sizes: &SharedSizes) -> String {
        let deck = job.deck;
        let fields = Field::ALL.iter();
        let shown = fields.filter_map(|field| Some((*field, deck.field(job.card, *field)?)));
        let card = Card {
            id: String::new(),
            status: Status::default(),
            theme: None,
            lang: job.card.lang.clone().or_else(|| deck.lang.clone()),
            fields: shown
                .map(|(field, words)| (field, words.to_owned()))
                .collect(),
            origin: None,
            stale: None,
            score: None,
            reasons: Vec::new(),
            position: None,
            ..job.card.clone()
        };
        let mut digest = Sha256::new();
        digest.update(self.base);
        digest.update(self.looks.get(&key(job)).map_or(&[][..], |look| &look[..]));
        digest.update(format!("{card:?}"));
        if let Some(path) = photo(job) {
            digest.update(format!("{:?}", self.photos.get(&path)));
        }
        if !sizes.is_empty() {
            digest.update(format!("{:?}", sizes.of(job)));
        }
        // Half of the digest is more than enough to tell cards apart.
        hexadecimal(&digest.finalize()[..16])
    }
}

fn photo(job: &Job<'_>) -> Option<PathBuf> {
    job.deck.photo_of(job.card)
}

/// The digest of a file, read piece by piece.
fn digest_of(path: &Path) -> Option<[u8; 32]> {
    let mut file = File::open(path).ok()?;
    let mut digest = Sha256::new();
    let mut piece = vec![0; 1 << 16];
    loop {
        match file.read(&mut piece).ok()? {
            0 => return Some(digest.finalize().into()),
            count => digest.update(&piece[..count]),
        }
    }
}

fn key(job: &Job<'_>) -> (String, String, String) {
    let platform = job.platform.id.clone();
    (job.family.clone(), job.theme.clone(), platform)
}

/// The drawing as the platform gets it, and the style sheet with theme and brand. What cannot be
/// loaded makes no picture, and so needs no digest.
fn look(library: &Library, job: &Job<'_>) -> [u8; 32] {
    let drawing = library.drawing(&job.family, job.platform).ok().flatten();
    let sheet = drawing.as_ref().zip(library.theme(&job.theme));
    let sheet = sheet.and_then(|(drawing, theme)| library.sheet(drawing, theme).ok());
    let css = sheet.map(|sheet| sheet.to_css());
    let mut digest = Sha256::new();
    digest.update(format!("{drawing:?}{css:?}{:?}", job.platform));
    digest.finalize().into()
}

/// The digest of everything that the pages about a run depend on, taken group by group.
pub struct PagesDigest(Sha256);

impl Default for PagesDigest {
    fn default() -> Self {
        let mut digest = Sha256::new();
        digest.update(env!("CARGO_PKG_VERSION"));
        Self(digest)
    }
}

impl PagesDigest {
    /// Adds what came of a deck, or of the next cards of one.
    pub fn add(&mut self, group: &Group<'_>) {
        let digest = &mut self.0;
        if !group.goes_on {
            // Names of files, not their paths: those change with the folder the program is started in.
            let path = group.deck.path.as_deref().and_then(Path::file_name);
            digest.update(format!("{:?}{path:?}", group.material.deck));
            for (path, source) in &group.material.articles {
                digest.update(format!("{:?}{:?}", path.file_name(), source.input));
            }
        }
        for finished in &group.cards {
            // A card that was proposed has no file that would say what people see of it.
            let shown = Card {
                origin: None,
                ..finished.card.clone()
            };
            digest.update(format!("{shown:?}"));
            for found in &finished.diagnostics {
                digest.update(format!("{}{}{:?}", found.code, found.message, found.hint));
            }
            for picture in &finished.pictures {
                digest.update(format!("{} {}\n", job_name(picture.job), picture.inputs));
            }
        }
    }

    /// The digest, in hexadecimal digits.
    #[must_use]
    pub fn finish<'a>(mut self, documents: impl Iterator<Item = &'a Written>) -> String {
        for document in documents {
            self.0
                .update(format!("{} {}\n", document.file, document.inputs));
        }
        hexadecimal(&self.0.finalize()[..16])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hashes_of_bundled_fonts_are_those_of_their_files() {
        let fonts = Fonts::bundled();
        for (name, bytes) in fonts.sources() {
            let known = Fonts::known_sha256(name, bytes);
            let hint = "run `sha256sum */*.ttf >SHA256SUMS` in fonts/";
            assert_eq!(
                known,
                Some(&*Input::new(name, bytes).sha256),
                "{name}: {hint}"
            );
        }
        let (name, bytes) = fonts.sources().next().expect("there are some");
        let other = bytes.to_owned();
        assert_eq!(Fonts::known_sha256(name, &other), None, "another file");
    }
}
