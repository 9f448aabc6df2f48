//! Everything a designer made: families of templates, themes, platforms.

mod brand;
mod embedded;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::{Arc, PoisonError, RwLock};

use self::brand::Brand;
use self::embedded::{BASE, EMBEDDED};
use super::adapt::{adapt, is_ready};
use super::css::{Sheet, Source};
use super::family::{ARTBOARDS, Family, FamilyFile};
use super::logo::Logos;
use super::own;
use super::{Platform, Template};
use crate::error::{Error, Result};

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
    /// The families among them that people drew.
    own: BTreeSet<String>,
    themes: BTreeMap<String, Theme>,
    /// The themes among them that people wrote.
    own_themes: BTreeSet<String>,
    platforms: Vec<Platform>,
    brand: Option<Brand>,
    logos: Option<Arc<Logos>>,
    drawings: Drawings,
}

/// Templates as platforms get them, by family and platform; made when first asked for.
type Drawings = Arc<RwLock<BTreeMap<(String, String), Arc<Template>>>>;

impl Theme {
    fn source(&self) -> Source<'_> {
        Source {
            path: &self.path,
            css: &self.css,
        }
    }
}

impl Library {
    /// What the program carries.
    ///
    /// # Errors
    ///
    /// None for a program that passed its tests: a fault in the embedded files.
    pub fn built_in() -> Result<Self> {
        let mut library = Self {
            families: BTreeMap::new(),
            own: BTreeSet::new(),
            themes: BTreeMap::new(),
            own_themes: BTreeSet::new(),
            platforms: super::platform::built_in()?,
            brand: None,
            logos: None,
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
        let names = found.families.iter().map(|(name, _)| name.clone());
        self.own.extend(names);
        self.drawings = Drawings::default();
        self.families.extend(found.families);
        for theme in found.themes {
            self.own_themes.insert(theme.name.clone());
            self.themes.insert(theme.name.clone(), theme);
        }
        Ok(self)
    }

    /// The same library, its platforms asking for this type of file only.
    ///
    /// # Errors
    ///
    /// A type that pictures are not written in.
    pub fn with_type(mut self, name: &str) -> Result<Self> {
        if !["png", "jpeg", "webp", "pdf"].contains(&name) {
            let error = Error::new(format!("pictures are not written as `{name}`"));
            return Err(error.with_hint("use `png`, `jpeg`, `webp` or `pdf`"));
        }
        for platform in &mut self.platforms {
            platform.types = vec![name.to_owned()];
        }
        Ok(self)
    }

    /// Whether some text of a family, or of a theme that it may wear, shares its size with others.
    #[must_use]
    pub fn has_size_groups(&self, family: &str, theme: &str) -> bool {
        let is_asked = |text: &str| text.contains("size-group");
        let templates = self.families.get(family).map(|family| &family.artboards);
        let mut templates = templates.into_iter().flat_map(BTreeMap::values);
        templates.any(|template| {
            let mut keys = template.settings.values().flat_map(|text| text.keys());
            is_asked(&template.source) || keys.any(|key| key == "size-group")
        }) || self.theme(theme).is_some_and(|theme| is_asked(&theme.css))
            || self
                .brand
                .as_ref()
                .is_some_and(|brand| is_asked(&brand.css))
    }

    /// The family for a card: the one it wants, or that of its kind where there is no such one, and
    /// where people drew a family for the kind but none for what it wants: a campaign has one hand.
    #[must_use]
    pub fn family_for<'a>(&self, kind: &'a str, wanted: &'a str) -> &'a str {
        let is_theirs = self.own.contains(wanted) || !self.own.contains(kind);
        if self.families.contains_key(wanted) && is_theirs {
            wanted
        } else {
            kind
        }
    }

    /// The names of the families that people drew, in alphabetical order.
    pub fn own_families(&self) -> impl Iterator<Item = &str> {
        self.own.iter().map(String::as_str)
    }

    /// The themes that people wrote, in alphabetical order.
    pub fn own_themes(&self) -> impl Iterator<Item = &Theme> {
        let names = self.own_themes.iter();
        names.filter_map(|name| self.themes.get(name))
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
        let (sheet, _) = self.settled(&[base, own, theme.source()])?;
        Ok(sheet)
    }
}
