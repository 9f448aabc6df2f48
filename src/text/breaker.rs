//! Chooses where lines end: as few as the size needs, even, and nowhere a typographer would mind.
//!
//! A dynamic programme over the places where a line may end, after Knuth and Plass, "Breaking
//! Paragraphs into Lines" (1981), with the rag of CSS `text-wrap: balance` in the place of stretch
//! and shrink: text that is set ragged is even when its lines are equally long.

use super::linebreak::REFUSED;
use super::prepare::{Break, Prepared};

/// How wide lines may be at any size.
#[derive(Clone, Copy, Debug)]
pub(super) struct Measure {
    /// Width of the box in px.
    pub(super) width: f64,
    /// Most that hangs left of it, in px.
    pub(super) hang_left: f64,
    /// Most that hangs right of it, in px.
    pub(super) hang_right: f64,
    /// What a mark that hangs inside takes from every line, in em.
    pub(super) indent: f64,
}

/// A line between two places, in em.
#[derive(Clone, Copy, Debug)]
struct Line {
    advance: f64,
    hang_left: f64,
    hang_right: f64,
}

/// Where lines end: indices of breaks, the first (the start of the text) left out.
pub(super) type Ends = Vec<usize>;

/// Breaks one paragraph at any size.
pub(super) struct Breaker<'p> {
    breaks: &'p [Break],
    measure: Measure,
    takes_refused: bool,
}

/// A line that fits at some size.
#[derive(Clone, Copy, Debug)]
struct Candidate {
    from: usize,
    to: usize,
    /// Width within the box, in px.
    width: f64,
}

/// What one more line than needed costs.
const EXTRA_LINE: f64 = 0.04;

/// What a block costs that leaves all of its box's width empty.
const EMPTY: f64 = 0.15;

/// How much less the rag of a last line counts if it is short, as in any paragraph.
const LAST_LINE: f64 = 0.7;

/// How much more a line counts for each share of the even measure that it lacks: one very short
/// line is worse than two a little short.
const STARK: f64 = 1.6;

/// A last line of a single word is a widow if it is shorter than this share of the others.
const WIDOW: f64 = 0.5;

impl<'p> Breaker<'p> {
    /// For lines of this measure; `takes_refused` lets lines end where they should not.
    pub(super) fn new(prepared: &'p Prepared<'_>, measure: Measure, takes_refused: bool) -> Self {
        Self {
            breaks: &prepared.breaks,
            measure,
            takes_refused,
        }
    }

    fn line(&self, from: usize, to: usize) -> Line {
        let (start, end) = (&self.breaks[from], &self.breaks[to]);
        Line {
            advance: (end.end_x - start.start_x - start.bearing).max(0.0) + self.measure.indent,
            hang_left: start.hang_left,
            hang_right: end.hang_right,
        }
    }

    /// Width within the box at a size, in px.
    fn width(&self, line: Line, size: f64) -> f64 {
        let outside = (line.hang_left * size).min(self.measure.hang_left)
            + (line.hang_right * size).min(self.measure.hang_right);
        line.advance * size - outside
    }

    /// The largest size at which a line fits: its width is the largest of four straight lines over
    /// the size, one for each way its marks hang.
    fn largest(&self, line: Line) -> f64 {
        let Measure {
            width,
            hang_left,
            hang_right,
            ..
        } = self.measure;
        let lefts = [(line.hang_left, 0.0), (0.0, hang_left)];
        let rights = [(line.hang_right, 0.0), (0.0, hang_right)];
        let mut size = f64::INFINITY;
        for (left_em, left) in lefts {
            for (right_em, right) in rights {
                let slope = line.advance - left_em - right_em;
                if slope > 0.0 {
                    size = size.min((width + left + right) / slope);
                }
            }
        }
        size
    }

    /// The largest size at which every one of these lines fits.
    pub(super) fn largest_for(&self, ends: &[usize]) -> f64 {
        let starts = std::iter::once(0).chain(ends.iter().copied());
        let lines = starts
            .zip(ends)
            .map(|(from, &to)| self.largest(self.line(from, to)));
        lines.fold(f64::INFINITY, f64::min)
    }

    /// Width of the longest of these lines within the box, in px.
    fn longest(&self, ends: &[usize], size: f64) -> f64 {
        let starts = std::iter::once(0).chain(ends.iter().copied());
        let lines = starts.zip(ends);
        lines
            .map(|(from, &to)| self.width(self.line(from, to), size))
            .fold(0.0, f64::max)
    }

    /// The fewest lines the text takes at a size; `None` if some of it is too wide for any line.
    pub(super) fn fewest(&self, size: f64) -> Option<Ends> {
        let count = self.breaks.len();
        let mut best: Vec<(usize, usize)> = vec![(usize::MAX, 0); count];
        best[0].0 = 0;
        self.each_candidate(size, |line| {
            let lines = best[line.from].0.saturating_add(1);
            if lines < best[line.to].0 {
                best[line.to] = (lines, line.from);
            }
        });
        let mut at = count - 1;
        let (lines, _) = best[at];
        if lines == usize::MAX {
            return None;
        }
        let mut ends = Ends::with_capacity(lines);
        while at > 0 {
            ends.push(at);
            (_, at) = best[at];
        }
        ends.reverse();
        Some(ends)
    }

    /// How much of the text the first lines hold at a size: the last place they reach.
    pub(super) fn reach(&self, size: f64, lines: usize) -> usize {
        let mut from = 0;
        for _ in 0..lines {
            let fitting = (from + 1..self.breaks.len())
                .take_while(|&to| self.breaks[to].section <= from)
                .take_while(|&to| self.fits(from, to, size));
            match fitting.last() {
                Some(to) => from = to,
                None => break,
            }
        }
        from
    }

    fn is_refused(&self, at: usize) -> bool {
        let place = &self.breaks[at];
        !self.takes_refused && !place.is_hard && place.price >= REFUSED
    }

    fn room(&self) -> f64 {
        self.measure.width * (1.0 + 1e-9)
    }

    fn fits(&self, from: usize, to: usize, size: f64) -> bool {
        self.width(self.line(from, to), size) <= self.room()
    }

    /// The lines that fit at a size, by their end, the shortest first.
    fn each_candidate(&self, size: f64, mut take: impl FnMut(Candidate)) {
        let hopeless = self.measure.width + self.measure.hang_left + self.measure.hang_right + size;
        let room = self.room();
        for to in 1..self.breaks.len() {
            if self.is_refused(to) {
                continue;
            }
            for from in (self.breaks[to].section..to).rev() {
                let line = self.line(from, to);
                if line.advance * size > hopeless {
                    break;
                }
                let width = self.width(line, size);
                if width <= room && (from == 0 || !self.is_refused(from)) {
                    take(Candidate { from, to, width });
                }
            }
        }
    }

    /// The best lines at a size, at least `fewest` and at most `most` of them, and what they cost:
    /// [`REFUSED`] or more if that leaves a widow.
    pub(super) fn best(&self, size: f64, fewest: usize, most: usize) -> Option<(Ends, f64)> {
        let total: f64 = self.breaks[self.breaks.len() - 1].end_x - self.breaks[0].start_x;
        let mut lines = Vec::new();
        self.each_candidate(size, |line| lines.push(line));
        let priced = (fewest..=most.max(fewest)).filter_map(|count| {
            let (ends, cost) = self.cheapest(&lines, total * size, count)?;
            let empty = 1.0 - self.longest(&ends, size) / self.measure.width.max(1.0);
            let extra = (count - fewest) as f64 * EXTRA_LINE;
            Some((ends, cost + extra + empty.max(0.0) * EMPTY))
        });
        priced.min_by(|(_, one), (_, other)| one.total_cmp(other))
    }

    /// The cheapest way through the text in a number of lines.
    fn cheapest(&self, lines: &[Candidate], total: f64, wanted: usize) -> Option<(Ends, f64)> {
        let count = self.breaks.len();
        let last = count - 1;
        let mut before = vec![f64::INFINITY; count];
        before[0] = 0.0;
        let mut starts = vec![0; count * wanted];
        let costs: Vec<f64> = lines
            .iter()
            .map(|line| self.cost(line, total, wanted))
            .collect();
        for row in starts.chunks_exact_mut(count) {
            let mut after = vec![f64::INFINITY; count];
            for (line, cost) in lines.iter().zip(&costs) {
                let cost = before[line.from] + cost;
                if cost < after[line.to] {
                    after[line.to] = cost;
                    row[line.to] = line.from;
                }
            }
            before = after;
        }
        let cost = before[last];
        let mut at = last;
        let mut ends = Ends::with_capacity(wanted);
        for row in starts.chunks_exact(count).rev() {
            ends.push(at);
            at = row[at];
        }
        ends.reverse();
        cost.is_finite().then_some((ends, cost))
    }

    /// What a line costs among so many: its [`rag`], and the price of its end.
    fn cost(&self, line: &Candidate, total: f64, wanted: usize) -> f64 {
        let even = (total / wanted as f64).max(1.0);
        let off = (line.width - even) / even;
        let place = &self.breaks[line.to];
        let is_last = line.to + 1 == self.breaks.len();
        if !is_last && !place.is_hard {
            return rag(off) + place.price;
        }
        let share = if off < 0.0 { LAST_LINE } else { 1.0 };
        let widow = match self.is_widow(line, wanted) {
            true => REFUSED,
            false => 0.0,
        };
        rag(off) * share + widow
    }

    /// Whether this is a last line of a single word that is short beside the others. Whether it is
    /// does not depend on the size: what is no widow in a box is none in a larger one.
    fn is_widow(&self, line: &Candidate, wanted: usize) -> bool {
        let (start, end) = (&self.breaks[line.from], &self.breaks[line.to]);
        let follows = line.from > 0 && !start.is_hard;
        let is_single = line.to - line.from == 1 || start.words == end.words;
        if !follows || !is_single {
            return false;
        }
        let before = start.end_x - self.breaks[start.section].start_x;
        let others = before / wanted.saturating_sub(1).max(1) as f64;
        end.end_x - end.hang_right - start.start_x < others * WIDOW
    }
}

/// What it costs that a line is so much longer or shorter than the even measure, in shares of that.
fn rag(off: f64) -> f64 {
    off * off * (1.0 + STARK * off.abs())
}
