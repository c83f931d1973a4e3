//! One row of a CSV or TSV with a header = one article.

use super::{Options, field};
use crate::article::Article;
use crate::error::{Error, Place, Result};
use std::io::{BufRead, Read};
use std::path::{Path, PathBuf};

/// The rows of one stream.
pub struct Records {
    path: PathBuf,
    reader: csv::Reader<Box<dyn Read + Send>>,
    options: Options,
    header: Vec<String>,
    text: usize,
    row: u64,
}

impl Records {
    /// Read the header from `reader`.
    ///
    /// # Errors
    /// No header, or no column for the text.
    pub fn open(path: &Path, reader: Box<dyn BufRead + Send>, delimiter: u8, options: Options) -> Result<Self> {
        let mut reader = csv::ReaderBuilder::new().delimiter(delimiter).flexible(true).from_reader(Box::new(reader) as Box<dyn Read + Send>);
        let header: Vec<String> =
            reader.headers().map_err(|e| bad(path, &e))?.iter().map(|h| h.trim().trim_start_matches('\u{feff}').to_lowercase()).collect();
        let wanted = options.text_field.as_deref().unwrap_or("text").to_lowercase();
        let Some(text) = header.iter().position(|h| *h == wanted) else {
            return Err(Error::data(
                Place::line(path, 1),
                format!("expected a column `{wanted}`, found {}; name the column with --text-field", header.join(", ")),
            ));
        };
        Ok(Records { path: path.to_owned(), reader, options, header, text, row: 0 })
    }
}

fn bad(path: &Path, error: &csv::Error) -> Error {
    Error::data(Place { path: path.to_owned(), line: error.position().map(csv::Position::line) }, error.to_string())
}

impl Iterator for Records {
    type Item = Result<Article>;
    fn next(&mut self) -> Option<Self::Item> {
        let mut record = csv::StringRecord::new();
        match self.reader.read_record(&mut record) {
            Ok(false) => None,
            Err(e) => Some(Err(bad(&self.path, &e))),
            Ok(true) => {
                self.row += 1;
                let place = Place::line(&self.path, record.position().map_or(self.row + 1, csv::Position::line));
                let get = |names: &[&str]| {
                    let column = names.iter().find_map(|n| self.header.iter().position(|h| h == n));
                    column.and_then(|c| record.get(c)).unwrap_or_default().trim().to_owned()
                };
                let Some(text) = record.get(self.text) else {
                    return Some(Err(Error::data(place, format!("expected {} cells, found {}", self.header.len(), record.len()))));
                };
                let id = get(field::ID);
                let file = self.path.file_name().map_or("-".into(), |n| n.to_string_lossy().into_owned());
                let offset = |name: &str| get(&[name]).parse::<usize>().ok();
                let mut article = Article {
                    id: if id.is_empty() { format!("{file}:{}", self.row) } else { id },
                    outlet: get(field::OUTLET),
                    title: get(field::TITLE),
                    url: get(field::URL),
                    lang: get(field::LANG),
                    text: text.to_owned(),
                    focus: offset("target_start").zip(offset("target_end")),
                    place,
                    ..Article::default()
                };
                field::set_published(&mut article, &get(field::PUBLISHED), self.options.published);
                Some(Ok(article))
            }
        }
    }
}
