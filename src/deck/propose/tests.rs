//! Which candidates become cards, in which order, with which words.

use super::{id, propose};
use crate::article::{Article, Meta, Span, Verbatim};
use crate::deck::{Card, Deck, Field, Kind};
use crate::extract::{
    Candidate, Find, Picture, Quotation, QuotationKind, Reason, Speaker, Statistic, Value,
};

fn article() -> Article {
    Article {
        path: "articles/spring.txt".into(),
        text: String::new(),
        original: None,
        meta: Meta {
            title: Some("The first spring".to_owned()),
            site: Some("Northlight".to_owned()),
            ..Meta::default()
        },
        blocks: Vec::new(),
    }
}

fn words(text: &str) -> Verbatim {
    let span = Span {
        start: 0,
        end: text.len(),
    };
    Verbatim::new(text.to_owned(), vec![span])
}

fn candidate(find: Find, score: f64) -> Candidate {
    Candidate {
        find,
        score,
        reasons: vec![Reason {
            code: "names-its-source",
            weight: 1.0,
        }],
        sentence: words("A sentence."),
    }
}

fn quotation(text: &str, mention: &str, score: f64) -> Candidate {
    let speaker = Speaker {
        mention: words(mention),
        name: None,
        role: Some(words("head gardener")),
    };
    let quotation = Quotation {
        words: words(text),
        marked: Span { start: 0, end: 0 },
        kind: QuotationKind::Speech,
        speaker: (!mention.is_empty()).then_some(speaker),
        cue: None,
        doubted: None,
        rule: "said-behind",
        emphasis: Some(words("good neighbours")),
    };
    candidate(Find::Quotation(quotation), score)
}

fn statistic(parts: [Option<&str>; 5], claim: &str, score: f64) -> Candidate {
    let [qualifier, noun, label, source, time] = parts.map(|part| part.map(words));
    let statistic = Statistic {
        figure: words("45,000"),
        value: Value::One(45_000.0),
        unit: None,
        noun,
        qualifier,
        label,
        claim: words(claim),
        source,
        time,
        population: None,
        direction: None,
        picture: Picture::Number,
        compared: Vec::new(),
    };
    candidate(Find::Statistic(statistic), score)
}

fn ids(deck: &Deck) -> Vec<&str> {
    deck.cards.iter().map(|card| card.id.as_str()).collect()
}

fn fields(card: &Card) -> Vec<(&'static str, &str)> {
    card.fields
        .iter()
        .map(|(field, words)| (field.name(), words.as_str()))
        .collect()
}

#[test]
fn a_quotation_becomes_a_card_word_for_word() {
    let found = [quotation("We grew good neighbours, not beans", "Ines", 2.5)];
    let deck = propose(&article(), &found, 9);
    let card = &deck.cards[0];
    assert_eq!(
        (card.id.as_str(), card.kind),
        ("we-grew-good-neighbours", Kind::Quote)
    );
    let expected = [
        ("quote", "We grew good neighbours, not beans"),
        ("emphasis", "good neighbours"),
        ("speaker", "Ines"),
        ("role", "head gardener"),
    ];
    assert_eq!(fields(card), expected);
    let origin = card.origin.as_ref().expect("it comes from an article");
    assert_eq!(origin.article, article().path);
    assert_eq!(origin.spans[&Field::Speaker], [Span { start: 0, end: 4 }]);
    assert_eq!(card.reasons, ["names-its-source +1.0"]);
    assert_eq!(card.score, Some(2.5));
    let shared: Vec<_> = deck
        .shared
        .iter()
        .map(|(f, v)| (f.name(), v.as_str()))
        .collect();
    assert_eq!(
        shared,
        [("title", "The first spring"), ("brand", "Northlight")]
    );
}

#[test]
fn emphasis_that_is_not_in_the_quotation_once_is_left_out() {
    #[track_caller]
    fn case(text: &str, is_emphasised: bool) {
        let deck = propose(&article(), &[quotation(text, "Ines", 1.0)], 9);
        assert_eq!(
            deck.cards[0].fields.contains_key(&Field::Emphasis),
            is_emphasised
        );
    }
    case("We grew good neighbours", true);
    case("We grew beans", false);
    case("good neighbours need good neighbours", false);
}

#[test]
fn a_statistic_keeps_what_it_takes_to_stand_alone() {
    #[track_caller]
    fn case(parts: [Option<&str>; 5], claim: &str, expected: &[(&str, &str)]) {
        let deck = propose(&article(), &[statistic(parts, claim, 1.0)], 9);
        assert_eq!(fields(&deck.cards[0]), expected);
    }
    case(
        [
            Some("over"),
            Some("trees"),
            Some("trees planted"),
            Some("the census"),
            Some("in May"),
        ],
        "In May, between two storms, they counted over 45,000 trees planted",
        &[
            ("qualifier", "over"),
            ("figure", "45,000"),
            ("label", "trees planted"),
            (
                "context",
                "In May, between two storms, they counted over 45,000 trees planted",
            ),
            ("source", "the census"),
            ("time", "in May"),
        ],
    );
    case(
        [
            Some("over"),
            Some("trees"),
            Some("trees planted"),
            None,
            None,
        ],
        "over 45,000 trees planted",
        &[
            ("qualifier", "over"),
            ("figure", "45,000"),
            ("label", "trees planted"),
        ],
    );
    case(
        [None, Some("trees"), None, None, None],
        "45,000 trees",
        &[("figure", "45,000"), ("label", "trees")],
    );
    case(
        [None; 5],
        "The bill came to 45,000",
        &[("figure", "45,000"), ("label", "The bill came to 45,000")],
    );
    case([None; 5], "45,000", &[("figure", "45,000")]);
}

#[test]
fn the_unattributed_come_last_and_a_pronoun_names_nobody() {
    let found = [
        quotation("Who said this", "", 9.0),
        quotation("He said this", "He", 8.0),
        quotation("Ines said this", "Ines", 1.0),
        statistic([None; 5], "45,000", 0.5),
    ];
    let deck = propose(&article(), &found, 9);
    let expected = ["ines-said-this", "45-000", "who-said-this", "he-said-this"];
    assert_eq!(ids(&deck), expected);
    let of_nobody = &deck.cards[3].fields;
    assert!(!of_nobody.contains_key(&Field::Speaker));
    assert!(!of_nobody.contains_key(&Field::Role));
}

#[test]
fn one_voice_does_not_crowd_out_the_others() {
    let found = [
        quotation("First", "Ines", 3.0),
        quotation("Second", "Ines", 2.9),
        quotation("Third", "Ines", 2.8),
        quotation("Fourth", "Ruth", 2.0),
        statistic([None; 5], "45,000", 1.8),
    ];
    let deck = propose(&article(), &found, 4);
    assert_eq!(ids(&deck), ["first", "second", "45-000", "fourth"]);
}

#[test]
fn titles_scare_quotes_and_repetitions_become_no_cards() {
    let of_kind = |kind| {
        let mut found = quotation("A title", "Ines", 9.0);
        if let Find::Quotation(quotation) = &mut found.find {
            quotation.kind = kind;
        }
        found
    };
    let found = [
        of_kind(QuotationKind::Title),
        of_kind(QuotationKind::Scare),
        quotation("Plant", "Ines", 1.0),
        quotation("Plant", "Ines", 0.5),
        quotation("Plant!", "Ines", 0.4),
    ];
    assert_eq!(ids(&propose(&article(), &found, 9)), ["plant", "plant-2"]);
    assert_eq!(propose(&article(), &found, 0).cards, []);
}

#[test]
fn ids_are_the_first_clause_in_letters_that_every_file_system_takes() {
    #[track_caller]
    fn case(words: &str, expected: &str) {
        assert_eq!(id(words), expected);
    }
    case(
        "grow thousands, feed millions and prove it",
        "grow-thousands",
    );
    case("Yes, we planted all of it", "yes-we-planted-all-of-it");
    case("4.5 million. Trees", "4-5-million");
    case(
        "We planted one hundred thousand trees there",
        "we-planted-one-hundred-thousand",
    );
    case("Мы сажаем сад", "my-sazhaem-sad");
}
