//! The words of a bound text: the card's, or those of the drawing.
//!
//! Tools save the lines of a text as they stood: each in a `<tspan>` with its own `y`. In
//! preformatted text (`white-space: pre`, as Inkscape and Figma write) such lines were broken by the
//! tool and flow together again, as those of text with a width or a shape of its own (`inline-size`,
//! `shape-inside`) do; only a newline in the words is a break that somebody made. Elsewhere a new `y` is
//! such a break.

use roxmltree::Node;

use super::bind::{PARTS, Scene};
use super::copy::Copy;
use super::look;
use super::name::Name;
use crate::deck::Field;
use crate::design::sample;

/// One stretch of a text and the element that says how it looks.
#[derive(Clone, Debug)]
pub struct Piece<'a, 'input> {
    /// The words.
    pub text: String,
    /// The `<text>` or `<tspan>`.
    pub node: Node<'a, 'input>,
}

/// What a bound text says: on the card, or in the template's sample.
#[derive(Clone, Debug, Default)]
pub struct Content<'a, 'input> {
    /// The stretches in order; `\n` is a hard break.
    pub pieces: Vec<Piece<'a, 'input>>,
    /// The opening quotation mark that hangs.
    pub mark: Option<Piece<'a, 'input>>,
}

/// Which words fill the bound places.
#[derive(Clone, Copy)]
pub enum Words<'a> {
    /// The card's.
    Card(&'a Copy),
    /// The drawing's own.
    Sample,
}

/// The words of a text, bound places filled.
pub fn read<'a, 'input>(
    scene: &Scene<'a, 'input>,
    text: Node<'a, 'input>,
    words: Words<'_>,
) -> Content<'a, 'input> {
    let mut reader = Reader {
        scene,
        words,
        is_preformatted: is_preformatted(scene, text),
        is_flowed: is_flowed(scene, text),
        baseline: None,
        leaves: Vec::new(),
        mark: None,
    };
    reader.collect(text);
    let (mut leaves, mut mark) = (reader.leaves, reader.mark);
    if let Words::Card(copy) = words {
        match scene.whole(text) {
            Some(name) => {
                if mark.is_none() && name == Name::Field(Field::Quote) && copy.is_quoted() {
                    mark = drawn_mark(text, &leaves, copy);
                }
                let base = look::plain(scene, text);
                leaves = whole(scene, (text, base), name, copy);
            }
            None => fill(&mut leaves, copy),
        }
        if mark.is_some() {
            leaves.push(Leaf::data(copy.dress().close(), text));
        }
    }
    let mut pieces: Vec<Piece<'a, 'input>> = leaves.into_iter().map(|leaf| leaf.piece).collect();
    if !is_preformatted(scene, text) {
        for piece in pieces.iter_mut().filter(|piece| piece.text != "\n") {
            piece.text = folded(&piece.text);
        }
    }
    tidy(&mut pieces);
    Content { pieces, mark }
}

/// Whether newlines in the text's words are breaks.
fn is_preformatted(scene: &Scene<'_, '_>, text: Node<'_, '_>) -> bool {
    let computed = scene.cascade.computed(text, scene.classes);
    let value = computed.get("white-space").unwrap_or_default();
    value.starts_with("pre") || value == "break-spaces"
}

/// Whether a tool broke the text's lines, so that they flow together again.
fn is_flowed(scene: &Scene<'_, '_>, text: Node<'_, '_>) -> bool {
    let computed = scene.cascade.computed(text, scene.classes);
    let has = |name: &str| computed.get(name).is_some_and(|value| value != "auto");
    let has_width = has("inline-size") || scene.data(text, "inline-size").is_some();
    has_width || has("shape-inside") || is_preformatted(scene, text)
}

/// Words of one element, before their placeholders are filled.
struct Leaf<'a, 'input> {
    piece: Piece<'a, 'input>,
    /// Whether it is the card's: then nothing in it is a placeholder.
    is_data: bool,
}

impl<'a, 'input> Leaf<'a, 'input> {
    fn drawn(text: impl Into<String>, node: Node<'a, 'input>) -> Self {
        let text = text.into();
        let piece = Piece { text, node };
        Self {
            piece,
            is_data: false,
        }
    }

    fn data(text: impl Into<String>, node: Node<'a, 'input>) -> Self {
        let leaf = Self::drawn(text, node);
        Self {
            is_data: true,
            ..leaf
        }
    }
}

struct Reader<'s, 'a, 'input, 'w> {
    scene: &'s Scene<'a, 'input>,
    words: Words<'w>,
    is_preformatted: bool,
    is_flowed: bool,
    baseline: Option<&'a str>,
    leaves: Vec<Leaf<'a, 'input>>,
    mark: Option<Piece<'a, 'input>>,
}

impl<'a, 'input> Reader<'_, 'a, 'input, '_> {
    fn collect(&mut self, parent: Node<'a, 'input>) {
        for node in parent.children() {
            if node.is_text() {
                self.text(node.text().unwrap_or_default(), sample::owner(parent));
            } else if sample::is_line(node) {
                self.collect(node);
            } else if node.is_element() && node.tag_name().name() == "tspan" {
                self.line(node);
                self.span(node);
            }
        }
    }

    /// Words as drawn; in preformatted text a newline is a break.
    fn text(&mut self, words: &str, parent: Node<'a, 'input>) {
        if !self.is_preformatted {
            self.leaves.push(Leaf::drawn(words, parent));
            return;
        }
        let lines = words.split(['\n', '\u{2028}', '\u{2029}']);
        for (index, line) in lines.enumerate() {
            if index > 0 {
                self.leaves.push(Leaf::drawn("\n", parent));
            }
            self.leaves.push(Leaf::drawn(line, parent));
        }
    }

    /// A new line, where the element starts one.
    fn line(&mut self, node: Node<'a, 'input>) {
        let Some(y) = node.attribute("y") else {
            return;
        };
        if self.baseline.replace(y).is_none_or(|last| last == y) {
            return;
        }
        if !self.is_flowed {
            self.leaves.push(Leaf::drawn("\n", node));
            return;
        }
        let last = self.leaves.last().map(|leaf| leaf.piece.text.as_str());
        let is_open = last.is_some_and(|text| {
            !text.is_empty() && !text.ends_with(char::is_whitespace) && !in_placeholder(text)
        });
        if is_open {
            self.leaves.push(Leaf::drawn(" ", node));
        }
    }

    fn span(&mut self, node: Node<'a, 'input>) {
        match (self.scene.data(node, "bind"), self.words) {
            (Some("mark"), Words::Card(copy)) if !copy.is_quoted() => {}
            (Some("mark"), _) => {
                let mut drawn = node.descendants().filter(Node::is_text);
                let drawn = drawn.find_map(|inner| inner.text()).unwrap_or("“");
                let drawn = drawn.trim();
                let text = match self.words {
                    Words::Card(copy) => copy.dress().open(),
                    Words::Sample => drawn,
                };
                let text = text.to_owned();
                self.mark = Some(Piece { text, node });
            }
            (Some(name), Words::Card(copy)) if !PARTS.contains(&name) => {
                let bound = Name::parse(name).and_then(|name| copy.get(name));
                let words = bound.unwrap_or_default();
                self.leaves.push(Leaf::data(words, node));
            }
            _ => self.collect(node),
        }
    }
}

/// Whether words end inside `{{…`.
fn in_placeholder(words: &str) -> bool {
    let open = words.rfind("{{");
    open.is_some_and(|open| !words[open..].contains("}}"))
}

/// Fills placeholders, wherever a tool split them: the words go where the placeholder begins.
fn fill(leaves: &mut [Leaf<'_, '_>], copy: &Copy) {
    for group in leaves.chunk_by_mut(|a, b| !a.is_data && !b.is_data) {
        if !group[0].is_data {
            fill_group(group, copy);
        }
    }
}

fn fill_group(leaves: &mut [Leaf<'_, '_>], copy: &Copy) {
    let joined: String = leaves.iter().map(|leaf| leaf.piece.text.as_str()).collect();
    let mut ends = Vec::new();
    let mut end = 0;
    for leaf in leaves.iter_mut() {
        end += leaf.piece.text.len();
        ends.push(end);
        leaf.piece.text.clear();
    }
    let leaf_at = |at: usize| ends.partition_point(|end| *end <= at).min(ends.len() - 1);
    let copy_drawn = |leaves: &mut [Leaf<'_, '_>], mut from: usize, to: usize| {
        while from < to {
            let leaf = leaf_at(from);
            let until = ends[leaf].min(to).max(from + 1);
            leaves[leaf].piece.text.push_str(&joined[from..until]);
            from = until;
        }
    };
    let mut at = 0;
    while let Some(open) = joined[at..].find("{{").map(|open| at + open) {
        let Some(close) = joined[open..].find("}}").map(|close| open + close) else {
            break;
        };
        copy_drawn(leaves, at, open);
        let bound = Name::parse(joined[open + 2..close].trim()).and_then(|name| copy.get(name));
        leaves[leaf_at(open)].piece.text += bound.unwrap_or_default();
        at = close + 2;
    }
    copy_drawn(leaves, at, joined.len());
}

/// A text that is bound as a whole: its words, and the phrase of a quotation that is emphasised if
/// the drawing shows how.
fn whole<'a, 'input>(
    scene: &Scene<'a, 'input>,
    (text, base): (Node<'a, 'input>, Node<'a, 'input>),
    name: Name,
    copy: &Copy,
) -> Vec<Leaf<'a, 'input>> {
    let words = copy.get(name).unwrap_or_default();
    let emphasised = look::of_emphasis(scene, text, base).and_then(|node| {
        let phrase = copy.phrase()?;
        Some((node, phrase.start, phrase.end))
    });
    match emphasised {
        Some((node, start, end)) if name == Name::Field(Field::Quote) => vec![
            Leaf::data(&words[..start], base),
            Leaf::data(&words[start..end], node),
            Leaf::data(&words[end..], base),
        ],
        _ => vec![Leaf::data(words, base)],
    }
}

/// The opening mark of a text that is drawn with one: “Sample words.”
fn drawn_mark<'a, 'input>(
    text: Node<'a, 'input>,
    leaves: &[Leaf<'a, 'input>],
    copy: &Copy,
) -> Option<Piece<'a, 'input>> {
    let drawn = leaves
        .iter()
        .find(|leaf| !leaf.piece.text.trim().is_empty())?;
    let words = drawn.piece.text.trim_start();
    let opens = words.starts_with(['“', '„', '«', '"', '‘', '‚', '»', '「', '『', '”']);
    opens.then(|| {
        let is_alone = words.trim().chars().count() == 1;
        Piece {
            text: copy.dress().open().to_owned(),
            node: if is_alone { drawn.piece.node } else { text },
        }
    })
}

/// White space folded, as SVG does.
fn folded(text: &str) -> String {
    let mut folded = String::new();
    for c in text.chars() {
        let c = if matches!(c, '\n' | '\t' | '\r') {
            ' '
        } else {
            c
        };
        if c != ' ' || !folded.ends_with(' ') {
            folded.push(c);
        }
    }
    folded
}

/// Takes out white space at the ends of lines, and lines without words.
fn tidy(pieces: &mut Vec<Piece<'_, '_>>) {
    let is_space = |c: char| c == ' ' || c == '\u{2002}';
    let mut at_line_start = true;
    for piece in pieces.iter_mut() {
        if piece.text == "\n" {
            if at_line_start {
                piece.text.clear();
            }
            at_line_start = true;
            continue;
        }
        if at_line_start {
            piece.text = piece.text.trim_start_matches(is_space).to_owned();
        }
        at_line_start &= piece.text.is_empty();
    }
    let mut at_line_end = true;
    for piece in pieces.iter_mut().rev() {
        if piece.text == "\n" {
            at_line_end = true;
            continue;
        }
        if at_line_end {
            piece.text = piece.text.trim_end_matches(is_space).to_owned();
        }
        at_line_end &= piece.text.is_empty();
    }
    while pieces
        .last()
        .is_some_and(|last| last.text.trim().is_empty())
    {
        pieces.pop();
    }
    pieces.retain(|piece| !piece.text.is_empty());
}
