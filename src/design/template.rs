//! One artboard of a family: plain, valid SVG, checked when it is loaded.

use std::path::{Path, PathBuf};

use roxmltree::{Document, ParsingOptions};

use crate::error::{Error, Result};

/// Larger templates are refused: nobody draws them, and parsing time grows with them.
const MOST_BYTES: usize = 2 << 20;

/// More elements than this are refused, for the same reason.
const MOST_NODES: u32 = 20_000;

/// Wider or higher artboards are refused: their pixels would not fit in memory.
const LARGEST_SIDE: f64 = 8192.0;

/// One artboard of a family.
#[derive(Clone, Debug, PartialEq)]
pub struct Template {
    /// Where it was read from, for messages; built-in ones by their path in the project.
    pub path: PathBuf,
    /// The SVG as the designer wrote it.
    pub source: String,
    /// Width of the artboard.
    pub width: f64,
    /// Height of the artboard.
    pub height: f64,
    /// CSS of its `<style>` elements, joined.
    pub css: String,
}

impl Template {
    /// Reads a template from its text.
    ///
    /// # Errors
    ///
    /// Text that is not SVG or past the limits, with line and column.
    pub fn parse(path: &Path, source: String) -> Result<Self> {
        if source.len() > MOST_BYTES {
            let message = format!("the template has {} bytes", source.len());
            let hint = format!("templates may have up to {MOST_BYTES} bytes; link pictures");
            return Err(Error::new(message).in_file(path).with_hint(hint));
        }
        let document = parse(&source).map_err(|error| error.in_file(path))?;
        let root = document.root_element();
        if root.tag_name().name() != "svg" {
            let message = format!("expected `<svg>`, found `<{}>`", root.tag_name().name());
            return Err(Error::new(message).in_file(path));
        }
        let (width, height) = size(&document).map_err(|error| error.in_file(path))?;
        let css = document
            .descendants()
            .filter(|node| node.has_tag_name("style") || node.tag_name().name() == "style")
            .filter_map(|node| node.text())
            .collect::<Vec<_>>()
            .join("\n");
        Ok(Self {
            path: path.to_owned(),
            width,
            height,
            css,
            source,
        })
    }

    /// The document. It was well-formed when the template was loaded.
    #[must_use]
    pub fn document(&self) -> Document<'_> {
        parse(&self.source).expect("a template is parsed when it is loaded")
    }
}

fn parse(source: &str) -> Result<Document<'_>> {
    let options = ParsingOptions {
        // Illustrator and old Inkscape files carry a DOCTYPE; entities are bounded by roxmltree.
        allow_dtd: true,
        nodes_limit: MOST_NODES,
        ..ParsingOptions::default()
    };
    Document::parse_with_options(source, options).map_err(|cause| {
        let place = cause.pos();
        Error::new(format!("this is not SVG: {cause}")).at(place.row as usize, place.col as usize)
    })
}

/// Width and height of the artboard in px.
fn size(document: &Document<'_>) -> Result<(f64, f64)> {
    let root = document.root_element();
    let attribute = |name| super::cascade::length(root.attribute(name)?, 0.0);
    let view_box = root.attribute("viewBox").and_then(|value| {
        let numbers = value.split([' ', ',']).filter_map(|part| part.parse().ok());
        match numbers.collect::<Vec<f64>>()[..] {
            [_, _, width, height] => Some((width, height)),
            _ => None,
        }
    });
    let size = attribute("width").zip(attribute("height")).or(view_box);
    let is_usable = |side: f64| (1.0..=LARGEST_SIDE).contains(&side);
    match size {
        Some((width, height)) if is_usable(width) && is_usable(height) => Ok((width, height)),
        Some((width, height)) => {
            let message = format!("the artboard is {width} × {height} px");
            let hint = format!("give it a width and height from 1 to {LARGEST_SIDE} px");
            Err(Error::new(message).with_hint(hint))
        }
        None => Err(Error::new("the artboard has no size")
            .with_hint("give `<svg>` a width and a height in px, or a viewBox")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_a_template_is_refused_with_its_place() {
        #[track_caller]
        fn case(source: &str, expected: &str) {
            let error = Template::parse(Path::new("t.svg"), source.to_owned());
            assert_eq!(error.expect_err("it is refused").to_string(), expected);
        }
        case("<html/>", "t.svg: expected `<svg>`, found `<html>`");
        case("<svg/>", "t.svg: the artboard has no size");
        case(
            "<svg width='0' height='9'/>",
            "t.svg: the artboard is 0 × 9 px",
        );
        case(
            "<svg\n<a/>",
            "t.svg:2:1: this is not SVG: invalid name token at 2:1",
        );
    }

    #[test]
    fn a_view_box_is_a_size() {
        let source = "<svg viewBox='0 0 30 40'/>".to_owned();
        let template = Template::parse(Path::new("t.svg"), source).expect("it is a template");
        assert_eq!((template.width, template.height), (30.0, 40.0));
    }
}
