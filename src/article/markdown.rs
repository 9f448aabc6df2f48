//! Reads Markdown: CommonMark with front matter and footnotes.
//!
//! Smart punctuation is off: what a reader sees is what stands in the file.

use std::ops::Range;

use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd};

use super::builder::Builder;
use super::decode::mark_len;
use super::{Block, BlockKind, Meta, front_matter};
use crate::error::Result;

/// Blocks of a text and what it says about itself.
///
/// # Errors
///
/// Front matter that is not YAML.
pub(super) fn read(source: &str) -> Result<(Meta, Vec<Block>)> {
    let options = Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TABLES
        | Options::ENABLE_YAML_STYLE_METADATA_BLOCKS;
    let lead = mark_len(source);
    let mut reader = Reader::new(source);
    for (event, range) in Parser::new_ext(&source[lead..], options).into_offset_iter() {
        reader.event(event, range.start + lead..range.end + lead)?;
    }
    reader.finish_block();
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
    front_matter: Option<Range<usize>>,
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
            Event::SoftBreak | Event::HardBreak => self.space(range),
            Event::InlineHtml(html) if is_line_break(&html) => self.space(range),
            _ => {}
        }
        Ok(())
    }

    fn start(&mut self, tag: &Tag<'_>) {
        match tag {
            Tag::MetadataBlock(_) => self.front_matter = Some(0..0),
            Tag::CodeBlock(_)
            | Tag::HtmlBlock
            | Tag::Table(_)
            | Tag::FootnoteDefinition(_)
            | Tag::Image { .. } => {
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
        let kind = if self.items > 0 {
            BlockKind::ListItem
        } else {
            BlockKind::Paragraph
        };
        self.begin(kind);
    }

    fn end(&mut self, end: TagEnd) -> Result<()> {
        match end {
            TagEnd::MetadataBlock(_) => {
                if let Some(range) = self.front_matter.take() {
                    self.meta = front_matter::read(self.source, range)?;
                }
            }
            TagEnd::CodeBlock
            | TagEnd::HtmlBlock
            | TagEnd::Table
            | TagEnd::FootnoteDefinition
            | TagEnd::Image => self.left_out = self.left_out.saturating_sub(1),
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
        if let Some(found) = &mut self.front_matter
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
            ],
        );
        case(
            "“Straight” \"marks\" -- stay... \\*so\\*",
            &[(P, "“Straight” \"marks\" -- stay... *so*")],
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
    fn lists_are_items_and_code_tables_and_html_are_left_out() {
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
            &[(P, "Words here.")],
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
