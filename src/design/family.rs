//! A family of templates: one drawing for each artboard, and what its `template.toml` says.

use std::collections::BTreeMap;
use std::path::Path;

use serde::Deserialize;

use super::{Settings as Plain, Template};
use crate::error::{Error, Result};

/// The artboards, with width over height, in the order in which they are listed and rendered.
pub(super) const ARTBOARDS: &[(&str, f64)] = &[
    ("landscape", 1200.0 / 630.0),
    ("square", 1.0),
    ("portrait", 1080.0 / 1350.0),
    ("story", 1080.0 / 1920.0),
];

/// The templates of one kind of card, one for each artboard.
#[derive(Clone, Debug, Default)]
pub(super) struct Family {
    /// What it is for, in a line.
    pub about: String,
    /// By the artboard's name.
    pub artboards: BTreeMap<String, Template>,
}

/// What a person may write beside the drawings of a family, for tools that cannot write it into
/// them: `template.toml`.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct FamilyFile {
    /// What it is for, in a line.
    #[serde(default)]
    pub about: String,
    /// The kind of card it draws: `quote` or `statistic`.
    #[serde(rename = "for")]
    pub kind: Option<String>,
    /// Settings of texts on every artboard, by the text's name.
    #[serde(default)]
    text: Settings,
    /// Settings of texts on one artboard.
    #[serde(default)]
    landscape: Artboard,
    #[serde(default)]
    square: Artboard,
    #[serde(default)]
    portrait: Artboard,
    #[serde(default)]
    story: Artboard,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Artboard {
    #[serde(default)]
    text: Settings,
}

/// By the text's name.
type Settings = BTreeMap<String, BTreeMap<String, Value>>;

#[derive(Clone, Debug, Deserialize)]
#[serde(untagged)]
enum Value {
    Words(String),
    Whole(i64),
    Number(f64),
    Switch(bool),
}

/// What may be set for a text: the names of the `data-*` attributes without `data-`.
pub const SETTINGS: &[&str] = &[
    "align",
    "bind",
    "box",
    "fit",
    "give",
    "follow",
    "hang",
    "hide",
    "inline-size",
    "lockup",
    "max-leading",
    "max-lines",
    "min-size",
    "optional",
    "show",
    "size-group",
    "size-scope",
    "valign",
];

impl FamilyFile {
    /// Reads a `template.toml`.
    ///
    /// # Errors
    ///
    /// Broken TOML, or a key that means nothing here, with line and column as far as known.
    pub fn parse(path: &Path, text: &str) -> Result<Self> {
        let file: Self = toml::from_str(text).map_err(|cause| {
            let error = Error::new(cause.message().to_owned()).in_file(path);
            match cause.span() {
                Some(span) => {
                    let (line, column) = position(text, span.start);
                    error.at(line, column)
                }
                None => error,
            }
        })?;
        let artboards = [&file.landscape, &file.square, &file.portrait, &file.story];
        let all = artboards.iter().map(|artboard| &artboard.text);
        for (name, settings) in all.chain([&file.text]).flatten() {
            for key in settings.keys() {
                if !SETTINGS.contains(&key.as_str()) {
                    return Err(unknown(path, name, key));
                }
            }
        }
        Ok(file)
    }

    /// What is set for the texts of an artboard: by the text's name, then by the setting's.
    pub fn settings(&self, artboard: &str) -> Plain {
        let own = match artboard {
            "landscape" => &self.landscape,
            "square" => &self.square,
            "portrait" => &self.portrait,
            _ => &self.story,
        };
        let mut settings = Plain::new();
        for (name, values) in self.text.iter().chain(&own.text) {
            let text = settings.entry(name.clone()).or_default();
            text.extend(
                values
                    .iter()
                    .map(|(key, value)| (key.clone(), value.words())),
            );
        }
        settings
    }
}

impl Value {
    fn words(&self) -> String {
        match self {
            Self::Words(words) => words.clone(),
            Self::Whole(number) => number.to_string(),
            Self::Number(number) => number.to_string(),
            Self::Switch(is_on) => is_on.to_string(),
        }
    }
}

fn unknown(path: &Path, name: &str, key: &str) -> Error {
    let similar = |known: &&&str| strsim::damerau_levenshtein(key, known);
    let nearest = SETTINGS.iter().min_by_key(similar).expect("there are some");
    Error::new(format!("`{key}` is no setting of the text `{name}`"))
        .in_file(path)
        .with_hint(format!(
            "did you mean `{nearest}`? There are {}",
            SETTINGS.join(", ")
        ))
}

/// Line and column, counted from 1, of a byte.
fn position(text: &str, at: usize) -> (usize, usize) {
    let before = &text[..text.floor_char_boundary(at)];
    let line = before.matches('\n').count() + 1;
    let column = before.rsplit('\n').next().unwrap_or_default();
    (line, column.chars().count() + 1)
}

/// The artboard that a drawing is for: the one its name ends in, else the nearest in shape.
pub(super) fn artboard_of(stem: &str, template: &Template) -> &'static str {
    let stem = stem.to_lowercase();
    let named = ARTBOARDS.iter().find(|(name, _)| stem.ends_with(name));
    let shape = template.artboard.width() / template.artboard.height();
    let distance = |ratio: f64| (ratio / shape).ln().abs();
    let nearest = || {
        let by_shape = |a: &&(&str, f64), b: &&(&str, f64)| distance(a.1).total_cmp(&distance(b.1));
        ARTBOARDS.iter().min_by(by_shape)
    };
    let (name, _) = named.or_else(nearest).expect("there are artboards");
    name
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn settings_of_an_artboard_win_over_those_of_all() {
        let text =
            "[text.quote]\nmax-lines = 5\nmin-size = 40.5\n[story.text.quote]\nmax-lines = 8";
        let file = FamilyFile::parse(Path::new("template.toml"), text).expect("it is valid");
        let setting = |artboard: &str, key: &str| file.settings(artboard)["quote"][key].clone();
        assert_eq!(setting("square", "max-lines"), "5");
        assert_eq!(setting("story", "max-lines"), "8");
        assert_eq!(setting("story", "min-size"), "40.5");
    }

    #[test]
    fn a_setting_that_does_not_exist_is_refused_with_the_nearest() {
        let text = "[text.quote]\nmaxlines = 5";
        let error = FamilyFile::parse(Path::new("template.toml"), text).expect_err("it is refused");
        assert_eq!(
            error.to_string(),
            "template.toml: `maxlines` is no setting of the text `quote`"
        );
        assert!(error.hint().is_some_and(|hint| hint.contains("max-lines")));
    }

    #[test]
    fn a_drawing_is_for_the_artboard_it_is_called_or_shaped_like() {
        #[track_caller]
        fn case(stem: &str, size: (u32, u32), expected: &str) {
            let (width, height) = size;
            let source = format!("<svg width='{width}' height='{height}'/>");
            let template = Template::parse(Path::new("t.svg"), source).expect("it is a template");
            assert_eq!(artboard_of(stem, &template), expected);
        }
        case("spring-square", (1080, 1080), "square");
        case("card", (1200, 630), "landscape");
        case("card", (1080, 1350), "portrait");
        case("Story", (1080, 1350), "story");
        case("card", (297, 210), "landscape");
    }
}
