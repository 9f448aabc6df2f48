//! Finds the numbers that are no quantities: dates, times, ages, labels, names, phone numbers.
//!
//! In: the tokens of a text. Out: which of them are masked. Whatever is masked is never a figure,
//! nor part of one. Most rules stand in a table; those that must look around are functions.

mod clock;
mod codes;
mod moments;
mod rules;

use super::numbers::lexicon::Class;
use super::numbers::tokens::Tokens;

/// Which tokens of a text are masked.
#[derive(Clone, Debug)]
pub(crate) struct Masks(Vec<bool>);

impl Masks {
    /// Whether the token at an index is masked.
    pub(crate) fn covers(&self, index: usize) -> bool {
        self.0.get(index).copied().unwrap_or(false)
    }

    /// Nothing masked.
    pub(crate) fn none() -> Self {
        Self(Vec::new())
    }
}

/// Masks what is no quantity.
pub(crate) fn find(tokens: &Tokens) -> Masks {
    let mut masked = vec![false; tokens.list.len()];
    let reached = before_numbers(tokens);
    let mut at = 0;
    while at < masked.len() {
        if !reached[at] && !tokens.is_glued(at + 1) {
            at += 1;
            continue;
        }
        let end = RULES.iter().find_map(|rule| rule(tokens, at)).unwrap_or(at);
        masked[at..end].fill(true);
        at = end.max(at + 1);
    }
    Masks(masked)
}

/// Tokens before a number where a mask may begin that covers it.
const REACH: usize = 24;

/// For each token, whether a number follows within reach of the rules.
fn before_numbers(tokens: &Tokens) -> Vec<bool> {
    let mut reached = vec![false; tokens.list.len()];
    let mut left = 0;
    for (at, token) in tokens.list.iter().enumerate().rev() {
        left = match token.is(Class::COUNTS) {
            true => REACH,
            false => left.saturating_sub(1),
        };
        reached[at] = left > 0;
    }
    reached
}

/// A rule says where the masked tokens end that begin at an index.
type Rule = fn(&Tokens, usize) -> Option<usize>;

const RULES: &[Rule] = &[
    address_of_the_web,
    codes::identifier,
    unreadable,
    phone_number,
    clock::range,
    clock::words,
    table,
    codes::long_or_zero,
    clock::hour,
    score,
    short_date,
    moments::end,
    year,
    code,
    name_with_number,
    capital_number_word,
    list_marker,
];

/// The rules of the table; an amount of money is no day: "$12 December 27".
fn table(tokens: &Tokens, at: usize) -> Option<usize> {
    let is_money = tokens
        .before(at)
        .is_some_and(|t| t.is(Class::SIGN) && !t.is(Class::WORD));
    if is_money {
        None
    } else {
        rules::end(tokens, at)
    }
}

/// E-mail addresses, links, mentions, hashtags.
fn address_of_the_web(tokens: &Tokens, at: usize) -> Option<usize> {
    if tokens.is_glued(at) || !tokens.get(at)?.class.meets(Class::WORD) && !is_tag(tokens, at) {
        return None;
    }
    let end = chunk_end(tokens, at);
    let chunk = &tokens.text[tokens.bytes(at..end)];
    if !chunk.contains(['.', ':', '@', '#']) {
        return None;
    }
    let is_address = chunk.contains("://")
        || chunk.contains('@')
        || chunk.starts_with("www.")
        || [".com", ".org", ".net", ".gov", ".edu"]
            .iter()
            .any(|domain| chunk.contains(domain));
    (is_address || is_tag(tokens, at) && end > at + 1).then_some(end)
}

fn is_tag(tokens: &Tokens, at: usize) -> bool {
    matches!(tokens.word(at), "#" | "@")
        && tokens.is(at + 1, Class::WORD)
        && tokens.is_glued(at + 1)
}

/// The end of the tokens that stand together without white space.
fn chunk_end(tokens: &Tokens, at: usize) -> usize {
    let rest = at + 1..tokens.list.len();
    rest.into_iter()
        .find(|i| !tokens.is_glued(*i))
        .unwrap_or(tokens.list.len())
}

/// Digits that we cannot read: versions, dates with stops, numbers in another notation.
fn unreadable(tokens: &Tokens, at: usize) -> Option<usize> {
    tokens.is(at, Class::ODD).then_some(at + 1)
}

/// Groups of digits that make seven digits or more, or one group of nine.
fn phone_number(tokens: &Tokens, at: usize) -> Option<usize> {
    const MOST_GROUPS: usize = 8;
    let (mut digits, mut groups, mut end, mut next) = (0, 0, at, at);
    while groups < MOST_GROUPS && next <= end + 2 {
        if tokens.is(next, Class::WHOLE) {
            digits += tokens.word(next).len();
            groups += 1;
            end = next + 1;
        } else if !matches!(
            tokens.word(next),
            "-" | "‑" | "–" | "(" | ")" | "/" | "+" | "."
        ) {
            break;
        }
        next += 1;
    }
    let is_number = groups > 1 && digits >= 7 || groups == 1 && digits >= 9;
    let is_money = tokens.before(at).is_some_and(|t| t.is(Class::SIGN));
    let has_extension = ["ext", "x", "extension"]
        .iter()
        .any(|word| tokens.reads(end, word));
    let is_counting = rules::is_unit(tokens, end) || rules::is_noun(tokens, end) && !has_extension;
    (is_number && !is_money && !is_counting).then_some(end)
}

/// `5/8`, unless it is a fraction: "5/8 of the land".
fn short_date(tokens: &Tokens, at: usize) -> Option<usize> {
    let is_slash = tokens.reads(at + 1, "/") && tokens.is_glued(at + 1) && tokens.is_glued(at + 2);
    let is_date = is_slash && tokens.is(at, Class::DAY) && tokens.is(at + 2, Class::SMALL);
    let divides = ["of", "the"].iter().any(|word| tokens.reads(at + 3, word));
    let is_counting = rules::is_unit(tokens, at + 3) || rules::is_noun(tokens, at + 3);
    (is_date && !divides && !is_counting).then_some(at + 3)
}

/// `2-1`, `0-0`: a range rises, a score need not.
fn score(tokens: &Tokens, at: usize) -> Option<usize> {
    let is_dash = matches!(tokens.word(at + 1), "-" | "–")
        && tokens.is_glued(at + 1)
        && tokens.is_glued(at + 2);
    let (us, them) = (tokens.get(at)?, tokens.get(at + 2)?);
    let is_short = |word: &str| word.len() <= 3;
    let is_pair = us.is(Class::WHOLE)
        && them.is(Class::WHOLE)
        && is_short(tokens.word(at))
        && is_short(tokens.word(at + 2));
    let is_counting = rules::is_unit(tokens, at + 3);
    (is_dash && is_pair && us.spaced && us.value >= them.value && !is_counting).then_some(at + 3)
}

/// A year that stands alone: "in 2019", "the 2018 elections".
fn year(tokens: &Tokens, at: usize) -> Option<usize> {
    // Stone is a unit and a name.
    let is_name = tokens.is(at + 1, Class::CAPITAL) && tokens.word(at + 1).len() > 3;
    if !tokens.is(at, Class::YEAR)
        || rules::is_unit(tokens, at + 1) && !is_name
        || is_range_of_amounts(tokens, at)
    {
        return None;
    }
    let is_before = |words: &[&str]| at > 0 && words.iter().any(|w| tokens.reads(at - 1, w));
    if is_before(&[
        "$", "£", "€", "¥", "~", "than", "least", "nearly", "almost", "some", "most",
    ]) || tokens.before(at).is_some_and(|t| t.is(Class::SIGN))
    {
        return None;
    }
    let is_counting = rules::is_noun(tokens, at + 1) && !tokens.reads(at + 1, "s");
    let is_recent = tokens.get(at)?.value >= 1900.0;
    let is_led = is_before(&[
        "in", "since", "by", "until", "till", "from", "during", "of", "for", "the", "before",
        "after", "early", "late", "mid", "between", "circa", "year", "their", "its", "his", "her",
    ]);
    let is_dated = is_before(&[
        "in", "since", "by", "until", "till", "between", "circa", "year", "before", "after",
        "during", "around", "and",
    ]);
    if !(1600.0..2100.0).contains(&tokens.get(at)?.value) && !is_dated {
        // Few write about those years, many about so many people.
        return None;
    }
    let is_human = tokens.is(at + 1, Class::HUMAN.with(Class::PLURAL));
    let is_year = if is_recent {
        is_led || !is_human
    } else {
        is_led && !is_human || !is_counting
    };
    is_year.then_some(at + 1)
}

/// `1000 to 2000 hires`, `2000 - 2500 calories`: a number of four digits beside one that is no year.
fn is_range_of_amounts(tokens: &Tokens, at: usize) -> bool {
    let is_link = |i: usize| matches!(tokens.word(i), "to" | "-" | "–");
    let is_amount = |i: usize| {
        let number = tokens.get(i);
        number.is_some_and(|n| {
            let is_year = n.is(Class::YEAR) && n.value >= 1600.0;
            n.is(Class::NUMBER) && n.value >= 1000.0 && !is_year
        })
    };
    let before = at >= 2 && is_link(at - 1) && is_amount(at - 2);
    before || is_link(at + 1) && is_amount(at + 2)
}

/// Digits glued to letters that are no unit: `G20`, `B-52`, `5G`, `737MAX`.
fn code(tokens: &Tokens, at: usize) -> Option<usize> {
    let is_number = |i| tokens.is(i, Class::NUMBER.with(Class::ORDINAL));
    let behind_dash = |i: usize| {
        if tokens.is(i, Class::DASH) && tokens.is_glued(i) {
            i + 1
        } else {
            i
        }
    };
    // `$US113` is money.
    let is_money = at > 0 && tokens.reads(at - 1, "$") && tokens.is_glued(at);
    if tokens.is(at, Class::WORD) && !tokens.is(at, Class::SIGN) && !is_money {
        let next = behind_dash(at + 1);
        let is_name = next == at + 1 || tokens.is(at, Class::CAPITAL);
        return (is_name && is_number(next) && tokens.is_glued(next))
            .then(|| chunk_end(tokens, next - 1));
    }
    if is_number(at) && tokens.is(at + 1, Class::WORD) && tokens.is_glued(at + 1) {
        let is_known = tokens.reads(at + 1, "x")
            || rules::is_unit(tokens, at + 1)
            || tokens.reads(at + 1, "s");
        let is_generation = tokens.word(at + 1) == "G";
        return (!is_known || is_generation).then_some(at + 2);
    }
    None
}

/// A number that belongs to the name before it: `iPhone 11`, `Windows 10`, `Flight 370`.
fn name_with_number(tokens: &Tokens, at: usize) -> Option<usize> {
    let number = tokens.get(at)?;
    let is_short = number.is(Class::WHOLE) && number.range.len() <= 5 && number.spaced;
    let name = at
        .checked_sub(1)
        .filter(|name| is_short && is_name(tokens, *name))?;
    let is_bare = !rules::is_unit(tokens, at + 1) && !rules::is_noun(tokens, at + 1);
    (is_bare && !tokens.is(name, Class::MONTH)).then_some(at + 1)
}

/// A capitalised word inside a sentence that is no sign of a currency.
fn is_name(tokens: &Tokens, at: usize) -> bool {
    let opens_sentence = tokens.before(at).is_none_or(|before| {
        matches!(
            &tokens.text[before.range.clone()],
            "." | "!" | "?" | "“" | "\"" | ":"
        )
    });
    let has_capital = tokens.word(at).chars().any(char::is_uppercase);
    let is_inner_capital = tokens.word(at).chars().skip(1).any(char::is_uppercase);
    tokens.is(at, Class::WORD)
        && has_capital
        && (!opens_sentence || is_inner_capital)
        && !tokens.is(at, Class::SIGN)
}

/// A number word that is part of a name: `Formula One`, `Big Ten`.
fn capital_number_word(tokens: &Tokens, at: usize) -> Option<usize> {
    let is_word = tokens.is(at, Class::ONES.with(Class::TENS)) && tokens.is(at, Class::CAPITAL);
    let follows_name = || at.checked_sub(1).is_some_and(|name| is_name(tokens, name));
    (is_word && follows_name()).then_some(at + 1)
}

/// `1.` or `(2)` at the start of the text.
fn list_marker(tokens: &Tokens, at: usize) -> Option<usize> {
    let number = if at == 0 && tokens.reads(0, "(") {
        1
    } else {
        at
    };
    let is_first = at == 0 && tokens.is(number, Class::SMALL);
    let is_marked =
        matches!(tokens.word(number + 1), "." | ")" | ":") && tokens.is_glued(number + 1);
    (is_first && is_marked && !tokens.is_glued(number + 2)).then_some(number + 2)
}

#[cfg(test)]
mod tests;
