//! The words of `lexicons/` that the sentence stage asks for, compiled for look-up: abbreviations by
//! class, and words by what they tell of a boundary. Decides nothing.

use super::table::{Row, Table};
use super::{
    Tables,
    vocab::{Vocab, WordId, slot},
};
use crate::error::{Error, Result};

/// What a stop after an abbreviation can mean.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Abbreviation {
    /// Not an abbreviation.
    #[default]
    None,
    /// A name follows: never an end (`Mr.`).
    Title,
    /// A name follows, but a sentence may open after it (`St.`).
    Place,
    /// No end before a number (`No. 42`).
    Number,
    /// No end before a number, else like [`Abbreviation::Ending`] (`Sept. 27`).
    Date,
    /// An end unless a day, a month or a time zone follows (`9 p.m.`).
    Clock,
    /// An end only before a word that opens sentences (`Inc.`).
    Ending,
    /// A name written with `!` or `?` (`Yahoo!`).
    Bang,
}

const CLASSES: [(&str, Abbreviation); 7] = [
    ("title", Abbreviation::Title),
    ("place", Abbreviation::Place),
    ("number", Abbreviation::Number),
    ("date", Abbreviation::Date),
    ("clock", Abbreviation::Clock),
    ("ending", Abbreviation::Ending),
    ("bang", Abbreviation::Bang),
];

/// A word that opens sentences, even after an abbreviation.
pub const STARTER: u8 = 1;
/// A preposition that opens a fronted phrase (`At 5 a.m. Mr …`).
pub const FRONT: u8 = 1 << 1;
/// Part of a date, or a time zone.
pub const DAY: u8 = 1 << 2;
/// A reporting verb in the past tense or the third person, from `reporting_verbs.tsv`.
pub const CUE: u8 = 1 << 3;
/// Goes on after a reporting verb that ends its quotation (`… said on Monday`).
pub const TAIL: u8 = 1 << 4;
/// A capital that proves nothing after an ellipsis.
pub const WEAK: u8 = 1 << 5;
/// Opens a sentence in small letters, too.
pub const LONE: u8 = 1 << 6;
/// Stands after a stop inside a name (`Node.js`).
pub const EXTENSION: u8 = 1 << 7;

const ROLES: [(&str, u8); 7] =
    [("starter", STARTER), ("front", FRONT), ("day", DAY), ("tail", TAIL), ("weak", WEAK), ("lone", LONE), ("extension", EXTENSION)];

/// Compiled tables of this stage.
#[derive(Debug, Default)]
pub struct SentenceWords {
    /// By word id: class when written with a capital, class in any case.
    classes: Vec<(Abbreviation, Abbreviation)>,
    /// By word id: role bits.
    roles: Vec<u8>,
}

impl SentenceWords {
    /// Compile from the language's tables.
    ///
    /// # Errors
    /// A missing table or a wrong row.
    pub fn load(tables: &Tables, vocab: &mut Vocab) -> Result<Self> {
        let mut words = SentenceWords::default();
        let table = tables.get("abbreviations.tsv")?;
        for row in table.rows() {
            let class = named(&CLASSES, &row.cells[1], table, row)?;
            let classes = slot(&mut words.classes, vocab.intern(&row.cells[0]));
            if row.cells[0].starts_with(char::is_uppercase) {
                classes.0 = class;
            } else {
                classes.1 = class;
            }
        }
        let table = tables.get("sentence_words.tsv")?;
        for row in table.rows() {
            let roles = slot(&mut words.roles, vocab.intern(&row.cells[0]));
            for name in row.cells[1].split('|') {
                *roles |= named(&ROLES, name, table, row)?;
            }
        }
        for row in tables.get("reporting_verbs.tsv")?.rows() {
            for form in row.cells[1].split(',').take(2).flat_map(|f| f.split('|')).filter(|_| !row.cells[0].contains(' ')) {
                *slot(&mut words.roles, vocab.intern(form)) |= CUE;
            }
        }
        Ok(words)
    }
    /// What a stop after `word` can mean, by whether the text writes the word with a capital.
    pub fn class(&self, word: WordId, capital: bool) -> Abbreviation {
        match self.classes.get(word.index()) {
            Some(&(class, _)) if capital && class != Abbreviation::None => class,
            Some(&(_, class)) => class,
            None => Abbreviation::None,
        }
    }
    /// Whether `word` has one of the role bits `role`.
    pub fn has(&self, word: WordId, role: u8) -> bool {
        self.roles.get(word.index()).is_some_and(|r| r & role != 0)
    }
}

fn named<T: Copy>(known: &[(&str, T)], name: &str, table: &Table, row: Row) -> Result<T> {
    known.iter().find(|(n, _)| *n == name).map(|(_, value)| *value).ok_or_else(|| {
        let names: Vec<&str> = known.iter().map(|(n, _)| *n).collect();
        Error::data(table.place(row), format!("`{}`: expected one of {}, found `{name}`", &row.cells[0], names.join(", ")))
    })
}
