//! Draws what cards share once: everything painted before the first element that is the card's.
//!
//! In: a composition, which says how much of its document is shared. Out: the pixels of that part,
//! how they are parsed for the encoder, and how many leaves of a card's tree they stand for.
//!
//! A backdrop is found by the very bytes of the shared part, so it is always that of the card at
//! hand. It is there for a card only if drawing the rest on top gives the same pixels: not where
//! the card's part begins inside a group that is drawn as a whole (opacity, filter, clip, mask).

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use roxmltree::{Document, Node, ParsingOptions};
use tiny_skia::Pixmap;
use usvg::{Options, Tree};

use super::paint;
use super::png::Ground;
use super::to_image;
use crate::compose::Composition;

/// Backdrops are kept as far as they fit into so many bytes: those of all sizes of some themes.
const MOST_BYTES: usize = 48 << 20;

/// What cards share, drawn.
#[derive(Debug)]
pub struct Backdrop {
    /// What backdrops that look alike share.
    picture: Arc<Ground>,
    leaves: usize,
}

impl Backdrop {
    /// How many leaves of a card's tree are drawn already.
    pub fn leaves(&self) -> usize {
        self.leaves
    }

    /// What the encoder knows of it.
    pub fn ground(&self) -> &Ground {
        &self.picture
    }

    /// Puts its pixels where a picture was drawn before; of a picture on the same backdrop only those
    /// that were drawn over. `None` if there is no memory for them.
    pub fn restore<'k>(&self, kept: &'k mut Option<Last>) -> Option<&'k mut Last> {
        let own = self.picture.pixels();
        match kept {
            Some(last) if Arc::ptr_eq(&last.ground, &self.picture) => last.restore(),
            Some(last) if is_as_large(&last.pixels, own) => {
                last.pixels.data_mut().copy_from_slice(own.data());
                last.ground = Arc::clone(&self.picture);
            }
            _ => {
                *kept = Some(Last {
                    pixels: own.clone(),
                    ground: Arc::clone(&self.picture),
                    is_drawn: vec![true; own.height() as usize],
                });
            }
        }
        kept.as_mut()
    }

    fn size(&self) -> usize {
        self.picture.size()
    }
}

/// The last picture that was drawn.
#[derive(Debug)]
pub struct Last {
    /// The picture.
    pub pixels: Pixmap,
    ground: Arc<Ground>,
    /// For each row whether something may have been drawn in it.
    pub is_drawn: Vec<bool>,
}

impl Last {
    /// Makes the ground of it again.
    fn restore(&mut self) {
        let row = self.pixels.width() as usize * 4;
        let rows = self.pixels.data_mut().chunks_exact_mut(row);
        let rows = rows.zip(self.ground.pixels().data().chunks_exact(row));
        for ((own, ground), _) in rows.zip(&self.is_drawn).filter(|(_, is_drawn)| **is_drawn) {
            own.copy_from_slice(ground);
        }
    }
}

fn is_as_large(one: &Pixmap, other: &Pixmap) -> bool {
    (one.width(), one.height()) == (other.width(), other.height())
}

/// The backdrops of the last cards.
#[derive(Debug, Default)]
pub struct Backdrops {
    /// Those used last come first.
    kept: Mutex<Vec<Kept>>,
}

#[derive(Clone, Debug)]
struct Kept {
    key: Key,
    /// Whoever asks first draws it, the others wait; `None` inside if there is none.
    backdrop: Arc<OnceLock<Option<Arc<Backdrop>>>>,
}

/// All that a backdrop depends on.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Key {
    size: (u32, u32),
    /// The shared beginning of the document.
    shared: String,
    /// Definitions that come after it.
    later: String,
}

impl Backdrops {
    /// The backdrop of a composition; `None` if it has to be drawn as a whole.
    pub fn of(&self, composition: &Composition, options: &Options<'_>) -> Option<Arc<Backdrop>> {
        let kept = self.entry(composition);
        let is_new = kept.get().is_none();
        let backdrop = kept.get_or_init(|| {
            let backdrop = draw(composition, options)?;
            Some(Arc::new(self.share(backdrop)))
        });
        if is_new {
            self.trim();
        }
        backdrop.clone()
    }

    fn entry(&self, composition: &Composition) -> Arc<OnceLock<Option<Arc<Backdrop>>>> {
        let size = (composition.width, composition.height);
        let (shared, rest) = composition.svg.split_at(composition.shared);
        let later = definitions(rest);
        let mut kept = self.lock();
        let is_it = |kept: &Kept| {
            let key = &kept.key;
            key.size == size && key.shared == shared && key.later == later
        };
        let at = kept.iter().position(is_it).unwrap_or_else(|| {
            let key = Key {
                size,
                shared: shared.to_owned(),
                later: later.to_owned(),
            };
            let backdrop = Arc::default();
            kept.push(Kept { key, backdrop });
            kept.len() - 1
        });
        kept[..=at].rotate_right(1);
        Arc::clone(&kept[0].backdrop)
    }

    /// The same backdrop with the pixels of one that looks alike: a template has a document for
    /// each length of text, and mostly one look.
    fn share(&self, backdrop: Backdrop) -> Backdrop {
        let kept = self.lock();
        let others = kept.iter().filter_map(|kept| kept.backdrop.get()?.as_ref());
        let mut others = others.map(|other| &other.picture);
        let own = backdrop.picture.pixels();
        match others.find(|other| other.pixels() == own) {
            Some(picture) => Backdrop {
                picture: Arc::clone(picture),
                ..backdrop
            },
            None => backdrop,
        }
    }

    /// Forgets those that were not used for longest.
    fn trim(&self) {
        let mut kept = self.lock();
        let mut bytes = 0;
        let mut counted = Vec::new();
        kept.retain(|kept| {
            let Some(Some(backdrop)) = kept.backdrop.get() else {
                return true;
            };
            let picture = Arc::as_ptr(&backdrop.picture);
            if !counted.contains(&picture) {
                counted.push(picture);
                bytes += backdrop.size();
            }
            bytes <= MOST_BYTES
        });
        // Documents without a backdrop cost only their text.
        kept.truncate(MOST_KEPT);
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Vec<Kept>> {
        // Nothing in the list is ever half-done.
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// More documents are not remembered.
const MOST_KEPT: usize = 256;

/// From the first to the last definition: what is shared may refer to them.
fn definitions(rest: &str) -> &str {
    const END: &str = "</defs>";
    let (Some(start), Some(end)) = (rest.find("<defs"), rest.rfind(END)) else {
        return "";
    };
    rest.get(start..end + END.len()).unwrap_or_default()
}

/// A leaf that shows where the card's part begins.
const PROBE: &str = "<path d='M0 0H1V1H0Z' style='fill:#000;display:inline;visibility:visible;\
    opacity:1;fill-opacity:1;stroke:none;filter:none;mask:none;clip-path:none'/>";

fn draw(composition: &Composition, options: &Options<'_>) -> Option<Backdrop> {
    let (shared, rest) = composition.svg.split_at(composition.shared);
    let ends = open_ends(&composition.svg, composition.shared)?;
    let later = definitions(rest);
    let document = format!("{shared}{later}{ends}");
    if !is_complete(&document) {
        return None;
    }
    let probed = Tree::from_str(&format!("{shared}{PROBE}{later}{ends}"), options).ok()?;
    let leaves = paint::leaves_before_last_path(&probed)?;
    let tree = Tree::from_str(&document, options).ok()?;
    let size = (composition.width, composition.height);
    let mut pixels = Pixmap::new(size.0, size.1)?;
    resvg::render(&tree, to_image(&tree, size), &mut pixels.as_mut());
    let ground = Ground::of(pixels)?;
    Some(Backdrop {
        picture: Arc::new(ground),
        leaves,
    })
}

fn parse(document: &str) -> Option<Document<'_>> {
    let options = ParsingOptions {
        allow_dtd: true,
        ..ParsingOptions::default()
    };
    Document::parse_with_options(document, options).ok()
}

/// The end tags of the elements that are open at an offset.
fn open_ends(svg: &str, offset: usize) -> Option<String> {
    let document = parse(svg)?;
    let is_around = |node: &Node<'_, '_>| {
        let range = node.range();
        node.is_element() && range.start < offset && offset < range.end
    };
    let open: Vec<_> = document.descendants().filter(is_around).collect();
    let name = |node: &Node<'_, '_>| {
        let tag = &svg[node.range().start + 1..];
        let end = tag.find(|c: char| c.is_whitespace() || c == '>' || c == '/');
        format!("</{}>", &tag[..end.unwrap_or(tag.len())])
    };
    (!open.is_empty()).then(|| open.iter().rev().map(name).collect())
}

/// Whether everything that a document refers to is in it.
fn is_complete(document: &str) -> bool {
    let Some(parsed) = parse(document) else {
        return false;
    };
    let ids: BTreeSet<&str> = parsed
        .descendants()
        .filter_map(|node| node.attribute("id"))
        .collect();
    let is_end = |c: char| matches!(c, ')' | '"' | '\'' | ' ' | '&');
    let referred = ["url(", "href="]
        .into_iter()
        .flat_map(|before| document.split(before).skip(1));
    let mut referred = referred.filter_map(|after| {
        let after = after
            .trim_start_matches(['"', '\'', ' '])
            .trim_start_matches("&quot;");
        after.strip_prefix('#')?.split(is_end).next()
    });
    referred.all(|id| ids.contains(id))
}
