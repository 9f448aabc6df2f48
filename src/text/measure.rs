//! Measures one line of text.

use super::clean::clean;
use super::fallback;
use super::itemize::{Item, itemize};
use super::shape::{Shaped, Shapers};
use super::{Direction, Fonts, Measure, StyledRange, TextStyle};
use crate::geometry::Em;

/// Measures a text set as one line, in em of the text itself: the style's scale is not applied.
///
/// Hard breaks are spaces here. An empty text and one of spaces have no ink: all its edges are 0.
#[must_use]
pub fn measure(fonts: &Fonts, text: &str, style: &TextStyle) -> Measure {
    let text = clean(text);
    let styles = [StyledRange {
        range: 0..text.len(),
        style: style.clone(),
    }];
    let mut shapers = Shapers::new(fonts);
    let mut pen = 0.0;
    let mut ink: Option<Measure> = None;
    for item in itemize(&text, &styles, Direction::Auto) {
        for (item, shaped) in shape_item(&mut shapers, &text, &item, style.tracking.0) {
            add_ink(&mut shapers, &item, &shaped, pen, &mut ink);
            pen += shaped.advance;
            if item.range.end < text.len() {
                pen += style.tracking.0;
            }
        }
    }
    let ink = ink.unwrap_or_default();
    Measure {
        advance: Em(pen),
        ..ink
    }
}

/// Shapes an item, in pieces if its face lacks some of its characters.
pub(super) fn shape_item(
    shapers: &mut Shapers<'_>,
    text: &str,
    item: &Item,
    tracking: f64,
) -> Vec<(Item, Shaped)> {
    let shape = |shapers: &mut Shapers<'_>, item: Item| {
        let run = &text[item.range.clone()];
        let shaped = shapers.shape(run, item.face, item.is_rtl(), tracking);
        (item, shaped)
    };
    let whole = shape(shapers, item.clone());
    let pieces = match whole.1.glyphs.iter().all(|glyph| glyph.id != 0) {
        true if !is_of_marks(text, item) => return vec![whole],
        true => vec![item.clone()],
        false => fallback::split(shapers.fonts, text, item),
    };
    pieces
        .into_iter()
        .flat_map(|piece| apart(text, piece))
        .map(|piece| shape(shapers, piece))
        .collect()
}

/// Whether an item is several punctuation marks that run from right to left: faces kern them as if they
/// ran the other way, so that a full stop would stand in what is on its right.
fn is_of_marks(text: &str, item: &Item) -> bool {
    let is_mark =
        |c: char| c.is_ascii_punctuation() || matches!(c, '«' | '»' | '\u{2010}'..='\u{203A}');
    let words = &text[item.range.clone()];
    item.is_rtl() && words.chars().nth(1).is_some() && words.chars().all(is_mark)
}

/// Such an item in single marks; any other as it is.
fn apart(text: &str, item: Item) -> Vec<Item> {
    if !is_of_marks(text, &item) {
        return vec![item];
    }
    let start = item.range.start;
    let marks = text[item.range.clone()].char_indices();
    marks
        .map(|(at, mark)| Item {
            range: start + at..start + at + mark.len_utf8(),
            ..item.clone()
        })
        .collect()
}

fn add_ink(
    shapers: &mut Shapers<'_>,
    item: &Item,
    shaped: &Shaped,
    pen: f64,
    around: &mut Option<Measure>,
) {
    for glyph in &shaped.glyphs {
        let Some(ink) = shapers.ink(item.face, glyph.id) else {
            continue;
        };
        let x = pen + glyph.x;
        let this = Measure {
            advance: Em(0.0),
            ink_left: Em(x + ink.left),
            ink_right: Em(x + ink.right),
            ink_top: Em(glyph.y + ink.top),
            ink_bottom: Em(glyph.y + ink.bottom),
        };
        *around = Some(match around.take() {
            Some(before) => Measure {
                advance: Em(0.0),
                ink_left: before.ink_left.min(this.ink_left),
                ink_right: before.ink_right.max(this.ink_right),
                ink_top: before.ink_top.max(this.ink_top),
                ink_bottom: before.ink_bottom.min(this.ink_bottom),
            },
            None => this,
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::{FaceId, FaceRequest};

    fn face(fonts: &Fonts, family: &str, weight: u16) -> FaceId {
        let request = FaceRequest {
            families: vec![family.to_owned()],
            weight,
            ..FaceRequest::default()
        };
        fonts.face(&request).unwrap()
    }

    fn style(face: FaceId, tracking: f64) -> TextStyle {
        TextStyle {
            face,
            scale: 1.0,
            tracking: Em(tracking),
            padding: Em(0.0),
            is_apart: false,
        }
    }

    #[test]
    fn an_opening_mark_has_the_advance_its_face_gives_it() {
        let fonts = Fonts::bundled();
        let serif = face(&fonts, "Noto Serif Display", 700);
        let mark = measure(&fonts, "“", &style(serif, 0.0));
        assert!((mark.advance.0 - 0.489).abs() < 0.0006, "{mark:?}");
        assert!((mark.ink_left.0 - 0.0563).abs() < 0.0006, "{mark:?}");
        assert!(mark.ink_bottom.0 > 0.4, "it stands high");
    }

    #[test]
    fn tracking_goes_between_letters_only() {
        let fonts = Fonts::bundled();
        let sans = face(&fonts, "Commissioner", 500);
        let plain = measure(&fonts, "four", &style(sans, 0.0)).advance;
        let tracked = measure(&fonts, "four", &style(sans, 0.1)).advance;
        assert!((tracked - plain - Em(0.3)).0.abs() < 1e-9);
    }

    #[test]
    fn nothing_measures_nothing() {
        let fonts = Fonts::bundled();
        let sans = face(&fonts, "Commissioner", 500);
        assert_eq!(measure(&fonts, "", &style(sans, 0.1)), Measure::default());
        let space = measure(&fonts, " ", &style(sans, 0.0));
        assert!(space.advance.0 > 0.1);
        assert_eq!(space.ink_left, space.ink_right);
    }
}
