//! Reads a brand's logo: SVG or PNG, one for light grounds and perhaps one for dark ones.

use std::fs;
use std::io::{Cursor, Read};
use std::path::{Path, PathBuf};

use super::Template;
use crate::error::{Error, Result};

/// Larger files are refused: a logo is small.
const MOST_BYTES: u64 = 4 << 20;

/// The longest side of a PNG.
const LONGEST_SIDE: u32 = 4096;

/// A logo as read.
#[derive(Clone, PartialEq)]
pub struct Logo {
    /// Where it was read from.
    pub path: PathBuf,
    /// What it looks like.
    pub artwork: Artwork,
    /// Its width, in its own units.
    pub width: f64,
    /// Its height, in its own units.
    pub height: f64,
}

/// What a logo looks like.
#[derive(Clone, Debug, PartialEq)]
pub enum Artwork {
    /// A drawing: its source.
    Svg(String),
    /// Pixels: red, green, blue, alpha of each, not multiplied.
    Png(Vec<u8>),
}

/// The logo of a brand.
#[derive(Clone, Debug, PartialEq)]
pub struct Logos {
    /// The logo; for light grounds if there is one for dark grounds too.
    pub light: Logo,
    /// The logo for dark grounds.
    pub dark: Option<Logo>,
}

impl std::fmt::Debug for Logo {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Logo({})", self.path.display())
    }
}

impl Logo {
    /// Reads a logo from its file.
    ///
    /// # Errors
    ///
    /// A file that cannot be read, is neither SVG nor PNG, or is past the limits.
    pub fn load(path: &Path) -> Result<Self> {
        let mut bytes = Vec::new();
        let read =
            fs::File::open(path).and_then(|file| file.take(MOST_BYTES + 1).read_to_end(&mut bytes));
        read.map_err(|cause| {
            Error::read(path, cause).with_hint("give the logo as SVG or PNG: `--logo logo.svg`")
        })?;
        if bytes.len() as u64 > MOST_BYTES {
            let message = format!("the logo has more than {} MB", MOST_BYTES >> 20);
            let error = Error::new(message).in_file(path);
            return Err(error.with_hint("save it smaller: 1000 px a side are plenty"));
        }
        let logo = match bytes.starts_with(b"\x89PNG") {
            true => png(path, &bytes),
            false => svg(path, bytes),
        };
        logo.map_err(|error| error.in_file(path))
    }
}

fn svg(path: &Path, bytes: Vec<u8>) -> Result<Logo> {
    let source = String::from_utf8(bytes)
        .map_err(|_| Error::new("the logo is neither SVG nor PNG").with_hint("save it as SVG"))?;
    // The limits of templates hold for logos too.
    let drawing = Template::parse(path, source)?;
    Ok(Logo {
        path: path.to_owned(),
        width: drawing.artboard.width().0,
        height: drawing.artboard.height().0,
        artwork: Artwork::Svg(drawing.source),
    })
}

fn png(path: &Path, bytes: &[u8]) -> Result<Logo> {
    let broken = |cause| {
        let error = Error::new("the logo cannot be read").caused_by(cause);
        error.with_hint("save it anew as PNG, or as SVG")
    };
    let mut decoder = png::Decoder::new(Cursor::new(bytes));
    decoder.set_transformations(
        png::Transformations::EXPAND | png::Transformations::ALPHA | png::Transformations::STRIP_16,
    );
    let mut reader = decoder.read_info().map_err(broken)?;
    let (width, height) = (reader.info().width, reader.info().height);
    if width > LONGEST_SIDE || height > LONGEST_SIDE {
        let message = format!("the logo has {width} × {height} px; up to {LONGEST_SIDE} are read");
        return Err(Error::new(message).with_hint("save it smaller: 1000 px a side are plenty"));
    }
    let size = reader.output_buffer_size().unwrap_or_default();
    let mut samples = vec![0; size];
    let frame = reader.next_frame(&mut samples).map_err(broken)?;
    samples.truncate(frame.buffer_size());
    let pixels = match frame.color_type {
        png::ColorType::GrayscaleAlpha => samples
            .chunks_exact(2)
            .flat_map(|pixel| [pixel[0], pixel[0], pixel[0], pixel[1]])
            .collect(),
        _ => samples,
    };
    Ok(Logo {
        path: path.to_owned(),
        artwork: Artwork::Png(pixels),
        width: f64::from(width),
        height: f64::from(height),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_logo_is_told() {
        let folder = tempfile::tempdir().expect("there is a temporary folder");
        let case = |name: &str, bytes: &[u8], expected: &str| {
            let path = folder.path().join(name);
            fs::write(&path, bytes).expect("it is written");
            let error = Logo::load(&path).expect_err("it is refused");
            assert!(error.to_string().contains(expected), "{error}");
        };
        case("a.svg", b"<html/>", "expected `<svg>`");
        case(
            "b.svg",
            b"<svg xmlns='http://www.w3.org/2000/svg'/>",
            "has no size",
        );
        case("c.png", b"\x89PNG\r\n\x1a\nhalf", "the logo cannot be read");
        case("d.jpg", b"\xff\xd8\xff\xe0", "neither SVG nor PNG");
        let error = Logo::load(&folder.path().join("gone.svg")).expect_err("it is not there");
        assert!(error.to_string().starts_with("cannot read"), "{error}");
    }
}
