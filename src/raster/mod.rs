//! Turns a composition into the bytes of a picture file.

mod png;

use std::sync::Arc;

use tiny_skia::{Pixmap, Transform};
use usvg::Tree;

use crate::compose::Composition;
use crate::error::{Error, Result};
use crate::text::Fonts;

/// A finished picture.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Encoded {
    /// The bytes of the file.
    pub bytes: Vec<u8>,
    /// The file name's ending, without the dot: `png`.
    pub extension: &'static str,
    /// Width in px.
    pub width: u32,
    /// Height in px.
    pub height: u32,
}

/// Draws a composition and encodes it.
///
/// # Errors
///
/// A document that resvg cannot read, or a picture too large for memory.
pub fn raster(composition: &Composition, fonts: &Fonts) -> Result<Encoded> {
    let pixels = draw(composition, fonts)?;
    let (width, height) = (pixels.width(), pixels.height());
    Ok(Encoded {
        bytes: png::encode(&pixels)?,
        extension: "png",
        width,
        height,
    })
}

/// Draws a composition.
///
/// # Errors
///
/// As [`raster`].
pub fn draw(composition: &Composition, fonts: &Fonts) -> Result<Pixmap> {
    let options = usvg::Options {
        fontdb: Arc::clone(fonts.database()),
        image_href_resolver: no_images(),
        ..usvg::Options::default()
    };
    let tree = Tree::from_str(&composition.svg, &options)
        .map_err(|cause| Error::new("the finished document cannot be drawn").caused_by(cause))?;
    let (width, height) = (composition.width, composition.height);
    let mut pixels = Pixmap::new(width, height)
        .ok_or_else(|| Error::new(format!("an image of {width} × {height} px is too large")))?;
    let scale = Transform::from_scale(
        width as f32 / tree.size().width(),
        height as f32 / tree.size().height(),
    );
    resvg::render(&tree, scale, &mut pixels.as_mut());
    Ok(pixels)
}

/// Pictures come in later, decoded by us; a document never reaches for files.
fn no_images() -> usvg::ImageHrefResolver<'static> {
    usvg::ImageHrefResolver {
        resolve_data: Box::new(|_, _, _| None),
        resolve_string: Box::new(|_, _| None),
    }
}
