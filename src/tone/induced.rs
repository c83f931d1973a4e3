//! News sentiment toward a named target by a linear model over what stands round it, trained by
//! `train-stance` on NewsMTSC (Hamborg & Donnay 2021). Tokens of one sentence in, a score, a label and
//! every feature's part out. Names are no features: who is spoken of never decides, only what is said.

use super::vader;
use crate::annotation::{Hit, Sentence};
use crate::language::Language;
use crate::language::stance::{Feature, Kind, Weight, role, window};
use crate::language::vocab::{WordId, fold_into};
use crate::span::Span;
use crate::token::{self, Token, TokenKind};
use serde::{Deserialize, Serialize};
use std::ops::Range;

/// How the text stands to the target.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Label {
    /// Against.
    Negative,
    /// Neither.
    #[default]
    Neutral,
    /// For.
    Positive,
}

/// The model's verdict.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Stance {
    /// Probability of positive less that of negative, −1 … +1.
    pub score: f64,
    /// The likeliest.
    pub label: Label,
}

/// Sentiment toward the tokens `target` of `tokens`, which should be the sentence round it; of the
/// sentence itself where there is no target.
pub fn score(text: &str, tokens: &[Token], target: Option<Range<usize>>, lang: &Language) -> Stance {
    let mut sum = Weight::default();
    features(text, tokens, target, lang, |feature, value, _| {
        if let Some(weight) = lang.stance.weights.get(&feature) {
            sum.negative += weight.negative * value;
            sum.positive += weight.positive * value;
        }
    });
    verdict(sum)
}

/// [`score`], with what each feature adds to the odds of positive against negative, largest first.
pub fn explain(text: &str, tokens: &[Token], target: Option<Range<usize>>, lang: &Language) -> (Stance, Vec<Hit>) {
    let mut hits = Vec::new();
    features(text, tokens, target.clone(), lang, |feature, value, at| {
        let Some(weight) = lang.stance.weights.get(&feature) else { return };
        let span = match (tokens.get(at.start), tokens.get(at.end.saturating_sub(1))) {
            (Some(first), Some(last)) if !at.is_empty() => Some(first.span.cover(last.span)),
            _ => None,
        };
        let weight = f64::from((weight.positive - weight.negative) * value);
        hits.push(Hit { term: feature.name(&lang.vocab), weight, span, role: feature.parts().0.name().into() });
    });
    hits.sort_by(|a, b| b.weight.abs().total_cmp(&a.weight.abs()).then_with(|| a.term.cmp(&b.term)));
    (score(text, tokens, target, lang), hits)
}

/// Sentiment toward the bytes `target` of a text of any length: of the sentences that hold it. Without a
/// target, the mean over all sentences.
pub fn score_within(text: &str, tokens: &[Token], sentences: &[Sentence], target: Option<Span>, lang: &Language) -> Stance {
    if let Some(target) = target {
        let (stretch, target) = round(tokens, sentences, target);
        return score(text, stretch, Some(target), lang);
    }
    let mut sum = 0.0;
    for sentence in sentences {
        sum += score(text, &tokens[sentence.first as usize..sentence.last as usize], None, lang).score;
    }
    let score = if sentences.is_empty() { 0.0 } else { sum / sentences.len() as f64 };
    let label = if score <= -WHOLE {
        Label::Negative
    } else if score >= WHOLE {
        Label::Positive
    } else {
        Label::Neutral
    };
    Stance { score, label }
}

/// [`features`] of the sentences that hold the bytes `target`: what the model is trained on.
pub fn features_within(
    text: &str,
    tokens: &[Token],
    sentences: &[Sentence],
    target: Span,
    lang: &Language,
    give: impl FnMut(Feature, f32, Range<usize>),
) {
    let (stretch, target) = round(tokens, sentences, target);
    features(text, stretch, Some(target), lang, give);
}

/// The tokens of the sentences that hold the bytes `target`, and the target among them.
fn round<'t>(tokens: &'t [Token], sentences: &[Sentence], target: Span) -> (&'t [Token], Range<usize>) {
    let first = sentences.partition_point(|s| s.span.end <= target.start);
    let last = sentences.partition_point(|s| s.span.start < target.end);
    let stretch = match sentences.get(first..last) {
        Some([only]) => &tokens[only.first as usize..only.last as usize],
        Some([first, .., last]) => &tokens[first.first as usize..last.last as usize],
        _ => tokens,
    };
    (stretch, token::within(stretch, target))
}

/// Where the labels of a whole text begin, whose score is a mean.
const WHOLE: f64 = 0.2;

/// Softmax of negative, neutral (always 0) and positive.
fn verdict(sum: Weight) -> Stance {
    let (negative, positive) = (f64::from(sum.negative), f64::from(sum.positive));
    let top = negative.max(positive).max(0.0);
    let (n, z, p) = ((negative - top).exp(), (-top).exp(), (positive - top).exp());
    let label = if negative > 0.0 && negative >= positive {
        Label::Negative
    } else if positive > 0.0 {
        Label::Positive
    } else {
        Label::Neutral
    };
    Stance { score: (p - n) / (n + z + p), label }
}

/// A place of the sequence: the target, a run of another name, or a word.
struct Place {
    word: WordId,
    stem: Option<WordId>,
    /// First and one past the last token.
    at: Range<usize>,
    valence: f32,
    negated: bool,
    clause: usize,
    quoted: bool,
}

/// How far a negation reaches.
const SCOPE: usize = 3;
/// How far the windows of words reach.
const REACH: usize = 5;
/// What a negation leaves of a valence (Hutto & Gilbert 2014).
const NEGATED: f32 = -0.74;
/// Valences count up to this, in units of [`UNIT`].
const MOST: f32 = 8.0;
const UNIT: f32 = 4.0;

/// Every feature of the sentence, once, with its value and the tokens it comes from (none where it is of
/// the whole sentence).
pub fn features(text: &str, tokens: &[Token], target: Option<Range<usize>>, lang: &Language, mut give: impl FnMut(Feature, f32, Range<usize>)) {
    let words = &lang.stance;
    let places = sequence(text, tokens, target, lang);
    let aim = places.iter().position(|p| p.word == words.stand.target);
    let mut found: Vec<(Feature, usize, usize)> = Vec::with_capacity(places.len() * 8 + 24);
    let mut put = |feature: Option<Feature>, at: Range<usize>| found.extend(feature.map(|f| (f, at.start, at.end)));
    put(Feature::new(Kind::Bias, false, &[]), 0..0);
    for (n, p) in places.iter().enumerate() {
        if p.word != words.stand.target && p.word != words.stand.name {
            put(Feature::new(Kind::Word, p.negated, &[p.word]), p.at.clone());
        }
        if let Some(next) = places.get(n + 1) {
            put(Feature::new(Kind::Pair, false, &[p.word, next.word]), p.at.start..next.at.end);
        }
        if let Some(stem) = p.stem {
            put(Feature::new(Kind::Stem, p.negated, &[stem]), p.at.clone());
        }
        let Some(aim) = aim.filter(|&aim| aim != n && aim.abs_diff(n) <= REACH) else { continue };
        let (kind, stem_kind) = if n > aim { (Kind::After, Kind::StemAfter) } else { (Kind::Before, Kind::StemBefore) };
        put(Feature::new(kind, p.negated, &[p.word]), p.at.clone());
        if let Some(stem) = p.stem {
            put(Feature::new(stem_kind, p.negated, &[stem]), p.at.clone());
        }
    }
    if let Some(aim) = aim {
        beside(&places, aim, &mut put);
        place(tokens, &places, aim, lang, &mut put);
    }
    found.sort_unstable();
    found.dedup_by_key(|f| f.0);
    for (feature, start, end) in found {
        give(feature, 1.0, start..end);
    }
    valences(text, tokens, &places, aim, lang, give);
}

/// The words next to the target, by position.
fn beside(places: &[Place], aim: usize, put: &mut impl FnMut(Option<Feature>, Range<usize>)) {
    let after = |d: usize| places.get(aim + d);
    let before = |d: usize| aim.checked_sub(d).and_then(|n| places.get(n));
    for (d, next, last) in [(1, Kind::Next1, Kind::Last1), (2, Kind::Next2, Kind::Last2), (3, Kind::Next3, Kind::Last3)] {
        if let Some(p) = after(d) {
            put(Feature::new(next, false, &[p.word]), p.at.clone());
        }
        if let Some(p) = before(d) {
            put(Feature::new(last, false, &[p.word]), p.at.clone());
        }
    }
    if let (Some(a), Some(b)) = (after(1), after(2)) {
        put(Feature::new(Kind::NextPair, false, &[a.word, b.word]), a.at.start..b.at.end);
        if let Some(c) = after(3) {
            put(Feature::new(Kind::NextThree, false, &[a.word, b.word, c.word]), a.at.start..c.at.end);
        }
    }
    if let (Some(a), Some(b)) = (before(2), before(1)) {
        put(Feature::new(Kind::LastPair, false, &[a.word, b.word]), a.at.start..b.at.end);
    }
    if let (Some(a), Some(b)) = (before(1), after(1)) {
        put(Feature::new(Kind::Round, false, &[a.word, b.word]), a.at.start..b.at.end);
    }
}

/// Where the target stands and what the sentence is like. The order is that of `PLACES`.
fn place(tokens: &[Token], places: &[Place], aim: usize, lang: &Language, put: &mut impl FnMut(Option<Feature>, Range<usize>)) {
    let words = &lang.stance;
    let target = &places[aim];
    let first = tokens[target.at.start].word;
    if words.roles(first) & role::TARGET != 0 {
        put(Feature::new(Kind::Target, false, &[first]), target.at.clone());
    }
    let names = places.iter().filter(|p| p.word == words.stand.name).count();
    let values = [
        10 * aim / places.len(),
        usize::from(aim == 0),
        usize::from(target.quoted),
        usize::from(places.iter().any(|p| p.quoted)),
        names,
        places.len() / 8,
        target.clause,
        places.last().map_or(0, |p| p.clause),
    ];
    for (n, value) in values.into_iter().enumerate() {
        put(words.place_feature(n, value), 0..0);
    }
}

/// Sums of valences over stretches round the target, the signs apart.
fn valences(text: &str, tokens: &[Token], places: &[Place], aim: Option<usize>, lang: &Language, mut give: impl FnMut(Feature, f32, Range<usize>)) {
    let mut sums = [[0f32; 2]; window::COUNT];
    let mut add = |window: usize, v: f32| sums[window][usize::from(v < 0.0)] += v.abs();
    for (n, p) in places.iter().enumerate() {
        if p.valence == 0.0 {
            continue;
        }
        let v = if p.negated { p.valence * NEGATED } else { p.valence };
        add(window::ALL, v);
        if p.quoted {
            add(window::QUOTED, v);
        }
        let Some(aim) = aim.filter(|&aim| aim != n) else { continue };
        let distance = aim.abs_diff(n);
        let side = usize::from(n > aim);
        add(window::BEFORE + side, v);
        add(window::NEAR, v / (distance as f32).sqrt());
        for (step, reach) in [3, 6, 12].into_iter().enumerate() {
            if distance <= reach {
                add(window::BEFORE3 + 2 * step + side, v);
            }
        }
        if p.clause == places[aim].clause {
            add(window::CLAUSE, v);
        }
        if p.quoted == places[aim].quoted {
            add(window::VOICE, v);
        }
    }
    if let (Some(first), Some(last)) = (tokens.first(), tokens.last()) {
        add(window::VADER, 2.0 * vader::score(first.span.cover(last.span).of(text), lang, true).compound as f32);
    }
    for (window, signs) in sums.into_iter().enumerate() {
        for (negative, sum) in [(false, signs[0]), (true, signs[1])] {
            if let Some(feature) = lang.stance.valence_feature(window, negative).filter(|_| sum > 0.0) {
                give(feature, sum.min(MOST) / UNIT, 0..0);
            }
        }
    }
}

/// The sentence as the features see it: names and numbers stand for their class, runs of one name are
/// one place, and each place knows its clause, its voice and whether it is negated.
fn sequence(text: &str, tokens: &[Token], target: Option<Range<usize>>, lang: &Language) -> Vec<Place> {
    let words = &lang.stance;
    let target = target.unwrap_or(0..0);
    let target = target.start.min(tokens.len())..target.end.min(tokens.len());
    let named: Vec<&str> =
        tokens[target.clone()].iter().filter(|t| t.is_word() && t.capital() && words.roles(t.word) & role::TARGET == 0).map(|t| t.of(text)).collect();
    let mut out: Vec<Place> = Vec::with_capacity(tokens.len());
    let mut folded = String::new();
    let mut scratch = String::new();
    let (mut clause, mut quoted) = (0, false);
    let mut negated_to = 0;
    for (n, token) in tokens.iter().enumerate() {
        let mut stem = None;
        let mut valence = 0.0;
        let roles = words.roles(token.word);
        let word = if target.contains(&n) {
            words.stand.target
        } else if token.kind == TokenKind::Number {
            words.stand.number
        } else if token.capital() && roles & role::SMALL == 0 && named.contains(&token.of(text)) {
            words.stand.again
        } else if token.capital() && roles & role::SMALL == 0 && !(opens(text, tokens, n) && roles & role::KNOWN != 0) {
            words.stand.name
        } else {
            folded.clear();
            fold_into(token.of(text), &mut folded);
            stem = words.stem(&folded, &mut scratch);
            valence = words.valence(token.word);
            token.word
        };
        let stand = word == words.stand.target || word == words.stand.again || word == words.stand.name;
        if let Some(before) = out.last_mut()
            && stand
            && before.word == word
        {
            before.at.end = n + 1;
            continue;
        }
        let mark = if token.kind == TokenKind::Mark { token.of(text).chars().next() } else { None };
        match mark {
            Some('\u{201c}') => quoted = true,
            Some('\u{201d}') => quoted = false,
            Some('"') => quoted = !quoted,
            _ => {}
        }
        let parts = mark.is_some_and(|c| matches!(c, ',' | ';' | ':' | '\u{2014}' | '\u{2013}' | '(' | ')' | '"' | '\u{201c}' | '\u{201d}'));
        if parts || (!stand && roles & role::CLAUSE != 0) {
            clause += 1;
        }
        let at = out.len();
        out.push(Place { word, stem, at: n..n + 1, valence, negated: at < negated_to, clause, quoted });
        if parts || mark == Some('.') {
            negated_to = 0;
        } else if !stand && roles & role::NEGATION != 0 {
            negated_to = at + 1 + SCOPE;
        }
    }
    out
}

/// Whether a capital at token `n` may be due to its place.
fn opens(text: &str, tokens: &[Token], n: usize) -> bool {
    let Some(before) = n.checked_sub(1).map(|n| &tokens[n]) else { return true };
    before.kind == TokenKind::Mark && matches!(before.of(text), "." | "!" | "?" | ":" | "\"" | "\u{201c}" | "\u{2018}")
}
