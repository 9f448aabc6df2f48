//! What is wrong with the user's material: a stable code, a place, a fact with numbers, a way out.
//!
//! Stages collect diagnostics and go on with the other cards; `cli` decides how to show them.

use std::fmt;
use std::path::PathBuf;

/// How bad it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Worth a look; the image is made.
    Warning,
    /// The image is wrong or cannot be made.
    Error,
}

impl Severity {
    /// `warning` or `error`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

/// Where it is, as much of it as is known.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// The deck, article or template.
    pub file: Option<PathBuf>,
    /// Line, counted from 1.
    pub line: Option<usize>,
    /// Column in characters, counted from 1.
    pub column: Option<usize>,
    /// The card's id.
    pub card: Option<String>,
    /// The platform the image is for.
    pub platform: Option<String>,
    /// The field of the card.
    pub field: Option<String>,
}

/// One finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// Stable, in kebab case: `text-overflow`.
    pub code: &'static str,
    /// How bad it is.
    pub severity: Severity,
    /// One fact that makes sense alone, with numbers; lower case, no final stop.
    pub message: String,
    /// Where it is.
    pub place: Place,
    /// What to do: an order in lower case, no final stop.
    pub hint: Option<String>,
}

impl Diagnostic {
    /// A finding that makes the image wrong or impossible.
    #[must_use]
    pub fn error(code: &'static str, message: impl Into<String>) -> Self {
        Self::new(code, Severity::Error, message)
    }

    /// A finding worth a look.
    #[must_use]
    pub fn warning(code: &'static str, message: impl Into<String>) -> Self {
        Self::new(code, Severity::Warning, message)
    }

    fn new(code: &'static str, severity: Severity, message: impl Into<String>) -> Self {
        Self {
            code,
            severity,
            message: message.into(),
            place: Place::default(),
            hint: None,
        }
    }

    /// The same finding, at this place.
    #[must_use]
    pub fn at(mut self, place: Place) -> Self {
        self.place = place;
        self
    }

    /// The same finding, with a way out.
    #[must_use]
    pub fn with_hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let file = self.file.as_ref().map(|path| {
            let line = self.line.map(|line| format!(":{line}")).unwrap_or_default();
            let column = self.line.and(self.column).map(|c| format!(":{c}"));
            format!("{}{line}{}", path.display(), column.unwrap_or_default())
        });
        let subject = [
            ("card", &self.card),
            ("platform", &self.platform),
            ("field", &self.field),
        ]
        .iter()
        .filter_map(|(kind, name)| name.as_ref().map(|name| format!("{kind} `{name}`")))
        .collect::<Vec<_>>()
        .join(", ");
        match (file, subject.is_empty()) {
            (Some(file), true) => f.write_str(&file),
            (Some(file), false) => write!(f, "{file} ({subject})"),
            (None, _) => f.write_str(&subject),
        }
    }
}
