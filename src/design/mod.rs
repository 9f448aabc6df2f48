//! Templates, themes and platforms: loaded once, shared by threads.
//!
//! A template is plain SVG, one file per artboard; a theme is CSS; platforms are TOML. All three
//! are embedded in the program; people bring templates and themes of their own in the same form.

mod adapt;
pub mod cascade;
pub mod css;
mod family;
pub mod layer;
mod library;
mod logo;
mod own;
mod palette;
mod platform;
pub mod reach;
pub mod sample;
mod template;
pub mod transform;

use std::collections::BTreeMap;

pub use family::SETTINGS;
pub use library::{FamilySummary, Library, Theme};
pub use logo::{Artwork, Logo, Logos};
pub use template::{FONT_SHEET, Template};

use crate::geometry::Rect;

/// What is set for the texts of a drawing beside it, by the text's name, then by the setting's.
pub type Settings = BTreeMap<String, BTreeMap<String, String>>;

/// A place that images are made for, with its size and its limits.
#[derive(Clone, Debug, PartialEq)]
pub struct Platform {
    /// In file names and on the command line: `og`, `square`.
    pub id: String,
    /// For people: "Link preview (Open Graph)".
    pub name: String,
    /// Width of the image in px.
    pub width: u32,
    /// Height of the image in px.
    pub height: u32,
    /// The artboard of a family of templates that is drawn at this size: `landscape`, `square`,
    /// `portrait`, `story`.
    pub artboard: String,
    /// Where words may stand; the rest is covered or cropped by the platform.
    pub safe_area: Rect,
    /// Names under which several are asked for at once: `instagram`, `linkedin`.
    pub groups: Vec<String>,
    /// The types of file it takes, the best one first: `png`, `jpeg`, `webp`; or `pdf`, of which its
    /// pictures are the pages.
    pub types: Vec<String>,
    /// Largest file the platform takes, in bytes.
    pub max_bytes: Option<u64>,
    /// Most pages of a document.
    pub max_pages: Option<usize>,
    /// Longest alt text the platform takes, in characters.
    pub max_alt: Option<usize>,
    /// Where the figures come from.
    pub source: String,
    /// When they were read, as YYYY-MM.
    pub as_of: String,
}

impl Platform {
    /// Whether its pictures are the pages of a document.
    #[must_use]
    pub fn is_document(&self) -> bool {
        self.types.iter().any(|name| name == "pdf")
    }
}
