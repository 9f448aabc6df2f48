//! A page's tokens: which bytes of the file every stretch of text stands in.
//!
//! No HTML tree in Rust knows byte positions. So the page is tokenized twice: here, with positions
//! ([`reader`](super::reader)), and again by the tree's own parser, from a copy in which every run
//! of text starts with its number between two marks ([`copy`](super::copy)). Wherever the tree
//! builder then puts the text, and whatever is made of the tree, the number says where the words
//! stand in the file.

use std::ops::Range;

use super::facts::Facts;
use super::reader;

/// A page as tokens.
pub(super) struct Page {
    /// The copy for the tree's parser.
    pub(super) marked: String,
    /// How much of the page is in the copy, in bytes.
    pub(super) read: usize,
    /// The characters in the copy that the page does not have.
    pub(super) marks: Marks,
    /// Stretches of visible text between tags that are more than white space, in order.
    pub(super) runs: Vec<Run>,
    /// What the page says about itself outside its text.
    pub(super) facts: Facts,
    pieces: Vec<Piece>,
    /// What entities stand for, one after the other.
    decoded: String,
}

/// Characters of the copy that the page does not have.
#[derive(Clone, Copy)]
pub(super) struct Marks {
    /// Stands around the number of a run.
    pub(super) number: char,
    /// Stands for `&`: the tree's parser takes the square of the number of entities in a text.
    pub(super) ampersand: char,
    /// Stands for `<`, for the same reason.
    pub(super) less: char,
}

/// A stretch of text between two tags.
#[derive(Clone, Debug)]
pub(super) struct Run {
    pieces: Range<usize>,
    /// Whether white space or the edge of a block parts it from the run before.
    pub(super) is_apart: bool,
}

/// Text that stands in the file as it is, or an entity.
#[derive(Clone, Debug)]
struct Piece {
    file: Range<usize>,
    /// Where [`Page::decoded`] has what it stands for.
    decoded: Option<Range<usize>>,
}

impl Page {
    /// Reads the tokens of a page.
    pub(super) fn read(source: &str) -> Self {
        reader::read(source, Marks::unused_in(source))
    }

    /// A page without text.
    pub(super) fn new(marks: Marks) -> Self {
        Self {
            marked: String::new(),
            read: 0,
            marks,
            runs: Vec::new(),
            facts: Facts::default(),
            pieces: Vec::new(),
            decoded: String::new(),
        }
    }

    /// How many pieces there are: where the next run starts.
    pub(super) fn next_piece(&self) -> usize {
        self.pieces.len()
    }

    /// Adds text to the run that started at a piece; `file` is where it stands.
    pub(super) fn push(&mut self, source: &str, run: usize, text: &str, file: Range<usize>) {
        let is_same = source[file.clone()] == *text;
        if is_same
            && run < self.pieces.len()
            && let Some(last) = self.pieces.last_mut()
            && last.decoded.is_none()
            && last.file.end == file.start
        {
            last.file.end = file.end;
            return;
        }
        let decoded = (!is_same).then(|| {
            let start = self.decoded.len();
            self.decoded.push_str(text);
            start..self.decoded.len()
        });
        self.pieces.push(Piece { file, decoded });
    }

    /// Ends the run that started at a piece.
    pub(super) fn end_run(&mut self, start: usize, is_apart: bool) {
        self.runs.push(Run {
            pieces: start..self.pieces.len(),
            is_apart,
        });
    }

    /// The pieces of a run: their bytes in the file, and what they stand for if that differs.
    pub(super) fn pieces(&self, run: usize) -> impl Iterator<Item = (Range<usize>, Option<&str>)> {
        let pieces = self.pieces[self.runs[run].pieces.clone()].iter();
        pieces.map(|piece| {
            let decoded = piece.decoded.clone();
            (piece.file.clone(), decoded.map(|at| &self.decoded[at]))
        })
    }

    /// The bytes of the file that a run stands in.
    pub(super) fn span(&self, run: usize) -> Range<usize> {
        let pieces = &self.pieces[self.runs[run].pieces.clone()];
        let start = pieces.first().map_or(0, |piece| piece.file.start);
        start..pieces.last().map_or(start, |piece| piece.file.end)
    }
}

impl Marks {
    /// Three characters for private use that a page does not use. A page that uses all of them gets
    /// the first: it may then mix up its own words, and no others.
    fn unused_in(source: &str) -> Self {
        let mut unused = (0xF8E0..=0xF8FF)
            .filter_map(char::from_u32)
            .filter(|mark| !source.contains(*mark));
        Self {
            number: unused.next().unwrap_or('\u{F8E0}'),
            ampersand: unused.next().unwrap_or('\u{F8E1}'),
            less: unused.next().unwrap_or('\u{F8E2}'),
        }
    }
}
