//! Everything a designer made: families of templates, themes, platforms.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, PoisonError, RwLock};

use super::adapt::{adapt, is_ready};
use super::css::{Sheet, Source};
use super::family::{ARTBOARDS, Family, FamilyFile};
use super::own;
use super::{Platform, Template};
use crate::error::Result;

/// A theme: a voice as CSS.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Theme {
    /// Its name: that of the file without the ending.
    pub name: String,
    /// Where it was read from, for messages; built-in ones by their path in the project.
    pub path: PathBuf,
    /// The style sheet as written.
    pub css: String,
}

/// What there is to say about a family of templates.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FamilySummary {
    /// Its name: that of the folder.
    pub name: String,
    /// What it is for, in a line.
    pub about: String,
    /// The artboards it has.
    pub artboards: Vec<String>,
}

/// Families, themes and platforms: loaded once, shared by threads.
#[derive(Clone, Debug)]
pub struct Library {
    families: BTreeMap<String, Family>,
    themes: BTreeMap<String, Theme>,
    platforms: Vec<Platform>,
    drawings: Drawings,
}

/// Templates as platforms get them, by family and platform; made when first asked for.
type Drawings = Arc<RwLock<BTreeMap<(String, String), Arc<Template>>>>;

macro_rules! embedded {
    ($($path:literal),* $(,)?) => {
        &[$(($path, include_str!(concat!("../../templates/", $path))),)*]
    };
}

/// Every file of `templates/` that the program carries.
const EMBEDDED: &[(&str, &str)] = embedded![
    "quote/template.toml",
    "quote/landscape.svg",
    "quote/square.svg",
    "quote/portrait.svg",
    "quote/story.svg",
    "statistic/template.toml",
    "statistic/landscape.svg",
    "statistic/square.svg",
    "statistic/portrait.svg",
    "statistic/story.svg",
    "themes/cedar.css",
    "themes/cobalt.css",
    "themes/marigold.css",
    "themes/midnight.css",
    "themes/newsprint.css",
];

/// What all themes share: it comes before the theme.
const BASE: &str = include_str!("../../templates/base.css");

impl Library {
    /// What the program carries.
    ///
    /// # Errors
    ///
    /// None for a program that passed its tests: a fault in the embedded files.
    pub fn built_in() -> Result<Self> {
        let mut library = Self {
            families: BTreeMap::new(),
            themes: BTreeMap::new(),
            platforms: super::platform::built_in()?,
            drawings: Drawings::default(),
        };
        for (path, text) in EMBEDDED {
            library.add(path, text)?;
        }
        Ok(library)
    }

    fn add(&mut self, path: &str, text: &str) -> Result<()> {
        let file = Path::new("templates").join(path);
        let (folder, name) = path.split_once('/').expect("embedded files are in folders");
        match name.split_once('.') {
            Some((name, "css")) => {
                let theme = Theme {
                    name: name.to_owned(),
                    path: file,
                    css: text.to_owned(),
                };
                self.themes.insert(name.to_owned(), theme);
            }
            Some((_, "toml")) => {
                let family = Family {
                    about: FamilyFile::parse(&file, text)?.about,
                    ..Family::default()
                };
                self.families.insert(folder.to_owned(), family);
            }
            Some((artboard, _)) => {
                let template = Template::parse(&file, text.to_owned())?;
                let family = self.families.get_mut(folder);
                let family = family.expect("a family's template.toml is listed first");
                family.artboards.insert(artboard.to_owned(), template);
            }
            None => unreachable!("embedded files have endings"),
        }
        Ok(())
    }

    /// The same library with templates and themes that people drew: a drawing, a folder of drawings
    /// (a family, one for each artboard), or a folder of such folders with `themes/` beside them.
    ///
    /// An own family takes the place of the built-in one of its kind, an own theme that of its name.
    ///
    /// # Errors
    ///
    /// Nothing to read there, or a file that is no template, with file, line and column.
    pub fn with_templates(mut self, path: &Path) -> Result<Self> {
        let found = own::read(path)?;
        self.drawings = Drawings::default();
        self.families.extend(found.families);
        let themes = found.themes.into_iter();
        self.themes
            .extend(themes.map(|theme| (theme.name.clone(), theme)));
        Ok(self)
    }

    /// Whether some text of a template or theme shares its size with others.
    #[must_use]
    pub fn has_size_groups(&self) -> bool {
        let templates = self
            .families
            .values()
            .flat_map(|family| family.artboards.values());
        let mut sources = templates.map(|template| (template.source.as_str(), &template.settings));
        let is_asked = |text: &str| text.contains("size-group");
        sources.any(|(source, settings)| {
            let mut keys = settings.values().flat_map(|text| text.keys());
            is_asked(source) || keys.any(|key| key == "size-group")
        }) || self.themes.values().any(|theme| is_asked(&theme.css))
    }

    /// The artboards that the family of a kind of card has, in the order they are rendered.
    #[must_use]
    pub fn artboards(&self, family: &str) -> Vec<&str> {
        let Some(family) = self.families.get(family) else {
            return Vec::new();
        };
        let all = ARTBOARDS.iter().map(|(name, _)| *name);
        all.filter(|name| family.artboards.contains_key(*name))
            .collect()
    }

    /// The platforms, in the order they are rendered.
    #[must_use]
    pub fn platforms(&self) -> &[Platform] {
        &self.platforms
    }

    /// The names of the themes, in alphabetical order.
    #[must_use]
    pub fn theme_names(&self) -> Vec<&str> {
        self.themes.keys().map(String::as_str).collect()
    }

    /// The theme of that name.
    #[must_use]
    pub fn theme(&self, name: &str) -> Option<&Theme> {
        self.themes.get(name)
    }

    /// The template of a family for an artboard.
    #[must_use]
    pub fn template(&self, family: &str, artboard: &str) -> Option<&Template> {
        self.families.get(family)?.artboards.get(artboard)
    }

    /// The template of a family as a platform gets it: the drawing of its artboard, else of the
    /// nearest one in shape, adapted to its size and its safe area where it does not fit as it is.
    ///
    /// `None` if there is no such family.
    ///
    /// # Errors
    ///
    /// None for families that were loaded: an artboard past the limits.
    pub fn drawing(&self, family: &str, platform: &Platform) -> Result<Option<Arc<Template>>> {
        let key = (family.to_owned(), platform.id.clone());
        let drawings = self.drawings.read();
        let known = drawings
            .unwrap_or_else(PoisonError::into_inner)
            .get(&key)
            .cloned();
        if known.is_some() {
            return Ok(known);
        }
        let Some(template) = self.nearest(family, platform) else {
            return Ok(None);
        };
        let drawing = Arc::new(match is_ready(template, platform) {
            true => template.clone(),
            false => adapt(template, platform)?,
        });
        let mut drawings = self
            .drawings
            .write()
            .unwrap_or_else(PoisonError::into_inner);
        Ok(Some(Arc::clone(drawings.entry(key).or_insert(drawing))))
    }

    /// The template of the platform's artboard, else of the artboard nearest in shape.
    fn nearest(&self, family: &str, platform: &Platform) -> Option<&Template> {
        let artboards = &self.families.get(family)?.artboards;
        let wanted = f64::from(platform.width) / f64::from(platform.height);
        let distance = |template: &Template| {
            let shape = template.artboard.width() / template.artboard.height();
            (shape / wanted).ln().abs()
        };
        let by_shape = |a: &&Template, b: &&Template| distance(a).total_cmp(&distance(b));
        let own = artboards.get(&platform.artboard);
        own.or_else(|| artboards.values().min_by(by_shape))
    }

    /// What there is to say about each family, in alphabetical order.
    #[must_use]
    pub fn families(&self) -> Vec<FamilySummary> {
        let summary = |(name, family): (&String, &Family)| FamilySummary {
            name: name.clone(),
            about: family.about.clone(),
            artboards: ARTBOARDS
                .iter()
                .filter(|(artboard, _)| family.artboards.contains_key(*artboard))
                .map(|(artboard, _)| (*artboard).to_owned())
                .collect(),
        };
        self.families.iter().map(summary).collect()
    }

    /// The style sheet of a template in a theme, values plain.
    ///
    /// # Errors
    ///
    /// Broken CSS or an unknown variable, with file, line and column as far as they are known.
    pub fn sheet(&self, template: &Template, theme: &Theme) -> Result<Sheet> {
        let own = Source {
            path: &template.path,
            css: &template.css,
        };
        if !template.has_theme {
            return Sheet::resolve(&[own]);
        }
        let base = Source {
            path: Path::new("templates/base.css"),
            css: BASE,
        };
        let theme = Source {
            path: &theme.path,
            css: &theme.css,
        };
        Sheet::resolve(&[base, own, theme])
    }
}
