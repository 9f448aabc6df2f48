//! The check sum of a picture's bytes, row by row.
//!
//! Adler-32 (RFC 1950) of two stretches gives that of both together, so the sums of rows that are
//! as in the ground need not be taken again.

use simd_adler32::Adler32;

use super::canvas::Canvas;
use super::deflate::Depth;

/// The largest prime below 2¹⁶.
const PRIME: u64 = 65_521;

/// The check sum of all rows; those of `known` are used where it has them.
pub fn checksum(canvas: Canvas<'_>, depth: Depth<'_>, known: impl Fn(usize) -> Option<u32>) -> u32 {
    let mut bytes = Vec::new();
    let row_length = match depth {
        Depth::Rgb => 1 + canvas.width * 3,
        Depth::Indexed(_) => 1 + canvas.width,
    };
    let (mut low, mut high) = (1, 0);
    for y in 0..canvas.height {
        let row = known(y).unwrap_or_else(|| row(canvas, y, depth, &mut bytes));
        // A row's own sum begins at 0; what stands before it is added once for each of its bytes.
        high = (high + low * row_length as u64 + u64::from(row >> 16)) % PRIME;
        low = (low + u64::from(row & 0xffff)) % PRIME;
    }
    ((high << 16) | low) as u32
}

/// The sums of all rows, for [`checksum`].
pub fn rows(canvas: Canvas<'_>, depth: Depth<'_>) -> Vec<u32> {
    let mut bytes = Vec::new();
    let rows = 0..canvas.height;
    rows.map(|y| row(canvas, y, depth, &mut bytes)).collect()
}

/// The sum of a row's bytes, as if nothing stood before it. `bytes` is room to work in.
fn row(canvas: Canvas<'_>, y: usize, depth: Depth<'_>, bytes: &mut Vec<u8>) -> u32 {
    bytes.clear();
    bytes.push(0);
    match depth {
        Depth::Rgb => rgb(canvas.bytes_of(y), bytes),
        Depth::Indexed(palette) => {
            let mut last = (0, 0);
            bytes.extend(canvas.row(y).map(|colour| {
                // Flat artwork is made of long runs of one colour.
                if colour != last.0 {
                    last = (colour, palette.index(colour));
                }
                last.1
            }));
        }
    }
    let mut sum = Adler32::from_checksum(0);
    sum.write(bytes);
    sum.finish()
}

/// Leaves alpha out: four pixels become three words.
fn rgb(pixels: &[u8], bytes: &mut Vec<u8>) {
    let start = bytes.len();
    bytes.resize(start + pixels.len() / 4 * 3, 0);
    let mut out = bytes[start..].chunks_exact_mut(12);
    let mut four = pixels.chunks_exact(16);
    for (out, four) in (&mut out).zip(&mut four) {
        let word = u128::from_le_bytes(four.try_into().expect("it has sixteen bytes"));
        let [one, two, three, last] = [0, 32, 64, 96].map(|at| (word >> at) as u32 & 0xff_ffff);
        let words = [
            one | (two << 24),
            (two >> 8) | (three << 16),
            (three >> 16) | (last << 8),
        ];
        for (out, word) in out.chunks_exact_mut(4).zip(words) {
            out.copy_from_slice(&word.to_le_bytes());
        }
    }
    let rest = four.remainder().chunks_exact(4);
    for (out, pixel) in out.into_remainder().chunks_exact_mut(3).zip(rest) {
        out.copy_from_slice(&pixel[..3]);
    }
}
