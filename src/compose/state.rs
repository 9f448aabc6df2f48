//! The state of a card as classes of the root element, for style sheets to match.

use super::copy::Copy;
use crate::design::Template;
use crate::plan::Job;

/// The lengths of text that a theme may set differently, by the words they go up to.
pub const LENGTHS: &[(&str, usize)] = &[("short", 8), ("medium", 32), ("long", usize::MAX)];

/// The state of a card whose text has a phrase to set off.
const EMPHASISED: &str = "emphasised";

/// The state of a card whose words stand without quotation marks.
const UNQUOTED: &str = "unquoted";

/// The classes of the root element: the designer's own and the state of the card. That is its
/// artboard, the length of its text, whether a phrase is set off, its script, its language, and
/// whether it reads from right to left.
pub fn classes(template: &Template, job: &Job<'_>, length: &str, copy: &Copy) -> String {
    let document = template.document();
    let own = document
        .root_element()
        .attribute("class")
        .unwrap_or_default();
    let artboard = job.platform.artboard.as_str();
    let is_state = |class: &str| {
        class == artboard
            || class == EMPHASISED
            || class == UNQUOTED
            || LENGTHS.iter().any(|(length, _)| class == *length)
    };
    let own = own.split_whitespace().filter(|class| !is_state(class));
    let mut classes: Vec<&str> = own.collect();
    classes.extend([artboard, length]);
    if copy.phrase().is_some() {
        classes.push(EMPHASISED);
    }
    if !copy.is_quoted() {
        classes.push(UNQUOTED);
    }
    let lang = copy.dress().lang().split('-').next().unwrap_or_default();
    let lang = format!("lang-{lang}");
    classes.extend([copy.script(), &lang]);
    if copy.is_rtl() {
        classes.push("rtl");
    }
    classes.join(" ")
}
