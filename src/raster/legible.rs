//! Measures how well words stand out from the pixels that are really behind them.
//!
//! In: the outlines of letters, their colour, and the picture before they are drawn. Out: the contrast
//! ratio of WCAG 2.2 <https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio>. It is taken at the points that
//! outlines are made of, thousands to a card, which lie on the edges of letters: there an eye needs it. The
//! ratio of a text is the one that all but a hundredth of its points have, so that a hairline which
//! crosses a word is not taken for its ground.

use std::sync::OnceLock;

use tiny_skia::{PathSegment, Pixmap, Point, Transform};

use crate::geometry::Rect;

/// How well some letters stand out.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Contrast {
    /// Around the letters, in px of the image.
    pub area: Rect,
    /// From 1 to 21.
    pub ratio: f64,
    /// Whether the letters are bold (700 or more).
    pub is_bold: bool,
}

/// One of so many points may have less contrast.
const HUNDREDTH: usize = 100;

/// The contrast of a path of letters with the picture that they are about to be drawn on; `None` for
/// letters without a plain colour, and outside of the picture.
pub fn measure(
    path: &usvg::Path,
    (transform, is_bold): (Transform, bool),
    pixels: &Pixmap,
) -> Option<Contrast> {
    let fill = path.fill()?;
    let usvg::Paint::Color(colour) = fill.paint() else {
        return None;
    };
    let colour = [colour.red, colour.green, colour.blue];
    let opacity = f64::from(fill.opacity().get());
    let bounds = path.data().bounds().transform(transform)?;
    let behind = |point: Point| behind(pixels, transform, point);
    let points = path.data().segments().filter_map(end);
    let seen = |ground: [u8; 3]| {
        [0, 1, 2].map(|part| {
            let (own, ground) = (f64::from(colour[part]), f64::from(ground[part]));
            (own * opacity + ground * (1.0 - opacity)).round() as u8
        })
    };
    let (own, is_opaque) = (luminance(colour), opacity >= 1.0);
    let mut last = None;
    let ratios = points.filter_map(behind).map(|ground| match last {
        // Neighbours mostly stand on one colour.
        Some((same, ratio)) if same == ground => ratio,
        _ => {
            let ratio = match is_opaque {
                true => between(own, luminance(ground)),
                false => ratio(seen(ground), ground),
            };
            last = Some((ground, ratio));
            ratio
        }
    });
    let mut ratios: Vec<f64> = ratios.collect();
    if ratios.is_empty() {
        return None;
    }
    let at = ratios.len() / HUNDREDTH;
    let (_, lowest, _) = ratios.select_nth_unstable_by(at, f64::total_cmp);
    let (left, top) = (f64::from(bounds.left()), f64::from(bounds.top()));
    let (width, height) = (f64::from(bounds.width()), f64::from(bounds.height()));
    Some(Contrast {
        area: Rect::from_xywh(left, top, width, height),
        ratio: *lowest,
        is_bold,
    })
}

/// Where a step of an outline ends.
fn end(segment: PathSegment) -> Option<Point> {
    match segment {
        PathSegment::MoveTo(point)
        | PathSegment::LineTo(point)
        | PathSegment::QuadTo(_, point)
        | PathSegment::CubicTo(_, _, point) => Some(point),
        PathSegment::Close => None,
    }
}

/// The colour of the pixel at a point.
fn behind(pixels: &Pixmap, transform: Transform, mut point: Point) -> Option<[u8; 3]> {
    transform.map_point(&mut point);
    if point.x < 0.0 || point.y < 0.0 {
        return None;
    }
    let (x, y, width) = (point.x as usize, point.y as usize, pixels.width() as usize);
    if x >= width {
        return None;
    }
    let pixel = pixels.pixels().get(y * width + x)?;
    if pixel.alpha() == 255 {
        return Some([pixel.red(), pixel.green(), pixel.blue()]);
    }
    let colour = pixel.demultiply();
    Some([colour.red(), colour.green(), colour.blue()])
}

/// The contrast ratio of two colours, 1 to 21.
fn ratio(one: [u8; 3], other: [u8; 3]) -> f64 {
    between(luminance(one), luminance(other))
}

/// The contrast ratio of two luminances.
fn between(one: f64, other: f64) -> f64 {
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

/// Relative luminance, 0 to 1.
pub fn luminance([red, green, blue]: [u8; 3]) -> f64 {
    static LIGHT: OnceLock<[f64; 256]> = OnceLock::new();
    let light = LIGHT.get_or_init(|| {
        std::array::from_fn(|level| {
            let level = level as f64 / 255.0;
            match level <= 0.04045 {
                true => level / 12.92,
                false => ((level + 0.055) / 1.055).powf(2.4),
            }
        })
    });
    let of = |level: u8| light[usize::from(level)];
    0.2126 * of(red) + 0.7152 * of(green) + 0.0722 * of(blue)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ratios_are_those_of_the_standard() {
        #[track_caller]
        fn case(one: [u8; 3], other: [u8; 3], expected: f64) {
            assert!((ratio(one, other) - expected).abs() < 0.01);
            assert_eq!(ratio(one, other), ratio(other, one));
        }
        case([0; 3], [255; 3], 21.0);
        case([118; 3], [255; 3], 4.54);
        case([255, 0, 0], [255; 3], 4.0);
        case([9, 9, 9], [9, 9, 9], 1.0);
    }
}
