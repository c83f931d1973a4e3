//! The commands. Each file is one command; what they share is in `input`.

mod analyze;
mod compare;
mod explain;
mod input;
mod inspect;
mod lexicons;
mod output;
mod picture;
mod quotes;
mod trend;

use clap::{Parser, Subcommand};
use std::process::ExitCode;

/// Who said what to whom in the news, when, and in what tone.
#[derive(Parser, Debug)]
#[command(version, propagate_version = true, max_term_width = 100)]
struct Cli {
    #[command(subcommand)]
    command: Command,
    #[command(flatten)]
    global: Global,
}

/// Options of every command.
#[derive(clap::Args, Debug)]
pub struct Global {
    /// Threads to use; 0 = one per core. Results never depend on it.
    #[arg(long, default_value_t = 0, global = true, value_name = "N")]
    pub threads: usize,
    /// Say nothing on stderr but errors.
    #[arg(long, short, global = true)]
    pub quiet: bool,
}

#[derive(Subcommand, Debug)]
enum Command {
    /// The main job: quotations, charts, framing and a report into one folder.
    Analyze(analyze::Args),
    /// How each outlet told it: tables from articles or from saved quotations.
    Compare(compare::Args),
    /// Stream scored quotations as CSV or JSONL.
    Quotes(quotes::Args),
    /// Series, turning points and charts from saved quotations.
    Trend(trend::Args),
    /// Run one stage alone and print JSON lines.
    Inspect(inspect::Args),
    /// Every word's part in the tone of a text, and the rules that fired.
    Explain(explain::Args),
    /// The language data in use: list it, check it, write it out.
    Lexicons(lexicons::Args),
}

/// How a command ended when it did not fail.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Done {
    /// All records processed.
    All,
    /// Some records were skipped, each told on stderr.
    Skipped,
}

pub fn main() -> ExitCode {
    let cli = Cli::parse();
    detente::run::threads(cli.global.threads);
    let done = match cli.command {
        Command::Analyze(args) => analyze::run(&args, &cli.global),
        Command::Compare(args) => compare::run(&args, &cli.global),
        Command::Quotes(args) => quotes::run(&args, &cli.global),
        Command::Trend(args) => trend::run(&args, &cli.global),
        Command::Inspect(args) => inspect::run(&args, &cli.global),
        Command::Explain(args) => explain::run(&args, &cli.global),
        Command::Lexicons(args) => lexicons::run(&args),
    };
    match done {
        Ok(Done::All) => ExitCode::SUCCESS,
        Ok(Done::Skipped) => ExitCode::from(3),
        // A reader that has seen enough (`| head`) is no failure.
        Err(error) if closed_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("detente: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn closed_pipe(error: &anyhow::Error) -> bool {
    error.chain().any(|e| {
        e.downcast_ref::<std::io::Error>().is_some_and(|e| e.kind() == std::io::ErrorKind::BrokenPipe)
            || e.downcast_ref::<csv::Error>()
                .is_some_and(|e| matches!(e.kind(), csv::ErrorKind::Io(io) if io.kind() == std::io::ErrorKind::BrokenPipe))
            || e.downcast_ref::<serde_json::Error>().is_some_and(|e| e.io_error_kind() == Some(std::io::ErrorKind::BrokenPipe))
    })
}
