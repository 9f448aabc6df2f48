//! Reads the first sheet of an Excel workbook, cell by cell.
//!
//! A cell that holds a number is the number as it is stored: how the sheet shows it depends on the
//! reader's language and is not read. Where that makes a difference, the file is told about once.

use std::collections::BTreeMap;
use std::io::Cursor;

use calamine::{DataRef, Reader, Xlsx, XlsxError};

use super::Rows;
use crate::deck::yaml::{Key, Node, Value};
use crate::diagnostic::{Diagnostic, Place};
use crate::error::{Error, Result};

/// Cells a sheet may have; a guard against small files that unpack without end.
const MOST_CELLS: usize = 4_000_000;

/// Number formats that show what is stored.
const PLAIN: &[&str] = &["general", "@", "0", ""];

/// Reads a workbook; the first row of its first sheet names the columns.
pub(super) fn rows(bytes: &[u8]) -> Result<Rows> {
    let mut book = Xlsx::new(Cursor::new(bytes)).map_err(not_xlsx)?;
    let names = book.sheet_names();
    let Some(name) = names.first() else {
        return Err(Error::new("the workbook has no sheet"));
    };
    let mut reader = book.worksheet_cells_reader(name).map_err(not_xlsx)?;
    let mut sheet = Sheet::default();
    let mut count = 0;
    while let Some((cell, style)) = reader.next_cell_with_style_id().map_err(not_xlsx)? {
        let (row, column) = cell.get_position();
        let place = (row as usize + 1, column as usize + 1);
        let Some((words, is_number)) = words(cell.get_value()) else {
            continue;
        };
        let style = reader.styles().get(style);
        let format = style.and_then(|style| style.number_format.as_ref());
        let format = format.map_or("", |format| format.format_code.as_str());
        if is_number && !PLAIN.contains(&format.to_ascii_lowercase().as_str()) {
            sheet.formatted.get_or_insert((place, words.clone()));
        }
        sheet.rows.entry(place.0).or_default().push((place, words));
        count += 1;
        if count > MOST_CELLS {
            let message = format!("the sheet has more than {MOST_CELLS} cells");
            return Err(Error::new(message).with_hint("save it as CSV"));
        }
    }
    Ok(sheet.table())
}

fn not_xlsx(cause: XlsxError) -> Error {
    let error = Error::new(format!("this is not an Excel workbook (.xlsx): {cause}"));
    error.with_hint("open it in a spreadsheet and save it as XLSX or CSV UTF-8")
}

/// The words of a cell and whether they are a number; `None` for an empty one.
fn words(value: &DataRef<'_>) -> Option<(String, bool)> {
    let (words, is_number) = match value {
        DataRef::String(words) => (words.trim().to_owned(), false),
        DataRef::SharedString(words) => (words.trim().to_owned(), false),
        DataRef::Int(number) => (number.to_string(), true),
        DataRef::Float(number) => (number.to_string(), true),
        DataRef::Bool(is) => (is.to_string(), false),
        DataRef::DateTime(date) => {
            let (year, month, day, ..) = date.to_ymd_hms_milli();
            (format!("{year:04}-{month:02}-{day:02}"), true)
        }
        DataRef::DateTimeIso(words) | DataRef::DurationIso(words) => (words.clone(), true),
        DataRef::Error(fault) => (fault.to_string(), false),
        DataRef::Empty => return None,
    };
    (!words.is_empty()).then_some((words, is_number))
}

/// A cell's place and its words.
type Cell = ((usize, usize), String);

#[derive(Default)]
struct Sheet {
    rows: BTreeMap<usize, Vec<Cell>>,
    /// The first number that the sheet shows in a format of its own.
    formatted: Option<Cell>,
}

impl Sheet {
    fn table(self) -> Rows {
        let mut table = Rows::default();
        let mut rows = self.rows.into_iter();
        let Some((_, header)) = rows.next() else {
            return table;
        };
        let key = |(place, name)| Key::new(name, place);
        table.columns = header.into_iter().map(key).collect();
        let columns = table.columns.iter();
        let columns: BTreeMap<usize, &str> = columns
            .map(|column| (column.place.1, column.name.as_str()))
            .collect();
        for (line, cells) in rows {
            match row(line, cells, &columns) {
                Ok(row) => table.rows.push(row),
                Err(fault) => table.problems.push(fault.to_diagnostic("row-skipped")),
            }
        }
        table.problems.extend(self.formatted.map(formatted));
        table
    }
}

fn row(line: usize, cells: Vec<Cell>, columns: &BTreeMap<usize, &str>) -> Result<Node> {
    let mut entries = Vec::new();
    for (place, words) in cells {
        let Some(name) = columns.get(&place.1) else {
            let message = format!("the cell `{words}` stands in a column without a name");
            let fault = Error::new(message).at(place.0, place.1);
            return Err(fault.with_hint("name the column in the first row"));
        };
        let value = Value::Words(words);
        entries.push((Key::new((*name).to_owned(), place), Node::new(value, place)));
    }
    Ok(Node::new(Value::Map(entries), (line, 1)))
}

fn formatted((place, words): Cell) -> Diagnostic {
    let message = format!(
        "a cell holds the number {words}, which the sheet shows in another form; cards show the number"
    );
    let hint = "format the column as text and type what the card should show, as `4.5%`";
    Diagnostic::warning("number-cell", message)
        .with_hint(hint)
        .at(Place {
            line: Some(place.0),
            column: Some(place.1),
            ..Place::default()
        })
}
