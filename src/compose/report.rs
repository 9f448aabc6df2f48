//! Says what is wrong with a card in its template.

use std::path::Path;

use super::bind::Slot;
use super::copy::Copy;
use super::style::Missing;
use super::typeset::Fault;
use super::{PlacedPhoto, PlacedText};
use crate::deck::Field;
use crate::diagnostic::{Diagnostic, Place};
use crate::error::Error;
use crate::plan::Job;
use crate::text::{self, Overflow};

/// Text that does not fit its box at the smallest size.
pub const OVERFLOW: &str = "text-overflow";

/// A word cut between letters.
pub const CUT: &str = "word-cut";

/// Fills in where the card of a job is.
pub fn place(diagnostic: &mut Diagnostic, job: &Job<'_>) {
    let field = diagnostic.place.field.take();
    diagnostic.place = Place {
        file: job.deck.path.clone(),
        line: job.card.position.map(|(line, _)| line),
        column: job.card.position.map(|(_, column)| column),
        card: Some(job.card.id.clone()),
        platform: Some(job.platform.id.clone()),
        field,
    };
}

fn in_field(diagnostic: Diagnostic, field: Option<Field>) -> Diagnostic {
    let field = field.map(|field| field.name().to_owned());
    diagnostic.at(Place {
        field,
        ..Place::default()
    })
}

/// What is wrong with words of a chart.
pub fn part(name: &str, field: Field, fault: &Fault) -> Vec<Diagnostic> {
    match fault {
        Fault::Overflow(overflow) => vec![too_long(name, Some(field), overflow)],
        Fault::Faces(missing) => unknown_faces(Some(field), missing),
    }
}

/// `text-overflow`.
pub fn overflow(slot: &Slot<'_, '_>, overflow: &Overflow) -> Diagnostic {
    too_long(&slot.name, slot.fields.first().copied(), overflow)
}

fn too_long(name: &str, field: Option<Field>, overflow: &Overflow) -> Diagnostic {
    let Overflow {
        size,
        needed,
        held,
        excess,
    } = overflow;
    let lines = |n: &usize| {
        if *n == 1 {
            "1 line".to_owned()
        } else {
            format!("{n} lines")
        }
    };
    let message = format!(
        "the {name} needs {} at {} px; its box holds {held}",
        lines(needed),
        size.0
    );
    let hint = format!(
        "shorten it by about {excess} characters (`…` where words are cut), or reject the card"
    );
    in_field(Diagnostic::error(OVERFLOW, message).with_hint(hint), field)
}

/// `word-cut`: a word that fits no line and is cut between letters.
pub fn cut(slot: &Slot<'_, '_>, words: &[String]) -> Option<Diagnostic> {
    let first = words.first()?;
    let message = format!("`{first}` is wider than the {}'s box and is cut", slot.name);
    let hint = "give the language (`lang: de`) so that it can be divided with a hyphen, or put a \
                soft hyphen where it may be";
    Some(in_field(
        Diagnostic::warning(CUT, message).with_hint(hint),
        slot.fields.first().copied(),
    ))
}

/// `text-left-out`: words that a template may do without.
pub fn left_out(slot: &Slot<'_, '_>, overflow: &Overflow) -> Diagnostic {
    let message = format!(
        "there is no room for the {}: it needs {} lines at {} px, {} fit",
        slot.name, overflow.needed, overflow.size.0, overflow.held
    );
    let hint = format!(
        "shorten it by about {} characters to have it shown",
        overflow.excess
    );
    in_field(
        Diagnostic::warning("text-left-out", message).with_hint(hint),
        slot.fields.first().copied(),
    )
}

/// `glyph-missing`.
///
/// The hint names packages of fonts that have the first of them; `lang` is a tag in small letters.
pub fn glyphs(slot: &Slot<'_, '_>, missing: &[char], lang: &str) -> Option<Diagnostic> {
    if missing.is_empty() {
        return None;
    }
    let named = missing
        .iter()
        .take(8)
        .map(|c| format!("`{c}` (U+{:04X})", u32::from(*c)));
    let list = named.collect::<Vec<_>>().join(", ");
    let rest = missing.len().saturating_sub(8);
    let more = if rest > 0 {
        format!(" and {rest} more")
    } else {
        String::new()
    };
    let message = format!("no font has {list}{more}");
    let give = "give a folder of fonts that have it with `--font-dir`";
    let packages = missing.iter().find_map(|&c| {
        let packages = text::fonts_for(c, lang);
        (!packages.is_empty()).then_some(packages)
    });
    let hint = match packages.as_deref() {
        Some([debian, npm]) => {
            format!("{give}: they are in `{debian}` of Debian and Ubuntu, or `{npm}` of npm")
        }
        Some([debian]) => format!("{give}: they are in `{debian}` of Debian and Ubuntu"),
        _ => give.to_owned(),
    };
    let diagnostic = Diagnostic::error("glyph-missing", message).with_hint(hint);
    Some(in_field(diagnostic, slot.fields.first().copied()))
}

/// `feature-unknown`: OpenType features that faces lack, by tag and family.
pub fn features(slot: &Slot<'_, '_>, lacking: &[(String, String)]) -> Vec<Diagnostic> {
    let report = |(tag, family): &(String, String)| {
        let message = format!(
            "the font `{family}` has no feature `{tag}`: the {} is set without it",
            slot.name
        );
        let hint = "use a font that has it, or take it out of the style sheet";
        in_field(
            Diagnostic::warning("feature-unknown", message).with_hint(hint),
            slot.fields.first().copied(),
        )
    };
    lacking.iter().map(report).collect()
}

/// `font-unknown`, one for each face.
pub fn faces(slot: &Slot<'_, '_>, missing: &Missing) -> Vec<Diagnostic> {
    unknown_faces(slot.fields.first().copied(), missing)
}

/// `font-unknown`, one for each face that a text of a field asks for.
pub fn unknown_faces(field: Option<Field>, missing: &Missing) -> Vec<Diagnostic> {
    let report = |face: &text::MissingFace| {
        let request = &face.request;
        let slant = if request.is_italic { " italic" } else { "" };
        let families = request.families.join("`, `");
        let message = format!("there is no font `{families}` {}{slant}", request.weight);
        let add = "add the font's folder with `--font-dir`";
        let hint = match &face.nearest {
            Some(nearest) => format!("{add}, or use {nearest}"),
            None => add.to_owned(),
        };
        in_field(
            Diagnostic::error("font-unknown", message).with_hint(hint),
            field,
        )
    };
    missing.iter().map(report).collect()
}

/// `photo-not-shown`.
pub fn photo_not_shown(family: &str) -> Diagnostic {
    let message = format!("the template `{family}` has no place for the photo");
    let hint = "remove `photo`, or use a template that has one: quotations and headlines do";
    in_field(
        Diagnostic::warning("photo-not-shown", message).with_hint(hint),
        Some(Field::Photo),
    )
}

/// `focus-unclear`.
pub fn focus_unclear(words: &str) -> Diagnostic {
    let message = format!("`focus` is two shares of the photo, found `{words}`");
    let hint = "write it as `focus: 0.6 0.3`: 60 % from the left, 30 % from the top";
    in_field(
        Diagnostic::error("focus-unclear", message).with_hint(hint),
        Some(Field::Focus),
    )
}

/// A photograph shown this much larger than it is looks soft.
const SOFT: f64 = 1.6;

/// `photo-small`.
pub fn photo_small(path: &Path, enlargement: f64) -> Option<Diagnostic> {
    if enlargement <= SOFT {
        return None;
    }
    let message = format!(
        "the photo `{}` is shown {enlargement:.1} times as large as it is and looks soft",
        path.display()
    );
    let hint = "give a larger file of it";
    Some(in_field(
        Diagnostic::warning("photo-small", message).with_hint(hint),
        Some(Field::Photo),
    ))
}

/// `photo-without-credit`, and `credit-not-shown` where the template leaves it out.
pub fn uncredited(
    photo: Option<&PlacedPhoto>,
    copy: &Copy,
    texts: &[PlacedText],
) -> Option<Diagnostic> {
    photo?;
    let is_shown = texts
        .iter()
        .any(|text| text.fields.contains(&Field::Credit));
    let diagnostic = match copy.field(Field::Credit) {
        None => Diagnostic::error(
            "photo-without-credit",
            "nobody is named as the photographer",
        )
        .with_hint("say who took the photo: `credit: \"Photo: Name of the photographer\"`"),
        Some(_) if is_shown => return None,
        Some(credit) => Diagnostic::warning(
            "credit-not-shown",
            format!("the template does not show the photo's credit, `{credit}`"),
        )
        .with_hint("give the template a text that binds `credit`, or name it in the post"),
    };
    Some(in_field(diagnostic, Some(Field::Credit)))
}

/// `template-broken`.
pub fn broken_template(error: &Error) -> Diagnostic {
    let diagnostic = Diagnostic::error("template-broken", error.to_string());
    match error.hint() {
        Some(hint) => diagnostic.with_hint(hint),
        None => diagnostic,
    }
}

/// A template or theme that the library does not have.
pub fn no_template(job: &Job<'_>, family: &str) -> Error {
    let artboard = &job.platform.artboard;
    Error::new(format!(
        "there is no template `{family}` for the artboard `{artboard}` in the theme `{}`",
        job.theme
    ))
}
