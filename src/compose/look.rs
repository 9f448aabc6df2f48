//! Which elements of a text show how its words look: most of them, its emphasised ones, its parts.

use roxmltree::Node;

use super::bind::Scene;
use crate::design::sample;

/// The element in whose look most of a text is drawn: tools style the `<tspan>` of each line.
pub fn plain<'a, 'input>(scene: &Scene<'a, 'input>, text: Node<'a, 'input>) -> Node<'a, 'input> {
    let mut looks: Vec<(Look, Node<'a, 'input>, usize)> = Vec::new();
    for node in text.descendants().filter(Node::is_text) {
        let Some(parent) = node.parent_element().map(sample::owner) else {
            continue;
        };
        let is_part = parent
            .ancestors()
            .take_while(|outer| *outer != text)
            .any(|outer| scene.data(outer, "bind").is_some());
        if is_part {
            continue;
        }
        let letters = node.text().unwrap_or_default();
        let letters = letters.chars().filter(|c| c.is_alphanumeric()).count();
        let own = look(scene, parent);
        match looks.iter_mut().find(|(seen, _, _)| *seen == own) {
            Some((_, _, count)) => *count += letters,
            None => looks.push((own, parent, letters)),
        }
    }
    let most = looks.iter().map(|(_, _, count)| *count).max();
    let first = looks
        .iter()
        .find(|(_, _, count)| Some(*count) == most && *count > 0);
    first.map_or(text, |(_, node, _)| *node)
}

/// The element that says how large a text is and how far apart its lines stand: the text itself, or
/// where a tool styles each line anew, the line.
pub fn base<'a, 'input>(scene: &Scene<'a, 'input>, text: Node<'a, 'input>) -> Node<'a, 'input> {
    let plain = plain(scene, text);
    let inside = plain.ancestors().take_while(|outer| *outer != text);
    let is_line = |node: Node<'_, '_>| node.has_attribute("x") || node.has_attribute("y");
    if inside.into_iter().any(is_line) {
        plain
    } else {
        text
    }
}

/// What tells words apart from those around them.
type Look = [Option<String>; 4];

fn look(scene: &Scene<'_, '_>, node: Node<'_, '_>) -> Look {
    let computed = scene.cascade.computed(node, scene.classes);
    ["fill", "font-family", "font-weight", "font-style"]
        .map(|name| computed.get(name).map(str::to_owned))
}

/// The element that shows how emphasised words look: the one that says so, else the first words
/// drawn in another colour or cut than the rest.
pub fn of_emphasis<'a, 'input>(
    scene: &Scene<'a, 'input>,
    text: Node<'a, 'input>,
    base: Node<'a, 'input>,
) -> Option<Node<'a, 'input>> {
    if let Some(part) = part(scene, text, "emphasis") {
        return Some(part);
    }
    let plain = look(scene, base);
    let mut spans = text.descendants().filter(|node| {
        let is_span = node.is_element() && node.tag_name().name() == "tspan";
        is_span && !sample::is_line(*node) && scene.data(*node, "bind").is_none()
    });
    spans.find(|node| {
        let is_own = |inner: &Node<'_, '_>| inner.parent().map(sample::owner) == Some(*node);
        let words = node
            .descendants()
            .filter(|inner| inner.is_text() && is_own(inner));
        let words = words.filter_map(|inner| inner.text());
        let has_letters = words.flat_map(str::chars).any(char::is_alphanumeric);
        has_letters && look(scene, *node) != plain
    })
}

/// The element that shows how a part of a text looks.
pub fn part<'a, 'input>(
    scene: &Scene<'a, 'input>,
    text: Node<'a, 'input>,
    part: &str,
) -> Option<Node<'a, 'input>> {
    let mut inside = text.descendants();
    inside.find(|node| scene.data(*node, "bind") == Some(part))
}
