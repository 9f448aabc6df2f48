//! What the parse of a ground says of the pictures on it.
//!
//! A match of the ground holds in a picture as far as neither its own pixels nor those that it repeats
//! have changed: nothing has to be compared.

use super::changes::Changes;
use super::matches::{Parse, ROW, Token, is_literal, parts};

/// The ground of a picture, parsed, and the pixels that are not as there.
#[derive(Clone, Copy, Debug)]
pub struct Guide<'a> {
    /// The ground.
    pub ground: &'a Parse,
    /// Of [`sources`].
    pub sources: &'a [Source],
    /// What changed.
    pub changes: &'a Changes,
}

/// The first pixel that a match repeats: its row and its column. Of no use with literals.
pub type Source = (u16, u16);

/// For each token of a parse what it repeats, for pixels of `depth` bytes in the file.
pub fn sources(parse: &Parse, width: usize, depth: usize) -> Vec<Source> {
    let stride = 1 + width * depth;
    let mut at = 0;
    let tokens = parse.tokens.iter();
    let source = |token: &u32| {
        if *token == ROW {
            at += 1;
            return (0, 0);
        }
        if is_literal(*token) {
            at += depth;
            return (0, 0);
        }
        let (pixels, distance) = parts(*token);
        let from = at - distance;
        at += pixels * depth;
        ((from / stride) as u16, ((from % stride - 1) / depth) as u16)
    };
    tokens.map(source).collect()
}

/// Walks along the tokens of a row of the ground.
#[derive(Debug)]
pub struct Walk<'a> {
    tokens: &'a [Token],
    sources: &'a [Source],
    changes: &'a Changes,
    y: usize,
    width: usize,
    /// The first pixel of the first of `tokens`, and the one behind its last.
    start: usize,
    end: usize,
    /// From the last pixel asked for up to the first of these all have changed, up to the other none.
    changed_to: usize,
    unchanged_to: usize,
}

/// What holds of the ground's match at a pixel.
#[derive(Clone, Copy, Debug)]
pub struct Held {
    /// Column and row of the pixel that this one repeats.
    pub from: (usize, usize),
    /// How many pixels repeat.
    pub length: usize,
    /// Whether they are as many as in the ground.
    pub is_whole: bool,
}

/// What the ground says of a pixel.
#[derive(Clone, Copy, Debug)]
pub enum Said {
    /// Nothing: the pixel has changed.
    Changed,
    /// It is a literal.
    Literal,
    /// It repeats another.
    Match(Held),
}

impl<'a> Walk<'a> {
    /// Along row `y`.
    pub fn new(guide: Guide<'a>, y: usize, width: usize) -> Self {
        // The first token is that of the row itself.
        let row = guide.ground.rows[y] as usize + 1..guide.ground.rows[y + 1] as usize;
        let tokens = &guide.ground.tokens[row.clone()];
        Self {
            tokens,
            sources: &guide.sources[row],
            changes: guide.changes,
            y,
            width,
            start: 0,
            end: tokens.first().map_or(0, |first| span(*first)),
            changed_to: 0,
            unchanged_to: 0,
        }
    }

    /// What the ground says of pixel `x`, which never goes back.
    #[inline]
    pub fn at(&mut self, x: usize) -> Said {
        if x < self.changed_to {
            return Said::Changed;
        }
        if x >= self.unchanged_to {
            self.unchanged_to = self.changes.next_changed(self.y, x, self.width);
            if self.unchanged_to == x {
                self.changed_to = self.changes.next_same(self.y, x, self.width);
                return Said::Changed;
            }
        }
        while self.end <= x {
            self.tokens = &self.tokens[1..];
            self.sources = &self.sources[1..];
            self.start = self.end;
            self.end += span(self.tokens[0]);
        }
        if is_literal(self.tokens[0]) {
            return Said::Literal;
        }
        let (row, column) = self.sources[0];
        let (from_x, from_y) = (usize::from(column) + x - self.start, usize::from(row));
        let most = self.end.min(self.unchanged_to) - x;
        let length = self.changes.next_changed(from_y, from_x, from_x + most) - from_x;
        Said::Match(Held {
            from: (from_x, from_y),
            length,
            is_whole: x + length == self.end,
        })
    }
}

/// How many pixels a token has.
#[inline]
fn span(token: Token) -> usize {
    if is_literal(token) { 1 } else { parts(token).0 }
}
