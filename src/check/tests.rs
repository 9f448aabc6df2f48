//! What is reported of cards made by hand and of cards whose article changed.

use std::path::Path;

use super::check_card;
use crate::article::{Article, Block, BlockKind, Inline, Meta, OffsetMap, Span};
use crate::deck::read;
use crate::diagnostic::Diagnostic;

/// An article of plain paragraphs, each a line of the file.
fn article(text: &str) -> Article {
    let mut start = 0;
    let mut blocks = Vec::new();
    for line in text.split_inclusive('\n') {
        let words = line.trim_end_matches('\n');
        let span = Span {
            start,
            end: start + words.len(),
        };
        let mut map = OffsetMap::default();
        map.push(words.len(), span);
        start += line.len();
        blocks.push(Block {
            kind: BlockKind::Paragraph,
            text: words.to_owned(),
            span,
            map,
            inline: Inline::default(),
        });
    }
    Article {
        path: "spring.txt".into(),
        text: text.to_owned(),
        original: None,
        meta: Meta::default(),
        blocks,
    }
}

fn check(card: &str, article: Option<&Article>) -> Vec<Diagnostic> {
    let deck = read(Path::new("decks/deck.yaml"), card).expect("the deck reads");
    check_card(&deck, &deck.cards[0], &|path| {
        assert_eq!(path, Path::new("decks/spring.txt"));
        article
    })
}

const SPRING: &str = "Clay\n“We grew nothing but good neighbours,” said Ines. “Nobody went home.”\n\
                      Neighbours planted over 45,000 trees in two springs.\n";

#[track_caller]
fn quote(words: &str, article: &str, expected: &[&str]) {
    // The first quotation of `SPRING` and its figure.
    let start = SPRING.find("We grew").expect("it is there");
    let end = SPRING.find(",” said").expect("it is there");
    let words = words.replace('\'', "''");
    let card = format!(
        "- {{id: a, speaker: Ines, quote: '{words}', origin: {{article: spring.txt, spans: {{quote: {start}-{end}}}}}}}"
    );
    let found = check(&card, Some(&self::article(article)));
    let messages: Vec<_> = found.iter().map(|d| d.message.as_str()).collect();
    assert_eq!(messages, expected, "{words}");
    assert!(found.iter().all(|d| d.code == "quote-altered"), "{found:?}");
}

#[test]
fn a_quote_is_compared_word_for_word() {
    let fine = |words| quote(words, SPRING, &[]);
    fine("We grew nothing but good neighbours");
    fine("We grew nothing but good\u{a0}neighbours");
    fine("We grew … good neighbours");
    fine("… good neighbours");
    fine("[The gardeners] grew nothing but good neighbours");
    let differs = |words, message| quote(words, SPRING, &[message]);
    differs(
        "We grew nothing but great neighbours",
        "the quote says “grew nothing but great neighbours”, the article “grew nothing but good \
         neighbours”",
    );
    differs(
        "we grew nothing but good neighbours",
        "the quote says “we grew nothing but”, the article “We grew nothing but”",
    );
    differs(
        "We grew nothing",
        "the quote ends with “We grew nothing”, the article goes on “We grew nothing but good \
         neighbours”",
    );
    differs(
        "but good neighbours",
        "the quote begins with “but good neighbours”, the article “We grew nothing but”",
    );
    differs(
        "We grew nothing but good neighbours, and clay",
        "the quote goes on “but good neighbours, and clay”, the article ends with “but good \
         neighbours”",
    );
    differs(
        "Everybody loves a fence",
        "the article does not have the quote “Everybody loves a fence”",
    );
}

#[test]
fn a_quote_that_moved_is_fine_and_a_corrected_one_is_found() {
    let moved = format!("A new first paragraph.\n{SPRING}");
    let words = "We grew nothing but good neighbours";
    quote(words, &moved, &[]);
    let corrected = moved.replace("nothing but good", "little but good");
    quote(
        words,
        &corrected,
        &["the article does not have the quote “We grew nothing but good neighbours”"],
    );
    let corrected = moved.replace("good neighbours", "kind neighbours");
    quote(
        words,
        &corrected,
        &[
            "the quote says “grew nothing but good neighbours”, the article “grew nothing but kind \
           neighbours,” said”",
        ],
    );
}

#[test]
fn whole_sentences_may_be_left_out_at_the_ends() {
    #[track_caller]
    fn case(words: &str, is_fine: bool) {
        let text = "It was clay. Nobody went home. We planted trees!";
        let span = format!("{{quote: 0-{}}}", text.len());
        let card = format!(
            "- {{id: a, speaker: Ines, quote: {words}, origin: {{article: spring.txt, spans: {span}}}}}"
        );
        assert_eq!(
            check(&card, Some(&article(text))).is_empty(),
            is_fine,
            "{words}"
        );
    }
    case("Nobody went home.", true);
    case("Nobody went home", true);
    case("It was clay", true);
    case("We planted trees", true);
    case("We planted", false);
    case("went home", false);
    case("… went home …", true);
}

#[test]
fn words_in_two_pieces_are_compared_and_found_again() {
    let spans = ["We grew nothing but good neighbours,", "Nobody went home."].map(|piece| {
        let start = SPRING.find(piece).expect("it is there");
        format!("{start}-{}", start + piece.len())
    });
    let card = format!(
        "- {{id: a, speaker: Ines, quote: 'We grew nothing but good neighbours, Nobody went home.', \
         origin: {{article: spring.txt, spans: {{quote: {}}}}}}}",
        spans.join(" ")
    );
    assert_eq!(check(&card, Some(&article(SPRING))), []);
    let moved = article(&format!("One more.\n{SPRING}"));
    assert_eq!(check(&card, Some(&moved)), []);
}

#[test]
fn a_figure_is_compared_with_what_it_counts() {
    #[track_caller]
    fn case(figure: &str, article: &str, expected: &[&str]) {
        let start = SPRING.find("45,000").expect("it is there");
        let (end, label) = (start + 6, start + 7);
        let card = format!(
            "- {{id: a, source: Census, figure: '{figure}', label: trees, origin: {{article: \
             spring.txt, spans: {{figure: {start}-{end}, label: {label}-{}}}}}}}",
            label + 5
        );
        let found = check(&card, Some(&self::article(article)));
        let messages: Vec<_> = found.iter().map(|d| d.message.as_str()).collect();
        assert_eq!(messages, expected);
    }
    case("45,000", SPRING, &[]);
    case(
        "54,000",
        SPRING,
        &["the figure says “54,000”, the article “45,000”"],
    );
    let moved = format!("One more.\n{SPRING}");
    case("45,000", &moved, &[]);
    let corrected = moved.replace("45,000 trees", "46,000 trees");
    case(
        "45,000",
        &corrected,
        &["the article does not have the figure “45,000”"],
    );
    let elsewhere = corrected.replace("One more", "It cost 45,000 francs");
    case(
        "45,000",
        &elsewhere,
        &["the article does not have the figure “45,000”"],
    );
}

#[test]
fn what_nobody_vouches_for_is_a_warning_at_the_card() {
    #[track_caller]
    fn case(card: &str, expected: &[&str]) {
        let found = check(card, None);
        let said: Vec<_> = found
            .iter()
            .map(|d| {
                format!(
                    "{} {}: {} ({})",
                    d.severity.name(),
                    d.code,
                    d.message,
                    d.place
                )
            })
            .collect();
        assert_eq!(said, expected);
    }
    let at = |field: &str| format!("(decks/deck.yaml:1:3 (card `a`, field `{field}`))");
    case("- {id: a, quote: Plant, speaker: Ines}", &[]);
    case("- {id: a, figure: 12, source: Census}", &[]);
    case(
        "- {id: a, quote: Plant}",
        &[&format!(
            "warning attribution-missing: the quote does not say whose it is {}",
            at("speaker")
        )],
    );
    case(
        "- {id: a, figure: 12}",
        &[&format!(
            "warning statistic-without-source: the number 12 does not say where it comes from {}",
            at("source")
        )],
    );
    case(
        "- {id: a, quote: Plant, speaker: Ines, emphasis: trees}",
        &[&format!(
            "warning emphasis-lost: the quote does not have the emphasised words “trees” {}",
            at("emphasis")
        )],
    );
    case(
        "- {id: a, quote: so so, speaker: Ines, emphasis: so}",
        &[&format!(
            "warning emphasis-lost: the emphasised words “so” are 2 times in the quote {}",
            at("emphasis")
        )],
    );
    case(
        "- {id: a, quote: Plant, speaker: Ines, origin: {article: spring.txt}}",
        &[&format!(
            "warning article-missing: there is no article `decks/spring.txt` to compare with {}",
            at("quote")
        )],
    );
    case(
        "- {id: a, quote: Plant, speaker: Ines, origin: {article: '-'}}",
        &[],
    );
}
