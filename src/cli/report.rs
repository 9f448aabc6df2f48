//! Errors and diagnostics as people read them.
//!
//! ```text
//! error[text-overflow]: the quote needs 9 lines at 64 px; its box holds 7
//!   --> deck.yaml:14:3 (card `bridge-lost`, platforms `og`, `story`, field `quote`)
//!    = help: shorten it by about 45 characters (`…` where words are cut), or reject the card
//! ```
//!
//! What is true of several platforms is said once; of hundreds of the same kind, the first few.

use std::collections::BTreeMap;

use anstyle::{AnsiColor, Style};

use crate::diagnostic::{Diagnostic, Place, Severity};
use crate::error::Error;

/// Of one code and severity, more than this are only counted.
const MOST_ALIKE: usize = 20;

const ERROR: Style = AnsiColor::Red.on_default().bold();
const WARNING: Style = AnsiColor::Yellow.on_default().bold();
const BOLD: Style = Style::new().bold();
const MUTED: Style = AnsiColor::Blue.on_default().bold();

/// An error with its way out.
#[must_use]
pub fn error(error: &Error) -> String {
    let head = format!("{ERROR}error{ERROR:#}{BOLD}: {error}{BOLD:#}\n");
    head + &error.hint().map(help).unwrap_or_default()
}

/// Every diagnostic, and a last line that counts them; nothing where there are none.
#[must_use]
pub fn diagnostics(all: &[Diagnostic]) -> String {
    let merged = merge(all);
    let mut counts = BTreeMap::new();
    let mut text = String::new();
    for (diagnostic, platforms) in &merged {
        let count = counts
            .entry((diagnostic.severity, diagnostic.code))
            .or_insert(0_usize);
        *count += 1;
        if *count <= MOST_ALIKE {
            text.push_str(&one(diagnostic, platforms));
        }
    }
    for ((severity, code), count) in counts.iter().filter(|(_, count)| **count > MOST_ALIKE) {
        let more = count - MOST_ALIKE;
        let style = style(*severity);
        text += &format!(
            "{style}{}[{code}]{style:#}: {more} more of these\n",
            severity.name()
        );
    }
    text + &tally(&merged.iter().map(|(d, _)| d.severity).collect::<Vec<_>>())
}

/// Those that differ only in the platform become one, with all their platforms.
fn merge(all: &[Diagnostic]) -> Vec<(&Diagnostic, Vec<&str>)> {
    let mut merged: Vec<(&Diagnostic, Vec<&str>)> = Vec::new();
    let mut known = BTreeMap::new();
    for diagnostic in all {
        let place = Place {
            platform: None,
            ..diagnostic.place.clone()
        };
        let key = (
            diagnostic.code,
            &diagnostic.message,
            &diagnostic.hint,
            place,
        );
        let index = *known.entry(key).or_insert(merged.len());
        if index == merged.len() {
            merged.push((diagnostic, Vec::new()));
        }
        merged[index].1.extend(diagnostic.place.platform.as_deref());
    }
    merged
}

fn one(diagnostic: &Diagnostic, platforms: &[&str]) -> String {
    let Diagnostic {
        code,
        severity,
        message,
        hint,
        ..
    } = diagnostic;
    let style = style(*severity);
    let name = severity.name();
    let head = format!("{style}{name}[{code}]{style:#}{BOLD}: {message}{BOLD:#}\n");
    let place = place(&diagnostic.place, platforms);
    let place = match place.is_empty() {
        true => place,
        false => format!("  {MUTED}-->{MUTED:#} {place}\n"),
    };
    head + &place + &hint.as_deref().map(help).unwrap_or_default()
}

/// As the place itself displays, but with several platforms.
fn place(place: &Place, platforms: &[&str]) -> String {
    match platforms {
        [] | [_] => place.to_string(),
        many => {
            let place = Place {
                platform: Some(many.join("`, `")),
                ..place.clone()
            };
            place.to_string().replace(", platform `", ", platforms `")
        }
    }
}

fn help(hint: &str) -> String {
    format!("   {MUTED}={MUTED:#} {BOLD}help{BOLD:#}: {hint}\n")
}

fn style(severity: Severity) -> Style {
    match severity {
        Severity::Warning => WARNING,
        Severity::Error => ERROR,
    }
}

fn tally(severities: &[Severity]) -> String {
    let of = |severity| {
        severities
            .iter()
            .filter(|other| **other == severity)
            .count()
    };
    let counts = [
        (of(Severity::Error), "error"),
        (of(Severity::Warning), "warning"),
    ];
    let counts = counts.into_iter().filter(|(number, _)| *number > 0);
    let counts: Vec<_> = counts.map(|(number, noun)| count(number, noun)).collect();
    match counts.is_empty() {
        true => String::new(),
        false => format!("{}\n", counts.join(", ")),
    }
}

/// `1 image`, `2 images`.
#[must_use]
pub fn count(number: usize, noun: &str) -> String {
    let plural = if number == 1 { "" } else { "s" };
    format!("{number} {noun}{plural}")
}

/// `12,345`.
#[must_use]
pub fn thousands(number: usize) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// Columns two spaces apart, each as wide as its widest cell.
#[must_use]
pub fn table(head: &[&str], rows: &[Vec<String>]) -> String {
    let head: Vec<String> = head.iter().map(|cell| (*cell).to_owned()).collect();
    let all = || std::iter::once(&head).chain(rows);
    let width = |column: usize| all().map(|row| row[column].chars().count()).max();
    let widths: Vec<usize> = (0..head.len())
        .map(|column| width(column).unwrap_or(0))
        .collect();
    let line = |row: &Vec<String>| {
        let cells = row.iter().zip(&widths);
        let cells: Vec<_> = cells
            .map(|(cell, width)| format!("{cell:<width$}"))
            .collect();
        format!("{}\n", cells.join("  ").trim_end())
    };
    all().map(line).collect()
}

#[cfg(test)]
mod tests {
    use std::path::{Path, PathBuf};

    use anstream::adapter::strip_str;

    use super::*;

    fn overflow(card: &str, platform: &str) -> Diagnostic {
        let place = Place {
            file: Some(PathBuf::from("deck.yaml")),
            line: Some(14),
            column: Some(3),
            card: Some(card.to_owned()),
            platform: Some(platform.to_owned()),
            field: None,
        };
        Diagnostic::error("text-overflow", "the quote needs 9 lines; its box holds 7")
            .with_hint("shorten it")
            .at(place)
    }

    #[test]
    fn what_is_true_of_several_platforms_is_said_once() {
        let missing = Diagnostic::warning("attribution-missing", "the quote names nobody");
        let all = [overflow("a", "og"), missing, overflow("a", "story")];
        insta::assert_snapshot!(strip_str(&diagnostics(&all)), @r"
        error[text-overflow]: the quote needs 9 lines; its box holds 7
          --> deck.yaml:14:3 (card `a`, platforms `og`, `story`)
           = help: shorten it
        warning[attribution-missing]: the quote names nobody
        1 error, 1 warning
        ");
    }

    #[test]
    fn hundreds_of_a_kind_are_counted() {
        let all: Vec<_> = (0..100)
            .map(|n| overflow(&format!("card-{n}"), "og"))
            .collect();
        let text = strip_str(&diagnostics(&all)).to_string();
        assert_eq!(text.lines().count(), MOST_ALIKE * 3 + 2);
        assert!(
            text.ends_with("error[text-overflow]: 80 more of these\n100 errors\n"),
            "{text}"
        );
        assert_eq!(diagnostics(&[]), "");
    }

    #[test]
    fn columns_line_up_whatever_the_letters() {
        let row = |cells: [&str; 2]| cells.map(str::to_owned).to_vec();
        let rows = [row(["1 × 1", "a"]), row(["longest", "b"])];
        assert_eq!(
            table(&["SIZE", "X"], &rows),
            "SIZE     X\n1 × 1    a\nlongest  b\n"
        );
    }

    #[test]
    fn an_error_comes_with_its_way_out() {
        let fault = Error::new("there is no theme `news`").in_file(Path::new("deck.yaml"));
        let fault = fault.at(3, 8).with_hint("did you mean `newsprint`?");
        insta::assert_snapshot!(strip_str(&error(&fault)), @r"
        error: deck.yaml:3:8: there is no theme `news`
           = help: did you mean `newsprint`?
        ");
    }
}
