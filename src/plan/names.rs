//! The names that images are given, none of them twice.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::Job;
use crate::deck::{self, Card, Deck, NameKey, name_key, slug};
use crate::error::{Error, Result};

/// Characters a folder's or a file's name may have: with the longest platform and ending, paths
/// stay below the 260 that Windows allows.
const LONGEST_NAME: usize = 64;

/// The names given so far.
#[derive(Default)]
pub(super) struct Names {
    /// By the path of the article or deck: the folder, and the names in it.
    folders: BTreeMap<PathBuf, (String, deck::Names)>,
    taken: deck::Names,
}

impl Names {
    /// The folder and the first part of the file name of a card.
    pub(super) fn of(&mut self, deck: &Deck, card: &Card) -> (String, String) {
        let article = deck.article_of(card);
        let source = article.or_else(|| deck.path.clone()).unwrap_or_default();
        let taken = &mut self.taken;
        let (folder, files) = self.folders.entry(source).or_insert_with_key(|source| {
            let folder = taken.take(&folder(source));
            (folder, deck::Names::default())
        });
        let file = files.take(&slug(&card.id, LONGEST_NAME));
        (folder.clone(), file)
    }
}

/// The names that a pattern has given, by their keys, each with its card: the number of the card among all
/// that were named, and its id.
#[derive(Default)]
pub(super) struct Clashes(BTreeMap<NameKey, (usize, Box<str>)>);

impl Clashes {
    /// `number` is that of the job's card.
    pub(super) fn check(&mut self, job: &Job<'_>, number: usize) -> Result<()> {
        let key = name_key(&job.name.to_string_lossy());
        let Some((other, id)) = self.0.insert(key, (number, job.card.id.as_str().into())) else {
            return Ok(());
        };
        let (message, hint) = match other == number {
            true => (
                format!(
                    "the images of card `{id}` would all be named `{}`",
                    job.name.display()
                ),
                "add `--{platform}` to --name".to_owned(),
            ),
            false => (
                format!(
                    "the cards `{id}` and `{}` would both be named `{}`",
                    job.card.id,
                    job.name.display()
                ),
                "add `{card}` or `{row}` to --name, and `{article}` where there are several"
                    .to_owned(),
            ),
        };
        let error = Error::new(message).with_hint(hint);
        Err(match (&job.deck.path, job.card.position) {
            (Some(path), Some((line, column))) => error.in_file(path).at(line, column),
            _ => error,
        })
    }
}

/// The name of the folder for an article or a deck.
fn folder(source: &Path) -> String {
    let stem = source.file_stem().unwrap_or_default().to_string_lossy();
    match stem.as_ref() {
        // It came through a pipe, or was made in memory.
        "" | "-" => "cards".to_owned(),
        stem => slug(stem, LONGEST_NAME),
    }
}
