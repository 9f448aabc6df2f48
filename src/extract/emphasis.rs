//! Chooses the phrase of a quotation that a card sets off: its payload, two to six words.
//!
//! Every run of words inside a clause is weighed: where it stands, what it contrasts with, how much
//! its words say. Function words never begin or end it.

use std::ops::Range;

/// Quotations of this many words or fewer are one phrase already.
const SHORT: usize = 8;

/// A phrase is worth setting off from this weight on.
const WORTH: f64 = 1.0;

const FUNCTION_WORDS: &str = "a an the of to in on at by for from with and or but nor so as if than that which who whom whose \
is are was were be been being am do does did has have had will would can could shall should may might must it its he she \
they them his her their we us our i you your my me this these those there here into onto over under about after before when \
while where what how why because until since through between then also just very more most such some any each both not";

/// Words that make a phrase worth more.
const STRONG: &str = "never nothing nobody always every everyone everything only first last all none alone enough still \
together forever home free justice hope love life light power truth world future children people possible impossible";

/// Words that turn a sentence: what comes behind is the point.
const TURNS: &str = "but yet instead rather only";

struct Word<'t> {
    range: Range<usize>,
    text: &'t str,
    /// Whether punctuation stands behind it.
    ends_clause: bool,
}

/// The phrase, as bytes of the words; `None` where none stands out or the words are short.
pub(super) fn choose(text: &str) -> Option<Range<usize>> {
    let words = words(text);
    if words.len() <= SHORT {
        return None;
    }
    let mut best: Option<(f64, Range<usize>)> = None;
    for start in 0..words.len() {
        for end in start + 2..=words.len().min(start + 6) {
            if words[start..end - 1].iter().any(|word| word.ends_clause) {
                break;
            }
            let phrase = words[start].range.start..words[end - 1].range.end;
            let Some(weight) = weight(&words, start, end) else {
                continue;
            };
            // Later wins a tie: the point comes last.
            if best.as_ref().is_none_or(|(known, _)| weight >= *known) && is_once(text, &phrase) {
                best = Some((weight, phrase));
            }
        }
    }
    best.filter(|(weight, _)| *weight >= WORTH)
        .map(|(_, phrase)| phrase)
}

fn is_once(text: &str, phrase: &Range<usize>) -> bool {
    text.matches(&text[phrase.clone()]).count() == 1
}

fn words(text: &str) -> Vec<Word<'_>> {
    let mut words = Vec::new();
    let mut at = 0;
    for piece in text.split_inclusive(|c: char| c.is_whitespace() || matches!(c, '—' | '–')) {
        let start = at;
        at += piece.len();
        let lead = piece.len()
            - piece
                .trim_start_matches(|c: char| !c.is_alphanumeric())
                .len();
        let bare = piece.trim_matches(|c: char| !c.is_alphanumeric());
        if bare.is_empty() {
            if let Some(last) = words.last_mut() {
                let last: &mut Word<'_> = last;
                last.ends_clause = true;
            }
            continue;
        }
        let range = start + lead..start + lead + bare.len();
        let tail = &text[range.end..at];
        words.push(Word {
            range,
            text: bare,
            ends_clause: tail.chars().any(|c| !c.is_whitespace()),
        });
    }
    words
}

fn is_listed(list: &str, word: &str) -> bool {
    let lower = word.to_lowercase();
    list.split_ascii_whitespace().any(|entry| entry == lower)
}

/// What a phrase is worth; `None` for one that must not be set off.
fn weight(words: &[Word<'_>], start: usize, end: usize) -> Option<f64> {
    let phrase = &words[start..end];
    let (first, last) = (&phrase[0], &phrase[phrase.len() - 1]);
    if is_listed(FUNCTION_WORDS, first.text) || is_listed(FUNCTION_WORDS, last.text) {
        return None;
    }
    let mut weight = 0.0;
    let content = phrase
        .iter()
        .filter(|word| !is_listed(FUNCTION_WORDS, word.text));
    for word in content {
        weight += if word.text.chars().count() >= 6 {
            0.25
        } else {
            0.15
        };
        weight += if is_listed(STRONG, word.text) {
            0.35
        } else {
            0.0
        };
    }
    let is_final = end == words.len();
    weight += if is_final { 0.45 } else { 0.0 };
    weight += if last.ends_clause || is_final {
        0.45
    } else {
        0.0
    };
    let before = start.checked_sub(1).map(|before| &words[before]);
    let is_boundary =
        before.is_none_or(|word| word.ends_clause || is_listed(FUNCTION_WORDS, word.text));
    weight += if is_boundary { 0.3 } else { 0.0 };
    let from = start.saturating_sub(4);
    weight += if words[from..start]
        .iter()
        .any(|word| is_listed(TURNS, word.text))
    {
        0.5
    } else {
        0.0
    };
    weight += match phrase.len() {
        3 | 4 => 0.2,
        2 | 5 => 0.1,
        _ => 0.0,
    };
    let is_clause = |word: &&Word<'_>| {
        is_listed(
            "i we you he she they it is are was were be am has have had",
            word.text,
        )
    };
    weight -= 0.3 * phrase.iter().filter(is_clause).count() as f64;
    let turns_within = phrase.iter().any(|word| is_listed(TURNS, word.text));
    weight -= if turns_within { 0.5 } else { 0.0 };
    // The very beginning is set off only if it has to be.
    weight -= if start == 0 { 0.4 } else { 0.0 };
    Some(weight)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_point_is_set_off() {
        #[track_caller]
        fn case(text: &str, expected: Option<&str>) {
            assert_eq!(choose(text).map(|phrase| &text[phrase]), expected);
        }
        case(
            "The first spring we grew nothing but good neighbours.",
            Some("good neighbours"),
        );
        case("We wait for nobody.", None);
        case(
            "People ask for money, but what we needed was somebody with a van on Tuesdays.",
            Some("somebody with a van on Tuesdays"),
        );
    }
}
