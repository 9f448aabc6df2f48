//! Reads an article: bytes in, blocks of text with their places in the file out.
//!
//! Every block keeps a map back to the file, so that whatever is taken from it later is a
//! [`Verbatim`]: the words together with the bytes they stand in.

mod builder;
#[cfg(test)]
mod cases;
mod decode;
mod front_matter;
#[cfg(test)]
mod hostile;
mod html;
mod markdown;
mod places;
mod plain;
mod sections;
#[cfg(test)]
mod tests;
mod verbatim;

use std::fs;
use std::ops::Range;
use std::path::{Path, PathBuf};

use crate::error::{Error, Result};
use decode::Format;

pub use verbatim::{OffsetMap, Span, Verbatim};

/// One article as read.
#[derive(Clone, Debug, PartialEq)]
pub struct Article {
    /// Where it was read from, as the user gave it; `-` for standard input.
    pub path: PathBuf,
    /// The file in UTF-8. Spans are byte offsets into the file as given ([`Article::bytes`]), which is
    /// this text unless [`Meta::encoding`] says otherwise.
    pub text: String,
    /// The file as given, if it is in another encoding.
    pub original: Option<Vec<u8>>,
    /// What the article says about itself.
    pub meta: Meta,
    /// Everything a reader sees, in order.
    pub blocks: Vec<Block>,
}

/// What an article says about itself. Each is `None` where it says nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Meta {
    /// The headline.
    pub title: Option<String>,
    /// Who wrote it.
    pub byline: Option<String>,
    /// Who publishes it: the name of the site or organisation.
    pub site: Option<String>,
    /// When it was published, as the article writes it.
    pub date: Option<String>,
    /// BCP 47 language tag.
    pub lang: Option<String>,
    /// Canonical address.
    pub url: Option<String>,
    /// Address of the picture that stands for it.
    pub image: Option<String>,
    /// The encoding of its file, if that is not UTF-8.
    pub encoding: Option<&'static str>,
}

/// One paragraph, heading, list item or the like.
#[derive(Clone, Debug, PartialEq)]
pub struct Block {
    /// What it is in the article.
    pub kind: BlockKind,
    /// What a reader sees: markup gone, entities decoded, white space folded to single spaces.
    pub text: String,
    /// The bytes of the file it stands in.
    pub span: Span,
    /// From `text` back to the file as given.
    pub map: OffsetMap,
    /// What the markup says about parts of the text.
    pub inline: Inline,
}

/// What the markup of a block says about parts of its text, in bytes of [`Block::text`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Inline {
    /// Words that it quotes (`<q>`), the outermost, in order.
    pub quoted: Vec<Range<usize>>,
    /// Where it refers to notes, in order.
    pub notes: Vec<NoteMark>,
}

/// A reference to a note, which no reader sees as words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NoteMark {
    /// The place in the text that it stands at.
    pub at: usize,
    /// The first block of the note, as index into [`Article::blocks`].
    pub block: usize,
}

/// What a block is. Only the first four are main text: see [`BlockKind::is_main_text`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BlockKind {
    /// A paragraph.
    Paragraph,
    /// A heading; the level is 1 for the article's title.
    Heading(u8),
    /// An item of a list.
    ListItem,
    /// A block quotation.
    BlockQuote,
    /// Words of the article that its editor lifted out and set large; they stand in the text too.
    PullQuote,
    /// Who the quotation before is by, as the markup says: `<cite>`, `<footer>`, a tweet's author.
    Credit,
    /// What stands under a picture.
    Caption,
    /// Cells of a table.
    Table,
    /// A listing of code.
    Code,
    /// About the author.
    Bio,
    /// Anything else that is not the article's own text: related links, contacts, tags.
    Boilerplate,
}

impl BlockKind {
    /// Whether quotations and statistics are looked for in it.
    #[must_use]
    pub fn is_main_text(self) -> bool {
        matches!(
            self,
            Self::Paragraph | Self::Heading(_) | Self::ListItem | Self::BlockQuote
        )
    }
}

/// Loads an article from a file.
///
/// # Errors
///
/// A file that cannot be read, or as [`parse`].
pub fn load(path: &Path) -> Result<Article> {
    let bytes = fs::read(path).map_err(|cause| Error::read(path, cause))?;
    parse(path, bytes)
}

/// Reads an article from the bytes of its file.
///
/// Plain text, Markdown or HTML, by the ending of the path or else by the first lines.
///
/// # Errors
///
/// What is not text, is damaged or empty or has over 100 MB (HTML: 16 MB of markup); front matter that is not YAML.
pub fn parse(path: &Path, bytes: Vec<u8>) -> Result<Article> {
    let decoded = decode::decode(path, bytes)?;
    let text = decoded.text;
    let (mut meta, mut blocks) = match Format::of(path, &text) {
        Format::Plain => plain::read(&text),
        Format::Markdown => markdown::read(&text).map_err(|error| error.in_file(path))?,
        Format::Html => html::read(&text).map_err(|error| error.in_file(path))?,
    };
    sections::classify(&mut blocks);
    let original = decoded.foreign.map(|foreign| {
        meta.encoding = Some(foreign.encoding.name());
        let places = places::of(&foreign, &text);
        for block in &mut blocks {
            block.map = block.map.through(&places);
            block.span = block.map.span(0..block.text.len());
        }
        foreign.bytes
    });
    Ok(Article {
        path: path.to_owned(),
        text,
        original,
        meta,
        blocks,
    })
}

impl Article {
    /// The bytes of the file as given.
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        match &self.original {
            Some(bytes) => bytes,
            None => self.text.as_bytes(),
        }
    }

    /// The line of the file that a byte of it stands in, counted from 1; `None` behind its end.
    #[must_use]
    pub fn line(&self, offset: usize) -> Option<usize> {
        let before = self.bytes().get(..offset)?;
        let is_feed = |byte: &&u8| **byte == b'\n';
        let lines = match self.meta.encoding {
            // A line feed's byte may be half of another character.
            Some(encoding) => {
                let encoding = encoding_rs::Encoding::for_label(encoding.as_bytes())?;
                encoding.decode(before).0.matches('\n').count()
            }
            None => before.iter().filter(is_feed).count(),
        };
        Some(lines + 1)
    }

    /// Words without the comma at their end that led on to who said them.
    #[must_use]
    pub fn without_lead_out(&self, words: &Verbatim) -> Verbatim {
        let shorter = || {
            let kept = words.text().strip_suffix(',')?;
            let (last, others) = words.pieces().split_last()?;
            let (block, range) = self.find(*last)?;
            let range = range.start..range.end.checked_sub(1)?;
            let is_all = range.is_empty() || kept.ends_with(',');
            let last = (!is_all).then(|| block.map.span(range))?;
            Some(Verbatim::new(kept.to_owned(), [others, &[last]].concat()))
        };
        shorter().unwrap_or_else(|| words.clone())
    }

    /// The block that a span of the file stands in, and which bytes of its text.
    ///
    /// `None` where no block has all of it, or no character of the block is inside it.
    #[must_use]
    pub fn find(&self, span: Span) -> Option<(&Block, Range<usize>)> {
        let around = |block: &&Block| block.span.start <= span.start && span.end <= block.span.end;
        let mut blocks = self.blocks.iter().filter(around);
        blocks.find_map(|block| Some((block, block.range(span)?)))
    }

    /// The blocks that quotations and statistics are looked for in.
    pub fn main_text(&self) -> impl Iterator<Item = &Block> {
        self.blocks.iter().filter(|block| block.kind.is_main_text())
    }
}

impl Block {
    /// The words at a byte range of [`Block::text`], with the bytes of the file they stand in.
    ///
    /// # Panics
    ///
    /// If the range is out of bounds or cuts a character.
    #[must_use]
    pub fn verbatim(&self, range: Range<usize>) -> Verbatim {
        let span = self.map.span(range.clone());
        Verbatim::new(self.text[range].to_owned(), vec![span])
    }

    /// The bytes of the text that stand in a span of the file: the way back of [`OffsetMap::span`].
    ///
    /// A character of which the span has a part only is left out; `None` if no other is left.
    #[must_use]
    pub fn range(&self, span: Span) -> Option<Range<usize>> {
        let length = self.text.len();
        let mut ends: Vec<usize> = self.text.char_indices().map(|(index, _)| index).collect();
        let start = ends.partition_point(|at| self.map.span(*at..length).start < span.start);
        let start = *ends.get(start)?;
        ends.push(length);
        let end = ends.partition_point(|at| *at == 0 || self.map.span(0..*at).end <= span.end);
        let end = *ends.get(end.checked_sub(1)?)?;
        (start < end).then_some(start..end)
    }
}
