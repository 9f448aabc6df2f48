//! Which blocks of a page refer to which notes: by the addresses of marks and the ids of elements.

use std::collections::HashMap;

use dom_query::Node;

use crate::article::{Block, NoteMark};

/// So many marks are looked after at most.
const MOST: usize = 1000;

/// The marks of a page and what they may lead to. Blocks are counted as they are read.
#[derive(Default)]
pub(super) struct Notes {
    /// What a mark leads to, and how many blocks there were when it came.
    marks: Vec<(String, usize)>,
    /// The first block of each element with an id.
    elements: HashMap<String, usize>,
}

impl Notes {
    /// A mark behind the last of so many blocks.
    pub(super) fn refer(&mut self, mark: &Node, blocks: usize) {
        let link = match mark.has_name("a") {
            true => mark.attr("href"),
            false => mark.descendants_it().find_map(|link| link.attr("href")),
        };
        let id = link.and_then(|link| Some(link.rsplit_once('#')?.1.to_owned()));
        if self.marks.len() < MOST {
            self.marks.extend(id.map(|id| (id, blocks)));
        }
    }

    /// An element that begins behind so many blocks. Only those behind a mark are its note.
    pub(super) fn define(&mut self, element: &Node, blocks: usize) {
        if !self.marks.is_empty()
            && let Some(id) = element.attr("id")
        {
            self.elements.entry(id.to_string()).or_insert(blocks);
        }
    }

    /// Tells the blocks, which have been sorted since; `starts` says where each began.
    pub(super) fn resolve(self, starts: &[usize], blocks: &mut [Block]) {
        let place = |count: usize, blocks: &[Block]| {
            let start = starts.get(count)?;
            blocks
                .binary_search_by_key(start, |block| block.span.start)
                .ok()
        };
        for (id, count) in &self.marks {
            let block = count.checked_sub(1).and_then(|last| place(last, blocks));
            let note = self
                .elements
                .get(id)
                .and_then(|first| place(*first, blocks));
            if let (Some(block), Some(note)) = (block, note) {
                let at = blocks[block].text.len();
                blocks[block]
                    .inline
                    .notes
                    .push(NoteMark { at, block: note });
            }
        }
    }
}
