//! Finds quotations: what stands between marks, across paragraphs that reopen, and block quotations.

mod dialogue;
mod pairs;

use std::ops::Range;

use super::language::Language;
use crate::article::{Article, BlockKind, Span, Verbatim};
use pairs::{Pair, pair};

/// Words between marks, with the places where they stand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Found {
    /// The stretches of words, each in a block.
    pub(super) pieces: Vec<Piece>,
    pub(super) is_block: bool,
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

    /// The sentences of its first block that it stands in.
    pub(super) fn sentence(&self, article: &Article) -> Verbatim {
        let Piece { block, marked, .. } = self.first();
        let block = &article.blocks[*block];
        let touches =
            |sentence: &Range<usize>| sentence.start < marked.end && marked.start < sentence.end;
        let around = super::sentences::split(&block.text)
            .into_iter()
            .filter(touches);
        let around = around.fold(marked.clone(), |all, one| {
            all.start.min(one.start)..all.end.max(one.end)
        });
        block.verbatim(around)
    }

    /// The phrase to set off on a card.
    pub(super) fn emphasis(&self, article: &Article) -> Option<Verbatim> {
        let text = self.words(article);
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
            found.push(Found {
                pieces: vec![Piece {
                    block: index,
                    marked: 0..words.end,
                    words,
                }],
                is_block: false,
            });
            continue;
        }
        for pair in pair(&block.text, has_singles) {
            let piece = Piece {
                block: index,
                words: pair.words.clone(),
                marked: pair.marked.clone(),
            };
            let continues = open.take_if(|_| pair.marked.start == 0);
            let mut quotation = continues.unwrap_or(Found {
                pieces: Vec::new(),
                is_block: false,
            });
            quotation.pieces.push(piece);
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
    found
}

/// Whether the next block starts with a mark that reopens.
fn goes_on(article: &Article, index: usize) -> bool {
    let next = article
        .blocks
        .get(index + 1)
        .filter(|next| next.kind == BlockKind::Paragraph);
    next.is_some_and(|next| next.text.starts_with(['“', '"', '„', '«', '»', '”']))
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
    })
}

/// Where "— Ana Lund, gardener" at the end of a text starts.
pub(super) fn dash_line(text: &str) -> Option<usize> {
    let at = text.rfind(['—', '–', '―', '~'])?;
    let dash = text[at..].chars().next()?;
    let name = text[at + dash.len_utf8()..].trim_start();
    let before = text[..at].trim_end();
    let is_apart =
        before.len() < at && (before.ends_with(['.', '!', '?', '”', '"', '…', '“', '»']));
    let is_name = name.starts_with(char::is_uppercase)
        && name.split_whitespace().count() <= 14
        && !name.ends_with('.');
    (is_apart && is_name).then_some(at)
}
