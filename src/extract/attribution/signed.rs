//! Names that stand apart from a quotation: on a line with a dash, before the turn of a transcript, in
//! the paragraph above.

use super::Attribution;
use super::around::Around;
use super::resolve::Resolver;
use super::rules;
use super::stretch::sentence_before;
use crate::article::BlockKind;
use crate::extract::quotations::{dash_behind, dash_line};
use crate::extract::{QuotationKind, Speaker};

impl Around<'_> {
    /// The paragraph above, if it ends in a colon.
    pub(super) fn above(&self) -> Option<(usize, Attribution)> {
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

    /// In a language whose verbs we do not know: only a line that signs the quotation.
    pub(super) fn signed(&self, resolver: &mut Resolver<'_>) -> Option<Attribution> {
        let (block, mut made) = self.behind_dash()?;
        self.name(&mut made, block, resolver);
        Some(made)
    }

    /// "— Ana Lund, gardener" behind the closing mark.
    pub(super) fn behind_dash(&self) -> Option<(usize, Attribution)> {
        let last = self.quotation().last();
        let dash = dash_behind(&self.block(last.block).text, last.marked.end)?;
        Some((last.block, self.named_by_dash(last.block, dash)))
    }

    /// Whoever has the word in a transcript.
    pub(super) fn turn(&self, resolver: &mut Resolver<'_>) -> Option<Attribution> {
        let turn = self.quotation().turn.as_ref()?;
        let mut made = Attribution {
            speaker: Some(Speaker {
                mention: self.block(turn.block).verbatim(turn.name.clone()),
                name: None,
                role: None,
            }),
            rule: "turn",
            ..Attribution::none(QuotationKind::Speech)
        };
        self.name(&mut made, turn.block, resolver);
        Some(made)
    }

    pub(super) fn named_by_dash(&self, block: usize, dash: usize) -> Attribution {
        let text = self.block(block).text.trim_end_matches('.');
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

    pub(super) fn of_block(&self, resolver: &mut Resolver<'_>) -> Option<Attribution> {
        let block = self.quotation().first().block;
        let dash = dash_line(&self.block(block).text);
        let found = dash
            .map(|dash| (block, self.named_by_dash(block, dash)))
            .or_else(|| self.credited(block))
            .or_else(|| self.above());
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
}
