//! Brings an edited deck up to date with its articles, and keeps all that people did.
//!
//! In: the deck's file, what `extract` proposes now, and whether each card still fits its article.
//! Out: the file with new cards at its end, with `stale:` on cards that no longer fit and without it
//! on those that do again, and with the places of words that have moved. Everything else stays byte
//! for byte: order, wording, comments, keys of other programs. Merging the result again changes
//! nothing.

mod edit;
mod pair;
#[cfg(test)]
mod tests;

use std::collections::BTreeSet;

use super::slug::Names;
use super::{Card, Deck, read, write};
use crate::error::{Error, Result};
use edit::Editor;

/// How a card stands to its article.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fit {
    /// Its article was not read, or it has none: nothing is said about it.
    Unknown,
    /// The article has what the card says.
    Fits,
    /// The article does not, and why.
    Stale(String),
}

/// A deck brought up to date.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Merged {
    /// The text of its file.
    pub text: String,
    /// Ids of the cards that are new.
    pub added: Vec<String>,
    /// Ids of the cards that no longer fit and did before.
    pub stale: Vec<String>,
    /// Ids of the cards that fit again.
    pub restored: Vec<String>,
    /// How many cards of the old deck there are; all are still there.
    pub kept: usize,
}

/// Merges proposals into a deck: `text` is its file and `deck` what was read from it.
///
/// `proposals` has a deck for each article with all that could become a card, best first, paths
/// counted from the same folder as in `deck`. Of those that are no card yet, the ones among the
/// first `max` of their article are added, as proposed.
///
/// # Errors
///
/// New cards cannot be written into a list in brackets; the file is not the deck that was given.
pub fn merge(
    text: &str,
    deck: &Deck,
    proposals: &[Deck],
    max: usize,
    fit: &dyn Fn(&Card) -> Fit,
) -> Result<Merged> {
    let mut editor = Editor::open(text)?;
    let mut merged = Merged {
        text: String::new(),
        added: Vec::new(),
        stale: Vec::new(),
        restored: Vec::new(),
        kept: deck.cards.len(),
    };
    let pairs = pair::pairs(deck, proposals);
    for (index, card) in deck.cards.iter().enumerate() {
        match fit(card) {
            Fit::Unknown => {}
            Fit::Stale(why) => {
                if card.stale.is_none() {
                    merged.stale.push(card.id.clone());
                }
                if card.stale.as_ref() != Some(&why) {
                    editor.set_stale(index, &why);
                }
            }
            Fit::Fits => {
                if card.stale.is_some() {
                    merged.restored.push(card.id.clone());
                    editor.remove_stale(index);
                }
                if let Some(proposal) = pairs.proposal_of(index) {
                    move_spans(&mut editor, index, card, proposal);
                }
            }
        }
    }
    for card in added(deck, proposals, max, &pairs) {
        editor.append(&card)?;
        merged.added.push(card.id);
    }
    merged.text = editor.finish();
    verify(deck, &merged)?;
    Ok(merged)
}

/// The proposals that are no card yet, with ids that nobody has.
fn added(deck: &Deck, proposals: &[Deck], max: usize, pairs: &pair::Pairs<'_>) -> Vec<Card> {
    let mut names = Names::default();
    for card in &deck.cards {
        names.take(&card.id);
    }
    let mut cards = Vec::new();
    for proposed in proposals {
        for card in proposed.cards.iter().take(max) {
            if pairs.is_taken(card) {
                continue;
            }
            let mut card = card.clone();
            card.id = names.take(&card.id);
            // What the deck shares or another article has need not be what this one says.
            for (field, value) in &proposed.shared {
                if deck.shared.get(field) != Some(value) {
                    card.fields.entry(*field).or_insert_with(|| value.clone());
                }
            }
            if proposed.lang != deck.lang {
                card.lang = card.lang.or_else(|| proposed.lang.clone());
            }
            cards.push(card);
        }
    }
    cards
}

/// Writes where the words of a card stand now.
fn move_spans(editor: &mut Editor<'_>, index: usize, card: &Card, proposal: &Card) {
    let (Some(old), Some(new)) = (&card.origin, &proposal.origin) else {
        return;
    };
    let main = pair::main_field(card.kind);
    for (field, spans) in &old.spans {
        let is_same = *field == main || card.fields.get(field) == proposal.fields.get(field);
        let Some(now) = new.spans.get(field).filter(|now| is_same && *now != spans) else {
            continue;
        };
        editor.set_span(index, field.name(), &write::ranges(now));
    }
    if card.values == proposal.values && old.values != new.values {
        editor.set_span(index, "values", &write::ranges(&new.values));
    }
}

/// Nothing that people decided may be lost, whatever their file looks like.
fn verify(deck: &Deck, merged: &Merged) -> Result<()> {
    let path = deck.path.clone().unwrap_or_default();
    let after = read(&path, &merged.text)
        .map_err(|cause| Error::new(format!("the deck cannot be brought up to date: {cause}")))?;
    let bare = |card: &Card| Card {
        stale: None,
        origin: None,
        position: None,
        ..card.clone()
    };
    let is_kept = after.cards.len() == deck.cards.len() + merged.added.len()
        && deck
            .cards
            .iter()
            .zip(&after.cards)
            .all(|(a, b)| bare(a) == bare(b))
        && (&deck.shared, &deck.theme, &deck.lang) == (&after.shared, &after.theme, &after.lang);
    let ids: BTreeSet<_> = after.cards.iter().map(|card| &card.id).collect();
    if is_kept && ids.len() == after.cards.len() {
        return Ok(());
    }
    let error = Error::new("the deck cannot be brought up to date without changing its cards");
    Err(error
        .in_file(&path)
        .with_hint("write a new deck with another --out, and copy from it"))
}
