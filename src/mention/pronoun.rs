//! A pronoun → its antecedent, by salience (after Lappin and Leass, 1994) with weights from the
//! lexicon. Says nothing where no antecedent agrees.

use super::{Mentions, Traits};
use crate::annotation::{Entity, EntityId, EntityKind, Gender, MentionKind, Quote};
use crate::doc::Doc;
use crate::language::name::{Case, Feature};

/// Sentences looked back.
const SENTENCES: u32 = 6;
/// Mentions looked back.
const MENTIONS: usize = 80;

/// The antecedent of the pronoun at `index`; `last_speakers` holds the speakers of the quotations before it, the most recent last.
pub fn resolve_pronoun(doc: &Doc, mentions: &Mentions, index: usize, last_speakers: &[EntityId], _quotes: &[Quote]) -> Option<EntityId> {
    resolve(doc, mentions, index, last_speakers, None)
}

/// The antecedent of a third-person pronoun inside the words of `speaker`, who does not speak of himself so.
pub fn resolve_quoted(doc: &Doc, mentions: &Mentions, index: usize, speaker: Option<EntityId>) -> Option<EntityId> {
    resolve(doc, mentions, index, &[], speaker)
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

pub(super) fn resolve(doc: &Doc, mentions: &Mentions, index: usize, last_speakers: &[EntityId], not: Option<EntityId>) -> Option<EntityId> {
    let own = mentions.traits.get(index)?;
    let pronoun = own.pronoun?;
    if pronoun.person != 3 || pronoun.case == Case::Relative {
        return None;
    }
    let me = mentions.mentions[index];
    let here = &doc.sentences[me.sentence as usize];
    let weights = &doc.lang.name.salience;
    let w = |f: Feature| weights.of(f);
    let mut best: Option<(f32, EntityId)> = None;
    // Entities seen so far with the score of their best mention; few, so a scan is cheaper than a map.
    let mut seen: Vec<(EntityId, f32, u32)> = Vec::new();
    let mut between = 0.0;
    // Who acts in the pronoun's own clause.
    let mut actor = None;
    for j in (0..index).rev().take(MENTIONS) {
        let m = mentions.mentions[j];
        if m.sentence + SENTENCES < me.sentence {
            break;
        }
        let t: &Traits = &mentions.traits[j];
        let Some(id) = m.entity else { continue };
        let entity = &mentions.entities[id as usize];
        if Some(id) == not || Some(id) == actor || !agrees(entity, pronoun.gender) {
            continue;
        }
        if clash(doc, own, t, me.sentence == m.sentence) {
            actor = Some(id);
            continue;
        }
        let mut score = 0.0;
        let back = (me.sentence - m.sentence) as f32;
        score += w(Feature::Sentence) * back;
        score += w(Feature::Paragraph) * here.paragraph.saturating_sub(doc.sentences[m.sentence as usize].paragraph) as f32;
        score += w(Feature::Distance) * if back == 0.0 { between } else { 0.0 };
        between += 1.0;
        if t.subject {
            score += w(Feature::Subject);
            if own.subject {
                score += w(Feature::Parallel);
            }
        }
        if t.first == doc.sentences[m.sentence as usize].first {
            score += w(Feature::Opening);
        }
        if t.oblique {
            score += w(Feature::Oblique);
        }
        if t.possessor {
            score += w(Feature::Possessor);
        }
        if t.quote.is_some() && t.quote != own.quote {
            score += w(Feature::Quoted);
        }
        if m.kind == MentionKind::Description {
            score += w(Feature::Described);
        }
        match seen.iter_mut().find(|(e, ..)| *e == id) {
            Some((_, top, count)) => {
                *top = top.max(score);
                *count += 1;
            }
            None => seen.push((id, score, 1)),
        }
    }
    for &(id, score, count) in &seen {
        let entity = &mentions.entities[id as usize];
        let mut score = score + w(Feature::Frequency) * (count as f32).ln();
        if entity.gender == pronoun.gender {
            score += w(Feature::Gender);
        }
        if entity.actor.is_some_and(|a| doc.actors.is_leader(a)) {
            score += w(Feature::Leader);
        }
        if entity.kind == EntityKind::Person && entity.gender != Gender::Unknown {
            score += w(Feature::Person);
        }
        match last_speakers.iter().rev().position(|s| *s == id) {
            Some(0) => score += w(Feature::LastSpeaker),
            Some(1) => score += w(Feature::EarlierSpeaker),
            _ => {}
        }
        if best.is_none_or(|(top, _)| score > top) {
            best = Some((score, id));
        }
    }
    best.map(|b| b.1).or_else(|| ahead(doc, mentions, index, not))
}

/// A pronoun is never in the same clause as its antecedent, unless it is possessive or reflexive.
fn clash(doc: &Doc, own: &Traits, other: &Traits, same_sentence: bool) -> bool {
    use crate::language::name::flag;
    let object = own.pronoun.is_some_and(|p| p.case == Case::Object);
    if !same_sentence || !object {
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
fn ahead(doc: &Doc, mentions: &Mentions, index: usize, not: Option<EntityId>) -> Option<EntityId> {
    let gender = mentions.traits[index].pronoun?.gender;
    let sentence = mentions.mentions[index].sentence;
    let _ = doc;
    (index + 1..mentions.mentions.len()).take_while(|&j| mentions.mentions[j].sentence == sentence).find_map(|j| {
        let id = mentions.mentions[j].entity?;
        let fits = mentions.mentions[j].kind == MentionKind::Name && mentions.traits[j].subject && Some(id) != not;
        (fits && agrees(&mentions.entities[id as usize], gender)).then_some(id)
    })
}
