//! One face: its names, and what is read from its file at first use.

use std::sync::{Arc, OnceLock, RwLock};

use harfrust::{Direction, Script, ShapePlan, Shaper, ShaperData};
use skrifa::instance::{LocationRef, Size};
use skrifa::raw::TableProvider;
use skrifa::{FontRef, MetadataProvider};

use super::FaceMetrics;
use super::fonts::Bytes;
use super::ink::FaceInk;
use crate::geometry::Em;

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
        FaceInk::new(self.font(), self.units_per_em())
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
