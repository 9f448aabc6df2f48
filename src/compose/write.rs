//! Writes the finished document: the template's own bytes with the card's texts spliced in.
//!
//! What the designer wrote stays byte for byte; data is escaped and can never become markup. Every
//! run of text gets its place, face and size written out, so that nothing is left to fallback.

use std::fmt::Write as _;
use std::ops::Range;

use roxmltree::Node;

use super::bind::Scene;
use super::content::part;
use super::typeset::{SetText, Shift};
use crate::geometry::{Em, Px};
use crate::text::{Fonts, LineRun};

/// Replacements in a template's source.
#[derive(Debug)]
pub struct Splicer<'s> {
    source: &'s str,
    edits: Vec<(Range<usize>, String)>,
}

impl<'s> Splicer<'s> {
    /// For a template.
    pub fn new(source: &'s str) -> Self {
        Self {
            source,
            edits: Vec::new(),
        }
    }

    /// Takes an element out.
    pub fn remove(&mut self, node: Node<'_, '_>) {
        self.edits.push((node.range(), String::new()));
    }

    /// Puts text in the place of an element.
    pub fn replace(&mut self, node: Node<'_, '_>, with: String) {
        self.edits.push((node.range(), with));
    }

    /// Moves an element.
    pub fn shift(&mut self, node: Node<'_, '_>, shift: Shift) {
        if shift == Shift::default() {
            return;
        }
        let Shift { x, y } = shift;
        let moved = format!("translate({} {})", number(x), number(y));
        match node.attribute_node("transform") {
            Some(own) => {
                let start = own.range_value().start;
                self.edits.push((start..start, format!("{moved} ")));
            }
            None => {
                let at = name_end(node);
                self.edits.push((at..at, format!(" transform=\"{moved}\"")));
            }
        }
    }

    /// Gives the root element its classes and the style sheet.
    pub fn dress(&mut self, root: Node<'_, '_>, classes: &str, css: &str) {
        match root.attribute_node("class") {
            Some(own) => self.edits.push((own.range_value(), escape(classes))),
            None => {
                let at = name_end(root);
                self.edits
                    .push((at..at, format!(" class=\"{}\"", escape(classes))));
            }
        }
        let last = root
            .attributes()
            .next_back()
            .map_or(name_end(root), |last| last.range().end);
        let open = self.source[last..]
            .find('>')
            .map_or(last, |at| last + at + 1);
        if !self.source[..open].ends_with("/>") {
            let style = format!("<style>\n{}</style>", escape(css));
            self.edits.push((open..open, style));
        }
    }

    /// The document from its root element on.
    pub fn finish(mut self, root: Node<'_, '_>) -> String {
        self.edits
            .sort_by_key(|(range, _)| (range.start, std::cmp::Reverse(range.end)));
        let mut out = String::with_capacity(self.source.len() * 2);
        // Entities that a DOCTYPE declares are used all over the drawings of old tools.
        let has_doctype = self.source[..root.range().start].contains("<!DOCTYPE");
        let mut at = if has_doctype { 0 } else { root.range().start };
        for (range, with) in self.edits {
            // What is inside an element that was taken out is gone with it.
            if range.start < at {
                continue;
            }
            out.push_str(&self.source[at..range.start]);
            out.push_str(&with);
            at = range.end;
        }
        out.push_str(&self.source[at..root.range().end]);
        out.push('\n');
        out
    }
}

/// Behind the name in an element's start tag.
fn name_end(node: Node<'_, '_>) -> usize {
    let source = node.document().input_text();
    let start = node.range().start + 1;
    let is_end = |c: char| c.is_whitespace() || c == '>' || c == '/';
    source[start..]
        .find(is_end)
        .map_or(start, |length| start + length)
}

/// The element that draws a text as it was set, with the strips behind it.
pub fn text(
    scene: &Scene<'_, '_>,
    fonts: &Fonts,
    node: Node<'_, '_>,
    set: &SetText<'_, '_>,
) -> String {
    let mut out = String::new();
    for line in &set.fitted.lines {
        for run in &line.runs {
            strip(scene, (node, set), run, &mut out);
        }
    }
    out.push_str(&start_tag(node));
    let writer = Writer {
        fonts,
        text: node,
        neutral: neutral(scene, node, set),
    };
    if let Some(mark) = &set.fitted.mark {
        let look = part(scene, node, "mark").or(set.mark_look);
        writer.open_run(mark, &mut out);
        writer.fragment(look.unwrap_or(node), mark, &mark.text, &mut out);
        out.push_str("</tspan>");
    }
    for line in &set.fitted.lines {
        for run in &line.runs {
            writer.run(set, run, &mut out);
        }
    }
    out.push_str("</text>");
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
struct Writer<'s, 'a, 'input> {
    fonts: &'s Fonts,
    text: Node<'a, 'input>,
    neutral: String,
}

impl Writer<'_, '_, '_> {
    fn run(&self, set: &SetText<'_, '_>, run: &LineRun, out: &mut String) {
        self.open_run(run, out);
        let is_plain = set.paragraph.text.get(run.range.clone()) == Some(run.text.as_str());
        // A hyphen has no bytes of its own: it looks like the letter before it.
        let start = run.range.start.min(run.range.end.saturating_sub(1));
        let inside = |range: &Range<usize>| range.start < run.range.end && start < range.end;
        for (range, look) in set.looks.iter().filter(|(range, _)| inside(range)) {
            let words = if is_plain {
                let start = range.start.max(run.range.start);
                &set.paragraph.text[start..range.end.min(run.range.end)]
            } else {
                // Marks that steer direction surround the words: one look for the whole run.
                run.text.as_str()
            };
            self.fragment(*look, run, words, out);
            if !is_plain {
                break;
            }
        }
        out.push_str("</tspan>");
    }

    fn open_run(&self, run: &LineRun, out: &mut String) {
        let (x, y) = (number(run.x), number(run.y));
        let font = self.font(run);
        let _ = write!(out, "<tspan x=\"{x}\" y=\"{y}\" style=\"{font}\">");
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

    fn font(&self, run: &LineRun) -> String {
        let style = if self.fonts.is_italic(run.face) {
            "italic"
        } else {
            "normal"
        };
        format!(
            "font-family:'{}';font-weight:{};font-style:{style};font-size:{}px;letter-spacing:{}px{}",
            escape(self.fonts.family_name(run.face)),
            self.fonts.weight(run.face),
            number(run.size),
            number(run.tracking),
            self.neutral,
        )
    }
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

/// A reversed strip behind a run whose look asks for one.
fn strip(
    scene: &Scene<'_, '_>,
    (text, set): (Node<'_, '_>, &SetText<'_, '_>),
    run: &LineRun,
    out: &mut String,
) {
    let look = set
        .looks
        .iter()
        .find(|(range, _)| range.contains(&run.range.start));
    let Some((_, look)) = look.filter(|(_, look)| look.tag_name().name() == "tspan") else {
        return;
    };
    let computed = scene.cascade.computed(*look, scene.classes);
    let Some(fill) = computed.get("--strip") else {
        return;
    };
    let em = |name| {
        let value = computed.get(name)?.strip_suffix("em")?;
        value.trim().parse().ok().map(|em| Em(em).at(run.size))
    };
    let padding = em("--padding").unwrap_or_default();
    let top = em("--strip-top").unwrap_or(run.size);
    let bottom = em("--strip-bottom").unwrap_or_default();
    let moved = text
        .attribute("transform")
        .map_or(String::new(), |transform| {
            format!(" transform=\"{}\"", escape(transform))
        });
    let _ = write!(
        out,
        "<rect{moved} x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" style=\"fill:{}\"/>",
        number(run.x - padding),
        number(run.y - top),
        number(run.advance + padding * 2.0),
        number(top + bottom),
        escape(fill),
    );
}

/// A number with at most three decimals, none of them a trailing zero.
fn number(length: Px) -> String {
    let text = format!("{:.3}", length.0);
    let text = text.trim_end_matches('0').trim_end_matches('.');
    if text == "-0" {
        "0".to_owned()
    } else {
        text.to_owned()
    }
}

/// Text for an XML document: the five characters that are markup, and nothing XML cannot hold.
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\t' | '\n' => out.push(c),
            c if c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}') => {}
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn data_never_becomes_markup() {
        assert_eq!(
            escape("</text><a b=\"&\u{0}\">"),
            "&lt;/text&gt;&lt;a b=&quot;&amp;&quot;&gt;"
        );
    }

    #[test]
    fn numbers_are_short() {
        #[track_caller]
        fn case(length: f64, expected: &str) {
            assert_eq!(number(Px(length)), expected);
        }
        case(12.0, "12");
        case(0.5004, "0.5");
        case(-0.0001, "0");
        case(100.0, "100");
    }
}
