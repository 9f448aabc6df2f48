//! A picture as the encoder sees it: opaque pixels, four bytes each, row by row.

/// An opaque picture.
#[derive(Clone, Copy, Debug)]
pub struct Canvas<'a> {
    /// Red, green, blue, alpha.
    pub data: &'a [u8],
    /// Pixels in a row.
    pub width: usize,
    /// Rows.
    pub height: usize,
}

impl<'a> Canvas<'a> {
    /// A pixel as one number; the highest byte is alpha.
    #[inline]
    pub fn colour(&self, x: usize, y: usize) -> u32 {
        let at = (y * self.width + x) * 4;
        u32::from_le_bytes(four(&self.data[at..at + 4]))
    }

    /// The pixels of a row, each as one number.
    pub fn row(&self, y: usize) -> impl Iterator<Item = u32> + 'a {
        let row = self.bytes_of(y).chunks_exact(4);
        row.map(|pixel| u32::from_le_bytes(four(pixel)))
    }

    /// The bytes of a row.
    pub fn bytes_of(&self, y: usize) -> &'a [u8] {
        &self.data[y * self.width * 4..][..self.width * 4]
    }

    /// Two pixels as one number.
    #[inline]
    pub fn pair(&self, x: usize, y: usize) -> u64 {
        let at = (y * self.width + x) * 4;
        u64::from_le_bytes(eight(&self.data[at..at + 8]))
    }

    /// How many pixels from two places on are the same, up to `most`; places count from the first
    /// pixel of the picture.
    #[inline]
    pub fn common(&self, from: usize, to: usize, most: usize) -> usize {
        let one = &self.data[from * 4..][..most * 4];
        let other = &self.data[to * 4..][..most * 4];
        // Most that are tried differ at once; of the others most are long.
        if most < 2 || one[..8] != other[..8] {
            return usize::from(most > 0 && one[..4] == other[..4]);
        }
        let (long_one, _) = one.as_chunks::<32>();
        let (long_other, _) = other.as_chunks::<32>();
        let same = long_one.iter().zip(long_other);
        let mut at = same.take_while(|(one, other)| one == other).count() * 8;
        let (one, other) = (&one[at * 4..], &other[at * 4..]);
        for (one, other) in one.chunks_exact(8).zip(other.chunks_exact(8)) {
            let differing = u64::from_le_bytes(eight(one)) ^ u64::from_le_bytes(eight(other));
            if differing != 0 {
                return at + (differing.trailing_zeros() / 32) as usize;
            }
            at += 2;
        }
        let last = one.len() - one.len() % 8;
        if at < most && one[last..] == other[last..] {
            at += 1;
        }
        at
    }
}

fn four(bytes: &[u8]) -> [u8; 4] {
    bytes.try_into().expect("it has four bytes")
}

fn eight(bytes: &[u8]) -> [u8; 8] {
    bytes.try_into().expect("it has eight bytes")
}
