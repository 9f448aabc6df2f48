//! One face: its names, and what is read from its file at first use.

use std::sync::{Arc, OnceLock, RwLock};

use harfrust::{Direction, Script, ShapePlan, Shaper, ShaperData};
use skrifa::instance::{LocationRef, Size};
use skrifa::outline::{DrawSettings, OutlinePen};
use skrifa::raw::TableProvider;
use skrifa::{FontRef, GlyphId, MetadataProvider};

use super::FaceMetrics;
use super::fonts::Bytes;
use crate::geometry::Em;

/// How far round letters stand below the baseline at most; what goes deeper is a descender.
const OVERSHOOT: Em = Em(0.03);

/// A face and what was read from it so far.
pub(super) struct Face {
    pub(super) id: fontdb::ID,
    pub(super) family: String,
    pub(super) weight: u16,
    pub(super) is_italic: bool,
    bytes: Bytes,
    index: u32,
    parsed: OnceLock<Parsed>,
}

struct Parsed {
    shaping: ShaperData,
    units_per_em: f64,
    metrics: FaceMetrics,
    plans: RwLock<Vec<Arc<ShapePlan>>>,
}

/// The ink of a glyph in em, y upwards from the baseline.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct GlyphInk {
    pub(super) left: f64,
    pub(super) right: f64,
    pub(super) top: f64,
    pub(super) bottom: f64,
}

impl Face {
    /// The face, unless usvg would not draw it: it wants 16 to 16,384 units in the em.
    pub(super) fn new(info: &fontdb::FaceInfo, bytes: Bytes) -> Option<Self> {
        let font = FontRef::from_index((*bytes).as_ref(), info.index).ok()?;
        let units_per_em = font.head().ok()?.units_per_em();
        let (family, _) = info.families.first()?;
        (16..=16384).contains(&units_per_em).then(|| Self {
            id: info.id,
            family: family.clone(),
            weight: info.weight.0,
            is_italic: info.style != fontdb::Style::Normal,
            bytes,
            index: info.index,
            parsed: OnceLock::new(),
        })
    }

    pub(super) fn is_of(&self, family: &str) -> bool {
        self.family.to_lowercase() == family.trim().to_lowercase()
    }

    fn font(&self) -> FontRef<'_> {
        FontRef::from_index((*self.bytes).as_ref(), self.index)
            .expect("the table directory was read when the face was loaded")
    }

    fn parsed(&self) -> &Parsed {
        self.parsed.get_or_init(|| Parsed::new(&self.font()))
    }

    pub(super) fn metrics(&self) -> FaceMetrics {
        self.parsed().metrics
    }

    pub(super) fn units_per_em(&self) -> f64 {
        self.parsed().units_per_em
    }

    pub(super) fn covers(&self, character: char) -> bool {
        let glyph = self.font().charmap().map(character);
        glyph.is_some_and(|glyph| glyph.to_u32() != 0)
    }

    /// A shaper, cheap to make, for many runs.
    pub(super) fn shaper(&self) -> Shaper<'_> {
        self.parsed().shaping.shaper(&self.font()).build()
    }

    /// What the shaper has to do for a script and a direction, worked out once per face.
    pub(super) fn plan(
        &self,
        shaper: &Shaper<'_>,
        direction: Direction,
        script: Option<Script>,
    ) -> Arc<ShapePlan> {
        let plans = &self.parsed().plans;
        let is_wanted =
            |plan: &&Arc<ShapePlan>| plan.direction() == direction && plan.script() == script;
        let read = plans
            .read()
            .unwrap_or_else(|poisoned| poisoned.into_inner());
        if let Some(plan) = read.iter().find(is_wanted) {
            return plan.clone();
        }
        drop(read);
        let plan = Arc::new(ShapePlan::new(shaper, direction, script, None, &[]));
        let mut write = plans
            .write()
            .unwrap_or_else(|poisoned| poisoned.into_inner());
        write.push(plan.clone());
        plan
    }

    /// A reader of glyph bounds.
    pub(super) fn ink(&self) -> FaceInk<'_> {
        let font = self.font();
        FaceInk {
            metrics: font.glyph_metrics(Size::unscaled(), LocationRef::default()),
            units_per_em: self.units_per_em(),
            font,
        }
    }
}

impl Parsed {
    fn new(font: &FontRef<'_>) -> Self {
        let metrics = font.metrics(Size::unscaled(), LocationRef::default());
        let units_per_em = f64::from(metrics.units_per_em.max(1));
        Self {
            shaping: ShaperData::new(font),
            units_per_em,
            metrics: face_metrics(font, &metrics, units_per_em),
            plans: RwLock::new(Vec::new()),
        }
    }
}

/// Heights from the tables where they are sound, else from the ink of letters.
fn face_metrics(
    font: &FontRef<'_>,
    metrics: &skrifa::metrics::Metrics,
    units_per_em: f64,
) -> FaceMetrics {
    let em = |units: f32| Em(f64::from(units) / units_per_em);
    let bounds = font.glyph_metrics(Size::unscaled(), LocationRef::default());
    let top = |letter| Some(bounds.bounds(font.charmap().map(letter)?)?.y_max);
    let height =
        |table: Option<f32>, letter| table.filter(|&height| height > 0.0).or_else(|| top(letter));
    let cap = height(metrics.cap_height, 'H').map_or(em(metrics.ascent) * 0.75, em);
    FaceMetrics {
        ascent: em(metrics.ascent),
        descent: -em(metrics.descent),
        cap_height: cap,
        x_height: height(metrics.x_height, 'x').map_or(cap * 0.7, em),
        digit_height: top('1').map_or(cap, em),
    }
}

/// Reads where the ink of a face's glyphs is.
pub(super) struct FaceInk<'a> {
    font: FontRef<'a>,
    metrics: skrifa::metrics::GlyphMetrics<'a>,
    units_per_em: f64,
}

impl FaceInk<'_> {
    /// Around the ink of a glyph; nothing for a space.
    pub(super) fn of(&self, glyph: u32) -> Option<GlyphInk> {
        let bounds = self.metrics.bounds(GlyphId::new(glyph))?;
        let em = |units: f32| f64::from(units) / self.units_per_em;
        (bounds.x_max > bounds.x_min).then(|| GlyphInk {
            left: em(bounds.x_min),
            right: em(bounds.x_max),
            top: em(bounds.y_max),
            bottom: em(bounds.y_min),
        })
    }

    /// Left edge of the ink above the baseline: the tail of a `j` does not count.
    pub(super) fn edge(&self, glyph: u32) -> Option<f64> {
        let ink = self.of(glyph)?;
        if ink.bottom >= -OVERSHOOT.0 {
            return Some(ink.left);
        }
        let mut pen = EdgePen::default();
        let outline = self.font.outline_glyphs().get(GlyphId::new(glyph))?;
        let settings = DrawSettings::unhinted(Size::unscaled(), LocationRef::default());
        outline.draw(settings, &mut pen).ok()?;
        let left = f64::from(pen.left) / self.units_per_em;
        Some(if pen.left.is_finite() { left } else { ink.left })
    }
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
