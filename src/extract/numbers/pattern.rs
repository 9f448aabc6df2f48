//! A small language for sequences of tokens, so that rules can stand in tables.
//!
//! Atoms are separated by spaces: `CAPITALS` name a class, other letters are that word, anything
//! else is that mark. `a|b` is either, `a?` may be missing, and `~a` stands right behind the token
//! before it. `MONTH DAY ,? YEAR` is a date.

use super::lexicon::{self, Class};
use super::tokens::Tokens;

/// A sequence of tokens to look for.
#[derive(Debug)]
pub(crate) struct Pattern {
    atoms: Vec<Atom>,
}

#[derive(Debug)]
struct Atom {
    class: Class,
    words: Vec<&'static str>,
    is_glued: bool,
    is_optional: bool,
}

impl Pattern {
    /// Reads a pattern.
    ///
    /// # Panics
    ///
    /// If it names a class that does not exist; patterns are constants, and a test reads them all.
    pub(crate) fn new(written: &'static str) -> Self {
        Self {
            atoms: written.split(' ').map(Atom::new).collect(),
        }
    }

    /// Where a match that begins at a token ends; the longest, if there are several.
    pub(crate) fn end(&self, tokens: &Tokens, at: usize) -> Option<usize> {
        end(&self.atoms, tokens, at)
    }

    /// Whether a match may begin with this token. Cheap, to try several patterns.
    pub(crate) fn may_begin(&self, tokens: &Tokens, at: usize) -> bool {
        self.atoms
            .first()
            .is_some_and(|first| first.is_optional || first.matches(tokens, at))
    }

    /// What a match may begin with, a class or one of the words; `None` where the first atom may be
    /// missing.
    pub(crate) fn first(&self) -> Option<(Class, &[&'static str])> {
        let first = self.atoms.first().filter(|first| !first.is_optional)?;
        Some((first.class, &first.words))
    }
}

fn end(atoms: &[Atom], tokens: &Tokens, at: usize) -> Option<usize> {
    let Some((first, rest)) = atoms.split_first() else {
        return Some(at);
    };
    let taken = first
        .matches(tokens, at)
        .then(|| end(rest, tokens, at + 1))
        .flatten();
    taken.or_else(|| first.is_optional.then(|| end(rest, tokens, at)).flatten())
}

impl Atom {
    fn new(written: &'static str) -> Self {
        let (is_glued, written) = match written.strip_prefix('~') {
            Some(rest) => (true, rest),
            None => (false, written),
        };
        let (is_optional, written) = match written.strip_suffix('?') {
            Some(rest) if !rest.is_empty() => (true, rest),
            _ => (false, written),
        };
        let (mut class, mut words) = (Class::NONE, Vec::new());
        for choice in written.split('|') {
            let is_name =
                choice.len() > 1 && choice.bytes().all(|b| b.is_ascii_uppercase() || b == b'_');
            if is_name {
                class = class.with(lexicon::named(choice).expect("a class of the lexicon"));
            } else {
                words.push(choice);
            }
        }
        Self {
            class,
            words,
            is_glued,
            is_optional,
        }
    }

    fn matches(&self, tokens: &Tokens, at: usize) -> bool {
        let Some(token) = tokens.get(at) else {
            return false;
        };
        (!self.is_glued || !token.spaced)
            && (token.is(self.class) || self.words.iter().any(|word| tokens.reads(at, word)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pattern_matches_from_its_first_token() {
        #[track_caller]
        fn case(pattern: &'static str, text: &str, end: Option<usize>) {
            assert_eq!(Pattern::new(pattern).end(&Tokens::of(text), 0), end);
        }
        case("MONTH DAY ,? YEAR", "May 3, 2019", Some(4));
        case("MONTH DAY ,? YEAR", "May 3 2019", Some(3));
        case("MONTH DAY ,? YEAR", "May 2019", None);
        case("NUMBER ~: ~NUMBER", "10:30 sharp", Some(3));
        case("NUMBER ~: ~NUMBER", "10 : 30", None);
        case("over|since the? past", "Since past", Some(2));
        case("over|since the? past", "Over the past", Some(3));
    }
}
