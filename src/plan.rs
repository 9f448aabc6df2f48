//! Deck × templates × platforms: every image to be made, before any work.

use std::path::PathBuf;

use crate::deck::{Card, Deck};
use crate::design::Platform;

/// One image to be made.
#[derive(Clone, Debug, PartialEq)]
pub struct Job<'a> {
    /// The deck of the card.
    pub deck: &'a Deck,
    /// The card.
    pub card: &'a Card,
    /// What it is made for.
    pub platform: &'a Platform,
    /// The theme's name.
    pub theme: String,
    /// The image's path below the output folder, without its ending: `<article>/<card>--<platform>`.
    pub name: PathBuf,
}
