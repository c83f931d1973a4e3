//! Words, numbers and marks with their spans: split once, each word looked up once, shared by all
//! stages. White space is no token; nothing is normalised in the text.

use crate::language::Language;
use crate::language::vocab::{Letters, Vocab, WordId, fold_into};
use crate::span::Span;
use std::ops::Range;

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
        let mut blocks = Vec::with_capacity((tokens.last().map_or(0, |t| t.span.end) / BLOCK) as usize + 1);
        let mut next = 0;
        for (n, token) in tokens.iter().enumerate() {
            while next < token.span.end {
                blocks.push(n as u32);
                next += BLOCK;
            }
        }
        Places { blocks }
    }
    /// The first of the same `tokens` that ends after byte `at`.
    pub fn after(&self, tokens: &[Token], at: u32) -> usize {
        let mut n = self.blocks.get((at / BLOCK) as usize).map_or(tokens.len(), |&n| n as usize);
        while tokens.get(n).is_some_and(|t| t.span.end <= at) {
            n += 1;
        }
        n
    }
    /// [`within`] the same `tokens`.
    pub fn within(&self, tokens: &[Token], span: Span) -> Range<usize> {
        let first = self.after(tokens, span.start);
        let mut last = self.after(tokens, span.end);
        last += usize::from(tokens.get(last).is_some_and(|t| t.span.start < span.end));
        first..last.max(first)
    }
}

/// Split `text` into tokens, in order, none overlapping.
pub fn split(text: &str, lang: &Language) -> Vec<Token> {
    split_with(text, &lang.vocab)
}

/// [`split`] with the bare table of known words: how lexicons cut their own terms.
pub fn split_with(text: &str, vocab: &Vocab) -> Vec<Token> {
    let mut out: Vec<Token> = Vec::with_capacity(text.len() / 4 + 8);
    let bytes = text.as_bytes();
    let mut folded = String::with_capacity(32);
    let mut at = 0;
    let (mut spaced, mut newline) = (true, true);
    while at < bytes.len() {
        let b = bytes[at];
        if b == b' ' {
            spaced = true;
            at += 1;
            continue;
        }
        if b.is_ascii_alphabetic()
            && let Some((token, end)) = plain(text, at, vocab)
            && !(token.shape == Shape::Title && end - at >= 5 && !newline && after_capitals(&out))
        {
            out.push(Token { spaced, newline, ..token });
            (spaced, newline) = (false, false);
            at = end;
            continue;
        }
        if b.is_ascii_punctuation() && (b != b'\'' || spaced) {
            out.push(Token { span: Span::new(at, at + 1), word: vocab.get_mark(b), kind: TokenKind::Mark, shape: Shape::None, spaced, newline });
            (spaced, newline) = (false, false);
            at += 1;
            continue;
        }
        if let Some(mark) = general_mark(bytes, at) {
            let span = Span::new(at, at + mark.len());
            out.push(Token { span, word: vocab.get(span.of(text)), kind: TokenKind::Mark, shape: Shape::None, spaced, newline });
            (spaced, newline) = (false, false);
            at = span.end as usize;
            continue;
        }
        let c = char_at(text, at);
        if c.is_whitespace() {
            newline |= c == '\n' || c == '\r' || c == '\u{2028}' || c == '\u{2029}';
            spaced = true;
            at += c.len_utf8();
            continue;
        }
        let start = at;
        let kind = if c.is_ascii_digit() {
            at = number_end(text, at);
            TokenKind::Number
        } else if c.is_alphanumeric() {
            at = word_end(text, at);
            TokenKind::Word
        } else if is_apostrophe(c)
            && !spaced
            && out.last().is_some_and(|t| t.kind != TokenKind::Mark && t.span.end as usize == start)
            && is_clitic(text, at)
        {
            at += c.len_utf8() + 1;
            TokenKind::Word
        } else {
            at += c.len_utf8();
            TokenKind::Mark
        };
        let mut span = Span::new(start, at);
        let mut shape = if kind == TokenKind::Word { shape_of(span.of(text)) } else { Shape::None };
        if shape == Shape::Title
            && at - start >= 5
            && !newline
            && after_capitals(&out)
            && let Some(cut) = glued_capital(span.of(text))
        {
            at = start + cut;
            span = Span::new(start, at);
            shape = Shape::Upper;
        }
        folded.clear();
        fold_into(span.of(text), &mut folded);
        let word = vocab.get(&folded);
        out.push(Token { span, word, kind, shape, spaced, newline });
        spaced = false;
        newline = false;
    }
    unwrap(text, &mut out);
    out
}

/// The curly double marks, dashes and points that newspapers print (U+2010 to U+2027), told by their bytes; no apostrophe.
#[inline]
fn general_mark(bytes: &[u8], at: usize) -> Option<&[u8]> {
    let mark = bytes.get(at..at + 3)?;
    matches!(mark, [0xe2, 0x80, 0x90..=0x97 | 0x9a..=0xa7]).then_some(mark)
}

/// A word of ASCII letters and digits alone, and where it ends: what most words are, read in one go. `None` where what follows
/// may belong to it, where it is long, or where the text ends; [`split_with`] then takes its time.
#[inline]
fn plain(text: &str, start: usize, vocab: &Vocab) -> Option<(Token, usize)> {
    let bytes = text.as_bytes();
    let word = Letters::first(bytes.get(start..)?.first_chunk()?)?;
    let at = start + word.len;
    let ends = match bytes.get(at) {
        None => true,
        Some(b'\'') => is_clitic(text, at),
        Some(b'.') => word.len > 1,
        Some(0..128) => true,
        // Curly marks and dashes end a word; letters, accents and other apostrophes than that of `’s` do not.
        Some(_) => match char_at(text, at) {
            '\u{201c}' | '\u{201d}' | '\u{2013}' | '\u{2014}' | '\u{2026}' | '\u{a0}' => true,
            '\u{2019}' => is_clitic(text, at),
            _ => false,
        },
    };
    if !ends {
        return None;
    }
    let shape = if !word.begins_capital() {
        Shape::Lower
    } else if word.holds_capitals() && !bytes[start + 1..at].iter().any(u8::is_ascii_lowercase) {
        Shape::Upper
    } else {
        Shape::Title
    };
    let token = Token { span: Span::new(start, at), word: vocab.get_short(word.folded), kind: TokenKind::Word, shape, spaced: false, newline: false };
    Some((token, at))
}

/// Widths (bytes) at which text is commonly wrapped by hand or by a mail program.
const WRAP: std::ops::RangeInclusive<usize> = 45..=120;

/// Clear [`Token::newline`] inside the paragraphs of hard-wrapped text. The evidence: at least
/// three full lines, and half of all single breaks, end without a stop before a small letter.
fn unwrap(text: &str, tokens: &mut [Token]) {
    struct Break {
        token: usize,
        /// Length of the line before it.
        line: usize,
        /// No blank line follows.
        single: bool,
        /// The sentence goes on in small letters.
        runs_on: bool,
    }
    let mut breaks: Vec<Break> = Vec::new();
    let mut start = tokens.first().map_or(0, |t| t.span.start as usize);
    for (i, token) in tokens.iter().enumerate().skip(1).filter(|(_, t)| t.newline) {
        let before = &tokens[i - 1];
        let end = before.span.end as usize;
        let gap = &text.as_bytes()[end..token.span.start as usize];
        let single = gap.iter().filter(|b| **b == b'\n').count() == 1;
        let line = end - start;
        let runs_on = single
            && WRAP.contains(&line)
            && token.shape == Shape::Lower
            && token.of(text).starts_with(char::is_lowercase)
            && (before.kind != TokenKind::Mark || before.is_mark(text, b','));
        breaks.push(Break { token: i, line, single, runs_on });
        start = token.span.start as usize;
    }
    let ongoing = breaks.iter().filter(|b| b.runs_on).count();
    let single = breaks.iter().filter(|b| b.single).count();
    if ongoing < 3 || ongoing * 2 < single {
        return;
    }
    let width = breaks.iter().map(|b| b.line).filter(|l| WRAP.contains(l)).max().unwrap_or(0);
    for b in breaks {
        let full = b.line * 4 >= width * 3 && b.line <= *WRAP.end();
        let opens = tokens[b.token].kind == TokenKind::Mark
            && !matches!(text.as_bytes()[tokens[b.token].span.start as usize], b'"' | b'(' | b'\'' | b'$' | 0xe2);
        if b.single && (b.runs_on || (full && !opens)) {
            tokens[b.token].newline = false;
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
        if c.is_alphanumeric() || ('\u{0300}'..='\u{036f}').contains(&c) {
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

/// Whether the last two words are in capitals, as in a headline.
fn after_capitals(out: &[Token]) -> bool {
    out.iter().rev().take(2).filter(|t| t.shape == Shape::Upper).count() == 2
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

    #[test]
    fn places_are_those_that_a_search_finds() {
        let lang = Language::english().expect("built-in lexicons load");
        for text in [
            "",
            "  ",
            "a",
            "“He is a liar,”  she said on Sept. 27th —\n\n                                        and left the internationalisation unto others.  ",
        ] {
            let tokens = split(text, &lang);
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
        let lang = Language::english().expect("built-in lexicons load");
        let text = "U.S. envoy O’Neil’s \"don't\" on Sept. 27th, 1,200.5 mid-June: Lind's.";
        let got: Vec<&str> = split(text, &lang).iter().map(|t| t.of(text)).collect();
        assert_eq!(
            got,
            [
                "U.S.", "envoy", "O’Neil", "’s", "\"", "don't", "\"", "on", "Sept", ".", "27th", ",", "1,200.5", "mid", "-", "June", ":", "Lind",
                "'s", "."
            ]
        );
    }
}
