//! Finds what is wrong with a template before a card is set in it: a template and its style sheet in,
//! diagnostics with line and column out.
//!
//! | code | what it says |
//! | --- | --- |
//! | `name-unknown` | a name that no card has and no text is called by |
//! | `box-missing` | a text without a box, or one that asks for a box that is not there |
//! | `box-unused` | a box that belongs to no text |
//! | `outside-safe-area` | a box that reaches over the artboard or into what the platform covers |
//! | `font-unknown` | a face that is not there, with the nearest |
//! | `text-too-small` | words of the drawing that nobody reads on a telephone |
//! | `setting-unknown` | a setting, or a value of one, that means nothing |
//! | `image-unreachable` | a picture that is not drawn |
//! | `reference-missing` | a gradient, a mask or another element that is not there |
//!
//! What shows only when a card is set, overflow and contrast among it, is found by composing one.

mod boxes;
mod faces;
mod names;
mod references;
mod settings;

use roxmltree::{Document, Node};

use super::bind::Scene;
use super::copy::Copy;
use super::name::Name;
use super::{Caps, safe, state};
use crate::deck::{Field, Slide};
use crate::design::cascade::Cascade;
use crate::design::{Platform, Template, Theme, css, sample};
use crate::diagnostic::{Diagnostic, Place};
use crate::text::Fonts;

/// A code of this module.
pub(super) const NAME: &str = "name-unknown";
pub(super) const BOX: &str = "box-missing";

/// What is wrong with a template in a style sheet, drawn for `platform`; a fault is told once.
///
/// Letters smaller than `smallest`, in px of the image, are too small.
#[must_use]
pub fn inspect(
    (template, sheet): (&Template, &css::Sheet),
    (platform, smallest): (&Platform, f64),
    fonts: &Fonts,
) -> Vec<Diagnostic> {
    let document = template.document();
    let copy = Copy::of_sample();
    let caps = Caps::new();
    let cascade = Cascade::new(sheet);
    let mut found = references::missing(&document);
    found.extend(settings::unknown(template, &document));
    for (length, _) in state::LENGTHS {
        let classes = state::of_length(document.root_element(), &platform.artboard, length);
        let scene = Scene {
            document: &document,
            cascade: &cascade,
            classes: &classes,
            copy: &copy,
            artboard: template.artboard,
            safe: safe(template, platform),
            scale: template.scale(platform),
            settings: &template.settings,
            caps: &caps,
            chart: None,
            slide: Slide::default(),
        };
        found.extend(names::unknown(&scene));
        found.extend(boxes::wrong(&scene, platform));
        found.extend(faces::missing(&scene, fonts));
        found.extend(faces::too_small(&scene, smallest));
    }
    finish(found, template)
}

/// What is wrong with the settings of a theme, with line and column.
#[must_use]
pub fn inspect_theme(theme: &Theme) -> Vec<Diagnostic> {
    let (path, css) = (theme.path.as_path(), theme.css.as_str());
    let mut found = settings::of_css(css::Source { path, css });
    for diagnostic in &mut found {
        diagnostic.place.file = Some(theme.path.clone());
    }
    found
}

/// In the order of the file, each once, with the file's path.
fn finish(found: Vec<Diagnostic>, template: &Template) -> Vec<Diagnostic> {
    let mut told: Vec<Diagnostic> = Vec::new();
    for mut diagnostic in found {
        diagnostic.place.file = Some(template.path.clone());
        let is_same = |other: &Diagnostic| {
            (other.code, &other.message) == (diagnostic.code, &diagnostic.message)
                && (other.code == "font-unknown" || other.place == diagnostic.place)
        };
        if !told.iter().any(is_same) {
            told.push(diagnostic);
        }
    }
    told.sort_by_key(|diagnostic| (diagnostic.place.line, diagnostic.place.column));
    told
}

/// Where the text that shows a field begins: line and column, counted from 1. A text of its own comes
/// before one among others.
#[must_use]
pub fn position(template: &Template, field: Field) -> Option<(usize, usize)> {
    let document = template.document();
    let shows = |node: &Node<'_, '_>| {
        let names = names::of(*node, &template.settings);
        let mut names = names.iter().filter_map(|name| Name::parse(name));
        names.any(|name| name.field() == Some(field))
    };
    let mut texts = document.descendants().filter(|node| is_text(*node));
    let node = texts.find(shows)?;
    let at = document.text_pos_at(node.range().start);
    Some((at.row as usize, at.col as usize))
}

/// Whether any text of a template shows a field, or something made of it.
#[must_use]
pub fn shows(template: &Template, field: Field) -> bool {
    position(template, field).is_some()
}

/// Whether an element is a text of the drawing.
fn is_text(node: Node<'_, '_>) -> bool {
    node.tag_name().name() == "text" && !sample::is_sample(node)
}

/// A place in the drawing, its file to be filled in.
fn at(document: &Document<'_>, node: Node<'_, '_>) -> Place {
    let at = document.text_pos_at(node.range().start);
    Place {
        line: Some(at.row as usize),
        column: Some(at.col as usize),
        ..Place::default()
    }
}
