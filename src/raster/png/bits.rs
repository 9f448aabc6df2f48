//! Rows of bits, one for each pixel: which pixels are the same as others.

/// Pixels to a word of bits.
pub const WORD: usize = 64;

/// The first bit from `x` on that is set, or `end` if that comes first.
#[inline]
pub fn next_set(words: &[u64], x: usize, end: usize) -> usize {
    next(words, (x, end), 0)
}

/// The first bit from `x` on that is not set, or `end` if that comes first.
#[inline]
pub fn next_clear(words: &[u64], x: usize, end: usize) -> usize {
    next(words, (x, end), u64::MAX)
}

/// The first bit from `x` on that is set after all were turned round with `turned`, or `end`.
#[inline]
fn next(words: &[u64], (x, end): (usize, usize), turned: u64) -> usize {
    if x >= end {
        return end;
    }
    let mut at = x / WORD;
    let mut word = (words[at] ^ turned) & (u64::MAX << (x % WORD));
    let last = (end - 1) / WORD;
    while word == 0 {
        if at == last {
            return end;
        }
        at += 1;
        word = words[at] ^ turned;
    }
    (at * WORD + word.trailing_zeros() as usize).min(end)
}

/// Which of the pixels of two rows, four bytes each, are the same. Bits behind the last are not set.
pub fn same(one: &[u8], other: &[u8], words: &mut [u64]) {
    let (one, _) = one.as_chunks::<4>();
    let (other, _) = other.as_chunks::<4>();
    let pieces = one.chunks(WORD).zip(other.chunks(WORD));
    for ((one, other), word) in pieces.zip(words) {
        let mut is_same = [0_u8; WORD];
        match (one.as_array::<WORD>(), other.as_array::<WORD>()) {
            (Some(one), Some(other)) => compare(one, other, &mut is_same),
            _ => compare(one, other, &mut is_same),
        }
        *word = packed(&is_same);
    }
}

/// A 1 for each pixel that is the same. Without a branch, so that it becomes vector instructions.
#[inline(always)]
fn compare(one: &[[u8; 4]], other: &[[u8; 4]], is_same: &mut [u8; WORD]) {
    for ((one, other), is_same) in one.iter().zip(other).zip(is_same) {
        *is_same = u8::from(u32::from_le_bytes(*one) == u32::from_le_bytes(*other));
    }
}

/// The lowest bits of bytes.
#[inline]
fn packed(bytes: &[u8; WORD]) -> u64 {
    // The product has the bit of byte i at 56 + i, and nothing else there.
    const GATHER: u64 = 0x0102_0408_1020_4080;
    let (eights, _) = bytes.as_chunks::<8>();
    let mut word = 0;
    for (at, eight) in eights.iter().enumerate() {
        word |= (u64::from_le_bytes(*eight).wrapping_mul(GATHER) >> 56) << (at * 8);
    }
    word
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
            prop_assert_eq!(next_set(&words, x, end), find(true));
            prop_assert_eq!(next_clear(&words, x, end), find(false));
        }
    }
}
