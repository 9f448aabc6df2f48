//! Reads templates and themes that people drew themselves: a drawing, a family, or a folder of both.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use super::family::{self, Family, FamilyFile};
use super::library::Theme;
use super::{FONT_SHEET, Template};
use crate::error::{Error, Result};

/// What was found.
#[derive(Debug, Default)]
pub(super) struct Found {
    /// Families, each with the kind of card it is for.
    pub families: Vec<(String, Family)>,
    /// Themes.
    pub themes: Vec<Theme>,
}

/// The kinds of cards there are families for.
const KINDS: &[&str] = &[
    "quote",
    "photo-quote",
    "statistic",
    "ratio",
    "ring",
    "bars",
    "title",
    "photo-title",
    "list",
    "carousel-cover",
    "carousel-quote",
    "carousel-statistic",
    "carousel-end",
];

/// Reads a drawing (`card.svg`), a folder of drawings, or a folder of such folders with `themes/`
/// beside them.
///
/// # Errors
///
/// Nothing to read there, or a file that is no template, with file, line and column.
pub(super) fn read(path: &Path) -> Result<Found> {
    let mut found = Found::default();
    if path.is_file() {
        let files = [path.to_owned()];
        found.families.push(read_family(path, &files, None)?);
        return Ok(found);
    }
    let entries = entries(path)?;
    let sidecar = entries
        .iter()
        .find(|entry| is_called(entry, "template.toml"));
    let drawings = with_ending(&entries, "svg");
    if !drawings.is_empty() {
        let family = read_family(path, &drawings, sidecar.map(PathBuf::as_path))?;
        found.families.push(family);
    }
    found.themes = themes(&entries)?;
    for folder in entries.iter().filter(|entry| entry.is_dir()) {
        let inside = self::entries(folder)?;
        found.themes.extend(themes(&inside)?);
        let drawings = with_ending(&inside, "svg");
        let sidecar = inside
            .iter()
            .find(|entry| is_called(entry, "template.toml"));
        if !drawings.is_empty() {
            let family = read_family(folder, &drawings, sidecar.map(PathBuf::as_path))?;
            found.families.push(family);
        }
    }
    if found.families.is_empty() && found.themes.is_empty() {
        return Err(Error::new("there are no templates here").in_file(path).with_hint(
            "give an SVG file, or a folder with landscape.svg, square.svg, portrait.svg or story.svg",
        ));
    }
    Ok(found)
}

fn entries(folder: &Path) -> Result<Vec<PathBuf>> {
    let read = fs::read_dir(folder).map_err(|cause| Error::read(folder, cause))?;
    let mut paths = Vec::new();
    for entry in read {
        paths.push(entry.map_err(|cause| Error::read(folder, cause))?.path());
    }
    paths.sort();
    Ok(paths)
}

fn is_called(path: &Path, name: &str) -> bool {
    path.file_name().is_some_and(|own| own == name)
}

fn with_ending(entries: &[PathBuf], ending: &str) -> Vec<PathBuf> {
    let has = |path: &&PathBuf| {
        let own = path.extension().and_then(|own| own.to_str());
        own.is_some_and(|own| own.eq_ignore_ascii_case(ending)) && path.is_file()
    };
    entries.iter().filter(has).cloned().collect()
}

fn themes(entries: &[PathBuf]) -> Result<Vec<Theme>> {
    let read = |path: PathBuf| {
        let css = text(&path)?;
        let name = path.file_stem().unwrap_or_default().to_string_lossy();
        Ok(Theme {
            name: name.into_owned(),
            path,
            css,
        })
    };
    let mut found = with_ending(entries, "css");
    found.retain(|path| !is_called(path, FONT_SHEET));
    found.into_iter().map(read).collect()
}

fn text(path: &Path) -> Result<String> {
    let bytes = fs::read(path).map_err(|cause| Error::read(path, cause))?;
    let text = String::from_utf8(bytes).map_err(|_| {
        Error::new("the file is not UTF-8")
            .in_file(path)
            .with_hint("save it as SVG in UTF-8; compressed SVG (.svgz) must be unpacked first")
    })?;
    Ok(text
        .strip_prefix('\u{feff}')
        .map_or(text.clone(), str::to_owned))
}

fn read_family(
    path: &Path,
    drawings: &[PathBuf],
    sidecar: Option<&Path>,
) -> Result<(String, Family)> {
    let file = match sidecar {
        Some(sidecar) => FamilyFile::parse(sidecar, &text(sidecar)?)?,
        None => FamilyFile::default(),
    };
    let mut family = Family {
        about: file.about.clone(),
        ..Family::default()
    };
    for drawing in drawings {
        let template = Template::parse(drawing, text(drawing)?)?;
        let stem = drawing.file_stem().unwrap_or_default().to_string_lossy();
        let artboard = family::artboard_of(&stem, &template);
        let template = template.with_settings(file.settings(artboard));
        if let Some(other) = family.artboards.insert(artboard.to_owned(), template) {
            let message = format!("{} is for the {artboard} too", other.path.display());
            return Err(Error::new(message).in_file(drawing).with_hint(
                "keep one drawing for each artboard, and name it after it: square.svg",
            ));
        }
    }
    let kind = kind(path, &file, &family)?;
    Ok((kind, family))
}

/// The kind of card a family is for: as its file says, as its folder is called, or the one whose
/// fields it shows.
fn kind(path: &Path, file: &FamilyFile, family: &Family) -> Result<String> {
    if let Some(kind) = &file.kind {
        if KINDS.contains(&kind.as_str()) {
            return Ok(kind.clone());
        }
        let message = format!("`for = \"{kind}\"` is no kind of card");
        return Err(Error::new(message)
            .in_file(&path.join("template.toml"))
            .with_hint(format!("there are {}", KINDS.join(", "))));
    }
    let folder = path.file_name().unwrap_or_default().to_string_lossy();
    if let Some(kind) = KINDS.iter().find(|kind| **kind == folder) {
        return Ok((*kind).to_owned());
    }
    let shown: BTreeSet<String> = family
        .artboards
        .values()
        .flat_map(Template::names)
        .collect();
    let is_statistic = shown.contains("figure");
    Ok(if is_statistic { "statistic" } else { "quote" }.to_owned())
}
