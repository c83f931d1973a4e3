//! The words of `lexicons/` that the quote stage asks for, compiled for look-up: reporting verbs with their
//! forms, class and grammar, and the closed classes of words round them. Decides nothing.

use super::Tables;
use super::table::{Row, Table};
use super::vocab::{Vocab, WordId, slot};
use crate::annotation::CueClass;
use crate::error::{Error, Result};
use crate::token::Token;
use std::collections::BTreeMap;
use std::ops::BitOr;

macro_rules! bits {
    ($(#[$doc:meta])* $name:ident($int:ty) { $($(#[$bit_doc:meta])* $bit:ident = $word:literal,)* }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
        pub struct $name(pub $int);
        #[allow(non_upper_case_globals)]
        impl $name {
            bits!(@each $name $int, 0, $($(#[$bit_doc])* $bit,)*);
            const NAMES: &'static [(&'static str, $name)] = &[$(($word, $name::$bit),)*];
            /// Whether any bit of `other` is set.
            pub fn any(self, other: $name) -> bool {
                self.0 & other.0 != 0
            }
            /// What is left without the bits of `other`.
            pub fn without(self, other: $name) -> $name {
                $name(self.0 & !other.0)
            }
            fn parse(cell: &str) -> std::result::Result<$name, String> {
                let mut all = $name(0);
                for word in cell.split('|') {
                    match $name::NAMES.iter().find(|(name, _)| *name == word) {
                        Some((_, bit)) => all.0 |= bit.0,
                        None => {
                            let known: Vec<&str> = $name::NAMES.iter().map(|x| x.0).collect();
                            return Err(format!("expected one of {}, found `{word}`", known.join(", ")));
                        }
                    }
                }
                Ok(all)
            }
        }
        impl BitOr for $name {
            type Output = $name;
            fn bitor(self, other: $name) -> $name {
                $name(self.0 | other.0)
            }
        }
    };
    (@each $name:ident $int:ty, $n:expr, $(#[$doc:meta])* $bit:ident, $($rest:tt)*) => {
        $(#[$doc])*
        pub const $bit: $name = $name(1 << ($n));
        bits!(@each $name $int, $n + 1, $($rest)*);
    };
    (@each $name:ident $int:ty, $n:expr,) => {};
}

bits! {
    /// What a reporting verb can take.
    VerbUse(u16) {
        /// Marked words as object or with the verb as a parenthesis.
        Quote = "quote",
        /// A clause with "that".
        That = "that",
        /// A clause without "that".
        Bare = "bare",
        /// "to …" as what is said.
        Infinitive = "infinitive",
        /// The one spoken to as object.
        Hearer = "hearer",
        /// "called him a …".
        Label = "label",
        /// "described it as …".
        As = "as",
        /// Its object is what is said or judged.
        Object = "object",
        /// A question.
        Whether = "whether",
        /// Speech only beside marked words ("smiled").
        Manner = "manner",
        /// Words on a thing ("a card inscribed …").
        Thing = "thing",
        /// Thought rather than speech.
        Attitude = "attitude",
    }
}

bits! {
    /// Part of a word in the grammar of cues.
    Role(u64) {
        /// the, a, some …
        Determiner = "determiner",
        /// the, a, an
        Article = "article",
        /// his, her …
        Possessive = "possessive",
        /// in, on, at …
        Preposition = "preposition",
        /// of
        Of = "of",
        /// to
        To = "to",
        /// by
        By = "by",
        /// as
        As = "as",
        /// with
        With = "with",
        /// for, from
        For = "for",
        /// from
        From = "from",
        /// have, has …
        Have = "have",
        /// is, was …
        Be = "be",
        /// do, did …
        Do = "do",
        /// will, would …
        Modal = "modal",
        /// not, never …
        Negation = "negation",
        /// declined, refused …
        Refusal = "refusal",
        /// and, but, or
        Conjunction = "conjunction",
        /// but
        But = "but",
        /// when, because …
        Subordinator = "subordinator",
        /// if, unless, whether
        Condition = "condition",
        /// who, which, that …
        Relative = "relative",
        /// 's, which may be "is" or "has"
        Clitic = "clitic",
        /// in, at, with, on
        Place = "place",
        /// in, into, near …: before a place rather than a person
        Within = "within",
        /// an ending: saying, leaving …
        Gerund = "gerund",
        /// an ending of past forms: seized …
        Ended = "ended",
        /// an ending: officials …
        Plural = "plural",
        /// that
        That = "that",
        /// who
        Who = "who",
        /// he, she, they …
        Pronoun = "pronoun",
        /// him, them …
        Object = "object",
        /// I, we
        First = "first",
        /// also, later …
        Adverb = "adverb",
        /// Monday, March, week …
        Time = "time",
        /// Mr., President …
        Title = "title",
        /// book, film …: what stands before the title of a work
        Work = "work",
        /// so-called, nicknamed …
        Nickname = "nickname",
        /// letter, report …: a document that can be quoted
        Document = "document",
        /// letter, statement …: words that someone gave out, whose owner speaks
        Paper = "paper",
        /// letter, card, note …: what carries the words of whoever wrote or sent it
        Letter = "letter",
        /// wrote, sent, left …: what one does with words of one's own on paper
        Sends = "sends",
        /// read, went on …: what a paper does with its words
        Reads = "reads",
        /// banner, caption …: what carries words that nobody speaks
        Display = "display",
        /// posted, shared, account …: the caption of what somebody shows to the public is that one's words
        Posted = "posted",
        /// newspaper, magazine …: a body of which the name behind it is the name
        Outlet = "outlet",
        /// so: before whoever says it
        Thus = "thus",
        /// prompted, leading …: makes somebody do what the infinitive behind him tells
        Cause = "cause",
        /// heard …: the one whom somebody hears is the one who speaks
        Senses = "senses",
        /// turn, reply …: behind "in" no more than an adverb
        Turn = "turn",
        /// answer, retort …: what is said to whoever spoke before
        Answer = "answer",
        /// came …: before an answer
        Comes = "comes",
        /// how
        How = "how",
        /// no: before what is not there
        Zero = "zero",
        /// week, day …: behind "that" its noun, and no clause
        Unit = "unit",
        /// papers, press …: many that share a catchword
        Press = "press",
        /// according
        According = "according",
        /// quoted
        Quoted = "quoted",
        /// saying
        Saying = "saying",
        /// evidence, experience …: shows, but does not speak
        Evidence = "evidence",
        /// claim, warning …: a noun with a reported clause
        Report = "report",
        /// word, phrase …
        Mention = "mention",
        /// you: who is asked
        Hearer = "hearer",
        /// there, where it opens a sentence without a subject of its own
        Expletive = "expletive",
    }
}

/// Forms that a verb can be.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Form(pub u8);

#[allow(non_upper_case_globals)]
impl Form {
    /// say
    pub const Base: Form = Form(1);
    /// says
    pub const Third: Form = Form(2);
    /// said
    pub const Past: Form = Form(4);
    /// saying
    pub const Ing: Form = Form(8);
    /// (has) said
    pub const Participle: Form = Form(16);
    /// Whether any form of `other` is among these.
    pub fn any(self, other: Form) -> bool {
        self.0 & other.0 != 0
    }
}

impl BitOr for Form {
    type Output = Form;
    fn bitor(self, other: Form) -> Form {
        Form(self.0 | other.0)
    }
}

/// A reporting verb or phrase.
#[derive(Clone, Debug)]
pub struct Verb {
    /// As the table has it.
    pub lemma: String,
    /// How the outlet stands to what is said.
    pub class: CueClass,
    /// How strongly, 0 … 1 within the class.
    pub strength: f64,
    /// What it can take.
    pub takes: VerbUse,
    /// The words after the first one ("out" of "point out").
    rest: Vec<WordId>,
}

/// A reporting verb found at a token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct VerbAt {
    /// Index into [`QuoteWords::verbs`].
    pub verb: u16,
    /// What it can take.
    pub takes: VerbUse,
    /// Which forms it can be.
    pub form: Form,
    /// Number of tokens.
    pub len: u8,
}

impl VerbAt {
    /// Whether it can stand in a reporting clause set off behind a whole sentence ("…, Vega said").
    pub fn closes(self) -> bool {
        self.takes.any(VerbUse::Bare | VerbUse::That) && self.takes.any(VerbUse::Quote)
    }
    /// Whether it can report words without marks round them.
    fn speaks(self) -> bool {
        !self.takes.any(VerbUse::Attitude | VerbUse::Manner) || self.closes()
    }
}

/// What a word is to this stage.
#[derive(Clone, Copy, Debug, Default)]
struct Word {
    role: Role,
    /// The reporting verb that it is alone.
    verb: Option<VerbAt>,
    /// Where the phrases that begin with it begin in `phrases`, longest first.
    first: u32,
    /// How many they are.
    count: u8,
    /// Whether a reporting clause can close a sentence with it.
    closes: bool,
}

/// The table of words, for those who read many.
#[derive(Clone, Copy)]
pub struct Reader<'a>(&'a QuoteWords);

impl Reader<'_> {
    /// What the word of `token` can be.
    pub fn role(self, token: &Token) -> Role {
        self.0.role(token.word)
    }
    /// What the word of `token` can be, and the reporting verb (longest phrase) that begins there; it is the one at `at` of `tokens`.
    #[inline]
    pub fn grammar(self, token: &Token, tokens: &[Token], at: usize) -> (Role, Option<VerbAt>) {
        let word = self.0.word(token.word);
        // Nearly all words begin no phrase.
        if word.count == 0 { (word.role, word.verb) } else { (word.role, self.0.phrase(word, tokens, at)) }
    }
}

/// Bytes of an indefinite article, at most.
const INDEFINITE: usize = 2;

/// What has a share in `quote_rules.tsv`: the rules of attribution, then what tells whom a speaker's words mean.
pub const SHARES: [&str; 25] = [
    "none",
    "verb-after",
    "inverted-after",
    "verb-before",
    "clause",
    "label",
    "participle",
    "according-to",
    "colon",
    "dash",
    "passive-by",
    "noun",
    "continued",
    "paragraph",
    "carried",
    "introduced",
    "next",
    "source-line",
    "transcript",
    "by-name",
    "by-description",
    "by-nameless",
    "by-pronoun",
    "by-unclear",
    "by-other",
];

/// Compiled tables of this stage.
#[derive(Debug, Default)]
pub struct QuoteWords {
    /// Every reporting verb, sorted as in the table.
    pub verbs: Vec<Verb>,
    /// By word: its place in `words`. Nearly all words are the first of those, which is nothing to this stage.
    place: Vec<u16>,
    words: Vec<Word>,
    /// Verbs of several words, each with its second word.
    phrases: Vec<(WordId, VerbAt)>,
    /// By word: whether a reporting clause round words without marks can begin or end with it.
    speaks: Vec<bool>,
    endings: Vec<(String, Role)>,
    /// By last byte of a word: the roles that its endings can give.
    last: Vec<Role>,
    /// Parallel to [`SHARES`].
    shares: [f64; SHARES.len()],
}

impl QuoteWords {
    /// Compile from the language's tables.
    ///
    /// # Errors
    /// A missing table or a wrong row.
    pub fn load(tables: &Tables, vocab: &mut Vocab) -> Result<Self> {
        let mut words = QuoteWords { words: vec![Word::default()], ..QuoteWords::default() };
        let table = tables.get("reporting_verbs.tsv")?;
        let mut by_word: BTreeMap<WordId, Vec<(u16, Form)>> = BTreeMap::new();
        for row in table.rows() {
            words.verb(table, row, vocab, &mut by_word)?;
        }
        for (word, entries) in by_word {
            let at = |(verb, form): (u16, Form)| {
                let known = &words.verbs[verb as usize];
                VerbAt { verb, takes: known.takes, form, len: known.rest.len() as u8 + 1 }
            };
            let entries: Vec<VerbAt> = entries.into_iter().map(at).collect();
            *slot(&mut words.speaks, word) = entries.iter().any(|v| v.speaks());
            let closes = entries.iter().any(|v| v.closes());
            let verb = entries.iter().copied().find(|v| v.len == 1);
            let second = |v: VerbAt| words.verbs[v.verb as usize].rest.first().map(|&word| (word, v));
            let mut phrases: Vec<(WordId, VerbAt)> = entries.into_iter().filter_map(second).collect();
            phrases.sort_by_key(|p| std::cmp::Reverse(p.1.len));
            let (first, count) = (words.phrases.len() as u32, phrases.len() as u8);
            *words.known(word) = Word { role: Role(0), verb, first, count, closes };
            words.phrases.append(&mut phrases);
        }
        words.last = vec![Role(0); 256];
        let table = tables.get("quote_words.tsv")?;
        for row in table.rows() {
            let role = Role::parse(&row.cells[1]).map_err(|e| Error::data(table.place(row), format!("`{}`: {e}", &row.cells[0])))?;
            if let Some(ending) = row.cells[0].strip_prefix('-') {
                let last = ending.as_bytes().last().map_or(0..=u8::MAX, |&b| b..=b);
                for byte in last {
                    words.last[byte as usize] = words.last[byte as usize] | role;
                }
                words.endings.push((ending.to_owned(), role));
                continue;
            }
            let word = vocab.intern(&row.cells[0]);
            let known = words.known(word);
            known.role = role;
            known.closes |= role.any(Role::According);
            *slot(&mut words.speaks, word) |= role.any(Role::According);
        }
        let table = tables.get("quote_rules.tsv")?;
        for row in table.rows() {
            let share = table.number(row, 1)?;
            if !(0.0..=1.0).contains(&share) {
                return Err(Error::data(table.place(row), format!("`{}`: expected a share from 0 to 1, found `{share}`", &row.cells[0])));
            }
            if let Some(n) = SHARES.iter().position(|name| *name == &row.cells[0]) {
                words.shares[n] = share;
            }
        }
        // The last stands for all words that no table of this stage holds.
        words.place.push(0);
        Ok(words)
    }

    /// The entry of a word of the tables, new if need be.
    fn known(&mut self, word: WordId) -> &mut Word {
        let place = slot(&mut self.place, word);
        if *place == 0 {
            *place = self.words.len() as u16;
            self.words.push(Word::default());
        }
        &mut self.words[*place as usize]
    }
    /// What a word is to this stage.
    #[inline]
    fn word(&self, word: WordId) -> &Word {
        // Many words are in other tables alone: no branch for those.
        &self.words[self.place[word.index().min(self.place.len() - 1)] as usize]
    }

    fn verb(&mut self, table: &Table, row: Row, vocab: &mut Vocab, by_word: &mut BTreeMap<WordId, Vec<(u16, Form)>>) -> Result<()> {
        let wrong = |what: String| Error::data(table.place(row), format!("`{}`: {what}", &row.cells[0]));
        let forms: Vec<&str> = row.cells[1].split(',').collect();
        let [third, past, ing, participle] = forms[..] else {
            return Err(wrong(format!("expected four forms with commas between them, found `{}`", &row.cells[1])));
        };
        let class = match &row.cells[2] {
            "neutral" => CueClass::Neutral,
            "endorse" => CueClass::Endorse,
            "distance" => CueClass::Distance,
            "hostile" => CueClass::Hostile,
            "warm" => CueClass::Warm,
            other => return Err(wrong(format!("expected neutral, endorse, distance, hostile or warm, found `{other}`"))),
        };
        let strength = table.number(row, 3)?;
        if !(0.0..=1.0).contains(&strength) {
            return Err(wrong(format!("expected a strength from 0 to 1, found `{strength}`")));
        }
        let takes = VerbUse::parse(&row.cells[4]).map_err(wrong)?;
        let mut parts = row.cells[0].split(' ');
        let base = parts.next().unwrap_or_default();
        let rest: Vec<WordId> = parts.map(|w| vocab.intern(w)).collect();
        let id = self.verbs.len() as u16;
        self.verbs.push(Verb { lemma: row.cells[0].to_owned(), class, strength, takes, rest });
        for (words, form) in [(base, Form::Base), (third, Form::Third), (past, Form::Past), (ing, Form::Ing), (participle, Form::Participle)] {
            for word in words.split('|') {
                let entries = by_word.entry(vocab.intern(word)).or_default();
                match entries.iter_mut().find(|(v, _)| *v == id) {
                    Some((_, known)) => *known = *known | form,
                    None => entries.push((id, form)),
                }
            }
        }
        Ok(())
    }

    /// Whether a reporting verb can begin with this word.
    pub fn begins_verb(&self, word: WordId) -> bool {
        let word = self.word(word);
        word.verb.is_some() || word.count != 0
    }
    /// The reporting verb (longest phrase) that begins at token `at`.
    #[inline]
    pub fn verb_at(&self, tokens: &[Token], at: usize) -> Option<VerbAt> {
        self.reader().grammar(&tokens[at], tokens, at).1
    }
    /// The table of words.
    #[inline]
    pub fn reader(&self) -> Reader<'_> {
        Reader(self)
    }
    /// The verb that begins at `at`, with whose word phrases begin. Apart, so that the way of all other words stays short.
    #[inline(never)]
    fn phrase(&self, word: &Word, tokens: &[Token], at: usize) -> Option<VerbAt> {
        let Some((second, later)) = tokens.get(at + 1..).and_then(<[Token]>::split_first) else { return word.verb };
        let phrases = &self.phrases[word.first as usize..word.first as usize + word.count as usize];
        let follow = |v: VerbAt| {
            let rest = &self.verb_of(v).rest[1..];
            rest.len() <= later.len() && rest.iter().zip(later).all(|(word, t)| *word == t.word)
        };
        // "raged at the time" is no rage at something.
        let is = |i: usize, role: Role| tokens.get(i).is_some_and(|t| self.role(t.word).any(role));
        let when = |v: VerbAt| {
            let end = at + v.len as usize;
            is(end - 1, Role::Place) && is(end, Role::Article) && is(end + 1, Role::Time)
        };
        phrases.iter().find(|(word, v)| *word == second.word && (v.len == 2 || follow(*v)) && !when(*v)).map(|p| p.1).or(word.verb)
    }
    /// Whether a reporting clause round words without marks can begin or end with a word.
    #[inline]
    pub fn speaks(&self, word: WordId) -> bool {
        self.speaks.get(word.index()).is_some_and(|&speaks| speaks)
    }
    /// Whether such a clause can close a sentence with a word.
    pub fn closes(&self, word: WordId) -> bool {
        self.word(word).closes
    }
    /// The verb of a [`VerbAt`].
    pub fn verb_of(&self, at: VerbAt) -> &Verb {
        &self.verbs[at.verb as usize]
    }
    /// Whether a word's ending gives it one of `roles` (words of three letters or less have no ending).
    pub fn ends_as(&self, word: &str, roles: Role) -> bool {
        self.ending(word.as_bytes(), roles)
    }
    /// [`QuoteWords::ends_as`], of a word's bytes.
    #[inline]
    pub fn ending(&self, word: &[u8], roles: Role) -> bool {
        // Most words end in a letter with which no ending ends.
        let possible = word.last().is_some_and(|byte| self.last[*byte as usize].any(roles));
        possible && word.len() > 3 && self.endings.iter().any(|(ending, role)| role.any(roles) && word.ends_with(ending.as_bytes()))
    }
    /// How often a rule of attribution names the right speaker, 0 … 1, by its place in [`SHARES`].
    pub fn confidence(&self, share: usize) -> f64 {
        self.shares[share]
    }
    /// What a word can be in the grammar of cues.
    #[inline]
    pub fn role(&self, word: WordId) -> Role {
        self.word(word).role
    }
    /// Whether a token is "the".
    pub fn definite(&self, token: &Token) -> bool {
        token.span.len() > INDEFINITE && self.role(token.word).any(Role::Article)
    }
    /// Whether a token is "a" or "an".
    pub fn indefinite(&self, token: &Token) -> bool {
        token.span.len() <= INDEFINITE && self.role(token.word).any(Role::Article)
    }
}
