//! The words on the charts, from figures and names alone.

use crate::trend::series::{Day, date};
use crate::trend::{Series, Trend};

/// Months as they stand on an axis.
pub const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const FULL: [&str; 12] = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];

/// `+0.31`, `−0.42`, `0`.
pub fn signed(v: f64) -> String {
    if v.abs() < 0.005 { "0".to_owned() } else { format!("{}{:.2}", if v < 0.0 { "\u{2212}" } else { "+" }, v.abs()) }
}

/// `3 Jan`.
pub fn short_day(day: Day) -> String {
    let d = date(day);
    format!("{} {}", d.day(), MONTHS[d.month() as usize - 1])
}

/// `3 Jan 2026`.
pub fn full_day(day: Day) -> String {
    format!("{} {}", short_day(day), date(day).year())
}

/// `January 2026`.
pub fn month_year(day: Day) -> String {
    let d = date(day);
    format!("{} {}", FULL[d.month() as usize - 1], d.year())
}

/// `3–20 Jan 2026`, `28 Dec 2025 – 3 Jan 2026`, `3 Jan 2026`.
pub fn day_range(from: Day, to: Day) -> String {
    let (a, b) = (date(from), date(to));
    if from == to {
        full_day(from)
    } else if (a.year(), a.month()) == (b.year(), b.month()) {
        format!("{}\u{2013}{}", a.day(), full_day(to))
    } else if a.year() == b.year() {
        format!("{} \u{2013} {}", short_day(from), full_day(to))
    } else {
        format!("{} \u{2013} {}", full_day(from), full_day(to))
    }
}

/// A number with thin groups of three.
pub fn count(n: usize) -> String {
    let digits = n.to_string();
    let mut out = String::new();
    for (i, c) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(c);
    }
    out
}

/// `1 quote`, `3 quotes`.
pub fn counted(n: usize, one: &str, many: &str) -> String {
    format!("{} {}", count(n), if n == 1 { one } else { many })
}

/// Short name of who speaks in a series.
pub fn speaker(series: &Series) -> &str {
    series.direction.split('>').next().unwrap_or_default()
}

/// What a step did to the tone.
fn turn(before: f64, after: f64) -> &'static str {
    const MILD: f64 = 0.05;
    match (before, after) {
        (b, a) if b <= -MILD && a >= MILD => "turns from confrontation to cordiality",
        (b, a) if b >= MILD && a <= -MILD => "turns from cordiality to confrontation",
        (b, a) if a > b => "softens",
        _ => "hardens",
    }
}

/// A step whose test speaks at 0.05.
pub fn clear_step(series: &Series) -> Option<&crate::trend::shift::Step> {
    series.step.as_ref().filter(|s| s.p <= 0.05)
}

/// The finding in one line.
pub fn title(trend: &Trend) -> String {
    let names: Vec<&str> = trend.series.iter().map(speaker).collect();
    let both = match names.as_slice() {
        [] => return "No quotes by one leader about the other".to_owned(),
        [one] => format!("How {one} talks about {}", trend.series[0].target),
        [a, b] => format!("{a} and {b} on each other"),
        _ => names.join(", "),
    };
    let steps: Vec<(&Series, &crate::trend::shift::Step)> = trend.series.iter().filter_map(|s| clear_step(s).map(|step| (s, step))).collect();
    let what = |step: &crate::trend::shift::Step| turn(step.sides.before, step.sides.after);
    match steps.as_slice() {
        [(a, one), (b, two)] if what(one) == what(two) && (one.at - two.at).abs() <= 45 => {
            let verb =
                what(one).replacen("turns", "turn", 1).replace("softens", "soften toward each other").replace("hardens", "harden toward each other");
            let (first, last) = (one.at.min(two.at), one.at.max(two.at));
            let when =
                if month_year(first) == month_year(last) { format!("in {}", month_year(first)) } else { format!("around {}", month_year(first)) };
            format!("{} and {} {verb} {when}", speaker(a), speaker(b))
        }
        [(a, one), (b, two)] => {
            let other = what(two).replacen("turns from", "from", 1);
            let other = if what(two).starts_with("turns") { format!("{} goes {other}", speaker(b)) } else { format!("{} {other}", speaker(b)) };
            format!("{} {} in {}; {other} in {}", speaker(a), what(one), month_year(one.at), month_year(two.at))
        }
        [(a, one), ..] => {
            let verb = what(one);
            let toward = if verb.starts_with("turns") { format!("{verb} on {}", a.target) } else { format!("{verb} toward {}", a.target) };
            format!("{} {toward} in {}", speaker(a), month_year(one.at))
        }
        [] if trend.utterances.is_empty() => format!("{both}: no dated quotes"),
        [] if trend.series.iter().all(|s| s.step.is_none()) => format!("{both}: too few quotes for a trend"),
        [] => format!("{both}: no clear turning point"),
    }
}

/// The name of a panel.
pub fn role(side: bool) -> &'static str {
    if side { "Those who speak for them" } else { "The leaders themselves" }
}

/// How those who speak for the leaders differ from them, where a permutation test over articles bears it out.
pub fn roles_title(panels: [&Trend; 2]) -> String {
    if panels[1].utterances.is_empty() {
        return "No dated quotes by those who speak for the leaders".to_owned();
    }
    let n = panels[1].utterances.len();
    if n < panels[1].options.fewest_for_step {
        return format!("Only {} by those who speak for the leaders", counted(n, "dated quote", "dated quotes"));
    }
    // By direction: mean of each role, and the test between them.
    let units = |trend: &Trend, direction: &str| -> Vec<(f64, f64)> {
        let mut by_article = std::collections::BTreeMap::new();
        for series in trend.series.iter().filter(|s| s.direction == direction) {
            for u in &trend.utterances[series.utterances.clone()] {
                let unit: &mut (f64, f64) = by_article.entry(u.article).or_default();
                *unit = (unit.0 + 1.0, unit.1 + u.tone);
            }
        }
        by_article.into_values().collect()
    };
    let mut found: Vec<(f64, f64, String, String)> = Vec::new();
    for series in &panels[0].series {
        let (a, b) = (units(panels[0], &series.direction), units(panels[1], &series.direction));
        let mean = |units: &[(f64, f64)]| units.iter().map(|u| u.1).sum::<f64>() / units.iter().map(|u| u.0).sum::<f64>();
        if let (Some(p), _) = crate::trend::shift::permutation(&a, &b, panels[0].options.seed) {
            found.push((p, mean(&b) - mean(&a), speaker(series).to_owned(), series.target.clone()));
        }
    }
    found.sort_by(|a, b| a.0.total_cmp(&b.0).then_with(|| a.2.cmp(&b.2)));
    // Two directions are two chances (Bonferroni).
    match found.first() {
        Some((p, difference, who, about)) if *p * found.len() as f64 <= 0.05 => {
            let how = if *difference < 0.0 { "harsher" } else { "milder" };
            format!("Those who speak for {who} are {how} on {about} than {who}")
        }
        Some(_) => "Those who speak for the leaders sound no clearly different".to_owned(),
        None => "The leaders and those who speak for them".to_owned(),
    }
}

/// What the panels show.
pub fn roles_subtitle(panels: [&Trend; 2]) -> String {
    let both = if panels[0].utterances.is_empty() { panels[1] } else { panels[0] };
    format!("{}, by role of the speaker", subtitle(both).replacen(" by the leaders and those who speak for them", "", 1))
}

/// What is shown, on which scale, over which time.
pub fn subtitle(trend: &Trend) -> String {
    let mut what = "Tone of quotes".to_owned();
    if !trend.options.indirect {
        what = "Tone of direct quotes".to_owned();
    }
    if trend.options.sides {
        what += " by the leaders and those who speak for them";
    }
    let about = if trend.options.strict { "about the other leader" } else { "about the other leader, their government or country" };
    let span = match (trend.utterances.iter().map(|u| u.from).min(), trend.utterances.iter().map(|u| u.to).max()) {
        (Some(a), Some(b)) if month_year(a) == month_year(b) => format!(", {}", month_year(a)),
        (Some(a), Some(b)) => format!(", {} to {}", month_year(a), month_year(b)),
        _ => String::new(),
    };
    format!("{what} {about}, \u{2212}1 (confrontation) to +1 (cordiality){span}")
}
