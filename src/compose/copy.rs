//! The card's words under the names that templates bind to.

use std::collections::BTreeMap;

use crate::deck::{Card, Deck, Field};

/// A name that templates can bind to: a field, or something made of fields.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Name {
    /// What the deck says.
    Field(Field),
    /// The first letter of the brand, for a disc that stands in for its logo.
    Monogram,
}

/// The card's words, those that are there.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Copy {
    words: BTreeMap<Name, String>,
}

impl Name {
    /// The name that is written so in templates.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        match name {
            "monogram" => Some(Self::Monogram),
            _ => Field::from_name(name).map(Self::Field),
        }
    }

    /// How it is written in templates.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Field(field) => field.name(),
            Self::Monogram => "monogram",
        }
    }

    /// Every name.
    pub fn all() -> impl Iterator<Item = Self> {
        let fields = Field::ALL.iter().copied().map(Self::Field);
        fields.chain([Self::Monogram])
    }
}

impl Copy {
    /// The words of a card, with what its deck's cards share.
    #[must_use]
    pub fn new(deck: &Deck, card: &Card) -> Self {
        let mut words: BTreeMap<_, _> = Field::ALL
            .iter()
            .filter_map(|&field| Some((Name::Field(field), tidy(deck.field(card, field)?))))
            .filter(|(_, words)| !words.is_empty())
            .collect();
        if let Some(qualifier) = words.get_mut(&Name::Field(Field::Qualifier)) {
            *qualifier = capitalised(qualifier);
        }
        if let Some(brand) = words.get(&Name::Field(Field::Brand)) {
            let monogram: String = brand.chars().take(1).collect();
            words.insert(Name::Monogram, monogram);
        }
        Self { words }
    }

    /// The words under a name; `None` where there are none.
    #[must_use]
    pub fn get(&self, name: Name) -> Option<&str> {
        self.words.get(&name).map(String::as_str)
    }

    /// The words of a field; `None` where there are none.
    #[must_use]
    pub fn field(&self, field: Field) -> Option<&str> {
        self.get(Name::Field(field))
    }
}

/// With a capital first letter: a qualifier begins the sentence on a card, wherever it stood in
/// the article.
fn capitalised(words: &str) -> String {
    let mut characters = words.chars();
    let first = characters.next().into_iter().flat_map(char::to_uppercase);
    first.chain(characters.clone()).collect()
}

/// White space folded to single spaces; no-break spaces stay. Control characters, which XML cannot
/// hold, become spaces.
fn tidy(words: &str) -> String {
    let is_break = |c: char| (c.is_whitespace() && !is_no_break(c)) || c.is_control();
    let parts: Vec<_> = words
        .split(is_break)
        .filter(|part| !part.is_empty())
        .collect();
    parts.join(" ")
}

/// No-break space, figure space, narrow no-break space.
fn is_no_break(c: char) -> bool {
    matches!(c, '\u{a0}' | '\u{2007}' | '\u{202f}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn white_space_folds_and_what_xml_cannot_hold_goes() {
        assert_eq!(tidy(" a\n\t b\u{1}c\u{a0}d "), "a b c\u{a0}d");
    }

    #[test]
    fn a_qualifier_begins_the_sentence() {
        assert_eq!(capitalised("more than"), "More than");
        assert_eq!(capitalised("über"), "Über");
        assert_eq!(capitalised(""), "");
    }

    #[test]
    fn every_name_reads_back() {
        for name in Name::all() {
            assert_eq!(Name::parse(name.as_str()), Some(name));
        }
    }
}
