//! Turns a composition into the bytes of a picture file.
//!
//! What a picture looks like is decided by resvg: [`draw`] lets it draw the whole document. A
//! [`Rasterizer`] gives the very same pixels sooner: what cards of a template share is drawn once
//! (`backdrop`), and of a card's own tree only what comes after it is drawn on top (`paint`).
//! Where that cannot be done, resvg draws everything. Tests hold both ways to the same pixels.

mod backdrop;
mod gradient;
mod paint;
mod photo;
mod png;
mod scan;

use std::cell::RefCell;
use std::sync::Arc;

use tiny_skia::{Pixmap, Transform};
use usvg::Tree;

use self::backdrop::{Backdrop, Backdrops};
use self::photo::{Crops, Drawn};
use crate::compose::{Composition, PLACEHOLDER};
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

/// Draws and encodes compositions, and keeps what they share. Threads may share it.
pub struct Rasterizer {
    options: usvg::Options<'static>,
    backdrops: Backdrops,
    crops: Crops,
}

thread_local! {
    /// The pixels of the last picture of this thread: the next of its size is drawn into them.
    static PIXELS: RefCell<Option<Pixmap>> = const { RefCell::new(None) };
}

impl Rasterizer {
    /// For compositions set in these fonts.
    #[must_use]
    pub fn new(fonts: &Fonts) -> Self {
        Self {
            options: options(fonts),
            backdrops: Backdrops::default(),
            crops: Crops::default(),
        }
    }

    /// Draws a composition and encodes it.
    ///
    /// The bytes depend on the composition alone, not on what was drawn before.
    ///
    /// # Errors
    ///
    /// A document that resvg cannot read, or a picture too large for memory.
    pub fn raster(&self, composition: &Composition) -> Result<Encoded> {
        let tree = parse(&composition.svg, &self.options)?;
        let photo = composition.photo.as_ref();
        let photo = photo.map(|placed| self.crops.of(placed));
        let scene = Scene {
            composition,
            options: &self.options,
            tree: &tree,
            photo: photo.as_deref(),
        };
        let backdrop = self.backdrops.of(composition, &self.options);
        let bytes = match backdrop {
            Some(backdrop) => scene.on_backdrop(&backdrop)?,
            None => scene.encoded(&scene.draw()?)?,
        };
        Ok(Encoded {
            bytes,
            extension: "png",
            width: composition.width,
            height: composition.height,
        })
    }
}

/// Draws a composition, all of it by resvg.
///
/// # Errors
///
/// As [`Rasterizer::raster`].
pub fn draw(composition: &Composition, fonts: &Fonts) -> Result<Pixmap> {
    let options = options(fonts);
    let tree = parse(&composition.svg, &options)?;
    let photo = composition.photo.as_ref().map(Drawn::of);
    let scene = Scene {
        composition,
        options: &options,
        tree: &tree,
        photo: photo.as_ref(),
    };
    scene.draw()
}

/// The bytes of a PNG file with exactly these pixels, of which nothing else is known.
///
/// # Errors
///
/// None that this program can cause: what the `png` crate reports.
pub fn encode(pixels: &Pixmap) -> Result<Vec<u8>> {
    png::encode(pixels, None)
}

/// What is drawn.
struct Scene<'a> {
    composition: &'a Composition,
    options: &'a usvg::Options<'a>,
    tree: &'a Tree,
    photo: Option<&'a Drawn>,
}

impl Scene<'_> {
    /// The picture on a backdrop, encoded.
    fn on_backdrop(&self, backdrop: &Backdrop) -> Result<Vec<u8>> {
        PIXELS.with_borrow_mut(|kept| {
            let Some(pixels) = backdrop.copy_to(kept) else {
                return Err(too_large(self.composition));
            };
            match paint::behind(self.tree, backdrop.leaves(), self.photo, pixels) {
                Some(_) if self.photo.is_some() => self.encoded(pixels),
                Some(is_drawn) => png::encode(pixels, Some((backdrop.ground(), &is_drawn))),
                None => self.encoded(&self.draw()?),
            }
        })
    }

    /// A picture of which nothing is known.
    fn encoded(&self, pixels: &Pixmap) -> Result<Vec<u8>> {
        match self.photo {
            Some(_) => png::photographic(pixels),
            None => png::encode(pixels, None),
        }
    }

    /// The picture, all of it drawn by resvg.
    fn draw(&self) -> Result<Pixmap> {
        let black = self.draw_tree(self.tree)?;
        let Some(photo) = self.photo else {
            return Ok(black);
        };
        let white = PLACEHOLDER.replace("black", "white");
        let svg = self.composition.svg.replacen(PLACEHOLDER, &white, 1);
        let white = self.draw_tree(&parse(&svg, self.options)?)?;
        Ok(photo.between(black, &white))
    }

    fn draw_tree(&self, tree: &Tree) -> Result<Pixmap> {
        let size = (self.composition.width, self.composition.height);
        let pixels = Pixmap::new(size.0, size.1);
        let mut pixels = pixels.ok_or_else(|| too_large(self.composition))?;
        resvg::render(tree, to_image(tree, size), &mut pixels.as_mut());
        Ok(pixels)
    }
}

fn options(fonts: &Fonts) -> usvg::Options<'static> {
    usvg::Options {
        fontdb: Arc::clone(fonts.database()),
        image_href_resolver: no_images(),
        ..usvg::Options::default()
    }
}

fn parse(svg: &str, options: &usvg::Options<'_>) -> Result<Tree> {
    Tree::from_str(svg, options)
        .map_err(|cause| Error::new("the finished document cannot be drawn").caused_by(cause))
}

/// From the tree's user units to pixels of an image.
fn to_image(tree: &Tree, (width, height): (u32, u32)) -> Transform {
    Transform::from_scale(
        width as f32 / tree.size().width(),
        height as f32 / tree.size().height(),
    )
}

fn too_large(composition: &Composition) -> Error {
    let (width, height) = (composition.width, composition.height);
    Error::new(format!("an image of {width} × {height} px is too large"))
}

/// Photographs are decoded and drawn by us; a document never reaches for files.
fn no_images() -> usvg::ImageHrefResolver<'static> {
    usvg::ImageHrefResolver {
        resolve_data: Box::new(|_, _, _| None),
        resolve_string: Box::new(|_, _| None),
    }
}
