//! A family in a theme as files that drawing programs and browsers open, and that are templates.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use super::specimen;
use crate::compose;
use crate::deck::suggestion;
use crate::design::FONT_SHEET;
use crate::error::{Error, Result};
use crate::plan::DEFAULT_THEME;
use crate::studio::Studio;
use crate::text::{FaceId, Fonts};

/// What is exported.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Options {
    /// The theme whose values are written out; the usual one where none is given.
    pub theme: Option<String>,
    /// Whether the fonts that are part of the program are copied beside the drawings.
    pub has_fonts: bool,
}

/// Where font files go, below the folder.
const FONTS: &str = "fonts";

/// The files of a family of templates: a drawing for each artboard, `template.toml`, and its fonts. Paths
/// are relative to the folder that they belong in.
///
/// # Errors
///
/// A family or a theme that nobody knows, with the nearest name, and broken templates or styles.
pub fn export(
    studio: &Studio,
    family: &str,
    options: &Options,
) -> Result<BTreeMap<PathBuf, Vec<u8>>> {
    let library = studio.library();
    let families = library.families();
    let Some(summary) = families.iter().find(|summary| summary.name == family) else {
        let known: Vec<&str> = families
            .iter()
            .map(|summary| summary.name.as_str())
            .collect();
        let error = Error::new(format!("there is no template `{family}`"));
        return Err(error.with_hint(suggestion(family, &known)));
    };
    let name = options.theme.as_deref().unwrap_or(DEFAULT_THEME);
    let Some(theme) = library.theme(name) else {
        let error = Error::new(format!("there is no theme `{name}`"));
        return Err(error.with_hint(suggestion(name, &library.theme_names())));
    };
    let fonts = studio.fonts();
    let mut files = BTreeMap::new();
    let mut faces = BTreeSet::new();
    // A drawing that is left alone in its folder is adapted to the sizes of the others.
    let all = families.iter().flat_map(|family| &family.artboards);
    let all: BTreeSet<&str> = all.map(String::as_str).collect();
    let all: Vec<&str> = all.into_iter().collect();
    for artboard in &summary.artboards {
        let template = library.template(family, artboard);
        let (Some(template), Some(platform)) = (template, specimen::platform(library, artboard))
        else {
            continue;
        };
        let sheet = library.sheet(template, theme)?;
        let exported = compose::export((template, &sheet), (platform, &all), fonts)
            .map_err(|error| error.in_file(&template.path))?;
        let svg = format!("{HEAD}{}{}", link(options), exported.svg);
        files.insert(PathBuf::from(format!("{artboard}.svg")), svg.into_bytes());
        faces.extend(exported.faces);
    }
    if options.has_fonts {
        files.extend(font_files(fonts, &faces));
    }
    let sidecar = sidecar(family, name, &summary.about);
    files.insert(PathBuf::from("template.toml"), sidecar.into_bytes());
    Ok(files)
}

/// How a drawing begins.
const HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";

/// Where a browser finds the faces. Rules in the drawing itself would end Inkscape where a file is missing.
fn link(options: &Options) -> String {
    match options.has_fonts {
        true => format!("<?xml-stylesheet type=\"text/css\" href=\"{FONTS}/{FONT_SHEET}\"?>\n"),
        false => String::new(),
    }
}

/// The files of the faces that are part of the program, and the style sheet that names them.
fn font_files(fonts: &Fonts, faces: &BTreeSet<FaceId>) -> Vec<(PathBuf, Vec<u8>)> {
    let bundled = faces.iter().filter_map(|face| fonts.bundled_file(*face));
    let mut files: Vec<_> = bundled
        .map(|(name, bytes)| (Path::new(FONTS).join(name), bytes.to_vec()))
        .collect();
    let rules: BTreeSet<String> = faces
        .iter()
        .filter_map(|face| font_face(fonts, *face))
        .collect();
    let sheet = rules.into_iter().collect::<String>().into_bytes();
    files.push((Path::new(FONTS).join(FONT_SHEET), sheet));
    files
}

/// The rule by which a browser finds a face.
fn font_face(fonts: &Fonts, face: FaceId) -> Option<String> {
    let (file, _) = fonts.bundled_file(face)?;
    let slant = match fonts.is_italic(face) {
        true => " font-style: italic;",
        false => "",
    };
    Some(format!(
        "@font-face {{ font-family: '{}'; font-weight: {};{slant} src: url({file}); }}\n",
        fonts.family_name(face),
        fonts.listed_weight(face),
    ))
}

fn sidecar(family: &str, theme: &str, about: &str) -> String {
    format!(
        "# Exported from the template `{family}` in the theme `{theme}`. The drawings hold everything; this\n\
         # file says which cards they are for, and may set what a drawing program cannot write:\n\
         #\n\
         #     [text.speaker]\n\
         #     max-lines = 2\n\
         \n\
         for = \"{family}\"\n\
         about = \"{}\"\n",
        about.replace('\\', "\\\\").replace('"', "\\\"")
    )
}
