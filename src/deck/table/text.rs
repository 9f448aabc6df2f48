//! The characters of a text file, as spreadsheets save them.

use std::borrow::Cow;

use crate::error::{Error, Result};

/// Decodes UTF-8, with or without the mark that Excel puts in front, and UTF-16 with its mark.
///
/// # Errors
///
/// Other encodings: guessing one could change the words.
pub fn decode(bytes: &[u8]) -> Result<Cow<'_, str>> {
    match bytes {
        [0xEF, 0xBB, 0xBF, rest @ ..] => utf8(rest),
        [0xFF, 0xFE, rest @ ..] => utf16(rest, u16::from_le_bytes).map(Cow::Owned),
        [0xFE, 0xFF, rest @ ..] => utf16(rest, u16::from_be_bytes).map(Cow::Owned),
        bytes => utf8(bytes),
    }
}

fn utf8(bytes: &[u8]) -> Result<Cow<'_, str>> {
    std::str::from_utf8(bytes)
        .map(Cow::Borrowed)
        .map_err(|cause| {
            let before = &bytes[..cause.valid_up_to()];
            let line = before.iter().filter(|byte| **byte == b'\n').count() + 1;
            Error::new("this is not UTF-8 text")
                .at(line, 1)
                .with_hint("save it as UTF-8; Excel calls that “CSV UTF-8”")
        })
}

fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> Result<String> {
    let pairs = bytes.chunks_exact(2);
    let is_whole = pairs.remainder().is_empty();
    let units = pairs.map(|pair| unit([pair[0], pair[1]]));
    let text: std::result::Result<String, _> = char::decode_utf16(units).collect();
    match text {
        Ok(text) if is_whole => Ok(text),
        _ => Err(Error::new("the file begins as UTF-16 but is not").with_hint("save it as UTF-8")),
    }
}
