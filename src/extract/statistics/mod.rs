//! Turns quantities into statistics: a figure with the words it takes to stand alone.
//!
//! In: a block of text, and what of it is quoted. Out: statistics in reading order, every field word
//! for word from the article: whatever was recognised, for the record, and those worth sharing, with
//! the reasons for their score.

mod clause;
mod label;
mod picture;
mod score;
mod source;
mod time;

use super::language::Language;
use super::masks;
use super::numbers::tokens::Tokens;
use super::numbers::{self, Quantity};
use super::{Candidate, Compared, Find, Statistic, sentences};
use crate::article::{Block, BlockKind, Verbatim};
use std::ops::Range;

/// Looks up whom or what the article calls so, in full; `None` when unsure.
pub(crate) type FullName<'a> = &'a dyn Fn(&str) -> Option<Verbatim>;

/// A quantity in its sentence, with the clause, source and time found around it, all in tokens.
struct Setting<'a> {
    tokens: &'a Tokens<'a>,
    quantity: &'a Quantity,
    sentence: Range<usize>,
    claim: Range<usize>,
    label: Option<Range<usize>>,
    source: Option<Range<usize>>,
    time: Option<Range<usize>>,
    /// Quantities in the same sentence, this one included.
    neighbours: &'a [Quantity],
}

/// What a block counts, in reading order.
#[derive(Debug, Default)]
pub(crate) struct Counted {
    /// Statistics worth sharing.
    pub(crate) candidates: Vec<Candidate>,
    /// Every quantity, for the record: what is masked is left out, nothing else.
    pub(crate) quantities: Vec<Statistic>,
}

/// What a block counts.
///
/// `quoted` are byte ranges of the block's text, in order; numbers in quotations are not offered, for
/// they belong to somebody's words, nor are those of headings.
pub(crate) fn find(
    block: &Block,
    language: Language,
    quoted: &[Range<usize>],
    full_name: FullName,
) -> Counted {
    let tokens = Tokens::spoken(&block.text, language);
    let found = recognise(&tokens);
    let mut counted = Counted::default();
    if found.is_empty() {
        return counted;
    }
    let sentences = sentences::split(&block.text);
    let is_offered = !matches!(block.kind, BlockKind::Heading(_));
    for setting in settings(&tokens, &found, &sentences) {
        let statistic = statistic(block, &setting, full_name);
        if is_offered && !overlaps(&setting.bytes(&setting.quantity.figure), quoted) {
            let candidate = candidate(block, &setting, &statistic);
            counted.candidates.extend(candidate);
        }
        counted.quantities.push(statistic);
    }
    counted
}

fn recognise(tokens: &Tokens) -> Vec<Quantity> {
    match numbers::may_hold(tokens) {
        true => numbers::find(tokens, &masks::find(tokens)),
        false => Vec::new(),
    }
}

fn overlaps(range: &Range<usize>, others: &[Range<usize>]) -> bool {
    let next = others.partition_point(|other| other.end <= range.start);
    others
        .get(next)
        .is_some_and(|other| other.start < range.end)
}

/// Tokens on either side of a figure that may belong to it: in a text without a stop everything is one
/// sentence, and must not be read again for every figure.
const LONGEST: usize = 200;

/// Every quantity in its setting, in order.
fn settings<'a>(
    tokens: &'a Tokens<'a>,
    found: &'a [Quantity],
    sentences: &'a [Range<usize>],
) -> impl Iterator<Item = Setting<'a>> {
    let sentence_of = |quantity: &Quantity| {
        let figure = tokens.bytes(quantity.figure.clone()).start;
        let index = sentences.partition_point(|s| s.end <= figure);
        let bytes = sentences.get(index).filter(|s| s.start <= figure);
        let sentence = tokens.within(bytes.map_or(0..tokens.text.len(), Clone::clone));
        let (from, to) = (&quantity.figure.start, &quantity.figure.end);
        sentence.start.max(from.saturating_sub(LONGEST))..sentence.end.min(to + LONGEST)
    };
    found.iter().map(move |quantity| {
        let sentence = sentence_of(quantity);
        let from = found.partition_point(|q| q.figure.start < sentence.start);
        let to = found.partition_point(|q| q.figure.start < sentence.end);
        Setting::around(tokens, quantity, sentence, &found[from..to.max(from)])
    })
}

impl<'a> Setting<'a> {
    fn around(
        tokens: &'a Tokens<'a>,
        quantity: &'a Quantity,
        sentence: Range<usize>,
        neighbours: &'a [Quantity],
    ) -> Self {
        let inside = clause::without_marks(tokens, sentence.clone());
        let credit = source::find(tokens, inside.clone(), &quantity.figure);
        let time = time::find(tokens, inside, quantity);
        let claim = clause::around(tokens, credit.rest, quantity, time.as_ref());
        Self {
            label: label::behind(tokens, quantity, &claim, time.as_ref()),
            source: credit.source,
            tokens,
            quantity,
            sentence,
            claim,
            time,
            neighbours,
        }
    }

    fn bytes(&self, range: &Range<usize>) -> Range<usize> {
        self.tokens.bytes(range.clone())
    }

    fn words(&self, range: &Range<usize>) -> &'a str {
        &self.tokens.text[self.bytes(range)]
    }
}

fn candidate(block: &Block, setting: &Setting, statistic: &Statistic) -> Option<Candidate> {
    let reasons = score::reasons(setting, block.kind);
    let score = score::sum(&reasons);
    (score >= score::CUT).then(|| Candidate {
        find: Find::Statistic(statistic.clone()),
        score,
        reasons,
        sentence: block.verbatim(setting.bytes(&setting.sentence)),
    })
}

fn statistic(block: &Block, setting: &Setting, full_name: FullName) -> Statistic {
    let quantity = setting.quantity;
    let verbatim = |range: &Range<usize>| block.verbatim(setting.bytes(range));
    let named = |range: &Range<usize>| {
        // An acronym or surname means little on a card; a phrase speaks for itself.
        let mention = setting.words(range);
        let in_full = (range.len() == 1).then(|| full_name(mention)).flatten();
        in_full.unwrap_or_else(|| verbatim(range))
    };
    let bars = picture::bars(setting, setting.neighbours);
    let compared = bars.iter().map(|(figure, label)| Compared {
        figure: verbatim(figure),
        label: verbatim(label),
    });
    Statistic {
        population: picture::population(setting).as_ref().map(verbatim),
        direction: picture::direction(setting),
        picture: picture::kind(setting, &bars),
        compared: compared.collect(),
        figure: verbatim(&quantity.figure),
        value: quantity.value,
        unit: quantity.unit.as_ref().map(|unit| unit.name.clone()),
        noun: quantity.noun.as_ref().map(verbatim),
        qualifier: quantity.qualifier.as_ref().map(verbatim),
        label: setting.label.as_ref().map(verbatim),
        claim: verbatim(&setting.claim),
        source: setting.source.as_ref().map(named),
        time: setting.time.as_ref().map(verbatim),
    }
}

#[cfg(test)]
mod tests;
