//! Every word that any lexicon knows, folded, with a dense id: a text's words are looked up once,
//! by the tokenizer, and all stages then compare ids. Holds no meaning of its own.

use hashbrown::HashTable;
use std::hash::BuildHasher;

/// Dense id of a known word; [`WordId::NONE`] for a word no lexicon holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct WordId(pub u32);

impl WordId {
    /// A word no lexicon holds.
    pub const NONE: WordId = WordId(0);
    /// Whether some lexicon holds the word.
    pub fn known(self) -> bool {
        self.0 != 0
    }
    /// As an index into tables of [`Vocab::len`] entries; entry 0 is the unknown word.
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// The table of known words.
#[derive(Debug)]
pub struct Vocab {
    hasher: foldhash::fast::FixedState,
    ids: HashTable<u32>,
    words: Vec<Box<str>>,
}

impl Default for Vocab {
    fn default() -> Self {
        Vocab { hasher: foldhash::fast::FixedState::with_seed(7), ids: HashTable::new(), words: vec!["".into()] }
    }
}

impl Vocab {
    /// The id of `word`, given in any case and with any apostrophe; adds it when new.
    pub fn intern(&mut self, word: &str) -> WordId {
        let mut folded = String::new();
        fold_into(word, &mut folded);
        let hash = self.hasher.hash_one(folded.as_bytes());
        if let Some(&id) = self.ids.find(hash, |&id| *self.words[id as usize] == *folded) {
            return WordId(id);
        }
        let id = self.words.len() as u32;
        self.words.push(folded.into());
        let (words, hasher) = (&self.words, &self.hasher);
        self.ids.insert_unique(hash, id, |&id| hasher.hash_one(words[id as usize].as_bytes()));
        WordId(id)
    }
    /// The id of an already folded word.
    pub fn get(&self, folded: &str) -> WordId {
        let hash = self.hasher.hash_one(folded.as_bytes());
        WordId(self.ids.find(hash, |&id| *self.words[id as usize] == *folded).copied().unwrap_or(0))
    }
    /// The folded word of an id.
    pub fn word(&self, id: WordId) -> &str {
        &self.words[id.index()]
    }
    /// Number of ids, the unknown word's included: the size of any table indexed by [`WordId::index`].
    pub fn len(&self) -> usize {
        self.words.len()
    }
    /// Whether no word is known yet.
    pub fn is_empty(&self) -> bool {
        self.words.len() == 1
    }
}

/// Append `word` in lower case with straight apostrophes: the form in which all look-ups are made.
pub fn fold_into(word: &str, out: &mut String) {
    for c in word.chars() {
        match c {
            'A'..='Z' => out.push(c.to_ascii_lowercase()),
            '\u{2019}' | '\u{2018}' | '\u{02bc}' => out.push('\''),
            c if c.is_ascii() => out.push(c),
            c => out.extend(c.to_lowercase()),
        }
    }
}

/// A word's identity as part of a name, also where no lexicon holds it: a hash of its letters and digits without
/// case and accents. The same for `NOVÁK`, `Novák` and `novak`.
pub fn key(word: &str) -> u64 {
    use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};
    let mix = |hash: u64, c: char| (hash ^ u64::from(c as u32)).wrapping_mul(0x0100_0000_01b3);
    let seed = 0xcbf2_9ce4_8422_2325;
    let hash = if word.is_ascii() {
        word.bytes().filter(u8::is_ascii_alphanumeric).fold(seed, |h, b| mix(h, b.to_ascii_lowercase() as char))
    } else {
        word.nfd().filter(|c| !is_combining_mark(*c) && c.is_alphanumeric()).flat_map(char::to_lowercase).fold(seed, mix)
    };
    hash ^ (hash >> 29)
}

/// [`fold_into`] a new string.
pub fn fold(word: &str) -> String {
    let mut out = String::with_capacity(word.len());
    fold_into(word, &mut out);
    out
}
