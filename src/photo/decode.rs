//! Decodes the files that photographs come in: JPEG, PNG, WebP.
//!
//! The kind is told by the first bytes, whatever the file is called. Sizes are looked at before any
//! pixel is decoded: a file of some kilobytes may claim to have gigabytes of them.

use std::io::Cursor;

use zune_jpeg::JpegDecoder;
use zune_jpeg::zune_core::bytestream::ZCursor;
use zune_jpeg::zune_core::colorspace::ColorSpace;
use zune_jpeg::zune_core::options::DecoderOptions;

use super::{Photo, colour, orient};
use crate::error::{Error, Result};

/// Larger photographs are refused: twice what cameras take in a picture, 300 MB of pixels.
pub(super) const MOST_PIXELS: u64 = 100_000_000;

/// The longest side: what a JPEG file can say.
const LONGEST_SIDE: u32 = 65_535;

/// What the first bytes of a file say that it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Jpeg,
    Png,
    WebP,
    /// Something else, by the name that people know it under.
    Other(&'static str),
}

/// Pixels as they stand in a file.
struct Raw {
    photo: Photo,
    icc: Option<Vec<u8>>,
    exif: Option<Vec<u8>>,
}

/// The photograph in the bytes of a file.
///
/// # Errors
///
/// Another kind of file, one that is broken or cut off, or more than [`MOST_PIXELS`].
pub(super) fn decode(bytes: &[u8]) -> Result<Photo> {
    let raw = match kind(bytes) {
        Kind::Jpeg => jpeg(bytes)?,
        Kind::Png => png(bytes)?,
        Kind::WebP => webp(bytes)?,
        Kind::Other(name) => {
            let error = Error::new(format!("the file is {name}, not JPEG, PNG or WebP"));
            return Err(error.with_hint("save the photo as JPEG"));
        }
    };
    let orientation = raw.exif.as_deref().map_or(1, orient::orientation);
    let pixels = colour::to_srgb(raw.photo.pixels, raw.icc.as_deref());
    let photo = Photo {
        pixels,
        ..raw.photo
    };
    Ok(orient::upright(photo, orientation))
}

fn kind(bytes: &[u8]) -> Kind {
    let is_text = |bytes: &[u8]| {
        let start = &bytes[..bytes.len().min(64)];
        !start.is_empty()
            && start
                .iter()
                .all(|byte| matches!(byte, 9 | 10 | 13 | 32..=126))
    };
    match bytes {
        [] => Kind::Other("empty"),
        [0xff, 0xd8, 0xff, ..] => Kind::Jpeg,
        [0x89, b'P', b'N', b'G', ..] => Kind::Png,
        [
            b'R',
            b'I',
            b'F',
            b'F',
            _,
            _,
            _,
            _,
            b'W',
            b'E',
            b'B',
            b'P',
            ..,
        ] => Kind::WebP,
        [b'G', b'I', b'F', b'8', ..] => Kind::Other("a GIF"),
        [b'I', b'I', 42, 0, ..] | [b'M', b'M', 0, 42, ..] => Kind::Other("a TIFF"),
        [b'B', b'M', ..] => Kind::Other("a bitmap (BMP)"),
        [b'%', b'P', b'D', b'F', ..] => Kind::Other("a PDF"),
        [_, _, _, _, b'f', b't', b'y', b'p', b'a', b'v', b'i', ..] => Kind::Other("an AVIF"),
        [_, _, _, _, b'f', b't', b'y', b'p', b'h' | b'm', ..] => Kind::Other("a HEIC"),
        bytes if is_text(bytes) && bytes.starts_with(b"version https://git-lfs") => {
            Kind::Other("a pointer of Git LFS")
        }
        bytes if is_text(bytes) => Kind::Other("text"),
        _ => Kind::Other("of a kind that is not known"),
    }
}

/// Refuses sizes that would not fit in memory.
fn check(width: u32, height: u32) -> Result<()> {
    let count = u64::from(width) * u64::from(height);
    if width == 0 || height == 0 {
        return Err(Error::new("the photo has no pixels"));
    }
    if count > MOST_PIXELS || width > LONGEST_SIDE || height > LONGEST_SIDE {
        let millions = count / 1_000_000;
        let message = format!(
            "the photo has {width} × {height} px, {millions} million; up to 100 million are read"
        );
        return Err(Error::new(message).with_hint("save it smaller: 4000 px a side are plenty"));
    }
    Ok(())
}

fn broken(cause: impl std::fmt::Display) -> Error {
    Error::new(format!("the photo cannot be read: {cause}")).with_hint("save it anew as JPEG")
}

fn cut_off() -> Error {
    Error::new("the photo cannot be read: the file is cut off")
        .with_hint("copy or download it again")
}

fn jpeg(bytes: &[u8]) -> Result<Raw> {
    if is_cut_off(bytes) {
        return Err(cut_off());
    }
    let options = DecoderOptions::default()
        .set_max_width(LONGEST_SIDE as usize)
        .set_max_height(LONGEST_SIDE as usize)
        .jpeg_set_out_colorspace(ColorSpace::RGB);
    let mut decoder = JpegDecoder::new_with_options(ZCursor::new(bytes), options);
    decoder.decode_headers().map_err(broken)?;
    let info = decoder.info().ok_or_else(|| broken("it has no header"))?;
    let (width, height) = (u32::from(info.width), u32::from(info.height));
    check(width, height)?;
    let pixels = decoder.decode().map_err(broken)?;
    let icc = decoder.icc_profile();
    let exif = decoder.exif().cloned();
    if pixels.len() as u64 != u64::from(width) * u64::from(height) * 3 {
        return Err(broken("its colours are of a kind that is not known"));
    }
    let photo = Photo {
        width,
        height,
        pixels,
    };
    Ok(Raw { photo, icc, exif })
}

/// Whether the last scan of a JPEG file has no end: decoders fill what is missing with grey.
fn is_cut_off(bytes: &[u8]) -> bool {
    let last = |marker: u8| {
        let mut pairs = bytes.windows(2);
        pairs.rposition(|pair| pair[0] == 0xff && pair[1] == marker)
    };
    // A thumbnail in the metadata has an end of its own, before the photograph's first scan.
    last(0xd9) < last(0xda) || last(0xd9).is_none()
}

fn png(bytes: &[u8]) -> Result<Raw> {
    let mut decoder = png::Decoder::new_with_limits(
        Cursor::new(bytes),
        png::Limits {
            bytes: MOST_PIXELS as usize * 8,
        },
    );
    decoder.set_transformations(png::Transformations::EXPAND | png::Transformations::STRIP_16);
    let mut reader = decoder.read_info().map_err(broken)?;
    let info = reader.info();
    let (width, height) = (info.width, info.height);
    check(width, height)?;
    let icc = info.icc_profile.as_ref().map(|icc| icc.to_vec());
    let exif = info.exif_metadata.as_ref().map(|exif| exif.to_vec());
    let size = reader.output_buffer_size();
    let mut samples = vec![0; size.ok_or_else(|| broken("it is too large"))?];
    let frame = reader.next_frame(&mut samples).map_err(broken)?;
    samples.truncate(frame.buffer_size());
    let channels = frame.color_type.samples();
    let photo = Photo {
        width,
        height,
        pixels: opaque(&samples, channels),
    };
    Ok(Raw { photo, icc, exif })
}

fn webp(bytes: &[u8]) -> Result<Raw> {
    let mut decoder = image_webp::WebPDecoder::new(Cursor::new(bytes)).map_err(broken)?;
    decoder.set_memory_limit(MOST_PIXELS as usize * 8);
    let (width, height) = decoder.dimensions();
    check(width, height)?;
    let channels = if decoder.has_alpha() { 4 } else { 3 };
    let size = decoder.output_buffer_size();
    let mut samples = vec![0; size.ok_or_else(|| broken("it is too large"))?];
    decoder.read_image(&mut samples).map_err(broken)?;
    let icc = decoder.icc_profile().ok().flatten();
    let exif = decoder.exif_metadata().ok().flatten();
    let photo = Photo {
        width,
        height,
        pixels: opaque(&samples, channels),
    };
    Ok(Raw { photo, icc, exif })
}

/// Pixels of one to four samples (grey, with alpha; colour, with alpha) as colours on white.
fn opaque(samples: &[u8], channels: usize) -> Vec<u8> {
    let on_white = |level: u8, alpha: u8| {
        let (level, alpha) = (u32::from(level), u32::from(alpha));
        ((level * alpha + 255 * (255 - alpha) + 127) / 255) as u8
    };
    let mut pixels = Vec::with_capacity(samples.len() / channels * 3);
    for pixel in samples.chunks_exact(channels) {
        match *pixel {
            [grey] => pixels.extend([grey; 3]),
            [grey, alpha] => pixels.extend([on_white(grey, alpha); 3]),
            [red, green, blue] => pixels.extend([red, green, blue]),
            [red, green, blue, alpha] => {
                pixels.extend([red, green, blue].map(|level| on_white(level, alpha)));
            }
            _ => {}
        }
    }
    pixels
}

#[cfg(test)]
mod tests {
    use super::*;

    const CORNERS: [&[u8]; 6] = [
        include_bytes!("../../tests/fixtures/photos/corners-1.jpg"),
        include_bytes!("../../tests/fixtures/photos/corners-6.jpg"),
        include_bytes!("../../tests/fixtures/photos/corners-8.jpg"),
        include_bytes!("../../tests/fixtures/photos/progressive.jpg"),
        include_bytes!("../../tests/fixtures/photos/corners.png"),
        include_bytes!("../../tests/fixtures/photos/corners.webp"),
    ];

    #[test]
    fn the_same_picture_comes_out_of_every_kind_of_file_and_every_orientation() {
        for (number, bytes) in CORNERS.into_iter().enumerate() {
            let photo = decode(bytes).expect("it can be read");
            assert_eq!((photo.width, photo.height), (24, 16), "{number}");
            let expected = [
                ((3, 3), [220, 40, 40]),
                ((20, 3), [40, 180, 60]),
                ((3, 12), [40, 60, 200]),
                ((20, 12), [240, 240, 240]),
            ];
            for ((x, y), colour) in expected {
                let at = 3 * (y * 24 + x);
                for (found, wanted) in photo.pixels[at..at + 3].iter().zip(colour) {
                    assert!(
                        found.abs_diff(wanted) < 12,
                        "{number} at {x}, {y}: {found} {wanted}"
                    );
                }
            }
        }
    }

    #[test]
    fn grey_is_read_as_grey() {
        let bytes = include_bytes!("../../tests/fixtures/photos/grey.jpg");
        let photo = decode(bytes).expect("it can be read");
        let is_grey = |pixel: &[u8]| pixel[0] == pixel[1] && pixel[1] == pixel[2];
        assert!(photo.pixels.chunks(3).all(is_grey));
    }

    #[test]
    fn faults_say_what_was_found() {
        #[track_caller]
        fn case(bytes: &[u8], expected: &str) {
            let error = decode(bytes).expect_err("it is refused");
            assert_eq!(error.to_string(), expected);
            assert!(error.hint().is_some(), "{expected}");
        }
        let other = |name: &str| format!("the file is {name}, not JPEG, PNG or WebP");
        case(b"", &other("empty"));
        case(b"GIF89a\x01\0", &other("a GIF"));
        case(b"\0\0\0\x18ftypheic\0\0", &other("a HEIC"));
        case(b"\0\0\0\x18ftypavif\0\0", &other("an AVIF"));
        case(b"<svg xmlns=''/>", &other("text"));
        case(
            b"version https://git-lfs.github.com/spec/v1\n",
            &other("a pointer of Git LFS"),
        );
        case(&[7; 80], &other("of a kind that is not known"));
        let jpeg = CORNERS[0];
        case(
            &jpeg[..jpeg.len() - 40],
            "the photo cannot be read: the file is cut off",
        );
    }

    #[test]
    fn a_file_that_claims_to_have_gigabytes_is_refused_at_its_header() {
        let mut png = CORNERS[4].to_vec();
        png[16..24].copy_from_slice(&[0, 0, 0xf0, 0, 0, 0, 0xf0, 0]);
        let crc = crc32fast::hash(&png[12..29]);
        png[29..33].copy_from_slice(&crc.to_be_bytes());
        let error = decode(&png).expect_err("it is refused");
        let message = "the photo has 61440 × 61440 px, 3774 million; up to 100 million are read";
        assert_eq!(error.to_string(), message);
    }

    #[test]
    fn broken_files_are_errors_and_never_panics() {
        for bytes in CORNERS {
            for at in 0..bytes.len() {
                let mut broken = bytes.to_vec();
                broken[at] ^= 0x55;
                let _ = decode(&broken);
                let _ = decode(&bytes[..at]);
            }
        }
    }
}
