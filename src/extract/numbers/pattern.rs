//! A small language for sequences of tokens, so that rules can stand in tables.
//!
//! Atoms are separated by spaces: `CAPITALS` name a class, other letters are that word, anything
//! else is that mark. `a|b` is either, `a?` may be missing, and `~a` stands right behind the token
//! before it. `MONTH DAY ,? YEAR` is a date.

use super::lexicon::{self, Class};
use super::tokens::Tokens;
use std::collections::HashMap;

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

}

/// Which of many patterns a token may begin: found by its class and its word, not by trying all.
#[derive(Debug, Default)]
pub(crate) struct Beginnings {
    /// Sets of classes, and the patterns that begin with one of them.
    classes: Vec<(Class, Bits)>,
    words: HashMap<&'static str, Bits>,
    /// Patterns whose first atom may be missing.
    any: Bits,
}

/// A set of up to 128 patterns.
type Bits = u128;

impl Beginnings {
    /// The beginnings of a list of patterns.
    ///
    /// # Panics
    ///
    /// If there are more than 128; lists are constants.
    pub(crate) fn of<'p>(patterns: impl Iterator<Item = &'p Pattern>) -> Self {
        let mut found = Self::default();
        for (index, pattern) in patterns.enumerate() {
            assert!(index < Bits::BITS as usize, "at most 128 patterns");
            let bit = 1 << index;
            let first = &pattern.atoms[0];
            if first.is_optional {
                found.any |= bit;
            }
            let mut known = found.classes.iter_mut();
            match known.find(|(class, _)| *class == first.class) {
                Some((_, bits)) => *bits |= bit,
                None => found.classes.push((first.class, bit)),
            }
            for word in &first.words {
                *found.words.entry(word).or_default() |= bit;
            }
        }
        found
    }

    /// The patterns that may begin with a token, in order.
    pub(crate) fn at(&self, tokens: &Tokens, at: usize) -> impl Iterator<Item = usize> {
        let class = tokens.get(at).map_or(Class::NONE, |token| token.class);
        let classes = self.classes.iter().filter(|(first, _)| class.meets(*first));
        let by_class = classes.fold(0, |found, (_, bit)| found | bit);
        let lower = tokens.word(at).to_ascii_lowercase();
        let by_word = self.words.get(lower.as_str()).copied().unwrap_or(0);
        let mut rest = self.any | by_class | by_word;
        std::iter::from_fn(move || {
            let index = rest.trailing_zeros();
            rest &= rest.wrapping_sub(1);
            (index < Bits::BITS).then_some(index as usize)
        })
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
