//! Settings that mean nothing, and values that no setting has.

use roxmltree::{Document, Node};

use super::at;
use crate::deck::nearest;
use crate::design::css::{self, Source};
use crate::design::{SETTINGS, Template, layer, sample};
use crate::diagnostic::{Diagnostic, Place};

const CODE: &str = "setting-unknown";

/// What elements may say with `data-…` besides the settings of texts.
const ATTRIBUTES: &[&str] = &[
    "anchor",
    "chart",
    "direction",
    "line",
    "mirror",
    "name",
    "part",
    "sample",
    "scrim",
    "subject",
    "thickness",
];

/// What rules may say with `--…` besides the settings of texts.
const OF_PHRASES: &[&str] = &[
    "padding",
    "strip",
    "strip-bottom",
    "strip-top",
    "underline",
    "underline-gap",
    "underline-offset",
    "underline-thickness",
];

/// Settings with few values, and their values.
const CHOICES: &[(&str, &[&str])] = &[
    (
        "align",
        &["start", "center", "middle", "end", "left", "right"],
    ),
    ("fit", &["shrink", "fill", "none", "fixed"]),
    ("hang", &["marks", "ink", "marks ink", "ink marks", "none"]),
    ("lockup", &["line", "side", "ratio", "none"]),
    ("size-scope", &["image", "card", "campaign"]),
    ("valign", &["top", "middle", "bottom"]),
];

/// Settings that are numbers, and what they may be.
const NUMBERS: &[(&str, f64, f64)] = &[
    ("give", 0.0, 0.5),
    ("max-leading", 0.5, 4.0),
    ("max-lines", 1.0, 1000.0),
    ("min-size", 0.0, 8192.0),
];

/// What is set in a drawing, in its styles and beside it and means nothing.
pub fn unknown(template: &Template, document: &Document<'_>) -> Vec<Diagnostic> {
    let mut found = of_elements(document);
    found.extend(of_css(Source {
        path: &template.path,
        css: &template.css,
    }));
    found.extend(beside(template, document));
    found
}

fn of_elements(document: &Document<'_>) -> Vec<Diagnostic> {
    let elements = document.descendants().filter(Node::is_element);
    let mut found = Vec::new();
    for node in elements.filter(|node| !sample::is_sample(*node)) {
        for attribute in node.attributes() {
            let Some(name) = attribute.name().strip_prefix("data-") else {
                continue;
            };
            let known = SETTINGS.iter().chain(ATTRIBUTES).copied();
            let fault = fault(("data-", name), attribute.value(), known);
            found.extend(fault.map(|fault| fault.at(at(document, node))));
        }
    }
    found
}

/// Custom properties; themes have variables of their own, so only what is almost a setting is told.
pub fn of_css(source: Source<'_>) -> Vec<Diagnostic> {
    // Broken styles are told where they are resolved.
    let declared = css::declared(source).unwrap_or_default();
    let faults = declared.iter().filter_map(|declaration| {
        let name = declaration.name.strip_prefix("--")?;
        let known = SETTINGS.iter().chain(OF_PHRASES).copied();
        let (line, column) = declaration.position();
        let place = Place {
            line: Some(line),
            column: Some(column),
            ..Place::default()
        };
        Some(fault(("--", name), &declaration.value, known)?.at(place))
    });
    faults.collect()
}

/// Settings of texts that the drawing does not have.
fn beside(template: &Template, document: &Document<'_>) -> Vec<Diagnostic> {
    let elements = document.descendants().filter(Node::is_element);
    let layers: Vec<String> = elements.flat_map(layer::names).collect();
    let mut found = Vec::new();
    for (text, settings) in &template.settings {
        if !layers.contains(text) {
            let message =
                format!("`template.toml` sets something for `{text}`, and nothing is called so");
            let hint = match nearest(text, layers.iter().map(String::as_str)) {
                Some(near) => format!("did you mean `{near}`?"),
                None => "use the name of a layer, or the id of a text".to_owned(),
            };
            found.push(Diagnostic::warning(CODE, message).with_hint(hint));
        }
        for (name, value) in settings {
            found.extend(fault(("", name), value, SETTINGS.iter().copied()));
        }
    }
    found
}

/// What is wrong with a setting: almost the name of one, or a value that it does not have.
fn fault<'a>(
    (prefix, name): (&str, &str),
    value: &str,
    known: impl Iterator<Item = &'a str> + Clone,
) -> Option<Diagnostic> {
    if !known.clone().any(|own| own == name) {
        let near = nearest(name, known)?;
        let message = format!("`{prefix}{name}` is no setting");
        let hint = format!("did you mean `{prefix}{near}`?");
        return Some(Diagnostic::warning(CODE, message).with_hint(hint));
    }
    let hint = expected(name, value.trim())?;
    let message = format!("`{prefix}{name}` has no value `{}`", value.trim());
    Some(Diagnostic::warning(CODE, message).with_hint(hint))
}

/// What a setting wants instead of a value; `None` where it takes it.
fn expected(name: &str, value: &str) -> Option<String> {
    if value.contains("var(") {
        return None;
    }
    if let Some((_, values)) = CHOICES.iter().find(|(own, _)| *own == name) {
        let is_one = values.contains(&value);
        return (!is_one).then(|| match nearest(value, values.iter().copied()) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("there are {}", values.join(", ")),
        });
    }
    let (_, least, most) = NUMBERS.iter().find(|(own, ..)| *own == name)?;
    let number = value.trim_end_matches("px").parse::<f64>();
    let is_in = number.is_ok_and(|number| (*least..=*most).contains(&number));
    (!is_in).then(|| format!("write a number from {least} to {most}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_means_nothing_is_told_with_what_would() {
        #[track_caller]
        fn case(name: &str, value: &str, expected: Option<&str>) {
            let found = fault(("--", name), value, SETTINGS.iter().copied());
            let hint = found.and_then(|fault| fault.hint);
            assert_eq!(hint.as_deref(), expected);
        }
        case("max-lines", "3", None);
        case("maxlines", "3", Some("did you mean `--max-lines`?"));
        case("max-lines", "three", Some("write a number from 1 to 1000"));
        case("min-size", "40px", None);
        case("min-size", "30pt", Some("write a number from 0 to 8192"));
        case("valign", "centre", Some("there are top, middle, bottom"));
        case("valign", "midle", Some("did you mean `middle`?"));
        case("brand-blue", "#00f", None);
    }
}
