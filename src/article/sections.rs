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
            Section::Main if is_late && !is_heading && is_bio(&block.text) => BlockKind::Bio,
            Section::Main if starts_aside || is_furniture(&name) => BlockKind::Boilerplate,
            Section::Main => block.kind,
        };
    }
}

/// How short lines begin that ask for something, say when, or who helped.
const NOTE_STARTS: &[&str] = &[
    "additional reporting by",
    "all rights reserved",
    "also on ",
    "also read",
    "click here",
    "copyright ",
    "download our app",
    "editing by",
    "first published",
    "follow us ",
    "get breaking news",
    "get the latest",
    "have a tip?",
    "image 1 of",
    "join our ",
    "last updated",
    "like this story?",
    "like what you",
    "more on this story",
    "posted on",
    "posted:",
    "published:",
    "published on",
    "read more",
    "read next",
    "recommended:",
    "related post",
    "related stor",
    "reporting by",
    "see also",
    "see more:",
    "sign up",
    "subscribe ",
    "this post may contain affiliate",
    "updated on",
    "updated:",
    "watch:",
    "want more ",
    "you may also like",
    "©",
];

/// Longest such line, in words.
const LONGEST_NOTE: usize = 25;

/// How whole lines end that say who helped.
const NOTE_ENDS: &[&str] = &[
    "contributed reporting.",
    "contributed to this report.",
    "contributed to this story.",
    "all rights reserved.",
    "all rights reserved",
];

/// Words of a line that says when, besides numbers.
const STAMP: &[&str] = &[
    "published",
    "updated",
    "posted",
    "first",
    "last",
    "modified",
    "on",
    "at",
    "am",
    "pm",
    "a",
    "p",
    "m",
    "h",
    "ago",
    "day",
    "days",
    "hour",
    "hours",
    "minute",
    "minutes",
    "min",
    "read",
    "mon",
    "tue",
    "tues",
    "wed",
    "thu",
    "thur",
    "thurs",
    "fri",
    "sat",
    "sun",
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
    "jan",
    "feb",
    "mar",
    "apr",
    "may",
    "jun",
    "jul",
    "aug",
    "sep",
    "sept",
    "oct",
    "nov",
    "dec",
    "january",
    "february",
    "march",
    "april",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
    "est",
    "edt",
    "cst",
    "cdt",
    "mst",
    "mdt",
    "pst",
    "pdt",
    "et",
    "ct",
    "mt",
    "pt",
    "gmt",
    "utc",
    "bst",
    "cet",
    "cest",
    "th",
    "st",
    "nd",
    "rd",
    "of",
];

/// Whether a line (in lower case) stands alone among the article's text and is no part of it.
fn is_furniture(line: &str) -> bool {
    let line = line.trim();
    if ASIDE.contains(&line) {
        return true;
    }
    if line.contains(['“', '”', '"', '„', '«']) || line.split_whitespace().count() > LONGEST_NOTE
    {
        return false;
    }
    let start = line.trim_start_matches(['(', '[', '|', '-', '–', '*', ' ']);
    NOTE_STARTS.iter().any(|note| start.starts_with(note))
        || NOTE_ENDS
            .iter()
            .any(|note| line.trim_end_matches(')').ends_with(note))
        || is_stamp(line)
}

/// "Updated Nov 19, 2031 at 6:55 AM": only words that say when, and a number.
fn is_stamp(line: &str) -> bool {
    let mut parts = line
        .split(|c: char| !c.is_alphanumeric())
        .filter(|part| !part.is_empty());
    let is_number = |part: &str| part.starts_with(|c: char| c.is_ascii_digit());
    let has_number = line.contains(|c: char| c.is_ascii_digit());
    let is_short = line.split_whitespace().count() <= 14;
    has_number
        && is_short
        && parts.all(|part| is_number(part) && part.len() <= 6 || STAMP.contains(&part))
        && {
            let letters = line.chars().filter(|c| c.is_alphabetic()).count();
            letters >= 3
        }
}

/// What people are called in the line below an article that says who wrote it.
const WRITERS: &[&str] = &[
    "writer",
    "reporter",
    "editor",
    "journalist",
    "author",
    "correspondent",
    "columnist",
    "blogger",
    "contributor",
    "freelance",
    "photographer",
    "producer",
];

/// "Ana Lund is a reporter in Northlight." at the end of an article.
fn is_bio(text: &str) -> bool {
    let words: Vec<&str> = text.split_whitespace().collect();
    let name = words
        .iter()
        .take_while(|word| word.starts_with(char::is_uppercase))
        .count();
    let is_about = (2..=4).contains(&name)
        && words.get(name) == Some(&"is")
        && matches!(words.get(name + 1), Some(&("a" | "an" | "the")));
    let says = |word: &&str| {
        WRITERS.contains(
            &word
                .trim_matches(|c: char| !c.is_alphanumeric())
                .to_lowercase()
                .as_str(),
        )
    };
    is_about
        && words.len() <= 60
        && words.iter().take(name + 12).any(says)
        && !text.contains(['“', '"'])
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
