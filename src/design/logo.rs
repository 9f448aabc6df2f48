//! Reads a brand's logo: SVG or PNG, one for light grounds and perhaps one for dark ones.

use std::fs;
use std::io::{Cursor, Read};
use std::path::{Path, PathBuf};

use super::Template;
use super::css::Declaration;
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

/// The logos that a brand's style sheet names: `--logo: url(logo.svg)`, and `--logo-dark` for dark grounds.
///
/// # Errors
///
/// What is not an address of a file, a dark logo alone, and as [`Logo::load`]; with the line and the
/// column of the style sheet.
pub(super) fn of_brand(sheet: &Path, declared: &[Declaration]) -> Result<Option<Logos>> {
    let load = |name: &str| -> Result<Option<Logo>> {
        let Some(declaration) = declared.iter().rfind(|it| it.name == name) else {
            return Ok(None);
        };
        let (line, column) = declaration.position();
        let place = |error: Error| error.in_file(sheet).at(line, column);
        let Some(address) = address(&declaration.value) else {
            let message = format!(
                "`{name}` is the address of a file, found `{}`",
                declaration.value
            );
            let error = Error::new(message).with_hint("write it as `url(logo.svg)`");
            return Err(place(error));
        };
        let file = sheet.parent().unwrap_or(Path::new("")).join(address);
        let logo = Logo::load(&file).map_err(|error| {
            let hint = "its address is seen from the folder of the style sheet; give SVG or PNG";
            place(Error::new(format!("the logo of `{name}`: {error}")).with_hint(hint))
        });
        logo.map(Some)
    };
    let (light, dark) = (load("--logo")?, load("--logo-dark")?);
    match (light, dark) {
        (Some(light), dark) => Ok(Some(Logos { light, dark })),
        (None, None) => Ok(None),
        (None, Some(_)) => {
            let message = "there is a `--logo-dark` and no `--logo`";
            let hint = "give both, or call it `--logo`: one alone is used on all grounds";
            Err(Error::new(message).in_file(sheet).with_hint(hint))
        }
    }
}

/// The address in `url(logo.svg)`, `url("logo.svg")` or `"logo.svg"`.
fn address(value: &str) -> Option<&str> {
    let value = value.trim();
    let inside = value
        .strip_prefix("url(")
        .and_then(|rest| rest.strip_suffix(')'));
    let is_quoted = value.starts_with(['"', '\'']);
    let address = inside.or(is_quoted.then_some(value))?;
    let address = address.trim().trim_matches(['"', '\'']).trim();
    (!address.is_empty()).then_some(address)
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
    use super::super::Library;
    use super::*;

    const DRAWN: &str = "<svg xmlns='http://www.w3.org/2000/svg' width='40' height='10'/>";

    #[test]
    fn a_brand_names_its_logos_as_seen_from_its_folder() {
        let folder = tempfile::tempdir().expect("there is a temporary folder");
        let path = |name: &str| folder.path().join(name);
        for name in ["light.svg", "dark.svg", "other.svg"] {
            fs::write(path(name), DRAWN).expect("it is written");
        }
        let css = ":root { --logo: url(light.svg); --logo-dark: url('dark.svg'); }";
        fs::write(path("brand.css"), css).expect("it is written");
        let built_in = || Library::built_in().expect("it loads");
        let brand = built_in().with_brand(&path("brand.css")).expect("it loads");
        let logos = brand.logos().expect("there are two");
        assert_eq!(logos.light.path, path("light.svg"));
        let dark = logos.dark.as_ref().expect("there is one");
        assert_eq!(dark.path, path("dark.svg"));
        // What is given on the command line wins, whichever comes first.
        let other = path("other.svg");
        let before = built_in().with_logo(&other, None).expect("it loads");
        let before = before.with_brand(&path("brand.css")).expect("it loads");
        let behind = brand.with_logo(&other, None).expect("it loads");
        for library in [before, behind] {
            let logos = library.logos().expect("there is one");
            assert_eq!((&logos.light.path, &logos.dark), (&other, &None));
        }
    }

    #[test]
    fn a_logo_that_a_brand_lacks_is_told_with_its_line() {
        let folder = tempfile::tempdir().expect("there is a temporary folder");
        let path = folder.path().join("brand.css");
        let case = |css: &str, expected: &str| {
            fs::write(&path, css).expect("it is written");
            let library = Library::built_in().expect("it loads").with_brand(&path);
            let error = library.expect_err("it is refused").to_string();
            assert!(error.contains(expected), "{error}");
        };
        case(
            ":root {\n  --logo: url(gone.svg);\n}",
            "brand.css:2:3: the logo of `--logo`: cannot read",
        );
        case(
            ":root { --logo: red }",
            "brand.css:1:9: `--logo` is the address of a file, found `red`",
        );
        case(
            ":root { --logo-dark: url(x.svg) }",
            "brand.css:1:9: the logo of",
        );
    }

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
