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

use std::path::Path;

use super::yaml::Node;
use super::{Deck, read, yaml};
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

/// Rows as they were read, keys still named as the columns are.
#[derive(Default)]
struct Rows {
    /// The names of the columns, in the order of the file, with their places.
    columns: Vec<yaml::Key>,
    /// What could be read.
    rows: Vec<Node>,
    /// What could not, and what else people should know.
    problems: Vec<Diagnostic>,
}

/// Reads a deck of any format; `path` is for messages and for the paths of articles in it.
///
/// # Errors
///
/// A file that is not what its format says, columns that are named twice or hold nothing that a
/// card could show, as [`read()`](super::read) for decks; with file, line and column.
pub fn read_as(path: &Path, bytes: &[u8], format: Format, mapping: &Mapping) -> Result<Intake> {
    let intake = parse(path, bytes, format, mapping);
    let mut intake = intake.map_err(|error| error.in_file(path))?;
    intake.deck.path = Some(path.to_owned());
    for problem in &mut intake.problems {
        problem.place.file = Some(path.to_owned());
    }
    Ok(intake)
}

fn parse(path: &Path, bytes: &[u8], format: Format, mapping: &Mapping) -> Result<Intake> {
    let rows = match format {
        Format::Yaml => {
            let deck = read(path, &decode(bytes)?)?;
            return Ok(whole(deck));
        }
        Format::Toml => {
            let node = toml::parse(&decode(bytes)?)?;
            return read::deck(Some(&node)).map(whole);
        }
        Format::Json => match json::document(&decode(bytes)?)? {
            json::Document::Deck(node) => return read::deck(Some(&node)).map(whole),
            json::Document::Rows(rows) => rows,
        },
        Format::Jsonl => json::lines(&decode(bytes)?),
        Format::Csv => csv::rows(&decode(bytes)?)?,
        Format::Xlsx => xlsx::rows(bytes)?,
    };
    cards(rows, mapping)
}

fn whole(deck: Deck) -> Intake {
    Intake {
        deck,
        problems: Vec::new(),
    }
}

/// The cards of a table's rows.
fn cards(table: Rows, mapping: &Mapping) -> Result<Intake> {
    let Rows {
        columns,
        rows,
        mut problems,
    } = table;
    if rows.is_empty() && problems.is_empty() {
        return Err(Error::new("the table has no rows")
            .with_hint("the first row names the columns, each row below it is a card"));
    }
    let columns = columns::Columns::new(&columns, mapping)?;
    problems.extend(columns.unused());
    // Row by row: what a row was read into is gone when its card is there.
    let rows = rows.into_iter().map(|row| columns.name(row));
    let (cards, extras, faults) = read::rows(rows);
    problems.extend(
        faults
            .iter()
            .map(|fault| fault.to_diagnostic("row-skipped")),
    );
    problems.sort_by_key(|problem| problem.place.line);
    let extras = cards
        .iter()
        .zip(extras)
        .filter(|(_, cells)| !cells.is_empty());
    let deck = Deck {
        columns: extras
            .map(|(card, cells)| (card.id.clone(), cells))
            .collect(),
        cards,
        ..Deck::default()
    };
    Ok(Intake { deck, problems })
}

#[cfg(test)]
mod tests;
