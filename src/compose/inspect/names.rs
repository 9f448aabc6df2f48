//! Names that no card has, and that no text of the drawing is called by.

use roxmltree::Node;

use super::{NAME, at, is_text};
use crate::compose::bind::{PARTS, Scene, placeholders, words};
use crate::compose::follow::Edge;
use crate::compose::name::Name;
use crate::deck::nearest;
use crate::design::{Settings, layer, sample};
use crate::diagnostic::Diagnostic;

/// What other elements than texts may bind.
const PICTURES: &[&str] = &["photo", "logo"];

/// The charts that there are.
const CHARTS: &[&str] = &["pictogram", "ring", "bars", "thread"];

/// What the settings beside a drawing say of a text.
fn beside<'a>(text: Node<'_, '_>, settings: &'a Settings, name: &str) -> Option<&'a str> {
    let named = layer::names(text);
    let mut found = named.iter().filter_map(|own| settings.get(own));
    found.find_map(|values| values.get(name).map(String::as_str))
}

/// Everything that a text, or its box, may be called.
pub fn of(text: Node<'_, '_>, settings: &Settings) -> Vec<String> {
    let mut names = layer::names(text);
    names.extend(beside(text, settings, "bind").map(str::to_owned));
    let inside = text
        .descendants()
        .filter_map(|node| node.attribute("data-bind"));
    names.extend(inside.map(str::to_owned));
    names.extend(placeholders(&words(text)).map(str::to_owned));
    names
}

/// The names of a drawing that mean nothing.
pub fn unknown(scene: &Scene<'_, '_>) -> Vec<Diagnostic> {
    let elements = scene.document.descendants().filter(Node::is_element);
    let elements = elements.filter(|node| !sample::is_sample(*node));
    let texts = scene.document.descendants().filter(|node| is_text(*node));
    let called: Vec<String> = texts.flat_map(|text| of(text, scene.settings)).collect();
    let mut found = Vec::new();
    for node in elements {
        found.extend(bound(scene, node));
        found.extend(conditions(scene, node));
        found.extend(leaders(scene, node, &called));
        found.extend(chart(scene, node));
        if is_text(node) {
            found.extend(unbound(scene, node));
        }
    }
    found
}

/// What is wrong with the names that an element binds.
fn bound(scene: &Scene<'_, '_>, node: Node<'_, '_>) -> Vec<Diagnostic> {
    let tag = node.tag_name().name();
    let is_words = matches!(tag, "text" | "tspan");
    let written = node.attribute("data-bind").or_else(|| {
        let own = beside(node, scene.settings, "bind");
        own.filter(|_| is_words)
    });
    let words = words(node);
    let placeholders = placeholders(&words).filter(|_| tag == "text");
    if !is_words {
        let wrong = written.filter(|name| !PICTURES.contains(name));
        return wrong
            .map(|name| not_words(scene, node, name))
            .into_iter()
            .collect();
    }
    let all = written.into_iter().chain(placeholders);
    let unknown = all.filter(|name| !PARTS.contains(name) && Name::parse(name).is_none());
    unknown
        .map(|name| scene.unknown(node, name).to_diagnostic(NAME))
        .collect()
}

fn not_words(scene: &Scene<'_, '_>, node: Node<'_, '_>, name: &str) -> Diagnostic {
    let tag = node.tag_name().name();
    let message = format!("a <{tag}> binds `{name}`, and only texts show words");
    let hint = format!(
        "bind a <text>; where this is its box, say `data-box=\"{name}\"`; pictures bind `photo` or `logo`"
    );
    Diagnostic::error(NAME, message)
        .with_hint(hint)
        .at(at(scene.document, node))
}

/// What is wrong with the names by which an element is shown or hidden.
fn conditions(scene: &Scene<'_, '_>, node: Node<'_, '_>) -> Vec<Diagnostic> {
    let written = ["show", "hide"]
        .iter()
        .filter_map(|name| scene.data(node, name));
    let names = written.flat_map(str::split_whitespace);
    let unknown = names.filter(|name| Name::parse(name).is_none());
    unknown
        .map(|name| scene.unknown(node, name).to_diagnostic(NAME))
        .collect()
}

/// What is wrong with the edges of texts that an element follows or hangs from.
fn leaders(scene: &Scene<'_, '_>, node: Node<'_, '_>, called: &[String]) -> Vec<Diagnostic> {
    let followed = node.attribute("data-follow").unwrap_or_default();
    let anchor = node.attribute("data-anchor");
    let anchor = anchor.map(|written| written.split_whitespace().next().unwrap_or_default());
    let edges = followed.split_whitespace().chain(anchor);
    let fault = |edge: &str| {
        let (name, side) = edge.rsplit_once('.').unwrap_or((edge, ""));
        let known = called.iter().map(String::as_str);
        let (message, hint) = if !called.iter().any(|own| own == name) {
            let hint = match nearest(name, known) {
                Some(near) => format!("did you mean `{near}`?"),
                None => "name a text of the drawing: by its id or by what it binds".to_owned(),
            };
            (
                format!("no text is called `{name}`, which this follows"),
                hint,
            )
        } else if Edge::parse(side).is_none() {
            let hint = format!("write `{name}.top`, `.bottom`, `.left` or `.right`");
            (format!("`{edge}` names no edge of the text `{name}`"), hint)
        } else {
            return None;
        };
        let diagnostic = Diagnostic::error(NAME, message).with_hint(hint);
        Some(diagnostic.at(at(scene.document, node)))
    };
    edges.filter_map(fault).collect()
}

/// What is wrong with a chart.
fn chart(scene: &Scene<'_, '_>, node: Node<'_, '_>) -> Option<Diagnostic> {
    let kind = node.attribute("data-chart")?;
    if CHARTS.contains(&kind) {
        return None;
    }
    let hint = match nearest(kind, CHARTS.iter().copied()) {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("there are {}", CHARTS.join(", ")),
    };
    let diagnostic = Diagnostic::error(NAME, format!("there is no chart `{kind}`"));
    Some(diagnostic.with_hint(hint).at(at(scene.document, node)))
}

/// A text that binds nothing and is called almost as something that it could bind.
fn unbound(scene: &Scene<'_, '_>, text: Node<'_, '_>) -> Option<Diagnostic> {
    let inside = text
        .descendants()
        .any(|node| node.has_attribute("data-bind"));
    if inside || words(text).contains("{{") || scene.whole(text).is_some() {
        return None;
    }
    let layers = layer::names(text);
    let (name, near) = layers.iter().find_map(|name| {
        let near = nearest(name, Name::all().map(Name::as_str))?;
        Some((name, near))
    })?;
    let message = format!("the text `{name}` shows its own words on every card");
    let hint =
        format!("call it `{near}` to have the card's there; if it is meant so, call it otherwise");
    let diagnostic = Diagnostic::warning(NAME, message).with_hint(hint);
    Some(diagnostic.at(at(scene.document, text)))
}
