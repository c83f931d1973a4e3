//! Every word that any lexicon knows, folded, with a dense id: a text's words are looked up once,
//! by the tokenizer, and all stages then compare ids. Holds no meaning of its own.

use crate::bytes::{ONES, TOP};
use crate::span::Span;
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
    /// The short words, each in the bucket that its hash tells or, where that is full, in the next one that is not.
    buckets: Vec<Bucket>,
    long: HashTable<u32>,
    /// The entries of the words that are one ASCII character, then of the general marks from U+2000 on.
    marks: [Entry; 192],
    words: Vec<Box<str>>,
    /// By id, where any are.
    notes: Vec<u8>,
}

/// A known word: its id, and the byte that was noted of it ([`Vocab::note`]); zeros for a word no lexicon holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Entry(u32);

impl Entry {
    const NOTE: u32 = 24;

    /// The word's id.
    #[inline]
    pub fn id(self) -> WordId {
        WordId(self.0 & ((1 << Self::NOTE) - 1))
    }
    /// What was noted of it.
    #[inline]
    pub fn note(self) -> u8 {
        (self.0 >> Self::NOTE) as u8
    }
}

/// A few short words, side by side in the cache: one look tells of nearly every word, and that another is unknown.
#[derive(Clone, Copy, Debug, Default)]
#[repr(align(64))]
struct Bucket {
    entries: [Entry; Bucket::SIZE],
    words: [Short; Bucket::SIZE],
}

impl Bucket {
    const SIZE: usize = 3;

    fn full(&self) -> bool {
        self.entries[Self::SIZE - 1].id().known()
    }
}

impl Default for Vocab {
    fn default() -> Self {
        Vocab {
            hasher: foldhash::fast::FixedState::with_seed(7),
            buckets: vec![Bucket::default()],
            long: HashTable::new(),
            marks: [Entry::default(); 192],
            words: vec!["".into()],
            notes: Vec::new(),
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
        let bytes = folded.as_bytes();
        let low = bytes.iter().take(8).rev().fold(0, |low, b| low << 8 | u64::from(*b));
        let high = match bytes.len() {
            0..=8 => 0,
            9..=Self::MAX => u64::from_le_bytes(*bytes.last_chunk()?) >> (8 * (16 - bytes.len())),
            _ => return None,
        };
        Some(Short { low, high: high | (bytes.len() as u64) << 56 })
    }
    /// Of a word in any case; `None` beyond ASCII too.
    fn folded(word: &str) -> Option<Short> {
        let Short { low, high } = Short::of(word)?;
        ((low | high) & TOP == 0).then(|| Short { low: fold_ascii(low), high: fold_ascii(high) })
    }
    /// Equal, without a branch.
    #[inline]
    fn is(self, other: Short) -> bool {
        (self.low ^ other.low) | (self.high ^ other.high) == 0
    }
    /// This word, an apostrophe and `rest`, where all that fits.
    #[inline]
    pub fn join(self, rest: Short) -> Option<Short> {
        let (len, more) = (self.high >> 56, rest.high >> 56);
        let whole = |short: Short| u128::from(short.high & (u64::MAX >> 8)) << 64 | u128::from(short.low);
        (len + 1 + more <= Self::MAX as u64).then(|| {
            let joined = whole(self) | (u128::from(b'\'') | whole(rest) << 8) << (8 * len);
            Short { low: joined as u64, high: (joined >> 64) as u64 | (len + 1 + more) << 56 }
        })
    }
    /// The two halves of a product, of which the middle bits depend on all others.
    #[inline]
    fn hash(self) -> u64 {
        let mixed = u128::from(self.low ^ 0x9e37_79b9_7f4a_7c15) * u128::from(self.high ^ 0xd6e8_feb8_6659_fd93);
        (mixed >> 64) as u64 ^ mixed as u64
    }
}

/// A word of ASCII letters and digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Letters {
    /// In small letters.
    pub folded: Short,
    /// As it is written, in two halves.
    halves: [u64; 2],
}

impl Letters {
    /// The bit that letters have and digits have not. The one below it is that of small letters.
    const LETTER: u64 = ONES << 6;

    /// The bits of so many bytes, in two halves.
    const KEPT: [[u64; 2]; Short::MAX + 1] = {
        let mut kept = [[0; 2]; Short::MAX + 1];
        let mut len = 1;
        while len < kept.len() {
            let all = (1u128 << (8 * len)) - 1;
            kept[len] = [all as u64, (all >> 64) as u64];
            len += 1;
        }
        kept
    };

    /// Of the first `len` of `bytes`, which are letters and digits; `None` where they are more than [`Short::MAX`]. Without a
    /// branch for each.
    #[inline]
    pub fn first(bytes: &[u8; 16], len: usize) -> Option<Letters> {
        let &[low, high] = Self::KEPT.get(len)?;
        let whole = u128::from_le_bytes(*bytes);
        let halves = [whole as u64 & low, (whole >> 64) as u64 & high];
        let [low, high] = halves.map(|half| half | (half & Self::LETTER) >> 1);
        Some(Letters { folded: Short { low, high: high | (len as u64) << 56 }, halves })
    }
    /// Whether the first is a capital.
    #[inline]
    pub fn begins_capital(&self) -> bool {
        self.halves[0] & 0x60 == 0x40
    }
    /// Whether the first is a small letter.
    #[inline]
    pub fn begins_small(&self) -> bool {
        self.halves[0] & 0x60 == 0x60
    }
    /// Whether any is a capital.
    #[inline]
    pub fn holds_capital(&self) -> bool {
        let [low, high] = self.halves.map(|half| half & Self::LETTER & !(half << 1));
        low | high != 0
    }
    /// Whether two or more are capitals and none a small letter.
    #[inline]
    pub fn all_capitals(&self) -> bool {
        let [low, high] = self.halves.map(|half| half & Self::LETTER);
        // The letters of one half lie beside those of the other.
        let letters = low | high >> 1;
        let small = low & self.halves[0] << 1 | high & self.halves[1] << 1;
        (small == 0) & (letters & letters.wrapping_sub(1) != 0)
    }
}

/// ASCII in small letters.
fn fold_ascii(whole: u64) -> u64 {
    let capitals = (whole + ONES * (128 - u64::from(b'A'))) & !(whole + ONES * (127 - u64::from(b'Z')));
    whole | (capitals & TOP) >> 2
}

impl Vocab {
    /// The id of `word`, given in any case and with any apostrophe; adds it when new.
    pub fn intern(&mut self, word: &str) -> WordId {
        let known = match Short::folded(word) {
            Some(short) => self.short(short).id(),
            None => self.get(&fold(word)),
        };
        if known.known() || word.is_empty() { known } else { self.add(fold(word)) }
    }
    /// The id of a word that is new and folded.
    fn add(&mut self, folded: String) -> WordId {
        let id = self.words.len() as u32;
        debug_assert!(id < 1 << Entry::NOTE, "more words than ids");
        let entry = Entry(id);
        match folded.as_bytes() {
            [byte @ 0..128] => self.marks[*byte as usize] = entry,
            [0xe2, 0x80, last] => self.marks[*last as usize] = entry,
            _ => {}
        }
        match Short::of(&folded) {
            Some(short) => {
                // At most two thirds of the room are taken.
                if self.words.len() * 3 > self.buckets.len() * Bucket::SIZE * 2 {
                    let twice = vec![Bucket::default(); self.buckets.len() * 2];
                    for bucket in std::mem::replace(&mut self.buckets, twice) {
                        let taken = bucket.words.into_iter().zip(bucket.entries).filter(|(_, entry)| entry.id().known());
                        taken.for_each(|(word, entry)| self.put(word, entry));
                    }
                }
                self.put(short, entry);
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
    /// Put a short word where it is looked for.
    fn put(&mut self, word: Short, entry: Entry) {
        let mut at = self.home(word);
        while self.buckets[at].full() {
            at = (at + 1) & (self.buckets.len() - 1);
        }
        let Bucket { entries, words } = &mut self.buckets[at];
        if let Some(free) = entries.iter().position(|e| !e.id().known()) {
            (entries[free], words[free]) = (entry, word);
        }
    }
    /// The bucket in which a word is looked for first.
    #[inline]
    fn home(&self, word: Short) -> usize {
        (word.hash() >> 32) as usize & (self.buckets.len() - 1)
    }
    /// Note a byte of every word, to be read where the word is looked up.
    pub fn note(&mut self, of: impl Fn(WordId) -> u8) {
        self.notes = (0..self.len()).map(|id| of(WordId(id as u32))).collect();
        for entry in self.buckets.iter_mut().flat_map(|b| &mut b.entries).chain(&mut self.marks) {
            *entry = Entry(entry.id().0 | u32::from(self.notes[entry.id().index()]) << Entry::NOTE);
        }
    }
    /// The id of an already folded word.
    pub fn get(&self, folded: &str) -> WordId {
        self.entry(folded).id()
    }
    /// An already folded word.
    pub fn entry(&self, folded: &str) -> Entry {
        if let Some(short) = Short::of(folded) {
            return self.short(short);
        }
        let hash = self.hasher.hash_one(folded.as_bytes());
        let id = self.long.find(hash, |&id| *self.words[id as usize] == *folded).copied().unwrap_or(0);
        Entry(id | u32::from(self.notes.get(id as usize).copied().unwrap_or(0)) << Entry::NOTE)
    }
    /// An already folded word that fits.
    #[inline(always)]
    pub fn short(&self, folded: Short) -> Entry {
        let mut at = self.home(folded);
        loop {
            let Bucket { entries, words } = &self.buckets[at];
            // Three in four stand first.
            if words[0].is(folded) {
                return entries[0];
            }
            // The place is a sum, not a choice: which of them it is cannot be foreseen.
            let place = usize::from(words[1].is(folded)) + 2 * usize::from(words[2].is(folded));
            if words[place].is(folded) {
                return entries[place];
            }
            if !self.buckets[at].full() {
                return Entry::default();
            }
            at = (at + 1) & (self.buckets.len() - 1);
        }
    }
    /// One ASCII mark, or the general mark of which this is the last byte (`0x94` of U+2014).
    #[inline]
    pub fn mark(&self, mark: u8) -> Entry {
        self.marks.get(mark as usize).copied().unwrap_or_default()
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
            c if c.is_ascii() => out.push(c.to_ascii_lowercase()),
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

/// The identity of the word at `span` as part of a name: the same for words whose [`key`] is the same. Nearly all are a few ASCII letters.
pub fn name_key(text: &str, span: Span) -> u64 {
    let bytes = text.as_bytes();
    match bytes.get(span.start as usize..).and_then(<[u8]>::first_chunk) {
        Some(sixteen) if span.len() <= Short::MAX => {
            let whole = u128::from_le_bytes(*sixteen) & !(u128::MAX << (8 * span.len()));
            let halves = [whole as u64, (whole >> 64) as u64];
            // The top bit of each byte that tells something else.
            let within = |all: u64, first: u8, last: u8| (all + ONES * (128 - u64::from(first))) & !(all + ONES * (127 - u64::from(last)));
            let other = |half: u64| {
                let low = half & !TOP;
                let plain = within(low | (ONES * 0x20), b'a', b'z') | within(low, b'0', b'9');
                (!plain & (low + !TOP) | half) & TOP
            };
            if halves.iter().all(|&half| other(half) == 0) {
                let [low, high] = halves.map(|half| half | (half & ONES << 6) >> 1);
                return Short { low, high: high | (span.len() as u64) << 56 }.hash();
            }
            written_key(span.of(text))
        }
        _ => written_key(span.of(text)),
    }
}

/// [`name_key`] of any word, letter by letter.
#[inline(never)]
fn written_key(word: &str) -> u64 {
    use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};
    let letters: String = word.nfd().filter(|c| !is_combining_mark(*c) && c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
    Short::of(&letters).filter(|_| letters.is_ascii()).map_or_else(|| key(&letters), Short::hash)
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
                        let small = text[..len].iter().any(u8::is_ascii_lowercase);
                        let first = (text[..len.min(1)].iter().any(u8::is_ascii_uppercase), text[..len.min(1)].iter().any(u8::is_ascii_lowercase));
                        (folded.expect("short"), first, capitals > 0, capitals > 1 && !small)
                    });
                    let told = |l: Letters| (l.folded, (l.begins_capital(), l.begins_small()), l.holds_capital(), l.all_capitals());
                    let got = Letters::first(&text, len).map(told);
                    assert_eq!(got, expected, "{b} at {at}");
                }
            }
        }
    }

    #[test]
    fn the_key_of_a_name_is_the_same_however_it_is_written() {
        let names = [
            ["vega", "Vega", "VEGA", "véga", "v-ega"],
            ["a", "A", "á", "A.", "‘a"],
            ["mcallister7", "McAllister7", "MC-ALLISTER7", "McAllíster7", "McAllister-7"],
            ["abcdefghijklmno", "ABCDEFGHIJKLMNO", "abcdefgh.ijklmno", "abcdefghijklmnó", "ab-c-d-e-f-g-h-i-j-k-l-m-n-o"],
            ["konstantinopolitan", "Konstantinopolitan", "Konstantinópolitan", "konstantino-politan", "KONSTANTINOPOLITAN"],
            ["oneil", "O’Neil", "O'Neil", "ONEIL", "O.Neil"],
        ];
        let of = |word: &str, rest: &str| name_key(&format!("{word}{rest}"), Span::new(0, word.len()));
        let keys: Vec<u64> = names.iter().map(|written| of(written[0], "")).collect();
        for (n, written) in names.iter().enumerate() {
            for word in written {
                assert_eq!(key(word), key(written[0]), "{word}");
                assert_eq!([of(word, ""), of(word, "’s brother was not there"), of(word, " said so on Tuesday")], [keys[n]; 3], "{word}");
            }
            assert!(!keys[n + 1..].contains(&keys[n]), "{}", written[0]);
        }
    }

    #[test]
    fn words_are_joined_and_found() {
        let mut vocab = Vocab::default();
        let words: Vec<String> = (0..5000).map(|n| format!("{n}{}", "abcdefghijklmnopqrst".get(..n % 21).unwrap_or_default())).collect();
        let ids: Vec<WordId> = words.iter().map(|w| vocab.intern(w)).collect();
        for (word, id) in words.iter().zip(ids) {
            assert_eq!((vocab.get(word), vocab.word(id)), (id, word.as_str()));
            assert_eq!(vocab.get(&format!("{word}-")), WordId::NONE);
        }
        for (a, b) in ["", "d", "don", "children", "transportation"].iter().flat_map(|a| ["t", "ve", "clocking"].map(|b| (a, b))) {
            let joined = Short::of(a).zip(Short::of(b)).and_then(|(a, b)| a.join(b));
            assert_eq!(joined, Short::of(&format!("{a}'{b}")), "{a}'{b}");
        }
    }
}
