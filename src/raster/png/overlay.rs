//! Finds what a picture repeats where its ground was parsed before: only what was drawn on it is looked
//! at, with few tries.
//!
//! In: the picture, the parse of its ground, and what changed. Out: tokens. The time goes with the
//! pixels that changed; what is as in the ground is taken over by the match.

use std::ops::Range;

use super::bits::{WORD, same, set_run};
use super::canvas::Canvas;
use super::guide::{Guide, Said, Walk};
use super::matches::{ROW, Token};
use super::step::{ABOVE, Format, LEFT, Match, Seen, Step, WINDOW};

/// The tokens of a picture for pixels of `DEPTH` bytes in the file.
pub fn parse<const DEPTH: usize>(canvas: Canvas<'_>, guide: Guide<'_>) -> Vec<Token> {
    let format = Format::<DEPTH>::new(canvas.width);
    let reach = WINDOW as usize / format.stride as usize + 1;
    let mut overlay = Overlay {
        canvas,
        guide,
        above_costs: format.costs(ABOVE),
        left_costs: format.costs(LEFT),
        format,
        seen: Seen::new(),
        same: Same::new(canvas.width),
        tokens: Vec::with_capacity(canvas.height * 96),
    };
    for y in 0..canvas.height {
        if guide.changes.are_none_in(y.saturating_sub(reach), y) {
            overlay.tokens.extend_from_slice(guide.ground.row(y));
        } else {
            overlay.row(y);
        }
    }
    overlay.tokens
}

/// Which pixels of a row are as their neighbours.
#[derive(Debug)]
struct Same {
    /// For each pixel but the first, whether it is as the one to the left.
    left: Vec<u64>,
    /// For each pixel whether it is as the one above.
    above: Vec<u64>,
}

impl Same {
    fn new(width: usize) -> Self {
        let words = vec![0; width.div_ceil(WORD)];
        Self {
            left: words.clone(),
            above: words,
        }
    }

    /// Compares the pixels of some words of bits of a row; all others count as different.
    fn look_at(&mut self, canvas: Canvas<'_>, y: usize, words: Range<usize>) {
        self.left.fill(0);
        self.above.fill(0);
        let row = canvas.bytes_of(y);
        let bytes = words.start * WORD * 4..row.len().min(words.end * WORD * 4);
        if bytes.is_empty() {
            return;
        }
        let before = &row[bytes.start..];
        let end = (bytes.len() + 4).min(before.len());
        same(
            &before[4..end],
            &before[..end - 4],
            &mut self.left[words.clone()],
        );
        if y > 0 {
            let above = &canvas.bytes_of(y - 1)[bytes.clone()];
            same(&row[bytes], above, &mut self.above[words]);
        }
    }

    /// How many pixels from `x` on, up to `end`, are as the one to the left of each.
    #[inline]
    fn left(&self, x: usize, end: usize) -> usize {
        if x == 0 {
            return 0;
        }
        set_run(&self.left, x - 1, end - 1)
    }

    /// How many pixels from `x` on, up to `end`, are as those above.
    #[inline]
    fn above(&self, x: usize, end: usize) -> usize {
        set_run(&self.above, x, end)
    }
}

struct Overlay<'a, const DEPTH: usize> {
    canvas: Canvas<'a>,
    guide: Guide<'a>,
    format: Format<DEPTH>,
    /// About how many bits matches with the pixels above and to the left take.
    above_costs: i32,
    left_costs: i32,
    seen: Seen<DEPTH>,
    same: Same,
    tokens: Vec<Token>,
}

impl<const DEPTH: usize> Overlay<'_, DEPTH> {
    /// Of a match so long no longer one is looked for elsewhere, in pixels.
    const ENOUGH: usize = if DEPTH == 1 { 4 } else { 3 };

    fn row(&mut self, y: usize) {
        self.tokens.push(ROW);
        self.same.look_at(self.canvas, y, self.compared(y));
        let width = self.canvas.width;
        let mut ground = Walk::new(self.guide, y, width);
        let mut x = 0;
        while x < width {
            let colour = self.canvas.colour(x, y);
            let known = match ground.at(x) {
                Said::Literal => {
                    self.tokens.push(colour);
                    x += 1;
                    continue;
                }
                Said::Match(held) => {
                    let step = Step::between(held.from, (x, y));
                    let known = self.format.found(held.length, step);
                    if held.is_whole && known.gain > 0 {
                        self.tokens.push(self.format.token(known));
                        x += held.length;
                        continue;
                    }
                    known
                }
                Said::Changed => Match::default(),
            };
            let best = self.search((x, y), colour, known);
            if best.gain <= 0 || self.is_better_later(x, y, best) {
                self.tokens.push(colour);
                x += 1;
                continue;
            }
            self.tokens.push(self.format.token(best));
            x += best.length;
        }
    }

    /// The words of bits in which pixels are compared: around what changed. In flat artwork matches with
    /// the row above go far beyond it.
    fn compared(&self, y: usize) -> Range<usize> {
        if Format::<DEPTH>::IS_FLAT {
            return 0..self.canvas.width.div_ceil(WORD);
        }
        let own = self.guide.changes.words(y);
        let above = self.guide.changes.words(y.saturating_sub(1));
        match (own.is_empty(), above.is_empty()) {
            (true, _) => above,
            (_, true) => own,
            _ => own.start.min(above.start)..own.end.max(above.end),
        }
    }

    /// The best match at a place, where this colour is, not worse than one that is known.
    #[inline]
    fn search(&mut self, (x, y): (usize, usize), colour: u32, known: Match) -> Match {
        let best = known.or(self.near(x));
        if best.length >= Self::ENOUGH {
            return best;
        }
        let seen = self.seen.replace(self.canvas, x, y);
        match seen.filter(|step| *step != best.step) {
            Some(step) => best.or(self.format.try_step(self.canvas, (x, y), colour, step)),
            None => best,
        }
    }

    /// The best match with the pixels to the left or above.
    #[inline]
    fn near(&self, x: usize) -> Match {
        let end = self.canvas.width.min(x + Format::<DEPTH>::MOST);
        let (left, above) = (self.same.left(x, end), self.same.above(x, end));
        let left = Format::<DEPTH>::with_costs(left, LEFT, self.left_costs);
        left.or(Format::<DEPTH>::with_costs(above, ABOVE, self.above_costs))
    }

    /// Whether one pixel later a longer match begins. Only flat artwork has gained from asking.
    #[inline]
    fn is_better_later(&self, x: usize, y: usize, best: Match) -> bool {
        let x = x + 1;
        if !Format::<DEPTH>::IS_FLAT || best.length >= 16 || x >= self.canvas.width {
            return false;
        }
        if self.near(x).gain > best.gain {
            return true;
        }
        let colour = self.canvas.colour(x, y);
        let later = |step| self.format.try_step(self.canvas, (x, y), colour, step);
        let seen = self.seen.step(self.canvas, x, y);
        seen.is_some_and(|step| later(step).gain > best.gain)
    }
}
