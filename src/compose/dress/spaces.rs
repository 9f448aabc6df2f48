//! Dashes, ellipses and no-break spaces as a language sets them.
//!
//! In: the characters of a text. Out: for each of them what is drawn instead. Typewriter forms
//! (`--`, ` - `, `...`) become the signs they stand for; French gets its spaces before high
//! punctuation; a dash does not start a line; the one-letter words of Slavic languages do not end one.

/// What is drawn for one character of the words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Drawn {
    /// The character itself.
    Kept,
    /// Something else; nothing where it is empty.
    As(&'static str),
    /// The character, and a space before it that no line breaks at.
    After(&'static str),
}

const NO_BREAK: &str = "\u{a0}";
const NARROW_NO_BREAK: &str = "\u{202f}";

/// Languages whose one-letter words (prepositions, conjunctions) belong to the word behind them.
const BINDING: &[&str] = &["be", "bg", "cs", "mk", "pl", "ru", "sk", "sr", "uk"];

/// Sets dashes, ellipses and spaces of a language, given as a tag in small letters.
pub(super) fn set(characters: &[char], lang: &str, drawn: &mut [Drawn]) {
    let language = lang.split('-').next().unwrap_or_default();
    dashes(characters, language, drawn);
    ellipses(characters, drawn);
    if language == "fr" {
        french(characters, lang, drawn);
    }
    if BINDING.contains(&language) {
        one_letter_words(characters, drawn);
    }
}

fn is_space(character: Option<&char>) -> bool {
    matches!(character, Some(' ' | '\u{a0}' | '\u{202f}'))
}

/// `--` and a hyphen between spaces are dashes: an em dash in English and Russian, an en dash in
/// most other languages. The space before a dash that has one behind it holds.
fn dashes(characters: &[char], language: &str, drawn: &mut [Drawn]) {
    let dash = match language {
        "en" | "" | "ru" | "be" | "uk" | "bg" => "—",
        _ => "–",
    };
    let mut index = 0;
    while index < characters.len() {
        let rest = &characters[index..];
        let hyphens = rest.iter().take_while(|c| **c == '-').count();
        let length = hyphens.max(1);
        let before = index.checked_sub(1).map(|before| &characters[before]);
        let after = characters.get(index + length);
        let is_spaced = is_space(before) && is_space(after);
        let is_typed = matches!(hyphens, 2 | 3) || (hyphens == 1 && is_spaced);
        // Between figures a hyphen may be a minus or a range.
        let is_figure = |c: Option<&char>| c.is_some_and(|c| c.is_numeric());
        let beyond = characters.get(index + length + 1);
        if is_typed && !is_figure(after) && !(is_spaced && is_figure(beyond)) {
            drawn[index] = Drawn::As(dash);
            drawn[index + 1..index + length].fill(Drawn::As(""));
        }
        let is_dash = matches!(drawn[index], Drawn::As(_)) || matches!(rest[0], '–' | '—');
        if is_dash && is_spaced && index > 1 {
            drawn[index - 1] = Drawn::As(NO_BREAK);
        }
        index += length;
    }
}

/// Three full stops in a row are one sign.
fn ellipses(characters: &[char], drawn: &mut [Drawn]) {
    let mut index = 0;
    while index < characters.len() {
        let dots = characters[index..]
            .iter()
            .take_while(|c| **c == '.')
            .count();
        if dots == 3 {
            drawn[index] = Drawn::As("…");
            drawn[index + 1..index + 3].fill(Drawn::As(""));
        }
        index += dots.max(1);
    }
}

/// The spaces of French before `; ! ?` (narrow) and `:`; Canada has only the last, Switzerland none.
fn french(characters: &[char], lang: &str, drawn: &mut [Drawn]) {
    for (index, &character) in characters.iter().enumerate().skip(1) {
        let space = match (character, lang) {
            (':' | ';' | '!' | '?', "fr-ch") => "",
            (':', _) => NO_BREAK,
            (';' | '!' | '?', "fr-ca") => "",
            (';' | '!' | '?', _) => NARROW_NO_BREAK,
            _ => continue,
        };
        let (before, after) = (characters[index - 1], characters.get(index + 1));
        // Not inside an address or a time, and only once before `?!`.
        let is_end = after.is_none_or(|c| !c.is_alphanumeric() && *c != '/');
        if !is_end || matches!(before, ':' | ';' | '!' | '?' | '…' | '(') {
            continue;
        }
        if is_space(Some(&before)) {
            if drawn[index - 1] == Drawn::Kept {
                drawn[index - 1] = Drawn::As(space);
            }
        } else if !space.is_empty() && drawn[index] == Drawn::Kept {
            drawn[index] = Drawn::After(space);
        }
    }
}

fn one_letter_words(characters: &[char], drawn: &mut [Drawn]) {
    for index in 1..characters.len() {
        let is_alone = index < 2 || !characters[index - 2].is_alphanumeric();
        let is_word = characters[index - 1].is_alphabetic() && is_alone;
        if characters[index] == ' ' && is_word && drawn[index] == Drawn::Kept {
            drawn[index] = Drawn::As(NO_BREAK);
        }
    }
}
