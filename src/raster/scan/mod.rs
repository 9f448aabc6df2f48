//! Fills outlines of lines and quadratic curves with a plain colour: letters, in a tenth of the
//! time that a raster pipeline takes for each of their edge pixels.
//!
//! The coverage of pixels is that of Skia's scan converter as tiny-skia has it, bit for bit: four
//! lines and four columns to a pixel, edges in fixed point, curves by forward differences
//! (<https://skia.org>, `SkEdge` and `SkScan_AntiPath`). Tests hold it to tiny-skia's pixels.

mod edges;
#[cfg(test)]
mod tests;

use tiny_skia::{FillRule, Path, Pixmap, PremultipliedColorU8};

use self::edges::{Curve, Edge, advance, insert, sorted};

/// Lines and columns to a pixel, as a power of two.
const SHIFT: i32 = 2;
/// As many, as a number.
const SCALE: i32 = 1 << SHIFT;

/// Outlines nearer to the edge than this are left to tiny-skia, which clips them.
const MARGIN: f32 = 2.0;

/// In wider or higher pictures the fixed point has no room for the differences of curves.
const LARGEST: f32 = 2047.0;

/// Fills an outline; `false`, and nothing drawn, if it is not of the kind that can be.
pub fn fill(
    path: &Path,
    rule: FillRule,
    colour: PremultipliedColorU8,
    pixels: &mut Pixmap,
) -> bool {
    let bounds = path.bounds();
    let (width, height) = (pixels.width() as f32, pixels.height() as f32);
    let is_inside = bounds.left() >= MARGIN
        && bounds.top() >= MARGIN
        && bounds.right() <= width - MARGIN
        && bounds.bottom() <= height - MARGIN;
    if !is_inside || width.max(height) > LARGEST || bounds.width() < 0.01 || bounds.height() < 0.01
    {
        return false;
    }
    let Some((edges, mut curves)) = edges::edges(path) else {
        return false;
    };
    if edges.len() < 2 {
        return true;
    }
    let edges = sorted(&edges);
    let (left, right) = (
        bounds.left().floor() as usize,
        bounds.right().ceil() as usize,
    );
    let mut filler = Filler {
        mask: if rule == FillRule::EvenOdd { 1 } else { -1 },
        left: left as i32 - 1,
        steps: vec![0; right - left + 4],
        touched: (usize::MAX, 0),
        pixels,
        colour,
    };
    filler.all(&edges, &mut curves);
    true
}

/// Fills line by line.
struct Filler<'p> {
    mask: i32,
    /// The pixel of the first of `steps`.
    left: i32,
    /// By how much more each pixel of the present row is covered than the one before; 256 is all of it.
    steps: Vec<i16>,
    /// First and last of `steps` that may not be 0; the end excluded.
    touched: (usize, usize),
    pixels: &'p mut Pixmap,
    colour: PremultipliedColorU8,
}

impl Filler<'_> {
    /// All lines that edges, sorted by their first, meet.
    fn all(&mut self, edges: &[Edge], curves: &mut [Curve]) {
        let mut waiting = edges;
        let mut active: Vec<Edge> = Vec::with_capacity(64);
        let mut y = 0;
        while let Some(first) = waiting.first() {
            if active.is_empty() {
                y = first.first;
            }
            loop {
                let new = waiting.iter().take_while(|edge| edge.first <= y).count();
                if new > 0 {
                    let (new, rest) = waiting.split_at(new);
                    waiting = rest;
                    insert(&mut active, new);
                }
                self.line(y, &active);
                advance(&mut active, curves, y);
                let row = y >> SHIFT;
                y += 1;
                let next = if active.is_empty() {
                    waiting.first().map(|edge| edge.first)
                } else {
                    Some(y)
                };
                if next.is_none_or(|next| next >> SHIFT != row) {
                    self.row(row);
                }
                if active.is_empty() {
                    break;
                }
            }
        }
    }

    /// Adds what the edges have between them on a line.
    #[inline]
    fn line(&mut self, y: i32, active: &[Edge]) {
        // Sixteen columns of full cover are 256; the last line has one less for them.
        let less = i16::from(y & (SCALE - 1) == SCALE - 1);
        let (mut winding, mut left) = (0, 0);
        for edge in active {
            let x = (edge.x + 0x8000) >> 16;
            if winding & self.mask == 0 {
                left = x;
            }
            winding += edge.winding;
            if winding & self.mask == 0 && x > left {
                self.span(left, x, less);
            }
        }
        // Edges are sorted: between the first and the last is all that they cover.
        if let (Some(first), Some(last)) = (active.first(), active.last()) {
            let pixel = |edge: &Edge| (((edge.x + 0x8000) >> 16) >> SHIFT) - self.left;
            self.touched.0 = self.touched.0.min(pixel(first) as usize);
            let end = (pixel(last) + 2).max(0) as usize;
            self.touched.1 = self.touched.1.max(end.min(self.steps.len()));
        }
    }

    /// Covers a line from one column to another; whole pixels by so much less.
    #[inline]
    fn span(&mut self, from: i32, to: i32, less: i16) {
        let origin = self.left << SHIFT;
        let (from, to) = ((from - origin) as usize, (to - origin) as usize);
        let (first, last) = (from >> SHIFT, to >> SHIFT);
        let part = |columns: usize| ((columns & (SCALE as usize - 1)) << 4) as i16;
        let (begin, end) = (part(from), part(to));
        // A pixel has 64 for a line, what is before `begin` and behind `end` less.
        if let Some([one, two]) = two(&mut self.steps, first) {
            *one += 64 - begin;
            *two += begin;
        }
        if let Some([one, two]) = two(&mut self.steps, last) {
            *one -= 64 - end;
            *two -= end;
        }
        if less > 0 {
            let inside = first + usize::from(begin > 0);
            if inside < last {
                self.steps[inside] -= less;
                self.steps[last] += less;
            }
        }
    }

    /// Paints a row of pixels by how much they are covered.
    fn row(&mut self, y: i32) {
        let (start, end) = std::mem::replace(&mut self.touched, (usize::MAX, 0));
        if start >= end {
            return;
        }
        let width = self.pixels.width() as usize;
        let at = y as usize * width + (self.left + start as i32) as usize;
        let row = &mut self.pixels.pixels_mut()[at..];
        let steps = &mut self.steps[start..end];
        let colour = self.colour;
        let (mut at, mut sum) = (0, 0);
        while at < steps.len() {
            sum += std::mem::take(&mut steps[at]);
            if sum != 0 && (sum < 255 || colour.alpha() != 255) {
                row[at] = over(colour, sum.min(255) as u8, row[at]);
                at += 1;
                continue;
            }
            let run = at + 1 + zeros(&steps[at + 1..]);
            if sum != 0 {
                for pixel in &mut row[at..run] {
                    *pixel = colour;
                }
            }
            at = run;
        }
    }
}

/// Two steps side by side.
#[inline]
fn two(steps: &mut [i16], at: usize) -> Option<&mut [i16; 2]> {
    steps.get_mut(at..)?.first_chunk_mut()
}

/// How many of the first are 0.
#[inline]
fn zeros(steps: &[i16]) -> usize {
    let (fours, rest) = steps.as_chunks::<4>();
    for (at, four) in fours.iter().enumerate() {
        let [a, b, c, d] = four.map(|step| u64::from(step as u16));
        let word = a | b << 16 | c << 32 | d << 48;
        if word != 0 {
            return at * 4 + word.trailing_zeros() as usize / 16;
        }
    }
    fours.len() * 4 + rest.iter().take_while(|step| **step == 0).count()
}

/// A colour over another, as tiny-skia's pipeline of 16 bits blends them.
#[inline]
fn over(
    colour: PremultipliedColorU8,
    coverage: u8,
    below: PremultipliedColorU8,
) -> PremultipliedColorU8 {
    let divide = |value: u16| (value + 255) >> 8;
    let (coverage, alpha) = (u16::from(coverage), u16::from(colour.alpha()));
    let mix = |above: u8, below: u8| {
        let (above, below) = (u16::from(above), u16::from(below));
        let mixed = match alpha {
            // An opaque colour is mixed with what is below, any other is laid over it.
            255 => divide(below * (255 - coverage) + above * coverage),
            _ => divide(above * coverage) + divide(below * (255 - divide(alpha * coverage))),
        };
        mixed as u8
    };
    PremultipliedColorU8::from_rgba(
        mix(colour.red(), below.red()),
        mix(colour.green(), below.green()),
        mix(colour.blue(), below.blue()),
        mix(colour.alpha(), below.alpha()),
    )
    .unwrap_or(below)
}
