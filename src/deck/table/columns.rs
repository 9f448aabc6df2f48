//! Which column of a table is which field of a card.
//!
//! A column is the field it is mapped to by hand, else the field whose name it has, else the field
//! that people call so in one of the languages below. What is left is not shown on cards, but may
//! be a part of file names.

use std::collections::{BTreeMap, BTreeSet};

use super::Cells;
use crate::deck::Field;
use crate::deck::nearest::{nearest, suggestion};
use crate::deck::read::CARD_KEYS;
use crate::deck::slug::{is_file_name, slug};
use crate::deck::yaml::{Key, Node, Value};
use crate::diagnostic::{Diagnostic, Place};
use crate::error::{Error, Result};

/// What people call the fields, in lower case, letters and digits only; the first that a table has
/// counts.
const SYNONYMS: &[(&str, &[&str])] = &[
    (
        "quote",
        &[
            "quotation",
            "pullquote",
            "quotetext",
            "words",
            "text",
            "zitat",
            "cita",
            "citation",
            "citazione",
            "citação",
            "citaat",
            "citat",
            "sitat",
        ],
    ),
    (
        "speaker",
        &[
            "attribution",
            "saidby",
            "quotedby",
            "name",
            "person",
            "author",
            "sprecher",
            "sprecherin",
            "autor",
            "autorin",
            "auteur",
            "autore",
            "nom",
            "nombre",
            "nome",
        ],
    ),
    (
        "role",
        &[
            "position", "jobtitle", "function", "rolle", "funktion", "amt", "fonction", "cargo",
            "ruolo",
        ],
    ),
    (
        "figure",
        &[
            "number",
            "statistic",
            "stat",
            "value",
            "zahl",
            "wert",
            "chiffre",
            "cifra",
            "dato",
        ],
    ),
    (
        "label",
        &[
            "caption",
            "claim",
            "unit",
            "aussage",
            "beschriftung",
            "légende",
            "etiqueta",
        ],
    ),
    ("source", &["quelle", "fuente", "fonte", "bron", "källa"]),
    (
        "time",
        &["period", "timeframe", "zeitraum", "période", "periodo"],
    ),
    ("context", &["kontext", "contexte", "contexto", "contesto"]),
    ("kicker", &["eyebrow", "overline", "dachzeile", "surtitre"]),
    (
        "title",
        &[
            "headline",
            "articletitle",
            "titel",
            "schlagzeile",
            "titre",
            "título",
            "titolo",
        ],
    ),
    ("byline", &["writtenby", "reporter", "journalist"]),
    (
        "date",
        &["published", "publicationdate", "datum", "fecha", "data"],
    ),
    (
        "brand",
        &["organisation", "organization", "publisher", "marke"],
    ),
    ("emphasis", &["highlight", "hervorhebung"]),
    (
        "photo",
        &[
            "image",
            "picture",
            "photograph",
            "bild",
            "foto",
            "imagen",
            "immagine",
            "imagem",
        ],
    ),
    ("focus", &["focalpoint", "bildmitte"]),
    (
        "alt",
        &["alttext", "imagealt", "photoalt", "alternativtext"],
    ),
    (
        "credit",
        &[
            "photocredit",
            "imagecredit",
            "photographer",
            "bildnachweis",
            "fotograf",
            "fotografin",
            "creditphoto",
        ],
    ),
    ("id", &["key", "slug", "cardid"]),
    (
        "lang",
        &["language", "locale", "sprache", "langue", "idioma"],
    ),
    ("kind", &["type", "cardtype", "art"]),
    ("status", &["state", "decision"]),
    ("theme", &["style"]),
];

/// More names than this are only counted in messages.
const MOST_NAMED: usize = 12;

/// Columns that people mapped by hand: key of a card → name of the column.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Mapping(BTreeMap<String, String>);

impl Mapping {
    /// Reads `quote=Zitat,speaker=Name`; several may follow one another.
    ///
    /// # Errors
    ///
    /// A part without `=`, or a key that cards do not have.
    pub fn parse(texts: &[String]) -> Result<Self> {
        let mut mapping = BTreeMap::new();
        let parts = texts.iter().flat_map(|text| text.split(','));
        for part in parts.map(str::trim).filter(|part| !part.is_empty()) {
            let Some((key, column)) = part.split_once('=') else {
                let error = Error::new(format!("cannot read `{part}` as a mapping"));
                return Err(error.with_hint("write it as `--map quote=Zitat,speaker=Name`"));
            };
            let (key, column) = (key.trim(), column.trim());
            if !is_key(key) {
                let known: Vec<_> = keys().collect();
                let error = Error::new(format!("a card has no key `{key}`"));
                return Err(error.with_hint(suggestion(key, &known)));
            }
            mapping.insert(key.to_owned(), column.to_owned());
        }
        Ok(Self(mapping))
    }
}

/// Everything that a card's keys are called.
fn keys() -> impl Iterator<Item = &'static str> {
    let fields = Field::ALL.iter().map(|field| field.name());
    fields.chain(CARD_KEYS.iter().copied())
}

fn is_key(name: &str) -> bool {
    keys().any(|key| key == name)
}

/// What the columns of a table are.
pub(super) struct Columns {
    /// Column → key of the card.
    keys: BTreeMap<String, String>,
    unused: Vec<Key>,
}

impl Columns {
    pub(super) fn new(columns: &[Key], mapping: &Mapping) -> Result<Self> {
        let mut keys = BTreeMap::new();
        let mut taken = BTreeSet::new();
        for (key, column) in &mapping.0 {
            let known = |other: &&Key| other.name == *column;
            let alike = |other: &&Key| folded(&other.name) == folded(column);
            let found = columns
                .iter()
                .find(known)
                .or_else(|| columns.iter().find(alike));
            let Some(found) = found else {
                let names: Vec<_> = columns.iter().map(|column| column.name.as_str()).collect();
                let error = Error::new(format!("there is no column `{column}` to map `{key}` to"));
                return Err(error.with_hint(suggestion(column, &names)));
            };
            keys.insert(found.name.clone(), key.clone());
            taken.insert(key.clone());
        }
        let exact = |column: &Key| {
            let name = folded(&column.name);
            self::keys().find(|key| *key == name).map(|key| (0, key))
        };
        let named = |column: &Key| exact(column).or_else(|| synonym(&column.name));
        let mut guesses: Vec<_> = columns
            .iter()
            .filter(|column| !keys.contains_key(&column.name))
            .filter_map(|column| named(column).map(|(rank, key)| (rank, key, column)))
            .collect();
        guesses.sort_by_key(|(rank, ..)| *rank);
        for (_, key, column) in guesses {
            if taken.insert(key.to_owned()) {
                keys.insert(column.name.clone(), key.to_owned());
            }
        }
        let is_unused = |column: &&Key| !keys.contains_key(&column.name) && !column.name.is_empty();
        let unused = columns.iter().filter(is_unused).cloned().collect();
        check(columns, &keys)?;
        Ok(Self { keys, unused })
    }

    /// `column-unused`: columns that no card shows.
    pub(super) fn unused(&self) -> Option<Diagnostic> {
        let first = self.unused.first()?;
        let slip = |column: &Key| Some((column.name.clone(), nearest(&column.name, keys())?));
        let verb = if self.unused.len() == 1 {
            "column is"
        } else {
            "columns are"
        };
        let message = format!(
            "{} {verb} not shown on cards: {}",
            self.unused.len(),
            listed(&self.unused)
        );
        let hint = match self.unused.iter().take(MOST_NAMED).find_map(slip) {
            Some((column, key)) => format!("if `{column}` is `{key}`, say --map '{key}={column}'"),
            None => format!(
                "say --map 'role={0}' if `{0}` is to be shown; file names may use {{{0}}}",
                first.name
            ),
        };
        Some(
            Diagnostic::warning("column-unused", message)
                .with_hint(hint)
                .at(Place {
                    line: Some(first.place.0),
                    column: Some(first.place.1),
                    ..Place::default()
                }),
        )
    }

    /// The names of the columns that no card shows.
    pub(super) fn extra(&self) -> BTreeSet<String> {
        self.unused.iter().map(|key| key.name.clone()).collect()
    }

    /// The row with the keys of a card, and the cells that are none of them.
    pub(super) fn name(&self, row: Node) -> (Node, Cells) {
        let Value::Map(entries) = row.value else {
            return (row, Cells::new());
        };
        let (mut named, mut extra) = (Vec::with_capacity(entries.len()), Cells::new());
        for (key, mut node) in entries {
            match (self.keys.get(&key.name), &node.value) {
                (Some(name), _) => {
                    if name == "id" {
                        make_file_name(&mut node);
                    }
                    named.push((
                        Key {
                            name: name.clone(),
                            ..key
                        },
                        node,
                    ));
                }
                (None, Value::Words(words)) => {
                    extra.insert(key.name, words.clone());
                }
                // A list, or nothing: no part of a name, no words of a card.
                (None, _) => {}
            }
        }
        let value = Value::Map(named);
        (Node { value, ..row }, extra)
    }
}

/// Ids of other programs (`2031/17`) may have what file names must not.
fn make_file_name(node: &mut Node) {
    if let Value::Words(id) = &mut node.value
        && (!is_file_name(id) || id.len() > 64)
    {
        *id = slug(id, 64);
    }
}

/// `` `a`, `b` and 40 more ``.
fn listed(columns: &[Key]) -> String {
    let names = columns.iter().take(MOST_NAMED);
    let names: Vec<_> = names.map(|column| format!("`{}`", column.name)).collect();
    match columns.len().saturating_sub(MOST_NAMED) {
        0 => names.join(", "),
        more => format!("{} and {more} more", names.join(", ")),
    }
}

fn folded(name: &str) -> String {
    let letters = name.chars().filter(|c| c.is_alphanumeric());
    letters.flat_map(char::to_lowercase).collect()
}

/// The key that people call so, and how far down the list that is.
fn synonym(name: &str) -> Option<(usize, &'static str)> {
    let name = folded(name);
    SYNONYMS.iter().find_map(|(key, names)| {
        let rank = names.iter().position(|synonym| *synonym == name)?;
        Some((rank + 1, *key))
    })
}

/// Names must be clear, and some column must hold what a card is about.
fn check(columns: &[Key], keys: &BTreeMap<String, String>) -> Result<()> {
    let mut seen = BTreeMap::new();
    for column in columns {
        let first = seen.insert(&column.name, column.place.1);
        if let (Some(first), true) = (first, keys.contains_key(&column.name)) {
            let message = format!(
                "the column `{}` stands twice, as column {first} and column {}",
                column.name, column.place.1
            );
            let error = Error::new(message).at(column.place.0, column.place.1);
            return Err(error.with_hint("rename one of them"));
        }
    }
    let is_main = |key: &String| key == "quote" || key == "figure";
    if keys.values().any(is_main) || columns.is_empty() {
        return Ok(());
    }
    let (line, column) = columns[0].place;
    let message = format!(
        "no column is a `quote` or a `figure`; there are {}",
        listed(columns)
    );
    let hint = format!("say which one is: --map 'quote={}'", columns[0].name);
    Err(Error::new(message).at(line, column).with_hint(hint))
}
