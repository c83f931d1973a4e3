//! `detente analyze`: the main job. Articles in; quotations, series, charts, framing, report and the
//! run's record out, into one folder.

use super::input::{Input, Skips, of_read, progress};
use super::output::Folder;
use super::{Done, Global, compare, picture, trend};
use anyhow::Result;
use detente::annotation::{Annotation, DocumentDate};
use detente::article::Article;
use detente::echo;
use detente::framing::{tally, tally::Told};
use detente::language::table::fnv;
use detente::pipeline::Pipeline;
use detente::read;
use detente::record::{self, DirectionRule, QuoteRecord};
use detente::report::html::{self, Evidence};
use detente::report::sentences::SentenceRow;
use detente::report::{record as run_record, review, schema, sentences, table};
use detente::run;
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::time::Instant;

/// Arguments of `analyze`.
#[derive(clap::Args, Debug)]
#[command(after_help = "Example:\n  detente analyze seeds --out reports\n  detente analyze news/ --between \"Ada Novak\" \"Boris Lind\" --out out")]
pub struct Args {
    #[command(flatten)]
    input: Input,
    /// Folder for the results; created where needed, files of the same name are replaced.
    #[arg(long, short, default_value = "reports", value_name = "DIR")]
    out: PathBuf,
    /// Also write every sentence with its voice and scores.
    #[arg(long)]
    sentences: bool,
    /// Count those who speak for a leader as the leader.
    #[arg(long)]
    sides: bool,
    /// Count only the other leader in person as a target.
    #[arg(long)]
    strict: bool,
    /// Corrections (doc_id,start,end,column,value,note) to apply before anything is computed.
    #[arg(long, value_name = "FILE")]
    corrections: Option<PathBuf>,
    #[command(flatten)]
    choices: trend::Choices,
    #[command(flatten)]
    look: trend::Look,
}

pub fn run(args: &Args, global: &Global) -> Result<Done> {
    let began = Instant::now();
    let mut folder = Folder::open(&args.out)?;
    let (pipeline, corpus) = args.input.corpus(global)?;
    let rule = DirectionRule { sides: args.sides, strict: args.strict };
    let mut skips = Skips::default();
    let bar = progress(global, "analyze");
    let mut inputs = run_record::Inputs::default();
    let (mut articles, mut rows, mut told, mut sentence_rows, mut evidence) = (Vec::new(), Vec::new(), Vec::new(), Vec::new(), Vec::new());
    run::ordered(
        corpus,
        |records| {
            let found = |article: &Article, annotation| found(article, annotation, &pipeline, rule, args.sentences);
            of_read(records, |articles| pipeline.annotate_narration_all(articles), found)
        },
        |article, found| -> Result<()> {
            let article = match article {
                Ok(article) => article,
                Err(error) => {
                    skips.add(&error);
                    return Ok(());
                }
            };
            if let Some(found) = found {
                bar.inc(1);
                skips.notes(&article, global);
                skips.date(&article, found.date.as_ref(), global);
                inputs.add(&article);
                rows.extend(found.rows);
                told.push(found.told);
                evidence.push(found.evidence);
                sentence_rows.extend(found.sentences);
                articles.push(article);
            }
            Ok(())
        },
    )?;
    bar.finish_and_clear();
    let analyzed = began.elapsed();
    let mut corrected = BTreeMap::new();
    if let Some(path) = &args.corrections {
        corrected = trend::correct(&mut rows, path, rule, pipeline.thresholds, &mut skips)?;
    }
    echo::join(&mut rows, &pipeline.language);
    let options = args.choices.options(args.sides, args.strict);
    let leaders = pipeline.actors.dyad.then(|| [pipeline.actors.short(0), pipeline.actors.short(1)]);
    let framing = compare::framing(&told, &rows, leaders, &options);
    let trend = detente::trend::run(&rows, &options);
    let events = trend::events(args.look.events.clone().or_else(|| read::configuration(&args.input.inputs, "events.csv")), &mut skips)?;

    let quotes = table::csv("quotes.csv", &rows)?;
    folder.write("quotes.csv", &quotes)?;
    if args.sentences {
        folder.write("sentences.csv", &table::csv("sentences.csv", &sentence_rows)?)?;
    }
    let hash = format!("{:016x}", fnv(&quotes));
    let mut made = trend::write(&mut folder, &rows, &trend, &args.look, events.clone(), &hash, global)?;
    compare::write(&mut folder, &framing)?;
    let drawn = picture::Drawn { rows: &rows, trend: &trend, framing: &framing, events: &events, look: &args.look, hash: &hash };
    made.extend(picture::write(&mut folder, &framing, &args.look, &hash)?);
    let mut doubts = Vec::new();
    let mut rest = rows.as_slice();
    for article in &articles {
        let n = rest.iter().take_while(|r| r.doc_id == article.id).count();
        doubts.extend(review::rows(article, &rest[..n]));
        rest = &rest[n..];
    }
    review::sort(&mut doubts);
    folder.write("review.csv", &table::csv("review.csv", &doubts)?)?;

    folder.write("CODEBOOK.md", schema::codebook().as_bytes())?;
    let mut package = serde_json::to_vec_pretty(&schema::datapackage(&folder.written))?;
    package.push(b'\n');
    folder.write("datapackage.json", &package)?;

    let with_direction = rows.iter().filter(|r| !r.direction.is_empty()).count();
    let computed = began.elapsed();
    let pictures = picture::for_report(&drawn, &made)?;
    let mut record = run_record::RunRecord {
        version: env!("CARGO_PKG_VERSION").to_owned(),
        finished_unix: std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).map_or(0, |d| d.as_secs()),
        arguments: std::env::args().skip(1).collect(),
        leaders: pipeline.actors.leaders().map(|l| l.iter().map(|a| a.name.clone()).collect()).unwrap_or_default(),
        leaders_from: if args.input.given()?.dyad { "user" } else { "corpus" }.to_owned(),
        lexicons: run_record::lexicons(&pipeline.language),
        inputs: inputs.records(),
        thresholds: run_record::thresholds(pipeline.thresholds),
        counts: BTreeMap::from([
            ("articles".to_owned(), articles.len()),
            ("quotations".to_owned(), rows.len()),
            ("quotations_with_direction".to_owned(), with_direction),
            ("dated_from_text".to_owned(), skips.dated),
            ("undated".to_owned(), skips.undated),
            ("review_rows".to_owned(), doubts.len()),
            ("skipped".to_owned(), skips.reasons.len()),
        ]),
        trend: trend::recorded(&trend),
        skipped: skips.reasons.clone(),
        corrections: corrected,
        ..Default::default()
    };
    let page = html::render(&html::Input {
        articles: &articles,
        rows: &rows,
        evidence: &evidence,
        actors: &pipeline.actors,
        framing: Some(&framing),
        trend: Some(&trend),
        pictures: &pictures,
        record: Some(&record),
        thresholds: pipeline.thresholds,
        limits: html::Limits::default(),
    });
    folder.write("report.html", page.as_bytes())?;
    let parts = [("analysis", analyzed), ("tables_and_pictures", computed - analyzed), ("report", began.elapsed() - computed)];
    record.seconds = parts.iter().map(|(name, took)| ((*name).to_owned(), (took.as_secs_f64() * 1e3).round() / 1e3)).collect();
    let mut json = serde_json::to_vec_pretty(&record)?;
    json.push(b'\n');
    folder.write("run.json", &json)?;
    if !global.quiet {
        eprintln!("{} articles, {} quotations, {with_direction} between the two leaders", articles.len(), rows.len());
        eprintln!("written to {}: {}", folder.root().display(), folder.written.join(", "));
    }
    Ok(skips.finish(global))
}

/// What one article gives to the run.
struct Found {
    rows: Vec<QuoteRecord>,
    told: Told,
    evidence: Evidence,
    sentences: Vec<SentenceRow>,
    date: Option<DocumentDate>,
}

fn found(article: &Article, annotation: Annotation, pipeline: &Pipeline, rule: DirectionRule, with_sentences: bool) -> Found {
    Found {
        rows: record::kept(article, &annotation, &pipeline.actors, rule),
        told: tally::told(article, &annotation, &pipeline.actors, &pipeline.language),
        evidence: Evidence::of(&annotation),
        sentences: if with_sentences { sentences::rows(article, &annotation, &pipeline.language) } else { Vec::new() },
        date: annotation.document_date,
    }
}
