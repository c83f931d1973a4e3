//! The words of `lexicons/` that name people, offices, bodies and countries, compiled for look-up:
//! one table of flags by word id, phrases by their first word. Decides nothing.

use super::quote::{QuoteWords, Role};
use super::vocab::{Vocab, WordId, slot};
use super::{Tables, table::Row, table::Table};
use crate::annotation::Gender;
use crate::error::{Error, Result};
use crate::token;
use hashbrown::HashMap;

/// Index into [`NameWords::countries`]; further countries that only the run's actors know come after.
pub type CountryId = u16;
/// No country.
pub const NOWHERE: CountryId = CountryId::MAX;

/// What a word can be in a name or a noun phrase, as bits.
pub mod flag {
    /// the, a, this
    pub const DETERMINER: u32 = 1;
    /// some, many, three
    pub const QUANTIFIER: u32 = 1 << 1;
    /// of, in, by
    pub const PREPOSITION: u32 = 1 << 2;
    /// and, because, which
    pub const CONJUNCTION: u32 = 1 << 3;
    /// is, has, will
    pub const AUXILIARY: u32 = 1 << 4;
    /// said, met: common finite verbs
    pub const VERB: u32 = 1 << 5;
    /// not, also, later
    pub const ADVERB: u32 = 1 << 6;
    /// de, van, bin: small words inside names
    pub const PARTICLE: u32 = 1 << 7;
    /// Jr., III
    pub const SUFFIX: u32 = 1 << 8;
    /// months and days
    pub const CALENDAR: u32 = 1 << 9;
    /// senior, former, foreign
    pub const ADJECTIVE: u32 = 1 << 10;
    /// Republican, Muslim: capitalised adjectives of party, creed, region
    pub const PARTY: u32 = 1 << 11;
    /// Words that open sentences and are no names.
    pub const COMMON: u32 = 1 << 12;
    /// Capitalised words that name nobody who speaks (God, Internet).
    pub const MUTE: u32 = 1 << 13;
    /// A title or office that stands before names.
    pub const TITLE: u32 = 1 << 14;
    /// A noun for people, bodies or documents.
    pub const NOUN: u32 = 1 << 15;
    /// The noun is as often a verb (reports, heads).
    pub const VERBAL: u32 = 1 << 16;
    /// Ends the names of bodies, places or events (Department, Lake, Act).
    pub const TAIL: u32 = 1 << 17;
    /// A pronoun.
    pub const PRONOUN: u32 = 1 << 18;
    /// A first name.
    pub const FIRST_NAME: u32 = 1 << 19;
    /// Begins a phrase of [`super::NameWords::phrases_at`].
    pub const PHRASE: u32 = 1 << 20;
    /// of, for, at: prepositions that tie a complement to a noun.
    pub const LINK: u32 = 1 << 21;
    /// and, &: makes one group of two names.
    pub const JOIN: u32 = 1 << 22;
    /// to: before a bare noun it makes a verb of it.
    pub const INFINITIVE: u32 = 1 << 23;
    /// former, then: the office is over.
    pub const PAST: u32 = 1 << 24;
    /// billionaire, leftist, ex-: says what somebody already named is, and introduces nobody.
    pub const EPITHET: u32 = 1 << 25;
    /// counterpart, rival: the other one of two.
    pub const OPPOSITE: u32 = 1 << 26;
    /// old: with a number before it, tells an age ("47-year-old").
    pub const AGE: u32 = 1 << 27;
    /// aide, envoy: takes "to" and those whose it is.
    pub const ATTACHED: u32 = 1 << 28;
    /// in, last, early: a month's name behind it is the month, not somebody's.
    pub const DATED: u32 = 1 << 29;
    /// lawyer, senator: one of many, so that "the lawyer" is somebody just brought in.
    pub const TRADE: u32 = 1 << 30;
    /// boss: whom a minister or spokesperson serves.
    pub const SUPERIOR: u32 = 1 << 31;
    /// Where a noun phrase certainly ends.
    pub const STOP: u32 = PREPOSITION | CONJUNCTION | AUXILIARY | VERB | ADVERB | PRONOUN | DETERMINER | QUANTIFIER;
}

/// What follows from a word's flags for the walk over a noun phrase, which mark it is, and what the grammar of cues knows of it: bits
/// above those of [`flag`].
pub mod fact {
    use super::flag;

    /// `'s`
    pub const CLITIC: u64 = 1 << 32;
    /// The mark `-`.
    pub const HYPHEN: u64 = 1 << 33;
    /// The mark `,`.
    pub const COMMA: u64 = 1 << 34;
    /// The mark `.`.
    pub const POINT: u64 = 1 << 35;
    /// A phrase may begin with it.
    pub const BEGINS: u64 = 1 << 36;
    /// Where one of [`STEP`] stands for a word in small letters.
    pub const SMALL: u32 = 37;
    /// The same for a word with a capital.
    pub const CAPITAL: u32 = 40;
    /// The same for a mark.
    pub const MARK: u32 = 43;
    /// What a phrase does at a token: it ends (0), goes over it, may name with it; at a hyphen it may go over the word before, too.
    pub const STEP: u64 = 7;
    /// One of [`STEP`].
    pub const PASSES: u64 = 1;
    /// One of [`STEP`].
    pub const NAMES: u64 = 2;
    /// One of [`STEP`].
    pub const JOINS: u64 = 4;
    /// who: stands for a subject, in the grammar of cues.
    pub const WHO: u64 = 1 << 46;
    /// late, Tuesday: of time, in that grammar.
    pub const TIME: u64 = 1 << 47;
    /// on: a preposition of that grammar.
    pub const BEFORE_TIME: u64 = 1 << 48;
    /// is, was, in that grammar.
    pub const BE: u64 = 1 << 62;
    /// said, asks, told: a reporting verb begins with it.
    pub const REPORTS: u64 = 1 << 63;

    /// Of a word with these flags.
    pub(super) const fn of(flags: u32) -> u64 {
        let modifies = flags & (flag::DETERMINER | flag::QUANTIFIER | flag::ADJECTIVE) != 0;
        let names = flags & (flag::PHRASE | flag::TITLE | flag::NOUN | flag::AGE) != 0;
        let free = flags & (flag::STOP | flag::CALENDAR | flag::MUTE) == 0 || flags & (flag::FIRST_NAME | flag::SUFFIX) != 0;
        const fn step(names: bool, passes: bool) -> u64 {
            if names {
                NAMES
            } else if passes {
                PASSES
            } else {
                0
            }
        }
        // A verb's form may be an attribute.
        let small = step(names, modifies || flags & (flag::STOP & !flag::VERB) == 0);
        let capital = step(names || free, modifies);
        let begins = if names || modifies { BEGINS } else { 0 };
        small << SMALL | capital << CAPITAL | begins | flags as u64
    }
    /// Of a word that no table of this stage holds.
    pub(super) const UNKNOWN: u64 = of(0);
}

/// Grammatical role of a pronoun.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Case {
    /// he, I, they
    Subject,
    /// him, me
    Object,
    /// his, their
    Possessive,
    /// himself
    Reflexive,
    /// who
    Relative,
}

/// A pronoun.
#[derive(Clone, Copy, Debug)]
pub struct Pronoun {
    /// What it agrees with.
    pub gender: Gender,
    /// First or third person.
    pub person: u8,
    /// Its role.
    pub case: Case,
}

/// What a noun or the tail of a name stands for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum NounKind {
    /// A person.
    #[default]
    Person,
    /// Several people as one (crowd, police).
    Group,
    /// An organisation.
    Body,
    /// An organ of a state (ministry, army).
    State,
    /// A letter, poll, law.
    Document,
    /// A place.
    Place,
    /// A conference, prize, law: named but never speaking.
    Event,
}

/// A noun for people, bodies or documents.
#[derive(Clone, Copy, Debug)]
pub struct Noun {
    /// What it stands for.
    pub kind: NounKind,
    /// Its gender, where the noun tells.
    pub gender: Gender,
    /// Whether this form is the plural.
    pub plural: bool,
    /// The singular's id: equal for both forms.
    pub lemma: WordId,
}

/// Kind of office a title names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Office {
    /// Head of state or government.
    Head,
    /// leader: of a country, else of anything.
    Leader,
    /// Member of a government.
    Minister,
    /// Other high official of a government.
    Official,
    /// Speaks for somebody.
    Spokesperson,
    /// Envoy, ambassador.
    Diplomat,
    /// Vice president.
    Deputy,
    /// Any other office.
    Other,
    /// Mr, Dr: tells gender, no office.
    Honorific,
}

/// A title before names.
#[derive(Clone, Copy, Debug)]
pub struct Title {
    /// Kind of office.
    pub office: Office,
    /// Same id for all forms of one office (Sen, senator).
    pub canon: WordId,
    /// Its gender, where the title tells.
    pub gender: Gender,
}

/// Which title and which noun a word or term is, by their places in the tables: smaller than both.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Entries {
    // One more than the place; 0 = none.
    title: u16,
    noun: u16,
}

/// What a phrase names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PhraseKind {
    /// A country.
    Country,
    /// A country's adjective or people.
    Demonym,
    /// A capital: by metonymy the government.
    Capital,
    /// A town, state, region.
    Place,
    /// A seat of government or body that stands for a state.
    Seat,
    /// A known body without a state.
    Body,
    /// A title of several words.
    Title,
    /// A noun of several words.
    Noun,
}

/// A known term of one or several words.
#[derive(Clone, Debug)]
pub struct Phrase {
    /// Word ids, marks included.
    pub words: Box<[WordId]>,
    /// The second of them, if any: most terms that begin alike differ in it.
    pub second: WordId,
    /// What it names.
    pub kind: PhraseKind,
    /// Whose, for countries, demonyms, capitals and seats.
    pub country: CountryId,
    /// For titles and nouns of several words: index of the table's entry; for demonyms: 1 = a plural noun.
    pub entry: u16,
    /// Whether the table writes it all in capitals: then the text must too.
    pub upper: bool,
    /// Whether the table writes it with a capital.
    pub capital: bool,
}

/// One country of the general table.
#[derive(Clone, Debug)]
pub struct Country {
    /// Its name.
    pub name: String,
    /// Adjectives and nouns of its people.
    pub demonyms: Vec<String>,
    /// Its capitals.
    pub capitals: Vec<String>,
    /// Other names.
    pub aliases: Vec<String>,
}

/// Compiled tables of this stage.
#[derive(Debug, Default)]
pub struct NameWords {
    /// By word, until [`NameWords::seal`]: bits of [`flag`] and [`fact`].
    facts: Vec<u64>,
    /// By word: which of `kinds` it is. The words are many, their kinds few.
    kind: Vec<u16>,
    /// Bits of [`flag`] and [`fact`]; the first entry is of words that no table of this stage holds.
    kinds: Kinds,
    nouns: Vec<Noun>,
    titles: Vec<Title>,
    entries: Vec<Entries>,
    pronouns: Vec<Pronoun>,
    pronoun_of: Vec<u16>,
    first_names: Vec<Gender>,
    tails: Vec<Tail>,
    phrases: Vec<Phrase>,
    phrase_of: Vec<(u32, u32)>,
    /// All countries of the table.
    pub countries: Vec<Country>,
    /// Weights of the salience model.
    pub salience: Salience,
    /// Heads of state and government that are generally known.
    pub statesmen: Vec<Statesman>,
}

/// A word that tells what a name stands for of which it is the last word, or, with `fore`, the last or the first.
#[derive(Clone, Copy, Debug)]
struct Tail {
    kind: NounKind,
    fore: bool,
}

/// How many kinds of words there can be; we know some 150.
const KINDS: usize = 1 << u16::BITS;

/// The facts of each kind of words. Every number that a kind can have has its place, so that no look-up needs a test.
#[derive(Debug)]
struct Kinds(Box<[u64; KINDS]>);

impl Default for Kinds {
    fn default() -> Kinds {
        let all: Box<[u64]> = vec![0; KINDS].into();
        Kinds(all.try_into().unwrap_or_else(|_| Box::new([0; KINDS])))
    }
}

/// The facts of words, for those who read many.
#[derive(Clone, Copy)]
pub struct Reader<'a> {
    kind: &'a [u16],
    kinds: &'a [u64; KINDS],
}

impl Reader<'_> {
    /// Bits of [`flag`] and [`fact`] for a word.
    #[inline]
    pub fn facts(self, word: WordId) -> u64 {
        self.kinds[usize::from(self.kind.get(word.index()).copied().unwrap_or(0))]
    }
}

/// What is generally known of a head of state or government.
#[derive(Clone, Debug)]
pub struct Statesman {
    /// Full name and its other spellings.
    pub names: Vec<String>,
    /// Gender.
    pub gender: Gender,
    /// Title.
    pub title: String,
    /// Country, as in the table of countries; empty = none.
    pub country: String,
}

/// Weights of the salience model for pronouns, in points; see `lexicons/en/salience.tsv`.
#[derive(Clone, Debug, Default)]
pub struct Salience {
    weights: [f32; Feature::ALL.len()],
    /// By the bits of those features that a mention has by itself: their weights in order, then zeros.
    addends: Vec<[f32; Feature::OWN]>,
    /// By the number of an entity's mentions.
    repeated: Vec<f32>,
}

impl Salience {
    /// The weight of `feature`.
    pub fn of(&self, feature: Feature) -> f32 {
        self.weights[feature as usize]
    }
    /// `score` and the weights of all features in `bits`, added one by one: scores are compared to the last bit.
    #[inline]
    pub fn add(&self, score: f32, bits: u32) -> f32 {
        self.addends[bits as usize].iter().fold(score, |score, w| score + w)
    }
    /// The points of one who has been mentioned so often.
    #[inline]
    pub fn repeated(&self, mentions: u32) -> f32 {
        self.repeated[(mentions as usize).min(self.repeated.len() - 1)]
    }
    /// With `weights`.
    fn new(weights: [f32; Feature::ALL.len()]) -> Salience {
        let addends = (0..1usize << Feature::OWN).map(|bits| {
            let mut of = weights.iter().enumerate().filter(|(n, _)| bits >> n & 1 != 0).map(|(_, w)| *w);
            std::array::from_fn(|_| of.next().unwrap_or(0.0))
        });
        let repeated = (0..=Self::REPEATED).map(|n| weights[Feature::Frequency as usize] * (n.max(1) as f32).ln());
        Salience { weights, addends: addends.collect(), repeated: repeated.collect() }
    }
    /// Mentions of one entity that are counted, at most.
    const REPEATED: usize = 255;
}

macro_rules! features {
    ($($(#[$doc:meta])* $name:ident = $key:literal),* $(,)?) => {
        /// What the salience model looks at (after Lappin and Leass, 1994).
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Feature { $($(#[$doc])* $name),* }
        impl Feature {
            /// All features with their keys in the table.
            pub const ALL: &'static [(Feature, &'static str)] = &[$((Feature::$name, $key)),*];
            /// How many of them a mention has by itself: the first ones.
            const OWN: usize = Feature::Described as usize + 1;
            /// As one bit.
            pub const fn bit(self) -> u32 {
                1 << self as u32
            }
        }
    };
}

features! {
    // Those that a mention has by itself, in the order in which their points are added.
    /// Subject of its clause.
    Subject = "subject",
    /// Pronoun and candidate are both subjects.
    Parallel = "parallel",
    /// Opens its sentence.
    Opening = "opening",
    /// Stands behind a preposition.
    Oblique = "oblique",
    /// Possessor.
    Possessor = "possessor",
    /// Inside somebody's quotation.
    Quoted = "quoted",
    /// Inside somebody's reported clause.
    Reported = "reported",
    /// A letter, poll, report: what is called "it" and speaks is more often a body.
    Document = "document",
    /// Only described, not named.
    Described = "described",
    // Those that depend on who asks, and those of entities.
    /// The narrator's sentence before is about him.
    Topic = "topic",
    /// The leader of the pronoun's gender, where the other leader is of another and was just told of.
    Opposite = "opposite",
    /// Taken off for every sentence between.
    Sentence = "sentence",
    /// Taken off for every paragraph between.
    Paragraph = "paragraph",
    /// Taken off for every mention between, within a sentence.
    Distance = "distance",
    /// Speaker of the last quotation.
    LastSpeaker = "last_speaker",
    /// Speaker of the one before.
    EarlierSpeaker = "earlier_speaker",
    /// Gender known and the same.
    Gender = "gender",
    /// Known to be a person by title or first name.
    Person = "person",
    /// For each further mention so far (logarithm).
    Frequency = "frequency",
    /// For a description by office: times the share of his names that carry an office.
    Titled = "titled",
    /// A leader of the run.
    Leader = "leader",
    /// Points by which the best must lead before a pronoun's gender is believed of him.
    Clear = "clear",
}

fn gender_of(cell: &str) -> Option<Gender> {
    Some(match cell {
        "m" => Gender::Male,
        "f" => Gender::Female,
        "n" => Gender::Neuter,
        "p" => Gender::Plural,
        "-" => Gender::Unknown,
        _ => return None,
    })
}

fn wrong(table: &Table, row: Row, column: usize, expected: &str) -> Error {
    Error::data(table.place(row), format!("`{}`: expected {expected}, found `{}`", &row.cells[0], &row.cells[column]))
}

fn list(cell: &str) -> Vec<String> {
    if cell == "-" { Vec::new() } else { cell.split('|').map(|s| s.trim().to_owned()).filter(|s| !s.is_empty()).collect() }
}

struct Build<'v> {
    words: NameWords,
    vocab: &'v mut Vocab,
    /// Knows no word: terms are parted into words before any of them is known.
    bare: Vocab,
}

impl Build<'_> {
    fn mark(&mut self, id: WordId, bits: u32) {
        *slot(&mut self.words.facts, id) |= u64::from(bits);
    }
    fn ids(&mut self, term: &str) -> Vec<WordId> {
        let spans: Vec<_> = token::split_with(term, &self.bare).iter().map(|t| t.span).collect();
        spans.iter().map(|s| self.vocab.intern(s.of(term))).collect()
    }
    fn phrase(&mut self, term: &str, kind: PhraseKind, country: CountryId, entry: u16) {
        let words = self.ids(term);
        let upper = term.chars().any(char::is_alphabetic) && !term.chars().any(char::is_lowercase);
        let capital = term.chars().next().is_some_and(char::is_uppercase);
        if let Some(&first) = words.first() {
            self.mark(first, flag::PHRASE);
            let second = words.get(1).copied().unwrap_or_default();
            self.words.phrases.push(Phrase { words: words.into(), second, kind, country, entry, upper, capital });
        }
    }
}

fn put(of: &mut Vec<u16>, id: WordId, entry: usize) {
    *slot(of, id) = entry as u16 + 1;
}

impl NameWords {
    /// Compile from the language's tables.
    ///
    /// # Errors
    /// A missing table or a wrong row.
    pub fn load(tables: &Tables, vocab: &mut Vocab) -> Result<Self> {
        let mut b = Build { words: NameWords::default(), vocab, bare: Vocab::default() };
        load_words(&mut b, tables.get("name_words.tsv")?)?;
        load_countries(&mut b, tables.get("countries.tsv")?);
        load_seats(&mut b, tables.get("seats.tsv")?)?;
        for row in tables.get("places.tsv")?.rows() {
            b.phrase(&row.cells[0], PhraseKind::Place, NOWHERE, 0);
        }
        load_nouns(&mut b, tables.get("descriptions.tsv")?)?;
        load_titles(&mut b, tables.get("titles.tsv")?)?;
        load_tails(&mut b, tables.get("body_words.tsv")?)?;
        load_statesmen(&mut b, tables.get("leaders.tsv")?)?;
        load_pronouns(&mut b, tables.get("pronouns.tsv")?)?;
        // Reporting verbs end a noun phrase and show its subject.
        for row in tables.get("reporting_verbs.tsv")?.rows() {
            for form in row.cells[1].split(',').take(2).flat_map(|f| f.split('|')) {
                let id = b.vocab.intern(form);
                b.mark(id, flag::VERB);
            }
        }
        let table = tables.get("first_names.tsv")?;
        for row in table.rows() {
            let gender = gender_of(&row.cells[1]).ok_or_else(|| wrong(table, row, 1, "m, f or -"))?;
            let id = b.vocab.intern(&row.cells[0]);
            b.mark(id, flag::FIRST_NAME);
            *slot(&mut b.words.first_names, id) = gender;
        }
        let table = tables.get("salience.tsv")?;
        let mut weights = [0.0; Feature::ALL.len()];
        for row in table.rows() {
            let &(feature, _) =
                Feature::ALL.iter().find(|(_, key)| *key == &row.cells[0]).ok_or_else(|| wrong(table, row, 0, "a feature of the salience model"))?;
            weights[feature as usize] = table.number(row, 1)? as f32;
        }
        b.words.salience = Salience::new(weights);
        // Longest first among those that share the first word: the longest known term wins.
        b.words.phrases.sort_by(|x, y| x.words[0].cmp(&y.words[0]).then(y.words.len().cmp(&x.words.len())));
        for facts in &mut b.words.facts {
            *facts = fact::of(*facts as u32);
        }
        // One that can stand between a modifier and its noun.
        const BRIDGE: u64 = fact::PASSES << fact::MARK;
        for (mark, bits) in [
            ("'s", fact::CLITIC),
            (",", fact::COMMA),
            (".", fact::POINT | BRIDGE),
            ("-", fact::HYPHEN | fact::JOINS << fact::MARK),
            ("\u{2010}", BRIDGE),
            ("\u{2011}", BRIDGE),
            ("–", BRIDGE),
        ] {
            let id = b.vocab.intern(mark);
            while b.words.facts.len() <= id.index() {
                b.words.facts.push(fact::UNKNOWN);
            }
            b.words.facts[id.index()] |= bits;
        }
        let mut words = b.words;
        for (n, phrase) in words.phrases.iter().enumerate() {
            let phrases = slot(&mut words.phrase_of, phrase.words[0]);
            if phrases.1 == 0 {
                *phrases = (n as u32, n as u32);
            }
            phrases.1 = n as u32 + 1;
        }
        Ok(words)
    }
    /// Part the words into kinds, once all of them are known.
    pub fn seal(&mut self, vocab: &Vocab, quote: &QuoteWords) {
        let facts = std::mem::take(&mut self.facts);
        let mut places: HashMap<u64, u16> = [(fact::UNKNOWN, 0)].into_iter().collect();
        let kinds = (0..vocab.len()).map(|at| {
            let role = quote.role(WordId(at as u32));
            let told = [
                (role.any(Role::Who), fact::WHO),
                (role.any(Role::Time), fact::TIME),
                (role.any(Role::Preposition), fact::BEFORE_TIME),
                (role.any(Role::Be), fact::BE),
                (quote.begins_verb(WordId(at as u32)), fact::REPORTS),
            ];
            let facts = facts.get(at).copied().unwrap_or(fact::UNKNOWN);
            let facts = told.into_iter().fold(facts, |facts, (holds, bit)| facts | (u64::from(holds) * bit));
            let next = places.len() as u16;
            *places.entry(facts).or_insert(next)
        });
        self.kind = kinds.collect();
        places.into_iter().for_each(|(facts, kind)| self.kinds.0[usize::from(kind)] = facts);
    }
    /// Bits of [`flag`] for a word.
    pub fn flags(&self, word: WordId) -> u32 {
        self.facts(word) as u32
    }
    /// Bits of [`flag`] and [`fact`] for a word.
    #[inline]
    pub fn facts(&self, word: WordId) -> u64 {
        self.reader().facts(word)
    }
    /// The tables of facts, for those who read many.
    #[inline]
    pub fn reader(&self) -> Reader<'_> {
        Reader { kind: &self.kind, kinds: &self.kinds.0 }
    }
    /// Whether the word makes one group of two names.
    pub fn joins(&self, word: WordId) -> bool {
        self.flags(word) & flag::JOIN != 0
    }
    /// The noun that a word is.
    pub fn noun(&self, word: WordId) -> Option<Noun> {
        self.noun_of(self.entries(word))
    }
    /// The title that a word is.
    pub fn title(&self, word: WordId) -> Option<Title> {
        self.title_of(self.entries(word))
    }
    /// Which title and noun a word is.
    pub fn entries(&self, word: WordId) -> Entries {
        self.entries.get(word.index()).copied().unwrap_or_default()
    }
    /// Which title or noun of several words a phrase is.
    pub fn phrase_entries(&self, phrase: &Phrase) -> Entries {
        match phrase.kind {
            PhraseKind::Title => Entries { title: phrase.entry + 1, noun: 0 },
            PhraseKind::Noun => Entries { title: 0, noun: phrase.entry + 1 },
            _ => Entries::default(),
        }
    }
    /// The noun among `entries`.
    pub fn noun_of(&self, entries: Entries) -> Option<Noun> {
        self.nouns.get(usize::from(entries.noun).wrapping_sub(1)).copied()
    }
    /// The title among `entries`.
    pub fn title_of(&self, entries: Entries) -> Option<Title> {
        self.titles.get(usize::from(entries.title).wrapping_sub(1)).copied()
    }
    /// The pronoun that a word is.
    pub fn pronoun(&self, word: WordId) -> Option<Pronoun> {
        let n = self.pronoun_of.get(word.index()).copied().unwrap_or(0);
        self.pronouns.get(usize::from(n).wrapping_sub(1)).copied()
    }
    /// The gender that a first name tells.
    pub fn first_name(&self, word: WordId) -> Gender {
        self.first_names.get(word.index()).copied().unwrap_or_default()
    }
    /// What a name that ends in this word stands for.
    pub fn tail(&self, word: WordId) -> Option<NounKind> {
        self.tail_of(word).map(|tail| tail.kind)
    }
    /// What a name stands for that begins with `word`: "Lake Erin", "Storm Ida".
    pub fn fore(&self, word: WordId) -> Option<NounKind> {
        self.tail_of(word).filter(|tail| tail.fore).map(|tail| tail.kind)
    }
    fn tail_of(&self, word: WordId) -> Option<Tail> {
        if self.flags(word) & flag::TAIL == 0 { None } else { self.tails.get(word.index()).copied() }
    }
    /// The titles in a phrase such as `Prime Minister`, longest terms first.
    pub fn titles_in(&self, vocab: &Vocab, phrase: &str) -> Vec<Title> {
        let words: Vec<WordId> = token::split_with(phrase, vocab).iter().map(|t| t.word).collect();
        let mut out = Vec::new();
        let mut at = 0;
        while at < words.len() {
            let known = self.phrases_at(words[at]).iter().find(|p| p.kind == PhraseKind::Title && words[at..].starts_with(&p.words));
            out.extend(known.map(|p| self.title_entry(p)).or_else(|| self.title(words[at])));
            at += known.map_or(1, |p| p.words.len());
        }
        out
    }
    /// Known terms that begin with `word`, longest first.
    pub fn phrases_at(&self, word: WordId) -> &[Phrase] {
        let (from, to) = self.phrase_of.get(word.index()).copied().unwrap_or((0, 0));
        &self.phrases[from as usize..to as usize]
    }
    /// The title of several words that a phrase of that kind is.
    pub fn title_entry(&self, phrase: &Phrase) -> Title {
        self.titles[phrase.entry as usize]
    }
    /// The country of that name, alias, demonym or capital, in any case.
    pub fn country(&self, term: &str) -> Option<CountryId> {
        let wanted = super::vocab::fold(term);
        let same = |s: &String| super::vocab::fold(s) == wanted;
        let by = |f: &dyn Fn(&Country) -> bool| self.countries.iter().position(f).map(|i| i as CountryId);
        by(&|c| same(&c.name) || c.aliases.iter().any(same)).or_else(|| by(&|c| c.demonyms.iter().any(same) || c.capitals.iter().any(same)))
    }
    /// Nominative, objective and possessive of the third person in that gender.
    pub fn pronouns_of(&self, vocab: &Vocab, gender: Gender) -> Vec<String> {
        [Case::Subject, Case::Object, Case::Possessive]
            .iter()
            .filter_map(|case| {
                let entry = self.pronouns.iter().position(|p| p.person == 3 && p.gender == gender && p.case == *case)?;
                let word = self.pronoun_of.iter().position(|&n| n as usize == entry + 1)?;
                Some(vocab.word(WordId(word as u32)).to_owned())
            })
            .collect()
    }
    /// The gender that a nominative or other pronoun tells.
    pub fn pronoun_gender(&self, vocab: &Vocab, pronoun: &str) -> Gender {
        self.pronoun(vocab.get(&super::vocab::fold(pronoun))).map_or(Gender::Unknown, |p| p.gender)
    }
}

fn load_words(b: &mut Build, table: &Table) -> Result<()> {
    for row in table.rows() {
        let mut bits = 0;
        for role in row.cells[1].split('|') {
            bits |= match role {
                "det" => flag::DETERMINER,
                "quant" => flag::QUANTIFIER,
                "prep" => flag::PREPOSITION,
                "conj" => flag::CONJUNCTION,
                "aux" => flag::AUXILIARY,
                "verb" => flag::VERB,
                "adv" => flag::ADVERB,
                "particle" => flag::PARTICLE,
                "suffix" => flag::SUFFIX,
                "month" | "day" => flag::CALENDAR,
                "adj" => flag::ADJECTIVE,
                "party" => flag::PARTY,
                "common" => flag::COMMON,
                "mute" => flag::MUTE,
                "link" => flag::LINK,
                "join" => flag::JOIN,
                "infinitive" => flag::INFINITIVE,
                "past" => flag::PAST,
                "epithet" => flag::EPITHET,
                "opposite" => flag::OPPOSITE,
                "age" => flag::AGE,
                "attached" => flag::ATTACHED,
                "dated" => flag::DATED,
                "trade" => flag::TRADE,
                "superior" => flag::SUPERIOR,
                _ => {
                    return Err(wrong(
                        table,
                        row,
                        1,
                        "roles of det, quant, prep, conj, aux, verb, adv, particle, suffix, month, day, adj, party, common, mute, link, join, infinitive, past, epithet, opposite, age, attached, dated, trade, superior",
                    ));
                }
            };
        }
        let id = b.vocab.intern(&row.cells[0]);
        b.mark(id, bits);
    }
    Ok(())
}

fn load_countries(b: &mut Build, table: &Table) {
    for (n, row) in table.rows().enumerate() {
        let country =
            Country { name: row.cells[0].to_owned(), demonyms: list(&row.cells[1]), capitals: list(&row.cells[2]), aliases: list(&row.cells[3]) };
        let id = n as CountryId;
        b.phrase(&country.name, PhraseKind::Country, id, 0);
        for (terms, kind) in
            [(&country.demonyms, PhraseKind::Demonym), (&country.capitals, PhraseKind::Capital), (&country.aliases, PhraseKind::Country)]
        {
            for term in terms {
                // A people's plural is listed beside its singular: the longer of two terms that begin alike.
                let plural = kind == PhraseKind::Demonym
                    && terms.iter().any(|t| t.len() < term.len() && t.len() + 2 >= term.len() && term.starts_with(t.as_str()));
                b.phrase(term, kind, id, u16::from(plural));
            }
        }
        b.words.countries.push(country);
    }
}

fn load_seats(b: &mut Build, table: &Table) -> Result<()> {
    for row in table.rows() {
        if &row.cells[1] == "-" {
            b.phrase(&row.cells[0], PhraseKind::Body, NOWHERE, 0);
            continue;
        }
        let country = b.words.countries.iter().position(|c| c.name == row.cells[1]);
        let country = country.ok_or_else(|| wrong(table, row, 1, "a country of countries.tsv or -"))?;
        b.phrase(&row.cells[0], PhraseKind::Seat, country as CountryId, 0);
    }
    Ok(())
}

fn load_statesmen(b: &mut Build, table: &Table) -> Result<()> {
    for row in table.rows() {
        let gender = gender_of(&row.cells[2]).ok_or_else(|| wrong(table, row, 2, "m, f or -"))?;
        let known = &row.cells[4] == "-" || b.words.countries.iter().any(|c| c.name == row.cells[4]);
        if !known {
            return Err(wrong(table, row, 4, "a country of countries.tsv or -"));
        }
        let country = if &row.cells[4] == "-" { String::new() } else { row.cells[4].to_owned() };
        let names = std::iter::once(row.cells[0].to_owned()).chain(list(&row.cells[1])).collect();
        b.words.statesmen.push(Statesman { names, gender, title: row.cells[3].to_owned(), country });
    }
    Ok(())
}

fn noun_kind(cell: &str) -> Option<NounKind> {
    Some(match cell {
        "person" => NounKind::Person,
        "group" => NounKind::Group,
        "body" => NounKind::Body,
        "state" => NounKind::State,
        "document" => NounKind::Document,
        "place" => NounKind::Place,
        "event" => NounKind::Event,
        _ => return None,
    })
}

fn load_nouns(b: &mut Build, table: &Table) -> Result<()> {
    for row in table.rows() {
        let kind = noun_kind(&row.cells[2]).ok_or_else(|| wrong(table, row, 2, "person, group, body, state, document, place or event"))?;
        let gender = gender_of(&row.cells[3]).ok_or_else(|| wrong(table, row, 3, "m, f or -"))?;
        let (verbal, always) = match &row.cells[4] {
            "verb" => (flag::VERBAL, false),
            "plural" => (0, true),
            "-" => (0, false),
            _ => return Err(wrong(table, row, 4, "verb, plural or -")),
        };
        let lemma = b.vocab.intern(&row.cells[0]);
        for (form, plural) in [(&row.cells[0], false), (&row.cells[1], true)] {
            if form == "-" {
                continue;
            }
            let entry = b.words.nouns.len();
            b.words.nouns.push(Noun { kind, gender, plural: plural || always, lemma });
            let ids = b.ids(form);
            if let [id] = ids[..] {
                slot(&mut b.words.entries, id).noun = entry as u16 + 1;
                b.mark(id, flag::NOUN | if plural { verbal } else { 0 });
            } else {
                b.phrase(form, PhraseKind::Noun, NOWHERE, entry as u16);
            }
        }
    }
    Ok(())
}

fn load_titles(b: &mut Build, table: &Table) -> Result<()> {
    for row in table.rows() {
        let office = match &row.cells[2] {
            "head" => Office::Head,
            "leader" => Office::Leader,
            "minister" => Office::Minister,
            "spokesperson" => Office::Spokesperson,
            "diplomat" => Office::Diplomat,
            "deputy" => Office::Deputy,
            "official" => Office::Official,
            "honorific" => Office::Honorific,
            "royal" | "governor" | "legislator" | "military" | "police" | "judicial" | "religious" | "academic" | "business" | "candidate"
            | "relation" | "body" => Office::Other,
            _ => return Err(wrong(table, row, 2, "a kind of office")),
        };
        let gender = gender_of(&row.cells[3]).ok_or_else(|| wrong(table, row, 3, "m, f or -"))?;
        let canon = b.vocab.intern(&row.cells[1]);
        let entry = b.words.titles.len();
        b.words.titles.push(Title { office, canon, gender });
        let ids = b.ids(&row.cells[0]);
        if let [id] = ids[..] {
            slot(&mut b.words.entries, id).title = entry as u16 + 1;
            b.mark(id, flag::TITLE);
        } else {
            b.phrase(&row.cells[0], PhraseKind::Title, NOWHERE, entry as u16);
        }
    }
    Ok(())
}

fn load_tails(b: &mut Build, table: &Table) -> Result<()> {
    for row in table.rows() {
        let fore = &row.cells[1] == "fore";
        let kind = if fore { Some(NounKind::Place) } else { noun_kind(&row.cells[1]) };
        let kind = kind.ok_or_else(|| wrong(table, row, 1, "body, state, place, event or fore"))?;
        let id = b.vocab.intern(&row.cells[0]);
        b.mark(id, flag::TAIL);
        let tails = &mut b.words.tails;
        if tails.len() <= id.index() {
            tails.resize(id.index() + 1, Tail { kind: NounKind::Body, fore: false });
        }
        tails[id.index()] = Tail { kind, fore };
    }
    Ok(())
}

fn load_pronouns(b: &mut Build, table: &Table) -> Result<()> {
    for row in table.rows() {
        let gender = gender_of(&row.cells[1]).ok_or_else(|| wrong(table, row, 1, "m, f, n, p or -"))?;
        let case = match &row.cells[3] {
            "subject" => Case::Subject,
            "object" => Case::Object,
            "possessive" => Case::Possessive,
            "reflexive" => Case::Reflexive,
            "relative" => Case::Relative,
            _ => return Err(wrong(table, row, 3, "subject, object, possessive, reflexive or relative")),
        };
        let person = table.number(row, 2)? as u8;
        let id = b.vocab.intern(&row.cells[0]);
        let entry = b.words.pronouns.len();
        b.words.pronouns.push(Pronoun { gender, person, case });
        put(&mut b.words.pronoun_of, id, entry);
        b.mark(id, flag::PRONOUN);
    }
    Ok(())
}
