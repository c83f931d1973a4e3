//! The words of `lexicons/` that the clean stage asks for, compiled for look-up: patterns of words
//! that show what is not the article. Decides nothing.

use super::{
    Tables,
    vocab::{Vocab, WordId, slot},
};
use crate::error::{Error, Result};
use crate::token::{Signs, Token, TokenKind, WordSigns};

/// What a pattern has to cover to count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rule {
    /// The whole line.
    Line,
    /// The whole line, which opens a list that goes on to the next prose.
    Block,
    /// The whole line, which opens the readers' part: all that follows.
    Comments,
    /// The first words of a sentence.
    Start,
    /// Any words of a sentence.
    Has,
    /// The first words of a line.
    Lead,
    /// The first words of a line, whatever it quotes.
    Link,
    /// A sentence on the writer, after his name.
    Author,
    /// The first words of a sentence that only follows such a one.
    Follow,
}

const RULES: [(&str, Rule); 9] = [
    ("line", Rule::Line),
    ("block", Rule::Block),
    ("comments", Rule::Comments),
    ("start", Rule::Start),
    ("has", Rule::Has),
    ("lead", Rule::Lead),
    ("link", Rule::Link),
    ("author", Rule::Author),
    ("follow", Rule::Follow),
];

/// A picture agency's name, with a capital.
pub const AGENCY: u16 = 1;
/// A word of a picture's credit.
pub const CREDIT: u16 = 1 << 6;
/// A title of office before a name.
pub const OFFICE: u16 = 1 << 1;
/// I, we and their forms.
pub const FIRST_PERSON: u16 = 1 << 2;
/// A month or a day of the week.
pub const DATE: u16 = 1 << 3;
/// A word that stands beside a date (`updated`, `at`).
pub const DATE_PART: u16 = 1 << 4;
/// Opens a byline.
pub const BYLINE: u16 = 1 << 5;
/// Stands second in a pattern.
const SECOND: u16 = 1 << 7;
/// Stands first in a pattern that names its second word; in one that does not.
const FIRST: u16 = 1 << 8;
const ALONE: u16 = 1 << 9;

const WORDS: [(&str, u16); 7] = [
    ("credit", CREDIT),
    ("agency", AGENCY),
    ("office", OFFICE),
    ("first person", FIRST_PERSON),
    ("date", DATE),
    ("date part", DATE_PART),
    ("byline", BYLINE),
];

/// One element of a pattern.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Part {
    Number,
    Any,
    Word(WordId),
}

/// A compiled pattern.
#[derive(Debug)]
pub struct Pattern {
    parts: Vec<Part>,
    /// What it has to cover.
    pub rule: Rule,
    /// What it shows, as `Boilerplate::why` has it.
    pub why: String,
}

/// The patterns `from..to` that start with one word or with a number; from `named` on they name their second word.
#[derive(Clone, Copy, Debug, Default)]
struct Head {
    from: u32,
    named: u32,
    to: u32,
}

impl Head {
    fn add(&mut self, pattern: usize, named: bool) {
        let pattern = pattern as u32;
        if self.to == 0 {
            (self.from, self.named) = (pattern, pattern);
        }
        self.to = pattern + 1;
        self.named += u32::from(!named);
    }
}

/// Compiled tables of this stage.
#[derive(Debug, Default)]
pub struct CleanWords {
    /// Sorted by their parts; those that start with a number come first, and of those that start alike the ones that name no second word.
    patterns: Vec<Pattern>,
    /// Of each pattern its second word; [`WordId::NONE`] where it has none or may be any.
    seconds: Vec<WordId>,
    /// By the first word's id: the patterns that start with it.
    heads: Vec<Head>,
    /// Those that start with a number.
    numbers: Head,
    /// By word id: bits such as [`AGENCY`].
    words: Vec<u16>,
}

impl CleanWords {
    /// Compile from the language's tables.
    ///
    /// # Errors
    /// A missing table or a wrong row.
    pub fn load(tables: &Tables, vocab: &mut Vocab) -> Result<Self> {
        let mut out = CleanWords::default();
        let table = tables.get("boilerplate.tsv")?;
        for row in table.rows() {
            let (pattern, rule, why) = (&row.cells[0], &row.cells[1], &row.cells[2]);
            let wrong = |what: &str, found: &str| Error::data(table.place(row), format!("`{pattern}`: expected {what}, found `{found}`"));
            if rule == "word" {
                let bit = WORDS
                    .iter()
                    .find(|(n, _)| *n == why)
                    .ok_or_else(|| wrong("agency, credit, office, first person, date, date part or byline", why))?
                    .1;
                *slot(&mut out.words, vocab.intern(pattern)) |= bit;
                continue;
            }
            let rule = RULES
                .iter()
                .find(|(n, _)| *n == rule)
                .ok_or_else(|| wrong("line, block, comments, start, has, lead, author, follow or word", rule))?
                .1;
            let parts: Vec<Part> = pattern
                .split(' ')
                .map(|part| match part {
                    "0" => Part::Number,
                    "_" => Part::Any,
                    word => Part::Word(vocab.intern(word)),
                })
                .collect();
            if parts[0] == Part::Any {
                return Err(wrong("a pattern that starts with a word or a number", "_"));
            }
            out.patterns.push(Pattern { parts, rule, why: why.to_owned() });
        }
        out.patterns.sort_by(|a, b| a.parts.cmp(&b.parts));
        for (i, pattern) in out.patterns.iter().enumerate() {
            let second = match pattern.parts.get(1) {
                Some(Part::Word(id)) => *id,
                _ => WordId::NONE,
            };
            out.seconds.push(second);
            if second.known() {
                *slot(&mut out.words, second) |= SECOND;
            }
            match pattern.parts[0] {
                Part::Word(id) => {
                    *slot(&mut out.words, id) |= if second.known() { FIRST } else { ALONE };
                    slot(&mut out.heads, id).add(i, second.known());
                }
                _ => out.numbers.add(i, second.known()),
            }
        }
        Ok(out)
    }
    /// Whether a pattern may begin with `word`, and whether only before a word that stands second in one.
    pub fn signs(&self, word: WordId) -> WordSigns {
        let sign = |what: u16| if self.is(word, what) { Signs::CLEAN } else { 0 };
        WordSigns::new(sign(ALONE), sign(FIRST), sign(SECOND))
    }
    fn head(&self, token: &Token) -> Option<Head> {
        match self.heads.get(token.word.index()) {
            Some(head) if head.to > 0 => Some(*head),
            // A number that no pattern names stands for any.
            _ => (token.kind == TokenKind::Number).then_some(self.numbers),
        }
    }
    /// The patterns that match at the first of `tokens`, each with the number of tokens it covers.
    pub fn at<'a>(&'a self, tokens: &'a [Token]) -> impl Iterator<Item = (&'a Pattern, usize)> {
        let Head { from, named, to } = tokens.first().and_then(|t| self.head(t)).unwrap_or_default();
        let next = tokens.get(1).map_or(WordId::NONE, |t| t.word);
        let (named, to) = (named as usize, to as usize);
        let first = named + self.seconds[named..to].partition_point(|second| *second < next);
        let fitting = self.seconds[first..to].iter().take_while(move |second| **second == next).count();
        (from as usize..named)
            .chain(first..first + fitting)
            .map(|i| &self.patterns[i])
            .filter_map(|p| p.matches(tokens).then_some((p, p.parts.len())))
    }
    /// Whether `word` has one of the bits `what`.
    pub fn is(&self, word: WordId, what: u16) -> bool {
        self.words.get(word.index()).is_some_and(|w| w & what != 0)
    }
}

impl Pattern {
    fn matches(&self, tokens: &[Token]) -> bool {
        tokens.len() >= self.parts.len()
            && self.parts.iter().zip(tokens).enumerate().all(|(i, (part, token))| {
                // A pattern never runs over a line break.
                (i == 0 || !token.newline)
                    && match part {
                        Part::Number => token.kind == TokenKind::Number,
                        Part::Any => token.kind != TokenKind::Mark,
                        Part::Word(id) => token.word == *id,
                    }
            })
    }
}
