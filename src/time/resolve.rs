//! Temporal expressions + document date → TIMEX3 values and intervals of civil days. Deictic words
//! count from the document's date (inside a quotation from the day it was said), anaphoric ones from the
//! running date of the text; what lacks a year takes it from either. Finds nothing new.

use crate::annotation::{Quote, QuoteKind, TimeExpr, TimexKind};
use crate::doc::Doc;
use crate::language::quote::{Form, Role};
use crate::language::time::{Class, Direction, Guard, Part, PartOfDay, Reading, Reference, Season, Unit};
use crate::time::calendar::{self, Period, day, monday, plus, plus_months, weekday};
use crate::time::document;
use crate::time::find::{Fields, RawTimex};
use crate::token::Token;
use jiff::civil::Date;
use std::cell::{OnceCell, RefCell};
use std::fmt::Display;

/// Days ahead within which a day without a year and without a tense is still to come.
const AHEAD: i32 = 60;
/// Months ahead within which a month without a year and without a tense is still to come.
const NEAR: i8 = 4;
/// Days by which "a week later" may miss the day.
pub const ABOUT: i64 = 2;
/// Months by which a month that is named next may lie before the running one and still be of the same year.
const BACK: i32 = 5;
/// Sentences within which two dates are of one story.
const STORY: usize = 10;
/// Days before the document's date in which a day is one of the news.
const NEWS: i32 = 14;
/// Months within which a story goes on to its next date.
const STORY_MONTHS: i64 = 8;
/// Sentences that an entry of a timeline has at most.
const ENTRIES: usize = 6;
/// Tokens before the year in a heading ("14–17 May 2024").
const RANGE: usize = 4;
/// Sentences of a section under such a heading, at most.
const SECTION: usize = 60;
/// Sentences within which a day is of the season that was named.
const SEASON: usize = 2;
/// Days before the document's date up to which "the Monday" is one of the news.
const WEEK: i32 = 6;
/// Tokens from the head of a relative clause to its verb.
const CLAUSE: usize = 8;
/// Sentences from the running date to "the end of the month" of it, at most.
const WITHIN: usize = 3;
/// Tokens from the head of a relative clause to its date.
const ASIDE: usize = 16;
/// Tokens from "after" to the noun of the event.
const HEAD: usize = 3;
/// Tokens of a sentence in which an event is sought.
const TOLD: usize = 60;
/// Days named before among which that of an event is sought.
const EVENTS: usize = 40;
/// Days after which a weekday of the same week is the last one.
const LONG_PAST: i32 = 4;
/// Days of "recent weeks" and the like.
const RECENT: i64 = 28;

/// What the running text tells of when its events take place.
#[derive(Clone, Copy, Debug, Default)]
struct Running {
    /// The last period named.
    last: Option<Period>,
    /// The last day named.
    day: Option<Date>,
    /// Sentence of the last expression with a year of its own.
    explicit: Option<usize>,
    /// The last expression with a year of its own said a month too.
    scene: bool,
    /// The last expression that dated a story of an earlier year than the document's: its sentence and the token after it.
    story: Option<(usize, usize)>,
    /// Era of the last year.
    before_era: bool,
    /// The last quarter named.
    quarter: Option<Period>,
    /// Sentence of the last period named.
    sentence: usize,
    /// The last month named, with its year.
    month: Option<(i32, i8)>,
    /// The last line that begins with a day: its sentence, and the day.
    heading: Option<(usize, Date)>,
    /// The day that ran before the heading of the section.
    before: Option<Date>,
    /// The last heading that tells a day or month: its sentence, the first day that it tells, and whether it tells a year too.
    titled: Option<(usize, Date, bool)>,
}

/// A resolved expression.
struct Resolved {
    kind: TimexKind,
    value: String,
    days: Option<(Date, Date)>,
    /// For the running date.
    period: Option<Period>,
}

/// Which tense the words round an expression have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Tense {
    Past,
    Future,
    Other,
}

/// The dates that the document itself gives.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Dates {
    /// Publication date, or the date that the text gives itself.
    pub published: Option<Date>,
    /// The dateline's date and the index of its expression.
    pub dateline: Option<(usize, Date)>,
}

impl Dates {
    /// The dates of a document that was published on this day.
    pub fn of(doc: &Doc, raw: &[RawTimex], published: Option<Date>) -> Dates {
        Dates { published, dateline: document::dateline(doc, raw, published) }
    }
    /// The day from which deictic words count.
    pub fn reference(&self) -> Option<Date> {
        self.dateline.map(|d| d.1).or(self.published)
    }
}

/// Resolve every expression; the result runs parallel to `raw`.
pub fn resolve(doc: &Doc, raw: &[RawTimex], quotes: &[Quote], dates: &Dates) -> Vec<TimeExpr> {
    let reference = dates.reference();
    let (turns, dated) = (OnceCell::new(), RefCell::new(Vec::new()));
    let mut state = Resolver {
        doc,
        reference,
        quotes,
        turns: &turns,
        narrative: is_narrative(raw, reference),
        day_first: raw.iter().filter(|r| day_first(doc, r)).count() > raw.iter().filter(|r| month_first(doc, r)).count(),
        running: Running::default(),
        pending: None,
        weekdays: [None; 8],
        ahead: None,
        back: None,
        dated: &dated,
    };
    let mut out: Vec<TimeExpr> = Vec::with_capacity(raw.len());
    // The running date at each length of time that an event follows.
    let mut events: Vec<(usize, Option<Period>)> = Vec::new();
    for (i, timex) in raw.iter().enumerate() {
        let near = i.checked_sub(1).filter(|&b| timex.first <= raw[b].last + BESIDE);
        if let Some(before) = near.filter(|&b| out[b].from.is_some() && out[b].from == out[b].to && state.explains(&raw[b], timex)) {
            let same = TimeExpr { span: timex.span, ..out[before].clone() };
            out.push(same);
            continue;
        }
        // `two days after the lock was shut`: the story goes on from there.
        if let Some(&(e, before)) = events.last()
            && out[e].from.is_none()
            && !(raw[e].sentence == timex.sentence && timex.first <= raw[e].last + EVENT)
            && raw[e].quote.is_none()
            && state.refers_back(&raw[e])
        {
            state.dated_event(&raw[e], before, &mut out[e]);
            if let (Some(from), Some(to)) = (out[e].from, out[e].to)
                && from == to
                && state.running.last == before
            {
                state.running.last = Some(Period::Day(from));
                state.running.day = Some(from);
            }
        }
        state.come_back(timex);
        let resolved = state.one(timex);
        if timex.reading == Reading::Event {
            events.push((i, state.event_day(timex).map(Period::Day).or(state.running.last)));
        }
        if let (Some(Period::Day(d)), None) = (resolved.period, timex.quote) {
            dated.borrow_mut().push((timex.sentence, d));
        }
        if let Some(period) = resolved.period {
            if let (Some(w), Period::Day(d)) = (timex.fields.weekday, period) {
                state.weekdays[w.clamp(0, 7) as usize] = Some(d);
            }
            // A month that took its year from the story hands it on.
            let f = &timex.fields;
            let hands = f.year.is_none() && f.month.is_some() && f.deictic.is_none() && f.anaphoric.is_none() && timex.quote.is_none();
            let hands = hands && !state.narrative && state.running.last.is_some_and(|p| p.year() <= period.year()) && state.lives(timex);
            let follows = !hands && timex.quote.is_none() && !state.narrative && (state.continues(timex) || state.counts_on(timex));
            if !state.ends_heading(i.checked_sub(1).map(|b| &raw[b]), timex)
                && !(timex.reading == Reading::Overnight && state.section(timex).is_some())
            {
                state.advance(timex, period);
                // `the next day` after `the second week of May` is none after a day named before that week.
                if timex.reading == Reading::WeekIn
                    && let (Some((from, to)), Some(day)) = (resolved.days, state.running.day)
                    && !(from <= day && day <= to)
                {
                    state.running.day = None;
                }
            }
            if let (Period::Day(d), true) = (period, state.running.day.is_some() && state.heads_line(timex)) {
                state.running.heading = Some((timex.sentence, d));
            }
            if hands {
                state.running.explicit = Some(timex.sentence);
                state.running.scene = true;
            }
            if (hands || follows) && state.running.story.is_some() {
                state.running.story = Some((timex.sentence, timex.last));
            }
        }
        out.push(expression(timex, resolved));
        // `A year ago this week`
        if let Some(b) = i.checked_sub(1)
            && let Some((from, to)) = years_before(&raw[b], timex, &out[i])
        {
            for at in [b, i] {
                (out[at].from, out[at].to) = (Some(from), Some(to));
            }
        }
        // `The day after the vote, on May 3, Vega`: the date says once more which day it is.
        if let Some(b) = i.checked_sub(1).filter(|&b| out[i].from.is_some() && out[i].from == out[i].to && state.explained(&raw[b], timex)) {
            out[b] = TimeExpr { span: raw[b].span, ..out[i].clone() };
            events.retain(|e| e.0 != b);
        }
        if let Some(&(e, before)) = events.last()
            && e + 1 == i
            && raw[e].sentence == timex.sentence
            && timex.first <= raw[e].last + EVENT
        {
            // `two days after the Aug. 15 summit`
            let dated = out[i].from.map(Period::Day).filter(|_| timex.quote == raw[e].quote);
            events.pop();
            state.dated_event(&raw[e], dated.or(before), &mut out[e]);
            // The story goes on from there, not from the event.
            if let (Some(from), Some(to)) = (out[e].from, out[e].to)
                && from == to
                && dated.is_some()
                && timex.quote.is_none()
            {
                state.running.last = Some(Period::Day(from));
                state.running.day = Some(from);
            }
        }
    }
    for (e, before) in events {
        if out[e].from.is_none() && state.refers_back(&raw[e]) {
            state.dated_event(&raw[e], before, &mut out[e]);
        }
    }
    state.in_order(raw, &mut out);
    state.quoted(raw, quotes, &mut out);
    out
}

/// The days of an expression of the present (`this week`, `today`) as many years earlier as the expression right before it says.
fn years_before(ago: &RawTimex, timex: &RawTimex, now: &TimeExpr) -> Option<(Date, Date)> {
    let (f, g) = (&ago.fields, &timex.fields);
    let present = timex.reading == Reading::Shift && g.deictic == Some(0) && g.month.is_none() || g.day_word == Some(0);
    let years = f.count.filter(|n| n.fract() == 0.0 && *n >= 1.0)? as i64;
    let apart = ago.last != timex.first || ago.quote != timex.quote;
    if apart || !present || ago.reading != Reading::Offset || f.direction != Some(Direction::Ago) || f.units[0] != Some(Unit::Year) {
        return None;
    }
    Some((plus_months(now.from?, -12 * years)?, plus_months(now.to?, -12 * years)?))
}

fn expression(timex: &RawTimex, resolved: Resolved) -> TimeExpr {
    let (from, to) = match resolved.days {
        Some((a, b)) if a <= b => (Some(a), Some(b)),
        _ => (None, None),
    };
    TimeExpr { span: timex.span, kind: resolved.kind, value: resolved.value, from, to }
}

/// Tokens between a day and what only says once more which it is.
const BESIDE: usize = 2;
/// Tokens between what counts from an event and a date in apposition.
const APPOSITION: usize = 8;
/// Tokens between a length of time and the date of the event it is counted from.
const EVENT: usize = 5;

/// A text that mostly names years of its own, long past, tells history: its dates take their year from one another.
fn is_narrative(raw: &[RawTimex], reference: Option<Date>) -> bool {
    let Some(reference) = reference else { return true };
    let now = i32::from(reference.year());
    let (mut old, mut near) = (0usize, 0usize);
    for timex in raw.iter().filter(|r| r.quote.is_none()) {
        let f = &timex.fields;
        match f.year {
            Some(y) => old += usize::from(y < now - 1 || f.before_era),
            None => {
                near += usize::from(
                    f.deictic.is_some()
                        || f.day_word.is_some()
                        || matches!(f.direction, Some(Direction::Ago))
                        || (f.weekday.is_some() && f.month.is_none() && f.anaphoric.is_none()),
                );
            }
        }
    }
    old >= 4 && old > 2 * near
}

/// The tokens outside quotations that are verbs in the present or the present perfect.
fn turns(doc: &Doc, quotes: &[Quote]) -> Vec<usize> {
    let words = &doc.lang.time;
    let (mut next, mut until) = (0, 0);
    let mut turn = |i: usize| {
        let at = doc.tokens[i].span.start;
        while let Some(quote) = quotes.get(next).filter(|q| q.outer.start <= at) {
            if quote.kind != QuoteKind::Indirect {
                until = quote.outer.end.max(until);
            }
            next += 1;
        }
        at >= until
    };
    let verb = |i: &usize| words.mask(doc.tokens[*i].word) & (Class::Perfect.bit() | Class::Present.bit()) != 0;
    // `will have kept`, `where the roads are narrow`
    let main = |i: &usize| {
        let mask = |k: usize| words.mask(doc.tokens[k].word);
        let plain = *i > 0 && mask(i - 1) & (Class::Future.bit() | Class::Modal.bit() | Class::Infinitive.bit()) != 0;
        let clause = (i.saturating_sub(CLAUSE)..*i).rev().take_while(|&k| doc.tokens[k].is_word() && mask(k) & Class::Present.bit() == 0);
        !plain && !clause.into_iter().any(|k| mask(k) & Class::RelativeClause.bit() != 0)
    };
    (0..doc.tokens.len()).filter(verb).filter(main).filter(|&i| turn(i)).collect()
}

fn first_class(doc: &Doc, timex: &RawTimex) -> Option<bool> {
    let f = &timex.fields;
    if f.month.is_none() || f.days[0].is_none() && f.ordinal.is_none() || f.days[1].is_some() {
        return None;
    }
    let words = &doc.lang.time;
    doc.tokens[timex.first..timex.last].iter().find_map(|t| {
        if words.is(t.word, Class::Month) {
            Some(false)
        } else if t.of(doc.text).as_bytes()[0].is_ascii_digit() {
            Some(true)
        } else {
            None
        }
    })
}

fn day_first(doc: &Doc, timex: &RawTimex) -> bool {
    first_class(doc, timex) == Some(true)
}

fn month_first(doc: &Doc, timex: &RawTimex) -> bool {
    first_class(doc, timex) == Some(false)
}

#[derive(Clone, Copy)]
struct Resolver<'a> {
    doc: &'a Doc<'a>,
    reference: Option<Date>,
    quotes: &'a [Quote],
    /// The tokens that turn to the present, once somebody asks: few texts make it necessary.
    turns: &'a OnceCell<Vec<usize>>,
    narrative: bool,
    day_first: bool,
    running: Running,
    /// Year of a glance away from the running date.
    pending: Option<i32>,
    /// The last day named by each weekday.
    weekdays: [Option<Date>; 8],
    /// The running period and day before the text looked ahead.
    ahead: Option<(Option<Period>, Option<Date>)>,
    /// A look back: its paragraph, what it told, and the running period and day before it.
    back: Option<(u32, Period, (Option<Period>, Option<Date>))>,
    /// Sentences of the narrator's that name a day, and the day.
    dated: &'a RefCell<Vec<(usize, Date)>>,
}

fn timed(value: &str, f: &Fields) -> Option<String> {
    if let Some((hour, minute)) = f.clock {
        let hour = match f.half_day {
            Some(1) if hour < 12 => hour + 12,
            Some(0) if hour == 12 => 0,
            _ => hour,
        };
        return Some(format!("{value}T{hour:02}:{minute:02}"));
    }
    f.part_of_day.map(|p| format!("{value}T{}", p.name()))
}

/// `Vega, elected two months earlier, announced`, `Vega, 58, fresh from her May landslide, vowed`: whether an expression
/// tells since when somebody is what she is, in a phrase between commas.
pub(super) fn of_a_person(doc: &Doc, timex: &RawTimex) -> bool {
    let words = &doc.lang.time;
    let Some(sentence) = doc.sentences.get(timex.sentence) else { return false };
    let first = (sentence.first as usize).max(timex.first.saturating_sub(ASIDE)).min(timex.first);
    let comma = |i: &usize| doc.tokens[*i].is_mark(doc.text, b',');
    let Some(opens) = (first..timex.first).rev().find(comma) else { return false };
    let career = (opens + 1..(opens + 3).min(timex.first)).any(|i| words.is(doc.tokens[i].word, Class::Career));
    career && (timex.last..(sentence.last as usize).min(timex.last + ASIDE)).any(|i| comma(&i))
}

/// Where an expression that stands on one side of something else counts to.
fn sign(timex: &RawTimex) -> i32 {
    if timex.fields.direction == Some(Direction::Earlier) { -1 } else { 1 }
}

impl Resolver<'_> {
    /// The same, were `day` the running date.
    fn standing_at(&self, day: Date) -> Self {
        Resolver { running: Running { last: Some(Period::Day(day)), day: Some(day), ..self.running }, ..*self }
    }

    fn advance(&mut self, timex: &RawTimex, period: Period) {
        if timex.quote.is_some() || self.doc.skipped(timex.span) || document::is_stamp(self.doc, timex) {
            return;
        }
        match period {
            Period::Quarter(..) => self.running.quarter = Some(period),
            Period::Month(year, month) => self.running.month = Some((year, month)),
            _ => {}
        }
        let f = &timex.fields;
        if f.month.is_some()
            && self.titles(timex)
            && let Some((first, _)) = period.days()
        {
            let same = self.running.titled.filter(|t| t.0 == timex.sentence);
            let (day, year) = same.map_or((first, false), |t| (t.1, t.2));
            self.running.titled = Some((timex.sentence, day, year || f.year.is_some()));
        }
        if self.heads_line(timex) {
            self.running.before = self.running.day;
        }
        // `the last week of March` is in March, whenever it is told.
        let deictic = f.deictic.is_some() && timex.reading != Reading::WeekIn
            || f.day_word.is_some()
            || matches!(f.direction, Some(Direction::Ago | Direction::Hence))
            || (f.weekday.is_some() && f.month.is_none() && f.anaphoric.is_none() && timex.reading == Reading::Date);
        if deictic && (self.narrative || self.kind_of(timex)) {
            return;
        }
        // "“…,” the skipper told us this week.": whoever looks back is of no other day than the story.
        let remembers = f.deictic == Some(0) && self.after_quote(timex);
        // `said the pilot, who landed on Friday`: an aside from a story of another time.
        let past = || self.running.last.and_then(Period::days).zip(self.reference).is_some_and(|((_, last), r)| (r - last).get_days() > NEWS);
        if deictic && past() && (remembers || self.aside(timex)) {
            return;
        }
        if self.running.last.is_some() && of_a_person(self.doc, timex) {
            return;
        }
        // "the 12 June Front" only bears the day's name.
        let is = |i: usize, class: Class| self.doc.lang.time.is(self.doc.tokens[i].word, class);
        let led = is(timex.first, Class::Determiner) && !timex.first.checked_sub(1).is_some_and(|i| is(i, Class::When));
        if f.days[0].is_some() && f.year.is_none() && (led || self.attributive(timex)) && self.noun_behind(timex).is_some_and(Token::capital) {
            return;
        }
        // `a 19th-century fort` is no time that news goes on from.
        if !self.narrative && matches!(period, Period::Decade(_) | Period::Century(_)) {
            return;
        }
        if let Some(last) = self.running.last
            && f.year.is_some()
        {
            let jump = (period.year() - last.year()).abs();
            let near = match period.rank() {
                0..=6 => 6,
                _ => 3,
            };
            let opens = self.doc.sentences.get(timex.sentence).is_some_and(|s| timex.first <= s.first as usize + 2);
            let seconded = self.pending.is_some_and(|y| (period.year() - y).abs() <= near);
            if jump > near && !opens && !seconded {
                // A side glance at another time; a second one there moves the scene.
                self.pending = Some(period.year());
                return;
            }
            self.pending = None;
            if period.rank() >= 7 && jump == 0 {
                return;
            }
        }
        let ahead = |p: Period| p.days().zip(self.reference).is_some_and(|((first, _), r)| first > r);
        if ahead(period) && !self.running.last.is_some_and(ahead) {
            self.ahead = Some((self.running.last, self.running.day));
        }
        if !self.narrative && self.looks_back(timex) {
            self.back = Some((self.paragraph(timex), period, (self.running.last, self.running.day)));
        }
        self.running.last = Some(period);
        self.running.sentence = timex.sentence;
        if let Period::Day(d) = period {
            self.running.day = Some(d);
        }
        if f.year.is_some() && !self.attributive(timex) {
            self.running.explicit = Some(timex.sentence);
            self.running.scene = f.month.is_some() || f.season.is_some();
            self.running.story = self.opens_story(timex, period);
            self.running.before_era = f.before_era;
        } else if deictic && self.shifts_year(timex) {
            self.running.explicit = Some(timex.sentence);
            self.running.scene = true;
            self.running.story = self.opens_story(timex, period);
        } else if deictic {
            self.running.scene = false;
            self.running.story = None;
        }
    }

    fn paragraph(&self, timex: &RawTimex) -> u32 {
        self.doc.sentences.get(timex.sentence).map_or(0, |s| s.paragraph)
    }

    /// Whether an expression in the middle of a sentence counts back from the running date.
    fn looks_back(&self, timex: &RawTimex) -> bool {
        let f = &timex.fields;
        let first = self.doc.sentences.get(timex.sentence).map_or(0, |s| s.first as usize);
        let earlier = f.anaphoric.is_some_and(|n| n < 0) || timex.reading == Reading::Offset && f.direction == Some(Direction::Earlier);
        earlier && timex.first > first + 2
    }

    /// Whether an expression stands in a relative clause.
    fn aside(&self, timex: &RawTimex) -> bool {
        let words = &self.doc.lang.time;
        let first = self.doc.sentences.get(timex.sentence).map_or(0, |s| s.first as usize);
        let before = self.doc.tokens[first.min(timex.first)..timex.first].iter().rev().take(ASIDE);
        let clause = before.take_while(|t| !t.is_mark(self.doc.text, b','));
        clause.into_iter().any(|t| words.is(t.word, Class::RelativeClause))
    }

    /// Whether marks that close a quotation stand before an expression in its sentence.
    fn after_quote(&self, timex: &RawTimex) -> bool {
        let first = self.doc.sentences.get(timex.sentence).map_or(0, |s| s.first as usize);
        timex.quote.is_none()
            && self.doc.tokens[first.min(timex.first)..timex.first].iter().any(|t| matches!(t.of(self.doc.text), "”" | "’" | "\"" | "»"))
    }
    /// Whether a sentence holds a weekday and no more than a conjunction or adverb.
    fn bare(&self, timex: &RawTimex) -> bool {
        let Some(s) = self.doc.sentences.get(timex.sentence) else { return false };
        let words = self.doc.tokens[s.first as usize..s.last as usize].iter().filter(|t| t.is_word()).count();
        words > 1 && words <= timex.last - timex.first + 2 && timex.last + 1 == s.last as usize && timex.first > s.first as usize
    }

    /// Go on from where the text was before it looked back or ahead.
    fn come_back(&mut self, timex: &RawTimex) {
        // `A note of the day before had complained of it.` A paragraph further down the story goes on from where it was.
        if let Some((paragraph, back, before)) = self.back
            && timex.quote.is_none()
            && self.paragraph(timex) != paragraph
        {
            if self.running.last == Some(back) {
                (self.running.last, self.running.day) = before;
            }
            self.back = None;
        }
        // `They meet on Sunday. She called it off the day before`: what is told in the past does not count from a day to come.
        let to_come = self.running.last.and_then(Period::days).zip(self.reference).is_some_and(|((first, _), r)| first > r);
        if to_come
            && let Some(before) = self.ahead
            && timex.quote.is_none()
            && self.counts_on(timex)
            && self.tense(timex) == Tense::Past
        {
            (self.running.last, self.running.day) = before;
        }
    }

    /// The sentence of an expression that dates a story of an earlier year than the document's.
    fn opens_story(&self, timex: &RawTimex, period: Period) -> Option<(usize, usize)> {
        let earlier = self.reference.is_some_and(|r| period.year() < i32::from(r.year()));
        (earlier && self.running.scene).then_some((timex.sentence, timex.last))
    }

    /// Whether an expression without a year is the next date of a story that is told in order and has not come back to the present.
    #[inline(never)]
    fn continues(&self, timex: &RawTimex) -> bool {
        let f = &timex.fields;
        let (Some((sentence, token)), Some(reference), Some(last)) = (self.running.story, self.reference, self.running.last) else { return false };
        if f.deictic.is_some() || f.anaphoric.is_some() {
            return false;
        }
        // `the winter of 2024` can have begun the year before.
        let start = match last {
            Period::Season(year, Season::Winter) => day(year, 1, 1),
            _ => last.days().map(|d| d.0),
        };
        let Some(start) = start else { return false };
        let period = match (f.month, f.season) {
            (Some(month), _) => self.running_year(month).map(|y| (y, Period::Month(y, month))),
            (None, Some(season)) => Some((last.year(), Period::Season(last.year(), season))),
            // `By Christmas` in a story of that year.
            _ => f.holiday.and_then(|n| Some((last.year(), Period::Day(self.day_of(n, last.year())?)))),
        };
        let Some((year, here)) = period.and_then(|(y, p)| Some((y, p.days()?))) else { return false };
        let date = f.days[0].or(f.ordinal.map(|n| n as i8));
        let in_year = |year: i32| f.month.zip(date).and_then(|(m, d)| day(year, m, d));
        let first = in_year(year).unwrap_or(here.1);
        let soon = plus_months(start, STORY_MONTHS).is_some_and(|end| start <= first && here.0 <= end);
        let told = plus_months(reference, -1).is_some_and(|fresh| here.1 < fresh);
        // A day of the news is told as news.
        let news = |year: i32| in_year(year).is_some_and(|d| (0..=NEWS).contains(&(reference - d).get_days()));
        if news(i32::from(reference.year())) || news(i32::from(reference.year()) - 1) {
            return false;
        }
        soon && told && timex.sentence.saturating_sub(sentence) <= STORY && !self.pivots(token, timex.first)
    }

    /// Whether an expression counts on from the running date.
    fn counts_on(&self, timex: &RawTimex) -> bool {
        timex.counts_on() || timex.reading == Reading::Follow
    }

    /// Whether a shifted year sets the scene: of an event at which things took place (`at last year's summit`), or with a month or season.
    fn shifts_year(&self, timex: &RawTimex) -> bool {
        let f = &timex.fields;
        let words = &self.doc.lang.time;
        let before = timex.first.checked_sub(1).map_or(0, |i| words.mask(self.doc.tokens[i].word));
        let owns = self.doc.tokens.get(timex.last).is_some_and(|t| t.is_word() && !t.spaced);
        let shift = f.deictic.is_some_and(|n| n < 0);
        let year = f.units[0] == Some(Unit::Year) || f.units[1] == Some(Unit::Year);
        shift && year && (f.month.is_some() || f.season.is_some() || owns && before & (Class::Place.bit() | Class::When.bit()) != 0)
    }

    /// Whether a weekday only says what kind of thing something is (`told a Sunday paper`), not when it was (`at a Sunday rally`).
    fn kind_of(&self, timex: &RawTimex) -> bool {
        let words = &self.doc.lang.time;
        let before = |n: usize| timex.first.checked_sub(n).map_or(0, |i| words.mask(self.doc.tokens[i].word));
        let one = before(1) & Class::One.bit() != 0 && before(2) & Class::Place.bit() == 0;
        // `after Friday prayers`, in a story of another year
        let bounded = self.running.story.is_some() && before(1) & Class::Bound.bit() != 0;
        timex.fields.weekday.is_some()
            && timex.last == timex.first + 1
            && (one || bounded)
            && self
                .doc
                .tokens
                .get(timex.last)
                .is_some_and(|t| t.is_word() && !t.newline && t.spaced && words.mask(t.word) & Class::Function.bit() == 0)
    }

    /// Whether the expression only names an event (`the September 2025 talks`).
    fn attributive(&self, timex: &RawTimex) -> bool {
        let words = &self.doc.lang.time;
        let led = timex.first.checked_sub(1).is_some_and(|i| {
            let token = &self.doc.tokens[i];
            words.is(token.word, Class::Determiner) || (token.is_word() && !token.spaced)
        });
        led && self.noun_behind(timex).is_some()
    }

    /// The word right behind an expression, where it can be the noun that the expression only names.
    fn noun_behind(&self, timex: &RawTimex) -> Option<&Token> {
        let words = &self.doc.lang.time;
        let told = |t: &Token| words.mask(t.word) & (Class::Function.bit() | Class::Past.bit()) != 0 || words.looks_past(t.of(self.doc.text));
        self.doc.tokens.get(timex.last).filter(|t| t.is_word() && !t.newline && !told(t))
    }

    /// Give a length of time that an event follows its days, counted from the event's.
    #[inline(never)]
    fn dated_event(&self, timex: &RawTimex, anchor: Option<Period>, out: &mut TimeExpr) {
        let sign = sign(timex);
        let (Some(anchor), Some(unit)) = (anchor, timex.fields.units[0]) else { return };
        let Some((first, last)) = anchor.days() else { return };
        let count = timex.fields.count.unwrap_or(f32::NAN);
        let days = if let Period::Day(start) = anchor {
            if count.is_nan() { vague(start, unit, sign) } else { self.standing_at(start).away(timex, Some(anchor), sign, false).days }
        } else {
            // Counted from some day of a longer period: still within it.
            matches!(unit, Unit::Day | Unit::Week).then_some((first, last))
        };
        if let Some((from, to)) = days {
            (out.from, out.to) = (Some(from), Some(to));
        }
    }

    /// `On May 3, the day after the vote`: the words after a day only say once more which it is.
    #[inline(never)]
    fn explains(&self, date: &RawTimex, timex: &RawTimex) -> bool {
        let words = &self.doc.lang.time;
        let tokens = &self.doc.tokens;
        let comma = tokens.get(date.last).is_some_and(|t| t.is_mark(self.doc.text, b','));
        // `the day after`, with what came before.
        let event = match timex.reading {
            Reading::Event => true,
            Reading::Offset => words.is(tokens[timex.last - 1].word, Class::Around) && tokens.get(timex.last).is_some_and(|t| t.is_word()),
            _ => false,
        };
        // `on the following day, a Sunday`
        let kind = timex.fields.weekday.is_some()
            && timex.last == timex.first + 1
            && comma
            && timex.first == date.last + 2
            && words.is(tokens[timex.first - 1].word, Class::Determiner);
        let counted = matches!(date.reading, Reading::Date | Reading::Shift | Reading::NextDay | Reading::Follow | Reading::Offset);
        if kind && counted && date.quote == timex.quote {
            return true;
        }
        date.reading == Reading::Date && date.quote == timex.quote && timex.first == date.last + usize::from(comma) && event
    }

    /// Whether a date in apposition dates what the words before count from an event.
    fn explained(&self, before: &RawTimex, date: &RawTimex) -> bool {
        let words = &self.doc.lang.time;
        let counted = matches!(before.reading, Reading::Event | Reading::Offset) && date.reading == Reading::Date && date.fields.month.is_some();
        if !counted || before.quote != date.quote || before.sentence != date.sentence || date.first > before.last + APPOSITION {
            return false;
        }
        let mut between = self.doc.tokens[before.last..date.first].iter();
        let comma = |t: &Token| t.is_mark(self.doc.text, b',');
        let noun = between.by_ref().take_while(|t| !comma(t)).filter(|t| t.is_word()).count();
        noun > 0
            && between.all(|t| words.is(t.word, Class::When))
            && self.doc.tokens[before.last..date.first].iter().any(comma)
            && self.doc.tokens.get(date.last).is_some_and(comma)
    }

    /// The day of the event that stands behind an expression (`a week after the quake`), where an earlier sentence names it with a day.
    #[inline(never)]
    fn event_day(&self, timex: &RawTimex) -> Option<Date> {
        let (tokens, words) = (&self.doc.tokens, &self.doc.lang.time);
        let around = |i: usize| tokens.get(i).is_some_and(|t| words.is(t.word, Class::Around));
        let article = timex.last + usize::from(around(timex.last));
        if !around(article - 1) || !tokens.get(article).is_some_and(|t| words.is(t.word, Class::Determiner)) {
            return None;
        }
        let verb = |t: &Token| words.is(t.word, Class::Past) || !t.capital() && words.looks_past(t.of(self.doc.text));
        let mut head: Option<&Token> = None;
        for token in tokens[article + 1..].iter().take(EVENT) {
            // "after the quake the mayor", "after the quake Vega"; "after the lock was shut" is a clause.
            let ends =
                !token.is_word() || token.newline || words.is(token.word, Class::Function) || head.is_some_and(|h| !h.capital()) && token.capital();
            if verb(token) || ends && words.is(token.word, Class::Pluperfect) {
                return None;
            }
            if ends {
                break;
            }
            head = Some(token);
        }
        let head = head.filter(|h| !h.capital())?;
        let same = |t: &Token| if head.word.known() { t.word == head.word } else { t.of(self.doc.text) == head.of(self.doc.text) };
        let names = |s: usize| {
            let Some(sentence) = self.doc.sentences.get(s) else { return false };
            let first = sentence.first as usize;
            let last = (sentence.last as usize).min(tokens.len()).min(first + TOLD);
            (first..last).any(|i| same(&tokens[i]) && !(i.saturating_sub(HEAD).max(first)..i).any(around))
        };
        let dated = self.dated.borrow();
        dated.iter().rev().take(EVENTS).find(|(s, _)| *s < timex.sentence && names(*s)).map(|d| d.1)
    }

    /// Whether the event after a length of time is one that was named before (`after this exchange`, `before the vote`).
    fn refers_back(&self, timex: &RawTimex) -> bool {
        let words = &self.doc.lang.time;
        self.doc
            .tokens
            .get(timex.last + 1)
            .is_some_and(|t| words.mask(t.word) & (Class::Deictic.bit() | Class::Anaphoric.bit() | Class::Determiner.bit()) != 0)
    }

    /// In a story that an explicit year opens, a month without one that would come after the next one told is of the year before.
    #[inline(never)]
    fn in_order(&self, raw: &[RawTimex], out: &mut [TimeExpr]) {
        if self.narrative {
            return;
        }
        // Whether an expression names a time of the story, with a year of its own or without.
        let told = |i: usize| {
            let (r, f) = (&raw[i], &raw[i].fields);
            let month = (f.month.is_some() || f.season.is_some()) && f.deictic.is_none() && f.anaphoric.is_none() && f.part_of_day.is_none();
            (r.quote.is_none() && r.reading == Reading::Date && month && !self.doc.skipped(r.span) && !self.heads_line(r)).then_some(f.year.is_some())
        };
        if !raw.iter().any(|r| r.fields.year.is_some() && r.reading == Reading::Date) {
            return;
        }
        let mut opened: Vec<Option<usize>> = Vec::with_capacity(raw.len());
        let mut last = None;
        for i in 0..raw.len() {
            opened.push(last);
            if told(i) == Some(true) {
                last = Some(i);
            }
        }
        let mut next: Option<usize> = None;
        for i in (0..raw.len()).rev() {
            let Some(dated) = told(i) else { continue };
            let fronted = self.doc.sentences.get(raw[i].sentence).is_some_and(|s| raw[i].first <= s.first as usize + 2);
            if let (false, true, Some(n), Some(open)) = (dated, fronted, next, opened[i])
                && raw[n].sentence - raw[i].sentence <= STORY
                && raw[i].sentence - raw[open].sentence <= STORY
                && let (Some(here), Some(then), Some(first)) = (out[i].from, out[n].from, out[open].from)
                && here > then
            {
                let mut timex = raw[i].clone();
                timex.fields.year = Some(i32::from(here.year()) - 1);
                let before = expression(&timex, self.date(&timex));
                if before.from.is_some_and(|d| first <= d && d <= then) {
                    out[i] = before;
                }
            }
            next = Some(i);
        }
    }

    /// Deictic words inside a quotation count from the day it was said, where its sentence names one.
    #[inline(never)]
    fn quoted(&self, raw: &[RawTimex], quotes: &[Quote], out: &mut [TimeExpr]) {
        for i in 0..raw.len() {
            let timex = &raw[i];
            let Some(quote) = timex.quote.and_then(|q| quotes.get(q)) else { continue };
            let f = &timex.fields;
            let counts =
                f.deictic.is_some() || f.day_word.is_some() || matches!(f.direction, Some(Direction::Ago | Direction::Hence)) || f.weekday.is_some();
            if !counts || (f.month.is_some() && f.days[0].is_some()) {
                continue;
            }
            let last = self.doc.sentence_at(quote.outer.end.saturating_sub(1));
            let outside = |j: &usize| {
                raw[*j].quote.is_none()
                    && (quote.sentence as usize..=last).contains(&raw[*j].sentence)
                    && out[*j].from.is_some()
                    && out[*j].from == out[*j].to
            };
            let before = (0..i).rev().take_while(|&j| raw[j].sentence >= quote.sentence as usize).find(outside);
            let after = || (i + 1..raw.len()).take_while(|&j| raw[j].sentence <= last).find(outside);
            let Some(said) = before.or_else(after).and_then(|j| out[j].from) else { continue };
            let there = Resolver { reference: Some(said), ..self.standing_at(said) };
            out[i] = expression(timex, there.one(timex));
        }
    }

    fn one(&self, timex: &RawTimex) -> Resolved {
        let f = &timex.fields;
        match timex.reading {
            Reading::Date => self.date(timex),
            Reading::Shift => match (f.deictic, f.anaphoric) {
                (Some(n), _) => self.shifted(timex, self.reference.map(Period::Day), n, false),
                (None, n) => {
                    // `the night before`, `the morning after`
                    let beside = f.direction.is_some() && f.units[0].is_none() && f.part_of_day.is_some();
                    self.shifted(timex, self.anchor(), n.unwrap_or(if beside { sign(timex) } else { 0 }), true)
                }
            },
            Reading::Follow => match f.deictic {
                Some(n) if n < 0 => self.length(timex, Some(-1)),
                Some(_) if matches!(f.units[0], Some(Unit::Decade | Unit::Century)) => self.length(timex, None),
                n => self.shifted(timex, self.anchor(), n.unwrap_or(1), true),
            },
            Reading::Within => self.shifted(timex, self.within(timex), 0, true),
            Reading::Weekend => self.weekend(timex),
            Reading::Current => self.shifted(timex, self.reference.map(Period::Day), 0, false),
            Reading::Named => {
                let before = || Period::holding(self.reference?, Unit::Quarter).and_then(|p| p.shift(-1));
                let period = match f.units[0] {
                    Some(Unit::Quarter) => self.running.quarter.or_else(before),
                    _ => self.running.month.map(|(y, m)| Period::Month(y, m)),
                };
                let none = f.units[0].unwrap_or(Unit::Month);
                self.period(TimexKind::Date, period, &Fields::default(), unknown(none))
            }
            Reading::Offset => self.offset(timex),
            Reading::Hence => self.away(timex, self.reference.map(Period::Day), 1, true),
            Reading::NextDay => self.period(TimexKind::Date, self.running.day.and_then(|d| plus(d, 1)).map(Period::Day), f, "XXXX-XX-XX"),
            // `Berg waited two days`
            Reading::Length if self.waited(timex) => {
                let after = self.away(timex, self.anchor(), 1, false);
                Resolved { days: after.days, period: after.period, ..self.length(timex, None) }
            }
            Reading::Length | Reading::Event => self.length(timex, None),
            Reading::Stretch => self.length(timex, f.deictic.or(f.anaphoric)),
            Reading::DayWord => {
                let date = self.reference.and_then(|d| plus(d, i64::from(f.day_word.unwrap_or(0))));
                let mut resolved = self.period(TimexKind::Date, date.map(Period::Day), f, "XXXX-XX-XX");
                if f.part_of_day.is_none() && f.clock.is_none() && self.nightly(timex) {
                    resolved.kind = TimexKind::Time;
                    resolved.value = format!("{}T{}", resolved.value, PartOfDay::Night.name());
                }
                resolved
            }
            Reading::Reference => self.reference_value(f.reference.unwrap_or(Reference::Present)),
            Reading::Present => self.reference_value(Reference::Present),
            Reading::Past => {
                let mut resolved = self.reference_value(Reference::Past);
                resolved.days = self.reference.and_then(|d| Some((plus(d, -RECENT)?, d)));
                resolved
            }
            Reading::Future => self.reference_value(Reference::Future),
            Reading::Recurring => self.recurring(timex),
            Reading::Holiday => self.holiday(timex),
            Reading::WeekIn => self.part_of_month(timex),
            Reading::WeekOf => {
                let mut inner = timex.clone();
                inner.fields.units = [None; 2];
                let day = match self.date(&inner).period {
                    Some(Period::Day(d)) => Some(d),
                    _ => None,
                };
                let unit = f.units[0].unwrap_or(Unit::Week);
                self.period(TimexKind::Date, day.and_then(|d| Period::holding(d, unit)), &Fields::default(), "XXXX-WXX")
            }
            Reading::Overnight => {
                let morning = self.section(timex).or(self.reference);
                let date = morning.and_then(|d| plus(d, -1));
                let mut fields = *f;
                fields.part_of_day = Some(PartOfDay::Night);
                let mut resolved = self.period(TimexKind::Date, date.map(Period::Day), &fields, "XXXX-XX-XX");
                resolved.days = date.zip(morning);
                resolved
            }
            Reading::Macro | Reading::Nothing => self.reference_value(Reference::Present),
        }
    }

    /// Whether a length of time is one that somebody let go by before the next thing happened.
    fn waited(&self, timex: &RawTimex) -> bool {
        let words = &self.doc.lang.time;
        let verb = timex.first.checked_sub(1).map(|i| self.doc.tokens[i].word).filter(|&w| words.is(w, Class::Waits));
        let infinitive = || self.doc.tokens.get(timex.last).is_some_and(|t| words.is(t.word, Class::Infinitive));
        timex.quote.is_none() && timex.fields.count.is_some() && verb.is_some_and(|w| words.value(w, Class::Waits) == 0 || infinitive())
    }

    /// Whether a day word names the night by itself.
    fn nightly(&self, timex: &RawTimex) -> bool {
        let words = &self.doc.lang.time;
        self.doc.tokens[timex.first..timex.last].iter().any(|t| words.is(t.word, Class::DayWord) && words.is(t.word, Class::PartOfDay))
    }

    fn reference_value(&self, reference: Reference) -> Resolved {
        let days = match reference {
            Reference::Present => self.reference.map(|d| (d, d)),
            Reference::Past | Reference::Future => None,
        };
        Resolved { kind: TimexKind::Date, value: reference.name().to_owned(), days, period: None }
    }

    /// The value, kind and days of a period with the fields' part and time of day.
    fn period(&self, kind: TimexKind, period: Option<Period>, f: &Fields, unknown: impl Display) -> Resolved {
        let Some(period) = period else {
            let value = unknown.to_string();
            let (kind, value) = match timed(&value, f) {
                Some(v) => (TimexKind::Time, v),
                None => (kind, value),
            };
            return Resolved { kind, value, days: None, period: None };
        };
        let value = period.value();
        let (kind, value) = match timed(&value, f) {
            Some(v) if matches!(period, Period::Day(_)) => (TimexKind::Time, v),
            _ => (kind, value),
        };
        let days = match f.part {
            Some(part) if f.part_of_day.is_none() && f.clock.is_none() => period.part(part),
            _ => period.days(),
        };
        Resolved { kind, value, days, period: Some(period) }
    }

    /// The last day named, unless the text has moved on to another period since; then that one's first day.
    fn running_day(&self) -> Option<Date> {
        let Some(last) = self.running.last else { return self.running.day.or(self.reference) };
        let Some((first, end)) = last.days() else { return self.running.day };
        match self.running.day {
            Some(d) if first <= d && d <= end => Some(d),
            Some(d) if last.rank() >= 7 => Some(d),
            _ => Some(first),
        }
    }

    /// The running period, else the document's date.
    fn anchor(&self) -> Option<Period> {
        self.running.last.or(self.reference.map(Period::Day))
    }
    fn anchor_or_reference(&self) -> Option<Period> {
        if self.narrative { self.anchor() } else { self.running.last.filter(|_| self.running.scene).or(self.reference.map(Period::Day)) }
    }

    /// The day on which "the end of the month" is counted: of the story, where what was done then cannot be of the document's own month.
    fn within(&self, timex: &RawTimex) -> Option<Period> {
        let anchor = self.anchor_or_reference();
        let Some(unit) = timex.fields.units[0] else { return anchor };
        let near = timex.sentence.saturating_sub(self.running.sentence) <= WITHIN;
        let ends = |r: Date| Period::holding(r, unit).and_then(Period::days).is_some_and(|(_, last)| last > r);
        let over = timex.fields.part.is_none_or(|p| p == Part::End) && self.reference.is_some_and(ends) && self.tense(timex) == Tense::Past;
        if over && near { self.running.last.or(anchor) } else { anchor }
    }

    /// A unit, weekday, month or season `n` places from the anchor.
    fn shifted(&self, timex: &RawTimex, anchor: Option<Period>, n: i32, anaphoric: bool) -> Resolved {
        let f = &timex.fields;
        let start = anchor.and_then(|p| p.days()).map(|d| d.0);
        // An anaphor counts from the last day where it asks for days.
        let base = if anaphoric && self.running.last.is_some() {
            let fine = matches!(f.units[0], Some(Unit::Day | Unit::Week | Unit::Weekend)) || f.weekday.is_some() || f.part_of_day.is_some();
            if fine { self.running_day() } else { start }
        } else {
            start
        };
        if let Some(wanted) = f.weekday {
            return self.period(
                TimexKind::Date,
                base.and_then(|d| shift_weekday(d, wanted, n, anaphoric)).map(Period::Day),
                f,
                format_args!("XXXX-WXX-{wanted}"),
            );
        }
        if let Some(month) = f.month {
            let period = match (anchor, n) {
                (Some(p), 0) => Some(Period::Month(p.year(), month)),
                (Some(p), n) => {
                    let here = p.month().unwrap_or(if n < 0 { 1 } else { 12 });
                    let same = if n < 0 { month < here } else { month > here };
                    Some(Period::Month(p.year() + if same { 0 } else { n }, month))
                }
                _ => None,
            };
            let period = match (period, f.days[0].or(f.ordinal.map(|o| o as i8))) {
                (Some(Period::Month(y, m)), Some(d)) => day(y, m, d).map(Period::Day),
                (p, _) => p,
            };
            return self.period(TimexKind::Date, period, f, format_args!("XXXX-{month:02}"));
        }
        if let Some(season) = f.season {
            let period = base.map(|d| {
                let here = Period::season_holding(d);
                let year = i32::from(d.year());
                match n {
                    0 => match here {
                        Period::Season(y, s) if s == season => Period::Season(y, s),
                        _ => Period::Season(year, season),
                    },
                    n if n < 0 => {
                        // The last one that is over.
                        let mut y = year;
                        while Period::Season(y, season).days().is_some_and(|x| x.1 >= d) {
                            y -= 1;
                        }
                        Period::Season(y, season)
                    }
                    _ => {
                        let mut y = year - 1;
                        while Period::Season(y, season).days().is_some_and(|x| x.0 <= d) {
                            y += 1;
                        }
                        Period::Season(y, season)
                    }
                }
            });
            return self.period(TimexKind::Date, period, f, format_args!("XXXX-{}", season.name()));
        }
        if anaphoric
            && (matches!(f.units[0], Some(Unit::Day) | None)
                || matches!((f.units[0], self.running.last), (Some(Unit::Week | Unit::Weekend), Some(Period::Month(..)))) && n == 0)
            && let Some(last @ (Period::Month(..) | Period::Season(..) | Period::Week(_))) = self.running.last
            && let Some((first, end)) = last.days()
            && self.running.day.is_none_or(|d| d < first || end < d)
        {
            // Some day of the running month that was never named.
            let value = match last {
                Period::Month(..) if f.units[0].is_some_and(|u| u != Unit::Day) => unknown(f.units[0].unwrap_or(Unit::Week)).to_owned(),
                Period::Month(..) => format!("{}-XX", last.value()),
                _ => "XXXX-XX-XX".to_owned(),
            };
            let (kind, value) = timed(&value, f).map_or((TimexKind::Date, value), |v| (TimexKind::Time, v));
            return Resolved { kind, value, days: Some((first, end)), period: None };
        }
        if f.units[0].is_none() && f.part_of_day.is_some() {
            // `last night` is the night before; `that night`, `this morning` are of the day itself.
            return self.period(TimexKind::Date, base.and_then(|d| plus(d, i64::from(n))).map(Period::Day), f, "XXXX-XX-XX");
        }
        let unit = f.units[0].unwrap_or(Unit::Day);
        if let Some(Period::Year(_) | Period::Month(..) | Period::Season(..) | Period::Decade(_)) = anchor
            && base.is_none()
        {
            // Before the era only years and coarser units can be reached.
            let period = match (anchor, unit) {
                (Some(p), Unit::Year) => Some(Period::Year(p.year() + n)),
                (Some(p), Unit::Decade) => Some(Period::Decade(p.year() / 10 + n)),
                (Some(p), Unit::Century) => Some(Period::Century(p.year() / 100 + n)),
                _ => None,
            };
            return self.period(TimexKind::Date, period, f, unknown(unit));
        }
        let period = base.and_then(|d| Period::holding(d, unit)).and_then(|p| p.shift(n));
        let mut resolved = self.period(TimexKind::Date, period, f, unknown(unit));
        if let (Some(relative), Some((first, last))) = (f.relative, resolved.days) {
            // Earlier or later within the period: up to or from the reference.
            let pivot = if anaphoric { self.running.day } else { self.reference };
            if let Some(pivot) = pivot.filter(|p| first <= *p && *p <= last) {
                resolved.days = match (relative < 0, anaphoric) {
                    (true, _) => Some((first, pivot)),
                    (false, true) => plus(pivot, 1).map(|p| (p.min(last), last)),
                    (false, false) => Some((pivot, last)),
                };
            }
        }
        resolved
    }

    fn offset(&self, timex: &RawTimex) -> Resolved {
        let f = &timex.fields;
        // `this time last year`
        if let (None, Some(n)) = (f.direction, f.deictic) {
            return self.away(timex, self.reference.map(Period::Day), n.signum(), true);
        }
        match f.direction.unwrap_or(Direction::Later) {
            Direction::Ago => self.away(timex, self.reference.map(Period::Day), -1, true),
            Direction::Hence => self.away(timex, self.reference.map(Period::Day), 1, true),
            direction => {
                if let Some(day) = self.event_day(timex) {
                    let there = self.standing_at(day);
                    return there.away(timex, there.anchor(), sign(timex), false);
                }
                let restated = if direction == Direction::Later { self.restated(timex) } else { None };
                restated.unwrap_or_else(|| self.away(timex, self.anchor(), sign(timex), false))
            }
        }
    }

    /// `3 May: They vote`, `5 May: Two days later, they vote again`: what only says once more which day the heading names.
    fn restated(&self, timex: &RawTimex) -> Option<Resolved> {
        let (day, before) = self.section(timex).zip(self.running.before)?;
        let opens = self.running.last == Some(Period::Day(day)) && self.running.sentence + 1 == timex.sentence;
        let there = self.standing_at(before);
        let resolved = opens.then(|| there.away(timex, there.anchor(), 1, false))?;
        (resolved.days == Some((day, day))).then_some(resolved)
    }

    /// `count` units before or after the anchor.
    fn away(&self, timex: &RawTimex, anchor: Option<Period>, sign: i32, deictic: bool) -> Resolved {
        let f = &timex.fields;
        let unit = f.units[0].unwrap_or(Unit::Day);
        let count = f.count.unwrap_or(if f.plural { f32::NAN } else { 1.0 }) * if f.half && f.count.is_some_and(|c| c == 1.0) { 0.5 } else { 1.0 };
        if count.is_nan() || (f.plural && f.count.is_none()) {
            let start = if deictic { self.reference } else { self.running_day() };
            let mut resolved = self.reference_value(if sign < 0 { Reference::Past } else { Reference::Future });
            resolved.days = start.and_then(|d| vague(d, unit, sign));
            // Counted from some day of a month: within it, or as far beyond it.
            if let (false, Some(month @ Period::Month(..)), Some(start), Some((near, far))) = (deictic, self.running.last, start, resolved.days)
                && let Some((first, last)) = month.days()
                && start == first
                && unit == Unit::Day
            {
                resolved.days = if sign < 0 { Some((near, last)) } else { plus(last, i64::from((far - first).get_days())).map(|end| (first, end)) };
            }
            return resolved;
        }
        let start = match anchor {
            Some(p) if !deictic => {
                let fine = matches!(unit, Unit::Day | Unit::Week | Unit::Weekend | Unit::Fortnight);
                if fine { self.running_day() } else { p.days().map(|d| d.0) }
            }
            Some(p) => p.days().map(|d| d.0),
            None => None,
        };
        // Within what the arithmetic of days and months can hold.
        let n = (count * sign as f32).round().clamp(-1e9, 1e9) as i64;
        let whole = count.fract() == 0.0;
        // Counted from some day of a month: as long after its first day to its last.
        let span = self.running.last.filter(|_| !deictic && matches!(unit, Unit::Day | Unit::Week | Unit::Fortnight) && n.abs() <= 62);
        let unsaid = span
            .filter(|p| matches!(p, Period::Month(..)))
            .and_then(Period::days)
            .filter(|(first, last)| start == Some(*first) && self.running.day.is_none_or(|d| d < *first || *last < d));
        let Some(start) = start else {
            let period = match (anchor, unit) {
                (Some(p), Unit::Year) => shifted(p.year(), n).map(Period::Year),
                (Some(p), Unit::Decade) => shifted(p.year(), n.saturating_mul(10)).map(Period::Year),
                _ => None,
            };
            return self.period(TimexKind::Date, period, &Fields::default(), unknown(unit));
        };
        let none = Fields::default();
        let year = i32::from(start.year());
        let period = match unit {
            Unit::Second | Unit::Minute | Unit::Hour => {
                // `forty-eight hours later`
                let start = if unit == Unit::Hour { plus(start, n / 24).unwrap_or(start) } else { start };
                let value = format!("{start}TXX");
                return Resolved { kind: TimexKind::Time, value, days: Some((start, start)), period: None };
            }
            Unit::Day | Unit::Weekend => plus(start, n).map(Period::Day),
            Unit::Week => plus(start, n.saturating_mul(7)).and_then(|d| Period::holding(d, Unit::Week)),
            Unit::Fortnight => plus(start, n.saturating_mul(14)).and_then(|d| Period::holding(d, Unit::Week)),
            Unit::Month => plus_months(start, n).and_then(|d| Period::holding(d, Unit::Month)),
            Unit::Quarter => plus_months(start, n.saturating_mul(3)).and_then(|d| Period::holding(d, Unit::Quarter)),
            Unit::HalfYear => plus_months(start, n.saturating_mul(6)).and_then(|d| Period::holding(d, Unit::Month)),
            Unit::Year if !whole => plus_months(start, (count * 12.0 * sign as f32) as i64).and_then(|d| Period::holding(d, Unit::Month)),
            Unit::Year => shifted(year, n).map(Period::Year),
            Unit::Decade if whole => shifted(year, n.saturating_mul(10)).map(|y| Period::Decade(y / 10)),
            Unit::Decade => shifted(year, (count * 10.0 * sign as f32) as i64).map(Period::Year),
            Unit::Century if whole => shifted(year, n.saturating_mul(100)).map(|y| Period::Century(y / 100)),
            Unit::Century => shifted(year, (count * 100.0 * sign as f32) as i64).map(Period::Year),
        };
        let mut resolved = self.period(TimexKind::Date, period, &none, unknown(unit));
        if unit == Unit::Year
            && whole
            && n.abs() == 1
            && let Some(Period::Month(y, m)) = plus_months(start, 12 * n).and_then(|d| Period::holding(d, Unit::Month))
        {
            // One year away names the month better than the year.
            resolved.days = Period::Month(y, m).days();
        }
        let days = n.saturating_mul(match unit {
            Unit::Week => 7,
            Unit::Fortnight => 14,
            _ => 1,
        });
        if let Some((first, last)) = unsaid {
            resolved.days = plus(first, days).zip(plus(last, days));
            resolved.period = None;
        } else if !deictic
            && unit == Unit::Week
            && self.running.day == Some(start)
            && let Some(there) = plus(start, days)
        {
            // A week after a day is about as long after it, whatever weekday it was.
            resolved.days = plus(there, -ABOUT).zip(plus(there, ABOUT));
        }
        if !whole {
            resolved.period = None;
        }
        resolved
    }

    /// A length of time; with a direction, the stretch that ends (< 0) or starts (> 0) at the reference.
    fn length(&self, timex: &RawTimex, direction: Option<i32>) -> Resolved {
        let f = &timex.fields;
        let unit = f.units[0].unwrap_or(Unit::Day);
        let single = if f.plural { f32::NAN } else { 1.0 };
        let mut count = f.count.unwrap_or(single);
        if f.half {
            count = if f.count.is_none() || self.half_of(timex) { 0.5 } else { count + 0.5 };
        }
        let value = duration(count, unit);
        let days = match (direction, self.reference) {
            (Some(sign), Some(reference)) if !count.is_nan() => {
                let other = match unit {
                    Unit::Second | Unit::Minute | Unit::Hour => Some(reference),
                    Unit::Day | Unit::Weekend => plus(reference, (count * sign as f32).round() as i64),
                    Unit::Week => plus(reference, (7.0 * count * sign as f32).round() as i64),
                    Unit::Fortnight => plus(reference, (14.0 * count * sign as f32).round() as i64),
                    _ => plus_months(reference, (months(unit) * count * sign as f32).round() as i64),
                };
                other.map(|o| if o <= reference { (o, reference) } else { (reference, o) })
            }
            (Some(sign), Some(reference)) => vague(reference, unit, sign).map(|(a, b)| if sign < 0 { (a, reference) } else { (reference, b) }),
            _ => None,
        };
        // `the last days of March` are in its last part, and what follows counts from there.
        let month = f.month.filter(|_| matches!(unit, Unit::Day | Unit::Week) && count.is_nan());
        if let Some(period) = month.and_then(|m| f.year.or_else(|| self.month_year(timex, m)).map(|y| Period::Month(y, m))) {
            let words = &self.doc.lang.time;
            let told = |class: Class| self.doc.tokens[timex.first..timex.last].iter().any(|t| words.is(t.word, class));
            let starts = (told(Class::OrdinalWord) || told(Class::PartAdjective)).then_some(Part::Start);
            let days = if told(Class::Deictic) { Some(Part::End) } else { starts }.and_then(|part| period.part(part));
            return Resolved { kind: TimexKind::Duration, value, days, period: Some(period) };
        }
        Resolved { kind: TimexKind::Duration, value, days, period: None }
    }

    /// Whether the half stands before the unit (`half a century`), not after it.
    fn half_of(&self, timex: &RawTimex) -> bool {
        let words = &self.doc.lang.time;
        let tokens = &self.doc.tokens[timex.first..timex.last];
        let place = |class: Class| tokens.iter().position(|t| words.is(t.word, class));
        let unit = place(Class::Unit).or(place(Class::Units));
        match (place(Class::Half), unit, timex.fields.count) {
            (Some(h), Some(u), Some(count)) => h < u && count == 1.0,
            _ => true,
        }
    }

    fn recurring(&self, timex: &RawTimex) -> Resolved {
        let f = &timex.fields;
        let value = if let Some(unit) = f.recurring {
            match unit {
                Unit::Day => "XXXX-XX-XX".to_owned(),
                Unit::Week => "XXXX-WXX".to_owned(),
                Unit::Month => "XXXX-XX".to_owned(),
                Unit::Quarter => "XXXX-QX".to_owned(),
                Unit::Year => "XXXX".to_owned(),
                other => duration(1.0, other),
            }
        } else if let Some(day) = f.weekday.or(f.weekdays) {
            format!("XXXX-WXX-{day}")
        } else if let Some(month) = f.month {
            format!("XXXX-{month:02}")
        } else if let Some(season) = f.season {
            format!("XXXX-{}", season.name())
        } else if let Some(part) = f.part_of_day {
            format!("XXXX-XX-XXT{}", part.name())
        } else {
            duration(f.count.unwrap_or(1.0), f.units[0].unwrap_or(Unit::Day))
        };
        Resolved { kind: TimexKind::Set, value, days: None, period: None }
    }

    /// `the weekend`: the one that began last or, where the words look ahead, the next.
    fn weekend(&self, timex: &RawTimex) -> Resolved {
        let monday = self.reference.and_then(monday);
        let reached = self.reference.is_some_and(|d| weekday(d) >= 6);
        let back = !reached && self.tense(timex) != Tense::Future;
        let start = monday.and_then(|d| if back { plus(d, -7) } else { Some(d) });
        self.period(TimexKind::Date, start.map(Period::Weekend), &Fields::default(), "XXXX-WXX-WE")
    }

    /// The day of a holiday in a year.
    fn day_of(&self, holiday: u32, year: i32) -> Option<Date> {
        self.doc.lang.time.holidays.get(holiday as usize).and_then(|h| calendar::holiday(h, year))
    }

    fn holiday(&self, timex: &RawTimex) -> Resolved {
        let f = &timex.fields;
        let Some(holiday) = f.holiday.and_then(|n| self.doc.lang.time.holidays.get(n as usize)) else {
            return self.reference_value(Reference::Present);
        };
        let shifted = |from: Date, n: i32| {
            let year = i32::from(from.year());
            let mut days = (year - 4..=year + 4).filter_map(|y| calendar::holiday(holiday, y));
            if n < 0 { days.rfind(|d| *d < from) } else { days.find(|d| *d > from) }
        };
        // "Ukraine's Independence Day" is another day than that of the table.
        let owned = timex.first > 0 && self.doc.lang.quote.role(self.doc.tokens[timex.first - 1].word).any(Role::Clitic);
        let date = if owned {
            None
        } else if let Some(year) = f.year {
            calendar::holiday(holiday, year)
        } else if let Some(n) = f.deictic.filter(|n| *n != 0) {
            self.reference.and_then(|r| shifted(r, n))
        } else if let Some(n) = f.anaphoric {
            let base = self.anchor();
            match n {
                0 => base.and_then(|p| calendar::holiday(holiday, p.year())),
                n => base.and_then(Period::days).and_then(|(first, last)| shifted(if n < 0 { first } else { last }, n)),
            }
        } else if self.lives(timex) {
            let here = self.running.last.and_then(|p| calendar::holiday(holiday, p.year()));
            // `On 27 December … In her New Year's speech`
            here.and_then(|d| self.running_year(d.month())).and_then(|y| calendar::holiday(holiday, y))
        } else {
            let tense = self.tense(timex);
            self.reference.and_then(|reference| {
                let year = i32::from(reference.year());
                let mut days = (year - 4..=year + 4).filter_map(|y| calendar::holiday(holiday, y));
                match tense {
                    Tense::Future => days.find(|d| *d >= reference),
                    Tense::Past => days.rfind(|d| *d <= reference),
                    Tense::Other => days.min_by_key(|d| (*d - reference).get_days().abs()),
                }
            })
        };
        self.period(TimexKind::Date, date.map(Period::Day), f, "XXXX-XX-XX")
    }

    /// Whether the running date, not the document's, gives what an expression leaves out.
    fn lives(&self, timex: &RawTimex) -> bool {
        if self.running.last.is_none() {
            return false;
        }
        if self.narrative || self.reference.is_none() {
            return true;
        }
        // "“…,” she told me when we met in April": in the writer's time.
        let first = self.doc.sentences.get(timex.sentence).map_or(0, |s| s.first as usize);
        let before = self.doc.tokens[first.min(timex.first)..timex.first].iter().rev().take(ASIDE);
        let writer = |t: &Token| self.doc.lang.quote.role(t.word).any(Role::First);
        if before.take_while(|t| t.is_word()).any(writer) && self.after_quote(timex) {
            return false;
        }
        let Some(at) = self.running.explicit.filter(|_| self.running.scene) else { return self.continues(timex) };
        // The dated lines of a timeline follow one another.
        if self.heads_line(timex) && timex.sentence.saturating_sub(at) <= ENTRIES {
            return true;
        }
        let opens = self.doc.sentences.get(at).map_or(0, |s| s.first as usize);
        timex.sentence.saturating_sub(at) <= 2 && !self.pivots(opens, timex.first) || self.continues(timex)
    }

    /// Whether an expression stands at the head of a line, with a colon or dash after it.
    fn heads_line(&self, timex: &RawTimex) -> bool {
        self.doc.tokens[timex.first].newline
            && self.doc.tokens.get(timex.last).is_some_and(|t| t.is_mark(self.doc.text, b':') || self.doc.lang.time.is(t.word, Class::Dash))
    }

    /// Whether an expression is a line of its own.
    fn fills_line(&self, timex: &RawTimex) -> bool {
        self.doc.tokens[timex.first].newline && self.doc.tokens.get(timex.last).is_none_or(|t| t.newline)
    }

    /// Whether an expression ends the period that opens a heading ("27–29 January: …"); what follows counts from its first day.
    fn ends_heading(&self, before: Option<&RawTimex>, timex: &RawTimex) -> bool {
        before.is_some_and(|b| {
            b.last + 1 == timex.first && self.heads_line(b) && !self.doc.tokens[b.last].is_mark(self.doc.text, b':') && self.running.day.is_some()
        })
    }

    /// Whether an expression opens or ends a heading: `May 14-17, 2024`, `November 2019: a rift`.
    fn titles(&self, timex: &RawTimex) -> bool {
        let (first, last) = self.doc.sentences.get(timex.sentence).map_or((0, 0), |s| (s.first as usize, s.last as usize));
        (timex.first <= first + RANGE || timex.last + 1 >= last) && document::is_heading(self.doc, timex.sentence)
    }

    /// The first day of the dated heading in whose section an expression stands.
    fn titled(&self, timex: &RawTimex) -> Option<Date> {
        let (at, day, year) = self.running.titled?;
        (year && at < timex.sentence && self.under(at, timex)).then_some(day)
    }

    /// Whether an expression stands in the section that sentence `heading` heads, or in the heading itself.
    fn under(&self, heading: usize, timex: &RawTimex) -> bool {
        timex.sentence.saturating_sub(heading) <= SECTION && !(heading + 1..timex.sentence).any(|s| document::is_heading(self.doc, s))
    }

    /// The year of the dated heading, for a month named in its section that has come by then.
    fn titled_year(&self, timex: &RawTimex, month: i8) -> Option<i32> {
        let day = self.titled(timex)?;
        let year = i32::from(day.year()) + i32::from(i32::from(month) - i32::from(day.month()) < -8);
        self.reference.filter(|r| (year, month) <= (i32::from(r.year()), r.month())).map(|_| year)
    }

    /// The day that heads the section in which an expression stands.
    fn section(&self, timex: &RawTimex) -> Option<Date> {
        let (heading, day) = self.running.heading?;
        (document::is_heading(self.doc, heading) && self.under(heading, timex)).then_some(day)
    }

    /// Whether the text turns to the present between two tokens.
    fn pivots(&self, from: usize, to: usize) -> bool {
        let turns = self.turns.get_or_init(|| turns(self.doc, self.quotes));
        turns.get(turns.partition_point(|t| *t < from)).is_some_and(|t| *t < to)
    }

    /// The tense of the verb nearest before the expression in its sentence, else nearest after.
    fn tense(&self, timex: &RawTimex) -> Tense {
        let words = &self.doc.lang.time;
        let Some(s) = self.doc.sentences.get(timex.sentence) else { return Tense::Other };
        let days = timex.fields.weekday.is_some();
        let past = |token: &Token| {
            words.mask(token.word) & Class::Past.bit() != 0 || (token.is_word() && !token.capital() && words.ends_past(token, self.doc.text))
        };
        // Whether a verb before the expression stands in its clause.
        let same = |i: usize| {
            i > timex.first || !self.doc.tokens[i..timex.first].iter().any(|t| t.is_mark(self.doc.text, b',') || t.is_mark(self.doc.text, b';'))
        };
        let cue = |i: usize| -> Option<Tense> {
            let token = &self.doc.tokens[i];
            let mask = words.mask(token.word);
            let next = self.doc.tokens.get(i + 1);
            let follows = next.map_or(0, |t| words.mask(t.word));
            if mask & Class::Future.bit() != 0 && mask & Class::Past.bit() != 0 && follows & (Class::Infinitive.bit() | Class::Duration.bit()) == 0 {
                // `set it off`, no `set to open`
                Some(Tense::Past)
            } else if mask & Class::Future.bit() != 0 {
                // `the plan` is none.
                let noun = i.checked_sub(1).is_some_and(|i| words.is(self.doc.tokens[i].word, Class::Determiner));
                (!noun).then_some(Tense::Future)
            } else if mask & Class::Modal.bit() != 0 && days {
                // `could not say`, `may have left`
                let over = follows & (Class::Negation.bit() | Class::Perfect.bit()) != 0;
                if over { Some(Tense::Past) } else { same(i).then_some(Tense::Future) }
            } else if mask & (Class::Pluperfect.bit() | Class::Perfect.bit()) != 0 {
                // `has until Monday`, `has a plan`: no auxiliary.
                let auxiliary = follows & (Class::Determiner.bit() | Class::Bound.bit() | Class::Cardinal.bit()) == 0;
                (auxiliary || mask & Class::Pluperfect.bit() != 0).then_some(Tense::Past)
            } else if past(token) {
                // `to be charged`, `to cut`
                let plain = i.checked_sub(1).is_some_and(|i| words.is(self.doc.tokens[i].word, Class::Infinitive));
                (!plain).then_some(Tense::Past)
            } else if mask & Class::Present.bit() != 0 && mask & Class::Function.bit() != 0 && (days || follows & Class::Infinitive.bit() != 0) {
                // `is due`, `are to meet`, `is leaving`, but `is accused`.
                (same(i) && !next.is_some_and(past) && mask & Class::SpeechVerb.bit() == 0).then_some(Tense::Future)
            } else {
                None
            }
        };
        let (first, last) = (s.first as usize, (s.last as usize).max(timex.last));
        // `called for Wednesday`: what is set for a day is to come.
        if timex.fields.weekday.is_some()
            && timex.first > first + 1
            && words.is(self.doc.tokens[timex.first - 1].word, Class::Duration)
            && self.doc.tokens[timex.first - 2].is_word()
            && self.doc.tokens.get(timex.last).is_none_or(|t| t.spaced || !t.is_word())
        {
            return Tense::Future;
        }
        // "Asked on Sunday whether it would, …"
        let asked = self.doc.lang.quote.verb_at(self.doc.tokens, first).is_some_and(|v| v.form.any(Form::Participle) && !v.form.any(Form::Base));
        let before = (first..timex.first).rev().take(30).find_map(cue).or(if asked && first < timex.first { Some(Tense::Past) } else { None });
        // `She receives us on Friday`: the writers were there.
        let there = || {
            let has = |class: Class| self.doc.tokens[first..timex.first].iter().any(|t| words.is(t.word, class));
            if days && timex.quote.is_none() && has(Class::Meets) && has(Class::Company) { Tense::Past } else { Tense::Other }
        };
        // "On Tuesday Vega, who is 61 and has not aged, told": the clause of "who" has a tense of its own.
        let mut aside = false;
        let main = |i: &usize| {
            let (token, before) = (&self.doc.tokens[*i], i.checked_sub(1).map(|b| &self.doc.tokens[b]));
            let comma = |t: &Token| t.is_mark(self.doc.text, b',');
            aside = if aside { !comma(token) } else { before.is_some_and(comma) && words.is(token.word, Class::RelativeClause) };
            !aside
        };
        before.or_else(|| (timex.last..last).filter(main).take(25).find_map(cue)).unwrap_or_else(there)
    }

    fn date(&self, timex: &RawTimex) -> Resolved {
        let f = &timex.fields;
        // `the tenth of that month`
        let of_month = f.units == [Some(Unit::Month), None] && (f.deictic.is_some() || f.anaphoric.is_some());
        let ordinal_day = f.ordinal.filter(|_| (f.units[0].is_none() || of_month) && !f.half && f.decade.is_none()).map(|n| n as i8);
        let mut f = *f;
        if f.days[0].is_none() {
            f.days[0] = ordinal_day;
        }
        // A numeric date: order by the document's habit, unless only one order is possible.
        if let [Some(a), Some(b)] = f.days {
            let (month, date) = if a > 12 || (self.day_first && b <= 12) { (b, a) } else { (a, b) };
            f.month = Some(month);
            f.days = [Some(date), None];
        }
        if let [Some(Unit::Year), unit @ Some(_)] = f.units {
            // `last year's third quarter`
            f.units = [unit, Some(Unit::Year)];
        }
        // `the spring of that year`: the shift gives the year.
        if let (Some(Unit::Year), true) = (f.units[usize::from(f.units[1].is_some())], f.deictic.is_some() || f.anaphoric.is_some()) {
            let base = if f.deictic.is_some() { self.reference.map(Period::Day) } else { self.anchor() };
            f.year = base.map(|p| p.year() + f.deictic.or(f.anaphoric).unwrap_or(0));
            if f.units[1].is_some() {
                f.units = [f.units[0], None];
            } else {
                f.units = [None, None];
            }
        } else if let (Some(Unit::Month), true) = (f.units[0], f.deictic.is_some() || f.anaphoric.is_some()) {
            let base = if f.deictic.is_some() { self.reference.map(Period::Day) } else { self.anchor() };
            let month = base
                .and_then(|p| p.days())
                .and_then(|d| Period::holding(d.0, Unit::Month))
                .and_then(|p| p.shift(f.deictic.or(f.anaphoric).unwrap_or(0)));
            if let Some(Period::Month(y, m)) = month {
                f.year = Some(y);
                f.month = Some(m);
            }
            f.units = [None, None];
        }
        if let Some(unit) = f.units[0] {
            return self.ordinal_period(timex, &f, unit);
        }
        if f.half {
            return self.half(timex, &f);
        }
        if let Some(decade) = f.decade {
            let mut decade = if f.before_era { -decade } else { decade };
            // `the 80s` of a text about another century.
            if (190..200).contains(&decade)
                && self.narrative
                && self.short_decade(timex)
                && let Some(p) = self.running.last
                && (1000..1900).contains(&p.year())
            {
                decade = p.year() / 100 * 10 + decade % 10;
            }
            return self.period(TimexKind::Date, Some(Period::Decade(decade)), &f, "");
        }
        if let Some(quarter) = f.quarter {
            return self.quarter(timex, &f, quarter);
        }
        if let Some(season) = f.season {
            let year = f.year.or_else(|| self.season_year(timex, season));
            return self.period(TimexKind::Date, year.map(|y| Period::Season(y, season)), &f, format_args!("XXXX-{}", season.name()));
        }
        if let Some(month) = f.month {
            return match f.days[0] {
                Some(d) => {
                    let year = f.year.or_else(|| self.day_year(timex, month, d));
                    match year {
                        Some(y) if y < 0 => self.period(TimexKind::Date, Some(Period::Month(y, month)), &f, ""),
                        _ => {
                            let date = year.and_then(|y| day(y, month, d));
                            self.period(TimexKind::Date, date.map(Period::Day), &f, format_args!("XXXX-{month:02}-{d:02}"))
                        }
                    }
                }
                None => {
                    let year = f.year.or_else(|| self.month_year(timex, month));
                    self.period(TimexKind::Date, year.map(|y| Period::Month(y, month)), &f, format_args!("XXXX-{month:02}"))
                }
            };
        }
        if let Some(year) = f.year {
            let ancient = self.doc.lang.time.patterns[timex.pattern as usize].guards.contains(&Guard::Ancient);
            let year = if ancient { -year } else { year };
            return self.period(TimexKind::Date, Some(Period::Year(year)), &f, "");
        }
        if let Some(d) = f.days[0] {
            // A day without a month: of the running month, else the document's.
            let near = |p: &Period| matches!(p, Period::Month(..)) && timex.sentence.saturating_sub(self.running.sentence) <= 2;
            let running = self.running.last.filter(|p| self.narrative || self.running.scene || near(p) || self.section(timex).is_some());
            let date = match (running, self.reference) {
                (Some(p), _) => p.month().and_then(|m| day(p.year(), m, d)),
                // The last such day, or the next.
                (None, Some(reference)) => {
                    let month = Period::holding(reference, Unit::Month);
                    let here = day(i32::from(reference.year()), reference.month(), d);
                    let step = match self.tense(timex) {
                        Tense::Past if here.is_some_and(|h| h > reference) => -1,
                        Tense::Future if here.is_some_and(|h| h < reference) => 1,
                        _ => 0,
                    };
                    month.and_then(|p| p.shift(step)).and_then(|p| day(p.year(), p.month()?, d))
                }
                (None, None) => None,
            };
            return self.period(TimexKind::Date, date.map(Period::Day), &f, format_args!("XXXX-XX-{d:02}"));
        }
        if let Some(wanted) = f.weekday {
            let date = self.weekday_date(timex, wanted);
            return self.period(TimexKind::Date, date.map(Period::Day), &f, format_args!("XXXX-WXX-{wanted}"));
        }
        // A time of day alone; at the head of a line that of an entry made then.
        let entry = f.clock.is_some() && self.doc.tokens[timex.first].newline;
        let date = if entry {
            self.reference
        } else if self.narrative {
            self.running.day.filter(|_| self.of_a_day(timex))
        } else {
            // Not of a day before the month that the text tells of.
            let month = self.running.last.filter(|p| p.rank() < 7).and_then(Period::days);
            let near = |d: &Date| month.is_none_or(|(first, last)| first <= *d && *d <= last);
            self.running.day.or(self.reference).filter(|d| near(d) && self.of_a_day(timex))
        };
        self.period(TimexKind::Time, date.map(Period::Day), &f, "XXXX-XX-XX")
    }

    /// Whether a time of day is one of a day, not of any (`at night`).
    fn of_a_day(&self, timex: &RawTimex) -> bool {
        let words = &self.doc.lang.time;
        // `for an afternoon`
        let long = words.is(self.doc.tokens[timex.first].word, Class::One)
            && timex.first.checked_sub(1).is_some_and(|i| words.is(self.doc.tokens[i].word, Class::Duration));
        timex.fields.clock.is_some()
            || (timex.last - timex.first > 1 && !long)
            || timex.fields.part_of_day.is_some_and(|p| matches!(p, PartOfDay::Noon | PartOfDay::Midnight))
    }

    fn short_decade(&self, timex: &RawTimex) -> bool {
        self.doc.tokens[timex.first..timex.last].iter().all(|t| t.of(self.doc.text).len() < 5 || !t.of(self.doc.text).as_bytes()[0].is_ascii_digit())
    }

    fn ordinal_period(&self, timex: &RawTimex, f: &Fields, unit: Unit) -> Resolved {
        let n = f.ordinal.unwrap_or(1);
        match unit {
            Unit::Century => {
                let century = if f.before_era { -n } else { n - 1 };
                self.period(TimexKind::Date, Some(Period::Century(century)), f, "")
            }
            Unit::Quarter => self.quarter(timex, f, n as i8),
            _ => self.period(TimexKind::Date, f.year.map(Period::Year), f, unknown(unit)),
        }
    }

    /// `the first week of March`, `the last day of March`
    fn part_of_month(&self, timex: &RawTimex) -> Resolved {
        let f = &timex.fields;
        let month = f.month.unwrap_or(1);
        // "the second week of January last year"
        let of_year = f.deictic.filter(|_| f.units[1] == Some(Unit::Year));
        let told = of_year.and_then(|n| Some(i32::from(self.reference?.year()) + n));
        let period = f.year.or(told).or_else(|| self.month_year(timex, month)).map(|y| Period::Month(y, month));
        let mut resolved = self.period(TimexKind::Duration, period, &Fields::default(), "");
        resolved.value = duration(1.0, f.units[0].unwrap_or(Unit::Week));
        let length = if f.units[0] == Some(Unit::Week) { 7 } else { 1 };
        resolved.days = resolved.days.and_then(|(first, last)| match f.ordinal.filter(|_| f.deictic.is_none() || of_year.is_some()) {
            Some(n) => Some((plus(first, length * i64::from(n - 1))?, plus(first, length * i64::from(n) - 1)?.min(last))),
            None => Some((plus(last, 1 - length)?, last)),
        });
        resolved
    }

    fn quarter(&self, timex: &RawTimex, f: &Fields, quarter: i8) -> Resolved {
        let year = f.year.or_else(|| {
            if self.lives(timex) {
                return self.running.last.map(Period::year);
            }
            let reference = self.reference?;
            let here = (reference.month() - 1) / 3 + 1;
            let year = i32::from(reference.year());
            Some(match self.tense(timex) {
                Tense::Future if quarter < here => year + 1,
                Tense::Future => year,
                _ if quarter > here => year - 1,
                _ => year,
            })
        });
        self.period(TimexKind::Date, year.map(|y| Period::Quarter(y, quarter)), f, format_args!("XXXX-Q{quarter}"))
    }

    fn half(&self, timex: &RawTimex, f: &Fields) -> Resolved {
        let n = f.ordinal.unwrap_or(1).clamp(1, 2) as i8;
        let part = if n == 1 { Part::Start } else { Part::End };
        let mut g = Fields { part: Some(part), ..Fields::default() };
        if let Some(decade) = f.decade {
            return self.period(TimexKind::Date, Some(Period::Decade(decade)), &g, "");
        }
        if let Some(month) = f.month {
            let year = f.year.or_else(|| self.month_year(timex, month));
            return self.period(TimexKind::Date, year.map(|y| Period::Month(y, month)), &g, format_args!("XXXX-{month:02}"));
        }
        g.part = None;
        let year = f.year.or_else(|| {
            let Some(reference) = self.reference.filter(|_| !self.lives(timex)) else { return self.anchor_or_reference().map(Period::year) };
            let over = n == 2 && reference.month() <= 6 && self.tense(timex) != Tense::Future;
            Some(i32::from(reference.year()) - i32::from(over))
        });
        self.period(TimexKind::Date, year.map(|y| Period::Half(y, n)), &g, format_args!("XXXX-H{n}"))
    }

    /// The year of a month without one.
    fn month_year(&self, timex: &RawTimex, month: i8) -> Option<i32> {
        if self.lives(timex) {
            return self.running_year(month);
        }
        if let Some(year) = self.titled_year(timex, month) {
            return Some(year);
        }
        let reference = self.reference?;
        let (year, here) = (i32::from(reference.year()), reference.month());
        Some(match self.tense(timex) {
            Tense::Future if month < here => year + 1,
            Tense::Future => year,
            Tense::Other if (0..=NEAR).contains(&(month - here)) => year,
            _ if month > here => year - 1,
            _ => year,
        })
    }

    /// The year in which a month lies that the running text names after its running date.
    fn running_year(&self, month: i8) -> Option<i32> {
        let p = self.running.last?;
        let Some(here) = p.month() else { return Some(p.year()) };
        // `the winter of 2024`, and then February, are of one year where it is named.
        if matches!(p, Period::Season(_, Season::Winter)) && month < 3 {
            return Some(p.year());
        }
        let step = i32::from(month) - i32::from(here);
        // News goes on to the next year where that has come.
        let ahead = !self.narrative && step < -BACK && self.reference.is_some_and(|r| (p.year() + 1, month) <= (i32::from(r.year()), r.month()));
        Some(p.year() + i32::from(step < -8 || ahead))
    }

    fn season_year(&self, timex: &RawTimex, season: Season) -> Option<i32> {
        if self.lives(timex) {
            return self.running.last.map(Period::year);
        }
        let reference = self.reference?;
        let year = i32::from(reference.year());
        let mut years = [year - 1, year, year + 1].into_iter().filter_map(|y| Some((y, Period::Season(y, season).days()?)));
        match self.tense(timex) {
            Tense::Future => years.find(|(_, d)| d.1 >= reference).map(|x| x.0),
            _ => years.rfind(|(_, d)| d.0 <= reference).map(|x| x.0),
        }
    }

    /// The year of a month and day without one.
    fn day_year(&self, timex: &RawTimex, month: i8, d: i8) -> Option<i32> {
        if self.lives(timex) {
            return self.running_year(month);
        }
        if let Some(year) = self.titled_year(timex, month).or_else(|| self.season_holding(timex, month, d)) {
            return Some(year);
        }
        let reference = self.reference?;
        let year = i32::from(reference.year());
        let nearest = [year - 1, year, year + 1]
            .into_iter()
            .filter_map(|y| Some((y, day(y, month, d)?)))
            .min_by_key(|(_, x)| (*x - reference).get_days().abs())?;
        let distance = (nearest.1 - reference).get_days();
        // The entries of a timeline are of the past; the line that dates the article is of the next day at most.
        if distance > 1 && self.fills_line(timex) {
            return Some(nearest.0 - 1);
        }
        Some(match self.tense(timex) {
            // `May 3: Would it float?` heads what happened then.
            Tense::Future if distance < -14 && (self.heads_line(timex) || document::is_heading(self.doc, timex.sentence)) => nearest.0,
            Tense::Past if distance > 14 => nearest.0 - 1,
            Tense::Other if distance > AHEAD => nearest.0 - 1,
            Tense::Future if distance < -14 => nearest.0 + 1,
            _ => nearest.0,
        })
    }

    /// `last summer. On June 22, …`: the year in which a day lies in the season just named.
    fn season_holding(&self, timex: &RawTimex, month: i8, d: i8) -> Option<i32> {
        let season =
            self.running.last.filter(|p| matches!(p, Period::Season(..)) && timex.sentence.saturating_sub(self.running.sentence) <= SEASON)?;
        let (first, last) = season.days()?;
        (first.year()..=last.year()).map(i32::from).find(|&y| day(y, month, d).is_some_and(|x| first <= x && x <= last))
    }

    fn weekday_date(&self, timex: &RawTimex, wanted: i8) -> Option<Date> {
        let reference = self.reference?;
        let words = &self.doc.lang.time;
        let before = timex.first.checked_sub(1).map_or(0, |i| words.mask(self.doc.tokens[i].word));
        let noun = self.noun_behind(timex).filter(|t| t.spaced);
        if timex.last == timex.first + 1 {
            // `On a Saturday in October`: one of those.
            if before & Class::One.bit() != 0 && noun.is_none() {
                return None;
            }
            // `after Friday prayers`, in a story of another time.
            let story = || self.running.last.and_then(Period::days).is_some_and(|(_, last)| (reference - last).get_days() > WEEK);
            if noun.is_some_and(|t| words.is(t.word, Class::Service)) && self.running.sentence == timex.sentence && story() {
                return None;
            }
            // `And on the Monday`: of the days that the text tells of.
            if before & (Class::Determiner.bit() | Class::One.bit()) == Class::Determiner.bit() && noun.is_none() {
                let told = self.running.last.and_then(Period::days).filter(|_| timex.sentence.saturating_sub(self.running.sentence) <= SEASON);
                let named = |(first, last): (Date, Date)| self.running.day.filter(|d| first <= *d && *d <= last);
                let past = |d: &Date| (reference - *d).get_days() > WEEK;
                if let Some(day) = self.titled(timex).or_else(|| told.and_then(named)).filter(past) {
                    return plus(day, i64::from((wanted - weekday(day)).rem_euclid(7)));
                }
                if told.is_some_and(|(_, last)| past(&last)) {
                    return None;
                }
            }
        }
        // In the section of a past day, `By Monday they talk` is of the days after it.
        if let Some(day) = self.section(timex).filter(|d| timex.quote.is_none() && (reference - *d).get_days() > WEEK) {
            let from = self.running.day.filter(|d| (0..=WEEK).contains(&(*d - day).get_days())).unwrap_or(day);
            return plus(from, i64::from((wanted - weekday(from)).rem_euclid(7)));
        }
        // `Tuesday's meeting` is that of the Tuesday named before.
        let owns = self.doc.tokens.get(timex.last).is_some_and(|t| t.is_word() && !t.spaced);
        if owns && let Some(date) = self.weekdays.get(wanted as usize).copied().flatten() {
            return Some(date);
        }
        let back = i64::from((weekday(reference) - wanted).rem_euclid(7));
        match self.tense(timex) {
            // `Tuesday: the port closes` heads what happened then.
            Tense::Other if self.heads_line(timex) => plus(reference, -back),
            Tense::Past => plus(reference, -back),
            // "And then, Sunday."
            Tense::Other if self.bare(timex) => plus(reference, -back),
            // A sentence without a verb in the past is of what is to come.
            Tense::Future | Tense::Other => plus(reference, if back == 0 { 0 } else { 7 - back }),
        }
    }
}

/// The weekday `n` places from a day.
fn shift_weekday(from: Date, wanted: i8, n: i32, anaphoric: bool) -> Option<Date> {
    let here = plus(monday(from)?, i64::from(wanted) - 1)?;
    match n {
        0 => Some(here),
        n if n > 0 => {
            let ahead = i64::from((wanted - weekday(from)).rem_euclid(7));
            plus(from, if ahead == 0 { 7 } else { ahead })
        }
        _ if anaphoric => {
            let back = i64::from((weekday(from) - wanted).rem_euclid(7));
            plus(from, -if back == 0 { 7 } else { back })
        }
        // On a Sunday `last Tuesday` is that of this week.
        _ if (from - here).get_days() >= LONG_PAST => Some(here),
        _ => plus(here, -7),
    }
}

/// TIMEX3 value of a unit that is known to be meant but not which.
fn unknown(unit: Unit) -> &'static str {
    match unit {
        Unit::Second | Unit::Minute | Unit::Hour => "XXXX-XX-XXTXX",
        Unit::Day => "XXXX-XX-XX",
        Unit::Weekend => "XXXX-WXX-WE",
        Unit::Week | Unit::Fortnight => "XXXX-WXX",
        Unit::Month => "XXXX-XX",
        Unit::Quarter => "XXXX-QX",
        Unit::HalfYear => "XXXX-HX",
        Unit::Year => "XXXX",
        Unit::Decade => "XXX",
        Unit::Century => "XX",
    }
}

fn months(unit: Unit) -> f32 {
    match unit {
        Unit::Month => 1.0,
        Unit::Quarter => 3.0,
        Unit::HalfYear => 6.0,
        Unit::Year => 12.0,
        Unit::Decade => 120.0,
        Unit::Century => 1200.0,
        _ => 0.0,
    }
}

/// TIMEX3 value of a length of time; NaN = an unspecified number.
fn duration(count: f32, unit: Unit) -> String {
    let (time, unit, times) = match unit {
        Unit::Second => ("T", "S", 1.0),
        Unit::Minute => ("T", "M", 1.0),
        Unit::Hour => ("T", "H", 1.0),
        Unit::Fortnight => ("", "W", 2.0),
        Unit::HalfYear => ("", "M", 6.0),
        other => ("", other.name(), 1.0),
    };
    let count = count * times;
    if count.is_nan() {
        format!("P{time}X{unit}")
    } else if count == f32::from(count as i16) && count > 0.0 {
        // Nearly all are whole.
        format!("P{time}{}{unit}", count as i16)
    } else {
        format!("P{time}{count}{unit}")
    }
}

/// Days of an unspecified number of units before or after a day: from two to ten of days, one and a half to six of weeks, two to eleven months, two to nine years.
pub fn vague(start: Date, unit: Unit, sign: i32) -> Option<(Date, Date)> {
    let (near, far) = match unit {
        Unit::Second | Unit::Minute | Unit::Hour => (0, 0),
        Unit::Day | Unit::Weekend => (2, 10),
        Unit::Week | Unit::Fortnight => (11, 42),
        Unit::Month | Unit::Quarter | Unit::HalfYear => (50, 340),
        Unit::Year => (700, 3300),
        Unit::Decade => (7000, 33_000),
        Unit::Century => (70_000, 330_000),
    };
    let sign = i64::from(sign);
    let (a, b) = (plus(start, near * sign)?, plus(start, far * sign)?);
    Some(if a <= b { (a, b) } else { (b, a) })
}

/// The year `by` years away; none where no calendar reaches ("a billion centuries ago").
fn shifted(year: i32, by: i64) -> Option<i32> {
    /// Far beyond any date of the news, far below what the arithmetic of years can hold.
    const FARTHEST: i64 = 1_000_000;
    i32::try_from(i64::from(year).saturating_add(by)).ok().filter(|y| i64::from(*y).abs() <= FARTHEST)
}
