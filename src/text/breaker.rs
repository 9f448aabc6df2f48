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

/// What one more line than needed costs.
const EXTRA_LINE: f64 = 0.06;

/// What a short last line of one word costs.
const SINGLE_LAST_WORD: f64 = 0.12;

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

    /// The fewest lines the text takes at a size; `None` if some of it is too wide for any line.
    pub(super) fn fewest(&self, size: f64) -> Option<Ends> {
        let count = self.breaks.len();
        let mut best: Vec<Option<(usize, usize)>> = vec![None; count];
        for to in 1..count {
            if self.is_refused(to) {
                continue;
            }
            for from in self.starts(to, size) {
                let before = if from == 0 {
                    Some(0)
                } else {
                    best[from].map(|(lines, _)| lines)
                };
                let Some(lines) = before.map(|lines| lines + 1) else {
                    continue;
                };
                if best[to].is_none_or(|(fewest, _)| lines < fewest) {
                    best[to] = Some((lines, from));
                }
            }
        }
        let mut at = count - 1;
        let mut ends = Ends::new();
        while at > 0 {
            ends.push(at);
            (_, at) = best[at]?;
        }
        ends.reverse();
        Some(ends)
    }

    /// How much of the text the first lines hold at a size: the last place they reach.
    pub(super) fn reach(&self, size: f64, lines: usize) -> usize {
        let mut from = 0;
        for _ in 0..lines {
            let fitting = (from + 1..self.breaks.len())
                .take_while(|&to| !self.breaks[from + 1..to].iter().any(|inner| inner.is_hard))
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

    fn fits(&self, from: usize, to: usize, size: f64) -> bool {
        let room = self.measure.width * (1.0 + 1e-9);
        self.width(self.line(from, to), size) <= room
    }

    /// The places where a line that ends at `to` may start, nearest first.
    fn starts(&self, to: usize, size: f64) -> impl Iterator<Item = usize> {
        let hangs = self.measure.hang_left + self.measure.hang_right;
        let hopeless = self.measure.width + hangs + size;
        let last_hard = (1..to)
            .rev()
            .find(|&at| self.breaks[at].is_hard)
            .unwrap_or(0);
        (last_hard..to)
            .rev()
            .take_while(move |&from| self.line(from, to).advance * size <= hopeless)
            .filter(move |&from| self.fits(from, to, size))
    }

    fn trace(&self, from: &[Vec<Option<usize>>]) -> Option<Ends> {
        let mut at = self.breaks.len() - 1;
        let mut ends = Ends::new();
        for starts in from.iter().skip(1).rev() {
            ends.push(at);
            at = starts[at]?;
        }
        ends.reverse();
        Some(ends)
    }

    /// The best lines at a size, at least `fewest` and at most `most` of them.
    pub(super) fn best(&self, size: f64, fewest: usize, most: usize) -> Option<Ends> {
        let total: f64 = self.breaks[self.breaks.len() - 1].end_x - self.breaks[0].start_x;
        let last = self.breaks.len() - 1;
        let priced = (fewest..=most.max(fewest)).map(|lines| {
            let table = self.table(size, total, lines);
            let cost = table.cost[last] + (lines - fewest) as f64 * EXTRA_LINE;
            (table, cost)
        });
        let (table, _) = priced
            .filter(|(_, cost)| cost.is_finite())
            .min_by(|(_, one), (_, other)| one.total_cmp(other))?;
        self.trace(&table.from)
    }

    /// The cheapest way to every place in a number of lines.
    fn table(&self, size: f64, total: f64, wanted: usize) -> Table {
        let count = self.breaks.len();
        let mut table = Table {
            cost: vec![f64::INFINITY; count],
            from: vec![vec![None; count]; wanted + 1],
        };
        table.cost[0] = 0.0;
        let target = total * size / wanted.max(1) as f64;
        for line in 1..=wanted {
            let (cost, from) = self.next_line(&table.cost, size, target);
            table.cost = cost;
            table.from[line] = from;
        }
        table
    }

    /// The cheapest ways to end one more line at every place, and where that line starts.
    fn next_line(&self, before: &[f64], size: f64, target: f64) -> (Vec<f64>, Vec<Option<usize>>) {
        let ways = (0..before.len()).map(|to| {
            if to == 0 || self.is_refused(to) {
                return (f64::INFINITY, None);
            }
            self.starts(to, size)
                .filter(|&from| before[from].is_finite())
                .map(|from| (before[from] + self.cost(from, to, size, target), Some(from)))
                .min_by(|(one, _), (other, _)| one.total_cmp(other))
                .unwrap_or((f64::INFINITY, None))
        });
        ways.unzip()
    }

    /// What a line costs: the square of what it lacks of the target, in shares of the box, and the
    /// price of its end.
    fn cost(&self, from: usize, to: usize, size: f64, target: f64) -> f64 {
        let width = self.width(self.line(from, to), size);
        let off = (width - target) / self.measure.width.max(1.0);
        let place = &self.breaks[to];
        let is_last = to + 1 == self.breaks.len();
        if !is_last && !place.is_hard {
            return off * off + place.price;
        }
        let is_single = to - from == 1 && from > 0 && !self.breaks[from].is_hard;
        let single = if is_single && width < target * 0.5 {
            SINGLE_LAST_WORD
        } else {
            0.0
        };
        // A last line may be shorter, as in any paragraph.
        if off < 0.0 {
            off * off * 0.4 + single
        } else {
            off * off + single
        }
    }
}

/// The cheapest ways to end a number of lines at each place.
struct Table {
    cost: Vec<f64>,
    /// For each line, from 1 on, where it starts if it ends at a place.
    from: Vec<Vec<Option<usize>>>,
}
