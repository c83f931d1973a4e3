//! How words sound: VADER valence, and tone on the axis from confrontation to cordiality.

pub mod induced;
pub mod lexicon;
pub mod statement;
pub mod vader;

use crate::annotation::{ActorId, Attribution, CueClass, Hit, Quote, QuoteKind, Target, ToneLabel, ToneScore};
use crate::doc::Doc;
use crate::mention::Mentions;
use crate::span::Span;
use crate::token::Token;
use lexicon::{Reader, Share, Unit};
use std::ops::Range;

/// Where the labels begin; recorded in every run.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Thresholds {
    /// Tone at or below this is confrontational.
    pub confrontational: f64,
    /// Tone at or above this is cordial.
    pub cordial: f64,
}

impl Default for Thresholds {
    fn default() -> Self {
        Thresholds { confrontational: -0.05, cordial: 0.05 }
    }
}

impl Thresholds {
    /// The label of a tone.
    pub fn label(&self, tone: f64) -> ToneLabel {
        if tone <= self.confrontational {
            ToneLabel::Confrontational
        } else if tone >= self.cordial {
            ToneLabel::Cordial
        } else {
            ToneLabel::Neutral
        }
    }
}

/// Words before a quotation that can frame it, at most.
const FRAME: usize = 40;
/// What the words outside the marks count, beside words inside that carry tone themselves.
const FRAME_BESIDE: f64 = 0.5;
/// What they count where the words inside carry none.
const FRAME_ALONE: f64 = 0.8;

/// What the class of a reporting verb counts.
const CUE: f64 = 2.0;
/// What the mean of the other pieces of an utterance counts beside all that a piece tells itself.
const FELLOWS: f64 = 0.8;
/// The statement model turns the lexicons' verdict round only where both together tell at least this much.
const OVERRULED: f64 = 1.0;
/// The same where the lexicons are loud: then they are mostly right.
const OVERRULED_LOUD: f64 = 2.0;
/// From which sum on they are.
const LOUD: f64 = 3.0;
/// The most that this mean can be.
const LOUDEST: f64 = 4.0;
/// Quotations on either side that are looked at, at most.
const NEIGHBOURS: usize = 6;
/// What the outlet's words round a quotation count where the quotation does not tell by itself.
const SETTING: f64 = 0.7;
/// They are heard from this sum on.
const CLEAR: f64 = 1.5;

/// Score every quotation; the result runs parallel to `quotes`. A fragment is read with its clause, a whole sentence with
/// its reporting verb, and where the lexicons find nothing, the outlet's words round it are heard; the statement model adds
/// what it knows of the words, and the other pieces of an utterance what they tell. Dates and outlet are never read.
pub fn score(doc: &Doc, quotes: &[Quote], attributions: &[Attribution], targets: &[Target], thresholds: Thresholds) -> Vec<ToneScore> {
    let aimed = |n: usize| targets.get(n).is_some_and(|t| !t.name.is_empty());
    let mut reader = Reader::new(doc.text, doc.lang);
    let mut told: Vec<(f64, Vec<Hit>)> =
        (0..quotes.len()).map(|n| if aimed(n) { weigh(doc, &mut reader, quotes, n, attributions.get(n)) } else { (0.0, Vec::new()) }).collect();
    let mut neutral = vec![false; quotes.len()];
    let mut statements = statement::Reader::new(doc.text, doc.lang);
    for n in (0..quotes.len()).filter(|&n| aimed(n)) {
        if told[n].0 == 0.0 {
            // Words about a topic ("we will talk about trade") are left as neutral as they are.
            neutral[n] = told[n].1.iter().any(|h| h.role == "topic");
            if neutral[n] {
                continue;
            }
            add(&mut told[n], setting(doc, &mut reader, quotes, n));
        }
        let tokens = doc.tokens_in(quotes[n].span);
        let (sum, hits) = &mut told[n];
        let both = *sum + statements.lean(tokens);
        let against = if sum.abs() < LOUD { OVERRULED } else { OVERRULED_LOUD };
        if *sum * both >= 0.0 || both.abs() >= against {
            *sum = both;
            statements.tell(tokens, hits);
        }
    }
    let sums: Vec<f64> = told.iter().map(|t| t.0).collect();
    for n in (0..quotes.len()).filter(|&n| aimed(n) && !neutral[n]) {
        add(&mut told[n], fellows(quotes, targets, &sums, n));
    }
    let mut valences = vader::Reader::new(doc.text, doc.lang);
    let score = |(n, (sum, hits)): (usize, (f64, Vec<Hit>))| {
        let span = quotes[n].span;
        let mut out = ToneScore { valence: valences.score(span, doc.tokens_in(span)).compound, ..ToneScore::default() };
        if aimed(n) {
            let tone = lexicon::squash(sum);
            out.tone = Some(tone);
            out.label = Some(thresholds.label(tone));
            out.hits = hits;
        }
        out
    };
    told.into_iter().enumerate().map(score).collect()
}

fn add(told: &mut (f64, Vec<Hit>), found: (f64, Vec<Hit>)) {
    told.0 += found.0;
    told.1.extend(found.1);
}

/// Let each unit count `share`, and its hits be told of `place`.
fn scale(units: &mut [Unit], share: f64, place: &'static str) {
    for unit in units {
        unit.scale(share);
        for hit in &mut unit.hits {
            hit.place = place;
        }
    }
}

/// The mean of the other pieces of the same utterance that are aimed at the same one: what is said in one breath is mostly
/// meant alike.
fn fellows(quotes: &[Quote], targets: &[Target], sums: &[f64], n: usize) -> (f64, Vec<Hit>) {
    let near = |i: &usize| quotes[*i].utterance == quotes[n].utterance;
    let alike = |i: &usize| sums[*i] != 0.0 && targets[*i].leader == targets[n].leader && targets[*i].name == targets[n].name;
    let before = (0..n).rev().take(NEIGHBOURS).take_while(near);
    let others: Vec<usize> = before.chain((n + 1..quotes.len()).take(NEIGHBOURS).take_while(near)).filter(alike).collect();
    let Some(&first) = others.first() else { return (0.0, Vec::new()) };
    let weight = (others.iter().map(|&i| sums[i]).sum::<f64>() / others.len() as f64).clamp(-LOUDEST, LOUDEST) * FELLOWS;
    (weight, vec![Hit { term: "utterance".to_owned(), weight, span: Some(quotes[first].span), role: "utterance".into() }])
}

/// The outlet's words in the sentences of a quotation, else in the sentence before it in the same paragraph, where
/// they are clear.
fn setting<'a>(doc: &Doc<'a>, reader: &mut Reader<'a>, quotes: &[Quote], n: usize) -> (f64, Vec<Hit>) {
    let quote = &quotes[n];
    let at = quote.sentence as usize;
    let Some(own) = doc.sentences.get(at) else { return (0.0, Vec::new()) };
    let last = doc.sentence_at(quote.outer.end.saturating_sub(1)).max(at);
    let from = at.checked_sub(1).filter(|&b| doc.sentences[b].paragraph == own.paragraph).unwrap_or(at);
    let mut out: Vec<Unit> = Vec::new();
    for s in (from..=last.min(doc.sentences.len() - 1)).rev() {
        let sentence = &doc.sentences[s];
        let near = doc.token_at(quote.outer.start);
        let tokens = (sentence.first as usize).max(near.saturating_sub(FRAME))..(sentence.last as usize).min(doc.token_at(quote.outer.end) + FRAME);
        let Some(tokens) = doc.tokens.get(tokens).filter(|t| !t.is_empty()) else { continue };
        let (start, end) = (tokens[0].span.start, tokens[tokens.len() - 1].span.end);
        let first = quotes.partition_point(|q| q.outer.end <= start);
        let marked = |q: &&Quote| q.kind != QuoteKind::Indirect;
        let spoken: Vec<Span> = quotes[first..].iter().take_while(|q| q.outer.start < end).filter(marked).map(|q| q.outer).collect();
        let mut next = spoken.iter().peekable();
        let told = |t: &Token| {
            while next.next_if(|q| q.end <= t.span.start).is_some() {}
            !next.peek().is_some_and(|q| q.overlaps(t.span))
        };
        reader.read(tokens, told, &mut out);
        if !out.is_empty() {
            break;
        }
    }
    lexicon::decay(&mut out);
    scale(&mut out, SETTING, "setting ");
    let sum: f64 = out.iter().map(|u| u.weight).sum();
    if sum.abs() < SETTING * CLEAR {
        return (0.0, Vec::new());
    }
    (sum, out.iter().flat_map(|u| &u.hits).filter(|h| h.weight != 0.0).map(Share::hit).collect())
}

/// Bytes between a mention and the words that are said of it, at most.
const SAID_OF: u32 = 160;
/// What a hostile or warm act counts toward its doer, where it has no leader as its object.
const DOER: f64 = 0.5;

/// The tone of the outlet's own words in sentence `sentence` toward each leader whom it names; words
/// inside quotations are not read. `sides` is [`crate::stance::sides`]. `None` = not named there.
pub fn narration(doc: &Doc, sentence: usize, quotes: &[Quote], mentions: &Mentions, sides: &[Option<ActorId>]) -> [Option<f64>; 2] {
    let Some(s) = doc.sentences.get(sentence) else { return [None; 2] };
    let from = quotes.partition_point(|q| q.span.end <= s.span.start);
    let quoted: Vec<Span> =
        quotes[from..].iter().take_while(|q| q.span.start < s.span.end).filter(|q| q.kind != QuoteKind::Indirect).map(|q| q.span).collect();
    let spoken = |span: Span| {
        let i = quoted.partition_point(|q| q.end <= span.start);
        quoted.get(i).is_some_and(|q| q.overlaps(span))
    };
    // The leaders' mentions of the sentence in text order.
    let named: Vec<(Span, ActorId)> = mentions
        .inside(s.span)
        .filter_map(|i| {
            let m = &mentions.mentions[i];
            let leader = m.entity.and_then(|e| sides.get(e as usize).copied().flatten())?;
            (!spoken(m.span)).then_some((m.span, leader))
        })
        .collect();
    let mut sums: [Option<f64>; 2] = [None; 2];
    for &(_, leader) in &named {
        if let Some(sum) = sums.get_mut(leader as usize) {
            *sum = Some(0.0);
        }
    }
    if named.is_empty() {
        return sums;
    }
    let mut units = Vec::new();
    Reader::new(doc.text, doc.lang).read(doc.tokens_of(s), |t| !spoken(t.span), &mut units);
    for unit in units {
        let at = named.partition_point(|(span, _)| span.start < unit.span.start);
        let after = named.get(at).filter(|(span, _)| span.start.saturating_sub(unit.span.end) <= SAID_OF);
        let before = at.checked_sub(1).map(|i| &named[i]).filter(|(span, _)| unit.span.start.saturating_sub(span.end) <= SAID_OF);
        let (of, share) = match (before, after) {
            (Some(b), _) if unit.passive => (b, 1.0),
            // A verb is aimed at its object; the doer of what has no leader as its object is told of, too.
            (_, Some(a)) if unit.verb && before.is_none_or(|b| b.1 != a.1) => (a, 1.0),
            (Some(b), _) if unit.verb => (b, DOER),
            (Some(b), Some(a)) => (if a.0.start.saturating_sub(unit.span.end) < unit.span.start.saturating_sub(b.0.end) { a } else { b }, 1.0),
            (Some(b), None) => (b, 1.0),
            (None, Some(a)) => (a, 1.0),
            (None, None) => continue,
        };
        if let Some(Some(sum)) = sums.get_mut(of.1 as usize) {
            *sum += unit.weight * share;
        }
    }
    sums.map(|sum| sum.map(lexicon::squash))
}

/// What a reporting verb says of the words by its class ("snarled", "gushed"), where no tone table holds it.
fn verdict<'a>(doc: &Doc<'a>, said: &Attribution, frame: &[Unit]) -> Option<Unit<'a>> {
    let span = said.cue.filter(|cue| !frame.iter().any(|u| u.span.overlaps(*cue)))?;
    let weight = match said.cue_class {
        CueClass::Hostile => -CUE,
        CueClass::Warm => CUE,
        _ => return None,
    };
    let hit = Share { term: span.of(doc.text), weight, span, role: "cue", place: "" };
    Some(Unit { span, weight, verb: true, passive: false, clause: 0, turned: false, hits: vec![hit] })
}

/// The sum and the hits of quotation `n`.
fn weigh<'a>(doc: &Doc<'a>, reader: &mut Reader<'a>, quotes: &[Quote], n: usize, said: Option<&Attribution>) -> (f64, Vec<Hit>) {
    let cue = said.and_then(|a| a.cue);
    let quote = &quotes[n];
    let Range { start: first, end: last } = doc.within(quote.span);
    if first == last {
        return (0.0, Vec::new());
    }
    let mut inside: Vec<Unit> = Vec::new();
    let mut frame: Vec<Unit> = Vec::new();
    let cue_apart = if quote.kind == QuoteKind::Mixed {
        let sentence = doc.sentences.get(quote.sentence as usize).map_or(first, |s| s.first as usize);
        let from = sentence.max(first.saturating_sub(FRAME)).min(first);
        let others = &quotes[quotes[..n].partition_point(|q| q.span.end <= doc.tokens[from].span.start)..n];
        let mut other = others.iter().peekable();
        let keep = |t: &Token| {
            while other.next_if(|q| q.span.end <= t.span.start).is_some() {}
            t.span.start >= quote.span.start || !other.peek().is_some_and(|q| q.span.overlaps(t.span))
        };
        // The frame begins with the reporting verb; with none known, only the quotation's own clause frames it.
        let opens = cue.filter(|c| c.start < quote.span.start).map(|c| c.start);
        let base = doc.tokens[from].span.start;
        let mut units = Vec::new();
        reader.read(&doc.tokens[from..last], keep, &mut units);
        let own = units.iter().filter(|u| u.span.start < quote.span.start).map(|u| u.clause).next_back();
        for unit in units {
            if unit.hits.iter().any(|h| h.span.overlaps(quote.span)) {
                inside.push(unit);
            } else if unit.span.start >= opens.unwrap_or(base) && (opens.is_some() || Some(unit.clause) == own) {
                frame.push(unit);
            }
        }
        cue.filter(|c| c.start >= quote.span.end || c.start < base)
    } else {
        for s in &doc.sentences[doc.sentences.partition_point(|s| s.span.end <= quote.span.start)..] {
            if s.span.start >= quote.span.end {
                break;
            }
            let (a, b) = ((s.first as usize).max(first), (s.last as usize).min(last));
            if a < b {
                let start = inside.len();
                reader.read(&doc.tokens[a..b], |_| true, &mut inside);
                lexicon::decay(&mut inside[start..]);
            }
        }
        cue
    };
    if quote.kind == QuoteKind::Mixed {
        lexicon::decay(&mut inside);
    }
    if let Some(cue) = cue_apart {
        reader.read(doc.tokens_in(cue), |_| true, &mut frame);
    }
    frame.extend(said.and_then(|said| verdict(doc, said, &frame)));
    lexicon::decay(&mut frame);
    let own: f64 = inside.iter().map(|u| u.weight).sum();
    let share = if own == 0.0 { FRAME_ALONE } else { FRAME_BESIDE };
    scale(&mut frame, share, "frame ");
    inside.extend(frame);
    let sum = inside.iter().map(|u| u.weight).sum();
    // A topic is told only of the words themselves, not of their frame.
    let told = |h: &&Share| h.weight != 0.0 || h.role == "topic" && h.place.is_empty();
    // Room for what the statement model tells too.
    let mut hits = Vec::with_capacity(inside.len() * 2 + 8);
    hits.extend(inside.iter().flat_map(|u| &u.hits).filter(told).map(Share::hit));
    (sum, hits)
}
