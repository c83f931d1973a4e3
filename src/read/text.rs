//! One text file = one article; outlet, date, title and address from a `manifest.csv` beside it.

use super::{field, utf8};
use crate::article::Article;
use crate::error::{Error, Place, Result};
use std::collections::BTreeMap;
use std::io::Read;
use std::path::{Path, PathBuf};

/// The manifests beside the input files, by file path.
#[derive(Debug, Default)]
pub struct Manifests(BTreeMap<PathBuf, Article>);

impl Manifests {
    /// Load the `manifest.csv` of every folder that holds one of `files`.
    ///
    /// # Errors
    /// A manifest that does not parse, or has no `file` column.
    pub fn load(files: &[PathBuf]) -> Result<Self> {
        let mut folders: Vec<&Path> = files.iter().filter_map(|f| f.parent()).collect();
        folders.sort();
        folders.dedup();
        let mut out = BTreeMap::new();
        for folder in folders {
            let path = folder.join("manifest.csv");
            if !path.is_file() {
                continue;
            }
            let mut reader = csv::ReaderBuilder::new().flexible(true).from_path(&path).map_err(|e| bad(&path, &e))?;
            let header: Vec<String> =
                reader.headers().map_err(|e| bad(&path, &e))?.iter().map(|h| h.trim().trim_start_matches('\u{feff}').to_lowercase()).collect();
            let column = |names: &[&str]| header.iter().position(|h| names.contains(&h.as_str()));
            let Some(file) = column(&["file"]) else {
                return Err(Error::data(Place::line(&path, 1), format!("expected a column `file`, found {}", header.join(", "))));
            };
            let (outlet, published, title, url) = (column(field::OUTLET), column(field::PUBLISHED), column(field::TITLE), column(field::URL));
            for record in reader.records() {
                let record = record.map_err(|e| bad(&path, &e))?;
                let cell = |c: Option<usize>| c.and_then(|c| record.get(c)).unwrap_or_default().trim().to_owned();
                let mut article = Article { outlet: cell(outlet), title: cell(title), url: cell(url), ..Article::default() };
                field::set_published(&mut article, &cell(published), None);
                if let (Some(note), Some(at)) = (article.notes.first_mut(), record.position()) {
                    *note = format!("{}: {note}", Place::line(&path, at.line()));
                }
                out.insert(folder.join(cell(Some(file))), article);
            }
        }
        Ok(Manifests(out))
    }
}

fn bad(path: &Path, error: &csv::Error) -> Error {
    Error::data(Place { path: path.to_owned(), line: error.position().map(csv::Position::line) }, error.to_string())
}

/// Read one text file.
pub fn read(path: &Path, reader: &mut dyn Read, manifests: &Manifests) -> Result<Article> {
    let text = utf8(path, reader)?;
    let mut article = manifests.0.get(path).cloned().unwrap_or_default();
    article.id = path.file_name().map_or_else(|| "-".to_owned(), |n| n.to_string_lossy().into_owned());
    article.text = text;
    article.place = Place::file(path);
    Ok(article)
}
