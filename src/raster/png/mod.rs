//! Writes PNG files: lossless, small, in a millisecond.
//!
//! Opaque pictures lose their alpha. Flat artwork with at most 256 colours becomes an indexed
//! picture, a third of the size; everything else is RGB. No filter is used: rows of type and
//! undithered gradients repeat themselves as they are (measured: 0.78 of the size, half of the
//! time). The encoder is our own for what it may know: the [`Ground`] that the cards of a template
//! share is parsed once, and for each card only what was drawn on it is looked at again. The bytes
//! depend on the picture and its ground alone. Pictures with alpha are left to the `png` crate.

mod bits;
mod canvas;
mod changes;
mod deflate;
mod guide;
mod huffman;
mod matches;
mod overlay;
mod palette;
mod step;
mod sums;

use tiny_skia::Pixmap;

use self::canvas::Canvas;
use self::changes::Changes;
use self::deflate::Depth;
use self::guide::{Guide, Source};
use self::matches::{Finder, Parse, Token, is_literal};
use self::palette::Palette;
use crate::error::{Error, Result};

/// A ground of more colours is written as RGB at once: blended with those of the words they are
/// more than a palette holds.
const MOST_OF_GROUND: usize = 64;

/// A picture that is below others, and what is known of it: how it is parsed and summed.
#[derive(Clone, Debug)]
pub struct Ground {
    pixels: Pixmap,
    parse: Parse,
    /// For each token of `parse`.
    sources: Vec<Source>,
    /// Of flat artwork.
    palette: Option<Palette>,
    sums: Vec<u32>,
}

impl Ground {
    /// Parses a picture with care; `None` if it is not opaque.
    ///
    /// Takes some milliseconds.
    #[must_use]
    pub fn of(pixels: Pixmap) -> Option<Self> {
        let canvas = opaque(&pixels)?;
        let palette = few_colours(canvas).filter(|few| few.colours().len() <= MOST_OF_GROUND);
        let depth = palette.as_ref().map_or(Depth::Rgb, Depth::Indexed);
        let parse = parsed(canvas, depth);
        Some(Self {
            sources: guide::sources(&parse, canvas.width, depth.bytes()),
            sums: sums::rows(canvas, depth),
            parse,
            palette,
            pixels,
        })
    }

    /// The picture.
    #[must_use]
    pub fn pixels(&self) -> &Pixmap {
        &self.pixels
    }

    /// Bytes of memory that it takes.
    #[must_use]
    pub fn size(&self) -> usize {
        let numbers = self.parse.tokens.len() * 2 + self.sums.len() * 2;
        self.pixels.data().len() + numbers * size_of::<u32>()
    }
}

/// The bytes of a PNG file with exactly these pixels.
///
/// `ground` is what was there before and for each row whether something was drawn in it.
///
/// # Errors
///
/// None that this program can cause: what the `png` crate reports.
pub fn encode(pixels: &Pixmap, ground: Option<(&Ground, &[bool])>) -> Result<Vec<u8>> {
    let Some((ground, is_drawn)) = ground else {
        return match opaque(pixels) {
            Some(canvas) => Ok(plain(canvas)),
            None => with_alpha(pixels),
        };
    };
    let (below, canvas) = (canvas(&ground.pixels), canvas(pixels));
    let changes = Changes::between(below, canvas, is_drawn);
    let guide = Guide {
        ground: &ground.parse,
        sources: &ground.sources,
        changes: &changes,
    };
    let tokens = match ground.palette {
        Some(_) => overlay::parse::<1>(canvas, guide),
        None => overlay::parse::<3>(canvas, guide),
    };
    let palette = match &ground.palette {
        None => None,
        Some(known) => match known.with(literals(&tokens)) {
            Some(palette) => Some(palette),
            None => return Ok(plain(canvas)),
        },
    };
    let depth = palette.as_ref().map_or(Depth::Rgb, Depth::Indexed);
    let checksum = sums::checksum_on((below, &ground.sums), canvas, &changes, depth);
    Ok(file(canvas, &tokens, depth, checksum))
}

/// A picture of which nothing is known.
fn plain(canvas: Canvas<'_>) -> Vec<u8> {
    let palette = few_colours(canvas);
    let depth = palette.as_ref().map_or(Depth::Rgb, Depth::Indexed);
    let parse = parsed(canvas, depth);
    let checksum = sums::checksum(canvas, depth);
    file(canvas, &parse.tokens, depth, checksum)
}

/// A picture of which nothing is known, parsed.
fn parsed(canvas: Canvas<'_>, depth: Depth<'_>) -> Parse {
    match depth {
        Depth::Rgb => Finder::<3>::new(canvas).parse(),
        Depth::Indexed(_) => Finder::<1>::new(canvas).parse(),
    }
}

/// The pixels, if none of them is transparent.
fn opaque(pixels: &Pixmap) -> Option<Canvas<'_>> {
    let is_opaque = pixels.data().chunks_exact(4).all(|pixel| pixel[3] == 255);
    is_opaque.then(|| canvas(pixels))
}

fn canvas(pixels: &Pixmap) -> Canvas<'_> {
    Canvas {
        data: pixels.data(),
        width: pixels.width() as usize,
        height: pixels.height() as usize,
    }
}

/// The palette of a picture; `None` if it has too many colours.
fn few_colours(canvas: Canvas<'_>) -> Option<Palette> {
    let mut last = 0;
    let runs = (0..canvas.height).flat_map(|y| canvas.row(y));
    Palette::new().with(runs.filter(|colour| std::mem::replace(&mut last, *colour) != *colour))
}

/// The literal pixels of a parsed picture: every colour first comes as one.
fn literals(tokens: &[Token]) -> impl Iterator<Item = Token> {
    tokens.iter().copied().filter(|token| is_literal(*token))
}

/// Puts a file together (<https://www.w3.org/TR/png-3/>).
fn file(canvas: Canvas<'_>, tokens: &[Token], depth: Depth<'_>, checksum: u32) -> Vec<u8> {
    let mut file = b"\x89PNG\r\n\x1a\n".to_vec();
    file.reserve(160 << 10);
    let side = |length: usize| (length as u32).to_be_bytes();
    let colour_type = match depth {
        Depth::Rgb => 2,
        Depth::Indexed(_) => 3,
    };
    file = chunk(file, b"IHDR", |mut file| {
        file.extend(side(canvas.width));
        file.extend(side(canvas.height));
        file.extend([8, colour_type, 0, 0, 0]);
        file
    });
    if let Depth::Indexed(palette) = depth {
        let colours = palette.colours().iter();
        let bytes = colours.flat_map(|colour| colour.to_le_bytes().into_iter().take(3));
        file = chunk(file, b"PLTE", |mut file| {
            file.extend(bytes);
            file
        });
    }
    file = chunk(file, b"IDAT", |mut file| {
        file.extend([0x78, 0x01]); // zlib, a window of 32 KiB, no level to tell
        let mut file = deflate::deflate(file, tokens, depth);
        file.extend(checksum.to_be_bytes());
        file
    });
    chunk(file, b"IEND", |file| file)
}

/// Adds a chunk whose contents `write` adds.
fn chunk(mut file: Vec<u8>, kind: &[u8; 4], write: impl FnOnce(Vec<u8>) -> Vec<u8>) -> Vec<u8> {
    let start = file.len();
    file.extend([0; 4]);
    file.extend(kind);
    let mut file = write(file);
    let length = (file.len() - start - 8) as u32;
    file[start..start + 4].copy_from_slice(&length.to_be_bytes());
    let sum = crc32fast::hash(&file[start + 4..]);
    file.extend(sum.to_be_bytes());
    file
}

/// A picture that one sees through: rare, so the `png` crate's own encoder will do.
fn with_alpha(pixels: &Pixmap) -> Result<Vec<u8>> {
    let straight = pixels.clone().take_demultiplied();
    by_crate(
        pixels,
        &straight,
        (png::ColorType::Rgba, png::Filter::NoFilter),
    )
}

/// The bytes of a PNG file with a photograph in it: with a filter for each row, as such pictures want
/// it, by the `png` crate.
///
/// # Errors
///
/// As [`encode`].
pub fn photographic(pixels: &Pixmap) -> Result<Vec<u8>> {
    if opaque(pixels).is_none() {
        return with_alpha(pixels);
    }
    let colours = pixels.data().chunks_exact(4);
    let colours: Vec<u8> = colours
        .flat_map(|pixel| [pixel[0], pixel[1], pixel[2]])
        .collect();
    by_crate(
        pixels,
        &colours,
        (png::ColorType::Rgb, png::Filter::Adaptive),
    )
}

fn by_crate(
    pixels: &Pixmap,
    samples: &[u8],
    (colour, filter): (png::ColorType, png::Filter),
) -> Result<Vec<u8>> {
    let failed = |cause| Error::new("the picture cannot be encoded").caused_by(cause);
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, pixels.width(), pixels.height());
    encoder.set_color(colour);
    encoder.set_depth(png::BitDepth::Eight);
    encoder.set_compression(png::Compression::Balanced);
    encoder.set_filter(filter);
    let mut writer = encoder.write_header().map_err(failed)?;
    writer.write_image_data(samples).map_err(failed)?;
    writer.finish().map_err(failed)?;
    Ok(bytes)
}

#[cfg(test)]
mod tests;
