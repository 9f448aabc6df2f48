//! Finds the words of a card in their paragraph, with some of what stands around them.

use std::ops::Range;

use crate::article::{Article, Span};
use crate::deck::{Card, Field, Kind};

/// Characters shown before and behind the words.
const AROUND: usize = 180;

/// Words of an article and what stands around them in their paragraph.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Passage<'a> {
    /// What stands before; begins with `…` where the paragraph began earlier.
    pub before: String,
    /// The words.
    pub words: &'a str,
    /// What stands behind; ends with `…` where the paragraph goes on.
    pub after: String,
    /// The line of the file that the words begin in, counted from 1.
    pub line: usize,
}

/// The passage that a card's main words were taken from.
///
/// `None` where the card names no spans or the article has changed under them.
#[must_use]
pub fn passage<'a>(article: &'a Article, card: &Card) -> Option<Passage<'a>> {
    let span = span(card)?;
    let (block, Range { start, end }) = article.find(span)?;
    Some(Passage {
        before: ending(&block.text[..start]),
        words: &block.text[start..end],
        after: beginning(&block.text[end..]),
        line: article.line(span.start)?,
    })
}

/// From the first byte to the last of what the card is about.
fn span(card: &Card) -> Option<Span> {
    let fields: &[Field] = match card.kind {
        Kind::Quote => &[Field::Quote],
        Kind::Statistic => &[Field::Qualifier, Field::Figure, Field::Label],
        Kind::Title => &[Field::Title],
        Kind::List => &[Field::Label],
    };
    let origin = card.origin.as_ref()?;
    let spans = fields.iter().filter_map(|field| origin.spans.get(field));
    spans.flatten().copied().reduce(|a, b| Span {
        start: a.start.min(b.start),
        end: a.end.max(b.end),
    })
}

/// The last words, from the beginning of a word.
fn ending(text: &str) -> String {
    let Some((cut, _)) = text.char_indices().rev().nth(AROUND) else {
        return text.to_owned();
    };
    let rest = &text[cut..];
    let word = rest
        .find(char::is_whitespace)
        .map_or(rest, |at| &rest[at..]);
    format!("…\u{a0}{}", word.trim_start())
}

/// The first words, up to the end of a word.
fn beginning(text: &str) -> String {
    let Some((cut, _)) = text.char_indices().nth(AROUND) else {
        return text.to_owned();
    };
    let rest = &text[..cut];
    let word = rest
        .rfind(char::is_whitespace)
        .map_or(rest, |at| &rest[..at]);
    format!("{}\u{a0}…", word.trim_end())
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;
    use std::path::PathBuf;

    use super::*;
    use crate::article::{Block, BlockKind, Inline, Meta, OffsetMap};
    use crate::deck::Origin;

    /// An article of one paragraph that stands in the file as it is, behind two empty lines.
    fn article(paragraph: &str) -> Article {
        let span = Span {
            start: 2,
            end: 2 + paragraph.len(),
        };
        let mut map = OffsetMap::default();
        map.push(paragraph.len(), span);
        Article {
            path: PathBuf::from("a.txt"),
            text: format!("\n\n{paragraph}\n"),
            original: None,
            meta: Meta::default(),
            blocks: vec![Block {
                kind: BlockKind::Paragraph,
                text: paragraph.to_owned(),
                span,
                map,
                inline: Inline::default(),
            }],
        }
    }

    fn card(start: usize, end: usize) -> Card {
        let spans = BTreeMap::from([(Field::Quote, vec![Span { start, end }])]);
        Card {
            origin: Some(Origin {
                article: PathBuf::from("a.txt"),
                spans,
                values: Vec::new(),
            }),
            ..Card::new("a", Kind::Quote)
        }
    }

    #[test]
    fn the_words_stand_among_their_neighbours() {
        let article = article("She said: “Größe zählt” and left.");
        let start = article.text.find("Größe").expect("it is there");
        let end = article.text.find('”').expect("it is there");
        let passage = passage(&article, &card(start, end)).expect("it is found");
        assert_eq!(passage.before, "She said: “");
        assert_eq!(passage.words, "Größe zählt");
        assert_eq!(passage.after, "” and left.");
        assert_eq!(passage.line, 3);
    }

    #[test]
    fn a_long_paragraph_is_cut_between_words() {
        let filler = "plant a tree ".repeat(30);
        let article = article(&format!("{filler}HERE {filler}"));
        let start = article.text.find("HERE").expect("it is there");
        let passage = passage(&article, &card(start, start + 4)).expect("it is found");
        assert!(passage.before.starts_with("…\u{a0}"), "{}", passage.before);
        assert!(passage.before.chars().count() <= AROUND + 3);
        let word = passage
            .before
            .trim_start_matches("…\u{a0}")
            .split(' ')
            .next();
        assert!(matches!(word, Some("plant" | "a" | "tree")), "{word:?}");
        assert!(passage.after.ends_with("\u{a0}…"), "{}", passage.after);
    }

    #[test]
    fn spans_that_the_article_does_not_have_give_nothing() {
        let article = article("Größe");
        for (start, end) in [(0, 1), (2, 900), (900, 901), (5, 5), (5, 6)] {
            assert_eq!(passage(&article, &card(start, end)).map(|p| p.words), None);
        }
    }
}
