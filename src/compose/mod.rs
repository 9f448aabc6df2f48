//! Sets a card in its template: a job in, a finished SVG document and where everything in it is out.
//!
//! The template is bound on the document (`bind`), its texts are fitted at their places
//! (`typeset`), and the result is spliced into the template's own bytes (`write`). Text that
//! does not fit is a diagnostic and no picture; nothing is ever cut.

mod bind;
mod chart;
mod content;
mod copy;
mod dress;
mod emphasis;
mod export;
mod faults;
mod follow;
mod infer;
mod inspect;
mod lockup;
mod logo;
mod look;
mod mirror;
mod name;
mod photo;
mod place;
mod ratio;
mod report;
mod request;
mod room;
mod script;
mod sizes;
mod splice;
mod state;
mod style;
mod typeset;
mod write;

use std::collections::BTreeMap;

use kurbo::Affine;
use roxmltree::Node;

use crate::deck::{Field, Kind};
use crate::design::cascade::Cascade;
use crate::design::{Library, Platform, Template, css};
use crate::diagnostic::{Diagnostic, Severity};
use crate::error::Result;
use crate::geometry::{Px, Rect};
use crate::photo::Photos;
use crate::plan::Job;
use crate::text::{self, Fonts};

pub use export::{Exported, export};
pub use inspect::{inspect, inspect_theme, position, shows};
pub use logo::PlacedLogo;
pub use photo::{PHOTO, PLACEHOLDER, PlacedPhoto};
pub use report::place as locate;
pub use write::LETTERS;

pub use sizes::{SharedSizes, SizeGroup, SizeScope};

use bind::Scene;
use copy::Copy;
use faults::Faults;
use splice::Splicer;
use typeset::{Fault, SetText, Shift, Typesetter};

/// A card set in its template for one platform: everything is decided but the pixels.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Composition {
    /// The finished document; nothing in it is left to fitting, fallback or chance.
    pub svg: String,
    /// How many bytes of `svg` come before the first element whose place or words are the card's:
    /// other cards of the template have the same, so it need not be drawn again for each.
    pub shared: usize,
    /// Width of the image in px.
    pub width: u32,
    /// Height of the image in px.
    pub height: u32,
    /// Every text on it, in the order of the template.
    pub texts: Vec<PlacedText>,
    /// The photograph, drawn where the document has the element [`PHOTO`].
    pub photo: Option<PlacedPhoto>,
    /// The brand's logo, drawn on top of the document.
    pub logo: Option<PlacedLogo>,
}

/// Everything that a card is set with.
#[derive(Clone, Copy)]
pub struct Means<'a> {
    /// Templates, themes, platforms.
    pub library: &'a Library,
    /// The faces there are.
    pub fonts: &'a Fonts,
    /// The photographs there are.
    pub photos: &'a Photos,
    /// The sizes that its texts share with other images; none by default.
    pub sizes: &'a SharedSizes,
    /// How often scrims (`data-scrim`) are laid over a photograph again, so that words can be read.
    pub scrim: u32,
}

/// One text of a composition and where it stands.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PlacedText {
    /// The fields it shows.
    pub fields: Vec<Field>,
    /// Its words, line by line, as drawn.
    pub lines: Vec<String>,
    /// How many of the lines end in a hyphen that the words do not have.
    pub hyphens: usize,
    /// Its size in px of the image.
    pub size: Px,
    /// Around its ink, in px of the image.
    pub ink: Rect,
    /// The texts it shares its size with.
    pub group: Option<SizeGroup>,
}

/// What came of a job.
#[derive(Clone, Debug, PartialEq)]
pub struct Composed {
    /// The card in its template; `None` when the image must not be made.
    pub composition: Option<Composition>,
    /// What is wrong with it.
    pub diagnostics: Vec<Diagnostic>,
}

/// Sets a job's card in its template.
///
/// A text too long for the setting of its length, or with a word too wide for it or one that it
/// would divide, is tried in the next longer one; only if the longest overflows too, that is a diagnostic and there is no
/// composition.
#[must_use]
pub fn compose(job: &Job<'_>, means: &Means<'_>) -> Composed {
    let result = try_compose(job, means);
    let mut composed = result.unwrap_or_else(|error| Composed {
        composition: None,
        diagnostics: vec![report::broken_template(&error)],
    });
    composed.diagnostics.extend(job.note.as_deref().cloned());
    for diagnostic in &mut composed.diagnostics {
        report::place(diagnostic, job);
    }
    composed
}

fn try_compose(job: &Job<'_>, means: &Means<'_>) -> Result<Composed> {
    let library = means.library;
    let family = job.family.as_str();
    let template = library.drawing(family, job.platform)?;
    let theme = library.theme(&job.theme);
    let (Some(template), Some(theme)) = (template, theme) else {
        return Err(report::no_template(job, family));
    };
    let template = template.as_ref();
    let sheet = library.sheet(template, theme)?;
    let copy = Copy::new(job.deck, job.card).with_logo(library.logos().is_some());
    let words = match job.card.kind {
        Kind::Quote => copy.field(Field::Quote),
        Kind::Statistic | Kind::List => copy.field(Field::Label),
        Kind::Title => copy.field(Field::Title),
    };
    let words = words.unwrap_or_default().split_whitespace().count();
    let lengths = state::LENGTHS.iter().filter(|(_, most)| words <= *most);
    let shared = means.sizes.of(job);
    let mut result = None;
    for (length, _) in lengths {
        let attempt = |caps: &Caps| {
            attempt(job, (template, &sheet), &copy, length, (means, caps))
                .map_err(|error| error.in_file(&template.path))
        };
        let mut composed = attempt(&shared)?;
        let texts = composed.composition.as_ref().map(|it| it.texts.as_slice());
        let uneven = sizes::uneven(texts.unwrap_or_default());
        if !uneven.is_empty() {
            let caps = shared.clone().into_iter().chain(uneven).collect();
            composed = attempt(&caps)?;
        }
        let faults = Faults::of(&composed);
        // What fits nowhere is said of the longest setting, which has the smallest type.
        let is_better =
            |fewest: &Faults| faults < *fewest || faults.overflows > 0 && faults == *fewest;
        if result.as_ref().is_none_or(|(_, fewest)| is_better(fewest)) {
            result = Some((composed, faults));
        }
        if faults == Faults::default() {
            break;
        }
    }
    let (composed, _) = result.expect("the last length takes any number of words");
    Ok(composed)
}

/// The largest sizes of groups of texts, in px of the image.
type Caps = BTreeMap<SizeGroup, Px>;

/// Sets the card in the setting of one length of text.
fn attempt(
    job: &Job<'_>,
    (template, sheet): (&Template, &css::Sheet),
    copy: &Copy,
    length: &str,
    (means, caps): (&Means<'_>, &Caps),
) -> Result<Composed> {
    let document = template.document();
    let classes = state::classes(template, job, length, copy);
    let cascade = Cascade::new(sheet);
    let scene = Scene {
        document: &document,
        cascade: &cascade,
        classes: &classes,
        copy,
        artboard: template.artboard,
        safe: safe(template, job.platform),
        scale: template.scale(job.platform),
        settings: &template.settings,
        caps,
        chart: job.deck.chart(job.card),
        slide: job.card.slide.unwrap_or_default(),
    };
    let slots = scene.slots()?;
    let mut typesetter = Typesetter::new(&scene, means.fonts, &slots);
    let mut splicer = Splicer::new(&template.source);
    let mut texts = Vec::new();
    let mut diagnostics = Vec::new();
    for (index, slot) in slots.iter().enumerate() {
        match typesetter.set(index)? {
            None => splicer.remove(slot.node),
            Some(Ok(set)) => {
                splicer.replace(slot.node, write::text(&scene, means.fonts, slot.node, &set));
                diagnostics.extend(wrong(&scene, means.fonts, slot, &set));
                let moved = follow::carried(&scene, &mut typesetter, slot.node)?;
                texts.push(placed(&scene, (slot.node, &slot.fields), &set, moved));
            }
            Some(Err(Fault::Overflow(overflow)))
                if scene
                    .data(slot.node, "optional")
                    .is_some_and(|value| value != "false") =>
            {
                diagnostics.push(report::left_out(slot, &overflow));
                splicer.remove(slot.node);
            }
            Some(Err(Fault::Overflow(overflow))) => {
                diagnostics.push(report::overflow(slot, &overflow));
            }
            Some(Err(Fault::Faces(missing))) => diagnostics.extend(report::faces(slot, &missing)),
        }
    }
    let charts = chart::draw(&scene, &mut typesetter)?;
    for text in chart::splice(charts, &mut splicer) {
        let moved = follow::carried(&scene, &mut typesetter, text.node)?;
        match &text.set {
            Ok(set) => texts.push(placed(&scene, (text.node, &[text.field]), set, moved)),
            Err(fault) => diagnostics.extend(report::part(&text.name(), text.field, fault)),
        }
    }
    let (pictures, wrong) = pictures(&scene, job, means, &mut splicer)?;
    diagnostics.extend(wrong);
    for node in scene.unwanted() {
        splicer.remove(node);
    }
    follow::shift(&scene, &mut typesetter, &mut splicer)?;
    let parts = (texts, pictures, diagnostics);
    finish(job, splicer, (&scene, sheet), parts)
}

/// What is drawn beside the document.
type Pictures = (Option<PlacedPhoto>, Option<PlacedLogo>);

/// Puts photograph and logo where they are wanted.
fn pictures(
    scene: &Scene<'_, '_>,
    job: &Job<'_>,
    means: &Means<'_>,
    splicer: &mut Splicer<'_>,
) -> Result<(Pictures, Vec<Diagnostic>)> {
    let (photo, wrong) = photo::place(scene, job, means, splicer)?;
    let logo = logo::place(scene, means.library.logos(), splicer)?;
    Ok(((photo, logo), wrong))
}

/// What is wrong with a text that fits.
fn wrong(
    scene: &Scene<'_, '_>,
    fonts: &Fonts,
    slot: &bind::Slot<'_, '_>,
    set: &SetText<'_, '_>,
) -> Vec<Diagnostic> {
    let missing = text::missing(fonts, &set.fitted, &set.paragraph);
    let missing = report::glyphs(slot, &missing, scene.copy.dress().lang());
    let cut = report::cut(slot, &cut_words(set));
    let lacking = request::lacking(scene, fonts, set);
    let lacking = report::features(slot, &lacking);
    missing.into_iter().chain(cut).chain(lacking).collect()
}

fn finish(
    job: &Job<'_>,
    mut splicer: Splicer<'_>,
    (scene, sheet): (&Scene<'_, '_>, &css::Sheet),
    (texts, (photo, logo), mut diagnostics): (Vec<PlacedText>, Pictures, Vec<Diagnostic>),
) -> Result<Composed> {
    diagnostics.extend(report::uncredited(photo.as_ref(), scene.copy, &texts));
    let styles = scene.document.descendants();
    for style in styles.filter(|node| node.tag_name().name() == "style") {
        splicer.remove(style);
    }
    let root = scene.document.root_element();
    splicer.dress(root, scene.classes, &sheet.to_css());
    let (svg, shared) = splicer.finish(root);
    let composition = Composition {
        svg,
        shared,
        width: job.platform.width,
        height: job.platform.height,
        texts,
        photo,
        logo,
    };
    let is_broken = diagnostics.iter().any(|d| d.severity == Severity::Error);
    Ok(Composed {
        composition: (!is_broken).then_some(composition),
        diagnostics,
    })
}

/// The platform's safe area on the artboard.
fn safe(template: &Template, platform: &Platform) -> Rect {
    let (scale, corner) = (template.scale(platform), &template.artboard);
    let area = &platform.safe_area;
    Rect {
        left: corner.left + area.left / scale,
        top: corner.top + area.top / scale,
        right: corner.left + area.right / scale,
        bottom: corner.top + area.bottom / scale,
    }
}

/// The words that were cut between letters.
fn cut_words(set: &SetText<'_, '_>) -> Vec<String> {
    let text = &set.paragraph.text;
    let cut = set.fitted.lines.iter().filter(|line| line.is_cut);
    let around = cut.map(|line| {
        let at = line.range.end;
        let start = text[..at]
            .char_indices()
            .rfind(|(_, c)| c.is_whitespace())
            .map_or(0, |(at, space)| at + space.len_utf8());
        let end = text[at..]
            .find(char::is_whitespace)
            .map_or(text.len(), |space| at + space);
        text[start..end].trim().to_owned()
    });
    around.collect()
}

/// A text as the image has it: sizes and places in px.
fn placed(
    scene: &Scene<'_, '_>,
    (node, fields): (Node<'_, '_>, &[Field]),
    set: &SetText<'_, '_>,
    moved: Shift,
) -> PlacedText {
    let words = |line: &text::Line| set.paragraph.text[line.range.clone()].to_owned();
    let corner = (-scene.artboard.left.0, -scene.artboard.top.0);
    let carried = Affine::translate((moved.x.0, moved.y.0));
    let to_image = Affine::scale(scene.scale) * Affine::translate(corner) * carried;
    let to_image = to_image * place::to_artboard(node);
    let computed = scene.cascade.computed(node, scene.classes);
    PlacedText {
        fields: fields.to_vec(),
        lines: set.fitted.lines.iter().map(words).collect(),
        hyphens: set.fitted.hyphens(),
        size: set.fitted.size * place::scale(to_image),
        ink: place::across(to_image, &set.fitted.ink),
        group: sizes::group(scene, node, &computed),
    }
}
