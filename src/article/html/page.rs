//! Reads a page's tokens: which bytes of the file every stretch of text stands in.
//!
//! No HTML tree in Rust knows byte positions. So the page is tokenized twice: here, with positions,
//! and again by the tree's own parser, from a copy in which every run of text starts with its
//! number between two marks. Wherever the tree builder then puts the text, and whatever is made of
//! the tree, the number says where the words stand in the file.
//!
//! What the tree need not know stays out of the copy: scripts, styles, comments, data in attributes,
//! and elements nested deeper than any article, which would make what follows quadratic.

use std::ops::Range;

use html5gum::{Emitter, Error, State, Tokenizer, naive_next_state};

use super::facts::{Facts, Tag};
use super::nesting::Nesting;
use super::roles::is_pull_quote;

/// Longer tags are copied with their short attributes only: pictures as data, state of scripts.
const LONGEST_TAG: usize = 4096;

/// The longest value that an attribute of such a tag keeps, in bytes.
const LONGEST_VALUE: usize = 512;

/// A page as tokens.
pub(super) struct Page {
    /// The copy for the tree's parser.
    pub(super) marked: String,
    /// The characters in the copy that the page does not have.
    pub(super) marks: Marks,
    /// Stretches of visible text between tags that are more than white space, in order.
    pub(super) runs: Vec<Run>,
    /// What the page says about itself outside its text.
    pub(super) facts: Facts,
    pieces: Vec<Piece>,
    /// What entities stand for, one after the other.
    decoded: String,
}

/// Characters of the copy that the page does not have.
#[derive(Clone, Copy)]
pub(super) struct Marks {
    /// Stands around the number of a run.
    pub(super) number: char,
    /// Stands for `&`: the tree's parser takes the square of the number of entities in a text.
    pub(super) ampersand: char,
    /// Stands for `<`, for the same reason.
    pub(super) less: char,
}

/// A stretch of text between two tags.
#[derive(Clone, Debug)]
pub(super) struct Run {
    pieces: Range<usize>,
    /// Whether white space or the edge of a block parts it from the run before.
    pub(super) is_apart: bool,
}

/// Text that stands in the file as it is, or an entity.
#[derive(Clone, Debug)]
struct Piece {
    file: Range<usize>,
    /// Where [`Page::decoded`] has what it stands for.
    decoded: Option<Range<usize>>,
}

impl Page {
    /// Reads the tokens of a page.
    pub(super) fn read(source: &str) -> Self {
        let mut unused = (0xF8E0..=0xF8FF)
            .chain(0xF_0000..0xF_FFFD)
            .filter_map(char::from_u32)
            .filter(|mark| !source.contains(*mark));
        let marks = Marks {
            number: unused.next().unwrap_or('\u{F8E0}'),
            ampersand: unused.next().unwrap_or('\u{F8E1}'),
            less: unused.next().unwrap_or('\u{F8E2}'),
        };
        let page = Self {
            marked: String::with_capacity(source.len()),
            marks,
            runs: Vec::new(),
            facts: Facts::default(),
            pieces: Vec::new(),
            decoded: String::new(),
        };
        let mut reader = Reader {
            source,
            page,
            position: 0,
            done: 0,
            tag_start: 0,
            tag: Tag::default(),
            is_end_tag: false,
            last_start_tag: Vec::new(),
            attribute: None,
            cut: Vec::new(),
            text: Text::Visible,
            run_start: None,
            is_apart: true,
            nesting: Nesting::default(),
            renamed: Vec::new(),
        };
        let tokenizer = Tokenizer::new_with_emitter(source, &mut reader);
        let Ok(()) = tokenizer.finish();
        reader.page
    }

    /// The pieces of a run: their bytes in the file, and what they stand for if that differs.
    pub(super) fn pieces(&self, run: usize) -> impl Iterator<Item = (Range<usize>, Option<&str>)> {
        let pieces = self.pieces[self.runs[run].pieces.clone()].iter();
        pieces.map(|piece| {
            let decoded = piece.decoded.clone();
            (piece.file.clone(), decoded.map(|at| &self.decoded[at]))
        })
    }

    /// The bytes of the file that a run stands in.
    pub(super) fn span(&self, run: usize) -> Range<usize> {
        let pieces = &self.pieces[self.runs[run].pieces.clone()];
        let start = pieces.first().map_or(0, |piece| piece.file.start);
        start..pieces.last().map_or(start, |piece| piece.file.end)
    }
}

/// What the text that is being read is.
#[derive(Clone, Copy, PartialEq)]
enum Text {
    Visible,
    /// The page's title or a field's text: seen, but not in the article.
    Raw,
    Script,
    Data,
    Style,
}

/// Follows the tokenizer and keeps count of the bytes.
struct Reader<'s> {
    source: &'s str,
    page: Page,
    /// Where the tokenizer is in the file.
    position: usize,
    /// Where the last token ended.
    done: usize,
    tag_start: usize,
    tag: Tag,
    is_end_tag: bool,
    last_start_tag: Vec<u8>,
    attribute: Option<(Vec<u8>, Vec<u8>)>,
    /// The first bytes of a character whose others have not come yet.
    cut: Vec<u8>,
    text: Text,
    /// The first piece of the run that is being read, if it has words.
    run_start: Option<usize>,
    is_apart: bool,
    nesting: Nesting,
    /// What the open `<aside>`s and `<footer>`s are called in the copy.
    renamed: Vec<Option<&'static str>>,
}

impl Reader<'_> {
    /// The bytes since the last token.
    fn token(&mut self) -> Range<usize> {
        let end = self.source.floor_char_boundary(self.position);
        let token = self.done.min(end)..end;
        self.done = end;
        token
    }

    fn finish_run(&mut self) {
        if let Some(start) = self.run_start.take() {
            self.page.runs.push(Run {
                pieces: start..self.page.pieces.len(),
                is_apart: self.is_apart,
            });
            self.is_apart = false;
        }
    }

    fn visible(&mut self, text: &str, mut file: Range<usize>) {
        // After a carriage return the tokenizer passes over the line feed in silence.
        if file.len() == text.len() + 1 && self.source[file.clone()].starts_with('\n') {
            file.start += 1;
        }
        if self.run_start.is_some() {
            self.copy(text);
            return self.push(text, file);
        }
        let words = text.trim_start_matches([' ', '\t', '\n', '\r', '\u{c}']);
        let lead = text.len() - words.len();
        self.is_apart |= lead > 0;
        self.copy(&text[..lead]);
        if words.is_empty() {
            return;
        }
        if self.text == Text::Visible {
            let mark = self.page.marks.number;
            let number = self.page.runs.len();
            self.page.marked.push_str(&format!("{mark}{number}{mark}"));
        }
        self.copy(words);
        self.run_start = Some(self.page.pieces.len());
        let is_same = self.source[file.clone()] == *text;
        file.start += if is_same { lead } else { 0 };
        self.push(words, file);
    }

    /// Copies text so that nothing in it is markup.
    fn copy(&mut self, text: &str) {
        let marks = self.page.marks;
        if self.text == Text::Visible && text.contains(['&', '<']) {
            let escaped = text.chars().map(|character| match character {
                '&' => marks.ampersand,
                '<' => marks.less,
                other => other,
            });
            self.page.marked.extend(escaped);
        } else if self.text == Text::Raw {
            let escaped = text.replace('&', "&amp;").replace('<', "&lt;");
            self.page.marked.push_str(&escaped);
        } else {
            self.page.marked.push_str(text);
        }
    }

    fn push(&mut self, text: &str, file: Range<usize>) {
        let is_same = self.source[file.clone()] == *text;
        if is_same
            && self
                .run_start
                .is_some_and(|start| start < self.page.pieces.len())
            && let Some(last) = self.page.pieces.last_mut()
            && last.decoded.is_none()
            && last.file.end == file.start
        {
            last.file.end = file.end;
            return;
        }
        let decoded = (!is_same).then(|| {
            let start = self.page.decoded.len();
            self.page.decoded.push_str(text);
            start..self.page.decoded.len()
        });
        self.page.pieces.push(Piece { file, decoded });
    }

    fn start_tag(&mut self, token: Range<usize>) -> Option<State> {
        self.page.facts.start_tag(&self.tag);
        if is_apart(&self.tag.name) {
            self.is_apart = true;
        }
        self.last_start_tag.clone_from(&self.tag.name);
        let name = self.copied_as();
        if self.nesting.opens(&self.tag.name) {
            let written = &self.source[token];
            if written.len() > LONGEST_TAG {
                self.tag.write_short(LONGEST_VALUE, &mut self.page.marked);
            } else if let Some(name) = name {
                self.page.marked.push('<');
                self.page.marked.push_str(name);
                self.page
                    .marked
                    .push_str(&written[1 + self.tag.name.len()..]);
            } else {
                self.page.marked.push_str(written);
            }
        }
        let is_data = self
            .tag
            .attribute("type")
            .is_some_and(|kind| kind.contains("json"));
        self.text = match self.tag.name.as_slice() {
            b"script" if is_data => Text::Data,
            b"script" => Text::Script,
            b"style" => Text::Style,
            b"title" | b"textarea" | b"iframe" | b"xmp" | b"noembed" | b"noframes"
            | b"plaintext" => Text::Raw,
            _ => Text::Visible,
        };
        // The tree is built without scripting: what stands in <noscript> is read.
        match self.tag.name.as_slice() {
            b"noscript" => None,
            b"noframes" => Some(State::RawText),
            name => naive_next_state(name),
        }
    }

    fn end_tag(&mut self, token: Range<usize>) {
        if is_apart(&self.tag.name) {
            self.is_apart = true;
        }
        self.text = Text::Visible;
        let is_renamed = matches!(self.tag.name.as_slice(), b"aside" | b"footer");
        let renamed = is_renamed.then(|| self.renamed.pop()).flatten().flatten();
        if self.nesting.closes(&self.tag.name) {
            match renamed {
                Some(name) => self.page.marked.push_str(&format!("</{name}>")),
                None => self.page.marked.push_str(&self.source[token]),
            }
        }
    }

    /// The name that a start tag has in the copy, if another: Readability throws every `<aside>` and
    /// `<footer>` away, pull quotes and the names under quotations among them.
    fn copied_as(&mut self) -> Option<&'static str> {
        let name = match self.tag.name.as_slice() {
            b"aside" => {
                let class = self.tag.attribute("class").unwrap_or_default();
                is_pull_quote(class).then_some("blockquote")
            }
            b"footer" => self.nesting.is_in(b"blockquote").then_some("cite"),
            _ => return None,
        };
        let is_long = self.position.saturating_sub(self.tag_start) > LONGEST_TAG;
        let name = name.filter(|_| !is_long);
        self.renamed.push(name);
        name
    }

    fn finish_attribute(&mut self) {
        if let Some((name, value)) = self.attribute.take() {
            self.tag.attributes.push((name, value));
        }
    }
}

impl Emitter for &mut Reader<'_> {
    type Token = std::convert::Infallible;

    fn move_position(&mut self, offset: isize) {
        self.position = self.position.saturating_add_signed(offset);
    }

    fn set_last_start_tag(&mut self, name: Option<&[u8]>) {
        self.last_start_tag = name.unwrap_or_default().to_vec();
    }

    fn emit_eof(&mut self) {
        self.finish_run();
    }

    fn emit_error(&mut self, _: Error) {}

    fn should_emit_errors(&mut self) -> bool {
        false
    }

    fn pop_token(&mut self) -> Option<Self::Token> {
        None
    }

    fn emit_string(&mut self, bytes: &[u8]) {
        // Behind an entity the tokenizer gives the first byte alone.
        self.cut.extend_from_slice(bytes);
        if str::from_utf8(&self.cut).is_err_and(|cause| cause.error_len().is_none()) {
            return;
        }
        let bytes = std::mem::take(&mut self.cut);
        let text = String::from_utf8_lossy(&bytes);
        let token = self.token();
        match self.text {
            Text::Visible | Text::Raw => {
                if self.text == Text::Raw && self.last_start_tag == b"title" {
                    self.page.facts.title_text(&text);
                }
                self.visible(&text, token);
            }
            Text::Data => {
                self.page.facts.data_text(&text);
                self.page.marked.push_str(&self.source[token]);
            }
            Text::Script | Text::Style => {}
        }
    }

    fn init_start_tag(&mut self) {
        self.tag.clear();
        self.is_end_tag = false;
    }

    fn init_end_tag(&mut self) {
        self.tag.clear();
        self.is_end_tag = true;
    }

    fn init_comment(&mut self) {
        self.finish_run();
    }

    fn emit_current_tag(&mut self) -> Option<State> {
        self.finish_run();
        self.finish_attribute();
        self.done = self.tag_start;
        let token = self.token();
        if self.is_end_tag {
            self.end_tag(token);
            self.last_start_tag.clear();
            None
        } else {
            self.start_tag(token)
        }
    }

    fn emit_current_comment(&mut self) {
        self.token();
    }

    fn emit_current_doctype(&mut self) {
        let token = self.token();
        self.page.marked.push_str(&self.source[token]);
    }

    fn set_self_closing(&mut self) {}

    fn set_force_quirks(&mut self) {}

    fn push_tag_name(&mut self, name: &[u8]) {
        self.tag.name.extend_from_slice(name);
    }

    fn push_comment(&mut self, _: &[u8]) {}

    fn push_doctype_name(&mut self, _: &[u8]) {}

    fn init_doctype(&mut self) {
        self.finish_run();
    }

    fn init_attribute(&mut self) {
        self.finish_attribute();
        self.attribute = Some(Default::default());
    }

    fn push_attribute_name(&mut self, name: &[u8]) {
        if let Some((attribute, _)) = &mut self.attribute {
            attribute.extend_from_slice(name);
        }
    }

    fn push_attribute_value(&mut self, value: &[u8]) {
        if let Some((_, attribute)) = &mut self.attribute {
            attribute.extend_from_slice(value);
        }
    }

    fn set_doctype_public_identifier(&mut self, _: &[u8]) {}

    fn set_doctype_system_identifier(&mut self, _: &[u8]) {}

    fn push_doctype_public_identifier(&mut self, _: &[u8]) {}

    fn push_doctype_system_identifier(&mut self, _: &[u8]) {}

    fn start_open_tag(&mut self) {
        self.tag_start = self.position.saturating_sub(1);
    }

    fn current_is_appropriate_end_tag_token(&mut self) -> bool {
        self.is_end_tag && !self.last_start_tag.is_empty() && self.last_start_tag == self.tag.name
    }
}

/// Whether a tag parts the words on its two sides, as a block or a line break does.
fn is_apart(name: &[u8]) -> bool {
    matches!(
        name,
        b"address"
            | b"article"
            | b"aside"
            | b"blockquote"
            | b"br"
            | b"dd"
            | b"div"
            | b"dl"
            | b"dt"
            | b"fieldset"
            | b"figcaption"
            | b"figure"
            | b"footer"
            | b"form"
            | b"h1"
            | b"h2"
            | b"h3"
            | b"h4"
            | b"h5"
            | b"h6"
            | b"header"
            | b"hr"
            | b"li"
            | b"main"
            | b"nav"
            | b"ol"
            | b"p"
            | b"pre"
            | b"section"
            | b"table"
            | b"tbody"
            | b"td"
            | b"tfoot"
            | b"th"
            | b"thead"
            | b"tr"
            | b"ul"
    )
}
