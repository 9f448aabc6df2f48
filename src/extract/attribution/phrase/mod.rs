//! Finds who is meant beside a verb of saying: a name, a pronoun, or "the director of the clinic".

mod ahead;
mod behind;
mod words;

use std::ops::Range;

use crate::extract::lexicon;
use crate::extract::tokens::Token;
pub(super) use ahead::{first, starting_at};
pub(super) use behind::{ending_before, is_aside};
pub(super) use words::is_subject_pronoun;

/// Somebody in a sentence, in indices of its tokens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Phrase {
    /// The name, the pronoun or the noun.
    pub(super) mention: Range<usize>,
    /// What describes them.
    pub(super) role: Option<Range<usize>>,
    /// Where everything that belongs to it starts.
    pub(super) start: usize,
    /// Behind everything that belongs to it.
    pub(super) end: usize,
    /// Whom "who" stands for.
    pub(super) antecedent: Option<Range<usize>>,
}

impl Phrase {
    pub(super) fn new(mention: Range<usize>) -> Self {
        Self {
            start: mention.start,
            end: mention.end,
            mention,
            role: None,
            antecedent: None,
        }
    }

    fn with_role(mut self, role: Option<Range<usize>>) -> Self {
        self.role = role.filter(|role| !role.is_empty());
        self
    }
}

/// Whether a phrase is a pronoun, a name, or somebody's: not any noun.
pub(super) fn is_somebody(tokens: &[Token<'_>], who: &Phrase) -> bool {
    let first = &tokens[who.mention.start];
    let is_owned = tokens[who.mention.clone()]
        .iter()
        .any(|token| token.is("’s"));
    let is_short = lexicon::is_determiner(first.text) && who.mention.len() <= 3;
    is_owned
        || is_short
        || words::is_name_word(tokens, who.mention.start)
        || is_subject_pronoun(first.text)
}
