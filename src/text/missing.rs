//! Characters that no face has.

use unicode_script::{Script, UnicodeScript};

use super::fallback::is_invisible;
use super::{FittedText, Fonts, LineRun, Paragraph};

/// The characters of a text that would be drawn as the missing glyph, each once, in its order.
///
/// Control characters and joiners that nobody sees are not among them.
#[must_use]
pub fn missing(fonts: &Fonts, fitted: &FittedText, paragraph: &Paragraph) -> Vec<char> {
    let mut found = Vec::new();
    if let Some(mark) = &fitted.mark {
        collect(fonts, mark, &mark.text, &mut found);
    }
    for run in fitted.lines.iter().flat_map(|line| &line.runs) {
        collect(fonts, run, &paragraph.text[run.range.clone()], &mut found);
    }
    found
}

/// Packages of free fonts that have a character, of Debian and Ubuntu and of npm: empty where none is
/// known. Which face for Chinese, Japanese and Korean it is depends on the language, a BCP 47 tag in
/// small letters.
#[must_use]
pub fn fonts_for(character: char, lang: &str) -> Vec<&'static str> {
    const CJK: &str = "fonts-noto-cjk";
    let han = || match lang {
        _ if lang.starts_with("ja") => "@expo-google-fonts/noto-serif-jp",
        _ if lang.starts_with("ko") => "@expo-google-fonts/noto-serif-kr",
        "zh-hant" | "zh-tw" | "zh-hk" => "@expo-google-fonts/noto-serif-tc",
        _ => "@expo-google-fonts/noto-serif-sc",
    };
    let is_wide = matches!(
        character,
        '\u{3000}'..='\u{33FF}' | '\u{FE30}'..='\u{FE4F}' | '\u{FF00}'..='\u{FFEF}'
    );
    match character.script() {
        Script::Hiragana | Script::Katakana => vec![CJK, "@expo-google-fonts/noto-serif-jp"],
        Script::Hangul => vec![CJK, "@expo-google-fonts/noto-serif-kr"],
        Script::Han | Script::Bopomofo => vec![CJK, han()],
        Script::Common if is_wide => vec![CJK, han()],
        Script::Common | Script::Inherited | Script::Unknown => Vec::new(),
        _ => vec!["fonts-noto-core"],
    }
}

fn collect(fonts: &Fonts, run: &LineRun, text: &str, found: &mut Vec<char>) {
    if run.glyphs.iter().all(|glyph| glyph.id != 0) {
        return;
    }
    let lacking = text
        .chars()
        .filter(|&c| !is_invisible(c) && !c.is_control() && !fonts.covers(run.face, c));
    for character in lacking {
        if !found.contains(&character) {
            found.push(character);
        }
    }
}
