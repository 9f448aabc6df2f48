//! What designers call things: layer names as Inkscape, Figma and Illustrator save them.
//!
//! Inkscape keeps the name in `inkscape:label`. Figma makes it the `id`, with `_2` behind the second
//! of a name. Illustrator makes it the `id` too, with `_x20_` for a space and `_1_` or `-2` behind
//! doubles, and newer versions keep it whole in `data-name`.

use roxmltree::Node;

const INKSCAPE: &str = "http://www.inkscape.org/namespaces/inkscape";

/// What an element is called, in small letters with hyphens, the name a person gave it first.
///
/// Names that tools make up (`text12`, `tspan350`) are left out.
#[must_use]
pub fn names(node: Node<'_, '_>) -> Vec<String> {
    let written = [
        node.attribute((INKSCAPE, "label")),
        node.attribute("data-name"),
        node.attribute("id"),
    ];
    let mut names = Vec::new();
    for name in written.into_iter().flatten().map(plain) {
        if is_made_up(&name) {
            continue;
        }
        let single = without_count(&name).to_owned();
        for name in [name, single] {
            if !name.is_empty() && !names.contains(&name) {
                names.push(name);
            }
        }
    }
    names
}

/// In small letters, words joined by hyphens, escapes undone.
fn plain(written: &str) -> String {
    let mut name = String::new();
    for c in unescaped(written).trim().trim_start_matches('#').chars() {
        let c = if c == '_' || c.is_whitespace() {
            '-'
        } else {
            c
        };
        if c != '-' || !name.ends_with('-') {
            name.extend(c.to_lowercase());
        }
    }
    name.trim_matches('-').to_owned()
}

/// Illustrator writes what XML forbids in names, and `_` itself, as `_x5F_`.
fn unescaped(written: &str) -> String {
    let mut out = String::new();
    let mut rest = written;
    while let Some((before, after)) = rest.split_once("_x") {
        let escaped = after.split_once('_').and_then(|(digits, rest)| {
            let is_short = (2..=6).contains(&digits.len());
            let code = u32::from_str_radix(digits, 16).ok().filter(|_| is_short)?;
            Some((char::from_u32(code)?, rest))
        });
        out.push_str(before);
        match escaped {
            Some((c, after)) => {
                out.push(c);
                rest = after;
            }
            None => {
                out.push_str("_x");
                rest = after;
            }
        }
    }
    out + rest
}

/// Without the number that tells doubles apart: `quote-2`.
fn without_count(name: &str) -> &str {
    let stem = name.trim_end_matches(|c: char| c.is_ascii_digit());
    match stem.strip_suffix('-') {
        Some(single) if stem.len() < name.len() => single,
        _ => name,
    }
}

/// Whether a tool made it up: the kind of element and a number.
fn is_made_up(name: &str) -> bool {
    const KINDS: &[&str] = &[
        "text", "tspan", "rect", "path", "g", "layer", "flowroot", "svg",
    ];
    let stem = name.trim_end_matches(|c: char| c.is_ascii_digit() || c == '-');
    stem.len() < name.len() && KINDS.contains(&stem)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn layers_are_called_as_the_designer_called_them() {
        #[track_caller]
        fn case(attributes: &str, expected: &[&str]) {
            let source = format!(
                "<svg xmlns:inkscape='{INKSCAPE}' xmlns='http://www.w3.org/2000/svg'><text {attributes}/></svg>"
            );
            let document = roxmltree::Document::parse(&source).expect("it is XML");
            let text = document.root_element().first_element_child();
            assert_eq!(names(text.expect("it is there")), expected);
        }
        case("id='text350' inkscape:label='quote'", &["quote"]);
        case("id='Quote'", &["quote"]);
        case("id='quote_2'", &["quote-2", "quote"]);
        case("id='source_x5F_label'", &["source-label"]);
        case("id='quote_x20_box_1_'", &["quote-box-1", "quote-box"]);
        case("id='quote-2' data-name='quote'", &["quote", "quote-2"]);
        case("id='Source label'", &["source-label"]);
        case("id='#speaker'", &["speaker"]);
        case("id='text350'", &[]);
        case("id='a_xyz_b'", &["a-xyz-b"]);
    }
}
