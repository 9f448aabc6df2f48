//! Moves drawings with the texts that they follow, and to the other side of cards that read from right
//! to left; says how far texts are carried along.

use roxmltree::Node;

use super::bind::Scene;
use super::mirror;
use super::place;
use super::splice::Splicer;
use super::typeset::{Shift, Typesetter};
use crate::error::Result;
use crate::geometry::{Px, Rect};

/// The edge of a text that something follows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Edge {
    /// Its capitals.
    Top,
    /// Its last baseline.
    Bottom,
    /// Where its ink begins.
    Left,
    /// Where its ink ends.
    Right,
}

impl Edge {
    /// By its name in templates.
    pub fn parse(name: &str) -> Option<Self> {
        match name {
            "top" => Some(Self::Top),
            "bottom" => Some(Self::Bottom),
            "left" => Some(Self::Left),
            "right" => Some(Self::Right),
            _ => None,
        }
    }

    /// The edge across.
    pub fn opposite(self) -> Self {
        match self {
            Self::Top => Self::Bottom,
            Self::Bottom => Self::Top,
            Self::Left => Self::Right,
            Self::Right => Self::Left,
        }
    }

    /// Where it is, among the edges of a text.
    pub fn of(self, rect: &Rect) -> Px {
        match self {
            Self::Top => rect.top,
            Self::Bottom => rect.bottom,
            Self::Left => rect.left,
            Self::Right => rect.right,
        }
    }
}

/// Whether an element is no text and moves with texts, or changes sides.
fn is_moved(node: &Node<'_, '_>) -> bool {
    let follows = ["data-follow", "data-anchor"];
    let is_follower = follows.iter().any(|name| node.has_attribute(*name));
    let is_follower = is_follower || mirror::is_mirrored(*node);
    is_follower && node.tag_name().name() != "text"
}

/// How far the groups that a text is in move, on the artboard.
pub fn carried<'a, 'input>(
    scene: &Scene<'a, 'input>,
    typesetter: &mut Typesetter<'_, 'a, 'input>,
    text: Node<'a, 'input>,
) -> Result<Shift> {
    let mut sum = Shift::default();
    for group in text.ancestors().skip(1).filter(is_moved) {
        let shift = mirror::shift(scene, group, typesetter.shift(group)?);
        let parent = group.parent_element();
        let scale = parent.map_or(1.0, |parent| place::scale(place::to_artboard(parent)));
        sum.x += shift.x * scale;
        sum.y += shift.y * scale;
    }
    Ok(sum)
}

/// Moves what is no text with the texts that it follows.
pub fn shift<'a, 'input>(
    scene: &Scene<'a, 'input>,
    typesetter: &mut Typesetter<'_, 'a, 'input>,
    splicer: &mut Splicer<'_>,
) -> Result<()> {
    for node in scene.document.descendants().filter(is_moved) {
        let shift = typesetter.shift(node)?;
        splicer.shift(node, mirror::shift(scene, node, shift));
    }
    Ok(())
}
