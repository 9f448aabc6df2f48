//! Draws a photograph where its document has a place for it.
//!
//! In a document stands a plain shape. Where that is an upright rectangle in nothing that is drawn as a
//! whole, the photograph's pixels are copied there. Anywhere else (a round portrait, half transparent,
//! under a mask) the document is drawn twice, with a black and with a white shape: what a pixel gains from
//! one to the other is how much of the photograph is seen there.

use std::sync::{Arc, Mutex, PoisonError};

use tiny_skia::{Pixmap, Transform};

use crate::compose::PlacedPhoto;

/// How many crops are remembered: those of one photograph in all sizes.
const MOST_KEPT: usize = 8;

/// How far an edge may be from that of a pixel and count as it.
const ALIGNED: f32 = 0.01;

/// A photograph at the pixels it is shown in.
#[derive(Debug)]
pub struct Drawn {
    placed: PlacedPhoto,
    /// Red, green, blue of each pixel of its area.
    pixels: Vec<u8>,
}

/// The crops that were drawn last.
#[derive(Debug, Default)]
pub struct Crops {
    kept: Mutex<Vec<Arc<Drawn>>>,
}

impl Crops {
    /// A photograph at the pixels it is shown in.
    pub fn of(&self, placed: &PlacedPhoto) -> Arc<Drawn> {
        let is_it = |drawn: &Arc<Drawn>| {
            let own = &drawn.placed;
            Arc::ptr_eq(&own.photo, &placed.photo)
                && own.window == placed.window
                && (own.width, own.height) == (placed.width, placed.height)
                && (own.left, own.top) == (placed.left, placed.top)
        };
        let known = self.lock().iter().find(|drawn| is_it(drawn)).cloned();
        let drawn = known.unwrap_or_else(|| Arc::new(Drawn::of(placed)));
        let mut kept = self.lock();
        kept.retain(|other| !is_it(other));
        kept.insert(0, Arc::clone(&drawn));
        kept.truncate(MOST_KEPT);
        drawn
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Vec<Arc<Drawn>>> {
        // Nothing in the list is ever half-done.
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drawn {
    /// Crops and resamples.
    pub fn of(placed: &PlacedPhoto) -> Self {
        let size = (placed.width, placed.height);
        Self {
            placed: placed.clone(),
            pixels: placed.photo.cropped(&placed.window, size),
        }
    }

    /// Whether a path is just the area of the photograph.
    pub fn fills(&self, path: &usvg::Path, transform: Transform, pixels: &Pixmap) -> bool {
        let is_upright = transform.kx == 0.0 && transform.ky == 0.0;
        // One step to each corner, and back.
        let is_rectangle = path.data().len() == 5 && path.data().points().len() == 4;
        if !is_upright || !is_rectangle {
            return false;
        }
        let Some(bounds) = path.data().bounds().transform(transform) else {
            return false;
        };
        let own = &self.placed;
        let near = |found: f32, edge: u32, most: u32| {
            let found = found.clamp(0.0, most as f32);
            (found - edge as f32).abs() <= ALIGNED
        };
        let (width, height) = (pixels.width(), pixels.height());
        near(bounds.left(), own.left, width)
            && near(bounds.right(), own.left + own.width, width)
            && near(bounds.top(), own.top, height)
            && near(bounds.bottom(), own.top + own.height, height)
    }

    /// Copies the photograph into its area; says which rows that are.
    pub fn copy_to(&self, pixels: &mut Pixmap) -> std::ops::Range<usize> {
        let stride = 4 * pixels.width() as usize;
        let (rows, bytes) = (self.rows(), self.bytes());
        let row = 3 * self.placed.width as usize;
        let target = pixels.data_mut().chunks_exact_mut(stride);
        let target = target.skip(rows.start).take(rows.len());
        for (target, source) in target.zip(self.pixels.chunks_exact(row)) {
            let target = target[bytes.clone()].chunks_exact_mut(4);
            for (to, from) in target.zip(source.chunks_exact(3)) {
                to[..3].copy_from_slice(from);
                to[3] = 255;
            }
        }
        rows
    }

    /// The picture with the photograph, of the pictures with a black and a white shape in its place.
    pub fn between(&self, mut black: Pixmap, white: &Pixmap) -> Pixmap {
        let stride = 4 * black.width() as usize;
        let (rows, bytes) = (self.rows(), self.bytes());
        let row = 3 * self.placed.width as usize;
        let blacks = black.data_mut().chunks_exact_mut(stride);
        let both = blacks.zip(white.data().chunks_exact(stride));
        let both = both.skip(rows.start).take(rows.len());
        for ((black, white), photo) in both.zip(self.pixels.chunks_exact(row)) {
            let black = black[bytes.clone()].chunks_exact_mut(4);
            let white = white[bytes.clone()].chunks_exact(4);
            for ((black, white), photo) in black.zip(white).zip(photo.chunks_exact(3)) {
                for ((black, white), photo) in black.iter_mut().zip(white).zip(photo) {
                    let seen = u32::from(white.saturating_sub(*black));
                    let gained = (seen * u32::from(*photo) + 127) / 255;
                    *black += gained as u8;
                }
            }
        }
        black
    }

    fn rows(&self) -> std::ops::Range<usize> {
        let top = self.placed.top as usize;
        top..top + self.placed.height as usize
    }

    /// The bytes of a row of pixels that are the photograph's.
    fn bytes(&self) -> std::ops::Range<usize> {
        let left = self.placed.left as usize;
        4 * left..4 * (left + self.placed.width as usize)
    }
}
