//! Finds out how a drawn text stands in its box, for tools that save no alignment.
//!
//! Figma and Illustrator write every line at an absolute place. Lines of a centred text share their
//! middles, lines of one set flush right their right ends; a single line is compared with its box.

use roxmltree::Node;

use super::bind::Scene;
use super::content::Piece;
use super::look;
use super::place::Place;
use super::style::{self, Inferred, text_style};
use crate::design::sample;
use crate::text::{self, Align, Fonts, Valign};

/// A line as drawn, in the text's user space.
struct Drawn {
    left: f64,
    width: f64,
    baseline: f64,
}

/// How little lines may differ to share an edge, in widths of the box.
const SLACK: f64 = 0.015;

/// How a text stands in its box as drawn; at the upper left where nothing can be told.
pub fn infer(
    scene: &Scene<'_, '_>,
    fonts: &Fonts,
    node: Node<'_, '_>,
    place: &Place<'_, '_>,
) -> Inferred {
    let base = look::base(scene, node);
    let computed = scene.cascade.computed(base, scene.classes);
    let is_flowed = computed.get("shape-inside").is_some();
    if place.node.is_none() || is_flowed {
        return Inferred::default();
    }
    let is_written = style::align(scene, node, &computed).is_some();
    let starts = starts(node);
    let leading = leading(&starts, computed.font_size);
    let plain = Inferred {
        leading,
        ..Inferred::default()
    };
    let slack = place.rect.width().0 * SLACK;
    let is_flush = |(x, ..): &(f64, f64, Node<'_, '_>)| (x - place.rect.left.0).abs() <= slack;
    // Only what tools bake into lines has lost how it stands in the height.
    let is_baked = computed
        .get("white-space")
        .is_some_and(|value| value.starts_with("pre"));
    if !is_baked && (is_written || starts.iter().all(is_flush)) {
        return plain;
    }
    let lines: Option<Vec<Drawn>> = starts
        .iter()
        .map(|(x, y, line)| drawn(scene, fonts, *line, (*x, *y)))
        .collect();
    let Some(lines) = lines.filter(|lines| !lines.is_empty()) else {
        return plain;
    };
    Inferred {
        align: across(&lines, place),
        valign: if is_baked {
            down(&lines, place, computed.font_size)
        } else {
            Valign::Top
        },
        leading,
    }
}

/// Distance of the first two baselines in sizes, where that is a distance of lines.
fn leading(starts: &[(f64, f64, Node<'_, '_>)], size: f64) -> Option<f64> {
    let [(_, first, _), (_, second, _), ..] = starts else {
        return None;
    };
    Some((second - first) / size).filter(|leading| (0.8..=2.5).contains(leading))
}

/// The lines of a text that have a place of their own: x, baseline, element.
fn starts<'a, 'input>(text: Node<'a, 'input>) -> Vec<(f64, f64, Node<'a, 'input>)> {
    let number = |node: Node<'_, '_>, name: &str| {
        let written = node.attribute(name)?;
        written.split([' ', ',']).next()?.parse::<f64>().ok()
    };
    let mut lines = Vec::new();
    let is_drawn = |node: &Node<'_, '_>| node.is_element() && !sample::is_line(*node);
    for node in text.descendants().filter(is_drawn) {
        let x = number(node, "x").or_else(|| number(text, "x"));
        let y = number(node, "y").or_else(|| number(text, "y"));
        let is_line = node == text || node.has_attribute("y");
        let (Some(x), Some(y), true) = (x, y, is_line) else {
            continue;
        };
        let mut inside = node.children().filter(is_drawn);
        let has_lines = node == text && inside.any(|child| child.has_attribute("y"));
        if !has_lines {
            lines.push((x, y, node));
        }
    }
    lines
}

fn drawn(
    scene: &Scene<'_, '_>,
    fonts: &Fonts,
    line: Node<'_, '_>,
    (left, baseline): (f64, f64),
) -> Option<Drawn> {
    let mut width = 0.0;
    for node in line.descendants().filter(Node::is_text) {
        let words = node.text().unwrap_or_default();
        let words = words.trim_matches(['\n', '\r', ' ', '\u{2028}']);
        if words.is_empty() {
            continue;
        }
        let text = words.to_owned();
        let node = sample::owner(node.parent_element()?);
        let size = scene.cascade.computed(node, scene.classes).font_size;
        let style = text_style(scene, fonts, &Piece { text, node }, size).ok()?;
        width += text::measure(fonts, words, &style).advance.0 * size;
    }
    Some(Drawn {
        left,
        width,
        baseline,
    })
}

/// A way to stand, where a line has the edge of it, and where the box has.
type Edge = (Align, fn(&Drawn) -> f64, f64);

fn across(lines: &[Drawn], place: &Place<'_, '_>) -> Align {
    let rect = &place.rect;
    let slack = rect.width().0 * SLACK;
    let edges: [Edge; 3] = [
        (Align::Start, |line| line.left, rect.left.0),
        (
            Align::Center,
            |line| line.left + line.width / 2.0,
            (rect.left.0 + rect.right.0) / 2.0,
        ),
        (Align::End, |line| line.left + line.width, rect.right.0),
    ];
    let spread = |edge: fn(&Drawn) -> f64| {
        let all = || lines.iter().map(edge);
        all().fold(f64::MIN, f64::max) - all().fold(f64::MAX, f64::min)
    };
    let widths = spread(|line| line.width);
    let tells = lines.len() > 1 && widths > slack;
    let off = |(_, edge, of_box): &Edge| {
        if tells {
            spread(*edge)
        } else {
            (edge(&lines[0]) - of_box).abs()
        }
    };
    if off(&edges[0]) <= slack {
        return Align::Start;
    }
    let nearest = edges.iter().min_by(|a, b| off(a).total_cmp(&off(b)));
    nearest.map_or(Align::Start, |(align, ..)| *align)
}

fn down(lines: &[Drawn], place: &Place<'_, '_>, size: f64) -> Valign {
    /// About the height of capitals, in sizes.
    const CAPITALS: f64 = 0.7;
    let rect = &place.rect;
    let (Some(first), Some(last)) = (lines.first(), lines.last()) else {
        return Valign::Top;
    };
    let above = (first.baseline - size * CAPITALS - rect.top.0).max(0.0);
    let below = (rect.bottom.0 - last.baseline).max(0.0);
    if above <= size {
        Valign::Top
    } else if below <= above / 3.0 {
        Valign::Bottom
    } else if (above - below).abs() <= size.max(rect.height().0 * 0.1) {
        Valign::Middle
    } else {
        Valign::Top
    }
}
