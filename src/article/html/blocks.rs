//! From the tree of an article to blocks.
//!
//! A block's text is read from the file, not from the tree: the tree only says which runs of text
//! belong together. Where it leaves out words in the middle of a block, the block ends, for what
//! stands at a span is all of its words.

use dom_query::{Node, NodeRef};

use super::notes::Notes;
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
        quotations: 0,
        notes: Notes::default(),
    };
    if let Some(root) = main.root {
        let root = NodeRef::new(root, &main.document.tree);
        walk.children(&root, Inside::of(BlockKind::Paragraph));
        walk.finish();
    }
    let (mut blocks, notes) = (walk.blocks, walk.notes);
    let starts: Vec<usize> = blocks.iter().map(|block| block.span.start).collect();
    blocks.sort_by_key(|block| block.span.start);
    notes.resolve(&starts, &mut blocks);
    keep_what_stands_once(&mut blocks);
    blocks
}

/// So many quotations set apart are looked for in the text at most.
const MOST_SET_APART: usize = 64;

/// Block quotations of fewer words may repeat the text by chance.
const FEWEST_REPEATED: usize = 5;

/// A pull quote repeats words of the article; one that does not is a block quotation set large, and a
/// block quotation that does is a pull quote.
fn keep_what_stands_once(blocks: &mut [Block]) {
    let letters = |text: &str| -> String {
        let letters = text.chars().filter(|character| character.is_alphanumeric());
        letters.flat_map(char::to_lowercase).collect()
    };
    let is_set_apart =
        |block: &Block| matches!(block.kind, BlockKind::PullQuote | BlockKind::BlockQuote);
    if !blocks.iter().any(is_set_apart) {
        return;
    }
    let running = blocks
        .iter()
        .filter(|block| block.kind.is_main_text() && !is_set_apart(block));
    let running: String = running.map(|block| letters(&block.text)).collect();
    let set_apart = blocks.iter_mut().filter(|block| is_set_apart(block));
    for block in set_apart.take(MOST_SET_APART) {
        let is_marked = block.kind == BlockKind::PullQuote;
        let is_long = block.text.split_whitespace().count() >= FEWEST_REPEATED;
        let is_repeated = (is_marked || is_long) && running.contains(&letters(&block.text));
        block.kind = match is_repeated {
            true => BlockKind::PullQuote,
            false => BlockKind::BlockQuote,
        };
    }
}

/// What an element is inside of.
#[derive(Clone, Copy)]
struct Inside {
    kind: BlockKind,
    /// Whether paragraphs within are one block, as those of a block quotation are.
    joins: bool,
    is_link: bool,
    /// The number of the `<q>` it is in.
    quotation: Option<usize>,
}

impl Inside {
    fn of(kind: BlockKind) -> Self {
        Self {
            kind,
            joins: false,
            is_link: false,
            quotation: None,
        }
    }
}

/// A block that is being read.
struct Open<'a> {
    kind: BlockKind,
    builder: Builder<'a>,
    /// Bytes of its words, and of those that are links.
    words: usize,
    linked: usize,
}

struct Walk<'a> {
    source: &'a str,
    page: &'a Page,
    main: &'a MainText,
    blocks: Vec<Block>,
    open: Option<Open<'a>>,
    /// The run that was written last.
    last: usize,
    /// Elements so far that quote words within a line.
    quotations: usize,
    notes: Notes,
}

/// Links of at least so many words are teasers of other articles.
const SHORTEST_TEASER: usize = 4;

/// In fewer words a link may be what a sentence is about.
const LONGEST_LABEL: usize = 8;

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
        if self.ends_sentence() && roles::is_note_mark(node) {
            // Between two sentences the mark may go; within one it would tear it.
            self.finish();
            self.notes.refer(node, self.blocks.len());
            self.children(node, Inside::of(BlockKind::Boilerplate));
            return self.finish();
        }
        let within = match roles::of(node, inside.kind) {
            Role::Inline => {
                if inside.quotation.is_none() && node.has_name("q") {
                    self.quotations += 1;
                    let quotation = Some(self.quotations);
                    return self.children(
                        node,
                        Inside {
                            quotation,
                            ..inside
                        },
                    );
                }
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
        self.notes.define(node, self.blocks.len());
        match within.kind {
            BlockKind::BlockQuote if roles::is_post(&roles::classes(node)) => {
                self.post(node, within);
            }
            _ => self.children(node, within),
        }
        self.finish();
    }

    fn ends_sentence(&self) -> bool {
        let is_main = |open: &&Open| open.kind.is_main_text();
        let open = self.open.as_ref().filter(is_main);
        open.is_some_and(|open| open.builder.ends_sentence())
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
            words: 0,
            linked: 0,
        });
        let length = self.page.span(run).len();
        open.words += length;
        open.linked += if inside.is_link { length } else { 0 };
        let builder = &mut open.builder;
        if self.page.runs[run].is_apart {
            builder.space(builder.end()..self.page.span(run).start);
        }
        builder.quotation(inside.quotation);
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
        let (words, linked) = (open.words, open.linked);
        self.blocks
            .extend(open.builder.finish(open.kind).map(|mut block| {
                if is_teaser(&block, words, linked) {
                    block.kind = BlockKind::Boilerplate;
                }
                block
            }));
    }
}

/// Whether a block leads to other articles: all or most of its words are links.
fn is_teaser(block: &Block, words: usize, linked: usize) -> bool {
    let count = block.text.split_whitespace().count();
    match block.kind {
        BlockKind::Paragraph if linked == words => true,
        BlockKind::Paragraph => linked * 10 >= words * 7 && count >= LONGEST_LABEL,
        _ => linked == words && count >= SHORTEST_TEASER && block.kind.is_main_text(),
    }
}
