//! Draws a card's part of a tree on its backdrop, as resvg would.
//!
//! Only what cards are made of is drawn here: photographs, paths and text in colours and gradients, in
//! groups that are not drawn as a whole. The paints and transforms are those that resvg gives to
//! tiny-skia, so the pixels are the same; letters are filled by `scan`. A tree with anything else behind
//! its backdrop is left to resvg.

use tiny_skia::{Paint, Pixmap, Transform};
use usvg::{Group, Node, Tree};

use super::gradient;
use super::photo::Drawn;
use super::scan;
use super::to_image;
use crate::compose::PHOTO;

/// Draws what comes behind the first `leaves` leaves of a tree. Says for each row of pixels
/// whether something was drawn in it; `None`, and nothing drawn, if resvg has to draw it.
pub fn behind(
    tree: &Tree,
    leaves: usize,
    photo: Option<&Drawn>,
    pixels: &mut Pixmap,
) -> Option<Vec<bool>> {
    let size = (pixels.width(), pixels.height());
    let mut parts = Vec::new();
    let mut left = leaves;
    collect(tree.root(), to_image(tree, size), &mut left, &mut parts)?;
    let is_photo = |path: &usvg::Path| photo.is_some() && path.id() == PHOTO;
    let mut photos = parts.iter().filter(|(path, _)| is_photo(path));
    let is_placed = photos
        .all(|(path, transform)| photo.is_some_and(|photo| photo.fills(path, *transform, pixels)));
    if !is_placed || (photo.is_some() && !parts.iter().any(|(path, _)| is_photo(path))) {
        return None;
    }
    let mut is_drawn = vec![false; pixels.height() as usize];
    for (path, transform) in parts {
        match photo.filter(|_| is_photo(path)) {
            Some(photo) => is_drawn[photo.copy_to(pixels)].fill(true),
            None => draw(path, transform, pixels, &mut is_drawn),
        }
    }
    Some(is_drawn)
}

/// How many leaves come before the last one, if that is a path of its own.
pub fn leaves_before_last_path(tree: &Tree) -> Option<usize> {
    let mut count = 0;
    let mut is_path = false;
    count_leaves(tree.root(), &mut count, &mut is_path);
    is_path.then(|| count - 1)
}

fn count_leaves(group: &Group, count: &mut usize, is_path: &mut bool) {
    for node in group.children() {
        match node {
            Node::Group(inner) if !inner.should_isolate() => count_leaves(inner, count, is_path),
            _ => {
                *count += 1;
                *is_path = matches!(node, Node::Path(_));
            }
        }
    }
}

/// The paths behind the first `left` leaves, each with its transform; `None` if there is something
/// else behind them.
fn collect<'t>(
    group: &'t Group,
    transform: Transform,
    left: &mut usize,
    parts: &mut Vec<(&'t usvg::Path, Transform)>,
) -> Option<()> {
    for node in group.children() {
        match node {
            Node::Group(inner) if !inner.should_isolate() => {
                collect(inner, transform.pre_concat(inner.transform()), left, parts)?;
            }
            _ if *left > 0 => *left -= 1,
            Node::Path(path) if is_plain(path) => parts.push((path, transform)),
            Node::Text(text) if !text.flattened().should_isolate() => {
                let letters = text.flattened();
                collect(
                    letters,
                    transform.pre_concat(letters.transform()),
                    left,
                    parts,
                )?;
            }
            _ => return None,
        }
    }
    Some(())
}

fn is_plain(path: &usvg::Path) -> bool {
    let is_colour = |paint: &usvg::Paint| matches!(paint, usvg::Paint::Color(_));
    let is_filled = |paint: &usvg::Paint| !matches!(paint, usvg::Paint::Pattern(_));
    let fill = path.fill().is_none_or(|fill| is_filled(fill.paint()));
    fill && path.stroke().is_none_or(|stroke| is_colour(stroke.paint()))
}

fn draw(path: &usvg::Path, transform: Transform, pixels: &mut Pixmap, is_drawn: &mut [bool]) {
    if !path.is_visible() {
        return;
    }
    mark(path, transform, is_drawn);
    if path.paint_order() == usvg::PaintOrder::FillAndStroke {
        fill(path, transform, pixels);
        stroke(path, transform, pixels);
    } else {
        stroke(path, transform, pixels);
        fill(path, transform, pixels);
    }
}

/// Marks the rows that a path can reach, and one more on either side for what is rounded.
fn mark(path: &usvg::Path, transform: Transform, is_drawn: &mut [bool]) {
    let bounds = path.stroke_bounding_box();
    let Some(bounds) = bounds.transform(transform) else {
        is_drawn.fill(true);
        return;
    };
    let last = is_drawn.len() as f32;
    let top = (bounds.top().floor() - 1.0).clamp(0.0, last) as usize;
    let bottom = (bounds.bottom().ceil() + 1.0).clamp(0.0, last) as usize;
    is_drawn[top..bottom.max(top)].fill(true);
}

fn fill(path: &usvg::Path, transform: Transform, pixels: &mut Pixmap) {
    let Some(fill) = path.fill() else {
        return;
    };
    let bounds = path.data().bounds();
    if bounds.width() == 0.0 || bounds.height() == 0.0 {
        return;
    }
    let rule = match fill.rule() {
        usvg::FillRule::NonZero => tiny_skia::FillRule::Winding,
        usvg::FillRule::EvenOdd => tiny_skia::FillRule::EvenOdd,
    };
    let Some(paint) = paint(path, fill.paint(), fill.opacity()) else {
        return;
    };
    if paint.anti_alias && filled(path.data(), (rule, &paint), transform, pixels) {
        return;
    }
    pixels.fill_path(path.data(), &paint, rule, transform, None);
}

/// Fills an outline of letters; `false`, and nothing drawn, if it is not of that kind.
fn filled(
    path: &tiny_skia::Path,
    (rule, paint): (tiny_skia::FillRule, &Paint<'_>),
    transform: Transform,
    pixels: &mut Pixmap,
) -> bool {
    let tiny_skia::Shader::SolidColor(colour) = paint.shader else {
        return false;
    };
    let colour = colour.premultiply().to_color_u8();
    if transform.is_identity() {
        return scan::fill(path, rule, colour, pixels);
    }
    let placed = path.clone().transform(transform);
    placed.is_some_and(|path| scan::fill(&path, rule, colour, pixels))
}

fn stroke(path: &usvg::Path, transform: Transform, pixels: &mut Pixmap) {
    let Some(stroke) = path.stroke() else {
        return;
    };
    let Some(paint) = paint(path, stroke.paint(), stroke.opacity()) else {
        return;
    };
    pixels.stroke_path(path.data(), &paint, &stroke.to_tiny_skia(), transform, None);
}

/// A colour or a gradient as tiny-skia takes it; `None` for one that draws nothing.
fn paint<'a>(
    path: &usvg::Path,
    colour: &'a usvg::Paint,
    opacity: usvg::Opacity,
) -> Option<Paint<'a>> {
    let mut paint = Paint {
        anti_alias: path.rendering_mode().use_shape_antialiasing(),
        ..Paint::default()
    };
    match colour {
        usvg::Paint::Color(colour) => {
            paint.set_color_rgba8(colour.red, colour.green, colour.blue, opacity.to_u8());
        }
        usvg::Paint::LinearGradient(own) => paint.shader = gradient::linear(own, opacity)?,
        usvg::Paint::RadialGradient(own) => paint.shader = gradient::radial(own, opacity)?,
        usvg::Paint::Pattern(_) => return None,
    }
    Some(paint)
}
