//! Data graphics: declared in a template, drawn by us exactly to the value.
//!
//! `<g data-chart="ring">` holds a rectangle, which is the box, and may hold a sample drawing, which is
//! replaced. What is drawn has classes that themes colour:
//!
//! | chart | shows | classes |
//! | --- | --- | --- |
//! | `pictogram` | so many of so many people | `counted`, `others`, `keyline`, `skin` |
//! | `ring` | a part of a whole | `share`, `rest` |
//! | `bars` | two to four values | `bar-1` to `bar-4`, `on-bar-1` to `on-bar-4`, `zero` |
//! | `thread` | the place of a slide in a carousel | `thread`, `done`, `node`, `current` |
//!
//! For bars, `<text data-part="value">` and `<text data-part="name">` in the group show how values and
//! names look; `data-direction="across"` lets bars grow to the right instead of upwards.

mod bars;
mod figures;
mod people;
mod ring;
mod thread;

use roxmltree::Node;

use super::bind::Scene;
use super::mirror::Mirror;
use super::place;
use super::splice::Splicer;
use super::typeset::{Fault, SetText, Typesetter};
use crate::deck::{Chart, Field};
use crate::error::Result;

/// The classes of what charts draw.
pub const CLASSES: &[&str] = &[
    "counted", "others", "keyline", "skin", "share", "rest", "bar-1", "bar-2", "bar-3", "bar-4",
    "on-bar-1", "on-bar-2", "on-bar-3", "on-bar-4", "zero", "thread", "done", "node", "current",
];

/// A text that a chart sets: its own element, the field of the card it is from, how it was set.
pub struct ChartText<'a, 'input> {
    /// The element that shows how it looks.
    pub node: Node<'a, 'input>,
    /// The field it shows, or is made of.
    pub field: Field,
    /// How it was set, or why it could not be.
    pub set: std::result::Result<SetText<'a, 'input>, Fault>,
}

impl ChartText<'_, '_> {
    /// How the template calls it: value or name.
    #[must_use]
    pub fn name(&self) -> String {
        self.node
            .attribute("data-part")
            .unwrap_or("text")
            .to_owned()
    }
}

/// What came of a chart.
#[derive(Default)]
pub struct Drawn<'a, 'input> {
    markup: String,
    /// The texts in it.
    pub texts: Vec<ChartText<'a, 'input>>,
}

/// A chart of a template: its group, its box, what is drawn in it.
pub struct DrawnChart<'a, 'input> {
    /// The group that declares it.
    pub group: Node<'a, 'input>,
    /// The rectangle in it that is the box.
    pub area: Node<'a, 'input>,
    /// SVG of the drawing.
    pub markup: String,
    /// The texts in it.
    pub texts: Vec<ChartText<'a, 'input>>,
}

/// Puts charts in place of what the template drew in their groups, and gives their texts.
pub fn splice<'a, 'input>(
    charts: Vec<DrawnChart<'a, 'input>>,
    splicer: &mut Splicer<'_>,
) -> Vec<ChartText<'a, 'input>> {
    let mut texts = Vec::new();
    for chart in charts {
        for child in chart.group.children().filter(Node::is_element) {
            if child == chart.area {
                splicer.replace(child, chart.markup.clone());
            } else {
                splicer.remove(child);
            }
        }
        texts.extend(chart.texts);
    }
    texts
}

/// Draws every chart of a template that is shown.
///
/// # Errors
///
/// A chart without a box, of a kind that does not exist, or one that the card has no numbers for.
pub fn draw<'a, 'input>(
    scene: &Scene<'a, 'input>,
    typesetter: &mut Typesetter<'_, 'a, 'input>,
) -> Result<Vec<DrawnChart<'a, 'input>>> {
    let mut charts = Vec::new();
    for node in scene.document.descendants() {
        let Some(kind) = node.attribute("data-chart") else {
            continue;
        };
        if !scene.is_shown(node) {
            continue;
        }
        let Some(rect) = node
            .children()
            .find(|child| child.has_tag_name("rect") || child.tag_name().name() == "rect")
        else {
            let error = scene.error(node, format!("the chart `{kind}` has no box"));
            return Err(error.with_hint("draw a rectangle inside its group"));
        };
        let mirror = Mirror::of(scene, rect);
        let area = mirror.apply(&typesetter.moved(place::drawn_rect(scene, rect)?, rect)?);
        let number = |name: &str| node.attribute(name)?.parse::<f64>().ok();
        let drawn = match (kind, &scene.chart) {
            ("pictogram", Some(Chart::Ratio { n, of })) => {
                let is_end = node.attribute("data-align") == Some("end");
                let side = match is_end != mirror.is_turning() {
                    true => people::Side::Right,
                    false => people::Side::Left,
                };
                Drawn::plain(people::draw(*n as usize, *of as usize, &area, side))
            }
            ("ring", Some(Chart::Ring { share })) => {
                let thickness = number("data-thickness").unwrap_or(ring::THICKNESS);
                Drawn::plain(ring::draw(*share, &area, thickness))
            }
            ("bars", Some(Chart::Bars(values))) => {
                bars::draw((scene, typesetter), node, values, &area)?
            }
            ("thread", _) => Drawn::plain(thread::draw(
                scene.slide,
                &area,
                Mirror::within(scene, &area),
            )),
            ("pictogram" | "ring" | "bars", _) => {
                let message =
                    format!("the template draws `{kind}`, and the card has no numbers for it");
                let error = scene.error(node, message);
                return Err(error.with_hint(
                    "give the card `chart: ratio`, `ring` or `bars`, or another `template:`",
                ));
            }
            _ => {
                let error = scene.error(node, format!("there is no chart `{kind}`"));
                return Err(error.with_hint("there are pictogram, ring, bars and thread"));
            }
        };
        charts.push(DrawnChart {
            group: node,
            area: rect,
            markup: drawn.markup,
            texts: drawn.texts,
        });
    }
    Ok(charts)
}

impl Drawn<'_, '_> {
    fn plain(markup: String) -> Self {
        Self {
            markup,
            texts: Vec::new(),
        }
    }
}
