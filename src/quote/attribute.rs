//! Quotations + mentions → who said each, with cue, rule and confidence. Adds no quotation and no mention.

use crate::annotation::{Attribution, EntityId, EntityKind, Gender, MentionKind, Quote, QuoteKind};
use crate::doc::Doc;
use crate::language::name::flag;
use crate::language::quote::{Role, SHARES};
use crate::language::vocab::{WordId, key};
use crate::mention::{self, Mentions, Traits};
use crate::quote::author::{self, Papers};
use crate::quote::cue::Rule;
use crate::quote::find::Lead;
use crate::span::Span;
use crate::token::Token;
use hashbrown::HashMap;
use std::cell::OnceCell;

/// Names looked at inside one quotation, at most.
const NAMED: usize = 32;
/// Sentences within which words that name nobody are the last speaker's.
const TAKEN_OVER: u32 = 5;
/// What that guess is worth beside the rule that carries a speaker.
const TAKEN_OVER_DOUBT: f64 = 0.6;
/// Words from a reporting verb to the comma that ends its clause, at most.
const HEARER: usize = 8;
/// Words of a quotation set apart that repeats another, at least.
const REPEATED: usize = 3;
/// Sentences from a quotation to the paper from which more is quoted, at most.
const QUOTED: u32 = 2;
/// How many speakers before a pronoun it may take up.
const SPEAKERS: usize = 4;

/// What speakers are sought in.
struct Text<'a> {
    doc: &'a Doc<'a>,
    mentions: &'a Mentions,
    quotes: &'a [Quote],
    /// [`Text::between_marks`], once somebody asks.
    between_marks: OnceCell<Vec<Span>>,
    /// Entities that a name stands for somewhere.
    named: Vec<bool>,
    /// The letter before an interviewer's questions ("Q:"), and who answers them.
    asker: Option<(Span, Option<EntityId>)>,
}

impl Text<'_> {
    /// Where words stand between marks.
    fn between_marks(&self) -> &[Span] {
        self.between_marks.get_or_init(|| self.quotes.iter().filter(|q| q.kind != QuoteKind::Indirect).map(|q| q.span).collect())
    }
}

/// Attribute every quotation; the result runs parallel to `quotes`.
pub fn attribute(doc: &Doc, quotes: &[Quote], leads: &[Lead], mentions: &Mentions) -> Vec<Attribution> {
    let mut out: Vec<Attribution> = Vec::with_capacity(quotes.len());
    let mut named: Vec<bool> = mentions.entities.iter().map(|e| e.actor.is_some()).collect();
    // What mentions of nobody tell is noted behind all entities, and read by none: which mention is a name cannot be foreseen.
    let nobody = named.len();
    named.push(false);
    for m in &mentions.mentions {
        named[m.entity.map_or(nobody, |e| e as usize)] |= m.kind == MentionKind::Name;
    }
    let mut text = Text { doc, mentions, quotes, between_marks: OnceCell::new(), named, asker: None };
    let mut speakers: Vec<EntityId> = Vec::new();
    // All that one subject says tells who he is not; most subjects are names, and do not ask.
    let (mut subject, mut others) = (None, OnceCell::new());
    let mut first = 0;
    let mut same: Option<(Span, EntityId)> = None;
    // The letter of the first question: sought once, since most texts have none.
    let asks = OnceCell::new();
    for (i, lead) in leads.iter().enumerate() {
        if lead.from.is_some() {
            out.push(Attribution::default());
            continue;
        }
        if lead.subject.is_none() || lead.subject != subject {
            (subject, others, first) = (lead.subject, OnceCell::new(), i);
        }
        // "Q: … A: …": who has spoken so far is the one who is asked.
        if text.asker.is_none()
            && letter(doc, lead).is_some()
            && let Some(asks) = *asks.get_or_init(|| {
                let mut pairs = doc.tokens.windows(2);
                pairs.find(|t| t[0].newline && single(doc, t[0].span) && t[1].is_mark(doc.text, b':')).map(|t| t[0].span)
            })
        {
            let person = |e: &EntityId| mentions.entities[*e as usize].kind == EntityKind::Person;
            let spoke = out.iter().zip(quotes).filter(|(_, q)| q.kind == QuoteKind::Direct).find_map(|(a, _)| a.speaker.filter(person));
            text.asker = Some((asks, spoke));
        }
        let mut said = own(&text, lead, &speakers, || others.get_or_init(|| others_than(&text, subject, &quotes[first..], &leads[first..])));
        if quotes[i].kind != QuoteKind::Indirect && said.speaker.is_none() && !speaks(&text, lead) {
            match acting(&text, &quotes[i], &said).or_else(|| taken_over(doc, quotes, &out, i)) {
                Some(lent) => said = lent,
                None if lead.subject.is_some_and(|s| mention_in(&text, s).is_none()) => said.mention = None,
                None => {}
            }
        }
        // Whom one subject means it means in all that is said of it.
        if let Some((_, speaker)) = same.filter(|s| lead.subject == Some(s.0) && said.speaker.is_some()) {
            said.speaker = Some(speaker);
        }
        if let Some(other) = not_oneself(&text, quotes, i, &said) {
            said.speaker = Some(other);
        }
        same = lead.subject.zip(said.speaker);
        let speaker = said.speaker;
        out.push(said);
        if let Some(speaker) = speaker.filter(|s| speakers.last() != Some(s)) {
            if speakers.len() == SPEAKERS {
                speakers.remove(0);
            }
            speakers.push(speaker);
        }
    }
    if leads.iter().any(|lead| lead.from.is_some()) {
        lend(&text, quotes, leads, &mut out);
    }
    repeated(doc, quotes, leads, &mut out);
    out
}

/// Give the speakers of other quotations to those that share them.
fn lend(text: &Text, quotes: &[Quote], leads: &[Lead], out: &mut [Attribution]) {
    let (doc, mentions) = (text.doc, text.mentions);
    let lenders = lenders(leads);
    for (i, lead) in leads.iter().enumerate() {
        let Some(from) = lenders[i] else { continue };
        let lent = out[from].clone();
        let confidence = lent.confidence * doc.lang.quote.confidence(lead.rule.share());
        out[i] = Attribution { rule: lead.rule.name().into(), confidence, ..lent };
        // What was carried to one who speaks of himself as of somebody else, and what goes on from there.
        let follows = lead.from.filter(|f| *f < i && out[*f].rule == Rule::Carried.name()).and_then(|f| out[f].speaker);
        let other = if lead.rule == Rule::Carried { not_oneself(text, quotes, i, &out[i]) } else { follows };
        out[i].speaker = other.or(out[i].speaker);
        if lead.answers {
            out[i].speaker = other_leader(doc, mentions, out[i].speaker.as_ref());
            out[i].mention = None;
        }
    }
}

/// Words set apart that repeat a part of another quotation, in a heading between paragraphs or a pull quote without a source: of whoever
/// speaks there.
fn repeated(doc: &Doc, quotes: &[Quote], leads: &[Lead], out: &mut [Attribution]) {
    let alone = |i: usize| {
        let tokens = doc.tokens_in(quotes[i].outer);
        let last = |end: u32| doc.tokens.get(doc.token_at(end)).is_none_or(|next| next.newline);
        tokens.first().is_some_and(|t| t.newline) && tokens.last().is_some_and(|t| last(t.span.end))
    };
    let lent = |i: &usize| matches!(leads[*i].rule, Rule::Carried | Rule::None) && quotes[*i].kind != QuoteKind::Indirect;
    let mut apart = (0..quotes.len()).filter(|i| lent(i) && alone(*i)).peekable();
    if apart.peek().is_none() {
        return;
    }
    let words: Vec<Vec<u64>> =
        quotes.iter().map(|quote| doc.tokens_in(quote.span).iter().filter(|t| t.is_word()).map(|t| key(t.of(doc.text))).collect()).collect();
    // Where each run of a few words stands first.
    let mut runs: HashMap<&[u64], (usize, usize)> = HashMap::new();
    for (j, said) in words.iter().enumerate().filter(|(j, _)| out[*j].speaker.is_some() && !(lent(j) && alone(*j))) {
        for (at, run) in said.windows(REPEATED).enumerate() {
            runs.entry(run).or_insert((j, at));
        }
    }
    for i in apart {
        let mine = &words[i];
        if let Some(&(j, at)) = mine.get(..REPEATED).and_then(|first| runs.get(first))
            && (words[j][at..].starts_with(mine) || mine.starts_with(&words[j][at..]))
        {
            out[i] = Attribution { rule: Rule::Carried.name().into(), ..out[j].clone() };
        }
    }
}

/// The other leader, where words that a pronoun, a description or the paragraph before gives to one speak of "her" or
/// "this woman" and no other woman has been named for some sentences: nobody calls himself so.
fn not_oneself(text: &Text, quotes: &[Quote], i: usize, said: &Attribution) -> Option<EntityId> {
    let (doc, mentions) = (text.doc, text.mentions);
    let speaker = said.speaker?;
    let leader = mentions.entities[speaker as usize].actor.filter(|a| doc.actors.is_leader(*a))?;
    let other = mentions.leaders[(1 - leader) as usize]?;
    let (own, gender) = (mentions.entities[speaker as usize].gender, mentions.entities[other as usize].gender);
    let gendered = |g: Gender| matches!(g, Gender::Male | Gender::Female);
    if !gendered(own) || !gendered(gender) || own == gender || quotes[i].kind == QuoteKind::Indirect {
        return None;
    }
    let mention = said.mention.and_then(|m| mention_in(text, m));
    // "“I did not look for him,” he told me" is not a woman's.
    let told = said.rule != Rule::Carried.name() && mention.and_then(|m| mentions.traits[m].pronoun).is_some_and(|p| p.gender == own);
    let by_name = told || said.rule != Rule::Carried.name() && mention.is_none_or(|m| mentions.mentions[m].kind == MentionKind::Name);
    if by_name {
        return None;
    }
    let inside = mentions.inside(quotes[i].span);
    let words = doc.tokens_in(quotes[i].span);
    // "Nobody asks a neighbour for his papers": somebody in the words themselves.
    let within = |j: usize| (inside.start..j).any(|k| mentions.mentions[k].kind != MentionKind::Pronoun && mentions.traits[k].person());
    let called = |j: usize| {
        let (m, t) = (mentions.mentions[j], mentions.traits[j]);
        match t.pronoun {
            Some(p) if p.person == 3 && !within(j) => p.gender,
            Some(_) => Gender::Unknown,
            // "this woman", "the lady", not "a mother".
            None if m.kind == MentionKind::Description
                && (t.first.saturating_sub(1)..=t.first).any(|k| {
                    let token = &doc.tokens[k as usize];
                    doc.lang.quote.role(token.word).any(Role::Determiner) && !doc.lang.quote.indefinite(token)
                }) =>
            {
                // "pronounced him “the best-read head of state”": what a label begins with is said of the other.
                let label = quotes[i].kind == QuoteKind::Mixed && j == inside.start && doc.lang.quote.role(words[0].word).any(Role::Article);
                m.entity.filter(|_| !label).map_or(Gender::Unknown, |e| mentions.entities[e as usize].gender)
            }
            None => Gender::Unknown,
        }
    };
    // "And you, madam, are warm", "Your grief, Madam President, is ours".
    let comma = |k: usize| words.get(k).is_some_and(|t| t.is_mark(doc.text, b','));
    let addressed = (1..words.len()).any(|k| {
        let title = doc.lang.name.title(words[k].word).is_some_and(|t| t.gender == own);
        title && comma(k - 1) && (comma(k + 1) || comma(k + 2))
    });
    let genders = || inside.clone().map(called);
    if !addressed && !genders().any(|g| g == own) || genders().any(|g| g == gender) {
        return None;
    }
    let first = quotes[i].sentence.saturating_sub(1);
    let rest = (0..inside.end).rev().take_while(|&j| mentions.mentions[j].sentence >= first);
    let somebody = rest.filter_map(|j| mentions.mentions[j].entity.filter(|e| *e != speaker && *e != other)).any(|e| {
        let found = &mentions.entities[e as usize];
        text.named[e as usize] && found.kind == EntityKind::Person && found.gender != gender
    });
    (!somebody).then_some(other as EntityId)
}

/// The single capital by which a line of an interview begins.
fn letter(doc: &Doc, lead: &Lead) -> Option<Span> {
    lead.subject.filter(|s| matches!(lead.rule, Rule::Transcript | Rule::Colon) && single(doc, *s))
}

fn single(doc: &Doc, s: Span) -> bool {
    s.len() == 1 && s.of(doc.text).chars().all(char::is_uppercase)
}

/// Whether the words of a lead's subject can name one who speaks, though no entity is known for them: a mention that is no
/// pronoun for another, or a plural.
fn speaks(text: &Text, lead: &Lead) -> bool {
    let doc = text.doc;
    let Some(subject) = lead.subject.filter(|_| lead.rule != Rule::None) else { return true };
    if let Some(i) = mention_in(text, subject) {
        return text.mentions.traits[i].pronoun.is_none_or(|p| p.person != 3);
    }
    let last = doc.token_at(subject.end).checked_sub(1).and_then(|k| doc.tokens.get(k));
    // "you", or a name that nothing else tells.
    let first = doc.tokens.get(doc.token_at(subject.start));
    if first.is_some_and(|t| doc.lang.quote.role(t.word).any(Role::Hearer)) || last.is_some_and(|t| t.is_word() && t.capital()) {
        return true;
    }
    let noun = flag::NOUN | flag::TAIL;
    last.is_some_and(|t| t.is_word() && (doc.lang.quote.ends_as(t.of(doc.text), Role::Plural) || doc.lang.name.flags(t.word) & noun != 0))
}

/// Whoever acts last in the narrator's words before a quotation in the middle of a sentence, where what stands beside it names
/// nobody ("In his speech Vega raised a toast to …").
fn acting(text: &Text, quote: &Quote, said: &Attribution) -> Option<Attribution> {
    let (doc, mentions) = (text.doc, text.mentions);
    let from = doc.sentences.get(quote.sentence as usize)?.span.start;
    let acts = |i: &usize| {
        let t = &mentions.traits[*i];
        let named = mentions.mentions[*i].entity.is_some_and(|e| text.named[e as usize]);
        named && t.subject() && t.quote.is_none() && !t.oblique() && !t.possessor() && t.person()
    };
    let end = said.cue.map_or(quote.outer.start, |cue| cue.start.min(quote.outer.start)).max(from);
    let i = mentions.inside(Span { start: from, end }).rev().find(acts)?;
    let mention = mentions.mentions[i];
    let speaker = mention.entity?;
    Some(Attribution {
        speaker: Some(speaker),
        mention: Some(mention.span),
        rule: Rule::Introduced.name().into(),
        confidence: doc.lang.quote.confidence(Rule::Introduced.share()) * TAKEN_OVER_DOUBT,
        ..said.clone()
    })
}

/// The speaker of the quotation before, where the words beside this one name nobody ("the audit suggested …").
fn taken_over(doc: &Doc, quotes: &[Quote], before: &[Attribution], i: usize) -> Option<Attribution> {
    let near = before
        .iter()
        .zip(quotes)
        .rev()
        .take(NAMED)
        .take_while(|(_, q)| q.sentence + TAKEN_OVER >= quotes[i].sentence)
        .find(|(a, _)| a.speaker.is_some());
    near.map(|(lent, _)| Attribution {
        rule: Rule::Carried.name().into(),
        confidence: lent.confidence * doc.lang.quote.confidence(Rule::Carried.share()) * TAKEN_OVER_DOUBT,
        cue: None,
        ..lent.clone()
    })
}

/// For each quotation that lends its speaker from another: the one at the end of that chain.
fn lenders(leads: &[Lead]) -> Vec<Option<usize>> {
    let mut out: Vec<Option<usize>> = vec![None; leads.len()];
    let mut chain = Vec::new();
    for i in 0..leads.len() {
        let mut at = i;
        chain.clear();
        // A chain never turns back on itself; the bound only makes that plain.
        while let Some(from) = leads[at].from.filter(|_| out[at].is_none() && chain.len() <= leads.len() && (at == i || !leads[at].answers)) {
            chain.push(at);
            at = from;
        }
        let end = if at != i && leads[at].answers { at } else { out[at].unwrap_or(at) };
        for &k in &chain {
            out[k] = Some(end);
        }
    }
    out
}

/// Those whom the words of one subject, in quotations that begin with these, tell him not to be.
fn others_than(text: &Text, subject: Option<Span>, quotes: &[Quote], leads: &[Lead]) -> Vec<EntityId> {
    let mut others = Vec::new();
    let same = leads.iter().zip(quotes).take_while(|(l, _)| l.from.is_some() || l.subject == subject).filter(|(l, _)| l.from.is_none());
    for (lead, quote) in same.take(if subject.is_some() { NAMED } else { 1 }) {
        others_in(text, quote, lead, &mut others);
        others.extend(told(text, lead));
        others.extend(before_parenthesis(text, lead));
    }
    others
}

/// `he told Mora`: who is told something by name does not say it.
fn told(text: &Text, lead: &Lead) -> Option<EntityId> {
    let (subject, cue) = (lead.subject?, lead.cue.filter(|_| lead.rule == Rule::VerbAfter || lead.rule == Rule::VerbBefore)?);
    let mentions = text.mentions;
    let i = mentions.from(cue.end);
    let (m, t) = (mentions.mentions.get(i)?, mentions.traits.get(i)?);
    let next = t.first as usize == text.doc.token_at(cue.end) && m.kind == MentionKind::Name && !t.possessor() && t.quote.is_none();
    m.entity.filter(|_| next && subject.end <= cue.start)
}

/// `Mora, he alleged, had …`: the name before a reporting clause set off by commas is not its subject.
fn before_parenthesis(text: &Text, lead: &Lead) -> Option<EntityId> {
    let (doc, mentions) = (text.doc, text.mentions);
    let (subject, cue) = (lead.subject?, lead.cue?);
    let first = doc.token_at(subject.start);
    let comma = |i: usize| doc.tokens.get(i).is_some_and(|t| t.is_mark(doc.text, b','));
    // "Mora, he told us by telephone, “…”"
    let behind = doc.token_at(cue.end);
    let hearer = (behind..behind + HEARER).take_while(|&i| doc.tokens.get(i).is_some_and(Token::is_word)).count();
    if first == 0 || !comma(first - 1) || !comma(behind + hearer) {
        return None;
    }
    let end = doc.tokens.get(first - 2)?.span.end;
    // "Should Mora try it, he warned, “…”": nobody warns himself.
    let s = &doc.sentences[doc.sentence_at(subject.start)];
    let opens = doc.role_at(s.first as usize);
    if opens.any(Role::Condition | Role::Modal) && s.first as usize + 1 < first {
        let named = text.mentions.inside(Span { start: s.span.start, end }).find(|&i| mentions.mentions[i].kind == MentionKind::Name);
        if let Some(e) = named.and_then(|i| mentions.mentions[i].entity) {
            return Some(e);
        }
    }
    let j = text.mentions.from(end).checked_sub(1)?;
    let (m, t) = (mentions.mentions[j], mentions.traits[j]);
    m.entity.filter(|_| m.span.end == end && m.kind != MentionKind::Pronoun && !t.oblique() && !t.possessor())
}

/// Those whom the reported words name: nobody speaks of himself by name, or names himself inside what "he said".
fn others_in(text: &Text, quote: &Quote, lead: &Lead, out: &mut Vec<EntityId>) {
    let mentions = text.mentions;
    // Of the clause round them only what stands between the reporting verb and the marks.
    let from = quote.content.filter(|c| lead.cue.is_some_and(|cue| cue.end <= c.start)).map_or(quote.span.start, |c| c.start.min(quote.span.start));
    let whole = Span { start: from, end: quote.span.end };
    for i in text.mentions.inside(whole).take(NAMED) {
        let m = &mentions.mentions[i];
        let says = || lead.subject.is_some_and(|s| s.overlaps(m.span));
        if m.kind != MentionKind::Pronoun
            && let Some(e) = m.entity
            && !out.contains(&e)
            && !says()
            && (m.kind == MentionKind::Name || described(mentions, i))
        {
            out.push(e);
        }
    }
}

/// A description inside the marks of somebody who is nowhere named.
fn described(mentions: &Mentions, i: usize) -> bool {
    let m = mentions.mentions[i];
    let nameless = |e: EntityId| {
        mentions.entities[e as usize].actor.is_none() && mentions.mentions[i.saturating_sub(NAMED)..i].iter().all(|b| b.entity != Some(e))
    };
    m.kind == MentionKind::Description && mentions.traits[i].quote.is_some() && m.entity.is_some_and(nameless)
}

fn own<'o>(text: &Text, lead: &Lead, speakers: &[EntityId], others: impl FnOnce() -> &'o Vec<EntityId>) -> Attribution {
    let Some(subject) = lead.subject.filter(|_| lead.rule != Rule::None) else {
        return Attribution { cue: lead.cue, cue_class: lead.class, rule: Rule::None.name().into(), ..Attribution::default() };
    };
    let (speaker, span, basis) = match (text.asker, letter(text.doc, lead)) {
        (Some((asks, Some(guest))), Some(letter)) if asks.of(text.doc.text) != letter.of(text.doc.text) => (Some(guest), letter, Basis::Other),
        _ => named(text, subject, speakers, others),
    };
    let speaker = writer(text, lead, subject, speaker, speakers).or(speaker);
    // "“…,” came the reply from the castle": a place does not speak.
    let comes = |cue: Span| text.doc.lang.quote.role(text.doc.tokens[text.doc.token_at(cue.start)].word).any(Role::Comes);
    let speaker = speaker.or_else(|| {
        lead.cue.filter(|cue| lead.rule == Rule::Noun && comes(*cue)).and_then(|_| other_leader(text.doc, text.mentions, speakers.last()))
    });
    let doubt = if lead.unreal { 0.5 } else { 1.0 };
    let none = Vec::new();
    let reported_by = lead.reporter.and_then(|r| named(text, r, speakers, || &none).0).filter(|r| speaker != Some(*r));
    let by = |share: usize| text.doc.lang.quote.confidence(share);
    Attribution {
        speaker,
        mention: Some(span).filter(|s| !s.is_empty()),
        cue: lead.cue,
        cue_class: lead.class,
        rule: lead.rule.name().into(),
        confidence: by(lead.rule.share()) * by(basis.share()) * doubt,
        reported_by,
    }
}

/// Who wrote the paper that the words of `subject` name.
fn writer(text: &Text, lead: &Lead, subject: Span, speaker: Option<EntityId>, speakers: &[EntityId]) -> Option<EntityId> {
    let (doc, mentions) = (text.doc, text.mentions);
    let kind = |e: EntityId| mentions.entities[e as usize].kind;
    // Most speakers are people. "Her reply, sent in a letter, was short. “…,” it said.": whose reply that is has been told.
    let tokens = doc.within(subject);
    if speaker.is_some_and(|e| kind(e) == EntityKind::Person) || tokens.is_empty() {
        return None;
    }
    let papers = || Papers { doc, mentions, between_marks: text.between_marks() };
    if mention_in(text, subject).is_some_and(|i| author::is_it(mentions, i)) {
        return papers().of_it(tokens.start, lead.cue, speaker);
    }
    let document = |e: EntityId| kind(e) == EntityKind::Document;
    if !speaker.is_none_or(document) {
        return None;
    }
    papers().of_named(tokens.start, tokens.end).or_else(|| {
        // "The ministry dismissed “…”. “…,” the statement said.": whoever has just been quoted.
        let definite = doc.lang.quote.definite(&doc.tokens[tokens.start]);
        let head = doc.role_at(tokens.end - 1);
        let given_out = head.any(Role::Letter) && head.any(Role::Report | Role::Posted);
        let last = || {
            let marked = text.between_marks();
            marked[..marked.partition_point(|q| q.end <= subject.start)].last()
        };
        let near = || last().is_some_and(|q| doc.sentence_at(q.start) as u32 + QUOTED >= doc.sentence_at(subject.start) as u32);
        speakers.last().copied().filter(|&e| definite && given_out && !document(e) && near())
    })
}

/// What tells who is meant by the words that name a speaker; names are those of `quote_rules.tsv`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Basis {
    /// A name.
    Name,
    /// A description of somebody whom the text names elsewhere.
    Description,
    /// A description of somebody who has no name.
    Nameless,
    /// "he" or "she", where nobody else comes near.
    Pronoun,
    /// "he" or "she", where somebody else may be meant.
    Unclear,
    /// "it", "they", "who", "I" …
    Other,
}

impl Basis {
    /// All of them.
    pub const ALL: [Basis; 6] = [Basis::Name, Basis::Description, Basis::Nameless, Basis::Pronoun, Basis::Unclear, Basis::Other];
    /// As the table has it.
    pub fn name(self) -> &'static str {
        SHARES[self.share()]
    }
    /// Its place among what has a share of right answers: behind the rules.
    pub fn share(self) -> usize {
        Rule::ALL.len() + self as usize
    }
}

/// Whom the words of `subject` name, which of them, and what tells it.
fn named<'o>(text: &Text, subject: Span, speakers: &[EntityId], others: impl FnOnce() -> &'o Vec<EntityId>) -> (Option<EntityId>, Span, Basis) {
    let (doc, mentions) = (text.doc, text.mentions);
    let nobody = || (None, without_article(doc, subject), Basis::Nameless);
    // "you called it": whoever is spoken to is not named by that.
    let hearer = doc.lang.quote.role(doc.tokens[doc.token_at(subject.start)].word).any(Role::Hearer);
    let Some(i) = mention_in(text, subject).filter(|&i| !complement(doc, mentions, i, subject)) else {
        // "the other said"
        let last = doc.token_at(subject.end).checked_sub(1).map_or(WordId::NONE, |k| doc.tokens[k].word);
        if let Some(other) = the_other(doc, mentions, last, speakers) {
            return (Some(other), subject, Basis::Unclear);
        }
        if let Some(group) = one_of(text, subject) {
            return (Some(group), subject, Basis::Other);
        }
        let guest = text.asker.and_then(|a| a.1);
        return if hearer && guest.is_some() {
            (guest, subject, Basis::Other)
        } else if hearer {
            (None, Span { end: subject.start, ..subject }, Basis::Other)
        } else {
            nobody()
        };
    };
    let mention = mentions.mentions[i];
    // "one of them"
    let first = doc.token_at(mention.span.start);
    if mention.kind == MentionKind::Pronoun && mention.span.start > subject.start && doc.lang.quote.role(doc.tokens[first - 1].word).any(Role::Of) {
        return nobody();
    }
    if mention.kind == MentionKind::Pronoun {
        let (resolved, sure) = mention::resolve_pronoun(doc, mentions, i, speakers, others());
        let gendered = mentions.traits[i].pronoun.is_some_and(|p| matches!(p.gender, Gender::Male | Gender::Female));
        let basis = match sure {
            _ if !gendered => Basis::Other,
            true => Basis::Pronoun,
            false => Basis::Unclear,
        };
        let resolved = resolved.or(mention.entity);
        return (resolved.map(|e| author(mentions, e)), mention.span, basis);
    }
    if let Some(other) = replies(doc, mentions, i, speakers) {
        return (Some(other), mention.span, Basis::Unclear);
    }
    let (entity, span) = mentions.speaker(i);
    let entity = match entity {
        Some(e) if mention.kind == MentionKind::Description && others().contains(&e) => mentions.second(i).or(entity),
        _ => entity,
    };
    if mention.kind == MentionKind::Name {
        return entity.map_or_else(nobody, |e| (Some(e), span, Basis::Name));
    }
    let span = span.cover(Span { start: subject.start.min(span.start), end: span.end });
    let basis = |e: EntityId| if text.named[e as usize] { Basis::Description } else { Basis::Nameless };
    entity.map_or_else(nobody, |e| (Some(author(mentions, e)), span, basis(e)))
}

/// "Diplomats are not so sure. “…,” one said.": of whom the sentence before tells.
fn one_of(text: &Text, subject: Span) -> Option<EntityId> {
    let (doc, mentions) = (text.doc, text.mentions);
    let first = doc.token_at(subject.start);
    let token = doc.tokens[first];
    if token.span.end != subject.end
        || doc.lang.name.flags(token.word) & flag::QUANTIFIER == 0
        || doc.lang.quote.ends_as(token.of(doc.text), Role::Plural)
    {
        return None;
    }
    let sentence = doc.sentence_at(subject.start) as u32;
    let near = (0..mentions.from(subject.start)).rev().take_while(|&i| mentions.mentions[i].sentence + 2 > sentence);
    // Not of "the pair", who have names.
    let many = |i: usize| doc.lang.quote.ends_as(mentions.mentions[i].span.of(doc.text), Role::Plural);
    let group = |i: usize| mentions.mentions[i].entity.filter(|e| many(i) && mentions.entities[*e as usize].kind == EntityKind::Group);
    near.filter(|&i| mentions.traits[i].subject() && mentions.traits[i].quote.is_none()).find_map(group)
}

/// Whose words a paper holds: "his reply" says what he says.
fn author(mentions: &Mentions, e: EntityId) -> EntityId {
    mentions.owners.iter().find(|o| o.0 == e).map_or(e, |o| o.1)
}

/// "The reply: …", owned by nobody: the other leader than the one who spoke last.
fn replies(doc: &Doc, mentions: &Mentions, i: usize, speakers: &[EntityId]) -> Option<EntityId> {
    let kind = mentions.mentions[i].entity.map(|e| mentions.entities[e as usize].kind);
    let word = doc.tokens.get(mentions.traits[i].last as usize - 1)?.word;
    if kind == Some(EntityKind::Document) { the_other(doc, mentions, word, speakers) } else { None }
}

/// Whom "other" or "reply" means: the other leader than the one who spoke last.
fn the_other(doc: &Doc, mentions: &Mentions, word: WordId, speakers: &[EntityId]) -> Option<EntityId> {
    let opposite = doc.lang.name.flags(word) & flag::OPPOSITE != 0;
    if opposite { other_leader(doc, mentions, speakers.last()) } else { None }
}

/// The other leader than the one who spoke.
fn other_leader(doc: &Doc, mentions: &Mentions, spoke: Option<&EntityId>) -> Option<EntityId> {
    let last = mentions.entities[*spoke? as usize].actor.filter(|a| doc.actors.is_leader(*a))?;
    mentions.leaders[(1 - last) as usize]
}

/// "A mate of the mayor": the first mention belongs to a head that no table knows.
fn complement(doc: &Doc, mentions: &Mentions, i: usize, subject: Span) -> bool {
    let t = mentions.traits[i];
    let first = t.first as usize;
    if mentions.mentions[i].span.start <= subject.start || first < 2 {
        return false;
    }
    // "the native of the Kasai"
    let first = first - usize::from(first > 2 && doc.lang.quote.role(doc.tokens[first - 1].word).any(Role::Article));
    let (link, head) = (doc.tokens[first - 1], doc.tokens[first - 2]);
    let roles = doc.lang.quote.role(head.word);
    let article = doc.lang.quote.role(doc.tokens[doc.token_at(subject.start)].word).any(Role::Determiner);
    let group = mentions.mentions[i].entity.is_some_and(|e| mentions.entities[e as usize].kind == EntityKind::Group);
    article
        && !group
        && link.span.start > subject.start
        && doc.lang.quote.role(link.word).any(Role::Of | Role::For | Role::To)
        && head.is_word()
        && !head.capital()
        && head.span.start > subject.start
        && !roles.any(Role::Determiner | Role::Adverb | Role::Report | Role::Document | Role::Mention)
}

/// The mention that heads the words of `subject`: the first that begins in it, else one that overlaps.
fn mention_in(text: &Text, subject: Span) -> Option<usize> {
    let mentions = text.mentions;
    let within = mentions.inside(subject);
    let i = within.start;
    let mut inside = mentions.mentions.get(i).filter(|m| m.span.overlaps(subject)).map(|_| i);
    // "Novak's spokesman", "his aides": the possessor does not speak. Of papers and bodies he is the one who does.
    while let Some(j) = inside
        && let (Some(own), Some(next)) = (mentions.traits.get(j), mentions.traits.get(j + 1))
        && next.person()
        && (own.possessor() && next.first == own.last + 1 || own.pronoun.is_some() && next.first == own.last)
        && mentions.mentions[j + 1].span.overlaps(subject)
    {
        inside = Some(j + 1);
    }
    // "veterans' groups"
    let word = |k: u32| text.doc.tokens[k as usize].of(text.doc.text);
    let plural = |t: &Traits| word(t.last) == "’" && text.doc.lang.quote.ends_as(word(t.last - 1), Role::Plural);
    if let Some(j) = inside
        && let (Some(own), Some(next)) = (mentions.traits.get(j), mentions.traits.get(j + 1))
        && next.first == own.last + 1
        && plural(own)
        && mentions.mentions[j + 1].span.overlaps(subject)
    {
        inside = Some(j + 1);
    }
    // "Asantia's foreign ministry": of a country's bodies, the body.
    if let Some(j) = inside
        && let (Some(own), Some(next)) = (mentions.traits.get(j), mentions.traits.get(j + 1))
        && (own.possessor() && next.first == own.last + 1 || own.pronoun.is_some_and(|p| p.gender == Gender::Neuter) && next.first == own.last)
        && mentions.mentions[j + 1].span.overlaps(subject)
    {
        let kind = |j: usize| mentions.mentions[j].entity.map(|e| mentions.entities[e as usize].kind);
        let named = mentions.mentions[j + 1].kind == MentionKind::Name;
        if (matches!(kind(j), Some(EntityKind::Country | EntityKind::Group)) || own.pronoun.is_some() || named)
            && matches!(kind(j + 1), Some(EntityKind::Body | EntityKind::Group))
        {
            inside = Some(j + 1);
        }
    }
    // "councillor Ida Moll": the name that ends the subject is its head.
    if let Some(j) = inside
        && !mentions.traits[j].possessor()
        && let Some(k) = within.end.checked_sub(1).filter(|&k| k > j)
        && mentions.mentions[k].span.end == subject.end
        && mentions.mentions[k].kind == MentionKind::Name
        && mentions.traits[k].person()
        && !mentions.traits[k].oblique()
        && (mentions.mentions[j].kind == MentionKind::Name && mentions.traits[k].first == mentions.traits[j].last || trade(text.doc, mentions, j, k))
    {
        let joined = mentions.pairs.iter().any(|p| p.first as usize <= j && k <= p.last as usize);
        if !joined {
            return Some(k);
        }
    }
    inside.or_else(|| (i.saturating_sub(4)..i).rev().find(|&j| mentions.mentions[j].span.overlaps(subject)))
}

/// "union stalwart Ida Moll": whether between a body's noun and a name stands no more than a noun that no table knows.
fn trade(doc: &Doc, mentions: &Mentions, j: usize, k: usize) -> bool {
    let (body, name) = (&mentions.traits[j], &mentions.traits[k]);
    let plain = |t: &Token| t.is_word() && !t.capital() && doc.lang.quote.role(t.word).0 == 0 && doc.lang.name.flags(t.word) & flag::STOP == 0;
    let between = &doc.tokens[body.last as usize..name.first as usize];
    mentions.mentions[j].kind == MentionKind::Description && between.len() == 1 && between.iter().all(plain)
}

/// The words of `subject` without a leading article: the name of a speaker whom no mention names.
fn without_article(doc: &Doc, subject: Span) -> Span {
    let at = doc.token_at(subject.start);
    match (doc.tokens.get(at), doc.tokens.get(at + 1)) {
        (Some(article), Some(next)) if doc.lang.quote.role(article.word).any(Role::Article) && next.span.end <= subject.end => {
            Span { start: next.span.start, end: subject.end }
        }
        _ => subject,
    }
}
