//! Rows of bits, one for each pixel: which pixels are the same as others.

use wide::{i8x16, i16x8, i16x16, i32x8};

/// Pixels to a word of bits.
pub const WORD: usize = 64;

/// The first bit from `x` on that is set, or `end` if that comes first.
#[inline]
pub fn next_set(words: &[u64], x: usize, end: usize) -> usize {
    x + run(words, (x, end), 0)
}

/// How many bits from `x` on, up to `end`, are set.
#[inline]
pub fn set_run(words: &[u64], x: usize, end: usize) -> usize {
    run(words, (x, end), u64::MAX)
}

/// How many bits from `x` on, up to `end`, are those of `like`: all set, or none.
#[inline]
fn run(words: &[u64], (x, end): (usize, usize), like: u64) -> usize {
    let most = end.saturating_sub(x);
    let Some(word) = words.get(x / WORD).filter(|_| most > 0) else {
        return 0;
    };
    let others = (word ^ like) >> (x % WORD);
    if others != 0 {
        return most.min(others.trailing_zeros() as usize);
    }
    let mut length = WORD - x % WORD;
    for word in &words[x / WORD + 1..] {
        let others = word ^ like;
        if others != 0 {
            length += others.trailing_zeros() as usize;
            break;
        }
        length += WORD;
        if length >= most {
            break;
        }
    }
    most.min(length)
}

/// Which of the pixels of two rows, four bytes each, are the same. Bits behind the last are not set.
pub fn same(one: &[u8], other: &[u8], words: &mut [u64]) {
    let (ones, one_rest) = one.as_chunks::<{ LANES * 4 }>();
    let (others, other_rest) = other.as_chunks::<{ LANES * 4 }>();
    words.fill(0);
    let mut put = |at: usize, bits: u64| {
        if let Some(word) = words.get_mut(at / WORD) {
            *word |= bits << (at % WORD);
        }
    };
    for (at, (one, other)) in ones.iter().zip(others).enumerate() {
        put(at * LANES, u64::from(sixteen(one, other)));
    }
    let rest = one_rest.chunks_exact(4).zip(other_rest.chunks_exact(4));
    for (at, (one, other)) in rest.enumerate() {
        put(ones.len() * LANES + at, u64::from(one == other));
    }
}

/// Pixels that are compared at once.
const LANES: usize = 16;

/// Which of sixteen pixels are the same. In vector instructions, for what compilers make of a loop here
/// is three times as many.
#[inline]
fn sixteen(one: &[u8; LANES * 4], other: &[u8; LANES * 4]) -> u16 {
    let [one, other] =
        [one, other].map(|pixels| bytemuck::pod_read_unaligned::<[i32x8; 2]>(pixels));
    let is_same = [0, 1].map(|half| i16x8::from_i32x8_saturate(one[half].simd_eq(other[half])));
    i8x16::from_i16x16_saturate(bytemuck::cast::<[i16x8; 2], i16x16>(is_same)).to_bitmask() as u16
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn bits_are_set_where_pixels_are_the_same(
            pixels in prop::collection::vec((0..2_u8, 0..2_u8), 1..300),
            (x, end) in (0..300_usize, 0..300_usize),
        ) {
            let pixel = |shade: u8| [shade, 0, 7 + shade, 255];
            let one: Vec<_> = pixels.iter().map(|(one, _)| pixel(*one)).collect();
            let other: Vec<_> = pixels.iter().map(|(_, other)| pixel(*other)).collect();
            let mut words = vec![9; pixels.len().div_ceil(WORD)];
            same(one.as_flattened(), other.as_flattened(), &mut words);
            let is_same = |x: usize| one.get(x).is_some_and(|one| *one == other[x]);
            for x in 0..words.len() * WORD {
                prop_assert_eq!(words[x / WORD] >> (x % WORD) & 1 == 1, is_same(x));
            }
            let end = end.min(pixels.len());
            let find = |wanted: bool| (x..end).find(|x| is_same(*x) == wanted).unwrap_or(end);
            prop_assert_eq!(next_set(&words, x, end).min(end), find(true));
            prop_assert_eq!(x.min(end) + set_run(&words, x, end), find(false).min(end));
        }
    }
}
