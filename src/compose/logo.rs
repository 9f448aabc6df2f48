//! Finds the place for a brand's logo.
//!
//! A rectangle with `data-bind="logo"`, or whose layer is called so, is that place. The logo stands in it
//! whole, as large as fits, at its right edge (at its left with `data-align="start"`). On cards that read
//! from right to left the place changes sides.

use std::sync::Arc;

use kurbo::Affine;
use roxmltree::Node;

use super::bind::Scene;
use super::place::{across, drawn_rect, to_artboard};
use super::splice::Splicer;
use crate::design::{Logos, layer};
use crate::error::Result;
use crate::geometry::Rect;

/// How templates call the place.
const LOGO: &str = "logo";

/// A logo and where it is drawn.
#[derive(Clone, Debug, PartialEq)]
pub struct PlacedLogo {
    /// The logo, in the forms it has.
    pub logos: Arc<Logos>,
    /// Its place, in px of the image.
    pub area: Rect,
    /// Whether it stands at the right edge of its place.
    pub is_at_end: bool,
}

/// Takes the places for logos out of the document and says where the first that is shown is.
///
/// # Errors
///
/// A place that is no rectangle.
pub fn place(
    scene: &Scene<'_, '_>,
    logos: Option<&Arc<Logos>>,
    splicer: &mut Splicer<'_>,
) -> Result<Option<PlacedLogo>> {
    let mut placed = None;
    for node in scene
        .document
        .descendants()
        .filter(|node| is_place(scene, *node))
    {
        splicer.remove(node);
        if placed.is_some() || !scene.is_shown(node) {
            continue;
        }
        let Some(logos) = logos else {
            continue;
        };
        let corner = (-scene.artboard.left.0, -scene.artboard.top.0);
        let to_image = Affine::scale(scene.scale) * Affine::translate(corner) * to_artboard(node);
        let mut area = across(to_image, &drawn_rect(scene, node)?);
        let mut is_at_end = scene.data(node, "align") != Some("start");
        if scene.copy.is_rtl() {
            let width = scene.artboard.width().0 * scene.scale;
            let left = width - area.right.0;
            area = Rect::from_xywh(left, area.top.0, area.width().0, area.height().0);
            is_at_end = !is_at_end;
        }
        placed = Some(PlacedLogo {
            logos: Arc::clone(logos),
            area,
            is_at_end,
        });
    }
    Ok(placed)
}

fn is_place(scene: &Scene<'_, '_>, node: Node<'_, '_>) -> bool {
    if node.tag_name().name() != "rect" {
        return false;
    }
    match scene.data(node, "bind") {
        Some(name) => name == LOGO,
        None => layer::names(node).iter().any(|name| name == LOGO),
    }
}
