//! Tone by graded verbs, domain terms, shifters and reversers, each contribution kept. Yields units of
//! tone and their sum; refuses to guess at words no table holds.
//!
//! Method: verbs are graded on the scale of conflict and cooperation (Goldstein 1992); what a reverser
//! governs, a negator negates or an adversative sets back is worked out per sentence, without a parse:
//! the reach of each word ends at the marks and words that begin a clause.

use crate::annotation::{Hit, ToneScore};
use crate::bits;
use crate::language::Language;
use crate::language::tone::{Entry, Outcome, Piece, Reach, Sense, Shift};
use crate::span::Span;
use crate::token::{self, Token, TokenKind};
use std::borrow::Cow;

/// What one match is to a unit. Most units are read only to be weighed: a share becomes a [`Hit`] where it is told.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Share<'l> {
    /// See [`Hit::term`].
    pub term: &'l str,
    /// See [`Hit::weight`].
    pub weight: f64,
    /// Where it stands.
    pub span: Span,
    /// What it did.
    pub role: &'static str,
    /// Where its unit stands, as told before the role: `frame `, `setting `, else nothing.
    pub place: &'static str,
}

impl Share<'_> {
    /// As it is told.
    pub fn hit(&self) -> Hit {
        let role = if self.place.is_empty() { Cow::Borrowed(self.role) } else { Cow::Owned([self.place, self.role].concat()) };
        Hit { term: self.term.to_owned(), weight: self.weight, span: Some(self.span), role }
    }
}

/// A word or phrase that carries tone by itself, with all that it governs.
#[derive(Clone, Debug, PartialEq)]
pub struct Unit<'l> {
    /// The words of its head.
    pub span: Span,
    /// −4 … +4, after all shifts.
    pub weight: f64,
    /// Whether its head is a verb, so that its object stands after it.
    pub verb: bool,
    /// Whether it stands in the passive: its object stands before it.
    pub passive: bool,
    /// Number of the clause within the sentence.
    pub clause: u32,
    /// Whether an adversative stands before it: what follows counts afresh.
    pub turned: bool,
    /// What made it up, in text order.
    pub hits: Vec<Share<'l>>,
}

/// A sum of this size is half-way to ±1 (in squares): `s / sqrt(s² + SCALE)`.
const SCALE: f64 = 12.0;
/// Words between a reverser and what it governs, at most.
const GOVERNED_WITHIN: usize = 7;
/// Words between a subject and the reverser that follows it, at most.
const SUBJECT_WITHIN: usize = 9;
/// Words between joined objects ("aid and all support"), at most.
const JOINED_WITHIN: usize = 3;
/// The weight of an object of usual strength: outcomes of reversers are given for it.
const USUAL: f64 = 2.2;
/// Each further unit of a sentence counts this much of the one before it: the first verb tells the most.
const DECAY: f64 = 0.8;
/// Tokens that are read as one sentence, at most.
const LONGEST: usize = 256;
/// What a blow counts that the speaker forbids ("stop threatening us").
const FORBIDDEN: f64 = 0.6;
/// What is left of a blow that is negated: "no bully" is less than praise.
const LITOTES: f64 = 0.5;
/// What is left of an idiom of contempt that is negated.
const IDIOM: f64 = 0.4;
/// The least that decay leaves.
const DECAY_FLOOR: f64 = 0.35;

/// The tone of a whole text, as if it were aimed at someone.
pub fn score_text(text: &str, lang: &Language) -> ToneScore {
    let tokens = token::split(text, lang);
    let sentences = crate::sentence::split(text, &tokens, lang);
    let mut units = Vec::new();
    let mut reader = Reader::new(text, lang);
    for s in &sentences {
        let start = units.len();
        reader.read(&tokens[s.first as usize..s.last as usize], |_| true, &mut units);
        decay(&mut units[start..]);
    }
    let sum: f64 = units.iter().map(|u| u.weight).sum();
    ToneScore {
        tone: Some(squash(sum)),
        label: None,
        valence: crate::tone::vader::score(text, lang, true).compound,
        hits: units.iter().flat_map(|u| &u.hits).map(Share::hit).collect(),
    }
}

/// A sum of weights on the scale −1 … +1.
pub fn squash(sum: f64) -> f64 {
    sum / (sum * sum + SCALE).sqrt()
}

/// The sum of which [`squash`] makes `tone`.
pub fn unsquash(tone: f64) -> f64 {
    tone * (SCALE / (1.0 - tone * tone)).sqrt()
}

/// Let later units of one sentence count less.
pub fn decay(units: &mut [Unit]) {
    let mut factor = 1.0;
    let mut turned = false;
    for unit in units {
        if unit.weight != 0.0 {
            if unit.turned && !turned {
                (factor, turned) = (1.0, true);
            }
            unit.scale(factor);
            factor = f64::max(factor * DECAY, DECAY_FLOOR);
        }
    }
}

impl Unit<'_> {
    /// Multiply the weight, and every hit's.
    pub fn scale(&mut self, factor: f64) {
        self.weight *= factor;
        for hit in &mut self.hits {
            hit.weight *= factor;
        }
    }
}

/// A match, on its way to becoming a unit.
#[derive(Clone, Copy)]
struct Item<'l> {
    entry: Option<&'l Entry>,
    sense: &'l Sense,
    /// [`Sense::bit`].
    bit: u32,
    /// First word, one past the last.
    first: usize,
    last: usize,
    clause: u32,
    base: bool,
    /// Weight so far, all that it governs included.
    value: f64,
    /// Weight of its own words, where it governs nothing.
    own: f64,
    head: Option<usize>,
    passive: bool,
    negated: bool,
    /// A soft stop: a comma.
    comma: bool,
    hard: bool,
    question: bool,
    /// Some other's head.
    governs: bool,
    /// Its unit, once it has one.
    unit: Option<usize>,
}

/// Begins a clause, or sets it back.
const OPENS: u32 = Shift::Boundary.bit() | Shift::Adversative.bit() | Shift::Concessive.bit() | Shift::Conditional.bit();
/// Turns what follows round.
const NEGATES: u32 = Shift::Negator.bit() | Shift::Absolute.bit() | Shift::Prohibition.bit();

impl Item<'_> {
    fn carries(&self) -> bool {
        self.bit & Sense::CARRIES != 0
    }
    fn shift(&self) -> Option<(Shift, f64)> {
        match *self.sense {
            Sense::Shifter(s, f) => Some((s, f)),
            _ => None,
        }
    }
    fn is(&self, shift: Shift) -> bool {
        self.bit & shift.bit() != 0
    }
    fn opens_clause(&self) -> bool {
        self.hard || self.bit & OPENS != 0
    }
}

/// Reads stretches of one text; what it works with is kept from one stretch to the next.
pub struct Reader<'a> {
    text: &'a str,
    lang: &'a Language,
    words: Vec<&'a Token>,
    pieces: Vec<Piece>,
    marks: Vec<(usize, char)>,
    items: Vec<Item<'a>>,
}

impl<'a> Reader<'a> {
    /// Of `text`, whose tokens it will be given.
    pub fn new(text: &'a str, lang: &'a Language) -> Reader<'a> {
        Reader { text, lang, words: Vec::new(), pieces: Vec::new(), marks: Vec::new(), items: Vec::new() }
    }

    /// Append the units of one sentence (or any run of tokens) to `out`, in text order; tokens for which `keep` is false
    /// are read as if they were not there (each is asked for once, in order). Runs longer than any sentence are cut, so
    /// that time stays linear.
    pub fn read(&mut self, tokens: &'a [Token], mut keep: impl FnMut(&Token) -> bool, out: &mut Vec<Unit<'a>>) {
        for run in tokens.chunks(LONGEST) {
            if self.work_out(run, &mut keep) {
                units(&self.words, &mut self.items, out);
            }
        }
    }

    /// What the units of a run of tokens weigh together, signs aside.
    pub fn loudness(&mut self, tokens: &'a [Token]) -> f64 {
        let mut sum = 0.0;
        for run in tokens.chunks(LONGEST) {
            if self.work_out(run, |_| true) {
                for item in self.items.iter().filter(|i| i.carries() && i.head.is_none()) {
                    sum += item.value.abs();
                }
            }
        }
        sum
    }

    /// Find what a run holds and what its parts do to each other; false where nothing carries tone.
    fn work_out(&mut self, tokens: &'a [Token], keep: impl FnMut(&Token) -> bool) -> bool {
        let holds = self.find(tokens, keep);
        let items = &mut self.items;
        if holds & Sense::CARRIES == 0 {
            return false;
        }
        if holds & (Sense::REVERSER | Sense::VERB) != 0 {
            govern(items);
        }
        if holds & NEGATES != 0 {
            negate(items, self.words.len());
        }
        if holds & (Shift::Degree.bit() | Shift::Scare.bit()) != 0 {
            strengthen(items);
        }
        if holds & (OPENS | Sense::IDIOM) != 0 {
            weigh_clauses(items);
        }
        if holds & Shift::Irony.bit() != 0 {
            turn_irony(items);
        }
        true
    }

    /// Find the items of a run; the bits of all their senses.
    fn find(&mut self, tokens: &'a [Token], mut keep: impl FnMut(&Token) -> bool) -> u32 {
        let Reader { text, lang, words, pieces, marks, items } = self;
        words.clear();
        pieces.clear();
        marks.clear();
        items.clear();
        words.reserve(tokens.len());
        pieces.reserve(tokens.len());
        items.reserve(tokens.len() / 2);
        // A bit for each word with which a pattern may begin.
        let mut begins = [0u64; LONGEST.div_ceil(64)];
        // A run is what stands between marks: no pattern reaches over one.
        for t in tokens {
            if !keep(t) {
                continue;
            }
            if t.kind == TokenKind::Mark {
                marks.extend(stop(text, t).map(|c| (words.len(), c)));
            } else {
                let (piece, begin) = lang.tone.piece(t.word, || t.of(text));
                begins[words.len() / 64] |= u64::from(begin) << (words.len() % 64);
                words.push(t);
                pieces.push(piece);
            }
        }
        let mut mark = 0;
        let mut at = 0;
        let mut clause = 0;
        // The word at which the clause begins.
        let mut opens = 0;
        let mut holds = 0;
        let blank = Item {
            entry: None,
            sense: &Sense::Topic,
            bit: Sense::Topic.bit(),
            first: 0,
            last: 0,
            clause: 0,
            base: false,
            value: 0.0,
            own: 0.0,
            head: None,
            passive: false,
            negated: false,
            comma: false,
            hard: false,
            question: false,
            governs: false,
            unit: None,
        };
        loop {
            while let Some(&(_, c)) = marks.get(mark).filter(|m| m.0 <= at) {
                let comma = c == ',';
                clause += u32::from(!comma);
                opens = at;
                items.push(Item { first: at, last: at, clause, comma, hard: !comma, question: c == '?', ..blank });
                mark += 1;
            }
            if at >= words.len() {
                return holds;
            }
            let limit = marks.get(mark).map_or(words.len(), |m| m.0);
            let run = &pieces[..limit];
            loop {
                at = bits::next(&begins, at, limit);
                if at == limit {
                    break;
                }
                let Some(m) = lang.tone.longest(run, at, at == opens) else {
                    at += 1;
                    continue;
                };
                let entry = &lang.tone.entries[m.entry as usize];
                let own = match entry.sense {
                    Sense::Term(w) | Sense::Verb(w) | Sense::Idiom(w) => w,
                    Sense::Reverser { alone, .. } => alone,
                    _ => 0.0,
                };
                let last = at + m.len as usize;
                let bit = entry.sense.bit();
                holds |= bit;
                let mut item = Item { entry: Some(entry), sense: &entry.sense, bit, first: at, last, base: m.base, value: own, own, ..blank };
                clause += u32::from(item.opens_clause());
                item.clause = clause;
                if item.is(Shift::Adversative) {
                    opens = last;
                }
                items.push(item);
                at = last;
            }
        }
    }
}

/// The sign by which a mark ends a run.
fn stop(text: &str, mark: &Token) -> Option<char> {
    let first = text.as_bytes()[mark.span.start as usize];
    let c = if first.is_ascii() { char::from(first) } else { mark.of(text).chars().next()? };
    matches!(c, ',' | ';' | ':' | '.' | '!' | '?' | '(' | ')' | '[' | ']' | '—' | '–' | '…').then_some(c)
}

/// Give every reverser what it governs, from the right to the left, so that what it governs is itself worked out.
fn govern(items: &mut [Item]) {
    for g in (0..items.len()).rev() {
        let Sense::Reverser { reach, .. } = *items[g].sense else { continue };
        items[g].passive = passive(items, g);
        if reach != Reach::Before {
            let objects = objects(items, g);
            if let Some(&first) = objects.first() {
                settle(items, g, first, &objects);
            }
        }
    }
    for g in 0..items.len() {
        let Sense::Reverser { reach, .. } = *items[g].sense else { continue };
        if items.iter().any(|i| i.head == Some(g)) {
            continue;
        }
        if reach == Reach::After && !items[g].passive {
            continue;
        }
        if let Some(subject) = subject(items, g) {
            settle(items, g, subject, &[subject]);
        }
    }
    for v in 0..items.len() {
        if items[v].bit == Sense::VERB {
            items[v].passive = passive(items, v);
        }
    }
}

/// What a reverser governs after it: the first thing that carries tone or is an ill, and what is joined to it.
fn objects(items: &[Item], g: usize) -> Vec<usize> {
    let mut found: Vec<usize> = Vec::new();
    // "The offer is an insult": a noun, and the subject.
    if items[g].base && items.get(g + 1).is_some_and(|n| n.is(Shift::Auxiliary) && n.first == items[g].last) {
        return found;
    }
    let mut at = items[g].last;
    let mut joined = false;
    let mut i = g + 1;
    while let Some(item) = items.get(i) {
        let gap = item.first.saturating_sub(at);
        if item.opens_clause() || gap > if found.is_empty() { GOVERNED_WITHIN } else { JOINED_WITHIN } {
            break;
        }
        match *item.sense {
            _ if item.comma => {
                if found.is_empty() {
                    break;
                }
                joined = true;
            }
            Sense::Shifter(Shift::Conjunction, _) => joined = true,
            Sense::Shifter(Shift::Agent, _) => break,
            Sense::Shifter(..) => {}
            // "revoked his visa for insulting": the topic is the object; "visa restrictions": it tells their kind.
            Sense::Topic if found.is_empty() && !items.get(i + 1).is_some_and(|n| n.carries() && n.first == item.last) => break,
            Sense::Topic => {}
            Sense::Ill => {
                // "the terrorism charge": the ill only tells what kind of thing the next word is.
                let told = items.get(i + 1).is_some_and(|n| n.carries() && n.first == item.last && n.bit != Sense::VERB);
                if !told {
                    found.push(i);
                }
            }
            _ if item.head.is_some() || item.value.abs() < 0.05 => {}
            Sense::Verb(_) | Sense::Reverser { .. } if !found.is_empty() && !item.base => break,
            Sense::Verb(_) | Sense::Reverser { .. } if found.is_empty() && joined => break,
            _ => {
                if !found.is_empty() && !joined && gap > 1 {
                    break;
                }
                found.push(i);
            }
        }
        at = item.last.max(at);
        i += 1;
    }
    found
}

/// What stands before a passive or intransitive reverser as its subject.
fn subject(items: &[Item], g: usize) -> Option<usize> {
    let clause = items[g].clause;
    let mut i = g;
    while i > 0 {
        i -= 1;
        let item = &items[i];
        if item.clause != clause || item.hard || items[g].first - item.last > SUBJECT_WITHIN {
            return None;
        }
        if item.opens_clause() || item.is(Shift::Conjunction) && items[i + 1..g].iter().any(|x| x.carries()) {
            return None;
        }
        let noun = item.base || matches!(item.sense, Sense::Term(_) | Sense::Idiom(_) | Sense::Ill);
        if noun && item.head.is_none() && (item.carries() || *item.sense == Sense::Ill) {
            return (top(items, g) != i).then_some(i);
        }
    }
    None
}

/// The outermost item that governs `i`, itself where nothing does.
fn top(items: &[Item], mut i: usize) -> usize {
    while let Some(head) = items[i].head {
        i = head;
    }
    i
}

fn passive(items: &[Item], i: usize) -> bool {
    !items[i].base && items[..i].iter().rev().take_while(|x| items[i].first - x.last <= 3 && !x.hard && !x.carries()).any(|x| x.is(Shift::Auxiliary))
}

/// Work out a reverser's weight from its first object; the objects are then spoken for.
fn settle(items: &mut [Item], g: usize, first: usize, objects: &[usize]) {
    let Sense::Reverser { good, bad, ill, .. } = *items[g].sense else { return };
    let negated = items[g.min(first)..g.max(first)].iter().any(|x| x.bit & NEGATES != 0) && first > g;
    let mut object = items[first].value;
    if negated {
        object = -object;
    }
    let (outcome, strength) =
        if *items[first].sense == Sense::Ill { (ill, 1.0) } else { (if object >= 0.0 { good } else { bad }, (object.abs() / USUAL).clamp(0.7, 1.4)) };
    let more = 1.0 + 0.15 * (objects.len() - 1).min(3) as f64;
    items[g].value = match outcome {
        Outcome::Keep if *items[first].sense == Sense::Ill => 0.0,
        Outcome::Keep => objects.iter().map(|&o| if negated { -items[o].value } else { items[o].value }).sum(),
        Outcome::Weight(w) => (w * strength * more).clamp(-4.0, 4.0),
    };
    for &o in objects {
        if o != g {
            items[o].head = Some(g);
        }
    }
}

fn negate(items: &mut [Item], words: usize) {
    let mut condition = false;
    for n in 0..items.len() {
        condition = items[n].is(Shift::Conditional) || condition && !items[n].comma && !items[n].hard;
        let Some((kind @ (Shift::Negator | Shift::Absolute | Shift::Prohibition), factor)) = items[n].shift() else { continue };
        let mut raised = false;
        let mut most = false;
        let mut seen = false;
        let mut i = n + 1;
        let mut bracket = false;
        while i < items.len() {
            let item = items[i];
            if item.is(Shift::Raising) && !seen && item.first - items[n].last <= 4 {
                raised = true;
            }
            if item.is(Shift::Adversative) || (item.hard && !raised) || (raised && item.question) {
                break;
            }
            if item.opens_clause() && !raised {
                break;
            }
            if item.comma && !raised {
                // "is not, by any measure, a friend": nothing was negated yet. A comma ends a condition at once.
                if seen || bracket || condition || items[i + 1..].iter().all(|x| !x.comma || x.first >= words) {
                    break;
                }
                bracket = true;
            }
            if item.is(Shift::Conjunction)
                && seen
                && items
                    .get(i + 1)
                    .is_some_and(|x| x.first == item.last && (x.is(Shift::Auxiliary) || x.is(Shift::Negator) || x.bit == Sense::VERB && !x.base))
            {
                break;
            }
            if item.is(Shift::Comparative) {
                most |= kind == Shift::Absolute;
            }
            if item.carries() {
                seen = true;
                most |= kind == Shift::Absolute && item.entry.is_some_and(|e| e.category == "comparative");
                if item.head.is_none_or(|h| h < n) {
                    let target = item.head.map_or(i, |h| if items[h].value == items[h].own { h } else { i });
                    if target == i && item.head.is_none() {
                        let forbidden = kind == Shift::Prohibition && items[i].value < 0.0;
                        items[i].value *= match (most, forbidden) {
                            (true, _) => 1.3,
                            (_, true) => FORBIDDEN,
                            // An idiom of contempt stays one: "not a man with his hand on our throat".
                            _ if items[i].value < 0.0 && items[i].bit == Sense::IDIOM => IDIOM,
                            _ if items[i].value < 0.0 => factor * LITOTES,
                            _ => factor,
                        };
                        items[i].negated ^= !most && !forbidden;
                    }
                }
            }
            i += 1;
        }
    }
}

fn strengthen(items: &mut [Item]) {
    for d in 0..items.len() {
        let Some((kind @ (Shift::Degree | Shift::Scare), factor)) = items[d].shift() else { continue };
        let last = items[d].last;
        let next = items[d + 1..]
            .iter()
            .position(|x| x.carries() || x.opens_clause() || x.comma)
            .map(|p| p + d + 1)
            .filter(|&p| items[p].carries() && items[p].first - last <= 2);
        let Some(next) = next else { continue };
        let next = items[next].head.unwrap_or(next);
        if kind == Shift::Degree {
            items[next].value *= factor;
        } else if items[next].value > 0.0 {
            items[next].value = -f64::max(items[next].value, 1.5);
        }
    }
}

/// Adversatives, concessions and conditions.
fn weigh_clauses(items: &mut [Item]) {
    if let Some(but) = items.iter().rposition(|x| x.is(Shift::Adversative)) {
        let after = items[but..].iter().any(|x| x.carries() && x.head.is_none());
        for (i, item) in items.iter_mut().enumerate() {
            if after && i < but {
                item.value *= 0.5;
            } else if i > but {
                item.value *= 1.25;
            }
        }
    }
    for c in 0..items.len() {
        let Some((kind @ (Shift::Concessive | Shift::Conditional), factor)) = items[c].shift() else { continue };
        let end = items[c + 1..].iter().position(|x| x.comma || x.opens_clause()).map_or(items.len(), |p| p + c + 1);
        for item in &mut items[c + 1..end] {
            item.value *= factor;
        }
        // A condition with a blow in it is a threat: what is promised for obeying counts little.
        let blow = items.iter().enumerate().any(|(i, x)| x.carries() && x.head.is_none() && x.value < -0.5 && !(c..end).contains(&i));
        if kind == Shift::Conditional && blow {
            for item in items.iter_mut().filter(|x| x.value > 0.0) {
                item.value *= 0.3;
            }
        }
    }
    if items.iter().any(|x| matches!(*x.sense, Sense::Idiom(w) if w < 0.0) && x.head.is_none() && x.value < -1.0) {
        for item in items.iter_mut().filter(|x| x.value > 0.0) {
            item.value *= 0.3;
        }
    }
}

fn turn_irony(items: &mut [Item]) {
    let Some(cue) = items.iter().position(|x| x.is(Shift::Irony)) else { return };
    let blame = items.iter().any(|x| x.carries() && x.head.is_none() && x.value < -0.5);
    let asked = items.iter().any(|x| x.question);
    if blame || asked {
        for item in items[cue..].iter_mut().filter(|x| x.value > 0.0) {
            item.value *= -0.7;
        }
    }
}

/// Make the units of what was worked out.
fn units<'l>(words: &[&Token], items: &mut [Item<'l>], out: &mut Vec<Unit<'l>>) {
    let span = |i: &Item| words[i.first].span.cover(words[i.last - 1].span);
    let share = |i: &Item<'l>, weight: f64, role: &'static str| Share {
        term: i.entry.map_or("", |e| e.pattern.as_str()),
        weight,
        span: span(i),
        role,
        place: "",
    };
    let start = out.len();
    let turn = items.iter().position(|x| x.is(Shift::Adversative));
    for i in 0..items.len() {
        if let Some(h) = items[i].head {
            items[h].governs = true;
        }
    }
    out.reserve(items.iter().filter(|i| i.carries() && i.head.is_none()).count());
    for (i, item) in items.iter_mut().enumerate() {
        if item.carries() && item.head.is_none() {
            let role = match *item.sense {
                Sense::Reverser { .. } if item.governs => "reversed",
                _ if item.negated => "negated",
                Sense::Verb(_) => "verb",
                Sense::Idiom(_) => "idiom",
                Sense::Reverser { .. } => "verb",
                _ => "term",
            };
            item.unit = Some(out.len());
            // Room for what bears on it.
            let mut hits = Vec::with_capacity(4);
            hits.push(share(item, item.value, role));
            out.push(Unit {
                span: span(item),
                weight: item.value,
                verb: item.bit & (Sense::VERB | Sense::REVERSER) != 0,
                passive: item.passive,
                clause: item.clause,
                turned: turn.is_some_and(|t| t < i),
                hits,
            });
        }
    }
    for (i, item) in items.iter().enumerate() {
        let role = match *item.sense {
            Sense::Topic | Sense::Ill => "topic",
            Sense::Shifter(Shift::Negator | Shift::Absolute | Shift::Prohibition, _) => "negator",
            Sense::Shifter(Shift::Adversative, _) => "adversative",
            Sense::Shifter(Shift::Concessive, _) => "concessive",
            Sense::Shifter(Shift::Conditional, _) => "conditional",
            Sense::Shifter(Shift::Irony | Shift::Scare, _) => "irony",
            Sense::Shifter(Shift::Degree, _) => "degree",
            Sense::Shifter(..) => continue,
            _ if item.head.is_some() => "governed",
            _ => continue,
        };
        if item.entry.is_none() {
            continue;
        }
        // What governs nothing is told with the next unit it can bear on, else with the last.
        let unit = items[top(items, i)]
            .unit
            .or_else(|| items[i..].iter().find_map(|x| x.unit))
            .or_else(|| out.len().checked_sub(1).filter(|&last| last >= start));
        if let Some(unit) = unit {
            out[unit].hits.push(share(item, 0.0, role));
        }
    }
    for unit in &mut out[start..] {
        unit.hits.sort_by_key(|h| h.span);
    }
}
