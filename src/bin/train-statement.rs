//! `train-statement STATEMENTS.tsv OUT.tsv`: the weights of `detente::tone::statement` from statements of one leader about
//! another, written and labelled for this (`tests/gold/statements.tsv`). Rows: `label` (-1, 0, 1), `kind`, `sentence`, in which
//! {A} is the speaker, {B} the other leader, {CA}, {CB} their countries and {DA}, {DB} what belongs to these. Nothing else is
//! read. The same rows and lexicons give the same bytes.

use anyhow::{Context, Result, ensure};
use clap::Parser;
use detente::actor::Actors;
use detente::article::Article;
use detente::language::Language;
use detente::language::table::{Table, fnv};
use detente::learn::minimise;
use detente::pipeline::Pipeline;
use detente::span::Span;
use detente::token;
use detente::tone::{lexicon, statement};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::PathBuf;

/// Train the weights of the statement model.
#[derive(Parser, Debug)]
struct Args {
    /// Labelled statements.
    statements: PathBuf,
    /// The table to write.
    out: PathBuf,
    /// A feature is kept that occurs in so many rows.
    #[arg(long, default_value_t = 2)]
    least: usize,
    /// How many features the table holds at most.
    #[arg(long, default_value_t = 12_000)]
    most: usize,
    /// Penalty of the squares of the weights. Cross-validation asks for less: the statements share a style that articles have not.
    #[arg(long, default_value_t = 1.5)]
    penalty: f64,
}

/// What stands for the placeholders of a sentence: two people and two countries that no table knows.
const NAMES: [(&str, &str); 6] =
    [("{CA}", "Tolvania"), ("{CB}", "Brandmark"), ("{DA}", "Tolvanian"), ("{DB}", "Brandmarker"), ("{A}", "Edgar Tolvan"), ("{B}", "Martha Brandt")];
const FOLDS: usize = 5;
/// The lexicons' sum counts up to this.
const MOST: f64 = 6.0;

/// A statement as the model sees it.
struct Row {
    /// 0 confrontational, ½ neither, 1 cordial.
    label: f64,
    /// The lexicons' sum.
    lexical: f64,
    columns: Vec<u32>,
}

fn main() -> Result<()> {
    let args = Args::parse();
    let text = std::fs::read_to_string(&args.statements).with_context(|| args.statements.display().to_string())?;
    let table = Table::parse(&args.statements, text.clone(), true)?;
    ensure!(table.rows().len() > 0, "{}: expected at least one row", args.statements.display());
    let mut language = Language::english()?;
    language.statement.untrained();
    let pipeline = Pipeline { language, actors: Actors::between(NAMES[4].1, NAMES[5].1), thresholds: Default::default() };

    let mut names: BTreeMap<u64, String> = BTreeMap::new();
    let mut found: Vec<(f64, f64, Vec<u64>)> = Vec::with_capacity(table.rows().len());
    for row in table.rows() {
        let label = (table.number(row, 0)? + 1.0) / 2.0;
        let sentence = NAMES.iter().fold(row.cells[2].to_owned(), |s, (from, to)| s.replace(from, to));
        let (Some(opens), Some(closes)) = (sentence.find('\u{201c}'), sentence.rfind('\u{201d}')) else {
            anyhow::bail!("{}: expected a quotation in curly marks", table.place(row));
        };
        let quote = Span::new(opens + '\u{201c}'.len_utf8(), closes);
        let mut features = Vec::new();
        let tokens = token::split(&sentence, &pipeline.language);
        let within = &tokens[token::within(&tokens, quote)];
        statement::features(&sentence, within, &pipeline.language, |feature, kind, at| {
            names.entry(feature).or_insert_with(|| statement::name(&sentence, within, at, kind, feature, &pipeline.language));
            features.push(feature);
        });
        found.push((label, lexical(&pipeline, sentence, quote), features));
    }

    let mut counts: BTreeMap<u64, usize> = BTreeMap::new();
    found.iter().flat_map(|f| &f.2).for_each(|f| *counts.entry(*f).or_default() += 1);
    let mut kept: Vec<u64> = counts.iter().filter(|(_, n)| **n >= args.least).map(|(f, _)| *f).collect();
    eprintln!("{} rows, {} features in at least {} rows", found.len(), kept.len(), args.least);
    let rows = |kept: &[u64]| -> Vec<Row> {
        let column = |f: &u64| kept.binary_search(f).ok().map(|c| c as u32);
        found.iter().map(|(label, lexical, f)| Row { label: *label, lexical: *lexical, columns: f.iter().filter_map(column).collect() }).collect()
    };

    let data = rows(&kept);
    let all: Vec<&Row> = data.iter().collect();
    eprintln!("the lexicons alone: {:.3} of those that are not neither have the right sign", signs(data.iter().map(|r| (r.label, r.lexical))));
    let mut told = Vec::new();
    for fold in 0..FOLDS {
        let part = |inside: bool| data.iter().enumerate().filter(move |(n, _)| (n % FOLDS == fold) == inside).map(|(_, r)| r);
        let weights = fit(&part(false).collect::<Vec<_>>(), kept.len(), args.penalty);
        told.extend(part(true).map(|r| (r.label, odds(r, &weights))));
    }
    let right = signs(told.into_iter());
    eprintln!("with the model, cross-validated: {right:.3}");

    // The features that move most: weight times the root of how often they occur.
    let first = fit(&all, kept.len(), args.penalty);
    let force = |n: usize| first[n + 2].abs() * (counts[&kept[n]] as f64).sqrt();
    let mut order: Vec<usize> = (0..kept.len()).collect();
    order.sort_by(|&a, &b| force(b).total_cmp(&force(a)).then(a.cmp(&b)));
    order.truncate(args.most);
    order.sort_unstable();
    kept = order.into_iter().map(|n| kept[n]).collect();
    let data = rows(&kept);
    let weights = fit(&data.iter().collect::<Vec<_>>(), kept.len(), args.penalty);

    // In the lexicons' units: what a point of their sum adds to the log-odds is one.
    let unit = weights[1];
    ensure!(unit > 0.0, "the lexicons' sum has no weight");
    let mut lines: Vec<String> = kept
        .iter()
        .zip(&weights[2..])
        .map(|(f, w)| format!("{}\t{:.3}\n", names[f], w / unit))
        .filter(|l| !l.ends_with("\t0.000\n") && !l.ends_with("\t-0.000\n"))
        .collect();
    lines.push(format!("bias\t{:.3}\n", weights[0] / unit));
    lines.sort();
    let mut out = String::from("# detente-lexicon: 1\n# id: statement_weights\n");
    let _ = writeln!(out, "# lang: {}", pipeline.language.tag);
    out += "# kind: weights\n# version: 1\n";
    let _ = writeln!(
        out,
        "# source: learned from {} statements of our own writing (tests/gold/statements.tsv, fnv {:016x})",
        found.len(),
        fnv(text.as_bytes())
    );
    out += "# licence: MIT OR Apache-2.0\n";
    let _ = writeln!(
        out,
        "# how: cargo run --release --bin train-statement -- tests/gold/statements.tsv THIS; penalty {}, {right:.3} of cross-validated signs right",
        args.penalty
    );
    out += "# note: what a word adds to the sum of the tone lexicons; \"!\" before a word = negated, \"*\" behind it = any word that begins so\n";
    out += "# range: weight -30 30\n# columns: feature weight\n";
    out.extend(lines);
    std::fs::write(&args.out, out).with_context(|| args.out.display().to_string())?;
    eprintln!("{} features written to {}", kept.len(), args.out.display());
    Ok(())
}

/// The lexicons' sum for the quotation `quote`, as the pipeline without a statement model has it; of its words alone where
/// it finds nobody whom they are aimed at.
fn lexical(pipeline: &Pipeline, sentence: String, quote: Span) -> f64 {
    let article = Article { id: "statement".into(), text: sentence, ..Article::default() };
    let found = pipeline.annotate(&article);
    let tone = found.quotes.iter().position(|q| q.span.overlaps(quote)).and_then(|n| found.tones[n].tone);
    let tone = tone.or_else(|| lexicon::score_text(quote.of(&article.text), &pipeline.language).tone);
    lexicon::unsquash(tone.unwrap_or(0.0)).clamp(-MOST, MOST)
}

/// Log-odds of cordial against confrontational; the weights are the bias, the lexicons' and those of the columns.
fn odds(row: &Row, weights: &[f64]) -> f64 {
    weights[0] + weights[1] * row.lexical + row.columns.iter().map(|c| weights[*c as usize + 2]).sum::<f64>()
}

/// Penalised logistic regression; neither the bias nor the lexicons' weight is penalised.
fn fit(rows: &[&Row], columns: usize, penalty: f64) -> Vec<f64> {
    minimise(columns + 2, |weights, gradient| {
        let mut loss = 0.0;
        for (n, (g, w)) in gradient.iter_mut().zip(weights).enumerate() {
            let penalty = if n < 2 { 0.0 } else { penalty };
            *g = penalty * w;
            loss += 0.5 * penalty * w * w;
        }
        for row in rows {
            let odds = odds(row, weights);
            // ln(1 + e^odds), without an overflow.
            loss += odds.max(0.0) + (-odds.abs()).exp().ln_1p() - row.label * odds;
            let error = 1.0 / (1.0 + (-odds).exp()) - row.label;
            gradient[0] += error;
            gradient[1] += error * row.lexical;
            row.columns.iter().for_each(|c| gradient[*c as usize + 2] += error);
        }
        loss
    })
}

/// Share of right signs among those that have one.
fn signs(told: impl Iterator<Item = (f64, f64)>) -> f64 {
    let told: Vec<(f64, f64)> = told.filter(|t| t.0 != 0.5).collect();
    told.iter().filter(|(label, odds)| (*label > 0.5) == (*odds > 0.0) && *odds != 0.0).count() as f64 / told.len().max(1) as f64
}
