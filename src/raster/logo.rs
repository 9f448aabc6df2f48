//! Draws a brand's logo into its place: the one that stands out from the pixels there.

use tiny_skia::{Pixmap, PremultipliedColorU8, Transform};
use usvg::Tree;

use crate::compose::PlacedLogo;
use crate::design::{Artwork, Logo};
use crate::error::{Error, Result};

/// A ground is dark where white stands out from it better than black: its luminance is below this.
const DARK: f64 = 0.179;

/// Draws a logo on a picture; says which rows of pixels it is in.
///
/// # Errors
///
/// A drawing that resvg cannot read.
pub fn draw(
    placed: &PlacedLogo,
    options: &usvg::Options<'_>,
    pixels: &mut Pixmap,
) -> Result<std::ops::Range<usize>> {
    let is_dark = luminance(placed, pixels) < DARK;
    let logos = &placed.logos;
    let logo = logos.dark.as_ref().filter(|_| is_dark);
    let logo = logo.unwrap_or(&logos.light);
    let (left, top, scale) = fit(placed, logo);
    let bottom = (top + logo.height * scale).ceil() as usize + 1;
    let rows = top.floor() as usize..bottom.min(pixels.height() as usize);
    match &logo.artwork {
        Artwork::Svg(source) => {
            let failed = |cause| Error::new("the logo cannot be drawn").caused_by(cause);
            let tree = Tree::from_str(source, options);
            let tree = tree
                .map_err(failed)
                .map_err(|error| error.in_file(&logo.path))?;
            let across = logo.width * scale / f64::from(tree.size().width());
            let down = logo.height * scale / f64::from(tree.size().height());
            let place = Transform::from_translate(left as f32, top as f32)
                .pre_scale(across as f32, down as f32);
            resvg::render(&tree, place, &mut pixels.as_mut());
        }
        Artwork::Png(source) => {
            let size = (
                (logo.width * scale).round().max(1.0) as usize,
                (logo.height * scale).round().max(1.0) as usize,
            );
            let small = averaged(source, (logo.width as usize, logo.height as usize), size);
            lay(
                &small,
                size,
                (left.round() as usize, top.round() as usize),
                pixels,
            );
        }
    }
    Ok(rows)
}

/// Where a logo stands in its place, and how large: whole, as large as fits, at the edge that the
/// place says, half way up.
fn fit(placed: &PlacedLogo, logo: &Logo) -> (f64, f64, f64) {
    let area = &placed.area;
    let (width, height) = (area.width().0, area.height().0);
    let scale = (width / logo.width).min(height / logo.height);
    let left = match placed.is_at_end {
        true => area.right.0 - logo.width * scale,
        false => area.left.0,
    };
    let top = area.top.0 + (height - logo.height * scale) / 2.0;
    (left.max(0.0), top.max(0.0), scale)
}

/// The mean luminance of the pixels in a place.
fn luminance(placed: &PlacedLogo, pixels: &Pixmap) -> f64 {
    let area = &placed.area;
    let rows = area.top.0.max(0.0) as u32..(area.bottom.0.max(0.0) as u32).min(pixels.height());
    let columns = area.left.0.max(0.0) as u32..(area.right.0.max(0.0) as u32).min(pixels.width());
    let places = rows.flat_map(|y| columns.clone().map(move |x| (x, y)));
    let (mut sum, mut count) = (0.0, 0_u32);
    for pixel in places.filter_map(|(x, y)| pixels.pixel(x, y)) {
        sum += super::legible::luminance([pixel.red(), pixel.green(), pixel.blue()]);
        count += 1;
    }
    sum / f64::from(count.max(1))
}

/// Pixels at another size, multiplied with alpha: the mean of those that each covers.
fn averaged(
    source: &[u8],
    (wide, high): (usize, usize),
    (width, height): (usize, usize),
) -> Vec<u8> {
    let span = |at: usize, count: usize, whole: usize| {
        let start = at * whole / count;
        let end = ((at + 1) * whole).div_ceil(count);
        start..end.clamp(start + 1, whole.max(start + 1))
    };
    let mut out = Vec::with_capacity(4 * width * height);
    for y in 0..height {
        for x in 0..width {
            let mut sums = [0_u64; 4];
            let mut count = 0;
            for row in span(y, height, high) {
                for column in span(x, width, wide) {
                    let at = 4 * (row * wide + column);
                    let alpha = u64::from(source[at + 3]);
                    for (sum, part) in sums.iter_mut().zip(&source[at..at + 3]) {
                        *sum += u64::from(*part) * alpha;
                    }
                    sums[3] += 255 * alpha;
                    count += 255;
                }
            }
            out.extend(sums.map(|sum| ((sum + count / 2) / count) as u8));
        }
    }
    out
}

/// Lays pixels that are multiplied with alpha over a picture.
fn lay(
    small: &[u8],
    (width, height): (usize, usize),
    (left, top): (usize, usize),
    pixels: &mut Pixmap,
) {
    let (wide, high) = (pixels.width() as usize, pixels.height() as usize);
    let target = pixels.pixels_mut();
    for y in 0..height.min(high.saturating_sub(top)) {
        for x in 0..width.min(wide.saturating_sub(left)) {
            let from = &small[4 * (y * width + x)..][..4];
            let to = &mut target[(top + y) * wide + left + x];
            let rest = 255 - u32::from(from[3]);
            let over = |new: u8, old: u8| {
                (u32::from(new) + (u32::from(old) * rest + 127) / 255).min(255) as u8
            };
            let alpha = over(from[3], to.alpha());
            let mixed = PremultipliedColorU8::from_rgba(
                over(from[0], to.red()).min(alpha),
                over(from[1], to.green()).min(alpha),
                over(from[2], to.blue()).min(alpha),
                alpha,
            );
            if let Some(mixed) = mixed {
                *to = mixed;
            }
        }
    }
}
