//! Extraction on a corpus of our own, against gold written by hand: a floor that may only rise.
//!
//! Every article of `tests/corpus` stands beside its gold (`NAME.gold`, YAML): the quotations of
//! four words or more with who said them, statistics with their fields, and what must never be
//! offered (`not`). A `by` that is left out is not scored; `by: nobody` asks that nobody is named.
//!
//! `CORPUS=accept cargo test --test corpus` writes better figures to `tests/corpus/FLOOR.toml` and
//! what is missed to `tests/corpus/MISSES.md`. Worse figures always fail.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use pullquote::{article, extract};
use serde::Deserialize;
use serde_json::Value as Json;

const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/corpus");

/// A quotation of fewer words is not a card.
const FEWEST_WORDS: usize = 4;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Gold {
    quotes: Vec<GoldQuote>,
    statistics: Vec<BTreeMap<String, String>>,
    #[serde(default)]
    not: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct GoldQuote {
    words: String,
    by: Option<String>,
    role: Option<String>,
}

/// What was right out of how many.
#[derive(Clone, Copy, Debug, Default, Deserialize)]
struct Share {
    right: usize,
    of: usize,
}

/// The figures of a run, by measure.
#[derive(Debug, Default, Deserialize)]
struct Figures {
    #[serde(flatten)]
    shares: BTreeMap<String, Share>,
}

impl Figures {
    fn score(&mut self, measure: &str, is_right: bool) {
        let share = self.shares.entry(measure.to_owned()).or_default();
        share.of += 1;
        share.right += usize::from(is_right);
    }

    fn to_toml(&self) -> String {
        let lines = self.shares.iter().map(|(measure, Share { right, of })| {
            format!("{measure} = {{ right = {right}, of = {of} }}\n")
        });
        lines.collect()
    }
}

/// One article with what the program found and what it should have.
struct Trial {
    name: String,
    gold: Gold,
    found: Json,
}

impl Trial {
    fn read(path: &Path) -> Self {
        let name = path.file_stem().expect("it has a name");
        let source = path.with_file_name(name);
        let gold = fs::read_to_string(path).expect("the gold can be read");
        let gold =
            serde_saphyr::from_str(&gold).unwrap_or_else(|cause| panic!("{path:?}: {cause}"));
        let article = article::load(&source).unwrap_or_else(|cause| panic!("{source:?}: {cause}"));
        let found = extract::everything(&article);
        Self {
            name: name.to_string_lossy().into_owned(),
            gold,
            found: extract::record(&article, &found.candidates, &found.quantities),
        }
    }

    /// Speech that was found, by its words.
    fn quotes(&self) -> Vec<(String, &Json)> {
        let all = self.found["quotes"].as_array().expect("a list");
        all.iter()
            .map(|quote| (words(quote["text"].as_str().expect("a text")), quote))
            .filter(|(text, _)| is_long(text))
            .collect()
    }

    fn score(&self, figures: &mut Figures, misses: &mut String) {
        let mut missed = Vec::new();
        let found = self.quotes();
        for gold in &self.gold.quotes {
            let hit = found.iter().find(|(text, _)| *text == words(&gold.words));
            figures.score("quotations-found", hit.is_some());
            match hit {
                Some((_, quote)) => score_speaker(gold, quote, figures, &mut missed),
                None => missed.push(format!("not found: {}", gold.words)),
            }
        }
        for (text, _) in &found {
            let is_gold = self
                .gold
                .quotes
                .iter()
                .any(|gold| words(&gold.words) == *text);
            figures.score("quotations-that-are", is_gold);
            if !is_gold {
                missed.push(format!("not a quotation: {text}"));
            }
        }
        self.score_statistics(figures, &mut missed);
        if !missed.is_empty() {
            let _ = write!(misses, "\n{}\n", self.name);
            missed
                .iter()
                .for_each(|miss| _ = writeln!(misses, "- {miss}"));
        }
    }

    fn score_statistics(&self, figures: &mut Figures, missed: &mut Vec<String>) {
        let found = self.found["statistics"].as_array().expect("a list");
        for gold in &self.gold.statistics {
            let figure = gold["figure"].as_str();
            let hit = found.iter().find(|found| found["figure"] == figure);
            figures.score("statistics-found", hit.is_some());
            let Some(hit) = hit else {
                missed.push(format!("no statistic: {figure}"));
                continue;
            };
            for (field, wanted) in gold.iter().filter(|(field, _)| *field != "figure") {
                let is_right = hit[field] == wanted.as_str();
                figures.score(&format!("statistics-{field}"), is_right);
                if !is_right {
                    missed.push(format!("{figure}: {field} {wanted:?}, not {}", hit[field]));
                }
            }
        }
        for never in &self.gold.not {
            let quotes = self.quotes();
            let is_offered = found.iter().any(|found| found["figure"] == never.as_str())
                || quotes.iter().any(|(text, _)| *text == words(never));
            figures.score("refused", !is_offered);
            if is_offered {
                missed.push(format!("offered: {never}"));
            }
        }
    }
}

fn score_speaker(gold: &GoldQuote, quote: &Json, figures: &mut Figures, missed: &mut Vec<String>) {
    let speaker = &quote["speaker"];
    let name = speaker["name"].as_str().or(speaker["mention"].as_str());
    if let Some(by) = &gold.by {
        let wanted = (by != "nobody").then_some(by.as_str());
        figures.score("speakers", name == wanted);
        if name.is_some() {
            figures.score("speakers-named", name == wanted);
        }
        if name != wanted {
            missed.push(format!("by {by:?}, not {name:?}: {}", gold.words));
        }
    }
    if let Some(role) = &gold.role {
        let found = speaker["role"].as_str();
        figures.score("roles", found == Some(role));
        if found != Some(role) {
            missed.push(format!("role {role:?}, not {found:?}: {}", gold.words));
        }
    }
}

/// Whether there are enough words for a card; Japanese sets no spaces between them.
fn is_long(text: &str) -> bool {
    text.split(' ').count() >= FEWEST_WORDS
        || !text.is_ascii() && !text.contains(' ') && text.chars().count() >= 2 * FEWEST_WORDS
}

/// Words without the punctuation at their end, which belongs to the sentence around them.
fn words(text: &str) -> String {
    let folded: Vec<_> = text.split_whitespace().collect();
    folded.join(" ").trim_end_matches([',', '.']).to_owned()
}

fn golds() -> Vec<PathBuf> {
    let entries = fs::read_dir(FOLDER).expect("the corpus is there");
    let mut paths: Vec<_> = entries
        .map(|entry| entry.expect("it can be read").path())
        .filter(|path| {
            path.extension()
                .is_some_and(|extension| extension == "gold")
        })
        .collect();
    paths.sort();
    paths
}

#[test]
fn extraction_is_no_worse_than_it_was() {
    let golds = golds();
    assert!(golds.len() >= 60, "{} articles", golds.len());
    let mut figures = Figures::default();
    let mut misses = String::from(
        "# What extraction misses in our own corpus\n\nWritten by `CORPUS=accept cargo test --test corpus`.\n",
    );
    for gold in &golds {
        Trial::read(gold).score(&mut figures, &mut misses);
    }
    let floor_path = Path::new(FOLDER).join("FLOOR.toml");
    let floor = fs::read_to_string(&floor_path).unwrap_or_default();
    let floor: Figures = toml::from_str(&floor).expect("the floor is TOML");
    let worse = worse(&figures, &floor);
    assert!(worse.is_empty(), "{}\n{misses}", worse.join("\n"));
    if std::env::var("CORPUS").is_ok_and(|how| how == "accept") {
        fs::write(&floor_path, figures.to_toml()).expect("the floor can be written");
        fs::write(Path::new(FOLDER).join("MISSES.md"), misses).expect("it can be written");
    }
}

/// The measures whose share has fallen.
fn worse(figures: &Figures, floor: &Figures) -> Vec<String> {
    let fallen = floor.shares.iter().filter_map(|(measure, floor)| {
        let now = figures.shares.get(measure).copied().unwrap_or_default();
        let is_worse = now.right * floor.of < floor.right * now.of || now.of == 0;
        is_worse.then(|| {
            format!(
                "{measure}: {} of {}, was {} of {}",
                now.right, now.of, floor.right, floor.of
            )
        })
    });
    fallen.collect()
}
