//! Writes the copy of a page that its tree is built from.
//!
//! What the tree need not know stays out of it: scripts, styles, comments, data in attributes, and
//! elements nested deeper than any article, which would make what follows quadratic.

use std::fmt::Write;

use super::facts::Tag;
use super::nesting::Nesting;
use super::page::Marks;
use super::roles::{is_post, is_pull_quote};

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
    /// What the open elements of each name are called in the copy, where that may differ.
    renamed: [Vec<Option<&'static str>>; RENAMED.len()],
    /// For each open block quotation, whether it is or stands in an embedded post of words.
    posts: Vec<bool>,
}

/// Elements that may have another name in the copy.
const RENAMED: [&[u8]; 4] = [b"a", b"aside", b"div", b"footer"];

impl Copy {
    /// An empty copy.
    pub(super) fn new(marks: Marks, capacity: usize) -> Self {
        Self {
            marked: String::with_capacity(capacity),
            marks,
            nesting: Nesting::default(),
            numbers: 0,
            renamed: Default::default(),
            posts: Vec::new(),
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

    /// Adds a start tag, unless it nests too deep; `rest` is the page behind it.
    pub(super) fn start_tag(&mut self, tag: &Tag, rest: &str) {
        if tag.name == b"blockquote" {
            let is_post = tag.attribute("class").is_some_and(is_post) && !shows_picture(rest);
            self.posts.push(is_post || self.is_in_post());
        }
        let renamed = self.new_name(tag);
        if let Some(at) = renamed_at(&tag.name) {
            self.renamed[at].push(renamed);
        }
        if !self.nesting.opens(&tag.name) {
            return;
        }
        self.marked.push('<');
        match renamed {
            Some(name) => self.marked.push_str(name),
            None => self.name(&tag.name),
        }
        // What a footer is called would have it thrown away all the same.
        let is_bare = renamed == Some("cite");
        let kept = tag
            .attributes
            .iter()
            .filter(|(name, value)| !is_bare && is_read(&tag.name, name, value));
        for (name, value) in kept.take(MOST_ATTRIBUTES) {
            self.marked.push(' ');
            self.name(name);
            if value.len() <= LONGEST_VALUE {
                self.value(value);
            }
        }
        let end = if tag.is_self_closing { " />" } else { ">" };
        self.marked.push_str(end);
    }

    /// Adds an end tag, unless its start tag was left out.
    pub(super) fn end_tag(&mut self, tag: &Tag) {
        if tag.name == b"blockquote" {
            self.posts.pop();
        }
        let renamed = renamed_at(&tag.name).and_then(|at| self.renamed[at].pop().flatten());
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

    /// The name that a start tag has in the copy, if another. Readability throws every `<aside>` and
    /// `<footer>` away, pull quotes and the names under quotations among them; it makes paragraphs of
    /// boxes that hold one, and takes a post that is half links for a menu.
    fn new_name(&self, tag: &Tag) -> Option<&'static str> {
        let class = || tag.attribute("class").unwrap_or_default();
        match tag.name.as_slice() {
            b"aside" | b"div" => is_pull_quote(class()).then_some("blockquote"),
            b"footer" => self.nesting.is_in(b"blockquote").then_some("cite"),
            b"a" => self.is_in_post().then_some("span"),
            _ => None,
        }
    }

    fn is_in_post(&self) -> bool {
        self.posts.last() == Some(&true)
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

/// An embedded post is no longer than this, markup included, in bytes.
const LONGEST_POST: usize = 4096;

/// Whether the post at the start of a text shows a picture: its words are the caption, and say little
/// without it.
fn shows_picture(rest: &str) -> bool {
    let rest = &rest[..rest.floor_char_boundary(LONGEST_POST)];
    let post = rest.split("</blockquote").next().unwrap_or(rest);
    post.contains(">pic.twitter.com/") || post.contains(">pic.x.com/")
}

/// Which of the elements that may be renamed one is.
fn renamed_at(name: &[u8]) -> Option<usize> {
    RENAMED.iter().position(|renamed| *renamed == name)
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
