//! Rows → how the tone between two leaders moved: one series per direction with its uncertainty, its
//! means by period and its turning points. Reads saved rows as well as fresh ones; draws nothing.

pub mod random;
pub mod series;
pub mod shift;
pub mod smooth;

use crate::record::{QuoteRecord, Role};
use crate::run;
use jiff::civil::Date;
use series::{Day, Utterance, date, day};
use smooth::{Fit, Observation};
use std::borrow::Cow;

/// Length of a period of means.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Period {
    /// Calendar day.
    Day,
    /// Week from Monday.
    Week,
    /// Calendar month.
    #[default]
    Month,
}

impl Period {
    /// First day of the period that holds `at`.
    pub fn start(self, at: Day) -> Day {
        match self {
            Period::Day => at,
            // 1970-01-01 was a Thursday.
            Period::Week => at - (at + 3).rem_euclid(7),
            Period::Month => day(date(at).first_of_month()),
        }
    }
    /// First day of the next period.
    pub fn next(self, start: Day) -> Day {
        match self {
            Period::Day => start + 1,
            Period::Week => start + 7,
            Period::Month => self.start(start + 31),
        }
    }
    /// Its name in tables.
    pub fn name(self) -> &'static str {
        match self {
            Period::Day => "day",
            Period::Week => "week",
            Period::Month => "month",
        }
    }
}

/// What is counted and how it is smoothed; recorded with every result.
#[derive(Clone, Debug, PartialEq)]
pub struct Options {
    /// Leave out what was said before.
    pub since: Option<Date>,
    /// Leave out what was said after.
    pub until: Option<Date>,
    /// Only these outlets; empty = all.
    pub outlets: Vec<String>,
    /// Reported clauses without marks count too.
    pub indirect: bool,
    /// Those who speak for a leader count as the leader.
    pub sides: bool,
    /// Only utterances of speakers in this role, whatever `sides` says: the leaders themselves, or those who speak for them.
    pub role: Option<Role>,
    /// Only the other leader in person is a target.
    pub strict: bool,
    /// A date lent by an echo in another article counts.
    pub echo_dates: bool,
    /// Period of the means.
    pub by: Period,
    /// Kernel bandwidth in days; `None` = by cross-validation.
    pub bandwidth: Option<f64>,
    /// Bootstrap samples of the bands.
    pub replicates: usize,
    /// Permutations of the test for a step.
    pub permutations: usize,
    /// Utterances known only to a wider interval, in days, stay off the axis.
    pub widest: i32,
    /// Fewest utterances for a line.
    pub fewest: usize,
    /// Fewest utterances for a turning point.
    pub fewest_for_step: usize,
    /// Days on which before and after are compared.
    pub at: Vec<Date>,
    /// Seed of all draws.
    pub seed: u64,
}

impl Default for Options {
    fn default() -> Self {
        Options {
            since: None,
            until: None,
            outlets: Vec::new(),
            indirect: false,
            sides: false,
            role: None,
            strict: false,
            echo_dates: true,
            by: Period::Month,
            bandwidth: None,
            replicates: 400,
            permutations: 999,
            widest: 92,
            fewest: 20,
            fewest_for_step: 12,
            at: Vec::new(),
            seed: 1,
        }
    }
}

/// What went into a trend and what did not.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Rows read.
    pub rows: usize,
    /// Rows that are drawn, as pieces and copies of utterances.
    pub quotations: usize,
    /// Utterances drawn.
    pub utterances: usize,
    /// Articles that carry them.
    pub articles: usize,
    /// Outlets that carry them.
    pub outlets: usize,
    /// Rows of outlets not asked for.
    pub other_outlets: usize,
    /// Reported clauses left out.
    pub indirect: usize,
    /// Rows of those who speak for a leader, left out.
    pub sides: usize,
    /// Rows of one leader about the other are few among all; the rest.
    pub without_direction: usize,
    /// Rows with a direction but no tone.
    pub without_tone: usize,
    /// Utterances of an unknown date.
    pub undated: usize,
    /// Utterances known only to a very wide interval.
    pub too_wide: usize,
    /// Utterances outside the days asked for.
    pub out_of_range: usize,
}

/// The mean of one period.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Mean {
    /// First day.
    pub from: Day,
    /// Last day.
    pub to: Day,
    /// Utterances that can have been said in it.
    pub n: usize,
    /// Articles that count for them.
    pub articles: usize,
    /// Their weight: an interval gives each period the share of its days.
    pub weight: f64,
    /// Weighted mean tone.
    pub mean: f64,
    /// 95 % bootstrap interval over articles; `None` with fewer than 5.
    pub band: Option<(f64, f64)>,
}

/// One direction.
#[derive(Clone, Debug, PartialEq)]
pub struct Series {
    /// `A>B`.
    pub direction: String,
    /// Full name of who speaks.
    pub speaker: String,
    /// Short name of who is spoken about.
    pub target: String,
    /// Range of its utterances in [`Trend::utterances`].
    pub utterances: std::ops::Range<usize>,
    /// Fewer utterances than a line needs.
    pub few: bool,
    /// Kernel bandwidth in days.
    pub bandwidth: f64,
    /// `cross-validation`, `given`, or `default` where there are too few articles to choose.
    pub bandwidth_basis: &'static str,
    /// The fit, day by day; empty where there are too few.
    pub fits: Vec<Fit>,
    /// Means by period.
    pub means: Vec<Mean>,
    /// The greatest single step; `None` where there are too few.
    pub step: Option<shift::Step>,
    /// Several steps, each with an interval from the stretch between its neighbours.
    pub steps: Vec<shift::Step>,
    /// Comparisons at the days asked for.
    pub compared: Vec<(Date, shift::Compared)>,
}

/// Everything that tables and charts show.
#[derive(Clone, Debug, Default)]
pub struct Trend {
    /// The options it was made with.
    pub options: Options,
    /// By direction name.
    pub series: Vec<Series>,
    /// By series, then date.
    pub utterances: Vec<Utterance>,
    /// What was counted and left out.
    pub counts: Counts,
}

/// Under this effective number of utterances, or of articles that carry them, the line is broken.
pub const THIN: f64 = 3.0;
/// Days without an utterance that end a line, however wide the kernel.
const SILENCE: f64 = 60.0;
/// A line whose interval spans more than half of the scale tells nothing and is not drawn.
const WIDE: f64 = 1.0;
/// Fewest articles for an interval.
pub const ENOUGH_ARTICLES: usize = 5;

/// Compute the trend of `rows`.
pub fn run(rows: &[QuoteRecord], options: &Options) -> Trend {
    let gathered = series::gather(rows, options);
    let mut all = Vec::new();
    let mut begin = 0;
    for (n, direction) in gathered.directions.iter().enumerate() {
        let end = begin + gathered.utterances[begin..].partition_point(|u| u.series <= n);
        let observations: Vec<Observation> = gathered.utterances[begin..end]
            .iter()
            .map(|u| Observation { from: u.from, to: u.to, value: u.tone, weight: 1.0, article: u.article })
            .collect();
        let target = direction.rsplit('>').next().unwrap_or_default().to_owned();
        let mut one = estimate(&observations, options, n as u64);
        one.direction.clone_from(direction);
        one.speaker.clone_from(&gathered.speakers[n]);
        one.target = target;
        one.utterances = begin..end;
        all.push(one);
        begin = end;
    }
    Trend { options: options.clone(), series: all, utterances: gathered.utterances, counts: gathered.counts }
}

/// The trend of the leaders themselves, which may be `trend` as it is, and that of those who speak for them.
pub fn by_role<'t>(trend: &'t Trend, rows: &[QuoteRecord]) -> [Cow<'t, Trend>; 2] {
    let of = |role: Role| run(rows, &Options { sides: role == Role::Side, role: Some(role), ..trend.options.clone() });
    let leaders = if trend.options.sides || trend.options.role.is_some() { Cow::Owned(of(Role::Leader)) } else { Cow::Borrowed(trend) };
    [leaders, Cow::Owned(of(Role::Side))]
}

fn estimate(observations: &[Observation], options: &Options, stream: u64) -> Series {
    let seed = options.seed.wrapping_mul(0x0100_0003).wrapping_add(stream);
    let few = observations.len() < options.fewest;
    let mut one = Series {
        direction: String::new(),
        speaker: String::new(),
        target: String::new(),
        utterances: 0..0,
        few,
        bandwidth: smooth::USUAL,
        bandwidth_basis: "default",
        fits: Vec::new(),
        means: means(observations, options, seed),
        step: None,
        steps: Vec::new(),
        compared: options.at.iter().map(|&at| (at, shift::compare(observations, day(at), seed))).collect(),
    };
    if let Some(bandwidth) = options.bandwidth {
        (one.bandwidth, one.bandwidth_basis) = (bandwidth, "given");
    } else if !few && let Some(bandwidth) = smooth::bandwidth(observations) {
        (one.bandwidth, one.bandwidth_basis) = (bandwidth, "cross-validation");
    }
    if observations.len() >= options.fewest_for_step {
        one.step = shift::step(observations, options.permutations, seed);
    }
    if few {
        return one;
    }
    let grid = grid(observations);
    one.fits = smooth::fit(observations, one.bandwidth, &grid);
    // Neither effective number sees distance: far from all data the kernel's tail still weighs many alike. The line runs from the first to
    // the last utterance of a stretch, and a long silence ends the stretch.
    let mut days: Vec<(Day, Day)> = observations.iter().map(|o| (o.from, o.to)).collect();
    days.sort_unstable();
    let silence = (4.0 * one.bandwidth).min(SILENCE).round() as Day;
    let mut heard: Vec<(Day, Day)> = Vec::new();
    for (from, to) in days {
        match heard.last_mut() {
            Some(last) if from - silence <= last.1 => last.1 = last.1.max(to),
            _ => heard.push((from, to)),
        }
    }
    let articles = smooth::effective_articles(observations, one.bandwidth, &grid);
    for (fit, articles) in one.fits.iter_mut().zip(articles) {
        let next = heard.partition_point(|h| h.1 < fit.day);
        if articles < THIN || heard.get(next).is_none_or(|h| h.0 > fit.day) {
            fit.fit = None;
        }
    }
    let bands = smooth::band(observations, one.bandwidth, &grid, options.replicates, seed);
    for (fit, band) in one.fits.iter_mut().zip(bands) {
        fit.fit = fit.fit.map(|f| f.clamp(-1.0, 1.0));
        match (fit.fit, band) {
            (Some(_), Some((low, high))) if high - low > WIDE => fit.fit = None,
            (Some(_), Some((low, high))) => (fit.low, fit.high) = (Some(low), Some(high)),
            _ => {}
        }
    }
    let begins = shift::several(observations);
    for k in 0..begins.len() {
        let middle = |o: &&Observation| o.from + (o.to - o.from) / 2;
        let after_last = if k == 0 { i32::MIN } else { begins[k - 1] };
        let before_next = begins.get(k + 1).copied().unwrap_or(i32::MAX);
        let stretch: Vec<Observation> = observations.iter().filter(|o| (after_last..before_next).contains(&middle(o))).copied().collect();
        if let Some(step) = shift::step(&stretch, options.permutations, seed) {
            one.steps.push(step);
        }
    }
    one
}

/// Days at which the line is computed: every day, or every second, third … of a long series so that there are at most 800.
fn grid(observations: &[Observation]) -> Vec<Day> {
    let (Some(first), Some(last)) = (observations.iter().map(|o| o.from).min(), observations.iter().map(|o| o.to).max()) else {
        return Vec::new();
    };
    let step = ((last - first) / 800 + 1) as usize;
    let mut grid: Vec<Day> = (first..=last).step_by(step).collect();
    if grid.last() != Some(&last) {
        grid.push(last);
    }
    grid
}

/// Means by period.
fn means(observations: &[Observation], options: &Options, seed: u64) -> Vec<Mean> {
    // By period: article, weight, weighted value.
    let mut cells: Vec<(Day, u32, f64, f64, usize)> = Vec::new();
    for o in observations {
        let days = f64::from(o.to - o.from + 1);
        let mut start = options.by.start(o.from);
        while start <= o.to {
            let next = options.by.next(start);
            let share = f64::from(o.to.min(next - 1) - o.from.max(start) + 1) / days * o.weight;
            cells.push((start, o.article, share, share * o.value, 1));
            start = next;
        }
    }
    cells.sort_by(|a, b| (a.0, a.1).cmp(&(b.0, b.1)).then(a.3.total_cmp(&b.3)));
    cells.dedup_by(|b, a| {
        let same = (a.0, a.1) == (b.0, b.1);
        if same {
            a.2 += b.2;
            a.3 += b.3;
            a.4 += b.4;
        }
        same
    });
    let periods: Vec<&[(Day, u32, f64, f64, usize)]> = cells.chunk_by(|a, b| a.0 == b.0).collect();
    run::map(periods.len(), |p| {
        let cells = periods[p];
        let total = |times: &[f64]| cells.iter().zip(times).fold((0.0, 0.0), |t, (c, k)| (t.0 + k * c.2, t.1 + k * c.3));
        let (weight, sum) = total(&vec![1.0; cells.len()]);
        let band = (cells.len() >= ENOUGH_ARTICLES && options.replicates > 0).then(|| {
            let mut draws: Vec<f32> = (0..options.replicates)
                .map(|r| {
                    let (weight, sum) = total(&smooth::draw(cells.len(), seed ^ (p as u64) << 32, r));
                    (sum / weight) as f32
                })
                .collect();
            draws.sort_by(f32::total_cmp);
            (smooth::quantile(&draws, 0.025), smooth::quantile(&draws, 0.975))
        });
        let from = cells[0].0;
        Mean { from, to: options.by.next(from) - 1, n: cells.iter().map(|c| c.4).sum(), articles: cells.len(), weight, mean: sum / weight, band }
    })
}
