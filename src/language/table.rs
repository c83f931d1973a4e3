//! A lexicon file: a `#` header, then tab-separated rows. Yields rows with their line numbers, and
//! errors that name file and line; refuses files without the header of `lexicons/README.md`.

use crate::error::{Error, Place, Result};
use std::path::{Path, PathBuf};

/// One parsed lexicon file.
#[derive(Clone, Debug)]
pub struct Table {
    /// Path below the lexicon root, such as `en/cues.tsv`.
    pub path: PathBuf,
    /// Header fields in order: `id`, `lang`, `kind`, `version`, `source`, `licence`, `columns`.
    pub header: Vec<(String, String)>,
    /// Data rows.
    pub rows: Vec<Row>,
    /// FNV-1a hash of the file's bytes.
    pub hash: u64,
    /// Whether the file was built in or read from a folder.
    pub builtin: bool,
}

/// One row of a table.
#[derive(Clone, Debug)]
pub struct Row {
    /// Line in the file, from 1.
    pub line: u64,
    /// Cells, as many as the header names columns.
    pub cells: Vec<String>,
}

/// Header fields that every lexicon has.
pub const REQUIRED: [&str; 7] = ["id", "lang", "kind", "version", "source", "licence", "columns"];

impl Table {
    /// Parse the text of one lexicon file.
    ///
    /// # Errors
    /// A missing header field, or a row with the wrong number of cells.
    pub fn parse(path: &Path, text: &str, builtin: bool) -> Result<Table> {
        let mut header = Vec::new();
        let mut rows = Vec::new();
        let mut columns = 0;
        for (n, line) in text.lines().enumerate() {
            let line_no = n as u64 + 1;
            if let Some(comment) = line.strip_prefix('#') {
                if rows.is_empty()
                    && let Some((key, value)) = comment.split_once(':')
                {
                    let (key, value) = (key.trim().to_owned(), value.trim().to_owned());
                    if key == "columns" {
                        columns = value.split_whitespace().count();
                    }
                    header.push((key, value));
                }
                continue;
            }
            if line.trim().is_empty() {
                continue;
            }
            if columns == 0 {
                return Err(Error::data(Place::line(path, line_no), "expected a header line `# columns: NAME NAME …` before the first row"));
            }
            let cells: Vec<String> = line.split('\t').map(|c| c.trim().to_owned()).collect();
            if cells.len() != columns {
                return Err(Error::data(
                    Place::line(path, line_no),
                    format!("expected {columns} tab-separated cells, found {}: `{line}`", cells.len()),
                ));
            }
            if cells[0].is_empty() {
                return Err(Error::data(Place::line(path, line_no), "expected a term in the first cell, found nothing"));
            }
            rows.push(Row { line: line_no, cells });
        }
        for key in REQUIRED {
            if !header.iter().any(|(k, _)| k == key) {
                return Err(Error::data(Place::file(path), format!("expected the header line `# {key}: …`, found none")));
            }
        }
        Ok(Table { path: path.to_owned(), header, rows, hash: fnv(text.as_bytes()), builtin })
    }
    /// A header field; empty when absent.
    pub fn field(&self, key: &str) -> &str {
        self.header.iter().find(|(k, _)| k == key).map_or("", |(_, v)| v)
    }
    /// The place of a row, for an error message.
    pub fn place(&self, row: &Row) -> Place {
        Place::line(&self.path, row.line)
    }
    /// Cell `column` of `row` as a number.
    ///
    /// # Errors
    /// The cell is not a number.
    pub fn number(&self, row: &Row, column: usize) -> Result<f64> {
        let cell = &row.cells[column];
        cell.parse::<f64>()
            .ok()
            .filter(|x| x.is_finite())
            .ok_or_else(|| Error::data(self.place(row), format!("`{}`: expected a number, found `{cell}`", row.cells[0])))
    }
}

/// FNV-1a, 64 bits: names a file's version in the run record.
pub fn fnv(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |h, b| (h ^ u64::from(*b)).wrapping_mul(0x0100_0000_01b3))
}
