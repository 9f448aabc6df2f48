//! Loads what the arguments mean: decks as they are, articles with the cards proposed for them.

use std::collections::BTreeMap;
use std::fs;
use std::io::{self, Read};
use std::path::Path;

use super::args::{From, Inputs};
use super::inputs::{self, File, Kind};
use crate::article::{self, Article};
use crate::deck::{self, Deck, Mapping};
use crate::diagnostic::{Diagnostic, Place};
use crate::error::{Error, Result};
use crate::extract;
use crate::publish::{Input, Material, Source};

/// Larger articles in a pipe are refused, as larger files are.
const MOST_PIPED: u64 = 64 << 20;

/// Larger decks and tables are refused: a million rows are some 300 MB.
const LARGEST_DECK: u64 = 1 << 30;

/// Everything that was loaded, and what was not.
#[derive(Default)]
pub struct Loaded {
    /// In the order of the arguments.
    pub decks: Vec<Deck>,
    /// What each deck was made of.
    pub materials: Vec<Material>,
    /// Articles without anything worth sharing, rows that were left out.
    pub diagnostics: Vec<Diagnostic>,
    /// Inputs that could not be read.
    pub errors: Vec<Error>,
}

impl Loaded {
    /// Whether rows of tables were left out because of faults.
    #[must_use]
    pub fn has_skipped_rows(&self) -> bool {
        self.diagnostics.iter().any(|it| it.code == "row-skipped")
    }
}

/// Loads files and folders; one that fails does not stop the others.
///
/// The folder `out` is not looked into.
///
/// # Errors
///
/// A mapping of columns that cannot be read.
pub fn load(inputs: &Inputs, out: Option<&Path>) -> Result<Loaded> {
    let mapping = Mapping::parse(&inputs.map)?;
    let (files, errors) = inputs::find_all(&inputs.paths, inputs.request(out));
    let mut loaded = Loaded {
        errors,
        ..Loaded::default()
    };
    for file in &files {
        let result = match file.kind {
            Kind::Deck(format) => from_deck(file, format, &mapping),
            Kind::Article | Kind::Pipe => from_article(file, inputs),
        };
        match result {
            Ok((deck, material, problems)) => {
                if deck.cards.is_empty() && material.deck.is_none() {
                    loaded.diagnostics.push(nothing_to_share(&file.path));
                }
                loaded.diagnostics.extend(problems);
                loaded.decks.push(deck);
                loaded.materials.push(material);
            }
            Err(error) => loaded.errors.push(error),
        }
    }
    Ok(loaded)
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
pub fn article(file: &File, from: Option<From>) -> Result<Article> {
    let ending = match from {
        Some(From::Txt) => "txt",
        Some(From::Md) => "md",
        Some(From::Html) => "html",
        _ if file.kind != Kind::Pipe => return article::load(&file.path),
        _ => "",
    };
    // The reader is chosen by the ending; what people call the file stays its name.
    let mut article = article::parse(&file.path.with_added_extension(ending), bytes(file)?)?;
    article.path.clone_from(&file.path);
    Ok(article)
}

/// The bytes of a file, or what comes through the pipe.
fn bytes(file: &File) -> Result<Vec<u8>> {
    let most = match file.kind {
        Kind::Deck(_) => LARGEST_DECK,
        Kind::Article | Kind::Pipe => MOST_PIPED,
    };
    let is_piped = file.path == Path::new("-");
    let source: io::Result<Box<dyn Read>> = match is_piped {
        true => Ok(Box::new(io::stdin().lock())),
        false => fs::File::open(&file.path).map(|file| Box::new(file) as Box<dyn Read>),
    };
    let mut bytes = Vec::new();
    source
        .and_then(|source| source.take(most + 1).read_to_end(&mut bytes))
        .map_err(|cause| Error::read(&file.path, cause))?;
    if bytes.len() as u64 <= most {
        return Ok(bytes);
    }
    let what = if is_piped {
        "what comes through the pipe"
    } else {
        "the file"
    };
    let error = Error::new(format!("{what} has more than {} MB", most >> 20));
    Err(error.with_hint("divide it"))
}

/// A deck, what it was made of, what is wrong with rows that are not in it.
type FromFile = (Deck, Material, Vec<Diagnostic>);

fn from_article(file: &File, inputs: &Inputs) -> Result<FromFile> {
    let article = article(file, inputs.from)?;
    let candidates = inputs.chosen(extract::extract(&article));
    let deck = deck::propose(&article, &candidates, inputs.max.get());
    let path = deck.cards.first().and_then(|card| deck.article_of(card));
    let path = path.unwrap_or_else(|| file.path.clone());
    let source = source(article, file.name.clone());
    let material = Material {
        deck: None,
        articles: BTreeMap::from([(path, source)]),
    };
    Ok((deck, material, Vec::new()))
}

fn from_deck(file: &File, format: deck::Format, mapping: &Mapping) -> Result<FromFile> {
    let bytes = bytes(file)?;
    let deck::Intake { deck, problems } = deck::read_as(&file.path, &bytes, format, mapping)?;
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
    Ok((deck, material, problems))
}

fn source(article: Article, name: String) -> Source {
    let input = Input::new(name, article.bytes());
    Source { article, input }
}
