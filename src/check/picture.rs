//! Faults of a finished picture: words that do not stand out, are too small, or are covered.
//!
//! | code | what it says |
//! | --- | --- |
//! | `contrast-low` | words and the pixels behind them are too much alike (WCAG 2.2, 1.4.3) |
//! | `text-too-small` | words that nobody reads on a telephone |
//! | `outside-safe-area` | words where the platform covers or crops the picture |
//! | `file-too-large` | a file that the platform does not take |

use crate::compose::{Composition, PlacedText};
use crate::deck::Field;
use crate::design::Platform;
use crate::diagnostic::{Diagnostic, Place};
use crate::raster::{Contrast, Encoded};

/// `contrast-low`.
pub const CONTRAST: &str = "contrast-low";

/// Width of a picture in the feed of a telephone, in CSS px.
pub const PHONE: f64 = 360.0;

/// Letters that arrive smaller than this on a telephone are dust, in CSS px.
pub const SMALLEST: f64 = 7.0;

/// What WCAG calls large: 18 pt, or 14 pt bold, in CSS px on a telephone.
const LARGE: f64 = 24.0;
const LARGE_BOLD: f64 = 18.66;

/// The ratio that words need, and large ones.
const FLOOR: f64 = 4.5;
const FLOOR_OF_LARGE: f64 = 3.0;

/// How far ink may reach out of the safe area, in px: what is rounded.
const ROUNDED: f64 = 1.0;

/// What is wrong with a picture. A fault is told once for each text.
#[must_use]
pub fn check_picture(
    composition: &Composition,
    contrasts: &[Contrast],
    platform: &Platform,
) -> Vec<Diagnostic> {
    let scale = PHONE / f64::from(composition.width);
    let mut lowest: Vec<Option<(f64, f64)>> = vec![None; composition.texts.len()];
    for contrast in contrasts {
        let Some(index) = text_at(&composition.texts, contrast) else {
            continue;
        };
        let size = composition.texts[index].size.0 * scale;
        let is_large = size >= LARGE || (contrast.is_bold && size >= LARGE_BOLD);
        let floor = if is_large { FLOOR_OF_LARGE } else { FLOOR };
        let share = |(ratio, floor): (f64, f64)| ratio / floor;
        let found = (contrast.ratio, floor);
        if lowest[index].is_none_or(|known| share(found) < share(known)) {
            lowest[index] = Some(found);
        }
    }
    let has_photo = composition.photo.is_some();
    let texts = composition.texts.iter().zip(lowest);
    let faults = texts.flat_map(|(text, lowest)| {
        let low = lowest.filter(|(ratio, floor)| ratio < floor);
        let low = low.map(|found| low_contrast(text, found, has_photo));
        low.into_iter()
            .chain(too_small(text, scale))
            .chain(outside(text, platform))
    });
    faults.collect()
}

/// What is wrong with the file of a picture: `file-too-large`.
#[must_use]
pub fn check_file(image: &Encoded, platform: &Platform) -> Option<Diagnostic> {
    let most = platform.max_bytes?;
    let bytes = image.bytes.len() as u64;
    if bytes <= most {
        return None;
    }
    let (has, takes) = (bytes.div_ceil(1000), most / 1000);
    let name = image.extension;
    let message = format!(
        "the {name} file has {has} kB; `{}` takes {takes}",
        platform.id
    );
    let hint = match platform.types.iter().any(|name| name == "jpeg") {
        true => "use a calmer photo: this is the smallest JPEG of it that is fit to be seen",
        false => "let it be written as JPEG, which is smaller: `--type jpeg`",
    };
    Some(Diagnostic::warning("file-too-large", message).with_hint(hint))
}

/// The text that letters are of: the smallest that they are in the middle of.
fn text_at(texts: &[PlacedText], contrast: &Contrast) -> Option<usize> {
    let area = &contrast.area;
    let x = f64::midpoint(area.left.0, area.right.0);
    let y = f64::midpoint(area.top.0, area.bottom.0);
    let around = texts.iter().enumerate().filter(|(_, text)| {
        let ink = &text.ink;
        (ink.left.0..=ink.right.0).contains(&x) && (ink.top.0..=ink.bottom.0).contains(&y)
    });
    let size = |text: &PlacedText| text.ink.width().0 * text.ink.height().0;
    let smallest = around.min_by(|(_, a), (_, b)| size(a).total_cmp(&size(b)));
    smallest.map(|(index, _)| index)
}

fn low_contrast(text: &PlacedText, (ratio, floor): (f64, f64), has_photo: bool) -> Diagnostic {
    let message = format!(
        "the {} has a contrast of {ratio:.1} with what is behind it; {floor} is needed",
        name(text)
    );
    let hint = match has_photo {
        true => {
            "use a calmer or darker photo, or another theme; in a template of your own, lay a scrim \
                 over the photo (`data-scrim`)"
        }
        false => "change the colour of the words or of their ground in the theme or template",
    };
    at(text, Diagnostic::warning(CONTRAST, message).with_hint(hint))
}

fn too_small(text: &PlacedText, scale: f64) -> Option<Diagnostic> {
    let size = text.size.0 * scale;
    if size >= SMALLEST {
        return None;
    }
    let message = format!(
        "the {} is set at {:.0} px and arrives at {size:.1} px on a telephone",
        name(text),
        text.size.0
    );
    let least = (SMALLEST / scale).ceil();
    let hint = format!("give it {least} px or more (`--min-size`), or fewer words");
    let diagnostic = Diagnostic::warning("text-too-small", message);
    Some(at(text, diagnostic.with_hint(hint)))
}

fn outside(text: &PlacedText, platform: &Platform) -> Option<Diagnostic> {
    let (ink, safe) = (&text.ink, &platform.safe_area);
    let over = [
        safe.left.0 - ink.left.0,
        safe.top.0 - ink.top.0,
        ink.right.0 - safe.right.0,
        ink.bottom.0 - safe.bottom.0,
    ];
    let sides = ["left", "above", "right", "below"];
    let worst = over.iter().zip(sides).max_by(|a, b| a.0.total_cmp(b.0));
    let (over, side) = worst.filter(|(over, _)| **over > ROUNDED)?;
    let message = format!(
        "the {} reaches {over:.0} px into what `{}` covers or crops ({side})",
        name(text),
        platform.id
    );
    let hint = "move its box into the safe area; `pullquote platforms` lists them";
    let diagnostic = Diagnostic::warning("outside-safe-area", message);
    Some(at(text, diagnostic.with_hint(hint)))
}

/// How people call a text.
fn name(text: &PlacedText) -> &'static str {
    text.fields.first().map_or("text", |field| field.name())
}

fn at(text: &PlacedText, diagnostic: Diagnostic) -> Diagnostic {
    let field = text
        .fields
        .first()
        .map(|field: &Field| field.name().to_owned());
    diagnostic.at(Place {
        field,
        ..Place::default()
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::design::Library;
    use crate::geometry::{Px, Rect};

    fn text(field: Field, size: f64, ink: Rect) -> PlacedText {
        PlacedText {
            fields: vec![field],
            lines: vec!["words".to_owned()],
            size: Px(size),
            ink,
            ..PlacedText::default()
        }
    }

    #[test]
    fn what_is_wrong_is_told_of_the_text_it_is_wrong_with() {
        let library = Library::built_in().expect("it loads");
        let mut platforms = library.platforms().iter();
        let story = platforms.find(|it| it.id == "story").expect("it is there");
        let at = |y: f64| Rect::from_xywh(100.0, y, 800.0, 60.0);
        let composition = Composition {
            width: 1080,
            height: 1920,
            texts: vec![
                text(Field::Quote, 90.0, at(400.0)),
                text(Field::Role, 20.0, at(600.0)),
                text(Field::Brand, 40.0, at(1500.0)),
            ],
            ..Composition::default()
        };
        let contrast = |y: f64, ratio: f64| Contrast {
            area: Rect::from_xywh(300.0, y, 100.0, 50.0),
            ratio,
            is_bold: true,
        };
        let contrasts = [
            contrast(402.0, 3.1),
            contrast(604.0, 3.1),
            contrast(1504.0, 9.0),
        ];
        let found = check_picture(&composition, &contrasts, story);
        let told: Vec<_> = found.iter().map(|it| it.message.as_str()).collect();
        assert_eq!(
            told,
            [
                "the role has a contrast of 3.1 with what is behind it; 4.5 is needed",
                "the role is set at 20 px and arrives at 6.7 px on a telephone",
                "the brand reaches 24 px into what `story` covers or crops (below)",
            ]
        );
    }
}
