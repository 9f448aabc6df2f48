//! Reads plain text as people paste it: a title line, paragraphs, perhaps wrapped by hand.

use std::ops::Range;

use super::builder::{Builder, is_folded};
use super::decode::mark_len;
use super::sections::{is_address_line, is_end_mark};
use super::{Block, BlockKind, Meta};

/// Lines wrapped by hand are at most this long, in characters.
const WIDEST_WRAP: usize = 130;

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
    // Blocks so far without the lines that stand above a press release.
    let mut index = 0;
    for paragraph in paragraphs(source, &lines, wrap) {
        let is_above = index == 0 && paragraph.stands_alone && !paragraph.is_item;
        let kind = match is_above {
            true => BlockKind::Boilerplate,
            false => kind(source, &paragraph, index, &mut meta),
        };
        index += usize::from(!is_above);
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

/// A line without white space at its ends; empty if it is blank.
struct Line {
    range: Range<usize>,
    /// Characters of white space before it, a tab as four.
    indent: usize,
    /// Whether it is an address, or says who may print the text when and whom to ask.
    stands_alone: bool,
}

fn lines(source: &str) -> Vec<Line> {
    let mut lines = Vec::new();
    let mut start = mark_len(source);
    for line in source[start..].split_inclusive(['\n', '\u{2028}', '\u{2029}']) {
        let text = line.trim_matches(is_folded);
        let lead = line.len() - line.trim_start_matches(is_folded).len();
        let lead = if text.is_empty() { 0 } else { lead };
        let wide = |character| if character == '\t' { 4 } else { 1 };
        lines.push(Line {
            range: start + lead..start + lead + text.len(),
            indent: line[..lead].chars().map(wide).sum(),
            stands_alone: stands_alone(text),
        });
        start += line.len();
    }
    lines
}

impl Line {
    fn is_blank(&self) -> bool {
        self.range.is_empty()
    }

    fn text<'s>(&self, source: &'s str) -> &'s str {
        &source[self.range.clone()]
    }

    fn width(&self, source: &str) -> usize {
        self.indent + self.text(source).chars().count()
    }

    /// Whether the first word of the next line would not have fitted.
    fn is_full(&self, source: &str, next: &Line, widest: usize) -> bool {
        let first = next.text(source).split_whitespace().next();
        self.width(source) + 1 + first.map_or(0, |word| word.chars().count()) > widest
    }

    /// Whether the next line goes on in the middle of a sentence.
    fn goes_on(&self, source: &str, next: &Line) -> bool {
        let ends = ['.', '!', '?', ':', '…', '”', '"'];
        !self.text(source).ends_with(ends) && next.text(source).starts_with(char::is_lowercase)
    }
}

/// The width at which the text is wrapped by hand; `None` if its lines are paragraphs.
///
/// It is wrapped if nearly all lines are full that another follows, or those that go on in the middle
/// of a sentence: a press release has many short lines besides.
fn wrap_width(source: &str, lines: &[Line]) -> Option<usize> {
    let widest = lines.iter().map(|line| line.width(source)).max()?;
    if widest > WIDEST_WRAP {
        return None;
    }
    let (mut all, mut all_full, mut inner, mut inner_full) = (0, 0, 0, 0);
    for pair in lines.windows(2) {
        let [line, next] = pair else { continue };
        let is_apart = line.is_blank() || line.stands_alone || next.is_blank() || next.stands_alone;
        if is_apart || next.indent > line.indent {
            continue;
        }
        let (is_full, goes_on) = (
            line.is_full(source, next, widest),
            line.goes_on(source, next),
        );
        all += 1;
        all_full += usize::from(is_full);
        inner += usize::from(goes_on);
        inner_full += usize::from(goes_on && is_full);
    }
    let is_nearly = |full: usize, all: usize| all > 0 && full * 10 >= all * 8;
    (is_nearly(all_full, all) || is_nearly(inner_full, inner)).then_some(widest)
}

/// Lines that belong together.
struct Paragraph {
    lines: Vec<Range<usize>>,
    is_item: bool,
    stands_alone: bool,
}

/// Whether a line stands above the title of a press release, or is an address.
fn stands_alone(line: &str) -> bool {
    const LONGEST: usize = 120;
    if line.len() > LONGEST {
        return false;
    }
    let line = line.to_lowercase();
    ABOVE_RELEASE.iter().any(|start| line.starts_with(start)) || is_address_line(&line)
}

/// How such lines begin.
const ABOVE_RELEASE: &[&str] = &[
    "for immediate release",
    "for release",
    "embargo",
    "press release",
    "news release",
    "media release",
    "contact:",
    "media contact",
    "press contact",
    "pressemitteilung",
    "sperrfrist",
    "communiqué de presse",
    "nota de prensa",
    "comunicado de prensa",
    "comunicado de imprensa",
    "comunicato stampa",
    "persbericht",
];

fn paragraphs(source: &str, lines: &[Line], wrap: Option<usize>) -> Vec<Paragraph> {
    let mut paragraphs: Vec<Paragraph> = Vec::new();
    let mut before: Option<&Line> = None;
    for line in lines {
        if line.is_blank() {
            before = None;
            continue;
        }
        let item = item_start(line.text(source));
        let last = paragraphs.last_mut();
        let is_item = last.as_ref().is_some_and(|last| last.is_item);
        let is_alone = line.stands_alone || before.is_some_and(|before| before.stands_alone);
        let continues = item.is_none()
            && !is_alone
            && matches!((before, wrap), (Some(before), Some(wrap))
                if (line.indent <= before.indent || is_item)
                    && (before.is_full(source, line, wrap) || before.goes_on(source, line)));
        let start = line.range.start + item.unwrap_or(0);
        match last {
            Some(last) if continues => last.lines.push(line.range.clone()),
            _ => paragraphs.push(Paragraph {
                lines: Vec::from([start..line.range.end]),
                is_item: item.is_some(),
                stands_alone: line.stands_alone,
            }),
        }
        before = Some(line);
    }
    paragraphs
}

/// Length of the bullet or number that starts a list item, white space behind it included.
fn item_start(line: &str) -> Option<usize> {
    if is_end_mark(&line.to_lowercase()) {
        return None;
    }
    let behind = line
        .strip_prefix(['-', '*', '•', '–', '·', '▪', '◦', '\u{F0B7}'])
        .or_else(|| line.strip_prefix('o').filter(|rest| rest.starts_with('\t')));
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    let numbered = line[digits..]
        .strip_prefix(['.', ')'])
        .filter(|_| (1..=2).contains(&digits));
    let behind = behind.or(numbered)?;
    let words = behind.trim_start_matches(is_folded);
    (words.len() < behind.len() && !words.is_empty()).then_some(line.len() - words.len())
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
mod tests;
