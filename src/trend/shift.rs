//! Turning points of a dated series: one step with an interval and an honest test, several steps, and a
//! comparison before and after a given day. Sees numbers only; serial dependence beyond what one
//! article holds is not modelled.

use super::random::Random;
use super::smooth::Observation;
use crate::run;

/// Utterances of one article said at most this many days apart move together in tests.
const TOGETHER: i32 = 3;
/// Fewest utterances on either side of a step.
const FEWEST: f64 = 3.0;
/// Share of the utterances that lies on either side of a step at least.
const TRIM: f64 = 0.05;
/// 95 % point of the likelihood ratio of a break's date, P(x) = (1 − e^(−x/2))² (Hansen 2000, Theorem 2).
const CRITICAL_95: f64 = 7.352_276_964_855_19;

/// A step in the mean: least squares, its date with a 95 % interval, and a test of there being any.
///
/// The interval inverts the likelihood-ratio test of each date (Hansen 2000; Eo & Morley 2015, who find it
/// to cover where the percentile bootstrap and Wald intervals of a break's date do not), with Hansen's
/// scale for unequal variances computed over articles. The test permutes whole articles' blocks and compares the
/// greatest gain over all dates, so that having searched for the date costs nothing in honesty.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Step {
    /// First day of the new level: the first one with an utterance.
    pub at: i32,
    /// Earliest day in the interval.
    pub low: i32,
    /// Latest day in the interval.
    pub high: i32,
    /// The two levels compared at that date.
    pub sides: Compared,
    /// p of the max-statistic permutation test.
    pub p: f64,
}

/// What differs before and from a given day on.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Compared {
    /// Observations before.
    pub n_before: usize,
    /// Observations from the day on.
    pub n_after: usize,
    /// Mean before.
    pub before: f64,
    /// Mean from the day on.
    pub after: f64,
    /// Hedges' g (1981): the difference in pooled standard deviations, corrected for small samples; `None` where they are 0.
    pub hedges_g: Option<f64>,
    /// Cliff's δ (1993): P(after > before) − P(after < before).
    pub cliffs_delta: f64,
    /// Two-sided permutation p of the difference of means over articles; `None` where one side is empty or the day was searched for.
    pub p: Option<f64>,
    /// Whether all divisions were counted rather than a sample of them.
    pub exact: bool,
}

/// One day's sums.
#[derive(Clone, Copy, Debug, Default)]
struct Cell {
    day: i32,
    n: f64,
    sum: f64,
    squares: f64,
}

fn middle(o: &Observation) -> i32 {
    o.from + (o.to - o.from) / 2
}

fn cells(observations: &[Observation]) -> Vec<Cell> {
    let mut cells: Vec<Cell> =
        observations.iter().map(|o| Cell { day: middle(o), n: o.weight, sum: o.weight * o.value, squares: o.weight * o.value * o.value }).collect();
    cells.sort_by_key(|c| c.day);
    cells.dedup_by(|b, a| {
        let same = a.day == b.day;
        if same {
            a.n += b.n;
            a.sum += b.sum;
            a.squares += b.squares;
        }
        same
    });
    cells
}

/// One article's utterances of one stretch of days.
#[derive(Clone, Copy, Debug)]
struct Block {
    day: i32,
    n: f64,
    sum: f64,
}

fn blocks(observations: &[Observation]) -> Vec<Block> {
    let mut order: Vec<&Observation> = observations.iter().collect();
    order.sort_by(|a, b| (a.article, middle(a)).cmp(&(b.article, middle(b))).then(a.value.total_cmp(&b.value)));
    let mut out: Vec<(u32, i32, Block)> = Vec::new();
    for o in order {
        let day = middle(o);
        match out.last_mut() {
            Some((article, last, block)) if *article == o.article && day - *last <= TOGETHER => {
                block.n += o.weight;
                block.sum += o.weight * o.value;
                *last = day;
            }
            _ => out.push((o.article, day, Block { day, n: o.weight, sum: o.weight * o.value })),
        }
    }
    let mut blocks: Vec<Block> = out.into_iter().map(|(_, _, b)| b).collect();
    blocks.sort_by(|a, b| a.day.cmp(&b.day).then(a.n.total_cmp(&b.n)).then(a.sum.total_cmp(&b.sum)));
    blocks
}

/// Gain in explained squares of a step before cell `k`, for every `k`; `None` where a side is too small.
fn gains(cells: &[Cell]) -> Vec<Option<f64>> {
    let (n, sum): (f64, f64) = cells.iter().fold((0.0, 0.0), |a, c| (a.0 + c.n, a.1 + c.sum));
    let fewest = FEWEST.max(TRIM * n);
    let (mut left_n, mut left) = (0.0, 0.0);
    cells
        .iter()
        .map(|c| {
            let gain =
                (left_n >= fewest && n - left_n >= fewest).then(|| left * left / left_n + (sum - left) * (sum - left) / (n - left_n) - sum * sum / n);
            left_n += c.n;
            left += c.sum;
            gain
        })
        .collect()
}

/// The least-squares step with its interval and test; `None` where no date has enough on both sides.
pub fn step(observations: &[Observation], permutations: usize, seed: u64) -> Option<Step> {
    let cells = cells(observations);
    let gains = gains(&cells);
    let best = (0..cells.len())
        .filter(|&k| gains[k].is_some())
        .max_by(|&a, &b| gains[a].unwrap_or(0.0).total_cmp(&gains[b].unwrap_or(0.0)).then(b.cmp(&a)))?;
    let (low, high) = interval(observations, &cells, &gains, best)?;
    let at = cells[best].day;
    Some(Step { at, low, high, sides: sides(&divide(observations, at)), p: any_step(observations, permutations, seed) })
}

/// The dates that the likelihood-ratio test does not reject, from the first to the last: between two days
/// with utterances nothing tells the dates apart, so the interval opens the day after the last one before.
fn interval(observations: &[Observation], cells: &[Cell], gains: &[Option<f64>], best: usize) -> Option<(i32, i32)> {
    let day = cells[best].day;
    let mean = |side: &[Cell]| side.iter().map(|c| c.sum).sum::<f64>() / side.iter().map(|c| c.n).sum::<f64>();
    let (before, after) = (mean(&cells[..best]), mean(&cells[best..]));
    let residual = |o: &Observation| o.value - if middle(o) < day { before } else { after };
    // Scale: variance of an article's sum of residuals per utterance, at least that of single utterances.
    let n: f64 = observations.iter().map(|o| o.weight).sum();
    let single: f64 = observations.iter().map(|o| o.weight * residual(o).powi(2)).sum::<f64>() / (n - 2.0).max(1.0);
    let centred: Vec<Observation> = observations.iter().map(|o| Observation { value: residual(o), ..*o }).collect();
    let groups = blocks(&centred);
    let g = groups.len() as f64;
    let clustered = groups.iter().map(|b| b.sum * b.sum).sum::<f64>() / n * (g / (g - 2.0).max(1.0));
    let scale = clustered.max(single);
    let top = gains[best]?;
    let held: Vec<usize> = (0..cells.len()).filter(|&k| gains[k].is_some_and(|gain| top - gain <= CRITICAL_95 * scale)).collect();
    let (first, last) = (*held.first()?, *held.last()?);
    Some((cells[first - 1].day + 1, cells[last].day))
}

/// p that no step at all gains as much at its best date: permutes blocks over dates.
fn any_step(observations: &[Observation], permutations: usize, seed: u64) -> f64 {
    let blocks = blocks(observations);
    let g = blocks.len();
    let (n, sum): (f64, f64) = blocks.iter().fold((0.0, 0.0), |a, b| (a.0 + b.n, a.1 + b.sum));
    let mean = sum / n;
    let trim = ((TRIM * g as f64).ceil() as usize).max(2);
    // Where a step may stand: between two days, by number of blocks before it.
    let open: Vec<bool> = (0..g).map(|k| k >= trim && g - k >= trim && blocks[k - 1].day < blocks[k].day).collect();
    let greatest = |pairs: &[(f64, f64)]| {
        let (mut left_n, mut left, mut top) = (0.0, 0.0, 0.0f64);
        for (pair, open) in pairs.iter().zip(&open) {
            if *open {
                top = top.max(left * left * (1.0 / left_n + 1.0 / (n - left_n)));
            }
            left_n += pair.0;
            left += pair.1;
        }
        top
    };
    let pairs: Vec<(f64, f64)> = blocks.iter().map(|b| (b.n, b.sum - b.n * mean)).collect();
    let observed = greatest(&pairs);
    let as_great: usize = run::map(permutations, |r| {
        let mut random = Random::new(seed ^ 0x7374_6570, r as u64 + 1);
        let mut drawn = pairs.clone();
        random.shuffle(&mut drawn);
        usize::from(greatest(&drawn) >= observed * (1.0 - 1e-12))
    })
    .into_iter()
    .sum();
    (as_great + 1) as f64 / (permutations + 1) as f64
}

/// Divisions up to which all are counted.
const EXACT: u128 = 20_000;
/// Divisions drawn beyond that.
const DRAWN: usize = 9_999;

/// Compare what was said before `day` with what was said from then on.
pub fn compare(observations: &[Observation], day: i32, seed: u64) -> Compared {
    let divided = divide(observations, day);
    let units = |side: &[Observation]| -> Vec<(f64, f64)> { blocks(side).iter().map(|b| (b.n, b.sum)).collect() };
    let (p, exact) = permutation(&units(&divided[0]), &units(&divided[1]), seed);
    Compared { p, exact, ..sides(&divided) }
}

/// What was said before `day` and what from then on.
fn divide(observations: &[Observation], day: i32) -> [Vec<Observation>; 2] {
    let (after, before) = observations.iter().partition(|o| middle(o) >= day);
    [before, after]
}

/// The two sides in figures, untested: where the day was searched for, a test of that day alone would mislead.
fn sides([before, after]: &[Vec<Observation>; 2]) -> Compared {
    let values = |side: &[Observation]| -> Vec<f64> { side.iter().map(|o| o.value).collect() };
    let (a, b) = (values(before), values(after));
    Compared {
        n_before: a.len(),
        n_after: b.len(),
        before: mean(&a),
        after: mean(&b),
        hedges_g: hedges_g(&a, &b),
        cliffs_delta: cliffs_delta(&a, &b),
        p: None,
        exact: false,
    }
}

fn mean(values: &[f64]) -> f64 {
    if values.is_empty() { 0.0 } else { values.iter().sum::<f64>() / values.len() as f64 }
}

/// Hedges' g of `b` over `a` with the usual approximation 1 − 3/(4·df − 1) of its correction.
pub fn hedges_g(a: &[f64], b: &[f64]) -> Option<f64> {
    let df = (a.len() + b.len()) as f64 - 2.0;
    if a.len() < 2 || b.len() < 2 {
        return None;
    }
    let squares = |v: &[f64]| {
        let middle = mean(v);
        v.iter().map(|x| (x - middle).powi(2)).sum::<f64>()
    };
    let pooled = ((squares(a) + squares(b)) / df).sqrt();
    (pooled > 0.0).then(|| (mean(b) - mean(a)) / pooled * (1.0 - 3.0 / (4.0 * df - 1.0)))
}

/// Cliff's δ of `b` over `a`; 0 where one is empty.
pub fn cliffs_delta(a: &[f64], b: &[f64]) -> f64 {
    if a.is_empty() || b.is_empty() {
        return 0.0;
    }
    let mut a = a.to_vec();
    a.sort_by(f64::total_cmp);
    let balance: i64 = b.iter().map(|x| a.partition_point(|y| y < x) as i64 - (a.len() - a.partition_point(|y| y <= x)) as i64).sum();
    balance as f64 / (a.len() as f64 * b.len() as f64)
}

/// Two-sided permutation p of the difference of weighted means between two lots of (weight, weighted
/// sum) units, and whether all divisions were counted.
pub fn permutation(a: &[(f64, f64)], b: &[(f64, f64)], seed: u64) -> (Option<f64>, bool) {
    if a.is_empty() || b.is_empty() {
        return (None, false);
    }
    let all: Vec<(f64, f64)> = a.iter().chain(b).copied().collect();
    let (n, k) = (all.len(), a.len());
    let (weight, sum) = all.iter().fold((0.0, 0.0), |t, u| (t.0 + u.0, t.1 + u.1));
    let gap = |left: (f64, f64)| ((sum - left.1) / (weight - left.0) - left.1 / left.0).abs();
    let observed = gap(a.iter().fold((0.0, 0.0), |t, u| (t.0 + u.0, t.1 + u.1)));
    let bar = observed - 1e-12 * (1.0 + observed);
    if divisions(n, k).is_some_and(|c| c <= EXACT) {
        let (mut as_great, mut total) = (0usize, 0usize);
        each_division(n, k, |chosen| {
            let left = chosen.iter().fold((0.0, 0.0), |t, &i| (t.0 + all[i].0, t.1 + all[i].1));
            as_great += usize::from(gap(left) >= bar);
            total += 1;
        });
        return (Some(as_great as f64 / total as f64), true);
    }
    let as_great: usize = run::map(DRAWN, |r| {
        let mut random = Random::new(seed ^ 0x6761_7073, r as u64 + 1);
        // The smaller side is drawn without replacement (Floyd's sampling would need a set; a partial shuffle needs none).
        let small = k.min(n - k);
        let mut order: Vec<u32> = (0..n as u32).collect();
        let mut left = (0.0, 0.0);
        for i in 0..small {
            order.swap(i, i + random.below(n - i));
            let unit = all[order[i] as usize];
            left = (left.0 + unit.0, left.1 + unit.1);
        }
        usize::from(gap(left) >= bar)
    })
    .into_iter()
    .sum();
    (Some((as_great + 1) as f64 / (DRAWN + 1) as f64), false)
}

/// n over k; `None` where it is beyond counting.
fn divisions(n: usize, k: usize) -> Option<u128> {
    let k = k.min(n - k);
    (0..k).try_fold(1u128, |c, i| {
        let c = c.checked_mul((n - i) as u128)? / (i as u128 + 1);
        (c <= 1 << 64).then_some(c)
    })
}

/// Call `each` with every choice of `k` out of `n`, in lexicographic order.
fn each_division(n: usize, k: usize, mut each: impl FnMut(&[usize])) {
    let mut chosen: Vec<usize> = (0..k).collect();
    loop {
        each(&chosen);
        let Some(i) = (0..k).rev().find(|&i| chosen[i] < n - k + i) else { return };
        chosen[i] += 1;
        for j in i + 1..k {
            chosen[j] = chosen[j - 1] + 1;
        }
    }
}

/// Noise level from differences of neighbours: median |Δy| / (0.6745·√2), blind to steps (Hampel 1974).
pub fn noise(values: &[f64]) -> f64 {
    let mut gaps: Vec<f64> = values.windows(2).map(|w| (w[1] - w[0]).abs()).collect();
    if gaps.is_empty() {
        return 0.0;
    }
    gaps.sort_by(f64::total_cmp);
    let half = gaps.len() / 2;
    let median = if gaps.len() % 2 == 1 { gaps[half] } else { (gaps[half - 1] + gaps[half]) / 2.0 };
    // The factor's digits as the note has them would cost agreement beyond four places.
    median / (0.674_489_750_196_081_7 * std::f64::consts::SQRT_2)
}

/// Fewest utterances between two of several steps.
pub const SHORTEST: f64 = 8.0;

/// Days on which a new level begins, for several steps in the mean: PELT (Killick, Fearnhead & Eckley 2012)
/// with squared error, penalty 2σ̂²·ln n and at least [`SHORTEST`] utterances a level; breaks fall between days only.
pub fn several(observations: &[Observation]) -> Vec<i32> {
    let mut order: Vec<(i32, u32, f64)> = observations.iter().map(|o| (middle(o), o.article, o.value)).collect();
    order.sort_by(|a, b| (a.0, a.1).cmp(&(b.0, b.1)).then(a.2.total_cmp(&b.2)));
    let values: Vec<f64> = order.iter().map(|o| o.2).collect();
    let sigma = noise(&values);
    let penalty = 2.0 * sigma * sigma * (values.len() as f64).ln();
    let cells = cells(observations);
    let sums: Vec<(f64, f64, f64)> = cells.iter().map(|c| (c.n, c.sum, c.squares)).collect();
    pelt(&sums, penalty, SHORTEST).into_iter().map(|k| cells[k].day).collect()
}

/// PELT over cells of (number, sum, sum of squares): indices at which a new segment begins. Each segment
/// holds at least `shortest` observations; the optimum is exact.
pub fn pelt(cells: &[(f64, f64, f64)], penalty: f64, shortest: f64) -> Vec<usize> {
    let len = cells.len();
    let mut running = vec![(0.0, 0.0, 0.0)];
    for c in cells {
        let last = running[running.len() - 1];
        running.push((last.0 + c.0, last.1 + c.1, last.2 + c.2));
    }
    let count = |s: usize, t: usize| running[t].0 - running[s].0;
    let cost = |s: usize, t: usize| {
        let (n, sum, squares) = (count(s, t), running[t].1 - running[s].1, running[t].2 - running[s].2);
        (squares - sum * sum / n).max(0.0)
    };
    let mut best = vec![f64::INFINITY; len + 1];
    let mut from = vec![0usize; len + 1];
    best[0] = -penalty;
    // Starts still in question; one that a later start beats stays until that one may itself begin a segment.
    let mut starts: Vec<(usize, Option<usize>)> = vec![(0, None)];
    for t in 1..=len {
        starts.retain(|(_, beaten)| beaten.is_none_or(|by| count(by, t) < shortest));
        for &(s, _) in &starts {
            if count(s, t) >= shortest && best[s].is_finite() {
                let total = best[s] + cost(s, t) + penalty;
                if total < best[t] {
                    best[t] = total;
                    from[t] = s;
                }
            }
        }
        if best[t].is_finite() {
            for (s, beaten) in &mut starts {
                if beaten.is_none() && best[*s] + cost(*s, t) > best[t] {
                    *beaten = Some(t);
                }
            }
            starts.push((t, None));
        }
    }
    let mut out = Vec::new();
    let mut t = if best[len].is_finite() { len } else { 0 };
    while t > 0 {
        t = from[t];
        if t > 0 {
            out.push(t);
        }
    }
    out.reverse();
    out
}
