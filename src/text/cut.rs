//! A face as a theme uses it: at a place on its axes, with OpenType features, and with the faces to
//! look in first for what it lacks.
//!
//! Cuts are made when they are first asked for and kept; a face that is asked for as it is needs none.

use std::sync::{Mutex, OnceLock, PoisonError};

use skrifa::{FontRef, MetadataProvider, Tag};

use super::face::Face;
use super::{FaceId, FaceRequest};

/// How a face is used.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Cut {
    /// A value for each axis of a variable face; none for a static one.
    pub(super) axes: Vec<(Tag, f32)>,
    /// OpenType features. usvg knows none: text with them is drawn as outlines.
    pub(super) features: Vec<(Tag, u32)>,
    /// Where to look first for characters that the face lacks.
    pub(super) others: Vec<FaceId>,
}

impl Cut {
    pub(super) fn is_plain(&self) -> bool {
        *self == Self::default()
    }
}

/// Whether a face has an axis, and the range of it.
pub(super) fn axis(font: &FontRef<'_>, tag: &[u8; 4]) -> Option<(f32, f32)> {
    let axis = font.axes().get_by_tag(Tag::new(tag))?;
    Some((axis.min_value(), axis.max_value()))
}

/// Where on the axes of a face a request is; every axis is named, so that nothing is left to usvg.
pub(super) fn axes(
    font: &FontRef<'_>,
    request: &FaceRequest,
    is_drawn_slanted: bool,
) -> Vec<(Tag, f32)> {
    let is_slanted = request.is_italic && !is_drawn_slanted;
    let axes = font.axes();
    let place = |axis: skrifa::Axis| {
        let tag = axis.tag();
        let mut given = request.variations.iter().rev();
        let given = given.find(|(name, _)| tag == name.as_str());
        let value = given
            .map(|(_, value)| *value)
            .or_else(|| match &tag.to_be_bytes() {
                b"wght" => Some(f32::from(request.weight)),
                b"opsz" => request.optical_size,
                b"ital" if is_slanted => Some(1.0),
                b"slnt" if is_slanted => Some(axis.min_value()),
                _ => None,
            });
        let value = value.unwrap_or_else(|| axis.default_value());
        (tag, value.clamp(axis.min_value(), axis.max_value()))
    };
    axes.iter().map(place).collect()
}

/// The features of a request that a face has.
pub(super) fn features(font: &FontRef<'_>, request: &FaceRequest) -> Vec<(Tag, u32)> {
    use skrifa::raw::TableProvider;
    if request.features.is_empty() {
        return Vec::new();
    }
    let gsub = font.gsub().and_then(|table| table.feature_list());
    let gpos = font.gpos().and_then(|table| table.feature_list());
    let lists = [gsub.ok(), gpos.ok()];
    let has = |tag: Tag| {
        let mut lists = lists.iter().flatten();
        lists.any(|list| {
            list.feature_records()
                .iter()
                .any(|record| record.feature_tag() == tag)
        })
    };
    let asked = request.features.iter();
    let asked = asked.filter_map(|(name, value)| Some((tag(name)?, *value)));
    asked.filter(|(tag, _)| has(*tag)).collect()
}

/// The features that a request turns on and its cut does not have, by tag.
pub(super) fn lacking<'r>(cut: &Cut, request: &'r FaceRequest) -> impl Iterator<Item = &'r str> {
    let has = |wanted| cut.features.iter().any(|(tag, _)| Some(*tag) == wanted);
    let turned_on = request.features.iter().filter(|(_, value)| *value > 0);
    let names = turned_on.map(|(name, _)| name.as_str());
    names.filter(move |name| !has(tag(name)))
}

fn tag(name: &str) -> Option<Tag> {
    Tag::new_checked(name.as_bytes()).ok()
}

/// More cuts than any theme has; what is beyond is reported as missing.
const MOST: usize = 1024;

/// The cuts made so far. A number once given stays; no order of anything depends on it.
pub(super) struct Cuts {
    made: Vec<OnceLock<Box<Face>>>,
    count: Mutex<usize>,
}

impl Cuts {
    pub(super) fn new() -> Self {
        Self {
            made: (0..MOST).map(|_| OnceLock::new()).collect(),
            count: Mutex::new(0),
        }
    }

    pub(super) fn get(&self, index: usize) -> Option<&Face> {
        self.made.get(index)?.get().map(|face| &**face)
    }

    /// The number of a cut, made if it is new; `None` if there are too many.
    pub(super) fn number(&self, of: &Face, cut: Cut) -> Option<usize> {
        let mut count = self.count.lock().unwrap_or_else(PoisonError::into_inner);
        let mut known = self.made[..*count].iter();
        let is_same = |made: &OnceLock<Box<Face>>| {
            made.get()
                .is_some_and(|face| face.id == of.id && face.cut == cut)
        };
        if let Some(index) = known.position(is_same) {
            return Some(index);
        }
        let index = *count;
        self.made
            .get(index)?
            .get_or_init(|| Box::new(of.with_cut(cut)));
        *count += 1;
        Some(index)
    }
}
