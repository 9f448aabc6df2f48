//! Where words may be divided: by Liang's patterns, the way TeX does it.
//!
//! F. M. Liang, "Word Hy-phen-a-tion by Com-put-er" (1983); tables and matching by hypher.

use std::ops::Range;

use hypher::Lang;

/// Shorter words are never divided.
const SHORTEST: usize = 6;

/// The bytes of a word, within its text, before which it may be divided; none in a language whose
/// patterns are not here.
pub(super) fn divisions(text: &str, word: Range<usize>, lang: &str) -> Vec<usize> {
    let Some(lang) = language(lang) else {
        return Vec::new();
    };
    let mut found = Vec::new();
    let letters = text[word.clone()].split(|c: char| !c.is_alphabetic());
    let mut at = word.start;
    for part in letters {
        let start = at;
        at += part.len();
        at += text[at..word.end].chars().next().map_or(0, char::len_utf8);
        // Abbreviations have no syllables.
        let is_shouted = part.chars().all(char::is_uppercase);
        if part.chars().count() < SHORTEST || is_shouted {
            continue;
        }
        let mut end = start;
        for syllable in hypher::hyphenate(&part.to_lowercase(), lang) {
            end += syllable.len();
            found.push(end);
        }
        // Small letters of some words take other bytes than capitals: such a word is left whole.
        if found.pop() != Some(start + part.len()) {
            found.retain(|division| *division <= start);
        }
    }
    found.retain(|division| text.is_char_boundary(*division));
    found
}

/// The patterns of a language given as a BCP 47 tag.
fn language(tag: &str) -> Option<Lang> {
    let primary = tag.split(['-', '_']).next()?.to_ascii_lowercase();
    let code: [u8; 2] = primary.as_bytes().try_into().ok()?;
    Lang::from_iso(if &code == b"nn" { *b"nb" } else { code })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_divided_between_syllables() {
        #[track_caller]
        fn case(text: &str, lang: &str, expected: &str) {
            let mut divided = text.to_owned();
            for division in divisions(text, 0..text.len(), lang).into_iter().rev() {
                divided.insert(division, '-');
            }
            assert_eq!(divided, expected);
        }
        case("extensive", "en", "ex-ten-sive");
        case("Donaudampfschiff,", "de-AT", "Do-nau-dampf-schiff,");
        case("well-considered", "en", "well-con-sid-ered");
        case("UNESCO", "en", "UNESCO");
        case("short", "en", "short");
        case("extensive", "xx", "extensive");
        case("extensive", "", "extensive");
    }
}
