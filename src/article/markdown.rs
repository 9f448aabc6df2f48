//! Reads Markdown: CommonMark with front matter and footnotes.
//!
//! Smart punctuation is off: what a reader sees is what stands in the file.

use std::collections::HashMap;
use std::ops::Range;

use pulldown_cmark::{Event, HeadingLevel, MetadataBlockKind, Options, Parser, Tag, TagEnd};

use super::builder::Builder;
use super::decode::mark_len;
use super::front_matter::{self, Notation};
use super::{Block, BlockKind, Meta, NoteMark};
use crate::error::Result;

/// Blocks of a text and what it says about itself.
///
/// # Errors
///
/// Front matter that is not YAML (between lines of `---`) or TOML (`+++`).
pub(super) fn read(source: &str) -> Result<(Meta, Vec<Block>)> {
    let options = Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TABLES
        | Options::ENABLE_YAML_STYLE_METADATA_BLOCKS
        | Options::ENABLE_PLUSES_DELIMITED_METADATA_BLOCKS;
    let lead = mark_len(source);
    let mut reader = Reader::new(source);
    for (event, range) in Parser::new_ext(&source[lead..], options).into_offset_iter() {
        reader.event(event, range.start + lead..range.end + lead)?;
    }
    reader.finish_block();
    reader.resolve_references();
    let mut meta = reader.meta;
    if meta.title.is_none() {
        let title = reader
            .blocks
            .iter()
            .find(|block| matches!(block.kind, BlockKind::Heading(1)));
        meta.title = title.map(|title| title.text.clone());
    }
    Ok((meta, reader.blocks))
}

struct Reader<'s> {
    source: &'s str,
    meta: Meta,
    blocks: Vec<Block>,
    block: Option<(BlockKind, Builder<'s>)>,
    /// How many block quotations, list items and things left out we are in.
    quotes: usize,
    items: usize,
    left_out: usize,
    /// How many footnotes we are in; their texts stand below the article.
    notes: usize,
    /// References to notes: the block, the place in its text, and the note's label.
    references: Vec<(usize, usize, String)>,
    /// The first block of each note.
    definitions: HashMap<String, usize>,
    front_matter: Option<(Notation, Range<usize>)>,
}

impl<'s> Reader<'s> {
    fn new(source: &'s str) -> Self {
        Self {
            source,
            meta: Meta::default(),
            blocks: Vec::new(),
            block: None,
            quotes: 0,
            items: 0,
            left_out: 0,
            notes: 0,
            references: Vec::new(),
            definitions: HashMap::new(),
            front_matter: None,
        }
    }

    fn event(&mut self, event: Event<'_>, range: Range<usize>) -> Result<()> {
        match event {
            Event::Start(tag) => self.start(&tag),
            Event::End(end) => self.end(end)?,
            Event::Text(text) if self.front_matter.is_some() => {
                self.extend_front_matter(&text, range);
            }
            Event::Text(_) | Event::Code(_) if self.left_out > 0 => {}
            Event::Text(text) => self.text(&text, range),
            Event::Code(code) => self.code(&code, range),
            Event::FootnoteReference(label) if self.left_out == 0 => self.reference(&label),
            Event::SoftBreak | Event::HardBreak => self.space(range),
            Event::InlineHtml(html) if is_line_break(&html) => self.space(range),
            _ => {}
        }
        Ok(())
    }

    fn start(&mut self, tag: &Tag<'_>) {
        match tag {
            Tag::MetadataBlock(kind) => {
                let notation = match kind {
                    MetadataBlockKind::YamlStyle => Notation::Yaml,
                    MetadataBlockKind::PlusesStyle => Notation::Toml,
                };
                self.front_matter = Some((notation, 0..0));
            }
            Tag::FootnoteDefinition(label) => {
                self.finish_block();
                self.notes += 1;
                let first = self.blocks.len();
                self.definitions.entry(label.to_string()).or_insert(first);
            }
            Tag::TableCell if self.left_out == 0 => self.begin(BlockKind::Table),
            Tag::CodeBlock(_) | Tag::HtmlBlock | Tag::Image { .. } => {
                if !matches!(tag, Tag::Image { .. }) && self.left_out == 0 {
                    self.finish_block();
                }
                self.left_out += 1;
            }
            Tag::BlockQuote(_) => {
                if self.quotes == 0 {
                    self.begin(BlockKind::BlockQuote);
                }
                self.quotes += 1;
            }
            Tag::Item => {
                self.items += 1;
                if self.quotes == 0 {
                    self.begin(BlockKind::ListItem);
                }
            }
            Tag::Heading { level, .. } if self.quotes == 0 => self.begin(heading(*level)),
            Tag::Paragraph => self.paragraph(),
            _ => {}
        }
    }

    fn paragraph(&mut self) {
        let is_begun = self
            .block
            .as_ref()
            .is_some_and(|(_, builder)| builder.is_empty());
        if self.quotes > 0 || is_begun {
            return;
        }
        self.begin(match (self.notes, self.items) {
            (0, 0) => BlockKind::Paragraph,
            (0, _) => BlockKind::ListItem,
            _ => BlockKind::Boilerplate,
        });
    }

    fn end(&mut self, end: TagEnd) -> Result<()> {
        match end {
            TagEnd::MetadataBlock(_) => {
                if let Some((notation, range)) = self.front_matter.take() {
                    self.meta = front_matter::read(self.source, range, notation)?;
                }
            }
            TagEnd::FootnoteDefinition => {
                self.finish_block();
                self.notes = self.notes.saturating_sub(1);
            }
            TagEnd::TableCell => self.finish_block(),
            TagEnd::CodeBlock | TagEnd::HtmlBlock | TagEnd::Image => {
                self.left_out = self.left_out.saturating_sub(1);
            }
            TagEnd::BlockQuote(_) => {
                self.quotes = self.quotes.saturating_sub(1);
                if self.quotes == 0 {
                    self.finish_block();
                }
            }
            TagEnd::Item => {
                self.items = self.items.saturating_sub(1);
                if self.quotes == 0 {
                    self.finish_block();
                }
            }
            TagEnd::Heading(_) | TagEnd::Paragraph if self.quotes == 0 => self.finish_block(),
            TagEnd::Heading(_) | TagEnd::Paragraph => {
                // Paragraphs of one quotation are parted by a space.
                let at = self.block.as_ref().map_or(0, |(_, builder)| builder.end());
                self.space(at..at);
            }
            _ => {}
        }
        Ok(())
    }

    fn reference(&mut self, label: &str) {
        let open = self.block.as_ref();
        if let Some((_, builder)) = open.filter(|(_, builder)| !builder.is_empty()) {
            let place = (self.blocks.len(), builder.len(), label.to_owned());
            self.references.push(place);
        }
    }

    /// Leads every reference to its note; those without one lead nowhere.
    fn resolve_references(&mut self) {
        for (block, at, label) in std::mem::take(&mut self.references) {
            let note = self.definitions.get(&label).copied();
            let is_note = |note: &usize| {
                let found = self.blocks.get(*note);
                found.is_some_and(|found| found.kind == BlockKind::Boilerplate)
            };
            if let Some(note) = note.filter(is_note)
                && let Some(block) = self.blocks.get_mut(block)
            {
                block.inline.notes.push(NoteMark { at, block: note });
            }
        }
    }

    fn begin(&mut self, kind: BlockKind) {
        self.finish_block();
        self.block = Some((kind, Builder::new(self.source)));
    }

    fn finish_block(&mut self) {
        if let Some((kind, builder)) = self.block.take() {
            self.blocks.extend(builder.finish(kind));
        }
    }

    fn text(&mut self, text: &str, range: Range<usize>) {
        let source = self.source;
        let Some((_, builder)) = &mut self.block else {
            return;
        };
        if source.get(range.clone()) == Some(text) {
            builder.verbatim(range);
        } else {
            builder.decoded(text, range);
        }
    }

    /// Code in a line, without its back ticks.
    fn code(&mut self, code: &str, range: Range<usize>) {
        let within = self
            .source
            .get(range.clone())
            .and_then(|written| written.find(code));
        match within {
            Some(at) => self.text(code, range.start + at..range.start + at + code.len()),
            None => self.text(code, range),
        }
    }

    fn space(&mut self, range: Range<usize>) {
        if self.left_out > 0 {
            return;
        }
        if let Some((_, builder)) = &mut self.block {
            builder.space(range);
        }
    }

    fn extend_front_matter(&mut self, text: &str, range: Range<usize>) {
        if let Some((_, found)) = &mut self.front_matter
            && !text.is_empty()
        {
            let start = if found.end == 0 {
                range.start
            } else {
                found.start
            };
            *found = start..range.end;
        }
    }
}

fn heading(level: HeadingLevel) -> BlockKind {
    BlockKind::Heading(level as u8)
}

fn is_line_break(html: &str) -> bool {
    let name = html
        .trim_start_matches('<')
        .trim_end_matches(['>', '/', ' ']);
    name.eq_ignore_ascii_case("br")
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::super::cases::{P, assert_blocks, written};
    use super::*;

    #[track_caller]
    fn case(text: &str, expected: &[(BlockKind, &str)]) {
        assert_blocks(&read(text).unwrap().1, expected);
    }

    #[test]
    fn markup_goes_and_the_words_stay() {
        case(
            "# The *night* bus\n\nIt [runs](https://example.org) all\nnight &amp; costs **nothing**.[^1]\n\n[^1]: A note.\n",
            &[
                (BlockKind::Heading(1), "The night bus"),
                (P, "It runs all night & costs nothing."),
                (BlockKind::Boilerplate, "A note."),
            ],
        );
        case(
            "“Straight” \"marks\" -- stay... \\*so\\*",
            &[(P, "“Straight” \"marks\" -- stay... *so*")],
        );
    }

    #[test]
    fn a_note_is_known_where_it_is_referred_to() {
        let source = "Sleep is short.[^a] It *is*[^b] rare.[^c]\n\n[^b]: Second.\n\n[^a]: First.\n";
        let (_, blocks) = read(source).unwrap();
        let marks = &blocks[0].inline.notes;
        let found: Vec<_> = marks
            .iter()
            .map(|mark| (&blocks[0].text[..mark.at], blocks[mark.block].text.as_str()))
            .collect();
        assert_eq!(
            found,
            [
                ("Sleep is short.", "First."),
                ("Sleep is short. It is", "Second.")
            ]
        );
    }

    #[test]
    fn a_block_quotation_is_one_block() {
        case(
            "Before.\n\n> We wait for nobody.\n>\n> Not even rain.\n>\n> — Ana Lund\n\nAfter.",
            &[
                (P, "Before."),
                (
                    BlockKind::BlockQuote,
                    "We wait for nobody. Not even rain. — Ana Lund",
                ),
                (P, "After."),
            ],
        );
    }

    #[test]
    fn lists_are_items_and_code_and_html_are_left_out() {
        let item = BlockKind::ListItem;
        case(
            "- one `two`\n- three\n  - four\n\n    more\n",
            &[
                (item, "one two"),
                (item, "three"),
                (item, "four"),
                (item, "more"),
            ],
        );
        case(
            "```\ncode \"said\" 5\n```\n\n<div>5 %</div>\n\n| a |\n| - |\n| 5 |\n\nWords ![alt](a.png) here.",
            &[
                (BlockKind::Table, "a"),
                (BlockKind::Table, "5"),
                (P, "Words here."),
            ],
        );
    }

    #[test]
    fn front_matter_is_yaml_or_toml() {
        #[track_caller]
        fn case(text: &str) {
            let (meta, blocks) = read(text).unwrap();
            assert_eq!(meta.title.as_deref(), Some("Night buses"));
            assert_eq!(meta.byline.as_deref(), Some("Ana Lund, Bo Vik"));
            assert_eq!(meta.date.as_deref(), Some("2031-05-14"));
            assert_blocks(&blocks, &[(P, "Words.")]);
        }
        case(
            "---\ntitle: Night buses\nauthors: [Ana Lund, Bo Vik]\ndate: 2031-05-14\n---\n\nWords.\n",
        );
        case(
            "+++\ntitle = \"Night buses\"\nauthors = [\"Ana Lund\", \"Bo Vik\"]\ndate = 2031-05-14\n[extra]\na = 1\n+++\n\nWords.\n",
        );
        let error = read("+++\ntitle = Night\n+++\n\nWords.\n").unwrap_err();
        assert_eq!(
            error.in_file(Path::new("a.md")).to_string(),
            "a.md:2:9: the front matter is not TOML"
        );
    }

    #[test]
    fn every_block_maps_back_to_the_file() {
        let source = "\u{FEFF}It *never* stops &amp; waits\nfor nobody.";
        let (_, blocks) = read(source).unwrap();
        let at = |words| written(source, &blocks[0], words);
        assert_eq!(at("never"), "never");
        assert_eq!(at("stops & waits"), "stops &amp; waits");
        assert_eq!(at("waits for nobody"), "waits\nfor nobody");
    }
}
