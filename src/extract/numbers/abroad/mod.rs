//! Numbers as German, French, Spanish, Portuguese, Italian and Dutch write them: `1.234,5`, `3 200`,
//! "jede vierte Frau", "une personne sur quatre", "una de cada cuatro".
//!
//! The rest of the rules are those of English; they ask the classes of words, not the words.

mod words;

use std::ops::Range;
use std::sync::LazyLock;

use super::lexicon::Class;
use super::pattern::Pattern;
use super::tokens::Tokens;
use super::{Form, Quantity};
use crate::extract::Value;
use crate::extract::language::Language;
use crate::extract::masks::Masks;
use crate::extract::numbers::amount;
use crate::extract::units::{Dimension, Unit};

/// The languages whose numbers are read so, in the order in which a figure without a language is tried.
pub(crate) const LANGUAGES: [Language; 6] = [
    Language::German,
    Language::French,
    Language::Spanish,
    Language::Portuguese,
    Language::Italian,
    Language::Dutch,
];

/// Whether a language writes its numbers in this way.
pub(crate) fn writes(language: Language) -> bool {
    LANGUAGES.contains(&language)
}

/// What a word may be, and what it amounts to.
pub(super) fn entry(language: Language, folded: &str) -> (Class, f64) {
    let lexicon = words::lexicon(language);
    let found = lexicon.and_then(|words| words.get(folded).copied());
    found.unwrap_or((Class::NONE, 0.0))
}

/// Bytes of a number in digits at the start of a text: groups are parted by stops or by spaces that
/// do not break a line.
pub(super) fn digits_length(rest: &str, spaces: bool) -> usize {
    let bytes = rest.as_bytes();
    let run = |from: usize| {
        bytes[from..]
            .iter()
            .take_while(|byte| byte.is_ascii_digit())
            .count()
    };
    let first = run(0);
    let mut end = first;
    loop {
        let Some(mark) = rest[end..].chars().next() else {
            return end;
        };
        let next = end + mark.len_utf8();
        let digits = run(next);
        let is_space = matches!(mark, '\u{a0}' | '\u{202f}' | '\u{2009}') || spaces && mark == ' ';
        let is_group = is_space && digits == 3 && first <= 3;
        let is_point = matches!(mark, '.' | ',') && digits > 0;
        if !(is_group || is_point) {
            return end;
        }
        end = next + digits;
    }
}

/// What digits amount to; `None` if they are no number: `1.234,5`, `1,50`, `3 200`.
pub(super) fn number(written: &str) -> Option<f64> {
    written
        .starts_with(|c: char| c.is_ascii_digit())
        .then_some(())?;
    let (whole, fraction) = written.split_once(',').unwrap_or((written, ""));
    let is_digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    let groups: Vec<&str> = whole
        .split(|c: char| c == '.' || c.is_whitespace())
        .collect();
    let (first, rest) = groups.split_first()?;
    let is_grouped = is_digits(first)
        && rest
            .iter()
            .all(|group| group.len() == 3 && is_digits(group))
        && (rest.is_empty() || first.len() <= 3);
    if !is_grouped || !is_digits(fraction) {
        return None;
    }
    format!("{}.{fraction}0", groups.concat()).parse().ok()
}

/// The quantity that begins at a token and is no plain number: a ratio or a part of a whole.
pub(super) fn read(tokens: &Tokens, masked: &Masks, at: usize) -> Option<Quantity> {
    let language = tokens.abroad()?;
    if masked.covers(at) {
        return None;
    }
    ratio(tokens, masked, at)
        .or_else(|| every(tokens, language, at))
        .or_else(|| part(tokens, language, at))
}

/// What stands between the numbers of a ratio.
static OUT_OF: LazyLock<Vec<Pattern>> = LazyLock::new(|| {
    [
        "von",
        "sur",
        "de cada",
        "em cada",
        "su",
        "op de|elke",
        "van de",
    ]
    .into_iter()
    .map(Pattern::new)
    .collect()
});

fn behind_link(tokens: &Tokens, at: usize) -> Option<usize> {
    OUT_OF.iter().find_map(|link| link.end(tokens, at))
}

/// `4 von 10`, "une personne sur quatre", "uno de cada tres".
fn ratio(tokens: &Tokens, masked: &Masks, at: usize) -> Option<Quantity> {
    let n = amount::read(tokens, masked, at, false)?;
    let noun = (n.value == 1.0 && tokens.is(n.end, Class::WORD)).then_some(n.end);
    let (of_at, noun) = match (behind_link(tokens, n.end), noun) {
        (Some(of), _) => (of, None),
        (None, Some(noun)) => (behind_link(tokens, noun + 1)?, Some(noun..noun + 1)),
        (None, None) => return None,
    };
    let of = amount::read(tokens, masked, of_at, false)?;
    let is_count = |amount: f64| amount.fract() == 0.0 && (1.0..=1e4).contains(&amount);
    let is_bare = !tokens.is(of.end, Class::PERCENT.with(Class::MONEY));
    let is_ratio = n.value < of.value && is_count(n.value) && is_count(of.value) && is_bare;
    let value = Value::Ratio {
        n: n.value,
        of: of.value,
    };
    is_ratio.then(|| Quantity {
        form: Form::Ratio,
        noun,
        ..Quantity::plain(at..of.end, value)
    })
}

/// "jede vierte Frau".
fn every(tokens: &Tokens, language: Language, at: usize) -> Option<Quantity> {
    let is_every = ["jede", "jeder", "jedes", "jeden", "jedem"]
        .iter()
        .any(|word| tokens.reads(at, word));
    let of = words::every(language, tokens.word(at + 1)).filter(|_| is_every)?;
    Some(Quantity {
        form: Form::Ratio,
        ..Quantity::plain(at..at + 2, Value::Ratio { n: 1.0, of })
    })
}

/// "die Hälfte der", "zwei Drittel der", "un tiers des".
fn part(tokens: &Tokens, language: Language, at: usize) -> Option<Quantity> {
    let is_counted = tokens.is(at, Class::ONES);
    let is_article = ["die", "la", "a", "de"]
        .iter()
        .any(|word| tokens.reads(at, word));
    let word = at + usize::from(is_counted || is_article);
    let of = words::parts(language, tokens.word(word))?;
    let n = match is_counted {
        true => tokens.get(at)?.value,
        false => 1.0,
    };
    // Only halves go without a number.
    let is_part = (is_counted || of == 2.0) && n < of && is_of(tokens, word + 1);
    is_part.then(|| Quantity {
        form: Form::Fraction,
        ..Quantity::plain(at..word + 1, Value::Ratio { n, of })
    })
}

/// Words that tie a whole to its part.
fn is_of(tokens: &Tokens, at: usize) -> bool {
    const LINKS: [&str; 25] = [
        "der", "des", "von", "aller", "de", "du", "del", "di", "dello", "della", "dei", "degli",
        "delle", "van", "do", "da", "dos", "das", "seiner", "ihrer", "unserer", "d’", "d'",
        "dell’", "dell'",
    ];
    LINKS.iter().any(|link| tokens.reads(at, link))
}

/// The noun behind a quantity: "1.250 alte Bäume", "un million d’habitants", "45 % de los pacientes".
pub(super) fn noun(tokens: &Tokens, quantity: &Quantity) -> Option<Range<usize>> {
    const ARTICLES: [&str; 16] = [
        "los", "las", "les", "la", "le", "el", "il", "lo", "gli", "i", "os", "as", "de", "het",
        "den", "die",
    ];
    let measured = quantity.dimension();
    if matches!(
        measured,
        Some(Dimension::Money | Dimension::Measure | Dimension::Time)
    ) {
        return None;
    }
    let mut at = quantity.end;
    let is_tied = is_of(tokens, at);
    at += usize::from(is_tied);
    while at < quantity.end + 3 && is_tied && ARTICLES.iter().any(|word| tokens.reads(at, word)) {
        at += 1;
    }
    if measured == Some(Dimension::Share) && !is_tied {
        return None;
    }
    let is_german = tokens.abroad() == Some(Language::German);
    let is_noun =
        |at: usize| tokens.is(at, Class::WORD) && (!is_german || tokens.is(at, Class::CAPITAL));
    let stop = |at: usize| !tokens.is(at, Class::WORD) || tokens.is(at, Class::STOP);
    // German writes its nouns large: adjectives before them are part of the phrase.
    let head = (at..at + 3)
        .take_while(|&at| !stop(at))
        .find(|&at| is_noun(at))?;
    Some(at..head + 1)
}

/// Where several end at the figure, the one that begins first is taken.
const QUALIFIERS: &[&str] = &[
    "rund|etwa|fast|knapp|circa|ca|ungefähr|mindestens|nahezu|über|unter|gut|gegen|höchstens|nur",
    "mehr|weniger als",
    "bis zu",
    "près|plus|moins de|d’|d'",
    "environ|quelque|presque|seulement",
    "au moins|plus",
    "jusqu'à|jusqu’à",
    "más|menos|cerca|alrededor de",
    "casi|unos|unas|apenas|solo el?",
    "al menos",
    "hasta",
    "mais|menos|cerca de",
    "quase|até",
    "pelo menos",
    "oltre|quasi|circa|almeno|appena il|l’?",
    "più|meno di",
    "fino a",
    "ongeveer|bijna|ruim|minstens|zo'n|zo’n|circa|zeker",
    "meer|minder dan",
    "~|≈|>|<|≥|≤",
];

/// The patterns of what says how exact a figure is.
pub(super) static QUALIFYING: LazyLock<Vec<Pattern>> = LazyLock::new(|| {
    QUALIFIERS
        .iter()
        .map(|written| Pattern::new(written))
        .collect()
});

/// The unit at a token that English does not know: "pour cent", "Kilogramm", "millones de euros".
pub(crate) fn unit(tokens: &Tokens, at: usize) -> Option<(usize, Unit)> {
    tokens.abroad()?;
    let is = |at: usize, word: &str| tokens.reads(at, word);
    let percent = Unit {
        dimension: Dimension::Share,
        name: "percent".to_owned(),
    };
    if is(at, "prozent") || is(at, "procent") {
        return Some((at + 1, percent));
    }
    let is_hundred = ["cent", "ciento", "cento"]
        .iter()
        .any(|word| is(at + 1, word));
    if is_hundred && ["pour", "por", "per"].iter().any(|word| is(at, word)) {
        return Some((at + 2, percent));
    }
    let dimension = if tokens.is(at, Class::SPAN) {
        Dimension::Time
    } else if tokens.is(at, Class::MEASURE) {
        Dimension::Measure
    } else {
        return None;
    };
    let name = tokens.word(at).to_owned();
    Some((at + 1, Unit { dimension, name }))
}

/// Whether the token leads to the end of a range: "10 bis 15", "10 à 15".
pub(super) fn is_to(tokens: &Tokens, at: usize) -> bool {
    const WORDS: [&str; 5] = ["bis", "à", "hasta", "até", "tot"];
    tokens.abroad().is_some() && WORDS.iter().any(|word| tokens.reads(at, word))
}

/// Behind the word that ties a scale to its unit: "6,8 millones de euros".
pub(super) fn behind_scale(tokens: &Tokens, at: usize) -> usize {
    let is_scaled = tokens.abroad().is_some() && tokens.is(at.wrapping_sub(1), Class::SCALE);
    let is_tied = ["de", "di", "d’", "d'"]
        .iter()
        .any(|word| tokens.reads(at, word));
    // "2,4 Mio. Euro"
    let is_cut = tokens.reads(at, ".") && tokens.is_glued(at) && tokens.is(at + 1, Class::MONEY);
    at + usize::from(is_scaled && (is_tied || is_cut))
}

/// Bytes of a word at the start of a text that another is tied to: "d’", "l’", "dell’".
pub(super) fn elided_length(rest: &str, letters: usize) -> Option<usize> {
    const ELIDED: [&str; 14] = [
        "d", "l", "qu", "n", "s", "j", "c", "m", "t", "dell", "all", "nell", "sull", "un",
    ];
    let mark = rest[letters..]
        .chars()
        .next()
        .filter(|c| matches!(c, '’' | '\''))?;
    let word = rest[..letters].to_lowercase();
    ELIDED
        .contains(&word.as_str())
        .then_some(letters + mark.len_utf8())
}
