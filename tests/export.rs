//! Exported templates are the templates they were: every card is set the same.

use std::fs;
use std::path::Path;

use pullquote::Studio;
use pullquote::authoring::{self, Options};
use pullquote::compose::{Composed, Composition};
use pullquote::deck::{self, Card, Deck, Field};
use pullquote::plan::{self, Job};
use rayon::prelude::*;
use tempfile::TempDir;

/// The cards of the specimens, their slides, and cards in other scripts, of the article's own words, and
/// without much.
fn decks() -> Vec<Deck> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/specimen.yaml");
    let mut deck = deck::load(&path).expect("the deck of the specimens reads");
    let arabic = Card {
        lang: Some("ar".to_owned()),
        ..Card::quote("لم نزرع في الربيع الأول سوى الجيران الطيبين").with(Field::Speaker, "نور")
    };
    let russian = Card {
        lang: Some("ru".to_owned()),
        ..Card::quote("Первой весной мы вырастили только добрых соседей")
            .with(Field::Role, "садовник")
    };
    let own = Card {
        quoted: false,
        ..Card::quote("The first spring was for neighbours")
    };
    let bare = Card::statistic("45,000", "people crossed the bridge");
    deck.cards.extend([arabic, russian, own, bare]);
    let slides = deck
        .cards
        .iter()
        .filter(|card| card.id.starts_with(['q', 's']));
    let slides = deck::carousel(&Deck {
        cards: slides.take(4).cloned().collect(),
        ..deck.clone()
    });
    vec![deck, slides]
}

/// A studio whose templates are all exported ones, in the folder that they are in.
fn exported(theme: &str) -> (Studio, TempDir) {
    let folder = tempfile::tempdir().expect("there is room");
    let studio = Studio::built_in().expect("the built-in library loads");
    let options = Options {
        theme: Some(theme.to_owned()),
        has_fonts: false,
    };
    for family in studio.library().families() {
        let files = authoring::export(&studio, &family.name, &options).expect("it is exported");
        let own = folder.path().join(&family.name);
        fs::create_dir(&own).expect("it is made");
        for (name, bytes) in files {
            fs::write(own.join(name), bytes).expect("it is written");
        }
    }
    let studio = studio
        .with_templates(folder.path())
        .expect("they are templates");
    (studio, folder)
}

/// What came of a job, without what only the drawing has.
fn layout(studio: &Studio, job: &Job<'_>) -> Composed {
    let composed = studio.compose(job);
    let composition = composed.composition.map(|composition| Composition {
        svg: String::new(),
        shared: 0,
        ..composition
    });
    Composed {
        composition,
        ..composed
    }
}

#[test]
fn every_card_stands_as_in_the_template_that_was_exported() {
    let decks = decks();
    let original = Studio::built_in().expect("the built-in library loads");
    for theme in original.library().theme_names() {
        let (studio, _folder) = exported(theme);
        let options = plan::Options {
            theme: Some(theme.to_owned()),
            platforms: vec!["og,square,portrait,story,reel,pinterest".to_owned()],
            ..plan::Options::default()
        };
        let plan = plan::plan(&decks, original.library(), &options).expect("the names are known");
        assert!(plan.jobs.len() > 100, "{}", plan.jobs.len());
        let differ = |job: &&Job<'_>| {
            let (before, after) = (layout(&original, job), layout(&studio, job));
            before.composition.is_none() || before != after
        };
        let differing: Vec<_> = plan.jobs.par_iter().filter(differ).collect();
        let names: Vec<_> = differing
            .iter()
            .map(|job| job.name.display().to_string())
            .collect();
        assert!(names.is_empty(), "{theme}: {names:?}");
    }
}

#[test]
fn pictures_are_the_same_to_the_pixel() {
    let decks = decks();
    let original = Studio::built_in().expect("the built-in library loads");
    for theme in ["marigold", "cobalt"] {
        let (studio, _folder) = exported(theme);
        let options = plan::Options {
            theme: Some(theme.to_owned()),
            platforms: vec!["square".to_owned()],
            ..plan::Options::default()
        };
        let plan = plan::plan(&decks, original.library(), &options).expect("the names are known");
        let differ = |job: &&Job<'_>| {
            let image = |studio: &Studio| studio.render_job(job).expect("it is drawn").image;
            image(&original) != image(&studio)
        };
        let differing: Vec<_> = plan.jobs.par_iter().filter(differ).collect();
        let names: Vec<_> = differing
            .iter()
            .map(|job| job.name.display().to_string())
            .collect();
        assert!(names.is_empty(), "{theme}: {names:?}");
    }
}

#[test]
fn the_drawing_shows_its_sample_words_in_lines() {
    let studio = Studio::built_in().expect("the built-in library loads");
    let files = authoring::export(&studio, "quote", &Options::default()).expect("it is exported");
    let svg = String::from_utf8(files[Path::new("square.svg")].clone()).expect("it is text");
    let document = roxmltree::Document::parse(&svg).expect("it is XML");
    let quote = document
        .descendants()
        .find(|node| node.attribute("data-bind") == Some("quote"))
        .expect("it is bound still");
    let lines: Vec<&str> = quote
        .descendants()
        .filter_map(|node| node.attribute("y"))
        .collect();
    assert!(lines.len() > 3, "{lines:?}");
    assert!(!svg.contains("var("), "nothing but us knows them");
}

#[test]
fn fonts_come_with_a_sheet_that_is_no_theme() {
    let studio = Studio::built_in().expect("the built-in library loads");
    let options = Options {
        has_fonts: true,
        ..Options::default()
    };
    let files = authoring::export(&studio, "title", &options).expect("it is exported");
    let folder = tempfile::tempdir().expect("there is room");
    for (name, bytes) in &files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().expect("it has one")).expect("it is made");
        fs::write(path, bytes).expect("it is written");
    }
    let sheet = fs::read_to_string(folder.path().join("fonts/fonts.css")).expect("it is there");
    for file in sheet
        .split("url(")
        .skip(1)
        .filter_map(|rest| rest.split(')').next())
    {
        assert!(folder.path().join("fonts").join(file).is_file(), "{file}");
    }
    let before = studio.library().theme_names().len();
    let studio = Studio::built_in()
        .expect("it loads")
        .with_templates(folder.path());
    let studio = studio.expect("they are templates");
    assert_eq!(studio.library().theme_names().len(), before);
    let template = studio
        .library()
        .template("title", "square")
        .expect("it is there");
    assert!(!template.has_theme);
}

#[test]
fn names_that_nobody_knows_are_told_with_the_nearest() {
    let studio = Studio::built_in().expect("the built-in library loads");
    let error = authoring::export(&studio, "qoute", &Options::default()).expect_err("unknown");
    assert_eq!(error.hint(), Some("did you mean `quote`?"));
    let options = Options {
        theme: Some("cedr".to_owned()),
        ..Options::default()
    };
    let error = authoring::export(&studio, "quote", &options).expect_err("unknown");
    assert_eq!(error.hint(), Some("did you mean `cedar`?"));
}
