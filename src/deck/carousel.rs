//! Makes one carousel of a deck: a cover, a slide for each card, an end; numbered in order.

use std::collections::BTreeMap;

use super::{Card, Deck, Kind, Origin, Slide, Status};

/// Slides that a platform takes at least everywhere: a cover, one card, an end.
const FRAME: usize = 2;

/// The deck's quotations and numbers as the slides of one carousel.
///
/// The cover has the headline of the article, the end `call:` or the headline again, with `link:`.
/// Ids begin with the slide's number, so that files sort as they are to be posted. A deck without a
/// card to show stays as it is.
#[must_use]
pub fn carousel(deck: &Deck) -> Deck {
    let is_shown = |card: &&Card| {
        card.status != Status::Rejected && matches!(card.kind, Kind::Quote | Kind::Statistic)
    };
    let shown: Vec<&Card> = deck.cards.iter().filter(is_shown).collect();
    if shown.is_empty() {
        return deck.clone();
    }
    let of = shown.len() + FRAME;
    let digits = of.to_string().len();
    let slide = |number: usize, name: &str, template: &str, card: Card| Card {
        id: format!("{number:0digits$}-{name}"),
        template: Some(template.to_owned()),
        slide: Some(Slide {
            number: number as u32,
            of: of as u32,
        }),
        ..card
    };
    // Cover and end are of the same article: their files stand beside those of the others.
    let frame = || Card {
        origin: shown.iter().find_map(|card| article(card)),
        ..Card::new("", Kind::Title)
    };
    let (cover, end) = (frame(), frame());
    let mut cards = vec![slide(1, "cover", "carousel-cover", cover)];
    for (index, card) in shown.into_iter().enumerate() {
        let template = format!("carousel-{}", card.kind.name());
        cards.push(slide(index + 2, &card.id, &template, card.clone()));
    }
    cards.push(slide(of, "end", "carousel-end", end));
    Deck {
        cards,
        ..deck.clone()
    }
}

/// The article of a card, without the places of its words.
fn article(card: &Card) -> Option<Origin> {
    let origin = card.origin.as_ref()?;
    Some(Origin {
        article: origin.article.clone(),
        spans: BTreeMap::new(),
        values: Vec::new(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slides_are_numbered_from_cover_to_end() {
        let cards = (0..9).map(|index| Card::new(&format!("card-{index}"), Kind::Quote));
        let mut deck = Deck {
            cards: cards.collect(),
            ..Deck::default()
        };
        deck.cards[3].status = Status::Rejected;
        let slides = carousel(&deck).cards;
        let ids: Vec<&str> = slides.iter().map(|card| card.id.as_str()).collect();
        assert_eq!(ids[..3], ["01-cover", "02-card-0", "03-card-1"]);
        assert_eq!(ids.last(), Some(&"10-end"));
        let numbers = slides.iter().filter_map(|card| card.slide);
        assert!(numbers.clone().all(|slide| slide.of == 10));
        assert_eq!(
            numbers.map(|slide| slide.number).collect::<Vec<_>>(),
            (1..=10).collect::<Vec<_>>()
        );
    }

    #[test]
    fn cover_and_end_are_of_the_article() {
        let mut card = Card::new("card", Kind::Quote);
        card.origin = Some(Origin {
            article: "story.txt".into(),
            spans: BTreeMap::new(),
            values: Vec::new(),
        });
        let deck = Deck {
            cards: vec![card],
            ..Deck::default()
        };
        let slides = carousel(&deck).cards;
        let articles = slides.iter().map(|card| deck.article_of(card));
        assert!(articles.clone().all(|article| article.is_some()));
        assert_eq!(articles.count(), 3);
    }

    #[test]
    fn nothing_to_show_is_no_carousel() {
        assert_eq!(carousel(&Deck::default()), Deck::default());
    }
}
