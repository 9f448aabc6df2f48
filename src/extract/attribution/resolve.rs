//! Says who "she", "they" or "Lund" is, or nothing when unsure.

use std::collections::BTreeMap;

use super::super::entities::{Entities, Sort};
use super::super::lexicon;
use crate::article::Verbatim;

/// What the reader has seen up to a place.
pub(super) struct Resolver<'e> {
    entities: &'e Entities,
    /// Speakers so far: block and entity.
    speakers: Vec<(usize, usize)>,
    genders: BTreeMap<usize, Gender>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Gender {
    He,
    She,
}

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

    /// The last speaker of a matching gender, or the only person around.
    fn person(&mut self, gender: Gender, block: usize, at: usize) -> Option<usize> {
        let fits = |entity: usize, genders: &BTreeMap<usize, Gender>| {
            genders.get(&entity).is_none_or(|known| *known == gender)
                && self.entities.get(entity).sort != Sort::Organisation
        };
        let last_speaker = self
            .speakers
            .iter()
            .rev()
            .take_while(|(seen, _)| seen + REACH >= block)
            .map(|(_, entity)| *entity)
            .find(|&entity| fits(entity, &self.genders));
        let mut around: Vec<usize> = self
            .before(block, at)
            .filter(|&(seen, _)| seen + 1 >= block)
            .map(|(_, entity)| entity)
            .filter(|&entity| fits(entity, &self.genders))
            .filter(|&entity| self.entities.get(entity).sort == Sort::Person)
            .collect();
        let latest = around.last().copied();
        around.sort_unstable();
        around.dedup();
        let found = match (last_speaker, around.as_slice()) {
            (_, [only]) => *only,
            // Somebody else was named since: only the nearer of speaker and last name is sure.
            (Some(speaker), _) if latest.is_none_or(|latest| latest == speaker) => speaker,
            _ => return None,
        };
        self.genders.insert(found, gender);
        Some(found)
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
        mentions[start.min(end)..end]
            .iter()
            .map(|mention| (mention.block, mention.entity))
    }
}
