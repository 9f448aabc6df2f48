//! Faults of templates that people drew: each drawing is looked at, then specimens are set in it.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use super::specimen::{self, Length, Specimens};
use crate::check::{PHONE, SMALLEST};
use crate::compose;
use crate::deck::Field;
use crate::design::{Library, Platform, Template};
use crate::diagnostic::{Diagnostic, Place, Severity};
use crate::error::{Error, Result};
use crate::plan::DEFAULT_THEME;
use crate::studio::Studio;

/// What was looked at, and what is wrong with it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Checked {
    /// How many drawings.
    pub drawings: usize,
    /// File by file.
    pub diagnostics: Vec<Diagnostic>,
}

/// `template-broken`: a file that no card can be set in.
const BROKEN: &str = "template-broken";

/// Finds what is wrong with a drawing, a folder of drawings or a folder of such folders.
///
/// `base` makes a studio with the fonts that may be used; drawings that wear themes wear `theme`.
///
/// # Errors
///
/// Nothing is there, or the theme is unknown.
pub fn check(
    base: &dyn Fn() -> Result<Studio>,
    path: &Path,
    theme: Option<&str>,
) -> Result<Checked> {
    fs::metadata(path).map_err(|cause| Error::read(path, cause))?;
    let error = match base()?.with_templates(path) {
        Ok(studio) => return of_studio(specimen::with_photo(studio)?, theme),
        Err(error) => error,
    };
    // One broken file does not hide what is wrong with the others.
    let mut checked = Checked::default();
    let mut told = vec![error.to_diagnostic(BROKEN)];
    for file in drawings(path) {
        match base()?.with_templates(&file) {
            Ok(studio) => {
                let one = of_studio(specimen::with_photo(studio)?, theme)?;
                checked.drawings += one.drawings;
                checked.diagnostics.extend(one.diagnostics);
            }
            Err(error) => {
                checked.drawings += 1;
                told.push(error.to_diagnostic(BROKEN));
            }
        }
    }
    told.dedup();
    told.append(&mut checked.diagnostics);
    checked.diagnostics = told;
    Ok(checked)
}

/// The drawings of a folder and of the folders in it.
fn drawings(folder: &Path) -> Vec<PathBuf> {
    let entries = |folder: &Path| -> Vec<PathBuf> {
        let read = fs::read_dir(folder).into_iter().flatten();
        let mut paths: Vec<_> = read.filter_map(|entry| Some(entry.ok()?.path())).collect();
        paths.sort();
        paths
    };
    let is_drawing = |path: &PathBuf| {
        let ending = path.extension().and_then(|ending| ending.to_str());
        ending.is_some_and(|ending| ending.eq_ignore_ascii_case("svg")) && path.is_file()
    };
    let inside = entries(folder);
    let deeper = inside
        .iter()
        .filter(|path| path.is_dir())
        .flat_map(|path| entries(path));
    let mut all: Vec<_> = inside.iter().cloned().chain(deeper).collect();
    all.retain(is_drawing);
    all
}

/// What is wrong with the templates that people drew.
fn of_studio(studio: Studio, theme: Option<&str>) -> Result<Checked> {
    let library = studio.library();
    let name = theme.unwrap_or(DEFAULT_THEME);
    if library.theme(name).is_none() {
        let error = Error::new(format!("there is no theme `{name}`"));
        return Err(error.with_hint(crate::deck::suggestion(name, &library.theme_names())));
    }
    let specimens = Specimens::read()?;
    let mut checked = Checked {
        drawings: 0,
        diagnostics: themes(library),
    };
    for family in library.own_families() {
        for artboard in library.artboards(family) {
            let template = library.template(family, artboard);
            let (Some(template), Some(platform)) =
                (template, specimen::platform(library, artboard))
            else {
                continue;
            };
            checked.drawings += 1;
            let drawing = Drawing {
                studio: &studio,
                family,
                theme: name,
                template,
                platform,
            };
            checked.diagnostics.extend(drawing.faults(&specimens)?);
        }
    }
    Ok(checked)
}

/// What is wrong with the themes that people wrote: what does not resolve, and settings.
fn themes(library: &Library) -> Vec<Diagnostic> {
    let families = library.families();
    let dressed = families.iter().find_map(|family| {
        let mut templates = family.artboards.iter();
        templates.find_map(|artboard| {
            let template = library.template(&family.name, artboard);
            template.filter(|template| template.has_theme)
        })
    });
    let mut found = Vec::new();
    for theme in library.own_themes() {
        let sheet = dressed.map(|template| library.sheet(template, theme));
        if let Some(Err(error)) = sheet {
            found.push(error.to_diagnostic(BROKEN));
        }
        found.extend(compose::inspect_theme(theme));
    }
    found
}

/// A drawing and what it is drawn for.
struct Drawing<'a> {
    studio: &'a Studio,
    family: &'a str,
    theme: &'a str,
    template: &'a Template,
    platform: &'a Platform,
}

impl Drawing<'_> {
    fn faults(&self, specimens: &Specimens) -> Result<Vec<Diagnostic>> {
        let library = self.studio.library();
        let theme = library.theme(self.theme).expect("it was looked up before");
        let sheet = match library.sheet(self.template, theme) {
            Ok(sheet) => sheet,
            Err(error) => return Ok(vec![error.to_diagnostic(BROKEN)]),
        };
        let smallest = SMALLEST * f64::from(self.platform.width) / PHONE;
        let drawn = (self.platform, smallest);
        let mut found = compose::inspect((self.template, &sheet), drawn, self.studio.fonts());
        found.extend(self.nothing_shown());
        // What cannot be set would only be told once more.
        if found.iter().all(|it| it.severity != Severity::Error) {
            found.extend(self.set(specimens)?);
        }
        Ok(found)
    }

    /// `nothing-shown`: a drawing without the words that its cards are about.
    fn nothing_shown(&self) -> Option<Diagnostic> {
        let field = match self.family {
            "quote" | "photo-quote" | "carousel-quote" => Field::Quote,
            "title" | "photo-title" | "carousel-cover" => Field::Title,
            "statistic" | "ratio" | "ring" | "carousel-statistic" => Field::Figure,
            _ => return None,
        };
        if compose::shows(self.template, field) {
            return None;
        }
        let document = self.template.document();
        let name = field.name();
        let has_text = document
            .descendants()
            .any(|node| node.tag_name().name() == "text");
        let (message, hint) = match has_text {
            true => (
                format!("no text of the drawing shows the {name}"),
                format!(
                    "call a text `{name}`, give it `data-bind=\"{name}\"`, or write {{{{{name}}}}} in it"
                ),
            ),
            false => (
                "the drawing has no text".to_owned(),
                "save its text as text, not as outlines (in Figma's export: `Outline text` off)"
                    .to_owned(),
            ),
        };
        let diagnostic = Diagnostic::error("nothing-shown", message).with_hint(hint);
        let at = document.text_pos_at(document.root_element().range().start);
        Some(diagnostic.at(self.place((at.row as usize, at.col as usize))))
    }

    fn place(&self, (line, column): (usize, usize)) -> Place {
        Place {
            file: Some(self.template.path.clone()),
            line: Some(line),
            column: Some(column),
            ..Place::default()
        }
    }

    /// What shows when cards are set: a fault of short words is not told of longer ones again.
    fn set(&self, specimens: &Specimens) -> Result<Vec<Diagnostic>> {
        let mut told = BTreeSet::new();
        let mut found = Vec::new();
        for length in Length::ALL {
            let card = specimens.card(self.family, *length)?;
            let job = specimens.job(&card, (self.family, self.theme), self.platform);
            for diagnostic in self.studio.check(&job)? {
                // The photograph of the specimens is as small as can be.
                if diagnostic.code == "photo-small" {
                    continue;
                }
                let diagnostic = self.located(diagnostic, *length);
                if told.insert((diagnostic.code, diagnostic.place.clone())) {
                    found.push(diagnostic);
                }
            }
        }
        Ok(found)
    }

    /// A fault of a card as one of the drawing.
    fn located(&self, mut diagnostic: Diagnostic, length: Length) -> Diagnostic {
        let field = diagnostic.place.field.take();
        let shown = field.as_deref().and_then(Field::from_name);
        let position = shown.and_then(|field| compose::position(self.template, field));
        diagnostic.place = Place {
            platform: Some(self.platform.id.clone()),
            field,
            ..position.map_or_else(
                || Place {
                    file: Some(self.template.path.clone()),
                    ..Place::default()
                },
                |position| self.place(position),
            )
        };
        if diagnostic.code == "text-overflow" {
            let name = length.name();
            diagnostic.message += &format!(", with the {name} sample");
            let hint = "make its box larger, or let it be smaller (`--min-size` in the styles, \
                        `min-size` in template.toml); longer words are refused, never cut";
            diagnostic.hint = Some(hint.to_owned());
            if length == Length::Long {
                diagnostic.severity = Severity::Warning;
            }
        }
        diagnostic
    }
}
