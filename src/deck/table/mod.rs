//! Reads decks in whatever format people keep them: YAML, TOML, JSON, JSON Lines, CSV, XLSX.
//!
//! In: the bytes of a file and how its columns are called. Out: a [`Deck`], and what is wrong with
//! the rows that are not in it, each with row and column.
//!
//! A deck that people write by hand (YAML, TOML, a JSON object with `cards`) is read whole or not at
//! all. A table (CSV, XLSX, a JSON array, JSON Lines) comes out of other programs, row by row: a row
//! with a fault is left out and told, and the others go on.

mod columns;
mod csv;
mod json;
mod places;
mod text;
mod toml;
mod xlsx;

use std::collections::BTreeMap;
use std::path::Path;

use super::yaml::{Key, Node};
use super::{Card, Deck, read};
use crate::diagnostic::Diagnostic;
use crate::error::{Error, Result};

pub use columns::Mapping;
pub use text::decode;

/// What a deck is written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// YAML, for people.
    Yaml,
    /// TOML, for people.
    Toml,
    /// A JSON array of rows, or an object as in YAML.
    Json,
    /// A JSON object in each line.
    Jsonl,
    /// Comma-separated values (RFC 4180), also with semicolons, tabs or bars.
    Csv,
    /// The first sheet of an Excel workbook.
    Xlsx,
}

/// A deck that was read, and what is wrong with rows that are not in it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Intake {
    /// The cards that could be read.
    pub deck: Deck,
    /// Rows left out and columns without use, in the order of the file.
    pub problems: Vec<Diagnostic>,
}

impl Format {
    /// The format that a file's ending stands for, in lower case and without the dot.
    #[must_use]
    pub fn from_ending(ending: &str) -> Option<Self> {
        Some(match ending {
            "yaml" | "yml" => Self::Yaml,
            "toml" => Self::Toml,
            "json" => Self::Json,
            "jsonl" | "ndjson" => Self::Jsonl,
            "csv" | "tsv" => Self::Csv,
            "xlsx" | "xlsm" => Self::Xlsx,
            _ => return None,
        })
    }

    /// Whether each row is a card of its own, so that one with a fault does not stop the others.
    #[must_use]
    pub fn is_table(self) -> bool {
        !matches!(self, Self::Yaml | Self::Toml)
    }
}

/// The cells of a row that its card does not show, by the names of their columns.
pub type Cells = BTreeMap<String, String>;

/// A table whose rows are read as often as they are needed.
trait Table {
    /// The names of the columns, in the order of the file, with their places.
    fn columns(&self) -> Result<Vec<Key>>;

    /// Hands over row by row, keys still named as the columns are, or why one cannot be read.
    ///
    /// # Errors
    ///
    /// The rest cannot be read.
    fn each(&self, take: &mut dyn FnMut(Result<Node>)) -> Result<()>;

    /// What else is wrong with it.
    fn problems(&self) -> Vec<Diagnostic> {
        Vec::new()
    }
}

/// Rows that had to be read all at once.
#[derive(Default)]
struct Rows {
    columns: Vec<Key>,
    rows: Vec<Node>,
    problems: Vec<Diagnostic>,
}

impl Table for Rows {
    fn columns(&self) -> Result<Vec<Key>> {
        Ok(self.columns.clone())
    }

    fn each(&self, take: &mut dyn FnMut(Result<Node>)) -> Result<()> {
        for row in &self.rows {
            take(Ok(row.clone()));
        }
        Ok(())
    }

    fn problems(&self) -> Vec<Diagnostic> {
        self.problems.clone()
    }
}

/// Reads a deck of any format; `path` is for messages and for the paths of articles in it.
///
/// # Errors
///
/// A file that is not what its format says, columns that are named twice or hold nothing that a
/// card could show, as [`read()`](super::read) for decks; with file, line and column.
pub fn read_as(path: &Path, bytes: &[u8], format: Format, mapping: &Mapping) -> Result<Intake> {
    let mut cards = Vec::new();
    let mut columns = BTreeMap::new();
    let mut intake = read_each(path, bytes, (format, mapping), &mut |card: Card, cells| {
        if !cells.is_empty() {
            columns.insert(card.id.clone(), cells);
        }
        cards.push(card);
    })?;
    intake.deck.cards = cards;
    intake.deck.columns = columns;
    Ok(intake)
}

/// As [`read_as`], but hands the cards over one by one, each with the cells that it does not show, so that
/// a table of a million rows need not be in memory. The deck that is returned has none.
///
/// # Errors
///
/// As [`read_as`]; no card was handed over then.
pub fn read_each(
    path: &Path,
    bytes: &[u8],
    (format, mapping): (Format, &Mapping),
    take: &mut dyn FnMut(Card, Cells),
) -> Result<Intake> {
    let intake = parse(bytes, (format, mapping), take);
    let mut intake = intake.map_err(|error| error.in_file(path))?;
    intake.deck.path = Some(path.to_owned());
    for problem in &mut intake.problems {
        problem.place.file = Some(path.to_owned());
    }
    Ok(intake)
}

fn alone(deck: Deck) -> Intake {
    Intake {
        deck,
        problems: Vec::new(),
    }
}

fn parse(
    bytes: &[u8],
    (format, mapping): (Format, &Mapping),
    take: &mut dyn FnMut(Card, Cells),
) -> Result<Intake> {
    let mut whole = |mut deck: Deck| {
        for card in std::mem::take(&mut deck.cards) {
            take(card, Cells::new());
        }
        Ok(alone(deck))
    };
    match format {
        Format::Yaml => {
            let deck = read::each(&decode(bytes)?, &mut |card| take(card, Cells::new()));
            deck.map(alone)
        }
        Format::Toml => whole(read::deck(Some(&toml::parse(&decode(bytes)?)?))?),
        Format::Json => match json::document(&decode(bytes)?)? {
            json::Document::Deck(node) => whole(read::deck(Some(&node))?),
            json::Document::Rows(rows) => cards(&rows, mapping, take),
        },
        Format::Jsonl => cards(&json::Lines::new(&decode(bytes)?), mapping, take),
        Format::Csv => cards(&csv::Text::new(&decode(bytes)?), mapping, take),
        Format::Xlsx => cards(&xlsx::rows(bytes)?, mapping, take),
    }
}

/// The cards of a table's rows.
fn cards(
    table: &dyn Table,
    mapping: &Mapping,
    take: &mut dyn FnMut(Card, Cells),
) -> Result<Intake> {
    let names = table.columns()?;
    let columns = columns::Columns::new(&names, mapping);
    let mut reader = read::Table::default();
    let (mut row, mut broken, mut faults) = (0, Vec::new(), Vec::new());
    table.each(&mut |found| match (found, &columns) {
        (Ok(node), Ok(columns)) => {
            faults.extend(reader.note(row, &columns.name(node).0).err());
            row += 1;
        }
        (Ok(_), Err(_)) => row += 1,
        (Err(fault), _) => broken.push(fault),
    })?;
    let mut problems = skipped(&broken);
    problems.extend(table.problems());
    if row == 0 && problems.is_empty() {
        return Err(Error::new("the table has no rows")
            .with_hint("the first row names the columns, each row below it is a card"));
    }
    let columns = columns?;
    problems.extend(columns.unused());
    problems.extend(skipped(&faults));
    problems.sort_by_key(|problem| problem.place.line);
    let mut row = 0;
    table.each(&mut |found| {
        let Ok(node) = found else {
            return;
        };
        let (node, cells) = columns.name(node);
        if let Some(card) = reader.card(row, &node) {
            take(card, cells);
        }
        row += 1;
    })?;
    let deck = Deck {
        column_names: columns.extra(),
        ..Deck::default()
    };
    Ok(Intake { deck, problems })
}

/// `row-skipped`.
fn skipped(faults: &[Error]) -> Vec<Diagnostic> {
    let faults = faults.iter();
    faults
        .map(|fault| fault.to_diagnostic("row-skipped"))
        .collect()
}

#[cfg(test)]
mod tests;
