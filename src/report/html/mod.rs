//! Results → `report.html`: one self-contained page with the finding in words, the pictures, the framing
//! tables, a list of quotations to filter, and each quotation in its article. Computes no result of its
//! own and asks the network for nothing.

mod list;
mod outlets;
mod page;
mod story;
mod wording;

use crate::actor::Actors;
use crate::annotation::{Annotation, Boilerplate, Hit, ToneLabel};
use crate::article::Article;
use crate::framing::Framing;
use crate::record::{QuoteRecord, Role};
use crate::report::record::RunRecord;
use crate::span::Span;
use crate::tone::Thresholds;
use crate::trend::Trend;
use std::collections::BTreeMap;

/// Where a picture stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// How the tone moved.
    Trend,
    /// Which outlet ran which words.
    Quotes,
    /// Own voice against quoted words.
    Outlets,
    /// Words that set outlets apart.
    Words,
}

/// One picture, as PNG or SVG bytes, with what replaces it for those who do not see it.
#[derive(Clone, Debug)]
pub struct Picture {
    /// Where it stands.
    pub place: Place,
    /// What it says.
    pub alt: String,
    /// For wide screens and paper.
    pub wide: Vec<u8>,
    /// For phones.
    pub narrow: Option<Vec<u8>>,
}

/// What the article view shows beyond an article's rows.
#[derive(Clone, Debug, Default)]
pub struct Evidence {
    boilerplate: Vec<Boilerplate>,
    quotes: Vec<(Vec<Hit>, Option<Span>)>,
}

impl Evidence {
    /// Of one article's annotation.
    pub fn of(a: &Annotation) -> Evidence {
        let quotes = a.tones.iter().zip(&a.said).map(|(tone, said)| (tone.hits.clone(), said.words)).collect();
        Evidence { boilerplate: a.boilerplate.clone(), quotes }
    }
}

/// How much the page may hold; what is left out is said on it.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Bytes of the whole page, pictures included.
    pub bytes: usize,
    /// Quotations in the list.
    pub quotes: usize,
    /// Utterances with all their versions.
    pub utterances: usize,
    /// Words an outlet and direction.
    pub words: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Limits { bytes: 4_500_000, quotes: 1500, utterances: 20, words: 10 }
    }
}

/// What the page is made from.
#[derive(Clone, Copy, Debug)]
pub struct Input<'a> {
    /// The articles.
    pub articles: &'a [Article],
    /// Their rows, grouped by article in the articles' order.
    pub rows: &'a [QuoteRecord],
    /// Parallel to the articles; empty where none was kept.
    pub evidence: &'a [Evidence],
    /// Whom the run is about.
    pub actors: &'a Actors,
    /// How the outlets compare.
    pub framing: Option<&'a Framing>,
    /// How the tone moved.
    pub trend: Option<&'a Trend>,
    /// The pictures.
    pub pictures: &'a [Picture],
    /// The run; its time is not shown, so that equal runs give equal pages.
    pub record: Option<&'a RunRecord>,
    /// Where the tone labels begin.
    pub thresholds: Thresholds,
    /// How much the page may hold.
    pub limits: Limits,
}

/// The page.
pub fn render(input: &Input) -> String {
    page::render(&View::new(input))
}

/// The input with what all parts of the page look up.
struct View<'a> {
    input: &'a Input<'a>,
    /// Names of the leaders, short and full, in the order of the chart's colours.
    leaders: Vec<(&'a str, &'a str)>,
    /// By article: range of its rows.
    rows: Vec<std::ops::Range<usize>>,
    /// By row: its article.
    article: Vec<usize>,
    /// By echo id: rows that carry it.
    echoes: BTreeMap<&'a str, Vec<usize>>,
    /// By echo id: the first row of each outlet that ran it.
    printed: BTreeMap<&'a str, Vec<usize>>,
}

impl<'a> View<'a> {
    fn new(input: &'a Input<'a>) -> View<'a> {
        let mut leaders: Vec<(&str, &str)> =
            input.actors.leaders().map_or(Vec::new(), |l| (0..2).map(|id| (input.actors.short(id), l[id as usize].name.as_str())).collect());
        leaders.sort_unstable();
        let place: BTreeMap<&str, usize> = input.articles.iter().enumerate().map(|(i, a)| (a.id.as_str(), i)).collect();
        let mut rows = vec![0..0; input.articles.len()];
        let mut article = Vec::with_capacity(input.rows.len());
        let mut echoes: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        let mut printed: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for (n, row) in input.rows.iter().enumerate() {
            let i = place.get(row.doc_id.as_str()).copied().unwrap_or(usize::MAX);
            if let Some(range) = rows.get_mut(i) {
                *range = if range.end == n { range.start..n + 1 } else { n..n + 1 };
            }
            article.push(i);
            if !row.echo_id.is_empty() {
                echoes.entry(&row.echo_id).or_default().push(n);
                let printed = printed.entry(&row.echo_id).or_default();
                if printed.iter().all(|&other| input.rows[other].outlet != row.outlet) {
                    printed.push(n);
                }
            }
        }
        View { input, leaders, rows, article, echoes, printed }
    }
    /// Colour class of a row's speaker: one of the leaders' sides, or anyone else.
    fn side(&self, row: &QuoteRecord) -> &'static str {
        self.colour(&row.speaker_side)
    }
    /// Colour class of a leader by short name.
    fn colour(&self, short: &str) -> &'static str {
        match self.leaders.iter().position(|(s, _)| !short.is_empty() && *s == short) {
            Some(0) => "s0",
            Some(_) => "s1",
            None => "sx",
        }
    }
    /// The row's place in its article's evidence, from its id.
    fn evidence(&self, n: usize) -> Option<&'a (Vec<Hit>, Option<Span>)> {
        let row = &self.input.rows[n];
        let number: usize = row.quote_id.rsplit('#').next()?.parse().ok()?;
        self.input.evidence.get(self.article[n])?.quotes.get(number.checked_sub(1)?)
    }
    /// The anchor of row `n`.
    fn anchor(&self, n: usize) -> String {
        format!("a{}q{}", self.article[n] + 1, n - self.rows.get(self.article[n]).map_or(0, |r| r.start) + 1)
    }
}

/// Whether the words are those of a leader about the other.
fn counts(row: &QuoteRecord) -> bool {
    !row.direction.is_empty() && row.tone.is_some()
}

/// Background class of a tone.
fn shade(tone: f64) -> &'static str {
    match tone {
        t if t <= -0.6 => "m3",
        t if t <= -0.3 => "m2",
        t if t <= -0.05 => "m1",
        t if t < 0.05 => "z",
        t if t < 0.3 => "p1",
        t if t < 0.6 => "p2",
        _ => "p3",
    }
}

fn label(row: &QuoteRecord, thresholds: Thresholds) -> Option<&'static str> {
    Some(match row.tone_label.or_else(|| row.tone.map(|t| thresholds.label(t)))? {
        ToneLabel::Confrontational => "confrontational",
        ToneLabel::Neutral => "neutral",
        ToneLabel::Cordial => "cordial",
    })
}

/// A speaker's last word, for short labels.
fn short(name: &str) -> &str {
    name.rsplit(' ').next().unwrap_or(name)
}

fn aide(row: &QuoteRecord) -> bool {
    row.speaker_role == Role::Side
}
