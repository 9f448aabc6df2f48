//! `pullquote render`: articles and decks in, pictures, manifest and contact sheet out.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};

use rayon::ThreadPoolBuilder;
use rayon::prelude::*;

use super::args::{Look, Render};
use super::console::Console;
use super::material::{self, Loaded};
use super::progress::Progress;
use super::report::count;
use super::{Status, outcome};
use crate::deck;
use crate::diagnostic::Diagnostic;
use crate::error::{Error, Result};
use crate::plan::{self, Job, Options};
use crate::publish::{self, Group, MANIFEST, Picture, Results, SHEET};
use crate::studio::{SharedSizes, Studio};

/// What people want next who see cards that a program chose.
const TO_EDIT: &str = "to choose and edit the words, run `pullquote extract` on the same files with \
    --out deck.yaml, edit deck.yaml and render it\n";

/// Runs the command.
///
/// # Errors
///
/// Nothing could be read, a name is unknown, or the output folder cannot be written.
pub fn run(args: &Render, console: &mut Console) -> Result<Status> {
    let studio = studio(&args.look)?;
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
    let plan = plan::plan(&loaded.decks, studio.library(), &options(&args.look))?;
    if plan.jobs.is_empty() {
        console.diagnostics(&loaded.diagnostics);
        return nothing_made(&loaded, plan.rejected, console);
    }
    publish::create_folder(&args.out)?;
    let pictures = draw_all(&studio, &plan.jobs, args)?;
    let results = Results {
        library: studio.library(),
        fonts: studio.fonts(),
        groups: outcome::group(&loaded, pictures),
    };
    publish::write(
        &args.out.join(MANIFEST),
        publish::manifest(&results).as_bytes(),
    )?;
    publish::write(&args.out.join(SHEET), publish::sheet(&results).as_bytes())?;
    let mut diagnostics = loaded.diagnostics.clone();
    diagnostics.extend(brand_notes(&studio, &plan.jobs)?);
    diagnostics.extend(outcome::diagnostics(&results.groups));
    console.diagnostics(&diagnostics);
    if !args.quiet {
        console.print(&summary(&results.groups, plan.rejected, &args.out))?;
        if results.groups.iter().any(|group| group.deck.path.is_none()) {
            console.print(TO_EDIT)?;
        }
    }
    let has_problems = !loaded.errors.is_empty() || outcome::has_errors(&diagnostics);
    Ok(Status::of(has_problems))
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
        .try_fold(Studio::new()?, |studio, path| studio.with_templates(path))?;
    let studio = match &look.brand {
        Some(path) => studio.with_brand(path)?,
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

/// Draws and writes the pictures, on as many threads as were asked for, in the order of the jobs.
fn draw_all<'a>(studio: &Studio, jobs: &'a [Job<'a>], args: &Render) -> Result<Vec<Picture<'a>>> {
    let threads = args.jobs.map_or(0, usize::from); // 0 is one for each core
    let pool = ThreadPoolBuilder::new().num_threads(threads).build();
    let pool = pool.map_err(|cause| {
        Error::new(format!("cannot start the threads: {cause}")).with_hint("give a smaller --jobs")
    })?;
    let progress = Progress::new(jobs.len(), args.quiet);
    // A disk that is full is full for all: the others need not find out one by one.
    let is_stopped = AtomicBool::new(false);
    let sizes = pool.install(|| studio.shared_sizes(jobs));
    let pictures: Vec<Option<Result<Picture<'a>>>> = pool.install(|| {
        let draw = |job| {
            if is_stopped.load(Ordering::Relaxed) {
                return None;
            }
            let picture = draw((studio, &sizes), job, &args.out);
            is_stopped.fetch_or(picture.is_err(), Ordering::Relaxed);
            progress.advance();
            Some(picture)
        };
        jobs.par_iter().map(draw).collect()
    });
    progress.finish();
    pictures.into_iter().flatten().collect()
}

/// Draws a picture and writes it, or says why not.
fn draw<'a>(
    (studio, sizes): (&Studio, &SharedSizes),
    job: &'a Job<'a>,
    out: &Path,
) -> Result<Picture<'a>> {
    let mut picture = Picture {
        job,
        image: None,
        diagnostics: Vec::new(),
    };
    match studio.render_at(job, sizes) {
        Ok(rendered) => {
            picture.diagnostics = rendered.diagnostics;
            if let (Some(image), Some(composition)) = (&rendered.image, &rendered.composition) {
                picture.image = Some(publish::image(out, job, composition, image)?);
            }
        }
        Err(error) => picture.diagnostics.push(not_drawn(&error, job)),
    }
    Ok(picture)
}

/// `drawing-failed`: the fault is in the template or in this program.
fn not_drawn(error: &Error, job: &Job<'_>) -> Diagnostic {
    let mut diagnostic = Diagnostic::error("drawing-failed", error.to_string());
    diagnostic.place.file = job.deck.path.clone();
    diagnostic.place.card = Some(job.card.id.clone());
    diagnostic.place.platform = Some(job.platform.id.clone());
    diagnostic.with_hint("try the card in another theme, and report this with the card")
}

fn summary(groups: &[Group<'_>], rejected: usize, out: &Path) -> String {
    let cards = || groups.iter().flat_map(|group| &group.cards);
    let pictures = || cards().flat_map(|card| &card.pictures);
    let made = pictures().filter(|picture| picture.image.is_some()).count();
    let missing = pictures().count() - made;
    let made_of = cards().filter(|card| card.pictures.iter().any(|p| p.image.is_some()));
    let mut text = format!(
        "{} of {} in {}",
        count(made, "image"),
        count(made_of.count(), "card"),
        out.display()
    );
    if missing > 0 {
        text += &format!("; {} not made", count(missing, "image"));
    }
    if rejected > 0 {
        text += &format!("; {} left out as rejected", count(rejected, "card"));
    }
    format!(
        "{text}\nto see them all, open {}\n",
        out.join(SHEET).display()
    )
}
