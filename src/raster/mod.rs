//! Turns a composition into the bytes of a picture file.
//!
//! What a picture looks like is decided by resvg: [`draw`] lets it draw the whole document. A
//! [`Rasterizer`] gives the very same pixels sooner: what cards of a template share is drawn once
//! (`backdrop`), and of a card's own tree only what comes after it is drawn on top (`paint`).
//! Where that cannot be done, resvg draws everything. Tests hold both ways to the same pixels.

mod backdrop;
mod encode;
mod gradient;
mod legible;
mod logo;
mod paint;
mod photo;
mod png;
mod scan;

use std::cell::RefCell;
use std::sync::Arc;

use tiny_skia::{Pixmap, Transform};
use usvg::Tree;

use self::backdrop::{Backdrop, Backdrops, Last};
use self::encode::Source;
use self::photo::{Crops, Drawn};
use crate::compose::{Composition, LETTERS, PLACEHOLDER};
use crate::error::{Error, Result};
use crate::text::Fonts;

pub use self::encode::{FileType, Wanted};
pub use self::legible::Contrast;

/// A finished picture.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Encoded {
    /// The bytes of the file.
    pub bytes: Vec<u8>,
    /// The file name's ending, without the dot: `png`, `jpg`, `webp`.
    pub extension: &'static str,
    /// Width in px.
    pub width: u32,
    /// Height in px.
    pub height: u32,
}

/// A finished picture and how well the words on it can be read.
#[derive(Clone, Debug, PartialEq)]
pub struct Rastered {
    /// The picture.
    pub image: Encoded,
    /// How well letters stand out from the pixels behind them: one or several for each text.
    pub contrasts: Vec<Contrast>,
}

/// Draws and encodes compositions, and keeps what they share. Threads may share it.
pub struct Rasterizer {
    options: usvg::Options<'static>,
    backdrops: Backdrops,
    crops: Crops,
}

thread_local! {
    /// The last picture of this thread: the next of its size is drawn into it.
    static LAST: RefCell<Option<Last>> = const { RefCell::new(None) };
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

    /// Draws a composition and encodes it as its platform wants it.
    ///
    /// The bytes depend on the composition and the platform alone, not on what was drawn before.
    ///
    /// # Errors
    ///
    /// A document that resvg cannot read, or a picture too large for memory.
    pub fn raster(&self, composition: &Composition, wanted: &Wanted<'_>) -> Result<Rastered> {
        let encode = |source: Source<'_>| encode::encode(source, wanted);
        let ((bytes, file_type), contrasts) = self.drawn(composition, encode)?;
        let image = Encoded {
            bytes,
            extension: file_type.extension(),
            width: composition.width,
            height: composition.height,
        };
        Ok(Rastered { image, contrasts })
    }

    /// How well the words of a composition can be read, without a file of it.
    ///
    /// # Errors
    ///
    /// As [`Self::raster`].
    pub fn measure(&self, composition: &Composition) -> Result<Vec<Contrast>> {
        let ((), contrasts) = self.drawn(composition, |_| Ok(()))?;
        Ok(contrasts)
    }

    /// Draws a composition and gives the picture to `finish`.
    fn drawn<T>(
        &self,
        composition: &Composition,
        finish: impl FnOnce(Source<'_>) -> Result<T>,
    ) -> Result<(T, Vec<Contrast>)> {
        let tree = parse(&composition.svg, &self.options)?;
        let photo = composition.photo.as_ref();
        let photo = photo.map(|placed| self.crops.of(placed));
        let scene = Scene {
            composition,
            options: &self.options,
            tree: &tree,
            photo: photo.as_deref(),
        };
        match self.backdrops.of(composition, &self.options) {
            Some(backdrop) => scene.on_backdrop(&backdrop, finish),
            None => scene.whole(finish),
        }
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
#[derive(Clone, Copy)]
struct Scene<'a> {
    composition: &'a Composition,
    options: &'a usvg::Options<'a>,
    tree: &'a Tree,
    photo: Option<&'a Drawn>,
}

impl Scene<'_> {
    /// The picture on a backdrop.
    fn on_backdrop<T>(
        &self,
        backdrop: &Backdrop,
        finish: impl FnOnce(Source<'_>) -> Result<T>,
    ) -> Result<(T, Vec<Contrast>)> {
        LAST.with_borrow_mut(|kept| {
            let Some(last) = backdrop.restore(kept) else {
                return Err(too_large(self.composition));
            };
            // Whatever happens before it is known what was drawn.
            last.is_drawn.fill(true);
            let pixels = &mut last.pixels;
            let drawn = paint::behind(self.tree, backdrop.leaves(), self.photo, pixels);
            let Some(mut drawn) = drawn else {
                return self.whole(finish);
            };
            if let Some(logo) = &self.composition.logo {
                let rows = logo::draw(logo, self.options, pixels)?;
                drawn.is_drawn[rows].fill(true);
            }
            last.is_drawn.clone_from(&drawn.is_drawn);
            let finished = finish(Source {
                pixels,
                ground: Some((backdrop.ground(), &drawn.is_drawn)),
                has_photo: self.photo.is_some(),
            })?;
            Ok((finished, drawn.contrasts))
        })
    }

    /// The picture as resvg draws all of it.
    fn whole<T>(&self, finish: impl FnOnce(Source<'_>) -> Result<T>) -> Result<(T, Vec<Contrast>)> {
        let finished = finish(Source {
            pixels: &self.draw()?,
            ground: None,
            has_photo: self.photo.is_some(),
        })?;
        Ok((finished, paint::contrasts(self.tree, &self.ground()?)))
    }

    /// The picture without its letters.
    fn ground(&self) -> Result<Pixmap> {
        // Letters in a mask cut what is drawn: they stay.
        let hidden = format!(
            "text, #{LETTERS} {{ visibility: hidden }} \
             mask text, mask #{LETTERS} {{ visibility: visible }}</style>"
        );
        let composition = Composition {
            svg: self.composition.svg.replacen("</style>", &hidden, 1),
            ..self.composition.clone()
        };
        let tree = parse(&composition.svg, self.options)?;
        let scene = Scene {
            composition: &composition,
            tree: &tree,
            ..*self
        };
        scene.draw()
    }

    /// The picture, all of it drawn by resvg.
    fn draw(&self) -> Result<Pixmap> {
        let mut pixels = self.draw_document()?;
        if let Some(logo) = &self.composition.logo {
            logo::draw(logo, self.options, &mut pixels)?;
        }
        Ok(pixels)
    }

    fn draw_document(&self) -> Result<Pixmap> {
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
