//! The weights of the statement model, compiled for look-up by the hashes of its features. Decides nothing.

use super::Tables;
use super::vocab::{Vocab, WordId, key, keys};
use crate::error::{Error, Result};
use hashbrown::HashMap;

/// What a feature is made of; its name in `statement_weights.tsv` is in [`Kind::NAMES`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Kind {
    /// A word.
    Word,
    /// The first letters of a longer word.
    Stem,
    /// Two words in a row.
    Pair,
}

impl Kind {
    /// Every kind by its name.
    pub const NAMES: [(&'static str, Kind); 3] = [("word", Kind::Word), ("stem", Kind::Stem), ("pair", Kind::Pair)];
}

/// Letters that make a stem.
pub const STEM: usize = 5;

/// A word as features see it: its [`key`], or one of the stand-ins below.
pub type Word = u64;
/// What stands before the first word.
pub const START: Word = 1;
/// Stands for any name.
pub const NAME: Word = 2;
/// Stands for any number.
pub const NUMBER: Word = 3;
/// A question mark.
pub const QUESTION: Word = 4;
/// An exclamation mark.
pub const EXCLAMATION: Word = 5;
/// How the table writes them.
pub const STAND_INS: [(&str, Word); 5] = [("<start>", START), ("<name>", NAME), ("<number>", NUMBER), ("?", QUESTION), ("!", EXCLAMATION)];

/// A feature: the hash of its kind, whether it is negated, and its words.
pub fn feature(kind: Kind, negated: bool, first: Word, second: Word) -> u64 {
    let mixed = (first ^ (kind as u64 + 1) << 61).wrapping_mul(0x9e37_79b9_7f4a_7c15).rotate_left(29) ^ second;
    (mixed ^ u64::from(negated)).wrapping_mul(0xd6e8_feb8_6659_fd93)
}

/// What a word is to the model.
#[derive(Clone, Copy, Debug, Default)]
pub struct Known {
    /// The word.
    pub word: Word,
    /// The numbers of its weights (0 = none): those of the word and of its stem, then of both where they are negated.
    pub own: [[u32; 2]; 2],
}

/// Compiled table of the statement model.
#[derive(Debug, Default)]
pub struct StatementWords {
    known: Vec<Known>,
    /// The number of each feature's weight.
    numbers: HashMap<u64, u32, foldhash::fast::FixedState>,
    weights: Vec<f32>,
    /// A bit for each known feature: small enough for the nearest cache, it turns nearly all others away.
    filter: Vec<u64>,
    /// Added to every statement.
    pub bias: f64,
}

/// Bits of [`StatementWords::filter`].
const FILTER: usize = 1 << 16;

/// The bit of a feature in [`StatementWords::filter`].
fn bit(feature: u64) -> usize {
    (feature >> 48) as usize
}

const TABLE: &str = "statement_weights.tsv";

impl StatementWords {
    /// Compile from the language's tables.
    ///
    /// # Errors
    /// A missing table or a wrong row.
    pub fn load(tables: &Tables) -> Result<Self> {
        let mut out = StatementWords { weights: vec![0.0], filter: vec![0; FILTER / 64], ..StatementWords::default() };
        let table = tables.get(TABLE)?;
        for row in table.rows() {
            let weight = table.number(row, 1)?;
            if &row.cells[0] == "bias" {
                out.bias = weight;
                continue;
            }
            let feature = parse(&row.cells[0]).ok_or_else(|| {
                let kinds: Vec<&str> = Kind::NAMES.iter().map(|k| k.0).collect();
                Error::data(table.place(row), format!("expected `bias` or KIND:WORD with a kind of {}, found `{}`", kinds.join(", "), &row.cells[0]))
            })?;
            let number = *out.numbers.entry(feature).or_insert(out.weights.len() as u32);
            out.weights.resize(out.weights.len().max(number as usize + 1), 0.0);
            out.weights[number as usize] = weight as f32;
            out.filter[bit(feature) / 64] |= 1 << (bit(feature) % 64);
        }
        Ok(out)
    }
    /// The number of a feature's weight; 0 where the model does not know it.
    #[inline]
    pub fn number(&self, feature: u64) -> u32 {
        let at = bit(feature);
        if self.filter.get(at / 64).is_none_or(|bits| bits & 1 << (at % 64) == 0) {
            return 0;
        }
        self.numbers.get(&feature).copied().unwrap_or(0)
    }
    /// The weight of that number.
    #[inline]
    pub fn weight(&self, number: u32) -> f64 {
        self.weights.get(number as usize).copied().map_or(0.0, f64::from)
    }
    /// How many numbers there are, that of none included.
    pub fn count(&self) -> usize {
        self.weights.len()
    }
    /// Note what every word of the finished `vocab` is to the model.
    pub fn seal(&mut self, vocab: &Vocab) {
        self.known = (0..vocab.len() as u32).map(|id| self.read(vocab.word(WordId(id)))).collect();
    }
    /// What a word is to the model, where a lexicon holds it.
    #[inline]
    pub fn known(&self, id: WordId) -> Option<&Known> {
        if id.known() { self.known.get(id.index()) } else { None }
    }
    /// What a stand-in for a mark is to the model.
    pub fn sign(&self, word: Word) -> Known {
        Known { word, own: [[self.number(feature(Kind::Word, false, word, 0)), 0]; 2] }
    }
    /// What a word in any case is to the model: hashed to what its folded form is hashed to.
    pub fn read(&self, word: &str) -> Known {
        let (word, stem) = keys(word, STEM);
        let number = |kind, negated, word| self.number(feature(kind, negated, word, 0));
        let own = [false, true].map(|negated| [number(Kind::Word, negated, word), stem.map_or(0, |stem| number(Kind::Stem, negated, stem))]);
        Known { word, own }
    }
    /// Forget all weights: the state from which the model is trained.
    pub fn untrained(&mut self) {
        *self = StatementWords::default();
    }
}

/// The feature that the table's `name` means, such as `word:!good` (negated), `stem:frien*` or `pair:no longer`.
pub fn parse(name: &str) -> Option<u64> {
    let (kind, rest) = name.split_once(':')?;
    let kind = Kind::NAMES.iter().find(|(n, _)| *n == kind)?.1;
    let (negated, rest) = match rest.strip_prefix('!') {
        Some(word) if !word.is_empty() => (true, word),
        _ => (false, rest),
    };
    let word = |word: &str| STAND_INS.iter().find(|(name, _)| *name == word).map_or_else(|| key(word), |(_, stand_in)| *stand_in);
    let mut words = rest.trim_end_matches('*').split(' ').map(word);
    let found = feature(kind, negated, words.next()?, if kind == Kind::Pair { words.next()? } else { 0 });
    words.next().is_none().then_some(found)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::Language;

    #[test]
    fn words_are_the_same_in_any_case_and_with_any_apostrophe() {
        let lang = Language::english().expect("built-in lexicons load");
        let stemmed = (0..lang.vocab.len() as u32).map(WordId).map(|id| lang.vocab.word(id));
        for word in stemmed {
            let (curly, capitals) = (word.replace('\'', "\u{2019}"), word.to_uppercase());
            for written in [&curly, &capitals, &capitals.replace('\'', "\u{2018}")] {
                if crate::language::vocab::fold(written) == word {
                    assert_eq!(keys(written, STEM), keys(word, STEM), "{written}");
                }
            }
        }
    }
}
