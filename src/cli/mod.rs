//! The command line: the only module that prints.
//!
//! In: arguments. Out: what the other modules make of them, messages, an exit code. Each command
//! has a file of its own.

mod args;
mod campaign;
mod check;
mod console;
mod dry_run;
mod events;
mod explain;
mod extract;
mod inputs;
mod interrupt;
mod licenses;
mod lists;
mod material;
mod merge;
mod outcome;
mod progress;
mod render;
mod report;
mod summary;
mod templates;

use std::ffi::OsString;
use std::process::ExitCode;

use clap::Parser;

use crate::error::Result;
use args::{Arguments, Command};
use console::Console;

/// How a command ended that said itself what there was to say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// All is well; warnings may have been shown. Exit code 0.
    Fine,
    /// There are errors in the material, inputs that could not be read beside others that could,
    /// or nothing worth sharing in any of them. Exit code 1.
    Problems,
    /// Nothing could be done. Exit code 2.
    Failed,
    /// Ended by Ctrl-C; what is there is whole, and the same command makes the rest. Exit code 130.
    Interrupted,
}

impl Status {
    fn of(has_problems: bool) -> Self {
        if has_problems {
            Self::Problems
        } else {
            Self::Fine
        }
    }

    fn code(self) -> ExitCode {
        match self {
            Self::Fine => ExitCode::SUCCESS,
            Self::Problems => ExitCode::from(1),
            Self::Failed => ExitCode::from(2),
            Self::Interrupted => ExitCode::from(interrupt::EXIT_CODE),
        }
    }
}

/// Runs the program with these arguments, the first of which is its own name.
#[must_use]
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    let arguments = match Arguments::try_parse_from(arguments) {
        Ok(arguments) => arguments,
        Err(message) => {
            // Help and version are messages too, with code 0. A reader who is gone needs neither.
            let _ = message.print();
            return ExitCode::from(u8::try_from(message.exit_code()).unwrap_or(2));
        }
    };
    let mut console = Console::new();
    let status = dispatch(&arguments, &mut console).unwrap_or_else(|error| {
        console.errors(&[error]);
        Status::Failed
    });
    status.code()
}

fn dispatch(arguments: &Arguments, console: &mut Console) -> Result<Status> {
    if arguments.licenses {
        console.print(&licenses::licenses())?;
        return Ok(Status::Fine);
    }
    match &arguments.command {
        Some(Command::Render(args)) => render::run(args, console),
        Some(Command::Merge(args)) => merge::run(args, console),
        Some(Command::Extract(args)) => extract::run(args, console),
        Some(Command::Check(args)) => check::run(args, console),
        Some(Command::Templates(args)) => templates::run(args, console),
        Some(Command::Platforms) => lists::platforms(console).map(|()| Status::Fine),
        // Without any argument the parser shows the help.
        None => Ok(Status::Failed),
    }
}
