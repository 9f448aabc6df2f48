//! Collects a block's text from stretches of the file, white space folded, with the map back.

use std::ops::Range;

use super::{Block, BlockKind, Inline, OffsetMap, Span};

/// A block under construction.
pub(super) struct Builder<'s> {
    source: &'s str,
    text: String,
    map: OffsetMap,
    /// White space that has not been written yet, and where it stands.
    space: Option<Span>,
    start: usize,
    end: usize,
    inline: Inline,
    /// The quotation that markup has opened: its number, and where its words start once they do.
    quotation: Option<(usize, Option<usize>)>,
}

impl<'s> Builder<'s> {
    pub(super) fn new(source: &'s str) -> Self {
        Self {
            source,
            text: String::new(),
            map: OffsetMap::default(),
            space: None,
            start: 0,
            end: 0,
            inline: Inline::default(),
            quotation: None,
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// Whether the words so far end a sentence, and no quotation is open in them.
    pub(super) fn ends_sentence(&self) -> bool {
        let count = |mark: char| self.text.matches(mark).count();
        let words = self.text.trim_end_matches(['”', '"', '’', '»', '“', ')']);
        words.ends_with(['.', '!', '?', '…'])
            && count('"') % 2 == 0
            && count('“') <= count('”') + count('„')
    }

    /// Where the words so far end in the file.
    pub(super) fn end(&self) -> usize {
        self.end
    }

    /// Bytes of the words so far.
    pub(super) fn len(&self) -> usize {
        self.text.len()
    }

    /// Says which quotation of the markup what follows is in, by a number of its own.
    pub(super) fn quotation(&mut self, number: Option<usize>) {
        if self.quotation.map(|(open, _)| open) == number {
            return;
        }
        if let Some((_, Some(start))) = self.quotation.take() {
            self.inline.quoted.push(start..self.text.len());
        }
        self.quotation = number.map(|number| (number, None));
    }

    /// Adds a stretch of the file as it stands.
    pub(super) fn verbatim(&mut self, range: Range<usize>) {
        let mut at = range.start;
        while at < range.end {
            let rest = &self.source[at..range.end];
            let spaces = rest.len() - rest.trim_start_matches(is_folded).len();
            if spaces > 0 {
                self.space(at..at + spaces);
                at += spaces;
                continue;
            }
            let length = rest.find(is_folded).unwrap_or(rest.len());
            self.write(&rest[..length], at..at + length);
            at += length;
        }
    }

    /// Adds text that stands differently in the file: an entity, an escape.
    pub(super) fn decoded(&mut self, text: &str, range: Range<usize>) {
        if text.chars().all(is_folded) {
            self.space(range);
        } else {
            self.write(text, range);
        }
    }

    /// Adds white space.
    pub(super) fn space(&mut self, range: Range<usize>) {
        let span = Span {
            start: range.start,
            end: range.end,
        };
        match &mut self.space {
            Some(space) => space.end = span.end,
            None => self.space = Some(span),
        }
    }

    fn write(&mut self, text: &str, range: Range<usize>) {
        if let Some(space) = self.space.take()
            && !self.text.is_empty()
        {
            self.text.push(' ');
            self.map.push(1, space);
        }
        if self.text.is_empty() {
            self.start = range.start;
        }
        self.end = range.end;
        if let Some((_, start @ None)) = &mut self.quotation {
            *start = Some(self.text.len());
        }
        self.text.push_str(text);
        self.map.push(
            text.len(),
            Span {
                start: range.start,
                end: range.end,
            },
        );
    }

    /// The block; nothing if a reader would see nothing.
    pub(super) fn finish(mut self, kind: BlockKind) -> Option<Block> {
        self.quotation(None);
        let is_seen = |character: char| !character.is_whitespace() && !is_unseen(character);
        self.text.contains(is_seen).then_some(Block {
            kind,
            text: self.text,
            span: Span {
                start: self.start,
                end: self.end,
            },
            map: self.map,
            inline: self.inline,
        })
    }
}

/// White space that is folded; no-break spaces are part of the words.
pub(super) fn is_folded(character: char) -> bool {
    character.is_whitespace() && !matches!(character, '\u{A0}' | '\u{202F}' | '\u{2007}')
}

/// Marks without width: a block of nothing else has no words.
fn is_unseen(character: char) -> bool {
    matches!(
        character,
        '\u{FEFF}' | '\u{200B}'..='\u{200F}' | '\u{2060}' | '\u{AD}'
    )
}
