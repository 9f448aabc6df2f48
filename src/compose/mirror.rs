//! Turns a template round for cards that read from right to left.
//!
//! Everything is decided as drawn, from left to right; then boxes, and the drawings that follow texts
//! sideways, change sides about the middle of the safe area. Drawings are moved, never flipped: a logo
//! or a portrait stays as it is. What neither holds a text nor follows one stays where it is, unless it
//! says `data-mirror`.

use kurbo::Affine;
use roxmltree::Node;

use super::bind::Scene;
use super::place;
use super::typeset::{SetText, Shift};
use crate::geometry::{Px, Rect};
use crate::text::Direction;

/// The middle that a text changes sides about, in its own space; nothing for cards that read from
/// left to right, and for texts that are turned.
#[derive(Clone, Copy, Debug)]
pub struct Mirror {
    /// Left and right edge of the safe area added up.
    sum: Option<Px>,
}

impl Mirror {
    /// For a text of the template.
    pub fn of(scene: &Scene<'_, '_>, text: Node<'_, '_>) -> Self {
        let own = place::to_artboard(text);
        let [_, b, c, _, _, _] = own.as_coeffs();
        let is_turned = b != 0.0 || c != 0.0;
        let is_carried = text.ancestors().skip(1).any(is_mirrored);
        if !scene.copy.is_rtl() || is_turned || is_carried {
            return Self { sum: None };
        }
        let safe = place::across(own.inverse(), &scene.safe);
        Self {
            sum: Some(safe.left + safe.right),
        }
    }

    /// For what is drawn within a box and turned round in it.
    pub fn within(scene: &Scene<'_, '_>, area: &Rect) -> Self {
        let is_rtl = scene.copy.is_rtl();
        Self {
            sum: is_rtl.then_some(area.left + area.right),
        }
    }

    /// For what never changes sides.
    #[cfg(test)]
    pub fn none() -> Self {
        Self { sum: None }
    }

    /// Whether sides change.
    pub fn is_turning(self) -> bool {
        self.sum.is_some()
    }

    /// A box on the other side.
    pub fn apply(self, rect: &Rect) -> Rect {
        match self.sum {
            Some(sum) => Rect {
                left: sum - rect.right,
                right: sum - rect.left,
                ..*rect
            },
            None => *rect,
        }
    }

    /// Turns a figure round in its box: its number on the right, its unit on the left of it. A sign
    /// stays where it is beside its number, and "1 in 4" is read as it is written.
    pub fn turn(self, set: &mut SetText<'_, '_>, frame: &Rect) {
        if self.sum.is_none() {
            return;
        }
        let sum = frame.left + frame.right;
        let text = &set.paragraph.text;
        let is_whole = text.ends_with(['%', '‰', '٪']) || !Direction::Auto.is_rtl(text);
        let parts = set
            .paragraph
            .styles
            .iter()
            .map(|styled| styled.range.clone());
        let whole = std::iter::once(0..set.paragraph.text.len());
        let parts: Vec<_> = if is_whole {
            whole.collect()
        } else {
            parts.collect()
        };
        for line in &mut set.fitted.lines {
            for part in &parts {
                let is_in = |start: usize| part.contains(&start);
                let runs = line.runs.iter().filter(|run| is_in(run.range.start));
                let ink = runs
                    .map(|run| run.ink)
                    .reduce(|one, other| one.union(&other));
                let Some(ink) = ink else {
                    continue;
                };
                let runs = line.runs.iter_mut().filter(|run| is_in(run.range.start));
                runs.for_each(|run| run.shift(sum - ink.left - ink.right));
            }
            let inks = line.runs.iter().map(|run| run.ink);
            line.ink = inks
                .reduce(|one, other| one.union(&other))
                .unwrap_or(line.ink);
            set.fitted.ink = line.ink;
        }
        set.edges.left = set.fitted.ink.left;
        set.edges.right = set.fitted.ink.right;
    }
}

/// Whether an element changes sides with the card: it follows a text sideways, or says so.
pub fn is_mirrored(node: Node<'_, '_>) -> bool {
    let follows = node.attribute("data-follow").unwrap_or_default();
    let mut leaders = follows.split_whitespace();
    let is_sideways = leaders.any(|it| it.ends_with(".left") || it.ends_with(".right"));
    let is_drawing = !matches!(node.tag_name().name(), "text" | "rect") || !is_box(node);
    (is_sideways && is_drawing) || node.has_attribute("data-mirror")
}

fn is_box(node: Node<'_, '_>) -> bool {
    node.has_attribute("data-box")
}

/// How far an element moves that would move by `shift` on a card that reads from left to right.
pub fn shift(scene: &Scene<'_, '_>, node: Node<'_, '_>, shift: Shift) -> Shift {
    let is_carried = node.ancestors().skip(1).any(is_mirrored);
    if !scene.copy.is_rtl() || !is_mirrored(node) || is_carried {
        return shift;
    }
    let Some(drawn) = extent(node) else {
        return shift;
    };
    let parent = node
        .parent_element()
        .map_or(Affine::IDENTITY, place::to_artboard);
    let [scale, b, c, _, _, _] = parent.as_coeffs();
    if b != 0.0 || c != 0.0 || scale == 0.0 {
        return shift;
    }
    let (safe, moved) = (&scene.safe, shift.x * scale);
    let sum = safe.left + safe.right;
    Shift {
        x: (sum - drawn.left - drawn.right - moved) / scale,
        ..shift
    }
}

/// Around what an element draws, on the artboard; texts are where they stand.
fn extent(node: Node<'_, '_>) -> Option<Rect> {
    let number = |name: &str| {
        node.attribute(name)?
            .trim_end_matches("px")
            .parse::<f64>()
            .ok()
    };
    let or_zero = |name: &str| number(name).unwrap_or(0.0);
    let own = match node.tag_name().name() {
        "rect" | "image" | "use" | "svg" => Some(Rect::from_xywh(
            or_zero("x"),
            or_zero("y"),
            number("width").unwrap_or(0.0),
            number("height").unwrap_or(0.0),
        )),
        "circle" | "ellipse" => {
            let radius = |name: &str| number(name).or_else(|| number("r")).unwrap_or(0.0);
            let (rx, ry) = (radius("rx"), radius("ry"));
            let (x, y) = (or_zero("cx") - rx, or_zero("cy") - ry);
            Some(Rect::from_xywh(x, y, rx * 2.0, ry * 2.0))
        }
        "line" => {
            let (x1, x2) = (or_zero("x1"), or_zero("x2"));
            let (y1, y2) = (or_zero("y1"), or_zero("y2"));
            let (width, height) = ((x2 - x1).abs(), (y2 - y1).abs());
            Some(Rect::from_xywh(x1.min(x2), y1.min(y2), width, height))
        }
        "path" => {
            use kurbo::Shape;
            let path = kurbo::BezPath::from_svg(node.attribute("d")?).ok()?;
            let area = path.bounding_box();
            Some(Rect::from_xywh(
                area.x0,
                area.y0,
                area.width(),
                area.height(),
            ))
        }
        _ => None,
    };
    let own = own.map(|rect| place::across(place::to_artboard(node), &rect));
    let inside = node.children().filter(Node::is_element).filter_map(extent);
    own.into_iter()
        .chain(inside)
        .reduce(|one, other| one.union(&other))
}
