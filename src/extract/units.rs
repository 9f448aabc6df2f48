//! Units of measure, money and time: how they are written, and what they are called in records.
//!
//! A unit may be several words (`square feet`, `Australian dollars`); the longest name that stands
//! in the text is the unit. Money and shares have codes, everything else keeps its own words.

use super::numbers::abroad;
use super::numbers::lexicon::Class;
use super::numbers::tokens::{Tokens, cut};
use std::collections::HashMap;
use std::sync::LazyLock;

/// What a unit measures.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Dimension {
    /// Per cent and percentage points.
    Share,
    /// Money.
    Money,
    /// A stretch of time.
    Time,
    /// Anything else.
    Measure,
}

/// A unit found in a text.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Unit {
    /// What it measures.
    pub(crate) dimension: Dimension,
    /// `percent`, `percentage point`, an ISO 4217 code, or the words as written.
    pub(crate) name: String,
}

/// Letters before a dollar sign, as in `HK$`.
const DOLLARS: &[(&str, &str)] = &[
    ("USD", "us, u.s"),
    ("AUD", "a, au, aus"),
    ("CAD", "c, ca, can"),
    ("HKD", "hk"),
    ("NZD", "nz"),
    ("SGD", "s, sg"),
    ("TWD", "nt"),
    ("BRL", "r"),
    ("MXN", "mx"),
];

/// Currency signs and codes that stand before their amount.
const SIGNS: &[(&str, &str)] = &[
    ("USD", "$, usd"),
    ("EUR", "€, eur"),
    ("GBP", "£, gbp"),
    ("JPY", "¥, jpy"),
    ("CNY", "cny, rmb"),
    ("INR", "₹, rs, inr"),
    ("KRW", "₩"),
    ("RUB", "₽"),
    ("TRY", "₺"),
    ("ILS", "₪, nis"),
    ("NGN", "₦"),
    ("PHP", "₱"),
    ("VND", "₫"),
    ("UAH", "₴"),
    ("THB", "฿"),
    ("GHS", "₵"),
    ("MYR", "rm, myr"),
    ("IDR", "rp"),
    ("CHF", "chf"),
    ("SEK", "sek"),
    ("NOK", "nok"),
    ("DKK", "dkk"),
    ("AUD", "aud"),
    ("CAD", "cad"),
    ("NZD", "nzd"),
    ("SGD", "sgd"),
    ("HKD", "hkd"),
    ("ZAR", "zar"),
    ("KES", "ksh, kes"),
];

/// Currencies as words, behind their amount.
const MONEY: &[(&str, &str)] = &[
    (
        "USD",
        "dollar, dollars, us dollar, us dollars, u.s dollars, american dollars, usd, bucks",
    ),
    ("AUD", "australian dollar, australian dollars, aud"),
    ("CAD", "canadian dollar, canadian dollars, cad"),
    ("HKD", "hong kong dollars, hkd"),
    ("NZD", "new zealand dollars, nzd"),
    ("SGD", "singapore dollars, sgd"),
    ("TWD", "taiwan dollars, new taiwan dollars"),
    ("EUR", "euro, euros, eur, €"),
    (
        "GBP",
        "pounds sterling, pound sterling, british pounds, gbp, £",
    ),
    ("JPY", "yen, japanese yen"),
    ("CNY", "yuan, chinese yuan, renminbi, rmb"),
    ("INR", "rupee, rupees, indian rupees"),
    ("KRW", "won, korean won, south korean won"),
    (
        "RUB",
        "ruble, rubles, rouble, roubles, russian rubles, russian roubles",
    ),
    ("TRY", "lira, liras, turkish lira, turkish liras"),
    ("ILS", "shekel, shekels, israeli shekels"),
    ("NGN", "naira"),
    ("ZAR", "rand, rands, south african rand"),
    ("MYR", "ringgit, malaysian ringgit"),
    ("IDR", "rupiah"),
    ("THB", "baht, thai baht"),
    ("CHF", "franc, francs, swiss franc, swiss francs"),
    ("KES", "shillings, kenyan shillings"),
    ("BRL", "reais"),
    ("GHS", "cedi, cedis"),
    ("UAH", "hryvnia, hryvnias"),
    ("PLN", "zloty, zlotys"),
    ("HUF", "forint, forints"),
    ("CZK", "koruna, czech crowns"),
    ("DKK", "danish kroner, danish crowns"),
    ("NOK", "kroner, norwegian kroner, norwegian crowns"),
    ("SEK", "kronor, swedish kronor, swedish crowns"),
    ("AED", "dirham, dirhams"),
    ("SAR", "riyal, riyals"),
    ("XBT", "bitcoin, bitcoins"),
];

/// Per cent and its relatives.
const SHARES: &[(&str, &str)] = &[
    ("percent", "%, percent, per cent, pct, pc"),
    (
        "percentage point",
        "percentage point, percentage points, percent point, percent points, % points, pp, ppt",
    ),
];

/// Stretches of time.
const TIMES: &str = "second, seconds, sec, secs, minute, minutes, min, mins, hour, hours, hr, hrs, \
    day, days, week, weeks, fortnight, fortnights, month, months, quarter, quarters, year, years, \
    yr, yrs, decade, decades, century, centuries, millisecond, milliseconds, ms, weekend, weekends, \
    night, nights, generation, generations, millennium, millennia, business day, business days, \
    working day, working days, man hours, school days, school year, school years";

/// Everything else that is measured.
const MEASURES: &str = "mile, miles, mi, mph, m.p.h, miles per hour, miles an hour, yard, yards, \
    yd, yds, foot, feet, ft, inch, inches, km, kms, kilometre, kilometres, kilometer, kilometers, \
    metre, metres, meter, meters, m, cm, centimetre, centimetres, centimeter, centimeters, mm, \
    millimetre, millimetres, millimeter, millimeters, nanometre, nanometres, nanometer, nanometers, \
    micron, microns, km/h, kmh, kph, knots, light year, light years, light-years, square mile, \
    square miles, sq mi, square foot, square feet, sq ft, sqft, square metre, square metres, \
    square meter, square meters, sq m, sqm, square kilometre, square kilometres, square kilometer, \
    square kilometers, sq km, square yards, square inches, acre, acres, hectare, hectares, ha, m², \
    m2, km², km2, cubic metre, cubic metres, cubic meter, cubic meters, cubic foot, cubic feet, \
    cubic inches, cc, gram, grams, gramme, grammes, g, kg, kgs, kilo, kilos, kilogram, kilograms, \
    kilogramme, kilogrammes, mg, milligram, milligrams, microgram, micrograms, pound, pounds, lb, \
    lbs, ounce, ounces, oz, stone, ton, tons, tonne, tonnes, metric ton, metric tons, metric tonnes, \
    megaton, megatons, gigaton, gigatons, carat, carats, litre, litres, liter, liters, l, ml, \
    millilitre, millilitres, milliliter, milliliters, gallon, gallons, pint, pints, barrel, barrels, \
    bbl, bushel, bushels, cup, cups, teaspoon, teaspoons, tablespoon, tablespoons, watt, watts, w, \
    kw, kilowatt, kilowatts, mw, megawatt, megawatts, gw, gigawatt, gigawatts, tw, terawatt, \
    terawatts, kwh, kilowatt hour, kilowatt hours, kilowatt-hour, kilowatt-hours, mwh, megawatt hour, \
    megawatt hours, megawatt-hours, gwh, gigawatt hours, gigawatt-hours, twh, terawatt hours, \
    terawatt-hours, volt, volts, v, amp, amps, mah, joule, joules, calorie, calories, kcal, \
    horsepower, hp, bhp, ps, nm, newton metres, newton meters, lb-ft, pound-feet, lb ft, pound feet, \
    lb-ft of torque, pound-feet of torque, foot-pounds, rpm, hz, hertz, khz, kilohertz, mhz, \
    megahertz, ghz, gigahertz, byte, bytes, kb, kilobyte, kilobytes, mb, megabyte, megabytes, gb, \
    gigabyte, gigabytes, tb, terabyte, terabytes, petabytes, mbps, megabits, megabits per second, \
    gbps, gigabits, megapixel, megapixels, mp, pixels, fps, degree, degrees, degree celsius, \
    degrees celsius, degree fahrenheit, degrees fahrenheit, degrees c, degrees f, deg, degc, degf, deg c, deg f, °c, °f, ° c, ° f, \
    °, celsius, fahrenheit, mpg, miles per gallon, psi, decibel, decibels, db, basis point, \
    basis points, bps, point, points, cent, cents, pence, p, cylinder, cylinders, lumens, nits, \
    parts per million, parts per billion, ppm, ppb, μm, µm, gpa, mpa, ″, ′, mmbtu, btu, troy ounce, troy ounces, tonnes of carbon";

/// A name of a unit, in tokens.
#[derive(Debug)]
struct Name {
    words: Vec<&'static str>,
    dimension: Dimension,
    code: Option<&'static str>,
}

impl Name {
    fn stands_at(&self, tokens: &Tokens, at: usize) -> bool {
        let is_letter = self.words.len() == 1 && self.words[0].len() == 1;
        // `5 W` and `12 V` are written apart as well; `5 m` may begin `5 m people`.
        let is_symbol = matches!(tokens.word(at), "W" | "V");
        (!is_letter || !self.is_alphabetic() || tokens.is_glued(at) || is_symbol)
            && self
                .words
                .iter()
                .enumerate()
                .all(|(i, word)| tokens.reads(at + i, word) || tokens.reads_dotted(at + i, word))
    }

    fn is_alphabetic(&self) -> bool {
        self.words[0].bytes().all(|b| b.is_ascii_alphabetic())
    }
}

/// Every unit that stands behind its number, by first word, longest first.
static NAMES: LazyLock<HashMap<&'static str, Vec<Name>>> = LazyLock::new(|| {
    let coded = |list: &[(&'static str, &'static str)], dimension| -> Vec<Name> {
        list.iter()
            .flat_map(|(code, names)| {
                names
                    .split(", ")
                    .map(|name| named(name, dimension, Some(*code)))
            })
            .collect()
    };
    let plain = |list: &'static str, dimension| -> Vec<Name> {
        list.split(", ")
            .map(|name| named(name, dimension, None))
            .collect()
    };
    let mut names: HashMap<&str, Vec<Name>> = HashMap::new();
    for name in [
        plain(MEASURES, Dimension::Measure),
        plain(TIMES, Dimension::Time),
        coded(MONEY, Dimension::Money),
        coded(SHARES, Dimension::Share),
    ]
    .into_iter()
    .flatten()
    {
        names.entry(name.words[0]).or_default().push(name);
    }
    for list in names.values_mut() {
        list.sort_by_key(|name| std::cmp::Reverse(name.words.len()));
    }
    names
});

fn named(name: &'static str, dimension: Dimension, code: Option<&'static str>) -> Name {
    let words = cut(name).map(|(range, _)| &name[range]).collect();
    Name {
        words,
        dimension,
        code,
    }
}

/// What the first word of a unit is.
const UNITS: Class = Class::MONEY
    .with(Class::MEASURE)
    .with(Class::PERCENT)
    .with(Class::SPAN);

/// The unit that stands at a token, and where it ends.
pub(crate) fn at(tokens: &Tokens, at: usize) -> Option<(usize, Unit)> {
    if let Some(found) = abroad::unit(tokens, at) {
        return Some(found);
    }
    if tokens.abroad().is_some() && !tokens.is(at, UNITS) {
        return None;
    }
    let first = tokens.word(at).to_lowercase();
    let name = NAMES
        .get(first.trim_end_matches('.'))?
        .iter()
        .find(|name| name.stands_at(tokens, at))?;
    let end = at + name.words.len();
    let written = || tokens.text[tokens.bytes(at..end)].to_owned();
    let unit = Unit {
        dimension: name.dimension,
        name: name.code.map_or_else(written, str::to_owned),
    };
    Some((end, unit))
}

/// The currency sign that stands at a token, and where it ends: `$`, `US$`, `HK $`, `CHF`.
pub(crate) fn sign(tokens: &Tokens, at: usize) -> Option<(usize, Unit)> {
    let money = |end, code: &str| {
        (
            end,
            Unit {
                dimension: Dimension::Money,
                name: code.to_owned(),
            },
        )
    };
    let is_dollars = tokens.reads(at + 1, "$") && tokens.is(at, Class::CAPITAL);
    if is_dollars && let Some(code) = code_of(DOLLARS, tokens, at) {
        return Some(money(at + 2, code));
    }
    // `$US113`, `$A3`: the letters stand glued between the sign and the digits.
    if tokens.reads(at, "$")
        && tokens.is_glued(at + 1)
        && tokens.is_glued(at + 2)
        && let Some(code) = code_of(DOLLARS, tokens, at + 1)
    {
        return Some(money(at + 2, code));
    }
    // Whatever is a sign has its class.
    tokens.is(at, Class::SIGN).then_some(())?;
    let code = code_of(SIGNS, tokens, at)?;
    let is_written_large = !tokens.is(at, Class::WORD) || tokens.is(at, Class::CAPITAL);
    is_written_large.then(|| money(at + 1, code))
}

fn code_of(list: &'static [(&str, &str)], tokens: &Tokens, at: usize) -> Option<&'static str> {
    list.iter()
        .find(|(_, names)| {
            names
                .split(", ")
                .any(|name| tokens.reads(at, name) || tokens.reads_dotted(at, name))
        })
        .map(|(code, _)| *code)
}

/// The first word of every unit with what it may be, for the lexicon.
pub(super) fn first_words() -> impl Iterator<Item = (&'static str, Class)> {
    let signs = SIGNS
        .iter()
        .flat_map(|(_, names)| names.split(", ").map(|name| (name, Class::SIGN)));
    let units = NAMES.iter().flat_map(|(first, names)| {
        names.iter().map(|name| {
            let class = match name.dimension {
                Dimension::Share => Class::PERCENT,
                Dimension::Money => Class::MONEY,
                Dimension::Time => Class::SPAN,
                Dimension::Measure => Class::MEASURE,
            };
            (*first, class)
        })
    });
    signs.chain(units)
}
