//! What a theme draws behind a phrase that it sets off: strips and underlines.
//!
//! In: a text as it was set, and the custom properties of the element that shows how a phrase looks.
//! Out: SVG to be drawn before the text. `templates/README.md` lists the properties.
//!
//! A strip is one path for all lines of a phrase, so that no seam shows where its bars meet. An
//! underline keeps clear of descenders: the letters of its lines, drawn with a stroke, are masked
//! out of it, on any ground.

use std::fmt::Write as _;
use std::ops::Range;

use roxmltree::Node;

use super::bind::Scene;
use super::splice::{escape, number};
use super::typeset::SetText;
use super::write::Writer;
use crate::design::cascade::{Computed, length};
use crate::geometry::{Px, Rect};
use crate::text::{Line, LineRun};

/// Bars of a strip nearer than this, in sizes, are drawn as one: nothing of the ground shows between.
const BUTTING: f64 = 0.15;

/// What a bar that grows for the ink in it has around that ink, in sizes.
const AROUND_INK: f64 = 0.03;

/// The part of a phrase that stands side by side on one line.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Stretch {
    line: usize,
    left: Px,
    right: Px,
    /// Around the ink of the runs it is in.
    ink: Rect,
    baseline: Px,
    size: Px,
}

/// Draws what stands behind the phrases of a text.
pub fn behind(scene: &Scene<'_, '_>, writer: &Writer<'_, '_, '_>, set: &SetText<'_, '_>) -> String {
    let mut out = String::new();
    for (range, look) in &set.looks {
        if look.tag_name().name() != "tspan" {
            continue;
        }
        let computed = scene.cascade.computed(*look, scene.classes);
        let (strip, underline) = (computed.get("--strip"), computed.get("--underline"));
        if strip.is_none() && underline.is_none() {
            continue;
        }
        let stretches = stretches(&set.fitted.lines, range);
        let (Some(first), Some(last)) = (stretches.first(), stretches.last()) else {
            continue;
        };
        let transform = transform(writer.text);
        if let Some(paint) = strip {
            let path = path(&bars(&computed, &stretches));
            let paint = escape(paint);
            let _ = write!(
                out,
                "<path{transform} d=\"{path}\" style=\"fill:{paint}\"/>"
            );
        }
        if let Some(paint) = underline {
            let underline = Underline {
                rules: rules(&computed, &stretches),
                gap: size_of(&computed, "--underline-gap", first.size, 0.087),
                id: format!("underline-{}-{}", writer.text.range().start, range.start),
            };
            let lines = &set.fitted.lines[first.line..=last.line];
            let _ = write!(out, "<g{transform}>");
            underline.write(writer, lines, paint, &mut out);
            out.push_str("</g>");
        }
    }
    out
}

fn transform(text: Node<'_, '_>) -> String {
    let own = text.attribute("transform");
    own.map_or(String::new(), |own| {
        format!(" transform=\"{}\"", escape(own))
    })
}

/// A length that a theme sets in px or em, else so many em.
fn size_of(computed: &Computed, name: &str, size: Px, unset: f64) -> Px {
    let given = computed.get(name).and_then(|value| length(value, size.0));
    given.map_or(size * unset, Px)
}

/// Where a phrase stands, line by line, from left to right.
fn stretches(lines: &[Line], phrase: &Range<usize>) -> Vec<Stretch> {
    let mut found: Vec<Stretch> = Vec::new();
    for (index, line) in lines.iter().enumerate() {
        let mut is_open = false;
        for run in &line.runs {
            let Some((left, right)) = extent(run, phrase) else {
                is_open = false;
                continue;
            };
            match found.last_mut().filter(|_| is_open) {
                Some(last) => {
                    last.right = right;
                    last.ink = last.ink.union(&run.ink);
                }
                None => found.push(Stretch {
                    line: index,
                    left,
                    right,
                    ink: run.ink,
                    baseline: run.y,
                    size: run.size,
                }),
            }
            // A phrase that ends within a run does not go on in the next one to the right.
            is_open = right == run.x + run.advance;
        }
    }
    found
}

/// The part of a run that belongs to a phrase; `None` where nothing of it does.
fn extent(run: &LineRun, phrase: &Range<usize>) -> Option<(Px, Px)> {
    let is_in = |byte: usize| phrase.contains(&byte);
    let end = run.x + run.advance;
    if run.range.is_empty() {
        // A hyphen has no bytes of its own: it belongs to the letter before it.
        return is_in(run.range.start.saturating_sub(1)).then_some((run.x, end));
    }
    if phrase.start <= run.range.start && run.range.end <= phrase.end {
        return Some((run.x, end));
    }
    let glyphs = &run.glyphs;
    let first = glyphs.iter().position(|glyph| is_in(glyph.cluster))?;
    let last = glyphs.iter().rposition(|glyph| is_in(glyph.cluster))?;
    let left = if first == 0 { run.x } else { glyphs[first].x };
    let after = glyphs[last + 1..].first().map(|next| next.cluster);
    // Marks are placed from their letter: the leftmost glyph of a cluster is where the pen was.
    let next = glyphs[last + 1..]
        .iter()
        .filter(|glyph| Some(glyph.cluster) == after)
        .map(|glyph| glyph.x)
        .reduce(Px::min);
    Some((left, next.map_or(end, |next| next - run.tracking)))
}

/// The bars of a strip.
fn bars(computed: &Computed, stretches: &[Stretch]) -> Vec<Rect> {
    let bar = |stretch: &Stretch| {
        let em = |name, unset| size_of(computed, name, stretch.size, unset);
        let padding = em("--padding", 0.0);
        let (top, bottom) = (em("--strip-top", 0.805), em("--strip-bottom", 0.215));
        let mut bar = Rect {
            left: stretch.left - padding,
            top: stretch.baseline - top,
            right: stretch.right + padding,
            bottom: stretch.baseline + bottom,
        };
        // What rises out of a bar, as marks over letters do, would vanish on the ground.
        let around = stretch.size * AROUND_INK;
        if stretch.ink.top < bar.top {
            bar.top = stretch.ink.top - around;
        }
        if stretch.ink.bottom > bar.bottom {
            bar.bottom = stretch.ink.bottom + around;
        }
        bar
    };
    let mut bars: Vec<Rect> = stretches.iter().map(bar).collect();
    for index in 1..bars.len() {
        let gap = bars[index].top - bars[index - 1].bottom;
        if gap > Px::ZERO && gap < stretches[index].size * BUTTING {
            bars[index - 1].bottom = bars[index].top;
        }
    }
    bars
}

/// The lines under a phrase, before letters are masked out of them.
fn rules(computed: &Computed, stretches: &[Stretch]) -> Vec<Rect> {
    let rule = |stretch: &Stretch| {
        let em = |name, unset| size_of(computed, name, stretch.size, unset);
        let top = stretch.baseline + em("--underline-offset", 0.14);
        Rect {
            // No sliver beside a letter that descends at the end of a line.
            left: stretch.left.max(stretch.ink.left),
            top,
            right: stretch.right.min(stretch.ink.right),
            bottom: top + em("--underline-thickness", 0.08),
        }
    };
    stretches.iter().map(rule).collect()
}

/// Rectangles as one path, all turning the same way.
fn path(rects: &[Rect]) -> String {
    let mut path = String::new();
    for rect in rects {
        let [left, top, right, bottom] = [rect.left, rect.top, rect.right, rect.bottom].map(number);
        let _ = write!(path, "M{left} {top}H{right}V{bottom}H{left}Z");
    }
    path
}

/// Lines under a phrase that keep clear of letters.
struct Underline {
    rules: Vec<Rect>,
    /// Clear space between letters and line.
    gap: Px,
    id: String,
}

impl Underline {
    fn write(&self, writer: &Writer<'_, '_, '_>, lines: &[Line], paint: &str, out: &mut String) {
        let around = self
            .rules
            .iter()
            .copied()
            .reduce(|one, other| one.union(&other));
        let Some(around) = around else {
            return;
        };
        let Self { id, gap, .. } = self;
        // Room on all sides: the mask's own edges must not soften those of the lines.
        let area = Rect {
            left: around.left - Px(2.0),
            top: around.top - Px(2.0),
            right: around.right + Px(2.0),
            bottom: around.bottom + Px(2.0),
        };
        let (x, y) = (number(area.left), number(area.top));
        let (width, height) = (number(area.width()), number(area.height()));
        let place = format!("x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\"");
        let _ = write!(
            out,
            "<mask id=\"{id}\" maskUnits=\"userSpaceOnUse\" {place}>\
             <rect {place} style=\"fill:#fff\"/><text xml:space=\"preserve\">"
        );
        let stroke = format!(
            "fill:#000;stroke:#000;stroke-width:{}px;stroke-linejoin:round",
            number(*gap * 2.0)
        );
        for run in lines.iter().flat_map(|line| &line.runs) {
            writer.open_run(run, &stroke, out);
            let _ = write!(out, "{}</tspan>", escape(&run.text));
        }
        let (path, paint) = (path(&self.rules), escape(paint));
        let _ = write!(
            out,
            "</text></mask><path mask=\"url(#{id})\" d=\"{path}\" style=\"fill:{paint}\"/>"
        );
    }
}
