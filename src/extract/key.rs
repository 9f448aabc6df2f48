//! Key sentences: the author's own, for articles that quote too few people. A card shows them without
//! quotation marks, for nobody said them.
//!
//! A sentence is weighed as a quotation is, and by what pull quotes have in common: plain words, no
//! dates, no figures, nobody else's speech (Bohn and Ling, "Catching Attention with Automatic Pull
//! Quote Selection", COLING 2020).

use std::ops::Range;

use super::language::Language;
use super::quotations::Found;
use super::{Candidate, Find, Quotation, QuotationKind, Reason, lexicon, rank, sentences};
use crate::article::{Article, Block, BlockKind};

/// Named quotations from which on nobody misses a key sentence.
pub(super) const ENOUGH: usize = 3;

/// Sentences that weigh less are not offered.
const LEAST: f64 = 1.2;

/// Words of a sentence that can stand alone.
const LENGTHS: std::ops::RangeInclusive<usize> = 6..=28;

/// Marks that show other voices or other matter inside.
const MARKS: [char; 14] = [
    '“', '”', '"', '„', '«', '»', '‹', '›', '(', ')', '[', ']', ';', ':',
];

const DATES: &str = "monday tuesday wednesday thursday friday saturday sunday january february march april june july \
    august september october november december yesterday today tomorrow tonight";

/// The best sentences of the author's own, at most so many and one of each paragraph; none in a
/// language whose verbs of saying we do not know, for they may be somebody else's.
pub(super) fn find(
    article: &Article,
    language: Language,
    found: &[Found],
    most: usize,
) -> Vec<Candidate> {
    if most == 0 || language == Language::Other {
        return Vec::new();
    }
    let quoted: std::collections::BTreeSet<usize> = found
        .iter()
        .flat_map(|quotation| &quotation.pieces)
        .map(|piece| piece.block)
        .collect();
    let paragraphs: Vec<(usize, &Block)> = article
        .blocks
        .iter()
        .enumerate()
        .filter(|(_, block)| block.kind == BlockKind::Paragraph)
        .collect();
    let (first, last) = (
        paragraphs.first().map(|(index, _)| *index),
        paragraphs.last().map(|(index, _)| *index),
    );
    let mut best: Vec<Candidate> = Vec::new();
    for (index, block) in paragraphs {
        let place = Place {
            opens: Some(index) == first,
            closes: Some(index) == last,
        };
        // Beside somebody's words stands mostly who said them.
        if quoted.contains(&index) {
            continue;
        }
        let sentences = sentences::split(&block.text).into_iter();
        let offered = sentences.filter_map(|range| candidate(article, block, range, place));
        best.extend(offered.reduce(|one, other| match other.score > one.score {
            true => other,
            false => one,
        }));
    }
    // Stable: equals keep the article's order.
    best.sort_by(|one, other| other.score.total_cmp(&one.score));
    best.truncate(most);
    best
}

/// Where a sentence's paragraph stands.
#[derive(Clone, Copy, Debug)]
struct Place {
    opens: bool,
    closes: bool,
}

fn candidate(
    article: &Article,
    block: &Block,
    range: Range<usize>,
    place: Place,
) -> Option<Candidate> {
    let text = &block.text[range.clone()];
    let count = text.split_whitespace().take(LENGTHS.end() + 1).count();
    let is_whole = text.starts_with(char::is_uppercase) && text.ends_with(['.', '!', '…', '。']);
    if !is_whole || !LENGTHS.contains(&count) || text.contains(MARKS) {
        return None;
    }
    let words = words(text);
    if words.iter().any(|word| is_reporting(word)) {
        return None;
    }
    let reasons = reasons(article, text, &words, place);
    let score = super::sum(&reasons);
    (score >= LEAST).then(|| {
        let words = block.verbatim(range.clone());
        let phrase = super::emphasis::choose(text)
            .map(|phrase| block.verbatim(range.start + phrase.start..range.start + phrase.end));
        Candidate {
            score,
            reasons,
            sentence: words.clone(),
            find: Find::Quotation(Quotation {
                marked: words.outer_span(),
                words,
                kind: QuotationKind::Sentence,
                speaker: None,
                doubted: None,
                cue: None,
                rule: "none",
                emphasis: phrase,
            }),
        }
    })
}

fn words(text: &str) -> Vec<String> {
    text.split(|c: char| !c.is_alphanumeric() && !matches!(c, '’' | '\''))
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect()
}

fn reasons(article: &Article, text: &str, words: &[String], place: Place) -> Vec<Reason> {
    let letters: usize = words.iter().map(|word| word.chars().count()).sum();
    let mean = letters as f64 / words.len().max(1) as f64;
    let is_dated = DATES
        .split_ascii_whitespace()
        .any(|date| words.iter().any(|word| word == date));
    let rules = [
        ("plain-words", 0.3, mean <= 4.8),
        ("long-words", -0.4, mean >= 6.0),
        (
            "has-figures",
            -0.6,
            text.contains(|c: char| c.is_ascii_digit()),
        ),
        ("has-a-date", -0.5, is_dated),
        ("opens-the-article", 0.3, place.opens),
        ("closes-the-article", 0.2, place.closes),
        ("says-the-title", 0.2, says_title(article, words)),
        ("set-large-by-the-page", 1.0, is_set_large(article, text)),
    ];
    let mut reasons = rank::words(text, QuotationKind::Sentence);
    let rules = rules.into_iter().filter(|(.., holds)| *holds);
    reasons.extend(rules.map(|(code, weight, _)| Reason { code, weight }));
    reasons
}

/// Verbs that pass on what somebody else says; many verbs of saying are also deeds.
fn is_reporting(word: &str) -> bool {
    const REPORTING: &str = "said says told tells according announced reported reports claimed claims added \
        sagt sagte laut dit selon dijo según disse segundo detto secondo zei volgens";
    REPORTING
        .split_ascii_whitespace()
        .any(|reporting| reporting == word)
}

/// Whether two longer words are the title's.
fn says_title(article: &Article, words: &[String]) -> bool {
    let title = article.meta.title.as_deref().unwrap_or_default();
    let title = title.to_lowercase();
    let mut shared: Vec<&str> = title
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| word.chars().count() >= 5 && words.iter().any(|other| other == word))
        .collect();
    shared.sort_unstable();
    shared.dedup();
    shared.len() >= 2 && !words.iter().all(|word| lexicon::is_determiner(word))
}

/// Whether the page sets these words large, as pull quotes of its own.
pub(super) fn is_set_large(article: &Article, text: &str) -> bool {
    let fold = |text: &str| -> String {
        let letters = text.chars().filter(|c| c.is_alphanumeric());
        letters.flat_map(char::to_lowercase).collect()
    };
    let mut large = article
        .blocks
        .iter()
        .filter(|block| block.kind == BlockKind::PullQuote)
        .peekable();
    if large.peek().is_none() {
        return false;
    }
    let words = fold(text);
    let mut large = large.map(|block| fold(&block.text));
    !words.is_empty()
        && large
            .any(|block| !block.is_empty() && (block.contains(&words) || words.contains(&block)))
}
