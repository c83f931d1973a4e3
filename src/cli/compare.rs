//! `detente compare`: outlets side by side, from articles or from saved rows. From rows alone what
//! quotations can tell: no narration, no words.

use super::input::{Input, Skips, of_read, progress};
use super::output::Folder;
use super::{Done, Global, picture, trend};
use anyhow::Result;
use detente::annotation::Annotation;
use detente::article::Article;
use detente::echo;
use detente::framing::tally::{self, Told};
use detente::framing::{self, Framing};
use detente::language::Language;
use detente::language::table::fnv;
use detente::read::quotes;
use detente::record::{self, DirectionRule, QuoteRecord};
use detente::report::table;
use detente::run;
use detente::trend::{Options, series};
use std::collections::BTreeMap;
use std::path::PathBuf;

/// Arguments of `compare`.
#[derive(clap::Args, Debug)]
#[command(after_help = "Example:\n  detente compare seeds --out framing\n  detente compare reports/quotes.csv --out framing")]
pub struct Args {
    #[command(flatten)]
    input: Input,
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
    choices: trend::Choices,
    #[command(flatten)]
    look: trend::Look,
}

pub fn run(args: &Args, global: &Global) -> Result<Done> {
    let mut folder = Folder::open(&args.out)?;
    let mut skips = Skips::default();
    let rule = DirectionRule { sides: args.sides, strict: args.strict };
    let options = args.choices.options(args.sides, args.strict);
    let saved = match args.input.inputs.as_slice() {
        [one] if quotes::is_saved(one) => Some(one.clone()),
        _ => None,
    };
    let (framing, articles, hash) = if let Some(path) = saved {
        let (mut rows, hash) = trend::rows(&path, None, &mut skips)?;
        if let Some(file) = &args.corrections {
            trend::correct(&mut rows, file, rule, Default::default(), &mut skips)?;
        }
        if args.corrections.is_some() || rows.iter().all(|r| r.echo_id.is_empty()) {
            echo::join(&mut rows, &Language::load("en", args.input.lexicons.as_deref())?);
        }
        let names = pair(&rows);
        let leaders = names.as_ref().map(|[a, b]| [a.as_str(), b.as_str()]);
        let told = told(&rows);
        if !global.quiet {
            eprintln!("{}: saved rows hold no narration: its columns and framing_words.csv stay empty", path.display());
        }
        (framing(&told, &rows, leaders, &options), told.len(), hash)
    } else {
        let (pipeline, articles) = args.input.corpus(global)?;
        let bar = progress(global, "compare");
        let (mut rows, mut all) = (Vec::new(), Vec::new());
        run::ordered(
            articles,
            |records| {
                let told = |article: &Article, annotation: Annotation| {
                    let rows = record::kept(article, &annotation, &pipeline.actors, rule);
                    (rows, tally::told(article, &annotation, &pipeline.actors, &pipeline.language))
                };
                of_read(records, |articles| pipeline.annotate_narration_all(articles), told)
            },
            |article, found| -> Result<()> {
                if let Err(error) = &article {
                    skips.add(error);
                }
                if let Some((found, told)) = found {
                    bar.inc(1);
                    rows.extend(found);
                    all.push(told);
                }
                Ok(())
            },
        )?;
        bar.finish_and_clear();
        if let Some(file) = &args.corrections {
            trend::correct(&mut rows, file, rule, pipeline.thresholds, &mut skips)?;
        }
        echo::join(&mut rows, &pipeline.language);
        let leaders = pipeline.actors.dyad.then(|| [pipeline.actors.short(0), pipeline.actors.short(1)]);
        let hash = format!("{:016x}", fnv(&table::csv("quotes.csv", &rows)?));
        (framing(&all, &rows, leaders, &options), all.len(), hash)
    };
    write(&mut folder, &framing)?;
    picture::write(&mut folder, &framing, &args.look, &hash)?;
    if !global.quiet {
        eprintln!("{articles} articles, {} outlets, {} versions of shared utterances", framing.outlets.len(), framing.versions.len());
        eprintln!("written to {}: {}", folder.root().display(), folder.written.join(", "));
    }
    Ok(skips.finish(global))
}

/// Compare the outlets on what the choices keep.
pub fn framing(told: &[Told], rows: &[QuoteRecord], leaders: Option<[&str; 2]>, options: &Options) -> Framing {
    if options.since.is_none() && options.until.is_none() && options.outlets.is_empty() {
        return framing::compare(told, rows, leaders, &framing::Options::default());
    }
    let rows: Vec<QuoteRecord> = rows.iter().filter(|r| series::within(r, options)).cloned().collect();
    let told: Vec<Told> = told.iter().filter(|t| series::carries(&t.outlet, options)).cloned().collect();
    framing::compare(&told, &rows, leaders, &framing::Options::default())
}

/// Write the framing tables.
pub fn write(folder: &mut Folder, framing: &Framing) -> Result<()> {
    folder.write("framing.csv", &table::csv("framing.csv", &framing.outlets)?)?;
    folder.write("framing_quotes.csv", &table::csv("framing_quotes.csv", &framing.versions)?)?;
    folder.write("framing_words.csv", &table::csv("framing_words.csv", &framing.words)?)
}

/// One tally an article, of what saved rows tell.
fn told(rows: &[QuoteRecord]) -> Vec<Told> {
    let mut out: Vec<Told> = Vec::new();
    let mut seen: BTreeMap<&str, ()> = BTreeMap::new();
    for row in rows {
        if seen.insert(&row.doc_id, ()).is_none() {
            out.push(Told { doc_id: row.doc_id.clone(), outlet: row.outlet.clone(), published: row.published, ..Told::default() });
        }
    }
    out
}

/// The two leaders as the directions of saved rows name them, in name order.
fn pair(rows: &[QuoteRecord]) -> Option<[String; 2]> {
    let (a, b) = rows.iter().find_map(|r| r.direction.split_once('>'))?;
    let mut pair = [a.to_owned(), b.to_owned()];
    pair.sort();
    Some(pair)
}
