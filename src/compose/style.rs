//! From a template's elements to what the fitter needs: styles, boxes, settings.

use roxmltree::Node;

use super::bind::{Content, Piece, Scene};
use crate::design::cascade::Computed;
use crate::error::{Error, Result};
use crate::geometry::{Em, Px, Rect};
use crate::text::{
    Align, FaceRequest, Fonts, Frame, Hang, Mark, MissingFace, Paragraph, StyledRange, TextStyle,
    Valign,
};

/// The smallest type where a template sets no other: at 360 px wide a phone shows it as 9 px.
const SMALLEST: f64 = 30.0;

/// How much of the left margin what hangs in it may take.
const MARGIN_SHARE: f64 = 0.8;

/// No hung ink comes nearer to the edge of the artboard.
const EDGE: Px = Px(18.0);

/// Where a text stands.
#[derive(Clone, Debug)]
pub struct Place<'a, 'input> {
    /// The box.
    pub rect: Rect,
    /// The element that draws the box; `None` for a text that stands at its own `x` and `y`.
    pub node: Option<Node<'a, 'input>>,
}

/// What a face request did not find.
pub type Missing = Vec<MissingFace>;

/// The paragraph of a content, its styles resolved, in proportion to the size of `base`.
pub fn paragraph(
    scene: &Scene<'_, '_>,
    fonts: &Fonts,
    content: &Content<'_, '_>,
    base: f64,
) -> std::result::Result<Paragraph, Missing> {
    let mut text = String::new();
    let mut styles: Vec<StyledRange> = Vec::new();
    let mut missing = Missing::new();
    for piece in &content.pieces {
        // A space between two parts asks for no face of its own.
        if let Some(last) = styles.last_mut().filter(|_| piece.text.trim().is_empty()) {
            last.range.end += piece.text.len();
            text.push_str(&piece.text);
            continue;
        }
        match text_style(scene, fonts, piece, base) {
            Ok(style) => {
                let range = text.len()..text.len() + piece.text.len();
                match styles.last_mut() {
                    Some(last) if last.style == style => last.range.end = range.end,
                    _ => styles.push(StyledRange { range, style }),
                }
            }
            Err(face) => missing.push(face),
        }
        text.push_str(&piece.text);
    }
    if missing.is_empty() {
        Ok(Paragraph { text, styles })
    } else {
        Err(missing)
    }
}

/// How a piece is set.
pub fn text_style(
    scene: &Scene<'_, '_>,
    fonts: &Fonts,
    piece: &Piece<'_, '_>,
    base: f64,
) -> std::result::Result<TextStyle, MissingFace> {
    let computed = scene.cascade.computed(piece.node, scene.classes);
    let size = computed.font_size;
    let padding = computed.get("--padding").and_then(em).unwrap_or_default();
    // Padding belongs to the part that asks for it, not to everything inside a padded text.
    let is_part = piece.node.tag_name().name() == "tspan";
    let padding = if is_part { padding } else { Em::ZERO };
    Ok(TextStyle {
        face: fonts.face(&face_request(&computed))?,
        scale: size / base,
        tracking: Em(computed.length("letter-spacing").unwrap_or(0.0) / size),
        padding,
        is_apart: padding > Em::ZERO,
    })
}

fn em(value: &str) -> Option<Em> {
    value.strip_suffix("em")?.trim().parse().ok().map(Em)
}

fn face_request(computed: &Computed) -> FaceRequest {
    let families = computed.get("font-family").unwrap_or_default();
    let weight = match computed.get("font-weight") {
        Some("bold") => 700,
        Some(number) => number.parse().unwrap_or(400),
        None => 400,
    };
    let unquoted = |name: &str| name.trim().trim_matches(['"', '\'']).to_owned();
    FaceRequest {
        families: families
            .split(',')
            .map(unquoted)
            .filter(|name| !name.is_empty())
            .collect(),
        weight,
        is_italic: matches!(computed.get("font-style"), Some("italic" | "oblique")),
    }
}

/// The opening mark of a content, in proportion to the size of `base`.
pub fn mark(
    scene: &Scene<'_, '_>,
    fonts: &Fonts,
    content: &Content<'_, '_>,
    base: f64,
) -> std::result::Result<Option<Mark>, MissingFace> {
    let Some(piece) = &content.mark else {
        return Ok(None);
    };
    Ok(Some(Mark {
        text: piece.text.clone(),
        style: text_style(scene, fonts, piece, base)?,
    }))
}

/// A setting of the fitter: `--max-lines` of the style sheet, else `data-max-lines` of the text.
pub fn setting<'a>(computed: &'a Computed, node: Node<'a, '_>, name: &str) -> Option<&'a str> {
    let custom = computed.get(&format!("--{name}"));
    custom.or_else(|| node.attribute(format!("data-{name}").as_str()))
}

/// Where a text stands as drawn: in the first displayed box of its name, else at its `x` and `y`.
///
/// # Errors
///
/// A text without a box and without `x` or `y`.
pub fn place<'a, 'input>(
    scene: &Scene<'a, 'input>,
    node: Node<'a, 'input>,
    name: &str,
) -> Result<Place<'a, 'input>> {
    let computed = scene.cascade.computed(node, scene.classes);
    if let Some(drawn) = box_of(scene, name, &computed) {
        let number = |name| drawn.attribute(name).and_then(|value| value.parse().ok());
        let number = |name| number(name).unwrap_or(0.0);
        let rect = Rect::from_xywh(number("x"), number("y"), number("width"), number("height"));
        return Ok(Place {
            rect,
            node: Some(drawn),
        });
    }
    let first = |name: &str| {
        let own = node
            .attribute(name)
            .or_else(|| node.descendants().find_map(|inner| inner.attribute(name)))?;
        own.split([' ', ',']).next()?.parse::<f64>().ok()
    };
    let (Some(x), Some(y)) = (first("x"), first("y")) else {
        let at = scene.document.text_pos_at(node.range().start);
        let hint = format!("draw a rectangle with `data-box=\"{name}\"`, or give the text x and y");
        return Err(Error::new(format!("the text `{name}` has no place"))
            .at(at.row as usize, at.col as usize)
            .with_hint(hint));
    };
    let edge = scene.artboard.width().0;
    let room = match align(&computed) {
        Align::Start => edge - 2.0 * x,
        Align::End => 2.0 * x - edge,
        Align::Center => 2.0 * x.min(edge - x),
    };
    let width = computed.length("inline-size").unwrap_or(room).max(1.0);
    let left = match align(&computed) {
        Align::Start => x,
        Align::Center => x - width / 2.0,
        Align::End => x - width,
    };
    // A text at its own place stands on its baseline; upwards it has all the room.
    let rect = Rect::from_xywh(left, 0.0, width, y);
    Ok(Place { rect, node: None })
}

fn box_of<'a, 'input>(
    scene: &Scene<'a, 'input>,
    name: &str,
    computed: &Computed,
) -> Option<Node<'a, 'input>> {
    let named = format!("{name}-box");
    let inside = computed.get("shape-inside").and_then(|shape| {
        let reference = shape.trim().strip_prefix("url(")?.strip_suffix(')')?;
        reference.trim_matches(['"', '\'', ' ']).strip_prefix('#')
    });
    let is_box = |node: &Node<'_, '_>| {
        let id = node.attribute("id");
        node.attribute("data-box") == Some(name)
            || id == Some(named.as_str())
            || (id.is_some() && id == inside)
    };
    let mut rects = scene.document.descendants();
    rects.find(|node| node.tag_name().name() == "rect" && is_box(node) && scene.is_shown(*node))
}

/// How a text may be fitted at its place.
pub fn frame(
    scene: &Scene<'_, '_>,
    node: Node<'_, '_>,
    place: &Place<'_, '_>,
    mark: Option<Mark>,
) -> Frame {
    let computed = scene.cascade.computed(node, scene.classes);
    let number = |name| {
        setting(&computed, node, name)?
            .trim_end_matches("px")
            .parse()
            .ok()
    };
    let max = computed.font_size;
    let min: f64 = number("min-size").unwrap_or(SMALLEST).min(max);
    let min_leading = leading(&computed);
    let max_leading: f64 = number("max-leading").unwrap_or(min_leading);
    let max_lines: Option<f64> = number("max-lines");
    let is_point = place.node.is_none();
    let valign = match setting(&computed, node, "valign") {
        Some("middle") => Valign::Middle,
        Some("bottom") => Valign::Bottom,
        _ if is_point => Valign::Bottom,
        _ => Valign::Top,
    };
    let is_fixed = setting(&computed, node, "fit") == Some("none");
    Frame {
        rect: place.rect,
        min_size: Px(if is_fixed { max } else { min }),
        max_size: Px(max),
        min_leading,
        max_leading: max_leading.max(min_leading),
        max_lines: max_lines.map(|n| n as usize).or(is_point.then_some(1)),
        align: align(&computed),
        valign,
        hang: hang(
            scene,
            setting(&computed, node, "hang"),
            &place.rect,
            mark.is_some(),
        ),
        mark,
    }
}

fn hang(scene: &Scene<'_, '_>, setting: Option<&str>, rect: &Rect, has_mark: bool) -> Hang {
    let words = setting.unwrap_or(if has_mark { "marks" } else { "" });
    let hangs = words.split_whitespace().any(|word| word == "marks");
    Hang {
        left: if hangs {
            (rect.left - EDGE)
                .min(rect.left * MARGIN_SHARE)
                .max(Px::ZERO)
        } else {
            Px::ZERO
        },
        right: if hangs {
            (scene.artboard.right - rect.right - EDGE).max(Px::ZERO)
        } else {
            Px::ZERO
        },
        is_ink: words.split_whitespace().any(|word| word == "ink"),
    }
}

/// Baseline distance in sizes.
fn leading(computed: &Computed) -> f64 {
    let value = computed.get("line-height").unwrap_or("1.2");
    let unitless = value.parse::<f64>().ok();
    let length = || Some(computed.length("line-height")? / computed.font_size);
    unitless.or_else(length).unwrap_or(1.2)
}

fn align(computed: &Computed) -> Align {
    let written = computed.get("text-align").or(computed.get("text-anchor"));
    match written {
        Some("center" | "middle") => Align::Center,
        Some("end" | "right") => Align::End,
        _ => Align::Start,
    }
}
