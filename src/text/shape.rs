//! Shapes a run exactly as usvg will shape it when it draws it.
//!
//! In: text of one direction in one face. Out: glyphs with their places in em. usvg shapes each
//! `<tspan>` that has an x of its own alone, guesses its script from its first letter and adds
//! letter-spacing to clusters by rules of its own; all of that is repeated here, because what is
//! measured has to be what is drawn.

use std::ops::Range;
use std::sync::Arc;

use harfrust::{
    Direction, Feature, GlyphBuffer, ShapeOptions, ShapePlan, Shaper, UnicodeBuffer, script,
};
use unicode_script::{Script, UnicodeScript};

use super::ink::{FaceInk, GlyphInk};
use super::{FaceId, Fonts};

/// A run of text as glyphs, in em of the run.
#[derive(Clone, Debug, Default)]
pub(super) struct Shaped {
    /// Clusters from left to right.
    pub(super) clusters: Vec<Cluster>,
    /// Glyphs from left to right.
    pub(super) glyphs: Vec<ShapedGlyph>,
    /// How far it moves the pen; no tracking after the last cluster.
    pub(super) advance: f64,
}

/// Letters and marks that are drawn together.
#[derive(Clone, Debug)]
pub(super) struct Cluster {
    /// First byte in the run's text.
    pub(super) byte: usize,
    /// How far it moves the pen, tracking included.
    pub(super) advance: f64,
    /// The tracking in it.
    pub(super) tracking: f64,
    /// Whether text before it can be cut off without changing it or what is cut.
    pub(super) is_safe: bool,
    /// Its glyphs.
    pub(super) glyphs: Range<usize>,
}

/// A glyph of a run.
#[derive(Clone, Copy, Debug)]
pub(super) struct ShapedGlyph {
    pub(super) id: u32,
    /// x of its origin from that of the run.
    pub(super) x: f64,
    /// How far it is lifted above the baseline.
    pub(super) y: f64,
    /// First byte of its cluster in the run's text.
    pub(super) byte: usize,
}

/// Shapers of the faces in use, kept while a paragraph is set.
pub(super) struct Shapers<'a> {
    pub(super) fonts: &'a Fonts,
    open: Vec<(FaceId, OpenFace<'a>)>,
    buffer: Option<UnicodeBuffer>,
}

struct OpenFace<'a> {
    shaper: Shaper<'a>,
    ink: FaceInk<'a>,
    units_per_em: f64,
    features: Vec<Feature>,
    plan: Option<Arc<ShapePlan>>,
}

impl<'a> Shapers<'a> {
    pub(super) fn new(fonts: &'a Fonts) -> Self {
        Self {
            fonts,
            open: Vec::new(),
            buffer: None,
        }
    }

    fn open(&mut self, id: FaceId) -> &mut OpenFace<'a> {
        let known = self.open.iter().position(|(open, _)| *open == id);
        let index = known.unwrap_or_else(|| {
            let face = self.fonts.get(id);
            let open = OpenFace {
                shaper: face.shaper(),
                ink: face.ink(),
                units_per_em: face.units_per_em(),
                features: face.features(),
                plan: None,
            };
            self.open.push((id, open));
            self.open.len() - 1
        });
        &mut self.open[index].1
    }

    /// Around the ink of a glyph, from its origin; nothing for a space.
    pub(super) fn ink(&mut self, face: FaceId, glyph: u32) -> Option<GlyphInk> {
        self.open(face).ink.of(glyph)
    }

    /// Left edge of a glyph's ink above the baseline, from its origin.
    pub(super) fn edge(&mut self, face: FaceId, glyph: u32) -> Option<f64> {
        self.open(face).ink.edge(glyph)
    }

    /// Shapes a run.
    pub(super) fn shape(
        &mut self,
        text: &str,
        face: FaceId,
        is_rtl: bool,
        tracking: f64,
    ) -> Shaped {
        let mut buffer = self.buffer.take().unwrap_or_default();
        buffer.push_str(text);
        buffer.set_direction(match is_rtl {
            true => Direction::RightToLeft,
            false => Direction::LeftToRight,
        });
        buffer.guess_segment_properties();
        let glyphs = self.run(buffer, face);
        let units_per_em = self.open(face).units_per_em;
        let mut shaped = clusters_of(&glyphs, units_per_em);
        self.buffer = Some(glyphs.clear());
        track(&mut shaped, text, tracking);
        place(&mut shaped);
        shaped
    }

    fn run(&mut self, buffer: UnicodeBuffer, id: FaceId) -> GlyphBuffer {
        let direction = buffer.direction();
        let guessed = Some(buffer.script()).filter(|&guess| guess != script::UNKNOWN);
        let face = self.fonts.get(id);
        let open = self.open(id);
        let is_known = open
            .plan
            .as_ref()
            .is_some_and(|plan| plan.direction() == direction && plan.script() == guessed);
        if !is_known {
            open.plan = Some(face.plan(&open.shaper, direction, guessed));
        }
        let options = ShapeOptions::new()
            .plan(open.plan.as_deref())
            .features(&open.features);
        open.shaper.shape(buffer, options)
    }
}

/// Groups glyphs into clusters; x of glyphs is relative to their cluster for now.
fn clusters_of(buffer: &GlyphBuffer, units_per_em: f64) -> Shaped {
    let mut shaped = Shaped::default();
    let em = |units: i32| f64::from(units) / units_per_em;
    for (info, position) in buffer.glyph_infos().iter().zip(buffer.glyph_positions()) {
        let byte = info.cluster as usize;
        let index = shaped.glyphs.len();
        if shaped.clusters.last().is_none_or(|last| last.byte != byte) {
            shaped.clusters.push(Cluster {
                byte,
                advance: 0.0,
                tracking: 0.0,
                is_safe: !info.unsafe_to_break(),
                glyphs: index..index,
            });
        }
        let cluster = shaped
            .clusters
            .last_mut()
            .expect("a cluster was pushed if there was none");
        shaped.glyphs.push(ShapedGlyph {
            id: info.glyph_id,
            x: cluster.advance + em(position.x_offset),
            y: em(position.y_offset),
            byte,
        });
        cluster.advance += em(position.x_advance);
        cluster.is_safe &= !info.unsafe_to_break();
        cluster.glyphs.end = index + 1;
    }
    shaped
}

/// Adds tracking as usvg does: not after the last cluster, not in scripts whose letters join, and
/// a cluster that would not move the pen forward vanishes.
fn track(shaped: &mut Shaped, text: &str, tracking: f64) {
    if tracking == 0.0 {
        return;
    }
    let last = shaped.clusters.len().saturating_sub(1);
    for (index, cluster) in shaped.clusters.iter_mut().enumerate() {
        let first = text[cluster.byte..].chars().next();
        if !first.is_some_and(|first| can_be_tracked(first.script())) {
            continue;
        }
        if index != last {
            cluster.tracking = tracking;
            cluster.advance += tracking;
        }
        if cluster.advance <= 0.0 {
            cluster.advance = 0.0;
            cluster.tracking = 0.0;
            cluster.glyphs.end = cluster.glyphs.start;
        }
    }
}

/// Turns places within clusters into places within the run and drops vanished glyphs.
fn place(shaped: &mut Shaped) {
    let glyphs = std::mem::take(&mut shaped.glyphs);
    let mut pen = 0.0;
    for cluster in &mut shaped.clusters {
        let first = shaped.glyphs.len();
        for glyph in &glyphs[cluster.glyphs.clone()] {
            shaped.glyphs.push(ShapedGlyph {
                x: pen + glyph.x,
                ..*glyph
            });
        }
        cluster.glyphs = first..shaped.glyphs.len();
        pen += cluster.advance;
    }
    shaped.advance = pen;
}

/// The list is usvg's own, from <https://github.com/harfbuzz/harfbuzz/issues/64>.
fn can_be_tracked(script: Script) -> bool {
    !matches!(
        script,
        Script::Arabic
            | Script::Syriac
            | Script::Nko
            | Script::Manichaean
            | Script::Psalter_Pahlavi
            | Script::Mandaic
            | Script::Mongolian
            | Script::Phags_Pa
            | Script::Devanagari
            | Script::Bengali
            | Script::Gurmukhi
            | Script::Modi
            | Script::Sharada
            | Script::Syloti_Nagri
            | Script::Tirhuta
            | Script::Ogham
    )
}
