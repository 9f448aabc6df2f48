//! Faces that are not there, and words of the drawing that are too small.

use roxmltree::Node;

use super::at;
use crate::compose::bind::Scene;
use crate::compose::place::{scale, to_artboard};
use crate::compose::report;
use crate::compose::request::face_request;
use crate::design::sample;
use crate::diagnostic::Diagnostic;
use crate::text::Fonts;

/// The elements that have words of their own and are shown.
fn worded<'a, 'input>(scene: &Scene<'a, 'input>) -> Vec<Node<'a, 'input>> {
    let mut found: Vec<Node<'a, 'input>> = Vec::new();
    for node in scene.document.descendants().filter(Node::is_text) {
        let is_blank = node.text().unwrap_or_default().trim().is_empty();
        let Some(parent) = node.parent_element().map(sample::owner) else {
            continue;
        };
        let is_words = matches!(parent.tag_name().name(), "text" | "tspan");
        if is_words && !is_blank && scene.is_shown(parent) && found.last() != Some(&parent) {
            found.push(parent);
        }
    }
    found
}

/// `font-unknown` for every face that is asked for and not there.
pub fn missing(scene: &Scene<'_, '_>, fonts: &Fonts) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for node in worded(scene) {
        let computed = scene.cascade.computed(node, scene.classes);
        let request = face_request(&computed, scene.copy.dress().lang());
        if let Err(missing) = fonts.face(&request) {
            let is_like_none = missing.nearest.is_none();
            for mut told in report::unknown_faces(None, &vec![missing]) {
                if is_like_none {
                    let families: Vec<&str> = fonts.families().into_iter().collect();
                    let families = families.join(", ");
                    told.hint = told
                        .hint
                        .map(|hint| format!("{hint}, or use one of {families}"));
                }
                found.push(told.at(at(scene.document, node)));
            }
        }
    }
    found
}

/// `text-too-small` for words that are the drawing's own; those of a card are looked at when it is set.
pub fn too_small(scene: &Scene<'_, '_>, smallest: f64) -> Vec<Diagnostic> {
    let bound: Vec<_> = match scene.slots() {
        Ok(slots) => slots.iter().map(|slot| slot.node).collect(),
        Err(_) => return Vec::new(),
    };
    let is_bound = |node: Node<'_, '_>| {
        node.ancestors()
            .any(|outer| bound.contains(&outer) || outer.has_attribute("data-part"))
    };
    let fault = |node: Node<'_, '_>| {
        let computed = scene.cascade.computed(node, scene.classes);
        let size = computed.font_size * scale(to_artboard(node)) * scene.scale;
        (size < smallest).then(|| {
            let words = node.text().unwrap_or_default().trim();
            let message = format!(
                "“{words}” is set at {size:.0} px; smaller than {smallest:.0} px nobody reads it on a telephone"
            );
            let hint = format!("give it {smallest:.0} px of the image or more");
            Diagnostic::warning("text-too-small", message)
                .with_hint(hint)
                .at(at(scene.document, node))
        })
    };
    let own = worded(scene).into_iter().filter(|node| !is_bound(*node));
    own.filter_map(fault).collect()
}
