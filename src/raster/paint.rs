//! Draws a card's part of a tree on its backdrop, as resvg would.
//!
//! Only what cards are made of is drawn here: photographs, paths and text in colours and gradients, in
//! groups that are not drawn as a whole. The paints and transforms are those that resvg gives to
//! tiny-skia, so the pixels are the same; letters are filled by `scan`. A tree with anything else behind
//! its backdrop is left to resvg.

use tiny_skia::{Paint, Pixmap, Transform};
use usvg::{Group, Node, Tree};

use super::legible::{self, Contrast};
use super::photo::Drawn;
use super::{gradient, scan, to_image};
use crate::compose::{LETTERS, PHOTO};

/// What came of drawing a card's part.
#[derive(Debug, Default)]
pub struct Drawing {
    /// For each row of pixels, whether something was drawn in it.
    pub is_drawn: Vec<bool>,
    /// How well the letters stand out from what was there before them.
    pub contrasts: Vec<Contrast>,
}

/// What is drawn at once, and where.
struct Part<'t> {
    shape: Shape<'t>,
    transform: Transform,
    letters: Option<Letters>,
}

#[derive(Clone, Copy)]
enum Shape<'t> {
    Path(&'t usvg::Path),
    /// A group without words and photographs that is drawn as a whole: resvg draws it.
    Group(&'t Node),
}

/// Letters.
#[derive(Clone, Copy)]
struct Letters {
    is_bold: bool,
}

/// Draws what comes behind the first `leaves` leaves of a tree; `None`, and nothing drawn, if resvg has
/// to draw it.
pub fn behind(
    tree: &Tree,
    leaves: usize,
    photo: Option<&Drawn>,
    pixels: &mut Pixmap,
) -> Option<Drawing> {
    let size = (pixels.width(), pixels.height());
    let mut parts = Vec::new();
    let mut left = leaves;
    collect(tree.root(), to_image(tree, size), &mut left, &mut parts)?;
    let mut photos = parts.iter().filter(|part| part.is_photo());
    let fills = |part: &Part<'_>| match (photo, part.shape) {
        (Some(photo), Shape::Path(path)) => photo.fills(path, part.transform, pixels),
        _ => true,
    };
    if !photos.all(fills) || (photo.is_some() && !parts.iter().any(Part::is_photo)) {
        return None;
    }
    let mut drawing = Drawing {
        is_drawn: vec![false; pixels.height() as usize],
        contrasts: Vec::new(),
    };
    let are_letters =
        |part: &Part<'_>, next: &Part<'_>| part.letters.is_some() && next.letters.is_some();
    for parts in parts.chunk_by(are_letters) {
        // Lines may reach into each other: letters are not the ground of letters.
        let measured = parts.iter().filter_map(|part| part.contrast(pixels));
        drawing.contrasts.extend(measured);
        let is_drawn = &mut drawing.is_drawn;
        for part in parts {
            match (photo.filter(|_| part.is_photo()), part.shape) {
                (Some(photo), _) => is_drawn[photo.copy_to(pixels)].fill(true),
                (None, Shape::Path(path)) => draw(path, part.transform, pixels, is_drawn),
                (None, Shape::Group(node)) => {
                    draw_whole(node, (part.transform, tree), pixels, is_drawn);
                }
            }
        }
    }
    Some(drawing)
}

/// How well the letters of a whole tree stand out from a picture of everything but them.
pub fn contrasts(tree: &Tree, ground: &Pixmap) -> Vec<Contrast> {
    let mut parts = Vec::new();
    let size = (ground.width(), ground.height());
    collect_letters(tree.root(), to_image(tree, size), &mut parts);
    parts
        .iter()
        .filter_map(|part| part.contrast(ground))
        .collect()
}

impl Part<'_> {
    fn is_photo(&self) -> bool {
        matches!(self.shape, Shape::Path(path) if path.id() == PHOTO)
    }

    fn contrast(&self, ground: &Pixmap) -> Option<Contrast> {
        let letters = self.letters?;
        let Shape::Path(path) = self.shape else {
            return None;
        };
        let measured = legible::measure(path, (self.transform, letters.is_bold), ground);
        measured.filter(|_| path.is_visible())
    }
}

impl Letters {
    fn of(text: &usvg::Text) -> Self {
        let spans = text.chunks().iter().flat_map(usvg::TextChunk::spans);
        Self {
            is_bold: spans.map(|span| span.font().weight()).min() >= Some(700),
        }
    }

    /// Those of a path, if it is of outlines.
    fn outlines(path: &usvg::Path) -> Option<Self> {
        (path.id() == LETTERS).then_some(Self { is_bold: false })
    }
}

/// Marks the outlines of a text as letters. Colour glyphs are groups of their own: pictures, whose
/// colours stand on each other.
fn mark_letters(text: &usvg::Text, parts: &mut [Part<'_>]) {
    let letters = Letters::of(text);
    let outlines = text.flattened().children();
    let is_outline = |path: &usvg::Path| {
        let mut outlines = outlines.iter();
        outlines.any(|node| matches!(node, Node::Path(own) if std::ptr::eq(&raw const **own, path)))
    };
    for part in parts {
        if matches!(part.shape, Shape::Path(path) if is_outline(path)) {
            part.letters = Some(letters);
        }
    }
}

fn collect_letters<'t>(group: &'t Group, transform: Transform, parts: &mut Vec<Part<'t>>) {
    for node in group.children() {
        match node {
            Node::Group(inner) => {
                collect_letters(inner, transform.pre_concat(inner.transform()), parts);
            }
            Node::Path(path) => parts.push(Part {
                shape: Shape::Path(path),
                transform,
                letters: Letters::outlines(path),
            }),
            Node::Text(text) => {
                let letters = text.flattened();
                let before = parts.len();
                collect_letters(letters, transform.pre_concat(letters.transform()), parts);
                mark_letters(text, &mut parts[before..]);
            }
            Node::Image(_) => {}
        }
    }
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
    parts: &mut Vec<Part<'t>>,
) -> Option<()> {
    for node in group.children() {
        match node {
            Node::Group(inner) if !inner.should_isolate() => {
                collect(inner, transform.pre_concat(inner.transform()), left, parts)?;
            }
            _ if *left > 0 => *left -= 1,
            Node::Group(inner) if !has_own(inner) => parts.push(Part {
                shape: Shape::Group(node),
                transform,
                letters: None,
            }),
            Node::Path(path) if is_plain(path) => parts.push(Part {
                shape: Shape::Path(path),
                transform,
                letters: Letters::outlines(path),
            }),
            Node::Text(text) if !text.flattened().should_isolate() => {
                let letters = text.flattened();
                let before = parts.len();
                let transform = transform.pre_concat(letters.transform());
                collect(letters, transform, left, parts)?;
                mark_letters(text, &mut parts[before..]);
            }
            _ => return None,
        }
    }
    Some(())
}

/// Whether there are words or the photograph in a group.
fn has_own(group: &Group) -> bool {
    group.children().iter().any(|node| match node {
        Node::Group(inner) => has_own(inner),
        Node::Path(path) => path.id() == PHOTO || path.id() == LETTERS,
        Node::Text(_) => true,
        Node::Image(_) => false,
    })
}

fn is_plain(path: &usvg::Path) -> bool {
    let is_colour = |paint: &usvg::Paint| matches!(paint, usvg::Paint::Color(_));
    let is_filled = |paint: &usvg::Paint| !matches!(paint, usvg::Paint::Pattern(_));
    let fill = path.fill().is_none_or(|fill| is_filled(fill.paint()));
    fill && path.stroke().is_none_or(|stroke| is_colour(stroke.paint()))
}

/// Lets resvg draw a group.
fn draw_whole(
    node: &Node,
    (transform, tree): (Transform, &Tree),
    pixels: &mut Pixmap,
    is_drawn: &mut [bool],
) {
    let Some(bounds) = node.abs_layer_bounding_box() else {
        return;
    };
    let size = (pixels.width(), pixels.height());
    // resvg moves the group to the corner of the picture; that is taken back beforehand.
    let placed = transform.pre_translate(bounds.x(), bounds.y());
    mark_rows(bounds.to_rect(), to_image(tree, size), is_drawn);
    resvg::render_node(node, placed, &mut pixels.as_mut());
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
    mark_rows(path.stroke_bounding_box(), transform, is_drawn);
}

fn mark_rows(bounds: tiny_skia::Rect, transform: Transform, is_drawn: &mut [bool]) {
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
