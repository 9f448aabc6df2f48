//! Dialogue with dashes, as Spanish, French, Italian, Portuguese and Polish set it: "—We wait —said
//! Ana. —Why?".

use std::ops::Range;

use super::super::lexicon;
use super::super::tokens::tokens;

const DASHES: [char; 3] = ['—', '–', '―'];

/// The words that a paragraph opening with a dash has somebody say, up to the dash or the verb of
/// saying behind them.
pub(super) fn line(text: &str) -> Option<Range<usize>> {
    let rest = text.strip_prefix(DASHES)?;
    let start = text.len() - rest.trim_start().len();
    let closing = text[start..].find(DASHES).map(|at| start + at);
    let end = closing.unwrap_or(text.len());
    let end = said(text, start..end).unwrap_or(end);
    let words = text[start..end].trim_end();
    words
        .contains(char::is_alphabetic)
        .then(|| start..start + words.len())
}

/// Where "…, dit Ana" begins, behind the comma.
fn said(text: &str, range: Range<usize>) -> Option<usize> {
    let words = tokens(&text[range.clone()]);
    let comma = (0..words.len()).find(|&at| {
        let next = words.get(at + 1).map(|next| next.text);
        let second = words.get(at + 2).map(|next| next.text);
        let is_verb = |word: Option<&str>| {
            word.is_some_and(|word| {
                word.starts_with(char::is_lowercase) && lexicon::is_saying(word)
            })
        };
        let has_helper = matches!(next, Some("a" | "ha")) && is_verb(second);
        words[at].is(",") && (is_verb(next) || has_helper)
    })?;
    Some(range.start + words[comma].range.end)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_dash_opens_what_somebody_says() {
        #[track_caller]
        fn case(text: &str, expected: Option<&str>) {
            assert_eq!(line(text).map(|words| &text[words]), expected);
        }
        case(
            "—No esperamos a nadie —dijo Ana.",
            Some("No esperamos a nadie"),
        );
        case(
            "— Nous n’attendons personne, dit Ana.",
            Some("Nous n’attendons personne,"),
        );
        case(
            "— Nous n’attendons personne.",
            Some("Nous n’attendons personne."),
        );
        case("Ana — dit-on — attend.", None);
        case("—", None);
    }
}
