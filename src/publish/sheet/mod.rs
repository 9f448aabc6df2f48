//! The contact sheet: every picture of a run on one page, to choose from.
//!
//! In: what came of the decks, group by group. Out: an HTML page that needs no server, no script and no network: pictures are
//! linked by relative paths, the style stands inside. Beside each card stand the words as the
//! article has them and the alt text to copy.

mod card;

use std::collections::BTreeMap;
use std::io::{self, Write};

use super::html::{address, count, escape, size};
use super::{Document, Group, Written};
use crate::deck::Field;
use crate::error::Result;
use crate::spool::{Piece, Spool};

const STYLE: &str = include_str!("sheet.css");

/// Adds a button to every alt text; without scripts a click selects the whole text.
const SCRIPT: &str = include_str!("sheet.js");

/// More pictures than this are not loaded until they come into view.
const MOST_AT_ONCE: usize = 120;

/// How much there will be on the page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Extent {
    /// Decks with pictures.
    pub decks: usize,
    /// Pictures, made or not.
    pub pictures: usize,
}

/// The page of a run, gathered group by group.
pub struct Sheet {
    look: card::Look,
    sections: Vec<Section>,
    spool: Spool,
    /// What came of it all.
    counts: Counts,
}

/// What came of a deck.
struct Section {
    title: String,
    cards: Vec<Piece>,
}

#[derive(Default)]
struct Counts {
    /// Decks that have files of their own, not being made from an article.
    decks: usize,
    cards: usize,
    made: usize,
    missing: usize,
}

impl Sheet {
    /// A page without a card.
    #[must_use]
    pub fn new(extent: Extent) -> Self {
        Self {
            look: card::Look {
                has_headings: extent.decks > 1,
                is_long: extent.pictures > MOST_AT_ONCE,
            },
            sections: Vec::new(),
            spool: Spool::default(),
            counts: Counts::default(),
        }
    }

    /// Adds what came of a deck, or of the next cards of one.
    ///
    /// # Errors
    ///
    /// The disk for temporary files is full.
    pub fn add(&mut self, group: &Group<'_>) -> Result<()> {
        if !group.goes_on {
            self.counts.decks += usize::from(group.material.deck.is_some());
            self.sections.push(Section {
                title: title(group),
                cards: Vec::new(),
            });
        }
        let mut html = String::new();
        for card in &group.cards {
            self.counts.cards += 1;
            for picture in &card.pictures {
                match picture.image {
                    Some(_) => self.counts.made += 1,
                    None => self.counts.missing += 1,
                }
            }
            html += &self.look.article(group, card);
        }
        let piece = self.spool.add(html.as_bytes())?;
        if let Some(section) = self.sections.last_mut() {
            section.cards.push(piece);
        }
        Ok(())
    }

    /// Writes the page as HTML. `written` knows the files of the documents.
    ///
    /// # Errors
    ///
    /// Those of the writer and of the temporary files.
    pub fn write(
        &self,
        documents: &[Document],
        written: &BTreeMap<String, Written>,
        writer: &mut dyn Write,
    ) -> io::Result<()> {
        let title = match self.sections.as_slice() {
            [section] => section.title.clone(),
            _ => self.kinds(),
        };
        write!(
            writer,
            "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
             <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
             <meta name=\"generator\" content=\"pullquote {}\">\n\
             <title>{title} · contact sheet</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n\
             <header class=\"masthead\">\n<p class=\"eyebrow\">Contact sheet</p>\n\
             <h1 dir=\"auto\">{title}</h1>\n<p>{}</p>\n</header>\n<main>\n",
            env!("CARGO_PKG_VERSION"),
            self.counts.told(),
            title = escape(&title),
        )?;
        for (number, section) in self.sections.iter().enumerate() {
            writer.write_all(b"<section class=\"group\">\n")?;
            if self.look.has_headings {
                let title = escape(&section.title);
                writeln!(writer, "<h2 class=\"title\" dir=\"auto\">{title}</h2>")?;
            }
            for document in documents.iter().filter(|it| it.group == number) {
                if let Some(written) = written.get(&document.file) {
                    writer.write_all(bound(document, written.bytes).as_bytes())?;
                }
            }
            for piece in &section.cards {
                let html = self.spool.read(*piece).map_err(io::Error::other)?;
                writer.write_all(&html)?;
            }
            writer.write_all(b"</section>\n")?;
        }
        write!(
            writer,
            "</main>\n<script>\n{SCRIPT}</script>\n</body>\n</html>\n"
        )
    }

    /// `2 articles, 1 deck`.
    fn kinds(&self) -> String {
        let decks = self.counts.decks;
        let kinds = [(self.sections.len() - decks, "article"), (decks, "deck")];
        let kinds = kinds.into_iter().filter(|(number, _)| *number > 0);
        let kinds: Vec<_> = kinds.map(|(number, noun)| count(number, noun)).collect();
        kinds.join(", ")
    }
}

impl Counts {
    fn told(&self) -> String {
        let made = count(self.made, "image");
        let made = format!("{made} of {}.", count(self.cards, "card"));
        match self.missing {
            0 => made,
            missing => format!(
                "{made} {} could not be made; the reason stands in its place.",
                count(missing, "image")
            ),
        }
    }
}

/// The headline of the article, else the name of the file.
fn title(group: &Group<'_>) -> String {
    let shared = group.deck.shared.get(&Field::Title).cloned();
    let deck = || group.material.deck.as_ref().map(|deck| deck.name.clone());
    let mut articles = group.material.articles.values();
    let article = || articles.next().map(|source| source.input.name.clone());
    shared.or_else(deck).or_else(article).unwrap_or_default()
}

/// A line that leads to a document.
fn bound(document: &Document, bytes: usize) -> String {
    format!(
        "<p class=\"document\"><a href=\"{}\">{}</a> <span>{}</span> <span>{}</span></p>\n",
        address(&document.file),
        escape(card::names(&document.platform).0),
        count(document.pages.len(), "page"),
        size(bytes),
    )
}
