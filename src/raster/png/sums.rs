//! The check sum of a picture's bytes, row by row.
//!
//! Adler-32 (RFC 1950) of two stretches gives that of both together, and of what a pixel was and is
//! follows what a sum gains: so only pixels that changed are looked at.

use std::ops::Range;

use simd_adler32::Adler32;

use super::canvas::Canvas;
use super::changes::Changes;
use super::deflate::Depth;
use super::palette::Palette;

/// The largest prime below 2¹⁶.
const PRIME: u64 = 65_521;

/// The check sum of a picture.
pub fn checksum(canvas: Canvas<'_>, depth: Depth<'_>) -> u32 {
    joined(rows(canvas, depth).into_iter(), row_length(canvas, depth))
}

/// The sums of all rows.
pub fn rows(canvas: Canvas<'_>, depth: Depth<'_>) -> Vec<u32> {
    let mut bytes = Vec::new();
    let rows = 0..canvas.height;
    rows.map(|y| row(canvas, y, depth, &mut bytes)).collect()
}

/// The check sum of a picture on a ground, of which rows have these sums.
pub fn checksum_on(
    (ground, sums): (Canvas<'_>, &[u32]),
    canvas: Canvas<'_>,
    changes: &Changes,
    depth: Depth<'_>,
) -> u32 {
    let rows = sums.iter().enumerate().map(|(y, sum)| match depth {
        _ if changes.are_none_in(y, y) => *sum,
        // Sums of colours are taken by vector instructions: looking for what changed takes longer.
        Depth::Rgb => rgb(canvas.bytes_of(y)),
        Depth::Indexed(palette) => {
            let rows = [pixels(ground, y), pixels(canvas, y)];
            changed(*sum, Runs::of(changes, y, canvas.width), rows, palette)
        }
    });
    joined(rows, row_length(canvas, depth))
}

/// The sum of a row of indices from that of the ground, whose pixels and whose own are given.
fn changed(sum: u32, runs: Runs<'_>, [ground, row]: [&[[u8; 4]]; 2], palette: &Palette) -> u32 {
    let (mut plain, mut falling) = (0, 0);
    for run in runs {
        let behind = (row.len() - run.end + 1..=row.len() - run.start).rev();
        let pixels = ground[run.clone()].iter().zip(&row[run]);
        for ((old, new), behind) in pixels.zip(behind) {
            let [old, new] = [old, new].map(|pixel| palette.index(u32::from_le_bytes(*pixel)));
            let gained = i64::from(new) - i64::from(old);
            plain += gained;
            // A byte is added once for itself and for every byte behind it.
            falling += behind as i64 * gained;
        }
    }
    let prime = PRIME as i64;
    let low = (i64::from(sum & 0xffff) + plain).rem_euclid(prime);
    let high = (i64::from(sum >> 16) + falling).rem_euclid(prime);
    ((high << 16) | low) as u32
}

/// The pixels of a row.
fn pixels(canvas: Canvas<'_>, y: usize) -> &[[u8; 4]] {
    canvas.bytes_of(y).as_chunks::<4>().0
}

/// The stretches of a row that changed.
#[derive(Debug)]
struct Runs<'a> {
    changes: &'a Changes,
    y: usize,
    from: usize,
    width: usize,
}

impl<'a> Runs<'a> {
    fn of(changes: &'a Changes, y: usize, width: usize) -> Self {
        Self {
            changes,
            y,
            from: 0,
            width,
        }
    }
}

impl Iterator for Runs<'_> {
    type Item = Range<usize>;

    #[inline]
    fn next(&mut self) -> Option<Range<usize>> {
        let start = self.changes.next_changed(self.y, self.from, self.width);
        self.from = self.changes.next_same(self.y, start, self.width);
        (start < self.width).then_some(start..self.from)
    }
}

/// Bytes of a row.
fn row_length(canvas: Canvas<'_>, depth: Depth<'_>) -> u64 {
    1 + (canvas.width * depth.bytes()) as u64
}

/// The sum of rows that have these.
fn joined(rows: impl Iterator<Item = u32>, row_length: u64) -> u32 {
    let (mut low, mut high) = (1, 0);
    for row in rows {
        // A row's own sum begins at 0; what stands before it is added once for each of its bytes.
        high = (high + low * row_length + u64::from(row >> 16)) % PRIME;
        low = (low + u64::from(row & 0xffff)) % PRIME;
    }
    ((high << 16) | low) as u32
}

/// The sum of a row's bytes, as if nothing stood before it. `bytes` is room to work in.
fn row(canvas: Canvas<'_>, y: usize, depth: Depth<'_>, bytes: &mut Vec<u8>) -> u32 {
    let Depth::Indexed(palette) = depth else {
        return rgb(canvas.bytes_of(y));
    };
    bytes.clear();
    bytes.push(0);
    let mut last = (0, 0);
    bytes.extend(canvas.row(y).map(|colour| {
        // Flat artwork is made of long runs of one colour.
        if colour != last.0 {
            last = (colour, palette.index(colour));
        }
        last.1
    }));
    let mut sum = Adler32::from_checksum(0);
    sum.write(bytes);
    sum.finish()
}

/// Pixels that are summed at once, so that nothing overflows.
const STRETCH: usize = 4096;

/// The sum of the red, green and blue of a row's pixels, without making a row of them.
///
/// The filter byte before them is 0, which changes nothing.
fn rgb(row: &[u8]) -> u32 {
    let (mut low, mut high) = (0, 0);
    for pixels in row.chunks(STRETCH * 4) {
        let (plain, falling) = stretch(pixels);
        let bytes = pixels.len() as u64 / 4 * 3;
        high = (high + low * bytes + falling) % PRIME;
        low = (low + plain) % PRIME;
    }
    ((high << 16) | low) as u32
}

/// Pixels side by side: as many as registers have room for.
const LANES: usize = 8;

/// The sum of the bytes of pixels, and that sum with each byte counted once for itself and once for
/// every byte behind it.
fn stretch(pixels: &[u8]) -> (u64, u64) {
    let (mut plain, mut falling, mut behind) = ([0_u32; LANES], [0_u32; LANES], [0_u32; LANES]);
    let (blocks, rest) = pixels.as_chunks::<{ LANES * 4 }>();
    for block in blocks {
        let (block, _) = block.as_chunks::<4>();
        for lane in 0..LANES {
            let [all, late] = channels(block[lane]);
            plain[lane] += all;
            // After the last block, a pixel has been added once for its block and each that follows.
            falling[lane] += plain[lane];
            behind[lane] += late;
        }
    }
    let (rest, _) = rest.as_chunks::<4>();
    let after = rest.len() as i64;
    let (mut sum, mut pixel_sum, mut late_sum) = (0_i64, 0_i64, 0_i64);
    for lane in 0..LANES {
        sum += i64::from(plain[lane]);
        pixel_sum += LANES as i64 * i64::from(falling[lane]);
        pixel_sum += (after - lane as i64) * i64::from(plain[lane]);
        late_sum += i64::from(behind[lane]);
    }
    for (index, pixel) in rest.iter().enumerate() {
        let [all, late] = channels(*pixel).map(i64::from);
        sum += all;
        pixel_sum += (after - index as i64) * all;
        late_sum += late;
    }
    // A pixel is three bytes; of them green comes one later than red, blue two.
    (sum as u64, (3 * pixel_sum - late_sum) as u64)
}

/// Red, green and blue together, and how many bytes after red they come.
#[inline]
fn channels(pixel: [u8; 4]) -> [u32; 2] {
    let pixel = u32::from_le_bytes(pixel);
    let [red, green, blue] = [0, 8, 16].map(|at| (pixel >> at) & 255);
    [red + green + blue, green + 2 * blue]
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn a_row_of_pixels_has_the_sum_of_its_bytes(
            pixels in prop::collection::vec(any::<[u8; 3]>(), 1..200),
            times in prop_oneof![Just(1_usize), 1..90_usize],
        ) {
            let pixels = pixels.repeat(times);
            let data: Vec<u8> = pixels.iter().flat_map(|[r, g, b]| [*r, *g, *b, 255]).collect();
            let mut sum = Adler32::from_checksum(0);
            sum.write(&[0]);
            sum.write(pixels.as_flattened());
            prop_assert_eq!(rgb(&data), sum.finish());
        }
    }

    #[test]
    fn the_brightest_rows_do_not_overflow() {
        for width in [1, 7, 8, 4095, 4096, 4097, 16_384] {
            let mut sum = Adler32::from_checksum(0);
            sum.write(&[0]);
            sum.write(&vec![255; width * 3]);
            assert_eq!(rgb(&vec![255; width * 4]), sum.finish(), "{width}");
        }
    }
}
