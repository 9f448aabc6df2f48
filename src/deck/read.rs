//! Reads a deck: YAML that people edited in, cards out, or what is wrong with which line.
//!
//! A deck is a mapping with `cards`, or only the list of cards. A card needs nothing but its words:
//! `quote` makes it a quote, `figure` a statistic; an id is made of the words.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use super::nearest::{nearest, suggestion};
use super::slug::{free, is_file_name, slug};
use super::yaml::{self, Key, Node, Value};
use super::{Card, Deck, Field, Kind, Origin, Status, propose};
use crate::article::Span;
use crate::error::{Error, Result};

/// Longest id: with the longest platform and ending it stays a file name everywhere.
const LONGEST_ID: usize = 64;

/// Keys of a deck, in the order they are written.
pub(super) const DECK_KEYS: &[&str] = &["theme", "shared", "cards"];

/// Keys of a card before its fields.
pub(super) const HEAD_KEYS: &[&str] = &["id", "status", "kind", "theme"];

/// Keys of a card behind its fields.
pub(super) const TAIL_KEYS: &[&str] = &["origin", "score", "reasons"];

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
    let deck = yaml::parse(text).and_then(|root| deck(root.as_ref()));
    let mut deck = deck.map_err(|error| error.in_file(path))?;
    deck.path = Some(path.to_owned());
    Ok(deck)
}

fn deck(root: Option<&Node>) -> Result<Deck> {
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
                    "shared" => deck.shared = shared(node)?,
                    "cards" => list = Some(node),
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
    deck.cards = cards(list)?;
    Ok(deck)
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
        Value::Nothing => &[],
        _ => return Err(expected("a list, each card behind a `-`", "cards", list)),
    };
    if nodes.is_empty() {
        return Err(no_cards(at(list.place, "the deck has no cards")));
    }
    let drafts = nodes.iter().map(draft).collect::<Result<Vec<_>>>()?;
    // Ids that people gave come first: a made one steps aside.
    let mut ids = BTreeMap::new();
    for draft in &drafts {
        let Some((id, place)) = &draft.id else {
            continue;
        };
        if let Some(line) = ids.insert(id.to_ascii_lowercase(), place.0) {
            let message = format!("the id `{id}` stands twice, first in line {line}");
            return Err(at(*place, message).with_hint("give each card an id of its own"));
        }
    }
    let mut ids: BTreeSet<String> = ids.into_keys().collect();
    Ok(drafts
        .into_iter()
        .map(|draft| draft.finish(&mut ids))
        .collect())
}

/// A card that may still need an id.
struct Draft {
    id: Option<(String, (usize, usize))>,
    card: Card,
}

impl Draft {
    fn finish(self, ids: &mut BTreeSet<String>) -> Card {
        let mut card = self.card;
        card.id = match self.id {
            Some((id, _)) => id,
            None => {
                let words = |field| card.fields.get(&field).map_or("", String::as_str);
                let made = match card.kind {
                    Kind::Quote => propose::id(words(Field::Quote)),
                    Kind::Statistic => {
                        propose::id(&format!("{} {}", words(Field::Figure), words(Field::Label)))
                    }
                };
                free(&made, |id| ids.contains(id))
            }
        };
        ids.insert(card.id.to_ascii_lowercase());
        card
    }
}

fn draft(node: &Node) -> Result<Draft> {
    let Value::Map(entries) = &node.value else {
        let message = format!("expected a card, found {}", node.describe());
        return Err(at(node.place, message).with_hint("write it as `quote: the words`"));
    };
    let mut card = Card {
        id: String::new(),
        kind: Kind::Quote,
        status: Status::default(),
        theme: None,
        fields: BTreeMap::new(),
        origin: None,
        score: None,
        reasons: Vec::new(),
        position: Some(node.place),
    };
    let (mut id, mut kind) = (None, None);
    for (key, node) in entries {
        match key.name.as_str() {
            "id" => id = self::id(key, node)?,
            "kind" => kind = choice(key, node, Kind::ALL, |kind| kind.name())?,
            "status" => {
                let status = choice(key, node, Status::ALL, |status| status.name())?;
                card.status = status.unwrap_or_default();
            }
            "theme" => card.theme = optional_words(key, node)?,
            "origin" => card.origin = origin(node)?,
            "score" => card.score = score(key, node)?,
            "reasons" => card.reasons = reasons(node)?,
            name => {
                let Some(field) = Field::from_name(name) else {
                    return Err(unknown_card_key(key));
                };
                card.fields
                    .insert(field, optional_words(key, node)?.unwrap_or_default());
            }
        }
    }
    card.kind = self::kind(&card, kind)?;
    Ok(Draft { id, card })
}

/// The kind as given, or as the card's words say; and its words must be there.
fn kind(card: &Card, given: Option<Kind>) -> Result<Kind> {
    let place = card.position.unwrap_or_default();
    let has = |field| {
        card.fields
            .get(&field)
            .is_some_and(|words| !words.trim().is_empty())
    };
    let (quote, figure) = (has(Field::Quote), has(Field::Figure));
    match given {
        Some(Kind::Quote) if !quote => {
            Err(at(place, "the card is a quote without words").with_hint("give it a `quote:`"))
        }
        Some(Kind::Statistic) if !figure => {
            Err(at(place, "the card is a statistic without number")
                .with_hint("give it a `figure:`"))
        }
        Some(kind) => Ok(kind),
        None => match (quote, figure) {
            (true, false) => Ok(Kind::Quote),
            (false, true) => Ok(Kind::Statistic),
            (true, true) => Err(at(place, "the card has both a `quote` and a `figure`")
                .with_hint("say which it is with `kind: quote` or `kind: statistic`")),
            (false, false) => Err(at(place, "the card has neither a `quote` nor a `figure`")
                .with_hint("give it one, and `speaker:` or `label:` beside it")),
        },
    }
}

fn unknown_card_key(key: &Key) -> Error {
    let fields = Field::ALL.iter().map(|field| field.name());
    let keys = HEAD_KEYS.iter().chain(TAIL_KEYS).copied();
    let error = at(key.place, format!("a card has no key `{}`", key.name));
    match nearest(&key.name, fields.clone().chain(keys)) {
        Some(nearest) => error.with_hint(format!("did you mean `{nearest}`?")),
        None => {
            let known = fields.collect::<Vec<_>>().join("`, `");
            error.with_hint(format!("what cards show is called `{known}`"))
        }
    }
}

fn id(key: &Key, node: &Node) -> Result<Option<(String, (usize, usize))>> {
    let Some(id) = optional_words(key, node)?.filter(|id| !id.is_empty()) else {
        return Ok(None);
    };
    if !is_file_name(&id) || id.len() > LONGEST_ID {
        let message = format!("the id `{id}` is to be a part of file names");
        let hint = format!("use `{}`, or leave the id out", slug(&id, LONGEST_ID));
        return Err(at(node.place, message).with_hint(hint));
    }
    Ok(Some((id, node.place)))
}

fn choice<T: Copy>(
    key: &Key,
    node: &Node,
    all: &[T],
    name: impl Fn(T) -> &'static str,
) -> Result<Option<T>> {
    let Some(word) = optional_words(key, node)? else {
        return Ok(None);
    };
    let found = all.iter().copied().find(|choice| name(*choice) == word);
    if found.is_some() {
        return Ok(found);
    }
    let known: Vec<_> = all.iter().map(|choice| name(*choice)).collect();
    let message = format!("there is no {} `{word}`", key.name);
    Err(at(node.place, message).with_hint(suggestion(&word, &known)))
}

fn score(key: &Key, node: &Node) -> Result<Option<f64>> {
    let Some(words) = optional_words(key, node)? else {
        return Ok(None);
    };
    match words.parse::<f64>() {
        Ok(score) if score.is_finite() => Ok(Some(score)),
        _ => Err(at(
            node.place,
            format!("`score` takes a number, found `{words}`"),
        )
        .with_hint("leave the score out; only `extract` gives one")),
    }
}

fn reasons(node: &Node) -> Result<Vec<String>> {
    let nodes = match &node.value {
        Value::Nothing => return Ok(Vec::new()),
        Value::List(nodes) => nodes,
        _ => return Err(expected("a list", "reasons", node)),
    };
    let reason = |node: &Node| match &node.value {
        Value::Words(words) => Ok(words.clone()),
        _ => Err(expected("words", "reasons", node)),
    };
    nodes.iter().map(reason).collect()
}

fn origin(node: &Node) -> Result<Option<Origin>> {
    let entries = match &node.value {
        Value::Nothing => return Ok(None),
        Value::Map(entries) => entries,
        _ => return Err(expected("`article:` and `spans:`", "origin", node)),
    };
    let (mut article, mut spans) = (None, BTreeMap::new());
    for (key, node) in entries {
        match key.name.as_str() {
            "article" => article = optional_words(key, node)?,
            "spans" => spans = self::spans(node)?,
            name => {
                let error = at(key.place, format!("an origin has no key `{name}`"));
                return Err(error.with_hint(suggestion(name, &["article", "spans"])));
            }
        }
    }
    let Some(article) = article else {
        let error = at(node.place, "the origin names no article");
        return Err(error.with_hint("add `article:` with its path, or remove `origin:`"));
    };
    let article = PathBuf::from(article);
    Ok(Some(Origin { article, spans }))
}

fn spans(node: &Node) -> Result<BTreeMap<Field, Vec<Span>>> {
    let entries = match &node.value {
        Value::Nothing => return Ok(BTreeMap::new()),
        Value::Map(entries) => entries,
        _ => {
            return Err(expected(
                "fields with the bytes they stand in",
                "spans",
                node,
            ));
        }
    };
    let mut spans = BTreeMap::new();
    for (key, node) in entries {
        let Some(field) = Field::from_name(&key.name) else {
            let known: Vec<_> = Field::ALL.iter().map(|field| field.name()).collect();
            let error = at(key.place, format!("there is no field `{}`", key.name));
            return Err(error.with_hint(suggestion(&key.name, &known)));
        };
        let words = optional_words(key, node)?.unwrap_or_default();
        let ranges: Option<Vec<Span>> = words.split_whitespace().map(span).collect();
        let Some(ranges) = ranges else {
            let message = format!("`{}` has the span `{words}`", key.name);
            let hint = "a span is two byte offsets, the smaller first: `120-245`";
            return Err(at(node.place, message).with_hint(hint));
        };
        spans.insert(field, ranges);
    }
    Ok(spans)
}

fn span(words: &str) -> Option<Span> {
    let (start, end) = words.split_once('-')?;
    let (start, end) = (start.parse().ok()?, end.parse().ok()?);
    (start <= end).then_some(Span { start, end })
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
