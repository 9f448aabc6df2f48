//! Sets a figure and its unit as one shape, ink to ink.
//!
//! A figure is a number ("4", "45,000", "$3.2") and perhaps a unit ("billion", "per cent", "%").
//! Number and unit share a baseline and fill the measure; beside a tall number the unit is smaller,
//! on a wide artboard both are one line. A per cent sign hangs from the top of the digits at 0.46
//! of their size.

mod part;

use roxmltree::Node;

pub use self::part::{Measured, measured, set_part, shape, styled};
use super::bind::Scene;
use super::content::{Content, Piece};
use super::look::part;
use super::ratio;
use super::style::{setting, text_style};
use super::typeset::{Fault, Outcome, SetText};
use crate::design::cascade::Computed;
use crate::geometry::{Em, Px};
use crate::text::{Align, Direction, Fonts, Frame, LineRun, Overflow, Paragraph, Valign};

/// How number and unit stand to each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// At one size, on one line.
    Line,
    /// The number as tall as the box lets it, the unit filling what is left of the measure.
    Side,
    /// "1 in 4": two numbers with a smaller word between; other figures as [`Self::Side`].
    Ratio,
}

impl Mode {
    /// What the style sheet or the text asks for; `None` for a text that is no figure.
    pub fn of(scene: &Scene<'_, '_>, computed: &Computed, node: Node<'_, '_>) -> Option<Self> {
        match setting(scene, computed, node, "lockup")? {
            "line" => Some(Self::Line),
            "side" => Some(Self::Side),
            "ratio" => Some(Self::Ratio),
            _ => None,
        }
    }
}

/// A figure taken apart; the parts joined by the space between them are the figure.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Parts<'a> {
    number: &'a str,
    unit: Option<&'a str>,
    is_sign: bool,
}

/// A unit smaller than this beside its number is a footnote, not half of the figure.
const SMALLEST_UNIT: f64 = 0.29;

/// Ink to ink between number and unit, in em of the unit.
const GAP: Em = Em(0.15);

/// A per cent sign in proportion to its digits.
const SIGN: f64 = 0.46;

/// Ink to ink between digits and sign, in em of the digits.
const SIGN_GAP: Em = Em(0.04);

/// What round digits rise above flat ones at most.
const OVERSHOOT: Em = Em(0.03);

/// How far a comma may hang below the edge that others follow, in em of the digits.
const DESCENT: Em = Em(0.08);

/// What descenders of Latin hang down at most.
pub const DEEPEST_LATIN: Em = Em(0.26);

/// What follows the last digit and still is part of the number: "1 in 4", "3 out of 10".
const NO_UNITS: &[&str] = &["in", "out", "of", "to", "and", "or"];

fn parts(figure: &str) -> Parts<'_> {
    let end = figure.rfind(|c: char| c.is_numeric()).map_or(0, |at| {
        at + figure[at..].chars().next().map_or(0, char::len_utf8)
    });
    let rest = figure[end..].trim();
    let whole = Parts {
        number: figure,
        unit: None,
        is_sign: false,
    };
    let number = &figure[..end];
    if end == 0 || number.split_whitespace().count() > 1 {
        return whole;
    }
    let first = rest.split_whitespace().next().unwrap_or_default();
    match rest {
        "%" | "‰" => Parts {
            number,
            unit: Some(rest),
            is_sign: true,
        },
        _ if rest.is_empty() || NO_UNITS.contains(&first) => whole,
        _ if rest
            .chars()
            .all(|c| c.is_alphabetic() || c == ' ' || c == '\u{a0}') =>
        {
            Parts {
                number,
                unit: Some(rest),
                is_sign: false,
            }
        }
        _ => whole,
    }
}

/// Sets a figure in its frame.
pub fn set<'a, 'input>(
    scene: &Scene<'a, 'input>,
    fonts: &Fonts,
    (node, content): (Node<'a, 'input>, &Content<'a, 'input>),
    frame: &Frame,
    mode: Mode,
) -> Outcome<'a, 'input> {
    let figure: String = content
        .pieces
        .iter()
        .map(|piece| piece.text.as_str())
        .collect();
    let figure = figure.trim();
    if let Some(set) =
        ratio::set(scene, fonts, (node, content), frame).filter(|_| mode == Mode::Ratio)
    {
        return set;
    }
    let parts = parts(figure);
    let look = |name: &str| part(scene, node, name).unwrap_or(node);
    let style = |name: &str| {
        let piece = Piece {
            text: String::new(),
            node: look(name),
        };
        let base = scene.cascade.computed(piece.node, scene.classes).font_size;
        text_style(scene, fonts, &piece, base).map_err(|face| Fault::Faces(vec![face]))
    };
    let number = measured(fonts, parts.number, style("number")?);
    let unit = match parts.unit {
        Some(unit) if parts.is_sign => Some(measured(fonts, unit, style("percent")?)),
        Some(unit) => Some(measured(fonts, unit, style("unit")?)),
        None => None,
    };
    let digits = fonts.metrics(number.style.face).digit_height;
    let sizes = sizes(&number, unit.as_ref(), parts.is_sign, (frame, mode, digits));
    if sizes.number < frame.min_size {
        return Err(Fault::Overflow(Overflow {
            size: frame.min_size,
            needed: 2,
            held: 1,
            excess: excess(figure, sizes.number, frame.min_size),
        }));
    }
    let mut set = placed(fonts, frame, (&number, unit.as_ref()), &sizes, digits);
    let unit_part = if parts.is_sign { "percent" } else { "unit" };
    let looks = [look("number"), look(unit_part)];
    let ranges = set
        .paragraph
        .styles
        .iter()
        .map(|styled| styled.range.clone());
    set.looks = ranges.zip(looks).collect();
    Ok(set)
}

fn excess(figure: &str, fitting: Px, wanted: Px) -> usize {
    let letters = figure.chars().count() as f64;
    (letters * (1.0 - fitting / wanted)).ceil().max(1.0) as usize
}

struct Sizes {
    number: Px,
    unit: Px,
    gap: Px,
    is_sign: bool,
}

/// The largest sizes at which number and unit fill the measure and the number stays in the box.
fn sizes(
    number: &Measured<'_>,
    unit: Option<&Measured<'_>>,
    is_sign: bool,
    (frame, mode, digits): (&Frame, Mode, Em),
) -> Sizes {
    let (width, height) = (frame.rect.width(), frame.rect.height());
    let tall = Px(height / Px(number_top(number, digits).0));
    let cap = tall.min(frame.max_size);
    let Some(unit) = unit else {
        let size = Px(width / Px(number.width.0)).min(tall).min(frame.max_size);
        return Sizes {
            number: size,
            unit: size,
            gap: Px::ZERO,
            is_sign,
        };
    };
    if is_sign {
        let em = number.width + SIGN_GAP + unit.width * SIGN;
        let size = Px(width / Px(em.0)).min(cap);
        return Sizes {
            number: size,
            unit: size * SIGN,
            gap: SIGN_GAP.at(size),
            is_sign,
        };
    }
    let unit_em = unit.width + GAP;
    let smallest = if mode == Mode::Line {
        1.0
    } else {
        SMALLEST_UNIT
    };
    let fitting = Px(width / Px((number.width + unit_em * smallest).0));
    // On one line the ascenders of the unit rise above the digits.
    let tall = match mode {
        // Letters of other scripts may hang deep below the baseline: they take room from the label.
        Mode::Line => {
            let deep = unit.depth.max(DEEPEST_LATIN) - DEEPEST_LATIN;
            Px(height / Px((unit.top.max(digits) + deep).0))
        }
        Mode::Side | Mode::Ratio => tall,
    };
    let size = fitting.min(tall).min(frame.max_size);
    let left = width - number.width.at(size);
    let unit_size = match mode {
        Mode::Line => size,
        Mode::Side | Mode::Ratio => Px(left / Px(unit_em.0)).min(size),
    };
    Sizes {
        number: size,
        unit: unit_size,
        gap: GAP.at(unit_size),
        is_sign,
    }
}

/// Puts the parts in their places: tops of the digits on the upper edge of the box.
fn placed<'a, 'input>(
    fonts: &Fonts,
    frame: &Frame,
    (number, unit): (&Measured<'_>, Option<&Measured<'_>>),
    sizes: &Sizes,
    digits: Em,
) -> SetText<'a, 'input> {
    let rise = rise((number, unit), sizes, digits);
    let top = match frame.valign {
        Valign::Middle => frame.rect.top + (frame.rect.height() - rise) * 0.5,
        Valign::Bottom => frame.rect.bottom - rise,
        Valign::Top => frame.rect.top,
    };
    let baseline = top + rise;
    let left = frame.rect.left + aside(frame, (number, unit), sizes);
    let mut text = number.text.to_owned();
    let mut styles = vec![styled(0, &text, number, 1.0)];
    let mut runs = set_part(fonts, number, sizes.number, (left, baseline));
    if let Some(unit) = unit {
        let x = left + number.width.at(sizes.number) + sizes.gap;
        let digits = digits.at(sizes.number);
        let y = if sizes.is_sign {
            baseline - digits + unit.top.at(sizes.unit)
        } else {
            baseline
        };
        let start = text.len();
        text.push_str(unit.text);
        styles.push(styled(start, unit.text, unit, sizes.unit / sizes.number));
        runs.extend(
            set_part(fonts, unit, sizes.unit, (x, y))
                .into_iter()
                .map(|run| LineRun {
                    range: run.range.start + start..run.range.end + start,
                    ..run
                }),
        );
    }
    let paragraph = Paragraph {
        text,
        styles,
        direction: Direction::Auto,
    };
    let edges = (top, DESCENT.at(sizes.number));
    shape(paragraph, runs, (sizes.number, baseline), edges)
}

/// How far a lockup narrower than its box is moved to the right.
fn aside(
    frame: &Frame,
    (number, unit): (&Measured<'_>, Option<&Measured<'_>>),
    sizes: &Sizes,
) -> Px {
    let beside = unit.map_or(Px::ZERO, |unit| sizes.gap + unit.width.at(sizes.unit));
    let room = frame.rect.width() - number.width.at(sizes.number) - beside;
    match frame.align {
        Align::Start => Px::ZERO,
        // The digits carry the middle: a sign beside them weighs less than it is wide.
        Align::Center if sizes.is_sign => room * 0.5 + beside * 0.1,
        Align::Center => room * 0.5,
        Align::End => room,
    }
}

/// Height of a number: that of its digits, unless a sign or a letter rises clearly above them.
fn number_top(number: &Measured<'_>, digits: Em) -> Em {
    if number.top > digits + OVERSHOOT {
        number.top
    } else {
        digits
    }
}

/// From the upper edge of the box to the baseline.
fn rise((number, unit): (&Measured<'_>, Option<&Measured<'_>>), sizes: &Sizes, digits: Em) -> Px {
    let number = number_top(number, digits).at(sizes.number);
    match unit {
        Some(unit) if !sizes.is_sign => number.max(unit.top.at(sizes.unit)),
        _ => number,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_figure_is_a_number_and_perhaps_a_unit() {
        #[track_caller]
        fn case(figure: &str, number: &str, unit: Option<&str>) {
            let parts = parts(figure);
            assert_eq!((parts.number, parts.unit), (number, unit));
        }
        case("4 billion", "4", Some("billion"));
        case("45,000", "45,000", None);
        case("$3.2 million", "$3.2", Some("million"));
        case("45 per cent", "45", Some("per cent"));
        case("62%", "62", Some("%"));
        case("1 in 4", "1 in 4", None);
        case("12% to 31%", "12% to 31%", None);
        case("two-thirds", "two-thirds", None);
        case("one in five", "one in five", None);
        case("€3bn", "€3", Some("bn"));
    }
}
