//! Reads YAML as a tree in which everything knows its line and column.
//!
//! Built on the events of the parser rather than on serde, because a deck's values are words: what
//! people typed as `1.50`, `no` or `12:30` stays those characters, and every message has a place.
//! Aliases, merge keys, tags and several documents are refused: they have no use in a deck and let
//! a small file stand for a large one.

use std::ops::Range;

use serde_saphyr::granit_parser::{ErrorKind, Event, Parser, ScalarStyle, ScanError, Span};

use crate::error::{Error, Result};

/// Deeper nesting than this is refused; a deck has four levels.
const DEEPEST: usize = 16;

/// Something in the file, with its line and column, both counted from 1.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Node {
    pub(super) value: Value,
    pub(super) place: (usize, usize),
    /// The bytes it stands in. A block of lines may reach to the next key.
    pub(super) range: Range<usize>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Value {
    /// Nothing, `~` or `null`, without quotation marks.
    Nothing,
    /// The characters as typed, quotation marks and escapes undone.
    Words(String),
    List(Vec<Node>),
    /// Keys in the order of the file, with their places.
    Map(Vec<(Key, Node)>),
}

/// A key of a mapping; no key stands twice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Key {
    pub(super) name: String,
    pub(super) place: (usize, usize),
    pub(super) range: Range<usize>,
}

impl Key {
    /// A key of a file that is never edited in place.
    pub(super) fn new(name: String, place: (usize, usize)) -> Self {
        let range = 0..0;
        Self { name, place, range }
    }
}

impl Node {
    /// A value of a file that is never edited in place.
    pub(super) fn new(value: Value, place: (usize, usize)) -> Self {
        let range = 0..0;
        Self {
            value,
            place,
            range,
        }
    }

    /// What it is, for messages.
    pub(super) fn describe(&self) -> &'static str {
        match self.value {
            Value::Nothing => "nothing",
            Value::Words(_) => "words",
            Value::List(_) => "a list",
            Value::Map(_) => "a mapping",
        }
    }
}

/// The key of the list whose items may be handed over one by one.
const ITEMS: &str = "cards";

/// Reads a text; `None` where it has nothing but comments.
pub(super) fn parse(text: &str) -> Result<Option<Node>> {
    read(text, None)
}

/// As [`parse`], but hands over the items of the list `cards`, or of a text that is a list, one by one: so
/// they are not all in memory. The list that is returned is empty.
pub(super) fn parse_items(text: &str, take: &mut dyn FnMut(Node)) -> Result<Option<Node>> {
    read(text, Some(take))
}

fn read(text: &str, take: Option<&mut dyn FnMut(Node)>) -> Result<Option<Node>> {
    let mut reader = Reader {
        parser: Parser::new_from_str(text),
        text,
        take,
    };
    let mut root = None;
    loop {
        let (event, span) = reader.next()?;
        match event {
            Event::StreamEnd => return Ok(root),
            Event::DocumentStart(..) if root.is_some() => {
                let hint = "put all cards under one `cards:`, or into files of their own";
                return Err(at(&span, "a second document starts here").with_hint(hint));
            }
            Event::StreamStart | Event::DocumentStart(..) | Event::DocumentEnd => {}
            event => root = Some(reader.node(event, &span, (0, true))?),
        }
    }
}

struct Reader<'a, 't> {
    parser: Parser<'a, serde_saphyr::granit_parser::StrInput<'a>>,
    text: &'a str,
    take: Option<&'t mut dyn FnMut(Node)>,
}

impl<'a> Reader<'a, '_> {
    fn next(&mut self) -> Result<(Event<'a>, Span)> {
        let Some(event) = self.parser.next_event() else {
            return Err(Error::new("the file ends in the middle"));
        };
        event.map_err(|fault| not_yaml(&fault, self.text))
    }

    /// What begins with an event; `are_items` says whether it is the list whose items may be handed over.
    fn node(
        &mut self,
        event: Event<'a>,
        span: &Span,
        (depth, are_items): (usize, bool),
    ) -> Result<Node> {
        if depth > DEEPEST {
            return Err(at(span, format!("this is nested more than {DEEPEST} deep")));
        }
        let tag = match &event {
            Event::Scalar(.., tag)
            | Event::SequenceStart(.., tag)
            | Event::MappingStart(.., tag) => tag.as_ref(),
            _ => None,
        };
        if let Some(tag) = tag {
            let message = format!("a deck has no tags, found `{}`", tag.original());
            let place = span.tag_start().unwrap_or(span.start);
            let error = Error::new(message).at(place.line(), place.col() + 1);
            return Err(error.with_hint("put quotation marks around the words"));
        }
        let range = bytes(span);
        let mut end = range.end;
        let value = match event {
            Event::Scalar(words, ScalarStyle::Plain, ..) if is_nothing(&words) => Value::Nothing,
            Event::Scalar(words, ..) => Value::Words(words.into_owned()),
            Event::SequenceStart(..) => Value::List(self.list((depth, are_items), &mut end)?),
            Event::MappingStart(..) => Value::Map(self.map(depth, &mut end)?),
            _ => {
                let error = at(span, "a deck has no aliases (`*name`)");
                return Err(error.with_hint(ALIASES));
            }
        };
        Ok(Node {
            value,
            place: place(span),
            range: range.start..end,
        })
    }

    fn list(&mut self, (depth, are_items): (usize, bool), end: &mut usize) -> Result<Vec<Node>> {
        let mut nodes = Vec::new();
        loop {
            let (event, span) = self.next()?;
            if event == Event::SequenceEnd {
                *end = bytes(&span).end;
                return Ok(nodes);
            }
            let node = self.node(event, &span, (depth + 1, false))?;
            match &mut self.take {
                Some(take) if are_items => take(node),
                _ => nodes.push(node),
            }
        }
    }

    fn map(&mut self, depth: usize, end: &mut usize) -> Result<Vec<(Key, Node)>> {
        let mut entries: Vec<(Key, Node)> = Vec::new();
        let mut seen = std::collections::BTreeMap::new();
        loop {
            let (event, span) = self.next()?;
            if event == Event::MappingEnd {
                *end = bytes(&span).end;
                return Ok(entries);
            }
            let key = self.node(event, &span, (depth + 1, false))?;
            let Value::Words(name) = key.value else {
                let message = format!("expected the name of a key, found {}", key.describe());
                return Err(at(&span, message));
            };
            if let Some(line) = seen.insert(name.clone(), key.place.0) {
                let message = format!("the key `{name}` stands twice, first in line {line}");
                return Err(at(&span, message).with_hint("keep one of them"));
            }
            let key = Key {
                name,
                place: key.place,
                range: key.range,
            };
            let (event, span) = self.next()?;
            let are_items = depth == 0 && key.name == ITEMS;
            let mut node = self.node(event, &span, (depth + 1, are_items))?;
            if node.value == Value::Nothing {
                // What is not there has no place of its own.
                node.place = key.place;
            }
            entries.push((key, node));
        }
    }
}

fn is_nothing(words: &str) -> bool {
    matches!(words, "" | "~" | "null" | "Null" | "NULL")
}

/// The parser knows bytes for texts in memory, and these are.
fn bytes(span: &Span) -> Range<usize> {
    span.byte_range().unwrap_or_default()
}

fn place(span: &Span) -> (usize, usize) {
    (span.start.line(), span.start.col() + 1)
}

fn at(span: &Span, message: impl Into<String>) -> Error {
    let (line, column) = place(span);
    Error::new(message).at(line, column)
}

/// What the parser says, with a way out for the slips that people make.
fn not_yaml(fault: &ScanError, text: &str) -> Error {
    let (line, column) = (fault.marker().line(), fault.marker().col() + 1);
    let error = Error::new(format!("this is not YAML: {}", fault.info()));
    match hint(fault.kind()) {
        // The parser names the value that the tab is in, which may begin lines before.
        Some(TABS) => {
            let (line, column) = tab(text, line).unwrap_or((line, column));
            error.at(line, column).with_hint(TABS)
        }
        Some(hint) => error.at(line, column).with_hint(hint),
        None => error.at(line, column),
    }
}

const ALIASES: &str =
    "write the value out, or put quotation marks around words that begin with `*`";

const TABS: &str = "indent with spaces, never with tabs";

/// The first tab that indents a line, from a line on.
fn tab(text: &str, from: usize) -> Option<(usize, usize)> {
    let mut lines = text.lines().enumerate().skip(from.saturating_sub(1));
    lines.find_map(|(index, line)| {
        let indent = &line[..line.len() - line.trim_start_matches([' ', '\t']).len()];
        Some((index + 1, indent.find('\t')? + 1))
    })
}

fn hint(kind: &ErrorKind) -> Option<&'static str> {
    Some(match kind {
        ErrorKind::TabNotAllowed
        | ErrorKind::TabInBlockIndentation
        | ErrorKind::TabInIndentation
        | ErrorKind::TabAtBlockScalarStart
        | ErrorKind::TabInPlainScalar => TABS,
        ErrorKind::MappingValueNotAllowed | ErrorKind::InvalidColonPlacement => {
            "put quotation marks around words that have `: ` in them"
        }
        ErrorKind::UnknownAnchor => ALIASES,
        ErrorKind::UnclosedQuotedScalar => "close the quotation mark",
        ErrorKind::UnknownQuotedScalarEscape => {
            "write `\\\\` for a backslash, or use single quotation marks"
        }
        ErrorKind::InvalidTrailingDoubleQuotedScalar
        | ErrorKind::InvalidTrailingSingleQuotedScalar => {
            "put the whole value between quotation marks, or write it below `key: >-`"
        }
        ErrorKind::UnexpectedCharacter { .. } => {
            "put quotation marks around words that begin with a sign"
        }
        ErrorKind::InvalidIndentation
        | ErrorKind::SimpleKeyExpected
        | ErrorKind::ExpectedBlockMappingKey
        | ErrorKind::ExpectedBlockSequenceEntry
        | ErrorKind::BlockSequenceEntryNotAllowed => {
            "indent the keys of a card alike, two spaces below its `-`"
        }
        _ => return None,
    })
}
