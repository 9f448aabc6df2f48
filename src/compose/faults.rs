//! How well the texts of a card fit in the setting of one length, to compare settings.

use super::{Composed, report};

/// How badly texts fit, the worst first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Faults {
    /// Texts that do not fit at the smallest size.
    pub overflows: usize,
    /// Texts with words cut between letters.
    cuts: usize,
    /// Lines that end in a hyphen which the words do not have.
    hyphens: usize,
}

impl Faults {
    /// What is wrong with a card in one setting.
    pub fn of(composed: &Composed) -> Self {
        let diagnostics = &composed.diagnostics;
        let count = |code| diagnostics.iter().filter(|it| it.code == code).count();
        let texts = composed.composition.iter().flat_map(|it| &it.texts);
        Self {
            overflows: count(report::OVERFLOW),
            cuts: count(report::CUT),
            hyphens: texts.map(|text| text.hyphens).sum(),
        }
    }
}
