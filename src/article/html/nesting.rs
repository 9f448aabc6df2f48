//! Keeps count of open elements, so that no page is deeper than a tree can be walked.

use super::tags::{is_closed_by_its_like, is_inline, is_list, is_style, is_void};

/// How deep elements nest at most: browsers stop at 512, articles stay below 60.
const DEEPEST: usize = 160;

/// How many elements of style may be open: every block that follows repeats them all.
const MOST_STYLES: usize = 24;

/// How deep lists nest at most: looking for what is no article costs the cube of it.
const MOST_LISTS: usize = 12;

/// The elements that are open, as far as their tags tell.
#[derive(Default)]
pub(super) struct Nesting {
    open: Vec<Vec<u8>>,
    /// Elements of style that no end tag has closed; the end of a block does not close them.
    styles: Vec<Vec<u8>>,
    lists: usize,
    left_out: Vec<Vec<u8>>,
}

impl Nesting {
    /// Whether the element that a start tag opens is kept.
    pub(super) fn opens(&mut self, name: &[u8]) -> bool {
        if is_void(name) {
            return true;
        }
        let is_implied = self.open.last().is_some_and(|last| {
            (last == name && is_closed_by_its_like(name)) || (last == b"p" && !is_inline(name))
        });
        if is_implied {
            self.open.pop();
        }
        if name == b"a" {
            self.styles.retain(|style| style != b"a");
        }
        let is_full = self.open.len() >= DEEPEST
            || is_style(name) && self.styles.len() >= MOST_STYLES
            || is_list(name) && self.lists >= MOST_LISTS;
        if is_full {
            self.left_out.push(name.to_vec());
            return false;
        }
        if is_style(name) {
            self.styles.push(name.to_vec());
        }
        self.lists += usize::from(is_list(name));
        self.open.push(name.to_vec());
        true
    }

    /// Whether such an element is open.
    pub(super) fn is_in(&self, name: &[u8]) -> bool {
        self.open.iter().any(|open| open == name)
    }

    /// Whether an end tag is kept: not if its start tag was left out.
    pub(super) fn closes(&mut self, name: &[u8]) -> bool {
        if self.left_out.last().is_some_and(|last| last == name) {
            self.left_out.pop();
            return false;
        }
        if let Some(at) = self.styles.iter().rposition(|style| style == name) {
            self.styles.remove(at);
        }
        if let Some(at) = self.open.iter().rposition(|open| open == name) {
            let closed = self.open.drain(at..);
            self.lists -= closed.filter(|name| is_list(name)).count();
        }
        true
    }
}
