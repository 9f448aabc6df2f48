//! Puts what came of the jobs back together: deck by deck, card by card, with all that is wrong.

use std::path::Path;
use std::ptr;

use super::material::Block;
use crate::check;
use crate::deck::{Card, Field, Kind};
use crate::diagnostic::{Diagnostic, Severity};
use crate::publish::{Finished, Group, Picture, Source};

/// The groups of the pictures of a block, which are in the order of the plan, their cards checked. `last` is
/// the number of the deck whose pictures came before, and becomes that of the last one here.
#[must_use]
pub fn group<'a>(
    block: &'a Block,
    pictures: Vec<Picture<'a>>,
    last: &mut Option<usize>,
) -> Vec<Group<'a>> {
    let mut groups: Vec<Group<'a>> = Vec::new();
    let mut decks = block.decks.iter().zip(&block.numbers).zip(&block.materials);
    for mut picture in pictures {
        let (deck, card) = (picture.job.deck, picture.job.card);
        if !groups.last().is_some_and(|group| ptr::eq(group.deck, deck)) {
            let found = decks.find(|((own, _), _)| ptr::eq(*own, deck));
            let ((deck, number), material) = found.expect("pictures are in the order of the decks");
            groups.push(Group {
                deck,
                number: *number,
                goes_on: *last == Some(*number),
                material,
                cards: Vec::new(),
            });
            *last = Some(*number);
        }
        let group = groups.last_mut().expect("there is one by now");
        let is_same = |finished: &Finished<'_>| ptr::eq(finished.card, card);
        if !group.cards.last().is_some_and(is_same) {
            let finished = finished(group, card);
            group.cards.push(finished);
        }
        locate_all(&mut picture.diagnostics, group, card);
        let finished = group.cards.last_mut().expect("it was added above");
        finished.pictures.push(picture);
    }
    groups
}

/// Everything that is wrong, in the order of the cards.
#[must_use]
pub fn diagnostics(groups: &[Group<'_>]) -> Vec<Diagnostic> {
    let cards = groups.iter().flat_map(|group| &group.cards);
    let of_card = |card: &Finished<'_>| {
        let pictures = card
            .pictures
            .iter()
            .flat_map(|picture| &picture.diagnostics);
        card.diagnostics
            .iter()
            .chain(pictures)
            .cloned()
            .collect::<Vec<_>>()
    };
    cards.flat_map(of_card).collect()
}

/// Whether any of it is more than worth a look.
#[must_use]
pub fn has_errors(diagnostics: &[Diagnostic]) -> bool {
    diagnostics
        .iter()
        .any(|diagnostic| diagnostic.severity == Severity::Error)
}

fn finished<'a>(group: &Group<'a>, card: &'a Card) -> Finished<'a> {
    let articles = &group.material.articles;
    let article = |path: &Path| articles.get(path)?.article.as_deref();
    let mut diagnostics = check::check_card(group.deck, card, &article);
    locate_all(&mut diagnostics, group, card);
    Finished {
        card,
        diagnostics,
        pictures: Vec::new(),
    }
}

/// The article and the line that the card's words stand in.
fn located<'a>(source: &'a Source, card: &Card) -> Option<(&'a Path, Option<usize>)> {
    let article = source.article.as_deref()?;
    let field = match card.kind {
        Kind::Quote => Field::Quote,
        Kind::Statistic => Field::Figure,
        Kind::Title => Field::Title,
        Kind::List => Field::Label,
    };
    let spans = card
        .origin
        .as_ref()
        .and_then(|origin| origin.spans.get(&field));
    let start = spans.and_then(|spans| spans.first()).map(|span| span.start);
    let line = start.and_then(|start| article.line(start));
    Some((&article.path, line))
}

fn locate_all(diagnostics: &mut [Diagnostic], group: &Group<'_>, card: &Card) {
    // Finding the line takes reading the article up to it: not for cards without fault.
    if diagnostics.is_empty() {
        return;
    }
    let source = group.source_of(card);
    let source = source.and_then(|source| located(source, card));
    for diagnostic in diagnostics {
        locate(diagnostic, source);
    }
}

/// A card that was proposed and never written into a deck is where its words stand.
fn locate(diagnostic: &mut Diagnostic, source: Option<(&Path, Option<usize>)>) {
    let place = &mut diagnostic.place;
    if let (None, Some((path, line))) = (&place.file, source) {
        place.file = Some(path.to_owned());
        place.line = line;
    }
}
