//! What in a drawing is only for those who look at the drawing.
//!
//! An exported template shows its sample words in the lines they are set in, sample charts, and hides what
//! its sample has no words for. All of that is marked, and no card is made of it:
//!
//! | mark | on | means |
//! | --- | --- | --- |
//! | `data-line` | `<tspan>` | a stretch of a line as it was set: its place and size are the sample's, its words belong to the element around it |
//! | `data-sample` | any element, `<style>` too | taken out of every card |
//! | class [`HIDDEN`] | any element | hidden in the drawing by a `<style data-sample="">`; no card knows of it |

use roxmltree::Node;

/// The class of what the drawing hides and cards may show.
pub const HIDDEN: &str = "not-in-sample";

/// The attribute of what is only drawn for the sample.
pub const SAMPLE: &str = "data-sample";

/// The attribute of stretches of lines that we set.
pub const LINE: &str = "data-line";

/// Whether the element is a stretch of a line that we set.
#[must_use]
pub fn is_line(node: Node<'_, '_>) -> bool {
    node.has_attribute(LINE) && node.tag_name().name() == "tspan"
}

/// Whether the element, or one around it, is only there for the sample.
#[must_use]
pub fn is_sample(node: Node<'_, '_>) -> bool {
    node.ancestors().any(|outer| outer.has_attribute(SAMPLE))
}

/// The element that words inside `parent` belong to: the nearest that is no line of ours.
#[must_use]
pub fn owner<'a, 'input>(parent: Node<'a, 'input>) -> Node<'a, 'input> {
    let mut around = parent.ancestors();
    around.find(|outer| !is_line(*outer)).unwrap_or(parent)
}
