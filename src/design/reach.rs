//! Which rules of a style sheet can say anything about a document.

use std::collections::BTreeMap;

use roxmltree::{Document, Node};
use simplecss::Selector;

use super::cascade::Matched;
use super::css::{self, Sheet};

/// The rules of a style sheet that say something about an element of a document, or whose selectors
/// mention one of `drawn`, classes of what is drawn later.
///
/// `classes` are those of the root element, in every state that it may have.
#[must_use]
pub fn reaching(sheet: &Sheet, document: &Document<'_>, classes: &str, drawn: &[&str]) -> Sheet {
    let reaches = |text: &String| {
        let is_drawn = || css::classes(text).any(|class| drawn.contains(&class));
        let is_met = |selector: Selector<'_>| {
            let mut elements = document.descendants().filter(Node::is_element);
            elements.any(|node| selector.matches(&Matched { node, classes }))
        };
        is_drawn() || Selector::parse(text).is_some_and(is_met)
    };
    let rules = sheet.rules.iter().map(|rule| css::Rule {
        selectors: rule
            .selectors
            .iter()
            .filter(|text| reaches(text))
            .cloned()
            .collect(),
        declarations: rule.declarations.clone(),
    });
    Sheet {
        rules: rules.filter(|rule| !rule.selectors.is_empty()).collect(),
        variables: BTreeMap::new(),
    }
}
