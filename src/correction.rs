//! A person's corrections of saved or fresh rows: `doc_id,start,end,column,value,note`. Acts on rows before
//! anything is computed from them, with the columns that follow from the corrected one; invents no row.

use crate::error::{Error, Place, Result};
use crate::record::{DirectionRule, QuoteRecord, Role, e4};
use crate::tone::Thresholds;
use hashbrown::HashMap;
use serde::Deserialize;
use std::io::Read;
use std::path::Path;

/// One line of the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Correction {
    /// Where it stands.
    pub place: Place,
    /// The row's article.
    pub doc_id: String,
    /// The row's first Unicode scalar.
    pub start: usize,
    /// One past its last.
    pub end: usize,
    /// Which column.
    pub column: String,
    /// What it should hold; empty = nothing.
    pub value: String,
    /// Why; for the run record.
    pub note: String,
}

/// Columns that can be corrected.
pub const COLUMNS: [&str; 12] =
    ["speaker", "speaker_role", "target", "direction", "said_from", "said_to", "said_granularity", "tone", "tone_label", "kind", "cue", "cue_class"];

#[derive(Deserialize)]
struct Line {
    doc_id: String,
    start: usize,
    end: usize,
    column: String,
    #[serde(default)]
    value: String,
    #[serde(default)]
    note: String,
}

/// Read a corrections file; wrong lines are handed to `bad`.
///
/// # Errors
/// The file has no header with the columns.
pub fn read(path: &Path, reader: impl Read, mut bad: impl FnMut(Error)) -> Result<Vec<Correction>> {
    let mut reader = csv::ReaderBuilder::new().trim(csv::Trim::All).from_reader(reader);
    let header = reader.headers().map_err(|e| Error::data(Place::file(path), e.to_string()))?.clone();
    for wanted in ["doc_id", "start", "end", "column", "value"] {
        if !header.iter().any(|h| h.trim_start_matches('\u{feff}') == wanted) {
            let found: Vec<&str> = header.iter().collect();
            return Err(Error::data(
                Place::line(path, 1),
                format!("expected the columns doc_id,start,end,column,value,note, found {}", found.join(",")),
            ));
        }
    }
    let header: csv::StringRecord = header.iter().map(|h| h.trim_start_matches('\u{feff}').to_owned()).collect();
    let mut out = Vec::new();
    for record in reader.into_records() {
        let record = match record {
            Ok(record) => record,
            Err(e) => {
                bad(Error::data(Place { path: path.to_owned(), line: e.position().map(csv::Position::line) }, e.to_string()));
                continue;
            }
        };
        let place = Place { path: path.to_owned(), line: record.position().map(csv::Position::line) };
        match record.deserialize::<Line>(Some(&header)) {
            Ok(l) if COLUMNS.contains(&l.column.as_str()) => {
                out.push(Correction { place, doc_id: l.doc_id, start: l.start, end: l.end, column: l.column, value: l.value, note: l.note });
            }
            Ok(l) => bad(Error::data(place, format!("column: expected one of {}, found `{}`", COLUMNS.join(", "), l.column))),
            Err(e) => bad(Error::data(place, e.to_string())),
        }
    }
    Ok(out)
}

/// Apply corrections in order; returns how many took effect. One that names no row, or holds a value
/// its column cannot hold, is handed to `bad`.
pub fn apply(rows: &mut [QuoteRecord], corrections: &[Correction], rule: DirectionRule, thresholds: Thresholds, mut bad: impl FnMut(Error)) -> usize {
    let mut index: HashMap<(String, usize, usize), usize, foldhash::fast::FixedState> = HashMap::default();
    for (n, row) in rows.iter().enumerate() {
        index.entry((row.doc_id.clone(), row.start, row.end)).or_insert(n);
    }
    let mut applied = 0;
    for correction in corrections {
        let key = (correction.doc_id.clone(), correction.start, correction.end);
        let Some(&n) = index.get(&key) else {
            bad(Error::data(
                correction.place.clone(),
                format!("expected a quotation at {} {}\u{2013}{}, found none; it was left out", correction.doc_id, correction.start, correction.end),
            ));
            continue;
        };
        match correct(rows, n, correction, rule, thresholds) {
            Ok(()) => applied += 1,
            Err(expected) => bad(Error::data(
                correction.place.clone(),
                format!("{}: expected {expected}, found `{}`; it was left out", correction.column, correction.value),
            )),
        }
    }
    applied
}

fn correct(rows: &mut [QuoteRecord], n: usize, c: &Correction, rule: DirectionRule, thresholds: Thresholds) -> std::result::Result<(), String> {
    let value = c.value.trim();
    let date = || match value {
        "" => Ok(None),
        v => v.parse().map(Some).map_err(|_| "a date like 2026-01-03".to_owned()),
    };
    /// A word of a closed set.
    fn word<T: serde::de::DeserializeOwned>(value: &str, expected: &str) -> std::result::Result<T, String> {
        serde_json::from_value(serde_json::Value::String(value.to_owned())).map_err(|_| expected.to_owned())
    }
    match c.column.as_str() {
        "speaker" => {
            // Who he is to the leaders stands in other rows of the same speaker.
            let known = rows.iter().find(|r| r.speaker == value && !value.is_empty()).map(|r| (r.speaker_role, r.speaker_side.clone()));
            let (role, side) = known.unwrap_or_default();
            let row = &mut rows[n];
            (row.speaker, row.speaker_role, row.speaker_side) = (value.to_owned(), role, side);
            (row.attribution, row.speaker_confidence) = ("corrected".to_owned(), 1.0);
            follow(row, rule);
        }
        "speaker_role" => {
            rows[n].speaker_role = word(value, "leader, side or other")?;
            if rows[n].speaker_role == Role::Other {
                rows[n].speaker_side.clear();
            }
            follow(&mut rows[n], rule);
        }
        "target" => {
            let known = rows.iter().find(|r| r.target == value && !value.is_empty()).map(|r| (r.target_side.clone(), r.target_person));
            // A leader about whom no row is yet may be known as a speaker.
            let as_speaker = || rows.iter().find(|r| r.speaker == value && r.speaker_role == Role::Leader).map(|r| (r.speaker_side.clone(), true));
            let (side, person) = known.or_else(as_speaker).unwrap_or_default();
            let row = &mut rows[n];
            (row.target, row.target_side, row.target_person, row.target_basis) = (value.to_owned(), side, person, "corrected".to_owned());
            if value.is_empty() {
                (row.tone, row.tone_e4, row.tone_label) = (None, None, None);
            }
            follow(row, rule);
        }
        "direction" => {
            let row = &mut rows[n];
            match value.split_once('>') {
                _ if value.is_empty() => {
                    row.speaker_side.clear();
                    row.target_side.clear();
                }
                Some((from, to)) if !from.trim().is_empty() && !to.trim().is_empty() => {
                    (row.speaker_side, row.target_side, row.target_person) = (from.trim().to_owned(), to.trim().to_owned(), true);
                    if row.speaker_role == Role::Other {
                        row.speaker_role = Role::Leader;
                    }
                }
                _ => return Err("a direction like `A>B`".to_owned()),
            }
            value.clone_into(&mut row.direction);
        }
        "said_from" | "said_to" => {
            let day = date()?;
            let row = &mut rows[n];
            if c.column == "said_from" {
                row.said_from = day;
            } else {
                row.said_to = day;
            }
            // The basis now is a person; what an echo lent no longer counts.
            row.said_basis = "corrected".to_owned();
            (row.echo_said_from, row.echo_said_to) = (None, None);
            match (row.said_from, row.said_to) {
                (Some(a), Some(b)) if a == b => row.said_granularity = "day".to_owned(),
                (Some(_), Some(_)) => row.said_granularity = "interval".to_owned(),
                _ => {}
            }
        }
        "said_granularity" => value.clone_into(&mut rows[n].said_granularity),
        "tone" => {
            let tone: Option<f64> = match value {
                "" => None,
                v => Some(v.parse().ok().filter(|t: &f64| (-1.0..=1.0).contains(t)).ok_or("a number from \u{2212}1 to 1")?),
            };
            let row = &mut rows[n];
            row.tone_e4 = tone.map(e4);
            row.tone = row.tone_e4.map(|t| f64::from(t) / 1e4);
            row.tone_label = row.tone.map(|t| thresholds.label(t));
            row.tone_hits = "corrected".to_owned();
        }
        "tone_label" => rows[n].tone_label = if value.is_empty() { None } else { Some(word(value, "confrontational, neutral or cordial")?) },
        "kind" => rows[n].kind = word(value, "direct, mixed, pull or indirect")?,
        "cue" => value.clone_into(&mut rows[n].cue),
        "cue_class" => rows[n].cue_class = word(value, "neutral, endorse, distance, hostile or warm")?,
        _ => return Err(format!("one of the columns {}", COLUMNS.join(", "))),
    }
    Ok(())
}

/// The direction that follows from speaker and target.
fn follow(row: &mut QuoteRecord, rule: DirectionRule) {
    let speaks = row.speaker_role == Role::Leader || (rule.sides && row.speaker_role == Role::Side);
    let between = !row.speaker_side.is_empty() && !row.target_side.is_empty() && row.speaker_side != row.target_side;
    row.direction =
        if speaks && between && (row.target_person || !rule.strict) { format!("{}>{}", row.speaker_side, row.target_side) } else { String::new() };
}
