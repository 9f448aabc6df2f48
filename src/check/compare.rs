//! Compares a card's words with an article's, token by token.
//!
//! A gap on the card stands for any words of the article, or for none; everything else must be the
//! same, in the same order. Runs are found as Knuth, Morris and Pratt do, in linear time.

use std::ops::Range;

use super::words::{Kind, Token};

/// The first difference: the tokens before it are the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Difference {
    /// Index of the card's token that is another; their number if the card's words end early.
    pub(super) card: usize,
    /// Index of the article's token; their number if the article's words end early.
    pub(super) article: usize,
}

/// Compares all of the card's words with all of the article's; `None` if they are the same.
pub(super) fn whole(card: &[Token], article: &[Token]) -> Option<Difference> {
    let prefix = card
        .iter()
        .zip(article)
        .take_while(|(a, b)| is_same(a, b))
        .count();
    let Some(first) = card.iter().position(is_gap) else {
        let is_same = prefix == card.len() && prefix == article.len();
        let difference = Difference {
            card: prefix,
            article: prefix,
        };
        return (!is_same).then_some(difference);
    };
    if prefix < first {
        return Some(Difference {
            card: prefix,
            article: prefix,
        });
    }
    let last = card.iter().rposition(is_gap).unwrap_or(first);
    let (middle, end) = (&card[first..=last], &card[last + 1..]);
    let rest = &article[first..];
    match in_order(middle, rest, 0) {
        Err(found) => Some(Difference {
            card: first + found.card,
            article: first + found.article,
        }),
        Ok(used) => {
            // The end of the card's words is the end of the article's.
            let same = end.iter().rev().zip(rest[used.end..].iter().rev());
            let same = same.take_while(|(a, b)| is_same(a, b)).count();
            (same < end.len()).then(|| Difference {
                card: card.len() - 1 - same,
                article: (article.len() - same).saturating_sub(1),
            })
        }
    }
}

/// Finds the card's words somewhere among the article's, in at most `breaks` more pieces than the
/// gaps make; `None` if they are there.
pub(super) fn anywhere(card: &[Token], article: &[Token], breaks: usize) -> Option<Difference> {
    in_order(card, article, breaks).err()
}

/// The article's tokens that the card's words are, if they are there in one piece but for the gaps.
/// A gap at an end reaches to the end of the article's words.
pub(super) fn inside(card: &[Token], article: &[Token]) -> Option<Range<usize>> {
    let found = in_order(card, article, 0).ok()?;
    let start = if card.first().is_some_and(is_gap) {
        0
    } else {
        found.start
    };
    let end = if card.last().is_some_and(is_gap) {
        article.len()
    } else {
        found.end
    };
    Some(start..end)
}

/// Finds the runs between gaps one behind the other. Gives the article's tokens from the first to
/// the last of them, or how far it got.
fn in_order(
    card: &[Token],
    article: &[Token],
    mut breaks: usize,
) -> Result<Range<usize>, Difference> {
    let (mut start, mut at, mut done) = (None, 0, 0);
    while done < card.len() {
        if is_gap(&card[done]) {
            done += 1;
            continue;
        }
        let length = card[done..]
            .iter()
            .take_while(|token| !is_gap(token))
            .count();
        let (end, found) = longest_run(&card[done..done + length], &article[at..]);
        if found < length && (breaks == 0 || found == 0) {
            return Err(Difference {
                card: done + found,
                article: at + end,
            });
        }
        breaks -= usize::from(found < length);
        start.get_or_insert(at + end - found);
        at += end;
        done += found;
    }
    Ok(start.unwrap_or(at)..at)
}

/// The longest beginning of `words` that stands in `text`: where it ends, and its length. The first
/// of equals; nothing more is looked for once all of them are found.
fn longest_run(words: &[Token], text: &[Token]) -> (usize, usize) {
    let back = failures(words);
    let (mut best, mut length) = ((0, 0), 0);
    for (index, token) in text.iter().enumerate() {
        while length > 0 && (length == words.len() || !is_same(&words[length], token)) {
            length = back[length - 1];
        }
        if !words.is_empty() && is_same(&words[length], token) {
            length += 1;
        }
        if length > best.1 {
            best = (index + 1, length);
        }
        if length == words.len() {
            break;
        }
    }
    best
}

/// For each beginning of `words`, how long its longest beginning is that is also its end.
fn failures(words: &[Token]) -> Vec<usize> {
    let mut back = vec![0; words.len()];
    let mut length = 0;
    for index in 1..words.len() {
        while length > 0 && !is_same(&words[length], &words[index]) {
            length = back[length - 1];
        }
        if is_same(&words[length], &words[index]) {
            length += 1;
        }
        back[index] = length;
    }
    back
}

fn is_gap(token: &Token) -> bool {
    token.kind == Kind::Gap
}

fn is_same(one: &Token, other: &Token) -> bool {
    one.kind == other.kind
}

#[cfg(test)]
mod tests {
    use super::super::words::tokens;
    use super::*;

    #[test]
    fn dress_is_the_same_and_words_are_not() {
        #[track_caller]
        fn case(card: &str, article: &str, expected: Option<(&str, &str)>) {
            let (ours, theirs) = (tokens(card), tokens(article));
            let at = |text: &str, tokens: &[Token], index: usize| {
                tokens
                    .get(index)
                    .map_or("", |token| &text[token.range.clone()])
                    .to_owned()
            };
            let found = whole(&ours, &theirs);
            let found = found.map(|d| (at(card, &ours, d.card), at(article, &theirs, d.article)));
            let expected = expected.map(|(a, b)| (a.to_owned(), b.to_owned()));
            assert_eq!(found, expected, "{card} | {article}");
        }
        case("Don’t wait – plant", "Don't  wait -- plant", None);
        case("don’t wait—plant", "don't wait - plant", None);
        case(
            "a “well-known” garden",
            "a 'well‑known'\u{a0}gar\u{ad}den",
            None,
        );
        case("well… we planted", "well... we planted", None);
        case("« so »", "“so”", None);
        case("Plant trees", "plant trees", Some(("Plant", "plant")));
        case("45,000 trees", "46,000 trees", Some(("45,000", "46,000")));
        case("it was good", "it was not good", Some(("good", "not")));
        case("it was", "it was good", Some(("", "good")));
        case("it was good", "it was", Some(("good", "")));
        case("trees, we said", "trees we said", Some((",", "we")));
        // What people cut and add.
        case("it was … good", "it was not at all good", None);
        case("… good", "it was good", None);
        case("it was …", "it was not good", None);
        case("it was […] good", "it was good", None);
        case("[The garden] was good", "it was good", None);
        case("[I]t was good", "it was good", None);
        case("it … was … good", "it never was any good", None);
        case(
            "it … is … good",
            "it never was any good",
            Some(("is", "never")),
        );
        case("it was … bad", "it was not good", Some(("bad", "good")));
        case("he was … good", "it was not good", Some(("he", "it")));
        case("it was good … good", "it was good", Some(("good", "good")));
        case("…", "", None);
        case("", "", None);
        case("", "word", Some(("", "word")));
    }

    #[test]
    fn words_are_found_where_they_moved_to() {
        #[track_caller]
        fn case(card: &str, article: &str, breaks: usize, is_there: bool) {
            let found = anywhere(&tokens(card), &tokens(article), breaks);
            assert_eq!(found.is_none(), is_there, "{card} | {article}");
        }
        case("we plant", "Today we plant trees", 0, true);
        case("we we plant", "we we we plant", 0, true);
        case("we … trees", "Today we plant trees", 0, true);
        case("trees … we", "Today we plant trees", 0, false);
        case("we plant trees", "“we plant,” she said, “trees”", 0, false);
        case("we plant, trees", "“we plant,” she said, “trees”", 1, true);
        case("we dig", "Today we plant trees", 3, false);
    }
}
