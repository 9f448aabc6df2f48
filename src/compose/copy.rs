//! The card's words under the names that templates bind to.

use std::collections::BTreeMap;
use std::ops::Range;

use unicode_bidi::BidiClass;

use super::dress::Dress;
use super::name::{FACTS, Name};
use super::script::{is_rtl, script};
use crate::deck::{Card, Deck, Field, Kind, Value};
use crate::text::Direction;

/// A lead-in longer than this is not one: the headline stays whole.
const LONGEST_LEAD_IN: usize = 60;

/// The card's words, those that are there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Copy {
    words: BTreeMap<Name, String>,
    phrase: Option<Range<usize>>,
    dress: Dress,
    lang: Option<String>,
    script: &'static str,
    is_quoted: bool,
}

impl Copy {
    /// The words of a card in the dress of their language, with what its deck's cards share.
    #[must_use]
    pub fn new(deck: &Deck, card: &Card) -> Self {
        let lang = card.lang.as_deref().or(deck.lang.as_deref());
        let main = [Field::Quote, Field::Label, Field::Figure];
        let sample = main.iter().find_map(|&field| deck.field(card, field));
        let dress = Dress::of(lang, sample.unwrap_or_default());
        let fields = Field::ALL.iter().filter_map(|&field| {
            let words = tidy(deck.field(card, field)?);
            // A path is not set, it is followed.
            let is_set = !matches!(field, Field::Photo | Field::Focus);
            let words = if is_set { dress.words(&words) } else { words };
            Some((Name::Field(field), words))
        });
        let mut words: BTreeMap<_, _> = fields.collect();
        let mut phrase = None;
        if let Some(quote) = deck.field(card, Field::Quote).map(tidy) {
            let raw = deck.field(card, Field::Emphasis).map(tidy);
            let raw = raw.and_then(|raw| place_of(&raw, &quote));
            let place = raw.clone().unwrap_or_default();
            let (dressed, moved) = match card.quoted {
                true => dress.quotation(&quote, place),
                false => dress.unquoted(&quote, place),
            };
            phrase = raw.map(|_| moved);
            words.insert(Name::Field(Field::Quote), dressed);
        }
        words.retain(|_, words| !words.is_empty());
        if card.capitalize {
            capitalise_first(&mut words, &mut phrase);
        }
        let made = made(card.kind, &words, &dress);
        words.extend(made);
        if !card.quoted {
            credit_article(&mut words);
        }
        words.extend(facts(card, &dress));
        if let Some(slide) = card.slide {
            words.insert(Name::Page, format!("{}/{}", slide.number, slide.of));
        }
        Self {
            words,
            phrase,
            is_quoted: card.quoted,
            dress,
            lang: lang.map(str::to_owned),
            script: script(sample.unwrap_or_default()),
        }
    }

    /// The copy of a card that has words for every name and no logo: for drawings that show their sample.
    #[must_use]
    pub fn of_sample() -> Self {
        let names = Name::all().filter(|name| *name != Name::Logo);
        Self {
            words: names.map(|name| (name, name.as_str().to_owned())).collect(),
            phrase: None,
            dress: Dress::of(None, ""),
            lang: None,
            script: script(""),
            is_quoted: true,
        }
    }

    /// The same words of a card whose brand has a logo, or none.
    #[must_use]
    pub fn with_logo(mut self, has_logo: bool) -> Self {
        if has_logo {
            self.words.insert(Name::Logo, String::new());
        }
        self
    }

    /// The card's language as a BCP 47 tag, if it is given.
    #[must_use]
    pub fn lang(&self) -> Option<&str> {
        self.lang.as_deref()
    }

    /// Whether its quotation stands in quotation marks.
    #[must_use]
    pub fn is_quoted(&self) -> bool {
        self.is_quoted
    }

    /// The bytes of the quotation that are emphasised.
    #[must_use]
    pub fn phrase(&self) -> Option<Range<usize>> {
        self.phrase.clone()
    }

    /// The script that most letters of its main text are in, as themes name it: `latin`, `cyrillic`.
    #[must_use]
    pub fn script(&self) -> &'static str {
        self.script
    }

    /// Whether the card reads from right to left: as its language does, given or told by its letters.
    #[must_use]
    pub fn is_rtl(&self) -> bool {
        is_rtl(self.dress.lang())
    }

    /// Which way one of its texts runs: as the card, if it has letters that run so or none at all;
    /// else as its own first letter.
    #[must_use]
    pub fn direction(&self, text: &str) -> Direction {
        if self.lang.is_none() {
            return Direction::Auto;
        }
        let (mut has_left_to_right, mut has_right_to_left) = (false, false);
        for class in text.chars().map(unicode_bidi::bidi_class) {
            has_left_to_right |= class == BidiClass::L;
            has_right_to_left |= matches!(class, BidiClass::R | BidiClass::AL);
        }
        match (self.is_rtl(), has_left_to_right, has_right_to_left) {
            (true, _, true) | (true, false, false) => Direction::RightToLeft,
            (false, true, _) => Direction::LeftToRight,
            _ => Direction::Auto,
        }
    }

    /// How the card's language dresses words.
    #[must_use]
    pub fn dress(&self) -> &Dress {
        &self.dress
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

/// What is made of a card's fields.
fn made(kind: Kind, words: &BTreeMap<Name, String>, dress: &Dress) -> Vec<(Name, String)> {
    let field = |field| words.get(&Name::Field(field));
    let monogram = field(Field::Brand).map(|brand| brand.chars().take(1).collect());
    let source = field(Field::Source).map(|_| dress.source_label().to_owned());
    // Facts under the article's title need not be told once more where they come from.
    let is_headed = kind == Kind::List && field(Field::Label).is_none();
    let credited = field(Field::Title).filter(|_| !is_headed);
    let credit = credited.map(|title| dress.credit(title));
    let title = field(Field::Title);
    let split = title.and_then(|title| split(title));
    let headline = split.map(|(_, headline)| headline.to_owned());
    let made = [
        (Name::LeadIn, split.map(|(lead_in, _)| lead_in.to_owned())),
        (Name::Headline, headline.or(title.cloned())),
        (Name::Heading, field(Field::Label).or(title).cloned()),
        (Name::Ending, field(Field::Call).or(title).cloned()),
        (Name::Monogram, monogram),
        (Name::SourceLabel, source),
        (Name::FromArticle, credit),
    ];
    made.into_iter()
        .filter_map(|(name, words)| Some((name, words?)))
        .collect()
}

/// Words of the article's own are its author's, and stand where a speaker would: the byline with the
/// article below it, or the article alone.
fn credit_article(words: &mut BTreeMap<Name, String>) {
    let (speaker, role) = (Name::Field(Field::Speaker), Name::Field(Field::Role));
    if words.contains_key(&speaker) {
        return;
    }
    let byline = words.get(&Name::Field(Field::Byline)).cloned();
    let credit = words.get(&Name::FromArticle).cloned();
    let (above, below) = match byline {
        Some(byline) => (Some(byline), credit),
        None => (credit, None),
    };
    words.extend(above.map(|words| (speaker, words)));
    words.extend(below.map(|words| (role, words)));
}

/// What leads in and the headline: the words before and behind the first colon.
fn split(title: &str) -> Option<(&str, &str)> {
    let (lead_in, headline) = title.split_once(": ")?;
    let (lead_in, headline) = (lead_in.trim_end(), headline.trim_start());
    let is_short = lead_in.chars().count() <= LONGEST_LEAD_IN;
    (is_short && !lead_in.is_empty() && !headline.is_empty()).then_some((lead_in, headline))
}

/// The facts of a list.
fn facts(card: &Card, dress: &Dress) -> Vec<(Name, String)> {
    let is_list = card.kind == Kind::List;
    let values = card.values.iter().filter(|_| is_list).take(FACTS.len());
    let pair = |(number, value): (u8, &Value)| {
        let words = |words: &str| dress.words(&tidy(words));
        [
            (Name::FactFigure(number), words(&value.figure)),
            (Name::Fact(number), words(&value.label)),
        ]
    };
    let all = (1..).zip(values).flat_map(pair);
    all.filter(|(_, words)| !words.is_empty()).collect()
}

/// The bytes of a phrase in the words it is from.
fn place_of(phrase: &str, words: &str) -> Option<Range<usize>> {
    let start = words.find(phrase).filter(|_| !phrase.is_empty())?;
    Some(start..start + phrase.len())
}

/// Gives the words that a card begins with a capital.
fn capitalise_first(words: &mut BTreeMap<Name, String>, phrase: &mut Option<Range<usize>>) {
    let first = [Field::Qualifier, Field::Figure, Field::Quote];
    let mut names = first.map(Name::Field).into_iter();
    let Some(name) = names.find(|name| words.contains_key(name)) else {
        return;
    };
    let Some(first) = words.get_mut(&name) else {
        return;
    };
    let plain = first.len();
    *first = capitalised(first);
    if let (Some(phrase), Name::Field(Field::Quote)) = (phrase, name) {
        // A capital may be longer than its small letter.
        let moved = |at: usize| if at == 0 { 0 } else { at + first.len() - plain };
        *phrase = moved(phrase.start)..moved(phrase.end);
    }
}

/// With a capital first letter.
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
    fn a_headline_is_split_at_its_colon() {
        assert_eq!(
            split("In figures: one year"),
            Some(("In figures", "one year"))
        );
        assert_eq!(split("At 10:30 nobody came"), None);
        assert_eq!(split("No colon"), None);
    }

    #[test]
    fn only_the_first_letter_becomes_a_capital() {
        assert_eq!(capitalised("more than"), "More than");
        assert_eq!(capitalised("über"), "Über");
        assert_eq!(capitalised(""), "");
    }
}
