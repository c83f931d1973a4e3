//! Rows with echo ids → the pool of utterances that several outlets had, and how each ran every one:
//! whole, cut, edited, paraphrased, or not at all.

use super::names;
use super::round;
use super::tally::Told;
use crate::annotation::QuoteKind;
use crate::language::vocab::fold;
use crate::record::QuoteRecord;
use jiff::civil::Date;
use serde::Serialize;
use std::collections::BTreeMap;

/// One outlet's version of one utterance.
#[derive(Clone, Debug)]
pub struct Version {
    /// Rows of the version, in text order, as indexes into the rows.
    pub rows: Vec<usize>,
    /// Its words, folded.
    pub words: Vec<String>,
    /// Its tone, weighted by words; `None` where no row has one.
    pub tone: Option<f64>,
}

/// One utterance that at least two outlets ran.
#[derive(Clone, Debug)]
pub struct Utterance {
    /// Its echo id.
    pub echo_id: String,
    /// By outlet, the longest version of each.
    pub versions: BTreeMap<String, Version>,
    /// The outlet whose version is the longest of all.
    pub fullest: String,
    /// First day on which it can have been said, as far as any version tells.
    pub since: Option<Date>,
    /// Whether it goes from one leader to the other.
    pub between: bool,
}

impl Utterance {
    /// The longest version.
    pub fn full(&self) -> &Version {
        &self.versions[&self.fullest]
    }
    /// Whether an outlet that printed on `last` day could have run it.
    pub fn within_reach(&self, last: Option<Date>) -> bool {
        match (self.since, last) {
            (Some(since), Some(last)) => since <= last,
            _ => true,
        }
    }
}

/// One row of `framing_quotes.csv`.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct VersionRow {
    /// The utterance.
    pub echo_id: String,
    /// Who said it.
    pub speaker: String,
    /// Whom it is aimed at.
    pub target: String,
    /// Direction.
    pub direction: String,
    /// First day, the narrowest that any version tells.
    pub said_from: Option<Date>,
    /// Last day.
    pub said_to: Option<Date>,
    /// The fullest version.
    pub utterance: String,
    /// The outlet.
    pub outlet: String,
    /// `whole`, `cut`, `edited`, `paraphrased` or `absent`.
    pub status: &'static str,
    /// Share of the fullest version's words that were kept, in order, 0 … 1.
    pub kept: Option<f64>,
    /// The words that were cut.
    pub cut: String,
    /// Tone of this version.
    pub tone: Option<f64>,
    /// Tone of this version minus that of the fullest.
    pub tone_shift: Option<f64>,
    /// The outlet's verb.
    pub cue: String,
    /// Its class.
    pub cue_class: String,
    /// The article.
    pub doc_id: String,
    /// First Unicode scalar of the version's first piece.
    pub start: Option<usize>,
    /// One past the last piece's end.
    pub end: Option<usize>,
}

/// The utterances that at least two outlets ran, in order of their echo ids' first appearance.
pub fn pool(rows: &[QuoteRecord]) -> Vec<Utterance> {
    // echo → outlet → article → rows
    let mut groups: BTreeMap<&str, BTreeMap<&str, BTreeMap<&str, Vec<usize>>>> = BTreeMap::new();
    for (i, row) in rows.iter().enumerate() {
        if !row.echo_id.is_empty() {
            groups.entry(&row.echo_id).or_default().entry(&row.outlet).or_default().entry(&row.doc_id).or_default().push(i);
        }
    }
    let mut out: Vec<(usize, Utterance)> = Vec::new();
    for (echo_id, outlets) in groups {
        if outlets.len() < 2 {
            continue;
        }
        let mut versions = BTreeMap::new();
        let mut first = usize::MAX;
        for (outlet, articles) in outlets {
            let best = articles
                .into_values()
                .map(|members| {
                    first = first.min(members[0]);
                    version(rows, members)
                })
                .max_by(|a, b| a.words.len().cmp(&b.words.len()).then(b.rows[0].cmp(&a.rows[0])));
            if let Some(best) = best {
                versions.insert(outlet.to_owned(), best);
            }
        }
        let rank = |v: &Version| {
            let paraphrase = rows[v.rows[0]].kind == QuoteKind::Indirect || rows[v.rows[0]].echo_kind == "possible";
            (!paraphrase, v.words.len(), std::cmp::Reverse(v.rows[0]))
        };
        let Some(fullest) = versions.iter().max_by_key(|(_, v)| rank(v)).map(|(o, _)| o.clone()) else { continue };
        let members: Vec<usize> = versions.values().flat_map(|v| v.rows.iter().copied()).collect();
        let since = members
            .iter()
            .filter_map(|&i| rows[i].said_from.or(rows[i].echo_said_from))
            .min()
            .or_else(|| members.iter().filter_map(|&i| rows[i].published).min());
        let between = members.iter().any(|&i| !rows[i].direction.is_empty());
        out.push((first, Utterance { echo_id: echo_id.to_owned(), versions, fullest, since, between }));
    }
    out.sort_by_key(|(first, _)| *first);
    out.into_iter().map(|(_, u)| u).collect()
}

fn version(rows: &[QuoteRecord], members: Vec<usize>) -> Version {
    // Words that the article runs twice (a pull quote, a caption) are one piece of the version.
    let mut pieces: Vec<(usize, Vec<String>)> = Vec::new();
    for i in members {
        let words = words(&rows[i].quote);
        if pieces.iter().any(|(_, piece)| holds(piece, &words)) {
            continue;
        }
        pieces.retain(|(_, piece)| !holds(&words, piece));
        pieces.push((i, words));
    }
    let (mut sum, mut weight) = (0.0, 0.0);
    for (i, words) in &pieces {
        if let Some(tone) = rows[*i].tone {
            sum += tone * words.len() as f64;
            weight += words.len() as f64;
        }
    }
    let (members, words): (Vec<usize>, Vec<Vec<String>>) = pieces.into_iter().unzip();
    Version { rows: members, words: words.concat(), tone: (weight > 0.0).then(|| sum / weight) }
}

/// Whether `part` stands in `whole` as one run of words.
fn holds(whole: &[String], part: &[String]) -> bool {
    !part.is_empty() && whole.windows(part.len()).any(|run| run == part)
}

fn words(quote: &str) -> Vec<String> {
    quote
        .split(|c: char| !c.is_alphanumeric() && !matches!(c, '\'' | '\u{2019}'))
        .filter(|w| w.chars().any(char::is_alphanumeric))
        .map(fold)
        .collect()
}

/// Which words of `full` stand, in order, in `part` (longest common subsequence).
fn kept(full: &[String], part: &[String]) -> Vec<bool> {
    /// Beyond this the table would be large; utterances of the press are shorter.
    const MOST: usize = 600;
    let (n, m) = (full.len().min(MOST), part.len().min(MOST));
    let mut table = vec![0u16; (n + 1) * (m + 1)];
    for i in (0..n).rev() {
        for j in (0..m).rev() {
            table[i * (m + 1) + j] =
                if full[i] == part[j] { table[(i + 1) * (m + 1) + j + 1] + 1 } else { table[(i + 1) * (m + 1) + j].max(table[i * (m + 1) + j + 1]) };
        }
    }
    let mut out = vec![false; full.len()];
    let (mut i, mut j) = (0, 0);
    while i < n && j < m {
        if full[i] == part[j] {
            out[i] = true;
            i += 1;
            j += 1;
        } else if table[(i + 1) * (m + 1) + j] >= table[i * (m + 1) + j + 1] {
            i += 1;
        } else {
            j += 1;
        }
    }
    out
}

/// Every utterance of the pool by every outlet that could have run it.
pub fn rows(pool: &[Utterance], told: &[Told], rows: &[QuoteRecord]) -> Vec<VersionRow> {
    let mut last: BTreeMap<&str, Option<Date>> = BTreeMap::new();
    for t in told {
        let day = last.entry(&t.outlet).or_default();
        *day = (*day).max(t.published);
    }
    // From a saved file there are no tallies: the outlets are those of the rows.
    for row in rows {
        let day = last.entry(&row.outlet).or_default();
        *day = (*day).max(row.published);
    }
    let mut out = Vec::new();
    for u in pool {
        let full = u.full();
        let head = &rows[full.rows[0]];
        let text = full.rows.iter().map(|&i| rows[i].quote.as_str()).collect::<Vec<_>>().join(" ");
        let members: Vec<usize> = u.versions.values().flat_map(|v| v.rows.iter().copied()).collect();
        let from = members.iter().filter_map(|&i| rows[i].echo_said_from.or(rows[i].said_from)).max();
        let to = members.iter().filter_map(|&i| rows[i].echo_said_to.or(rows[i].said_to)).min();
        for (outlet, &published) in &last {
            let base = VersionRow {
                echo_id: u.echo_id.clone(),
                speaker: head.speaker.clone(),
                target: head.target.clone(),
                direction: members.iter().map(|&i| &rows[i].direction).find(|d| !d.is_empty()).cloned().unwrap_or_default(),
                said_from: from.filter(|f| to.is_none_or(|t| *f <= t)),
                said_to: to.filter(|t| from.is_none_or(|f| f <= *t)),
                utterance: text.clone(),
                outlet: (*outlet).to_owned(),
                status: "absent",
                kept: None,
                cut: String::new(),
                tone: None,
                tone_shift: None,
                cue: String::new(),
                cue_class: String::new(),
                doc_id: String::new(),
                start: None,
                end: None,
            };
            match u.versions.get(*outlet) {
                Some(v) => out.push(present(base, u, v, rows)),
                None if u.within_reach(published) => out.push(base),
                None => {}
            }
        }
    }
    out
}

fn present(base: VersionRow, u: &Utterance, v: &Version, rows: &[QuoteRecord]) -> VersionRow {
    let full = u.full();
    let mask = kept(&full.words, &v.words);
    let share = mask.iter().filter(|k| **k).count() as f64 / mask.len().max(1) as f64;
    let first = &rows[v.rows[0]];
    let status = if first.kind == QuoteKind::Indirect || first.echo_kind == "possible" {
        "paraphrased"
    } else if share >= 0.999 && v.words.len() == full.words.len() {
        "whole"
    } else if v.words.len() == mask.iter().filter(|k| **k).count() {
        "cut"
    } else {
        "edited"
    };
    let cue = v.rows.iter().map(|&i| &rows[i]).find(|r| !r.cue.is_empty()).unwrap_or(first);
    VersionRow {
        status,
        kept: Some(round(share)),
        cut: cut_words(&full.words, &mask),
        tone: v.tone.map(round),
        tone_shift: v.tone.zip(full.tone).map(|(a, b)| round(a - b)),
        cue: cue.cue.clone(),
        cue_class: serde_json::to_value(cue.cue_class).ok().and_then(|c| c.as_str().map(str::to_owned)).unwrap_or_default(),
        doc_id: first.doc_id.clone(),
        start: Some(first.start),
        end: v.rows.last().map(|&i| rows[i].end),
        ..base
    }
}

fn cut_words(full: &[String], kept: &[bool]) -> String {
    let mut out = String::new();
    let mut before = true;
    for (word, &kept) in full.iter().zip(kept) {
        if kept {
            before = true;
            continue;
        }
        if !out.is_empty() {
            out.push_str(if before { " … " } else { " " });
        }
        out.push_str(word);
        before = false;
    }
    out
}

/// The last day on which each outlet printed.
pub(crate) fn last_days(told: &[Told]) -> BTreeMap<&str, Option<Date>> {
    names(told).into_iter().map(|o| (o, told.iter().filter(|t| t.outlet == o).map(|t| t.published).max().flatten())).collect()
}
