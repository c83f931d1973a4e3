//! `detente inspect STAGE`: one stage's results as JSON lines, one object a document.

use super::input::{Input, Record, Skips, of_read};
use super::{Done, Global};
use anyhow::Result;
use clap::ValueEnum;
use detente::annotation::{Annotation, Hit, MentionKind, TimexKind, ToneLabel};
use detente::article::Article;
use detente::pipeline::Pipeline;
use detente::record::{self, DirectionRule};
use detente::run;
use detente::sentence;
use detente::span::{CharIndex, Span};
use detente::token;
use detente::tone::{self, induced::Label};
use jiff::civil::Date;
use std::io::{BufWriter, Write};

/// Arguments of `inspect`.
#[derive(clap::Args, Debug)]
#[command(after_help = "Example:\n  detente inspect times seeds | head -1")]
pub struct Args {
    /// The stage.
    #[arg(value_enum)]
    stage: Stage,
    #[command(flatten)]
    input: Input,
    /// For `valence`: fold curly marks and apostrophes first.
    #[arg(long)]
    curly: bool,
}

/// The stages.
#[derive(Clone, Copy, Debug, PartialEq, ValueEnum)]
pub enum Stage {
    /// Sentence spans
    Sentences,
    /// What is not the article
    Boilerplate,
    /// Who is named where
    Mentions,
    /// Temporal expressions
    Times,
    /// Quotations with speaker and date
    Quotes,
    /// VADER by the reference rules, of the whole text
    Valence,
    /// Confrontation to cordiality, of the whole text
    Tone,
    /// News sentiment toward a target
    Stance,
}

pub fn run(args: &Args, global: &Global) -> Result<Done> {
    // Who the corpus is about matters only where somebody is named.
    let (pipeline, articles): (_, Box<dyn Iterator<Item = Record> + Send>) = match args.stage {
        Stage::Mentions | Stage::Quotes => {
            let (pipeline, articles) = args.input.corpus(global)?;
            (pipeline, Box::new(articles))
        }
        _ => (args.input.pipeline_of_given(global)?, Box::new(args.input.articles()?)),
    };
    let mut out = BufWriter::with_capacity(1 << 16, std::io::stdout());
    let mut skips = Skips::default();
    run::ordered(
        articles,
        |records| match args.stage {
            Stage::Quotes => of_read(
                records,
                |articles| pipeline.annotate_all(articles),
                |article, found| Ok(record::line(article, &found, &pipeline.actors, DirectionRule::default())),
            ),
            _ => of_read(records, |articles| vec![(); articles.len()], |article, ()| line(args, article, &pipeline)),
        },
        |article, line| -> Result<()> {
            match article {
                Ok(article) => skips.notes(&article, global),
                Err(error) => skips.add(&error),
            }
            if let Some(line) = line {
                out.write_all(&line?)?;
            }
            Ok(())
        },
    )?;
    out.flush()?;
    Ok(skips.finish(global))
}

/// One stage's results for one document, in the order of its keys.
#[derive(serde::Serialize)]
#[serde(untagged)]
enum Stated<'a> {
    Valence { id: &'a str, neg: f64, neu: f64, pos: f64, compound: f64 },
    Tone { id: &'a str, tone: f64, tone_label: ToneLabel, valence: f64, hits: Vec<Hit> },
    Stance { id: &'a str, score: f64, label: Label },
    Sentences { id: &'a str, sentences: Vec<(usize, usize)> },
    Boilerplate { id: &'a str, boilerplate: Vec<Marked> },
    Mentions { id: &'a str, mentions: Vec<Named> },
    Times { id: &'a str, timexes: Vec<Timed> },
}

#[derive(serde::Serialize)]
struct Marked {
    start: usize,
    end: usize,
    why: String,
    skip: bool,
}

#[derive(serde::Serialize)]
struct Named {
    start: usize,
    end: usize,
    kind: MentionKind,
    actor: Option<String>,
}

#[derive(serde::Serialize)]
struct Timed {
    start: usize,
    end: usize,
    r#type: TimexKind,
    value: String,
    from: Option<Date>,
    to: Option<Date>,
}

fn line(args: &Args, article: &Article, pipeline: &Pipeline) -> serde_json::Result<Vec<u8>> {
    let mut line = serde_json::to_vec(&inspect(args, article, pipeline))?;
    line.push(b'\n');
    Ok(line)
}

fn inspect<'a>(args: &Args, article: &'a Article, pipeline: &Pipeline) -> Stated<'a> {
    let id = article.id.as_str();
    let text = article.text.as_str();
    match args.stage {
        Stage::Valence => {
            let v = tone::vader::score(text, &pipeline.language, args.curly).rounded();
            return Stated::Valence { id, neg: v.neg, neu: v.neu, pos: v.pos, compound: v.compound };
        }
        Stage::Tone => {
            let t = tone::lexicon::score_text(text, &pipeline.language);
            let tone = t.tone.unwrap_or_default();
            return Stated::Tone { id, tone, tone_label: pipeline.thresholds.label(tone), valence: t.valence, hits: t.hits };
        }
        Stage::Stance => {
            let lang = &pipeline.language;
            let tokens = token::split(text, lang);
            let sentences = sentence::split(text, &tokens, lang);
            let target = article.focus.map(|(start, end)| {
                let index = CharIndex::new(text);
                let start = index.byte(start);
                Span::new(start, index.byte(end).max(start))
            });
            let found = tone::induced::score_within(text, &tokens, &sentences, target, lang);
            return Stated::Stance { id, score: (found.score * 1e4).round() / 1e4, label: found.label };
        }
        _ => {}
    }
    let index = CharIndex::new(text);
    let at = |s: Span| (index.chars(s.start), index.chars(s.end));
    if args.stage == Stage::Times {
        let timexes = pipeline.times(article).into_iter().map(|t| {
            let (start, end) = at(t.span);
            Timed { start, end, r#type: t.kind, value: t.value, from: t.from, to: t.to }
        });
        return Stated::Times { id, timexes: timexes.collect() };
    }
    let a: Annotation = pipeline.annotate(article);
    match args.stage {
        Stage::Sentences => Stated::Sentences { id, sentences: a.sentences.iter().map(|s| at(s.span)).collect() },
        Stage::Boilerplate => {
            let rows = a.boilerplate.into_iter().map(|b| {
                let (start, end) = at(b.span);
                Marked { start, end, why: b.why, skip: b.skip }
            });
            Stated::Boilerplate { id, boilerplate: rows.collect() }
        }
        _ => {
            let rows = a.mentions.iter().map(|m| {
                let (start, end) = at(m.span);
                Named { start, end, kind: m.kind, actor: m.entity.map(|e| a.entities[e as usize].name.clone()) }
            });
            Stated::Mentions { id, mentions: rows.collect() }
        }
    }
}
