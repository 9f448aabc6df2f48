//! A campaign, block by block: what is to be drawn, what need not be, and what is left behind.
//!
//! In: what was loaded, and what the output folder knows. Out: a picture for each job, drawn or found as
//! it was; the pages about them; the folder's new records. Nothing that grows with the number of cards is
//! in memory for longer than its block: the passes over the cards plan them anew, each time to the same
//! jobs.

mod account;
mod draw;
mod ledger;
mod survey;

pub use account::{Account, Counts};
pub use draw::{Made, draw, not_drawn};
pub use ledger::Ledger;
pub use survey::{Compared, Known, Survey, compare, each_known, survey};

use rayon::ThreadPool;

use super::material::{Block, Loaded};
use crate::diagnostic::Diagnostic;
use crate::error::Result;
use crate::plan::{Job, Options, Planner, Shard};
use crate::studio::{Studio, locate};

/// Cards, and how they are to be made.
pub struct Campaign<'a> {
    /// What makes pictures.
    pub studio: &'a Studio,
    /// The cards.
    pub loaded: &'a Loaded,
    /// Of what and how they are to be made.
    pub options: &'a Options,
    /// The part of the jobs that is to be made.
    pub shard: Option<Shard>,
    /// The threads.
    pub pool: &'a ThreadPool,
}

impl Campaign<'_> {
    /// Plans block by block, all jobs whatever the shard; returns how many cards are rejected. The blocks are
    /// without what their decks were made of.
    ///
    /// # Errors
    ///
    /// As [`plan`](crate::plan::plan()) and [`Loaded::block`], and those of `take`.
    pub fn each_planned(
        &self,
        mut take: impl FnMut(&Block, &[Job<'_>]) -> Result<()>,
    ) -> Result<usize> {
        let mut planner = self.planner()?;
        for number in 0..self.loaded.blocks() {
            let block = self.loaded.block(number)?;
            take(&block, &jobs(&mut planner, &block)?)?;
        }
        Ok(planner.rejected())
    }

    /// Plans block by block the jobs of the shard.
    ///
    /// # Errors
    ///
    /// As [`Self::each_planned`] and [`Loaded::complete`].
    pub fn each(&self, mut take: impl FnMut(&Block, &[Job<'_>]) -> Result<()>) -> Result<()> {
        let mut planner = self.planner()?;
        for number in 0..self.loaded.blocks() {
            let mut block = self.loaded.block(number)?;
            self.loaded.complete(&mut block)?;
            let mut jobs = jobs(&mut planner, &block)?;
            jobs.retain(|job| self.has(job));
            take(&block, &jobs)?;
        }
        Ok(())
    }

    fn planner(&self) -> Result<Planner<'_, '_>> {
        Planner::new(self.studio.library(), self.options)
    }

    fn has(&self, job: &Job<'_>) -> bool {
        self.shard.is_none_or(|shard| shard.has(&job.name))
    }
}

/// The jobs of a block.
fn jobs<'a, 'b>(planner: &mut Planner<'a, '_>, block: &'b Block) -> Result<Vec<Job<'b>>>
where
    'a: 'b,
{
    let mut jobs = Vec::new();
    for deck in &block.decks {
        jobs.extend(planner.add(deck)?);
    }
    Ok(jobs)
}

/// The diagnostic at the place of its job.
fn located(mut diagnostic: Diagnostic, job: &Job<'_>) -> Diagnostic {
    locate(&mut diagnostic, job);
    diagnostic
}
