//! Words can be read: on every card of the specimens, and on any photograph.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use pullquote::compose::{Composition, LETTERS};
use pullquote::deck::{self, Deck};
use pullquote::plan::{self, Job, Options, Plan};
use pullquote::{Studio, raster};
use rayon::prelude::*;

fn plan<'a>(studio: &'a Studio, decks: &'a [Deck], theme: &str, platforms: &str) -> Plan<'a> {
    let options = Options {
        theme: Some(theme.to_owned()),
        platforms: vec![platforms.to_owned()],
        ..Options::default()
    };
    plan::plan(decks, studio.library(), &options).expect("the names are known")
}

fn told(studio: &Studio, job: &Job<'_>) -> Vec<String> {
    let found = studio.check(job).expect("it is drawn");
    let found = found.iter().filter(|it| it.code != "photo-small");
    let (card, platform) = (&job.card.id, &job.platform.id);
    let told = found.map(|it| format!("{card} in {} for {platform}: {}", job.theme, it.message));
    told.collect()
}

#[test]
fn nothing_is_told_of_the_cards_of_the_specimens() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/specimen.yaml");
    let decks = [deck::load(&path).expect("the deck of the specimens reads")];
    let studio = Studio::built_in().expect("the built-in library loads");
    let mut faults = Vec::new();
    for theme in studio.library().theme_names() {
        // There letters arrive smallest on a telephone.
        let plan = plan(&studio, &decks, theme, "og");
        let found = plan.jobs.par_iter().flat_map_iter(|job| told(&studio, job));
        faults.extend(found.collect::<Vec<_>>());
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn the_colours_of_emoji_are_not_taken_for_words() {
    let dir = tempfile::tempdir().expect("there is room");
    let path = dir.path().join("d.yaml");
    let yaml =
        "cards:\n- {quote: \"Thanks 🙏🏽 to the 👩‍👩‍👧‍👦 next door, ❤️ for every bus.\", speaker: Mia}\n";
    fs::write(&path, yaml).expect("it is written");
    let decks = [deck::load(&path).expect("the deck reads")];
    let studio = Studio::built_in().expect("the built-in library loads");
    for theme in studio.library().theme_names() {
        let plan = plan(&studio, &decks, theme, "og");
        let told = plan.jobs.iter().flat_map(|job| told(&studio, job));
        assert_eq!(told.collect::<Vec<_>>(), [""; 0]);
    }
}

/// A colour for each pixel of a photograph.
type Look = fn(u32, u32) -> [u8; 3];

/// What is hardest to read on.
const PHOTOS: [(&str, Look); 4] = [
    ("white", |_, _| [255; 3]),
    ("black", |_, _| [0; 3]),
    ("noise", |x, y| {
        let mut seed = x.wrapping_mul(0x9e37_79b9) ^ y.wrapping_mul(0x85eb_ca6b);
        seed = (seed ^ (seed >> 15)).wrapping_mul(0x2c1b_3c6d);
        seed = (seed ^ (seed >> 12)).wrapping_mul(0x297a_2d39);
        [seed as u8, (seed >> 8) as u8, (seed >> 16) as u8]
    }),
    ("busy", |x, y| {
        let (u, v) = (x / 23, y / 31);
        let stripes = (x + y) / 9 % 2 == 0;
        let colours = [[250, 244, 60], [230, 40, 60], [255, 255, 255], [20, 30, 50]];
        let colour = colours[((u * 7 + v * 3) % 4) as usize];
        if stripes {
            colour
        } else {
            [colour[2], colour[0], colour[1]]
        }
    }),
];

const SIDE: u32 = 1000;

fn write_photos(folder: &Path) {
    for (name, look) in PHOTOS {
        let pixels = (0..SIDE).flat_map(|y| (0..SIDE).flat_map(move |x| look(x, y)));
        let file = fs::File::create(folder.join(format!("{name}.png"))).expect("it is made");
        let mut encoder = png::Encoder::new(file, SIDE, SIDE);
        encoder.set_color(png::ColorType::Rgb);
        encoder.set_compression(png::Compression::Fast);
        let mut writer = encoder.write_header().expect("it is written");
        let pixels: Vec<u8> = pixels.collect();
        writer.write_image_data(&pixels).expect("it is written");
    }
}

/// A quotation of each length on a photograph.
fn cards(folder: &Path, photo: &str) -> Deck {
    let words = [
        ("short", "Medicine is mostly waiting.", "waiting"),
        (
            "medium",
            "We are not asking to be thanked, we are asking to be counted.",
            "asking to be counted",
        ),
        (
            "long",
            "A timetable is a promise, and a promise you can only keep by leaving people behind is a bad \
             one. Nobody ever thanked me for being on time. They thanked me for being there, at the \
             stop, with the door open and the rain coming in.",
            "They thanked me for being there",
        ),
    ];
    let card = |(id, quote, emphasis): &(&str, &str, &str)| {
        format!(
            "- {{id: {photo}-{id}, quote: '{quote}', emphasis: '{emphasis}', speaker: Noor Castellane, \
             role: Chair of the board, brand: Northlight, photo: {photo}.png, credit: 'Photo: Lena Odell'}}\n"
        )
    };
    let cards: String = words.iter().map(card).collect();
    deck::read(&folder.join("deck.yaml"), &format!("cards:\n{cards}")).expect("the deck reads")
}

#[test]
fn words_on_any_photograph_can_be_read() {
    let folder = tempfile::tempdir().expect("there is a temporary folder");
    write_photos(folder.path());
    // Nothing light is hard to read on black.
    let hard = PHOTOS.iter().filter(|(name, _)| *name != "black");
    let decks: Vec<Deck> = hard.map(|(name, _)| cards(folder.path(), name)).collect();
    let studio = Studio::built_in().expect("the built-in library loads");
    let mut faults = Vec::new();
    for theme in studio.library().theme_names() {
        let everywhere = "og,square,portrait,story,wide,tall,reel,tiktok,pin,link-card,email";
        let all = plan(&studio, &decks, theme, everywhere);
        // Every photograph and length in two shapes, the hardest photograph on every platform.
        let jobs: Vec<&Job<'_>> = all
            .jobs
            .iter()
            .filter(|job| {
                let is_master = matches!(job.platform.id.as_str(), "og" | "square");
                is_master || job.card.id == "white-medium"
            })
            .collect();
        let found = jobs.par_iter().flat_map_iter(|job| told(&studio, job));
        faults.extend(found.collect::<Vec<_>>());
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// Measured without the program's own measure: every pixel that a letter covers whole, against the
/// same pixel of the picture without letters.
#[test]
fn every_pixel_behind_letters_has_contrast() {
    let folder = tempfile::tempdir().expect("there is a temporary folder");
    write_photos(folder.path());
    let decks = PHOTOS.map(|(name, _)| cards(folder.path(), name));
    let studio = Studio::built_in().expect("the built-in library loads");
    let mut lowest: BTreeMap<String, [f64; 2]> = BTreeMap::new();
    for theme in studio.library().theme_names() {
        let plan = plan(&studio, &decks, theme, "square");
        let jobs = plan
            .jobs
            .par_iter()
            .filter(|job| job.card.id.ends_with("-medium"));
        let measured = jobs.map(|job| {
            let rendered = studio.render_job(job).expect("it is drawn");
            let composition = rendered.composition.expect("it is composed");
            (job.card.id.clone(), strict(&studio, &composition))
        });
        for (card, found) in measured.collect::<Vec<_>>() {
            lowest.insert(format!("{theme} {card}"), found);
        }
    }
    if std::env::var_os("PRINT").is_some() {
        eprintln!("{lowest:#?}");
    }
    for (card, [small, large]) in lowest {
        assert!(small >= 4.5, "{card}: {small:.2} behind small words");
        assert!(large >= 3.0, "{card}: {large:.2} behind large words");
    }
}

/// The lowest ratio behind small words and behind large ones.
fn strict(studio: &Studio, composition: &Composition) -> [f64; 2] {
    let hidden = format!(
        "text, #{LETTERS} {{ visibility: hidden }} \
         mask text {{ visibility: visible }}</style>"
    );
    let ground = Composition {
        svg: composition.svg.replacen("</style>", &hidden, 1),
        ..composition.clone()
    };
    let draw = |it| raster::draw(it, studio.fonts()).expect("it is drawn");
    let (picture, ground) = (draw(composition), draw(&ground));
    // Pixels that letters cover in part have other colours than those of the style sheet.
    let colours = colours(&composition.svg);
    let mut lowest = [f64::INFINITY; 2];
    for text in &composition.texts {
        let size = text.size.0 * 360.0 / f64::from(composition.width);
        let ink = &text.ink;
        let mut pairs = Vec::new();
        for y in ink.top.0 as u32..=ink.bottom.0 as u32 {
            for x in ink.left.0 as u32..=ink.right.0 as u32 {
                let both = picture.pixel(x, y).zip(ground.pixel(x, y));
                let (front, back) = both.expect("ink is inside");
                let colour =
                    |it: tiny_skia::PremultipliedColorU8| [it.red(), it.green(), it.blue()];
                let (front, back) = (colour(front), colour(back));
                if front != back && colours.contains(&front) {
                    pairs.push((front, back));
                }
            }
        }
        // Nor do they come again and again, if one happens to be among those.
        let whole: Vec<[u8; 3]> = {
            let count = |front: &[u8; 3]| pairs.iter().filter(|(it, _)| it == front).count();
            colours
                .iter()
                .copied()
                .filter(|it| count(it) > 20)
                .collect()
        };
        pairs.retain(|(front, _)| whole.contains(front));
        let ratios = pairs.iter().map(|(front, back)| ratio(*front, *back));
        let index = usize::from(size >= 18.66);
        lowest[index] = ratios.fold(lowest[index], f64::min);
    }
    lowest
}

/// Every colour that is written as `#rrggbb`.
fn colours(svg: &str) -> Vec<[u8; 3]> {
    let written = svg.split('#').skip(1).filter_map(|rest| rest.get(..6));
    let part = |digits: &str, at: usize| u8::from_str_radix(digits.get(at..at + 2)?, 16).ok();
    let colour = |digits: &str| Some([part(digits, 0)?, part(digits, 2)?, part(digits, 4)?]);
    written.filter_map(colour).collect()
}

/// WCAG 2.2, written once more.
fn ratio(one: [u8; 3], other: [u8; 3]) -> f64 {
    let luminance = |colour: [u8; 3]| {
        let light = colour.map(|level| {
            let level = f64::from(level) / 255.0;
            if level <= 0.04045 {
                level / 12.92
            } else {
                ((level + 0.055) / 1.055).powf(2.4)
            }
        });
        0.2126 * light[0] + 0.7152 * light[1] + 0.0722 * light[2]
    };
    let (one, other) = (luminance(one), luminance(other));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}
