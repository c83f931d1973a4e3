//! Quotation rows → utterances on the time axis: an utterance counts once, however many outlets carry
//! it and in however many pieces. Guesses no date: what is not dated stays off the axis and is counted.

use super::{Counts, Options};
use crate::annotation::QuoteKind;
use crate::record::{QuoteRecord, Role};
use hashbrown::HashMap;
use jiff::civil::Date;

/// Days since 1970-01-01.
pub type Day = i32;

/// A civil date as a day number.
pub fn day(date: Date) -> Day {
    // Days from civil (Hinnant 2013): exact over all of jiff's range.
    let (y, m, d) = (i32::from(date.year()), i32::from(date.month()), i32::from(date.day()));
    let y = if m <= 2 { y - 1 } else { y };
    let era = y.div_euclid(400);
    let of_era = y.rem_euclid(400);
    let of_year = (153 * (m + if m > 2 { -3 } else { 9 }) + 2) / 5 + d - 1;
    era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468
}

/// A day number as a civil date; the ends of the calendar for days beyond it.
pub fn date(day: Day) -> Date {
    let epoch = jiff::civil::date(1970, 1, 1);
    let end = if day < 0 { Date::MIN } else { Date::MAX };
    jiff::Span::new().try_days(i64::from(day)).ok().and_then(|span| epoch.checked_add(span).ok()).unwrap_or(end)
}

/// One utterance with a direction, a tone and a date.
#[derive(Clone, Debug, PartialEq)]
pub struct Utterance {
    /// Index into [`super::Trend::series`].
    pub series: usize,
    /// First day on which it can have been said.
    pub from: Day,
    /// Last day; equal to `from` where the day is known.
    pub to: Day,
    /// Mean tone of its versions, −1 … +1.
    pub tone: f64,
    /// Article that counts for it: the first one printed that carries it.
    pub article: u32,
    /// How many articles carry it.
    pub articles: u32,
    /// How many outlets carry it.
    pub outlets: u32,
    /// The row whose words stand for it: the longest piece.
    pub row: u32,
    /// Canonical name of the speaker.
    pub speaker: String,
    /// Whether the speaker is a leader or speaks for one.
    pub role: Role,
}

impl Utterance {
    /// The day in the middle, the earlier one of two.
    pub fn middle(&self) -> Day {
        self.from + (self.to - self.from) / 2
    }
    /// Days in its interval.
    pub fn days(&self) -> i32 {
        self.to - self.from + 1
    }
}

/// What the rows yield: direction names in order, utterances by date, and what was left out.
#[derive(Clone, Debug, Default)]
pub struct Gathered {
    /// Direction names, `A>B`, by name.
    pub directions: Vec<String>,
    /// Full names of the speakers of each direction: the leader in person where he has a row.
    pub speakers: Vec<String>,
    /// By series, then date, then order of rows.
    pub utterances: Vec<Utterance>,
    /// What was counted and what was left out.
    pub counts: Counts,
}

/// The direction that a row has under the options; empty = none.
pub fn direction(row: &QuoteRecord, options: &Options) -> String {
    if row.speaker_role == Role::Side && !options.sides {
        return String::new();
    }
    if row.speaker_side.is_empty() && row.target_side.is_empty() {
        // Rows from elsewhere, without the two columns: what they say themselves.
        return row.direction.clone();
    }
    if row.speaker_side.is_empty() || row.target_side.is_empty() || row.speaker_side == row.target_side || (options.strict && !row.target_person) {
        return String::new();
    }
    format!("{}>{}", row.speaker_side, row.target_side)
}

/// Whether the options keep what this outlet carries.
pub fn carries(outlet: &str, options: &Options) -> bool {
    options.outlets.is_empty() || options.outlets.iter().any(|o| o.to_lowercase() == outlet.to_lowercase())
}

/// Whether the options keep a row by its outlet and by the middle of its interval; an open interval counts by its known end.
pub fn within(row: &QuoteRecord, options: &Options) -> bool {
    if !carries(&row.outlet, options) {
        return false;
    }
    let from = row.echo_said_from.or(row.said_from);
    let to = row.echo_said_to.or(row.said_to);
    let Some(middle) = (match (from, to) {
        (Some(from), Some(to)) => Some(date(day(from) + (day(to) - day(from)) / 2)),
        (one, other) => one.or(other),
    }) else {
        return options.since.is_none() && options.until.is_none();
    };
    options.since.is_none_or(|since| since <= middle) && options.until.is_none_or(|until| middle <= until)
}

/// Gather the utterances of `rows`.
pub fn gather(rows: &[QuoteRecord], options: &Options) -> Gathered {
    let mut counts = Counts { rows: rows.len(), ..Counts::default() };
    let mut kept: Vec<(u32, String)> = Vec::new();
    for (n, row) in rows.iter().enumerate() {
        if !carries(&row.outlet, options) {
            counts.other_outlets += 1;
            continue;
        }
        if row.kind == QuoteKind::Indirect && !options.indirect {
            counts.indirect += 1;
            continue;
        }
        if options.role.is_some_and(|role| (role == Role::Side) != (row.speaker_role == Role::Side)) {
            continue;
        }
        let direction = direction(row, options);
        if direction.is_empty() {
            if row.speaker_role == Role::Side && !options.sides && !row.target_side.is_empty() && row.target_side != row.speaker_side {
                counts.sides += 1;
            } else {
                counts.without_direction += 1;
            }
            continue;
        }
        if tone(row).is_none() {
            counts.without_tone += 1;
            continue;
        }
        kept.push((n as u32, direction));
    }
    let mut directions: Vec<String> = kept.iter().map(|(_, d)| d.clone()).collect();
    directions.sort();
    directions.dedup();
    let mut speakers = vec![String::new(); directions.len()];

    let units = unite(rows, &kept);
    let mut articles: HashMap<&str, u32, foldhash::fast::FixedState> = HashMap::default();
    let mut outlets: Vec<&str> = Vec::new();
    let mut utterances: Vec<Utterance> = Vec::with_capacity(units.len());
    for unit in &units {
        let first = unit[0] as usize;
        let Ok(series) = directions.binary_search(&kept[first].1) else { continue };
        let members: Vec<&QuoteRecord> = unit.iter().map(|&k| &rows[kept[k as usize].0 as usize]).collect();
        for row in &members {
            if row.speaker_role == Role::Leader && speakers[series].is_empty() {
                speakers[series].clone_from(&row.speaker);
            }
        }
        let (from, to) = match said(&members, options) {
            Said::Between(from, to) => (from, to),
            Said::Unknown => {
                counts.undated += 1;
                continue;
            }
        };
        if to - from + 1 > options.widest {
            counts.too_wide += 1;
            continue;
        }
        let middle = date(from + (to - from) / 2);
        if options.since.is_some_and(|since| middle < since) || options.until.is_some_and(|until| middle > until) {
            counts.out_of_range += 1;
            continue;
        }
        let (tone, carried, carriers) = versions(&members);
        let primary = primary(&members);
        let next = articles.len() as u32;
        let article = *articles.entry(members[primary].doc_id.as_str()).or_insert(next);
        for row in &members {
            let next = articles.len() as u32;
            articles.entry(row.doc_id.as_str()).or_insert(next);
            outlets.push(row.outlet.as_str());
        }
        let longest = (0..members.len()).max_by_key(|&i| (members[i].quote.len(), std::cmp::Reverse(i))).unwrap_or(0);
        counts.quotations += members.len();
        utterances.push(Utterance {
            series,
            from,
            to,
            tone,
            article,
            articles: carried,
            outlets: carriers,
            row: kept[unit[longest] as usize].0,
            speaker: members[primary].speaker.clone(),
            role: members[primary].speaker_role,
        });
    }
    utterances.sort_by_key(|u| (u.series, u.middle(), u.from, u.row));
    outlets.sort_unstable();
    outlets.dedup();
    counts.utterances = utterances.len();
    counts.articles = articles.len();
    counts.outlets = outlets.len();
    for (n, speaker) in speakers.iter_mut().enumerate() {
        if speaker.is_empty() {
            *speaker = directions[n].split('>').next().unwrap_or_default().to_owned();
        }
    }
    Gathered { directions, speakers, utterances, counts }
}

/// The tone of a row: the integer where there is one, so that saved rows give the same sums.
pub fn tone(row: &QuoteRecord) -> Option<f64> {
    row.tone_e4.map(|t| f64::from(t) / 1e4).or(row.tone).filter(|t| t.is_finite())
}

/// Groups of indices into `kept` that are one utterance: rows of one `utterance_id`, or of one
/// `echo_id` unless only possibly the same; never of two directions. In order of their first row.
fn unite(rows: &[QuoteRecord], kept: &[(u32, String)]) -> Vec<Vec<u32>> {
    let mut parent: Vec<u32> = (0..kept.len() as u32).collect();
    fn root(parent: &mut [u32], mut x: u32) -> u32 {
        while parent[x as usize] != x {
            parent[x as usize] = parent[parent[x as usize] as usize];
            x = parent[x as usize];
        }
        x
    }
    let mut seen: HashMap<(bool, &str, &str), u32, foldhash::fast::FixedState> = HashMap::default();
    for (k, (n, direction)) in kept.iter().enumerate() {
        let row = &rows[*n as usize];
        let echo = if row.echo_kind == "possible" { "" } else { row.echo_id.as_str() };
        for key in [(false, row.utterance_id.as_str(), direction.as_str()), (true, echo, direction.as_str())] {
            if key.1.is_empty() {
                continue;
            }
            let other = *seen.entry(key).or_insert(k as u32);
            let (a, b) = (root(&mut parent, other), root(&mut parent, k as u32));
            parent[a.max(b) as usize] = a.min(b);
        }
    }
    let mut place: Vec<u32> = vec![u32::MAX; kept.len()];
    let mut units: Vec<Vec<u32>> = Vec::new();
    for k in 0..kept.len() as u32 {
        let r = root(&mut parent, k) as usize;
        if place[r] == u32::MAX {
            place[r] = units.len() as u32;
            units.push(Vec::new());
        }
        units[place[r] as usize].push(k);
    }
    units
}

enum Said {
    Between(Day, Day),
    Unknown,
}

/// When an utterance was said: the narrowest dated interval among its rows, borrowed ones included
/// unless the options forbid it (then the first-printed article's own).
fn said(members: &[&QuoteRecord], options: &Options) -> Said {
    let own = |row: &QuoteRecord| match (row.said_from, row.said_to) {
        (Some(from), Some(to)) if from <= to && row.said_granularity != "unknown-past" => Some((day(from), day(to))),
        _ => None,
    };
    let lent = |row: &QuoteRecord| match (row.echo_said_from, row.echo_said_to) {
        (Some(from), Some(to)) if from <= to => Some((day(from), day(to))),
        _ => None,
    };
    let best = if options.echo_dates {
        members.iter().flat_map(|row| [own(row), lent(row)]).flatten().min_by_key(|(from, to)| (to - from, *from))
    } else {
        let doc = members[primary(members)].doc_id.as_str();
        members.iter().filter(|row| row.doc_id == doc).filter_map(|row| own(row)).min_by_key(|(from, to)| (to - from, *from))
    };
    best.map_or(Said::Unknown, |(from, to)| Said::Between(from, to))
}

/// Index of the row of the article printed first.
fn primary(members: &[&QuoteRecord]) -> usize {
    (0..members.len()).min_by_key(|&i| (members[i].published.unwrap_or(Date::MAX), members[i].doc_id.as_str(), i)).unwrap_or(0)
}

/// Mean tone over articles (each article's mean over its pieces, weighted by their words), and how many articles and outlets carry it.
fn versions(members: &[&QuoteRecord]) -> (f64, u32, u32) {
    let mut sorted: Vec<&QuoteRecord> = members.to_vec();
    sorted.sort_by(|a, b| a.doc_id.cmp(&b.doc_id));
    let mut by_article: Vec<(&str, &str, f64, f64)> = Vec::new();
    for row in sorted {
        let words = row.quote.split_whitespace().count().max(1) as f64;
        let score = tone(row).unwrap_or_default();
        match by_article.last_mut() {
            Some(a) if a.0 == row.doc_id => {
                a.2 += words * score;
                a.3 += words;
            }
            _ => by_article.push((&row.doc_id, &row.outlet, words * score, words)),
        }
    }
    let mean = by_article.iter().map(|a| a.2 / a.3).sum::<f64>() / by_article.len() as f64;
    // An article without an outlet's name stands for an outlet of its own.
    let mut names: Vec<&str> = by_article.iter().map(|a| if a.1.is_empty() { a.0 } else { a.1 }).collect();
    names.sort_unstable();
    names.dedup();
    (mean.clamp(-1.0, 1.0), by_article.len() as u32, names.len() as u32)
}
