//! `pullquote merge`: joins what shards have made, as if one machine had made it all.
//!
//! In: the inputs the shards were given, and the folders they wrote into. Out: manifest, contact
//! sheet and records, byte for byte those of a run without shards: they are written by the same
//! code, from the same plan. Nothing is drawn; a picture that no shard has made is an error.

use super::args::Merge;
use super::campaign::Compared;
use super::console::Console;
use super::{Status, render};
use crate::error::{Error, Result};
use crate::publish::{Output, Records};

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
        let mut files = Vec::new();
        records.each(|record| {
            files.extend(record.image.map(|image| image.file.clone()));
            Ok(())
        })?;
        files.sort_unstable();
        for file in &files {
            output.copy(&part, file)?;
        }
        all.extend(records)?;
    }
    output.settle()?;
    Ok(all)
}

/// Every picture must have been made.
///
/// # Errors
///
/// How many were not, and the first of them.
pub fn refuse_missing(compared: &Compared<'_>) -> Result<()> {
    let Some(first) = &compared.first else {
        return Ok(());
    };
    let message = format!(
        "{} of {} images are missing or out of date, the first is `{first}`",
        compared.to_draw(),
        compared.is_known.len(),
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
