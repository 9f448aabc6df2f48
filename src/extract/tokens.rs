//! Words and marks of a block with their places.

use std::ops::Range;

/// A word or a mark.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Token<'t> {
    /// Its bytes in the block's text.
    pub(super) range: Range<usize>,
    /// The word, or the mark.
    pub(super) text: &'t str,
    pub(super) is_word: bool,
}

impl Token<'_> {
    /// Whether it begins with a capital.
    pub(super) fn is_capital(&self) -> bool {
        self.is_word && self.text.starts_with(char::is_uppercase)
    }

    pub(super) fn is(&self, mark: &str) -> bool {
        self.text == mark
    }
}

/// The tokens of a text. A word keeps its hyphens, apostrophes and the stops of initials; a
/// possessive `’s` is a token of its own.
pub(super) fn tokens(text: &str) -> Vec<Token<'_>> {
    let mut tokens = Vec::new();
    let mut at = 0;
    while let Some(first) = text[at..].chars().next() {
        if first.is_whitespace() {
            at += first.len_utf8();
            continue;
        }
        let end = if first.is_alphanumeric() {
            word_end(text, at)
        } else {
            at + first.len_utf8()
        };
        let is_word = first.is_alphanumeric();
        let word = &text[at..end];
        if let Some(verb) = inverted(word) {
            // "explique-t-il", "dit-elle": the verb and the pronoun.
            let pronoun = word.rfind('-').map_or(word.len(), |dash| dash + 1);
            for range in [at..at + verb, at + pronoun..end] {
                tokens.push(Token {
                    text: &text[range.clone()],
                    range,
                    is_word: true,
                });
            }
            at = end;
            continue;
        }
        let possessive = ["’s", "'s"]
            .iter()
            .find(|suffix| is_word && word.ends_with(**suffix));
        let cut = possessive.map_or(end, |suffix| end - suffix.len());
        tokens.push(Token {
            range: at..cut,
            text: &text[at..cut],
            is_word,
        });
        if cut < end {
            tokens.push(Token {
                range: cut..end,
                text: "’s",
                is_word: false,
            });
        }
        at = end;
    }
    tokens
}

/// How many words a text has. Scripts that leave no space between words have one in two letters.
pub(super) fn word_count(text: &str) -> usize {
    let spaced = text.split_whitespace().count();
    let unspaced = text.chars().filter(|letter| is_unspaced(*letter)).count();
    spaced + unspaced / 2
}

/// Letters of scripts without spaces between words: Chinese, Japanese, Thai, Lao, Burmese, Khmer.
fn is_unspaced(letter: char) -> bool {
    matches!(
        letter,
        '\u{E01}'..='\u{E30}' | '\u{E40}'..='\u{E46}' | '\u{E81}'..='\u{EB0}' | '\u{1000}'..='\u{102A}'
            | '\u{1780}'..='\u{17B3}' | '\u{3041}'..='\u{30FF}' | '\u{3400}'..='\u{9FFF}'
            | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{323AF}'
    )
}

/// The length of the verb in "dit-elle", "a-t-il".
fn inverted(word: &str) -> Option<usize> {
    let (before, pronoun) = word.rsplit_once('-')?;
    matches!(pronoun, "il" | "elle" | "ils" | "elles" | "on" | "je")
        .then(|| before.strip_suffix("-t").unwrap_or(before).len())
}

fn word_end(text: &str, start: usize) -> usize {
    let mut end = start;
    let mut characters = text[start..].char_indices().peekable();
    while let Some((offset, character)) = characters.next() {
        let next = characters.peek().map(|(_, next)| *next);
        let joins = matches!(
            character,
            '-' | '’' | '\'' | '.' | '·' | '‑' | '&' | '@' | '_'
        ) && next.is_some_and(char::is_alphanumeric);
        // The stop of an initial belongs to it: `J.`
        let is_initial_stop = character == '.' && is_initial(&text[start..start + offset]);
        if !character.is_alphanumeric() && !joins && !is_initial_stop && !is_combining(character) {
            break;
        }
        end = start + offset + character.len_utf8();
    }
    end
}

fn is_initial(word: &str) -> bool {
    let last = word.rsplit('.').next().unwrap_or_default();
    last.chars().count() == 1 && last.chars().all(char::is_uppercase)
}

fn is_combining(character: char) -> bool {
    matches!(character, '\u{300}'..='\u{36F}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_keep_what_belongs_to_them() {
        #[track_caller]
        fn case(text: &str, expected: &[&str]) {
            let found: Vec<_> = tokens(text).into_iter().map(|token| token.text).collect();
            assert_eq!(found, expected);
        }
        case(
            "Ana Okafor-Lind’s day.",
            &["Ana", "Okafor-Lind", "’s", "day", "."],
        );
        case(
            "J. R. Vik (IJM), isn’t",
            &["J.", "R.", "Vik", "(", "IJM", ")", ",", "isn’t"],
        );
        case("the U.N. paid 4.5%", &["the", "U.N.", "paid", "4.5", "%"]);
    }
}
