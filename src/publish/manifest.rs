//! Lists every image with its words, its origin and the hash of everything it was made from.
//!
//! In: [`Results`]. Out: JSON for machines: schedulers, content systems, the question which
//! published cards a corrected article makes wrong. Images are sorted by file name; there is no
//! time and no machine in it.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::io::{self, Write};

use serde::{Serialize, Serializer};

use super::{Document, Group, Image, Input, Picture, Results, Written};
use crate::deck::{Card, Deck, Field};
use crate::design::Library;
use crate::plan::Job;

#[derive(Serialize)]
struct Manifest<'a> {
    program: Program,
    fonts: Vec<Input>,
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

/// The images in the order of their files; each becomes an entry when it is written.
struct Images<'a> {
    sorted: Vec<(&'a Group<'a>, &'a Picture<'a>, &'a Image)>,
    library: &'a Library,
    /// Templates and themes are few; each is hashed once.
    inputs: RefCell<BTreeMap<String, Option<Input>>>,
}

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
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.0.name())
    }
}

/// Writes the manifest as JSON, one line for each value, image by image.
///
/// Offsets in `spans` are bytes of the article's file, the end not included. `written` knows the files of
/// the documents.
///
/// # Errors
///
/// Those of the writer.
pub fn write_manifest(
    results: &Results<'_>,
    written: &BTreeMap<String, Written>,
    writer: &mut dyn Write,
) -> io::Result<()> {
    let fonts = results.fonts.sources();
    let mut sorted: Vec<_> = results.groups.iter().flat_map(images).collect();
    sorted.sort_by_key(|(.., image)| image.file.as_str());
    let manifest = Manifest {
        program: Program {
            name: env!("CARGO_PKG_NAME"),
            version: env!("CARGO_PKG_VERSION"),
        },
        fonts: fonts.map(|(name, bytes)| Input::new(name, bytes)).collect(),
        images: Images {
            sorted,
            library: results.library,
            inputs: RefCell::default(),
        },
        documents: documents(results, written),
    };
    serde_json::to_writer_pretty(&mut *writer, &manifest)?;
    writer.write_all(b"\n")
}

/// The documents in the order of their files.
fn documents<'a>(
    results: &'a Results<'_>,
    written: &'a BTreeMap<String, Written>,
) -> Vec<DocumentEntry<'a>> {
    let entry = |document: &'a Document<'_>| {
        let written = written.get(&document.file)?;
        let pages = document.pages.iter();
        Some(DocumentEntry {
            file: &document.file,
            bytes: written.bytes,
            sha256: &written.sha256,
            platform: &document.platform.id,
            title: &document.title,
            lang: document.lang,
            pages: pages.map(|page| page.file.as_str()).collect(),
        })
    };
    let mut entries: Vec<_> = results.documents.iter().filter_map(entry).collect();
    entries.sort_by_key(|entry| entry.file);
    entries
}

fn images<'a>(
    group: &'a Group<'a>,
) -> impl Iterator<Item = (&'a Group<'a>, &'a Picture<'a>, &'a Image)> {
    let pictures = group.cards.iter().flat_map(|card| &card.pictures);
    pictures.filter_map(move |picture| Some((group, picture, picture.image.as_deref()?)))
}

impl Serialize for Images<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let entries = self.sorted.iter();
        serializer.collect_seq(entries.map(|(group, picture, image)| {
            let job = picture.job;
            let mut inputs = self.inputs.borrow_mut();
            let key = format!("{}/{}.svg", job.family, job.platform.artboard);
            let template = inputs
                .entry(key)
                .or_insert_with(|| template(job, self.library));
            let template = template.clone();
            let theme = inputs.entry(job.theme.clone());
            let theme = theme.or_insert_with(|| theme_of(job, self.library)).clone();
            entry(group, picture, image, (template, theme))
        }))
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

fn template(job: &Job<'_>, library: &Library) -> Option<Input> {
    let (family, artboard) = (job.family.as_str(), &job.platform.artboard);
    let template = library.template(family, artboard)?;
    Some(Input::new(
        format!("{family}/{artboard}.svg"),
        template.source.as_bytes(),
    ))
}
