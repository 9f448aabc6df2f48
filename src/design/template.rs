//! One artboard of a family: plain, valid SVG, checked when it is loaded.

use std::path::{Path, PathBuf};

use roxmltree::{Document, Node, ParsingOptions};

use super::{Platform, Settings, layer, sample};
use crate::error::{Error, Result};
use crate::geometry::{Px, Rect};

/// Larger templates are refused: nobody draws them, and parsing time grows with them.
const MOST_BYTES: usize = 2 << 20;

/// More elements than this are refused, for the same reason.
const MOST_NODES: u32 = 20_000;

/// Wider or higher artboards are refused: their pixels would not fit in memory.
const LARGEST_SIDE: f64 = 8192.0;

/// How much an image may be stretched to its platform's size: nobody sees one in a hundred.
const STRETCH: f64 = 0.01;

/// The style sheet beside a drawing that tells browsers where its fonts are; it is no theme.
pub const FONT_SHEET: &str = "fonts.css";

/// One artboard of a family.
#[derive(Clone, Debug, PartialEq)]
pub struct Template {
    /// Where it was read from, for messages; built-in ones by their path in the project.
    pub path: PathBuf,
    /// The SVG as the designer wrote it.
    pub source: String,
    /// The artboard in the drawing's user units.
    pub artboard: Rect,
    /// Whether it wears themes: it names one with `<?xml-stylesheet?>`. A drawing that names none, or
    /// only fonts for browsers ([`FONT_SHEET`]), is a voice of its own.
    pub has_theme: bool,
    /// What is set beside the drawing.
    pub settings: Settings,
    /// CSS of its `<style>` elements, each at the line and the column that it has in the file.
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
        let artboard = artboard(&document).map_err(|error| error.in_file(path))?;
        refuse_flow_root(&document).map_err(|error| error.in_file(path))?;
        let css = styles(&document);
        Ok(Self {
            path: path.to_owned(),
            artboard,
            has_theme: document.root().children().any(|node| {
                let instruction = node.pi();
                instruction.is_some_and(|instruction| {
                    let value = instruction.value.unwrap_or_default();
                    instruction.target == "xml-stylesheet" && !value.contains(FONT_SHEET)
                })
            }),
            settings: Settings::default(),
            css,
            source,
        })
    }

    /// The same template with what is set beside its drawing.
    #[must_use]
    pub fn with_settings(mut self, settings: Settings) -> Self {
        self.settings = settings;
        self
    }

    /// Pixels of a platform's image to a user unit of the drawing.
    #[must_use]
    pub fn scale(&self, platform: &Platform) -> f64 {
        f64::from(platform.width) / self.artboard.width().0
    }

    /// Whether the drawing fills a platform's image without being stretched visibly.
    #[must_use]
    pub fn fits(&self, platform: &Platform) -> bool {
        let shape = self.artboard.width() / self.artboard.height();
        let wanted = f64::from(platform.width) / f64::from(platform.height);
        (shape / wanted - 1.0).abs() <= STRETCH
    }

    /// Every name that its texts may bind to, as written: layers, `data-bind`, `{{placeholders}}`.
    pub(super) fn names(&self) -> Vec<String> {
        let document = self.document();
        let mut names = Vec::new();
        for text in document
            .descendants()
            .filter(|node| node.tag_name().name() == "text")
        {
            names.extend(layer::names(text));
            let inside = text.descendants();
            names.extend(inside.filter_map(|node| node.attribute("data-bind").map(str::to_owned)));
            let inside = text.descendants().filter(Node::is_text);
            let words: String = inside.filter_map(|node| node.text()).collect();
            let bound = words
                .split("{{")
                .skip(1)
                .filter_map(|part| part.split_once("}}"));
            names.extend(bound.map(|(name, _)| name.trim().to_owned()));
        }
        names
    }

    /// The document. It was well-formed when the template was loaded.
    #[must_use]
    pub fn document(&self) -> Document<'_> {
        parse(&self.source).expect("a template is parsed when it is loaded")
    }
}

/// The text of all `<style>` elements, with white space before each, so that places in it are those in
/// the file.
fn styles(document: &Document<'_>) -> String {
    let mut css = String::new();
    let is_style =
        |node: &Node<'_, '_>| node.tag_name().name() == "style" && !sample::is_sample(*node);
    let styles = document.descendants().filter(is_style);
    let texts = styles.flat_map(|style| style.children().filter(Node::is_text));
    for text in texts {
        let at = document.text_pos_at(text.range().start);
        let (lines, columns) = (at.row as usize - 1, at.col as usize - 1);
        let above = css.matches('\n').count();
        css.push('\n');
        if above < lines {
            css.pop();
            css.extend(std::iter::repeat_n('\n', lines - above));
            css.extend(std::iter::repeat_n(' ', columns));
        }
        css.push_str(text.text().unwrap_or_default());
    }
    css
}

/// Text of Inkscape before 1.0 flows in a way that nothing but Inkscape draws.
fn refuse_flow_root(document: &Document<'_>) -> Result<()> {
    let flowed = document.descendants().find(|node| {
        let has_words = || {
            node.descendants()
                .any(|inner| inner.text().is_some_and(|words| !words.trim().is_empty()))
        };
        node.tag_name().name() == "flowRoot" && has_words()
    });
    let Some(node) = flowed else {
        return Ok(());
    };
    let at = document.text_pos_at(node.range().start);
    Err(Error::new("this text is a <flowRoot>, which only old versions of Inkscape can draw")
        .at(at.row as usize, at.col as usize)
        .with_hint(
            "open the file in Inkscape 1.0 or later, select the text, choose Text > Convert to Text, \
             and draw a rectangle around it as its box",
        ))
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

/// The artboard: the `viewBox`, else width and height in px.
fn artboard(document: &Document<'_>) -> Result<Rect> {
    let root = document.root_element();
    let attribute = |name| super::cascade::length(root.attribute(name)?, 0.0);
    let view_box = root.attribute("viewBox").and_then(|value| {
        let numbers = value
            .split([' ', ',', '\n', '\t'])
            .filter(|part| !part.is_empty());
        let numbers: Option<Vec<f64>> = numbers.map(|part| part.parse().ok()).collect();
        match numbers?[..] {
            [x, y, width, height] => Some(Rect::from_xywh(x, y, width, height)),
            _ => None,
        }
    });
    let size = attribute("width").zip(attribute("height"));
    let size = size.map(|(width, height)| Rect::from_xywh(0.0, 0.0, width, height));
    let is_usable = |side: Px| (1.0..=LARGEST_SIDE).contains(&side.0);
    match view_box.or(size) {
        Some(artboard) if is_usable(artboard.width()) && is_usable(artboard.height()) => {
            Ok(artboard)
        }
        Some(artboard) => {
            let (width, height) = (artboard.width().0, artboard.height().0);
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
    use super::super::css::{Sheet, Source};
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
    fn faults_in_a_style_are_where_they_are_in_the_file() {
        let source = "<svg width='9' height='9'>\n<style>.a { fill: red }\n</style>\n\
                      <g><style><![CDATA[.b { fill: var(--no) }]]></style></g></svg>";
        let template = Template::parse(Path::new("t.svg"), source.to_owned()).expect("it is one");
        let source = Source {
            path: &template.path,
            css: &template.css,
        };
        let error = Sheet::resolve(&[source]).expect_err("the variable is unknown");
        assert!(error.to_string().starts_with("t.svg:4:"), "{error}");
    }

    #[test]
    fn a_view_box_is_a_size() {
        let source = "<svg viewBox='0 0 30 40'/>".to_owned();
        let template = Template::parse(Path::new("t.svg"), source).expect("it is a template");
        assert_eq!(template.artboard, Rect::from_xywh(0.0, 0.0, 30.0, 40.0));
    }
}
