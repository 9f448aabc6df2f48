//! Reads the table of platforms: TOML in, sizes with their limits out.

use std::path::Path;

use serde::Deserialize;
use toml::Spanned;

use super::Platform;
use super::family::ARTBOARDS;
use crate::error::{Error, Result};
use crate::geometry::Rect;

/// The table that the program carries.
const BUILT_IN: &str = include_str!("../../templates/platforms.toml");

/// Wider or higher images are refused: their pixels would not fit in memory.
const LARGEST_SIDE: u32 = 8192;

/// The types of file that a platform may ask for.
const TYPES: &[&str] = &["png", "jpeg", "webp", "pdf"];

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    platform: Vec<Spanned<Row>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    id: String,
    name: String,
    width: u32,
    height: u32,
    artboard: String,
    safe: [u32; 4],
    #[serde(default)]
    groups: Vec<String>,
    #[serde(default)]
    types: Vec<String>,
    max_bytes: Option<u64>,
    max_pages: Option<usize>,
    max_alt: Option<usize>,
    source: String,
    as_of: String,
}

/// The platforms that the program carries.
///
/// # Errors
///
/// None for a program that passed its tests: a fault in the embedded table.
pub fn built_in() -> Result<Vec<Platform>> {
    read(Path::new("templates/platforms.toml"), BUILT_IN)
}

/// Reads a table of platforms.
///
/// # Errors
///
/// What is not TOML, misspelt keys, and figures that no image can have, with line and column.
pub fn read(path: &Path, text: &str) -> Result<Vec<Platform>> {
    let fault = |message: String, offset: usize| {
        let (line, column) = place(text, offset);
        Error::new(message).in_file(path).at(line, column)
    };
    let table: Table = toml::from_str(text).map_err(|cause| {
        let start = cause.span().map_or(0, |span| span.start);
        fault(cause.message().to_owned(), start)
    })?;
    let mut platforms: Vec<Platform> = Vec::new();
    for row in table.platform {
        let start = row.span().start;
        let row = row.into_inner();
        check(&row, &platforms).map_err(|message| fault(message, start))?;
        platforms.push(platform(row));
    }
    Ok(platforms)
}

/// What is wrong with a row.
fn check(row: &Row, before: &[Platform]) -> std::result::Result<(), String> {
    let id = &row.id;
    let is_id_char = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    if id.is_empty() || !id.chars().all(is_id_char) {
        let message = "is a part of file names; it may have letters a to z, digits and `-`";
        return Err(format!("the id `{id}` {message}"));
    }
    if before.iter().any(|platform| platform.id == *id) {
        return Err(format!("there are two platforms `{id}`"));
    }
    let (width, height) = (row.width, row.height);
    if !(1..=LARGEST_SIDE).contains(&width) || !(1..=LARGEST_SIDE).contains(&height) {
        let expected = format!("expected 1 to {LARGEST_SIDE} px a side");
        return Err(format!(
            "`{id}` has a size of {width} × {height} px; {expected}"
        ));
    }
    let known: Vec<&str> = ARTBOARDS.iter().map(|(name, _)| *name).collect();
    if !known.contains(&row.artboard.as_str()) {
        let known = known.join("`, `");
        let artboard = &row.artboard;
        return Err(format!(
            "`{id}` has the unknown artboard `{artboard}`; expected `{known}`"
        ));
    }
    for group in &row.groups {
        if group.is_empty() || !group.chars().all(is_id_char) {
            return Err(format!(
                "the group `{group}` of `{id}` may have letters a to z, digits and `-`"
            ));
        }
    }
    if let Some(kind) = row
        .types
        .iter()
        .find(|kind| !TYPES.contains(&kind.as_str()))
    {
        let known = TYPES.join("`, `");
        return Err(format!(
            "`{id}` asks for the type `{kind}`; expected `{known}`"
        ));
    }
    let [top, right, bottom, left] = row.safe.map(u64::from);
    if top + bottom >= u64::from(height) || left + right >= u64::from(width) {
        return Err(format!("the safe area of `{id}` leaves no room for words"));
    }
    Ok(())
}

fn platform(row: Row) -> Platform {
    let [top, right, bottom, left] = row.safe.map(f64::from);
    let (width, height) = (f64::from(row.width), f64::from(row.height));
    Platform {
        safe_area: Rect::from_xywh(left, top, width - left - right, height - top - bottom),
        id: row.id,
        name: row.name,
        width: row.width,
        height: row.height,
        artboard: row.artboard,
        groups: row.groups,
        types: match row.types.is_empty() {
            true => vec!["png".to_owned(), "jpeg".to_owned()],
            false => row.types,
        },
        max_bytes: row.max_bytes,
        max_pages: row.max_pages,
        max_alt: row.max_alt,
        source: row.source,
        as_of: row.as_of,
    }
}

/// Line and column of a byte offset, both counted from 1.
fn place(text: &str, offset: usize) -> (usize, usize) {
    let before = text.get(..offset).unwrap_or(text);
    let line = before.matches('\n').count() + 1;
    let start = before.rfind('\n').map_or(0, |at| at + 1);
    (line, before[start..].chars().count() + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    const ROW: &str = "[[platform]]\nid = 'og'\nname = 'Link'\nwidth = 1200\nheight = 630\n\
        artboard = 'landscape'\nsafe = [15, 0, 15, 0]\nsource = 'x'\nas_of = '2026-11'\n";

    #[test]
    fn the_built_in_table_begins_with_the_four_masters() {
        let platforms = built_in().expect("the table reads");
        let sizes: Vec<_> = platforms
            .iter()
            .take(4)
            .map(|p| format!("{} {}×{} {}", p.id, p.width, p.height, p.artboard))
            .collect();
        let expected = [
            "og 1200×630 landscape",
            "square 1080×1080 square",
            "portrait 1080×1350 portrait",
            "story 1080×1920 story",
        ];
        assert_eq!(sizes, expected);
        for platform in platforms {
            assert!(!platform.source.is_empty(), "{}", platform.id);
            assert_eq!(platform.as_of.len(), "2026-11".len(), "{}", platform.id);
        }
    }

    #[test]
    fn the_safe_area_is_what_the_insets_leave() {
        let platforms = read(Path::new("p.toml"), ROW).expect("the table reads");
        let expected = Rect::from_xywh(0.0, 15.0, 1200.0, 600.0);
        assert_eq!(platforms[0].safe_area, expected);
    }

    #[test]
    fn faults_name_what_was_found_and_where() {
        #[track_caller]
        fn case(from: &str, to: &str, expected: &str) {
            let text = ROW.replace(from, to);
            let error = read(Path::new("p.toml"), &text).expect_err("it is refused");
            assert_eq!(error.to_string(), expected);
        }
        case(
            "'og'",
            "'o/g'",
            "p.toml:1:1: the id `o/g` is a part of file names; it may have letters a to z, digits \
             and `-`",
        );
        case(
            "1200",
            "0",
            "p.toml:1:1: `og` has a size of 0 × 630 px; expected 1 to 8192 px a side",
        );
        case(
            "'landscape'",
            "'wide'",
            "p.toml:1:1: `og` has the unknown artboard `wide`; expected `landscape`, `square`, \
             `portrait`, `story`",
        );
        case(
            "[15, 0, 15, 0]",
            "[315, 0, 315, 0]",
            "p.toml:1:1: the safe area of `og` leaves no room for words",
        );
        case(
            "as_of",
            "asof",
            "p.toml:9:1: unknown field `asof`, expected one of `id`, `name`, `width`, `height`, \
             `artboard`, `safe`, `groups`, `types`, `max_bytes`, `max_pages`, `max_alt`, `source`, `as_of`",
        );
        let twice = format!("{ROW}{ROW}");
        case(ROW, &twice, "p.toml:10:1: there are two platforms `og`");
    }
}
