//! The state of a card as classes of the root element, for style sheets to match.

use roxmltree::Node;

use super::copy::Copy;
use super::script;
use crate::design::Template;
use crate::plan::Job;

/// The lengths of text that a theme may set differently, by the words they go up to.
pub const LENGTHS: &[(&str, usize)] = &[("short", 8), ("medium", 32), ("long", usize::MAX)];

/// The state of a card whose text has a phrase to set off.
const EMPHASISED: &str = "emphasised";

/// The state of a card whose words stand without quotation marks.
const UNQUOTED: &str = "unquoted";

/// States that a drawing may show, beside its artboard and a length.
const STATES: &[&str] = &[EMPHASISED, UNQUOTED];

/// The classes of the root element: the designer's own and the state of the card. That is its
/// artboard, the length of its text, whether a phrase is set off, its script, its language, and
/// whether it reads from right to left.
pub fn classes(template: &Template, job: &Job<'_>, length: &str, copy: &Copy) -> String {
    let document = template.document();
    let artboard = job.platform.artboard.as_str();
    let mut classes = own(document.root_element(), artboard);
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

/// The classes that a designer gave the root element, without those that are the state of a card.
fn own<'a>(root: Node<'a, '_>, artboard: &str) -> Vec<&'a str> {
    let is_state =
        |class: &str| class == artboard || STATES.contains(&class) || length(class).is_some();
    let own = root.attribute("class").unwrap_or_default();
    own.split_whitespace()
        .filter(|class| !is_state(class))
        .collect()
}

fn length(class: &str) -> Option<&'static str> {
    let mut names = LENGTHS.iter().map(|(length, _)| *length);
    names.find(|length| class == *length)
}

/// The classes of the root element of a drawing that shows its own sample words.
pub fn of_sample(root: Node<'_, '_>, artboard: &str, is_emphasised: bool) -> String {
    let written = root.attribute("class").unwrap_or_default();
    let length = written.split_whitespace().find_map(length);
    let classes = of_length(root, artboard, length.unwrap_or("medium"));
    match is_emphasised {
        true => format!("{classes} {EMPHASISED}"),
        false => classes,
    }
}

/// The classes of the root element for words of a length.
pub fn of_length(root: Node<'_, '_>, artboard: &str, length: &str) -> String {
    let mut classes = own(root, artboard);
    classes.extend([artboard, length]);
    classes.join(" ")
}

/// The classes of a root element in every state on an artboard at once, and `more`: other artboards and
/// languages.
pub fn all(root: Node<'_, '_>, artboard: &str, more: &[&str]) -> String {
    let mut classes = own(root, artboard);
    classes.extend([artboard, "rtl"]);
    classes.extend(STATES.iter().copied());
    classes.extend(LENGTHS.iter().map(|(length, _)| *length));
    classes.extend(script::names());
    classes.extend(more.iter().copied());
    classes.join(" ")
}
