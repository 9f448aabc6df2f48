//! Loads what the arguments mean: decks as they are, articles with the cards proposed for them.

use std::collections::BTreeMap;
use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use super::inputs::{self, File, Kind};
use crate::article::{self, Article};
use crate::deck::{self, Deck};
use crate::diagnostic::{Diagnostic, Place};
use crate::error::{Error, Result};
use crate::extract;
use crate::publish::{Input, Material, Source};

/// Larger articles in a pipe are refused, as larger files are.
const MOST_PIPED: u64 = 64 << 20;

/// Everything that was loaded, and what was not.
#[derive(Default)]
pub struct Loaded {
    /// In the order of the arguments.
    pub decks: Vec<Deck>,
    /// What each deck was made of.
    pub materials: Vec<Material>,
    /// Articles without anything worth sharing.
    pub diagnostics: Vec<Diagnostic>,
    /// Inputs that could not be read.
    pub errors: Vec<Error>,
}

/// Loads files and folders; one that fails does not stop the others.
///
/// `max` is the number of cards proposed for an article; the folder `out` is not looked into.
#[must_use]
pub fn load(paths: &[PathBuf], max: usize, out: Option<&Path>) -> Loaded {
    let (files, errors) = inputs::find_all(paths, out);
    let mut loaded = Loaded {
        errors,
        ..Loaded::default()
    };
    for file in &files {
        let result = match file.kind {
            Kind::Deck => from_deck(file),
            Kind::Article | Kind::Pipe => from_article(file, max),
        };
        match result {
            Ok((deck, material)) => {
                if deck.cards.is_empty() {
                    loaded.diagnostics.push(nothing_to_share(&file.path));
                }
                loaded.decks.push(deck);
                loaded.materials.push(material);
            }
            Err(error) => loaded.errors.push(error),
        }
    }
    loaded
}

/// `nothing-to-share`.
#[must_use]
pub fn nothing_to_share(path: &Path) -> Diagnostic {
    let message = "the article has no quotation and no statistic that could stand alone";
    let hint = "cards are made of words in quotation marks and of numbers that say something; \
                other words can be put into a deck by hand";
    Diagnostic::warning("nothing-to-share", message)
        .with_hint(hint)
        .at(Place {
            file: Some(path.to_owned()),
            ..Place::default()
        })
}

/// Reads an article from its file or from standard input.
///
/// # Errors
///
/// It cannot be read, or as [`article::parse`].
pub fn article(file: &File) -> Result<Article> {
    if file.kind != Kind::Pipe {
        return article::load(&file.path);
    }
    let mut bytes = Vec::new();
    let mut pipe = io::stdin().lock().take(MOST_PIPED + 1);
    pipe.read_to_end(&mut bytes)
        .map_err(|cause| Error::read(&file.path, cause))?;
    if bytes.len() as u64 > MOST_PIPED {
        return Err(Error::new("the article from the pipe has no end")
            .with_hint(format!("articles may have up to {} MB", MOST_PIPED >> 20)));
    }
    article::parse(&file.path, bytes)
}

fn from_article(file: &File, max: usize) -> Result<(Deck, Material)> {
    let article = article(file)?;
    let deck = deck::propose(&article, &extract::extract(&article), max);
    let path = deck.cards.first().and_then(|card| deck.article_of(card));
    let path = path.unwrap_or_else(|| file.path.clone());
    let source = source(article, file.name.clone());
    let material = Material {
        deck: None,
        articles: BTreeMap::from([(path, source)]),
    };
    Ok((deck, material))
}

fn from_deck(file: &File) -> Result<(Deck, Material)> {
    let deck = deck::load(&file.path)?;
    let bytes = fs::read(&file.path).map_err(|cause| Error::read(&file.path, cause))?;
    let mut articles = BTreeMap::new();
    for card in &deck.cards {
        let (Some(path), Some(origin)) = (deck.article_of(card), &card.origin) else {
            continue;
        };
        let parts: Vec<_> = origin
            .article
            .iter()
            .map(|part| part.to_string_lossy())
            .collect();
        // An article that cannot be read is the finding of a check: its cards stand without it.
        articles.entry(path).or_insert_with_key(|path| {
            let article = article::load(path).ok()?;
            Some(source(article, parts.join("/")))
        });
    }
    let found = articles
        .into_iter()
        .filter_map(|(path, source)| Some((path, source?)));
    let material = Material {
        deck: Some(Input::new(file.name.clone(), &bytes)),
        articles: found.collect(),
    };
    Ok((deck, material))
}

fn source(article: Article, name: String) -> Source {
    let input = Input::new(name, article.text.as_bytes());
    Source { article, input }
}
