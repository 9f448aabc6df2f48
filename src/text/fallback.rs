//! Finds another face for characters that a style's own lacks.
//!
//! usvg would set the whole line in the other face, or give up; here only the letters that need it
//! change, and the spaces between them. What no face has keeps the style's own and its missing
//! glyph, for a diagnostic to name.

use unicode_segmentation::UnicodeSegmentation;

use super::itemize::Item;
use super::{FaceId, Fonts};

/// Splits an item whose face lacks some of its characters.
pub(super) fn split(fonts: &Fonts, text: &str, item: &Item) -> Vec<Item> {
    let mut pieces: Vec<Item> = Vec::new();
    let mut others: Vec<FaceId> = Vec::new();
    for (at, cluster) in text[item.range.clone()].grapheme_indices(true) {
        let face = match covers(fonts, item.face, cluster) {
            true => item.face,
            false => other_face(fonts, item.face, cluster, &mut others),
        };
        let start = item.range.start + at;
        let end = start + cluster.len();
        match pieces.last_mut() {
            Some(last) if last.face == face => last.range.end = end,
            _ => pieces.push(Item {
                range: start..end,
                face,
                ..item.clone()
            }),
        }
    }
    join_across_spaces(fonts, text, pieces, item.face)
}

/// Another face that has the whole cluster: one that the theme or the language prefers; one found
/// before, so that a line does not change face from letter to letter; else the nearest to the given
/// one in slant, kind and weight.
fn other_face(fonts: &Fonts, own: FaceId, cluster: &str, others: &mut Vec<FaceId>) -> FaceId {
    let preferred = fonts.get(own).cut.others.iter();
    let mut known = preferred.chain(others.iter());
    if let Some(&face) = known.find(|&&face| covers(fonts, face, cluster)) {
        return face;
    }
    let is_serif = has_serifs(fonts.family_name(own));
    let found = fonts
        .ids()
        .filter(|&face| face != own && covers(fonts, face, cluster))
        .filter(|&face| fonts.draws(fonts.get(face)))
        .min_by_key(|&face| {
            let is_other_slant = fonts.is_italic(face) != fonts.is_italic(own);
            let is_other_kind = has_serifs(fonts.family_name(face)) != is_serif;
            (
                is_other_slant,
                is_other_kind,
                fonts.weight_off(face, fonts.weight(own)),
            )
        });
    let Some(found) = found else {
        return own;
    };
    let found = fonts.at_weight(found, fonts.weight(own));
    others.push(found);
    found
}

/// Whether a family has serifs, or what is like them in its script, going by its name.
pub(super) fn has_serifs(family: &str) -> bool {
    let family = family.to_lowercase();
    let kinds = [
        "serif", "naskh", "mincho", "myungjo", "batang", "song", "ming",
    ];
    kinds.iter().any(|kind| family.contains(kind)) && !family.contains("sans")
}

/// Whether a face has every visible character of a cluster.
fn covers(fonts: &Fonts, face: FaceId, cluster: &str) -> bool {
    cluster
        .chars()
        .all(|character| is_invisible(character) || fonts.covers(face, character))
}

/// What shaping hides or makes from other glyphs: spaces, joiners, variation selectors.
pub(super) fn is_invisible(character: char) -> bool {
    character.is_whitespace()
        || matches!(
            character,
            '\u{AD}'
                | '\u{34F}'
                | '\u{61C}'
                | '\u{180B}'..='\u{180F}'
                | '\u{200B}'..='\u{200F}'
                | '\u{202A}'..='\u{202E}'
                | '\u{2060}'..='\u{206F}'
                | '\u{FE00}'..='\u{FE0F}'
                | '\u{FEFF}'
                | '\u{E0000}'..='\u{E0FFF}'
        )
}

/// Gives spaces and punctuation between two pieces in one other face to that face.
fn join_across_spaces(fonts: &Fonts, text: &str, pieces: Vec<Item>, own: FaceId) -> Vec<Item> {
    let mut joined: Vec<Item> = Vec::with_capacity(pieces.len());
    for piece in pieces {
        let count = joined.len();
        let is_bridged = count >= 2
            && piece.face != own
            && joined[count - 2].face == piece.face
            && joined[count - 1].face == own
            && is_bridge(fonts, &text[joined[count - 1].range.clone()], piece.face);
        if is_bridged {
            joined.pop();
        }
        match joined.last_mut() {
            Some(last) if last.face == piece.face => last.range.end = piece.range.end,
            _ => joined.push(piece),
        }
    }
    joined
}

fn is_bridge(fonts: &Fonts, between: &str, face: FaceId) -> bool {
    between.chars().all(|character| {
        character.is_whitespace() || !character.is_alphanumeric() && fonts.covers(face, character)
    })
}
