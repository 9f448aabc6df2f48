//! Gives every glyph of the chosen lines its place on the artboard.
//!
//! Each run is shaped again as it will be drawn, alone, so that what is returned is what usvg will
//! lay out.

use std::ops::Range;

use unicode_bidi::{BidiInfo, Level};

use super::fit::{MarkSize, Setting};
use super::itemize::Item;
use super::linebreak::Cut;
use super::prepare::{Break, HYPHEN_DRAWN, Prepared};
use super::shape::{Shaped, Shapers};
use super::{Align, FittedText, Frame, Glyph, Line, LineRun, Mark, Valign};
use crate::geometry::{Px, Rect};

/// The invisible letter that makes what stands beside it run from right to left.
const RIGHT_TO_LEFT: char = '\u{200F}';

/// Places the lines of one paragraph.
pub(super) struct Placer<'p, 'f, 't> {
    shapers: &'p mut Shapers<'f>,
    prepared: &'p Prepared<'t>,
    frame: &'p Frame,
    mark: Option<MarkSize>,
}

impl<'p, 'f, 't> Placer<'p, 'f, 't> {
    pub(super) fn new(
        shapers: &'p mut Shapers<'f>,
        prepared: &'p Prepared<'t>,
        frame: &'p Frame,
        mark: Option<MarkSize>,
    ) -> Self {
        Self {
            shapers,
            prepared,
            frame,
            mark,
        }
    }

    /// All lines of a setting and the mark.
    pub(super) fn place(mut self, setting: Setting) -> FittedText {
        let first = self.first_baseline(&setting);
        let mut lines = Vec::with_capacity(setting.ends.len());
        let mut from = 0;
        for (index, &to) in setting.ends.iter().enumerate() {
            let baseline = first + setting.leading() * index as f64;
            lines.push(self.line((from, to), setting.size, baseline));
            from = to;
        }
        let mark = self.place_mark(&setting, &lines, first);
        let inks = lines
            .iter()
            .map(|line| line.ink)
            .chain(mark.iter().map(|mark| mark.ink));
        let ink = inks.reduce(|one, other| one.union(&other));
        FittedText {
            size: setting.size(),
            leading: setting.leading(),
            ink: ink.unwrap_or_else(|| self.empty(self.frame.rect.left, first)),
            rise: setting.size() * self.prepared.cap,
            lines,
            mark,
        }
    }

    fn empty(&self, x: Px, y: Px) -> Rect {
        Rect {
            left: x,
            top: y,
            right: x,
            bottom: y,
        }
    }

    fn first_baseline(&self, setting: &Setting) -> Px {
        let rect = &self.frame.rect;
        let size = setting.size();
        let gaps = setting.leading() * setting.ends.len().saturating_sub(1) as f64;
        let cap = size * self.prepared.cap;
        let depth = size * self.prepared.depth;
        match self.frame.valign {
            Valign::Top => rect.top + cap,
            Valign::Bottom => rect.bottom - gaps,
            Valign::Middle => {
                let slack = rect.height() - cap - gaps;
                let above = (slack / 2.0).min(slack - depth).max(Px::ZERO);
                rect.top + above + cap
            }
        }
    }

    fn line(&mut self, (from, to): (usize, usize), size: f64, baseline: Px) -> Line {
        let (start, end) = (&self.prepared.breaks[from], &self.prepared.breaks[to]);
        let range = start.start..end.end.max(start.start);
        let pieces = self.pieces(range.clone());
        let (mut runs, mut advance) = self.runs(&pieces, size, baseline);
        if end.cut == Cut::Hyphen
            && let Some(mut hyphen) = self.hyphen(end.end, size, baseline)
        {
            advance += hyphen.tracking;
            shift(&mut hyphen, advance);
            advance += hyphen.advance;
            runs.push(hyphen);
        }
        let x = self.line_start(start, end, advance, size);
        for run in &mut runs {
            shift(run, x);
        }
        let inks = runs
            .iter()
            .filter(|run| !run.glyphs.is_empty())
            .map(|run| run.ink);
        let ink = inks.reduce(|one, other| one.union(&other));
        Line {
            range,
            baseline,
            ink: ink.unwrap_or_else(|| self.empty(x, baseline)),
            runs,
            is_cut: end.cut == Cut::Letters,
        }
    }

    /// Where the pen of a line starts.
    fn line_start(&self, start: &Break, end: &Break, advance: Px, size: f64) -> Px {
        let (rect, hang) = (&self.frame.rect, &self.frame.hang);
        let left = Px(start.hang_left * size).min(hang.left);
        let right = Px(end.hang_right * size).min(hang.right);
        let bearing = Px(start.bearing * size);
        let inner = advance - left - right - bearing;
        let indent = Px(self.mark.map_or(0.0, |mark| mark.indent_at(size)) * size);
        let inner_left = match (self.frame.align, self.prepared.is_rtl) {
            (Align::Start, false) => rect.left + indent,
            (Align::End, true) => rect.left,
            (Align::Start, true) => rect.right - indent - inner,
            (Align::End, false) => rect.right - inner,
            (Align::Center, _) => rect.left + (rect.width() - inner) / 2.0,
        };
        inner_left - left - bearing
    }

    /// The items of a stretch of text, in visual order.
    fn pieces(&self, range: Range<usize>) -> Vec<Item> {
        let items = self.prepared.items.iter().filter_map(|item| {
            let start = item.range.start.max(range.start);
            let end = item.range.end.min(range.end);
            (start < end).then(|| Item {
                range: start..end,
                ..item.clone()
            })
        });
        let items: Vec<Item> = items.collect();
        if items.iter().all(|item| item.level == 0) {
            return items;
        }
        let levels: Vec<Level> = items.iter().map(|item| level(item.level)).collect();
        let order = BidiInfo::reorder_visual(&levels);
        order
            .into_iter()
            .map(|index| items[index].clone())
            .collect()
    }

    /// Runs from x = 0 on, and how far the pen moves.
    fn runs(&mut self, pieces: &[Item], size: f64, baseline: Px) -> (Vec<LineRun>, Px) {
        let mut runs = Vec::with_capacity(pieces.len());
        let mut pen = Px::ZERO;
        let mut before: Option<usize> = None;
        for (index, piece) in pieces.iter().enumerate() {
            if before != Some(piece.style) {
                pen += before.map_or(Px::ZERO, |style| self.padding(style, size));
                pen += self.padding(piece.style, size);
                before = Some(piece.style);
            }
            let mut run = self.run(piece, size, baseline);
            shift(&mut run, pen);
            pen += run.advance;
            let is_last = index + 1 == pieces.len();
            if !is_last {
                pen += run.tracking;
            }
            runs.push(run);
        }
        pen += before.map_or(Px::ZERO, |style| self.padding(style, size));
        (runs, pen)
    }

    fn padding(&self, style: usize, size: f64) -> Px {
        let style = &self.prepared.styles[style].style;
        Px(style.padding.0 * style.scale * size)
    }

    /// One run at x = 0.
    fn run(&mut self, piece: &Item, size: f64, baseline: Px) -> LineRun {
        let style = &self.prepared.styles[piece.style].style;
        let words = &self.prepared.text[piece.range.clone()];
        let text = directed(words, piece);
        let lead = if text.starts_with(RIGHT_TO_LEFT) && !words.starts_with(RIGHT_TO_LEFT) {
            RIGHT_TO_LEFT.len_utf8()
        } else {
            0
        };
        let tracking = style.tracking.0;
        let shaped = self
            .shapers
            .shape(&text, piece.face, piece.is_rtl(), tracking);
        let drawn = Drawn {
            size: Px(size * style.scale),
            tracking,
            baseline,
        };
        let mut run = drawn.run(self.shapers, piece, &shaped);
        for glyph in &mut run.glyphs {
            let within = glyph.cluster.saturating_sub(lead).min(words.len() - 1);
            glyph.cluster = piece.range.start + within;
        }
        run.text = text;
        run
    }

    /// The hyphen behind the first part of a word, at x = 0.
    fn hyphen(&mut self, end: usize, size: f64, baseline: Px) -> Option<LineRun> {
        let item = self.prepared.hyphen_item(end)?.clone();
        let style = &self.prepared.styles[item.style].style;
        let piece = Item {
            range: end..end,
            ..item
        };
        let tracking = style.tracking.0;
        let shaped = self
            .shapers
            .shape(HYPHEN_DRAWN, piece.face, false, tracking);
        let drawn = Drawn {
            size: Px(size * style.scale),
            tracking,
            baseline,
        };
        let mut run = drawn.run(self.shapers, &piece, &shaped);
        for glyph in &mut run.glyphs {
            glyph.cluster = end;
        }
        run.text = HYPHEN_DRAWN.to_owned();
        Some(run)
    }

    fn place_mark(&mut self, setting: &Setting, lines: &[Line], y: Px) -> Option<LineRun> {
        let (mark, sizes) = (self.frame.mark.as_ref()?, self.mark?);
        let item = self.mark_item(mark);
        let shaped = self
            .shapers
            .shape(&mark.text, item.face, false, mark.style.tracking.0);
        let drawn = Drawn {
            size: Px(setting.size * mark.style.scale),
            tracking: mark.style.tracking.0,
            baseline: y,
        };
        let mut run = drawn.run(self.shapers, &item, &shaped);
        run.text = mark.text.clone();
        shift(&mut run, self.mark_start(sizes, setting.size, lines));
        Some(run)
    }

    fn mark_start(&self, mark: MarkSize, size: f64, lines: &[Line]) -> Px {
        let rect = &self.frame.rect;
        let advance = Px(mark.advance * size);
        let ink_left = Px(mark.ink_left * size);
        match (self.frame.align, self.prepared.is_rtl, mark.is_inside(size)) {
            (Align::Start, false, true) => rect.left - ink_left,
            (Align::Start, false, false) => rect.left - advance,
            (Align::Start, true, true) => rect.right - advance + ink_left,
            (_, true, _) => lines.first().map_or(rect.right, |line| line.ink.right),
            (_, false, _) => lines.first().map_or(rect.left, |line| line.ink.left) - advance,
        }
    }

    fn mark_item(&self, mark: &Mark) -> Item {
        let has_all = |face| {
            mark.text
                .chars()
                .all(|c| self.shapers.fonts.covers(face, c))
        };
        let own = mark.style.face;
        let other = || self.shapers.fonts.ids().find(|&face| has_all(face));
        Item {
            range: 0..mark.text.len(),
            style: 0,
            face: if has_all(own) {
                own
            } else {
                other().unwrap_or(own)
            },
            level: 0,
        }
    }
}

fn level(number: u8) -> Level {
    Level::new(number).unwrap_or_else(|_| Level::ltr())
}

/// The text to write for a piece: one that runs from right to left but begins or ends with
/// something that does not by itself is kept so by invisible letters.
fn directed(words: &str, piece: &Item) -> String {
    if !piece.is_rtl() {
        return words.to_owned();
    }
    let is_strong = |c: Option<char>| {
        use unicode_bidi::BidiClass::{AL, R};
        c.is_some_and(|c| matches!(unicode_bidi::bidi_class(c), R | AL))
    };
    if is_strong(words.chars().next()) && is_strong(words.chars().next_back()) {
        return words.to_owned();
    }
    format!("{RIGHT_TO_LEFT}{words}{RIGHT_TO_LEFT}")
}

/// How a run is drawn.
struct Drawn {
    size: Px,
    /// In em of the run.
    tracking: f64,
    baseline: Px,
}

impl Drawn {
    /// A shaped piece at x = 0; clusters are bytes of the shaped text.
    fn run(&self, shapers: &mut Shapers<'_>, piece: &Item, shaped: &Shaped) -> LineRun {
        let mut ink: Option<Rect> = None;
        let mut glyphs = Vec::with_capacity(shaped.glyphs.len());
        for glyph in &shaped.glyphs {
            let x = self.size * glyph.x;
            glyphs.push(Glyph {
                id: glyph.id,
                x,
                y: self.baseline - self.size * glyph.y,
                cluster: glyph.byte,
            });
            let Some(own) = shapers.ink(piece.face, glyph.id) else {
                continue;
            };
            let own = Rect {
                left: x + self.size * own.left,
                top: self.baseline - self.size * (glyph.y + own.top),
                right: x + self.size * own.right,
                bottom: self.baseline - self.size * (glyph.y + own.bottom),
            };
            ink = Some(ink.map_or(own, |ink| ink.union(&own)));
        }
        LineRun {
            range: piece.range.clone(),
            text: String::new(),
            face: piece.face,
            size: self.size,
            tracking: self.size * self.tracking,
            x: Px::ZERO,
            y: self.baseline,
            advance: self.size * shaped.advance,
            ink: ink.unwrap_or(Rect {
                left: Px::ZERO,
                top: self.baseline,
                right: Px::ZERO,
                bottom: self.baseline,
            }),
            glyphs,
        }
    }
}

fn shift(run: &mut LineRun, x: Px) {
    run.shift(x);
}

impl LineRun {
    /// The run moved to the right.
    #[must_use]
    pub fn shifted(mut self, x: Px) -> Self {
        shift(&mut self, x);
        self
    }
}
