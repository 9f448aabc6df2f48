//! How often each rule is right, measured; a rule that is right too rarely names nobody.
//!
//! The figures are those of `tests/bench/attribution.py` on the training part of PolNeAR (840
//! articles, quotations of four words or more): a rule's quotation is right if both the words and
//! who said them agree with the annotation.

/// A rule that says who speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rule {
    /// Stable, in kebab case: `verb-subject`.
    pub name: &'static str,
    /// What it looks for, by example.
    pub example: &'static str,
    /// Quotations it attributed in the measurement.
    pub quotations: u32,
    /// How many of them were right.
    pub right: u32,
}

/// Below this share of right answers a rule names nobody.
pub const FLOOR: f64 = 0.8;

/// Rules seen less often were not measured in earnest: the floor does not bind them.
pub const FEWEST_MEASURED: u32 = 10;

impl Rule {
    /// The share of right answers; `None` if it was seen too rarely to tell.
    #[must_use]
    pub fn precision(&self) -> Option<f64> {
        let share = f64::from(self.right) / f64::from(self.quotations.max(1));
        (self.quotations >= FEWEST_MEASURED).then_some(share)
    }

    /// Whether it is right often enough to name a speaker.
    #[must_use]
    pub fn names(&self) -> bool {
        self.precision().is_none_or(|precision| precision >= FLOOR)
    }
}

const fn rule(name: &'static str, example: &'static str, right: u32, quotations: u32) -> Rule {
    Rule {
        name,
        example,
        quotations,
        right,
    }
}

/// All rules, in the order in which they are tried.
pub const RULES: &[Rule] = &[
    //MEASURED
    rule("mission", "the clinic’s mission is to “…”", 0, 1),
    rule("defined-by", "care is defined by the clinic as “…”", 0, 0),
    rule("defines-as", "the clinic describes care as “…”", 6, 7),
    rule("words-of", "in the words of Ana Lund, “…”", 0, 0),
    rule("according-to", "“…,” according to Ana Lund", 20, 22),
    rule("before-inverted", "As said Ana Lund: “…”", 3, 3),
    rule("asked-by", "she was asked by Ana Lund, “…”", 0, 1),
    rule("before", "Ana Lund said: “…”", 534, 563),
    rule(
        "before-clause",
        "Ana Lund said the harbour was “…”",
        348,
        369,
    ),
    rule("participle", "Ana Lund agreed, adding that “…”", 100, 113),
    rule("main-clause", "Ana Lund waved, saying “…”", 99, 121),
    rule("colon", "Ana Lund: “…”", 15, 18),
    rule("as-put", "“…,” as Ana Lund put it", 1, 1),
    rule("verb-subject", "“…,” said Ana Lund", 526, 545),
    rule("subject-verb", "“…,” Ana Lund said", 1941, 2006),
    rule(
        "sentence-end",
        "it was “…” for a year, Ana Lund said",
        39,
        44,
    ),
    rule("colon-subject", "Ana Lund was blunt: “…”", 18, 22),
    rule("dash", "“…” — Ana Lund", 0, 0),
    rule("turn", "LUND: a turn of a transcript, then “…”", 0, 0),
    rule(
        "colon-above",
        "Ana Lund went on to say:, and a new paragraph",
        39,
        46,
    ),
    rule("sentence-before", "Ana Lund says it is over. “…”", 14, 20),
    rule("same-paragraph", "“…,” Ana Lund said. “…”", 1220, 1274),
    rule(
        "next-paragraph",
        "a paragraph of nothing else, behind hers",
        50,
        59,
    ),
    rule("next-quotation", "“…” “…,” Ana Lund said", 4, 4),
    //END
];

/// The rule of a name; `None` for `none`.
#[must_use]
pub fn rule_named(name: &str) -> Option<&'static Rule> {
    RULES.iter().find(|rule| rule.name == name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rule_names_somebody_only_if_it_is_mostly_right() {
        assert!(rule("a", "", 80, 100).names());
        assert!(!rule("a", "", 79, 100).names());
        assert!(rule("too rare to tell", "", 1, 9).names());
        assert_eq!(rule("a", "", 1, 9).precision(), None);
    }

    #[test]
    fn every_rule_is_measured_once() {
        let mut names: Vec<_> = RULES.iter().map(|rule| rule.name).collect();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), RULES.len());
        assert!(RULES.iter().all(|rule| rule.right <= rule.quotations));
    }
}
