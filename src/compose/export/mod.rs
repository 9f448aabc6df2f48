//! Writes a template as a drawing that shows what it is about: a template and its style sheet in, an SVG
//! document out that drawing programs and browsers show as it is set, and that is a template still.
//!
//! The sample words stand in the lines that the fitter breaks them into, charts are drawn, values of the
//! theme are written out. Everything that only the drawing needs is marked (see
//! [`sample`](crate::design::sample)), so that the document sets every card as its template does.

mod lines;

use std::collections::BTreeSet;
use std::fmt::Write as _;

use roxmltree::{Document, Node};

use super::bind::{Scene, Slot};
use super::copy::Copy;
use super::look::part;
use super::name::Name;
use super::splice::{Splicer, escape, number};
use super::typeset::Typesetter;
use super::write::Writer;
use super::{chart, emphasis, state};
use crate::deck::{Card, Chart, ChartKind, Deck, Field, Slide, Value};
use crate::design::cascade::Cascade;
use crate::design::sample::{HIDDEN, SAMPLE};
use crate::design::{Platform, Template, css, reach};
use crate::error::Result;
use crate::geometry::Px;
use crate::text::{FaceId, Fonts};

/// A template as a drawing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Exported {
    /// The document.
    pub svg: String,
    /// The faces that its sample is set in.
    pub faces: BTreeSet<FaceId>,
}

/// Writes a template, drawn for `platform`, as it looks in a style sheet. It may stand in
/// for drawings of other artboards too.
///
/// # Errors
///
/// A template that no card could be set in, with line and column.
pub fn export(
    (template, sheet): (&Template, &css::Sheet),
    (platform, others): (&Platform, &[&str]),
    fonts: &Fonts,
) -> Result<Exported> {
    let document = template.document();
    let root = document.root_element();
    let artboard = platform.artboard.as_str();
    let is_emphasised = document
        .descendants()
        .any(|node| node.attribute("data-bind") == Some(Field::Emphasis.name()));
    let classes = state::of_sample(root, artboard, is_emphasised);
    let copy = Copy::of_sample();
    let caps = super::Caps::new();
    let card = sample_card(&document);
    let cascade = Cascade::new(sheet);
    let scene = Scene {
        document: &document,
        cascade: &cascade,
        classes: &classes,
        copy: &copy,
        artboard: template.artboard,
        safe: super::safe(template, platform),
        scale: template.scale(platform),
        settings: &template.settings,
        caps: &caps,
        chart: chart_of(&card),
        slide: slide(&document),
    };
    let mut slots = scene.slots()?;
    for slot in &mut slots {
        slot.content = Some(slot.sample.clone());
    }
    let mut splicer = Splicer::new(&template.source);
    let faces = draw(&scene, fonts, &slots, &mut splicer)?;
    let css = reachable(sheet, &document, (artboard, others));
    for style in document.descendants() {
        if style.tag_name().name() == "style" {
            splicer.remove(style);
        }
    }
    splicer.open(root, &classes, &styles(&css));
    let (svg, _) = splicer.finish(root);
    Ok(Exported { svg, faces })
}

/// The style sheet, what hides and what the fitter reads each in an element of its own.
fn styles(css: &css::Sheet) -> String {
    let (known, settings) = css.to_readable_css();
    let hide = format!(".{HIDDEN} {{ display: none; }}");
    let mut out = format!("\n  <style {SAMPLE}=\"\">\n{}  </style>", indented(&hide));
    for css in [known, settings].iter().filter(|css| !css.is_empty()) {
        let _ = write!(out, "\n  <style>\n{}  </style>", indented(css));
    }
    out
}

/// The rules that can say something about a card, whatever its state.
fn reachable(
    sheet: &css::Sheet,
    document: &Document<'_>,
    (artboard, others): (&str, &[&str]),
) -> css::Sheet {
    let mentioned = sheet.classes().into_iter();
    let langs = mentioned.filter(|class| class.starts_with("lang-"));
    let more: Vec<&str> = langs.chain(others.iter().copied()).collect();
    let states = state::all(document.root_element(), artboard, &more);
    let has_charts = document
        .descendants()
        .any(|node| node.has_attribute("data-chart"));
    let drawn = if has_charts { chart::CLASSES } else { &[] };
    reach::reaching(sheet, document, &states, drawn)
}

fn indented(css: &str) -> String {
    let mut out = String::new();
    for line in css.lines() {
        let _ = writeln!(out, "    {}", escape(line));
    }
    out
}

/// Writes texts, charts and what hangs from texts as they are set, and hides what no sample has words
/// for. Gives the faces that were used.
fn draw<'a, 'input>(
    scene: &Scene<'a, 'input>,
    fonts: &Fonts,
    slots: &[Slot<'a, 'input>],
    splicer: &mut Splicer<'_>,
) -> Result<BTreeSet<FaceId>> {
    let mut typesetter = Typesetter::new(scene, fonts, slots);
    let mut faces = BTreeSet::new();
    for (index, slot) in slots.iter().enumerate() {
        let Some(Ok(set)) = typesetter.set(index)? else {
            continue;
        };
        let writer = Writer::new(scene, fonts, slot.node, &set);
        let mark = part(scene, slot.node, "mark");
        if lines::write(&writer, (slot.node, mark), &set, splicer) {
            lines::keep(slot.node, splicer);
            let behind = emphasis::behind(scene, &writer, &set);
            splicer.precede(slot.node, sample_group(&behind));
        }
        let runs = set.fitted.lines.iter().flat_map(|line| &line.runs);
        faces.extend(runs.chain(&set.fitted.mark).map(|run| run.face));
    }
    for chart in chart::draw(scene, &mut typesetter)? {
        splicer.follow(chart.area, sample_group(&chart.markup));
        let looks = chart
            .group
            .children()
            .filter(|child| child.tag_name().name() == "text");
        looks.for_each(|look| hide(splicer, look));
        for set in chart.texts.iter().filter_map(|text| text.set.as_ref().ok()) {
            let runs = set.fitted.lines.iter().flat_map(|line| &line.runs);
            faces.extend(runs.map(|run| run.face));
        }
    }
    let anchored = scene.document.descendants();
    for node in anchored.filter(|node| node.has_attribute("data-anchor") && scene.is_shown(*node)) {
        let own = node.attribute("y").and_then(|y| y.parse().ok());
        let hung = Px(own.unwrap_or(0.0)) + typesetter.shift(node)?.y;
        splicer.attribute(node, "y", &number(hung));
    }
    for node in scene.unwanted() {
        hide(splicer, node);
    }
    Ok(faces)
}

fn sample_group(markup: &str) -> String {
    if markup.is_empty() {
        return String::new();
    }
    format!("<g {SAMPLE}=\"\">{markup}</g>")
}

fn hide(splicer: &mut Splicer<'_>, node: Node<'_, '_>) {
    let own = node.attribute("class").unwrap_or_default();
    let classes = format!("{own} {HIDDEN}");
    splicer.attribute(node, "class", classes.trim());
}

/// All words of the first text that binds a name, as drawn.
fn words(document: &Document<'_>, name: &str) -> Option<String> {
    let mut bound = document.descendants();
    let bound = bound.find(|node| node.attribute("data-bind") == Some(name))?;
    let inside = bound
        .descendants()
        .filter_map(|node| node.is_text().then(|| node.text())?);
    Some(inside.collect())
}

/// A card with the numbers that the template's words speak of.
fn sample_card(document: &Document<'_>) -> Card {
    let figure = words(document, Field::Figure.name()).unwrap_or_default();
    let mut card = Card::statistic(figure.trim(), "");
    let mut declared = document.descendants();
    let declared = declared.find_map(|node| node.attribute("data-chart"));
    card.chart = match declared {
        Some("pictogram") => Some(ChartKind::Ratio),
        Some("ring") => Some(ChartKind::Ring),
        Some("bars") => Some(ChartKind::Bars),
        _ => None,
    };
    card.values = SAMPLE_VALUES
        .iter()
        .map(|(figure, label)| Value {
            figure: (*figure).to_owned(),
            label: (*label).to_owned(),
        })
        .collect();
    card
}

/// The values of sample bars; plainly made up, as the words of the template are.
const SAMPLE_VALUES: &[(&str, &str)] = &[("15,100", "last spring"), ("24,900", "this spring")];

fn chart_of(card: &Card) -> Option<Chart<'_>> {
    Deck::default().chart(card)
}

/// The place in a carousel that the template's words speak of: "2/6".
fn slide(document: &Document<'_>) -> Slide {
    let page = words(document, Name::Page.as_str()).unwrap_or_default();
    let parsed = page.trim().split_once('/').and_then(|(number, of)| {
        let (number, of) = (number.parse().ok()?, of.parse().ok()?);
        Some(Slide { number, of })
    });
    parsed.unwrap_or_default()
}
