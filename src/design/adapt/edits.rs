//! Numbers of a drawing, written anew in their places in its source.

use std::fmt::Write as _;
use std::ops::Range;

use kurbo::{Affine, Point, Shape};
use roxmltree::{Attribute, Node};
use svgtypes::{SimplePathSegment, SimplifyingPathParser};

use super::sides::{BLEED, Side, Sides};
use crate::design::cascade;
use crate::design::transform::{self, to_artboard};
use crate::geometry::Rect;

/// Numbers to be written anew, by their place in the source.
#[derive(Default)]
pub(super) struct Edits {
    found: Vec<(Range<usize>, String)>,
}

impl Edits {
    pub(super) fn apply(mut self, source: &str) -> String {
        self.found.sort_by_key(|(range, _)| range.start);
        let mut out = String::with_capacity(source.len() + 256);
        let mut done = 0;
        for (range, text) in self.found {
            out.push_str(&source[done..range.start]);
            out.push_str(&text);
            done = range.end;
        }
        out.push_str(&source[done..]);
        out
    }

    fn value(&mut self, attribute: Attribute<'_, '_>, text: String) {
        self.found.push((attribute.range_value(), text));
    }

    fn number(&mut self, node: Node<'_, '_>, name: &str, number: f64) {
        match node.attribute_node(name) {
            Some(attribute) => self.value(attribute, round(number)),
            None => self.insert(node, &format!(" {name}=\"{}\"", round(number))),
        }
    }

    fn insert(&mut self, node: Node<'_, '_>, text: &str) {
        let prefix = node.tag_name().name().len();
        let source = &node.document().input_text()[node.range()];
        // The element's name as written may carry a prefix.
        let written = source[1..]
            .find(|c: char| c.is_whitespace() || c == '/' || c == '>')
            .unwrap_or(prefix);
        let at = node.range().start + 1 + written;
        self.found.push((at..at, text.to_owned()));
    }

    pub(super) fn root(&mut self, node: Node<'_, '_>, sides: &Sides<'_>) {
        let (width, height) = (sides.across.length(), sides.down.length());
        let view_box = format!("0 0 {} {}", round(width), round(height));
        match node.attribute_node("viewBox") {
            Some(attribute) => self.value(attribute, view_box),
            None => self.insert(node, &format!(" viewBox=\"{view_box}\"")),
        }
        for (name, length) in [("width", width), ("height", height)] {
            if let Some(attribute) = node.attribute_node(name) {
                self.value(attribute, round(length));
            }
        }
    }

    pub(super) fn element(&mut self, node: Node<'_, '_>, sides: &Sides<'_>) {
        match node.tag_name().name() {
            "rect" | "image" | "use" => self.area(node, sides),
            "circle" | "ellipse" => self.points(node, sides, &[("cx", "cy")]),
            "line" => self.points(node, sides, &[("x1", "y1"), ("x2", "y2")]),
            "linearGradient" if is_on_artboard(node) => {
                self.points(node, sides, &[("x1", "y1"), ("x2", "y2")]);
            }
            "radialGradient" if is_on_artboard(node) => {
                self.points(node, sides, &[("cx", "cy"), ("fx", "fy")]);
            }
            "text" | "tspan" => self.text(node, sides),
            "path" | "polygon" | "polyline" => self.outline(node, sides),
            _ => {}
        }
    }

    /// A rectangle: both of its corners go where they should.
    fn area(&mut self, node: Node<'_, '_>, sides: &Sides<'_>) {
        let own = to_artboard(node);
        let (width, height) = (sides.old.width().0, sides.old.height().0);
        let read = |name: &str, whole: f64| {
            node.attribute(name)
                .and_then(|value| cascade::length(value, whole))
        };
        let (x, y) = (read("x", width), read("y", height));
        let (Some(wide), Some(high)) = (read("width", width), read("height", height)) else {
            self.points(node, sides, &[("x", "y")]);
            return;
        };
        let (x, y) = (x.unwrap_or(0.0), y.unwrap_or(0.0));
        let drawn = transform::across(own, &Rect::from_xywh(x, y, wide, high));
        let (left, top) = (sides.old.left.0, sides.old.top.0);
        let (x0, x1) = sides.across.span(drawn.left.0 - left, drawn.right.0 - left);
        let (y0, y1) = sides.vertical(node, (drawn.top.0 - top, drawn.bottom.0 - top));
        let placed = Rect::from_xywh(x0, y0, x1 - x0, y1 - y0);
        let in_ring = node
            .has_attribute("data-box")
            .then(|| sides.in_ring(&drawn));
        let placed = in_ring.flatten().unwrap_or(placed);
        let placed = transform::across(own.inverse(), &placed);
        let (wide, high) = (placed.width().0, placed.height().0);
        self.number(node, "x", placed.left.0);
        self.number(node, "y", placed.top.0);
        self.number(node, "width", wide);
        self.number(node, "height", high);
    }

    /// Points that an element names with pairs of attributes.
    fn points(&mut self, node: Node<'_, '_>, sides: &Sides<'_>, names: &[(&str, &str)]) {
        for (x, y) in names {
            let read = |name| node.attribute(name).and_then(|value| value.parse().ok());
            let (old_x, old_y): (Option<f64>, Option<f64>) = (read(*x), read(*y));
            if old_x.is_none() && old_y.is_none() {
                continue;
            }
            let old = Point::new(old_x.unwrap_or(0.0), old_y.unwrap_or(0.0));
            let new = moved(node, sides, old);
            self.number(node, x, new.x);
            self.number(node, y, new.y);
        }
    }

    /// A text stands on its baseline; only the places that it names are written anew.
    fn text(&mut self, node: Node<'_, '_>, sides: &Sides<'_>) {
        let first = |name: &str| -> Option<f64> {
            let named = node
                .ancestors()
                .take_while(|outer| matches!(outer.tag_name().name(), "text" | "tspan" | "a"));
            let value = named.filter_map(|outer| outer.attribute(name)).next()?;
            value.split([' ', ',']).next()?.parse().ok()
        };
        let old = Point::new(first("x").unwrap_or(0.0), first("y").unwrap_or(0.0));
        let new = moved(node, sides, old);
        for (name, place) in [("x", new.x), ("y", new.y)] {
            if let Some(attribute) = node.attribute_node(name)
                && first(name).is_some()
            {
                self.value(attribute, round(place));
            }
        }
    }

    /// An outline is moved as a whole; one that bleeds off both edges is stretched to do so again.
    fn outline(&mut self, node: Node<'_, '_>, sides: &Sides<'_>) {
        let Some(bounds) = bounds(node) else {
            return;
        };
        let own = to_artboard(node);
        let old = transform::across(own, &bounds);
        let (left, top) = (sides.old.left.0, sides.old.top.0);
        let along = |side: &Side, start: f64, end: f64| {
            let (length, whole) = (side.knots[5].0, side.length());
            if start <= BLEED && end >= length - BLEED {
                (0.0, whole / length)
            } else {
                let middle = f64::midpoint(start, end);
                (side.at(middle) - middle, 1.0)
            }
        };
        let (dx, stretch_x) = along(&sides.across, old.left.0 - left, old.right.0 - left);
        let (dy, stretch_y) = along(&sides.down, old.top.0 - top, old.bottom.0 - top);
        let step = Affine::translate((dx, dy))
            * Affine::scale_non_uniform(stretch_x, stretch_y)
            * Affine::translate((-left, -top));
        let outer = node.parent_element().map_or(Affine::IDENTITY, to_artboard);
        let inner = outer.inverse() * step * outer;
        let written: Vec<String> = inner.as_coeffs().iter().map(|part| round(*part)).collect();
        let mut list = format!("matrix({})", written.join(" "));
        match node.attribute_node("transform") {
            Some(attribute) => {
                let _ = write!(list, " {}", attribute.value());
                self.value(attribute, list);
            }
            None => self.insert(node, &format!(" transform=\"{list}\"")),
        }
    }
}

/// Where a point of an element goes, in the element's own user space.
fn moved(node: Node<'_, '_>, sides: &Sides<'_>, old: Point) -> Point {
    let own = to_artboard(node);
    own.inverse() * sides.point(own * old)
}

/// Whether a gradient is measured on the artboard, not on what it fills.
fn is_on_artboard(node: Node<'_, '_>) -> bool {
    node.attribute("gradientUnits") == Some("userSpaceOnUse")
}

/// Around an outline, in its own user space.
fn bounds(node: Node<'_, '_>) -> Option<Rect> {
    let mut path = kurbo::BezPath::new();
    if let Some(points) = node.attribute("points") {
        for (x, y) in svgtypes::PointsParser::from(points) {
            match path.is_empty() {
                true => path.move_to((x, y)),
                false => path.line_to((x, y)),
            }
        }
    }
    let outline = node.attribute("d").unwrap_or_default();
    let steps = SimplifyingPathParser::from(outline);
    for step in steps.map_while(Result::ok) {
        match step {
            SimplePathSegment::MoveTo { x, y } => path.move_to((x, y)),
            SimplePathSegment::LineTo { x, y } => path.line_to((x, y)),
            SimplePathSegment::Quadratic { x1, y1, x, y } => path.quad_to((x1, y1), (x, y)),
            SimplePathSegment::CurveTo {
                x1,
                y1,
                x2,
                y2,
                x,
                y,
            } => path.curve_to((x1, y1), (x2, y2), (x, y)),
            SimplePathSegment::ClosePath => path.close_path(),
        }
    }
    let area = (!path.is_empty()).then(|| path.bounding_box())?;
    Some(Rect::from_xywh(
        area.x0,
        area.y0,
        area.width(),
        area.height(),
    ))
}

/// A number as people write it: at most four digits after the point.
fn round(number: f64) -> String {
    let rounded = (number * 1e4).round() / 1e4;
    // No minus before zero.
    format!("{}", rounded + 0.0)
}
