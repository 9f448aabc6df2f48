//! Reads pictures as PDF takes them.
//!
//! In: PNG and JPEG files. Out: their data as they are; a picture with transparency on white.

use std::io::Cursor;

use crate::error::{Error, Result};

/// The start of every PNG file.
pub(super) const PNG: &[u8] = b"\x89PNG\r\n\x1a\n";

/// The picture of a page.
pub struct Page<'a> {
    /// Its data.
    pub data: Data,
    /// Width in px.
    pub width: u32,
    /// Height in px.
    pub height: u32,
    /// The picture in words.
    pub alt: &'a str,
}

/// The data of a picture, as PDF takes it.
pub enum Data {
    /// A JPEG file.
    Jpeg(Vec<u8>),
    /// What a PNG file holds.
    Png(Deflated),
}

/// What a PNG file holds.
pub struct Deflated {
    /// Rows with their filters, deflated.
    pub data: Vec<u8>,
    /// Bits of a sample.
    pub depth: u8,
    /// What samples are.
    pub colours: Colours,
}

/// What the samples of a picture are.
pub enum Colours {
    /// Lightness.
    Grey,
    /// Red, green and blue.
    Rgb,
    /// Red, green and blue of each.
    Indexed(Vec<u8>),
}

impl<'a> Page<'a> {
    /// Takes a PNG or JPEG file.
    ///
    /// # Errors
    ///
    /// It is neither.
    pub fn new(bytes: &[u8], alt: &'a str) -> Result<Self> {
        let no_picture =
            || Error::new("this is not the picture that was made: neither PNG nor JPEG");
        let ((width, height), data) = if bytes.starts_with(PNG) {
            parts(bytes).ok_or_else(no_picture)?
        } else {
            let size = jpeg_size(bytes).ok_or_else(no_picture)?;
            (size, Data::Jpeg(bytes.to_vec()))
        };
        Ok(Self {
            data,
            width,
            height,
            alt,
        })
    }
}

/// The chunks of a PNG file: their kinds and data, up to a fault.
fn chunks(bytes: &[u8]) -> impl Iterator<Item = (&[u8], &[u8])> {
    let mut rest = bytes.get(PNG.len()..).unwrap_or_default();
    std::iter::from_fn(move || {
        let (length, after) = rest.split_first_chunk::<4>()?;
        let length = u32::from_be_bytes(*length) as usize;
        let kind = after.get(..4)?;
        let data = after.get(4..4 + length)?;
        rest = after.get(4 + length + 4..)?; // a check sum follows
        Some((kind, data))
    })
}

type Size = (u32, u32);

fn parts(bytes: &[u8]) -> Option<(Size, Data)> {
    let mut head = None;
    let mut palette = Vec::new();
    let mut data = Vec::new();
    let mut is_opaque = true;
    for (kind, part) in chunks(bytes) {
        match kind {
            b"IHDR" => head = Some(part),
            b"PLTE" => palette = part.to_vec(),
            b"IDAT" => data.extend_from_slice(part),
            b"tRNS" => is_opaque = false,
            _ => {}
        }
    }
    let &[
        w0,
        w1,
        w2,
        w3,
        h0,
        h1,
        h2,
        h3,
        depth,
        kind,
        _,
        _,
        interlaced,
    ] = head?
    else {
        return None;
    };
    let size = (
        u32::from_be_bytes([w0, w1, w2, w3]),
        u32::from_be_bytes([h0, h1, h2, h3]),
    );
    let colours = match kind {
        0 => Colours::Grey,
        2 => Colours::Rgb,
        3 if !palette.is_empty() => Colours::Indexed(palette),
        _ => return on_white(bytes),
    };
    if !is_opaque || interlaced != 0 {
        return on_white(bytes);
    }
    let deflated = Deflated {
        data,
        depth,
        colours,
    };
    Some((size, Data::Png(deflated)))
}

/// A picture with transparency on white, which is encoded again.
fn on_white(bytes: &[u8]) -> Option<(Size, Data)> {
    let mut decoder = png::Decoder::new(Cursor::new(bytes));
    decoder.set_transformations(png::Transformations::normalize_to_color8());
    let mut reader = decoder.read_info().ok()?;
    let mut pixels = vec![0; reader.output_buffer_size()?];
    let info = reader.next_frame(&mut pixels).ok()?;
    let samples = info.color_type.samples();
    let flat: Vec<u8> = pixels
        .chunks_exact(samples)
        .flat_map(|pixel| {
            let (colour, alpha) = match *pixel {
                [grey] => ([grey; 3], 255),
                [grey, alpha] => ([grey; 3], alpha),
                [red, green, blue] => ([red, green, blue], 255),
                [red, green, blue, alpha] => ([red, green, blue], alpha),
                _ => ([255; 3], 0),
            };
            colour.map(|value| {
                let (value, alpha) = (u32::from(value), u32::from(alpha));
                ((value * alpha + 255 * (255 - alpha) + 127) / 255) as u8
            })
        })
        .collect();
    let mut file = Vec::new();
    let mut encoder = png::Encoder::new(&mut file, info.width, info.height);
    encoder.set_color(png::ColorType::Rgb);
    encoder.set_depth(png::BitDepth::Eight);
    let mut writer = encoder.write_header().ok()?;
    writer.write_image_data(&flat).ok()?;
    writer.finish().ok()?;
    parts(&file)
}

/// The size that a JPEG file says in its frame header (ITU-T T.81, B.2.2).
fn jpeg_size(bytes: &[u8]) -> Option<Size> {
    let mut rest = bytes.strip_prefix(&[0xFF, 0xD8])?;
    loop {
        let &[0xFF, marker, high, low, ..] = rest else {
            return None;
        };
        let length = usize::from(u16::from_be_bytes([high, low]));
        if matches!(marker, 0xC0..=0xC2) {
            let &[_, h0, h1, w0, w1, ..] = rest.get(4..)? else {
                return None;
            };
            let side = |high, low| u32::from(u16::from_be_bytes([high, low]));
            return Some((side(w0, w1), side(h0, h1)));
        }
        rest = rest.get(2 + length..)?;
    }
}
