//! Edits the text of a deck without touching what it does not have to.

use std::ops::Range;

use crate::deck::yaml::{self, Key, Node, Value};
use crate::deck::{Card, write};
use crate::error::{Error, Result};

/// Columns before the dash of a card as [`write::card`] writes it.
const MARGIN: usize = 2;

/// A deck's text and what is to be changed in it.
pub(super) struct Editor<'t> {
    text: &'t str,
    list: Node,
    /// Where the keys behind the list begin, if there are any.
    behind: Option<usize>,
    edits: Vec<(Range<usize>, String)>,
    appended: String,
}

impl<'t> Editor<'t> {
    /// Opens a deck that was read before.
    pub(super) fn open(text: &'t str) -> Result<Self> {
        let root = yaml::parse(text)?.ok_or_else(|| Error::new("the deck is empty"))?;
        let (mut list, mut behind) = (None, None);
        match root.value {
            Value::List(_) => list = Some(root),
            Value::Map(entries) => {
                for (key, node) in entries {
                    if list.is_some() {
                        behind = behind.or(Some(key.range.start));
                    } else if key.name == "cards" {
                        list = Some(node);
                    }
                }
            }
            _ => {}
        }
        let list = list.ok_or_else(|| Error::new("the deck has no `cards`"))?;
        Ok(Self {
            text,
            list,
            behind,
            edits: Vec::new(),
            appended: String::new(),
        })
    }

    fn cards(&self) -> &[Node] {
        match &self.list.value {
            Value::List(nodes) => nodes,
            _ => &[],
        }
    }

    fn entries(&self, card: usize) -> &[(Key, Node)] {
        match self.cards().get(card).map(|node| &node.value) {
            Some(Value::Map(entries)) => entries,
            _ => &[],
        }
    }

    /// Says on a card why it is stale: in its second line, where it is seen.
    pub(super) fn set_stale(&mut self, card: usize, why: &str) {
        let why = write::quoted(why);
        let entries = self.entries(card);
        if let Some(index) = index_of(entries, "stale") {
            let range = self.entry_range(entries, index);
            let (key, end) = (range.start, self.value_end(range.clone()));
            self.edits.push((key..end, format!("stale: {why}")));
            return;
        }
        let Some((key, _)) = entries.get(1).or(entries.first()) else {
            return;
        };
        let at = key.range.start;
        let between = match self.is_flow(card) {
            true => ", ".to_owned(),
            false => format!("{}{}", self.line_end(), " ".repeat(self.column(at))),
        };
        self.edits.push((at..at, format!("stale: {why}{between}")));
    }

    /// Takes the reason off a card.
    pub(super) fn remove_stale(&mut self, card: usize) {
        let entries = self.entries(card);
        let Some(index) = index_of(entries, "stale") else {
            return;
        };
        let range = self.entry_range(entries, index);
        let value_end = self.value_end(range.clone());
        let is_last = index + 1 == entries.len();
        let edit = match (self.is_flow(card), is_last) {
            // Up to the next key, with the comma or the line end between them.
            (true, false) => range,
            (true, true) => self.text[..range.start].trim_end_matches([' ', ',']).len()..value_end,
            (false, _) => {
                let line = self.text[..range.start].rfind('\n').map_or(0, |at| at + 1);
                let is_own_line = self.text[line..range.start].trim().is_empty();
                let behind = self.text[value_end..]
                    .find('\n')
                    .map(|at| value_end + at + 1);
                match behind {
                    // A comment behind it stays with the lines below.
                    _ if !self.text[value_end..behind.unwrap_or(self.text.len())]
                        .trim()
                        .is_empty() =>
                    {
                        range.start..value_end
                    }
                    Some(behind) if is_own_line => line..behind,
                    _ if index == 0 && !is_last => range,
                    _ => line.saturating_sub(1)..value_end,
                }
            }
        };
        self.edits.push((edit, String::new()));
    }

    /// Writes another span of a field, if the card has one written down.
    pub(super) fn set_span(&mut self, card: usize, field: &str, ranges: &str) {
        let origin = find(self.entries(card), "origin");
        let spans = origin.and_then(|node| find(map(node), "spans"));
        if let Some(node) = spans.and_then(|node| find(map(node), field))
            && matches!(node.value, Value::Words(_))
        {
            self.edits.push((node.range.clone(), ranges.to_owned()));
        }
    }

    /// Adds a card behind the last one.
    pub(super) fn append(&mut self, card: &Card) -> Result<()> {
        if self.text[self.list.range.start..].starts_with('[') {
            let (line, column) = self.list.place;
            let error = Error::new("new cards cannot be written into a list in brackets");
            return Err(error
                .at(line, column)
                .with_hint("write each card on lines of its own, behind a `-`"));
        }
        let margin = self.margin();
        let end = self.line_end();
        self.appended.push_str(end);
        for line in write::card(card).lines() {
            let bare = line.strip_prefix(&" ".repeat(MARGIN)).unwrap_or(line);
            let margin = if bare.is_empty() { 0 } else { margin };
            self.appended
                .push_str(&format!("{:margin$}{bare}{end}", ""));
        }
        Ok(())
    }

    /// The text with all changes made.
    pub(super) fn finish(mut self) -> String {
        if !self.appended.is_empty() {
            let at = self.behind.unwrap_or(self.text.len());
            let is_open = at > 0 && !self.text[..at].ends_with('\n');
            let mut cards = if is_open {
                self.line_end().to_owned()
            } else {
                String::new()
            };
            cards.push_str(&self.appended);
            if self.behind.is_some() {
                cards.push_str(self.line_end());
            }
            self.edits.push((at..at, cards));
        }
        self.edits.sort_by_key(|(range, _)| range.start);
        let mut text = self.text.to_owned();
        for (range, words) in self.edits.iter().rev() {
            text.replace_range(range.clone(), words);
        }
        text
    }

    /// Columns before the dash of the cards.
    fn margin(&self) -> usize {
        let Some(first) = self.cards().first() else {
            return MARGIN;
        };
        let dash = self.text[..first.range.start].rfind('-');
        dash.map_or(MARGIN, |dash| self.column(dash))
    }

    /// Characters before a byte in its line.
    fn column(&self, at: usize) -> usize {
        let line = self.text[..at].rfind('\n').map_or(0, |end| end + 1);
        self.text[line..at].chars().count()
    }

    fn line_end(&self) -> &'static str {
        if self.text.contains("\r\n") {
            "\r\n"
        } else {
            "\n"
        }
    }

    fn is_flow(&self, card: usize) -> bool {
        let node = &self.cards()[card];
        self.text[node.range.start..].starts_with('{')
    }

    /// From a key to the next one, or to the end of its value.
    fn entry_range(&self, entries: &[(Key, Node)], index: usize) -> Range<usize> {
        let (key, node) = &entries[index];
        let end = entries
            .get(index + 1)
            .map_or(node.range.end, |(next, _)| next.range.start);
        key.range.start..end.max(key.range.end)
    }

    /// Where the value of an entry ends: before the white space, comments and comma behind it.
    fn value_end(&self, range: Range<usize>) -> usize {
        let entries = self.cards().iter().flat_map(map);
        let node = entries
            .filter(|(key, _)| key.range.start == range.start)
            .map(|(_, node)| node)
            .next();
        let end = node.map_or(range.end, |node| {
            node.range.end.clamp(range.start, range.end)
        });
        range.start + self.text[range.start..end].trim_end().len()
    }
}

fn map(node: &Node) -> &[(Key, Node)] {
    match &node.value {
        Value::Map(entries) => entries,
        _ => &[],
    }
}

fn find<'a>(entries: &'a [(Key, Node)], name: &str) -> Option<&'a Node> {
    entries
        .iter()
        .find(|(key, _)| key.name == name)
        .map(|(_, node)| node)
}

fn index_of(entries: &[(Key, Node)], name: &str) -> Option<usize> {
    entries.iter().position(|(key, _)| key.name == name)
}
