//! Puts what was set into the template's own bytes.
//!
//! What the designer wrote stays byte for byte; data is escaped and can never become markup.

use std::ops::Range;

use roxmltree::Node;

use super::typeset::Shift;
use crate::geometry::Px;

/// Replacements in a template's source.
#[derive(Debug)]
pub struct Splicer<'s> {
    source: &'s str,
    edits: Vec<(Range<usize>, String)>,
    /// Where the first element begins whose place or words are the card's.
    card: Option<usize>,
}

impl<'s> Splicer<'s> {
    /// For a template.
    pub fn new(source: &'s str) -> Self {
        Self {
            source,
            edits: Vec::new(),
            card: None,
        }
    }

    /// Takes an element out.
    pub fn remove(&mut self, node: Node<'_, '_>) {
        self.edits.push((node.range(), String::new()));
    }

    /// Puts text in the place of an element.
    pub fn replace(&mut self, node: Node<'_, '_>, with: String) {
        self.is_of_card(node);
        self.edits.push((node.range(), with));
    }

    /// Puts markup in the place of some bytes.
    pub fn write(&mut self, range: Range<usize>, with: String) {
        self.edits.push((range, with));
    }

    /// Puts markup behind an element.
    pub fn follow(&mut self, node: Node<'_, '_>, with: String) {
        if !with.is_empty() {
            let end = node.range().end;
            self.edits.push((end..end, with));
        }
    }

    /// Moves an element.
    pub fn shift(&mut self, node: Node<'_, '_>, shift: Shift) {
        if shift == Shift::default() {
            return;
        }
        self.is_of_card(node);
        let Shift { x, y } = shift;
        let moved = format!("translate({} {})", number(x), number(y));
        match node.attribute_node("transform") {
            Some(own) => {
                let start = own.range_value().start;
                self.edits.push((start..start, format!("{moved} ")));
            }
            None => {
                let at = name_end(node);
                self.edits.push((at..at, format!(" transform=\"{moved}\"")));
            }
        }
    }

    fn is_of_card(&mut self, node: Node<'_, '_>) {
        let start = node.range().start;
        self.card = Some(self.card.map_or(start, |first| first.min(start)));
    }

    /// Puts markup before an element.
    pub fn precede(&mut self, node: Node<'_, '_>, with: String) {
        let start = node.range().start;
        if !with.is_empty() {
            self.edits.push((start..start, with));
        }
    }

    /// Gives an element an attribute, in place of the one it has.
    pub fn attribute(&mut self, node: Node<'_, '_>, name: &str, value: &str) {
        let value = escape(value);
        match node.attribute_node(name) {
            Some(own) => self.edits.push((own.range_value(), value)),
            None => {
                let at = name_end(node);
                self.edits.push((at..at, format!(" {name}=\"{value}\"")));
            }
        }
    }

    /// Gives the root element its classes and the style sheet.
    pub fn dress(&mut self, root: Node<'_, '_>, classes: &str, css: &str) {
        self.open(root, classes, &format!("<style>\n{}</style>", escape(css)));
    }

    /// Gives the root element its classes, and puts markup before all that is in it.
    pub fn open(&mut self, root: Node<'_, '_>, classes: &str, markup: &str) {
        self.attribute(root, "class", classes);
        let last = root
            .attributes()
            .next_back()
            .map_or(name_end(root), |last| last.range().end);
        let open = self.source[last..]
            .find('>')
            .map_or(last, |at| last + at + 1);
        if !self.source[..open].ends_with("/>") {
            self.edits.push((open..open, markup.to_owned()));
        }
    }

    /// The document from its root element on, and how much of it comes before the first element
    /// whose place or words are the card's.
    pub fn finish(mut self, root: Node<'_, '_>) -> (String, usize) {
        self.edits
            .sort_by_key(|(range, _)| (range.start, std::cmp::Reverse(range.end)));
        let mut out = String::with_capacity(self.source.len() * 2);
        // Entities that a DOCTYPE declares are used all over the drawings of old tools.
        let has_doctype = self.source[..root.range().start].contains("<!DOCTYPE");
        let mut at = if has_doctype { 0 } else { root.range().start };
        let card = self.card.unwrap_or(root.range().end);
        let mut shared = None;
        for (range, with) in self.edits {
            // What is inside an element that was taken out is gone with it.
            if range.start < at {
                continue;
            }
            if card <= range.start {
                shared = shared.or(Some(out.len() + card.saturating_sub(at)));
            }
            out.push_str(&self.source[at..range.start]);
            out.push_str(&with);
            at = range.end;
        }
        let shared = shared.unwrap_or(out.len() + card.saturating_sub(at));
        out.push_str(&self.source[at..root.range().end]);
        out.push('\n');
        (out, shared)
    }
}

/// Behind the name in an element's start tag.
fn name_end(node: Node<'_, '_>) -> usize {
    let source = node.document().input_text();
    let start = node.range().start + 1;
    let is_end = |c: char| c.is_whitespace() || c == '>' || c == '/';
    source[start..]
        .find(is_end)
        .map_or(start, |length| start + length)
}

/// A length with at most three decimals, none of them a trailing zero: enough for a place.
pub fn number(length: Px) -> String {
    decimals(length, 3)
}

/// A length with at most six decimals: for what adds up over the letters of a line.
pub fn fine(length: Px) -> String {
    decimals(length, 6)
}

fn decimals(length: Px, most: usize) -> String {
    let text = format!("{:.most$}", length.0);
    let text = text.trim_end_matches('0').trim_end_matches('.');
    if text == "-0" {
        "0".to_owned()
    } else {
        text.to_owned()
    }
}

/// Text for an XML document: the five characters that are markup, and nothing XML cannot hold.
pub fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\t' | '\n' => out.push(c),
            c if c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}') => {}
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn data_never_becomes_markup() {
        assert_eq!(
            escape("</text><a b=\"&\u{0}\">"),
            "&lt;/text&gt;&lt;a b=&quot;&amp;&quot;&gt;"
        );
    }

    #[test]
    fn numbers_are_short() {
        #[track_caller]
        fn case(length: f64, expected: &str) {
            assert_eq!(number(Px(length)), expected);
        }
        case(12.0, "12");
        case(0.5004, "0.5");
        case(-0.0001, "0");
        case(100.0, "100");
    }
}
