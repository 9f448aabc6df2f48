//! `--dry-run`: the plan as a table or as JSON, without a picture.
//!
//! Everything short of drawing is done: words are set in their templates and photographs looked at,
//! so that what could not be made is known before the first picture.

use rayon::prelude::*;
use serde_json::json;

use super::args::Told;
use super::campaign::Known;
use super::report::{count, table};
use crate::publish::{Picture, file_name};
use crate::studio::{SharedSizes, Studio};

/// What would come of a job.
pub struct Foreseen<'a> {
    /// The job with what is wrong with it; never with an image.
    pub picture: Picture<'a>,
    state: &'static str,
    inputs: String,
}

const MAKE: &str = "make";
const UNCHANGED: &str = "unchanged";

/// Finds out what would come of each job.
#[must_use]
pub fn foresee<'a>(
    known: Vec<Known<'a>>,
    (studio, sizes): (&Studio, &SharedSizes),
) -> Vec<Foreseen<'a>> {
    let foresee = |known: Known<'a>| {
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
                image: None,
                diagnostics,
            },
            state,
            inputs: known.inputs,
        }
    };
    known.into_par_iter().map(foresee).collect()
}

/// Every picture with what would be done about it.
#[must_use]
pub fn told(foreseen: &[Foreseen<'_>], format: Told) -> String {
    if format != Told::Text {
        return foreseen.iter().map(line).collect();
    }
    let rows: Vec<_> = foreseen.iter().map(row).collect();
    let number = |state| foreseen.iter().filter(|it| it.state == state).count();
    let (make, unchanged) = (number(MAKE), number(UNCHANGED));
    let not = match foreseen.len() - make - unchanged {
        0 => String::new(),
        not => format!(", {not} not possible"),
    };
    format!(
        "{}{} to make, {unchanged} unchanged{not}\n",
        table(&["FILE", "SIZE", "TEMPLATE", "THEME", "STATE"], &rows),
        count(make, "image"),
    )
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
        "inputs": foreseen.inputs,
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
