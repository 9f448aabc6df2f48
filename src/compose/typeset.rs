//! Sets the bound texts of a template, each at its place, leaders before those who follow them.
//!
//! What follows a text (`data-follow="label.bottom"`) keeps the distance that it has in the drawing
//! to that edge of the text: the drawing's sample is set by the same rules, and the difference
//! between sample and card moves the follower. A text that the card has no words for has no height.

use std::collections::BTreeMap;
use std::ops::Range;

use roxmltree::Node;

use super::bind::{Scene, Slot};
use super::content::{Content, Piece};
use super::follow::Edge;
use super::infer;
use super::lockup;
use super::look;
use super::mirror::Mirror;
use super::place::{Place, place};
use super::room;
use super::style::{self, Missing};
use crate::error::{Error, Result};
use crate::geometry::{Px, Rect};
use crate::text::{self, Align, FittedText, Fonts, Overflow, Paragraph, Valign};

/// A bound text with every place decided.
#[derive(Clone, Debug)]
pub struct SetText<'a, 'input> {
    /// The words that were set.
    pub paragraph: Paragraph,
    /// For each stretch of the words the element that says how it looks.
    pub looks: Vec<(Range<usize>, Node<'a, 'input>)>,
    /// The element that says how the hung mark looks.
    pub mark_look: Option<Node<'a, 'input>>,
    /// Where they stand.
    pub fitted: FittedText,
    /// The edges that others follow: capitals, last baseline, ink at the sides.
    pub edges: Rect,
}

/// Why a text could not be set.
#[derive(Clone, Debug)]
pub enum Fault {
    /// It does not fit at the smallest size.
    Overflow(Overflow),
    /// The template asks for faces that are not there.
    Faces(Missing),
}

/// What came of a slot.
pub type Outcome<'a, 'input> = std::result::Result<SetText<'a, 'input>, Fault>;

/// Sets the slots of a scene and knows how far what follows them moves.
pub struct Typesetter<'s, 'a, 'input> {
    scene: &'s Scene<'a, 'input>,
    fonts: &'s Fonts,
    slots: &'s [Slot<'a, 'input>],
    done: BTreeMap<usize, Outcome<'a, 'input>>,
    /// The edges of the words that slots were drawn with; `None` where those do not fit.
    drawn: BTreeMap<usize, Option<Rect>>,
    under_way: Vec<usize>,
}

/// A move of what follows a text.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Shift {
    /// To the right.
    pub x: Px,
    /// Downwards.
    pub y: Px,
}

/// Where words of a chart stand, and how.
#[derive(Clone, Copy, Debug)]
pub struct PartFrame {
    /// The box.
    pub rect: Rect,
    /// The largest size, if it is smaller than that of the look.
    pub max: Option<Px>,
    /// Across the box.
    pub align: Align,
    /// Down the box.
    pub valign: Valign,
}

impl PartFrame {
    /// In the upper left corner of a box.
    #[must_use]
    pub fn at(rect: Rect) -> Self {
        Self {
            rect,
            max: None,
            align: Align::Start,
            valign: Valign::Top,
        }
    }
}

impl<'s, 'a, 'input> Typesetter<'s, 'a, 'input> {
    /// For the displayed slots of a scene.
    pub fn new(
        scene: &'s Scene<'a, 'input>,
        fonts: &'s Fonts,
        slots: &'s [Slot<'a, 'input>],
    ) -> Self {
        Self {
            scene,
            fonts,
            slots,
            done: BTreeMap::new(),
            drawn: BTreeMap::new(),
            under_way: Vec::new(),
        }
    }

    /// Sets a slot that the card has words for.
    ///
    /// # Errors
    ///
    /// A template whose texts follow each other in a circle, or a text without a place.
    pub fn set(&mut self, index: usize) -> Result<Option<Outcome<'a, 'input>>> {
        let slot = &self.slots[index];
        let Some(content) = &slot.content else {
            return Ok(None);
        };
        if let Some(outcome) = self.done.get(&index) {
            return Ok(Some(outcome.clone()));
        }
        if self.under_way.contains(&index) {
            let at = self.scene.document.text_pos_at(slot.node.range().start);
            let message = format!("the text `{}` follows itself", slot.name);
            return Err(Error::new(message).at(at.row as usize, at.col as usize));
        }
        self.under_way.push(index);
        let rect = self.moved_place(slot)?;
        let outcome = self.set_content(slot, content, rect);
        self.under_way.pop();
        self.done.insert(index, outcome.clone());
        Ok(Some(outcome))
    }

    /// The box of a slot, its edges moved with what they follow.
    fn moved_place(&mut self, slot: &Slot<'a, 'input>) -> Result<Rect> {
        let place = place(self.scene, slot.node, &slot.names)?;
        match place.node {
            Some(node) => self.moved(place.rect, node),
            None => Ok(place.rect),
        }
    }

    /// A box, its edges moved with what the element that draws it follows.
    ///
    /// # Errors
    ///
    /// As [`Self::set`].
    pub fn moved(&mut self, mut rect: Rect, node: Node<'_, '_>) -> Result<Rect> {
        for (leader, edge) in self.followed(node) {
            let shift = self.shift_of(leader, edge)?;
            match edge {
                Edge::Bottom => rect.top += shift.y,
                Edge::Top => rect.bottom += shift.y,
                Edge::Left => rect.right += shift.x,
                Edge::Right => rect.left += shift.x,
            }
        }
        rect.bottom = rect.bottom.max(rect.top);
        rect.right = rect.right.max(rect.left);
        Ok(rect)
    }

    /// How far an element moves with the text it follows.
    ///
    /// # Errors
    ///
    /// As [`Self::set`].
    pub fn shift(&mut self, node: Node<'_, '_>) -> Result<Shift> {
        let mut sum = self.anchored(node)?.unwrap_or_default();
        for (leader, edge) in self.followed(node) {
            let shift = self.shift_of(leader, edge)?;
            sum.x += shift.x;
            sum.y += shift.y;
        }
        Ok(sum)
    }

    /// How far an element is from where it hangs: `data-anchor="quote.top -210"` puts its `y` 210 units
    /// above the text, wherever that is drawn.
    fn anchored(&mut self, node: Node<'_, '_>) -> Result<Option<Shift>> {
        let written = node.attribute("data-anchor").unwrap_or_default();
        let Some((edge, distance)) = written.split_once(' ') else {
            return Ok(None);
        };
        let number = |text: &str| text.trim().parse::<f64>().ok();
        let leader = self.leader(edge).zip(number(distance));
        let Some(((leader, edge), distance)) = leader else {
            return Ok(None);
        };
        let Some(Ok(set)) = self.set(leader)? else {
            return Ok(None);
        };
        let own = node.attribute("y").and_then(number).unwrap_or(0.0);
        Ok(Some(Shift {
            x: Px::ZERO,
            y: edge.of(&set.edges) + Px(distance - own),
        }))
    }

    /// The text and the edge of it that `name.edge` says.
    fn leader(&self, written: &str) -> Option<(usize, Edge)> {
        let (name, edge) = written.rsplit_once('.')?;
        let is_called = |slot: &Slot<'_, '_>| slot.names.iter().any(|own| own == name);
        let index = self.slots.iter().position(is_called)?;
        Some((index, Edge::parse(edge)?))
    }

    /// The texts that an element follows, and the edge of each. Texts that the theme hides lead
    /// nobody.
    fn followed(&self, node: Node<'_, '_>) -> Vec<(usize, Edge)> {
        let written = node.attribute("data-follow").unwrap_or_default();
        let leaders = written.split_whitespace();
        leaders.filter_map(|leader| self.leader(leader)).collect()
    }

    fn shift_of(&mut self, leader: usize, edge: Edge) -> Result<Shift> {
        let Some(drawn) = self.drawn(leader)? else {
            return Ok(Shift::default());
        };
        let now = match self.set(leader)? {
            Some(Ok(set)) => edge.of(&set.edges),
            Some(Err(_)) => edge.of(&drawn),
            None => edge.opposite().of(&drawn),
        };
        let distance = now - edge.of(&drawn);
        Ok(match edge {
            Edge::Top | Edge::Bottom => Shift {
                x: Px::ZERO,
                y: distance,
            },
            Edge::Left | Edge::Right => Shift {
                x: distance,
                y: Px::ZERO,
            },
        })
    }

    /// The edges of the words that a slot was drawn with, found once: many may follow a text.
    fn drawn(&mut self, leader: usize) -> Result<Option<Rect>> {
        if let Some(known) = self.drawn.get(&leader) {
            return Ok(*known);
        }
        let slot = &self.slots[leader];
        let place = place(self.scene, slot.node, &slot.names)?;
        let set = self.set_content(slot, &slot.sample, place.rect);
        let edges = set.ok().map(|set| set.edges);
        self.drawn.insert(leader, edges);
        Ok(edges)
    }

    /// The faces that texts are set in.
    pub fn fonts(&self) -> &Fonts {
        self.fonts
    }

    /// Sets words of a chart in the look of an element of the template.
    ///
    /// # Errors
    ///
    /// Words that do not fit, or faces that are not there.
    pub fn set_part(
        &self,
        look: Node<'a, 'input>,
        words: &str,
        part: PartFrame,
    ) -> Outcome<'a, 'input> {
        let (scene, fonts) = (self.scene, self.fonts);
        let computed = scene.cascade.computed(look, scene.classes);
        let piece = Piece {
            text: words.to_owned(),
            node: look,
        };
        let content = Content {
            pieces: vec![piece],
            mark: None,
        };
        let place = Place {
            rect: part.rect,
            node: Some(look),
            lines: 1,
        };
        let inferred = style::Inferred::default();
        let mut frame = style::frame(scene, (look, &computed), &place, (None, inferred));
        frame.align = part.align;
        frame.valign = part.valign;
        if let Some(max) = part.max {
            frame.max_size = frame.max_size.min(max);
            frame.min_size = frame.min_size.min(max);
        }
        let base = computed.font_size;
        let paragraph = style::paragraph(scene, fonts, &content, base).map_err(Fault::Faces)?;
        frame.align = style::align_of(scene, &paragraph, frame.align);
        let fitted = text::fit(fonts, &paragraph, &frame).map_err(Fault::Overflow)?;
        let edges = edges(&fitted);
        Ok(SetText {
            looks: looks(&content),
            mark_look: None,
            paragraph,
            fitted,
            edges,
        })
    }

    fn set_content(
        &self,
        slot: &Slot<'a, 'input>,
        content: &Content<'a, 'input>,
        rect: Rect,
    ) -> Outcome<'a, 'input> {
        let (scene, fonts) = (self.scene, self.fonts);
        let base_node = look::base(scene, slot.node);
        let computed = scene.cascade.computed(base_node, scene.classes);
        let base = computed.font_size;
        let face = |missing| Fault::Faces(vec![missing]);
        let mark = style::mark(scene, fonts, content, base).map_err(face)?;
        let mut place = place(scene, slot.node, &slot.names).expect("it was found before");
        let inferred = infer::infer(scene, fonts, slot.node, &place);
        let mirror = Mirror::of(scene, slot.node);
        place.rect = mirror.apply(&rect);
        let mut frame = style::frame(scene, (slot.node, &computed), &place, (mark, inferred));
        if let Some(mode) = lockup::Mode::of(scene, &computed, slot.node) {
            let mut set = lockup::set(scene, fonts, (slot.node, content), &frame, mode)?;
            mirror.turn(&mut set, &frame.rect);
            set.edges = mirror.apply(&set.edges);
            return Ok(set);
        }
        let paragraph = style::paragraph(scene, fonts, content, base).map_err(Fault::Faces)?;
        style::adapt(scene, fonts, &paragraph, &mut frame);
        let edge = style::clear_top(scene, slot.node);
        let edge = place.node.is_some().then_some(edge);
        let fitted = room::fit(fonts, &paragraph, frame, edge).map_err(Fault::Overflow)?;
        let edges = mirror.apply(&edges(&fitted));
        Ok(SetText {
            looks: looks(content),
            mark_look: content.mark.as_ref().map(|piece| piece.node),
            paragraph,
            fitted,
            edges,
        })
    }
}

fn looks<'a, 'input>(content: &Content<'a, 'input>) -> Vec<(Range<usize>, Node<'a, 'input>)> {
    let mut end = 0;
    let range = |piece: &Piece<'a, 'input>| {
        let start = end;
        end += piece.text.len();
        (start..end, piece.node)
    };
    content.pieces.iter().map(range).collect()
}

/// Capitals of the first line, last baseline, ink at the sides.
fn edges(fitted: &FittedText) -> Rect {
    let (Some(first), Some(last)) = (fitted.lines.first(), fitted.lines.last()) else {
        return fitted.ink;
    };
    Rect {
        left: fitted.ink.left,
        top: first.baseline - fitted.rise,
        right: fitted.ink.right,
        bottom: last.baseline,
    }
}
