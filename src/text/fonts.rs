//! The faces we were given, in memory.
//!
//! In: the bundled font files and folders that people name. Out: a `fontdb` database for usvg and,
//! for the same bytes, everything that shaping and measuring need. Nothing of a face but its names
//! is read before it is used. System fonts are never looked at: the same input has to give the
//! same picture on every machine.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use fontdb::{Database, Source};

use super::cut::{self, Cut, Cuts};
use super::face::Face;
use super::fallback::has_serifs;
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

/// What `sha256sum` prints of them: taking the hashes of five megabytes anew would be a tenth of the time of a
/// single card.
const SUMS: &str = include_str!("../../fonts/SHA256SUMS");

/// The faces a card may be set in.
pub struct Fonts {
    database: Arc<Database>,
    faces: Vec<Face>,
    cuts: Cuts,
    sources: Vec<(String, Bytes)>,
}

/// A face that was asked for and is not there.
///
/// The nearest one is named, never used instead: a card set in another face is another card.
#[derive(Clone, Debug, PartialEq)]
pub struct MissingFace {
    /// What was asked for.
    pub request: Box<FaceRequest>,
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
            cuts: Cuts::new(),
            sources: Vec::new(),
        };
        for (name, bytes) in BUNDLED {
            fonts.add(name.to_owned(), Arc::new(bytes));
        }
        fonts
    }

    /// These faces and those of the TTF, OTF, TTC, WOFF and WOFF2 files of a folder and the folders
    /// in it.
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
                    .with_hint("name a folder that holds TTF, OTF, TTC, WOFF or WOFF2 files"),
            );
        }
        for file in files {
            let bytes = fs::read(&file).map_err(|cause| Error::read(&file, cause))?;
            let bytes = unpacked(bytes).ok_or_else(|| unreadable(&file))?;
            let name = file
                .strip_prefix(dir)
                .unwrap_or(&file)
                .display()
                .to_string();
            if self.add(name, Arc::new(bytes)) == 0 {
                return Err(unreadable(&file));
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

    /// The face of exactly this weight and slant in the first of the families that is there, with
    /// the axes and features that are asked for; a variable face has all weights of its axis.
    ///
    /// Letter case of family names does not matter.
    ///
    /// # Errors
    ///
    /// No family has such a face; the nearest is named.
    pub fn face(&self, request: &FaceRequest) -> std::result::Result<FaceId, MissingFace> {
        let called = request.families.first().and_then(|name| self.called(name));
        let known = request
            .families
            .iter()
            .position(|family| self.faces.iter().any(|face| face.is_of(family)));
        let found = called.or_else(|| self.offered(request, &request.families[known?]));
        let others = &request.families[known.map_or(request.families.len(), |at| at + 1)..];
        let cut = found.and_then(|index| self.cut(index, request, others));
        cut.ok_or_else(|| MissingFace {
            request: Box::new(request.clone()),
            nearest: self.nearest(request, known.map(|at| &request.families[at])),
        })
    }

    /// The face of a PostScript name, `SourceSerif4-SemiBold`: Illustrator saves that in place of a
    /// family, and no weight with it.
    fn called(&self, name: &str) -> Option<usize> {
        let is_called = |face: &Face| {
            let info = self.database.face(face.id);
            info.is_some_and(|info| {
                info.post_script_name == name
                    && info.families.iter().all(|(family, _)| family != name)
            })
        };
        let mut faces = self.faces.iter();
        faces.position(|face| is_called(face) && self.draws(face))
    }

    /// The face of a family that has a weight and a slant; one drawn slanted before one that is
    /// only slanted along an axis.
    fn offered(&self, request: &FaceRequest, family: &str) -> Option<usize> {
        let offers = |face: &Face, is_drawn: bool| {
            face.is_of(family)
                && face.has_weight(request.weight)
                && match is_drawn {
                    true => face.is_italic == request.is_italic,
                    false => request.is_italic && face.can_slant(),
                }
                && self.draws(face)
        };
        let find = |is_drawn| self.faces.iter().position(|face| offers(face, is_drawn));
        find(true).or_else(|| find(false))
    }

    /// A face used as a request asks; `None` if there are too many ways already.
    fn cut(&self, index: usize, request: &FaceRequest, others: &[String]) -> Option<FaceId> {
        let face = &self.faces[index];
        let font = face.font();
        let cut = Cut {
            axes: cut::axes(&font, request, face.is_italic),
            features: cut::features(&font, request),
            others: self.others(request, others),
        };
        self.numbered(index, cut)
    }

    fn numbered(&self, index: usize, cut: Cut) -> Option<FaceId> {
        if cut.is_plain() {
            return Some(FaceId(index));
        }
        let number = self.cuts.number(&self.faces[index], cut)?;
        Some(FaceId(self.faces.len() + number))
    }

    /// Where to look first for what a face lacks: in the families that a theme names after it, then
    /// in the faces for the language.
    fn others(&self, request: &FaceRequest, families: &[String]) -> Vec<FaceId> {
        let named = families.iter().map(|family| {
            let is_of = |face: &Face| face.is_of(family);
            self.nearest_of(request, &is_of)
        });
        let regions = request.lang.as_deref().map_or(&[][..], regions);
        let is_serif = request
            .families
            .first()
            .is_some_and(|family| has_serifs(family));
        let regional = regions.iter().flat_map(|region| {
            let is_for = |face: &Face| face.family.split(' ').any(|word| word == *region);
            [is_serif, !is_serif].map(|kind| {
                self.nearest_of(request, &|face| {
                    is_for(face) && has_serifs(&face.family) == kind
                })
            })
        });
        let found = named.chain(regional).flatten();
        found
            .map(|index| self.at_weight(FaceId(index), request.weight))
            .collect()
    }

    /// The nearest face, of those that fulfil a condition, in slant and weight.
    fn nearest_of(
        &self,
        request: &FaceRequest,
        is_wanted: &dyn Fn(&Face) -> bool,
    ) -> Option<usize> {
        let faces = self.faces.iter().enumerate();
        let wanted = faces.filter(|(_, face)| is_wanted(face) && self.draws(face));
        let nearest = wanted.min_by_key(|(_, face)| {
            let is_other_slant = face.is_italic != request.is_italic;
            (is_other_slant, face.weight_off(request.weight))
        });
        nearest.map(|(index, _)| index)
    }

    /// How far a face is from a weight.
    pub(super) fn weight_off(&self, face: FaceId, weight: u16) -> u16 {
        self.get(face).weight_off(weight)
    }

    /// A face at the weight nearest to one: the face itself, unless it is variable.
    pub(super) fn at_weight(&self, face: FaceId, weight: u16) -> FaceId {
        let request = FaceRequest {
            weight,
            ..FaceRequest::default()
        };
        if face.0 >= self.faces.len() {
            return face;
        }
        self.cut(face.0, &request, &[]).unwrap_or(face)
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
            weight: fontdb::Weight(face.listed),
            stretch: fontdb::Stretch::Normal,
            style,
        });
        face.listed.is_multiple_of(100) && found == Some(face.id)
    }

    fn nearest(&self, request: &FaceRequest, known: Option<&String>) -> Option<String> {
        let family = match known {
            Some(family) => family,
            None => self.similar_family(request.families.first()?)?,
        };
        let face = &self.faces[self.nearest_of(request, &|face| face.is_of(family))?];
        let slant = if face.is_italic { " italic" } else { "" };
        let weight = face.nearest_weight(request.weight);
        Some(format!("{} {weight}{slant}", face.family))
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
        &self.get(face).family
    }

    /// The families that have Latin letters, each once, in alphabetical order.
    #[must_use]
    pub fn families(&self) -> BTreeSet<&str> {
        let faces = self.faces.iter().filter(|face| face.covers('a'));
        faces.map(|face| face.family.as_str()).collect()
    }

    /// The weight, 1 to 1000.
    #[must_use]
    pub fn weight(&self, face: FaceId) -> u16 {
        self.get(face).weight
    }

    /// The weight that a `font-weight` has to say for usvg to find the face.
    #[must_use]
    pub fn listed_weight(&self, face: FaceId) -> u16 {
        self.get(face).listed
    }

    /// What a `font-variation-settings` has to say: every axis of a variable face.
    #[must_use]
    pub fn variations(&self, face: FaceId) -> Option<String> {
        let axes = self.get(face).cut.axes.iter();
        let axes: Vec<_> = axes
            .map(|(tag, value)| format!("'{tag}' {value}"))
            .collect();
        (!axes.is_empty()).then(|| axes.join(","))
    }

    /// Whether text in the face has to be drawn as outlines, because it has OpenType features.
    #[must_use]
    pub fn has_features(&self, face: FaceId) -> bool {
        !self.get(face).cut.features.is_empty()
    }

    /// The OpenType features, by tag, that a request turns on and the face found for it lacks:
    /// text is set without them.
    pub fn lacking<'r>(
        &self,
        face: FaceId,
        request: &'r FaceRequest,
    ) -> impl Iterator<Item = &'r str> {
        cut::lacking(&self.get(face).cut, request)
    }

    /// Whether the face is italic or oblique.
    #[must_use]
    pub fn is_italic(&self, face: FaceId) -> bool {
        self.get(face).is_italic
    }

    /// Heights of the face, for setting type to the eye.
    #[must_use]
    pub fn metrics(&self, face: FaceId) -> FaceMetrics {
        self.get(face).metrics()
    }

    /// Whether the face has a glyph for the character.
    #[must_use]
    pub fn covers(&self, face: FaceId, character: char) -> bool {
        self.get(face).covers(character)
    }

    /// Every font file: its name within `fonts/` or the folder it came from, and its bytes.
    pub fn sources(&self) -> impl Iterator<Item = (&str, &[u8])> {
        self.sources
            .iter()
            .map(|(name, bytes)| (name.as_str(), (**bytes).as_ref()))
    }

    /// The SHA-256 of a font file in hexadecimal digits, where it is one of the program's own and so known;
    /// `name` and `bytes` are those of [`Self::sources`].
    #[must_use]
    pub fn known_sha256(name: &str, bytes: &[u8]) -> Option<&'static str> {
        let mut bundled = BUNDLED.iter();
        bundled.find(|(own, file)| *own == name && std::ptr::eq(*file, bytes))?;
        let mut sums = SUMS.lines().filter_map(|line| line.split_once("  "));
        sums.find(|(_, own)| *own == name).map(|(sum, _)| sum)
    }

    /// The file of a face that is part of the program: its name within `fonts/`, and its bytes; `None`
    /// for a face of a folder.
    #[must_use]
    pub fn bundled_file(&self, face: FaceId) -> Option<(&'static str, &'static [u8])> {
        let bytes = self.get(face).bytes();
        let mut files = BUNDLED.iter().copied();
        files.find(|(_, own)| std::ptr::eq(own.as_ptr(), bytes.as_ptr()))
    }

    pub(super) fn get(&self, face: FaceId) -> &Face {
        let cut = || self.cuts.get(face.0.checked_sub(self.faces.len())?);
        let face = self.faces.get(face.0).or_else(cut);
        face.expect("numbers of faces and cuts are given out by these fonts")
    }

    /// The faces as they are, cuts not among them.
    pub(super) fn ids(&self) -> impl Iterator<Item = FaceId> {
        (0..self.faces.len()).map(FaceId)
    }

    /// Which of our faces a face of the database is.
    #[must_use]
    pub fn of_database(&self, id: fontdb::ID) -> Option<FaceId> {
        self.faces.iter().position(|face| face.id == id).map(FaceId)
    }
}

fn unreadable(file: &Path) -> Error {
    Error::new("this file is not a font we can read")
        .in_file(file)
        .with_hint("remove it from the folder, or replace it by a sound TTF or OTF")
}

/// More than any font has; a file that would grow beyond is not unpacked.
const MOST_UNPACKED: usize = 64 << 20;

/// The bytes of a font, those of a web font unpacked; `None` if that cannot be done.
fn unpacked(bytes: Vec<u8>) -> Option<Vec<u8>> {
    let kind = bytes.get(..4)?;
    let is_web = matches!(kind, b"wOF2" | b"wOFF");
    // Both headers have the size of the whole font, unpacked, at byte 16.
    let size = bytes.get(16..20).filter(|_| is_web);
    let size = size
        .and_then(|size| size.try_into().ok())
        .map(u32::from_be_bytes);
    match (kind, size) {
        (b"wOF2" | b"wOFF", Some(size)) if size as usize > MOST_UNPACKED => None,
        (b"wOF2", _) => wuff::decompress_woff2(&bytes).ok(),
        (b"wOFF", _) => wuff::decompress_woff1(&bytes).ok(),
        _ => Some(bytes),
    }
}

/// What the names of faces for a language have in them, best first.
fn regions(lang: &str) -> &'static [&'static str] {
    let lang = lang.replace('_', "-").to_ascii_lowercase();
    let has = |part: &str| lang.split('-').any(|own| own == part);
    match lang.split('-').next().unwrap_or_default() {
        "ja" => &["JP"],
        "ko" => &["KR"],
        "zh" if has("hk") || has("mo") => &["HK", "TC"],
        "zh" if has("tw") || has("hant") => &["TC", "TW"],
        "yue" => &["HK", "TC"],
        "zh" => &["SC", "CN"],
        _ => &[],
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
    ["ttf", "otf", "ttc", "otc", "woff2", "woff"]
        .iter()
        .any(|known| extension.eq_ignore_ascii_case(known))
}

#[cfg(test)]
mod tests;
