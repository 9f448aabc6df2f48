//! Pairs quotation marks within one block, so that one slip of a pen spoils one paragraph at most.

use std::ops::Range;

/// Words between marks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Pair {
    /// The words, without the marks.
    pub(super) words: Range<usize>,
    /// The words with their marks.
    pub(super) marked: Range<usize>,
    /// Whether no mark closes it before the block ends.
    pub(super) is_open: bool,
}

impl Pair {
    /// Words that are quoted without marks.
    pub(super) fn unmarked(words: Range<usize>) -> Self {
        Self {
            marked: words.clone(),
            words,
            is_open: false,
        }
    }

    /// The pair so many bytes on.
    pub(super) fn moved(self, by: usize) -> Self {
        Self {
            words: self.words.start + by..self.words.end + by,
            marked: self.marked.start + by..self.marked.end + by,
            ..self
        }
    }
}

/// The outermost quotations of a block, in order.
///
/// Single marks count only where no double ones are, and only if `has_singles`.
pub(super) fn pair(text: &str, has_singles: bool) -> Vec<Pair> {
    let doubles = pair_with(text, is_double);
    if !doubles.is_empty() || text.contains(is_double) {
        return doubles;
    }
    // Where no double marks are, single ones are the outer: British books and some newspapers.
    let is_sentence = |pair: &Pair| text[pair.words.clone()].split_whitespace().count() >= 4;
    if !has_singles {
        return Vec::new();
    }
    pair_with(text, is_single)
        .into_iter()
        .filter(|pair| !pair.is_open && is_sentence(pair))
        .collect()
}

/// A quotation mark and what stands around it.
#[derive(Clone, Copy, Debug)]
struct Mark {
    at: usize,
    character: char,
    before: Option<char>,
    after: Option<char>,
}

/// A quotation that no mark has closed yet.
#[derive(Clone, Copy, Debug)]
struct Open {
    at: usize,
    mark: char,
    /// Quotations open within it.
    depth: usize,
}

fn pair_with(text: &str, is_mark: fn(char) -> bool) -> Vec<Pair> {
    let marks = marks(text, is_mark);
    let closes_later = closes_later(&marks);
    let mut pairs = Vec::new();
    let mut open: Option<Open> = None;
    let mut index = 0;
    while let Some(mark) = marks.get(index) {
        if open.is_some_and(|open| is_inner(&marks, index, open, closes_later[index])) {
            index += 2;
            continue;
        }
        let closed_at;
        (open, closed_at) = step(text, open, *mark);
        if let Some(start) = closed_at {
            let words = start.at + start.mark.len_utf8()..mark.at;
            pairs.extend(closed(
                text,
                words,
                start.at..mark.at + mark.character.len_utf8(),
            ));
        }
        index += 1;
    }
    if let Some(Open { at, mark, .. }) = open {
        let words = at + mark.len_utf8()..text.len();
        pairs.extend(closed(text, words, at..text.len()).map(|pair| Pair {
            is_open: true,
            ..pair
        }));
    }
    pairs
}

/// What is open behind a mark, and what it closed.
fn step(text: &str, open: Option<Open>, mark: Mark) -> (Option<Open>, Option<Open>) {
    let Mark {
        at,
        character,
        before,
        after,
    } = mark;
    let fresh = Open {
        at,
        mark: character,
        depth: 0,
    };
    let Some(known) = open else {
        let opens = can_start(before, character, after) && !is_only_closing(character);
        return (opens.then_some(fresh), None);
    };
    let opens = can_open(before, after);
    let closes = can_close(before)
        || matches!((known.mark, character), ('«', '»') | ('‹', '›'))
        || is_set_off(text, at, character, after);
    let deeper = |depth| Some(Open { depth, ..known });
    if closes && closers(known.mark).contains(&character) {
        let is_reopened = known.mark == character && opens && !is_straight(character);
        return match known.depth {
            depth if is_reopened => (deeper(depth + 1), None),
            0 => (None, Some(known)),
            depth => (deeper(depth - 1), None),
        };
    }
    // A straight mark that can only open was not closed before: keep the later one.
    let is_renewed = opens && !closes && is_straight(character);
    match opens && character == known.mark {
        _ if is_renewed => (Some(fresh), None),
        true => (deeper(known.depth + 1), None),
        false => (open, None),
    }
}

/// The marks of a text, apostrophes and the like left out.
fn marks(text: &str, is_mark: fn(char) -> bool) -> Vec<Mark> {
    let mut marks = Vec::new();
    let mut before: Option<char> = None;
    let mut seen = Seen::default();
    let visible = |(_, character): &(usize, char)| !is_invisible(*character);
    let mut characters = text.char_indices().filter(visible).peekable();
    while let Some((at, character)) = characters.next() {
        let after = characters.peek().map(|(_, next)| *next);
        if before == Some('=') && character == '"' {
            // The value of an attribute in stray markup: its end is no mark either.
            let value = characters.by_ref().find(|(_, next)| *next == '"');
            before = value.map(|(_, mark)| mark);
            continue;
        }
        if is_mark(character) {
            seen.up_to(text, at);
            let mark = Mark {
                at,
                character,
                before,
                after,
            };
            if !is_apostrophe(mark, text, seen) {
                marks.push(mark);
            }
        }
        before = Some(character);
    }
    marks
}

/// What a text has held so far.
#[derive(Clone, Copy, Debug, Default)]
struct Seen {
    end: usize,
    /// A straight double mark.
    double: bool,
    /// A single mark that may open, behind a space.
    single: bool,
}

impl Seen {
    /// Reads on, so that every byte is looked at once.
    fn up_to(&mut self, text: &str, at: usize) {
        let stretch = &text[self.end..at];
        self.double |= stretch.contains('"');
        // The space may be the last of the stretch before.
        let from = self.end - usize::from(text[..self.end].ends_with(' '));
        let stretch = &text[from..at];
        self.single |= stretch.contains(" ‘") || stretch.contains(" '");
        self.end = at;
    }
}

/// For each mark, whether one follows that may close a straight one opened before it, with whole
/// curly pairs in between.
fn closes_later(marks: &[Mark]) -> Vec<bool> {
    let mut closes = vec![false; marks.len()];
    for (index, mark) in marks.iter().enumerate().rev() {
        closes[index] = match mark.character {
            '"' => can_close(mark.before) || is_spaced_out(mark),
            '“' => is_pair(marks, index) && closes.get(index + 2).copied().unwrap_or(false),
            _ => false,
        };
    }
    closes
}

/// `. " ` and the end of the text: a closing mark set off by mistake.
fn is_spaced_out(mark: &Mark) -> bool {
    mark.after.is_none()
}

/// Whether “…” stands here, with nothing quoted within.
fn is_pair(marks: &[Mark], index: usize) -> bool {
    let next = marks.get(index + 1);
    marks[index].character == '“'
        && can_open(marks[index].before, marks[index].after)
        && next.is_some_and(|next| next.character == '”' && can_close(next.before))
}

/// Whether a curly pair stands within straight marks, as where an editor quotes an article:
/// `"She called it “a rant,” they say."`
fn is_inner(marks: &[Mark], index: usize, open: Open, closes_later: bool) -> bool {
    let opens_paragraph = open.at == 0 && rest_is_pairs(marks, index);
    open.mark == '"' && is_pair(marks, index) && (closes_later || opens_paragraph)
}

/// Whether only one more curly pair follows: the paragraph is quoted whole, and goes on in the next.
fn rest_is_pairs(marks: &[Mark], index: usize) -> bool {
    marks.len() - index <= 8 && (index..marks.len()).step_by(2).all(|at| is_pair(marks, at))
}

/// A pair with the white space inside its marks left out; nothing if it has no words.
fn closed(text: &str, words: Range<usize>, marked: Range<usize>) -> Option<Pair> {
    let inside = &text[words.clone()];
    let lead = inside.len() - inside.trim_start().len();
    let trimmed = inside.trim();
    let start = words.start + lead;
    trimmed.contains(char::is_alphanumeric).then_some(Pair {
        words: start..start + trimmed.len(),
        marked,
        is_open: false,
    })
}

fn is_double(character: char) -> bool {
    matches!(
        character,
        '"' | '“' | '”' | '„' | '‟' | '«' | '»' | '‹' | '›' | '「' | '」' | '『' | '』'
    )
}

fn is_single(character: char) -> bool {
    matches!(character, '\'' | '‘' | '’')
}

fn is_straight(character: char) -> bool {
    matches!(character, '"' | '\'')
}

fn is_only_closing(character: char) -> bool {
    matches!(character, '」' | '』' | '›')
}

/// What may close what was opened by a mark.
fn closers(opener: char) -> &'static [char] {
    match opener {
        '“' => &['”', '"', '“'],
        '"' | '”' => &['"', '”', '“'],
        '„' | '‟' => &['“', '”', '"'],
        '«' => &['»'],
        '»' => &['«'],
        '‹' => &['›'],
        '「' => &['」'],
        '『' => &['』'],
        '‘' | '\'' | '’' => &['’', '\''],
        _ => &[],
    }
}

fn can_open(before: Option<char>, after: Option<char>) -> bool {
    let is_after =
        before.is_none_or(|c| c.is_whitespace() || "([{—–-/“„«‘‚…".contains(c) || c >= '\u{3000}');
    // French sets a space inside its marks.
    is_after && after.is_some_and(|c| !c.is_whitespace() || matches!(c, '\u{A0}' | '\u{202F}'))
}

/// Whether a mark may open where nothing is open: less care is needed.
fn can_start(before: Option<char>, mark: char, after: Option<char>) -> bool {
    let is_followed = after.is_some_and(|c| !c.is_whitespace());
    let is_listed = before.is_none() || before == Some(',') || before == Some(':');
    match mark {
        '“' | '„' | '«' | '‹' | '「' | '『' => after.is_some(),
        '"' => is_followed,
        '”' => can_open(before, after) || is_listed && after.is_some(),
        _ => can_open(before, after),
    }
}

/// Whether white space stands around a closing mark by mistake: `they say ‘no,’ ” she said`.
fn is_set_off(text: &str, at: usize, mark: char, after: Option<char>) -> bool {
    let is_before_space = after.is_none_or(char::is_whitespace);
    let last = text[..at].trim_end().chars().next_back();
    let is_after_end =
        last.is_some_and(|c| matches!(c, '\'' | '’' | '.' | ',' | '?' | '!' | '…' | '-'));
    is_before_space && (mark == '”' || mark == '"' && is_after_end)
}

/// Marks of direction and joins, which no reader sees.
fn is_invisible(character: char) -> bool {
    matches!(character, '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}' | '\u{FEFF}' | '\u{AD}')
}

fn can_close(before: Option<char>) -> bool {
    before.is_some_and(|c| !c.is_whitespace() || matches!(c, '\u{A0}' | '\u{202F}'))
}

/// Feet, inches and what stands for letters left out.
fn is_apostrophe(mark: Mark, text: &str, seen: Seen) -> bool {
    let Mark {
        at,
        character,
        before,
        after,
    } = mark;
    let is_letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    if character == '"' {
        return before.is_some_and(|c| c.is_ascii_digit()) && !seen.double;
    }
    if !is_single(character) || character == '‘' {
        return false;
    }
    let is_between = is_letter(before) && is_letter(after);
    let is_plural = before == Some('s') && after.is_some_and(char::is_whitespace) && !seen.single;
    let rest: String = text[at + character.len_utf8()..]
        .chars()
        .take(6)
        .flat_map(char::to_lowercase)
        .collect();
    let is_cut = !is_letter(before)
        && ["tis", "twas", "em ", "cause", "til ", "round"]
            .iter()
            .any(|word| rest.starts_with(word))
        || !is_letter(before) && after.is_some_and(|c| c.is_ascii_digit());
    is_between || is_plural || is_cut
}

#[cfg(test)]
mod tests;
