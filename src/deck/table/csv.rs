//! Reads CSV: RFC 4180, and what spreadsheets make of it.
//!
//! The separator is the one that stands most often in the first line outside quotation marks; a
//! first line `sep=;`, which Excel understands, says it too.

use std::ops::ControlFlow;

use csv::{ByteRecord, ReaderBuilder, Trim};

use super::Table;
use crate::deck::yaml::{Key, Node, Value};
use crate::error::{Error, Result};

/// Characters a cell may have. Longer ones are most often a quotation mark that was never closed.
const LONGEST_CELL: usize = 20_000;

/// Columns a table may have: as many as Excel.
const MOST_COLUMNS: usize = 16_384;

/// A table; its first row names the columns.
pub(super) struct Text<'a> {
    text: &'a str,
    separator: u8,
    /// Lines before `text`.
    before: usize,
}

impl<'a> Text<'a> {
    /// Finds the separator.
    pub(super) fn new(text: &'a str) -> Self {
        let (separator, text, before) = separator(text);
        Self {
            text,
            separator,
            before,
        }
    }

    /// Hands over row by row, each with its line, until that is enough.
    fn records(&self, mut take: impl FnMut(&ByteRecord, usize) -> ControlFlow<()>) -> Result<()> {
        let mut reader = ReaderBuilder::new()
            .delimiter(self.separator)
            .has_headers(false)
            .flexible(true)
            .trim(Trim::None)
            .from_reader(self.text.as_bytes());
        let mut record = ByteRecord::new();
        let mut lines = Lines::new(self.text, self.before);
        while reader.read_byte_record(&mut record).map_err(not_csv)? {
            let at = record.position().map_or(0, csv::Position::byte);
            let line = lines.of(usize::try_from(at).unwrap_or(usize::MAX));
            if take(&record, line).is_break() {
                break;
            }
        }
        Ok(())
    }
}

impl Table for Text<'_> {
    fn columns(&self) -> Result<Vec<Key>> {
        let mut columns = Ok(Vec::new());
        self.records(|record, line| {
            columns = header(record, line);
            ControlFlow::Break(())
        })?;
        columns
    }

    fn each(&self, take: &mut dyn FnMut(Result<Node>)) -> Result<()> {
        let columns = self.columns()?;
        let mut is_header = true;
        self.records(|record, line| {
            let is_row = !std::mem::take(&mut is_header);
            if is_row && record.iter().any(|cell| !cell.trim_ascii().is_empty()) {
                take(row(record, line, &columns));
            }
            ControlFlow::Continue(())
        })
    }
}

fn not_csv(cause: csv::Error) -> Error {
    Error::new(format!("this is not CSV: {cause}")).caused_by(cause)
}

fn words(cell: &[u8]) -> String {
    String::from_utf8_lossy(cell).trim().to_owned()
}

fn header(record: &ByteRecord, line: usize) -> Result<Vec<Key>> {
    if record.len() > MOST_COLUMNS {
        let message = format!("the table has {} columns", record.len());
        return Err(Error::new(message).with_hint(format!("it may have up to {MOST_COLUMNS}")));
    }
    let key = |(index, cell)| Key::new(words(cell), (line, index + 1));
    Ok(record.iter().enumerate().map(key).collect())
}

fn row(record: &ByteRecord, line: usize, columns: &[Key]) -> Result<Node> {
    let skipped = |column: usize, message: String, hint: String| {
        Err(Error::new(message).at(line, column).with_hint(hint))
    };
    let filled = |cell: &[u8]| !cell.trim_ascii().is_empty();
    let last = record.iter().rposition(filled).unwrap_or(0);
    if last >= columns.len() {
        let message = format!(
            "the row has {} cells, the header {}",
            last + 1,
            columns.len()
        );
        let hint = "put quotation marks around cells that have the separator in them".to_owned();
        return skipped(columns.len() + 1, message, hint);
    }
    let mut entries = Vec::with_capacity(record.len());
    for (index, (cell, column)) in record.iter().zip(columns).enumerate() {
        let length = cell.len();
        if length > LONGEST_CELL {
            let message = format!("the cell `{}` is {length} bytes long", column.name);
            let hint = "close the quotation mark that begins it, or shorten it".to_owned();
            return skipped(index + 1, message, hint);
        }
        let words = words(cell);
        let place = (line, index + 1);
        let value = match words.is_empty() {
            true => Value::Nothing,
            false => Value::Words(words),
        };
        let name = column.name.clone();
        entries.push((Key::new(name, place), Node::new(value, place)));
    }
    Ok(Node::new(Value::Map(entries), (line, 1)))
}

/// The separator, the text behind a line that names it, and how many lines that is.
fn separator(text: &str) -> (u8, &str, usize) {
    let (first, rest) = text.split_once('\n').unwrap_or((text, ""));
    let named = first.trim_end().strip_prefix("sep=").map(str::as_bytes);
    if let Some([separator]) = named {
        return (*separator, rest, 1);
    }
    let mut counts = [(b',', 0_usize), (b';', 0), (b'\t', 0), (b'|', 0)];
    let mut is_quoted = false;
    for byte in text.bytes().take_while(|byte| *byte != b'\n') {
        is_quoted ^= byte == b'"';
        let count = counts.iter_mut().find(|(separator, _)| *separator == byte);
        if let (false, Some((_, count))) = (is_quoted, count) {
            *count += 1;
        }
    }
    let most = counts.iter().rev().max_by_key(|(_, count)| *count);
    (most.map_or(b',', |(separator, _)| *separator), text, 0)
}

/// Line numbers of growing offsets: cells may have lines of their own, and empty lines are passed
/// over, so that counting records would not do.
struct Lines<'a> {
    text: &'a [u8],
    offset: usize,
    line: usize,
}

impl<'a> Lines<'a> {
    fn new(text: &'a str, before: usize) -> Self {
        Self {
            text: text.as_bytes(),
            offset: 0,
            line: before + 1,
        }
    }

    fn of(&mut self, offset: usize) -> usize {
        // A record begins behind the line break before it, and empty lines belong to the next.
        let is_break = |byte: &&u8| matches!(**byte, b'\n' | b'\r');
        let empty = self.text.get(offset..).unwrap_or_default();
        let start = offset + empty.iter().take_while(is_break).count();
        let passed = self.text.get(self.offset..start).unwrap_or_default();
        self.line += passed.iter().filter(|byte| **byte == b'\n').count();
        self.offset = start;
        self.line
    }
}
