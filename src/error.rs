//! What is returned when we cannot go on: a file is unreadable, a template is not SVG.
//!
//! Faults in the user's material that leave other cards standing are
//! [`Diagnostic`]s, not errors.

use std::error;
use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

use crate::diagnostic::{Diagnostic, Place};

/// The result of everything that can fail.
pub type Result<T> = std::result::Result<T, Error>;

/// Why we cannot go on, where, and what to do about it.
///
/// Displays as one line in lower case without a final stop: ``cannot read `deck.yaml`: permission
/// denied``. [`Error::hint`] holds the way out, if there is one.
#[derive(Debug)]
pub struct Error {
    message: String,
    path: Option<PathBuf>,
    position: Option<(usize, usize)>,
    hint: Option<String>,
    cause: Option<Box<dyn error::Error + Send + Sync>>,
}

impl Error {
    /// An error that is about no file.
    #[must_use]
    pub fn new(message: impl Into<String>) -> Self {
        Self {
            message: message.into(),
            path: None,
            position: None,
            hint: None,
            cause: None,
        }
    }

    /// A file that could not be read.
    #[must_use]
    pub fn read(path: &Path, cause: io::Error) -> Self {
        Self::io("cannot read", path, cause)
    }

    /// A file or folder that could not be written.
    #[must_use]
    pub fn write(path: &Path, cause: io::Error) -> Self {
        Self::io("cannot write", path, cause)
    }

    fn io(verb: &str, path: &Path, cause: io::Error) -> Self {
        let mut error = Self::new(format!("{verb} `{}`: {}", path.display(), describe(&cause)));
        error.cause = Some(Box::new(cause));
        error
    }

    /// The same error, about this file.
    #[must_use]
    pub fn in_file(mut self, path: &Path) -> Self {
        self.path = Some(path.to_owned());
        self
    }

    /// The same error, at this line and column, both counted from 1.
    #[must_use]
    pub fn at(mut self, line: usize, column: usize) -> Self {
        self.position = Some((line, column));
        self
    }

    /// The same error, with a way out: an order in lower case, without a final stop.
    #[must_use]
    pub fn with_hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// The same error, with what caused it.
    #[must_use]
    pub fn caused_by(mut self, cause: impl error::Error + Send + Sync + 'static) -> Self {
        self.cause = Some(Box::new(cause));
        self
    }

    /// The same as a finding about the user's material, for an error that stops less than all.
    #[must_use]
    pub fn to_diagnostic(&self, code: &'static str) -> Diagnostic {
        let place = Place {
            file: self.path.clone(),
            line: self.position.map(|(line, _)| line),
            column: self.position.map(|(_, column)| column),
            ..Place::default()
        };
        let diagnostic = Diagnostic::error(code, self.message.as_str()).at(place);
        match &self.hint {
            Some(hint) => diagnostic.with_hint(hint),
            None => diagnostic,
        }
    }

    /// What to do about it.
    #[must_use]
    pub fn hint(&self) -> Option<&str> {
        self.hint.as_deref()
    }

    /// `deck.yaml:14:3`, as much of it as is known.
    #[must_use]
    pub fn place(&self) -> Option<String> {
        let path = self.path.as_ref()?.display();
        Some(match self.position {
            Some((line, column)) => format!("{path}:{line}:{column}"),
            None => path.to_string(),
        })
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(place) = self.place() {
            write!(f, "{place}: ")?;
        }
        f.write_str(&self.message)
    }
}

impl error::Error for Error {
    fn source(&self) -> Option<&(dyn error::Error + 'static)> {
        let cause = self.cause.as_deref()?;
        Some(cause)
    }
}

/// The plain words for the common cases; the operating system's own differ between machines.
fn describe(cause: &io::Error) -> String {
    match cause.kind() {
        io::ErrorKind::NotFound => "no such file or folder".to_owned(),
        io::ErrorKind::PermissionDenied => "permission denied".to_owned(),
        io::ErrorKind::IsADirectory => "it is a folder".to_owned(),
        io::ErrorKind::NotADirectory => "a part of the path is a file, not a folder".to_owned(),
        io::ErrorKind::StorageFull => "the disk is full".to_owned(),
        io::ErrorKind::ReadOnlyFilesystem => "the disk is read-only".to_owned(),
        _ => cause.to_string(),
    }
}
