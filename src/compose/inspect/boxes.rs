//! Boxes that are missing, of no use, or where nobody sees the words in them.

use roxmltree::Node;

use super::{BOX, at, is_text, names};
use crate::compose::bind::{Scene, Slot};
use crate::compose::name::Name;
use crate::compose::place::{self, Place, across, to_artboard};
use crate::deck::{Field, nearest};
use crate::design::{Platform, layer, sample};
use crate::diagnostic::Diagnostic;
use crate::geometry::Rect;

/// Fields with more words than one line has room for.
const LONG: &[Field] = &[Field::Quote, Field::Label, Field::Context, Field::Title];

/// How far a box may reach over an edge, in px of the image: what is rounded.
const ROUNDED: f64 = 1.0;

/// What is wrong with the boxes that are shown.
pub fn wrong(scene: &Scene<'_, '_>, platform: &Platform) -> Vec<Diagnostic> {
    let mut found = unused(scene);
    found.extend(without_area(scene));
    // Names that nobody knows are told on their own.
    let Ok(slots) = scene.slots() else {
        return found;
    };
    for slot in &slots {
        found.extend(asked(scene, slot));
        match place::place(scene, slot.node, &slot.names) {
            Err(error) => found.push(error.to_diagnostic(BOX)),
            Ok(place) => {
                found.extend(single_line(scene, slot, &place));
                found.extend(outside(scene, slot, &place, platform));
            }
        }
    }
    found
}

/// A text that asks for a box that is not there.
fn asked(scene: &Scene<'_, '_>, slot: &Slot<'_, '_>) -> Option<Diagnostic> {
    let name = scene.data(slot.node, "box")?;
    let elements = || scene.document.descendants().filter(Node::is_element);
    let others = || {
        elements()
            .filter(|node| !is_text(*node))
            .flat_map(layer::names)
    };
    if others().any(|own| own == name) {
        return None;
    }
    let known: Vec<String> = others().collect();
    let message = format!(
        "the text `{}` asks for the box `{name}`, and there is none",
        slot.name
    );
    let hint = match nearest(name, known.iter().map(String::as_str)) {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("draw a rectangle and call it `{name}`"),
    };
    let diagnostic = Diagnostic::error(BOX, message).with_hint(hint);
    Some(diagnostic.at(at(scene.document, slot.node)))
}

/// A text of many words that stands on one line, for it has neither a box nor a width.
fn single_line(
    scene: &Scene<'_, '_>,
    slot: &Slot<'_, '_>,
    place: &Place<'_, '_>,
) -> Option<Diagnostic> {
    let computed = scene.cascade.computed(slot.node, scene.classes);
    let has_width =
        computed.get("inline-size").is_some() || scene.data(slot.node, "inline-size").is_some();
    let is_long = slot.fields.iter().any(|field| LONG.contains(field));
    if place.node.is_some() || place.lines > 1 || has_width || !is_long {
        return None;
    }
    let name = &slot.name;
    let message = format!("the text `{name}` has no box: its words have to fit on one line");
    let hint = format!("draw a rectangle where they may stand and call it `{name}-box`");
    let diagnostic = Diagnostic::warning(BOX, message).with_hint(hint);
    Some(diagnostic.at(at(scene.document, slot.node)))
}

/// A box that reaches over the artboard, or into what the platform covers or crops.
fn outside(
    scene: &Scene<'_, '_>,
    slot: &Slot<'_, '_>,
    place: &Place<'_, '_>,
    platform: &Platform,
) -> Option<Diagnostic> {
    let node = place.node?;
    let drawn = across(to_artboard(slot.node), &place.rect);
    let (over, side) = beyond(&drawn, &scene.artboard, scene.scale);
    let name = &slot.name;
    let (message, hint) = if over > ROUNDED {
        (
            format!("the box of `{name}` reaches {over:.0} px over the artboard ({side})"),
            "draw it inside: words that stand there are cut off".to_owned(),
        )
    } else {
        let (over, side) = beyond(&drawn, &scene.safe, scene.scale);
        if over <= ROUNDED {
            return None;
        }
        let safe = &platform.safe_area;
        let hint = format!(
            "keep it between x {} and {}, y {} and {} (px of the image)",
            safe.left.0, safe.right.0, safe.top.0, safe.bottom.0
        );
        let id = &platform.id;
        (
            format!(
                "the box of `{name}` reaches {over:.0} px into what `{id}` covers or crops ({side})"
            ),
            hint,
        )
    };
    let diagnostic = Diagnostic::warning("outside-safe-area", message).with_hint(hint);
    Some(diagnostic.at(at(scene.document, node)))
}

/// How far a rectangle reaches over another, in px of the image, and on which side most.
fn beyond(rect: &Rect, around: &Rect, scale: f64) -> (f64, &'static str) {
    let sides = [
        (around.left.0 - rect.left.0, "left"),
        (around.top.0 - rect.top.0, "above"),
        (rect.right.0 - around.right.0, "right"),
        (rect.bottom.0 - around.bottom.0, "below"),
    ];
    let most = sides
        .into_iter()
        .reduce(|a, b| if b.0 > a.0 { b } else { a });
    let (over, side) = most.unwrap_or_default();
    (over * scale, side)
}

/// Boxes that belong to no text.
fn unused(scene: &Scene<'_, '_>) -> Vec<Diagnostic> {
    let texts = scene.document.descendants().filter(|node| is_text(*node));
    let called: Vec<String> = texts
        .flat_map(|text| names::of(text, scene.settings))
        .collect();
    let known = || called.iter().map(String::as_str);
    let elements = scene.document.descendants().filter(Node::is_element);
    let others =
        elements.filter(|node| node.tag_name().name() == "rect" && !sample::is_sample(*node));
    let fault = |node: Node<'_, '_>| {
        let layers = layer::names(node);
        let named = layers.iter().find_map(|name| name.strip_suffix("-box"));
        let (name, is_sure) = match node.attribute("data-box") {
            Some(name) => (name, true),
            None => (named?, false),
        };
        if called.iter().any(|own| own == name) {
            return None;
        }
        let near = nearest(name, known());
        // What is only called so may be something else.
        if near.is_none() && Name::parse(name).is_none() && !is_sure {
            return None;
        }
        let hint = match near {
            _ if Name::parse(name).is_some() => {
                format!("call a text `{name}`, or give it `data-bind=\"{name}\"`")
            }
            Some(near) => format!("did you mean `{near}`?"),
            None => "name a text of the drawing: by its id or by what it binds".to_owned(),
        };
        let message = format!("this is the box of `{name}`, and no text is called so");
        let diagnostic = Diagnostic::warning("box-unused", message).with_hint(hint);
        Some(diagnostic.at(at(scene.document, node)))
    };
    others.filter_map(fault).collect()
}

/// Charts that have no rectangle to be drawn in.
fn without_area(scene: &Scene<'_, '_>) -> Vec<Diagnostic> {
    let charts = scene.document.descendants();
    let charts = charts.filter(|node| node.has_attribute("data-chart"));
    let is_empty = |node: &Node<'_, '_>| {
        let mut inside = node.children();
        !inside.any(|child| child.tag_name().name() == "rect")
    };
    let fault = |node: Node<'_, '_>| {
        let kind = node.attribute("data-chart").unwrap_or_default();
        Diagnostic::error(BOX, format!("the chart `{kind}` has no box"))
            .with_hint("draw a rectangle inside its group")
            .at(at(scene.document, node))
    };
    charts.filter(is_empty).map(fault).collect()
}
