//! Deck × templates × platforms: every image to be made, before any work.
//!
//! In: decks, the library, and what was asked for. Out: jobs in the order deck, card, platform, each
//! with a name that no other has. Names that nobody knows are errors here, before the first image.
//!
//! A card's theme is its own; without one it is the one asked for, then the deck's, then
//! [`DEFAULT_THEME`]. So `--theme` changes a whole campaign, but not the card that was given another
//! voice on purpose.

mod family;
mod name;
mod names;
mod shard;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use crate::deck::{Card, Deck, Status, suggestion};
use crate::design::{Library, Platform};
use crate::diagnostic::Diagnostic;
use crate::error::{Error, Result};

pub use name::Pattern;
use names::{Clashes, Names};
pub use shard::Shard;

/// The theme of cards that neither they nor their deck nor anybody else gave one.
pub const DEFAULT_THEME: &str = "newsprint";

/// The platforms that images are made for when none are asked for.
pub const DEFAULT_PLATFORMS: &[&str] = &["og", "square", "portrait", "story"];

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
    /// The family of templates that sets the card.
    pub family: String,
    /// Why that is not the family of the card's chart.
    pub note: Option<Box<Diagnostic>>,
    /// The image's path below the output folder, without its ending: `<article>/<card>--<platform>`
    /// or as a [`Pattern`] says.
    pub name: PathBuf,
}

/// What was asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Options {
    /// The theme of every card that has none of its own, whatever its deck says.
    pub theme: Option<String>,
    /// The platforms to make images for, by their names or their groups', one or several to a string
    /// (`og,instagram`); empty for [`DEFAULT_PLATFORMS`].
    pub platforms: Vec<String>,
    /// The ids of the cards to make images of; empty for all.
    pub cards: Vec<String>,
    /// How files are named; `None` for `<article>/<card>--<platform>`.
    pub name: Option<Pattern>,
}

/// Every image to be made.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Plan<'a> {
    /// In the order deck, card, platform.
    pub jobs: Vec<Job<'a>>,
    /// How many cards were left out because people rejected them.
    pub rejected: usize,
}

/// Lists the images to be made of decks.
///
/// # Errors
///
/// Platforms, themes and cards that nobody knows, with the nearest that are known; file names that
/// two images would have.
pub fn plan<'a>(decks: &'a [Deck], library: &'a Library, options: &Options) -> Result<Plan<'a>> {
    let mut planner = Planner::new(library, options)?;
    // Cards that nobody knows come first: a slip in a card's name is not a fault of another card.
    decks.iter().for_each(|deck| planner.note(deck));
    planner.finish()?;
    let mut plan = Plan::default();
    let cards: usize = decks.iter().map(|deck| deck.cards.len()).sum();
    plan.jobs.reserve_exact(cards * planner.platforms.len());
    for deck in decks {
        plan.jobs.extend(planner.add(deck)?);
    }
    plan.rejected = planner.rejected;
    Ok(plan)
}

/// Plans deck by deck, or part by part of a deck, for campaigns that are not in memory.
pub struct Planner<'a, 'o> {
    library: &'a Library,
    options: &'o Options,
    platforms: Vec<WantedPlatform<'a>>,
    names: Names,
    clashes: Clashes,
    /// Ids of cards, where only some are asked for.
    ids: BTreeSet<String>,
    /// How many cards there were so far.
    cards: usize,
    rejected: usize,
}

impl<'a, 'o> Planner<'a, 'o> {
    /// Nothing planned yet.
    ///
    /// # Errors
    ///
    /// Platforms that nobody knows.
    pub fn new(library: &'a Library, options: &'o Options) -> Result<Self> {
        Ok(Self {
            library,
            options,
            platforms: platforms(library, &options.platforms)?,
            names: Names::default(),
            clashes: Clashes::default(),
            ids: BTreeSet::new(),
            cards: 0,
            rejected: 0,
        })
    }

    /// Notes what cards there are, where only some are asked for.
    pub fn note(&mut self, deck: &Deck) {
        if !self.options.cards.is_empty() {
            let ids = deck.cards.iter().map(|card| card.id.clone());
            self.ids.extend(ids);
        }
    }

    /// Whether every card that was asked for was noted.
    ///
    /// # Errors
    ///
    /// One was not.
    pub fn finish(&self) -> Result<()> {
        let mut asked = self.options.cards.iter();
        match asked.find(|id| !self.ids.contains(*id)) {
            Some(id) => {
                let known: Vec<&str> = self.ids.iter().map(String::as_str).collect();
                Err(unknown("card", id, &known))
            }
            None => Ok(()),
        }
    }

    /// How many cards were left out so far because people rejected them.
    #[must_use]
    pub fn rejected(&self) -> usize {
        self.rejected
    }

    /// The images to be made of a deck, or of the next cards of one, in the order card, platform.
    ///
    /// # Errors
    ///
    /// As [`plan`].
    pub fn add<'d>(&mut self, deck: &'d Deck) -> Result<Vec<Job<'d>>>
    where
        'a: 'd,
    {
        let mut jobs = Vec::new();
        for card in &deck.cards {
            // Cards that are left out have a name too: the others keep theirs when that changes.
            let (folder, file) = self.names.of(deck, card);
            self.cards += 1;
            let asked = &self.options.cards;
            if !asked.is_empty() && !asked.contains(&card.id) {
                continue;
            }
            if card.status == Status::Rejected {
                self.rejected += 1;
                continue;
            }
            let theme = theme(deck, card, self.library, self.options)?;
            let (family, note) = family::family(deck, card, self.library)?;
            for wanted in &self.platforms {
                let platform = wanted.platform;
                if wanted.is_for_slides && card.slide.is_none() {
                    continue;
                }
                if !has_template(self.library, &family, wanted)? {
                    continue;
                }
                let mut job = Job {
                    deck,
                    card,
                    platform,
                    theme: theme.to_owned(),
                    family: family.clone(),
                    note: note.clone().map(Box::new),
                    name: Path::new(&folder).join(format!("{file}--{}", platform.id)),
                };
                if let Some(pattern) = &self.options.name {
                    job.name = pattern.name(&job, (&folder, &file))?;
                    self.clashes.check(&job, self.cards)?;
                }
                jobs.push(job);
            }
        }
        Ok(jobs)
    }
}

/// A platform that images are made for.
struct WantedPlatform<'a> {
    platform: &'a Platform,
    /// Whether it was asked for by its own name, not as one of several.
    is_named: bool,
    /// Whether only slides are made for it: so it is with documents beside pictures in a group.
    is_for_slides: bool,
}

/// Whether there is a drawing of the card for the platform. Families that people drew may lack artboards:
/// their other drawings are adapted only to platforms that were asked for by name.
///
/// # Errors
///
/// There is no such family.
fn has_template(library: &Library, family: &str, wanted: &WantedPlatform<'_>) -> Result<bool> {
    let artboards = library.artboards(family);
    if artboards.is_empty() {
        let message = format!("there is no template `{family}`");
        let known = library.families();
        let known: Vec<_> = known.iter().map(|family| family.name.as_str()).collect();
        return Err(Error::new(message).with_hint(suggestion(family, &known)));
    }
    Ok(wanted.is_named || artboards.contains(&wanted.platform.artboard.as_str()))
}

/// The platforms asked for by name or by group, in that order, each once.
fn platforms<'a>(library: &'a Library, asked: &[String]) -> Result<Vec<WantedPlatform<'a>>> {
    let asked = asked.iter().flat_map(|names| names.split(','));
    let mut names: Vec<&str> = asked
        .map(str::trim)
        .filter(|name| !name.is_empty())
        .collect();
    let is_asked = !names.is_empty();
    if names.is_empty() {
        names = DEFAULT_PLATFORMS.to_vec();
    }
    let mut found: Vec<WantedPlatform<'_>> = Vec::new();
    for name in names {
        let named = named(library, name)?;
        let is_mixed = !named.iter().all(|platform| platform.is_document());
        for platform in named {
            let is_named = is_asked && platform.id == name;
            let is_for_slides = is_mixed && platform.is_document();
            match found
                .iter_mut()
                .find(|known| known.platform.id == platform.id)
            {
                Some(known) => {
                    known.is_named |= is_named;
                    known.is_for_slides &= is_for_slides;
                }
                None => found.push(WantedPlatform {
                    platform,
                    is_named,
                    is_for_slides,
                }),
            }
        }
    }
    Ok(found)
}

/// The platform of that name, or all of the group.
fn named<'a>(library: &'a Library, name: &str) -> Result<Vec<&'a Platform>> {
    let all = library.platforms();
    let own = all.iter().find(|platform| platform.id == name);
    let is_member = |platform: &&Platform| platform.groups.iter().any(|group| group == name);
    let found: Vec<_> = match own {
        Some(platform) => vec![platform],
        None => all.iter().filter(is_member).collect(),
    };
    if found.is_empty() {
        let ids = all.iter().map(|platform| platform.id.as_str());
        let groups = all.iter().flat_map(|platform| &platform.groups);
        let known: BTreeSet<&str> = ids.chain(groups.map(String::as_str)).collect();
        return Err(unknown(
            "platform",
            name,
            &known.into_iter().collect::<Vec<_>>(),
        ));
    }
    Ok(found)
}

/// The card's theme; asked for, its own or the deck's.
fn theme<'a>(
    deck: &'a Deck,
    card: &'a Card,
    library: &Library,
    options: &'a Options,
) -> Result<&'a str> {
    let own = card.theme.as_deref();
    let asked = options.theme.as_deref();
    let name = own
        .or(asked)
        .or(deck.theme.as_deref())
        .unwrap_or(DEFAULT_THEME);
    if library.theme(name).is_some() {
        return Ok(name);
    }
    let error = unknown("theme", name, &library.theme_names());
    let is_asked = own.is_none() && asked.is_some();
    let Some(path) = deck.path.as_deref().filter(|_| !is_asked) else {
        return Err(error);
    };
    let error = error.in_file(path);
    Err(match own.and(card.position) {
        Some((line, column)) => error.at(line, column),
        None => error,
    })
}

fn unknown(what: &str, name: &str, known: &[&str]) -> Error {
    let error = Error::new(format!("there is no {what} `{name}`"));
    error.with_hint(suggestion(name, known))
}

#[cfg(test)]
mod tests;
