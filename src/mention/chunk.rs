//! Tokens → the stretches that name somebody: names with their titles, noun phrases for people,
//! bodies and documents, pronouns. One pass; whom they name is left to [`super::cluster`].

use super::{Traits, has};
use crate::actor::index::Index;
use crate::annotation::{ActorId, Gender, Quote, QuoteKind, Sentence};
use crate::bits;
use crate::doc::Doc;
use crate::language::name::{Case, CountryId, Entries, NOWHERE, NameWords, Noun, NounKind, Office, PhraseKind, Pronoun, Title, fact, flag};
use crate::language::quote::{Form, Role};
use crate::language::time::Class;
use crate::language::vocab::{WordId, name_key};
use crate::span::Span;
use crate::token::{Shape, Token, TokenKind};
use std::ops::Deref;

/// What a stretch names, as far as its own words tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sort {
    Pronoun,
    /// A person's name.
    Person,
    /// A body's name, or a place's (never speaking) where `noun` says so.
    Body,
    /// A country, capital.
    Country,
    /// A noun phrase.
    Description,
}

/// How a noun phrase begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Opening {
    Bare,
    Definite,
    Indefinite,
    /// After a possessor.
    Possessed,
}

/// One stretch.
#[derive(Clone, Copy, Debug)]
pub(super) struct Raw {
    pub sort: Sort,
    pub span: Span,
    /// What the words round it tell.
    pub traits: Traits,
    /// The name without titles.
    pub name: Span,
    /// Name keys, in [`Chunks::keys`].
    pub keys: (u32, u32),
    /// Lemmas of titles, offices and party adjectives, in [`Chunks::roles`].
    pub roles: (u32, u32),
    pub sentence: u32,
    pub noun: Option<Noun>,
    pub office: Option<Office>,
    pub country: CountryId,
    pub geo: Option<PhraseKind>,
    pub gender: Gender,
    pub opening: Opening,
    /// Its capital may only be the sentence's, or a headline's.
    pub doubtful: bool,
    /// A first name or a title says that it is a person.
    pub sure: bool,
    /// The actor of whom it is an alias.
    pub alias: Option<ActorId>,
}

impl Deref for Raw {
    type Target = Traits;
    fn deref(&self) -> &Traits {
        &self.traits
    }
}

#[derive(Debug, Default)]
pub(super) struct Chunks {
    pub raws: Vec<Raw>,
    /// Which of them are names of persons or bodies.
    pub names: Vec<u32>,
    /// Bits of [`flag`] and [`fact`] by token, below further ones.
    pub facts: Vec<u64>,
    pub keys: Vec<u64>,
    pub roles: Vec<WordId>,
    /// Where each quotation ends.
    pub ends: Vec<u32>,
}

#[derive(Clone, Copy, Debug)]
enum Part {
    /// A capitalised word of a name.
    Name,
    /// Country, demonym, capital, place, seat, known body.
    Geo(PhraseKind, CountryId),
    /// Party or creed.
    Party,
    /// Title or noun.
    Role(Entries),
    /// Any other word.
    Other,
}

#[derive(Clone, Copy, Debug)]
struct Piece {
    part: Part,
    from: usize,
    to: usize,
    capital: bool,
    /// A word no table of this stage knows.
    unknown: bool,
}

/// What a [`Piece`] is, as bits; none where there is no piece.
mod is {
    pub const NAME: u8 = 1;
    pub const GEO: u8 = 1 << 1;
    pub const PARTY: u8 = 1 << 2;
    pub const ROLE: u8 = 1 << 3;
    pub const OTHER: u8 = 1 << 4;
    pub const CAPITAL: u8 = 1 << 5;
    pub const UNKNOWN: u8 = 1 << 6;
    /// Several words, or small letters inside a name.
    pub const LONG: u8 = 1 << 7;
    /// Of capitalised words of a name, and nothing else.
    pub const PLAIN: u8 = NAME | CAPITAL;
}

impl Piece {
    fn name(at: usize) -> Piece {
        Piece { part: Part::Name, from: at, to: at + 1, capital: true, unknown: false }
    }
    fn other(from: usize, to: usize) -> Piece {
        Piece { part: Part::Other, from, to, capital: false, unknown: false }
    }
    /// Bits of [`is`].
    fn bits(&self) -> u8 {
        let part = match self.part {
            Part::Name => is::NAME,
            Part::Geo(..) => is::GEO,
            Part::Party => is::PARTY,
            Part::Role(..) => is::ROLE,
            Part::Other => is::OTHER,
        };
        part | if self.capital { is::CAPITAL } else { 0 } | if self.unknown { is::UNKNOWN } else { 0 }
    }
}

/// What a token looks like: bits above those of [`flag`] and [`fact`].
mod look {
    use crate::language::name::fact;
    use crate::token::{Shape, Token, TokenKind};

    pub const WORD: u64 = 1 << 49;
    pub const NUMBER: u64 = 1 << 50;
    pub const MARK: u64 = 1 << 51;
    /// A word in small letters.
    pub const SMALL: u64 = 1 << 52;
    /// Its first letter is a capital.
    pub const CAPITAL: u64 = 1 << 53;
    /// Of [`Shape::Title`].
    pub const TITLE: u64 = 1 << 54;
    /// Of [`Shape::Upper`].
    pub const UPPER: u64 = 1 << 55;
    /// A paragraph begins with it.
    pub const NEWLINE: u64 = 1 << 56;
    /// A phrase that begins with it may come to something that names. Two bits.
    pub const REACHES: u64 = 3 << 57;

    pub use fact::{CLITIC, COMMA, HYPHEN, POINT};

    /// By kind and shape: what holds of a token beside the facts of its word, and where its [`fact::STEP`] stands.
    pub struct Forms([(u64, u32); 16]);

    impl Forms {
        /// `any`: any capital may begin a term, one of the actors' own countries.
        pub fn new(any: bool) -> Forms {
            let capital = WORD | CAPITAL | fact::BEGINS | if any { fact::NAMES << fact::CAPITAL } else { 0 };
            let mut forms = [(0, 0); 16];
            for shape in [Shape::Lower, Shape::Title, Shape::Upper, Shape::None] {
                forms[place(TokenKind::Number, shape)] = (NUMBER | fact::BEGINS | fact::PASSES << NUMBERS, NUMBERS);
                forms[place(TokenKind::Mark, shape)] = (MARK, fact::MARK);
                forms[place(TokenKind::Word, shape)] = match shape {
                    Shape::Title => (capital | TITLE, fact::CAPITAL),
                    Shape::Upper => (capital | UPPER, fact::CAPITAL),
                    _ => (WORD | SMALL, fact::SMALL),
                };
            }
            Forms(forms)
        }
        /// What holds of `token`, whose word has these `facts`, and its [`fact::STEP`].
        #[inline]
        pub fn of(&self, token: &Token, facts: u64) -> (u64, u64) {
            let (more, step) = self.0[place(token.kind, token.shape)];
            let facts = facts | more | (u64::from(token.newline) * NEWLINE);
            (facts, facts >> step & fact::STEP)
        }
    }

    /// Where the step of a number stands, as of the marks that have none.
    const NUMBERS: u32 = 59;

    #[inline]
    fn place(kind: TokenKind, shape: Shape) -> usize {
        (kind as usize * 4 + shape as usize) % 16
    }
}

/// Whether a token of these facts is a noun and nothing else.
fn bare_noun(facts: u64) -> bool {
    facts as u32 & (flag::NOUN | flag::VERBAL | flag::STOP) == flag::NOUN
}

/// How a sentence is written.
#[derive(Clone, Copy, PartialEq)]
enum Style {
    Running,
    /// Most words carry a capital: capitals tell nothing.
    Headline,
}

pub(super) struct Chunker<'a, 'q> {
    doc: &'a Doc<'a>,
    words: &'a NameWords,
    tokens: &'a [Token],
    /// Bits of [`flag`], [`fact`] and [`look`] by token: each is asked for several times.
    facts: Vec<u64>,
    /// Tokens with which a phrase or a pronoun can begin, as bits.
    starts: Vec<u64>,
    /// Words of some length in small letters, as bits.
    small: Vec<u64>,
    index: &'a Index,
    /// The actors' countries have terms that the general table lacks.
    terms: bool,
    quotes: &'q [Quote],
    pieces: Vec<Piece>,
    /// What those are, as bits of [`is`].
    all: u8,
    out: Chunks,
    next_quote: usize,
    around: Around,
}

/// A stretch without an edge of a quotation in it, and where it lies.
#[derive(Clone, Copy)]
struct Around {
    span: Span,
    /// The quotation.
    quote: Option<u32>,
    /// Of [`has`]: in marks, in a reported clause outside them.
    bits: u32,
}

/// Longest aside between a subject and its verb, in tokens.
const ASIDE: usize = 22;
/// A capitalised word with none of these is part of a name.
const SPECIAL: u64 =
    (flag::PHRASE | flag::STOP | flag::CALENDAR | flag::MUTE | flag::COMMON | flag::TITLE | flag::NOUN | flag::PARTY | flag::ADJECTIVE) as u64;
/// Tokens from the preposition behind a name to the comma or verb behind its complement, at most.
const COMPLEMENT: usize = 7;
/// Unknown words between an article and its noun, at most.
const UNKNOWN: u32 = 3;
/// Tokens back to a single mark that an apostrophe may close, at most.
const OPENED: usize = 64;
/// Longest noun phrase, in tokens.
const LONGEST: usize = 16;

pub(super) fn chunks(doc: &Doc, quotes: &[Quote]) -> Chunks {
    let mut c = Chunker::new(doc, quotes);
    c.out.raws.reserve(doc.tokens.len() / 5);
    c.out.names.reserve(doc.tokens.len() / 12);
    c.out.keys.reserve(doc.tokens.len() / 8);
    c.out.roles.reserve(doc.tokens.len() / 12);
    c.out.ends.extend(quotes.iter().map(|q| q.outer.end));
    for n in 0..doc.sentences.len() {
        c.sentence(n);
    }
    Chunks { facts: c.facts, ..c.out }
}

/// What the tokens of a document are.
struct Survey {
    /// [`Chunker::facts`].
    facts: Vec<u64>,
    /// [`Chunker::starts`].
    starts: Vec<u64>,
    /// [`Chunker::small`].
    small: Vec<u64>,
}

/// One look at every token, from the last to the first, without a branch for each: what it is, and whether something can begin with it.
#[inline(never)]
fn survey(doc: &Doc, index: &Index) -> Survey {
    let tokens = doc.tokens;
    let blocks = tokens.len() / 64 + 1;
    let (mut facts_of, mut starts, mut small) = (vec![0; tokens.len()], vec![0; blocks], vec![0; blocks]);
    let (forms, words) = (look::Forms::new(index.has_terms()), doc.lang.name.reader());
    // Any word may be an alias behind its article.
    let alone = u64::from(flag::PRONOUN | if index.has_epithets() { flag::DETERMINER } else { 0 });
    // How far the steps reach: 0 = to nothing that names, 2 or 3 = to a hyphen that comes next, behind which anything may.
    let mut reach = 0;
    for (block, tokens) in tokens.chunks(64).enumerate().rev() {
        let facts_of = &mut facts_of[block * 64..][..tokens.len()];
        let (mut begins, mut lower) = (0, 0);
        for n in (0..tokens.len()).rev() {
            let token = &tokens[n];
            let (facts, step) = forms.of(token, words.facts(token.word));
            reach = (step + reach) / 2;
            facts_of[n] = facts | reach << look::REACHES.trailing_zeros();
            let phrase = facts >> fact::BEGINS.trailing_zeros() & (reach | reach >> 1) & 1;
            begins = begins << 1 | phrase | u64::from(facts & alone != 0);
            // More than three bytes: the difference is negative.
            let long = 3u32.wrapping_sub(token.span.end - token.span.start) >> 31;
            lower = lower << 1 | facts >> look::SMALL.trailing_zeros() & u64::from(long);
        }
        (starts[block], small[block]) = (begins, lower);
    }
    Survey { facts: facts_of, starts, small }
}

/// Contains no span.
const NOTHING: Span = Span { start: u32::MAX, end: 0 };

impl<'a, 'q> Chunker<'a, 'q> {
    fn new(doc: &'a Doc<'a>, quotes: &'q [Quote]) -> Self {
        let index = doc.actors.index(doc.lang);
        let Survey { facts, starts, small } = survey(doc, index);
        Chunker {
            doc,
            words: &doc.lang.name,
            tokens: doc.tokens,
            facts,
            starts,
            small,
            index,
            terms: index.has_terms(),
            quotes,
            pieces: Vec::with_capacity(LONGEST),
            all: 0,
            out: Chunks::default(),
            next_quote: 0,
            around: Around { span: NOTHING, quote: None, bits: 0 },
        }
    }
    fn facts(&self, at: usize) -> u64 {
        self.facts.get(at).copied().unwrap_or(0)
    }
    fn flags(&self, at: usize) -> u32 {
        self.facts(at) as u32
    }
    fn text(&self, at: usize) -> &str {
        self.tokens[at].of(self.doc.text)
    }
    fn key(&self, at: usize) -> u64 {
        name_key(self.doc.text, self.tokens[at].span)
    }
    fn is_hyphen(&self, at: usize) -> bool {
        self.facts(at) & look::HYPHEN != 0 && !self.tokens[at].spaced
    }
    fn is_comma(&self, at: usize) -> bool {
        self.facts(at) & look::COMMA != 0
    }
    fn is_capital(&self, at: usize) -> bool {
        self.facts(at) & look::CAPITAL != 0
    }
    fn is_clitic(&self, at: usize) -> bool {
        self.facts(at) & look::CLITIC != 0
    }
    fn sentence(&mut self, n: usize) {
        let s = &self.doc.sentences[n];
        let (first, last) = (s.first as usize, s.last as usize);
        let style = self.style(first, last);
        let mut at = first;
        let mut opening = Opening::Bare;
        while at < last {
            // Most words: nothing begins with them, unless something before them has opened a phrase.
            if opening == Opening::Bare {
                at = bits::next(&self.starts, at, last);
                if at == last {
                    break;
                }
            }
            let facts = self.facts[at];
            let pronoun = facts & (u64::from(flag::PRONOUN) | look::WORD) == u64::from(flag::PRONOUN) | look::WORD;
            if pronoun
                && !(facts & look::UPPER != 0 && self.tokens[at].span.len() > 1)
                && let Some(pronoun) = self.words.pronoun(self.tokens[at].word)
            {
                self.pronoun(at, n, pronoun);
                opening = if matches!(pronoun.case, crate::language::name::Case::Possessive) || pronoun.gender == Gender::Female {
                    Opening::Possessed
                } else {
                    Opening::Bare
                };
                at += 1;
                continue;
            }
            let phrase = if facts & look::MARK == 0 && facts & (look::REACHES | u64::from(flag::DETERMINER)) != 0 {
                self.phrase(at, first, last, n, style, opening)
            } else {
                None
            };
            match phrase {
                Some((next, after)) => {
                    at = next.max(at + 1);
                    opening = after;
                }
                None => {
                    at += 1;
                    opening = Opening::Bare;
                }
            }
        }
    }
    fn style(&self, first: usize, last: usize) -> Style {
        // So many small letters are too many for a headline.
        if bits::count(&self.small, first..last) * 10 > (last - first) * 3 {
            return Style::Running;
        }
        let (mut words, mut capital, mut upper) = (0, 0, 0);
        for t in &self.tokens[first..last] {
            let word = u32::from((t.kind == TokenKind::Word) & (t.span.len() > 3));
            words += word;
            capital += word & u32::from(t.capital());
            upper += word & u32::from(t.shape == Shape::Upper);
        }
        // A headline has no full stop; short sentences may be all names.
        let stopped = last > first && self.facts[last - 1] & look::POINT != 0;
        let title = !stopped && words >= 4 && capital * 10 >= words * 7;
        if title || (words >= 3 && upper * 10 >= words * 7) { Style::Headline } else { Style::Running }
    }
    /// Where `span` lies among the quotations.
    fn around(&mut self, span: Span) -> Around {
        if !self.around.span.contains(span) {
            self.around = self.look_around(span);
        }
        self.around
    }
    #[inline(never)]
    fn look_around(&mut self, span: Span) -> Around {
        while self.next_quote < self.quotes.len() && self.quotes[self.next_quote].span.end <= span.start {
            self.next_quote += 1;
        }
        let quote = self.quotes.get(self.next_quote).filter(|q| q.kind != QuoteKind::Indirect && q.span.contains(span));
        let quote = quote.map(|_| self.next_quote as u32);
        let mut stretch = Span { start: 0, end: u32::MAX };
        let (mut cut, mut reported) = (false, false);
        for q in self.quotes[self.next_quote.saturating_sub(1)..].iter().take(2) {
            let content = q.content.unwrap_or(q.span);
            let (marked, clause) = (q.span.contains(span), content.contains(span));
            reported |= clause & !marked | marked & (q.kind == QuoteKind::Indirect);
            for edge in [q.span.start, q.span.end, content.start, content.end] {
                let (before, behind) = (edge <= span.start, edge >= span.end);
                stretch.start = stretch.start.max(if before { edge } else { 0 });
                stretch.end = stretch.end.min(if behind { edge } else { u32::MAX });
                cut |= !before & !behind;
            }
        }
        let bits = has::given(quote.is_some(), has::QUOTED) | has::given(reported, has::REPORTED);
        Around { span: if cut { NOTHING } else { stretch }, quote, bits }
    }
    /// A stretch of which only its place and what stands round it is known.
    fn blank(&mut self, from: usize, to: usize, sentence: usize) -> Raw {
        let mut raw = self.bare(from, to, sentence);
        let Sentence { first, last, .. } = self.doc.sentences[sentence];
        let (first, last) = (first as usize, last as usize);
        if !raw.subject() && (self.verb_follows(from, to, last) || self.inverted(from, first) || self.asked(from, first)) {
            raw.traits.bits |= has::SUBJECT;
        }
        raw
    }
    /// The same, without a look for its verb.
    fn bare(&mut self, from: usize, to: usize, sentence: usize) -> Raw {
        let span = Span { start: self.tokens[from].span.start, end: self.tokens[to - 1].span.end };
        let (keys, roles) = (self.out.keys.len() as u32, self.out.roles.len() as u32);
        let (before, behind) = (if from > 0 { self.facts[from - 1] } else { 0 }, self.facts(to));
        // "for the Turk to leave": he is the one who acts.
        let acts = behind & (u64::from(flag::INFINITIVE) | look::NEWLINE) == u64::from(flag::INFINITIVE)
            && from > 0
            && self.doc.lang.quote.role(self.tokens[from - 1].word).any(Role::For);
        let oblique = (before & u64::from(flag::PREPOSITION) != 0) & (self.facts[from] & look::NEWLINE == 0) & !acts;
        let around = self.around(span);
        let bits =
            around.bits | has::given(acts, has::SUBJECT) | has::given(oblique, has::OBLIQUE) | has::given(behind & look::CLITIC != 0, has::POSSESSOR);
        let traits = Traits { first: from as u32, last: to as u32, extent: span, pronoun: None, quote: around.quote, within: None, bits };
        Raw {
            sort: Sort::Description,
            span,
            traits,
            name: span,
            keys: (keys, keys),
            roles: (roles, roles),
            sentence: sentence as u32,
            noun: None,
            office: None,
            country: NOWHERE,
            geo: None,
            gender: Gender::Unknown,
            opening: Opening::Bare,
            doubtful: false,
            sure: false,
            alias: None,
        }
    }
    fn emit(&mut self, raw: Raw) {
        if matches!(raw.sort, Sort::Person | Sort::Body) {
            self.out.names.push(self.out.raws.len() as u32);
        }
        self.out.raws.push(raw);
    }
    /// "Did Ana Ruiz regret it?"
    fn asked(&self, from: usize, first: usize) -> bool {
        from == first + 1 && self.doc.lang.quote.role(self.tokens[first].word).any(Role::Do | Role::Have | Role::Modal)
    }
    /// Behind a reporting verb that opens a clause: "Not so, said Ana Ruiz."
    fn inverted(&self, from: usize, first: usize) -> bool {
        let mut from = from;
        // "said the city's Ana Ruiz"
        if from > first + 3 && self.is_clitic(from - 1) {
            from -= 2;
            while from > first + 1 && (self.tokens[from - 1].capital() || self.flags(from - 1) & flag::DETERMINER != 0) {
                from -= 1;
            }
        }
        let speech = crate::language::quote::VerbUse::Quote;
        from > first + 1
            && self.facts[from - 2] & look::MARK != 0
            && self.flags(from - 1) & flag::VERB != 0
            && self.doc.lang.quote.verb_at(self.tokens, from - 1).is_some_and(|v| {
                v.len == 1
                    && v.form.any(Form::Past | Form::Third)
                    && self.doc.lang.quote.verb_of(v).takes.any(speech)
                    && !self.doc.lang.quote.verb_of(v).takes.any(crate::language::quote::VerbUse::Hearer)
            })
    }
    /// A finite verb right behind, or behind one adverb.
    fn verb_follows(&self, from: usize, to: usize, last: usize) -> bool {
        const FURTHER: u64 = (flag::ADVERB | flag::PREPOSITION | flag::PRONOUN) as u64 | look::COMMA | fact::WHO | fact::TIME | fact::BEFORE_TIME;
        self.is_verb(to, last) || self.facts(to) & FURTHER != 0 && self.verb_further(from, to, last)
    }
    /// A verb of the tables, or a word that has an ending of the past and nothing against it.
    #[inline]
    fn is_verb(&self, at: usize, last: usize) -> bool {
        const AGAINST: u64 = look::CAPITAL | look::MARK | (flag::STOP | flag::NOUN | flag::ADJECTIVE) as u64;
        let facts = self.facts(at);
        facts as u32 & (flag::VERB | flag::AUXILIARY) != 0
            || facts & AGAINST == 0 && at < last && self.doc.lang.quote.ends_as(self.text(at), Role::Ended)
    }
    /// A verb, by itself or behind an adverb, or "who".
    fn acts(&self, at: usize, last: usize) -> bool {
        // "A diplomat who served there says": the clause of "who" has its own verb, and the sentence another.
        self.is_verb(at, last)
            || self.flags(at) & flag::ADVERB != 0 && self.is_verb(at + 1, last)
            || at < last && self.facts[at] & (fact::WHO | look::CAPITAL) == fact::WHO
    }
    /// [`Chunker::verb_follows`], where no verb stands right behind.
    #[inline(never)]
    fn verb_further(&self, from: usize, to: usize, last: usize) -> bool {
        let comma = |at: usize| self.is_comma(at);
        if to >= last {
            return false;
        }
        // "Vega himself never said"
        if self.words.pronoun(self.tokens[to].word).is_some_and(|p| p.case == Case::Reflexive) {
            return self.verb_follows(from, to + 1, last);
        }
        // "Vega of the Green List, who was ill, said"
        if self.flags(to) & flag::PREPOSITION != 0
            && self.is_capital(from)
            && self.doc.lang.quote.role(self.tokens[to].word).any(Role::Of | Role::From)
        {
            const NAMES: u32 = flag::DETERMINER | flag::ADJECTIVE | flag::NOUN | flag::TAIL;
            let names =
                |at: &usize| self.is_capital(*at) && self.facts[*at] & look::MARK == 0 || self.flags(*at) & NAMES != 0 && !self.is_verb(*at, last);
            let end = to + 1 + (to + 1..last.min(to + COMPLEMENT)).take_while(names).count();
            return end < last && end > to + 1 && (comma(end) && self.verb_further(from, end, last) || self.is_verb(end, last));
        }
        if self.acts(to, last) {
            return true;
        }
        // "Vega on Tuesday offered", "Vega late Friday said"
        let time = |at: usize| at < last && self.facts[at] & fact::TIME != 0;
        let begin = if self.facts[to] & fact::BEFORE_TIME != 0 && time(to + 1) { to + 1 } else { to };
        let end = (begin..last.min(to + 4)).find(|&at| !time(at)).unwrap_or(last.min(to + 4));
        if end > to && end < last && self.acts(end, last) {
            return true;
        }
        if !comma(to) {
            return false;
        }
        // "Vega's successor, Ana Ruiz, said": the name is the aside.
        if to + 1 < last && from > 1 && comma(from - 1) && self.tokens[from - 2].is_word() && self.acts(to + 1, last) {
            return true;
        }
        // "Vega, a lawyer, said", "Vega, who was ill, said": behind the comma that ends the aside.
        if to + 2 >= last || self.flags(to + 1) & flag::JOIN != 0 {
            return false;
        }
        // "Vega, when asked, said": a clause of its own only where it is short.
        let reach = if self.flags(to + 1) & (flag::CONJUNCTION | flag::PRONOUN) == flag::CONJUNCTION { ASIDE / 4 } else { ASIDE };
        // A present form that no table knows.
        let present = |at: usize| {
            at < last
                && self.flags(at) & (flag::STOP | flag::NOUN | flag::TITLE | flag::ADJECTIVE) == 0
                && !self.is_capital(at)
                && self.doc.lang.quote.ends_as(self.text(at), Role::Plural)
        };
        let end = (to + 2..last.min(to + reach)).find(|&at| comma(at) && (self.acts(at + 1, last) || present(at + 1)));
        end.is_some_and(|at| at + 1 < last)
    }
    fn pronoun(&mut self, at: usize, sentence: usize, pronoun: Pronoun) {
        let mut raw = self.bare(at, at + 1, sentence);
        raw.sort = Sort::Pronoun;
        raw.gender = pronoun.gender;
        raw.traits.pronoun = Some(pronoun);
        let subject = matches!(pronoun.case, Case::Subject);
        raw.traits.bits = raw.traits.bits & !has::SUBJECT | has::given(subject, has::SUBJECT);
        self.emit(raw);
    }
    /// What a name that ends in the word at `at` stands for.
    fn tail(&self, at: usize) -> Option<NounKind> {
        if self.flags(at) & flag::TAIL == 0 { None } else { self.words.tail(self.tokens[at].word) }
    }
    /// The longest known term at `at`, whose capitals fit: kind, country, end.
    fn geo(&self, at: usize, last: usize, style: Style) -> Option<(PhraseKind, CountryId, usize)> {
        let token = self.tokens[at];
        let begins = self.flags(at) & flag::PHRASE != 0;
        let phrases = if begins { self.words.phrases_at(token.word) } else { &[] };
        let second = self.tokens.get(at + 1).map_or(WordId::NONE, |t| t.word);
        for phrase in phrases {
            if phrase.words.len() > 1 && phrase.second != second {
                continue;
            }
            if phrase.capital && !token.capital() {
                continue;
            }
            if phrase.upper && token.shape != Shape::Upper {
                continue;
            }
            if !phrase.upper
                && phrase.capital
                && phrase.words.len() == 1
                && token.shape == Shape::Upper
                && style == Style::Running
                && token.span.len() < 4
            {
                continue;
            }
            let end = at + phrase.words.len();
            // The first two are known to be the same.
            let rest = || phrase.words.iter().zip(&self.tokens[at..end]).skip(2).all(|(w, t)| *w == t.word && !t.newline);
            if end <= last && (phrase.words.len() < 2 || !self.tokens[at + 1].newline && rest()) {
                // A capitalised term of several words is capitalised throughout.
                if phrase.capital && phrase.words.len() > 1 && !self.tokens[end - 1].capital() {
                    continue;
                }
                return Some((phrase.kind, phrase.country, end));
            }
        }
        if !token.capital() {
            return None;
        }
        if !self.terms {
            return None;
        }
        for term in self.index.terms_at(self.key(at)) {
            let end = at + 1 + term.rest.len();
            if end <= last && term.rest.iter().zip(&self.tokens[at + 1..end]).all(|(k, t)| *k == name_key(self.doc.text, t.span)) {
                return Some((term.kind, term.country, end));
            }
        }
        None
    }
    /// A noun phrase or name at `at`: where to go on, and how what follows begins.
    fn phrase(&mut self, at: usize, first: usize, last: usize, sentence: usize, style: Style, before: Opening) -> Option<(usize, Opening)> {
        let mut opening = before;
        let mut from = at;
        let flags = self.flags(at);
        if flags & flag::DETERMINER != 0 {
            // An article: indefinite where it is a single letter or the word for one.
            opening = if self.tokens[at].span.len() <= 2 { Opening::Indefinite } else { Opening::Definite };
            from = at + 1;
        }
        if from == at + 1
            && self.facts(from) & look::NUMBER != 0
            && opening == Opening::Definite
            && let Some(end) = self.age(from, last)
        {
            let goes_on = end < last
                && !self.tokens[end].newline
                && (self.tokens[end].capital() || self.flags(end) & (flag::NOUN | flag::TITLE | flag::ADJECTIVE) != 0)
                && self.flags(end) & (flag::STOP & !flag::VERB) == 0
                && !(self.flags(end) & flag::VERB != 0 && self.flags(end) & (flag::NOUN | flag::TITLE) == 0);
            if !goes_on {
                let mut raw = self.blank(at, end, sentence);
                raw.opening = opening;
                raw.noun = Some(Noun { kind: NounKind::Person, gender: Gender::Unknown, plural: false, lemma: WordId::NONE });
                raw.gender = self.told_by_possessive(raw.gender, NounKind::Person, end);
                self.emit(raw);
                return Some((end, Opening::Bare));
            }
            from = end;
        }
        const COUNTS: u64 = flag::QUANTIFIER as u64 | look::NUMBER;
        while from < last && self.facts[from] & look::NEWLINE == 0 && self.facts[from] & COUNTS != 0 {
            if opening == Opening::Bare {
                opening = Opening::Indefinite;
            }
            from += 1;
        }
        // "the three-term president"
        let glued = |k: usize| k + 1 < last && self.is_hyphen(k) && self.facts[k + 1] & look::WORD != 0 && !self.tokens[k + 1].spaced;
        if from > at + 1 && glued(from) {
            from += 2;
        }
        if from == at + 1
            && opening == Opening::Definite
            && let Some((actor, end)) = self.alias(from, last)
        {
            let mut raw = self.blank(at, end, sentence);
            raw.opening = opening;
            raw.noun = Some(Noun { kind: NounKind::Person, gender: Gender::Unknown, plural: false, lemma: WordId::NONE });
            raw.alias = Some(actor);
            self.emit(raw);
            return Some(if self.is_clitic(end) { (end + 1, Opening::Possessed) } else { (end, Opening::Bare) });
        }
        if !self.collect(from, first, last, style, opening != Opening::Bare) {
            return None;
        }
        // The article belongs to the phrase unless unknown words stand between.
        let begin = match self.pieces.first() {
            Some(piece) if piece.from > from => piece.from,
            _ => at,
        };
        let emitted = self.out.raws.len();
        let next = self.analyse(begin, first, sentence, style, opening)?;
        if let [raw] = self.out.raws[emitted..]
            && raw.sort == Sort::Description
        {
            let none = opening == Opening::Indefinite
                && self.flags(at) & flag::QUANTIFIER != 0
                && self.doc.lang.quote.role(self.tokens[at].word).any(Role::Zero);
            let owns = self.is_clitic(next) && self.is_capital(next + 1) && raw.noun.is_some_and(|noun| noun.plural);
            // "Women's Day", "the Workers' Party": a name of which they are a part.
            let part = match owns && !none {
                true if self.is_unit(next + 1) => Some((next + 2, Opening::Bare)),
                true if self.tail(next + 1).is_some() => Some((next + 1, opening)),
                _ => None,
            };
            // "No mayor came": nobody.
            if none || part.is_some() {
                self.out.raws.pop();
            }
            if part.is_some() {
                return part;
            }
        }
        Some(if self.is_clitic(next) { (next + 1, Opening::Possessed) } else { (next, Opening::Bare) })
    }
    /// Whether the mark at `at` is the apostrophe of a plural owner, and closes no quotation.
    fn is_plural_owner(&self, at: usize) -> bool {
        let apostrophe = |t: &Token| matches!(t.mark(self.doc.text), '\'' | '’');
        let (mark, before) = (&self.tokens[at], &self.tokens[at - 1]);
        let glued = apostrophe(mark) && !mark.spaced && before.of(self.doc.text).ends_with('s');
        let spaced = self.tokens.get(at + 1).is_some_and(|t| t.spaced && !t.newline && t.is_word());
        let first = || self.doc.sentences[self.doc.sentence_at(mark.span.start)].first as usize;
        let opened = || {
            (first().max(at.saturating_sub(OPENED))..at).any(|k| self.tokens[k].spaced && matches!(self.tokens[k].mark(self.doc.text), '\'' | '‘'))
        };
        glued && spaced && !opened()
    }
    /// Whether a noun for a person, a title or the last word of a name that is no noun ("Forum") follows at once, or behind one word; in capitals
    /// only where its owners have one. Nouns for bodies stay apart: for "it" they would be nearer than whom the text is of.
    fn next_is_owned(&self, at: usize, last: usize) -> bool {
        let capital = self.is_capital(at - 2);
        let person = |k: usize| self.words.noun(self.tokens[k].word).is_none_or(|n| !n.plural && n.kind == NounKind::Person);
        let noun = |k: usize| self.flags(k) & (flag::NOUN | flag::TITLE | flag::TAIL) != 0 && (capital || !self.is_capital(k)) && person(k);
        let plain = |k: usize| self.facts(k) & look::WORD != 0 && self.flags(k) & flag::STOP == 0 && (capital || !self.is_capital(k));
        at < last && noun(at) || at + 1 < last && plain(at) && noun(at + 1)
    }
    /// "Day", "Year", as a part of a name.
    fn is_unit(&self, at: usize) -> bool {
        self.is_capital(at) && self.doc.lang.time.is(self.tokens[at].word, Class::Unit)
    }
    /// An alias of an actor behind its article, unless the phrase goes on: "the leftist" but not "the leftist senator".
    fn alias(&self, at: usize, last: usize) -> Option<(ActorId, usize)> {
        if !self.index.has_epithets() || at >= last || !self.tokens[at].is_word() {
            return None;
        }
        self.index.epithets_at(self.key(at)).iter().find_map(|(rest, actor)| {
            // Marks inside an alias, as of "ex-rebel", have no key.
            let mut end = at + 1;
            for k in rest {
                end += usize::from(end < last && self.tokens[end].kind == TokenKind::Mark && !self.tokens[end].spaced);
                if end >= last || self.key(end) != *k {
                    return None;
                }
                end += 1;
            }
            let flags = self.flags(end);
            let on = end < last
                && !self.tokens[end].newline
                && (self.tokens[end].capital() && !self.tokens[end].is_mark(self.doc.text, b'.')
                    || flags & (flag::NOUN | flag::TITLE) != 0 && flags & (flag::VERBAL | flag::VERB) == 0);
            (!on).then_some((*actor, end))
        })
    }
    /// Gather the pieces of one phrase from `from`; false where nothing there can name.
    fn collect(&mut self, from: usize, first: usize, last: usize, style: Style, opened: bool) -> bool {
        self.pieces.clear();
        let end = last.min(from + LONGEST);
        let mut k = from;
        let mut heads = false;
        let mut unknown = 0;
        // What the last piece is, and all of them.
        let (mut behind, mut all) = (0, 0);
        while k < end {
            all |= behind;
            let facts = self.facts[k];
            if facts & (look::NEWLINE | look::MARK | look::NUMBER | look::CLITIC) != 0 {
                if facts & look::NUMBER != 0 || k > from && facts & look::NEWLINE != 0 {
                    break;
                }
                if facts & look::MARK != 0 {
                    // "the miners’ leader": the owners say what he leads.
                    if behind & !(is::NAME | is::GEO) != 0 && self.is_plural_owner(k) && self.next_is_owned(k + 1, last) {
                        k += 1;
                        continue;
                    }
                    let country = behind & is::GEO != 0 && self.is_capital(k + 1);
                    let ends = behind == 0 || country || facts & look::COMMA != 0;
                    let Some(next) = (if ends { None } else { self.bridge(k, last) }) else { break };
                    k = next;
                    continue;
                }
                if facts & look::CLITIC != 0 {
                    // A country or body as possessor is a modifier; a person is a mention of its own.
                    if behind & is::GEO != 0 && self.next_is_head(k + 1, last) {
                        k += 1;
                        continue;
                    }
                    break;
                }
            }
            let flags = facts as u32;
            if facts & look::CAPITAL != 0 {
                if behind & is::UNKNOWN != 0 {
                    // An unknown word before a capital may be a verb: what stands before it is a phrase of its own.
                    if heads {
                        break;
                    }
                    self.pieces.clear();
                    unknown = 0;
                    all = 0;
                }
                if facts & SPECIAL == 0 && !self.terms && self.facts(k + 1) & look::HYPHEN == 0 {
                    self.pieces.push(Piece::name(k));
                    behind = is::NAME | is::CAPITAL;
                    k += 1;
                } else {
                    let Some(next) = self.capital(k, first, last, style) else { break };
                    behind = self.pieces.last().map_or(0, Piece::bits);
                    all |= if next > k + 1 { is::LONG } else { 0 };
                    k = next;
                }
                heads = true;
                continue;
            }
            // Small letters.
            if flags & flag::PHRASE != 0
                && let Some(next) = self.term(k, last, style)
            {
                behind = self.pieces.last().map_or(0, Piece::bits);
                heads = true;
                k = next;
                continue;
            }
            if behind & is::CAPITAL != 0
                && (flags & (flag::PARTICLE | flag::LINK) != 0 || !self.tokens[k].spaced)
                && let Some(next) = self.inside(k, last, behind)
            {
                behind = is::NAME | is::CAPITAL;
                all |= is::LONG;
                k = next;
                continue;
            }
            if flags & (flag::TITLE | flag::NOUN) != 0 {
                let modified = opened || behind != 0;
                if flags & (flag::VERBAL | flag::VERB) != 0 && !(modified && behind & (is::NAME | is::ROLE) == 0) {
                    break;
                }
                // "the conservative-leaning …": half of a compound adjective is no head.
                if self.is_hyphen(k + 1)
                    && k + 2 < last
                    && self.facts[k + 2] & (look::SMALL | u64::from(flag::TITLE | flag::NOUN)) == look::SMALL
                    && !self.tokens[k + 2].spaced
                {
                    self.pieces.push(Piece::other(k, k + 3));
                    behind = is::OTHER;
                    k += 3;
                    continue;
                }
                heads = true;
                unknown = 0;
                let entries = self.words.entries(self.tokens[k].word);
                self.pieces.push(Piece { part: Part::Role(entries), ..Piece::other(k, k + 1) });
                behind = is::ROLE;
                k += 1;
                continue;
            }
            if flags & flag::ADJECTIVE != 0 {
                self.pieces.push(Piece::other(k, k + 1));
                behind = is::OTHER;
                k += 1;
                continue;
            }
            // "the appeals court": a verb's form right before a noun, behind an article.
            let attributive = || opened && bare_noun(self.facts(k + 1)) && self.pieces.iter().all(|p| matches!(p.part, Part::Other));
            if flags & flag::STOP != 0 && !(flags & flag::STOP == flag::VERB && attributive()) {
                break;
            }
            // An unknown word of small letters may stand between an article or a modifier and its noun.
            let started = opened || behind != 0;
            if !started || unknown >= UNKNOWN {
                break;
            }
            // Behind a name it is a verb more often than not, unless a noun follows at once.
            if behind & (is::NAME | is::GEO) != 0 {
                let owner = k > from && self.is_clitic(k - 1);
                let noun = self.flags(k + 1) & (flag::NOUN | flag::VERBAL) == flag::NOUN;
                if !owner && !(noun && (opened || self.is_name_word(k + 2, last))) {
                    break;
                }
            }
            unknown += 1;
            self.pieces.push(Piece { unknown: true, ..Piece::other(k, k + 1) });
            behind = is::OTHER | is::UNKNOWN;
            k += 1;
        }
        self.all = all | behind;
        heads
    }
    /// Take the known term at `k` as a piece: one past it.
    fn term(&mut self, k: usize, last: usize, style: Style) -> Option<usize> {
        let (kind, country, end) = self.geo(k, last, style)?;
        let capital = self.is_capital(k);
        let given = capital && end == k + 1 && self.flags(k) & flag::FIRST_NAME != 0 && self.is_name_word(k + 1, last);
        if given {
            return None;
        }
        let part = match kind {
            PhraseKind::Title | PhraseKind::Noun => {
                let phrase = &self.words.phrases_at(self.tokens[k].word)[self.entry_at(k, end)];
                Part::Role(self.words.phrase_entries(phrase))
            }
            _ => Part::Geo(kind, country),
        };
        self.pieces.push(Piece { part, from: k, to: end, capital, unknown: false });
        Some(end)
    }
    /// Take the capitalised word at `k`, one that is more than part of a name or stands in a compound: one past it, `None` where the phrase ends.
    #[inline(never)]
    fn capital(&mut self, k: usize, first: usize, last: usize, style: Style) -> Option<usize> {
        let flags = self.flags(k);
        if flags & flag::PHRASE != 0 || self.terms {
            let end = self.term(k, last, style);
            if end.is_some() {
                return end;
            }
        }
        // "Ji-won Baek", "Yun Tae-seok": a given name of two parts.
        let hyphen = self.is_hyphen(k + 1);
        let named = || self.pieces.last().is_some_and(|p| matches!(p.part, Part::Name) && p.capital && p.to == k);
        if hyphen
            && let Some(end) = self.two_parts(k, last)
            && (named() || self.is_name_word(end, last))
        {
            self.pieces.extend([Piece::name(k), Piece::name(end - 1)]);
            return Some(end);
        }
        let opens = || k == first || (k > 0 && self.facts[k - 1] & look::MARK != 0 && self.opens_quote(k - 1));
        let follows = || self.is_name_word(k + 1, last);
        if flags & flag::CALENDAR != 0 && k > 0 {
            let before = self.facts[k - 1];
            // "April 9 Novak told", "13 June": a date.
            let dated = before & look::NUMBER != 0 || before as u32 & flag::PREPOSITION != 0 && !follows();
            // "last June"
            let dated = dated || before & look::CAPITAL == 0 && self.doc.lang.time.is(self.tokens[k - 1].word, Class::Deictic);
            // "In April Ida Moll …": the month.
            let month = self.pieces.is_empty() && self.facts[k] & look::NEWLINE == 0 && before as u32 & flag::DATED != 0 && follows();
            if dated || month {
                return None;
            }
        }
        if flags & flag::CALENDAR != 0 && k + 1 < last && self.facts[k + 1] & look::NUMBER != 0 {
            return None;
        }
        // "T-shirt": a letter is nobody.
        if hyphen && self.tokens[k].span.len() == 1 && self.pieces.is_empty() {
            return None;
        }
        // Words of grammar can be names too: a first name, a suffix, a month behind a first name.
        if flags & (flag::STOP | flag::CALENDAR | flag::MUTE) != 0 {
            let name = self.pieces.last().filter(|p| matches!(p.part, Part::Name));
            let given = name.is_some_and(|p| p.capital && self.flags(p.from) & flag::FIRST_NAME != 0);
            let particle = name.is_some_and(|p| !self.is_capital(p.from));
            let fits = particle || flags & (flag::FIRST_NAME | flag::SUFFIX) != 0 || given && flags & flag::CALENDAR != 0;
            let never = flag::DETERMINER | flag::CONJUNCTION | flag::PRONOUN | flag::MUTE;
            if !fits || flags & never != 0 {
                return None;
            }
        }
        if flags & (flag::COMMON | flag::VERB) != 0 && flags & flag::FIRST_NAME == 0 && opens() {
            return None;
        }
        let part = if flags & (flag::TITLE | flag::NOUN) != 0 {
            Part::Role(self.words.entries(self.tokens[k].word))
        } else if flags & flag::PARTY != 0 {
            Part::Party
        } else if flags & flag::ADJECTIVE != 0 && flags & flag::FIRST_NAME == 0 && opens() {
            Part::Other
        } else {
            Part::Name
        };
        self.pieces.push(Piece { part, ..Piece::name(k) });
        Some(k + 1)
    }
    /// Take the small letters from `k` that stand inside a name, behind a capital: where the name goes on.
    #[inline(never)]
    fn inside(&mut self, k: usize, last: usize, behind: u8) -> Option<usize> {
        let facts = self.facts[k];
        let name = |p: &Piece| p.capital && matches!(p.part, Part::Name);
        if !self.tokens[k].spaced
            && self.facts[k - 1] & look::MARK != 0
            && behind & is::NAME != 0
            && self.pieces.last().is_some_and(|p| p.to + 1 == k)
            && self.pieces.iter().rev().take(2).filter(|p| name(p)).count() == 2
        {
            self.pieces.push(Piece::name(k));
            return Some(k + 1);
        }
        if behind & (is::NAME | is::GEO | is::ROLE) == 0 {
            return None;
        }
        if facts as u32 & flag::PARTICLE != 0
            && let Some(next) = self.particles(k, last)
        {
            let words = (k..next).filter(|&at| self.facts[at] & look::WORD != 0);
            self.pieces.extend(words.map(Piece::name));
            return Some(next);
        }
        let next = if facts as u32 & flag::LINK != 0 { self.joined(k, last) } else { None }?;
        self.pieces.extend((k..next).map(Piece::name));
        Some(next)
    }
    /// Particles of a name from `at`, with a hyphen or without (`van der Palm`, `al-Mutawri`): where the name goes on.
    fn particles(&self, at: usize, last: usize) -> Option<usize> {
        let mut k = at;
        while k < last.min(at + 5) {
            let hyphen = k > at && self.is_hyphen(k);
            if !hyphen && self.flags(k) & flag::PARTICLE == 0 || self.is_capital(k) {
                break;
            }
            k += 1;
        }
        // Behind a particle a verb's form is a name all the same: "bin Said".
        let never = flag::DETERMINER | flag::PRONOUN | flag::MUTE | flag::CALENDAR;
        (k < last && self.is_capital(k) && self.facts[k] & (look::NEWLINE | u64::from(never)) == 0).then_some(k)
    }
    /// A capital and a hyphen and a short word in small letters: one past it.
    fn two_parts(&self, at: usize, last: usize) -> Option<usize> {
        let fits = at + 2 < last
            && self.facts[at] & look::TITLE != 0
            && self.tokens[at].span.len() <= 6
            && self.is_hyphen(at + 1)
            && self.facts[at + 2] & look::SMALL != 0
            && !self.tokens[at + 2].spaced
            && self.tokens[at + 2].span.len() <= 6;
        let noun = flag::NOUN | flag::TITLE | flag::ADJECTIVE | flag::PARTY;
        (fits && self.flags(at + 2) & noun == 0 && self.flags(at) & (flag::DETERMINER | flag::PRONOUN | flag::PHRASE) == 0).then_some(at + 3)
    }
    /// "47-year-old" from the number at `at`: one past it.
    fn age(&self, at: usize, last: usize) -> Option<usize> {
        let fits = at + 4 < last && self.facts[at] & look::NUMBER != 0 && self.is_hyphen(at + 1) && self.is_hyphen(at + 3);
        (fits && self.flags(at + 4) & flag::AGE != 0).then_some(at + 5)
    }
    fn entry_at(&self, at: usize, end: usize) -> usize {
        let phrases = self.words.phrases_at(self.tokens[at].word);
        let fits =
            |p: &crate::language::name::Phrase| at + p.words.len() == end && p.words.iter().zip(&self.tokens[at..end]).all(|(w, t)| *w == t.word);
        phrases.iter().position(fits).unwrap_or(0)
    }
    fn opens_quote(&self, at: usize) -> bool {
        self.text(at).starts_with(['"', '“', '”', '‘', '«', '„', '\'', '`', '—', ':', '('])
    }
    fn is_name_word(&self, at: usize, last: usize) -> bool {
        const NEVER: u32 = flag::NOUN | flag::TITLE | flag::PARTY | flag::CALENDAR | flag::TAIL | flag::MUTE | flag::STOP;
        at < last && self.facts[at] & (look::CAPITAL | look::NEWLINE | look::CLITIC | NEVER as u64) == look::CAPITAL
    }
    /// Does a head noun or a name follow within a few words?
    fn next_is_head(&self, at: usize, last: usize) -> bool {
        let mut k = at;
        while k < last && k < at + 5 {
            let flags = self.flags(k);
            if self.tokens[k].kind != TokenKind::Word || (flags & flag::STOP != 0 && flags & flag::ADJECTIVE == 0) {
                return false;
            }
            if flags & (flag::NOUN | flag::TITLE) != 0 || self.tokens[k].capital() {
                return true;
            }
            k += 1;
        }
        false
    }
    /// A mark inside a name: hyphen, the stop of an abbreviation or initial, `&`, a nickname's marks.
    fn bridge(&self, at: usize, last: usize) -> Option<usize> {
        let token = &self.tokens[at];
        let next = self.tokens.get(at + 1).filter(|t| at + 1 < last && !t.newline)?;
        // Before a small letter only a hyphen.
        if (token.spaced || next.spaced) && !next.capital() {
            return None;
        }
        let previous = self.tokens.get(at.wrapping_sub(1))?;
        match self.text(at) {
            "-" | "–" | "\u{2010}" | "\u{2011}" if !token.spaced && !next.spaced && next.kind == TokenKind::Word => Some(at + 1),
            "/" | "&" if next.capital() && previous.capital() => Some(at + 1),
            "." if !token.spaced && previous.kind == TokenKind::Word && next.capital() => {
                let initial = previous.span.len() == 1 && previous.capital();
                let short = previous.span.len() <= 5 && self.words.flags(previous.word) & (flag::TITLE | flag::SUFFIX) != 0;
                (initial || short).then_some(at + 1)
            }
            "“" | "\"" | "‘" | "(" if previous.capital() && next.capital() => {
                let close = (at + 2..last.min(at + 4)).find(|&k| self.text(k).starts_with(['”', '"', '’', ')']))?;
                let after = self.tokens.get(close + 1).filter(|t| close + 1 < last && t.capital() && !t.newline)?;
                let plain = self.words.flags(after.word) & (flag::STOP | flag::COMMON) == 0 && self.text(at) != "(";
                plain.then_some(close + 1)
            }
            _ => None,
        }
    }
    /// `of`, `for` … inside the name of a body or office: where the name goes on to.
    fn joined(&self, at: usize, last: usize) -> Option<usize> {
        let run = self.pieces.iter().rev().take_while(|p| p.capital);
        let mut body = false;
        let mut office = false;
        for piece in run {
            let word = self.tokens[piece.to - 1].word;
            body |= self.words.flags(word) & flag::TAIL != 0;
            office |= piece.to == at && self.title(piece).is_some();
        }
        if !body && !office {
            return None;
        }
        let mut next = at + 1;
        if next < last && self.flags(next) & flag::DETERMINER != 0 {
            next += 1;
        }
        let token = self.tokens.get(next).filter(|t| next < last && t.capital() && !t.newline)?;
        let flags = self.words.flags(token.word);
        if flags & (flag::STOP | flag::CALENDAR) != 0 {
            return None;
        }
        // "president of Poland": the country is a complement, found as such.
        if office
            && !body
            && let Some((kind, _, end)) = self.geo(next, last, Style::Running)
        {
            // "Foreign Minister of Poland Ana Ruiz": see [`Chunker::office_holder`].
            let holder = kind == PhraseKind::Country && self.is_name_word(end, last) && self.is_name_word(end + 1, last);
            return holder.then_some(end);
        }
        Some(next)
    }
    /// Decide what the collected pieces name; emit it and return the token after it.
    fn analyse(&mut self, begin: usize, first: usize, sentence: usize, style: Style, opening: Opening) -> Option<usize> {
        let mut n = self.pieces.len();
        while n > 0 && !self.heads(n - 1) {
            n -= 1;
        }
        if n == 0 {
            return None;
        }
        // In a headline every word is a piece of its own.
        if style == Style::Headline {
            n = self.headline(n);
            if n == 0 {
                return Some(self.pieces[0].to);
            }
        }
        if self.all & is::ROLE != 0 && style == Style::Running {
            n = self.office_holder(n);
        }
        let head = self.pieces[n - 1];
        let run = (0..n)
            .rev()
            .take_while(|&i| self.pieces[i].capital && (i + 1 == n || self.pieces[i].to + 2 >= self.pieces[i + 1].from))
            .last()
            .unwrap_or(n - 1);
        let tail = if head.capital { self.tail(head.to - 1) } else { None };
        // "Minister of Foreign Relations": an office to the end of its complement.
        if matches!(head.part, Part::Name)
            && style == Style::Running
            && self.all & is::ROLE != 0
            && let Some(i) = self.office_of(run, n)
        {
            let Part::Role(entries) = self.pieces[i].part else { return None };
            let (title, noun) = (self.words.title_of(entries), self.words.noun_of(entries));
            let next = self.pieces[n - 1].to;
            self.description(begin, i + 1, title, noun, sentence, opening)?;
            return Some(next);
        }
        match head.part {
            Part::Geo(kind, country) => {
                let named = n >= 2
                    && n - 1 > run
                    && matches!(self.pieces[n - 2].part, Part::Name)
                    && self.flags(self.pieces[run].from) & flag::FIRST_NAME != 0;
                if named {
                    return self.name(begin, run, n, first, sentence, style, opening);
                }
                let compound = n >= 2 && n - 1 > run && matches!(self.pieces[n - 2].part, Part::Name);
                // "General Kho Ano Finn": a surname that is also a people's name.
                let known = || !self.index.by_surname(self.key(head.to - 1)).is_empty();
                if compound && kind == PhraseKind::Demonym && (self.title(&self.pieces[run]).is_some() || known()) {
                    return self.name(begin, run, n, first, sentence, style, opening);
                }
                // "the Finn said": one of that people, where no noun follows.
                let one = matches!(kind, PhraseKind::Demonym) && !self.plural_demonym(head);
                let last = self.doc.sentences[sentence].last as usize;
                if one
                    && !(n == 1 && opening == Opening::Definite && (self.verb_follows(head.from, head.to, last) || self.alone(begin, head.to, last)))
                {
                    return None;
                }
                if compound && !matches!(kind, PhraseKind::Seat | PhraseKind::Body) {
                    return self.name(begin, run, n, first, sentence, style, opening);
                }
                let from = if n == 1 || !matches!(kind, PhraseKind::Seat | PhraseKind::Body | PhraseKind::Demonym) {
                    if n == 1 { begin } else { head.from }
                } else {
                    begin
                };
                let mut raw = self.blank(from, head.to, sentence);
                raw.opening = opening;
                raw.geo = Some(kind);
                raw.country = country;
                if country == NOWHERE && matches!(kind, PhraseKind::Seat | PhraseKind::Body) {
                    raw.country = self.country_before(n - 1);
                }
                raw.name = Span { start: self.tokens[head.from].span.start, end: self.tokens[head.to - 1].span.end };
                raw.sort = match kind {
                    PhraseKind::Country | PhraseKind::Capital => Sort::Country,
                    PhraseKind::Demonym => Sort::Description,
                    _ => Sort::Body,
                };
                if kind == PhraseKind::Demonym {
                    raw.noun = Some(Noun { kind: NounKind::Person, gender: Gender::Unknown, plural: !one, lemma: WordId::NONE });
                }
                if kind == PhraseKind::Place {
                    raw.noun = Some(Noun { kind: NounKind::Place, gender: Gender::Neuter, plural: false, lemma: WordId::NONE });
                }
                self.push_keys(&mut raw, head.from, head.to);
                self.emit(raw);
                Some(head.to)
            }
            Part::Role(entries) => {
                let (title, noun) = (self.words.title_of(entries), self.words.noun_of(entries));
                let honoured = head.capital
                    && n >= 2
                    && self.pieces[n - 2].capital
                    && self.title(&self.pieces[n - 2]).is_some_and(|t| t.office == Office::Honorific);
                // "Madam President", "Mr Prime Minister": an office, and nobody's surname.
                let ruler = title.is_some_and(|t| matches!(t.office, Office::Head | Office::Leader));
                if honoured && ruler {
                    return self.description(begin, n, title, noun, sentence, Opening::Definite);
                }
                if honoured {
                    self.pieces[n - 1].part = Part::Name;
                    return self.name(begin, run, n, first, sentence, style, opening);
                }
                let surname = head.capital
                    && n >= 2
                    && n - 1 > run
                    && matches!(self.pieces[n - 2].part, Part::Name)
                    && self.flags(self.pieces[n - 2].from) & flag::FIRST_NAME != 0
                    && noun.is_none_or(|k| k.kind == NounKind::Person && !k.plural);
                if surname {
                    return self.name(begin, run, n, first, sentence, style, opening);
                }
                // A capitalised name that only ends in a noun ("Washington Post", "Taylor Report").
                if head.capital && tail.is_some() && n - 1 > run {
                    return self.name(begin, run, n, first, sentence, style, opening);
                }
                // "the Council of Tea Growers": the body, not its members.
                if let Some(body) = self.body_of(run, n).filter(|_| noun.is_some_and(|k| k.plural)) {
                    return self.description(begin, n, None, Some(body), sentence, opening);
                }
                self.description(begin, n, title, noun, sentence, opening)
            }
            Part::Party => None,
            Part::Name => self.name(begin, run, n, first, sentence, style, opening),
            Part::Other => None,
        }
    }
    /// Whether an adjective behind an article, the two `[begin, at)`, stands for one whom it describes: "told the Finn.", "the Finn's reply",
    /// "huffed the Finn that night", but not "the Finn and Swede leaders", "from the Finnish".
    fn alone(&self, begin: usize, at: usize, last: usize) -> bool {
        let led = begin > 0 && self.facts[begin - 1] & look::MARK == 0 && self.flags(begin - 1) & (flag::PREPOSITION | flag::LINK) == 0;
        let small = |at: usize| at >= last || !self.is_capital(at);
        led && match self.facts(at) {
            _ if at >= last => true,
            f if f & look::MARK != 0 => !self.is_hyphen(at) && small(at + 1),
            f if f & look::NUMBER != 0 => false,
            _ => {
                let flags = self.flags(at);
                let and = self.doc.lang.quote.role(self.tokens[at].word).any(Role::Conjunction);
                self.is_clitic(at) || small(at) && flags & flag::STOP != 0 && flags & flag::NOUN == 0 && !and
            }
        }
    }
    /// The office among the pieces `[run, n)` that "of" and capitals follow to the end of the name, with an article or comma round it.
    fn office_of(&self, run: usize, n: usize) -> Option<usize> {
        let i = (run..n.saturating_sub(2)).find(|&i| self.office(&self.pieces[i]))?;
        let link = self.pieces[i + 1];
        let small = !self.tokens[link.from].capital() && self.flags(link.from) & flag::LINK != 0;
        let comma = self.tokens.get(self.pieces[n - 1].to).is_some_and(|t| t.is_mark(self.doc.text, b','));
        (small && comma && (run..i).all(|k| !matches!(self.pieces[k].part, Part::Name))).then_some(i)
    }
    /// "Foreign Minister of Ostland Ana Ruiz": takes what the office is of out from between it and the name, a country to before it. How many
    /// pieces are left of `n`.
    fn office_holder(&mut self, n: usize) -> usize {
        let name = |p: &Piece| p.capital && matches!(p.part, Part::Name);
        let Some(i) = (0..n.saturating_sub(4)).find(|&i| self.pieces[i].capital && self.office(&self.pieces[i])) else { return n };
        let of = |p: &Piece| self.doc.lang.quote.role(self.tokens[p.from].word).any(Role::Of) && !self.tokens[p.from].capital();
        if !of(&self.pieces[i + 1]) {
            return n;
        }
        let given = |p: &Piece| self.flags(p.from) & flag::FIRST_NAME != 0;
        let field = self.pieces[i + 2].from;
        let land = self.geo(field, self.pieces[n - 1].to, Style::Running).filter(|g| g.0 == PhraseKind::Country);
        let begins = |j: &usize| given(&self.pieces[*j]) || land.is_some_and(|g| g.2 == self.pieces[*j].from);
        let Some(j) = (i + 3..n - 1).find(begins).filter(|&j| self.pieces[j..n].iter().all(name)) else { return n };
        self.pieces.drain(i + 1..j);
        let Some((kind, country, to)) = land else { return n - (j - i - 1) };
        self.pieces.insert(i, Piece { part: Part::Geo(kind, country), from: field, to, capital: true, unknown: false });
        n - (j - i - 1) + 1
    }
    /// The noun of a body with "of" behind it that opens a run of pieces in capitals.
    fn body_of(&self, run: usize, n: usize) -> Option<Noun> {
        let (first, link) = (self.pieces.get(run)?, self.pieces.get(run + 1).filter(|_| run + 2 < n)?);
        let Part::Role(entries) = first.part else { return None };
        let small = !self.tokens[link.from].capital() && self.doc.lang.quote.role(self.tokens[link.from].word).any(Role::Of | Role::For);
        self.words.noun_of(entries).filter(|k| small && matches!(k.kind, NounKind::Body | NounKind::State) && !k.plural)
    }
    fn heads(&self, i: usize) -> bool {
        match self.pieces[i].part {
            Part::Name => {
                self.flags(self.pieces[i].from) & (flag::LINK | flag::PARTICLE | flag::SUFFIX) == 0 || self.tokens[self.pieces[i].from].capital()
            }
            Part::Geo(..) => true,
            Part::Party => false,
            Part::Role(entries) => {
                self.words.noun_of(entries).is_some() || self.words.title_of(entries).is_some_and(|t| t.office != Office::Honorific)
            }
            Part::Other => false,
        }
    }
    /// The title that a piece is.
    fn title(&self, piece: &Piece) -> Option<Title> {
        if let Part::Role(entries) = piece.part { self.words.title_of(entries) } else { None }
    }
    /// Whether a piece is a title that is more than an honorific.
    fn office(&self, piece: &Piece) -> bool {
        self.title(piece).is_some_and(|t| t.office != Office::Honorific)
    }
    fn plural_demonym(&self, piece: Piece) -> bool {
        let phrases = self.words.phrases_at(self.tokens[piece.from].word);
        phrases.get(self.entry_at(piece.from, piece.to)).is_some_and(|p| p.entry == 1)
    }
    /// In a headline: how many pieces from the front make one safe mention.
    fn headline(&self, n: usize) -> usize {
        match self.pieces[0].part {
            Part::Geo(..) => 1,
            Part::Role(..) => {
                let titled = n >= 2 && matches!(self.pieces[1].part, Part::Name);
                if !titled {
                    0
                } else if n >= 3 && self.flags(self.pieces[1].from) & flag::FIRST_NAME != 0 && matches!(self.pieces[2].part, Part::Name) {
                    3
                } else {
                    2
                }
            }
            Part::Name if n >= 2 && self.flags(self.pieces[0].from) & flag::FIRST_NAME != 0 && matches!(self.pieces[1].part, Part::Name) => 2,
            Part::Name => 1,
            _ => 0,
        }
    }
    fn country_before(&self, n: usize) -> CountryId {
        if self.all & is::GEO == 0 {
            return NOWHERE;
        }
        self.pieces[..n]
            .iter()
            .rev()
            .find_map(|p| match p.part {
                Part::Geo(PhraseKind::Country | PhraseKind::Demonym | PhraseKind::Capital | PhraseKind::Seat, country) if country != NOWHERE => {
                    Some(country)
                }
                _ => None,
            })
            .unwrap_or(NOWHERE)
    }
    fn push_keys(&mut self, raw: &mut Raw, from: usize, to: usize) {
        raw.keys.0 = self.out.keys.len() as u32;
        for k in from..to {
            if self.facts[k] & (look::WORD | look::CLITIC) == look::WORD {
                self.out.keys.push(self.key(k));
            }
        }
        raw.keys.1 = self.out.keys.len() as u32;
    }
    /// Titles, nouns and party words among the first `n` pieces.
    fn push_roles(&mut self, raw: &mut Raw, n: usize) {
        raw.roles.0 = self.out.roles.len() as u32;
        for i in 0..n {
            let piece = self.pieces[i];
            match piece.part {
                Part::Role(entries) => {
                    let (title, noun) = (self.words.title_of(entries), self.words.noun_of(entries));
                    if let Some(t) = title {
                        if t.gender != Gender::Unknown {
                            raw.gender = t.gender;
                        }
                        if t.office != Office::Honorific {
                            raw.office = Some(raw.office.map_or(t.office, |o| if t.office < o { t.office } else { o }));
                            // "the premier" of two prime ministers: the one who is called so.
                            let word = self.tokens[piece.from].word;
                            if piece.to == piece.from + 1 && word != t.canon {
                                self.out.roles.push(word);
                            }
                            self.out.roles.push(t.canon);
                        }
                    }
                    if let Some(noun) = noun {
                        if noun.gender != Gender::Unknown {
                            raw.gender = noun.gender;
                        }
                        if title.is_none_or(|t| t.office == Office::Honorific) {
                            self.out.roles.push(noun.lemma);
                        }
                    }
                }
                Part::Party => {
                    let word = self.tokens[piece.from].word;
                    let lemma = self.words.noun(word).map_or(word, |n| n.lemma);
                    self.out.roles.push(lemma);
                }
                _ => {}
            }
        }
        raw.roles.1 = self.out.roles.len() as u32;
    }
    /// Where a name begins among the first `n` pieces: behind the last title, unless the whole run names a body.
    #[inline(never)]
    fn behind_titles(&self, run: usize, n: usize) -> usize {
        let role = (0..n - 1).rev().find(|&i| match self.pieces[i].part {
            Part::Role(..) => true,
            Part::Party => i == run || !self.pieces[i].capital,
            Part::Geo(PhraseKind::Demonym, _) => true,
            Part::Other => true,
            _ => i + 1 < n && !self.pieces[i].capital,
        });
        let start = role.map_or(0, |i| i + 1);
        let possessive_geo = (start..n - 1).find(|&i| matches!(self.pieces[i].part, Part::Geo(..)) && self.is_clitic(self.pieces[i].to));
        possessive_geo.map_or(start, |i| i + 1)
    }
    /// Whether the pieces `[start, n)` are tied by "of" or, where they are nobody's title or first name, hold a place: the name of a body.
    #[inline(never)]
    fn compound(&self, start: usize, n: usize, person: bool) -> bool {
        let pieces = &self.pieces[start..n];
        let first_geo = matches!(pieces[0].part, Part::Geo(kind, _) if kind != PhraseKind::Seat) && pieces.len() > 1;
        let geo_inside = || pieces.iter().any(|p| matches!(p.part, Part::Geo(..)));
        let connected = pieces.iter().any(|p| !self.is_capital(p.from) && self.flags(p.from) & (flag::LINK | flag::PARTICLE) == flag::LINK);
        connected || !person && (first_geo || geo_inside())
    }
    /// "the magazine Charlie": a noun of a body, of which the name behind it is the name.
    fn is_outlet(&self, i: usize) -> bool {
        let Part::Role(entries) = self.pieces[i].part else { return false };
        let body = self.words.noun_of(entries).is_some_and(|k| k.kind == NounKind::Body && !k.plural);
        body && self.words.title_of(entries).is_none()
            && !self.pieces[i].capital
            && self.doc.lang.quote.role(self.tokens[self.pieces[i].from].word).any(Role::Outlet)
    }
    #[allow(clippy::too_many_arguments)]
    fn name(&mut self, begin: usize, run: usize, n: usize, first: usize, sentence: usize, style: Style, opening: Opening) -> Option<usize> {
        let head = self.pieces[n - 1];
        let fore = || self.words.fore(self.tokens[self.pieces[run].from].word).filter(|_| n > run + 1);
        let tail = self.tail(head.to - 1).or_else(fore);
        let plain = self.all == is::PLAIN;
        let start = if plain { 0 } else { self.behind_titles(run, n) };
        let titled = !plain
            && self.pieces[..start].iter().any(|p| match p.part {
                Part::Role(entries) => {
                    self.words.title_of(entries).is_some() || self.words.noun_of(entries).is_some_and(|k| k.kind == NounKind::Person)
                }
                _ => false,
            });
        let given = |at: usize| self.flags(self.pieces[at].from) & flag::FIRST_NAME != 0;
        let words = n - start;
        let named_first = given(start);
        let is_body = match tail {
            Some(NounKind::Place) => !(words == 2 && given(start)),
            Some(_) => !(words == 2 && given(start) && titled),
            None if start > 0 && self.is_outlet(start - 1) => true,
            None => {
                let acronym = || words == 1 && style == Style::Running && self.facts[head.from] & look::UPPER != 0;
                !titled && acronym() || !plain && self.compound(start, n, titled || given(start))
            }
        };
        let start = if is_body { if start > run && tail.is_some() { run } else { start.min(run) } } else { start };
        let start = if is_body {
            (run..n)
                .find(|&i| {
                    !matches!(self.pieces[i].part, Part::Geo(PhraseKind::Country | PhraseKind::Demonym, _)) || !self.is_clitic(self.pieces[i].to)
                })
                .unwrap_or(start)
                .max(run)
        } else {
            start
        };
        // "A BEAMING Ana Ruiz": a word that is shouted is no name before a first name in small letters.
        let shape = |i: usize| self.tokens[self.pieces[i].from].shape;
        let shouted = !is_body && words > 2 && shape(start) == Shape::Upper && shape(start + 1) == Shape::Title && given(start + 1);
        let start = start + usize::from(shouted && self.tokens[self.pieces[start].from].span.len() > 3);
        let from = self.pieces[start].from;
        let mut to = head.to;
        // Jr., III behind the name, with or without a comma.
        let mut suffix = to;
        if self.is_comma(suffix) {
            suffix += 1;
        }
        if !is_body && self.flags(suffix) & flag::SUFFIX != 0 && self.is_capital(suffix) {
            to = suffix + 1;
            if self.facts(to) & look::POINT != 0 && !self.tokens[to].spaced && self.facts[suffix] & look::UPPER == 0 {
                to += 1;
            }
        }
        // Without the suffix: the key of the surname comes last.
        let mut keyed = to;
        while keyed > from + 1 && self.facts[keyed - 1] & (look::MARK | u64::from(flag::SUFFIX)) != 0 {
            keyed -= 1;
        }
        let sentence_end = self.doc.sentences[sentence].last as usize;
        if keyed < to && to + 1 < sentence_end && self.tokens[to - 1].shape == Shape::Title && self.tokens[to].is_mark(self.doc.text, b'.') {
            to += 1;
        }
        // "the New Year", "St Patrick's Day"
        if words > 1 && !named_first && self.is_unit(to - 1) {
            return Some(to);
        }
        if self.is_clitic(to) && self.is_unit(to + 1) {
            return Some(to + 2);
        }
        let begin = if !is_body && start == 0 && begin < from { from } else { begin };
        let mut raw = self.blank(begin, to, sentence);
        raw.opening = opening;
        raw.name = Span { start: self.tokens[from].span.start, end: self.tokens[to - 1].span.end };
        raw.sort = if is_body { Sort::Body } else { Sort::Person };
        // "the Monte Cervo tunnel", "the Beacon": a name behind "the" is a thing's, unless a title stands between.
        let known = || self.index.by_surname(self.key(keyed - 1));
        let compound = self.tokens.get(to).is_some_and(|t| t.is_mark(self.doc.text, b'-') && !t.spaced);
        let thing = !is_body && !compound && opening == Opening::Definite && start == 0 && !named_first && known().is_empty();
        if thing {
            raw.sort = Sort::Body;
            raw.geo = Some(PhraseKind::Place);
            raw.noun = Some(Noun { kind: NounKind::Place, gender: Gender::Neuter, plural: false, lemma: WordId::NONE });
            self.push_keys(&mut raw, from, keyed);
            self.emit(raw);
            return Some(to);
        }
        raw.country = self.country_before(if is_body { n } else { start });
        if is_body {
            raw.noun =
                Some(Noun { kind: tail.unwrap_or(NounKind::Body), gender: Gender::Neuter, plural: false, lemma: self.tokens[head.to - 1].word });
            if raw.noun.is_none_or(|k| k.kind != NounKind::State) {
                raw.country = NOWHERE;
            }
        } else {
            if self.all & (is::ROLE | is::PARTY) != 0 {
                self.push_roles(&mut raw, start);
            }
            let first_word = self.tokens[from].word;
            if raw.gender == Gender::Unknown && words > 1 {
                raw.gender = self.words.first_name(first_word);
            }
            raw.sure = titled || (named_first && words > 1);
        }
        self.push_keys(&mut raw, from, keyed);
        let alone = raw.keys.1 - raw.keys.0 == 1;
        let opens = from == first || self.tokens[from - 1].kind == TokenKind::Mark && self.opens_quote(from - 1);
        raw.doubtful = !titled && ((opens && alone) || style == Style::Headline);
        if alone && self.flags(from) & (flag::COMMON | flag::VERB) != 0 && !titled {
            return Some(to);
        }
        self.emit(raw);
        Some(to)
    }
    fn description(&mut self, begin: usize, n: usize, title: Option<Title>, noun: Option<Noun>, sentence: usize, opening: Opening) -> Option<usize> {
        let head = self.pieces[n - 1];
        // "mother-of-two Ana Ruiz": a compound before the name.
        let mut end = head.to;
        while self.is_hyphen(end) && self.facts(end + 1) & look::WORD != 0 && !self.tokens[end + 1].spaced {
            end += 2;
        }
        if end > head.to && self.is_name_word(end, self.doc.sentences[sentence].last as usize) {
            return Some(end);
        }
        let bare = opening == Opening::Bare && !head.capital && noun.is_none_or(|k| !k.plural);
        if bare && (self.all & is::CAPITAL == 0 || !self.pieces[..n - 1].iter().any(|p| p.capital)) {
            // A bare singular names nobody, unless it is in apposition or stands at the head of a clause with its office.
            let apposed = begin > 0 && self.is_comma(begin - 1);
            if !apposed {
                return Some(head.to);
            }
        }
        let mut raw = self.blank(begin, head.to, sentence);
        raw.opening = opening;
        let kind = noun.map_or(NounKind::Person, |k| k.kind);
        raw.noun = Some(noun.unwrap_or(Noun {
            kind,
            gender: title.map_or(Gender::Unknown, |t| t.gender),
            plural: false,
            lemma: title.map_or(WordId::NONE, |t| t.canon),
        }));
        raw.country = self.country_before(n - 1);
        self.push_roles(&mut raw, n);
        raw.office = title.map(|t| t.office);
        if matches!(kind, NounKind::Body | NounKind::State) {
            raw.gender = Gender::Neuter;
        }
        // "the Novak administration": the name inside owns the body.
        if self.all & is::NAME != 0 {
            let owner = self.pieces[..n - 1].iter().filter(|p| p.capital && matches!(p.part, Part::Name));
            if let (Some(from), Some(to)) = (owner.clone().next(), owner.clone().next_back()) {
                let (from, to) = (from.from, to.to);
                self.push_keys(&mut raw, from, to);
            }
        }
        let end = self.complement(head.to, &mut raw);
        raw.traits.extent.end = end;
        if end > raw.span.end {
            let behind = self.doc.token_at(end);
            if self.verb_follows(begin, behind, self.doc.sentences[sentence].last as usize) {
                raw.traits.bits |= has::SUBJECT;
            }
        }
        raw.gender = self.told_by_possessive(raw.gender, kind, head.to);
        self.emit(raw);
        Some(head.to)
    }
    /// "The banker shook her head": the gender that a possessive behind the verb tells of a person in a description.
    fn told_by_possessive(&self, known: Gender, kind: NounKind, to: usize) -> Gender {
        if known != Gender::Unknown || kind != NounKind::Person {
            return known;
        }
        use crate::language::name::Case::{Object, Possessive};
        let at = to + 1;
        // "her" is an object as well: a noun must follow.
        let noun = self.facts(at + 1) & (look::SMALL | u64::from(flag::STOP & !flag::VERB)) == look::SMALL;
        let possessive = if self.flags(at) & flag::PRONOUN != 0 { self.words.pronoun(self.tokens[at].word) } else { None };
        possessive
            .filter(|p| noun && p.person == 3 && matches!(p.case, Possessive | Object) && matches!(p.gender, Gender::Male | Gender::Female))
            .map_or(known, |p| p.gender)
    }
    /// How far "of …", "for …" behind a noun reaches; takes the country it names.
    fn complement(&mut self, to: usize, raw: &mut Raw) -> u32 {
        let last = self.doc.sentences[raw.sentence as usize].last as usize;
        // "a source close to the president"
        let close = self.flags(to) & (flag::ATTACHED | flag::NOUN) == flag::ATTACHED && self.flags(to + 1) & flag::INFINITIVE != 0;
        let to = to + usize::from(close);
        let mut at = to;
        let mut end = raw.span.end;
        for _ in 0..4 {
            // "an aide to the president": of those who are somebody's.
            let to = at == to && at > 0 && self.flags(at) & flag::INFINITIVE != 0 && self.flags(at - 1) & flag::ATTACHED != 0;
            if at >= last || self.flags(at) & flag::LINK == 0 && !to || self.facts[at] & look::NEWLINE != 0 {
                break;
            }
            let mut k = at + 1;
            let mut good = at;
            let mut named = false;
            while k < last && k < at + 12 && self.facts[k] & look::NEWLINE == 0 {
                let flags = self.flags(k);
                let capital = self.is_capital(k);
                if self.facts[k] & look::MARK != 0 {
                    // "of the Workers’ Forum"
                    if named && !self.tokens[k].spaced && matches!(self.text(k), "’" | "'") && k + 1 < last && self.is_capital(k + 1) {
                        k += 1;
                        continue;
                    }
                    match self.bridge(k, last) {
                        Some(next) if named || k > at + 1 => {
                            k = next;
                            continue;
                        }
                        _ => break,
                    }
                }
                if capital {
                    // "the leader of the Polish opposition": not the country's; "the head of the Polish government" is.
                    let state = || self.words.noun(self.tokens[k + 1].word).is_some_and(|n| n.kind == NounKind::State);
                    // Nor is "the head of the Paris-based institute".
                    let based = || self.is_hyphen(k + 1) && !self.is_capital(k + 2);
                    let part = self.flags(k + 1) & flag::NOUN != 0 && !self.tokens[k + 1].capital() && !state() || based();
                    if flags & flag::PHRASE != 0
                        && !part
                        && raw.country == NOWHERE
                        && let Some((PhraseKind::Country | PhraseKind::Demonym | PhraseKind::Capital | PhraseKind::Seat, country, _)) =
                            self.geo(k, last, Style::Running)
                    {
                        raw.country = country;
                    }
                    if raw.country == NOWHERE
                        && let Some((_, country, _)) = self.geo(k, last, Style::Running)
                        && country as usize >= self.words.countries.len()
                    {
                        raw.country = country;
                    }
                    named = true;
                    good = k + 1;
                } else if flags & (flag::NOUN | flag::TITLE) != 0 && flags & flag::VERBAL == 0 {
                    named = true;
                    good = k + 1;
                } else if flags & (flag::DETERMINER | flag::QUANTIFIER | flag::ADJECTIVE) != 0 || self.is_clitic(k) {
                } else if flags & flag::PRONOUN != 0 && k == at + 1 {
                } else if self.is_hyphen(k - 1) && !self.tokens[k].spaced {
                    // "of the union-backed forum"
                } else if flags & flag::STOP != 0 || named {
                    break;
                } else {
                    good = k + 1;
                }
                k += 1;
            }
            if good == at {
                break;
            }
            end = self.tokens[good - 1].span.end;
            at = good;
        }
        end
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::actor::Actors;
    use crate::article::Article;
    use crate::language::Language;
    use crate::token::{Places, split};

    #[test]
    fn what_the_survey_leaves_out_begins_nothing() {
        let lang = Language::english().expect("built-in lexicons load");
        let actors = Actors::between("Ada Novak", "Boris Lind");
        let text = "But the 47-year-old said on a two-and-a-half-day trip that In-ho Baek, the conservative-leaning foreign minister of \
            Maravia, had met her. Sen. J. D. Moll (R) — “Bud” to his aides — told three former officials: “It’s Lind’s, and 12 of \
            them know.” The new, long-awaited appeals court’s plan is no more than hope.\n\nIn April an ex–army chief, al-Mutawri Jr., \
            left for Poland’s capital; some reports say that the U.S. president and the 30 others stayed.";
        let article = Article { text: text.into(), ..Article::default() };
        let tokens = split(text, &lang);
        let places = Places::new(&tokens);
        let sentences = crate::sentence::split(text, &tokens, &lang);
        let doc = Doc {
            article: &article,
            text,
            tokens: &tokens,
            signs: &tokens.signs,
            places: &places,
            sentences: &sentences,
            boilerplate: &[],
            lang: &lang,
            actors: &actors,
        };
        let mut c = Chunker::new(&doc, &[]);
        let mut left = 0;
        for (n, s) in sentences.iter().enumerate() {
            let (first, last) = (s.first as usize, s.last as usize);
            for at in first..last {
                let mut begins = |opening| c.phrase(at, first, last, n, Style::Running, opening).is_some();
                let (bare, possessed) = (begins(Opening::Bare), begins(Opening::Possessed));
                let (start, facts) = (c.starts[at / 64] >> (at % 64) & 1 != 0, c.facts[at]);
                assert!(start || !bare, "{}", c.text(at));
                assert!(facts & (look::REACHES | u64::from(flag::DETERMINER)) != 0 || facts & look::MARK != 0 || !possessed, "{}", c.text(at));
                left += usize::from(!start);
            }
        }
        assert!(left * 2 > tokens.len());
    }
}
