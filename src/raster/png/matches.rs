//! Finds what a picture repeats: pixels in, literals and matches out.
//!
//! This is the LZ77 of DEFLATE (RFC 1951), but on whole pixels: a match begins and ends between
//! pixels and stays within a row, so nothing has to be converted before it is known to be needed.
//! A picture of which nothing is known is parsed here, with care; one on a known ground by `overlay`.

use super::canvas::Canvas;
use super::step::{ABOVE, Format, LEFT, Match, Seen, Step};

/// A literal pixel, a match, or the start of a row.
///
/// A literal is its colour, whose highest byte, opaque alpha, is 255; a match has its pixels from
/// bit 16 on and its distance in bytes below; the start of a row is [`ROW`].
pub type Token = u32;

/// The start of a row: its filter byte, which is always 0.
pub const ROW: Token = 0x0400_0000;

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

/// Parses a picture for pixels of `DEPTH` bytes in the file.
#[derive(Debug)]
pub struct Finder<'a, const DEPTH: usize> {
    canvas: Canvas<'a>,
    format: Format<DEPTH>,
    seen: Seen<DEPTH>,
    /// Steps that matched lately, the best first.
    recent: Vec<Step>,
}

impl<'a, const DEPTH: usize> Finder<'a, DEPTH> {
    /// Of a picture.
    pub fn new(canvas: Canvas<'a>) -> Self {
        Self {
            canvas,
            format: Format::new(canvas.width),
            seen: Seen::new(),
            recent: Vec::new(),
        }
    }

    /// Parses the picture.
    pub fn parse(mut self) -> Parse {
        let mut parse = Parse::default();
        parse.tokens.reserve(self.canvas.height * 64);
        for y in 0..self.canvas.height {
            parse.rows.push(parse.tokens.len() as u32);
            self.row(y, &mut parse.tokens);
        }
        parse.rows.push(parse.tokens.len() as u32);
        parse
    }

    fn row(&mut self, y: usize, tokens: &mut Vec<Token>) {
        tokens.push(ROW);
        let mut last = LEFT;
        let mut x = 0;
        while x < self.canvas.width {
            let colour = self.canvas.colour(x, y);
            let best = self.search((x, y), colour, last);
            if best.gain <= 0 || self.is_better_later(x, y, best) {
                tokens.push(colour);
                x += 1;
                continue;
            }
            tokens.push(self.format.token(best));
            self.remember(best.step);
            last = best.step;
            x += best.length;
        }
    }

    /// The best match at a place, where this colour is.
    #[inline]
    fn search(&mut self, (x, y): (usize, usize), colour: u32, last: Step) -> Match {
        let try_step = |step| self.format.try_step(self.canvas, (x, y), colour, step);
        let mut best = try_step(LEFT).or(try_step(ABOVE));
        if last != LEFT && last != ABOVE {
            best = best.or(try_step(last));
        }
        for step in &self.recent {
            best = best.or(try_step(*step));
        }
        let seen = self.seen.replace(self.canvas, x, y);
        match seen.filter(|step| *step != best.step && *step != last) {
            Some(step) => best.or(self.format.try_step(self.canvas, (x, y), colour, step)),
            None => best,
        }
    }

    /// Whether one pixel later a longer match begins. Only flat artwork has gained from asking.
    #[inline]
    fn is_better_later(&self, x: usize, y: usize, best: Match) -> bool {
        let x = x + 1;
        if !Format::<DEPTH>::IS_FLAT || best.length >= 16 || x >= self.canvas.width {
            return false;
        }
        let colour = self.canvas.colour(x, y);
        let seen = self.seen.step(self.canvas, x, y);
        let mut steps = [Some(LEFT), Some(ABOVE), seen].into_iter().flatten();
        let later = |step| self.format.try_step(self.canvas, (x, y), colour, step);
        steps.any(|step| later(step).gain > best.gain)
    }

    /// Moves a step that matched towards the front.
    fn remember(&mut self, step: Step) {
        match self.recent.iter().position(|known| *known == step) {
            Some(0) => {}
            Some(at) => self.recent.swap(at, at - 1),
            None => {
                self.recent.truncate(GROUND_STEPS - 1);
                self.recent.insert(self.recent.len() / 2, step);
            }
        }
    }
}
