//! The cascade: what a style sheet says about one element of a template.
//!
//! Selectors are matched by simplecss, as usvg does, so that what we measure with is what resvg
//! draws with. Precedence follows <https://www.w3.org/TR/css-cascade-4/>: presentation attributes,
//! rules by specificity and order, the `style` attribute, `!important`. Custom properties inherit.

use std::cell::RefCell;
use std::collections::{BTreeMap, HashMap};

use roxmltree::{Node, NodeId};
use simplecss::{AttributeOperator, Element, PseudoClass, Selector};

use super::css::{Declaration, Sheet};

/// The style sheet, ready to be asked about the elements of one document.
pub struct Cascade<'a> {
    /// By specificity, then order.
    rules: Vec<(Selector<'a>, &'a [Declaration])>,
    known: RefCell<Known>,
}

/// What was answered before: setting a card asks for the same elements hundreds of times, and
/// matching selectors was nine tenths of its time.
#[derive(Default)]
struct Known {
    /// The classes of the root element that the answers are for.
    classes: String,
    computed: HashMap<NodeId, Computed>,
    is_displayed: HashMap<NodeId, bool>,
}

/// What an element's properties are, those inherited included. Values are as written.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Computed {
    values: BTreeMap<String, String>,
    /// Size of the type in px: the one value that others depend on.
    pub font_size: f64,
}

/// What children get from their parent, apart from custom properties and the font size.
const INHERITED: &[&str] = &[
    "font-family",
    "font-weight",
    "font-style",
    "letter-spacing",
    "line-height",
    "text-anchor",
    "text-align",
    "fill",
    "visibility",
    "white-space",
    "word-spacing",
    "font-variant",
    "font-stretch",
    "dominant-baseline",
    "hyphens",
    "font-variation-settings",
    "font-optical-sizing",
    "font-feature-settings",
    "font-variant-numeric",
    "font-variant-caps",
];

/// Properties read from attributes when no rule sets them.
const PRESENTATION: &[&str] = &[
    "font-family",
    "font-size",
    "font-weight",
    "font-style",
    "letter-spacing",
    "text-anchor",
    "fill",
    "display",
    "visibility",
    "white-space",
    "word-spacing",
    "font-variant",
    "font-stretch",
    "dominant-baseline",
    "alignment-baseline",
    "baseline-shift",
    "font-variation-settings",
    "font-feature-settings",
    "font-variant-numeric",
];

/// The size of type where nothing sets it, as in usvg.
const INITIAL_FONT_SIZE: f64 = 12.0;

impl<'a> Cascade<'a> {
    /// Prepares a style sheet. Selectors that simplecss cannot read match nothing, as in resvg.
    #[must_use]
    pub fn new(sheet: &'a Sheet) -> Self {
        let mut rules: Vec<_> = sheet
            .rules
            .iter()
            .flat_map(|rule| {
                let declarations = rule.declarations.as_slice();
                rule.selectors
                    .iter()
                    .filter_map(move |text| Some((Selector::parse(text)?, declarations)))
            })
            .collect();
        rules.sort_by_key(|(selector, _)| selector.specificity());
        Self {
            rules,
            known: RefCell::default(),
        }
    }

    /// What the element's properties are.
    ///
    /// `classes` are those of the root element, in place of its own: they tell the card's state.
    #[must_use]
    pub fn computed(&self, node: Node<'_, '_>, classes: &str) -> Computed {
        if let Some(computed) = self.known(classes).computed.get(&node.id()) {
            return computed.clone();
        }
        let computed = self.compute(node, classes);
        let answer = computed.clone();
        self.known(classes).computed.insert(node.id(), computed);
        answer
    }

    /// The answers for these classes.
    fn known(&self, classes: &str) -> std::cell::RefMut<'_, Known> {
        let mut known = self.known.borrow_mut();
        if known.classes != classes {
            *known = Known {
                classes: classes.to_owned(),
                ..Known::default()
            };
        }
        known
    }

    fn compute(&self, node: Node<'_, '_>, classes: &str) -> Computed {
        let parent = node.parent_element().map_or(
            Computed {
                font_size: INITIAL_FONT_SIZE,
                ..Computed::default()
            },
            |parent| self.computed(parent, classes),
        );
        let mut own = self.cascaded(node, classes);
        let font_size = own.remove("font-size").map_or(parent.font_size, |value| {
            length(&value, parent.font_size).unwrap_or(parent.font_size)
        });
        let mut values: BTreeMap<_, _> = parent
            .values
            .into_iter()
            .filter(|(name, _)| name.starts_with("--") || INHERITED.contains(&name.as_str()))
            .collect();
        values.extend(own);
        Computed { values, font_size }
    }

    /// Whether the element is drawn, as far as `display` goes.
    #[must_use]
    pub fn is_displayed(&self, node: Node<'_, '_>, classes: &str) -> bool {
        if let Some(is_displayed) = self.known(classes).is_displayed.get(&node.id()) {
            return *is_displayed;
        }
        let is_around = node
            .parent_element()
            .is_none_or(|parent| self.is_displayed(parent, classes));
        let is_displayed = is_around && {
            let own = self.cascaded(node, classes);
            own.get("display").is_none_or(|value| value != "none")
        };
        self.known(classes)
            .is_displayed
            .insert(node.id(), is_displayed);
        is_displayed
    }

    /// What is said about the element itself.
    fn cascaded(&self, node: Node<'_, '_>, classes: &str) -> BTreeMap<String, String> {
        let mut own = BTreeMap::new();
        for name in PRESENTATION {
            if let Some(value) = node.attribute(*name) {
                own.insert((*name).to_owned(), value.to_owned());
            }
        }
        let element = Matched { node, classes };
        let matching = || {
            let rules = self.rules.iter();
            rules.filter(|(selector, _)| selector.matches(&element))
        };
        for is_important in [false, true] {
            for (_, declarations) in matching() {
                for declaration in declarations.iter() {
                    if declaration.is_important == is_important {
                        set(&mut own, &declaration.name, &declaration.value);
                    }
                }
            }
            if is_important {
                continue;
            }
            for (name, value) in inline_style(node) {
                set(&mut own, name, value);
            }
        }
        own
    }
}

/// Sets a property; the `font` shorthand sets all that it stands for.
fn set(own: &mut BTreeMap<String, String>, name: &str, value: &str) {
    if name != "font" {
        own.insert(name.to_owned(), value.to_owned());
        return;
    }
    let Ok(font) = svgtypes::FontShorthand::from_str(value) else {
        return;
    };
    let parts = [
        ("font-style", font.font_style),
        ("font-weight", font.font_weight),
        ("font-size", Some(font.font_size)),
        ("font-family", Some(font.font_family)),
    ];
    for (name, value) in parts {
        own.insert(name.to_owned(), value.unwrap_or("normal").to_owned());
    }
}

/// The declarations of a `style` attribute.
fn inline_style<'a>(node: Node<'a, '_>) -> impl Iterator<Item = (&'a str, &'a str)> {
    let style = node.attribute("style").unwrap_or_default();
    style.split(';').filter_map(|declaration| {
        let (name, value) = declaration.split_once(':')?;
        Some((name.trim(), value.trim()))
    })
}

impl Computed {
    /// A property's value as written; `None` where nothing sets it.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&str> {
        self.values.get(name).map(String::as_str)
    }

    /// A length in px; `em` and `%` are relative to the element's own type size.
    #[must_use]
    pub fn length(&self, name: &str) -> Option<f64> {
        length(self.get(name)?, self.font_size)
    }
}

/// A CSS length in px: `12px`, `1.2em`, `50%`, or a bare number of user units.
#[must_use]
pub fn length(value: &str, font_size: f64) -> Option<f64> {
    let value = value.trim();
    let number = |suffix: &str| value.strip_suffix(suffix)?.trim().parse::<f64>().ok();
    number("px")
        .or_else(|| number("em").map(|em| em * font_size))
        .or_else(|| number("%").map(|percent| percent / 100.0 * font_size))
        .or_else(|| value.parse().ok())
        .filter(|length: &f64| length.is_finite())
}

/// An element as selectors see it: the root has the state of the card as further classes.
#[derive(Clone, Copy)]
pub(super) struct Matched<'a, 'input, 's> {
    pub(super) node: Node<'a, 'input>,
    pub(super) classes: &'s str,
}

impl Matched<'_, '_, '_> {
    fn is_root(&self) -> bool {
        self.node.parent_element().is_none()
    }
}

impl Element for Matched<'_, '_, '_> {
    fn parent_element(&self) -> Option<Self> {
        let node = self.node.parent_element()?;
        Some(Self { node, ..*self })
    }

    fn prev_sibling_element(&self) -> Option<Self> {
        let node = self.node.prev_sibling_element()?;
        Some(Self { node, ..*self })
    }

    fn has_local_name(&self, name: &str) -> bool {
        self.node.tag_name().name() == name
    }

    fn attribute_matches(&self, name: &str, operator: AttributeOperator<'_>) -> bool {
        if name == "class" && self.is_root() {
            return operator.matches(self.classes);
        }
        let written = self.node.attribute(name);
        written.is_some_and(|value| operator.matches(value))
    }

    fn pseudo_class_matches(&self, class: PseudoClass<'_>) -> bool {
        matches!(class, PseudoClass::FirstChild) && self.node.prev_sibling_element().is_none()
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::super::css::Source;
    use super::*;

    fn sheet(css: &str) -> Sheet {
        let path = Path::new("t.css");
        Sheet::resolve(&[Source { path, css }]).expect("the sheet resolves")
    }

    const SVG: &str = r#"<svg xmlns="http://www.w3.org/2000/svg"><g class="foot">
        <text id="t" class="name big" font-size="10" style="letter-spacing: 1px"><tspan/></text></g></svg>"#;

    #[track_caller]
    fn case(css: &str, classes: &str, property: &str, expected: Option<&str>) {
        let sheet = sheet(css);
        let document = roxmltree::Document::parse(SVG).expect("it is XML");
        let text = document.descendants().find(|n| n.has_tag_name("tspan"));
        let computed = Cascade::new(&sheet).computed(text.expect("it is there"), classes);
        let value = match property {
            "font-size" => Some(computed.font_size.to_string()),
            _ => computed.get(property).map(str::to_owned),
        };
        assert_eq!(value.as_deref(), expected);
    }

    #[test]
    fn rules_win_over_attributes_and_the_more_specific_over_the_later() {
        case("", "", "font-size", Some("10"));
        case(".name{font-size:2em}", "", "font-size", Some("24"));
        case(
            ".foot .name{fill:red} .big{fill:blue}",
            "",
            "fill",
            Some("red"),
        );
        case(
            ".name{letter-spacing:2px}",
            "",
            "letter-spacing",
            Some("1px"),
        );
        case(
            ".name{letter-spacing:2px!important}",
            "",
            "letter-spacing",
            Some("2px"),
        );
    }

    #[test]
    fn the_state_of_the_card_is_a_class_of_the_root() {
        case(
            ".square .name{--fit:fill}",
            "square short",
            "--fit",
            Some("fill"),
        );
        case(".square .name{--fit:fill}", "story", "--fit", None);
    }

    #[test]
    fn display_hides_all_that_is_inside() {
        let sheet = sheet(".foot{display:none}");
        let document = roxmltree::Document::parse(SVG).expect("it is XML");
        let text = document.descendants().find(|n| n.has_tag_name("tspan"));
        assert!(!Cascade::new(&sheet).is_displayed(text.expect("it is there"), ""));
    }
}
