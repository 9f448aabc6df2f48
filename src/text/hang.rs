//! Which marks hang outside the edges of a block, and how far.
//!
//! A quotation mark at the edge makes a dent in it; hung outside, the letters line up.

use super::prepare::Unit;

/// Length in bytes of the quotation marks at the start of a line.
pub(super) fn opening_marks(line: &str) -> usize {
    let rest = line.trim_start_matches(is_quotation_mark);
    let has_words = rest.starts_with(|next: char| !next.is_whitespace());
    if has_words {
        line.len() - rest.len()
    } else {
        0
    }
}

fn is_quotation_mark(character: char) -> bool {
    matches!(
        character,
        '“' | '”'
            | '„'
            | '‟'
            | '‘'
            | '’'
            | '‚'
            | '‛'
            | '«'
            | '»'
            | '‹'
            | '›'
            | '"'
            | '\''
    )
}

/// Width of the marks at the end of a line that hang outside, in em of the paragraph.
pub(super) fn closing_marks(text: &str, line: &[Unit]) -> f64 {
    let mut width = 0.0;
    for (index, unit) in line.iter().rev().enumerate() {
        let mark = text[unit.byte..].chars().next();
        let share = mark.map_or(0.0, |mark| share_outside(mark, index == 0));
        if share == 0.0 {
            break;
        }
        let tracking = if index == 0 { unit.tracking } else { 0.0 };
        width += (unit.advance - tracking) * share;
    }
    width
}

/// How much of a mark hangs outside; dashes and hyphens only as the very last.
fn share_outside(mark: char, is_last: bool) -> f64 {
    match mark {
        '.' | ',' | ';' | ':' | '…' => 1.0,
        mark if is_quotation_mark(mark) => 1.0,
        '-' | '‐' if is_last => 0.6,
        '–' | '—' if is_last => 0.4,
        _ => 0.0,
    }
}
