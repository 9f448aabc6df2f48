//! Splits a paragraph into items that are shaped in one go: one style, one script, one direction.
//!
//! Levels follow UAX #9 <https://www.unicode.org/reports/tr9/>; where the paragraph does not say, the
//! first strong letter of the text gives the base direction. Neighbouring styles that differ in nothing we set are one item,
//! so that kerning goes across them.

use std::ops::Range;

use unicode_bidi::{BidiInfo, Level};
use unicode_script::{Script, UnicodeScript};

use super::{Direction, FaceId, StyledRange, TextStyle};

/// A stretch of text to be shaped in one go.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Item {
    /// Its bytes.
    pub(super) range: Range<usize>,
    /// Which of the merged styles it is in.
    pub(super) style: usize,
    /// The face it is shaped in: the style's, or another that has its characters.
    pub(super) face: FaceId,
    /// Embedding level; odd is right to left.
    pub(super) level: u8,
}

impl Item {
    pub(super) fn is_rtl(&self) -> bool {
        self.level % 2 == 1
    }
}

/// The styles of a paragraph, neighbours that are set alike joined.
///
/// Whatever the caller left out belongs to the style before it (or the first); what lies outside
/// the text or within a character is moved to where it can be.
pub(super) fn merge_styles(text: &str, styles: &[StyledRange]) -> Vec<StyledRange> {
    let mut merged: Vec<StyledRange> = Vec::with_capacity(styles.len());
    let mut start = 0;
    for (index, styled) in styles.iter().enumerate() {
        let is_last = index + 1 == styles.len();
        let end = match styles.get(index + 1) {
            Some(next) => text.floor_char_boundary(next.range.start).max(start),
            None => text.len(),
        };
        if start == end && !is_last {
            continue;
        }
        match merged.last_mut() {
            Some(last) if joins(&last.style, &styled.style) => last.range.end = end,
            _ if start < end => merged.push(StyledRange {
                range: start..end,
                style: styled.style.clone(),
            }),
            _ => {}
        }
        start = end;
    }
    merged
}

fn joins(one: &TextStyle, other: &TextStyle) -> bool {
    one == other && !stands_apart(one)
}

/// Whether a run of this style is drawn apart even from its like.
pub(super) fn stands_apart(style: &TextStyle) -> bool {
    style.is_apart || style.padding.0 != 0.0
}

/// The items of a cleaned text, in its order, with the styles' own faces.
pub(super) fn itemize(text: &str, styles: &[StyledRange], direction: Direction) -> Vec<Item> {
    let levels = levels(text, direction);
    let scripts = script_starts(text);
    let mut items = Vec::new();
    let mut scripts = scripts.into_iter().peekable();
    for (index, styled) in styles.iter().enumerate() {
        let mut start = styled.range.start;
        while start < styled.range.end {
            while scripts.next_if(|&at| at <= start).is_some() {}
            let mut end = styled.range.end;
            if let Some(&script_start) = scripts.peek() {
                end = end.min(script_start);
            }
            let level = level_at(&levels, start);
            end = start + same_level(&levels, start..end);
            items.push(Item {
                range: start..end,
                style: index,
                face: styled.style.face,
                level,
            });
            start = end;
        }
    }
    items
}

fn level_at(levels: &[Level], at: usize) -> u8 {
    levels.get(at).map_or(0, Level::number)
}

/// How many bytes from the start have its level.
fn same_level(levels: &[Level], range: Range<usize>) -> usize {
    let Some(levels) = levels.get(range.clone()) else {
        return range.len();
    };
    let first = levels[0];
    levels.iter().take_while(|&&level| level == first).count()
}

/// The level of each byte; nothing if all of the text runs left to right.
fn levels(text: &str, direction: Direction) -> Vec<Level> {
    let base = match direction {
        Direction::RightToLeft => Level::rtl(),
        _ if !text.chars().any(may_be_rtl) => return Vec::new(),
        Direction::LeftToRight => Level::ltr(),
        Direction::Auto => base_level(text),
    };
    BidiInfo::new(text, Some(base)).levels
}

/// The base direction of a text: that of its first strong letter.
fn base_level(text: &str) -> Level {
    use unicode_bidi::Direction;
    match unicode_bidi::get_base_direction_full(text) {
        Direction::Rtl => Level::rtl(),
        Direction::Ltr | Direction::Mixed => Level::ltr(),
    }
}

/// Whether the text as a whole runs from right to left.
pub(super) fn is_rtl(text: &str) -> bool {
    text.chars().any(may_be_rtl) && base_level(text).is_rtl()
}

fn may_be_rtl(character: char) -> bool {
    matches!(
        character,
        '\u{590}'..='\u{8FF}'
            | '\u{200F}'
            | '\u{FB1D}'..='\u{FDFF}'
            | '\u{FE70}'..='\u{FEFF}'
            | '\u{10800}'..='\u{10FFF}'
            | '\u{1E800}'..='\u{1EFFF}'
    )
}

/// Where the script changes. Punctuation, spaces and figures belong to the letters before them.
fn script_starts(text: &str) -> Vec<usize> {
    let mut starts = Vec::new();
    let mut current = None;
    if text.is_ascii() {
        return starts;
    }
    for (at, character) in text.char_indices() {
        let Some(script) = own_script(character) else {
            continue;
        };
        if current.is_some_and(|current| current != script) {
            starts.push(at);
        }
        current = Some(script);
    }
    starts
}

/// The script of a letter; the scripts of one Japanese or Korean line count as one.
fn own_script(character: char) -> Option<Script> {
    if character.is_ascii() {
        return character.is_ascii_alphabetic().then_some(Script::Latin);
    }
    match character.script() {
        Script::Common | Script::Inherited | Script::Unknown => None,
        Script::Hiragana | Script::Katakana | Script::Hangul | Script::Bopomofo => {
            Some(Script::Han)
        }
        script => Some(script),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geometry::Em;

    fn style(face: usize) -> TextStyle {
        TextStyle {
            face: FaceId(face),
            scale: 1.0,
            tracking: Em(0.0),
            padding: Em(0.0),
            is_apart: false,
        }
    }

    fn styled(range: Range<usize>, face: usize) -> StyledRange {
        StyledRange {
            range,
            style: style(face),
        }
    }

    #[test]
    fn scripts_directions_and_styles_part_items() {
        #[track_caller]
        fn case(text: &str, items: &[(&str, u8)]) {
            let found = itemize(text, &[styled(0..text.len(), 0)], Direction::Auto);
            let found: Vec<_> = found
                .iter()
                .map(|item| (&text[item.range.clone()], item.level))
                .collect();
            assert_eq!(found, items);
        }
        case("", &[]);
        case("one, two", &[("one, two", 0)]);
        case("«Да», said 5", &[("«Да», ", 0), ("said 5", 0)]);
        case("12 мира", &[("12 мира", 0)]);
        case("漢字とカナ", &[("漢字とカナ", 0)]);
        case("אב 12 ab", &[("אב ", 1), ("12", 2), (" ", 1), ("ab", 2)]);
        case("ab אב!", &[("ab ", 0), ("אב", 1), ("!", 0)]);
    }

    #[test]
    fn like_neighbours_join_and_gaps_close() {
        let text = "abcdef";
        let joined = merge_styles(text, &[styled(0..2, 0), styled(2..4, 0), styled(4..6, 1)]);
        assert_eq!(joined, [styled(0..4, 0), styled(4..6, 1)]);
        let closed = merge_styles(text, &[styled(1..2, 0), styled(4..90, 1)]);
        assert_eq!(closed, [styled(0..4, 0), styled(4..6, 1)]);
        assert_eq!(merge_styles(text, &[]), []);
        let mut apart = styled(0..2, 0);
        apart.style.is_apart = true;
        let mut next = apart.clone();
        next.range = 2..6;
        assert_eq!(
            merge_styles(text, &[apart.clone(), next.clone()]),
            [apart, next]
        );
    }
}
