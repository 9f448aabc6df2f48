//! Finds quotation marks and apostrophes and what each of them is.
//!
//! Marks differ by language and are often typed straight or the wrong way round, so that only their
//! places tell which open and which close. Marks that do not pair stay as they are.

use unicode_script::{Script, UnicodeScript};

/// What a character is to the dresser.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    Letter,
    Apostrophe,
    Open,
    Close,
}

/// Spaces inside a pair of marks are dress too; another language's go with its marks.
pub(super) fn is_space_of_mark(character: char) -> bool {
    matches!(character, ' ' | '\u{a0}' | '\u{202f}')
}

/// The role of each character. Marks that do not pair are left as they are.
pub(super) fn roles(characters: &[char]) -> Vec<Role> {
    let mut roles = vec![Role::Letter; characters.len()];
    let mut open: Vec<(usize, bool)> = Vec::new();
    for (index, &character) in characters.iter().enumerate() {
        let around = Around::new(characters, index);
        if around.is_within_hebrew {
            // Gershayim and geresh are a part of the word, however they were typed.
            continue;
        }
        if is_double(character) && !around.is_measure {
            match around.opens(character, open.iter().any(|(_, is_double)| *is_double)) {
                true => open.push((index, true)),
                false => close(&mut open, &mut roles, index, true),
            }
        } else if is_single(character) && !around.is_measure {
            let is_within = around.is_letter_before && around.is_letter_after;
            if !is_within && !around.is_letter_before && around.is_letter_after && character != '’'
            {
                open.push((index, false));
            } else if !is_within && open.last().is_some_and(|(_, is_double)| !is_double) {
                close(&mut open, &mut roles, index, false);
            } else if matches!(character, '\'' | '’')
                && (around.is_letter_before || around.is_letter_after)
            {
                roles[index] = Role::Apostrophe;
            }
        }
    }
    for (index, is_double) in open {
        // What opened nothing and is no mark of a pair stands for letters left out: '90s, 'em.
        if !is_double && characters[index] == '\'' {
            roles[index] = Role::Apostrophe;
        }
    }
    // Rock 'n' roll.
    for index in 2..characters.len() {
        let is_and = matches!(characters[index - 1], 'n' | 'N');
        if is_and && roles[index - 2] == Role::Open && roles[index] == Role::Close {
            roles[index - 2] = Role::Apostrophe;
            roles[index] = Role::Apostrophe;
        }
    }
    roles
}

fn close(open: &mut Vec<(usize, bool)>, roles: &mut [Role], index: usize, is_double: bool) {
    let Some(at) = open.iter().rposition(|(_, double)| *double == is_double) else {
        return;
    };
    let (start, _) = open[at];
    open.truncate(at);
    roles[start] = Role::Open;
    roles[index] = Role::Close;
}

/// What stands around a mark.
struct Around {
    is_letter_before: bool,
    is_letter_after: bool,
    is_space_before: bool,
    /// Feet and inches: a straight mark behind a figure.
    is_measure: bool,
    is_within_hebrew: bool,
}

impl Around {
    fn new(characters: &[char], index: usize) -> Self {
        let before = index.checked_sub(1).map(|before| characters[before]);
        let after = characters.get(index + 1).copied();
        let is_figure = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
        Self {
            is_letter_before: before.is_some_and(char::is_alphanumeric),
            is_letter_after: after.is_some_and(char::is_alphanumeric),
            is_space_before: before.is_none_or(|c| {
                c.is_whitespace() || matches!(c, '(' | '[' | '—' | '–' | '“' | '‘')
            }),
            is_measure: matches!(characters[index], '"' | '\'')
                && is_figure(before)
                && !after.is_some_and(char::is_alphabetic),
            is_within_hebrew: is_hebrew(before) && (is_hebrew(after) || characters[index] == '\''),
        }
    }

    /// Whether a double mark opens; some marks open in one language and close in another.
    fn opens(&self, mark: char, has_open: bool) -> bool {
        match mark {
            '„' | '‟' => true,
            _ => self.is_space_before && (self.is_letter_after || !has_open),
        }
    }
}

fn is_hebrew(character: Option<char>) -> bool {
    character.is_some_and(|c| c.script() == Script::Hebrew && c.is_alphabetic())
}

fn is_double(character: char) -> bool {
    matches!(character, '"' | '“' | '”' | '„' | '‟' | '«' | '»')
}

fn is_single(character: char) -> bool {
    matches!(character, '\'' | '‘' | '’' | '‚' | '‹' | '›')
}
