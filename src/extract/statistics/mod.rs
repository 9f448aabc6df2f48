//! Turns quantities into statistics: a figure with the words it takes to stand alone.
//!
//! In: a block of text, its sentences, and what of it is quoted. Out: statistics in reading order,
//! every field word for word from the article. [`quantities`] lists whatever was recognised, for the
//! record; [`find`] offers those worth sharing, with the reasons for their score.

mod clause;
mod label;
mod picture;
mod score;
mod source;
mod time;

use super::masks;
use super::numbers::tokens::Tokens;
use super::numbers::{self, Quantity};
use super::{Candidate, Compared, Find, Statistic};
use crate::article::{Block, Verbatim};
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

/// The statistics of a block worth sharing, in reading order.
///
/// `sentences` and `quoted` are byte ranges of the block's text; numbers in quotations are not
/// offered, for they belong to somebody's words.
pub(crate) fn find(
    block: &Block,
    sentences: &[Range<usize>],
    quoted: &[Range<usize>],
    full_name: FullName,
) -> Vec<Candidate> {
    let tokens = Tokens::of(&block.text);
    let found = recognise(&tokens);
    settings(&tokens, &found, sentences)
        .filter(|setting| !overlaps(&setting.bytes(&setting.quantity.figure), quoted))
        .filter_map(|setting| candidate(block, &setting, full_name))
        .collect()
}

/// Every quantity of a block, for the record: what is masked is left out, nothing else.
pub(crate) fn quantities(
    block: &Block,
    sentences: &[Range<usize>],
    full_name: FullName,
) -> Vec<Statistic> {
    let tokens = Tokens::of(&block.text);
    let found = recognise(&tokens);
    settings(&tokens, &found, sentences)
        .map(|setting| statistic(block, &setting, full_name))
        .collect()
}

fn recognise(tokens: &Tokens) -> Vec<Quantity> {
    numbers::find(tokens, &masks::find(tokens))
}

fn overlaps(range: &Range<usize>, others: &[Range<usize>]) -> bool {
    others
        .iter()
        .any(|other| other.start < range.end && range.start < other.end)
}

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
        tokens.within(bytes.map_or(0..tokens.text.len(), Clone::clone))
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

fn candidate(block: &Block, setting: &Setting, full_name: FullName) -> Option<Candidate> {
    let reasons = score::reasons(setting, block.kind);
    let score = score::sum(&reasons);
    (score >= score::CUT).then(|| Candidate {
        find: Find::Statistic(statistic(block, setting, full_name)),
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
