//! One part of a figure: measured, and set on a baseline, ink to ink.

use crate::compose::typeset::SetText;
use crate::geometry::{Em, Px, Rect};
use crate::text::{
    self, Align, Direction, FittedText, Fonts, Frame, Hang, LineRun, Paragraph, StyledRange,
    TextStyle, Valign,
};

/// Around words that are set on one line, in em: no side bearing is as wide, no letter as tall.
const ROOM: f64 = 4.0;

/// One part, measured.
pub struct Measured<'a> {
    /// Its words.
    pub text: &'a str,
    /// How they are set.
    pub style: TextStyle,
    /// Ink to ink, in em of the part.
    pub width: Em,
    /// From the baseline to the top of the ink.
    pub top: Em,
    /// From the baseline down to the bottom of the ink.
    pub depth: Em,
}

/// Measures a part, as it is set: what the setter leaves out or adds (a space at the end, the hyphen
/// of a soft one) is left out or added here.
pub fn measured<'a>(fonts: &Fonts, text: &'a str, style: TextStyle) -> Measured<'a> {
    let em = Px(1000.0);
    let room = text::measure(fonts, text, &style).advance.at(em) + em * ROOM;
    let ink = line_of(fonts, (text, &style), em, (Px::ZERO, Px::ZERO), room).ink;
    let em_of = |px: Px| Em(px / em);
    Measured {
        text,
        width: em_of(ink.width()),
        top: em_of(Px::ZERO - ink.top),
        depth: em_of(ink.bottom),
        style,
    }
}

/// The style of a part in the words of a figure.
pub fn styled(start: usize, text: &str, part: &Measured<'_>, scale: f64) -> StyledRange {
    StyledRange {
        range: start..start + text.len(),
        style: TextStyle {
            scale,
            ..part.style.clone()
        },
    }
}

/// One part as a line of its own: ink at `x`, baseline at `y`.
pub fn set_part(fonts: &Fonts, part: &Measured<'_>, size: Px, (x, y): (Px, Px)) -> Vec<LineRun> {
    let room = part.width.at(size) + size * ROOM;
    let fitted = line_of(fonts, (part.text, &part.style), size, (x, y), room);
    let mut runs: Vec<LineRun> = fitted
        .lines
        .into_iter()
        .flat_map(|line| line.runs)
        .collect();
    // Side bearings, and what runs from right to left and was set at the other end of the room.
    let shift = x - fitted.ink.left;
    for run in &mut runs {
        run.shift(shift);
    }
    runs
}

/// Words on one line of that size from `x`, with their baseline at `y`.
fn line_of(
    fonts: &Fonts,
    (text, style): (&str, &TextStyle),
    size: Px,
    (x, y): (Px, Px),
    room: Px,
) -> FittedText {
    let whole = StyledRange {
        range: 0..text.len(),
        style: TextStyle {
            scale: 1.0,
            ..style.clone()
        },
    };
    let paragraph = Paragraph {
        text: text.to_owned(),
        styles: vec![whole],
        direction: Direction::Auto,
    };
    let frame = Frame {
        rect: Rect {
            left: x,
            top: y - size * ROOM,
            right: x + room,
            bottom: y,
        },
        min_size: size,
        max_size: size,
        min_leading: 1.0,
        max_leading: 1.0,
        max_lines: Some(1),
        align: Align::Start,
        valign: Valign::Bottom,
        hang: Hang::default(),
        mark: None,
        hyphens: None,
        give: 0.0,
    };
    text::fit(fonts, &paragraph, &frame).expect("the frame is wider than the text")
}

/// Runs on one baseline as a text; its edges are `top`, and the baseline but for ink that hangs more
/// than `descent` below it.
pub fn shape<'a, 'input>(
    paragraph: Paragraph,
    runs: Vec<LineRun>,
    (size, baseline): (Px, Px),
    (top, descent): (Px, Px),
) -> SetText<'a, 'input> {
    let ink = runs.iter().map(|run| run.ink).reduce(|a, b| a.union(&b));
    let ink = ink.unwrap_or_default();
    let line = text::Line {
        range: 0..paragraph.text.len(),
        baseline,
        runs,
        ink,
        is_cut: false,
    };
    SetText {
        looks: Vec::new(),
        mark_look: None,
        paragraph,
        fitted: FittedText {
            size,
            leading: size,
            rise: baseline - top,
            lines: vec![line],
            mark: None,
            ink,
        },
        edges: Rect {
            left: ink.left,
            top,
            right: ink.right,
            bottom: baseline.max(ink.bottom - descent),
        },
    }
}
