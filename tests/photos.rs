//! Photographs on cards: what is drawn, what is told when that cannot be, and how it is drawn twice the
//! same.

use std::fs;
use std::path::{Path, PathBuf};

use pullquote::deck::{self, Deck};
use pullquote::plan::{self, Options};
use pullquote::{Rendered, Studio, raster};

fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/fixtures")
        .join(name)
}

/// A deck whose photographs are those of the fixtures.
fn deck(cards: &str) -> Deck {
    let path = fixture("photos/deck.yaml");
    deck::read(&path, cards).expect("the deck reads")
}

fn render(studio: &Studio, deck: &Deck, (theme, platform): (&str, &str)) -> Vec<Rendered> {
    let options = Options {
        theme: Some(theme.to_owned()),
        platforms: vec![platform.to_owned()],
        ..Options::default()
    };
    let decks = std::slice::from_ref(deck);
    let plan = plan::plan(decks, studio.library(), &options).expect("the names are known");
    let render = |job| studio.render_job(job).expect("it is drawn");
    plan.jobs.iter().map(render).collect()
}

/// What is told of each card: codes and messages.
fn told(rendered: &[Rendered]) -> Vec<String> {
    let found = rendered.iter().flat_map(|card| &card.diagnostics);
    let found = found.filter(|it| it.code != "photo-small");
    found
        .map(|it| format!("{}: {}", it.code, it.message))
        .collect()
}

#[test]
fn what_is_wrong_with_a_photograph_is_told_and_the_other_cards_are_made() {
    let folder = tempfile::tempdir().expect("there is a temporary folder");
    let whole = fs::read(fixture("photos/corners-1.jpg")).expect("it is there");
    fs::write(folder.path().join("half.jpg"), &whole[..400]).expect("it is written");
    fs::write(folder.path().join("page.png"), "<html>404</html>").expect("it is written");
    fs::write(folder.path().join("right.png"), &whole).expect("it is written");
    let path = folder.path().join("deck.yaml");
    let cards = "cards:
- {id: a, quote: One., speaker: Ines, photo: gone.jpg, credit: x}
- {id: b, quote: Two., speaker: Ines, photo: half.jpg, credit: x}
- {id: c, quote: Three., speaker: Ines, photo: page.png, credit: x}
- {id: d, quote: Four., speaker: Ines, photo: right.png}
- {id: e, quote: Five., speaker: Ines, photo: right.png, credit: x, focus: left}
- {id: f, quote: Six., speaker: Ines, photo: https://example.org/a.jpg, credit: x}
- {id: g, quote: Seven., speaker: Ines, photo: right.png, credit: x, focus: 20% 0.5}
- {id: h, figure: 4 in 10, label: trees, source: The count, photo: right.png, credit: x}
";
    let deck = deck::read(&path, cards).expect("the deck reads");
    let studio = Studio::built_in().expect("the built-in library loads");
    let rendered = render(&studio, &deck, ("newsprint", "square"));
    let shown = |name: &str| folder.path().join(name).display().to_string();
    assert_eq!(
        told(&rendered),
        [
            format!("photo-missing: there is no photo `{}`", shown("gone.jpg")),
            format!(
                "photo-unreadable: `{}`: the photo cannot be read: the file is cut off",
                shown("half.jpg")
            ),
            format!(
                "photo-unreadable: `{}`: the file is text, not JPEG, PNG or WebP",
                shown("page.png")
            ),
            "photo-without-credit: nobody is named as the photographer".to_owned(),
            "focus-unclear: `focus` is two shares of the photo, found `left`".to_owned(),
            "photo-missing: the photo `https://example.org/a.jpg` is an address, not a file"
                .to_owned(),
            "photo-not-shown: the template `statistic` has no place for the photo".to_owned(),
        ]
    );
    let made: Vec<bool> = rendered.iter().map(|card| card.image.is_some()).collect();
    assert_eq!(made, [false, false, false, false, false, false, true, true]);
}

/// Drawn by ourselves on its ground, and whole by resvg with a black and a white shape.
#[test]
fn both_ways_of_drawing_give_the_same_picture() {
    let deck = deck(
        "cards:
- {id: a, quote: We count the bees., speaker: Ines, photo: corners.png, credit: x, focus: 0.2 0.2}
- {id: b, kind: title, title: 'Bees: they count', byline: Ines, photo: corners.png, credit: x}
",
    );
    let studio = Studio::built_in().expect("the built-in library loads");
    for (theme, platform) in [
        ("newsprint", "og"),
        ("marigold", "square"),
        ("cedar", "story"),
        ("cobalt", "pin"),
    ] {
        for card in render(&studio, &deck, (theme, platform)) {
            let (image, composition) = (card.image, card.composition.expect("it is composed"));
            let quick = pixels(&image.expect("it is drawn").bytes);
            let plain = raster::draw(&composition, studio.fonts()).expect("it is drawn");
            let plain = plain.data().chunks_exact(4).flat_map(|pixel| &pixel[..3]);
            let furthest = quick.iter().zip(plain).map(|(a, b)| a.abs_diff(*b)).max();
            assert!(furthest <= Some(2), "{theme} for {platform}: {furthest:?}");
        }
    }
}

/// The RGB pixels of a PNG file.
fn pixels(bytes: &[u8]) -> Vec<u8> {
    let decoder = png::Decoder::new(std::io::Cursor::new(bytes));
    let mut reader = decoder.read_info().expect("it is a PNG");
    let mut pixels = vec![0; reader.output_buffer_size().expect("it is small")];
    reader.next_frame(&mut pixels).expect("it has a frame");
    pixels
}

#[test]
fn a_designers_shape_cuts_the_photograph() {
    let folder = tempfile::tempdir().expect("there is a temporary folder");
    let template = folder.path().join("portrait.svg");
    let svg = "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 100 100' width='100' height='100'>
<rect width='100' height='100' fill='#fff'/>
<g opacity='.5'><circle id='photo' cx='50' cy='40' r='30'/></g>
<text id='quote' x='10' y='90' font-family='Source Serif 4' font-weight='600' font-size='8'>Words</text>
<text id='credit' x='10' y='98' font-family='Source Serif 4' font-weight='600' font-size='6'>x</text></svg>";
    fs::write(&template, svg).expect("it is written");
    let studio = Studio::built_in().expect("the built-in library loads");
    let studio = studio
        .with_templates(&template)
        .expect("the template reads");
    let deck =
        deck("cards:\n- {id: a, quote: Bees, speaker: Ines, photo: corners.png, credit: x}\n");
    let rendered = render(&studio, &deck, ("newsprint", "square"));
    assert_eq!(told(&rendered), [] as [String; 0]);
    let pixels = pixels(&rendered[0].image.as_ref().expect("it is drawn").bytes);
    let at = |x: usize, y: usize| -> [u8; 3] {
        let at = 3 * (y * 1080 + x);
        [pixels[at], pixels[at + 1], pixels[at + 2]]
    };
    // Outside of the circle, though inside of the square around it; then red and green, half shown.
    assert_eq!(at(230, 120), [255, 255, 255]);
    assert_eq!(at(440, 340), [238, 148, 148]);
    assert_eq!(at(640, 340), [148, 218, 158]);
}
