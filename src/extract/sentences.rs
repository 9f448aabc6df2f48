//! Splits a block of text into sentences.

use std::ops::Range;

/// Words whose full stop ends no sentence, without it.
const ABBREVIATIONS: &[&str] = &[
    "mr", "mrs", "ms", "mx", "dr", "prof", "st", "sr", "jr", "sen", "rep", "gov", "gen", "col",
    "lt", "sgt", "capt", "rev", "hon", "pres", "no", "nos", "vs", "etc", "e.g", "i.e", "cf", "al",
    "approx", "dept", "est", "inc", "ltd", "co", "corp", "jan", "feb", "mar", "apr", "jun", "jul",
    "aug", "sept", "sep", "oct", "nov", "dec", "u.s", "u.k", "u.n", "a.m", "p.m", "z.b", "d.h",
    "u.a", "bzw", "ca", "nr", "hr", "fr", "mio", "mrd", "p", "pp", "vol", "fig", "ala", "ariz",
    "ark", "calif", "colo", "conn", "del", "fla", "ga", "ill", "ind", "kan", "ky", "mass", "md",
    "mich", "minn", "mont", "neb", "nev", "okla", "ore", "pa", "tenn", "tex", "va", "vt", "wis",
    "wyo", "st",
];

/// Whether a word before a full stop is cut short, a party and state ("R-Wis") included.
pub(super) fn is_abbreviation(word: &str) -> bool {
    let lower = word.to_lowercase();
    let bare = lower.rsplit('-').next().unwrap_or(&lower);
    ABBREVIATIONS.contains(&bare)
}

/// The byte ranges of the sentences, white space around them left out.
pub(crate) fn split(text: &str) -> Vec<Range<usize>> {
    let mut sentences = Vec::new();
    let mut start = 0;
    let mut at = 0;
    while let Some(found) = text[at..].find(is_end) {
        let stop = at + found;
        let run = text[stop..]
            .find(|c| !is_end(c))
            .map_or(text.len(), |length| stop + length);
        let end = text[run..]
            .find(|c| !is_closer(c))
            .map_or(text.len(), |length| run + length);
        at = end.max(stop + 1);
        if ends_here(text, start, stop, end) {
            push(text, start..end, &mut sentences);
            start = end;
        }
    }
    push(text, start..text.len(), &mut sentences);
    sentences
}

fn push(text: &str, range: Range<usize>, sentences: &mut Vec<Range<usize>>) {
    let words = &text[range.clone()];
    let lead = words.len() - words.trim_start().len();
    let trimmed = words.trim();
    if !trimmed.is_empty() {
        sentences.push(range.start + lead..range.start + lead + trimmed.len());
    }
}

fn is_end(character: char) -> bool {
    matches!(character, '.' | '!' | '?' | '…' | '。' | '！' | '？' | '।')
}

/// What belongs to the sentence before it.
fn is_closer(character: char) -> bool {
    matches!(
        character,
        '”' | '’' | '"' | '\'' | '»' | ')' | ']' | '」' | '』' | '“' | '‘'
    )
}

fn ends_here(text: &str, start: usize, stop: usize, end: usize) -> bool {
    let after = &text[end..];
    if after.is_empty() {
        return true;
    }
    let is_wide = matches!(text[stop..].chars().next(), Some('。' | '！' | '？'));
    if is_wide {
        return true;
    }
    if !after.starts_with(char::is_whitespace) {
        return false;
    }
    let next = after.trim_start().chars().next();
    if next.is_some_and(char::is_lowercase) || is_german_day(&text[start..stop], after) {
        return false;
    }
    let is_full_stop = text[stop..].starts_with('.') && !text[stop + 1..].starts_with('.');
    !(is_full_stop && is_cut(&text[start..stop], end == stop + 1))
}

/// "am 1. April": the stop makes the number an ordinal.
fn is_german_day(before: &str, after: &str) -> bool {
    const MONTHS: [&str; 13] = [
        "Januar",
        "Jänner",
        "Februar",
        "März",
        "April",
        "Mai",
        "Juni",
        "Juli",
        "August",
        "September",
        "Oktober",
        "November",
        "Dezember",
    ];
    let digits = before.bytes().rev().take_while(u8::is_ascii_digit).count();
    let month = after.split_whitespace().next().unwrap_or_default();
    let month = month.trim_end_matches([',', '.', ';', ')']);
    (1..=2).contains(&digits) && MONTHS.contains(&month)
}

/// Whether the word before a full stop is an abbreviation or an initial.
fn is_cut(before: &str, is_bare: bool) -> bool {
    let word = before
        .rsplit(|c: char| c.is_whitespace() || matches!(c, '(' | '“' | '"'))
        .next();
    let word = word.unwrap_or_default();
    let mut letters = word.chars();
    let is_initial = letters.next().is_some_and(char::is_uppercase) && letters.next().is_none();
    is_bare && (is_initial || is_abbreviation(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_end_where_readers_end_them() {
        #[track_caller]
        fn case(text: &str, expected: &[&str]) {
            let found: Vec<_> = split(text).into_iter().map(|range| &text[range]).collect();
            assert_eq!(found, expected);
        }
        case("One. Two!  Three?", &["One.", "Two!", "Three?"]);
        case(
            "Dr. Lund paid $3.50. Then J. R. Vik left.",
            &["Dr. Lund paid $3.50.", "Then J. R. Vik left."],
        );
        case(
            "“We wait.” She left. (It rained.)",
            &["“We wait.”", "She left.", "(It rained.)"],
        );
        case("“Why?” she asked. No.", &["“Why?” she asked.", "No."]);
        case(
            "Seit dem 1. April. Und 2019. Mai.",
            &["Seit dem 1. April.", "Und 2019.", "Mai."],
        );
        case("Wait… what? no stop", &["Wait… what? no stop"]);
        case("", &[]);
        case("雨だ。晴れだ。", &["雨だ。", "晴れだ。"]);
    }
}
