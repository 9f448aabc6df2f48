//! The `pullquote` command.

use std::process::ExitCode;

fn main() -> ExitCode {
    pullquote::cli::run(std::env::args_os())
}
