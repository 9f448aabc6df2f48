//! Remembers whom an article has named, to know who "she", "Lund" or "the IJM" is.

use std::collections::BTreeMap;
use std::ops::Range;

use super::lexicon;
use super::tokens::{Token, tokens};
use crate::article::{Article, Verbatim};

/// What sort of somebody a name is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sort {
    Person,
    Organisation,
    Unknown,
}

/// Whether somebody is "he" or "she".
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Gender {
    He,
    She,
}

/// Somebody the article names in full.
#[derive(Clone, Debug)]
pub(super) struct Entity {
    /// The name where it first stands in full.
    pub(super) name: Verbatim,
    pub(super) sort: Sort,
    /// Whether the article says that it is a man or a woman: "His daughter, Junie,".
    pub(super) gender: Option<Gender>,
    acronym: Option<String>,
}

/// A place where an entity is named, in full or not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Mention {
    pub(super) block: usize,
    pub(super) range: Range<usize>,
    pub(super) entity: usize,
}

/// Everybody an article names, and where.
#[derive(Debug, Default)]
pub(super) struct Entities {
    all: Vec<Entity>,
    by_name: BTreeMap<String, usize>,
    /// Last names, first names and acronyms; `None` where two share one.
    by_part: BTreeMap<String, Option<usize>>,
    /// In the article's order.
    pub(super) mentions: Vec<Mention>,
}

impl Entities {
    /// Reads an article's main text.
    pub(super) fn of(article: &Article) -> Self {
        let mut entities = Self::default();
        let runs: Vec<(usize, Vec<Run>)> = article
            .blocks
            .iter()
            .enumerate()
            .filter(|(_, block)| block.kind.is_main_text())
            .map(|(index, block)| {
                (
                    index,
                    runs(
                        &block.text,
                        matches!(block.kind, crate::article::BlockKind::Heading(_)),
                    ),
                )
            })
            .collect();
        for (index, runs) in &runs {
            for run in runs.iter().filter(|run| run.is_full) {
                let name = article.blocks[*index].verbatim(run.range.clone());
                entities.add(name, run);
            }
        }
        entities.number_parts();
        for (index, runs) in runs {
            for run in runs {
                let words = &article.blocks[index].text[run.range.clone()];
                let mut known = entities.lookup(words);
                if known.is_none() && run.relative.is_some() {
                    let name = article.blocks[index].verbatim(run.range.clone());
                    entities.add(name, &run);
                    known = entities.lookup(words);
                }
                if let Some(entity) = known {
                    entities.mentions.push(Mention {
                        block: index,
                        range: run.range,
                        entity,
                    });
                }
            }
        }
        entities
    }

    fn add(&mut self, name: Verbatim, run: &Run) {
        let key = key(name.text());
        if let Some(&known) = self.by_name.get(&key) {
            let entity = &mut self.all[known];
            if entity.acronym.is_none() {
                entity.acronym.clone_from(&run.acronym);
            }
            return;
        }
        self.by_name.insert(key, self.all.len());
        self.all.push(Entity {
            sort: run.sort(name.text()),
            gender: run.relative,
            name,
            acronym: run.acronym.clone(),
        });
    }

    fn number_parts(&mut self) {
        for (index, entity) in self.all.iter().enumerate() {
            let mut parts: Vec<&str> = entity.acronym.iter().map(String::as_str).collect();
            if entity.sort != Sort::Organisation {
                let words: Vec<&str> = entity.name.text().split_whitespace().collect();
                parts.extend(words.last());
                parts.extend(words.first().filter(|first| !lexicon::is_title(first)));
            }
            for part in parts {
                let entry = self
                    .by_part
                    .entry(part.to_lowercase())
                    .or_insert(Some(index));
                if *entry != Some(index) {
                    *entry = None;
                }
            }
        }
    }

    fn lookup(&self, words: &str) -> Option<usize> {
        let key = key(words);
        if let Some(&known) = self.by_name.get(&key) {
            return Some(known);
        }
        // "Prof. Ana Lund"
        let mut rest = key.as_str();
        while let Some((title, name)) = rest.split_once(' ')
            && lexicon::is_title(title.trim_end_matches('.'))
        {
            rest = name;
            if let Some(&known) = self.by_name.get(rest) {
                return Some(known);
            }
        }
        let mut parts = key
            .split_whitespace()
            .filter(|word| !lexicon::is_title(word.trim_end_matches('.')) && *word != "the");
        let (part, None) = (parts.next()?, parts.next()) else {
            return None;
        };
        self.by_part.get(part).copied().flatten()
    }

    /// Who is called so.
    pub(super) fn find(&self, words: &str) -> Option<usize> {
        self.lookup(words)
    }

    /// Somebody in full.
    pub(super) fn get(&self, entity: usize) -> &Entity {
        &self.all[entity]
    }

    /// The full name of whoever is called so.
    pub(super) fn full_name(&self, words: &str) -> Option<Verbatim> {
        self.lookup(words)
            .map(|entity| self.all[entity].name.clone())
    }
}

/// A name without its article and in one case.
fn key(name: &str) -> String {
    let lower = name.to_lowercase();
    let bare = lower.strip_prefix("the ").unwrap_or(&lower);
    bare.trim_end_matches(['.', ',']).to_owned()
}

/// Capitalised words in a row.
struct Run {
    range: Range<usize>,
    /// In brackets behind it: `(IJM)`.
    acronym: Option<String>,
    /// Whether it may be somebody's full name.
    is_full: bool,
    has_title: bool,
    /// What the one name of a relative says: "His daughter, Junie,".
    relative: Option<Gender>,
}

impl Run {
    fn sort(&self, name: &str) -> Sort {
        let words: Vec<&str> = name.split_whitespace().collect();
        let is_organisation = self.acronym.is_some()
            || words.iter().any(|word| lexicon::is_organisation_word(word))
            || words
                .iter()
                .any(|word| matches!(*word, "of" | "for" | "the" | "&"));
        if is_organisation {
            Sort::Organisation
        } else if self.has_title || self.relative.is_some() || (2..=4).contains(&words.len()) {
            Sort::Person
        } else {
            Sort::Unknown
        }
    }
}

fn runs(text: &str, is_heading: bool) -> Vec<Run> {
    let tokens = tokens(text);
    let mut runs = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        let Some(end) = name_end(&tokens, at) else {
            at += 1;
            continue;
        };
        runs.extend(run(&tokens, at, end, is_heading));
        at = end;
    }
    runs
}

/// Behind the last word of a name that starts here.
pub(super) fn name_end(tokens: &[Token<'_>], start: usize) -> Option<usize> {
    let first = tokens.get(start)?;
    if !is_name_word(first) || lexicon::is_common(first.text) && !is_first_name(tokens, start) {
        return None;
    }
    let mut end = start + 1;
    let mut at = end;
    while let Some(token) = tokens.get(at) {
        if is_name_word(token) {
            end = at + 1;
        } else if token.is(".") && at == end && lexicon::is_title(tokens[at - 1].text) {
            // "Sen. Ana Lund": the stop belongs to the title.
        } else if !(lexicon::is_particle(token.text) && at - end < 2) {
            break;
        }
        at += 1;
    }
    Some(end)
}

/// "said Will Vik": a helping verb or a month within a sentence, with its capital, before a name.
fn is_first_name(tokens: &[Token<'_>], at: usize) -> bool {
    let is_doubtful = matches!(
        tokens[at].text,
        "Will" | "May" | "April" | "June" | "August"
    );
    let is_within = at.checked_sub(1).is_some_and(|before| {
        let before = &tokens[before];
        before.is_word && before.text.starts_with(char::is_lowercase)
    });
    let next = tokens.get(at + 1);
    let is_surname = next.is_some_and(|next| {
        is_name_word(next) && next.text.len() > 2 && !lexicon::is_common(next.text)
    });
    is_doubtful && is_within && is_surname && !tokens[at - 1].is("in")
}

fn is_name_word(token: &Token<'_>) -> bool {
    token.is_capital() && token.text.chars().any(char::is_alphabetic) && !token.text.contains("’")
        || token.is_capital() && token.text.len() > 3
}

fn run(tokens: &[Token<'_>], start: usize, end: usize, is_heading: bool) -> Option<Run> {
    let mut first = start;
    while end - first > 1 && lexicon::is_title(tokens[first].text) {
        first += 1;
        first += usize::from(tokens[first].is(".") && end - first > 1);
    }
    let has_title = first > start;
    let words = end.saturating_sub(first);
    let acronym = acronym(tokens, end);
    let is_acronym_itself = words == 1
        && tokens[first]
            .text
            .chars()
            .all(|c| c.is_uppercase() || c == '.');
    // Every word of a headline may have a capital.
    let is_full = (2..=8).contains(&words) && !is_heading || acronym.is_some();
    (words > 0).then(|| Run {
        range: tokens[first].range.start..tokens[end - 1].range.end,
        acronym,
        is_full: is_full && !is_acronym_itself,
        has_title,
        relative: kin_before(tokens, start).filter(|_| words == 1 && !is_acronym_itself),
    })
}

/// What "daughter" or "daughter," before a name says of it.
fn kin_before(tokens: &[Token<'_>], start: usize) -> Option<Gender> {
    let has_comma = start > 0 && tokens[start - 1].is(",");
    let noun = tokens[start.checked_sub(1 + usize::from(has_comma))?].text;
    match (lexicon::is_her_kin(noun), lexicon::is_his_kin(noun)) {
        (true, _) => Some(Gender::She),
        (_, true) => Some(Gender::He),
        _ => None,
    }
}

fn acronym(tokens: &[Token<'_>], at: usize) -> Option<String> {
    let [open, word, close] = tokens.get(at..at + 3)? else {
        return None;
    };
    let is_acronym = word.text.chars().filter(|c| c.is_uppercase()).count() >= 2;
    (open.is("(") && close.is(")") && is_acronym && !word.text.contains(' '))
        .then(|| word.text.to_owned())
}
