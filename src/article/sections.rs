//! Tells the article from what stands around it: author's notes, contacts, related links.

use super::{Block, BlockKind};

/// Headings of notes about the author; the section is a bio.
const BIO: &[&str] = &[
    "about the author",
    "about the authors",
    "about the writer",
    "author bio",
    "the author",
    "über den autor",
    "über die autorin",
    "über die autoren",
    "zur autorin",
    "zum autor",
    "à propos de l’auteur",
    "à propos de l'auteur",
    "sobre el autor",
    "sobre la autora",
    "sobre o autor",
    "sobre a autora",
    "sull’autore",
    "sull’autrice",
    "over de auteur",
];

/// Headings of sections that are not the article's own text.
const ASIDE: &[&str] = &[
    "related",
    "related articles",
    "related posts",
    "related stories",
    "read more",
    "more stories",
    "you may also like",
    "share this",
    "share this article",
    "share this story",
    "tags",
    "newsletter",
    "subscribe",
    "sign up",
    "comments",
    "leave a comment",
    "leave a reply",
    "advertisement",
    "references",
    "footnotes",
    "sources",
    "further reading",
    "get involved",
    "donate",
    "weitere artikel",
    "mehr zum thema",
    "kommentare",
    "quellen",
];

/// After one of these nothing more of the article follows.
const TAIL: &[&str] = &[
    "###",
    "# # #",
    "-ends-",
    "– ends –",
    "- ends -",
    "ends",
    "-30-",
    "media contact",
    "media contacts",
    "press contact",
    "press contacts",
    "media enquiries",
    "media inquiries",
    "contact",
    "contacts",
    "notes to editors",
    "note to editors",
    "notes for editors",
    "boilerplate",
    "pressekontakt",
    "kontakt",
    "contact presse",
];

/// How single paragraphs begin that are no part of the article's text.
const ASIDE_STARTS: &[&str] = &[
    "media contact:",
    "press contact:",
    "contact:",
    "photo:",
    "photo credit",
    "photograph:",
    "image:",
    "image credit",
    "caption:",
    "tags:",
    "filed under",
    "sign up for",
    "subscribe to",
    "follow us on",
    "share this",
    "read more:",
    "related:",
    "foto:",
    "bild:",
];

/// What the blocks that follow are part of.
#[derive(Clone, Copy, PartialEq)]
enum Section {
    Main,
    /// Until the next heading.
    Bio,
    /// Until the next heading.
    Aside,
    /// Until the end.
    Tail,
}

/// Marks the blocks that are not the article's own text.
pub(super) fn classify(blocks: &mut [Block]) {
    let mut section = Section::Main;
    let count = blocks.len();
    let whole: usize = blocks.iter().map(|block| block.text.len()).sum();
    let mut before = 0;
    for (index, block) in blocks.iter_mut().enumerate() {
        // What has a kind of its own, a caption or a table, says nothing about what follows.
        if !block.kind.is_main_text() {
            before += block.text.len();
            continue;
        }
        let is_heading = matches!(block.kind, BlockKind::Heading(_));
        let name = block.text.trim_end_matches(':').to_lowercase();
        let is_late = index + 4 >= count && index > 0;
        // What stands around an article does not outweigh it: "Comments" above it is a link.
        let is_behind = before * 2 + block.text.len() >= whole;
        section = match opened(&name, is_heading, is_late, is_behind) {
            Some(opened) if section != Section::Tail => opened,
            None if is_heading && section != Section::Tail => Section::Main,
            _ => section,
        };
        before += block.text.len();
        let starts_aside = ASIDE_STARTS.iter().any(|start| name.starts_with(start));
        block.kind = match section {
            Section::Bio => BlockKind::Bio,
            Section::Aside | Section::Tail => BlockKind::Boilerplate,
            Section::Main if starts_aside || is_furniture(&name) => BlockKind::Boilerplate,
            Section::Main => block.kind,
        };
    }
}

/// A line that would open a section, but stands alone before the article's end.
fn is_furniture(name: &str) -> bool {
    ASIDE.contains(&name.trim())
}

/// The section that a line opens by itself.
fn opened(name: &str, is_heading: bool, is_late: bool, is_behind: bool) -> Option<Section> {
    let name = name.trim();
    if !is_heading && !is_behind {
        None
    } else if TAIL.contains(&name) && is_behind {
        Some(Section::Tail)
    } else if BIO.contains(&name) {
        Some(Section::Bio)
    } else if ASIDE.contains(&name) {
        Some(Section::Aside)
    } else if is_heading && is_late && is_about(name) {
        Some(Section::Tail)
    } else {
        None
    }
}

/// "About Northlight" near the end introduces who sent the release.
fn is_about(name: &str) -> bool {
    let about = ["about ", "über ", "à propos de ", "sobre ", "over "];
    about.iter().any(|about| name.starts_with(about)) && name.split_whitespace().count() <= 7
}
