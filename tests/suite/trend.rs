//! Trends: numbers of reference implementations, a planted truth, and what must hold for any rows.

use detente::annotation::QuoteKind;
use detente::record::QuoteRecord;
use detente::report::series as tables;
use detente::report::table;
use detente::trend::random::Random;
use detente::trend::series::{date, day};
use detente::trend::smooth::{self, Observation};
use detente::trend::{self, Options, Period, shift};
use jiff::civil::Date;
use proptest::prelude::*;
use serde_json::Value;

fn reference() -> (Vec<Observation>, Value) {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/references");
    let mut reader = csv::Reader::from_path(root.join("series.csv")).expect("the fixture");
    let observations = reader
        .records()
        .map(|r| {
            let r = r.expect("a row");
            let number = |i: usize| r[i].parse::<f64>().expect("a number");
            Observation { from: number(0) as i32, to: number(0) as i32, value: number(1), weight: number(2), article: number(3) as u32 }
        })
        .collect();
    let json = std::fs::read_to_string(root.join("series.json")).expect("the fixture");
    (observations, serde_json::from_str(&json).expect("JSON"))
}

fn close(ours: f64, theirs: &Value, what: &str) {
    let theirs = theirs.as_f64().unwrap_or_else(|| panic!("{what}: no number"));
    assert!((ours - theirs).abs() < 1e-9, "{what}: {ours} against {theirs}");
}

#[test]
fn kernel_fit_as_computed_with_numpy() {
    let (observations, json) = reference();
    let rows = json["kernel_ll"].as_array().expect("rows");
    let grid: Vec<i32> = rows.iter().map(|r| r["day"].as_f64().expect("a day") as i32).collect();
    let fits = smooth::fit(&observations, 21.0, &grid);
    assert_eq!(fits.len(), 42);
    for (fit, row) in fits.iter().zip(rows) {
        close(fit.fit.expect("a fit"), &row["fit"], &format!("fit at {}", fit.day));
        close(fit.n_eff, &row["n_eff"], &format!("n_eff at {}", fit.day));
    }
}

#[test]
fn the_same_picture_as_other_smoothers_give() {
    // Other formulas, see `tests/references/series.md`: near them everywhere, nearest on average.
    let (observations, _) = reference();
    let rows: Vec<Vec<f64>> = include_str!("../references/smoothers.csv")
        .lines()
        .filter(|l| !l.starts_with('#'))
        .skip(1)
        .map(|l| l.split(',').map(|c| c.parse().expect("a number")).collect())
        .collect();
    let grid: Vec<i32> = rows.iter().map(|r| r[0] as i32).collect();
    let fits = smooth::fit(&observations, 21.0, &grid);
    for (column, name) in [(1, "loess, degree 1"), (2, "loess, degree 2"), (3, "gam")] {
        let apart: Vec<f64> = rows.iter().zip(&fits).map(|(r, f)| (r[column] - f.fit.expect("a fit")).abs()).collect();
        let (most, mean) = (apart.iter().copied().fold(0.0, f64::max), apart.iter().sum::<f64>() / apart.len() as f64);
        assert!(most < 0.11 && mean < 0.035, "{name}: {most} at most, {mean} on average");
    }
}

#[test]
fn articles_count_once_however_much_they_say() {
    let one = |article: u32, from: i32| Observation { from, to: from, value: 0.0, weight: 1.0, article };
    // Five utterances of one article and one of another, all on one day: two articles.
    let list: Vec<Observation> = [0, 0, 0, 0, 0, 1].iter().map(|&a| one(a, 10)).collect();
    let found = smooth::effective_articles(&list, 21.0, &[10]);
    assert!((found[0] - 2.0).abs() < 1e-12, "{found:?}");
    // An article that speaks on two days counts with the nearer one.
    let list = [one(0, 10), one(0, 31), one(1, 10)];
    let k = (-0.5f64).exp();
    let found = smooth::effective_articles(&list, 21.0, &[10, 31]);
    assert!((found[0] - 2.0).abs() < 1e-12, "{found:?}");
    assert!((found[1] - (1.0 + k) * (1.0 + k) / (1.0 + k * k)).abs() < 1e-12, "{found:?}");
}

#[test]
fn several_steps_as_found_by_ruptures() {
    let (observations, json) = reference();
    let values: Vec<f64> = observations.iter().map(|o| o.value).collect();
    let sigma = shift::noise(&values);
    close(sigma, &json["sigma_mad_diff"], "noise");
    let cells: Vec<(f64, f64, f64)> = values.iter().map(|v| (1.0, *v, v * v)).collect();
    let bic = sigma * sigma * (values.len() as f64).ln();
    let mut checked = 0;
    for (name, expected) in json["pelt_l2"].as_object().expect("cases") {
        let penalty = expected["pen"].as_f64().expect("a penalty");
        let shortest: f64 = name.rsplit('=').next().and_then(|n| n.parse().ok()).expect("a least size");
        if let Some(times) = [("pen=bic", 1.0), ("pen=2bic", 2.0), ("pen=3bic", 3.0)].iter().find(|(n, _)| name.starts_with(&format!("{n} "))) {
            close(times.1 * bic, &expected["pen"], name);
        }
        let mut ends = shift::pelt(&cells, penalty, shortest);
        ends.push(cells.len());
        assert_eq!(serde_json::to_value(&ends).expect("numbers"), expected["bkps"], "{name}");
        checked += 1;
    }
    assert_eq!(checked, 10);
}

#[test]
fn one_step_and_both_sides_as_computed_with_ruptures_and_scipy() {
    let (observations, json) = reference();
    let break_at = json["dynp_1"][0].as_u64().expect("an index") as usize;
    let unweighted: Vec<Observation> = observations.iter().map(|o| Observation { weight: 1.0, ..*o }).collect();
    let step = shift::step(&unweighted, 99, 1).expect("a step");
    assert_eq!(step.at, observations[break_at].from);
    let expected = &json["before_after"];
    assert_eq!((step.sides.n_before, step.sides.n_after), (56, 24));
    close(step.sides.after - step.sides.before, &expected["diff"], "difference");
    close(step.sides.cliffs_delta, &expected["cliffs_delta"], "Cliff's delta");
    close(step.sides.hedges_g.expect("g"), &expected["hedges_g"], "Hedges' g");
    assert!(step.p <= 0.01);
    // The fixture's data have their step at day 320; 0.95 of the posterior mass of its Bayesian reference lies on one break.
    assert!(step.low <= 320 && 320 <= step.high, "{} … {}", step.low, step.high);
}

#[test]
fn exact_permutation_p() {
    let (_, json) = reference();
    let lot = |name: &str| -> Vec<(f64, f64)> {
        json["perm_exact"][name].as_array().expect("values").iter().map(|v| (1.0, v.as_f64().expect("a number"))).collect()
    };
    let (p, exact) = shift::permutation(&lot("a"), &lot("b"), 1);
    assert!(exact);
    close(p.expect("a p"), &json["perm_exact"]["p"], "p");
}

#[test]
fn pelt_finds_the_optimum_of_full_search() {
    for seed in 0..40 {
        let mut random = Random::new(seed, 0);
        let n = 12 + random.below(30);
        let cells: Vec<(f64, f64, f64)> = (0..n)
            .map(|i| {
                let times = 1.0 + random.below(4) as f64;
                let v = 0.3 * random.normal() + if (i / 9) % 2 == 0 { 0.5 } else { -0.4 };
                (times, times * v, times * v * v + 0.01)
            })
            .collect();
        let (penalty, shortest) = (0.1 + 0.4 * random.unit(), 1.0 + random.below(6) as f64);
        let cost = |s: usize, t: usize| {
            let (k, a, b) = cells[s..t].iter().fold((0.0, 0.0, 0.0), |x, c| (x.0 + c.0, x.1 + c.1, x.2 + c.2));
            if k >= shortest { b - a * a / k } else { f64::INFINITY }
        };
        let mut best = vec![f64::INFINITY; n + 1];
        best[0] = -penalty;
        for t in 1..=n {
            best[t] = (0..t).map(|s| best[s] + cost(s, t) + penalty).fold(f64::INFINITY, f64::min);
        }
        let mut ends = shift::pelt(&cells, penalty, shortest);
        ends.push(n);
        let mut start = 0;
        let mut total = -penalty;
        for end in ends {
            total += cost(start, end) + penalty;
            start = end;
        }
        assert!((total - best[n]).abs() < 1e-9, "seed {seed}: {total} against {}", best[n]);
    }
}

/// Quotations of `n` articles over `days`, one to three each, with the article's own shock; tone by day from `level`.
fn planted(seed: u64, articles: usize, days: i32, level: impl Fn(i32) -> f64) -> Vec<Observation> {
    let mut random = Random::new(seed, 77);
    let mut out = Vec::new();
    for article in 0..articles {
        let at = random.below(days as usize) as i32;
        let shock = 0.10 * random.normal();
        for _ in 0..1 + random.below(3) {
            let value = (level(at) + shock + 0.25 * random.normal()).clamp(-1.0, 1.0);
            out.push(Observation { from: at, to: at, value, weight: 1.0, article: article as u32 });
        }
    }
    out
}

/// Shares of 200 seeds in which the interval holds the planted day and in which the test fires.
fn coverage(articles: usize, size: f64) -> (f64, f64, f64) {
    let (mut held, mut fired, mut width) = (0, 0, 0);
    for seed in 0..200 {
        let planted_day = 120 + (seed as i32 * 7) % 60;
        let observations = planted(seed, articles, 300, |d| if d < planted_day { -size / 2.0 } else { size / 2.0 });
        let step = shift::step(&observations, 199, seed).expect("a step");
        held += usize::from(step.low <= planted_day && planted_day <= step.high);
        width += step.high - step.low + 1;
        fired += usize::from(step.p <= 0.05);
    }
    (held as f64 / 200.0, fired as f64 / 200.0, f64::from(width) / 200.0)
}

#[test]
fn the_interval_covers_a_planted_step_and_the_test_is_honest_without_one() {
    for (articles, size) in [(40, 0.6), (120, 0.6), (120, 0.3)] {
        let (held, fired, width) = coverage(articles, size);
        println!("{articles} articles, step {size}: covered {held}, test fires {fired}, mean width {width:.1} days");
        assert!(held >= 0.90, "{articles} articles, step {size}: covered in {held} of 200 seeds");
    }
    for articles in [30, 120] {
        let fired = (0..200).filter(|&seed| shift::step(&planted(seed, articles, 300, |_| -0.1), 199, seed).is_some_and(|s| s.p <= 0.05)).count();
        println!("{articles} articles, no step: fires {}", fired as f64 / 200.0);
        assert!(fired as f64 / 200.0 <= 0.07, "{articles} articles: {fired} of 200");
    }
}

#[test]
fn a_ramp_is_told_by_its_middle_at_best() {
    // Reported, not promised: how often the interval of a step holds the middle of a change over 60 days.
    let held = (0..200)
        .filter(|&seed| {
            let observations = planted(seed, 120, 300, |d| (f64::from(d - 150) / 60.0).clamp(-0.5, 0.5) * 0.6);
            shift::step(&observations, 19, seed).is_some_and(|s| s.low <= 150 && 150 <= s.high)
        })
        .count();
    println!("ramp over 60 days: middle held in {}", held as f64 / 200.0);
    assert!(held >= 100);
}

fn row(n: usize, direction: &str, outlet: &str, said: &str, tone: f64) -> QuoteRecord {
    let (from, to) = said.split_once('/').unwrap_or((said, said));
    let day = |d: &str| if d.is_empty() { Value::Null } else { d.into() };
    serde_json::from_value(serde_json::json!({
        "doc_id": format!("{outlet}{n}"), "outlet": outlet, "quote": format!("word {n}"), "direction": direction, "speaker_role": "leader",
        "speaker": direction.split('>').next(), "said_from": day(from), "said_to": day(to), "tone": tone, "utterance_id": format!("{outlet}{n}#u1"),
    }))
    .expect("other columns have defaults")
}

fn quick() -> Options {
    Options { replicates: 20, permutations: 19, ..Options::default() }
}

#[test]
fn ten_copies_of_one_utterance_count_once() {
    let mut rows: Vec<QuoteRecord> = (0..10).map(|n| row(n, "A>B", &format!("o{n}"), "2025-03-04", -1.0)).collect();
    for r in &mut rows {
        r.echo_id = "e1".into();
        r.echo_kind = "whole".into();
    }
    rows.push(row(99, "A>B", "o1", "2025-03-09", 1.0));
    let found = trend::run(&rows, &quick());
    assert_eq!((found.counts.utterances, found.counts.quotations, found.counts.outlets), (2, 11, 10));
    assert_eq!(found.utterances[0].outlets, 10);
    let mean = found.series[0].means[0];
    assert_eq!((mean.n, mean.mean), (2, 0.0));
    for r in &mut rows[1..10] {
        r.echo_kind = "possible".into();
    }
    assert_eq!(trend::run(&rows, &quick()).counts.utterances, 11, "what is only possibly the same is not merged");
}

#[test]
fn unknown_dates_stay_off_the_axis_and_are_counted() {
    let mut rows = vec![
        row(0, "A>B", "o", "2025-03-04", -1.0),
        row(1, "A>B", "o", "", -1.0),
        row(2, "A>B", "o", "2024-01-01/2024-12-31", -1.0),
        row(3, "A>B", "o", "2025-03-01/2025-03-05", -1.0),
    ];
    rows[3].said_granularity = "unknown-past".into();
    let found = trend::run(&rows, &quick());
    assert_eq!((found.counts.utterances, found.counts.undated, found.counts.too_wide), (1, 2, 1));
}

#[test]
fn an_interval_gives_each_month_the_share_of_its_days() {
    let rows = vec![row(0, "A>B", "o", "2025-01-29/2025-02-03", 0.5), row(1, "A>B", "o", "2025-02-10", -0.5)];
    let found = trend::run(&rows, &quick());
    let means = &found.series[0].means;
    assert_eq!(means.len(), 2);
    assert_eq!((means[0].n, means[1].n), (1, 2));
    assert!((means[0].weight - 0.5).abs() < 1e-12 && (means[0].mean - 0.5).abs() < 1e-12);
    assert!((means[1].weight - 1.5).abs() < 1e-12 && (means[1].mean - (0.25 - 0.5) / 1.5).abs() < 1e-12);
    assert!(means.iter().all(|m| m.band.is_none()), "under five articles there is no interval");
}

#[test]
fn borrowed_dates_count_unless_forbidden() {
    let mut rows = vec![row(0, "A>B", "o", "", -1.0)];
    rows[0].echo_said_from = Some(jiff::civil::date(2025, 3, 4));
    rows[0].echo_said_to = rows[0].echo_said_from;
    assert_eq!(trend::run(&rows, &quick()).counts.utterances, 1);
    assert_eq!(trend::run(&rows, &Options { echo_dates: false, ..quick() }).counts.undated, 1);
}

#[test]
fn who_counts_follows_the_options() {
    let mut rows = vec![row(0, "A>B", "o", "2025-03-04", -1.0), row(1, "A>B", "p", "2025-03-04", -1.0), row(2, "", "o", "2025-03-04", 1.0)];
    rows[1].kind = QuoteKind::Indirect;
    // One who speaks for A about the country of B.
    rows[2].speaker_role = detente::record::Role::Side;
    (rows[2].speaker_side, rows[2].target_side) = ("A".into(), "B".into());
    let count = |options: Options| trend::run(&rows, &options).counts.utterances;
    assert_eq!(count(quick()), 1);
    assert_eq!(count(Options { indirect: true, ..quick() }), 2);
    assert_eq!(count(Options { sides: true, ..quick() }), 2);
    assert_eq!(count(Options { sides: true, strict: true, ..quick() }), 1);
    assert_eq!(count(Options { indirect: true, outlets: vec!["P".into()], ..quick() }), 1);
    assert_eq!(count(Options { since: Some(jiff::civil::date(2025, 3, 5)), ..quick() }), 0);
}

#[test]
fn silent_months_break_the_line_and_get_no_mean() {
    let mut rows = Vec::new();
    for n in 0..40 {
        let month = if n % 2 == 0 { 1 } else { 9 };
        rows.push(row(n, "A>B", "o", &format!("2025-{month:02}-{:02}", n / 2 + 1), if n % 3 == 0 { 0.5 } else { -0.5 }));
    }
    let found = trend::run(&rows, &Options { bandwidth: Some(10.0), ..quick() });
    let series = &found.series[0];
    assert_eq!(series.means.len(), 2);
    let june = day(jiff::civil::date(2025, 6, 1));
    let fit = series.fits.iter().find(|f| f.day == june).expect("every day");
    assert!(fit.fit.is_none());
    let table = String::from_utf8(table::csv("trend.csv", tables::trend_rows(&found)).expect("flat rows")).expect("UTF-8");
    let line = table.lines().find(|l| l.contains("fit,2025-06-01")).expect("the day");
    assert!(line.ends_with(",,,,"), "{line}");
}

#[test]
fn the_line_stops_at_its_last_quote_and_waits_for_three_articles() {
    // Twenty utterances of two articles in January, forty of forty articles in May and June.
    let mut rows: Vec<QuoteRecord> = (0..20)
        .map(|n| {
            let mut row = row(n, "A>B", "o", &format!("2025-01-{:02}", n + 1), -0.5);
            row.doc_id = format!("early{}", n % 2);
            row
        })
        .collect();
    rows.extend((0..40).map(|n| row(100 + n, "A>B", "o", &format!("2025-{:02}-{:02}", 5 + n / 20, n % 20 + 1), 0.5)));
    let found = trend::run(&rows, &Options { bandwidth: Some(40.0), ..quick() });
    let drawn: Vec<String> = found.series[0].fits.iter().filter(|f| f.fit.is_some()).map(|f| date(f.day).to_string()).collect();
    assert_eq!((drawn.first().map(String::as_str), drawn.last().map(String::as_str)), (Some("2025-05-01"), Some("2025-06-20")));
    assert!(found.series[0].fits.iter().all(|f| f.fit.is_some() || f.low.is_none()), "no band without a line");
}

#[test]
fn a_line_that_could_be_anywhere_is_not_drawn() {
    // Thirty articles, each all one way or all the other: the mean of a day could be anything.
    let rows = |n: usize| -> Vec<QuoteRecord> {
        (0..n).map(|i| row(i, "A>B", "o", &format!("2025-03-{:02}", i % 30 + 1), if (i / 7) % 2 == 0 { 1.0 } else { -1.0 })).collect()
    };
    let drawn = |n: usize| {
        let found = trend::run(&rows(n), &Options { bandwidth: Some(3.0), replicates: 200, ..quick() });
        let widest = found.series[0].fits.iter().filter_map(|f| Some(f.high? - f.low?)).fold(0.0, f64::max);
        assert!(widest <= 1.0, "{widest}");
        found.series[0].fits.iter().filter(|f| f.fit.is_some()).count()
    };
    assert!(drawn(30) < 30 && drawn(600) == 30, "{} and {}", drawn(30), drawn(600));
}

#[test]
fn roles_are_told_apart() {
    let mut rows: Vec<QuoteRecord> = (0..3).map(|n| row(n, "A>B", "o", &format!("2025-03-{:02}", n + 1), -1.0)).collect();
    for row in &mut rows {
        (row.speaker_side, row.target_side) = ("A".into(), "B".into());
    }
    rows[1].speaker_role = detente::record::Role::Side;
    rows[1].direction.clear();
    for sides in [false, true] {
        let all = trend::run(&rows, &Options { sides, ..quick() });
        assert_eq!(all.counts.utterances, if sides { 3 } else { 2 });
        let [leaders, speakers] = trend::by_role(&all, &rows);
        assert_eq!((leaders.counts.utterances, speakers.counts.utterances), (2, 1), "whatever counts in the whole");
        assert_eq!(speakers.utterances[0].row, 1);
    }
}

#[test]
fn periods_begin_where_the_calendar_says() {
    let at = |y, m, d| day(jiff::civil::date(y, m, d));
    assert_eq!(date(Period::Week.start(at(2026, 1, 4))).to_string(), "2025-12-29");
    assert_eq!(date(Period::Month.start(at(2024, 2, 29))).to_string(), "2024-02-01");
    assert_eq!(date(Period::Month.next(at(2024, 2, 1))).to_string(), "2024-03-01");
    assert_eq!(date(Period::Month.next(at(2025, 12, 1))).to_string(), "2026-01-01");
}

proptest! {
    /// Day numbers and dates are one to one.
    #[test]
    fn days_round_trip(n in -700_000i32..2_900_000) {
        prop_assert_eq!(day(date(n)), n);
    }
    /// Any rows give a trend without panic; fits and bands stay on the scale; directions never mix.
    #[test]
    fn any_rows_give_a_trend(seed in 0u64..10_000, n in 0usize..60) {
        let mut random = Random::new(seed, 5);
        let rows: Vec<QuoteRecord> = (0..n)
            .map(|i| {
                let from = 20_000 + random.below(400) as i32;
                let to = from + if random.below(3) == 0 { random.below(60) as i32 } else { 0 };
                let direction = ["A>B", "B>A", ""][random.below(3)];
                let mut row = row(i / 2, direction, ["x", "y"][random.below(2)], &format!("{}/{}", date(from), date(to)), 2.0 * random.unit() - 1.0);
                if random.below(5) == 0 {
                    row.echo_id = format!("e{}", random.below(4));
                }
                row
            })
            .collect();
        let found = trend::run(&rows, &quick());
        for series in &found.series {
            for fit in &series.fits {
                prop_assert!(fit.fit.is_none_or(|f| (-1.0..=1.0).contains(&f)));
                if let (Some(low), Some(high)) = (fit.low, fit.high) {
                    prop_assert!(low <= high && low >= -1.0 && high <= 1.0);
                }
            }
            prop_assert!(found.utterances[series.utterances.clone()].iter().all(|u| rows[u.row as usize].direction == series.direction));
            if let Some(step) = &series.step {
                prop_assert!(step.low <= step.at && step.at <= step.high);
            }
        }
        let total: f64 = found.series.iter().flat_map(|s| &s.means).map(|m| m.weight).sum();
        prop_assert!((total - found.counts.utterances as f64).abs() < 1e-6);
    }
}

#[test]
fn dates_are_civil() {
    let leap: Date = "2024-02-29".parse().expect("a date");
    assert_eq!(day(leap), 19_782);
}
