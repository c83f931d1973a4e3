//! The `detente` program: arguments in, exit code out.

#![allow(clippy::print_stdout)] // standard output is what a program is for

mod cli;

use std::process::ExitCode;

/// An eighth of the time of a run on a system's own allocator went into many small strings.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    cli::main()
}
