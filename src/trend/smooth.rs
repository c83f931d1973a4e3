//! A local-linear fit over days with a Gaussian kernel (Fan & Gijbels 1996), its effective number of
//! observations, a bandwidth by leave-one-article-out cross-validation, and bootstrap bands over
//! articles. Sees numbers only; never fills a silent day.

use super::random::Random;
use crate::run;

/// One observation: a value known to lie in the days `from` … `to` (relative to any origin).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Observation {
    /// First day.
    pub from: i32,
    /// Last day.
    pub to: i32,
    /// Value.
    pub value: f64,
    /// Weight, above 0.
    pub weight: f64,
    /// The article it belongs to, from 0: what is resampled and left out together.
    pub article: u32,
}

/// Fit and effective number at one day.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Fit {
    /// The day.
    pub day: i32,
    /// Local-linear estimate; `None` where the kernel finds nothing.
    pub fit: Option<f64>,
    /// Kish's effective number of observations under the kernel, (ΣKw)² / Σ(Kw)².
    pub n_eff: f64,
    /// Lower end of the band.
    pub low: Option<f64>,
    /// Upper end of the band.
    pub high: Option<f64>,
}

/// Standard deviations after which the kernel is 0: its tail there is below 2·10⁻¹⁴.
const REACH: f64 = 8.0;
/// What is left of a sum of differences after cancellation is no weight.
const NOTHING: f64 = 1e-9;

/// A Gaussian kernel tabulated by whole days.
struct Kernel {
    at: Vec<f64>,
}

impl Kernel {
    fn new(bandwidth: f64) -> Kernel {
        let reach = (REACH * bandwidth).ceil() as usize;
        Kernel { at: (0..=reach).map(|d| (-0.5 * (d as f64 / bandwidth).powi(2)).exp()).collect() }
    }
    fn reach(&self) -> i32 {
        self.at.len() as i32 - 1
    }
    fn at(&self, distance: i32) -> f64 {
        self.at.get(distance.unsigned_abs() as usize).copied().unwrap_or(0.0)
    }
}

/// Weight and weighted value of every day of a series.
struct Daily {
    first: i32,
    weight: Vec<f64>,
    value: Vec<f64>,
}

/// The five sums of a local-linear fit at one day.
#[derive(Clone, Copy, Default)]
struct Moments {
    m0: f64,
    m1: f64,
    m2: f64,
    b0: f64,
    b1: f64,
}

impl Moments {
    fn add(&mut self, kernel: f64, x: f64, weight: f64, value: f64) {
        let kw = kernel * weight;
        self.m0 += kw;
        self.m1 += kw * x;
        self.m2 += kw * x * x;
        self.b0 += kernel * value;
        self.b1 += kernel * value * x;
    }
    fn minus(&self, other: &Moments) -> Moments {
        Moments { m0: self.m0 - other.m0, m1: self.m1 - other.m1, m2: self.m2 - other.m2, b0: self.b0 - other.b0, b1: self.b1 - other.b1 }
    }
    /// The estimate; the local mean where all weight lies on one day and no slope can be told.
    fn fit(&self) -> Option<f64> {
        if self.m0 < NOTHING {
            return None;
        }
        let determinant = self.m0 * self.m2 - self.m1 * self.m1;
        if determinant <= 1e-9 * self.m0 * self.m0 {
            return Some(self.b0 / self.m0);
        }
        Some((self.m2 * self.b0 - self.m1 * self.b1) / determinant)
    }
}

impl Daily {
    fn moments(&self, kernel: &Kernel, day: i32) -> Moments {
        let at = day - self.first;
        let (from, to) = ((at - kernel.reach()).max(0), (at + kernel.reach()).min(self.weight.len() as i32 - 1));
        let mut m = Moments::default();
        for d in from..=to {
            let weight = self.weight[d as usize];
            if weight > NOTHING {
                m.add(kernel.at(d - at), f64::from(d - at), weight, self.value[d as usize]);
            }
        }
        m
    }
}

/// One article's part of a series, by day. Intervals are kept as steps up and down, so that a wide one costs no more than a day.
#[derive(Clone, Debug, Default)]
struct Part {
    /// Day, weight, weighted value.
    points: Vec<(u32, f64, f64)>,
    /// First day, one past the last, weight and weighted value a day.
    ranges: Vec<(u32, u32, f64, f64)>,
}

/// A series by article, ready to be summed with any weights on articles.
#[derive(Clone, Debug)]
pub struct Parts {
    first: i32,
    days: usize,
    parts: Vec<Part>,
}

impl Parts {
    /// Sort observations into articles. Articles without an observation are left out.
    pub fn new(observations: &[Observation]) -> Parts {
        let first = observations.iter().map(|o| o.from).min().unwrap_or(0);
        let last = observations.iter().map(|o| o.to).max().unwrap_or(-1);
        let mut order: Vec<usize> = (0..observations.len()).collect();
        order.sort_by_key(|&i| (observations[i].article, observations[i].from, observations[i].to, i));
        let mut parts: Vec<Part> = Vec::new();
        let mut article = None;
        for i in order {
            let o = &observations[i];
            if article != Some(o.article) {
                article = Some(o.article);
                parts.push(Part::default());
            }
            let Some(part) = parts.last_mut() else { continue };
            let (from, to) = ((o.from - first) as u32, (o.to - first) as u32);
            if from == to {
                match part.points.last_mut() {
                    Some(p) if p.0 == from => {
                        p.1 += o.weight;
                        p.2 += o.weight * o.value;
                    }
                    _ => part.points.push((from, o.weight, o.weight * o.value)),
                }
            } else {
                let share = o.weight / f64::from(to - from + 1);
                part.ranges.push((from, to + 1, share, share * o.value));
            }
        }
        Parts { first, days: (last - first + 1).max(0) as usize, parts }
    }
    /// Number of articles.
    pub fn len(&self) -> usize {
        self.parts.len()
    }
    /// Whether there is nothing.
    pub fn is_empty(&self) -> bool {
        self.parts.is_empty()
    }
    fn daily(&self, times: impl Fn(usize) -> f64) -> Daily {
        let (mut weight, mut value) = (vec![0.0; self.days], vec![0.0; self.days]);
        let (mut up, mut up_value) = (vec![0.0; self.days + 1], vec![0.0; self.days + 1]);
        let mut any = false;
        for (n, part) in self.parts.iter().enumerate() {
            let k = times(n);
            if k == 0.0 {
                continue;
            }
            for &(d, w, wy) in &part.points {
                weight[d as usize] += k * w;
                value[d as usize] += k * wy;
            }
            for &(from, to, w, wy) in &part.ranges {
                any = true;
                up[from as usize] += k * w;
                up[to as usize] -= k * w;
                up_value[from as usize] += k * wy;
                up_value[to as usize] -= k * wy;
            }
        }
        if any {
            let (mut w, mut wy) = (0.0, 0.0);
            for d in 0..self.days {
                w += up[d];
                wy += up_value[d];
                if w > NOTHING {
                    weight[d] += w;
                    value[d] += wy;
                }
            }
        }
        Daily { first: self.first, weight, value }
    }
}

/// Fit at each of `grid`, without bands.
pub fn fit(observations: &[Observation], bandwidth: f64, grid: &[i32]) -> Vec<Fit> {
    let parts = Parts::new(observations);
    let kernel = Kernel::new(bandwidth);
    let daily = parts.daily(|_| 1.0);
    let n_eff = effective(observations, &kernel, grid);
    grid.iter().zip(n_eff).map(|(&day, n_eff)| Fit { day, fit: daily.moments(&kernel, day).fit(), n_eff, low: None, high: None }).collect()
}

/// Kish's effective number at each day of the ascending `grid`; an interval counts with its mean kernel weight.
fn effective(observations: &[Observation], kernel: &Kernel, grid: &[i32]) -> Vec<f64> {
    // Observations of one day share their kernel weight, so Σw and Σw² by day are enough for them.
    let mut days: Vec<(i32, f64, f64)> = observations.iter().filter(|o| o.from == o.to).map(|o| (o.from, o.weight, o.weight * o.weight)).collect();
    days.sort_by_key(|d| d.0);
    days.dedup_by(|b, a| {
        let same = a.0 == b.0;
        if same {
            a.1 += b.1;
            a.2 += b.2;
        }
        same
    });
    // Likewise those of one interval.
    let mut ranges: Vec<(i32, i32, f64, f64)> =
        observations.iter().filter(|o| o.from != o.to).map(|o| (o.from, o.to, o.weight, o.weight * o.weight)).collect();
    ranges.sort_by_key(|r| (r.0, r.1));
    ranges.dedup_by(|b, a| {
        let same = (a.0, a.1) == (b.0, b.1);
        if same {
            a.2 += b.2;
            a.3 += b.3;
        }
        same
    });
    // Running sum of the kernel, so that its mean over an interval is one subtraction.
    let mut running = vec![0.0; 2 * kernel.at.len()];
    for i in 1..running.len() {
        running[i] = running[i - 1] + kernel.at(i as i32 - kernel.at.len() as i32);
    }
    let below = |x: i32| running[(x + kernel.at.len() as i32).clamp(0, running.len() as i32 - 1) as usize];
    grid.iter()
        .map(|&day| {
            let (mut sum, mut squares) = (0.0, 0.0);
            let from = days.partition_point(|d| d.0 < day - kernel.reach());
            for &(d, w, ww) in days[from..].iter().take_while(|d| d.0 <= day + kernel.reach()) {
                let k = kernel.at(d - day);
                sum += k * w;
                squares += k * k * ww;
            }
            for &(from, to, w, ww) in &ranges {
                if to < day - kernel.reach() || from > day + kernel.reach() {
                    continue;
                }
                let k = (below(to - day) - below(from - day - 1)) / f64::from(to - from + 1);
                sum += k * w;
                squares += k * k * ww;
            }
            if squares > 0.0 { sum * sum / squares } else { 0.0 }
        })
        .collect()
}

/// Kish's effective number of articles at each day of the ascending `grid`: how many speak near it. Each counts with its nearest
/// utterance, however many it holds, and not beyond two bandwidths: the tails of many far ones would add up. Intervals stand at their middle.
pub fn effective_articles(observations: &[Observation], bandwidth: f64, grid: &[i32]) -> Vec<f64> {
    let mut kernel = Kernel::new(bandwidth);
    kernel.at.truncate((2.0 * bandwidth).floor() as usize + 1);
    let mut cells: Vec<(u32, i32)> = observations.iter().map(|o| (o.article, o.from + (o.to - o.from) / 2)).collect();
    cells.sort_unstable();
    cells.dedup();
    let (mut sum, mut squares) = (vec![0.0; grid.len()], vec![0.0; grid.len()]);
    let mut own = vec![0.0f64; grid.len()];
    // Articles that speak of one day only share its kernel weight, so their number by day is enough.
    let mut days: Vec<i32> = Vec::new();
    for article in cells.chunk_by(|a, b| a.0 == b.0) {
        if let [(_, day)] = article {
            days.push(*day);
            continue;
        }
        let from = grid.partition_point(|&g| g < article[0].1 - kernel.reach());
        let to = grid.partition_point(|&g| g <= article[article.len() - 1].1 + kernel.reach());
        for &(_, day) in article {
            for g in from..to {
                own[g] = own[g].max(kernel.at(grid[g] - day));
            }
        }
        for g in from..to {
            sum[g] += own[g];
            squares[g] += own[g] * own[g];
            own[g] = 0.0;
        }
    }
    days.sort_unstable();
    let counted: Vec<(i32, f64)> = days.chunk_by(|a, b| a == b).map(|d| (d[0], d.len() as f64)).collect();
    for (g, &at) in grid.iter().enumerate() {
        let from = counted.partition_point(|d| d.0 < at - kernel.reach());
        for &(day, n) in counted[from..].iter().take_while(|d| d.0 <= at + kernel.reach()) {
            let k = kernel.at(at - day);
            sum[g] += k * n;
            squares[g] += k * k * n;
        }
    }
    sum.into_iter().zip(squares).map(|(s, q)| if q > 0.0 { s * s / q } else { 0.0 }).collect()
}

/// The bandwidth in days where there are too few articles to choose one, and where cross-validation does not clearly ask for another.
pub const USUAL: f64 = 21.0;
/// Groups of articles whose errors are compared, at most: of many articles each one's alone would take much memory.
const GROUPS: usize = 1_000;
/// Bandwidths in days among which [`bandwidth`] chooses: each about a quarter wider than the one before.
pub const BANDWIDTHS: [f64; 12] = [7.0, 9.0, 11.0, 14.0, 17.0, 21.0, 26.0, 33.0, 41.0, 51.0, 64.0, 80.0];

/// The bandwidth nearest to [`USUAL`] that is not clearly worse than the best when each article in turn is predicted from
/// all others (leave-one-out, Stone 1974; articles, not quotations, because those of one article resemble each other):
/// within one standard error of the difference over articles (Breiman et al. 1984), so that chance chooses no wiggles. Where the others
/// tell nothing of a day, their overall mean is the prediction. `None` with fewer than 3 articles.
pub fn bandwidth(observations: &[Observation]) -> Option<f64> {
    let parts = Parts::new(observations);
    if parts.len() < 3 {
        return None;
    }
    let daily = parts.daily(|_| 1.0);
    let (all_weight, all_value): (f64, f64) = (daily.weight.iter().sum(), daily.value.iter().sum());
    // Each article's cells by day; an interval stands at its middle.
    let cells: Vec<Vec<(i32, f64, f64)>> = parts
        .parts
        .iter()
        .map(|part| {
            let mut cells: Vec<(i32, f64, f64)> = part.points.iter().map(|&(d, w, wy)| (d as i32, w, wy)).collect();
            cells.extend(part.ranges.iter().map(|&(from, to, w, wy)| {
                let days = f64::from(to - from);
                ((from + (to - from) / 2) as i32, w * days, wy * days)
            }));
            cells.sort_by_key(|c| c.0);
            cells.dedup_by(|b, a| {
                let same = a.0 == b.0;
                if same {
                    a.1 += b.1;
                    a.2 += b.2;
                }
                same
            });
            cells
        })
        .collect();
    let mut centred = Daily { first: parts.first, weight: vec![0.0; parts.days], value: vec![0.0; parts.days] };
    for &(d, w, wy) in cells.iter().flatten() {
        centred.weight[d as usize] += w;
        centred.value[d as usize] += wy;
    }
    let groups = cells.len().min(GROUPS);
    let errors = run::map(BANDWIDTHS.len(), |b| {
        let kernel = Kernel::new(BANDWIDTHS[b]);
        let moments: Vec<Option<Moments>> =
            centred.weight.iter().enumerate().map(|(d, w)| (*w > NOTHING).then(|| centred.moments(&kernel, centred.first + d as i32))).collect();
        let mut errors = vec![0.0; groups];
        for (n, article) in cells.iter().enumerate() {
            let error = &mut errors[n % groups];
            let (own_weight, own_value) = article.iter().fold((0.0, 0.0), |a, c| (a.0 + c.1, a.1 + c.2));
            let mean = (all_value - own_value) / (all_weight - own_weight).max(NOTHING);
            for (i, &(day, w, wy)) in article.iter().enumerate() {
                let Some(all) = &moments[day as usize] else { continue };
                let mut own = Moments::default();
                let near = |c: &&(i32, f64, f64)| (c.0 - day).abs() <= kernel.reach();
                for &(d, w, wy) in article[..i].iter().rev().take_while(near).chain(article[i..].iter().take_while(near)) {
                    own.add(kernel.at(d - day), f64::from(d - day), w, wy);
                }
                let rest = all.minus(&own);
                // Under a thousandth of one observation's weight the line would hang on the kernel's far tail.
                let guess = if rest.m0 > 1e-3 { rest.fit().map_or(mean, |g| g.clamp(-1.0, 1.0)) } else { mean };
                *error += w * (wy / w - guess).powi(2);
            }
        }
        errors
    });
    let sums: Vec<f64> = errors.iter().map(|e| e.iter().sum()).collect();
    let best = (0..BANDWIDTHS.len()).min_by(|&a, &b| sums[a].total_cmp(&sums[b]).then(b.cmp(&a)))?;
    let close = |b: &usize| {
        let worse = || errors[*b].iter().zip(&errors[best]).map(|(e, least)| e - least);
        let n = groups as f64;
        let mean = worse().sum::<f64>() / n;
        mean * n <= (worse().map(|d| (d - mean).powi(2)).sum::<f64>() * n / (n - 1.0)).sqrt()
    };
    let far = |b: &usize| (BANDWIDTHS[*b] / USUAL).ln().abs();
    (0..BANDWIDTHS.len()).filter(close).min_by(|a, b| far(a).total_cmp(&far(b))).map(|b| BANDWIDTHS[b])
}

/// Percentile band (2.5 % … 97.5 %) of the fit over `replicates` bootstrap samples of articles (Efron & Tibshirani
/// 1993). Each replicate draws from its own stream, so the number of threads changes nothing.
pub fn band(observations: &[Observation], bandwidth: f64, grid: &[i32], replicates: usize, seed: u64) -> Vec<Option<(f64, f64)>> {
    let parts = Parts::new(observations);
    if parts.len() < 2 || replicates == 0 {
        return vec![None; grid.len()];
    }
    let kernel = Kernel::new(bandwidth);
    let samples = run::map(replicates, |r| {
        let times = draw(parts.len(), seed, r);
        let daily = parts.daily(|n| times[n]);
        grid.iter().map(|&day| daily.moments(&kernel, day).fit().map_or(f32::NAN, |f| f as f32)).collect::<Vec<f32>>()
    });
    run::map(grid.len(), |g| {
        let mut values: Vec<f32> = samples.iter().map(|s| s[g]).filter(|v| v.is_finite()).collect();
        // A day that most samples say nothing about has no band.
        if values.len() * 2 < replicates {
            return None;
        }
        values.sort_by(f32::total_cmp);
        Some((quantile(&values, 0.025).clamp(-1.0, 1.0), quantile(&values, 0.975).clamp(-1.0, 1.0)))
    })
}

/// How often replicate `r` draws each of `n` articles.
pub fn draw(n: usize, seed: u64, r: usize) -> Vec<f64> {
    let mut random = Random::new(seed, r as u64 + 1);
    let mut times = vec![0.0; n];
    for _ in 0..n {
        times[random.below(n)] += 1.0;
    }
    times
}

/// Quantile of sorted values with linear interpolation (type 7 of Hyndman & Fan 1996).
pub fn quantile(sorted: &[f32], p: f64) -> f64 {
    let Some(last) = sorted.len().checked_sub(1) else { return f64::NAN };
    let x = p * last as f64;
    let (i, part) = (x.floor() as usize, x - x.floor());
    f64::from(sorted[i]) * (1.0 - part) + f64::from(sorted[(i + 1).min(last)]) * part
}
