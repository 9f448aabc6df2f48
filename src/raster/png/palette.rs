//! The colours of flat artwork, in the order they were found.

/// A power of two, four times as many as colours, so that these seldom meet.
const SLOTS: usize = 1024;

/// A palette that is asked for indices.
#[derive(Clone, Debug)]
pub struct Palette {
    colours: Vec<u32>,
    /// By hash, the next free slot where it was taken: a colour and its index. No opaque colour
    /// is 0.
    slots: Box<[(u32, u8); SLOTS]>,
}

impl Palette {
    /// Without a colour.
    pub fn new() -> Self {
        Self {
            colours: Vec::new(),
            slots: Box::new([(0, 0); SLOTS]),
        }
    }

    /// The palette with these colours too, behind its own; `None` if they are too many.
    pub fn with(&self, colours: impl Iterator<Item = u32>) -> Option<Self> {
        let mut palette = self.clone();
        for colour in colours {
            palette.add(colour)?;
        }
        Some(palette)
    }

    /// Adds a colour unless it is there; `None` if there is no room for it.
    #[inline]
    fn add(&mut self, colour: u32) -> Option<()> {
        let slot = self.slot(colour);
        if self.slots[slot].0 == colour {
            return Some(());
        }
        let index = u8::try_from(self.colours.len()).ok()?;
        self.slots[slot] = (colour, index);
        self.colours.push(colour);
        Some(())
    }

    /// The index of a colour; 0 of one that is not there.
    #[inline]
    pub fn index(&self, colour: u32) -> u8 {
        self.slots[self.slot(colour)].1
    }

    /// Where a colour is, or would be.
    #[inline]
    fn slot(&self, colour: u32) -> usize {
        let mut slot = (colour.wrapping_mul(0x9e37_79b1) >> 22) as usize;
        while self.slots[slot].0 != colour && self.slots[slot].0 != 0 {
            slot = (slot + 1) % SLOTS;
        }
        slot
    }

    /// The colours, with alpha in the highest byte.
    pub fn colours(&self) -> &[u32] {
        &self.colours
    }
}
