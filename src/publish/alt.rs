//! Says in words what is on a card, for people who do not see it.
//!
//! In: the card and the fields that its picture shows. Out: alt text that has all the words on it,
//! in the order they are read. Too long for a platform, it loses words of the quotation or the
//! claim, never who said so.

use crate::deck::{Card, Deck, Field, Kind};

/// The alt text of a card's picture, of at most `most` characters.
///
/// `shown` are the fields that the picture shows; what it leaves out is left out here. Shortened
/// at the end of a word, with `…` where words are missing.
#[must_use]
pub fn alt(deck: &Deck, card: &Card, shown: &[Field], most: Option<usize>) -> String {
    let words = Words { deck, card, shown };
    let (opening, body, closing) = match card.kind {
        Kind::Quote => words.quotation(),
        Kind::Statistic => words.statistic(),
        Kind::Title => words.headline(),
        Kind::List => words.list(),
    };
    let whole = format!("{opening}{body}{closing}");
    let Some(most) = most.filter(|most| whole.chars().count() > *most) else {
        return whole;
    };
    let frame = opening.chars().count() + closing.chars().count();
    match most.checked_sub(frame).filter(|room| *room > 1) {
        Some(room) => format!("{opening}{}{closing}", shorten(&body, room)),
        None => shorten(&whole, most),
    }
}

struct Words<'a> {
    deck: &'a Deck,
    card: &'a Card,
    shown: &'a [Field],
}

impl Words<'_> {
    fn get(&self, field: Field) -> Option<String> {
        let words = self.deck.field(self.card, field)?;
        let folded: Vec<&str> = words.split_whitespace().collect();
        self.shown.contains(&field).then(|| folded.join(" "))
    }

    fn quotation(&self) -> (String, String, String) {
        let speaker: Vec<String> = [Field::Speaker, Field::Role]
            .iter()
            .filter_map(|field| self.get(*field))
            .collect();
        let credit = match speaker.is_empty() {
            true => String::new(),
            false => format!(" — {}", stopped(&speaker.join(", "))),
        };
        let quote = self.get(Field::Quote).unwrap_or_default();
        if !self.card.quoted {
            let closing = format!("{credit}{}", self.closing());
            return (self.opening("Text card"), quote, closing);
        }
        let opening = format!("{}“", self.opening("Quotation card"));
        (opening, quote, format!("”{credit}{}", self.closing()))
    }

    fn statistic(&self) -> (String, String, String) {
        let claim: Vec<String> = [Field::Qualifier, Field::Figure, Field::Label]
            .iter()
            .filter_map(|field| self.get(*field))
            .collect();
        let mut body = stopped(&claim.join(" "));
        if let Some(context) = self.get(Field::Context) {
            body = format!("{body} {}", stopped(&context));
        }
        (self.opening("Statistic card"), body, self.closing())
    }

    fn headline(&self) -> (String, String, String) {
        let title = self.get(Field::Call).or_else(|| self.get(Field::Title));
        let rest = [Field::Byline, Field::Date, Field::Link, Field::Brand];
        let rest = rest.into_iter().filter_map(|field| self.get(field));
        let rest = rest.chain(self.photo());
        let closing = rest.map(|words| format!(" {}", stopped(&words)));
        let body = stopped(&title.unwrap_or_default());
        (self.opening("Headline card"), body, closing.collect())
    }

    fn list(&self) -> (String, String, String) {
        let facts = self.card.values.iter();
        let facts = facts.map(|fact| stopped(&format!("{} {}", fact.figure, fact.label)));
        let facts: Vec<String> = facts.collect();
        let heading = self
            .deck
            .field(self.card, Field::Label)
            .map(|label| format!("{label}: "));
        let body = heading.unwrap_or_default() + &facts.join(" ");
        (self.opening("Facts card"), body, self.closing())
    }

    /// What the photograph shows, and its credit.
    fn photo(&self) -> impl Iterator<Item = String> {
        let alt = self
            .get(Field::Alt)
            .filter(|_| self.get(Field::Photo).is_some());
        let alt = alt.map(|alt| format!("Pictured: {alt}"));
        alt.into_iter().chain(self.get(Field::Credit))
    }

    fn opening(&self, what: &str) -> String {
        match self.get(Field::Kicker) {
            Some(kicker) => format!("{what}, {kicker}: "),
            None => format!("{what}: "),
        }
    }

    fn closing(&self) -> String {
        let source = self.get(Field::Source).map(|s| format!("Source: {s}"));
        let title = self.get(Field::Title).map(|t| format!("From “{t}”"));
        let rest = [Field::Byline, Field::Date, Field::Brand].map(|field| self.get(field));
        let sentences = [source, title].into_iter().chain(rest).flatten();
        let sentences = sentences.chain(self.photo());
        sentences.map(|s| format!(" {}", stopped(&s))).collect()
    }
}

/// The words with a final stop, unless they end in one already.
fn stopped(words: &str) -> String {
    let last = words.trim_end_matches(['”', '’', '"', '\'', ')']);
    let is_stopped = last.ends_with(['.', '!', '?', '…', '。', '！', '？']);
    if words.is_empty() || is_stopped {
        words.to_owned()
    } else {
        format!("{words}.")
    }
}

/// The first words that fit into `most` characters together with the `…` that follows them.
///
/// A first word that is too long itself is cut; with no room at all, nothing is left.
fn shorten(words: &str, most: usize) -> String {
    if words.chars().count() <= most {
        return words.to_owned();
    }
    let Some((end, _)) = words.char_indices().nth(most.saturating_sub(1)) else {
        return words.to_owned();
    };
    if most == 0 {
        return String::new();
    }
    let is_word_end = words[end..].starts_with(char::is_whitespace);
    let end = match words[..end].rfind(char::is_whitespace) {
        Some(space) if !is_word_end => space,
        _ => end,
    };
    let kept = words[..end].trim_end_matches(|c: char| c.is_whitespace() || ",;:–—".contains(c));
    format!("{kept}…")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn card(kind: Kind, fields: &[(Field, &str)]) -> Card {
        let owned = |(field, words): &(Field, &str)| (*field, (*words).to_owned());
        Card {
            fields: fields.iter().map(owned).collect(),
            ..Card::new("a", kind)
        }
    }

    fn of(kind: Kind, fields: &[(Field, &str)], most: Option<usize>) -> String {
        alt(&Deck::default(), &card(kind, fields), Field::ALL, most)
    }

    const QUOTE: &[(Field, &str)] = &[
        (
            Field::Quote,
            "We count the bees, and then we count them again.",
        ),
        (Field::Speaker, "Ines Okafor-Lind"),
        (Field::Role, "head gardener"),
        (Field::Brand, "Northlight"),
    ];

    #[test]
    fn a_quotation_says_who_said_it() {
        assert_eq!(
            of(Kind::Quote, QUOTE, None),
            "Quotation card: “We count the bees, and then we count them again.” — Ines \
             Okafor-Lind, head gardener. Northlight."
        );
        let nobody = &[(Field::Quote, "Mind the bees!")];
        assert_eq!(
            of(Kind::Quote, nobody, None),
            "Quotation card: “Mind the bees!”"
        );
    }

    #[test]
    fn a_photograph_is_told_with_its_credit() {
        let photo = &[
            (Field::Quote, "Mind the bees!"),
            (Field::Photo, "hives.jpg"),
            (Field::Alt, "two hives under a lime tree"),
            (Field::Credit, "Photo: Lena Odell"),
        ];
        assert_eq!(
            of(Kind::Quote, photo, None),
            "Quotation card: “Mind the bees!” Pictured: two hives under a lime tree. Photo: Lena Odell."
        );
        let plain = card(Kind::Quote, photo);
        let text = alt(&Deck::default(), &plain, &[Field::Quote], None);
        assert_eq!(text, "Quotation card: “Mind the bees!”");
    }

    #[test]
    fn a_statistic_says_who_counted() {
        let fields = &[
            (Field::Qualifier, "over"),
            (Field::Figure, "45,000"),
            (Field::Label, "trees planted\n by neighbours"),
            (Field::Source, "Northlight census"),
            (Field::Kicker, "City gardens"),
        ];
        assert_eq!(
            of(Kind::Statistic, fields, None),
            "Statistic card, City gardens: over 45,000 trees planted by neighbours. Source: \
             Northlight census."
        );
    }

    #[test]
    fn words_of_the_articles_own_have_no_marks() {
        let card = Card {
            quoted: false,
            ..card(Kind::Quote, &[(Field::Quote, "Nobody keeps the key.")])
        };
        assert_eq!(
            alt(&Deck::default(), &card, Field::ALL, None),
            "Text card: Nobody keeps the key."
        );
    }

    #[test]
    fn what_the_picture_leaves_out_is_not_told() {
        let card = card(Kind::Quote, QUOTE);
        let shown = [Field::Quote, Field::Speaker];
        assert_eq!(
            alt(&Deck::default(), &card, &shown, None),
            "Quotation card: “We count the bees, and then we count them again.” — Ines \
             Okafor-Lind."
        );
    }

    #[test]
    fn too_long_it_loses_words_but_never_the_speaker() {
        #[track_caller]
        fn case(most: usize, expected: &str) {
            let text = of(Kind::Quote, QUOTE, Some(most));
            assert_eq!(text, expected);
            assert!(text.chars().count() <= most);
        }
        case(
            100,
            "Quotation card: “We count the bees, and then we…” — Ines Okafor-Lind, head gardener. \
             Northlight.",
        );
        case(
            85,
            "Quotation card: “We count the bees…” — Ines Okafor-Lind, head gardener. Northlight.",
        );
        case(30, "Quotation card: “We count the…");
        case(29, "Quotation card: “We count…");
        case(8, "Quotati…");
        case(1, "…");
        case(0, "");
    }

    #[test]
    fn a_limit_that_is_not_reached_changes_nothing() {
        let whole = of(Kind::Quote, QUOTE, None);
        let count = whole.chars().count();
        assert_eq!(of(Kind::Quote, QUOTE, Some(count)), whole);
        assert!(of(Kind::Quote, QUOTE, Some(count - 1)).contains("count them…” — Ines"));
    }
}
