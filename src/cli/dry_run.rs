//! `--dry-run`: the plan as a table or as JSON, without a picture.

use serde_json::json;

use super::args::Told;
use super::campaign::Known;
use super::report::{count, table};
use crate::publish::file_name;

/// What a job would be.
fn state(known: &Known<'_>) -> &'static str {
    match &known.picture {
        None => "make",
        Some(picture) if picture.image.is_none() => "failed before",
        Some(_) => "unchanged",
    }
}

/// Every picture with what would be done about it.
#[must_use]
pub fn told(known: &[Known<'_>], format: Told) -> String {
    if format != Told::Text {
        let line = |known: &Known<'_>| {
            let job = known.job;
            let line = json!({
                "file": file_name(job),
                "card": job.card.id,
                "row": job.card.position.map(|(line, _)| line),
                "template": job.card.kind.name(),
                "theme": job.theme,
                "platform": job.platform.id,
                "width": job.platform.width,
                "height": job.platform.height,
                "state": state(known),
                "inputs": known.inputs,
            });
            format!("{line}\n")
        };
        return known.iter().map(line).collect();
    }
    let row = |known: &Known<'_>| {
        let job = known.job;
        let (width, height) = (job.platform.width, job.platform.height);
        vec![
            file_name(job),
            format!("{width} × {height}"),
            job.card.kind.name().to_owned(),
            job.theme.clone(),
            state(known).to_owned(),
        ]
    };
    let rows: Vec<_> = known.iter().map(row).collect();
    let unchanged = known.iter().filter(|it| it.picture.is_some()).count();
    format!(
        "{}{} to make, {unchanged} unchanged\n",
        table(&["FILE", "SIZE", "TEMPLATE", "THEME", "STATE"], &rows),
        count(known.len() - unchanged, "image"),
    )
}
