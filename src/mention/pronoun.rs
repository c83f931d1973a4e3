//! A pronoun → its antecedent, by salience (after Lappin and Leass, 1994) with weights from the
//! lexicon. Says nothing where no antecedent agrees.

use super::{Mentions, Traits};
use crate::annotation::{Entity, EntityId, EntityKind, Gender, Mention, MentionKind};
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

/// Whether an entity can be meant by a pronoun of that gender.
fn agrees(entity: &Entity, gender: Gender) -> bool {
    match gender {
        Gender::Male | Gender::Female => entity.kind == EntityKind::Person && (entity.gender == gender || entity.gender == Gender::Unknown),
        Gender::Neuter => matches!(entity.kind, EntityKind::Body | EntityKind::Country | EntityKind::Document),
        Gender::Plural => matches!(entity.kind, EntityKind::Group | EntityKind::Body),
        Gender::Unknown => true,
    }
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
        let fits = |s: &&EntityId| !not.contains(*s) && agrees(&mentions.entities[**s as usize], pronoun.gender);
        answer.best = speakers.iter().rev().find(fits).copied();
    }
    answer
}

/// The most salient entities before `asker`, of those to which `fits` gives points.
pub(super) fn salient(doc: &Doc, mentions: &Mentions, asker: Asker, fits: impl Fn(EntityId) -> Option<f32>) -> Answer {
    let own = asker.own;
    let here = &doc.sentences[asker.sentence as usize];
    let weights = &doc.lang.name.salience;
    let w = |f: Feature| weights.of(f);
    // Entities seen so far with the score of their best mention, how often, and whether by name; few, so a scan is cheaper than a map.
    let mut seen: Vec<(EntityId, f32, u32, bool)> = Vec::new();
    // The subject that stands nearest before the asker's sentence, outside marks.
    let mut nearest = None;
    let mut between = 0.0;
    // The narrator's sentence before, and whom it is about: the first it names that is no mere part of a phrase.
    let mut told = None;
    let mut topic = None;
    let ends = own.pronoun.is_some() && own.subject && closes(doc, own);
    // Who acts in the pronoun's own clause.
    let mut actor = None;
    for j in (0..asker.index).rev().take(MENTIONS) {
        let m = mentions.mentions[j];
        if m.sentence + SENTENCES < asker.sentence {
            break;
        }
        let Some(id) = m.entity else { continue };
        let entity = &mentions.entities[id as usize];
        if Some(id) == actor || !agrees(entity, asker.gender) || asker.not.contains(&id) {
            continue;
        }
        let t: &Traits = &mentions.traits[j];
        let nameless = m.kind == MentionKind::Description && entity.name.starts_with(char::is_lowercase);
        // Who has no name is not spoken of two paragraphs on.
        let apart = here.paragraph.saturating_sub(doc.sentences[m.sentence as usize].paragraph) >= 2;
        if apart && nameless {
            continue;
        }
        // A nickname in marks: nobody whom the narrator goes on about.
        let known = || entity.actor.is_some() || entity.name.contains(' ');
        if m.kind == MentionKind::Name && t.quote.is_some() && own.quote.is_none() && !known() {
            continue;
        }
        let asks = nameless && m.sentence < asker.sentence && t.last > 0;
        // "A student asked Novak about it. “…,” he said": the one who was asked.
        let answered = || {
            let verb = doc.lang.quote.verb_at(doc.tokens, (t.last as usize).min(doc.tokens.len() - 1)).map(|v| doc.lang.quote.verb_of(v).takes);
            let next = mentions.mentions.get(j + 1).filter(|n| n.sentence == m.sentence && n.kind == MentionKind::Name);
            verb.is_some_and(|v| v.any(VerbUse::Whether) && v.any(VerbUse::Hearer)) && next.is_some_and(|n| n.span.start <= m.span.end + ASKED)
        };
        if asks && answered() {
            continue;
        }
        // Nor whom a reporter's question came from.
        if asks && doc.lang.stance.aims(doc.tokens[t.last as usize - 1].word) & aim::PRESS != 0 {
            continue;
        }
        // Whom somebody's words only describe, the narrator does not call "he".
        if m.kind == MentionKind::Description && t.quote.is_some() && own.quote.is_none() && matches!(asker.gender, Gender::Male | Gender::Female) {
            continue;
        }
        if clash(doc, own, t, asker.sentence == m.sentence) {
            actor = Some(id);
            continue;
        }
        // "is a bad man": what somebody is called, not somebody else.
        let called = m.kind == MentionKind::Description && t.first > 0 && {
            let before = &doc.tokens[t.first as usize - 1];
            doc.lang.quote.role(before.word).any(Role::Be)
        };
        if called {
            continue;
        }
        let mut score = 0.0;
        let back = (asker.sentence - m.sentence) as f32;
        score += w(Feature::Sentence) * back;
        score += w(Feature::Paragraph) * here.paragraph.saturating_sub(doc.sentences[m.sentence as usize].paragraph) as f32;
        score += w(Feature::Distance) * if back == 0.0 { between } else { 0.0 };
        between += 1.0;
        // "For the political scientist Ana Ruiz, …": whose opinion it is.
        let first = doc.sentences[m.sentence as usize].first;
        let holds = t.oblique && t.first == first + 1 && doc.lang.quote.role(doc.tokens[first as usize].word).any(Role::For);
        if t.subject || holds {
            score += w(Feature::Subject);
            if own.subject {
                score += w(Feature::Parallel);
            }
        }
        if t.first == doc.sentences[m.sentence as usize].first {
            score += w(Feature::Opening);
        }
        if t.oblique && !holds {
            score += w(Feature::Oblique);
        }
        if t.possessor {
            score += w(Feature::Possessor);
        }
        if t.quote.is_some() && t.quote != own.quote {
            score += w(Feature::Quoted);
        }
        if t.reported && !own.reported {
            score += w(Feature::Reported);
        }
        if entity.kind == EntityKind::Document {
            score += w(Feature::Document);
        }
        if m.kind == MentionKind::Description {
            score += w(Feature::Described);
        }
        if t.quote.is_none() && !t.reported && t.subject && m.sentence < asker.sentence && m.kind != MentionKind::Pronoun {
            nearest = nearest.or(Some(id));
        }
        if ends && t.quote.is_none() && m.sentence < asker.sentence && *told.get_or_insert(m.sentence) == m.sentence && heads(doc, m, t) {
            topic = Some((id, brought_in(doc, t)));
        }
        match seen.iter_mut().find(|(e, ..)| *e == id) {
            Some((_, top, count, named)) => {
                *top = top.max(score);
                *count += 1;
                *named |= m.kind == MentionKind::Name;
            }
            None => seen.push((id, score, 1, m.kind == MentionKind::Name)),
        }
    }
    // "She sent condolences. He posted her message": between two leaders, one a man and one a woman, the other one.
    let opposite = own.pronoun.and_then(|_| opposite(doc, mentions, &asker));
    if let Some(id) = opposite.filter(|id| seen.iter().all(|s| s.0 != *id)) {
        seen.push((id, w(Feature::Sentence) * SENTENCES as f32 / 2.0, 1, true));
    }
    let mut answer = Answer::default();
    let mut runner = 0.0;
    for &(id, score, count, named) in &seen {
        let Some(points) = fits(id) else { continue };
        let entity = &mentions.entities[id as usize];
        let mut score = score + points + w(Feature::Frequency) * (count as f32).ln();
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
        let spoke = named && (asker.speakers.last() == Some(&id) || entity.name.contains(' '));
        if entity.kind == EntityKind::Person && (spoke || entity.gender != Gender::Unknown) {
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
fn heads(doc: &Doc, m: Mention, t: &Traits) -> bool {
    let opens = t.first == doc.sentences[m.sentence as usize].first;
    let owns = t.possessor || t.pronoun.is_some_and(|p| p.case == Case::Possessive);
    // "When the mayor came, Vega …": the clause that only says when is not what the sentence is about, nor the last of several.
    let aside = t.first > 0
        && !opens
        && doc.lang.quote.role(doc.tokens[t.first as usize - 1].word).any(Role::Subordinator | Role::That | Role::Relative | Role::Conjunction);
    // "the mayor adopts": a present form that no table of verbs knows.
    let acts = doc.tokens.get(t.last as usize).is_some_and(|next| {
        let flags = doc.lang.name.flags(next.word) & (flag::STOP | flag::NOUN | flag::TITLE | flag::ADJECTIVE);
        flags == 0 && next.is_word() && !next.capital() && doc.lang.quote.ends_as(next.of(doc.text), Role::Plural)
    });
    (opens || t.subject || acts) && !t.oblique && !owns && !t.reported && !aside
}

/// A pronoun is never in the same clause as its antecedent, unless it is possessive or reflexive.
fn clash(doc: &Doc, own: &Traits, other: &Traits, same_sentence: bool) -> bool {
    // The same form before a noun is the possessive: "her own pockets".
    let owns = || {
        let next = doc.tokens.get(own.last as usize);
        own.pronoun.is_some_and(|p| p.gender == Gender::Female) && next.is_some_and(|t| t.is_word() && doc.lang.name.flags(t.word) & flag::STOP == 0)
    };
    let object = own.pronoun.is_some_and(|p| p.case == Case::Object) && !owns();
    // "her driver saw her": whose driver he is does not act.
    let whose = other.possessor || other.pronoun.is_some_and(|p| p.case == Case::Possessive);
    if !same_sentence || !object || whose {
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
    let gender = mentions.traits[index].pronoun?.gender;
    let sentence = mentions.mentions[index].sentence;
    (index + 1..mentions.mentions.len()).take_while(|&j| mentions.mentions[j].sentence == sentence).find_map(|j| {
        let id = mentions.mentions[j].entity?;
        let fits = mentions.mentions[j].kind == MentionKind::Name && mentions.traits[j].subject && !not.contains(&id);
        (fits && agrees(&mentions.entities[id as usize], gender)).then_some(id)
    })
}
