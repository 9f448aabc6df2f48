//! The table of what is no quantity.

use crate::extract::language::Language;
use crate::extract::numbers::lexicon::Class;
use crate::extract::numbers::pattern::Pattern;
use crate::extract::numbers::tokens::Tokens;
use std::collections::HashMap;
use std::sync::LazyLock;

/// What may stand behind a match.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Next {
    /// Anything.
    Any,
    /// Anything but what makes the last number a quantity: a unit, a scale, per cent, people.
    NoUnit,
    /// Nor a noun: the end, a mark, a capital, or a word that ends a noun phrase.
    Bare,
}

/// Rules by what they mask. The first that matches at a token decides.
const RULES: &[(&str, Next, &[&str])] = &[
    (
        "date",
        Next::NoUnit,
        &[
            "MONTH .? the? DAY|ORDINAL -|–|to|through|and DAY|ORDINAL ,? YEAR?",
            "MONTH .? the? DAY|ORDINAL ,? YEAR?",
            "the? DAY|ORDINAL -|–|to|and DAY|ORDINAL of? MONTH .? ,? of? YEAR?",
            "the? DAY|ORDINAL of? MONTH .? ,? of? YEAR?",
            "MONTH .? ,? of? YEAR",
            "WEEKDAY ,? the? ORDINAL",
            "SMALL ~-|/|– ~SMALL ~-|/|– ~YEAR|SMALL",
            "SMALL ~-|/ ~MONTH ~-|/? ~NUMBER?",
            "MONTH ~-|/ ~NUMBER",
            "SMALL -|/ YEAR",
            "YEAR -|/ DAY",
            "DAY ~-|/ ~ODD",
            "MONTH TENS ONES? ,? YEAR?",
            "MONTH ORDINAL ,? YEAR?",
            "TENS -? ONES? of? MONTH ,? YEAR?",
            "ONES of? MONTH ,? YEAR?",
            "WEEKDAY the? DAY|ONES",
            "YEAR ~/|–|-|— ~YEAR|MINUTE|SMALL",
            "WEEKDAY morning|afternoon|evening? DAY to|-|– DAY",
            "DAY .? de|di|d’|d'? MONTH de|del|di? YEAR?",
        ],
    ),
    (
        "day",
        Next::Bare,
        &[
            "the SMALL",
            "on|WEEKDAY NUMBER",
            "on|in SMALL ~-|. ~SMALL",
            "MONTH of? SMALL",
            "MONTH between? DAY and DAY",
            "MONTH ONES",
            "later|sooner|earlier than YEAR|HOUR",
        ],
    ),
    (
        "written-out",
        Next::Any,
        &[
            "TENS -? ORDINAL",
            "YEAR ~-|/|– ~SMALL ~-|/|– ~SMALL",
            "HOUR ~- ~ish",
            "two thousands",
            "two thousand and tens|twenties|thirties",
            "twenty - tens|twenties|thirties",
        ],
    ),
    (
        "appointment",
        Next::Bare,
        &["appointment|meeting|reservation|slot|alarm|call to|for SMALL|ONES|TENS ONES?"],
    ),
    (
        "decade",
        Next::Any,
        &[
            "WHOLE ~s",
            "WHOLE ~'|’ ~s",
            "ONES seventies|eighties|nineties|sixties|fifties|forties|thirties|twenties",
            "' ~WHOLE ~s",
            "’ ~WHOLE ~s",
            "‘ ~WHOLE ~s",
            "' ~MINUTE",
            "’ ~MINUTE",
        ],
    ),
    (
        "time-of-day",
        Next::Any,
        &[
            "NUMBER ~: ~NUMBER ~: ~NUMBER am|pm|a.m.|p.m.|a.m|p.m?",
            "NUMBER ~: ~NUMBER am|pm|a.m.|p.m.|a.m|p.m?",
            "NUMBER|ONES -|–|to NUMBER|ONES am|pm|a.m.|p.m.|a.m|p.m",
            "NUMBER|ONES am|pm|a.m.|p.m.|a.m|p.m",
            "NUMBER|ONES TENS o'clock|o’clock|am|pm|a.m.|p.m.|a.m|p.m",
            "NUMBER|ONES o'clock|o’clock",
            "NUMBER|ONES uhr",
            "NUMBER h|heures|horas|ore|uur NUMBER",
            "CAPITAL ,? SMALL ans|años|anos|anni|jahre|jaar",
            "âgé|âgée|aged de SMALL ans",
            "WHOLE gmt|utc|bst|est|edt|cst|cdt|mst|mdt|pst|pdt|cet|cest|jst|ist",
            "NUMBER|ONES|TENS min|mins|minutes past|to NUMBER|ONES TENS?",
            "half past NUMBER|ONES",
            "quarter past|to NUMBER|ONES",
            "NUMBER|ONES|TENS minutes past|to NUMBER|ONES",
        ],
    ),
    (
        "hour",
        Next::Bare,
        &[
            "five|ten|twenty to ONES",
            "NUMBER|ONES|TENS past NUMBER|ONES",
        ],
    ),
    (
        "age",
        Next::NoUnit,
        &[
            "age|aged|ages of? between? SMALL to|and|-|– SMALL",
            "age|aged|ages of? under|over? SMALL",
            "CAPITAL , SMALL ,",
            "HUMAN under|over SMALL",
            "HUMAN SMALL and|or older|over|under|younger",
        ],
    ),
    (
        "label",
        Next::Bare,
        &[
            "LABEL .? #? NUMBER|ONES|ODD",
            "# NUMBER",
            "№ NUMBER",
            "v|ver .? NUMBER|ODD",
        ],
    ),
    (
        "kind",
        Next::NoUnit,
        &["category|type|model|stage|phase|tier|class|grade|version SMALL|ONES"],
    ),
    (
        "aircraft",
        Next::Any,
        &["707|717|727|737|747|757|767|777|787 CAPITAL|jet|jets|aircraft"],
    ),
    (
        "norm",
        Next::Any,
        &["iso|iec|din|rfc|ansi WHOLE", "WHOLE zip|postcode|postcodes"],
    ),
    (
        "index",
        Next::NoUnit,
        &["nasdaq|sp|asx|topix|ibex|sensex|nifty WHOLE"],
    ),
    (
        "address",
        Next::Any,
        &[
            "WHOLE CAPITAL|ORDINAL st|street|road|rd|avenue|ave|lane|ln|drive|dr|boulevard|blvd|court|square|place|highway|way|terrace|crescent|parkway",
            "WHOLE CAPITAL CAPITAL|ORDINAL st|street|road|rd|avenue|ave|lane|ln|drive|dr|boulevard|blvd|court|square|place|highway|way|terrace|crescent|parkway",
        ],
    ),
    (
        "score",
        Next::Any,
        &[
            "SMALL -|–|to SMALL win|wins|victory|victories|draw|defeat|loss|lead|tie|record|upset|triumph|success|thriller|thrashing|scoreline|aggregate|deficit|advantage|vote|ruling|decision|split|majority",
        ],
    ),
    (
        "proper-name",
        Next::Any,
        &[
            "s &? p WHOLE",
            "fortune|forbes|formula|euro|russell|nikkei|stoxx|ftse|cac|dax WHOLE|ONES",
        ],
    ),
    (
        "mark",
        Next::Any,
        &["[ NUMBER ]", "24 ~/ ~7", "9 ~/ ~11", "50 ~/|- ~50"],
    ),
    (
        "set-phrase",
        Next::Any,
        &[
            "no|any|every|some one",
            "the|this|that|which|another|each|last|next one|ones",
            "one another",
            "one ~'s|’s",
            "one's|one’s",
            "one day|night|morning|afternoon|evening|time",
            "one by one",
            "one - on|to|sided|off|way|time|size|day|stop|liner|man|woman|person|term",
            "at? one point",
            "day|square|number one",
            "one or two",
            "one thing",
            "zero in|out",
            "first|last|other|these|those|both ONES",
        ],
    ),
];

struct Rule {
    next: Next,
    pattern: Pattern,
}

/// The rules in order, and which of them may begin with a token.
struct Table {
    rules: Vec<Rule>,
    /// By the words a rule begins with, in lower case.
    by_word: HashMap<&'static str, Vec<usize>>,
    /// By the class of its first token; `Class::NONE` for a first token that may be missing.
    by_class: Vec<(Class, usize)>,
}

static TABLE: LazyLock<Table> = LazyLock::new(|| {
    let patterns = RULES
        .iter()
        .flat_map(|(_, next, patterns)| patterns.iter().map(|pattern| (*next, *pattern)));
    let mut table = Table {
        rules: Vec::new(),
        by_word: HashMap::new(),
        by_class: Vec::new(),
    };
    for (index, (next, written)) in patterns.enumerate() {
        let pattern = Pattern::new(written);
        match pattern.first() {
            None => table.by_class.push((Class::NONE, index)),
            Some((class, words)) => {
                if class != Class::NONE {
                    table.by_class.push((class, index));
                }
                for word in words {
                    table.by_word.entry(word).or_default().push(index);
                }
            }
        }
        table.rules.push(Rule { next, pattern });
    }
    table
});

/// Where the masked tokens end, if a rule matches at this token.
pub(super) fn end(tokens: &Tokens, at: usize) -> Option<usize> {
    let token = tokens.get(at)?;
    let table = &*TABLE;
    let by_class = table.by_class.iter();
    let by_class = by_class.filter(|(class, _)| *class == Class::NONE || token.is(*class));
    let mut candidates: Vec<usize> = by_class.map(|(_, index)| *index).collect();
    let word = token.text.to_ascii_lowercase();
    candidates.extend(table.by_word.get(word.as_str()).into_iter().flatten());
    candidates.sort_unstable();
    candidates.into_iter().find_map(|index| {
        let rule = &table.rules[index];
        let end = rule.pattern.end(tokens, at)?;
        rule.next.allows(tokens, end).then_some(end)
    })
}

/// Whether the token at an index makes the number before it a quantity.
pub(super) fn is_unit(tokens: &Tokens, at: usize) -> bool {
    const LETTERS: Class = Class::SCALE.with(Class::HUNDRED).with(Class::MONEY);
    const UNITS: Class = Class::PERCENT.with(Class::MEASURE).with(Class::SPAN);
    let at = if tokens.is(at, Class::DASH) && tokens.is_glued(at) {
        at + 1
    } else {
        at
    };
    let is_letter = tokens.word(at).len() == 1 && tokens.is(at, Class::WORD);
    tokens.is(at, LETTERS)
        || tokens.is(at, UNITS) && (!is_letter || tokens.is_glued(at))
        || tokens.is(at, Class::SUFFIX) && tokens.is_glued(at)
}

/// Whether the token at an index may begin a noun phrase in lower case.
pub(super) fn is_noun(tokens: &Tokens, at: usize) -> bool {
    let at = if tokens.is(at, Class::DASH) && tokens.is_glued(at) {
        at + 1
    } else {
        at
    };
    // German writes its nouns large.
    let is_large = tokens.is(at, Class::CAPITAL) && tokens.abroad() != Some(Language::German);
    tokens.is(at, Class::WORD) && !is_large && !tokens.is(at, Class::STOP.with(Class::MONTH))
}

/// Whether more digits hang on the last one: `4/22`, `3-8`, `8:00`.
pub(super) fn goes_on(tokens: &Tokens, at: usize) -> bool {
    let is_joint = matches!(tokens.word(at), "/" | "-" | "–" | ":" | ".");
    is_joint && tokens.is_glued(at) && tokens.is_glued(at + 1) && tokens.is(at + 1, Class::NUMBER)
}

impl Next {
    fn allows(self, tokens: &Tokens, at: usize) -> bool {
        match self {
            Self::Any => true,
            Self::NoUnit => {
                !is_unit(tokens, at) && !tokens.is(at, Class::HUMAN) && !goes_on(tokens, at)
            }
            Self::Bare => !is_unit(tokens, at) && !is_noun(tokens, at) && !goes_on(tokens, at),
        }
    }
}
