//! Everything a designer made: families of templates, themes, platforms.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::{Arc, PoisonError, RwLock};

use super::adapt::{adapt, is_ready};
use super::css::{Sheet, Source};
use super::family::{ARTBOARDS, Family, FamilyFile};
use super::logo::{Logo, Logos};
use super::own;
use super::palette::{self, Moved};
use super::{Platform, Template};
use crate::diagnostic::{Diagnostic, Place};
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

/// A brand: a few lines of CSS that come after any theme.
#[derive(Clone, Debug)]
struct Brand {
    path: PathBuf,
    css: String,
    /// The variables that it sets.
    variables: Vec<String>,
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
    "bars/template.toml",
    "bars/landscape.svg",
    "bars/square.svg",
    "bars/portrait.svg",
    "bars/story.svg",
    "carousel-cover/template.toml",
    "carousel-cover/landscape.svg",
    "carousel-cover/square.svg",
    "carousel-cover/portrait.svg",
    "carousel-cover/story.svg",
    "carousel-end/template.toml",
    "carousel-end/landscape.svg",
    "carousel-end/square.svg",
    "carousel-end/portrait.svg",
    "carousel-end/story.svg",
    "carousel-quote/template.toml",
    "carousel-quote/landscape.svg",
    "carousel-quote/square.svg",
    "carousel-quote/portrait.svg",
    "carousel-quote/story.svg",
    "carousel-statistic/template.toml",
    "carousel-statistic/landscape.svg",
    "carousel-statistic/square.svg",
    "carousel-statistic/portrait.svg",
    "carousel-statistic/story.svg",
    "list/template.toml",
    "list/landscape.svg",
    "list/square.svg",
    "list/portrait.svg",
    "list/story.svg",
    "photo-quote/template.toml",
    "photo-quote/landscape.svg",
    "photo-quote/square.svg",
    "photo-quote/portrait.svg",
    "photo-quote/story.svg",
    "photo-title/template.toml",
    "photo-title/landscape.svg",
    "photo-title/square.svg",
    "photo-title/portrait.svg",
    "photo-title/story.svg",
    "quote/template.toml",
    "quote/landscape.svg",
    "quote/square.svg",
    "quote/portrait.svg",
    "quote/story.svg",
    "ratio/template.toml",
    "ratio/landscape.svg",
    "ratio/square.svg",
    "ratio/portrait.svg",
    "ratio/story.svg",
    "ring/template.toml",
    "ring/landscape.svg",
    "ring/square.svg",
    "ring/portrait.svg",
    "ring/story.svg",
    "statistic/template.toml",
    "statistic/landscape.svg",
    "statistic/square.svg",
    "statistic/portrait.svg",
    "statistic/story.svg",
    "title/template.toml",
    "title/landscape.svg",
    "title/square.svg",
    "title/portrait.svg",
    "title/story.svg",
    "themes/cedar.css",
    "themes/cobalt.css",
    "themes/marigold.css",
    "themes/midnight.css",
    "themes/newsprint.css",
];

/// What all themes share: it comes before the theme.
const BASE: &str = include_str!("../../templates/base.css");

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

    /// The same library with a brand: a style sheet that comes after every theme, such as
    /// `:root { --accent: #0B6E4F; --logo: url(logo.svg); }`.
    ///
    /// Its logos are those of the library unless it was given some by [`Self::with_logo`]; their
    /// addresses are files, as seen from the folder of the style sheet.
    ///
    /// # Errors
    ///
    /// A file that cannot be read, or broken CSS, with line and column.
    pub fn with_brand(mut self, path: &Path) -> Result<Self> {
        let css = std::fs::read_to_string(path).map_err(|cause| Error::read(path, cause))?;
        let declared = super::css::of_root(Source { path, css: &css })?;
        if let (None, Some(logos)) = (&self.logos, super::logo::of_brand(path, &declared)?) {
            self.logos = Some(Arc::new(logos));
        }
        let names = declared.iter().filter_map(|it| it.name.strip_prefix("--"));
        let variables = names.map(str::to_owned).collect();
        self.brand = Some(Brand {
            path: path.to_owned(),
            css,
            variables,
        });
        Ok(self)
    }

    /// The same library with a brand's logo, and perhaps another one for dark grounds.
    ///
    /// # Errors
    ///
    /// As [`Logo::load`].
    pub fn with_logo(mut self, light: &Path, dark: Option<&Path>) -> Result<Self> {
        self.logos = Some(Arc::new(Logos {
            light: Logo::load(light)?,
            dark: dark.map(Logo::load).transpose()?,
        }));
        Ok(self)
    }

    /// The brand's logo.
    #[must_use]
    pub fn logos(&self) -> Option<&Arc<Logos>> {
        self.logos.as_ref()
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

    /// What was done to the brand's colours so that they can be read in a theme.
    ///
    /// # Errors
    ///
    /// Broken CSS or an unknown variable, as [`Self::sheet`].
    pub fn brand_notes(&self, theme: &Theme) -> Result<Vec<Diagnostic>> {
        let base = Source {
            path: Path::new("templates/base.css"),
            css: BASE,
        };
        let (_, moved) = self.settled(&[base, theme.source()])?;
        let place = Place {
            file: self.brand.as_ref().map(|brand| brand.path.clone()),
            ..Place::default()
        };
        let note = |moved: &Moved| {
            let Moved {
                name,
                from,
                to,
                against,
                had,
                has,
                floor,
            } = moved;
            let message = format!(
                "the brand's `--{name}: {from}` has a contrast of {had:.1} with `{against}` in the theme \
                 `{}`; {floor} is needed, {to} with {has:.1} is used",
                theme.name
            );
            let hint = "choose a colour with that contrast, or another theme";
            Diagnostic::warning("brand-colour-moved", message)
                .with_hint(hint)
                .at(place.clone())
        };
        Ok(moved.iter().map(note).collect())
    }

    /// The sheet of several sources and the brand, and the brand's colours that were moved in it.
    fn settled(&self, sources: &[Source<'_>]) -> Result<(Sheet, Vec<Moved>)> {
        let Some(brand) = &self.brand else {
            return Ok((Sheet::resolve(sources)?, Vec::new()));
        };
        let own = Source {
            path: &brand.path,
            css: &brand.css,
        };
        let mut moved = Vec::new();
        let is_brands = |name: &str| brand.variables.iter().any(|own| own == name);
        let sources: Vec<_> = sources.iter().copied().chain([own]).collect();
        let sheet = Sheet::resolve_with(&sources, |variables| {
            moved = palette::settle(variables, is_brands);
        })?;
        Ok((sheet, moved))
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
