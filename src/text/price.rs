//! What it costs to end a line at a place, by the words around it.
//!
//! Prices add up over the lines of a block and are weighed against its rag and its size: 0.04 is
//! what a line costs that is a fifth shorter or longer than the even measure, or about 5 % of the
//! size. They were tuned on the corpus in `tests/fixtures/quotations.txt`.

use super::linebreak::{Opportunity, REFUSED};
use super::words::{self, Lean};

/// Sets the price of each opportunity.
pub(super) fn set(text: &str, found: &mut [Opportunity]) {
    let mut start = 0;
    let mut quoted = Quoted::default();
    for index in 0..found.len() {
        let at = found[index].at;
        let is_inside = quoted.pass(text, start, at);
        if !found[index].is_hard {
            let end_of = |index: usize| found.get(index).map(|found| found.at);
            let before = index.checked_sub(2).and_then(end_of).unwrap_or(0);
            let after = end_of(index + 1).unwrap_or(text.len());
            let around = Around {
                before_last: word(text, before, start),
                last: word(text, start, at),
                next: word(text, at, after),
                is_last: index + 2 == found.len(),
                has_space: text[..at].ends_with(char::is_whitespace),
                has_wide_space: text[..at].ends_with(['\u{2002}', '\u{2003}']),
                is_inside,
            };
            found[index].price = around.price();
        }
        start = at;
    }
}

fn word(text: &str, start: usize, end: usize) -> &str {
    text.get(start..end).unwrap_or("").trim()
}

/// Between parts that an en or em space keeps apart: a name and a role.
const PARTS: f64 = -0.3;

/// Quoted words up to this many bytes are kept on one line.
const SHORT_PHRASE: usize = 28;

/// Follows the text through quotations within it.
#[derive(Default)]
struct Quoted {
    end: usize,
}

impl Quoted {
    /// Whether the place after this word is within a few quoted words.
    fn pass(&mut self, text: &str, start: usize, at: usize) -> bool {
        let word = text.get(start..at).unwrap_or("");
        let mark = word.char_indices().find_map(|(at, mark)| {
            let closing = match mark {
                '“' => ['”', '”'],
                '„' => ['“', '”'],
                '«' => ['»', '»'],
                '‘' => ['’', '’'],
                _ => return None,
            };
            Some((at + mark.len_utf8(), closing))
        });
        if let Some((inside, closing)) = mark.filter(|_| start >= self.end) {
            let inside = start + inside;
            let reach = text.floor_char_boundary((inside + SHORT_PHRASE).min(text.len()));
            if let Some(end) = text[inside..reach].find(closing) {
                self.end = inside + end;
            }
        }
        at <= self.end
    }
}

/// The words around a place where a line may end.
struct Around<'a> {
    before_last: &'a str,
    last: &'a str,
    next: &'a str,
    /// Whether the next word is the last of its paragraph.
    is_last: bool,
    has_space: bool,
    has_wide_space: bool,
    /// Whether it is within a few quoted words.
    is_inside: bool,
}

impl Around<'_> {
    fn price(&self) -> f64 {
        if self.is_refused() {
            return REFUSED;
        }
        if self.has_wide_space {
            return PARTS;
        }
        let inside = if self.is_inside { 0.15 } else { 0.0 };
        if !self.has_space {
            return self.price_within_word() + inside;
        }
        self.price_of_last() + self.price_of_next() + self.price_of_punctuation() + inside
    }

    fn is_refused(&self) -> bool {
        let next = bare(self.next);
        let last = bare(self.last);
        starts_with_dash(self.next)
            || ends_in_figure(last) && words::is_unit(next)
            || is_sign(last) && starts_with_figure(next)
            || words::is_number(last) && words::is_magnitude(next)
            || words::is_title(last) && starts_with_capital(next)
            || is_initial(self.last) && starts_with_capital(next)
            || is_joined(self.last, self.next, self.has_space)
    }

    /// After a hyphen or a dash without spaces, or in a script without spaces.
    fn price_within_word(&self) -> f64 {
        match self.last.chars().next_back() {
            Some('—' | '–') => 0.0,
            Some('-' | '‐') => 0.6,
            Some('/') => 0.2,
            Some(last) => price_between(last, self.next.chars().next()),
            None => 0.0,
        }
    }

    /// Short words that lean on the next should not be left hanging.
    fn price_of_last(&self) -> f64 {
        if clause_end(self.last).is_some() {
            return 0.0;
        }
        let last = bare(self.last);
        let next = bare(self.next);
        if starts_with_figure(last) {
            return 0.07;
        }
        match words::lean(last) {
            Lean::Hard => 0.18,
            Lean::Soft => 0.06,
            Lean::Back | Lean::None if words::is_number(last) => match words::is_unit(next) {
                true => 0.15,
                false => 0.05,
            },
            Lean::Back | Lean::None if is_letter(last) => 0.12,
            Lean::Back | Lean::None if starts_with_capital(last) && starts_with_capital(next) => {
                0.06
            }
            Lean::Back | Lean::None => 0.0,
        }
    }

    /// Phrases begin with small words; what leans back or completes a name should not be first.
    fn price_of_next(&self) -> f64 {
        let next = bare(self.next);
        let is_whole = clause_end(self.next).is_none();
        if self.next.starts_with(['“', '„', '«']) {
            return -0.03;
        }
        match words::lean(next) {
            Lean::Back => 0.12,
            Lean::Hard | Lean::Soft if is_whole && next.len() > 1 => -0.015,
            _ if is_letter(next) && starts_with_capital(next) && next != "I" && next != "A" => 0.12,
            _ => 0.0,
        }
    }

    /// A line likes to end where a clause does, not one word before or after.
    fn price_of_punctuation(&self) -> f64 {
        let own = match clause_end(self.last) {
            Some(Clause::Sentence) => -0.07,
            Some(Clause::Part) => -0.04,
            None => 0.0,
        };
        let stranded = match clause_end(self.before_last) {
            Some(Clause::Sentence) => 0.18,
            Some(Clause::Part) => 0.05,
            None => 0.0,
        };
        let orphan = match clause_end(self.next) {
            Some(Clause::Sentence) if !self.is_last => 0.04,
            Some(Clause::Part) => 0.015,
            _ => 0.0,
        };
        own + stranded + orphan
    }
}

/// Within a script without spaces: after punctuation best, between two phrases (small letters of
/// Japanese before the next Chinese letter) well, elsewhere not so well.
fn price_between(last: char, next: Option<char>) -> f64 {
    let is_kana = |c: char| matches!(c, '\u{3040}'..='\u{309F}');
    match (last, next) {
        ('。' | '、' | '，' | '；' | '：' | '！' | '？', _) => -0.04,
        (last, Some(next)) if is_kana(last) && !is_kana(next) => 0.0,
        (last, Some(next)) if is_kana(next) || last == next => 0.12,
        _ => 0.04,
    }
}

enum Clause {
    Sentence,
    Part,
}

fn clause_end(word: &str) -> Option<Clause> {
    let word = word.trim_end_matches(['”', '’', '"', '\'', '»', '›', ')', ']', '\u{a0}']);
    match word.chars().next_back()? {
        '.' if words::is_title(bare(word)) || is_initial(word) => None,
        '.' | '!' | '?' | '…' | '।' | '؟' => Some(Clause::Sentence),
        ',' | ';' | ':' | '—' | '–' | '،' | '؛' | '·' => Some(Clause::Part),
        _ => None,
    }
}

/// A word without the punctuation around it.
fn bare(word: &str) -> &str {
    let is_part = |c: char| {
        c.is_alphanumeric()
            || matches!(c, '%' | '‰' | '°' | '$' | '€' | '£' | '¥' | '№' | '§' | '#')
            || !c.is_ascii() && !c.is_whitespace() && is_mark_of_word(c)
    };
    word.trim_matches(|c: char| !is_part(c))
}

/// Vowel signs and such: letters as far as words are concerned.
fn is_mark_of_word(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36F}' | '\u{591}'..='\u{5C7}' | '\u{64B}'..='\u{65F}' | '\u{900}'..='\u{903}' | '\u{93A}'..='\u{94F}')
}

fn starts_with_dash(word: &str) -> bool {
    let rest = word.strip_prefix(['–', '—', '―', '-']);
    rest.is_some_and(|rest| !starts_with_figure(rest))
}

fn starts_with_figure(word: &str) -> bool {
    let amount = word.trim_start_matches(['$', '€', '£', '¥']);
    amount.starts_with(|c: char| c.is_numeric())
}

fn ends_in_figure(word: &str) -> bool {
    word.ends_with(|c: char| c.is_numeric())
}

fn starts_with_capital(word: &str) -> bool {
    word.starts_with(char::is_uppercase)
}

fn is_letter(word: &str) -> bool {
    let mut letters = word.chars();
    letters.next().is_some_and(char::is_alphabetic) && letters.next().is_none()
}

fn is_sign(word: &str) -> bool {
    matches!(
        word,
        "$" | "€" | "£" | "¥" | "№" | "§" | "#" | "No" | "Nr" | "no" | "nr" | "p" | "pp" | "n°"
    )
}

fn is_initial(word: &str) -> bool {
    let mut characters = word.chars();
    matches!(
        (characters.next(), characters.next(), characters.next()),
        (Some(letter), Some('.'), None) if letter.is_uppercase()
    )
}

/// Years and words that a dash or a slash joins without spaces.
fn is_joined(last: &str, next: &str, has_space: bool) -> bool {
    !has_space
        && (last.ends_with(['–', '-', '/']) && starts_with_figure(next)
            || last.ends_with('/')
            || last.ends_with('\u{AD}'))
}

#[cfg(test)]
mod tests {
    use super::super::linebreak::opportunities;
    use super::*;

    /// The places that are refused, as bars, and the dearest of the others, as a slash.
    fn priced(text: &str) -> String {
        let mut marked = String::new();
        let mut start = 0;
        let found = opportunities(text);
        let dear = found
            .iter()
            .filter(|found| !found.is_hard && found.price < REFUSED)
            .map(|found| found.price)
            .fold(0.1, f64::max);
        for place in &found {
            marked.push_str(text[start..place.at].trim_end());
            start = place.at;
            marked.push_str(match place {
                place if place.is_hard => "",
                place if place.price >= REFUSED => "|",
                place if place.price >= dear => "/",
                _ => " ",
            });
        }
        marked
    }

    #[test]
    fn what_belongs_together_is_not_parted() {
        #[track_caller]
        fn case(text: &str, expected: &str) {
            assert_eq!(priced(text), expected);
        }
        case("Some 45 km further", "Some 45|km further");
        case("It cost $3.2 million then", "It cost $3.2|million then");
        case("Two hundred people sang", "Two|hundred people sang");
        case("From J. R. Whitcombe today", "From/J.|R.|Whitcombe today");
        case("Ask Dr. Finch first", "Ask Dr.|Finch first");
        case("Die Frau sang wieder", "Die/Frau sang wieder");
        case("They ran – twice round", "They ran|– twice round");
        case("Growth 2019–2024", "Growth 2019–|2024");
        case("Fields of clover grew", "Fields of/clover grew");
        case("Sing it. We cheered loudly", "Sing it. We/cheered loudly");
        case("Choose plan B", "Choose plan/B");
    }
}
