//! Writes the copy of a page that its tree is built from.
//!
//! What the tree need not know stays out of it: scripts, styles, comments, data in attributes, and
//! elements nested deeper than any article, which would make what follows quadratic.

use std::fmt::Write;

use super::facts::Tag;
use super::nesting::Nesting;
use super::page::Marks;
use super::roles::is_pull_quote;

/// So many attributes of a tag are copied at most: finding doubles among them takes the square of it.
const MOST_ATTRIBUTES: usize = 64;

/// The longest value that an attribute keeps, in bytes: longer ones are pictures and state of scripts.
const LONGEST_VALUE: usize = 1024;

/// A copy under construction.
pub(super) struct Copy {
    marked: String,
    marks: Marks,
    nesting: Nesting,
    /// Bytes of the numbers that the page does not have.
    numbers: usize,
    /// What the open `<aside>`s and `<footer>`s are called in the copy.
    renamed: Vec<Option<&'static str>>,
}

impl Copy {
    /// An empty copy.
    pub(super) fn new(marks: Marks, capacity: usize) -> Self {
        Self {
            marked: String::with_capacity(capacity),
            marks,
            nesting: Nesting::default(),
            numbers: 0,
            renamed: Vec::new(),
        }
    }

    /// The copy as it is to be parsed, and how much of it is the page's, in bytes.
    pub(super) fn finish(self) -> (String, usize) {
        let own = self.marked.len() - self.numbers;
        (self.marked, own)
    }

    /// Adds what needs no marks.
    pub(super) fn as_it_is(&mut self, written: &str) {
        self.marked.push_str(written);
    }

    /// Adds the number of a run, which stands before its words.
    pub(super) fn number(&mut self, run: usize) {
        let mark = self.marks.number;
        let before = self.marked.len();
        // Writing to a string cannot fail.
        let _ = write!(self.marked, "{mark}{run}{mark}");
        self.numbers += self.marked.len() - before;
    }

    /// Adds visible text; nothing in it is markup.
    pub(super) fn text(&mut self, text: &str) {
        if !text.contains(['&', '<']) {
            return self.marked.push_str(text);
        }
        let marks = self.marks;
        self.marked
            .extend(text.chars().map(|character| match character {
                '&' => marks.ampersand,
                '<' => marks.less,
                other => other,
            }));
    }

    /// Adds the text of a title or a field.
    pub(super) fn raw_text(&mut self, text: &str) {
        let escaped = text.replace('&', "&amp;").replace('<', "&lt;");
        self.marked.push_str(&escaped);
    }

    /// Adds a start tag, unless it nests too deep.
    pub(super) fn start_tag(&mut self, tag: &Tag) {
        let renamed = self.renamed(tag);
        if !self.nesting.opens(&tag.name) {
            return;
        }
        self.marked.push('<');
        match renamed {
            Some(name) => self.marked.push_str(name),
            None => self.name(&tag.name),
        }
        let kept = tag
            .attributes
            .iter()
            .filter(|(name, value)| is_read(&tag.name, name, value));
        for (name, value) in kept.take(MOST_ATTRIBUTES) {
            self.marked.push(' ');
            self.name(name);
            if value.len() <= LONGEST_VALUE {
                self.value(value);
            }
        }
        self.marked
            .push_str(if tag.is_self_closing { " />" } else { ">" });
    }

    /// Adds an end tag, unless its start tag was left out.
    pub(super) fn end_tag(&mut self, tag: &Tag) {
        let may_be_renamed = matches!(tag.name.as_slice(), b"aside" | b"footer");
        let renamed = may_be_renamed
            .then(|| self.renamed.pop())
            .flatten()
            .flatten();
        if !self.nesting.closes(&tag.name) {
            return;
        }
        self.marked.push_str("</");
        match renamed {
            Some(name) => self.marked.push_str(name),
            None => self.name(&tag.name),
        }
        self.marked.push('>');
    }

    /// The name that a start tag has in the copy, if another: Readability throws every `<aside>` and
    /// `<footer>` away, pull quotes and the names under quotations among them.
    fn renamed(&mut self, tag: &Tag) -> Option<&'static str> {
        let name = match tag.name.as_slice() {
            b"aside" => {
                let class = tag.attribute("class").unwrap_or_default();
                is_pull_quote(class).then_some("blockquote")
            }
            b"footer" => self.nesting.is_in(b"blockquote").then_some("cite"),
            _ => return None,
        };
        self.renamed.push(name);
        name
    }

    fn name(&mut self, name: &[u8]) {
        self.marked.push_str(&String::from_utf8_lossy(name));
    }

    fn value(&mut self, value: &[u8]) {
        let value = String::from_utf8_lossy(value);
        self.marked.push_str("=\"");
        if value.contains(['&', '"']) {
            let escaped = value.replace('&', "&amp;").replace('"', "&quot;");
            self.marked.push_str(&escaped);
        } else {
            self.marked.push_str(&value);
        }
        self.marked.push('"');
    }
}

/// Whether an attribute says something about an element that the search for the article asks:
/// handlers, data for scripts and most of style do not. Pictures keep all, for they hide their
/// address in any.
fn is_read(tag: &[u8], name: &[u8], value: &[u8]) -> bool {
    if matches!(tag, b"img" | b"picture" | b"figure" | b"source") {
        return true;
    }
    let hides = |word: &[u8]| value.windows(word.len()).any(|part| part == word);
    match name {
        b"style" => hides(b"none") || hides(b"hidden"),
        _ => !name.starts_with(b"data-") && !name.starts_with(b"on"),
    }
}
