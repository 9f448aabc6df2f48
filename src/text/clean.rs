//! Text as it can be drawn: every byte keeps its place.
//!
//! XML has no control characters, and usvg draws nothing after a paragraph separator. What cannot
//! be drawn is replaced by something as long in bytes that can, so that places in the paragraph
//! hold in what is drawn.

use std::borrow::Cow;

/// The text with spaces for control characters and without bidirectional embeddings.
pub(super) fn clean(text: &str) -> Cow<'_, str> {
    if text.chars().all(is_drawable) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.chars().map(drawable).collect())
}

fn is_drawable(character: char) -> bool {
    drawable(character) == character
}

/// Whether a line ends here whatever its length; the breaker sees the text before it is cleaned.
pub(super) fn is_hard_break(character: char) -> bool {
    matches!(
        character,
        '\n' | '\u{B}' | '\u{C}' | '\r' | '\u{85}' | '\u{2028}' | '\u{2029}'
    )
}

/// White space that a line does not end or start with. No-break spaces hold their place.
pub(super) fn is_break_space(character: char) -> bool {
    character.is_whitespace() && !matches!(character, '\u{A0}' | '\u{202F}' | '\u{2007}')
        || matches!(character, '\u{200B}' | '\u{1C}'..='\u{1F}' | '\0'..='\u{8}' | '\u{E}'..='\u{1B}' | '\u{7F}')
}

fn drawable(character: char) -> char {
    match character {
        '\0'..='\u{1F}' | '\u{7F}' => ' ',
        // Two bytes each, like a no-break space.
        '\u{80}'..='\u{9F}' => '\u{A0}',
        // Three bytes each. A word joiner is invisible and changes no order; embeddings and
        // isolates would make usvg order a run otherwise than we did.
        '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' => '\u{2060}',
        '\u{2028}' | '\u{2029}' => '\u{2003}',
        '\u{FFFE}' | '\u{FFFF}' => '\u{FFFD}',
        _ => character,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_byte_keeps_its_place() {
        #[track_caller]
        fn case(text: &str, drawn: &str) {
            let cleaned = clean(text);
            assert_eq!(cleaned, drawn);
            let places = |text: &str| text.char_indices().map(|(at, _)| at).collect::<Vec<_>>();
            assert_eq!(places(&cleaned), places(text));
        }
        case("plain – text", "plain – text");
        case("a\u{0}b\tc\u{7f}d", "a b c d");
        case("a\u{85}b\u{9f}c", "a\u{a0}b\u{a0}c");
        case("a\u{202E}b\u{2066}c", "a\u{2060}b\u{2060}c");
        case("a\u{2028}b\u{FFFF}c", "a\u{2003}b\u{FFFD}c");
    }
}
