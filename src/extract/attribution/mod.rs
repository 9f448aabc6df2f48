//! Says who is quoted: ordered rules on both sides of a quotation, then what carries on.
//!
//! In: what is quoted and whom the article names. Out: a speaker for each quotation, the rule that
//! found them, and what sort of quotation it is. When unsure, nobody.

mod clauses;
mod phrase;
mod precision;
mod resolve;
mod rules;

use std::collections::BTreeMap;

use super::entities::Entities;
use super::language::Language;
use super::lexicon;
use super::quotations::{Found, dash_line};
use super::tokens::{Token, tokens};
use super::{QuotationKind, Speaker};
use crate::article::{Article, Block, BlockKind, Verbatim};
pub use precision::{FEWEST_MEASURED, FLOOR, RULES, Rule, rule_named};
use resolve::Resolver;
use rules::{Ending, Hit};

/// Who said something, and how we know.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Attribution {
    pub(super) speaker: Option<Speaker>,
    /// Whom a rule named that is right too rarely.
    pub(super) doubted: Option<Speaker>,
    pub(super) cue: Option<Verbatim>,
    pub(super) rule: &'static str,
    pub(super) kind: QuotationKind,
}

impl Attribution {
    fn none(kind: QuotationKind) -> Self {
        Self {
            speaker: None,
            doubted: None,
            cue: None,
            rule: "none",
            kind,
        }
    }
}

impl Attribution {
    /// Takes back a speaker that a weak rule named.
    fn weigh(&mut self) {
        if !rule_named(self.rule).is_none_or(Rule::names) {
            self.doubted = self.speaker.take();
        }
    }
}

/// Attributes everything that is quoted.
pub(super) fn attribute(
    article: &Article,
    language: Language,
    entities: &Entities,
    found: &[Found],
) -> Vec<Attribution> {
    let mut resolver = Resolver::new(entities);
    let mut attributions: Vec<Attribution> = Vec::with_capacity(found.len());
    for (index, quotation) in found.iter().enumerate() {
        let around = Around::of(article, found, index);
        let is_known = language != Language::Other;
        let own = match is_known || quotation.is_block {
            true => around.attribution(quotation, &mut resolver),
            false => around.signed(&mut resolver),
        };
        attributions.push(
            own.or_else(|| around.sentence_before(&mut resolver).filter(|_| is_known))
                .or_else(|| around.carried_on(&attributions))
                .unwrap_or_else(|| {
                    Attribution::none(match quotation.is_block {
                        true => QuotationKind::Block,
                        false => QuotationKind::Speech,
                    })
                }),
        );
    }
    carry_back(article, found, &mut attributions);
    remember_roles(&mut attributions);
    for attribution in &mut attributions {
        attribution.weigh();
    }
    attributions
}

/// Gives everybody the role that the article gave them once.
fn remember_roles(attributions: &mut [Attribution]) {
    let mut roles: BTreeMap<String, Verbatim> = BTreeMap::new();
    for attribution in attributions {
        let Some(Speaker {
            name: Some(name),
            role,
            ..
        }) = &mut attribution.speaker
        else {
            continue;
        };
        match role {
            Some(role) => {
                roles
                    .entry(name.text().to_owned())
                    .or_insert_with(|| role.clone());
            }
            None => *role = roles.get(name.text()).cloned(),
        }
    }
}

/// A quotation at the start of a paragraph, attributed only behind the next one.
fn carry_back(article: &Article, found: &[Found], attributions: &mut [Attribution]) {
    for index in (1..found.len()).rev() {
        let (one, next) = (&found[index - 1], &found[index]);
        let is_near = one.last().block == next.first().block && {
            let text = &article.blocks[next.first().block].text;
            let between = &text[one.last().marked.end..next.first().marked.start];
            let tokens = tokens(between);
            let is_one_sentence = attributions[index].rule == "sentence-end"
                && !(0..tokens.len()).any(|at| ends_sentence(&tokens, at))
                && !text[one.last().words.clone()].ends_with(['.', '!', '?']);
            between.trim().is_empty() || is_one_sentence
        };
        let is_wanted = attributions[index - 1].speaker.is_none()
            && attributions[index].speaker.is_some()
            && rule_named(attributions[index].rule).is_none_or(Rule::names);
        if is_near && is_wanted {
            attributions[index - 1].speaker = attributions[index].speaker.clone();
            attributions[index - 1].rule = "next-quotation";
        }
    }
}

/// A quotation's surroundings.
struct Around<'a> {
    article: &'a Article,
    found: &'a [Found],
    index: usize,
}

/// Tokens of a stretch of a block.
struct Stretch<'a> {
    block: usize,
    start: usize,
    tokens: Vec<Token<'a>>,
}

impl<'a> Around<'a> {
    fn of(article: &'a Article, found: &'a [Found], index: usize) -> Self {
        Self {
            article,
            found,
            index,
        }
    }

    fn quotation(&self) -> &Found {
        &self.found[self.index]
    }

    fn block(&self, index: usize) -> &'a Block {
        &self.article.blocks[index]
    }

    fn attribution(&self, quotation: &Found, resolver: &mut Resolver<'_>) -> Option<Attribution> {
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
            .or_else(|| self.behind_dash(resolver))
            .or_else(|| self.above());
        let (block, mut made) = found?;
        self.name(&mut made, block, resolver);
        Some(made)
    }

    /// "Lund says the water is rising. “…”": whoever speaks in the sentence between two quotations.
    fn sentence_before(&self, resolver: &mut Resolver<'_>) -> Option<Attribution> {
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
    fn follows_quotation(&self, before: &Stretch<'_>) -> bool {
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
    fn name(&self, made: &mut Attribution, block: usize, resolver: &mut Resolver<'_>) {
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
    fn offset_in(&self, block: usize, words: &Verbatim) -> usize {
        let text = &self.block(block).text;
        let wanted = words.outer_span().start;
        let starts = text.match_indices(words.text()).map(|(at, _)| at);
        let map = &self.block(block).map;
        starts
            .into_iter()
            .find(|&at| map.span(at..at + 1).start == wanted)
            .unwrap_or(text.len())
    }

    /// In a language whose verbs we do not know: only a line that signs the quotation.
    fn signed(&self, resolver: &mut Resolver<'_>) -> Option<Attribution> {
        let (block, mut made) = self.behind_dash(resolver)?;
        self.name(&mut made, block, resolver);
        Some(made)
    }

    /// The next quotation's start in the same block.
    fn next_start(&self) -> Option<usize> {
        let last = self.quotation().last();
        let next = self.found.get(self.index + 1)?.first();
        (next.block == last.block && next.marked.start >= last.marked.end)
            .then_some(next.marked.start)
    }

    /// What stands behind, up to the end of the sentence.
    fn behind(&self) -> Stretch<'a> {
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
    fn before(&self) -> Stretch<'a> {
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

    /// The paragraph above, if it ends in a colon.
    fn above(&self) -> Option<(usize, Attribution)> {
        let first = self.quotation().first();
        let above = first
            .block
            .checked_sub(1)
            .filter(|_| first.marked.start == 0)?;
        let text = &self.block(above).text;
        if !self.block(above).kind.is_main_text() || !text.ends_with(':') {
            return None;
        }
        let stretch = sentence_before(text, 0, text.len(), above);
        let hit = rules::before(&stretch.tokens).or_else(|| rules::colon(&stretch.tokens))?;
        let mut made = self.made(&stretch, hit);
        made.rule = "colon-above";
        Some((above, made))
    }

    /// "— Ana Lund, gardener" behind the closing mark.
    fn behind_dash(&self, _: &mut Resolver<'_>) -> Option<(usize, Attribution)> {
        let last = self.quotation().last();
        let text = &self.block(last.block).text;
        let dash = dash_line(text).filter(|&dash| dash >= last.marked.end)?;
        let is_direct = text[last.marked.end..dash].trim().is_empty();
        is_direct.then(|| (last.block, self.named_by_dash(last.block, dash)))
    }

    fn named_by_dash(&self, block: usize, dash: usize) -> Attribution {
        let text = &self.block(block).text;
        let line = &text[dash..];
        let lead = line.len()
            - line
                .trim_start_matches(|c: char| !c.is_alphanumeric())
                .len();
        let name_end = line.find(',').unwrap_or(line.len());
        let mention = self
            .block(block)
            .verbatim(dash + lead..dash + name_end.max(lead));
        let role = line
            .get(name_end + 1..)
            .map(str::trim)
            .filter(|role| !role.is_empty());
        let role = role.map(|role| {
            self.block(block)
                .verbatim(text.len() - role.len()..text.len())
        });
        Attribution {
            speaker: Some(Speaker {
                mention,
                name: None,
                role,
            }),
            doubted: None,
            cue: None,
            rule: "dash",
            kind: QuotationKind::Speech,
        }
    }

    fn of_block(&self, resolver: &mut Resolver<'_>) -> Option<Attribution> {
        let block = self.quotation().first().block;
        let dash = dash_line(&self.block(block).text);
        let found = dash
            .map(|dash| (block, self.named_by_dash(block, dash)))
            .or_else(|| self.credited(block))
            .or_else(|| self.introduced());
        let (block, mut made) = found?;
        made.kind = QuotationKind::Block;
        self.name(&mut made, block, resolver);
        Some(made)
    }

    /// The block behind a block quotation that says, as the page marks it up, who it is by.
    fn credited(&self, block: usize) -> Option<(usize, Attribution)> {
        let at = block + 1;
        let credit = self.article.blocks.get(at)?;
        let text = &credit.text;
        let name = text.trim_start_matches(|c: char| !c.is_alphanumeric());
        let is_name = name.starts_with(char::is_uppercase) && name.split_whitespace().count() <= 14;
        if credit.kind != BlockKind::Credit || !is_name {
            return None;
        }
        let mut made = self.named_by_dash(at, 0);
        made.rule = "credit";
        // An embedded post: "— Ana Lund (@analund) May 14, 2031".
        let start = text.len() - name.len();
        if let Some(end) = text.find(" (@").filter(|end| *end > start) {
            made.speaker = Some(Speaker {
                mention: credit.verbatim(start..end),
                name: None,
                role: None,
            });
        }
        Some((at, made))
    }

    /// A block quotation after a paragraph that ends in a colon.
    fn introduced(&self) -> Option<(usize, Attribution)> {
        self.above()
    }

    fn made(&self, stretch: &Stretch<'_>, hit: Hit) -> Attribution {
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

    /// The speaker of the quotation before, if this one goes on with it.
    fn carried_on(&self, before: &[Attribution]) -> Option<Attribution> {
        let last = before.last().filter(|last| {
            last.speaker.is_some() && rule_named(last.rule).is_none_or(Rule::names)
        })?;
        let (this, previous) = (self.quotation().first(), self.found[self.index - 1].last());
        let rule = if this.block == previous.block {
            let between = &self.block(this.block).text
                [previous.marked.end..this.marked.start.max(previous.marked.end)];
            let has_other = self.has_other_voice(between, last);
            (!has_other && self.is_near(between)).then_some("same-paragraph")?
        } else {
            let is_next = this.block == previous.block + 1;
            let is_whole =
                this.marked.start == 0 && this.marked.end + 2 >= self.block(this.block).text.len();
            let is_last = previous.block + 1 == this.block
                && self.block(previous.block).text[previous.marked.end..]
                    .split_whitespace()
                    .count()
                    <= 40;
            (is_next && is_whole && is_last).then_some("next-paragraph")?
        };
        let kind = if last.kind == QuotationKind::Block {
            QuotationKind::Speech
        } else {
            last.kind
        };
        Some(Attribution {
            rule,
            kind,
            cue: None,
            ..last.clone()
        })
    }

    /// Whether little more than the attribution's sentence stands between two quotations.
    fn is_near(&self, between: &str) -> bool {
        let tokens = tokens(between);
        let end = (0..tokens.len()).find(|&at| ends_sentence(&tokens, at));
        end.is_none_or(|end| tokens.len() - end <= 40)
    }

    /// Whether somebody else is named between two quotations, behind the attribution's sentence.
    fn has_other_voice(&self, between: &str, last: &Attribution) -> bool {
        let tokens = without_brackets(tokens(between));
        let Some(end) = (0..tokens.len()).find(|&at| ends_sentence(&tokens, at)) else {
            return false;
        };
        let rest = &tokens[end + 1..];
        let speaker = last.speaker.as_ref();
        let is_same = |name: &str| {
            speaker.is_some_and(|speaker| {
                speaker.mention.text().contains(name)
                    || speaker
                        .name
                        .as_ref()
                        .is_some_and(|full| full.text().contains(name))
            })
        };
        let mut names = (0..rest.len()).filter_map(|at| {
            let end = super::entities::name_end(rest, at)?;
            Some(&between[rest[at].range.start..rest[end - 1].range.end])
        });
        rest.len() > 3 && names.any(|name| !is_same(name))
    }
}

/// The last sentence of a stretch of a block.
fn sentence_before(text: &str, from: usize, to: usize, block: usize) -> Stretch<'_> {
    let mut tokens = without_brackets(tokens(&text[from..to]));
    let stop = (0..tokens.len())
        .rev()
        .find(|&at| ends_sentence(&tokens, at));
    tokens.drain(..stop.map_or(0, |stop| stop + 1));
    Stretch {
        block,
        start: from,
        tokens,
    }
}

/// Tokens without short asides in brackets: "(D-Md.)", "(IJM)".
fn without_brackets(tokens: Vec<Token<'_>>) -> Vec<Token<'_>> {
    let mut kept: Vec<Token<'_>> = Vec::with_capacity(tokens.len());
    for token in tokens {
        let is_close = token.is(")");
        kept.push(token);
        let from = kept.len().saturating_sub(7);
        let open = kept[from..]
            .iter()
            .rposition(|token| token.is("("))
            .filter(|_| is_close);
        if let Some(open) = open {
            kept.truncate(from + open);
        }
    }
    kept
}

/// Whether a token is the stop of a sentence.
fn ends_sentence(tokens: &[Token<'_>], at: usize) -> bool {
    let stop = tokens[at].text;
    if !matches!(stop, "." | "!" | "?" | "…") {
        return false;
    }
    let next = tokens.get(at + 1);
    let goes_on = next.is_some_and(|next| {
        matches!(next.text, "," | ";" | ":" | ")" | "’s")
            || next.text.starts_with(char::is_lowercase)
    });
    let is_abbreviated = stop == "."
        && at.checked_sub(1).is_some_and(|before| {
            let word = &tokens[before];
            let is_joined = word.range.end == tokens[at].range.start;
            is_joined
                && (lexicon::is_title(word.text)
                    || word.text.chars().count() == 1
                    || next.is_some() && super::sentences::is_abbreviation(word.text))
        });
    !goes_on && !is_abbreviated
}
