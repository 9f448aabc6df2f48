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
    /// A block quotation; `joins` if its paragraphs are one block.
    Quotation { joins: bool },
    /// A block of a kind of its own.
    Kind(BlockKind),
}

/// What an element within a block of this kind is.
pub(super) fn of(node: &Node, kind: BlockKind) -> Role {
    let Some(name) = node.qual_name_ref() else {
        return Role::Inline;
    };
    let name: &str = name.local.as_ref();
    let is_aside = !kind.is_main_text();
    match name {
        _ if is_aside => block_or_inline(name),
        "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
            Role::Kind(BlockKind::Heading(name.as_bytes()[1] - b'0'))
        }
        "figcaption" | "caption" => Role::Kind(BlockKind::Caption),
        "pre" => Role::Kind(BlockKind::Code),
        "blockquote" => Role::Quotation { joins: joins(node) },
        "li" | "dt" | "dd" => Role::Kind(BlockKind::ListItem),
        "table" if is_data(node) => Role::Kind(BlockKind::Table),
        _ if has_class(node, "caption") => Role::Kind(BlockKind::Caption),
        _ => block_or_inline(name),
    }
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

/// Whether one of the words of the class or id contains this.
fn has_class(node: &Node, part: &str) -> bool {
    let has = |name| {
        node.attr(name)
            .is_some_and(|value| value.to_ascii_lowercase().contains(part))
    };
    has("class") || has("id")
}
