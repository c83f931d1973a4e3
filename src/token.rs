//! Words, numbers and marks with their spans: split once, each word looked up once, shared by all
//! stages. White space is no token; nothing is normalised in the text.

use crate::bytes::Alphanumeric;
use crate::language::Language;
use crate::language::vocab::{Entry, Letters, Vocab, WordId, fold_into};
use crate::span::Span;
use std::ops::{BitOr, Deref, Range};

/// What a token is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TokenKind {
    /// Letters, with apostrophes inside (`don't`); `U.S.`-like runs of single letters and stops are one word. `'s` is a word of its own; hyphens part words.
    Word,
    /// Starts with a digit: `27`, `27th`, `1,200.5`, `11:00`, `1990s`.
    Number,
    /// One punctuation mark or symbol.
    Mark,
}

/// How a word is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// No capital.
    Lower,
    /// First letter a capital, then a small one somewhere, or a single capital letter.
    Title,
    /// Two or more letters, all capitals.
    Upper,
    /// Not a word.
    None,
}

/// One token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token {
    /// Bytes in the text.
    pub span: Span,
    /// Id of the folded word (numbers and marks too, where a lexicon holds them).
    pub word: WordId,
    /// What it is made of.
    pub kind: TokenKind,
    /// How it is written.
    pub shape: Shape,
    /// Whether white space (or the text's start) stands before it.
    pub spaced: bool,
    /// Whether a line break stands between the token before and this one: a paragraph begins. In
    /// hard-wrapped text the breaks inside a paragraph do not count.
    pub newline: bool,
}

impl Token {
    /// The token's text.
    pub fn of<'t>(&self, text: &'t str) -> &'t str {
        self.span.of(text)
    }
    /// Whether the first letter is a capital.
    pub fn capital(&self) -> bool {
        matches!(self.shape, Shape::Title | Shape::Upper)
    }
    /// Whether it is a word.
    pub fn is_word(&self) -> bool {
        self.kind == TokenKind::Word
    }
    /// The mark that it is; `\0` for words and numbers.
    #[inline]
    pub fn mark(&self, text: &str) -> char {
        if self.kind != TokenKind::Mark {
            return '\0';
        }
        match text.as_bytes()[self.span.start as usize..] {
            [b @ 0..128, ..] => b as char,
            // Nearly all others are general marks, U+2000 to U+203F.
            [0xe2, 0x80, last, ..] => char::from_u32(0x2000 | u32::from(last & 0x3f)).unwrap_or('\0'),
            _ => self.of(text).chars().next().unwrap_or('\0'),
        }
    }
    /// Whether it is the one-byte mark `mark`.
    pub fn is_mark(&self, text: &str, mark: u8) -> bool {
        self.kind == TokenKind::Mark && text.as_bytes()[self.span.start as usize] == mark
    }
}

/// The tokens that share a byte with `span`, as a range of indices into `tokens`.
pub fn within(tokens: &[Token], span: Span) -> Range<usize> {
    let first = tokens.partition_point(|t| t.span.end <= span.start);
    first..tokens.partition_point(|t| t.span.start < span.end).max(first)
}

/// Where the tokens of a text lie: a look-up by byte is one read and a step or two.
#[derive(Debug, Default)]
pub struct Places {
    /// By block of bytes: the first token that ends after the block's first byte.
    blocks: Vec<u32>,
}

/// Bytes of a block of [`Places`].
const BLOCK: u32 = 16;

impl Places {
    /// Of `tokens`, in order.
    pub fn new(tokens: &[Token]) -> Places {
        let mut blocks = vec![0; tokens.last().map_or(0, |t| t.span.end.div_ceil(BLOCK) as usize + 1)];
        for (n, token) in tokens.iter().enumerate() {
            // Of those that end in one block the last one counts.
            blocks[((token.span.end - 1) / BLOCK + 1) as usize] = n as u32 + 1;
        }
        let mut before = 0;
        for block in &mut blocks {
            before = before.max(*block);
            *block = before;
        }
        Places { blocks }
    }
    /// The first of the same `tokens` that ends after byte `at`.
    pub fn after(&self, tokens: &[Token], at: u32) -> usize {
        let mut n = self.blocks.get((at / BLOCK) as usize).map_or(tokens.len(), |&n| n as usize);
        // A block holds few tokens; how many of them end before is counted, for it cannot be foreseen.
        while let Some(few) = tokens[n..].first_chunk::<4>() {
            let before: usize = few.iter().map(|t| usize::from(t.span.end <= at)).sum();
            n += before;
            if before < few.len() {
                return n;
            }
        }
        n + tokens[n..].iter().take_while(|t| t.span.end <= at).count()
    }
    /// [`within`] the same `tokens`.
    pub fn within(&self, tokens: &[Token], span: Span) -> Range<usize> {
        let first = self.after(tokens, span.start);
        let mut last = self.after(tokens, span.end);
        last += usize::from(tokens.get(last).is_some_and(|t| t.span.start < span.end));
        first..last.max(first)
    }
}

/// The tokens of a text, and the signs by which some of them are looked for.
#[derive(Debug)]
pub struct Tokens {
    list: Vec<Token>,
    /// Of each token.
    pub signs: Signs,
}

impl Deref for Tokens {
    type Target = [Token];
    fn deref(&self) -> &[Token] {
        &self.list
    }
}

/// What each token is to the passes that look for few of them: a byte for each, so that eight tokens are passed at once.
#[derive(Debug)]
pub struct Signs(Vec<u8>);

impl Signs {
    /// A mark.
    pub const MARK: u8 = 1;
    /// A mark that may end a sentence, or that tells where one may end; a word with a stop.
    pub const STOP: u8 = 1 << 1;
    /// It begins a line.
    pub const BREAK: u8 = 1 << 2;
    /// A mark that may be a quotation mark.
    pub const QUOTE: u8 = 1 << 3;
    /// Words without marks may be reported by it ([`crate::language::quote::QuoteWords::speaks`]).
    pub const SPEAKS: u8 = 1 << 5;
    /// What shows that a text is not the article may begin with it.
    pub const CLEAN: u8 = 1 << 6;
    /// A date may begin with it.
    pub const TIME: u8 = 1 << 7;

    /// Tokens that are read at once.
    const STEP: usize = 8;

    fn of(tokens: &[Sign]) -> Signs {
        let mut signs = Vec::with_capacity(tokens.len() + Self::STEP);
        signs.extend(tokens.iter().zip(&tokens[1.min(tokens.len())..]).map(|(token, next)| token.before(*next)));
        signs.extend(tokens.last().map(|token| token.before(Sign::default())));
        // Behind the last one there is always enough to read.
        signs.resize(tokens.len() + Self::STEP, 0);
        Signs(signs)
    }
    /// The first token of `from..to` that has one of the signs `what`, else `to`.
    #[inline]
    pub fn next(&self, from: usize, to: usize, what: u8) -> usize {
        let wanted = u64::from_ne_bytes([what; Self::STEP]);
        let mut at = from;
        while at < to {
            let found = self.0[at..].first_chunk().map_or(0, |signs| u64::from_le_bytes(*signs)) & wanted;
            if found != 0 {
                return to.min(at + found.trailing_zeros() as usize / 8);
            }
            at += Self::STEP;
        }
        to
    }
    /// Whether a token has one of the signs `what`.
    #[inline]
    pub fn has(&self, token: usize, what: u8) -> bool {
        self.0[token] & what != 0
    }
    /// How many of the tokens are words or numbers.
    #[inline]
    pub fn words(&self, tokens: Range<usize>) -> usize {
        // A byte holds the sum, so that many are added at once.
        let marks = |signs: &[u8]| usize::from(signs.iter().map(|s| s & Self::MARK).sum::<u8>());
        tokens.len() - self.0[tokens].chunks(255).map(marks).sum::<usize>()
    }
}

/// The signs that one token has for itself, and above those what its word is to the tokens beside it.
#[derive(Clone, Copy, Debug, Default)]
struct Sign(u16);

impl Sign {
    const WORD: Sign = Sign::new(0, WordSigns(0));
    /// Anything may begin with a number in digits, and go on with one.
    const NUMBER: Sign = Sign::new(0, WordSigns::new(Signs::CLEAN | Signs::TIME, 0, Signs::TIME));
    const MARK: Sign = Sign::new(Signs::MARK, WordSigns(0));

    const fn new(own: u8, word: WordSigns) -> Sign {
        Sign(own as u16 | (word.0 as u16) << 8)
    }
    fn with(self, own: u8) -> Sign {
        Sign(self.0 | u16::from(own))
    }
    fn of_word(self, word: WordSigns) -> Sign {
        Sign(self.0 | Sign::new(0, word).0)
    }
    /// All signs of a token, seen the next one.
    #[inline]
    fn before(self, next: Sign) -> u8 {
        let pairs = self.0 >> (8 - WordSigns::TO_IF) & next.0 >> (8 - WordSigns::TO_THEN) & u16::from(WordSigns::PAIRS);
        (self.0 | self.0 >> 8 & u16::from(WordSigns::ALONE) | pairs) as u8
    }
}

/// What a word tells of a token's [`Signs`], as it is noted in [`Vocab`]: those that it gives by itself, those that it gives before
/// some other words, and those of the latter that it confirms for the token before it.
#[derive(Clone, Copy, Debug, Default)]
pub struct WordSigns(u8);

impl WordSigns {
    const ALONE: u8 = Signs::SPEAKS | Signs::CLEAN | Signs::TIME;
    const PAIRS: u8 = Signs::CLEAN | Signs::TIME;
    /// How far the bits of each kind lie below those of the signs.
    const TO_IF: u32 = 4;
    const TO_THEN: u32 = 6;

    /// `alone`: what it gives by itself; `pairs`: of [`Signs::CLEAN`] and [`Signs::TIME`] what it gives before words that confirm it;
    /// `confirms`: what it confirms.
    pub const fn new(alone: u8, pairs: u8, confirms: u8) -> WordSigns {
        WordSigns(alone & Self::ALONE | (pairs & Self::PAIRS) >> Self::TO_IF | (confirms & Self::PAIRS) >> Self::TO_THEN)
    }
}

impl From<WordSigns> for u8 {
    fn from(signs: WordSigns) -> u8 {
        signs.0
    }
}

impl BitOr for WordSigns {
    type Output = WordSigns;
    fn bitor(self, other: WordSigns) -> WordSigns {
        WordSigns(self.0 | other.0)
    }
}

/// What a mark is by its first byte: [`Signs::QUOTE`], [`Signs::STOP`]. Of marks beyond ASCII that tells little.
const MARKS: [u8; 256] = {
    let mut marks = [0; 256];
    let mut b = 0;
    while b < marks.len() {
        let quote = matches!(b as u8, b'"' | b'\'' | b'`' | 0xc2 | 0xe2);
        let stop = matches!(b as u8, b'"' | b'(' | b')' | b'[' | b']' | b'.' | b'!' | b'?' | 0x80..);
        marks[b] = if quote { Signs::QUOTE } else { 0 } | if stop { Signs::STOP } else { 0 };
        b += 1;
    }
    marks
};

/// Split `text` into tokens, in order, none overlapping.
pub fn split(text: &str, lang: &Language) -> Tokens {
    let Cutter { out, signs, .. } = cut(text, &lang.vocab);
    Tokens { list: out, signs: Signs::of(&signs) }
}

/// [`split`] with the bare table of known words: how lexicons cut their own terms.
pub fn split_with(text: &str, vocab: &Vocab) -> Vec<Token> {
    cut(text, vocab).out
}

/// The tokens so far.
struct Cutter<'a> {
    text: &'a str,
    vocab: &'a Vocab,
    letters: Alphanumeric,
    out: Vec<Token>,
    signs: Vec<Sign>,
    /// Which tokens follow a line break.
    breaks: Vec<usize>,
    folded: String,
}

/// What stands between a token and the one before it: bits of [`Before`].
#[derive(Clone, Copy)]
struct Before(u32);

impl Before {
    /// A line break; the bit of [`Signs::BREAK`].
    const NEWLINE: u32 = Signs::BREAK as u32;
    /// White space.
    const SPACED: u32 = Self::NEWLINE << 1;
    const NOTHING: Before = Before(0);
    const START: Before = Before(Self::NEWLINE | Self::SPACED);

    #[inline]
    fn with(self, bits: u32) -> Before {
        Before(self.0 | bits)
    }
    #[inline]
    fn has(self, bits: u32) -> bool {
        self.0 & bits != 0
    }
}

/// A token on its way: where it ends, and what it is.
struct Cut {
    end: usize,
    word: Entry,
    kind: TokenKind,
    shape: Shape,
    /// What it is whatever its word, and its line, are.
    sign: Sign,
}

impl Cut {
    /// A mark.
    #[inline]
    fn mark(end: usize, word: Entry, signs: u8) -> Cut {
        Cut { end, word, kind: TokenKind::Mark, shape: Shape::None, sign: Sign::MARK.with(signs) }
    }
}

/// Bytes that are looked at at once.
const SEEN: usize = 16;

fn cut<'a>(text: &'a str, vocab: &'a Vocab) -> Cutter<'a> {
    let mut cutter = Cutter::new(text, vocab);
    let bytes = text.as_bytes();
    let (mut at, mut before) = (0, Before::START);
    while at < bytes.len() {
        let Some(seen) = bytes[at..].first_chunk::<{ 1 + SEEN }>() else {
            (at, before) = cutter.other(at, before);
            continue;
        };
        // Before most tokens stands one blank.
        let blank = seen[0] == b' ';
        at += usize::from(blank);
        before = before.with(u32::from(blank) * Before::SPACED);
        let seen = seen[usize::from(blank)..].first_chunk().unwrap_or(&[0; SEEN]);
        let len = cutter.letters.run(at);
        if len > 0 {
            if let Some(word) = cutter.plain(seen, at, len, before) {
                at = cutter.push(at, before, word);
                before = Before::NOTHING;
                continue;
            }
        } else if let Some(mark) = mark(seen, at, before, vocab) {
            at = cutter.push(at, before, mark);
            before = Before::NOTHING;
            continue;
        } else if seen[0] == b'\n' {
            (at, before) = (at + 1, cutter.line_break(before));
            continue;
        }
        (at, before) = cutter.other(at, before);
    }
    unwrap(&mut cutter);
    cutter
}

/// The mark that a text begins with, where it is one by itself: of ASCII, or a general one.
#[inline]
fn mark(seen: &[u8; SEEN], start: usize, before: Before, vocab: &Vocab) -> Option<Cut> {
    let b = seen[0];
    if b.is_ascii_punctuation() && (b != b'\'' || before.has(Before::SPACED)) {
        return Some(Cut::mark(start + 1, vocab.mark(b), MARKS[b as usize]));
    }
    let mark = general_mark(seen)?;
    let dash = mark[2] < 0x98;
    Some(Cut::mark(start + mark.len(), vocab.mark(mark[2]), if dash { 0 } else { Signs::QUOTE | Signs::STOP }))
}

/// The curly double marks, dashes and points that newspapers print (U+2010 to U+2027), told by their bytes; no apostrophe.
#[inline]
fn general_mark(bytes: &[u8]) -> Option<&[u8; 3]> {
    bytes.first_chunk().filter(|mark| matches!(mark, [0xe2, 0x80, 0x90..=0x97 | 0x9a..=0xa7]))
}

impl<'a> Cutter<'a> {
    fn new(text: &'a str, vocab: &'a Vocab) -> Cutter<'a> {
        let many = text.len() / 4 + 8;
        Cutter {
            text,
            vocab,
            letters: Alphanumeric::of(text.as_bytes()),
            out: Vec::with_capacity(many),
            signs: Vec::with_capacity(many),
            breaks: Vec::new(),
            folded: String::new(),
        }
    }
    /// Append a token. Yields where it ends.
    #[inline(always)]
    fn push(&mut self, start: usize, before: Before, cut: Cut) -> usize {
        let Cut { end, word, kind, shape, sign } = cut;
        let (spaced, newline) = (before.has(Before::SPACED), before.has(Before::NEWLINE));
        self.out.push(Token { span: Span::new(start, end), word: word.id(), kind, shape, spaced, newline });
        self.signs.push(sign.with((before.0 & Before::NEWLINE) as u8).of_word(WordSigns(word.note())));
        end
    }
    /// The word or number at `start` where it is of ASCII letters and digits alone, but for an apostrophe inside, as nearly all are.
    /// `len`: of how many it is, or its part before that. `None` where what follows may belong to it, or where it is long.
    #[inline]
    fn plain(&self, seen: &[u8; SEEN], start: usize, len: usize, before: Before) -> Option<Cut> {
        let word = Letters::first(seen, len)?;
        let end = start + len;
        if seen[0].is_ascii_digit() {
            return self.number(word, end);
        }
        // A stop behind one letter may be part of initials.
        let next = seen[len % SEEN];
        if ENDS[next as usize] & (1 | u8::from(len > 1) << 1) == 0 && !self.ends(end) {
            return self.joined(word, end, before);
        }
        let mut shape = Shape::Lower;
        if word.begins_capital() {
            shape = if word.all_capitals() { Shape::Upper } else { Shape::Title };
            if shape == Shape::Title && self.headline(before) {
                return None;
            }
        }
        Some(Cut { end, word: self.vocab.short(word.folded), kind: TokenKind::Word, shape, sign: Sign::WORD })
    }
    /// Whether the last two words are in capitals, as in a headline that goes on: the next word may be its last, glued to the
    /// next sentence's first.
    fn headline(&self, before: Before) -> bool {
        matches!(self.out[..], [.., Token { shape: Shape::Upper, .. }, Token { shape: Shape::Upper, .. }]) && !before.has(Before::NEWLINE)
    }
    /// A number that may end before byte `end`.
    fn number(&self, number: Letters, end: usize) -> Option<Cut> {
        let rest = &self.text.as_bytes()[end..];
        let ends = !number.holds_capital()
            && match rest {
                [b'.' | b',' | b':', next, ..] => !next.is_ascii_digit(),
                [0..128, ..] | [] => true,
                _ => general_mark(rest).is_some(),
            };
        let cut = || Cut { end, word: self.vocab.short(number.folded), kind: TokenKind::Number, shape: Shape::None, sign: Sign::NUMBER };
        ends.then(cut)
    }
    /// A word with an apostrophe at byte `at` and small letters behind it (`don’t`).
    fn joined(&self, word: Letters, at: usize, before: Before) -> Option<Cut> {
        let bytes = self.text.as_bytes();
        let after = match bytes[at..] {
            [b'\'', ..] => at + 1,
            [0xe2, 0x80, 0x99, ..] => at + 3,
            _ => return None,
        };
        let len = self.letters.run(after);
        let seen = bytes[after..].first_chunk()?;
        let rest = Letters::first(seen, len).filter(Letters::begins_small)?;
        let (end, next) = (after + len, seen[len % SEEN]);
        let shape = if word.begins_capital() { Shape::Title } else { Shape::Lower };
        let whole = word.folded.join(rest.folded).filter(|_| ENDS[next as usize] != 0 || self.ends(end))?;
        let cut = || Cut { end, word: self.vocab.short(whole), kind: TokenKind::Word, shape, sign: Sign::WORD };
        (shape == Shape::Lower || !self.headline(before)).then(cut)
    }
    /// Whether a word ends before byte `at`, which does not tell it alone: curly marks and dashes end one; initials, accents and
    /// other apostrophes than that of `’s` may not.
    fn ends(&self, at: usize) -> bool {
        let bytes = &self.text.as_bytes()[at..];
        match bytes {
            [b'\'', ..] | [0xe2, 0x80, 0x99, ..] => is_clitic(self.text, at),
            [0xc2, 0xa0, ..] => true,
            _ => general_mark(bytes).is_some(),
        }
    }
    /// Pass the white space or cut the token at `start`, whatever it is. Yields the next byte to read, and what stands before it.
    #[inline(never)]
    fn other(&mut self, start: usize, before: Before) -> (usize, Before) {
        let text = self.text;
        let c = char_at(text, start);
        let mut at = start + c.len_utf8();
        if c.is_whitespace() {
            let breaks = matches!(c, '\n' | '\r' | '\u{2028}' | '\u{2029}');
            return (at, if breaks { self.line_break(before) } else { before.with(Before::SPACED) });
        }
        let bytes = text.as_bytes();
        let (kind, sign) = if c.is_ascii_digit() {
            at = number_end(text, start);
            (TokenKind::Number, Sign::NUMBER)
        } else if is_letter(c) {
            at = word_end(text, start);
            (TokenKind::Word, Sign::WORD.with(if bytes[at - 1] == b'.' { Signs::STOP } else { 0 }))
        } else if is_apostrophe(c) {
            let cut = if self.is_clitic(start, before) {
                at += 1;
                let shape = if bytes[at - 1] == b'S' { Shape::Title } else { Shape::Lower };
                Cut { end: at, word: self.vocab.entry("'s"), kind: TokenKind::Word, shape, sign: Sign::WORD }
            } else {
                Cut::mark(at, self.vocab.mark(b'\''), Signs::QUOTE)
            };
            return (self.push(start, before, cut), Before::NOTHING);
        } else {
            (TokenKind::Mark, Sign::MARK.with(MARKS[bytes[start] as usize]))
        };
        let mut shape = if kind == TokenKind::Word { shape_of(&text[start..at]) } else { Shape::None };
        if shape == Shape::Title
            && at - start >= 5
            && self.headline(before)
            && let Some(cut) = glued_capital(&text[start..at])
        {
            at = start + cut;
            shape = Shape::Upper;
        }
        self.folded.clear();
        fold_into(&text[start..at], &mut self.folded);
        let word = self.vocab.entry(&self.folded);
        (self.push(start, before, Cut { end: at, word, kind, shape, sign }), Before::NOTHING)
    }
    /// Note a line break before the next token.
    fn line_break(&mut self, before: Before) -> Before {
        if !before.has(Before::NEWLINE) {
            self.breaks.push(self.out.len());
        }
        Before::START
    }
    /// Whether the apostrophe at byte `at` begins the `’s` of the word or number before it.
    fn is_clitic(&self, at: usize, before: Before) -> bool {
        let glued = |t: &Token| t.kind != TokenKind::Mark && t.span.end as usize == at;
        !before.has(Before::SPACED) && self.out.last().is_some_and(glued) && is_clitic(self.text, at)
    }
}

/// What the byte behind letters and digits tells: 1 where it ends the word, 2 where it ends one of two letters and more.
const ENDS: [u8; 256] = {
    let mut ends = [0; 256];
    let mut b = 0;
    while b < 128 {
        ends[b] = match b as u8 {
            b'.' => 2,
            b'\'' => 0,
            _ => 1,
        };
        b += 1;
    }
    ends
};

/// Widths (bytes) at which text is commonly wrapped by hand or by a mail program.
const WRAP: std::ops::RangeInclusive<usize> = 45..=120;

/// So many full lines that end without a stop before a small letter are evidence of that.
const RUN_ON: usize = 3;

/// Clear [`Token::newline`] inside the paragraphs of hard-wrapped text. The evidence: at least
/// [`RUN_ON`] full lines, and half of all single breaks, end without a stop before a small letter.
fn unwrap(cutter: &mut Cutter) {
    struct Break {
        token: usize,
        /// Length of the line before it.
        line: usize,
        /// No blank line follows.
        single: bool,
        /// The sentence goes on in small letters.
        runs_on: bool,
    }
    let (text, tokens) = (cutter.text, &mut cutter.out);
    // Few texts have so many lines that begin with a small letter.
    if cutter.breaks.iter().filter(|i| tokens.get(**i).is_some_and(|t| t.shape == Shape::Lower)).count() < RUN_ON {
        return;
    }
    let mut start = tokens.first().map_or(0, |t| t.span.start as usize);
    // A break before the first token, or after the last one, parts none.
    let inside = cutter.breaks.iter().copied().filter(|i| (1..tokens.len()).contains(i));
    let breaks: Vec<Break> = inside
        .map(|i| {
            let (before, token) = (&tokens[i - 1], &tokens[i]);
            let end = before.span.end as usize;
            let gap = &text.as_bytes()[end..token.span.start as usize];
            let single = gap.iter().filter(|b| **b == b'\n').count() == 1;
            let line = end - start;
            let runs_on = single
                && WRAP.contains(&line)
                && token.shape == Shape::Lower
                && token.of(text).starts_with(char::is_lowercase)
                && (before.kind != TokenKind::Mark || before.is_mark(text, b','));
            start = token.span.start as usize;
            Break { token: i, line, single, runs_on }
        })
        .collect();
    let ongoing = breaks.iter().filter(|b| b.runs_on).count();
    let single = breaks.iter().filter(|b| b.single).count();
    if ongoing < RUN_ON || ongoing * 2 < single {
        return;
    }
    let width = breaks.iter().map(|b| b.line).filter(|l| WRAP.contains(l)).max().unwrap_or(0);
    for b in breaks {
        let full = b.line * 4 >= width * 3 && b.line <= *WRAP.end();
        let opens = tokens[b.token].kind == TokenKind::Mark
            && !matches!(text.as_bytes()[tokens[b.token].span.start as usize], b'"' | b'(' | b'\'' | b'$' | 0xe2);
        if b.single && (b.runs_on || (full && !opens)) {
            tokens[b.token].newline = false;
            cutter.signs[b.token].0 &= !u16::from(Signs::BREAK);
        }
    }
}

fn char_at(text: &str, at: usize) -> char {
    let b = text.as_bytes()[at];
    if b < 0x80 { b as char } else { text[at..].chars().next().unwrap_or('\u{fffd}') }
}

fn peek(text: &str, at: usize) -> Option<char> {
    (at < text.len()).then(|| char_at(text, at))
}

/// A letter or a digit of any script; among the general marks is none.
fn is_letter(c: char) -> bool {
    !matches!(c, '\u{2010}'..='\u{2027}') && c.is_alphanumeric()
}

fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '\u{2019}' | '\u{2018}' | '\u{02bc}')
}

/// At an apostrophe: does a lone `s` follow that ends the word?
fn is_clitic(text: &str, at: usize) -> bool {
    let Some(apostrophe) = peek(text, at) else { return false };
    let next = at + apostrophe.len_utf8();
    matches!(peek(text, next), Some('s' | 'S')) && !peek(text, next + 1).is_some_and(char::is_alphanumeric)
}

fn word_end(text: &str, start: usize) -> usize {
    if let Some(end) = initials_end(text, start) {
        return end;
    }
    let mut at = start;
    while let Some(c) = peek(text, at) {
        if is_letter(c) || ('\u{0300}'..='\u{036f}').contains(&c) {
            at += c.len_utf8();
        } else if is_apostrophe(c)
            && !is_clitic(text, at)
            && peek(text, at + c.len_utf8()).is_some_and(char::is_alphabetic)
            && !closes(text, start, at + c.len_utf8())
        {
            // A doubled single mark ('') closes a quotation; it never stands inside a word.
            at += c.len_utf8();
        } else {
            break;
        }
    }
    at
}

/// Whether the apostrophe before byte `next` closes a quotation glued to the next sentence:
/// `‘…trade’She left`, but not `O’Neil` or `Sha’Carri`.
fn closes(text: &str, start: usize, next: usize) -> bool {
    let mut after = text[next..].chars();
    after.next().is_some_and(char::is_uppercase) && after.next().is_some_and(char::is_lowercase) && text[start..next].chars().count() > 4
}

/// `U.S.`, `a.m.`, `J.D.`: two or more single letters, each with its stop.
fn initials_end(text: &str, start: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut at = start;
    let mut letters = 0;
    while at + 1 < bytes.len() && bytes[at].is_ascii_alphabetic() && bytes[at + 1] == b'.' {
        at += 2;
        letters += 1;
    }
    (letters >= 2).then_some(at)
}

/// Where a headline's last word ends that is glued to the next sentence's first: `RIGHTVega`.
fn glued_capital(word: &str) -> Option<usize> {
    let mut capitals = word.char_indices().take_while(|(_, c)| c.is_uppercase());
    let count = capitals.by_ref().count();
    let (cut, _) = word.char_indices().nth(count.checked_sub(1)?)?;
    let rest = &word[cut..];
    let plural = rest.ends_with('s') && rest.chars().count() == 2;
    (count > 2 && rest.chars().count() > 1 && !plural).then_some(cut)
}

fn number_end(text: &str, start: usize) -> usize {
    let bytes = text.as_bytes();
    let mut at = start;
    while at < bytes.len() {
        let b = bytes[at];
        if b.is_ascii_digit() || (matches!(b, b'.' | b',' | b':') && bytes.get(at + 1).is_some_and(u8::is_ascii_digit)) {
            at += 1;
        } else {
            break;
        }
    }
    // A suffix of letters belongs to the number (`27th`, `1990s`, `11am`, `$3bn`).
    while let Some(c) = peek(text, at) {
        if c.is_lowercase() || (c.is_alphanumeric() && c.is_ascii() && !c.is_ascii_uppercase()) {
            at += c.len_utf8();
        } else {
            break;
        }
    }
    at
}

fn shape_of(word: &str) -> Shape {
    let mut letters = word.chars().filter(|c| c.is_alphabetic());
    let Some(first) = letters.next() else { return Shape::Lower };
    if !first.is_uppercase() {
        return Shape::Lower;
    }
    let (mut more, mut small) = (false, false);
    for c in letters {
        more = true;
        small |= c.is_lowercase();
    }
    if more && !small { Shape::Upper } else { Shape::Title }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::sync::LazyLock;

    static LANG: LazyLock<Language> = LazyLock::new(|| Language::english().expect("built-in lexicons load"));

    /// What words and numbers are made of, and what stands beside them.
    const PIECES: &str =
        "((don|I|O|the|it|THE|END|Right|RIGHTVega|U\\.S|a|27|1,200|20th|7A|ten2|Novák|ñ|transportational)|['’‘ʼ]|[-.,:;\"—“”… \n\u{a0}]|s|t| ){0,30}";

    proptest! {
        #[test]
        fn what_is_read_in_one_go_is_what_is_read_slowly(text in PIECES) {
            let mut cutter = Cutter::new(&text, &LANG.vocab);
            let (mut at, mut before) = (0, Before::START);
            while at < text.len() {
                (at, before) = cutter.other(at, before);
            }
            unwrap(&mut cutter);
            prop_assert_eq!(&*split(&text, &LANG), &*cutter.out);
        }
        #[test]
        fn signs_are_found_eight_at_once(text in PIECES) {
            let tokens = split(&text, &LANG);
            let signs = &tokens.signs;
            for (i, token) in tokens.iter().enumerate() {
                prop_assert_eq!(signs.has(i, Signs::MARK), token.kind == TokenKind::Mark);
                prop_assert_eq!(signs.has(i, Signs::BREAK), token.newline);
                prop_assert_eq!(signs.has(i, Signs::SPEAKS), LANG.quote.speaks(token.word));
            }
            for from in 0..=tokens.len() {
                for to in from..=tokens.len() {
                    for what in [Signs::MARK, Signs::STOP | Signs::BREAK, Signs::CLEAN] {
                        prop_assert_eq!(signs.next(from, to, what), (from..to).find(|&i| signs.has(i, what)).unwrap_or(to));
                    }
                    prop_assert_eq!(signs.words(from..to), tokens[from..to].iter().filter(|t| t.kind != TokenKind::Mark).count());
                }
            }
        }
    }

    #[test]
    fn places_are_those_that_a_search_finds() {
        for text in [
            "",
            "  ",
            "a",
            "“He is a liar,”  she said on Sept. 27th —\n\n                                        and left the internationalisation unto others.  ",
        ] {
            let tokens = split(text, &LANG);
            let places = Places::new(&tokens);
            for start in 0..text.len() + 20 {
                assert_eq!(places.after(&tokens, start as u32), tokens.partition_point(|t| t.span.end <= start as u32), "{text}: {start}");
                for end in start..text.len() + 40 {
                    assert_eq!(places.within(&tokens, Span::new(start, end)), within(&tokens, Span::new(start, end)), "{text}: {start}..{end}");
                }
            }
        }
    }

    #[test]
    fn words_numbers_marks() {
        let text = "U.S. envoy O’Neil’s \"don't\" on Sept. 27th, 1,200.5 mid-June: Lind's.";
        let got: Vec<&str> = split(text, &LANG).iter().map(|t| t.of(text)).collect();
        assert_eq!(
            got,
            [
                "U.S.", "envoy", "O’Neil", "’s", "\"", "don't", "\"", "on", "Sept", ".", "27th", ",", "1,200.5", "mid", "-", "June", ":", "Lind",
                "'s", "."
            ]
        );
    }
}
