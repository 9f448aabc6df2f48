//! The ordered rules that say who speaks, each with a name.

mod before;
mod behind;

use std::ops::Range;

use super::phrase::Phrase;
use crate::extract::QuotationKind;
pub(super) use before::{before, colon, reports};
pub(super) use behind::behind;

/// What a rule found, in tokens of the context it looked at.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Hit {
    pub(super) who: Phrase,
    pub(super) cue: Range<usize>,
    pub(super) rule: &'static str,
    pub(super) kind: QuotationKind,
}

impl Hit {
    pub(super) fn speech(who: Phrase, cue: Range<usize>, rule: &'static str) -> Self {
        Self {
            who,
            cue,
            rule,
            kind: QuotationKind::Speech,
        }
    }
}

/// What may stand behind a quotation, by how it ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ending {
    /// With a comma or the like: an attribution is to be expected.
    Open,
    /// With a full stop: an attribution has to be all of its sentence.
    Closed,
    /// With a word: the sentence goes on around it, unless a mark or a verb follows.
    Within,
}
