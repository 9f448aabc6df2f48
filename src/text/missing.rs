//! Characters that no face has.

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
