//! What there is to do, found out before anything is drawn.

use std::collections::BTreeSet;

use rayon::prelude::*;

use super::{Account, Campaign, Ledger, located};
use crate::cli::material::Block;
use crate::cli::outcome;
use crate::error::Result;
use crate::plan::Job;
use crate::publish::{Digests, Extent, Output, Picture, Record, job_name};
use crate::studio::SharedSizes;

/// What is known of a campaign when every card was planned.
#[derive(Default)]
pub struct Survey {
    /// How many images there are to be, in all shards together.
    pub jobs: usize,
    /// How many cards were left out as rejected.
    pub rejected: usize,
    /// The names of the themes that are used.
    pub themes: BTreeSet<String>,
    /// The sizes that texts share between images.
    pub sizes: SharedSizes,
    /// How much there will be on the contact sheet of this shard.
    pub extent: Extent,
}

/// Plans all cards.
///
/// # Errors
///
/// As [`Campaign::each_planned`].
pub fn survey(campaign: &Campaign<'_>) -> Result<Survey> {
    let mut survey = Survey::default();
    let mut last = None;
    let rejected = campaign.each_planned(|block, jobs| {
        survey.jobs += jobs.len();
        for job in jobs {
            if !survey.themes.contains(&job.theme) {
                survey.themes.insert(job.theme.clone());
            }
        }
        let sizes = campaign.pool.install(|| campaign.studio.shared_sizes(jobs));
        survey.sizes = std::mem::take(&mut survey.sizes).with(sizes);
        let own = jobs.iter().filter(|job| campaign.has(job));
        for job in own {
            survey.extent.pictures += 1;
            let number = number(block, job);
            survey.extent.decks += usize::from(last != number);
            last = number;
        }
        Ok(())
    })?;
    survey.rejected = rejected;
    Ok(survey)
}

/// The number of a job's deck.
fn number(block: &Block, job: &Job<'_>) -> Option<usize> {
    let mut decks = block.decks.iter().zip(&block.numbers);
    let found = decks.find(|(deck, _)| std::ptr::eq(*deck, job.deck));
    found.map(|(_, number)| *number)
}

/// What is known of a job before anything is drawn.
pub struct Known<'a> {
    /// The job.
    pub job: &'a Job<'a>,
    /// The digest of what it depends on.
    pub inputs: String,
    /// What came of it in an earlier run, where that still holds.
    pub picture: Option<Picture<'a>>,
    /// Whether the picture's file is another than what is recorded.
    is_lost: bool,
    /// Whether the picture's file had to be read to know.
    was_read: bool,
}

/// Which jobs need not be done again.
pub struct Compared<'a> {
    /// Job by job, whether what came of it in an earlier run still holds.
    pub is_known: Vec<bool>,
    /// How many are known to be pictures.
    pub unchanged: usize,
    /// The first job that is not known.
    pub first: Option<String>,
    /// The names of those whose file was another than was recorded.
    pub lost: Vec<String>,
    /// What came of all jobs, where all are known.
    pub account: Option<Account<'a>>,
    /// What the jobs have in common.
    pub digests: Digests,
}

impl Compared<'_> {
    /// How many jobs are to be done.
    #[must_use]
    pub fn to_draw(&self) -> usize {
        self.is_known.iter().filter(|is_known| !**is_known).count()
    }
}

/// Compares the jobs with what is recorded, block by block, and hands over what is known of them; returns what
/// they have in common.
///
/// # Errors
///
/// As [`Campaign::each`], and those of `take`.
pub fn each_known(
    campaign: &Campaign<'_>,
    sizes: &SharedSizes,
    (output, ledger): (&Output, &mut Ledger),
    mut take: impl FnMut(&Block, Vec<Known<'_>>) -> Result<()>,
) -> Result<Digests> {
    let studio = campaign.studio;
    let mut digests = Digests::new(studio.library(), studio.fonts());
    campaign.each(|block, jobs| {
        campaign
            .pool
            .install(|| digests.learn(studio.library(), jobs));
        for job in jobs {
            ledger.records.plan(&job_name(job));
        }
        let compare = |job| compare_one(job, digests.of(job, sizes), (output, ledger));
        let known = || jobs.par_iter().map(compare).collect::<Result<Vec<_>>>();
        take(block, campaign.pool.install(known)?)
    })?;
    Ok(digests)
}

/// Compares the jobs with what is recorded.
///
/// # Errors
///
/// As [`each_known`].
pub fn compare(
    campaign: &Campaign<'_>,
    sizes: &SharedSizes,
    (output, ledger): (&Output, &mut Ledger),
) -> Result<Compared<'static>> {
    let (mut is_known, mut lost) = (Vec::new(), Vec::new());
    let (mut unchanged, mut first, mut was_read) = (0, None, false);
    let mut account = Some(Account::default());
    let digests = each_known(campaign, sizes, (output, ledger), |block, known| {
        let mut pictures = Vec::with_capacity(known.len());
        for known in known {
            was_read |= known.was_read;
            is_known.push(known.picture.is_some());
            match known.picture {
                Some(picture) => {
                    unchanged += usize::from(picture.image.is_some());
                    pictures.push(picture);
                }
                None => {
                    let name = job_name(known.job);
                    lost.extend(known.is_lost.then(|| name.clone()));
                    first.get_or_insert(name);
                    account = None;
                }
            }
        }
        if let Some(account) = &mut account {
            let groups = outcome::group(block, pictures, &mut account.last);
            account.add(&groups)?;
        }
        Ok(())
    })?;
    ledger.has_changed |= was_read || first.is_some();
    Ok(Compared {
        is_known,
        unchanged,
        first,
        lost,
        account,
        digests,
    })
}

fn compare_one<'a>(
    job: &'a Job<'a>,
    inputs: String,
    (output, ledger): (&Output, &Ledger),
) -> Result<Known<'a>> {
    let record = ledger.records.get(&job_name(job))?;
    let record = record.filter(|record| record.inputs == inputs);
    let mut known = Known {
        job,
        inputs,
        picture: None,
        is_lost: false,
        was_read: false,
    };
    let Some(record) = record else {
        return Ok(known);
    };
    let (is_intact, was_read) = match &record.image {
        Some(image) => output.is_intact(&image.file, image.bytes, &image.sha256),
        None => (true, false),
    };
    known.is_lost = !is_intact;
    known.was_read = was_read;
    known.picture = is_intact.then(|| recall(job, record));
    Ok(known)
}

/// What came of a job in an earlier run.
pub(super) fn recall<'a>(job: &'a Job<'a>, record: Record) -> Picture<'a> {
    Picture {
        job,
        diagnostics: record.diagnostics().map(|it| located(it, job)).collect(),
        inputs: record.inputs,
        image: record.image,
    }
}
