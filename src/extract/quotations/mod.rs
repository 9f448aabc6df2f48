//! Finds quotations: what stands between marks, across paragraphs that reopen, and block quotations.

mod dialogue;
mod pairs;
mod transcript;

use std::ops::Range;

use super::language::Language;
use crate::article::{Article, Block, BlockKind, Span, Verbatim};
use pairs::{Pair, pair};
pub(super) use transcript::Turn;

/// Words between marks, with the places where they stand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Found {
    /// The stretches of words, each in a block.
    pub(super) pieces: Vec<Piece>,
    pub(super) is_block: bool,
    /// Whose turn in a transcript it goes on with.
    pub(super) turn: Option<Turn>,
}

/// A stretch of words in a block.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Piece {
    /// Index into the article's blocks.
    pub(super) block: usize,
    /// The words.
    pub(super) words: Range<usize>,
    /// The words with their marks.
    pub(super) marked: Range<usize>,
}

impl Found {
    fn of(piece: Piece) -> Self {
        Self {
            pieces: vec![piece],
            is_block: false,
            turn: None,
        }
    }

    pub(super) fn first(&self) -> &Piece {
        &self.pieces[0]
    }

    pub(super) fn last(&self) -> &Piece {
        &self.pieces[self.pieces.len() - 1]
    }

    /// The words, pieces joined by single spaces.
    pub(super) fn words(&self, article: &Article) -> Verbatim {
        let parts = self
            .pieces
            .iter()
            .map(|piece| article.blocks[piece.block].verbatim(piece.words.clone()));
        let (texts, spans): (Vec<_>, Vec<_>) = parts
            .map(|part| (part.text().to_owned(), part.pieces().to_vec()))
            .unzip();
        Verbatim::new(texts.join(" "), spans.concat())
    }

    /// The sentences of its first block that it stands in, of all `sentences` of that block.
    pub(super) fn sentence(&self, article: &Article, sentences: &[Range<usize>]) -> Verbatim {
        let Piece { block, marked, .. } = self.first();
        let block = &article.blocks[*block];
        let first = sentences.partition_point(|sentence| sentence.end <= marked.start);
        let around = sentences[first..]
            .iter()
            .take_while(|sentence| sentence.start < marked.end);
        let around = around.fold(marked.clone(), |all, one| {
            all.start.min(one.start)..all.end.max(one.end)
        });
        block.verbatim(nearby(&block.text, marked, around))
    }

    /// The phrase to set off on a card.
    pub(super) fn emphasis(&self, article: &Article) -> Option<Verbatim> {
        let text = self.words(article);
        // Who goes on for longer than that has a card for none of it.
        if self.pieces.len() > MOST_PIECES {
            return None;
        }
        self.pieces.iter().rev().find_map(|piece| {
            let block = &article.blocks[piece.block];
            let phrase = super::emphasis::choose(&block.text[piece.words.clone()])?;
            let range = piece.words.start + phrase.start..piece.words.start + phrase.end;
            let is_once = text.text().matches(&block.text[range.clone()]).count() == 1;
            is_once.then(|| block.verbatim(range))
        })
    }

    /// From the first mark to the last.
    pub(super) fn marked(&self, article: &Article) -> Span {
        let span = |piece: &Piece| article.blocks[piece.block].map.span(piece.marked.clone());
        Span {
            start: span(self.first()).start,
            end: span(self.last()).end,
        }
    }
}

/// Pieces at most of a quotation with a phrase to set off.
const MOST_PIECES: usize = 12;

/// Bytes of a sentence at most on either side of a quotation: where nothing ends a sentence, it must
/// not be copied for each.
const LONGEST_SENTENCE: usize = 2000;

/// The part of a sentence that stands near a quotation, in whole words.
fn nearby(text: &str, marked: &Range<usize>, sentence: Range<usize>) -> Range<usize> {
    let mut near = sentence.clone();
    if marked.start - sentence.start > LONGEST_SENTENCE {
        let from = text.ceil_char_boundary(marked.start - LONGEST_SENTENCE);
        let space = text[from..marked.start].find(char::is_whitespace);
        let start = space.map_or(marked.start, |space| from + space);
        near.start = marked.start - text[start..marked.start].trim_start().len();
    }
    if sentence.end.saturating_sub(marked.end) > LONGEST_SENTENCE {
        let to = text.floor_char_boundary(marked.end + LONGEST_SENTENCE);
        let space = text[marked.end..to].rfind(char::is_whitespace);
        near.end = space.map_or(marked.end, |space| marked.end + space);
        near.end = marked.end + text[marked.end..near.end].trim_end().len();
    }
    near
}

/// Everything quoted in the main text, in order.
pub(super) fn find(article: &Article, language: Language) -> Vec<Found> {
    let mut found: Vec<Found> = Vec::new();
    // Two apostrophes stand for a double mark in some archives: what is within is no quotation.
    let has_singles = !article.text.contains("''");
    // A quotation that no mark has closed yet, and the block that may go on with it.
    let mut open: Option<Found> = None;
    for (index, block) in article.blocks.iter().enumerate() {
        if !block.kind.is_main_text() || matches!(block.kind, BlockKind::Heading(_)) {
            open = None;
            continue;
        }
        if block.kind == BlockKind::BlockQuote {
            open = None;
            found.extend(block_quotation(index, &block.text));
            continue;
        }
        if language.has_dialogue_dashes()
            && let Some(words) = dialogue::line(&block.text)
        {
            open = None;
            let marked = 0..words.end;
            found.push(Found::of(Piece {
                block: index,
                words,
                marked,
            }));
            continue;
        }
        for pair in quoted(article, index, has_singles, language) {
            let continues = open.take_if(|_| pair.marked.start == 0);
            let piece = Piece {
                block: index,
                words: pair.words,
                marked: pair.marked,
            };
            let quotation = match continues {
                Some(mut quotation) => {
                    quotation.pieces.push(piece);
                    quotation
                }
                None => Found::of(piece),
            };
            if pair.is_open {
                open = Some(quotation);
            } else {
                found.push(quotation);
            }
        }
        if let Some(last) = open.take() {
            match goes_on(article, index) {
                true => open = Some(last),
                false => found.extend(given_up(article, last)),
            }
        }
    }
    transcript::apart(article, found)
}

/// What a block quotes, by marks and by markup, in order.
fn quoted(article: &Article, index: usize, has_singles: bool, language: Language) -> Vec<Pair> {
    let Block { text, inline, .. } = &article.blocks[index];
    let pairs = marked(article, index, has_singles);
    let pairs = match inline.quoted.is_empty() {
        true => pairs,
        false => with_unmarked(text, pairs, &inline.quoted),
    };
    match language {
        Language::French => pairs
            .into_iter()
            .flat_map(|pair| dialogue::without_asides(text, pair))
            .collect(),
        _ => pairs,
    }
}

/// Pairs and the words that markup quotes, both in order. Marks around all of its words are the
/// quotation; marks within them are not.
fn with_unmarked(text: &str, pairs: Vec<Pair>, quoted: &[Range<usize>]) -> Vec<Pair> {
    let mut merged: Vec<Pair> = Vec::with_capacity(pairs.len() + quoted.len());
    let mut pairs = pairs.into_iter().peekable();
    for range in quoted {
        merged.extend(std::iter::from_fn(|| {
            pairs.next_if(|pair| pair.marked.end <= range.start)
        }));
        let within = std::iter::from_fn(|| pairs.next_if(|pair| pair.marked.start < range.end));
        let within: Vec<Pair> = within.collect();
        let is_around =
            |pair: &Pair| pair.marked.start <= range.start && range.end <= pair.marked.end;
        let is_known = within.iter().any(is_around)
            || merged
                .last()
                .is_some_and(|last| last.marked.end > range.start);
        if is_known || !text[range.clone()].contains(char::is_alphanumeric) {
            merged.extend(within);
        } else {
            merged.push(Pair::unmarked(range.clone()));
        }
    }
    merged.extend(pairs);
    merged
}

/// What stands between marks in a block.
fn marked(article: &Article, index: usize, has_singles: bool) -> Vec<Pair> {
    let text = &article.blocks[index].text;
    let pairs = pair(text, has_singles);
    let is_wrong = |last: &Pair| is_slip(article, index, last);
    match pairs.last().is_some_and(is_wrong) {
        true => pair(&text[1..], has_singles)
            .into_iter()
            .map(|pair| pair.moved(1))
            .collect(),
        false => pairs,
    }
}

/// Whether the next block starts with a mark that reopens.
fn goes_on(article: &Article, index: usize) -> bool {
    let next = article
        .blocks
        .get(index + 1)
        .filter(|next| next.kind == BlockKind::Paragraph);
    next.is_some_and(|next| next.text.starts_with(['“', '"', '„', '«', '»', '”']))
}

/// Whether a straight mark at the start of a paragraph opens nothing: nothing closes it, here or
/// below, and the words are too few to be quoted whole.
fn is_slip(article: &Article, index: usize, last: &Pair) -> bool {
    let text = &article.blocks[index].text;
    last.is_open
        && last.marked.start == 0
        && text.starts_with('"')
        && text[1..].contains('“')
        && !goes_on(article, index)
        && super::sentences::split(text).len() < 2
}

/// What to do with a quotation that nothing closes: a whole paragraph of at least two sentences is
/// one, and so is the end of a paragraph; anything else was a slip.
fn given_up(article: &Article, mut last: Found) -> Option<Found> {
    let piece = last.last();
    let text = &article.blocks[piece.block].text;
    let is_ended = text.ends_with(['.', '!', '?']);
    let sentences = super::sentences::split(&text[piece.words.clone()]).len();
    let is_kept = if piece.marked.start == 0 {
        sentences >= 2
    } else {
        sentences <= 3
    };
    if !(is_ended && is_kept) {
        last.pieces.pop();
    }
    (!last.pieces.is_empty()).then_some(last)
}

/// A block quotation without its marks and the line that names the speaker.
fn block_quotation(block: usize, text: &str) -> Option<Found> {
    let words_end = dash_line(text).map_or(text.len(), |dash| text[..dash].trim_end().len());
    let mut words = 0..words_end;
    if let [
        Pair {
            words: inner,
            marked,
            is_open: false,
        },
    ] = pair(&text[..words_end], true).as_slice()
        && *marked == (0..words_end)
    {
        words = inner.clone();
    }
    (!words.is_empty()).then(|| Found {
        pieces: vec![Piece {
            block,
            words,
            marked: 0..words_end,
        }],
        is_block: true,
        turn: None,
    })
}

/// Where "— Ana Lund, gardener" at the end of a text starts.
pub(super) fn dash_line(text: &str) -> Option<usize> {
    let at = text.rfind(DASHES)?;
    is_signature(text, at).then_some(at)
}

/// Where "— Ana Lund, gardener" right behind a place starts, if it ends the text.
pub(super) fn dash_behind(text: &str, from: usize) -> Option<usize> {
    let at = text.len() - text[from..].trim_start().len();
    let rest = &text[at..];
    let is_short =
        rest.split_whitespace().take(LONGEST_SIGNATURE + 2).count() <= LONGEST_SIGNATURE + 1;
    let is_last = rest.starts_with(DASHES) && is_short && rest.rfind(DASHES) == Some(0);
    (is_last && is_signature(text, at)).then_some(at)
}

const DASHES: [char; 4] = ['—', '–', '―', '~'];

/// Words at most behind the dash.
const LONGEST_SIGNATURE: usize = 14;

fn is_signature(text: &str, at: usize) -> bool {
    let rest = &text[at..];
    let name = rest.trim_start_matches(DASHES).trim_start();
    let before = text[..at].trim_end();
    let is_apart = before.ends_with(['”', '"', '“', '»'])
        || before.len() < at && before.ends_with(['.', '!', '?', '…']);
    let words = || name.split_whitespace();
    // "— Ana Lund.": a stop behind nothing but a name ends no sentence.
    let is_bare = words().take(5).count() <= 4
        && words().all(|word| word.starts_with(char::is_uppercase) || word.len() <= 3);
    is_apart
        && name.starts_with(char::is_uppercase)
        && words().take(LONGEST_SIGNATURE + 1).count() <= LONGEST_SIGNATURE
        && (!name.ends_with('.') || is_bare)
}
