//! What people may write in a deck, and what they are told when they may not.

use std::collections::BTreeMap;
use std::path::Path;

use super::{load, read};
use crate::deck::{Bar, Chart, Deck, Field, Kind, Status};

fn deck(text: &str) -> Deck {
    read(Path::new("deck.yaml"), text).expect("the deck reads")
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

#[track_caller]
fn refused(text: &str, message: &str, hint: &str) {
    let error = read(Path::new("deck.yaml"), text).expect_err("it is refused");
    assert_eq!(error.to_string(), format!("deck.yaml{message}"), "{text}");
    assert_eq!(error.hint().unwrap_or_default(), hint, "{text}");
}

#[test]
fn a_deck_without_cards_is_told_how_to_have_some() {
    let no_cards =
        "list the cards below `cards:`, each as `- quote: the words` with its `speaker:`";
    refused("", ": the deck is empty", no_cards);
    refused("# nothing yet\n", ": the deck is empty", no_cards);
    refused("cards:\n", ":1:1: the deck has no cards", no_cards);
    refused("cards: []\n", ":1:8: the deck has no cards", no_cards);
    refused(
        "theme: marigold\n",
        ":1:1: the deck has no `cards`",
        no_cards,
    );
    refused(
        "just words\n",
        ":1:1: expected a deck, found words",
        no_cards,
    );
    refused(
        "cards: many\n",
        ":1:8: `cards` takes a list, each card behind a `-`; found words",
        "",
    );
    refused(
        "cards:\n- Plant trees\n",
        ":2:3: expected a card, found words",
        "write it as `quote: the words`",
    );
}

#[test]
fn an_unknown_name_is_told_with_the_nearest_known() {
    refused(
        "card: []\n",
        ":1:1: a deck has no key `card`",
        "did you mean `cards`?",
    );
    refused(
        "brand: Northlight\ncards: []\n",
        ":1:1: a deck has no key `brand`",
        "put `brand` below `shared:`, or into the cards",
    );
    refused(
        "shared: {colour: red}\n",
        ":1:10: cards share no `colour`",
        "use one of `quote`, `emphasis`, `speaker`, `role`, `qualifier`, `figure`, `label`, `context`, \
         `source`, `time`, `kicker`, `title`, `byline`, `date`, `brand`, `call`, `link`, `photo`, `focus`, `alt`, \
         `credit`",
    );
    refused(
        "- quote: Plant\n  speakr: Ines\n",
        ":2:3: a card has no key `speakr`",
        "did you mean `speaker`?",
    );
    refused(
        "- quote: Plant\n  xyzzy: a.jpg\n",
        ":2:3: a card has no key `xyzzy`",
        "what cards show is called `quote`, `emphasis`, `speaker`, `role`, `qualifier`, `figure`, \
         `label`, `context`, `source`, `time`, `kicker`, `title`, `byline`, `date`, `brand`, `call`, `link`, \
         `photo`, `focus`, `alt`, `credit`",
    );
    refused(
        "- quote: Plant\n  status: aproved\n",
        ":2:11: there is no status `aproved`",
        "did you mean `approved`?",
    );
    refused(
        "- quote: Plant\n  kind: poll\n",
        ":2:9: there is no kind `poll`",
        "use one of `quote`, `statistic`, `title`, `list`",
    );
}

#[test]
fn a_card_needs_words_and_an_id_of_its_own() {
    refused(
        "- speaker: Ines\n",
        ":1:3: the card has neither a `quote` nor a `figure`",
        "give it one, and `speaker:` or `label:` beside it",
    );
    refused(
        "- quote: ''\n  kind: quote\n",
        ":1:3: the card is a quote without words",
        "give it a `quote:`",
    );
    refused(
        "- {quote: Plant, figure: 12}\n",
        ":1:3: the card has both a `quote` and a `figure`",
        "say which it is with `kind: quote` or `kind: statistic`",
    );
    refused(
        "- {id: a, quote: One}\n- {id: A, quote: Two}\n",
        ":2:8: the id `A` stands twice, first in line 1",
        "give each card an id of its own",
    );
    refused(
        "- {id: spring/one, quote: One}\n",
        ":1:8: the id `spring/one` is to be a part of file names",
        "use `spring-one`, or leave the id out",
    );
}

#[test]
fn a_value_of_another_type_is_told_what_it_may_be() {
    refused(
        "- quote: [Plant]\n",
        ":1:10: `quote` takes words; found a list",
        "put quotation marks around words that begin with a bracket or a `- `",
    );
    refused(
        "- quote: One\n  quote: Two\n",
        ":2:3: the key `quote` stands twice, first in line 1",
        "keep one of them",
    );
    refused(
        "- quote: One\n  score: high\n",
        ":2:10: `score` takes a number, found `high`",
        "leave the score out; only `extract` gives one",
    );
    refused(
        "- quote: One\n  origin: {article: a.txt, spans: {quote: 9-2}}\n",
        ":2:43: `quote` has the span `9-2`",
        "a span is two byte offsets, the smaller first: `120-245`",
    );
    refused(
        "- quote: One\n  origin: {spans: {}}\n",
        ":2:11: the origin names no article",
        "add `article:` with its path, or remove `origin:`",
    );
}

#[test]
fn a_chart_is_named_or_made_of_values() {
    let deck = deck(
        "- {figure: 1 in 4, chart: ratio}\n- {figure: 45%, chart: ring}\n- figure: 31%\n  values:\n  \
         - {figure: 12%, label: in 2010}\n  - {figure: 31%, label: in 2020}\n- figure: 900\n",
    );
    let charts: Vec<_> = deck.cards.iter().map(|card| deck.chart(card)).collect();
    let bar = |figure, label, number| Bar {
        figure,
        label,
        number,
    };
    let bars = vec![bar("12%", "in 2010", 12.0), bar("31%", "in 2020", 31.0)];
    let expected = [
        Some(Chart::Ratio { n: 1, of: 4 }),
        Some(Chart::Ring { share: 0.45 }),
        Some(Chart::Bars(bars)),
        None,
    ];
    assert_eq!(charts, expected);
    let number = deck.reading(&deck.cards[3]).and_then(|r| r.number());
    assert_eq!(number, Some(900.0));
}

#[test]
fn a_chart_that_cannot_be_drawn_is_told_in_its_place() {
    refused(
        "- figure: 1 in 4\n  chart: pie\n",
        ":2:10: there is no chart `pie`",
        "use one of `ratio`, `ring`, `bars`, `number`",
    );
    refused(
        "- figure: 45,000\n  chart: ring\n",
        ":2:10: `chart: ring` draws a part of a whole; the figure is `45,000`",
        "write the figure as `45%` or `1 in 4`, or use `chart: number`",
    );
    refused(
        "- quote: Plant\n  chart: number\n",
        ":2:10: a quote has no `chart: number`",
        "remove it, or give the card a `figure:`",
    );
    refused(
        "- figure: 45%\n  chart: bars\n",
        ":2:10: `chart: bars` compares 2 to 4 values, found 0",
        "list them below `values:`, each as `- figure: 45%` with its `label:`",
    );
    let values = "list them as `- figure: 45%` with `label: what it is` below";
    refused(
        "- figure: 45%\n  values: 12 and 31\n",
        ":2:11: `values` takes a list; found words",
        values,
    );
    refused(
        "- figure: 45%\n  values:\n  - figure: 12%\n",
        ":3:5: the value has no `label`",
        values,
    );
    refused(
        "- figure: 45%\n  values:\n  - {figure: 12%, name: men}\n",
        ":3:19: a value has no key `name`",
        "use one of `figure`, `label`",
    );
    refused(
        "- figure: 45%\n  values:\n  - {figure: 12%, label: men}\n  - {figure: few, label: women}\n",
        ":4:5: a bar needs one number from 0 on, found `few`",
        "write it as `45%` or `1,200`, or leave the value out",
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
