//! Draws an artboard at the size of a platform that has none of its own: a template in, the same
//! drawing for other proportions and another safe area out.
//!
//! As in nine-slice scaling, what is near an edge keeps its distance to it, what lies between is
//! spread, and grounds that bleed off the artboard still do. So there is no letterbox, rules stay as
//! thick as they are, and boxes for texts take what room there is; the fitter does the rest. Texts
//! that follow one another down the artboard (`data-follow="figure.bottom"`) are one block: it hangs
//! from the top and keeps its proportions. Only numbers of the drawing change: everything else stays
//! byte for byte.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::ops::Range;

use kurbo::{Affine, Point, Shape};
use roxmltree::{Attribute, Node};
use svgtypes::{SimplePathSegment, SimplifyingPathParser};

use super::transform::{self, to_artboard};
use super::{Platform, Template};
use crate::error::Result;
use crate::geometry::Rect;

/// How much of the live area next to each edge keeps its distance to that edge.
const KEPT: f64 = 0.3;

/// The least share of the live area that the kept parts leave for what lies between.
const SPREAD: f64 = 0.16;

/// The share of the live area's height that a block which hangs from the top may take before its
/// last text, if the drawing leaves it no more.
const HUNG: f64 = 0.62;

/// Thinner things are rules: they are moved, never stretched across. In artboard px.
const RULE: f64 = 24.0;

/// What letters of small type reach below their baseline, in artboard px.
const DESCENT: f64 = 12.0;

/// How near an edge ends what bleeds off it, in artboard px.
const BLEED: f64 = 1.0;

/// The same drawing for a platform.
///
/// # Errors
///
/// None for a template that was parsed: an artboard past the limits.
pub(super) fn adapt(template: &Template, platform: &Platform) -> Result<Template> {
    let document = template.document();
    let hung = Hung::of(&document);
    let sides = Sides::of(template, platform, &hung);
    let mut edits = Edits::default();
    edits.root(document.root_element(), &sides);
    for node in document.descendants().filter(Node::is_element) {
        edits.element(node, &sides);
    }
    let adapted = Template::parse(&template.path, edits.apply(&template.source))?;
    Ok(adapted.with_settings(template.settings.clone()))
}

/// Whether the drawing fills the platform's image as it is, with its words in the safe area.
pub(super) fn is_ready(template: &Template, platform: &Platform) -> bool {
    let scale = template.scale(platform);
    let live = live(template, &platform.artboard);
    let safe = &platform.safe_area;
    let covered = [
        (safe.left.0, live.left.0 * scale),
        (safe.top.0, live.top.0 * scale),
        (live.right.0 * scale, safe.right.0),
        (live.bottom.0 * scale, safe.bottom.0),
    ];
    template.fits(platform) && covered.iter().all(|(inner, outer)| *inner <= outer + 1.0)
}

/// Where words stand on an artboard, from its upper left corner: the art direction's margins, in
/// units of a hundredth of the width or a ninetieth of the short side.
fn live(template: &Template, artboard: &str) -> Rect {
    let (width, height) = (template.artboard.width().0, template.artboard.height().0);
    let unit = (width / 100.0).max(width.min(height) / 90.0);
    let margin = unit * if artboard == "landscape" { 5.0 } else { 7.0 };
    let (top, bottom) = match artboard {
        "story" => (0.14 * height, 0.2 * height),
        _ => (margin, margin),
    };
    Rect::from_xywh(margin, top, width - 2.0 * margin, height - top - bottom)
}

/// The texts that follow one another down the artboard.
struct Hung {
    /// Those that another one follows.
    followed: BTreeSet<String>,
    /// y of the last one, as drawn.
    last: f64,
    /// y of the lowest text of the drawing, whatever it belongs to.
    lowest: f64,
}

impl Hung {
    fn of(document: &roxmltree::Document<'_>) -> Self {
        let follows = |node: Node<'_, '_>| -> Vec<String> {
            let written = node.attribute("data-follow").unwrap_or_default();
            let edges = written.split_whitespace();
            let below = edges.filter_map(|edge| edge.strip_suffix(".bottom"));
            below.map(str::to_owned).collect()
        };
        let all = || document.descendants().filter(Node::is_element);
        let tops = all()
            .filter(|node| !follows(*node).is_empty())
            .filter_map(|node| node.attribute("y")?.parse::<f64>().ok());
        Self {
            followed: all().flat_map(follows).collect(),
            last: tops.fold(0.0, f64::max),
            lowest: lowest_text(document),
        }
    }

    /// Whether an element belongs to such a block, and whether its foot does: not if it reaches down
    /// to what stands at the foot of the artboard.
    fn holds(&self, node: Node<'_, '_>) -> Option<bool> {
        let is_followed = ["data-box", "id", "data-bind"]
            .iter()
            .filter_map(|name| node.attribute(*name))
            .any(|name| self.followed.contains(name));
        let written = node.attribute("data-follow").unwrap_or_default();
        let follows = written
            .split_whitespace()
            .any(|edge| edge.ends_with(".bottom"));
        (is_followed || follows).then_some(is_followed)
    }
}

/// The lowest baseline or foot of a text's box in the drawing.
fn lowest_text(document: &roxmltree::Document<'_>) -> f64 {
    let number = |node: Node<'_, '_>, name| -> Option<f64> {
        let value: &str = node.attribute(name)?.split([' ', ',']).next()?;
        value.parse().ok()
    };
    let feet = document.descendants().filter_map(|node| {
        let y = number(node, "y")?;
        let foot = match node.tag_name().name() {
            "text" | "tspan" => y,
            "rect" if node.has_attribute("data-box") => y + number(node, "height")?,
            _ => return None,
        };
        Some((to_artboard(node) * Point::new(0.0, foot)).y)
    });
    feet.fold(0.0, f64::max)
}

/// How places move along both sides of the artboard.
struct Sides<'a> {
    across: Side,
    down: Side,
    old: Rect,
    hung: &'a Hung,
    /// How a block that hangs from the top grows.
    growth: f64,
}

/// A line through pairs of places before and after, each higher than the one before.
struct Side {
    knots: [(f64, f64); 6],
}

impl<'a> Sides<'a> {
    fn of(template: &Template, platform: &Platform, hung: &'a Hung) -> Self {
        let old = template.artboard;
        let (width, height) = (f64::from(platform.width), f64::from(platform.height));
        let live = live(template, &platform.artboard);
        let scale = scale(
            platform,
            &live,
            (width / old.width().0).min(height / old.height().0),
        );
        // A story's margins are its safe area; on other sizes the side's margin is enough.
        let margin = live.left.0;
        let safe = &platform.safe_area;
        let from = |inset: f64| (inset / scale).max(margin);
        let end = |side: f64, inner: f64| side / scale - from(side - inner);
        let across = Side::new(
            (live.left.0, live.right.0, old.width().0),
            (from(safe.left.0), end(width, safe.right.0), width / scale),
        );
        // Words in the margin, as in a bar along the foot, must not be covered either.
        let below = (old.bottom.0 - hung.lowest) * scale;
        let is_covered = height - safe.bottom.0 > below;
        let foot = match is_covered {
            true => live.bottom.0.max(hung.lowest - old.top.0 + DESCENT),
            false => live.bottom.0,
        };
        let down = Side::new(
            (live.top.0, foot, old.height().0),
            (from(safe.top.0), end(height, safe.bottom.0), height / scale),
        );
        let block = (hung.last - old.top.0 - live.top.0).max(1.0);
        let room = down.live() * HUNG.max(block / live.height().0);
        let growth = (across.live() / live.width().0).min(room / block);
        Self {
            across,
            down,
            old,
            hung,
            growth,
        }
    }

    /// Where the top and the bottom of an area go.
    fn vertical(&self, node: Node<'_, '_>, (top, bottom): (f64, f64)) -> (f64, f64) {
        let mapped = self.down.span(top, bottom);
        let hang = |y: f64| self.down.knots[1].1 + (y - self.down.knots[1].0) * self.growth;
        match self.hung.holds(node) {
            None => mapped,
            Some(true) => (hang(top), hang(bottom)),
            Some(false) => (hang(top), mapped.1.max(hang(top) + 1.0)),
        }
    }

    fn point(&self, point: Point) -> Point {
        Point::new(
            self.across.at(point.x - self.old.left.0),
            self.down.at(point.y - self.old.top.0),
        )
    }
}

/// Pixels of the image to a unit of the drawing: the largest at which words have as much room as
/// they are drawn with, on both sides. So what fits the artboard fits the platform.
fn scale(platform: &Platform, live: &Rect, least: f64) -> f64 {
    let margin = live.left.0 * least;
    let room =
        |start: f64, end: f64, side: f64| side - start.max(margin) - (side - end).max(margin);
    let safe = &platform.safe_area;
    let (width, height) = (f64::from(platform.width), f64::from(platform.height));
    let across = room(safe.left.0, safe.right.0, width) / live.width().0;
    let down = room(safe.top.0, safe.bottom.0, height) / live.height().0;
    across.min(down)
}

impl Side {
    fn new((start, end, length): (f64, f64, f64), (to, until, whole): (f64, f64, f64)) -> Self {
        let most = (1.0 - SPREAD) / 2.0 * (until - to);
        let kept = (KEPT * (end - start)).min(most).max(0.0);
        Self {
            knots: [
                (0.0, 0.0),
                (start, to),
                (start + kept, to + kept),
                (end - kept, until - kept),
                (end, until),
                (length, whole),
            ],
        }
    }

    fn length(&self) -> f64 {
        self.knots[5].1
    }

    fn live(&self) -> f64 {
        self.knots[4].1 - self.knots[1].1
    }

    /// Where a place goes; beyond the artboard it keeps its distance to the edge.
    fn at(&self, place: f64) -> f64 {
        let [first, .., last] = self.knots;
        if place <= first.0 {
            return first.1 + place - first.0;
        }
        let after = self.knots.windows(2).find(|pair| place <= pair[1].0);
        let Some([(from, to), (end, until)]) = after.and_then(|pair| pair.first_chunk::<2>())
        else {
            return last.1 + place - last.0;
        };
        let share = (place - from) / (end - from).max(f64::MIN_POSITIVE);
        to + share * (until - to)
    }

    /// Where the ends of something go: a rule keeps its thickness at the nearer edge.
    fn span(&self, start: f64, end: f64) -> (f64, f64) {
        let (first, last) = (self.knots[0].0, self.knots[5].0);
        let bleeds = start <= first + BLEED || end >= last - BLEED;
        if end - start > RULE || bleeds {
            return (self.at(start), self.at(end).max(self.at(start)));
        }
        let to = self.at((start + end) / 2.0) - (end - start) / 2.0;
        (to, to + end - start)
    }
}

/// Numbers to be written anew, by their place in the source.
#[derive(Default)]
struct Edits {
    found: Vec<(Range<usize>, String)>,
}

impl Edits {
    fn apply(mut self, source: &str) -> String {
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

    fn root(&mut self, node: Node<'_, '_>, sides: &Sides<'_>) {
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

    fn element(&mut self, node: Node<'_, '_>, sides: &Sides<'_>) {
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
                .and_then(|value| super::cascade::length(value, whole))
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
    for step in steps.map_while(std::result::Result::ok) {
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

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::design::Library;

    fn platform(width: u32, height: u32, artboard: &str, safe: [f64; 4]) -> Platform {
        let [top, right, bottom, left] = safe;
        let (wide, high) = (f64::from(width), f64::from(height));
        Platform {
            id: "p".to_owned(),
            name: "P".to_owned(),
            width,
            height,
            artboard: artboard.to_owned(),
            safe_area: Rect::from_xywh(left, top, wide - left - right, high - top - bottom),
            groups: Vec::new(),
            types: Vec::new(),
            max_bytes: None,
            max_alt: None,
            source: String::new(),
            as_of: String::new(),
        }
    }

    fn adapted(inside: &str, to: &Platform) -> String {
        let source = format!("<svg width='1080' height='1080'>{inside}</svg>");
        let template = Template::parse(Path::new("t.svg"), source).expect("it is a template");
        adapt(&template, to).expect("it is adapted").source
    }

    #[test]
    fn grounds_stretch_edges_keep_their_distance_boxes_take_the_room() {
        let tall = platform(1080, 1440, "square", [0.0; 4]);
        let (width, height) = (1080.0, 1440.0);
        let source = adapted(
            "<rect width='1080' height='1080'/><rect x='84' y='84' width='912' height='10'/>\
             <rect id='box' x='84' y='120' width='912' height='800'/><text x='84' y='996'>a</text>\
             <circle cx='972' cy='972' r='24'/>",
            &tall,
        );
        let document = roxmltree::Document::parse(&source).expect("it is XML");
        let number = |tag: &str, index: usize, name: &str| -> f64 {
            let mut found = document.descendants().filter(|node| node.has_tag_name(tag));
            let node = found.nth(index).expect("it is there");
            node.attribute(name)
                .expect("it is set")
                .parse()
                .expect("a number")
        };
        let near = |found: f64, expected: f64| assert!((found - expected).abs() < 0.01, "{found}");
        near(number("rect", 0, "width"), width);
        near(number("rect", 0, "height"), height);
        near(number("rect", 1, "height"), 10.0);
        near(number("rect", 1, "y"), 84.0);
        near(number("rect", 1, "width"), width - 168.0);
        near(number("rect", 2, "y"), 120.0);
        near(number("rect", 2, "height"), 800.0 + height - 1080.0);
        near(number("text", 0, "y"), height - 84.0);
        near(number("circle", 0, "cx"), width - 108.0);
        near(number("circle", 0, "r"), 24.0);
    }

    #[test]
    fn what_a_platform_covers_is_kept_free() {
        let library = Library::built_in().expect("it loads");
        let story = library.template("quote", "story").expect("there is one");
        let reel = platform(1080, 1920, "story", [269.0, 65.0, 672.0, 65.0]);
        assert!(!is_ready(story, &reel));
        let plain = platform(1080, 1920, "story", [269.0, 65.0, 384.0, 65.0]);
        assert!(is_ready(story, &plain));
        let source = adapt(story, &reel).expect("it is adapted").source;
        let document = roxmltree::Document::parse(&source).expect("it is XML");
        let width = document.root_element().attribute("width");
        let width: f64 = width.expect("it has one").parse().expect("a number");
        let lowest = (1920.0 - 672.0) * width / 1080.0;
        let texts = document
            .descendants()
            .filter(|node| node.has_attribute("y"));
        let texts = texts.filter(|node| matches!(node.tag_name().name(), "text" | "tspan"));
        for text in texts {
            let y: f64 = text
                .attribute("y")
                .expect("it has one")
                .parse()
                .expect("a number");
            assert!(y < lowest, "{text:?}");
        }
    }

    #[test]
    fn places_never_change_their_order() {
        let wide = platform(1200, 400, "landscape", [0.0; 4]);
        let template = "<svg width='1200' height='630'/>".to_owned();
        let template = Template::parse(Path::new("t.svg"), template).expect("it is a template");
        let hung = Hung::of(&template.document());
        let sides = Sides::of(&template, &wide, &hung);
        for side in [&sides.across, &sides.down] {
            let places: Vec<f64> = (-50..1300).map(|place| side.at(f64::from(place))).collect();
            assert!(places.is_sorted(), "{places:?}");
        }
    }
}
