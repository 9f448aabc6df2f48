//! Sets a text in its box, and again where its letters need more room than the box was drawn with.
//!
//! Boxes are drawn for Latin, whose descenders hang below them and whose accents rise above them.

use super::lockup::DEEPEST_LATIN;
use crate::geometry::{Em, Px, Rect};
use crate::text::{self, FittedText, Fonts, Frame, Overflow, Paragraph, Valign};

/// How often a text is set again: one in the middle of its box takes the most.
const REFITS: usize = 4;

/// How far letters of scripts that hang deep may hang below a box: no rule is so near.
const DEEPEST: Em = Em(0.18);

/// Less than this nobody sees.
const VISIBLE: Px = Px(0.5);

/// Sets a paragraph in a frame. Ink rises no higher than `edge`, in the user space of the text; without
/// one the text has no box, and stands where it was put.
///
/// # Errors
///
/// [`Overflow`], as [`text::fit`].
pub fn fit(
    fonts: &Fonts,
    paragraph: &Paragraph,
    mut frame: Frame,
    edge: Option<Px>,
) -> Result<FittedText, Overflow> {
    let mut fitted = text::fit(fonts, paragraph, &frame)?;
    let Some(edge) = edge else {
        return Ok(fitted);
    };
    let drawn = frame.rect;
    for _ in 0..REFITS {
        if !make_room(&mut frame, (&fitted, &paragraph.text), (&drawn, edge)) {
            break;
        }
        fitted = text::fit(fonts, paragraph, &frame)?;
    }
    Ok(fitted)
}

/// Makes a frame smaller whose letters hang deeper below it, as it was drawn, than those of Latin, for which
/// templates leave room, or whose accents rise over an edge near that of the artboard; says whether there
/// are any.
fn make_room(
    frame: &mut Frame,
    (fitted, text): (&FittedText, &str),
    (drawn, edge): (&Rect, Px),
) -> bool {
    let last = fitted.lines.last();
    let hangs = last.map_or(drawn.bottom, |last| last.ink.bottom);
    let words = last.map_or("", |last| &text[last.range.clone()]);
    let deepest = match words.chars().any(text::is_tall) {
        true => DEEPEST,
        false => DEEPEST_LATIN,
    };
    let over = hangs - drawn.bottom - deepest.at(fitted.size);
    let is_deep = frame.valign == Valign::Bottom && over > VISIBLE;
    if is_deep {
        frame.rect.bottom -= over;
    }
    let is_high = fitted.ink.top < edge - VISIBLE;
    if is_high {
        frame.rect.top += edge - fitted.ink.top;
    }
    is_deep || is_high
}
