//! A brand's style sheet and its logos: what comes after any theme.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::embedded::BASE;
use super::{Library, Theme};
use crate::design::css::{self, Sheet, Source};
use crate::design::logo::{self, Logo, Logos};
use crate::design::palette::{self, Moved};
use crate::diagnostic::{Diagnostic, Place};
use crate::error::{Error, Result};

/// A brand: a few lines of CSS that come after any theme.
#[derive(Clone, Debug)]
pub(super) struct Brand {
    path: PathBuf,
    pub(super) css: String,
    /// The variables that it sets.
    variables: Vec<String>,
}

impl Library {
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
        let declared = css::of_root(Source { path, css: &css })?;
        if let (None, Some(logos)) = (&self.logos, logo::of_brand(path, &declared)?) {
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
    pub(super) fn settled(&self, sources: &[Source<'_>]) -> Result<(Sheet, Vec<Moved>)> {
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
}
