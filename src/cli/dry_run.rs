//! `--dry-run`: the plan as a table or as JSON, without a picture.
//!
//! Everything short of drawing is done: words are set in their templates and photographs looked at,
//! so that what could not be made is known before the first picture.

use rayon::prelude::*;
use serde_json::json;

use super::args::Told;
use super::campaign::{Campaign, Known};
use super::console::Console;
use super::material::Block;
use super::outcome;
use super::report::{count, table};
use crate::diagnostic::Diagnostic;
use crate::error::Result;
use crate::publish::{Picture, file_name};
use crate::studio::{SharedSizes, Studio};

/// What would come of a job.
struct Foreseen<'a> {
    /// The job with what is wrong with it; never with an image.
    picture: Picture<'a>,
    state: &'static str,
}

const MAKE: &str = "make";
const UNCHANGED: &str = "unchanged";

/// What would come of a campaign, block by block.
pub struct DryRun {
    format: Told,
    last: Option<usize>,
    rows: Vec<Vec<String>>,
    make: usize,
    unchanged: usize,
    /// What is wrong, in the order of the cards.
    pub diagnostics: Vec<Diagnostic>,
}

impl DryRun {
    /// Nothing is foreseen yet.
    #[must_use]
    pub fn new(format: Told) -> Self {
        Self {
            format,
            last: None,
            rows: Vec::new(),
            make: 0,
            unchanged: 0,
            diagnostics: Vec::new(),
        }
    }

    /// Finds out what would come of some jobs, and tells programs of it.
    ///
    /// # Errors
    ///
    /// Standard output cannot be written.
    pub fn add(
        &mut self,
        (block, known): (&Block, Vec<Known<'_>>),
        (campaign, sizes): (&Campaign<'_>, &SharedSizes),
        console: &mut Console,
    ) -> Result<()> {
        let foresee = |known| foresee(known, (campaign.studio, sizes));
        let foresee = || known.into_par_iter().map(foresee).collect::<Vec<_>>();
        let foreseen = campaign.pool.install(foresee);
        for it in &foreseen {
            self.make += usize::from(it.state == MAKE);
            self.unchanged += usize::from(it.state == UNCHANGED);
        }
        match self.format {
            Told::Text => self.rows.extend(foreseen.iter().map(row)),
            _ => console.print(&foreseen.iter().map(line).collect::<String>())?,
        }
        let pictures = foreseen.into_iter().map(|it| it.picture).collect();
        let groups = outcome::group(block, pictures, &mut self.last);
        self.diagnostics.extend(outcome::diagnostics(&groups));
        Ok(())
    }

    /// The plan as a table for people.
    #[must_use]
    pub fn text(&self) -> String {
        let (make, unchanged) = (self.make, self.unchanged);
        let not = match self.rows.len() - make - unchanged {
            0 => String::new(),
            not => format!(", {not} not possible"),
        };
        format!(
            "{}{} to make, {unchanged} unchanged{not}\n",
            table(&["FILE", "SIZE", "TEMPLATE", "THEME", "STATE"], &self.rows),
            count(make, "image"),
        )
    }
}

fn foresee<'a>(known: Known<'a>, (studio, sizes): (&Studio, &SharedSizes)) -> Foreseen<'a> {
    let (state, diagnostics) = match known.picture {
        Some(picture) if picture.image.is_none() => ("failed before", picture.diagnostics),
        Some(picture) => (UNCHANGED, picture.diagnostics),
        None => {
            let composed = studio.compose_at(known.job, sizes);
            let is_possible = composed.composition.is_some();
            let state = if is_possible { MAKE } else { "cannot be made" };
            (state, composed.diagnostics)
        }
    };
    Foreseen {
        picture: Picture {
            job: known.job,
            inputs: known.inputs,
            image: None,
            diagnostics,
        },
        state,
    }
}

fn line(foreseen: &Foreseen<'_>) -> String {
    let job = foreseen.picture.job;
    let line = json!({
        "file": file_name(job),
        "card": job.card.id,
        "row": job.card.position.map(|(line, _)| line),
        "template": job.family,
        "theme": job.theme,
        "platform": job.platform.id,
        "width": job.platform.width,
        "height": job.platform.height,
        "state": foreseen.state,
        "inputs": foreseen.picture.inputs,
    });
    format!("{line}\n")
}

fn row(foreseen: &Foreseen<'_>) -> Vec<String> {
    let job = foreseen.picture.job;
    let (width, height) = (job.platform.width, job.platform.height);
    vec![
        file_name(job),
        format!("{width} × {height}"),
        job.family.clone(),
        job.theme.clone(),
        foreseen.state.to_owned(),
    ]
}
