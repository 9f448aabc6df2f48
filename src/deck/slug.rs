//! Makes names that every file system takes from any words, in any script.
//!
//! A slug has `a` to `z`, digits and single `-`; it is never empty, never longer than asked for and
//! never a name that Windows keeps for itself. Equal words give equal slugs.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use sha2::{Digest, Sha256};

/// Latin letters that are not ASCII, Greek and Cyrillic, in lower case, by what stands for them.
///
/// Not a scholarly transliteration: one that people recognise in a file name.
const LETTERS: &[(&str, &str)] = &[
    ("àáâãåāăąǎªάα", "a"),
    ("äæǽ", "ae"),
    ("çćĉċč", "c"),
    ("ďđð", "d"),
    ("èéêëēĕėęěεέеэ", "e"),
    ("ƒφфΦ", "f"),
    ("ĝğġģγгґ", "g"),
    ("ĥħχ", "h"),
    ("ìíîïĩīĭįıηήιίϊΐиіїй", "i"),
    ("ĵј", "j"),
    ("ķκк", "k"),
    ("ĺļľŀłλлљ", "l"),
    ("ñńņňŋνнњ", "n"),
    ("òóôõōŏőºοόωώо", "o"),
    ("öøœ", "oe"),
    ("ŕŗřρр", "r"),
    ("śŝşšșσςс", "s"),
    ("ß", "ss"),
    ("ţťŧțτт", "t"),
    ("þθ", "th"),
    ("ùúûũūŭůűųу", "u"),
    ("ü", "ue"),
    ("ŵ", "w"),
    ("ýÿŷυύϋΰы", "y"),
    ("źżžζз", "z"),
    ("βв", "v"),
    ("δд", "d"),
    ("μм", "m"),
    ("ξ", "x"),
    ("πп", "p"),
    ("ψ", "ps"),
    ("а", "a"),
    ("б", "b"),
    ("ё", "yo"),
    ("є", "ye"),
    ("ж", "zh"),
    ("х", "kh"),
    ("ц", "ts"),
    ("ч", "ch"),
    ("ш", "sh"),
    ("щ", "shch"),
    ("ъьʼ", ""),
    ("ю", "yu"),
    ("я", "ya"),
    ("ђ", "dj"),
    ("ћ", "c"),
    ("џ", "dz"),
];

/// Names of devices, which Windows allows no file to have, whatever the ending.
const RESERVED: &[&str] = &["con", "prn", "aux", "nul"];

/// The slug of some words, of at most `most` characters (8 or more), cut between words.
pub(crate) fn slug(words: &str, most: usize) -> String {
    let mut slug = String::new();
    for part in parts(words) {
        let joined = slug.len() + usize::from(!slug.is_empty()) + part.len();
        if joined > most {
            break;
        }
        if !slug.is_empty() {
            slug.push('-');
        }
        slug.push_str(&part);
    }
    if slug.is_empty() {
        // One long word, or a script that is not transliterated.
        let first = parts(words).next();
        slug = first.map_or_else(|| digest(words), |word| word[..most].to_owned());
    }
    if is_reserved(&slug) {
        slug.push_str("-1");
    }
    slug
}

/// Whether a name is one that [`slug`] could have made, upper case and `_` allowed.
pub(crate) fn is_file_name(name: &str) -> bool {
    let is_safe = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
    !name.is_empty() && name.chars().all(is_safe) && !is_reserved(&name.to_ascii_lowercase())
}

/// A name in lower case, as some file systems see it, in 16 bytes: a campaign has a hundred thousand.
pub(crate) type NameKey = [u8; 16];

/// The key of a name. Two names with one key are not to be found: it is half of their SHA-256.
pub(crate) fn name_key(name: &str) -> NameKey {
    let digest = Sha256::digest(name.to_ascii_lowercase());
    *digest.first_chunk().expect("a digest has 32 bytes")
}

/// Names that are taken, upper and lower case alike.
#[derive(Clone, Debug, Default)]
pub(crate) struct Names {
    /// The next number to try behind each name.
    taken: BTreeMap<NameKey, u32>,
}

impl Names {
    /// The names of these keys are taken.
    pub(crate) fn of(keys: impl Iterator<Item = NameKey>) -> Self {
        Self {
            taken: keys.map(|key| (key, 2)).collect(),
        }
    }

    /// Takes a name: the name itself, or with the first free number behind it.
    pub(crate) fn take(&mut self, name: &str) -> String {
        let key = name_key(name);
        let Some(mut number) = self.taken.get(&key).copied() else {
            self.taken.insert(key, 2);
            return name.to_owned();
        };
        let numbered = |number| format!("{name}-{number}");
        // Somebody may have called a card `plant-2` before there was a second `plant`.
        while self.taken.contains_key(&name_key(&numbered(number))) {
            number += 1;
        }
        self.taken.insert(name_key(&numbered(number)), 2);
        self.taken.insert(key, number + 1);
        numbered(number)
    }
}

/// The words in ASCII, in lower case, without those that have nothing left.
fn parts(words: &str) -> impl Iterator<Item = String> {
    let is_joint = |c: char| matches!(c, '\'' | '’' | 'ʼ' | '\u{ad}');
    words
        .split(move |c: char| !c.is_alphanumeric() && !is_joint(c) && !is_mark(c))
        .flat_map(|word| word.split(|c: char| is_other_script(c)))
        .map(|word| {
            word.chars()
                .flat_map(char::to_lowercase)
                .collect::<String>()
        })
        .map(|word| word.chars().map(ascii).collect::<String>())
        .filter(|word| !word.is_empty())
}

/// Combining marks, which belong to the letter before.
fn is_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}')
}

/// Letters that nothing stands for: they part words like punctuation.
fn is_other_script(c: char) -> bool {
    let mut lower = c.to_lowercase();
    let is_known = lower
        .next()
        .is_some_and(|c| c.is_ascii() || find(c).is_some());
    c.is_alphanumeric() && !is_known
}

fn ascii(c: char) -> std::borrow::Cow<'static, str> {
    if c.is_ascii_alphanumeric() {
        return c.to_string().into();
    }
    find(c).unwrap_or_default().into()
}

fn find(c: char) -> Option<&'static str> {
    let row = LETTERS.iter().find(|(letters, _)| letters.contains(c));
    row.map(|(_, ascii)| *ascii)
}

fn is_reserved(name: &str) -> bool {
    let is_port = ["com", "lpt"].iter().any(|port| {
        let number = name.strip_prefix(port);
        number.is_some_and(|n| n.len() == 1 && n.bytes().all(|b| b.is_ascii_digit()))
    });
    is_port || RESERVED.contains(&name)
}

/// Eight hexadecimal digits that stand for words of which nothing else is left.
fn digest(words: &str) -> String {
    let digest = Sha256::digest(words.as_bytes());
    digest.iter().take(4).fold(String::new(), |mut hex, byte| {
        write!(hex, "{byte:02x}").expect("writing to a string cannot fail");
        hex
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_in_any_script_become_a_file_name() {
        #[track_caller]
        fn case(words: &str, expected: &str) {
            assert_eq!(slug(words, 32), expected);
            assert!(is_file_name(expected), "{expected}");
        }
        case("The river took the bridge", "the-river-took-the-bridge");
        case("Don’t  wait — plant!", "dont-wait-plant");
        case("Über Ærø, Łódź & São Tomé", "ueber-aeroe-lodz-sao-tome");
        case("Cafe\u{301} noir", "cafe-noir");
        case("Ο κήπος μας", "o-kipos-mas");
        case("Наш общий сад, ёлка", "nash-obshchii-sad-yolka");
        case("ΣΊΣΥΦΟΣ", "sisyfos");
        case("$4.5 million", "4-5-million");
        case("庭は全員のもの", "1c198415");
        case("2031年の庭", "2031");
        case("", "e3b0c442");
        case("../../etc/passwd", "etc-passwd");
        case("CON", "con-1");
        case("lpt1", "lpt1-1");
    }

    #[test]
    fn long_words_are_cut_between_words_if_they_can_be() {
        assert_eq!(
            slug("gardens for every street of the city", 16),
            "gardens-for"
        );
        assert_eq!(slug("Donaudampfschifffahrtsgesellschaft", 8), "donaudam");
    }

    #[test]
    fn a_taken_name_gets_the_first_free_number() {
        let mut names = Names::default();
        let taken = ["a", "a-2", "A", "b", "a", "a-2"].map(|name| names.take(name));
        assert_eq!(taken, ["a", "a-2", "A-3", "b", "a-4", "a-2-2"]);
    }
}
