//! Faults in a card that show without setting it: a deck and its articles in, diagnostics out.
//!
//! | code | what it says |
//! | --- | --- |
//! | `quote-altered` | the card's quote or figure is not word for word in the article |
//! | `article-missing` | the article cannot be read, so nothing was compared |
//! | `card-stale` | the article has changed since the card was made, as its `stale:` says |
//! | `attribution-missing` | a quote that nobody is named for |
//! | `statistic-without-source` | a number that nobody vouches for |
//! | `emphasis-lost` | the emphasised phrase is not, or not once, in the quote |
//!
//! What does not fit, has no glyph or no face is found by [`compose`](crate::compose); what is wrong with
//! a finished picture stands in `picture`.

mod compare;
mod picture;
mod verbatim;
mod words;

use std::path::Path;

use crate::article::Article;
use crate::deck::{Card, Deck, Field, Kind};
use crate::diagnostic::{Diagnostic, Place};

pub use picture::{CONTRAST, PHONE, SMALLEST, check_file, check_picture};

/// Looks up an article by its path, as [`Deck::article_of`] gives it; `None` where it cannot be
/// read.
pub type Articles<'a> = &'a dyn Fn(&Path) -> Option<&'a Article>;

/// What is wrong with a card, whatever it is made for.
#[must_use]
pub fn check_card(deck: &Deck, card: &Card, articles: Articles<'_>) -> Vec<Diagnostic> {
    let mut found = verbatim::check(deck, card, articles);
    found.extend(match card.kind {
        Kind::Quote => attribution(deck, card),
        Kind::Statistic | Kind::List => source(deck, card),
        Kind::Title => None,
    });
    found.extend(emphasis(deck, card));
    if !found.iter().any(|found| found.code == "quote-altered") {
        found.extend(marked_stale(deck, card));
    }
    found
}

/// Why a card no longer says what its article says; `None` while it does, and where there is nothing
/// to compare it with.
#[must_use]
pub fn stale(deck: &Deck, card: &Card, articles: Articles<'_>) -> Option<String> {
    let altered = verbatim::check(deck, card, articles);
    let altered = altered
        .into_iter()
        .find(|found| found.code == "quote-altered");
    if let Some(altered) = altered {
        return Some(altered.message);
    }
    let article = articles(&deck.article_of(card)?)?;
    let named = [Field::Speaker, Field::Source];
    let origin = card.origin.as_ref()?;
    named.into_iter().find_map(|field| {
        let name = card
            .fields
            .get(&field)
            .filter(|_| origin.spans.contains_key(&field))?;
        // A name that people wrote out or shortened still has a word in common.
        let is_there = |word: &str| article.text.contains(word);
        let mut words = name
            .split_whitespace()
            .filter(|word| word.len() > 3)
            .peekable();
        let is_gone = words.peek().is_some() && !words.any(is_there);
        is_gone.then(|| format!("the article does not name the {} “{name}”", field.name()))
    })
}

/// What `extract` found when it was run again.
fn marked_stale(deck: &Deck, card: &Card) -> Option<Diagnostic> {
    let why = card.stale.as_ref()?;
    let diagnostic = Diagnostic::warning("card-stale", why.clone()).with_hint(
        "correct the card or reject it; `pullquote extract` takes the mark off when it fits again",
    );
    Some(diagnostic.at(place(deck, card, Field::Quote)))
}

fn attribution(deck: &Deck, card: &Card) -> Option<Diagnostic> {
    // The article's own words are credited to it.
    if deck.field(card, Field::Speaker).is_some() || !card.quoted {
        return None;
    }
    let diagnostic =
        Diagnostic::warning("attribution-missing", "the quote does not say whose it is")
            .with_hint("add `speaker:`, or reject the card");
    Some(diagnostic.at(place(deck, card, Field::Speaker)))
}

fn source(deck: &Deck, card: &Card) -> Option<Diagnostic> {
    if deck.field(card, Field::Source).is_some() {
        return None;
    }
    let message = match deck.field(card, Field::Figure) {
        Some(figure) => format!("the number {figure} does not say where it comes from"),
        None => "the facts do not say where they come from".to_owned(),
    };
    let hint = "add `source:`; without one the card names the article";
    let diagnostic = Diagnostic::warning("statistic-without-source", message).with_hint(hint);
    Some(diagnostic.at(place(deck, card, Field::Source)))
}

fn emphasis(deck: &Deck, card: &Card) -> Option<Diagnostic> {
    if card.kind != Kind::Quote {
        return None;
    }
    let phrase = deck.field(card, Field::Emphasis)?;
    let quote = deck.field(card, Field::Quote).unwrap_or_default();
    let count = quote.matches(phrase).count();
    if count == 1 {
        return None;
    }
    let (message, hint) = if count == 0 {
        let message = format!("the quote does not have the emphasised words “{phrase}”");
        (
            message,
            "emphasise words that are in the quote, or remove `emphasis:`",
        )
    } else {
        let message = format!("the emphasised words “{phrase}” are {count} times in the quote");
        (message, "emphasise words that are in the quote once")
    };
    let diagnostic = Diagnostic::warning("emphasis-lost", message).with_hint(hint);
    Some(diagnostic.at(place(deck, card, Field::Emphasis)))
}

fn place(deck: &Deck, card: &Card, field: Field) -> Place {
    Place {
        file: deck.path.clone(),
        line: card.position.map(|(line, _)| line),
        column: card.position.map(|(_, column)| column),
        card: Some(card.id.clone()),
        platform: None,
        field: Some(field.name().to_owned()),
    }
}

#[cfg(test)]
mod tests;
