//! Writes a text as it was set.
//!
//! Every run gets its place, face and size written out, so that nothing is left to fallback.

use std::fmt::Write as _;
use std::ops::Range;

use roxmltree::Node;

use super::bind::Scene;
use super::emphasis;
use super::look::part;
use super::splice::{escape, fine, number};
use super::typeset::SetText;
use crate::text::{self, Fonts, LineRun};

/// The id of letters that are drawn as outlines.
pub const LETTERS: &str = "pullquote-letters";

/// The element that draws a text as it was set, and before it what stands behind its phrases.
pub fn text(
    scene: &Scene<'_, '_>,
    fonts: &Fonts,
    node: Node<'_, '_>,
    set: &SetText<'_, '_>,
) -> String {
    let writer = Writer::new(scene, fonts, node, set);
    let mut out = emphasis::behind(scene, &writer, set);
    out.push_str(&start_tag(node));
    if let Some(mark) = &set.fitted.mark {
        let look = part(scene, node, "mark").or(set.mark_look);
        writer.open_run(mark, "", &mut out);
        writer.fragment(look.unwrap_or(node), mark, &mark.text, &mut out);
        out.push_str("</tspan>");
    }
    let mut outlines = String::new();
    for run in set.fitted.lines.iter().flat_map(|line| &line.runs) {
        if fonts.has_features(run.face) {
            writer.outlines(scene, set, run, &mut outlines);
        } else {
            writer.run(set, run, &mut out);
        }
    }
    out.push_str("</text>");
    out.push_str(&outlines);
    out
}

/// What would move or reshape letters after they were measured, and the value at which it does not.
const NEUTRAL: &[(&str, &str)] = &[
    ("word-spacing", "0"),
    ("font-variant", "normal"),
    ("font-stretch", "normal"),
    ("dominant-baseline", "auto"),
    ("alignment-baseline", "auto"),
    ("baseline-shift", "baseline"),
    ("font-kerning", "auto"),
];

/// Declarations that undo what a text is given of [`NEUTRAL`].
fn neutral(scene: &Scene<'_, '_>, text: Node<'_, '_>, set: &SetText<'_, '_>) -> String {
    let looks = set.looks.iter().map(|(_, look)| *look);
    let computed: Vec<_> = std::iter::once(text)
        .chain(looks)
        .map(|node| scene.cascade.computed(node, scene.classes))
        .collect();
    let is_given = |name: &str| computed.iter().any(|computed| computed.get(name).is_some());
    let given = NEUTRAL.iter().filter(|(name, _)| is_given(name));
    given
        .map(|(name, value)| format!(";{name}:{value}"))
        .collect()
}

/// Attributes that placing a text decides anew.
const DECIDED: &[&str] = &[
    "x",
    "y",
    "dx",
    "dy",
    "rotate",
    "text-anchor",
    "textLength",
    "style",
    "space",
];

fn start_tag(node: Node<'_, '_>) -> String {
    let source = node.document().input_text();
    let mut tag = "<text".to_owned();
    for attribute in node.attributes() {
        let name = attribute.name();
        if !DECIDED.contains(&name) && !name.starts_with("data-") {
            let _ = write!(tag, " {}", &source[attribute.range()]);
        }
    }
    let _ = write!(
        tag,
        " xml:space=\"preserve\" style=\"{}text-anchor:start\">",
        own_style(node)
    );
    tag
}

/// An element's `style`, ready for more behind it.
fn own_style(node: Node<'_, '_>) -> String {
    let own = node.attribute("style").unwrap_or_default();
    let own = own.trim().trim_end_matches(';');
    if own.is_empty() {
        String::new()
    } else {
        format!("{};", escape(own))
    }
}

/// Writes the runs of one text.
pub struct Writer<'s, 'a, 'input> {
    fonts: &'s Fonts,
    /// The text as drawn.
    pub text: Node<'a, 'input>,
    neutral: String,
}

impl<'s, 'a, 'input> Writer<'s, 'a, 'input> {
    /// For a text that was set.
    pub fn new(
        scene: &Scene<'_, '_>,
        fonts: &'s Fonts,
        text: Node<'a, 'input>,
        set: &SetText<'_, '_>,
    ) -> Self {
        Self {
            fonts,
            text,
            neutral: neutral(scene, text, set),
        }
    }
}

impl Writer<'_, '_, '_> {
    fn run(&self, set: &SetText<'_, '_>, run: &LineRun, out: &mut String) {
        self.open_run(run, "", out);
        // A hyphen has no bytes of its own: it looks like the letter before it.
        let start = run.range.start.min(run.range.end.saturating_sub(1));
        let inside = |range: &Range<usize>| range.start < run.range.end && start < range.end;
        let looks = set.looks.iter().filter(|(range, _)| inside(range));
        let mut looks = looks.peekable();
        let mut at = 0;
        while let Some((range, look)) = looks.next() {
            // Letters that steer direction surround the words: they belong to the first and the last.
            let end = match looks.peek() {
                Some(_) => lead(run) + range.end - run.range.start,
                None => run.text.len(),
            };
            self.fragment(*look, run, &run.text[at..end], out);
            at = end;
        }
        out.push_str("</tspan>");
    }

    /// Draws a run that usvg cannot set, look by look, as outlines.
    fn outlines(
        &self,
        scene: &Scene<'_, '_>,
        set: &SetText<'_, '_>,
        run: &LineRun,
        out: &mut String,
    ) {
        let transform = self.text.attribute("transform");
        let transform = transform.map_or(String::new(), |own| {
            format!(" transform=\"{}\"", escape(own))
        });
        for (range, look) in &set.looks {
            let data = text::outline(self.fonts, run, |byte| range.contains(&byte));
            if data.is_empty() {
                continue;
            }
            let computed = scene.cascade.computed(*look, scene.classes);
            let _ = write!(out, "<path id=\"{LETTERS}\"{transform}");
            for name in PAINT {
                if let Some(value) = look.attribute(*name) {
                    let _ = write!(out, " {name}=\"{}\"", escape(value));
                }
            }
            let fill = computed.get("fill").unwrap_or("#000");
            let (own, fill) = (own_style(*look), escape(fill));
            let _ = write!(out, " style=\"{own}fill:{fill}\" d=\"{data}\"/>");
        }
    }

    /// Opens the element of a run, with declarations of how it is painted.
    pub fn open_run(&self, run: &LineRun, paint: &str, out: &mut String) {
        let (x, y) = (number(run.x), number(run.y));
        let font = self.font(run);
        let paint = if paint.is_empty() {
            String::new()
        } else {
            format!(";{paint}")
        };
        let _ = write!(out, "<tspan x=\"{x}\" y=\"{y}\" style=\"{font}{paint}\">");
    }

    /// Words in the look of an element: its own and that of those around it inside the text.
    fn fragment(&self, look: Node<'_, '_>, run: &LineRun, words: &str, out: &mut String) {
        let around = look
            .ancestors()
            .take_while(|outer| outer.id() != self.text.id());
        let mut looks: Vec<_> = around.collect();
        if looks.last().is_none_or(Node::is_root) {
            // The text itself, or not in it at all.
            looks.clear();
        }
        for look in looks.iter().rev() {
            out.push_str("<tspan");
            for name in PAINT {
                if let Some(value) = look.attribute(*name) {
                    let _ = write!(out, " {name}=\"{}\"", escape(value));
                }
            }
            let (own, font) = (own_style(*look), self.font(run));
            let _ = write!(out, " style=\"{own}{font}\">");
        }
        out.push_str(&escape(words));
        for _ in &looks {
            out.push_str("</tspan>");
        }
    }

    /// Declarations of the face and the size that a run is set in.
    pub fn font(&self, run: &LineRun) -> String {
        let style = if self.fonts.is_italic(run.face) {
            "italic"
        } else {
            "normal"
        };
        format!(
            "font-family:'{}';font-weight:{};font-style:{style};font-size:{}px;letter-spacing:{}px{}{}",
            escape(self.fonts.family_name(run.face)),
            self.fonts.listed_weight(run.face),
            fine(run.size),
            fine(run.tracking),
            self.variations(run),
            self.neutral,
        )
    }

    /// Where on its axes a variable face stands: all of them, so that nothing is left to chance.
    fn variations(&self, run: &LineRun) -> String {
        let variations = self.fonts.variations(run.face);
        variations.map_or(String::new(), |axes| {
            format!(";font-variation-settings:{axes}")
        })
    }
}

/// How many bytes of invisible letters stand before the words of a run; as many stand behind them.
fn lead(run: &LineRun) -> usize {
    run.text.len().saturating_sub(run.range.len()) / 2
}

/// Attributes that say how letters are painted.
const PAINT: &[&str] = &[
    "class",
    "fill",
    "fill-opacity",
    "opacity",
    "stroke",
    "stroke-width",
    "text-decoration",
];
