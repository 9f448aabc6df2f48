//! Says who "she", "they" or "Lund" is, or nothing when unsure.

use std::collections::BTreeMap;
use std::ops::RangeInclusive;

use super::super::entities::{Entities, Gender, Sort};
use super::super::lexicon;
use crate::article::Verbatim;

/// What the reader has seen up to a place.
pub(super) struct Resolver<'e> {
    entities: &'e Entities,
    /// Speakers so far: block and entity.
    speakers: Vec<(usize, usize)>,
    genders: BTreeMap<usize, Gender>,
}

/// How many mentions back it may reach, however long the blocks are.
const MOST_MENTIONS: usize = 300;

/// How many blocks back a pronoun may reach.
const REACH: usize = 2;

impl<'e> Resolver<'e> {
    pub(super) fn new(entities: &'e Entities) -> Self {
        Self {
            entities,
            speakers: Vec::new(),
            genders: BTreeMap::new(),
        }
    }

    /// The full name behind a mention at a place; `None` when unsure.
    pub(super) fn name(&mut self, mention: &Verbatim, block: usize, at: usize) -> Option<Verbatim> {
        let words = mention.text();
        let entity = if lexicon::is_he(words) {
            self.person(Gender::He, block, at)
        } else if lexicon::is_she(words) {
            self.person(Gender::She, block, at)
        } else if lexicon::is_they(words) {
            self.organisation(block, at)
        } else {
            self.entities.find(words)
        };
        if let Some(entity) = entity {
            self.speakers.push((block, entity));
            return Some(self.entities.get(entity).name.clone());
        }
        let is_full = words.starts_with(char::is_uppercase) && words.contains(' ');
        (is_full && !lexicon::is_common(words.split(' ').next()?)).then(|| mention.clone())
    }

    /// The only person of the block so far; else the last speaker, if nobody was named since; else
    /// the only person of the block before.
    fn person(&mut self, gender: Gender, block: usize, at: usize) -> Option<usize> {
        let here = self.persons(gender, block..=block, at);
        let near = self.persons(gender, block.saturating_sub(1)..=block, at);
        let speakers = self.speakers.iter().rev();
        let mut recent = speakers
            .take_while(|(seen, _)| seen + REACH >= block)
            .map(|(_, entity)| *entity);
        let speaker = recent.find(|&entity| self.fits(entity, gender));
        let found = match (only(&here), speaker) {
            (Some(only), _) => only,
            (None, Some(speaker)) if near.last().is_none_or(|&latest| latest == speaker) => speaker,
            (None, _) if here.is_empty() => only(&near)?,
            _ => return None,
        };
        self.genders.insert(found, gender);
        Some(found)
    }

    fn fits(&self, entity: usize, gender: Gender) -> bool {
        let entry = self.entities.get(entity);
        let known = self.genders.get(&entity).copied();
        known
            .or(entry.gender)
            .or_else(|| of_first_name(entry.name.text()))
            .is_none_or(|known| known == gender)
            && entry.sort != Sort::Organisation
    }

    /// Persons who may be meant, named in these blocks before a place, in order.
    fn persons(&self, gender: Gender, blocks: RangeInclusive<usize>, at: usize) -> Vec<usize> {
        self.before(*blocks.end(), at)
            .filter(|(seen, _)| blocks.contains(seen))
            .map(|(_, entity)| entity)
            .filter(|&entity| {
                self.fits(entity, gender) && self.entities.get(entity).sort == Sort::Person
            })
            .collect()
    }

    /// The only organisation of the block so far, or of the block before.
    fn organisation(&self, block: usize, at: usize) -> Option<usize> {
        for back in 0..=REACH {
            let wanted = block.checked_sub(back)?;
            let mut found: Vec<usize> = self
                .before(block, at)
                .filter(|&(seen, _)| seen == wanted)
                .map(|(_, entity)| entity)
                .filter(|&entity| self.entities.get(entity).sort == Sort::Organisation)
                .collect();
            found.sort_unstable();
            found.dedup();
            match found.as_slice() {
                [] => {}
                [only] => return Some(*only),
                _ => return None,
            }
        }
        None
    }

    /// Who was mentioned before a place, in order: block and entity.
    fn before(&self, block: usize, at: usize) -> impl Iterator<Item = (usize, usize)> {
        let mentions = &self.entities.mentions;
        let end =
            mentions.partition_point(|mention| (mention.block, mention.range.start) < (block, at));
        let start = mentions.partition_point(|mention| mention.block + REACH < block);
        let start = start.max(end.saturating_sub(MOST_MENTIONS));
        mentions[start.min(end)..end]
            .iter()
            .map(|mention| (mention.block, mention.entity))
    }
}

/// What a full name's first name says, where it is hardly ever the other.
fn of_first_name(name: &str) -> Option<Gender> {
    let (first, _) = name.split_once(' ')?;
    if lexicon::is_female_name(first) {
        return Some(Gender::She);
    }
    lexicon::is_male_name(first).then_some(Gender::He)
}

/// The one that all are, if they are one.
fn only(entities: &[usize]) -> Option<usize> {
    let (first, rest) = entities.split_first()?;
    rest.iter().all(|other| other == first).then_some(*first)
}
