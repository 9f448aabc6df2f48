//! What a written deck looks like, and that it reads back.

use std::path::{Path, PathBuf};

use proptest::prelude::*;

use super::write;
use crate::article::Span;
use crate::deck::{Card, ChartKind, Deck, Field, Kind, Origin, Status, Value, read};

fn deck(text: &str) -> Deck {
    match read(Path::new("deck.yaml"), text) {
        Ok(deck) => deck,
        Err(error) => panic!("{error} ({:?})\n{text}", error.hint()),
    }
}

/// A deck as it was before it was written: without what only a file has.
fn in_memory(mut deck: Deck) -> Deck {
    deck.path = None;
    for card in &mut deck.cards {
        card.position = None;
    }
    deck
}

/// A card as `extract` proposes it.
fn proposed() -> Deck {
    let words = "The first spring we grew nothing but good neighbours: nobody had told us that the \
                 soil was clay, and nobody went home";
    let fields = [
        (Field::Quote, words),
        (Field::Emphasis, "good neighbours"),
        (Field::Speaker, "Ines Okafor-Lind"),
        (Field::Role, "head gardener: north"),
    ];
    let card = Card {
        capitalize: true,
        fields: fields
            .map(|(field, words)| (field, words.to_owned()))
            .into(),
        origin: Some(Origin {
            article: PathBuf::from("articles/spring.txt"),
            spans: [(
                Field::Quote,
                vec![Span {
                    start: 12,
                    end: 131,
                }],
            )]
            .into(),
            values: Vec::new(),
        }),
        score: Some(3.5),
        reasons: vec!["names-its-speaker +1.0".to_owned()],
        ..Card::new("good-neighbours", Kind::Quote)
    };
    Deck {
        path: None,
        theme: Some("marigold".to_owned()),
        lang: Some("de".to_owned()),
        shared: [(Field::Date, "14 May 2031".to_owned())].into(),
        cards: vec![card],
        ..Deck::default()
    }
}

#[test]
fn a_written_deck_is_pleasant_to_edit() {
    let text = write(&proposed());
    let body: Vec<_> = text.lines().filter(|line| !line.starts_with('#')).collect();
    insta::assert_snapshot!(body.join("\n"), @r#"
    theme: marigold
    lang: de
    shared:
      date: "14 May 2031"
    cards:

      - id: good-neighbours
        status: proposed
        kind: quote
        capitalize: true
        quote: >-
          The first spring we grew nothing but good neighbours: nobody had told us that the soil was
          clay, and nobody went home
        emphasis: good neighbours
        speaker: Ines Okafor-Lind
        role: "head gardener: north"
        origin:
          article: articles/spring.txt
          spans:
            quote: 12-131
        score: 3.5
        reasons:
          - names-its-speaker +1.0
    "#);
}

#[test]
fn a_chart_stands_below_the_words_with_its_values() {
    let value = |figure: &str, label: &str| Value {
        figure: figure.to_owned(),
        label: label.to_owned(),
    };
    let span = |start, end| Span { start, end };
    let card = Card {
        fields: [(Field::Figure, "31%".to_owned())].into(),
        chart: Some(ChartKind::Bars),
        values: vec![value("12%", "in 2010"), value("31%", "in 2020")],
        stale: Some("the article does not have it any more".to_owned()),
        origin: Some(Origin {
            article: PathBuf::from("ride.txt"),
            spans: [(Field::Figure, vec![span(20, 23)])].into(),
            values: vec![span(5, 8), span(9, 16), span(20, 23), span(24, 31)],
        }),
        ..Card::new("ride", Kind::Statistic)
    };
    let original = Deck {
        cards: vec![card],
        ..Deck::default()
    };
    let text = write(&original);
    let body: Vec<_> = text.lines().filter(|line| !line.starts_with('#')).collect();
    insta::assert_snapshot!(body.join("\n"), @r#"
    cards:

      - id: ride
        status: proposed
        kind: statistic
        figure: "31%"
        chart: bars
        values:
          - figure: "12%"
            label: in 2010
          - figure: "31%"
            label: in 2020
        stale: the article does not have it any more
        origin:
          article: ride.txt
          spans:
            figure: 20-23
            values: 5-8 9-16 20-23 24-31
    "#);
    assert_eq!(in_memory(deck(&text)), original);
}

/// Words of the sort that break careless writers of YAML, and any others.
fn any_words() -> impl Strategy<Value = String> {
    let nasty = prop::sample::select(vec![
        "yes",
        "no",
        "~",
        "null",
        "1e3",
        "0x1F",
        "-",
        "- a",
        "? a",
        ": ",
        "a: b",
        "a #b",
        "#",
        "@a",
        "*a",
        "&a",
        "!a",
        "%a",
        "`a",
        "|",
        ">-",
        "[a]",
        "{a}",
        "\"",
        "'",
        "'a'",
        "\\n",
        " ",
        "  ",
        "\n",
        "\n\n",
        "\n  ",
        "\t",
        "\r\n",
        "\u{85}",
        "\u{2028}",
        "\u{feff}",
        "\u{0}",
        "\u{7f}",
        "\u{a0}",
        "🌱",
        "👩‍🌾",
        "---",
        "...",
        "--- a",
        "<<",
        "word",
        "another",
        "of",
        "…",
        "“so”",
        "שלום",
        "庭",
    ]);
    let piece = prop_oneof![4 => nasty.prop_map(str::to_owned), 1 => any::<String>(), 1 => "[ a-z:#\n'\"-]{0,40}"];
    prop::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

fn any_values() -> impl Strategy<Value = Vec<Value>> {
    let words = || any_words().prop_filter("it has words", |words| !words.trim().is_empty());
    let value = (words(), words()).prop_map(|(figure, label)| Value { figure, label });
    prop::collection::vec(value, 0..5)
}

fn any_origin() -> impl Strategy<Value = Option<Origin>> {
    let span = (0..5000_usize, 0..500_usize).prop_map(|(start, length)| Span {
        start,
        end: start + length,
    });
    let ranges = prop::collection::vec(span.clone(), 1..3);
    let spans = prop::collection::btree_map(any_field(), ranges, 0..4);
    let values = prop::collection::vec(span, 0..3);
    let origin = (any_words(), spans, values).prop_map(|(article, spans, values)| Origin {
        article: PathBuf::from(article),
        spans,
        values,
    });
    prop::option::of(origin)
}

fn any_field() -> impl Strategy<Value = Field> {
    prop::sample::select(Field::ALL.to_vec())
}

/// What people decide about a card, and what `extract` says of it.
fn any_decisions() -> impl Strategy<Value = Card> {
    let words = || prop::option::of(any_words());
    let status = prop::sample::select(Status::ALL.to_vec());
    let dress = (words(), words(), any::<bool>(), any::<bool>());
    let reasons = prop::collection::vec(any_words(), 0..3);
    let found = (any_origin(), prop::option::of(-1e9..1e9), reasons, words());
    (status, dress, found).prop_map(
        |(status, (theme, lang, capitalize, quoted), (origin, score, reasons, stale))| Card {
            status,
            theme,
            lang,
            capitalize,
            quoted,
            origin,
            score,
            reasons,
            stale,
            ..Card::new("", Kind::Quote)
        },
    )
}

fn any_card() -> impl Strategy<Value = Card> {
    let kind = prop::sample::select(Kind::ALL.to_vec());
    let fields = prop::collection::btree_map(any_field(), any_words(), 0..8);
    let shown = (fields, any_words(), any_values());
    (kind, shown, any_decisions()).prop_map(|(kind, (mut fields, words, mut values), card)| {
        let main = match kind {
            Kind::Quote => Field::Quote,
            Kind::Statistic => Field::Figure,
            Kind::Title => Field::Title,
            Kind::List => Field::Label,
        };
        let has_words = !words.trim().is_empty();
        fields.insert(main, if has_words { words } else { "Plant".to_owned() });
        // Values that are no numbers may be kept; only bars must be able to draw them.
        let is_number = kind == Kind::Statistic && !values.is_empty();
        while kind == Kind::List && values.len() < 3 {
            values.push(Value {
                figure: "12".to_owned(),
                label: "beds".to_owned(),
            });
        }
        Card {
            kind,
            fields,
            chart: is_number.then_some(ChartKind::Number),
            values: if is_number || kind == Kind::List {
                values
            } else {
                Vec::new()
            },
            ..card
        }
    })
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 400,
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn what_is_written_reads_back(
        theme in prop::option::of(any_words()),
        lang in prop::option::of(any_words()),
        shared in prop::collection::btree_map(prop::sample::select(Field::ALL.to_vec()), any_words(), 0..4),
        mut cards in prop::collection::vec(any_card(), 1..4),
    ) {
        for (index, card) in cards.iter_mut().enumerate() {
            card.id = format!("card-{index}");
        }
        let original = Deck { theme, lang, shared, cards, ..Deck::default() };
        let text = write(&original);
        prop_assert_eq!(in_memory(deck(&text)), original, "{}", text);
    }

    #[test]
    fn no_text_makes_reading_panic(text in any_words()) {
        let _ = read(Path::new("deck.yaml"), &text);
        let _ = read(Path::new("deck.yaml"), &format!("cards:\n- quote: {text}"));
    }
}
