//! Two to four values as bars from one zero line, value and name in the bar.
//!
//! The longest bar fills the box, the others are in exact proportion. Values have one size, names
//! another. A bar too short for its words has them beside it (across) or above it (upwards), in ink.
//! The greatest value takes the accent. Everything is decided from left to right; on cards that read
//! from right to left the chart is turned round in its box.

mod words;

use std::fmt::Write as _;

use roxmltree::Node;

use super::Drawn;
use crate::compose::bind::Scene;
use crate::compose::mirror::Mirror;
use crate::compose::splice::number;
use crate::compose::typeset::Typesetter;
use crate::deck::Bar;
use crate::error::Result;
use crate::geometry::{Px, Rect};

/// Between bars, in px.
const GAP: Px = Px(16.0);

/// Thickness of the zero line under columns.
const ZERO: Px = Px(6.0);

type Context<'c, 's, 'a, 'input> = (&'c Scene<'a, 'input>, &'c Typesetter<'s, 'a, 'input>);

/// Draws bars into a box.
///
/// # Errors
///
/// A template that does not show how values and names look.
pub fn draw<'a, 'input>(
    context: Context<'_, '_, 'a, 'input>,
    group: Node<'a, 'input>,
    values: &[Bar<'_>],
    area: &Rect,
) -> Result<Drawn<'a, 'input>> {
    let (scene, _) = context;
    let part = |name: &str| {
        let mut inside = group.descendants();
        let found = inside.find(|node| node.attribute("data-part") == Some(name));
        found.ok_or_else(|| {
            let message = format!("the chart `bars` does not show how a {name} looks");
            let hint = format!("add a <text data-part=\"{name}\"> to its group");
            scene.error(group, message).with_hint(hint)
        })
    };
    let looks = Looks {
        value: part("value")?,
        name: part("name")?,
    };
    let is_across = group.attribute("data-direction") == Some("across");
    let chart = Bars {
        context,
        looks,
        rects: if is_across {
            across(values, area)
        } else {
            upwards(values, area)
        },
        tones: tones(values),
        values,
        area: *area,
        sides: Mirror::within(scene, area),
    };
    Ok(if is_across {
        chart.lying()
    } else {
        chart.standing()
    })
}

/// The elements that show how the words of bars look.
#[derive(Clone, Copy)]
struct Looks<'a, 'input> {
    value: Node<'a, 'input>,
    name: Node<'a, 'input>,
}

/// Bars with their words to be set.
struct Bars<'c, 's, 'a, 'input, 'v> {
    context: Context<'c, 's, 'a, 'input>,
    looks: Looks<'a, 'input>,
    rects: Vec<Rect>,
    tones: Vec<usize>,
    values: &'v [Bar<'v>],
    area: Rect,
    /// From left to right as decided to the sides as drawn, and back.
    sides: Mirror,
}

/// Each bar in proportion to the greatest, one below the other.
fn across(values: &[Bar<'_>], area: &Rect) -> Vec<Rect> {
    let count = values.len() as f64;
    let height = (area.height() - GAP * (count - 1.0)) / Px(count);
    let bar = |(index, share): (usize, f64)| {
        let top = area.top + (Px(height) + GAP) * index as f64;
        Rect {
            left: area.left,
            top,
            right: area.left + area.width() * share,
            bottom: top + Px(height),
        }
    };
    shares(values).enumerate().map(bar).collect()
}

/// Each bar in proportion to the greatest, side by side on a zero line.
fn upwards(values: &[Bar<'_>], area: &Rect) -> Vec<Rect> {
    let count = values.len() as f64;
    let width = Px((area.width() - GAP * (count - 1.0)) / Px(count));
    let foot = area.bottom - ZERO;
    let bar = |(index, share): (usize, f64)| {
        let left = area.left + (width + GAP) * index as f64;
        Rect {
            left,
            top: foot - (foot - area.top) * share,
            right: left + width,
            bottom: foot,
        }
    };
    shares(values).enumerate().map(bar).collect()
}

fn shares<'v>(values: &'v [Bar<'v>]) -> impl Iterator<Item = f64> + 'v {
    let most = values.iter().map(|bar| bar.number).fold(0.0, f64::max);
    values
        .iter()
        .map(move |bar| if most > 0.0 { bar.number / most } else { 0.0 })
}

/// The colour of each bar, from 1: the accent for the greatest, then in order.
fn tones(values: &[Bar<'_>]) -> Vec<usize> {
    let most = values.iter().map(|bar| bar.number).fold(0.0, f64::max);
    let greatest = values.iter().position(|bar| bar.number == most);
    let mut next = 1;
    let tone = |index: usize| {
        if Some(index) == greatest {
            return 1;
        }
        next += 1;
        next
    };
    (0..values.len()).map(tone).collect()
}

fn rectangle(out: &mut String, class: &str, rect: &Rect) {
    let [x, y, width, height] = [rect.left, rect.top, rect.width(), rect.height()].map(number);
    let _ = write!(
        out,
        "<rect class=\"{class}\" x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\"/>"
    );
}

#[cfg(test)]
mod tests {
    use super::*;

    const AREA: Rect = Rect {
        left: Px(84.0),
        top: Px(400.0),
        right: Px(996.0),
        bottom: Px(912.0),
    };

    fn values(numbers: &[f64]) -> Vec<Bar<'static>> {
        let bar = |number: &f64| Bar {
            figure: "",
            label: "",
            number: *number,
        };
        numbers.iter().map(bar).collect()
    }

    #[test]
    fn bars_are_in_exact_proportion_from_zero() {
        let values = values(&[24.9, 15.4, 0.0]);
        let lying = across(&values, &AREA);
        assert_eq!(lying[0].width(), AREA.width());
        assert!((lying[1].width().0 / AREA.width().0 - 15.4 / 24.9).abs() < 1e-9);
        assert_eq!(lying[2].width(), Px::ZERO);
        let standing = upwards(&values, &AREA);
        assert!(standing.iter().all(|bar| bar.bottom == AREA.bottom - ZERO));
        let ratio = standing[1].height() / standing[0].height();
        assert!((ratio - 15.4 / 24.9).abs() < 1e-9);
    }

    #[test]
    fn the_greatest_takes_the_accent() {
        assert_eq!(tones(&values(&[12.0, 31.0])), [2, 1]);
        assert_eq!(tones(&values(&[3.0, 9.0, 9.0])), [2, 1, 3]);
    }
}
