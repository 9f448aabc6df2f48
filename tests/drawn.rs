//! The finished document is drawn as it was composed: what usvg makes of a card's texts has the ink
//! that the composition says, in every theme and script, with and without letter-spacing.

mod setting;

use std::sync::Arc;

use pullquote::Studio;
use pullquote::compose::{Composition, PlacedText};
use pullquote::deck::{Card, Deck, Field, Kind};
use pullquote::geometry::{Px, Rect};
use pullquote::plan::{self, Options};
use rayon::prelude::*;

/// How far ink may be outside of what the composition says, in px of the image.
const TOLERANCE: f64 = 0.01;

/// And by a unit of the face more, in em: faces give bounds in whole units.
const UNIT: f64 = 0.0011;

/// How far inside: faces give the bounds of a curve with points that it does not touch.
const SLACK: f64 = 1.0;

/// A card for each quotation, and a number card with the same words in its label.
fn deck() -> Deck {
    let quotations = setting::quotations();
    let cards = quotations
        .iter()
        .enumerate()
        .flat_map(|(index, quotation)| {
            let card = |id: &str, kind, fields: &[(Field, &str)]| Card {
                lang: Some(quotation.lang.to_owned()),
                fields: fields
                    .iter()
                    .map(|(field, words)| (*field, (*words).to_owned()))
                    .collect(),
                ..Card::new(&format!("{id}{index}"), kind)
            };
            let words = quotation.words;
            let last = words.split_whitespace().next_back().unwrap_or(words);
            let quote = [
                (Field::Quote, words),
                (Field::Speaker, "Noor Castellane"),
                (Field::Emphasis, last),
            ];
            let statistic = [
                (Field::Figure, "1,340"),
                (Field::Label, words),
                (Field::Source, "Harbour survey"),
            ];
            [
                card("q", Kind::Quote, &quote),
                card("s", Kind::Statistic, &statistic),
            ]
        });
    Deck {
        cards: cards.collect(),
        ..Deck::default()
    }
}

/// The ink of each text that usvg would draw.
fn drawn(studio: &Studio, composition: &Composition) -> Vec<Rect> {
    let options = usvg::Options {
        fontdb: Arc::clone(studio.fonts().database()),
        ..usvg::Options::default()
    };
    let tree = usvg::Tree::from_str(&composition.svg, &options).expect("it is SVG");
    let mut found = Vec::new();
    texts(tree.root(), &mut found);
    found
}

fn texts(group: &usvg::Group, found: &mut Vec<Rect>) {
    for node in group.children() {
        match node {
            usvg::Node::Group(group) => texts(group, found),
            usvg::Node::Text(text) => {
                let mut ink = None;
                outlines(text.flattened(), &mut ink);
                found.extend(ink);
            }
            _ => {}
        }
    }
}

fn outlines(group: &usvg::Group, ink: &mut Option<Rect>) {
    for node in group.children() {
        match node {
            usvg::Node::Group(group) => outlines(group, ink),
            usvg::Node::Path(path) => {
                let bounds = path.abs_bounding_box();
                let own = Rect {
                    left: Px(f64::from(bounds.left())),
                    top: Px(f64::from(bounds.top())),
                    right: Px(f64::from(bounds.right())),
                    bottom: Px(f64::from(bounds.bottom())),
                };
                *ink = Some(ink.map_or(own, |ink| ink.union(&own)));
            }
            _ => {}
        }
    }
}

/// Whether one of what is drawn has the ink of a text.
fn is_drawn(text: &PlacedText, drawn: &[Rect]) -> bool {
    let inside = |other: &Rect| {
        [
            other.left - text.ink.left,
            other.top - text.ink.top,
            text.ink.right - other.right,
            text.ink.bottom - other.bottom,
        ]
    };
    let beyond = TOLERANCE + text.size.0 * UNIT;
    let is_at_edge = |by: Px| (-beyond..=SLACK).contains(&by.0);
    let mut drawn = drawn.iter();
    drawn.any(|other| inside(other).into_iter().all(is_at_edge))
}

#[test]
fn documents_are_drawn_as_they_were_composed() {
    let studio = Studio::built_in().expect("the built-in library loads");
    let decks = [deck()];
    let mut faults = Vec::new();
    for theme in studio.library().theme_names() {
        let options = Options {
            theme: Some(theme.to_owned()),
            platforms: vec!["og".to_owned()],
            ..Options::default()
        };
        let plan = plan::plan(&decks, studio.library(), &options).expect("the names are known");
        let found = plan.jobs.par_iter().flat_map_iter(|job| {
            let composed = studio.compose(job);
            let texts = composed.composition.map_or(Vec::new(), |composition| {
                let drawn = drawn(&studio, &composition);
                let texts = composition.texts.into_iter();
                texts.filter(|text| !is_drawn(text, &drawn)).collect()
            });
            let id = job.card.id.clone();
            let texts = texts.into_iter();
            texts.map(move |text| {
                format!(
                    "{theme} {id}: {:?} {:?} {:?}",
                    text.fields, text.lines, text.ink
                )
            })
        });
        faults.extend(found.collect::<Vec<_>>());
    }
    let shown: Vec<_> = faults.iter().take(20).cloned().collect();
    assert!(
        faults.is_empty(),
        "{} faults:\n{}",
        faults.len(),
        shown.join("\n")
    );
}
