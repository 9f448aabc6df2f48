//! What `transform` does to places in a drawing.

use kurbo::{Affine, Rect as Area};
use roxmltree::Node;
use svgtypes::TransformListParser;

use crate::geometry::{Px, Rect};

/// From an element's user space to the artboard's.
#[must_use]
pub fn to_artboard(node: Node<'_, '_>) -> Affine {
    // The root's own `transform` moves the artboard with all that is on it.
    let elements = node
        .ancestors()
        .filter(|node| node.is_element() && node.parent_element().is_some());
    elements.fold(Affine::IDENTITY, |inner, element| {
        transform(element) * inner
    })
}

/// An element's own `transform`.
///
/// A list that cannot be read moves nothing from there on, as in usvg.
#[must_use]
pub fn transform(node: Node<'_, '_>) -> Affine {
    let written = node.attribute("transform").unwrap_or_default();
    let steps = TransformListParser::from(written);
    steps
        .map_while(Result::ok)
        .fold(Affine::IDENTITY, |all, token| all * matrix(&token))
}

fn matrix(token: &svgtypes::TransformListToken) -> Affine {
    use svgtypes::TransformListToken as Token;
    match *token {
        Token::Matrix { a, b, c, d, e, f } => Affine::new([a, b, c, d, e, f]),
        Token::Translate { tx, ty } => Affine::translate((tx, ty)),
        Token::Scale { sx, sy } => Affine::scale_non_uniform(sx, sy),
        Token::Rotate { angle } => Affine::rotate(angle.to_radians()),
        Token::SkewX { angle } => Affine::skew(angle.to_radians().tan(), 0.0),
        Token::SkewY { angle } => Affine::skew(0.0, angle.to_radians().tan()),
    }
}

/// A rectangle on the other side of a transform; around it if that turns it.
#[must_use]
pub fn across(transform: Affine, rect: &Rect) -> Rect {
    if transform == Affine::IDENTITY {
        return *rect;
    }
    let area = Area::new(rect.left.0, rect.top.0, rect.right.0, rect.bottom.0);
    let area = transform.transform_rect_bbox(area);
    Rect {
        left: Px(area.x0),
        top: Px(area.y0),
        right: Px(area.x1),
        bottom: Px(area.y1),
    }
}

/// How much larger things of an element are on the artboard: the square root of the area's factor.
#[must_use]
pub fn scale(transform: Affine) -> f64 {
    transform.determinant().abs().sqrt()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn groups_and_transforms_add_up_from_the_inside_out() {
        let source = "<svg><g transform='translate(10 20)'><g transform='scale(2)'>\
            <rect transform='matrix(1 0 0 1 3 4)'/></g></g></svg>";
        let document = roxmltree::Document::parse(source).expect("it is XML");
        let rect = document
            .descendants()
            .find(|node| node.has_tag_name("rect"));
        let transform = to_artboard(rect.expect("it is there"));
        let drawn = across(transform, &Rect::from_xywh(0.0, 0.0, 5.0, 6.0));
        assert_eq!(drawn, Rect::from_xywh(16.0, 28.0, 10.0, 12.0));
        assert_eq!(scale(transform), 2.0);
    }
}
