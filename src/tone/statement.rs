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
use crate::language::vocab::{WordId, fold, fold_into};
use crate::token::{Shape, Token, TokenKind};
use std::borrow::Cow;
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

/// What the words of a statement add to its tone, in the units of the tone lexicons, and what it is made up of.
pub fn lean(text: &str, tokens: &[Token], lang: &Language) -> (f64, Vec<Hit>) {
    let mut found: Vec<(usize, usize, f64)> = Vec::with_capacity(tokens.len().min(LONGEST));
    let mut seen = Seen { bits: [0; 16], list: Vec::with_capacity(2 * tokens.len().min(LONGEST)) };
    let mut sum = 0.0;
    let mut add = |feature: u64, weight: f64, at: Range<usize>| {
        // As in `features`, each counts where it stands first.
        if !seen.add(feature) {
            return;
        }
        sum += weight;
        // A word and its stem are told as one.
        match found.last_mut() {
            Some(one) if (one.0, one.1) == (at.start, at.end) => one.2 += weight,
            _ => found.push((at.start, at.end, weight)),
        }
    };
    all(text, tokens, lang, |place| {
        let weights = place.known.weights[usize::from(place.negated)];
        for (feature, weight) in place.own().into_iter().zip(weights) {
            if let (Some((_, feature)), true) = (feature, weight != 0.0) {
                add(feature, weight.into(), place.at..place.at + 1);
            }
        }
        if let Some((feature, first)) = place.pair {
            let weight = lang.statement.weight(feature);
            if weight != 0.0 {
                add(feature, weight, first..place.at + 1);
            }
        }
    });
    // Weights of single precision are added without rounding: their order does not matter.
    sum += lang.statement.bias;
    if sum == 0.0 {
        return (0.0, Vec::new());
    }
    let share = (MOST / sum.abs()).min(1.0);
    let mut hits: Vec<Hit> = Vec::with_capacity(TOLD + 1);
    for (start, end, weight) in loudest(found) {
        let (first, last) = (&tokens[start], &tokens[end - 1]);
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
    let rest = sum * share - hits.iter().map(|h| h.weight).sum::<f64>();
    hits.push(Hit { term: "statement model".to_owned(), weight: rest, span: None, role: "learned".into() });
    (sum * share, hits)
}

/// The parts that weigh most, the loudest first.
fn loudest(mut found: Vec<(usize, usize, f64)>) -> Vec<(usize, usize, f64)> {
    let key = |f: &(usize, usize, f64)| (Reverse(f.2.abs().to_bits()), f.0, f.1);
    if found.len() > TOLD {
        found.select_nth_unstable_by_key(TOLD, key);
        found.truncate(TOLD);
    }
    found.sort_unstable_by_key(key);
    found
}

/// The features met so far. Most are told to be new by a bit of their hash alone.
struct Seen {
    bits: [u64; 16],
    list: Vec<u64>,
}

impl Seen {
    /// Add a feature; false where it is there already.
    #[inline]
    fn add(&mut self, feature: u64) -> bool {
        let bit = (feature >> 32) as usize % (64 * self.bits.len());
        let word = &mut self.bits[bit / 64];
        if *word & 1 << (bit % 64) != 0 && self.list.contains(&feature) {
            return false;
        }
        *word |= 1 << (bit % 64);
        self.list.push(feature);
        true
    }
}

/// The name of a feature as the table writes it, of the tokens that [`features`] gave it with.
pub fn name(text: &str, tokens: &[Token], at: Range<usize>, kind: Kind, given: u64, lang: &Language) -> String {
    let word = |n: usize| match word(text, tokens, n, lang).word {
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
        found.extend(place.own().into_iter().flatten().map(|(kind, feature)| (feature, place.at, place.at + 1, kind)));
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
    /// Whether the word is a feature by itself: it is no name and no number.
    alone: bool,
    negated: bool,
    /// The feature that it makes with the word before it, and that word's token.
    pair: Option<(u64, usize)>,
}

impl Place<'_> {
    /// The features of the word and of its stem.
    fn own(&self) -> [Option<(Kind, u64)>; 2] {
        let given = |kind, word: Option<Word>| word.filter(|_| self.alone).map(|word| (kind, feature(kind, self.negated, word, 0)));
        [given(Kind::Word, Some(self.known.word)), given(Kind::Stem, self.known.stem)]
    }
}

/// The places of a statement that have features, in text order.
fn all(text: &str, tokens: &[Token], lang: &Language, mut give: impl FnMut(Place<'_>)) {
    let (mut before, mut at_before): (Word, usize) = (START, 0);
    let mut negation = 0;
    for (at, token) in tokens.iter().take(LONGEST).enumerate() {
        let known;
        let (mut alone, mut negated, mut pair) = (true, false, None);
        if token.kind == TokenKind::Mark {
            let sign = match token.of(text) {
                "?" => Some(QUESTION),
                "!" => Some(EXCLAMATION),
                "." | "," | ";" | ":" => None,
                _ => continue,
            };
            negation = 0;
            let Some(sign) = sign else { continue };
            known = Cow::Owned(lang.statement.sign(sign));
        } else {
            known = word(text, tokens, at, lang);
            let word = known.word;
            // A name of several words is one.
            if word == NAME && before == NAME {
                continue;
            }
            (alone, negated) = (word != NAME && word != NUMBER, negation > 0);
            pair = Some((feature(Kind::Pair, false, before, word), if before == START { at } else { at_before }));
            (before, at_before) = (word, at);
            negation = if lang.stance.roles(token.word) & role::NEGATION != 0 { SCOPE } else { negation.saturating_sub(1) };
        }
        give(Place { at, known: &known, alone, negated, pair });
    }
}

/// A token as features see it.
#[inline]
fn word<'l>(text: &str, tokens: &[Token], n: usize, lang: &'l Language) -> Cow<'l, Known> {
    let stand_in = |word| Cow::Owned(Known { word, ..Known::default() });
    match tokens[n].kind {
        TokenKind::Number => stand_in(NUMBER),
        _ if is_name(text, tokens, n, lang) => stand_in(NAME),
        _ => lang.statement.know(tokens[n].word, || tokens[n].of(text)),
    }
}

/// The first letters of a longer word.
fn stem(folded: &str) -> Option<&str> {
    folded.char_indices().nth(STEM).map(|(end, _)| &folded[..end])
}

/// Whether token `n` is taken for a name: it has a capital that its place does not ask for.
fn is_name(text: &str, tokens: &[Token], n: usize, lang: &Language) -> bool {
    let token = &tokens[n];
    if !token.capital() || lang.stance.roles(token.word) & role::SMALL != 0 {
        return false;
    }
    // Whole words in capitals are shouted where a lexicon knows them.
    if token.shape == Shape::Upper && token.word.known() {
        return false;
    }
    let before = n.checked_sub(1).map(|n| &tokens[n]);
    before.is_some_and(|b| b.kind != TokenKind::Mark || matches!(b.of(text), "," | ";" | "-" | "\u{2013}" | "(" | "\u{2019}" | "'"))
}
