//! `pullquote render`: articles, decks and tables in, pictures, manifest and contact sheet out.

use std::collections::BTreeSet;
use std::env;
use std::path::Path;

use rayon::{ThreadPool, ThreadPoolBuilder};
use serde_json::json;

use super::args::{Look, Merge, Render, Told};
use super::campaign::{self, Known, Ledger, Made};
use super::console::Console;
use super::dry_run::Foreseen;
use super::events::{self, Events};
use super::material::{self, Loaded};
use super::progress::Progress;
use super::summary::Summary;
use super::{Status, dry_run, interrupt, merge, outcome};
use crate::deck;
use crate::diagnostic::Diagnostic;
use crate::error::{Error, Result};
use crate::plan::{self, Job, Options, Pattern, Plan, Shard};
use crate::publish::{self, Output, Picture, Records, Results, job_name};
use crate::studio::{SharedSizes, Studio};

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
    let studio = studio(&args.look)?;
    let shard = args.shard.as_deref();
    let shard = shard.map(|text| Shard::parse(text, |name| env::var(name).ok()));
    let shard = shard.transpose()?;
    let mut loaded = material::load(&args.inputs, Some(&args.out))?;
    if args.carousel {
        for deck in &mut loaded.decks {
            *deck = deck::carousel(deck);
        }
    }
    console.errors(&loaded.errors);
    if args.inputs.strict && loaded.has_skipped_rows() {
        console.diagnostics(&loaded.diagnostics);
        return Ok(Status::Failed);
    }
    let name = args.name.as_deref().map(Pattern::parse).transpose()?;
    let options = Options {
        name,
        ..options(&args.look)
    };
    let mut plan = plan::plan(&loaded.decks, studio.library(), &options)?;
    if plan.jobs.is_empty() {
        console.diagnostics(&loaded.diagnostics);
        if args.format == Told::Rows {
            console.print(&events::rows(&[], &loaded.diagnostics))?;
        }
        return nothing_made(&loaded, plan.rejected, console);
    }
    loaded.diagnostics.extend(brand_notes(&studio, &plan.jobs)?);
    interrupt::listen();
    let pool = pool(args)?;
    let sizes = pool.install(|| studio.shared_sizes(&plan.jobs));
    if let Some(shard) = shard {
        plan.jobs.retain(|job| shard.has(&job.name));
    }
    let (output, records) = open(args, (shard, merge))?;
    let compare = || campaign::compare(&plan.jobs, (&studio, &sizes), (&output, &records));
    let known = pool.install(compare);
    if args.dry_run {
        let foreseen = pool.install(|| dry_run::foresee(known, (&studio, &sizes)));
        return tell_plan(args, &loaded, foreseen, console);
    }
    if merge.is_some() {
        merge::refuse_missing(&known)?;
    }
    let run = Run {
        args,
        studio: &studio,
        loaded: &loaded,
        plan: &plan,
        output: &output,
        has_pages: shard.is_none() && !args.no_index,
    };
    let status = run.finish((known, &sizes), records, &pool, console)?;
    if merge.is_some() {
        merge::tidy(&output)?;
    }
    Ok(status)
}

/// Says what would be made and what is wrong with it.
fn tell_plan(
    args: &Render,
    loaded: &Loaded,
    foreseen: Vec<Foreseen<'_>>,
    console: &mut Console,
) -> Result<Status> {
    console.print(&dry_run::told(&foreseen, args.format))?;
    let pictures = foreseen.into_iter().map(|it| it.picture).collect();
    let mut diagnostics = loaded.diagnostics.clone();
    diagnostics.extend(outcome::diagnostics(&outcome::group(loaded, pictures)));
    console.diagnostics(&diagnostics);
    let has_errors = outcome::has_errors(&diagnostics);
    Ok(Status::of(!loaded.errors.is_empty() || has_errors))
}

/// Everything that is there when the pictures are drawn.
struct Run<'a> {
    args: &'a Render,
    studio: &'a Studio,
    loaded: &'a Loaded,
    plan: &'a Plan<'a>,
    output: &'a Output,
    has_pages: bool,
}

impl<'a> Run<'a> {
    /// Draws what is to be drawn, writes pages and records, and says what came of it all.
    fn finish(
        &self,
        (known, sizes): (Vec<Known<'a>>, &SharedSizes),
        records: Records,
        pool: &ThreadPool,
        console: &mut Console,
    ) -> Result<Status> {
        let events = Events::new(self.args.format == Told::Json);
        let made = self.draw((known, sizes), pool, &events)?;
        let is_interrupted = made.pictures.len() < self.plan.jobs.len();
        let planned: BTreeSet<String> = self.plan.jobs.iter().map(job_name).collect();
        let mut ledger = Ledger::new(records, &made, &planned);
        let unchanged = made.unchanged;
        let pictures: Vec<Picture<'a>> = made.pictures.into_iter().map(|(it, _)| it).collect();
        let groups = outcome::group(self.loaded, pictures);
        let mut others = self.loaded.diagnostics.clone();
        let mut documents = Vec::new();
        if self.has_pages && !is_interrupted {
            let faults;
            (documents, faults) = publish::documents(&groups);
            others.extend(faults);
            ledger.expect(&documents);
        }
        ledger.tidy(self.output, self.args.prune && !is_interrupted)?;
        others.extend(ledger.write_documents(&documents, self.output)?);
        let results = Results {
            library: self.studio.library(),
            fonts: self.studio.fonts(),
            groups: &groups,
            documents: &documents,
        };
        if self.has_pages {
            ledger.write_pages(&results, self.output)?;
        }
        ledger.finish(self.output)?;
        let summary = Summary {
            args: self.args,
            groups: &groups,
            documents: &documents,
            others: &others,
            ledger: &ledger,
            unchanged,
            rejected: self.plan.rejected,
            has_pages: self.has_pages,
            is_interrupted,
        };
        let has_errors = summary.tell(&events, console)?;
        if is_interrupted {
            return Ok(Status::Interrupted);
        }
        Ok(Status::of(!self.loaded.errors.is_empty() || has_errors))
    }

    /// Draws what is to be drawn, telling how far it is.
    fn draw(
        &self,
        (known, sizes): (Vec<Known<'a>>, &SharedSizes),
        pool: &ThreadPool,
        events: &Events,
    ) -> Result<Made<'a>> {
        let to_draw = known.iter().filter(|it| it.picture.is_none()).count();
        events.tell(&json!({
            "type": "plan",
            "images": self.plan.jobs.len(),
            "to_make": to_draw,
            "rejected": self.plan.rejected,
        }));
        let is_quiet = self.args.quiet || self.args.format != Told::Text;
        let progress = Progress::new(to_draw, is_quiet);
        let draw = || {
            campaign::draw(
                known,
                (self.studio, sizes),
                self.output,
                (&progress, events),
            )
        };
        let made = pool.install(draw);
        progress.finish();
        made
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
        records.jobs.retain(|name, _| shard.has(Path::new(name)));
        let name = |file: &str| Path::new(file).with_extension("");
        records.left.retain(|file, _| shard.has(&name(file)));
    }
    if let Some(merge) = merge {
        records.extend(merge::gather(merge, &output)?);
    }
    if args.force {
        records.jobs.clear();
    }
    Ok((output, records))
}

fn pool(args: &Render) -> Result<ThreadPool> {
    let threads = args.jobs.map_or(0, usize::from); // 0 is one for each core
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
pub fn brand_notes(studio: &Studio, jobs: &[Job<'_>]) -> Result<Vec<Diagnostic>> {
    let names: BTreeSet<&str> = jobs.iter().map(|job| job.theme.as_str()).collect();
    let library = studio.library();
    let mut notes = Vec::new();
    for theme in names.into_iter().filter_map(|name| library.theme(name)) {
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
    if loaded.decks.is_empty() {
        return Ok(Status::Failed);
    }
    if rejected > 0 {
        console.print("nothing to do: every card is rejected\n")?;
    }
    Ok(Status::of(rejected == 0 || !loaded.errors.is_empty()))
}
