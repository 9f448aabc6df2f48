//! What happens, as JSON Lines for programs.
//!
//! `--format json` tells every step in the order of the plan, whatever the number of threads:
//! `plan`, an `image` for each picture, `problem`s, `done`. `--format rows` has one line for each
//! row of the input in its order, so that a data engine can join the results to its own table.

use std::collections::{BTreeMap, VecDeque};
use std::io::{self, Write};
use std::path::PathBuf;
use std::sync::Mutex;

use serde_json::{Value, json};

use crate::diagnostic::Diagnostic;
use crate::error::{Error, Result};
use crate::publish::{Group, Image, Picture};

/// Where events go.
pub struct Events {
    /// The next picture to tell, and those that are finished before their turn; `None` where nobody
    /// listens.
    waiting: Option<Mutex<(usize, BTreeMap<usize, String>)>>,
}

impl Events {
    /// Tells events, or keeps silent.
    #[must_use]
    pub fn new(is_told: bool) -> Self {
        Self {
            waiting: is_told.then(Mutex::default),
        }
    }

    /// Whether anybody listens.
    #[must_use]
    pub fn is_told(&self) -> bool {
        self.waiting.is_some()
    }

    /// Tells something at once.
    pub fn tell(&self, event: &Value) {
        if self.waiting.is_some() {
            print(&format!("{event}\n"));
        }
    }

    /// Tells what came of the job with that index, when its turn comes.
    pub fn picture(&self, index: usize, picture: &Picture<'_>, is_found: bool) {
        let Some(waiting) = &self.waiting else {
            return;
        };
        let mut event = self::picture(picture, is_found);
        event["type"] = json!("image");
        event["card"] = json!(picture.job.card.id);
        event["row"] = json!(picture.job.card.position.map(|(line, _)| line));
        let mut waiting = waiting.lock().expect("nobody panics while holding it");
        let (next, finished) = &mut *waiting;
        finished.insert(index, format!("{event}\n"));
        let mut lines = String::new();
        while let Some(line) = finished.remove(next) {
            lines.push_str(&line);
            *next += 1;
        }
        print(&lines);
    }
}

/// A picture with its file, or why there is none.
fn picture(picture: &Picture<'_>, is_found: bool) -> Value {
    let state = match (&picture.image, is_found) {
        (None, _) => "failed",
        (Some(_), true) => "unchanged",
        (Some(_), false) => "made",
    };
    let mut value = json!({
        "type": null, "card": null, "row": null,
        "platform": picture.job.platform.id,
        "state": state,
    });
    if let Some(image) = &picture.image {
        let Image {
            file,
            width,
            height,
            bytes,
            sha256,
            alt,
        } = &**image;
        value["file"] = json!(file);
        value["width"] = json!(width);
        value["height"] = json!(height);
        value["bytes"] = json!(bytes);
        value["sha256"] = json!(sha256);
        value["alt"] = json!(alt);
    }
    let problems: Vec<Value> = picture.diagnostics.iter().map(problem).collect();
    if !problems.is_empty() {
        value["problems"] = json!(problems);
    }
    value
}

/// A diagnostic as JSON.
#[must_use]
pub fn problem(diagnostic: &Diagnostic) -> Value {
    json!({
        "card": diagnostic.place.card,
        "code": diagnostic.code,
        "severity": diagnostic.severity.name(),
        "message": diagnostic.message,
        "hint": diagnostic.hint,
        "field": diagnostic.place.field,
        "file": diagnostic.place.file.as_ref().map(|file| file.display().to_string()),
        "row": diagnostic.place.line,
        "column": diagnostic.place.column,
    })
}

/// One line for each row, those that were left out included, in the order of the inputs.
#[derive(Default)]
pub struct Rows {
    /// Rows that were left out, deck by deck, those to be told next at the front.
    skipped: BTreeMap<usize, VecDeque<Diagnostic>>,
    /// Why not all lines were told.
    fault: Option<io::Error>,
}

impl Rows {
    /// Tells nothing yet; `others` are findings about inputs, rows that were left out among them, and `paths`
    /// the files of the decks.
    #[must_use]
    pub fn new(others: &[Diagnostic], paths: &[Option<PathBuf>]) -> Self {
        let mut rows = Self::default();
        for fault in others.iter().filter(|it| it.code == "row-skipped") {
            let is_own = |path: &Option<PathBuf>| *path == fault.place.file;
            let number = paths.iter().position(is_own).unwrap_or(paths.len());
            let skipped = rows.skipped.entry(number).or_default();
            skipped.push_back(fault.clone());
        }
        rows
    }

    /// Tells what came of a deck, or of the next cards of one.
    pub fn add(&mut self, group: &Group<'_>) {
        let mut lines = String::new();
        for card in &group.cards {
            let row = card.card.position.map_or(0, |(line, _)| line);
            let images: Vec<Value> = card.pictures.iter().map(image).collect();
            let is_made = card.pictures.iter().all(|it| it.image.is_some());
            let problems: Vec<Value> = card.diagnostics.iter().map(problem).collect();
            let line = json!({
                "row": row,
                "card": card.card.id,
                "state": if is_made { "made" } else { "failed" },
                "images": images,
                "problems": problems,
            });
            lines += &self.skipped_before((group.number, row));
            lines += &format!("{line}\n");
        }
        self.tell(&lines);
    }

    /// Tells the rows that are left.
    ///
    /// # Errors
    ///
    /// Standard output could not be written, unless its reader was gone.
    pub fn finish(mut self) -> Result<()> {
        let lines = self.skipped_before((usize::MAX, 0));
        self.tell(&lines);
        match self.fault {
            Some(cause) if cause.kind() != io::ErrorKind::BrokenPipe => {
                Err(Error::new(format!("cannot print: {cause}")).caused_by(cause))
            }
            _ => Ok(()),
        }
    }

    /// The rows before one of a deck that were left out and were not told.
    fn skipped_before(&mut self, (deck, row): (usize, usize)) -> String {
        let mut lines = String::new();
        let line = |fault: &Diagnostic| fault.place.line.unwrap_or(0);
        while let Some(mut first) = self.skipped.first_entry().filter(|it| *it.key() <= deck) {
            let is_due = |fault: &Diagnostic| *first.key() < deck || line(fault) < row;
            if !first.get().front().is_some_and(is_due) {
                if first.get().is_empty() {
                    first.remove();
                    continue;
                }
                break;
            }
            if let Some(fault) = first.get_mut().pop_front() {
                let told = json!({
                    "row": line(&fault), "card": null, "state": "skipped", "images": [],
                    "problems": [problem(&fault)],
                });
                lines += &format!("{told}\n");
            }
        }
        lines
    }

    fn tell(&mut self, lines: &str) {
        if self.fault.is_none() {
            let mut out = io::stdout().lock();
            let told = out.write_all(lines.as_bytes()).and_then(|()| out.flush());
            self.fault = told.err();
        }
    }
}

fn image(picture: &Picture<'_>) -> Value {
    let mut value = self::picture(picture, false);
    if let Some(entries) = value.as_object_mut() {
        for key in ["type", "card", "row"] {
            entries.shift_remove(key);
        }
    }
    value
}

/// A reader who is gone needs nothing more; the pictures are made all the same.
fn print(text: &str) {
    let _ = io::stdout().lock().write_all(text.as_bytes());
}
