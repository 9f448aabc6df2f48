//! Reads one amount, in digits or in words: `4 billion`, `2.5bn`, `twenty-five`, `half a million`.

use super::lexicon::Class;
use super::tokens::Tokens;
use crate::extract::masks::Masks;

/// An amount and where it ends.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Amount {
    /// The token behind it.
    pub(crate) end: usize,
    /// What it amounts to, scale words applied.
    pub(crate) value: f64,
    /// Whether it begins with a number word.
    pub(crate) in_words: bool,
    /// What its scale words multiply by; 1 without any.
    pub(crate) scale: f64,
}

/// The amount that begins at a token; `after_sign` says that a currency sign stands before it.
pub(crate) fn read(tokens: &Tokens, masked: &Masks, at: usize, after_sign: bool) -> Option<Amount> {
    if masked.covers(at) {
        return None;
    }
    if tokens.is(at, Class::NUMBER) {
        return Some(digits(tokens, at, after_sign));
    }
    words(tokens, at)
        .or_else(|| half_of_a_scale(tokens, at))
        .filter(|a| !masked.covers(a.end - 1))
}

fn digits(tokens: &Tokens, at: usize, after_sign: bool) -> Amount {
    let whole = tokens.get(at).map_or(0.0, |t| t.value);
    let (end, fraction) = fraction_behind(tokens, at + 1).unwrap_or((at + 1, 0.0));
    let (end, scale) = scale_behind(tokens, end, after_sign);
    Amount {
        end,
        value: (whole + fraction) * scale,
        in_words: false,
        scale,
    }
}

/// `½` or ` 1/2` behind a whole number.
fn fraction_behind(tokens: &Tokens, at: usize) -> Option<(usize, f64)> {
    if tokens.is(at, Class::VULGAR) {
        return Some((
            at + 1,
            vulgar(tokens.word(at))?.0 / vulgar(tokens.word(at))?.1,
        ));
    }
    let (end, n, of) = slashed(tokens, at)?;
    (!tokens.is_glued(at)).then_some((end, n / of))
}

/// `1/3`, `3/4`: digits with a slash that make a fraction below one.
pub(super) fn slashed(tokens: &Tokens, at: usize) -> Option<(usize, f64, f64)> {
    let is_slash = matches!(tokens.word(at + 1), "/" | "⁄");
    let is_glued = tokens.is_glued(at + 1) && tokens.is_glued(at + 2);
    let is_short = tokens.is(at, Class::SMALL) && tokens.is(at + 2, Class::SMALL);
    let (n, of) = (tokens.get(at)?.value, tokens.get(at + 2)?.value);
    let is_usual = [2.0, 3.0, 4.0, 5.0, 6.0, 8.0, 10.0, 12.0, 16.0, 32.0, 64.0].contains(&of);
    let is_whole = !(tokens.is_glued(at + 3) && tokens.is(at + 3, Class::WORD));
    (is_slash && is_glued && is_short && is_usual && n < of && is_whole).then_some((at + 3, n, of))
}

/// The parts of a fraction in one character.
pub(super) fn vulgar(sign: &str) -> Option<(f64, f64)> {
    const SIGNS: &[(&str, f64, f64)] = &[
        ("½", 1.0, 2.0),
        ("⅓", 1.0, 3.0),
        ("⅔", 2.0, 3.0),
        ("¼", 1.0, 4.0),
        ("¾", 3.0, 4.0),
        ("⅕", 1.0, 5.0),
        ("⅖", 2.0, 5.0),
        ("⅗", 3.0, 5.0),
        ("⅘", 4.0, 5.0),
        ("⅙", 1.0, 6.0),
        ("⅚", 5.0, 6.0),
        ("⅛", 1.0, 8.0),
        ("⅜", 3.0, 8.0),
        ("⅝", 5.0, 8.0),
        ("⅞", 7.0, 8.0),
    ];
    let found = SIGNS.iter().find(|(written, _, _)| *written == sign)?;
    Some((found.1, found.2))
}

/// Scale words and letters behind digits: where they end, and what they multiply by.
fn scale_behind(tokens: &Tokens, at: usize, after_sign: bool) -> (usize, f64) {
    if tokens.is(at, Class::SUFFIX)
        && let Some(scale) = suffix(tokens, at, after_sign)
    {
        return (at + 1, scale);
    }
    let (mut end, mut product) = (at, 1.0);
    loop {
        let is_joined =
            tokens.is(end, Class::DASH) && tokens.is_glued(end) && tokens.is_glued(end + 1);
        let word = if is_joined { end + 1 } else { end };
        let Some(scale) = scale_word(tokens, word) else {
            return (end, product);
        };
        product *= scale;
        end = word + 1;
    }
}

/// `hundred`, `thousand`, `million`, `dozen`.
fn scale_word(tokens: &Tokens, at: usize) -> Option<f64> {
    const WORDS: &[(&str, f64)] = &[
        ("hundred", 1e2),
        ("thousand", 1e3),
        ("million", 1e6),
        ("billion", 1e9),
        ("trillion", 1e12),
        ("quadrillion", 1e15),
        ("lakh", 1e5),
        ("crore", 1e7),
        ("dozen", 12.0),
    ];
    if tokens.abroad().is_some() {
        let scale = tokens.get(at).filter(|token| token.is(Class::SCALE))?;
        return Some(scale.value);
    }
    let is_scale = tokens.is(at, Class::SCALE.with(Class::HUNDRED).with(Class::DOZEN));
    let found = is_scale.then(|| WORDS.iter().find(|(word, _)| tokens.reads(at, word)))??;
    Some(found.1)
}

/// `k`, `m`, `bn` behind digits. One letter counts only where it cannot be a unit.
fn suffix(tokens: &Tokens, at: usize, after_sign: bool) -> Option<f64> {
    let letter = tokens.word(at).to_lowercase();
    let is_glued = tokens.is_glued(at);
    let has_noun = tokens.is(at + 1, Class::WORD)
        && !tokens.is(at + 1, Class::STOP.with(Class::CAPITAL))
        || ["of", "more", "combined", "total"]
            .iter()
            .any(|word| tokens.reads(at + 1, word));
    match letter.as_str() {
        "mn" | "mln" | "mil" | "mio" => Some(1e6),
        "bn" | "bln" => Some(1e9),
        "tn" | "trn" => Some(1e12),
        "k" if is_glued => Some(1e3),
        "m" if is_glued && (after_sign || has_noun && !is_length(tokens, at + 1)) => Some(1e6),
        "b" if is_glued => Some(1e9),
        "t" if is_glued && after_sign => Some(1e12),
        _ => None,
    }
}

/// What follows the `m` of metres: "100m sprint", "3m tall".
fn is_length(tokens: &Tokens, at: usize) -> bool {
    const WORDS: &[&str] = &[
        "sprint",
        "race",
        "dash",
        "hurdles",
        "freestyle",
        "butterfly",
        "backstroke",
        "relay",
        "final",
        "walk",
        "wave",
        "waves",
        "drop",
        "wall",
        "pool",
    ];
    WORDS.iter().any(|word| tokens.reads(at, word))
}

/// An amount in words: `twenty-five`, `a hundred and two`, `two and a half million`.
fn words(tokens: &Tokens, at: usize) -> Option<Amount> {
    let has_article = tokens.reads(at, "a") || tokens.reads(at, "an");
    let first = if has_article { at + 1 } else { at };
    let (mut end, mut total, mut current, mut scale) = (first, 0.0, 0.0, 1.0_f64);
    if has_article {
        current = 1.0;
        scale_word(tokens, first)?;
    }
    while let Some((word, next)) = next_word(tokens, end, end > first) {
        match next {
            Step::Add(value) if fits(current, value) => current += value,
            Step::Times(100.0) if (1.0..100.0).contains(&current) => current *= 100.0,
            Step::Times(12.0) if current >= 1.0 => current *= 12.0,
            Step::Times(factor) if factor >= 1e3 && current >= 1.0 => {
                total += current * factor;
                current = 0.0;
                scale = scale.max(factor);
            }
            _ => break,
        }
        end = word + 1;
    }
    if end > first && current > 0.0 && is_and_a_half(tokens, end) {
        current += 0.5;
        end += 3;
        if let Some(factor) = scale_word(tokens, end) {
            current *= factor;
            scale = factor;
            end += 1;
        }
    }
    (end > first).then_some(Amount {
        end,
        value: total + current,
        in_words: true,
        scale,
    })
}

fn is_and_a_half(tokens: &Tokens, at: usize) -> bool {
    tokens.reads(at, "and") && tokens.reads(at + 1, "a") && tokens.reads(at + 2, "half")
}

/// Whether a word may be added: `five` to twenty or a hundred, not to six.
fn fits(current: f64, value: f64) -> bool {
    let free = if value < 10.0 && current % 100.0 >= 20.0 {
        10.0
    } else {
        100.0
    };
    current % free == 0.0 && (value > 0.0 || current == 0.0)
}

enum Step {
    Add(f64),
    Times(f64),
}

/// The number word at or near a token: behind a hyphen, or behind "and".
fn next_word(tokens: &Tokens, at: usize, is_inside: bool) -> Option<(usize, Step)> {
    let is_hyphen = tokens.is(at, Class::DASH) && tokens.is_glued(at) && tokens.is_glued(at + 1);
    let follows_scale = at > 0 && tokens.is(at - 1, Class::HUNDRED.with(Class::SCALE));
    let is_and = tokens.reads(at, "and") && follows_scale;
    let skips = is_inside && (is_hyphen || is_and);
    let word = if skips { at + 1 } else { at };
    let small = small(tokens, word).map(Step::Add);
    let step = small.or_else(|| {
        if is_and {
            None
        } else {
            scale_word(tokens, word).map(Step::Times)
        }
    })?;
    Some((word, step))
}

/// `zero` to `nineteen`, `twenty` to `ninety`.
pub(super) fn small(tokens: &Tokens, at: usize) -> Option<f64> {
    const ONES: [&str; 20] = [
        "zero",
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "eleven",
        "twelve",
        "thirteen",
        "fourteen",
        "fifteen",
        "sixteen",
        "seventeen",
        "eighteen",
        "nineteen",
    ];
    const TENS: [&str; 8] = [
        "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety",
    ];
    if !tokens.is(at, Class::ONES.with(Class::TENS)) {
        return None;
    }
    if tokens.abroad().is_some() {
        return tokens.get(at).map(|token| token.value);
    }
    let find = |list: &[&str]| list.iter().position(|word| tokens.reads(at, word));
    let ones = find(&ONES).map(|i| i as f64);
    ones.or_else(|| find(&TENS).map(|i| 20.0 + 10.0 * i as f64))
}

/// `half a million`, `a quarter of a million`.
fn half_of_a_scale(tokens: &Tokens, at: usize) -> Option<Amount> {
    let (of, part) = if tokens.reads(at, "half") {
        (at + 1, 0.5)
    } else if tokens.reads(at, "a") && tokens.reads(at + 1, "quarter") && tokens.reads(at + 2, "of")
    {
        (at + 3, 0.25)
    } else {
        return None;
    };
    let word = if tokens.reads(of, "a") || tokens.is(of, Class::DASH) {
        of + 1
    } else {
        of
    };
    let scale = scale_word(tokens, word)?;
    Some(Amount {
        end: word + 1,
        value: part * scale,
        in_words: true,
        scale,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_read_in_digits_and_in_words() {
        #[track_caller]
        fn case(text: &str, value: f64, words: usize) {
            let tokens = Tokens::of(text);
            let amount = read(&tokens, &Masks::none(), 0, false).expect("an amount");
            assert_eq!((amount.value, amount.end), (value, words), "{text}");
        }
        case("4 billion people", 4e9, 2);
        case("1,234.5 tonnes", 1234.5, 1);
        case("2.5bn users", 2.5e9, 2);
        case("3m trees", 3e6, 2);
        case("3m tall", 3.0, 1);
        case("20k runners", 2e4, 2);
        case("2 ½ cups", 2.5, 2);
        case("2 1/2 cups", 2.5, 4);
        case("40-million-year", 4e7, 3);
        case("twenty-five towns", 25.0, 3);
        case("a hundred and two", 102.0, 4);
        case("one hundred thousand", 1e5, 3);
        case("two hundred and fifty thousand homes", 2.5e5, 5);
        case("two and a half million", 2.5e6, 5);
        case("four and a half", 4.5, 4);
        case("three six", 3.0, 1);
        case("a dozen eggs", 12.0, 2);
        case("two dozen eggs", 24.0, 2);
        case("half a million", 5e5, 3);
        case("a quarter of a million", 2.5e5, 5);
        case("one million two hundred", 1_000_200.0, 4);
    }

    #[test]
    fn a_word_that_is_no_number_is_no_amount() {
        let none = |text: &str| read(&Tokens::of(text), &Masks::none(), 0, false).is_none();
        assert!(none("hundred people"));
        assert!(none("a people"));
        assert!(none("half the town"));
        assert!(none("third"));
    }
}
