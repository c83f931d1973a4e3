//! `trend.csv` and `shifts.csv`: the series, their means and their turning points as rows.

use super::chart::wording;
use crate::trend::series::date;
use crate::trend::{Trend, shift};
use jiff::civil::Date;
use serde::{Serialize, Serializer};

/// A number with at most six decimals.
fn fixed<S: Serializer>(value: &Option<f64>, serializer: S) -> Result<S::Ok, S::Error> {
    match value {
        Some(v) => serializer.serialize_str(&format!("{v:.6}")),
        None => serializer.serialize_none(),
    }
}

/// One row of `trend.csv`: a day of the fitted line (`series` = `fit`), or a period's mean (`day`, `week`, `month`).
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct TrendRow {
    /// `A>B`.
    pub direction: String,
    /// `fit`, or the period's name.
    pub series: &'static str,
    /// The day, or the period's first.
    pub date: Date,
    /// The period's last day.
    pub to: Option<Date>,
    /// Utterances that can have been said then.
    pub n: usize,
    /// Articles that count for them.
    pub articles: Option<usize>,
    /// Their weight: an interval gives each period the share of its days.
    #[serde(serialize_with = "fixed")]
    pub weight: Option<f64>,
    /// Kish's effective number under the kernel.
    #[serde(serialize_with = "fixed")]
    pub n_eff: Option<f64>,
    /// Local-linear fit; empty where fewer than 3 effective observations speak.
    #[serde(serialize_with = "fixed")]
    pub fit: Option<f64>,
    /// Lower end of the 95 % bootstrap interval.
    #[serde(serialize_with = "fixed")]
    pub low: Option<f64>,
    /// Upper end.
    #[serde(serialize_with = "fixed")]
    pub high: Option<f64>,
    /// Mean tone of the period.
    #[serde(serialize_with = "fixed")]
    pub mean: Option<f64>,
}

/// The rows of `trend.csv`: by direction, the means before the line.
pub fn trend_rows(trend: &Trend) -> Vec<TrendRow> {
    let mut rows = Vec::new();
    for series in &trend.series {
        for mean in &series.means {
            rows.push(TrendRow {
                direction: series.direction.clone(),
                series: trend.options.by.name(),
                date: date(mean.from),
                to: Some(date(mean.to)),
                n: mean.n,
                articles: Some(mean.articles),
                weight: Some(mean.weight),
                n_eff: None,
                fit: None,
                low: mean.band.map(|b| b.0),
                high: mean.band.map(|b| b.1),
                mean: Some(mean.mean),
            });
        }
        let own = &trend.utterances[series.utterances.clone()];
        let mut starts: Vec<i32> = own.iter().map(|u| u.from).collect();
        let mut ends: Vec<i32> = own.iter().map(|u| u.to).collect();
        starts.sort_unstable();
        ends.sort_unstable();
        for fit in &series.fits {
            let shown = fit.n_eff >= crate::trend::THIN;
            rows.push(TrendRow {
                direction: series.direction.clone(),
                series: "fit",
                date: date(fit.day),
                to: None,
                // Begun by that day, less those over before it.
                n: starts.partition_point(|&d| d <= fit.day) - ends.partition_point(|&d| d < fit.day),
                articles: None,
                weight: None,
                n_eff: Some(fit.n_eff),
                fit: fit.fit.filter(|_| shown),
                low: fit.low.filter(|_| shown),
                high: fit.high.filter(|_| shown),
                mean: None,
            });
        }
    }
    rows
}

/// One row of `shifts.csv`.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ShiftRow {
    /// `A>B`.
    pub direction: String,
    /// `step`: the greatest single one; `several`: one of several by PELT; `given`: a day that was asked for; `none`: too few.
    pub kind: &'static str,
    /// First day of the new level.
    pub date: Option<Date>,
    /// Earliest day of the 95 % interval.
    pub low: Option<Date>,
    /// Latest day.
    pub high: Option<Date>,
    /// Nominal level of the interval.
    #[serde(serialize_with = "fixed")]
    pub level: Option<f64>,
    /// Utterances before.
    pub n_before: Option<usize>,
    /// Utterances from the day on.
    pub n_after: Option<usize>,
    /// Mean before.
    #[serde(serialize_with = "fixed")]
    pub mean_before: Option<f64>,
    /// Mean from the day on.
    #[serde(serialize_with = "fixed")]
    pub mean_after: Option<f64>,
    /// After less before.
    #[serde(serialize_with = "fixed")]
    pub difference: Option<f64>,
    /// Hedges' g.
    #[serde(serialize_with = "fixed")]
    pub hedges_g: Option<f64>,
    /// Cliff's δ.
    #[serde(serialize_with = "fixed")]
    pub cliffs_delta: Option<f64>,
    /// p of the test.
    #[serde(serialize_with = "fixed")]
    pub p: Option<f64>,
    /// `max-statistic permutation` (searched dates), `exact permutation` or `permutation` (a given day).
    pub test: &'static str,
    /// Whether p is at most 0.05.
    pub clear: Option<bool>,
    /// Kernel bandwidth of the direction's line, in days, with how it was chosen.
    pub bandwidth: String,
    /// What to know before it is cited.
    pub note: String,
}

/// The rows of `shifts.csv`.
pub fn shift_rows(trend: &Trend) -> Vec<ShiftRow> {
    let mut rows = Vec::new();
    for series in &trend.series {
        let bandwidth = format!("{} ({})", series.bandwidth, series.bandwidth_basis);
        let row = |kind: &'static str, note: &str| ShiftRow {
            direction: series.direction.clone(),
            kind,
            date: None,
            low: None,
            high: None,
            level: None,
            n_before: None,
            n_after: None,
            mean_before: None,
            mean_after: None,
            difference: None,
            hedges_g: None,
            cliffs_delta: None,
            p: None,
            test: "",
            clear: None,
            bandwidth: bandwidth.clone(),
            note: note.to_owned(),
        };
        let sides = |row: ShiftRow, sides: &shift::Compared| ShiftRow {
            n_before: Some(sides.n_before),
            n_after: Some(sides.n_after),
            mean_before: (sides.n_before > 0).then_some(sides.before),
            mean_after: (sides.n_after > 0).then_some(sides.after),
            difference: (sides.n_before > 0 && sides.n_after > 0).then_some(sides.after - sides.before),
            hedges_g: sides.hedges_g,
            cliffs_delta: (sides.n_before > 0 && sides.n_after > 0).then_some(sides.cliffs_delta),
            ..row
        };
        let searched = |kind: &'static str, step: &shift::Step, note: &str| ShiftRow {
            date: Some(date(step.at)),
            low: Some(date(step.low)),
            high: Some(date(step.high)),
            level: Some(0.95),
            p: Some(step.p),
            test: "max-statistic permutation",
            clear: Some(step.p <= 0.05),
            ..sides(row(kind, note), &step.sides)
        };
        let n = series.utterances.len();
        if n < trend.options.fewest_for_step {
            let n = wording::counted(n, "utterance", "utterances");
            rows.push(row(
                "none",
                &format!("{n} are too few: a turning point needs {}, a line {}", trend.options.fewest_for_step, trend.options.fewest),
            ));
        } else if let Some(step) = &series.step {
            rows.push(searched("step", step, "the interval holds for a step; of a gradual change it tells the middle at best"));
        } else {
            rows.push(row("none", "no day has enough utterances before and after"));
        }
        for step in &series.steps {
            rows.push(searched("several", step, "tested within the stretch between its neighbours"));
        }
        for (at, compared) in &series.compared {
            rows.push(ShiftRow {
                date: Some(*at),
                p: compared.p,
                test: if compared.exact { "exact permutation" } else { "permutation" },
                clear: compared.p.map(|p| p <= 0.05),
                ..sides(row("given", ""), compared)
            });
        }
    }
    rows
}
