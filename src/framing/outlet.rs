//! Tallies, rows and the pool of shared utterances → one row of `framing.csv` for each outlet, with
//! percentile intervals from a bootstrap over articles (Efron 1979).

use super::tally::{Naming, Told};
use super::version::{Utterance, last_days};
use super::{Options, names, round};
use crate::annotation::{CueClass, QuoteKind};
use crate::random::Random;
use crate::record::{QuoteRecord, Role};
use serde::Serialize;
use std::collections::BTreeMap;

/// One row of `framing.csv`. `_a` is the first leader, `_b` the second; `_low`, `_high` bound the 95 % interval.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[allow(missing_docs)] // every column is described in `report::schema`
pub struct OutletRow {
    pub outlet: String,
    pub leader_a: String,
    pub leader_b: String,
    pub n_articles: usize,
    pub n_words: usize,
    pub n_quotes: usize,
    pub n_wire: usize,
    pub wire_share: f64,
    pub narration_tone: Option<f64>,
    pub narration_tone_low: Option<f64>,
    pub narration_tone_high: Option<f64>,
    pub quoted_tone: Option<f64>,
    pub quoted_tone_low: Option<f64>,
    pub quoted_tone_high: Option<f64>,
    pub tone_gap: Option<f64>,
    pub tone_gap_low: Option<f64>,
    pub tone_gap_high: Option<f64>,
    pub selection_effect: Option<f64>,
    pub selection_effect_low: Option<f64>,
    pub selection_effect_high: Option<f64>,
    pub coverage: Option<f64>,
    pub n_pool: usize,
    pub mean_kept: Option<f64>,
    pub cut_tone_shift: Option<f64>,
    pub voice_share_a: Option<f64>,
    pub voice_share_b: Option<f64>,
    pub lead_speaker: String,
    pub first_quote_pos: Option<f64>,
    pub verb_distance: Option<f64>,
    pub verb_distance_low: Option<f64>,
    pub verb_distance_high: Option<f64>,
    pub verb_neutral: Option<f64>,
    pub verb_endorse: Option<f64>,
    pub verb_hostile: Option<f64>,
    pub verb_warm: Option<f64>,
    pub verb_asymmetry: Option<f64>,
    pub verb_asymmetry_low: Option<f64>,
    pub verb_asymmetry_high: Option<f64>,
    pub narration_tone_a: Option<f64>,
    pub narration_tone_a_low: Option<f64>,
    pub narration_tone_a_high: Option<f64>,
    pub narration_tone_b: Option<f64>,
    pub narration_tone_b_low: Option<f64>,
    pub narration_tone_b_high: Option<f64>,
    pub title_name_a: Option<f64>,
    pub full_name_a: Option<f64>,
    pub surname_a: Option<f64>,
    pub epithet_a: Option<f64>,
    pub epithet_a_low: Option<f64>,
    pub epithet_a_high: Option<f64>,
    pub title_name_b: Option<f64>,
    pub full_name_b: Option<f64>,
    pub surname_b: Option<f64>,
    pub epithet_b: Option<f64>,
    pub epithet_b_low: Option<f64>,
    pub epithet_b_high: Option<f64>,
    pub epithets_a: String,
    pub epithets_b: String,
    pub hedges_per_1000: Option<f64>,
    pub scare_per_1000: Option<f64>,
    pub voice_share_a_low: Option<f64>,
    pub voice_share_a_high: Option<f64>,
    pub voice_share_b_low: Option<f64>,
    pub voice_share_b_high: Option<f64>,
    pub title_name_a_low: Option<f64>,
    pub title_name_a_high: Option<f64>,
    pub title_name_b_low: Option<f64>,
    pub title_name_b_high: Option<f64>,
    pub scare_per_1000_low: Option<f64>,
    pub scare_per_1000_high: Option<f64>,
}

/// What one article adds; sums over articles give every share and mean.
#[derive(Clone, Debug, Default)]
struct Sums {
    narration: [(f64, f64); 2],
    quoted: (f64, f64),
    /// By leader (0, 1) or anyone else (2), then by cue class.
    verbs: [[f64; 5]; 3],
    naming: [Naming; 2],
    quoted_words: [f64; 3],
    own_words: f64,
    hedges: f64,
    scare: f64,
    /// Utterances of the pool that the article runs.
    run: Vec<usize>,
}

impl Sums {
    fn add(&mut self, other: &Sums) {
        for l in 0..2 {
            self.narration[l].0 += other.narration[l].0;
            self.narration[l].1 += other.narration[l].1;
            let (mine, more) = (&mut self.naming[l], &other.naming[l]);
            mine.title += more.title;
            mine.full += more.full;
            mine.surname += more.surname;
            mine.epithet += more.epithet;
        }
        self.quoted.0 += other.quoted.0;
        self.quoted.1 += other.quoted.1;
        for s in 0..3 {
            self.quoted_words[s] += other.quoted_words[s];
            for c in 0..5 {
                self.verbs[s][c] += other.verbs[s][c];
            }
        }
        self.own_words += other.own_words;
        self.hedges += other.hedges;
        self.scare += other.scare;
        self.run.extend_from_slice(&other.run);
    }
    fn verb_share(&self, class: CueClass) -> Option<f64> {
        let total: f64 = self.verbs.iter().flatten().sum();
        ratio(self.verbs.iter().map(|v| v[class as usize]).sum(), total)
    }
    /// Share of distancing and hostile verbs for one leader.
    fn doubted(&self, leader: usize) -> Option<f64> {
        let v = &self.verbs[leader];
        ratio(v[CueClass::Distance as usize] + v[CueClass::Hostile as usize], v.iter().sum())
    }
    fn measure(&self, pool_tone: &[Option<f64>], reach: &[bool]) -> [Option<f64>; MEASURES] {
        let narration = mean((self.narration[0].0 + self.narration[1].0, self.narration[0].1 + self.narration[1].1));
        let quoted = mean(self.quoted);
        [
            narration,
            quoted,
            narration.zip(quoted).map(|(n, q)| n - q),
            selection(&self.run, pool_tone, reach),
            self.verb_share(CueClass::Distance),
            self.doubted(0).zip(self.doubted(1)).map(|(a, b)| a - b),
            mean(self.narration[0]),
            mean(self.narration[1]),
            ratio(self.naming[0].epithet, self.naming[0].total()),
            ratio(self.naming[1].epithet, self.naming[1].total()),
            ratio(self.quoted_words[0], self.quoted_words.iter().sum()),
            ratio(self.quoted_words[1], self.quoted_words.iter().sum()),
            ratio(self.naming[0].title, self.naming[0].total()),
            ratio(self.naming[1].title, self.naming[1].total()),
            ratio(self.scare * 1000.0, self.own_words),
        ]
    }
}

/// Measures with an interval.
const MEASURES: usize = 15;

fn mean((sum, n): (f64, f64)) -> Option<f64> {
    ratio(sum, n)
}

fn ratio(part: f64, whole: f64) -> Option<f64> {
    (whole > 0.0).then(|| part / whole)
}

/// Mean tone of the utterances run minus the mean of those within reach.
fn selection(run: &[usize], tone: &[Option<f64>], reach: &[bool]) -> Option<f64> {
    let mut mine: Vec<usize> = run.iter().copied().filter(|&u| reach[u]).collect();
    mine.sort_unstable();
    mine.dedup();
    let average = |list: &mut dyn Iterator<Item = usize>| {
        let (mut sum, mut n) = (0.0, 0.0);
        for t in list.filter_map(|u| tone[u]) {
            sum += t;
            n += 1.0;
        }
        ratio(sum, n)
    };
    let pool = average(&mut (0..tone.len()).filter(|&u| reach[u]))?;
    Some(average(&mut mine.into_iter())? - pool)
}

/// The rows, in outlet order.
pub fn rows(told: &[Told], rows: &[QuoteRecord], wire: &[bool], pool: &[Utterance], leaders: Option<[&str; 2]>, options: &Options) -> Vec<OutletRow> {
    let leaders = leaders.unwrap_or(["", ""]);
    let sums = sums(told, rows, pool, leaders);
    let last = last_days(told);
    let tone: Vec<Option<f64>> = pool.iter().map(|u| if u.between { u.full().tone } else { None }).collect();
    names(told)
        .into_iter()
        .enumerate()
        .map(|(stream, outlet)| {
            let members: Vec<usize> = (0..told.len()).filter(|&i| told[i].outlet == outlet).collect();
            let reach: Vec<bool> = pool.iter().map(|u| u.between && u.within_reach(last.get(outlet).copied().flatten())).collect();
            let mut all = Sums::default();
            for &i in &members {
                all.add(&sums[i]);
            }
            let point = all.measure(&tone, &reach);
            let bounds = bounds(&members, &sums, &tone, &reach, options, stream as u64);
            row(outlet, leaders, &members, told, rows, wire, pool, &all, &reach, point, bounds)
        })
        .collect()
}

fn sums(told: &[Told], rows: &[QuoteRecord], pool: &[Utterance], leaders: [&str; 2]) -> Vec<Sums> {
    let article: BTreeMap<&str, usize> = told.iter().enumerate().map(|(i, t)| (t.doc_id.as_str(), i)).collect();
    let mut out: Vec<Sums> = told
        .iter()
        .map(|t| Sums { narration: t.narration, naming: t.naming, own_words: t.own_words, hedges: t.hedges, scare: t.scare, ..Sums::default() })
        .collect();
    let utterance: BTreeMap<&str, usize> = pool.iter().enumerate().map(|(u, x)| (x.echo_id.as_str(), u)).collect();
    for row in rows {
        let Some(&i) = article.get(row.doc_id.as_str()) else { continue };
        let sum = &mut out[i];
        if let Some(&u) = utterance.get(row.echo_id.as_str()) {
            sum.run.push(u);
        }
        let who = if row.speaker_role == Role::Leader { leaders.iter().position(|l| *l == row.speaker_side) } else { None };
        if !row.cue.is_empty() {
            sum.verbs[who.unwrap_or(2)][row.cue_class as usize] += 1.0;
        }
        if row.kind == QuoteKind::Indirect {
            continue;
        }
        sum.quoted_words[who.unwrap_or(2)] += row.quote.split_whitespace().count() as f64;
        if let (Some(tone), false) = (row.tone, row.direction.is_empty()) {
            sum.quoted.0 += tone;
            sum.quoted.1 += 1.0;
        }
    }
    out
}

type Bounds = [Option<(f64, f64)>; MEASURES];

fn bounds(members: &[usize], sums: &[Sums], tone: &[Option<f64>], reach: &[bool], options: &Options, stream: u64) -> Bounds {
    let mut out = [None; MEASURES];
    if members.len() < options.least_articles {
        return out;
    }
    let mut random = Random::new(0x0f2a_317e, stream);
    let mut draws: [Vec<f64>; MEASURES] = Default::default();
    for _ in 0..options.replicates {
        let mut all = Sums::default();
        for _ in 0..members.len() {
            all.add(&sums[members[random.below(members.len())]]);
        }
        for (list, x) in draws.iter_mut().zip(all.measure(tone, reach)) {
            list.extend(x);
        }
    }
    for (bound, list) in out.iter_mut().zip(&mut draws) {
        if list.len() * 2 < options.replicates || list.is_empty() {
            continue;
        }
        list.sort_by(f64::total_cmp);
        let at = |share: f64| list[((list.len() - 1) as f64 * share).round() as usize];
        *bound = Some((at(0.025), at(0.975)));
    }
    out
}

#[allow(clippy::too_many_arguments)]
fn row(
    outlet: &str,
    leaders: [&str; 2],
    members: &[usize],
    told: &[Told],
    rows: &[QuoteRecord],
    wire: &[bool],
    pool: &[Utterance],
    all: &Sums,
    reach: &[bool],
    point: [Option<f64>; MEASURES],
    bounds: Bounds,
) -> OutletRow {
    let r = |x: Option<f64>| x.map(round);
    let low = |m: usize| bounds[m].map(|b| round(b.0));
    let high = |m: usize| bounds[m].map(|b| round(b.1));
    let n_wire = members.iter().filter(|&&i| wire[i]).count();
    let within = reach.iter().filter(|x| **x).count();
    let run = pool.iter().zip(reach).filter(|(u, reach)| **reach && u.versions.contains_key(outlet)).count();
    let (mut kept, mut shift) = ((0.0, 0.0), (0.0, 0.0));
    for u in pool {
        let Some(v) = u.versions.get(outlet) else { continue };
        kept.0 += v.words.len().min(u.full().words.len()) as f64 / u.full().words.len().max(1) as f64;
        kept.1 += 1.0;
        if let Some((a, b)) = v.tone.zip(u.full().tone).filter(|_| v.words.len() < u.full().words.len()) {
            shift.0 += a - b;
            shift.1 += 1.0;
        }
    }
    let mut lead: BTreeMap<&str, usize> = BTreeMap::new();
    let own: Vec<&QuoteRecord> = rows.iter().filter(|r| r.outlet == outlet && r.kind != QuoteKind::Indirect).collect();
    let mut last = "";
    for q in &own {
        if q.doc_id != last && !q.speaker.is_empty() {
            *lead.entry(&q.speaker).or_default() += 1;
        }
        last = &q.doc_id;
    }
    let lead = lead.iter().max_by_key(|(name, n)| (**n, std::cmp::Reverse(**name))).map(|(name, _)| (*name).to_owned()).unwrap_or_default();
    let first: Vec<f64> = members.iter().filter_map(|&i| told[i].first_quote).collect();
    let naming = |l: usize, part: f64| r(ratio(part, all.naming[l].total()));
    let epithets = |l: usize| {
        let mut counts: BTreeMap<&str, u32> = BTreeMap::new();
        for &i in members {
            for (words, n) in &told[i].epithets[l] {
                *counts.entry(words).or_default() += n;
            }
        }
        let mut list: Vec<(&str, u32)> = counts.into_iter().collect();
        list.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(b.0)));
        list.iter().take(5).map(|(words, n)| format!("{words}:{n}")).collect::<Vec<_>>().join(";")
    };
    OutletRow {
        outlet: outlet.to_owned(),
        leader_a: leaders[0].to_owned(),
        leader_b: leaders[1].to_owned(),
        n_articles: members.len(),
        n_words: members.iter().map(|&i| told[i].words).sum::<f64>() as usize,
        n_quotes: own.len(),
        n_wire,
        wire_share: round(n_wire as f64 / members.len().max(1) as f64),
        narration_tone: r(point[0]),
        narration_tone_low: low(0),
        narration_tone_high: high(0),
        quoted_tone: r(point[1]),
        quoted_tone_low: low(1),
        quoted_tone_high: high(1),
        tone_gap: r(point[2]),
        tone_gap_low: low(2),
        tone_gap_high: high(2),
        selection_effect: r(point[3]),
        selection_effect_low: low(3),
        selection_effect_high: high(3),
        coverage: r(ratio(run as f64, within as f64)),
        n_pool: within,
        mean_kept: r(mean(kept)),
        cut_tone_shift: r(mean(shift)),
        voice_share_a: r(point[10]),
        voice_share_b: r(point[11]),
        lead_speaker: lead,
        first_quote_pos: r(ratio(first.iter().sum(), first.len() as f64)),
        verb_distance: r(point[4]),
        verb_distance_low: low(4),
        verb_distance_high: high(4),
        verb_neutral: r(all.verb_share(CueClass::Neutral)),
        verb_endorse: r(all.verb_share(CueClass::Endorse)),
        verb_hostile: r(all.verb_share(CueClass::Hostile)),
        verb_warm: r(all.verb_share(CueClass::Warm)),
        verb_asymmetry: r(point[5]),
        verb_asymmetry_low: low(5),
        verb_asymmetry_high: high(5),
        narration_tone_a: r(point[6]),
        narration_tone_a_low: low(6),
        narration_tone_a_high: high(6),
        narration_tone_b: r(point[7]),
        narration_tone_b_low: low(7),
        narration_tone_b_high: high(7),
        title_name_a: r(point[12]),
        full_name_a: naming(0, all.naming[0].full),
        surname_a: naming(0, all.naming[0].surname),
        epithet_a: r(point[8]),
        epithet_a_low: low(8),
        epithet_a_high: high(8),
        title_name_b: r(point[13]),
        full_name_b: naming(1, all.naming[1].full),
        surname_b: naming(1, all.naming[1].surname),
        epithet_b: r(point[9]),
        epithet_b_low: low(9),
        epithet_b_high: high(9),
        epithets_a: epithets(0),
        epithets_b: epithets(1),
        hedges_per_1000: r(ratio(all.hedges * 1000.0, all.own_words)),
        scare_per_1000: r(point[14]),
        voice_share_a_low: low(10),
        voice_share_a_high: high(10),
        voice_share_b_low: low(11),
        voice_share_b_high: high(11),
        title_name_a_low: low(12),
        title_name_a_high: high(12),
        title_name_b_low: low(13),
        title_name_b_high: high(13),
        scare_per_1000_low: low(14),
        scare_per_1000_high: high(14),
    }
}
