//! The contact sheet: every picture of a run on one page, to choose from.
//!
//! In: what came of the decks, group by group. Out: an HTML page that needs no server, no script and no network: pictures are
//! linked by relative paths, the style stands inside. Beside each card stand the words as the
//! article has them and the alt text to copy.

use std::collections::BTreeMap;
use std::io::{self, Write};

use super::html::{address, count, escape, message, size};
use super::passage::{Passage, passage};
use super::{Document, Finished, Group, Image, Picture, Written};
use crate::deck::{Card, Deck, Field, Kind, Status};
use crate::design::Platform;
use crate::diagnostic::{Diagnostic, Severity};
use crate::error::Result;
use crate::spool::{Piece, Spool};

const STYLE: &str = include_str!("sheet.css");

/// Adds a button to every alt text; without scripts a click selects the whole text.
const SCRIPT: &str = include_str!("sheet.js");

/// More pictures than this are not loaded until they come into view.
const MOST_AT_ONCE: usize = 120;

/// Pictures this much wider than high are wide.
const WIDE: f64 = 1.2;

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
    /// Whether each group has a heading of its own, one level above those of the cards.
    has_headings: bool,
    /// Pictures are loaded when they come into view; all at once would take minutes.
    is_long: bool,
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
            has_headings: extent.decks > 1,
            is_long: extent.pictures > MOST_AT_ONCE,
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
            html += &self.article(group, card);
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
            if self.has_headings {
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

impl Sheet {
    fn article(&self, group: &Group<'_>, finished: &Finished<'_>) -> String {
        let card = finished.card;
        let pictures: String = finished
            .pictures
            .iter()
            .map(|picture| self.figure(picture))
            .collect();
        let measures = measures(&finished.pictures);
        let level = if self.has_headings { 3 } else { 2 };
        let source = group.source_of(card);
        let origin = source.and_then(|source| {
            let passage = passage(source.article.as_deref()?, card)?;
            Some(origin(&passage, &source.input.name, level + 1))
        });
        format!(
            "<article class=\"card\">\n{}<div class=\"pictures\" style=\"{measures}\">\n{pictures}</div>\n{}\
         <div class=\"notes\">\n{}{}</div>\n</article>\n",
            heading(group.deck, card, level),
            faults(finished),
            alts(finished, level + 1),
            origin.unwrap_or_default(),
        )
    }

    fn figure(&self, picture: &Picture<'_>) -> String {
        let platform = picture.job.platform;
        let ratio = ratio(platform);
        let class = if ratio < WIDE { "" } else { " class=\"wide\"" };
        let (name, places) = names(platform);
        let (width, height) = (platform.width, platform.height);
        let (frame, size) = match &picture.image {
            Some(image) => (
                self.frame(image),
                format!(
                    "<span>{width}\u{a0}×\u{a0}{height}</span> <span>{}</span>",
                    size(image.bytes)
                ),
            ),
            None => (reason(picture), "<span>not made</span>".to_owned()),
        };
        format!(
            "<figure{class} style=\"--ratio:{ratio:.4}\">\n{frame}\n<figcaption><b>{}</b> {size}{}\
             </figcaption>\n</figure>\n",
            escape(name),
            places
                .map(|places| format!(" <small>{}</small>", escape(places)))
                .unwrap_or_default(),
        )
    }

    fn frame(&self, image: &Image) -> String {
        let loading = if self.is_long {
            " loading=\"lazy\" decoding=\"async\""
        } else {
            ""
        };
        format!(
            "<a href=\"{0}\"><img src=\"{0}\" width=\"{1}\" height=\"{2}\" alt=\"{3}\"{4}></a>",
            address(&image.file),
            image.width,
            image.height,
            escape(&image.alt),
            loading,
        )
    }
}

/// A line that leads to a document.
fn bound(document: &Document, bytes: usize) -> String {
    format!(
        "<p class=\"document\"><a href=\"{}\">{}</a> <span>{}</span> <span>{}</span></p>\n",
        address(&document.file),
        escape(names(&document.platform).0),
        count(document.pages.len(), "page"),
        size(bytes),
    )
}

fn heading(deck: &Deck, card: &Card, level: usize) -> String {
    let field = |field| deck.field(card, field).map(escape);
    let (kind, words, credit) = match card.kind {
        Kind::Quote if !card.quoted => (
            "Sentence",
            field(Field::Quote).unwrap_or_default(),
            [field(Field::Speaker), field(Field::Role)],
        ),
        Kind::Quote => (
            "Quotation",
            format!("“{}”", field(Field::Quote).unwrap_or_default()),
            [field(Field::Speaker), field(Field::Role)],
        ),
        Kind::Statistic => (
            "Statistic",
            [Field::Qualifier, Field::Figure, Field::Label]
                .into_iter()
                .filter_map(field)
                .collect::<Vec<_>>()
                .join(" "),
            [field(Field::Source), field(Field::Time)],
        ),
        Kind::Title => (
            "Headline",
            field(Field::Title).unwrap_or_default(),
            [field(Field::Byline), field(Field::Date)],
        ),
        Kind::List => (
            "Facts",
            field(Field::Label)
                .or(field(Field::Title))
                .unwrap_or_default(),
            [field(Field::Source), field(Field::Time)],
        ),
    };
    let status = match card.status {
        Status::Approved => " <span class=\"approved\">approved</span>",
        Status::Proposed | Status::Rejected => "",
    };
    let lang = card.lang.as_deref().or(deck.lang.as_deref());
    let lang = lang.map_or_else(String::new, |lang| format!(" lang=\"{}\"", escape(lang)));
    let credit: Vec<String> = credit.into_iter().flatten().collect();
    let credit = match credit.is_empty() {
        true => String::new(),
        false => format!(
            "<p class=\"credit\" dir=\"auto\">{}</p>\n",
            credit.join(", ")
        ),
    };
    format!(
        "<header>\n<p class=\"eyebrow\">{kind} <code>{}</code>{status}</p>\n\
         <h{level} class=\"words\"{lang} dir=\"auto\">{words}</h{level}>\n{credit}</header>\n",
        escape(&card.id)
    )
}

/// How many pictures a row has and how wide it is at height 1, for the style sheet; first of all,
/// then of those that are not wide.
fn measures(pictures: &[Picture<'_>]) -> String {
    let ratios = || pictures.iter().map(|picture| ratio(picture.job.platform));
    let tall: Vec<f64> = ratios().filter(|ratio| *ratio < WIDE).collect();
    format!(
        "--count:{};--sum:{:.4};--tall-count:{};--tall-sum:{:.4}",
        pictures.len(),
        ratios().sum::<f64>(),
        tall.len().max(1),
        tall.iter().sum::<f64>().max(0.1),
    )
}

fn ratio(platform: &Platform) -> f64 {
    f64::from(platform.width) / f64::from(platform.height)
}

/// Stands where the picture would.
fn reason(picture: &Picture<'_>) -> String {
    let errors = picture.diagnostics.iter();
    let fault = errors.max_by_key(|diagnostic| diagnostic.severity);
    let fault = fault.map_or("", |diagnostic| &diagnostic.message);
    format!("<p class=\"missing\">{}</p>", message(fault))
}

/// "Square post (X, Bluesky)" is the place's name and where it is used.
fn names(platform: &Platform) -> (&str, Option<&str>) {
    let name = platform.name.as_str();
    match name
        .strip_suffix(')')
        .and_then(|name| name.split_once(" ("))
    {
        Some((name, places)) => (name, Some(places)),
        None => (name, None),
    }
}

/// What is wrong: each fact once, with the platforms it is true of.
fn faults(finished: &Finished<'_>) -> String {
    let of_card = finished.diagnostics.iter().map(|fault| (fault, None));
    let of_pictures = finished.pictures.iter().flat_map(|picture| {
        let name = names(picture.job.platform).0;
        let faults = picture.diagnostics.iter();
        faults.map(move |fault| (fault, Some(name)))
    });
    let mut merged: Vec<(&Diagnostic, Vec<&str>)> = Vec::new();
    for (fault, name) in of_card.chain(of_pictures) {
        let is_same =
            |other: &Diagnostic| other.message == fault.message && other.hint == fault.hint;
        match merged.iter_mut().find(|(other, _)| is_same(other)) {
            Some((_, names)) => names.extend(name),
            None => merged.push((fault, name.into_iter().collect())),
        }
    }
    let items: String = merged.iter().map(|(d, names)| fault(d, names)).collect();
    match items.is_empty() {
        true => items,
        false => format!("<ul class=\"faults\">\n{items}</ul>\n"),
    }
}

fn fault(diagnostic: &Diagnostic, platforms: &[&str]) -> String {
    let name = match diagnostic.severity {
        Severity::Error => "Error",
        Severity::Warning => "Look at this",
    };
    let platforms = match platforms {
        [] => String::new(),
        platforms => format!(" in {}", escape(&platforms.join(", "))),
    };
    let hint = diagnostic.hint.as_deref();
    let hint = hint.map(|hint| format!(" <span>What to do: {}.</span>", message(hint)));
    format!(
        "<li class=\"{}\"><b>{name}{platforms}:</b> {}.{}</li>\n",
        diagnostic.severity.name(),
        message(&diagnostic.message),
        hint.unwrap_or_default(),
    )
}

fn origin(passage: &Passage<'_>, file: &str, level: usize) -> String {
    format!(
        "<section>\n<h{level}>In the article</h{level}>\n<blockquote dir=\"auto\">{}<mark>{}</mark>{}\
         </blockquote>\n<p class=\"place\">{}, line {}</p>\n</section>\n",
        escape(&passage.before),
        escape(passage.words),
        escape(&passage.after),
        escape(file),
        passage.line,
    )
}

/// The alt texts; one for all platforms where they are the same.
fn alts(finished: &Finished<'_>, level: usize) -> String {
    let mut texts: Vec<(&str, Vec<&str>)> = Vec::new();
    for picture in &finished.pictures {
        let Some(image) = &picture.image else {
            continue;
        };
        let name = names(picture.job.platform).0;
        match texts.iter_mut().find(|(alt, _)| *alt == image.alt) {
            Some((_, names)) => names.push(name),
            None => texts.push((&image.alt, vec![name])),
        }
    }
    let is_same = texts.len() == 1;
    let section = |(alt, names): &(&str, Vec<&str>)| {
        let places = match is_same {
            true => String::new(),
            false => format!(" for {}", escape(&names.join(", "))),
        };
        format!(
            "<section>\n<h{level}>Alt text{places}</h{level}>\n<p class=\"alt\" dir=\"auto\">{}</p>\n\
             <p class=\"place\">{}</p>\n</section>\n",
            escape(alt),
            count(alt.chars().count(), "character"),
        )
    };
    texts.iter().map(section).collect()
}
