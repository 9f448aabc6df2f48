//! A share of a whole as a ring: from 12 o'clock, clockwise, exactly to the value.
//!
//! The share is a thick band, the remainder a thinner one flush with the outer edge, so that they
//! differ by more than colour. The gaps between them have parallel sides and stand astride the exact
//! ends of the share.

use std::f64::consts::TAU;

use super::super::splice::number;
use crate::geometry::{Px, Rect};

/// Thickness of the share's band, in radii of the ring.
pub const THICKNESS: f64 = 0.25;

/// Thickness of the remainder, in thicknesses of the share.
const REMAINDER: f64 = 0.36;

/// Clear space between share and remainder, in px.
const GAP: f64 = 12.0;

/// A ring's outer circle.
#[derive(Clone, Copy, Debug)]
struct Circle {
    x: f64,
    y: f64,
    radius: f64,
}

/// Draws a share, from 0 to 1, into the largest circle that a box holds.
///
/// `thickness` is that of the share's band, in radii. A share of nothing or of all is one band.
pub fn draw(share: f64, area: &Rect, thickness: f64) -> String {
    let (width, height) = (area.width().0, area.height().0);
    let radius = width.min(height) / 2.0;
    let circle = Circle {
        x: area.left.0 + width / 2.0,
        y: area.top.0 + height / 2.0,
        radius,
    };
    let share = share.clamp(0.0, 1.0);
    let (thick, thin) = (radius * thickness, radius * thickness * REMAINDER);
    let counted = circle.band((0.0, share), thick);
    let rest = circle.band((share, 1.0), thin);
    format!("<path class=\"rest\" d=\"{rest}\"/><path class=\"share\" d=\"{counted}\"/>")
}

impl Circle {
    /// A point at a distance from the middle, `turns` clockwise from 12 o'clock and then `off` px
    /// to the side, so that all points of one `off` lie on a line beside the radius.
    fn point(self, distance: f64, turns: f64, off: f64) -> String {
        let angle = turns * TAU + (off / distance).asin();
        let x = self.x + distance * angle.sin();
        let y = self.y - distance * angle.cos();
        format!("{} {}", number(Px(x)), number(Px(y)))
    }

    /// A band between two points of the turn, flush with the outer edge.
    fn band(self, (from, to): (f64, f64), thickness: f64) -> String {
        let (outer, inner) = (self.radius, self.radius - thickness);
        if to - from >= 1.0 {
            return format!("{}{}", self.whole(outer, true), self.whole(inner, false));
        }
        let gap = GAP / 2.0;
        if (to - from) * TAU * inner <= GAP {
            return String::new();
        }
        let is_long = |distance: f64| {
            let off = 2.0 * (gap / distance).asin();
            u8::from((to - from) * TAU - off > TAU / 2.0)
        };
        let (r, s) = (number(Px(outer)), number(Px(inner)));
        format!(
            "M{}A{r} {r} 0 {} 1 {}L{}A{s} {s} 0 {} 0 {}Z",
            self.point(outer, from, gap),
            is_long(outer),
            self.point(outer, to, -gap),
            self.point(inner, to, -gap),
            is_long(inner),
            self.point(inner, from, gap),
        )
    }

    /// A whole circle, clockwise or against the clock.
    fn whole(self, radius: f64, is_clockwise: bool) -> String {
        let (r, sweep) = (number(Px(radius)), u8::from(is_clockwise));
        let (top, foot) = (self.point(radius, 0.0, 0.0), self.point(radius, 0.5, 0.0));
        format!("M{top}A{r} {r} 0 1 {sweep} {foot}A{r} {r} 0 1 {sweep} {top}Z")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const CIRCLE: Circle = Circle {
        x: 500.0,
        y: 500.0,
        radius: 400.0,
    };

    /// The middle between the ends of the two bands, in turns from 12 o'clock.
    fn boundary(share: f64) -> f64 {
        let end = |(from, to), at: usize| {
            let band = CIRCLE.band((from, to), 100.0);
            let corners: Vec<&str> = band.split(['M', 'A', 'L', 'Z']).collect();
            let point = corners[at].rsplit(' ').take(2).collect::<Vec<_>>();
            let (y, x): (f64, f64) = (point[0].parse().unwrap(), point[1].parse().unwrap());
            (x - 500.0).atan2(500.0 - y).rem_euclid(TAU) / TAU
        };
        // The share ends at its second corner, the remainder begins at its first.
        (end((0.0, share), 2) + end((share, 1.0), 1)) / 2.0
    }

    #[test]
    fn the_share_ends_exactly_at_its_value() {
        for share in [0.03, 0.25, 0.5, 0.71, 0.97] {
            assert!((boundary(share) - share).abs() < 1e-5, "{share}");
        }
    }

    #[test]
    fn nothing_and_all_are_one_band() {
        assert_eq!(CIRCLE.band((0.0, 0.0), 100.0), "");
        assert!(CIRCLE.band((0.0, 1.0), 100.0).ends_with('Z'));
    }
}
