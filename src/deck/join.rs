//! Makes one deck of several: a campaign of many articles.

use std::collections::BTreeMap;

use super::slug::Names;
use super::{Deck, Field};

/// One deck with the cards of all, in order.
///
/// What all decks agree on stays shared; the rest becomes the cards' own. Ids that clash get
/// numbers. Paths of articles must count from the same place.
#[must_use]
pub fn join(decks: Vec<Deck>) -> Deck {
    let shared = agreed(&decks);
    let theme = decks.first().and_then(|deck| deck.theme.clone());
    let theme = theme.filter(|theme| decks.iter().all(|deck| deck.theme.as_ref() == Some(theme)));
    let lang = decks.first().and_then(|deck| deck.lang.clone());
    let lang = lang.filter(|lang| decks.iter().all(|deck| deck.lang.as_ref() == Some(lang)));
    let mut joined = Deck {
        path: None,
        theme,
        lang,
        shared,
        ..Deck::default()
    };
    let mut ids = Names::default();
    for deck in decks {
        let own: Vec<_> = deck
            .shared
            .into_iter()
            .filter(|(field, _)| !joined.shared.contains_key(field))
            .collect();
        let theme = deck.theme.filter(|_| joined.theme.is_none());
        let lang = deck.lang.filter(|_| joined.lang.is_none());
        for mut card in deck.cards {
            card.id = ids.take(&card.id);
            for (field, value) in &own {
                card.fields.entry(*field).or_insert_with(|| value.clone());
            }
            card.theme = card.theme.or_else(|| theme.clone());
            card.lang = card.lang.or_else(|| lang.clone());
            joined.cards.push(card);
        }
    }
    joined
}

/// The fields that every deck shares with the same words.
fn agreed(decks: &[Deck]) -> BTreeMap<Field, String> {
    let Some((first, rest)) = decks.split_first() else {
        return BTreeMap::new();
    };
    let mut shared = first.shared.clone();
    shared.retain(|field, value| {
        rest.iter()
            .all(|deck| deck.shared.get(field) == Some(value))
    });
    shared
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::deck::read;
    use std::path::Path;

    #[test]
    fn what_all_agree_on_stays_shared_and_ids_stay_unique() {
        let deck = |title: &str, id: &str| {
            let text = format!(
                "shared: {{title: {title}, brand: Northlight}}\ncards: [{{id: {id}, quote: Plant}}]"
            );
            read(Path::new("deck.yaml"), &text).expect("the deck reads")
        };
        let joined = join(vec![deck("One", "plant"), deck("Two", "Plant")]);
        let brand = [(Field::Brand, "Northlight".to_owned())];
        assert_eq!(joined.shared, BTreeMap::from(brand));
        let cards: Vec<_> = joined
            .cards
            .iter()
            .map(|card| (card.id.as_str(), card.fields[&Field::Title].as_str()))
            .collect();
        assert_eq!(cards, [("plant", "One"), ("Plant-2", "Two")]);
    }

    #[test]
    fn nothing_joins_to_nothing() {
        assert_eq!(join(Vec::new()), Deck::default());
    }
}
