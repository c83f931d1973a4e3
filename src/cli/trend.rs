//! `detente trend`: saved quotation rows in; series, turning points and charts out. No article is read again.

use super::input::Skips;
use super::output::Folder;
use super::{Done, Global, picture};
use anyhow::{Context, Result};
use clap::ValueEnum;
use detente::correction;
use detente::echo;
use detente::error::{Error, Place};
use detente::language::Language;
use detente::language::table::fnv;
use detente::read::quotes::{self, RowFormat};
use detente::record::{DirectionRule, QuoteRecord};
use detente::report::chart::font::Fonts;
use detente::report::chart::palette::Theme;
use detente::report::chart::{self, Event, Size, Style};
use detente::report::{series, table};
use detente::run;
use detente::tone::Thresholds;
use detente::trend::{self, Options, Period, Trend};
use jiff::civil::Date;
use serde_json::json;
use std::collections::BTreeMap;
use std::io::BufReader;
use std::path::{Path, PathBuf};

/// Arguments of `trend`.
#[derive(clap::Args, Debug)]
#[command(after_help = "Example:\n  detente trend reports/quotes.csv --out trend --events seeds/events.csv")]
pub struct Args {
    /// Rows as `quotes` or `analyze` saved them (CSV, TSV or JSON lines); `-` is standard input.
    #[arg(value_name = "QUOTES")]
    quotes: PathBuf,
    /// Format of the rows, instead of the extension.
    #[arg(long, value_enum, value_name = "FORMAT")]
    input_format: Option<InputRows>,
    /// Folder for the results; created where needed, files of the same name are replaced.
    #[arg(long, short, default_value = "reports", value_name = "DIR")]
    out: PathBuf,
    /// Corrections (doc_id,start,end,column,value,note) to apply before anything is computed.
    #[arg(long, value_name = "FILE")]
    corrections: Option<PathBuf>,
    /// Count those who speak for a leader as the leader.
    #[arg(long)]
    sides: bool,
    /// Count only the other leader in person as a target.
    #[arg(long)]
    strict: bool,
    #[command(flatten)]
    choices: Choices,
    #[command(flatten)]
    look: Look,
}

/// Formats of saved rows by name.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum InputRows {
    /// Comma-separated with a header
    Csv,
    /// Tab-separated with a header
    Tsv,
    /// One JSON object a line
    Jsonl,
}

/// What is counted and how it is smoothed.
#[derive(clap::Args, Debug, Clone)]
pub struct Choices {
    /// Leave out what was said before this day.
    #[arg(long, value_name = "DATE")]
    pub since: Option<Date>,
    /// Leave out what was said after this day.
    #[arg(long, value_name = "DATE")]
    pub until: Option<Date>,
    /// Only what this outlet carries; may be given several times.
    #[arg(long, value_name = "NAME")]
    pub outlet: Vec<String>,
    /// Count reported clauses without marks too.
    #[arg(long)]
    pub indirect: bool,
    /// Take each utterance's date from its own article only, never from another that carries it.
    #[arg(long)]
    pub no_echo_dates: bool,
    /// Period of the means.
    #[arg(long, value_enum, default_value = "month", value_name = "PERIOD")]
    pub by: By,
    /// Width of the smoothing kernel (its standard deviation) in days, instead of cross-validation.
    #[arg(long, value_name = "DAYS", value_parser = positive)]
    pub bandwidth: Option<f64>,
    /// Bootstrap samples for the bands; 0 = no bands.
    #[arg(long, default_value_t = 400, value_name = "N")]
    pub replicates: usize,
    /// Permutations for the test of a turning point.
    #[arg(long, default_value_t = 999, value_name = "N")]
    pub permutations: usize,
    /// Leave off the axis what is known only to more than this many days.
    #[arg(long, default_value_t = 92, value_name = "DAYS")]
    pub widest: u16,
    /// Compare before and after this day; may be given several times.
    #[arg(long, value_name = "DATE")]
    pub at: Vec<Date>,
}

/// Periods by name.
#[derive(Clone, Copy, Debug, PartialEq, ValueEnum)]
pub enum By {
    /// Calendar day
    Day,
    /// Week from Monday
    Week,
    /// Calendar month
    Month,
}

/// How the charts look.
#[derive(clap::Args, Debug, Clone)]
pub struct Look {
    /// Days to mark (date,label); else the `events.csv` beside the input.
    #[arg(long, value_name = "FILE")]
    pub events: Option<PathBuf>,
    /// Colours.
    #[arg(long, value_enum, default_value = "light", value_name = "THEME")]
    pub theme: ThemeName,
    /// Print (1200 × 780) or social (540 × 675, for phones), in logical pixels.
    #[arg(long, value_enum, default_value = "print", value_name = "SIZE")]
    pub size: SizeName,
    /// Chart formats; may be given several times.
    #[arg(long = "format", value_enum, default_value = "png", value_name = "FORMAT")]
    pub formats: Vec<ChartFormat>,
    /// Device pixels a logical pixel in PNG.
    #[arg(long, default_value_t = 2.0, value_name = "X", value_parser = positive)]
    pub scale: f64,
    /// A TrueType or OpenType font, before the built-in one.
    #[arg(long, value_name = "FILE")]
    pub font: Option<PathBuf>,
    /// Title, instead of the finding.
    #[arg(long, value_name = "TEXT")]
    pub title: Option<String>,
    /// Subtitle, instead of what is shown.
    #[arg(long, value_name = "TEXT")]
    pub subtitle: Option<String>,
}

/// Themes by name.
#[derive(Clone, Copy, Debug, PartialEq, ValueEnum)]
pub enum ThemeName {
    /// White paper
    Light,
    /// Near-black ground
    Dark,
}

/// Sizes by name.
#[derive(Clone, Copy, Debug, PartialEq, ValueEnum)]
pub enum SizeName {
    /// For pages and screens
    Print,
    /// For phones
    Social,
}

/// Chart formats by name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, ValueEnum)]
pub enum ChartFormat {
    /// Pixels
    Png,
    /// Vectors, with text as text
    Svg,
    /// Vega-Lite 5 with the data, to edit further
    VegaLite,
}

fn positive(text: &str) -> Result<f64, String> {
    text.parse::<f64>().ok().filter(|x| *x > 0.0 && *x <= 10_000.0).ok_or_else(|| "expected a number above 0".to_owned())
}

impl Look {
    /// The colours asked for.
    pub fn theme(&self) -> Theme {
        if self.theme == ThemeName::Dark { Theme::Dark } else { Theme::Light }
    }
    /// The size asked for.
    pub fn size(&self) -> Size {
        if self.size == SizeName::Social { Size::Social } else { Size::Print }
    }
}

impl Choices {
    /// As the library asks for them.
    pub fn options(&self, sides: bool, strict: bool) -> Options {
        Options {
            since: self.since,
            until: self.until,
            outlets: self.outlet.clone(),
            indirect: self.indirect,
            sides,
            strict,
            echo_dates: !self.no_echo_dates,
            by: match self.by {
                By::Day => Period::Day,
                By::Week => Period::Week,
                By::Month => Period::Month,
            },
            bandwidth: self.bandwidth,
            replicates: self.replicates,
            permutations: self.permutations,
            widest: i32::from(self.widest),
            at: self.at.clone(),
            ..Options::default()
        }
    }
}

/// The days to mark, from a CSV with the columns `date` and `label`; a wrong row is told and skipped.
pub fn events(path: Option<PathBuf>, skips: &mut Skips) -> Result<Vec<Event>> {
    let Some(path) = path else { return Ok(Vec::new()) };
    let path = path.as_path();
    let mut reader = csv::ReaderBuilder::new()
        .flexible(true)
        .trim(csv::Trim::All)
        .from_path(path)
        .with_context(|| format!("{}: cannot be read", path.display()))?;
    let header: Vec<String> = reader.headers()?.iter().map(|h| h.trim_start_matches('\u{feff}').to_lowercase()).collect();
    let column = |name: &str| {
        header
            .iter()
            .position(|h| h == name)
            .ok_or_else(|| Error::data(Place::line(path, 1), format!("expected the columns date and label, found {}", header.join(", "))))
    };
    let (date, label) = (column("date")?, column("label")?);
    let mut out = Vec::new();
    for record in reader.into_records() {
        let record = record?;
        let place = Place { path: path.to_owned(), line: record.position().map(csv::Position::line) };
        let cell = |c: usize| record.get(c).unwrap_or_default();
        match cell(date).parse::<Date>() {
            Ok(day) if !cell(label).is_empty() => out.push(Event { day: trend::series::day(day), label: cell(label).to_owned() }),
            Ok(_) => skips.add(&Error::data(place, "label: expected a few words, found nothing")),
            Err(_) => skips.add(&Error::data(place, format!("date: expected a date like 2026-01-03, found `{}`", cell(date)))),
        }
    }
    out.sort_by(|a, b| a.day.cmp(&b.day).then_with(|| a.label.cmp(&b.label)));
    Ok(out)
}

/// Apply the corrections of `path`; what is wrong or matches no row is told. Counts of corrections read, applied and unmatched.
pub fn correct(
    rows: &mut [QuoteRecord],
    path: &Path,
    rule: DirectionRule,
    thresholds: Thresholds,
    skips: &mut Skips,
) -> Result<BTreeMap<String, usize>> {
    let file = std::fs::File::open(path).map_err(|e| Error::io(path, e))?;
    let corrections = correction::read(path, file, |e| skips.add(&e))?;
    let applied = correction::apply(rows, &corrections, rule, thresholds, |e| skips.add(&e));
    let counts = [("read", corrections.len()), ("applied", applied), ("unmatched", corrections.len() - applied)];
    Ok(counts.into_iter().map(|(name, n)| (name.to_owned(), n)).collect())
}

/// The choices and counts of a trend, for the run record.
pub fn recorded(trend: &Trend) -> serde_json::Value {
    let o = &trend.options;
    let c = &trend.counts;
    let series: Vec<serde_json::Value> = trend
        .series
        .iter()
        .map(|s| json!({"direction": s.direction, "utterances": s.utterances.len(), "too_few_for_a_line": s.few, "bandwidth_days": s.bandwidth, "bandwidth_from": s.bandwidth_basis}))
        .collect();
    json!({
        "since": o.since, "until": o.until, "outlets": o.outlets, "indirect": o.indirect, "sides": o.sides, "strict": o.strict, "echo_dates": o.echo_dates,
        "by": o.by.name(), "replicates": o.replicates, "permutations": o.permutations, "widest_days": o.widest, "fewest_utterances": o.fewest, "seed": o.seed,
        "rows": c.rows, "utterances": c.utterances, "undated": c.undated, "too_wide": c.too_wide, "series": series,
    })
}

/// Write `trend.csv`, `shifts.csv` and the charts. `hash` names what they were made from.
pub fn write(
    folder: &mut Folder,
    rows: &[QuoteRecord],
    trend: &Trend,
    look: &Look,
    events: Vec<Event>,
    hash: &str,
    global: &Global,
) -> Result<picture::Made> {
    folder.write("trend.csv", &table::csv("trend.csv", series::trend_rows(trend))?)?;
    folder.write("shifts.csv", &table::csv("shifts.csv", series::shift_rows(trend))?)?;
    let given = picture::font(look)?;
    let fonts = Fonts::new(given.as_ref().map(|(path, bytes)| (*path, bytes.as_slice())))?;
    let style = Style { theme: look.theme(), size: look.size(), title: look.title.clone(), subtitle: look.subtitle.clone(), events, source: None };
    let by_role = trend::by_role(trend, rows);
    let names = ["trend", "trend_means", "trend_roles"];
    let drawn = run::map(names.len(), |i| {
        let sheet = match i {
            0 => chart::trend(trend, rows, &style, &fonts),
            1 => chart::means(trend, &style, &fonts),
            _ => chart::roles([&by_role[0], &by_role[1]], rows, &style, &fonts),
        };
        (picture::Files::of(&sheet, look, hash), sheet.missing())
    });
    let mut made = picture::Made::new();
    for (n, (name, (files, missing))) in names.iter().zip(drawn).enumerate() {
        if n == 0 && !missing.is_empty() && !global.quiet {
            let shown: String = missing.iter().take(12).collect();
            eprintln!("detente: no glyph for {} characters ({shown}); --font FILE gives a font that has them", missing.len());
        }
        if n == 0 {
            made.extend(files.made(detente::report::html::Place::Trend, look));
        }
        files.write(folder, name)?;
    }
    if look.formats.contains(&ChartFormat::VegaLite) {
        let mut json = serde_json::to_vec_pretty(&chart::vega::trend(trend, rows, &style))?;
        json.push(b'\n');
        folder.write("trend.vl.json", &json)?;
    }
    Ok(made)
}

/// Saved rows and the hash of their bytes; a wrong row is told and skipped.
pub fn rows(path: &Path, format: Option<InputRows>, skips: &mut Skips) -> Result<(Vec<QuoteRecord>, String)> {
    let format = match format {
        Some(InputRows::Csv) => RowFormat::Csv,
        Some(InputRows::Tsv) => RowFormat::Tsv,
        Some(InputRows::Jsonl) => RowFormat::Jsonl,
        None => RowFormat::of(path),
    };
    let bytes = if path.as_os_str() == "-" {
        let mut bytes = Vec::new();
        std::io::Read::read_to_end(&mut std::io::stdin().lock(), &mut bytes)?;
        bytes
    } else {
        std::fs::read(path).map_err(|e| Error::io(path, e))?
    };
    let rows = quotes::read(path, BufReader::new(bytes.as_slice()), format, |e| skips.add(&e))?;
    Ok((rows, format!("{:016x}", fnv(&bytes))))
}

pub fn run(args: &Args, global: &Global) -> Result<Done> {
    let mut folder = Folder::open(&args.out)?;
    let mut skips = Skips::default();
    let (mut rows, hash) = rows(&args.quotes, args.input_format, &mut skips)?;
    if let Some(path) = &args.corrections {
        let rule = DirectionRule { sides: args.sides, strict: args.strict };
        let counts = correct(&mut rows, path, rule, Default::default(), &mut skips)?;
        if !global.quiet {
            eprintln!("{} of {} corrections applied", counts["applied"], counts["read"]);
        }
    }
    // Rows of a stream know nothing of each other yet; corrected ones may have other echoes.
    if args.corrections.is_some() || rows.iter().all(|r| r.echo_id.is_empty()) {
        echo::join(&mut rows, &Language::load("en", None)?);
    }
    let beside = args.quotes.parent().map(|p| p.join("events.csv")).filter(|p| args.quotes.as_os_str() != "-" && p.is_file());
    let events = events(args.look.events.clone().or(beside), &mut skips)?;
    let trend = trend::run(&rows, &args.choices.options(args.sides, args.strict));
    write(&mut folder, &rows, &trend, &args.look, events, &hash, global)?;
    if !global.quiet {
        let c = &trend.counts;
        eprintln!(
            "{} rows, {} utterances between the two leaders on the axis, {} without a usable date",
            c.rows,
            c.utterances,
            c.undated + c.too_wide
        );
        for s in trend.series.iter().filter(|s| s.few) {
            eprintln!(
                "{}: {} utterances are too few for a line or a turning point (at least {})",
                s.direction,
                s.utterances.len(),
                trend.options.fewest
            );
        }
        eprintln!("written to {}: {}", folder.root().display(), folder.written.join(", "));
    }
    Ok(skips.finish(global))
}
