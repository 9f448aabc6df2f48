//! Bytes of a file to text, or what is wrong with them.

use std::path::Path;

use crate::error::{Error, Result};

/// Largest article read, in bytes: what is larger is not an article.
const LARGEST: usize = 100 * 1024 * 1024;

/// The file's text, byte for byte; a byte order mark stays in it.
pub(super) fn decode(path: &Path, bytes: Vec<u8>) -> Result<String> {
    if bytes.len() > LARGEST {
        let message = format!(
            "the article has {} MB; at most 100 MB are read",
            bytes.len() >> 20
        );
        return Err(Error::new(message)
            .in_file(path)
            .with_hint("give each article a file of its own"));
    }
    let starts_with = |mark: &[u8]| bytes.starts_with(mark);
    if starts_with(&[0xFF, 0xFE]) || starts_with(&[0xFE, 0xFF]) {
        return Err(Error::new("the article is UTF-16 text")
            .in_file(path)
            .with_hint("save it as UTF-8"));
    }
    if let Some(at) = bytes.iter().take(4096).position(|&byte| byte == 0) {
        return Err(Error::new(format!("this is not text: byte {at} is zero"))
            .in_file(path)
            .with_hint("export the article as plain text, Markdown or HTML"));
    }
    let text = String::from_utf8(bytes).map_err(|cause| not_utf8(path, &cause))?;
    if text.trim_start_matches('\u{FEFF}').trim().is_empty() {
        return Err(Error::new("the article is empty").in_file(path));
    }
    Ok(text)
}

fn not_utf8(path: &Path, cause: &std::string::FromUtf8Error) -> Error {
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
    text.starts_with("---\n") || text.lines().take(200).any(is_markup)
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
            b"one\ntw\xF6",
            "a.txt:2:3: the article is not UTF-8 text: byte 6 is 0xF6",
        );
        case(b"\xFF\xFEa\0", "a.txt: the article is UTF-16 text");
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
