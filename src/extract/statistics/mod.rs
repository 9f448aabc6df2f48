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

use super::entities::Entities;
use super::language::Language;
use super::masks;
use super::numbers::tokens::Tokens;
use super::numbers::{self, Quantity};
use super::quotations::Found;
use super::{Candidate, Compared, Find, Statistic, sentences};
use crate::article::{Article, Block, BlockKind, Verbatim};
use std::collections::BTreeMap;
use std::ops::Range;

/// Looks up whom or what the article calls so, in full; `None` when unsure.
type FullName<'a> = &'a dyn Fn(&str) -> Option<Verbatim>;

/// A quantity in its sentence, with the clause, source and time found around it, all in tokens.
struct Setting<'a> {
    tokens: &'a Tokens<'a>,
    quantity: &'a Quantity,
    sentence: Range<usize>,
    claim: Range<usize>,
    label: Option<Range<usize>>,
    source: Option<Range<usize>>,
    /// The source that a note names.
    noted: Option<Verbatim>,
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

/// What an article counts; numbers in what it quotes are not offered.
pub(crate) fn count(
    article: &Article,
    language: Language,
    entities: &Entities,
    found: &[Found],
) -> Counted {
    let mut quoted: BTreeMap<usize, Vec<Range<usize>>> = BTreeMap::new();
    for piece in found.iter().flat_map(|quotation| &quotation.pieces) {
        let ranges = quoted.entry(piece.block).or_default();
        ranges.push(piece.marked.clone());
    }
    let blocks = article.blocks.iter().enumerate();
    let mut all = Counted::default();
    for (index, block) in blocks.filter(|(_, block)| block.kind.is_main_text()) {
        let quoted = quoted.get(&index).map_or(&[][..], Vec::as_slice);
        let notes = block.inline.notes.iter();
        let notes: Vec<(usize, &Block)> = notes
            .filter_map(|mark| Some((mark.at, article.blocks.get(mark.block)?)))
            .collect();
        let place = Place {
            block,
            quoted,
            notes: &notes,
            language,
        };
        let counted = find(&place, &|words| entities.full_name(words));
        all.candidates.extend(counted.candidates);
        all.quantities.extend(counted.quantities);
    }
    all
}

/// A block with what its article knows about it.
struct Place<'a> {
    block: &'a Block,
    /// What of its text is quoted, in order.
    quoted: &'a [Range<usize>],
    /// The notes it refers to: where in its text, and the note.
    notes: &'a [(usize, &'a Block)],
    language: Language,
}

/// What a block counts.
///
/// Numbers in quotations are not offered, for they belong to somebody's words, nor are those of
/// headings.
fn find(place: &Place, full_name: FullName) -> Counted {
    let block = place.block;
    let tokens = Tokens::spoken(&block.text, place.language);
    let found = recognise(&tokens);
    let mut counted = Counted::default();
    if found.is_empty() {
        return counted;
    }
    let sentences = sentences::split(&block.text);
    let is_offered = !matches!(block.kind, BlockKind::Heading(_));
    for mut setting in settings(&tokens, &found, &sentences) {
        setting.noted = setting.note(place);
        let statistic = statistic(block, &setting, full_name);
        if is_offered && !overlaps(&setting.bytes(&setting.quantity.figure), place.quoted) {
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

/// Tokens before a figure that opens its sentence: "But nearly".
const FEWEST_BEFORE: usize = 2;

/// Every quantity in its setting, in order.
fn settings<'a>(
    tokens: &'a Tokens<'a>,
    found: &'a [Quantity],
    sentences: &'a [Range<usize>],
) -> impl Iterator<Item = Setting<'a>> {
    let index_of = |quantity: &Quantity| {
        let figure = tokens.bytes(quantity.figure.clone()).start;
        (figure, sentences.partition_point(|s| s.end <= figure))
    };
    let sentence_of = move |quantity: &Quantity| {
        let (figure, index) = index_of(quantity);
        let bytes = sentences.get(index).filter(|s| s.start <= figure);
        let sentence = tokens.within(bytes.map_or(0..tokens.text.len(), Clone::clone));
        let (from, to) = (&quantity.figure.start, &quantity.figure.end);
        sentence.start.max(from.saturating_sub(LONGEST))..sentence.end.min(to + LONGEST)
    };
    found.iter().map(move |quantity| {
        let sentence = sentence_of(quantity);
        let from = found.partition_point(|q| q.figure.start < sentence.start);
        let to = found.partition_point(|q| q.figure.start < sentence.end);
        let mut setting = Setting::around(tokens, quantity, sentence, &found[from..to.max(from)]);
        if setting.source.is_none() && setting.opens_sentence() {
            let before = index_of(quantity).1.checked_sub(1);
            let before = before.map(|before| tokens.within(sentences[before].clone()));
            setting.source = before.and_then(|before| {
                let start = before.start.max(before.end.saturating_sub(LONGEST));
                source::of_study(tokens, start..before.end)
            });
        }
        setting
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
            noted: None,
            tokens,
            quantity,
            sentence,
            claim,
            time,
            neighbours,
        }
    }

    /// Whether the sentence begins with the figure, or nearly: it goes on with what was found.
    fn opens_sentence(&self) -> bool {
        self.quantity.figure.start <= self.sentence.start + FEWEST_BEFORE
    }

    /// The source that a note behind the figure names, in its sentence.
    fn note(&self, place: &Place) -> Option<Verbatim> {
        let figure = self.bytes(&self.quantity.figure);
        let sentence = self.bytes(&self.sentence);
        let next = place.notes.partition_point(|(at, _)| *at < figure.end);
        let (_, note) = place
            .notes
            .get(next)
            .filter(|(at, _)| *at <= sentence.end)?;
        source::noted(note, place.language).filter(|_| self.source.is_none())
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
        source: setting
            .source
            .as_ref()
            .map(named)
            .or_else(|| setting.noted.clone()),
        time: setting.time.as_ref().map(verbatim),
    }
}

#[cfg(test)]
mod tests;
