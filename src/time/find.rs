//! Text → unresolved temporal expressions, by one trie of word patterns walked only from words that
//! can start one. Knows no reference date.

use crate::annotation::{Quote, QuoteKind};
use crate::doc::Doc;
use crate::language::time::{
    Class, Direction, Edge, Guard, Node, Part, PartOfDay, Reading, Reference, Season, Seen, Suffix, Symbol, TimeWords, Unit,
};
use crate::language::vocab::WordId;
use crate::span::Span;
use crate::token::{Token, TokenKind};

/// What the words of an expression say, each field as far as they say it.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Fields {
    /// Year; negative before the era.
    pub year: Option<i32>,
    /// First two or three digits of a decade.
    pub decade: Option<i32>,
    /// 1–12
    pub month: Option<i8>,
    /// Days of the month, two where the order of a numeric date is open.
    pub days: [Option<i8>; 2],
    /// 1 (Monday) – 7
    pub weekday: Option<i8>,
    /// Season.
    pub season: Option<Season>,
    /// Quarter in one word.
    pub quarter: Option<i8>,
    /// Ordinal number.
    pub ordinal: Option<i32>,
    /// Part of the period.
    pub part: Option<Part>,
    /// Part of the day.
    pub part_of_day: Option<PartOfDay>,
    /// Hour and minute.
    pub clock: Option<(i8, i8)>,
    /// Minutes were written.
    pub minutes: bool,
    /// 0 morning, 1 afternoon.
    pub half_day: Option<i8>,
    /// Units in order.
    pub units: [Option<Unit>; 2],
    /// Whether the first unit stands in the plural.
    pub plural: bool,
    /// Number of units; NaN = a few.
    pub count: Option<f32>,
    /// A half was named.
    pub half: bool,
    /// Shift from the document's date.
    pub deictic: Option<i32>,
    /// Shift from the running date.
    pub anaphoric: Option<i32>,
    /// Direction of an offset.
    pub direction: Option<Direction>,
    /// Days from the document's date.
    pub day_word: Option<i32>,
    /// Fixed value.
    pub reference: Option<Reference>,
    /// Recurring unit.
    pub recurring: Option<Unit>,
    /// Earlier (−1) or later (+1) within the period.
    pub relative: Option<i32>,
    /// Year before the era.
    pub before_era: bool,
    /// Weekday in the plural.
    pub weekdays: Option<i8>,
    /// Index of a holiday.
    pub holiday: Option<u32>,
}

/// A temporal expression as written, before it is resolved.
#[derive(Clone, Debug, PartialEq)]
pub struct RawTimex {
    /// Bytes in the text.
    pub span: Span,
    /// First token.
    pub first: usize,
    /// One past the last token.
    pub last: usize,
    /// The sentence it stands in.
    pub sentence: usize,
    /// The marked quotation it stands in, or runs into.
    pub quote: Option<usize>,
    /// How to read it.
    pub reading: Reading,
    /// What it says.
    pub fields: Fields,
    /// Index into the language's time patterns of the pattern that matched.
    pub pattern: u32,
    /// It is the first of two linked expressions and lacks what the second says.
    pub opens_range: bool,
}

impl RawTimex {
    /// Whether an expression counts on from a date told before: "that day", "two days later", "three weeks on".
    pub fn counts_on(&self) -> bool {
        let f = &self.fields;
        let later = !matches!(f.direction, Some(Direction::Ago | Direction::Hence)) && f.deictic.is_none();
        f.anaphoric.is_some() || self.reading == Reading::Offset && later || self.reading == Reading::NextDay
    }
}

/// A token's role in the match, with its value.
#[derive(Clone, Copy, Debug)]
struct Cap {
    class: Class,
    /// The word whose value in that role it has.
    word: WordId,
    value: i32,
    amount: f32,
}

impl Cap {
    fn value(&self, words: &TimeWords) -> i32 {
        if self.word.known() { words.value(self.word, self.class) } else { self.value }
    }
}

/// Tokens to an expression, in a text that has many.
const SPARSE: usize = 64;
const NO_CAP: Cap = Cap { class: Class::Function, word: WordId::NONE, value: 0, amount: 0.0 };
const CAPS: usize = 14;
/// Bytes of the shortest line that can be one of hard-wrapped text.
const WRAPPED: usize = 45;
/// Digits of a number that a float of 32 bits keeps as it is.
const MILLIONS: usize = 7;
/// Words of a name, and one more.
const NAME: usize = 5;
/// No pattern of the tables is longer; a longer match is cut off.
const REACH: usize = 24;

/// A path through the trie, so far.
struct Path {
    caps: [Cap; CAPS],
    len: u8,
    turns: Turns,
}

/// The tokens at which a path passed a sign of its pattern.
#[derive(Clone, Copy, Default)]
struct Turns {
    /// Number of captures before the second expression.
    cut: Option<u8>,
    close: Option<u32>,
    open: Option<u32>,
    start: Option<u32>,
    stop: Option<u32>,
}

impl Default for Path {
    fn default() -> Self {
        Path { caps: [NO_CAP; CAPS], len: 0, turns: Turns::default() }
    }
}

/// A pattern that matched up to a token.
#[derive(Clone, Copy)]
struct Candidate {
    end: usize,
    pattern: u32,
    /// Its captures, of [`Finder::kept`].
    caps: (u32, u32),
    turns: Turns,
}

/// Find every temporal expression, in text order.
pub fn find(doc: &Doc, quotes: &[Quote]) -> Vec<RawTimex> {
    let mut finder = Finder {
        text: doc.text,
        tokens: doc.tokens,
        words: &doc.lang.time,
        candidates: Vec::new(),
        kept: Vec::new(),
        path: Path::default(),
        digits: (usize::MAX, Digits::default()),
        ancient: false,
    };
    let mut out = Vec::with_capacity(doc.tokens.len() / SPARSE + 4);
    let (mut at, mut sentence, mut quote) = (0, 0, 0);
    while let Some(start) = doc.lang.time.next_start(doc.tokens, doc.signs, at) {
        at = start;
        let before = out.len();
        let Some(end) = finder.at(at, &mut out) else {
            at += 1;
            continue;
        };
        for raw in &mut out[before..] {
            while sentence + 1 < doc.sentences.len() && doc.sentences[sentence + 1].span.start <= raw.span.start {
                sentence += 1;
            }
            while quote < quotes.len() && quotes[quote].outer.end <= raw.span.start {
                quote += 1;
            }
            raw.sentence = sentence;
            raw.quote = (quote..quotes.len())
                .take_while(|&q| quotes[q].outer.start < raw.span.end)
                .find(|&q| quotes[q].kind != QuoteKind::Indirect && quotes[q].outer.overlaps(raw.span));
            finder.ancient |= raw.fields.before_era;
        }
        at = end.max(at + 1);
    }
    out
}

/// What the digits of a number token can be.
#[derive(Clone, Copy, Default)]
struct Digits {
    mask: u128,
    value: i32,
    minute: i32,
    amount: f32,
    half_day: i32,
}

struct Finder<'a> {
    text: &'a str,
    tokens: &'a [Token],
    words: &'a TimeWords,
    candidates: Vec<Candidate>,
    /// The captures of the candidates.
    kept: Vec<Cap>,
    /// The way to the node that [`Finder::walk`] is at.
    path: Path,
    /// The number token that was read last.
    digits: (usize, Digits),
    /// A year before the era was named.
    ancient: bool,
}

impl Finder<'_> {
    /// Push the longest expression that starts at token `at` and whose guards hold, or the two that it consists of; the token after it.
    fn at(&mut self, at: usize, out: &mut Vec<RawTimex>) -> Option<usize> {
        self.candidates.clear();
        self.kept.clear();
        // What a path has not captured yet is never read.
        (self.path.len, self.path.turns) = (0, Turns::default());
        self.start(at);
        if self.candidates.is_empty() {
            return None;
        }
        let mut candidates = std::mem::take(&mut self.candidates);
        if candidates.len() > 1 {
            candidates.sort_by(|a, b| b.end.cmp(&a.end).then(a.pattern.cmp(&b.pattern)));
        }
        let mut found = None;
        for candidate in &candidates {
            let pattern = &self.words.patterns[candidate.pattern as usize];
            let caps = &self.kept[candidate.caps.0 as usize..candidate.caps.1 as usize];
            let (first, last) = (candidate.turns.start.map_or(at, |i| i as usize), candidate.turns.stop.map_or(candidate.end, |i| i as usize));
            if first >= last || !pattern.guards.iter().all(|g| self.holds(*g, first, last, caps)) {
                continue;
            }
            if pattern.reading == Reading::Nothing {
                found = Some(last);
                break;
            }
            if self.read(candidate, caps, first, last, out).is_some() {
                found = Some(last);
                break;
            }
        }
        self.candidates = candidates;
        found
    }

    /// Follow the patterns that token `at` starts.
    fn start(&mut self, at: usize) {
        let (words, token) = (self.words, &self.tokens[at]);
        let start = words.start(token);
        if let Some(next) = start.word {
            self.walk(next, at, at + 1);
        }
        let roles = words.roles(token, || self.digits_at(at, token).mask);
        self.follow(words.starting(&start), Some(token), roles, &Seen::new(token.word, roles), at, at);
    }

    /// Follow the patterns that go on from `node` at token `at`; `self.path` is left as it was found.
    #[inline]
    fn walk(&mut self, node: u32, start: usize, at: usize) {
        let words = self.words;
        let node = words.node(node);
        if let Some(pattern) = node.ends
            && at > start
        {
            let from = self.kept.len() as u32;
            self.kept.extend_from_slice(&self.path.caps[..self.path.len as usize]);
            self.candidates.push(Candidate { end: at, pattern, caps: (from, self.kept.len() as u32), turns: self.path.turns });
        }
        if node.is_leaf() || at - start > REACH {
            return;
        }
        let tokens = self.tokens;
        let token = tokens.get(at).filter(|t| !t.newline || at == start || self.wraps(t));
        let roles = token.map_or(0, |t| words.roles(t, || self.digits_at(at, t).mask));
        let seen = token.map_or(Seen::NOTHING, |t| Seen::new(t.word, roles));
        if node.goes_on(&seen) {
            self.go_on(node, token, roles, &seen, start, at);
        }
    }

    /// Follow the patterns that go on from `node` by token `at`, which has these roles.
    fn go_on(&mut self, node: &Node, token: Option<&Token>, roles: u128, seen: &Seen, start: usize, at: usize) {
        let words = self.words;
        if let Some(next) = token.and_then(|t| words.by_word(node, t.word)) {
            self.walk(next, start, at + 1);
        }
        self.follow(words.others(node), token, roles, seen, start, at);
    }

    /// Follow the patterns that go on by one of some edges from token `at`, which has these roles.
    fn follow(&mut self, edges: &[Edge], token: Option<&Token>, roles: u128, seen: &Seen, start: usize, at: usize) {
        for edge in edges.iter().filter(|e| e.fits(seen)) {
            if let Symbol::Class(class) = edge.symbol {
                let Some((cap, used)) = token.and_then(|t| self.take(class, t, at)) else { continue };
                let Some(slot) = self.path.caps.get_mut(self.path.len as usize) else { continue };
                *slot = cap;
                self.path.len += 1;
                let mut after = at + used;
                if matches!(class, Class::Month | Class::Weekday) && roles & Class::Abbreviation.bit() != 0 && self.stop(after) {
                    after += 1;
                }
                self.walk(edge.next, start, after);
                self.path.len -= 1;
                continue;
            }
            let before = self.path.turns;
            match edge.symbol {
                Symbol::Word(_) | Symbol::Class(_) => continue,
                Symbol::Close => self.path.turns = Turns { close: Some(at as u32), cut: Some(self.path.len), ..before },
                Symbol::Open => self.path.turns = Turns { open: Some(at as u32), cut: Some(self.path.len), ..before },
                Symbol::Start => self.path.turns.start = Some(at as u32),
                Symbol::End => self.path.turns.stop = Some(at as u32),
            }
            self.walk(edge.next, start, at);
            self.path.turns = before;
        }
    }

    /// What a token says in a role that it has, with the number of tokens it takes.
    fn take(&mut self, class: Class, token: &Token, at: usize) -> Option<(Cap, usize)> {
        Some(match class {
            Class::Number => self.number(at).map(|(amount, used)| (Cap { class, word: WordId::NONE, value: amount as i32, amount }, used))?,
            Class::Ordinal => self.ordinal(at).map(|(value, used)| (Cap { class, word: WordId::NONE, value, amount: 0.0 }, used))?,
            _ if token.kind == TokenKind::Number => {
                let d = self.digits_at(at, token);
                let amount = if class == Class::ClockHalf { d.half_day as f32 } else { d.minute as f32 };
                (d.mask & class.bit() != 0).then_some((Cap { class, word: WordId::NONE, value: d.value, amount }, 1))?
            }
            _ => (Cap { class, word: token.word, value: 0, amount: 0.0 }, 1),
        })
    }

    /// Whether the stop of an abbreviation stands at token `at`.
    fn stop(&self, at: usize) -> bool {
        self.tokens.get(at).is_some_and(|t| !t.spaced && t.is_mark(self.text, b'.'))
    }
    /// Whether the line break before a token is one of hard-wrapped lines, not the end of a paragraph: the only one, after a line of some length.
    fn wraps(&self, token: &Token) -> bool {
        let before = &self.text.as_bytes()[..token.span.start as usize];
        let Some(end) = before.iter().rposition(|b| !b.is_ascii_whitespace()) else { return false };
        let breaks = before[end..].iter().filter(|b| **b == b'\n').count();
        let line = before[..=end].iter().rev().take(WRAPPED).take_while(|b| **b != b'\n').count();
        breaks == 1 && line >= WRAPPED
    }

    /// [`Finder::digits`] of the token at `at`, which most paths ask for in turn.
    fn digits_at(&mut self, at: usize, token: &Token) -> &Digits {
        if self.digits.0 != at {
            self.digits = (at, self.digits(token));
        }
        &self.digits.1
    }

    fn digits(&self, token: &Token) -> Digits {
        let source = token.of(self.text);
        let end = source.bytes().take_while(|b| b.is_ascii_digit() || matches!(b, b',' | b'.' | b':')).count();
        let (number, letters) = source.split_at(end);
        let suffix = if letters.is_empty() { None } else { self.words.suffix(letters) };
        let mut out = Digits::default();
        if !letters.is_empty() && suffix.is_none() {
            return out;
        }
        let plain = number.bytes().all(|b| b.is_ascii_digit());
        if plain && number.len() <= 4 {
            let value: i32 = number.parse().unwrap_or(0);
            out.value = value;
            out.amount = value as f32;
            match suffix {
                None => {
                    out.mask |= Class::AnyYear.bit();
                    if number.len() <= 2 {
                        if (1..=31).contains(&value) {
                            out.mask |= Class::Day.bit();
                        }
                        if (1..=12).contains(&value) {
                            out.mask |= Class::MonthNumber.bit();
                        }
                        if value <= 24 {
                            out.mask |= Class::Hour.bit();
                        }
                        if number.len() == 2 {
                            out.mask |= Class::ShortYear.bit();
                        }
                    }
                    if number.len() == 4 && value < 2400 && value % 100 < 60 {
                        out.mask |= Class::Military.bit();
                    }
                    if number.len() == 4 && (1000..=2199).contains(&value) {
                        out.mask |= Class::Year.bit();
                    }
                }
                Some(Suffix::Ordinal) if (1..=31).contains(&value) => out.mask |= Class::OrdinalDay.bit(),
                Some(Suffix::Plural) if value % 10 == 0 => {
                    out.mask |= Class::Decade.bit();
                    out.value = match number.len() {
                        4 => value / 10,
                        3 => value / 10,
                        _ => 190 + value / 10,
                    };
                }
                Some(half @ (Suffix::Morning | Suffix::Afternoon)) if (1..=12).contains(&value) => {
                    out.mask |= Class::ClockHalf.bit();
                    out.half_day = i32::from(half == Suffix::Afternoon);
                    out.minute = -1;
                }
                Some(Suffix::Hours) if number.len() == 4 && value < 2400 && value % 100 < 60 => {
                    out.mask |= Class::Clock.bit();
                    out.minute = value % 100;
                    out.value = value / 100;
                }
                _ => {}
            }
            return out;
        }
        if let Some((hour, minute)) = number.split_once(':')
            && (1..=2).contains(&hour.len())
            && minute.len() == 2
            && let (Ok(h), Ok(m)) = (hour.parse::<i32>(), minute.parse::<i32>())
            && h <= 24
            && m < 60
        {
            out.value = h;
            out.minute = m;
            out.mask |= match suffix {
                Some(half @ (Suffix::Morning | Suffix::Afternoon)) => {
                    out.half_day = i32::from(half == Suffix::Afternoon);
                    out.value = h * 100 + m;
                    Class::ClockHalf.bit()
                }
                Some(Suffix::Hours) | None => Class::Clock.bit(),
                Some(_) => 0,
            };
            return out;
        }
        if suffix.is_none() && number.split('.').count() == 3 {
            let mut parts = number.split('.').map(|p| p.parse::<i32>().unwrap_or(0));
            if let (Some(a), Some(b), Some(y)) = (parts.next(), parts.next(), parts.next())
                && (1..=31).contains(&a)
                && (1..=12).contains(&b)
                && (1000..=2199).contains(&y)
            {
                out.mask |= Class::NumericDate.bit();
                out.value = (y * 100 + b) * 100 + a;
            }
        }
        out
    }

    /// A cardinal number in digits or words, with the number of its tokens.
    fn number(&self, at: usize) -> Option<(f32, usize)> {
        let token = self.tokens.get(at)?;
        let mut used = 1;
        let mut total = match token.kind {
            TokenKind::Number => {
                let source = token.of(self.text);
                if source.bytes().any(|b| !b.is_ascii_digit() && b != b',' && b != b'.') {
                    return None;
                }
                let plain = source.len() <= MILLIONS && source.bytes().all(|b| b.is_ascii_digit());
                if plain {
                    source.bytes().fold(0u32, |n, b| n * 10 + u32::from(b - b'0')) as f32
                } else {
                    source.replace(',', "").parse::<f32>().ok()?
                }
            }
            TokenKind::Word => {
                let mask = self.words.mask(token.word);
                if mask & Class::Scale.bit() != 0 {
                    return Some((self.words.value(token.word, Class::Scale) as f32, 1));
                }
                if mask & Class::Cardinal.bit() == 0 {
                    return None;
                }
                let tens = self.words.value(token.word, Class::Cardinal);
                let mut value = tens;
                if tens >= 20 && tens % 10 == 0 {
                    let dash = usize::from(self.tokens.get(at + 1).is_some_and(|t| self.words.is(t.word, Class::Dash)));
                    if let Some(one) = self.tokens.get(at + 1 + dash).filter(|t| self.words.is(t.word, Class::Cardinal)) {
                        let one = self.words.value(one.word, Class::Cardinal);
                        if one < 10 {
                            value += one;
                            used += 1 + dash;
                        }
                    }
                }
                value as f32
            }
            TokenKind::Mark => return None,
        };
        if let Some(scale) = self.tokens.get(at + used).filter(|t| self.words.is(t.word, Class::Scale)) {
            total *= self.words.value(scale.word, Class::Scale) as f32;
            used += 1;
        }
        Some((total, used))
    }

    /// An ordinal number in digits or words, with the number of its tokens.
    fn ordinal(&self, at: usize) -> Option<(i32, usize)> {
        let token = self.tokens.get(at)?;
        if token.kind == TokenKind::Number {
            let source = token.of(self.text);
            let end = source.bytes().take_while(u8::is_ascii_digit).count();
            if end > 0 && end < source.len() && self.words.suffix(&source[end..]) == Some(Suffix::Ordinal) {
                return source[..end].parse().ok().map(|n| (n, 1));
            }
            return None;
        }
        let mask = self.words.mask(token.word);
        if mask & Class::OrdinalWord.bit() != 0 {
            return Some((self.words.value(token.word, Class::OrdinalWord), 1));
        }
        if mask & Class::Cardinal.bit() != 0 {
            let tens = self.words.value(token.word, Class::Cardinal);
            if tens >= 20 && tens % 10 == 0 {
                let dash = usize::from(self.tokens.get(at + 1).is_some_and(|t| self.words.is(t.word, Class::Dash)));
                let one = self.tokens.get(at + 1 + dash).filter(|t| self.words.is(t.word, Class::OrdinalWord))?;
                let one = self.words.value(one.word, Class::OrdinalWord);
                return (one < 10).then_some((tens + one, 2 + dash));
            }
        }
        None
    }

    /// The roles of the token at `at`; 0 past the ends.
    fn mask(&self, at: Option<usize>) -> u128 {
        at.and_then(|i| self.tokens.get(i)).map_or(0, |t| self.words.mask(t.word))
    }

    fn holds(&self, guard: Guard, first: usize, last: usize, caps: &[Cap]) -> bool {
        let previous = first.checked_sub(1);
        let before = self.mask(previous);
        let after_token = self.tokens.get(last).filter(|t| !t.newline);
        let after = after_token.map_or(0, |t| self.words.mask(t.word));
        let led = Class::Preposition.bit() | Class::Determiner.bit() | Class::PartAdjective.bit() | Class::Deictic.bit() | Class::Anaphoric.bit();
        let alone = || after_token.is_none_or(|t| t.kind == TokenKind::Mark || after & Class::Function.bit() != 0);
        match guard {
            Guard::Alone => alone(),
            Guard::Pronoun => {
                // `a month after that Berg told`, no `a month after that Bonn summit`
                let name = |i: &usize| self.tokens.get(*i).is_some_and(|t| t.capital() && !t.newline);
                let end = (last..last + NAME).find(|i| !name(i)).unwrap_or(last);
                let verb = || {
                    self.tokens.get(end).is_some_and(|t| {
                        let finite = Class::Past.bit() | Class::Present.bit() | Class::Perfect.bit() | Class::Pluperfect.bit();
                        self.words.mask(t.word) & finite != 0 || t.is_word() && self.words.looks_past(t.of(self.text))
                    })
                };
                alone() || end > last && verb()
            }
            Guard::Everyday => {
                let tokens = &self.tokens[first..last];
                let everyday = tokens.iter().position(|t| self.words.is(t.word, Class::Everyday));
                // `on the talk show “Sunday Kitchen”`
                let title = |i: usize| {
                    let opens = self.tokens[i].mark(self.text);
                    matches!(opens, '"' | '\'' | '\u{201c}' | '\u{2018}') && self.tokens[i].spaced && self.words.is(tokens[0].word, Class::Weekday)
                };
                let Some(n) = everyday else {
                    let named = tokens.len() == 1 && self.tokens.get(last).is_some_and(|t| t.capital() && t.spaced && !t.newline);
                    return !(named && previous.is_some_and(title));
                };
                let token = &tokens[n];
                let mask = self.words.mask(token.word);
                // A shift, part or number inside the match leads the word as well.
                let inner = tokens[..n].iter().any(|t| self.words.mask(t.word) & (led | Class::PartNoun.bit()) != 0 || t.kind == TokenKind::Number)
                    || tokens[n + 1..].iter().any(|t| t.kind == TokenKind::Number || self.words.is(t.word, Class::PartOfDay));
                if mask & (Class::Month.bit() | Class::Weekday.bit()) != 0 {
                    let abbreviated = mask & Class::Abbreviation.bit() != 0;
                    let stopped = tokens.get(n + 1).is_some_and(|t| !t.spaced && t.is_mark(self.text, b'.'));
                    // "May" as the heading of what follows.
                    let heads = self.tokens[first].newline && self.tokens.get(last).is_some_and(|t| t.newline);
                    token.capital() && (inner || if abbreviated { stopped } else { heads || before & led != 0 })
                } else {
                    inner || before & (Class::When.bit() | Class::Deictic.bit() | Class::PartAdjective.bit()) != 0
                }
            }
            Guard::Digits => {
                // `March 4` but not `March 4 percent`.
                after & (Class::Counted.bit() | Class::Units.bit() | Class::Scale.bit()) == 0
            }
            Guard::Year => {
                let Some(year) = caps.iter().find(|c| c.class == Class::Year).map(|c| c.value(self.words)) else { return true };
                if caps.iter().any(|c| c.class == Class::Month) {
                    return true;
                }
                if before & Class::Counted.bit() != 0 || after & (Class::Counted.bit() | Class::Scale.bit()) != 0 {
                    return false;
                }
                if after & (Class::Units.bit() | Class::Unit.bit()) != 0 {
                    return false;
                }
                let previous_token = previous.and_then(|i| self.tokens.get(i));
                let next_token = self.tokens.get(last);
                // `1,000-1500`, `2010.5`, `10/2020`: digits glued on.
                if previous_token.is_some_and(|t| t.kind == TokenKind::Number && !t.newline && before & Class::Month.bit() == 0)
                    || next_token.is_some_and(|t| t.kind == TokenKind::Number && !t.newline)
                {
                    return false;
                }
                let firm = before & led != 0;
                let open = after_token.is_none_or(|t| t.kind == TokenKind::Mark || after & Class::Function.bit() != 0);
                if (1700..=2100).contains(&year) { firm || open || year % 100 != 0 || last > first + 1 } else { firm && open || last > first + 1 }
            }
            Guard::Closed => {
                let conjunction = Class::Range.bit() | Class::Pluperfect.bit() | Class::Past.bit();
                after_token.is_none_or(|t| t.kind == TokenKind::Mark || after & conjunction != 0)
            }
            Guard::Followed => self
                .tokens
                .get(last + 1)
                .is_some_and(|t| !t.newline && !(t.kind == TokenKind::Mark && matches!(t.of(self.text), "." | "," | ";" | ":" | "!" | "?" | ")"))),
            Guard::Ancient => self.ancient && caps.iter().all(|c| c.class != Class::AnyYear || (100..1000).contains(&c.value(self.words))),
            Guard::Glued => {
                let tokens = &self.tokens[first..last];
                tokens[0].spaced
                    && tokens.get(1).is_some_and(|t| !t.spaced)
                    && self.tokens.get(last).is_none_or(|t| !self.words.is(t.word, Class::Counted))
            }
            Guard::Rate => previous.is_some_and(|i| {
                self.tokens[i].kind == TokenKind::Number
                    || before & (Class::Units.bit() | Class::Counted.bit() | Class::Cardinal.bit() | Class::Scale.bit()) != 0
            }),
        }
    }

    /// Push what the candidate says; `None` where it makes no sense.
    fn read(&self, candidate: &Candidate, caps: &[Cap], first: usize, last: usize, out: &mut Vec<RawTimex>) -> Option<()> {
        let pattern = &self.words.patterns[candidate.pattern as usize];
        let raw = |first: usize, last: usize, fields: Fields, opens_range: bool| {
            let last_token = &self.tokens[last - 1];
            let mut end = last_token.span.end;
            // The stop of an abbreviation that also ends the sentence stays outside.
            if last_token.is_mark(self.text, b'.') && self.ends_sentence(last) {
                end = last_token.span.start;
            }
            RawTimex {
                span: Span { start: self.tokens[first].span.start, end },
                first,
                last,
                sentence: 0,
                quote: None,
                reading: pattern.reading,
                fields,
                pattern: candidate.pattern,
                opens_range,
            }
        };
        if let (Some(close), Some(open), Some(cut)) = (candidate.turns.close, candidate.turns.open, candidate.turns.cut) {
            let (close, open, cut) = (close as usize, open as usize, cut as usize);
            // Captures of the link itself stand between the two marks and set no field.
            let mut a = fields(self.words, &caps[..cut])?;
            let b = fields(self.words, &caps[cut..])?;
            a.year = a.year.or(b.year);
            a.month = a.month.or(b.month);
            if b.before_era && !a.before_era {
                a.before_era = true;
                a.year = a.year.map(|y| -y.abs());
            }
            if a.units[0].is_none() {
                a.units = b.units;
                a.plural = b.plural;
            }
            a.half_day = a.half_day.or(b.half_day);
            let mut b = b;
            if b.month.is_none() && b.clock.is_none() && b.season.is_none() {
                b.month = a.month;
            }
            if let (Some(start), Some(short)) = (a.year, caps[cut..].iter().find(|c| c.class == Class::ShortYear)) {
                let full = start - start.rem_euclid(100) + short.value(self.words);
                if full <= start {
                    return None;
                }
                b.year = Some(full);
            }
            if !valid(pattern.reading, &a) || !valid(pattern.reading, &b) {
                return None;
            }
            out.push(raw(first, close, a, true));
            out.push(raw(open, last, b, false));
            return Some(());
        }
        let mut fields = fields(self.words, caps)?;
        fields.holiday = pattern.holiday;
        valid(pattern.reading, &fields).then(|| out.push(raw(first, last, fields, false)))
    }

    fn ends_sentence(&self, at: usize) -> bool {
        self.tokens.get(at).is_none_or(|t| t.newline || (t.spaced && t.capital()))
    }
}

/// What a list of captures says; `None` where two say different things.
fn fields(words: &TimeWords, caps: &[Cap]) -> Option<Fields> {
    let mut f = Fields::default();
    for cap in caps {
        let v = cap.value(words);
        match cap.class {
            Class::Year | Class::AnyYear => f.year = Some(v),
            Class::ShortYear => f.year = f.year.or(Some(if v < 50 { 2000 + v } else { 1900 + v })),
            Class::Month => f.month = Some(v as i8),
            Class::MonthNumber => f.month = Some(v as i8),
            Class::Day => {
                let slot = usize::from(f.days[0].is_some());
                f.days[slot] = Some(v as i8);
            }
            Class::Weekday => f.weekday = Some(v as i8),
            Class::Weekdays => f.weekdays = Some(v as i8),
            Class::Season => f.season = Season::ALL.get(v as usize).copied(),
            Class::Unit | Class::Units => {
                let slot = usize::from(f.units[0].is_some());
                f.units[slot] = Unit::ALL.get(v as usize).copied();
                f.plural |= slot == 0 && cap.class == Class::Units;
            }
            Class::PartOfDay => f.part_of_day = PartOfDay::ALL.get(v as usize).copied(),
            Class::Number => f.count = Some(cap.amount),
            Class::One => f.count = f.count.or(Some(1.0)),
            Class::Scale => f.count = Some(v as f32),
            Class::Few => f.count = Some(f32::NAN),
            Class::Ordinal | Class::OrdinalDay => f.ordinal = Some(v),
            Class::Decade => f.decade = Some(v),
            Class::Clock => {
                f.clock = Some((v as i8, cap.amount as i8));
                f.minutes = true;
            }
            Class::Military => f.clock = Some(((v / 100) as i8, (v % 100) as i8)),
            Class::Lasting => f.units[0] = Unit::ALL.get(v as usize).copied(),
            Class::Hour => f.clock = Some((v as i8, 0)),
            Class::ClockHalf => {
                let (hour, minute) = if v >= 100 { (v / 100, v % 100) } else { (v, 0) };
                f.clock = Some((hour as i8, minute as i8));
                f.half_day = Some(cap.amount as i8);
                f.minutes = true;
            }
            Class::HalfDay => f.half_day = Some(v as i8),
            Class::NumericDate => {
                f.days[0] = Some((v % 100) as i8);
                f.month = Some((v / 100 % 100) as i8);
                f.year = Some(v / 10_000);
            }
            Class::PartAdjective | Class::PartNoun => f.part = Part::ALL.get(v as usize).copied(),
            Class::Deictic => f.deictic = Some(if f.deictic.unwrap_or(0) != 0 { f.deictic.unwrap_or(0) } else { v }),
            Class::Anaphoric => f.anaphoric = Some(if f.anaphoric.unwrap_or(0) != 0 { f.anaphoric.unwrap_or(0) } else { v }),
            Class::Direction | Class::Around => f.direction = Direction::ALL.get(v as usize).copied(),
            Class::DayWord => f.day_word = Some(v),
            Class::Reference => f.reference = Reference::ALL.get(v as usize).copied(),
            Class::Recurring => f.recurring = Unit::ALL.get(v as usize).copied(),
            Class::QuarterWord => f.quarter = Some(v as i8),
            Class::BeforeEra => f.before_era = true,
            Class::Half => f.half = true,
            Class::Relative => f.relative = Some(v),
            _ => {}
        }
    }
    if f.before_era {
        f.year = f.year.map(|y| -y);
    }
    Some(f)
}

/// Whether the fields make sense for the reading.
fn valid(reading: Reading, f: &Fields) -> bool {
    if let (Some(day), Some(month)) = (f.days[0], f.month)
        && f.days[1].is_none()
        && day > [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][(month as usize - 1) % 12]
    {
        return false;
    }
    // Neither number can be the month.
    if let [Some(a), Some(b)] = f.days
        && a > 12
        && b > 12
    {
        return false;
    }
    match reading {
        Reading::Date => {
            if let (Some(_), Some(unit)) = (f.ordinal, f.units[0])
                && f.deictic.is_none()
                && f.anaphoric.is_none()
                && !matches!(unit, Unit::Quarter | Unit::Century)
            {
                return false;
            }
            if f.ordinal.is_some_and(|n| n < 1) {
                return false;
            }
            // `May last year`, but no `May last week`.
            if f.deictic.is_some() && (f.month.is_some() || f.season.is_some()) && f.units[0].is_some_and(|u| u != Unit::Year) {
                return false;
            }
            if let Some(day) = f.ordinal.filter(|_| f.units[0].is_none() && !f.half)
                && day > 31
            {
                return false;
            }
            f.ordinal.is_none_or(|n| f.units[0] != Some(Unit::Quarter) || n <= 4)
        }
        Reading::Length | Reading::Stretch | Reading::Event | Reading::Offset => f.units[0].is_some_and(|u| match u {
            Unit::Weekend => reading != Reading::Length || f.plural,
            // Three quarters are a fraction as often as nine months.
            Unit::Quarter => reading != Reading::Length || f.count.is_some_and(|c| c >= 2.0 && c != 3.0),
            _ => !(f.plural && f.count == Some(1.0) && !f.half),
        }),
        Reading::Weekend => f.units[0] == Some(Unit::Weekend),
        Reading::WeekIn => matches!(f.units[0], Some(Unit::Week | Unit::Day)) && f.deictic.is_none_or(|n| n < 0),
        Reading::Named => matches!(f.units[0], Some(Unit::Quarter | Unit::Month)),
        Reading::Shift => !matches!(f.units[0], Some(Unit::Second | Unit::Minute | Unit::Hour)),
        _ => true,
    }
}
