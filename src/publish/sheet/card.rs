//! A card on the contact sheet: its pictures, what is wrong with them, their alt texts, its place in the article.

use super::super::html::{address, count, escape, message, size};
use super::super::passage::{Passage, passage};
use super::super::{Finished, Group, Image, Picture};
use crate::deck::{Card, Deck, Field, Kind, Status};
use crate::design::Platform;
use crate::diagnostic::{Diagnostic, Severity};

/// Pictures this much wider than high are wide.
const WIDE: f64 = 1.2;

/// What all cards of a page have in common.
#[derive(Clone, Copy, Debug)]
pub(super) struct Look {
    /// Whether each group has a heading of its own, one level above those of the cards.
    pub(super) has_headings: bool,
    /// Pictures are loaded when they come into view; all at once would take minutes.
    pub(super) is_long: bool,
}

impl Look {
    /// The card as HTML.
    pub(super) fn article(&self, group: &Group<'_>, finished: &Finished<'_>) -> String {
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
pub(super) fn names(platform: &Platform) -> (&str, Option<&str>) {
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
