//! Where the ink of a glyph is: its edges, those of colour glyphs, and the edge the eye sees.

use skrifa::color::{Brush, ColorGlyphCollection, ColorPainter, CompositeMode, Transform};
use skrifa::instance::{LocationRef, Size};
use skrifa::metrics::{BoundingBox, GlyphMetrics};
use skrifa::outline::{DrawSettings, OutlinePen};
use skrifa::{FontRef, GlyphId, MetadataProvider};

use crate::geometry::Em;

/// How far round letters stand below the baseline at most; what goes deeper is a descender.
const OVERSHOOT: Em = Em(0.03);

/// The ink of a glyph in em, y upwards from the baseline.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct GlyphInk {
    pub(super) left: f64,
    pub(super) right: f64,
    pub(super) top: f64,
    pub(super) bottom: f64,
}

/// Reads where the ink of a face's glyphs is.
pub(super) struct FaceInk<'a> {
    font: FontRef<'a>,
    metrics: GlyphMetrics<'a>,
    colors: ColorGlyphCollection<'a>,
    location: LocationRef<'a>,
    units_per_em: f64,
}

impl<'a> FaceInk<'a> {
    /// For a face at a place on its axes.
    pub(super) fn new(font: FontRef<'a>, units_per_em: f64, location: LocationRef<'a>) -> Self {
        Self {
            metrics: font.glyph_metrics(Size::unscaled(), location),
            colors: font.color_glyphs(),
            location,
            units_per_em,
            font,
        }
    }

    /// Around the ink of a glyph; nothing for a space.
    pub(super) fn of(&self, glyph: u32) -> Option<GlyphInk> {
        let id = GlyphId::new(glyph);
        let bounds = self.color_bounds(id).or_else(|| self.metrics.bounds(id))?;
        let em = |units: f32| f64::from(units) / self.units_per_em;
        (bounds.x_max > bounds.x_min).then(|| GlyphInk {
            left: em(bounds.x_min),
            right: em(bounds.x_max),
            top: em(bounds.y_max),
            bottom: em(bounds.y_min),
        })
    }

    /// Around the layers of a colour glyph.
    fn color_bounds(&self, glyph: GlyphId) -> Option<BoundingBox> {
        let color = self.colors.get(glyph)?;
        let mut layers = Layers {
            metrics: &self.metrics,
            transforms: vec![Transform::default()],
            around: None,
        };
        color.paint(self.location, &mut layers).ok()?;
        layers.around
    }

    /// Left edge of the ink above the baseline: the tail of a `j` does not count.
    pub(super) fn edge(&self, glyph: u32) -> Option<f64> {
        let ink = self.of(glyph)?;
        if ink.bottom >= -OVERSHOOT.0 {
            return Some(ink.left);
        }
        let mut pen = EdgePen::default();
        let outline = self.font.outline_glyphs().get(GlyphId::new(glyph))?;
        let settings = DrawSettings::unhinted(Size::unscaled(), self.location);
        outline.draw(settings, &mut pen).ok()?;
        let left = f64::from(pen.left) / self.units_per_em;
        Some(if pen.left.is_finite() { left } else { ink.left })
    }
}

/// Adds up the bounds of a colour glyph's layers, clips not applied.
struct Layers<'a> {
    metrics: &'a GlyphMetrics<'a>,
    transforms: Vec<Transform>,
    around: Option<BoundingBox>,
}

impl ColorPainter for Layers<'_> {
    fn push_transform(&mut self, transform: Transform) {
        let outer = self.transforms.last().copied().unwrap_or_default();
        self.transforms.push(outer * transform);
    }

    fn pop_transform(&mut self) {
        self.transforms.pop();
    }

    fn push_clip_glyph(&mut self, glyph: GlyphId) {
        let Some(bounds) = self.metrics.bounds(glyph) else {
            return;
        };
        let transform = self.transforms.last().copied().unwrap_or_default();
        for (x, y) in [
            (bounds.x_min, bounds.y_min),
            (bounds.x_max, bounds.y_min),
            (bounds.x_min, bounds.y_max),
            (bounds.x_max, bounds.y_max),
        ] {
            let x_moved = transform.xx * x + transform.xy * y + transform.dx;
            let y_moved = transform.yx * x + transform.yy * y + transform.dy;
            let around = self.around.get_or_insert(BoundingBox {
                x_min: x_moved,
                y_min: y_moved,
                x_max: x_moved,
                y_max: y_moved,
            });
            around.x_min = around.x_min.min(x_moved);
            around.y_min = around.y_min.min(y_moved);
            around.x_max = around.x_max.max(x_moved);
            around.y_max = around.y_max.max(y_moved);
        }
    }

    fn push_clip_box(&mut self, _: BoundingBox) {}

    fn pop_clip(&mut self) {}

    fn fill(&mut self, _: Brush<'_>) {}

    fn push_layer(&mut self, _: CompositeMode) {}

    fn pop_layer(&mut self) {}
}

/// Finds the leftmost point of an outline at or above the baseline.
struct EdgePen {
    left: f32,
    at: (f32, f32),
    start: (f32, f32),
}

impl Default for EdgePen {
    fn default() -> Self {
        Self {
            left: f32::INFINITY,
            at: (0.0, 0.0),
            start: (0.0, 0.0),
        }
    }
}

impl EdgePen {
    /// Curves are followed in this many steps: within 0.1 px of the true edge at 150 px.
    const STEPS: u8 = 16;

    fn see(&mut self, x: f32, y: f32) {
        if y >= 0.0 {
            self.left = self.left.min(x);
        }
        self.at = (x, y);
    }

    fn follow(&mut self, point: impl Fn(f32) -> (f32, f32)) {
        for step in 1..=Self::STEPS {
            let (x, y) = point(f32::from(step) / f32::from(Self::STEPS));
            self.line_to(x, y);
        }
    }
}

impl OutlinePen for EdgePen {
    fn move_to(&mut self, x: f32, y: f32) {
        self.start = (x, y);
        self.see(x, y);
    }

    fn line_to(&mut self, x: f32, y: f32) {
        let (from_x, from_y) = self.at;
        // Where a line crosses the baseline its ink above begins.
        if (from_y < 0.0) != (y < 0.0) {
            self.left = self.left.min(from_x + (x - from_x) * from_y / (from_y - y));
        }
        self.see(x, y);
    }

    fn quad_to(&mut self, cx: f32, cy: f32, x: f32, y: f32) {
        let (sx, sy) = self.at;
        let blend = |t: f32, a: f32, b: f32, c: f32| {
            let u = 1.0 - t;
            u * u * a + 2.0 * u * t * b + t * t * c
        };
        self.follow(|t| (blend(t, sx, cx, x), blend(t, sy, cy, y)));
    }

    fn curve_to(&mut self, ax: f32, ay: f32, bx: f32, by: f32, x: f32, y: f32) {
        let (sx, sy) = self.at;
        let blend = |t: f32, a: f32, b: f32, c: f32, d: f32| {
            let u = 1.0 - t;
            u * u * u * a + 3.0 * u * u * t * b + 3.0 * u * t * t * c + t * t * t * d
        };
        self.follow(|t| (blend(t, sx, ax, bx, x), blend(t, sy, ay, by, y)));
    }

    fn close(&mut self) {
        let (x, y) = self.start;
        self.line_to(x, y);
    }
}
