//! The thread of a carousel: one line at one height on every slide, with a node for each step.
//!
//! It starts on the first slide and arrives on the last; between them a filled node marks the step that
//! the slide is. The line runs from edge to edge of the box, so that it goes on from slide to slide.

use std::fmt::Write as _;

use super::super::mirror::Mirror;
use super::super::splice::number;
use crate::deck::Slide;
use crate::geometry::{Px, Rect};

/// Radius of a node, in thicknesses of the line.
const NODE: f64 = 22.0 / 12.0;

/// From the edge of the box to the first node, in thicknesses of the line: the margin of the card.
const MARGIN: f64 = 7.0;

/// The most nodes on a slide; longer carousels show those around the current one.
const MOST: u32 = 6;

/// Draws the thread of a slide into a box as high as the line is thick; `sides` turns it round where
/// slides follow each other from right to left.
pub fn draw(slide: Slide, area: &Rect, sides: Mirror) -> String {
    let Slide { number: at, of } = slide;
    let thickness = area.height().0;
    let middle = area.top.0 + thickness / 2.0;
    let (left, right) = (area.left.0, area.right.0);
    let first = left + thickness * (MARGIN + NODE);
    let mut out = String::new();
    if at <= 1 {
        bar((&mut out, sides), "done", (first, right), area);
        dot((&mut out, sides), "current", (first, middle), thickness);
        return out;
    }
    if at >= of {
        bar(
            (&mut out, sides),
            "done",
            (left, left + thickness * MARGIN),
            area,
        );
        return out;
    }
    let steps = of.saturating_sub(2).max(1);
    let shown = steps.min(MOST);
    let step = at - 1;
    let from = step.saturating_sub(shown / 2 + 1).min(steps - shown);
    let last = right - thickness * (MARGIN + NODE);
    let place = |index: u32| {
        if shown == 1 {
            first
        } else {
            first + (last - first) * f64::from(index) / f64::from(shown - 1)
        }
    };
    let current = step - 1 - from;
    bar((&mut out, sides), "thread", (left, right), area);
    bar((&mut out, sides), "done", (left, place(current)), area);
    for index in 0..shown {
        let class = match index.cmp(&current) {
            std::cmp::Ordering::Less => "done",
            std::cmp::Ordering::Equal => "current",
            std::cmp::Ordering::Greater => "node",
        };
        dot((&mut out, sides), class, (place(index), middle), thickness);
    }
    out
}

fn bar((out, sides): (&mut String, Mirror), class: &str, (from, to): (f64, f64), area: &Rect) {
    let drawn = sides.apply(&Rect {
        left: Px(from),
        right: Px(to),
        ..*area
    });
    let [x, y] = [drawn.left, drawn.top].map(number);
    let [width, height] = [drawn.width(), drawn.height()].map(number);
    let _ = write!(
        out,
        "<rect class=\"{class}\" x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\"/>"
    );
}

fn dot((out, sides): (&mut String, Mirror), class: &str, (x, y): (f64, f64), thickness: f64) {
    let Px(x) = sides.apply(&Rect::from_xywh(x, y, 0.0, 0.0)).left;
    let [x, y, radius] = [Px(x), Px(y), Px(thickness * NODE)].map(number);
    let _ = write!(
        out,
        "<circle class=\"{class}\" cx=\"{x}\" cy=\"{y}\" r=\"{radius}\"/>"
    );
}

#[cfg(test)]
mod tests {
    use super::*;

    const AREA: Rect = Rect {
        left: Px(0.0),
        top: Px(930.0),
        right: Px(1080.0),
        bottom: Px(942.0),
    };

    fn count(slide: (u32, u32), class: &str) -> usize {
        let (number, of) = slide;
        let drawn = draw(Slide { number, of }, &AREA, Mirror::none());
        drawn.matches(&format!("<circle class=\"{class}\"")).count()
    }

    #[test]
    fn a_node_for_each_step_and_one_of_them_is_current() {
        for of in 3..=20 {
            for number in 2..of {
                let slide = (number, of);
                let all = count(slide, "done") + count(slide, "current") + count(slide, "node");
                assert_eq!(count(slide, "current"), 1, "{number}/{of}");
                assert_eq!(all as u32, (of - 2).min(MOST), "{number}/{of}");
            }
        }
    }

    #[test]
    fn it_starts_on_the_cover_and_arrives_on_the_last_slide() {
        assert_eq!(count((1, 6), "current"), 1);
        assert_eq!(count((6, 6), "current"), 0);
    }
}
