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

/// A folded word of at most [`Short::MAX`] bytes: the bytes, then zeros, then the length, as two integers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Short {
    low: u64,
    high: u64,
}

impl Short {
    /// Bytes that fit.
    pub const MAX: usize = 15;

    fn of(folded: &str) -> Option<Short> {
        (folded.len() <= Self::MAX).then(|| {
            let mut bytes = [0; 16];
            bytes[..folded.len()].copy_from_slice(folded.as_bytes());
            bytes[Self::MAX] = folded.len() as u8;
            let whole = u128::from_le_bytes(bytes);
            Short { low: whole as u64, high: (whole >> 64) as u64 }
        })
    }
    /// Of a word in any case; `None` beyond ASCII too.
    fn folded(word: &str) -> Option<Short> {
        let Short { low, high } = Short::of(word)?;
        ((low | high) & Letters::TOP == 0).then(|| Short { low: Letters::fold(low).0, high: Letters::fold(high).0 })
    }
    #[inline]
    fn hash(self) -> u64 {
        let mixed = u128::from(self.low ^ 0x9e37_79b9_7f4a_7c15) * u128::from(self.high ^ 0xd6e8_feb8_6659_fd93);
        // Both halves of a product depend on all bits; the table reads the top bits as well as the low ones.
        ((mixed >> 64) as u64 ^ mixed as u64).wrapping_mul(0x9fb2_1c65_1e98_df25)
    }
}

/// The ASCII letters and digits that a text begins with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Letters {
    /// In small letters.
    pub folded: Short,
    /// How many.
    pub len: usize,
    /// A bit for each capital.
    capitals: u64,
}

impl Letters {
    /// Of `bytes`; `None` where there are more than [`Short::MAX`]. Eight bytes at once, without a branch for each.
    #[inline]
    pub fn first(bytes: &[u8; 16]) -> Option<Letters> {
        let [low, high] = [0, 8].map(|at| bytes[at..].first_chunk().map_or(0, |b| u64::from_le_bytes(*b)));
        let len = Self::count(low);
        if len < 8 {
            let (low, capitals) = Self::fold(low & ((1 << (8 * len)) - 1));
            return Some(Letters { folded: Short { low, high: (len as u64) << 56 }, len, capitals });
        }
        let more = Self::count(high);
        if more == 8 {
            return None;
        }
        let ((low, first), (high, second)) = (Self::fold(low), Self::fold(high & ((1 << (8 * more)) - 1)));
        Some(Letters { folded: Short { low, high: high | (8 + more as u64) << 56 }, len: 8 + more, capitals: first | second >> 1 })
    }
    /// Whether the first is a capital.
    #[inline]
    pub fn begins_capital(&self) -> bool {
        self.capitals & 0x80 != 0
    }
    /// Whether two or more are capitals.
    #[inline]
    pub fn holds_capitals(&self) -> bool {
        self.capitals & self.capitals.wrapping_sub(1) != 0
    }
    const ONES: u64 = u64::MAX / 255;
    /// The top bit of each byte: what tells of the byte, for below 128 no sum carries into the next.
    const TOP: u64 = Self::ONES << 7;

    #[inline]
    fn within(all: u64, first: u8, last: u8) -> u64 {
        (all + Self::ONES * (128 - u64::from(first))) & !(all + Self::ONES * (127 - u64::from(last)))
    }
    /// How many letters and digits stand at the beginning.
    #[inline]
    fn count(whole: u64) -> usize {
        let low = whole & !Self::TOP;
        let fits = (Self::within(low | (Self::ONES * 0x20), b'a', b'z') | Self::within(low, b'0', b'9')) & !whole;
        (!fits & Self::TOP).trailing_zeros() as usize / 8
    }
    /// ASCII in small letters, and the top bit of each byte that was a capital.
    #[inline]
    fn fold(whole: u64) -> (u64, u64) {
        let capitals = Self::within(whole, b'A', b'Z') & Self::TOP;
        (whole | capitals >> 2, capitals)
    }
}

impl Vocab {
    /// The id of `word`, given in any case and with any apostrophe; adds it when new.
    pub fn intern(&mut self, word: &str) -> WordId {
        let known = match Short::folded(word) {
            Some(short) => self.get_short(short),
            None => self.get(&fold(word)),
        };
        if known.known() || word.is_empty() { known } else { self.add(fold(word)) }
    }
    /// The id of a word that is new and folded.
    fn add(&mut self, folded: String) -> WordId {
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

/// The entry of `id` in a table by word, which grows to hold it.
pub fn slot<T: Clone + Default>(table: &mut Vec<T>, id: WordId) -> &mut T {
    if table.len() <= id.index() {
        table.resize(id.index() + 1, T::default());
    }
    &mut table[id.index()]
}

/// Append `word` in lower case with straight apostrophes: the form in which all look-ups are made.
pub fn fold_into(word: &str, out: &mut String) {
    if word.is_ascii() {
        let from = out.len();
        out.push_str(word);
        return out[from..].make_ascii_lowercase();
    }
    for c in word.chars() {
        match c {
            '\u{2019}' | '\u{2018}' | '\u{02bc}' => out.push('\''),
            c => out.extend(c.to_lowercase()),
        }
    }
}

/// A word's identity as part of a name, also where no lexicon holds it: a hash of its letters and digits without
/// case and accents. The same for `NOVÁK`, `Novák` and `novak`.
pub fn key(word: &str) -> u64 {
    let mut hash = SEED;
    for &b in word.as_bytes() {
        if !b.is_ascii() {
            return accented_key(word);
        }
        hash = mix_byte(hash, b);
    }
    finish(hash)
}

fn accented_key(word: &str) -> u64 {
    use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};
    finish(word.nfd().filter(|c| !is_combining_mark(*c) && c.is_alphanumeric()).flat_map(char::to_lowercase).fold(SEED, mix))
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

/// By ASCII character: a letter or digit in lower case, else 0.
const LOWER: [u8; 128] = {
    let mut lower = [0; 128];
    let mut b = 0;
    while b < 128 {
        if (b as u8).is_ascii_alphanumeric() {
            lower[b] = (b as u8).to_ascii_lowercase();
        }
        b += 1;
    }
    lower
};

/// A letter or digit in lower case; anything else is passed over.
fn mix_byte(hash: u64, b: u8) -> u64 {
    match LOWER[usize::from(b & 0x7f)] {
        0 => hash,
        lower => mix(hash, lower as char),
    }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_are_read_as_one_by_one() {
        for b in 0..=255u8 {
            for at in 0..16 {
                for rest in [b'x', b'Q', b'7', b' '] {
                    let mut text = [rest; 16];
                    text[at] = b;
                    let len = text.iter().take_while(|b| b.is_ascii_alphanumeric()).count();
                    let expected = (len < 16).then(|| {
                        let folded = Short::of(&String::from_utf8_lossy(&text[..len]).to_ascii_lowercase());
                        let capitals = text[..len].iter().filter(|b| b.is_ascii_uppercase()).count();
                        (folded.expect("short"), len, text[..len.min(1)].iter().any(u8::is_ascii_uppercase), capitals > 1)
                    });
                    let got = Letters::first(&text).map(|l| (l.folded, l.len, l.begins_capital(), l.holds_capitals()));
                    assert_eq!(got, expected, "{b} at {at}");
                }
            }
        }
    }
}
