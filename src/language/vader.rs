//! VADER's words, compiled for one look-up a token: the lexicon and the emoji names of the crate
//! `vader_sentiment`, our corrections to it, and the shifters of `lexicons/`. Decides nothing.

use super::Tables;
use super::vocab::{Vocab, WordId};
use crate::bytes::word;
use crate::error::{Error, Result};
use hashbrown::HashMap;
use std::collections::BTreeMap;

/// What a word can be to the rules, as bits of [`Entry::flags`].
pub mod flag {
    /// Holds a valence.
    pub const TERM: u16 = 1;
    /// Adds its weight to the terms that follow.
    pub const BOOSTER: u16 = 1 << 1;
    /// Reverses the terms that follow.
    pub const NEGATION: u16 = 1 << 2;
    /// Halves what stands before and raises what follows.
    pub const CONTRAST: u16 = 1 << 3;
    /// No term when a [`SOFTENER_TAIL`] follows.
    pub const SOFTENER_HEAD: u16 = 1 << 4;
    /// See [`SOFTENER_HEAD`].
    pub const SOFTENER_TAIL: u16 = 1 << 5;
    /// Reverses a term up to two words on.
    pub const NO: u16 = 1 << 6;
    /// Carries a [`NO`] one word further.
    pub const NO_BRIDGE: u16 = 1 << 7;
    /// Reverses the next term.
    pub const LEAST: u16 = 1 << 8;
    /// Takes that power from a [`LEAST`] that follows.
    pub const LEAST_GUARD: u16 = 1 << 9;
    /// Raises together with a [`NEVER_SO`].
    pub const NEVER: u16 = 1 << 10;
    /// See [`NEVER`].
    pub const NEVER_SO: u16 = 1 << 11;
    /// Does not negate together with a [`DOUBT`].
    pub const WITHOUT: u16 = 1 << 12;
    /// See [`WITHOUT`].
    pub const DOUBT: u16 = 1 << 13;
}

const ROLES: [(&str, u16); 15] = [
    ("booster", flag::BOOSTER),
    ("contrast", flag::CONTRAST),
    ("doubt", flag::DOUBT),
    ("idiom", 0),
    ("least", flag::LEAST),
    ("least-guard", flag::LEAST_GUARD),
    ("negation", flag::NEGATION),
    ("negation-inside", 0),
    ("never", flag::NEVER),
    ("never-so", flag::NEVER_SO),
    ("no", flag::NO),
    ("no-bridge", flag::NO_BRIDGE),
    ("softener-head", flag::SOFTENER_HEAD),
    ("softener-tail", flag::SOFTENER_TAIL),
    ("without", flag::WITHOUT),
];

/// What is known of one word. Entry 0 is the unknown word.
#[derive(Clone, Copy, Debug, Default)]
pub struct Entry {
    /// Mean valence, −4 … +4, where [`flag::TERM`] is set.
    pub valence: f64,
    /// Weight added to the terms that follow, where [`flag::BOOSTER`] is set.
    pub booster: f64,
    /// Bits of [`flag`].
    pub flags: u16,
    /// Number of the word among the words of phrases; 0 = in none.
    pub part: u16,
}

/// Bits of a token's make-up, from [`VaderWords::class`].
pub mod class {
    /// ASCII white space, the four information separators included.
    pub const SPACE: u8 = 1;
    /// A capital letter.
    pub const UPPER: u8 = 2;
    /// A small letter.
    pub const LOWER: u8 = 4;
    /// Part of a character beyond ASCII.
    pub const WIDE: u8 = 8;
    /// A byte without which no part that negates can stand in a word.
    pub const TRIGGER: u8 = 16;
}

/// A word of a text in one number: that of its entry (0 where it has none) in the lowest bits, and what the rules ask of
/// every word.
pub mod reading {
    /// The number of the entry.
    pub const ENTRY: u32 = (1 << 24) - 1;
    /// May hold a valence.
    pub const HOLDS: u32 = 1 << 28;
    /// See [`super::flag::CONTRAST`].
    pub const CONTRAST: u32 = 1 << 29;
    /// A part of the word negates.
    pub const NEGATES: u32 = 1 << 30;
    /// It is written in capitals.
    pub const UPPER: u32 = 1 << 31;
}

/// A word that the vocabulary knows.
#[derive(Clone, Copy, Debug, Default)]
pub struct Known {
    /// Bits of [`reading`].
    pub reading: u32,
    /// Its bytes; 0 where it must be read letter by letter, since marks or letters beyond ASCII are in it.
    pub len: u8,
}

/// Compiled tables of this stage.
#[derive(Debug, Default)]
pub struct VaderWords {
    /// One entry a known word; the first is the unknown word.
    pub entries: Vec<Entry>,
    spelled: Vec<Box<str>>,
    /// Parts of a word that negate, in lower case.
    pub inside: Vec<String>,
    /// [`class`] bits of each byte.
    pub class: Vec<u8>,
    terms: TermTable,
    idioms: Phrases,
    boosters: Phrases,
    emoji: HashMap<char, &'static str, foldhash::fast::FixedState>,
    known: Vec<Known>,
}

impl VaderWords {
    /// Compile from the language's tables.
    ///
    /// # Errors
    /// A missing table or a wrong row.
    pub fn load(tables: &Tables) -> Result<Self> {
        let mut words: HashMap<String, Entry, foldhash::fast::FixedState> = vader_sentiment::LEXICON
            .iter()
            .map(|(term, &valence)| (term.to_lowercase(), Entry { valence, flags: flag::TERM, ..Entry::default() }))
            .collect();
        let corrections = tables.get("vader_corrections.tsv")?;
        for row in corrections.rows() {
            let term = row.cells[0].to_lowercase();
            if &row.cells[1] == "-" {
                words.remove(&term);
            } else {
                words.insert(term, Entry { valence: corrections.number(row, 1)?, flags: flag::TERM, ..Entry::default() });
            }
        }
        let mut out = VaderWords::default();
        let mut parts: BTreeMap<String, u16> = BTreeMap::new();
        let shifters = tables.get("vader_shifters.tsv")?;
        for row in shifters.rows() {
            let term = row.cells[0].to_lowercase();
            let wrong = |what: &str, found: &str| Error::data(shifters.place(row), format!("`{term}`: expected {what}, found `{found}`"));
            let phrase = term.split_whitespace().count() > 1;
            for role in row.cells[1].split('|') {
                let Some(&(_, bits)) = ROLES.iter().find(|(name, _)| *name == role) else {
                    let known: Vec<&str> = ROLES.iter().map(|(name, _)| *name).collect();
                    return Err(wrong(&format!("one of the roles {}", known.join(", ")), role));
                };
                match (role, phrase) {
                    ("idiom" | "booster", true) => {
                        let ids: Vec<u16> = term
                            .split_whitespace()
                            .map(|w| {
                                let next = parts.len() as u16 + 1;
                                *parts.entry(w.to_owned()).or_insert(next)
                            })
                            .collect();
                        let key = match ids[..] {
                            [a, b] => (0, a, b),
                            [a, b, c] => (a, b, c),
                            _ => return Err(wrong("a phrase of two or three words", &term)),
                        };
                        let table = if role == "idiom" { &mut out.idioms } else { &mut out.boosters };
                        table.insert(key, shifters.number(row, 2)?);
                    }
                    (_, true) => return Err(wrong("a single word for this role", role)),
                    ("idiom", false) => return Err(wrong("a phrase for the role idiom", &term)),
                    ("negation-inside", false) => out.inside.push(term.clone()),
                    _ => {
                        let entry = words.entry(term.clone()).or_default();
                        entry.flags |= bits;
                        if bits == flag::BOOSTER {
                            entry.booster = shifters.number(row, 2)?;
                        }
                    }
                }
            }
        }
        for (word, part) in parts {
            words.entry(word).or_default().part = part;
        }
        out.entries.push(Entry::default());
        out.spelled.push("".into());
        out.terms = TermTable::with_capacity(words.len());
        let mut words: Vec<(String, Entry)> = words.into_iter().collect();
        words.sort_unstable_by(|a, b| a.0.cmp(&b.0));
        for (word, entry) in words {
            out.terms.insert(&word, out.entries.len() as u32);
            out.entries.push(entry);
            out.spelled.push(word.into());
        }
        out.class = classes(&out.inside);
        out.emoji = vader_sentiment::EMOJI_LEXICON
            .iter()
            .filter_map(|(name, description)| {
                let mut chars = name.chars();
                // The reference replaces code point by code point: a sequence of several never matches.
                chars.next().filter(|_| chars.next().is_none()).map(|c| (c, description.trim()))
            })
            .collect();
        Ok(out)
    }
    /// Note what every word of the finished `vocab` is.
    pub fn seal(&mut self, vocab: &Vocab) {
        let plain = |word: &str| {
            let bytes = word.as_bytes();
            let ends = [bytes.first(), bytes.last()].into_iter().flatten().all(u8::is_ascii_alphanumeric);
            ends && bytes.iter().all(u8::is_ascii_graphic) && bytes.len() < u8::MAX.into()
        };
        let known = |word: &str| {
            let negates =
                word.bytes().any(|b| self.class[b as usize] & class::TRIGGER != 0) && self.inside.iter().any(|part| word.contains(part.as_str()));
            Known {
                reading: self.get(word.as_bytes()) | if negates { reading::NEGATES } else { 0 },
                len: if plain(word) { word.len() as u8 } else { 0 },
            }
        };
        self.known = (0..vocab.len() as u32).map(|id| known(vocab.word(WordId(id)))).collect();
    }
    /// What a word of the vocabulary is.
    #[inline]
    pub fn known(&self, id: WordId) -> Known {
        self.known.get(id.index()).copied().unwrap_or_default()
    }
    /// What the entry of a word tells, as bits of [`reading`]; small and capital ASCII letters are the same, other letters
    /// must be small already. 0 where the word is unknown.
    pub fn get(&self, word: &[u8]) -> u32 {
        let entry = self.terms.get(word);
        let flags = self.entries.get(entry as usize).map_or(0, |e| e.flags);
        let holds = if flags & (flag::TERM | flag::BOOSTER) == flag::TERM { reading::HOLDS } else { 0 };
        entry | holds | if flags & flag::CONTRAST != 0 { reading::CONTRAST } else { 0 }
    }
    /// Every known word with what is known of it, sorted.
    pub fn words(&self) -> impl Iterator<Item = (&str, &Entry)> {
        self.spelled.iter().map(|w| &**w).zip(&self.entries).skip(1)
    }
    /// The name of an emoji.
    pub fn emoji(&self, c: char) -> Option<&'static str> {
        if c < '\u{a9}' { None } else { self.emoji.get(&c).copied() }
    }
    /// The weight of an idiom by the numbers of its words; the first is 0 for an idiom of two.
    pub fn idiom(&self, words: (u16, u16, u16)) -> Option<f64> {
        self.idioms.get(words)
    }
    /// The weight of a booster of several words, numbered as for [`VaderWords::idiom`].
    pub fn booster(&self, words: (u16, u16, u16)) -> Option<f64> {
        self.boosters.get(words)
    }
}

/// [`class`] bits of all bytes; `inside` are the parts that negate.
fn classes(inside: &[String]) -> Vec<u8> {
    let mut out: Vec<u8> = (0..=255u8)
        .map(|b| match b {
            b'\t'..=b'\r' | 0x1c..=0x1f | b' ' => class::SPACE,
            b'A'..=b'Z' => class::UPPER,
            b'a'..=b'z' => class::LOWER,
            0x80.. => class::WIDE,
            _ => 0,
        })
        .collect();
    for part in inside {
        // A mark is rarer than a letter.
        let rare = part.bytes().find(|b| b.is_ascii_punctuation()).or(part.bytes().next());
        if let Some(b) = rare {
            out[b as usize] |= class::TRIGGER;
            out[b.to_ascii_uppercase() as usize] |= class::TRIGGER;
        }
    }
    out
}

/// Weights of phrases of two or three numbered words.
#[derive(Debug, Default)]
struct Phrases(HashMap<u64, f64, foldhash::fast::FixedState>);

impl Phrases {
    fn key((a, b, c): (u16, u16, u16)) -> u64 {
        u64::from(a) << 32 | u64::from(b) << 16 | u64::from(c)
    }
    fn insert(&mut self, words: (u16, u16, u16), weight: f64) {
        self.0.insert(Self::key(words), weight);
    }
    fn get(&self, words: (u16, u16, u16)) -> Option<f64> {
        // A word outside all phrases has number 0, which only the first place of a pair may have.
        if words.1 == 0 || words.2 == 0 { None } else { self.0.get(&Self::key(words)).copied() }
    }
}

/// Words up to this length lie in the open table as two machine words.
const INLINE: usize = 16;

/// Word → entry number, case-blind for ASCII. A bit filter small enough for the nearest cache
/// turns most unknown words away.
#[derive(Debug, Default)]
struct TermTable {
    slots: Vec<Slot>,
    filter: Vec<u64>,
    long: HashMap<Box<[u8]>, u32, foldhash::fast::FixedState>,
    longest: usize,
}

#[derive(Clone, Copy, Debug, Default)]
struct Slot {
    low: u64,
    high: u64,
    len: u32,
    /// 0 = free.
    entry: u32,
}

impl TermTable {
    fn with_capacity(words: usize) -> Self {
        let slots = (words * 2).next_power_of_two();
        TermTable { slots: vec![Slot::default(); slots], filter: vec![0; slots / 8], ..TermTable::default() }
    }
    fn insert(&mut self, word: &str, entry: u32) {
        let word = word.as_bytes();
        if word.len() > INLINE {
            self.longest = self.longest.max(word.len());
            self.long.insert(word.into(), entry);
            return;
        }
        let (low, high) = pack(word);
        let hash = mix(low, high, word.len());
        let bit = hash >> 40 & (self.filter.len() as u64 * 64 - 1);
        self.filter[bit as usize / 64] |= 1 << (bit % 64);
        let mut at = hash as usize & (self.slots.len() - 1);
        while self.slots[at].entry != 0 {
            at = (at + 1) & (self.slots.len() - 1);
        }
        self.slots[at] = Slot { low, high, len: word.len() as u32, entry };
    }
    fn get(&self, word: &[u8]) -> u32 {
        if word.len() > INLINE {
            if word.len() > self.longest {
                return 0;
            }
            return self.long.get(word.to_ascii_lowercase().as_slice()).copied().unwrap_or(0);
        }
        let (low, high) = pack(word);
        let hash = mix(low, high, word.len());
        let bit = hash >> 40 & (self.filter.len() as u64 * 64 - 1);
        if self.filter[bit as usize / 64] & 1 << (bit % 64) == 0 {
            return 0;
        }
        let mut at = hash as usize & (self.slots.len() - 1);
        loop {
            let slot = &self.slots[at];
            if slot.entry == 0 || (slot.low == low && slot.high == high && slot.len as usize == word.len()) {
                return slot.entry;
            }
            at = (at + 1) & (self.slots.len() - 1);
        }
    }
}

/// At most 16 bytes as two words, ASCII letters in lower case, zeros behind.
fn pack(bytes: &[u8]) -> (u64, u64) {
    let (low, high) = bytes.split_at(bytes.len().min(8));
    (lower(word(low)), lower(word(high)))
}

/// ASCII capitals of eight bytes at once to small letters.
fn lower(x: u64) -> u64 {
    const ONES: u64 = 0x0101_0101_0101_0101;
    let seven = x & (ONES * 0x7f);
    let from_a = seven + ONES * (0x80 - 0x41);
    let past_z = seven + ONES * (0x80 - 0x5b);
    x | ((from_a & !past_z & !x & (ONES * 0x80)) >> 2)
}

fn mix(low: u64, high: u64, len: usize) -> u64 {
    let product = u128::from(low ^ 0x9e37_79b9_7f4a_7c15) * u128::from(high ^ 0xd1b5_4a32_d192_ed03 ^ len as u64);
    product as u64 ^ (product >> 64) as u64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_length_is_found_in_any_case_and_no_other() {
        let words: Vec<String> = (1..=24).map(|n| "abcdefghijklmnopqrstuvwxyz"[..n].to_owned()).chain([":-p".into(), "né".into()]).collect();
        let mut table = TermTable::with_capacity(words.len());
        for (n, word) in words.iter().enumerate() {
            table.insert(word, n as u32 + 1);
        }
        for (n, word) in words.iter().enumerate() {
            assert_eq!(table.get(word.as_bytes()), n as u32 + 1, "{word}");
            assert_eq!(table.get(word.to_ascii_uppercase().as_bytes()), n as u32 + 1, "{word} in capitals");
            assert_eq!(table.get(format!("{word}\0").as_bytes()), 0, "{word} with a zero byte");
            assert_eq!(table.get(format!("x{word}").as_bytes()), 0, "x{word}");
        }
        assert_eq!(table.get(b""), 0);
        assert_eq!(table.get(b"["), 0, "a mark next to the letters is no letter");
    }
}
