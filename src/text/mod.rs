//! Sets a paragraph in a frame at the largest size that fits.
//!
//! In: a [`Paragraph`] of styled runs and a [`Frame`]. Out: lines with baselines in artboard
//! pixels and every glyph's place, or how much text is too much.
//!
//! A paragraph is split into runs (bidi, script, face), shaped once in em, broken at UAX #14
//! opportunities, and its size follows in closed form. Text is never shortened here: a pull quote
//! we cut is no longer a quote. What is measured is what is drawn: shaping uses the very harfrust
//! that usvg links, on the very faces of the database that usvg gets; a contract test compares
//! glyphs and positions with `usvg::Text::layouted()`.

mod breaker;
mod clean;
mod cut;
mod face;
mod fallback;
mod fit;
mod fonts;
mod hang;
mod hyphenate;
mod ink;
mod itemize;
mod linebreak;
mod measure;
mod missing;
mod outline;
mod place;
mod prepare;
mod price;
mod shape;
mod words;

use std::ops::Range;

use crate::geometry::{Em, Px, Rect};

pub use fit::fit;
pub use fonts::{Fonts, MissingFace};
pub use measure::measure;
pub use missing::{fonts_for, missing};
pub use outline::outline;

/// A face of [`Fonts`], found by family, weight and slant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct FaceId(pub(crate) usize);

/// What a template asks of a face.
#[derive(Clone, Debug, PartialEq)]
pub struct FaceRequest {
    /// Family names, first choice first, without quotation marks.
    pub families: Vec<String>,
    /// 1 to 1000; between the hundreds only variable faces have one.
    pub weight: u16,
    /// Italic or oblique.
    pub is_italic: bool,
    /// Places on the axes of a variable face, by tag: `("wdth", 80.0)`.
    pub variations: Vec<(String, f32)>,
    /// OpenType features by tag, and their values: `("tnum", 1)`.
    pub features: Vec<(String, u32)>,
    /// The size that a face with optical sizes is cut for; `None` for its default.
    pub optical_size: Option<f32>,
    /// The language, as a BCP 47 tag: which of the faces for Chinese, Japanese and Korean is looked
    /// in first for what this one lacks.
    pub lang: Option<String>,
}

impl Default for FaceRequest {
    fn default() -> Self {
        Self {
            families: Vec::new(),
            weight: 400,
            is_italic: false,
            variations: Vec::new(),
            features: Vec::new(),
            optical_size: None,
            lang: None,
        }
    }
}

/// Heights of a face, for setting type to the eye. All are positive.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct FaceMetrics {
    /// Height of the ascent above the baseline.
    pub ascent: Em,
    /// Depth of the descent below the baseline.
    pub descent: Em,
    /// Height of capitals.
    pub cap_height: Em,
    /// Height of small letters without ascender.
    pub x_height: Em,
    /// Height of figures, without the overshoot of round ones.
    pub digit_height: Em,
}

/// How a run of text is set.
#[derive(Clone, Debug, PartialEq)]
pub struct TextStyle {
    /// The face.
    pub face: FaceId,
    /// Size in proportion to the paragraph's.
    pub scale: f64,
    /// Extra space after each letter, in em of the run.
    pub tracking: Em,
    /// Room on both sides of the run on every line it touches, in em of the run: the inset of a
    /// reversed strip.
    pub padding: Em,
    /// Whether the run is set apart from its neighbours even in the same face (an `<tspan x>` of
    /// its own, no kerning across); true for padded runs.
    pub is_apart: bool,
}

/// A byte range of a paragraph's text in one style.
#[derive(Clone, Debug, PartialEq)]
pub struct StyledRange {
    /// The bytes.
    pub range: Range<usize>,
    /// How they are set.
    pub style: TextStyle,
}

/// Text to be set. `\n` is a hard break; other white space is kept as it is.
#[derive(Clone, Debug, PartialEq)]
pub struct Paragraph {
    /// The words.
    pub text: String,
    /// Styles that cover the text from first byte to last, in order, without gaps.
    pub styles: Vec<StyledRange>,
    /// Which way it runs as a whole.
    pub direction: Direction,
}

/// Which way a paragraph runs as a whole: where it begins, and what punctuation between words of both
/// directions belongs to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Direction {
    /// As its first strong letter does.
    #[default]
    Auto,
    /// From left to right.
    LeftToRight,
    /// From right to left.
    RightToLeft,
}

impl Direction {
    /// Whether a text runs from right to left.
    #[must_use]
    pub fn is_rtl(self, text: &str) -> bool {
        match self {
            Self::Auto => itemize::is_rtl(text),
            Self::LeftToRight => false,
            Self::RightToLeft => true,
        }
    }
}

/// Where text goes and how it may be fitted.
#[derive(Clone, Debug, PartialEq)]
pub struct Frame {
    /// The box; its left edge is the margin.
    pub rect: Rect,
    /// Smallest size allowed.
    pub min_size: Px,
    /// Largest size allowed.
    pub max_size: Px,
    /// Baseline distance in sizes: smallest.
    pub min_leading: f64,
    /// Baseline distance in sizes: what slack in height may open it to.
    pub max_leading: f64,
    /// Most lines allowed.
    pub max_lines: Option<usize>,
    /// How much of the largest size that fits may be given up for better lines, as a share of it;
    /// at 0 the size is the largest.
    pub give: f64,
    /// Where lines stand across the box.
    pub align: Align,
    /// Where the block stands in the box.
    pub valign: Valign,
    /// What hangs outside.
    pub hang: Hang,
    /// The opening mark of a quotation, set apart from the text.
    pub mark: Option<Mark>,
    /// The language by whose rules words may be divided if the text does not fit otherwise, as a
    /// BCP 47 tag; `None` for never.
    pub hyphens: Option<String>,
}

/// Where lines stand across the box.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Align {
    /// At the edge where the text begins: the left one, or the right for text that runs from right
    /// to left.
    #[default]
    Start,
    /// In the middle.
    Center,
    /// At the edge where the text ends.
    End,
}

/// Where the block of lines stands in the box. A block is as high as from the capitals of its first
/// line to its last baseline (optical trim).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Valign {
    /// The first line's capitals touch the upper edge; descenders stay inside.
    #[default]
    Top,
    /// The middle; descenders stay inside.
    Middle,
    /// The last baseline stands on the lower edge; descenders hang below it.
    Bottom,
}

/// How far ink may hang out of the box sideways, and by which rule.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Hang {
    /// Room left of the box, in px.
    pub left: Px,
    /// Room right of the box, in px: closing marks, full stops and commas hang here.
    pub right: Px,
    /// Whether the ink of each line, not its advance box, starts at the edge.
    pub is_ink: bool,
}

/// An opening quotation mark that hangs outside the box.
///
/// If its ink is wider than the room on the left, it hangs inside instead: its ink at the edge, all
/// lines one mark in. Beside lines that are not at their start it always hangs outside.
#[derive(Clone, Debug, PartialEq)]
pub struct Mark {
    /// The mark.
    pub text: String,
    /// How it is set; the scale is in proportion to the paragraph.
    pub style: TextStyle,
}

/// Text with every place decided. All places are on the artboard.
#[derive(Clone, Debug, PartialEq)]
pub struct FittedText {
    /// The size of a run whose scale is 1.
    pub size: Px,
    /// Distance of baselines.
    pub leading: Px,
    /// How far the first line stands above its baseline for the eye: its capitals, or the letters of
    /// scripts that are taller.
    pub rise: Px,
    /// The lines, first to last.
    pub lines: Vec<Line>,
    /// The opening mark.
    pub mark: Option<LineRun>,
    /// Around all ink, hung marks included.
    pub ink: Rect,
}

/// Whether a letter is of a script with other heights than Latin, Greek and Cyrillic: capitals do not
/// tell how high its lines are.
#[must_use]
pub fn is_tall(character: char) -> bool {
    use unicode_script::{Script, UnicodeScript};
    !matches!(
        character.script(),
        Script::Latin
            | Script::Greek
            | Script::Cyrillic
            | Script::Common
            | Script::Inherited
            | Script::Unknown
    )
}

impl FittedText {
    /// How many lines end in a hyphen that divides a word.
    #[must_use]
    pub fn hyphens(&self) -> usize {
        let ends = self.lines.iter().flat_map(|line| &line.runs);
        ends.filter(|run| run.range.is_empty()).count()
    }
}

/// One line.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    /// Its bytes of the paragraph, without the white space it breaks at.
    pub range: Range<usize>,
    /// y of its baseline.
    pub baseline: Px,
    /// Its runs from left to right; a hyphen that divides a word is one without bytes.
    pub runs: Vec<LineRun>,
    /// Whether it ends within a word that fits no line, between two letters.
    pub is_cut: bool,
    /// Around its ink.
    pub ink: Rect,
}

/// Text that is drawn in one go: one face, one direction, one style apart from paint.
#[derive(Clone, Debug, PartialEq)]
pub struct LineRun {
    /// Its bytes of the paragraph; of the mark's text for a mark.
    pub range: Range<usize>,
    /// The text to write, marks that steer direction included.
    pub text: String,
    /// The face; not the style's own where that lacks the characters.
    pub face: FaceId,
    /// Its size.
    pub size: Px,
    /// Extra space after each letter.
    pub tracking: Px,
    /// x of its origin.
    pub x: Px,
    /// y of its baseline.
    pub y: Px,
    /// How far it moves the pen.
    pub advance: Px,
    /// Around its ink.
    pub ink: Rect,
    /// Its glyphs, in visual order.
    pub glyphs: Vec<Glyph>,
}

impl LineRun {
    /// Moves the run sideways.
    pub fn shift(&mut self, x: Px) {
        self.x += x;
        self.ink = self.ink.shifted(x, Px::ZERO);
        for glyph in &mut self.glyphs {
            glyph.x += x;
        }
    }
}

/// One glyph of a run.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Glyph {
    /// Its number in the face; 0 is the missing glyph.
    pub id: u32,
    /// x of its origin on the artboard.
    pub x: Px,
    /// y of its origin: on the baseline, or off it for a mark.
    pub y: Px,
    /// Byte of the paragraph it stands for.
    pub cluster: usize,
}

/// What one line of text measures, in em.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Measure {
    /// How far it moves the pen.
    pub advance: Em,
    /// Left edge of the ink, from the origin.
    pub ink_left: Em,
    /// Right edge of the ink, from the origin.
    pub ink_right: Em,
    /// Upper edge of the ink above the baseline; positive is up.
    pub ink_top: Em,
    /// Lower edge of the ink; negative is below the baseline.
    pub ink_bottom: Em,
}

/// Text that does not fit even at the smallest size.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Overflow {
    /// The smallest size allowed.
    pub size: Px,
    /// Lines it needs at that size.
    pub needed: usize,
    /// Lines the box holds at that size.
    pub held: usize,
    /// About how many characters too many.
    pub excess: usize,
}
