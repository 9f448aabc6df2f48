//! The words of bars: one size for values, another for names, in the bar or beside it.

use std::fmt::Write as _;

use roxmltree::Node;

use super::super::{ChartText, Drawn};
use super::{Bars, Looks, ZERO, rectangle};
use crate::compose::typeset::{Fault, Outcome, PartFrame, SetText};
use crate::compose::write;
use crate::deck::Field;
use crate::geometry::{Px, Rect};
use crate::text::{Align, Valign};

/// From the edge of a bar to its words, across.
const INSET: Px = Px(24.0);

/// Between the deepest letters of a name and the lower edge of its bar.
const CLEAR: Px = Px(3.0);

/// Between value and name beside each other.
const APART: Px = Px(28.0);

/// Capitals of a value in heights of a bar that lies, at most.
const TALLEST: f64 = 0.7;

/// The largest name in sizes of the value, where that leaves it legible.
const NAME: f64 = 0.62;

/// The smallest size that a name is brought down to for the sake of its value, in px.
const SMALLEST_NAME: Px = Px(30.0);

/// From the value's baseline to the capitals of the name below it, in sizes of the value.
const BELOW: f64 = 0.27;

impl<'a, 'input> Bars<'_, '_, 'a, 'input, '_> {
    /// Sets words where they are drawn; the frame is as decided.
    fn set(&self, look: Node<'a, 'input>, words: &str, frame: PartFrame) -> Outcome<'a, 'input> {
        let (_, typesetter) = self.context;
        let rect = self.sides.apply(&frame.rect);
        typesetter.set_part(look, words, PartFrame { rect, ..frame })
    }

    /// Sets a name on a baseline; higher, where its letters would hang over the lower edge of its bar.
    fn set_name(&self, words: &str, frame: PartFrame, bar: &Rect) -> Outcome<'a, 'input> {
        let set = self.set(self.looks.name, words, frame)?;
        let over = set.fitted.ink.bottom - (bar.bottom - CLEAR);
        if over <= Px::ZERO {
            return Ok(set);
        }
        let rect = Rect {
            bottom: frame.rect.bottom - over,
            ..frame.rect
        };
        self.set(self.looks.name, words, PartFrame { rect, ..frame })
    }

    /// The size at which all words of a kind fit a room.
    fn common(
        &self,
        look: Node<'a, 'input>,
        words: impl Iterator<Item = String>,
        room: Rect,
    ) -> Result<Px, Fault> {
        let mut size: Option<Px> = None;
        for words in words {
            let set = self.set(look, &words, PartFrame::at(room))?;
            size = Some(size.map_or(set.fitted.size, |size| size.min(set.fitted.size)));
        }
        Ok(size.unwrap_or_default())
    }

    fn words(&self, words: &str) -> String {
        let (scene, _) = self.context;
        scene.copy.dress().words(words)
    }

    fn figures(&self) -> impl Iterator<Item = String> + '_ {
        self.values.iter().map(|bar| self.words(bar.figure))
    }

    fn names(&self) -> impl Iterator<Item = String> + '_ {
        self.values.iter().map(|bar| self.words(bar.label))
    }

    fn rects(&self) -> String {
        let mut out = String::new();
        for (rect, tone) in self.rects.iter().zip(&self.tones) {
            rectangle(&mut out, &format!("bar-{tone}"), &self.sides.apply(rect));
        }
        out
    }

    /// The sizes of values and of names: those of names are smaller, where they stay legible.
    fn sizes(
        &self,
        value_room: Rect,
        name_room: Rect,
    ) -> Result<(Px, Px), Box<ChartText<'a, 'input>>> {
        let fault = |node, field| {
            move |fault| {
                let set = Err(fault);
                Box::new(ChartText { node, field, set })
            }
        };
        let Looks { value, name } = self.looks;
        let size = self.common(value, self.figures(), value_room);
        let size = size.map_err(fault(value, Field::Figure))?;
        let most = (size * NAME).max(SMALLEST_NAME);
        let names = self.common(name, self.names(), name_room);
        let names = names.map_err(fault(name, Field::Label))?;
        Ok((size, names.min(most)))
    }

    /// Bars that lie: value on the left, name on the right, on one baseline.
    pub(super) fn lying(&self) -> Drawn<'a, 'input> {
        let mut drawn = Drawn::plain(self.rects());
        let thickness = self.rects.first().map_or(Px::ZERO, Rect::height);
        let half = self.area.width().0 * 0.5;
        let room = Rect::from_xywh(0.0, 0.0, half, thickness.0 * TALLEST);
        match self.sizes(room, Rect::from_xywh(0.0, 0.0, half, thickness.0)) {
            Err(fault) => drawn.texts.push(*fault),
            Ok(sizes) => {
                (0..self.values.len()).for_each(|index| self.lie(&mut drawn, index, sizes));
            }
        }
        drawn
    }

    /// The words of a bar that lies: both in it, or the name beside it, or both.
    fn lie(&self, drawn: &mut Drawn<'a, 'input>, index: usize, (size, name_size): (Px, Px)) {
        let bar = &self.values[index];
        let (figure, name) = (self.words(bar.figure), self.words(bar.label));
        let rect = self.rects[index];
        let beyond = self.area.right + self.area.width();
        let at = |(left, right): (Px, Px), baseline: Px, align: Align, max: Px| PartFrame {
            rect: Rect {
                left,
                top: baseline - rect.height() - size,
                right,
                bottom: baseline,
            },
            max: Some(max),
            align,
            valign: Valign::Bottom,
        };
        let value_at = |left: Px, baseline: Px| {
            let frame = at((left, beyond), baseline, Align::Start, size);
            self.set(self.looks.value, &figure, frame)
        };
        let inside = value_at(rect.left + INSET, rect.bottom);
        let capitals = inside
            .as_ref()
            .map_or(Px::ZERO, |set| set.edges.bottom - set.edges.top);
        let end = inside
            .as_ref()
            .map_or(rect.left, |set| self.sides.apply(&set.fitted.ink).right);
        let baseline = rect.top + (rect.height() + capitals) * 0.5;
        let tone = (end + INSET <= rect.right).then_some(self.tones[index]);
        let outside = rect.right + INSET * 0.75;
        let left = tone.map_or(outside, |_| rect.left + INSET);
        let end = end - rect.left - INSET + left;
        self.put(
            drawn,
            (self.looks.value, Field::Figure),
            value_at(left, baseline),
            tone,
        );
        let within = at(
            (end + APART, rect.right - INSET),
            baseline,
            Align::End,
            name_size,
        );
        let set = tone.map(|_| self.set_name(&name, within, &rect));
        let (set, tone) = match set {
            Some(Ok(set)) => (Ok(set), tone),
            _ => {
                let left = tone.map_or(end + APART, |_| outside);
                let frame = at((left, self.area.right), baseline, Align::Start, name_size);
                (self.set_name(&name, frame, &rect), None)
            }
        };
        self.put(drawn, (self.looks.name, Field::Label), set, tone);
    }

    /// Bars that stand: value and below it the name, from the top of the bar.
    pub(super) fn standing(&self) -> Drawn<'a, 'input> {
        let mut drawn = Drawn::plain(self.rects());
        let foot = Rect {
            top: self.area.bottom - ZERO,
            ..self.area
        };
        rectangle(&mut drawn.markup, "zero", &foot);
        let width = self.rects.first().map_or(Px::ZERO, Rect::width);
        let inset = (width * 0.07).max(Px(16.0)).min(Px(30.0));
        let (measure, height) = (width - inset * 2.0, self.area.height() * 0.3);
        let room = Rect::from_xywh(0.0, 0.0, measure.0, height.0);
        match self.sizes(room, room) {
            Err(fault) => drawn.texts.push(*fault),
            Ok(sizes) => {
                (0..self.values.len())
                    .for_each(|index| self.stand(&mut drawn, index, inset, sizes));
            }
        }
        drawn
    }

    /// The words of a bar that stands: both in it, or both above it.
    fn stand(
        &self,
        drawn: &mut Drawn<'a, 'input>,
        index: usize,
        inset: Px,
        (size, name_size): (Px, Px),
    ) {
        let bar = &self.values[index];
        let (figure, name) = (self.words(bar.figure), self.words(bar.label));
        let rect = self.rects[index];
        let at = |top: Px, max: Px| PartFrame {
            rect: Rect {
                left: rect.left + inset,
                top,
                right: rect.right - inset,
                bottom: top + self.area.height(),
            },
            max: Some(max),
            align: Align::Start,
            valign: Valign::Top,
        };
        let both = |top: Px| {
            let value = self.set(self.looks.value, &figure, at(top, size));
            let below = value.as_ref().map_or(top, |set| set.edges.bottom);
            let frame = at(below + size * BELOW, name_size);
            (value, self.set(self.looks.name, &name, frame))
        };
        let (value, name) = both(rect.top + inset);
        let end = name.as_ref().map_or(rect.top, |set| set.fitted.ink.bottom);
        let is_inside = end + inset * 0.7 <= rect.bottom;
        let (value, name) = if is_inside {
            (value, name)
        } else {
            both(rect.top + inset * 0.5 - (end - rect.top))
        };
        let tone = is_inside.then_some(self.tones[index]);
        self.put(drawn, (self.looks.value, Field::Figure), value, tone);
        self.put(drawn, (self.looks.name, Field::Label), name, tone);
    }

    /// Adds words: in the colour that reads on their bar, or in ink beside it.
    fn put(
        &self,
        drawn: &mut Drawn<'a, 'input>,
        (node, field): (Node<'a, 'input>, Field),
        set: Outcome<'a, 'input>,
        tone: Option<usize>,
    ) {
        if let Ok(set) = &set {
            let class = tone.map_or("ink".to_owned(), |tone| format!("on-bar-{tone}"));
            let text = self.text(node, set);
            let _ = write!(drawn.markup, "<g class=\"{class}\">{text}</g>");
        }
        drawn.texts.push(ChartText { node, field, set });
    }

    fn text(&self, node: Node<'a, 'input>, set: &SetText<'a, 'input>) -> String {
        let (scene, typesetter) = self.context;
        write::text(scene, typesetter.fonts(), node, set)
    }
}
