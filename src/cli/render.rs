//! `pullquote render`: articles, decks and tables in, pictures, manifest and contact sheet out.

use std::collections::BTreeSet;
use std::env;
use std::num::NonZeroUsize;
use std::path::Path;

use rayon::{ThreadPool, ThreadPoolBuilder};
use serde_json::json;

use super::args::{Look, Merge, Render, Told};
use super::campaign::{self, Account, Campaign, Compared, Ledger, Made, Survey};
use super::console::Console;
use super::dry_run::DryRun;
use super::events::{Events, Rows};
use super::material::{self, Loaded, Reading};
use super::progress::Progress;
use super::summary::Summary;
use super::{Status, interrupt, merge, outcome};
use crate::deck::BLOCK;
use crate::diagnostic::Diagnostic;
use crate::error::{Error, Result};
use crate::plan::{Options, Pattern, Shard};
use crate::publish::{Document, MANIFEST, Manifest, Output, Records, SHEET, Sheet};
use crate::studio::Studio;

/// Runs the command.
///
/// # Errors
///
/// Nothing could be read, a name is unknown, or the output folder cannot be written.
pub fn run(args: &Render, console: &mut Console) -> Result<Status> {
    make(args, None, console)
}

/// Renders, or with `merge` only joins what shards have rendered.
///
/// # Errors
///
/// As [`run`].
pub fn make(args: &Render, merge: Option<&Merge>, console: &mut Console) -> Result<Status> {
    make_in_blocks(args, merge, console, BLOCK)
}

fn make_in_blocks(
    args: &Render,
    merge: Option<&Merge>,
    console: &mut Console,
    block: usize,
) -> Result<Status> {
    let studio = studio(&args.look)?;
    let shard = args.shard.as_deref();
    let shard = shard.map(|text| Shard::parse(text, |name| env::var(name).ok()));
    let shard = shard.transpose()?;
    let reading = Reading {
        out: Some(&args.out),
        is_carousel: args.carousel,
        block,
    };
    let loaded = material::load(&args.inputs, reading)?;
    console.errors(&loaded.errors);
    if args.inputs.strict && loaded.has_skipped_rows() {
        console.diagnostics(&loaded.diagnostics);
        return Ok(Status::Failed);
    }
    let options = Options {
        name: args.name.as_deref().map(Pattern::parse).transpose()?,
        ..options(&args.look)
    };
    let pool = pool(args.jobs)?;
    let campaign = Campaign {
        studio: &studio,
        loaded: &loaded,
        options: &options,
        shard,
        pool: &pool,
    };
    let survey = campaign::survey(&campaign)?;
    if survey.jobs == 0 {
        console.diagnostics(&loaded.diagnostics);
        if args.format == Told::Rows {
            Rows::new(&loaded.diagnostics, &loaded.paths()).finish()?;
        }
        return nothing_made(&loaded, survey.rejected, console);
    }
    let mut others = loaded.diagnostics.clone();
    others.extend(brand_notes(&studio, &survey.themes)?);
    interrupt::listen();
    let run = Run {
        args,
        others,
        campaign: &campaign,
        survey: &survey,
        has_pages: shard.is_none() && !args.no_index,
    };
    let (output, records) = open(args, (shard, merge))?;
    let mut ledger = Ledger::new(records);
    if args.dry_run {
        return run.foresee((&output, &mut ledger), console);
    }
    let compared = campaign::compare(&campaign, &survey.sizes, (&output, &mut ledger))?;
    if merge.is_some() {
        merge::refuse_missing(&compared)?;
    }
    let status = run.finish(compared, (&output, &mut ledger), console)?;
    if merge.is_some() {
        merge::tidy(&output)?;
    }
    Ok(status)
}

/// Everything that is there when the pictures are drawn.
struct Run<'a> {
    args: &'a Render,
    /// What is wrong with inputs, rows that became no cards, and a brand.
    others: Vec<Diagnostic>,
    campaign: &'a Campaign<'a>,
    survey: &'a Survey,
    has_pages: bool,
}

impl<'a> Run<'a> {
    /// Says what would be made and what is wrong with it.
    fn foresee(
        &self,
        (output, ledger): (&Output, &mut Ledger),
        console: &mut Console,
    ) -> Result<Status> {
        let (campaign, sizes) = (self.campaign, &self.survey.sizes);
        let mut told = DryRun::new(self.args.format);
        campaign::each_known(campaign, sizes, (output, ledger), |block, known| {
            told.add((block, known), (campaign, sizes), console)
        })?;
        if self.args.format == Told::Text {
            console.print(&told.text())?;
        }
        let diagnostics = [&self.others[..], &told.diagnostics].concat();
        console.diagnostics(&diagnostics);
        let has_errors = outcome::has_errors(&diagnostics);
        Ok(Status::of(!campaign.loaded.errors.is_empty() || has_errors))
    }

    /// Draws what is to be drawn, writes pages and records, and says what came of it all.
    fn finish(
        &self,
        mut compared: Compared<'a>,
        (output, ledger): (&Output, &mut Ledger),
        console: &mut Console,
    ) -> Result<Status> {
        let loaded = self.campaign.loaded;
        let events = Events::new(self.args.format == Told::Json);
        let to_draw = compared.to_draw();
        events.tell(&json!({
            "type": "plan",
            "images": compared.is_known.len(),
            "to_make": to_draw,
            "rejected": self.survey.rejected,
        }));
        let is_quiet = self.args.quiet || self.args.format != Told::Text;
        let progress = Progress::new(to_draw, is_quiet);
        let is_told = events.is_told() || self.args.format == Told::Rows;
        let known = compared.account.take().filter(|_| !is_told);
        let made = match known {
            Some(account) => Made {
                account,
                is_interrupted: false,
            },
            None => self.draw(&compared, (output, ledger), (&progress, &events))?,
        };
        progress.finish();
        let Made {
            mut account,
            is_interrupted,
        } = made;
        if let Some(rows) = account.rows.take() {
            rows.finish()?;
        }
        let mut others = self.others.clone();
        let mut documents = Vec::new();
        if self.has_pages && !is_interrupted {
            let faults;
            (documents, faults) = std::mem::take(&mut account.binder).finish();
            others.extend(faults);
            ledger.expect(&documents);
        }
        ledger.tidy(output, self.args.prune && !is_interrupted)?;
        others.extend(ledger.write_documents(&documents, output)?);
        if self.has_pages {
            account = self.write_pages((&compared, account), &documents, (output, ledger))?;
        }
        ledger.finish(output)?;
        let summary = Summary {
            args: self.args,
            account: &account,
            documents: &documents,
            others: &others,
            ledger,
            unchanged: compared.unchanged,
            rejected: self.survey.rejected,
            has_pages: self.has_pages,
            is_interrupted,
        };
        let has_errors = summary.tell(&events, console)?;
        if is_interrupted {
            return Ok(Status::Interrupted);
        }
        Ok(Status::of(!loaded.errors.is_empty() || has_errors))
    }

    /// Draws what is to be drawn, telling how far it is; with the pages about it.
    fn draw<'m>(
        &self,
        compared: &'m Compared<'_>,
        (output, ledger): (&Output, &mut Ledger),
        (progress, events): (&Progress, &Events),
    ) -> Result<Made<'m>>
    where
        'a: 'm,
    {
        let studio = self.campaign.studio;
        let pages = || {
            let manifest = Manifest::new(studio.library(), compared.digests.fonts());
            (manifest, Sheet::new(self.survey.extent))
        };
        let rows = || Rows::new(&self.others, &self.campaign.loaded.paths());
        let account = Account {
            pages: self.has_pages.then(pages),
            rows: (self.args.format == Told::Rows).then(rows),
            ..Account::default()
        };
        let sizes = &self.survey.sizes;
        campaign::draw(
            self.campaign,
            (sizes, compared),
            (output, ledger),
            account,
            (progress, events),
        )
    }

    /// Writes the pages about the pictures, as far as they are not there.
    fn write_pages<'m>(
        &self,
        (compared, mut account): (&'m Compared<'_>, Account<'m>),
        documents: &[Document],
        (output, ledger): (&Output, &mut Ledger),
    ) -> Result<Account<'m>>
    where
        'a: 'm,
    {
        let bound = documents.iter().filter_map(|it| ledger.document(it));
        let inputs = std::mem::take(&mut account.digest).finish(bound);
        let pages = [MANIFEST, SHEET];
        let are_there = pages.map(|file| ledger.is_there((file, &inputs), output));
        let are_missing = are_there.map(|is_there| !is_there);
        if are_missing.contains(&true) {
            if account.pages.is_none() {
                // All pictures were known; somebody took a page away, or a card says other things now.
                let silent = (&Progress::new(0, true), &Events::new(false));
                account = self.draw(compared, (output, ledger), silent)?.account;
            }
            let wanted = (documents, inputs.as_str(), are_missing);
            ledger.write_pages(&mut account, wanted, output)?;
        }
        Ok(account)
    }
}

/// The output folder with its records; a dry run only looks.
fn open(
    args: &Render,
    (shard, merge): (Option<Shard>, Option<&Merge>),
) -> Result<(Output, Records)> {
    let label = shard.map_or_else(|| "run".to_owned(), Shard::label);
    if args.dry_run {
        return Output::look(&args.out, &label);
    }
    if args.no_index {
        return Ok((Output::shared(&args.out)?, Records::default()));
    }
    let (output, mut records) = Output::open(&args.out, &label)?;
    if let Some(shard) = shard {
        // What is not in the shard is for others to look after.
        records.retain(|record| shard.has(Path::new(&record.name)))?;
        let name = |file: &str| Path::new(file).with_extension("");
        records.left.retain(|file, _| shard.has(&name(file)));
    }
    if let Some(merge) = merge {
        records.extend(merge::gather(merge, &output)?)?;
    }
    if args.force {
        records.forget_jobs();
    }
    Ok((output, records))
}

/// So many threads, or one for each core.
///
/// # Errors
///
/// They cannot be started.
pub fn pool(jobs: Option<NonZeroUsize>) -> Result<ThreadPool> {
    let threads = jobs.map_or(0, usize::from); // 0 is one for each core
    let pool = ThreadPoolBuilder::new().num_threads(threads).build();
    pool.map_err(|cause| {
        Error::new(format!("cannot start the threads: {cause}")).with_hint("give a smaller --jobs")
    })
}

/// The studio with the templates and fonts that were asked for.
///
/// # Errors
///
/// As [`Studio::with_templates`] and [`Studio::with_font_dir`].
pub fn studio(look: &Look) -> Result<Studio> {
    let studio = look
        .template
        .iter()
        .try_fold(Studio::built_in()?, |studio, path| {
            studio.with_templates(path)
        })?;
    let studio = match &look.brand {
        Some(path) => studio.with_brand(path)?,
        None => studio,
    };
    let studio = match &look.logo {
        Some(logo) => studio.with_logo(logo, look.logo_dark.as_deref())?,
        None => studio,
    };
    let studio = match &look.file_type {
        Some(name) => studio.with_type(name)?,
        None => studio,
    };
    look.font_dir
        .iter()
        .try_fold(studio, |studio, dir| studio.with_font_dir(dir))
}

/// What was done to the brand's colours in each theme that is used.
///
/// # Errors
///
/// As [`crate::design::Library::brand_notes`].
pub fn brand_notes(studio: &Studio, themes: &BTreeSet<String>) -> Result<Vec<Diagnostic>> {
    let library = studio.library();
    let mut notes = Vec::new();
    for theme in themes.iter().filter_map(|name| library.theme(name)) {
        notes.extend(library.brand_notes(theme)?);
    }
    Ok(notes)
}

/// What was asked for, as the plan takes it.
#[must_use]
pub fn options(look: &Look) -> Options {
    Options {
        theme: look.theme.clone(),
        platforms: look.platform.clone(),
        ..Options::default()
    }
}

/// Says why there is no card at all.
///
/// # Errors
///
/// Standard output cannot be written.
pub fn nothing_made(loaded: &Loaded, rejected: usize, console: &mut Console) -> Result<Status> {
    if loaded.is_empty() {
        return Ok(Status::Failed);
    }
    if rejected > 0 {
        console.print("nothing to do: every card is rejected\n")?;
    }
    Ok(Status::of(rejected == 0 || !loaded.errors.is_empty()))
}

#[cfg(test)]
mod tests;
