//! `pullquote check`: all that `render` would have to say, without a picture.

use rayon::prelude::*;

use super::args::Check;
use super::console::Console;
use super::report::count;
use super::{Status, campaign, material, outcome, render};
use crate::error::Result;
use crate::plan;
use crate::publish::{Group, Picture};

/// Runs the command.
///
/// # Errors
///
/// Nothing could be read, or a name is unknown.
pub fn run(args: &Check, console: &mut Console) -> Result<Status> {
    let studio = render::studio(&args.look)?;
    let loaded = material::load(&args.inputs, None)?;
    console.errors(&loaded.errors);
    if args.inputs.strict && loaded.has_skipped_rows() {
        console.diagnostics(&loaded.diagnostics);
        return Ok(Status::Failed);
    }
    let options = render::options(&args.look);
    let plan = plan::plan(&loaded.decks, studio.library(), &options)?;
    if plan.jobs.is_empty() {
        console.diagnostics(&loaded.diagnostics);
        return render::nothing_made(&loaded, plan.rejected, console);
    }
    let composed = plan.jobs.par_iter().map(|job| Picture {
        job,
        image: None,
        diagnostics: studio
            .check(job)
            .unwrap_or_else(|error| vec![campaign::not_drawn(&error, job)]),
    });
    let groups = outcome::group(&loaded, composed.collect());
    let mut diagnostics = loaded.diagnostics.clone();
    diagnostics.extend(render::brand_notes(&studio, &plan.jobs)?);
    diagnostics.extend(outcome::diagnostics(&groups));
    console.diagnostics(&diagnostics);
    let has_problems = !loaded.errors.is_empty() || outcome::has_errors(&diagnostics);
    if !args.quiet && !has_problems {
        console.print(&summary(&groups, plan.jobs.len()))?;
    }
    Ok(Status::of(has_problems))
}

fn summary(groups: &[Group<'_>], images: usize) -> String {
    let cards = groups.iter().map(|group| group.cards.len()).sum();
    format!(
        "no errors in {}, {}\n",
        count(cards, "card"),
        count(images, "image")
    )
}
