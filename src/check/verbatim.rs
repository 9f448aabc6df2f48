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
    };
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
    let spans = origin.spans.get(&field).map_or(&[][..], Vec::as_slice);
    let label = deck
        .field(card, Field::Label)
        .filter(|_| card.kind == Kind::Statistic);
    let label = label.filter(|_| origin.spans.contains_key(&Field::Label));
    let message = altered(field, words, label, spans, article);
    let diagnostic = message.map(|message| Diagnostic::error("quote-altered", message));
    let diagnostic = diagnostic.map(|d| d.with_hint(HINT).at(place(deck, card, field)));
    diagnostic.into_iter().collect()
}

/// How the words differ from the article's; `None` if they do not.
fn altered(
    field: Field,
    words: &str,
    label: Option<&str>,
    spans: &[Span],
    article: &Article,
) -> Option<String> {
    let ours = tokens(words);
    let there = words_at(article, spans);
    let theirs = there.as_deref().map(tokens).unwrap_or_default();
    let at_span = compare::whole(&ours, &theirs)?;
    let label = label.map(tokens).unwrap_or_default();
    let breaks = spans.len().saturating_sub(1);
    let mut nearest: Option<(Difference, &Block, Vec<Token>)> = None;
    for block in article.main_text() {
        let theirs = tokens(&block.text);
        let Some(difference) = compare::anywhere(&ours, &theirs, breaks) else {
            // A number alone may stand anywhere; with what it counts it is the same statement.
            if compare::anywhere(&label, &theirs, 0).is_none() {
                return None;
            }
            continue;
        };
        if difference.card
            > nearest
                .as_ref()
                .map_or(FEWEST_SHARED - 1, |(most, ..)| most.card)
        {
            nearest = Some((difference, block, theirs));
        }
    }
    let say = |difference, text: &str, theirs: &[Token]| {
        said(field, (words, &ours), (text, theirs), difference)
    };
    let is_there = shares(&ours, &theirs, at_span);
    Some(match (there, nearest) {
        (Some(text), _) if is_there => say(at_span, &text, &theirs),
        (_, Some((difference, block, theirs))) => say(difference, &block.text, &theirs),
        _ => {
            let start = excerpt(words, &ours, 0..BEFORE + BEHIND);
            format!("the article does not have the {} “{start}”", field.name())
        }
    })
}

/// Whether words that differ are still the same passage: they begin or end alike.
fn shares(ours: &[Token], theirs: &[Token], difference: Difference) -> bool {
    let is_last = ours
        .last()
        .zip(theirs.last())
        .is_some_and(|(a, b)| a.kind == b.kind);
    let is_single = ours.len() == 1 && theirs.len() == 1;
    difference.card > 0 || is_last || is_single
}

/// The difference in words, with those before it that are the same.
fn said(
    field: Field,
    (words, ours): (&str, &[Token]),
    (text, theirs): (&str, &[Token]),
    difference: Difference,
) -> String {
    let name = field.name();
    let around = |index: usize| index.saturating_sub(BEFORE)..index + BEHIND;
    let our = excerpt(words, ours, around(difference.card));
    let their = excerpt(text, theirs, around(difference.article));
    if difference.card == ours.len() {
        return format!("the {name} ends with “{our}”, the article goes on “{their}”");
    }
    if difference.article == theirs.len() {
        return format!("the {name} goes on “{our}”, the article ends with “{their}”");
    }
    format!("the {name} says “{our}”, the article “{their}”")
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
        let blocks = article.blocks.iter();
        let mut around = blocks.filter(|b| b.span.start <= span.start && span.end <= b.span.end);
        around.find_map(|block| Some(&block.text[text_range(block, *span)?]))
    };
    let words: Option<Vec<&str>> = spans.iter().map(words).collect();
    words
        .filter(|words| !words.is_empty())
        .map(|words| words.join(" "))
}

/// The bytes of a block's text that stand in a span of the file: the way back of
/// [`OffsetMap::span`](crate::article::OffsetMap::span).
fn text_range(block: &Block, span: Span) -> Option<Range<usize>> {
    let length = block.text.len();
    let mut ends: Vec<usize> = block.text.char_indices().map(|(index, _)| index).collect();
    let start = ends.partition_point(|at| block.map.span(*at..length).start < span.start);
    let start = *ends.get(start)?;
    ends.push(length);
    let end = ends.partition_point(|at| *at == 0 || block.map.span(0..*at).end <= span.end);
    let end = *ends.get(end.checked_sub(1)?)?;
    (start < end).then_some(start..end)
}
