//! What holds for a composed card: every word is there, nothing overlaps, nothing leaves the safe
//! area, no words on a drawing.

use std::collections::BTreeMap;

use pullquote::compose::{self, Composition, Means, PlacedText, SharedSizes};
use pullquote::deck::{Card, Deck, Field};
use pullquote::design::{Library, Platform};
use pullquote::geometry::{Px, Rect};
use pullquote::photo::Photos;
use pullquote::plan::Job;
use pullquote::text::Fonts;

/// Nothing comes nearer to the sides than this, in px of an image 1080 px across.
const SIDE: f64 = 18.0;

/// Nor to the upper and lower edge than this.
const FOOT: f64 = 12.0;

/// How far descenders may hang over the edge of a safe area: what platforms cover, they cover with
/// a margin of their own.
const OVERHANG: f64 = 16.0;

/// Charts that words keep off; the words of bars stand in them.
const DRAWINGS: &[&str] = &["pictogram", "ring"];

/// How much smaller drawings are looked at.
const SHRUNK: f32 = 0.25;

fn faults(composition: &Composition, platform: &Platform) -> Vec<String> {
    let (width, height) = (f64::from(composition.width), f64::from(composition.height));
    let covered = &platform.safe_area;
    let (side, foot) = match width.min(height) / 1080.0 {
        shrunk @ ..1.0 => (SIDE * shrunk, FOOT * shrunk),
        _ => (SIDE, FOOT),
    };
    let safe = Rect {
        left: Px(side.max(covered.left.0 - OVERHANG)),
        top: Px(foot.max(covered.top.0 - OVERHANG)),
        right: Px((width - side).min(covered.right.0 + OVERHANG)),
        bottom: Px((height - foot).min(covered.bottom.0 + OVERHANG)),
    };
    let texts = &composition.texts;
    let outside = texts
        .iter()
        .filter(|text| !safe.contains(&text.ink, Px(0.5)));
    let mut faults: Vec<_> = outside
        .map(|text| format!("{:?} leaves the safe area: {:?}", text.lines, text.ink))
        .collect();
    for (index, one) in texts.iter().enumerate() {
        for other in &texts[index + 1..] {
            if overlap(one, other) {
                faults.push(format!("{:?} and {:?} overlap", one.lines, other.lines));
            }
        }
    }
    faults
}

fn overlap(one: &PlacedText, other: &PlacedText) -> bool {
    let (a, b) = (&one.ink, &other.ink);
    a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom
}

/// Words that stand on the drawing of a chart.
fn covered(composition: &Composition) -> Vec<String> {
    let Some(drawing) = drawing(composition) else {
        return Vec::new();
    };
    let width = (composition.width as f32 * SHRUNK) as u32;
    let texts = composition.texts.iter();
    let on = texts.filter(|text| {
        let at = |length: Px| (length.0 * f64::from(SHRUNK)) as u32;
        let (left, right) = (at(text.ink.left) + 1, at(text.ink.right));
        let (top, bottom) = (at(text.ink.top) + 1, at(text.ink.bottom));
        let mut places = (top..bottom).flat_map(|y| (left..right).map(move |x| (x, y)));
        places.any(|(x, y)| drawing.get((y * width + x) as usize) == Some(&true))
    });
    on.map(|text| format!("{:?} stands on the drawing", text.lines))
        .collect()
}

/// Where the chart of a card is to be seen: what is drawn over it does not count, nor do words.
fn drawing(composition: &Composition) -> Option<Vec<bool>> {
    let document = roxmltree::Document::parse(&composition.svg).expect("it is XML");
    let is_drawn = |node: &roxmltree::Node<'_, '_>| {
        let kind = node.attribute("data-chart");
        let mut inside = node.descendants();
        kind.is_some_and(|kind| DRAWINGS.contains(&kind))
            && inside.any(|inner| inner.tag_name().name() == "path")
    };
    let chart = document.descendants().find(is_drawn)?.range();
    let svg = &composition.svg;
    let without = format!("{}{}", &svg[..chart.start], &svg[chart.end..]);
    let width = composition.width as f32 * SHRUNK;
    let (with, without) = (pixels(svg, width)?, pixels(&without, width)?);
    let pairs = with.pixels().iter().zip(without.pixels());
    Some(pairs.map(|(one, other)| one != other).collect())
}

/// A document without its words, so many pixels wide.
fn pixels(svg: &str, width: f32) -> Option<tiny_skia::Pixmap> {
    let tree = usvg::Tree::from_str(svg, &usvg::Options::default()).expect("it is SVG");
    let scale = width / tree.size().width();
    let height = tree.size().height() * scale;
    let mut pixels = tiny_skia::Pixmap::new(width as u32, height as u32)?;
    let scale = tiny_skia::Transform::from_scale(scale, scale);
    resvg::render(&tree, scale, &mut pixels.as_mut());
    Some(pixels)
}

/// The job of a card on a platform in a theme.
pub fn job<'a>(
    (deck, card): (&'a Deck, &'a Card),
    family: &str,
    (platform, theme): (&'a Platform, &str),
) -> Job<'a> {
    Job {
        deck,
        card,
        platform,
        theme: theme.to_owned(),
        family: family.to_owned(),
        note: None,
        name: "card".into(),
    }
}

/// What is wrong with a card on a platform in a theme.
pub fn look(
    (library, fonts): (&Library, &Fonts),
    card: &Card,
    family: &str,
    (platform, theme): (&Platform, &str),
) -> Vec<String> {
    let deck = Deck::default();
    let job = job((&deck, card), family, (platform, theme));
    let means = Means {
        library,
        fonts,
        photos: &Photos::default(),
        sizes: &SharedSizes::default(),
        scrim: 0,
    };
    let composed = compose::compose(&job, &means);
    let place = format!("{family} {:?} in {theme} for {}", card.fields, platform.id);
    let Some(composition) = composed.composition else {
        let errors = composed.diagnostics.iter();
        return errors
            .map(|it| format!("{place}: {}: {}", it.code, it.message))
            .collect();
    };
    let mut found = faults(&composition, platform);
    found.extend(covered(&composition));
    found.extend(lacks(&card.fields, &composition).map(|field| format!("no {field}")));
    found
        .into_iter()
        .map(|fault| format!("{place}: {fault}"))
        .collect()
}

/// The fields whose words are not all on the card. An optional one may be left out whole.
fn lacks<'a>(
    fields: &'a BTreeMap<Field, String>,
    composition: &'a Composition,
) -> impl Iterator<Item = &'static str> + 'a {
    let letters = |words: &str| -> String {
        words
            .chars()
            .filter(|c| c.is_alphanumeric())
            .flat_map(char::to_lowercase)
            .collect()
    };
    let shown: String = composition
        .texts
        .iter()
        .flat_map(|text| &text.lines)
        .map(|line| letters(line))
        .collect();
    // What a photograph is called is no text of the card.
    let is_optional = |field: &Field| {
        matches!(
            field,
            Field::Context | Field::Title | Field::Photo | Field::Alt
        )
    };
    fields
        .iter()
        .filter(move |(field, words)| !is_optional(field) && !shown.contains(&letters(words)))
        .map(|(field, _)| field.name())
}
