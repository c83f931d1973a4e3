//! What a run was made of: `run.json`. The only output that holds a time.

use crate::language::Language;
use crate::language::table::fnv;
use crate::tone::Thresholds;
use serde::Serialize;
use std::collections::BTreeMap;

/// The record of one run.
#[derive(Clone, Debug, Default, Serialize)]
pub struct RunRecord {
    /// This program's version.
    pub version: String,
    /// When the run ended, as seconds since 1970-01-01 UTC; this and `seconds` are all that differs between equal runs.
    pub finished_unix: u64,
    /// How long each part took, in seconds of wall clock: the analysis of the articles, tables and pictures, the report page.
    pub seconds: BTreeMap<String, f64>,
    /// The command line without the program's name.
    pub arguments: Vec<String>,
    /// The two leaders.
    pub leaders: Vec<String>,
    /// Whether the user named them or the corpus did.
    pub leaders_from: String,
    /// Every lexicon in use.
    pub lexicons: Vec<LexiconRecord>,
    /// Every input file with the hash of what was read.
    pub inputs: Vec<InputRecord>,
    /// Where the labels begin.
    pub thresholds: BTreeMap<String, f64>,
    /// Choices of the trend.
    pub trend: serde_json::Value,
    /// Rows and records, by name.
    pub counts: BTreeMap<String, usize>,
    /// What was left out, with the reason.
    pub skipped: Vec<String>,
    /// What else a reader should know.
    pub notes: Vec<String>,
    /// Corrections read, applied and not matched.
    pub corrections: BTreeMap<String, usize>,
}

/// One lexicon.
#[derive(Clone, Debug, Serialize)]
pub struct LexiconRecord {
    /// Its id.
    pub id: String,
    /// Its version.
    pub version: String,
    /// FNV-1a of its bytes, hexadecimal.
    pub hash: String,
    /// `built-in`, or the path it was read from.
    pub origin: String,
}

/// One input file.
#[derive(Clone, Debug, Serialize)]
pub struct InputRecord {
    /// As named.
    pub file: String,
    /// Articles read from it.
    pub articles: usize,
    /// FNV-1a over ids and texts in order, hexadecimal.
    pub hash: String,
}

/// Collects [`InputRecord`]s while articles are read in order.
#[derive(Debug, Default)]
pub struct Inputs(Vec<(String, usize, u64)>);

impl Inputs {
    /// Count one article.
    pub fn add(&mut self, article: &crate::article::Article) {
        let file = article.place.path.display().to_string();
        let hash = fnv(article.text.as_bytes()) ^ fnv(article.id.as_bytes()).rotate_left(1);
        match self.0.last_mut() {
            Some((last, count, sum)) if *last == file => {
                *count += 1;
                *sum = (sum.rotate_left(5) ^ hash).wrapping_mul(0x0100_0000_01b3);
            }
            _ => self.0.push((file, 1, hash)),
        }
    }
    /// The records.
    pub fn records(&self) -> Vec<InputRecord> {
        self.0.iter().map(|(file, articles, hash)| InputRecord { file: file.clone(), articles: *articles, hash: format!("{hash:016x}") }).collect()
    }
}

/// The lexicons of a language, as recorded.
pub fn lexicons(lang: &Language) -> Vec<LexiconRecord> {
    lang.tables
        .0
        .values()
        .map(|t| LexiconRecord {
            id: t.field("id").to_owned(),
            version: t.field("version").to_owned(),
            hash: format!("{:016x}", t.hash()),
            origin: if t.builtin { "built-in".to_owned() } else { t.path.display().to_string() },
        })
        .collect()
}

/// The thresholds, as recorded.
pub fn thresholds(t: Thresholds) -> BTreeMap<String, f64> {
    BTreeMap::from([("confrontational".to_owned(), t.confrontational), ("cordial".to_owned(), t.cordial)])
}
