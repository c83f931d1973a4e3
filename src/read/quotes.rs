//! Saved quotation rows (CSV or JSON lines) → records. Columns in any order; unknown ones are left alone; a wrong
//! row is an error with its line and the next row is read all the same.

use crate::error::{Error, Place, Result};
use crate::record::QuoteRecord;
use std::io::{BufRead, Read};
use std::path::Path;

/// Formats of saved rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RowFormat {
    /// Comma-separated with a header.
    Csv,
    /// Tab-separated with a header.
    Tsv,
    /// One JSON object a line.
    Jsonl,
}

impl RowFormat {
    /// By the file's extension; CSV where it tells nothing.
    pub fn of(path: &Path) -> RowFormat {
        match path.extension().and_then(|e| e.to_str()).map(str::to_ascii_lowercase).as_deref() {
            Some("jsonl" | "ndjson" | "json") => RowFormat::Jsonl,
            Some("tsv" | "tab") => RowFormat::Tsv,
            _ => RowFormat::Csv,
        }
    }
}

/// Whether `path` is a file of saved rows rather than of articles: the first line names the columns or keys of a row.
pub fn is_saved(path: &Path) -> bool {
    let Ok(file) = std::fs::File::open(path) else { return false };
    let mut head = String::new();
    if std::io::BufReader::new(file).take(1 << 16).read_line(&mut head).is_err() {
        return false;
    }
    ["doc_id", "quote", "said_from", "direction"].iter().all(|name| head.contains(name))
}

/// Read all rows; wrong ones are handed to `bad` with their place.
///
/// # Errors
/// The input cannot be read at all, or has no header with the columns that name a row.
pub fn read(path: &Path, reader: impl BufRead, format: RowFormat, mut bad: impl FnMut(Error)) -> Result<Vec<QuoteRecord>> {
    match format {
        RowFormat::Csv => table(path, reader, b',', &mut bad),
        RowFormat::Tsv => table(path, reader, b'\t', &mut bad),
        RowFormat::Jsonl => lines(path, reader, &mut bad),
    }
}

fn table(path: &Path, reader: impl Read, delimiter: u8, bad: &mut impl FnMut(Error)) -> Result<Vec<QuoteRecord>> {
    let mut reader = csv::ReaderBuilder::new().delimiter(delimiter).flexible(true).from_reader(reader);
    let failed = |error: &csv::Error| match error.kind() {
        csv::ErrorKind::Io(io) => Error::data(Place::file(path), io.to_string()),
        _ => Error::data(Place { path: path.to_owned(), line: error.position().map(csv::Position::line) }, error.to_string()),
    };
    let header: csv::StringRecord =
        reader.headers().map_err(|e| failed(&e))?.iter().map(|h| h.trim().trim_start_matches('\u{feff}').to_lowercase()).collect();
    for wanted in ["doc_id", "direction", "said_from", "said_to", "tone"] {
        if !header.iter().any(|h| h == wanted) {
            let found: Vec<&str> = header.iter().collect();
            return Err(Error::data(
                Place::line(path, 1),
                format!("expected a column `{wanted}` as `detente quotes` writes it, found {}", found.join(", ")),
            ));
        }
    }
    let mut rows = Vec::new();
    let mut record = csv::StringRecord::new();
    loop {
        match reader.read_record(&mut record) {
            Ok(false) => return Ok(rows),
            Err(e) if matches!(e.kind(), csv::ErrorKind::Io(_)) => return Err(failed(&e)),
            Err(e) => bad(failed(&e)),
            Ok(true) => {
                let place = Place { path: path.to_owned(), line: record.position().map(csv::Position::line) };
                if record.len() != header.len() {
                    bad(Error::data(place, format!("expected {} cells, found {}", header.len(), record.len())));
                    continue;
                }
                match record.deserialize(Some(&header)) {
                    Ok(row) => rows.push(row),
                    Err(e) => bad(Error::data(place, wrong_cell(&e, &header, &record))),
                }
            }
        }
    }
}

/// Which cell is wrong and what it holds.
fn wrong_cell(error: &csv::Error, header: &csv::StringRecord, record: &csv::StringRecord) -> String {
    let csv::ErrorKind::Deserialize { err, .. } = error.kind() else { return error.to_string() };
    let cell = err.field().map(|f| f as usize);
    let name = cell.and_then(|c| header.get(c)).unwrap_or_default();
    let value = cell.and_then(|c| record.get(c)).unwrap_or_default();
    let told = err.kind().to_string();
    match told.split_once(", expected ").or_else(|| told.split_once(", ")) {
        Some((_, expected)) if !name.is_empty() => format!("{name}: expected {}, found `{value}`", expected.trim_start_matches("expected ")),
        _ if !name.is_empty() => format!("{name}: {told}: `{value}`"),
        _ => told,
    }
}

fn lines(path: &Path, mut reader: impl BufRead, bad: &mut impl FnMut(Error)) -> Result<Vec<QuoteRecord>> {
    let mut rows = Vec::new();
    let mut bytes = Vec::new();
    for line in 1.. {
        bytes.clear();
        if reader.read_until(b'\n', &mut bytes).map_err(|e| Error::io(path, e))? == 0 {
            break;
        }
        if bytes.trim_ascii().is_empty() {
            continue;
        }
        match serde_json::from_slice(&bytes) {
            Ok(row) => rows.push(row),
            Err(e) => bad(Error::data(Place::line(path, line), e.to_string())),
        }
    }
    Ok(rows)
}
