//! Reads a deck: YAML that people edited in, cards out, or what is wrong with which line.
//!
//! A deck is a mapping with `cards`, or only the list of cards. A card needs nothing but its words:
//! `quote` makes it a quote, `figure` a statistic; an id is made of the words.

mod card;
mod chart;
mod origin;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use super::nearest::suggestion;
use super::slug::{NameKey, Names, name_key};
use super::yaml::{self, Key, Node, Value};
use super::{Card, Deck, Field, Kind, propose};
use crate::error::{Error, Result};

pub(super) use card::KEYS as CARD_KEYS;

/// Keys of a deck.
const DECK_KEYS: &[&str] = &["theme", "lang", "shared", "cards"];

/// Keys that begin so are for people and other programs; they are passed over and kept.
const FOREIGN: &str = "x-";

/// Loads a deck from a file.
///
/// # Errors
///
/// A file that cannot be read, is not UTF-8, or as [`read`].
pub fn load(path: &Path) -> Result<Deck> {
    let bytes = fs::read(path).map_err(|cause| Error::read(path, cause))?;
    let text = String::from_utf8(bytes).map_err(|cause| {
        let offset = cause.utf8_error().valid_up_to();
        let line = cause.as_bytes()[..offset]
            .iter()
            .filter(|byte| **byte == b'\n')
            .count()
            + 1;
        let error = Error::new("the deck is not UTF-8 text")
            .in_file(path)
            .at(line, 1);
        error.with_hint("save it as UTF-8")
    })?;
    read(path, &text)
}

/// Reads a deck from its text.
///
/// # Errors
///
/// What is not YAML; unknown and missing keys, values of another type, ids that stand twice; a deck
/// without cards. With file, line and column.
pub fn read(path: &Path, text: &str) -> Result<Deck> {
    let mut cards = Vec::new();
    let deck = each(text, &mut |card| cards.push(card));
    let mut deck = deck.map_err(|error| error.in_file(path))?;
    deck.path = Some(path.to_owned());
    deck.cards = cards;
    Ok(deck)
}

/// Reads a deck and hands over its cards one by one, if nothing is wrong with any; the deck that is returned
/// has none.
///
/// # Errors
///
/// As [`read`], without the file.
pub(super) fn each(text: &str, take: &mut dyn FnMut(Card)) -> Result<Deck> {
    let mut table = Table::default();
    let (mut row, mut broken, mut twice) = (0, None, None);
    let root = yaml::parse_items(text, &mut |node| {
        match card::draft(&node) {
            Ok(draft) => twice = twice.take().or(table.ids.take(row, &draft).err()),
            Err(fault) => broken = broken.take().or(Some(fault)),
        }
        row += 1;
    })?;
    let (deck, list) = head(root.as_ref())?;
    check_list(list, row)?;
    if let Some(fault) = broken.or(twice) {
        return Err(fault);
    }
    let mut row = 0;
    yaml::parse_items(text, &mut |node| {
        if let Some(card) = table.card(row, &node) {
            take(card);
        }
        row += 1;
    })?;
    Ok(deck)
}

/// Reads a deck that is in memory as a whole.
pub(super) fn deck(root: Option<&Node>) -> Result<Deck> {
    let (mut deck, list) = head(root)?;
    deck.cards = cards(list)?;
    Ok(deck)
}

/// What a deck says besides its cards, and what should be their list.
fn head(root: Option<&Node>) -> Result<(Deck, &Node)> {
    let Some(root) = root else {
        return Err(no_cards(Error::new("the deck is empty")));
    };
    let mut deck = Deck::default();
    let mut list = None;
    match &root.value {
        Value::List(_) => list = Some(root),
        Value::Map(entries) => {
            for (key, node) in entries {
                match key.name.as_str() {
                    "theme" => deck.theme = optional_words(key, node)?,
                    "lang" => deck.lang = optional_words(key, node)?,
                    "shared" => deck.shared = shared(node)?,
                    "cards" => list = Some(node),
                    name if name.starts_with(FOREIGN) => {}
                    _ => return Err(unknown_deck_key(key)),
                }
            }
        }
        _ => {
            let message = format!("expected a deck, found {}", root.describe());
            return Err(no_cards(at(root.place, message)));
        }
    }
    let Some(list) = list else {
        return Err(no_cards(at(root.place, "the deck has no `cards`")));
    };
    Ok((deck, list))
}

fn no_cards(error: Error) -> Error {
    error.with_hint(
        "list the cards below `cards:`, each as `- quote: the words` with its `speaker:`",
    )
}

fn unknown_deck_key(key: &Key) -> Error {
    let error = at(key.place, format!("a deck has no key `{}`", key.name));
    if Field::from_name(&key.name).is_some() {
        return error.with_hint(format!(
            "put `{}` below `shared:`, or into the cards",
            key.name
        ));
    }
    error.with_hint(suggestion(&key.name, DECK_KEYS))
}

fn shared(node: &Node) -> Result<BTreeMap<Field, String>> {
    let entries = match &node.value {
        Value::Nothing => return Ok(BTreeMap::new()),
        Value::Map(entries) => entries,
        _ => {
            return Err(expected(
                "the fields that cards share, as `brand: …`",
                "shared",
                node,
            ));
        }
    };
    let mut fields = BTreeMap::new();
    for (key, node) in entries {
        let Some(field) = Field::from_name(&key.name) else {
            let known: Vec<_> = Field::ALL.iter().map(|field| field.name()).collect();
            let error = at(key.place, format!("cards share no `{}`", key.name));
            return Err(error.with_hint(suggestion(&key.name, &known)));
        };
        fields.insert(field, optional_words(key, node)?.unwrap_or_default());
    }
    Ok(fields)
}

fn cards(list: &Node) -> Result<Vec<Card>> {
    let nodes = match &list.value {
        Value::List(nodes) => nodes.as_slice(),
        _ => &[],
    };
    check_list(list, nodes.len())?;
    let drafts = nodes.iter().map(card::draft).collect::<Result<Vec<_>>>()?;
    let mut ids = Ids::default();
    for (row, draft) in drafts.iter().enumerate() {
        ids.take(row, draft)?;
    }
    let mut names = ids.names();
    let cards = drafts.into_iter();
    Ok(cards.map(|draft| draft.finish(&mut names)).collect())
}

/// Holds what should be the list of cards to being one with so many.
fn check_list(list: &Node, count: usize) -> Result<()> {
    match &list.value {
        Value::List(_) if count > 0 => Ok(()),
        Value::List(_) | Value::Nothing => Err(no_cards(at(list.place, "the deck has no cards"))),
        _ => Err(expected("a list, each card behind a `-`", "cards", list)),
    }
}

/// Reads the rows of a table in two goes: ids that people gave come first, for one that is made steps
/// aside.
#[derive(Default)]
pub(super) struct Table {
    ids: Ids,
    /// Once every row was noted.
    names: Option<Names>,
}

impl Table {
    /// The first go: notes the id of a row, counted from 0.
    ///
    /// # Errors
    ///
    /// The row is no card, or its id stands twice.
    pub(super) fn note(&mut self, row: usize, node: &Node) -> Result<()> {
        card::draft(node).and_then(|draft| self.ids.take(row, &draft))
    }

    /// The second go: the card of a row; `None` where the first go told a fault.
    pub(super) fn card(&mut self, row: usize, node: &Node) -> Option<Card> {
        let draft = card::draft(node).ok()?;
        let names = self.names.get_or_insert_with(|| self.ids.names());
        self.ids.has(row, &draft).then(|| draft.finish(names))
    }
}

/// Ids that people gave, each with its row and its line.
#[derive(Default)]
struct Ids(BTreeMap<NameKey, (usize, usize)>);

impl Ids {
    fn take(&mut self, row: usize, draft: &Draft) -> Result<()> {
        let Some((id, place)) = &draft.id else {
            return Ok(());
        };
        let (first, line) = *self.0.entry(name_key(id)).or_insert((row, place.0));
        if first == row {
            return Ok(());
        }
        let message = format!("the id `{id}` stands twice, first in line {line}");
        Err(at(*place, message).with_hint("give each card an id of its own"))
    }

    /// Whether the id of a row is the row's own.
    fn has(&self, row: usize, draft: &Draft) -> bool {
        let known = |(id, _): &(String, _)| self.0.get(&name_key(id)).map(|(first, _)| *first);
        draft
            .id
            .as_ref()
            .and_then(known)
            .is_none_or(|first| first == row)
    }

    /// They come first: an id that is made steps aside.
    fn names(&self) -> Names {
        Names::of(self.0.keys().copied())
    }
}

/// A card that may still need an id.
struct Draft {
    id: Option<(String, (usize, usize))>,
    card: Card,
}

impl Draft {
    fn finish(self, names: &mut Names) -> Card {
        let mut card = self.card;
        let words = |field| card.fields.get(&field).map_or("", String::as_str);
        card.id = match (self.id, card.kind) {
            (Some((id, _)), _) => id,
            (None, Kind::Quote) => names.take(&propose::id(words(Field::Quote))),
            (None, Kind::Title) => names.take("title"),
            (None, Kind::List) => names.take("list"),
            (None, Kind::Statistic) => {
                let words = format!("{} {}", words(Field::Figure), words(Field::Label));
                names.take(&propose::id(&words))
            }
        };
        card
    }
}

fn optional_words(key: &Key, node: &Node) -> Result<Option<String>> {
    match &node.value {
        Value::Nothing => Ok(None),
        Value::Words(words) => Ok(Some(words.clone())),
        _ => Err(expected("words", &key.name, node)
            .with_hint("put quotation marks around words that begin with a bracket or a `- `")),
    }
}

fn expected(what: &str, key: &str, node: &Node) -> Error {
    let message = format!("`{key}` takes {what}; found {}", node.describe());
    at(node.place, message)
}

fn at((line, column): (usize, usize), message: impl Into<String>) -> Error {
    Error::new(message).at(line, column)
}
