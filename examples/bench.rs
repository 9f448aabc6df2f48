//! Times the making of cards, stage by stage, and the encoder in all its settings.
//!
//! ```sh
//! cargo run --release --example bench -- stages common 200
//! cargo run --release --example bench -- encoders common 40
//! cargo run --release --example bench -- deck common 2000 >cards.yaml
//! ```
//!
//! `render` only renders, for profilers.
//!
//! `common` is the card of `tests/bench/common`; `newsprint` and `marigold` are the built-in
//! quotation cards. Rows are made up by a fixed rule: the same number gives the same cards.

#![allow(clippy::print_stdout, reason = "it is a command")]

use std::env;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::time::Instant;

use pullquote::deck::{self, Deck};
use pullquote::plan::{self, Job, Options};
use pullquote::{Result, Studio, raster};
use tiny_skia::Pixmap;

fn main() -> Result<()> {
    let args: Vec<String> = env::args().skip(1).collect();
    let args: Vec<&str> = args.iter().map(String::as_str).collect();
    let (command, look, count) = match args[..] {
        [command, look, count] => (command, look, count.parse().unwrap_or(200)),
        [command, look] => (command, look, 200),
        _ => ("help", "", 0),
    };
    match command {
        "deck" => print!("{}", rows(count)),
        "stages" => stages(look, count)?,
        "encoders" => encoders(look, count)?,
        "render" => render(look, count)?,
        _ => println!("usage: bench deck|stages|encoders|render common|newsprint|marigold [CARDS]"),
    }
    Ok(())
}

const WORDS: &[&str] = &[
    "we",
    "count",
    "the",
    "bees",
    "and",
    "then",
    "again",
    "nobody",
    "asked",
    "for",
    "harvest",
    "bridge",
    "garden",
    "winter",
    "neighbours",
    "because",
    "every",
    "door",
    "stays",
    "open",
    "when",
    "rain",
    "comes",
    "in",
    "light",
    "a",
    "promise",
    "is",
    "kept",
    "by",
    "people",
    "who",
    "wait",
    "quietly",
    "under",
    "old",
    "roofs",
    "of",
    "town",
    "until",
    "morning",
];
const NAMES: &[&str] = &[
    "Ines", "Tomas", "Noor", "Samuel", "Maren", "Aiko", "Bela", "Yusuf",
];
const SURNAMES: &[&str] = &[
    "Okafor-Lind",
    "Adeyemi",
    "Castellane",
    "Okonjo",
    "Vasquez",
    "Brandt",
];
const ROLES: &[&str] = &[
    "Head gardener",
    "Chair of the board",
    "Driver of route 9",
    "Physician",
];

/// A generator of numbers that is the same everywhere: Knuth's MMIX congruence.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) as usize) % end
    }

    fn of<'a>(&mut self, list: &[&'a str]) -> &'a str {
        list[self.below(list.len())]
    }
}

/// A deck of quotations of 40 to 280 characters, no two alike.
fn rows(count: usize) -> String {
    let mut numbers = Numbers(630);
    let mut deck = "cards:\n".to_owned();
    for row in 1..=count {
        let length = 40 + numbers.below(225);
        let mut quote = format!("Number {row}");
        while quote.len() < length {
            quote.push(' ');
            quote.push_str(numbers.of(WORDS));
        }
        let (name, surname) = (numbers.of(NAMES), numbers.of(SURNAMES));
        let role = numbers.of(ROLES);
        let _ = writeln!(
            deck,
            "- {{id: row-{row}, quote: {quote}, speaker: {name} {surname}, role: {role}, brand: Northlight}}"
        );
    }
    deck
}

fn studio(look: &str) -> Result<(Studio, Option<String>)> {
    let studio = Studio::built_in()?;
    if look == "common" {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/bench/common");
        return Ok((studio.with_templates(&folder)?, None));
    }
    Ok((studio, Some(look.to_owned())))
}

/// Runs something with the jobs of a look.
fn with_jobs(
    look: &str,
    count: usize,
    run: impl FnOnce(&Studio, &[Job<'_>]) -> Result<()>,
) -> Result<()> {
    let (studio, theme) = studio(look)?;
    let decks: [Deck; 1] = [deck::read(Path::new("rows.yaml"), &rows(count))?];
    let options = Options {
        theme,
        platforms: vec!["og".to_owned()],
        ..Options::default()
    };
    let plan = plan::plan(&decks, studio.library(), &options)?;
    run(&studio, &plan.jobs)
}

/// Milliseconds of processor time of this thread; of the clock where the system does not tell.
fn clock(start: Instant) -> f64 {
    let told = fs::read_to_string("/proc/thread-self/schedstat").ok();
    let told = told.and_then(|text| text.split(' ').next()?.parse::<f64>().ok());
    told.map_or_else(
        || start.elapsed().as_secs_f64() * 1e3,
        |nanoseconds| nanoseconds / 1e6,
    )
}

/// Prints how long each stage takes for a card: the least of five rounds.
fn stages(look: &str, count: usize) -> Result<()> {
    with_jobs(look, count, |studio, jobs| {
        let start = Instant::now();
        let folder = env::temp_dir().join("pullquote-bench");
        let mut least = [f64::MAX; 5];
        let mut bytes = Vec::new();
        for _ in 0..5 {
            let mut at = clock(start);
            let mut lap = |stage: usize| {
                let now = clock(start);
                least[stage] = least[stage].min((now - at) / jobs.len() as f64);
                at = now;
            };
            let composed: Vec<_> = jobs
                .iter()
                .filter_map(|job| studio.compose(job).composition)
                .collect();
            lap(0);
            let mut pixels = Vec::new();
            for composition in composed.iter().take(40) {
                pixels.push(raster::draw(composition, studio.fonts())?);
            }
            lap(1);
            let rendered: Result<Vec<_>> = jobs.iter().map(|job| studio.render_job(job)).collect();
            lap(2);
            let rendered = rendered?;
            bytes = rendered
                .iter()
                .filter_map(|it| it.image.as_ref())
                .map(|it| it.bytes.len())
                .collect();
            for (row, it) in rendered.iter().enumerate() {
                if let Some(image) = &it.image {
                    pullquote::publish::write(&folder.join(format!("{row}.png")), &image.bytes)?;
                }
            }
            lap(3);
        }
        bytes.sort_unstable();
        println!("compose {:.3}", least[0]);
        println!(
            "draw, all of it anew {:.3}",
            least[1] * jobs.len() as f64 / jobs.len().min(40) as f64
        );
        println!("render: compose, draw, encode {:.3}", least[2]);
        println!("write {:.3}", least[3]);
        println!(
            "bytes: median {}, most {}, {} images",
            bytes[bytes.len() / 2],
            bytes[bytes.len() - 1],
            bytes.len()
        );
        Ok(())
    })
}

/// Renders cards and nothing else.
fn render(look: &str, count: usize) -> Result<()> {
    with_jobs(look, count, |studio, jobs| {
        let mut bytes = 0;
        for job in jobs {
            bytes += studio.render_job(job)?.image.map_or(0, |it| it.bytes.len());
        }
        println!("{bytes} bytes");
        Ok(())
    })
}

/// Prints how long the encoders take in their settings, and how many bytes they make: the least
/// of three rounds.
fn encoders(look: &str, count: usize) -> Result<()> {
    with_jobs(look, count, |studio, jobs| {
        let composed = jobs
            .iter()
            .filter_map(|job| studio.compose(job).composition);
        let pixels = composed.map(|composition| raster::draw(&composition, studio.fonts()));
        let pixels = pixels.collect::<Result<Vec<_>>>()?;
        let row = |name: &str, encode: &dyn Fn(&Pixmap) -> Result<usize>| -> Result<()> {
            let start = Instant::now();
            let (mut least, mut bytes) = (f64::MAX, 0);
            for _ in 0..3 {
                let at = clock(start);
                bytes = 0;
                for picture in &pixels {
                    bytes += encode(picture)?;
                }
                least = least.min(clock(start) - at);
            }
            let count = pixels.len() as f64;
            println!(
                "{name}: {:.2} ms, {:.1} kB",
                least / count,
                bytes as f64 / count / 1e3
            );
            Ok(())
        };
        row("ours, nothing known", &|picture| {
            Ok(raster::encode(picture)?.len())
        })?;
        for colour in [png::ColorType::Rgb, png::ColorType::Rgba] {
            for (level, compression) in LEVELS {
                for (kind, filter) in FILTERS {
                    row(&format!("png {colour:?}, {level}, {kind}"), &|picture| {
                        crate_png(picture, colour, *compression, *filter)
                    })?;
                }
            }
        }
        Ok(())
    })
}

const LEVELS: &[(&str, png::Compression)] = &[
    ("Fastest", png::Compression::Fastest),
    ("Fast", png::Compression::Fast),
    ("Balanced", png::Compression::Balanced),
    ("High", png::Compression::High),
];
const FILTERS: &[(&str, png::Filter)] = &[
    ("no filter", png::Filter::NoFilter),
    ("Up", png::Filter::Up),
    ("Paeth", png::Filter::Paeth),
    ("adaptive", png::Filter::Adaptive),
];

/// How many bytes the `png` crate makes of a picture; what it takes to make RGB of it is counted.
fn crate_png(
    picture: &Pixmap,
    colour: png::ColorType,
    compression: png::Compression,
    filter: png::Filter,
) -> Result<usize> {
    let failed = |cause| pullquote::Error::new("it cannot be encoded").caused_by(cause);
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, picture.width(), picture.height());
    encoder.set_color(colour);
    encoder.set_depth(png::BitDepth::Eight);
    encoder.set_compression(compression);
    encoder.set_filter(filter);
    let mut writer = encoder.write_header().map_err(failed)?;
    let pixels = picture.data().chunks_exact(4);
    let data: Vec<u8> = match colour {
        png::ColorType::Rgb => pixels.flat_map(|it| [it[0], it[1], it[2]]).collect(),
        _ => picture.data().to_vec(),
    };
    writer.write_image_data(&data).map_err(failed)?;
    writer.finish().map_err(failed)?;
    Ok(bytes.len())
}
