//! `detente quotes`: articles in, one row a quotation out, streaming.

use super::input::{Input, Skips, of_read, progress};
use super::{Done, Global};
use anyhow::Result;
use clap::ValueEnum;
use detente::annotation::Annotation;
use detente::article::Article;
use detente::record::{self, DirectionRule, Row};
use detente::report::schema;
use detente::run;
use std::io::{BufWriter, Write};

/// Arguments of `quotes`.
#[derive(clap::Args, Debug)]
#[command(after_help = "Example:\n  detente quotes seeds --format jsonl | head -3")]
pub struct Args {
    #[command(flatten)]
    input: Input,
    /// Output format.
    #[arg(long, value_enum, default_value = "csv")]
    format: OutputFormat,
    /// Write no header row.
    #[arg(long)]
    no_header: bool,
    /// Where to write; `-` is standard output.
    #[arg(long, short, default_value = "-", value_name = "FILE")]
    out: std::path::PathBuf,
    /// Count those who speak for a leader as the leader.
    #[arg(long)]
    sides: bool,
    /// Count only the other leader in person as a target.
    #[arg(long)]
    strict: bool,
}

/// Output formats by name.
#[derive(Clone, Copy, Debug, PartialEq, ValueEnum)]
pub enum OutputFormat {
    /// Comma-separated with a header
    Csv,
    /// One JSON object a line
    Jsonl,
}

pub fn run(args: &Args, global: &Global) -> Result<Done> {
    let (pipeline, articles) = args.input.corpus(global)?;
    let out: Box<dyn Write + Send> =
        if args.out.as_os_str() == "-" { Box::new(std::io::stdout()) } else { Box::new(std::fs::File::create(&args.out)?) };
    let mut out = BufWriter::with_capacity(1 << 16, out);
    let rule = DirectionRule { sides: args.sides, strict: args.strict };
    let mut skips = Skips::default();
    let bar = progress(global, "quotes");
    if args.format == OutputFormat::Csv && !args.no_header {
        let mut header = csv::Writer::from_writer(&mut out);
        header.write_record(schema::table("quotes.csv").map(schema::Table::header).unwrap_or_default())?;
        header.flush()?;
    }
    run::ordered(
        articles,
        |records| {
            let written = |article: &Article, annotation: Annotation| {
                let lines = lines(record::rows(article, &annotation, &pipeline.actors, rule), args.format);
                (annotation.document_date, lines)
            };
            of_read(records, |articles| pipeline.annotate_all(articles), written)
        },
        |article, found| -> Result<()> {
            match article {
                Ok(article) => {
                    if let Some((date, lines)) = found {
                        bar.inc(1);
                        skips.notes(&article, global);
                        skips.date(&article, date.as_ref(), global);
                        out.write_all(&lines?)?;
                    }
                }
                Err(error) => skips.add(&error),
            }
            Ok(())
        },
    )?;
    out.flush()?;
    bar.finish_and_clear();
    Ok(skips.finish(global))
}

/// The rows as they are written, without a header.
fn lines<'a>(rows: impl Iterator<Item = Row<'a>>, format: OutputFormat) -> Result<Vec<u8>> {
    let mut out = Vec::new();
    match format {
        OutputFormat::Csv => {
            let mut writer = csv::WriterBuilder::new().has_headers(false).from_writer(&mut out);
            for row in rows {
                writer.serialize(row)?;
            }
            writer.flush()?;
            drop(writer);
        }
        OutputFormat::Jsonl => {
            for row in rows {
                serde_json::to_writer(&mut out, &row)?;
                out.push(b'\n');
            }
        }
    }
    Ok(out)
}
