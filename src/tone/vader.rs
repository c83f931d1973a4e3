//! VADER (Hutto & Gilbert 2014) by the rules of the reference implementation, vaderSentiment 3.3.2,
//! in linear time. Text in, four numbers out; the reference's odd corners are kept, since published
//! numbers must be comparable. Knows nothing of targets or sentences.

use crate::language::Language;
use crate::language::vader::{Entry, VaderWords, class, flag, reading};
use crate::span::Span;
use crate::token::{Shape, Token, TokenKind};
use std::borrow::Cow;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BinaryHeap};

/// Added to a term in capitals among words that are not (and to a booster in capitals).
const CAPITALS: f64 = 0.733;
/// What a negation multiplies by.
const NEGATED: f64 = -0.74;
/// What "never so" multiplies by.
const NEVER_SO: f64 = 1.25;
/// What a booster counts two and three words before its term.
const DISTANCE: [f64; 3] = [1.0, 0.95, 0.9];
/// What stands before and after the contrast counts.
const CONTRAST: (f64, f64) = (0.5, 1.5);
/// Emphasis of each of at most four exclamation marks.
const EXCLAMATION: f64 = 0.292;
/// Emphasis of each of two or three question marks; of more, all together.
const QUESTION: (f64, f64) = (0.18, 0.96);
/// Normalisation: compound = s / √(s² + 15).
const ALPHA: f64 = 15.0;

/// Shares of negative, neutral and positive words, and the compound score.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Valence {
    /// Share of negative words, 0 … 1.
    pub neg: f64,
    /// Share of neutral words, 0 … 1.
    pub neu: f64,
    /// Share of positive words, 0 … 1.
    pub pos: f64,
    /// −1 … +1.
    pub compound: f64,
}

impl Valence {
    /// As the reference rounds: shares to 3 decimals, the compound to 4, exact ties to even.
    pub fn rounded(self) -> Valence {
        Valence { neg: round(self.neg, 3), neu: round(self.neu, 3), pos: round(self.pos, 3), compound: round(self.compound, 4) }
    }
}

/// The decimal nearest to the exact binary value: scaling would round twice.
fn round(x: f64, decimals: usize) -> f64 {
    format!("{x:.decimals$}").parse::<f64>().map_or(x, |r| r + 0.0)
}

/// Score `text`; `curly` also folds curly marks and apostrophes first, which the reference does not.
pub fn score(text: &str, lang: &Language, curly: bool) -> Valence {
    let words = &lang.vader;
    let text = prepare(text, words, curly);
    let mut tokens = Tokens::default();
    tokens.split(&text, words);
    total(tokens.list.len(), tokens.sentiments(words), Marks::of(&text))
}

/// Scores stretches of one text whose tokens are known; what it works with is kept from one stretch to the next.
pub struct Reader<'a> {
    text: &'a str,
    words: &'a VaderWords,
    tokens: Tokens,
}

impl<'a> Reader<'a> {
    /// Of `text`.
    pub fn new(text: &'a str, lang: &'a Language) -> Reader<'a> {
        Reader { text, words: &lang.vader, tokens: Tokens::default() }
    }

    /// [`score`] of the bytes `span`, curly marks folded; `tokens` are those that share a byte with it. Words that the vocabulary
    /// holds are known by their ids, others are read.
    pub fn score(&mut self, span: Span, tokens: &[Token]) -> Valence {
        let Reader { text, words, tokens: found } = self;
        found.clear();
        let mut marks = Marks::default();
        let read = |part: Span, found: &mut Tokens, marks: &mut Marks| {
            let part = prepare(part.of(text), words, true);
            found.split(&part, words);
            marks.add(Marks::of(&part));
        };
        let whole = tokens.first().is_none_or(|t| t.span.start >= span.start) && tokens.last().is_none_or(|t| t.span.end <= span.end);
        if !whole {
            read(span, found, &mut marks);
        }
        let tokens = if whole { tokens } else { &[] };
        found.list.reserve(tokens.len());
        let mut next = 0;
        while let Some(first) = tokens.get(next) {
            let start = next;
            next += 1;
            let joined = |next: usize| tokens.get(next).is_some_and(|t| !t.spaced);
            // Most words stand between blanks.
            let word = if joined(next) {
                while joined(next) {
                    next += 1;
                }
                let mut seen = Marks::default();
                let word = among_marks(text, &tokens[start..next], &mut seen).and_then(|word| plain(text, word, words));
                if word.is_some() {
                    marks.add(seen);
                }
                word
            } else {
                plain(text, first, words)
            };
            match word {
                Some(token) => found.push(token),
                None => read(first.span.cover(tokens[next - 1].span), found, &mut marks),
            }
        }
        total(found.list.len(), found.sentiments(words), marks)
    }
}

/// A token that is a plain word, as bits of [`reading`].
#[inline]
fn plain(text: &str, token: &Token, words: &VaderWords) -> Option<u32> {
    let known = words.known(token.word);
    // As many bytes as the folded word has: of ASCII like it. Every entry with a letter in it is in the vocabulary.
    if usize::from(known.len) != token.span.len() && (token.word.known() || !letters(token.of(text), words)) {
        return None;
    }
    // A single letter, or small ones that are none of ASCII.
    let title = || token.span.len() == 1 || !token.of(text).bytes().any(|b| b.is_ascii_lowercase());
    let capitals = token.shape == Shape::Upper || token.shape == Shape::Title && title();
    Some(known.reading | if capitals { reading::UPPER } else { 0 })
}

/// Whether a word is of ASCII letters, none of which can be part of a negation.
fn letters(word: &str, words: &VaderWords) -> bool {
    word.bytes().all(|b| matches!(words.class[b as usize], class::UPPER | class::LOWER))
}

/// The one word of tokens that are marks else; those that count are counted.
fn among_marks<'t>(text: &str, chunk: &'t [Token], seen: &mut Marks) -> Option<&'t Token> {
    let mut word: Option<&Token> = None;
    for token in chunk {
        match token.of(text).as_bytes() {
            _ if token.kind != TokenKind::Mark => {
                if word.replace(token).is_some() {
                    return None;
                }
            }
            [b'!'] => seen.exclamations += 1,
            [b'?'] => seen.questions += 1,
            [mark] if mark.is_ascii_punctuation() => {}
            // Curly marks, which count as straight ones.
            [0xe2, 0x80, 0x98..=0x9f] => {}
            _ => return None,
        }
    }
    // Two letters among marks may be an emoticon.
    word.filter(|w| w.span.len() > 2)
}

/// What one word adds to the sum of a text.
#[derive(Clone, Debug, PartialEq)]
pub struct Part {
    /// The word as it was read, marks and all; an emoji by its name.
    pub word: String,
    /// After all rules: boosters, negation, capitals, contrast.
    pub valence: f64,
}

/// What each word adds, in text order, and what the marks of the text add to their sum. [`score`]'s compound is the
/// whole, normalised.
pub fn parts(text: &str, lang: &Language, curly: bool) -> (Vec<Part>, f64) {
    let words = &lang.vader;
    let text = prepare(text, words, curly);
    let mut tokens = Tokens::default();
    tokens.split(&text, words);
    let sentiments = tokens.sentiments(words);
    sentiments.sort_by_key(|s| s.0);
    let blank = |c: char| if c.is_ascii() { words.class[c as usize] & class::SPACE != 0 } else { c.is_whitespace() };
    let mut rest = text.split(blank).filter(|t| !t.is_empty()).enumerate();
    let mut word = |at: u32| rest.find(|(n, _)| *n == at as usize).map_or("", |(_, t)| t).to_owned();
    let parts: Vec<Part> =
        sentiments.iter().map(|s| s.0).map(&mut word).zip(sentiments.iter()).map(|(word, s)| Part { word, valence: s.1 }).collect();
    let sum: f64 = parts.iter().map(|p| p.valence).sum();
    let marks = if sum == 0.0 { 0.0 } else { Marks::of(&text).emphasis().copysign(sum) };
    (parts, marks)
}

/// Emoji become their names, and with `curly` curly marks become straight ones.
fn prepare<'t>(text: &'t str, words: &VaderWords, curly: bool) -> Cow<'t, str> {
    if text.is_ascii() {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut copied = 0;
    for (at, c) in text.char_indices() {
        if c.is_ascii() {
            continue;
        }
        let straight = if curly { straighten(c) } else { None };
        let name = words.emoji(c);
        if straight.is_none() && name.is_none() {
            continue;
        }
        out.push_str(&text[copied..at]);
        copied = at + c.len_utf8();
        if let Some(mark) = straight {
            out.push(mark);
        } else if let Some(name) = name {
            // A blank goes before the name unless one stands there; none goes after it.
            if !(out.is_empty() || out.ends_with(' ')) {
                out.push(' ');
            }
            out.push_str(name);
        }
    }
    if copied == 0 {
        return Cow::Borrowed(text);
    }
    out.push_str(&text[copied..]);
    Cow::Owned(out)
}

/// The straight form of a curly quotation mark or apostrophe.
fn straighten(c: char) -> Option<char> {
    match c {
        '\u{2018}'..='\u{201b}' => Some('\''),
        '\u{201c}'..='\u{201f}' => Some('"'),
        _ => None,
    }
}

#[derive(Default)]
struct Tokens {
    /// Each token as bits of [`reading`].
    list: Vec<u32>,
    /// The tokens that may hold a valence.
    terms: Vec<u32>,
    /// The first contrast.
    contrast: Option<u32>,
    /// How many tokens are in capitals.
    capitals: usize,
    /// Position and valence of every token that has one.
    found: Vec<(u32, f64)>,
}

impl Tokens {
    /// Forget all tokens.
    fn clear(&mut self) {
        self.list.clear();
        self.terms.clear();
        self.contrast = None;
        self.capitals = 0;
    }
    /// Append the tokens of a text.
    fn split(&mut self, text: &str, words: &VaderWords) {
        let bytes = text.as_bytes();
        let kinds: &[u8] = &words.class;
        let mut at = 0;
        while at < bytes.len() {
            let start = at;
            let mut made = 0;
            let mut gap = 1;
            while let Some(&b) = bytes.get(at) {
                let kind = kinds[b as usize];
                if kind & class::SPACE != 0 {
                    break;
                }
                made |= kind;
                at += 1;
                if kind & class::WIDE != 0 {
                    let c = text[at - 1..].chars().next().unwrap_or(' ');
                    if c.is_whitespace() {
                        at -= 1;
                        gap = c.len_utf8();
                        break;
                    }
                    at += c.len_utf8() - 1;
                }
            }
            if at > start {
                self.push(token(&text[start..at], made, words));
            }
            at += gap;
        }
    }
    /// Append one token.
    #[inline]
    fn push(&mut self, token: u32) {
        let at = self.list.len() as u32;
        if token & (reading::HOLDS | reading::CONTRAST) != 0 {
            if token & reading::HOLDS != 0 {
                self.terms.push(at);
            }
            if token & reading::CONTRAST != 0 && self.contrast.is_none() {
                self.contrast = Some(at);
            }
        }
        self.capitals += usize::from(token & reading::UPPER != 0);
        self.list.push(token);
    }
    /// Position and valence of every token that has one, after all rules.
    fn sentiments(&mut self, words: &VaderWords) -> &mut [(u32, f64)] {
        let out = &mut self.found;
        out.clear();
        let look = Look { tokens: &self.list, words, mixed: self.capitals > 0 && self.capitals < self.list.len() };
        for &at in &self.terms {
            let i = at as usize;
            if look.flags(i) & flag::SOFTENER_HEAD != 0 && i + 1 < self.list.len() && look.flags(i + 1) & flag::SOFTENER_TAIL != 0 {
                continue;
            }
            let valence = look.valence(i);
            if valence != 0.0 {
                out.push((at, valence));
            }
        }
        if let Some(pivot) = self.contrast {
            weigh_contrast(out, pivot);
        }
        out
    }
}

/// One token, whose bytes have the classes `made`, as bits of [`reading`].
fn token(token: &str, made: u8, words: &VaderWords) -> u32 {
    let word = stripped(token);
    let found;
    let capitals;
    let mut negates = false;
    if made & class::WIDE == 0 {
        found = words.get(word.as_bytes());
        capitals = made & (class::UPPER | class::LOWER) == class::UPPER;
        if made & class::TRIGGER != 0 {
            let holds = |part: &String| word.as_bytes().windows(part.len().max(1)).any(|w| w.eq_ignore_ascii_case(part.as_bytes()));
            negates = words.inside.iter().any(holds);
        }
    } else {
        let small = word.to_lowercase();
        found = words.get(small.as_bytes());
        capitals = in_capitals(word);
        negates = words.inside.iter().any(|part| small.contains(part.as_str()));
    }
    found | if capitals { reading::UPPER } else { 0 } | if negates { reading::NEGATES } else { 0 }
}

/// Without leading and trailing marks, unless no more than two characters are left: then it was an emoticon.
fn stripped(token: &str) -> &str {
    if let [first, .., last] = token.as_bytes()
        && !first.is_ascii_punctuation()
        && !last.is_ascii_punctuation()
    {
        return token;
    }
    let word = token.trim_matches(|c: char| c.is_ascii_punctuation());
    if word.len() <= 2 || (word.len() <= 8 && word.chars().count() <= 2) { token } else { word }
}

/// At least one capital, no small and no title-case letter.
fn in_capitals(word: &str) -> bool {
    let mut capital = false;
    for c in word.chars() {
        if c.is_uppercase() {
            capital = true;
        } else if c.is_lowercase() || (!c.is_ascii() && c.is_alphabetic() && !c.to_lowercase().eq([c])) {
            return false;
        }
    }
    capital
}

struct Look<'a> {
    tokens: &'a [u32],
    words: &'a VaderWords,
    mixed: bool,
}

impl Look<'_> {
    fn entry(&self, i: usize) -> &Entry {
        &self.words.entries[(self.tokens[i] & reading::ENTRY) as usize]
    }
    fn flags(&self, i: usize) -> u16 {
        self.entry(i).flags
    }
    fn is(&self, i: usize, flags: u16) -> bool {
        self.flags(i) & flags != 0
    }
    fn capitals(&self, i: usize) -> bool {
        self.mixed && self.tokens[i] & reading::UPPER != 0
    }
    fn negates(&self, i: usize) -> bool {
        self.tokens[i] & reading::NEGATES != 0 || self.is(i, flag::NEGATION)
    }
    /// The valence of term `i` in its place. The order of the steps is the reference's and matters.
    fn valence(&self, i: usize) -> f64 {
        let own = self.entry(i).valence;
        let mut v = own;
        if self.is(i, flag::NO) && i + 1 < self.tokens.len() && self.is(i + 1, flag::TERM) {
            v = 0.0;
        }
        if (i > 0 && self.is(i - 1, flag::NO))
            || (i > 1 && self.is(i - 2, flag::NO))
            || (i > 2 && self.is(i - 3, flag::NO) && self.is(i - 1, flag::NO_BRIDGE))
        {
            v = own * NEGATED;
        }
        if self.capitals(i) {
            v += if v > 0.0 { CAPITALS } else { -CAPITALS };
        }
        for (step, share) in DISTANCE.into_iter().enumerate() {
            let Some(before) = i.checked_sub(step + 1) else { break };
            if self.is(before, flag::TERM) {
                continue;
            }
            v += self.boost(before, v) * share;
            v = self.negate(v, i, step);
            if step == 2 {
                v = self.idioms(v, i);
            }
        }
        if i > 0 && self.is(i - 1, flag::LEAST) && !self.is(i - 1, flag::TERM) && !(i > 1 && self.is(i - 2, flag::LEAST_GUARD)) {
            v *= NEGATED;
        }
        v
    }
    /// What the booster at `i` adds to a term of valence `v`.
    fn boost(&self, i: usize, v: f64) -> f64 {
        if !self.is(i, flag::BOOSTER) {
            return 0.0;
        }
        let weight = self.entry(i).booster;
        let mut boost = if v < 0.0 { -weight } else { weight };
        if self.capitals(i) {
            boost += if v > 0.0 { CAPITALS } else { -CAPITALS };
        }
        boost
    }
    /// Negation by the word `step + 1` before term `i`.
    fn negate(&self, v: f64, i: usize, step: usize) -> f64 {
        let raised = match step {
            0 => false,
            1 => self.is(i - 2, flag::NEVER) && self.is(i - 1, flag::NEVER_SO),
            // The reference's "and" binds closer than its "or".
            _ => (self.is(i - 3, flag::NEVER) && self.is(i - 2, flag::NEVER_SO)) || self.is(i - 1, flag::NEVER_SO),
        };
        let certain = match step {
            0 => false,
            1 => self.is(i - 2, flag::WITHOUT) && self.is(i - 1, flag::DOUBT),
            _ => self.is(i - 3, flag::WITHOUT) && (self.is(i - 2, flag::DOUBT) || self.is(i - 1, flag::DOUBT)),
        };
        if raised {
            v * NEVER_SO
        } else if !certain && self.negates(i - step - 1) {
            v * NEGATED
        } else {
            v
        }
    }
    /// Idioms that end, start or stand just before term `i`, which has three words before it.
    fn idioms(&self, v: f64, i: usize) -> f64 {
        let part = |i: usize| if i < self.tokens.len() { self.entry(i).part } else { 0 };
        let (a, b, c, d) = (part(i - 3), part(i - 2), part(i - 1), part(i));
        if a | b | c | d == 0 {
            return v;
        }
        let words = self.words;
        let pair = |x, y| words.idiom((0, x, y));
        let triple = |x, y, z| if x == 0 { None } else { words.idiom((x, y, z)) };
        let ending = pair(c, d).or(triple(b, c, d)).or(pair(b, c)).or(triple(a, b, c)).or(pair(a, b));
        let (e, f) = (part(i + 1), part(i + 2));
        let starting = triple(d, e, f).or(pair(d, e));
        let booster = |x, y| words.booster((0, x, y)).unwrap_or(0.0);
        let three = if a == 0 { 0.0 } else { words.booster((a, b, c)).unwrap_or(0.0) };
        starting.or(ending).unwrap_or(v) + three + booster(a, b) + booster(b, c)
    }
}

/// Halve what stands before the contrast at `pivot`, raise what stands after it. The reference looks
/// each value up by equality and changes the first token that has it, so that a value met twice may
/// change a token twice: kept, with the first token of a value found in a heap instead of by a scan.
fn weigh_contrast(sentiments: &mut [(u32, f64)], pivot: u32) {
    /// Up to so many values a scan is faster.
    const SCAN: usize = 48;
    let weighed = |(at, v): (u32, f64)| match at.cmp(&pivot) {
        std::cmp::Ordering::Less => v * CONTRAST.0,
        std::cmp::Ordering::Equal => v,
        std::cmp::Ordering::Greater => v * CONTRAST.1,
    };
    if sentiments.len() <= SCAN {
        for n in 0..sentiments.len() {
            let value = sentiments[n].1;
            if let Some(first) = sentiments.iter_mut().find(|s| s.1 == value) {
                first.1 = weighed(*first);
            }
        }
        return;
    }
    let mut holders: BTreeMap<u64, BinaryHeap<Reverse<usize>>> = BTreeMap::new();
    for (n, s) in sentiments.iter().enumerate() {
        holders.entry(s.1.to_bits()).or_default().push(Reverse(n));
    }
    for n in 0..sentiments.len() {
        let value = sentiments[n].1;
        let Some(Reverse(first)) = holders.get_mut(&value.to_bits()).and_then(BinaryHeap::pop) else { continue };
        sentiments[first].1 = weighed(sentiments[first]);
        holders.entry(sentiments[first].1.to_bits()).or_default().push(Reverse(first));
    }
}

/// Sums, emphasis by punctuation and normalisation.
fn total(tokens: usize, sentiments: &[(u32, f64)], marks: Marks) -> Valence {
    if tokens == 0 {
        return Valence::default();
    }
    let (mut sum, mut pos, mut neg) = (0.0, 0.0, 0.0);
    let mut held = 0;
    for &(_, v) in sentiments {
        sum += v;
        if v > 0.0 {
            pos += v + 1.0;
        } else if v < 0.0 {
            neg += v - 1.0;
        }
        held += usize::from(v != 0.0);
    }
    let neutral = (tokens - held) as f64;
    let emphasis = if held > 0 { marks.emphasis() } else { 0.0 };
    if sum > 0.0 {
        sum += emphasis;
    } else if sum < 0.0 {
        sum -= emphasis;
    }
    if pos > -neg {
        pos += emphasis;
    } else if pos < -neg {
        neg -= emphasis;
    }
    let all = pos - neg + neutral;
    let compound = (sum / (sum * sum + ALPHA).sqrt()).clamp(-1.0, 1.0);
    Valence { neg: -neg / all + 0.0, neu: neutral / all, pos: pos / all, compound }
}

/// The marks of a text that raise its tone.
#[derive(Clone, Copy, Debug, Default)]
struct Marks {
    exclamations: usize,
    questions: usize,
}

impl Marks {
    fn of(text: &str) -> Marks {
        let count = |mark: u8| text.bytes().filter(|&b| b == mark).count();
        Marks { exclamations: count(b'!'), questions: count(b'?') }
    }
    fn add(&mut self, more: Marks) {
        self.exclamations += more.exclamations;
        self.questions += more.questions;
    }
    fn emphasis(self) -> f64 {
        let asked = match self.questions {
            0 | 1 => 0.0,
            2 | 3 => self.questions as f64 * QUESTION.0,
            _ => QUESTION.1,
        };
        self.exclamations.min(4) as f64 * EXCLAMATION + asked
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_tokens_are_read_as_their_text_is() {
        let lang = Language::english().expect("built-in lexicons load");
        assert!(
            lang.vader.words().all(|(word, _)| !word.chars().any(char::is_alphabetic) || lang.vocab.get(&crate::language::vocab::fold(word)).known())
        );
        let pieces = [
            "good",
            "GOOD",
            "Good",
            "don't",
            "don’t",
            "DON’T",
            "bad!",
            "“bad,”",
            "(bad?)",
            "no",
            "no!",
            "not",
            "never",
            "so",
            "but",
            "BUT,",
            "it.",
            "IT",
            "A",
            "I",
            "B52",
            "x:)",
            ":)",
            ":-(",
            "lol",
            "kind",
            "of",
            "at",
            "least",
            "very",
            "VERY",
            "well-known",
            "the",
            "bomb",
            "hate—love",
            "😀",
            "glad😀!",
            "Zorbling",
            "ZORBLING",
            "cancan't",
            "né",
            "É",
            "$",
            "1990s",
            "143",
            "U.S.",
            "great\u{1c}war",
            "great\u{a0}war",
            "…",
            "ﬁne",
            "\u{212a}ind",
            "without",
            "doubt",
            "good's",
            "win’s",
            "🆙",
        ];
        let mut random = crate::random::Random::new(7, 0);
        for _ in 0..20_000 {
            let text: Vec<&str> = (0..1 + random.below(9)).map(|_| pieces[random.below(pieces.len())]).collect();
            let text = text.join(if random.below(5) == 0 { "\n" } else { " " });
            let tokens = crate::token::split(&text, &lang);
            let span = Span::new(0, text.len());
            assert_eq!(Reader::new(&text, &lang).score(span, &tokens), score(&text, &lang, true), "{text}");
        }
    }
}
