//! Outlines of a run, for what usvg cannot set: text with OpenType features.

use std::fmt::Write as _;

use skrifa::outline::OutlinePen;

use super::{Fonts, LineRun};
use crate::geometry::Px;

/// The outlines of those glyphs of a run that stand for certain bytes, as SVG path data on the
/// artboard; empty for spaces.
#[must_use]
pub fn outline(fonts: &Fonts, run: &LineRun, is_wanted: impl Fn(usize) -> bool) -> String {
    let face = fonts.get(run.face);
    let scale = run.size.0 / face.units_per_em();
    let mut data = String::new();
    for glyph in run.glyphs.iter().filter(|glyph| is_wanted(glyph.cluster)) {
        let mut pen = Pen {
            data: &mut data,
            scale,
            x: glyph.x,
            y: glyph.y,
        };
        face.draw(glyph.id, &mut pen);
    }
    data
}

/// Writes path data with font units turned into places on the artboard.
struct Pen<'d> {
    data: &'d mut String,
    scale: f64,
    x: Px,
    y: Px,
}

impl Pen<'_> {
    fn write(&mut self, command: char, points: &[(f32, f32)]) {
        self.data.push(command);
        for (index, (x, y)) in points.iter().enumerate() {
            let separator = if index > 0 { " " } else { "" };
            let x = self.x.0 + f64::from(*x) * self.scale;
            let y = self.y.0 - f64::from(*y) * self.scale;
            let _ = write!(self.data, "{separator}{x:.2} {y:.2}");
        }
    }
}

impl OutlinePen for Pen<'_> {
    fn move_to(&mut self, x: f32, y: f32) {
        self.write('M', &[(x, y)]);
    }

    fn line_to(&mut self, x: f32, y: f32) {
        self.write('L', &[(x, y)]);
    }

    fn quad_to(&mut self, cx: f32, cy: f32, x: f32, y: f32) {
        self.write('Q', &[(cx, cy), (x, y)]);
    }

    fn curve_to(&mut self, ax: f32, ay: f32, bx: f32, by: f32, x: f32, y: f32) {
        self.write('C', &[(ax, ay), (bx, by), (x, y)]);
    }

    fn close(&mut self) {
        self.data.push('Z');
    }
}
