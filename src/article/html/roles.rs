//! Says what an element of an article is to a reader.

use dom_query::Node;

use crate::article::BlockKind;

/// Longest block quotation that is one block, in characters; longer ones are passages.
const LONGEST_QUOTATION: usize = 1500;

/// Cells of a table of data hold at most so many characters.
const LONGEST_CELL: usize = 300;

/// What an element is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Role {
    /// Part of the line it stands in.
    Inline,
    /// A block that is what it stands in.
    Block,
    /// A quotation of this kind; `joins` if its paragraphs are one block.
    Quotation { kind: BlockKind, joins: bool },
    /// Who a quotation is by.
    Credit,
    /// A block of a kind of its own.
    Kind(BlockKind),
}

/// What an element within a block of this kind is.
pub(super) fn of(node: &Node, kind: BlockKind) -> Role {
    let Some(name) = node.qual_name_ref() else {
        return Role::Inline;
    };
    let name: &str = name.local.as_ref();
    if matches!(kind, BlockKind::BlockQuote | BlockKind::PullQuote) && is_credit(node, name) {
        return Role::Credit;
    }
    let is_apart = !kind.is_main_text();
    if is_apart {
        return block_or_inline(name);
    }
    let classes = classes(node);
    if is_pull_quote(&classes) && block_or_inline(name) == Role::Block {
        return quotation(node, BlockKind::PullQuote);
    }
    match name {
        "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
            Role::Kind(BlockKind::Heading(name.as_bytes()[1] - b'0'))
        }
        // No end tag closed the heading.
        "p" if matches!(kind, BlockKind::Heading(_)) && is_behind_words(node) => {
            Role::Kind(BlockKind::Paragraph)
        }
        "figcaption" if is_under_quotation(node) => Role::Credit,
        "figcaption" | "caption" => Role::Kind(BlockKind::Caption),
        "pre" => Role::Kind(BlockKind::Code),
        "blockquote" => quotation(node, BlockKind::BlockQuote),
        "li" | "dt" | "dd" => Role::Kind(BlockKind::ListItem),
        "table" if is_data(node) => Role::Kind(BlockKind::Table),
        _ => block_or_inline(name),
    }
}

/// Whether a class marks words that the editor set large.
pub(super) fn is_pull_quote(classes: &str) -> bool {
    let classes = classes.to_ascii_lowercase().replace(['-', '_'], "");
    classes.contains("pullquote") || classes.contains("pulledquote") || classes.contains("pullout")
}

/// Whether a class marks an embedded post: its author stands below its words, outside their paragraph.
pub(super) fn is_post(classes: &str) -> bool {
    let embeds = [
        "twitter-tweet",
        "twitter-video",
        "bluesky-embed",
        "mastodon-embed",
    ];
    embeds.iter().any(|embed| classes.contains(embed))
}

/// Whether an element is the mark of a footnote: a number that leads elsewhere in the page.
pub(super) fn is_note_mark(node: &Node) -> bool {
    let is_here = |link: &Node| link.attr("href").is_some_and(|href| href.contains('#'));
    let leads = match node.qual_name_ref() {
        Some(name) if &*name.local == "a" => is_here(node),
        Some(name) if &*name.local == "sup" => node.descendants_it().any(|link| is_here(&link)),
        _ => false,
    };
    leads && {
        let text = node.text();
        let mark = text.trim().trim_matches(['[', ']', '(', ')']);
        let is_number = mark.len() <= 3 && mark.bytes().all(|byte| byte.is_ascii_digit());
        !mark.is_empty() && (is_number || matches!(mark, "*" | "†" | "‡" | "§"))
    }
}

fn quotation(node: &Node, kind: BlockKind) -> Role {
    let joins = joins(node);
    Role::Quotation { kind, joins }
}

/// The classes and the id of an element.
pub(super) fn classes(node: &Node) -> String {
    let value = |name| node.attr(name).map(|value| value.to_string());
    let values: Vec<_> = [value("class"), value("id")]
        .into_iter()
        .flatten()
        .collect();
    values.join(" ")
}

/// Whether an element of a quotation names who said it: by what it is, and by being the last.
fn is_credit(node: &Node, name: &str) -> bool {
    let is_named = matches!(name, "cite" | "footer" | "figcaption") || {
        let classes = classes(node).to_ascii_lowercase();
        [
            "attribution",
            "author",
            "credit",
            "speaker",
            "quote-source",
            "cite",
        ]
        .iter()
        .any(|class| classes.contains(class))
    };
    is_named && is_last(node)
}

/// Whether nothing follows in the quotation.
fn is_last(node: &Node) -> bool {
    let mut at = *node;
    loop {
        let mut next = at.next_sibling();
        while let Some(sibling) = next {
            if !sibling.text().trim().is_empty() {
                return false;
            }
            next = sibling.next_sibling();
        }
        match at.parent() {
            Some(parent) if !at.has_name("blockquote") && !parent.has_name("body") => at = parent,
            _ => return true,
        }
        if at.has_name("blockquote") {
            return true;
        }
    }
}

/// Whether a caption stands under a quotation, not under a picture.
fn is_under_quotation(node: &Node) -> bool {
    let siblings = node.parent().map(|parent| parent.element_children());
    siblings.is_some_and(|siblings| {
        siblings
            .iter()
            .any(|sibling| sibling.has_name("blockquote"))
            && !siblings
                .iter()
                .any(|sibling| sibling.has_name("img") || sibling.has_name("picture"))
    })
}

/// Siblings before an element that are asked for words at most.
const MOST_SIBLINGS: usize = 8;

/// Whether words stand before an element in the one that holds it.
fn is_behind_words(node: &Node) -> bool {
    let before = std::iter::successors(node.prev_sibling(), |sibling| sibling.prev_sibling());
    let mut before = before.take(MOST_SIBLINGS);
    before.any(|sibling| !sibling.text().trim().is_empty())
}

fn block_or_inline(name: &str) -> Role {
    let is_block = matches!(
        name,
        "address"
            | "article"
            | "aside"
            | "blockquote"
            | "body"
            | "caption"
            | "center"
            | "dd"
            | "details"
            | "dialog"
            | "dir"
            | "div"
            | "dl"
            | "dt"
            | "fieldset"
            | "figcaption"
            | "figure"
            | "footer"
            | "form"
            | "h1"
            | "h2"
            | "h3"
            | "h4"
            | "h5"
            | "h6"
            | "header"
            | "hgroup"
            | "hr"
            | "legend"
            | "li"
            | "listing"
            | "main"
            | "menu"
            | "nav"
            | "ol"
            | "optgroup"
            | "option"
            | "p"
            | "pre"
            | "section"
            | "summary"
            | "table"
            | "tbody"
            | "td"
            | "tfoot"
            | "th"
            | "thead"
            | "tr"
            | "ul"
    );
    if is_block { Role::Block } else { Role::Inline }
}

/// Whether the paragraphs of a block quotation are one text: it is short and has no structure.
fn joins(node: &Node) -> bool {
    let is_structured = node.descendants_it().any(|node| {
        let name = node.qual_name_ref();
        name.is_some_and(|name| {
            matches!(
                name.local.as_ref(),
                "h1" | "h2"
                    | "h3"
                    | "h4"
                    | "h5"
                    | "h6"
                    | "ul"
                    | "ol"
                    | "table"
                    | "blockquote"
                    | "pre"
                    | "figure"
            )
        })
    });
    !is_structured && node.normalized_char_count() <= LONGEST_QUOTATION
}

/// Whether a table shows data, and is not there to lay out a page.
fn is_data(node: &Node) -> bool {
    let cells = node
        .descendants_it()
        .filter(|node| node.has_name("td") || node.has_name("th"))
        .map(|cell| cell.normalized_char_count());
    let (count, longest) = cells.fold((0, 0), |(count, longest), cell| {
        (count + 1, longest.max(cell))
    });
    count >= 4 && longest <= LONGEST_CELL
}
