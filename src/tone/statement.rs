//! What the words of a statement add to its tone by a linear model, trained by `train-statement` on sentences of our
//! own (`tests/gold/statements.tsv`). Tokens of a quotation in, an addition to the sum of the tone lexicons and every
//! feature's part out. It was fitted on top of the lexicons and knows what they miss; names are no features.
//!
//! Method: penalised logistic regression over words, stems and pairs of words, with the lexicons' sum as an offset
//! whose own coefficient is fitted; all weights are divided by that coefficient and so are told in the lexicons' units.

use crate::annotation::Hit;
use crate::language::Language;
use crate::language::stance::role;
use crate::language::statement::{EXCLAMATION, Kind, Known, NAME, NUMBER, QUESTION, START, STEM, Word, feature, parse};
use crate::language::vocab::{WordId, fold, fold_into, keys};
use crate::token::{Shape, Token, TokenKind};
use std::cmp::Reverse;
use std::ops::Range;

/// How many words a negation reaches.
const SCOPE: usize = 3;
/// Tokens of a statement that are read, at most.
const LONGEST: usize = 256;
/// The most that the model adds.
const MOST: f64 = 6.0;
/// Features that are told one by one; the rest is told as one.
const TOLD: usize = 6;

/// Reads the statements of one text; what it works with is kept from one statement to the next.
pub struct Reader<'a> {
    text: &'a str,
    lang: &'a Language,
    /// The features that the model knows, by the numbers of their weights, with their tokens.
    met: Vec<(u32, u16, u16)>,
    /// What the last sum is made up of, its bias aside.
    found: Vec<Part>,
    /// The last sum.
    sum: f64,
    /// A bit for each weight that was added.
    seen: Vec<u64>,
}

/// The tokens of one part of a sum, the first and one past the last, and its weight.
type Part = (u16, u16, f64);

impl<'a> Reader<'a> {
    /// Of `text`, whose tokens it will be given.
    pub fn new(text: &'a str, lang: &'a Language) -> Reader<'a> {
        Reader { text, lang, met: Vec::new(), found: Vec::new(), sum: 0.0, seen: vec![0; lang.statement.count().div_ceil(64)] }
    }

    /// What the words of a statement add to its tone, in the units of the tone lexicons.
    pub fn lean(&mut self, tokens: &[Token]) -> f64 {
        let Reader { text, lang, met, found, seen, .. } = self;
        let model = &lang.statement;
        let most = 3 * tokens.len().min(LONGEST) + 1;
        if met.len() < most {
            met.resize(most, (0, 0, 0));
        }
        let mut last = 0;
        // Written whether it counts or not: the next one takes its place where it does not.
        let mut meet = |number: u32, start: usize, end: usize| {
            met[last] = (number, start as u16, end as u16);
            last += usize::from(number != 0);
        };
        all(text, tokens, lang, |place| {
            let [word, stem] = place.known.own[usize::from(place.negated)];
            meet(word, place.at, place.at + 1);
            meet(stem, place.at, place.at + 1);
            if let Some((feature, first)) = place.pair {
                meet(model.number(feature), first, place.at + 1);
            }
        });
        found.clear();
        seen.fill(0);
        let mut sum = 0.0;
        for &(number, start, end) in &met[..last] {
            let (word, bit) = (&mut seen[number as usize / 64], 1 << (number % 64));
            let weight = model.weight(number);
            // As in `features`, each counts where it stands first.
            if *word & bit != 0 || weight == 0.0 {
                continue;
            }
            *word |= bit;
            sum += weight;
            // A word and its stem are told as one.
            match found.last_mut() {
                Some(one) if (one.0, one.1) == (start, end) => one.2 += weight,
                _ => found.push((start, end, weight)),
            }
        }
        // Weights of single precision are added without rounding: their order does not matter.
        self.sum = sum + lang.statement.bias;
        if self.sum == 0.0 { 0.0 } else { self.sum * self.share() }
    }
    /// What a sum that is larger than it may be is multiplied by.
    fn share(&self) -> f64 {
        (MOST / self.sum.abs()).min(1.0)
    }
    /// Append what the last [`Reader::lean`], of the same `tokens`, is made up of.
    pub fn tell(&self, tokens: &[Token], hits: &mut Vec<Hit>) {
        let Reader { text, lang, found, sum, .. } = self;
        if *sum == 0.0 {
            return;
        }
        let share = self.share();
        let before = hits.len();
        hits.reserve(TOLD + 1);
        for &(start, end, weight) in loudest(found) {
            let (first, last) = (&tokens[start as usize], &tokens[end as usize - 1]);
            let mut term = String::with_capacity(24);
            let tell = |token: &Token, term: &mut String| match token.word {
                WordId::NONE => fold_into(token.of(text), term),
                word => term.push_str(lang.vocab.word(word)),
            };
            tell(first, &mut term);
            if end - start > 1 {
                term.push(' ');
                tell(last, &mut term);
            }
            hits.push(Hit { term, weight: weight * share, span: Some(first.span.cover(last.span)), role: "learned".into() });
        }
        let rest = sum * share - hits[before..].iter().map(|h| h.weight).sum::<f64>();
        hits.push(Hit { term: "statement model".to_owned(), weight: rest, span: None, role: "learned".into() });
    }
}

/// The parts that weigh most, the loudest first. Of those alike the first ones.
fn loudest(found: &[Part]) -> impl Iterator<Item = &Part> {
    let mut loud: [Option<&Part>; TOLD] = [None; TOLD];
    for part in found {
        // Few are louder than the last of these.
        let quieter = |other: &Option<&Part>| other.is_none_or(|o| key(o) > key(part));
        if !quieter(&loud[TOLD - 1]) {
            continue;
        }
        let at = loud.iter().position(quieter).unwrap_or(TOLD - 1);
        loud[at..].rotate_right(1);
        loud[at] = Some(part);
    }
    loud.into_iter().flatten()
}

/// What parts are sorted by.
fn key(part: &Part) -> (Reverse<u64>, u16, u16) {
    (Reverse(part.2.abs().to_bits()), part.0, part.1)
}

/// The name of a feature as the table writes it, of the tokens that [`features`] gave it with.
pub fn name(text: &str, tokens: &[Token], at: Range<usize>, kind: Kind, given: u64, lang: &Language) -> String {
    let word = |n: usize| match read(text, tokens, n, lang).word {
        NAME => "<name>".to_owned(),
        NUMBER => "<number>".to_owned(),
        _ => fold(tokens[n].of(text)),
    };
    let kinds = Kind::NAMES.map(|(name, _)| name);
    let last = word(at.end - 1);
    let names = match kind {
        Kind::Pair if at.len() < 2 => [format!("<start> {last}"), String::new()],
        Kind::Pair => [format!("{} {last}", word(at.start)), String::new()],
        Kind::Word => [last.clone(), format!("!{last}")],
        Kind::Stem => [format!("{}*", stem(&last).unwrap_or_default()), format!("!{}*", stem(&last).unwrap_or_default())],
    };
    let found = names.into_iter().map(|n| format!("{}:{n}", kinds[kind as usize])).find(|n| parse(n) == Some(given));
    found.unwrap_or_default()
}

/// Every feature of a statement once, with the tokens that it is made of where it stands first.
pub fn features(text: &str, tokens: &[Token], lang: &Language, mut give: impl FnMut(u64, Kind, Range<usize>)) {
    let mut found: Vec<(u64, usize, usize, Kind)> = Vec::with_capacity(tokens.len().min(LONGEST) * 3);
    all(text, tokens, lang, |place| {
        let known = place.known.word;
        // A name and a number are no features by themselves.
        if known != NAME && known != NUMBER {
            let stem = keys(tokens[place.at].of(text), STEM).1;
            let own = [(Kind::Word, Some(known)), (Kind::Stem, stem)].into_iter();
            found.extend(own.filter_map(|(kind, word)| Some((feature(kind, place.negated, word?, 0), place.at, place.at + 1, kind))));
        }
        found.extend(place.pair.map(|(feature, first)| (feature, first, place.at + 1, Kind::Pair)));
    });
    found.sort_unstable_by_key(|f| (f.0, f.1));
    found.dedup_by_key(|f| f.0);
    for (feature, start, end, kind) in found {
        give(feature, kind, start..end);
    }
}

/// A token with its features.
struct Place<'k> {
    at: usize,
    known: &'k Known,
    negated: bool,
    /// The feature that it makes with the word before it, and that word's token.
    pair: Option<(u64, usize)>,
}

/// The places of a statement that have features, in text order.
#[inline(always)]
fn all(text: &str, tokens: &[Token], lang: &Language, mut give: impl FnMut(Place<'_>)) {
    let (mut before, mut at_before): (Word, usize) = (START, 0);
    let mut negation = 0;
    let mut own = Known::default();
    for (at, token) in tokens[..tokens.len().min(LONGEST)].iter().enumerate() {
        let (known, mut negated, mut pair) = (known(text, tokens, at, lang, &mut own), false, None);
        let word = known.word;
        if token.kind == TokenKind::Mark {
            negation = if word == OTHER_MARK { negation } else { 0 };
            if word != QUESTION && word != EXCLAMATION {
                continue;
            }
        } else {
            // A name of several words is one.
            if word == NAME && before == NAME {
                continue;
            }
            negated = negation > 0;
            pair = Some((feature(Kind::Pair, false, before, word), if before == START { at } else { at_before }));
            (before, at_before) = (word, at);
            negation = if lang.stance.roles(token.word) & role::NEGATION != 0 { SCOPE } else { negation.saturating_sub(1) };
        }
        give(Place { at, known, negated, pair });
    }
}

/// Stands for a mark that ends a clause.
const STOP: Word = 6;
/// Stands for any other mark.
const OTHER_MARK: Word = 0;

/// A token as features see it; `own` keeps what no table holds.
#[inline(always)]
fn known<'k>(text: &str, tokens: &[Token], n: usize, lang: &'k Language, own: &'k mut Known) -> &'k Known {
    let token = &tokens[n];
    if token.kind == TokenKind::Word
        && !token.capital()
        && let Some(known) = lang.statement.known(token.word)
    {
        return known;
    }
    *own = read(text, tokens, n, lang);
    own
}

/// The same, of a token that is no small word of a lexicon.
#[inline(never)]
fn read(text: &str, tokens: &[Token], n: usize, lang: &Language) -> Known {
    let stand_in = |word| Known { word, ..Known::default() };
    let token = &tokens[n];
    match token.kind {
        TokenKind::Mark => match token.of(text) {
            "?" => lang.statement.sign(QUESTION),
            "!" => lang.statement.sign(EXCLAMATION),
            "." | "," | ";" | ":" => stand_in(STOP),
            _ => stand_in(OTHER_MARK),
        },
        TokenKind::Number => stand_in(NUMBER),
        TokenKind::Word if token.capital() && is_name(text, tokens, n, lang) => stand_in(NAME),
        TokenKind::Word => lang.statement.known(token.word).copied().unwrap_or_else(|| lang.statement.read(token.of(text))),
    }
}

/// The first letters of a longer word.
fn stem(folded: &str) -> Option<&str> {
    folded.char_indices().nth(STEM).map(|(end, _)| &folded[..end])
}

/// Whether token `n`, which has a capital, is taken for a name: its place does not ask for one.
fn is_name(text: &str, tokens: &[Token], n: usize, lang: &Language) -> bool {
    let token = &tokens[n];
    if lang.stance.roles(token.word) & role::SMALL != 0 {
        return false;
    }
    // Whole words in capitals are shouted where a lexicon knows them.
    if token.shape == Shape::Upper && token.word.known() {
        return false;
    }
    let before = n.checked_sub(1).map(|n| &tokens[n]);
    before.is_some_and(|b| b.kind != TokenKind::Mark || matches!(b.of(text), "," | ";" | "-" | "\u{2013}" | "(" | "\u{2019}" | "'"))
}
