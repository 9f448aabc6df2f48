//! Lists every image with its words, its origin and the hash of everything it was made from.
//!
//! In: [`Results`]. Out: JSON for machines: schedulers, content systems, the question which
//! published cards a corrected article makes wrong. Images are sorted by file name; there is no
//! time and no machine in it.

use std::collections::BTreeMap;

use serde::Serialize;

use super::{Group, Image, Input, Picture, Results};
use crate::deck::{Card, Deck, Field};
use crate::design::Library;
use crate::plan::Job;

#[derive(Serialize)]
struct Manifest<'a> {
    program: Program,
    fonts: Vec<Input>,
    images: Vec<Entry<'a>>,
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
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.0.name())
    }
}

/// The manifest as JSON, one line for each value.
///
/// Offsets in `spans` are bytes of the article's file, the end not included.
#[must_use]
pub fn manifest(results: &Results<'_>) -> String {
    let fonts = results.fonts.sources();
    let mut images: Vec<Entry<'_>> = results
        .groups
        .iter()
        .flat_map(|group| entries(group, results.library))
        .collect();
    images.sort_by_key(|entry| entry.file);
    let manifest = Manifest {
        program: Program {
            name: env!("CARGO_PKG_NAME"),
            version: env!("CARGO_PKG_VERSION"),
        },
        fonts: fonts.map(|(name, bytes)| Input::new(name, bytes)).collect(),
        images,
    };
    let json = serde_json::to_string_pretty(&manifest);
    json.expect("every key is a string and every value is plain") + "\n"
}

fn entries<'a>(group: &'a Group<'_>, library: &'a Library) -> impl Iterator<Item = Entry<'a>> {
    let pictures = group.cards.iter().flat_map(|card| &card.pictures);
    pictures.filter_map(move |picture| {
        let image = picture.image.as_ref()?;
        Some(entry(group, picture, image, library))
    })
}

fn entry<'a>(
    group: &'a Group<'_>,
    picture: &'a Picture<'_>,
    image: &'a Image,
    library: &Library,
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
        template: template(job, library),
        theme: library
            .theme(&job.theme)
            .map(|theme| Input::new(&theme.name, theme.css.as_bytes())),
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
