//! Puts a card's photograph where its template has a place for one.
//!
//! An `<image>` or a shape with `data-bind="photo"`, or whose layer is called `photo`, is that place. The
//! photograph fills it; its focal point comes as near as can be to `data-subject="0.6 0.3"`, a place in
//! shares of the area (its middle without one). In the document stands a plain shape with the id
//! [`PHOTO`], and the photograph is drawn there.

use std::fmt::Write as _;
use std::sync::Arc;

use kurbo::Affine;
use roxmltree::Node;

use super::bind::Scene;
use super::mirror;
use super::place::{across, to_artboard};
use super::splice::{Splicer, escape};
use super::typeset::Shift;
use super::{Means, report};
use crate::deck::Field;
use crate::design::cascade::length;
use crate::design::layer;
use crate::diagnostic::Diagnostic;
use crate::error::Result;
use crate::geometry::{Px, Rect};
use crate::photo::{Focus, Photo, Window};
use crate::plan::Job;

/// The id of the shape that a photograph is drawn in.
pub const PHOTO: &str = "pullquote-photo";

/// What paints that shape in the document.
pub const PLACEHOLDER: &str = "fill:black;fill-opacity:1;stroke:none";

/// A photograph and where it is drawn.
#[derive(Clone, Debug, PartialEq)]
pub struct PlacedPhoto {
    /// The photograph.
    pub photo: Arc<Photo>,
    /// The part of it that is shown.
    pub window: Window,
    /// The left edge of the area that it fills, in px of the image.
    pub left: u32,
    /// The top edge of the area.
    pub top: u32,
    /// The area's width in px.
    pub width: u32,
    /// The area's height in px.
    pub height: u32,
    /// Whether the template lays a scrim over it that may be laid over again.
    pub has_scrim: bool,
}

/// Finds the place for the card's photograph and puts it there.
///
/// # Errors
///
/// A place that is no image, rectangle, circle or ellipse.
pub fn place(
    scene: &Scene<'_, '_>,
    job: &Job<'_>,
    means: &Means<'_>,
    splicer: &mut Splicer<'_>,
) -> Result<(Option<PlacedPhoto>, Vec<Diagnostic>)> {
    let mut places = scene
        .document
        .descendants()
        .filter(|node| is_place(scene, *node));
    let Some(path) = job.deck.photo_of(job.card) else {
        // Without a photograph its place stays empty.
        places.for_each(|node| splicer.remove(node));
        return Ok((None, Vec::new()));
    };
    let Some(node) = places.find(|node| scene.is_shown(*node)) else {
        let is_own = job.card.fields.contains_key(&Field::Photo);
        let unused = is_own.then(|| report::photo_not_shown(&job.family));
        return Ok((None, unused.into_iter().collect()));
    };
    let focus = job.deck.field(job.card, Field::Focus);
    let focus = match focus.map(|words| Focus::parse(words).ok_or(words)) {
        None => None,
        Some(Ok(focus)) => Some(focus),
        Some(Err(words)) => return Ok((None, vec![report::focus_unclear(words)])),
    };
    let photo = match means.photos.get(&path) {
        Ok(photo) => photo,
        Err(diagnostic) => return Ok((None, vec![*diagnostic])),
    };
    let size = (job.platform.width, job.platform.height);
    let aside = mirror::shift(scene, node, Shift::default());
    let parent = node.parent_element().map_or(Affine::IDENTITY, to_artboard);
    let moved = parent * Affine::translate((aside.x.0, 0.0)) * parent.inverse();
    let placed = across(moved, &across(to_artboard(node), &bounds(scene, node)?));
    let placed = across(from_artboard(scene, size), &placed);
    let Some(area) = area(&placed, size) else {
        return Ok((None, vec![report::photo_not_shown(&job.family)]));
    };
    let to_image = from_artboard(scene, size) * to_artboard(node);
    splicer.replace(node, shape(node, (to_image, aside.x.0), area));
    let [left, top, width, height] = area;
    let has_scrim = lay_scrims(scene, splicer, means.scrim);
    let subject = subject(scene, node)?;
    let window = Window::new((photo.width, photo.height), (width, height), focus, subject);
    let small = report::photo_small(&path, window.enlargement(width));
    let placed = PlacedPhoto {
        photo,
        window,
        left,
        top,
        width,
        height,
        has_scrim,
    };
    Ok((Some(placed), small.into_iter().collect()))
}

fn is_place(scene: &Scene<'_, '_>, node: Node<'_, '_>) -> bool {
    if !node.is_element() || matches!(node.tag_name().name(), "text" | "tspan") {
        return false;
    }
    match scene.data(node, "bind") {
        Some(name) => name == Field::Photo.name(),
        None => layer::names(node)
            .iter()
            .any(|name| name == Field::Photo.name()),
    }
}

/// Where on the image the subject should be, as shares of the area; it changes sides with the words.
fn subject(scene: &Scene<'_, '_>, node: Node<'_, '_>) -> Result<Focus> {
    let Some(written) = scene.data(node, "subject") else {
        return Ok(Focus { x: 0.5, y: 0.5 });
    };
    let subject = Focus::parse(written).ok_or_else(|| {
        let message = format!("`data-subject` is two shares of the area, found `{written}`");
        scene
            .error(node, message)
            .with_hint("write it as `0.6 0.3`, from the upper left corner")
    })?;
    Ok(match scene.copy.is_rtl() {
        true => Focus {
            x: 1.0 - subject.x,
            ..subject
        },
        false => subject,
    })
}

/// From the artboard to pixels of the image, which may stretch it a little.
fn from_artboard(scene: &Scene<'_, '_>, (width, height): (u32, u32)) -> Affine {
    let artboard = &scene.artboard;
    let corner = (-artboard.left.0, -artboard.top.0);
    let across = f64::from(width) / artboard.width().0;
    let down = f64::from(height) / artboard.height().0;
    Affine::scale_non_uniform(across, down) * Affine::translate(corner)
}

/// The whole pixels of an image that a place covers: left, top, width, height; `None` outside of it.
fn area(placed: &Rect, (width, height): (u32, u32)) -> Option<[u32; 4]> {
    let side = |start: Px, end: Px, most: u32| {
        let clamp = |place: Px| place.0.round().clamp(0.0, f64::from(most)) as u32;
        (clamp(start), clamp(end))
    };
    let (left, right) = side(placed.left, placed.right, width);
    let (top, bottom) = side(placed.top, placed.bottom, height);
    let is_seen = left < right && top < bottom;
    is_seen.then(|| [left, top, right - left, bottom - top])
}

/// Around an element, in its own user space.
fn bounds(scene: &Scene<'_, '_>, node: Node<'_, '_>) -> Result<Rect> {
    let (wide, high) = (scene.artboard.width().0, scene.artboard.height().0);
    let number = |name: &str, whole: f64| {
        let value = node.attribute(name).and_then(|value| length(value, whole));
        value.unwrap_or(0.0)
    };
    let round = |rx: f64, ry: f64| {
        let (cx, cy) = (number("cx", wide), number("cy", high));
        Rect::from_xywh(cx - rx, cy - ry, 2.0 * rx, 2.0 * ry)
    };
    match node.tag_name().name() {
        "image" | "rect" => Ok(Rect::from_xywh(
            number("x", wide),
            number("y", high),
            number("width", wide).max(0.0),
            number("height", high).max(0.0),
        )),
        "circle" => Ok(round(number("r", wide), number("r", wide))),
        "ellipse" => Ok(round(number("rx", wide), number("ry", high))),
        name => {
            let message = format!("the place for the photo is a <{name}>");
            let hint = "make it an image, a rectangle, a circle or an ellipse";
            Err(scene.error(node, message).with_hint(hint))
        }
    }
}

/// Attributes that the shape does not have from the element that it stands for.
const LEFT_OUT: &[&str] = &[
    "id",
    "href",
    "preserveAspectRatio",
    "style",
    "fill",
    "label",
];

/// The shape that the photograph is drawn in, so far `aside` as drawn. Edges of an upright rectangle are
/// those of whole pixels.
fn shape(
    node: Node<'_, '_>,
    (to_image, aside): (Affine, f64),
    [left, top, width, height]: [u32; 4],
) -> String {
    let source = node.document().input_text();
    let name = match node.tag_name().name() {
        "image" => "rect",
        name => name,
    };
    let [_, b, c, ..] = to_image.as_coeffs();
    let is_upright = name == "rect" && b == 0.0 && c == 0.0;
    let is_snapped = |name: &str| is_upright && matches!(name, "x" | "y" | "width" | "height");
    let mut tag = format!("<{name} id=\"{PHOTO}\"");
    for attribute in node.attributes() {
        let name = attribute.name();
        let is_moved = name == "transform" && aside != 0.0;
        let is_left_out = is_moved || LEFT_OUT.contains(&name) || name.starts_with("data-");
        if !is_left_out && !is_snapped(name) {
            let _ = write!(tag, " {}", &source[attribute.range()]);
        }
    }
    if aside != 0.0 {
        let own = node.attribute("transform").unwrap_or_default();
        let moved = if is_upright {
            String::new()
        } else {
            format!("translate({aside} 0) ")
        };
        let _ = write!(tag, " transform=\"{moved}{}\"", escape(own));
    }
    if is_upright {
        let [left, top, width, height] = [left, top, width, height].map(f64::from);
        let area = Rect::from_xywh(left, top, width, height);
        let area = across(to_image.inverse(), &area);
        let (x, y, width, height) = (area.left.0, area.top.0, area.width().0, area.height().0);
        let _ = write!(
            tag,
            " x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\""
        );
    }
    let own = node.attribute("style").unwrap_or_default();
    let own = escape(own.trim().trim_end_matches(';'));
    let own = if own.is_empty() { own } else { own + ";" };
    let _ = write!(tag, " style=\"{own}{PLACEHOLDER}\"/>");
    tag
}

/// Lays every scrim over the photograph so often again; says whether there is one.
fn lay_scrims(scene: &Scene<'_, '_>, splicer: &mut Splicer<'_>, times: u32) -> bool {
    let is_scrim = |node: &Node<'_, '_>| node.has_attribute("data-scrim") && scene.is_shown(*node);
    let mut has_scrim = false;
    for node in scene.document.descendants().filter(is_scrim) {
        if let Some(id) = node.attribute("id") {
            let again = format!("<use href=\"#{}\"/>", escape(id));
            splicer.follow(node, again.repeat(times as usize));
            has_scrim = true;
        }
    }
    has_scrim
}
