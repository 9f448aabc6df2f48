//! From the tree of an article to blocks.
//!
//! A block's text is read from the file, not from the tree: the tree only says which runs of text
//! belong together. Where it leaves out words in the middle of a block, the block ends, for what
//! stands at a span is all of its words.

use dom_query::{Node, NodeRef};

use super::page::Page;
use super::roles::{self, Role};
use super::tree::MainText;
use crate::article::builder::Builder;
use crate::article::{Block, BlockKind};

/// The blocks of a page's article, in the order of the file.
pub(super) fn collect(source: &str, page: &Page, main: &MainText) -> Vec<Block> {
    let mut walk = Walk {
        source,
        page,
        main,
        blocks: Vec::new(),
        open: None,
        last: 0,
    };
    if let Some(root) = main.root {
        let root = NodeRef::new(root, &main.document.tree);
        walk.children(&root, Inside::default());
        walk.finish();
    }
    walk.blocks.sort_by_key(|block| block.span.start);
    walk.blocks
}

/// What an element is inside of.
#[derive(Clone, Copy)]
struct Inside {
    kind: BlockKind,
    /// Whether paragraphs within are one block, as those of a block quotation are.
    joins: bool,
}

impl Default for Inside {
    fn default() -> Self {
        Self {
            kind: BlockKind::Paragraph,
            joins: false,
        }
    }
}

struct Walk<'a> {
    source: &'a str,
    page: &'a Page,
    main: &'a MainText,
    blocks: Vec<Block>,
    open: Option<(BlockKind, Builder<'a>)>,
    /// The run that was written last.
    last: usize,
}

impl Walk<'_> {
    fn children(&mut self, node: &Node, inside: Inside) {
        for child in node.children_it(false) {
            self.node(&child, inside);
        }
    }

    fn node(&mut self, node: &Node, inside: Inside) {
        if let Some(runs) = self.main.runs.get(&node.id) {
            for run in runs {
                self.run(*run, inside.kind);
            }
            return;
        }
        let within = match roles::of(node, inside.kind) {
            Role::Inline => return self.children(node, inside),
            Role::Block if inside.joins => return self.children(node, inside),
            Role::Block => inside,
            Role::Quotation { joins } => Inside {
                kind: BlockKind::BlockQuote,
                joins,
            },
            Role::Kind(kind) => Inside { kind, joins: false },
        };
        self.finish();
        self.children(node, within);
        self.finish();
    }

    fn run(&mut self, run: usize, kind: BlockKind) {
        if self.open.is_some() && run != self.last + 1 {
            self.finish();
        }
        let (_, builder) = self
            .open
            .get_or_insert_with(|| (kind, Builder::new(self.source)));
        if self.page.runs[run].is_apart {
            builder.space(builder.end()..self.page.span(run).start);
        }
        for (file, decoded) in self.page.pieces(run) {
            match decoded {
                Some(text) => builder.decoded(text, file),
                None => builder.verbatim(file),
            }
        }
        self.last = run;
    }

    fn finish(&mut self) {
        if let Some((kind, builder)) = self.open.take() {
            self.blocks.extend(builder.finish(kind));
        }
    }
}
