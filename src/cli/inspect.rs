//! `detente inspect STAGE`: one stage's results as JSON lines, one object a document.

use super::input::{Input, Skips};
use super::{Done, Global};
use anyhow::Result;
use clap::ValueEnum;
use detente::annotation::Annotation;
use detente::article::Article;
use detente::pipeline::Pipeline;
use detente::record::{self, DirectionRule};
use detente::run;
use detente::sentence;
use detente::span::{CharIndex, Span};
use detente::token;
use detente::tone;
use serde_json::{Value, json};
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
    let pipeline = args.input.pipeline(global)?;
    let mut out = BufWriter::with_capacity(1 << 16, std::io::stdout().lock());
    let mut skips = Skips::default();
    run::ordered(
        args.input.articles()?,
        |article| article.as_ref().ok().map(|a| inspect(args, a, &pipeline)),
        |article, value| -> Result<()> {
            match article {
                Ok(article) => skips.notes(&article, global),
                Err(error) => skips.add(&error),
            }
            if let Some(value) = value {
                serde_json::to_writer(&mut out, &value)?;
                out.write_all(b"\n")?;
            }
            Ok(())
        },
    )?;
    out.flush()?;
    Ok(skips.finish(global))
}

fn inspect(args: &Args, article: &Article, pipeline: &Pipeline) -> Value {
    let id = &article.id;
    let text = article.text.as_str();
    match args.stage {
        Stage::Valence => {
            let v = tone::vader::score(text, &pipeline.language, args.curly).rounded();
            return json!({"id": id, "neg": v.neg, "neu": v.neu, "pos": v.pos, "compound": v.compound});
        }
        Stage::Tone => {
            let t = tone::lexicon::score_text(text, &pipeline.language);
            let tone = t.tone.unwrap_or_default();
            return json!({"id": id, "tone": tone, "tone_label": pipeline.thresholds.label(tone), "valence": t.valence, "hits": t.hits});
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
            return json!({"id": id, "score": (found.score * 1e4).round() / 1e4, "label": found.label});
        }
        _ => {}
    }
    let index = CharIndex::new(text);
    let at = |s: detente::span::Span| (index.chars(s.start), index.chars(s.end));
    if args.stage == Stage::Times {
        let rows: Vec<Value> = pipeline
            .times(article)
            .iter()
            .map(|t| {
                let (start, end) = at(t.span);
                json!({"start": start, "end": end, "type": t.kind, "value": t.value, "from": t.from, "to": t.to})
            })
            .collect();
        return json!({"id": id, "timexes": rows});
    }
    let a: Annotation = pipeline.annotate(article);
    match args.stage {
        Stage::Sentences => json!({"id": id, "sentences": a.sentences.iter().map(|s| at(s.span)).collect::<Vec<_>>()}),
        Stage::Boilerplate => {
            let rows: Vec<Value> = a
                .boilerplate
                .iter()
                .map(|b| {
                    let (start, end) = at(b.span);
                    json!({"start": start, "end": end, "why": b.why, "skip": b.skip})
                })
                .collect();
            json!({"id": id, "boilerplate": rows})
        }
        Stage::Mentions => {
            let rows: Vec<Value> = a
                .mentions
                .iter()
                .map(|m| {
                    let (start, end) = at(m.span);
                    json!({"start": start, "end": end, "kind": m.kind, "actor": m.entity.map(|e| &a.entities[e as usize].name)})
                })
                .collect();
            json!({"id": id, "mentions": rows})
        }
        _ => {
            let rows: Vec<Value> = record::rows(article, &a, &pipeline.actors, DirectionRule::default())
                .into_iter()
                .map(|row| {
                    let mut value = serde_json::to_value(&row).unwrap_or_default();
                    if let Value::Object(fields) = &mut value {
                        let words = fields.remove("quote").unwrap_or_default();
                        fields.insert("text".to_owned(), words);
                        for article_level in ["doc_id", "outlet", "published", "title", "url"] {
                            fields.remove(article_level);
                        }
                    }
                    value
                })
                .collect();
            json!({"id": id, "quotes": rows})
        }
    }
}
