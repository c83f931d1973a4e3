//! The `detente` program: arguments in, exit code out.

#![allow(clippy::print_stdout)] // standard output is what a program is for

mod cli;

use std::process::ExitCode;

fn main() -> ExitCode {
    cli::main()
}
