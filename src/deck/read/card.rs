//! Reads one card.

use super::{Draft, FOREIGN, at, chart, expected, optional_words, origin};
use crate::deck::nearest::{nearest, suggestion};
use crate::deck::slug::{is_file_name, slug};
use crate::deck::yaml::{Key, Node, Value};
use crate::deck::{Card, ChartKind, Field, Kind, Status};
use crate::error::{Error, Result};

/// Keys of a card that are not fields.
pub(in crate::deck) const KEYS: &[&str] = &[
    "id",
    "status",
    "kind",
    "theme",
    "lang",
    "template",
    "capitalize",
    "quoted",
    "chart",
    "values",
    "stale",
    "origin",
    "score",
    "reasons",
];

/// Fewest and most facts of a list.
const LIST: std::ops::RangeInclusive<usize> = 3..=5;

/// Longest id: with the longest platform and ending it stays a file name everywhere.
const LONGEST_ID: usize = 64;

/// Reads a card; its id may be missing.
pub(super) fn draft(node: &Node) -> Result<Draft> {
    let Value::Map(entries) = &node.value else {
        let message = format!("expected a card, found {}", node.describe());
        return Err(at(node.place, message).with_hint("write it as `quote: the words`"));
    };
    let mut card = Card {
        position: Some(node.place),
        ..Card::new("", Kind::Quote)
    };
    let (mut id, mut kind, mut pictured) = (None, None, None);
    for (key, node) in entries {
        match key.name.as_str() {
            "id" => id = self::id(key, node)?,
            "kind" => kind = choice(key, node, Kind::ALL, |kind| kind.name())?,
            "status" => {
                let status = choice(key, node, Status::ALL, |status| status.name())?;
                card.status = status.unwrap_or_default();
            }
            "theme" => card.theme = optional_words(key, node)?,
            "lang" => card.lang = optional_words(key, node)?,
            "template" => card.template = optional_words(key, node)?,
            "capitalize" => card.capitalize = yes_or_no(key, node)?,
            "quoted" => card.quoted = yes_or_no(key, node)?,
            "chart" => {
                card.chart = choice(key, node, ChartKind::ALL, |chart| chart.name())?;
                pictured = Some(node);
            }
            "values" => {
                card.values = chart::values(node)?;
                pictured = pictured.or(Some(node));
            }
            "stale" => card.stale = optional_words(key, node)?,
            "origin" => card.origin = origin::origin(node)?,
            "score" => card.score = score(key, node)?,
            "reasons" => card.reasons = reasons(node)?,
            name if name.starts_with(FOREIGN) => {}
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
    if let Some(node) = pictured {
        chart::check(&mut card, node, entries)?;
    }
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
        Some(Kind::List) if !LIST.contains(&card.values.len()) => {
            let message = format!("a list has 3 to 5 facts, found {}", card.values.len());
            Err(at(place, message)
                .with_hint("list them below `values:`, each as `- figure: 45%` with its `label:`"))
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
    let keys = KEYS.iter().copied();
    let error = at(key.place, format!("a card has no key `{}`", key.name));
    match nearest(&key.name, fields.clone().chain(keys)) {
        Some(nearest) => error.with_hint(format!("did you mean `{nearest}`?")),
        None => {
            let known = fields.collect::<Vec<_>>().join("`, `");
            error.with_hint(format!("what cards show is called `{known}`"))
        }
    }
}

fn yes_or_no(key: &Key, node: &Node) -> Result<bool> {
    match optional_words(key, node)?.as_deref() {
        Some("true" | "yes") => Ok(true),
        None | Some("false" | "no") => Ok(false),
        Some(_) => Err(expected("`true` or `false`", &key.name, node)),
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
