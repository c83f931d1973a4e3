//! `train-stance TRAIN.jsonl OUT.tsv`: the weights of `detente::tone::induced` from annotated sentences,
//! by multinomial logistic regression with an L2 penalty. Rows: `id`, `text`, `target_start`, `target_end`
//! (Unicode scalar offsets), `label`. Penalty and class offsets are chosen by cross-validation over articles
//! within the training rows; nothing else is read. The same rows give the same bytes. What holds a person's account
//! name is left out of the table.

use anyhow::{Context, Result, ensure};
use clap::Parser;
use detente::language::Language;
use detente::language::stance::{Feature, Kind};
use detente::language::table::fnv;
use detente::learn::minimise;
use detente::span::{CharIndex, Span};
use detente::token::{self, Shape, TokenKind};
use detente::tone::induced;
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::PathBuf;

/// Train the weights of the induced stance model.
#[derive(Parser, Debug)]
struct Args {
    /// Annotated rows, JSON lines.
    train: PathBuf,
    /// The table to write.
    out: PathBuf,
    /// A feature is kept that occurs in so many rows.
    #[arg(long, default_value_t = 3)]
    least: usize,
    /// How many features the table holds at most.
    #[arg(long, default_value_t = 16_000)]
    most: usize,
    /// Penalties to choose from.
    #[arg(long, value_delimiter = ',', default_values_t = [15.0, 25.0, 40.0, 60.0])]
    penalties: Vec<f64>,
}

#[derive(Deserialize)]
struct Row {
    id: String,
    text: String,
    target_start: usize,
    target_end: usize,
    label: induced::Label,
}

/// Negative, neutral, positive.
const CLASSES: usize = 3;
const FOLDS: u64 = 5;

/// Rows of a sparse matrix with their classes.
#[derive(Default)]
struct Data {
    rows: Vec<Vec<(u32, f32)>>,
    classes: Vec<usize>,
    folds: Vec<u64>,
    columns: usize,
}

fn main() -> Result<()> {
    let args = Args::parse();
    let text = std::fs::read_to_string(&args.train).with_context(|| args.train.display().to_string())?;
    let rows: Vec<Row> = text
        .lines()
        .enumerate()
        .filter(|(_, line)| !line.trim().is_empty())
        .map(|(n, line)| serde_json::from_str(line).with_context(|| format!("{}:{}", args.train.display(), n + 1)))
        .collect::<Result<_>>()?;
    ensure!(!rows.is_empty(), "{}: expected at least one row", args.train.display());

    let mut lang = Language::english()?;
    let known = known_words(&rows, &lang, args.least);
    lang.stance.untrained(&known, &mut lang.vocab);
    let (data, names) = extract(&rows, &lang, args.least);
    eprintln!("{} rows, {} features in at least {} rows", data.rows.len(), data.columns, args.least);

    let all: Vec<usize> = (0..data.rows.len()).collect();
    let mut best = (0.0, 0.0, [0.0; CLASSES]);
    for &penalty in &args.penalties {
        let scores = cross_validate(&data, penalty);
        let plain = macro_f1(&scores, &data.classes, [0.0; CLASSES]);
        let (tuned, offsets) = tune(&scores, &data.classes);
        eprintln!("penalty {penalty}: cross-validated macro-F1 {plain:.4}, with class offsets {offsets:.1?} {tuned:.4}");
        if tuned > best.0 {
            best = (tuned, penalty, offsets);
        }
    }
    let (f1, penalty, offsets) = best;

    let first = fit(&data, &all, penalty);
    let kept = strongest(&data, &first, args.most);
    let pruned = data.only(&kept);
    let weights = fit(&pruned, &all, penalty);
    let accounts = account_names(&rows, &lang);
    let table = write_table(
        &kept[..kept.len().min(pruned.columns)],
        &names,
        &weights,
        offsets,
        &lang,
        &accounts,
        &format!("penalty {penalty}, cross-validated macro-F1 {f1:.3}"),
    );
    std::fs::write(&args.out, table).with_context(|| args.out.display().to_string())?;
    eprintln!("{} features written to {}", kept.len(), args.out.display());
    Ok(())
}

/// Words in small letters and marks that stand in at least `least` rows, sorted.
fn known_words(rows: &[Row], lang: &Language, least: usize) -> Vec<String> {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for row in rows {
        let mut words: Vec<String> = token::split(&row.text, lang)
            .iter()
            .filter(|t| t.shape == Shape::Lower || t.kind == TokenKind::Mark)
            .map(|t| detente::language::vocab::fold(t.of(&row.text)))
            .collect();
        words.sort();
        words.dedup();
        for word in words {
            *counts.entry(word).or_default() += 1;
        }
    }
    counts.into_iter().filter(|(_, n)| *n >= least).map(|(word, _)| word).collect()
}

/// The words that stand behind an "@" as the name of an account, folded.
fn account_names(rows: &[Row], lang: &Language) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    for row in rows {
        let tokens = token::split(&row.text, lang);
        for pair in tokens.windows(2) {
            if pair[0].is_mark(&row.text, b'@') && pair[0].span.end == pair[1].span.start && pair[1].is_word() {
                names.insert(detente::language::vocab::fold(pair[1].of(&row.text)));
            }
        }
    }
    names
}

/// The rows as features, and the features by column.
fn extract(rows: &[Row], lang: &Language, least: usize) -> (Data, Vec<Feature>) {
    let mut found: Vec<Vec<(Feature, f32)>> = Vec::with_capacity(rows.len());
    let mut counts: BTreeMap<Feature, usize> = BTreeMap::new();
    for row in rows {
        let tokens = token::split(&row.text, lang);
        let index = CharIndex::new(&row.text);
        let target = Span::new(index.byte(row.target_start), index.byte(row.target_end));
        let sentences = detente::sentence::split(&row.text, &tokens, lang);
        let mut features = Vec::new();
        induced::features_within(&row.text, &tokens, &sentences, target, lang, |feature, value, _| features.push((feature, value)));
        for (feature, _) in &features {
            *counts.entry(*feature).or_default() += 1;
        }
        found.push(features);
    }
    let bias = Feature::new(Kind::Bias, false, &[]);
    // The bias is column 0, which no penalty touches.
    let names: Vec<Feature> = bias.into_iter().chain(counts.iter().filter(|(f, n)| **n >= least && Some(**f) != bias).map(|(f, _)| *f)).collect();
    let columns: BTreeMap<Feature, u32> = names.iter().enumerate().map(|(n, f)| (*f, n as u32)).collect();
    let data = Data {
        rows: found.iter().map(|row| row.iter().filter_map(|(f, v)| columns.get(f).map(|c| (*c, *v))).collect()).collect(),
        classes: rows.iter().map(|r| r.label as usize).collect(),
        folds: rows.iter().map(|r| fnv(article(&r.id).as_bytes()) % FOLDS).collect(),
        columns: names.len(),
    };
    (data, names)
}

/// The article's part of a row's id: rows of one article go into one fold.
fn article(id: &str) -> &str {
    id.match_indices('_').nth(2).map_or(id, |(at, _)| &id[..at])
}

impl Data {
    /// The same rows with the columns `kept` (sorted) alone, numbered anew.
    fn only(&self, kept: &[usize]) -> Data {
        let mut new = vec![None; self.columns];
        for (n, &column) in kept.iter().enumerate() {
            new[column] = Some(n as u32);
        }
        let rows = self.rows.iter().map(|row| row.iter().filter_map(|(c, v)| new[*c as usize].map(|c| (c, *v))).collect()).collect();
        Data { rows, classes: self.classes.clone(), folds: self.folds.clone(), columns: kept.len() }
    }
    fn scores(&self, row: usize, weights: &[f64]) -> [f64; CLASSES] {
        let mut out = [0.0; CLASSES];
        for &(column, value) in &self.rows[row] {
            let at = column as usize * CLASSES;
            for (class, score) in out.iter_mut().enumerate() {
                *score += weights[at + class] * f64::from(value);
            }
        }
        out
    }
    /// Penalised negative log-likelihood of `rows`, and its gradient.
    fn loss(&self, rows: &[usize], weights: &[f64], penalty: f64, gradient: &mut [f64]) -> f64 {
        let mut loss = 0.0;
        for (n, (g, w)) in gradient.iter_mut().zip(weights).enumerate() {
            let penalty = if n < CLASSES { 0.0 } else { penalty };
            *g = penalty * w;
            loss += 0.5 * penalty * w * w;
        }
        for &row in rows {
            let scores = self.scores(row, weights);
            let top = scores.iter().copied().fold(f64::MIN, f64::max);
            let mut odds = scores.map(|s| (s - top).exp());
            let sum: f64 = odds.iter().sum();
            loss -= scores[self.classes[row]] - top - sum.ln();
            odds.iter_mut().for_each(|o| *o /= sum);
            odds[self.classes[row]] -= 1.0;
            for &(column, value) in &self.rows[row] {
                let at = column as usize * CLASSES;
                for (class, o) in odds.iter().enumerate() {
                    gradient[at + class] += o * f64::from(value);
                }
            }
        }
        loss
    }
}

fn fit(data: &Data, rows: &[usize], penalty: f64) -> Vec<f64> {
    minimise(data.columns * CLASSES, |weights, gradient| data.loss(rows, weights, penalty, gradient))
}

/// Scores of every row by the model trained on the other folds.
fn cross_validate(data: &Data, penalty: f64) -> Vec<[f64; CLASSES]> {
    let mut out = vec![[0.0; CLASSES]; data.rows.len()];
    for fold in 0..FOLDS {
        let train: Vec<usize> = (0..data.rows.len()).filter(|&n| data.folds[n] != fold).collect();
        let weights = fit(data, &train, penalty);
        for (n, scores) in out.iter_mut().enumerate().filter(|(n, _)| data.folds[*n] == fold) {
            *scores = data.scores(n, &weights);
        }
    }
    out
}

fn macro_f1(scores: &[[f64; CLASSES]], classes: &[usize], offsets: [f64; CLASSES]) -> f64 {
    let mut counts = [[0usize; CLASSES]; CLASSES];
    for (scores, &class) in scores.iter().zip(classes) {
        let value = |c: usize| scores[c] + offsets[c];
        let found = (1..CLASSES).fold(0, |best, c| if value(c) > value(best) { c } else { best });
        counts[class][found] += 1;
    }
    let f1 = |c: usize| {
        let gold: usize = counts[c].iter().sum();
        let found: usize = counts.iter().map(|row| row[c]).sum();
        if gold + found == 0 { 0.0 } else { 2.0 * counts[c][c] as f64 / (gold + found) as f64 }
    };
    (0..CLASSES).map(f1).sum::<f64>() / CLASSES as f64
}

/// The offsets for negative and positive with the best macro-F1, smoothed over neighbours so that one lucky
/// point does not decide.
fn tune(scores: &[[f64; CLASSES]], classes: &[usize]) -> (f64, [f64; CLASSES]) {
    const SIDE: i32 = 6;
    let grid: BTreeMap<(i32, i32), f64> = (-SIDE..=SIDE)
        .flat_map(|a| (-SIDE..=SIDE).map(move |b| (a, b)))
        .map(|(a, b)| ((a, b), macro_f1(scores, classes, [f64::from(a) / 10.0, 0.0, f64::from(b) / 10.0])))
        .collect();
    let smooth = |(a, b): (i32, i32)| {
        let near: Vec<f64> = (-1..=1).flat_map(|x| (-1..=1).map(move |y| (x, y))).filter_map(|(x, y)| grid.get(&(a + x, b + y)).copied()).collect();
        near.iter().sum::<f64>() / near.len() as f64
    };
    let mut best = ((0, 0), smooth((0, 0)));
    for &at in grid.keys() {
        let value = smooth(at);
        if value > best.1 + 1e-9 {
            best = (at, value);
        }
    }
    let (a, b) = best.0;
    (grid[&best.0], [f64::from(a) / 10.0, 0.0, f64::from(b) / 10.0])
}

/// The columns that move most scores most: weight times the root of how often they occur; the bias always.
fn strongest(data: &Data, weights: &[f64], most: usize) -> Vec<usize> {
    let mut counts = vec![0usize; data.columns];
    data.rows.iter().flatten().for_each(|(c, _)| counts[*c as usize] += 1);
    let mut order: Vec<usize> = (1..data.columns).collect();
    let force = |c: usize| {
        let w = &weights[c * CLASSES..(c + 1) * CLASSES];
        let widest = (w[0] - w[1]).abs().max((w[2] - w[1]).abs()).max((w[2] - w[0]).abs());
        widest * (counts[c] as f64).sqrt()
    };
    order.sort_by(|&a, &b| force(b).total_cmp(&force(a)).then(a.cmp(&b)));
    order.truncate(most.saturating_sub(1));
    order.push(0);
    order.sort_unstable();
    order
}

/// The table: weights of negative and positive against neutral, sorted.
fn write_table(
    kept: &[usize],
    names: &[Feature],
    weights: &[f64],
    offsets: [f64; CLASSES],
    lang: &Language,
    accounts: &BTreeSet<String>,
    how: &str,
) -> String {
    let mut lines: Vec<String> = Vec::with_capacity(kept.len());
    for (n, &column) in kept.iter().enumerate() {
        let offset = |class: usize| if column == 0 { offsets[class] } else { 0.0 };
        let against = |class: usize| weights[n * CLASSES + class] - weights[n * CLASSES + 1] + offset(class);
        let (negative, positive) = (against(0), against(2));
        if names[column].parts().2.iter().filter(|w| w.known()).any(|&w| accounts.contains(lang.vocab.word(w))) {
            continue;
        }
        if column == 0 || negative.abs() >= 0.0005 || positive.abs() >= 0.0005 {
            lines.push(format!("{}\t{:.3}\t{:.3}\n", names[column].name(&lang.vocab), negative, positive));
        }
    }
    lines.sort();
    let mut out = String::from("# detente-lexicon: 1\n# id: stance_weights\n");
    let _ = writeln!(out, "# lang: {}", lang.tag);
    out += "# kind: weights\n# version: 1\n";
    out += "# source: learned from NewsMTSC (Hamborg & Donnay 2021, EACL), train split; https://github.com/fhamborg/NewsMTSC\n";
    out += "# licence: MIT OR Apache-2.0; the data it was learned from: Copyright (c) 2021 Felix Hamborg and others, MIT-style, cite the paper\n";
    let _ = writeln!(out, "# how: cargo run --release --bin train-stance -- TRAIN.jsonl THIS; {how}");
    out += "# note: rows that hold a person's account name are left out; log-odds against neutral; \"!\" before a word = negated, \"*\" behind it = any word that begins so\n";
    out += "# range: negative -10 10\n# range: positive -10 10\n# columns: feature negative positive\n";
    out.extend(lines);
    out
}
