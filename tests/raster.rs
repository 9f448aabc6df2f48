//! The quick way of drawing gives the pixels of the plain one: of resvg drawing all of it.

use std::path::{Path, PathBuf};

use pullquote::deck::{self, Deck};
use pullquote::plan::{self, Options};
use pullquote::{Studio, raster};

fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(name)
}

/// The RGBA pixels of a PNG file.
fn decode(bytes: &[u8]) -> Vec<u8> {
    let mut decoder = png::Decoder::new(std::io::Cursor::new(bytes));
    decoder.set_transformations(png::Transformations::EXPAND | png::Transformations::ALPHA);
    let mut reader = decoder.read_info().expect("it is a PNG");
    let mut pixels = vec![0; reader.output_buffer_size().expect("it is small")];
    reader.next_frame(&mut pixels).expect("it has a frame");
    pixels
}

/// Renders all cards in all themes on all platforms that the templates have, and counts the images.
#[track_caller]
fn assert_plain_pixels(studio: &Studio, deck: &Deck, themes: &[&str]) -> usize {
    let mut images = 0;
    for theme in themes {
        let options = Options {
            theme: Some((*theme).to_owned()),
            ..Options::default()
        };
        let decks = std::slice::from_ref(deck);
        let plan = plan::plan(decks, studio.library(), &options).expect("the names are known");
        for job in &plan.jobs {
            let rendered = studio.render_job(job).expect("it is drawn");
            let (Some(image), Some(composition)) = (rendered.image, rendered.composition) else {
                continue;
            };
            let plain = raster::draw(&composition, studio.fonts()).expect("it is drawn");
            assert!(
                decode(&image.bytes) == plain.take_demultiplied(),
                "{} in {theme} has other pixels",
                job.name.display()
            );
            images += 1;
        }
    }
    images
}

#[test]
fn built_in_templates_in_every_theme() {
    let studio = Studio::built_in().expect("the built-in library loads");
    let deck = deck::load(&fixture("tests/fixtures/golden.yaml")).expect("the deck reads");
    let themes = studio.library().theme_names();
    assert!(assert_plain_pixels(&studio, &deck, &themes) > 40);
}

/// A thread draws a card over the one before it.
#[test]
fn a_card_has_nothing_of_the_one_before() {
    let common = || {
        let studio = Studio::built_in().expect("the built-in library loads");
        let template = fixture("tests/bench/common");
        studio
            .with_templates(&template)
            .expect("the template reads")
    };
    let rows = "cards:\n\
        - {id: long, quote: 'We counted the bees again in the rain, and nobody on the hill asked for the \
        number until the last door of the house stood open.', speaker: Ana Lund, role: Beekeeper}\n\
        - {id: short, quote: 'Wait for the rain.', speaker: Bo Li}\n\
        - {id: middling, quote: 'Every roof of the old town is a promise.', speaker: Ana Lund}\n";
    let deck = deck::read(Path::new("rows.yaml"), rows).expect("the deck reads");
    let options = Options {
        platforms: vec!["og".to_owned()],
        ..Options::default()
    };
    let studio = common();
    let decks = std::slice::from_ref(&deck);
    let plan = plan::plan(decks, studio.library(), &options).expect("the names are known");
    let bytes = |studio: &Studio, job| {
        let image = studio.render_job(job).expect("it is drawn").image;
        image.expect("it fits").bytes
    };
    let alone: Vec<_> = plan.jobs.iter().map(|job| bytes(&common(), job)).collect();
    for at in [0, 1, 2, 1, 0, 0, 2] {
        assert!(
            bytes(&studio, &plan.jobs[at]) == alone[at],
            "card {at} is another"
        );
    }
    assert!(assert_plain_pixels(&studio, &deck, &["newsprint"]) >= 3);
}

#[test]
fn templates_of_drawing_programs() {
    let deck = deck::load(&fixture("tests/fixtures/golden.yaml")).expect("the deck reads");
    let mut images = 0;
    for name in ["hand", "figma", "illustrator", "inkscape"] {
        let template = fixture(&format!("tests/fixtures/templates/{name}.svg"));
        let studio = Studio::built_in().expect("the built-in library loads");
        let studio = studio
            .with_templates(&template)
            .expect("the template reads");
        images += assert_plain_pixels(&studio, &deck, &["newsprint"]);
    }
    assert!(images > 20);
}

/// What must not be drawn in two parts, and what may.
#[test]
fn effects_around_and_behind_the_words() {
    let folder = tempfile::tempdir().expect("there is a temporary folder");
    let text = "<rect x='20' y='20' width='260' height='9' fill='#a31'/>\
        <text data-bind='quote' x='20' y='90' font-family='Source Serif 4' font-weight='600' \
        font-size='24' style='inline-size:260px'>Sample words</text>";
    let blue = "<circle cx='150' cy='80' r='60' fill='#27b' fill-opacity='.4'/>";
    let bodies = [
        format!("<g opacity='.5'>{blue}{text}</g>"),
        format!(
            "<g clip-path='url(#c)'>{blue}{text}</g><defs><clipPath id='c'><circle cx='150' cy='90' r='80'/></clipPath></defs>"
        ),
        format!("<g style='mix-blend-mode:multiply'>{text}</g>{blue}"),
        format!("<g transform='rotate(4) translate(3.3 -2.2)'>{blue}<g class='a'>{text}</g></g>"),
        format!(
            "<rect width='300' height='160' fill='url(#g)'/>{text}<defs><linearGradient id='g'><stop stop-color='#fff'/><stop offset='1' stop-color='#fc0'/></linearGradient></defs>"
        ),
        format!(
            "{text}<rect x='9' y='120' width='280' height='20' fill='url(#g)'/><defs><linearGradient id='g'><stop stop-color='#f0f'/><stop offset='1' stop-color='#fc0'/></linearGradient></defs>"
        ),
        format!(
            "<use href='#later'/>{text}<circle id='later' cx='280' cy='140' r='9' fill='#333'/>"
        ),
        format!(
            "<style>rect + text {{ fill: #c00 }} circle:first-child {{ fill: #0c0 }}</style>{blue}{text}"
        ),
        format!("<svg x='5' y='5' width='200' height='100'>{blue}{text}</svg>"),
        format!(
            "<g filter='url(#f)'>{text}</g><filter id='f'><feGaussianBlur stdDeviation='2'/></filter>"
        ),
        format!("{blue}<g stroke='#082' stroke-width='1.5'>{text}</g>"),
        format!(
            "<path d='M0 0L300 160' stroke='#000' stroke-width='7' stroke-dasharray='9 4'/>{text}{blue}"
        ),
    ];
    let deck = "cards:\n- {id: a, quote: We count the bees, speaker: Ines}\n\
        - {id: b, quote: 'We count the bees, and then we count them again', speaker: Ines}\n";
    let deck = deck::read(Path::new("deck.yaml"), deck).expect("the deck reads");
    for ground in ["<rect width='300' height='160' fill='#eed'/>", ""] {
        for (number, body) in bodies.iter().enumerate() {
            let svg = format!(
                "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 1200 630' width='1200' height='630'>\
                 <g transform='scale(3.9)'>{ground}{body}</g></svg>"
            );
            let path = folder.path().join(format!("{number}.svg"));
            std::fs::write(&path, svg).expect("it is written");
            let studio = Studio::built_in().expect("the built-in library loads");
            let studio = studio.with_templates(&path).expect("the template reads");
            let images = assert_plain_pixels(&studio, &deck, &["newsprint"]);
            assert_eq!(images, 2, "{body}");
        }
    }
}
