//! Joins the stages for users of the library: a card in, a picture out.
//!
//! In: a card and a platform, or a [`Job`] from [`plan`]. Out: the encoded picture, how it was
//! composed, and what is wrong with it. A studio is loaded once and shared by threads.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::OnceLock;

use rayon::prelude::*;

use crate::check::{CONTRAST, check_file, check_picture};
use crate::compose::{Composed, Composition, Means, compose};
pub use crate::compose::{SharedSizes, locate};
use crate::deck::{Card, Deck};
use crate::design::Library;
use crate::diagnostic::Diagnostic;
use crate::error::{Error, Result};
use crate::photo::{Photo, Photos};
use crate::plan::{self, Job};
use crate::raster::{Contrast, Encoded, Rastered, Rasterizer, Wanted};
use crate::text::Fonts;

/// Templates, themes, platforms and fonts, ready to render with.
pub struct Studio {
    library: Library,
    fonts: Fonts,
    photos: Photos,
    /// Made when the first card is drawn: the fonts are all there then.
    rasterizer: OnceLock<Rasterizer>,
}

/// What came of a job.
#[derive(Clone, Debug, PartialEq)]
pub struct Rendered {
    /// The picture; `None` when a diagnostic says why it must not be made.
    pub image: Option<Encoded>,
    /// What is drawn on it and where; `None` as above.
    pub composition: Option<Composition>,
    /// What is wrong with it.
    pub diagnostics: Vec<Diagnostic>,
}

impl Studio {
    /// A studio with these templates, themes and platforms, and the program's fonts.
    ///
    /// ```
    /// use std::path::Path;
    ///
    /// use pullquote::Studio;
    /// use pullquote::deck::{Card, Field};
    /// use pullquote::design::Library;
    ///
    /// # fn main() -> pullquote::Result<()> {
    /// # let path = Path::new("tests/bench/common");
    /// let library = Library::built_in()?.with_templates(path)?;
    /// let studio = Studio::new(library);
    /// let card = Card::quote("We count the bees, and then we count them again.")
    ///     .with(Field::Speaker, "Ines Okafor-Lind");
    /// let rendered = studio.render(&card, "og")?;
    /// assert!(rendered.image.is_some(), "{:?}", rendered.diagnostics);
    /// # Ok(())
    /// # }
    /// ```
    #[must_use]
    pub fn new(library: Library) -> Self {
        Self {
            library,
            fonts: Fonts::bundled(),
            photos: Photos::default(),
            rasterizer: OnceLock::new(),
        }
    }

    /// A studio with what the program carries.
    ///
    /// # Errors
    ///
    /// None for a program that passed its tests: a fault in the embedded files.
    pub fn built_in() -> Result<Self> {
        Library::built_in().map(Self::new)
    }

    /// The same studio, with templates and themes that people drew in place of its own.
    ///
    /// # Errors
    ///
    /// As [`Library::with_templates`].
    pub fn with_templates(mut self, path: &Path) -> Result<Self> {
        self.library = self.library.with_templates(path)?;
        Ok(self)
    }

    /// The same studio, with a brand's colours and faces on top of every theme.
    ///
    /// # Errors
    ///
    /// As [`Library::with_brand`].
    pub fn with_brand(mut self, path: &Path) -> Result<Self> {
        self.library = self.library.with_brand(path)?;
        Ok(self)
    }

    /// The same studio, with a brand's logo, and perhaps another one for dark grounds.
    ///
    /// # Errors
    ///
    /// As [`Library::with_logo`].
    pub fn with_logo(mut self, light: &Path, dark: Option<&Path>) -> Result<Self> {
        self.library = self.library.with_logo(light, dark)?;
        Ok(self)
    }

    /// The same studio, writing every picture as this type of file (`png`, `jpeg`, `webp`; or `pdf`, of
    /// which pictures become the pages), whatever its platform wants.
    ///
    /// # Errors
    ///
    /// A type that pictures are not written in.
    pub fn with_type(mut self, name: &str) -> Result<Self> {
        self.library = self.library.with_type(name)?;
        Ok(self)
    }

    /// The same studio, with the fonts of a folder beside its own.
    ///
    /// # Errors
    ///
    /// As [`Fonts::with_dir`].
    pub fn with_font_dir(mut self, dir: &Path) -> Result<Self> {
        self.fonts = self.fonts.with_dir(dir)?;
        self.rasterizer = OnceLock::new();
        Ok(self)
    }

    /// The same studio, with a photograph from memory: the bytes of a JPEG, PNG or WebP file, for cards
    /// whose `photo` is `path`.
    ///
    /// # Errors
    ///
    /// As [`Photo::decode`].
    pub fn with_photo(self, path: &Path, bytes: &[u8]) -> Result<Self> {
        self.photos.put(path, Photo::decode(bytes)?);
        Ok(self)
    }

    /// Templates, themes and platforms.
    #[must_use]
    pub fn library(&self) -> &Library {
        &self.library
    }

    /// The faces that cards may be set in.
    #[must_use]
    pub fn fonts(&self) -> &Fonts {
        &self.fonts
    }

    /// Sets a job's card in its template, without drawing it.
    #[must_use]
    pub fn compose(&self, job: &Job<'_>) -> Composed {
        self.compose_at(job, &SharedSizes::default())
    }

    /// As [`Self::compose`], at the sizes that its texts share with other images.
    #[must_use]
    pub fn compose_at(&self, job: &Job<'_>, sizes: &SharedSizes) -> Composed {
        compose(job, &self.means(sizes))
    }

    fn means<'a>(&'a self, sizes: &'a SharedSizes) -> Means<'a> {
        Means {
            library: &self.library,
            fonts: &self.fonts,
            photos: &self.photos,
            sizes,
            scrim: 0,
        }
    }

    /// The sizes that texts share between images: of the images of a card, of a whole campaign.
    ///
    /// Takes the time of setting every card once, and none where no template asks for it.
    #[must_use]
    pub fn shared_sizes(&self, jobs: &[Job<'_>]) -> SharedSizes {
        // Only what may share a size is composed for it: the rest of a campaign is not done twice.
        let looks: BTreeSet<(&str, &str)> = jobs
            .iter()
            .map(|job| (job.family.as_str(), job.theme.as_str()))
            .filter(|(family, theme)| self.library.has_size_groups(family, theme))
            .collect();
        let noted = jobs
            .par_iter()
            .filter(|job| looks.contains(&(job.family.as_str(), job.theme.as_str())))
            .fold(SharedSizes::default, |mut sizes, job| {
                if let Some(composition) = self.compose(job).composition {
                    sizes.note(job, &composition);
                }
                sizes
            });
        noted.reduce(SharedSizes::default, SharedSizes::with)
    }

    /// Sets a card in its theme, for a platform, and draws it.
    ///
    /// The platform is called as on the command line. For many cards with names, and sizes that
    /// they share, make a [`plan`](plan::plan()) and use [`Self::render_job`].
    ///
    /// ```
    /// use pullquote::Studio;
    /// use pullquote::deck::{Card, Field};
    ///
    /// # fn main() -> pullquote::Result<()> {
    /// let studio = Studio::built_in()?;
    /// let card = Card::quote("We count the bees, and then we count them again.")
    ///     .with(Field::Speaker, "Ines Okafor-Lind")
    ///     .with(Field::Role, "head gardener");
    /// let rendered = studio.render(&card, "square")?;
    /// let image = rendered.image.expect("nothing is wrong with it");
    /// assert_eq!((image.width, image.height), (1080, 1080));
    /// assert!(image.bytes.starts_with(b"\x89PNG"));
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// A theme or a platform that nobody knows, a card that is rejected, and as
    /// [`Self::render_job`].
    pub fn render(&self, card: &Card, platform: &str) -> Result<Rendered> {
        let decks = [Deck {
            cards: vec![card.clone()],
            ..Deck::default()
        }];
        let options = plan::Options {
            platforms: vec![platform.to_owned()],
            ..plan::Options::default()
        };
        let plan = plan::plan(&decks, &self.library, &options)?;
        match plan.jobs.first() {
            Some(job) => self.render_job(job),
            None => Err(Error::new(format!("the card `{}` is rejected", card.id))),
        }
    }

    /// Sets a job's card in its template and draws it.
    ///
    /// Where words on a photograph cannot be read, the template's scrims are laid over it once more, up
    /// to three times; `contrast-low` says where that is not enough.
    ///
    /// # Errors
    ///
    /// As [`Rasterizer::raster`]; what is wrong with the card itself is in [`Rendered::diagnostics`].
    pub fn render_job(&self, job: &Job<'_>) -> Result<Rendered> {
        self.render_at(job, &SharedSizes::default())
    }

    /// As [`Self::render_job`], at the sizes that its texts share with other images.
    ///
    /// # Errors
    ///
    /// As [`Self::render_job`].
    pub fn render_at(&self, job: &Job<'_>, sizes: &SharedSizes) -> Result<Rendered> {
        let wanted = Wanted {
            types: &job.platform.types,
            // The limit of a document is that of all its pages together.
            max_bytes: job
                .platform
                .max_bytes
                .filter(|_| !job.platform.is_document()),
        };
        let raster = |composition: &Composition| {
            let Rastered { image, contrasts } = self.rasterizer().raster(composition, &wanted)?;
            Ok((Some(image), contrasts))
        };
        self.finish((job, sizes), raster)
    }

    /// What is wrong with the picture of a job: all that [`Self::render_job`] would say but for the size of
    /// the file.
    ///
    /// # Errors
    ///
    /// As [`Self::render_job`].
    pub fn check(&self, job: &Job<'_>) -> Result<Vec<Diagnostic>> {
        let measure =
            |composition: &Composition| Ok((None, self.rasterizer().measure(composition)?));
        let rendered = self.finish((job, &SharedSizes::default()), measure)?;
        Ok(rendered.diagnostics)
    }

    fn rasterizer(&self) -> &Rasterizer {
        self.rasterizer.get_or_init(|| Rasterizer::new(&self.fonts))
    }

    /// Sets a job's card and draws it, with as much scrim as its words need.
    fn finish(
        &self,
        (job, sizes): (&Job<'_>, &SharedSizes),
        draw: impl Fn(&Composition) -> Result<(Option<Encoded>, Vec<Contrast>)>,
    ) -> Result<Rendered> {
        let mut means = self.means(sizes);
        loop {
            let Composed {
                composition,
                mut diagnostics,
            } = compose(job, &means);
            let Some(composition) = composition else {
                return Ok(Rendered {
                    image: None,
                    composition,
                    diagnostics,
                });
            };
            let (image, contrasts) = draw(&composition)?;
            let mut found = check_picture(&composition, &contrasts, job.platform);
            let is_low = found.iter().any(|it| it.code == CONTRAST);
            let has_scrim = composition.photo.as_ref().is_some_and(|it| it.has_scrim);
            if is_low && has_scrim && means.scrim < MOST_SCRIMS {
                means.scrim += 1;
                continue;
            }
            found.extend(image.as_ref().and_then(|it| check_file(it, job.platform)));
            for mut diagnostic in found {
                locate(&mut diagnostic, job);
                diagnostics.push(diagnostic);
            }
            return Ok(Rendered {
                image,
                composition: Some(composition),
                diagnostics,
            });
        }
    }
}

/// How often scrims are laid over a photograph again: after three times it is hardly seen behind words.
const MOST_SCRIMS: u32 = 3;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn threads_may_share_a_studio() {
        fn is_shared<T: Send + Sync>() {}
        is_shared::<Studio>();
    }
}
