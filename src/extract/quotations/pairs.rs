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

fn pair_with(text: &str, is_mark: fn(char) -> bool) -> Vec<Pair> {
    let mut pairs = Vec::new();
    let mut open: Option<(usize, char, usize)> = None;
    let mut before: Option<char> = None;
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
        if is_mark(character) && !is_apostrophe(before, character, after, text, at) {
            let opens = match open {
                None => can_start(before, character, after),
                Some(_) => can_open(before, after),
            };
            let closes = can_close(before)
                || matches!(
                    (open, character),
                    (Some((_, '«', _)), '»') | (Some((_, '‹', _)), '›')
                )
                || is_set_off(text, at, character, after);
            open = match open {
                None if opens && !is_only_closing(character) => Some((at, character, 0)),
                None => None,
                Some((start, opener, depth)) if closes && closers(opener).contains(&character) => {
                    let is_reopened = opener == character && opens && !is_straight(opener);
                    match depth {
                        _ if is_reopened => Some((start, opener, depth + 1)),
                        0 => {
                            let words = start + opener.len_utf8()..at;
                            let marked = start..at + character.len_utf8();
                            pairs.extend(closed(text, words, marked));
                            None
                        }
                        _ => Some((start, opener, depth - 1)),
                    }
                }
                // A straight mark that can only open was not closed before: keep the later one.
                Some(_) if opens && !closes && is_straight(character) => Some((at, character, 0)),
                Some((start, opener, depth)) if opens && character == opener => {
                    Some((start, opener, depth + 1))
                }
                unchanged => unchanged,
            };
        }
        before = Some(character);
    }
    if let Some((start, opener, _)) = open {
        let words = start + opener.len_utf8()..text.len();
        pairs.extend(closed(text, words, start..text.len()).map(|pair| Pair {
            is_open: true,
            ..pair
        }));
    }
    pairs
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
fn is_apostrophe(
    before: Option<char>,
    mark: char,
    after: Option<char>,
    text: &str,
    at: usize,
) -> bool {
    let is_letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    if mark == '"' {
        let is_inch = before.is_some_and(|c| c.is_ascii_digit()) && !text[..at].contains('"');
        return is_inch;
    }
    if !is_single(mark) || mark == '‘' {
        return false;
    }
    let is_between = is_letter(before) && is_letter(after);
    let is_plural =
        before == Some('s') && after.is_some_and(char::is_whitespace) && mark != '‘' && {
            let opened = text[..at].rfind(" ‘").or_else(|| text[..at].rfind(" '"));
            opened.is_none()
        };
    let rest: String = text[at + mark.len_utf8()..]
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
mod tests {
    use super::*;

    #[test]
    fn marks_pair_within_a_block() {
        #[track_caller]
        fn case(text: &str, expected: &[&str]) {
            let found: Vec<_> = pair(text, true)
                .into_iter()
                .map(|pair| text[pair.words].to_owned())
                .collect();
            assert_eq!(found, expected, "{text}");
        }
        case(
            "“We wait,” she said, “for nobody.”",
            &["We wait,", "for nobody."],
        );
        case(
            "\"We wait,\" she said. \"For nobody.\"",
            &["We wait,", "For nobody."],
        );
        case("”Wrong way” is read too.", &["Wrong way"]);
        case(
            "Er sagte: „Wir warten nicht“ und ging.",
            &["Wir warten nicht"],
        );
        case(
            "Elle a dit : «\u{a0}Nous n’attendons pas\u{a0}».",
            &["Nous n’attendons pas"],
        );
        case("»Wir warten nicht«, sagte er.", &["Wir warten nicht"]);
        case(
            "“They told us ‘no’ twice,” she said.",
            &["They told us ‘no’ twice,"],
        );
        case(
            "‘We don’t wait for anybody here,’ she said.",
            &["We don’t wait for anybody here,"],
        );
        case("The gardeners’ day isn’t 'tis the season.", &[]);
        case("The wall is 6' 2\" high.", &[]);
        case("An “open end", &["open end"]);
        case("He said, “ we wait.” She left.", &["we wait."]);
        case("\"They say 'no,' \" she said.", &["They say 'no,'"]);
        case("\u{202a}”We wait,” she said.", &["We wait,"]);
        case("<i id=\"bus stop\">“We wait here.”</i>", &["We wait here."]);
        case("Er rief: »Wir warten hier.«", &["Wir warten hier."]);
        case("« Nous attendons », dit-elle.", &["Nous attendons"]);
        case("Hon sade: ”Vi väntar här.”", &["Vi väntar här."]);
        case("Powiedział: „Czekamy tutaj”.", &["Czekamy tutaj"]);
        case("‹ Nous attendons ici ›", &["Nous attendons ici"]);
        case("『待つよ』と言った。", &["待つよ"]);
        case("“” and \" \" are empty.", &[]);
        case("She said “yes” (and “no”).", &["yes", "no"]);
    }
}
