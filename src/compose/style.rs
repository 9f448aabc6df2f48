//! From a template's elements to what the fitter needs: styles and settings.

use kurbo::Affine;
use roxmltree::Node;

use super::bind::Scene;
use super::content::{Content, Piece};
use super::place::{self, Place};
use super::request::face_request;
use super::sizes;
use crate::design::cascade::Computed;
use crate::geometry::{Em, Px, Rect};
use crate::text::{
    self, Align, Fonts, Frame, Hang, Mark, MissingFace, Paragraph, StyledRange, TextStyle, Valign,
};

/// The smallest type where a template sets no other: at 360 px wide a phone shows it as 9 px.
const SMALLEST: f64 = 30.0;

/// How much of its size a text gives up for better lines where a template says nothing: nothing
/// that anybody could see.
const GIVE: f64 = 0.005;

/// How much of the left margin what hangs in it may take.
const MARGIN_SHARE: f64 = 0.8;

/// No hung ink comes nearer to the edge of the artboard.
const EDGE: Px = Px(18.0);

/// What a face request did not find.
pub type Missing = Vec<MissingFace>;

/// The paragraph of a content, its styles resolved, in proportion to the size of `base`.
pub fn paragraph(
    scene: &Scene<'_, '_>,
    fonts: &Fonts,
    content: &Content<'_, '_>,
    base: f64,
) -> Result<Paragraph, Missing> {
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
        let direction = scene.copy.direction(&text);
        Ok(Paragraph {
            text,
            styles,
            direction,
        })
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
) -> Result<TextStyle, MissingFace> {
    let computed = scene.cascade.computed(piece.node, scene.classes);
    let size = computed.font_size;
    let padding = computed.get("--padding").and_then(em).unwrap_or_default();
    // Padding belongs to the part that asks for it, not to everything inside a padded text.
    let is_part = piece.node.tag_name().name() == "tspan";
    let padding = if is_part { padding } else { Em::ZERO };
    Ok(TextStyle {
        face: fonts.face(&face_request(&computed, scene.copy.dress().lang()))?,
        scale: size / base,
        tracking: Em(computed.length("letter-spacing").unwrap_or(0.0) / size),
        padding,
        is_apart: padding > Em::ZERO,
    })
}

fn em(value: &str) -> Option<Em> {
    value.strip_suffix("em")?.trim().parse().ok().map(Em)
}

/// The opening mark of a content, in proportion to the size of `base`.
pub fn mark(
    scene: &Scene<'_, '_>,
    fonts: &Fonts,
    content: &Content<'_, '_>,
    base: f64,
) -> Result<Option<Mark>, MissingFace> {
    let Some(piece) = &content.mark else {
        return Ok(None);
    };
    Ok(Some(Mark {
        text: piece.text.clone(),
        style: text_style(scene, fonts, piece, base)?,
    }))
}

/// A setting of the fitter: `--max-lines` of the style sheet, else `data-max-lines` of the text.
pub fn setting<'a>(
    scene: &'a Scene<'_, '_>,
    computed: &'a Computed,
    node: Node<'a, '_>,
    name: &str,
) -> Option<&'a str> {
    let custom = computed.get(&format!("--{name}"));
    custom.or_else(|| scene.data(node, name))
}

/// How a text may be fitted at its place; `inferred` is where the drawing's own lines stand.
pub fn frame(
    scene: &Scene<'_, '_>,
    (node, computed): (Node<'_, '_>, &Computed),
    place: &Place<'_, '_>,
    (mark, inferred): (Option<Mark>, Inferred),
) -> Frame {
    let setting = |name| setting(scene, computed, node, name);
    let number = |name| setting(name)?.trim_end_matches("px").parse::<f64>().ok();
    let own = place::to_artboard(node);
    let (min, max) = size_range(
        scene,
        computed,
        setting("fit"),
        number("min-size"),
        (place, own),
    );
    let drawn = inferred
        .leading
        .filter(|_| computed.get("line-height").is_none());
    let min_leading = drawn.unwrap_or(leading(computed));
    let max_leading = number("max-leading").unwrap_or(min_leading);
    let is_point = place.node.is_none();
    let most = is_point.then_some(place.lines);
    let cap = sizes::group(scene, node, computed).and_then(|group| scene.caps.get(&group));
    let cap = cap.map_or(max, |size| size.0 / (place::scale(own) * scene.scale));
    Frame {
        rect: place.rect,
        min_size: Px(min),
        max_size: Px(max.min(cap.max(min))),
        min_leading,
        max_leading: max_leading.max(min_leading),
        max_lines: number("max-lines").map(|n| n as usize).or(most),
        give: number("give").unwrap_or(GIVE).clamp(0.0, 0.5),
        align: align(scene, node, computed).unwrap_or(inferred.align),
        valign: match setting("valign") {
            Some("top") => Valign::Top,
            Some("middle") => Valign::Middle,
            Some("bottom") => Valign::Bottom,
            _ if is_point && place.lines == 1 => Valign::Bottom,
            _ => inferred.valign,
        },
        hang: hang(scene, setting("hang"), (&place.rect, own), mark.is_some()),
        mark,
        hyphens: hyphens(scene, computed),
    }
}

/// What the lines of a text must be apart at least, and how it is aligned, for its script and its
/// direction: a frame is what the theme asks for, made for Latin.
pub fn adapt(scene: &Scene<'_, '_>, fonts: &Fonts, paragraph: &Paragraph, frame: &mut Frame) {
    let needed = least_leading(fonts, paragraph);
    frame.min_leading = frame.min_leading.max(needed);
    frame.max_leading = frame.max_leading.max(frame.min_leading);
    frame.align = align_of(scene, paragraph, frame.align);
}

/// The alignment of a paragraph that stands as the card asks: start is where the card starts,
/// whichever way a name in other letters runs.
pub fn align_of(scene: &Scene<'_, '_>, paragraph: &Paragraph, asked: Align) -> Align {
    let is_against = paragraph.direction.is_rtl(&paragraph.text) != scene.copy.is_rtl();
    match asked {
        Align::Start if is_against => Align::End,
        Align::End if is_against => Align::Start,
        asked => asked,
    }
}

/// Chinese, Japanese and Korean fill their squares; lines closer than this run together.
const SQUARES: f64 = 1.2;

/// Clear space between the ink of two lines, in sizes.
const BETWEEN: f64 = 0.06;

/// The leading at which marks above and below letters of other scripts do not touch.
fn least_leading(fonts: &Fonts, paragraph: &Paragraph) -> f64 {
    let text = &paragraph.text;
    if !text.chars().any(text::is_tall) {
        return 0.0;
    }
    let style = paragraph.styles.first().map(|styled| &styled.style);
    let Some(style) = style else {
        return 0.0;
    };
    let ink = text::measure(fonts, text, style);
    let needed = (ink.ink_top - ink.ink_bottom).0 + BETWEEN;
    let is_square = |c: char| matches!(c, '\u{3040}'..='\u{9FFF}' | '\u{AC00}'..='\u{D7AF}');
    if text.chars().any(is_square) {
        needed.max(SQUARES)
    } else {
        needed
    }
}

/// The language whose hyphens may be used: none in the display setting of short texts, where a
/// template forbids it (`hyphens: none`), or where the language is not known.
fn hyphens(scene: &Scene<'_, '_>, computed: &Computed) -> Option<String> {
    let is_short = scene
        .classes
        .split_whitespace()
        .any(|class| class == "short");
    let is_forbidden = matches!(computed.get("hyphens"), Some("none" | "manual"));
    let lang = scene.copy.lang().filter(|_| !is_short && !is_forbidden);
    lang.map(str::to_owned)
}

/// Where the lines of a drawing stand in their box, for tools that do not write it down.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Inferred {
    /// Across.
    pub align: Align,
    /// Down.
    pub valign: Valign,
    /// Distance of baselines in sizes; `None` for a single line.
    pub leading: Option<f64>,
}

/// The smallest and the largest size, in the text's own units.
fn size_range(
    scene: &Scene<'_, '_>,
    computed: &Computed,
    fit: Option<&str>,
    min: Option<f64>,
    (place, own): (&Place<'_, '_>, Affine),
) -> (f64, f64) {
    let enlarged = place::scale(own);
    let max = match fit {
        // No line is higher than its box, no letter wider than two boxes.
        Some("fill") => place.rect.height().max(place.rect.width()).0 * 2.0,
        _ => computed.font_size,
    };
    let min = match fit {
        Some("none" | "fixed") => max,
        _ => min.map_or(SMALLEST / (enlarged * scene.scale), |min| min / enlarged),
    };
    (min.min(max), max)
}

fn hang(
    scene: &Scene<'_, '_>,
    setting: Option<&str>,
    (rect, own): (&Rect, Affine),
    has_mark: bool,
) -> Hang {
    let words = setting.unwrap_or(if has_mark { "marks" } else { "" });
    let is_ink = words.split_whitespace().any(|word| word == "ink");
    if !words.split_whitespace().any(|word| word == "marks") {
        return Hang {
            is_ink,
            ..Hang::default()
        };
    }
    let artboard = place::across(own.inverse(), &scene.artboard);
    let safe = place::across(own.inverse(), &scene.safe);
    let edge = EDGE / (place::scale(own) * scene.scale);
    let margin = rect.left - artboard.left;
    let clear = (
        safe.left.max(artboard.left + edge),
        safe.right.min(artboard.right - edge),
    );
    Hang {
        left: (rect.left - clear.0)
            .min(margin * MARGIN_SHARE)
            .max(Px::ZERO),
        right: (clear.1 - rect.right).max(Px::ZERO),
        is_ink,
    }
}

/// How high ink may rise, in the user space of a text: not nearer to the edge of the artboard, and not out
/// of the safe area.
pub fn clear_top(scene: &Scene<'_, '_>, node: Node<'_, '_>) -> Px {
    let own = place::to_artboard(node);
    let artboard = place::across(own.inverse(), &scene.artboard);
    let safe = place::across(own.inverse(), &scene.safe);
    let edge = EDGE / (place::scale(own) * scene.scale);
    safe.top.max(artboard.top + edge)
}

/// Baseline distance in sizes.
pub fn leading(computed: &Computed) -> f64 {
    let value = computed.get("line-height").unwrap_or("1.2");
    let unitless = value.parse::<f64>().ok();
    let length = || Some(computed.length("line-height")? / computed.font_size);
    unitless.or_else(length).unwrap_or(1.2)
}

/// Where the lines of a text stand: as set beside the drawing, by `text-align`, by `text-anchor`;
/// `None` where nothing says so.
pub fn align(scene: &Scene<'_, '_>, node: Node<'_, '_>, computed: &Computed) -> Option<Align> {
    let set = setting(scene, computed, node, "align");
    let written = set
        .or(computed.get("text-align"))
        .or(computed.get("text-anchor"))?;
    Some(match written {
        "center" | "middle" => Align::Center,
        "end" | "right" => Align::End,
        _ => Align::Start,
    })
}
