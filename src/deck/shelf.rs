//! Cards that wait for their turn, block by block.
//!
//! In: cards in the order of a campaign, each with the number of its deck. Out: the same, some thousand at
//! a time. What waits is not in memory, so that the number of cards does not matter.

use serde::{Deserialize, Serialize};

use super::{Card, Cells};
use crate::error::{Error, Result};
use crate::spool::{Piece, Spool};

/// Cards of a block, if nothing else is said. What a block takes of memory is some 5 MB; with fewer, threads would wait for each
/// other at its end.
pub(crate) const BLOCK: usize = 2048;

/// Cards in order.
#[derive(Debug)]
pub(crate) struct Shelf {
    /// Cards of a block.
    most: usize,
    spool: Spool,
    blocks: Vec<Piece>,
    /// The block that is being filled, as lines, and how many cards it has.
    open: Vec<u8>,
    in_open: usize,
    /// Why not all of them are there.
    fault: Option<Error>,
}

/// A card from the shelf.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Shelved {
    /// The number of its deck.
    pub deck: usize,
    /// The card.
    pub card: Card,
    /// The cells of its row that it does not show.
    pub cells: Cells,
}

impl Shelf {
    /// An empty one, with blocks of so many cards, at least 1.
    pub(crate) fn new(most: usize) -> Self {
        Self {
            most,
            spool: Spool::default(),
            blocks: Vec::new(),
            open: Vec::new(),
            in_open: 0,
            fault: None,
        }
    }

    /// Puts a card behind all others.
    pub(crate) fn put(&mut self, shelved: &Shelved) {
        let start = self.open.len();
        if let Err(cause) = serde_json::to_writer(&mut self.open, shelved) {
            self.open.truncate(start);
            let fault = || Error::new("a card cannot be kept").caused_by(cause);
            self.fault.get_or_insert_with(fault);
            return;
        }
        self.open.push(b'\n');
        self.in_open += 1;
        if self.in_open >= self.most {
            self.close();
        }
    }

    /// Ends the block that is being filled.
    fn close(&mut self) {
        match self.spool.add(&self.open) {
            Ok(piece) => self.blocks.push(piece),
            Err(fault) => self.fault = self.fault.take().or(Some(fault)),
        }
        self.open.clear();
        self.in_open = 0;
    }

    /// Ends the last block.
    ///
    /// # Errors
    ///
    /// Some cards could not be kept: the disk for temporary files is full.
    pub(crate) fn finish(&mut self) -> Result<()> {
        if self.in_open > 0 {
            self.close();
        }
        self.fault.take().map_or(Ok(()), Err)
    }

    /// How many blocks there are.
    pub(crate) fn blocks(&self) -> usize {
        self.blocks.len()
    }

    /// The cards of a block, counted from 0.
    ///
    /// # Errors
    ///
    /// The temporary file cannot be read.
    pub(crate) fn block(&self, number: usize) -> Result<Vec<Shelved>> {
        let lines = self.spool.read(self.blocks[number])?;
        let lines = lines.split(|byte| *byte == b'\n');
        let lines = lines.filter(|line| !line.is_empty());
        lines
            .map(|line| {
                serde_json::from_slice(line).map_err(|cause| {
                    Error::new("the temporary file with the cards was changed").caused_by(cause)
                })
            })
            .collect()
    }
}

/// Paths as they are on the shelf: words, or where they are none (`caf\xe9.md`), what the system has.
pub(super) mod any_path {
    use std::ffi::OsString;
    use std::path::{Path, PathBuf};

    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Stored {
        Words(String),
        Bytes(OsString),
    }

    pub(crate) fn serialize<S: Serializer>(path: &Path, serializer: S) -> Result<S::Ok, S::Error> {
        match path.to_str() {
            Some(words) => words.serialize(serializer),
            None => path.as_os_str().serialize(serializer),
        }
    }

    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<PathBuf, D::Error> {
        Ok(match Stored::deserialize(deserializer)? {
            Stored::Words(words) => PathBuf::from(words),
            Stored::Bytes(bytes) => PathBuf::from(bytes),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Field, Kind, Slide, Value};
    use super::*;

    #[cfg(unix)]
    #[test]
    fn paths_that_are_no_words_come_back() {
        use std::os::unix::ffi::OsStrExt;
        let path = std::ffi::OsStr::from_bytes(b"caf\xe9.md");
        let mut card = Card::quote("We count the bees");
        card.origin = Some(super::super::Origin {
            article: path.into(),
            spans: [(Field::Quote, Vec::new())].into(),
            values: Vec::new(),
        });
        let shelved = Shelved {
            deck: 0,
            card,
            cells: Cells::new(),
        };
        let mut shelf = Shelf::new(1);
        shelf.put(&shelved);
        shelf.finish().expect("there is room");
        assert_eq!(shelf.block(0).expect("it is there"), [shelved]);
    }

    #[test]
    fn cards_come_back_in_order_with_all_they_have() {
        let deck = "cards:\n- {quote: 'We “count”\\nand', speaker: A, score: 0.1, reasons: [a +1.0], \
                    status: approved, theme: cedar, capitalize: true}\n\
                    - {figure: 12%, label: of all, chart: ring, lang: fr}\n";
        let deck = super::super::read(std::path::Path::new("a.yaml"), deck).expect("it is a deck");
        let mut full = Card::new("full", Kind::List).with(Field::Alt, "a\u{2028}b");
        full.slide = Some(Slide { number: 1, of: 3 });
        full.values = vec![Value::default()];
        full.score = Some(0.1 + 0.2);
        let mut cards = deck.cards;
        cards.push(full);
        let shelved = |number: usize| Shelved {
            deck: number / 5,
            card: cards[number % cards.len()].clone(),
            cells: [("plot".to_owned(), number.to_string())].into(),
        };
        let mut shelf = Shelf::new(70);
        let count = 147;
        for number in 0..count {
            shelf.put(&shelved(number));
        }
        shelf.finish().expect("there is room");
        assert_eq!(shelf.blocks(), 3);
        let blocks = (0..3_usize).flat_map(|block| shelf.block(block).expect("it is there"));
        let found: Vec<Shelved> = blocks.collect();
        assert_eq!(found.len(), count);
        for (number, found) in found.iter().enumerate() {
            assert_eq!(*found, shelved(number), "{number}");
        }
    }
}
