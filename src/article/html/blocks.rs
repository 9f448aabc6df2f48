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
        walk.children(&root, Inside::of(BlockKind::Paragraph));
        walk.finish();
    }
    let mut blocks = walk.blocks;
    blocks.sort_by_key(|block| block.span.start);
    keep_what_stands_once(&mut blocks);
    blocks
}

/// So many pull quotes are looked for in the text at most.
const MOST_PULL_QUOTES: usize = 32;

/// A pull quote repeats words of the article; one that does not is a block quotation set large.
fn keep_what_stands_once(blocks: &mut [Block]) {
    let letters = |text: &str| -> String {
        let letters = text.chars().filter(|character| character.is_alphanumeric());
        letters.flat_map(char::to_lowercase).collect()
    };
    let is_pulled = |block: &Block| block.kind == BlockKind::PullQuote;
    if !blocks.iter().any(is_pulled) {
        return;
    }
    let main = blocks.iter().filter(|block| block.kind.is_main_text());
    let main: String = main.map(|block| letters(&block.text)).collect();
    for block in blocks
        .iter_mut()
        .filter(|block| is_pulled(block))
        .take(MOST_PULL_QUOTES)
    {
        if !main.contains(&letters(&block.text)) {
            block.kind = BlockKind::BlockQuote;
        }
    }
}

/// What an element is inside of.
#[derive(Clone, Copy)]
struct Inside {
    kind: BlockKind,
    /// Whether paragraphs within are one block, as those of a block quotation are.
    joins: bool,
    is_link: bool,
}

impl Inside {
    fn of(kind: BlockKind) -> Self {
        Self {
            kind,
            joins: false,
            is_link: false,
        }
    }
}

/// A block that is being read.
struct Open<'a> {
    kind: BlockKind,
    builder: Builder<'a>,
    /// Whether all of its words are links so far.
    is_link: bool,
}

struct Walk<'a> {
    source: &'a str,
    page: &'a Page,
    main: &'a MainText,
    blocks: Vec<Block>,
    open: Option<Open<'a>>,
    /// The run that was written last.
    last: usize,
}

/// Links of at least so many words are teasers of other articles.
const SHORTEST_TEASER: usize = 4;

impl Walk<'_> {
    fn children(&mut self, node: &Node, inside: Inside) {
        for child in node.children_it(false) {
            self.node(&child, inside);
        }
    }

    fn node(&mut self, node: &Node, inside: Inside) {
        if let Some(runs) = self.main.runs.get(&node.id) {
            let beside = self.main.beside.kind(node.id);
            let kind = beside.filter(|_| inside.kind.is_main_text());
            let inside = Inside {
                kind: kind.unwrap_or(inside.kind),
                ..inside
            };
            for run in runs {
                self.run(*run, inside);
            }
            return;
        }
        let within = match roles::of(node, inside.kind) {
            Role::Inline => {
                let is_link = inside.is_link || node.has_name("a");
                return self.children(node, Inside { is_link, ..inside });
            }
            Role::Block if inside.joins => return self.children(node, inside),
            Role::Block => inside,
            Role::Quotation { kind, joins } => Inside {
                joins,
                ..Inside::of(kind)
            },
            Role::Credit => Inside {
                joins: true,
                ..Inside::of(BlockKind::Credit)
            },
            Role::Kind(kind) => Inside {
                joins: false,
                kind,
                ..inside
            },
        };
        self.finish();
        match within.kind {
            BlockKind::BlockQuote if roles::is_post(node) => self.post(node, within),
            _ => self.children(node, within),
        }
        self.finish();
    }

    /// An embedded post: its words stand in paragraphs, its author and date beside them.
    fn post(&mut self, node: &Node, inside: Inside) {
        let credit = Inside::of(BlockKind::Credit);
        for child in node.children_it(false) {
            let is_words = child.has_name("p") || child.has_name("div");
            let within = if is_words { inside } else { credit };
            if self
                .open
                .as_ref()
                .is_some_and(|open| open.kind != within.kind)
            {
                self.finish();
            }
            self.node(&child, within);
        }
    }

    fn run(&mut self, run: usize, inside: Inside) {
        let goes_on = |open: &Open| open.kind == inside.kind && run == self.last + 1;
        if self.open.as_ref().is_some_and(|open| !goes_on(open)) {
            self.finish();
        }
        let open = self.open.get_or_insert_with(|| Open {
            kind: inside.kind,
            builder: Builder::new(self.source),
            is_link: true,
        });
        open.is_link &= inside.is_link;
        let builder = &mut open.builder;
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
        let Some(open) = self.open.take() else {
            return;
        };
        self.blocks
            .extend(open.builder.finish(open.kind).map(|mut block| {
                let words = block.text.split_whitespace().count();
                if open.is_link && words >= SHORTEST_TEASER && block.kind.is_main_text() {
                    block.kind = BlockKind::Boilerplate;
                }
                block
            }));
    }
}
