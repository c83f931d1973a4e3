//! Quotations + resolved expressions → the interval in which each was said. Looks first at the reporting
//! verb's own expression, then at its sentence, then at the running date of the narrative, at headings, and
//! last at the dateline and the publication date. Never uses a date from inside a quotation, from a relative
//! clause or of an event that is only named.

use crate::annotation::{Attribution, EntityId, Mention, Quote, QuoteKind, SaidWhen, Sentence, TimeExpr};
use crate::doc::Doc;
use crate::language::quote::{Form, Role, VerbUse};
use crate::language::time::{Class, Direction, Reading, TimeWords, Unit, clause};
use crate::mention::Mentions;
use crate::span::Span;
use crate::time::calendar::{plus, plus_months};
use crate::time::document;
use crate::time::find::RawTimex;
use crate::time::resolve::{ABOUT, Dates, of_a_person, vague};
use crate::token::Token;
use jiff::civil::Date;
use std::cell::{Cell, OnceCell};

/// Granularity of a quotation of which only the latest day is known.
pub const UNKNOWN_PAST: &str = "unknown-past";
/// Tokens before a verb in which its auxiliaries stand.
const AUXILIARY: usize = 4;
/// Tokens of a clause before a quotation in which its conjunction is looked for.
const CLAUSE: usize = 16;
/// Headings with dates by which a text is a timeline.
const TIMELINE: usize = 2;
/// Days after a named event in which what followed it was said.
const AFTERMATH: i64 = 10;
/// Days apart that two expressions of one reporting verb can be and still mean one occasion.
const OCCASION: i32 = 2;
/// Days on either side of "a year ago".
const YEAR_AGO: i64 = 25;
/// Days that a month more or less can be off.
const HALF_MONTH: i64 = 15;
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
/// Tokens from the head of a sentence to the verb of a subject that is one word.
const HEAD: usize = 3;
/// Tokens between the date of an event and a clause about it.
const EVENT: usize = 6;
/// Sentences within which a text tells when a remark was made.
const MADE: usize = 5;
/// Words of a writer's own, outside quotations, from which a text is personal.
const PERSONAL: usize = 3;
/// Tokens from "after" to the verb of its clause.
const SUBJECT: usize = 8;
/// Tokens of a sentence that only says when the one before took place.
const AFTERTHOUGHT: usize = 16;
/// Paragraphs within which an anaphoric expression takes up a story that was broken off.
const RESUMED: u32 = 4;
/// Sentences that tell of past days in the present in a text that does so throughout.
const VIVID: usize = 3;
/// Days of a week.
const WEEK: i32 = 7;
/// Answers of a text that prints an interview.
const ANSWERS: usize = 4;
/// Tokens of the label before an answer.
const LABEL: usize = 2;
/// Days before the document's date in which a lead without a date can lie.
const FRESH: i64 = 7;

/// The running date of the narrative.
#[derive(Clone, Copy, Debug)]
struct Scene {
    from: Date,
    to: Date,
    /// The expression that names it.
    timex: u32,
    sentence: u32,
    paragraph: u32,
    basis: Basis,
    /// Longer than a season: holds in its own paragraph only.
    wide: bool,
    /// Told in the pluperfect: a look back from a scene that goes on afterwards.
    glance: bool,
    /// The text has turned to its own present since.
    over: bool,
}

/// What a running date comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Basis {
    /// An expression in a sentence.
    Carried,
    /// The event that one only names.
    AfterEvent,
    /// The head of a section or a line.
    Heading,
}

impl Basis {
    fn name(self) -> &'static str {
        match self {
            Basis::Carried => "carried",
            Basis::AfterEvent => "after-event",
            Basis::Heading => "heading",
        }
    }
}

/// Where a quotation and its reporting verb stand, by token.
#[derive(Clone, Copy, Debug)]
struct Place {
    start: u32,
    end: u32,
    /// The reporting verb or phrase: first token and one past the last.
    cue: Option<(u32, u32)>,
    utterance: u32,
    indirect: bool,
}

impl Place {
    fn of(doc: &Doc, quote: &Quote, attribution: &Attribution) -> Place {
        let words = doc.within(quote.outer);
        let cue = attribution.cue.map(|c| doc.within(c)).map(|c| (c.start as u32, c.end as u32));
        let indirect = quote.kind == QuoteKind::Indirect;
        Place { start: words.start as u32, end: words.end as u32, cue, utterance: quote.utterance, indirect }
    }
    fn start(&self) -> usize {
        self.start as usize
    }
    fn end(&self) -> usize {
        self.end as usize
    }
    fn cue(&self) -> Option<(usize, usize)> {
        self.cue.map(|(first, last)| (first as usize, last as usize))
    }
    /// Whether all that this one says was said with `earlier`: pieces of one utterance, or what one verb reports.
    fn said_with(&self, earlier: &Place) -> bool {
        let verb = self.cue.is_some() && self.cue == earlier.cue;
        (self.indirect || !earlier.indirect) && (verb || self.cue.is_none() && self.utterance == earlier.utterance)
    }
}

/// The running date before a sentence.
#[derive(Clone, Copy, Debug)]
struct Running {
    /// Of a look back, to the end of its paragraph or of those that go on from it.
    back: Option<Scene>,
    /// Of the story.
    scene: Option<Scene>,
    /// In a section of a text whose sections are headed by dates: the present tense is of that date.
    timeline: bool,
}

/// The running date of a text.
struct Scenes {
    /// Before each sentence, and after the last.
    running: Vec<Running>,
    /// What each sentence makes of it.
    found: Vec<Option<Option<Scene>>>,
    /// The next sentence that sets it; [`NONE`] where no more does.
    next: Vec<u32>,
    /// Per sentence that is a heading, the date in it.
    headings: Vec<Option<Option<Scene>>>,
    /// Before each sentence and after the last, the last past day that was told in the present: few texts make one ask.
    nows: OnceCell<Vec<Option<Scene>>>,
}

const NONE: u32 = u32::MAX;

impl Scenes {
    /// The next running date that the text sets behind a sentence.
    fn next(&self, sentence: usize) -> Option<Scene> {
        self.next.get(sentence).and_then(|&s| self.found.get(s as usize)).copied().flatten().flatten()
    }
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
    if quotes.is_empty() {
        return Vec::new();
    }
    let words = &doc.lang.time;
    let mut flags = read(doc.text, words, doc.tokens);
    let mut teller = Teller {
        doc,
        tokens: doc.tokens,
        words,
        quotes,
        attributions,
        places: quotes.iter().zip(attributions).map(|(quote, attribution)| Place::of(doc, quote, attribution)).collect(),
        mentioned: mentions,
        raw,
        timexes,
        dates,
        reference: dates.reference(),
        flags: Cell::from_mut(flags.as_mut_slice()).as_slice_of_cells(),
        lead: 0,
        first: Vec::with_capacity(doc.sentences.len() + 2),
        pivots: Cell::new(((0, 0), false)),
        personal: OnceCell::new(),
        named: OnceCell::new(),
        presence: OnceCell::new(),
        news_day: OnceCell::new(),
    };
    teller.index();
    let Mentions { entities, mentions, .. } = mentions;
    let scenes = teller.scenes();
    let mut out: Vec<SaidWhen> = Vec::with_capacity(quotes.len());
    // Speakers whose earlier words were dated by the document: commentators, not actors of the narrative.
    let mut commentators = vec![false; entities.len()];
    let mut seen = Seen { mentions, at: 0, last: Vec::new(), returned: 0 };
    for (n, quote) in quotes.iter().enumerate() {
        let mut place = teller.places[n];
        // Words in a later sentence with a verb of its own have the time of that one.
        let own = teller.own(quote, &place);
        if own {
            place.cue = None;
        }
        if let Some(t) = teller.at_which(quote, &place)
            && let Some((from, to)) = teller.interval(t)
        {
            out.push(when(from, to, teller.granularity(t), "clause", Some(timexes[t].span)));
            continue;
        }
        let report = teller.later_report(quote, &place);
        let alone = own || report.is_some();
        let before = &teller.places[n.saturating_sub(OCCASIONS)..n];
        if let Some(back) = before.iter().rev().position(|p| place.said_with(p)).filter(|_| !alone) {
            out.push(out[n - 1 - back].clone());
            continue;
        }
        let asked = Asked { quote, attribution: &attributions[n], place: &place, report };
        let mut when = teller.date(&asked, &scenes, &commentators, &mut seen);
        // "That month" and "this week" run on after the article was printed; what it quotes does not.
        if let (Some(from), Some(to), Some(printed)) = (when.from, when.to, dates.published.or(teller.reference))
            && from <= printed
            && printed < to
        {
            when.to = Some(printed);
        }
        if let (Some(speaker), PUBLISHED | DATELINE) = (attributions[n].speaker, &*when.basis)
            && let Some(dated) = commentators.get_mut(speaker as usize)
        {
            *dated = true;
        }
        out.push(when);
    }
    out
}

/// Quotations back among which an earlier one of the same utterance or reporting verb is looked for.
const OCCASIONS: usize = 8;
/// Paragraphs behind the first within which those come in of whom the news is.
const OPENING: u32 = 2;
/// Paragraphs behind the first within which an article names the day of its news, at most.
const NEWS_WITHIN: u32 = 12;
/// Tokens from the comma before what was once done to somebody to its date, at most.
const PASSING: usize = 7;
const PUBLISHED: &str = "published";
const DATELINE: &str = "dateline";

/// The sentence in which each entity was last named, up to a place in the text.
struct Seen<'a> {
    mentions: &'a [Mention],
    at: usize,
    last: Vec<Option<u32>>,
    /// First sentence after the last one in which somebody was asked about the news: older dates are over.
    returned: usize,
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

/// A quotation whose time is asked.
struct Asked<'a> {
    quote: &'a Quote,
    attribution: &'a Attribution,
    place: &'a Place,
    /// Its [`Teller::later_report`].
    report: Option<usize>,
}

struct Teller<'a> {
    doc: &'a Doc<'a>,
    tokens: &'a [Token],
    words: &'a TimeWords,
    quotes: &'a [Quote],
    attributions: &'a [Attribution],
    /// Parallel to the quotations.
    places: Vec<Place>,
    mentioned: &'a Mentions,
    raw: &'a [RawTimex],
    timexes: &'a [TimeExpr],
    dates: &'a Dates,
    reference: Option<Date>,
    /// Per token, bits of [`clause`], [`MARK`], [`QUOTED`] and [`VERB`]; of a token inside a quotation
    /// only that and [`clause::TELLING`].
    flags: &'a [Cell<u8>],
    /// The sentence that opens the running text.
    lead: usize,
    /// First expression of each sentence, and one entry past the last.
    first: Vec<usize>,
    /// The bounds of the sentence that was asked about last, and whether it [`Teller::pivots`].
    pivots: Cell<((usize, usize), bool)>,
    /// The text tells what befell its writer.
    personal: OnceCell<bool>,
    /// Per entity, the sentences that name it first and last; the first of one that none names is [`NONE`].
    named: OnceCell<Vec<(u32, u32)>>,
    presence: OnceCell<Presence>,
    news_day: OnceCell<Option<Date>>,
}

/// A punctuation mark.
const MARK: u8 = 8;
/// Known to be a verb, not only [`clause::VERBAL`]: the same few clauses are read again and again.
const VERB: u8 = 16;
/// Inside a quotation.
const QUOTED: u8 = 32;

/// What each token is by its word and its kind: bits of [`clause`] and [`MARK`].
#[inline(never)]
fn read(text: &str, words: &TimeWords, tokens: &[Token]) -> Vec<u8> {
    const BY_KIND: [(u8, u8); 3] = [(!0, 0), (!clause::VERBAL, 0), (!clause::VERBAL, MARK)];
    let clauses = words.clauses();
    let flag = |t: &Token| {
        let (kept, own) = BY_KIND[t.kind as usize];
        clauses[t.word.index()] & kept | own
    };
    let mut out: Vec<u8> = tokens.iter().map(flag).collect();
    // "drought-hit": no verb.
    for i in 2..tokens.len() {
        if out[i] & clause::VERBAL != 0 && !tokens[i].spaced && !tokens[i - 1].spaced && tokens[i - 1].is_mark(text, b'-') {
            out[i] &= !clause::VERBAL;
        }
    }
    out
}

/// What a text tells in the present.
struct Presence {
    /// Per sentence, the expression of a past day that its verb in the present tells of.
    told: Vec<Option<usize>>,
    /// The text tells the past in the present.
    vivid: bool,
    /// The day on which the writer met those who speak, where the text names it.
    meeting: Option<Scene>,
    /// The text prints questions and answers.
    interview: bool,
}

impl Teller<'_> {
    fn index(&mut self) {
        for place in self.places.iter().filter(|p| !p.indirect) {
            self.flags[place.start()..place.end()].iter().for_each(|f| f.set(f.get() & clause::TELLING | QUOTED));
        }
        self.lead = self.opening();
        // How many expressions stand in each sentence, then before each.
        self.first.resize(self.doc.sentences.len() + 2, 0);
        self.raw.iter().for_each(|raw| self.first[raw.sentence + 1] += 1);
        for s in 1..self.first.len() {
            self.first[s] += self.first[s - 1];
        }
        self.first.pop();
    }

    fn personal(&self) -> bool {
        *self.personal.get_or_init(|| {
            // A byte holds the sum, so that many are added at once.
            let words = |flags: &[Cell<u8>]| flags.iter().map(|f| u8::from(f.get() & clause::NARRATOR != 0)).sum::<u8>();
            self.flags.chunks(255).map(|flags| usize::from(words(flags))).sum::<usize>() >= PERSONAL
        })
    }

    /// The sentences that mention someone first and last.
    fn mentioned_in(&self, entity: EntityId) -> Option<(u32, u32)> {
        let named = self.named.get_or_init(|| {
            // What mentions of nobody tell is noted behind all entities: which mention is one cannot be foreseen.
            let nobody = self.mentioned.entities.len();
            let mut named = vec![(NONE, 0); nobody + 1];
            for mention in &self.mentioned.mentions {
                let (first, last) = &mut named[mention.entity.map_or(nobody, |entity| entity as usize)];
                (*first, *last) = (mention.sentence.min(*first), mention.sentence);
            }
            named
        });
        named.get(entity as usize).copied().filter(|named| named.0 != NONE)
    }
    /// The same, of someone who is no known actor.
    fn named(&self, entity: EntityId) -> Option<(u32, u32)> {
        self.mentioned.entities.get(entity as usize).filter(|e| e.actor.is_none()).and_then(|_| self.mentioned_in(entity))
    }

    /// Where the text tells of past days in the present, and of the meeting that it reports. Few texts have a verb that makes one ask.
    #[inline(never)]
    fn presence(&self) -> &Presence {
        self.presence.get_or_init(|| {
            let past: Vec<usize> = (0..self.raw.len()).filter(|&t| self.past_day(t)).collect();
            let mut told = vec![None; self.doc.sentences.len()];
            let now: Vec<bool> = past.iter().map(|&t| self.told_now(t)).collect();
            for (&t, _) in past.iter().zip(&now).filter(|(_, now)| **now) {
                if let Some(last) = told.get_mut(self.raw[t].sentence) {
                    *last = Some(t);
                }
            }
            let answers = self.places.iter().filter(|place| self.answers(place));
            let answered = answers.take(ANSWERS).count() == ANSWERS;
            let met = past.iter().zip(&now).find(|(t, now)| self.met(**t, **now)).map(|(t, _)| t);
            let meeting = met.or_else(|| past.iter().find(|t| answered && self.meets(**t))).and_then(|t| self.day_scene(*t));
            Presence { vivid: told.iter().flatten().count() >= VIVID, told, interview: answered && meeting.is_some(), meeting }
        })
    }

    /// A scene of what an expression dates.
    #[inline(never)]
    fn day_scene(&self, t: usize) -> Option<Scene> {
        let (from, to) = self.interval(t)?;
        let sentence = self.raw[t].sentence;
        let paragraph = self.doc.sentences.get(sentence)?.paragraph;
        Some(Scene {
            from,
            to,
            timex: t as u32,
            sentence: sentence as u32,
            paragraph,
            basis: Basis::Carried,
            wide: false,
            glance: false,
            over: false,
        })
    }

    /// Whether an expression names a past day or week at which something happened.
    fn past_day(&self, t: usize) -> bool {
        let raw = &self.raw[t];
        let kind = matches!(
            raw.reading,
            Reading::Date
                | Reading::Shift
                | Reading::Offset
                | Reading::Event
                | Reading::Follow
                | Reading::NextDay
                | Reading::DayWord
                | Reading::WeekIn
        );
        let past = || self.interval(t).is_some_and(|(from, to)| (to - from).get_days() < WEEK && self.reference.is_some_and(|r| to < r));
        let (first, _) = self.bounds(raw.sentence);
        kind && raw.quote.is_none()
            && past()
            && !self.doc.skipped(raw.span)
            && !self.layout(t)
            && !self.attributive(raw)
            && !self.bound(raw)
            && !self.belongs(raw)
            && !self.before(raw, Class::Since)
            && !self.relative_between(first, raw.first)
    }

    /// `On 6 February the daily publishes a report`: whether a verb in the present tells of the past day that an expression names.
    #[inline(never)]
    fn told_now(&self, t: usize) -> bool {
        let raw = &self.raw[t];
        let (first, _) = self.bounds(raw.sentence);
        self.governor(raw).is_some_and(|g| {
            // `is` tells of a day only where the writer was there.
            let state = self.has(g, Class::Function) && !self.has(g, Class::SpeechVerb);
            let present = self.has(g, Class::Present) && !self.has(g, Class::Past) && (!state || self.has(first, Class::Cleft) && self.personal());
            (present || self.third(g)) && !self.auxiliary(first, g, Class::Future)
        })
    }

    /// Whether the writer came together with somebody on the past day that an expression names.
    #[inline(never)]
    fn meets(&self, t: usize) -> bool {
        let raw = &self.raw[t];
        let (first, _) = self.bounds(raw.sentence);
        let clause = || (first..raw.first).rev().take(CLAUSE).take_while(|&i| !self.boundary(i));
        clause().any(|i| self.has(i, Class::Meets)) && clause().any(|i| self.has(i, Class::Company) && !self.quoted(i))
    }

    /// Whether the text tells of that meeting in the present; `told_now` of the day is known.
    #[inline(never)]
    fn met(&self, t: usize, told_now: bool) -> bool {
        let raw = &self.raw[t];
        let (first, last) = self.bounds(raw.sentence);
        let company = || (first..last).any(|i| !self.quoted(i) && self.has(i, Class::Company));
        // `We meet on Tuesday`
        let plain = || {
            (first + 1..raw.first).rev().take(CLAUSE).take_while(|&i| !self.boundary(i)).any(|i| {
                self.has(i, Class::Meets) && self.mask(i) & (Class::Past.bit() | Class::Present.bit()) == 0 && self.has(i - 1, Class::Company)
            })
        };
        plain() || told_now && (company() || self.personal())
    }

    /// "I", "me", "us": outside a quotation, the writer.
    fn first_person(&self, i: usize) -> bool {
        self.doc.lang.quote.role(self.tokens[i].word).any(Role::First)
    }

    /// Whether a quotation without a reporting verb is a paragraph of its own, or follows only its speaker's label.
    fn answers(&self, place: &Place) -> bool {
        let first = place.start();
        place.cue().is_none_or(|cue| !self.tokens[cue.0].is_word())
            && self.tokens.get(place.end()).is_none_or(|t| t.newline)
            && self.tokens[first.saturating_sub(LABEL)..=first].iter().any(|t| t.newline)
    }

    /// Whether someone is named by the time that a meeting has been told of.
    fn there(&self, speaker: EntityId, meeting: &Scene) -> bool {
        let Some((first, _)) = self.named(speaker) else { return true };
        self.doc.sentences.get(first as usize).is_none_or(|s| s.paragraph <= meeting.paragraph + 1)
    }

    /// The past day that a verb in the present tells of.
    #[inline(never)]
    fn now(&self, sentence: usize, attribution: &Attribution, scenes: &Scenes) -> Option<Scene> {
        let here = self.doc.sentences.get(sentence)?;
        let now = self.now_at(sentence, scenes);
        if let Some(now) = now.filter(|n| n.paragraph == here.paragraph) {
            return Some(now);
        }
        let presence = self.presence();
        let meeting = presence.meeting.filter(|m| presence.interview || attribution.speaker.is_none_or(|speaker| self.there(speaker, m)));
        let now = if presence.vivid { now } else { meeting.or(now.filter(|n| n.paragraph + 1 == here.paragraph)) };
        now.filter(|_| attribution.speaker.is_none_or(|speaker| !self.passer_by(speaker, here)))
    }

    /// The last past day before a sentence that was told in the present.
    fn now_at(&self, sentence: usize, scenes: &Scenes) -> Option<Scene> {
        let nows = scenes.nows.get_or_init(|| {
            let presence = self.presence();
            let mut now = None;
            let mut nows = Vec::with_capacity(self.doc.sentences.len() + 1);
            for (s, sentence) in self.doc.sentences.iter().enumerate() {
                nows.push(now);
                if scenes.headings[s].is_some() {
                    now = None;
                } else if self.doc.skipped(sentence.span) {
                    continue;
                } else if let Some(t) = presence.told[s] {
                    now = self.day_scene(t);
                } else if !presence.vivid && scenes.found[s].is_some() {
                    now = None;
                }
            }
            nows.push(now);
            nows
        });
        nows.get(sentence).copied().flatten()
    }

    #[inline]
    fn mask(&self, i: usize) -> u128 {
        self.words.mask(self.tokens[i].word)
    }
    #[inline]
    fn has(&self, i: usize, class: Class) -> bool {
        self.mask(i) & class.bit() != 0
    }

    /// Whether the token is a finite verb or participle outside quotations.
    #[inline(always)]
    fn verb(&self, i: usize) -> bool {
        let flags = self.flags[i].get();
        flags & VERB != 0 || flags & clause::VERBAL != 0 && self.verbal(i)
    }
    /// Whether what may be a verb is one, noted for the next time.
    #[inline(never)]
    fn verbal(&self, i: usize) -> bool {
        let verb = self.is_verb(i);
        let flags = self.flags[i].get() & !clause::VERBAL;
        self.flags[i].set(if verb { flags | VERB } else { flags });
        verb
    }
    fn is_verb(&self, i: usize) -> bool {
        let finite = Class::Past.bit() | Class::Present.bit() | Class::Perfect.bit() | Class::Pluperfect.bit() | Class::Future.bit();
        self.mask(i) & finite != 0
            || self.past_form(i)
            || self.doc.lang.quote.verb_at(self.tokens, i).is_some_and(|v| {
                // `the notes`, `were all smiles` are no verbs.
                let finite = Class::Past.bit() | Class::Present.bit();
                let noun =
                    i.checked_sub(1).is_some_and(|i| self.has(i, Class::Determiner)) || (i.saturating_sub(2)..i).any(|k| self.mask(k) & finite != 0);
                v.form.any(Form::Past | Form::Ing) || v.form.any(Form::Third) && !noun
            })
    }
    /// Whether a token is a reporting verb in the present, of the third person.
    fn third(&self, i: usize) -> bool {
        self.doc.lang.quote.verb_at(self.tokens, i).is_some_and(|v| v.form.any(Form::Third) && !v.form.any(Form::Past))
    }

    /// `the ruined town`: whether a participle only describes the noun behind it.
    fn describes(&self, i: usize) -> bool {
        let article =
            i.checked_sub(1).is_some_and(|i| self.has(i, Class::Determiner) && self.mask(i) & (Class::Anaphoric.bit() | Class::Deictic.bit()) == 0);
        article && self.tokens.get(i + 1).is_some_and(|t| t.is_word() && self.words.mask(t.word) & Class::Function.bit() == 0)
    }

    /// Whether a clause may end at the token.
    #[inline]
    fn boundary(&self, i: usize) -> bool {
        self.flags[i].get() & MARK != 0 && self.ends_clause(i)
    }
    /// Whether the token is inside a quotation.
    #[inline]
    fn quoted(&self, i: usize) -> bool {
        self.flags[i].get() & QUOTED != 0
    }
    /// Whether the token opens a relative clause outside quotations.
    #[inline]
    fn relative(&self, i: usize) -> bool {
        self.flags[i].get() & clause::RELATIVE != 0
    }
    /// Whether with the token a sentence may tell of what was said at an unknown time.
    #[inline]
    fn tells(&self, i: usize) -> bool {
        self.flags[i].get() & clause::TELLING != 0
    }
    fn any_quoted(&self, tokens: std::ops::Range<usize>) -> bool {
        self.flags[tokens].iter().any(|f| f.get() & QUOTED != 0)
    }
    /// Whether a mark is one at which a clause may end.
    fn ends_clause(&self, i: usize) -> bool {
        let token = &self.tokens[i];
        match self.doc.text.as_bytes()[token.span.start as usize] {
            b',' | b';' | b':' | b'(' | b')' => true,
            0xE2 if matches!(token.of(self.doc.text), "\u{2014}" | "\u{2013}") => true,
            _ => token.spaced && self.has(i, Class::Dash),
        }
    }

    /// Whether words stand in a dated sentence after the one of their reporting verb, behind a verb of its own.
    fn own(&self, quote: &Quote, place: &Place) -> bool {
        let sentence = quote.sentence as usize;
        let (first, _) = self.bounds(sentence);
        let start = place.start();
        let earlier = place.cue().is_some_and(|c| first < self.tokens.len() && c.1 <= first);
        let dated = |t: usize| {
            let r = &self.raw[t];
            r.quote.is_none()
                && r.last <= start
                && self.timexes[t].from.is_some()
                && matches!(r.reading, Reading::Date | Reading::Shift | Reading::Offset)
        };
        earlier && (self.first[sentence]..self.first[sentence + 1]).any(dated) && (first..start).any(|i| self.verb(i))
    }

    /// The sentence in which a token stands, which mostly is this one.
    fn sentence_near(&self, sentence: usize, i: usize) -> usize {
        let at = self.tokens[i].span.start;
        let sentences = self.doc.sentences;
        let here = sentences.get(sentence).is_some_and(|s| s.span.start <= at) && sentences.get(sentence + 1).is_none_or(|s| at < s.span.start);
        if here { sentence } else { self.doc.sentence_at(at) }
    }

    /// First and last tokens of the sentence.
    fn bounds(&self, sentence: usize) -> (usize, usize) {
        self.doc.sentences.get(sentence).map_or((0, 0), |s| (s.first as usize, (s.last as usize).min(self.tokens.len())))
    }

    /// The verb to which an expression belongs: the nearest before it in its clause, else the next main verb.
    fn governor(&self, timex: &RawTimex) -> Option<usize> {
        let (first, last) = self.bounds(timex.sentence);
        for i in (first..timex.first).rev() {
            if self.verb(i) {
                return Some(i);
            }
            // `in Paris, on Monday`: a place between commas ends no clause; `She is the one who in May called` opens one.
            if self.relative(i) || self.boundary(i) && i + 1 < timex.first {
                break;
            }
        }
        // `In May, when he was ill, she said`
        let mut relative = self.opens_when(timex);
        for i in timex.last + usize::from(relative)..last {
            if self.relative(i) {
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
        let led = timex.first.checked_sub(1).is_some_and(|i| self.has(i, Class::When) || self.boundary(i) || self.tokens[i].newline);
        // `In the summer of 2020 ministers met`
        if led && timex.fields.season.is_some() && (timex.first + 1..timex.last).any(|i| self.has(i, Class::When)) {
            return false;
        }
        // `In the autumn Berg told`
        let subject = |i: usize| i < self.tokens.len() && self.verb(i);
        let name = self.tokens.get(timex.last).is_some_and(|t| t.capital() && !t.newline);
        if led && timex.fields.season.is_some() && name && (subject(timex.last + 1) || subject(timex.last + 2)) {
            return false;
        }
        let determined = timex
            .first
            .checked_sub(1)
            .is_some_and(|i| self.has(i, Class::Determiner) || self.tokens[i].of(self.doc.text).ends_with('s') && !self.tokens[i].spaced);
        let Some(next) = self.tokens.get(timex.last).filter(|t| !t.newline) else { return false };
        // `in a July 16 interview`: what is said in it is said on its day.
        let speech = (timex.last..(timex.last + 2).min(self.tokens.len())).any(|i| self.has(i, Class::SpeechNoun));
        if speech && (timex.first.saturating_sub(2)..timex.first).any(|i| self.has(i, Class::When) && !self.has(i, Class::Of)) {
            return false;
        }
        // `at Sunday's rally`, `at last night's`
        let f = &timex.fields;
        let day = f.weekday.is_some() || f.day_word.is_some() || f.part_of_day.is_some() && f.deictic.is_some();
        let owned = next.is_word() && !next.spaced && day && f.month.is_none();
        if owned && timex.first.checked_sub(1).is_some_and(|i| self.has(i, Class::Place)) {
            return false;
        }
        // `at a Sunday rally`: what the sentence tells took place there.
        if let [preposition, article] = self.tokens[timex.first.saturating_sub(2)..timex.first]
            && self.words.is(preposition.word, Class::Place)
            && self.words.is(article.word, Class::One)
        {
            return false;
        }
        let determined = determined || self.words.is(self.tokens[timex.first].word, Class::Determiner) && timex.fields.season.is_some();
        let noun = next.is_word() && self.words.mask(next.word) & Class::Function.bit() == 0 && !self.verb(timex.last);
        let possessed = next.is_word() && !next.spaced;
        possessed || (noun && (determined || (!next.capital() && !led)))
    }

    /// The preposition right before an expression.
    fn before(&self, timex: &RawTimex, class: Class) -> bool {
        timex.first.checked_sub(1).is_some_and(|i| self.has(i, class))
    }

    /// Whether an expression only bounds a time; `not until May` and `until May, when` are in May.
    fn bound(&self, timex: &RawTimex) -> bool {
        let met = timex.first.checked_sub(2).is_some_and(|i| self.has(i, Class::Negation)) || self.opens_when(timex);
        self.before(timex, Class::Bound) && !met && !self.at_event(timex)
    }

    /// `until Sunday's debate, when she said`: a clause tells what happened at the event that the expression names.
    fn at_event(&self, timex: &RawTimex) -> bool {
        let mut end = timex.last;
        while end < timex.last + EVENT && end + 1 < self.tokens.len() && !self.boundary(end) && !self.verb(end) && !self.quoted(end) {
            end += 1;
        }
        let marked = end > timex.last && self.boundary(end) && self.tokens.get(end + 1).is_some_and(|t| self.words.is(t.word, Class::AtWhich));
        marked && timex.fields.weekday.is_some()
    }

    /// Whether a relative clause opens between two tokens and no clause ends there.
    fn relative_between(&self, a: usize, b: usize) -> bool {
        let mut open = false;
        // Last token of the clause's own verb.
        let mut verb: Option<usize> = None;
        for i in a..b {
            if self.relative(i) {
                // `It was she who`
                let cleft = self.has(a, Class::Cleft) && self.tokens.get(a + 1).is_some_and(|t| self.words.is(t.word, Class::Function));
                (open, verb) = (!cleft, None);
            } else if open && self.boundary(i) && i + 1 < b {
                open = false;
            } else if open && self.verb(i) {
                // `those who read it closely were`: the second verb is the main clause's.
                let told = verb.is_some_and(|v| v + 2 < i && self.doc.lang.quote.verb_at(self.tokens, v).is_none());
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
            && (f.direction == Some(Direction::Ago) && f.count == Some(1.0) || f.direction.is_none() && f.deictic == Some(-1))
            && f.units[0] == Some(Unit::Year)
            && let Some(reference) = self.reference
        {
            return Some((plus(plus_months(reference, -12)?, -YEAR_AGO)?, plus(plus_months(reference, -12)?, YEAR_AGO)?));
        }
        Some((from, to))
    }

    /// `before Christmas`: in the weeks before.
    fn run_up(&self, timex: &RawTimex) -> bool {
        let earlier = |i: usize| self.has(i, Class::Around) && self.words.value(self.tokens[i].word, Class::Around) == Direction::Earlier as i32;
        timex.reading == Reading::Holiday && timex.first.checked_sub(1).is_some_and(earlier)
    }

    /// Whether an expression dates the document, not what it tells of.
    fn layout(&self, t: usize) -> bool {
        self.dates.dateline.is_some_and(|d| d.0 == t) || document::is_stamp(self.doc, &self.raw[t])
    }

    /// `On May 3, two days after the vote`: whether an expression only says which day the one before it names.
    fn explains(&self, t: usize) -> bool {
        let timex = &self.raw[t];
        matches!(timex.reading, Reading::Event | Reading::Offset)
            && t > 0
            && self.raw[t - 1].last + 1 >= timex.first
            && self.timexes[t - 1].from.is_some()
            && self.timexes[t - 1].value == self.timexes[t].value
    }

    fn tie(&self, t: usize, cue: usize, cue_end: usize) -> Tie {
        let timex = &self.raw[t];
        if self.layout(t) || self.explains(t) {
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
        let bound = self.bound(timex) && timex.reading != Reading::Event && !self.run_up(timex) && !self.reached(timex);
        // `began his message of June 9`
        let began = (timex.first.saturating_sub(HEAD + 2)..timex.first).contains(&cue) && timex.first >= 2 && self.words(timex.first - 2);
        if self.attributive(timex) || bound || self.hour(timex) || self.belongs(timex) && !began {
            return Tie::None;
        }
        let governor = self.governor(timex);
        // `a cable, leaked in March`
        if governor.is_some_and(|g| g < timex.first && self.has(g, Class::Leaked)) {
            return Tie::None;
        }
        if governor.is_some_and(|g| (cue.saturating_sub(AUXILIARY)..cue_end).contains(&g) && (g >= cue || (g..cue).all(|i| !self.boundary(i)))) {
            return Tie::Verb;
        }
        let Some(governor) = governor else {
            return Tie::Sentence;
        };
        if self.timexes[t].to.is_some_and(|to| self.future(governor, to)) {
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
            // "she told me when we met in April"
            let mut between = cue_end..timex.first;
            let met = self.reference.is_some()
                && between.clone().any(|i| self.has(i, Class::AtWhich))
                && between.clone().any(|i| self.first_person(i))
                && !between.any(|i| self.boundary(i));
            if met {
                return Tie::Verb;
            }
            if content || self.relative_between(cue, timex.first) {
                return Tie::None;
            }
            // A clause of its own after the reporting clause.
            return if self.relative_between(governor.min(cue), timex.first) { Tie::None } else { Tie::Sentence };
        }
        // `Berg, who in May called it “a farce”, said`
        let within = (timex.last..cue).contains(&governor)
            && (timex.last..cue).all(|i| self.quoted(i) || !self.boundary(i) && !self.has(i, Class::RelativeClause));
        if self.relative_between(self.bounds(timex.sentence).0, timex.first) && !within && !self.pluperfect(governor) && !self.meanwhile(timex) {
            return Tie::None;
        }
        Tie::Sentence
    }

    /// Whether a verb tells of what is to come on or before a day; `would not answer yesterday` is past.
    fn future(&self, i: usize, to: Date) -> bool {
        // `set it off on Monday` is past as well, `set to open` is not.
        let past = |i: usize| self.has(i, Class::Negation) || !self.has(i - 1, Class::Function) && !self.has(i, Class::Infinitive);
        let over = self.reference.is_some_and(|r| to < r) && i + 1 < self.tokens.len() && past(i + 1);
        // `would have been`
        let unreal = i > 0 && self.has(i, Class::Perfect) && self.has(i - 1, Class::Future);
        // `is to visit`
        let due = self.has(i, Class::Present) && i + 1 < self.tokens.len() && self.has(i + 1, Class::Infinitive);
        self.has(i, Class::Future) && !over || unreal || due
    }

    /// `Berg, who was travelling on Thursday, said`: whether an expression dates what somebody was doing meanwhile.
    fn meanwhile(&self, timex: &RawTimex) -> bool {
        let doing = |g: usize| {
            self.has(g, Class::Past)
                && self.has(g, Class::Function)
                && self.doc.lang.quote.ends_as(self.tokens[g + 1].of(self.doc.text), Role::Gerund)
        };
        let last = self.bounds(timex.sentence).1;
        let comma = timex.last < last && self.tokens[timex.last].is_mark(self.doc.text, b',');
        comma && self.governor(timex).is_some_and(|g| g + 1 < timex.first && doing(g))
    }

    /// Whether an expression belongs to a noun (`read out his speech of last May`, but `in his speech of last May`).
    fn belongs(&self, timex: &RawTimex) -> bool {
        self.before(timex, Class::Of) && !(timex.first.saturating_sub(EVENT)..timex.first).any(|i| self.has(i, Class::Place))
    }

    /// Whether the token is a noun for words that were given out or written.
    fn words(&self, i: usize) -> bool {
        self.mask(i) & (Class::SpeechNoun.bit() | Class::Document.bit() | Class::Remark.bit()) != 0
    }

    /// `By May they were`: a time that has come when the sentence opens.
    fn reached(&self, timex: &RawTimex) -> bool {
        let first = self.bounds(timex.sentence).0;
        self.before(timex, Class::Reached)
            && timex.first <= first + FRONTED
            && self.governor(timex).is_none_or(|g| self.mask(g) & (Class::Future.bit() | Class::Present.bit()) == 0 || self.has(g, Class::Past))
    }

    /// Whether an expression only names a time of day that something filled (`described the evening as`).
    fn hour(&self, timex: &RawTimex) -> bool {
        let f = &timex.fields;
        let alone = f.part_of_day.is_some()
            && timex.reading == Reading::Date
            && f.weekday.is_none()
            && f.month.is_none()
            && f.days[0].is_none()
            && f.ordinal.is_none()
            && f.clock.is_none();
        alone && timex.first > self.bounds(timex.sentence).0 && !self.before(timex, Class::When) && !self.before(timex, Class::Place)
    }

    /// Whether the token is the auxiliary of the pluperfect (`had said`), no verb of its own (`had a plan`).
    fn pluperfect(&self, i: usize) -> bool {
        let object = Class::Infinitive.bit()
            | Class::Determiner.bit()
            | Class::One.bit()
            | Class::Cardinal.bit()
            | Class::Few.bit()
            | Class::Place.bit()
            | Class::Bound.bit();
        // "she'd say": would.
        let would = || {
            let word = self.tokens[i].of(self.doc.text);
            let next = if i + 1 < self.tokens.len() { self.doc.lang.quote.verb_at(self.tokens, i + 1) } else { None };
            (word.ends_with("'d") || word.ends_with("’d"))
                && next.is_some_and(|v| v.form.any(Form::Base) && !v.form.any(Form::Past | Form::Participle))
        };
        self.has(i, Class::Pluperfect) && self.tokens.get(i + 1).is_none_or(|t| self.words.mask(t.word) & object == 0) && !would()
    }

    /// The reporting verb's tokens: the cue, else the verb nearest to the quotation.
    fn cue(&self, quote: &Quote, place: &Place) -> (usize, usize, usize) {
        let sentence = quote.sentence as usize;
        if let Some((first, last)) = place.cue() {
            return (self.sentence_near(sentence, first), first, last);
        }
        let (first, last) = self.bounds(sentence);
        let start = place.start();
        let verb = (first..start.min(last)).rev().find(|&i| self.verb(i)).or_else(|| (start..last).find(|&i| self.verb(i)));
        let at = verb.unwrap_or(start.min(self.tokens.len().saturating_sub(1)));
        (sentence, at, at + 1)
    }

    /// When words were said.
    fn date(&self, asked: &Asked, scenes: &Scenes, commentators: &[bool], seen: &mut Seen) -> SaidWhen {
        let &Asked { quote, attribution, place, report } = asked;
        let (sentence, mut cue, mut cue_end) = self.cue(quote, place);
        if let Some(report) = report {
            (cue, cue_end) = (report, report + 1);
        }
        let (first, last) = self.bounds(sentence);
        let mut led = self.auxiliaries(first, cue);
        if led & Class::Future.bit() != 0
            && let Some(report) = self.report_before(first, cue)
        {
            // `said that he would answer "with force"`: the report has the time.
            (cue, cue_end) = (report, report + 1);
            led = self.auxiliaries(first, cue);
        }
        // `declared that they had made “an error”`: what had been done is told by the report.
        let names = VerbUse::That | VerbUse::Bare | VerbUse::Label | VerbUse::As | VerbUse::Object | VerbUse::Thing;
        let done = self.tokens.get(cue).is_some()
            && self.doc.lang.quote.verb_at(self.tokens, cue).is_none_or(|v| !self.doc.lang.quote.verb_of(v).takes.any(names));
        let done = done || place.cue().is_none_or(|c| c.0 < cue);
        if done
            && self.auxiliary(first, cue + 1, Class::Pluperfect)
            && let Some(report) = self.report_over(first, cue)
        {
            (cue, cue_end) = (report, report + 1);
            led = self.auxiliaries(first, cue);
        }
        let range = self.first.get(sentence).copied().unwrap_or(0)..self.first.get(sentence + 1).copied().unwrap_or(0);
        let auxiliaries = cue.saturating_sub(AUXILIARY).max(first)..cue;
        // Before a colon stand no words of its own: `a note two lines long:`.
        if self.tokens.get(cue).is_some_and(|t| !t.is_word()) {
            led &= !Class::Iterated.bit();
        }
        let adjacent = |class: Class| led & class.bit() != 0;
        let form = if cue < self.tokens.len() { self.doc.lang.quote.verb_at(self.tokens, cue).map(|v| v.form) } else { None };
        let gerund = form.is_some_and(|f| f.any(Form::Ing) && !f.any(Form::Past));
        // A participle takes the tense of the main verb.
        let main = if gerund { (first..cue).find(|&i| self.verb(i)) } else { None };
        // The lead reports news in the perfect (`has announced`); further down it looks back.
        let lead = sentence <= self.lead && sentence + 2 < self.doc.sentences.len();
        let perfect = (adjacent(Class::Perfect) || main.is_some_and(|i| self.has(i, Class::Perfect))) && !lead;
        let pluperfect = adjacent(Class::Pluperfect) && (place.cue.is_some() || !(first..cue).any(|i| self.verb(i) && i + AUXILIARY < cue));

        let dated = !range.is_empty();
        // Never from its own words: a reported clause has no marks, and an expression can run over a mark.
        let range = range.filter(|&t| !quote.outer.overlaps(self.timexes[t].span));
        let (mut tied, mut direct) = (Vec::new(), Vec::new());
        for t in range {
            let tie = self.tie(t, cue, cue_end);
            if tie != Tie::None {
                tied.push((t, tie));
            }
            if tie == Tie::Verb {
                direct.push(t);
            }
        }

        // `would only say`, `would say only`
        let solely = || (cue.saturating_sub(1)..(cue_end + 1).min(self.tokens.len())).any(|i| self.has(i, Class::Solely));
        if direct.is_empty() && adjacent(Class::Future) && !self.has(cue, Class::Past) && !solely() {
            return SaidWhen { basis: "not-said".into(), granularity: "unknown".into(), ..SaidWhen::default() };
        }
        // `has repeatedly said since January`
        if let Some(t) = dated.then(|| self.since(sentence, cue)).flatten() {
            let open = (first..cue).any(|i| self.has(i, Class::Iterated) || self.has(i, Class::Perfect));
            if open && let (Some(from), Some(to)) = (self.timexes[t].from, self.reference) {
                return when(from.min(to), to, "interval", "since", Some(self.timexes[t].span));
            }
        }
        if let Some(when) = self.direct(&direct, cue) {
            return when;
        }
        let here = self.doc.sentences.get(sentence).map(|s| s.paragraph);
        let moved = |until: usize| {
            let later = self.now_at(sentence, scenes);
            let running = scenes.running.get(sentence).and_then(|r| r.back.or(r.scene));
            [later, running].into_iter().flatten().any(|n| n.timex as usize > until && Some(n.paragraph) == here)
        };
        if let Some((t, until)) = self.entry(sentence).filter(|e| !moved(e.1))
            && let Some(((from, _), (_, to))) = self.interval(t).zip(self.interval(until))
            && from <= to
            && tied.iter().all(|(other, _)| (t..=until).contains(other))
        {
            return when(from, to, self.granularity(t), Basis::Heading.name(), Some(self.timexes[t].span));
        }
        let scene = self.scene(sentence, asked, scenes, commentators, seen);
        let past = form.is_some_and(|f| f.any(Form::Past));
        // `Berg remembers her saying`
        let heard = cue_end > cue + 2 && self.doc.lang.quote.verb_at(self.tokens, cue_end - 1).is_some_and(|v| v.form.any(Form::Ing));
        let present = form.is_some_and(|f| f.any(Form::Third)) && !past && !heard;
        let asked = self.answers(place) && self.presence().interview;
        let now = if asked { self.presence().meeting } else { None };
        let now = now.or_else(|| if present { self.now(sentence, attribution, scenes) } else { None });
        // `Asked the next day, she answers`: the later one in the same paragraph.
        let passed = |now: &Scene| scene.is_some_and(|s| now.timex < s.timex && Some(s.paragraph) == here && now.to < s.from && !s.glance && !s.over);
        let now = now.filter(|n| !passed(n));
        let scene = now.or(scene);
        // `an apology for calling him “a fool”`: told as something from before.
        let nominal = gerund && cue > first && self.has(cue - 1, Class::Duration);
        let counts = dated.then(|| self.after_clause(sentence, cue)).flatten();
        if (nominal || counts.is_some())
            && let Some(t) = self.made(sentence, cue)
            && let Some((from, to)) = self.interval(t)
        {
            return when(from, to, self.granularity(t), "carried", Some(self.timexes[t].span));
        }
        if let Some(when) = counts.and_then(|t| self.counted(t, &tied, scene)) {
            return when;
        }
        if let Some(t) = self.then(sentence, cue, cue_end, last)
            && let Some((from, to)) = self.interval(t)
        {
            return when(from, to, self.granularity(t), "carried", Some(self.timexes[t].span));
        }
        // Most sentences have no word that any of this asks for.
        let tells = self.flags[first..last].iter().fold(0, |all, f| all | f.get()) & clause::TELLING != 0;
        let word = self.tokens.get(cue).is_some_and(Token::is_word);
        let earlier = word && auxiliaries.clone().any(|i| self.has(i, Class::Before) && !self.boundary(i) && !self.quoted(i))
            || tells && (first..last).any(|i| self.tells(i) && !self.quoted(i) && self.has(i, Class::Before) && self.has(i, Class::Direction));
        let written = tells && tied.is_empty() && scene.is_none_or(|s| self.news(&s)) && self.written(first, last, cue);
        let known = (tells || quote.sentence as usize != sentence) && self.known(first, place);
        let habit = tells && tied.is_empty() && self.habit(first, last, place);
        if perfect || earlier || adjacent(Class::Iterated) || written || habit || known {
            return SaidWhen { to: self.reference, granularity: UNKNOWN_PAST.into(), basis: UNKNOWN_PAST.into(), ..SaidWhen::default() };
        }
        // `"We are done." With those words, on Monday, she left.`
        let scene = scene.or_else(|| {
            let next = scenes.running.get(sentence + 2).and_then(|s| s.back.or(s.scene))?;
            let here = self.doc.sentences.get(sentence)?;
            (place.cue.is_none()
                && next.sentence as usize == sentence + 1
                && next.paragraph == here.paragraph
                && last > first
                && self.quoted(last - 1))
            .then_some(next)
        });
        // `have been in touch “daily,” according to Berg`
        let turned = place.cue.is_some()
            && !past
            && !heard
            && scene.is_some_and(|s| (s.sentence as usize) < sentence && !self.news(&s))
            && self.pivots(first, last);
        let timeline = scenes.running.get(sentence).is_some_and(|s| s.timeline);
        let scene = scene.filter(|_| now.is_some() || timeline || !present && !turned);
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
            return SaidWhen { to, granularity: UNKNOWN_PAST.into(), basis: "pluperfect".into(), ..SaidWhen::default() };
        }
        let distance = |t: usize| self.raw[t].first.abs_diff(cue);
        // `Asked on Monday about her words of May, he said`
        let asks =
            first < cue && self.doc.lang.quote.verb_at(self.tokens, first).is_some_and(|v| v.form.any(Form::Participle) && !v.form.any(Form::Base));
        let heads = |t: usize| asks && self.raw[t].last <= cue && (first + 1..self.raw[t].first).all(|i| !self.verb(i));
        let far = |t: usize| if heads(t) { 0 } else { distance(t) };
        // A later clause has its own time, unless nothing else is known.
        let nearest = tied.iter().filter(|(t, _)| scene.is_none() || !self.coordinate(*t, cue)).min_by_key(|(t, _)| far(*t));
        if let Some(&(t, _)) = nearest
            && let Some((from, to)) = self.interval(t)
        {
            return when(from, to, self.granularity(t), "sentence", Some(self.timexes[t].span));
        }
        if let Some(t) = self.afterthought(sentence, quote)
            && let Some((from, to)) = self.interval(t)
        {
            return when(from, to, self.granularity(t), "carried", Some(self.timexes[t].span));
        }
        if let Some(s) = scene {
            return self.when(&s);
        }
        // `she tells me`: a writer who met the speaker and does not say when.
        let told = |i: usize| !self.quoted(i) && self.has(i, Class::Narrator) && !self.tokens[i].capital();
        if self.personal() || (cue_end..(cue_end + 2).min(last)).any(told) {
            return SaidWhen { to: self.reference, granularity: UNKNOWN_PAST.into(), basis: UNKNOWN_PAST.into(), ..SaidWhen::default() };
        }
        // The sentence after the lead tells when.
        let next = scenes.next(sentence).filter(|n| {
            let here = self.doc.sentences.get(sentence).map_or(0, |s| s.paragraph);
            sentence <= self.lead && n.paragraph <= here + 1 && n.from == n.to && !n.glance && (0..=FRESH).contains(&self.age(n))
        });
        if let Some(s) = next {
            return self.when(&s);
        }
        match (self.dates.dateline, self.dates.published) {
            (Some((t, date)), _) => when(plus(date, -1).unwrap_or(date), date, "day", DATELINE, self.timexes.get(t).map(|x| x.span)),
            (None, Some(date)) => {
                let eve = plus(date, -1).unwrap_or(date);
                match self.news_day() {
                    // Whoever comes in further down may have been asked on any day since.
                    Some(day) if day < eve && attribution.speaker.is_some_and(|s| self.opens_with(s)) => {
                        when(day, plus(day, 1).unwrap_or(day), "day", PUBLISHED, None)
                    }
                    Some(day) if day < eve => when(day, date, "week", PUBLISHED, None),
                    _ => when(eve, date, "day", PUBLISHED, None),
                }
            }
            (None, None) => SaidWhen { granularity: "unknown".into(), basis: "none".into(), ..SaidWhen::default() },
        }
    }

    /// A scene as the time of what was said in it.
    #[inline(never)]
    fn when(&self, scene: &Scene) -> SaidWhen {
        let t = scene.timex as usize;
        when(scene.from, scene.to, self.granularity(t), scene.basis.name(), Some(self.timexes[t].span))
    }

    /// The day of the week that the text names first, before long, where it is one of the last few: what the article tells happened then.
    fn news_day(&self) -> Option<Date> {
        *self.news_day.get_or_init(|| self.first_day_named())
    }

    #[inline(never)]
    fn first_day_named(&self) -> Option<Date> {
        let paragraph = self.doc.sentences.get(self.lead)?.paragraph;
        let told = |t: usize| {
            let raw = &self.raw[t];
            let day = raw.quote.is_none() && (raw.fields.weekday.is_some() || raw.fields.month.is_some()) && raw.reading == Reading::Date;
            let (from, to) = self.interval(t).filter(|_| day && !self.before(raw, Class::Bound) && !self.layout(t))?;
            let age = i64::from(self.reference.map(|r| (r - to).get_days())?);
            (from == to && (0..=FRESH).contains(&age)).then_some(from)
        };
        let first = *self.first.get(self.lead)?;
        let within = |t: &usize| self.doc.sentences.get(self.raw[*t].sentence).is_some_and(|s| s.paragraph <= paragraph + NEWS_WITHIN);
        (first..self.raw.len()).take_while(within).find_map(told)
    }

    /// Whether the text begins with someone: the news is of him.
    fn opens_with(&self, speaker: EntityId) -> bool {
        let paragraph = |s: usize| self.doc.sentences.get(s).map_or(0, |s| s.paragraph);
        self.mentioned_in(speaker).is_some_and(|(first, _)| paragraph(first as usize) <= paragraph(self.lead) + OPENING)
    }

    /// Days from a scene to the document's date.
    fn age(&self, scene: &Scene) -> i64 {
        self.reference.map_or(i64::MAX, |r| i64::from((r - scene.to).get_days()))
    }

    /// Whether a scene is the day of the news that the document reports.
    fn news(&self, scene: &Scene) -> bool {
        self.age(scene) <= NEWS && i64::from((scene.to - scene.from).get_days()) <= NEWS
    }

    /// A scene of the news until it was printed.
    fn lasting(&self, scene: Scene) -> Scene {
        Scene { to: self.reference.map_or(scene.to, |r| r.max(scene.to)), ..scene }
    }

    /// The date at the head of the line in which a sentence stands (`May 3: Novak says`): its first and last expression.
    fn entry(&self, sentence: usize) -> Option<(usize, usize)> {
        let paragraph = self.doc.sentences.get(sentence)?.paragraph;
        let s = self.doc.sentences[..sentence].partition_point(|s| s.paragraph < paragraph);
        let t = *self.first.get(s)?;
        let first = self.behind_bullet(s);
        let timex = self.raw.get(t).filter(|r| r.sentence == s && r.first == first && r.reading == Reading::Date)?;
        let past = self.timexes[t].from.is_some_and(|d| self.reference.is_none_or(|r| d <= r));
        let until = self.range_end(t, self.first[s + 1]);
        (self.leads_in(self.raw[until].last) && past && !self.layout(t) && timex.fields.clock.is_none()).then_some((t, until))
    }

    /// The first token of a sentence, behind the bullet of a list.
    fn behind_bullet(&self, s: usize) -> usize {
        let first = self.bounds(s).0;
        first + usize::from(self.tokens.get(first).is_some_and(|t| document::is_bullet(t, self.doc.text)))
    }

    /// The last expression of a period of which `t` is the first ("27–29 January").
    fn range_end(&self, t: usize, end: usize) -> usize {
        let dash = t + 1 < end && self.raw[t].last + 1 == self.raw[t + 1].first && self.has(self.raw[t].last, Class::Dash);
        t + usize::from(dash)
    }

    /// `He made the remark on Sunday`: when the words that were told of without a date were said.
    #[inline(never)]
    fn made(&self, sentence: usize, cue: usize) -> Option<usize> {
        let end = (sentence + MADE).min(self.doc.sentences.len());
        (sentence + 1..end).find_map(|s| {
            let (first, last) = self.bounds(s);
            let noun = (first..last)
                .find(|&i| !self.quoted(i) && i > cue && self.has(i, Class::Remark) && i > first && self.has(i - 1, Class::Determiner))?;
            let t = (self.first[s]..self.first[s + 1]).find(|&t| {
                let r = &self.raw[t];
                let near = r.first > noun && r.first <= noun + CLAUSE && !(noun..r.first).any(|i| self.quoted(i));
                near && r.quote.is_none() && r.reading == Reading::Date && !self.attributive(r) && !self.before(r, Class::Bound)
            })?;
            // `made the remark on Sunday`, `the remark, made on Sunday`, no `drew the remark`
            let verb = |i: usize| self.verb(i) && self.doc.lang.quote.verb_at(self.tokens, i).is_none() && !self.has(i, Class::Function);
            let from = noun.saturating_sub(HEAD).max(first);
            let made = (from..self.raw[t].first).filter(|&i| verb(i)).count() == 1
                && (noun + 1..self.raw[t].first).all(|i| !self.has(i, Class::RelativeClause));
            (made && self.timexes[t].from.is_some_and(|d| self.reference.is_none_or(|r| d <= r))).then_some(t)
        })
    }

    /// The length of time after or before which the clause of a reporting verb took place.
    fn after_clause(&self, sentence: usize, cue: usize) -> Option<usize> {
        let mut range = self.first.get(sentence).copied()?..self.first.get(sentence + 1).copied()?;
        range.find(|&t| {
            let raw = &self.raw[t];
            raw.reading == Reading::Event
                && raw.quote.is_none()
                && (self.timexes[t].from.is_none() || self.explains(t))
                && raw.last < cue
                && cue <= raw.last + SUBJECT
                && (raw.last + 1..cue).all(|i| !self.quoted(i) && !self.boundary(i) && (!self.verb(i) || self.has(i, Class::Pluperfect)))
        })
    }

    /// `a week after she called him “a liar”`: counted from the day of the main clause, by the [`Teller::after_clause`] `t`.
    #[inline(never)]
    fn counted(&self, t: usize, tied: &[(usize, Tie)], scene: Option<Scene>) -> Option<SaidWhen> {
        let raw = &self.raw[t];
        let main = tied.iter().filter(|(m, _)| self.raw[*m].last <= raw.first).min_by_key(|(m, _)| raw.first - self.raw[*m].last);
        let (from, to) = main
            .and_then(|(m, _)| self.interval(*m))
            .or(scene.map(|s| (s.from, s.to)))
            .or_else(|| self.reference.and_then(|r| Some((plus(r, -1)?, r))))?;
        let sign = if self.after(raw.last) { -1 } else { 1 };
        let unit = raw.fields.units[0]?;
        let count = raw.fields.count.filter(|c| !c.is_nan()).or((!raw.fields.plural).then_some(1.0));
        let Some(count) = count else {
            let ((a, b), (c, d)) = (vague(from, unit, sign)?, vague(to, unit, sign)?);
            return Some(when(a.min(c), b.max(d), "vague", "counted", Some(self.timexes[t].span)));
        };
        let n = (count.clamp(0.0, 10_000.0) * sign as f32).round() as i64;
        let around = |slack: i64, shift: &dyn Fn(Date) -> Option<Date>| Some((plus(shift(from)?, -slack)?, plus(shift(to)?, slack)?));
        let (a, b) = match unit {
            Unit::Second | Unit::Minute | Unit::Hour => Some(if sign < 0 { (plus(from, -1)?, to) } else { (from, plus(to, 1)?) }),
            Unit::Day | Unit::Weekend => around(0, &|d| plus(d, n)),
            Unit::Week => around(ABOUT, &|d| plus(d, 7 * n)),
            Unit::Fortnight => around(ABOUT, &|d| plus(d, 14 * n)),
            Unit::Month => around(HALF_MONTH, &|d| plus_months(d, n)),
            Unit::Year => around(HALF_MONTH * 2, &|d| plus_months(d, 12 * n)),
            _ => None,
        }?;
        let granularity = match (b - a).get_days() {
            ..=1 => "day",
            2..=6 => "week",
            _ => "month",
        };
        Some(when(a, b, granularity, "counted", Some(self.timexes[t].span)))
    }

    /// `“…” That was in May.`: the sentence after the one of the quotation only says when.
    fn afterthought(&self, sentence: usize, quote: &Quote) -> Option<usize> {
        let next = self.doc.sentence_from(quote.sentence as usize, quote.outer.end.saturating_sub(1)).max(sentence) + 1;
        let (here, s) = (self.doc.sentences.get(sentence)?, self.doc.sentences.get(next)?);
        let (first, last) = self.bounds(next);
        let opens = here.paragraph == s.paragraph
            && first + 3 < last
            && last - first <= AFTERTHOUGHT
            && (self.has(first, Class::Cleft) || self.has(first, Class::Anaphoric))
            && self.mask(first + 1) & (Class::Past.bit() | Class::Function.bit()) == Class::Past.bit() | Class::Function.bit()
            && self.has(first + 2, Class::When);
        let t = self.first.get(next).copied().filter(|_| opens)?;
        let timex = self.raw.get(t).filter(|r| r.sentence == next && r.quote.is_none())?;
        (timex.first <= first + 3 && self.timexes[t].from.is_some_and(|d| self.reference.is_none_or(|r| d <= r))).then_some(t)
    }

    /// Whether the words are read from a writing of unknown date: a memo that was seen, a diary, a letter that `begins`.
    #[inline(never)]
    fn written(&self, first: usize, last: usize, cue: usize) -> bool {
        let document = |i: usize| self.tells(i) && self.has(i, Class::Document) && !self.quoted(i);
        let about = |i: usize| self.words.value(self.tokens[i].word, Class::Document) == 1;
        let Some(noun) = (first..last).find(|&i| document(i)) else { return false };
        let life = about(noun) && (first..noun).rev().take(3).any(|i| self.has(i, Class::Place));
        let leaked = || (first..last).any(|i| !self.quoted(i) && self.has(i, Class::Leaked));
        let present = || noun < cue && self.doc.lang.quote.verb_at(self.tokens, cue).is_some_and(|v| v.form.any(Form::Third));
        life || leaked() || present()
    }

    /// `“a fool”, as he liked to say`: more than once.
    #[inline(never)]
    fn habit(&self, first: usize, last: usize, place: &Place) -> bool {
        let (start, end) = (place.start(), place.end());
        (start.saturating_sub(CLAUSE).max(first)..(end + CLAUSE).min(last.saturating_sub(2))).any(|i| {
            self.tells(i)
                && self.has(i, Class::Habit)
                && !self.quoted(i)
                && self.has(i + 1, Class::Infinitive)
                && self.doc.lang.quote.verb_at(self.tokens, i + 2).is_some_and(|v| v.form.any(Form::Base))
        })
    }

    /// `is known to have called him “a fool”`, whenever that was.
    #[inline(never)]
    fn known(&self, first: usize, place: &Place) -> bool {
        (first..place.start().saturating_sub(2)).rev().take(CLAUSE).take_while(|&i| !self.quoted(i) && !self.boundary(i)).any(|i| {
            self.has(i, Class::Infinitive)
                && self.has(i, Class::Range)
                && self.has(i + 1, Class::Perfect)
                && self.doc.lang.quote.verb_at(self.tokens, i + 2).is_some()
        })
    }

    /// Whether an auxiliary or adverb of this class stands right before the verb, in its clause.
    fn auxiliary(&self, first: usize, cue: usize, class: Class) -> bool {
        self.auxiliaries(first, cue) & class.bit() != 0
    }

    /// The roles of the words right before a verb, in its clause.
    fn auxiliaries(&self, first: usize, cue: usize) -> u128 {
        (cue.saturating_sub(AUXILIARY).max(first)..cue).rev().take_while(|&i| !self.quoted(i) && !self.boundary(i)).fold(0, |all, i| {
            let had = self.has(i, Class::Pluperfect) && !self.pluperfect(i);
            // "is said to have told": by itself it tells no tense.
            let infinitive = i > first && self.has(i - 1, Class::Infinitive);
            let none = if had { Class::Pluperfect.bit() } else { 0 } | if infinitive { Class::Perfect.bit() } else { 0 };
            all | self.mask(i) & !none
        })
    }

    /// The reporting verb in the past of whose words the clause of `cue` is part.
    #[inline(never)]
    fn report_before(&self, first: usize, cue: usize) -> Option<usize> {
        (first..cue).rev().take_while(|&i| !self.boundary(i) && !self.quoted(i)).find(|&i| {
            self.doc.lang.quote.verb_at(self.tokens, i).is_some_and(|v| v.form.any(Form::Past)) && !self.auxiliary(first, i, Class::Future)
        })
    }

    /// The reporting verb in the past before a clause in the pluperfect, over the words that it quotes.
    #[inline(never)]
    fn report_over(&self, first: usize, cue: usize) -> Option<usize> {
        (first..cue).rev().take_while(|&i| self.quoted(i) || !self.boundary(i)).find(|&i| {
            !self.quoted(i)
                && self.doc.lang.quote.verb_at(self.tokens, i).is_some_and(|v| v.form.any(Form::Past))
                && !self.auxiliary(first, i, Class::Pluperfect)
                && self.mask(i) & (Class::Function.bit() | Class::Past.bit()) != Class::Function.bit()
        })
    }

    /// `who had called it "historic" in June, said on Monday it was "worthless"`: the verb after the words that the cue reports, before the quotation.
    fn later_report(&self, quote: &Quote, place: &Place) -> Option<usize> {
        let ((verb, cue), start) = (place.cue()?, place.start());
        let sentence = quote.sentence as usize;
        if start <= cue || !self.any_quoted(cue..start) || self.sentence_near(sentence, verb) != sentence {
            return None;
        }
        let report = (cue..start)
            .rev()
            .take(CLAUSE)
            .take_while(|&i| !self.quoted(i))
            .find(|&i| self.doc.lang.quote.verb_at(self.tokens, i).is_some_and(|v| v.form.any(Form::Past) && !v.form.any(Form::Ing)))?;
        self.any_quoted(cue..report).then_some(report)
    }

    /// The sentence that opens the running text.
    fn opening(&self) -> usize {
        let whole = |n: &usize| {
            let s = &self.doc.sentences[*n];
            let (first, last) = self.bounds(*n);
            let alone = self.doc.sentences.get(n + 1).is_none_or(|next| next.paragraph != s.paragraph);
            !self.doc.skipped(s.span) && last - first > document::HEADING && !(alone && document::is_open(self.doc, first, last))
        };
        (0..self.doc.sentences.len().min(LEAD)).find(whole).unwrap_or(0)
    }

    /// `in October, when he called it`: the expression right before the clause of the reporting verb.
    fn at_which(&self, quote: &Quote, place: &Place) -> Option<usize> {
        let ((cue, _), start) = (place.cue()?, place.start());
        let at = if cue < start { start } else { cue };
        let first = self.bounds(quote.sentence as usize).0;
        let outside = |i: &usize| !self.boundary(*i) && !self.quoted(*i);
        let flag = |i: usize, flag: u8| self.flags[i].get() & flag != 0;
        let opens = |i: usize| flag(i, clause::AT_WHICH) || i > first && flag(i, clause::RELATIVE) && self.has(i - 1, Class::Place);
        let when = (first..at).rev().take(CLAUSE).take_while(outside).find(|&i| opens(i))?;
        let mut end = if self.has(when, Class::AtWhich) { when } else { when - 1 };
        end -= usize::from(end > first && self.boundary(end - 1));
        let t = self.raw.partition_point(|r| r.last < end);
        let past = |t: usize| self.timexes[t].from.zip(self.reference).is_none_or(|(from, r)| from <= r);
        if self.raw.get(t).is_some_and(|r| r.last == end && r.first >= first && r.quote.is_none()) {
            return Some(t).filter(|&t| past(t));
        }
        // `before the 2022 summit in Riga, when`, `last year's letter, the one in which`: the date of what stands there.
        let timex = self.raw.get(t.checked_sub(1)?)?;
        let event =
            timex.first >= first && timex.quote.is_none() && timex.last + EVENT >= end && (timex.last..end).all(|i| !self.verb(i) && !self.quoted(i));
        let named = self.attributive(timex) && self.timexes[t - 1].from.is_some() && past(t - 1);
        (event && named && matches!(timex.reading, Reading::Date | Reading::Shift)).then_some(t - 1)
    }

    /// Whether a clause that tells what happened then follows right after (`in 2018, when`).
    fn opens_when(&self, timex: &RawTimex) -> bool {
        let next = timex.last + usize::from(timex.last < self.tokens.len() && self.boundary(timex.last));
        next < self.tokens.len() && self.has(next, Class::AtWhich)
    }

    /// `he said at the time`: the last expression before, whatever it dates.
    fn then(&self, sentence: usize, cue: usize, cue_end: usize, last: usize) -> Option<usize> {
        let then = |i: &usize| self.has(*i, Class::Then) && !self.quoted(*i);
        let behind = (cue_end..(cue_end + 3).min(last)).find(then);
        // `At the time he only said`
        let first = self.bounds(sentence).0;
        // `Back then she told`
        let head = |i: &usize| self.words.value(self.tokens[*i].word, Class::Then) == 1 || *i == first + 1 && self.has(first, Class::Back);
        let fronted = || (first + 1..(first + HEAD).min(cue)).find(then).filter(head);
        let adverb = behind.or_else(fronted)?;
        if (cue_end..adverb).any(|i| self.boundary(i)) {
            return None;
        }
        // `at the time`, not `the time`; the verb and `then`, not `and then`.
        let noun = self.words.value(self.tokens[adverb].word, Class::Then) == 1;
        let led = if noun { self.has(adverb - 1, Class::Determiner) } else { adverb <= cue_end + 1 };
        let paragraph = self.doc.sentences.get(sentence)?.paragraph;
        let before = self.raw.partition_point(|r| r.first < cue);
        let dates = |t: &usize| {
            let r = &self.raw[*t];
            let none = matches!(
                r.reading,
                Reading::Reference | Reading::Present | Reading::Past | Reading::Future | Reading::Recurring | Reading::Stretch | Reading::Length
            );
            // Of what a sentence opens with it is no day of the news.
            let past = adverb > cue || self.day_scene(*t).is_some_and(|s| self.age(&s) > BACKGROUND);
            !none && past && r.quote.is_none() && !self.hour(r) && self.timexes[*t].from.is_some() && !of_a_person(self.doc, r)
        };
        let t = (0..before).rev().take(CLAUSE).find(dates).filter(|_| led)?;
        let near = self.doc.sentences.get(self.raw[t].sentence).is_some_and(|s| s.paragraph + 1 >= paragraph);
        (near && self.raw[t].quote.is_none() && self.reference.is_none_or(|r| self.timexes[t].from.is_some_and(|d| d <= r))).then_some(t)
    }

    /// Whether an expression stands in a clause that follows the reporting clause and has a verb of its own.
    #[inline(never)]
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
    #[inline(never)]
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
            if self.flags.get(tokens).is_some_and(|f| f.iter().any(|f| f.get() & QUOTED != 0)) { span } else { both }
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
    fn scene(&self, sentence: usize, asked: &Asked, scenes: &Scenes, commentators: &[bool], seen: &mut Seen) -> Option<Scene> {
        let attribution = asked.attribution;
        let &Running { back, scene, timeline } = scenes.running.get(sentence)?;
        // What someone had said before is followed by that one's words, or the story goes on.
        let back = back.filter(|b| !b.glance || attribution.speaker.is_none_or(|speaker| seen.named_in(speaker, b.sentence)));
        let scene = back.or(scene)?;
        // Whoever speaks in an entry of a timeline spoke then; behind the last one, of these days, the text may be back in the present.
        if timeline && scene.basis == Basis::Heading && !self.news(&scene) {
            return Some(scene);
        }
        if self.interviewed(asked.place, &scene) {
            return None;
        }
        let here = self.doc.sentences.get(sentence)?;
        if scene.paragraph == here.paragraph && !scene.over {
            return Some(scene);
        }
        if scene.wide {
            return None;
        }
        if (scene.sentence as usize) < seen.returned && !self.news(&scene) {
            return None;
        }
        // After a turn to the present whoever comes in new may speak on any day of the news.
        if scene.over && (self.age(&scene) <= 1 || attribution.speaker.is_none_or(|speaker| seen.last(speaker, here.span.start).is_none())) {
            return Some(self.lasting(scene));
        }
        // Between two dates of a story that goes on.
        let story = self.age(&scene) > BACKGROUND
            && scenes.next(sentence).is_some_and(|n| {
                let follows = n.paragraph <= here.paragraph + RESUMED && self.anaphoric(n.timex as usize);
                (n.paragraph == here.paragraph + 1 || follows) && n.from >= scene.from && self.age(&n) > BACKGROUND
            });
        let story = story && !self.recalls(asked);
        let unnamed = attribution.mention.is_some_and(|m| {
            let tokens = self.doc.token_at(m.start)..=self.doc.token_at(m.end.saturating_sub(1));
            tokens.into_iter().any(|i| self.has(i, Class::Informant))
        });
        if attribution.speaker.is_some_and(|speaker| self.passer_by(speaker, here)) && (!story || unnamed) && !self.issued(sentence, asked.place) {
            seen.returned = sentence;
            return None;
        }
        if let Some(speaker) = attribution.speaker
            && commentators.get(speaker as usize) == Some(&true)
            && seen.last(speaker, here.span.start).is_none_or(|s| s < scene.sentence)
        {
            return None;
        }
        Some(scene)
    }

    /// Whether someone is named in this paragraph, at most in the next one too, and nowhere else: no part of the story, but asked about it.
    fn passer_by(&self, speaker: EntityId, here: &Sentence) -> bool {
        let Some((first, last)) = self.named(speaker) else { return false };
        let paragraph = |s: u32| self.doc.sentences.get(s as usize).map_or(0, |s| s.paragraph);
        paragraph(first) == here.paragraph && paragraph(last) <= here.paragraph + 1
    }

    /// `“They never asked,” said Berg, who owns the mill`: whether someone who is told of behind the verb speaks of the past, as those do
    /// who are asked about a story.
    fn recalls(&self, asked: &Asked) -> bool {
        let (Some(cue), Some(mention)) = (asked.attribution.cue, asked.attribution.mention) else { return false };
        let new = cue.start < mention.start || self.has(self.doc.token_at(mention.start), Class::One);
        let tense =
            Class::Past.bit() | Class::Pluperfect.bit() | Class::Present.bit() | Class::Perfect.bit() | Class::Future.bit() | Class::Modal.bit();
        let verb = |i: &usize| {
            let known = self.mask(*i) & tense != 0 || self.doc.lang.quote.verb_at(self.tokens, *i).is_some_and(|v| v.form.any(Form::Past));
            known || self.tokens[*i].is_word() && self.past_form(*i)
        };
        let past = |i: usize| self.mask(i) & tense & !(Class::Past.bit() | Class::Pluperfect.bit()) == 0;
        new && (asked.place.start()..asked.place.end()).find(verb).is_some_and(past)
    }
    /// Whether a word has the form of the past.
    fn past_form(&self, i: usize) -> bool {
        let token = &self.tokens[i];
        !token.capital() && self.words.looks_past(token.of(self.doc.text)) && !self.describes(i)
    }

    /// `“We were blind,” he told us`, `“…,” he recalled`: whether the words were said to the writer, who was no part of a story of the past.
    fn interviewed(&self, place: &Place, scene: &Scene) -> bool {
        let Some((cue, end)) = place.cue().filter(|_| self.age(scene) > BACKGROUND) else { return false };
        let writer = |i: usize| {
            let mask = self.mask(i) & (Class::Company.bit() | Class::Function.bit() | Class::Determiner.bit());
            i < self.tokens.len() && mask == Class::Company.bit() && !self.quoted(i)
        };
        let (first, last) = self.bounds(scene.sentence as usize);
        let there = || (first..last).any(|i| !self.quoted(i) && self.mask(i) & (Class::Company.bit() | Class::Meets.bit()) != 0);
        // `remembers her saying` tells of another's words.
        end == cue + 1 && (self.has(cue, Class::Recalls) || end < self.tokens.len() && writer(end) && !there())
    }

    /// Whether the words were given out (`said in a statement`), a deed of the story.
    fn issued(&self, sentence: usize, place: &Place) -> bool {
        let (_, last) = self.bounds(sentence);
        let Some((cue, _)) = place.cue() else { return false };
        (cue..last).any(|i| !self.quoted(i) && self.has(i, Class::SpeechNoun))
    }

    /// Whether a token is the colon or dash behind what a line is about.
    fn leads_in(&self, i: usize) -> bool {
        self.tokens.get(i).is_some_and(|t| t.is_mark(self.doc.text, b':') || self.has(i, Class::Dash))
    }

    /// The date or the period that a heading names, alone or before a colon or dash ("18 March: a surprise in Doha").
    #[inline(never)]
    fn dated_heading(&self, s: usize) -> Option<Scene> {
        let (first, last) = (self.behind_bullet(s), self.bounds(s).1);
        let dated = self.first[s]..self.first[s + 1];
        let t = dated.start;
        let from = self.raw.get(t).filter(|_| !dated.is_empty())?;
        let until = self.range_end(t, dated.end);
        let end = self.raw[until].last;
        let fills = until + 1 == dated.end && end - from.first + 3 >= last - first;
        let leads = from.first == first && end < last && self.leads_in(end);
        // "1. The snub (May 2023)"
        let closes = until + 1 == dated.end
            && from.first > first
            && self.tokens[from.first - 1].is_mark(self.doc.text, b'(')
            && self.tokens.get(end).is_some_and(|t| t.is_mark(self.doc.text, b')'))
            && end + 2 >= last;
        let days = self.interval(t).zip(self.interval(until)).filter(|_| (fills || leads || closes) && self.published_elsewhere(t));
        days.map(|((from, to), (_, end))| Scene {
            from,
            to: to.max(end),
            timex: t as u32,
            sentence: s as u32,
            paragraph: self.doc.sentences[s].paragraph,
            basis: Basis::Heading,
            wide: false,
            glance: false,
            over: false,
        })
    }

    /// The running date before each sentence, and after the last. A look back (told in the pluperfect, or to an earlier day in the middle of a paragraph)
    /// holds to the end of its paragraph; then the story goes on where it was.
    fn scenes(&self) -> Scenes {
        let sentences = self.doc.sentences;
        let mut found: Vec<Option<Option<Scene>>> = vec![None; sentences.len()];
        let mut t = 0;
        while let Some(s) = self.raw.get(t).map(|r| r.sentence).filter(|s| *s < found.len()) {
            let range = t..self.first[s + 1];
            t = range.end;
            // `Geneva, 3 May` above the text dates the text.
            let (first, last) = self.bounds(s);
            let line = || s < self.lead && !(first..last).any(|i| self.verb(i));
            if !self.doc.skipped(sentences[s].span) && !line() {
                found[s] = self.scene_of(s, range);
            }
        }
        let mut next: Vec<u32> = vec![NONE; found.len()];
        for s in (1..found.len()).rev() {
            next[s - 1] = if let Some(Some(_)) = found[s] { s as u32 } else { next[s] };
        }
        let heads: Vec<bool> = (0..found.len()).map(|s| document::is_heading(self.doc, s)).collect();
        let mut headings: Vec<Option<Option<Scene>>> = heads.iter().enumerate().map(|(s, heads)| heads.then(|| self.dated_heading(s))).collect();
        // "9 March - The rally begins.": at the head of a paragraph, in a text that has more of them.
        let led = |s: usize| {
            let first = self.behind_bullet(s);
            let opens = s == 0 || sentences[s - 1].paragraph != sentences[s].paragraph;
            let dated = opens && !heads[s] && self.raw.get(self.first[s]).is_some_and(|r| r.first == first && r.fields.month.is_some());
            if dated { self.dated_heading(s) } else { None }
        };
        let mut entries: Vec<Scene> = (0..found.len()).filter_map(led).collect();
        if entries.len() < TIMELINE {
            entries.clear();
        }
        // Behind the paragraph of the last one the text goes on in its own time.
        let last_entry = entries.last().map(|e| e.paragraph);
        let timeline = last_entry.is_some() || headings.iter().flatten().flatten().take(TIMELINE).count() == TIMELINE;
        // A question without a date parts the sections of a timeline only.
        let asks = |s: usize| self.bounds(s).1.checked_sub(1).is_some_and(|i| self.tokens[i].is_mark(self.doc.text, b'?'));
        for (s, heading) in headings.iter_mut().enumerate().filter(|_| !timeline) {
            *heading = heading.filter(|dated| dated.is_some() || !asks(s));
        }
        let report = found.iter().flatten().flatten().filter(|s| self.age(s) > BACKGROUND).count() < RETROSPECT;
        let mut running: Vec<Running> = Vec::with_capacity(found.len() + 1);
        let (mut scene, mut back, mut heading) = (None::<Scene>, None::<Scene>, None::<Scene>);
        let mut entries = entries.into_iter().peekable();
        // Behind a question that opens a section, what is told of a past story is no aside from the news.
        let mut parted = false;
        for (s, sentence) in sentences.iter().enumerate() {
            if let Some(entry) = entries.next_if(|e| e.sentence as usize == s) {
                (scene, back, heading) = (None, None, Some(entry));
                running.push(Running { back, scene: heading, timeline });
                continue;
            }
            let opens = s == 0 || sentences[s - 1].paragraph != sentence.paragraph;
            back = match back {
                Some(b) if opens && b.paragraph != sentence.paragraph => {
                    self.goes_on(&b, scene, s, &found).then_some(Scene { paragraph: sentence.paragraph, ..b })
                }
                b => b,
            };
            if opens && s > 0 && last_entry == Some(sentences[s - 1].paragraph) {
                (scene, back, heading) = (None, None, None);
            }
            let told = timeline && heading.is_some();
            running.push(Running { back, scene: scene.or(heading), timeline: told });
            if let Some(dated) = headings[s] {
                (scene, back, heading) = (None, None, dated);
                continue;
            }
            parted |= heads[s];
            // Where no date runs that a turn could end, the sentence need not be read.
            let runs = back.is_some() || scene.is_some_and(|s| !s.over || !self.news(&s));
            if found[s].is_none() && !(runs && !told) || self.doc.skipped(sentence.span) {
                continue;
            }
            // `Later that month` goes on with what a sentence in the present broke off.
            let resumed =
                |n: Scene| n.paragraph <= sentence.paragraph + RESUMED && self.anaphoric(n.timex as usize) && scene.is_some_and(|s| s.from <= n.to);
            let later = found.get(next[s] as usize).copied().flatten().flatten();
            let (first, last) = (sentence.first as usize, sentence.last as usize);
            if runs && !told && (self.pivots(first, last) || self.asks_round(first, last)) && !later.is_some_and(resumed) {
                scene = scene.filter(|s| self.news(s)).map(|s| Scene { over: true, ..s });
                back = None;
            }
            match found[s] {
                None => {}
                Some(None) => (scene, back) = (scene.filter(|s| self.news(s)).map(|s| Scene { over: true, ..s }), None),
                Some(Some(next)) => {
                    let told = parted && self.age(&next) > BACKGROUND;
                    let earlier = !told && back.or(scene).is_some_and(|live| next.to < live.from);
                    parted = false;
                    let background = report && scene.as_ref().is_some_and(|s| self.news(s)) && self.age(&next) > BACKGROUND;
                    if next.glance || (earlier && (!opens || background)) {
                        back = Some(next);
                    } else {
                        (scene, back) = (Some(next), None);
                    }
                }
            }
        }
        running.push(Running { back, scene: scene.or(heading), timeline: timeline && heading.is_some() });
        Scenes { running, found, next, headings, nows: OnceCell::new() }
    }

    /// Whether an expression counts from the running date.
    fn anaphoric(&self, t: usize) -> bool {
        let raw = &self.raw[t];
        raw.counts_on() || raw.reading == Reading::Within
    }

    /// Whether a look back goes on in the paragraph that opens with this sentence: an answer to it, or more words of someone who was speaking.
    #[inline(never)]
    fn goes_on(&self, back: &Scene, scene: Option<Scene>, s: usize, found: &[Option<Option<Scene>>]) -> bool {
        let paragraph = self.doc.sentences[s].paragraph;
        let mut end = s;
        while self.doc.sentences.get(end).is_some_and(|x| x.paragraph == paragraph) {
            end += 1;
        }
        let (first, last) = self.bounds(s);
        // Beside words of the news a look back is an aside, and what answers, answers these.
        let from = self.raw[back.timex as usize].span.start;
        let before = self.quotes.partition_point(|q| q.outer.start < from).checked_sub(1).map(|q| self.quotes[q].sentence);
        let paragraph_of = |n: u32| self.doc.sentences[n as usize].paragraph;
        let aside =
            [before, scene.map(|s| s.sentence)].into_iter().flatten().any(|n| n < back.sentence && paragraph_of(n) == paragraph_of(back.sentence));
        if aside || paragraph != back.paragraph + 1 || found[s..end].iter().any(Option::is_some) || self.pivots(first, last) {
            return false;
        }
        let soon = || {
            (self.first[s]..self.first[s + 1]).any(|t| {
                let hours = matches!(self.raw[t].fields.units[0], Some(Unit::Hour | Unit::Minute | Unit::Second));
                hours && self.raw[t].quote.is_none() && self.before(&self.raw[t], Class::Preposition)
            })
        };
        if (first..last).any(|i| self.replies(i)) || soon() {
            return true;
        }
        if back.glance || first >= self.tokens.len() || !self.quoted(first) {
            return false;
        }
        let (start, stop) = (self.doc.sentences[s].span.start, self.doc.sentences[end - 1].span.end);
        let at = self.quotes.partition_point(|q| q.outer.start < start);
        let cued = (at..self.quotes.len()).take_while(|&q| self.quotes[q].outer.start < stop).find(|&q| self.attributions[q].mention.is_some());
        // More words of whoever was quoted in the look back.
        let before = at.checked_sub(1).filter(|&q| self.quotes[q].sentence >= back.sentence).and_then(|q| self.attributions[q].speaker);
        if before.is_some() && cued.is_some_and(|q| self.attributions[q].speaker == before) {
            return true;
        }
        // `“…” he said`, `“…” the banker added`: known from the paragraph before.
        match cued.and_then(|q| self.attributions[q].mention) {
            Some(mention) if start <= mention.start && mention.start < stop => (self.doc.token_at(mention.start)..self.tokens.len())
                .take_while(|&i| self.tokens[i].span.start < mention.end)
                .enumerate()
                .all(|(n, i)| !self.tokens[i].capital() || n == 0 && self.has(i, Class::Function)),
            _ => back.sentence as usize + 1 == s || paragraph_of(back.sentence + 1) == paragraph,
        }
    }

    /// Whether a word says that someone answered.
    fn replies(&self, i: usize) -> bool {
        if self.quoted(i) || !self.has(i, Class::Reply) {
            return false;
        }
        let part = self.words.value(self.tokens[i].word, Class::Reply) == 1;
        !part || i > 0 && self.doc.lang.quote.verb_at(self.tokens, i - 1).is_some_and(|v| v.len > 1)
    }

    /// Whether a sentence turns to people who are asked about the news (`Analysts doubted`), at no time of their own.
    #[inline(never)]
    fn asks_round(&self, first: usize, last: usize) -> bool {
        let head = first..(first + HEAD).min(last);
        let Some(noun) = head.clone().find(|&i| !self.quoted(i) && self.has(i, Class::Commenter)) else { return false };
        let verb = noun + 1 < last && self.doc.lang.quote.verb_at(self.tokens, noun + 1).is_some();
        verb && !(noun..last).any(|i| !self.quoted(i) && self.has(i, Class::Then))
    }

    /// Whether a line's date is not simply that of the document.
    fn published_elsewhere(&self, t: usize) -> bool {
        self.timexes[t].from != self.dates.published || self.timexes[t].to != self.dates.published
    }

    /// Whether a sentence's main verb stands in the present, the present perfect or the future.
    fn pivots(&self, first: usize, last: usize) -> bool {
        let (asked, pivots) = self.pivots.get();
        if asked == (first, last) {
            return pivots;
        }
        let pivots = self.turns(first, last);
        self.pivots.set(((first, last), pivots));
        pivots
    }
    fn turns(&self, first: usize, last: usize) -> bool {
        let mut relative = false;
        let mut told: Option<usize> = None;
        // `Still the port is shut`, but `Still, she tried`.
        if first + 1 < last && !self.quoted(first) && self.has(first, Class::Return) && !self.tokens[first + 1].is_mark(self.doc.text, b',') {
            return true;
        }
        for i in first..last {
            if self.relative(i) {
                relative = true;
            } else if relative && self.boundary(i) {
                relative = false;
            } else if relative && self.verb(i) && told.is_some_and(|v| v + 1 < i) && self.has(i, Class::Function) && !self.has(i, Class::Modal) {
                // `those who live there are`: the second verb is the main clause's.
                return self.has(i, Class::Present) && !self.has(i, Class::Past);
            } else if relative && self.verb(i) {
                told = Some(i);
            } else if !relative && self.verb(i) {
                let now = Class::Present.bit() | Class::Perfect.bit() | Class::Future.bit();
                let third = self.doc.lang.quote.verb_at(self.tokens, i).is_some_and(|v| v.form.any(Form::Third));
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
            if self.layout(t) || self.explains(t) {
                continue;
            }
            let Some((from, to)) = self.interval(t) else { continue };
            if matches!(raw.reading, Reading::Stretch | Reading::Recurring | Reading::Past | Reading::Reference | Reading::Present) {
                continue;
            }
            let paragraph = self.doc.sentences[s].paragraph;
            let scene = Scene {
                from,
                to,
                timex: t as u32,
                sentence: s as u32,
                paragraph,
                basis: Basis::Carried,
                wide: (to - from).get_days() > CARRIED,
                glance: false,
                over: false,
            };
            if self.reference.is_some_and(|r| from > r) {
                // `agreed on Monday to close it until May`
                if self.bound(raw) && found.flatten().is_some() {
                    continue;
                }
                // The text turns to what is to come, unless a year only names something in a story of the past (`asked about the 2030 race`).
                let past = found.flatten().is_some_and(|s| !self.news(&s));
                if !past || raw.last != raw.first + 1 || raw.fields.year.is_none() || !self.attributive(raw) {
                    found = Some(None);
                }
                continue;
            }
            if self.hour(raw) || self.belongs(raw) {
                continue;
            }
            // `let a week pass` says when, `two-day talks` only names them.
            let named = self.attributive(raw) && !self.at_event(raw) && raw.reading != Reading::Length;
            if named || (self.bound(raw) && raw.reading != Reading::Event && !self.reached(raw)) {
                // `ahead of Tuesday's talks`: told from the day of the news.
                let f = &raw.fields;
                let deictic = f.weekday.is_some() && f.month.is_none() && f.anaphoric.is_none() || f.day_word.is_some();
                if deictic && found.is_none() && self.age(&scene).abs() <= NEWS {
                    found = Some(None);
                }
                let after = (raw.first.saturating_sub(4)..raw.first).any(|i| self.has(i, Class::Around) && self.after(i));
                if named && after && from == to && event.is_none() {
                    let end = plus(to, AFTERMATH).unwrap_or(to);
                    let end = self.reference.map_or(end, |r| end.min(r.max(to)));
                    event = Some(Scene { to: end, basis: Basis::AfterEvent, ..scene });
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
            // `agreed to split it and to board them from January`: what is to come of it.
            let agreed = || {
                let to = (first..raw.first).rev().take(CLAUSE).find(|&i| self.has(i, Class::Infinitive) && !self.quoted(i));
                to.is_some_and(|i| {
                    !(i + 2..raw.first).any(|k| self.verb(k) || self.boundary(k))
                        && (first..i).any(|g| {
                            self.doc.lang.quote.verb_at(self.tokens, g).is_some_and(|v| v.takes.any(VerbUse::Infinitive) && v.form.any(Form::Past))
                        })
                })
            };
            if governor.is_some_and(|g| self.future(g, to)) || agreed() {
                continue;
            }
            // "Vega, who rang me in mid-May": what she then says is of that day.
            let to_writer = || (first..raw.first).any(|i| !self.quoted(i) && self.first_person(i));
            if self.relative_between(first, raw.first) && !self.meanwhile(raw) && !to_writer() {
                // `the city, where on Tuesday she spoke.`: the next sentence goes on from there.
                let fronted = (raw.first.saturating_sub(FRONTED).max(first)..raw.first).any(|i| self.has(i, Class::RelativeClause));
                let last = self.bounds(s).1;
                if fronted && (to - from).get_days() <= 1 && (raw.last..last.saturating_sub(1)).all(|i| !self.boundary(i)) {
                    found = Some(Some(Scene { glance: true, ..scene }));
                }
                continue;
            }
            if self.in_passing(first, raw) {
                continue;
            }
            // `She wept after they came home on Tuesday.`: told from then on.
            if governor.is_some_and(|g| g < raw.first && self.aftermath(first, g)) {
                let end = plus(to, AFTERMATH).unwrap_or(to);
                let end = self.reference.map_or(end, |r| end.min(r.max(to)));
                event = event.or(Some(Scene { to: end, basis: Basis::AfterEvent, ..scene }));
                continue;
            }
            // `the ban imposed in May remains`
            let participle = |g: usize| g < raw.first && !self.doc.lang.quote.verb_at(self.tokens, g).is_some_and(|v| v.form.any(Form::Ing));
            if governor.is_some_and(participle) && raw.last < self.tokens.len() && self.verb(raw.last) {
                continue;
            }
            if let Some(g) = governor
                && g < raw.first
                && (first..g).any(|i| self.verb(i) && !(i..g).any(|k| self.boundary(k)) && self.doc.lang.quote.verb_at(self.tokens, i).is_some())
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
                let glance = governor.is_some_and(|g| self.pluperfect(g) || self.auxiliary(first, g, Class::Pluperfect));
                found = Some(Some(Scene { glance, ..scene }));
            }
        }
        found.or(event.map(Some))
    }

    /// `Berg, sworn in on Saturday, received her`: whether an expression dates what was once done to the subject that the commas part
    /// from its verb.
    fn in_passing(&self, first: usize, timex: &RawTimex) -> bool {
        let comma = |i: usize| self.tokens.get(i).is_some_and(|t| t.is_mark(self.doc.text, b','));
        let Some(opens) = (first + 1..timex.first).rev().take(PASSING).find(|&i| comma(i)).filter(|_| comma(timex.last)) else { return false };
        let done = |t: &Token| {
            let participle = self.doc.lang.quote.verb_at(self.tokens, opens + 1).is_some_and(|v| v.form.any(Form::Participle));
            t.is_word() && !t.capital() && (participle || self.has(opens + 1, Class::Past) || self.words.looks_past(t.of(self.doc.text)))
        };
        opens + 1 < timex.first
            && done(&self.tokens[opens + 1])
            && !(first..opens).any(|i| self.verb(i) || self.words(i) || self.has(i, Class::Reply))
    }
    /// Whether a verb is that of a clause behind `after`, which follows the main one.
    fn aftermath(&self, first: usize, verb: usize) -> bool {
        let clause = (first..verb).rev().take(SUBJECT).take_while(|&i| !self.boundary(i) && !self.verb(i));
        let opens = clause.into_iter().find(|&i| self.has(i, Class::Around) && self.after(i));
        opens.is_some_and(|i| i > first && (first..i).any(|k| self.verb(k)) && !self.has(i - 1, Class::Duration))
    }
    fn after(&self, i: usize) -> bool {
        self.words.value(self.tokens[i].word, Class::Around) == Direction::Later as i32
    }

    /// How fine an expression is, in the words of the contract.
    #[inline(never)]
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

fn when(from: Date, to: Date, granularity: &'static str, basis: &'static str, words: Option<Span>) -> SaidWhen {
    let (from, to) = if from <= to { (from, to) } else { (to, from) };
    SaidWhen { from: Some(from), to: Some(to), granularity: granularity.into(), basis: basis.into(), words }
}
