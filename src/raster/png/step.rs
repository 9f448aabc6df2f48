//! Matches of pixels: how far they go, what they save, and how the file tells them.

use super::canvas::Canvas;
use super::matches::Token;

/// How far DEFLATE reaches back, in bytes.
pub const WINDOW: i32 = 32_768;

/// The bits of a hash: a table of 16 KiB stays in the nearest cache.
const HASH_BITS: u32 = 12;

/// An odd number without a pattern: the golden ratio of 64 bits.
const MIX: u64 = 0x9e37_79b9_7f4a_7c15;

/// From a pixel to one that is the same: so many to the left, so many up.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Step {
    /// Columns to the left.
    pub left: i32,
    /// Rows up.
    pub up: i32,
}

impl Step {
    /// From the second place back to the first.
    #[inline]
    pub fn between(from: (usize, usize), to: (usize, usize)) -> Self {
        Self {
            left: to.0 as i32 - from.0 as i32,
            up: to.1 as i32 - from.1 as i32,
        }
    }

    /// The pixel that it leads to; `None` if it is not in the picture.
    #[inline]
    pub fn back(self, x: usize, y: usize, width: usize) -> Option<(usize, usize)> {
        let (x, y) = (x as i32 - self.left, y as i32 - self.up);
        (x >= 0 && x < width as i32 && y >= 0).then_some((x as usize, y as usize))
    }
}

/// One to the left.
pub const LEFT: Step = Step { left: 1, up: 0 };
/// One up.
pub const ABOVE: Step = Step { left: 0, up: 1 };

/// A match that was found.
#[derive(Clone, Copy, Debug, Default)]
pub struct Match {
    /// Pixels.
    pub length: usize,
    /// To the pixels that are the same.
    pub step: Step,
    /// About how many bits it saves.
    pub gain: i32,
}

impl Match {
    /// The one that saves more, or the first.
    #[inline]
    pub fn or(self, other: Self) -> Self {
        if other.gain > self.gain { other } else { self }
    }
}

/// What the format of the file means for matches, for pixels of `DEPTH` bytes in it: 1 or 3.
#[derive(Clone, Copy, Debug)]
pub struct Format<const DEPTH: usize> {
    /// Bytes of a row, filter byte included.
    pub stride: i32,
}

impl<const DEPTH: usize> Format<DEPTH> {
    /// Whether pixels are indices.
    pub const IS_FLAT: bool = DEPTH == 1;
    /// Most pixels of a match.
    pub const MOST: usize = 258 / DEPTH;
    /// Least pixels of a match.
    const LEAST: usize = if DEPTH == 1 { 3 } else { 1 };
    /// About how many bits a literal pixel takes.
    const LITERAL: i32 = if DEPTH == 1 { 5 } else { 22 };
    /// About how many bits the codes of a match take.
    const CODES: i32 = if DEPTH == 1 { 14 } else { 11 };

    /// For rows of so many pixels.
    pub fn new(width: usize) -> Self {
        Self {
            stride: (1 + width * DEPTH) as i32,
        }
    }

    #[inline]
    fn distance(&self, step: Step) -> i32 {
        step.up * self.stride + step.left * DEPTH as i32
    }

    /// About how many bits a match takes.
    #[inline]
    pub fn costs(&self, step: Step) -> i32 {
        // A distance has one bit fewer than its own length, and one of those is in its code.
        let extra = (self.distance(step).ilog2() as i32 - 1).max(0);
        Self::CODES + extra
    }

    /// A match; it saves nothing if it is out of reach or too short.
    #[inline]
    pub fn found(&self, length: usize, step: Step) -> Match {
        if !(1..=WINDOW).contains(&self.distance(step)) {
            return Match::default();
        }
        Self::with_costs(length, step, self.costs(step))
    }

    /// A match with a step that is in reach and takes so many bits; it saves nothing if it is too short.
    #[inline]
    pub fn with_costs(length: usize, step: Step, costs: i32) -> Match {
        let gain = match length >= Self::LEAST {
            true => length as i32 * Self::LITERAL - costs,
            false => 0,
        };
        Match { length, step, gain }
    }

    /// A match of so many pixels from (x, y) on, a pixel of this colour, with those a step away.
    #[inline]
    pub fn try_step(
        &self,
        canvas: Canvas<'_>,
        (x, y): (usize, usize),
        colour: u32,
        step: Step,
    ) -> Match {
        let Some((from_x, from_y)) = step.back(x, y, canvas.width) else {
            return Match::default();
        };
        if canvas.colour(from_x, from_y) != colour {
            return Match::default();
        }
        let most = Self::MOST.min(canvas.width - x.max(from_x));
        let (from, to) = (from_y * canvas.width + from_x, y * canvas.width + x);
        self.found(canvas.common(from, to, most), step)
    }

    /// How a match is told.
    #[inline]
    pub fn token(&self, found: Match) -> Token {
        ((found.length as u32) << 16) | self.distance(found.step) as u32
    }
}

/// Where pixels stood last, by a hash of them and of those behind them.
#[derive(Debug)]
pub struct Seen<const DEPTH: usize> {
    /// Row and column.
    places: Vec<u32>,
}

impl<const DEPTH: usize> Seen<DEPTH> {
    /// The second of two pairs of pixels that count: of three pixels, in flat artwork of four.
    const SECOND: usize = if DEPTH == 1 { 2 } else { 1 };

    /// Nothing.
    pub fn new() -> Self {
        Self {
            places: vec![u32::MAX; 1 << HASH_BITS],
        }
    }

    /// To where the pixels from (x, y) on stood last.
    #[inline]
    pub fn step(&self, canvas: Canvas<'_>, x: usize, y: usize) -> Option<Step> {
        step_to(self.places[Self::hash(canvas, x, y)?], x, y)
    }

    /// The same, and they stand here from now on.
    #[inline]
    pub fn replace(&mut self, canvas: Canvas<'_>, x: usize, y: usize) -> Option<Step> {
        let hash = Self::hash(canvas, x, y)?;
        let place = &mut self.places[hash];
        step_to(std::mem::replace(place, ((y << 16) | x) as u32), x, y)
    }

    /// A number for the pixels that begin here; `None` at the end of a row.
    #[inline]
    fn hash(canvas: Canvas<'_>, x: usize, y: usize) -> Option<usize> {
        if x + Self::SECOND + 2 > canvas.width {
            return None;
        }
        let mixed = canvas.pair(x, y).wrapping_mul(MIX) ^ canvas.pair(x + Self::SECOND, y);
        Some((mixed.wrapping_mul(MIX) >> (64 - HASH_BITS)) as usize)
    }
}

/// From a pixel to where its hash was seen; `None` if it was not.
#[inline]
fn step_to(seen: u32, x: usize, y: usize) -> Option<Step> {
    (seen != u32::MAX).then(|| Step {
        left: x as i32 - (seen & 0xffff) as i32,
        up: y as i32 - (seen >> 16) as i32,
    })
}
