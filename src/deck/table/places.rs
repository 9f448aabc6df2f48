//! Line and column of any byte of a text, each found in the same short time.
//!
//! Programs write whole files into one line: counting from its start for every value would take
//! the square of its length.

/// Characters are counted once up to every so many bytes.
const STEP: usize = 256;

/// A text, indexed.
pub(super) struct Places<'a> {
    text: &'a [u8],
    /// Where each line begins.
    starts: Vec<usize>,
    /// How many characters begin before each step.
    counts: Vec<usize>,
}

impl<'a> Places<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        let breaks = text.match_indices('\n').map(|(at, _)| at + 1);
        let mut counts = vec![0];
        for step in text.as_bytes().chunks(STEP) {
            counts.push(counts.last().copied().unwrap_or(0) + characters(step));
        }
        Self {
            text: text.as_bytes(),
            starts: std::iter::once(0).chain(breaks).collect(),
            counts,
        }
    }

    /// Line and column of a byte, both counted from 1, the column in characters.
    pub(super) fn of(&self, offset: usize) -> (usize, usize) {
        let line = self.starts.partition_point(|start| *start <= offset);
        let start = self.starts[line.saturating_sub(1)];
        (line, self.before(offset) - self.before(start) + 1)
    }

    /// How many characters begin before a byte.
    fn before(&self, offset: usize) -> usize {
        let offset = offset.min(self.text.len());
        let step = offset / STEP;
        self.counts[step] + characters(&self.text[step * STEP..offset])
    }
}

/// How many characters begin in bytes of UTF-8.
fn characters(bytes: &[u8]) -> usize {
    bytes.iter().filter(|byte| **byte & 0xc0 != 0x80).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_byte_has_the_place_that_counting_gives() {
        let line = "ein Zitat “über” 数字, ".repeat(30);
        let text = format!("{line}\n\n{line}\r\nend");
        let places = Places::new(&text);
        for (offset, _) in text.char_indices().chain([(text.len(), ' ')]) {
            let before = &text[..offset];
            let start = before.rfind('\n').map_or(0, |at| at + 1);
            let line = before.matches('\n').count() + 1;
            assert_eq!(
                places.of(offset),
                (line, before[start..].chars().count() + 1)
            );
        }
        assert_eq!(Places::new("").of(0), (1, 1));
        assert_eq!(Places::new("a").of(9), (1, 2));
    }
}
