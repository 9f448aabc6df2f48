//! Fills outlines of lines and quadratic curves with a plain colour: letters, in a tenth of the
//! time that a raster pipeline takes for each of their edge pixels.
//!
//! The coverage of pixels is that of Skia's scan converter as tiny-skia has it, bit for bit: four
//! lines and four columns to a pixel, edges in fixed point, curves by forward differences
//! (<https://skia.org>, `SkEdge` and `SkScan_AntiPath`). Tests hold it to tiny-skia's pixels.

use tiny_skia::{FillRule, Path, PathSegment, Pixmap, Point, PremultipliedColorU8};

/// Lines and columns to a pixel, as a power of two.
const SHIFT: i32 = 2;
/// As many, as a number.
const SCALE: i32 = 1 << SHIFT;

/// Outlines nearer to the edge than this are left to tiny-skia, which clips them.
const MARGIN: f32 = 2.0;

/// In wider or higher pictures the fixed point has no room for the differences of curves.
const LARGEST: f32 = 2047.0;

/// Fills an outline; `false`, and nothing drawn, if it is not of the kind that can be.
pub fn fill(
    path: &Path,
    rule: FillRule,
    colour: PremultipliedColorU8,
    pixels: &mut Pixmap,
) -> bool {
    let bounds = path.bounds();
    let (width, height) = (pixels.width() as f32, pixels.height() as f32);
    let is_inside = bounds.left() >= MARGIN
        && bounds.top() >= MARGIN
        && bounds.right() <= width - MARGIN
        && bounds.bottom() <= height - MARGIN;
    if !is_inside || width.max(height) > LARGEST || bounds.width() < 0.01 || bounds.height() < 0.01
    {
        return false;
    }
    let Some((edges, mut curves)) = edges(path) else {
        return false;
    };
    if edges.len() < 2 {
        return true;
    }
    let edges = sorted(&edges);
    let (left, right) = (
        bounds.left().floor() as usize,
        bounds.right().ceil() as usize,
    );
    let mut filler = Filler {
        mask: if rule == FillRule::EvenOdd { 1 } else { -1 },
        left: left as i32 - 1,
        steps: vec![0; right - left + 4],
        touched: (usize::MAX, 0),
        pixels,
        colour,
    };
    filler.all(&edges, &mut curves);
    true
}

/// A straight piece of an outline, or a curve that is cut into such.
#[derive(Clone, Copy, Debug)]
struct Edge {
    /// x on the present line, 16 bits behind the point.
    x: i32,
    slope: i32,
    first: i32,
    last: i32,
    winding: i32,
    /// What is left of the curve after this piece, by its number; [`STRAIGHT`] of lines.
    curve: u32,
}

/// The number of no curve.
const STRAIGHT: u32 = u32::MAX;

/// A quadratic curve on its way: places and differences, 16 bits behind the point.
#[derive(Clone, Copy, Debug)]
struct Curve {
    pieces: i32,
    shift: i32,
    x: i32,
    y: i32,
    dx: i32,
    dy: i32,
    ddx: i32,
    ddy: i32,
    end_x: i32,
    end_y: i32,
}

/// The edges of a path and the curves that they are of; `None` if it has cubic curves.
fn edges(path: &Path) -> Option<(Vec<Edge>, Vec<Curve>)> {
    let mut edges = Vec::with_capacity(path.len());
    let mut curves = Vec::with_capacity(path.len());
    let zero = Point::zero();
    let (mut start, mut at, mut is_open) = (zero, zero, false);
    for segment in path.segments() {
        match segment {
            PathSegment::MoveTo(to) => {
                if is_open {
                    push(&mut edges, at, start);
                }
                (start, at, is_open) = (to, to, false);
            }
            PathSegment::LineTo(to) => {
                push(&mut edges, at, to);
                (at, is_open) = (to, true);
            }
            PathSegment::QuadTo(control, to) => {
                for points in monotonic([at, control, to]).into_iter().flatten() {
                    edges.extend(quadratic(points, &mut curves));
                }
                (at, is_open) = (to, true);
            }
            PathSegment::CubicTo(..) => return None,
            PathSegment::Close => {
                if is_open {
                    push(&mut edges, at, start);
                }
                (at, is_open) = (start, false);
            }
        }
    }
    if is_open {
        push(&mut edges, at, start);
    }
    Some((edges, curves))
}

/// A number of pixels with 6 bits behind the point, in the finer grid.
fn fixed(length: f32) -> i32 {
    (length * (64 << SHIFT) as f32) as i32
}

fn round6(value: i32) -> i32 {
    (value + 32) >> 6
}

/// Adds a line. Upright lines at one place that follow each other are one, or cancel each other.
fn push(edges: &mut Vec<Edge>, from: Point, to: Point) {
    let Some(edge) = line(from, to) else {
        return;
    };
    let is_upright = |edge: &Edge| edge.slope == 0 && edge.curve == STRAIGHT;
    let last = edges
        .last_mut()
        .filter(|last| is_upright(last) && last.x == edge.x);
    let Some(last) = last.filter(|_| is_upright(&edge)) else {
        edges.push(edge);
        return;
    };
    let is_along = edge.winding == last.winding;
    if is_along && edge.last + 1 == last.first {
        last.first = edge.first;
    } else if is_along && edge.first == last.last + 1 {
        last.last = edge.last;
    } else if is_along || (edge.first != last.first && edge.last != last.last) {
        edges.push(edge);
    } else if (edge.first, edge.last) == (last.first, last.last) {
        edges.pop();
    } else {
        // One end is at the same place: what is left lies between the others.
        let longer = if edge.last - edge.first < last.last - last.first {
            *last
        } else {
            edge
        };
        let (first, end) = match edge.first == last.first {
            true => (edge.last.min(last.last) + 1, longer.last),
            false => (longer.first, edge.first.max(last.first) - 1),
        };
        *last = Edge {
            first,
            last: end,
            winding: longer.winding,
            ..*last
        };
    }
}

fn line(from: Point, to: Point) -> Option<Edge> {
    let (mut x0, mut y0, mut x1, mut y1) = (fixed(from.x), fixed(from.y), fixed(to.x), fixed(to.y));
    let mut winding = 1;
    if y0 > y1 {
        std::mem::swap(&mut x0, &mut x1);
        std::mem::swap(&mut y0, &mut y1);
        winding = -1;
    }
    straight([x0, y0, x1, y1], winding, STRAIGHT)
}

/// A piece that goes downwards, places with 6 bits behind the point; `None` if it meets no line.
#[inline]
fn straight([x0, y0, x1, y1]: [i32; 4], winding: i32, curve: u32) -> Option<Edge> {
    let (top, bottom) = (round6(y0), round6(y1));
    if top == bottom {
        return None;
    }
    let slope = divide(x1 - x0, y1 - y0);
    let below = (top << 6) + 32 - y0;
    let x = x0 + ((i64::from(slope) * i64::from(below)) >> 16) as i32;
    Some(Edge {
        x: x << 10,
        slope,
        first: top,
        last: bottom - 1,
        winding,
        curve,
    })
}

fn divide(over: i32, under: i32) -> i32 {
    if i16::try_from(over).is_ok() {
        (over << 16) / under
    } else {
        let quotient = (i64::from(over) << 16) / i64::from(under);
        quotient.clamp(i64::from(i32::MIN), i64::from(i32::MAX)) as i32
    }
}

/// One curve or two that go only downwards or only upwards.
fn monotonic([a, b, c]: [Point; 3]) -> [Option<[Point; 3]>; 2] {
    let (ab, bc) = (a.y - b.y, b.y - c.y);
    let turns = ab == 0.0 || (if ab < 0.0 { -bc } else { bc }) < 0.0;
    if !turns {
        return [Some([a, b, c]), None];
    }
    let (mut over, mut under) = (a.y - b.y, a.y - b.y - b.y + c.y);
    if over < 0.0 {
        (over, under) = (-over, -under);
    }
    if under == 0.0 || over == 0.0 || over >= under {
        let y = if (a.y - b.y).abs() < (b.y - c.y).abs() {
            a.y
        } else {
            c.y
        };
        return [Some([a, Point::from_xy(b.x, y), c]), None];
    }
    let t = over / under;
    if !(t > 0.0 && t < 1.0) {
        let y = if (a.y - b.y).abs() < (b.y - c.y).abs() {
            a.y
        } else {
            c.y
        };
        return [Some([a, Point::from_xy(b.x, y), c]), None];
    }
    let between = |one: f32, other: f32| one + (other - one) * t;
    let (ab_x, ab_y) = (between(a.x, b.x), between(a.y, b.y));
    let (bc_x, bc_y) = (between(b.x, c.x), between(b.y, c.y));
    let top = Point::from_xy(between(ab_x, bc_x), between(ab_y, bc_y));
    [
        Some([a, Point::from_xy(ab_x, top.y), top]),
        Some([top, Point::from_xy(bc_x, top.y), c]),
    ]
}

fn quadratic([a, b, c]: [Point; 3], curves: &mut Vec<Curve>) -> Option<Edge> {
    let (mut x0, mut y0) = (fixed(a.x), fixed(a.y));
    let (x1, y1) = (fixed(b.x), fixed(b.y));
    let (mut x2, mut y2) = (fixed(c.x), fixed(c.y));
    let mut winding = 1;
    if y0 > y2 {
        std::mem::swap(&mut x0, &mut x2);
        std::mem::swap(&mut y0, &mut y2);
        winding = -1;
    }
    if round6(y0) == round6(y2) {
        return None;
    }
    let shift = pieces(((x1 << 1) - x0 - x2) >> 2, ((y1 << 1) - y0 - y2) >> 2).clamp(1, 6);
    // Half of the second differences and of the first: there is no room for the whole.
    let (ax, ay) = ((x0 - x1 - x1 + x2) << 9, (y0 - y1 - y1 + y2) << 9);
    let (bx, by) = ((x1 - x0) << 10, (y1 - y0) << 10);
    let curve = Curve {
        pieces: 1 << shift,
        shift: shift - 1,
        x: x0 << 10,
        y: y0 << 10,
        dx: bx + (ax >> shift),
        dy: by + (ay >> shift),
        ddx: ax >> (shift - 1),
        ddy: ay >> (shift - 1),
        end_x: x2 << 10,
        end_y: y2 << 10,
    };
    let number = curves.len() as u32;
    curves.push(curve);
    next(curves, number, winding)
}

/// How many pieces a curve is cut into, as a power of two: by how far it is from straight.
fn pieces(dx: i32, dy: i32) -> i32 {
    let (dx, dy) = (dx.abs(), dy.abs());
    let distance = dx.max(dy) + dx.min(dy) / 2;
    let distance = (distance + (1 << (2 + SHIFT))) >> (3 + SHIFT);
    (32 - distance.leading_zeros() as i32) >> 1
}

/// The next piece of a curve that meets a line.
#[inline]
fn next(curves: &mut [Curve], number: u32, winding: i32) -> Option<Edge> {
    let curve = curves.get_mut(number as usize)?;
    while curve.pieces > 0 {
        curve.pieces -= 1;
        let (x, y) = (curve.x, curve.y);
        if curve.pieces > 0 {
            curve.x += curve.dx >> curve.shift;
            curve.dx += curve.ddx;
            curve.y += curve.dy >> curve.shift;
            curve.dy += curve.ddy;
        } else {
            (curve.x, curve.y) = (curve.end_x, curve.end_y);
        }
        let piece = [x >> 10, y >> 10, curve.x >> 10, curve.y >> 10];
        if let Some(edge) = straight(piece, winding, number) {
            return Some(edge);
        }
    }
    None
}

/// Edges by their first line, and there from left to right; those that are the same stay in order.
fn sorted(edges: &[Edge]) -> Vec<Edge> {
    let Some(top) = edges.iter().map(|edge| edge.first).min() else {
        return Vec::new();
    };
    let line = |edge: &Edge| (edge.first - top) as usize;
    let lines = edges.iter().map(line).max().unwrap_or_default() + 1;
    // Where the next edge of each line goes.
    let mut next = vec![0_usize; lines + 1];
    for edge in edges {
        next[line(edge) + 1] += 1;
    }
    for line in 1..=lines {
        next[line] += next[line - 1];
    }
    let mut sorted = edges.to_vec();
    for edge in edges {
        let place = &mut next[line(edge)];
        sorted[*place] = *edge;
        *place += 1;
    }
    // Letters follow each other from left to right: most edges of a line are in order.
    for line in sorted.chunk_by_mut(|one, other| one.first == other.first) {
        line.sort_by_key(|edge| edge.x);
    }
    sorted
}

/// Fills line by line.
struct Filler<'p> {
    mask: i32,
    /// The pixel of the first of `steps`.
    left: i32,
    /// By how much more each pixel of the present row is covered than the one before; 256 is all of it.
    steps: Vec<i16>,
    /// First and last of `steps` that may not be 0; the end excluded.
    touched: (usize, usize),
    pixels: &'p mut Pixmap,
    colour: PremultipliedColorU8,
}

impl Filler<'_> {
    /// All lines that edges, sorted by their first, meet.
    fn all(&mut self, edges: &[Edge], curves: &mut [Curve]) {
        let mut waiting = edges;
        let mut active: Vec<Edge> = Vec::with_capacity(64);
        let mut y = 0;
        while let Some(first) = waiting.first() {
            if active.is_empty() {
                y = first.first;
            }
            loop {
                let new = waiting.iter().take_while(|edge| edge.first <= y).count();
                if new > 0 {
                    let (new, rest) = waiting.split_at(new);
                    waiting = rest;
                    insert(&mut active, new);
                }
                self.line(y, &active);
                advance(&mut active, curves, y);
                let row = y >> SHIFT;
                y += 1;
                let next = if active.is_empty() {
                    waiting.first().map(|edge| edge.first)
                } else {
                    Some(y)
                };
                if next.is_none_or(|next| next >> SHIFT != row) {
                    self.row(row);
                }
                if active.is_empty() {
                    break;
                }
            }
        }
    }

    /// Adds what the edges have between them on a line.
    #[inline]
    fn line(&mut self, y: i32, active: &[Edge]) {
        // Sixteen columns of full cover are 256; the last line has one less for them.
        let less = i16::from(y & (SCALE - 1) == SCALE - 1);
        let (mut winding, mut left) = (0, 0);
        for edge in active {
            let x = (edge.x + 0x8000) >> 16;
            if winding & self.mask == 0 {
                left = x;
            }
            winding += edge.winding;
            if winding & self.mask == 0 && x > left {
                self.span(left, x, less);
            }
        }
        // Edges are sorted: between the first and the last is all that they cover.
        if let (Some(first), Some(last)) = (active.first(), active.last()) {
            let pixel = |edge: &Edge| (((edge.x + 0x8000) >> 16) >> SHIFT) - self.left;
            self.touched.0 = self.touched.0.min(pixel(first) as usize);
            let end = (pixel(last) + 2).max(0) as usize;
            self.touched.1 = self.touched.1.max(end.min(self.steps.len()));
        }
    }

    /// Covers a line from one column to another; whole pixels by so much less.
    #[inline]
    fn span(&mut self, from: i32, to: i32, less: i16) {
        let origin = self.left << SHIFT;
        let (from, to) = ((from - origin) as usize, (to - origin) as usize);
        let (first, last) = (from >> SHIFT, to >> SHIFT);
        let part = |columns: usize| ((columns & (SCALE as usize - 1)) << 4) as i16;
        let (begin, end) = (part(from), part(to));
        // A pixel has 64 for a line, what is before `begin` and behind `end` less.
        if let Some([one, two]) = two(&mut self.steps, first) {
            *one += 64 - begin;
            *two += begin;
        }
        if let Some([one, two]) = two(&mut self.steps, last) {
            *one -= 64 - end;
            *two -= end;
        }
        if less > 0 {
            let inside = first + usize::from(begin > 0);
            if inside < last {
                self.steps[inside] -= less;
                self.steps[last] += less;
            }
        }
    }

    /// Paints a row of pixels by how much they are covered.
    fn row(&mut self, y: i32) {
        let (start, end) = std::mem::replace(&mut self.touched, (usize::MAX, 0));
        if start >= end {
            return;
        }
        let width = self.pixels.width() as usize;
        let at = y as usize * width + (self.left + start as i32) as usize;
        let row = &mut self.pixels.pixels_mut()[at..];
        let steps = &mut self.steps[start..end];
        let colour = self.colour;
        let (mut at, mut sum) = (0, 0);
        while at < steps.len() {
            sum += std::mem::take(&mut steps[at]);
            if sum != 0 && (sum < 255 || colour.alpha() != 255) {
                row[at] = over(colour, sum.min(255) as u8, row[at]);
                at += 1;
                continue;
            }
            let run = at + 1 + zeros(&steps[at + 1..]);
            if sum != 0 {
                for pixel in &mut row[at..run] {
                    *pixel = colour;
                }
            }
            at = run;
        }
    }
}

/// Two steps side by side.
#[inline]
fn two(steps: &mut [i16], at: usize) -> Option<&mut [i16; 2]> {
    steps.get_mut(at..)?.first_chunk_mut()
}

/// How many of the first are 0.
#[inline]
fn zeros(steps: &[i16]) -> usize {
    let (fours, rest) = steps.as_chunks::<4>();
    for (at, four) in fours.iter().enumerate() {
        let [a, b, c, d] = four.map(|step| u64::from(step as u16));
        let word = a | b << 16 | c << 32 | d << 48;
        if word != 0 {
            return at * 4 + word.trailing_zeros() as usize / 16;
        }
    }
    fours.len() * 4 + rest.iter().take_while(|step| **step == 0).count()
}

/// A colour over another, as tiny-skia's pipeline of 16 bits blends them.
#[inline]
fn over(
    colour: PremultipliedColorU8,
    coverage: u8,
    below: PremultipliedColorU8,
) -> PremultipliedColorU8 {
    let divide = |value: u16| (value + 255) >> 8;
    let (coverage, alpha) = (u16::from(coverage), u16::from(colour.alpha()));
    let mix = |above: u8, below: u8| {
        let (above, below) = (u16::from(above), u16::from(below));
        let mixed = match alpha {
            // An opaque colour is mixed with what is below, any other is laid over it.
            255 => divide(below * (255 - coverage) + above * coverage),
            _ => divide(above * coverage) + divide(below * (255 - divide(alpha * coverage))),
        };
        mixed as u8
    };
    PremultipliedColorU8::from_rgba(
        mix(colour.red(), below.red()),
        mix(colour.green(), below.green()),
        mix(colour.blue(), below.blue()),
        mix(colour.alpha(), below.alpha()),
    )
    .unwrap_or(below)
}

/// Moves edges from a line to the next, without those that end, and sorts them again: nearly all are.
#[inline]
fn advance(active: &mut Vec<Edge>, curves: &mut [Curve], y: i32) {
    let mut kept = 0;
    for at in 0..active.len() {
        let mut edge = active[at];
        if y < edge.last {
            edge.x += edge.slope;
        } else if let Some(following) = next(curves, edge.curve, edge.winding) {
            edge = following;
        } else {
            continue;
        }
        let mut to = kept;
        while to > 0 && active[to - 1].x > edge.x {
            active[to] = active[to - 1];
            to -= 1;
        }
        active[to] = edge;
        kept += 1;
    }
    active.truncate(kept);
}

/// Adds edges, themselves sorted, to others. Which of two at one place comes first decides whether
/// a pixel between them counts as one span or as two; this is tiny-skia's way.
fn insert(active: &mut Vec<Edge>, new: &[Edge]) {
    let mut at = match (active.last(), new.first()) {
        (Some(last), Some(first)) if last.x > first.x => active
            .iter()
            .rposition(|edge| edge.x <= first.x)
            .map_or(0, |left| left + 1),
        _ => active.len(),
    };
    for edge in new {
        while active.get(at).is_some_and(|other| other.x < edge.x) {
            at += 1;
        }
        active.insert(at, *edge);
        at += 1;
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use tiny_skia::{Paint, PathBuilder, Shader, Transform};

    use super::*;

    /// One outline: where it begins, and what follows.
    type Outline = ((f32, f32), Vec<(u8, (f32, f32), (f32, f32))>, bool);

    fn outlines() -> impl Strategy<Value = Vec<Outline>> {
        let point = || (3_f32..90.0, 3_f32..70.0);
        let part = (0..4_u8, point(), point());
        let outline = (point(), prop::collection::vec(part, 1..12), any::<bool>());
        prop::collection::vec(outline, 1..5)
    }

    fn path(outlines: &[Outline]) -> Option<Path> {
        let mut path = PathBuilder::new();
        for ((x, y), parts, is_closed) in outlines {
            path.move_to(*x, *y);
            for (kind, one, other) in parts {
                match kind {
                    // Upright and level lines, there and back, as letters have them.
                    0 => {
                        path.line_to(one.0.round(), one.1);
                        path.line_to(one.0.round(), other.1);
                        path.line_to(one.0.round(), one.1.round());
                    }
                    1 => path.line_to(one.0, one.1),
                    _ => path.quad_to(one.0, one.1, other.0, other.1),
                }
            }
            if *is_closed {
                path.close();
            }
        }
        path.finish()
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(256))]

        #[test]
        fn pixels_are_those_of_tiny_skia(
            outlines in outlines(),
            is_even_odd in any::<bool>(),
            alpha in prop_oneof![Just(255_u8), any::<u8>()],
        ) {
            let rule = if is_even_odd { FillRule::EvenOdd } else { FillRule::Winding };
            let mut theirs = Pixmap::new(96, 76).expect("it is small");
            for (at, pixel) in theirs.pixels_mut().iter_mut().enumerate() {
                let shade = (at % 251) as u8;
                *pixel = PremultipliedColorU8::from_rgba(shade, 255 - shade, 9, 255).expect("opaque");
            }
            let mut ours = theirs.clone();
            let Some(path) = path(&outlines) else {
                return Ok(());
            };
            let mut paint = Paint::default();
            paint.set_color_rgba8(200, 40, 13, alpha);
            let Shader::SolidColor(colour) = paint.shader else {
                unreachable!("it was set");
            };
            let colour = colour.premultiply().to_color_u8();
            theirs.fill_path(&path, &paint, rule, Transform::identity(), None);
            if fill(&path, rule, colour, &mut ours) {
                prop_assert!(ours == theirs);
            }
        }
    }
}
