//! Puts the values of variables in place of `var()`.

use std::collections::BTreeMap;

use cssparser::{Parser, SourceLocation, Token};

use super::Declaration;
use super::parse::{Fault, Parsed, located, plain_message, rest_of};
use crate::error::Result;

/// Deeper than this, variables refer to each other in a circle.
const DEEPEST_VARIABLE: usize = 16;

/// A declaration's value with the values of variables in it.
///
/// # Errors
///
/// A variable that nobody defines, or one that refers to itself.
pub(super) fn substitute(
    declaration: &Declaration,
    variables: &BTreeMap<String, String>,
    depth: usize,
) -> Result<String> {
    let location = SourceLocation {
        line: declaration.line,
        column: declaration.column,
    };
    if depth > DEEPEST_VARIABLE {
        let message = format!("`{}` refers to itself", declaration.name);
        return Err(located(Fault::at(location, message), location));
    }
    let mut out = String::new();
    copy(&mut Parser::new(&declaration.value), variables, &mut out).map_err(|cause| {
        let message = plain_message(cause);
        located(Fault::at(location, message), location)
    })?;
    if contains_var(&out) {
        let next = Declaration {
            value: out,
            ..declaration.clone()
        };
        return substitute(&next, variables, depth + 1);
    }
    Ok(out)
}

fn contains_var(value: &str) -> bool {
    value.to_ascii_lowercase().contains("var(")
}

/// Copies tokens as written, with the values of variables in place of `var()`.
fn copy(
    parser: &mut Parser<'_>,
    variables: &BTreeMap<String, String>,
    out: &mut String,
) -> Parsed<()> {
    loop {
        let start = parser.position();
        let Ok(token) = parser.next_including_whitespace_and_comments().cloned() else {
            return Ok(());
        };
        match token {
            Token::Function(name) if name.eq_ignore_ascii_case("var") => {
                let value = parser.parse_nested_block(|call| variable(call, variables))?;
                out.push_str(&value);
            }
            Token::Function(_)
            | Token::ParenthesisBlock
            | Token::SquareBracketBlock
            | Token::CurlyBracketBlock => {
                out.push_str(parser.slice_from(start));
                parser.parse_nested_block(|inner| copy(inner, variables, out))?;
                out.push(match token {
                    Token::SquareBracketBlock => ']',
                    Token::CurlyBracketBlock => '}',
                    _ => ')',
                });
            }
            Token::Comment(_) => {}
            _ => out.push_str(parser.slice_from(start)),
        }
    }
}

/// The value of `var(--name)` or `var(--name, fallback)`, its parentheses already open.
fn variable(call: &mut Parser<'_>, variables: &BTreeMap<String, String>) -> Parsed<String> {
    let location = call.current_source_location();
    let Ok(name) = call.expect_ident_cloned() else {
        return Err(Fault::at(location, "`var()` needs the name of a variable"));
    };
    let fallback = call
        .try_parse(Parser::expect_comma)
        .is_ok()
        .then(|| rest_of(call));
    let value = variables.get(name.trim_start_matches("--")).cloned();
    value
        .or(fallback)
        .ok_or_else(|| Fault::at(location, format!("`{name}` is not defined on `:root`")))
}
