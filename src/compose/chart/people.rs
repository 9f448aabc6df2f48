//! People for pictograms: equal, whole and each a person of their own.
//!
//! In: how many of how many, and a box that stands on the lower edge of a card. Out: figures drawn
//! back to front, each with a keyline in the colour of the ground. Up to five stand in one row, up to
//! ten in two; those counted stand together, in front.

use std::fmt::Write as _;

use super::super::splice::number;
use super::figures::{FIGURES, Figure};
use crate::geometry::{Px, Rect};

/// No more people than this: they would be too small to be people.
pub const MOST: usize = 10;

/// More than these stand in two rows.
const ROW: usize = 5;

/// Half the width of the shoulders; figures are drawn around the chin, in units of their own.
const HALF: f64 = 52.0;

/// From the chin to the top of the highest hair.
const ABOVE: f64 = 92.0;

/// From the chin down to where a bust has its shoulders.
const BUST: f64 = 72.0;

/// From the chin to the lower edge of the drawings.
const LONGEST: f64 = 190.0;

/// From one figure to the next in a row, at the closest.
const STEP: f64 = 70.0;

/// From one figure to the next in two rows.
const ROW_STEP: f64 = 76.0;

/// From one row to the next.
const ROW_GAP: f64 = 98.0;

/// How much of the front of two rows shows below the chin, at least.
const FRONT: f64 = 44.0;

/// The keyline's width, in units of the figures.
const KEYLINE: f64 = 6.0;

/// One person at a place.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Person {
    /// Of [`FIGURES`].
    figure: usize,
    x: f64,
    y: f64,
    is_counted: bool,
}

/// Where a group stands in its box when it is narrower.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Side {
    /// On the left.
    #[default]
    Left,
    /// On the right.
    Right,
}

/// Draws `counted` of `all` people on the lower edge of a box.
pub fn draw(counted: usize, all: usize, area: &Rect, side: Side) -> String {
    let all = all.clamp(1, MOST);
    let group = if all <= ROW {
        row(counted, all, area)
    } else {
        rows(counted, all, area)
    };
    let Group {
        scale,
        width,
        people,
    } = group;
    let left = match side {
        Side::Left => area.left.0,
        Side::Right => area.right.0 - width * scale,
    };
    let mut out = String::new();
    for person in people {
        let x = number(Px(left + person.x * scale));
        let y = number(Px(area.bottom.0 - person.y * scale));
        let scale = number(Px(scale));
        let _ = write!(
            out,
            "<g transform=\"translate({x} {y}) scale({scale})\">{}</g>",
            figure(&FIGURES[person.figure], person.is_counted)
        );
    }
    out
}

fn figure(figure: &Figure, is_counted: bool) -> String {
    let class = if is_counted { "counted" } else { "others" };
    let mut out = String::new();
    for path in figure.shape {
        let _ = write!(
            out,
            "<path class=\"keyline\" stroke-width=\"{KEYLINE}\" stroke-linejoin=\"round\" d=\"{path}\"/>"
        );
    }
    for path in figure.shape {
        let _ = write!(out, "<path class=\"{class}\" d=\"{path}\"/>");
    }
    for (path, strength) in figure.light {
        let _ = write!(
            out,
            "<path class=\"skin\" opacity=\"{strength}\" d=\"{path}\"/>"
        );
    }
    for (path, width) in figure.lines {
        let _ = write!(
            out,
            "<path class=\"keyline\" opacity=\".5\" stroke-width=\"{width}\" stroke-linecap=\"round\" stroke-linejoin=\"round\" d=\"{path}\"/>"
        );
    }
    out
}

/// People and the size they are drawn at; places in units of the figures, upwards from the foot.
#[derive(Debug)]
struct Group {
    scale: f64,
    width: f64,
    people: Vec<Person>,
}

/// Side by side, as large as the box lets them.
fn row(counted: usize, all: usize, area: &Rect) -> Group {
    let (width, height) = (area.width().0, area.height().0);
    let between = (all - 1) as f64;
    let closest = between * STEP + 2.0 * HALF;
    let scale = (width / closest).min(height / (ABOVE + BUST));
    // Room that is left goes between them, until they stand side by side.
    let step = if all == 1 {
        0.0
    } else {
        ((width / scale - 2.0 * HALF) / between).clamp(STEP, 2.0 * HALF + 2.0)
    };
    let y = (height / scale - ABOVE).min(LONGEST);
    let first = all.saturating_sub(counted) / 2;
    let person = |index: usize| Person {
        figure: index,
        x: HALF + index as f64 * step,
        y,
        is_counted: (first..first + counted).contains(&index),
    };
    Group {
        scale,
        width: between * step + 2.0 * HALF,
        people: back_to_front((0..all).map(person).collect()),
    }
}

/// In two rows, those behind in the gaps of those in front.
fn rows(counted: usize, all: usize, area: &Rect) -> Group {
    let (width, height) = (area.width().0, area.height().0);
    let front = all.div_ceil(2);
    let back = all - front;
    let is_even = front == back;
    let span = (front - 1) as f64 + if is_even { 0.5 } else { 0.0 };
    let widest = span * ROW_STEP + 2.0 * HALF;
    let scale = (width / widest).min(height / (ABOVE + ROW_GAP + FRONT));
    let y = (height / scale - ABOVE - ROW_GAP).min(LONGEST - ROW_GAP);
    let step = ((width / scale - 2.0 * HALF) / span).clamp(ROW_STEP, ROW_STEP * 1.15);
    let (in_front, behind) = (counted.min(front), counted.saturating_sub(front));
    let first = (front - in_front) / 2;
    let first_behind = (back - behind) / 2;
    let rear = (0..back).map(|index| Person {
        figure: ROW + index,
        x: HALF + (index as f64 + 0.5) * step,
        y: y + ROW_GAP,
        is_counted: (first_behind..first_behind + behind).contains(&index),
    });
    let van = (0..front).map(|index| Person {
        figure: index,
        x: HALF + index as f64 * step,
        y,
        is_counted: (first..first + in_front).contains(&index),
    });
    let mut people = back_to_front(rear.collect());
    people.extend(back_to_front(van.collect()));
    Group {
        scale,
        width: span * step + 2.0 * HALF,
        people,
    }
}

/// In the order they are drawn: from the sides to the middle, those counted last.
fn back_to_front(mut people: Vec<Person>) -> Vec<Person> {
    let counted: Vec<f64> = people
        .iter()
        .filter(|person| person.is_counted)
        .map(|person| person.x)
        .collect();
    let all: Vec<f64> = people.iter().map(|person| person.x).collect();
    let around = if counted.is_empty() { &all } else { &counted };
    let middle = around.iter().sum::<f64>() / around.len().max(1) as f64;
    let distance = |person: &Person| (person.x - middle).abs();
    people.sort_by(|a, b| {
        let counted = a.is_counted.cmp(&b.is_counted);
        counted.then(distance(b).total_cmp(&distance(a)))
    });
    people
}

#[cfg(test)]
mod tests {
    use super::*;

    const AREA: Rect = Rect {
        left: Px(50.0),
        top: Px(600.0),
        right: Px(1030.0),
        bottom: Px(1080.0),
    };

    fn group(counted: usize, all: usize) -> Group {
        if all <= ROW {
            row(counted, all, &AREA)
        } else {
            rows(counted, all, &AREA)
        }
    }

    #[test]
    fn as_many_are_counted_as_the_ratio_says_and_no_two_are_alike() {
        for all in 1..=MOST {
            for counted in 1..=all {
                let people = group(counted, all).people;
                assert_eq!(people.len(), all);
                assert_eq!(people.iter().filter(|p| p.is_counted).count(), counted);
                let mut figures: Vec<_> = people.iter().map(|person| person.figure).collect();
                figures.sort_unstable();
                figures.dedup();
                assert_eq!(figures.len(), all, "{counted} in {all}");
            }
        }
    }

    #[test]
    fn everybody_is_whole_inside_the_box() {
        for all in 1..=MOST {
            let Group { scale, people, .. } = group(1, all);
            for Person { x, y, .. } in people {
                assert!(
                    x >= HALF && (x + HALF) * scale <= AREA.width().0 + 0.01,
                    "{all}"
                );
                assert!((y + ABOVE) * scale <= AREA.height().0 + 0.01, "{all}");
                assert!(y >= FRONT - 0.01, "{all}");
            }
        }
    }

    #[test]
    fn those_counted_stand_together() {
        for all in 2..=MOST {
            for counted in 1..=all.div_ceil(2) {
                let people = group(counted, all).people;
                let mut x: Vec<f64> = people
                    .iter()
                    .filter(|p| p.is_counted)
                    .map(|p| p.x)
                    .collect();
                x.sort_by(f64::total_cmp);
                assert!(
                    x.windows(2)
                        .all(|pair| pair[1] - pair[0] < 2.0 * HALF + 3.0)
                );
            }
        }
    }
}
