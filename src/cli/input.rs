//! What every command that reads articles shares: inputs, actors, language, and telling of records
//! that were left out.

use super::{Done, Global};
use anyhow::Result;
use clap::ValueEnum;
use detente::actor::{Actors, discover};
use detente::annotation::DocumentDate;
use detente::article::Article;
use detente::error::Error;
use detente::language::{Language, Tables};
use detente::pipeline::Pipeline;
use detente::read::{self, Format};
use detente::tone::Thresholds;
use indicatif::{ProgressBar, ProgressStyle};
use jiff::civil::Date;
use std::path::{Path, PathBuf};

/// Where articles come from and who they are about.
#[derive(clap::Args, Debug, Clone)]
pub struct Input {
    /// Files, folders (walked recursively) or `-` for standard input.
    #[arg(required = true, value_name = "INPUT")]
    pub inputs: Vec<PathBuf>,
    /// Format of the inputs, instead of their extension.
    #[arg(long, value_enum, value_name = "FORMAT")]
    pub input_format: Option<InputFormat>,
    /// The field or column that holds the text.
    #[arg(long, value_name = "NAME")]
    pub text_field: Option<String>,
    /// Publication date of articles that have none.
    #[arg(long, value_name = "DATE")]
    pub published: Option<Date>,
    /// The two leaders.
    #[arg(long, num_args = 2, value_names = ["A", "B"], conflicts_with = "actors")]
    pub between: Option<Vec<String>>,
    /// Leaders and further actors; else the `actors.toml` of the input folder.
    #[arg(long, value_name = "FILE")]
    pub actors: Option<PathBuf>,
    /// A folder of lexicons that replace the built-in ones of the same name.
    #[arg(long, value_name = "DIR")]
    pub lexicons: Option<PathBuf>,
    #[command(flatten)]
    pub scoring: Scoring,
}

/// How tone is scored, beside the lexicons.
#[derive(clap::Args, Debug, Clone)]
pub struct Scoring {
    /// Terms of your own, `term,weight[,category]` a line (CSV or TSV); `talk*` is a stem, weights from -4 to 4.
    #[arg(long, value_name = "FILE")]
    pub add_terms: Option<PathBuf>,
    /// Tone at or below LOW is confrontational, at or above HIGH cordial.
    #[arg(long, num_args = 2, value_names = ["LOW", "HIGH"], allow_negative_numbers = true)]
    pub thresholds: Option<Vec<f64>>,
}

impl Scoring {
    /// English from the built-in lexicons, replaced from `lexicons` and with the terms added; tells what those overlap.
    pub fn language(&self, lexicons: Option<&Path>, quiet: bool) -> Result<Language> {
        let mut tables = Tables::load("en", lexicons)?;
        if let Some(path) = &self.add_terms {
            for note in tables.add_terms(path)? {
                if !quiet {
                    eprintln!("detente: {note}");
                }
            }
        }
        Ok(Language::from_tables("en", tables)?)
    }
    /// Where the labels begin.
    pub fn thresholds(&self) -> Result<Thresholds> {
        let Some(&[low, high]) = self.thresholds.as_deref() else { return Ok(Thresholds::default()) };
        if !(-1.0..=1.0).contains(&low) || !(-1.0..=1.0).contains(&high) || low >= high {
            anyhow::bail!("--thresholds: expected LOW < HIGH between -1 and 1, found {low} {high}");
        }
        Ok(Thresholds { confrontational: low, cordial: high })
    }
}

/// Input formats by name.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum InputFormat {
    /// One article a file
    Text,
    /// One JSON object a line
    Jsonl,
    /// Comma-separated with a header
    Csv,
    /// Tab-separated with a header
    Tsv,
}

/// An article, or why a record is none.
pub type Record = Result<Article, Error>;

/// What `told` makes of each article among `records` and of what `found` gives for it; what could not be read keeps its
/// place. `found` gives one result an article, in their order.
pub fn of_read<F, T>(records: &[Record], found: impl FnOnce(&[&Article]) -> Vec<F>, told: impl Fn(&Article, F) -> T) -> Vec<Option<T>> {
    let articles: Vec<&Article> = records.iter().flatten().collect();
    let mut found = found(&articles).into_iter();
    records.iter().map(|record| Some(told(record.as_ref().ok()?, found.next()?))).collect()
}

impl Input {
    /// How to read.
    pub fn options(&self) -> read::Options {
        let format = self.input_format.map(|f| match f {
            InputFormat::Text => Format::Text,
            InputFormat::Jsonl => Format::Jsonl,
            InputFormat::Csv => Format::Csv,
            InputFormat::Tsv => Format::Tsv,
        });
        read::Options { format, text_field: self.text_field.clone(), published: self.published }
    }
    /// The articles, streaming.
    pub fn articles(&self) -> Result<read::Articles> {
        Ok(read::open(&self.inputs, &self.options())?)
    }
    /// The actors that the user named, by option or in the folder.
    pub fn given(&self) -> Result<Actors> {
        if let Some(pair) = &self.between {
            return Ok(Actors::between(&pair[0], &pair[1]));
        }
        match self.actors.clone().or_else(|| read::configuration(&self.inputs, "actors.toml")) {
            Some(path) => Ok(Actors::read(&path)?),
            None => Ok(Actors::default()),
        }
    }
    /// The language with the user's lexicons and terms; what the terms take the place of is told.
    pub fn language(&self, global: &Global) -> Result<Language> {
        self.scoring.language(self.lexicons.as_deref(), global.quiet)
    }
    /// The pipeline for these inputs, given actors completed from the corpus unless it is a stream, and the articles.
    pub fn corpus(&self, global: &Global) -> Result<(Pipeline, impl Iterator<Item = Record> + Send + use<>)> {
        let mut pipeline = self.pipeline_of_given(global)?;
        let mut articles = self.articles()?;
        let mut sample: Vec<Record> = Vec::new();
        if self.inputs.iter().all(|i| i.as_os_str() != "-") {
            sample.extend(articles.by_ref().take(discover::SAMPLE));
            let known: Vec<&Article> = sample.iter().filter_map(|a| a.as_ref().ok()).collect();
            let learned = discover::learn(&known, &pipeline.actors, &pipeline.language);
            if let (false, Some([a, b]), false) = (pipeline.actors.dyad, learned.leaders(), global.quiet) {
                eprintln!("detente: leaders found in the corpus: {} and {}; name others with --between", a.name, b.name);
            }
            pipeline.actors = learned;
        }
        // What was learned from need not be read again.
        Ok((pipeline, sample.into_iter().chain(articles)))
    }
    /// The pipeline with the actors that were given, nothing learned from the corpus.
    pub fn pipeline_of_given(&self, global: &Global) -> Result<Pipeline> {
        let language = self.language(global)?;
        Ok(Pipeline { actors: self.given()?.recognise(&language), language, thresholds: self.scoring.thresholds()? })
    }
}

/// A count of articles on a terminal's stderr; nothing elsewhere.
pub fn progress(global: &Global, what: &'static str) -> ProgressBar {
    if global.quiet {
        return ProgressBar::hidden();
    }
    let bar = ProgressBar::new_spinner();
    let style = ProgressStyle::with_template("{spinner} {msg}: {human_pos} articles, {per_sec}").unwrap_or_else(|_| ProgressStyle::default_spinner());
    bar.set_style(style);
    bar.set_message(what);
    bar
}

/// Counts and tells the records that were left out.
#[derive(Debug, Default)]
pub struct Skips {
    /// What was left out, with the reason.
    pub reasons: Vec<String>,
    /// Articles dated from their own text.
    pub dated: usize,
    /// Articles without any date.
    pub undated: usize,
}

impl Skips {
    /// Told in full; the rest are only counted.
    const TOLD: usize = 20;

    /// Record one error.
    pub fn add(&mut self, error: &Error) {
        if self.reasons.len() < Self::TOLD {
            eprintln!("detente: skipped: {error}");
        }
        self.reasons.push(error.to_string());
    }
    /// What an article's record was odd about.
    pub fn notes(&self, article: &Article, global: &Global) {
        if !global.quiet {
            for note in &article.notes {
                eprintln!("detente: {}: {note}", article.place);
            }
        }
    }
    /// Where an article's date comes from when the input gives none.
    pub fn date(&mut self, article: &Article, found: Option<&DocumentDate>, global: &Global) {
        if article.published.is_some() {
            return;
        }
        let told = match found {
            Some(found) => {
                self.dated += 1;
                (self.dated <= Self::DATES).then(|| format!("dated {} from its text ({})", found.date, found.basis))
            }
            None => {
                self.undated += 1;
                (self.undated <= Self::DATES)
                    .then(|| "no date given and none in the text: only explicit dates are used; --published DATE gives one".to_owned())
            }
        };
        if let (Some(told), false) = (told, global.quiet) {
            eprintln!("detente: {}: {told}", article.id);
        }
    }
    /// Told one by one; the rest are only counted.
    const DATES: usize = 5;

    /// The last word, and how the command ends.
    pub fn finish(&self, global: &Global) -> Done {
        for (n, what) in [(self.dated, "dated from their text"), (self.undated, "without a date")] {
            if n > Self::DATES && !global.quiet {
                eprintln!("detente: {n} articles {what}");
            }
        }
        if self.reasons.is_empty() {
            return Done::All;
        }
        if self.reasons.len() > Self::TOLD {
            eprintln!("detente: {} records skipped, the first {} told above", self.reasons.len(), Self::TOLD);
        }
        Done::Skipped
    }
}
