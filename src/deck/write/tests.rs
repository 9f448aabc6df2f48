//! What a written deck looks like, and that it reads back.

use std::path::{Path, PathBuf};

use proptest::prelude::*;

use super::write;
use crate::article::Span;
use crate::deck::{Card, Deck, Field, Kind, Origin, Status, read};

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
        id: "good-neighbours".to_owned(),
        kind: Kind::Quote,
        status: Status::Proposed,
        theme: None,
        lang: None,
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
        }),
        score: Some(3.5),
        reasons: vec!["names-its-speaker +1.0".to_owned()],
        position: None,
    };
    Deck {
        path: None,
        theme: Some("marigold".to_owned()),
        lang: Some("de".to_owned()),
        shared: [(Field::Date, "14 May 2031".to_owned())].into(),
        cards: vec![card],
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

fn any_card() -> impl Strategy<Value = Card> {
    let field = prop::sample::select(Field::ALL.to_vec());
    let span = (0..5000_usize, 0..500_usize).prop_map(|(start, length)| Span {
        start,
        end: start + length,
    });
    let spans = prop::collection::btree_map(field.clone(), prop::collection::vec(span, 1..3), 0..4);
    let article = any_words().prop_map(PathBuf::from);
    let origin =
        prop::option::of((article, spans).prop_map(|(article, spans)| Origin { article, spans }));
    let fields = prop::collection::btree_map(field, any_words(), 0..8);
    (
        prop::sample::select(Kind::ALL.to_vec()),
        prop::sample::select(Status::ALL.to_vec()),
        (
            prop::option::of(any_words()),
            prop::option::of(any_words()),
            any::<bool>(),
        ),
        (fields, any_words()),
        origin,
        (
            prop::option::of(-1e9..1e9),
            prop::collection::vec(any_words(), 0..3),
        ),
    )
        .prop_map(
            |(
                kind,
                status,
                (theme, lang, capitalize),
                (mut fields, words),
                origin,
                (score, reasons),
            )| {
                let main = if kind == Kind::Quote {
                    Field::Quote
                } else {
                    Field::Figure
                };
                let has_words = !words.trim().is_empty();
                fields.insert(main, if has_words { words } else { "Plant".to_owned() });
                Card {
                    id: String::new(),
                    kind,
                    status,
                    theme,
                    lang,
                    capitalize,
                    fields,
                    origin,
                    score,
                    reasons,
                    position: None,
                }
            },
        )
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
        let original = Deck { path: None, theme, lang, shared, cards };
        let text = write(&original);
        prop_assert_eq!(in_memory(deck(&text)), original, "{}", text);
    }

    #[test]
    fn no_text_makes_reading_panic(text in any_words()) {
        let _ = read(Path::new("deck.yaml"), &text);
        let _ = read(Path::new("deck.yaml"), &format!("cards:\n- quote: {text}"));
    }
}
