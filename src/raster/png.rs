//! Writes PNG files: small, lossless, quick.
//!
//! Opaque pictures lose their alpha. Flat artwork with at most 256 colours becomes an indexed
//! picture, a third of the size and of the work; everything else is RGB.

use std::collections::BTreeMap;

use png::{BitDepth, ColorType, Compression, Encoder, Filter};
use tiny_skia::Pixmap;

use crate::error::{Error, Result};

/// Most colours of an indexed picture.
const MOST_COLOURS: usize = 256;

/// The bytes of a PNG file with exactly these pixels.
///
/// # Errors
///
/// None that this program can cause: what the `png` crate reports.
pub fn encode(pixels: &Pixmap) -> Result<Vec<u8>> {
    let is_opaque = pixels.data().chunks_exact(4).all(|pixel| pixel[3] == 255);
    if !is_opaque {
        let straight = pixels.clone().take_demultiplied();
        let image = Image {
            color: ColorType::Rgba,
            palette: None,
            data: straight,
        };
        return write(pixels, &image);
    }
    let image = indexed(pixels).unwrap_or_else(|| Image {
        color: ColorType::Rgb,
        palette: None,
        data: pixels
            .data()
            .chunks_exact(4)
            .flat_map(|pixel| [pixel[0], pixel[1], pixel[2]])
            .collect(),
    });
    write(pixels, &image)
}

struct Image {
    color: ColorType,
    palette: Option<Vec<u8>>,
    data: Vec<u8>,
}

/// The picture as indices into a palette; `None` where it has too many colours.
///
/// Colours are numbered by how often they come, so that the palette does not depend on the order
/// of drawing and the ground is 0.
fn indexed(pixels: &Pixmap) -> Option<Image> {
    let mut counts: BTreeMap<u32, u32> = BTreeMap::new();
    let mut last = (0, 0);
    for pixel in colours(pixels) {
        // Flat artwork is made of long runs of one colour: the map is asked once for each.
        if pixel == last.0 {
            last.1 += 1;
            continue;
        }
        if last.1 > 0 {
            *counts.entry(last.0).or_default() += last.1;
        }
        if counts.len() > MOST_COLOURS {
            return None;
        }
        last = (pixel, 1);
    }
    *counts.entry(last.0).or_default() += last.1;
    if counts.len() > MOST_COLOURS {
        return None;
    }
    let mut ordered: Vec<_> = counts.into_iter().collect();
    ordered.sort_by_key(|(colour, count)| (std::cmp::Reverse(*count), *colour));
    let index: BTreeMap<u32, u8> = (0..=u8::MAX)
        .zip(&ordered)
        .map(|(i, (c, _))| (*c, i))
        .collect();
    let mut last = (ordered[0].0, 0);
    let data = colours(pixels).map(|pixel| {
        if pixel != last.0 {
            last = (pixel, index[&pixel]);
        }
        last.1
    });
    let data = data.collect();
    let palette = ordered.iter().flat_map(|(colour, _)| {
        let [_, red, green, blue] = colour.to_be_bytes();
        [red, green, blue]
    });
    Some(Image {
        color: ColorType::Indexed,
        palette: Some(palette.collect()),
        data,
    })
}

/// Every pixel as `0x00RRGGBB`.
fn colours(pixels: &Pixmap) -> impl Iterator<Item = u32> {
    let pixels = pixels.data().chunks_exact(4);
    pixels.map(|pixel| u32::from_be_bytes([0, pixel[0], pixel[1], pixel[2]]))
}

fn write(pixels: &Pixmap, image: &Image) -> Result<Vec<u8>> {
    let failed = |cause| Error::new("the picture cannot be encoded").caused_by(cause);
    let mut bytes = Vec::new();
    let mut encoder = Encoder::new(&mut bytes, pixels.width(), pixels.height());
    encoder.set_color(image.color);
    encoder.set_depth(BitDepth::Eight);
    if let Some(palette) = &image.palette {
        encoder.set_palette(palette.clone());
    }
    encoder.set_compression(Compression::Balanced);
    // Rows of type repeat each other as they are; a filter only hides it (measured: 0.78 of the
    // size, half of the time).
    encoder.set_filter(Filter::NoFilter);
    let mut writer = encoder.write_header().map_err(failed)?;
    writer.write_image_data(&image.data).map_err(failed)?;
    writer.finish().map_err(failed)?;
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use tiny_skia::{Color, Paint, PathBuilder, Transform};

    /// The pixels of a PNG file, expanded to RGBA.
    fn decode(bytes: &[u8]) -> (Vec<u8>, ColorType) {
        let mut decoder = png::Decoder::new(std::io::Cursor::new(bytes));
        decoder.set_transformations(png::Transformations::EXPAND | png::Transformations::ALPHA);
        let mut reader = decoder.read_info().expect("it is a PNG");
        let colour = reader.info().color_type;
        let mut data = vec![0; reader.output_buffer_size().expect("it is small")];
        reader.next_frame(&mut data).expect("it has a frame");
        (data, colour)
    }

    fn disc(ground: Color, colour: Color) -> Pixmap {
        let mut pixels = Pixmap::new(40, 30).expect("it is small");
        pixels.fill(ground);
        let path = PathBuilder::from_circle(20.0, 15.0, 9.3).expect("it is a circle");
        let mut paint = Paint::default();
        paint.set_color(colour);
        let rule = tiny_skia::FillRule::Winding;
        pixels.fill_path(&path, &paint, rule, Transform::identity(), None);
        pixels
    }

    #[test]
    fn what_is_written_decodes_to_the_same_pixels() {
        #[track_caller]
        fn case(pixels: &Pixmap, colour: ColorType) {
            let (decoded, written) = decode(&encode(pixels).expect("it encodes"));
            assert_eq!(written, colour);
            assert_eq!(decoded, pixels.clone().take_demultiplied());
        }
        case(&disc(Color::WHITE, Color::BLACK), ColorType::Indexed);
        case(&disc(Color::TRANSPARENT, Color::BLACK), ColorType::Rgba);
        let mut many = disc(Color::WHITE, Color::BLACK);
        for (at, pixel) in many.pixels_mut().iter_mut().enumerate() {
            let [high, low] = (at as u16).to_be_bytes();
            *pixel = tiny_skia::PremultipliedColorU8::from_rgba(high, low, 7, 255).expect("opaque");
        }
        case(&many, ColorType::Rgb);
    }
}
