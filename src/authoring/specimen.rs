//! Cards to look at templates with: one for each kind in short, medium and long words.

use std::path::Path;

use crate::deck::{self, Card, Deck, Field, Slide};
use crate::design::{Library, Platform};
use crate::error::{Error, Result};
use crate::plan::Job;
use crate::studio::Studio;

/// The cards, as a deck.
const CARDS: &str = include_str!("specimen.yaml");

/// The photograph of cards that have one; what it is called is never looked for.
const PHOTO: &str = "specimen-photo";
const PHOTO_BYTES: &[u8] = include_bytes!("../../examples/photos/valley.jpg");

/// How long the words of a card are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Length {
    /// Up to 8 words.
    Short,
    /// Up to 32 words.
    Medium,
    /// More.
    Long,
}

impl Length {
    /// Every length, the shortest first.
    pub const ALL: &'static [Self] = &[Self::Short, Self::Medium, Self::Long];

    /// As themes know it: `short`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Short => "short",
            Self::Medium => "medium",
            Self::Long => "long",
        }
    }
}

/// The cards of all kinds.
pub(super) struct Specimens {
    deck: Deck,
}

impl Specimens {
    pub(super) fn read() -> Result<Self> {
        let mut deck = deck::read(Path::new("specimen.yaml"), CARDS)?;
        // It is nowhere on this machine: nothing is looked for beside it.
        deck.path = None;
        Ok(Self { deck })
    }

    /// The card of a family of templates.
    ///
    /// # Errors
    ///
    /// A family of a kind that there is no card for: none that can be loaded.
    pub(super) fn card(&self, family: &str, length: Length) -> Result<Card> {
        let kind = match family {
            "photo-quote" | "carousel-quote" => "quote",
            "carousel-statistic" => "statistic",
            "photo-title" | "carousel-cover" | "carousel-end" => "title",
            own => own,
        };
        let id = format!("{kind}-{}", length.name());
        let found = self.deck.cards.iter().find(|card| card.id == id);
        let card =
            found.ok_or_else(|| Error::new(format!("there is no specimen for `{family}`")))?;
        let mut card = card.clone();
        if family.starts_with("photo") {
            card = card.with(Field::Photo, PHOTO);
            card = card.with(Field::Credit, "Photo: Lena Odell");
        }
        if let Some(step) = family.strip_prefix("carousel-") {
            let number = match step {
                "cover" => 1,
                "end" => 6,
                _ => 3,
            };
            card.slide = Some(Slide { number, of: 6 });
        }
        Ok(card)
    }

    /// A card as it is to be made.
    pub(super) fn job<'a>(
        &'a self,
        card: &'a Card,
        (family, theme): (&str, &str),
        platform: &'a Platform,
    ) -> Job<'a> {
        Job {
            deck: &self.deck,
            card,
            platform,
            theme: theme.to_owned(),
            family: family.to_owned(),
            note: None,
            name: "specimen".into(),
        }
    }
}

/// The same studio with the photograph of the specimens.
///
/// # Errors
///
/// None for a program that passed its tests.
pub(super) fn with_photo(studio: Studio) -> Result<Studio> {
    studio.with_photo(Path::new(PHOTO), PHOTO_BYTES)
}

/// The platform that an artboard is drawn for: the first in the list.
pub(super) fn platform<'a>(library: &'a Library, artboard: &str) -> Option<&'a Platform> {
    let mut platforms = library.platforms().iter();
    platforms.find(|platform| platform.artboard == artboard)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_family_has_a_card_of_every_length() {
        let library = Library::built_in().expect("it loads");
        let specimens = Specimens::read().expect("the deck reads");
        for family in library.families() {
            for length in Length::ALL {
                let card = specimens.card(&family.name, *length);
                assert!(card.is_ok(), "{} {length:?}", family.name);
            }
        }
    }
}
