//! Reads photographs: a file in, upright sRGB pixels out, and crops of them at the size they are
//! shown in.
//!
//! A photograph is decoded once in a run and resampled once for each place it stands in. Everything
//! is done in whole numbers or in the four operations that every machine rounds alike, without the
//! vector instructions of one of them: the same file gives the same pixels everywhere.

mod colour;
mod crop;
mod decode;
mod focus;
mod orient;
mod store;

pub use crop::Window;
pub use focus::Focus;
pub use store::Photos;

use crate::error::Result;

/// A decoded photograph: upright, opaque, in sRGB.
#[derive(Clone, PartialEq, Eq)]
pub struct Photo {
    /// Width in px.
    pub width: u32,
    /// Height in px.
    pub height: u32,
    /// Red, green, blue of each pixel, row by row.
    pub pixels: Vec<u8>,
}

impl Photo {
    /// The photograph in the bytes of a JPEG, PNG or WebP file: turned upright, taken to sRGB.
    ///
    /// # Errors
    ///
    /// Another kind of file, one that is broken or cut off, or more than a hundred million pixels.
    pub fn decode(bytes: &[u8]) -> Result<Self> {
        decode::decode(bytes)
    }
}

impl std::fmt::Debug for Photo {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Photo({} × {})", self.width, self.height)
    }
}
