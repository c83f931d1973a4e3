//! `detente explain`: one text on the command line or from standard input, every word's part in its tone and in its valence.

use super::input::Scoring;
use super::{Done, Global};
use anyhow::Result;
use detente::annotation::{Hit, ToneLabel};
use detente::tone::{lexicon, vader};
use serde_json::json;
use std::io::{IsTerminal, Read, Write};
use std::path::PathBuf;

/// Arguments of `explain`.
#[derive(clap::Args, Debug)]
#[command(after_help = "Example:\n  detente explain \"They tore up the treaty, but the talks go on.\"")]
pub struct Args {
    /// The text; `-` is standard input.
    #[arg(value_name = "TEXT", allow_hyphen_values = true)]
    text: String,
    /// One JSON object instead of a table.
    #[arg(long)]
    json: bool,
    /// A folder of lexicons that replace the built-in ones of the same name.
    #[arg(long, value_name = "DIR")]
    lexicons: Option<PathBuf>,
    #[command(flatten)]
    scoring: Scoring,
}

const RED: &str = "\u{1b}[31m";
const GREEN: &str = "\u{1b}[32m";
const DIM: &str = "\u{1b}[2m";
const PLAIN: &str = "\u{1b}[0m";

pub fn run(args: &Args, global: &Global) -> Result<Done> {
    let mut text = args.text.clone();
    if text == "-" {
        text.clear();
        std::io::stdin().read_to_string(&mut text)?;
    }
    let language = args.scoring.language(args.lexicons.as_deref(), global.quiet)?;
    let thresholds = args.scoring.thresholds()?;
    let score = lexicon::score_text(&text, &language);
    let tone = score.tone.unwrap_or_default();
    let label = thresholds.label(tone);
    let (parts, marks) = vader::parts(&text, &language, true);
    let mut out = std::io::stdout().lock();
    let words = |hit: &Hit| hit.span.map(|s| s.of(&text).split_whitespace().collect::<Vec<_>>().join(" ")).unwrap_or_default();
    if args.json {
        let index = detente::span::CharIndex::new(&text);
        let hits: Vec<_> = score
            .hits
            .iter()
            .map(|h| {
                let (start, end) = h.span.map_or((0, 0), |s| (index.chars(s.start), index.chars(s.end)));
                json!({"start": start, "end": end, "words": words(h), "term": h.term, "weight": h.weight, "role": h.role})
            })
            .collect();
        let valences: Vec<_> = parts.iter().map(|p| json!({"word": p.word, "weight": p.valence})).collect();
        let row =
            json!({"tone": tone, "tone_label": label, "valence": score.valence, "hits": hits, "valence_words": valences, "valence_marks": marks});
        writeln!(out, "{row}")?;
        return Ok(Done::All);
    }
    let colour = out.is_terminal() && std::env::var_os("NO_COLOR").is_none_or(|v| v.is_empty());
    let paint = |weight: f64, role: &str| match () {
        () if !colour => ("", ""),
        () if weight > 0.0 => (GREEN, PLAIN),
        () if weight < 0.0 => (RED, PLAIN),
        () if role == "topic" => (DIM, PLAIN),
        () => ("", ""),
    };
    let name = match label {
        ToneLabel::Confrontational => "confrontational",
        ToneLabel::Neutral => "neutral",
        ToneLabel::Cordial => "cordial",
    };
    let (on, off) = paint(tone, "");
    writeln!(out, "tone {on}{tone:+.3} {name}{off}, valence {:+.3}", score.valence)?;
    for hit in &score.hits {
        let (on, off) = paint(hit.weight, &hit.role);
        let weight = if hit.weight == 0.0 { "    –".to_owned() } else { format!("{:+5.2}", hit.weight) };
        // Control characters of the text never reach a terminal.
        let words: String = words(hit).chars().filter(|c| !c.is_control()).collect();
        writeln!(out, "  {on}{weight}  {:<12}{words}{off}", hit.role)?;
    }
    if score.hits.is_empty() {
        writeln!(out, "  no word of the tables of tone stands here")?;
    }
    if !parts.is_empty() {
        writeln!(out, "valence by VADER, normalised from the sum of")?;
    }
    for part in &parts {
        let (on, off) = paint(part.valence, "");
        let word: String = part.word.chars().filter(|c| !c.is_control()).collect();
        writeln!(out, "  {on}{:+5.2}  {word}{off}", part.valence)?;
    }
    if marks != 0.0 {
        writeln!(out, "  {marks:+5.2}  marks of emphasis")?;
    }
    Ok(Done::All)
}
