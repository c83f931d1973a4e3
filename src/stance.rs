//! Quotations + mentions → whom each is aimed at. Does not score: it reads tone only to tell words
//! that name nobody and judge nobody from words that do.
//!
//! In order: who is named or meant inside the marks, who is the object or topic of the reporting clause,
//! who stands behind the quotation in its sentence, and last the other leader, where a leader speaks.

use crate::annotation::{ActorId, Attribution, CueClass, EntityId, EntityKind, MentionKind, Quote, QuoteKind, Target};
use crate::doc::Doc;
use crate::language::name::Case;
use crate::mention::{self, Mentions};
use crate::span::Span;
use crate::tone::lexicon;

/// Bytes of a sentence that are searched before and behind a quotation, at most.
const REACH: u32 = 400;
/// Words that judge nobody sum to less than this.
const JUDGES: f64 = 1.0;

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
    let sides = sides(doc, mentions);
    let aim = Aim { doc, mentions, sides: &sides };
    let mut out: Vec<Target> = Vec::with_capacity(quotes.len());
    let none = Attribution::default();
    for (n, quote) in quotes.iter().enumerate() {
        let said = attributions.get(n).unwrap_or(&none);
        let mut target = aim.one(quotes, n, said);
        // The pieces of one utterance are aimed at the same one, where a piece does not tell by itself.
        if let (true, Some(before)) = (target.basis == "dyad" || target.name.is_empty(), n.checked_sub(1))
            && quotes[before].utterance == quote.utterance
            && !out[before].name.is_empty()
        {
            target = Target { basis: "utterance".into(), ..out[before].clone() };
        }
        out.push(target);
    }
    out
}

/// The leader that each entity is or belongs to.
pub fn sides(doc: &Doc, mentions: &Mentions) -> Vec<Option<ActorId>> {
    let actors = doc.actors;
    let Some(leaders) = actors.leaders() else { return vec![None; mentions.entities.len()] };
    let same = |a: &str, b: &str| !a.is_empty() && a.to_lowercase() == b.to_lowercase();
    let names = |words: &str, name: &str| {
        !name.is_empty()
            && words.match_indices(name).any(|(i, _)| {
                !words[..i].chars().next_back().is_some_and(char::is_alphanumeric)
                    && !words[i + name.len()..].chars().next().is_some_and(char::is_alphanumeric)
            })
    };
    mentions
        .entities
        .iter()
        .map(|e| {
            if let Some(side) = e.actor.and_then(|a| actors.leader_of(a)) {
                return Some(side);
            }
            let fits = |l: &usize| {
                let leader = leaders[*l];
                let country = || std::iter::once(&leader.country).chain(&leader.demonyms).chain(std::iter::once(&leader.capital));
                match e.kind {
                    EntityKind::Country => country().any(|c| same(&e.name, c)),
                    EntityKind::Body | EntityKind::Group => country().any(|c| names(&e.name, c)) || names(&e.name, actors.short(*l as ActorId)),
                    _ => false,
                }
            };
            let mut found = (0..2).filter(fits);
            // "the two countries' relations" as a compound ("A-B relations") belongs to neither.
            found.next().filter(|_| found.next().is_none()).map(|l| l as ActorId)
        })
        .collect()
}

struct Aim<'a> {
    doc: &'a Doc<'a>,
    mentions: &'a Mentions,
    sides: &'a [Option<ActorId>],
}

impl Aim<'_> {
    fn one(&self, quotes: &[Quote], n: usize, said: &Attribution) -> Target {
        let quote = &quotes[n];
        let speaker = said.speaker;
        let actor = speaker.and_then(|s| self.mentions.entities.get(s as usize)).and_then(|e| e.actor);
        let own = speaker.and_then(|s| self.side(s));
        let leads = actor.is_some_and(|a| self.doc.actors.is_leader(a));
        let inside = self.best(quote.span, speaker, own, true);
        if let Some((entity, Relation::Rival, _)) = inside {
            return self.target(entity, "named");
        }
        let sentence = self.doc.sentences.get(quote.sentence as usize).map_or(quote.span, |s| s.span);
        if quote.kind == QuoteKind::Mixed {
            // The frame begins behind the reporting verb.
            let from = said.cue.filter(|c| c.end <= quote.span.start).map_or(sentence.start, |c| c.end);
            let from = from.max(sentence.start).max(quote.span.start.saturating_sub(REACH)).min(quote.span.start);
            // "described himself as": only what stands right behind the verb is its object.
            if said.cue.is_some_and(|c| c.end == from) && self.reflexive(Span { start: from, end: quote.span.start.min(from + 2) }) {
                return Target { basis: "self".into(), ..Target::default() };
            }
            let frame = self.best(Span { start: from, end: quote.span.start }, speaker, own, said.cue.is_some_and(|c| c.end <= quote.span.start));
            let behind = || {
                let to = sentence.end.min(quote.span.end.saturating_add(REACH)).max(quote.span.end);
                self.best(Span { start: quote.span.end, end: to }, speaker, own, false).filter(|b| b.1 == Relation::RivalSide)
            };
            // Who else is named beside a neutral verb is aimed at only as what the words are said of.
            let frame = frame.filter(|f| f.1 != Relation::Third || f.2 || said.cue_class != CueClass::Neutral);
            let found = [frame.map(|f| (f, "object")), inside.map(|f| (f, "named"))].into_iter().flatten().min_by_key(|(f, _)| f.1);
            if let Some(((entity, relation, _), basis)) = found
                && (relation != Relation::Third || basis == "object")
            {
                return self.target(entity, basis);
            }
            if let Some((entity, ..)) = behind() {
                return self.target(entity, "condition");
            }
        }
        if let Some((entity, relation, subject)) = inside
            && (relation == Relation::RivalSide || (subject && leads) || own.is_none())
        {
            let kind = self.mentions.entities[entity as usize].kind;
            if relation == Relation::RivalSide || subject && matches!(kind, EntityKind::Person | EntityKind::Country) {
                return self.target(entity, "named");
            }
        }
        match own.filter(|_| leads && said.reported_by.is_none()) {
            Some(own) if self.judges(quote) => self.rival(1 - own),
            _ => Target::default(),
        }
    }

    fn side(&self, entity: EntityId) -> Option<ActorId> {
        self.sides.get(entity as usize).copied().flatten()
    }

    /// The best target among the mentions in `span`: the nearest relation first, then the first in the text;
    /// with whether it is a subject or opens the span.
    fn best(&self, span: Span, speaker: Option<EntityId>, own: Option<ActorId>, pronouns: bool) -> Option<(EntityId, Relation, bool)> {
        let mut best: Option<(EntityId, Relation, bool)> = None;
        for i in self.mentions.inside(span) {
            let (m, t) = (&self.mentions.mentions[i], &self.mentions.traits[i]);
            let entity = match t.pronoun {
                Some(p) if p.person == 1 || p.case == Case::Reflexive || p.case == Case::Relative => None,
                Some(_) if !pronouns => None,
                Some(_) if t.quote.is_some() => mention::resolve_quoted(self.doc, self.mentions, i, speaker),
                _ => m.entity,
            };
            let Some(entity) = entity.filter(|e| Some(*e) != speaker) else { continue };
            let Some(found) = self.mentions.entities.get(entity as usize) else { continue };
            if found.kind == EntityKind::Document {
                continue;
            }
            let relation = match (self.side(entity), own) {
                (Some(side), Some(own)) if side == own => continue,
                (Some(side), _) if found.actor == Some(side) => Relation::Rival,
                (Some(_), _) => Relation::RivalSide,
                (None, _) if t.oblique || t.possessor || found.kind == EntityKind::Group => continue,
                (None, _) if m.kind == MentionKind::Description && found.kind != EntityKind::Person => continue,
                (None, _) => Relation::Third,
            };
            if best.is_none_or(|b| relation < b.1) {
                best = Some((entity, relation, t.subject || m.span.start <= span.start + 2));
            }
        }
        best
    }

    fn reflexive(&self, span: Span) -> bool {
        self.mentions.inside(span).any(|i| self.mentions.traits[i].pronoun.is_some_and(|p| p.case == Case::Reflexive))
    }

    /// Whether words that name nobody still judge somebody.
    fn judges(&self, quote: &Quote) -> bool {
        let (first, last) = (self.doc.token_at(quote.span.start), self.doc.tokens.partition_point(|t| t.span.start < quote.span.end));
        let sum: f64 = match self.doc.tokens.get(first..last) {
            Some(tokens) => lexicon::read(self.doc.text, tokens, self.doc.lang, |_| true).iter().map(|u| u.weight).sum(),
            None => 0.0,
        };
        sum.abs() >= JUDGES
    }

    /// The other leader, where the article names him at all.
    fn rival(&self, leader: ActorId) -> Target {
        let entity = self.mentions.entities.iter().position(|e| e.actor == Some(leader));
        entity.map_or_else(Target::default, |e| self.target(e as EntityId, "dyad"))
    }

    fn target(&self, entity: EntityId, basis: &str) -> Target {
        let found = &self.mentions.entities[entity as usize];
        let leader = self.side(entity);
        Target { name: found.name.clone(), entity: Some(entity), leader, person: leader.is_some() && found.actor == leader, basis: basis.to_owned() }
    }
}
