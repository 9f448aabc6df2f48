//! Looks on both sides of a quotation for whoever said it.

use super::Attribution;
use super::resolve::Resolver;
use super::rules::{self, Ending, Hit};
use super::stretch::{Stretch, ends_sentence, sentence_before, without_brackets};
use crate::article::{Article, Block, Verbatim};
use crate::extract::Speaker;
use crate::extract::quotations::Found;
use crate::extract::tokens::tokens;

/// A quotation's surroundings.
pub(super) struct Around<'a> {
    pub(super) article: &'a Article,
    pub(super) found: &'a [Found],
    pub(super) index: usize,
}

impl<'a> Around<'a> {
    pub(super) fn of(article: &'a Article, found: &'a [Found], index: usize) -> Self {
        Self {
            article,
            found,
            index,
        }
    }

    pub(super) fn quotation(&self) -> &Found {
        &self.found[self.index]
    }

    pub(super) fn block(&self, index: usize) -> &'a Block {
        &self.article.blocks[index]
    }

    pub(super) fn attribution(
        &self,
        quotation: &Found,
        resolver: &mut Resolver<'_>,
    ) -> Option<Attribution> {
        if quotation.is_block {
            return self.of_block(resolver);
        }
        let last = quotation.last();
        let words = &self.block(last.block).text[last.words.clone()];
        let ending = match words.chars().next_back() {
            Some('.' | '…') => Ending::Closed,
            Some(last) if last.is_alphanumeric() => Ending::Within,
            _ => Ending::Open,
        };
        let behind = self.behind();
        let before = self.before();
        let is_before_quote = self.next_start().is_some();
        let find_behind = || {
            rules::behind(&behind.tokens, ending, is_before_quote)
                .map(|hit| self.made(&behind, hit))
        };
        let goes_on = self.follows_quotation(&before);
        let find_before = || {
            rules::before(&before.tokens)
                // Whoever said the words before goes on: their attribution knows better.
                .filter(|hit| !(goes_on && matches!(hit.rule, "main-clause" | "colon")))
                .map(|hit| self.made(&before, hit))
        };
        let find_colon = || rules::colon(&before.tokens).map(|hit| self.made(&before, hit));
        let first = find_before();
        let is_introduced = first.as_ref().is_some_and(|made| {
            matches!(made.rule, "before" | "participle")
                && before
                    .tokens
                    .last()
                    .is_some_and(|last| last.is(":") || last.is(","))
        });
        let (stretch, found) = match first {
            Some(made) if ending == Ending::Closed || is_introduced => (&before, Some(made)),
            first => match find_behind() {
                Some(made) => (&behind, Some(made)),
                None => (&before, first.or_else(find_colon)),
            },
        };
        let found = found.map(|found| (stretch.block, found));
        let found = found
            .or_else(|| self.behind_dash())
            .or_else(|| self.above());
        let (block, mut made) = found?;
        self.name(&mut made, block, resolver);
        Some(made)
    }

    /// "Lund says the water is rising. “…”": whoever speaks in the sentence between two quotations.
    pub(super) fn sentence_before(&self, resolver: &mut Resolver<'_>) -> Option<Attribution> {
        let first = self.quotation().first();
        let text = &self.block(first.block).text;
        let from = self
            .index
            .checked_sub(1)
            .map(|index| self.found[index].last());
        let from = from.filter(|before| before.block == first.block);
        let start = from
            .map_or(0, |before| before.marked.end)
            .min(first.marked.start);
        let mut tokens = without_brackets(tokens(&text[start..first.marked.start]));
        let stops: Vec<usize> = (0..tokens.len())
            .filter(|&at| ends_sentence(&tokens, at))
            .collect();
        let last = *stops.last()?;
        let is_whole = text[first.words.clone()].starts_with(char::is_uppercase);
        let earlier = stops.len().checked_sub(2).map(|at| stops[at] + 1);
        // Between quotations the first stop ends the attribution of the one before.
        let begin = match (earlier, from) {
            (Some(earlier), _) => earlier,
            (None, Some(_)) => return None,
            (None, None) => 0,
        };
        if last + 1 != tokens.len() || !is_whole {
            return None;
        }
        tokens.truncate(last);
        tokens.drain(..begin);
        let stretch = Stretch {
            block: first.block,
            start,
            tokens,
        };
        let hit = rules::reports(&stretch.tokens)?;
        let mut made = self.made(&stretch, hit);
        self.name(&mut made, first.block, resolver);
        Some(made)
    }

    /// Whether what stands before goes on with the sentence of the quotation before.
    pub(super) fn follows_quotation(&self, before: &Stretch<'_>) -> bool {
        self.index.checked_sub(1).is_some_and(|index| {
            let last = self.found[index].last();
            let start = before
                .tokens
                .first()
                .map_or(before.start, |first| before.start + first.range.start);
            let text = &self.block(before.block).text;
            last.block == before.block
                && start >= last.marked.end
                && text[last.marked.end..start].trim().is_empty()
                && !text[last.words.clone()].ends_with(['.', '!', '?'])
        })
    }

    /// Fills in the full name.
    pub(super) fn name(&self, made: &mut Attribution, block: usize, resolver: &mut Resolver<'_>) {
        let Some(speaker) = &mut made.speaker else {
            return;
        };
        let named = speaker
            .name
            .take()
            .unwrap_or_else(|| speaker.mention.clone());
        let offset = self.offset_in(block, &named);
        let is_antecedent = named != speaker.mention;
        speaker.name = resolver
            .name(&named, block, offset)
            .or_else(|| is_antecedent.then_some(named));
    }

    /// Where words of a block stand in its text.
    pub(super) fn offset_in(&self, block: usize, words: &Verbatim) -> usize {
        let (text, map) = (&self.block(block).text, &self.block(block).map);
        let wanted = words.outer_span().start;
        let (mut low, mut high) = (0, text.len());
        // The map never runs backwards.
        while low < high {
            let middle = low + (high - low) / 2;
            match map.span(middle..middle + 1).start < wanted {
                true => low = middle + 1,
                false => high = middle,
            }
        }
        low
    }

    /// The next quotation's start in the same block.
    pub(super) fn next_start(&self) -> Option<usize> {
        let last = self.quotation().last();
        let next = self.found.get(self.index + 1)?.first();
        (next.block == last.block && next.marked.start >= last.marked.end)
            .then_some(next.marked.start)
    }

    /// What stands behind, up to the end of the sentence.
    pub(super) fn behind(&self) -> Stretch<'a> {
        let last = self.quotation().last();
        let text = &self.block(last.block).text;
        let start = last.marked.end;
        let end = self.next_start().unwrap_or(text.len());
        let mut tokens = without_brackets(tokens(&text[start..end]));
        let stop = (0..tokens.len()).find(|&at| ends_sentence(&tokens, at));
        tokens.truncate(stop.unwrap_or(tokens.len()));
        Stretch {
            block: last.block,
            start,
            tokens,
        }
    }

    /// What stands before, from the start of the sentence.
    pub(super) fn before(&self) -> Stretch<'a> {
        let first = self.quotation().first();
        let text = &self.block(first.block).text;
        let from = self
            .index
            .checked_sub(1)
            .map(|index| self.found[index].last());
        let from = from
            .filter(|before| before.block == first.block)
            .map_or(0, |before| before.marked.end);
        sentence_before(
            text,
            from.min(first.marked.start),
            first.marked.start,
            first.block,
        )
    }

    pub(super) fn made(&self, stretch: &Stretch<'_>, hit: Hit) -> Attribution {
        let words = |range: std::ops::Range<usize>| {
            let tokens = &stretch.tokens[range];
            let (first, last) = (tokens.first()?, tokens.last()?);
            let range = stretch.start + first.range.start..stretch.start + last.range.end;
            Some(self.block(stretch.block).verbatim(range))
        };
        let antecedent = hit.who.antecedent.and_then(words);
        let mention = words(hit.who.mention);
        Attribution {
            speaker: mention.map(|mention| Speaker {
                mention,
                name: antecedent,
                role: hit.who.role.and_then(words),
            }),
            doubted: None,
            cue: words(hit.cue),
            rule: hit.rule,
            kind: hit.kind,
        }
    }
}
