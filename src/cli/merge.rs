//! `pullquote merge`: joins what shards have made, as if one machine had made it all.
//!
//! In: the inputs the shards were given, and the folders they wrote into. Out: manifest, contact
//! sheet and records, byte for byte those of a run without shards: they are written by the same
//! code, from the same plan. Nothing is drawn; a picture that no shard has made is an error.

use super::args::Merge;
use super::campaign::Known;
use super::console::Console;
use super::{Status, render};
use crate::error::{Error, Result};
use crate::publish::{Output, Records, job_name};

/// Runs the command.
///
/// # Errors
///
/// As for [`render::run`], and pictures that are missing.
pub fn run(args: &Merge, console: &mut Console) -> Result<Status> {
    render::make(&args.render, Some(args), console)
}

/// The records of all shards; pictures in other folders are copied into the output folder.
///
/// # Errors
///
/// A folder without records, or a picture that cannot be copied.
pub fn gather(args: &Merge, output: &Output) -> Result<Records> {
    let mut all = output.shards()?;
    for folder in &args.parts {
        let (part, _) = Output::look(folder, "run")?;
        let records = part.shards()?;
        for record in records.jobs.values() {
            if let Some(image) = &record.image {
                output.copy(&part, &image.file)?;
            }
        }
        all.extend(records);
    }
    output.settle()?;
    Ok(all)
}

/// Every picture must have been made.
///
/// # Errors
///
/// How many were not, and the first of them.
pub fn refuse_missing(known: &[Known<'_>]) -> Result<()> {
    let missing: Vec<_> = known.iter().filter(|it| it.picture.is_none()).collect();
    let Some(first) = missing.first() else {
        return Ok(());
    };
    let message = format!(
        "{} of {} images are missing or out of date, the first is `{}`",
        missing.len(),
        known.len(),
        job_name(first.job)
    );
    Err(Error::new(message).with_hint(
        "run the shards that did not finish, with the same options; or `render` makes the rest here",
    ))
}

/// Removes the records of the shards, which are in those of the folder now.
///
/// # Errors
///
/// One cannot be removed.
pub fn tidy(output: &Output) -> Result<()> {
    output.forget_shards()
}
