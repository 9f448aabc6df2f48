//! Turns a composition into the bytes of a picture file.

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
