//! From CSS text to rules, values as written; with the place of what is wrong.

use cssparser::{Delimiter, ParseError, ParseErrorKind, Parser, SourceLocation, Token};

use super::{Declaration, Rule};
use crate::error::{Error, Result};

/// What is wrong with a style sheet, and where.
#[derive(Debug)]
pub(super) struct Fault {
    message: String,
    location: SourceLocation,
}

impl Fault {
    pub(super) fn at(location: SourceLocation, message: impl Into<String>) -> ParseError<Self> {
        ParseError::custom(Self {
            message: message.into(),
            location,
        })
    }
}

pub(super) type Parsed<T> = std::result::Result<T, ParseError<Fault>>;

/// Splits CSS text into rules; values stay as written.
pub(super) fn parse(text: &str) -> Result<Vec<Rule>> {
    let mut parser = Parser::new(text);
    let mut rules = Vec::new();
    loop {
        parser.skip_whitespace();
        if parser.is_exhausted() {
            return Ok(rules);
        }
        if parser.try_parse(font_face).is_ok() {
            continue;
        }
        let start = parser.current_source_location();
        rules.push(rule(&mut parser).map_err(|cause| located(cause, start))?);
    }
}

/// Skips an `@font-face` rule: drawing programs write them, and a card has the fonts that we were given.
fn font_face(parser: &mut Parser<'_>) -> Parsed<()> {
    match parser.next() {
        Ok(Token::AtKeyword(name)) if name.eq_ignore_ascii_case("font-face") => {}
        _ => {
            let location = parser.current_source_location();
            return Err(Fault::at(location, "no `@font-face`"));
        }
    }
    parser.expect_curly_bracket_block()?;
    parser.parse_nested_block(|block| {
        while block.next().is_ok() {}
        Ok(())
    })
}

fn rule(parser: &mut Parser<'_>) -> Parsed<Rule> {
    let location = parser.current_source_location();
    let at_rule = parser.try_parse(|parser| match parser.next() {
        Ok(Token::AtKeyword(name)) => Ok(name.to_string()),
        _ => Err(()),
    });
    if let Ok(name) = at_rule {
        let message = format!("`@{name}` is not supported in templates and themes");
        return Err(Fault::at(location, message));
    }
    let selectors = parser.parse_until_before(Delimiter::CurlyBracketBlock, |prelude| {
        prelude.parse_comma_separated(|one| Ok::<_, ParseError<Fault>>(rest_of(one)))
    })?;
    if parser.expect_curly_bracket_block().is_err() {
        let message = format!("`{}` is not followed by `{{`", selectors.join(", "));
        return Err(Fault::at(location, message));
    }
    let declarations = parser.parse_nested_block(declarations)?;
    Ok(Rule {
        selectors,
        declarations,
    })
}

/// Everything that is left, as written, without white space around it.
pub(super) fn rest_of(parser: &mut Parser<'_>) -> String {
    parser.skip_whitespace();
    let start = parser.position();
    while parser.next().is_ok() {}
    parser.slice_from(start).trim().to_owned()
}

fn declarations(body: &mut Parser<'_>) -> Parsed<Vec<Declaration>> {
    let mut declarations = Vec::new();
    loop {
        while body.try_parse(Parser::expect_semicolon).is_ok() {}
        body.skip_whitespace();
        if body.is_exhausted() {
            return Ok(declarations);
        }
        declarations.push(declaration(body)?);
    }
}

fn declaration(body: &mut Parser<'_>) -> Parsed<Declaration> {
    let location = body.current_source_location();
    let Ok(name) = body.expect_ident_cloned() else {
        return Err(Fault::at(location, "expected the name of a property"));
    };
    if body.expect_colon().is_err() {
        return Err(Fault::at(
            location,
            format!("`{name}` is not followed by `:`"),
        ));
    }
    let (value, is_important) = body.parse_until_before(Delimiter::Semicolon, |value| {
        let text = value.parse_until_before(Delimiter::Bang, |plain| {
            Ok::<_, ParseError<Fault>>(rest_of(plain))
        })?;
        let is_important = value.try_parse(cssparser::parse_important).is_ok();
        Ok::<_, ParseError<Fault>>((text, is_important))
    })?;
    if value.is_empty() {
        return Err(Fault::at(location, format!("`{name}` has no value")));
    }
    let is_custom = name.starts_with("--");
    Ok(Declaration {
        name: if is_custom {
            name.to_string()
        } else {
            name.to_ascii_lowercase()
        },
        value,
        is_important,
        line: location.line,
        column: location.column,
    })
}

pub(super) fn plain_message(cause: ParseError<Fault>) -> String {
    match cause.kind {
        ParseErrorKind::Custom(fault) => fault.message,
        ParseErrorKind::Basic(kind) => format!("broken CSS: {kind}"),
    }
}

pub(super) fn located(cause: ParseError<Fault>, rule: SourceLocation) -> Error {
    let location = match &cause.kind {
        ParseErrorKind::Custom(fault) => fault.location,
        ParseErrorKind::Basic(_) => rule,
    };
    let (line, column) = (location.line as usize + 1, location.column as usize);
    Error::new(plain_message(cause)).at(line, column)
}
