//! The largest size at which a paragraph fits its frame, and its lines at that size.
//!
//! A paragraph is shaped once, in em. For given lines the largest size follows in closed form; more
//! size needs more lines, so the search halves the range of sizes and, each time a size fits,
//! jumps to the largest that the lines found there allow.

use super::breaker::{Breaker, Ends, Measure};
use super::linebreak::REFUSED;
use super::place::Placer;
use super::prepare::Prepared;
use super::shape::Shapers;
use super::{Align, FittedText, Fonts, Frame, Mark, Overflow, Paragraph, Valign};
use crate::geometry::{Em, Px};

/// How near the size found is to the largest possible.
const TOLERANCE: f64 = 1.0 + 1e-4;

/// By how much smaller each size is that is tried for better lines, in shares of the largest.
const STEP: f64 = 0.02;

/// What a smaller size costs, for its logarithm: a tenth is half as bad as a line that ends in "the".
const LOSS: f64 = 0.75;

/// Sets a paragraph in a frame at the largest size that fits, within 0.01 %.
///
/// Lines end where UAX #14 allows it; only if the text does not fit otherwise, at places that a
/// typographer refuses; then between syllables, if the frame allows hyphens; and only then between
/// letters of a word that is wider than the box. An empty text has
/// no lines and fits everywhere.
///
/// # Errors
///
/// [`Overflow`] if it does not fit at the smallest size. Nothing is ever left out.
pub fn fit(fonts: &Fonts, paragraph: &Paragraph, frame: &Frame) -> Result<FittedText, Overflow> {
    let mut shapers = Shapers::new(fonts);
    let mut prepared = Prepared::new(&mut shapers, paragraph, frame);
    let mark = frame
        .mark
        .as_ref()
        .map(|mark| MarkSize::new(fonts, mark, (frame, prepared.is_rtl)));
    if let Some(setting) = Fitter::new(&prepared, frame, mark).setting() {
        return Ok(Placer::new(&mut shapers, &prepared, frame, mark).place(setting));
    }
    if let Some(lang) = &frame.hyphens
        && prepared.hyphenate(&mut shapers, lang)
        && let Some(setting) = Fitter::new(&prepared, frame, mark).setting()
    {
        return Ok(Placer::new(&mut shapers, &prepared, frame, mark).place(setting));
    }
    let indent = mark.map_or(0.0, |mark| mark.indent_at(frame.min_size.0));
    let narrowest = frame.rect.width().0 / frame.min_size.0.max(f64::MIN_POSITIVE) - indent;
    if prepared.split_words_over(&mut shapers, narrowest)
        && let Some(setting) = Fitter::new(&prepared, frame, mark).setting()
    {
        return Ok(Placer::new(&mut shapers, &prepared, frame, mark).place(setting));
    }
    Err(Fitter::new(&prepared, frame, mark).overflow())
}

/// The measures of an opening mark in em of the paragraph.
#[derive(Clone, Copy, Debug)]
pub(super) struct MarkSize {
    /// How far it moves the pen.
    pub(super) advance: f64,
    /// Left edge of its ink, from its origin.
    pub(super) ink_left: f64,
    /// From this size on it hangs inside, in px.
    inside_from: f64,
}

impl MarkSize {
    fn new(fonts: &Fonts, mark: &Mark, (frame, is_rtl): (&Frame, bool)) -> Self {
        let measure = super::measure(fonts, &mark.text, &mark.style);
        let advance = measure.advance.0 * mark.style.scale;
        let ink_left = measure.ink_left.0 * mark.style.scale;
        let reach = advance - ink_left;
        let stays_outside = reach <= 0.0 || frame.align != Align::Start;
        Self {
            advance,
            ink_left,
            inside_from: match stays_outside {
                true => f64::INFINITY,
                false if is_rtl => frame.hang.right.0 / reach,
                false => frame.hang.left.0 / reach,
            },
        }
    }

    /// Whether it hangs inside at a size.
    pub(super) fn is_inside(&self, size: f64) -> bool {
        size > self.inside_from
    }

    /// What it takes from every line at a size, in em.
    pub(super) fn indent_at(&self, size: f64) -> f64 {
        if self.is_inside(size) {
            self.advance - self.ink_left
        } else {
            0.0
        }
    }
}

/// A size and lines that fit at it.
pub(super) struct Setting {
    pub(super) size: f64,
    /// Distance of baselines in sizes.
    pub(super) leading: f64,
    pub(super) ends: Ends,
}

/// Looks for the size of one prepared paragraph.
struct Fitter<'p, 't> {
    prepared: &'p Prepared<'t>,
    frame: &'p Frame,
    mark: Option<MarkSize>,
    /// Room below the last baseline for descenders, in em.
    depth: f64,
}

impl<'p, 't> Fitter<'p, 't> {
    fn new(prepared: &'p Prepared<'t>, frame: &'p Frame, mark: Option<MarkSize>) -> Self {
        let depth = match frame.valign {
            Valign::Top | Valign::Middle => prepared.depth,
            Valign::Bottom => 0.0,
        };
        Self {
            prepared,
            frame,
            mark,
            depth,
        }
    }

    fn breaker(&self, size: f64, takes_refused: bool) -> Breaker<'p> {
        let rect = &self.frame.rect;
        let measure = Measure {
            width: rect.width().0,
            hang_left: self.frame.hang.left.0,
            hang_right: self.frame.hang.right.0,
            indent: self.mark.map_or(0.0, |mark| mark.indent_at(size)),
        };
        Breaker::new(self.prepared, measure, takes_refused)
    }

    /// The best setting: whole words, ends that a typographer would sign and no widow, as large as
    /// fits. What breaks a rule is set no larger than it must be: then a larger box never gives
    /// smaller type.
    fn setting(&self) -> Option<Setting> {
        if self.prepared.breaks.len() < 2 {
            return Some(self.without_lines());
        }
        self.signed().or_else(|| {
            let size = self.frame.min_size.0;
            let tried = [false, true].into_iter();
            let mut tried = tried.filter_map(|takes_refused| self.lines(size, takes_refused));
            tried.next().map(|(setting, _)| setting)
        })
    }

    /// The best setting that breaks no rule.
    fn signed(&self) -> Option<Setting> {
        let largest = self.largest(false)?;
        self.best_from(largest).or_else(|| {
            let size = self.largest_without_widow(largest)?;
            self.best_from(size)
        })
    }

    /// The best setting at a size, or smaller as far as the frame gives way for better lines.
    fn best_from(&self, largest: f64) -> Option<Setting> {
        let steps = (self.frame.give / STEP).ceil() as usize;
        let priced = (0..=steps).filter_map(|step| {
            let share = (step as f64 * STEP).min(self.frame.give);
            let size = (largest * (1.0 - share)).max(self.frame.min_size.0);
            let (mut setting, cost) = self.lines(size, false)?;
            self.grow(&mut setting, largest);
            (cost < REFUSED).then(|| (cost + LOSS * (largest / setting.size).ln(), setting))
        });
        let best = priced.min_by(|(one, _), (other, _)| one.total_cmp(other));
        best.map(|(_, setting)| setting)
    }

    /// Makes a setting as large as its lines allow.
    fn grow(&self, setting: &mut Setting, largest: f64) {
        let lines = self.breaker(largest, false).largest_for(&setting.ends);
        let height = self.largest_for_height(setting.ends.len());
        setting.size = lines.min(height).min(largest).max(setting.size);
        setting.leading = self.leading(setting.size, setting.ends.len());
    }

    /// The best lines at a size, and what they cost.
    fn lines(&self, size: f64, takes_refused: bool) -> Option<(Setting, f64)> {
        let breaker = self.breaker(size, takes_refused);
        let fewest = breaker.fewest(size)?.len();
        // What fits on one line is not broken for the sake of looks.
        let more = usize::from(fewest > 1);
        let held = self.lines_at(size);
        if fewest > held {
            return None;
        }
        let few = breaker.best(size, fewest, held.min(fewest + more));
        // A widow is worth any number of lines.
        let (ends, cost) = match few {
            Some((_, cost)) if cost >= REFUSED && more == 1 => {
                breaker.best(size, fewest, held.min(self.prepared.breaks.len()))?
            }
            few => few?,
        };
        let leading = self.leading(size, ends.len());
        let setting = Setting {
            size,
            leading,
            ends,
        };
        Some((setting, cost))
    }

    /// The largest size, below this one, at which no single short word is left for the last line.
    fn largest_without_widow(&self, largest: f64) -> Option<f64> {
        let has_none = |size: f64| {
            self.lines(size, false)
                .filter(|(_, cost)| *cost < REFUSED)
                .map(|(mut setting, _)| {
                    self.grow(&mut setting, largest);
                    setting.size
                })
        };
        let mut fitting = has_none(self.frame.min_size.0)?;
        let mut too_large = largest;
        while too_large / fitting > TOLERANCE {
            let middle = f64::midpoint(fitting, too_large);
            match has_none(middle) {
                Some(size) => fitting = size.min(too_large),
                None => too_large = middle,
            }
        }
        Some(fitting)
    }

    fn without_lines(&self) -> Setting {
        Setting {
            size: self.frame.max_size.0,
            leading: self.frame.min_leading,
            ends: Ends::new(),
        }
    }

    /// The largest size that fits; `None` if even the smallest does not.
    fn largest(&self, takes_refused: bool) -> Option<f64> {
        let (min, max) = (
            self.frame.min_size.0,
            self.frame.max_size.0.max(self.frame.min_size.0),
        );
        let mut fitting = self.grown(min, takes_refused)?;
        if self.grown(max, takes_refused).is_some() {
            return Some(max);
        }
        let mut too_large = max;
        while too_large / fitting > TOLERANCE {
            let middle = f64::midpoint(fitting, too_large);
            match self.grown(middle, takes_refused) {
                Some(grown) => fitting = grown.min(too_large),
                None => too_large = middle,
            }
        }
        Some(fitting)
    }

    /// The largest size at which the lines that fit at a size still do.
    fn grown(&self, size: f64, takes_refused: bool) -> Option<f64> {
        let breaker = self.breaker(size, takes_refused);
        let ends = breaker.fewest(size)?;
        let by_height = self.largest_for_height(ends.len());
        if by_height < size || self.frame.max_lines.is_some_and(|most| ends.len() > most) {
            return None;
        }
        let turning = match self.mark {
            Some(mark) if !mark.is_inside(size) => mark.inside_from,
            _ => f64::INFINITY,
        };
        let largest = breaker.largest_for(&ends).min(by_height).min(turning);
        Some(largest.min(self.frame.max_size.0).max(size))
    }

    /// Height of a number of lines in sizes, leading at its smallest.
    fn height(&self, lines: usize) -> f64 {
        let gaps = lines.saturating_sub(1) as f64;
        self.prepared.cap + self.depth + gaps * self.frame.min_leading
    }

    fn largest_for_height(&self, lines: usize) -> f64 {
        self.frame.rect.height().0 * (1.0 + 1e-9) / self.height(lines)
    }

    /// How many lines the box holds at a size.
    fn lines_at(&self, size: f64) -> usize {
        let height = self.frame.rect.height().0 * (1.0 + 1e-9) / size;
        // A size that a number of lines was found for holds as many, whatever rounding says.
        let gaps = (height - self.height(1)) / self.frame.min_leading + 1e-6;
        let lines = if gaps < 0.0 { 0 } else { gaps as usize + 1 };
        lines.min(self.frame.max_lines.unwrap_or(usize::MAX))
    }

    /// Opens the leading as far as the box and the template allow.
    fn leading(&self, size: f64, lines: usize) -> f64 {
        let gaps = lines.saturating_sub(1).max(1) as f64;
        let room = (self.frame.rect.height().0 / size - self.height(1)) / gaps;
        room.min(self.frame.max_leading).max(self.frame.min_leading)
    }

    /// By how much the text is too long at the smallest size.
    fn overflow(&self) -> Overflow {
        let size = self.frame.min_size.0;
        let breaker = self.breaker(size, true);
        let held = self.lines_at(size);
        let reached = breaker.reach(size, held);
        let rest = self.prepared.breaks[reached].start..self.prepared.text.len();
        Overflow {
            size: self.frame.min_size,
            needed: breaker
                .fewest(size)
                .map_or(held + 1, |ends| ends.len().max(held + 1)),
            held,
            excess: self
                .prepared
                .text
                .get(rest)
                .map_or(0, |rest| rest.chars().count())
                .max(1),
        }
    }
}

impl Setting {
    /// The size as a length.
    pub(super) fn size(&self) -> Px {
        Px(self.size)
    }

    /// Distance of baselines.
    pub(super) fn leading(&self) -> Px {
        Em(self.leading).at(self.size())
    }
}
