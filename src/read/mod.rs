//! Files, folders and streams → articles, one record at a time. A bad record is an error of its own;
//! the records after it still come. Changes no text.

mod csv;
mod jsonl;
pub mod quotes;
mod text;

use crate::article::Article;
use crate::error::{Error, Place, Result};
use jiff::civil::Date;
use std::collections::VecDeque;
use std::fs::File;
use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};

/// Input formats.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// One article a file.
    Text,
    /// One JSON object a line.
    Jsonl,
    /// Comma-separated with a header.
    Csv,
    /// Tab-separated with a header.
    Tsv,
}

/// Files of a folder that configure the run and are never articles.
pub const CONFIGURATION: [&str; 4] = ["manifest.csv", "actors.toml", "events.csv", "outlets.csv"];

/// How to read.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// Instead of the file's extension.
    pub format: Option<Format>,
    /// The field that holds the text, instead of `text`.
    pub text_field: Option<String>,
    /// Publication date of articles that have none.
    pub published: Option<Date>,
}

/// Articles in input order.
pub struct Articles {
    files: VecDeque<PathBuf>,
    options: Options,
    manifests: text::Manifests,
    current: Option<Box<dyn Iterator<Item = Result<Article>> + Send>>,
}

impl std::fmt::Debug for Articles {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Articles").field("files", &self.files).finish_non_exhaustive()
    }
}

/// The article files that `inputs` name, folders walked in name order.
///
/// # Errors
/// A path that does not exist, or a folder without a single article.
pub fn files(inputs: &[PathBuf]) -> Result<Vec<PathBuf>> {
    let mut out = Vec::new();
    for input in inputs {
        if input.as_os_str() == "-" || input.is_file() {
            out.push(input.clone());
        } else if input.is_dir() {
            let before = out.len();
            walk(input, &mut out)?;
            if out.len() == before {
                return Err(Error::data(Place::file(input), "expected articles (.txt, .jsonl, .csv, .tsv) in this folder, found none"));
            }
        } else {
            let found = std::fs::metadata(input).err().unwrap_or_else(|| std::io::Error::other("neither a file nor a folder"));
            return Err(Error::io(input, found));
        }
    }
    Ok(out)
}

fn walk(folder: &Path, out: &mut Vec<PathBuf>) -> Result<()> {
    let mut entries = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(|e| Error::io(folder, e))? {
        entries.push(entry.map_err(|e| Error::io(folder, e))?.path());
    }
    entries.sort();
    for path in entries {
        let name = path.file_name().and_then(|n| n.to_str()).unwrap_or_default();
        if name.starts_with('.') || CONFIGURATION.contains(&name) {
            continue;
        }
        if path.is_dir() {
            walk(&path, out)?;
        } else if format_of(&path).is_some() {
            out.push(path);
        }
    }
    Ok(())
}

/// The configuration file `name` of the first input folder that has one.
pub fn configuration(inputs: &[PathBuf], name: &str) -> Option<PathBuf> {
    inputs
        .iter()
        .filter_map(|i| {
            if i.is_dir() { Some(i.clone()) } else { i.parent().filter(|p| !p.as_os_str().is_empty() && i.as_os_str() != "-").map(Path::to_owned) }
        })
        .map(|folder| folder.join(name))
        .find(|path| path.is_file())
}

fn format_of(path: &Path) -> Option<Format> {
    match path.extension()?.to_str()?.to_ascii_lowercase().as_str() {
        "txt" | "text" => Some(Format::Text),
        "jsonl" | "ndjson" => Some(Format::Jsonl),
        "csv" => Some(Format::Csv),
        "tsv" | "tab" => Some(Format::Tsv),
        _ => None,
    }
}

/// Open every input.
///
/// # Errors
/// As [`files`], or a manifest that does not parse.
pub fn open(inputs: &[PathBuf], options: &Options) -> Result<Articles> {
    let files = files(inputs)?;
    let manifests = text::Manifests::load(&files)?;
    Ok(Articles { files: files.into(), options: options.clone(), manifests, current: None })
}

impl Articles {
    /// Files not yet opened.
    pub fn files_left(&self) -> usize {
        self.files.len()
    }
    fn start(&mut self, path: &Path) -> Result<()> {
        let stdin = path.as_os_str() == "-";
        let mut reader: Box<dyn BufRead + Send> = if stdin {
            Box::new(BufReader::new(std::io::stdin()))
        } else {
            Box::new(BufReader::with_capacity(1 << 17, File::open(path).map_err(|e| Error::io(path, e))?))
        };
        let format = match self.options.format.or_else(|| format_of(path)) {
            Some(format) => format,
            None if stdin => sniff(reader.as_mut()).map_err(|e| Error::io(path, e))?,
            None => {
                return Err(Error::data(
                    Place::file(path),
                    "expected a name ending in .txt, .jsonl, .csv or .tsv; tell the format with --input-format",
                ));
            }
        };
        let options = self.options.clone();
        self.current = Some(match format {
            Format::Text => {
                let article = text::read(path, reader.as_mut(), &self.manifests).map(|mut a| {
                    a.published = a.published.or(options.published);
                    a
                });
                Box::new(std::iter::once(article))
            }
            Format::Jsonl => Box::new(jsonl::Records::new(path, reader, options)),
            Format::Csv => Box::new(csv::Records::open(path, reader, b',', options)?),
            Format::Tsv => Box::new(csv::Records::open(path, reader, b'\t', options)?),
        });
        Ok(())
    }
}

/// Standard input without a format: JSON lines open with a brace, everything else is text.
fn sniff(reader: &mut dyn BufRead) -> std::io::Result<Format> {
    let head = reader.fill_buf()?;
    let first = head.iter().find(|b| !b.is_ascii_whitespace());
    Ok(if first == Some(&b'{') { Format::Jsonl } else { Format::Text })
}

impl Iterator for Articles {
    type Item = Result<Article>;
    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(current) = &mut self.current {
                if let Some(item) = current.next() {
                    return Some(item);
                }
                self.current = None;
            }
            let path = self.files.pop_front()?;
            if let Err(error) = self.start(&path) {
                return Some(Err(error));
            }
        }
    }
}

/// Read a whole stream as UTF-8, a byte order mark dropped.
fn utf8(path: &Path, reader: &mut dyn Read) -> Result<String> {
    let mut bytes = Vec::new();
    reader.read_to_end(&mut bytes).map_err(|e| Error::io(path, e))?;
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").map(<[u8]>::to_vec).unwrap_or(bytes);
    String::from_utf8(bytes).map_err(|e| {
        let at = e.utf8_error().valid_up_to();
        let line = e.as_bytes()[..at].iter().filter(|b| **b == b'\n').count() as u64 + 1;
        Error::data(
            Place::line(path, line),
            format!("expected UTF-8, found byte 0x{:02x}; convert it first, such as with `iconv -f WINDOWS-1252 -t UTF-8`", e.as_bytes()[at]),
        )
    })
}

/// A record's fields by their several names, whatever the format.
pub(crate) mod field {
    use super::*;

    /// Names of the id.
    pub const ID: &[&str] = &["id", "doc_id"];
    /// Names of the outlet.
    pub const OUTLET: &[&str] = &["outlet", "source", "publisher", "media_name"];
    /// Names of the publication date.
    pub const PUBLISHED: &[&str] = &["published", "date", "publish_date", "dct"];
    /// Names of the headline.
    pub const TITLE: &[&str] = &["title"];
    /// Names of the address.
    pub const URL: &[&str] = &["url", "link"];
    /// Names of the language tag.
    pub const LANG: &[&str] = &["lang", "language"];

    /// A date, alone or at the head of a time stamp: `2026-02-03`, `2026-02-03T10:00Z`, `20260203`.
    pub fn date(cell: &str) -> Option<Date> {
        let cell = cell.trim();
        if let Some(head) = cell.get(..10)
            && let Ok(date) = head.parse::<Date>()
        {
            return Some(date);
        }
        let digits = cell.get(..8).filter(|d| d.bytes().all(|b| b.is_ascii_digit()))?;
        Date::new(digits[..4].parse().ok()?, digits[4..6].parse().ok()?, digits[6..8].parse().ok()?).ok()
    }

    /// Set the publication date from a cell; an unreadable one is noted, not fatal.
    pub fn set_published(article: &mut Article, cell: &str, fallback: Option<Date>) {
        if !cell.trim().is_empty() {
            article.published = date(cell);
            if article.published.is_none() {
                article.notes.push(format!("published: expected a date like 2024-03-09, found `{}`; the article is read without one", cell.trim()));
            }
        }
        article.published = article.published.or(fallback);
    }
}
