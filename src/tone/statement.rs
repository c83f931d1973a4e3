//! What the words of a statement add to its tone by a linear model, trained by `train-statement` on sentences of our
//! own (`tests/gold/statements.tsv`). Tokens of a quotation in, an addition to the sum of the tone lexicons and every
//! feature's part out. It was fitted on top of the lexicons and knows what they miss; names are no features.
//!
//! Method: penalised logistic regression over words, stems and pairs of words, with the lexicons' sum as an offset
//! whose own coefficient is fitted; all weights are divided by that coefficient and so are told in the lexicons' units.

use crate::annotation::Hit;
use crate::language::Language;
use crate::language::stance::role;
use crate::language::statement::{EXCLAMATION, Kind, NAME, NUMBER, QUESTION, START, STEM, Word, feature, parse};
use crate::language::vocab::{fold, fold_into, keys};
use crate::token::{Shape, Token, TokenKind};
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
    let mut weighed: Vec<(u64, usize, usize, f64)> = Vec::new();
    all(text, tokens, lang, |feature, _, at| {
        let weight = lang.statement.weight(feature);
        if weight != 0.0 {
            weighed.push((feature, at.start, at.end, weight));
        }
    });
    // As in `features`; what has no weight need not be sorted.
    weighed.sort_unstable_by_key(|f| (f.0, f.1));
    weighed.dedup_by_key(|f| f.0);
    let mut found: Vec<(usize, usize, f64)> = weighed.into_iter().map(|(_, start, end, weight)| (start, end, weight)).collect();
    let sum: f64 = lang.statement.bias + found.iter().map(|f| f.2).sum::<f64>();
    if sum == 0.0 {
        return (0.0, Vec::new());
    }
    let share = (MOST / sum.abs()).min(1.0);
    // A word and its stem are told as one.
    found.sort_by_key(|f| (f.0, f.1));
    found.dedup_by(|next, one| {
        let same = (next.0, next.1) == (one.0, one.1);
        one.2 += if same { next.2 } else { 0.0 };
        same
    });
    found.sort_by(|a, b| b.2.abs().total_cmp(&a.2.abs()).then(a.0.cmp(&b.0)));
    let told = found.iter().take(TOLD).map(|&(start, end, weight)| {
        let (first, last) = (&tokens[start], &tokens[end - 1]);
        let mut term = String::with_capacity(24);
        fold_into(first.of(text), &mut term);
        if end - start > 1 {
            term.push(' ');
            fold_into(last.of(text), &mut term);
        }
        Hit { term, weight: weight * share, span: Some(first.span.cover(last.span)), role: "learned".into() }
    });
    let mut hits: Vec<Hit> = told.collect();
    let rest = sum * share - hits.iter().map(|h| h.weight).sum::<f64>();
    hits.push(Hit { term: "statement model".to_owned(), weight: rest, span: None, role: "learned".into() });
    (sum * share, hits)
}

/// The name of a feature as the table writes it, of the tokens that [`features`] gave it with.
pub fn name(text: &str, tokens: &[Token], at: Range<usize>, kind: Kind, given: u64, lang: &Language) -> String {
    let word = |n: usize| match word(text, tokens, n, lang).0 {
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
    all(text, tokens, lang, |feature, kind, at| found.push((feature, at.start, at.end, kind)));
    found.sort_unstable_by_key(|f| (f.0, f.1));
    found.dedup_by_key(|f| f.0);
    for (feature, start, end, kind) in found {
        give(feature, kind, start..end);
    }
}

/// Every feature of a statement wherever it stands, in text order.
fn all(text: &str, tokens: &[Token], lang: &Language, mut give: impl FnMut(u64, Kind, Range<usize>)) {
    let mut put = |kind, negated, first, second, at: Range<usize>| give(feature(kind, negated, first, second), kind, at);
    let (mut before, mut at_before): (Word, usize) = (START, 0);
    let mut negated = 0;
    for (n, token) in tokens.iter().take(LONGEST).enumerate() {
        if token.kind == TokenKind::Mark {
            let sign = match token.of(text) {
                "?" => Some(QUESTION),
                "!" => Some(EXCLAMATION),
                "." | "," | ";" | ":" => None,
                _ => continue,
            };
            negated = 0;
            if let Some(sign) = sign {
                put(Kind::Word, false, sign, 0, n..n + 1);
            }
            continue;
        }
        let (word, stem) = word(text, tokens, n, lang);
        // A name of several words is one.
        if word == NAME && before == NAME {
            continue;
        }
        if word != NAME && word != NUMBER {
            put(Kind::Word, negated > 0, word, 0, n..n + 1);
            if let Some(stem) = stem {
                put(Kind::Stem, negated > 0, stem, 0, n..n + 1);
            }
        }
        put(Kind::Pair, false, before, word, if before == START { n } else { at_before }..n + 1);
        (before, at_before) = (word, n);
        negated = if lang.stance.roles(token.word) & role::NEGATION != 0 { SCOPE } else { negated.saturating_sub(1) };
    }
}

/// A token as features see it, and its stem where it has one of its own.
fn word(text: &str, tokens: &[Token], n: usize, lang: &Language) -> (Word, Option<Word>) {
    match tokens[n].kind {
        TokenKind::Number => (NUMBER, None),
        _ if is_name(text, tokens, n, lang) => (NAME, None),
        // Hashed without case: what a folded word is hashed to.
        _ => keys(tokens[n].of(text), STEM),
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
