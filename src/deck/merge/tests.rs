//! What happens to an edited deck when its article is read again.

use std::path::{Path, PathBuf};

use proptest::prelude::*;

use super::{Fit, Merged, merge};
use crate::article::Span;
use crate::deck::{Card, Deck, Field, Kind, Origin, Status, read, write};

/// A proposal for `spring.txt`.
fn proposal(kind: Kind, main: &str, other: &str, start: usize) -> Card {
    let (field, second) = match kind {
        Kind::Quote => (Field::Quote, Field::Speaker),
        Kind::Statistic => (Field::Figure, Field::Label),
        Kind::Title | Kind::List => (Field::Title, Field::Kicker),
    };
    let span = Span {
        start,
        end: start + main.len(),
    };
    Card {
        fields: [(field, main.to_owned()), (second, other.to_owned())].into(),
        origin: Some(Origin {
            article: PathBuf::from("spring.txt"),
            spans: [(field, vec![span])].into(),
            values: Vec::new(),
        }),
        score: Some(2.0),
        ..Card::new(&crate::deck::slug(main, 24), kind)
    }
}

fn proposed(cards: Vec<Card>) -> Deck {
    Deck {
        cards,
        ..Deck::default()
    }
}

fn deck(text: &str) -> Deck {
    match read(Path::new("deck.yaml"), text) {
        Ok(deck) => deck,
        Err(error) => panic!("{error} ({:?})\n{text}", error.hint()),
    }
}

#[track_caller]
fn merged(text: &str, proposals: &[Deck], fit: &dyn Fn(&Card) -> Fit) -> Merged {
    let merged = merge(text, &deck(text), proposals, 6, fit).expect("it merges");
    let again = merge(&merged.text, &deck(&merged.text), proposals, 6, fit).expect("it merges");
    assert_eq!(
        again.text, merged.text,
        "merging twice changes nothing more"
    );
    assert_eq!(again.added, Vec::<String>::new());
    merged
}

const EDITED: &str = "\
# Spring campaign; do not post before May.
theme: marigold
cards:

  - id: neighbours            # Ana likes this one
    status: approved
    quote: We grew … good neighbours
    emphasis: good neighbours
    speaker: Ines
    x-desk: metro
    origin:
      article: spring.txt
      spans:
        quote: 10-45

  # Written by hand.
  - quote: Bring a spade
    speaker: Everyone

  - id: trees
    status: rejected
    figure: \"45,000\"
    label: trees
    origin:
      article: spring.txt
      spans:
        figure: 60-66
";

fn quote(words: &str, start: usize) -> Card {
    proposal(Kind::Quote, words, "Ines", start)
}

#[test]
fn an_edited_deck_keeps_everything_and_gets_what_is_new() {
    let found = proposed(vec![
        quote("We grew nothing but good neighbours", 110),
        proposal(Kind::Statistic, "45,000", "trees", 60),
        quote("Nobody went home before dark", 200),
    ]);
    let fit = |card: &Card| match card.id.as_str() {
        "trees" => Fit::Stale("the figure says “45,000”, the article “46,000”".to_owned()),
        _ => Fit::Fits,
    };
    let merged = merged(EDITED, &[found], &fit);
    assert_eq!(merged.added, ["nobody-went-home-before"]);
    assert_eq!(merged.stale, ["trees"]);
    insta::assert_snapshot!(merged.text, @r#"
    # Spring campaign; do not post before May.
    theme: marigold
    cards:

      - id: neighbours            # Ana likes this one
        status: approved
        quote: We grew … good neighbours
        emphasis: good neighbours
        speaker: Ines
        x-desk: metro
        origin:
          article: spring.txt
          spans:
            quote: 110-145

      # Written by hand.
      - quote: Bring a spade
        speaker: Everyone

      - id: trees
        stale: "the figure says “45,000”, the article “46,000”"
        status: rejected
        figure: "45,000"
        label: trees
        origin:
          article: spring.txt
          spans:
            figure: 60-66

      - id: nobody-went-home-before
        status: proposed
        kind: quote
        quote: Nobody went home before dark
        speaker: Ines
        origin:
          article: spring.txt
          spans:
            quote: 200-228
        score: 2
    "#);
}

#[test]
fn a_card_that_fits_again_loses_its_mark() {
    #[track_caller]
    fn case(marked: &str, expected: &str) {
        let merged = merged(marked, &[], &|_| Fit::Fits);
        assert_eq!(merged.text, expected);
        assert_eq!(merged.restored.len(), 1);
    }
    case(
        "- id: a\n  stale: \"gone\"\n  quote: Plant\n",
        "- id: a\n  quote: Plant\n",
    );
    case(
        "- quote: Plant\n  stale: >-\n    gone\n    away\n",
        "- quote: Plant\n",
    );
    case(
        "- quote: Plant\n  stale: gone # why?\n  speaker: Ines\n",
        "- quote: Plant\n   # why?\n  speaker: Ines\n",
    );
    case("- stale: gone\n  quote: Plant\n", "- quote: Plant\n");
    case("- {quote: Plant, stale: gone}\n", "- {quote: Plant}\n");
    case("- {stale: gone, quote: Plant}\n", "- {quote: Plant}\n");
}

#[test]
fn a_card_that_no_longer_fits_is_marked_in_any_style() {
    #[track_caller]
    fn case(text: &str, expected: &str) {
        let merged = merged(text, &[], &|_| Fit::Stale("it is gone".to_owned()));
        assert_eq!(merged.text, expected);
    }
    case(
        "- quote: Plant\n",
        "- stale: \"it is gone\"\n  quote: Plant\n",
    );
    case(
        "cards:\r\n-\r\n    quote: Plant\r\n    speaker: Ines\r\n",
        "cards:\r\n-\r\n    quote: Plant\r\n    stale: \"it is gone\"\r\n    speaker: Ines\r\n",
    );
    case(
        "- {quote: Plant, speaker: Ines}\n",
        "- {quote: Plant, stale: \"it is gone\", speaker: Ines}\n",
    );
    case(
        "- x-ä: ö\n  stale: before\n  quote: Plant\n",
        "- x-ä: ö\n  stale: \"it is gone\"\n  quote: Plant\n",
    );
}

#[test]
fn new_cards_stand_behind_the_last_in_its_style() {
    #[track_caller]
    fn case(text: &str, begins: &str) {
        let found = proposed(vec![quote("Nobody went home before dark", 200)]);
        let merged = merged(text, &[found], &|_| Fit::Unknown);
        assert!(merged.text.starts_with(begins), "{}", merged.text);
    }
    case(
        "- quote: Plant",
        "- quote: Plant\n\n- id: nobody-went-home-before\n  status: proposed\n",
    );
    case(
        "cards:\n    - quote: Plant\n",
        "cards:\n    - quote: Plant\n\n    - id: nobody-went-home-before\n      status: proposed\n",
    );
    case(
        "cards:\n- quote: Plant\ntheme: marigold\n",
        "cards:\n- quote: Plant\n\n- id: nobody-went-home-before\n  status: proposed\n",
    );
}

#[test]
fn a_list_in_brackets_is_refused_before_anything_is_lost() {
    let text = "cards: [{quote: Plant}]\n";
    let found = proposed(vec![quote("Nobody went home", 0)]);
    let error = merge(text, &deck(text), &[found], 6, &|_| Fit::Unknown).expect_err("refused");
    assert_eq!(
        error.to_string(),
        "new cards cannot be written into a list in brackets"
    );
}

#[test]
fn only_what_is_wanted_of_an_article_is_added() {
    let words = [
        "One spade",
        "Two spades now",
        "Three of them",
        "Four in a row",
        "Five to go",
    ];
    let found = proposed(words.iter().map(|words| quote(words, 0)).collect());
    let text = "- quote: Three of them\n  origin: {article: spring.txt}\n";
    let merged = merge(text, &deck(text), &[found], 3, &|_| Fit::Unknown).expect("it merges");
    assert_eq!(merged.added, ["one-spade", "two-spades-now"]);
}

fn any_quote() -> impl Strategy<Value = String> {
    let word = prop::sample::select(vec![
        "plant", "water", "spade", "nobody", "garden", "ends", "our", "rain", "never", "home",
    ]);
    prop::collection::vec(word, 3..9).prop_map(|words| words.join(" "))
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 128,
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn nothing_that_people_decided_is_ever_lost(
        old in prop::collection::vec((any_quote(), 0..3_usize, any::<bool>()), 1..6),
        new in prop::collection::vec(any_quote(), 0..8),
    ) {
        let cards = old.iter().enumerate().map(|(index, (words, status, is_stale))| Card {
            id: format!("card-{index}"),
            status: Status::ALL[*status],
            stale: is_stale.then(|| "before".to_owned()),
            ..quote(words, index * 50)
        });
        let text = write(&proposed(cards.collect()));
        let before = deck(&text);
        let found = proposed(new.iter().enumerate().map(|(i, words)| quote(words, i * 50)).collect());
        let fit = |card: &Card| match card.fields[&Field::Quote].len() % 3 {
            _ if !card.id.starts_with("card-") => Fit::Fits,
            0 => Fit::Unknown,
            1 => Fit::Fits,
            _ => Fit::Stale("it is: “gone”".to_owned()),
        };
        let result = merged(&text, std::slice::from_ref(&found), &fit);
        let after = deck(&result.text);
        for (a, b) in before.cards.iter().zip(&after.cards) {
            prop_assert_eq!((&a.id, a.status, &a.fields), (&b.id, b.status, &b.fields));
        }
        for card in after.cards.iter().skip(before.cards.len()) {
            prop_assert_eq!(card.status, Status::Proposed);
        }
    }
}
