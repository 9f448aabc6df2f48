//! Reads plain text as people paste it: a title line, paragraphs, perhaps wrapped by hand.

use std::ops::Range;

use super::builder::{Builder, is_folded};
use super::decode::mark_len;
use super::{Block, BlockKind, Meta};

/// Lines wrapped by hand are at most this long, in characters.
const WIDEST_WRAP: usize = 100;

/// Longest title, in characters.
const LONGEST_TITLE: usize = 180;

/// Longest heading within the text, in characters.
const LONGEST_HEADING: usize = 80;

/// Blocks of a text and what it says about itself.
pub(super) fn read(source: &str) -> (Meta, Vec<Block>) {
    let lines = lines(source);
    let wrap = wrap_width(source, &lines);
    let mut meta = Meta::default();
    let mut blocks = Vec::new();
    for paragraph in paragraphs(source, &lines, wrap) {
        let kind = kind(source, &paragraph, blocks.len(), &mut meta);
        let mut builder = Builder::new(source);
        for line in &paragraph.lines {
            builder.verbatim(line.clone());
            builder.space(line.end..line.end + 1);
        }
        blocks.extend(builder.finish(kind));
    }
    // A text of one line is that line, not a title.
    if let [only] = blocks.as_mut_slice()
        && meta.title.take().is_some()
    {
        only.kind = BlockKind::Paragraph;
    }
    (meta, blocks)
}

/// The lines without white space at their ends; an empty range for a blank one.
fn lines(source: &str) -> Vec<Range<usize>> {
    let mut lines = Vec::new();
    let mut start = mark_len(source);
    for line in source[start..].split_inclusive(['\n', '\u{2028}', '\u{2029}']) {
        let text = line.trim_matches(is_folded);
        let lead = line.len() - line.trim_start_matches(is_folded).len();
        let lead = if text.is_empty() { 0 } else { lead };
        lines.push(start + lead..start + lead + text.len());
        start += line.len();
    }
    lines
}

fn width(source: &str, line: &Range<usize>) -> usize {
    source[line.clone()].chars().count()
}

/// The width at which the text is wrapped by hand; `None` if its lines are paragraphs.
fn wrap_width(source: &str, lines: &[Range<usize>]) -> Option<usize> {
    let widest = lines.iter().map(|line| width(source, line)).max()?;
    if widest > WIDEST_WRAP {
        return None;
    }
    let pairs = lines
        .windows(2)
        .filter(|pair| !pair[0].is_empty() && !pair[1].is_empty());
    let (mut full, mut all) = (0, 0);
    for pair in pairs {
        all += 1;
        full += usize::from(is_full(source, &pair[0], &pair[1], widest));
    }
    (all > 0 && full * 10 >= all * 8).then_some(widest)
}

/// Whether the first word of the next line would not have fitted.
fn is_full(source: &str, line: &Range<usize>, next: &Range<usize>, widest: usize) -> bool {
    let first = source[next.clone()]
        .split_whitespace()
        .next()
        .unwrap_or_default();
    width(source, line) + 1 + first.chars().count() > widest
}

/// Lines that belong together.
struct Paragraph {
    lines: Vec<Range<usize>>,
    is_item: bool,
}

fn paragraphs(source: &str, lines: &[Range<usize>], wrap: Option<usize>) -> Vec<Paragraph> {
    let mut paragraphs: Vec<Paragraph> = Vec::new();
    let mut before: Option<&Range<usize>> = None;
    for line in lines {
        if line.is_empty() {
            before = None;
            continue;
        }
        let item = item_start(&source[line.clone()]);
        let continues = item.is_none()
            && matches!((before, wrap), (Some(last), Some(wrap)) if is_full(source, last, line, wrap));
        let start = line.start + item.unwrap_or(0);
        match paragraphs.last_mut() {
            Some(last) if continues => last.lines.push(line.clone()),
            _ => paragraphs.push(Paragraph {
                lines: Vec::from([start..line.end]),
                is_item: item.is_some(),
            }),
        }
        before = Some(line);
    }
    paragraphs
}

/// Length of the bullet or number that starts a list item.
fn item_start(line: &str) -> Option<usize> {
    let bullet = ["- ", "* ", "• ", "– ", "· "]
        .iter()
        .find(|bullet| line.starts_with(**bullet));
    if let Some(bullet) = bullet {
        return Some(bullet.len());
    }
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    let rest = &line[digits..];
    ((1..=2).contains(&digits) && (rest.starts_with(". ") || rest.starts_with(") ")))
        .then_some(digits + 2)
}

fn kind(source: &str, paragraph: &Paragraph, index: usize, meta: &mut Meta) -> BlockKind {
    if paragraph.is_item {
        return BlockKind::ListItem;
    }
    let [line] = paragraph.lines.as_slice() else {
        return BlockKind::Paragraph;
    };
    let text = &source[line.clone()];
    if index == 0 && is_title(text) {
        meta.title = Some(fold(text));
        return BlockKind::Heading(1);
    }
    if index <= 3 && meta.title.is_some() && is_credit(text, meta) {
        return BlockKind::Boilerplate;
    }
    if is_heading(text) {
        BlockKind::Heading(2)
    } else {
        BlockKind::Paragraph
    }
}

fn fold(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn is_title(text: &str) -> bool {
    let is_quoted = text.starts_with(['“', '"', '„', '«']);
    !is_quoted
        && text.chars().count() <= LONGEST_TITLE
        && !text.ends_with(['.', ',', ';', ':', '”', '"'])
}

fn is_heading(text: &str) -> bool {
    let is_named =
        text.starts_with(|c: char| c.is_uppercase() || c.is_numeric() || c == '#' || c == '-');
    let has_marks = text.contains(['“', '”', '"', '„', '«']);
    let words = text.split_whitespace().count();
    is_named
        && !has_marks
        && words <= 12
        && text.chars().count() <= LONGEST_HEADING
        && !text.ends_with(['.', ',', ';', ':', '!', '…'])
}

/// Takes a byline or a date line; whether it was one.
fn is_credit(text: &str, meta: &mut Meta) -> bool {
    let mut is_credit = false;
    for part in text.split(['|', '·', '•']).map(str::trim) {
        if let Some(name) = byline(part) {
            meta.byline.get_or_insert_with(|| fold(name));
            is_credit = true;
        } else if is_date(part) {
            meta.date.get_or_insert_with(|| fold(part));
            is_credit = true;
        }
    }
    is_credit
}

/// The name in "By Ana Lund".
fn byline(text: &str) -> Option<&str> {
    let by = [
        "By ",
        "by ",
        "BY ",
        "Von ",
        "Par ",
        "Por ",
        "Di ",
        "Door ",
        "Words by ",
        "Written by ",
    ];
    let name = by.iter().find_map(|by| text.strip_prefix(by))?.trim();
    let is_name = name.starts_with(char::is_uppercase)
        && name.split_whitespace().count() <= 8
        && !name.ends_with(['.', '!', '?', ':']);
    is_name.then_some(name)
}

/// "14 May 2031", "May 14, 2031", "2031-05-14".
fn is_date(text: &str) -> bool {
    let digits = text.chars().filter(char::is_ascii_digit).count();
    let has_year = text
        .split(|c: char| !c.is_ascii_digit())
        .any(|number| number.len() == 4 && (number.starts_with("19") || number.starts_with("20")));
    has_year && (5..=8).contains(&digits) && text.chars().count() <= 40 && !text.ends_with('.')
}

#[cfg(test)]
mod tests {
    use super::super::cases::{P, assert_blocks};
    use super::*;

    #[track_caller]
    fn case(text: &str, expected: &[(BlockKind, &str)]) {
        assert_blocks(&read(text).1, expected);
    }

    #[test]
    fn paragraphs_are_parted_by_blank_lines_or_stand_on_one_line_each() {
        case(
            "A title\n\nOne sentence.\n\nAnother one.\n",
            &[
                (BlockKind::Heading(1), "A title"),
                (P, "One sentence."),
                (P, "Another one."),
            ],
        );
        let long = "The river wardens meet on the first Sunday of every month, and they bring their own boots, gloves and a flask.";
        let text = format!("A title\r\n{long}\r\n{long}\r\n");
        case(
            &text,
            &[(BlockKind::Heading(1), "A title"), (P, long), (P, long)],
        );
        case("One line only", &[(P, "One line only")]);
    }

    #[test]
    fn lines_wrapped_by_hand_join() {
        let text = "The choir of the lighthouse\nmeets when the ferry has\ngone and the island is ours\nagain.\n\nIt sings until the lamp is\nlit.";
        case(
            text,
            &[
                (
                    P,
                    "The choir of the lighthouse meets when the ferry has gone and the island is ours again.",
                ),
                (P, "It sings until the lamp is lit."),
            ],
        );
    }

    #[test]
    fn byline_and_date_are_taken_out() {
        let (meta, blocks) = read("A title\nBy Ana Lund | 14 May 2031\n\nBy Monday it rained.\n");
        assert_eq!(meta.byline.as_deref(), Some("Ana Lund"));
        assert_eq!(meta.date.as_deref(), Some("14 May 2031"));
        let kinds: Vec<_> = blocks.iter().map(|block| block.kind).collect();
        assert_eq!(kinds, [BlockKind::Heading(1), BlockKind::Boilerplate, P]);
    }

    #[test]
    fn lists_are_items() {
        case(
            "We bring:\n- boots,\n- gloves.\n1. Start early.",
            &[
                (P, "We bring:"),
                (BlockKind::ListItem, "boots,"),
                (BlockKind::ListItem, "gloves."),
                (BlockKind::ListItem, "Start early."),
            ],
        );
    }
}
