//! What came of a run, as people and programs read it.

use serde_json::json;

use super::args::{Render, Told};
use super::campaign::Ledger;
use super::console::Console;
use super::events::{self, Events};
use super::outcome;
use super::report::count;
use crate::diagnostic::Diagnostic;
use crate::error::Result;
use crate::publish::{Document, Group, SHEET};

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
    pub groups: &'a [Group<'a>],
    /// The pictures that were bound to one file.
    pub documents: &'a [Document<'a>],
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
        let mut diagnostics = self.others.to_vec();
        diagnostics.extend(outcome::diagnostics(self.groups));
        match self.args.format {
            Told::Rows => console.print(&events::rows(self.groups, self.others))?,
            Told::Json => self.tell_programs(events),
            Told::Text => {
                console.diagnostics(&diagnostics);
                if !self.args.quiet {
                    console.print(&self.text())?;
                }
            }
        }
        Ok(outcome::has_errors(&diagnostics))
    }

    fn tell_programs(&self, events: &Events) {
        let cards = self.groups.iter().flat_map(|group| &group.cards);
        let of_cards = cards.flat_map(|card| &card.diagnostics);
        for diagnostic in self.others.iter().chain(of_cards) {
            let problem = events::problem(diagnostic);
            events.tell(&json!({ "type": "problem", "problem": problem }));
        }
        let (there, failed) = self.counts();
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

    /// How many pictures there are, and how many there should be beside them.
    fn counts(&self) -> (usize, usize) {
        let cards = self.groups.iter().flat_map(|group| &group.cards);
        let pictures = cards.flat_map(|card| &card.pictures);
        let (there, failed): (Vec<_>, Vec<_>) = pictures.partition(|it| it.image.is_some());
        (there.len(), failed.len())
    }

    fn text(&self) -> String {
        let (there, failed) = self.counts();
        let cards = self.groups.iter().flat_map(|group| &group.cards);
        let made_of = cards.filter(|card| card.pictures.iter().any(|p| p.image.is_some()));
        let mut text = format!(
            "{} of {} in {}",
            count(there, "image"),
            count(made_of.count(), "card"),
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
            if self.groups.iter().any(|group| group.deck.path.is_none()) {
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
