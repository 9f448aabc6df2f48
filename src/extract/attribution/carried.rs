//! Quotations without a word about who said them, beside one that has it.

use super::around::Around;
use super::stretch::{ends_sentence, without_brackets};
use super::{Attribution, Rule, rule_named};
use crate::article::Article;
use crate::extract::QuotationKind;
use crate::extract::entities::name_end;
use crate::extract::quotations::Found;
use crate::extract::tokens::tokens;

/// A quotation at the start of a paragraph, attributed only behind the next one.
pub(super) fn carry_back(article: &Article, found: &[Found], attributions: &mut [Attribution]) {
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

impl Around<'_> {
    /// The speaker of the quotation before, if this one goes on with it.
    pub(super) fn carried_on(&self, before: &[Attribution]) -> Option<Attribution> {
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
                    .take(41)
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
    pub(super) fn is_near(&self, between: &str) -> bool {
        let tokens = tokens(between);
        let end = (0..tokens.len()).find(|&at| ends_sentence(&tokens, at));
        end.is_none_or(|end| tokens.len() - end <= 40)
    }

    /// Whether somebody else is named between two quotations, behind the attribution's sentence.
    pub(super) fn has_other_voice(&self, between: &str, last: &Attribution) -> bool {
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
        let mut at = 0;
        let names = std::iter::from_fn(|| {
            while at < rest.len() {
                let start = at;
                at += 1;
                if let Some(end) = name_end(rest, start) {
                    at = end;
                    return Some(&between[rest[start].range.start..rest[end - 1].range.end]);
                }
            }
            None
        });
        let mut names = names;
        rest.len() > 3 && names.any(|name| !is_same(name))
    }
}
