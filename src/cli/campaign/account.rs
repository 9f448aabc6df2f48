//! What came of a campaign, added up block by block.

use crate::cli::events::Rows;
use crate::diagnostic::Diagnostic;
use crate::error::Result;
use crate::publish::{Binder, Group, Manifest, PagesDigest, Sheet};

/// What there is to tell of a run.
#[derive(Default)]
pub struct Account<'a> {
    /// The number of the deck whose pictures were added last.
    pub last: Option<usize>,
    /// How many there are of what.
    pub counts: Counts,
    /// Whether the program chose the words of some cards.
    pub has_proposed: bool,
    /// What is wrong, in the order of the cards.
    pub diagnostics: Vec<Diagnostic>,
    /// Everything that the pages depend on.
    pub digest: PagesDigest,
    /// The documents.
    pub binder: Binder,
    /// Manifest and contact sheet, where they are to be written.
    pub pages: Option<(Manifest<'a>, Sheet)>,
    /// Lines for a data engine, where it wants them.
    pub rows: Option<Rows>,
}

/// How many there are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Pictures that are there.
    pub there: usize,
    /// Pictures that could not be made.
    pub failed: usize,
    /// Cards.
    pub cards: usize,
    /// Cards with a picture.
    pub made_of: usize,
}

impl Account<'_> {
    /// Adds what came of the next decks, or of the next cards of one.
    ///
    /// # Errors
    ///
    /// The disk for temporary files is full.
    pub fn add(&mut self, groups: &[Group<'_>]) -> Result<()> {
        for group in groups {
            self.has_proposed |= group.deck.path.is_none();
            for card in &group.cards {
                let there = card.pictures.iter().filter(|it| it.image.is_some());
                let there = there.count();
                self.counts.there += there;
                self.counts.failed += card.pictures.len() - there;
                self.counts.cards += 1;
                self.counts.made_of += usize::from(there > 0);
                let of_pictures = card.pictures.iter().flat_map(|it| &it.diagnostics);
                let all = card.diagnostics.iter().chain(of_pictures);
                self.diagnostics.extend(all.cloned());
            }
            self.digest.add(group);
            self.binder.add(group);
            if let Some((manifest, sheet)) = &mut self.pages {
                manifest.add(group)?;
                sheet.add(group)?;
            }
            if let Some(rows) = &mut self.rows {
                rows.add(group);
            }
        }
        Ok(())
    }
}
