//! Tells the article from what stands around it: author's notes, contacts, related links.

mod words;

use super::{Block, BlockKind};
use words::{
    ASIDE, ASIDE_STARTS, BIO, LABELS, NOTE_ENDS, NOTE_STARTS, SENDERS, STAMP, TAIL, WRITERS,
};

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
            None if is_late && index >= FEWEST_BEFORE_NOTE && is_company(&block.text) => {
                Section::Tail
            }
            None if is_heading && section != Section::Tail => Section::Main,
            _ => section,
        };
        before += block.text.len();
        let starts_aside = ASIDE_STARTS.iter().any(|start| name.starts_with(start));
        block.kind = match section {
            Section::Bio => BlockKind::Bio,
            Section::Main if is_behind && is_bio_line(&name) => BlockKind::Bio,
            Section::Aside | Section::Tail => BlockKind::Boilerplate,
            Section::Main if is_late && !is_heading && is_bio(&block.text) => BlockKind::Bio,
            Section::Main if starts_aside || is_furniture(&name) => BlockKind::Boilerplate,
            Section::Main => block.kind,
        };
    }
}

/// Longest such line, in words.
const LONGEST_NOTE: usize = 25;

/// Whether a line (in lower case) stands alone among the article's text and is no part of it.
fn is_furniture(line: &str) -> bool {
    let line = line.trim();
    let is_bare = !line.contains(char::is_alphabetic);
    if ASIDE.contains(&line) || LABELS.contains(&line) || is_bare || is_address_line(line) {
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

/// An article has at least so many blocks before the note on who sent it.
const FEWEST_BEFORE_NOTE: usize = 4;

/// "Northlight Ltd is a leading provider of lamps." at the end of a press release.
fn is_company(text: &str) -> bool {
    let words: Vec<&str> = text.split_whitespace().collect();
    let name = words
        .iter()
        .position(|word| *word == "is")
        .filter(|at| (1..=6).contains(at) && words[0].starts_with(char::is_uppercase));
    let Some(name) = name else {
        return false;
    };
    let is_about = matches!(words.get(name + 1), Some(&("a" | "an" | "the" | "one")));
    let says = |word: &&str| SENDERS.contains(&word.trim_matches(',').to_lowercase().as_str());
    is_about && words.iter().skip(name).take(12).any(says) && !text.contains(['“', '"'])
}

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

/// "About the author: Ana Lund is …", heading and note in one line.
fn is_bio_line(line: &str) -> bool {
    BIO.iter().any(|name| {
        let behind = line.strip_prefix(name);
        behind.is_some_and(|rest| rest.trim_start().starts_with([':', '–', '—']))
    })
}

/// Whether a line (in lower case) says that a press release is over: `###`, `-ends-`, `-30-`.
pub(super) fn is_end_mark(line: &str) -> bool {
    let is_mark = |c: char| matches!(c, '#' | '*' | '-' | '–' | '—' | '/') || c.is_whitespace();
    let words = line.trim_matches(is_mark);
    let marks = line.chars().filter(|c| is_mark(*c)).count();
    match words {
        "" => line.chars().filter(|c| *c == '#').count() >= 3,
        "end" | "ende" | "fin" | "fine" | "fim" | "einde" | "30" => marks >= 2,
        "ends" => true,
        _ => false,
    }
}

/// "For more information contact:" with the names below.
fn leads_to_contacts(line: &str) -> bool {
    let is_short = line.split_whitespace().count() <= 8;
    let asks = line.contains("contact") || line.contains("rückfragen");
    is_short && asks && ASIDE_STARTS.iter().any(|start| line.starts_with(start))
}

/// Whether a line (in lower case) is an address, a number to call, or little else.
pub(super) fn is_address_line(line: &str) -> bool {
    let count = line.split_whitespace().count();
    let is_address = line.split_whitespace().any(|word| {
        word.contains('@') && word.contains('.')
            || word.starts_with("http")
            || word.starts_with("www.")
    });
    let calls = [
        "tel", "phone", "mobile", "mob", "fax", "telefon", "tél", "e-mail", "email",
    ];
    let name = line.split([':', '.', ' ']).next().unwrap_or_default();
    let digits = line.chars().filter(char::is_ascii_digit).count();
    is_address && count <= 4 || calls.contains(&name) && digits >= 6 && count <= 10
}

/// The section that a line opens by itself.
fn opened(name: &str, is_heading: bool, is_late: bool, is_behind: bool) -> Option<Section> {
    let name = name.trim();
    if !is_heading && !is_behind {
        None
    } else if is_behind && (TAIL.contains(&name) || is_end_mark(name) || leads_to_contacts(name)) {
        Some(Section::Tail)
    } else if BIO.contains(&name) {
        Some(Section::Bio)
    } else if ASIDE.contains(&name) || is_heading && LABELS.contains(&name) {
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
