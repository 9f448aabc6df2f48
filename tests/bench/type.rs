//! Measures of setting type, by hand: `cargo bench --bench type -- lines > lines.json` gives the
//! lines and sizes of the corpus in plain boxes, for `browser.py` (`-- lines quoted`: with their
//! marks, which hang); `-- speed` times the fitter;
//! `-- once 1000` sets one quotation of 60 words so often, for callgrind.

#![allow(clippy::print_stdout, reason = "a program for people at a terminal")]

#[path = "../setting/mod.rs"]
mod setting;

use std::hint::black_box;
use std::time::Instant;

use pullquote::text::Fonts;
use serde_json::{Value, json};
use setting::{BOARDS, Board, Quotation, Set, hung, plain, quotations, quoted};

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let fonts = Fonts::bundled();
    match words[..] {
        ["lines", "quoted", ..] => println!("{}", lines(&fonts, quoted)),
        ["lines", ..] => println!("{}", lines(&fonts, bare)),
        ["once", count, ..] => once(&fonts, count.parse().expect("a number")),
        _ => speed(&fonts),
    }
}

/// Sets a quotation on a board, and gives what a browser is to set.
type Setter = fn(&Fonts, &Quotation, &Board) -> Option<(Set, String)>;

fn bare(fonts: &Fonts, quotation: &Quotation, board: &Board) -> Option<(Set, String)> {
    plain(fonts, quotation, board).map(|set| (set, quotation.words.to_owned()))
}

/// The corpus on all boards.
fn lines(fonts: &Fonts, setter: Setter) -> Value {
    let mut found = Vec::new();
    for quotation in quotations() {
        for board in BOARDS {
            if let Some((set, text)) = setter(fonts, &quotation, board) {
                found.push(row(fonts, (quotation.lang, &text), board, &set));
            }
        }
    }
    json!(found)
}

fn row(fonts: &Fonts, (lang, text): (&str, &str), board: &Board, set: &Set) -> Value {
    let look = set.look;
    let run = set.fitted.lines.iter().find_map(|line| line.runs.first());
    let cap = run.map_or(0.0, |run| fonts.metrics(run.face).cap_height.0);
    let family = run.map_or(look.family, |run| fonts.family_name(run.face));
    json!({
        "lang": lang, "text": text, "board": board.name,
        "width": board.rect.2, "height": board.rect.3,
        "family": family, "weight": look.weight, "tracking": look.tracking,
        "leading": look.leading.0, "cap": cap, "min": look.sizes.0, "max": look.sizes.1,
        "max_lines": look.max_lines, "size": set.fitted.size.0,
        "lines": set.lines().collect::<Vec<_>>(), "widths": set.widths(),
    })
}

/// The longest quotation of the corpus, to 60 words.
fn longest() -> Quotation {
    let all = quotations().into_iter();
    let count = |quotation: &Quotation| quotation.words.split_whitespace().count();
    all.filter(|quotation| quotation.lang == "en" && count(quotation) <= 60)
        .max_by_key(count)
        .expect("there are quotations")
}

fn once(fonts: &Fonts, count: usize) {
    let quotation = longest();
    for _ in 0..count {
        black_box(hung(fonts, &quotation, &BOARDS[1]));
    }
}

/// Minimum and median of a thousand settings, of which each shapes, fits, breaks and places.
fn speed(fonts: &Fonts) {
    let all = quotations();
    let longest = longest();
    let words = |quotation: &Quotation| quotation.words.split_whitespace().count();
    let medium = all.iter().find(|it| words(it) == 32).unwrap_or(&longest);
    let short = all.iter().find(|it| words(it) == 6).unwrap_or(&longest);
    for quotation in [short, medium, &longest] {
        for board in BOARDS {
            let mut times: Vec<f64> = (0..1000).map(|_| time(fonts, quotation, board)).collect();
            times.sort_by(f64::total_cmp);
            println!(
                "{:2} words, {:9}  {:6.3} ms at least, {:6.3} ms in the middle",
                words(quotation),
                board.name,
                times[0],
                times[times.len() / 2]
            );
        }
    }
}

fn time(fonts: &Fonts, quotation: &Quotation, board: &Board) -> f64 {
    let start = Instant::now();
    black_box(hung(fonts, quotation, board));
    start.elapsed().as_secs_f64() * 1000.0
}
