//! Which pixels of a picture are not those of its ground.
//!
//! In: both pictures, and the rows where something may have been drawn. Out: a bit for each pixel. What
//! the ground's parse and sums say of pixels that did not change need not be found out again.

use std::ops::Range;

use super::bits::{WORD, next_set, same, set_run};
use super::canvas::Canvas;

/// The changed pixels of a picture.
#[derive(Debug)]
pub struct Changes {
    bits: Vec<u64>,
    /// Words to a row.
    words: usize,
    /// For each row, how many of the rows up to it have changed pixels.
    changed_before: Vec<u32>,
}

impl Changes {
    /// Compares a picture with its ground, in the rows of `is_drawn` only.
    pub fn between(ground: Canvas<'_>, picture: Canvas<'_>, is_drawn: &[bool]) -> Self {
        let words = picture.width.div_ceil(WORD);
        let mut bits = vec![0; words * picture.height];
        let mut changed_before = Vec::with_capacity(picture.height + 1);
        let mut changed = 0;
        changed_before.push(0);
        for (y, row) in bits.chunks_exact_mut(words).enumerate() {
            if is_drawn[y] {
                same(ground.bytes_of(y), picture.bytes_of(y), row);
                turn(row, picture.width);
                changed += u32::from(row.iter().any(|word| *word != 0));
            }
            changed_before.push(changed);
        }
        Self {
            bits,
            words,
            changed_before,
        }
    }

    /// Whether no pixel changed in the rows from `first` to `last`.
    #[inline]
    pub fn are_none_in(&self, first: usize, last: usize) -> bool {
        self.changed_before[first] == self.changed_before[last + 1]
    }

    /// The bits of a row, from the lowest of the first word on.
    #[inline]
    pub fn row(&self, y: usize) -> &[u64] {
        &self.bits[y * self.words..][..self.words]
    }

    /// The words of bits that have all changes of a row.
    pub fn words(&self, y: usize) -> Range<usize> {
        let row = self.row(y);
        let first = row.iter().position(|word| *word != 0);
        let last = row.iter().rposition(|word| *word != 0);
        first.unwrap_or(0)..last.map_or(0, |last| last + 1)
    }

    /// The first changed pixel of a row from `x`, at most `end`, on, or `end` if that comes first.
    #[inline]
    pub fn next_changed(&self, y: usize, x: usize, end: usize) -> usize {
        next_set(self.row(y), x, end)
    }

    /// The first pixel of a row from `x`, at most `end`, on that did not change, or `end` if that comes
    /// first.
    #[inline]
    pub fn next_same(&self, y: usize, x: usize, end: usize) -> usize {
        x + set_run(self.row(y), x, end)
    }
}

/// Makes bits that are set where a row is the same set where it is not.
fn turn(words: &mut [u64], width: usize) {
    for word in &mut *words {
        *word = !*word;
    }
    if let (Some(last), rest @ 1..) = (words.last_mut(), width % WORD) {
        *last &= u64::MAX >> (WORD - rest);
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn bits_tell_which_pixels_differ(
            width in 1..300_usize,
            spots in prop::collection::vec((0..300_usize, 0..4_usize, 1..90_usize), 0..6),
            (x, end) in (0..300_usize, 0..300_usize),
        ) {
            let ground = vec![[7_u8, 8, 9, 255]; width * 4];
            let mut picture = ground.clone();
            let mut is_drawn = [false; 4];
            for (left, y, wide) in spots {
                is_drawn[y] = true;
                for x in left.min(width)..(left + wide).min(width) {
                    picture[y * width + x] = [7, 8, (x % 11) as u8, 255];
                }
            }
            let canvas = |data| Canvas { data, width, height: 4 };
            let changes = Changes::between(
                canvas(ground.as_flattened()),
                canvas(picture.as_flattened()),
                &is_drawn,
            );
            let end = end.min(width);
            let x = x.min(end);
            for y in 0..4 {
                let differs = |x: &usize| ground[y * width + x] != picture[y * width + x];
                let changed = (x..end).find(differs).unwrap_or(end);
                prop_assert_eq!(changes.next_changed(y, x, end), changed);
                for first in 0..=y {
                    let is_none = (first..=y).all(|y| !(0..width).any(|x| {
                        ground[y * width + x] != picture[y * width + x]
                    }));
                    prop_assert_eq!(changes.are_none_in(first, y), is_none);
                }
            }
        }
    }
}
