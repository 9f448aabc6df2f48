//! Chooses the phrase of a quotation that a card sets off: its payload, two to six words.
//!
//! Every run of words inside a clause is weighed: where it stands, what it contrasts with, how much
//! its words say. Function words never begin or end it.

use std::collections::HashSet;
use std::ops::Range;
use std::sync::LazyLock;

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

/// Subjects and verbs that make a clause.
const CLAUSES: &str = "i we he you she they it is are was were be am has have had";

/// Words of a quotation at most: no card shows more.
const LONGEST: usize = 400;

/// A list's words, to look them up.
struct List(LazyLock<HashSet<&'static str>>);

static FUNCTION: List = List(LazyLock::new(|| {
    FUNCTION_WORDS.split_ascii_whitespace().collect()
}));
static STRENGTH: List = List(LazyLock::new(|| STRONG.split_ascii_whitespace().collect()));
static TURNING: List = List(LazyLock::new(|| TURNS.split_ascii_whitespace().collect()));
static CLAUSE: List = List(LazyLock::new(|| CLAUSES.split_ascii_whitespace().collect()));

impl List {
    fn has(&self, word: &str) -> bool {
        self.0.contains(word)
    }
}

struct Word {
    range: Range<usize>,
    /// Whether punctuation stands behind it.
    ends_clause: bool,
    is_function: bool,
    is_strong: bool,
    turns: bool,
    /// Whether it makes a clause of the words around it.
    is_clause: bool,
    /// Whether it has six letters or more.
    is_long: bool,
}

/// The phrase, as bytes of the words; `None` where none stands out or the words are short.
pub(super) fn choose(text: &str) -> Option<Range<usize>> {
    let words = words(text);
    if !(SHORT + 1..=LONGEST).contains(&words.len()) {
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

fn words(text: &str) -> Vec<Word> {
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
                let last: &mut Word = last;
                last.ends_clause = true;
            }
            continue;
        }
        let range = start + lead..start + lead + bare.len();
        let tail = &text[range.end..at];
        let lower = bare.to_lowercase();
        words.push(Word {
            range,
            is_function: FUNCTION.has(&lower),
            is_strong: STRENGTH.has(&lower),
            turns: TURNING.has(&lower),
            is_clause: CLAUSE.has(&lower),
            is_long: bare.chars().count() >= 6,
            ends_clause: tail.chars().any(|c| !c.is_whitespace()),
        });
    }
    words
}

/// What a phrase is worth; `None` for one that must not be set off.
fn weight(words: &[Word], start: usize, end: usize) -> Option<f64> {
    let phrase = &words[start..end];
    let (first, last) = (&phrase[0], &phrase[phrase.len() - 1]);
    if first.is_function || last.is_function {
        return None;
    }
    let mut weight = 0.0;
    let content = phrase.iter().filter(|word| !word.is_function);
    for word in content {
        weight += if word.is_long { 0.25 } else { 0.15 };
        weight += if word.is_strong { 0.35 } else { 0.0 };
    }
    let is_final = end == words.len();
    weight += if is_final { 0.45 } else { 0.0 };
    weight += if last.ends_clause || is_final {
        0.45
    } else {
        0.0
    };
    let before = start.checked_sub(1).map(|before| &words[before]);
    let is_boundary = before.is_none_or(|word| word.ends_clause || word.is_function);
    weight += if is_boundary { 0.3 } else { 0.0 };
    let from = start.saturating_sub(4);
    weight += if words[from..start].iter().any(|word| word.turns) {
        0.5
    } else {
        0.0
    };
    weight += match phrase.len() {
        3 | 4 => 0.2,
        2 | 5 => 0.1,
        _ => 0.0,
    };
    weight -= 0.3 * phrase.iter().filter(|word| word.is_clause).count() as f64;
    let turns_within = phrase.iter().any(|word| word.turns);
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
