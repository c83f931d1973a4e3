//! Quotations + mentions → whom each is aimed at. Does not score: it reads tone only to tell words
//! that name nobody and judge nobody from words that do.
//!
//! In order: who is named or meant inside the marks, who is the object or topic of the reporting clause,
//! who stands behind the quotation in its sentence, and last the other leader, where a leader speaks; for others, whose words they judge.

use crate::actor::{Actor, Actors, index::Index};
use crate::annotation::{ActorId, Attribution, CueClass, Entity, EntityId, EntityKind, Gender, MentionKind, Quote, QuoteKind, Target};
use crate::doc::Doc;
use crate::language::name::Case;
use crate::language::quote::{Role, VerbUse};
use crate::language::stance::aim;
use crate::language::time::Class;
use crate::mention::{self, Mentions};
use crate::span::Span;
use crate::token::{Token, TokenKind};
use crate::tone::lexicon;
use std::cell::{Cell, LazyCell, OnceCell, RefCell};

/// Bytes of a sentence that are searched before and behind a quotation, at most.
const REACH: u32 = 400;
/// Words that judge nobody sum to less than this, signs aside.
const JUDGES: f64 = 1.0;
/// Mentions before a pronoun that are looked at, at most.
const NEAR: usize = 64;
/// Words that open a quotation.
const OPENING: usize = 5;
/// Words for a hearer, at most.
const HEARER: usize = 8;
/// Tokens from the comma before a reporting clause to its verb, at most.
const ASIDE: usize = 6;
/// Words of a reply that is no whole sentence, at most.
const REPLY: usize = 4;
/// Words that stand for somebody's words, at most.
const OBJECT: usize = 3;
/// Bytes between a verb that judges and the fragment that is its object, at most.
const BESIDE: u32 = 12;

/// Tokens before a fragment that tell of what it refuses, and at its start, at most.
const VOW: usize = 3;
const VOWED: usize = 8;
/// Tokens from a verb to the words that it judges, at most.
const JUDGED: usize = 6;
/// Quotations before one that judges somebody's words, at most.
const NEIGHBOURS: usize = 6;
/// Sentences from somebody's words to those that judge them, at most.
const MADE: u32 = 8;

/// What a mention is to the speaker of a quotation, the best target first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Relation {
    /// The other leader in person.
    Rival,
    /// His government or country.
    RivalSide,
    /// Somebody else, or a leader where no leader speaks.
    Third,
}

/// The target of every quotation; the result runs parallel to `quotes`.
pub fn aim(doc: &Doc, quotes: &[Quote], attributions: &[Attribution], mentions: &Mentions) -> Vec<Target> {
    let sides = vec![Cell::new(None); mentions.entities.len()];
    let tone = RefCell::new(lexicon::Reader::new(doc.text, doc.lang));
    let aim = Aim { doc, mentions, teller: Teller::new(doc), sides, named: OnceCell::new(), tone };
    let mut out: Vec<Target> = Vec::with_capacity(quotes.len());
    let none = Attribution::default();
    for (n, quote) in quotes.iter().enumerate() {
        let said = attributions.get(n).unwrap_or(&none);
        let mut target = aim.one(quotes, n, said);
        if target.basis.is_empty() {
            target = aim.author(quotes, attributions, n).unwrap_or(target);
        }
        if matches!(&*target.basis, "dyad" | "default") {
            target = aim.answered(quotes, attributions, n).unwrap_or(target);
        }
        // The pieces of one utterance are aimed at the same one, where a piece does not tell by itself.
        if let (true, Some(before)) = (matches!(&*target.basis, "" | "dyad" | "default"), n.checked_sub(1))
            && quotes[before].utterance == quote.utterance
        {
            let own = quotes[before].sentence == quote.sentence && matches!(&*out[before].basis, "own" | "self");
            // "She thanked Kenya. “I forget no friend,” she said": words in person stay with the person.
            let person = target.person && out[before].leader == target.leader;
            if !person && !out[before].name.is_empty() || own && quote.kind == QuoteKind::Mixed {
                target = Target { basis: if own { out[before].basis.clone() } else { "utterance".into() }, ..out[before].clone() };
            }
        }
        out.push(target);
    }
    out
}

/// The leader that each entity is or belongs to.
pub fn sides(doc: &Doc, mentions: &Mentions) -> Vec<Option<ActorId>> {
    let teller = Teller::new(doc);
    mentions.entities.iter().map(|e| teller.side(e)).collect()
}

/// Tells to which leader an entity belongs.
struct Teller<'a> {
    actors: &'a Actors,
    leaders: Option<[&'a Actor; 2]>,
    index: &'a Index,
}

impl<'a> Teller<'a> {
    fn new(doc: &Doc<'a>) -> Self {
        Teller { actors: doc.actors, leaders: doc.actors.leaders(), index: doc.actors.index(doc.lang) }
    }
    fn side(&self, e: &Entity) -> Option<ActorId> {
        let leaders = self.leaders?;
        if let Some(side) = e.actor.and_then(|a| self.actors.leader_of(a)) {
            return Some(side);
        }
        let found = match e.kind {
            EntityKind::Country => leaders.map(|l| l.country_words().any(|c| is_same(&e.name, c))),
            EntityKind::Body | EntityKind::Group => self.index.sides_in(&e.name),
            _ => [false; 2],
        };
        match found {
            [true, false] => Some(0),
            [false, true] => Some(1),
            // "the two countries' relations" as a compound ("A-B relations") belongs to neither.
            _ => None,
        }
    }
}

/// The same but for capitals.
fn is_same(a: &str, b: &str) -> bool {
    !a.is_empty() && (a.eq_ignore_ascii_case(b) || !(a.is_ascii() && b.is_ascii()) && a.to_lowercase() == b.to_lowercase())
}

struct Aim<'a> {
    doc: &'a Doc<'a>,
    mentions: &'a Mentions,
    teller: Teller<'a>,
    /// The leader that each entity is or belongs to, where that has been asked.
    sides: Vec<Cell<Option<Option<ActorId>>>>,
    /// How names name each entity; asked where a leader speaks.
    named: OnceCell<Vec<Named>>,
    /// Tells how loud words are.
    tone: RefCell<lexicon::Reader<'a>>,
}

/// How an article names somebody.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Named {
    /// By descriptions and pronouns only.
    Never,
    /// By one word.
    Once,
    /// By several words, such as first and last name, or title and name.
    Fully,
}

fn named(doc: &Doc, mentions: &Mentions) -> Vec<Named> {
    let mut named = vec![Named::Never; mentions.entities.len()];
    for (m, t) in mentions.mentions.iter().zip(&mentions.traits).filter(|(m, _)| m.kind == MentionKind::Name) {
        if let Some(slot) = m.entity.and_then(|e| named.get_mut(e as usize)) {
            // "Madam President" names nobody.
            let title =
                t.last.checked_sub(1).and_then(|l| doc.tokens.get(l as usize)).is_some_and(|l| doc.lang.stance.aims(l.word) & aim::RULER != 0);
            *slot = (*slot).max(if t.last > t.first + 1 && !title { Named::Fully } else { Named::Once });
        }
    }
    named
}

/// Who speaks, as far as it tells whom he means.
#[derive(Clone, Copy)]
struct Voice {
    speaker: Option<EntityId>,
    /// The leader that the speaker is or speaks for.
    own: Option<ActorId>,
    /// The other leader, where a leader himself speaks and the outlet heard it.
    rival: Option<ActorId>,
}

/// A mention that can be the target.
#[derive(Clone, Copy)]
struct Found {
    entity: EntityId,
    span: Span,
    relation: Relation,
    /// It is a subject, or opens the stretch.
    subject: bool,
    /// A name, a pronoun for a person, or a noun that stands for somebody known.
    known: bool,
}

impl Aim<'_> {
    /// The target of quotation `n`. `gist` below is what any of its words is, so that most looks through them can be spared.
    fn one(&self, quotes: &[Quote], n: usize, said: &Attribution) -> Target {
        let quote = &quotes[n];
        let speaker = said.speaker;
        let actor = speaker.and_then(|s| self.mentions.entities.get(s as usize)).and_then(|e| e.actor);
        let own = speaker.and_then(|s| self.side(s));
        let leads = actor.is_some_and(|a| self.doc.actors.is_leader(a));
        let rival = own.filter(|_| leads && said.reported_by.is_none()).map(|own| 1 - own);
        let voice = Voice { speaker, own, rival };
        let inside = self.best(quote.span, voice, true);
        if let Some(found) = inside.filter(|f| f.relation == Relation::Rival) {
            return self.target(found.entity, "named");
        }
        let words = self.doc.tokens_in(quote.span);
        let gist = LazyCell::new(|| words.iter().fold(0, |all, t| all | self.doc.lang.stance.aims(t.word)));
        let mixed = quote.kind == QuoteKind::Mixed;
        let heard = said.cue.filter(|_| mixed || rival.is_some()).and_then(|c| self.hearer(c, quote));
        let hearer = heard.filter(|h| self.others(*h, voice));
        if rival.is_some() && hearer.is_none() && self.speaks_to(words, *gist) {
            let target = self.rival(voice, "addressed");
            if !target.name.is_empty() {
                return target;
            }
        }
        // "“You had every right,” Vega told the skipper": him.
        if let Some(third) = hearer.filter(|h| leads && self.speaks_to(words, *gist) && self.person(*h, voice))
            && let Some(entity) = self.mentions.inside(third).find_map(|i| self.mentions.mentions[i].entity)
        {
            return self.target(entity, "addressed");
        }
        let sentence = self.doc.sentences.get(quote.sentence as usize).map_or(quote.span, |s| s.span);
        // The frame begins behind the reporting verb and its hearer.
        let opens = said.cue.filter(|c| c.end <= quote.span.start);
        let from = opens.map_or(sentence.start, |c| {
            heard.filter(|h| hearer == heard || self.passes_on(*h)).filter(|h| h.start >= c.end && h.end <= quote.span.start).map_or(c.end, |h| h.end)
        });
        let from = from.max(sentence.start).max(quote.span.start.saturating_sub(REACH)).min(quote.span.start);
        let frame = Span { start: if mixed { from } else { quote.span.start }, end: quote.span.start };
        if mixed {
            // "described himself as": only what stands right behind the verb is its object.
            if opens.is_some_and(|c| c.end == from) && self.reflexive(Span { start: from, end: quote.span.start.min(from + 2) }) {
                return nobody("self");
            }
        }
        if let Some(target) = opens.and_then(|c| self.antecedent(c, voice)) {
            return target;
        }
        // "called her “A” and her country “B”": what stands between the two is what the second is said of.
        let first = n.checked_sub(1).map(|b| quotes[b].outer).filter(|b| mixed && opens.is_some() && b.start >= from && b.end < quote.outer.start);
        let nearer = first.and_then(|b| self.best(Span { start: b.end, end: frame.end }, voice, true)).filter(|f| f.relation != Relation::Third);
        // "Kenya, she went on, had been “…”"
        let fronted = || said.cue.filter(|_| mixed).and_then(|c| self.fronted(c, sentence)).and_then(|s| self.best(s, voice, false));
        let object = nearer.or_else(|| self.best(frame, voice, opens.is_some())).or_else(fronted).or_else(|| {
            said.cue
                .filter(|c| mixed && opens.is_some() && c.end == from && (said.cue_class.judges() || said.rule == "label"))
                .and_then(|c| self.labelled(c, frame))
        });
        if object.is_none_or(|o| o.relation != Relation::Rival)
            && self.describes(Span { start: if opens.is_some() { from } else { frame.start }, end: frame.end }, quote, voice)
            && let target = self.rival(voice, "described")
            && !target.name.is_empty()
        {
            return target;
        }
        if mixed {
            // Who else is named beside a neutral verb is aimed at only as what the words are said of.
            let object = object.filter(|f| f.relation != Relation::Third || f.subject || said.cue_class != CueClass::Neutral);
            let found = [object.map(|f| (f, "object")), inside.map(|f| (f, "named"))].into_iter().flatten().min_by_key(|(f, _)| f.relation);
            if let Some((found, basis)) = found
                && (found.relation != Relation::Third || basis == "object")
            {
                return self.target(found.entity, basis);
            }
            let to = sentence.end.min(quote.span.end.saturating_add(REACH)).max(quote.span.end);
            let behind = self.best(Span { start: quote.span.end, end: to }, voice, false);
            // "… and took the port from Kenya": what else the speaker did.
            let rest = || self.doc.tokens_in(Span { start: quote.outer.end, end: to });
            let goes_on = || rest().first().is_some_and(|t| self.doc.lang.quote.role(t.word).any(Role::Conjunction));
            if let Some(found) = behind.filter(|b| b.relation == Relation::RivalSide && !goes_on()) {
                return self.target(found.entity, "condition");
            }
        }
        // "a Great Honour", capitals and all, is a label and nobody's name.
        let label = |f: &Found| mixed && f.span.start <= quote.span.start + 2 && f.span.end + 2 >= quote.span.end;
        if let Some(found) = inside.filter(|f| f.relation == Relation::RivalSide || !label(f))
            && (found.relation == Relation::RivalSide || found.known && found.subject && (leads || own.is_none()))
        {
            let kind = self.mentions.entities[found.entity as usize].kind;
            let own = found.relation == Relation::Third && self.opens_with_own(quote.span, words, voice);
            if !own && (found.relation == Relation::RivalSide || matches!(kind, EntityKind::Person | EntityKind::Country)) {
                return self.target(found.entity, "named");
            }
        }
        if let Some(target) = self.adjective(words, voice) {
            return target;
        }
        if self.about_self(words) || mixed && self.said_of_self(frame, words, voice) {
            return nobody("self");
        }
        // "had no use for a policy “that fills prisons”": the words are about the noun before them.
        let relative = words.first().is_some_and(|t| self.doc.lang.quote.role(t.word).any(Role::Relative));
        if mixed && !relative && self.claims(frame) {
            return nobody("self");
        }
        if mixed && !relative && self.of_own(frame, voice) {
            // "said Kenya would “never kneel”", "was “deaf to bullies”": a vow or what judges is meant for the other side.
            if rival.is_some() && (self.vows(self.doc.tokens_in(frame), words) || self.judges(quote.span)) {
                return self.rival(voice, "vow");
            }
            return nobody("own");
        }
        if !mixed && (self.private(quote.span, words, *gist) || rival.is_some() && self.confides(sentence, quote, *gist)) {
            return nobody("self");
        }
        // "a foreign government", "said some countries “look away”": the other leader's country without its name.
        let veiled = rival.is_some() && self.veils(if mixed { self.doc.tokens_in(frame) } else { words });
        if let Some(target) = self.both_sides(quote.span, words, veiled, || *gist, voice) {
            return target;
        }
        let confided = hearer.is_some_and(|h| self.person(h, voice));
        if rival.is_some()
            && !confided
            && (opens.is_some_and(|c| said.cue_class.judges() && quote.outer.start <= c.end + BESIDE) || self.judges(frame.cover(quote.span)))
        {
            return self.rival(voice, "dyad");
        }
        // What goes on in the middle of a sentence ("because Kenya …") is aimed where its beginning is.
        if words.first().is_some_and(Token::capital) && self.opens_with_own(quote.span, words, voice) {
            if rival.is_some() && self.vows(&[], words) {
                return self.rival(voice, "vow");
            }
            return nobody("own");
        }
        // "Asked about Kenya, she said": what the sentence round the words is about.
        if rival.is_some() && !mixed && !confided {
            let last = self.doc.sentences.get(self.doc.sentence_at(quote.span.end.saturating_sub(1))).map_or(sentence, |s| s.span);
            let before = Span { start: sentence.start.max(quote.outer.start.saturating_sub(REACH)), end: quote.outer.start.max(sentence.start) };
            let behind = Span { start: quote.outer.end, end: last.end.min(quote.outer.end.saturating_add(REACH)).max(quote.outer.end) };
            let found = [before, behind].into_iter().filter_map(|s| self.best(s, voice, false)).min_by_key(|f| f.relation);
            if let Some(found) = found.filter(|f| f.relation != Relation::Third) {
                return self.target(found.entity, "topic");
            }
        }
        // Between two leaders, what somebody says in person, a part of a sentence, and marked words that give no plain information mean
        // the other one.
        let crowd = hearer.is_some() && self.speaks_to(words, *gist);
        let whole = quote.kind == QuoteKind::Direct && !self.informs(words);
        if rival.is_some() && !confided && !crowd && (mixed || whole || self.personal(quote.span, words, *gist)) {
            return self.rival(voice, "default");
        }
        Target::default()
    }

    /// "called the speech “a comedy”": the leader whose words somebody else judges, where they are nobody's by name: the one who spoke
    /// last, the other one for those who speak for a leader.
    fn author(&self, quotes: &[Quote], attributions: &[Attribution], n: usize) -> Option<Target> {
        let (quote, said) = (&quotes[n], attributions.get(n)?);
        let cue = said.cue.filter(|c| c.end <= quote.span.start && quote.kind == QuoteKind::Mixed)?;
        let object = self.doc.tokens_in(Span { start: cue.end, end: quote.outer.start });
        let roles = |t: &Token| self.doc.lang.quote.role(t.word);
        let given = |i: usize| {
            let article = object[..i].iter().rev().take(3).find(|t| roles(t).any(Role::Determiner));
            article.is_some_and(|t| t.span.len() > 2) && object.get(i + 1).is_none_or(|t| !roles(t).any(Role::Of | Role::By))
        };
        let words = object.iter().take(JUDGED).enumerate().find(|(_, t)| roles(t).any(Role::Report | Role::Paper | Role::Posted))?.0;
        if !given(words) {
            return None;
        }
        let own = said.speaker.and_then(|s| self.side(s));
        let near = (0..n).rev().take(NEIGHBOURS).filter(|&m| quotes[m].sentence + MADE >= quote.sentence);
        let leader = near.filter_map(|m| attributions[m].speaker).find(|&e| {
            let actor = self.mentions.entities[e as usize].actor.filter(|a| self.doc.actors.is_leader(*a));
            actor.is_some_and(|a| own != Some(a)) && Some(e) != said.speaker
        });
        leader.map(|e| self.target(e, "author"))
    }

    /// "“…,” said the envoy. She called that “a lie”": where a leader judges somebody's words by nothing but a pronoun, he who spoke them just
    /// before.
    fn answered(&self, quotes: &[Quote], attributions: &[Attribution], n: usize) -> Option<Target> {
        let (quote, said) = (&quotes[n], &attributions[n]);
        let cue = said.cue.filter(|c| c.end <= quote.span.start && quote.kind == QuoteKind::Mixed)?;
        let object = self.doc.tokens_in(Span { start: cue.end, end: quote.outer.start });
        let stands = |t: &Token| {
            self.doc.lang.stance.aims(t.word) & (aim::COPULA | aim::DEFINITE) != 0
                || self.doc.lang.quote.role(t.word).any(Role::Clitic | Role::As | Role::Pronoun)
        };
        if object.is_empty() || object.len() > OBJECT || !object.iter().all(stands) {
            return None;
        }
        let before = n.checked_sub(1).filter(|b| quotes[*b].sentence + 1 >= quote.sentence)?;
        let speaker = attributions[before].speaker?;
        let third = self.mentions.entities[speaker as usize].kind == EntityKind::Person
            && self.side(speaker).is_none_or(|s| Some(s) != said.speaker.and_then(|s| self.side(s)))
            && self.is_named(speaker);
        third.then(|| self.target(speaker, "author"))
    }

    /// "There are three factories", "The train leaves at 5:12", "Which is worse?": words that only inform or ask.
    fn informs(&self, tokens: &[Token]) -> bool {
        let exists = tokens.first().is_some_and(|t| self.doc.lang.quote.role(t.word).any(Role::Expletive));
        // "at nine"
        let hour = |w: &[Token]| {
            let at = self.doc.lang.quote.role(w[0].word).any(Role::Preposition);
            at && self.doc.lang.time.is(w[1].word, Class::Cardinal)
        };
        let ends = tokens.iter().rposition(Token::is_word).and_then(|l| l.checked_sub(1)).is_some_and(|l| hour(&tokens[l..l + 2]));
        // "Which is worse for mankind?": asked of everybody, unlike "What a mess. Who is in charge?".
        let mark = |t: &Token, mark: u8| t.is_mark(self.doc.text, mark);
        let asks = tokens.last().is_some_and(|t| mark(t, b'?')) && !tokens.iter().any(|t| mark(t, b'.'));
        exists || ends || asks || tokens.iter().any(|t| t.kind == TokenKind::Number)
    }

    /// Whether words are spoken in person: "I", "we", "you", "he", or no whole sentence at all.
    fn personal(&self, span: Span, tokens: &[Token], gist: u16) -> bool {
        gist & (aim::FIRST | aim::ADDRESSED) != 0
            || tokens.iter().filter(|t| t.is_word()).count() <= REPLY
            || self.mentions.inside(span).any(|i| {
                self.mentions.traits[i]
                    .pronoun
                    .is_some_and(|p| p.person == 3 && matches!(p.gender, Gender::Male | Gender::Female) && p.case != Case::Relative)
            })
    }

    /// "claimed to be “a free man”": a fragment that says what somebody wants to be.
    fn claims(&self, frame: Span) -> bool {
        let tokens = self.doc.tokens_in(frame);
        let mut words = tokens.iter().rev().filter(|t| t.is_word());
        words.next().is_some_and(|t| self.doc.lang.stance.aims(t.word) & aim::COPULA != 0)
            && words.next().is_some_and(|t| self.doc.lang.quote.role(t.word).any(Role::To))
            && self.mentions.inside(frame).all(|i| self.mentions.mentions[i].kind == MentionKind::Description)
    }

    /// "his government “has seized more”": a fragment said of the speaker's own side.
    fn of_own(&self, frame: Span, voice: Voice) -> bool {
        let own = |i: &usize| {
            let (m, t) = (&self.mentions.mentions[*i], &self.mentions.traits[*i]);
            match t.pronoun {
                // "his own land"
                Some(p) => {
                    let behind = self.doc.tokens.get(t.last as usize..t.last as usize + 2).unwrap_or_default();
                    p.person == 3 && m.entity == voice.speaker && behind.iter().any(|t| self.doc.lang.stance.aims(t.word) & aim::STATE != 0)
                }
                None => t.subject() && !t.oblique() && m.entity.is_some_and(|e| Some(e) != voice.speaker && self.side(e) == voice.own),
            }
        };
        voice.own.is_some() && self.mentions.inside(frame).any(|i| own(&i))
    }

    /// "would never beg", "is nobody's servant": what one's own country refuses to do or to be, told by the words and the last ones of the
    /// frame.
    fn vows(&self, frame: &[Token], words: &[Token]) -> bool {
        let role = |t: &Token| self.doc.lang.quote.role(t.word);
        let no = |t: &Token| self.doc.lang.stance.aims(t.word) & aim::NO != 0;
        let (mut wills, mut refuses, mut since) = (false, false, usize::MAX);
        for t in frame[frame.len().saturating_sub(VOW)..].iter().chain(words.iter().take(VOWED)) {
            if no(t) {
                since = 0;
            } else if since < 2 && role(t).any(Role::Clitic) {
                return true;
            } else {
                since = since.saturating_add(1);
            }
            wills |= role(t).any(Role::Modal);
            refuses |= no(t) || role(t).any(Role::Negation);
        }
        wills && refuses
    }

    fn side(&self, entity: EntityId) -> Option<ActorId> {
        let known = self.sides.get(entity as usize)?;
        known.get().unwrap_or_else(|| {
            let side = self.teller.side(&self.mentions.entities[entity as usize]);
            known.set(Some(side));
            side
        })
    }

    fn named(&self, entity: EntityId) -> Named {
        self.named.get_or_init(|| named(self.doc, self.mentions))[entity as usize]
    }

    /// The best target among the mentions in `span`: the nearest relation first, then the first in the text.
    fn best(&self, span: Span, voice: Voice, pronouns: bool) -> Option<Found> {
        let mut best: Option<Found> = None;
        if span.is_empty() {
            return best;
        }
        for i in self.mentions.inside(span) {
            // Nothing is better than the other leader in person.
            if best.is_some_and(|b| b.relation == Relation::Rival) {
                break;
            }
            let (m, t) = (&self.mentions.mentions[i], &self.mentions.traits[i]);
            if let Some(entity) = self.stands_for_rival(i, voice) {
                best = Some(Found { entity, span: m.span, relation: Relation::Rival, subject: t.subject(), known: true });
                continue;
            }
            let opens = m.span.start <= span.start + 2;
            let neuter = t.pronoun.is_some_and(|p| p.gender == Gender::Neuter);
            let entity = match t.pronoun {
                Some(p) if p.person != 3 || p.case == Case::Reflexive || p.case == Case::Relative => None,
                // "it" deep inside stands for a thing, more often than not.
                Some(_) if !pronouns || neuter && !opens => None,
                Some(p) => self.meant(i, p.gender, t.quote.is_some(), voice),
                None => m.entity,
            };
            let Some(entity) = entity.filter(|e| Some(*e) != voice.speaker) else { continue };
            let Some(found) = self.mentions.entities.get(entity as usize) else { continue };
            if found.kind == EntityKind::Document {
                continue;
            }
            let relation = match (self.side(entity), voice.own) {
                (Some(side), Some(own)) if side == own => continue,
                (Some(side), _) if found.actor == Some(side) => Relation::Rival,
                (Some(_), _) => Relation::RivalSide,
                (None, _) if neuter || t.oblique() || t.possessor() || found.kind == EntityKind::Group => continue,
                // "their meeting": not those whose it is.
                (None, _) if t.pronoun.is_some_and(|p| p.case == Case::Possessive && p.gender == Gender::Plural) => continue,
                (None, _) if m.kind == MentionKind::Description && found.kind != EntityKind::Person => continue,
                // "the Oval Office meeting": not the place.
                (None, _) if found.kind == EntityKind::Body && self.names_thing(t.last) => continue,
                (None, _) if voice.rival.is_some() && !self.party(entity) => continue,
                (None, _) => Relation::Third,
            };
            if best.is_none_or(|b| relation < b.relation) {
                let known = match m.kind {
                    MentionKind::Name => found.kind != EntityKind::Person || t.person() || self.named_elsewhere(entity, i),
                    MentionKind::Pronoun => true,
                    MentionKind::Description => self.aims(t.first) & aim::DEFINITE != 0,
                };
                best = Some(Found { entity, span: m.span, relation, subject: t.subject() || opens, known });
            }
        }
        best
    }

    /// Whether the token behind a name is a noun that it only describes.
    fn names_thing(&self, behind: u32) -> bool {
        use crate::language::name::flag;
        self.doc.tokens.get(behind as usize).is_some_and(|t| {
            let flags = self.doc.lang.name.flags(t.word);
            let role = self.doc.lang.quote.role(t.word);
            let plain = t.is_word()
                && t.spaced
                && !t.capital()
                && !t.newline
                && flags & flag::STOP == 0
                && self.doc.lang.quote.verb_at(self.doc.tokens, behind as usize).is_none();
            plain
                && !role.any(Role::Be | Role::Have | Role::Do | Role::Modal | Role::Adverb | Role::Time)
                && !self.doc.lang.quote.ends_as(t.of(self.doc.text), Role::Ended | Role::Adverb | Role::Plural)
        })
    }

    /// `Kenya, she went on, had been “…”`: the words before a reporting clause that stands between two commas.
    fn fronted(&self, cue: Span, sentence: Span) -> Option<Span> {
        let comma = |t: &Token| t.is_mark(self.doc.text, b',');
        let (first, last) = (self.doc.token_at(cue.start), self.doc.token_at(cue.end));
        if !self.doc.tokens.get(last).is_some_and(comma) {
            return None;
        }
        let opens = self.doc.token_at(sentence.start);
        let at = (opens..first).rev().take(ASIDE).find(|&i| comma(&self.doc.tokens[i])).filter(|&i| i + 1 < first && i > opens)?;
        Some(Span { start: sentence.start, end: self.doc.tokens[at].span.start })
    }

    /// "called Hamas “…”": a name right behind a verb that judges, though nothing else tells of it.
    fn labelled(&self, cue: Span, frame: Span) -> Option<Found> {
        let i = self.mentions.inside(frame).next()?;
        let (m, t) = (&self.mentions.mentions[i], &self.mentions.traits[i]);
        let entity = m.entity.filter(|e| self.side(*e).is_none() && m.kind == MentionKind::Name && m.span.start <= cue.end + 2 && !t.possessor())?;
        Some(Found { entity, span: m.span, relation: Relation::Third, subject: true, known: true })
    }

    fn is_named(&self, entity: EntityId) -> bool {
        self.named(entity) != Named::Never
    }

    /// Whether somebody else is told of so clearly that a leader can be taken to mean him rather than the other leader.
    fn party(&self, entity: EntityId) -> bool {
        let found = &self.mentions.entities[entity as usize];
        match found.kind {
            EntityKind::Country => true,
            _ => found.actor.is_some() || self.named(entity) == Named::Fully,
        }
    }

    /// The other leader, where mention `i` is a noun by which a leader speaks of the one he deals with ("her host",
    /// "this man", "Madam President") and nobody else is known by it.
    fn stands_for_rival(&self, i: usize, voice: Voice) -> Option<EntityId> {
        let rival = self.mentions.leaders[voice.rival? as usize]?;
        let (m, t) = (&self.mentions.mentions[i], &self.mentions.traits[i]);
        // "The president lies", says a president: not of himself.
        let predicate = || (1..=2).filter_map(|back| t.first.checked_sub(back)).any(|b| self.aims(b) & aim::COPULA != 0);
        let own = m.entity == voice.speaker && m.entity.is_some();
        if t.pronoun.is_some() || t.extent.end > m.span.end || own && (t.quote.is_none() || t.oblique() || predicate()) {
            return None;
        }
        if let Some(entity) = m.entity.filter(|_| !own)
            && (self.side(entity).is_some()
                // "the lady" is hardly a town that has the name of nobody known.
                || self.party(entity) && (m.kind == MentionKind::Name || self.mentions.entities[entity as usize].gender != Gender::Unknown)
                || self.mentions.entities[entity as usize].gender == Gender::Plural)
        {
            return None;
        }
        let head = t.last.checked_sub(1).map_or(0, |h| self.aims(h));
        let before = || t.first.checked_sub(1).map_or(0, |b| self.aims(b));
        let definite = || (before() | self.aims(t.first)) & (aim::DEFINITE | aim::FIRST) != 0;
        let known = match m.kind {
            MentionKind::Description => {
                head & (aim::OTHER | aim::RULER | aim::SOMEONE) != 0 && (definite() || t.quote.is_some() && self.presented(t.first as usize))
            }
            MentionKind::Name => head & aim::RULER != 0,
            MentionKind::Pronoun => false,
        };
        // "the Ruritanian president" is the president of another country.
        let inner = self.doc.tokens.get(t.first as usize + 1..t.last as usize).unwrap_or_default();
        let foreign = || m.kind == MentionKind::Description && inner.iter().any(Token::capital);
        (known && !foreign()).then_some(rival)
    }

    /// "this is a king who …", "here is a woman …": whether the noun phrase that begins at token `first`, with its article or behind it,
    /// is what the words point at.
    fn presented(&self, first: usize) -> bool {
        let role = |i: usize| self.doc.lang.quote.role(self.doc.tokens[i].word);
        let at = first - usize::from(first > 0 && !role(first).any(Role::Article) && role(first - 1).any(Role::Article));
        let Some(subject) = at.checked_sub(2) else { return false };
        let points = role(subject).any(Role::Determiner) && !role(subject).any(Role::Article | Role::Possessive);
        let is = self.aims(at as u32 - 1) & aim::COPULA != 0 || role(at - 1).any(Role::Clitic);
        is && (points || role(subject).any(Role::Place | Role::Adverb))
    }

    /// Whether an entity is mentioned apart from mention `i`.
    fn named_elsewhere(&self, entity: EntityId, i: usize) -> bool {
        let near = i.saturating_sub(NEAR)..(i + NEAR).min(self.mentions.mentions.len());
        near.into_iter().any(|j| j != i && self.mentions.mentions[j].entity == Some(entity))
    }

    /// Whom a third-person pronoun means. Where a leader speaks of a person whom no name near by names,
    /// he means the other leader.
    fn meant(&self, i: usize, gender: Gender, quoted: bool, voice: Voice) -> Option<EntityId> {
        let me = self.mentions.mentions[i];
        let entity = if quoted { mention::resolve_quoted(self.doc, self.mentions, i, voice.speaker) } else { me.entity };
        let Some(rival) = voice.rival.filter(|_| matches!(gender, Gender::Male | Gender::Female)) else { return entity };
        let fits = |e: EntityId| {
            let known = self.mentions.entities[e as usize].gender;
            known == gender || known == Gender::Unknown
        };
        if let Some(e) = entity.filter(|e| self.side(*e).is_some()) {
            // A speaker of unknown gender is not the "she" that the other leader is known to be.
            let certain = |e: EntityId| self.mentions.entities[e as usize].gender == gender;
            let other = self.mentions.leaders[rival as usize].filter(|o| Some(e) == voice.speaker && certain(*o) && !certain(e));
            return other.or(entity);
        }
        // Whoever the sentence before names keeps the pronoun, but not the town where something happened.
        let near = |j: &usize| self.mentions.mentions[*j].sentence + 1 >= me.sentence;
        let keeps =
            |e: EntityId, j: usize| self.party(e) && (self.mentions.entities[e as usize].gender == gender || !self.mentions.traits[j].oblique());
        let named = |j: usize| {
            let m = &self.mentions.mentions[j];
            m.kind == MentionKind::Name && m.entity == entity && m.entity.is_some_and(|e| keeps(e, j))
        };
        if (0..i).rev().take(NEAR).take_while(near).any(named) {
            return entity;
        }
        self.mentions.leaders[rival as usize].filter(|e| fits(*e)).or(entity)
    }

    /// Whether "you" inside is the other leader or his side, not anybody at all.
    fn speaks_to(&self, tokens: &[Token], gist: u16) -> bool {
        if gist & aim::ADDRESSED == 0 {
            return false;
        }
        let aims = |i: usize| tokens.get(i).map_or(0, |t| self.doc.lang.stance.aims(t.word));
        (0..tokens.len())
            .any(|i| aims(i) & aim::ADDRESSED != 0 && aims(i + 1) & aim::ASIDE == 0 && i.checked_sub(1).is_none_or(|b| aims(b) & aim::ASIDE == 0))
    }

    /// The words for whoever a reporting verb is spoken to ("told a meeting of farmers that"), where it takes a hearer.
    fn hearer(&self, cue: Span, quote: &Quote) -> Option<Span> {
        let first = self.doc.token_at(cue.start);
        let verb = (first < self.doc.tokens.len()).then(|| self.doc.lang.quote.verb_at(self.doc.tokens, first))??;
        if !self.doc.lang.quote.verb_of(verb).takes.any(VerbUse::Hearer) {
            return None;
        }
        let last = self.doc.token_at(cue.end);
        let mut end = None;
        for t in self.doc.tokens[last..].iter().take(HEARER) {
            let role = self.doc.lang.quote.role(t.word);
            if !t.is_word() || t.span.start >= quote.outer.start && t.span.start < quote.outer.end || role.any(Role::Relative) || role.any(Role::To) {
                break;
            }
            if role.any(Role::Preposition) && !role.any(Role::Of) {
                break;
            }
            end = Some(t.span.end);
        }
        end.map(|end| Span { start: cue.end, end })
    }

    /// Whether a hearer only passes the words on: the press.
    fn passes_on(&self, hearer: Span) -> bool {
        self.doc.tokens_in(hearer).iter().any(|t| self.doc.lang.stance.aims(t.word) & aim::PRESS != 0)
    }

    /// Whether a hearer is a party of its own: not the press, not the other side.
    fn others(&self, hearer: Span, voice: Voice) -> bool {
        if self.passes_on(hearer) {
            return false;
        }
        let mut known = self.mentions.inside(hearer).filter_map(|i| self.mentions.mentions[i].entity);
        !known.any(|e| {
            let found = &self.mentions.entities[e as usize];
            self.side(e).is_some_and(|s| Some(s) != voice.own && (found.kind != EntityKind::Person || found.actor == Some(s)))
        })
    }

    /// Whether a hearer is one person whom the article names.
    fn person(&self, hearer: Span, voice: Voice) -> bool {
        let mut known = self.mentions.inside(hearer).filter_map(|i| self.mentions.mentions[i].entity);
        known.next().is_some_and(|e| {
            let found = &self.mentions.entities[e as usize];
            found.kind == EntityKind::Person && found.gender != Gender::Plural && self.is_named(e) && Some(e) != voice.speaker
        })
    }

    /// The other leader's country, where only an adjective inside names it ("never buy French goods").
    fn adjective(&self, tokens: &[Token], voice: Voice) -> Option<Target> {
        let leader = voice.rival? as usize;
        let actor = self.doc.actors.list.get(leader)?;
        if actor.country.is_empty() || actor.demonyms.is_empty() {
            return None;
        }
        let text = self.doc.text;
        let named = tokens.iter().any(|t| t.capital() && actor.demonyms.iter().any(|d| d == t.of(text)));
        if !named {
            return None;
        }
        let entity = self.mentions.entities.iter().position(|e| e.kind == EntityKind::Country && e.name == actor.country).map(|e| e as EntityId);
        Some(Target { name: actor.country.clone(), entity, leader: voice.rival, person: false, basis: "adjective".into() })
    }

    /// "I have signed many papers in my life": of nobody but the speaker.
    fn private(&self, span: Span, tokens: &[Token], gist: u16) -> bool {
        if gist & aim::LIFE == 0 || gist & (aim::ADDRESSED | aim::SOMEONE | aim::OTHER | aim::RULER) != 0 {
            return false;
        }
        let aims = |i: usize| tokens.get(i).map_or(0, |t| self.doc.lang.stance.aims(t.word));
        let mine = (0..tokens.len()).any(|i| aims(i) & aim::FIRST != 0 && aims(i + 1) & aim::LIFE != 0);
        mine && self
            .mentions
            .inside(span)
            .all(|i| self.mentions.traits[i].pronoun.is_none_or(|p| p.person != 3) && self.mentions.mentions[i].kind != MentionKind::Name)
    }

    /// "“I slept badly,” she told me when I called": words that speak of nobody else, said to the writer of the article.
    fn confides(&self, sentence: Span, quote: &Quote, gist: u16) -> bool {
        if gist & (aim::SOMEONE | aim::OTHER | aim::RULER) != 0 {
            return false;
        }
        let last = self.doc.sentences.get(self.doc.sentence_at(quote.outer.end)).map_or(sentence, |s| s.span);
        let writer = |i: usize| {
            let t = &self.mentions.traits[i];
            t.quote.is_none() && t.pronoun.is_some_and(|p| p.person == 1 && p.gender != Gender::Plural)
        };
        let somebody = |i: usize| {
            let pronoun = self.mentions.traits[i].pronoun;
            pronoun.is_some_and(|p| p.person == 3 && matches!(p.gender, Gender::Male | Gender::Female) && p.case != Case::Relative)
        };
        let outside = |i: &usize| !self.mentions.mentions[*i].span.overlaps(quote.outer);
        self.mentions.inside(sentence.cover(last)).filter(outside).any(writer) && !self.mentions.inside(quote.span).any(somebody)
    }

    /// Whether words speak of a state that they do not name.
    fn veils(&self, tokens: &[Token]) -> bool {
        let aims = |t: &Token| self.doc.lang.stance.aims(t.word);
        tokens.windows(2).any(|w| aims(&w[0]) & aim::SOME != 0 && aims(&w[1]) & (aim::SIDES | aim::STATE) != 0)
    }

    /// The other leader's country, where words speak of it without its name, of "our neighbours", "our two peoples" or begin with "their".
    fn both_sides(&self, span: Span, tokens: &[Token], veiled: bool, gist: impl FnOnce() -> u16, voice: Voice) -> Option<Target> {
        let rival = voice.rival?;
        let aims = |i: usize| tokens.get(i).map_or(0, |t| self.doc.lang.stance.aims(t.word));
        let sides = gist() & aim::SIDES != 0
            && (1..tokens.len())
                .any(|i| aims(i) & aim::SIDES != 0 && (1..=2).filter_map(|back| i.checked_sub(back)).any(|b| aims(b) & aim::FIRST != 0));
        let theirs = self.mentions.inside(span).next().is_some_and(|i| {
            let p = self.mentions.traits[i].pronoun;
            self.mentions.mentions[i].span.start == span.start && p.is_some_and(|p| p.case == Case::Possessive && p.gender == Gender::Plural)
        });
        let named = || self.mentions.inside(span).any(|i| self.mentions.mentions[i].kind == MentionKind::Name);
        if !(veiled || sides || theirs) || named() {
            return None;
        }
        let land = |e: &Entity| e.kind == EntityKind::Country;
        let known = (0..self.mentions.entities.len() as EntityId).find(|&e| land(&self.mentions.entities[e as usize]) && self.side(e) == Some(rival));
        let country = &self.doc.actors.list.get(rival as usize)?.country;
        match known {
            Some(e) => Some(self.target(e, "sides")),
            None if !country.is_empty() => {
                Some(Target { name: country.clone(), entity: None, leader: Some(rival), person: false, basis: "sides".into() })
            }
            None => None,
        }
    }

    /// Whether words begin by naming the speaker's own country or people.
    fn opens_with_own(&self, span: Span, tokens: &[Token], voice: Voice) -> bool {
        let last = tokens.get(OPENING).map_or(span.end, |t| t.span.start);
        let aims = |i: usize| tokens.get(i).map_or(0, |t| self.doc.lang.stance.aims(t.word));
        // "our government has"
        if (0..OPENING).any(|i| aims(i) & aim::FIRST != 0 && aims(i + 1) & aim::STATE != 0) {
            return true;
        }
        voice.own.is_some()
            && self.mentions.inside(Span { start: span.start, end: last.max(span.start) }).any(|i| {
                let m = self.mentions.mentions[i];
                self.mentions.traits[i].pronoun.is_none() && m.entity.is_some_and(|e| Some(e) != voice.speaker && self.side(e) == voice.own)
            })
    }

    /// "…, whom he called": what the words are said of stands before.
    fn antecedent(&self, cue: Span, voice: Voice) -> Option<Target> {
        let near = |end: u32, start: u32| start.saturating_sub(end) <= BESIDE;
        let subject = self.mentions.from(cue.start).checked_sub(1)?;
        let i = subject.checked_sub(1)?;
        let (m, t) = (&self.mentions.mentions[i], &self.mentions.traits[i]);
        let subject = self.mentions.mentions[subject].span;
        if m.span.end + 1 != subject.start || !near(subject.end, cue.start) || t.pronoun.is_none_or(|p| p.case != Case::Relative) {
            return None;
        }
        match m.entity.filter(|e| Some(*e) != voice.speaker) {
            Some(entity) if self.side(entity).is_some() || self.is_named(entity) => Some(self.target(entity, "object")),
            _ => Some(nobody("other")),
        }
    }

    /// Whether a leader's words speak of one who governs, or of somebody beside the other's country, whom
    /// the article never names: he means the other leader. A label at the start of a fragment is no such mention.
    fn describes(&self, frame: Span, quote: &Quote, voice: Voice) -> bool {
        if voice.rival.is_none() {
            return false;
        }
        let whole = frame.cover(quote.span);
        let mut side = false;
        let mut described = false;
        for i in self.mentions.inside(whole) {
            let (m, t) = (&self.mentions.mentions[i], &self.mentions.traits[i]);
            let Some(entity) = m.entity.filter(|_| t.pronoun.is_none()) else { continue };
            let found = &self.mentions.entities[entity as usize];
            let before = (t.first as usize).checked_sub(1).map_or(0, |b| self.aims(b as u32));
            let head = (t.last as usize).checked_sub(1).map_or(0, |h| self.aims(h as u32));
            if Some(entity) == voice.speaker {
                // "their president" is never the one who speaks.
                let theirs = (t.first as usize).checked_sub(1).map(|b| &self.doc.tokens[b]);
                described |= m.kind == MentionKind::Description
                    && m.span.start >= quote.span.start
                    && head & aim::RULER != 0
                    && before & (aim::FIRST | aim::DEFINITE) == aim::DEFINITE
                    && theirs.is_some_and(|t| self.doc.lang.quote.role(t.word).any(Role::Possessive));
                continue;
            }
            if self.side(entity).is_some() {
                side |= self.side(entity) != voice.own;
                continue;
            }
            if self.is_named(entity) && found.kind == EntityKind::Person {
                return false;
            }
            if described || m.kind != MentionKind::Description || found.kind != EntityKind::Person || found.gender == Gender::Plural || t.possessor()
            {
                continue;
            }
            let label = quote.kind == QuoteKind::Mixed && m.span.start >= quote.span.start && m.span.start <= quote.span.start + 2;
            if label || before & aim::FIRST != 0 || self.aims(t.first) & aim::FIRST != 0 {
                continue;
            }
            let definite = (before | self.aims(t.first)) & aim::DEFINITE != 0;
            described = head & aim::RULER != 0 || head & aim::SOMEONE != 0 && (side || definite && m.span.start >= quote.span.start);
        }
        described || side && self.somebody(quote)
    }

    /// "run by a very strange man": a noun for a person with an article of its own, not at the start of the words.
    fn somebody(&self, quote: &Quote) -> bool {
        let tokens = self.doc.tokens_in(quote.span);
        let article = |i: usize| self.doc.lang.quote.role(tokens[i].word).any(Role::Article);
        (0..tokens.len()).any(|i| {
            self.doc.lang.stance.aims(tokens[i].word) & aim::SOMEONE != 0
                && !tokens.get(i + 1).is_some_and(Token::capital)
                && (1..=4).filter_map(|back| i.checked_sub(back)).take_while(|&b| tokens[b].is_word()).any(|b| b > 0 && article(b))
        })
    }

    /// "I am a farmer": words that only say what the speaker is.
    fn about_self(&self, tokens: &[Token]) -> bool {
        let mut words = tokens.iter().filter(|t| t.is_word()).take(6);
        let Some(first) = words.next().map(|t| self.doc.lang.stance.aims(t.word)) else { return false };
        if first & aim::FIRST == 0 {
            return false;
        }
        let mut is = first & aim::COPULA != 0;
        for t in words {
            let aims = self.doc.lang.stance.aims(t.word);
            if is && self.doc.lang.quote.role(t.word).any(Role::Article) {
                return true;
            }
            // "I was told a …", "I was wrong about a …": no word for what the speaker is.
            let word = t.of(self.doc.text);
            if is
                && (self.doc.lang.quote.role(t.word).any(Role::Preposition)
                    || self.doc.lang.quote.verb_at(self.doc.tokens, self.doc.token_at(t.span.start)).is_some()
                    || self.doc.lang.quote.ends_as(word, Role::Gerund))
            {
                return false;
            }
            match (is, aims & aim::COPULA != 0) {
                (false, false) => return false,
                (_, copula) => is |= copula,
            }
        }
        false
    }

    /// "that she was “a mother of four”": a fragment that says what its speaker is.
    fn said_of_self(&self, frame: Span, words: &[Token], voice: Voice) -> bool {
        if words.first().is_none_or(|t| !self.doc.lang.quote.role(t.word).any(Role::Article)) {
            return false;
        }
        let tokens = self.doc.tokens_in(frame);
        let Some(is) = tokens.iter().rposition(Token::is_word).filter(|&i| self.doc.lang.stance.aims(tokens[i].word) & aim::COPULA != 0) else {
            return false;
        };
        let Some(subject) = is.checked_sub(1).map(|i| tokens[i].span) else { return false };
        self.mentions.inside(subject).any(|i| self.mentions.traits[i].pronoun.is_some() && self.mentions.mentions[i].entity == voice.speaker)
    }

    fn aims(&self, token: u32) -> u16 {
        self.doc.tokens.get(token as usize).map_or(0, |t| self.doc.lang.stance.aims(t.word))
    }

    fn reflexive(&self, span: Span) -> bool {
        self.mentions.inside(span).any(|i| self.mentions.traits[i].pronoun.is_some_and(|p| p.case == Case::Reflexive))
    }

    /// Whether words that name nobody still judge somebody.
    fn judges(&self, span: Span) -> bool {
        self.tone.borrow_mut().loudness(self.doc.tokens_in(span)) >= JUDGES
    }

    /// The other leader, where the article names him at all.
    fn rival(&self, voice: Voice, basis: &'static str) -> Target {
        let entity = voice.rival.and_then(|r| self.mentions.leaders[r as usize]);
        entity.map_or_else(Target::default, |e| self.target(e, basis))
    }

    fn target(&self, entity: EntityId, basis: &'static str) -> Target {
        let found = &self.mentions.entities[entity as usize];
        let leader = self.side(entity);
        // A people or its soldiers stand for their country.
        let land = leader.and_then(|l| self.doc.actors.list.get(l as usize));
        // "the Kenyan navy", unlike a body with a name of its own.
        let described = |a: &&Actor| {
            let rest = a.demonyms.iter().find_map(|d| found.name.strip_prefix(d.as_str()));
            found.kind == EntityKind::Body && rest.is_some_and(|r| r.starts_with(' ') && !r.contains(char::is_uppercase))
        };
        let country = land.filter(|a| found.kind == EntityKind::Group || described(a)).map(|a| &a.country);
        let name = country.filter(|c| !c.is_empty()).unwrap_or(&found.name).clone();
        Target { name, entity: Some(entity), leader, person: leader.is_some() && found.actor == leader, basis: basis.into() }
    }
}

/// No target, and why.
fn nobody(basis: &'static str) -> Target {
    Target { basis: basis.into(), ..Target::default() }
}
