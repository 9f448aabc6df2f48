//! Finds the words worth sharing: an article in, candidates out, best first.
//!
//! Quotations come with their speaker, statistics with their source, and every candidate with the
//! reasons for its score. All text is [`Verbatim`]; when unsure who said it, nobody is named.

mod attribution;
mod emphasis;
mod entities;
mod interruption;
mod key;
mod language;
mod lexicon;
mod masks;
mod numbers;
mod quotations;
mod rank;
mod reading;
mod record;
mod sentences;
mod statistics;
#[cfg(test)]
mod tests;
mod tokens;
mod units;
mod works;

use std::collections::BTreeSet;
use std::ops::Range;

use crate::article::{Article, Span, Verbatim};
use attribution::Attribution;
use entities::Entities;
use language::Language;
use quotations::Found;
use statistics::Counted;

pub use attribution::{FEWEST_MEASURED, FLOOR, RULES, Rule, rule_named};
pub use reading::{Reading, read, read_in};
pub use record::record;

/// Something worth sharing, and why.
#[derive(Clone, Debug, PartialEq)]
pub struct Candidate {
    /// What was found.
    pub find: Find,
    /// The sum of the reasons' weights; larger is better.
    pub score: f64,
    /// Why, in the order of the rules.
    pub reasons: Vec<Reason>,
    /// The sentence it stands in.
    pub sentence: Verbatim,
}

/// The kinds of things worth sharing.
#[derive(Clone, Debug, PartialEq)]
pub enum Find {
    /// Somebody's words.
    Quotation(Quotation),
    /// A number that says something.
    Statistic(Statistic),
}

/// One rule's say about a candidate.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Reason {
    /// Stable, in kebab case: `names-its-source`.
    pub code: &'static str,
    /// What it adds to the score; negative against.
    pub weight: f64,
}

/// Somebody's words, between quotation marks or in a block quotation; or a sentence of the author's.
#[derive(Clone, Debug, PartialEq)]
pub struct Quotation {
    /// The words without their outer marks.
    pub words: Verbatim,
    /// The words with their outer marks.
    pub marked: Span,
    /// What sort of quotation it is.
    pub kind: QuotationKind,
    /// Who said it; `None` when unsure.
    pub speaker: Option<Speaker>,
    /// Whom a rule named that is right too rarely to be believed; see [`Rule::names`].
    pub doubted: Option<Speaker>,
    /// The words that attribute it: "said", "is defined by", "vision to".
    pub cue: Option<Verbatim>,
    /// Which rule attributed it, in kebab case; `none` without a speaker.
    pub rule: &'static str,
    /// The phrase to emphasise on a card, 2 to 6 words.
    pub emphasis: Option<Verbatim>,
}

/// What sort of quotation it is. Only the first five become cards.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum QuotationKind {
    /// Spoken or written words of somebody.
    Speech,
    /// A vision, mission, motto or promise.
    Mission,
    /// How somebody defines something.
    Definition,
    /// A block quotation.
    Block,
    /// A sentence of the author's own: a card shows it without quotation marks.
    Sentence,
    /// The title of a work.
    Title,
    /// A word held at arm's length.
    Scare,
}

impl QuotationKind {
    /// Kebab-case name, for decks and JSON.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Speech => "speech",
            Self::Mission => "mission",
            Self::Definition => "definition",
            Self::Block => "block",
            Self::Sentence => "sentence",
            Self::Title => "title",
            Self::Scare => "scare",
        }
    }
}

/// Who said something.
#[derive(Clone, Debug, PartialEq)]
pub struct Speaker {
    /// What the attribution itself says: "he" in "he said".
    pub mention: Verbatim,
    /// Who that is, as the article names them in full; `None` when unsure.
    pub name: Option<Verbatim>,
    /// The words that describe them: "director of the clinic".
    pub role: Option<Verbatim>,
}

/// A number with what it takes to stand alone on a card.
#[derive(Clone, Debug, PartialEq)]
pub struct Statistic {
    /// The number as written, with its currency sign, scale word or per cent: "4 billion".
    pub figure: Verbatim,
    /// What it amounts to.
    pub value: Value,
    /// `percent`, `percentage point`, an ISO 4217 code, or the measure as written; `None` if
    /// things are counted.
    pub unit: Option<String>,
    /// What is counted: "people".
    pub noun: Option<Verbatim>,
    /// "over", "nearly", "up to".
    pub qualifier: Option<Verbatim>,
    /// The words after the figure that complete it: "people live outside the protection of the
    /// law".
    pub label: Option<Verbatim>,
    /// The smallest clause that stands alone, figure included.
    pub claim: Verbatim,
    /// Who says so; `None` where the article does not say.
    pub source: Option<Verbatim>,
    /// The time frame: "over the past two decades".
    pub time: Option<Verbatim>,
    /// Of whom or what it is a part: "adults under 30".
    pub population: Option<Verbatim>,
    /// Whether it says that something rose or fell.
    pub direction: Option<Direction>,
    /// The kind of picture that shows it.
    pub picture: Picture,
    /// What it is compared with, itself first: two to four figures of one unit, each with what it is
    /// the figure of. Empty for other pictures.
    pub compared: Vec<Compared>,
}

/// Which way a number went.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// It rose.
    Up,
    /// It fell.
    Down,
}

/// The kind of picture that shows a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Picture {
    /// The figure itself, set large.
    Number,
    /// So many of so many.
    Ratio,
    /// A part of a whole.
    Ring,
    /// Figures side by side.
    Bars,
}

/// One of several figures that are compared.
#[derive(Clone, Debug, PartialEq)]
pub struct Compared {
    /// The number as written.
    pub figure: Verbatim,
    /// What it is the number of: "in 2010", "women".
    pub label: Verbatim,
}

impl Picture {
    /// The name, as decks have it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Number => "number",
            Self::Ratio => "ratio",
            Self::Ring => "ring",
            Self::Bars => "bars",
        }
    }
}

/// What a figure amounts to, scale words applied; per cent is left alone (45 per cent is 45).
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Value {
    /// One number.
    One(f64),
    /// From one to the other: a range or a change.
    Range(f64, f64),
    /// `n` in `of`.
    Ratio {
        /// How many.
        n: f64,
        /// Of how many.
        of: f64,
    },
}

/// What an article holds.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Extracted {
    /// What is worth sharing, best first; equals in reading order.
    pub candidates: Vec<Candidate>,
    /// Every number with what it numbers, worth sharing or not, in reading order.
    pub quantities: Vec<Statistic>,
}

/// Finds what is worth sharing in an article's main text, best first; equals in reading order.
///
/// Quotations of fewer than four words, titles of works and words held at arm's length are not
/// among it, nor are numbers within quotations. Words quoted twice are found twice: see [`distinct`].
/// Where fewer than three quotations have a speaker, sentences of the author's own make up for them.
#[must_use]
pub fn extract(article: &Article) -> Vec<Candidate> {
    everything(article).candidates
}

/// Finds what is worth sharing, as [`extract`], and every number.
#[must_use]
pub fn everything(article: &Article) -> Extracted {
    let entities = Entities::of(article);
    let language = Language::of(article);
    let found = quotations::find(article, language);
    let Counted {
        mut candidates,
        quantities,
    } = statistics::count(article, language, &entities, &found);
    let quotations = quoted(article, language, &entities, &found);
    let missing = key::ENOUGH.saturating_sub(quotations.iter().filter(is_named).count());
    candidates.extend(key::find(article, language, &found, missing));
    candidates.extend(quotations);
    candidates.sort_by(|one, other| {
        let start = |candidate: &Candidate| candidate.sentence.outer_span().start;
        other
            .score
            .total_cmp(&one.score)
            .then(start(one).cmp(&start(other)))
    });
    Extracted {
        candidates,
        quantities,
    }
}

/// The sum of weights, in hundredths: what a reader adds up.
fn sum(reasons: &[Reason]) -> f64 {
    let sum: f64 = reasons.iter().map(|reason| reason.weight).sum();
    (sum * 100.0).round() / 100.0
}

fn is_named(candidate: &&Candidate) -> bool {
    let Find::Quotation(quotation) = &candidate.find else {
        return false;
    };
    quotation.speaker.is_some()
}

/// Candidates without those that say the same as a better one.
#[must_use]
pub fn distinct(mut candidates: Vec<Candidate>) -> Vec<Candidate> {
    let mut seen = BTreeSet::new();
    candidates.retain(|candidate| seen.insert(candidate.key()));
    candidates
}

impl Candidate {
    /// Whether these words are in the name or role of who says it, whatever their case; for a number,
    /// of who vouches for it.
    #[must_use]
    pub fn is_by(&self, words: &str) -> bool {
        let has = |verbatim: Option<&Verbatim>| {
            let text = verbatim.map_or(String::new(), |found| found.text().to_lowercase());
            text.contains(words.trim().to_lowercase().as_str())
        };
        match &self.find {
            Find::Quotation(quotation) => quotation.speaker.as_ref().is_some_and(|speaker| {
                let named = speaker.name.as_ref().or(Some(&speaker.mention));
                has(named) || has(speaker.role.as_ref())
            }),
            Find::Statistic(statistic) => has(statistic.source.as_ref()),
        }
    }

    /// What makes two candidates the same.
    fn key(&self) -> (bool, String) {
        match &self.find {
            Find::Quotation(quotation) => {
                // With the comma that led on to the speaker or without.
                let words = quotation.words.text().trim_end_matches(',');
                (true, words.to_owned())
            }
            Find::Statistic(statistic) => (
                false,
                format!("{}|{}", statistic.figure.text(), statistic.claim.text()),
            ),
        }
    }
}

fn quoted(
    article: &Article,
    language: Language,
    entities: &Entities,
    found: &[Found],
) -> Vec<Candidate> {
    let attributions = attribution::attribute(article, language, entities, found);
    let found = interruption::join(article, found.to_vec(), attributions);
    // The sentences of the block that was looked at last.
    let mut known: (usize, Vec<Range<usize>>) = (usize::MAX, Vec::new());
    let candidates = found.iter().filter_map(|(quotation, attribution)| {
        let words = quotation.words(article);
        let kind = works::kind(article, quotation, attribution);
        let is_offered = !matches!(kind, QuotationKind::Title | QuotationKind::Scare)
            && tokens::word_count(words.text()) >= rank::FEWEST_WORDS;
        let block = quotation.first().block;
        if is_offered && known.0 != block {
            known = (block, sentences::split(&article.blocks[block].text));
        }
        is_offered.then(|| {
            let sentence = quotation.sentence(article, &known.1);
            candidate(article, (quotation, attribution), (words, sentence), kind)
        })
    });
    candidates.collect()
}

fn candidate(
    article: &Article,
    (quotation, attribution): (&Found, &Attribution),
    (words, sentence): (Verbatim, Verbatim),
    kind: QuotationKind,
) -> Candidate {
    let mut reasons = rank::reasons(words.text(), quotation.pieces.len(), attribution);
    if key::is_set_large(article, words.text()) {
        reasons.push(Reason {
            code: "set-large-by-the-page",
            weight: 1.0,
        });
    }
    Candidate {
        score: sum(&reasons),
        reasons,
        sentence,
        find: Find::Quotation(Quotation {
            marked: quotation.marked(article),
            kind,
            speaker: attribution.speaker.clone(),
            doubted: attribution.doubted.clone(),
            cue: attribution.cue.clone(),
            rule: attribution.rule,
            emphasis: quotation.emphasis(article),
            words,
        }),
    }
}
