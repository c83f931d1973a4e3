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

/// The entities that a pronoun can mean.
#[derive(Clone, Copy)]
struct Meant {
    /// Their kinds, as [`kind`]s.
    kinds: u32,
    /// Their gender, as far as it is known.
    gender: Option<Gender>,
}

impl Meant {
    fn by(gender: Gender) -> Meant {
        let kinds = match gender {
            Gender::Male | Gender::Female => kind(EntityKind::Person),
            Gender::Neuter => kind(EntityKind::Body) | kind(EntityKind::Country) | kind(EntityKind::Document),
            Gender::Plural => kind(EntityKind::Group) | kind(EntityKind::Body),
            Gender::Unknown => KINDS,
        };
        Meant { kinds, gender: Some(gender).filter(|g| matches!(g, Gender::Male | Gender::Female)) }
    }
    fn has(self, entity: &Entity) -> bool {
        kind(entity.kind) & self.kinds != 0 && self.fits(entity)
    }
    fn fits(self, entity: &Entity) -> bool {
        self.gender.is_none_or(|g| entity.gender == g || entity.gender == Gender::Unknown)
    }
}

/// A mention as the search for antecedents walks past it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Trace {
    sentence: u32,
    /// Whom it names, where its bits tell a kind.
    pub entity: EntityId,
    /// The quotation it stands in, plus one; 0 outside.
    quote: u32,
    /// The [`Feature`]s that it has by itself, then [`NAME`] and the others, then the kind of its entity.
    bits: u32,
}

/// It is a name.
const NAME: u32 = 1 << 16;
/// Somebody who acts and is no pronoun, in the narrator's own words.
const ACTS: u32 = 1 << 17;
/// A description behind "is": what somebody is called.
const CALLED: u32 = 1 << 18;
/// All kinds of entities.
const KINDS: u32 = 0xff << 24;

/// A kind of entity as one bit of a [`Trace`].
fn kind(kind: EntityKind) -> u32 {
    1 << (24 + kind as u32)
}

/// The quotation in which a mention stands, plus one; 0 outside.
fn quote(t: &Traits) -> u32 {
    t.quote.map_or(0, |q| q + 1)
}

impl Trace {
    /// Of a mention of `entity`.
    #[inline]
    pub fn new(doc: &Doc, m: &Mention, t: &Traits, entity: Option<&Entity>) -> Trace {
        let first = doc.sentences[m.sentence as usize].first;
        let role = |at: u32| doc.lang.quote.role(doc.tokens[at as usize].word);
        // "For the political scientist Ana Ruiz, …": whose opinion it is.
        let holds = t.oblique && t.first == first + 1 && role(first).any(Role::For);
        let described = m.kind == MentionKind::Description;
        let bit = |holds: bool, bit: u32| u32::from(holds) * bit;
        let bits = bit(t.subject || holds, Feature::Subject.bit() | Feature::Parallel.bit())
            | bit(t.first == first, Feature::Opening.bit())
            | bit(t.oblique && !holds, Feature::Oblique.bit())
            | bit(t.possessor, Feature::Possessor.bit())
            | bit(t.quote.is_some(), Feature::Quoted.bit())
            | bit(t.reported, Feature::Reported.bit())
            | bit(described, Feature::Described.bit())
            | bit(entity.is_some_and(|e| e.kind == EntityKind::Document), Feature::Document.bit())
            | bit(m.kind == MentionKind::Name, NAME)
            | bit(t.subject && t.quote.is_none() && !t.reported && m.kind != MentionKind::Pronoun, ACTS)
            | bit(described && t.first > 0 && role(t.first - 1).any(Role::Be), CALLED)
            | entity.map_or(0, |e| kind(e.kind));
        Trace { sentence: m.sentence, entity: m.entity.unwrap_or_default(), quote: quote(t), bits }
    }
    fn any(self, bits: u32) -> bool {
        self.bits & bits != 0
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
        let meant = Meant::by(pronoun.gender);
        let fits = |s: &&EntityId| !not.contains(*s) && meant.has(&mentions.entities[**s as usize]);
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
    let meant = Meant::by(asker.gender);
    let object = is_object(doc, own);
    // What counts for this asker.
    let counted = Feature::Described.bit() * 2 - 1;
    let counted = if own.subject { counted } else { counted & !Feature::Parallel.bit() };
    let counted = if own.reported { counted & !Feature::Reported.bit() } else { counted };
    const QUOTED: u32 = Feature::Quoted.bit();
    let quote = quote(own);
    // Who acts in the pronoun's own clause.
    let mut actor = None;
    // The sentence at hand: paragraphs between, and the points that both take off.
    let (mut sentence, mut paragraphs, mut base) = (u32::MAX, 0, 0.0);
    let from = asker.index.saturating_sub(MENTIONS);
    for (j, trace) in mentions.traces[from..asker.index].iter().enumerate().rev() {
        if trace.sentence + SENTENCES < asker.sentence {
            break;
        }
        if !trace.any(meant.kinds) {
            continue;
        }
        let id = trace.entity;
        let entity = &mentions.entities[id as usize];
        if !meant.fits(entity) || Some(id) == actor || !asker.not.is_empty() && asker.not.contains(&id) {
            continue;
        }
        if trace.sentence != sentence {
            sentence = trace.sentence;
            paragraphs = here.paragraph.saturating_sub(doc.sentences[sentence as usize].paragraph);
            base = w(Feature::Sentence) * (asker.sentence - sentence) as f32 + w(Feature::Paragraph) * paragraphs as f32;
        }
        let earlier = sentence < asker.sentence;
        let described = trace.any(Feature::Described.bit());
        if described {
            let nameless = entity.name.starts_with(char::is_lowercase);
            // Who has no name is not spoken of two paragraphs on.
            if nameless && (paragraphs >= 2 || earlier && asks(doc, mentions, from + j)) {
                continue;
            }
        }
        let mut bits = trace.bits & counted;
        if bits & QUOTED != 0 {
            if quote > 0 {
                bits &= if trace.quote == quote { !QUOTED } else { !0 };
            } else if trace.any(NAME) && entity.actor.is_none() && !entity.name.contains(' ') {
                // A nickname in marks: nobody whom the narrator goes on about.
                continue;
            } else if described && meant.gender.is_some() {
                // Whom somebody's words only describe, the narrator does not call "he".
                continue;
            }
        }
        if object && !earlier && clash(doc, own, &mentions.traits[from + j]) {
            actor = Some(id);
            continue;
        }
        // "is a bad man": what somebody is called, not somebody else.
        if trace.any(CALLED) {
            continue;
        }
        let score = weights.add(base + w(Feature::Distance) * if earlier { 0.0 } else { between }, bits);
        between += 1.0;
        if earlier {
            if nearest.is_none() && trace.any(ACTS) {
                nearest = Some(id);
            }
            if ends && !trace.any(QUOTED) && *told.get_or_insert(sentence) == sentence {
                let t = &mentions.traits[from + j];
                topic = if heads(doc, t, trace) { Some((id, brought_in(doc, t))) } else { topic };
            }
        }
        let named = trace.any(NAME);
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
    let near = |t: &&Trace| t.sentence + 1 >= asker.sentence;
    let told = |t: &Trace| t.entity == other && t.any(KINDS) && !t.any(Feature::Quoted.bit());
    (apart && mentions.traces[..asker.index].iter().rev().take_while(near).any(told)).then_some(meant)
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

/// A possessor, by clitic or as a pronoun.
fn owns(t: &Traits) -> bool {
    t.possessor || t.pronoun.is_some_and(|p| p.case == Case::Possessive)
}

/// Whether a mention can be what its sentence is about: it opens the sentence or acts in it.
fn heads(doc: &Doc, t: &Traits, trace: &Trace) -> bool {
    let opens = trace.any(Feature::Opening.bit());
    // "When the mayor came, Vega …": the clause that only says when is not what the sentence is about, nor the last of several.
    let aside = t.first > 0
        && !opens
        && doc.lang.quote.role(doc.tokens[t.first as usize - 1].word).any(Role::Subordinator | Role::That | Role::Relative | Role::Conjunction);
    // "the mayor adopts": a present form that no table of verbs knows.
    let acts = doc.tokens.get(t.last as usize).is_some_and(|next| {
        let flags = doc.lang.name.flags(next.word) & (flag::STOP | flag::NOUN | flag::TITLE | flag::ADJECTIVE);
        flags == 0 && next.is_word() && !next.capital() && doc.lang.quote.ends_as(next.of(doc.text), Role::Plural)
    });
    (opens || t.subject || acts) && !t.oblique && !owns(t) && !t.reported && !aside
}

/// Whether a pronoun is the object of its clause: the same form before a noun is the possessive, "her own pockets".
fn is_object(doc: &Doc, own: &Traits) -> bool {
    own.pronoun.is_some_and(|p| {
        let noun = || doc.tokens.get(own.last as usize).is_some_and(|t| t.is_word() && doc.lang.name.flags(t.word) & flag::STOP == 0);
        p.case == Case::Object && !(p.gender == Gender::Female && noun())
    })
}

/// An object is never in the same clause as its antecedent: whether `other`, of the same sentence, acts in that clause.
fn clash(doc: &Doc, own: &Traits, other: &Traits) -> bool {
    // "her driver saw her": whose driver he is does not act.
    if owns(other) {
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
    let meant = Meant::by(mentions.traits[index].pronoun?.gender);
    let sentence = mentions.mentions[index].sentence;
    (index + 1..mentions.mentions.len()).take_while(|&j| mentions.mentions[j].sentence == sentence).find_map(|j| {
        let id = mentions.mentions[j].entity?;
        let fits = mentions.mentions[j].kind == MentionKind::Name && mentions.traits[j].subject && !not.contains(&id);
        (fits && meant.has(&mentions.entities[id as usize])).then_some(id)
    })
}
