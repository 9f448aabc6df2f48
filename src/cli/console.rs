//! Standard output for results, standard error for everything else.
//!
//! Colour only on a terminal, and never with `NO_COLOR`. A reader who has seen enough (`| head`) is
//! no fault.

use std::io::{self, Write};

use anstream::AutoStream;

use super::report;
use crate::diagnostic::Diagnostic;
use crate::error::{Error, Result};

/// Where a command prints.
pub struct Console {
    out: AutoStream<io::Stdout>,
    err: AutoStream<io::Stderr>,
    is_closed: bool,
    is_silent: bool,
}

impl Console {
    /// The streams of this program.
    #[must_use]
    pub fn new() -> Self {
        Self {
            out: AutoStream::auto(io::stdout()),
            err: AutoStream::auto(io::stderr()),
            is_closed: false,
            is_silent: false,
        }
    }

    /// One that tells nobody what is wrong.
    #[cfg(test)]
    pub fn silent() -> Self {
        Self {
            is_silent: true,
            ..Self::new()
        }
    }

    /// Prints a result.
    ///
    /// # Errors
    ///
    /// Standard output cannot be written, unless its reader is gone: then nothing is printed any
    /// more.
    pub fn print(&mut self, text: &str) -> Result<()> {
        if self.is_closed {
            return Ok(());
        }
        let written = self.out.write_all(text.as_bytes());
        match written.and_then(|()| self.out.flush()) {
            Err(cause) if cause.kind() == io::ErrorKind::BrokenPipe => {
                self.is_closed = true;
                Ok(())
            }
            Err(cause) => Err(Error::new(format!("cannot print: {cause}")).caused_by(cause)),
            Ok(()) => Ok(()),
        }
    }

    /// Shows errors.
    pub fn errors(&mut self, errors: &[Error]) {
        for error in errors {
            self.show(&report::error(error));
        }
    }

    /// Shows diagnostics and how many there are.
    pub fn diagnostics(&mut self, diagnostics: &[Diagnostic]) {
        self.show(&report::diagnostics(diagnostics));
    }

    /// There is nowhere else to tell that standard error cannot be written.
    fn show(&mut self, text: &str) {
        if self.is_silent {
            return;
        }
        let _ = self.err.write_all(text.as_bytes());
        let _ = self.err.flush();
    }
}
