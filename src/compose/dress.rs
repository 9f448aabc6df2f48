//! Dresses words in the marks and fixed words of their language; never changes a letter.
//!
//! In: words as they stand in an article or a deck. Out: the same words with the quotation marks,
//! apostrophes and spaces of the language. The marks are those of CLDR 48, `delimiters`
//! <https://cldr.unicode.org/>; `check` knows all of this as dress.

use unicode_script::{Script, UnicodeScript};

/// What a language puts around and between words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Dress {
    tongue: &'static Tongue,
}

/// A language's row.
#[derive(Debug, PartialEq, Eq)]
struct Tongue {
    /// BCP 47 tag, or its beginning.
    tag: &'static str,
    outer: Marks,
    inner: Marks,
    source: &'static str,
    /// What stands before and after the title that words are taken from.
    credit: (&'static str, &'static str),
}

/// A pair of quotation marks, with the no-break spaces that belong to them.
#[derive(Debug, PartialEq, Eq)]
struct Marks {
    open: &'static str,
    close: &'static str,
}

const fn marks(open: &'static str, close: &'static str) -> Marks {
    Marks { open, close }
}

const fn tongue(
    tag: &'static str,
    outer: (&'static str, &'static str),
    inner: (&'static str, &'static str),
    source: &'static str,
    from: &'static str,
) -> Tongue {
    Tongue {
        tag,
        outer: marks(outer.0, outer.1),
        inner: marks(inner.0, inner.1),
        source,
        credit: (from, ""),
    }
}

const CURLY: (&str, &str) = ("“", "”");
const SINGLE: (&str, &str) = ("‘", "’");
const LOW: (&str, &str) = ("„", "“");
const LOW_SINGLE: (&str, &str) = ("‚", "‘");
const POLISH: (&str, &str) = ("„", "”");
const ANGLE: (&str, &str) = ("«", "»");
const FRENCH: (&str, &str) = ("«\u{a0}", "\u{a0}»");
const NORDIC: (&str, &str) = ("”", "”");
const NORDIC_SINGLE: (&str, &str) = ("’", "’");
const CORNER: (&str, &str) = ("「", "」");
const WHITE_CORNER: (&str, &str) = ("『", "』");

/// Longer tags before the shorter ones that they begin with; English last, for all others.
static TONGUES: &[Tongue] = &[
    tongue("fr-ch", ANGLE, ("‹", "›"), "Source:", "Extrait de "),
    tongue("fr", FRENCH, CURLY, "Source\u{a0}:", "Extrait de "),
    tongue("de", LOW, LOW_SINGLE, "Quelle:", "Aus "),
    tongue("es", CURLY, SINGLE, "Fuente:", "De "),
    tongue("it", ANGLE, CURLY, "Fonte:", "Da "),
    tongue("pt-pt", ANGLE, CURLY, "Fonte:", "De "),
    tongue("pt", CURLY, SINGLE, "Fonte:", "De "),
    tongue("nl", SINGLE, CURLY, "Bron:", "Uit "),
    tongue("pl", POLISH, ANGLE, "Źródło:", "Z: "),
    tongue("cs", LOW, LOW_SINGLE, "Zdroj:", "Z: "),
    tongue("sv", NORDIC, NORDIC_SINGLE, "Källa:", "Ur "),
    tongue("fi", NORDIC, NORDIC_SINGLE, "Lähde:", "Jutusta "),
    tongue("da", CURLY, SINGLE, "Kilde:", "Fra "),
    tongue("nb", ANGLE, SINGLE, "Kilde:", "Fra "),
    tongue("no", ANGLE, SINGLE, "Kilde:", "Fra "),
    tongue("hu", POLISH, ("»", "«"), "Forrás:", ""),
    tongue("ro", POLISH, ANGLE, "Sursa:", "Din "),
    tongue("el", ANGLE, CURLY, "Πηγή:", "Από: "),
    tongue("ru", ANGLE, LOW, "Источник:", "Из: "),
    tongue("uk", ANGLE, LOW, "Джерело:", "З: "),
    tongue("tr", CURLY, SINGLE, "Kaynak:", ""),
    tongue("ar", ("”", "“"), ("’", "‘"), "المصدر:", "من "),
    tongue("fa", ANGLE, ("‹", "›"), "منبع:", "از "),
    tongue("he", NORDIC, NORDIC_SINGLE, "מקור:", "מתוך "),
    tongue("hi", CURLY, SINGLE, "स्रोत:", ""),
    tongue("th", CURLY, SINGLE, "ที่มา:", "จาก "),
    tongue("ja", CORNER, WHITE_CORNER, "出典:", ""),
    tongue("zh-hant", CORNER, WHITE_CORNER, "來源:", ""),
    tongue("zh", CURLY, SINGLE, "来源:", ""),
    tongue("ko", CURLY, SINGLE, "출처:", ""),
    tongue("", CURLY, SINGLE, "Source:", "From "),
];

impl Dress {
    /// The dress of a language as its BCP 47 tag says, or as the letters of the words do.
    #[must_use]
    pub fn of(lang: Option<&str>, words: &str) -> Self {
        let given = lang.map(|lang| lang.replace('_', "-").to_ascii_lowercase());
        let tag = given.as_deref().unwrap_or_else(|| guess(words));
        let fits = |tongue: &&Tongue| {
            let rest = tag.strip_prefix(tongue.tag);
            rest.is_some_and(|rest| {
                tongue.tag.is_empty() || rest.is_empty() || rest.starts_with('-')
            })
        };
        let tongue = TONGUES.iter().find(fits);
        Self {
            tongue: tongue.unwrap_or(&TONGUES[TONGUES.len() - 1]),
        }
    }

    /// The mark before a quotation.
    #[must_use]
    pub fn open(self) -> &'static str {
        self.tongue.outer.open
    }

    /// The mark behind a quotation.
    #[must_use]
    pub fn close(self) -> &'static str {
        self.tongue.outer.close
    }

    /// What introduces a source: "Source:".
    #[must_use]
    pub fn source_label(self) -> &'static str {
        self.tongue.source
    }

    /// What names the article that words come from, its title already dressed by [`Self::words`].
    #[must_use]
    pub fn credit(self, title: &str) -> String {
        let (before, after) = self.tongue.credit;
        let title = self.nested(title, 1);
        let Marks { open, close } = &self.tongue.outer;
        format!("{before}{open}{title}{close}{after}")
    }

    /// Words that stand between quotation marks: marks within are those of the second level.
    #[must_use]
    pub fn quotation(self, words: &str) -> String {
        self.nested(words, 1)
    }

    /// Words that stand alone.
    #[must_use]
    pub fn words(self, words: &str) -> String {
        self.nested(words, 0)
    }

    fn nested(self, words: &str, depth: usize) -> String {
        let roles = roles(words);
        let mut out = String::with_capacity(words.len() + 8);
        let mut level = depth;
        let mut characters = words.char_indices().zip(roles).peekable();
        while let Some(((_, character), role)) = characters.next() {
            match role {
                Role::Letter => out.push(character),
                Role::Apostrophe => out.push('’'),
                Role::Open => {
                    out.push_str(self.at(level).open);
                    level += 1;
                    while characters
                        .next_if(|((_, next), _)| is_space_of_mark(*next))
                        .is_some()
                    {}
                }
                Role::Close => {
                    level = level.saturating_sub(1);
                    let kept = out.trim_end_matches(is_space_of_mark).len();
                    out.truncate(kept);
                    out.push_str(self.at(level).close);
                }
            }
        }
        out
    }

    fn at(self, level: usize) -> &'static Marks {
        if level.is_multiple_of(2) {
            &self.tongue.outer
        } else {
            &self.tongue.inner
        }
    }
}

/// What a character is to the dresser.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Role {
    Letter,
    Apostrophe,
    Open,
    Close,
}

/// No-break spaces inside marks are dress too; another language's go with its marks.
fn is_space_of_mark(character: char) -> bool {
    matches!(character, '\u{a0}' | '\u{202f}')
}

/// The role of each character. Marks that do not pair are left as they are.
fn roles(words: &str) -> Vec<Role> {
    let characters: Vec<char> = words.chars().collect();
    let mut roles = vec![Role::Letter; characters.len()];
    let mut open: Vec<(usize, bool)> = Vec::new();
    for (index, &character) in characters.iter().enumerate() {
        let around = Around::new(&characters, index);
        if is_double(character) && !around.is_measure {
            match around.opens(character, open.iter().any(|(_, is_double)| *is_double)) {
                true => open.push((index, true)),
                false => close(&mut open, &mut roles, index, true),
            }
        } else if is_single(character) && !around.is_measure {
            let is_within = around.is_letter_before && around.is_letter_after;
            if !is_within && !around.is_letter_before && around.is_letter_after && character != '’'
            {
                open.push((index, false));
            } else if !is_within && open.last().is_some_and(|(_, is_double)| !is_double) {
                close(&mut open, &mut roles, index, false);
            } else if matches!(character, '\'' | '’')
                && (around.is_letter_before || around.is_letter_after)
            {
                roles[index] = Role::Apostrophe;
            }
        }
    }
    roles
}

fn close(open: &mut Vec<(usize, bool)>, roles: &mut [Role], index: usize, is_double: bool) {
    let Some(at) = open.iter().rposition(|(_, double)| *double == is_double) else {
        return;
    };
    let (start, _) = open[at];
    open.truncate(at);
    roles[start] = Role::Open;
    roles[index] = Role::Close;
}

/// What stands around a mark.
struct Around {
    is_letter_before: bool,
    is_letter_after: bool,
    is_space_before: bool,
    /// Feet and inches: a straight mark behind a figure.
    is_measure: bool,
}

impl Around {
    fn new(characters: &[char], index: usize) -> Self {
        let before = index.checked_sub(1).map(|before| characters[before]);
        let after = characters.get(index + 1).copied();
        let is_figure = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
        Self {
            is_letter_before: before.is_some_and(char::is_alphanumeric),
            is_letter_after: after.is_some_and(char::is_alphanumeric),
            is_space_before: before.is_none_or(|c| {
                c.is_whitespace() || matches!(c, '(' | '[' | '—' | '–' | '“' | '‘')
            }),
            is_measure: matches!(characters[index], '"' | '\'')
                && is_figure(before)
                && !after.is_some_and(char::is_alphabetic),
        }
    }

    /// Whether a double mark opens; some marks open in one language and close in another.
    fn opens(&self, mark: char, has_open: bool) -> bool {
        match mark {
            '„' | '‟' => true,
            _ => self.is_space_before && (self.is_letter_after || !has_open),
        }
    }
}

fn is_double(character: char) -> bool {
    matches!(character, '"' | '“' | '”' | '„' | '‟' | '«' | '»')
}

fn is_single(character: char) -> bool {
    matches!(character, '\'' | '‘' | '’' | '‚' | '‹' | '›')
}

/// The language that letters belong to, where a script says enough.
fn guess(words: &str) -> &'static str {
    let scripts = words.chars().map(|c| c.script());
    let known = scripts.filter_map(|script| match script {
        Script::Latin => Some("en"),
        Script::Hebrew => Some("he"),
        Script::Arabic => Some("ar"),
        Script::Devanagari => Some("hi"),
        Script::Thai => Some("th"),
        Script::Cyrillic => Some("ru"),
        Script::Greek => Some("el"),
        Script::Hiragana | Script::Katakana => Some("ja"),
        Script::Hangul => Some("ko"),
        Script::Han => Some("zh"),
        _ => None,
    });
    let mut found = known.peekable();
    match found.peek() {
        // Japanese may begin with a Chinese character.
        Some(&"zh") => found.find(|&tag| tag == "ja").unwrap_or("zh"),
        Some(tag) => tag,
        None => "en",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_within_a_quotation_are_of_the_second_level() {
        #[track_caller]
        fn case(lang: &str, words: &str, dressed: &str) {
            assert_eq!(Dress::of(Some(lang), words).quotation(words), dressed);
        }
        case("en", "they said \"no\" to us", "they said ‘no’ to us");
        case("en", "they said “no” to us", "they said ‘no’ to us");
        case(
            "en-GB",
            "it's the gardeners' day",
            "it’s the gardeners’ day",
        );
        case("en", "a 6' 2\" wall", "a 6' 2\" wall");
        case(
            "en",
            "the so-called 'help' came",
            "the so-called ‘help’ came",
        );
        case("de", "sie sagte \"nein\" dazu", "sie sagte ‚nein‘ dazu");
        case("de-AT", "sie sagte „nein“ dazu", "sie sagte ‚nein‘ dazu");
        case(
            "fr",
            "elle a dit «\u{a0}non\u{a0}» hier",
            "elle a dit “non” hier",
        );
        case("ru", "он сказал «нет»", "он сказал „нет“");
        case("en", "an \"open end", "an \"open end");
    }

    #[test]
    fn a_language_is_told_by_its_tag_or_by_letters() {
        #[track_caller]
        fn case(lang: Option<&str>, words: &str, open: &str) {
            assert_eq!(Dress::of(lang, words).open(), open);
        }
        case(Some("de"), "Ja", "„");
        case(Some("DE_at"), "Ja", "„");
        case(Some("den"), "Ja", "“");
        case(Some("fr-CH"), "Oui", "«");
        case(Some("fr"), "Oui", "«\u{a0}");
        case(None, "Да", "«");
        case(None, "日本の", "「");
        case(None, "12 %", "“");
        case(None, "שלום", "”");
    }

    #[test]
    fn a_title_is_credited_in_its_language() {
        assert_eq!(
            Dress::of(Some("de"), "").credit("Im Winter"),
            "Aus „Im Winter“"
        );
        assert_eq!(
            Dress::of(None, "a").credit("The \"old\" mill"),
            "From “The ‘old’ mill”"
        );
    }
}
