//! Finds which proposal a card was made of, also after people have edited the card or the article.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use crate::deck::paths::tidy;
use crate::deck::{Card, Deck, Field, Kind};

/// From this likeness on two wordings are one card: half of the words and a little.
const ALIKE: f64 = 0.6;

/// Words that people put for those they left out.
const GAPS: [&str; 2] = ["…", "..."];

/// Which proposal belongs to which card.
pub(super) struct Pairs<'a> {
    /// For each card, its proposal.
    of_cards: Vec<Option<&'a Card>>,
}

impl<'a> Pairs<'a> {
    pub(super) fn proposal_of(&self, index: usize) -> Option<&'a Card> {
        self.of_cards.get(index).copied().flatten()
    }

    /// Whether a proposal is a card already.
    pub(super) fn is_taken(&self, proposal: &Card) -> bool {
        self.of_cards
            .iter()
            .flatten()
            .any(|taken| std::ptr::eq(*taken, proposal))
    }
}

/// A way to tell that a card and a proposal are one; the surer ones come first.
type Rule = fn(&Card, &Card) -> bool;

const RULES: &[Rule] = &[same_words, same_place, cut, alike];

/// Pairs cards with the proposals for the same article, each with one at most.
pub(super) fn pairs<'a>(deck: &Deck, proposals: &'a [Deck]) -> Pairs<'a> {
    let all: Vec<&Card> = proposals.iter().flat_map(|deck| &deck.cards).collect();
    let mut of_articles: BTreeMap<PathBuf, Vec<usize>> = BTreeMap::new();
    let mut of_words: BTreeMap<Vec<String>, Vec<usize>> = BTreeMap::new();
    for (index, proposal) in all.iter().enumerate() {
        of_articles
            .entry(article(proposal))
            .or_default()
            .push(index);
        of_words
            .entry(main_words(proposal))
            .or_default()
            .push(index);
    }
    let mut of_cards: Vec<Option<&Card>> = vec![None; deck.cards.len()];
    let mut taken = BTreeSet::new();
    for rule in RULES {
        for (index, card) in deck.cards.iter().enumerate() {
            if of_cards[index].is_some() {
                continue;
            }
            // A card that names no article may be of any, if it has the very words.
            let near = match &card.origin {
                Some(_) => of_articles.get(&article(card)),
                None => of_words.get(&main_words(card)),
            };
            let found = near.into_iter().flatten().find(|at| {
                let proposal = all[**at];
                !taken.contains(*at) && card.kind == proposal.kind && rule(card, proposal)
            });
            if let Some(at) = found {
                of_cards[index] = Some(all[*at]);
                taken.insert(*at);
            }
        }
    }
    Pairs { of_cards }
}

fn article(card: &Card) -> PathBuf {
    let article = card.origin.as_ref().map(|origin| origin.article.as_path());
    tidy(article.unwrap_or(Path::new("")))
}

fn main_words(card: &Card) -> Vec<String> {
    words(text(card, main_field(card.kind)))
}

/// The field that makes a card what it is.
pub(super) fn main_field(kind: Kind) -> Field {
    match kind {
        Kind::Quote => Field::Quote,
        Kind::Statistic => Field::Figure,
        Kind::Title | Kind::List => Field::Title,
    }
}

fn text(card: &Card, field: Field) -> &str {
    card.fields.get(&field).map_or("", String::as_str)
}

/// Letters and digits in lower case, word by word.
fn words(text: &str) -> Vec<String> {
    let is_inside = |c: char| c.is_alphanumeric() || matches!(c, '%' | '$' | '€' | '£');
    text.split(|c: char| !is_inside(c))
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect()
}

/// What a statistic says beside its figure.
fn about(card: &Card) -> Vec<String> {
    let fields = [Field::Label, Field::Context, Field::Time];
    fields
        .iter()
        .flat_map(|field| words(text(card, *field)))
        .collect()
}

fn same_words(card: &Card, proposal: &Card) -> bool {
    let main = main_field(card.kind);
    words(text(card, main)) == words(text(proposal, main))
        && (card.kind == Kind::Quote || about(card) == about(proposal))
}

/// The same bytes of the article, with some of the same words: people may have edited all the rest.
fn same_place(card: &Card, proposal: &Card) -> bool {
    let main = main_field(card.kind);
    let spans = |card: &Card| {
        card.origin
            .as_ref()
            .and_then(|o| o.spans.get(&main).cloned())
    };
    let (ours, theirs) = (spans(card), spans(proposal));
    ours.is_some() && ours == theirs && {
        let (a, b) = (words(text(card, main)), words(text(proposal, main)));
        a.iter().any(|word| b.contains(word))
    }
}

/// People cut words out of the proposal, or the article was cut to the card.
fn cut(card: &Card, proposal: &Card) -> bool {
    if card.kind == Kind::Statistic {
        let (a, b) = (about(card), about(proposal));
        let has_figure = words(text(card, Field::Figure)) == words(text(proposal, Field::Figure));
        return has_figure && likeness(&a, &b) > 0.0;
    }
    let (ours, theirs) = (text(card, Field::Quote), text(proposal, Field::Quote));
    let pieces: Vec<Vec<String>> = GAPS
        .iter()
        .fold(vec![ours], |parts, gap| {
            parts.iter().flat_map(|part| part.split(gap)).collect()
        })
        .into_iter()
        .map(words)
        .filter(|piece| !piece.is_empty())
        .collect();
    let is_long = pieces.iter().map(Vec::len).sum::<usize>() >= 3;
    is_long && holds(&words(theirs), &pieces) || holds(&words(ours), &[words(theirs)])
}

/// Whether the pieces stand in the words, one behind the other.
fn holds(words: &[String], pieces: &[Vec<String>]) -> bool {
    let mut rest = words;
    for piece in pieces {
        if piece.is_empty() {
            return false;
        }
        let Some(at) = rest.windows(piece.len()).position(|window| window == piece) else {
            return false;
        };
        rest = &rest[at + piece.len()..];
    }
    true
}

/// The article says the same in other words, or with another number.
fn alike(card: &Card, proposal: &Card) -> bool {
    if card.kind == Kind::Statistic {
        return likeness(&about(card), &about(proposal)) >= ALIKE;
    }
    let words = |card: &Card| words(text(card, Field::Quote));
    likeness(&words(card), &words(proposal)) >= ALIKE
}

/// How many of the words two texts share, from 0 to 1 (Dice's coefficient).
fn likeness(a: &[String], b: &[String]) -> f64 {
    let (a, b): (BTreeSet<_>, BTreeSet<_>) = (a.iter().collect(), b.iter().collect());
    if a.is_empty() || b.is_empty() {
        return 0.0;
    }
    2.0 * a.intersection(&b).count() as f64 / (a.len() + b.len()) as f64
}
