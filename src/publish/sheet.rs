//! The contact sheet: every picture of a run on one page, to choose from.
//!
//! In: [`Results`]. Out: an HTML page that needs no server, no script and no network: pictures are
//! linked by relative paths, the style stands inside. Beside each card stand the words as the
//! article has them and the alt text to copy.

use super::passage::{Passage, passage};
use super::{Finished, Group, Image, Picture, Results};
use crate::deck::{Card, Deck, Field, Kind, Status};
use crate::design::Platform;
use crate::diagnostic::{Diagnostic, Severity};

const STYLE: &str = include_str!("sheet.css");

/// Adds a button to every alt text; without scripts a click selects the whole text.
const SCRIPT: &str = include_str!("sheet.js");

/// The page as HTML.
#[must_use]
pub fn sheet(results: &Results<'_>) -> String {
    let groups = &results.groups;
    let title = match groups.as_slice() {
        [group] => title(group),
        _ => format!("{} articles and decks", groups.len()),
    };
    let has_headings = groups.len() > 1;
    let body: String = groups
        .iter()
        .map(|group| section(group, has_headings))
        .collect();
    format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"generator\" content=\"pullquote {}\">\n\
         <title>{title} · contact sheet</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n\
         <header class=\"masthead\">\n<p class=\"eyebrow\">Contact sheet</p>\n\
         <h1 dir=\"auto\">{title}</h1>\n<p>{}</p>\n</header>\n<main>\n{body}</main>\n\
         <script>\n{SCRIPT}</script>\n</body>\n</html>\n",
        env!("CARGO_PKG_VERSION"),
        summary(groups),
        title = escape(&title),
    )
}

/// The headline of the article, else the name of the file.
fn title(group: &Group<'_>) -> String {
    let shared = group.deck.shared.get(&Field::Title).cloned();
    let deck = || group.material.deck.as_ref().map(|deck| deck.name.clone());
    let mut articles = group.material.articles.values();
    let article = || articles.next().map(|source| source.input.name.clone());
    shared.or_else(deck).or_else(article).unwrap_or_default()
}

fn summary(groups: &[Group<'_>]) -> String {
    let cards = || groups.iter().flat_map(|group| &group.cards);
    let pictures = || cards().flat_map(|card| &card.pictures);
    let made = pictures().filter(|picture| picture.image.is_some()).count();
    let missing = pictures().count() - made;
    let made = format!(
        "{} of {}.",
        count(made, "image"),
        count(cards().count(), "card")
    );
    match missing {
        0 => made,
        _ => format!(
            "{made} {} could not be made; the reason stands in its place.",
            count(missing, "image")
        ),
    }
}

fn section(group: &Group<'_>, has_heading: bool) -> String {
    let heading = match has_heading {
        true => format!("<h2 dir=\"auto\">{}</h2>\n", escape(&title(group))),
        false => String::new(),
    };
    let cards: String = group
        .cards
        .iter()
        .map(|card| article(group, card))
        .collect();
    format!("<section class=\"group\">\n{heading}{cards}</section>\n")
}

fn article(group: &Group<'_>, finished: &Finished<'_>) -> String {
    let card = finished.card;
    let pictures: String = finished.pictures.iter().map(figure).collect();
    let source = group.source_of(card);
    let origin = source.and_then(|source| {
        let passage = passage(&source.article, card)?;
        Some(origin(&passage, &source.input.name))
    });
    format!(
        "<article class=\"card\">\n{}<div class=\"pictures\">\n{pictures}</div>\n{}\
         <div class=\"notes\">\n{}{}</div>\n</article>\n",
        heading(group.deck, card),
        faults(finished),
        alts(finished),
        origin.unwrap_or_default(),
    )
}

fn heading(deck: &Deck, card: &Card) -> String {
    let field = |field| deck.field(card, field).map(escape);
    let (kind, words, credit) = match card.kind {
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
    };
    let status = match card.status {
        Status::Approved => " <span class=\"approved\">approved</span>",
        Status::Proposed | Status::Rejected => "",
    };
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
         <h3 dir=\"auto\">{words}</h3>\n{credit}</header>\n",
        escape(&card.id)
    )
}

fn figure(picture: &Picture<'_>) -> String {
    let platform = picture.job.platform;
    let ratio = f64::from(platform.width) / f64::from(platform.height);
    let (name, places) = names(platform);
    let (frame, size) = match &picture.image {
        Some(image) => (frame(image), size(image.bytes)),
        None => (reason(picture), "not made".to_owned()),
    };
    format!(
        "<figure style=\"--ratio:{ratio:.4}\">\n{frame}\n<figcaption><b>{}</b> \
         <span>{}\u{a0}×\u{a0}{}</span> <span>{size}</span>{}</figcaption>\n</figure>\n",
        escape(name),
        platform.width,
        platform.height,
        places
            .map(|places| format!(" <small>{}</small>", escape(places)))
            .unwrap_or_default(),
    )
}

fn frame(image: &Image) -> String {
    format!(
        "<a href=\"{0}\"><img src=\"{0}\" width=\"{1}\" height=\"{2}\" alt=\"{3}\" \
         loading=\"lazy\" decoding=\"async\"></a>",
        address(&image.file),
        image.width,
        image.height,
        escape(&image.alt),
    )
}

/// Stands where the picture would.
fn reason(picture: &Picture<'_>) -> String {
    let errors = picture.diagnostics.iter();
    let fault = errors.max_by_key(|diagnostic| diagnostic.severity);
    let message = fault.map_or("", |diagnostic| &diagnostic.message);
    format!("<p class=\"missing\">{}</p>", escape(message))
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

/// What is wrong, each fact once, whatever the number of platforms it is true of.
fn faults(finished: &Finished<'_>) -> String {
    let pictures = finished.pictures.iter().flat_map(|p| &p.diagnostics);
    let mut seen: Vec<&Diagnostic> = Vec::new();
    for diagnostic in finished.diagnostics.iter().chain(pictures) {
        let is_same = |other: &&Diagnostic| {
            other.message == diagnostic.message && other.hint == diagnostic.hint
        };
        if !seen.iter().any(is_same) {
            seen.push(diagnostic);
        }
    }
    let items: String = seen.into_iter().map(fault).collect();
    match items.is_empty() {
        true => items,
        false => format!("<ul class=\"faults\">\n{items}</ul>\n"),
    }
}

fn fault(diagnostic: &Diagnostic) -> String {
    let name = match diagnostic.severity {
        Severity::Error => "Error",
        Severity::Warning => "Look at this",
    };
    let hint = diagnostic.hint.as_deref();
    let hint = hint.map(|hint| format!(" <span>What to do: {}.</span>", escape(hint)));
    format!(
        "<li class=\"{}\"><b>{name}:</b> {}.{}</li>\n",
        diagnostic.severity.name(),
        escape(&diagnostic.message),
        hint.unwrap_or_default(),
    )
}

fn origin(passage: &Passage<'_>, file: &str) -> String {
    format!(
        "<section>\n<h4>In the article</h4>\n<blockquote dir=\"auto\">{}<mark>{}</mark>{}\
         </blockquote>\n<p class=\"place\">{}, line {}</p>\n</section>\n",
        escape(&passage.before),
        escape(passage.words),
        escape(&passage.after),
        escape(file),
        passage.line,
    )
}

/// The alt texts; one for all platforms where they are the same.
fn alts(finished: &Finished<'_>) -> String {
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
            "<section>\n<h4>Alt text{places}</h4>\n<p class=\"alt\" dir=\"auto\">{}</p>\n\
             <p class=\"place\">{}</p>\n</section>\n",
            escape(alt),
            count(alt.chars().count(), "character"),
        )
    };
    texts.iter().map(section).collect()
}

/// `1 image`, `2 images`.
fn count(number: usize, noun: &str) -> String {
    let plural = if number == 1 { "" } else { "s" };
    format!("{number} {noun}{plural}")
}

/// A file's size as people say it, in decimal units, as platforms count.
fn size(bytes: usize) -> String {
    match bytes {
        0..1_000_000 => format!("{}\u{a0}KB", bytes.div_ceil(1000)),
        _ => format!("{:.1}\u{a0}MB", bytes as f64 / 1e6),
    }
}

/// Text that is safe between tags and in quoted attributes.
fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            c => escaped.push(c),
        }
    }
    escaped
}

/// A relative path as an address: everything but plain letters, digits and `/-._~` is encoded.
fn address(file: &str) -> String {
    let encode = |byte: u8| match byte {
        b'/' | b'-' | b'.' | b'_' | b'~' => char::from(byte).to_string(),
        byte if byte.is_ascii_alphanumeric() => char::from(byte).to_string(),
        byte => format!("%{byte:02X}"),
    };
    file.bytes().map(encode).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn material_never_becomes_markup() {
        assert_eq!(
            escape("<b a=\"1\">Tom & 'Jo'"),
            "&lt;b a=&quot;1&quot;&gt;Tom &amp; &#39;Jo&#39;"
        );
        assert_eq!(address("río/a b#1%.png"), "r%C3%ADo/a%20b%231%25.png");
    }

    #[test]
    fn sizes_are_what_platforms_count() {
        let sizes = [0, 1, 1000, 38_400, 999_999, 2_340_000].map(size);
        let sizes = sizes.map(|size| size.replace('\u{a0}', " "));
        assert_eq!(
            sizes,
            ["0 KB", "1 KB", "1 KB", "39 KB", "1000 KB", "2.3 MB"]
        );
    }
}
