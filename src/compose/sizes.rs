//! Texts that are set at one size: items of a list, an attribution on all images of a card, the
//! headlines of a whole campaign.
//!
//! A text joins a group with `data-size-group="items"`; `data-size-scope` says how far the group
//! reaches. All of a group take the smallest size that one of them needs.

use std::collections::BTreeMap;

use roxmltree::Node;

use super::bind::Scene;
use super::style::setting;
use super::{Composition, PlacedText};
use crate::design::cascade::Computed;
use crate::geometry::Px;
use crate::plan::Job;

/// The texts that a text shares its size with.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct SizeGroup {
    /// What the template calls the group.
    pub name: String,
    /// How far it reaches.
    pub scope: SizeScope,
}

/// How far a group of texts of one size reaches.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum SizeScope {
    /// The texts of one image.
    #[default]
    Image,
    /// The images of a card, for all platforms.
    Card,
    /// The images of all cards for the same platform.
    Campaign,
}

/// The sizes that texts of different images share, in px of the image.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SharedSizes {
    sizes: BTreeMap<Key, Px>,
}

/// A group among all images: kind of card, what it is bounded by, name.
type Key = (&'static str, String, SizeGroup);

impl SharedSizes {
    /// Notes the sizes that the texts of an image were set at.
    pub fn note(&mut self, job: &Job<'_>, composition: &Composition) {
        for text in &composition.texts {
            if let Some(group) = text.group.as_ref().filter(|group| group.reaches_out()) {
                let size = self.sizes.entry(key(job, group)).or_insert(text.size);
                *size = size.min(text.size);
            }
        }
    }

    /// The smaller size of both, group by group.
    #[must_use]
    pub fn with(mut self, other: Self) -> Self {
        for (key, size) in other.sizes {
            let own = self.sizes.entry(key).or_insert(size);
            *own = own.min(size);
        }
        self
    }

    /// Whether no two images share a size.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.sizes.is_empty()
    }

    /// The sizes of the groups that an image is part of.
    #[must_use]
    pub fn of(&self, job: &Job<'_>) -> BTreeMap<SizeGroup, Px> {
        let groups = self
            .sizes
            .iter()
            .filter(|(own, _)| **own == key(job, &own.2));
        groups
            .map(|((_, _, group), size)| (group.clone(), *size))
            .collect()
    }
}

impl SizeGroup {
    fn reaches_out(&self) -> bool {
        self.scope != SizeScope::Image
    }
}

fn key(job: &Job<'_>, group: &SizeGroup) -> Key {
    let name = job.name.to_string_lossy();
    let bound = match group.scope {
        SizeScope::Image => name.into_owned(),
        // The card's part of the name, which no other card has.
        SizeScope::Card => {
            let platform = format!("--{}", job.platform.id);
            name.strip_suffix(&platform).unwrap_or(&name).to_owned()
        }
        SizeScope::Campaign => job.platform.id.clone(),
    };
    (job.card.kind.name(), bound, group.clone())
}

/// The group that a text is in, if any.
pub(super) fn group(
    scene: &Scene<'_, '_>,
    text: Node<'_, '_>,
    computed: &Computed,
) -> Option<SizeGroup> {
    let name = setting(scene, computed, text, "size-group")?.trim();
    let scope = match setting(scene, computed, text, "size-scope") {
        Some("card") => SizeScope::Card,
        Some("campaign") => SizeScope::Campaign,
        _ => SizeScope::Image,
    };
    (!name.is_empty()).then(|| SizeGroup {
        name: name.to_owned(),
        scope,
    })
}

/// The sizes of an image's own groups, where some text was set larger than another.
pub(super) fn uneven(texts: &[PlacedText]) -> BTreeMap<SizeGroup, Px> {
    let mut smallest: BTreeMap<SizeGroup, Px> = BTreeMap::new();
    for text in texts {
        if let Some(group) = text.group.as_ref().filter(|group| !group.reaches_out()) {
            let size = smallest.entry(group.clone()).or_insert(text.size);
            *size = size.min(text.size);
        }
    }
    smallest.retain(|group, size| {
        let mut members = texts
            .iter()
            .filter(|text| text.group.as_ref() == Some(group));
        members.any(|text| text.size.0 > size.0 * (1.0 + 1e-6))
    });
    smallest
}
