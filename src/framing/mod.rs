//! Tallies and rows → what each outlet ran, cut and left out, under which verbs, in whose words, and what
//! its own voice adds. Reads no text: see [`tally`] for that.

pub mod outlet;
pub mod tally;
pub mod version;
pub mod words;

use crate::record::QuoteRecord;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use tally::Told;

/// Choices, recorded with the run.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct Options {
    /// Strength of the prior of the word table, in words.
    pub prior: f64,
    /// Bootstrap replicates over articles.
    pub replicates: usize,
    /// Under this many articles an outlet gets no interval.
    pub least_articles: usize,
    /// Words listed an outlet and direction.
    pub words: usize,
    /// An article is wire copy from this share of shingles on that an earlier outlet had printed.
    pub wire: f64,
}

impl Default for Options {
    fn default() -> Self {
        Options { prior: words::PRIOR, replicates: 1000, least_articles: 5, words: 25, wire: 0.5 }
    }
}

/// The framing tables.
#[derive(Clone, Debug, Default)]
pub struct Framing {
    /// `framing.csv`.
    pub outlets: Vec<outlet::OutletRow>,
    /// `framing_quotes.csv`.
    pub versions: Vec<version::VersionRow>,
    /// `framing_words.csv`.
    pub words: Vec<WordRow>,
}

/// One row of `framing_words.csv`.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct WordRow {
    /// The outlet.
    pub outlet: String,
    /// Against whom: `rest`.
    pub against: String,
    /// The word, folded.
    pub word: String,
    /// Times in the outlet's own voice.
    pub n: u32,
    /// Times in the others'.
    pub n_against: u32,
    /// Articles of the outlet that use it.
    pub articles: u32,
    /// Other articles that use it.
    pub articles_against: u32,
    /// δ, positive where the outlet uses it more.
    pub log_odds: f64,
    /// By the approximate variance (Monroe et al. 2008).
    pub z: f64,
    /// By the full variance.
    pub z_full: f64,
    /// Two-sided, from `z`.
    pub p: f64,
    /// Benjamini–Hochberg, over all words tested for this outlet.
    pub q: f64,
}

/// Compare outlets. `rows` must carry echo ids; `leaders` are the two short names used in directions.
pub fn compare(told: &[Told], rows: &[QuoteRecord], leaders: Option<[&str; 2]>, options: &Options) -> Framing {
    let wire = wire_copies(told, options.wire);
    let pool = version::pool(rows);
    let outlets = outlet::rows(told, rows, &wire, &pool, leaders, options);
    let versions = version::rows(&pool, told, rows);
    let words = word_rows(told, &wire, options);
    Framing { outlets, versions, words }
}

/// The outlets, in name order.
pub(crate) fn names(told: &[Told]) -> Vec<&str> {
    let names: BTreeSet<&str> = told.iter().map(|t| t.outlet.as_str()).collect();
    names.into_iter().collect()
}

/// For each article: the share of its shingles that an earlier article of another outlet holds, where it reaches `least`.
fn wire_copies(told: &[Told], least: f64) -> Vec<bool> {
    let mut order: Vec<usize> = (0..told.len()).collect();
    // Undated articles come last: nothing can be called a copy of them.
    order.sort_by_key(|&i| (told[i].published.is_none(), told[i].published, i));
    let mut first: HashMap<u64, &str, foldhash::fast::FixedState> = HashMap::with_hasher(foldhash::fast::FixedState::with_seed(3));
    let mut out = vec![false; told.len()];
    for i in order {
        let t = &told[i];
        let known = t.shingles.iter().filter(|h| first.get(*h).is_some_and(|outlet| *outlet != t.outlet)).count();
        out[i] = !t.shingles.is_empty() && known as f64 >= least * t.shingles.len() as f64;
        for &hash in &t.shingles {
            first.entry(hash).or_insert(&t.outlet);
        }
    }
    out
}

fn word_rows(told: &[Told], wire: &[bool], options: &Options) -> Vec<WordRow> {
    #[derive(Default, Clone, Copy)]
    struct Count {
        n: u32,
        articles: u32,
    }
    let outlets = names(told);
    if outlets.len() < 2 {
        return Vec::new();
    }
    let mut by_outlet: Vec<BTreeMap<&str, Count>> = vec![BTreeMap::new(); outlets.len()];
    let mut all: BTreeMap<&str, Count> = BTreeMap::new();
    for (t, _) in told.iter().zip(wire).filter(|(_, wire)| !**wire) {
        let Ok(o) = outlets.binary_search(&t.outlet.as_str()) else { continue };
        for (word, &n) in &t.counts {
            for count in [by_outlet[o].entry(word).or_default(), all.entry(word).or_default()] {
                count.n += n;
                count.articles += 1;
            }
        }
    }
    let total: f64 = all.values().map(|c| f64::from(c.n)).sum();
    let mut out = Vec::new();
    for (o, outlet) in outlets.iter().enumerate() {
        let own: f64 = by_outlet[o].values().map(|c| f64::from(c.n)).sum();
        if own == 0.0 || own == total {
            continue;
        }
        // A word of one article tells of that article, not of its outlet.
        let tested: Vec<(&str, Count, Count)> = all
            .iter()
            .filter(|(_, all)| all.articles >= 2 && all.n >= 3)
            .map(|(&word, &all)| {
                let mine = by_outlet[o].get(word).copied().unwrap_or_default();
                (word, mine, Count { n: all.n - mine.n, articles: all.articles - mine.articles })
            })
            .collect();
        let odds: Vec<words::LogOdds> = tested
            .iter()
            .map(|(_, mine, rest)| {
                let (y_i, y_j) = (f64::from(mine.n), f64::from(rest.n));
                words::log_odds(y_i, own, y_j, total - own, (y_i + y_j) / total, options.prior)
            })
            .collect();
        let p: Vec<f64> = odds.iter().map(|x| words::p_value(x.z)).collect();
        let q = words::benjamini_hochberg(&p);
        let mut order: Vec<usize> = (0..tested.len()).collect();
        order.sort_by(|&a, &b| odds[b].z.total_cmp(&odds[a].z).then_with(|| tested[a].0.cmp(tested[b].0)));
        let least = order.len().saturating_sub(options.words).max(options.words.min(order.len()));
        let listed = order.iter().take(options.words).chain(&order[least..]);
        for &i in listed {
            let (word, mine, rest) = tested[i];
            out.push(WordRow {
                outlet: (*outlet).to_owned(),
                against: "rest".to_owned(),
                word: word.to_owned(),
                n: mine.n,
                n_against: rest.n,
                articles: mine.articles,
                articles_against: rest.articles,
                log_odds: round(odds[i].delta),
                z: round(odds[i].z),
                z_full: round(odds[i].z_full),
                p: p[i],
                q: q[i],
            });
        }
    }
    out
}

/// Four decimals: what a table can bear.
pub(crate) fn round(x: f64) -> f64 {
    let r = (x * 1e4).round() / 1e4;
    if r == 0.0 { 0.0 } else { r }
}
