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

/// The table of known words. Nearly all words are short: those are kept, and compared, as two integers.
#[derive(Debug)]
pub struct Vocab {
    hasher: foldhash::fast::FixedState,
    short: HashTable<(Short, u32)>,
    long: HashTable<u32>,
    /// Ids of the words of one ASCII character.
    single: [u32; 128],
    words: Vec<Box<str>>,
}

impl Default for Vocab {
    fn default() -> Self {
        Vocab {
            hasher: foldhash::fast::FixedState::with_seed(7),
            short: HashTable::new(),
            long: HashTable::new(),
            single: [0; 128],
            words: vec!["".into()],
        }
    }
}

/// A folded word of at most [`Short::MAX`] bytes: the bytes, then zeros, then the length.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Short([u8; 16]);

impl Short {
    /// Bytes that fit.
    pub const MAX: usize = 15;

    /// The first `len` bytes of `text`, ASCII and at most [`Short::MAX`], in small letters, with the number of capitals.
    #[inline]
    pub fn fold(text: &[u8], len: usize) -> (Short, u32) {
        const ONES: u128 = u128::MAX / 255;
        let whole = match text.first_chunk::<16>() {
            Some(bytes) => u128::from_le_bytes(*bytes) & ((1 << (8 * len)) - 1),
            None => text.iter().take(len).rev().fold(0, |all, &b| all << 8 | u128::from(b)),
        };
        // All bytes are below 128, so that none carries into the next: bit 7 tells `>= A`, then `> Z`.
        let capitals = (whole + ONES * (128 - u128::from(b'A'))) & !(whole + ONES * (127 - u128::from(b'Z'))) & (ONES << 7);
        let mut folded = (whole | capitals >> 2).to_le_bytes();
        folded[Self::MAX] = len as u8;
        (Short(folded), capitals.count_ones())
    }
    fn of(folded: &str) -> Option<Short> {
        (folded.len() <= Self::MAX).then(|| {
            let mut short = Short::default();
            short.0[..folded.len()].copy_from_slice(folded.as_bytes());
            short.0[Self::MAX] = folded.len() as u8;
            short
        })
    }
    #[inline]
    fn hash(self) -> u64 {
        let whole = u128::from_le_bytes(self.0);
        let mixed = u128::from(whole as u64 ^ 0x9e37_79b9_7f4a_7c15) * u128::from((whole >> 64) as u64 ^ 0xd6e8_feb8_6659_fd93);
        // Both halves of a product depend on all bits; the table reads the top bits as well as the low ones.
        ((mixed >> 64) as u64 ^ mixed as u64).wrapping_mul(0x9fb2_1c65_1e98_df25)
    }
}

impl Vocab {
    /// The id of `word`, given in any case and with any apostrophe; adds it when new.
    pub fn intern(&mut self, word: &str) -> WordId {
        let mut folded = String::new();
        fold_into(word, &mut folded);
        let known = self.get(&folded);
        if known.known() || folded.is_empty() {
            return known;
        }
        let id = self.words.len() as u32;
        if let [byte @ 0..128] = folded.as_bytes() {
            self.single[*byte as usize] = id;
        }
        match Short::of(&folded) {
            Some(short) => {
                self.short.insert_unique(short.hash(), (short, id), |(s, _)| s.hash());
            }
            None => {
                let (words, hasher) = (&self.words, &self.hasher);
                let hash = |word: &str| hasher.hash_one(word.as_bytes());
                // The new id's word is not among `words` yet; a table that grows hashes only those it holds.
                self.long.insert_unique(hash(&folded), id, |&id| hash(&words[id as usize]));
            }
        }
        self.words.push(folded.into());
        WordId(id)
    }
    /// The id of an already folded word.
    pub fn get(&self, folded: &str) -> WordId {
        if let Some(short) = Short::of(folded) {
            return self.get_short(short);
        }
        let hash = self.hasher.hash_one(folded.as_bytes());
        WordId(self.long.find(hash, |&id| *self.words[id as usize] == *folded).copied().unwrap_or(0))
    }
    /// The id of an already folded word that fits.
    #[inline]
    pub fn get_short(&self, folded: Short) -> WordId {
        WordId(self.short.find(folded.hash(), |(short, _)| *short == folded).map_or(0, |&(_, id)| id))
    }
    /// The id of one ASCII mark.
    #[inline]
    pub fn get_mark(&self, mark: u8) -> WordId {
        WordId(self.single.get(mark as usize).copied().unwrap_or(0))
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
    let hash = if word.is_ascii() {
        word.bytes().fold(SEED, mix_byte)
    } else {
        word.nfd().filter(|c| !is_combining_mark(*c) && c.is_alphanumeric()).flat_map(char::to_lowercase).fold(SEED, mix)
    };
    finish(hash)
}

/// The [`key`] of a word, and of the first `letters` letters of its folded form where it has more.
pub fn keys(word: &str, letters: usize) -> (u64, Option<u64>) {
    if word.is_ascii() {
        let (start, rest) = word.as_bytes().split_at(letters.min(word.len()));
        let stem = start.iter().copied().fold(SEED, mix_byte);
        return (finish(rest.iter().copied().fold(stem, mix_byte)), (!rest.is_empty()).then(|| finish(stem)));
    }
    let folded = fold(word);
    let stem = folded.char_indices().nth(letters).map(|(end, _)| key(&folded[..end]));
    (key(word), stem)
}

const SEED: u64 = 0xcbf2_9ce4_8422_2325;

fn mix(hash: u64, c: char) -> u64 {
    (hash ^ u64::from(c as u32)).wrapping_mul(0x0100_0000_01b3)
}

/// A letter or digit in lower case; anything else is passed over.
fn mix_byte(hash: u64, b: u8) -> u64 {
    if b.is_ascii_alphanumeric() { mix(hash, b.to_ascii_lowercase() as char) } else { hash }
}

fn finish(hash: u64) -> u64 {
    hash ^ (hash >> 29)
}

/// [`fold_into`] a new string.
pub fn fold(word: &str) -> String {
    let mut out = String::with_capacity(word.len());
    fold_into(word, &mut out);
    out
}
