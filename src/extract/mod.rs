//! Finds the words worth sharing: an article in, candidates out, best first.
//!
//! Quotations come with their speaker, statistics with their source, and every candidate with the
//! reasons for its score. All text is [`Verbatim`]; when unsure who said it, nobody is named.

mod masks;
mod numbers;
mod statistics;
mod units;

use crate::article::{Span, Verbatim};

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

/// Somebody's words, between quotation marks or in a block quotation.
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
    /// The words that attribute it: "said", "is defined by", "vision to".
    pub cue: Option<Verbatim>,
    /// Which rule attributed it, in kebab case; `none` without a speaker.
    pub rule: &'static str,
    /// The phrase to emphasise on a card, 2 to 6 words.
    pub emphasis: Option<Verbatim>,
}

/// What sort of quotation it is. Only the first four become cards.
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
/// tmp
pub fn extract(_: &crate::article::Article) -> Vec<Candidate> { vec![] }
/// tmp
pub fn record(_: &crate::article::Article, _: &[Candidate]) -> serde_json::Value { serde_json::Value::Null }
