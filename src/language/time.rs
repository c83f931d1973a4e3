//! The words, word patterns and holidays of `lexicons/` that the time stage asks for, compiled to
//! role tables and one trie. Decides nothing; the meaning of a role or a reading is in [`crate::time`].

use super::table::{Row, Table};
use super::{
    Tables,
    quote::QuoteWords,
    vocab::{Vocab, WordId, slot},
};
use crate::error::{Error, Result};
use crate::token::{Signs, Token, TokenKind, WordSigns};
use hashbrown::HashMap;

/// Declares a closed set with the names that tables use for it.
macro_rules! named {
    ($(#[$doc:meta])* $set:ident { $($(#[$item:meta])* $name:ident = $text:literal),* $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum $set { $($(#[$item])* $name),* }
        impl $set {
            /// Every member, in order.
            pub const ALL: &'static [$set] = &[$($set::$name),*];
            /// The name that tables use.
            pub fn name(self) -> &'static str {
                match self { $($set::$name => $text),* }
            }
            /// The member of that name.
            pub fn named(name: &str) -> Option<$set> {
                Self::ALL.iter().copied().find(|x| x.name() == name)
            }
        }
    };
}

named! {
    /// What a token can be in a temporal expression. Each is one bit of a word's mask; those that a pattern may name come first.
    Class {
        /// Month 1–12.
        Month = "MONTH",
        /// Weekday 1 (Monday) – 7.
        Weekday = "WEEKDAY",
        /// Weekday in the plural.
        Weekdays = "WEEKDAYS",
        /// Season, a [`Season`].
        Season = "SEASON",
        /// Unit of time, singular, a [`Unit`].
        Unit = "UNIT",
        /// Unit of time, plural.
        Units = "UNITS",
        /// Part of the day, a [`PartOfDay`].
        PartOfDay = "PARTDAY",
        /// Cardinal number in digits or words.
        Number = "NUM",
        /// Cardinal word (value), a piece of a number.
        Cardinal = "CARDINAL",
        /// Multiplier word (value), a piece of a number.
        Scale = "SCALE",
        /// Article that can stand for one.
        One = "ONE",
        /// Unspecified small number.
        Few = "FEW",
        /// Ordinal number in digits or words.
        Ordinal = "ORD",
        /// Ordinal word (value), a piece of an ordinal.
        OrdinalWord = "ORDWORD",
        /// Day of the month in digits.
        Day = "DAY",
        /// Digits that can be a month.
        MonthNumber = "MM",
        /// Year in four digits.
        Year = "YEAR",
        /// Two digits that can be a year of a century.
        ShortYear = "YY",
        /// Integer of up to four digits, for years before the era.
        AnyYear = "ANYYEAR",
        /// Decade: `1990s`, or a word for one.
        Decade = "DECADE",
        /// Hour and minute.
        Clock = "CLOCK",
        /// Hour in digits.
        Hour = "HOUR",
        /// Half of the day: 0 morning, 1 afternoon.
        HalfDay = "AMPM",
        /// Clock with its half of the day in one token.
        ClockHalf = "CLOCKAMPM",
        /// Day, month and year in one token with stops.
        NumericDate = "NUMDATE",
        /// Time zone.
        Zone = "ZONE",
        /// Adjective for a part of a period, a [`Part`].
        PartAdjective = "PARTADJ",
        /// Noun for a part of a period, a [`Part`].
        PartNoun = "PARTNOUN",
        /// Shift from the document's date (value in units).
        Deictic = "DEICTIC",
        /// Shift from the running date (value in units).
        Anaphoric = "ANAPHORIC",
        /// Direction of an offset, a [`Direction`].
        Direction = "DIRECTION",
        /// Day counted from the document's date (value).
        DayWord = "DAYWORD",
        /// Word that alone has a fixed value, a [`Reference`].
        Reference = "REF",
        /// Word that alone is a recurring time, a [`Unit`].
        Recurring = "RECURRING",
        /// Quarter of a year 1–4 in one token.
        QuarterWord = "QUARTER",
        /// Links the two ends of a range.
        Range = "RANGE",
        /// Mark of a year before the era.
        BeforeEra = "BC",
        /// Mark of a year of the era.
        Era = "AD",
        /// Half of a unit.
        Half = "HALF",
        /// Comparison that turns a part of a period into what came before or after the running date.
        Relative = "RELATIVE",
        /// Dash or hyphen.
        Dash = "DASH",
        /// Preposition that a time of year follows.
        When = "WHEN",
        /// Adjective that may stand between a number and its unit.
        Middle = "MIDDLE",
        /// Ordinal number in digits that can be a day of the month.
        OrdinalDay = "ORDNUM",
        /// Noun for a piece of a period.
        Piece = "PIECE",
        /// Hour and minute in four digits, before a time zone.
        Military = "HHMM",
        /// Adjective that is a length of time of one unit (`weeklong`), a [`Unit`].
        Lasting = "LASTING",
        /// Says that a number is not exact.
        Approximate = "APPROXIMATE",
        /// Comparative or superlative that bounds a number.
        More = "MORE",
        /// Direction of an offset, where an event may follow, a [`Direction`].
        Around = "AROUND",
        /// Preposition that a time expression follows.
        Preposition = "PREP",
        /// Word that cannot stand after a time expression used as a noun: what it counts or names.
        Function = "FUNCTION",
        /// Determiner.
        Determiner = "DET",
        /// Cue of the future.
        Future = "FUTURE",
        /// Auxiliary of the present perfect.
        Perfect = "PERFECT",
        /// Auxiliary of the pluperfect.
        Pluperfect = "PLUPERFECT",
        /// Verb in the past.
        Past = "PAST",
        /// Verb in the present.
        Present = "PRESENT",
        /// Abbreviation: a stop after it belongs to it.
        Abbreviation = "ABBR",
        /// Also an everyday word: needs a capital and a preposition or a modifier.
        Everyday = "EVERYDAY",
        /// Ending of a number token, a [`Suffix`].
        Suffix = "SUFFIX",
        /// Says that something was said before, undated.
        Before = "BEFORE",
        /// Says that something was said again and again.
        Iterated = "ITERATED",
        /// Opens an interval that lasts until the reference date.
        Since = "SINCE",
        /// Bounds an interval: never the day itself.
        Bound = "BOUND",
        /// Opens a relative clause.
        RelativeClause = "RELCLAUSE",
        /// Noun, adjective or participle for a document's own date.
        Stamp = "STAMP",
        /// Noun for words given out: what was said in it was said on its day.
        SpeechNoun = "SPEECHNOUN",
        /// Sign or word after which a number is no date.
        Counted = "COUNTED",
        /// Conjunction whose clause takes place at the time named right before it.
        AtWhich = "ATWHICH",
        /// Adverb, or noun with an article, for the time named before.
        Then = "THEN",
        /// Preposition after which a length of time is how long it took, not when it was.
        Duration = "HOWLONG",
        /// Verb of what may come.
        Modal = "MODAL",
        /// Word before the plain form or the participle of a verb, which then tells of no past.
        Infinitive = "INFINITIVE",
        /// Negation.
        Negation = "NEGATION",
        /// Verb of saying, in the present.
        SpeechVerb = "SAYS",
        /// Pronoun that opens a cleft sentence (`It was she who`).
        Cleft = "CLEFT",
        /// Preposition of an event at which something took place.
        Place = "PLACE",
        /// Word of an answer, which comes soon after what it answers; 1 = only as a part of a reporting verb (`hit back`), 2 = one that
        /// answers back, not a question.
        Reply = "REPLY",
        /// Adverb that, at the head of a sentence, returns a text to its own present.
        Return = "RETURN",
        /// Noun for people who are asked about the news and have no part in it.
        Commenter = "COMMENTER",
        /// Noun for a writing that keeps its words for later; 1 = one that people write about their lives.
        Document = "DOCUMENT",
        /// Says of a writing that it came out, whenever it was written.
        Leaked = "LEAKED",
        /// Preposition of a time that has come (`By May`).
        Reached = "REACHED",
        /// Preposition of what belongs to a noun.
        Of = "OF",
        /// Noun for words that were told of before.
        Remark = "REMARK",
        /// Verb before "to" that says of what follows that it was done more than once.
        Habit = "HABIT",
        /// Pronoun of a writer who tells what befell the writer.
        Narrator = "NARRATOR",
        /// Pronoun of those who write the text.
        Company = "COMPANY",
        /// Verb of coming together with somebody.
        Meets = "MEETS",
        /// Noun for someone who tells the press of others and is not named.
        Informant = "INFORMANT",
        /// Noun for worship that is held every week.
        Service = "SERVICE",
        /// Verb of letting time go by; 1 = only before an infinitive (`took a day to answer`).
        Waits = "WAITS",
        /// Adverb before "then" that turns to what was told last.
        Back = "BACK",
        /// Verb of somebody who looks back on what is over.
        Recalls = "RECALLS",
        /// Adverb with which a modal tells of what was said (`would only say`).
        Solely = "SOLELY",
        /// Participle or adjective of what somebody has come to be: its time is the person's, not the story's (`elected in May`).
        Career = "CAREER",
    }
}

named! {
    /// A unit of time, by its TIMEX3 designator.
    Unit {
        /// PT1S
        Second = "TS",
        /// PT1M
        Minute = "TM",
        /// PT1H
        Hour = "TH",
        /// P1D
        Day = "D",
        /// Weekend
        Weekend = "WE",
        /// P1W
        Week = "W",
        /// P2W
        Fortnight = "2W",
        /// P1M
        Month = "M",
        /// P1Q
        Quarter = "Q",
        /// P6M
        HalfYear = "H",
        /// P1Y
        Year = "Y",
        /// P1DE
        Decade = "DE",
        /// P1CE
        Century = "CE",
    }
}

named! {
    /// A season, by its TIMEX3 designator.
    Season {
        /// March to May
        Spring = "SP",
        /// June to August
        Summer = "SU",
        /// September to November
        Autumn = "FA",
        /// December to February
        Winter = "WI",
    }
}

named! {
    /// A part of the day, by its TIMEX3 designator.
    PartOfDay {
        /// Morning
        Morning = "MO",
        /// Noon
        Noon = "12:00",
        /// Afternoon
        Afternoon = "AF",
        /// Evening
        Evening = "EV",
        /// Night
        Night = "NI",
        /// Midnight
        Midnight = "24:00",
        /// Daytime
        Daytime = "DT",
    }
}

named! {
    /// Which part of a period is meant.
    Part {
        /// First third.
        Start = "START",
        /// Middle third.
        Mid = "MID",
        /// Last third.
        End = "END",
    }
}

named! {
    /// Where an offset starts and whither it goes.
    Direction {
        /// Back from the document's date.
        Ago = "AGO",
        /// On from the document's date.
        Hence = "HENCE",
        /// Back from the running date.
        Earlier = "EARLIER",
        /// On from the running date.
        Later = "LATER",
    }
}

named! {
    /// A value without a calendar date.
    Reference {
        /// Now.
        Present = "PRESENT_REF",
        /// Some time before.
        Past = "PAST_REF",
        /// Some time after.
        Future = "FUTURE_REF",
    }
}

named! {
    /// What an ending makes of a number token.
    Suffix {
        /// `27th`
        Ordinal = "ordinal",
        /// `1990s`
        Plural = "plural",
        /// `11am`
        Morning = "am",
        /// `11pm`
        Afternoon = "pm",
        /// `1900hrs`
        Hours = "hours",
    }
}

named! {
    /// How a matched pattern is to be read.
    Reading {
        /// A named part of other patterns.
        Macro = "macro",
        /// A calendar date or time, whole or with fields left out.
        Date = "date",
        /// A unit, weekday, month or season shifted from the document's date or the running date.
        Shift = "shift",
        /// A number of units away from the document's date or the running date.
        Offset = "offset",
        /// A length of time.
        Length = "length",
        /// A length of time that ends or starts at the document's date or the running date.
        Stretch = "stretch",
        /// A day counted from the document's date.
        DayWord = "day",
        /// A value without a calendar date.
        Reference = "ref",
        /// A recurring time.
        Recurring = "set",
        /// A holiday of the table.
        Holiday = "holiday",
        /// A period that follows the running date, or a length of time that reaches back.
        Follow = "follow",
        /// A part of the period in which the running date lies.
        Within = "unit",
        /// The period in which the document's date lies.
        Current = "current",
        /// The weekend before or, where the words look ahead, after the document's date.
        Weekend = "weekend",
        /// The quarter or month that was named before.
        Named = "named",
        /// A length of time before or after an event that the next words name.
        Event = "event",
        /// A number of units after the document's date.
        Hence = "hence",
        /// The day after the running date.
        NextDay = "later",
        /// Now.
        Present = "present",
        /// Some time before.
        Past = "past",
        /// Some time after.
        Future = "future",
        /// The week or weekend that holds a date.
        WeekOf = "weekof",
        /// A week or day of a month, by its number or as the last.
        WeekIn = "weekin",
        /// The night before the document's date.
        Overnight = "overnight",
        /// Not a temporal expression, although its words look like one.
        Nothing = "nothing",
    }
}

named! {
    /// A condition on the tokens round a match.
    Guard {
        /// No noun that is counted or named follows.
        Alone = "alone",
        /// The last word is a pronoun: alone, or a name with its verb follows.
        Pronoun = "pronoun",
        /// The four digits are a year, not a quantity.
        Year = "year",
        /// Every everyday word in it has a capital or is led.
        Everyday = "everyday",
        /// The next word has a capital or the expression is led.
        Digits = "digits",
        /// What follows is no part of the same clause: a mark, the end, a conjunction.
        Closed = "closed",
        /// The clause goes on after the next word.
        Followed = "followed",
        /// A year before the era was named earlier in the text.
        Ancient = "ancient",
        /// The second token stands right at the first, which has a space before it.
        Glued = "glued",
        /// After a sum, a number or a percentage.
        Rate = "rate",
    }
}

/// How a holiday falls.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Falls {
    /// Fixed month and day.
    Fixed(i8, i8),
    /// The n-th (from 1; −1 = last) such weekday of a month.
    Nth(i8, i8, i8),
    /// Days from Easter Sunday (Western).
    Easter(i16),
    /// The Tuesday after the first Monday of November.
    AfterFirstMonday(i8, i8),
}

/// A named day.
#[derive(Clone, Debug)]
pub struct Holiday {
    /// When it falls in a year.
    pub falls: Falls,
    /// Only in years that leave the second number when divided by the first.
    pub every: Option<(i16, i16)>,
}

/// One symbol of a pattern.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Symbol {
    /// A token with this role.
    Class(Class),
    /// This very word.
    Word(WordId),
    /// Here the first of two expressions ends.
    Close,
    /// Here the second of two expressions starts.
    Open,
    /// What was matched so far stays outside the expression.
    Start,
    /// What follows stays outside the expression.
    End,
}

/// What can come next at a place of a pattern.
#[derive(Debug, Default, Clone, Copy)]
struct Demand {
    /// Words with one of these roles; [`FREE`] where nothing need come.
    roles: u64,
    /// One bit for each word that may come as itself, by its id: most words that may not are told by it.
    hints: u64,
}

/// What [`Seen`] has beside the roles of its token, whatever that is.
const FREE: u64 = 1 << 63;
/// Beside the roles of a word: some pattern names it.
const NAMED: u64 = 1 << 62;
/// What a word can be in a clause, as far as it alone tells: few bits, for they are read of every token.
pub mod clause {
    /// A finite verb or a participle.
    pub const VERBAL: u8 = 1;
    /// It opens a relative clause.
    pub const RELATIVE: u8 = 2;
    /// The writer: I, we …
    pub const NARRATOR: u8 = 4;
    /// What its clause tells took place at the time named right before it.
    pub const AT_WHICH: u8 = 128;
    /// With it a sentence may tell of what was said at an unknown time: before, often, in a letter, or "has said".
    pub const TELLING: u8 = 64;

    use super::{Class, VERBAL as BEGINS_VERB};

    /// Of a word with these roles, or one that no table holds.
    pub(super) fn of(roles: u128, known: bool) -> u8 {
        let finite = Class::Past.bit() | Class::Present.bit() | Class::Perfect.bit() | Class::Pluperfect.bit() | Class::Future.bit();
        let telling = Class::Before.bit() | Class::Document.bit() | Class::Habit.bit() | Class::Perfect.bit();
        let bit = |any: u128, bit: u8| if roles & any != 0 { bit } else { 0 };
        let verbal = if known { bit(finite | BEGINS_VERB, VERBAL) } else { VERBAL };
        let of_clauses = bit(Class::RelativeClause.bit(), RELATIVE) | bit(Class::AtWhich.bit(), AT_WHICH);
        verbal | of_clauses | bit(telling, TELLING) | bit(Class::Narrator.bit(), NARRATOR)
    }
}

/// Beside the roles of a word: it can begin a reporting verb, or ends as a verb in the past.
const VERBAL: u128 = 1 << 125;

/// A token, or the end of the text, as the patterns see it.
#[derive(Debug, Clone, Copy)]
pub struct Seen {
    roles: u64,
    hint: u64,
}

impl Seen {
    /// A token of these [`TimeWords::roles`].
    pub fn new(word: WordId, roles: u128) -> Seen {
        let roles = roles as u64;
        Seen { roles: roles | FREE, hint: if roles & NAMED == 0 { 0 } else { hint(word) } }
    }
    /// No token.
    pub const NOTHING: Seen = Seen { roles: FREE, hint: 0 };
}

fn hint(word: WordId) -> u64 {
    1 << (word.0 % 64)
}

impl Demand {
    #[inline]
    fn met(&self, by: &Seen) -> bool {
        self.roles & by.roles != 0 || self.hints & by.hint != 0
    }
    fn add(&mut self, other: Demand) {
        self.roles |= other.roles;
        self.hints |= other.hints;
    }
}

/// An edge of the trie that is no word.
#[derive(Debug, Clone, Copy)]
pub struct Edge {
    demand: Demand,
    /// What it takes.
    pub symbol: Symbol,
    /// The node behind it.
    pub next: u32,
}

impl Edge {
    /// Whether anything can come of it before this token.
    #[inline]
    pub fn fits(&self, seen: &Seen) -> bool {
        self.demand.met(seen)
    }
}

/// A node of the trie of all patterns. Its edges stand side by side in two tables of [`TimeWords`].
#[derive(Debug, Default, Clone, Copy)]
pub struct Node {
    /// What can come next, by any edge.
    demand: Demand,
    words: (u32, u32),
    others: (u32, u32),
    /// The pattern that ends here.
    pub ends: Option<u32>,
}

impl Node {
    /// Whether nothing may come next.
    pub fn is_leaf(&self) -> bool {
        self.demand.roles == 0 && self.demand.hints == 0
    }
    /// Whether anything can come next before this token.
    #[inline]
    pub fn goes_on(&self, seen: &Seen) -> bool {
        self.demand.met(seen)
    }
}

/// A node while the tables are read. Those behind one node are linked, in the order in which the table names them.
#[derive(Debug)]
struct Bud {
    /// What leads to it.
    symbol: Symbol,
    /// The first and the last node behind it, and the next beside it; 0 = none, for the root is behind no other.
    first: u32,
    last: u32,
    beside: u32,
    ends: Option<u32>,
}

/// The nodes behind one, with their numbers.
fn behind<'b>(bud: &Bud, buds: &'b [Bud]) -> impl Iterator<Item = (u32, &'b Bud)> {
    let numbered = |n: u32| (n != 0).then(|| (n, &buds[n as usize]));
    std::iter::successors(numbered(bud.first), move |(_, bud)| numbered(bud.beside))
}

/// The trie while the tables are read.
#[derive(Debug, Default)]
struct Growing {
    buds: Vec<Bud>,
    /// The symbols of the pattern that was added last, with the node behind each: the next one mostly begins alike.
    last: Vec<(Symbol, u32)>,
}

impl Growing {
    fn bud(&mut self, symbol: Symbol) -> u32 {
        self.buds.push(Bud { symbol, first: 0, last: 0, beside: 0, ends: None });
        self.buds.len() as u32 - 1
    }
    /// Of two patterns with the same symbols the first of the table stays.
    fn insert(&mut self, path: impl IntoIterator<Item = Symbol>, pattern: u32) {
        let (mut node, mut read) = (0, 0);
        for symbol in path {
            if let Some(&(last, next)) = self.last.get(read)
                && last == symbol
            {
                (node, read) = (next, read + 1);
                continue;
            }
            self.last.truncate(read);
            node = self.lead(node, symbol);
            self.last.push((symbol, node));
            read += 1;
        }
        self.last.truncate(read);
        self.buds[node as usize].ends.get_or_insert(pattern);
    }
    /// The node to which `symbol` leads from `node`.
    fn lead(&mut self, node: u32, symbol: Symbol) -> u32 {
        let known = behind(&self.buds[node as usize], &self.buds).find(|(_, bud)| bud.symbol == symbol);
        if let Some((next, _)) = known {
            return next;
        }
        let next = self.bud(symbol);
        let last = std::mem::replace(&mut self.buds[node as usize].last, next);
        if last == 0 {
            self.buds[node as usize].first = next;
        } else {
            self.buds[last as usize].beside = next;
        }
        next
    }
}

/// What a token can start: the node after the word itself, and what all ways from it by one token ask of the next token.
#[derive(Debug, Default, Clone, Copy)]
pub struct Start {
    /// The node after the word itself.
    pub word: Option<u32>,
    /// Whatever comes next: the word is a pattern, or more tokens may belong to it.
    free: bool,
    /// The root's other edges that the token can take, in [`TimeWords::entries`].
    others: (u32, u32),
}

/// Which pairs of tokens can begin a pattern: those of which the first opens what the second follows. Each distinct demand of a
/// first token has one of 64 bits.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Link {
    opens: u64,
    follows: u64,
}

impl Link {
    /// It opens all and follows all.
    const ANY: Link = Link { opens: u64::MAX, follows: u64::MAX };
    /// Where the link of a number in digits stands, which is any.
    const NUMBER: u8 = 255;
    /// What a word is that no pattern knows, and the end of the text: it follows what asks for nothing.
    const NONE: Link = Link { opens: 0, follows: Link::ALWAYS };
    const ALWAYS: u64 = 1 << 63;
    /// Whether a pattern can begin with this token before `next`. Nearly all words that begin one are told here that they do not.
    #[inline]
    fn joins(self, next: Link) -> bool {
        self.opens & next.follows != 0
    }
}

/// All distinct links; the first is [`Link::NONE`], the last [`Link::ANY`].
#[derive(Debug)]
struct Links([Link; 256]);

impl Default for Links {
    fn default() -> Self {
        let mut links = [Link::NONE; 256];
        links[Link::NUMBER as usize] = Link::ANY;
        Links(links)
    }
}

/// A pattern of the table.
#[derive(Debug, Clone)]
pub struct Pattern {
    /// Its id in the table.
    pub id: String,
    /// How it is read.
    pub reading: Reading,
    /// What must hold round it.
    pub guards: Vec<Guard>,
    /// Holiday index.
    pub holiday: Option<u32>,
    /// Its example.
    pub example: String,
}

/// Compiled tables of the time stage.
#[derive(Debug, Default)]
pub struct TimeWords {
    /// By [`WordId::index`], while the tables are read: the roles of a word.
    masks: Vec<u128>,
    /// By [`WordId::index`]: the place of its roles in `kinds`. Unknown words are of the first kind, nearly all others of the
    /// second, without a role.
    kind: Vec<u16>,
    kinds: Vec<u128>,
    /// By [`WordId::index`]: bits of [`clause`].
    clauses: Vec<u8>,
    /// By [`WordId::index`]: the place of its link in `links`.
    link: Vec<u8>,
    links: Links,
    values: HashMap<(WordId, u8), i32, foldhash::fast::FixedState>,
    /// The trie; node 0 is the root.
    nodes: Vec<Node>,
    /// Its edges by a word, those of a node in the order of the ids.
    words: Vec<(WordId, u32)>,
    /// Its other edges.
    others: Vec<Edge>,
    /// What the trie's ends mean.
    pub patterns: Vec<Pattern>,
    /// Named days.
    pub holidays: Vec<Holiday>,
    /// By [`WordId::index`]: the place in `firsts`.
    starts: Vec<u16>,
    /// The first of them starts nothing.
    firsts: Vec<Start>,
    /// What must come third after a first token, by its place in `firsts`, and a word.
    thirds: HashMap<(u16, WordId), Demand, foldhash::fast::FixedState>,
    /// Of every number in digits.
    numeral: Start,
    entries: Vec<Edge>,
    /// While the tables are read: all that the trie is to hold, and the pattern that each belongs to.
    paths: Paths,
    ending: Vec<u32>,
    suffixes: Vec<(String, Suffix)>,
    past_endings: Vec<String>,
}

impl Class {
    /// Its bit in a mask.
    pub const fn bit(self) -> u128 {
        // Between those that a pattern may name and all others stand [`NAMED`] and [`FREE`].
        let others = if self.in_patterns() { 0 } else { 2 };
        1 << (self as u8 + others)
    }
    /// Whether a pattern may name it.
    const fn in_patterns(self) -> bool {
        (self as u8) < 62
    }
    /// The roles of the words that a number can begin with.
    const NUMBER: u128 = Class::Cardinal.bit() | Class::Scale.bit();
    /// The roles of the words that an ordinal can begin with.
    const ORDINAL: u128 = Class::OrdinalWord.bit() | Class::Cardinal.bit();
    /// The roles of numbers and ordinals in words, which those in digits have too.
    const WRITTEN: u128 = Class::NUMBER | Class::ORDINAL;
    /// The roles of the words that an expression of this class can begin with.
    fn roles(self) -> u64 {
        let roles = match self {
            Class::Number => Class::NUMBER,
            Class::Ordinal => Class::ORDINAL,
            _ => self.bit(),
        };
        roles as u64
    }
}

/// The roles that numbers in digits can have.
const DIGITS: u128 = Class::WRITTEN
    | Class::Day.bit()
    | Class::MonthNumber.bit()
    | Class::Year.bit()
    | Class::ShortYear.bit()
    | Class::AnyYear.bit()
    | Class::Decade.bit()
    | Class::Clock.bit()
    | Class::Hour.bit()
    | Class::ClockHalf.bit()
    | Class::NumericDate.bit()
    | Class::OrdinalDay.bit()
    | Class::Military.bit();

const WORDS: &str = "time_words.tsv";
const PATTERNS: &str = "time_patterns.tsv";
const HOLIDAYS: &str = "time_holidays.tsv";
/// More expansions than this of one pattern row are a mistake.
const EXPANSIONS: usize = 20_000;

impl TimeWords {
    /// Compile from the language's tables.
    ///
    /// # Errors
    /// A missing table or a wrong row.
    pub fn load(tables: &Tables, vocab: &mut Vocab) -> Result<Self> {
        let mut out = TimeWords::default();
        out.load_words(tables.get(WORDS)?, vocab)?;
        out.load_patterns(tables.get(PATTERNS)?, vocab)?;
        out.load_holidays(tables.get(HOLIDAYS)?, vocab)?;
        out.masks.resize(vocab.len(), 0);
        Ok(out)
    }
    /// Lay the trie out for look-up, and note what every word of the tables can start.
    pub fn seal(&mut self) {
        let mut growing = Growing::default();
        growing.bud(Symbol::Start);
        for (path, pattern) in self.paths.iter().zip(&self.ending) {
            growing.insert(path.iter().copied(), *pattern);
        }
        (self.paths, self.ending) = Default::default();
        let buds = growing.buds;
        self.nodes.reserve_exact(buds.len());
        for bud in &buds {
            self.lay(bud, &buds);
        }
        for (word, _) in &self.words {
            self.masks[word.index()] |= u128::from(NAMED);
        }
        self.starts = vec![0; self.masks.len()];
        self.firsts.push(Start::default());
        let root = self.nodes[0];
        for i in 1..self.masks.len() {
            let (word, mask) = (WordId(i as u32), self.masks[i]);
            if mask == 0 {
                continue;
            }
            let mut start = Start { word: self.by_word(&root, word), ..Start::default() };
            if start.word.is_some() || mask as u64 & root.demand.roles != 0 {
                start.others = self.entries(&root, mask as u64);
                // A number of several words and an abbreviation with its stop go on by tokens of which no node tells.
                let longer = mask & (Class::WRITTEN | Class::Abbreviation.bit()) != 0;
                // Nor does one tell of the word itself after a symbol that takes none.
                let before = self.starting(&start).iter().any(|e| !matches!(e.symbol, Symbol::Class(_)));
                start.free = longer || before || self.second(&start).any(|node| node.ends.is_some() || node.demand.roles & FREE != 0);
                self.starts[i] = self.firsts.len() as u16;
                self.firsts.push(start);
            }
        }
        self.link();
        self.numeral.others = self.entries(&root, DIGITS as u64);
    }
    /// Number the demands of first words, with the words that they name, and sort all words by their roles and by the demands that they meet.
    fn link(&mut self) {
        let mut demands: Vec<(u64, Vec<WordId>)> = Vec::new();
        let mut links = vec![Link::NONE; self.starts.len()];
        let mut distinct = 1;
        for (link, &place) in links.iter_mut().zip(&self.starts).filter(|(_, place)| **place != 0) {
            let start = &self.firsts[place as usize];
            if start.free {
                link.opens = Link::ALWAYS;
                continue;
            }
            let (mut roles, mut words) = (0, Vec::new());
            self.second(start).for_each(|node| self.ask(node, &mut roles, &mut words));
            words.sort_unstable();
            words.dedup();
            // After a word that only goes on as itself the third token is known to the tables as well.
            for &word in words.iter().filter(|w| self.masks[w.index()] as u64 & roles == 0) {
                let mut third = Demand::default();
                self.second(start).for_each(|node| self.after(node, word, &mut third));
                if third.roles & FREE == 0 {
                    self.thirds.insert((place, word), third);
                }
            }
            let number = demands.iter().position(|d| d.0 == roles && d.1 == words).unwrap_or_else(|| {
                demands.push((roles, words));
                demands.len() - 1
            });
            link.opens = 1 << (number % 63);
        }
        self.link = vec![0; links.len()];
        for (i, link) in links.iter_mut().enumerate() {
            let (word, mask) = (WordId(i as u32), self.masks[i] as u64);
            if self.masks[i] == 0 {
                // No pattern knows it: it is the first of the links.
                continue;
            }
            for (number, (roles, words)) in demands.iter().enumerate() {
                if mask & roles != 0 || mask & NAMED != 0 && words.binary_search(&word).is_ok() {
                    link.follows |= 1 << (number % 63);
                }
            }
            let known = self.links.0[..distinct].iter().position(|l| l == link);
            // Where there are too many, the last stands for all others.
            let place = known.unwrap_or(distinct.min(usize::from(Link::NUMBER)));
            if known.is_none() && place < usize::from(Link::NUMBER) {
                self.links.0[place] = *link;
                distinct += 1;
            }
            self.link[i] = place as u8;
        }
    }
    /// Sort all words of the language by what the time stage asks of them, once all are known.
    pub fn seal_words(&mut self, vocab: &Vocab, quote: &QuoteWords) {
        let masks = std::mem::take(&mut self.masks);
        self.kinds = vec![0; 2];
        self.kind = vec![0; vocab.len()];
        self.link.resize(vocab.len(), 0);
        self.starts.resize(vocab.len(), 0);
        for i in 1..vocab.len() {
            let word = WordId(i as u32);
            let ends_past = self.past_endings.iter().any(|e| vocab.word(word).ends_with(e.as_str()));
            let verbal = if ends_past || quote.begins_verb(word) { VERBAL } else { 0 };
            let roles = masks.get(i).copied().unwrap_or(0) | verbal;
            let known = self.kinds[1..].iter().position(|k| *k == roles).map(|n| n + 1);
            let place = known.unwrap_or_else(|| {
                self.kinds.push(roles);
                self.kinds.len() - 1
            });
            self.kind[i] = place as u16;
        }
        self.clauses = self.kind.iter().map(|&place| clause::of(self.kinds[place as usize], place > 0)).collect();
    }
    /// Add what can come after `word` at a node.
    fn after(&self, node: &Node, word: WordId, demand: &mut Demand) {
        if let Some(next) = self.by_word(node, word).map(|next| &self.nodes[next as usize]) {
            demand.add(next.demand);
            demand.roles |= if next.ends.is_some() { FREE } else { 0 };
        }
        for edge in self.others(node).iter().filter(|e| !matches!(e.symbol, Symbol::Class(_))) {
            self.after(&self.nodes[edge.next as usize], word, demand);
        }
    }
    /// The nodes behind a first token.
    fn second(&self, start: &Start) -> impl Iterator<Item = &Node> {
        start.word.into_iter().chain(self.starting(start).iter().map(|e| e.next)).map(|next| &self.nodes[next as usize])
    }
    /// Add the roles and the words that can come next at a node.
    fn ask(&self, node: &Node, roles: &mut u64, words: &mut Vec<WordId>) {
        words.extend(self.words[node.words.0 as usize..node.words.1 as usize].iter().map(|w| w.0));
        for edge in self.others(node) {
            match edge.symbol {
                Symbol::Class(class) => *roles |= class.roles(),
                _ => self.ask(&self.nodes[edge.next as usize], roles, words),
            }
        }
    }
    /// Keep those of a node's other edges that a token with these roles can take.
    fn entries(&mut self, node: &Node, roles: u64) -> (u32, u32) {
        let first = self.entries.len() as u32;
        let fitting: Vec<Edge> = self.others(node).iter().copied().filter(|e| e.demand.roles & (roles | FREE) != 0).collect();
        self.entries.extend(fitting);
        (first, self.entries.len() as u32)
    }
    fn lay(&mut self, bud: &Bud, buds: &[Bud]) {
        let mut node = Node { ends: bud.ends, words: (self.words.len() as u32, 0), others: (self.others.len() as u32, 0), ..Node::default() };
        for (next, &Bud { symbol, .. }) in behind(bud, buds) {
            let demand = demand(symbol, next, buds);
            node.demand.add(demand);
            if let Symbol::Word(word) = symbol {
                self.words.push((word, next));
            } else {
                self.others.push(Edge { demand, symbol, next });
            }
        }
        node.words.1 = self.words.len() as u32;
        node.others.1 = self.others.len() as u32;
        self.words[node.words.0 as usize..].sort_unstable();
        self.nodes.push(node);
    }
    /// A node of the trie; 0 is the root.
    pub fn node(&self, node: u32) -> &Node {
        &self.nodes[node as usize]
    }
    /// The node after `node` by `word` itself.
    pub fn by_word(&self, node: &Node, word: WordId) -> Option<u32> {
        if node.demand.hints & hint(word) == 0 {
            return None;
        }
        let words = &self.words[node.words.0 as usize..node.words.1 as usize];
        words.binary_search_by_key(&word, |w| w.0).ok().map(|i| words[i].1)
    }
    /// What else may come after `node`.
    pub fn others(&self, node: &Node) -> &[Edge] {
        &self.others[node.others.0 as usize..node.others.1 as usize]
    }
    /// The roles of a word, one bit each.
    #[inline]
    pub fn mask(&self, word: WordId) -> u128 {
        self.kinds[self.kind[word.index()] as usize]
    }
    /// The roles in which a token can be taken, with what its digits can be where it is a number.
    #[inline]
    pub fn roles(&self, token: &Token, digits: impl FnOnce() -> u128) -> u128 {
        match token.kind {
            TokenKind::Number => digits() | Class::WRITTEN | self.mask(token.word) & u128::from(NAMED),
            _ => self.mask(token.word),
        }
    }
    /// Whether a word has a role.
    pub fn is(&self, word: WordId, class: Class) -> bool {
        self.mask(word) & class.bit() != 0
    }
    /// The value of a word's role; 0 where the role has none.
    pub fn value(&self, word: WordId, class: Class) -> i32 {
        self.values.get(&(word, class as u8)).copied().unwrap_or(0)
    }
    #[inline]
    fn link_of(&self, token: &Token) -> Link {
        let place = if token.kind == TokenKind::Number { Link::NUMBER } else { self.link[token.word.index()] };
        self.links.0[place as usize]
    }
    /// The first token from `at` on at which a pattern can start, as far as it and the next two tell: nearly all words that start one are
    /// told there that they do not.
    pub fn next_start(&self, tokens: &[Token], signs: &Signs, at: usize) -> Option<usize> {
        let mut at = signs.next(at, tokens.len(), Signs::TIME);
        while let [here, rest @ ..] = &tokens[at..] {
            let next = rest.first().map_or(Link::NONE, |t| self.link_of(t));
            if self.link_of(here).joins(next) && self.can_start(&tokens[at..]) {
                return Some(at);
            }
            at = signs.next(at + 1, tokens.len(), Signs::TIME);
        }
        None
    }
    /// Whether a pattern may begin with `word`, and whether only before a word that follows one.
    pub fn signs(&self, word: WordId) -> WordSigns {
        let Link { opens, follows } = self.links.0[self.link[word.index()] as usize];
        let sign = |bits: u64| if bits != 0 { Signs::TIME } else { 0 };
        WordSigns::new(sign(opens & Link::ALWAYS), sign(opens), sign(follows & !Link::ALWAYS))
    }
    /// Whether the third token can go on with a pattern.
    #[inline(never)]
    fn can_start(&self, tokens: &[Token]) -> bool {
        let [first, second, rest @ ..] = tokens else { return true };
        let place = self.place(first);
        let demand = if first.kind == TokenKind::Number { None } else { self.thirds.get(&(place, second.word)) };
        demand.is_none_or(|d| rest.first().is_some_and(|t| d.met(&Seen::new(t.word, self.roles(t, || DIGITS)))))
    }
    /// The place of what a token's word can start.
    #[inline]
    fn place(&self, token: &Token) -> u16 {
        self.starts[token.word.index()]
    }
    /// What a token can start.
    pub fn start(&self, token: &Token) -> Start {
        let place = self.place(token);
        match token.kind {
            TokenKind::Number => Start { word: self.by_word(&self.nodes[0], token.word), ..self.numeral },
            _ => self.firsts[place as usize],
        }
    }
    /// The edges of the root, other than by a word, that a token with this start can take.
    pub fn starting(&self, start: &Start) -> &[Edge] {
        &self.entries[start.others.0 as usize..start.others.1 as usize]
    }
    /// What the letters after a number's digits make of it.
    pub fn suffix(&self, letters: &str) -> Option<Suffix> {
        self.suffixes.iter().find(|(s, _)| s == letters).map(|(_, x)| *x)
    }
    /// What each word can be in a clause, by [`WordId::index`]: bits of [`clause`].
    pub fn clauses(&self) -> &[u8] {
        &self.clauses
    }
    /// [`TimeWords::looks_past`], of a token of `text`: of most known words the tables tell that they do not.
    #[inline]
    pub fn ends_past(&self, token: &Token, text: &str) -> bool {
        (!token.word.known() || self.mask(token.word) & VERBAL != 0) && self.looks_past(token.of(text))
    }
    /// Whether a word that no table holds looks like a verb in the past.
    pub fn looks_past(&self, word: &str) -> bool {
        self.past_endings.iter().any(|e| word.len() > e.len() + 1 && word.ends_with(e.as_str()))
    }

    fn load_words(&mut self, table: &Table, vocab: &mut Vocab) -> Result<()> {
        for row in table.rows() {
            let word = &row.cells[0];
            if let Some(ending) = word.strip_prefix('-').filter(|e| !e.is_empty()) {
                self.past_endings.push(ending.to_owned());
                continue;
            }
            let id = vocab.intern(word);
            for role in row.cells[1].split_whitespace() {
                let (name, value) = role.split_once('=').unwrap_or((role, ""));
                let class = Class::named(name).ok_or_else(|| wrong(table, row, "a role of a time word", name))?;
                let bad = || wrong(table, row, &format!("a value of {name}"), value);
                let value = match class {
                    Class::Unit | Class::Units | Class::Recurring | Class::Lasting => Unit::named(value).map(|x| x as i32).ok_or_else(bad)?,
                    Class::Season => Season::named(value).map(|x| x as i32).ok_or_else(bad)?,
                    Class::PartOfDay => PartOfDay::named(value).map(|x| x as i32).ok_or_else(bad)?,
                    Class::PartAdjective | Class::PartNoun => Part::named(value).map(|x| x as i32).ok_or_else(bad)?,
                    Class::Direction | Class::Around => Direction::named(value).map(|x| x as i32).ok_or_else(bad)?,
                    Class::Reference => Reference::named(value).map(|x| x as i32).ok_or_else(bad)?,
                    Class::Suffix => {
                        let suffix = Suffix::named(value).ok_or_else(bad)?;
                        self.suffixes.push((word.to_owned(), suffix));
                        suffix as i32
                    }
                    _ if value.is_empty() => 0,
                    _ => value.parse().map_err(|_| bad())?,
                };
                *slot(&mut self.masks, id) |= class.bit();
                self.values.insert((id, class as u8), value);
            }
        }
        Ok(())
    }

    fn load_patterns(&mut self, table: &Table, vocab: &mut Vocab) -> Result<()> {
        let mut macros: Macros = HashMap::default();
        for row in table.rows() {
            let id = &row.cells[0];
            let reading = Reading::named(&row.cells[2]).ok_or_else(|| wrong(table, row, "a reading", &row.cells[2]))?;
            let mut words: Vec<&str> = Vec::new();
            for word in row.cells[1].split_whitespace() {
                split_brackets(word, &mut words);
            }
            let mut at = 0;
            let paths = parse(&words, &mut at, &macros, vocab).filter(|_| at == words.len());
            let paths = paths.ok_or_else(|| wrong(table, row, "a pattern", &row.cells[1]))?;
            if paths.len() > EXPANSIONS || paths.iter().any(<[Symbol]>::is_empty) {
                return Err(wrong(table, row, &format!("a pattern with 1 to {EXPANSIONS} readings, none empty"), &paths.len().to_string()));
            }
            if reading == Reading::Macro {
                macros.insert(id.trim_start_matches('@').to_uppercase(), paths);
                continue;
            }
            let mut guards = Vec::new();
            for guard in row.cells[3].split_whitespace().filter(|g| *g != "-") {
                guards.push(Guard::named(guard).ok_or_else(|| wrong(table, row, "a guard", guard))?);
            }
            let number = self.patterns.len() as u32;
            self.patterns.push(Pattern { id: id.to_owned(), reading, guards, holiday: None, example: row.cells[4].to_owned() });
            for path in paths.iter() {
                self.add([path], number);
            }
        }
        Ok(())
    }

    /// Keep a sequence of symbols for the trie.
    fn add<const PARTS: usize>(&mut self, parts: [&[Symbol]; PARTS], pattern: u32) {
        self.paths.push(parts);
        self.ending.push(pattern);
    }

    fn load_holidays(&mut self, table: &Table, vocab: &mut Vocab) -> Result<()> {
        for row in table.rows() {
            let rule = &row.cells[1];
            let holiday = parse_holiday(rule).ok_or_else(|| wrong(table, row, "a rule of a holiday", rule))?;
            let number = self.holidays.len() as u32;
            self.holidays.push(holiday);
            let path: Vec<Symbol> = row.cells[0].split_whitespace().map(|w| Symbol::Word(vocab.intern(w))).collect();
            let pattern = self.patterns.len() as u32;
            self.patterns.push(Pattern {
                id: format!("holiday {}", &row.cells[0]),
                reading: Reading::Holiday,
                guards: Vec::new(),
                holiday: Some(number),
                example: row.cells[0].to_owned(),
            });
            let comma = Symbol::Word(vocab.intern(","));
            for tail in [&[][..], &[Symbol::Class(Class::Year)], &[comma, Symbol::Class(Class::Year)], &[Symbol::Class(Class::PartOfDay)]] {
                self.add([&path, tail], pattern);
            }
            // `last Christmas`, `that Easter`, `the following Easter`
            let the = Symbol::Word(vocab.intern("the"));
            for led in [&[Symbol::Class(Class::Deictic)][..], &[Symbol::Class(Class::Anaphoric)], &[the, Symbol::Class(Class::Anaphoric)]] {
                self.add([led, &path], pattern);
            }
        }
        Ok(())
    }
}

/// What an edge to `next` asks of the token before which it stands.
fn demand(symbol: Symbol, next: u32, buds: &[Bud]) -> Demand {
    match symbol {
        Symbol::Class(class) => Demand { roles: class.roles(), hints: 0 },
        Symbol::Word(word) => Demand { roles: 0, hints: hint(word) },
        Symbol::Close | Symbol::Open | Symbol::Start | Symbol::End => {
            let bud = &buds[next as usize];
            let mut all = Demand { roles: if bud.ends.is_some() { FREE } else { 0 }, hints: 0 };
            behind(bud, buds).for_each(|(next, bud)| all.add(demand(bud.symbol, next, buds)));
            all
        }
    }
}

fn wrong(table: &Table, row: Row, expected: &str, found: &str) -> Error {
    Error::data(table.place(row), format!("`{}`: expected {expected}, found `{found}`", &row.cells[0]))
}

/// Brackets, bars and question marks stand for themselves in a pattern.
fn split_brackets<'a>(word: &'a str, out: &mut Vec<&'a str>) {
    let mut from = 0;
    for (i, c) in word.char_indices() {
        if matches!(c, '(' | ')' | '|' | '?') {
            if from < i {
                out.push(&word[from..i]);
            }
            out.push(&word[i..i + 1]);
            from = i + 1;
        }
    }
    if from < word.len() {
        out.push(&word[from..]);
    }
}

/// Sequences of symbols, one behind the other.
#[derive(Clone, Debug, Default)]
struct Paths {
    symbols: Vec<Symbol>,
    ends: Vec<usize>,
}

impl Paths {
    /// One of these symbols.
    fn one(symbols: &[Symbol]) -> Paths {
        let mut one = Paths::default();
        one.push([symbols]);
        one
    }
    fn push<const PARTS: usize>(&mut self, parts: [&[Symbol]; PARTS]) {
        parts.iter().for_each(|part| self.symbols.extend_from_slice(part));
        self.ends.push(self.symbols.len());
    }
    fn len(&self) -> usize {
        self.ends.len()
    }
    fn iter(&self) -> impl Iterator<Item = &[Symbol]> {
        let starts = std::iter::once(0).chain(self.ends.iter().copied());
        starts.zip(&self.ends).map(|(start, &end)| &self.symbols[start..end])
    }
}

type Macros = HashMap<String, Paths, foldhash::fast::FixedState>;

/// All symbol sequences that a pattern stands for; `None` where it is not well formed.
fn parse(words: &[&str], at: &mut usize, macros: &Macros, vocab: &mut Vocab) -> Option<Paths> {
    let mut all = Paths::default();
    let mut current = Paths::one(&[]);
    while let Some(&word) = words.get(*at) {
        if word == ")" {
            break;
        }
        *at += 1;
        if word == "|" {
            current.iter().for_each(|path| all.push([path]));
            current = Paths::one(&[]);
            continue;
        }
        let mut item = match word {
            "(" => {
                let inner = parse(words, at, macros, vocab)?;
                if words.get(*at) != Some(&")") {
                    return None;
                }
                *at += 1;
                inner
            }
            "?" => return None,
            "]" => Paths::one(&[Symbol::Close]),
            "[" => Paths::one(&[Symbol::Open]),
            "<" => Paths::one(&[Symbol::Start]),
            ">" => Paths::one(&[Symbol::End]),
            _ if word.bytes().all(|b| b.is_ascii_uppercase()) => match (Class::named(word), macros.get(word)) {
                (Some(class), _) if class.in_patterns() => Paths::one(&[Symbol::Class(class)]),
                (None, Some(paths)) => paths.clone(),
                _ => return None,
            },
            _ => Paths::one(&[Symbol::Word(vocab.intern(word))]),
        };
        if words.get(*at) == Some(&"?") {
            *at += 1;
            item.push([&[]]);
        }
        if current.len() * item.len() > EXPANSIONS {
            return None;
        }
        if current.len() == 1 && current.symbols.is_empty() {
            current = item;
            continue;
        }
        let heads = std::mem::take(&mut current);
        for head in heads.iter() {
            item.iter().for_each(|tail| current.push([head, tail]));
        }
    }
    if all.len() == 0 {
        return Some(current);
    }
    current.iter().for_each(|path| all.push([path]));
    Some(all)
}

/// `12-25`, `11-4-4` (month, which, weekday), `easter-2`, `11-1+1` (day after the first Monday), each with ` % 4 = 1`.
fn parse_holiday(rule: &str) -> Option<Holiday> {
    let (rule, every) = match rule.split_once('%') {
        Some((rule, every)) => {
            let (by, rest) = every.split_once('=')?;
            (rule.trim(), Some((by.trim().parse().ok().filter(|n| *n > 0)?, rest.trim().parse().ok()?)))
        }
        None => (rule.trim(), None),
    };
    if let Some(days) = rule.strip_prefix("easter") {
        let days = days.trim();
        let falls = Falls::Easter(if days.is_empty() { 0 } else { days.parse().ok()? });
        return Some(Holiday { falls, every });
    }
    let numbers: Option<Vec<i8>> = rule.split_whitespace().map(|n| n.parse().ok()).collect();
    let falls = match *numbers?.as_slice() {
        [month @ 1..=12, day @ 1..=31] => Falls::Fixed(month, day),
        [month @ 1..=12, which @ (-1 | 1..=4), weekday @ 1..=7] => Falls::Nth(month, which, weekday),
        [month @ 1..=12, 1, 1, days @ 1..=6] => Falls::AfterFirstMonday(month, days),
        _ => return None,
    };
    Some(Holiday { falls, every })
}
