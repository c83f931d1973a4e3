//! Reporting clauses round a stretch of text: which verb or phrase reports it and which words are its subject, by
//! word order and closed word classes alone (no parser): subject–verb, verb–subject, participle → main subject,
//! "according to", dash and colon, passive with "by", past appositives and relative clauses.
//! Does not say whom the subject names.

use crate::annotation::Gender;
use crate::doc::Doc;
use crate::language::quote::{Form, QuoteWords, Reader, Role, SHARES, VerbAt, VerbUse};
use crate::language::time::Class;
use crate::quote::marks::Marked;
use crate::span::Span;
use crate::token::{Token, TokenKind};

/// What decided on a speaker; names are those of `quote_rules.tsv`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Rule {
    /// Nobody found.
    #[default]
    None,
    /// `“…,” Vega said`
    VerbAfter,
    /// `“…,” said Vega`
    InvertedAfter,
    /// `Vega said, “…”`
    VerbBefore,
    /// `Vega said the plan “…”`
    Clause,
    /// `Vega called it “…”`
    Label,
    /// `Vega left, saying “…”`
    Participle,
    /// `according to Vega`
    AccordingTo,
    /// `Vega: “…”`
    Colon,
    /// `“…” — Vega`
    Dash,
    /// `was called “…” by Vega`
    PassiveBy,
    /// `Vega’s claim that “…”`
    Noun,
    /// The sentence before in the same paragraph has the speaker.
    Continued,
    /// The quotation that runs on over paragraphs has the speaker.
    Paragraph,
    /// The speaker of the paragraph before.
    Carried,
    /// The subject of the sentence before.
    Introduced,
    /// The quotation after it in the paragraph has the speaker.
    Next,
    /// A line that names the source below a quotation set apart.
    SourceLine,
    /// `VEGA: …`
    Transcript,
}

impl Rule {
    /// All rules, in the order of their numbers.
    pub const ALL: [Rule; 19] = [
        Rule::None,
        Rule::VerbAfter,
        Rule::InvertedAfter,
        Rule::VerbBefore,
        Rule::Clause,
        Rule::Label,
        Rule::Participle,
        Rule::AccordingTo,
        Rule::Colon,
        Rule::Dash,
        Rule::PassiveBy,
        Rule::Noun,
        Rule::Continued,
        Rule::Paragraph,
        Rule::Carried,
        Rule::Introduced,
        Rule::Next,
        Rule::SourceLine,
        Rule::Transcript,
    ];
    /// As the `attribution` column has it.
    pub fn name(self) -> &'static str {
        SHARES[self.share()]
    }
    /// Its place among what has a share of right answers.
    pub fn share(self) -> usize {
        self as usize
    }
}

/// One element of a paragraph: a token outside the marks, or a whole marked stretch.
#[derive(Clone, Copy, Debug)]
pub struct El {
    /// The word's roles.
    pub role: Role,
    /// First token.
    tok: u32,
    /// One past the last token.
    end: u32,
    /// The reporting verb that begins here.
    pub verb: Option<VerbAt>,
    /// The marked stretch, by index into the paragraph's.
    pub quote: Option<u16>,
    /// Starts with a capital.
    pub capital: bool,
    /// A word or number.
    pub word: bool,
    /// First byte of a mark, 0 for words; `-` for any long dash.
    pub mark: u8,
}

impl El {
    const BLANK: El = El { role: Role(0), tok: 0, end: 0, verb: None, quote: None, capital: false, word: false, mark: 0 };
    /// First token.
    pub fn tok(&self) -> usize {
        self.tok as usize
    }
    /// One past the last token.
    pub fn end(&self) -> usize {
        self.end as usize
    }
    /// The token at `i`, outside the marks.
    #[inline]
    pub fn of(doc: &Doc, i: usize) -> El {
        El::new(doc.text, doc.lang.quote.reader(), doc.tokens, i, &doc.tokens[i])
    }
    /// Read the tokens `[first, last)`. Apart, so that all that it reads of the tables stays at hand.
    #[inline(never)]
    fn read(text: &str, words: &QuoteWords, tokens: &[Token], (first, last): (usize, usize), out: &mut Vec<El>) {
        let words = words.reader();
        out.extend(tokens[first..last].iter().enumerate().map(move |(n, t)| El::new(text, words, tokens, first + n, t)));
    }
    // Always, for the compiler now and then thinks better of it: a call for every token.
    #[inline(always)]
    fn new(text: &str, words: Reader, tokens: &[Token], i: usize, t: &Token) -> El {
        let (mut role, verb) = words.grammar(t, tokens, i);
        // "wrote her a letter that week"
        if role.any(Role::That) && tokens.get(i + 1).is_some_and(|next| words.role(next).any(Role::Unit)) {
            role = role.without(Role::That | Role::Relative);
        }
        let word = t.kind != TokenKind::Mark;
        let mark = if word { 0 } else { El::mark(text, t) };
        El { role, tok: i as u32, end: i as u32 + 1, verb, quote: None, capital: t.capital(), word, mark }
    }
    #[inline]
    fn mark(text: &str, t: &Token) -> u8 {
        match text.as_bytes()[t.span.start as usize] {
            0xE2 => El::long_mark(text, t),
            b => b,
        }
    }
    // Apart, so that the way of all other marks stays short.
    #[inline(never)]
    fn long_mark(text: &str, t: &Token) -> u8 {
        if matches!(t.of(text), "—" | "–" | "―") { b'-' } else { 0xE2 }
    }
}

/// A reporting clause: its verb and its subject, by element.
#[derive(Clone, Copy, Debug)]
pub struct Cue {
    /// First element of the verb.
    pub at: usize,
    /// One past the last element of verb or phrase.
    pub end: usize,
    /// The verb; `None` for "according to", colon and dash.
    pub verb: Option<VerbAt>,
    /// First element of the subject.
    pub subject: Option<(usize, usize)>,
    /// Which rule.
    pub rule: Rule,
    /// Who says that the subject said so, where it is not the outlet.
    pub reporter: Option<(usize, usize)>,
    /// Said not to have been said, or only asked or supposed.
    pub unreal: bool,
}

impl Cue {
    /// "Vega: “…”": the colon at element `at`.
    fn colon(at: usize, subject: (usize, usize)) -> Cue {
        Cue { at, end: at + 1, verb: None, subject: Some(subject), rule: Rule::Colon, reporter: None, unreal: false }
    }
}

/// A paragraph as elements and frames (sentences that no mark cuts).
#[derive(Debug, Default)]
pub struct Page {
    /// The elements.
    pub els: Vec<El>,
    /// Frames: ranges of elements.
    pub frames: Vec<(usize, usize)>,
    /// Which elements are marked stretches.
    pub quotes: Vec<usize>,
}

/// Elements from what makes somebody speak to the infinitive, at most.
const CAUSED: usize = 9;
/// Tokens from the verb of a reporting clause behind a full stop to the end of its sentence, at most.
const TOLD: usize = 14;
/// Elements from "that" to the noun in whose phrase a subject stands, at most.
const FAR: usize = 8;
/// Elements from a reporting verb between commas to the second comma, at most.
const ASIDE: usize = 8;
/// How far a subject may stand from its verb, in elements.
const REACH: usize = 45;

impl Page {
    /// With room for most paragraphs.
    pub fn new() -> Page {
        Page { els: Vec::with_capacity(256), frames: Vec::with_capacity(16), quotes: Vec::with_capacity(16) }
    }
    /// Build from the tokens `[first, last)` of a paragraph and its marked stretches; they begin in `sentence` or behind it.
    pub fn fill(&mut self, doc: &Doc, (first, last): (usize, usize), marked: &[Marked], mut sentence: usize) {
        self.els.clear();
        self.frames.clear();
        self.quotes.clear();
        let (mut i, mut next, mut begin) = (first, 0, 0);
        while i < last {
            if let Some(m) = marked.get(next)
                && i >= m.open
            {
                let end = m.close.max(i + 1);
                self.quotes.push(self.els.len());
                self.els.push(El { tok: m.open as u32, end: end as u32, quote: Some(next as u16), ..El::BLANK });
                next += 1;
                i = end;
                // Whether the frame ends with the quotation is told by what follows.
                let stop = m.last > m.first && matches!(doc.tokens[m.last - 1].mark(doc.text), '.' | '!' | '?' | '…');
                let goes_on = match doc.tokens.get(i) {
                    _ if i >= last => false,
                    Some(t) if marked.get(next).is_some_and(|n| i >= n.open) => !stop && t.spaced,
                    Some(t) if t.kind == TokenKind::Mark => !stop || !matches!(t.mark(doc.text), '•' | '*'),
                    Some(t) if stop => {
                        let limit = marked.get(next).map_or(last, |n| n.open);
                        // A fragment that ends its sentence leaves the next one to itself.
                        let fragment = self.els[begin..].iter().nth_back(1).is_some_and(|before| before.word || before.mark == b',')
                            && doc.tokens[m.last - 1].is_mark(doc.text, b'.')
                            && !doc.tokens[m.first].capital();
                        (t.is_word() && !t.capital()) || !fragment && cue_follows(doc, i, limit)
                    }
                    Some(_) => true,
                    None => false,
                };
                if !goes_on {
                    self.frames.push((begin, self.els.len()));
                    begin = self.els.len();
                }
                continue;
            }
            while doc.sentences.get(sentence).is_some_and(|s| s.last as usize <= i) {
                sentence += 1;
            }
            let stop = doc.sentences.get(sentence).map_or(usize::MAX, |s| s.last as usize);
            let to = stop.min(marked.get(next).map_or(last, |m| m.open.min(last)));
            El::read(doc.text, &doc.lang.quote, doc.tokens, (i, to), &mut self.els);
            i = to;
            if i == stop {
                self.frames.push((begin, self.els.len()));
                begin = self.els.len();
            }
        }
        if begin < self.els.len() {
            self.frames.push((begin, self.els.len()));
        }
    }
    /// Whether an element is an adjective and nothing else.
    fn adjective(&self, doc: &Doc, i: usize) -> bool {
        use crate::language::name::flag;
        let flags = doc.lang.name.flags(doc.tokens[self.els[i].tok()].word);
        flags & flag::ADJECTIVE != 0 && flags & (flag::NOUN | flag::TITLE) == 0
    }
    /// Whether element `i` can be a noun of the tables.
    fn noun(&self, doc: &Doc, i: usize) -> bool {
        use crate::language::name::flag;
        let token = doc.tokens[self.els[i].tok()];
        self.els[i].capital || doc.lang.name.flags(token.word) & (flag::NOUN | flag::TITLE | flag::EPITHET | flag::OPPOSITE) != 0
    }
}

/// Whether a short reporting clause follows a quotation that ends with its own stop: `“Why?” Vega said.`
fn cue_follows(doc: &Doc, at: usize, limit: usize) -> bool {
    let words = &doc.lang.quote;
    let strict = at > 1 && doc.tokens[..at].iter().rev().take(3).any(|t| t.is_mark(doc.text, b'.'));
    let reach = if strict { 8 } else { 24 };
    for j in at..limit.min(at + reach) {
        let t = &doc.tokens[j];
        let role = words.role(t.word);
        if let Some(v) = words.verb_at(doc.tokens, j)
            && j > at
            && (v.form.any(Form::Past | Form::Third) || j == at + 1 && v.form.any(Form::Base) && words.role(doc.tokens[at].word).any(Role::First))
            && v.takes.any(VerbUse::Quote)
            && !v.takes.any(VerbUse::Object)
        {
            // "“…” He answered in a letter of two pages, which said …": a sentence of its own.
            let short = || doc.tokens[j..limit.min(j + TOLD)].iter().any(|t| t.is_mark(doc.text, b'.'));
            if strict && !short() {
                return false;
            }
            // After a full stop only a clause that says nothing else belongs to the quotation.
            let Some(after) = doc.tokens.get(j + v.len as usize).filter(|_| j + (v.len as usize) < limit) else { return true };
            let role = words.role(after.word);
            // "Vega said Friday that the letter …": a sentence of its own.
            let that = strict && (j..limit.min(j + 5)).any(|n| words.role(doc.tokens[n].word).any(Role::That));
            return after.is_mark(doc.text, b'.')
                || !that && role.any(Role::Time | Role::Preposition | Role::Adverb) && !(strict && role.any(Role::To | Role::As | Role::By));
        }
        let start = t.capital() || role.any(Role::Pronoun | Role::Determiner);
        let inside = t.is_word() || t.is_mark(doc.text, b'.') && !doc.tokens.get(j + 1).is_some_and(|n| n.newline) || !strict;
        if !(if j == at { t.is_word() && start } else { inside && !role.any(Role::Be | Role::Have | Role::Modal | Role::Subordinator) }) {
            return false;
        }
    }
    false
}

/// Looks for reporting clauses on a page.
pub struct Grammar<'a> {
    /// The document.
    pub doc: &'a Doc<'a>,
    /// The paragraph.
    pub page: &'a Page,
    /// Its elements.
    pub els: &'a [El],
}

impl<'a> Grammar<'a> {
    /// Of a paragraph.
    pub fn new(doc: &'a Doc<'a>, page: &'a Page) -> Grammar<'a> {
        Grammar { doc, page, els: &page.els }
    }
    #[inline]
    fn el(&self, i: usize) -> &'a El {
        &self.els[i]
    }
    /// The element's text.
    pub fn text(&self, i: usize) -> &'a str {
        self.doc.tokens[self.el(i).tok()].of(self.doc.text)
    }
    /// Bytes of the elements `[a, b)`.
    pub fn span(&self, a: usize, b: usize) -> Span {
        let (first, last) = (self.el(a).tok(), self.el(b - 1).end() - 1);
        Span { start: self.doc.tokens[first].span.start, end: self.doc.tokens[last].span.end }
    }
    fn ends_as(&self, i: usize, role: Role) -> bool {
        let span = self.doc.tokens[self.el(i).tok()].span;
        self.doc.lang.quote.ending(&self.doc.text.as_bytes()[span.start as usize..span.end as usize], role)
    }
    /// Whether the word at `i` has one of these roles.
    pub fn is(&self, i: usize, role: Role) -> bool {
        self.el(i).role.any(role)
    }
    /// Whether element `i` is a number.
    pub fn number(&self, i: usize) -> bool {
        self.doc.tokens[self.el(i).tok()].kind == TokenKind::Number
    }
    /// A number in words.
    fn cardinal(&self, i: usize) -> bool {
        self.doc.lang.time.is(self.doc.tokens[self.el(i).tok()].word, Class::Cardinal)
    }
    /// Whether a comma stands at `i`.
    pub fn comma(&self, i: usize) -> bool {
        self.el(i).mark == b','
    }
    /// A comma, or marked words that end with one.
    fn pause(&self, i: usize) -> bool {
        let e = self.el(i);
        let last = |back: usize| self.doc.tokens[e.end().saturating_sub(back)].is_mark(self.doc.text, b',');
        e.mark == b',' || e.quote.is_some() && e.end > e.tok + 1 && (last(1) || last(2))
    }
    fn adverb(&self, i: usize) -> bool {
        let e = self.el(i);
        e.role.any(Role::Adverb) || (e.word && !e.capital && e.verb.is_none() && self.ends_as(i, Role::Adverb))
    }
    fn auxiliary(&self, i: usize) -> bool {
        self.is(i, Role::Have | Role::Be | Role::Do | Role::Modal | Role::Negation) && !self.is(i, Role::Pronoun)
    }
    /// `'s` after a name or pronoun before a participle is "is" or "has".
    fn clitic(&self, i: usize) -> bool {
        self.is(i, Role::Clitic)
    }

    /// Whether the verb match at `v` is used as a finite active verb, and with which rule of thumb it is a noun instead.
    pub fn finite(&self, frame: (usize, usize), v: usize) -> bool {
        let Some(at) = self.el(v).verb else { return false };
        let (mut p, mut modal, mut be, mut have) = (v, false, false, false);
        while p > frame.0 && (self.auxiliary(p - 1) || self.adverb(p - 1)) {
            p -= 1;
            be |= self.is(p, Role::Be);
            modal |= self.is(p, Role::Modal | Role::Do);
            have |= self.is(p, Role::Have);
            if self.is(p, Role::Pronoun) {
                break;
            }
        }
        if p > frame.0 && self.is(p - 1, Role::Pronoun) {
            be |= self.is(p - 1, Role::Be);
            modal |= self.is(p - 1, Role::Modal);
            have |= self.is(p - 1, Role::Have);
        }
        if p > frame.0 && self.clitic(p - 1) && (p < v || at.form.any(Form::Ing)) {
            be |= at.form.any(Form::Ing);
            have |= !at.form.any(Form::Ing);
        }
        if modal {
            return at.form.any(Form::Base);
        }
        if be {
            return at.form.any(Form::Ing);
        }
        if have {
            return at.form.any(Form::Participle | Form::Past);
        }
        let before = (v > frame.0).then(|| self.el(v - 1));
        // "the ministry's own figures"
        // "Ostland's budget figures"
        let described = v > frame.0 + 1
            && at.form.any(Form::Third | Form::Base)
            && (self.clitic(v - 2) || self.is(v - 2, Role::Possessive))
            && self.el(v - 1).word
            && (self.page.adjective(self.doc, v - 1) || self.page.noun(self.doc, v) && !self.page.noun(self.doc, v - 1));
        if described && !at.form.any(Form::Past) {
            return false;
        }
        // "the swiftly called meeting"
        let adjective = p > frame.0 && p < v && self.is(p - 1, Role::Article | Role::Possessive) && !self.is(p - 1, Role::Pronoun | Role::Relative);
        let name = self.el(v).capital && before.is_some_and(|b| b.word) && !self.headline(frame);
        let blocked = adjective
            || name
            || before.is_some_and(|b| {
                b.role.any(Role::Article | Role::Possessive | Role::Preposition) && !b.role.any(Role::Pronoun | Role::Relative)
                    || b.mark == b'-'
                        && self.doc.tokens[b.tok()].span.end == self.doc.tokens[self.el(v).tok()].span.start
                        && !self.doc.tokens[b.tok()].spaced
                    || (v > frame.0 && self.clitic(v - 1) && !at.form.any(Form::Ing))
            });
        if blocked {
            return false;
        }
        if at.form.any(Form::Past) {
            return true;
        }
        if at.form.any(Form::Third) {
            // "32% of party claims": a noun after a preposition, unless a clause or marks follow.
            let mut q = v;
            while q > frame.0 && q + 3 > v && self.el(q - 1).word && self.el(q - 1).role == Role(0) {
                q -= 1;
            }
            let clause = self.els[(v + at.len as usize).min(frame.1)..frame.1]
                .first()
                .is_some_and(|n| n.quote.is_some() || n.mark == b',' || n.role.any(Role::That | Role::Pronoun));
            return clause || !(q > frame.0 && self.is(q - 1, Role::Preposition));
        }
        // A base form needs a plural subject: they, we, "officials". "She reports back that": the verb stands before.
        let ruled = || {
            v > frame.0 + 1
                && before.is_some_and(|b| b.verb.is_some_and(|a| a.form.any(Form::Third)))
                && self.is(v - 2, Role::Pronoun)
                && !self.is(v - 2, Role::Relative)
        };
        at.form.any(Form::Base)
            && !ruled()
            && !(v > frame.0 + 1 && self.is(v - 1, Role::That) && self.is(v - 2, Role::Preposition | Role::Subordinator))
            && before.is_some_and(|b| {
                b.role.any(Role::Pronoun | Role::Relative) && !(b.role.any(Role::Object) && !b.role.any(Role::Hearer | Role::First))
                    || (b.word && self.ends_as(v - 1, Role::Plural))
                    || b.role.any(Role::Adverb)
                    || b.quote.is_some()
            })
    }
    /// Whether most words of the frame are capitalised.
    fn headline(&self, frame: (usize, usize)) -> bool {
        let words = self.els[frame.0..frame.1].iter().filter(|e| e.word);
        let (mut all, mut capital) = (0, 0);
        for e in words {
            all += 1;
            capital += usize::from(e.capital);
        }
        capital * 10 >= all * 6
    }
    /// Whether the verb at `v` is passive ("was told", "been called").
    pub fn passive(&self, frame: (usize, usize), v: usize) -> bool {
        let Some(at) = self.el(v).verb else { return false };
        if !at.form.any(Form::Participle) {
            return false;
        }
        let mut p = v;
        while p > frame.0 && (self.adverb(p - 1) || self.is(p - 1, Role::Negation) && !self.auxiliary(p - 1)) {
            p -= 1;
        }
        p > frame.0 && self.is(p - 1, Role::Be)
    }
    /// Whether what the verb at `v` reports is denied, asked or supposed.
    pub fn unreal(&self, frame: (usize, usize), v: usize) -> bool {
        let from = v.saturating_sub(4).max(frame.0);
        let denied = (from..v)
            .rev()
            .take_while(|&i| self.adverb(i) || self.auxiliary(i) || self.is(i, Role::To | Role::Refusal | Role::Negation | Role::Pronoun))
            .any(|i| self.is(i, Role::Negation | Role::Refusal));
        let clause = (frame.0..v).rev().take(8).find(|&i| self.comma(i) || self.el(i).quote.is_some() || self.is(i, Role::Condition));
        let supposed = clause.is_some_and(|i| self.is(i, Role::Condition));
        let asked = self.is(frame.0, Role::Do | Role::Modal | Role::Be) && self.el(frame.1 - 1).mark == b'?';
        denied || supposed || asked
    }

    /// The reporting clause that follows the quotation at element `k`: `“…,” Vega said`.
    pub fn after(&self, frame: (usize, usize), k: usize) -> Option<Cue> {
        let mut i = k + 1;
        let q = self.el(k);
        let inner_last = self.doc.tokens[..q.end()].iter().rev().find(|t| !is_quote_mark(t.mark(self.doc.text)))?;
        let stop = matches!(inner_last.mark(self.doc.text), ',' | '!' | '?' | '…' | '—' | '–' | '-' | '.' | ';');
        if i < frame.1 && self.comma(i) {
            i += 1;
        } else if i < frame.1 && self.el(i).mark == b'-' {
            return self.dash(frame, i);
        } else if !stop
            && i < frame.1
            && !(self.el(i).verb.is_some_and(|v| v.form.any(Form::Past)) || self.el(i).capital || self.is(i, Role::Pronoun))
        {
            return self.word_used(frame, k);
        }
        if i >= frame.1 {
            return None;
        }
        let first = self.el(i);
        if first.role.any(Role::Be)
            && let Some(cue) = self.whose(frame, i)
        {
            return Some(cue);
        }
        // “…,” came the answer from Vega
        if first.role.any(Role::Comes)
            && let Some(subject) = self.owner_comes(frame, i + 1)
        {
            return Some(Cue { at: i, end: i + 1, verb: None, subject: Some(subject), rule: Rule::Noun, reporter: None, unreal: false });
        }
        // said Vega
        if let Some(v) = first.verb
            && v.takes.any(VerbUse::Quote | VerbUse::Manner)
            && v.form.any(Form::Past | Form::Third)
        {
            let end = i + v.len as usize;
            // "said yesterday Ana Ruiz"
            let late = || {
                let time = |j: &usize| {
                    self.is(*j, Role::Time)
                        || self.number(*j)
                        || self.adverb(*j)
                        || j + 1 < frame.1 && self.is(*j, Role::Preposition) && self.is(j + 1, Role::Time)
                };
                let past = (end..frame.1.min(end + 4)).take_while(time).last().map(|j| j + 1)?;
                (past < frame.1 && (self.el(past).capital || self.is(past, Role::Determiner))).then(|| self.subject_after(frame, past)).flatten()
            };
            let subject = self.subject_after(frame, end).or_else(late)?;
            return Some(Cue { at: i, end, verb: first.verb, subject: Some(subject), rule: Rule::InvertedAfter, reporter: None, unreal: false });
        }
        if first.role.any(Role::According) && i + 2 < frame.1 && self.is(i + 1, Role::To) {
            return self.according(frame, i);
        }
        // "…,” so the premier.": of translated text.
        if first.role.any(Role::Thus)
            && let Some((s, e)) = self.subject_after(frame, i + 1)
            && s == i + 1
            && (e >= frame.1 || !self.el(e).word || self.is(e, Role::Preposition))
        {
            return Some(Cue { at: i, end: i + 1, verb: None, subject: Some((s, e)), rule: Rule::InvertedAfter, reporter: None, unreal: false });
        }
        let as_clause = first.role.any(Role::As);
        if as_clause {
            i += 1;
            if i >= frame.1 {
                return None;
            }
        } else if first.role.any(Role::Conjunction | Role::Subordinator | Role::Relative | Role::To) && !first.role.any(Role::That | Role::Determiner)
            || !first.capital && self.ends_as(i, Role::Gerund)
            || !first.word
        {
            return None;
        }
        // "a claim Vega called …": a noun that takes up the words is no subject of theirs.
        let takes_up = first.role.any(Role::Determiner)
            && !first.role.any(Role::Possessive)
            && (i + 1..frame.1.min(i + 4)).find(|&n| self.is(n, Role::Report | Role::Mention | Role::Document)).is_some_and(|n| {
                // "…”, a reference to ministers who had criticised him"
                let aside = |i: usize| self.is(i, Role::To) && first.role.any(Role::Article) && self.is(n, Role::Report);
                n + 1 < frame.1
                    && (self.el(n + 1).capital || self.is(n + 1, Role::That | Role::Relative | Role::Pronoun | Role::Determiner) || aside(n + 1))
            });
        if takes_up {
            return None;
        }
        // A bare noun in lower case begins a subject only as a plural ("officials said").
        if !first.capital
            && !first.role.any(Role::Determiner | Role::Possessive | Role::Pronoun)
            && !self.number(i)
            && !self.ends_as(i, Role::Plural)
            && !self.els[i + 1..frame.1.min(i + 4)].iter().take_while(|e| e.word || e.mark == b'-').any(|e| e.verb.is_some() || e.capital)
        {
            return None;
        }
        // "a day after …", "hours after …": a time, not a subject.
        if first.role.any(Role::Determiner | Role::Time)
            // "the president said Wednesday in Rome" is no time.
            && (i..frame.1.min(i + 4)).take_while(|&t| self.el(t).word && (t == i || self.el(t).verb.is_none())).any(|t| {
                self.is(t, Role::Time) && t + 1 < frame.1 && self.is(t + 1, Role::Preposition | Role::Subordinator) && !self.is(t + 1, Role::Of)
            })
        {
            return None;
        }
        // “…,” state media quoted her as saying
        if let Some(v) = (i + 1..frame.1.min(i + 8)).find(|&v| self.is(v, Role::Quoted) && self.el(v).verb.is_some() && !self.passive(frame, v))
            && let Some(s) = (v + 2..frame.1.min(v + 8)).find(|&s| self.is(s, Role::Saying))
            && self.is(s - 1, Role::As)
            && v + 1 < s - 1
        {
            let (verb, subject) = (self.el(v).verb, Some((v + 1, s - 1)));
            return Some(Cue { at: v, end: s + 1, verb, subject, rule: Rule::VerbAfter, reporter: None, unreal: false });
        }
        // “…,” an aide remembers her saying
        let saying = (i + 2..frame.1.min(i + 8)).find(|&s| self.is(s, Role::Saying) && self.is(s - 1, Role::Object));
        if let Some(s) = saying
            && self.el(s - 2).word
            && !self.is(s - 2, Role::Preposition | Role::Conjunction | Role::With | Role::As)
            && (s + 1 >= frame.1 || !self.is(s + 1, Role::That))
        {
            let verb = self.el(s).verb;
            return Some(Cue { at: s - 2, end: s + 1, verb, subject: Some((s - 1, s)), rule: Rule::VerbAfter, reporter: None, unreal: false });
        }
        self.said(frame, i).or_else(|| self.acts(frame, k, i))
    }

    /// Whose words they were, by the verb "to be" at `i` behind them.
    fn whose(&self, frame: (usize, usize), i: usize) -> Option<Cue> {
        let cue = |end: usize, subject| Some(Cue { at: i, end, verb: None, subject: Some(subject), rule: Rule::Noun, reporter: None, unreal: false });
        let line = |from: usize| (from..frame.1.min(from + 3)).any(|n| self.is(n, Role::Mention | Role::Report));
        // “…,” was his parting line
        if i + 2 < frame.1 && self.is(i + 1, Role::Possessive) && line(i + 2) {
            return cue(i + 1, (i + 1, i + 2));
        }
        if i + 3 >= frame.1 {
            return None;
        }
        // “…,” was Vega's verdict
        if let Some((s, e)) = self.subject_after(frame, i + 1)
            && let Some(owner) = (s..=e.min(frame.1 - 1)).find(|&c| self.clitic(c))
            && owner > s
            && line(owner + 1)
        {
            return cue(i + 1, (s, owner));
        }
        // “…,” was all she would say
        if self.is(i + 1, Role::Determiner)
            && !self.is(i + 1, Role::Article)
            && let Some((s, e)) = self.subject_after(frame, i + 2)
            && e < frame.1
            && (self.is(e, Role::Modal | Role::Have) || self.el(e).verb.is_some())
        {
            return cue(i + 2, (s, e));
        }
        // “…,” is how an aide sums it up
        if self.is(i + 1, Role::How) { cue(i + 2, self.subject_after(frame, i + 2)?) } else { None }
    }

    /// `Vega, who was there, said`: the clause that begins at `i`, behind a quotation.
    pub fn said(&self, frame: (usize, usize), i: usize) -> Option<Cue> {
        let mut j = i;
        while j < frame.1.min(i + REACH) {
            let e = self.el(j);
            if e.quote.is_some() || matches!(e.mark, b';' | b':') {
                return None;
            }
            if j > i && e.role.any(Role::Who) && self.comma(j - 1) {
                // The relative clause has verbs of its own: go on after its comma.
                match (j..frame.1.min(j + 30)).find(|&c| self.comma(c)) {
                    Some(c) => {
                        j = c + 1;
                        continue;
                    }
                    None => return None,
                }
            }
            if j > i && e.role.any(Role::Subordinator | Role::But) && !e.role.any(Role::As) && self.comma(j - 1)
                || e.role.any(Role::Relative) && !e.role.any(Role::That | Role::Possessive) && j > i && self.is(j - 1, Role::Preposition | Role::To)
            {
                return None;
            }
            if j > i
                && let Some(v) = e.verb
                && v.takes.any(VerbUse::Quote | VerbUse::Manner)
                && self.finite(frame, j)
                && !self.el(j - 1).role.any(Role::Who)
            {
                if let Some(subject) = self.subject_before(frame, j, i) {
                    // "…, a remark Vega dismissed": a clause about the words, not one that reports them.
                    if subject.0 > i && self.contact(subject.0 - 1) {
                        return None;
                    }
                    return Some(Cue {
                        at: j,
                        end: j + v.len as usize,
                        verb: e.verb,
                        subject: Some(subject),
                        rule: Rule::VerbAfter,
                        reporter: None,
                        unreal: false,
                    });
                }
            }
            // "the president was heard to tell her"
            if j > i + 2
                && let Some(v) = e.verb
                && v.form.any(Form::Base)
                && v.takes.any(VerbUse::Quote)
                && self.is(j - 1, Role::To)
                && self.is(j - 2, Role::Senses)
                && self.is(j - 3, Role::Be)
            {
                let subject = self.subject_before(frame, j - 3, i)?;
                let end = j + v.len as usize;
                return Some(Cue { at: j, end, verb: e.verb, subject: Some(subject), rule: Rule::VerbAfter, reporter: None, unreal: false });
            }
            if j > i
                && let Some(v) = e.verb
                && e.role.any(Role::Quoted)
                && self.passive(frame, j)
            {
                let end = (j..frame.1.min(j + 8)).find(|&c| self.is(c, Role::Saying)).map_or(j + v.len as usize, |c| c + 1);
                let subject = self.subject_before(frame, j, i)?;
                return Some(Cue { at: j, end, verb: e.verb, subject: Some(subject), rule: Rule::VerbAfter, reporter: None, unreal: false });
            }
            j += 1;
        }
        None
    }

    /// `“…,” he launched with a smile`: whoever acts right behind marked words that end in a comma and open the sentence.
    fn acts(&self, frame: (usize, usize), k: usize, i: usize) -> Option<Cue> {
        let q = self.el(k);
        let comma = self.doc.tokens[q.tok()..q.end()].iter().rev().take(2).any(|t| t.is_mark(self.doc.text, b','));
        if k != frame.0 || !comma {
            return None;
        }
        let end = match self.el(i) {
            e if self.is(i, Role::Pronoun) && !self.is(i, Role::Relative | Role::First) && e.word => i + 1,
            e if e.capital && !self.is(i, Role::Time | Role::Preposition | Role::Determiner | Role::Pronoun) => self.name_end(frame, i),
            _ => return None,
        };
        let v = (end..frame.1.min(end + 3)).find(|&v| !self.adverb(v) && !self.is(v, Role::Have))?;
        // "it went": nothing else is told.
        let goes = self.is(i, Role::Object) && v + 1 < frame.1 && !self.el(v + 1).word && self.el(v).role == Role(0);
        let past = self.el(v).word && !self.el(v).capital && (goes || self.ends_as(v, Role::Ended)) && !self.auxiliary(v);
        past.then_some(Cue {
            at: v,
            end: v + 1,
            verb: self.el(v).verb,
            subject: Some((i, end)),
            rule: Rule::VerbAfter,
            reporter: None,
            unreal: false,
        })
    }

    /// `“fascist” was the word used by Vega`
    fn word_used(&self, frame: (usize, usize), k: usize) -> Option<Cue> {
        let until = frame.1.min(k + 12);
        (k + 1..until).find(|&i| self.is(i, Role::Mention))?;
        let by = (k + 1..until).find(|&i| self.is(i, Role::By))?;
        let subject = self.subject_after(frame, by + 1)?;
        Some(Cue { at: k + 1, end: by + 1, verb: None, subject: Some(subject), rule: Rule::PassiveBy, reporter: None, unreal: false })
    }

    /// `“…” — Vega`
    fn dash(&self, frame: (usize, usize), i: usize) -> Option<Cue> {
        let first = (i..frame.1).find(|&j| self.el(j).mark != b'-')?;
        if !self.el(first).capital || self.is(first, Role::Pronoun | Role::Determiner | Role::Conjunction | Role::Subordinator) {
            return None;
        }
        let end = self.name_end(frame, first);
        // A dash before a name only: a clause with a verb of its own is no source line.
        let alone = end >= frame.1 || !self.el(end).word || self.is(end, Role::Preposition);
        alone.then_some(Cue { at: i, end: i + 1, verb: None, subject: Some((first, end)), rule: Rule::Dash, reporter: None, unreal: false })
    }

    /// `according to Vega`
    pub fn according(&self, frame: (usize, usize), i: usize) -> Option<Cue> {
        // "The office answered with a note, according to which Mora had …": not Mora.
        let which = self.is(i + 2, Role::Relative) && !self.is(i + 2, Role::Who | Role::That);
        let subject = if which { self.main_subject(frame, frame.0, i)? } else { self.subject_after(frame, i + 2)? };
        // "according to plan": a bare common noun is no source.
        let e = self.el(subject.0);
        let bare = subject.1 - subject.0 == 1 && !e.capital && !e.role.any(Role::Pronoun | Role::Object) && !self.ends_as(subject.0, Role::Plural);
        (!bare).then_some(Cue { at: i, end: i + 2, verb: None, subject: Some(subject), rule: Rule::AccordingTo, reporter: None, unreal: false })
    }

    /// The reporting clause before the quotation at element `k`, and whether nothing but its hearer, time and place
    /// stands between.
    pub fn before(&self, frame: (usize, usize), k: usize) -> Option<(Cue, bool)> {
        // A headline has several clauses: "…; NAME: “…”".
        let clause = || (frame.0..k).rev().take(REACH).find(|&i| self.el(i).mark == b';').map_or(frame.0, |i| i + 1);
        // NAME: “…”
        if k > frame.0 && self.el(k - 1).mark == b':' {
            let from = clause();
            // "Dec. 12, 2025: “…,” Vega told the press": a date introduces nobody.
            if from + 1 == k || self.when((from, k - 1)) {
                return None;
            }
            // "Lind was brief when the press asked him: “…”": who is asked answers.
            if let Some(subject) = self.asked_before(frame, from, k - 1) {
                return Some((Cue::colon(k - 1, subject), true));
            }
            // "Asked for a reply, she needed four words: “…”": the participle that opens the sentence does not report.
            let opens = |c: &Cue| {
                let participle = c.at == from && c.verb.is_some_and(|v| v.form.any(Form::Participle));
                participle && c.subject.is_none_or(|s| s.0 > c.at) && (c.end..k - 1).any(|i| self.comma(i))
            };
            if let Some(cue) = self.verb_before(frame, k - 1, k).filter(|c| !opens(c)) {
                return Some((cue, true));
            }
            if self.expletive(frame, from) || self.impersonal(frame, from) {
                return None;
            }
            // "… is this, from Vega's statement in the port: “…”"
            let paper = (from + 1..k - 1).rev().take(12).find(|&i| {
                self.clitic(i)
                    && !(from..i).rev().take(4).any(|p| self.is(p, Role::Possessive))
                    && (i + 1..k.min(i + 4)).any(|n| self.is(n, Role::Report | Role::Document | Role::Mention | Role::Paper))
            });
            if let Some((s, e)) = paper.and_then(|i| self.left_noun(from, i))
                && s > from
                && self.is(s - 1, Role::Preposition)
            {
                return Some((Cue::colon(k - 1, (s, e)), true));
            }
            // "A day later came a statement of ten words from the palace: “…”"
            let origin = (from + 2..k - 2).rev().take(10).find(|&i| {
                self.is(i, Role::From)
                    && (from..i)
                        .rev()
                        .take(8)
                        .take_while(|&d| self.el(d).verb.is_none())
                        .any(|d| self.is(d, Role::Report | Role::Document | Role::Paper))
            });
            if let Some(source) = origin.and_then(|i| self.subject_after(frame, i + 1)).filter(|s| s.1 + 4 >= k - 1 && s.1 < k) {
                return Some((Cue::colon(k - 1, source), true));
            }
            // "More direct her minister, Antonio Vega, on 3 May: “…”": a name and no verb.
            let verbless = (from..k - 1).all(|i| {
                !(self.is(i, Role::Be | Role::Have | Role::Modal) && !self.el(i).capital)
                    && self.el(i).verb.is_none_or(|v| !v.form.any(Form::Past | Form::Third))
                    && (self.el(i).capital || !self.ends_as(i, Role::Ended))
                    && !self.is(i, Role::Pronoun)
            });
            if verbless && k - from > 4 {
                let begins = |i: usize| {
                    self.el(i).capital && !self.is(i, Role::Time | Role::Preposition | Role::Determiner) && (i == from || !self.el(i - 1).capital)
                };
                let name = (from..k - 1).rev().filter(|&i| begins(i)).map(|i| (i, self.name_end(frame, i))).find(|(s, e)| e - s > 1 && *e < k);
                if let Some(subject) = name.filter(|(s, _)| *s > from && self.comma(*s - 1)) {
                    return Some((Cue::colon(k - 1, subject), true));
                }
            }
            // "In the book, which was his own, he put: “…”"
            let near = (from..k - 1).rev().take(4).find(|&i| {
                self.is(i, Role::Pronoun)
                    && !self.is(i, Role::Object | Role::Relative)
                    && i + 1 < k - 1
                    && (i == from || self.comma(i - 1) || self.is(i - 1, Role::Conjunction))
            });
            let subject = match near {
                Some(i) => (i, i + 1),
                None => self.main_subject(frame, self.opener(frame, k - 1).filter(|o| *o > from).unwrap_or(from), k - 1)?,
            };
            return Some((Cue::colon(k - 1, subject), true));
        }
        if let Some(cue) = self.verb_before(frame, k, k) {
            let mut cue = self.outer(frame, cue, k).unwrap_or(cue);
            cue.reporter = self.reporter(frame, cue);
            let direct = self.adjacent(cue.end, k);
            return Some((cue, direct));
        }
        if let Some(cue) = self.noun_before(frame, k) {
            return Some((cue, false));
        }
        // A headline: NAME: words “…”
        let from = clause();
        let name = if self.el(from).capital { self.name_end(frame, from) } else { from };
        if name > from && name < k && self.el(name).mark == b':' {
            return Some((Cue::colon(name, (from, name)), false));
        }
        if let Some(i) = (from..k).find(|&i| self.is(i, Role::According) && i + 2 < k && self.is(i + 1, Role::To)) {
            return self.according(frame, i).map(|c| (c, false));
        }
        None
    }

    /// The subject of a sentence that ends in a colon and tells in a clause of its own that somebody asked him.
    fn asked_before(&self, frame: (usize, usize), from: usize, colon: usize) -> Option<(usize, usize)> {
        let asks = |v: VerbAt| v.takes.any(VerbUse::Whether) && v.takes.any(VerbUse::Hearer);
        let him = |i: &usize| self.is(*i, Role::Object) && !self.is(*i, Role::Hearer) && self.el(i - 1).verb.is_some_and(asks);
        let at = (from + 3..colon).rev().take(8).find(him)?;
        (from + 1..at - 1).find(|&j| self.is(j, Role::Subordinator))?;
        self.main_subject(frame, from, colon)
    }

    /// Whether `[end, k)` holds only a hearer, time, place, comma or "that".
    pub fn adjacent(&self, end: usize, k: usize) -> bool {
        if end >= k {
            return true;
        }
        let last = self.el(k - 1);
        if last.mark == b',' || last.mark == b':' {
            // No clause of its own between: no finite verb.
            return k - end <= 14 && !(end..k).any(|i| self.el(i).verb.is_some_and(|v| v.form.any(Form::Past)) || self.is(i, Role::Be | Role::Modal));
        }
        k - end <= 2 && (end..k).all(|i| self.adverb(i) || self.is(i, Role::That | Role::Object | Role::Time))
    }

    /// The nearest reporting verb before element `limit` that can report the quotation at `k`.
    fn verb_before(&self, frame: (usize, usize), limit: usize, k: usize) -> Option<Cue> {
        let mut quotes = 0;
        for v in (frame.0..limit).rev() {
            let e = self.el(v);
            if e.quote.is_some() {
                quotes += 1;
                if quotes > 4 {
                    return None;
                }
                continue;
            }
            if e.mark == b';' {
                return None;
            }
            let Some(at) = e.verb else { continue };
            let end = v + at.len as usize;
            if end > k {
                continue;
            }
            // "said, as her office put it, that": who passes it on is not who says it.
            let aside =
                end < k && self.comma(end) && (frame.0 + 1..v).rev().take(6).find(|&i| self.comma(i)).is_some_and(|c| self.is(c + 1, Role::As));
            if aside || self.subordinate(frame, v, k) {
                continue;
            }
            if let Some(cue) = self.reports(frame, v, end.min(k), k) {
                return Some(cue);
            }
        }
        None
    }

    /// Whether the verb at `v` belongs to a clause of time or cause that is over before the quotation at `k`:
    /// "When an audit suggested a loss, the friend became a “…”".
    fn subordinate(&self, frame: (usize, usize), v: usize, k: usize) -> bool {
        let opens = |i: usize| {
            self.is(i, Role::Subordinator)
                && !self.is(i, Role::As | Role::That | Role::Preposition | Role::But | Role::Condition | Role::Relative)
                && (i == frame.0 || self.comma(i - 1))
        };
        let begins = (frame.0..v).rev().take(14).take_while(|&i| self.el(i).quote.is_none() && (i + 1 == v || !self.comma(i))).any(opens);
        begins
            && (v + 1..k.saturating_sub(2)).take_while(|&i| self.el(i).quote.is_none()).any(|i| {
                self.comma(i)
                    && (self.is(i + 1, Role::Determiner | Role::Pronoun) || self.el(i + 1).capital)
                    && !self.is(i + 1, Role::Relative)
                    && (i + 2..k).any(|j| {
                        self.is(j, Role::Have | Role::Be | Role::Modal)
                            || self.el(j).verb.is_some_and(|a| a.form.any(Form::Past))
                            || self.ends_as(j, Role::Ended)
                    })
            })
    }

    /// The clause of the verb at `v`, if it can report the quotation at `k`.
    fn reports(&self, frame: (usize, usize), v: usize, end: usize, k: usize) -> Option<Cue> {
        let at = self.el(v).verb?;
        let takes = at.takes;
        let gap = k - end;
        let next = (end < k).then(|| self.el(end));
        let close = self.adjacent(end, k);
        let rule_for = |labelled: bool| {
            if close {
                Rule::VerbBefore
            } else if labelled {
                Rule::Label
            } else {
                Rule::Clause
            }
        };
        // "called to", "called for": another verb, unless a phrase of the table.
        // "call a meeting" names nothing: what is named must stand between, or before ("what she called a …").
        let named =
            || (end..k).any(|i| !self.is(i, Role::Article)) || gap == 0 || (v.saturating_sub(6).max(frame.0)..v).any(|i| self.is(i, Role::Relative));
        // "a podcast called “The Long Table” that he would …": the title is named, and a clause follows.
        let over = || (end..k).find(|&i| self.el(i).quote.is_some()).is_some_and(|q| q + 2 < k && self.is(q + 1, Role::That));
        let label = takes.any(VerbUse::Label)
            && gap <= 14
            && next.is_none_or(|n| !n.role.any(Role::Preposition | Role::To | Role::By | Role::Expletive) && n.mark == 0)
            && named()
            // "found a copy of “Late Harvest”": no judgement.
            && !(takes.any(VerbUse::Attitude) && k > end && self.is(k - 1, Role::Preposition))
            && !over();
        let as_gap = takes.any(VerbUse::As) && (end..k).any(|i| self.is(i, Role::As));
        let object = takes.any(VerbUse::Object) && gap <= 18;
        let near = |roles: Role| (end..k.min(end + 9)).any(|i| self.is(i, roles));
        let clause = || {
            takes.any(VerbUse::Bare)
                || takes.any(VerbUse::That) && near(Role::That)
                || takes.any(VerbUse::Whether)
                    && (end..k.min(end + 9))
                        .find(|&i| self.is(i, Role::Condition | Role::Relative | Role::Subordinator))
                        .is_some_and(|i| !self.is(i, Role::That))
                || takes.any(VerbUse::Infinitive | VerbUse::Hearer) && near(Role::To)
        };
        // "Mora, she went on, was “…”"
        let parenthesis = || {
            let hearer = if takes.any(VerbUse::Hearer) {
                (end..k.min(end + ASIDE)).take_while(|&i| self.el(i).word && self.el(i).verb.is_none()).count()
            } else {
                0
            };
            takes.any(VerbUse::Quote | VerbUse::Hearer)
                && end + hearer < k
                && self.comma(end + hearer)
                && v > frame.0
                && (v.saturating_sub(4).max(frame.0)..v).rev().take_while(|&i| self.el(i).word || self.comma(i)).any(|i| self.comma(i))
        };
        if !(close && takes.any(VerbUse::Quote) || label || as_gap || object || clause() || parenthesis()) {
            return None;
        }
        if takes.any(VerbUse::Attitude) && !label && !as_gap && !takes.any(VerbUse::Quote) {
            return None;
        }
        if self.passive(frame, v) {
            return self.passive_cue(frame, v, end, k);
        }
        let labelled = label || as_gap;
        let unreal = self.unreal(frame, v);
        if at.form.any(Form::Ing) && !self.finite(frame, v) {
            if v > frame.0 && self.is(v - 1, Role::Determiner | Role::Possessive) && !self.is(v - 1, Role::Pronoun | Role::Object) {
                return None;
            }
            let subject = self.participle_subject(frame, v);
            return Some(Cue { at: v, end, verb: Some(at), subject, rule: Rule::Participle, reporter: None, unreal });
        }
        // "a photograph inscribed “…”": what stands on a thing is its owner's.
        if takes.any(VerbUse::Thing) && at.form.any(Form::Participle) && v > frame.0 && !self.auxiliary(v - 1) {
            let subject = self.participle_subject(frame, v);
            return Some(Cue { at: v, end, verb: Some(at), subject, rule: Rule::Participle, reporter: None, unreal });
        }
        // "Mora, says Vega, “…”"
        if v > frame.0
            && self.comma(v - 1)
            && takes.any(VerbUse::Quote)
            && at.form.any(Form::Past | Form::Third)
            && end < k
            && (self.el(end).capital && !self.is(end, Role::Time))
            && let Some((s, e)) = self.subject_after((frame.0, k), end)
            && e < k
            && self.comma(e)
        {
            return Some(Cue { at: v, end: e, verb: Some(at), subject: Some((s, e)), rule: Rule::Clause, reporter: None, unreal: false });
        }
        if self.finite(frame, v) {
            // A participle after a noun ("a man identified as"): passive without "be".
            if at.form.any(Form::Participle)
                && next.is_some_and(|n| n.role.any(Role::As | Role::By))
                && (takes.any(VerbUse::As | VerbUse::Label))
                && v > frame.0
                && self.el(v - 1).word
                && !self.el(v - 1).capital
                && !self.is(v - 1, Role::Pronoun | Role::Relative | Role::Conjunction)
                && !self.adverb(v - 1)
                && !self.auxiliary(v - 1)
                // "in what the union denounced as"
                && !(v.saturating_sub(6).max(frame.0)..v).any(|i| self.is(i, Role::Relative) && !self.is(i, Role::That | Role::Who))
            {
                return self.passive_cue(frame, v, end, k);
            }
            let subject = self.subject_before(frame, v, frame.0).or_else(|| if v == frame.0 { self.subject_after((frame.0, k), end) } else { None });
            // "said that those who had backed it should be tested “…”": the clause of "who" is over.
            let relative = subject.is_some_and(|s| self.is(s.0, Role::Relative));
            // "was telling a minister, who told everyone, that it “…”"
            if relative && (end..k.saturating_sub(1)).any(|i| self.comma(i) && self.is(i + 1, Role::That)) {
                return None;
            }
            let over = relative && ((end + 1..k).any(|i| self.is(i, Role::Modal) && !self.el(i).capital) || end + 1 < k && self.predicate(k));
            if over && !close {
                return None;
            }
            return Some(Cue { at: v, end, verb: Some(at), subject, rule: rule_for(labelled), reporter: None, unreal });
        }
        // "heard him say", "heard Vega say"
        let heard = || match self.el(v - 1) {
            e if e.role.any(Role::Object) => Some((v - 1, v)),
            e if e.capital => self.left_noun(frame.0, v),
            _ => None,
        };
        if at.form.any(Form::Base)
            && v > frame.0 + 1
            && let Some((s, e)) = heard()
            && s > frame.0
            && self.is(s - 1, Role::Senses)
        {
            return Some(Cue { at: v, end, verb: Some(at), subject: Some((s, e)), rule: Rule::Clause, reporter: None, unreal });
        }
        // "went on to say", "wanted to call": the subject of the verb before "to".
        if at.form.any(Form::Base) && v > frame.0 && (self.is(v - 1, Role::To) || self.adverb(v - 1)) {
            if self.expletive(frame, frame.0) {
                return None;
            }
            let subject = self.participle_subject(frame, v);
            return Some(Cue { at: v, end, verb: Some(at), subject, rule: Rule::Clause, reporter: None, unreal });
        }
        None
    }

    /// Whether marked words begin with the verb of the clause round them: "that a neighbour who threatened it “should not be surprised”".
    fn predicate(&self, k: usize) -> bool {
        let first = self.doc.tokens.get(self.el(k).tok() + 1);
        first.is_some_and(|t| self.doc.lang.quote.role(t.word).any(Role::Modal | Role::Be | Role::Have | Role::Do) && !t.capital())
    }
    /// `Mora claimed that Vega called it “…”`: the subject of the verb that rules the reporting clause.
    fn reporter(&self, frame: (usize, usize), inner: Cue) -> Option<(usize, usize)> {
        let (s, _) = inner.subject.filter(|s| s.0 <= inner.at)?;
        self.ruling(frame, s)
    }
    /// The subject of the verb that rules the clause whose subject begins at `s`.
    pub fn ruling(&self, frame: (usize, usize), s: usize) -> Option<(usize, usize)> {
        if s <= frame.0 + 1 {
            return None;
        }
        let p = if self.is(s - 1, Role::That) { s - 1 } else { s };
        let v = (p.saturating_sub(3).max(frame.0)..p)
            .rev()
            .find(|&v| self.el(v).verb.is_some_and(|a| v + a.len as usize == p && a.takes.any(VerbUse::Bare | VerbUse::That)))?;
        let subject = if self.finite(frame, v) && !self.passive(frame, v) { self.subject_before(frame, v, frame.0)? } else { return None };
        (subject.1 <= v).then_some(subject)
    }

    /// `She said she recalls …`, `They condemned what they called …`: a pronoun that the verb before it rules is the
    /// subject of that verb, and the outer verb is what reports.
    fn outer(&self, frame: (usize, usize), inner: Cue, k: usize) -> Option<Cue> {
        let (s, _) = inner.subject?;
        // "Mora said the port would answer …": what is only announced is said by who announces it.
        let announced = s < inner.at && (s..inner.at).any(|i| self.is(i, Role::Modal));
        if let Some(told) = self.parenthesis(frame, inner, k, announced) {
            return Some(told);
        }
        // "Mora said Vega's speech had only confirmed …": a paper that somebody else has speaks less than he who names it.
        let paper = s > frame.0
            && self.el(s - 1).verb.is_some_and(|v| v.takes.any(VerbUse::Bare))
            && (s..inner.at).any(|i| self.clitic(i) && (i + 1..inner.at).take(3).any(|n| self.is(n, Role::Paper | Role::Report)));
        if !(self.is(s, Role::Pronoun) && !self.is(s, Role::First) || announced || paper) || s <= frame.0 {
            return None;
        }
        let mut p = s;
        let what = self.is(p - 1, Role::Relative) && !self.is(p - 1, Role::That);
        while p > frame.0 && s - p < 3 && self.is(p - 1, Role::That | Role::Relative | Role::To) {
            p -= 1;
        }
        if what {
            // Any subject of the same sentence that is no pronoun.
            let subject = self.earlier(frame, p, frame.0)?;
            // "His mother … what he calls": of the two he is the other one.
            if subject.0 >= s || self.is(subject.0, Role::Pronoun | Role::Possessive) {
                return None;
            }
            return Some(Cue { subject: Some(subject), ..inner });
        }
        let rules = |v: usize, a: VerbAt| {
            let end = v + a.len as usize;
            let hearer = end < p && a.takes.any(VerbUse::Hearer) && (end..p).all(|i| self.el(i).word && self.el(i).verb.is_none());
            end <= p && (end == p || hearer) && a.takes.any(VerbUse::Bare | VerbUse::That)
        };
        // "added that a patrol along the river would begin “…”": past the noun to which the phrase belongs.
        let that = (p.saturating_sub(FAR).max(frame.0)..p)
            .rev()
            .take_while(|&i| self.el(i).word && self.el(i).verb.is_none())
            .find(|&i| announced && self.is(i, Role::That) && i > frame.0);
        let p = that.unwrap_or(p);
        let v = (p.saturating_sub(6).max(frame.0)..p).rev().find(|&v| self.el(v).verb.is_some_and(|a| rules(v, a)))?;
        if self.passive(frame, v) {
            return None;
        }
        let at = self.el(v).verb?;
        let end = v + at.len as usize;
        let subject = if self.finite(frame, v) { self.subject_before(frame, v, frame.0) } else { self.participle_subject(frame, v) }?;
        let unreal = inner.unreal || self.unreal(frame, v);
        Some(Cue { at: v, end, verb: Some(at), subject: Some(subject), rule: Rule::Clause, reporter: None, unreal })
    }

    /// `On the next day, he said, units had backed “…”`: the clause set off by commas reports, where the verb nearer to the marks tells
    /// of a deed or of what is only announced.
    fn parenthesis(&self, frame: (usize, usize), inner: Cue, k: usize, announced: bool) -> Option<Cue> {
        // "Vega, she confirmed, had spoken of it as “…”": Vega's words.
        let named = (inner.end..k).any(|i| self.is(i, Role::As));
        let done = |at: VerbAt| at.takes.any(VerbUse::Object) && !at.form.any(Form::Base);
        let deed = inner.rule != Rule::Label && !named && inner.verb.is_some_and(done);
        if !announced && !deed {
            return None;
        }
        let told = |v: usize| {
            let at = self.el(v).verb.filter(|a| a.takes.any(VerbUse::Quote) && a.form.any(Form::Past | Form::Third) && self.finite(frame, v))?;
            let end = v + at.len as usize;
            let comma = (end..inner.at.min(end + ASIDE)).find(|&i| !self.el(i).word).filter(|&i| self.comma(i))?;
            if (end..comma).any(|i| self.is(i, Role::That) || self.el(i).verb.is_some()) {
                return None;
            }
            let subject = self.subject_before(frame, v, frame.0)?;
            let aside = subject.0 > frame.0 && subject.1 <= v && self.comma(subject.0 - 1) && !self.is(subject.0, Role::Relative);
            let unreal = inner.unreal || self.unreal(frame, v);
            aside.then_some(Cue { at: v, end, verb: Some(at), subject: Some(subject), rule: Rule::Clause, reporter: None, unreal })
        };
        (frame.0 + 1..inner.at).rev().take(REACH).find_map(told)
    }

    /// `Vega’s claim that “…”`, `the warning by Vega that “…”`
    fn noun_before(&self, frame: (usize, usize), k: usize) -> Option<Cue> {
        let n = (frame.0..k).rev().take(14).find(|&i| self.is(i, Role::Report) || self.is(i, Role::Mention) && i + 1 == k)?;
        let next = n + 1;
        if !(next == k || self.is(next, Role::That | Role::Of | Role::By | Role::As) || self.el(next).mark == b':') {
            return None;
        }
        let mut cue = Cue { at: n, end: next, verb: None, subject: None, rule: Rule::Noun, reporter: None, unreal: false };
        if self.is(next, Role::By) {
            cue.subject = self.subject_after((frame.0, k), next + 1);
            return Some(cue);
        }
        // The owner, past adjectives.
        let mut p = n;
        while p > frame.0 && n - p < 4 {
            let b = self.el(p - 1);
            if b.role.any(Role::Possessive) {
                cue.subject = Some((p - 1, p));
                return Some(cue);
            }
            // "in a New Year's message", "in Monday's speech": a day owns nothing.
            if b.role.any(Role::Clitic) && p > frame.0 + 1 && self.is(p - 2, Role::Time) {
                break;
            }
            if b.role.any(Role::Clitic) {
                cue.subject = self.left_noun(frame.0, p - 1);
                return Some(cue);
            }
            if !b.word || b.role.any(Role::Determiner | Role::Preposition) {
                break;
            }
            p -= 1;
        }
        let clause = (frame.0 + 1..p).rev().take(10).take_while(|&i| self.el(i).word).find(|&i| {
            self.is(i - 1, Role::That | Role::Relative)
                && (self.el(i).capital || self.is(i, Role::Pronoun))
                && !self.is(i, Role::Object | Role::Relative)
        });
        cue.subject = match clause.filter(|_| self.is(n, Role::Mention)) {
            Some(i) => Some((i, self.noun_end((frame.0, p), i))),
            None if self.expletive(frame, frame.0) => None,
            None => self.main_subject(frame, frame.0, n),
        };
        cue.subject.is_some().then_some(cue)
    }

    /// A reporting clause with which the frame ends: `… a “reset,” he told the panel, according to Vega.`
    pub fn closing(&self, frame: (usize, usize), from: usize) -> Option<Cue> {
        let mut verb = false;
        let low = from.max(frame.1.saturating_sub(40)).min(frame.1);
        for (n, e) in self.els[low..frame.1].iter().enumerate().rev() {
            let c = low + n;
            if e.quote.is_some() {
                return None;
            }
            verb |= e.verb.is_some_and(VerbAt::closes);
            if e.mark != b',' {
                continue;
            }
            let i = c + 1;
            if i >= frame.1 {
                continue;
            }
            if self.is(i, Role::According) && i + 2 < frame.1 && self.is(i + 1, Role::To) {
                return self.according(frame, i);
            }
            if self.el(i).role.any(Role::Conjunction | Role::Subordinator | Role::Relative | Role::Preposition) && !self.is(i, Role::Determiner) {
                continue;
            }
            if !verb {
                continue;
            }
            // Vega said (on Monday, in a statement).
            let Some(v) = (i..frame.1.min(i + 25))
                .find(|&j| self.el(j).verb.is_some_and(|v| v.closes() && (j > i || v.form.any(Form::Past))) && (j == i || self.finite(frame, j)))
            else {
                continue;
            };
            let at = self.el(v).verb?;
            let end = v + at.len as usize;
            let rest = &self.els[end.min(frame.1)..frame.1];
            if v == i {
                let subject = self.subject_after(frame, end)?;
                // "…, urged calm": an object, not a subject behind its verb.
                let s = self.el(subject.0);
                if subject.1 - subject.0 == 1 && !s.capital && !s.role.any(Role::Pronoun) && !self.ends_as(subject.0, Role::Plural) {
                    continue;
                }
                if self.acts_within(subject.1, frame.1) || self.named_alone(frame.0, c) {
                    continue;
                }
                return Some(Cue { at: v, end, verb: Some(at), subject: Some(subject), rule: Rule::InvertedAfter, reporter: None, unreal: false });
            }
            let tail = rest.first().is_none_or(|n| {
                let hearer =
                    n.capital || n.role.any(Role::Pronoun | Role::Object | Role::Determiner | Role::Possessive) || self.ends_as(end, Role::Plural);
                !n.word || n.role.any(Role::Time | Role::Preposition | Role::Adverb) || hearer && at.takes.any(VerbUse::Hearer)
            }) && !rest.iter().any(|n| n.role.any(Role::That));
            // "Vega asked who gets up to send angry tweets": an infinitive and its object.
            let verb = |s: &(usize, usize)| s.0 > frame.0 && self.is(s.0 - 1, Role::To);
            if tail && let Some(subject) = self.subject_before(frame, v, i).filter(|s| !verb(s)) {
                // "Vega, a clerk, did not disagree": nothing was said.
                let unreal = self.unreal(frame, v);
                return Some(Cue { at: v, end, verb: Some(at), subject: Some(subject), rule: Rule::VerbAfter, reporter: None, unreal });
            }
        }
        None
    }

    /// Whether `[from, to)` is a name with an aside and no clause: "Ana Ruiz, a clerk who knows him, said prices fell".
    fn named_alone(&self, from: usize, to: usize) -> bool {
        let (mut commas, mut aside) = (0, false);
        for e in &self.els[from..to] {
            commas += usize::from(e.mark == b',');
            aside = e.mark != b',' && (aside || e.role.any(Role::Relative));
            if tensed(e) && !aside {
                return false;
            }
        }
        commas > 0
    }
    /// "Vega, a lawyer, said the port was closed": whether what seems to be a subject behind its verb has a verb of its own, in `[from, to)`.
    fn acts_within(&self, from: usize, to: usize) -> bool {
        let ends = |e: &El| !e.word || e.role.any(Role::Relative | Role::That | Role::Conjunction | Role::Subordinator | Role::As);
        self.els[from.min(to)..to].iter().take_while(|e| !ends(e)).any(tensed)
    }

    fn passive_cue(&self, frame: (usize, usize), v: usize, end: usize, k: usize) -> Option<Cue> {
        let verb = self.el(v).verb;
        // was quoted as saying
        if self.is(v, Role::Quoted)
            && let Some(s) = (end..k).find(|&i| self.is(i, Role::Saying))
        {
            let subject = self.subject_before(frame, v, frame.0)?;
            return Some(Cue { at: v, end: s + 1, verb, subject: Some(subject), rule: Rule::VerbBefore, reporter: None, unreal: false });
        }
        let by = (end..frame.1.min(k + 6)).find(|&i| self.is(i, Role::By))?;
        let subject = self.subject_after(frame, by + 1)?;
        Some(Cue { at: v, end, verb, subject: Some(subject), rule: Rule::PassiveBy, reporter: None, unreal: self.unreal(frame, v) })
    }

    /// The subject that follows at `i`: `said Ana Ruiz`. For a description with a name in apposition, the name.
    pub fn subject_after(&self, frame: (usize, usize), i: usize) -> Option<(usize, usize)> {
        if i >= frame.1 {
            return None;
        }
        let e = self.el(i);
        if !e.word
            || e.role.any(Role::Object | Role::To | Role::Preposition | Role::Subordinator | Role::Conjunction | Role::That | Role::Time)
                && !e.role.any(Role::Pronoun | Role::Determiner)
                // "said her brother"
                && !(e.role.any(Role::Possessive) && i + 1 < frame.1 && self.el(i + 1).word && self.page.noun(self.doc, i + 1))
        {
            return None;
        }
        if self.adverb(i) && !e.capital {
            return None;
        }
        let mut end = self.noun_end(frame, i);
        if end == i {
            return None;
        }
        // "one of them, Vega"
        if e.role.any(Role::Determiner) && end + 2 < frame.1 && self.is(end, Role::Of) && self.is(end + 1, Role::Object) {
            end += 2;
        }
        let owned = || (i..end).any(|j| self.is(j, Role::Clitic | Role::Possessive));
        if (e.role.any(Role::Determiner) || owned())
            && end + 1 < frame.1
            && self.comma(end)
            && self.el(end + 1).capital
            && !self.is(end + 1, Role::Pronoun | Role::Determiner)
        {
            let name = self.name_end(frame, end + 1);
            if name - end > 2 && (name >= frame.1 || !self.el(name).word || self.is(name, Role::Preposition | Role::Relative)) {
                return Some((end + 1, name));
            }
        }
        Some((i, end))
    }

    /// One past a run of capitalised words with their particles, from `i`.
    pub fn name_end(&self, frame: (usize, usize), i: usize) -> usize {
        let mut j = i;
        while j < frame.1 {
            let e = self.el(j);
            let inside = e.capital
                || (e.mark == b'.' && j > i && self.text(j - 1).len() < 5 && j + 1 < frame.1 && self.el(j + 1).capital)
                || e.mark == b'-' && self.glued(j);
            if !inside {
                break;
            }
            j += 1;
        }
        j.max(i + 1)
    }
    /// Whether nothing stands between the mark at `j` and the word before it.
    fn glued_left(&self, j: usize) -> bool {
        !self.doc.tokens[self.el(j).tok()].spaced
    }
    /// A hyphen between letters.
    fn glued(&self, j: usize) -> bool {
        let t = &self.doc.tokens[self.el(j).tok()];
        !t.spaced && self.doc.tokens.get(self.el(j).tok() + 1).is_some_and(|n| !n.spaced)
    }

    /// One past the noun phrase that starts at `i`.
    fn noun_end(&self, frame: (usize, usize), i: usize) -> usize {
        let mut j = i;
        while j < frame.1.min(i + 16) {
            let e = self.el(j);
            if e.quote.is_some() {
                break;
            }
            if !e.word {
                let abbreviation = e.mark == b'.' && j > i && self.text(j - 1).len() < 5 && j + 1 < frame.1 && self.el(j + 1).capital;
                if !(abbreviation || matches!(e.mark, b'-' | b'/' | b'&') && self.glued(j)) {
                    break;
                }
            } else if j > i {
                if e.role.any(Role::Time | Role::Relative | Role::Subordinator)
                    && !(e.role.any(Role::Time) && self.el(j).capital && self.el(j - 1).role.any(Role::Determiner))
                {
                    break;
                }
                if e.role.any(Role::Preposition) && !e.role.any(Role::Of | Role::For)
                    || e.role.any(Role::Be | Role::Have | Role::Do | Role::Modal | Role::Object | Role::Pronoun)
                {
                    break;
                }
                if e.role.any(Role::Conjunction) && !(j + 1 < frame.1 && self.el(j + 1).capital && self.el(j - 1).capital) {
                    break;
                }
                // "the youth wing of Vantage put out a line": a name behind "of" ends the noun.
                let named = |n: usize| self.el(n).capital && !self.is(n - 1, Role::Determiner);
                if !e.capital && e.role == Role(0) && j > i + 2 && named(j - 1) && (i + 1..j - 1).any(|o| self.is(o, Role::Of)) {
                    break;
                }
                if e.role.any(Role::Determiner | Role::Possessive) && !self.is(j - 1, Role::Of | Role::For | Role::Determiner) && self.el(j - 1).word
                {
                    break;
                }
                if self.adverb(j) && !e.capital {
                    break;
                }
                // "the two sat down"
                let many = |n: usize| n < frame.1 && self.ends_as(n, Role::Plural);
                if j == i + 2 && self.cardinal(i + 1) && self.is(i, Role::Determiner) && !e.capital && e.role == Role(0) && !(j..j + 4).any(many) {
                    break;
                }
                if e.verb.is_some_and(|v| v.form.any(Form::Past | Form::Third) && v.takes.any(VerbUse::That | VerbUse::Quote))
                    && !e.capital
                    && !self.is(j - 1, Role::Determiner | Role::Possessive)
                {
                    break;
                }
            } else if e.role.any(Role::Pronoun) {
                return i + 1;
            }
            j += 1;
        }
        // Never end on a dangling "of" or mark.
        while j > i + 1 && (!self.el(j - 1).word || self.is(j - 1, Role::Of | Role::For | Role::Conjunction)) {
            j -= 1;
        }
        j
    }

    /// The subject of the finite verb at `v`, not reaching before `floor`.
    pub fn subject_before(&self, frame: (usize, usize), v: usize, floor: usize) -> Option<(usize, usize)> {
        let mut e = v;
        loop {
            if e <= floor {
                return self.earlier(frame, v, floor);
            }
            let p = e - 1;
            if self.is(p, Role::Pronoun) && self.el(p).word {
                return Some((p, e));
            }
            // "she is said to have told"
            let alleged =
                e < v && self.is(e, Role::To) && p > floor && self.is(p - 1, Role::Be) && (self.el(p).verb.is_some() || self.ends_as(p, Role::Ended));
            if self.auxiliary(p) || self.adverb(p) || (self.clitic(p) && e < v) || self.is(p, Role::Refusal | Role::To) || alleged {
                e = p;
            } else if (self.is(p, Role::Time) || self.number(p) || e < v && self.is(e, Role::Time) && self.cardinal(p)) && p > floor {
                // "Vega on Friday said", "Vega Monday said"
                if self.is(p - 1, Role::Preposition) {
                    e = p - 1;
                } else if p > floor + 1 && self.is(p - 1, Role::Determiner) && self.is(p - 2, Role::Preposition) {
                    // "Vega at the time called"
                    e = p - 2;
                } else if self.is(p, Role::Unit) && self.is(p - 1, Role::Determiner) && !self.is(p - 1, Role::Article | Role::Possessive) {
                    // "her answer that day accused"
                    e = p - 1;
                } else if self.is(p - 1, Role::Article) && p > floor + 1 && self.el(p - 2).capital && !self.is(p - 2, Role::Time) {
                    // "Secretary Ana Vega the next day called"
                    e = p - 1;
                } else if self.el(p - 1).word {
                    e = p;
                } else {
                    break;
                }
            } else if self.is(p, Role::Turn) && p > floor && self.is(p - 1, Role::Place) {
                // "Vega in turn called"
                e = p - 1;
            } else {
                break;
            }
        }
        let p = e - 1;
        if self.clitic(p) && p > floor && self.el(v).verb.is_some_and(|a| a.form.any(Form::Ing)) {
            e = p;
        }
        let p = e - 1;
        if self.el(p).mark == b')'
            && let Some(open) = (floor..p).rev().take(12).find(|&i| self.el(i).mark == b'(')
        {
            e = open;
            if e == floor {
                return None;
            }
        }
        let p = e - 1;
        let el = self.el(p);
        if el.role.any(Role::Conjunction) {
            return self.earlier(frame, v, floor);
        }
        if el.role.any(Role::Relative) && !el.role.any(Role::Determiner) {
            // "Vega put out a statement of one line, which called it …": hers.
            if !el.role.any(Role::Who)
                && p > floor + 2
                && self.comma(p - 1)
                && let Some(paper) =
                    (floor + 2..p - 1).rev().take(10).take_while(|&i| self.el(i).word || self.comma(i)).find(|&i| self.is(i, Role::Paper))
                && (self.is(paper - 1, Role::Article) || self.is(paper - 2, Role::Article))
            {
                return self.earlier(frame, paper, floor);
            }
            // who said: the pronoun stands for the noun before it.
            return Some((p, e));
        }
        if el.role.any(Role::That) {
            // "made a comment that described": the comment's maker; "a letter that says": the letter.
            if p > floor && self.is(p - 1, Role::Report) && !self.is(p - 1, Role::Document) {
                return self.earlier(frame, p, floor);
            }
            return self.left_noun(floor, self.before_date(floor, p)).or(Some((p, e)));
        }
        if el.mark == b',' || el.mark == b'-' && !self.glued(p) {
            return self.appositive(frame, p, floor);
        }
        if !el.word {
            return None;
        }
        // "one of them said"
        if el.role.any(Role::Object) && p > floor + 1 && self.is(p - 1, Role::Of) {
            return self.left_noun(floor, p - 1).map(|(s, _)| (s, e));
        }
        let (s, end) = self.left_noun(floor, e)?;
        // "She smiled and in front of the cameras thanked": a place of the same subject's clause.
        if s > floor + 2 && self.is(s - 1, Role::Preposition) && !self.is(s - 1, Role::Of) && self.is(s - 2, Role::Conjunction) {
            return self.earlier(frame, v, floor);
        }
        // "Sources consulted by the agency admit": the agency asked them.
        if s > floor + 2
            && self.is(s - 1, Role::By)
            && self.el(s - 2).word
            && (self.ends_as(s - 2, Role::Ended) || self.el(s - 2).verb.is_some_and(|v| v.form.any(Form::Participle)))
            && self.el(s - 3).word
            && !self.auxiliary(s - 3)
            && !self.adverb(s - 3)
        {
            return self.left_noun(floor, s - 2).or(Some((s, end)));
        }
        // "Marchers pouring through the streets chanted": the noun belongs to a phrase of the real subject.
        if s > floor + 1 && self.is(s - 1, Role::Preposition) && self.ends_as(s - 2, Role::Gerund) && s > floor + 2 {
            return self.left_noun(floor, s - 2).or(Some((s, end)));
        }
        // "Vega in a call with Mora said": who stands behind "with" is not the one who speaks.
        if s > floor + 1
            && self.is(s - 1, Role::Preposition)
            && !self.is(s - 1, Role::Of)
            && self.el(floor).capital
            && let Some(whole) = self.main_subject(frame, floor, s - 1)
            && whole.0 == floor
            && (whole.1 < s - 1
                || whole.1 < s && ((s..end).any(|i| self.is(i, Role::With)) || self.is(s - 1, Role::Place) && (s..end).all(|i| self.el(i).capital)))
            && !(whole.1..s).any(|i| {
                !self.el(i).word
                    || self.el(i).verb.is_some_and(|v| v.form.any(Form::Past | Form::Third)) && !self.is(i - 1, Role::Determiner)
                    || self.ends_as(i, Role::Ended)
                    || self.is(i, Role::Be | Role::Have | Role::Modal | Role::Relative | Role::Subordinator | Role::Conjunction)
            })
        {
            return Some(whole);
        }
        // "A judge who sat in both courts said": what the clause of "who" ends with does not speak.
        let who = (floor + 1..s).rev().take(12).take_while(|&i| self.el(i).word).find(|&i| self.is(i, Role::Who));
        if let Some(who) = who
            && (who + 1..s).any(|i| self.el(i).verb.is_some() || self.ends_as(i, Role::Ended) || self.is(i, Role::Be | Role::Have | Role::Modal))
        {
            return self.left_noun(floor, who).or(Some((s, end)));
        }
        Some((s, end))
    }

    /// Whether a noun for something said stands at `i`, of which a clause may go on to tell who said what to it.
    pub fn contact(&self, i: usize) -> bool {
        self.is(i, Role::Report) && !self.el(i).capital && !self.ends_as(i, Role::Ended)
    }

    /// Whether the noun at `i` takes "to" and those whose it is.
    fn attached(&self, i: usize) -> bool {
        self.doc.lang.name.flags(self.doc.tokens[self.el(i).tok()].word) & crate::language::name::flag::ATTACHED != 0
    }
    /// Before a date that ends at `e`, and the preposition or participle that it hangs on: "a letter dated 10 May", "in May".
    fn before_date(&self, floor: usize, e: usize) -> usize {
        // A capital before a number is the month's.
        let part = |i: usize| {
            self.number(i)
                || self.is(i, Role::Time)
                || self.el(i).capital && i + 1 < e && self.number(i + 1)
                || self.el(i).mark == b'.' && i > floor && self.is(i - 1, Role::Time)
        };
        let date = (floor..e).rev().take_while(|&i| part(i)).last().unwrap_or(e);
        if date < e && date > floor && (self.is(date - 1, Role::Preposition) || self.ends_as(date - 1, Role::Ended)) { date - 1 } else { date }
    }

    /// The noun phrase that ends before `e`.
    fn left_noun(&self, floor: usize, e: usize) -> Option<(usize, usize)> {
        let mut s = e;
        while s > floor {
            let p = s - 1;
            let el = self.el(p);
            if el.quote.is_some() {
                break;
            }
            if el.mark == b')' {
                match (floor..p).rev().take(8).find(|&i| self.el(i).mark == b'(') {
                    Some(open) => {
                        s = open;
                        continue;
                    }
                    None => break,
                }
            }
            if !el.word {
                // "the leaders' talks"
                let owners = s < e && p > floor && self.text(p) == "’" && self.glued_left(p) && self.ends_as(p - 1, Role::Plural);
                let joined = owners
                    || el.mark == b'.' && p > floor && self.text(p - 1).len() < 5 && self.el(p - 1).capital && s < e && self.el(s).capital
                    || matches!(el.mark, b'-' | b'/' | b'&') && self.glued(p);
                if !joined {
                    break;
                }
            } else if el.role.any(Role::That) && s < e {
                break;
            } else if s < e && self.el(s).capital && self.contact(p) {
                break;
            } else if el.role.any(Role::Time) && s < e && p > floor && self.el(s).capital && self.is(p - 1, Role::Preposition) {
                // "in April Vega said"
                break;
            } else if el.role.any(Role::Conjunction) {
                let pair = s < e && p > floor && self.el(s).capital && self.el(p - 1).capital;
                if !(pair || s < e && self.one_article(floor, p, e)) {
                    break;
                }
            } else if el.role.any(Role::To) && p > floor && s < e && self.attached(p - 1) {
                // "an aide to the president"
            } else if el
                .role
                .any(Role::Subordinator | Role::Relative | Role::To | Role::Pronoun | Role::Object | Role::Be | Role::Have | Role::Do | Role::Modal)
                && !el.role.any(Role::Determiner)
                && !(el.role.any(Role::Relative) && el.role.any(Role::Possessive))
            {
                break;
            } else if el.role.any(Role::Preposition) {
                // "the head of the ministry", "sources in the campaign"
                let noun = p > floor && {
                    let b = self.el(p - 1);
                    b.word
                        && !b.role.any(Role::Time | Role::Preposition | Role::Conjunction | Role::Be | Role::Have | Role::Modal)
                        && b.verb.is_none_or(|v| v.form.any(Form::Base | Form::Third))
                        && !self.adverb(p - 1)
                        && !self.ends_as(p - 1, Role::Ended)
                };
                let glue = el.role.any(Role::Of) || p > floor && (el.role.any(Role::For) || el.role.any(Role::Place) && !self.el(p - 1).capital);
                if !(noun && glue && s < e) {
                    break;
                }
            } else if s < e && !el.capital && self.el(s).capital && p > floor && self.el(p - 1).capital && self.ends_as(p, Role::Ended) {
                // "the line carried Vega's words"
                break;
            } else if el.verb.is_some_and(|v| v.form.any(Form::Past | Form::Ing))
                && !el.capital
                && !(p > floor && self.is(p - 1, Role::Determiner | Role::Possessive))
            {
                break;
            } else if el.role.any(Role::Determiner | Role::Possessive) {
                s = p;
                if el.role.any(Role::Relative) && el.role.any(Role::Possessive) {
                    break;
                }
                // Only "of" and its like reach further left.
                let to = s > floor + 1 && self.is(s - 1, Role::To) && self.attached(s - 2);
                if !(s > floor && (self.is(s - 1, Role::Preposition | Role::Determiner) || to)) {
                    break;
                }
                continue;
            }
            s = p;
        }
        while s < e && (!self.el(s).word || self.adverb(s) || self.is(s, Role::Preposition | Role::Time) && !self.el(s).capital && s + 1 < e) {
            s += 1;
        }
        (s < e).then_some((s, e))
    }

    /// "the former mayor and senator": whether the words before the conjunction at `p` open the clause with an article
    /// that the singular behind it shares.
    fn one_article(&self, floor: usize, p: usize, e: usize) -> bool {
        let single = (p + 1..e).all(|i| self.el(i).word && !self.is(i, Role::Determiner | Role::Possessive)) && !self.ends_as(e - 1, Role::Plural);
        let first = (floor..p).rev().take(5).take_while(|&i| self.el(i).word && self.el(i).verb.is_none()).find(|&i| self.is(i, Role::Article));
        single && first.is_some_and(|i| i + 1 < p && (i == floor || !self.el(i - 1).word))
    }
    /// The subject before the comma at `comma`: the noun that the appositives and relative clauses between belong to.
    fn appositive(&self, frame: (usize, usize), comma: usize, floor: usize) -> Option<(usize, usize)> {
        let mut end = comma;
        let mut best: Option<(usize, usize)> = None;
        // Whether the last stretch told what the subject was doing, and whether "who" opened it.
        let mut doing = false;
        let mut who = false;
        for _ in 0..7 {
            if end <= floor {
                break;
            }
            let mut s = end;
            while s > floor && s + REACH > end {
                let p = self.el(s - 1);
                // "who had put up a “Never” banner, said": marked words in the middle of the aside.
                let inside = p.quote.is_some() && s < end && s > floor + 1 && self.el(s - 2).word && self.el(s).word;
                if p.mark == b',' || p.quote.is_some() && !inside || matches!(p.mark, b';' | b':') || p.mark == b'-' && !self.glued(s - 1) {
                    break;
                }
                s -= 1;
            }
            let stop = s <= floor || !matches!(self.el(s - 1).mark, b',' | b'-');
            let mut first = s;
            // "Quick as a flash, the mayor, 61, said"
            if best.is_some() && s == frame.0 && s + 1 < end && self.is(s + 1, Role::As) && !self.is(s, Role::Determiner | Role::Pronoun) {
                break;
            }
            // "Not so, said …": no noun at all.
            if (s..end).all(|i| self.adverb(i) || self.is(i, Role::Negation | Role::Conjunction | Role::Subordinator)) {
                if stop {
                    break;
                }
                end = s - 1;
                continue;
            }
            while first < end && (self.is(first, Role::Conjunction) || self.adverb(first) && first + 1 < end) {
                first += 1;
            }
            let joined = first > s && self.is(s, Role::Conjunction);
            if first < end {
                first = self.past_time(first, end);
            }
            // "and, two days later, said": when, not who.
            let counted = |e: usize| {
                first < e && self.is(e - 1, Role::Time) && (first..e - 1).all(|i| self.number(i) || self.is(i, Role::Time | Role::Determiner))
            };
            // "The day after, the minister said"
            let after = first < end && self.is(end - 1, Role::Preposition | Role::Subordinator | Role::Adverb);
            let when = counted(end) || after && counted(end - 1);
            if when {
                if joined {
                    break;
                }
            } else if first < end {
                let e = self.el(first);
                let clause = (first..end).any(|i| {
                    self.is(i, Role::Be | Role::Modal)
                        || self.el(i).verb.is_some() && self.finite((first, end), i) && i > first && self.is(i - 1, Role::Pronoun)
                });
                // "where an official, who was not named, called": whose clause of "who" has been passed.
                let opens = e.role.any(Role::Subordinator) && !e.role.any(Role::Preposition | Role::Relative);
                if who && opens && best.is_none() && first + 1 < end && self.noun_end((first + 1, end), first + 1) >= end {
                    best = Some((first + 1, end));
                    break;
                }
                who = e.role.any(Role::Who);
                // "And grieving mother Ana Ruiz, 61, told": no participle.
                let adjective = first + 2 < end
                    && self.el(end - 1).capital
                    && self.el(first + 1).role == Role(0)
                    && !self.el(first + 1).capital
                    && self.noun_end((first + 1, end), first + 1) >= end;
                let aside = !adjective
                    && (e.role.any(Role::Relative | Role::Preposition | Role::Subordinator) && !e.role.any(Role::Determiner)
                        || e.verb.is_some_and(|v| v.form.any(Form::Ing | Form::Participle)) && (!e.capital || first == frame.0)
                        || (!e.capital || first == frame.0) && self.ends_as(first, Role::Gerund));
                // "the league, whose head, Vega, said": the noun behind "whose".
                if e.role.any(Role::Relative) && e.role.any(Role::Possessive) && first + 1 < end && self.noun_end((first, end), first + 1) >= end {
                    best = best.or(Some((first, self.noun_end((first, end), first + 1).min(end))));
                    break;
                }
                // "a judge whom Ana Ruiz, the minister, accused": who stands behind "whom".
                let whom = (first..end - 1).find(|&i| self.is(i, Role::Relative) && !self.is(i, Role::That | Role::Preposition | Role::Subordinator));
                if let Some(i) = whom
                    && self.el(i + 1).capital
                    && self.name_end((i + 1, end), i + 1) >= end
                {
                    best = Some((i + 1, end));
                    break;
                }
                if aside && stop && best.is_none() && e.role.any(Role::Preposition) && !e.role.any(Role::Relative) {
                    // "In Rome the senator, of the right, wrote"
                    best = self.main_subject(frame, first, end);
                    break;
                }
                // "It came a day after Vega, speaking in the port, said": the subject of the clause.
                if doing
                    && best.is_none()
                    && let Some(i) = (first + 1..end - 1).rev().find(|&i| self.is(i, Role::Subordinator | Role::That))
                    && self.el(i + 1).capital
                    && !self.is(i + 1, Role::Time | Role::Modal)
                    && self.noun_end((i + 1, end), i + 1) >= end
                {
                    best = Some((i + 1, end));
                    break;
                }
                doing = aside && self.ends_as(first, Role::Gerund);
                // "In March the chancellor, a lawyer before she was elected, said": not the lawyer.
                if aside
                    && let Some(noun) = best.filter(|b| self.is(b.0, Role::Article) && self.text(b.0).len() <= 2)
                    && e.role.any(Role::Preposition)
                    && let Some(main) = self.main_subject(frame, first, end).filter(|m| m.0 > first + 1 && m.1 == end && m.1 < noun.0)
                    && !self.is(main.0 - 1, Role::Preposition)
                {
                    best = Some(main);
                    break;
                }
                if aside {
                    // An introduction ends the search once a subject is known.
                    if best.is_some() && e.role.any(Role::Preposition | Role::Subordinator) && !e.role.any(Role::Relative) {
                        break;
                    }
                } else if let Some(r) = (first + 1..end.saturating_sub(1)).find(|&i| self.is(i, Role::Relative | Role::That) && self.contact(i - 1)) {
                    // "a claim which the spokesman, Mr Barry, dismissed"
                    if best.is_none() {
                        best = Some((r + 1, self.noun_end((r + 1, end), r + 1).min(end)));
                    }
                    break;
                } else if !clause && e.word {
                    // "one of her aides, Ana Ruiz, said", "her party's chairman, Ana Ruiz, said": the name.
                    let part = end > first + 2 && (e.role.any(Role::Determiner) || self.number(first)) && self.is(first + 1, Role::Of);
                    let owned = e.role.any(Role::Possessive) || (first..end).any(|i| self.clitic(i));
                    if (part || owned) && best.is_some_and(|b| b.1 > b.0 + 1 && self.el(b.0).capital && self.el(b.1 - 1).capital) {
                        break;
                    }
                    let noun = self.noun_end((first, end), first);
                    best = Some((first, noun.min(end)));
                    if joined {
                        break;
                    }
                } else if clause {
                    let parenthesis = self.el(end - 1).verb.is_some_and(|v| v.takes.any(VerbUse::Bare | VerbUse::That)) && end - first <= 4;
                    if parenthesis && !stop && best.is_none() {
                        end = s - 1;
                        continue;
                    }
                    // "It was the week when the loan was stopped and Vega, in the port, called": who stands behind "and".
                    let behind = |i: usize| {
                        let name = self.el(i).capital && !self.el(i - 2).capital && self.name_end((i, end), i) >= end;
                        let noun = self.is(i, Role::Article) && self.noun_end((i, end), i) >= end;
                        self.is(i - 1, Role::Conjunction) && (name || noun)
                    };
                    if best.is_none() {
                        best = (first + 2..end).rev().take(6).find(|&i| behind(i)).map(|i| (i, end));
                    }
                    if best.is_none() {
                        best = self.main_subject(frame, first, end);
                    }
                    break;
                }
            }
            if stop || best.is_some() && self.el(s - 1).mark == b'-' {
                break;
            }
            end = s - 1;
        }
        best
    }

    /// Whether marked words stand among the elements `[a, b)`.
    pub fn quoted_between(&self, a: usize, b: usize) -> bool {
        (a..b).any(|i| self.el(i).quote.is_some())
    }

    /// The subject of a verb that has none of its own beside it (`… and said`): that of the reporting verb before,
    /// else that of the sentence.
    fn earlier(&self, frame: (usize, usize), v: usize, floor: usize) -> Option<(usize, usize)> {
        if floor > frame.0 {
            return None;
        }
        let from = self.opener(frame, v);
        let begin = from.unwrap_or(frame.0);
        let mut first = None;
        for p in (begin..v).rev() {
            if self.el(p).quote.is_some() && first.is_some() {
                break;
            }
            let speaks = self.el(p).verb.is_some_and(|a| a.takes.any(VerbUse::Bare | VerbUse::That | VerbUse::Label | VerbUse::As | VerbUse::Object));
            if speaks && p + 1 < v && p > frame.0 && self.finite(frame, p) && !self.is(p - 1, Role::Conjunction | Role::Relative) {
                first = Some(p);
                if self.quoted_between(p, v) {
                    break;
                }
            }
        }
        if let Some(p) = first
            && let Some(subject) = self.subject_before(frame, p, begin)
        {
            return Some(subject);
        }
        // "Many were near when she turned to him and said": of the clause at hand.
        let opens = |i: &usize| {
            let i = *i;
            self.is(i, Role::Pronoun)
                && !self.is(i, Role::Object | Role::Relative)
                && self.is(i - 1, Role::Subordinator)
                && !self.is(i - 1, Role::Preposition | Role::As | Role::That)
                && (self.ends_as(i + 1, Role::Ended) || self.el(i + 1).verb.is_some_and(|a| a.form.any(Form::Past)))
        };
        if v > begin + 3
            && self.is(v - 1, Role::Conjunction)
            && let Some(i) = (begin + 1..v - 2).rev().take(REACH).take_while(|&i| self.el(i).quote.is_none()).find(opens)
        {
            return Some((i, i + 1));
        }
        // "It was in May that Vega lost his temper and accused her of": of the clause behind "that".
        let that = |i: &usize| {
            let name = *i + 1;
            self.is(*i, Role::That) && self.el(name).capital && !self.is(name, Role::Time | Role::Determiner) && self.clause_like(name, v)
        };
        if first.is_none()
            && v > begin + 3
            && self.is(v - 1, Role::Conjunction)
            && let Some(i) = (begin + 1..v - 2).rev().take(REACH).take_while(|&i| self.el(i).quote.is_none()).find(that)
        {
            return Some((i + 1, self.name_end(frame, i + 1)));
        }
        self.main_subject(frame, begin, v)
    }

    /// The subject of a participle or infinitive: "with X saying", "footage of X saying", else that of its clause.
    pub fn participle_subject(&self, frame: (usize, usize), v: usize) -> Option<(usize, usize)> {
        // "the minutes record Vega as saying", "a microphone caught her telling"
        if v > frame.0 + 1 && self.el(v).verb.is_some_and(|a| a.form.any(Form::Ing)) {
            if self.is(v - 1, Role::As) && !self.is(v - 1, Role::Time) {
                return if self.is(v - 2, Role::Object) { Some((v - 2, v - 1)) } else { self.left_noun(frame.0, v - 1) };
            }
            if self.is(v - 1, Role::Object) && !self.is(v - 1, Role::Hearer) && self.el(v - 2).word && !self.is(v - 2, Role::Preposition) {
                return Some((v - 1, v));
            }
        }
        // "prompting the bishop to urge"
        if v > frame.0 + 2
            && self.is(v - 1, Role::To)
            && let Some(cause) = (frame.0..v - 2).rev().take(CAUSED).take_while(|&i| !self.pause(i)).find(|&i| self.is(i, Role::Cause))
            && self.el(cause + 1).word
            && !(cause + 1..v - 1).any(|i| self.is(i, Role::To | Role::Conjunction | Role::Relative) || self.el(i).quote.is_some())
        {
            return self.left_noun(cause, v - 1).or(Some((cause + 1, v - 1)));
        }
        if v > frame.0
            && self.el(v - 1).word
            && self.el(v).verb.is_some_and(|a| a.form.any(Form::Ing))
            && !self.is(v - 1, Role::Preposition | Role::Conjunction | Role::Subordinator | Role::To | Role::Time)
            && !self.adverb(v - 1)
            && let Some((s, e)) = self.left_noun(frame.0, v)
            && s > frame.0
        {
            // "picked up Vega moaning"
            let senses =
                self.is(s - 1, Role::Senses) || s > frame.0 + 1 && self.is(s - 2, Role::Senses) && self.is(s - 1, Role::Preposition | Role::Adverb);
            if senses || self.is(s - 1, Role::With) || self.is(s - 1, Role::Of) && self.el(e - 1).capital {
                return Some((s, e));
            }
        }
        // "“…,” he told them, adding “…”": of the clause that reports what stands before it.
        let quoted = (frame.0..v).rev().take(REACH).find(|&i| self.el(i).quote.is_some());
        if let Some(subject) = quoted.and_then(|k| self.after((frame.0, v), k)).and_then(|c| c.subject) {
            return Some(subject);
        }
        match self.opener(frame, v) {
            Some(from) => self.main_subject(frame, from, v),
            None => self.main_subject(frame, frame.0, v).or_else(|| self.main_subject(frame, frame.0, frame.1)),
        }
    }

    /// Where the clause that holds element `v` begins when a comma and a conjunction or relative open it
    /// (`…, where he spoke and …`); `None` when it is the sentence's first.
    pub fn opener(&self, frame: (usize, usize), v: usize) -> Option<usize> {
        (frame.0 + 2..v).rev().find(|&i| {
            let subject = self.el(i);
            // "on Monday and Vega was"
            let opens = (self.el(i - 2).mark == b',' || self.is(i - 2, Role::Time) && self.is(i - 1, Role::Conjunction) && subject.capital)
                && self.is(i - 1, Role::Subordinator | Role::Conjunction)
                && !self.is(i - 1, Role::Preposition | Role::As);
            let starts = subject.capital && !subject.role.any(Role::Preposition) || subject.role.any(Role::Pronoun);
            opens && starts && self.clause_like(i, v)
        })
    }
    /// Whether the words from `i` to `v` look like a clause rather than the last member of a list: its first noun is
    /// followed by a word in lower case.
    fn clause_like(&self, i: usize, v: usize) -> bool {
        if self.is(i, Role::Pronoun) {
            return true;
        }
        let end = (i..v).find(|&j| !self.el(j).capital).unwrap_or(v);
        // "where Vega, more measured than most, takes"
        let aside =
            || self.is(i - 1, Role::Subordinator) && (end + 2..v - 1).any(|c| self.comma(c) && self.el(c + 1).word && !self.el(c + 1).capital);
        if end < v && self.comma(end) && aside() {
            return true;
        }
        end < v && self.el(end).word && !self.is(end, Role::Preposition | Role::Conjunction)
    }

    /// Whether the elements `[from, to)` only tell a time: "A month after that".
    fn when(&self, (from, to): (usize, usize)) -> bool {
        let time = |i: usize| self.number(i) || self.is(i, Role::Time);
        (from..to).all(|i| !self.el(i).word || time(i) || self.is(i, Role::Preposition | Role::Determiner)) && (from..to).any(time)
    }
    /// The subject of the clause that begins at `from`: what stands first after introductory phrases.
    pub fn main_subject(&self, frame: (usize, usize), from: usize, limit: usize) -> Option<(usize, usize)> {
        // "A month after that: “…”": nobody.
        if self.when((from, limit)) {
            return None;
        }
        let mut i = from;
        // "BOGOTÁ, Oct. 9 (Agency) -- Vega …": behind the dateline.
        let shout = |i: usize| self.el(i).word && self.text(i).chars().count() > 2 && !self.text(i).chars().any(char::is_lowercase);
        if from == frame.0
            && from < limit
            && shout(from)
            && let Some(dash) = (from + 1..limit.min(from + 14)).find(|&d| self.el(d).mark == b'-' && !self.glued(d))
        {
            i = dash;
        }
        // "For Ana Ruiz, of the union, the price is too high": whose opinion it is.
        if i + 3 < limit && self.is(i, Role::For) && self.el(i + 1).capital {
            let end = self.name_end(frame, i + 1).min(limit);
            if end > i + 2 && end < limit && self.comma(end) {
                return Some((i + 1, end));
            }
        }
        let mut guard = 0;
        while i < limit && guard < 8 {
            guard += 1;
            let e = self.el(i);
            if e.quote.is_some() || !e.word || e.role.any(Role::Conjunction) || self.number(i) && i + 1 < limit && !self.el(i + 1).word {
                i += 1;
                continue;
            }
            let past = self.past_time(i, limit);
            if past > i {
                i = past;
                continue;
            }
            // "Were the talks still on?", "Two days later comes": nobody.
            let time = i + 1 < limit && self.is(i + 1, Role::Time);
            let (counted, spelt) = (self.number(i) && time, self.cardinal(i) && time);
            // "Two days later came the answer from Vega", "Then comes the mayor's reply": whose it is.
            if (counted || spelt || self.adverb(i))
                && let Some(v) = (i + 1..limit.min(i + 5)).find(|&v| !self.is(v, Role::Time) && !self.adverb(v))
                && self.is(v, Role::Comes)
            {
                return self.whose_comes((frame.0, limit), v + 1);
            }
            // "three weeks after the vote, Vega"
            if spelt {
                i = (i..limit).find(|&c| self.pause(c))? + 1;
                continue;
            }
            if counted || i == from && e.role.any(Role::Be | Role::Have | Role::Do) && !e.role.any(Role::Pronoun | Role::Determiner | Role::Relative)
            {
                return None;
            }
            let intro = e.role.any(Role::Preposition | Role::Subordinator | Role::According | Role::Time)
                && !e.role.any(Role::Determiner | Role::Pronoun)
                || self.adverb(i)
                || self.ends_as(i, Role::Gerund) && !e.role.any(Role::Pronoun)
                || e.verb.is_some_and(|v| v.form.any(Form::Participle)) && guard == 1
                // "The day after the vote, Vega"
                || e.role.any(Role::Determiner)
                    && i + 2 < limit
                    && self.is(i + 1, Role::Time)
                    && self.is(i + 2, Role::Preposition | Role::Subordinator)
                    && (i + 2..limit).any(|c| self.pause(c));
            // "On 1 January the mayor", "In May Vega": behind a date with no comma.
            if e.role.any(Role::Preposition) {
                let past = (i + 1..limit).find(|&t| !self.number(t) && !self.is(t, Role::Time)).unwrap_or(limit);
                // "In New York the president, …": behind a place with no comma.
                let place = (i + 1..limit).find(|&t| !self.el(t).capital || self.is(t, Role::Time)).unwrap_or(limit);
                if e.role.any(Role::Place)
                    && !e.role.any(Role::With)
                    && place > i + 1
                    && place + 2 < limit
                    && self.is(place, Role::Article)
                    && !(place + 1..place + 3).any(|t| self.is(t, Role::Time))
                {
                    i = place;
                    continue;
                }
                let starts = |t: usize| self.is(t, Role::Determiner | Role::Pronoun) || self.el(t).capital && !self.is(t, Role::Preposition);
                if past > i + 1 && past < limit && starts(past) && !self.is(past, Role::Relative) {
                    i = past;
                    continue;
                }
            }
            // "Then she put up": the adverb is no phrase.
            let plain =
                self.adverb(i) && i + 1 < limit && self.is(i + 1, Role::Pronoun) && !self.is(i + 1, Role::Object | Role::Relative | Role::Determiner);
            if plain {
                i += 1;
                continue;
            }
            if intro {
                let first = (i..limit).find(|&c| self.pause(c));
                // "When Vega, a lawyer, won the vote, the mayor …": past the aside, and past the clause.
                let aside = first
                    .filter(|&c| self.is(i, Role::Subordinator) && self.el(i).word && c + 1 < limit && self.is(c + 1, Role::Article))
                    .and_then(|c| {
                        let end = (c + 1..limit).find(|&d| self.comma(d))?;
                        let acts = end + 1 < limit && self.el(end + 1).word && !self.el(end + 1).capital;
                        let acts = acts
                            && (self.el(end + 1).verb.is_some_and(|v| v.form.any(Form::Past))
                                || self.is(end + 1, Role::Be)
                                || self.ends_as(end + 1, Role::Ended)
                                || self.el(end + 1).role == Role(0));
                        (end + 1..limit).find(|&d| self.comma(d)).filter(|_| acts)
                    });
                match aside.or(first) {
                    Some(c) if c + 1 < limit => {
                        i = c + 1;
                        continue;
                    }
                    _ if self.adverb(i) => {
                        i += 1;
                        continue;
                    }
                    // "Then, turning to the man beside her: …": whoever spoke before.
                    _ if self.ends_as(i, Role::Gerund)
                        && !(i + 1..limit).any(|j| {
                            self.is(j, Role::Be | Role::Have | Role::Modal) || self.el(j).verb.is_some_and(|v| v.form.any(Form::Past | Form::Third))
                        }) =>
                    {
                        return None;
                    }
                    _ => {
                        // No comma: the subject follows the phrase's own noun.
                        let j = (i + 1..limit).find(|&j| {
                            self.is(j, Role::Pronoun | Role::Determiner) && j > i + 1 && !self.is(j - 1, Role::Preposition)
                                || self.el(j).capital && (self.is(j - 1, Role::Time | Role::Object) || self.number(j - 1)) && !self.is(j, Role::Time)
                        })?;
                        i = j;
                        continue;
                    }
                }
            }
            // "There followed a threat": nobody. "It was then that he …": he.
            if self.is(i, Role::Pronoun)
                && self.is(i, Role::Object)
                && i + 1 < limit
                && self.is(i + 1, Role::Be)
                && let Some(that) = (i + 2..limit.saturating_sub(1))
                    .find(|&t| self.is(t, Role::That) && (self.el(t + 1).capital || self.is(t + 1, Role::Pronoun) && !self.is(t + 1, Role::Object)))
            {
                let pronoun = self.is(that + 1, Role::Pronoun);
                return Some((that + 1, if pronoun { that + 2 } else { self.noun_end((from, limit), that + 1) }));
            }
            // "it is the king who, before his cadets, promises": he.
            if self.is(i, Role::Pronoun)
                && self.is(i, Role::Object)
                && i + 2 < limit
                && self.is(i + 1, Role::Be)
                && let Some(who) = (i + 3..limit.min(i + 10)).find(|&w| self.is(w, Role::Who))
                && self.noun_end((from, limit), i + 2) + 1 >= who
            {
                return Some((i + 2, who));
            }
            let end = self.noun_end((from, limit.min(frame.1)), i);
            // "And this, towards the end: “…”": nobody.
            let pointer =
                end == i + 1 && e.role.any(Role::Determiner) && !e.role.any(Role::Pronoun | Role::Article) && end < limit && self.comma(end);
            return (end > i && !pointer).then_some((i, end));
        }
        None
    }
    /// "came the mayor's reply", "came the answer from Vega": whose it is, else the noun at `i` itself.
    fn whose_comes(&self, frame: (usize, usize), i: usize) -> Option<(usize, usize)> {
        self.owner_comes(frame, i).or_else(|| self.subject_after(frame, i))
    }
    /// The same, where the words tell whose.
    fn owner_comes(&self, frame: (usize, usize), i: usize) -> Option<(usize, usize)> {
        let to = (i..frame.1.min(i + 10)).find(|&j| !self.el(j).word).unwrap_or(frame.1.min(i + 10));
        if let Some(c) = (i + 1..to).find(|&c| self.clitic(c)) {
            return self.left_noun(i, c);
        }
        let from = (i + 1..to).find(|&j| self.is(j, Role::From | Role::By))?;
        self.subject_after(frame, from + 1)
    }
    /// "A decade ago the same Vega …": behind a length of time with no comma behind it; `i` where there is none.
    fn past_time(&self, i: usize, limit: usize) -> usize {
        // "the following week"
        let first = i + 1 + usize::from(i + 3 < limit && !self.is(i + 1, Role::Time) && self.is(i + 1, Role::Preposition | Role::Adverb));
        if !(self.is(i, Role::Determiner) || self.number(i)) || i + 2 >= limit || !self.is(first, Role::Time) {
            return i;
        }
        let j = (first..limit).find(|&j| !self.is(j, Role::Time) && !self.adverb(j)).unwrap_or(limit);
        // "The day after, Vega …"
        if j + 1 < limit && self.is(j, Role::Preposition | Role::Subordinator) && self.comma(j + 1) {
            return j + 1;
        }
        let goes_on = j < limit && (self.comma(j) || self.is(j, Role::Determiner | Role::Pronoun) || self.el(j).capital);
        if goes_on { j } else { i }
    }
    /// "It was followed by a warning": nobody speaks.
    pub fn impersonal(&self, frame: (usize, usize), i: usize) -> bool {
        i + 2 < frame.1
            && self.neuter(i)
            && self.is(i + 1, Role::Be)
            && !(i + 2..frame.1).any(|j| self.is(j, Role::That | Role::Who) || self.el(j).verb.is_some_and(VerbAt::closes))
    }
    /// it, its
    pub fn neuter(&self, i: usize) -> bool {
        let pronoun = self.doc.lang.name.pronoun(self.doc.tokens[self.els[i].tok()].word);
        pronoun.is_some_and(|p| p.gender == Gender::Neuter)
    }
    /// "There followed", "there came": the sentence has no subject that speaks.
    pub fn expletive(&self, frame: (usize, usize), i: usize) -> bool {
        i == frame.0 && i + 1 < frame.1 && self.is(i, Role::Expletive) && self.el(i + 1).word
    }
}

fn is_quote_mark(mark: char) -> bool {
    matches!(mark, '"' | '\'' | '`' | '“' | '”' | '‘' | '’' | '„' | '«' | '»')
}

/// Whether an element alone can be a finite verb, wherever it stands.
fn tensed(e: &El) -> bool {
    e.role.any(Role::Be | Role::Have | Role::Do | Role::Modal) || e.verb.is_some_and(|v| v.form.any(Form::Past | Form::Third))
}
