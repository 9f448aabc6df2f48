//! Compares what a card takes word for word with the article it came from.
//!
//! The words at the card's spans are looked at first. An article that was edited further up has them
//! elsewhere; then they are looked for in all of it. Only words that are nowhere are reported.

use std::ops::Range;

use super::compare::{self, Difference};
use super::words::{Token, tokens};
use super::{Articles, place};
use crate::article::{Article, Block, Span};
use crate::deck::{Card, Deck, Field, Kind};
use crate::diagnostic::Diagnostic;

/// Tokens shown before and from a difference on: enough to find it by eye.
const BEFORE: usize = 3;
const BEHIND: usize = 4;

/// Fewer words than this in common are a coincidence, not the place that the quote came from.
const FEWEST_SHARED: usize = 3;

const HINT: &str = "copy the article's words, with `…` where you cut and `[…]` around what you add; \
                    or reject the card";

/// `quote-altered`, or `article-missing`.
pub(super) fn check(deck: &Deck, card: &Card, articles: Articles<'_>) -> Vec<Diagnostic> {
    let field = match card.kind {
        Kind::Quote => Field::Quote,
        Kind::Statistic => Field::Figure,
        Kind::Title => Field::Title,
        Kind::List => Field::Label,
    };
    // A headline is the article's own; it has no place among its sentences.
    if card.kind == Kind::Title {
        return Vec::new();
    }
    let words = deck.field(card, field);
    let (Some(words), Some(origin), Some(path)) = (words, &card.origin, deck.article_of(card))
    else {
        return Vec::new();
    };
    let Some(article) = articles(&path) else {
        let message = format!("there is no article `{}` to compare with", path.display());
        let diagnostic = Diagnostic::warning("article-missing", message)
            .with_hint("correct `article:` in the card's origin, or remove the origin");
        return vec![diagnostic.at(place(deck, card, field))];
    };
    let passage = Passage {
        field,
        words,
        ours: tokens(words),
        spans: origin.spans.get(&field).map_or(&[], Vec::as_slice),
        article,
    };
    let label = deck
        .field(card, Field::Label)
        .filter(|_| card.kind == Kind::Statistic);
    let label = label.zip(origin.spans.get(&Field::Label));
    let message = passage.altered(label.map(|(words, spans)| (words, spans.as_slice())));
    let diagnostic = message.map(|message| Diagnostic::error("quote-altered", message));
    let diagnostic = diagnostic.map(|d| d.with_hint(HINT).at(place(deck, card, field)));
    diagnostic.into_iter().collect()
}

/// A card's words, and where they came from.
struct Passage<'a> {
    field: Field,
    words: &'a str,
    ours: Vec<Token>,
    spans: &'a [Span],
    article: &'a Article,
}

impl Passage<'_> {
    /// How the words differ from the article's; `None` if they do not. A number's label, with its
    /// spans, tells its place.
    fn altered(&self, label: Option<(&str, &[Span])>) -> Option<String> {
        let there = words_at(self.article, self.spans).unwrap_or_default();
        let theirs = tokens(&there);
        let difference = compare::whole(&self.ours, &theirs)?;
        if let Some(kept) = compare::inside(&self.ours, &theirs) {
            return self.cut(kept, &there, &theirs);
        }
        let label_tokens = label.map(|(words, _)| tokens(words)).unwrap_or_default();
        let nearest = match self.search(&label_tokens) {
            Search::Found => return None,
            Search::Nearest(nearest) => nearest,
        };
        let is_in_place = shares(&self.ours, &theirs, difference)
            || label.is_some_and(|(_, spans)| {
                let there = words_at(self.article, spans);
                there.is_some_and(|there| compare::whole(&label_tokens, &tokens(&there)).is_none())
            });
        Some(match nearest {
            _ if is_in_place => self.differs(difference, &there, &theirs),
            Some((difference, block)) => {
                self.differs(difference, &block.text, &tokens(&block.text))
            }
            None => {
                let start = excerpt(self.words, &self.ours, 0..BEFORE + BEHIND);
                format!(
                    "the article does not have the {} “{start}”",
                    self.field.name()
                )
            }
        })
    }

    /// Words cut off at an end without a mark. Whole sentences may be left out.
    fn cut(&self, kept: Range<usize>, there: &str, theirs: &[Token]) -> Option<String> {
        let name = self.field.name();
        let is_stop = |index: usize| theirs.get(index).is_some_and(Token::ends_sentence);
        if kept.start > 0 && !is_stop(kept.start - 1) {
            let our = excerpt(self.words, &self.ours, 0..BEHIND);
            let their = excerpt(
                there,
                theirs,
                kept.start.saturating_sub(BEFORE)..kept.start + 1,
            );
            return Some(format!(
                "the {name} begins with “{our}”, the article “{their}”"
            ));
        }
        if kept.end < theirs.len() && !is_stop(kept.end) && !is_stop(kept.end.saturating_sub(1)) {
            let our = excerpt(self.words, &self.ours, last(self.ours.len()));
            let start = kept.end.saturating_sub(BEFORE);
            let their = excerpt(there, theirs, start..kept.end + BEHIND);
            return Some(format!(
                "the {name} ends with “{our}”, the article goes on “{their}”"
            ));
        }
        None
    }

    /// Looks for the words in all of the article.
    fn search(&self, label: &[Token]) -> Search<'_> {
        let breaks = self.spans.len().saturating_sub(1);
        let mut nearest: Option<(Difference, &Block)> = None;
        for block in self.article.main_text() {
            let theirs = tokens(&block.text);
            let Some(difference) = compare::anywhere(&self.ours, &theirs, breaks) else {
                // A number alone may stand anywhere; with what it counts it is the same statement.
                if compare::anywhere(label, &theirs, 0).is_none() {
                    return Search::Found;
                }
                continue;
            };
            let most = nearest.map_or(FEWEST_SHARED - 1, |(most, _)| most.card);
            if difference.card > most {
                nearest = Some((difference, block));
            }
        }
        Search::Nearest(nearest)
    }

    /// The difference in words, with those before it that are the same.
    fn differs(&self, difference: Difference, text: &str, theirs: &[Token]) -> String {
        let name = self.field.name();
        let around = |index: usize| index.saturating_sub(BEFORE)..index + BEHIND;
        let their = excerpt(text, theirs, around(difference.article));
        if difference.article >= theirs.len() {
            let their = excerpt(text, theirs, last(theirs.len()));
            let our = excerpt(self.words, &self.ours, around(difference.card));
            return format!("the {name} goes on “{our}”, the article ends with “{their}”");
        }
        let our = excerpt(self.words, &self.ours, around(difference.card));
        format!("the {name} says “{our}”, the article “{their}”")
    }
}

/// What came of looking for words in all of an article.
enum Search<'a> {
    Found,
    /// The block with the longest beginning of the words, if it is long enough to tell.
    Nearest(Option<(Difference, &'a Block)>),
}

fn last(length: usize) -> Range<usize> {
    length.saturating_sub(BEFORE)..length
}

/// Whether words that differ are still the same passage: they begin or end alike.
fn shares(ours: &[Token], theirs: &[Token], difference: Difference) -> bool {
    let is_last = ours
        .last()
        .zip(theirs.last())
        .is_some_and(|(a, b)| a.kind == b.kind);
    difference.card > 0 || is_last
}

/// The words of a range of tokens, as they stand.
fn excerpt<'a>(text: &'a str, tokens: &[Token], range: Range<usize>) -> &'a str {
    let end = range.end.min(tokens.len());
    let tokens = &tokens[range.start.min(end)..end];
    match (tokens.first(), tokens.last()) {
        (Some(first), Some(last)) => &text[first.range.start..last.range.end],
        _ => "",
    }
}

/// What a reader sees at places of the file, joined by spaces; `None` where one is in no block.
fn words_at(article: &Article, spans: &[Span]) -> Option<String> {
    let words = |span: &Span| {
        let (block, range) = article.find(*span)?;
        Some(&block.text[range])
    };
    let words: Option<Vec<&str>> = spans.iter().map(words).collect();
    words
        .filter(|words| !words.is_empty())
        .map(|words| words.join(" "))
}
