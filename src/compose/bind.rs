//! Finds what a template binds, and what the card puts there.
//!
//! Binding is on the document: a `<text>` or `<tspan>` with `data-bind="speaker"`, or `{{speaker}}`
//! in its words. `data-show` and `data-hide` keep or drop an element by whether a field has words.

use roxmltree::{Document, Node};

use super::copy::{Copy, Name};
use crate::deck::Field;
use crate::design::cascade::Cascade;
use crate::error::{Error, Result};
use crate::geometry::Rect;

/// A template as one card sees it.
pub struct Scene<'a, 'input> {
    /// The template.
    pub document: &'a Document<'input>,
    /// What the theme says.
    pub cascade: &'a Cascade<'a>,
    /// The classes of the root element: artboard and length of the text.
    pub classes: &'a str,
    /// The card's words.
    pub copy: &'a Copy,
    /// The whole artboard, in the template's user units.
    pub artboard: Rect,
}

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

/// A bound text of the template.
#[derive(Clone, Debug)]
pub struct Slot<'a, 'input> {
    /// The `<text>`.
    pub node: Node<'a, 'input>,
    /// How the template and messages call it.
    pub name: String,
    /// The fields it shows.
    pub fields: Vec<Field>,
    /// What the card says; `None` where it has no words for it.
    pub content: Option<Content<'a, 'input>>,
    /// What the drawing says.
    pub sample: Content<'a, 'input>,
}

/// Which words fill the bound places.
#[derive(Clone, Copy)]
enum Words<'a> {
    Card(&'a Copy),
    Sample,
}

impl<'a, 'input> Scene<'a, 'input> {
    /// Whether the element is part of this card's picture.
    pub fn is_shown(&self, node: Node<'_, '_>) -> bool {
        self.is_wanted(node) && self.cascade.is_displayed(node, self.classes)
    }

    /// Whether the card has the words that the element and those around it ask for.
    fn is_wanted(&self, node: Node<'_, '_>) -> bool {
        let has = |name: &str| Name::parse(name).is_some_and(|name| self.copy.get(name).is_some());
        let asks = |element: Node<'_, '_>, attribute: &str, wanted: bool| {
            let names = element.attribute(attribute).unwrap_or_default();
            names.split_whitespace().all(|name| has(name) == wanted)
        };
        let mut elements = node.ancestors().filter(Node::is_element);
        elements
            .all(|element| asks(element, "data-show", true) && asks(element, "data-hide", false))
    }

    /// The elements to take out: those whose `data-show` or `data-hide` is not met, outermost only.
    pub fn unwanted(&self) -> Vec<Node<'a, 'input>> {
        let elements = self.document.descendants().filter(Node::is_element);
        let dropped = elements.filter(|node| !self.is_wanted(*node));
        let outermost = |node: &Node<'a, 'input>| {
            node.parent_element()
                .is_none_or(|parent| self.is_wanted(parent))
        };
        dropped.filter(outermost).collect()
    }

    /// The bound texts that are displayed, in document order.
    ///
    /// # Errors
    ///
    /// A name that does not exist, with line and column and the nearest that does.
    pub fn slots(&self) -> Result<Vec<Slot<'a, 'input>>> {
        let mut slots = Vec::new();
        for node in self.document.descendants() {
            if node.tag_name().name() == "text" && self.is_shown(node) {
                slots.extend(self.slot(node)?);
            }
        }
        Ok(slots)
    }

    fn slot(&self, node: Node<'a, 'input>) -> Result<Option<Slot<'a, 'input>>> {
        let names = names(node)?;
        if names.is_empty() {
            return Ok(None);
        }
        let has_words = names.iter().any(|name| self.copy.get(*name).is_some());
        let called = node.attribute("id").or(node.attribute("data-bind"));
        Ok(Some(Slot {
            node,
            name: called.unwrap_or(names[0].as_str()).to_owned(),
            fields: names
                .iter()
                .filter_map(|name| match name {
                    Name::Field(field) => Some(*field),
                    Name::SourceLabel => Some(Field::Source),
                    Name::Credit => Some(Field::Title),
                    Name::Monogram => None,
                })
                .collect(),
            content: has_words.then(|| content(node, Words::Card(self.copy))),
            sample: content(node, Words::Sample),
        }))
    }
}

/// Parts of a bound text that are not names: they say how a part of it looks.
const PARTS: &[&str] = &["mark", "emphasis", "number", "unit", "percent"];

/// The names a text binds, in order.
fn names(text: Node<'_, '_>) -> Result<Vec<Name>> {
    let mut names = Vec::new();
    for node in text.descendants() {
        let bound = node
            .attribute("data-bind")
            .filter(|name| !PARTS.contains(name));
        let placed = node.is_text().then(|| node.text().unwrap_or_default());
        for written in bound
            .into_iter()
            .chain(placed.into_iter().flat_map(placeholders))
        {
            let name = Name::parse(written).ok_or_else(|| unknown(written, node))?;
            if !names.contains(&name) {
                names.push(name);
            }
        }
    }
    Ok(names)
}

fn unknown(written: &str, node: Node<'_, '_>) -> Error {
    let place = node.document().text_pos_at(node.range().start);
    let similar = |name: &Name| strsim::damerau_levenshtein(written, name.as_str());
    let nearest = Name::all().min_by_key(similar).expect("there are names");
    let known: Vec<_> = Name::all().map(Name::as_str).collect();
    Error::new(format!("`{written}` is not a field of a card"))
        .at(place.row as usize, place.col as usize)
        .with_hint(format!(
            "did you mean `{}`? There are {}",
            nearest.as_str(),
            known.join(", ")
        ))
}

/// The names inside `{{…}}`.
fn placeholders(words: &str) -> impl Iterator<Item = &str> {
    let parts = words.split("{{").skip(1);
    parts.filter_map(|part| Some(part.split_once("}}")?.0.trim()))
}

/// The words of a text, bound places filled.
fn content<'a, 'input>(element: Node<'a, 'input>, words: Words<'_>) -> Content<'a, 'input> {
    let mut content = Content::default();
    let mut baseline = None;
    collect(element, words, &mut content, &mut baseline);
    if let (Words::Card(copy), Some(name)) = (words, element.attribute("data-bind")) {
        content.pieces = whole(element, name, copy);
    }
    if let (Some(_), Words::Card(copy)) = (&content.mark, words) {
        content.pieces.push(Piece {
            text: copy.dress().close().to_owned(),
            node: element,
        });
    }
    tidy(&mut content.pieces);
    content
}

/// A text that is bound as a whole: its words, and the phrase of a quotation that is emphasised if
/// the drawing shows how.
fn whole<'a, 'input>(text: Node<'a, 'input>, name: &str, copy: &Copy) -> Vec<Piece<'a, 'input>> {
    let words = Name::parse(name)
        .and_then(|name| copy.get(name))
        .unwrap_or_default();
    let piece = |words: &str, node| Piece {
        text: words.to_owned(),
        node,
    };
    let emphasised = part(text, "emphasis").and_then(|node| {
        let phrase = copy.field(Field::Emphasis)?;
        let start = words.find(phrase)?;
        Some((node, start, start + phrase.len()))
    });
    match emphasised {
        Some((node, start, end)) if name == Field::Quote.name() => vec![
            piece(&words[..start], text),
            piece(&words[start..end], node),
            piece(&words[end..], text),
        ],
        _ => vec![piece(words, text)],
    }
}

/// The element that shows how a part of a text looks.
pub fn part<'a, 'input>(text: Node<'a, 'input>, part: &str) -> Option<Node<'a, 'input>> {
    let mut inside = text.descendants();
    inside.find(|node| node.attribute("data-bind") == Some(part))
}

fn collect<'a, 'input>(
    parent: Node<'a, 'input>,
    words: Words<'_>,
    content: &mut Content<'a, 'input>,
    baseline: &mut Option<&'a str>,
) {
    for node in parent.children() {
        if node.is_text() {
            let text = filled(node.text().unwrap_or_default(), words);
            content.pieces.push(Piece { text, node: parent });
            continue;
        }
        if !node.is_element() || node.tag_name().name() != "tspan" {
            continue;
        }
        if let Some(y) = node.attribute("y") {
            if baseline.is_some_and(|last| last != y) {
                let text = "\n".to_owned();
                content.pieces.push(Piece { text, node });
            }
            *baseline = Some(y);
        }
        match (node.attribute("data-bind"), words) {
            (Some("mark"), _) => {
                let drawn = node.text().unwrap_or("“").trim();
                let text = match words {
                    Words::Card(copy) => copy.dress().open(),
                    Words::Sample => drawn,
                };
                let text = text.to_owned();
                content.mark = Some(Piece { text, node });
            }
            (Some(name), Words::Card(copy)) if !PARTS.contains(&name) => {
                let bound = Name::parse(name).and_then(|name| copy.get(name));
                let text = bound.unwrap_or_default().to_owned();
                content.pieces.push(Piece { text, node });
            }
            _ => collect(node, words, content, baseline),
        }
    }
}

/// Words with their placeholders filled and white space folded, as SVG does.
fn filled(text: &str, words: Words<'_>) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let (Words::Card(copy), Some((before, after))) = (words, rest.split_once("{{")) {
        let Some((name, after)) = after.split_once("}}") else {
            break;
        };
        out.push_str(before);
        let bound = Name::parse(name.trim()).and_then(|name| copy.get(name));
        out.push_str(bound.unwrap_or_default());
        rest = after;
    }
    out.push_str(rest);
    let mut folded = String::new();
    for c in out.chars() {
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
