//! Where places of a drawing go: near an edge with it, between the edges in proportion.

use std::collections::BTreeSet;

use kurbo::Point;
use roxmltree::Node;

use super::live;
use crate::design::transform::{self, to_artboard};
use crate::design::{Platform, Template, sample};
use crate::geometry::{Px, Rect};

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
pub(super) const BLEED: f64 = 1.0;

/// The texts that follow one another down the artboard.
pub(super) struct Hung {
    /// Those that another one follows.
    followed: BTreeSet<String>,
    /// y of the last one, as drawn.
    last: f64,
    /// y of the lowest text of the drawing, whatever it belongs to.
    lowest: f64,
}

impl Hung {
    pub(super) fn of(document: &roxmltree::Document<'_>, foot: f64) -> Self {
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
            lowest: lowest_text(document).min(foot),
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

/// The lowest baseline or foot of a text's box in the drawing; samples below the artboard are nowhere.
fn lowest_text(document: &roxmltree::Document<'_>) -> f64 {
    let number = |node: Node<'_, '_>, name| -> Option<f64> {
        let value: &str = node.attribute(name)?.split([' ', ',']).next()?;
        value.parse().ok()
    };
    let is_sample = |node| sample::is_line(node) || sample::is_sample(node);
    let drawn = document.descendants().filter(|node| !is_sample(*node));
    let feet = drawn.filter_map(|node| {
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

/// A rectangle of the drawing, on the artboard.
fn rectangle(node: Node<'_, '_>) -> Option<Rect> {
    let number = |name| node.attribute(name)?.parse::<f64>().ok();
    let (x, y) = (number("x").unwrap_or(0.0), number("y").unwrap_or(0.0));
    let drawn = Rect::from_xywh(x, y, number("width")?, number("height")?);
    (node.tag_name().name() == "rect").then(|| transform::across(to_artboard(node), &drawn))
}

/// How places move along both sides of the artboard.
pub(super) struct Sides<'a> {
    pub(super) across: Side,
    pub(super) down: Side,
    pub(super) old: Rect,
    hung: &'a Hung,
    /// The boxes of rings before and after: what stands in the middle of a ring stays there.
    rings: Vec<(Rect, Rect)>,
    /// How a block that hangs from the top grows.
    growth: f64,
}

/// A line through pairs of places before and after, each higher than the one before.
pub(super) struct Side {
    pub(super) knots: [(f64, f64); 6],
}

impl<'a> Sides<'a> {
    pub(super) fn of(template: &Template, platform: &Platform, hung: &'a Hung) -> Self {
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
        let safe = safe(platform);
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
            rings: Vec::new(),
            growth,
        }
    }

    /// The same, for a drawing with these charts.
    pub(super) fn around_rings(mut self, document: &roxmltree::Document<'_>) -> Self {
        let charts = document.descendants();
        let rings = charts.filter(|node| node.attribute("data-chart") == Some("ring"));
        let boxes = rings.filter_map(|ring| ring.children().find_map(rectangle));
        let boxes = boxes.map(|old| {
            let (left, right) = self.across.span(old.left.0, old.right.0);
            let (top, bottom) = self.down.span(old.top.0, old.bottom.0);
            (old, Rect::from_xywh(left, top, right - left, bottom - top))
        });
        self.rings = boxes.collect();
        self
    }

    /// Where a box goes that is drawn around the middle of a ring: it keeps its share of the ring.
    pub(super) fn in_ring(&self, drawn: &Rect) -> Option<Rect> {
        let middle = |rect: &Rect| {
            let x = f64::midpoint(rect.left.0, rect.right.0);
            (x, f64::midpoint(rect.top.0, rect.bottom.0))
        };
        let radius = |rect: &Rect| rect.width().0.min(rect.height().0);
        let (x, y) = middle(drawn);
        let is_around = |(old, _): &&(Rect, Rect)| {
            let (ring_x, ring_y) = middle(old);
            (x - ring_x).abs() <= 1.0 && (y - ring_y).abs() <= 1.0 && radius(drawn) < radius(old)
        };
        let (old, new) = self.rings.iter().find(is_around)?;
        let scale = radius(new) / radius(old);
        let (x, y) = middle(new);
        let (width, height) = (drawn.width().0 * scale, drawn.height().0 * scale);
        Some(Rect::from_xywh(
            x - width / 2.0,
            y - height / 2.0,
            width,
            height,
        ))
    }

    /// Where the top and the bottom of an area go.
    pub(super) fn vertical(&self, node: Node<'_, '_>, (top, bottom): (f64, f64)) -> (f64, f64) {
        let mapped = self.down.span(top, bottom);
        let hang = |y: f64| self.down.knots[1].1 + (y - self.down.knots[1].0) * self.growth;
        match self.hung.holds(node) {
            None => mapped,
            Some(true) => (hang(top), hang(bottom)),
            Some(false) => (hang(top), mapped.1.max(hang(top) + 1.0)),
        }
    }

    pub(super) fn point(&self, point: Point) -> Point {
        Point::new(
            self.across.at(point.x - self.old.left.0),
            self.down.at(point.y - self.old.top.0),
        )
    }
}

/// What round letters, marks above letters and strokes reach out of the box that they are set in, in
/// shares of the short side.
const REACH: f64 = 0.012;

/// The safe area, with room for what reaches out of boxes where something is covered.
fn safe(platform: &Platform) -> Rect {
    let (width, height) = (f64::from(platform.width), f64::from(platform.height));
    let reach = width.min(height) * REACH;
    let inset = |inset: f64| if inset > 0.0 { inset + reach } else { inset };
    let safe = &platform.safe_area;
    Rect {
        left: Px(inset(safe.left.0)),
        top: Px(inset(safe.top.0)),
        right: Px(width - inset(width - safe.right.0)),
        bottom: Px(height - inset(height - safe.bottom.0)),
    }
}

/// Pixels of the image to a unit of the drawing: the largest at which words have as much room as
/// they are drawn with, on both sides. So what fits the artboard fits the platform.
fn scale(platform: &Platform, live: &Rect, least: f64) -> f64 {
    let margin = live.left.0 * least;
    let room =
        |start: f64, end: f64, side: f64| side - start.max(margin) - (side - end).max(margin);
    let safe = safe(platform);
    let (width, height) = (f64::from(platform.width), f64::from(platform.height));
    let across = room(safe.left.0, safe.right.0, width) / live.width().0;
    let down = room(safe.top.0, safe.bottom.0, height) / live.height().0;
    across.min(down)
}

impl Side {
    pub(super) fn new(
        (start, end, length): (f64, f64, f64),
        (to, until, whole): (f64, f64, f64),
    ) -> Self {
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

    pub(super) fn length(&self) -> f64 {
        self.knots[5].1
    }

    pub(super) fn live(&self) -> f64 {
        self.knots[4].1 - self.knots[1].1
    }

    /// Where a place goes; beyond the artboard it keeps its distance to the edge.
    pub(super) fn at(&self, place: f64) -> f64 {
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
    pub(super) fn span(&self, start: f64, end: f64) -> (f64, f64) {
        let (first, last) = (self.knots[0].0, self.knots[5].0);
        let bleeds = start <= first + BLEED || end >= last - BLEED;
        if end - start > RULE || bleeds {
            return (self.at(start), self.at(end).max(self.at(start)));
        }
        let to = self.at((start + end) / 2.0) - (end - start) / 2.0;
        (to, to + end - start)
    }
}
