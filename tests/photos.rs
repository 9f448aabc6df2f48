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
    let studio = Studio::built_in().and_then(|studio| studio.with_type("png"));
    let studio = studio.expect("the built-in library loads");
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

#[test]
fn photographs_become_jpeg_where_the_platform_takes_it() {
    let deck = deck(
        "cards:\n- {id: a, quote: Bees., speaker: Ines, photo: corners.png, credit: x}\n\
         - {id: b, quote: Bees., speaker: Ines}\n",
    );
    let studio = Studio::built_in().expect("the built-in library loads");
    let endings = |platform: &str| -> Vec<&str> {
        let rendered = render(&studio, &deck, ("cedar", platform));
        let images = rendered
            .into_iter()
            .map(|card| card.image.expect("it is drawn"));
        images.map(|image| image.extension).collect()
    };
    assert_eq!(endings("og"), ["jpg", "png"]);
    assert_eq!(endings("tiktok"), ["jpg", "jpg"]);
    let webp = Studio::built_in().and_then(|studio| studio.with_type("webp"));
    let rendered = render(&webp.expect("it is known"), &deck, ("cedar", "og"));
    let image = rendered[1].image.as_ref().expect("it is drawn");
    assert!(image.bytes.starts_with(b"RIFF"));
    assert!(
        Studio::built_in()
            .and_then(|studio| studio.with_type("gif"))
            .is_err()
    );
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
    let studio = Studio::built_in().and_then(|studio| studio.with_type("png"));
    let studio = studio.expect("the built-in library loads");
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

/// A logo of one colour, as wide as high.
fn svg_logo(path: &Path, colour: &str) {
    let svg = format!(
        "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 10 10' width='10' height='10'>\
         <rect width='10' height='10' fill='{colour}'/></svg>"
    );
    fs::write(path, svg).expect("it is written");
}

fn png_logo(path: &Path, pixel: [u8; 4]) {
    let file = fs::File::create(path).expect("it is made");
    let mut encoder = png::Encoder::new(file, 90, 90);
    encoder.set_color(png::ColorType::Rgba);
    let mut writer = encoder.write_header().expect("it is written");
    let pixels = pixel.repeat(90 * 90);
    writer.write_image_data(&pixels).expect("it is written");
}

#[test]
fn the_logo_that_stands_out_is_drawn_in_place_of_the_name() {
    let folder = tempfile::tempdir().expect("there is a temporary folder");
    let file = |name: &str| folder.path().join(name);
    svg_logo(&file("light.svg"), "#0a0b0c");
    svg_logo(&file("dark.svg"), "#f0f1f2");
    png_logo(&file("light.png"), [10, 11, 12, 255]);
    png_logo(&file("half.png"), [255, 255, 255, 0]);
    let deck = deck("cards:\n- {id: a, quote: Bees., speaker: Ines, brand: Northlight}\n");
    let picture = |light: &str, dark: Option<&str>, theme: &str| {
        let studio = Studio::built_in().and_then(|studio| {
            let dark = dark.map(file);
            let studio = studio.with_logo(&file(light), dark.as_deref())?;
            studio.with_type("png")
        });
        let studio = studio.expect("the logo reads");
        let mut rendered = render(&studio, &deck, (theme, "square"));
        assert_eq!(told(&rendered), [] as [String; 0]);
        let card = rendered.remove(0);
        let composition = card.composition.expect("it is composed");
        let names = composition.texts.iter().flat_map(|text| &text.lines);
        assert!(!names.clone().any(|line| line == "Northlight"));
        let quick = card.image.expect("it is drawn");
        let decoder = png::Decoder::new(std::io::Cursor::new(quick.bytes));
        let mut decoder = decoder;
        decoder.set_transformations(png::Transformations::EXPAND);
        let mut reader = decoder.read_info().expect("it is a PNG");
        let mut quick = vec![0; reader.output_buffer_size().expect("it is small")];
        reader.next_frame(&mut quick).expect("it has a frame");
        let plain = raster::draw(&composition, studio.fonts()).expect("it is drawn");
        let plain = plain
            .data()
            .chunks_exact(4)
            .flat_map(|pixel| pixel[..3].to_vec());
        assert!(
            plain.eq(quick.iter().copied()),
            "both ways give the same pixels"
        );
        // The middle of a square logo at the right margin, on the height of the disc that it replaces.
        let at = 3 * (984 * 1080 + 996 - 32);
        [quick[at], quick[at + 1], quick[at + 2]]
    };
    let both = Some("dark.svg");
    assert_eq!(picture("light.svg", both, "newsprint"), [10, 11, 12]);
    assert_eq!(picture("light.svg", both, "midnight"), [240, 241, 242]);
    assert_eq!(picture("light.svg", None, "midnight"), [10, 11, 12]);
    assert_eq!(picture("light.png", None, "newsprint"), [10, 11, 12]);
    assert_eq!(picture("half.png", None, "newsprint"), [245, 239, 228]);
}
