//! A pronoun → its antecedent, by salience (after Lappin and Leass, 1994) with weights from the
//! lexicon. Says nothing where no antecedent agrees.

use super::{Mentions, Traits};
use crate::annotation::{Entity, EntityId, EntityKind, Gender, MentionKind};
use crate::doc::Doc;
use crate::language::name::{Case, Feature, flag};
use crate::language::quote::{Role, VerbUse};
use crate::language::stance::aim;

/// Sentences looked back.
const SENTENCES: u32 = 6;
/// Bytes from somebody who asks to the one who is asked, at most.
const ASKED: u32 = 24;
/// Mentions looked back.
const MENTIONS: usize = 80;

/// The antecedent of the pronoun at `index`, and whether nobody else comes near; `speakers` holds those of the quotations before it, the most
/// recent last, `not` whom it cannot mean.
pub fn resolve_pronoun(doc: &Doc, mentions: &Mentions, index: usize, speakers: &[EntityId], not: &[EntityId]) -> (Option<EntityId>, bool) {
    let answer = resolve(doc, mentions, index, speakers, not);
    (answer.best, answer.sure)
}

/// The antecedent of a third-person pronoun inside the words of `speaker`, who does not speak of himself so.
pub fn resolve_quoted(doc: &Doc, mentions: &Mentions, index: usize, speaker: Option<EntityId>) -> Option<EntityId> {
    resolve(doc, mentions, index, &[], speaker.as_slice()).best
}

/// A kind of entity with a gender, as one bit.
fn bit(kind: EntityKind, gender: Gender) -> u64 {
    1 << (kind as u32 * 8 + gender as u32)
}

/// The kinds and genders of entities that a pronoun of that gender can mean, as [`bit`]s.
fn meant(gender: Gender) -> u64 {
    let all = |kind: EntityKind| 0xff << (kind as u32 * 8);
    match gender {
        Gender::Male | Gender::Female => bit(EntityKind::Person, gender) | bit(EntityKind::Person, Gender::Unknown),
        Gender::Neuter => all(EntityKind::Body) | all(EntityKind::Country) | all(EntityKind::Document),
        Gender::Plural => all(EntityKind::Group) | all(EntityKind::Body),
        Gender::Unknown => u64::MAX,
    }
}

/// Whether an entity is among those that are [`meant`].
fn agrees(entity: &Entity, meant: u64) -> bool {
    bit(entity.kind, entity.gender) & meant != 0
}

/// What stands where an antecedent is asked for.
#[derive(Clone, Copy, Debug)]
pub(super) struct Asker<'a> {
    /// Mentions before this one are looked at.
    pub index: usize,
    /// Its sentence.
    pub sentence: u32,
    /// What the words round it tell.
    pub own: &'a Traits,
    /// What it agrees with.
    pub gender: Gender,
    /// Speakers of the quotations before it, the most recent last.
    pub speakers: &'a [EntityId],
    /// Who cannot be meant.
    pub not: &'a [EntityId],
}

/// The best antecedent and the next best, by salience.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Answer {
    /// The best.
    pub best: Option<EntityId>,
    /// The next best.
    pub second: Option<EntityId>,
    /// Points of the best.
    pub score: f32,
    /// Whether nobody else comes near.
    pub sure: bool,
}

pub(super) fn resolve(doc: &Doc, mentions: &Mentions, index: usize, speakers: &[EntityId], not: &[EntityId]) -> Answer {
    let nobody = Answer::default();
    let Some(own) = mentions.traits.get(index) else { return nobody };
    let Some(pronoun) = own.pronoun.filter(|p| p.person == 3 && p.case != Case::Relative) else { return nobody };
    let sentence = mentions.mentions[index].sentence;
    let asker = Asker { index, sentence, own, gender: pronoun.gender, speakers, not };
    let mut answer = salient(doc, mentions, asker, |_| Some(0.0));
    if answer.best.is_none() {
        answer.best = ahead(mentions, index, not);
    }
    // Too far back to be seen: who spoke last.
    if answer.best.is_none() && own.quote.is_none() {
        let meant = meant(pronoun.gender);
        let fits = |s: &&EntityId| !not.contains(*s) && agrees(&mentions.entities[**s as usize], meant);
        answer.best = speakers.iter().rev().find(fits).copied();
    }
    answer
}

/// An entity seen before an asker.
struct Seen {
    id: EntityId,
    /// Points of its best mention.
    score: f32,
    /// How often.
    count: u32,
    /// Whether by name.
    named: bool,
}

/// The most salient entities before `asker`, of those to which `fits` gives points.
pub(super) fn salient(doc: &Doc, mentions: &Mentions, asker: Asker, fits: impl Fn(EntityId) -> Option<f32>) -> Answer {
    let own = asker.own;
    let here = &doc.sentences[asker.sentence as usize];
    let weights = &doc.lang.name.salience;
    let w = |f: Feature| weights.of(f);
    // Few, so a scan is cheaper than a map.
    let mut seen: Vec<Seen> = Vec::with_capacity(8);
    // The subject that stands nearest before the asker's sentence, outside marks.
    let mut nearest = None;
    let mut between = 0.0;
    // The narrator's sentence before, and whom it is about: the first it names that is no mere part of a phrase.
    let mut told = None;
    let mut topic = None;
    let ends = own.pronoun.is_some() && own.subject && closes(doc, own);
    let meant = meant(asker.gender);
    let singular = matches!(asker.gender, Gender::Male | Gender::Female);
    let object = is_object(doc, own);
    // Who acts in the pronoun's own clause.
    let mut actor = None;
    let from = asker.index.saturating_sub(MENTIONS);
    let before = mentions.mentions[from..asker.index].iter().zip(&mentions.traits[from..asker.index]);
    for (j, (m, t)) in before.enumerate().rev() {
        if m.sentence + SENTENCES < asker.sentence {
            break;
        }
        let Some(id) = m.entity else { continue };
        let entity = &mentions.entities[id as usize];
        if !agrees(entity, meant) || Some(id) == actor || asker.not.contains(&id) {
            continue;
        }
        let described = m.kind == MentionKind::Description;
        let paragraphs = here.paragraph.saturating_sub(doc.sentences[m.sentence as usize].paragraph);
        if described {
            let nameless = entity.name.starts_with(char::is_lowercase);
            // Who has no name is not spoken of two paragraphs on.
            if nameless && paragraphs >= 2 {
                continue;
            }
            if nameless && m.sentence < asker.sentence && asks(doc, mentions, from + j) {
                continue;
            }
        }
        if t.quote.is_some() && own.quote.is_none() {
            // A nickname in marks: nobody whom the narrator goes on about.
            if m.kind == MentionKind::Name && entity.actor.is_none() && !entity.name.contains(' ') {
                continue;
            }
            // Whom somebody's words only describe, the narrator does not call "he".
            if described && singular {
                continue;
            }
        }
        if object && asker.sentence == m.sentence && clash(doc, own, t) {
            actor = Some(id);
            continue;
        }
        // "is a bad man": what somebody is called, not somebody else.
        if t.called {
            continue;
        }
        // Points are added in this order: their sums are compared to the last bit.
        let back = (asker.sentence - m.sentence) as f32;
        let mut score = w(Feature::Sentence) * back;
        score += w(Feature::Paragraph) * paragraphs as f32;
        score += w(Feature::Distance) * if back == 0.0 { between } else { 0.0 };
        between += 1.0;
        if t.subject || t.holds {
            score += w(Feature::Subject);
            if own.subject {
                score += w(Feature::Parallel);
            }
        }
        let mut add = |feature: Feature, holds: bool| score += if holds { w(feature) } else { 0.0 };
        add(Feature::Opening, t.opens);
        add(Feature::Oblique, t.oblique && !t.holds);
        add(Feature::Possessor, t.possessor);
        add(Feature::Quoted, t.quote.is_some() && t.quote != own.quote);
        add(Feature::Reported, t.reported && !own.reported);
        add(Feature::Document, entity.kind == EntityKind::Document);
        add(Feature::Described, described);
        if m.sentence < asker.sentence && t.quote.is_none() {
            if nearest.is_none() && t.subject && !t.reported && m.kind != MentionKind::Pronoun {
                nearest = Some(id);
            }
            if ends && *told.get_or_insert(m.sentence) == m.sentence && heads(doc, t) {
                topic = Some((id, brought_in(doc, t)));
            }
        }
        let named = m.kind == MentionKind::Name;
        match seen.iter_mut().find(|s| s.id == id) {
            Some(known) => {
                known.score = known.score.max(score);
                known.count += 1;
                known.named |= named;
            }
            None => seen.push(Seen { id, score, count: 1, named }),
        }
    }
    // "She sent condolences. He posted her message": between two leaders, one a man and one a woman, the other one.
    let opposite = own.pronoun.and_then(|_| opposite(doc, mentions, &asker));
    if let Some(id) = opposite.filter(|id| seen.iter().all(|s| s.id != *id)) {
        seen.push(Seen { id, score: w(Feature::Sentence) * SENTENCES as f32 / 2.0, count: 1, named: true });
    }
    let mut answer = Answer::default();
    let mut runner = 0.0;
    for &Seen { id, score, count, named } in &seen {
        let Some(points) = fits(id) else { continue };
        let entity = &mentions.entities[id as usize];
        let mut score = score + points;
        if count > 1 {
            score += w(Feature::Frequency) * (count as f32).ln();
        }
        if topic == Some((id, true)) || (named || entity.actor.is_some()) && topic == Some((id, false)) {
            score += w(Feature::Topic);
        }
        if entity.gender == asker.gender {
            score += w(Feature::Gender);
        }
        if opposite == Some(id) {
            score += w(Feature::Opposite);
        }
        if entity.actor.is_some_and(|a| doc.actors.is_leader(a)) {
            score += w(Feature::Leader);
        }
        // Who is named and has spoken is a person, whatever the name tells.
        let spoke = || named && (asker.speakers.last() == Some(&id) || entity.name.contains(' '));
        if entity.kind == EntityKind::Person && (entity.gender != Gender::Unknown || spoke()) {
            score += w(Feature::Person);
        }
        match asker.speakers.iter().rev().position(|s| *s == id) {
            // Once somebody else has become the subject, who spoke last is no longer the first thought.
            Some(0) => score += w(Feature::LastSpeaker) * if nearest.is_some_and(|n| n != id) { 0.5 } else { 1.0 },
            Some(1) => score += w(Feature::EarlierSpeaker),
            _ => {}
        }
        if answer.best.is_none() || score > answer.score {
            (answer.second, runner) = (answer.best, answer.score);
            (answer.best, answer.score) = (Some(id), score);
        } else if answer.second.is_none() || score > runner {
            (answer.second, runner) = (Some(id), score);
        }
    }
    answer.sure = answer.best.is_some() && (answer.second.is_none() || answer.score >= runner + w(Feature::Clear));
    answer
}

/// "A student asked Novak about it. “…,” he said": whether the nameless one of mention `j` is who asks, not the one who was asked.
fn asks(doc: &Doc, mentions: &Mentions, j: usize) -> bool {
    let (m, t) = (&mentions.mentions[j], &mentions.traits[j]);
    if t.last == 0 {
        return false;
    }
    let verb = doc.lang.quote.verb_at(doc.tokens, (t.last as usize).min(doc.tokens.len() - 1)).map(|v| doc.lang.quote.verb_of(v).takes);
    let next = || mentions.mentions.get(j + 1).filter(|n| n.sentence == m.sentence && n.kind == MentionKind::Name);
    let answered =
        verb.is_some_and(|v| v.any(VerbUse::Whether) && v.any(VerbUse::Hearer)) && next().is_some_and(|n| n.span.start <= m.span.end + ASKED);
    // Nor whom a reporter's question came from.
    answered || doc.lang.stance.aims(doc.tokens[t.last as usize - 1].word) & aim::PRESS != 0
}

/// The leader whose gender the pronoun tells, where the other leader has another and was mentioned in its sentence or the one before.
fn opposite(doc: &Doc, mentions: &Mentions, asker: &Asker) -> Option<EntityId> {
    if !doc.actors.dyad || !matches!(asker.gender, Gender::Male | Gender::Female) || asker.own.quote.is_some() {
        return None;
    }
    let pair = [mentions.leaders[0]?, mentions.leaders[1]?];
    let gender = |e: EntityId| mentions.entities[e as usize].gender;
    let meant = pair.into_iter().find(|&e| gender(e) == asker.gender)?;
    let other = if meant == pair[0] { pair[1] } else { pair[0] };
    let apart = matches!(gender(other), Gender::Male | Gender::Female) && gender(other) != gender(meant) && !asker.not.contains(&meant);
    let near = |j: &usize| mentions.mentions[*j].sentence + 1 >= asker.sentence;
    let told = |j: usize| mentions.mentions[j].entity == Some(other) && mentions.traits[j].quote.is_none();
    (apart && (0..asker.index).rev().take_while(near).any(told)).then_some(meant)
}

/// Whether a pronoun stands right behind marks that close a quotation: "“…,” he said".
fn closes(doc: &Doc, own: &Traits) -> bool {
    let mark = |i: u32, marks: &[&str]| doc.tokens.get(i as usize).is_some_and(|t| !t.is_word() && marks.contains(&t.of(doc.text)));
    let closing = ["”", "’", "\"", "'", "»", "''"];
    own.first > 1 && (mark(own.first - 1, &closing) || mark(own.first - 1, &[","]) && mark(own.first - 2, &closing))
}

/// "A retired judge": somebody new, though nameless.
fn brought_in(doc: &Doc, t: &Traits) -> bool {
    let article = |i: u32| doc.tokens.get(i as usize).is_some_and(|t| t.span.len() <= 2 && doc.lang.quote.role(t.word).any(Role::Article));
    t.pronoun.is_none() && (article(t.first) || t.first > 0 && article(t.first - 1))
}

/// Whether a mention can be what its sentence is about: it opens the sentence or acts in it.
fn heads(doc: &Doc, t: &Traits) -> bool {
    // "When the mayor came, Vega …": the clause that only says when is not what the sentence is about, nor the last of several.
    let aside = t.first > 0
        && !t.opens
        && doc.lang.quote.role(doc.tokens[t.first as usize - 1].word).any(Role::Subordinator | Role::That | Role::Relative | Role::Conjunction);
    // "the mayor adopts": a present form that no table of verbs knows.
    let acts = doc.tokens.get(t.last as usize).is_some_and(|next| {
        let flags = doc.lang.name.flags(next.word) & (flag::STOP | flag::NOUN | flag::TITLE | flag::ADJECTIVE);
        flags == 0 && next.is_word() && !next.capital() && doc.lang.quote.ends_as(next.of(doc.text), Role::Plural)
    });
    (t.opens || t.subject || acts) && !t.oblique && !t.owns && !t.reported && !aside
}

/// Whether a pronoun is the object of its clause: the same form before a noun is the possessive, "her own pockets".
fn is_object(doc: &Doc, own: &Traits) -> bool {
    own.pronoun.is_some_and(|p| {
        let owns = || doc.tokens.get(own.last as usize).is_some_and(|t| t.is_word() && doc.lang.name.flags(t.word) & flag::STOP == 0);
        p.case == Case::Object && !(p.gender == Gender::Female && owns())
    })
}

/// An object is never in the same clause as its antecedent: whether `other`, of the same sentence, acts in that clause.
fn clash(doc: &Doc, own: &Traits, other: &Traits) -> bool {
    // "her driver saw her": whose driver he is does not act.
    if other.owns {
        return false;
    }
    // The same clause: no other finite verb, mark or conjunction between but the clause's own verb.
    let mut verbs = 0;
    for token in &doc.tokens[other.last as usize..own.first as usize] {
        let flags = doc.lang.name.flags(token.word);
        if !token.is_word() && !token.is_mark(doc.text, b'-') {
            return false;
        }
        if flags & flag::CONJUNCTION != 0 {
            return false;
        }
        verbs += u32::from(flags & flag::VERB != 0);
    }
    verbs <= 1
}

/// "As he left, Novak said": the subject that follows in the same sentence.
fn ahead(mentions: &Mentions, index: usize, not: &[EntityId]) -> Option<EntityId> {
    let meant = meant(mentions.traits[index].pronoun?.gender);
    let sentence = mentions.mentions[index].sentence;
    (index + 1..mentions.mentions.len()).take_while(|&j| mentions.mentions[j].sentence == sentence).find_map(|j| {
        let id = mentions.mentions[j].entity?;
        let fits = mentions.mentions[j].kind == MentionKind::Name && mentions.traits[j].subject && !not.contains(&id);
        (fits && agrees(&mentions.entities[id as usize], meant)).then_some(id)
    })
}
