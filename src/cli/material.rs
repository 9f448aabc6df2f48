//! Loads what the arguments mean: decks as they are, articles with the cards proposed for them.
//!
//! In: arguments. Out: [`Block`]s of some thousand cards, as often as they are asked for. Between them the
//! cards wait on disk, and so do articles where there are many: they are read again when their turn comes.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::args::{From, Inputs};
use super::inputs::{self, File, Kind};
use crate::article::{self, Article};
use crate::deck::{self, BLOCK, Card, Deck, Mapping, Shelf, Shelved};
use crate::diagnostic::{Diagnostic, Place};
use crate::error::{Error, Result};
use crate::extract;
use crate::publish::{Input, Material, Source};

/// Larger articles in a pipe are refused, as larger files are.
const MOST_PIPED: u64 = 64 << 20;

/// Larger decks and tables are refused: a million rows are some 300 MB.
const LARGEST_DECK: u64 = 1 << 30;

/// Bytes of articles that stay in memory; in the form in which they are read they are several times as large.
const MOST_IN_MEMORY: usize = 1 << 20;

/// Everything that was loaded, and what was not.
pub struct Loaded {
    /// In the order of the arguments.
    heads: Vec<Head>,
    shelf: Shelf,
    /// Bytes of the articles that are in memory.
    in_memory: usize,
    /// Articles without anything worth sharing, rows that were left out.
    pub diagnostics: Vec<Diagnostic>,
    /// Inputs that could not be read.
    pub errors: Vec<Error>,
}

/// A deck without its cards, and what it was made of.
struct Head {
    deck: Deck,
    /// The deck's own file.
    input: Option<Input>,
    articles: BTreeMap<PathBuf, Kept>,
}

/// An article that cards came from.
struct Kept {
    input: Input,
    /// `None` where it is read again when it is needed.
    article: Option<Arc<Article>>,
    file: File,
    from: Option<From>,
}

/// Decks with some of their cards, in order.
pub struct Block {
    /// The decks.
    pub decks: Vec<Deck>,
    /// Which they are of all decks; the first may go on with the last of the block before.
    pub numbers: Vec<usize>,
    /// What each was made of, where that is wanted.
    pub materials: Vec<Material>,
}

/// How inputs are to be read.
#[derive(Clone, Copy, Debug)]
pub struct Reading<'a> {
    /// The folder for the results, which is not looked into.
    pub out: Option<&'a Path>,
    /// Whether a carousel is made of each deck.
    pub is_carousel: bool,
    /// Cards of a block.
    pub block: usize,
}

impl Default for Reading<'_> {
    fn default() -> Self {
        Self {
            out: None,
            is_carousel: false,
            block: BLOCK,
        }
    }
}

impl Loaded {
    /// Whether nothing could be read.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.heads.is_empty()
    }

    /// Whether rows of tables were left out because of faults.
    #[must_use]
    pub fn has_skipped_rows(&self) -> bool {
        self.diagnostics.iter().any(|it| it.code == "row-skipped")
    }

    /// How many blocks there are.
    #[must_use]
    pub fn blocks(&self) -> usize {
        self.shelf.blocks()
    }

    /// The files of the decks, `None` for those that were made from articles.
    #[must_use]
    pub fn paths(&self) -> Vec<Option<PathBuf>> {
        let heads = self.heads.iter();
        heads.map(|head| head.deck.path.clone()).collect()
    }

    /// A block, counted from 0, without what its decks were made of.
    ///
    /// # Errors
    ///
    /// A temporary file cannot be read.
    pub fn block(&self, number: usize) -> Result<Block> {
        let mut block = Block {
            decks: Vec::new(),
            numbers: Vec::new(),
            materials: Vec::new(),
        };
        for Shelved { deck, card, cells } in self.shelf.block(number)? {
            if block.numbers.last() != Some(&deck) {
                block.numbers.push(deck);
                block.decks.push(self.heads[deck].deck.clone());
            }
            let own = block.decks.last_mut().expect("it was added above");
            if !cells.is_empty() {
                own.columns.insert(card.id.clone(), cells);
            }
            own.cards.push(card);
        }
        Ok(block)
    }

    /// Adds to a block what its decks were made of.
    ///
    /// # Errors
    ///
    /// An article cannot be read, or is another by now.
    pub fn complete(&self, block: &mut Block) -> Result<()> {
        let decks = block.decks.iter().zip(&block.numbers);
        let materials = decks.map(|(deck, number)| self.heads[*number].material(deck));
        block.materials = materials.collect::<Result<_>>()?;
        Ok(())
    }

    fn read(
        &mut self,
        file: &File,
        (inputs, mapping): (&Inputs, &Mapping),
        is_carousel: bool,
    ) -> Result<()> {
        let head = match file.kind {
            Kind::Deck(format) => self.deck(file, (format, mapping), is_carousel)?,
            Kind::Article | Kind::Pipe => self.article(file, inputs, is_carousel)?,
        };
        self.heads.push(head);
        Ok(())
    }

    fn article(&mut self, file: &File, inputs: &Inputs, is_carousel: bool) -> Result<Head> {
        let article = article(file, inputs.from)?;
        let candidates = inputs.chosen(extract::extract(&article));
        let mut deck = deck::propose(&article, &candidates, inputs.max.get());
        if deck.cards.is_empty() {
            self.diagnostics.push(nothing_to_share(&file.path));
        }
        let path = deck.cards.first().and_then(|card| deck.article_of(card));
        let path = path.unwrap_or_else(|| file.path.clone());
        let kept = self.keep(article, file, inputs.from);
        if is_carousel {
            deck = deck::carousel(&deck);
        }
        self.shelve(&mut deck);
        Ok(Head {
            deck,
            input: None,
            articles: BTreeMap::from([(path, kept)]),
        })
    }

    fn deck(
        &mut self,
        file: &File,
        (format, mapping): (deck::Format, &Mapping),
        is_carousel: bool,
    ) -> Result<Head> {
        let bytes = bytes(file)?;
        let mut articles = BTreeMap::new();
        let base = Deck {
            path: Some(file.path.clone()),
            ..Deck::default()
        };
        let mut note = |card: &Card| {
            if let (Some(path), Some(origin)) = (base.article_of(card), &card.origin) {
                let parts = origin.article.iter().map(|part| part.to_string_lossy());
                let name = || parts.collect::<Vec<_>>().join("/");
                articles.entry(path).or_insert_with(name);
            }
        };
        let deck::Intake { mut deck, problems } = if is_carousel {
            let mut intake = deck::read_as(&file.path, &bytes, format, mapping)?;
            intake.deck = deck::carousel(&intake.deck);
            intake.deck.cards.iter().for_each(note);
            intake
        } else {
            let number = self.heads.len();
            deck::read_each(&file.path, &bytes, (format, mapping), &mut |card, cells| {
                note(&card);
                self.shelf.put(&Shelved {
                    deck: number,
                    card,
                    cells,
                });
            })?
        };
        self.diagnostics.extend(problems);
        self.shelve(&mut deck);
        let found = articles.into_iter().filter_map(|(path, name)| {
            // An article that cannot be read is the finding of a check: its cards stand without it.
            let file = File {
                kind: Kind::Article,
                path: path.clone(),
                name,
            };
            let article = article(&file, None).ok()?;
            Some((path, self.keep(article, &file, None)))
        });
        Ok(Head {
            articles: found.collect(),
            deck,
            input: Some(Input::new(file.name.clone(), &bytes)),
        })
    }

    /// Puts the cards of the deck that is read next onto the shelf.
    fn shelve(&mut self, deck: &mut Deck) {
        let mut columns = std::mem::take(&mut deck.columns);
        for card in std::mem::take(&mut deck.cards) {
            let cells = columns.remove(&card.id).unwrap_or_default();
            let deck = self.heads.len();
            self.shelf.put(&Shelved { deck, card, cells });
        }
    }

    /// Keeps an article in memory, if it came through a pipe or there is room.
    fn keep(&mut self, article: Article, file: &File, from: Option<From>) -> Kept {
        let input = Input::new(file.name.clone(), article.bytes());
        let size = article.bytes().len();
        // What comes through a pipe comes once, `-` or not.
        let is_file = fs::metadata(&file.path).is_ok_and(|about| about.is_file());
        let is_kept = !is_file || self.in_memory + size <= MOST_IN_MEMORY;
        self.in_memory += if is_kept { size } else { 0 };
        Kept {
            input,
            article: is_kept.then(|| Arc::new(article)),
            file: file.clone(),
            from,
        }
    }
}

impl Head {
    /// What a deck was made of, with the articles of the cards that it has now.
    fn material(&self, deck: &Deck) -> Result<Material> {
        let of_card = |card: &Card| {
            let origin = card.origin.as_ref().map(|origin| origin.article.clone());
            deck.article_of(card).or(origin)
        };
        let needed: BTreeSet<PathBuf> = deck.cards.iter().filter_map(of_card).collect();
        let source = |(path, kept): (&PathBuf, &Kept)| {
            let article = needed.contains(path).then(|| kept.article());
            let source = Source {
                article: article.transpose()?,
                input: kept.input.clone(),
            };
            Ok((path.clone(), source))
        };
        Ok(Material {
            deck: self.input.clone(),
            articles: self.articles.iter().map(source).collect::<Result<_>>()?,
        })
    }
}

impl Kept {
    fn article(&self) -> Result<Arc<Article>> {
        if let Some(article) = &self.article {
            return Ok(Arc::clone(article));
        }
        let article = article(&self.file, self.from)?;
        if Input::new(self.input.name.clone(), article.bytes()) == self.input {
            return Ok(Arc::new(article));
        }
        let message = format!("`{}` was changed during the run", self.file.path.display());
        Err(Error::new(message).with_hint("run the same command again"))
    }
}

/// Loads files and folders; one that fails does not stop the others.
///
/// # Errors
///
/// A mapping of columns that cannot be read, or no room for temporary files.
pub fn load(inputs: &Inputs, reading: Reading<'_>) -> Result<Loaded> {
    let mapping = Mapping::parse(&inputs.map)?;
    let (files, errors) = inputs::find_all(&inputs.paths, inputs.request(reading.out));
    let mut loaded = Loaded {
        heads: Vec::new(),
        shelf: Shelf::new(reading.block),
        in_memory: 0,
        diagnostics: Vec::new(),
        errors,
    };
    for file in &files {
        let read = loaded.read(file, (inputs, &mapping), reading.is_carousel);
        loaded.errors.extend(read.err());
    }
    loaded.shelf.finish()?;
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
