//! Reads HTML: the article in a page, with the bytes of the file that every word stands in.
//!
//! The page is tokenized with positions ([`page`]), parsed into a tree whose texts keep them, and
//! searched for its main text by a port of Mozilla's Readability ([`tree`]); what it keeps becomes
//! blocks ([`blocks`]). What the page says about itself is read beside it ([`meta`]).

mod blocks;
mod facts;
mod meta;
mod nesting;
mod page;
mod roles;
#[cfg(test)]
mod tests;
mod tree;

use super::{Block, Meta};
use page::Page;
use tree::MainText;

/// Blocks of a page's article and what the page says about itself.
///
/// A page without an article has no blocks.
pub(super) fn read(source: &str) -> (Meta, Vec<Block>) {
    let page = Page::read(source);
    let main = MainText::find(&page);
    let meta = meta::read(&page.facts, main.about.as_ref());
    let blocks = blocks::collect(source, &page, &main);
    (meta, blocks)
}
