//! Draws what is not known, and writes it.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use rayon::prelude::*;

use super::survey::recall;
use super::{Account, Campaign, Compared, Ledger, located};
use crate::cli::events::Events;
use crate::cli::progress::Progress;
use crate::cli::{interrupt, outcome};
use crate::diagnostic::Diagnostic;
use crate::error::{Error, Result};
use crate::plan::Job;
use crate::publish::{self, Output, Picture, Record, job_name};
use crate::studio::{SharedSizes, Studio};

/// What came of the jobs.
pub struct Made<'a> {
    /// What there is to tell of them.
    pub account: Account<'a>,
    /// Whether the run was interrupted, so that some were not done.
    pub is_interrupted: bool,
}

/// Draws and writes what is not known, block by block in the order of the jobs, and adds it to an account.
///
/// # Errors
///
/// A picture or its record cannot be written; what was written before is recorded.
pub fn draw<'a>(
    campaign: &Campaign<'_>,
    (sizes, compared): (&SharedSizes, &Compared<'_>),
    (output, ledger): (&Output, &mut Ledger),
    account: Account<'a>,
    (progress, events): (&Progress, &Events),
) -> Result<Made<'a>> {
    output.forget(compared.lost.iter())?;
    for name in &compared.lost {
        ledger.records.forget(name);
    }
    let mut made = Made {
        account,
        is_interrupted: false,
    };
    let studio = campaign.studio;
    let digests = &compared.digests;
    // A disk that is full is full for all: the others need not find out one by one.
    let is_stopped = AtomicBool::new(false);
    let mut index = 0;
    let drawn = campaign.each(|block, jobs| {
        let first = index;
        index += jobs.len();
        let is_known = &compared.is_known[first..index];
        let draw = |(number, (job, is_known)): (usize, (_, &bool))| {
            let picture = match is_known {
                true => found(job, ledger),
                false if is_stopped.load(Ordering::Relaxed) || interrupt::is_asked() => None,
                false => {
                    let inputs = digests.of(job, sizes);
                    let picture = draw_one((studio, sizes), (job, inputs), output);
                    is_stopped.fetch_or(picture.is_err(), Ordering::Relaxed);
                    progress.advance();
                    Some(picture)
                }
            }?;
            if let Ok(picture) = &picture {
                events.picture(first + number, picture, *is_known);
            }
            Some(picture)
        };
        let pairs = jobs.par_iter().zip(is_known).enumerate();
        let draw = || pairs.with_max_len(1).map(draw).collect::<Vec<_>>();
        let pictures = campaign.pool.install(draw);
        let mut there = Vec::with_capacity(pictures.len());
        for (picture, is_known) in pictures.into_iter().zip(is_known) {
            let Some(picture) = picture.transpose()? else {
                made.is_interrupted = true;
                continue;
            };
            if !is_known {
                ledger.put(&record(&picture))?;
            }
            there.push(picture);
        }
        let groups = outcome::group(block, there, &mut made.account.last);
        made.account.add(&groups)
    });
    // What is on its way is to arrive and be noted, also when something else went wrong.
    let settled = output.settle();
    drawn?;
    settled?;
    Ok(made)
}

/// What is recorded of a job that need not be done.
fn found<'a>(job: &'a Job<'a>, ledger: &Ledger) -> Option<Result<Picture<'a>>> {
    let record = ledger.records.get(&job_name(job)).transpose()?;
    Some(record.map(|record| recall(job, record)))
}

fn record(picture: &Picture<'_>) -> Record {
    let image = picture.image.clone();
    let name = job_name(picture.job);
    Record::new(&name, &picture.inputs, image, &picture.diagnostics)
}

/// Draws a picture and writes it, or says why not.
fn draw_one<'a>(
    (studio, sizes): (&Studio, &SharedSizes),
    (job, inputs): (&'a Job<'a>, String),
    output: &Output,
) -> Result<Picture<'a>> {
    let mut picture = Picture {
        job,
        inputs,
        image: None,
        diagnostics: Vec::new(),
    };
    let mut bytes = Vec::new();
    match studio.render_at(job, sizes) {
        Ok(rendered) => {
            picture.diagnostics = rendered.diagnostics;
            if let (Some(encoded), Some(composition)) = (rendered.image, rendered.composition) {
                picture.image = Some(Arc::new(publish::image(job, &composition, &encoded)));
                bytes = encoded.bytes;
            }
        }
        Err(error) => picture.diagnostics.push(not_drawn(&error, job)),
    }
    output.finish(&record(&picture), &bytes)?;
    Ok(picture)
}

/// `drawing-failed`: the fault is in the template or in this program.
#[must_use]
pub fn not_drawn(error: &Error, job: &Job<'_>) -> Diagnostic {
    let diagnostic = Diagnostic::error("drawing-failed", error.to_string());
    let hint = "try the card in another theme, and report this with the card";
    located(diagnostic.with_hint(hint), job)
}
