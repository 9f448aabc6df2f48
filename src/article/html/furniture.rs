//! Tells by their classes the elements of a page that stand beside its article: bylines, captions,
//! newsletters, related links, author's notes.
//!
//! Readability takes elements out of others and loses their classes, so this is asked before it runs,
//! and answered for the texts that it keeps.

use std::collections::HashMap;

use dom_query::{Document, Node, NodeId, NodeRef};

use super::roles;
use crate::article::BlockKind;

/// What the class of an element may say it is, if it is a small part of the article.
const FURNITURE: &[(&str, BlockKind)] = &[
    ("bio", BlockKind::Bio),
    ("aboutauthor", BlockKind::Bio),
    ("authorbox", BlockKind::Bio),
    ("caption", BlockKind::Caption),
    ("byline", BlockKind::Boilerplate),
    ("dateline", BlockKind::Boilerplate),
    ("timestamp", BlockKind::Boilerplate),
    ("newsletter", BlockKind::Boilerplate),
    ("signup", BlockKind::Boilerplate),
    ("subscribe", BlockKind::Boilerplate),
    ("subscription", BlockKind::Boilerplate),
    ("paywall", BlockKind::Boilerplate),
    ("related", BlockKind::Boilerplate),
    ("recirc", BlockKind::Boilerplate),
    ("readmore", BlockKind::Boilerplate),
    ("seealso", BlockKind::Boilerplate),
    ("promo", BlockKind::Boilerplate),
    ("share", BlockKind::Boilerplate),
    ("sharing", BlockKind::Boilerplate),
    ("social", BlockKind::Boilerplate),
    ("comments", BlockKind::Boilerplate),
    ("cookie", BlockKind::Boilerplate),
    ("consent", BlockKind::Boilerplate),
    ("copyright", BlockKind::Boilerplate),
    ("breadcrumb", BlockKind::Boilerplate),
    ("breadcrumbs", BlockKind::Boilerplate),
    ("tags", BlockKind::Boilerplate),
    ("donate", BlockKind::Boilerplate),
];

/// The texts of a page that stand beside its article.
#[derive(Default)]
pub(super) struct Furniture {
    /// For each text, the element that says so, by number.
    texts: HashMap<NodeId, usize>,
    /// What each element is, and whether it still counts.
    elements: Vec<Option<BlockKind>>,
}

impl Furniture {
    /// What stands beside the article by the classes of its elements; the innermost decides.
    pub(super) fn of(document: &Document) -> Self {
        let mut found = Self::default();
        let Some(body) = document.body() else {
            return found;
        };
        let whole = body.normalized_char_count();
        for element in body.descendants_it().filter(NodeRef::is_element) {
            let Some(kind) = named(&element, whole) else {
                continue;
            };
            let number = found.elements.len();
            found.elements.push(Some(kind));
            let texts = element.descendants_it().filter(NodeRef::is_text);
            found.texts.extend(texts.map(|text| (text.id, number)));
        }
        found
    }

    /// What a text is, if it stands beside the article.
    pub(super) fn kind(&self, text: NodeId) -> Option<BlockKind> {
        self.elements[*self.texts.get(&text)?]
    }

    /// Forgets what turned out to hold a good part of the article: some pages call all of it a byline.
    pub(super) fn spare(&mut self, article: &NodeRef) {
        let mut whole = 0;
        let mut held = vec![0; self.elements.len()];
        for text in article.descendants_it().filter(NodeRef::is_text) {
            let length = text.normalized_char_count();
            whole += length;
            if let Some(number) = self.texts.get(&text.id) {
                held[*number] += length;
            }
        }
        for (element, length) in self.elements.iter_mut().zip(held) {
            if length * LARGEST_PART > whole {
                *element = None;
            }
        }
    }
}

/// What holds more than one in so many characters of the article is no furniture.
const LARGEST_PART: usize = 3;

/// The most text that an element beside the article has, in characters.
const LONGEST_FURNITURE: usize = 1500;

/// What the class of an element says, if it is a small part of the page; `whole` is the length of
/// the page's text, in characters.
fn named(node: &Node, whole: usize) -> Option<BlockKind> {
    let classes = roles::classes(node).to_ascii_lowercase();
    if classes.is_empty() || node.has_name("body") || node.has_name("html") {
        return None;
    }
    let words: Vec<&str> = classes
        .split(|c: char| !c.is_ascii_alphanumeric())
        .collect();
    let pairs = words.windows(2).map(<[&str]>::concat);
    let words: Vec<String> = words.iter().map(ToString::to_string).chain(pairs).collect();
    let (_, kind) = FURNITURE
        .iter()
        .find(|(name, _)| words.iter().any(|word| word == name))?;
    let length = node.normalized_char_count();
    (length * 5 < whole && length <= LONGEST_FURNITURE).then_some(*kind)
}
