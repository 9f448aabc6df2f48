//! Follows the tokenizer through a page, and keeps count of the bytes.

use std::ops::Range;

use html5gum::{Emitter, Error, State, Tokenizer, naive_next_state};

use super::copy::Copy;
use super::facts::Tag;
use super::page::{Marks, Page};
use super::tags::parts_words;

/// Reads the tokens of a page.
pub(super) fn read(source: &str, marks: Marks) -> Page {
    let mut reader = Reader {
        source,
        page: Page::new(marks),
        copy: Copy::new(marks, source.len()),
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
    };
    let tokenizer = Tokenizer::new_with_emitter(source, &mut reader);
    let Ok(()) = tokenizer.finish();
    (reader.page.marked, reader.page.read) = reader.copy.finish();
    reader.page
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

struct Reader<'s> {
    source: &'s str,
    page: Page,
    copy: Copy,
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
            self.page.end_run(start, self.is_apart);
            self.is_apart = false;
        }
    }

    fn seen(&mut self, text: &str, mut file: Range<usize>) {
        // After a carriage return the tokenizer passes over the line feed in silence.
        if file.len() == text.len() + 1 && self.source[file.clone()].starts_with('\n') {
            file.start += 1;
        }
        if let Some(run) = self.run_start {
            self.copy(text);
            return self.page.push(self.source, run, text, file);
        }
        let words = text.trim_start_matches([' ', '\t', '\n', '\r', '\u{c}']);
        let lead = text.len() - words.len();
        self.is_apart |= lead > 0;
        self.copy(&text[..lead]);
        if words.is_empty() {
            return;
        }
        if self.text == Text::Visible {
            self.copy.number(self.page.runs.len());
        }
        self.copy(words);
        let run = self.page.next_piece();
        self.run_start = Some(run);
        let is_same = self.source[file.clone()] == *text;
        file.start += if is_same { lead } else { 0 };
        self.page.push(self.source, run, words, file);
    }

    fn copy(&mut self, text: &str) {
        match self.text {
            Text::Visible => self.copy.text(text),
            _ => self.copy.raw_text(text),
        }
    }

    fn start_tag(&mut self) -> Option<State> {
        self.page.facts.start_tag(&self.tag);
        self.last_start_tag.clone_from(&self.tag.name);
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
        if !matches!(self.text, Text::Script | Text::Style) {
            self.copy.start_tag(&self.tag);
        }
        // The tree is built without scripting: what stands in <noscript> is read.
        match self.tag.name.as_slice() {
            b"noscript" => None,
            b"noframes" => Some(State::RawText),
            name => naive_next_state(name),
        }
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
                self.seen(&text, token);
            }
            Text::Data => {
                self.page.facts.data_text(&text);
                self.copy.as_it_is(&self.source[token]);
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
        self.token();
        self.is_apart |= parts_words(&self.tag.name);
        if !self.is_end_tag {
            return self.start_tag();
        }
        if !matches!(self.text, Text::Script | Text::Style) {
            self.copy.end_tag(&self.tag);
        }
        self.text = Text::Visible;
        self.last_start_tag.clear();
        None
    }

    fn emit_current_comment(&mut self) {
        self.token();
    }

    fn emit_current_doctype(&mut self) {
        let token = self.token();
        self.copy.as_it_is(&self.source[token]);
    }

    fn set_self_closing(&mut self) {
        self.tag.is_self_closing = true;
    }

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
