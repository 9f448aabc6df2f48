//! What came of a run, as people and programs read it.

use serde_json::json;

use super::args::{Render, Told};
use super::campaign::{Account, Counts, Ledger};
use super::console::Console;
use super::events::{self, Events};
use super::outcome;
use super::report::count;
use crate::diagnostic::Diagnostic;
use crate::error::Result;
use crate::publish::{Document, SHEET};

/// What people want next who see cards that a program chose.
const TO_EDIT: &str = "to choose and edit the words, run `pullquote extract` on the same files with \
    --out deck.yaml, edit deck.yaml and render it\n";

/// Pictures of earlier runs that are listed by name; more are only counted.
const MOST_LISTED: usize = 10;

/// Everything there is to say.
pub struct Summary<'a> {
    /// What was asked for.
    pub args: &'a Render,
    /// What came of the cards.
    pub account: &'a Account<'a>,
    /// The pictures that were bound to one file.
    pub documents: &'a [Document],
    /// What is wrong with documents, inputs and rows that became no cards.
    pub others: &'a [Diagnostic],
    /// What became of pictures of earlier runs.
    pub ledger: &'a Ledger,
    /// How many pictures were found as they were.
    pub unchanged: usize,
    /// How many cards were left out as rejected.
    pub rejected: usize,
    /// Whether there are a manifest and a contact sheet.
    pub has_pages: bool,
    /// Whether the run ended before its end.
    pub is_interrupted: bool,
}

impl Summary<'_> {
    /// Says it, and returns whether any of it is an error.
    ///
    /// # Errors
    ///
    /// Standard output cannot be written.
    pub fn tell(&self, events: &Events, console: &mut Console) -> Result<bool> {
        match self.args.format {
            Told::Rows => {}
            Told::Json => self.tell_programs(events),
            Told::Text => {
                let diagnostics = [self.others, &self.account.diagnostics].concat();
                console.diagnostics(&diagnostics);
                if !self.args.quiet {
                    console.print(&self.text())?;
                }
            }
        }
        let of_cards = outcome::has_errors(&self.account.diagnostics);
        Ok(of_cards || outcome::has_errors(self.others))
    }

    fn tell_programs(&self, events: &Events) {
        // What is wrong with a picture was told with it.
        let found = self.account.diagnostics.iter();
        let of_cards = found.filter(|it| it.place.platform.is_none());
        for diagnostic in self.others.iter().chain(of_cards) {
            let problem = events::problem(diagnostic);
            events.tell(&json!({ "type": "problem", "problem": problem }));
        }
        let Counts { there, failed, .. } = self.account.counts;
        events.tell(&json!({
            "type": "done",
            "made": there - self.unchanged,
            "unchanged": self.unchanged,
            "failed": failed,
            "documents": self.documents.iter().map(|it| it.file.as_str()).collect::<Vec<_>>(),
            "left": self.ledger.left,
            "removed": self.ledger.removed,
            "interrupted": self.is_interrupted,
        }));
    }

    fn text(&self) -> String {
        let Counts {
            there,
            failed,
            made_of,
            ..
        } = self.account.counts;
        let mut text = format!(
            "{} of {} in {}",
            count(there, "image"),
            count(made_of, "card"),
            self.args.out.display()
        );
        if self.unchanged > 0 {
            text += &format!("; {} unchanged", self.unchanged);
        }
        if failed > 0 {
            text += &format!("; {} not made", count(failed, "image"));
        }
        if self.rejected > 0 {
            text += &format!("; {} left out as rejected", count(self.rejected, "card"));
        }
        text += "\n";
        for document in self.documents {
            let bytes = self
                .ledger
                .document(document)
                .map_or(0, |written| written.bytes);
            let pages = count(document.pages.len(), "page");
            let size = bytes.div_ceil(1000);
            let file = self.args.out.join(&document.file);
            text += &format!("document of {pages}, {size} kB: {}\n", file.display());
        }
        text += &list(&self.ledger.removed, "of earlier runs removed");
        let left = "of earlier runs left alone; --prune removes what is no longer wanted";
        text += &list(&self.ledger.left, left);
        if self.is_interrupted {
            text += "interrupted: the same command makes the rest\n";
        } else if self.has_pages {
            let sheet = self.args.out.join(SHEET);
            text += &format!("to see them all, open {}\n", sheet.display());
            if self.account.has_proposed {
                text += TO_EDIT;
            }
        }
        text
    }
}

fn list(files: &[String], what: &str) -> String {
    if files.is_empty() {
        return String::new();
    }
    let names = files.iter().take(MOST_LISTED);
    let names: String = names.map(|file| format!("  {file}\n")).collect();
    let more = match files.len().saturating_sub(MOST_LISTED) {
        0 => String::new(),
        more => format!("  and {more} more\n"),
    };
    format!("{} {what}:\n{names}{more}", count(files.len(), "image"))
}
