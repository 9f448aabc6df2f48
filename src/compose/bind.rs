//! Finds what a template binds, and what the card puts there.
//!
//! Binding is on the document: a `<text>` or `<tspan>` with `data-bind="speaker"`, `{{speaker}}` in
//! its words, or a text whose layer is called `speaker`. `data-show` and `data-hide` keep or drop an
//! element by whether a field has words. What a tool cannot write into the drawing stands in the
//! settings beside it.

use std::collections::BTreeMap;

use roxmltree::{Document, Node};

use super::content::{self, Content, Words};
use super::copy::Copy;
use super::name::Name;
use super::sizes::SizeGroup;
use crate::deck::{Chart, Field, Slide};
use crate::design::cascade::Cascade;
use crate::design::{Settings, layer, sample};
use crate::error::{Error, Result};
use crate::geometry::{Px, Rect};

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
    /// The part of it that the platform neither covers nor crops.
    pub safe: Rect,
    /// Pixels of the image to a user unit of the template.
    pub scale: f64,
    /// What is set beside the drawing.
    pub settings: &'a Settings,
    /// The largest sizes of groups of texts, in px of the image.
    pub caps: &'a BTreeMap<SizeGroup, Px>,
    /// What the card draws beside its words.
    pub chart: Option<Chart<'a>>,
    /// Which slide of a carousel the card is.
    pub slide: Slide,
}

/// A bound text of the template.
#[derive(Clone, Debug)]
pub struct Slot<'a, 'input> {
    /// The `<text>`.
    pub node: Node<'a, 'input>,
    /// How the template and messages call it: the first of its names.
    pub name: String,
    /// What it and its box may be called: its layer, what it binds.
    pub names: Vec<String>,
    /// The fields it shows.
    pub fields: Vec<Field>,
    /// What the card says; `None` where it has no words for it.
    pub content: Option<Content<'a, 'input>>,
    /// What the drawing says.
    pub sample: Content<'a, 'input>,
}

impl<'a, 'input> Scene<'a, 'input> {
    /// Whether the element is part of this card's picture.
    pub fn is_shown(&self, node: Node<'_, '_>) -> bool {
        self.is_wanted(node) && self.cascade.is_displayed(node, self.classes)
    }

    /// Whether the card has the words that the element and those around it ask for; no card has those of a
    /// sample drawing.
    fn is_wanted(&self, node: Node<'_, '_>) -> bool {
        let has = |name: &str| Name::parse(name).is_some_and(|name| self.copy.get(name).is_some());
        let asks = |element: Node<'_, '_>, setting: &str, wanted: bool| {
            let names = self.data(element, setting).unwrap_or_default();
            names.split_whitespace().all(|name| has(name) == wanted)
        };
        let mut elements = node.ancestors().filter(Node::is_element);
        !sample::is_sample(node)
            && elements.all(|element| asks(element, "show", true) && asks(element, "hide", false))
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
        let bound = self.bound(node)?;
        if bound.is_empty() {
            return Ok(None);
        }
        let has_words = bound.iter().any(|name| self.copy.get(*name).is_some());
        let names = self.names(node, &bound);
        Ok(Some(Slot {
            node,
            name: names[0].clone(),
            names,
            fields: bound.iter().filter_map(|name| name.field()).collect(),
            content: has_words.then(|| content::read(self, node, Words::Card(self.copy))),
            sample: content::read(self, node, Words::Sample),
        }))
    }

    /// What a text and its box may be called, the name that messages use first.
    fn names(&self, text: Node<'_, '_>, bound: &[Name]) -> Vec<String> {
        let binds = self.data(text, "bind").map(str::to_owned);
        let shown = bound.iter().map(|name| name.as_str().to_owned());
        let mut names: Vec<String> = layer::names(text);
        for name in binds.into_iter().chain(shown) {
            if !names.contains(&name) {
                names.push(name);
            }
        }
        names
    }

    /// What `data-NAME` says of an element: its attribute, else what is set beside the drawing.
    pub fn data(&self, node: Node<'a, '_>, name: &str) -> Option<&'a str> {
        let written = node.attribute(format!("data-{name}").as_str());
        written.or_else(|| {
            if self.settings.is_empty() {
                return None;
            }
            let named = layer::names(node);
            let mut settings = named.iter().filter_map(|own| self.settings.get(own));
            settings.find_map(|settings| settings.get(name).map(String::as_str))
        })
    }

    /// An error about an element of the template.
    pub fn error(&self, node: Node<'_, '_>, message: String) -> Error {
        let at = self.document.text_pos_at(node.range().start);
        Error::new(message).at(at.row as usize, at.col as usize)
    }

    /// The name that a text shows and nothing else: by `data-bind`, or by its layer's name if
    /// nothing inside it binds a name.
    pub fn whole(&self, text: Node<'a, '_>) -> Option<Name> {
        if let Some(name) = self.data(text, "bind") {
            return Name::parse(name);
        }
        let is_bound = |node: Node<'_, '_>| {
            let part = node.attribute("data-bind");
            part.is_some_and(|name| !PARTS.contains(&name))
        };
        if text.descendants().any(is_bound) || words(text).contains("{{") {
            return None;
        }
        let names = layer::names(text);
        names.iter().find_map(|name| Name::parse(name))
    }

    /// The names a text binds, in order.
    fn bound(&self, text: Node<'a, '_>) -> Result<Vec<Name>> {
        let mut bound: Vec<Name> = Vec::new();
        let words = words(text);
        let whole = self.data(text, "bind").into_iter();
        let inside = text.descendants().skip(1);
        let parts = inside.filter_map(|node| node.attribute("data-bind"));
        for written in whole.chain(parts).chain(placeholders(&words)) {
            if PARTS.contains(&written) {
                continue;
            }
            let name = Name::parse(written).ok_or_else(|| self.unknown(text, written))?;
            if !bound.contains(&name) {
                bound.push(name);
            }
        }
        if bound.is_empty() {
            bound.extend(self.whole(text));
        }
        Ok(bound)
    }

    /// An error about a name that is none, with the nearest that is one.
    pub fn unknown(&self, text: Node<'_, '_>, written: &str) -> Error {
        let similar = |name: &Name| strsim::damerau_levenshtein(written, name.as_str());
        let nearest = Name::all().min_by_key(similar).expect("there are names");
        let known: Vec<_> = Name::all().map(Name::as_str).collect();
        let message = format!("`{written}` is not a field of a card");
        self.error(text, message).with_hint(format!(
            "did you mean `{}`? There are {}",
            nearest.as_str(),
            known.join(", ")
        ))
    }
}

/// Parts of a bound text that are not names: they say how a part of it looks.
pub const PARTS: &[&str] = &["mark", "emphasis", "number", "in", "unit", "percent"];

/// All words of a text as drawn.
pub fn words(text: Node<'_, '_>) -> String {
    let inside = text.descendants().filter(Node::is_text);
    inside.filter_map(|node| node.text()).collect()
}

/// The names inside `{{…}}`, also where a tool split them over several `<tspan>`s.
pub fn placeholders(words: &str) -> impl Iterator<Item = &str> {
    let parts = words.split("{{").skip(1);
    parts.filter_map(|part| Some(part.split_once("}}")?.0.trim()))
}
