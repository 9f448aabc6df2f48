//! What a style asks of a face: family, weight, slant, axes, features.
//!
//! Syntax follows <https://www.w3.org/TR/css-fonts-4/>; what cannot be read asks for nothing.

use std::collections::BTreeSet;

use super::bind::Scene;
use super::typeset::SetText;
use crate::design::cascade::Computed;
use crate::text::{FaceRequest, Fonts};

/// The face that computed properties ask for, for text in a language.
pub fn face_request(computed: &Computed, lang: &str) -> FaceRequest {
    let families = computed.get("font-family").unwrap_or_default();
    let weight = match computed.get("font-weight") {
        Some("bold") => 700,
        Some(number) => number.parse().unwrap_or(400),
        None => 400,
    };
    let unquoted = |name: &str| name.trim().trim_matches(['"', '\'']).to_owned();
    FaceRequest {
        families: families
            .split(',')
            .map(unquoted)
            .filter(|name| !name.is_empty())
            .collect(),
        weight,
        is_italic: matches!(computed.get("font-style"), Some("italic" | "oblique")),
        variations: settings(computed.get("font-variation-settings"))
            .filter_map(|(tag, value)| Some((tag, value?.parse().ok()?)))
            .collect(),
        features: features(computed),
        optical_size: match computed.get("font-optical-sizing") {
            Some("none") => None,
            // The size as drawn in the template: so a text has one cut at every size it is fitted to.
            _ => Some(computed.font_size as f32),
        },
        lang: Some(lang.to_owned()),
    }
}

/// The features, by tag, that the styles of a text ask for and their faces lack, each with the name
/// of the face's family; each pair once.
pub fn lacking(
    scene: &Scene<'_, '_>,
    fonts: &Fonts,
    set: &SetText<'_, '_>,
) -> Vec<(String, String)> {
    let looks = set.looks.iter().map(|(_, look)| *look).chain(set.mark_look);
    let mut found = BTreeSet::new();
    for look in looks {
        let computed = scene.cascade.computed(look, scene.classes);
        let request = face_request(&computed, scene.copy.dress().lang());
        if request.features.is_empty() {
            continue;
        }
        let Ok(face) = fonts.face(&request) else {
            continue;
        };
        let family = fonts.family_name(face);
        let tags = fonts.lacking(face, &request);
        found.extend(tags.map(|tag| (tag.to_owned(), family.to_owned())));
    }
    found.into_iter().collect()
}

/// Tags with their values: `"wdth" 80, "GRAD" 50`.
fn settings(value: Option<&str>) -> impl Iterator<Item = (String, Option<&str>)> {
    let parts = value.unwrap_or_default().split(',');
    parts.filter_map(|part| {
        let part = part.trim();
        let quote = part.chars().next().filter(|c| matches!(c, '"' | '\''))?;
        let (tag, value) = part[1..].split_once(quote)?;
        let value = Some(value.trim()).filter(|value| !value.is_empty());
        (tag.len() == 4 && tag.is_ascii()).then(|| (tag.to_owned(), value))
    })
}

/// The features that the high-level properties stand for.
const VARIANTS: &[(&str, &[&str])] = &[
    ("lining-nums", &["lnum"]),
    ("oldstyle-nums", &["onum"]),
    ("proportional-nums", &["pnum"]),
    ("tabular-nums", &["tnum"]),
    ("diagonal-fractions", &["frac"]),
    ("stacked-fractions", &["afrc"]),
    ("ordinal", &["ordn"]),
    ("slashed-zero", &["zero"]),
    ("small-caps", &["smcp"]),
    ("all-small-caps", &["c2sc", "smcp"]),
    ("petite-caps", &["pcap"]),
    ("unicase", &["unic"]),
    ("titling-caps", &["titl"]),
];

fn features(computed: &Computed) -> Vec<(String, u32)> {
    let variants = ["font-variant", "font-variant-numeric", "font-variant-caps"];
    let words = variants.iter().filter_map(|name| computed.get(name));
    let words = words.flat_map(str::split_whitespace);
    let known = words.filter_map(|word| VARIANTS.iter().find(|(name, _)| *name == word));
    let tags = known.flat_map(|(_, tags)| tags.iter());
    let mut features: Vec<(String, u32)> = tags.map(|tag| ((*tag).to_owned(), 1)).collect();
    let low_level = settings(computed.get("font-feature-settings"));
    features.extend(low_level.filter_map(|(tag, value)| {
        let value = match value {
            None | Some("on") => 1,
            Some("off") => 0,
            Some(number) => number.parse().ok()?,
        };
        Some((tag, value))
    }));
    features
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn settings_are_read_as_css_writes_them() {
        let read = |text| settings(Some(text)).collect::<Vec<_>>();
        assert_eq!(
            read("\"tnum\" 1, 'ss01', \"kern\" off"),
            [
                ("tnum".to_owned(), Some("1")),
                ("ss01".to_owned(), None),
                ("kern".to_owned(), Some("off"))
            ]
        );
        assert_eq!(read("normal"), []);
        assert_eq!(read("'toolong' 1, 'a"), []);
    }
}
