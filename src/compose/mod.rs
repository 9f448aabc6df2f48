//! Sets a card in its template: a job in, a finished SVG document and where everything in it is out.

use crate::deck::Field;
use crate::geometry::{Px, Rect};

/// A card set in its template for one platform: everything is decided but the pixels.
#[derive(Clone, Debug, PartialEq)]
pub struct Composition {
    /// The finished document; nothing in it is left to fitting, fallback or chance.
    pub svg: String,
    /// Width of the image in px.
    pub width: u32,
    /// Height of the image in px.
    pub height: u32,
    /// Every text on it, in the order of the template.
    pub texts: Vec<PlacedText>,
}

/// One text of a composition and where it stands.
#[derive(Clone, Debug, PartialEq)]
pub struct PlacedText {
    /// The fields it shows.
    pub fields: Vec<Field>,
    /// Its words, line by line, as drawn.
    pub lines: Vec<String>,
    /// Its size.
    pub size: Px,
    /// Around its ink.
    pub ink: Rect,
}
