//! Dialogue as other languages set it: with dashes (Spanish, French, Italian, Portuguese, Polish:
//! "—We wait —said Ana. —Why?"), and with who speaks between the marks (French: « We wait, says Ana. »).

use std::ops::Range;

use super::super::entities::name_end;
use super::super::lexicon;
use super::super::tokens::{Token, tokens};
use super::pairs::Pair;

const DASHES: [char; 3] = ['—', '–', '―'];

/// The words that a paragraph opening with a dash has somebody say, up to the dash or the verb of
/// saying behind them.
pub(super) fn line(text: &str) -> Option<Range<usize>> {
    let rest = text.strip_prefix(DASHES)?;
    let start = text.len() - rest.trim_start().len();
    let closing = text[start..].find(DASHES).map(|at| start + at);
    let end = closing.unwrap_or(text.len());
    let end = said(text, start..end).unwrap_or(end);
    let words = text[start..end].trim_end();
    words
        .contains(char::is_alphabetic)
        .then(|| start..start + words.len())
}

/// Where "…, dit Ana" begins, behind the comma.
fn said(text: &str, range: Range<usize>) -> Option<usize> {
    let words = tokens(&text[range.clone()]);
    let comma = (0..words.len()).find(|&at| {
        let next = words.get(at + 1).map(|next| next.text);
        let second = words.get(at + 2).map(|next| next.text);
        let is_verb = |word: Option<&str>| {
            word.is_some_and(|word| {
                word.starts_with(char::is_lowercase) && lexicon::is_saying(word)
            })
        };
        let has_helper = matches!(next, Some("a" | "ha")) && is_verb(second);
        words[at].is(",") && (is_verb(next) || has_helper)
    })?;
    Some(range.start + words[comma].range.end)
}

/// What is quoted, in pieces around each ", raconte-t-elle." and ", dit Ana," within.
pub(super) fn without_asides(text: &str, pair: Pair) -> Vec<Pair> {
    let words = tokens(&text[pair.words.clone()]);
    let mut pieces = Vec::new();
    let mut rest = pair.clone();
    for comma in 0..words.len() {
        let Some(end) = aside(&words, comma) else {
            continue;
        };
        let place = |at: usize| pair.words.start + words[at].range.end;
        let (before, behind) = (place(comma), place(end));
        let behind = pair.words.end - text[behind..pair.words.end].trim_start().len();
        if before <= rest.words.start || behind >= pair.words.end {
            continue;
        }
        pieces.push(Pair {
            words: rest.words.start..before,
            marked: rest.marked.start..before,
            is_open: false,
        });
        rest = Pair {
            words: behind..pair.words.end,
            marked: behind..pair.marked.end,
            is_open: pair.is_open,
        };
    }
    pieces.push(rest);
    pieces
}

/// The mark that ends "raconte-t-elle." or "dit Ana," behind a comma.
fn aside(words: &[Token<'_>], comma: usize) -> Option<usize> {
    words[comma].is(",").then_some(())?;
    let is_verb = |at: usize| {
        words.get(at).is_some_and(|word| {
            word.text.starts_with(char::is_lowercase) && lexicon::is_saying(word.text)
        })
    };
    // The pronoun of an inverted verb follows it without a space.
    let is_inverted = |at: usize| {
        let is_pronoun =
            |word: &Token<'_>| matches!(word.text, "il" | "elle" | "ils" | "elles" | "on" | "je");
        let verb = words.get(at)?;
        let pronoun = words.get(at + 1).filter(|word| is_pronoun(word))?;
        let gap = pronoun.range.start - verb.range.end;
        (gap == "-".len() || gap == "-t-".len()).then_some(())
    };
    let verb = comma + 1;
    let end = if is_verb(verb) && is_inverted(verb).is_some() {
        verb + 2
    } else if is_verb(verb + 2) && is_inverted(verb).is_some() {
        verb + 3
    } else if is_verb(verb) {
        name_end(words, verb + 1)?
    } else {
        return None;
    };
    let mark = words.get(end)?;
    matches!(mark.text, "," | "." | ";" | ":" | "?" | "!").then_some(end)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_dash_opens_what_somebody_says() {
        #[track_caller]
        fn case(text: &str, expected: Option<&str>) {
            assert_eq!(line(text).map(|words| &text[words]), expected);
        }
        case(
            "—No esperamos a nadie —dijo Ana.",
            Some("No esperamos a nadie"),
        );
        case(
            "— Nous n’attendons personne, dit Ana.",
            Some("Nous n’attendons personne,"),
        );
        case(
            "— Nous n’attendons personne.",
            Some("Nous n’attendons personne."),
        );
        case("Ana — dit-on — attend.", None);
        case("—", None);
    }
    #[test]
    fn who_speaks_within_the_marks_parts_the_words() {
        #[track_caller]
        fn case(text: &str, expected: &[&str]) {
            let pair = Pair::unmarked(0..text.len());
            let pieces = without_asides(text, pair);
            let found: Vec<_> = pieces
                .iter()
                .map(|piece| &text[piece.words.clone()])
                .collect();
            assert_eq!(found, expected);
        }
        case(
            "Nous attendons, raconte-t-elle. Puis il pleut.",
            &["Nous attendons,", "Puis il pleut."],
        );
        case(
            "Nous attendons, a-t-il ajouté, et il pleut, dit Ana Lund, sans fin.",
            &["Nous attendons,", "et il pleut,", "sans fin."],
        );
        case("Nous attendons, dit-elle.", &["Nous attendons, dit-elle."]);
        case(
            "Nous attendons, raconte la pluie, et il pleut.",
            &["Nous attendons, raconte la pluie, et il pleut."],
        );
    }
}
