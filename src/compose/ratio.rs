//! Sets "1 in 4" as one shape: two numbers, and between them a smaller word in another cut.
//!
//! The words stand as they are written ("one in five", "3 out of 10"): the first and the last are the
//! numbers, what stands between them is set at 0.66 of their size, with gaps of 0.13 em from ink to
//! ink.

use std::ops::Range;

use roxmltree::Node;

use super::bind::Scene;
use super::content::{Content, Piece};
use super::lockup::{self, Measured};
use super::look::part;
use super::style::text_style;
use super::typeset::{Fault, Outcome, SetText};
use crate::geometry::{Em, Px};
use crate::text::{Fonts, Frame, LineRun, Overflow, Paragraph};

/// The words between, in sizes of the numbers.
const WORD: f64 = 0.66;

/// From ink to ink, in em of the numbers.
const GAP: Em = Em(0.13);

/// How far descenders of the words between may reach below the baseline before others keep away.
const DESCENT: Em = Em(0.1);

/// The bytes of the parts of a ratio: first word, what is between, last word; `None` for other
/// figures.
fn parts(figure: &str) -> Option<[Range<usize>; 3]> {
    let first = figure.find(char::is_whitespace)?;
    let last = figure.rfind(char::is_whitespace)?;
    let between = figure[first..last].trim();
    if between.is_empty() {
        return None;
    }
    let start = first + figure[first..].find(between)?;
    let behind = last + figure[last..].chars().next().map_or(1, char::len_utf8);
    Some([0..first, start..start + between.len(), behind..figure.len()])
}

/// Sets a ratio in its frame; `None` for a figure that is none.
pub fn set<'a, 'input>(
    scene: &Scene<'a, 'input>,
    fonts: &Fonts,
    (node, content): (Node<'a, 'input>, &Content<'a, 'input>),
    frame: &Frame,
) -> Option<Outcome<'a, 'input>> {
    let figure: String = content
        .pieces
        .iter()
        .map(|piece| piece.text.as_str())
        .collect();
    let figure = figure.trim();
    let ranges = parts(figure)?;
    let look = |name: &str| part(scene, node, name).unwrap_or(node);
    let looks = [look("number"), look("in"), look("number")];
    let mut measured = Vec::new();
    for (range, look) in ranges.iter().zip(looks) {
        let text = figure[range.clone()].to_owned();
        let base = scene.cascade.computed(look, scene.classes).font_size;
        let piece = Piece { text, node: look };
        match text_style(scene, fonts, &piece, base) {
            Ok(style) => measured.push(lockup::measured(fonts, &figure[range.clone()], style)),
            Err(face) => return Some(Err(Fault::Faces(vec![face]))),
        }
    }
    let set = placed(fonts, frame, (figure, &ranges, &measured));
    Some(set.map(|set| SetText {
        looks: ranges.into_iter().zip(looks).collect(),
        ..set
    }))
}

fn placed<'a, 'input>(
    fonts: &Fonts,
    frame: &Frame,
    (figure, ranges, parts): (&str, &[Range<usize>; 3], &[Measured<'_>]),
) -> Outcome<'a, 'input> {
    let digits = fonts.metrics(parts[0].style.face).digit_height;
    let rise = parts[0].top.max(parts[2].top).max(digits);
    // Round digits rise above flat ones by what nobody sees.
    let rise = if rise > digits + Em(0.03) {
        rise
    } else {
        digits
    };
    let width = parts[0].width + parts[1].width * WORD + parts[2].width + GAP * 2.0;
    let size = Px(frame.rect.width() / Px(width.0))
        .min(Px(frame.rect.height() / Px(rise.0)))
        .min(frame.max_size);
    if size < frame.min_size {
        let letters = figure.chars().count() as f64;
        return Err(Fault::Overflow(Overflow {
            size: frame.min_size,
            needed: 2,
            held: 1,
            excess: (letters * (1.0 - size / frame.min_size)).ceil().max(1.0) as usize,
        }));
    }
    let baseline = frame.rect.top + rise.at(size);
    let mut x = frame.rect.left;
    let mut runs: Vec<LineRun> = Vec::new();
    let mut styles = Vec::new();
    for (index, (part, range)) in parts.iter().zip(ranges).enumerate() {
        let scale = if index == 1 { WORD } else { 1.0 };
        let set = lockup::set_part(fonts, part, size * scale, (x, baseline));
        runs.extend(set.into_iter().map(|run| LineRun {
            range: run.range.start + range.start..run.range.end + range.start,
            ..run
        }));
        styles.push(lockup::styled(range.start, part.text, part, scale));
        x += part.width.at(size * scale) + GAP.at(size);
    }
    let paragraph = Paragraph {
        text: figure.to_owned(),
        styles,
        direction: crate::text::Direction::Auto,
    };
    let edges = (frame.rect.top, DESCENT.at(size));
    Ok(lockup::shape(paragraph, runs, (size, baseline), edges))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_ratio_is_two_numbers_and_what_stands_between() {
        #[track_caller]
        fn case(figure: &str, expected: Option<[&str; 3]>) {
            let parts = parts(figure).map(|parts| parts.map(|range| figure[range].to_owned()));
            assert_eq!(parts, expected.map(|parts| parts.map(str::to_owned)));
        }
        case("1 in 4", Some(["1", "in", "4"]));
        case("one in five", Some(["one", "in", "five"]));
        case("3 out of 10", Some(["3", "out of", "10"]));
        case("1\u{a0}von\u{a0}4", Some(["1", "von", "4"]));
        case("25 %", None);
        case("25%", None);
    }
}
