//! What people may write in a deck, what they are told when they may not, and that writing a deck
//! loses nothing.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use proptest::prelude::*;

use super::{Card, Deck, Field, Kind, Origin, Status, load, read, write};
use crate::article::Span;

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

#[test]
fn a_card_written_by_hand_needs_only_its_words() {
    let deck = deck(
        "- quote: We planted it together\n  speaker: Ines Okafor-Lind\n- figure: 45,000\n  label: trees\n",
    );
    let cards: Vec<_> = deck
        .cards
        .iter()
        .map(|card| (card.id.as_str(), card.kind, card.status, card.position))
        .collect();
    let expected = [
        (
            "we-planted-it-together",
            Kind::Quote,
            Status::Proposed,
            Some((1, 3)),
        ),
        (
            "45-000-trees",
            Kind::Statistic,
            Status::Proposed,
            Some((3, 3)),
        ),
    ];
    assert_eq!(cards, expected);
    assert_eq!(deck.path.as_deref(), Some(Path::new("deck.yaml")));
}

#[test]
fn values_are_the_characters_that_were_typed() {
    #[track_caller]
    fn case(typed: &str, expected: &str) {
        let deck = deck(&format!("- figure: '1'\n  label: {typed}\n"));
        assert_eq!(deck.cards[0].fields[&Field::Label], expected, "{typed}");
    }
    case("1.50", "1.50");
    case("0o17", "0o17");
    case("no", "no");
    case("12:30", "12:30");
    case("2031-05-14", "2031-05-14");
    case("1e3", "1e3");
    case("true # really", "true");
    case("'it''s'", "it's");
    case("\"a\\tb\"", "a\tb");
    case(">-\n    one\n    line", "one line");
    case("|\n    two\n    lines", "two\nlines\n");
    case("“curly” – marks", "“curly” – marks");
}

#[test]
fn a_key_without_value_shows_nothing_even_if_the_deck_shares_one() {
    let deck =
        deck("shared: {brand: Northlight}\ncards:\n- quote: Plant\n- quote: Water\n  brand:\n");
    let brands: Vec<_> = deck
        .cards
        .iter()
        .map(|card| deck.field(card, Field::Brand))
        .collect();
    assert_eq!(brands, [Some("Northlight"), None]);
}

#[test]
fn a_made_id_steps_aside_for_one_that_people_gave() {
    let deck = deck("- quote: Plant\n- quote: Plant\n- quote: Water\n  id: plant\n");
    let ids: Vec<_> = deck.cards.iter().map(|card| card.id.as_str()).collect();
    assert_eq!(ids, ["plant-2", "plant-3", "plant"]);
}

#[test]
fn every_fault_has_its_place_what_was_found_and_a_way_out() {
    #[track_caller]
    fn case(text: &str, message: &str, hint: &str) {
        let error = read(Path::new("deck.yaml"), text).expect_err("it is refused");
        assert_eq!(error.to_string(), format!("deck.yaml{message}"), "{text}");
        assert_eq!(error.hint().unwrap_or_default(), hint, "{text}");
    }
    let no_cards =
        "list the cards below `cards:`, each as `- quote: the words` with its `speaker:`";
    case("", ": the deck is empty", no_cards);
    case("# nothing yet\n", ": the deck is empty", no_cards);
    case("cards:\n", ":1:1: the deck has no cards", no_cards);
    case("cards: []\n", ":1:8: the deck has no cards", no_cards);
    case(
        "theme: marigold\n",
        ":1:1: the deck has no `cards`",
        no_cards,
    );
    case(
        "just words\n",
        ":1:1: expected a deck, found words",
        no_cards,
    );
    case(
        "cards: many\n",
        ":1:8: `cards` takes a list, each card behind a `-`; found words",
        "",
    );
    case(
        "cards:\n- Plant trees\n",
        ":2:3: expected a card, found words",
        "write it as `quote: the words`",
    );
    case(
        "card: []\n",
        ":1:1: a deck has no key `card`",
        "did you mean `cards`?",
    );
    case(
        "brand: Northlight\ncards: []\n",
        ":1:1: a deck has no key `brand`",
        "put `brand` below `shared:`, or into the cards",
    );
    case(
        "shared: {colour: red}\n",
        ":1:10: cards share no `colour`",
        "use one of `quote`, `emphasis`, `speaker`, `role`, `qualifier`, `figure`, `label`, `context`, \
         `source`, `time`, `kicker`, `title`, `byline`, `date`, `brand`",
    );
    case(
        "- quote: Plant\n  speakr: Ines\n",
        ":2:3: a card has no key `speakr`",
        "did you mean `speaker`?",
    );
    case(
        "- quote: Plant\n  photo: a.jpg\n",
        ":2:3: a card has no key `photo`",
        "what cards show is called `quote`, `emphasis`, `speaker`, `role`, `qualifier`, `figure`, \
         `label`, `context`, `source`, `time`, `kicker`, `title`, `byline`, `date`, `brand`",
    );
    case(
        "- quote: Plant\n  status: aproved\n",
        ":2:11: there is no status `aproved`",
        "did you mean `approved`?",
    );
    case(
        "- quote: Plant\n  kind: poll\n",
        ":2:9: there is no kind `poll`",
        "use one of `quote`, `statistic`",
    );
    case(
        "- speaker: Ines\n",
        ":1:3: the card has neither a `quote` nor a `figure`",
        "give it one, and `speaker:` or `label:` beside it",
    );
    case(
        "- quote: ''\n  kind: quote\n",
        ":1:3: the card is a quote without words",
        "give it a `quote:`",
    );
    case(
        "- {quote: Plant, figure: 12}\n",
        ":1:3: the card has both a `quote` and a `figure`",
        "say which it is with `kind: quote` or `kind: statistic`",
    );
    case(
        "- {id: a, quote: One}\n- {id: A, quote: Two}\n",
        ":2:8: the id `A` stands twice, first in line 1",
        "give each card an id of its own",
    );
    case(
        "- {id: spring/one, quote: One}\n",
        ":1:8: the id `spring/one` is to be a part of file names",
        "use `spring-one`, or leave the id out",
    );
    case(
        "- quote: [Plant]\n",
        ":1:10: `quote` takes words; found a list",
        "put quotation marks around words that begin with a bracket or a `- `",
    );
    case(
        "- quote: One\n  quote: Two\n",
        ":2:3: the key `quote` stands twice, first in line 1",
        "keep one of them",
    );
    case(
        "- quote: One\n  score: high\n",
        ":2:10: `score` takes a number, found `high`",
        "leave the score out; only `extract` gives one",
    );
    case(
        "- quote: One\n  origin: {article: a.txt, spans: {quote: 9-2}}\n",
        ":2:43: `quote` has the span `9-2`",
        "a span is two byte offsets, the smaller first: `120-245`",
    );
    case(
        "- quote: One\n  origin: {spans: {}}\n",
        ":2:11: the origin names no article",
        "add `article:` with its path, or remove `origin:`",
    );
}

#[test]
fn what_is_not_yaml_is_told_with_the_slip_that_people_make() {
    #[track_caller]
    fn case(text: &str, place: &str, hint: &str) {
        let error = read(Path::new("deck.yaml"), text).expect_err("it is refused");
        assert_eq!(error.place().as_deref(), Some(place), "{text}: {error}");
        assert_eq!(error.hint().unwrap_or_default(), hint, "{text}: {error}");
    }
    case(
        "- quote: One\n\tspeaker: Ines\n",
        "deck.yaml:2:1",
        "indent with spaces, never with tabs",
    );
    case(
        "- quote: She said: plant\n",
        "deck.yaml:1:18",
        "put quotation marks around words that have `: ` in them",
    );
    case(
        "- quote: \"Plant\" she said\n",
        "deck.yaml:1:18",
        "put the whole value between quotation marks, or write it below `key: >-`",
    );
    case(
        "- quote: \"Plant\n",
        "deck.yaml:1:10",
        "close the quotation mark",
    );
    case(
        "- quote: *plant\n",
        "deck.yaml:1:10",
        "write the value out, or put quotation marks around words that begin with `*`",
    );
    case(
        "- &a {quote: One}\n- *a\n",
        "deck.yaml:2:3",
        "write the value out, or put quotation marks around words that begin with `*`",
    );
    case(
        "- quote: !important\n",
        "deck.yaml:1:10",
        "put quotation marks around the words",
    );
    case(
        "- quote: One\n---\n- quote: Two\n",
        "deck.yaml:2:1",
        "put all cards under one `cards:`, or into files of their own",
    );
    case(
        "- quote: @northlight plants\n",
        "deck.yaml:1:10",
        "put quotation marks around words that begin with a sign",
    );
    case(
        "- quote: One\n speaker: Ines\n",
        "deck.yaml:2:2",
        "indent the keys of a card alike, two spaces below its `-`",
    );
    let deep = format!("{}{}", "[".repeat(40), "]".repeat(40));
    case(&deep, "deck.yaml:1:18", "");
}

#[test]
fn a_file_that_is_not_text_is_refused_in_its_line() {
    let folder = tempfile::tempdir().expect("there is a temporary folder");
    let path = folder.path().join("deck.yaml");
    std::fs::write(&path, b"- quote: One\n  speaker: \xff\n").expect("it can be written");
    let error = load(&path).expect_err("it is refused");
    let expected = format!("{}:2:1: the deck is not UTF-8 text", path.display());
    assert_eq!(error.to_string(), expected);
    let missing = folder.path().join("none.yaml");
    let error = load(&missing).expect_err("there is none").to_string();
    let expected = format!(
        "cannot read `{}`: no such file or folder",
        missing.display()
    );
    assert_eq!(error, expected);
}

#[test]
fn a_written_deck_is_pleasant_to_edit() {
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
    let deck = Deck {
        path: None,
        theme: Some("marigold".to_owned()),
        shared: [(Field::Date, "14 May 2031".to_owned())].into(),
        cards: vec![card],
    };
    let text = write(&deck);
    let body: Vec<_> = text.lines().filter(|line| !line.starts_with('#')).collect();
    insta::assert_snapshot!(body.join("\n"), @r#"
    theme: marigold
    shared:
      date: "14 May 2031"
    cards:

      - id: good-neighbours
        status: proposed
        kind: quote
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
        prop::option::of(any_words()),
        (fields, any_words()),
        origin,
        (
            prop::option::of(-1e9..1e9),
            prop::collection::vec(any_words(), 0..3),
        ),
    )
        .prop_map(
            |(kind, status, theme, (mut fields, words), origin, (score, reasons))| {
                let main = if kind == Kind::Quote {
                    Field::Quote
                } else {
                    Field::Figure
                };
                fields.insert(
                    main,
                    if words.trim().is_empty() {
                        "Plant".to_owned()
                    } else {
                        words
                    },
                );
                Card {
                    id: String::new(),
                    kind,
                    status,
                    theme,
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
        shared in prop::collection::btree_map(prop::sample::select(Field::ALL.to_vec()), any_words(), 0..4),
        mut cards in prop::collection::vec(any_card(), 1..4),
    ) {
        for (index, card) in cards.iter_mut().enumerate() {
            card.id = format!("card-{index}");
        }
        let original = Deck { path: None, theme, shared, cards };
        let text = write(&original);
        prop_assert_eq!(in_memory(deck(&text)), original, "{}", text);
    }

    #[test]
    fn no_text_makes_reading_panic(text in any_words()) {
        let _ = read(Path::new("deck.yaml"), &text);
        let _ = read(Path::new("deck.yaml"), &format!("cards:\n- quote: {text}"));
    }
}

#[test]
fn the_places_of_cards_are_those_of_their_first_key() {
    let deck = deck("# by hand\ncards:\n\n  - id: one\n    quote: One\n  -\n    quote: Two\n");
    let places: BTreeMap<_, _> = deck
        .cards
        .iter()
        .map(|card| (card.id.as_str(), card.position))
        .collect();
    assert_eq!(
        places,
        BTreeMap::from([("one", Some((4, 5))), ("two", Some((7, 5)))])
    );
}
