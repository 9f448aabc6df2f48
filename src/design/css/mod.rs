//! Style sheets: CSS text in, rules with plain values out.
//!
//! resvg knows CSS classes but neither `:root` nor `var()`. Both are resolved here, so that a theme
//! is CSS that every browser previews and what resvg gets holds only plain values. Tokens are read
//! by the specification (<https://www.w3.org/TR/css-syntax-3/>), variables by
//! <https://www.w3.org/TR/css-variables-1/>, with one restriction: only those on `:root` are
//! substituted. Custom properties elsewhere (`--fit: fill`) are settings for the fitter.

mod parse;
mod variables;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::Path;

use self::parse::parse;
use self::variables::substitute;
use crate::error::Result;

/// A style sheet whose values are plain.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sheet {
    /// In the order of the text.
    pub rules: Vec<Rule>,
    /// Custom properties of `:root`, without the dashes.
    pub variables: BTreeMap<String, String>,
}

/// CSS text and where it was read from.
#[derive(Clone, Copy, Debug)]
pub struct Source<'a> {
    /// For messages.
    pub path: &'a Path,
    /// The text.
    pub css: &'a str,
}

/// One rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rule {
    /// Selectors, as written.
    pub selectors: Vec<String>,
    /// Declarations, in order.
    pub declarations: Vec<Declaration>,
}

/// One declaration.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Declaration {
    /// The property, lower case; custom properties keep their dashes.
    pub name: String,
    /// The value, as written until resolved.
    pub value: String,
    /// Whether it says `!important`.
    pub is_important: bool,
    line: u32,
    column: u32,
}

impl Sheet {
    /// Joins style sheets, later ones winning, and substitutes `var()`.
    ///
    /// # Errors
    ///
    /// Broken CSS, an at-rule, or a variable that no `:root` defines: with file, line and column.
    pub fn resolve(sources: &[Source<'_>]) -> Result<Self> {
        Self::resolve_with(sources, |_| {})
    }

    /// As [`Self::resolve`]; `settle` may change the variables before they are substituted.
    ///
    /// # Errors
    ///
    /// As [`Self::resolve`].
    pub fn resolve_with(
        sources: &[Source<'_>],
        settle: impl FnOnce(&mut BTreeMap<String, String>),
    ) -> Result<Self> {
        let mut parsed = Vec::new();
        let mut variables = BTreeMap::new();
        for source in sources {
            let rules = parse(source.css).map_err(|error| error.in_file(source.path))?;
            let roots = rules.iter().filter(|rule| rule.is_root());
            for declaration in roots.flat_map(|rule| &rule.declarations) {
                if let Some(name) = declaration.name.strip_prefix("--") {
                    variables.insert(name.to_owned(), declaration.value.clone());
                }
            }
            parsed.push((source.path, rules));
        }
        settle(&mut variables);
        let mut rules = Vec::new();
        for (path, rule) in parsed
            .into_iter()
            .flat_map(|(path, rules)| rules.into_iter().map(move |rule| (path, rule)))
            .filter(|(_, rule)| !rule.is_root())
        {
            let plain = rule.with_variables(&variables);
            rules.push(plain.map_err(|error| error.in_file(path))?);
        }
        Ok(Self { rules, variables })
    }

    /// The style sheet as a person reads it: what every program knows, and apart from it the settings of
    /// the fitter (`--max-lines`), over which some drawing programs stumble.
    #[must_use]
    pub fn to_readable_css(&self) -> (String, String) {
        (self.readable(false), self.readable(true))
    }

    fn readable(&self, is_custom: bool) -> String {
        let mut css = String::new();
        let is_asked = |declaration: &&Declaration| declaration.name.starts_with("--") == is_custom;
        for rule in &self.rules {
            let mut declarations = rule.declarations.iter().filter(is_asked).peekable();
            if declarations.peek().is_none() {
                continue;
            }
            let _ = write!(css, "{} {{", rule.selectors.join(", "));
            for declaration in declarations {
                let Declaration { name, value, .. } = declaration;
                let important = match declaration.is_important {
                    true => " !important",
                    false => "",
                };
                let _ = write!(css, " {name}: {value}{important};");
            }
            css.push_str(" }\n");
        }
        css
    }

    /// The classes that its selectors mention.
    #[must_use]
    pub fn classes(&self) -> BTreeSet<&str> {
        let selectors = self.rules.iter().flat_map(|rule| &rule.selectors);
        selectors.flat_map(|selector| classes(selector)).collect()
    }

    /// The style sheet as resvg reads it: without custom properties.
    #[must_use]
    pub fn to_css(&self) -> String {
        let mut css = String::new();
        for rule in &self.rules {
            let mut declarations = rule
                .declarations
                .iter()
                .filter(|declaration| !declaration.name.starts_with("--"))
                .peekable();
            if declarations.peek().is_none() {
                continue;
            }
            let _ = write!(css, "{}{{", rule.selectors.join(","));
            for Declaration {
                name,
                value,
                is_important,
                ..
            } in declarations
            {
                let important = if *is_important { " !important" } else { "" };
                let _ = write!(css, "{name}:{value}{important};");
            }
            css.push_str("}\n");
        }
        css
    }
}

/// The classes that a selector mentions.
pub fn classes(selector: &str) -> impl Iterator<Item = &str> {
    let is_end = |c: char| !c.is_alphanumeric() && c != '-' && c != '_';
    let after = selector.split('.').skip(1);
    after.map(move |rest| rest.split(is_end).next().unwrap_or_default())
}

/// Everything that a style sheet declares, as written.
///
/// # Errors
///
/// Broken CSS, with file, line and column.
pub fn declared(source: Source<'_>) -> Result<Vec<Declaration>> {
    let rules = parse(source.css).map_err(|error| error.in_file(source.path))?;
    let rules = rules.into_iter();
    Ok(rules.flat_map(|rule| rule.declarations).collect())
}

/// What a style sheet says of variables of `:root`, in order.
///
/// # Errors
///
/// As [`declared`].
pub fn of_root(source: Source<'_>) -> Result<Vec<Declaration>> {
    let rules = parse(source.css).map_err(|error| error.in_file(source.path))?;
    let roots = rules.into_iter().filter(Rule::is_root);
    Ok(roots.flat_map(|rule| rule.declarations).collect())
}

impl Declaration {
    /// Line and column in its text, counted from 1.
    #[must_use]
    pub fn position(&self) -> (usize, usize) {
        (self.line as usize + 1, self.column as usize)
    }
}

impl Rule {
    fn is_root(&self) -> bool {
        self.selectors == [":root"]
    }

    fn with_variables(mut self, variables: &BTreeMap<String, String>) -> Result<Self> {
        for declaration in &mut self.declarations {
            declaration.value = substitute(declaration, variables, 0)?;
        }
        Ok(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn case(texts: &[&str], css: &str) {
        let path = Path::new("t.css");
        let sources: Vec<_> = texts.iter().map(|css| Source { path, css }).collect();
        let sheet = Sheet::resolve(&sources).expect("the sheet resolves");
        assert_eq!(sheet.to_css(), css);
    }

    #[test]
    fn variables_of_the_root_become_plain_values() {
        case(
            &[":root { --ink: #111; } .ink, .b { fill: var(--ink) }"],
            ".ink,.b{fill:#111;}\n",
        );
        case(
            &[".a { fill: rgb(1, var(--g, 2), 3); }"],
            ".a{fill:rgb(1, 2, 3);}\n",
        );
        case(
            &["@font-face { font-family: X; src: url(x.woff) } .a { fill: red }"],
            ".a{fill:red;}\n",
        );
        case(
            &[":root{--a:var(--b);--b:red}.x{fill:var(--a)!important;}"],
            ".x{fill:red !important;}\n",
        );
    }

    #[test]
    fn a_later_sheet_wins_even_in_rules_of_an_earlier_one() {
        case(
            &[
                ":root{--ink:black} .ink{fill:var(--ink)}",
                ":root{--ink:white}",
            ],
            ".ink{fill:white;}\n",
        );
    }

    #[test]
    fn settings_of_ours_stay_out_of_what_resvg_reads() {
        case(
            &[".q { --fit: fill; font-size: 10px } .r{--x:1}"],
            ".q{font-size:10px;}\n",
        );
    }

    #[test]
    fn faults_name_their_place() {
        #[track_caller]
        fn fault(text: &str, expected: &str) {
            let path = Path::new("t.css");
            let error = Sheet::resolve(&[Source { path, css: text }]).expect_err("it is broken");
            assert_eq!(error.to_string(), expected);
        }
        fault(
            ".a{}\n.b { fill: var(--nope) }",
            "t.css:2:6: `--nope` is not defined on `:root`",
        );
        fault(
            "@media print { a {} }",
            "t.css:1:1: `@media` is not supported in templates and themes",
        );
        fault(
            ":root{--a:var(--a)} .b{fill:var(--a)}",
            "t.css:1:24: `fill` refers to itself",
        );
        fault(
            ".a { fill red }",
            "t.css:1:6: `fill` is not followed by `:`",
        );
    }
}
