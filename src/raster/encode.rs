//! Writes a picture as the type of file that its platform wants, within the bytes that it takes.
//!
//! Flat artwork is written as the platform's first type, photographs as JPEG where it takes that. What is
//! too large as PNG or lossless WebP is written as JPEG; a JPEG that is too large again at the next of
//! [`QUALITIES`], until it fits or there is none left. The encoders are used without vector instructions:
//! the same bytes on every machine.

use tiny_skia::Pixmap;

use super::png::{self, Ground};
use crate::error::{Error, Result};

/// The qualities of JPEG, best first. From 80 up colours are kept at full resolution, so that letters
/// have no fringes.
const QUALITIES: [u8; 7] = [90, 85, 80, 72, 64, 56, 48];

/// Below this, colours have half of the resolution.
const WHOLE_COLOURS: u8 = 80;

/// A type of file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileType {
    /// Lossless; small for flat artwork.
    Png,
    /// For photographs; no transparency.
    Jpeg,
    /// Lossless here.
    WebP,
}

/// What a platform asks of a file.
#[derive(Clone, Copy, Debug)]
pub struct Wanted<'a> {
    /// The types that it takes, by name, the best one first. Pages of a `pdf` are PNG, with a photograph
    /// JPEG: what can be bound without being encoded again.
    pub types: &'a [String],
    /// Largest file in bytes.
    pub max_bytes: Option<u64>,
}

impl FileType {
    /// The type of that name in tables of platforms; `None` for one that pictures are not written in.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        match name {
            "png" => Some(Self::Png),
            "jpeg" => Some(Self::Jpeg),
            "webp" => Some(Self::WebP),
            _ => None,
        }
    }

    /// The file name's ending.
    #[must_use]
    pub fn extension(self) -> &'static str {
        match self {
            Self::Png => "png",
            Self::Jpeg => "jpg",
            Self::WebP => "webp",
        }
    }
}

impl Wanted<'_> {
    /// The type that is tried first.
    #[must_use]
    pub fn first(&self, has_photo: bool) -> FileType {
        if has_photo && (self.takes(FileType::Jpeg) || self.is_bound()) {
            return FileType::Jpeg;
        }
        let mut types = self
            .types
            .iter()
            .filter_map(|name| FileType::from_name(name))
            .filter(|_| !self.is_bound());
        types.next().unwrap_or(FileType::Png)
    }

    fn is_bound(&self) -> bool {
        self.types.iter().any(|name| name == "pdf")
    }

    fn takes(&self, wanted: FileType) -> bool {
        let mut types = self.types.iter();
        types.any(|name| FileType::from_name(name) == Some(wanted))
    }

    fn fits(&self, bytes: &[u8]) -> bool {
        self.max_bytes.is_none_or(|most| bytes.len() as u64 <= most)
    }
}

/// A picture and what is known of it.
#[derive(Clone, Copy)]
pub struct Source<'a> {
    /// The picture.
    pub pixels: &'a Pixmap,
    /// What it was drawn on, and for each row whether something was drawn there.
    pub ground: Option<(&'a Ground, &'a [bool])>,
    /// Whether there is a photograph on it.
    pub has_photo: bool,
}

/// The file of a picture. One that fits no way is the smallest that could be made.
///
/// # Errors
///
/// What the encoders report: a side of more than 65535 px for JPEG.
pub fn encode(source: Source<'_>, wanted: &Wanted<'_>) -> Result<(Vec<u8>, FileType)> {
    let first = wanted.first(source.has_photo);
    let lossless = match first {
        FileType::Jpeg => None,
        FileType::Png => Some(source.png()?),
        FileType::WebP => Some(source.webp()?),
    };
    let lossless = match lossless {
        Some(bytes) if wanted.fits(&bytes) || !wanted.takes(FileType::Jpeg) => {
            return Ok((bytes, first));
        }
        other => other,
    };
    let mut smallest: Option<Vec<u8>> = None;
    for quality in QUALITIES {
        let bytes = source.jpeg(quality)?;
        let is_enough = wanted.fits(&bytes);
        if smallest
            .as_ref()
            .is_none_or(|known| bytes.len() < known.len())
        {
            smallest = Some(bytes);
        }
        if is_enough {
            break;
        }
    }
    let jpeg = smallest.unwrap_or_default();
    Ok(match lossless {
        Some(bytes) if bytes.len() <= jpeg.len() => (bytes, first),
        _ => (jpeg, FileType::Jpeg),
    })
}

impl Source<'_> {
    fn png(&self) -> Result<Vec<u8>> {
        match self.has_photo {
            true => png::photographic(self.pixels),
            false => png::encode(self.pixels, self.ground),
        }
    }

    fn webp(&self) -> Result<Vec<u8>> {
        let mut bytes = Vec::new();
        let (width, height) = (self.pixels.width(), self.pixels.height());
        let colours = self.colours();
        image_webp::WebPEncoder::new(&mut bytes)
            .encode(&colours, width, height, image_webp::ColorType::Rgb8)
            .map_err(|cause| Error::new("the picture cannot be encoded").caused_by(cause))?;
        Ok(bytes)
    }

    fn jpeg(&self, quality: u8) -> Result<Vec<u8>> {
        let side = |length: u32| {
            u16::try_from(length)
                .map_err(|_| Error::new(format!("a JPEG has no room for a side of {length} px")))
        };
        let (width, height) = (side(self.pixels.width())?, side(self.pixels.height())?);
        let mut bytes = Vec::new();
        let mut encoder = jpeg_encoder::Encoder::new(&mut bytes, quality);
        encoder.set_sampling_factor(match quality >= WHOLE_COLOURS {
            true => jpeg_encoder::SamplingFactor::R_4_4_4,
            false => jpeg_encoder::SamplingFactor::R_4_2_0,
        });
        encoder.set_optimized_huffman_tables(true);
        encoder
            .encode(&self.colours(), width, height, jpeg_encoder::ColorType::Rgb)
            .map_err(|cause| Error::new("the picture cannot be encoded").caused_by(cause))?;
        Ok(bytes)
    }

    /// Red, green, blue of each pixel; what one sees through stands on white.
    fn colours(&self) -> Vec<u8> {
        let pixels = self.pixels.data().chunks_exact(4);
        // Parts are multiplied with alpha already.
        let on_white = |part: u8, alpha: u8| part.saturating_add(255 - alpha);
        pixels
            .flat_map(|pixel| [0, 1, 2].map(|part| on_white(pixel[part], pixel[3])))
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A picture that no encoder makes small.
    fn noise() -> Pixmap {
        let mut pixels = Pixmap::new(64, 64).expect("it is small");
        let mut seed = 1_u32;
        for pixel in pixels.data_mut().chunks_exact_mut(4) {
            seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            pixel.copy_from_slice(&[
                (seed >> 8) as u8,
                (seed >> 16) as u8,
                (seed >> 24) as u8,
                255,
            ]);
        }
        pixels
    }

    #[test]
    fn the_type_is_the_best_that_the_platform_takes_and_that_fits() {
        let noise = noise();
        #[track_caller]
        fn case(noise: &Pixmap, (types, most): (&str, Option<u64>), photo: bool, expected: &str) {
            let types: Vec<String> = types.split(' ').map(str::to_owned).collect();
            let wanted = Wanted {
                types: &types,
                max_bytes: most,
            };
            let source = Source {
                pixels: noise,
                ground: None,
                has_photo: photo,
            };
            let (bytes, found) = encode(source, &wanted).expect("it is encoded");
            assert_eq!(found.extension(), expected);
            let start: &[u8] = match found {
                FileType::Png => b"\x89PNG",
                FileType::Jpeg => b"\xff\xd8\xff",
                FileType::WebP => b"RIFF",
            };
            assert!(bytes.starts_with(start));
        }
        case(&noise, ("png jpeg", None), false, "png");
        case(&noise, ("png jpeg", None), true, "jpg");
        case(&noise, ("png", None), true, "png");
        case(&noise, ("png jpeg", Some(6000)), false, "jpg");
        case(&noise, ("png", Some(10)), false, "png");
        case(&noise, ("jpeg webp", None), false, "jpg");
        case(&noise, ("webp jpeg", None), false, "webp");
        case(&noise, ("webp", None), true, "webp");
        case(&noise, ("pdf", None), false, "png");
        case(&noise, ("webp pdf", None), false, "png");
        case(&noise, ("pdf", None), true, "jpg");
    }

    #[test]
    fn quality_falls_only_as_far_as_it_must() {
        let noise = noise();
        let types = ["jpeg".to_owned()];
        let size = |max_bytes| {
            let wanted = Wanted {
                types: &types,
                max_bytes,
            };
            let source = Source {
                pixels: &noise,
                ground: None,
                has_photo: true,
            };
            encode(source, &wanted).expect("it is encoded").0.len() as u64
        };
        let (best, least) = (size(None), size(Some(1)));
        assert!(least < best);
        for most in (least..best).step_by(97) {
            assert!(size(Some(most)) <= most);
        }
    }
}
