//! Lists every image with its words, its origin and the hash of everything it was made from.
//!
//! In: what came of the decks, group by group. Out: JSON for machines: schedulers, content systems, the question which
//! published cards a corrected article makes wrong. Images are sorted by file name; there is no
//! time and no machine in it.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::io::{self, Write};

use serde::ser::{Error as _, SerializeSeq};
use serde::{Serialize, Serializer};
use serde_json::value::RawValue;

use super::{Document, Group, Image, Input, Picture, Written};
use crate::deck::{Card, Deck, Field};
use crate::design::Library;
use crate::error::{Error, Result};
use crate::plan::Job;
use crate::spool::Sorter;

#[derive(Serialize)]
struct File<'a> {
    program: Program,
    fonts: &'a [Input],
    images: Images<'a>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    documents: Vec<DocumentEntry<'a>>,
}

/// Pictures bound to one file.
#[derive(Serialize)]
struct DocumentEntry<'a> {
    file: &'a str,
    bytes: usize,
    sha256: &'a str,
    platform: &'a str,
    title: &'a str,
    lang: Option<&'a str>,
    /// The files of the pictures that are its pages.
    pages: Vec<&'a str>,
}

/// The images in the order of their files; each is written as it was spooled.
struct Images<'a>(RefCell<&'a mut Sorter>);

#[derive(Serialize)]
struct Program {
    name: &'static str,
    version: &'static str,
}

#[derive(Serialize)]
struct Entry<'a> {
    file: &'a str,
    width: u32,
    height: u32,
    bytes: usize,
    sha256: &'a str,
    platform: &'a str,
    alt: &'a str,
    card: CardEntry<'a>,
    deck: Option<&'a Input>,
    article: Option<ArticleEntry<'a>>,
    template: Option<Input>,
    theme: Option<Input>,
}

#[derive(Serialize)]
struct CardEntry<'a> {
    id: &'a str,
    kind: &'static str,
    status: &'static str,
    lang: Option<&'a str>,
    /// Whether the first letter is drawn as a capital; in `fields` it is as the deck has it.
    capitalize: bool,
    /// Whether the words stand in quotation marks.
    quoted: bool,
    fields: BTreeMap<Ordered, &'a str>,
}

#[derive(Serialize)]
struct ArticleEntry<'a> {
    #[serde(flatten)]
    input: &'a Input,
    spans: BTreeMap<Ordered, Vec<[usize; 2]>>,
}

/// A field in the order that decks have, written by its name.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Ordered(Field);

impl Serialize for Ordered {
    fn serialize<S: Serializer>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error> {
        serializer.serialize_str(self.0.name())
    }
}

/// The manifest of a run, gathered group by group.
pub struct Manifest<'a> {
    library: &'a Library,
    fonts: &'a [Input],
    /// Templates and themes are few; each is hashed once.
    inputs: BTreeMap<String, Option<Input>>,
    /// By file, JSON as it stands in the list.
    images: Sorter,
}

impl<'a> Manifest<'a> {
    /// Without an image; of images made with this library and set in these fonts.
    #[must_use]
    pub fn new(library: &'a Library, fonts: &'a [Input]) -> Self {
        Self {
            library,
            fonts,
            inputs: BTreeMap::new(),
            images: Sorter::default(),
        }
    }

    /// Adds the images of a deck, or of the next cards of one.
    ///
    /// # Errors
    ///
    /// The disk for temporary files is full.
    pub fn add(&mut self, group: &Group<'_>) -> Result<()> {
        let pictures = group.cards.iter().flat_map(|card| &card.pictures);
        for picture in pictures {
            let Some(image) = &picture.image else {
                continue;
            };
            let job = picture.job;
            let key = format!("{}/{}.svg", job.family, job.platform.artboard);
            let template = self.inputs.entry(key);
            let template = template.or_insert_with(|| template_of(job, self.library));
            let template = template.clone();
            let theme = self.inputs.entry(job.theme.clone());
            let theme = theme.or_insert_with(|| theme_of(job, self.library)).clone();
            let entry = entry(group, picture, image, (template, theme));
            let json = serde_json::to_string_pretty(&entry).expect("every key is a string");
            // Line breaks within strings are escaped: those that are left are the layout's.
            let json = json.replace('\n', "\n    ");
            self.images.add(&image.file, json.as_bytes())?;
        }
        Ok(())
    }

    /// Writes it as JSON, one line for each value, image by image.
    ///
    /// Offsets in `spans` are bytes of the article's file, the end not included. `written` knows the files of
    /// the documents.
    ///
    /// # Errors
    ///
    /// Those of the writer and of the temporary files.
    pub fn write(
        &mut self,
        documents: &[Document],
        written: &BTreeMap<String, Written>,
        writer: &mut dyn Write,
    ) -> io::Result<()> {
        let file = File {
            program: Program {
                name: env!("CARGO_PKG_NAME"),
                version: env!("CARGO_PKG_VERSION"),
            },
            fonts: self.fonts,
            images: Images(RefCell::new(&mut self.images)),
            documents: self::documents(documents, written),
        };
        serde_json::to_writer_pretty(&mut *writer, &file)?;
        writer.write_all(b"\n")
    }
}

/// The documents in the order of their files.
fn documents<'a>(
    documents: &'a [Document],
    written: &'a BTreeMap<String, Written>,
) -> Vec<DocumentEntry<'a>> {
    let entry = |document: &'a Document| {
        let written = written.get(&document.file)?;
        let pages = document.pages.iter();
        Some(DocumentEntry {
            file: &document.file,
            bytes: written.bytes,
            sha256: &written.sha256,
            platform: &document.platform.id,
            title: &document.title,
            lang: document.lang.as_deref(),
            pages: pages.map(|page| page.file.as_str()).collect(),
        })
    };
    let mut entries: Vec<_> = documents.iter().filter_map(entry).collect();
    entries.sort_by_key(|entry| entry.file);
    entries
}

impl Serialize for Images<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error> {
        let mut images = self.0.borrow_mut();
        let mut list = serializer.serialize_seq(Some(images.len()))?;
        let mut failed = None;
        let listed = images.each(|entry| {
            let raw: serde_json::Result<&RawValue> = serde_json::from_slice(entry);
            let added = raw
                .map_err(S::Error::custom)
                .and_then(|raw| list.serialize_element(raw));
            added.map_err(|cause| {
                failed = Some(cause);
                Error::new("the manifest cannot be written")
            })
        });
        match listed {
            Ok(()) => list.end(),
            Err(error) => Err(failed.unwrap_or_else(|| S::Error::custom(error))),
        }
    }
}

fn theme_of(job: &Job<'_>, library: &Library) -> Option<Input> {
    let theme = library.theme(&job.theme)?;
    Some(Input::new(&theme.name, theme.css.as_bytes()))
}

fn entry<'a>(
    group: &'a Group<'_>,
    picture: &'a Picture<'_>,
    image: &'a Image,
    (template, theme): (Option<Input>, Option<Input>),
) -> Entry<'a> {
    let job = picture.job;
    Entry {
        file: &image.file,
        width: image.width,
        height: image.height,
        bytes: image.bytes,
        sha256: &image.sha256,
        platform: &job.platform.id,
        alt: &image.alt,
        card: card(job.deck, job.card),
        deck: group.material.deck.as_ref(),
        article: article(group, job.card),
        template,
        theme,
    }
}

fn card<'a>(deck: &'a Deck, card: &'a Card) -> CardEntry<'a> {
    let fields = Field::ALL.iter();
    CardEntry {
        id: &card.id,
        kind: card.kind.name(),
        status: card.status.name(),
        lang: card.lang.as_deref().or(deck.lang.as_deref()),
        capitalize: card.capitalize,
        quoted: card.quoted,
        fields: fields
            .filter_map(|field| Some((Ordered(*field), deck.field(card, *field)?)))
            .collect(),
    }
}

fn article<'a>(group: &'a Group<'_>, card: &Card) -> Option<ArticleEntry<'a>> {
    let spans = card.origin.as_ref()?.spans.iter();
    Some(ArticleEntry {
        input: &group.source_of(card)?.input,
        spans: spans
            .map(|(field, spans)| {
                let offsets = spans.iter().map(|span| [span.start, span.end]);
                (Ordered(*field), offsets.collect())
            })
            .collect(),
    })
}

fn template_of(job: &Job<'_>, library: &Library) -> Option<Input> {
    let (family, artboard) = (job.family.as_str(), &job.platform.artboard);
    let template = library.template(family, artboard)?;
    Some(Input::new(
        format!("{family}/{artboard}.svg"),
        template.source.as_bytes(),
    ))
}
