//! The script of a card's words, and which way its language runs.

use unicode_script::{Script, UnicodeScript};

/// Scripts by the names that themes know them under.
const SCRIPTS: &[(&str, &[Script])] = &[
    ("latin", &[Script::Latin]),
    ("greek", &[Script::Greek]),
    ("cyrillic", &[Script::Cyrillic]),
    ("arabic", &[Script::Arabic]),
    ("hebrew", &[Script::Hebrew]),
    ("devanagari", &[Script::Devanagari]),
    ("thai", &[Script::Thai]),
    ("korean", &[Script::Hangul]),
    ("japanese", &[Script::Hiragana, Script::Katakana]),
    ("chinese", &[Script::Han, Script::Bopomofo]),
];

/// The script that most letters are in; `latin` where there are none, `other` for one without a
/// name. A text with kana is Japanese however many Chinese characters it has.
pub fn script(words: &str) -> &'static str {
    let mut counts = vec![0; SCRIPTS.len() + 1];
    for script in words.chars().map(|c| c.script()) {
        if matches!(script, Script::Common | Script::Inherited | Script::Unknown) {
            continue;
        }
        let at = SCRIPTS
            .iter()
            .position(|(_, scripts)| scripts.contains(&script));
        counts[at.unwrap_or(SCRIPTS.len())] += 1;
    }
    let name = |at: usize| SCRIPTS.get(at).map_or("other", |(name, _)| *name);
    let most = counts.iter().max().copied().unwrap_or_default();
    let found = counts.iter().position(|count| *count == most && most > 0);
    match found.map_or("latin", name) {
        "chinese" if counts[8] > 0 => "japanese",
        name => name,
    }
}

/// Every name that themes know a script under.
pub fn names<'a>() -> impl Iterator<Item = &'a str> {
    let named = SCRIPTS.iter().map(|(name, _)| *name);
    named.chain(["other"])
}

/// Languages that are written from right to left unless their tag names another script.
const RIGHT_TO_LEFT: &[&str] = &[
    "ar", "arc", "ckb", "dv", "fa", "he", "iw", "ks", "ps", "sd", "syr", "ug", "ur", "yi",
];

/// Whether text in a language, given by its tag in small letters, runs from right to left.
pub fn is_rtl(tag: &str) -> bool {
    let mut parts = tag.split('-');
    let language = parts.next().unwrap_or_default();
    let script = parts.find(|part| part.len() == 4);
    match script {
        Some(script) => matches!(script, "arab" | "hebr" | "thaa" | "syrc" | "adlm" | "nkoo"),
        None => RIGHT_TO_LEFT.contains(&language),
    }
}
