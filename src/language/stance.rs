//! The weights of the induced stance model and the words its features ask for, compiled for look-up
//! by word id. Decides nothing.

use super::vader::{VaderWords, flag};
use super::{Tables, table::Table, vocab::Vocab, vocab::WordId, vocab::slot};
use crate::error::{Error, Result};
use hashbrown::HashMap;

/// What kind of feature; its name in `stance_weights.tsv` is in [`Kind::NAMES`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum Kind {
    /// Always there.
    Bias,
    /// A number from the valence lexicon over a window.
    Valence,
    /// Where the target stands and what surrounds it.
    Place,
    /// The target's first word.
    Target,
    /// A word of the sentence.
    Word,
    /// Two words in a row.
    Pair,
    /// The first letters of a word.
    Stem,
    /// The same, at most five words after the target.
    StemAfter,
    /// The same, at most five words before the target.
    StemBefore,
    /// A word at most five words after the target.
    After,
    /// A word at most five words before the target.
    Before,
    /// The first word after the target.
    Next1,
    /// The second.
    Next2,
    /// The third.
    Next3,
    /// The first word before the target.
    Last1,
    /// The second.
    Last2,
    /// The third.
    Last3,
    /// The two words after the target.
    NextPair,
    /// The three words after the target.
    NextThree,
    /// The two words before the target.
    LastPair,
    /// The words on both sides of the target.
    Round,
}

impl Kind {
    /// Names in the order of the kinds, with whether the feature belongs to the target (rather than to the sentence).
    pub const NAMES: [(&'static str, Kind, bool); 21] = [
        ("bias", Kind::Bias, false),
        ("valence", Kind::Valence, true),
        ("place", Kind::Place, true),
        ("target", Kind::Target, true),
        ("word", Kind::Word, false),
        ("pair", Kind::Pair, false),
        ("stem", Kind::Stem, false),
        ("stem-after", Kind::StemAfter, true),
        ("stem-before", Kind::StemBefore, true),
        ("after", Kind::After, true),
        ("before", Kind::Before, true),
        ("next1", Kind::Next1, true),
        ("next2", Kind::Next2, true),
        ("next3", Kind::Next3, true),
        ("last1", Kind::Last1, true),
        ("last2", Kind::Last2, true),
        ("last3", Kind::Last3, true),
        ("next-pair", Kind::NextPair, true),
        ("next-three", Kind::NextThree, true),
        ("last-pair", Kind::LastPair, true),
        ("round", Kind::Round, true),
    ];
    /// The kind's name.
    pub fn name(self) -> &'static str {
        Self::NAMES[self as usize].0
    }
}

/// A feature: kind, negation and up to three word ids in one machine word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Feature(pub u64);

/// Ids at or above this do not fit a feature.
const ID_LIMIT: u32 = 1 << 19;

impl Feature {
    /// A feature of `kind` over `words`; `None` where a word is unknown.
    pub fn new(kind: Kind, negated: bool, words: &[WordId]) -> Option<Feature> {
        let mut key = (kind as u64) << 1 | u64::from(negated);
        for n in 0..3 {
            let id = words.get(n).map_or(0, |w| w.0);
            if id >= ID_LIMIT || (id == 0 && n < words.len()) {
                return None;
            }
            key = key << 19 | u64::from(id);
        }
        Some(Feature(key))
    }
    /// Kind, negation, word ids.
    pub fn parts(self) -> (Kind, bool, [WordId; 3]) {
        let word = |shift: u32| WordId((self.0 >> shift) as u32 & (ID_LIMIT - 1));
        let kind = (self.0 >> 58) as usize;
        (Kind::NAMES[kind.min(Kind::NAMES.len() - 1)].1, self.0 >> 57 & 1 == 1, [word(38), word(19), word(0)])
    }
    /// The feature as the table writes it, such as `next-pair:was accused` or `word:!good` (negated).
    pub fn name(self, vocab: &Vocab) -> String {
        let (kind, negated, words) = self.parts();
        let words: Vec<&str> = words.iter().filter(|w| w.known()).map(|&w| vocab.word(w)).collect();
        format!("{}:{}{}", kind.name(), if negated { "!" } else { "" }, words.join(" "))
    }
    /// The feature that the table's `name` means; its words are interned.
    pub fn parse(name: &str, vocab: &mut Vocab) -> Option<Feature> {
        let (kind, rest) = name.split_once(':')?;
        let kind = Kind::NAMES.iter().find(|(n, ..)| *n == kind)?.1;
        let (negated, rest) = match rest.strip_prefix('!') {
            Some(word) if !word.is_empty() && !word.starts_with(' ') => (true, word),
            _ => (false, rest),
        };
        let (mut words, mut count) = ([WordId::NONE; 3], 0);
        for word in rest.split_ascii_whitespace() {
            *words.get_mut(count)? = vocab.intern(word);
            count += 1;
        }
        Feature::new(kind, negated, &words[..count])
    }
}

/// Words that stand for a class of tokens in features. No token looks like one.
#[derive(Clone, Copy, Debug, Default)]
pub struct Stand {
    /// The target.
    pub target: WordId,
    /// The target's words once more.
    pub again: WordId,
    /// Another name.
    pub name: WordId,
    /// A number.
    pub number: WordId,
}

/// What a word can be, as bits.
pub mod role {
    /// Opens a clause.
    pub const CLAUSE: u16 = 1;
    /// Told to the model when it is a target's first word.
    pub const TARGET: u16 = 2;
    /// No name though it has a capital.
    pub const SMALL: u16 = 4;
    /// Negates the words that follow.
    pub const NEGATION: u16 = 8;
    /// The model knows the word: at the start of a sentence it is not taken for a name.
    pub const KNOWN: u16 = 16;
    /// Bits by their names in `stance_words.tsv`.
    pub const NAMES: [(&str, u16); 3] = [("clause", CLAUSE), ("target", TARGET), ("small", SMALL)];
}

/// Weights against neutral.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Weight {
    /// For negative.
    pub negative: f32,
    /// For positive.
    pub positive: f32,
}

/// Letters that make a stem.
pub const STEM: usize = 5;

/// Roles of a word in the question whom a quotation is aimed at, as bits.
pub mod aim {
    /// The one spoken to.
    pub const ADDRESSED: u16 = 1;
    /// A verb beside which "you" is nobody in particular ("let me tell you").
    pub const ASIDE: u16 = 2;
    /// The speaker, with those he speaks for.
    pub const FIRST: u16 = 4;
    /// Links a subject with what it is.
    pub const COPULA: u16 = 8;
    /// One who governs.
    pub const RULER: u16 = 16;
    /// A person judged without a name.
    pub const SOMEONE: u16 = 32;
    /// Points at someone known.
    pub const DEFINITE: u16 = 64;
    /// A hearer who only passes words on.
    pub const PRESS: u16 = 128;
    /// One whom a leader deals with ("her host", "my counterpart").
    pub const OTHER: u16 = 256;
    /// What a leader speaks of as his own: "her government", "his country".
    pub const STATE: u16 = 512;
    /// What is a person's own and nobody else's business: "in my life", "on my part".
    pub const LIFE: u16 = 1024;
    /// Those of whom two sides consist: "our neighbours", "our two peoples".
    pub const SIDES: u16 = 2048;
    /// Nobody and nothing.
    pub const NO: u16 = 4096;
    /// Leaves open which: "some countries", "a foreign government".
    pub const SOME: u16 = 8192;
    /// Bits by their names in `target_words.tsv`.
    pub const NAMES: [(&str, u16); 14] = [
        ("addressed", ADDRESSED),
        ("aside", ASIDE),
        ("first", FIRST),
        ("copula", COPULA),
        ("ruler", RULER),
        ("someone", SOMEONE),
        ("definite", DEFINITE),
        ("press", PRESS),
        ("other", OTHER),
        ("state", STATE),
        ("life", LIFE),
        ("sides", SIDES),
        ("no", NO),
        ("some", SOME),
    ];
}

/// Compiled tables of this stage.
#[derive(Debug, Default)]
pub struct StanceWords {
    /// Weight of each feature.
    pub weights: HashMap<Feature, Weight, foldhash::fast::FixedState>,
    /// Stand-ins.
    pub stand: Stand,
    roles: Vec<u16>,
    aims: Vec<u16>,
    valence: Vec<f32>,
    stems: HashMap<Box<str>, WordId, foldhash::fast::FixedState>,
    valences: Vec<WordId>,
    places: Vec<Vec<WordId>>,
}

/// Values of [`Kind::Valence`] features in the order of [`window`], positive and negative in turn.
const VALENCES: [&str; 28] = [
    "all+",
    "all-",
    "before+",
    "before-",
    "after+",
    "after-",
    "near+",
    "near-",
    "before3+",
    "before3-",
    "after3+",
    "after3-",
    "before6+",
    "before6-",
    "after6+",
    "after6-",
    "before12+",
    "before12-",
    "after12+",
    "after12-",
    "clause+",
    "clause-",
    "quoted+",
    "quoted-",
    "voice+",
    "voice-",
    "vader+",
    "vader-",
];

/// Stretches over which valences are summed.
pub mod window {
    /// The whole sentence.
    pub const ALL: usize = 0;
    /// Before the target; the next number is after it.
    pub const BEFORE: usize = 1;
    /// The whole sentence, divided by the root of the distance.
    pub const NEAR: usize = 3;
    /// At most three words before the target; then after it, then the same for six and twelve.
    pub const BEFORE3: usize = 4;
    /// The target's clause.
    pub const CLAUSE: usize = 10;
    /// Inside quotation marks.
    pub const QUOTED: usize = 11;
    /// Inside quotation marks like the target, or outside like it.
    pub const VOICE: usize = 12;
    /// VADER's compound score of the sentence.
    pub const VADER: usize = 13;
    /// How many there are.
    pub const COUNT: usize = 14;
}

/// Kinds of [`Kind::Place`] with their largest value; larger ones count as it.
pub const PLACES: [(&str, usize); 8] =
    [("tenth", 9), ("opens", 1), ("quoted", 1), ("quotation", 1), ("names", 5), ("eighths", 6), ("clause", 6), ("clauses", 8)];

impl StanceWords {
    /// Compile from the language's tables.
    ///
    /// # Errors
    /// A missing table or a wrong row.
    pub fn load(tables: &Tables, vader: &VaderWords, vocab: &mut Vocab) -> Result<Self> {
        let stand = Stand {
            target: vocab.intern("<target>"),
            again: vocab.intern("<again>"),
            name: vocab.intern("<name>"),
            number: vocab.intern("<number>"),
        };
        let mut out = StanceWords { stand, ..StanceWords::default() };
        out.valences = VALENCES.iter().map(|name| vocab.intern(name)).collect();
        out.places = PLACES.iter().map(|(name, most)| (0..=*most).map(|n| vocab.intern(&format!("{name}={n}"))).collect()).collect();
        mark_roles(&mut out.roles, tables.get("stance_words.tsv")?, &role::NAMES, vocab)?;
        mark_roles(&mut out.aims, tables.get("target_words.tsv")?, &aim::NAMES, vocab)?;
        // The last stands for all words that the table does not hold.
        out.aims.push(0);
        for (word, entry) in vader.words() {
            if !word.chars().any(char::is_alphabetic) {
                continue;
            }
            let id = vocab.intern(word);
            if entry.flags & (flag::NEGATION | flag::NO) != 0 {
                mark(&mut out.roles, id, role::NEGATION);
            }
            if entry.flags & flag::TERM != 0 {
                *slot(&mut out.valence, id) = entry.valence as f32;
            }
        }
        let weights = tables.get("stance_weights.tsv")?;
        out.weights.reserve(weights.rows().len());
        for row in weights.rows() {
            let Some(feature) = Feature::parse(&row.cells[0], vocab) else {
                let kinds: Vec<&str> = Kind::NAMES.iter().map(|k| k.0).collect();
                return Err(Error::data(
                    weights.place(row),
                    format!("expected KIND:WORDS with at most three words and a kind of {}, found `{}`", kinds.join(", "), &row.cells[0]),
                ));
            };
            let weight = Weight { negative: weights.number(row, 1)? as f32, positive: weights.number(row, 2)? as f32 };
            out.weights.insert(feature, weight);
            out.learn(feature, vocab);
        }
        Ok(out)
    }
    /// Make room for a feature's words: they are known from now on, and its stem can be found.
    fn learn(&mut self, feature: Feature, vocab: &Vocab) {
        let (kind, _, words) = feature.parts();
        match kind {
            Kind::Stem | Kind::StemAfter | Kind::StemBefore => {
                self.stems.entry_ref(vocab.word(words[0])).or_insert(words[0]);
            }
            _ => words.into_iter().filter(|w| w.known()).for_each(|w| mark(&mut self.roles, w, role::KNOWN)),
        }
    }
    /// Forget the weights and know the words of `known` instead: the state from which a model is trained.
    pub fn untrained(&mut self, known: &[String], vocab: &mut Vocab) {
        self.weights.clear();
        self.stems.clear();
        self.roles.iter_mut().for_each(|r| *r &= !role::KNOWN);
        for word in known {
            let id = vocab.intern(word);
            mark(&mut self.roles, id, role::KNOWN);
            if let Some(stem) = stem(word) {
                let id = vocab.intern(&format!("{stem}*"));
                self.stems.insert(vocab.word(id).into(), id);
            }
        }
    }
    /// Bits of [`role`].
    pub fn roles(&self, id: WordId) -> u16 {
        self.roles.get(id.index()).copied().unwrap_or(0)
    }
    /// Bits of [`aim`].
    pub fn aims(&self, id: WordId) -> u16 {
        // Many words are in other tables alone: no branch for those.
        self.aims[id.index().min(self.aims.len() - 1)]
    }
    /// Mean valence of a word of the valence lexicon; 0 elsewhere.
    pub fn valence(&self, id: WordId) -> f32 {
        self.valence.get(id.index()).copied().unwrap_or(0.0)
    }
    /// The stem of a folded word, where the model knows it; `scratch` is overwritten.
    pub fn stem(&self, word: &str, scratch: &mut String) -> Option<WordId> {
        scratch.clear();
        scratch.push_str(stem(word)?);
        scratch.push('*');
        self.stems.get(scratch.as_str()).copied()
    }
    /// The feature of the valence summed over stretch `window`, of one sign.
    pub fn valence_feature(&self, window: usize, negative: bool) -> Option<Feature> {
        Feature::new(Kind::Valence, false, &[*self.valences.get(window * 2 + usize::from(negative))?])
    }
    /// The feature that `place` (an index into [`PLACES`]) has the value `n`.
    pub fn place_feature(&self, place: usize, n: usize) -> Option<Feature> {
        let values = self.places.get(place)?;
        Feature::new(Kind::Place, false, &[values[n.min(values.len() - 1)]])
    }
}

/// The first letters of a longer word of letters only.
fn stem(word: &str) -> Option<&str> {
    let (end, _) = word.char_indices().nth(STEM)?;
    word.chars().all(char::is_alphabetic).then(|| &word[..end])
}

/// Give the word of every row of `table` the bits that its second cell names.
fn mark_roles(bits: &mut Vec<u16>, table: &Table, names: &[(&str, u16)], vocab: &mut Vocab) -> Result<()> {
    for row in table.rows() {
        let id = vocab.intern(&row.cells[0]);
        for name in row.cells[1].split('|') {
            let Some((_, bit)) = names.iter().find(|n| n.0 == name) else {
                let known: Vec<&str> = names.iter().map(|n| n.0).collect();
                return Err(Error::data(table.place(row), format!("`{}`: expected {}, found `{name}`", &row.cells[0], known.join(", "))));
            };
            mark(bits, id, *bit);
        }
    }
    Ok(())
}

fn mark(bits: &mut Vec<u16>, id: WordId, bit: u16) {
    *slot(bits, id) |= bit;
}
