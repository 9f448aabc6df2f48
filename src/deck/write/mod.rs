//! Writes a deck: YAML that people like to edit, and that reads back as the same deck.

#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::{Card, ChartKind, Deck, Field, Origin, Value};
use crate::article::Span;

/// What people need to know who open a deck for the first time.
const HEAD: &str = "\
# Cards for pullquote, best first. Words here are the words on the images.
#   status  proposed and approved cards are rendered, rejected ones are kept and left out
#   quote   show `…` where you cut words and `[…]` where you add some; `pullquote check` compares
#   chart   how a number is shown: number, ratio (1 in 4), ring (45%), bars (with two to four `values:`)
#   stale   the article has changed: why the card no longer fits it; remove the line when it does
#   photo   a picture file beside this deck; give its `credit`, what must stay in sight as
#           `focus: 0.6 0.3` (from the upper left corner), and what it shows as `alt`
#   fields  quote, emphasis (a phrase of the quote), speaker, role; qualifier, figure, label, context,
#           source, time; kicker, title, byline, date, brand; call, link (the end of a carousel);
#           in `shared` for all cards
# A card of your own needs only `- quote:` with `speaker:`, or `- figure:` with `label:`.
";

/// Lines longer than this are folded: they would not show whole beside an editor's line numbers.
const WIDTH: usize = 96;

/// The text of a deck's file.
///
/// Reading it gives the same deck, but for the places of the cards.
#[must_use]
pub fn write(deck: &Deck) -> String {
    let mut text = HEAD.to_owned();
    let mut out = Writer { text: &mut text };
    out.optional(0, "theme", deck.theme.as_deref());
    out.optional(0, "lang", deck.lang.as_deref());
    if !deck.shared.is_empty() {
        out.line(0, "shared:");
        out.fields(1, &deck.shared);
    }
    out.line(0, "cards:");
    for card in &deck.cards {
        out.text.push('\n');
        out.card(card);
    }
    text
}

/// The lines of one card, as in a deck: its dash two columns in.
pub(super) fn card(card: &Card) -> String {
    let mut text = String::new();
    Writer { text: &mut text }.card(card);
    text
}

/// Words between double quotation marks, which mean the same wherever they stand.
pub(super) fn quoted(words: &str) -> String {
    escaped(words)
}

struct Writer<'a> {
    text: &'a mut String,
}

impl Writer<'_> {
    fn card(&mut self, card: &Card) {
        let start = self.text.len();
        self.words(2, "id", &card.id);
        // The first key stands behind the card's dash.
        self.text.replace_range(start..start + 4, "  - ");
        self.words(2, "status", card.status.name());
        self.words(2, "kind", card.kind.name());
        self.optional(2, "theme", card.theme.as_deref());
        self.optional(2, "lang", card.lang.as_deref());
        self.optional(2, "template", card.template.as_deref());
        if card.capitalize {
            self.line(2, "capitalize: true");
        }
        if !card.quoted {
            self.line(2, "quoted: false");
        }
        self.fields(2, &card.fields);
        self.optional(2, "chart", card.chart.map(ChartKind::name));
        self.values(&card.values);
        self.optional(2, "stale", card.stale.as_deref());
        if let Some(origin) = &card.origin {
            self.origin(origin);
        }
        if let Some(score) = card.score {
            self.line(2, &format!("score: {score}"));
        }
        if !card.reasons.is_empty() {
            self.line(2, "reasons:");
        }
        for reason in &card.reasons {
            let reason = scalar(reason, 8);
            self.line(3, &format!("- {reason}"));
        }
    }

    fn values(&mut self, values: &[Value]) {
        if !values.is_empty() {
            self.line(2, "values:");
        }
        for value in values {
            let start = self.text.len();
            self.words(4, "figure", &value.figure);
            self.text.replace_range(start + 4..start + 8, "  - ");
            self.words(4, "label", &value.label);
        }
    }

    fn origin(&mut self, origin: &Origin) {
        self.line(2, "origin:");
        // The same on every system: a deck made on one is rendered on another.
        let article = origin.article.to_string_lossy();
        let article = if cfg!(windows) {
            article.replace('\\', "/")
        } else {
            article.into_owned()
        };
        self.words(3, "article", &article);
        if !origin.spans.is_empty() || !origin.values.is_empty() {
            self.line(3, "spans:");
        }
        for (field, spans) in &origin.spans {
            self.line(4, &format!("{}: {}", field.name(), ranges(spans)));
        }
        if !origin.values.is_empty() {
            self.line(4, &format!("values: {}", ranges(&origin.values)));
        }
    }

    fn fields(&mut self, level: usize, fields: &BTreeMap<Field, String>) {
        for (field, words) in fields {
            self.words(level, field.name(), words);
        }
    }

    fn optional(&mut self, level: usize, key: &str, words: Option<&str>) {
        if let Some(words) = words {
            self.words(level, key, words);
        }
    }

    fn words(&mut self, level: usize, key: &str, words: &str) {
        let margin = 2 * level;
        let room = WIDTH.saturating_sub(margin + key.len() + 2);
        let value = if words.chars().count() > room && can_be_folded(words) {
            folded(words, margin + 2)
        } else {
            scalar(words, margin + 2)
        };
        self.line(level, &format!("{key}: {value}"));
    }

    fn line(&mut self, level: usize, line: &str) {
        writeln!(self.text, "{:1$}{line}", "", 2 * level).expect("writing to a string cannot fail");
    }
}

/// Spans as a deck has them: `12-131 140-152`.
pub(super) fn ranges(spans: &[Span]) -> String {
    let range = |span: &Span| format!("{}-{}", span.start, span.end);
    spans.iter().map(range).collect::<Vec<_>>().join(" ")
}

/// The words as one scalar: bare, in quotation marks, or as a block of lines.
fn scalar(words: &str, margin: usize) -> String {
    if is_plain(words) {
        words.to_owned()
    } else if is_block(words) {
        let mut block = "|-".to_owned();
        for line in words.split('\n') {
            block.push('\n');
            if !line.is_empty() {
                write!(block, "{:margin$}{line}", "").expect("writing to a string cannot fail");
            }
        }
        block
    } else if words.contains(['"', '\\']) && words.chars().all(is_shown) {
        format!("'{}'", words.replace('\'', "''"))
    } else {
        escaped(words)
    }
}

/// Whether words mean themselves without quotation marks, to every reader of YAML.
///
/// Stricter than YAML asks for: only what begins with a letter, so that nobody takes it for a number,
/// a date or a sign.
fn is_plain(words: &str) -> bool {
    let starts = |c: char| c.is_alphabetic() || matches!(c, '“' | '‘' | '„' | '«' | '…');
    words.starts_with(starts)
        && words.chars().all(is_shown)
        && !words.ends_with([' ', ':'])
        && !words.contains(": ")
        && !words.contains(" #")
        && !is_keyword(words)
}

/// Words that YAML 1.1 or 1.2 reads as something else.
fn is_keyword(words: &str) -> bool {
    let keywords = ["null", "true", "false", "yes", "no", "on", "off", "y", "n"];
    keywords
        .iter()
        .any(|keyword| words.eq_ignore_ascii_case(keyword))
}

/// Whether words of several lines can stand as they are, indented.
fn is_block(words: &str) -> bool {
    words.contains('\n')
        && !words.starts_with([' ', '\n'])
        && !words.ends_with('\n')
        && words
            .split('\n')
            .all(|line| line.chars().all(is_shown) && !is_blank(line))
}

/// Nothing but spaces, which are easily lost in a block.
fn is_blank(line: &str) -> bool {
    !line.is_empty() && line.trim_matches(' ').is_empty()
}

/// Whether words can be broken into lines that read back as one.
fn can_be_folded(words: &str) -> bool {
    words.chars().all(is_shown) && !words.starts_with(' ') && !words.ends_with(' ')
}

/// Lines of words that read back with single spaces in between.
fn folded(words: &str, margin: usize) -> String {
    let mut block = ">-".to_owned();
    let mut width = usize::MAX;
    let mut after_space = false;
    for (index, word) in words.split(' ').enumerate() {
        let length = word.chars().count();
        // Only a single space may become a line break.
        let may_break = !word.is_empty() && !after_space;
        after_space = word.is_empty();
        if index == 0 || (may_break && width + 1 + length > WIDTH) {
            write!(block, "\n{:margin$}{word}", "").expect("writing to a string cannot fail");
            width = margin + length;
        } else {
            block.push(' ');
            block.push_str(word);
            width += 1 + length;
        }
    }
    block
}

/// A character that stands in a file as itself. The joiners of Persian and of emoji do.
fn is_shown(c: char) -> bool {
    let is_break = matches!(c, '\u{2028}' | '\u{2029}');
    let is_hidden = matches!(
        c,
        '\u{feff}' | '\u{fffe}' | '\u{ffff}' | '\u{200b}' | '\u{200e}' | '\u{200f}'
    ) || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}');
    !c.is_control() && !is_break && !is_hidden
}

fn escaped(words: &str) -> String {
    let mut escaped = String::from('"');
    for c in words.chars() {
        match c {
            '"' => escaped.push_str("\\\""),
            '\\' => escaped.push_str("\\\\"),
            '\n' => escaped.push_str("\\n"),
            '\t' => escaped.push_str("\\t"),
            '\r' => escaped.push_str("\\r"),
            c if is_shown(c) => escaped.push(c),
            c => write_escape(&mut escaped, c),
        }
    }
    escaped.push('"');
    escaped
}

/// As YAML writes a character by its number.
fn write_escape(text: &mut String, c: char) {
    write!(text, "\\U{:08X}", u32::from(c)).expect("writing to a string cannot fail");
}
