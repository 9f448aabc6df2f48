//! From the marked copy of a page to its article: a tree whose texts know their places in the file.

use std::collections::HashMap;

use dom_query::{Document, NodeData, NodeId, NodeRef};
use dom_smoothie::{Config, Readability};

use super::furniture::Furniture;
use super::page::Page;

/// The part of a page that is the article.
pub(super) struct MainText {
    /// The tree it stands in.
    pub(super) document: Document,
    /// The element that holds it; `None` if there is no article in the page.
    pub(super) root: Option<NodeId>,
    /// The numbers of the runs that each text of the tree consists of.
    pub(super) runs: HashMap<NodeId, Vec<usize>>,
    /// Texts in elements whose class says that they stand beside the article.
    pub(super) beside: Furniture,
    /// What the library that finds it says about it.
    pub(super) about: Option<dom_smoothie::Article>,
}

impl MainText {
    /// Finds the article in a page.
    pub(super) fn find(page: &Page) -> Self {
        let document = Document::from(page.marked.as_str());
        let runs = unmark(&document, page);
        let mut beside = Furniture::of(&document);
        let config = Config {
            keep_classes: true,
            ..Config::default()
        };
        let Ok(mut readability) = Readability::with_document(document, None, Some(config)) else {
            unreachable!("only an address could be refused, and none is given");
        };
        let about = readability.parse().ok();
        let document = readability.doc;
        let root = about.as_ref().and_then(|_| {
            let found = document.select_single("#readability-page-1");
            found.nodes().first().map(|node| node.id)
        });
        if let Some(root) = root {
            beside.spare(&NodeRef::new(root, &document.tree));
        }
        Self {
            document,
            root,
            runs,
            beside,
            about,
        }
    }
}

/// So much of a text stays in the tree, in bytes: as much as decides whether it is the article's.
/// Writing out a text takes the square of its length, and the finder does.
const LONGEST_TEXT: usize = 1 << 15;

/// Takes the numbers out of all texts, and says which text had which.
fn unmark(document: &Document, page: &Page) -> HashMap<NodeId, Vec<usize>> {
    let marks = page.marks;
    let mut runs = HashMap::new();
    let texts: Vec<NodeId> = document
        .root()
        .descendants_it()
        .map(|node| node.id)
        .collect();
    for id in texts {
        document.tree.update_node(&id, |node| {
            let NodeData::Text { contents } = &mut node.data else {
                return;
            };
            if !contents.contains([marks.number, marks.ampersand, marks.less]) {
                return;
            }
            let mut numbers = Vec::new();
            let mut text = String::with_capacity(contents.len());
            for (index, part) in contents.split(marks.number).enumerate() {
                match index % 2 {
                    0 => text.extend(part.chars().map(|character| match character {
                        ampersand if ampersand == marks.ampersand => '&',
                        less if less == marks.less => '<',
                        other => other,
                    })),
                    _ => numbers.extend(
                        part.parse()
                            .ok()
                            .filter(|run: &usize| *run < page.runs.len()),
                    ),
                }
            }
            text.truncate(text.floor_char_boundary(LONGEST_TEXT));
            *contents = text.into();
            runs.insert(id, numbers);
        });
    }
    runs
}
