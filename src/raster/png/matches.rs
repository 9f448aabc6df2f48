//! Finds what a picture repeats: pixels in, literals and matches out.
//!
//! This is the LZ77 of DEFLATE (RFC 1951), but on whole pixels: a match begins and ends between
//! pixels and stays within a row, so nothing has to be converted before it is known to be needed.
//! Where the picture's ground was parsed before, its matches are only tried again, and rows in
//! whose reach nothing was drawn are taken over as they are.

use super::canvas::Canvas;

/// A literal pixel, a match, or the start of a row.
///
/// A literal is its colour, whose highest byte, opaque alpha, is 255; a match has its pixels from
/// bit 16 on and its distance in bytes below; the start of a row is [`ROW`].
pub type Token = u32;

/// The start of a row: its filter byte, which is always 0.
pub const ROW: Token = 0x0400_0000;

/// How far DEFLATE reaches back, in bytes.
const WINDOW: i32 = 32_768;

/// The bits of a hash: a table of 16 KiB stays in the nearest cache.
const HASH_BITS: u32 = 12;

/// An odd number without a pattern: the golden ratio of 64 bits.
const MIX: u64 = 0x9e37_79b9_7f4a_7c15;

/// How many steps are tried where a ground is parsed. More make the files 1 % smaller and take
/// twice the time.
const GROUND_STEPS: usize = 8;

/// Whether a token is a literal pixel.
#[inline]
pub fn is_literal(token: Token) -> bool {
    token >= 0xff00_0000
}

/// How many pixels a match has, and how many bytes before they stand.
#[inline]
pub fn parts(token: Token) -> (usize, usize) {
    ((token >> 16) as usize, (token & 0xffff) as usize)
}

/// From a pixel to one that is the same: so many to the left, so many up.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Step {
    left: i32,
    up: i32,
}

const LEFT: Step = Step { left: 1, up: 0 };
const ABOVE: Step = Step { left: 0, up: 1 };

/// A parsed picture.
#[derive(Clone, Debug, Default)]
pub struct Parse {
    /// Row by row, each from its [`ROW`] on.
    pub tokens: Vec<Token>,
    /// Where each row begins in `tokens`, and the end.
    pub rows: Vec<u32>,
}

impl Parse {
    /// A row's tokens.
    pub fn row(&self, y: usize) -> &[Token] {
        &self.tokens[self.rows[y] as usize..self.rows[y + 1] as usize]
    }
}

/// The ground of a picture, parsed, and the rows where something was drawn on it.
#[derive(Clone, Copy, Debug)]
pub struct Guide<'a> {
    /// The ground.
    pub ground: &'a Parse,
    /// For each row whether something was drawn in it.
    pub is_drawn: &'a [bool],
}

/// Parses a picture.
#[derive(Debug)]
pub struct Finder<'a> {
    canvas: Canvas<'a>,
    format: Format,
    /// By the hash of some pixels, where they stood last: row and column.
    seen: Vec<u32>,
    /// Steps that matched lately, the best first; used for grounds only.
    recent: Vec<Step>,
    most_recent: usize,
}

/// What the format of the file means for matches.
#[derive(Clone, Copy, Debug)]
struct Format {
    /// Bytes of a pixel: 1 or 3.
    depth: usize,
    /// Bytes of a row, filter byte included.
    stride: i32,
    /// Most and least pixels of a match.
    most: usize,
    least: usize,
    /// About how many bits a literal pixel and the codes of a match take.
    literal: i32,
    codes: i32,
}

impl<'a> Finder<'a> {
    /// For pixels of `depth` bytes in the file.
    pub fn new(canvas: Canvas<'a>, depth: usize) -> Self {
        let (least, literal, codes) = if depth == 1 { (3, 5, 14) } else { (1, 20, 11) };
        Self {
            canvas,
            format: Format {
                depth,
                stride: (1 + canvas.width * depth) as i32,
                most: 258 / depth,
                least,
                literal,
                codes,
            },
            seen: vec![u32::MAX; 1 << HASH_BITS],
            recent: Vec::new(),
            most_recent: 0,
        }
    }

    /// Parses a picture with care, to be the ground of others.
    pub fn ground(mut self) -> Parse {
        self.most_recent = GROUND_STEPS;
        self.parse(None)
    }

    /// Parses a picture, quicker where its ground is known.
    pub fn parse(&mut self, guide: Option<Guide<'_>>) -> Parse {
        let mut parse = Parse::default();
        parse.tokens.reserve(self.canvas.height * 64);
        let reach = (WINDOW / self.format.stride) as usize + 1;
        for y in 0..self.canvas.height {
            parse.rows.push(parse.tokens.len() as u32);
            let untouched = guide.filter(|guide| {
                let around = &guide.is_drawn[y.saturating_sub(reach)..=y];
                around.iter().all(|is_drawn| !is_drawn)
            });
            match untouched {
                Some(guide) => parse.tokens.extend_from_slice(guide.ground.row(y)),
                None => self.row(y, guide, &mut parse.tokens),
            }
        }
        parse.rows.push(parse.tokens.len() as u32);
        parse
    }

    fn row(&mut self, y: usize, guide: Option<Guide<'_>>, tokens: &mut Vec<Token>) {
        tokens.push(ROW);
        let mut ground = guide.map(|guide| Walk::new(&guide.ground.row(y)[1..]));
        let mut last = LEFT;
        let mut x = 0;
        while x < self.canvas.width {
            let (mut best, is_enough) = match &mut ground {
                Some(ground) => self.as_ground(x, y, ground),
                None => (Match::default(), false),
            };
            if !is_enough {
                best = self.search(x, y, best, last);
                if self.is_better_later(x, y, best) {
                    best = Match::default();
                }
            }
            if best.gain <= 0 {
                tokens.push(self.canvas.colour(x, y));
                x += 1;
                continue;
            }
            let distance = self.format.distance(best.step);
            tokens.push(((best.length as u32) << 16) | distance as u32);
            self.remember(best.step);
            last = best.step;
            x += best.length;
        }
    }

    /// What the ground has here, and whether that still holds as far as it held there.
    #[inline]
    fn as_ground(&self, x: usize, y: usize, ground: &mut Walk<'_>) -> (Match, bool) {
        let (token, end) = ground.at(x);
        if is_literal(token) {
            return (Match::default(), self.canvas.colour(x, y) == token);
        }
        let step = self.format.step(parts(token).1, x, y);
        let found = self.try_step(x, y, step);
        (found, x + found.length >= end)
    }

    /// The best match here, not worse than one that is known.
    #[inline]
    fn search(&mut self, x: usize, y: usize, known: Match, last: Step) -> Match {
        let mut best = known;
        best = best.or(self.try_step(x, y, LEFT));
        best = best.or(self.try_step(x, y, ABOVE));
        if last != LEFT && last != ABOVE && last != known.step {
            best = best.or(self.try_step(x, y, last));
        }
        for step in &self.recent {
            best = best.or(self.try_step(x, y, *step));
        }
        if let Some(hash) = self.hash(x, y) {
            let step = step_to(self.seen[hash], x, y);
            if let Some(step) = step.filter(|step| *step != best.step && *step != last) {
                best = best.or(self.try_step(x, y, step));
            }
            self.seen[hash] = ((y << 16) | x) as u32;
        }
        best
    }

    /// Whether one pixel later a longer match begins. Only flat artwork has gained from asking.
    #[inline]
    fn is_better_later(&self, x: usize, y: usize, best: Match) -> bool {
        let x = x + 1;
        if self.format.depth != 1 || best.gain <= 0 || best.length >= 16 || x >= self.canvas.width {
            return false;
        }
        let hash = self.hash(x, y);
        let seen = hash.and_then(|hash| step_to(self.seen[hash], x, y));
        let steps = [Some(LEFT), Some(ABOVE), seen].into_iter().flatten();
        let mut later = steps.map(|step| self.try_step(x, y, step).gain);
        later.any(|gain| gain > best.gain)
    }

    /// The match from (x, y) on with pixels a step away.
    #[inline]
    fn try_step(&self, x: usize, y: usize, step: Step) -> Match {
        let width = self.canvas.width;
        let (from_x, from_y) = (x as i32 - step.left, y as i32 - step.up);
        if from_x < 0 || from_x >= width as i32 || from_y < 0 {
            return Match::default();
        }
        let (from_x, from_y) = (from_x as usize, from_y as usize);
        let most = self.format.most.min(width - x.max(from_x));
        let length = self
            .canvas
            .common(from_y * width + from_x, y * width + x, most);
        Match {
            length,
            step,
            gain: self.format.gain(length, step),
        }
    }

    /// A number for the pixels that begin here; `None` at the end of a row.
    #[inline]
    fn hash(&self, x: usize, y: usize) -> Option<usize> {
        let second = if self.format.depth == 1 { 2 } else { 1 };
        if x + second + 2 > self.canvas.width {
            return None;
        }
        let mixed = self.canvas.pair(x, y).wrapping_mul(MIX) ^ self.canvas.pair(x + second, y);
        Some((mixed.wrapping_mul(MIX) >> (64 - HASH_BITS)) as usize)
    }

    /// Moves a step that matched towards the front.
    fn remember(&mut self, step: Step) {
        if self.most_recent == 0 {
            return;
        }
        match self.recent.iter().position(|known| *known == step) {
            Some(0) => {}
            Some(at) => self.recent.swap(at, at - 1),
            None => {
                self.recent.truncate(self.most_recent - 1);
                self.recent.insert(self.recent.len() / 2, step);
            }
        }
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

/// A match that was found.
#[derive(Clone, Copy, Debug, Default)]
struct Match {
    length: usize,
    step: Step,
    /// About how many bits it saves.
    gain: i32,
}

impl Match {
    #[inline]
    fn or(self, other: Self) -> Self {
        if other.gain > self.gain { other } else { self }
    }
}

impl Format {
    #[inline]
    fn distance(&self, step: Step) -> i32 {
        step.up * self.stride + step.left * self.depth as i32
    }

    /// The step of a distance from (x, y).
    #[inline]
    fn step(&self, distance: usize, x: usize, y: usize) -> Step {
        let stride = self.stride as usize;
        let from = y * stride + 1 + x * self.depth - distance;
        let (from_y, from_x) = (from / stride, (from % stride - 1) / self.depth);
        Step {
            left: x as i32 - from_x as i32,
            up: y as i32 - from_y as i32,
        }
    }

    /// About how many bits a match saves; not above 0 if it is out of reach or too short.
    #[inline]
    fn gain(&self, length: usize, step: Step) -> i32 {
        let distance = self.distance(step);
        if length < self.least || !(1..=WINDOW).contains(&distance) {
            return 0;
        }
        // A distance has one bit fewer than its own length, and one of those is in its code.
        let extra = (distance.ilog2() as i32 - 1).max(0);
        length as i32 * self.literal - self.codes - extra
    }
}

/// Walks along the tokens of a row of the ground.
#[derive(Debug)]
struct Walk<'a> {
    tokens: &'a [Token],
    /// The pixel behind the first of `tokens`.
    end: usize,
}

impl<'a> Walk<'a> {
    fn new(tokens: &'a [Token]) -> Self {
        let end = tokens.first().map_or(0, |first| span(*first));
        Self { tokens, end }
    }

    /// The token that has the pixel x, and the pixel behind it. `x` never goes back.
    #[inline]
    fn at(&mut self, x: usize) -> (Token, usize) {
        while self.end <= x {
            self.tokens = &self.tokens[1..];
            self.end += span(self.tokens[0]);
        }
        (self.tokens[0], self.end)
    }
}

/// How many pixels a token has.
#[inline]
fn span(token: Token) -> usize {
    if is_literal(token) { 1 } else { parts(token).0 }
}
