//! Says in words why candidates were found: scores, reasons, and the rule that names the speaker.

use std::fmt::Write as _;
use std::path::Path;

use crate::extract::{
    self, Candidate, FEWEST_MEASURED, FLOOR, Find, Quotation, QuotationKind, Rule,
};

/// The finds of an article, best first, each with its reasons.
pub fn article(path: &Path, candidates: &[Candidate]) -> String {
    let mut text = format!("{}\n", path.display());
    if candidates.is_empty() {
        text += "  nothing worth sharing was found\n";
    }
    for (index, candidate) in candidates.iter().enumerate() {
        let _ = write!(text, "\n{:>3}. ", index + 1);
        text += &match &candidate.find {
            Find::Quotation(found) => quotation(found),
            Find::Statistic(found) => format!(
                "{} — {}\n     {}\n",
                found.figure.text(),
                found.claim.text(),
                match &found.source {
                    Some(source) => format!("says {}", source.text()),
                    None => "no source is named".to_owned(),
                }
            ),
        };
        let _ = writeln!(text, "     {}", score(candidate));
    }
    text.push('\n');
    text
}

fn quotation(found: &Quotation) -> String {
    let who = match (&found.speaker, &found.doubted) {
        _ if found.kind == QuotationKind::Sentence => {
            "the article's own words: set without quotation marks".to_owned()
        }
        (Some(speaker), _) => {
            let name = speaker.name.as_ref().unwrap_or(&speaker.mention).text();
            let role = speaker
                .role
                .as_ref()
                .map(|role| format!(", {}", role.text()));
            let mention = (name != speaker.mention.text())
                .then(|| format!(" (\"{}\" in the article)", speaker.mention.text()));
            format!(
                "said {name}{}{}",
                role.unwrap_or_default(),
                mention.unwrap_or_default()
            )
        }
        (None, Some(doubted)) => format!(
            "nobody is named: {} would be, by a rule that is right too rarely",
            doubted.mention.text()
        ),
        (None, None) => "nobody is named: no rule says who".to_owned(),
    };
    let rule = extract::rule_named(found.rule).map_or(String::new(), |rule| {
        format!(
            "     rule {}: {}; {}\n",
            rule.name,
            rule.example,
            share(rule)
        )
    });
    format!("{}\n     {who}\n{rule}", found.words.text())
}

/// "right in 525 of 544 (96.5 %)".
fn share(rule: &Rule) -> String {
    match rule.precision() {
        Some(precision) => format!(
            "right in {} of {} ({:.1} %)",
            rule.right,
            rule.quotations,
            precision * 100.0
        ),
        None => format!("seen {} times, too rarely to measure", rule.quotations),
    }
}

/// "score 2.60 = names-its-speaker +1.00, right-length +1.00 …".
fn score(candidate: &Candidate) -> String {
    let reasons: Vec<String> = candidate
        .reasons
        .iter()
        .map(|reason| format!("{} {:+.2}", reason.code, reason.weight))
        .collect();
    format!("score {:.2}: {}", candidate.score, reasons.join(", "))
}

/// The table of rules.
pub fn rules() -> String {
    let mut text = format!(
        "Rules that name who speaks, in the order they are tried. Measured on the training part of PolNeAR\n\
         (news articles in English). A rule that is right in less than {:.0} % names nobody; one that was seen\n\
         fewer than {FEWEST_MEASURED} times is not held to that.\n\n",
        FLOOR * 100.0
    );
    let _ = writeln!(
        text,
        "{:<16} {:>6} {:>6} {:>7}  example",
        "rule", "right", "of", "share"
    );
    for rule in extract::RULES {
        let share = rule.precision().map_or("-".to_owned(), |precision| {
            format!("{:.1} %", precision * 100.0)
        });
        let silent = if rule.names() { "" } else { "  (names nobody)" };
        let _ = writeln!(
            text,
            "{:<16} {:>6} {:>6} {:>7}  {}{silent}",
            rule.name, rule.right, rule.quotations, share, rule.example
        );
    }
    text
}
