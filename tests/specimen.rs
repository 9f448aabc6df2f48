//! Every family on every artboard in every theme, with short, medium and long words.
//!
//! The test sets them all and holds that nothing overflows. To look at them, as pictures:
//!
//! ```text
//! SPECIMEN=folder cargo test --test specimen
//! SPECIMEN=folder SPECIMEN_OF=ratio cargo test --test specimen     # only what is called so
//! ```

use std::fs;
use std::path::Path;

use pullquote::Studio;
use pullquote::deck::{self, Deck};
use pullquote::plan::{self, Job, Options};
use rayon::prelude::*;

/// Sets a job, draws it into the folder if there is one, and says what is wrong with it.
fn faults(studio: &Studio, job: &Job<'_>, folder: Option<&Path>) -> Vec<String> {
    let (card, platform) = (&job.card.id, &job.platform.id);
    let name = format!("{card}--{}--{platform}", job.theme);
    let diagnostics = match folder {
        None => studio.compose(job).diagnostics,
        Some(folder) => {
            let rendered = studio.render_job(job).expect("it is drawn");
            if let Some(image) = rendered.image {
                let file = folder.join(format!("{name}.png"));
                fs::write(file, image.bytes).expect("the folder can be written");
            }
            rendered.diagnostics
        }
    };
    let fault = |diagnostic: &pullquote::diagnostic::Diagnostic| {
        format!("{name}: {}: {}", diagnostic.code, diagnostic.message)
    };
    // The photograph of the specimens is as small as can be.
    let diagnostics = diagnostics.iter().filter(|it| it.code != "photo-small");
    diagnostics.map(fault).collect()
}

#[test]
fn every_card_fits_every_artboard_in_every_theme() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/specimen.yaml");
    let deck = deck::load(&path).expect("the deck of the specimens reads");
    let slides = deck
        .cards
        .iter()
        .filter(|card| card.id.starts_with(['q', 's']));
    let slides = deck::carousel(&Deck {
        cards: slides.take(5).cloned().collect(),
        ..deck.clone()
    });
    let decks = [deck, slides];
    let studio = Studio::built_in().expect("the built-in library loads");
    let wanted = std::env::var("SPECIMEN_OF").unwrap_or_default();
    let folder = std::env::var_os("SPECIMEN");
    let folder = folder.as_deref().map(Path::new);
    if let Some(folder) = folder {
        fs::create_dir_all(folder).expect("the folder can be made");
    }
    let mut faults = Vec::new();
    for theme in studio.library().theme_names() {
        let options = Options {
            theme: Some(theme.to_owned()),
            ..Options::default()
        };
        let plan = plan::plan(&decks, studio.library(), &options).expect("the names are known");
        let jobs: Vec<_> = plan
            .jobs
            .iter()
            .filter(|job| format!("{}--{theme}", job.card.id).contains(&wanted))
            .collect();
        let found = jobs
            .par_iter()
            .flat_map_iter(|job| self::faults(&studio, job, folder));
        faults.extend(found.collect::<Vec<_>>());
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}
