//! Text → sentences: spans without the white space round them, lossless otherwise. One scan of the
//! tokens that judges each stop by what stands on both sides of it; abbreviations and words that
//! open sentences are data. Does not judge whether a sentence belongs to the article.

use crate::annotation::Sentence;
use crate::language::Language;
use crate::language::sentence::{Abbreviation, CUE, DAY, EXTENSION, FRONT, LONE, STARTER, SentenceWords, TAIL, WEAK};
use crate::span::Span;
use crate::token::{Shape, Signs, Token, TokenKind, Tokens};

/// Split `text` into sentences.
pub fn split(text: &str, tokens: &Tokens, lang: &Language) -> Vec<Sentence> {
    let mut splitter = Splitter {
        text,
        tokens,
        signs: &tokens.signs,
        words: &lang.sentence,
        out: Vec::with_capacity(tokens.len() / 20 + 1),
        first: 0,
        paragraph: 0,
        content: false,
        open: false,
        bracket: None,
        headline: usize::MAX,
        item: None,
        run_end: 0,
        address: false,
    };
    splitter.scan();
    splitter.out
}

/// What kind of stop ends a stretch.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Stop {
    /// `!`, `?`, four dots and more, a full-width stop.
    Strong,
    /// One stop after an ordinary word.
    Period,
    /// `…` or three dots.
    Ellipsis,
    /// The stop of a known abbreviation.
    Abbreviation(Abbreviation),
    /// The stop of one letter.
    Initial,
    /// Letters with a stop each, not in the tables.
    Initials,
}

/// The marker of a list item: its number (a letter's place in the alphabet) and how it is written.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Item {
    value: u32,
    letter: bool,
    stop: bool,
    bracket: bool,
}

impl Item {
    fn next(self) -> Item {
        Item { value: self.value + 1, ..self }
    }
}

/// A sentence has at most this many tokens, so that later stages, which look through whole sentences,
/// stay linear on text without stops.
const LONGEST: usize = 400;
/// Most tokens that a look ahead reads, so that the whole stays linear.
const AHEAD: usize = 16;
/// Longest run of capitals (tokens) taken for a headline, and the least it must hold.
const HEADLINE: usize = 40;
const HEADLINE_WORDS: usize = 4;
const HEADLINE_LETTERS: usize = 18;
/// A fronted phrase (`At 5 a.m. Mr …`) is at most this long.
const FRONTED: usize = 6;

struct Splitter<'a> {
    text: &'a str,
    tokens: &'a [Token],
    signs: &'a Signs,
    words: &'a SentenceWords,
    out: Vec<Sentence>,
    /// First token of the sentence at hand.
    first: usize,
    paragraph: u32,
    /// Whether the sentence holds a word or a number yet.
    content: bool,
    /// Whether a double quotation is open in this paragraph.
    open: bool,
    /// The last opening bracket of this sentence.
    bracket: Option<usize>,
    /// The token before which a headline in capitals ends.
    headline: usize,
    /// The last list item of this paragraph.
    item: Option<Item>,
    /// The run without white space looked at last: its end, and whether it is an address.
    run_end: usize,
    address: bool,
}

impl Splitter<'_> {
    fn scan(&mut self) {
        let mut i = 0;
        while i < self.tokens.len() {
            i = self.pass(i);
            if i >= self.tokens.len() {
                break;
            }
            if self.tokens[i].newline && i > 0 {
                self.cut(i);
                self.paragraph += 1;
                self.open = false;
                self.item = None;
            }
            if i == self.headline || i - self.first >= LONGEST {
                self.cut(i);
            }
            if i == self.first {
                let after = self.begin(i);
                if after > i {
                    i = after;
                    continue;
                }
            }
            i = self.step(i);
        }
        self.cut(i);
    }
    /// From token `i` on, pass what tells of no boundary inside a sentence. Yields the next token to read.
    fn pass(&mut self, i: usize) -> usize {
        if i == self.first || self.item.is_some() {
            return i;
        }
        let end = self.tokens.len().min(self.headline).min(self.first + LONGEST);
        let at = self.signs.next(i, end, Signs::STOP | Signs::BREAK).max(i);
        self.content = self.content || self.signs.words(i..at) > 0;
        at
    }
    /// End the sentence before token `end`.
    fn cut(&mut self, end: usize) {
        if end > self.first {
            let span = Span { start: self.tokens[self.first].span.start, end: self.tokens[end - 1].span.end };
            self.out.push(Sentence { span, paragraph: self.paragraph, first: self.first as u32, last: end as u32 });
        }
        self.first = end;
        self.content = false;
        self.bracket = None;
        self.headline = usize::MAX;
    }
    /// At the first token of a sentence: look for a headline in capitals; pass a list marker. Yields
    /// the next token to read.
    fn begin(&mut self, i: usize) -> usize {
        if self.tokens[i].shape == Shape::Upper {
            self.headline = self.headline_end(i);
        }
        let mut at = i;
        let bulleted = is_bullet(self.mark(i)) || (self.mark(i) == '*' && self.glued(i + 1));
        if bulleted {
            at += 1;
        }
        if let Some((item, end)) = self.item_at(at)
            && (bulleted || self.tokens[i].newline || i == 0 || self.item.is_some_and(|last| last.next() == item))
        {
            self.item = Some(item);
            self.content = true;
            return end;
        }
        at
    }
    /// Read token `i`; yields the next one to read.
    fn step(&mut self, i: usize) -> usize {
        let token = &self.tokens[i];
        match token.kind {
            TokenKind::Mark => return self.step_mark(i),
            TokenKind::Number | TokenKind::Word if self.item.is_some() && token.spaced && self.content => {
                if let (Some(last), Some((item, end))) = (self.item, self.item_at(i))
                    && item == last.next()
                    && !self.is_lower(end)
                {
                    self.cut(i);
                    self.item = Some(item);
                    self.content = true;
                    return end;
                }
            }
            _ => {}
        }
        self.content = true;
        let bytes = self.text.as_bytes();
        if token.kind == TokenKind::Word && bytes[token.span.end as usize - 1] == b'.' && !(self.glued(i + 1) && is_stop(self.mark(i + 1))) {
            let stop = match self.words.class(token.word, token.capital()) {
                Abbreviation::None => Stop::Initials,
                class => Stop::Abbreviation(class),
            };
            return self.stop(i, i + 1, stop);
        }
        i + 1
    }
    fn step_mark(&mut self, i: usize) -> usize {
        let c = self.mark(i);
        match c {
            '“' | '„' | '«' => self.open = !(self.open && self.glued(i) && !self.glued_word(i + 1)),
            '”' | '»' => self.open = !self.open && self.tokens[i].spaced && self.glued_word(i + 1),
            '"' => {
                let lead = self.tokens[i].spaced || (i > 0 && is_opener(self.mark(i - 1)));
                self.open = match (lead, self.glued_word(i + 1) || (self.glued(i + 1) && is_opener(self.mark(i + 1)))) {
                    (true, true) => true,
                    (false, false) => false,
                    _ => !self.open,
                };
            }
            '(' | '[' => self.bracket = Some(i),
            ')' | ']' => return self.bracket_end(i),
            c if is_bullet(c) && self.content && self.tokens[i].spaced => {
                self.cut(i);
                return self.begin(i).max(i + 1);
            }
            c if is_stop(c) => {
                let (end, stop) = self.cluster(i);
                return self.stop(i, end, stop);
            }
            _ => {}
        }
        i + 1
    }
    /// A bracket glued to a capital (`(Ana Ruiz/Reuters)Delegates`), or one that opened the
    /// sentence and stands before a capital, ends a sentence without a stop.
    fn bracket_end(&mut self, i: usize) -> usize {
        if let Some(open) = self.bracket.take()
            && i - open > 3
            && let Some(next) = self.tokens.get(i + 1)
            && !next.newline
            && next.capital()
            && next.span.len() > 1
            && self.tokens[open + 1].shape != Shape::Lower
            && (!next.spaced || open == self.first)
        {
            self.cut(i + 1);
        }
        i + 1
    }
    /// The stops that stand together from token `i` on: where they end, and what they mean.
    fn cluster(&self, i: usize) -> (usize, Stop) {
        if self.ellipsis_apart(i + 1) {
            return (i + 1, self.period(i));
        }
        let (mut at, mut dots, mut strong) = (i, 0, false);
        while let Some(token) = self.tokens.get(at) {
            let c = self.mark(at);
            if at > i && (token.newline || (token.spaced && !(c == '.' && self.mark(at - 1) == '.'))) {
                break;
            }
            match c {
                '.' => dots += 1,
                '…' => dots += 3,
                c if is_stop(c) => strong = true,
                _ => break,
            }
            at += 1;
        }
        let stop = match dots {
            _ if strong => Stop::Strong,
            1 => self.period(i),
            2 | 3 => Stop::Ellipsis,
            _ => Stop::Strong,
        };
        (at, stop)
    }
    /// Whether a spaced ellipsis with words after it begins at token `i`, behind a stop (`It ended. ... Nobody`).
    fn ellipsis_apart(&self, i: usize) -> bool {
        let stop = |k: usize| self.mark(k) == '.' && !self.tokens[k].newline;
        i > 1
            && self.glued(i - 1)
            && !self.glued(i)
            && (i..i + 3).all(stop)
            && !stop(i + 3)
            && self.tokens.get(i + 3).is_some_and(|t| !t.newline && t.kind != TokenKind::Mark)
    }
    /// What the single stop at token `i` means, by the token before it.
    fn period(&self, i: usize) -> Stop {
        if i == self.first || !self.glued(i) {
            return Stop::Period;
        }
        let before = &self.tokens[i - 1];
        let mut letters = before.of(self.text).chars();
        let single = before.is_word() && letters.next().is_some_and(|c| c.is_uppercase() || c.is_lowercase()) && letters.next().is_none();
        if single && before.capital() {
            return Stop::Initial;
        }
        match self.words.class(before.word, before.capital()) {
            Abbreviation::None | Abbreviation::Bang if single => Stop::Initial,
            Abbreviation::None | Abbreviation::Bang => Stop::Period,
            class => Stop::Abbreviation(class),
        }
    }
    /// At the stop of tokens `i..end`: take in what closes, and end the sentence or not. Yields the
    /// next token to read.
    fn stop(&mut self, i: usize, end: usize, mut stop: Stop) -> usize {
        let mut at = end;
        let mut quoted = false;
        let mut closed = false;
        while let Some(token) = self.tokens.get(at) {
            if token.newline {
                break;
            }
            let glued = !token.spaced;
            let before_word = self.glued_word(at + 1);
            match self.mark(at) {
                '”' | '"' | '»' if glued => {
                    if !self.open && before_word && !self.glued_lower(at + 1) {
                        break; // A wrongly curled or a straight mark that opens.
                    }
                    (self.open, quoted) = (false, true);
                }
                '”' | '"' if self.open && !self.glued(at + 1) => (self.open, quoted) = (false, true),
                '\'' | '’' if !self.glued(at + 1) => quoted = true,
                '“' if glued && self.open && !before_word => (self.open, quoted) = (false, true),
                '’' | '\'' | '›' if glued => quoted = true,
                ')' | ']' | '}' if glued => closed = true,
                '[' if glued
                    && self.tokens.get(at + 1).is_some_and(|t| t.kind == TokenKind::Number)
                    && self.mark(at + 2) == ']'
                    && !self.tokens[at + 2].newline =>
                {
                    at += 2; // A reference: `12 percent.[3]`
                }
                c if is_stop(c) && glued && (quoted || closed) => stop = if c == '.' && stop != Stop::Strong { Stop::Period } else { Stop::Strong },
                _ => break,
            }
            at += 1;
        }
        if closed {
            self.bracket = None;
        }
        let elided = stop == Stop::Ellipsis && closed && i > self.first && matches!(self.mark(i - 1), '[' | '(');
        if at < self.tokens.len() && !self.tokens[at].newline && self.content && !elided && self.ends(i, at, stop, quoted) {
            self.cut(at);
        }
        at
    }
    /// Whether a sentence ends at the stop `i` when token `next` follows what closes it.
    fn ends(&mut self, i: usize, next: usize, stop: Stop, quoted: bool) -> bool {
        let token = &self.tokens[next];
        let plain = matches!(stop, Stop::Strong | Stop::Period);
        if is_wide(self.mark(i)) {
            return true;
        }
        match token.kind {
            TokenKind::Number => token.spaced && (plain || stop == Stop::Ellipsis || (quoted && !matches!(stop, Stop::Abbreviation(_)))),
            TokenKind::Mark => self.ends_before_mark(next, stop, quoted),
            TokenKind::Word if self.is_lower(next) => {
                let address = self.mark(next + 1) == ':' && self.mark(next + 2) == '/';
                plain && token.spaced && (self.words.has(token.word, LONE) || address || is_camel(token.of(self.text)))
            }
            TokenKind::Word => {
                if !token.spaced && !quoted && next == i + 1 && !self.opens_glued(i, next) {
                    return false;
                }
                self.ends_before_capital(i, next, stop, quoted)
            }
        }
    }
    fn ends_before_capital(&self, i: usize, next: usize, stop: Stop, quoted: bool) -> bool {
        let token = &self.tokens[next];
        let starter = self.words.has(token.word, STARTER);
        let weak = self.words.has(token.word, WEAK);
        match stop {
            Stop::Strong if quoted => !self.reports(next, false),
            Stop::Strong => {
                let bang = i > self.first && {
                    let before = &self.tokens[i - 1];
                    self.words.class(before.word, before.capital()) == Abbreviation::Bang
                };
                !bang || starter
            }
            Stop::Period => !(quoted && self.reports(next, true)),
            Stop::Ellipsis => quoted && !self.reports(next, false) || !weak,
            Stop::Abbreviation(Abbreviation::Title) => false,
            Stop::Abbreviation(Abbreviation::Number) => token.span.len() > 1 || starter,
            Stop::Abbreviation(Abbreviation::Clock) => {
                !self.words.has(token.word, DAY) && (!self.fronted(i) || starter && !weak) && !(quoted && self.reports(next, false))
            }
            Stop::Abbreviation(Abbreviation::Place) => starter,
            Stop::Abbreviation(_) | Stop::Initials if quoted => !self.reports(next, false),
            Stop::Abbreviation(_) | Stop::Initials => starter && !self.is_initial(next),
            Stop::Initial if quoted => !self.reports(next, false),
            Stop::Initial => starter && !self.is_initial(next),
        }
    }
    fn ends_before_mark(&self, next: usize, stop: Stop, quoted: bool) -> bool {
        let plain = matches!(stop, Stop::Strong | Stop::Period);
        let spaced = self.tokens[next].spaced;
        let c = self.mark(next);
        let inner = self.inner(next);
        let starts = inner.is_some_and(|k| self.tokens[k].kind != TokenKind::Mark && !self.is_lower(k));
        let starter = starts && inner.is_some_and(|k| self.words.has(self.tokens[k].word, STARTER));
        let lone = inner.is_some_and(|k| self.words.has(self.tokens[k].word, LONE));
        match c {
            '“' | '„' | '«' | '"' | '”' => match stop {
                _ if plain => true,
                Stop::Ellipsis => starts || quoted,
                Stop::Abbreviation(Abbreviation::Title | Abbreviation::Place | Abbreviation::Number) => false,
                _ => starter || quoted,
            },
            '‘' | '\'' | '`' | '’' | '¿' | '¡' => (plain || quoted || stop == Stop::Ellipsis) && (starts || lone),
            '(' | '[' | '{' => {
                if plain || stop == Stop::Ellipsis {
                    starts || (plain && spaced)
                } else {
                    starter
                }
            }
            '–' | '—' | '―' | '-' => spaced && starts && (plain || quoted) && self.tokens.get(next + 1).is_some_and(|t| t.spaced),
            c if is_bullet(c) => spaced,
            '.' => true,
            '@' | '#' | '$' | '*' | '_' | '<' | '>' | '|' | '~' => plain && spaced,
            c if c.is_ascii() => false,
            _ => plain && spaced,
        }
    }
    /// A capital glued to the stop before it opens a sentence, but not inside an address, a file
    /// name or initials.
    fn opens_glued(&mut self, i: usize, next: usize) -> bool {
        let token = &self.tokens[next];
        if self.words.has(token.word, EXTENSION) || self.in_address(i) {
            return false;
        }
        let before = i.checked_sub(1).map(|k| &self.tokens[k]);
        let word_before = before.is_none_or(|t| t.span.len() > 1);
        // One letter is a word of its own only where white space follows.
        let letters = token.of(self.text).chars().count();
        word_before && (letters > 1 || (self.words.has(token.word, STARTER) && self.tokens.get(next + 1).is_some_and(|t| t.spaced)))
    }
    /// Whether the run without white space round token `i` is an address of the net.
    fn in_address(&mut self, i: usize) -> bool {
        if i < self.run_end {
            return self.address;
        }
        let mut start = i;
        while start > 0 && !self.tokens[start].spaced {
            start -= 1;
        }
        let mut end = i + 1;
        while self.glued(end) {
            end += 1;
        }
        let run = Span { start: self.tokens[start].span.start, end: self.tokens[end - 1].span.end }.of(self.text);
        self.run_end = end;
        self.address = run.starts_with("www.") || run.contains("://") || run.bytes().skip(1).any(|b| b == b'@');
        self.address
    }
    /// Where the headline in capitals that starts at token `i` ends; `usize::MAX` if there is none.
    fn headline_end(&self, i: usize) -> usize {
        let (mut words, mut letters, mut end) = (0, 0, i);
        for (k, token) in self.tokens.iter().enumerate().skip(i).take(HEADLINE) {
            if k > i && token.newline {
                return usize::MAX;
            }
            match token.kind {
                TokenKind::Word if token.shape == Shape::Upper => {
                    words += 1;
                    letters += token.span.len();
                    end = k + 1;
                }
                TokenKind::Word if token.span.len() == 1 || (token.shape == Shape::Title && !token.of(self.text).contains(char::is_lowercase)) => {}
                TokenKind::Word if token.shape == Shape::Title && words >= HEADLINE_WORDS && letters >= HEADLINE_LETTERS => {
                    // What closes stays with the headline, what opens goes with the sentence.
                    while end < k && matches!(self.mark(end), '’' | '”' | ')' | '!' | '?' | '.') {
                        end += 1;
                    }
                    return end;
                }
                TokenKind::Word => return usize::MAX,
                TokenKind::Number => {}
                // A mark glued on both sides opens the next sentence.
                TokenKind::Mark
                    if words >= HEADLINE_WORDS
                        && letters >= HEADLINE_LETTERS
                        && is_double(self.mark(k))
                        && self.glued(k)
                        && self.glued_word(k + 1) =>
                {
                    return k;
                }
                TokenKind::Mark if is_stop(self.mark(k)) => return usize::MAX,
                TokenKind::Mark => {}
            }
        }
        usize::MAX
    }
    /// The list marker at token `i` (`1.`, `2)`, `3.)`, `a.`) and the token after it.
    fn item_at(&self, i: usize) -> Option<(Item, usize)> {
        let token = self.tokens.get(i)?;
        let source = token.of(self.text).as_bytes();
        let (value, letter) = match (token.kind, source) {
            (TokenKind::Number, digits) if digits.len() <= 3 && digits.iter().all(u8::is_ascii_digit) => {
                (digits.iter().fold(0, |n, d| n * 10 + u32::from(d - b'0')), false)
            }
            (TokenKind::Word, [letter @ b'a'..=b'z']) => (u32::from(letter - b'a'), true),
            _ => return None,
        };
        let mut at = i + 1;
        let stop = self.glued(at) && self.mark(at) == '.';
        at += usize::from(stop);
        let bracket = self.glued(at) && self.mark(at) == ')';
        at += usize::from(bracket);
        let next = self.tokens.get(at)?;
        ((stop || bracket) && next.spaced && !next.newline).then_some((Item { value, letter, stop, bracket }, at))
    }
    /// Whether a speaker and a reporting verb follow that belong to the quotation just closed
    /// (`“Is that all?” President Ruiz asked.`). `strict`: only where nothing can be reported after.
    fn reports(&self, next: usize, strict: bool) -> bool {
        if self.words.has(self.tokens[next].word, STARTER) {
            return false;
        }
        let mut aside = false;
        let mut small = 0;
        for (k, token) in self.tokens.iter().enumerate().skip(next).take(AHEAD) {
            if k > next && token.newline {
                return false;
            }
            match token.kind {
                TokenKind::Word if !aside && k > next && self.words.has(token.word, CUE) => {
                    let Some(after) = self.tokens.get(k + 1).filter(|t| !t.newline) else { return true };
                    return match after.kind {
                        TokenKind::Mark => matches!(self.mark(k + 1), '.' | ',' | ';' | '—' | '–'),
                        _ => !strict && self.words.has(after.word, TAIL),
                    };
                }
                TokenKind::Word if aside => {}
                TokenKind::Word if k > next && token.capital() && self.words.has(token.word, STARTER) => return false,
                TokenKind::Word if token.capital() => {}
                TokenKind::Word => {
                    small += 1;
                    if small > 3 {
                        return false;
                    }
                }
                TokenKind::Number => {}
                TokenKind::Mark => match self.mark(k) {
                    ',' => aside = !aside,
                    '.' if matches!(self.period(k), Stop::Abbreviation(_) | Stop::Initial) => {}
                    '-' | '’' | '\'' | '/' => {}
                    _ => return false,
                },
            }
        }
        false
    }
    /// Whether the sentence so far is a short fronted phrase.
    fn fronted(&self, i: usize) -> bool {
        i - self.first <= FRONTED && self.words.has(self.tokens[self.first].word, FRONT)
    }
    /// Whether token `i` is one letter with a stop.
    fn is_initial(&self, i: usize) -> bool {
        self.tokens[i].span.len() == 1 && self.glued(i + 1) && self.mark(i + 1) == '.'
    }
    /// The first token from `i` on that is no opening mark or dash, on the same line.
    fn inner(&self, i: usize) -> Option<usize> {
        (i..self.tokens.len().min(i + 5))
            .take_while(|&k| k == i || !self.tokens[k].newline)
            .find(|&k| !is_opener(self.mark(k)) && !matches!(self.mark(k), '”' | '’' | '…' | '.'))
    }
    /// The mark at token `i`; `\0` for a word, a number or past the end.
    #[inline]
    fn mark(&self, i: usize) -> char {
        self.tokens.get(i).map_or('\0', |t| t.mark(self.text))
    }
    /// Whether token `i` exists and stands without white space after the one before.
    fn glued(&self, i: usize) -> bool {
        self.tokens.get(i).is_some_and(|t| !t.spaced)
    }
    fn glued_word(&self, i: usize) -> bool {
        self.tokens.get(i).is_some_and(|t| !t.spaced && t.kind != TokenKind::Mark)
    }
    fn glued_lower(&self, i: usize) -> bool {
        self.glued_word(i) && self.is_lower(i)
    }
    /// Whether token `i` is a word that starts with a small letter; a script without capitals has none.
    fn is_lower(&self, i: usize) -> bool {
        self.tokens.get(i).is_some_and(|t| t.shape == Shape::Lower && t.of(self.text).starts_with(char::is_lowercase))
    }
}

fn is_stop(c: char) -> bool {
    matches!(c, '.' | '!' | '?' | '…') || (!c.is_ascii() && (is_wide(c) || matches!(c, '‽' | '⁇' | '⁈' | '⁉' | '؟' | '۔' | '।')))
}

/// Stops of scripts that write no space after them.
fn is_wide(c: char) -> bool {
    matches!(c, '。' | '！' | '？' | '｡')
}

fn is_bullet(c: char) -> bool {
    !c.is_ascii() && matches!(c, '•' | '⁃' | '▪' | '●' | '◦' | '‣' | '■' | '►' | '▶' | '◆')
}

fn is_double(c: char) -> bool {
    matches!(c, '“' | '”' | '"')
}

fn is_opener(c: char) -> bool {
    matches!(c, '“' | '„' | '«' | '"' | '‘' | '\'' | '`' | '(' | '[' | '{' | '¿' | '¡' | '–' | '—' | '―' | '-')
}

/// `iPhone`: a small letter, then a capital.
fn is_camel(word: &str) -> bool {
    let mut letters = word.chars();
    letters.next().is_some_and(char::is_lowercase) && letters.next().is_some_and(char::is_uppercase) && letters.next().is_some_and(char::is_lowercase)
}
