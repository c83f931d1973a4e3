//! Quotations + resolved expressions → the interval in which each was said. Looks first at the reporting
//! verb's own expression, then at its sentence, then at the running date of the narrative, at headings, and
//! last at the dateline and the publication date. Never uses a date from inside a quotation, from a relative
//! clause or of an event that is only named.

use crate::annotation::{Attribution, Entity, EntityId, Mention, Quote, QuoteKind, SaidWhen, Sentence, TimeExpr};
use crate::doc::Doc;
use crate::language::quote::Form;
use crate::language::time::{Class, Direction, Reading, Unit};
use crate::mention::Mentions;
use crate::span::Span;
use crate::time::calendar::{plus, plus_months};
use crate::time::document;
use crate::time::find::RawTimex;
use crate::time::resolve::Dates;
use crate::token::TokenKind;
use jiff::civil::Date;

/// Granularity of a quotation of which only the latest day is known.
pub const UNKNOWN_PAST: &str = "unknown-past";
/// Tokens before a verb in which its auxiliaries stand.
const AUXILIARY: usize = 4;
/// Tokens of a clause before a quotation in which its conjunction is looked for.
const CLAUSE: usize = 16;
/// Tokens of a line that is a heading.
const HEADING: usize = 12;
/// Days after a named event in which what followed it was said.
const AFTERMATH: i64 = 10;
/// Days apart that two expressions of one reporting verb can be and still mean one occasion.
const OCCASION: i32 = 2;
/// Months on either side of "a year ago".
const YEAR_AGO: i64 = 1;
/// Days before a holiday that "before" it means.
const RUN_UP: i64 = 28;
/// Longest period, in days, that carries over to later sentences.
const CARRIED: i32 = 93;
/// Days before the document's date in which the news that it reports took place.
const NEWS: i64 = 3;
/// Days before the document's date from which on an event is background to news.
const BACKGROUND: i64 = 14;
/// A text with as many scenes of that age looks back on a story; with fewer it reports news.
const RETROSPECT: usize = 3;
/// Sentences from the top among which the lead is.
const LEAD: usize = 12;
/// Tokens before an expression that opens its sentence.
const FRONTED: usize = 2;

/// The running date of the narrative.
#[derive(Clone, Copy, Debug)]
struct Scene {
    from: Date,
    to: Date,
    timex: usize,
    sentence: usize,
    paragraph: u32,
    basis: &'static str,
    /// Longer than a season: holds in its own paragraph only.
    wide: bool,
    /// Told in the pluperfect: a look back from a scene that goes on afterwards.
    glance: bool,
}

/// The running date before a sentence.
#[derive(Clone, Copy, Debug)]
struct Running {
    /// Of a look back, to the end of its paragraph.
    back: Option<Scene>,
    /// Of the story.
    scene: Option<Scene>,
}

/// Date every quotation; the result runs parallel to `quotes`.
pub fn said(
    doc: &Doc,
    quotes: &[Quote],
    attributions: &[Attribution],
    mentions: &Mentions,
    raw: &[RawTimex],
    timexes: &[TimeExpr],
    dates: &Dates,
) -> Vec<SaidWhen> {
    let Mentions { entities, mentions, .. } = mentions;
    if quotes.is_empty() {
        return Vec::new();
    }
    let mut teller =
        Teller { doc, quotes, raw, timexes, dates, reference: dates.reference(), quoted: Vec::new(), first: Vec::new(), named: Vec::new() };
    teller.index(entities, mentions);
    let scenes = teller.scenes();
    let mut out: Vec<SaidWhen> = Vec::with_capacity(quotes.len());
    // Speakers whose earlier words were dated by the document: commentators, not actors of the narrative.
    let mut commentators = vec![false; entities.len()];
    let mut seen = Seen { mentions, at: 0, last: Vec::new() };
    for (n, quote) in quotes.iter().enumerate() {
        // Pieces of one utterance, and all that one verb reports, were said at one time.
        let cue = attributions[n].cue;
        if let Some(t) = teller.at_which(quote, &attributions[n])
            && let Some((from, to)) = teller.interval(t)
        {
            out.push(when(from, to, teller.granularity(t), "clause", Some(timexes[t].span)));
            continue;
        }
        let alone = teller.later_report(quote, &attributions[n]).is_some();
        if let Some(earlier) = (0..n).rev().take(8).filter(|_| !alone).find(|&m| {
            let marked = quotes[m].kind != QuoteKind::Indirect || quote.kind == QuoteKind::Indirect;
            let theirs = attributions[m].cue;
            marked && ((quotes[m].utterance == quote.utterance && (cue.is_none() || cue == theirs)) || (cue.is_some() && cue == theirs))
        }) {
            out.push(out[earlier].clone());
            continue;
        }
        let mut when = teller.date(quote, &attributions[n], &scenes, &commentators, &mut seen);
        // "That month" and "this week" run on after the article was printed; what it quotes does not.
        if let (Some(from), Some(to), Some(printed)) = (when.from, when.to, dates.published.or(teller.reference))
            && from <= printed
            && printed < to
        {
            when.to = Some(printed);
        }
        if let (Some(speaker), PUBLISHED | DATELINE) = (attributions[n].speaker, when.basis.as_str())
            && let Some(dated) = commentators.get_mut(speaker as usize)
        {
            *dated = true;
        }
        out.push(when);
    }
    out
}

const PUBLISHED: &str = "published";
const DATELINE: &str = "dateline";

/// The sentence in which each entity was last named, up to a place in the text.
struct Seen<'a> {
    mentions: &'a [Mention],
    at: usize,
    last: Vec<Option<u32>>,
}

impl Seen<'_> {
    /// Whether a sentence names someone.
    fn named_in(&self, entity: EntityId, sentence: u32) -> bool {
        let first = self.mentions.partition_point(|m| m.sentence < sentence);
        self.mentions[first..].iter().take_while(|m| m.sentence == sentence).any(|m| m.entity == Some(entity))
    }
    fn last(&mut self, entity: EntityId, before: u32) -> Option<u32> {
        while let Some(mention) = self.mentions.get(self.at).filter(|m| m.span.start < before) {
            if let Some(e) = mention.entity {
                if self.last.len() <= e as usize {
                    self.last.resize(e as usize + 1, None);
                }
                self.last[e as usize] = Some(mention.sentence);
            }
            self.at += 1;
        }
        self.last.get(entity as usize).copied().flatten()
    }
}

/// How an expression stands to the reporting verb.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Tie {
    /// It says when the verb took place.
    Verb,
    /// It stands in the same sentence and can.
    Sentence,
    /// It dates something else.
    None,
}

struct Teller<'a> {
    doc: &'a Doc<'a>,
    quotes: &'a [Quote],
    raw: &'a [RawTimex],
    timexes: &'a [TimeExpr],
    dates: &'a Dates,
    reference: Option<Date>,
    /// Per token: inside a quotation.
    quoted: Vec<bool>,
    /// First expression of each sentence, and one entry past the last.
    first: Vec<usize>,
    /// Per entity that is no known actor, the sentences that name it first and last.
    named: Vec<Option<(u32, u32)>>,
}

impl Teller<'_> {
    fn index(&mut self, entities: &[Entity], mentions: &[Mention]) {
        self.named = vec![None; entities.len()];
        for mention in mentions {
            let Some(entity) = mention.entity.map(|e| e as usize).filter(|e| entities.get(*e).is_some_and(|e| e.actor.is_none())) else { continue };
            self.named[entity].get_or_insert((mention.sentence, mention.sentence)).1 = mention.sentence;
        }
        self.quoted = vec![false; self.doc.tokens.len()];
        for quote in self.quotes.iter().filter(|q| q.kind != QuoteKind::Indirect) {
            for i in self.doc.token_at(quote.outer.start)..self.doc.tokens.len() {
                if self.doc.tokens[i].span.start >= quote.outer.end {
                    break;
                }
                self.quoted[i] = true;
            }
        }
        let mut at = 0;
        for s in 0..=self.doc.sentences.len() {
            while at < self.raw.len() && self.raw[at].sentence < s {
                at += 1;
            }
            self.first.push(at);
        }
    }

    fn mask(&self, i: usize) -> u128 {
        self.doc.lang.time.mask(self.doc.tokens[i].word)
    }
    fn has(&self, i: usize, class: Class) -> bool {
        self.mask(i) & class.bit() != 0
    }

    /// Whether the token is a finite verb or participle outside quotations.
    fn verb(&self, i: usize) -> bool {
        let token = &self.doc.tokens[i];
        if self.quoted[i] || !token.is_word() {
            return false;
        }
        let finite = Class::Past.bit() | Class::Present.bit() | Class::Perfect.bit() | Class::Pluperfect.bit() | Class::Future.bit();
        self.mask(i) & finite != 0
            || (!token.capital() && self.doc.lang.time.looks_past(token.of(self.doc.text)))
            || self.doc.lang.quote.verb_at(self.doc.tokens, i).is_some_and(|v| {
                // `the notes`, `were all smiles` are no verbs.
                let finite = Class::Past.bit() | Class::Present.bit();
                let noun =
                    i.checked_sub(1).is_some_and(|i| self.has(i, Class::Determiner)) || (i.saturating_sub(2)..i).any(|k| self.mask(k) & finite != 0);
                v.form.any(Form::Past | Form::Ing) || v.form.any(Form::Third) && !noun
            })
    }
    /// Whether a clause may end at the token.
    fn boundary(&self, i: usize) -> bool {
        let token = &self.doc.tokens[i];
        !self.quoted[i]
            && token.kind == TokenKind::Mark
            && (matches!(token.of(self.doc.text), "," | ";" | ":" | "(" | ")" | "\u{2014}" | "\u{2013}")
                || (token.spaced && self.has(i, Class::Dash)))
    }

    /// First and last tokens of the sentence.
    fn bounds(&self, sentence: usize) -> (usize, usize) {
        self.doc.sentences.get(sentence).map_or((0, 0), |s| (s.first as usize, (s.last as usize).min(self.doc.tokens.len())))
    }

    /// The verb to which an expression belongs: the nearest before it in its clause, else the next main verb.
    fn governor(&self, timex: &RawTimex) -> Option<usize> {
        let (first, last) = self.bounds(timex.sentence);
        for i in (first..timex.first).rev() {
            if self.verb(i) {
                return Some(i);
            }
            if self.boundary(i) && i + 1 < timex.first {
                // `in Paris, on Monday`: a place between commas ends no clause.
                break;
            }
        }
        let mut relative = false;
        for i in timex.last..last {
            if self.has(i, Class::RelativeClause) && !self.quoted[i] {
                relative = true;
            } else if relative && self.boundary(i) {
                relative = false;
            } else if !relative && self.verb(i) {
                return Some(i);
            }
        }
        None
    }

    /// Whether the expression only names an event (`the Jan. 6 panel`).
    fn attributive(&self, timex: &RawTimex) -> bool {
        if matches!(timex.reading, Reading::Offset | Reading::Event) {
            return false;
        }
        let led = timex.first.checked_sub(1).is_some_and(|i| self.has(i, Class::When) || self.boundary(i) || self.doc.tokens[i].newline);
        let determined = timex
            .first
            .checked_sub(1)
            .is_some_and(|i| self.has(i, Class::Determiner) || self.doc.tokens[i].of(self.doc.text).ends_with('s') && !self.doc.tokens[i].spaced);
        let Some(next) = self.doc.tokens.get(timex.last).filter(|t| !t.newline) else { return false };
        // `in a July 16 interview`: what is said in it is said on its day.
        let speech = (timex.last..(timex.last + 2).min(self.doc.tokens.len())).any(|i| self.has(i, Class::SpeechNoun));
        if speech && (timex.first.saturating_sub(2)..timex.first).any(|i| self.has(i, Class::When)) {
            return false;
        }
        // `at a Sunday rally`: what the sentence tells took place there.
        if let [preposition, article] = self.doc.tokens[timex.first.saturating_sub(2)..timex.first]
            && self.doc.lang.time.is(preposition.word, Class::Place)
            && self.doc.lang.time.is(article.word, Class::One)
        {
            return false;
        }
        let determined = determined || self.doc.lang.time.is(self.doc.tokens[timex.first].word, Class::Determiner) && timex.fields.season.is_some();
        let noun = next.is_word() && self.doc.lang.time.mask(next.word) & Class::Function.bit() == 0 && !self.verb(timex.last);
        let possessed = next.is_word() && !next.spaced;
        possessed || (noun && (determined || (!next.capital() && !led)))
    }

    /// The preposition right before an expression.
    fn before(&self, timex: &RawTimex, class: Class) -> bool {
        timex.first.checked_sub(1).is_some_and(|i| self.has(i, class))
    }

    /// Whether a relative clause opens between two tokens and no clause ends there.
    fn relative_between(&self, a: usize, b: usize) -> bool {
        let mut open = false;
        // Last token of the clause's own verb.
        let mut verb: Option<usize> = None;
        for i in a..b {
            if self.quoted[i] {
                continue;
            }
            if self.has(i, Class::RelativeClause) {
                // `It was she who`
                let cleft = self.has(a, Class::Cleft) && self.doc.tokens.get(a + 1).is_some_and(|t| self.doc.lang.time.is(t.word, Class::Function));
                (open, verb) = (!cleft, None);
            } else if open && self.boundary(i) && i + 1 < b {
                open = false;
            } else if open && self.verb(i) {
                // `those who read it closely were`: the second verb is the main clause's.
                let told = verb.is_some_and(|v| v + 2 < i && self.doc.lang.quote.verb_at(self.doc.tokens, v).is_none());
                if told && self.has(i, Class::Past) && self.has(i, Class::Function) {
                    open = false;
                }
                verb = Some(i);
            }
        }
        open
    }

    /// The interval that an expression gives to what happened then.
    fn interval(&self, t: usize) -> Option<(Date, Date)> {
        let (raw, timex) = (&self.raw[t], &self.timexes[t]);
        let (from, to) = (timex.from?, timex.to?);
        let f = &raw.fields;
        if self.run_up(raw) {
            return Some((plus(from, -RUN_UP)?, plus(from, -1)?));
        }
        if raw.reading == Reading::Offset
            && f.direction == Some(Direction::Ago)
            && f.units[0] == Some(Unit::Year)
            && f.count == Some(1.0)
            && let Some(reference) = self.reference
        {
            return Some((plus_months(reference, -12 - YEAR_AGO)?, plus_months(reference, -12 + YEAR_AGO)?));
        }
        Some((from, to))
    }

    /// `before Christmas`: in the weeks before.
    fn run_up(&self, timex: &RawTimex) -> bool {
        let earlier =
            |i: usize| self.has(i, Class::Around) && self.doc.lang.time.value(self.doc.tokens[i].word, Class::Around) == Direction::Earlier as i32;
        timex.reading == Reading::Holiday && timex.first.checked_sub(1).is_some_and(earlier)
    }

    /// Whether an expression dates the document, not what it tells of.
    fn layout(&self, t: usize) -> bool {
        self.dates.dateline.is_some_and(|d| d.0 == t) || document::is_stamp(self.doc, &self.raw[t])
    }

    fn tie(&self, t: usize, cue: usize, cue_end: usize) -> Tie {
        let timex = &self.raw[t];
        if self.layout(t) {
            return Tie::None;
        }
        if timex.quote.is_some() || self.timexes[t].from.is_none() || self.doc.skipped(timex.span) {
            return Tie::None;
        }
        if matches!(
            timex.reading,
            Reading::Reference | Reading::Present | Reading::Past | Reading::Future | Reading::Recurring | Reading::Stretch | Reading::Length
        ) {
            return Tie::None;
        }
        if self.reference.and_then(|r| plus(r, 1)).is_some_and(|r| self.timexes[t].from.is_some_and(|d| d > r)) {
            return Tie::None;
        }
        if self.attributive(timex) || (self.before(timex, Class::Bound) && timex.reading != Reading::Event && !self.run_up(timex)) {
            return Tie::None;
        }
        let governor = self.governor(timex);
        if governor.is_some_and(|g| (cue.saturating_sub(AUXILIARY)..cue_end).contains(&g) && (g >= cue || (g..cue).all(|i| !self.boundary(i)))) {
            return Tie::Verb;
        }
        let Some(governor) = governor else {
            return Tie::Sentence;
        };
        if self.has(governor, Class::Future) {
            return Tie::None;
        }
        if timex.first > cue {
            // In what is said, or said of something named in it; but `in a statement released on Monday`.
            let speech =
                governor > cue && (cue..governor).any(|i| self.has(i, Class::SpeechNoun)) && (cue..governor).filter(|&i| self.verb(i)).count() <= 1;
            let content = governor > cue && !(cue..governor).any(|i| self.boundary(i));
            if speech && !self.relative_between(cue, timex.first) {
                return Tie::Verb;
            }
            if content || self.relative_between(cue, timex.first) {
                return Tie::None;
            }
            // A clause of its own after the reporting clause.
            return if self.relative_between(governor.min(cue), timex.first) { Tie::None } else { Tie::Sentence };
        }
        if self.relative_between(self.bounds(timex.sentence).0, timex.first) && !self.has(governor, Class::Pluperfect) {
            return Tie::None;
        }
        Tie::Sentence
    }

    /// The reporting verb's tokens: the cue, else the verb nearest to the quotation.
    fn cue(&self, quote: &Quote, attribution: &Attribution) -> (usize, usize, usize) {
        if let Some(cue) = attribution.cue {
            let first = self.doc.token_at(cue.start);
            let last = self.doc.token_at(cue.end.saturating_sub(1)).max(first) + 1;
            return (self.doc.sentence_at(cue.start), first, last.min(self.doc.tokens.len()));
        }
        let sentence = quote.sentence as usize;
        let (first, last) = self.bounds(sentence);
        let start = self.doc.token_at(quote.outer.start);
        let verb = (first..start.min(last)).rev().find(|&i| self.verb(i)).or_else(|| (start..last).find(|&i| self.verb(i)));
        let at = verb.unwrap_or(start.min(self.doc.tokens.len().saturating_sub(1)));
        (sentence, at, at + 1)
    }

    fn date(&self, quote: &Quote, attribution: &Attribution, scenes: &[Running], commentators: &[bool], seen: &mut Seen) -> SaidWhen {
        let (sentence, mut cue, mut cue_end) = self.cue(quote, attribution);
        if let Some(report) = self.later_report(quote, attribution) {
            (cue, cue_end) = (report, report + 1);
        }
        let (first, last) = self.bounds(sentence);
        if self.auxiliary(first, cue, Class::Future)
            && let Some(report) = self.report_before(first, cue)
        {
            // `said that he would answer "with force"`: the report has the time.
            (cue, cue_end) = (report, report + 1);
        }
        let range = self.first.get(sentence).copied().unwrap_or(0)..self.first.get(sentence + 1).copied().unwrap_or(0);
        let auxiliaries = cue.saturating_sub(AUXILIARY).max(first)..cue;
        let adjacent = |class: Class| self.auxiliary(first, cue, class);
        let gerund = self.doc.tokens.get(cue).is_some()
            && self.doc.lang.quote.verb_at(self.doc.tokens, cue).is_some_and(|v| v.form.any(Form::Ing) && !v.form.any(Form::Past));
        // A participle takes the tense of the main verb.
        let main = if gerund { (first..cue).find(|&i| self.verb(i)) } else { None };
        // The lead reports news in the perfect (`has announced`); further down it looks back.
        let lead = sentence <= self.lead() && sentence + 2 < self.doc.sentences.len();
        let perfect = (adjacent(Class::Perfect) || main.is_some_and(|i| self.has(i, Class::Perfect))) && !lead;
        let pluperfect = adjacent(Class::Pluperfect) && (attribution.cue.is_some() || !(first..cue).any(|i| self.verb(i) && i + AUXILIARY < cue));

        // Never from its own words: a reported clause has no marks, and an expression can run over a mark.
        let range = range.filter(|&t| !quote.outer.overlaps(self.timexes[t].span));
        let tied: Vec<(usize, Tie)> = range.map(|t| (t, self.tie(t, cue, cue_end))).filter(|(_, tie)| *tie != Tie::None).collect();
        let direct: Vec<usize> = tied.iter().filter(|(_, tie)| *tie == Tie::Verb).map(|(t, _)| *t).collect();

        if direct.is_empty() && adjacent(Class::Future) && !self.has(cue, Class::Past) {
            return SaidWhen { basis: "not-said".to_owned(), granularity: "unknown".to_owned(), ..SaidWhen::default() };
        }
        // `has repeatedly said since January`
        if let Some(t) = self.since(sentence, cue) {
            let open = (first..cue).any(|i| self.has(i, Class::Iterated) || self.has(i, Class::Perfect));
            if open && let (Some(from), Some(to)) = (self.timexes[t].from, self.reference) {
                return when(from.min(to), to, "interval", "since", Some(self.timexes[t].span));
            }
        }
        if let Some(when) = self.direct(&direct, cue) {
            return when;
        }
        if let Some(t) = self.then(sentence, cue, cue_end, last)
            && let Some((from, to)) = self.interval(t)
        {
            return when(from, to, self.granularity(t), "carried", Some(self.timexes[t].span));
        }
        let earlier = auxiliaries.clone().any(|i| self.has(i, Class::Before) && !self.boundary(i) && !self.quoted[i])
            || (first..last).any(|i| !self.quoted[i] && self.has(i, Class::Before) && self.has(i, Class::Direction));
        if perfect || earlier || adjacent(Class::Iterated) {
            return SaidWhen { to: self.reference, granularity: UNKNOWN_PAST.to_owned(), basis: UNKNOWN_PAST.to_owned(), ..SaidWhen::default() };
        }
        let scene = self.scene(sentence, attribution, scenes, commentators, seen);
        // `"We are done." With those words, on Monday, she left.`
        let scene = scene.or_else(|| {
            let next = scenes.get(sentence + 2).and_then(|s| s.back.or(s.scene))?;
            let here = self.doc.sentences.get(sentence)?;
            (attribution.cue.is_none() && next.sentence == sentence + 1 && next.paragraph == here.paragraph && last > first && self.quoted[last - 1])
                .then_some(next)
        });
        let present = self.doc.lang.quote.verb_at(self.doc.tokens, cue).is_some_and(|v| v.form.any(Form::Third) && !v.form.any(Form::Past));
        let scene = scene.filter(|_| !present);
        if pluperfect {
            // `Asked on Monday, she had said`
            let asked = tied.iter().find(|(t, _)| {
                let g = self.governor(&self.raw[*t]);
                self.raw[*t].last <= cue && g.is_none_or(|g| g == first)
            });
            if let Some(&(t, _)) = asked
                && let Some((from, to)) = self.interval(t)
            {
                return when(from, to, self.granularity(t), "sentence", Some(self.timexes[t].span));
            }
            let to = scene.map(|s| s.to).or(self.reference);
            return SaidWhen { to, granularity: UNKNOWN_PAST.to_owned(), basis: "pluperfect".to_owned(), ..SaidWhen::default() };
        }
        let distance = |t: usize| self.raw[t].first.abs_diff(cue);
        // A later clause has its own time, unless nothing else is known.
        let tied: Vec<(usize, Tie)> = tied.into_iter().filter(|(t, _)| scene.is_none() || !self.coordinate(*t, cue)).collect();
        if let Some(&(t, _)) = tied.iter().min_by_key(|(t, _)| distance(*t))
            && let Some((from, to)) = self.interval(t)
        {
            return when(from, to, self.granularity(t), "sentence", Some(self.timexes[t].span));
        }
        if let Some(s) = scene {
            return when(s.from, s.to, self.granularity(s.timex), s.basis, Some(self.timexes[s.timex].span));
        }
        match (self.dates.dateline, self.dates.published) {
            (Some((t, date)), _) => when(plus(date, -1).unwrap_or(date), date, "day", DATELINE, self.timexes.get(t).map(|x| x.span)),
            (None, Some(date)) => when(plus(date, -1).unwrap_or(date), date, "day", PUBLISHED, None),
            (None, None) => SaidWhen { granularity: "unknown".to_owned(), basis: "none".to_owned(), ..SaidWhen::default() },
        }
    }

    /// Whether an auxiliary or adverb of this class stands right before the verb, in its clause.
    fn auxiliary(&self, first: usize, cue: usize, class: Class) -> bool {
        (cue.saturating_sub(AUXILIARY).max(first)..cue).rev().take_while(|&i| !self.boundary(i) && !self.quoted[i]).any(|i| self.has(i, class))
    }

    /// The reporting verb in the past of whose words the clause of `cue` is part.
    fn report_before(&self, first: usize, cue: usize) -> Option<usize> {
        (first..cue).rev().take_while(|&i| !self.boundary(i) && !self.quoted[i]).find(|&i| {
            self.doc.lang.quote.verb_at(self.doc.tokens, i).is_some_and(|v| v.form.any(Form::Past)) && !self.auxiliary(first, i, Class::Future)
        })
    }

    /// `who had called it "historic" in June, said on Monday it was "worthless"`: the verb after the words that the cue reports, before the quotation.
    fn later_report(&self, quote: &Quote, attribution: &Attribution) -> Option<usize> {
        let cue = self.doc.token_at(attribution.cue?.end);
        let start = self.doc.token_at(quote.outer.start);
        if start <= cue || self.doc.sentence_at(attribution.cue?.start) != quote.sentence as usize {
            return None;
        }
        let report = (cue..start)
            .rev()
            .take(CLAUSE)
            .take_while(|&i| !self.quoted[i])
            .find(|&i| self.doc.lang.quote.verb_at(self.doc.tokens, i).is_some_and(|v| v.form.any(Form::Past) && !v.form.any(Form::Ing)))?;
        self.quoted[cue..report].contains(&true).then_some(report)
    }

    /// The sentence that opens the running text.
    fn lead(&self) -> usize {
        let whole = |n: &usize| {
            let s = &self.doc.sentences[*n];
            let (first, last) = self.bounds(*n);
            !self.doc.skipped(s.span) && last - first > HEADING
        };
        (0..self.doc.sentences.len().min(LEAD)).find(whole).unwrap_or(0)
    }

    /// `in October, when he called it`: the expression right before the clause of the reporting verb.
    fn at_which(&self, quote: &Quote, attribution: &Attribution) -> Option<usize> {
        let cue = self.doc.token_at(attribution.cue?.start);
        let start = self.doc.token_at(quote.outer.start);
        let at = if cue < start { start } else { cue };
        let first = self.bounds(quote.sentence as usize).0;
        let outside = |i: &usize| !self.boundary(*i) && !self.quoted[*i];
        let when = (first..at).rev().take(CLAUSE).take_while(outside).find(|&i| self.has(i, Class::AtWhich))?;
        let end = if when > 0 && self.boundary(when - 1) { when - 1 } else { when };
        let t = self.raw.partition_point(|r| r.last < end);
        let timex = self.raw.get(t)?;
        let past = self.timexes[t].from.zip(self.reference).is_none_or(|(from, r)| from <= r);
        (timex.last == end && timex.first >= first && timex.quote.is_none() && past).then_some(t)
    }

    /// Whether a clause that tells what happened then follows right after (`in 2018, when`).
    fn opens_when(&self, timex: &RawTimex) -> bool {
        let next = timex.last + usize::from(timex.last < self.doc.tokens.len() && self.boundary(timex.last));
        next < self.doc.tokens.len() && self.has(next, Class::AtWhich)
    }

    /// `he said at the time`: the last expression before, whatever it dates.
    fn then(&self, sentence: usize, cue: usize, cue_end: usize, last: usize) -> Option<usize> {
        let adverb = (cue_end..(cue_end + 3).min(last)).find(|&i| self.has(i, Class::Then) && !self.quoted[i])?;
        if (cue_end..adverb).any(|i| self.boundary(i)) {
            return None;
        }
        // `at the time`, not `the time`; the verb and `then`, not `and then`.
        let noun = self.doc.lang.time.value(self.doc.tokens[adverb].word, Class::Then) == 1;
        let led = if noun { self.has(adverb - 1, Class::Determiner) } else { adverb <= cue_end + 1 };
        let paragraph = self.doc.sentences.get(sentence)?.paragraph;
        let t = self.raw.partition_point(|r| r.first < cue).checked_sub(1).filter(|_| led)?;
        let near = self.doc.sentences.get(self.raw[t].sentence).is_some_and(|s| s.paragraph + 1 >= paragraph);
        (near && self.raw[t].quote.is_none() && self.reference.is_none_or(|r| self.timexes[t].from.is_some_and(|d| d <= r))).then_some(t)
    }

    /// Whether an expression stands in a clause that follows the reporting clause and has a verb of its own.
    fn coordinate(&self, t: usize, cue: usize) -> bool {
        let timex = &self.raw[t];
        timex.first > cue && self.governor(timex).is_some_and(|g| g > cue && (cue..g).any(|i| self.has(i, Class::Range) || self.boundary(i)))
    }

    /// The expression that opens an interval at the reporting verb.
    fn since(&self, sentence: usize, cue: usize) -> Option<usize> {
        let range = self.first.get(sentence).copied()?..self.first.get(sentence + 1).copied()?;
        range.into_iter().find(|&t| {
            let timex = &self.raw[t];
            timex.quote.is_none() && self.before(timex, Class::Since) && self.timexes[t].from.is_some() && {
                let governor = self.governor(timex);
                governor.is_none_or(|g| g <= cue + 1)
            }
        })
    }

    /// What the reporting verb's own expressions say.
    fn direct(&self, direct: &[usize], cue: usize) -> Option<SaidWhen> {
        let (&t, rest) = direct.split_first()?;
        let (mut from, mut to) = self.interval(t)?;
        let mut granularity = self.granularity(t);
        let mut span = self.timexes[t].span;
        let mut best = t;
        // No word of a quotation between two expressions is told as a date.
        let joined = |span: Span, other: Span| {
            let both = span.cover(other);
            let tokens = self.doc.token_at(both.start)..=self.doc.token_at(both.end.saturating_sub(1));
            if self.quoted.get(tokens).is_some_and(|q| q.contains(&true)) { span } else { both }
        };
        for &other in rest {
            let Some((a, b)) = self.interval(other) else { continue };
            let linked = self.raw[best].last + 1 == self.raw[other].first && self.has(self.raw[best].last, Class::Range);
            if linked && a >= from {
                // `between March and June`
                to = b.max(to);
                granularity = "interval";
                span = joined(span, self.timexes[other].span);
            } else if (a - from).get_days().abs() <= OCCASION && (b - to).get_days().abs() <= OCCASION {
                (from, to) = (from.min(a), to.max(b));
                span = joined(span, self.timexes[other].span);
            } else {
                // Two dates: the one nearest to the verb.
                let distance = |t: usize| (self.raw[t].first as i64 - cue as i64).abs();
                if distance(other) < distance(best) {
                    (from, to, granularity, span) = (a, b, self.granularity(other), self.timexes[other].span);
                }
            }
            best = other;
        }
        Some(when(from, to, granularity, "clause", Some(span)))
    }

    /// The running date that holds for a reporting sentence.
    fn scene(&self, sentence: usize, attribution: &Attribution, scenes: &[Running], commentators: &[bool], seen: &mut Seen) -> Option<Scene> {
        let Running { back, scene } = *scenes.get(sentence)?;
        // What someone had said before is followed by that one's words, or the story goes on.
        let back = back.filter(|b| !b.glance || attribution.speaker.is_none_or(|speaker| seen.named_in(speaker, b.sentence as u32)));
        let scene = back.or(scene)?;
        let here = self.doc.sentences.get(sentence)?;
        if scene.paragraph == here.paragraph {
            return Some(scene);
        }
        if scene.wide {
            return None;
        }
        if attribution.speaker.is_some_and(|speaker| self.passer_by(speaker, here)) && !self.issued(sentence, attribution) {
            return None;
        }
        if let Some(speaker) = attribution.speaker
            && commentators.get(speaker as usize) == Some(&true)
            && seen.last(speaker, here.span.start).is_none_or(|s| (s as usize) < scene.sentence)
        {
            return None;
        }
        Some(scene)
    }

    /// Whether someone is named in this paragraph, at most in the next one too, and nowhere else: no part of the story, but asked about it.
    fn passer_by(&self, speaker: EntityId, here: &Sentence) -> bool {
        let Some((first, last)) = self.named.get(speaker as usize).copied().flatten() else { return false };
        let paragraph = |s: u32| self.doc.sentences.get(s as usize).map_or(0, |s| s.paragraph);
        paragraph(first) == here.paragraph && paragraph(last) <= here.paragraph + 1
    }

    /// Whether the words were given out (`said in a statement`), a deed of the story.
    fn issued(&self, sentence: usize, attribution: &Attribution) -> bool {
        let (_, last) = self.bounds(sentence);
        let Some(cue) = attribution.cue else { return false };
        (self.doc.token_at(cue.start)..last).any(|i| !self.quoted[i] && self.has(i, Class::SpeechNoun))
    }

    /// The running date before each sentence, and after the last. A look back (told in the pluperfect, or to an earlier day in the middle of a paragraph)
    /// holds to the end of its paragraph; then the story goes on where it was.
    fn scenes(&self) -> Vec<Running> {
        let mut out = Vec::with_capacity(self.doc.sentences.len());
        let mut scene: Option<Scene> = None;
        let mut back: Option<Scene> = None;
        let mut heading: Option<Scene> = None;
        let found: Vec<Option<Option<Scene>>> = (0..self.doc.sentences.len())
            .map(|s| if self.doc.skipped(self.doc.sentences[s].span) { None } else { self.scene_of(s, self.first[s]..self.first[s + 1]) })
            .collect();
        let days = |scene: &Scene| self.reference.map_or(i64::MAX, |r| i64::from((r - scene.to).get_days()));
        let report = found.iter().flatten().flatten().filter(|s| days(s) > BACKGROUND).count() < RETROSPECT;
        for (s, sentence) in self.doc.sentences.iter().enumerate() {
            back = back.filter(|b| b.paragraph == sentence.paragraph);
            out.push(Running { back, scene: scene.or(heading) });
            let (first, last) = (sentence.first as usize, sentence.last as usize);
            let opens = s == 0 || self.doc.sentences[s - 1].paragraph != sentence.paragraph;
            let alone = opens && self.doc.sentences.get(s + 1).is_none_or(|n| n.paragraph != sentence.paragraph);
            let open = last > first && !matches!(self.doc.tokens[last - 1].of(self.doc.text), "." | "!" | "?" | "\u{201d}" | "\"");
            if alone && open && last - first <= HEADING {
                (scene, back, heading) = (None, None, None);
                let mut dated = self.first[s]..self.first[s + 1];
                if let (Some(t), None) = (dated.next(), dated.next())
                    && self.raw[t].last - self.raw[t].first + 3 >= last - first
                    && self.published_elsewhere(t)
                    && let Some((from, to)) = self.interval(t)
                {
                    let paragraph = sentence.paragraph;
                    heading = Some(Scene { from, to, timex: t, sentence: s, paragraph, basis: "heading", wide: false, glance: false });
                }
                continue;
            }
            if self.doc.skipped(sentence.span) {
                continue;
            }
            let news = |scene: &Scene| days(scene) <= NEWS && (scene.to - scene.from).get_days() <= 1;
            if self.pivots(first, last) {
                scene = scene.filter(news);
                back = None;
            }
            match found[s] {
                None => {}
                Some(None) => (scene, back) = (scene.filter(news), None),
                Some(Some(next)) => {
                    let earlier = back.or(scene).is_some_and(|live| next.to < live.from);
                    let background = report && scene.as_ref().is_some_and(news) && days(&next) > BACKGROUND;
                    if next.glance || (earlier && (!opens || background)) {
                        back = Some(next);
                    } else {
                        (scene, back) = (Some(next), None);
                    }
                }
            }
        }
        out.push(Running { back, scene: scene.or(heading) });
        out
    }

    /// Whether a line's date is not simply that of the document.
    fn published_elsewhere(&self, t: usize) -> bool {
        self.timexes[t].from != self.dates.published || self.timexes[t].to != self.dates.published
    }

    /// Whether a sentence's main verb stands in the present, the present perfect or the future.
    fn pivots(&self, first: usize, last: usize) -> bool {
        let mut relative = false;
        for i in first..last {
            if self.quoted[i] {
                continue;
            }
            if self.has(i, Class::RelativeClause) {
                relative = true;
            } else if relative && self.boundary(i) {
                relative = false;
            } else if !relative && self.verb(i) {
                let now = Class::Present.bit() | Class::Perfect.bit() | Class::Future.bit();
                let third = self.doc.lang.quote.verb_at(self.doc.tokens, i).is_some_and(|v| v.form.any(Form::Third));
                return self.mask(i) & now != 0 && self.mask(i) & Class::Past.bit() == 0 || third;
            }
        }
        false
    }

    /// What a sentence makes of the running date: nothing, an end of it (`Some(None)`), or a new one.
    fn scene_of(&self, s: usize, range: std::ops::Range<usize>) -> Option<Option<Scene>> {
        let mut found: Option<Option<Scene>> = None;
        let mut event: Option<Scene> = None;
        for t in range {
            let raw = &self.raw[t];
            if raw.quote.is_some() || self.doc.skipped(raw.span) {
                continue;
            }
            if self.layout(t) {
                continue;
            }
            let Some((from, to)) = self.interval(t) else { continue };
            if matches!(raw.reading, Reading::Length | Reading::Stretch | Reading::Recurring | Reading::Past | Reading::Reference | Reading::Present)
            {
                continue;
            }
            let paragraph = self.doc.sentences[s].paragraph;
            let scene = Scene { from, to, timex: t, sentence: s, paragraph, basis: "carried", wide: (to - from).get_days() > CARRIED, glance: false };
            if self.reference.is_some_and(|r| from > r) {
                // The text turns to what is to come.
                found = Some(None);
                continue;
            }
            let named = self.attributive(raw);
            if named || (self.before(raw, Class::Bound) && raw.reading != Reading::Event) {
                let after = (raw.first.saturating_sub(4)..raw.first).any(|i| self.has(i, Class::Around) && self.after(i));
                if named && after && from == to && event.is_none() {
                    let end = plus(to, AFTERMATH).unwrap_or(to);
                    let end = self.reference.map_or(end, |r| end.min(r.max(to)));
                    event = Some(Scene { to: end, basis: "after-event", ..scene });
                }
                continue;
            }
            let (first, _) = self.bounds(s);
            let opens = s == 0 || self.doc.sentences[s - 1].paragraph != paragraph;
            if scene.wide && !opens && raw.first > first + FRONTED && !self.opens_when(raw) {
                // `he left in 1990 and` dates that clause; `In 1990 he left` sets the scene.
                continue;
            }
            if raw.reading == Reading::Event
                && raw.first.checked_sub(1).is_some_and(|i| self.has(i, Class::Duration) || i > 0 && self.has(i - 1, Class::Duration))
            {
                continue;
            }
            let governor = self.governor(raw);
            if governor.is_some_and(|g| self.has(g, Class::Future)) {
                continue;
            }
            if self.relative_between(first, raw.first) {
                // `the city, where on Tuesday she spoke.`: the next sentence goes on from there.
                let fronted = (raw.first.saturating_sub(FRONTED).max(first)..raw.first).any(|i| self.has(i, Class::RelativeClause));
                let last = self.bounds(s).1;
                if fronted && (to - from).get_days() <= 1 && (raw.last..last.saturating_sub(1)).all(|i| !self.boundary(i)) {
                    found = Some(Some(Scene { glance: true, ..scene }));
                }
                continue;
            }
            // `the ban imposed in May remains`
            let participle = |g: usize| g < raw.first && !self.doc.lang.quote.verb_at(self.doc.tokens, g).is_some_and(|v| v.form.any(Form::Ing));
            if governor.is_some_and(participle) && raw.last < self.doc.tokens.len() && self.verb(raw.last) {
                continue;
            }
            if let Some(g) = governor
                && g < raw.first
                && (first..g).any(|i| self.verb(i) && !(i..g).any(|k| self.boundary(k)) && self.doc.lang.quote.verb_at(self.doc.tokens, i).is_some())
                && !(first..g).any(|i| self.has(i, Class::SpeechNoun))
            {
                // A date in what someone says.
                continue;
            }
            // `on Monday, weeks after it fell on Aug. 5`
            if found.flatten().is_some_and(|f| scene.from < f.from) {
                continue;
            }
            if found.is_none_or(|f| f.is_none()) || !scene.wide {
                let glance = governor.is_some_and(|g| self.has(g, Class::Pluperfect) || self.auxiliary(first, g, Class::Pluperfect));
                found = Some(Some(Scene { glance, ..scene }));
            }
        }
        found.or(event.map(Some))
    }

    fn after(&self, i: usize) -> bool {
        self.doc.lang.time.value(self.doc.tokens[i].word, Class::Around) == Direction::Later as i32
    }

    /// How fine an expression is, in the words of the contract.
    fn granularity(&self, t: usize) -> &'static str {
        let (raw, timex) = (&self.raw[t], &self.timexes[t]);
        let f = &raw.fields;
        if matches!(raw.reading, Reading::Offset | Reading::Event) && f.count.is_none_or(f32::is_nan) && f.plural {
            return match f.units[0] {
                Some(Unit::Day) => "vague-days",
                Some(Unit::Week) => "vague-weeks",
                _ => "vague",
            };
        }
        if self.run_up(raw) {
            return "vague-weeks";
        }
        let part = f.part.is_some() || f.relative.is_some();
        let days = timex.from.zip(timex.to).map_or(0, |(a, b)| (b - a).get_days() + 1);
        let value = timex.value.as_str();
        match days {
            ..=2 => "day",
            3..=7 => "week",
            8..=31 if part => "part-of-month",
            8..=31 => "month",
            _ if value.len() == 4 && part => "part-of-year",
            32..=62 => "month",
            63..=93 if value.contains('Q') => "quarter",
            63..=93 => "season",
            94..=366 => "year",
            367..=3660 => "decade",
            _ => "century",
        }
    }
}

fn when(from: Date, to: Date, granularity: &str, basis: &str, words: Option<Span>) -> SaidWhen {
    let (from, to) = if from <= to { (from, to) } else { (to, from) };
    SaidWhen { from: Some(from), to: Some(to), granularity: granularity.to_owned(), basis: basis.to_owned(), words }
}
