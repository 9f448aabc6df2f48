//! The names that templates bind to.

use crate::deck::Field;

/// A name that templates can bind to: a field, or something made of fields.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Name {
    /// What the deck says.
    Field(Field),
    /// The first letter of the brand, for a disc that stands in for its logo.
    Monogram,
    /// What introduces the source, in the card's language: "Source:".
    SourceLabel,
    /// The article that the words are from, in the card's language: "From “The title”".
    FromArticle,
    /// What stands before the colon of a headline: "Introducing our partner".
    LeadIn,
    /// A headline, without what leads in.
    Headline,
    /// What a list is about: its label, else the article's headline.
    Heading,
    /// What the last slide of a carousel says: its call, else the article's headline.
    Ending,
    /// The place of a slide: "2/6".
    Page,
    /// The brand's logo: no words, but templates show and hide by it.
    Logo,
    /// The figure of a fact of a list, from 1.
    FactFigure(u8),
    /// The words of a fact of a list, from 1.
    Fact(u8),
}

/// The names of facts; there are as many as a list may have.
pub(super) const FACTS: [(&str, &str); 5] = [
    ("figure-1", "item-1"),
    ("figure-2", "item-2"),
    ("figure-3", "item-3"),
    ("figure-4", "item-4"),
    ("figure-5", "item-5"),
];

impl Name {
    /// The name that is written so in templates.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        match name {
            "monogram" => Some(Self::Monogram),
            "source-label" => Some(Self::SourceLabel),
            "from-article" => Some(Self::FromArticle),
            "lead-in" => Some(Self::LeadIn),
            "headline" => Some(Self::Headline),
            "heading" => Some(Self::Heading),
            "ending" => Some(Self::Ending),
            "page" => Some(Self::Page),
            "logo" => Some(Self::Logo),
            _ => Self::fact(name).or_else(|| Field::from_name(name).map(Self::Field)),
        }
    }

    fn fact(name: &str) -> Option<Self> {
        (1..).zip(FACTS).find_map(|(number, (figure, words))| {
            let found = (name == figure).then_some(Self::FactFigure(number));
            found.or((name == words).then_some(Self::Fact(number)))
        })
    }

    /// How it is written in templates.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Field(field) => field.name(),
            Self::Monogram => "monogram",
            Self::SourceLabel => "source-label",
            Self::FromArticle => "from-article",
            Self::LeadIn => "lead-in",
            Self::Headline => "headline",
            Self::Heading => "heading",
            Self::Ending => "ending",
            Self::Page => "page",
            Self::Logo => "logo",
            Self::FactFigure(number) => FACTS[usize::from(number) - 1].0,
            Self::Fact(number) => FACTS[usize::from(number) - 1].1,
        }
    }

    /// The field of a card that it shows, or is made of.
    #[must_use]
    pub fn field(self) -> Option<Field> {
        match self {
            Self::Field(field) => Some(field),
            Self::SourceLabel => Some(Field::Source),
            Self::FromArticle | Self::LeadIn | Self::Headline => Some(Field::Title),
            Self::Ending => Some(Field::Call),
            Self::Heading | Self::Fact(_) => Some(Field::Label),
            Self::FactFigure(_) => Some(Field::Figure),
            Self::Monogram | Self::Page | Self::Logo => None,
        }
    }

    /// Every name.
    pub fn all() -> impl Iterator<Item = Self> {
        let fields = Field::ALL.iter().copied().map(Self::Field);
        let made = [
            Self::Monogram,
            Self::SourceLabel,
            Self::FromArticle,
            Self::LeadIn,
            Self::Headline,
            Self::Heading,
            Self::Ending,
            Self::Page,
            Self::Logo,
        ];
        let numbers = || 1..=FACTS.len() as u8;
        let facts = numbers()
            .map(Self::FactFigure)
            .chain(numbers().map(Self::Fact));
        fields.chain(made).chain(facts)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_reads_back() {
        for name in Name::all() {
            assert_eq!(Name::parse(name.as_str()), Some(name));
        }
    }
}
