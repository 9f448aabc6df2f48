//! Where a text stands: the box a designer drew for it, in the text's own user space.
//!
//! A box is a rectangle that says so (`data-box="quote"`), one whose layer is called after the text
//! (`quote-box`), or the one a text names (`shape-inside:url(#rect352)`, as Inkscape does). Text and
//! box may be moved, scaled and nested in groups as they like: the box is taken into the text's
//! space. `inline-size` gives a width without a height.

use kurbo::Affine;
use roxmltree::Node;

use super::bind::Scene;
use super::style::{align, leading};
use crate::design::cascade::{Computed, length};
use crate::design::transform::transform;
pub use crate::design::transform::{across, scale, to_artboard};
use crate::design::{layer, sample};
use crate::error::Result;
use crate::geometry::Rect;
use crate::text::Align;

/// Where a text stands.
#[derive(Clone, Debug)]
pub struct Place<'a, 'input> {
    /// The box, in the text's user space.
    pub rect: Rect,
    /// The element that draws the box; `None` for a text that stands at its own `x` and `y`.
    pub node: Option<Node<'a, 'input>>,
    /// How many lines the drawing has; more than one for a text with a width but no box.
    pub lines: usize,
}

/// Where a text stands as drawn: in the first displayed box of one of its names, else at its `x`
/// and `y`.
///
/// # Errors
///
/// A box that is no rectangle, a text that is scaled to nothing, or one without a box and without
/// `x` or `y`.
pub fn place<'a, 'input>(
    scene: &Scene<'a, 'input>,
    node: Node<'a, 'input>,
    names: &[String],
) -> Result<Place<'a, 'input>> {
    let computed = scene.cascade.computed(node, scene.classes);
    let own = to_artboard(node);
    if scale(own) < 1e-6 || !scale(own).is_finite() {
        let message = format!("the text `{}` is scaled to nothing", called(names));
        return Err(scene.error(node, message));
    }
    if let Some(drawn) = box_of(scene, node, names, &computed) {
        let is_in_defs = drawn
            .ancestors()
            .any(|outer| outer.tag_name().name() == "defs");
        let outer = if is_in_defs {
            // A shape that is not drawn itself lies in the space of the text that it shapes.
            transform(drawn)
        } else {
            own.inverse() * to_artboard(drawn)
        };
        return Ok(Place {
            rect: across(outer, &drawn_rect(scene, drawn)?),
            node: Some(drawn),
            lines: 1,
        });
    }
    at_point(scene, node, names, (&computed, own))
}

/// The box of a text that stands at its own `x` and `y`.
fn at_point<'a, 'input>(
    scene: &Scene<'a, 'input>,
    node: Node<'a, 'input>,
    names: &[String],
    (computed, own): (&Computed, Affine),
) -> Result<Place<'a, 'input>> {
    let first = |name: &str| {
        let mut inside = node.descendants().filter(|inner| !sample::is_line(*inner));
        let written = inside.find_map(|inner| inner.attribute(name));
        let written = node.attribute(name).or(written)?;
        written.split([' ', ',']).next()?.parse::<f64>().ok()
    };
    let is_moved = own != Affine::IDENTITY;
    // Where a transform places the text, its own coordinates may be left out.
    let origin = |name| first(name).or(is_moved.then_some(0.0));
    let (Some(x), Some(y)) = (origin("x"), origin("y")) else {
        let name = called(names);
        let hint = format!("draw a rectangle called `{name}-box`, or give the text x and y");
        let error = scene.error(node, format!("the text `{name}` has no place"));
        return Err(error.with_hint(hint));
    };
    let artboard = across(own.inverse(), &scene.artboard);
    let align = align(scene, node, computed).unwrap_or_default();
    let (left, right) = (x - artboard.left.0, artboard.right.0 - x);
    let room = match align {
        Align::Start => right - left,
        Align::End => left - right,
        Align::Center => 2.0 * left.min(right),
    };
    let set = scene.data(node, "inline-size");
    let set = set.and_then(|width| length(width, computed.font_size));
    let width = set.or(computed.length("inline-size"));
    let width = width.unwrap_or(room).max(1.0);
    let left = match align {
        Align::Start => x,
        Align::Center => x - width / 2.0,
        Align::End => x - width,
    };
    let lines = lines_drawn(node);
    if lines > 1 {
        let size = computed.font_size;
        let height = size * (1.0 + (lines - 1) as f64 * leading(computed));
        let rect = Rect::from_xywh(left, y - size * CAPITALS, width, height);
        return Ok(Place {
            rect,
            node: None,
            lines,
        });
    }
    // A text at its own place stands on its baseline; upwards it has all the room.
    let top = artboard.top.0.min(y);
    Ok(Place {
        rect: Rect::from_xywh(left, top, width, y - top),
        node: None,
        lines,
    })
}

/// About the height of capitals, in sizes: a first line drawn at `y` rises so far above it.
const CAPITALS: f64 = 0.7;

/// How many baselines the drawing of a text has.
fn lines_drawn(node: Node<'_, '_>) -> usize {
    let mut baselines: Vec<&str> = Vec::new();
    let drawn = node.descendants().filter(|inner| !sample::is_line(*inner));
    for y in drawn.filter_map(|inner| inner.attribute("y")) {
        if baselines.last() != Some(&y) {
            baselines.push(y);
        }
    }
    baselines.len().max(1)
}

fn called(names: &[String]) -> &str {
    names.first().map_or("?", String::as_str)
}

/// The element that draws a text's box.
fn box_of<'a, 'input>(
    scene: &Scene<'a, 'input>,
    text: Node<'a, 'input>,
    names: &[String],
    computed: &Computed,
) -> Option<Node<'a, 'input>> {
    let inside = computed.get("shape-inside").and_then(reference);
    let chosen = scene.data(text, "box");
    let is_named = |node: &Node<'a, 'input>, name: &str| {
        let own = format!("{name}-box");
        node.attribute("data-box") == Some(name) || layer::names(*node).contains(&own)
    };
    let elements = || {
        let all = scene.document.descendants().filter(Node::is_element);
        all.filter(|node| node.tag_name().name() != "text" && scene.is_shown(*node))
    };
    let called = elements().find(|node| match chosen {
        Some(name) => layer::names(*node).iter().any(|own| own == name),
        None => names.iter().any(|name| is_named(node, name)),
    });
    let shape = || elements().find(|node| inside.is_some() && node.attribute("id") == inside);
    called.or_else(shape)
}

/// The id inside `url(#…)`, the first of several.
fn reference(value: &str) -> Option<&str> {
    let (_, after) = value.split_once("url(")?;
    let (inside, _) = after.split_once(')')?;
    inside.trim_matches(['"', '\'', ' ']).strip_prefix('#')
}

/// The rectangle that an element draws.
///
/// # Errors
///
/// An element that is no rectangle.
pub fn drawn_rect(scene: &Scene<'_, '_>, node: Node<'_, '_>) -> Result<Rect> {
    if node.tag_name().name() != "rect" {
        let name = node.attribute("id").unwrap_or("?");
        let message = format!("the box `{name}` is a <{}>", node.tag_name().name());
        return Err(scene
            .error(node, message)
            .with_hint("draw boxes as rectangles"));
    }
    let (width, height) = (scene.artboard.width().0, scene.artboard.height().0);
    let number = |name, whole| {
        let value = node.attribute(name).and_then(|value| length(value, whole));
        value.unwrap_or(0.0)
    };
    Ok(Rect::from_xywh(
        number("x", width),
        number("y", height),
        number("width", width).max(0.0),
        number("height", height).max(0.0),
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_shape_is_named_in_every_way_tools_write_it() {
        #[track_caller]
        fn case(value: &str, expected: Option<&str>) {
            assert_eq!(reference(value), expected);
        }
        case("url(#rect352)", Some("rect352"));
        case("url(\"#a\")", Some("a"));
        case("url(#a) url(#b)", Some("a"));
        case("auto", None);
    }
}
