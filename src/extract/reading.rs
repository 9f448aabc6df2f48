//! Reads a figure as a card has it: `45%`, `one in five`, `$3.2 million`, also one that people
//! typed.

use super::Value;
use super::language::Language;
use super::masks::Masks;
use super::numbers::{self, Quantity, abroad, tokens::Tokens};

/// Larger wholes than this make no picture that anybody could count.
const MOST_OF: f64 = 1000.0;

/// What a figure amounts to.
#[derive(Clone, Debug, PartialEq)]
pub struct Reading {
    /// The number, range or ratio, scale words applied.
    pub value: Value,
    /// `percent`, `percentage point`, an ISO 4217 code, or the measure as written; `None` if
    /// things are counted.
    pub unit: Option<String>,
}

/// Reads the number in a figure; `None` without one, or with two that make no range or ratio.
///
/// A figure that is none in English is tried in the other languages: `12,5 %`, "4 von 10".
#[must_use]
pub fn read(figure: &str) -> Option<Reading> {
    let in_language = |language| read_tokens(&Tokens::spoken(figure, language));
    let english = in_language(Language::English);
    let says_more =
        |reading: &Reading| reading.unit.is_some() || !matches!(reading.value, Value::One(_));
    if english.as_ref().is_some_and(says_more)
        || !figure.contains(|c: char| c.is_alphabetic() || c == ',')
    {
        return english;
    }
    // "38 Prozent" is a number in English too, and a share in German.
    let mut abroad = abroad::LANGUAGES.into_iter().filter_map(in_language);
    let better = abroad.clone().find(says_more);
    better.or(english).or_else(|| abroad.next())
}

/// Reads the number in a figure as [`read`], as the language of a BCP 47 tag writes it if that reads:
/// `1.234` is more than a thousand in German.
#[must_use]
pub fn read_in(figure: &str, lang: Option<&str>) -> Option<Reading> {
    let language = lang.map(Language::of_tag);
    let abroad = language.filter(|language| abroad::writes(*language));
    let own = abroad.and_then(|language| read_tokens(&Tokens::spoken(figure, language)));
    own.or_else(|| read(figure))
}

fn read_tokens(tokens: &Tokens) -> Option<Reading> {
    let mut found = numbers::find(tokens, &Masks::none()).into_iter();
    let (first, second) = (found.next()?, found.next());
    let name = |quantity: &Quantity| quantity.unit.as_ref().map(|unit| unit.name.clone());
    let unit = name(&first);
    let Some(second) = second else {
        let value = first.value;
        return Some(Reading { value, unit });
    };
    // In an article "20% to 35%" may be two numbers; a card has one.
    let (Value::One(from), Value::One(to)) = (first.value, second.value) else {
        return None;
    };
    let is_one = first.end + 1 == second.figure.start && tokens.reads(first.end, "to");
    (is_one && found.next().is_none() && (unit.is_none() || unit == name(&second))).then(|| {
        Reading {
            value: Value::Range(from, to),
            unit: name(&second),
        }
    })
}

impl Reading {
    /// The figure as one number: a ratio divided out, per cent as it is; `None` for a range.
    #[must_use]
    pub fn number(&self) -> Option<f64> {
        match self.value {
            Value::One(number) => Some(number),
            Value::Ratio { n, of } => Some(n / of),
            Value::Range(..) => None,
        }
    }

    /// How much of a whole it is, from 0 to 1; `None` if it is no part of a whole.
    ///
    /// Per cent above 100 and below 0 are changes, not parts.
    #[must_use]
    pub fn share(&self) -> Option<f64> {
        let share = match self.value {
            Value::Ratio { n, of } => n / of,
            Value::One(number) if self.unit.as_deref() == Some("percent") => number / 100.0,
            _ => return None,
        };
        (0.0..=1.0).contains(&share).then_some(share)
    }

    /// How many of how many it is, in whole numbers of at most 1,000: `1 in 4` is (1, 4), and so is
    /// 25 %. A ratio as written stays as it is: `2 in 10` is (2, 10).
    #[must_use]
    pub fn ratio(&self) -> Option<(u32, u32)> {
        let (n, of, is_written) = match self.value {
            Value::Ratio { n, of } => (n, of, true),
            Value::One(number) if self.unit.as_deref() == Some("percent") => (number, 100.0, false),
            _ => return None,
        };
        let is_whole = n.fract() == 0.0 && of.fract() == 0.0;
        if !is_whole || !(0.0..=of).contains(&n) || !(1.0..=MOST_OF).contains(&of) {
            return None;
        }
        let (n, of) = (n as u32, of as u32);
        let divisor = if is_written { 1 } else { divisor(n, of) };
        Some((n / divisor, of / divisor))
    }
}

/// The greatest common divisor, as Euclid finds it.
fn divisor(a: u32, b: u32) -> u32 {
    if b == 0 { a.max(1) } else { divisor(b, a % b) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_figure_is_read_as_people_write_it() {
        #[track_caller]
        fn case(figure: &str, number: Option<f64>, unit: Option<&str>) {
            let reading = read(figure).expect("it reads");
            assert_eq!(reading.number(), number, "{figure}");
            assert_eq!(reading.unit.as_deref(), unit, "{figure}");
        }
        case("4 billion", Some(4e9), None);
        case("6,200", Some(6200.0), None);
        case("45%", Some(45.0), Some("percent"));
        case("Over 4.5 per cent", Some(4.5), Some("percent"));
        case("£2.5bn", Some(2.5e9), Some("GBP"));
        case("one in five", Some(0.2), None);
        case("One bridge in four", Some(0.25), None);
        case("three-quarters of", Some(0.75), None);
        case("doubled", Some(2.0), None);
        case("20% to 35%", None, Some("percent"));
        case("2019", Some(2019.0), None);
        case("50 km", Some(50.0), Some("km"));
        case("12,5 %", Some(12.5), Some("percent"));
        case("38 Prozent", Some(38.0), Some("percent"));
        case("4 von 10", Some(0.4), None);
        case("jede vierte", Some(0.25), None);
        case("une personne sur quatre", Some(0.25), None);
        case("2,3 miljoen euro", Some(2.3e6), Some("EUR"));
    }

    #[test]
    fn a_language_reads_its_own_figures_first() {
        #[track_caller]
        fn case(figure: &str, lang: Option<&str>, number: f64) {
            let reading = read_in(figure, lang).expect("it reads");
            assert_eq!(reading.number(), Some(number), "{figure} in {lang:?}");
        }
        case("1.234", Some("de-AT"), 1234.0);
        case("1,5", Some("fr"), 1.5);
        case("1.234", Some("en"), 1.234);
        case("1.234", None, 1.234);
        case("1.234", Some("ja"), 1.234);
        // A card in English on a German deck.
        case("1 in 4", Some("de"), 0.25);
        case("45%", Some("de"), 45.0);
    }

    #[test]
    fn what_holds_no_number_or_several_is_not_read() {
        for figure in ["", "many", "thousands", "3 of them, 5 of us"] {
            assert_eq!(read(figure), None, "{figure}");
        }
    }

    #[test]
    fn a_part_of_a_whole_has_a_share_and_a_ratio() {
        #[track_caller]
        fn case(figure: &str, share: Option<f64>, ratio: Option<(u32, u32)>) {
            let reading = read(figure).expect("it reads");
            assert_eq!(
                (reading.share(), reading.ratio()),
                (share, ratio),
                "{figure}"
            );
        }
        case("1 in 4", Some(0.25), Some((1, 4)));
        case("2 out of 10", Some(0.2), Some((2, 10)));
        case("25%", Some(0.25), Some((1, 4)));
        case("33 percent", Some(0.33), Some((33, 100)));
        case("0%", Some(0.0), Some((0, 1)));
        case("4.5%", Some(0.045), None);
        case("two-thirds of", Some(2.0 / 3.0), Some((2, 3)));
        case("1 in 50,000", Some(0.000_02), None);
        case("130%", None, None);
        case("45,000", None, None);
        case("10% to 20%", None, None);
    }
}
