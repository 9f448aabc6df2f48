//! The words the rules know, and what each may be.
//!
//! A word may be several things (`second`, `may`); the rules decide by what stands around it. Words
//! are looked up in lower case, with straight apostrophes.

use super::abroad;
use super::tokens::number;
use crate::extract::language::Language;
use crate::extract::units;
use std::collections::HashMap;
use std::sync::LazyLock;

/// A set of things that a token may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Class(u64);

impl Class {
    /// No class at all.
    pub(crate) const NONE: Self = Self(0);

    /// What a quantity may begin with, but for articles and a few words.
    pub(crate) const COUNTS: Self = Self::NUMBER
        .with(Self::ODD)
        .with(Self::WHOLE)
        .with(Self::ORDINAL)
        .with(Self::ONES)
        .with(Self::TENS)
        .with(Self::HUNDRED)
        .with(Self::SCALE)
        .with(Self::DOZEN)
        .with(Self::PLENTY)
        .with(Self::PART)
        .with(Self::FACTOR)
        .with(Self::VULGAR)
        .with(Self::SIGN);

    /// Both sets together.
    pub(crate) const fn with(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// This set without the other.
    pub(crate) const fn without(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }

    /// Whether the sets have something in common.
    pub(crate) const fn meets(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }
}

macro_rules! classes {
    ($($bit:literal $name:ident $doc:literal;)+) => {
        impl Class {
            $(#[doc = $doc] pub(crate) const $name: Self = Self(1 << $bit);)+
        }

        /// The class of a name, as patterns write it.
        pub(super) fn named(name: &str) -> Option<Class> {
            match name {
                $(stringify!($name) => Some(Class::$name),)+
                _ => None,
            }
        }
    };
}

classes! {
    0 NUMBER "A number in digits that we can read.";
    1 ODD "Digits that are no number in English notation: `3.2.1`, `1.234,5`.";
    2 WHOLE "Digits only.";
    3 DAY "1 to 31, one or two digits.";
    4 MINUTE "00 to 59, two digits.";
    5 YEAR "1000 to 2199, four digits.";
    6 ORDINAL "`21st`, `first`.";
    7 ONES "`zero` to `nineteen`.";
    8 TENS "`twenty` to `ninety`.";
    9 HUNDRED "`hundred`.";
    10 SCALE "`thousand` and above.";
    11 SUFFIX "A scale in letters, glued to its digits: `bn`.";
    12 DOZEN "`dozen`, `score`: a count that takes `a`.";
    13 PLENTY "A scale in the plural, without a number: `millions`.";
    14 PART "`half`, `third`, `fifths`.";
    15 MONTH "`January`, `Feb`.";
    16 WEEKDAY "`Monday`, `Tue`.";
    17 SPAN "A stretch of time: `second` to `century`.";
    18 SIGN "A currency sign or code that stands before its amount.";
    19 MONEY "A currency as a word: `dollars`.";
    20 MEASURE "A unit of measure: `miles`, `kWh`.";
    21 PERCENT "`%`, `percent`.";
    22 STOP "A word that ends a noun phrase: articles, prepositions, pronouns, common verbs.";
    23 PLURAL "A plural that does not end in `s`.";
    24 HUMAN "Somebody: `people`, `women`, `workers`.";
    25 SAYS "A verb of saying or finding, present or past.";
    26 STUDY "`survey`, `report`, `figures`: what numbers come out of.";
    27 PRONOUN "A personal pronoun in the nominative, or a bare demonstrative.";
    28 LABEL "A word that numbers its thing: `page`, `section`, `flight`.";
    29 CAPITAL "Begins with a capital letter.";
    30 WORD "Letters.";
    31 FACTOR "A verb that multiplies: `doubled`, `halved`.";
    32 LINK "Opens another clause: `which`, `because`, `while`.";
    33 CURRENCY "A letter abbreviation of a country before a currency sign: `US`, `HK`.";
    34 DASH "A hyphen or dash.";
    35 RATE "Opens a rate: `per`, `a`, `each`.";
    36 AUXILIARY "`has`, `have`, `had`, `is`, `was`.";
    37 VULGAR "A fraction in one character: `½`.";
    38 SMALL "1 to 99, two digits at most.";
    39 TRADED "Points, shares and the like: the talk of markets.";
    40 THING "A noun that says nothing by itself: `steps`, `ways`.";
    41 COMPARATIVE "`more`, `higher`: what a factor compares.";
    42 QUALIFIES "A word of a qualifier, between `from` and its number.";
    43 CHANGES "A verb or particle of change: `rose`, `down`.";
    46 HOUR "1 to 24, two digits at most.";
    45 OFFICE "An office or body that says things: `council`, `ministry`, `police`.";
    44 LEADS_FRACTION "A word that makes `half` or `a third` behind it a fraction.";
}

/// Everything a written token may be in English, and what its digits amount to.
pub(super) fn class(written: &str) -> (Class, f64) {
    let Some(first) = written.chars().next() else {
        return (Class::NONE, 0.0);
    };
    if first.is_ascii_digit() || first == '.' && written.len() > 1 {
        return digits(written, number(written));
    }
    (word(written, first), 0.0)
}

/// Everything a written token may be in another language, and what it amounts to.
pub(super) fn class_abroad(written: &str, language: Language) -> (Class, f64) {
    let Some(first) = written.chars().next() else {
        return (Class::NONE, 0.0);
    };
    if first.is_ascii_digit() || first == '.' && written.len() > 1 {
        return digits(written, abroad::number(written));
    }
    let (class, value) = abroad::entry(language, &written.to_lowercase());
    let sign = match first.is_alphabetic() {
        true => Class::NONE,
        false => word(written, first),
    };
    (with_letters(class.with(sign), first), value)
}

fn word(written: &str, first: char) -> Class {
    let mut folded = written.to_lowercase();
    if folded.contains('’') {
        folded = folded.replace('’', "'");
    }
    let key = if folded.len() > 1 {
        folded.trim_end_matches('.')
    } else {
        &folded
    };
    let mut class = LEXICON.get(key).copied().unwrap_or(Class::NONE);
    // US and WHO are names, whatever the words in lower case are.
    if written.len() > 1 && written.chars().all(char::is_uppercase) {
        class = class.without(Class::STOP);
    }
    with_letters(class, first)
}

fn with_letters(mut class: Class, first: char) -> Class {
    if first.is_alphabetic() {
        class = class.with(Class::WORD);
    }
    if first.is_uppercase() {
        class = class.with(Class::CAPITAL);
    }
    class
}

fn digits(written: &str, value: Option<f64>) -> (Class, f64) {
    if written.ends_with(|c: char| c.is_alphabetic()) {
        return (Class::ORDINAL, 0.0);
    }
    let Some(value) = value else {
        return (Class::ODD, 0.0);
    };
    let len = written.len();
    let is_whole = written.bytes().all(|b| b.is_ascii_digit());
    let tests = [
        (is_whole, Class::WHOLE),
        (len <= 2 && (1.0..=31.0).contains(&value), Class::DAY),
        (len <= 2 && value >= 1.0, Class::SMALL),
        (len <= 2 && (1.0..=24.0).contains(&value), Class::HOUR),
        (len == 2 && value < 60.0, Class::MINUTE),
        (len == 4 && (1000.0..2200.0).contains(&value), Class::YEAR),
    ];
    let class = tests
        .iter()
        .filter(|(holds, class)| *holds && (is_whole || *class == Class::WHOLE))
        .fold(Class::NUMBER, |all, (_, class)| all.with(*class));
    (class, value)
}

static LEXICON: LazyLock<HashMap<&'static str, Class>> = LazyLock::new(|| {
    let mut lexicon: HashMap<&'static str, Class> = HashMap::new();
    let mut add = |word, class| {
        let entry = lexicon.entry(word).or_insert(Class::NONE);
        *entry = entry.with(class);
    };
    for (class, words) in WORDS {
        words.split_whitespace().for_each(|word| add(word, *class));
    }
    for unit in units::first_words() {
        add(unit.0, unit.1);
    }
    lexicon
});

/// The word lists. Names of units stand in [`units`].
const WORDS: &[(Class, &str)] = &[
    (
        Class::ONES,
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen
         fifteen sixteen seventeen eighteen nineteen",
    ),
    (Class::TENS, "twenty thirty forty fifty sixty seventy eighty ninety"),
    (Class::HUNDRED, "hundred"),
    (Class::SCALE, "thousand million billion trillion quadrillion lakh crore"),
    (Class::SUFFIX, "k m mn mm mln mil mio b bn bln t tn trn"),
    (Class::DOZEN, "dozen"),
    (Class::PLENTY, "tens dozens hundreds thousands millions billions trillions"),
    (
        Class::PART,
        "half halves third thirds quarter quarters fourth fourths fifth fifths sixth sixths seventh
         sevenths eighth eighths ninth ninths tenth tenths twentieth hundredth hundredths
         thousandth thousandths",
    ),
    (Class::VULGAR, "½ ⅓ ⅔ ¼ ¾ ⅕ ⅖ ⅗ ⅘ ⅙ ⅚ ⅛ ⅜ ⅝ ⅞"),
    (
        Class::ORDINAL,
        "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth
         thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth
         thirtieth fortieth fiftieth sixtieth hundredth",
    ),
    (
        Class::MONTH,
        "january february march april may june july august september october november december jan
         feb mar apr jun jul aug sep sept oct nov dec",
    ),
    (
        Class::WEEKDAY,
        "monday tuesday wednesday thursday friday saturday sunday mon tue tues wed weds thu thur
         thurs fri sat sun today tomorrow yesterday tonight",
    ),
    (Class::DASH, "- – — ‑ − ‐"),
    (Class::RATE, "per a an each every"),
    (Class::CURRENCY, "us u.s a au aus c ca can hk nz s sg nt r mx"),
    (
        Class::STOP,
        "a an the this that these those and or but nor so if of in on at by for with from to into
         onto over under about above below between among across around through throughout during
         before after since until till against within without as than then when where why how not
         no is are was were be been being am has have had having do does did will would can could
         shall should may might must it its it's he she they him his her hers them their theirs we
         us our ours you your i i'm my me mine who whom whose which what while because although
         though however such per each every all both some any either neither none only just even
         still yet already more less fewer most least very too also ago later earlier apart away
         off out up down near toward towards upon via like unlike including every there here now
         today tomorrow yesterday tonight annually yearly daily weekly monthly hourly altogether
         overall worldwide globally nationwide nationally alone combined respectively according
         versus vs whether once again alike else instead together plus minus times wide high tall
         deep long thick live lives lived living die died dies get gets got go goes went come came
         comes say says said told tells make makes made take takes took want wants wanted need
         needs needed think thinks believe believes believed work works worked use uses used vote
         voted votes agreed agree disagreed agrees know knows knew feel feels felt give gives gave
         lack lacks lacked face faces own owns rent rents say hit hits rose fell rise fall gained
         lost dropped grew grow grows remain remains remained became become becomes stood stands
         sit sits sat said reported killed injured wounded arrested displaced died survived
         followed left let lets last next including excluding don't doesn't didn't can't won't
         aren't isn't wasn't weren't haven't hasn't couldn't ahead behind back thanks ended ending home
         starting beginning compared depending based expected due"
    ),
    (
        Class::PLURAL,
        "people men women children feet teeth mice geese lives police cattle sheep fish deer
         staff personnel aircraft spacecraft salmon offspring youth folk alumni species series media
         data bacteria criteria phenomena larvae fungi wolves wives knives shelves leaves halves
         businessmen businesswomen servicemen firemen policemen fishermen lawmen congressmen
         grandchildren schoolchildren crew livestock",
    ),
    (
        Class::HUMAN,
        "people men women man woman children child girls girl boys boy adults adult families family
         households household workers worker employees students student pupils patients patient
         residents resident refugees refugee migrants immigrants victims victim survivors survivor
         slaves prisoners inmates soldiers veterans farmers teachers nurses doctors deaths death
         lives jobs births babies baby infants mothers fathers parents parent teenagers teens
         americans britons canadians australians europeans africans indians germans voters citizens
         civilians users customers consumers volunteers individuals individual persons person
         humans respondents seniors pensioners passengers drivers homeowners renters tenants
         journalists activists writers readers members graduates participants scientists
         researchers orphans widows homeless youths taxpayers villagers fishers carers caregivers",
    ),
    (
        Class::SAYS,
        "says say said estimates estimate estimated reports report reported finds find found shows
         show showed shown suggests suggest suggested indicates indicate indicated reveals reveal
         revealed states state stated notes noted claims claim claimed calculates calculated
         projects projected predicts predict predicted warns warn warned announced announces
         believes believe believed concluded concludes confirmed confirms added adds told tells
         forecasts forecast expects counted counts puts recorded",
    ),
    (
        Class::STUDY,
        "study studies survey surveys report reports poll polls analysis data figures statistics
         numbers research census review index paper estimate estimates findings audit records
         assessment investigation dataset",
    ),
    (
        Class::PRONOUN,
        "i he she it they we you this that these those there him her them here one",
    ),
    (
        Class::LABEL,
        "page pages p pp section sections sect chapter chapters part volume vol no nos number
         numbers figure fig figures table room rooms suite floor flight route highway interstate
         exit gate bus line lane channel step rule question item point phase level grade tier type
         class category version episode season act scene article amendment title proposition verse
         psalm row seat platform unit apartment apt box zone district ward area code zip pin id
         case lot model size group stage round game week day year day's lesson appendix annex
         clause paragraph footnote note ref isbn issn doi edition issue track top g bullet highways
         line pin ext extension",
    ),
    (
        Class::FACTOR,
        "doubled doubles doubling tripled triples tripling trebled quadrupled quadruples
         quintupled halved halves halving",
    ),
    (
        Class::LINK,
        "which who whom whose where because while whereas although though unless since if when
         that so but and",
    ),
    (
        Class::AUXILIARY,
        "has have had is are was were has been will would can could may might must",
    ),
    (
        Class::TRADED,
        "shares share stock stocks index points point nasdaq dow ftse dax bonds yield yields bourse
         futures trading traders benchmark investors dividend",
    ),
    (
        Class::THING,
        "step steps way ways thing things kind kinds type types part parts side sides reason
         reasons option options question questions point points word words time times tip tips
         example examples idea ideas aspect aspects factor factors area areas",
    ),
    (
        Class::COMPARATIVE,
        "more less higher lower larger smaller bigger greater faster slower likelier longer shorter
         fewer better worse stronger cheaper older heavier the",
    ),
    (
        Class::QUALIFIES,
        "up to about around nearly almost over under roughly approximately just only an estimated a
         some more less than at least most of record",
    ),
    (
        Class::CHANGES,
        "rose rise rises rising fell fall falls falling gained gains lost climbed climbs dropped
         drops jumped jumps surged slid slipped sank soared grew up down by increased decreased
         declined advanced added shed edged tumbled plunged rallied lower higher",
    ),
    (
        Class::LEADS_FRACTION,
        "nearly almost about over than by some roughly around least under just only exactly
         approximately barely virtually fully",
    ),
    (
        Class::OFFICE,
        "council ministry minister government police agency department office authorities authority
         officials official company charity board trust union group organisation organization ngo
         foundation association institute university centre center society commission committee
         federation bureau court hospital bank spokesman spokeswoman spokesperson director author
         authors experts expert campaigners analysts economists doctors",
    ),
];
