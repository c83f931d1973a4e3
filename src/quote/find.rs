//! Text → quotations: marked stretches that are speech, pull quotes, indirect speech, each with the reporting clause that
//! leads to its speaker. Leaves out nicknames, titles of works, names in marks and skipped boilerplate.
//! Does not say whom the subject of a reporting clause names.

use crate::annotation::{CueClass, Quote, QuoteKind};
use crate::clean::{PULL, PULL_SOURCE};
use crate::doc::Doc;
use crate::language::name::flag;
use crate::language::quote::{Form, Role, VerbUse};
use crate::language::vocab::key;
use crate::quote::cue::{Cue, Grammar, Page, Rule};
use crate::quote::indirect::{self, Reported};
use crate::quote::marks::{self, Layout, Marked, Paragraph, Walk};
use crate::span::Span;
use crate::token::{Shape, Token, TokenKind};
use hashbrown::HashSet;

/// The way from a quotation to its speaker, as far as the words' order tells.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Lead {
    /// The reporting verb or phrase.
    pub cue: Option<Span>,
    /// Its class.
    pub class: CueClass,
    /// The words that are its subject.
    pub subject: Option<Span>,
    /// Which rule found it.
    pub rule: Rule,
    /// The quotation whose speaker this one shares, where it has no reporting clause of its own.
    pub from: Option<usize>,
    /// It answers that one: its speaker is the other leader.
    pub answers: bool,
    /// The words that name who reports the speaker, where it is not the outlet.
    pub reporter: Option<Span>,
    /// Denied, asked or supposed speech.
    pub unreal: bool,
}

/// All quotations of an article.
#[derive(Clone, Debug, Default)]
pub struct Found {
    /// In text order.
    pub quotes: Vec<Quote>,
    /// Parallel to `quotes`.
    pub leads: Vec<Lead>,
}

/// Elements from "what" to the verb of its clause, at most.
const WHAT: usize = 3;
/// Elements of a sentence that says no more than who spoke to whom, at most.
const TOLD: usize = 14;
/// Most paragraphs through which a quotation that runs on is followed back.
const CHAIN: usize = 64;
/// Tokens to a quotation, in a text that has many.
const SPARSE: usize = 32;
/// Elements from the conjunction before a subject to its verb, at most.
const ASIDE: usize = 24;
/// Elements of a clause that only tells what somebody did before the quotation ("and she shrugged"), at most.
const ACTS: usize = 7;
/// Most people who take turns in an interview.
const TURNS: usize = 12;
/// Elements from "we" to whom we met, at most.
const MET: usize = 5;

/// Find every quotation, in text order.
pub fn find(doc: &Doc) -> Found {
    search(doc, true)
}

/// The quotations in marks alone, for those who only ask what stands inside one.
pub fn marked(doc: &Doc) -> Vec<Quote> {
    search(doc, false).quotes
}

fn search(doc: &Doc, indirect: bool) -> Found {
    let layout = marks::layout(doc);
    let paragraphs = &layout.paragraphs;
    let (marked, ends) = stretches(doc, &layout);
    let room = if indirect { doc.tokens.len() / SPARSE + 4 } else { 0 };
    let mut search = Search {
        doc,
        layout: &layout,
        out: Found { quotes: Vec::with_capacity(room), leads: Vec::with_capacity(room) },
        utterance: 0,
        sentence: 0,
        speaks: 0,
        last: None,
        run: None,
        before: Before::default(),
        reported: Vec::new(),
        labels: Vec::new(),
        question: false,
        answer: None,
        indirect,
    };
    // One line that begins with a name in capitals may be a headline; two make a transcript.
    let mut heads: Vec<(usize, usize)> =
        (0..paragraphs.len()).filter_map(|n| Some((n, label(doc, paragraphs[n].first, paragraphs[n].last)?))).collect();
    search.labels = labels(doc, paragraphs, &heads);
    heads.retain(|&(n, colon)| search.named(paragraphs[n].first, colon));
    let marks = |n: usize| ends[n] > n.checked_sub(1).map_or(0, |before| ends[before]);
    if heads.len() > 1 && heads.iter().any(|head| marks(head.0)) {
        let somebody = attested(doc, paragraphs, &heads);
        heads.retain(|&head| !marks(head.0) || somebody.contains(&head_key(doc, paragraphs, head)));
    }
    if heads.len() < 2 {
        heads.clear();
    }
    let mut heads = heads.into_iter().peekable();
    let (mut page, mut mine) = (Page::new(), Vec::new());
    let mut begin = 0;
    let pulls = doc.boilerplate.iter().any(|b| b.why == PULL || b.why == PULL_SOURCE);
    for (n, &paragraph) in paragraphs.iter().enumerate() {
        let next = paragraphs.get(n + 1).copied();
        let marked = &marked[begin..ends[n]];
        begin = ends[n];
        search.sentence = doc.sentence_from(search.sentence, doc.tokens[paragraph.first].span.start);
        let line = heads.next_if(|head| head.0 == n).map(|head| head.1);
        if pulls && search.pull(paragraph, next) {
            continue;
        }
        if !indirect && line.is_none() && marked.is_empty() {
            search.run = None;
            continue;
        }
        match line {
            Some(end) => search.line(paragraph, end),
            None if marked.is_empty() => search.narrated(&mut page, paragraph),
            None => search.quoted(&mut page, marked, &mut mine, paragraph),
        }
        // A question set in bold leaves the word to whom it asks.
        search.question = bold(doc, paragraph);
        if !search.question {
            search.before = Before { paragraph: Some(paragraph), marked };
        }
    }
    search.out
}

/// The marked stretches of all paragraphs but nicknames, and where those of each end. Found before any words are weighed: the code of
/// each of the two passes then stays at hand.
fn stretches(doc: &Doc, layout: &Layout) -> (Vec<Marked>, Vec<usize>) {
    let mut walk = Walk::new(doc, layout);
    let (mut marked, mut ends) = (Vec::new(), Vec::with_capacity(layout.paragraphs.len()));
    for (n, &paragraph) in layout.paragraphs.iter().enumerate() {
        let first = marked.len();
        let mut kept = first;
        marks::find(&mut walk, paragraph, layout.paragraphs.get(n + 1).copied(), &mut marked);
        for i in first..marked.len() {
            if !nickname(doc, paragraph, &marked[i]) {
                marked[kept] = marked[i];
                kept += 1;
            }
        }
        marked.truncate(kept);
        ends.push(kept);
    }
    (marked, ends)
}

/// The paragraph before the one at hand; few ask what stands there.
#[derive(Default)]
struct Before<'a> {
    paragraph: Option<Paragraph>,
    marked: &'a [Marked],
}

impl Before<'_> {
    fn page(&self, doc: &Doc) -> Page {
        let mut page = Page::default();
        if let Some(p) = self.paragraph {
            page.fill(doc, (p.first, p.last), self.marked, doc.sentence_at(doc.tokens[p.first].span.start));
        }
        page
    }
}

/// A quotation of the paragraph at hand.
#[derive(Clone, Copy)]
struct Mine {
    /// Index into `out`.
    id: usize,
    /// Its element.
    k: usize,
    /// Its frame.
    f: usize,
    /// Its reporting clause.
    cue: Option<Cue>,
}

/// `**Was it a threat?**`
fn bold(doc: &Doc, p: Paragraph) -> bool {
    let star = |i: usize| doc.tokens[i].is_mark(doc.text, b'*');
    p.last > p.first + 4 && star(p.first) && star(p.first + 1) && star(p.last - 1) && star(p.last - 2)
}

struct Search<'a> {
    doc: &'a Doc<'a>,
    layout: &'a Layout,
    out: Found,
    utterance: u32,
    /// The sentence with which the paragraph at hand begins.
    sentence: usize,
    /// How many of [`Layout::speaks`] stand before the words at hand.
    speaks: usize,
    /// The last quotation with a speaker in the paragraph before.
    last: Option<usize>,
    /// The quotation that runs on from the paragraph before.
    run: Option<usize>,
    before: Before<'a>,
    /// Reported clauses of the frame at hand.
    reported: Vec<Reported>,
    /// Who takes turns in an interview whose lines begin with names in small letters: keys of their last names.
    labels: Vec<u64>,
    /// Whether the paragraph before is an interviewer's question in bold.
    question: bool,
    /// The last answer to such a question.
    answer: Option<usize>,
    /// Whether reported clauses without marks are sought too.
    indirect: bool,
}

impl<'a> Search<'a> {
    /// Those of the tokens `[first, last)` that may report words without marks; asked from left to right.
    fn speaks(&mut self, first: usize, last: usize) -> &'a [usize] {
        let speaks = &self.layout.speaks;
        let count = |from: usize, to: usize| speaks[from..].iter().take_while(|&&i| i < to).count();
        let from = self.speaks + count(self.speaks, first);
        self.speaks = from + count(from, last);
        &speaks[from..self.speaks]
    }

    /// A paragraph without marks: its reported clauses, sentence by sentence.
    fn narrated(&mut self, page: &mut Page, paragraph: Paragraph) {
        self.run = None;
        let doc = self.doc;
        let (mut first, mut sentence) = (paragraph.first, self.sentence);
        while first < paragraph.last {
            while doc.sentences.get(sentence).is_some_and(|s| s.last as usize <= first) {
                sentence += 1;
            }
            let last = doc.sentences.get(sentence).map_or(paragraph.last, |s| paragraph.last.min(s.last as usize));
            let speaks = self.speaks(first, last);
            if indirect::likely(doc, first, last, speaks) {
                page.fill(doc, (first, last), &[], sentence);
                let grammar = Grammar::new(doc, page);
                self.reported(&grammar, page.frames[0], speaks);
                for n in 0..self.reported.len() {
                    self.indirect(&grammar, self.reported[n]);
                }
            }
            first = last;
        }
        let asks = doc.tokens[paragraph.last - 1].is_mark(doc.text, b'?');
        if paragraph.last - paragraph.first > 3 && !asks {
            self.last = None;
        }
    }

    /// Find the reported clauses of a frame.
    fn reported(&mut self, grammar: &Grammar, frame: (usize, usize), speaks: &[usize]) {
        self.reported.clear();
        let closes = speaks.iter().any(|&i| self.doc.lang.quote.closes(self.doc.tokens[i].word));
        indirect::find(grammar, frame, closes, &mut self.reported);
        self.reported.sort_by_key(|r| r.from);
    }

    /// A reported clause without marks.
    fn indirect(&mut self, grammar: &Grammar, found: Reported) {
        let span = grammar.span(found.from, found.to);
        if self.doc.skipped(span) {
            return;
        }
        let goes_on = found.joined && self.out.quotes.last().is_some_and(|q| q.kind == QuoteKind::Indirect);
        self.utterance += u32::from(!goes_on);
        let sentence = self.doc.sentence_from(self.sentence, span.start) as u32;
        self.out.quotes.push(Quote { span, outer: span, kind: QuoteKind::Indirect, utterance: self.utterance, content: Some(span), sentence });
        let lead = self.lead(grammar, found.cue);
        self.out.leads.push(lead);
    }

    /// A quotation set apart without marks, or the line below that names its source: whether the paragraph is one.
    #[inline(never)]
    fn pull(&mut self, paragraph: Paragraph, next: Option<Paragraph>) -> bool {
        let doc = self.doc;
        let why = |p: Paragraph| {
            let at = doc.tokens[p.first].span.start;
            let i = doc.boilerplate.partition_point(|b| b.span.end <= at);
            doc.boilerplate.get(i).filter(|b| b.span.start <= at).map_or("", |b| b.why.as_str())
        };
        let kind = why(paragraph);
        if kind != PULL {
            return kind == PULL_SOURCE;
        }
        let mut first = paragraph.first;
        let mut last = paragraph.last;
        let mark =
            |i: usize| doc.tokens[i].kind == TokenKind::Mark && matches!(doc.tokens[i].of(doc.text), "\"" | "“" | "”" | "'" | "‘" | "’" | "«" | "»");
        while first < last && mark(first) {
            first += 1;
        }
        while last > first && mark(last - 1) {
            last -= 1;
        }
        if first == last {
            return true;
        }
        let span = Span { start: doc.tokens[first].span.start, end: doc.tokens[last - 1].span.end };
        let outer = Span { start: doc.tokens[paragraph.first].span.start, end: doc.tokens[paragraph.last - 1].span.end };
        let mut lead = Lead::default();
        if let Some(source) = next.filter(|&p| why(p) == PULL_SOURCE) {
            let end = (source.first..source.last).find(|&i| doc.tokens[i].is_mark(doc.text, b',')).unwrap_or(source.last);
            let begin = (source.first..end).find(|&i| doc.tokens[i].is_word());
            if let Some(begin) = begin {
                let subject = Span { start: doc.tokens[begin].span.start, end: doc.tokens[end - 1].span.end };
                lead = Lead { subject: Some(subject), rule: Rule::SourceLine, ..Lead::default() };
            }
        }
        self.utterance += 1;
        let sentence = doc.sentence_at(span.start) as u32;
        self.out.quotes.push(Quote { span, outer, kind: QuoteKind::Pull, utterance: self.utterance, content: None, sentence });
        self.out.leads.push(lead);
        true
    }

    /// A line of a transcript: `VEGA: We begin.`
    #[inline(never)]
    fn line(&mut self, paragraph: Paragraph, end: usize) {
        let doc = self.doc;
        // A title line is all capitals.
        if doc.tokens[end + 1..paragraph.last].iter().filter(|t| t.is_word()).all(|t| t.shape == Shape::Upper) {
            return;
        }
        let Some(first) = doc.tokens.get(end + 1).filter(|_| end + 1 < paragraph.last) else { return };
        let span = Span { start: first.span.start, end: doc.tokens[paragraph.last - 1].span.end };
        if doc.skipped(span) {
            return;
        }
        let subject = Span { start: doc.tokens[paragraph.first].span.start, end: doc.tokens[end - 1].span.end };
        self.utterance += 1;
        let sentence = doc.sentence_at(span.start) as u32;
        self.out.quotes.push(Quote { span, outer: span, kind: QuoteKind::Direct, utterance: self.utterance, content: None, sentence });
        self.out.leads.push(Lead { subject: Some(subject), rule: Rule::Transcript, ..Lead::default() });
        self.run = None;
        self.last = None;
    }

    /// A paragraph with marks.
    fn quoted(&mut self, page: &mut Page, marked: &[Marked], mine: &mut Vec<Mine>, paragraph: Paragraph) {
        let doc = self.doc;
        page.fill(doc, (paragraph.first, paragraph.last), marked, self.sentence);
        mine.clear();
        let page = &*page;
        let grammar = Grammar::new(doc, page);
        let run = self.run.take();
        let mut quotes = page.quotes.iter().copied().peekable();
        for (f, &frame) in page.frames.iter().enumerate() {
            self.reported.clear();
            let speaks = self.speaks(page.els[frame.0].tok(), page.els[frame.1 - 1].end());
            if self.indirect && !speaks.is_empty() {
                self.reported(&grammar, frame, speaks);
            }
            let mut next = 0;
            loop {
                let k = quotes.next_if(|&k| k < frame.1);
                while let Some(found) = self.reported.get(next).copied().filter(|r| k.is_none_or(|k| r.from < k)) {
                    next += 1;
                    self.indirect(&grammar, found);
                }
                let Some(k) = k else { break };
                let Some(m) = page.els[k].quote.map(|q| marked[q as usize]) else { continue };
                let Some((span, outer)) = spans(doc, m) else { continue };
                if doc.skipped(outer) {
                    continue;
                }
                let runs = run.is_some() && k == 0 && self.label(m.first, m.last).is_none();
                let before = grammar.before(frame, k);
                let after = if before.is_some_and(|b| b.1) { None } else { grammar.after(frame, k) };
                let cue = match (before, after) {
                    // "…, according to his post": the writer stands before.
                    (Some((before, _)), Some(after))
                        if after.subject.is_some_and(|s| after.rule == Rule::AccordingTo && grammar.is(s.0, Role::Possessive)) =>
                    {
                        Some(before)
                    }
                    // "Vega thanked him for “…,” her office said": who says so stands behind.
                    (Some((before, _)), Some(after))
                        if before.verb.is_some_and(|v| {
                            let takes = v.takes;
                            let bare = |i: usize| !page.els[i].capital && !grammar.is(i, Role::Determiner | Role::Possessive | Role::Object);
                            let to = (before.end..k.saturating_sub(1)).any(|i| grammar.is(i, Role::To) && bare(i + 1))
                                && !(before.end..k).any(|i| grammar.is(i, Role::That));
                            takes.any(VerbUse::Object | VerbUse::Label) || takes.any(VerbUse::Infinitive) && to
                        }) && matches!(before.rule, Rule::Label | Rule::Clause)
                            && before.subject.is_some_and(|s| !grammar.is(s.0, Role::Pronoun))
                            && after.subject.is_some_and(|s| !grammar.is(s.0, Role::Pronoun)) =>
                    {
                        Some(Cue { reporter: after.subject, ..before })
                    }
                    (_, Some(after)) => Some(after),
                    (Some((cue, _)), None) => Some(cue),
                    // "… a “curtain” round itself, he said, and would go “alone”": up to the next quotation.
                    (None, None) => {
                        let next = (k + 1..frame.1).find(|&i| page.els[i].quote.is_some());
                        grammar.closing((frame.0, next.unwrap_or(frame.1)), k + 1)
                    }
                };
                if !runs && !self.speech(&grammar, frame, k, m, cue) {
                    continue;
                }
                let cue = cue.map(|c| grammar.shown(frame, c));
                let kind = self.kind(&grammar, frame, k, m, cue, mine.last().is_some_and(|l| l.f == f));
                let content = match (kind, cue) {
                    (QuoteKind::Mixed, Some(cue)) => grammar.content(frame, cue, k),
                    _ => None,
                };
                let id = self.out.quotes.len();
                let same = runs || same_utterance(mine, cue, f, page);
                if !same {
                    self.utterance += 1;
                }
                let sentence = doc.sentence_from(self.sentence, span.start) as u32;
                self.out.quotes.push(Quote { span, outer, kind, utterance: self.utterance, content, sentence });
                let mut lead = cue.map_or_else(Lead::default, |c| self.lead(&grammar, c));
                let named = self.label(m.first, m.last);
                if let Some(end) = named {
                    let subject = Span { start: span.start, end: doc.tokens[end - 1].span.end };
                    lead = Lead { subject: Some(subject), rule: Rule::Transcript, ..Lead::default() };
                }
                if lead.subject.is_none() {
                    lead.rule = Rule::None;
                }
                if runs && named.is_none() && (cue.is_none() || !mine.is_empty()) {
                    lead = Lead { from: run, rule: Rule::Paragraph, ..Lead::default() };
                }
                self.out.leads.push(lead);
                mine.push(Mine { id, k, f, cue });
                if m.runs_on {
                    self.run = Some(id);
                }
            }
        }
        self.speakers(&grammar, mine, run, paragraph);
    }

    /// Speakers for what a paragraph's quotations leave open, and what the next paragraph takes up.
    fn speakers(&mut self, grammar: &Grammar, mine: &[Mine], run: Option<usize>, paragraph: Paragraph) {
        let page = grammar.page;
        // An interviewer's question passes the word back to who spoke before it.
        let asks = page.els.last().is_some_and(|e| e.mark == b'?');
        let Some(start) = mine.first().map(|m| m.id) else {
            if page.els.len() > 3 && !asks {
                self.last = None;
            }
            return;
        };
        // A quotation that ran on and is attributed only where it ends.
        if let Some(run) = run
            && self.out.leads[start].subject.is_some()
        {
            let mut chain = vec![run];
            while let Some(from) = self.out.leads[chain[chain.len() - 1]].from.filter(|_| chain.len() < CHAIN) {
                chain.push(from);
            }
            if self.out.leads[chain[chain.len() - 1]].subject.is_none() {
                for i in chain {
                    self.out.leads[i] = Lead { from: Some(start), rule: Rule::Paragraph, ..Lead::default() };
                }
            }
        }
        self.lend(grammar, mine, paragraph);
        if bold(self.doc, paragraph) {
            return;
        }
        let you = || (0..page.els.len()).any(|i| grammar.is(i, Role::Hearer));
        if asks && self.last.is_some() && you() {
            return;
        }
        self.last = mine.iter().rev().map(|m| m.id).find(|&id| self.out.leads[id].rule != Rule::None);
    }

    /// Speakers for quotations without a reporting clause of their own.
    fn lend(&mut self, grammar: &Grammar, mine: &[Mine], paragraph: Paragraph) {
        let page = grammar.page;
        for (n, &Mine { id, k, f, .. }) in mine.iter().enumerate() {
            if self.out.leads[id].rule != Rule::None {
                continue;
            }
            let frame = page.frames[f];
            // The hour of an entry is no word.
            let bare = !(frame.0..frame.1).any(|i| page.els[i].word && !grammar.number(i));
            let lent = |from: usize, rule| Lead { from: Some(from), rule, ..Lead::default() };
            // “Never,” came the answer: of the one who was spoken to, whoever that was.
            if grammar.answers(frame, k) {
                let before = n.checked_sub(1).map(|n| mine[n].id).or(self.last);
                if let Some(hearer) = before.and_then(|b| self.hearer(b)) {
                    self.out.leads[id] = Lead { subject: Some(hearer), rule: Rule::Noun, ..Lead::default() };
                } else if let Some(before) = before {
                    self.out.leads[id] = Lead { answers: true, ..lent(before, Rule::Noun) };
                }
                continue;
            }
            // “Will you come?” Vega asked him.
            if bare && let Some(cue) = page.frames.get(f + 1).and_then(|&next| grammar.told_behind(next)) {
                self.out.leads[id] = self.lead(grammar, cue);
                continue;
            }
            if bare && n > 0 && mine[n - 1].f + 1 >= f {
                self.out.leads[id] = lent(mine[n - 1].id, Rule::Continued);
                continue;
            }
            if bare && mine.get(n + 1).is_some_and(|m| m.f == f + 1 && self.out.leads[m.id].rule != Rule::None) && f == 0 {
                self.out.leads[id] = lent(mine[n + 1].id, Rule::Next);
                continue;
            }
            // “…” With those words Vega left.
            if bare
                && let Some(&next) = page.frames.get(f + 1)
                && let Some(subject) = grammar.taken_up(next)
            {
                self.out.leads[id] = Lead { subject: Some(grammar.span(subject.0, subject.1)), rule: Rule::Introduced, ..Lead::default() };
                continue;
            }
            // “…,” she says. It is a hot morning. “…”: the weather does not speak. And Vega? “…”: whoever is asked about him.
            if bare && f > 0 && n > 0 && (grammar.weather(page.frames[f - 1]) || grammar.asks_on(page.frames[f - 1])) {
                self.out.leads[id] = lent(mine[n - 1].id, Rule::Continued);
                continue;
            }
            // "Would he come back? “…”": the journalist's question to him.
            if bare && f > 0 {
                let asked = grammar.asked(page.frames[f - 1]);
                let asked = asked.map(|(s, e)| Lead { subject: Some(grammar.span(s, e)), rule: Rule::Introduced, ..Lead::default() });
                if let Some(lead) = asked.or_else(|| self.introduced(grammar, page.frames[f - 1])) {
                    self.out.leads[id] = lead;
                }
                continue;
            }
            if bare {
                if paragraph.first == 0 {
                    continue;
                }
                let page = self.before.page(self.doc);
                let before = Grammar::new(self.doc, &page);
                if self.question {
                    let told = page.frames.last().and_then(|&f| self.introduced(&before, f));
                    if let Some(lead) = self.answer.map(|a| lent(a, Rule::Carried)).or(told) {
                        self.out.leads[id] = lead;
                        self.answer = Some(id);
                        continue;
                    }
                }
                let colon = page.els.last().is_some_and(|e| e.mark == b':');
                // After its quotation the paragraph before went on with somebody: "Mora smiled."
                let told = self.last.is_some().then(|| self.turned_to(&before)).flatten();
                if !colon && let Some(lead) = told {
                    self.out.leads[id] = lead;
                } else if !colon && let Some(last) = self.last {
                    self.out.leads[id] = lent(last, Rule::Carried);
                } else if let Some(&last) = page.frames.iter().rev().take(3).find(|f| colon && f.1 - f.0 > 4).or(page.frames.last())
                    && let Some(lead) = self.introduced(&before, last)
                {
                    self.out.leads[id] = lead;
                }
                continue;
            }
            // Words without a reporting verb round them: those of the sentence's subject.
            if n > 0 && (mine[n - 1].f == f || grammar.impersonal(frame, frame.0)) {
                self.out.leads[id] = lent(mine[n - 1].id, Rule::Continued);
            } else if let Some(subject) = grammar.main_subject(frame, grammar.opener(frame, k).unwrap_or(frame.0), k) {
                self.out.leads[id] = Lead { subject: Some(grammar.span(subject.0, subject.1)), rule: Rule::Introduced, ..Lead::default() };
            } else if k > frame.0
                && page.els[k - 1].mark == b':'
                && f > 0
                && !grammar.quoted_between(page.frames[f - 1].0, page.frames[f - 1].1)
                && let Some(lead) = self.introduced(grammar, page.frames[f - 1])
            {
                // "She kept quiet for a day. Then, from the balcony: “…”"
                self.out.leads[id] = lead;
            } else if n > 0 {
                self.out.leads[id] = lent(mine[n - 1].id, Rule::Continued);
            }
        }
    }

    /// To whom a quotation was said, where the words behind its reporting verb name or mean one: `“…,” she told Vega`.
    fn hearer(&self, id: usize) -> Option<Span> {
        let (text, tokens) = (self.doc.text, &self.doc.tokens);
        let cue = self.out.leads[id].cue?;
        let first = self.doc.token_at(cue.end);
        let token = tokens.get(first).filter(|t| t.is_word() && t.spaced && !t.newline)?;
        let last = tokens[first..].iter().take_while(|t| t.capital() || t.is_mark(text, b'.') && !t.spaced).filter(|t| t.capital()).last();
        match last {
            Some(last) => Some(token.span.cover(last.span)),
            None => self.doc.lang.quote.role(token.word).any(Role::Object).then_some(token.span),
        }
    }

    /// The subject of the narrator's last sentence in the paragraph before, where no quotation stands in it or behind it.
    #[inline(never)]
    fn turned_to(&self, before: &Grammar) -> Option<Lead> {
        let page = before.page;
        let &(from, to) = page.frames.last()?;
        if page.frames.len() < 2 || before.quoted_between(from, to) || to < from + 3 {
            return None;
        }
        let (s, e) = before.main_subject((from, to), from, to)?;
        let he = before.is(s, Role::Pronoun) && !before.is(s, Role::Object | Role::First | Role::Hearer | Role::Relative);
        let lead = || Lead { subject: Some(before.span(s, e)), rule: Rule::Introduced, ..Lead::default() };
        he.then(lead)
    }

    /// The speaker whom the narrator's sentence before a quotation introduces.
    #[inline(never)]
    fn introduced(&self, grammar: &Grammar, frame: (usize, usize)) -> Option<Lead> {
        let page = grammar.page;
        // "The caption? “…”"
        let display = frame.1 <= frame.0 + 4 && (frame.0..frame.1).any(|i| grammar.is(i, Role::Display | Role::Paper));
        if display
            && !(frame.0..frame.1).any(|i| grammar.is(i, Role::Possessive | Role::Clitic))
            && let Some(subject) = grammar.poster(frame)
        {
            return Some(Lead { subject: Some(grammar.span(subject.0, subject.1)), rule: Rule::Introduced, ..Lead::default() });
        }
        // "somebody asked her about him, and she shrugged."
        let last = grammar.opener(frame, frame.1).filter(|&o| {
            grammar.is(o - 1, Role::Conjunction) && grammar.is(o, Role::Pronoun) && !grammar.is(o, Role::Object | Role::First | Role::Hearer)
        });
        if let Some(o) = last.filter(|&o| !grammar.quoted_between(o, frame.1) && frame.1 <= o + ACTS) {
            return Some(Lead { subject: Some(grammar.span(o, o + 1)), rule: Rule::Introduced, ..Lead::default() });
        }
        // "Here is how Vega put it:"
        let how = (frame.0 + 1..frame.1).find(|&i| grammar.is(i, Role::How)).filter(|_| page.els[frame.1 - 1].mark == b':');
        if let Some(subject) = how.and_then(|i| grammar.subject_after(frame, i + 1)) {
            return Some(Lead { subject: Some(grammar.span(subject.0, subject.1)), rule: Rule::Introduced, ..Lead::default() });
        }
        let verb = (frame.0..frame.1).rev().find(|&v| {
            let quotes = page.els[v].verb.is_some_and(|a| a.takes.any(VerbUse::Quote));
            quotes && grammar.finite(frame, v) && v > frame.0 && !grammar.meanwhile(frame, v)
        });
        let subject = verb.and_then(|v| grammar.subject_before(frame, v, frame.0));
        // "She stressed that he had promised nothing. “…”": hers.
        let ruled = |s: &(usize, usize)| s.0 > frame.0 && grammar.is(s.0 - 1, Role::That);
        let subject = subject
            .map(|s| Some(s).filter(ruled).and_then(|s| grammar.ruling(frame, s.0)).unwrap_or(s))
            .or_else(|| grammar.main_subject(frame, frame.0, frame.1))?;
        let subject = grammar.met(frame, subject).unwrap_or(subject);
        Some(Lead { subject: Some(grammar.span(subject.0, subject.1)), rule: Rule::Introduced, ..Lead::default() })
    }

    fn lead(&self, grammar: &Grammar, cue: Cue) -> Lead {
        Lead {
            cue: Some(grammar.span(cue.at, cue.end)),
            class: cue.verb.map_or(CueClass::Neutral, |v| self.doc.lang.quote.verb_of(v).class),
            subject: cue.subject.map(|(a, b)| grammar.span(a, b)),
            rule: cue.rule,
            from: None,
            answers: false,
            reporter: cue.reporter.map(|(a, b)| grammar.span(a, b)),
            unreal: cue.unreal,
        }
    }

    /// A whole sentence or a fragment inside the reporter's.
    fn kind(&self, grammar: &Grammar, frame: (usize, usize), k: usize, m: Marked, cue: Option<Cue>, follows: bool) -> QuoteKind {
        let els = grammar.els;
        let first = &self.doc.tokens[m.first];
        let capital = first.capital() || first.kind != TokenKind::Word;
        let direct = if k == frame.0 {
            let line = cue.is_some_and(|c| c.rule == Rule::Noun && c.at > k);
            cue.is_none() || line || matches!(cue.map(|c| c.rule), Some(Rule::VerbAfter | Rule::InvertedAfter | Rule::AccordingTo | Rule::Dash))
        } else {
            let b = &els[k - 1];
            let set_off = matches!(b.mark, b',' | b':' | b'-') || b.quote.is_some();
            let split = follows && b.mark == b',' && cue.is_some_and(|c| c.end + 8 >= k);
            (set_off && capital) || split || (capital && cue.is_some_and(|c| c.end == k)) || b.mark == b':'
        };
        if direct { QuoteKind::Direct } else { QuoteKind::Mixed }
    }

    /// Whether marked words are speech rather than a nickname, a title, a name or a word held at arm's length.
    fn speech(&self, grammar: &Grammar, frame: (usize, usize), k: usize, m: Marked, cue: Option<Cue>) -> bool {
        let els = grammar.els;
        let tokens = &self.doc.tokens[m.first..m.last];
        // More than a title has are all one.
        let words = tokens.iter().filter(|t| t.kind != TokenKind::Mark).take(9).count();
        if words == 0 {
            return false;
        }
        let before = (k > frame.0).then(|| &els[k - 1]);
        let agent = cue.is_some_and(|c| c.rule == Rule::PassiveBy);
        if before.is_some_and(|b| b.role.any(Role::Nickname)) && cue.is_none_or(|c| c.end != k) && !agent {
            return false;
        }
        // "became known as the “…”": a catchword that goes round.
        let from = k.saturating_sub(4).max(frame.0);
        let known = (from..k).rev().find(|&i| grammar.is(i, Role::Nickname));
        if let Some(known) = known
            && known + 1 < k
            && (known + 1..k).all(|i| els[i].role.any(Role::As | Role::Article))
            && grammar.is(known + 1, Role::As)
        {
            return false;
        }
        // Words on a banner or below a picture: nobody speaks.
        let head = cue.and_then(|c| c.subject);
        if head.is_some_and(|(a, b)| {
            b <= a + 6 && (a..b).any(|i| grammar.is(i, Role::Display)) && !(a..b).any(|i| grammar.is(i, Role::Clitic | Role::Possessive))
        }) && grammar.poster(frame).is_none()
        {
            return false;
        }
        // "The papers speak of a “…”"
        if words <= 6
            && head.is_some_and(|(a, b)| {
                // "The press service calls it": not the press.
                let heads = |i: usize| i + 1 == b || !els[i + 1].word || grammar.is(i + 1, Role::Preposition | Role::Conjunction);
                (a..b).any(|i| grammar.is(i, Role::Press) && heads(i)) && cue.is_some_and(|c| c.rule == Rule::Label || c.end == k || c.end + 1 == k)
            })
        {
            return false;
        }
        let roles = &self.doc.lang.quote;
        let titled = tokens
            .iter()
            .filter(|t| t.is_word())
            .all(|t| t.capital() || roles.role(t.word).any(Role::Determiner | Role::Preposition | Role::Conjunction | Role::Possessive))
            && tokens.first().is_some_and(|t| t.capital());
        let work = (frame.0.max(k.saturating_sub(3))..k).any(|i| els[i].role.any(Role::Work));
        let labelled =
            cue.is_some_and(|c| matches!(c.rule, Rule::Label | Rule::VerbBefore | Rule::VerbAfter | Rule::InvertedAfter | Rule::PassiveBy));
        // on “Face the Town,” the minister said
        let placed = before.is_some_and(|b| b.role.any(Role::Preposition) || b.role.any(Role::Clitic)) && titled && words > 1;
        if placed && !cue.is_some_and(|c| c.rule == Rule::Label) {
            return false;
        }
        if titled && words <= 8 && !labelled {
            let inside = before.is_some_and(|b| b.role.any(Role::Determiner | Role::Possessive | Role::Preposition) || b.capital)
                || k > frame.0 && grammar.is(k - 1, Role::Clitic);
            if work || inside {
                return false;
            }
        }
        if work && titled && words <= 8 {
            return false;
        }
        // "a slim volume called “Late Harvest”", "christened the wall “Fort Hope”": a title or a name.
        let noun = k > frame.0 + 1 && els[k - 2].word && !els[k - 2].capital && !els[k - 2].role.any(Role::Pronoun | Role::Relative | Role::Object);
        let many = |s: (usize, usize)| !els[s.1 - 1].capital && !grammar.is(s.0, Role::Pronoun);
        let given = cue.is_some_and(|c| {
            matches!(c.rule, Rule::Label | Rule::VerbBefore) && grammar.is(c.at, Role::Nickname) && c.end < k && c.subject.is_some_and(many)
        });
        if titled && words <= 8 && (before.is_some_and(|b| b.role.any(Role::Nickname)) && noun || given && words <= 3) {
            return false;
        }
        // No reporting clause anywhere near: a word held at arm's length, unless somebody speaks of himself in it.
        let first_person = || tokens.iter().any(|t| roles.role(t.word).any(Role::First));
        !(cue.is_none() && words <= 4 && k > frame.0 && before.is_some_and(|b| b.word) && !first_person())
    }
}

/// Whether a quotation goes on with the utterance of the one before it in its paragraph: split by the
/// reporting clause, or following as a sentence of nothing but marked words.
fn same_utterance(mine: &[Mine], cue: Option<Cue>, f: usize, page: &Page) -> bool {
    let Some(last) = mine.last() else { return false };
    match (last.cue, cue) {
        (Some(a), Some(b)) => last.f == f && a.at == b.at,
        (_, None) => {
            let frame = page.frames[f];
            last.f + 1 >= f && !(frame.0..frame.1).any(|i| page.els[i].word)
        }
        (None, Some(_)) => false,
    }
}

/// One past the name's last token where a paragraph begins `NAME:`.
fn label(doc: &Doc, first: usize, last: usize) -> Option<usize> {
    let part = |t: &crate::token::Token| t.is_word() && t.capital() || t.is_mark(doc.text, b'.') || t.is_mark(doc.text, b'-');
    let mut aside = false;
    for (n, t) in doc.tokens[first..last.min(first + 8)].iter().enumerate() {
        let i = first + n;
        if n > 0 && t.is_mark(doc.text, b':') {
            // What stands in brackets is no part of the name.
            return Some(i).filter(|_| i + 1 < last && (!aside || name_end(doc, first, i) < i));
        }
        if n > 0 && t.is_mark(doc.text, b'(') {
            aside = true;
        } else if !aside && !part(t) {
            return None;
        }
    }
    None
}

/// Where the name before the colon ends: "VEGA (laughs):".
fn name_end(doc: &Doc, first: usize, colon: usize) -> usize {
    let closed = doc.tokens[colon - 1].is_mark(doc.text, b')');
    (first + 1..colon).find(|&i| closed && doc.tokens[i].is_mark(doc.text, b'(')).unwrap_or(colon)
}

/// Who takes turns in an interview: two names or more that each begin several paragraphs, one of which asks.
fn labels(doc: &Doc, paragraphs: &[Paragraph], heads: &[(usize, usize)]) -> Vec<u64> {
    let mut turns: Vec<(u64, u32)> = Vec::new();
    let mut asked = false;
    for &(n, colon) in heads {
        let p = &paragraphs[n];
        let token = doc.tokens[name_end(doc, p.first, colon) - 1];
        let flags = doc.lang.name.flags(token.word);
        if !token.is_word() || flags & (flag::STOP | flag::COMMON | flag::CALENDAR | flag::NOUN | flag::TAIL) != 0 {
            continue;
        }
        asked |= doc.tokens[colon..p.last].iter().any(|t| t.is_mark(doc.text, b'?'));
        let key = key(token.of(doc.text));
        match turns.iter().position(|t| t.0 == key) {
            Some(i) => turns[i].1 += 1,
            // Few people talk in one article; more are a list.
            None if turns.len() < TURNS => turns.push((key, 1)),
            None => return Vec::new(),
        }
    }
    let keys: Vec<u64> = turns.iter().filter(|t| t.1 > 1).map(|t| t.0).collect();
    if asked && keys.len() > 1 { keys } else { Vec::new() }
}

/// The key of the name at the head of a line.
fn head_key(doc: &Doc, paragraphs: &[Paragraph], (n, colon): (usize, usize)) -> u64 {
    key(doc.tokens[name_end(doc, paragraphs[n].first, colon) - 1].of(doc.text))
}

/// The names in capitals at the heads of lines that are somebody's: of several lines, or named in the article itself. In a newsletter
/// "SPOTTED: …" holds marked words of others.
fn attested(doc: &Doc, paragraphs: &[Paragraph], heads: &[(usize, usize)]) -> HashSet<u64> {
    let (mut once, mut out) = (HashSet::new(), HashSet::new());
    for &head in heads {
        let key = head_key(doc, paragraphs, head);
        if !once.insert(key) {
            out.insert(key);
        }
    }
    out.extend(doc.tokens.iter().filter(|t| t.shape == Shape::Title).map(|t| key(t.of(doc.text))).filter(|key| once.contains(key)));
    out
}

impl Search<'_> {
    /// `VEGA:`, `Q:` or, in an interview, `Vega:` at the head of a line: one past the name's last token.
    fn label(&self, first: usize, last: usize) -> Option<usize> {
        label(self.doc, first, last).filter(|&colon| self.named(first, colon))
    }
    /// Whether the name before the colon is in capitals, or one of those who take turns.
    fn named(&self, first: usize, colon: usize) -> bool {
        let doc = self.doc;
        let end = name_end(doc, first, colon);
        // "WHAT WE SAW: …" heads an item of a list.
        let grammar = Role::Pronoun | Role::Determiner | Role::Relative | Role::Preposition | Role::Subordinator | Role::Be;
        let part = |t: &Token| t.shape == Shape::Upper && !doc.lang.quote.role(t.word).any(grammar);
        let upper = doc.tokens[first..end].iter().all(|t| part(t) || t.is_mark(doc.text, b'.'));
        upper || self.labels.contains(&key(doc.tokens[end - 1].of(doc.text)))
    }
}

/// `Luis “Lucho” Rey`: marked words inside a name.
fn nickname(doc: &Doc, paragraph: Paragraph, m: &Marked) -> bool {
    let tokens = doc.tokens;
    let inner = &tokens[m.first..m.last];
    if inner.is_empty() || inner.len() > 3 || !inner.iter().all(|t| t.capital()) || m.open <= paragraph.first || m.close >= paragraph.last {
        return false;
    }
    let words = &doc.lang.quote;
    let mut b = m.open - 1;
    if tokens[b].is_mark(doc.text, b'.') && b > paragraph.first {
        b -= 1;
    }
    let (before, after) = (&tokens[b], &tokens[m.close]);
    let plain = |i: usize| {
        !words.role(tokens[i].word).any(Role::Determiner | Role::Preposition | Role::Pronoun | Role::Adverb | Role::Conjunction | Role::Subordinator)
    };
    before.capital() && plain(b) && words.verb_at(tokens, b).is_none() && after.capital() && plain(m.close) && tokens[m.close].spaced
}

/// The words' span and the span with the marks.
fn spans(doc: &Doc, m: Marked) -> Option<(Span, Span)> {
    let inner = doc.tokens.get(m.first..m.last)?;
    let span = Span { start: inner.first()?.span.start, end: inner.last()?.span.end };
    let outer = Span { start: doc.tokens[m.open].span.start.min(span.start), end: doc.tokens[m.close - 1].span.end.max(span.end) };
    Some((span, outer))
}

impl Grammar<'_> {
    /// Who showed to the public what the words of the frame stand on ("Vega shared a picture. The caption read …"): the subject of the
    /// sentence before, where it posts something.
    #[inline(never)]
    fn poster(&self, frame: (usize, usize)) -> Option<(usize, usize)> {
        let before = *self.page.frames.get(self.page.frames.partition_point(|f| f.1 <= frame.0).checked_sub(1)?)?;
        // A card or letter is somebody's by what else is told of it: `author` asks.
        if (before.0..before.1).any(|i| self.els[i].quote.is_none() && self.is(i, Role::Letter) && !self.is(i, Role::Posted)) {
            return None;
        }
        let posted = (before.0..before.1).rev().find(|&i| self.els[i].quote.is_none() && self.is(i, Role::Posted))?;
        // A picture shows nothing to anybody by itself, but an account is somebody's.
        let own = |s: (usize, usize)| {
            let whose = (s.0..s.1).any(|i| self.is(i, Role::Clitic | Role::Possessive));
            whose || !(s.0..s.1).any(|i| self.is(i, Role::Display | Role::Posted | Role::Paper))
        };
        let subject = match self.els[posted].verb {
            Some(v) if v.form.any(Form::Past | Form::Third) && posted > before.0 => self.subject_before(before, posted, before.0),
            _ => None,
        };
        // "…, on the day Vega shared a picture": a past form that no table of verbs knows.
        let near = || {
            let verb = self.els[posted].verb.is_none() && posted > before.0 && self.doc.lang.quote.ends_as(self.text(posted), Role::Ended);
            let (s, e) = self.subject_before(before, posted, before.0).filter(|_| verb)?;
            (self.els[s].capital || self.is(s, Role::Pronoun)).then_some((s, e))
        };
        let main = |limit: usize| self.main_subject(before, self.opener(before, posted).unwrap_or(before.0), limit).filter(|s| own(*s));
        subject.or_else(near).filter(|s| own(*s)).or_else(|| main(posted)).or_else(|| main(before.1))
    }
    /// The clause whose subject is a caption or "it", with the one whose words they are.
    fn shown(&self, frame: (usize, usize), cue: Cue) -> Cue {
        let Some((s, e)) = cue.subject else { return cue };
        let owned = (s..e).any(|i| self.is(i, Role::Clitic | Role::Possessive));
        let display = !owned && e <= s + 6 && (s..e).any(|i| self.is(i, Role::Display));
        let it = e == s + 1 && self.neuter(s);
        if display || it { Cue { subject: self.poster(frame).or(cue.subject), ..cue } } else { cue }
    }
    /// "As reporters pressed him, Vega leaned over": whether the verb at `v` belongs to the clause of time that opens the frame.
    fn meanwhile(&self, frame: (usize, usize), v: usize) -> bool {
        let opens = self.is(frame.0, Role::Subordinator | Role::As) && !self.is(frame.0, Role::That | Role::But);
        let starts = |i: usize| self.els[i].capital || self.is(i, Role::Determiner | Role::Pronoun);
        opens && (v + 1..frame.1 - 1).find(|&c| self.comma(c)).is_some_and(|c| starts(c + 1)) && !(frame.0..v).any(|c| self.comma(c))
    }
    /// "We found her in the garden": whom those who write met, where `subject` is they.
    fn met(&self, frame: (usize, usize), subject: (usize, usize)) -> Option<(usize, usize)> {
        if !self.is(subject.0, Role::First) || subject.1 > subject.0 + 1 {
            return None;
        }
        let her = |i: &usize| self.is(*i, Role::Object) && !self.is(*i, Role::First | Role::Hearer) && !self.neuter(*i);
        let i = (subject.1..frame.1.min(subject.1 + MET)).find(her)?;
        Some((i, i + 1))
    }
    /// Whether a narrator's sentence has "it" for its subject.
    fn weather(&self, frame: (usize, usize)) -> bool {
        !self.quoted_between(frame.0, frame.1)
            && frame.1 > frame.0 + 2
            && self.is(frame.0, Role::Pronoun)
            && self.is(frame.0, Role::Object)
            && self.is(frame.0 + 1, Role::Be)
    }
    /// "Had she seen it?": whom a question that opens with an auxiliary asks, where that is a pronoun.
    fn asked(&self, frame: (usize, usize)) -> Option<(usize, usize)> {
        let i = frame.0 + 1;
        let asks = frame.1 > i + 1 && self.els[frame.1 - 1].mark == b'?' && !self.quoted_between(frame.0, frame.1);
        let auxiliary = self.is(frame.0, Role::Modal | Role::Be | Role::Have | Role::Do);
        let he = asks && self.is(i, Role::Pronoun) && !self.is(i, Role::First | Role::Hearer | Role::Relative);
        (he && auxiliary).then_some((i, i + 1))
    }
    /// "And Vega?", "And what of Vega?": a question put to the one who speaks.
    fn asks_on(&self, frame: (usize, usize)) -> bool {
        let asks = frame.1 > frame.0 + 2 && self.els[frame.1 - 1].mark == b'?' && !self.quoted_between(frame.0, frame.1);
        asks && frame.1 <= frame.0 + 7 && self.is(frame.0, Role::Conjunction) && !self.els[frame.0..frame.1].iter().any(|e| e.verb.is_some())
    }
    /// `“…,” came the answer`, `Back came the retort: “…”`, `“…” was the reply`: whether an answer is all that a frame calls the words at `k`.
    #[inline(never)]
    fn answers(&self, frame: (usize, usize), k: usize) -> bool {
        let noun = |from: usize| {
            let the = from < frame.1 && self.is(from, Role::Article);
            the && (from + 1..frame.1.min(from + 4)).take_while(|&i| self.els[i].word).any(|i| self.is(i, Role::Answer) && !self.owned(frame, i))
        };
        let came = |i: usize| i < frame.1 && self.is(i, Role::Be | Role::Comes);
        let behind = k + 1 + usize::from(k + 1 < frame.1 && self.els[k + 1].mark == b',');
        let before = || (frame.0..k).take(2).any(|i| came(i) && noun(i + 1)) && k > frame.0 && self.els[k - 1].mark == b':';
        came(behind) && noun(behind + 1) || before()
    }
    /// Whether it is told whose the noun at `i` is: "the answer from Vega".
    fn owned(&self, frame: (usize, usize), i: usize) -> bool {
        i + 1 < frame.1 && self.is(i + 1, Role::Of | Role::From | Role::By)
    }
    /// `“Will you come?” Vega asked him.`: the reporting clause in a short sentence of its own behind a quotation, which says nothing else.
    #[inline(never)]
    fn told_behind(&self, frame: (usize, usize)) -> Option<Cue> {
        let (from, to) = frame;
        if to > from + TOLD || self.els[to - 1].mark != b'.' || self.quoted_between(from, to) {
            return None;
        }
        let told = |c: &Cue| c.verb.is_some_and(|v| v.takes.any(VerbUse::Hearer)) && c.subject.is_some_and(|s| s.0 == from);
        let cue = self.said(frame, from).filter(told)?;
        let said = Role::That | Role::To | Role::As | Role::How | Role::Conjunction | Role::Subordinator | Role::Relative;
        let more = said | Role::Be | Role::Have | Role::Do | Role::Modal | Role::Negation;
        let silent = |i: usize| {
            let el = &self.els[i];
            let role = if el.role.any(Role::Determiner | Role::Preposition) { el.role.without(said) } else { el.role };
            // "told an amused Vega"
            el.word && (el.verb.is_none() || self.is(i - 1, Role::Determiner)) && !role.any(more)
        };
        (cue.end..to - 1).all(silent).then_some(cue)
    }
    /// “…” With those words Vega left: the subject of a sentence that opens by pointing back at what was said.
    #[inline(never)]
    pub fn taken_up(&self, frame: (usize, usize)) -> Option<(usize, usize)> {
        let i = frame.0;
        // “…” That’s Ana Vega, head of the union.
        if frame.1 > i + 4
            && self.is(i, Role::Determiner)
            && !self.is(i, Role::Article)
            && self.is(i + 1, Role::Be | Role::Clitic)
            && self.els[i + 2].capital
            && !self.is(i + 2, Role::Time | Role::Determiner)
        {
            let end = self.name_end(frame, i + 2);
            if end > i + 3 && !(end < frame.1 && self.is(end, Role::Clitic)) {
                return Some((i + 2, end));
            }
        }
        // “…” That was how Vega put it.
        if frame.1 > i + 4 && self.is(i, Role::Determiner) && !self.is(i, Role::Article) && self.is(i + 1, Role::Be) {
            let els = &self.els;
            let next = |j: usize| els[j + 1].capital || els[j + 1].role.any(Role::Determiner);
            let at = (i + 2..(frame.1 - 1).min(i + 5)).find(|&j| els[j].word && !els[j].capital && next(j))?;
            return self.main_subject(frame, at + 1, frame.1);
        }
        let opens =
            frame.1 > i + 4 && self.is(i, Role::With | Role::Preposition) && self.is(i + 1, Role::Determiner) && !self.is(i + 1, Role::Article);
        let noun =
            opens && (i + 2..frame.1.min(i + 5)).take_while(|&n| self.els[n].word).any(|n| self.is(n, Role::Mention | Role::Report | Role::Paper));
        if noun { self.main_subject(frame, i, frame.1) } else { None }
    }
    /// The whole reported clause round the quotation at `k`: from the reporting verb (after "that" where it stands)
    /// to the end of its clause.
    #[inline(never)]
    pub fn content(&self, frame: (usize, usize), cue: Cue, k: usize) -> Option<Span> {
        let els = &self.els;
        if cue.rule == Rule::VerbAfter || cue.rule == Rule::InvertedAfter {
            let mut end = (cue.at.min(cue.subject.map_or(cue.at, |s| s.0))).max(k + 1);
            while end > k + 1 && !els[end - 1].word && els[end - 1].quote.is_none() {
                end -= 1;
            }
            return (frame.0 < k || end > k + 1).then(|| self.span(frame.0, end));
        }
        if cue.end > k {
            return None;
        }
        let mut start = cue.end;
        if let Some(that) = (start..k.min(start + 9)).find(|&i| els[i].role.any(Role::That)) {
            start = that;
        }
        let which = if cue.rule == Rule::AccordingTo { Role::Relative } else { Role(0) };
        while start < k && (!els[start].word || els[start].role.any(Role::Time | Role::Object | which)) {
            start += 1;
        }
        if start < k && els[start].role.any(Role::As) {
            start += 1;
        }
        // "on what he calls “soft treason”, Vega named …": no more than the name that he gives it.
        let what = (cue.at.saturating_sub(WHAT).max(frame.0)..cue.at).any(|i| self.is(i, Role::Relative) && !self.is(i, Role::That | Role::Who));
        let mut end = if what { k + 1 } else { self.clause_end(frame, k + 1) };
        // Who tells it stands behind.
        if let Some(told) = cue.reporter.filter(|r| r.0 > k) {
            end = end.min(told.0);
        }
        while end > k + 1 && !els[end - 1].word && els[end - 1].quote.is_none() {
            end -= 1;
        }
        // No more than the marked words themselves is no clause round them.
        (start < k || end > k + 1).then(|| self.span(start, end))
    }

    /// Where the reported clause that is open at `i` ends.
    pub fn clause_end(&self, frame: (usize, usize), from: usize) -> usize {
        let els = &self.els;
        for i in from..frame.1 {
            let e = &els[i];
            if e.verb.is_none() && !e.role.any(Role::According | Role::Article) {
                continue;
            }
            if let Some(v) = e.verb
                && i > from
            {
                let comma = els[i - 1].mark == b',';
                let and = els[i - 1].role.any(Role::Conjunction);
                if comma && v.form == Form::Ing && v.takes.any(VerbUse::Quote) || and && v.form.any(Form::Past | Form::Third) && self.finite(frame, i)
                {
                    return i - 1 - usize::from(and && i > from + 1 && els[i - 2].mark == b',');
                }
                // "said that it would reopen, and Mora, who stayed away, says that …": somebody else's.
                if v.takes.any(VerbUse::That | VerbUse::Quote | VerbUse::As | VerbUse::Label)
                    && v.form.any(Form::Past | Form::Third)
                    && els[from.max(i.saturating_sub(ASIDE))..i].iter().any(|e| e.role.any(Role::Conjunction))
                    && self.finite(frame, i)
                    && let Some((s, _)) = self.subject_before(frame, i, from)
                    && s > from + 1
                    && els[s - 1].role.any(Role::Conjunction)
                    && els[s - 2].mark == b','
                {
                    return s - 2;
                }
            }
            if e.role.any(Role::According) && i > from && els[i - 1].mark == b',' {
                return i - 1;
            }
            // "…, a remark that others denied": what follows is about the words.
            let comma = i > from && els[i - 1].mark == b',';
            if e.role.any(Role::Article) && (i == from || comma) && i + 1 < frame.1 && self.contact(i + 1) {
                return i - usize::from(comma);
            }
        }
        frame.1
    }
}
