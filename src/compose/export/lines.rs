//! Writes the words of a text in the lines that they are set in, and leaves its elements as they are.
//!
//! Every run of words that was drawn as text becomes one or several `<tspan data-line="">` with place,
//! face and size, inside the element that it belongs to. So the text reads as it did before.

use std::fmt::Write as _;

use roxmltree::Node;

use crate::compose::splice::{Splicer, escape, number};
use crate::compose::typeset::SetText;
use crate::compose::write::Writer;
use crate::design::sample::LINE;
use crate::geometry::Px;
use crate::text::LineRun;

/// Words of one element as drawn.
struct Leaf<'a, 'input> {
    node: Node<'a, 'input>,
    letters: Vec<Letter>,
}

/// A character as drawn, and for a letter the run that it was set in and its byte of what was set.
struct Letter {
    character: char,
    set: Option<(usize, usize)>,
}

/// Writes a text, and its hung `mark`, as it was set.
///
/// Says whether it did: a text whose words are not those that were set is left as it is.
pub fn write(
    writer: &Writer<'_, '_, '_>,
    (text, mark): (Node<'_, '_>, Option<Node<'_, '_>>),
    set: &SetText<'_, '_>,
    splicer: &mut Splicer<'_>,
) -> bool {
    let is_marks = |node: Node<'_, '_>| node.ancestors().any(|outer| Some(outer) == mark);
    let drawn = text.descendants().filter(Node::is_text);
    let (marks, words): (Vec<_>, Vec<_>) = drawn.partition(|node| is_marks(*node));
    let runs: Vec<&LineRun> = set
        .fitted
        .lines
        .iter()
        .flat_map(|line| &line.runs)
        .collect();
    let mut leaves: Vec<Leaf<'_, '_>> = words.into_iter().map(leaf).collect();
    if !assign(&mut leaves, &set.paragraph.text, &runs) {
        return false;
    }
    let mut last = None;
    for leaf in &leaves {
        let markup = markup(writer, leaf, &runs, &mut last);
        splicer.write(leaf.node.range(), markup);
    }
    if let (Some(node), Some(run)) = (marks.first(), &set.fitted.mark) {
        let mut out = String::new();
        open(writer, run, Some(run.x), &mut out);
        let _ = write!(out, "{}</tspan>", escape(&run.text));
        splicer.write(node.range(), out);
    }
    true
}

/// The namespace of `xml:space`.
const XML: &str = "http://www.w3.org/XML/1998/namespace";

/// Keeps what drawing programs would lose or take for theirs: Inkscape drops a space that stands alone
/// between two elements, and who knows `inline-size` breaks lines anew.
pub fn keep(text: Node<'_, '_>, splicer: &mut Splicer<'_>) {
    if !text.has_attribute((XML, "space")) {
        splicer.attribute(text, "xml:space", "preserve");
    }
    let style = text.attribute("style").unwrap_or_default();
    let declarations = || style.split(';').map(str::trim).filter(|it| !it.is_empty());
    let width = |declaration: &str| {
        let (name, value) = declaration.split_once(':')?;
        (name.trim() == "inline-size").then(|| value.trim().to_owned())
    };
    let Some(value) = declarations().find_map(width) else {
        return;
    };
    let kept: Vec<&str> = declarations().filter(|it| width(it).is_none()).collect();
    splicer.attribute(text, "style", &kept.join(";"));
    splicer.attribute(text, "data-inline-size", &value);
}

fn leaf<'a, 'input>(node: Node<'a, 'input>) -> Leaf<'a, 'input> {
    let words = node.text().unwrap_or_default().chars();
    let letter = |character| Letter {
        character,
        set: None,
    };
    Leaf {
        node,
        letters: words.map(letter).collect(),
    }
}

/// Finds the run of every letter; white space is not compared, for it was folded. False where the
/// letters are others than those that were set.
fn assign(leaves: &mut [Leaf<'_, '_>], set: &str, runs: &[&LineRun]) -> bool {
    let mut expected = set.char_indices().filter(|(_, c)| !c.is_whitespace());
    for letter in leaves.iter_mut().flat_map(|leaf| &mut leaf.letters) {
        if letter.character.is_whitespace() {
            continue;
        }
        let next = expected.next();
        let Some((at, _)) = next.filter(|(_, other)| *other == letter.character) else {
            return false;
        };
        let run = runs.iter().position(|run| run.range.contains(&at));
        letter.set = run.map(|run| (run, at));
    }
    expected.next().is_none()
}

/// The words of a leaf, run by run; `last` is the run that the leaf before ended in.
///
/// Spaces before the first letter stand bare: every stretch has a place of its own, and Inkscape drops
/// elements that hold nothing but spaces.
fn markup(
    writer: &Writer<'_, '_, '_>,
    leaf: &Leaf<'_, '_>,
    runs: &[&LineRun],
    last: &mut Option<usize>,
) -> String {
    let mut out = String::new();
    let mut letters = leaf.letters.as_slice();
    while let Some(start) = letters.iter().position(|letter| letter.set.is_some()) {
        out.extend(letters[..start].iter().map(|letter| letter.character));
        letters = &letters[start..];
        let Some((index, at)) = letters[0].set else {
            break;
        };
        let is_in = |letter: &&Letter| letter.set.is_none_or(|(run, _)| run == index);
        let length = letters.iter().take_while(is_in).count();
        let words: String = letters[..length].iter().map(|it| it.character).collect();
        let run = runs[index];
        let x = match *last == Some(index) {
            true => glyph_x(run, at),
            false => Some(run.x),
        };
        open(writer, run, x, &mut out);
        let _ = write!(out, "{}</tspan>", escape(&words));
        *last = Some(index);
        letters = &letters[length..];
    }
    out.extend(letters.iter().map(|letter| letter.character));
    out
}

/// Where the letter at a byte of what was set stands, if it has a glyph of its own.
fn glyph_x(run: &LineRun, at: usize) -> Option<Px> {
    let glyph = run.glyphs.iter().find(|glyph| glyph.cluster == at);
    glyph.map(|glyph| glyph.x)
}

/// Opens the element of a stretch of a run; without a place it goes on where the last one ended.
fn open(writer: &Writer<'_, '_, '_>, run: &LineRun, x: Option<Px>, out: &mut String) {
    let _ = write!(out, "<tspan {LINE}=\"\"");
    if let Some(x) = x {
        let _ = write!(out, " x=\"{}\" y=\"{}\"", number(x), number(run.y));
    }
    let _ = write!(out, " style=\"{};text-anchor:start\">", writer.font(run));
}
