//! Outlines cut into edges, as Skia cuts them: fixed point, curves by forward differences.
//!
//! In: a path. Out: its edges in order, which are moved from line to line.

use tiny_skia::{Path, PathSegment, Point};

use super::SHIFT;

/// A straight piece of an outline, or a curve that is cut into such.
#[derive(Clone, Copy, Debug)]
pub struct Edge {
    /// x on the present line, 16 bits behind the point.
    pub x: i32,
    slope: i32,
    /// Lines that it meets.
    pub first: i32,
    last: i32,
    /// 1 downwards, -1 upwards.
    pub winding: i32,
    /// What is left of the curve after this piece, by its number; [`STRAIGHT`] of lines.
    curve: u32,
}

/// The number of no curve.
const STRAIGHT: u32 = u32::MAX;

/// A quadratic curve on its way: places and differences, 16 bits behind the point.
#[derive(Clone, Copy, Debug)]
pub struct Curve {
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
pub fn edges(path: &Path) -> Option<(Vec<Edge>, Vec<Curve>)> {
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
pub fn sorted(edges: &[Edge]) -> Vec<Edge> {
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

/// Moves edges from a line to the next, without those that end, and sorts them again: nearly all are.
#[inline]
pub fn advance(active: &mut Vec<Edge>, curves: &mut [Curve], y: i32) {
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
pub fn insert(active: &mut Vec<Edge>, new: &[Edge]) {
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
