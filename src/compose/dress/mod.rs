//! Dresses words in the marks and fixed words of their language; never changes a letter.
//!
//! In: words as they stand in an article or a deck. Out: the same words with the quotation marks,
//! apostrophes, dashes and no-break spaces of the language. `check` knows all of this as dress.

mod marks;
mod spaces;
mod tongues;

use std::ops::Range;

use unicode_script::{Script, UnicodeScript};

use marks::{Role, is_space_of_mark, roles};
use spaces::Drawn;
use tongues::{Marks, Tongue};

/// What a language puts around and between words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dress {
    tongue: &'static Tongue,
    /// BCP 47, in small letters.
    tag: String,
}

impl Dress {
    /// The dress of a language as its BCP 47 tag says, or as the letters of the words do.
    #[must_use]
    pub fn of(lang: Option<&str>, words: &str) -> Self {
        let given = lang.map(|lang| lang.trim().replace('_', "-").to_ascii_lowercase());
        let tag = given.unwrap_or_else(|| guess(words).to_owned());
        Self {
            tongue: Tongue::of(&tag),
            tag,
        }
    }

    /// The language, as a BCP 47 tag in small letters: as given, or as the letters say.
    #[must_use]
    pub fn lang(&self) -> &str {
        &self.tag
    }

    /// The mark before a quotation.
    #[must_use]
    pub fn open(&self) -> &'static str {
        self.tongue.outer.open
    }

    /// The mark behind a quotation.
    #[must_use]
    pub fn close(&self) -> &'static str {
        self.tongue.outer.close
    }

    /// What introduces a source: "Source:".
    #[must_use]
    pub fn source_label(&self) -> &'static str {
        self.tongue.source
    }

    /// What names the article that words come from.
    #[must_use]
    pub fn credit(&self, title: &str) -> String {
        let title = self.nested(title, 1, 0..0).0;
        let Marks { open, close } = &self.tongue.outer;
        format!("{}{open}{title}{close}", self.tongue.from)
    }

    /// Words that stand between quotation marks, and where a phrase of them, given in bytes, is then:
    /// marks within are those of the second level.
    #[must_use]
    pub fn quotation(&self, words: &str, phrase: Range<usize>) -> (String, Range<usize>) {
        self.nested(words, 1, phrase)
    }

    /// Words that stand without quotation marks around them, and where a phrase of them is then.
    #[must_use]
    pub fn unquoted(&self, words: &str, phrase: Range<usize>) -> (String, Range<usize>) {
        self.nested(words, 0, phrase)
    }

    /// Words that stand alone.
    #[must_use]
    pub fn words(&self, words: &str) -> String {
        self.nested(words, 0, 0..0).0
    }

    fn nested(&self, words: &str, depth: usize, phrase: Range<usize>) -> (String, Range<usize>) {
        let drawn = self.drawn(words, depth);
        let mut out = String::with_capacity(words.len() + 8);
        let mut moved = 0..0;
        for ((at, character), drawn) in words.char_indices().zip(drawn) {
            if let Drawn::After(space) = drawn {
                out.push_str(space);
            }
            if at == phrase.start {
                moved.start = out.len();
            }
            match drawn {
                Drawn::As(other) => out.push_str(other),
                Drawn::Kept | Drawn::After(_) => out.push(character),
            }
            if at + character.len_utf8() == phrase.end {
                moved.end = out.len();
            }
        }
        (out, moved)
    }

    /// What is drawn for each character.
    fn drawn(&self, words: &str, depth: usize) -> Vec<Drawn> {
        let characters: Vec<char> = words.chars().collect();
        let mut drawn = vec![Drawn::Kept; characters.len()];
        spaces::set(&characters, &self.tag, &mut drawn);
        let mut level = depth;
        for (index, role) in roles(&characters).into_iter().enumerate() {
            match role {
                Role::Letter => {}
                Role::Apostrophe => drawn[index] = Drawn::As("’"),
                Role::Open => {
                    drawn[index] = Drawn::As(self.at(level).open);
                    level += 1;
                    let spaces = characters[index + 1..].iter();
                    let spaces = spaces.take_while(|c| is_space_of_mark(**c)).count();
                    drawn[index + 1..=index + spaces].fill(Drawn::As(""));
                }
                Role::Close => {
                    level = level.saturating_sub(1);
                    let spaces = characters[..index].iter().rev();
                    let spaces = spaces.take_while(|c| is_space_of_mark(**c)).count();
                    drawn[index - spaces..index].fill(Drawn::As(""));
                    drawn[index] = Drawn::As(self.at(level).close);
                }
            }
        }
        drawn
    }

    fn at(&self, level: usize) -> &'static Marks {
        if level.is_multiple_of(2) {
            &self.tongue.outer
        } else {
            &self.tongue.inner
        }
    }
}

/// The language that letters belong to, where they say enough.
fn guess(words: &str) -> &'static str {
    let has = |letters: &str| words.chars().any(|c| letters.contains(c));
    let script = words.chars().find_map(|c| match c.script() {
        Script::Common | Script::Inherited | Script::Unknown => None,
        script => Some(script),
    });
    match script {
        Some(Script::Hebrew) => "he",
        Some(Script::Arabic) if has("ٹڈڑںےہ") => "ur",
        Some(Script::Arabic) if has("پچژگ") => "fa",
        Some(Script::Arabic) => "ar",
        Some(Script::Devanagari) => "hi",
        Some(Script::Bengali) => "bn",
        Some(Script::Tamil) => "ta",
        Some(Script::Telugu) => "te",
        Some(Script::Thai) => "th",
        Some(Script::Armenian) => "hy",
        Some(Script::Georgian) => "ka",
        Some(Script::Ethiopic) => "am",
        Some(Script::Cyrillic) if has("ўЎ") => "be",
        Some(Script::Cyrillic) if has("іїєґІЇЄҐ") => "uk",
        Some(Script::Cyrillic) if has("ђћљњџЂЋЉЊЏ") => "sr",
        Some(Script::Cyrillic) => "ru",
        Some(Script::Greek) => "el",
        Some(Script::Hangul) => "ko",
        Some(Script::Hiragana | Script::Katakana) => "ja",
        // Japanese may begin with a Chinese character.
        Some(Script::Han) if words.chars().any(is_kana) => "ja",
        Some(Script::Han | Script::Bopomofo) => "zh",
        _ => "en",
    }
}

fn is_kana(character: char) -> bool {
    matches!(character.script(), Script::Hiragana | Script::Katakana)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn quoted(lang: &str, words: &str, dressed: &str) {
        let (found, _) = Dress::of(Some(lang), words).quotation(words, 0..0);
        assert_eq!(found, dressed, "{lang}");
    }

    #[test]
    fn marks_within_a_quotation_are_of_the_second_level() {
        let case = quoted;
        case("en", "they said \"no\" to us", "they said ‘no’ to us");
        case("en", "they said “no” to us", "they said ‘no’ to us");
        case(
            "en",
            "“he said ‘no’ to us,” she",
            "‘he said “no” to us,’ she",
        );
        case("en", "a 6' 2\" wall", "a 6' 2\" wall");
        case(
            "en",
            "the so-called 'help' came",
            "the so-called ‘help’ came",
        );
        case("de", "sie sagte \"nein\" dazu", "sie sagte ‚nein‘ dazu");
        case("de-AT", "sie sagte „nein“ dazu", "sie sagte ‚nein‘ dazu");
        case("de", "sie sagte »nein« dazu", "sie sagte ‚nein‘ dazu");
        case("de-CH", "sie sagte \"nein\" dazu", "sie sagte ‹nein› dazu");
        case(
            "fr",
            "elle a dit «\u{a0}non\u{a0}» hier",
            "elle a dit “non” hier",
        );
        case("fr", "elle a dit « non » hier", "elle a dit “non” hier");
        case("ru", "он сказал «нет»", "он сказал „нет“");
        case("ja", "彼は「いいえ」と言った", "彼は「いいえ」と言った");
        case("en", "an \"open end", "an \"open end");
        // Gershayim are letters of the word.
        case("he", "צה\"ל אמר \"לא\" היום", "צה\"ל אמר ’לא’ היום");
    }

    #[test]
    fn apostrophes_curl_the_right_way() {
        let case = quoted;
        case(
            "en-GB",
            "it's the gardeners' day",
            "it’s the gardeners’ day",
        );
        case("en", "the '90s, rock 'n' roll", "the ’90s, rock ’n’ roll");
        case("en", "tell 'em we came", "tell ’em we came");
        case("it", "l'arte dell'attesa", "l’arte dell’attesa");
    }

    #[test]
    fn typewriter_signs_become_those_they_stand_for() {
        let case = quoted;
        case("en", "wait -- plant", "wait\u{a0}— plant");
        case("en", "wait--plant", "wait—plant");
        case(
            "de",
            "erst warten - dann ernten",
            "erst warten\u{a0}– dann ernten",
        );
        case(
            "en",
            "5 - 3 and a well-known 10-15",
            "5 - 3 and a well-known 10-15",
        );
        case("en", "well... we planted....", "well… we planted....");
    }

    #[test]
    fn no_break_spaces_are_those_of_the_language() {
        let case = quoted;
        case(
            "fr",
            "Quoi ? Non ! Ainsi : oui",
            "Quoi\u{202f}? Non\u{202f}! Ainsi\u{a0}: oui",
        );
        case("fr", "Quoi? Non!", "Quoi\u{202f}? Non\u{202f}!");
        case(
            "fr",
            "à 10:30, voir http://a.fr",
            "à 10:30, voir http://a.fr",
        );
        case("fr", "Quoi ?!", "Quoi\u{202f}?!");
        case("fr-CH", "Quoi ? Ainsi : oui", "Quoi? Ainsi: oui");
        case("fr-CA", "Quoi ? Ainsi : oui", "Quoi? Ainsi\u{a0}: oui");
        case("pl", "z domu i do domu", "z\u{a0}domu i\u{a0}do domu");
        case("cs", "V zimě a v létě", "V\u{a0}zimě a\u{a0}v\u{a0}létě");
        case("de", "a b", "a b");
    }

    #[test]
    fn letters_and_figures_stay_as_they_are() {
        let words = "«Well», they — the 3,000 -- said: ‘we’ won't... \"go\" ; à la, ž z domu?!";
        let plain = |words: &str| {
            words
                .chars()
                .filter(|c| c.is_alphanumeric())
                .collect::<String>()
        };
        for tongue in tongues::TONGUES {
            let dress = Dress::of(Some(tongue.tag), words);
            assert_eq!(plain(&dress.words(words)), plain(words), "{}", tongue.tag);
        }
    }

    #[test]
    fn a_phrase_is_found_again_in_its_new_dress() {
        #[track_caller]
        fn case(lang: &str, words: &str, phrase: &str, dressed: &str) {
            let start = words.find(phrase).expect("it is there");
            let range = start..start + phrase.len();
            let (out, range) = Dress::of(Some(lang), words).quotation(words, range);
            assert_eq!(&out[range], dressed, "{out}");
        }
        case("en", "say \"no\" to all", "\"no\" to", "‘no’ to");
        case("en", "say \"no more\" to all", "more\" to", "more’ to");
        case("fr", "Non ! dit-il", "Non", "Non");
        case("fr", "Non! dit-il", "! dit", "! dit");
        case("fr", "Non! dit-il", "Non!", "Non\u{202f}!");
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
        case(Some("de-CH"), "Ja", "«");
        case(Some("fr-CH"), "Oui", "«");
        case(Some("fr"), "Oui", "«\u{a0}");
        case(Some("zh-TW"), "我", "「");
        case(None, "Да", "«");
        case(None, "日本の", "「");
        case(None, "12 %", "“");
        case(None, "שלום", "”");
        case(None, "امروز پنج", "«");
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
