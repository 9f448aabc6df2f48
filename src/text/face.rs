//! One face: its names, and what is read from its file at first use.

use std::sync::{Arc, OnceLock, RwLock};

use harfrust::{Direction, Feature, Script, ShapePlan, Shaper, ShaperData, ShaperInstance};
use skrifa::instance::{Location, LocationRef, Size};
use skrifa::outline::{DrawSettings, OutlinePen};
use skrifa::raw::TableProvider;
use skrifa::{FontRef, GlyphId, MetadataProvider};

use super::FaceMetrics;
use super::cut::{Cut, axis};
use super::fonts::Bytes;
use super::ink::FaceInk;
use crate::geometry::Em;

/// A face and what was read from it so far.
pub(super) struct Face {
    pub(super) id: fontdb::ID,
    pub(super) family: String,
    /// How heavy it is drawn.
    pub(super) weight: u16,
    /// The weight it is listed under, by which usvg finds it.
    pub(super) listed: u16,
    pub(super) is_italic: bool,
    /// How it is used.
    pub(super) cut: Cut,
    bytes: Bytes,
    index: u32,
    parsed: OnceLock<Parsed>,
}

struct Parsed {
    shaping: ShaperData,
    instance: Option<ShaperInstance>,
    location: Location,
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
            listed: info.weight.0,
            is_italic: info.style != fontdb::Style::Normal,
            cut: Cut::default(),
            bytes,
            index: info.index,
            parsed: OnceLock::new(),
        })
    }

    /// The same face, used otherwise.
    pub(super) fn with_cut(&self, cut: Cut) -> Self {
        let weight = cut.axes.iter().find(|(tag, _)| *tag == "wght");
        Self {
            id: self.id,
            family: self.family.clone(),
            weight: weight.map_or(self.listed, |(_, value)| value.round() as u16),
            listed: self.listed,
            is_italic: self.is_italic,
            cut,
            bytes: self.bytes.clone(),
            index: self.index,
            parsed: OnceLock::new(),
        }
    }

    /// The file that the face is in.
    pub(super) fn bytes(&self) -> &[u8] {
        (*self.bytes).as_ref()
    }

    pub(super) fn is_of(&self, family: &str) -> bool {
        self.family.to_lowercase() == family.trim().to_lowercase()
    }

    /// Whether it can be drawn at a weight.
    pub(super) fn has_weight(&self, weight: u16) -> bool {
        self.weight_off(weight) == 0
    }

    /// How far its nearest weight is from one.
    pub(super) fn weight_off(&self, weight: u16) -> u16 {
        self.nearest_weight(weight).abs_diff(weight)
    }

    /// Its weight nearest to one: its only one, unless it is variable.
    pub(super) fn nearest_weight(&self, weight: u16) -> u16 {
        match axis(&self.font(), b"wght") {
            Some((least, most)) => weight.clamp(least.ceil() as u16, most.floor() as u16),
            None => self.listed,
        }
    }

    /// Whether an axis of it slants letters.
    pub(super) fn can_slant(&self) -> bool {
        let font = self.font();
        axis(&font, b"ital").is_some() || axis(&font, b"slnt").is_some()
    }

    pub(super) fn font(&self) -> FontRef<'_> {
        FontRef::from_index((*self.bytes).as_ref(), self.index)
            .expect("the table directory was read when the face was loaded")
    }

    fn parsed(&self) -> &Parsed {
        self.parsed
            .get_or_init(|| Parsed::new(&self.font(), &self.cut))
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
        let parsed = self.parsed();
        let shaper = parsed.shaping.shaper(&self.font());
        shaper.instance(parsed.instance.as_ref()).build()
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
        let features = self.features();
        let plan = Arc::new(ShapePlan::new(shaper, direction, script, None, &features));
        let mut write = plans
            .write()
            .unwrap_or_else(|poisoned| poisoned.into_inner());
        write.push(plan.clone());
        plan
    }

    /// The features that all text in the face is shaped with.
    pub(super) fn features(&self) -> Vec<Feature> {
        let features = self.cut.features.iter();
        features
            .map(|(tag, value)| Feature::new(*tag, *value, ..))
            .collect()
    }

    /// A reader of glyph bounds.
    pub(super) fn ink(&self) -> FaceInk<'_> {
        FaceInk::new(self.font(), self.units_per_em(), self.location())
    }

    fn location(&self) -> LocationRef<'_> {
        (&self.parsed().location).into()
    }

    /// Draws the outline of a glyph, in units of the font.
    pub(super) fn draw(&self, glyph: u32, pen: &mut impl OutlinePen) {
        let font = self.font();
        let settings = DrawSettings::unhinted(Size::unscaled(), self.location());
        if let Some(outline) = font.outline_glyphs().get(GlyphId::new(glyph)) {
            // A glyph whose outline is broken is drawn as far as it goes, as in usvg.
            let _ = outline.draw(settings, pen);
        }
    }
}

impl Parsed {
    fn new(font: &FontRef<'_>, cut: &Cut) -> Self {
        let location = font.axes().location(cut.axes.iter().copied());
        let variations = cut.axes.iter();
        let variations = variations.map(|(tag, value)| harfrust::Variation {
            tag: *tag,
            value: *value,
        });
        let instance = ShaperInstance::from_variations(font, variations);
        let metrics = font.metrics(Size::unscaled(), &location);
        let units_per_em = f64::from(metrics.units_per_em.max(1));
        Self {
            shaping: ShaperData::new(font),
            instance: (!cut.axes.is_empty()).then_some(instance),
            units_per_em,
            metrics: face_metrics(font, (&metrics, &location), units_per_em),
            location,
            plans: RwLock::new(Vec::new()),
        }
    }
}

/// Heights from the tables where they are sound, else from the ink of letters.
fn face_metrics(
    font: &FontRef<'_>,
    (metrics, location): (&skrifa::metrics::Metrics, &Location),
    units_per_em: f64,
) -> FaceMetrics {
    let em = |units: f32| Em(f64::from(units) / units_per_em);
    let bounds = font.glyph_metrics(Size::unscaled(), location);
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
