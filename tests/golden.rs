//! Pictures compared as decoded pixels with those in `tests/golden`.
//!
//! `GOLDEN=accept cargo test --test golden` takes the new ones; open every one before committing.
//! All differences of a run are collected, and each new picture is left beside the old one as
//! `*.actual.png`.

use std::fs;
use std::path::{Path, PathBuf};

use pullquote::Studio;
use pullquote::deck::{self, Deck};
use pullquote::plan::{self, Options};

/// A golden larger than this costs every clone more than it tells.
const MOST_BYTES: u64 = 48 * 1024;

/// The pictures: card, theme or template of `tests/fixtures/templates`, platform.
const PICTURES: &[(&str, &str, &str)] = &[
    ("short", "newsprint", "og"),
    ("medium", "newsprint", "og"),
    ("medium", "newsprint", "square"),
    ("medium", "newsprint", "portrait"),
    ("medium", "newsprint", "story"),
    ("long", "newsprint", "square"),
    ("medium", "marigold", "square"),
    ("medium", "marigold", "og"),
    ("stacked", "newsprint", "square"),
    ("stacked", "newsprint", "og"),
    ("side", "marigold", "og"),
    ("side", "marigold", "square"),
    ("side", "newsprint", "portrait"),
    ("percent", "newsprint", "square"),
    ("medium", "midnight", "square"),
    ("medium", "cedar", "og"),
    ("medium", "cobalt", "square"),
    ("ring", "cedar", "og"),
    ("bars", "cobalt", "og"),
    ("bars", "marigold", "square"),
    ("garden", "inkscape", "square"),
    ("garden", "figma", "square"),
    ("garden", "hand", "og"),
    ("clinic", "illustrator", "square"),
];

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden")
}

fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/fixtures")
        .join(name)
}

fn cards() -> Deck {
    deck::load(&fixture("golden.yaml")).expect("the deck of the goldens reads")
}

/// The built-in studio, or one with a template in place of its own.
fn studio(look: &str) -> (Studio, Option<String>) {
    let studio = Studio::built_in().expect("the built-in library loads");
    let template = fixture(&format!("templates/{look}.svg"));
    if !template.is_file() {
        return (studio, Some(look.to_owned()));
    }
    let studio = studio.with_templates(&template);
    (studio.expect("the template reads"), None)
}

/// The picture of a card as the bytes of a PNG file.
fn picture(deck: &Deck, (card, look, platform): (&str, &str, &str)) -> Vec<u8> {
    let (studio, theme) = studio(look);
    let options = Options {
        theme,
        cards: vec![card.to_owned()],
        platforms: vec![platform.to_owned()],
        ..Options::default()
    };
    let decks = std::slice::from_ref(deck);
    let plan = plan::plan(decks, studio.library(), &options).expect("the names are known");
    let job = plan.jobs.iter().find(|job| job.card.id == card);
    let rendered = studio
        .render_job(job.expect("the card is in the deck"))
        .expect("it is drawn");
    assert_eq!(rendered.diagnostics, [], "{card} in {look} for {platform}");
    rendered.image.expect("there is an image").bytes
}

/// Width and RGBA pixels of a PNG file.
fn decode(bytes: &[u8]) -> (u32, Vec<u8>) {
    let mut decoder = png::Decoder::new(std::io::Cursor::new(bytes));
    decoder.set_transformations(png::Transformations::EXPAND | png::Transformations::ALPHA);
    let mut reader = decoder.read_info().expect("it is a PNG");
    let mut pixels = vec![0; reader.output_buffer_size().expect("it is small")];
    reader.next_frame(&mut pixels).expect("it has a frame");
    (reader.info().width, pixels)
}

/// How many pixels differ; `None` if the sizes do.
fn difference(one: &[u8], other: &[u8]) -> Option<usize> {
    let ((one_width, one), (other_width, other)) = (decode(one), decode(other));
    if one_width != other_width || one.len() != other.len() {
        return None;
    }
    let pairs = one.chunks_exact(4).zip(other.chunks_exact(4));
    Some(pairs.filter(|(a, b)| a != b).count())
}

#[test]
fn pictures_are_as_they_were() {
    let accepts = std::env::var("GOLDEN").is_ok_and(|value| value == "accept");
    let deck = cards();
    let mut faults = Vec::new();
    for picture_of in PICTURES {
        let (card, look, platform) = picture_of;
        let name = format!("{card}--{look}--{platform}");
        let path = folder().join(format!("{name}.png"));
        let actual_path = folder().join(format!("{name}.actual.png"));
        let actual = picture(&deck, *picture_of);
        if accepts {
            fs::write(&path, &actual).expect("the golden can be written");
            let _ = fs::remove_file(&actual_path);
            continue;
        }
        let fault = match fs::read(&path).map(|golden| difference(&golden, &actual)) {
            Ok(Some(0)) => continue,
            Ok(Some(pixels)) => format!("{name}: {pixels} pixels differ"),
            Ok(None) => format!("{name}: another size"),
            Err(_) => format!("{name}: there is no golden yet"),
        };
        fs::write(&actual_path, &actual).expect("the new picture can be written");
        faults.push(fault);
    }
    assert!(
        faults.is_empty(),
        "look at tests/golden/*.actual.png:\n{}",
        faults.join("\n")
    );
}

#[test]
fn every_golden_is_small_and_used() {
    let used: Vec<_> = PICTURES
        .iter()
        .map(|(card, look, platform)| format!("{card}--{look}--{platform}.png"))
        .collect();
    for entry in fs::read_dir(folder()).expect("the folder is there") {
        let entry = entry.expect("it can be read");
        let name = entry.file_name().to_string_lossy().into_owned();
        if name.ends_with(".actual.png") {
            continue;
        }
        assert!(used.contains(&name), "{name} is used by no test");
        let bytes = entry.metadata().expect("it has a size").len();
        assert!(
            bytes <= MOST_BYTES,
            "{name} has {bytes} bytes, at most {MOST_BYTES} are allowed"
        );
    }
}
