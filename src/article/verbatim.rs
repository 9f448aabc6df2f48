//! Words and the bytes they came from: what makes "word for word" checkable.

use std::ops::Range;

/// Byte offsets into the article's file as given (UTF-8), half-open.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// Offset of the first byte.
    pub start: usize,
    /// Offset behind the last byte.
    pub end: usize,
}

/// Words taken from an article, and the places they were taken from.
///
/// The invariant: the file's bytes at the pieces, with markup stripped, entities decoded and white
/// space folded, joined by single spaces, equal the text.
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

    /// The same words without the comma at their end that led on to who said them.
    #[must_use]
    pub fn without_lead_out(&self) -> Self {
        let kept = self.text.trim_end_matches(',');
        let cut = self.text.len() - kept.len();
        let mut pieces = self.pieces.clone();
        match pieces.last_mut() {
            // A comma is one byte in the file too.
            Some(last) if cut == 1 && last.end - last.start > cut => last.end -= cut,
            _ => return self.clone(),
        }
        Self {
            text: kept.to_owned(),
            pieces,
        }
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

/// From a block's text back to the file: stretches that stand in the file as they are, in order.
///
/// Between two stretches the file has something else: markup, an entity, folded white space.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OffsetMap {
    stretches: Vec<Stretch>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Stretch {
    text: usize,
    text_len: usize,
    file: usize,
    file_len: usize,
}

impl OffsetMap {
    /// Says that the next `text_len` bytes of the block's text stand at `file` in the file.
    ///
    /// Equal lengths mean equal bytes; different lengths (an entity, folded white space) make the
    /// stretch indivisible.
    pub fn push(&mut self, text_len: usize, file: Span) {
        let text = self.text_len();
        let file_len = file.end - file.start;
        if let Some(last) = self.stretches.last_mut()
            && last.text_len == last.file_len
            && text_len == file_len
            && last.file + last.file_len == file.start
        {
            last.text_len += text_len;
            last.file_len += file_len;
            return;
        }
        self.stretches.push(Stretch {
            text,
            text_len,
            file: file.start,
            file_len,
        });
    }

    /// Bytes of block text mapped so far.
    #[must_use]
    pub fn text_len(&self) -> usize {
        self.stretches.last().map_or(0, |s| s.text + s.text_len)
    }

    /// The bytes of the file that a byte range of the block's text stands in.
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

    fn start(&self, text: usize) -> usize {
        let index = self
            .stretches
            .partition_point(|s| s.text + s.text_len <= text);
        match self.stretches.get(index) {
            Some(s) if s.text_len == s.file_len => s.file + (text - s.text),
            Some(s) => s.file,
            None => self.stretches.last().map_or(0, |s| s.file + s.file_len),
        }
    }

    fn end(&self, text: usize) -> usize {
        let index = self.stretches.partition_point(|s| s.text < text);
        match index
            .checked_sub(1)
            .and_then(|last| self.stretches.get(last))
        {
            Some(s) if s.text_len == s.file_len => s.file + (text - s.text),
            Some(s) => s.file + s.file_len,
            None => self.stretches.first().map_or(0, |s| s.file),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_comma_that_led_on_is_left_behind() {
        let words =
            |text: &str, end: usize| Verbatim::new(text.to_owned(), vec![Span { start: 3, end }]);
        assert_eq!(
            words("we wait,", 11).without_lead_out(),
            words("we wait", 10)
        );
        assert_eq!(
            words("we wait.", 11).without_lead_out(),
            words("we wait.", 11)
        );
    }

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
}
