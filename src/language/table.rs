//! A lexicon file: a `#` header, then tab-separated rows. Yields rows with their line numbers, and
//! errors that name file and line; refuses files without the header of `lexicons/README.md`.

use crate::error::{Error, Place, Result};
use memchr::memchr_iter;
use std::borrow::Cow;
use std::ops::Index;
use std::path::{Path, PathBuf};

/// One parsed lexicon file.
#[derive(Clone, Debug)]
pub struct Table {
    /// Path below the lexicon root, such as `en/cues.tsv`.
    pub path: PathBuf,
    /// Header fields in order: `id`, `lang`, `kind`, `version`, `source`, `licence`, `columns`.
    pub header: Vec<(String, String)>,
    /// Whether the file was built in or read from a folder.
    pub builtin: bool,
    text: Cow<'static, str>,
    /// How much of `text` is the file; cells that were made of it stand behind.
    file: usize,
    columns: usize,
    /// The line of each row.
    lines: Vec<u32>,
    /// The cells of all rows one behind the other, as places in `text`: a language has more than a hundred thousand.
    cells: Vec<(u32, u32)>,
}

/// One row of a table.
#[derive(Clone, Copy, Debug)]
pub struct Row<'t> {
    /// Line in the file, from 1.
    pub line: u64,
    /// Cells, as many as the header names columns.
    pub cells: Cells<'t>,
}

/// The cells of a row, by column.
#[derive(Clone, Copy, Debug)]
pub struct Cells<'t> {
    text: &'t str,
    places: &'t [(u32, u32)],
}

impl Index<usize> for Cells<'_> {
    type Output = str;
    fn index(&self, column: usize) -> &str {
        let (start, end) = self.places[column];
        &self.text[start as usize..end as usize]
    }
}

/// Header fields that every lexicon has.
pub const REQUIRED: [&str; 7] = ["id", "lang", "kind", "version", "source", "licence", "columns"];

impl Table {
    /// Parse the text of one lexicon file.
    ///
    /// # Errors
    /// A missing header field, or a row with the wrong number of cells.
    pub fn parse(path: &Path, text: impl Into<Cow<'static, str>>, builtin: bool) -> Result<Table> {
        let text = text.into();
        let mut header = Vec::new();
        let most = memchr_iter(b'\n', text.as_bytes()).count() + 1;
        let (mut lines, mut cells) = (Vec::with_capacity(most), Vec::new());
        let (mut columns, mut start) = (0, 0);
        for (n, end) in memchr_iter(b'\n', text.as_bytes()).chain([text.len()]).enumerate() {
            let line_no = n as u64 + 1;
            let at = std::mem::replace(&mut start, end + 1);
            let line = &text[at..end];
            if let Some(comment) = line.strip_prefix('#') {
                if lines.is_empty()
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
            if line.trim_start().is_empty() {
                continue;
            }
            if columns == 0 {
                return Err(Error::data(Place::line(path, line_no), "expected a header line `# columns: NAME NAME …` before the first row"));
            }
            if lines.is_empty() {
                cells.reserve(most * columns);
            }
            let first = cells.len();
            let mut from = at;
            for tab in memchr_iter(b'\t', line.as_bytes()).chain([line.len()]) {
                let to = at + tab;
                cells.push(trimmed(&text, from, to));
                from = to + 1;
            }
            if cells.len() - first != columns {
                let line = line.strip_suffix('\r').unwrap_or(line);
                return Err(Error::data(
                    Place::line(path, line_no),
                    format!("expected {columns} tab-separated cells, found {}: `{line}`", cells.len() - first),
                ));
            }
            if cells[first].0 == cells[first].1 {
                return Err(Error::data(Place::line(path, line_no), "expected a term in the first cell, found nothing"));
            }
            lines.push(line_no as u32);
        }
        for key in REQUIRED {
            if !header.iter().any(|(k, _)| k == key) {
                return Err(Error::data(Place::file(path), format!("expected the header line `# {key}: …`, found none")));
            }
        }
        Ok(Table { path: path.to_owned(), header, builtin, file: text.len(), text, columns, lines, cells })
    }
    /// A table of cells that were read from the file of that `text` in another way, each row with its line.
    pub fn of<const COLUMNS: usize>(
        path: &Path,
        header: Vec<(String, String)>,
        mut text: String,
        rows: impl IntoIterator<Item = (u64, [String; COLUMNS])>,
    ) -> Table {
        let file = text.len();
        let (mut lines, mut cells) = (Vec::new(), Vec::new());
        for (line, row) in rows {
            lines.push(line as u32);
            for cell in row {
                let start = text.len() as u32;
                text.push_str(&cell);
                cells.push((start, text.len() as u32));
            }
        }
        Table { path: path.to_owned(), header, builtin: false, text: text.into(), file, columns: COLUMNS, lines, cells }
    }
    /// Data rows.
    pub fn rows(&self) -> impl ExactSizeIterator<Item = Row<'_>> {
        let cells = |places| Cells { text: &self.text, places };
        self.lines
            .iter()
            .zip(self.cells.chunks_exact(self.columns.max(1)))
            .map(move |(&line, places)| Row { line: line.into(), cells: cells(places) })
    }
    /// FNV-1a hash of the file's bytes.
    pub fn hash(&self) -> u64 {
        fnv(&self.text.as_bytes()[..self.file])
    }
    /// A header field; empty when absent.
    pub fn field(&self, key: &str) -> &str {
        self.header.iter().find(|(k, _)| k == key).map_or("", |(_, v)| v)
    }
    /// The place of a row, for an error message.
    pub fn place(&self, row: Row) -> Place {
        Place::line(&self.path, row.line)
    }
    /// Cell `column` of `row` as a number.
    ///
    /// # Errors
    /// The cell is not a number.
    pub fn number(&self, row: Row, column: usize) -> Result<f64> {
        let cell = &row.cells[column];
        cell.parse::<f64>()
            .ok()
            .filter(|x| x.is_finite())
            .ok_or_else(|| Error::data(self.place(row), format!("`{}`: expected a number, found `{cell}`", &row.cells[0])))
    }
}

/// What is left of `text[start..end]` without white space round it.
fn trimmed(text: &str, start: usize, end: usize) -> (u32, u32) {
    let bytes = &text.as_bytes()[start..end];
    let bare = bytes.first().zip(bytes.last()).is_some_and(|(first, last)| first.is_ascii_graphic() && last.is_ascii_graphic());
    if bare {
        return (start as u32, end as u32);
    }
    let cell = text[start..end].trim_start();
    let start = end - cell.len();
    (start as u32, (start + cell.trim_end().len()) as u32)
}

/// FNV-1a, 64 bits: names a file's version in the run record.
pub fn fnv(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |h, b| (h ^ u64::from(*b)).wrapping_mul(0x0100_0000_01b3))
}
