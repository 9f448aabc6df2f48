//! Reads HTML: the article in a page, with the bytes of the file that every word stands in.
//!
//! The page is tokenized with positions ([`page`]), parsed into a tree whose texts keep them, and
//! searched for its main text by a port of Mozilla's Readability ([`tree`]); what it keeps becomes
//! blocks ([`blocks`]). What the page says about itself is read beside it ([`meta`]).

mod blocks;
mod copy;
mod facts;
mod furniture;
mod meta;
mod nesting;
mod notes;
mod page;
mod reader;
mod roles;
mod tags;
#[cfg(test)]
mod tests;
mod tree;

use super::{Block, Meta};
use crate::error::{Error, Result};
use page::Page;
use tree::MainText;

/// The most that a page may have besides scripts, styles and data in attributes, in bytes.
const LARGEST: usize = 16 << 20;

/// Blocks of a page's article and what the page says about itself.
///
/// A page without an article has no blocks.
///
/// # Errors
///
/// A page with more markup and text than any article.
pub(super) fn read(source: &str) -> Result<(Meta, Vec<Block>)> {
    let page = Page::read(source);
    if page.read > LARGEST {
        let message = format!(
            "the page has {} MB besides its scripts and pictures; at most {} MB are read",
            page.read >> 20,
            LARGEST >> 20
        );
        return Err(Error::new(message).with_hint("save the article alone, as text or HTML"));
    }
    let main = MainText::find(&page);
    let meta = meta::read(&page.facts, main.about.as_ref());
    let blocks = blocks::collect(source, &page, &main);
    Ok((meta, blocks))
}
