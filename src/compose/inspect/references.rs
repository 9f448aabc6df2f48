//! Pictures that are not drawn, and elements that are named and not there.

use std::collections::BTreeSet;

use roxmltree::{Document, Node};

use super::at;
use crate::design::{layer, sample};
use crate::diagnostic::Diagnostic;

/// `image-unreachable` and `reference-missing`.
pub fn missing(document: &Document<'_>) -> Vec<Diagnostic> {
    let elements = || {
        let all = document.descendants().filter(Node::is_element);
        all.filter(|node| !sample::is_sample(*node))
    };
    let ids: BTreeSet<&str> = elements().filter_map(|node| node.attribute("id")).collect();
    let mut found = Vec::new();
    for node in elements() {
        found.extend(picture(document, node));
        let names = named(node);
        let unknown = names
            .into_iter()
            .filter(|name| !ids.contains(name.as_str()));
        found.extend(unknown.map(|name| not_there(document, node, &name)));
    }
    found
}

/// A picture that a document cannot have: it reaches for no file, and bitmaps in it are not drawn.
fn picture(document: &Document<'_>, node: Node<'_, '_>) -> Option<Diagnostic> {
    let tag = node.tag_name().name();
    let href = href(node);
    let is_elsewhere = href.is_some_and(|href| !href.starts_with('#'));
    let is_photo = || {
        node.attribute("data-bind") == Some("photo")
            || layer::names(node).iter().any(|it| it == "photo")
    };
    let is_picture = matches!(tag, "image" | "feImage") && !is_photo();
    let is_foreign = tag == "use" && is_elsewhere;
    if !is_picture && !is_foreign {
        return None;
    }
    let what = match href {
        Some(href) if href.starts_with("data:") => "an embedded picture".to_owned(),
        Some(href) => format!("`{href}`"),
        None => "a picture without an address".to_owned(),
    };
    let message = format!("{what} is not drawn: a template holds all that it shows as shapes");
    let hint = "draw it as shapes; or make it the place of the card's photo (call it `photo`), or a \
                rectangle called `logo` that `--logo` fills";
    let diagnostic = Diagnostic::warning("image-unreachable", message).with_hint(hint);
    Some(diagnostic.at(at(document, node)))
}

fn href<'a>(node: Node<'a, '_>) -> Option<&'a str> {
    let mut attributes = node.attributes();
    attributes.find_map(|it| (it.name() == "href").then(|| it.value()))
}

/// The ids that an element names.
fn named(node: Node<'_, '_>) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    names.extend(
        href(node)
            .and_then(|href| href.strip_prefix('#'))
            .map(str::to_owned),
    );
    for attribute in node.attributes() {
        let mut rest = attribute.value();
        while let Some((_, after)) = rest.split_once("url(") {
            let (inside, behind) = after.split_once(')').unwrap_or((after, ""));
            let inside = inside.trim().trim_matches(['"', '\'']);
            names.extend(inside.strip_prefix('#').map(str::to_owned));
            rest = behind;
        }
    }
    names
}

fn not_there(document: &Document<'_>, node: Node<'_, '_>, name: &str) -> Diagnostic {
    let message = format!(
        "a <{}> names `#{name}`, and nothing has that id",
        node.tag_name().name()
    );
    let hint = "draw it anew or copy it into the file: a gradient, a mask or a clip may have been lost \
                when it was saved";
    Diagnostic::warning("reference-missing", message)
        .with_hint(hint)
        .at(at(document, node))
}
