//! Documents: the pictures of a deck for a platform, bound to one file.
//!
//! In: what came of the decks. Out: for each deck and each platform that takes documents, the pages in the
//! order of the cards. A document with a page missing would tell half a story: it is not made, and says so.

mod page;
mod pdf;

use std::collections::BTreeSet;
use std::path::Path;

use sha2::{Digest, Sha256};

use super::output::Output;
use super::{Group, Image, Picture, hexadecimal};
use crate::deck::{Deck, Field, slug};
use crate::design::Platform;
use crate::diagnostic::Diagnostic;
use crate::error::Result;

/// Longest name of a document, before that of its platform.
const LONGEST_NAME: usize = 64;

/// A document that is to be written.
pub struct Document<'a> {
    /// Its path below the output folder, with `/` on every system.
    pub file: String,
    /// The deck that it is made of.
    pub deck: &'a Deck,
    /// What it is made for.
    pub platform: &'a Platform,
    /// The headline of its article, else the name of its deck.
    pub title: String,
    /// The language of its deck.
    pub lang: Option<&'a str>,
    /// Its pages.
    pub pages: Vec<&'a Image>,
}

/// The documents of the decks, and why some are not made: `document-incomplete`, `document-too-long`.
///
/// Their names are those of the decks, beside the first page: `story/story--document.pdf`.
#[must_use]
pub fn documents<'a>(groups: &'a [Group<'a>]) -> (Vec<Document<'a>>, Vec<Diagnostic>) {
    let mut found = Vec::new();
    let mut faults = Vec::new();
    let mut names = BTreeSet::new();
    for group in groups {
        let pictures = || group.cards.iter().flat_map(|card| &card.pictures);
        let mut platforms: Vec<&Platform> = Vec::new();
        for platform in pictures().map(|picture| picture.job.platform) {
            if platform.is_document() && !platforms.iter().any(|known| known.id == platform.id) {
                platforms.push(platform);
            }
        }
        for platform in platforms {
            let pages = pictures().filter(|picture| picture.job.platform.id == platform.id);
            let pages: Vec<&Picture<'_>> = pages.collect();
            match whole(group, platform, &pages) {
                Ok(pages) => found.push(document(group, (platform, pages), &mut names)),
                Err(fault) => faults.push(*fault),
            }
        }
    }
    (found, faults)
}

/// The pages, or what keeps them from being a document.
fn whole<'a>(
    group: &Group<'_>,
    platform: &Platform,
    pages: &[&'a Picture<'a>],
) -> std::result::Result<Vec<&'a Image>, Box<Diagnostic>> {
    let fault = |code, message: String, hint: &str| {
        let mut fault = Diagnostic::error(code, message).with_hint(hint);
        fault.place.file.clone_from(&group.deck.path);
        fault.place.platform = Some(platform.id.clone());
        Box::new(fault)
    };
    if let Some(most) = platform.max_pages.filter(|most| pages.len() > *most) {
        let message = format!(
            "the document would have {} pages; `{}` takes {most}",
            pages.len(),
            platform.id
        );
        let hint = "make it of fewer cards: reject some, or divide the deck";
        return Err(fault("document-too-long", message, hint));
    }
    let missing: Vec<&str> = pages
        .iter()
        .filter(|page| page.image.is_none())
        .map(|page| page.job.card.id.as_str())
        .collect();
    if let Some(first) = missing.first() {
        let message = format!(
            "the document is not made: {} of its {} pages are missing, the first is `{first}`",
            missing.len(),
            pages.len()
        );
        let hint = "mend what keeps these cards from being drawn, or reject them";
        return Err(fault("document-incomplete", message, hint));
    }
    Ok(pages
        .iter()
        .filter_map(|page| page.image.as_deref())
        .collect())
}

fn document<'a>(
    group: &'a Group<'a>,
    (platform, pages): (&'a Platform, Vec<&'a Image>),
    names: &mut BTreeSet<String>,
) -> Document<'a> {
    let article = || group.material.articles.keys().next();
    let path = group.deck.path.as_ref().or_else(article);
    let stem = path.and_then(|path| path.file_stem());
    let stem = stem.map(|stem| slug(&stem.to_string_lossy(), LONGEST_NAME));
    let stem = stem.filter(|stem| !stem.is_empty());
    let stem = stem.unwrap_or_else(|| "cards".to_owned());
    let folder = pages.first().and_then(|page| page.file.rsplit_once('/'));
    let folder = folder.map_or_else(String::new, |(folder, _)| format!("{folder}/"));
    // Pages may be called as people like; so may two decks.
    let name = |number: usize| match number {
        1 => format!("{folder}{stem}--{}.pdf", platform.id),
        _ => format!("{folder}{stem}-{number}--{}.pdf", platform.id),
    };
    let numbered = (1..)
        .map(name)
        .find(|name| names.insert(name.to_lowercase()));
    let title = group.deck.shared.get(&Field::Title);
    Document {
        file: numbered.expect("there are more numbers than decks"),
        deck: group.deck,
        platform,
        title: title.cloned().unwrap_or(stem),
        lang: group.deck.lang.as_deref(),
        pages,
    }
}

impl Document<'_> {
    /// A digest of everything that the file depends on.
    #[must_use]
    pub fn inputs(&self) -> String {
        let mut digest = Sha256::new();
        digest.update(env!("CARGO_PKG_VERSION"));
        digest.update(format!("{:?}{:?}", self.title, self.lang));
        for page in &self.pages {
            digest.update(format!("{:?}", (&page.sha256, &page.alt)));
        }
        hexadecimal(&digest.finalize()[..16])
    }

    /// Reads the pages from where they were written, and binds them.
    ///
    /// # Errors
    ///
    /// A page cannot be read, or is no longer the picture that was made.
    pub fn bind(&self, output: &Output) -> Result<Vec<u8>> {
        let pages = self.pages.iter().map(|image| {
            let bytes = output.read(&image.file)?;
            page::Page::new(&bytes, &image.alt)
                .map_err(|error| error.in_file(Path::new(&image.file)))
        });
        let pages = pages.collect::<Result<Vec<_>>>()?;
        Ok(pdf::bind(&self.title, self.lang, &pages))
    }

    /// What is wrong with the file: `file-too-large`.
    #[must_use]
    pub fn check(&self, bytes: usize) -> Option<Diagnostic> {
        let most = self.platform.max_bytes?;
        if bytes as u64 <= most {
            return None;
        }
        let (has, takes) = (bytes.div_ceil(1000), most / 1000);
        let message = format!(
            "the document `{}` has {has} kB; `{}` takes {takes}",
            self.file, self.platform.id
        );
        let hint = "make it of fewer cards: reject some, or divide the deck";
        let mut fault = Diagnostic::warning("file-too-large", message).with_hint(hint);
        fault.place.platform = Some(self.platform.id.clone());
        Some(fault)
    }
}
