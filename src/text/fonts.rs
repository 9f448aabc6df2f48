//! The faces we were given, in memory.
//!
//! In: the bundled font files and folders that people name. Out: a `fontdb` database for usvg and,
//! for the same bytes, everything that shaping and measuring need. Nothing of a face but its names
//! is read before it is used. System fonts are never looked at: the same input has to give the
//! same picture on every machine.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use fontdb::{Database, Source};

use super::face::Face;
use super::{FaceId, FaceMetrics, FaceRequest};
use crate::error::{Error, Result};

/// How deep folders within a font folder are looked into.
const DEEPEST_FOLDER: usize = 4;

/// Bytes of a font file, shared with the database.
pub(super) type Bytes = Arc<dyn AsRef<[u8]> + Send + Sync>;

macro_rules! bundled {
    ($($path:literal),* $(,)?) => {
        [$(($path, include_bytes!(concat!("../../fonts/", $path)))),*]
    };
}

/// The font files in the binary. Their licences stand beside them in `fonts/`.
static BUNDLED: [(&str, &[u8]); 20] = bundled![
    "commissioner/Commissioner_500Medium.ttf",
    "commissioner/Commissioner_700Bold.ttf",
    "commissioner/Commissioner_800ExtraBold.ttf",
    "noto-naskh-arabic/NotoNaskhArabic_500Medium.ttf",
    "noto-naskh-arabic/NotoNaskhArabic_700Bold.ttf",
    "noto-sans-thai/NotoSansThai_500Medium.ttf",
    "noto-sans-thai/NotoSansThai_700Bold.ttf",
    "noto-serif-devanagari/NotoSerifDevanagari_500Medium.ttf",
    "noto-serif-devanagari/NotoSerifDevanagari_700Bold.ttf",
    "noto-serif-display/NotoSerifDisplay_600SemiBold.ttf",
    "noto-serif-display/NotoSerifDisplay_600SemiBold_Italic.ttf",
    "noto-serif-display/NotoSerifDisplay_700Bold.ttf",
    "noto-serif-hebrew/NotoSerifHebrew_500Medium.ttf",
    "noto-serif-hebrew/NotoSerifHebrew_700Bold.ttf",
    "sofia-sans-extra-condensed/SofiaSansExtraCondensed_800ExtraBold.ttf",
    "sofia-sans-extra-condensed/SofiaSansExtraCondensed_900Black.ttf",
    "source-serif-4/SourceSerif4_400Regular.ttf",
    "source-serif-4/SourceSerif4_600SemiBold.ttf",
    "source-serif-4/SourceSerif4_600SemiBold_Italic.ttf",
    "twemoji/TwemojiMozilla.ttf",
];

/// The faces a card may be set in.
pub struct Fonts {
    database: Arc<Database>,
    faces: Vec<Face>,
    sources: Vec<(String, Bytes)>,
}

/// A face that was asked for and is not there.
///
/// The nearest one is named, never used instead: a card set in another face is another card.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MissingFace {
    /// What was asked for.
    pub request: FaceRequest,
    /// The most similar face there is, for example `Noto Serif Display 600 italic`.
    pub nearest: Option<String>,
}

impl Fonts {
    /// The faces that are part of the program.
    #[must_use]
    pub fn bundled() -> Self {
        let mut fonts = Self {
            database: Arc::new(Database::new()),
            faces: Vec::new(),
            sources: Vec::new(),
        };
        for (name, bytes) in BUNDLED {
            fonts.add(name.to_owned(), Arc::new(bytes));
        }
        fonts
    }

    /// These faces and those of the TTF, OTF and TTC files of a folder and the folders in it.
    ///
    /// Files are read in the order of their names. Where two faces have the same family, weight
    /// and slant, the one that was there first is used.
    ///
    /// # Errors
    ///
    /// The folder or a font file in it cannot be read, a file is not a font, or there is no font.
    pub fn with_dir(mut self, dir: &Path) -> Result<Self> {
        let mut files = Vec::new();
        collect_files(dir, DEEPEST_FOLDER, &mut files)?;
        if files.is_empty() {
            return Err(
                Error::new(format!("there is no font in `{}`", dir.display()))
                    .with_hint("name a folder that holds TTF, OTF or TTC files"),
            );
        }
        for file in files {
            let bytes = fs::read(&file).map_err(|cause| Error::read(&file, cause))?;
            let name = file
                .strip_prefix(dir)
                .unwrap_or(&file)
                .display()
                .to_string();
            if self.add(name, Arc::new(bytes)) == 0 {
                return Err(Error::new("this file is not a font we can read")
                    .in_file(&file)
                    .with_hint("remove it from the folder, or replace it by a sound TTF or OTF"));
            }
        }
        Ok(self)
    }

    /// Adds the faces of one file and says how many there are.
    fn add(&mut self, name: String, bytes: Bytes) -> usize {
        let database = Arc::make_mut(&mut self.database);
        let ids = database.load_font_source(Source::Binary(bytes.clone()));
        let before = self.faces.len();
        for id in ids {
            let face = database
                .face(id)
                .and_then(|info| Face::new(info, bytes.clone()));
            match face {
                Some(face) => self.faces.push(face),
                None => database.remove_face(id),
            }
        }
        let added = self.faces.len() - before;
        if added > 0 {
            self.sources.push((name, bytes));
        }
        added
    }

    /// The database with the same faces, for usvg.
    #[must_use]
    pub fn database(&self) -> &Arc<Database> {
        &self.database
    }

    /// The face of exactly this weight and slant in the first of the families that is there.
    ///
    /// Letter case of family names does not matter.
    ///
    /// # Errors
    ///
    /// No family has such a face; the nearest is named.
    pub fn face(&self, request: &FaceRequest) -> std::result::Result<FaceId, MissingFace> {
        if let Some(face) = request.families.first().and_then(|name| self.cut(name)) {
            return Ok(face);
        }
        let known = request
            .families
            .iter()
            .find(|family| self.faces.iter().any(|face| face.is_of(family)));
        let found = known.and_then(|family| {
            self.faces.iter().position(|face| {
                face.is_of(family)
                    && face.weight == request.weight
                    && face.is_italic == request.is_italic
                    && self.draws(face)
            })
        });
        found.map(FaceId).ok_or_else(|| MissingFace {
            request: request.clone(),
            nearest: self.nearest(request, known),
        })
    }

    /// The face of a PostScript name, `SourceSerif4-SemiBold`: Illustrator saves that in place of a
    /// family, and no weight with it.
    fn cut(&self, name: &str) -> Option<FaceId> {
        let is_called = |face: &Face| {
            let info = self.database.face(face.id);
            info.is_some_and(|info| {
                info.post_script_name == name
                    && info.families.iter().all(|(family, _)| family != name)
            })
        };
        let found = self
            .faces
            .iter()
            .position(|face| is_called(face) && self.draws(face));
        found.map(FaceId)
    }

    /// Whether usvg finds this very face by family, weight and slant: not when another of the same
    /// name came first, nor for weights between the hundreds, which SVG cannot name.
    pub(super) fn draws(&self, face: &Face) -> bool {
        let style = match face.is_italic {
            true => fontdb::Style::Italic,
            false => fontdb::Style::Normal,
        };
        let found = self.database.query(&fontdb::Query {
            families: &[fontdb::Family::Name(&face.family)],
            weight: fontdb::Weight(face.weight),
            stretch: fontdb::Stretch::Normal,
            style,
        });
        face.weight.is_multiple_of(100) && found == Some(face.id)
    }

    fn nearest(&self, request: &FaceRequest, known: Option<&String>) -> Option<String> {
        let family = match known {
            Some(family) => family,
            None => self.similar_family(request.families.first()?)?,
        };
        let face = self
            .faces
            .iter()
            .filter(|face| face.is_of(family) && self.draws(face))
            .min_by_key(|face| {
                let is_other_slant = face.is_italic != request.is_italic;
                (is_other_slant, face.weight.abs_diff(request.weight))
            })?;
        let slant = if face.is_italic { " italic" } else { "" };
        Some(format!("{} {}{slant}", face.family, face.weight))
    }

    fn similar_family(&self, name: &str) -> Option<&str> {
        let name = name.to_lowercase();
        let likeness = |face: &Face| strsim::jaro_winkler(&face.family.to_lowercase(), &name);
        let (likeness, family) = self
            .faces
            .iter()
            .map(|face| (likeness(face), face.family.as_str()))
            .reduce(|best, next| if next.0 > best.0 { next } else { best })?;
        (likeness > 0.8).then_some(family)
    }

    /// The name of the family as the font file spells it: what a `font-family` has to say.
    #[must_use]
    pub fn family_name(&self, face: FaceId) -> &str {
        &self.faces[face.0].family
    }

    /// The weight, 100 to 900.
    #[must_use]
    pub fn weight(&self, face: FaceId) -> u16 {
        self.faces[face.0].weight
    }

    /// Whether the face is italic or oblique.
    #[must_use]
    pub fn is_italic(&self, face: FaceId) -> bool {
        self.faces[face.0].is_italic
    }

    /// Heights of the face, for setting type to the eye.
    #[must_use]
    pub fn metrics(&self, face: FaceId) -> FaceMetrics {
        self.faces[face.0].metrics()
    }

    /// Whether the face has a glyph for the character.
    #[must_use]
    pub fn covers(&self, face: FaceId, character: char) -> bool {
        self.faces[face.0].covers(character)
    }

    /// Every font file: its name within `fonts/` or the folder it came from, and its bytes.
    pub fn sources(&self) -> impl Iterator<Item = (&str, &[u8])> {
        self.sources
            .iter()
            .map(|(name, bytes)| (name.as_str(), (**bytes).as_ref()))
    }

    pub(super) fn get(&self, face: FaceId) -> &Face {
        &self.faces[face.0]
    }

    pub(super) fn ids(&self) -> impl Iterator<Item = FaceId> {
        (0..self.faces.len()).map(FaceId)
    }

    /// Which of our faces a face of the database is.
    #[must_use]
    pub fn of_database(&self, id: fontdb::ID) -> Option<FaceId> {
        self.faces.iter().position(|face| face.id == id).map(FaceId)
    }
}

/// The font files of a folder, in the order of their paths.
fn collect_files(dir: &Path, depth: usize, files: &mut Vec<PathBuf>) -> Result<()> {
    let entries = fs::read_dir(dir).map_err(|cause| Error::read(dir, cause))?;
    let mut paths = Vec::new();
    for entry in entries {
        paths.push(entry.map_err(|cause| Error::read(dir, cause))?.path());
    }
    paths.sort();
    for path in paths {
        if path.is_dir() {
            if depth > 0 {
                collect_files(&path, depth - 1, files)?;
            }
        } else if is_font_file(&path) {
            files.push(path);
        }
    }
    Ok(())
}

fn is_font_file(path: &Path) -> bool {
    let Some(extension) = path.extension().and_then(|extension| extension.to_str()) else {
        return false;
    };
    ["ttf", "otf", "ttc", "otc"]
        .iter()
        .any(|known| extension.eq_ignore_ascii_case(known))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn request(family: &str, weight: u16, is_italic: bool) -> FaceRequest {
        FaceRequest {
            families: vec![family.to_owned()],
            weight,
            is_italic,
        }
    }

    #[test]
    fn every_bundled_face_is_found_and_drawn() {
        let fonts = Fonts::bundled();
        assert_eq!(fonts.faces.len(), 20);
        for id in fonts.ids() {
            let asked = request(fonts.family_name(id), fonts.weight(id), fonts.is_italic(id));
            assert_eq!(fonts.face(&asked), Ok(id));
        }
    }

    #[test]
    fn a_missing_face_names_the_nearest() {
        let fonts = Fonts::bundled();
        let case = |family: &str, weight, is_italic, nearest: Option<&str>| {
            let missing = fonts.face(&request(family, weight, is_italic)).unwrap_err();
            assert_eq!(missing.nearest.as_deref(), nearest, "{family} {weight}");
        };
        case("Source Serif 4", 900, false, Some("Source Serif 4 600"));
        case(
            "source serif 4",
            400,
            true,
            Some("Source Serif 4 600 italic"),
        );
        case("Source Serif", 600, false, Some("Source Serif 4 600"));
        case("Comissioner", 700, false, Some("Commissioner 700"));
        case("Wingdings", 400, false, None);
    }

    #[test]
    fn the_first_family_there_is_decides() {
        let fonts = Fonts::bundled();
        let mut asked = request("Helvetica", 700, false);
        asked.families.push("commissioner".to_owned());
        let face = fonts.face(&asked).unwrap();
        assert_eq!(fonts.family_name(face), "Commissioner");
        asked.weight = 300;
        let missing = fonts.face(&asked).unwrap_err();
        assert_eq!(missing.nearest.as_deref(), Some("Commissioner 500"));
    }

    #[test]
    fn a_folder_without_fonts_is_an_error() {
        let dir = tempfile::tempdir().unwrap();
        let error = Fonts::bundled().with_dir(dir.path()).err().unwrap();
        assert!(error.to_string().starts_with("there is no font in"));
        fs::write(dir.path().join("a.ttf"), b"not a font").unwrap();
        let error = Fonts::bundled().with_dir(dir.path()).err().unwrap();
        assert!(error.to_string().ends_with("not a font we can read"));
    }

    #[test]
    fn a_folder_adds_its_faces_but_replaces_none() {
        let dir = tempfile::tempdir().unwrap();
        let (name, bytes) = BUNDLED[0];
        fs::write(dir.path().join("Again.TTF"), bytes).unwrap();
        let fonts = Fonts::bundled().with_dir(dir.path()).unwrap();
        assert_eq!(fonts.faces.len(), 21);
        assert_eq!(fonts.sources().last().unwrap().0, "Again.TTF");
        assert_eq!(
            fonts.face(&request("Commissioner", 500, false)),
            Ok(FaceId(0))
        );
        assert_eq!(fonts.sources().next().unwrap(), (name, bytes));
    }
}
