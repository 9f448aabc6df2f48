//! Shapes a paragraph once, in em, so that every size can be tried without shaping again.
//!
//! In: a paragraph and what may hang. Out: its items, and for each place where a line may end or
//! start how far along the endless line it is, so that the width of any line is a difference.

use std::borrow::Cow;

use super::clean::{clean, is_break_space};
use super::hang;
use super::hyphenate;
use super::itemize::{Item, itemize, merge_styles};
use super::linebreak::{Cut, Opportunity, opportunities};
use super::measure::shape_item;
use super::shape::Shapers;
use super::{Align, Direction, Fonts, Frame, Paragraph, StyledRange, TextStyle, is_tall};

/// What is drawn where a word is divided.
pub(super) const HYPHEN_DRAWN: &str = "-";

/// What a hyphen costs: more than any rag is worth.
const HYPHEN: f64 = 0.5;

/// A paragraph ready to be broken. Lengths are in em of the paragraph.
pub(super) struct Prepared<'a> {
    /// The text as it is drawn.
    pub(super) text: Cow<'a, str>,
    /// Its styles, neighbours that are set alike joined.
    pub(super) styles: Vec<StyledRange>,
    /// Its items in its order, each in a face that has its characters if there is one.
    pub(super) items: Vec<Item>,
    /// Its start, every place where a line may end, and its end.
    pub(super) breaks: Vec<Break>,
    /// Height of the highest capitals, or of the letters of scripts that are taller.
    pub(super) cap: f64,
    /// Depth of the deepest ink below the baseline.
    pub(super) depth: f64,
    /// Whether it runs from right to left.
    pub(super) is_rtl: bool,
    units: Vec<Unit>,
    found: Vec<Opportunity>,
    rules: Rules,
}

/// What hangs at the ends of lines.
#[derive(Clone, Copy)]
struct Rules {
    left: bool,
    right: bool,
    ink: bool,
}

/// A place where a line may end and the next start.
#[derive(Clone, Debug)]
pub(super) struct Break {
    /// Where the line before ends, without white space.
    pub(super) end: usize,
    /// Where the line after starts.
    pub(super) start: usize,
    /// How far along the line before ends.
    pub(super) end_x: f64,
    /// How far along the line after starts.
    pub(super) start_x: f64,
    /// Width of the marks that hang right of the line before.
    pub(super) hang_right: f64,
    /// Width of the marks that hang left of the line after.
    pub(super) hang_left: f64,
    /// How far the ink of the line after, hung marks aside, is from its origin.
    pub(super) bearing: f64,
    /// Whether a line has to end here.
    pub(super) is_hard: bool,
    /// How bad it is to end a line here.
    pub(super) price: f64,
    /// What that does to the word here.
    pub(super) cut: Cut,
    /// The last place before this one where a line has to end.
    pub(super) section: usize,
    /// How many spaces between words there are before the word that ends here.
    pub(super) words: usize,
}

/// A cluster in the order of the text.
pub(super) struct Unit {
    pub(super) byte: usize,
    /// How far along it starts.
    x: f64,
    /// How far it moves the pen, tracking included.
    pub(super) advance: f64,
    pub(super) tracking: f64,
    pub(super) item: usize,
    /// Its first glyph and where that stands in it.
    glyph: Option<(u32, f64)>,
    is_safe: bool,
}

impl<'a> Prepared<'a> {
    /// Shapes a paragraph and finds where its lines may end.
    pub(super) fn new(shapers: &mut Shapers<'_>, paragraph: &'a Paragraph, frame: &Frame) -> Self {
        let text = clean(&paragraph.text);
        let styles = merge_styles(&text, &paragraph.styles);
        let direction = paragraph.direction;
        let is_rtl = direction.is_rtl(&text);
        let is_left = frame.align == Align::Start && !is_rtl;
        let mut prepared = Self {
            cap: cap(shapers.fonts, &styles),
            depth: 0.0,
            items: Vec::new(),
            units: Vec::new(),
            breaks: Vec::new(),
            found: opportunities(&paragraph.text),
            rules: Rules {
                left: frame.hang.left.0 > 0.0 && frame.align != Align::End && !is_rtl,
                right: frame.hang.right.0 > 0.0 && !is_rtl,
                ink: frame.hang.is_ink && is_left,
            },
            is_rtl,
            text,
            styles,
        };
        prepared.shape(shapers, direction);
        prepared.set_breaks(shapers);
        prepared
    }

    fn shape(&mut self, shapers: &mut Shapers<'_>, direction: Direction) {
        for item in itemize(&self.text, &self.styles, direction) {
            let style = &self.styles[item.style].style;
            let (scale, tracking) = (style.scale, style.tracking.0);
            for (item, shaped) in shape_item(shapers, &self.text, &item, tracking) {
                self.depth = self.depth.max(depth(shapers, &item, &shaped) * scale);
                let is_tall = self.text[item.range.clone()].chars().any(is_tall);
                let accents = if is_tall { 0.0 } else { ACCENTS };
                self.cap = self
                    .cap
                    .max(rise(shapers, &item, &shaped) * scale - accents);
                let first = self.units.len();
                let last_byte = shaped.clusters.iter().map(|cluster| cluster.byte).max();
                let mut pen = 0.0;
                for cluster in &shaped.clusters {
                    let start = pen;
                    pen += cluster.advance;
                    let glyph = shaped.glyphs.get(cluster.glyphs.start);
                    // Items are cut where usvg would not see the end of a run.
                    let lacking = if Some(cluster.byte) == last_byte {
                        tracking
                    } else {
                        0.0
                    };
                    self.units.push(Unit {
                        byte: item.range.start + cluster.byte,
                        x: 0.0,
                        advance: (cluster.advance + lacking) * scale,
                        tracking: (cluster.tracking + lacking) * scale,
                        item: self.items.len(),
                        glyph: glyph
                            .filter(|_| !cluster.glyphs.is_empty())
                            .map(|glyph| (glyph.id, glyph.x - start)),
                        is_safe: cluster.is_safe,
                    });
                }
                if item.is_rtl() {
                    self.units[first..].reverse();
                }
                self.items.push(item);
            }
        }
        self.set_places();
    }

    /// Adds up advances and the padding between styles.
    fn set_places(&mut self) {
        let mut pen = 0.0;
        let mut before: Option<usize> = None;
        for index in 0..self.units.len() {
            let style = self.style_of(index);
            if before != Some(style) {
                pen += before.map_or(0.0, |before| self.padding(before));
                pen += self.padding(style);
                before = Some(style);
            }
            let unit = &mut self.units[index];
            unit.x = pen;
            pen += unit.advance;
        }
    }

    fn style_of(&self, unit: usize) -> usize {
        self.items[self.units[unit].item].style
    }

    fn padding(&self, style: usize) -> f64 {
        let style = &self.styles[style].style;
        style.padding.0 * style.scale
    }

    pub(super) fn style(&self, unit: &Unit) -> &TextStyle {
        &self.styles[self.items[unit.item].style].style
    }

    /// Allows lines to end within words, between syllables, with a hyphen.
    ///
    /// Whether there are such words.
    pub(super) fn hyphenate(&mut self, shapers: &mut Shapers<'_>, lang: &str) -> bool {
        let mut divided = Vec::with_capacity(self.found.len());
        let mut start = 0;
        for opportunity in &self.found {
            let divisions = hyphenate::divisions(&self.text, start..opportunity.at, lang);
            divided.extend(divisions.into_iter().map(|at| Opportunity {
                at,
                is_hard: false,
                price: HYPHEN,
                cut: Cut::Hyphen,
            }));
            divided.push(*opportunity);
            start = opportunity.at;
        }
        let is_divided = divided.len() > self.found.len();
        self.found = divided;
        self.set_breaks(shapers);
        is_divided
    }

    /// Allows lines to end between any two letters of the words wider than this.
    ///
    /// Whether there are such words.
    pub(super) fn split_words_over(&mut self, shapers: &mut Shapers<'_>, width: f64) -> bool {
        let mut split = Vec::with_capacity(self.found.len());
        let mut start = 0;
        for (index, opportunity) in self.found.iter().enumerate() {
            let (Some(before), Some(after)) = (self.breaks.get(index), self.breaks.get(index + 1))
            else {
                break;
            };
            if after.end_x - before.start_x > width {
                let from = self.first_unit_from(start) + 1;
                let to = self.first_unit_from(after.end);
                let inner = self.units.get(from..to).unwrap_or_default();
                split.extend(inner.iter().map(|unit| Opportunity {
                    at: unit.byte,
                    is_hard: false,
                    price: 1.0,
                    cut: Cut::Letters,
                }));
            }
            split.push(*opportunity);
            start = opportunity.at;
        }
        let is_split = split.len() > self.found.len();
        self.found = split;
        self.set_breaks(shapers);
        is_split
    }

    fn first_unit_from(&self, byte: usize) -> usize {
        self.units.partition_point(|unit| unit.byte < byte)
    }

    fn set_breaks(&mut self, shapers: &mut Shapers<'_>) {
        let mut breaks = Vec::with_capacity(self.found.len() + 1);
        let mut start = self.skip_space(0, self.found.first().map_or(0, |first| first.at));
        let (mut section, mut words) = (0, 0);
        breaks.push(self.start_at(shapers, start));
        for (index, opportunity) in self.found.iter().enumerate() {
            let end = start + trimmed(&self.text[start..opportunity.at.max(start)]);
            let next = self
                .found
                .get(index + 1)
                .map_or(self.text.len(), |next| next.at);
            let next_start = self.skip_space(opportunity.at, next);
            let mut found = self.start_at(shapers, next_start);
            found.end = end;
            self.end_at(shapers, start, &mut found);
            found.is_hard = opportunity.is_hard;
            found.price = opportunity.price;
            found.cut = opportunity.cut;
            found.section = section;
            if found.is_hard {
                section = breaks.len();
            }
            words += usize::from(next_start > end);
            found.words = words;
            if found.cut == Cut::Hyphen {
                let hyphen = self.hyphen_width(shapers, found.end);
                found.end_x += hyphen;
                if self.rules.right {
                    found.hang_right = hyphen;
                }
            }
            breaks.push(found);
            start = next_start;
        }
        self.breaks = breaks;
    }

    fn skip_space(&self, from: usize, to: usize) -> usize {
        let space = self.text[from..to.max(from)]
            .find(|character| !is_break_space(character))
            .unwrap_or(0);
        from + space
    }

    /// A place where only the start of the line after is known.
    fn start_at(&self, shapers: &mut Shapers<'_>, start: usize) -> Break {
        let mut found = Break {
            end: start,
            start,
            end_x: 0.0,
            start_x: 0.0,
            hang_right: 0.0,
            hang_left: 0.0,
            bearing: 0.0,
            is_hard: false,
            price: 0.0,
            cut: Cut::None,
            section: 0,
            words: 0,
        };
        let index = self.first_unit_from(start);
        let Some(unit) = self.units.get(index) else {
            found.start_x = self.units.last().map_or(0.0, |last| last.x + last.advance);
            return found;
        };
        let padding = self.padding(self.style_of(index));
        found.start_x = unit.x - padding;
        if padding != 0.0 || self.items[unit.item].is_rtl() {
            return found;
        }
        let mut first = index;
        if self.rules.left {
            let marks = hang::opening_marks(&self.text[start..]);
            while self
                .units
                .get(first)
                .is_some_and(|unit| unit.byte < start + marks)
            {
                found.hang_left += self.units[first].advance;
                first += 1;
            }
        }
        if self.rules.ink {
            found.bearing = self.bearing(shapers, first);
        }
        found
    }

    /// How far the ink of a cluster above the baseline is from its origin.
    fn bearing(&self, shapers: &mut Shapers<'_>, unit: usize) -> f64 {
        let Some(unit) = self.units.get(unit) else {
            return 0.0;
        };
        let item = &self.items[unit.item];
        let edge = unit
            .glyph
            .and_then(|(glyph, x)| Some(x + shapers.edge(item.face, glyph)?));
        edge.unwrap_or(0.0) * self.style(unit).scale
    }

    fn end_at(&self, shapers: &mut Shapers<'_>, start: usize, found: &mut Break) {
        let after = self.first_unit_from(found.end);
        if found.end <= start {
            found.end_x = self
                .units
                .get(self.first_unit_from(start))
                .map_or(0.0, |unit| unit.x);
            return;
        }
        let Some(last) = after.checked_sub(1).map(|index| &self.units[index]) else {
            return;
        };
        let padding = self.padding(self.style_of(after - 1));
        let kern = self.kern_lost(shapers, start, found.end, after);
        found.end_x = last.x + last.advance - last.tracking + padding + kern;
        if self.rules.right && padding == 0.0 {
            found.hang_right = hang::closing_marks(&self.text, &self.units[..after]);
        }
    }

    /// The item in whose face the hyphen of a line that ends here is drawn.
    pub(super) fn hyphen_item(&self, end: usize) -> Option<&Item> {
        let last = self.first_unit_from(end).checked_sub(1)?;
        Some(&self.items[self.units[last].item])
    }

    fn hyphen_width(&self, shapers: &mut Shapers<'_>, end: usize) -> f64 {
        let Some(item) = self.hyphen_item(end) else {
            return 0.0;
        };
        let style = &self.styles[item.style].style;
        let shaped = shapers.shape(HYPHEN_DRAWN, item.face, false, style.tracking.0);
        (shaped.advance + style.tracking.0) * style.scale
    }

    /// What a word gains in width when the space after it, with which it was kerned, is cut off.
    fn kern_lost(&self, shapers: &mut Shapers<'_>, start: usize, end: usize, after: usize) -> f64 {
        let Some(next) = self.units.get(after) else {
            return 0.0;
        };
        let item = &self.items[next.item];
        let is_space = self.text[next.byte..].starts_with(is_break_space);
        if next.is_safe || item.is_rtl() || !is_space || item.range.start >= end {
            return 0.0;
        }
        let start = start.max(item.range.start);
        let style = self.style(next);
        let alone = shapers.shape(&self.text[start..end], item.face, false, style.tracking.0);
        let within = &self.units[self.first_unit_from(start)..after];
        let last = within.last().map_or(0.0, |unit| unit.tracking);
        let within: f64 = within.iter().map(|unit| unit.advance).sum();
        alone.advance * style.scale - (within - last)
    }
}

/// Length of a text without the white space at its end.
fn trimmed(text: &str) -> usize {
    text.trim_end_matches(is_break_space).len()
}

/// How far accents may stand above capitals, out of the box, as they do in any text; what is piled
/// higher has to find room in it. With two accents, as in Vietnamese, capitals stay where they are.
const ACCENTS: f64 = 0.45;

fn cap(fonts: &Fonts, styles: &[StyledRange]) -> f64 {
    let caps = styles
        .iter()
        .map(|styled| fonts.metrics(styled.style.face).cap_height.0 * styled.style.scale);
    caps.fold(0.0, f64::max)
}

/// How far the ink of letters rises above their baseline, in em.
fn rise(shapers: &mut Shapers<'_>, item: &Item, shaped: &super::shape::Shaped) -> f64 {
    let rises = shaped.glyphs.iter().map(|glyph| {
        let ink = shapers.ink(item.face, glyph.id);
        ink.map_or(0.0, |ink| ink.top + glyph.y)
    });
    rises.fold(0.0, f64::max)
}

fn depth(shapers: &mut Shapers<'_>, item: &Item, shaped: &super::shape::Shaped) -> f64 {
    let depths = shaped.glyphs.iter().map(|glyph| {
        let ink = shapers.ink(item.face, glyph.id);
        ink.map_or(0.0, |ink| -(ink.bottom + glyph.y))
    });
    depths.fold(0.0, f64::max)
}
