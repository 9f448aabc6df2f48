//! Words and the bytes they came from: what makes "word for word" checkable.

use std::ops::Range;

use serde::{Deserialize, Serialize};

/// Byte offsets into the article's file as given, half-open.
///
/// The bytes are those of the file's own encoding; escapes that change how bytes are read
/// (ISO-2022-JP) belong to no character.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Span {
    /// Offset of the first byte.
    pub start: usize,
    /// Offset behind the last byte.
    pub end: usize,
}

/// Words taken from an article, and the places they were taken from.
///
/// The invariant: the file's bytes at the pieces, decoded, with markup stripped, entities decoded and
/// white space folded, joined by single spaces, equal the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verbatim {
    text: String,
    pieces: Vec<Span>,
}

impl Verbatim {
    /// Joins words to the places they stand in, in reading order.
    #[must_use]
    pub fn new(text: String, pieces: Vec<Span>) -> Self {
        Self { text, pieces }
    }

    /// The words.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The bytes they stand in; more than one where other words come between.
    #[must_use]
    pub fn pieces(&self) -> &[Span] {
        &self.pieces
    }

    /// From the first byte to the last, whatever stands between.
    #[must_use]
    pub fn outer_span(&self) -> Span {
        Span {
            start: self.pieces.first().map_or(0, |span| span.start),
            end: self.pieces.last().map_or(0, |span| span.end),
        }
    }
}

/// From a text back to the file: stretches that stand in the file alike, in order.
///
/// Between two stretches the file has something else: markup, an entity, folded white space.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OffsetMap {
    stretches: Vec<Stretch>,
}

/// So many units of a text, each of which stands in so many bytes of the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Stretch {
    text: usize,
    file: usize,
    count: usize,
    unit: Unit,
}

/// What is not divided: a byte, a character, an entity, white space that is folded. Lengths in bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Unit {
    text: usize,
    file: usize,
}

impl Stretch {
    fn text_end(&self) -> usize {
        self.text + self.count * self.unit.text
    }

    fn file_end(&self) -> usize {
        self.file + self.count * self.unit.file
    }
}

impl OffsetMap {
    /// Says that the next `text_len` bytes of the text stand at `file` in the file.
    ///
    /// Equal lengths mean equal bytes; different lengths (an entity, folded white space) make the
    /// stretch indivisible. Nothing is said where the text has no bytes.
    pub fn push(&mut self, text_len: usize, file: Span) {
        let file_len = file.end - file.start;
        let (count, unit) = match text_len == file_len {
            true => (text_len, Unit { text: 1, file: 1 }),
            false => (
                1,
                Unit {
                    text: text_len,
                    file: file_len,
                },
            ),
        };
        if text_len > 0 {
            self.push_units(count, unit, file.start);
        }
    }

    fn push_units(&mut self, count: usize, unit: Unit, file: usize) {
        let text = self.text_len();
        if let Some(last) = self.stretches.last_mut()
            && last.unit == unit
            && last.file_end() == file
        {
            last.count += count;
            return;
        }
        self.stretches.push(Stretch {
            text,
            file,
            count,
            unit,
        });
    }

    /// Bytes of the text mapped so far.
    #[must_use]
    pub fn text_len(&self) -> usize {
        self.stretches.last().map_or(0, Stretch::text_end)
    }

    /// The bytes of the file that a byte range of the text stands in.
    ///
    /// An empty range gives an empty span. Markup between the ends is inside the span.
    #[must_use]
    pub fn span(&self, range: Range<usize>) -> Span {
        let start = self.start(range.start);
        Span {
            start,
            end: if range.is_empty() {
                start
            } else {
                self.end(range.end)
            },
        }
    }

    /// The way on, where what this map leads to is itself a text with a map back to a file.
    #[must_use]
    pub(super) fn through(&self, further: &Self) -> Self {
        let mut map = Self::default();
        for stretch in &self.stretches {
            if stretch.unit.text == stretch.unit.file {
                further.copy(stretch.file..stretch.file_end(), &mut map);
                continue;
            }
            let starts = (0..stretch.count).map(|at| stretch.file + at * stretch.unit.file);
            for start in starts {
                let span = further.span(start..start + stretch.unit.file);
                map.push_indivisible(stretch.unit.text, span);
            }
        }
        map
    }

    /// Equal lengths are chance here.
    fn push_indivisible(&mut self, text: usize, file: Span) {
        let unit = Unit {
            text,
            file: file.end - file.start,
        };
        self.push_units(1, unit, file.start);
    }

    /// Adds the part of this map that tells where a range of the text stands.
    fn copy(&self, range: Range<usize>, to: &mut Self) {
        let first = self
            .stretches
            .partition_point(|stretch| stretch.text_end() <= range.start);
        let parts = self.stretches[first..].iter();
        for part in parts.take_while(|part| part.text < range.end) {
            let skipped = range.start.saturating_sub(part.text) / part.unit.text;
            let end = range.end.min(part.text_end()) - part.text;
            let count = end.div_ceil(part.unit.text) - skipped;
            to.push_units(count, part.unit, part.file + skipped * part.unit.file);
        }
    }

    fn start(&self, text: usize) -> usize {
        let index = self.stretches.partition_point(|s| s.text_end() <= text);
        match self.stretches.get(index) {
            Some(s) => s.file + (text - s.text) / s.unit.text * s.unit.file,
            None => self.stretches.last().map_or(0, Stretch::file_end),
        }
    }

    fn end(&self, text: usize) -> usize {
        let index = self.stretches.partition_point(|s| s.text < text);
        match index
            .checked_sub(1)
            .and_then(|last| self.stretches.get(last))
        {
            Some(s) => {
                let units = (text - s.text).div_ceil(s.unit.text);
                s.file + units.min(s.count) * s.unit.file
            }
            None => self.stretches.first().map_or(0, |s| s.file),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_span_leaves_markup_at_its_ends_outside() {
        // Text `ab cd` in the file `**ab**  cd`.
        let mut map = OffsetMap::default();
        map.push(2, Span { start: 2, end: 4 });
        map.push(1, Span { start: 6, end: 8 });
        map.push(2, Span { start: 8, end: 10 });
        assert_eq!(map.span(0..2), Span { start: 2, end: 4 });
        assert_eq!(map.span(3..5), Span { start: 8, end: 10 });
        assert_eq!(map.span(1..4), Span { start: 3, end: 9 });
        assert_eq!(map.span(2..2), Span { start: 6, end: 6 });
    }

    #[test]
    fn entities_side_by_side_are_told_apart() {
        // Text `<&x` in the file `&lt;&gt;x`.
        let mut map = OffsetMap::default();
        map.push(1, Span { start: 0, end: 4 });
        map.push(1, Span { start: 4, end: 8 });
        map.push(1, Span { start: 8, end: 9 });
        assert_eq!(map.span(0..1), Span { start: 0, end: 4 });
        assert_eq!(map.span(1..2), Span { start: 4, end: 8 });
        assert_eq!(map.span(1..3), Span { start: 4, end: 9 });
        assert_eq!(map.stretches.len(), 2);
    }

    #[test]
    fn maps_are_joined() {
        // Text `é&é` from `é&amp;é` in UTF-8, from a file of one byte a letter.
        let mut to_text = OffsetMap::default();
        to_text.push(2, Span { start: 0, end: 2 });
        to_text.push(1, Span { start: 2, end: 7 });
        to_text.push(2, Span { start: 7, end: 9 });
        let mut to_file = OffsetMap::default();
        for (length, start) in [(2, 0), (5, 1), (2, 6)] {
            let end = start + if length == 5 { 5 } else { 1 };
            to_file.push(length, Span { start, end });
        }
        let map = to_text.through(&to_file);
        assert_eq!(map.text_len(), 5);
        assert_eq!(map.span(0..2), Span { start: 0, end: 1 });
        assert_eq!(map.span(2..3), Span { start: 1, end: 6 });
        assert_eq!(map.span(2..5), Span { start: 1, end: 7 });
    }
}
