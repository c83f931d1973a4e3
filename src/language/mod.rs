//! All that a stage may ask about a language, loaded once from `lexicons/` (built in, or replaced
//! file by file from a folder). Stages hold no word of any language themselves.

pub mod builtin;
pub mod check;
pub mod clean;
pub mod framing;
pub mod name;
pub mod quote;
pub mod sentence;
pub mod stance;
pub mod statement;
pub mod table;
pub mod time;
pub mod tone;
pub mod vader;
pub mod vocab;

use crate::error::{Error, Place, Result};
use crate::run;
use crate::token::{Signs, WordSigns};
use std::collections::BTreeMap;
use std::path::Path;
use table::Table;
use vocab::Vocab;

/// A language's data, compiled for look-up.
#[derive(Debug)]
pub struct Language {
    /// Tag, such as `en`.
    pub tag: String,
    /// Every word that any table holds; its note is its [`WordSigns`].
    pub vocab: Vocab,
    /// What [`crate::sentence`] asks.
    pub sentence: sentence::SentenceWords,
    /// What [`crate::clean`] asks.
    pub clean: clean::CleanWords,
    /// What [`crate::mention`] and [`crate::actor`] ask.
    pub name: name::NameWords,
    /// What [`crate::quote`] asks.
    pub quote: quote::QuoteWords,
    /// What [`crate::time`] asks.
    pub time: time::TimeWords,
    /// What [`crate::tone::vader`] asks.
    pub vader: vader::VaderWords,
    /// What [`crate::tone::lexicon`] asks.
    pub tone: tone::ToneWords,
    /// What [`crate::stance`] asks.
    pub stance: stance::StanceWords,
    /// What [`crate::tone::statement`] asks.
    pub statement: statement::StatementWords,
    /// What [`crate::framing`] asks.
    pub framing: framing::FramingWords,
    /// The tables as loaded, for the run record and `lexicons list`.
    pub tables: Tables,
}

/// The lexicon files of one language, by path below its folder, such as `cues.tsv`.
#[derive(Debug, Default, Clone)]
pub struct Tables(pub BTreeMap<String, Table>);

impl Tables {
    /// The built-in files of language `tag`, each replaced by the file of the same path below
    /// `replace/tag` where there is one; new files there are added.
    ///
    /// # Errors
    /// Unknown language, or a file that does not parse.
    pub fn load(tag: &str, replace: Option<&Path>) -> Result<Tables> {
        let prefix = format!("{tag}/");
        let files: Vec<(&str, &str, &'static str)> =
            builtin::FILES.iter().filter_map(|(path, text)| Some((path.strip_prefix(&prefix)?, *path, *text))).collect();
        let parsed = run::map(files.len(), |n| Table::parse(&Path::new("lexicons").join(files[n].1), files[n].2, true));
        let mut tables = BTreeMap::new();
        for ((name, ..), table) in files.into_iter().zip(parsed) {
            tables.insert(name.to_owned(), table?);
        }
        if tables.is_empty() {
            let mut known: Vec<&str> = builtin::FILES.iter().filter_map(|(p, _)| p.split_once('/').map(|x| x.0)).collect();
            known.dedup();
            return Err(Error::Usage(format!("language `{tag}`: expected one of {}", known.join(", "))));
        }
        if let Some(root) = replace {
            let folder = if root.join(tag).is_dir() { root.join(tag) } else { root.to_owned() };
            let entries = std::fs::read_dir(&folder).map_err(|e| Error::io(&folder, e))?;
            let mut paths = Vec::new();
            for entry in entries {
                let path = entry.map_err(|e| Error::io(&folder, e))?.path();
                if path.extension().is_some_and(|e| e == "tsv") {
                    paths.push(path);
                }
            }
            paths.sort();
            if paths.is_empty() {
                return Err(Error::data(
                    Place::file(&folder),
                    "expected at least one .tsv lexicon, found none; `detente lexicons export DIR` writes the built-in ones to start from",
                ));
            }
            for path in paths {
                let bytes = std::fs::read(&path).map_err(|e| Error::io(&path, e))?;
                let text = String::from_utf8(bytes)
                    .map_err(|e| Error::data(Place::file(&path), format!("expected UTF-8, found a bad byte at {}", e.utf8_error().valid_up_to())))?;
                let name = path.file_name().and_then(|n| n.to_str()).unwrap_or_default().to_owned();
                tables.insert(name, Table::parse(&path, text, false)?);
            }
        }
        Ok(Tables(tables))
    }
    /// Add a user's own terms (`term,weight[,category]`) as a table of their own; they take the place of built-in
    /// terms. What they take the place of is told.
    ///
    /// # Errors
    /// The file cannot be read, or a line in it is wrong.
    pub fn add_terms(&mut self, path: &Path) -> Result<Vec<check::Problem>> {
        let text = std::fs::read_to_string(path).map_err(|e| Error::io(path, e))?;
        let found = check::added_terms(path, &text, self);
        if let Some(problem) = found.problems.first() {
            let more = match found.problems.len() {
                1 => String::new(),
                n => format!(" (and {} more; `detente lexicons check --add-terms FILE` tells all)", n - 1),
            };
            return Err(Error::data(problem.place.clone(), format!("{}{more}", problem.message)));
        }
        let header = [
            ("id", "added_terms"),
            ("lang", ""),
            ("kind", "weights"),
            ("version", "1"),
            ("source", "the user"),
            ("licence", "the user's"),
            ("columns", "pattern weight category"),
        ];
        let rows = found.terms.into_iter().map(|t| {
            let category = if t.category.is_empty() { "added".to_owned() } else { t.category };
            (t.line, [t.term, t.weight.to_string(), category])
        });
        let header = header.map(|(key, value)| (key.to_owned(), value.to_owned())).to_vec();
        let table = Table::of(path, header, text, rows);
        self.0.insert(tone::ADDED.to_owned(), table);
        Ok(found.notes)
    }
    /// The table at `name`, such as `cues.tsv`.
    ///
    /// # Errors
    /// The language has no such table.
    pub fn get(&self, name: &str) -> Result<&Table> {
        self.0.get(name).ok_or_else(|| Error::data(Place::file(name), "expected this lexicon, found none"))
    }
}

impl Language {
    /// The language `tag` from the built-in lexicons, replaced file by file from `replace`.
    ///
    /// # Errors
    /// Unknown language, or a lexicon with a wrong row (file and line are told).
    pub fn load(tag: &str, replace: Option<&Path>) -> Result<Language> {
        Language::from_tables(tag, Tables::load(tag, replace)?)
    }
    /// The language from already parsed tables.
    ///
    /// # Errors
    /// A lexicon with a wrong row (file and line are told).
    pub fn from_tables(tag: &str, tables: Tables) -> Result<Language> {
        let mut vocab = Vocab::default();
        // Words of few tables first: their dense tables stay small. VADER's lexicon and the statement model need no vocabulary.
        let (of_few, (vader, statement)) = run::both(
            || -> Result<_> {
                let sentence = sentence::SentenceWords::load(&tables, &mut vocab)?;
                let clean = clean::CleanWords::load(&tables, &mut vocab)?;
                let quote = quote::QuoteWords::load(&tables, &mut vocab)?;
                let mut time = time::TimeWords::load(&tables, &mut vocab)?;
                let (name_and_tone, ()) = run::both(
                    || -> Result<_> { Ok((name::NameWords::load(&tables, &mut vocab)?, tone::ToneWords::load(&tables, &mut vocab)?)) },
                    || time.seal(),
                );
                let (name, tone) = name_and_tone?;
                Ok((sentence, clean, quote, time, name, tone))
            },
            || (vader::VaderWords::load(&tables), statement::StatementWords::load(&tables)),
        );
        let mut vader = vader?;
        let (sentence, clean, quote, mut time, mut name, mut tone) = of_few?;
        let (stance, ()) = run::both(|| stance::StanceWords::load(&tables, &vader, &mut vocab), || tone.lay_out());
        let (stance, mut statement) = (stance?, statement?);
        let framing = framing::FramingWords::load(&tables, &mut vocab)?;
        run::both(
            || tone.seal(&vocab),
            || {
                time.seal_words(&vocab, &quote);
                name.seal(&vocab, &quote);
                vader.seal(&vocab);
                statement.seal(&vocab);
            },
        );
        vocab.note(|word| {
            let own = if quote.speaks(word) { Signs::SPEAKS } else { 0 };
            (clean.signs(word) | time.signs(word) | WordSigns::new(own, 0, 0)).into()
        });
        Ok(Language { tag: tag.to_owned(), vocab, sentence, clean, name, quote, time, vader, tone, stance, statement, framing, tables })
    }
    /// English from the built-in lexicons.
    ///
    /// # Errors
    /// Never with the lexicons that ship; a test holds that.
    pub fn english() -> Result<Language> {
        Language::load("en", None)
    }
}
