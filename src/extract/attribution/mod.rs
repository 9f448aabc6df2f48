//! Says who is quoted: ordered rules on both sides of a quotation, then what carries on.
//!
//! In: what is quoted and whom the article names. Out: a speaker for each quotation, the rule that
//! found them, and what sort of quotation it is. When unsure, nobody.

mod phrase;
mod resolve;
mod rules;

use std::collections::BTreeMap;

use super::entities::Entities;
use super::lexicon;
use super::quotations::{Found, dash_line};
use super::tokens::{Token, tokens};
use super::{QuotationKind, Speaker};
use crate::article::{Article, Block, BlockKind, Verbatim};
use resolve::Resolver;
use rules::{Ending, Hit};

/// Who said something, and how we know.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Attribution {
    pub(super) speaker: Option<Speaker>,
    pub(super) cue: Option<Verbatim>,
    pub(super) rule: &'static str,
    pub(super) kind: QuotationKind,
}

impl Attribution {
    fn none(kind: QuotationKind) -> Self {
        Self {
            speaker: None,
            cue: None,
            rule: "none",
            kind,
        }
    }
}

/// Attributes everything that is quoted.
pub(super) fn attribute(
    article: &Article,
    entities: &Entities,
    found: &[Found],
) -> Vec<Attribution> {
    let mut resolver = Resolver::new(entities);
    let mut attributions: Vec<Attribution> = Vec::with_capacity(found.len());
    for (index, quotation) in found.iter().enumerate() {
        let around = Around::of(article, found, index);
        let own = around.attribution(quotation, &mut resolver);
        attributions.push(
            own.or_else(|| around.carried_on(&attributions))
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
            text[one.last().marked.end..next.first().marked.start]
                .trim()
                .is_empty()
        };
        let is_wanted =
            attributions[index - 1].speaker.is_none() && attributions[index].speaker.is_some();
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
        let find_before = || rules::before(&before.tokens).map(|hit| self.made(&before, hit));
        let (stretch, found) = if ending == Ending::Closed {
            match find_before() {
                Some(found) => (&before, Some(found)),
                None => (&behind, find_behind()),
            }
        } else {
            match find_behind() {
                Some(found) => (&behind, Some(found)),
                None => (&before, find_before()),
            }
        };
        let found = found.map(|found| (stretch.block, found));
        let found = found
            .or_else(|| self.behind_dash(resolver))
            .or_else(|| self.above());
        let (block, mut made) = found?;
        self.name(&mut made, block, resolver);
        Some(made)
    }

    /// Fills in the full name.
    fn name(&self, made: &mut Attribution, block: usize, resolver: &mut Resolver<'_>) {
        let Some(speaker) = &mut made.speaker else {
            return;
        };
        let offset = self.offset_in(block, &speaker.mention);
        speaker.name = resolver.name(&speaker.mention, block, offset);
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
        let hit = rules::before(&stretch.tokens)?;
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
        let mention = words(hit.who.mention);
        Attribution {
            speaker: mention.map(|mention| Speaker {
                mention,
                name: None,
                role: hit.who.role.and_then(words),
            }),
            cue: words(hit.cue),
            rule: hit.rule,
            kind: hit.kind,
        }
    }

    /// The speaker of the quotation before, if this one goes on with it.
    fn carried_on(&self, before: &[Attribution]) -> Option<Attribution> {
        let last = before.last().filter(|last| last.speaker.is_some())?;
        let (this, previous) = (self.quotation().first(), self.found[self.index - 1].last());
        let rule = if this.block == previous.block {
            let between = &self.block(this.block).text
                [previous.marked.end..this.marked.start.max(previous.marked.end)];
            let has_other = self.has_other_voice(between, last);
            (!has_other && between.split_whitespace().count() <= 30).then_some("same-paragraph")?
        } else {
            let is_next = this.block == previous.block + 1;
            let is_whole =
                this.marked.start == 0 && this.marked.end + 2 >= self.block(this.block).text.len();
            let is_last = previous.block + 1 == this.block
                && self.block(previous.block).text[previous.marked.end..]
                    .split_whitespace()
                    .count()
                    <= 12;
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

    /// Whether somebody else is named between two quotations.
    fn has_other_voice(&self, between: &str, last: &Attribution) -> bool {
        let said = last
            .speaker
            .as_ref()
            .map_or("", |speaker| speaker.mention.text());
        let tokens = tokens(between);
        let names = (0..tokens.len()).filter_map(|at| {
            let end = super::entities::name_end(&tokens, at)?;
            Some(&between[tokens[at].range.start..tokens[end - 1].range.end])
        });
        let is_same = |name: &str| {
            said.contains(name)
                || last
                    .speaker
                    .as_ref()
                    .and_then(|s| s.name.as_ref())
                    .is_some_and(|full| full.text().contains(name))
        };
        let after_sentence = between
            .split(['.', '!', '?'])
            .skip(1)
            .any(|rest| rest.split_whitespace().count() > 2);
        after_sentence && names.into_iter().any(|name| !is_same(name))
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

fn ends_sentence(tokens: &[Token<'_>], at: usize) -> bool {
    let is_stop = matches!(tokens[at].text, "." | "!" | "?" | "…");
    let is_abbreviated = at.checked_sub(1).is_some_and(|before| {
        let word = &tokens[before];
        word.range.end == tokens[at].range.start
            && (lexicon::is_title(word.text) || word.text.len() == 1)
    });
    is_stop && !is_abbreviated
}
