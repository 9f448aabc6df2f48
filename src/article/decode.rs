//! Bytes of a file to text, or what is wrong with them.

use std::path::Path;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, ISO_2022_JP, UTF_8};

use crate::error::{Error, Result};

/// Largest article read, in bytes: what is larger is not an article.
const LARGEST: usize = 100 * 1024 * 1024;

/// Largest article in another encoding than UTF-8, in bytes: where all letters stand is kept, and a
/// file made to be difficult has a new place for each.
const LARGEST_FOREIGN: usize = 32 * 1024 * 1024;

/// A file as text.
#[derive(Debug)]
pub(super) struct Decoded {
    /// The text; the byte order mark of UTF-8 stays in it.
    pub(super) text: String,
    /// The file, if it is not UTF-8.
    pub(super) foreign: Option<Foreign>,
}

/// A file that is not UTF-8, nothing in it malformed.
#[derive(Debug)]
pub(super) struct Foreign {
    pub(super) encoding: &'static Encoding,
    pub(super) bytes: Vec<u8>,
}

/// The file's text.
///
/// UTF-16 is told by its byte order mark, ISO-2022-JP by its escapes, what a page is in by what it
/// says, and any other encoding by its letters, as Firefox does.
pub(super) fn decode(path: &Path, bytes: Vec<u8>) -> Result<Decoded> {
    if bytes.len() > LARGEST {
        return Err(too_large(path, "the article", bytes.len(), LARGEST)
            .with_hint("give each article a file of its own"));
    }
    let decoded = match Encoding::for_bom(&bytes) {
        Some((encoding, _)) if encoding != UTF_8 => foreign(path, bytes, encoding)?,
        _ => {
            refuse_binary(path, &bytes)?;
            match String::from_utf8(bytes) {
                Ok(text) if is_escaped(&text) => foreign(path, text.into_bytes(), ISO_2022_JP)?,
                Ok(text) => Decoded {
                    text,
                    foreign: None,
                },
                Err(cause) => not_utf8(path, cause)?,
            }
        }
    };
    let words = decoded.text.trim_start_matches('\u{FEFF}').trim();
    if words.is_empty() {
        return Err(Error::new("the article is empty").in_file(path));
    }
    Ok(decoded)
}

fn too_large(path: &Path, what: &str, found: usize, most: usize) -> Error {
    let message = format!(
        "{what} has {} MB; at most {} MB are read",
        found >> 20,
        most >> 20
    );
    Error::new(message).in_file(path)
}

/// Whether a text is the bytes of ISO-2022-JP, which are all ASCII.
fn is_escaped(text: &str) -> bool {
    if !text.contains('\u{1B}') || !text.is_ascii() {
        return false;
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Allow);
    detector.feed(text.as_bytes(), true);
    detector.guess(None, Utf8Detection::Deny) == ISO_2022_JP
}

/// What is a program, a picture or an office file.
fn refuse_binary(path: &Path, bytes: &[u8]) -> Result<()> {
    let start = &bytes[..bytes.len().min(4096)];
    let hint = "export the article as plain text, Markdown or HTML";
    if start.starts_with(b"%PDF-") {
        return Err(Error::new("this is a PDF, not text")
            .in_file(path)
            .with_hint(hint));
    }
    if let Some(at) = start.iter().position(|&byte| byte == 0) {
        return Err(Error::new(format!("this is not text: byte {at} is zero"))
            .in_file(path)
            .with_hint(hint));
    }
    let controls = start
        .iter()
        .filter(|&&byte| byte < 0x20 && !byte.is_ascii_whitespace() && byte != 0x1B)
        .count();
    if controls * 20 > start.len() {
        return Err(Error::new(format!(
            "this is not text: {controls} of its first {} bytes control machines",
            start.len()
        ))
        .in_file(path)
        .with_hint(hint));
    }
    Ok(())
}

/// Text in another encoding.
fn foreign(path: &Path, bytes: Vec<u8>, encoding: &'static Encoding) -> Result<Decoded> {
    let name = encoding.name();
    if bytes.len() > LARGEST_FOREIGN {
        let what = format!("the article, in {name},");
        return Err(
            too_large(path, &what, bytes.len(), LARGEST_FOREIGN).with_hint("save it as UTF-8")
        );
    }
    let (text, _, is_broken) = encoding.decode(&bytes);
    if is_broken {
        let message = format!("the article is not {name} text, as it seems to be");
        return Err(Error::new(message)
            .in_file(path)
            .with_hint("save it as UTF-8"));
    }
    Ok(Decoded {
        text: text.into_owned(),
        foreign: Some(Foreign { encoding, bytes }),
    })
}

/// What is not UTF-8: text in another encoding, or damaged.
fn not_utf8(path: &Path, cause: std::string::FromUtf8Error) -> Result<Decoded> {
    let bytes = cause.as_bytes();
    if cause.utf8_error().error_len().is_none() && cause.utf8_error().valid_up_to() > 0 {
        return Err(Error::new("the article ends in the middle of a character")
            .in_file(path)
            .with_hint("it was cut off: copy or download it again"));
    }
    let (mut letters, mut faults) = (0, 0);
    for chunk in bytes.utf8_chunks() {
        letters += chunk
            .valid()
            .chars()
            .filter(|character| !character.is_ascii())
            .count();
        faults += usize::from(!chunk.invalid().is_empty());
    }
    // Letters that are UTF-8 are not so by chance.
    if letters > faults {
        return Err(damaged(path, &cause));
    }
    // Others than those that have ASCII in them could not have been read so far.
    let is_likely =
        |encoding: &&'static Encoding| *encoding != UTF_8 && encoding.is_ascii_compatible();
    let named = named_in_page(bytes).filter(is_likely);
    let encoding = named.unwrap_or_else(|| {
        let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
        detector.feed(bytes, true);
        detector.guess(None, Utf8Detection::Deny)
    });
    foreign(path, cause.into_bytes(), encoding)
}

/// The encoding that a page names in its first bytes.
fn named_in_page(bytes: &[u8]) -> Option<&'static Encoding> {
    let start = String::from_utf8_lossy(&bytes[..bytes.len().min(4096)]).to_ascii_lowercase();
    let at = start
        .find("charset=")
        .map(|at| at + 8)
        .or_else(|| start.find("encoding=").map(|at| at + 9))?;
    let label = start[at..].trim_start_matches(['"', '\'', ' ']);
    let end = label
        .find(|c: char| !(c.is_ascii_alphanumeric() || "-_:.".contains(c)))
        .unwrap_or(label.len());
    Encoding::for_label(&label.as_bytes()[..end])
}

fn damaged(path: &Path, cause: &std::string::FromUtf8Error) -> Error {
    let offset = cause.utf8_error().valid_up_to();
    let bytes = cause.as_bytes();
    let before = &bytes[..offset];
    let line = before.iter().filter(|&&byte| byte == b'\n').count() + 1;
    let line_start = before
        .iter()
        .rposition(|&byte| byte == b'\n')
        .map_or(0, |at| at + 1);
    let column = String::from_utf8_lossy(&before[line_start..])
        .chars()
        .count()
        + 1;
    Error::new(format!(
        "the article is not UTF-8 text: byte {offset} is 0x{:02X}",
        bytes[offset]
    ))
    .in_file(path)
    .at(line, column)
    .with_hint("save it as UTF-8")
}

/// Length in bytes of the byte order mark.
pub(super) fn mark_len(text: &str) -> usize {
    if text.starts_with('\u{FEFF}') {
        '\u{FEFF}'.len_utf8()
    } else {
        0
    }
}

/// How an article is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Format {
    Plain,
    Markdown,
    Html,
}

impl Format {
    /// As the file's name says, or its first lines.
    pub(super) fn of(path: &Path, text: &str) -> Self {
        let ending = path.extension().and_then(|ending| ending.to_str());
        match ending.map(str::to_ascii_lowercase).as_deref() {
            Some("html" | "htm" | "xhtml") => return Self::Html,
            Some("md" | "markdown" | "mdown" | "mkd") => return Self::Markdown,
            _ => {}
        }
        let start = text[mark_len(text)..].trim_start();
        let is_html = ["<!doctype html", "<html", "<head", "<body"]
            .iter()
            .any(|tag| {
                start
                    .get(..tag.len())
                    .is_some_and(|s| s.eq_ignore_ascii_case(tag))
            });
        if is_html {
            return Self::Html;
        }
        let is_named_text = ending.is_some_and(|ending| ending.eq_ignore_ascii_case("txt"));
        if !is_named_text && looks_like_markdown(start) {
            return Self::Markdown;
        }
        Self::Plain
    }
}

fn looks_like_markdown(text: &str) -> bool {
    let is_markup = |line: &str| {
        line.starts_with("# ")
            || line.starts_with("## ")
            || line.starts_with("> ")
            || line.contains("](")
    };
    text.starts_with("---\n") || text.starts_with("+++\n") || text.lines().take(200).any(is_markup)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_text_is_an_error_with_a_place() {
        #[track_caller]
        fn case(bytes: &[u8], message: &str) {
            let error = decode(Path::new("a.txt"), bytes.to_vec()).unwrap_err();
            assert_eq!(error.to_string(), message);
        }
        case(b"", "a.txt: the article is empty");
        case("\u{FEFF} \n".as_bytes(), "a.txt: the article is empty");
        case(b"PK\x03\x04\0", "a.txt: this is not text: byte 4 is zero");
        case(
            "größe\nwörter \u{fe}".as_bytes()[..17]
                .iter()
                .chain(b" \xFF")
                .copied()
                .collect::<Vec<_>>()
                .as_slice(),
            "a.txt:2:8: the article is not UTF-8 text: byte 16 is 0xC3",
        );
        case(
            "cut “".as_bytes()[..6].as_ref(),
            "a.txt: the article ends in the middle of a character",
        );
        case(b"%PDF-1.7 words", "a.txt: this is a PDF, not text");
        case(
            b"\x01\x02\x03 ab",
            "a.txt: this is not text: 3 of its first 6 bytes control machines",
        );
    }

    #[test]
    fn other_encodings_are_told_by_their_mark_the_page_or_their_letters() {
        #[track_caller]
        fn case(bytes: &[u8], text: &str, encoding: &'static str) {
            let found = decode(Path::new("a.html"), bytes.to_vec()).expect("it is text");
            assert_eq!(found.text, text);
            assert_eq!(
                found.foreign.map(|foreign| foreign.encoding.name()),
                Some(encoding)
            );
        }
        case(b"\xFF\xFEw\0\xF6\0", "w\u{F6}", "UTF-16LE");
        case(b"\xFE\xFF\0w\0\xF6", "w\u{F6}", "UTF-16BE");
        case(
            b"<meta charset='iso-8859-2'>\xB9",
            "<meta charset='iso-8859-2'>š",
            "ISO-8859-2",
        );
        case(
            b"<meta http-equiv=\"Content-Type\" content=\"text/html; charset=windows-1251\">\xE4\xE0",
            "<meta http-equiv=\"Content-Type\" content=\"text/html; charset=windows-1251\">\u{434}\u{430}",
            "windows-1251",
        );
        case(
            b"<?xml version=\"1.0\" encoding=\"Shift_JIS\"?><p>\x93\xFA\x96{",
            "<?xml version=\"1.0\" encoding=\"Shift_JIS\"?><p>\u{65E5}\u{672C}",
            "Shift_JIS",
        );
        case(
            b"Words: \x1B$BF|K\\\x1B(B.",
            "Words: \u{65E5}\u{672C}.",
            "ISO-2022-JP",
        );
        let letter = b"\x93Die M\xFCller m\xFCssen f\xFCr das Wasser zahlen,\x94 sagte die K\xF6chin, \x93das ist sch\xF6n.\x94";
        let found = decode(Path::new("a.txt"), letter.to_vec()).expect("it is text");
        assert_eq!(
            found.text,
            "“Die Müller müssen für das Wasser zahlen,” sagte die Köchin, “das ist schön.”"
        );
    }

    #[test]
    fn a_format_is_told_by_name_then_by_content() {
        #[track_caller]
        fn case(path: &str, text: &str, format: Format) {
            assert_eq!(Format::of(Path::new(path), text), format);
        }
        case("a.md", "words", Format::Markdown);
        case("a.HTM", "words", Format::Html);
        case("a.txt", "# 1 song", Format::Plain);
        case("a.txt", "\n<!DOCTYPE HTML><p>", Format::Html);
        case("-", "# Title\n\nwords", Format::Markdown);
        case("-", "words", Format::Plain);
    }
}
