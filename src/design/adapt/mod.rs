//! Draws an artboard at the size of a platform that has none of its own: a template in, the same
//! drawing for other proportions and another safe area out.
//!
//! As in nine-slice scaling, what is near an edge keeps its distance to it, what lies between is
//! spread, and grounds that bleed off the artboard still do. So there is no letterbox, rules stay as
//! thick as they are, and boxes for texts take what room there is; the fitter does the rest. Texts
//! that follow one another down the artboard (`data-follow="figure.bottom"`) are one block: it hangs
//! from the top and keeps its proportions. Only numbers of the drawing change: everything else stays
//! byte for byte.

mod edits;
mod sides;

use roxmltree::Node;

use super::{Platform, Template, sample};
use crate::error::Result;
use crate::geometry::Rect;

use edits::Edits;
use sides::{Hung, Sides};

/// The same drawing for a platform.
///
/// # Errors
///
/// None for a template that was parsed: an artboard past the limits.
pub(super) fn adapt(template: &Template, platform: &Platform) -> Result<Template> {
    let document = template.document();
    let hung = Hung::of(&document, template.artboard.bottom.0);
    let sides = Sides::of(template, platform, &hung).around_rings(&document);
    let mut edits = Edits::default();
    edits.root(document.root_element(), &sides);
    let is_drawn = |node: &Node<'_, '_>| {
        node.is_element() && !sample::is_line(*node) && !sample::is_sample(*node)
    };
    for node in document.descendants().filter(is_drawn) {
        edits.element(node, &sides);
    }
    let adapted = Template::parse(&template.path, edits.apply(&template.source))?;
    Ok(adapted.with_settings(template.settings.clone()))
}

/// Whether the drawing fills the platform's image as it is, with its words in the safe area.
pub(super) fn is_ready(template: &Template, platform: &Platform) -> bool {
    let scale = template.scale(platform);
    let live = live(template, &platform.artboard);
    let safe = &platform.safe_area;
    let covered = [
        (safe.left.0, live.left.0 * scale),
        (safe.top.0, live.top.0 * scale),
        (live.right.0 * scale, safe.right.0),
        (live.bottom.0 * scale, safe.bottom.0),
    ];
    template.fits(platform) && covered.iter().all(|(inner, outer)| *inner <= outer + 1.0)
}

/// Where words stand on an artboard, from its upper left corner: the art direction's margins, in
/// units of a hundredth of the width or a ninetieth of the short side.
fn live(template: &Template, artboard: &str) -> Rect {
    let (width, height) = (template.artboard.width().0, template.artboard.height().0);
    let unit = (width / 100.0).max(width.min(height) / 90.0);
    let margin = unit * if artboard == "landscape" { 5.0 } else { 7.0 };
    let (top, bottom) = match artboard {
        "story" => (0.14 * height, 0.2 * height),
        _ => (margin, margin),
    };
    Rect::from_xywh(margin, top, width - 2.0 * margin, height - top - bottom)
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::design::Library;

    fn platform(width: u32, height: u32, artboard: &str, safe: [f64; 4]) -> Platform {
        let [top, right, bottom, left] = safe;
        let (wide, high) = (f64::from(width), f64::from(height));
        Platform {
            id: "p".to_owned(),
            name: "P".to_owned(),
            width,
            height,
            artboard: artboard.to_owned(),
            safe_area: Rect::from_xywh(left, top, wide - left - right, high - top - bottom),
            groups: Vec::new(),
            types: Vec::new(),
            max_bytes: None,
            max_pages: None,
            max_alt: None,
            source: String::new(),
            as_of: String::new(),
        }
    }

    fn adapted(inside: &str, to: &Platform) -> String {
        let source = format!("<svg width='1080' height='1080'>{inside}</svg>");
        let template = Template::parse(Path::new("t.svg"), source).expect("it is a template");
        adapt(&template, to).expect("it is adapted").source
    }

    #[test]
    fn grounds_stretch_edges_keep_their_distance_boxes_take_the_room() {
        let tall = platform(1080, 1440, "square", [0.0; 4]);
        let (width, height) = (1080.0, 1440.0);
        let source = adapted(
            "<rect width='1080' height='1080'/><rect x='84' y='84' width='912' height='10'/>\
             <rect id='box' x='84' y='120' width='912' height='800'/><text x='84' y='996'>a</text>\
             <circle cx='972' cy='972' r='24'/>",
            &tall,
        );
        let document = roxmltree::Document::parse(&source).expect("it is XML");
        let number = |tag: &str, index: usize, name: &str| -> f64 {
            let mut found = document.descendants().filter(|node| node.has_tag_name(tag));
            let node = found.nth(index).expect("it is there");
            node.attribute(name)
                .expect("it is set")
                .parse()
                .expect("a number")
        };
        let near = |found: f64, expected: f64| assert!((found - expected).abs() < 0.01, "{found}");
        near(number("rect", 0, "width"), width);
        near(number("rect", 0, "height"), height);
        near(number("rect", 1, "height"), 10.0);
        near(number("rect", 1, "y"), 84.0);
        near(number("rect", 1, "width"), width - 168.0);
        near(number("rect", 2, "y"), 120.0);
        near(number("rect", 2, "height"), 800.0 + height - 1080.0);
        near(number("text", 0, "y"), height - 84.0);
        near(number("circle", 0, "cx"), width - 108.0);
        near(number("circle", 0, "r"), 24.0);
    }

    #[test]
    fn what_a_platform_covers_is_kept_free() {
        let library = Library::built_in().expect("it loads");
        let story = library.template("quote", "story").expect("there is one");
        let reel = platform(1080, 1920, "story", [269.0, 65.0, 672.0, 65.0]);
        assert!(!is_ready(story, &reel));
        let plain = platform(1080, 1920, "story", [269.0, 65.0, 384.0, 65.0]);
        assert!(is_ready(story, &plain));
        let source = adapt(story, &reel).expect("it is adapted").source;
        let document = roxmltree::Document::parse(&source).expect("it is XML");
        let width = document.root_element().attribute("width");
        let width: f64 = width.expect("it has one").parse().expect("a number");
        let lowest = (1920.0 - 672.0) * width / 1080.0;
        let texts = document
            .descendants()
            .filter(|node| node.has_attribute("y"));
        let texts = texts.filter(|node| matches!(node.tag_name().name(), "text" | "tspan"));
        for text in texts {
            let y: f64 = text
                .attribute("y")
                .expect("it has one")
                .parse()
                .expect("a number");
            assert!(y < lowest, "{text:?}");
        }
    }

    #[test]
    fn places_never_change_their_order() {
        let wide = platform(1200, 400, "landscape", [0.0; 4]);
        let template = "<svg width='1200' height='630'/>".to_owned();
        let template = Template::parse(Path::new("t.svg"), template).expect("it is a template");
        let hung = Hung::of(&template.document(), template.artboard.bottom.0);
        let sides = Sides::of(&template, &wide, &hung);
        for side in [&sides.across, &sides.down] {
            let places: Vec<f64> = (-50..1300).map(|place| side.at(f64::from(place))).collect();
            assert!(places.is_sorted(), "{places:?}");
        }
    }
}
