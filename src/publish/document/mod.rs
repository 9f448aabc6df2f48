//! Documents: the pictures of a deck for a platform, bound to one file.
//!
//! In: what came of the decks, group by group. Out: for each deck and each platform that takes documents, the pages in the
//! order of the cards. A document with a page missing would tell half a story: it is not made, and says so.

mod page;
mod pdf;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use sha2::{Digest, Sha256};

use super::output::Output;
use super::{Group, Image, Picture, hexadecimal};
use crate::deck::{Field, slug};
use crate::design::Platform;
use crate::diagnostic::Diagnostic;
use crate::error::Result;

/// Longest name of a document, before that of its platform.
const LONGEST_NAME: usize = 64;

/// A document that is to be written.
pub struct Document {
    /// Its path below the output folder, with `/` on every system.
    pub file: String,
    /// The number of its deck among those with pictures.
    pub group: usize,
    /// What it is made for.
    pub platform: Platform,
    /// The headline of its article, else the name of its deck.
    pub title: String,
    /// The language of its deck.
    pub lang: Option<String>,
    /// Its pages.
    pub pages: Vec<Arc<Image>>,
}

/// The documents of a run, gathered group by group.
#[derive(Default)]
pub struct Binder {
    groups: usize,
    open: Vec<Open>,
}

/// A document whose pages are being gathered.
struct Open {
    group: usize,
    platform: Platform,
    /// The deck's file; `None` for a deck made from an article.
    path: Option<PathBuf>,
    /// What its file is called.
    stem: String,
    title: Option<String>,
    lang: Option<String>,
    pages: Vec<Arc<Image>>,
    /// How many pages have no picture, and the first card of them.
    missing: usize,
    first: Option<String>,
}

impl Binder {
    /// Adds the pages of a deck, or of the next cards of one.
    pub fn add(&mut self, group: &Group<'_>) {
        self.groups += usize::from(!group.goes_on);
        let number = self.groups.saturating_sub(1);
        let pictures = group.cards.iter().flat_map(|card| &card.pictures);
        for picture in pictures {
            let platform = picture.job.platform;
            if !platform.is_document() {
                continue;
            }
            let is_same = |it: &Open| it.group == number && it.platform.id == platform.id;
            let at = self.open.iter().rposition(is_same).unwrap_or_else(|| {
                self.open.push(Open::new(group, number, platform));
                self.open.len() - 1
            });
            self.open[at].add(picture);
        }
    }

    /// The documents, and why some are not made: `document-incomplete`, `document-too-long`.
    ///
    /// Their names are those of the decks, beside the first page: `story/story--document.pdf`.
    #[must_use]
    pub fn finish(self) -> (Vec<Document>, Vec<Diagnostic>) {
        let mut found = Vec::new();
        let mut faults = Vec::new();
        let mut names = BTreeSet::new();
        for open in self.open {
            match open.fault() {
                Some(fault) => faults.push(fault),
                None => found.push(open.document(&mut names)),
            }
        }
        (found, faults)
    }
}

impl Open {
    fn new(group: &Group<'_>, number: usize, platform: &Platform) -> Self {
        let article = || group.material.articles.keys().next();
        let path = group.deck.path.as_ref().or_else(article);
        let stem = path.and_then(|path| path.file_stem());
        let stem = stem.map(|stem| slug(&stem.to_string_lossy(), LONGEST_NAME));
        let stem = stem.filter(|stem| !stem.is_empty());
        Self {
            group: number,
            platform: platform.clone(),
            path: group.deck.path.clone(),
            stem: stem.unwrap_or_else(|| "cards".to_owned()),
            title: group.deck.shared.get(&Field::Title).cloned(),
            lang: group.deck.lang.clone(),
            pages: Vec::new(),
            missing: 0,
            first: None,
        }
    }

    fn add(&mut self, picture: &Picture<'_>) {
        match &picture.image {
            Some(image) => self.pages.push(Arc::clone(image)),
            None => {
                self.missing += 1;
                self.first
                    .get_or_insert_with(|| picture.job.card.id.clone());
            }
        }
    }

    /// What keeps the pages from being a document.
    fn fault(&self) -> Option<Diagnostic> {
        let fault = |code, message: String, hint: &str| {
            let mut fault = Diagnostic::error(code, message).with_hint(hint);
            fault.place.file.clone_from(&self.path);
            fault.place.platform = Some(self.platform.id.clone());
            Some(fault)
        };
        let pages = self.pages.len() + self.missing;
        if let Some(most) = self.platform.max_pages.filter(|most| pages > *most) {
            let platform = &self.platform.id;
            let message =
                format!("the document would have {pages} pages; `{platform}` takes {most}");
            let hint = "make it of fewer cards: reject some, or divide the deck";
            return fault("document-too-long", message, hint);
        }
        let first = self.first.as_ref()?;
        let message = format!(
            "the document is not made: {} of its {pages} pages are missing, the first is `{first}`",
            self.missing
        );
        let hint = "mend what keeps these cards from being drawn, or reject them";
        fault("document-incomplete", message, hint)
    }

    fn document(self, names: &mut BTreeSet<String>) -> Document {
        let (stem, platform) = (self.stem, self.platform);
        let folder = self.pages.first();
        let folder = folder.and_then(|page| page.file.rsplit_once('/'));
        let folder = folder.map_or_else(String::new, |(folder, _)| format!("{folder}/"));
        // Pages may be called as people like; so may two decks.
        let name = |number: usize| match number {
            1 => format!("{folder}{stem}--{}.pdf", platform.id),
            _ => format!("{folder}{stem}-{number}--{}.pdf", platform.id),
        };
        let numbered = (1..)
            .map(name)
            .find(|name| names.insert(name.to_lowercase()));
        Document {
            file: numbered.expect("there are more numbers than decks"),
            group: self.group,
            title: self.title.unwrap_or(stem),
            lang: self.lang,
            pages: self.pages,
            platform,
        }
    }
}

impl Document {
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
        Ok(pdf::bind(&self.title, self.lang.as_deref(), &pages))
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
