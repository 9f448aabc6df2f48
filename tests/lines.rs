//! The lines of a whole corpus of quotations, to be read by people, and what a typographer would
//! strike out in them, counted.
//!
//! After a change of prices, read `tests/snapshots/lines__chosen.snap` from top to bottom.

mod setting;

use std::collections::BTreeMap;
use std::fmt::Write as _;

use pullquote::text::Fonts;
use setting::{BOARDS, Quotation, Set, hung, quotations};

/// Languages whose faces are not bundled.
const WITHOUT_FACE: &[&str] = &["ja", "zh", "ko"];

/// Words that belong to the next, so that a line should not end in one.
const LEANING: &[&str] = &[
    "a", "an", "the", "of", "to", "in", "I", "on", "at", "by", "for", "and", "or", "but", "my",
    "our", "your", "his", "her", "der", "die", "das", "den", "dem", "ein", "eine", "und", "in",
    "im", "zu", "le", "la", "les", "un", "une", "des", "de", "du", "et", "à", "en", "el", "los",
    "las", "una", "y", "o", "que", "del", "в", "и", "на", "не", "с", "до", "из", "о", "το", "τη",
    "και", "ένα", "να", "την", "η", "ο", "τα", "في", "من", "إلى", "لا",
];

/// What a number is not parted from.
const UNITS: &[&str] = &[
    "%",
    "km",
    "kg",
    "m",
    "mm",
    "million",
    "Mio",
    "tonnes",
    "metres",
    "a.m",
    "p.m",
    "км",
    "χλμ",
    "كم",
    "ק״מ",
    "किमी",
];

/// What a name is not parted from.
const TITLES: &[&str] = &[
    "Dr.", "Mr.", "Mrs.", "Prof.", "St.", "Frau", "Sra.", "No.", "Coach",
];

fn bare(word: &str) -> &str {
    word.trim_matches(|c: char| !c.is_alphanumeric() && !matches!(c, '%' | '$' | '€'))
}

fn is_initial(word: &str) -> bool {
    let letters: Vec<char> = word.chars().collect();
    matches!(letters[..], [letter, '.'] if letter.is_uppercase())
}

/// Faults between two lines.
fn faults_between(line: &str, next: &str) -> Vec<&'static str> {
    let last = line.split_whitespace().next_back().unwrap_or_default();
    let first = next.split_whitespace().next().unwrap_or_default();
    let is_figure = |word: &str| word.chars().next_back().is_some_and(char::is_numeric);
    let mut faults = Vec::new();
    if is_figure(last) && UNITS.contains(&bare(first)) {
        faults.push("number parted from unit");
    }
    let is_named = first.starts_with(char::is_uppercase) || first.starts_with(char::is_numeric);
    if TITLES.contains(&last) || is_initial(last) && is_named {
        faults.push("title or initial parted from name");
    }
    if first.starts_with(['–', '—']) {
        faults.push("line starts with a dash");
    }
    let opened = last.trim_start_matches(['“', '‘', '(', '«', '¿']);
    if LEANING.contains(&opened) || LEANING.contains(&opened.to_lowercase().as_str()) {
        faults.push("function word at the end of a line");
    }
    let words: Vec<&str> = line.split_whitespace().collect();
    if let [.., before, _] = words[..]
        && before.ends_with(['.', '?', '!'])
        && before.chars().count() > 3
        && !TITLES.contains(&before)
    {
        faults.push("sentence starts with the last word of a line");
    }
    faults
}

/// Faults of a whole setting.
fn faults(set: &Set) -> Vec<&'static str> {
    let lines: Vec<&str> = set.lines().collect();
    let pairs = lines.windows(2);
    let mut faults: Vec<_> = pairs
        .flat_map(|pair| faults_between(pair[0], pair[1]))
        .collect();
    let widths = set.widths();
    if let [others @ .., last] = &widths[..]
        && !others.is_empty()
        && lines[lines.len() - 1].split_whitespace().count() == 1
        && *last < 0.5 * others.iter().sum::<f64>() / others.len() as f64
    {
        faults.push("single short last word");
    }
    if set.fitted.lines.iter().any(|line| line.is_cut) {
        faults.push("word cut");
    }
    faults
}

/// Shortest line in shares of the longest.
fn evenness(set: &Set) -> Option<f64> {
    let widths = set.widths();
    let longest = widths.iter().copied().reduce(f64::max)?;
    let shortest = widths.iter().copied().reduce(f64::min)?;
    (widths.len() > 1).then(|| shortest / longest)
}

fn covered() -> Vec<Quotation> {
    let all = quotations().into_iter();
    all.filter(|quotation| !WITHOUT_FACE.contains(&quotation.lang))
        .collect()
}

#[test]
fn lines_are_what_was_read_and_signed() {
    let fonts = Fonts::bundled();
    let mut chosen = String::new();
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    let mut even = Vec::new();
    for quotation in covered() {
        let _ = writeln!(chosen, "{}: {}", quotation.lang, quotation.words);
        for board in BOARDS {
            let Some(set) = hung(&fonts, &quotation, board) else {
                let _ = writeln!(chosen, "  {:9}  does not fit", board.name);
                *counts.entry("does not fit").or_default() += 1;
                continue;
            };
            let lines: Vec<&str> = set.lines().collect();
            let (name, size) = (board.name, set.fitted.size.0);
            let found = faults(&set);
            let note = match found.is_empty() {
                true => String::new(),
                false => format!("  !! {}", found.join(", ")),
            };
            let _ = writeln!(chosen, "  {name:9} {size:6.1}  {}{note}", lines.join(" / "));
            for fault in found {
                *counts.entry(fault).or_default() += 1;
            }
            even.extend(evenness(&set));
        }
    }
    even.sort_by(f64::total_cmp);
    let share = |part: f64| even[(even.len() as f64 * part) as usize];
    let mut summary = format!(
        "{} settings; shortest line in shares of the longest: {:.2} in the tenth worst, {:.2} in the middle\n",
        even.len(),
        share(0.1),
        share(0.5)
    );
    for (fault, count) in counts {
        let _ = writeln!(summary, "{count:4} {fault}");
    }
    insta::assert_snapshot!("counts", summary);
    insta::assert_snapshot!("chosen", chosen);
}
