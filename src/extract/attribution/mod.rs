//! Says who is quoted: ordered rules on both sides of a quotation, then what carries on.
//!
//! In: what is quoted and whom the article names. Out: a speaker for each quotation, the rule that
//! found them, and what sort of quotation it is. When unsure, nobody.

mod around;
mod carried;
mod clauses;
mod phrase;
mod precision;
mod resolve;
mod rules;
mod signed;
mod stretch;

use std::collections::BTreeMap;

use super::entities::Entities;
use super::language::Language;
use super::quotations::Found;
use super::{QuotationKind, Speaker};
use crate::article::{Article, Verbatim};
use around::Around;
use carried::carry_back;
pub use precision::{FEWEST_MEASURED, FLOOR, RULES, Rule, rule_named};
use resolve::Resolver;

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
            _ if quotation.turn.is_some() => around.turn(&mut resolver),
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
