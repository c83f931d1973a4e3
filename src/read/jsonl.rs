//! One JSON object a line = one article.

use super::{Options, field};
use crate::article::Article;
use crate::error::{Error, Place, Result};
use serde_json::{Map, Value};
use std::io::BufRead;
use std::path::{Path, PathBuf};

/// The records of one stream.
pub struct Records {
    path: PathBuf,
    reader: Box<dyn BufRead + Send>,
    options: Options,
    line: u64,
    /// The line at hand, kept for its memory.
    buffer: Vec<u8>,
    done: bool,
}

impl Records {
    /// Read from `reader`; `path` is for messages and ids.
    pub fn new(path: &Path, reader: Box<dyn BufRead + Send>, options: Options) -> Self {
        Records { path: path.to_owned(), reader, options, line: 0, buffer: Vec::new(), done: false }
    }
    fn article(&self, line: &[u8]) -> Result<Article> {
        let place = || Place::line(&self.path, self.line);
        let mut record: Map<String, Value> =
            serde_json::from_slice(line).map_err(|e| Error::data(place(), format!("expected a JSON object, found {e}")))?;
        let text_field = self.options.text_field.as_deref().unwrap_or("text");
        let Some(Value::String(text)) = record.get_mut(text_field).map(std::mem::take) else {
            let keys: Vec<&str> = record.keys().map(String::as_str).collect();
            return Err(Error::data(
                place(),
                format!("expected a string under `{text_field}`, found the keys {}; name the field with --text-field", keys.join(", ")),
            ));
        };
        let get = |names: &[&str]| {
            names
                .iter()
                .find_map(|n| match record.get(*n) {
                    Some(Value::String(s)) => Some(s.clone()),
                    Some(Value::Number(n)) => Some(n.to_string()),
                    _ => None,
                })
                .unwrap_or_default()
        };
        let offset = |name: &str| record.get(name).and_then(Value::as_u64).map(|n| n as usize);
        let id = get(field::ID);
        let mut article = Article {
            id: if id.is_empty() {
                format!("{}:{}", self.path.file_name().map_or("-".into(), |n| n.to_string_lossy().into_owned()), self.line)
            } else {
                id
            },
            outlet: get(field::OUTLET),
            title: get(field::TITLE),
            url: get(field::URL),
            lang: get(field::LANG),
            text,
            place: place(),
            focus: offset("target_start").zip(offset("target_end")),
            ..Article::default()
        };
        field::set_published(&mut article, &get(field::PUBLISHED), self.options.published);
        Ok(article)
    }
}

impl Iterator for Records {
    type Item = Result<Article>;
    fn next(&mut self) -> Option<Self::Item> {
        let mut line = std::mem::take(&mut self.buffer);
        while !self.done {
            line.clear();
            self.line += 1;
            match self.reader.read_until(b'\n', &mut line) {
                Ok(0) => self.done = true,
                Ok(_) => {
                    let record = if self.line == 1 { line.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&line) } else { &line };
                    if !record.trim_ascii().is_empty() {
                        let article = self.article(record.trim_ascii());
                        self.buffer = line;
                        return Some(article);
                    }
                }
                Err(e) => {
                    self.done = true;
                    return Some(Err(Error::io(&self.path, e)));
                }
            }
        }
        None
    }
}
