//! Checks on lexicon files and on terms of one's own: text in, every problem with file and line out. Reads
//! no file and judges no meaning; what the words mean to a stage is told when the stage loads them.

use super::Tables;
use super::table::REQUIRED;
use super::vocab::fold;
use crate::error::Place;
use std::collections::BTreeMap;
use std::fmt;
use std::path::Path;
use unicode_normalization::is_nfc;

/// Something wrong with a file, or worth knowing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// Where it stands.
    pub place: Place,
    /// Expected what, found what.
    pub message: String,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.place, self.message)
    }
}

/// Kinds whose first cell may stand in several rows.
const REPEATING: [&str; 3] = ["pairs", "patterns", "rules"];
/// What a column `weight` may hold, unless the header says `# range: weight LOW HIGH`.
pub const WEIGHTS: (f64, f64) = (-4.0, 4.0);

/// A column's range.
struct Range {
    column: usize,
    low: f64,
    high: f64,
}

/// All that is wrong with the lexicon file `path` of the given text: header, columns, order, doubled terms,
/// weights out of range.
pub fn lexicon(path: &Path, text: &str) -> Vec<Problem> {
    let mut out = Vec::new();
    let mut header: Vec<(String, String, u64)> = Vec::new();
    let mut columns: Vec<String> = Vec::new();
    let mut ranges: Vec<Range> = Vec::new();
    let mut last: Option<(String, u64)> = None;
    let mut first_cells: BTreeMap<String, u64> = BTreeMap::new();
    let mut rows: BTreeMap<String, u64> = BTreeMap::new();
    let mut begun = false;
    for (n, line) in text.lines().enumerate() {
        let at = n as u64 + 1;
        if let Some(comment) = line.strip_prefix('#') {
            if let Some((key, value)) = comment.split_once(':')
                && !begun
            {
                header.push((key.trim().to_owned(), value.trim().to_owned(), at));
            }
            continue;
        }
        if line.trim().is_empty() {
            continue;
        }
        if !begun {
            begun = true;
            let value = |key: &str| header.iter().find(|h| h.0 == key).map_or("", |h| h.1.as_str());
            columns = value("columns").split_whitespace().map(str::to_owned).collect();
            ranges = read_ranges(path, &header, &columns, &mut out);
        }
        let mut tell = |message: String| out.push(Problem { place: Place::line(path, at), message });
        if !is_nfc(line) {
            tell(format!("expected composed characters (Unicode NFC), found decomposed ones: `{line}`"));
        }
        let cells: Vec<&str> = line.split('\t').collect();
        if !columns.is_empty() && cells.len() != columns.len() {
            tell(format!("expected {} tab-separated cells ({}), found {}: `{line}`", columns.len(), columns.join(", "), cells.len()));
            continue;
        }
        if let Some(cell) = cells.iter().find(|c| c.trim() != **c) {
            tell(format!("expected no white space round a cell, found `{cell}`"));
        }
        let term = cells[0].trim();
        if term.is_empty() {
            tell("expected a term in the first cell, found nothing".to_owned());
            continue;
        }
        for range in &ranges {
            let cell = cells.get(range.column).map_or("", |c| c.trim());
            let fits = cell == "-" || cell.parse::<f64>().is_ok_and(|x| range.low <= x && x <= range.high);
            if !fits {
                let name = &columns[range.column];
                tell(format!("`{term}`: {name}: expected a number from {} to {}, or `-`, found `{cell}`", range.low, range.high));
            }
        }
        if let Some((before, line)) = &last
            && before.as_bytes() > term.as_bytes()
        {
            tell(format!("expected rows sorted by their first cell (byte order), found `{term}` after `{before}` of line {line}"));
        }
        last = Some((term.to_owned(), at));
        let kind = header.iter().find(|h| h.0 == "kind").map_or("", |h| h.1.as_str());
        if let Some(before) = rows.insert(line.to_owned(), at) {
            tell(format!("expected each row once, found `{term}` as in line {before}"));
        } else if let Some(before) = first_cells.insert(term.to_owned(), at)
            && !REPEATING.contains(&kind)
        {
            tell(format!("expected each term once, found `{term}` also in line {before}"));
        }
    }
    let mut missing: Vec<Problem> = std::iter::once("detente-lexicon")
        .chain(REQUIRED)
        .filter(|key| !header.iter().any(|h| h.0 == *key && !h.1.is_empty()))
        .map(|key| Problem { place: Place::file(path), message: format!("expected the header line `# {key}: …`, found none") })
        .collect();
    if let Some((_, version, line)) = header.iter().find(|h| h.0 == "detente-lexicon")
        && version != "1"
    {
        missing.push(Problem { place: Place::line(path, *line), message: format!("detente-lexicon: expected format 1, found `{version}`") });
    }
    missing.extend(out);
    missing
}

/// Ranges from the lines `# range: COLUMN LOW HIGH`, and the usual one of a column `weight`.
fn read_ranges(path: &Path, header: &[(String, String, u64)], columns: &[String], out: &mut Vec<Problem>) -> Vec<Range> {
    let mut ranges: Vec<Range> = Vec::new();
    for (_, value, at) in header.iter().filter(|h| h.0 == "range") {
        let parts: Vec<&str> = value.split_whitespace().collect();
        let read = match parts[..] {
            [name, low, high] => columns.iter().position(|c| c == name).zip(low.parse::<f64>().ok().zip(high.parse::<f64>().ok())),
            _ => None,
        };
        match read {
            Some((column, (low, high))) => ranges.push(Range { column, low, high }),
            None => out.push(Problem { place: Place::line(path, *at), message: format!("range: expected `COLUMN LOW HIGH`, found `{value}`") }),
        }
    }
    if let Some(column) = columns.iter().position(|c| c == "weight")
        && !ranges.iter().any(|r| r.column == column)
    {
        ranges.push(Range { column, low: WEIGHTS.0, high: WEIGHTS.1 });
    }
    ranges
}

/// One term of a user's own list.
#[derive(Clone, Debug, PartialEq)]
pub struct AddedTerm {
    /// Line in the file, from 1.
    pub line: u64,
    /// The term, folded.
    pub term: String,
    /// Its weight.
    pub weight: f64,
    /// Its category; empty when none is given.
    pub category: String,
}

/// What a user's list of terms holds.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct AddedTerms {
    /// The terms that are right, in file order.
    pub terms: Vec<AddedTerm>,
    /// What is wrong.
    pub problems: Vec<Problem>,
    /// What is worth knowing: terms that the built-in tables hold already.
    pub notes: Vec<Problem>,
}

/// Read a list `term,weight[,category]`, comma- or tab-separated, with or without that line as its header,
/// `#` before comments.
pub fn added_terms(path: &Path, text: &str, tables: &Tables) -> AddedTerms {
    let mut out = AddedTerms::default();
    let tabs = text.lines().any(|l| !l.starts_with('#') && l.contains('\t'));
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .comment(Some(b'#'))
        .delimiter(if tabs { b'\t' } else { b',' })
        .quoting(!tabs)
        .trim(csv::Trim::All)
        .from_reader(text.as_bytes());
    let mut lines: BTreeMap<String, u64> = BTreeMap::new();
    let known = weighted(tables);
    for (n, record) in reader.records().enumerate() {
        let record = match record {
            Ok(record) => record,
            Err(error) => {
                out.problems.push(Problem { place: Place::file(path), message: error.to_string() });
                continue;
            }
        };
        let line = record.position().map_or(0, csv::Position::line);
        let mut tell = |message: String| out.problems.push(Problem { place: Place::line(path, line), message });
        let cells: Vec<&str> = record.iter().collect();
        if cells.iter().all(|c| c.is_empty()) || (n == 0 && cells.len() > 1 && cells[0] == "term" && cells[1] == "weight") {
            continue;
        }
        if !(2..=3).contains(&cells.len()) {
            tell(format!("expected `term,weight` or `term,weight,category`, found {} cells: `{}`", cells.len(), cells.join(",")));
            continue;
        }
        let term = fold(cells[0]).split_whitespace().collect::<Vec<_>>().join(" ");
        if term.is_empty() {
            tell("expected a term in the first cell, found nothing".to_owned());
            continue;
        }
        let Some(weight) = cells[1].parse::<f64>().ok().filter(|w| (WEIGHTS.0..=WEIGHTS.1).contains(w)) else {
            tell(format!("`{term}`: weight: expected a number from {} to {}, found `{}`", WEIGHTS.0, WEIGHTS.1, cells[1]));
            continue;
        };
        if let Some(before) = lines.insert(term.clone(), line) {
            tell(format!("expected each term once, found `{term}` also in line {before}"));
            continue;
        }
        if let Some((place, cell)) = known.get(&term) {
            let message = format!("`{term}` {weight} takes the place of {cell} in {place}");
            out.notes.push(Problem { place: Place::line(path, line), message });
        }
        out.terms.push(AddedTerm { line, term, weight, category: cells.get(2).copied().unwrap_or_default().to_owned() });
    }
    out
}

/// Every term of a table of patterns with weights, with its place and weight; `a|b` are two terms.
fn weighted(tables: &Tables) -> BTreeMap<String, (Place, String)> {
    let mut out = BTreeMap::new();
    for table in tables.0.values() {
        let columns: Vec<&str> = table.field("columns").split_whitespace().collect();
        let Some(column) = columns.iter().position(|c| *c == "weight") else { continue };
        if columns.first() != Some(&"pattern") {
            continue;
        }
        for row in table.rows() {
            for term in row.cells[0].split('|') {
                out.insert(fold(term.trim()), (table.place(row), row.cells[column].to_owned()));
            }
        }
    }
    out
}
