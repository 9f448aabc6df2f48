//! `pullquote check`: all that `render` would have to say, without a picture.

use rayon::prelude::*;

use super::args::Check;
use super::campaign::{self, Account, Campaign, not_drawn};
use super::console::Console;
use super::material::Reading;
use super::report::count;
use super::{Status, material, outcome, render};
use crate::error::Result;
use crate::plan::Job;
use crate::publish::Picture;
use crate::studio::Studio;

/// Runs the command.
///
/// # Errors
///
/// Nothing could be read, or a name is unknown.
pub fn run(args: &Check, console: &mut Console) -> Result<Status> {
    let studio = render::studio(&args.look)?;
    let loaded = material::load(&args.inputs, Reading::default())?;
    console.errors(&loaded.errors);
    if args.inputs.strict && loaded.has_skipped_rows() {
        console.diagnostics(&loaded.diagnostics);
        return Ok(Status::Failed);
    }
    let options = render::options(&args.look);
    let campaign = Campaign {
        studio: &studio,
        loaded: &loaded,
        options: &options,
        shard: None,
        pool: &render::pool(None)?,
    };
    let survey = campaign::survey(&campaign)?;
    if survey.jobs == 0 {
        console.diagnostics(&loaded.diagnostics);
        return render::nothing_made(&loaded, survey.rejected, console);
    }
    let mut account = Account::default();
    campaign.each(|block, jobs| {
        let check = |job| check_one(job, &studio);
        let check = || jobs.par_iter().map(check).collect();
        let pictures = campaign.pool.install(check);
        let groups = outcome::group(block, pictures, &mut account.last);
        account.add(&groups)
    })?;
    let mut diagnostics = loaded.diagnostics.clone();
    diagnostics.extend(render::brand_notes(&studio, &survey.themes)?);
    diagnostics.extend(account.diagnostics);
    console.diagnostics(&diagnostics);
    let has_problems = !loaded.errors.is_empty() || outcome::has_errors(&diagnostics);
    if !args.quiet && !has_problems {
        let cards = count(account.counts.cards, "card");
        let images = count(survey.jobs, "image");
        console.print(&format!("no errors in {cards}, {images}\n"))?;
    }
    Ok(Status::of(has_problems))
}

/// What is wrong with a job, as a picture that is not made.
fn check_one<'a>(job: &'a Job<'a>, studio: &Studio) -> Picture<'a> {
    let diagnostics = studio.check(job);
    Picture {
        job,
        inputs: String::new(),
        image: None,
        diagnostics: diagnostics.unwrap_or_else(|error| vec![not_drawn(&error, job)]),
    }
}
