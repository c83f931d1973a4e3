//! A pronoun → its antecedent, by salience (after Lappin and Leass, 1994) with weights from the
//! lexicon. Says nothing where no antecedent agrees.

use super::{Mentions, Traits, has};
use crate::annotation::{Entity, EntityId, EntityKind, Gender, Mention, MentionKind};
use crate::doc::Doc;
use crate::language::name::{Case, Feature, fact, flag};
use crate::language::quote::{Form, Role, VerbUse};
use crate::language::stance::aim;
use crate::token::Token;
use std::ops::Range;

/// Sentences looked back.
const SENTENCES: u32 = 6;
/// Bytes from somebody who asks to the one who is asked, at most.
pub(super) const ASKED: u32 = 24;
/// Tokens of a phrase before its sentence's subject, at most.
const FRONTED: u32 = 14;
/// Sentences back to the leader beside whom a pronoun tells the other one.
const BESIDE: u32 = 4;
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

/// An entity as the search for antecedents sees it, in bits: the pronouns that can mean it, its own gender, then [`PERSON`] and the others.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Face(u32);

/// How many genders there are.
const GENDERS: usize = 5;
/// It is a person.
const PERSON: u32 = 1 << 16;
/// A known actor.
const ACTOR: u32 = 1 << 17;
/// A leader.
const LEADER: u32 = 1 << 18;
/// Its name is words in small letters.
const NAMELESS: u32 = 1 << 19;
/// Its name has several words.
const SPACED: u32 = 1 << 20;
/// A letter, poll, report.
const DOCUMENT: u32 = 1 << 21;

/// By kind of entity: the pronouns that can mean it, and what else it tells.
const KINDS: [u32; 5] = {
    let mut kinds = [0; 5];
    kinds[EntityKind::Person as usize] = by(Gender::Male) | by(Gender::Female) | PERSON;
    kinds[EntityKind::Group as usize] = by(Gender::Plural);
    kinds[EntityKind::Body as usize] = by(Gender::Neuter) | by(Gender::Plural);
    kinds[EntityKind::Country as usize] = by(Gender::Neuter);
    kinds[EntityKind::Document as usize] = by(Gender::Neuter) | DOCUMENT;
    kinds
};

/// By gender of an entity: the pronouns that cannot mean it.
const OTHERS: [u32; GENDERS] = {
    let mut others = [0; GENDERS];
    others[Gender::Male as usize] = by(Gender::Female);
    others[Gender::Female as usize] = by(Gender::Male);
    others[Gender::Neuter as usize] = by(Gender::Male) | by(Gender::Female);
    others[Gender::Plural as usize] = others[Gender::Neuter as usize];
    others
};

/// Whether a name begins with a small letter.
fn small(name: &str) -> bool {
    match name.as_bytes() {
        [b @ 0..128, ..] => b.is_ascii_lowercase(),
        _ => name.starts_with(char::is_lowercase),
    }
}

/// A gender as one bit of a [`Face`]: of the pronouns that can mean an entity.
const fn by(gender: Gender) -> u32 {
    1 << gender as u32
}

/// The same: of the entity's own.
fn of(gender: Gender) -> u32 {
    by(gender) << 8
}

impl Face {
    pub fn new(doc: &Doc, entity: &Entity) -> Face {
        let bits = KINDS[entity.kind as usize] & !OTHERS[entity.gender as usize]
            | by(Gender::Unknown)
            | of(entity.gender)
            | bit(entity.actor.is_some(), ACTOR)
            | bit(entity.actor.is_some_and(|a| doc.actors.is_leader(a)), LEADER)
            | bit(small(&entity.name), NAMELESS)
            | bit(entity.name.bytes().any(|b| b == b' '), SPACED);
        Face(bits)
    }
    fn any(self, bits: u32) -> bool {
        self.0 & bits != 0
    }
}

fn bit(holds: bool, bit: u32) -> u32 {
    u32::from(holds) * bit
}

/// By gender of a pronoun: which of 64 mentions are of entities that it can mean.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Block([u64; GENDERS]);

impl Block {
    /// Mention `n` of them is of such an entity.
    fn set(&mut self, n: usize, face: Face) {
        for (gender, set) in self.0.iter_mut().enumerate() {
            *set |= u64::from(face.0 >> gender & 1) << n;
        }
    }
    /// Mention `n` of them is of nobody.
    fn clear(&mut self, n: usize) {
        self.0.iter_mut().for_each(|set| *set &= !(1 << n));
    }
}

/// A mention as the search for antecedents walks past it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Trace {
    sentence: u32,
    paragraph: u32,
    /// Whom it names; [`NOBODY`] where that is not known.
    entity: EntityId,
    /// The quotation it stands in, plus one; 0 outside.
    quote: u32,
    /// The [`Feature`]s that it has by itself, then [`NAME`] and the others.
    bits: u32,
}

/// No entity.
const NOBODY: EntityId = EntityId::MAX;
/// The features that a mention has by itself.
const FEATURES: u32 = Feature::Described.bit() * 2 - 1;
/// It is a name.
const NAME: u32 = 1 << 16;
/// Somebody who acts and is no pronoun, in the narrator's own words.
const ACTS: u32 = 1 << 17;
/// A description behind "is": what somebody is called.
const CALLED: u32 = 1 << 18;
/// A description of one who only asks: a reporter's question came from him, or he asked whoever is named next.
const ASKS: u32 = 1 << 19;
/// A description right before a verb that takes one who is asked.
const ASKING: u32 = 1 << 20;
/// A description of somebody without a name.
const VAGUE: u32 = 1 << 21;
/// Both this and [`ASKS`].
const STRAY: u32 = 1 << 22;
/// A nickname in marks: nobody whom the narrator goes on about.
const NICKNAME: u32 = 1 << 23;
/// A description in marks: nobody whom the narrator calls "he".
const DESCRIBED: u32 = 1 << 24;

/// The quotation in which a mention stands, plus one; 0 outside.
fn quote(t: &Traits) -> u32 {
    t.quote.map_or(0, |q| q + 1)
}

impl Trace {
    /// Of a mention among tokens of these `facts`; of whom is told later.
    #[inline]
    pub fn new(doc: &Doc, facts: &[u64], m: &Mention, t: &Traits) -> Trace {
        let sentence = &doc.sentences[m.sentence as usize];
        let first = sentence.first;
        // "For the political scientist Ana Ruiz, …": whose opinion it is.
        // "According to the political scientist Ana Ruiz, …".
        let opinion = |at: u32| doc.lang.quote.role(doc.tokens[first as usize].word).any(if at == first + 1 { Role::For } else { Role::According });
        let holds = t.oblique() && (first + 1..=first + 2).contains(&t.first) && opinion(t.first);
        // "The remarks follow a statement by Vega": so does she.
        let made = t.oblique() && t.first > 1 && {
            let role = |back: u32| doc.lang.quote.role(doc.tokens[(t.first - back) as usize].word);
            // "Her words were echoed by Vega": so does he.
            let echoed = || doc.lang.quote.verb_at(doc.tokens, t.first as usize - 2).is_some_and(|v| v.form.any(Form::Participle));
            role(1).any(Role::By) && (role(2).any(Role::Report | Role::Paper) || echoed())
        };
        // "Vega’s reply came on Monday, in a speech": she acts.
        let holds = holds || made || t.possessor() && (t.first == first && retorts(doc, t) || turn(doc, t));
        let all = if holds { t.bits & !(has::OBLIQUE | has::POSSESSOR) | has::SUBJECT } else { t.bits };
        let own = all & FEATURES;
        let acts = (all & (has::SUBJECT | has::QUOTED | has::REPORTED) == has::SUBJECT) & (m.kind != MentionKind::Pronoun);
        let bits = own | bit(t.first == first, Feature::Opening.bit()) | bit(m.kind == MentionKind::Name, NAME) | bit(acts, ACTS);
        let described = if m.kind == MentionKind::Description {
            let called = t.first > 0 && facts[t.first as usize - 1] & fact::BE != 0;
            Feature::Described.bit() | bit(called, CALLED) | bit(t.quote.is_some(), DESCRIBED) | asks(doc, facts, t)
        } else {
            0
        };
        Trace { sentence: m.sentence, paragraph: sentence.paragraph, entity: NOBODY, quote: quote(t), bits: bits | described }
    }
    fn any(self, bits: u32) -> bool {
        self.bits & bits != 0
    }
    /// Told that a name of the same sentence follows soon: "A student asked Novak about it. “…,” he said" is not about the student.
    pub fn is_followed(&mut self) {
        if self.any(ASKING) {
            self.bits |= ASKS | bit(self.any(VAGUE), STRAY);
        }
    }
    /// Told what its entity looks like.
    #[inline]
    pub fn regard(&mut self, face: Face) {
        let vague = self.any(Feature::Described.bit()) & face.any(NAMELESS);
        let nickname = self.any(NAME) & self.any(Feature::Quoted.bit()) & !face.any(ACTOR | SPACED);
        const DOCUMENT: u32 = Feature::Document.bit();
        let bits = bit(vague, VAGUE) | bit(vague & self.any(ASKS), STRAY) | bit(nickname, NICKNAME) | bit(face.any(self::DOCUMENT), DOCUMENT);
        self.bits = self.bits & !(VAGUE | STRAY | NICKNAME | DOCUMENT) | bits;
    }
}

/// Whether what a possessor has is an answer, a noun of speech that stands against another's, or a speech or letter.
#[inline(never)]
fn retorts(doc: &Doc, t: &Traits) -> bool {
    let noun = doc.tokens.get(t.last as usize + 1);
    let answer = |n: &Token| doc.lang.name.flags(n.word) & flag::OPPOSITE != 0 && doc.lang.quote.role(n.word).any(Role::Report);
    noun.is_some_and(|n| answer(n) || doc.lang.quote.role(n.word).any(Role::Paper))
}

/// "Now it was Vega’s turn": whether a possessor has the word.
fn turn(doc: &Doc, t: &Traits) -> bool {
    t.first > 0 && doc.role_at(t.first as usize - 1).any(Role::Be) && doc.role_at(t.last as usize + 1).any(Role::Turn)
}

/// [`ASKS`] and [`ASKING`] of a description.
#[inline]
fn asks(doc: &Doc, facts: &[u64], t: &Traits) -> u32 {
    let Some(last) = (t.last as usize).checked_sub(1) else { return 0 };
    let at = (last + 1).min(doc.tokens.len() - 1);
    let verb = if facts[at] & fact::REPORTS != 0 { doc.lang.quote.verb_at(doc.tokens, at) } else { None };
    let asking = verb.is_some_and(|v| v.takes.any(VerbUse::Whether) && v.takes.any(VerbUse::Hearer));
    bit(doc.lang.stance.aims(doc.tokens[last].word) & aim::PRESS != 0, ASKS) | bit(asking, ASKING)
}

impl Mentions {
    /// Let pronouns see that mention `i` is one of entity `e`, whom they took for another or saw otherwise.
    pub(super) fn show_anew(&mut self, i: usize, e: EntityId) {
        self.blocks[i / 64].clear(i % 64);
        self.show(i, e);
    }
    /// Let pronouns see that mention `i` is one of entity `e`.
    #[inline]
    pub(super) fn show(&mut self, i: usize, e: EntityId) {
        let face = self.faces[e as usize];
        self.traces[i].entity = e;
        self.traces[i].regard(face);
        self.blocks[i / 64].set(i % 64, face);
    }
    /// The first mention in sentence `sentence` or behind it.
    fn since(&self, sentence: u32) -> usize {
        self.starts.get(sentence as usize).map_or(self.traces.len(), |&at| at as usize)
    }
    /// The mentions in `range` of entities that a pronoun of that gender can mean, the last first: places of blocks, and which of 64 each.
    fn meant(&self, range: Range<usize>, gender: Gender) -> impl Iterator<Item = (usize, Falling)> {
        (range.start / 64..range.end.div_ceil(64)).rev().map(move |block| {
            let at = block * 64;
            // What lies in this block before the range and behind it is none of them.
            let low = !0 << range.start.saturating_sub(at);
            let high = !0 >> (at + 64).saturating_sub(range.end);
            (at, Falling(self.blocks[block].0[gender as usize] & low & high))
        })
    }
}

/// The bits of a set, the highest first.
struct Falling(u64);

impl Iterator for Falling {
    type Item = usize;
    #[inline]
    fn next(&mut self) -> Option<usize> {
        let n = self.0.checked_ilog2()?;
        self.0 ^= 1 << n;
        Some(n as usize)
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
    /// Whether nobody else comes near.
    pub sure: bool,
}

pub(super) fn resolve(doc: &Doc, mentions: &Mentions, index: usize, speakers: &[EntityId], not: &[EntityId]) -> Answer {
    let nobody = Answer::default();
    let Some(own) = mentions.traits.get(index) else { return nobody };
    let Some(pronoun) = own.pronoun.filter(|p| p.person == 3 && p.case != Case::Relative) else { return nobody };
    let sentence = mentions.mentions[index].sentence;
    if let Some(e) = cataphor(doc, mentions, index, not) {
        return Answer { best: Some(e), second: None, sure: true };
    }
    let asker = Asker { index, sentence, own, gender: pronoun.gender, speakers, not };
    let mut answer = salient(doc, mentions, asker, None);
    let fits = |e: &EntityId| !not.contains(e) && mentions.faces[*e as usize].any(by(pronoun.gender));
    // "The newcomer did not mind. “…,” he said": who has no name and was never brought in is one who has a name.
    let gendered = matches!(pronoun.gender, Gender::Male | Gender::Female);
    if gendered && own.quote.is_none() && answer.best.is_some_and(|e| epithet(doc, mentions, index, e)) {
        let face = |e: &EntityId| mentions.faces[*e as usize];
        let spoke = || speakers.iter().rev().copied().find(|e| fits(e) && face(e).any(LEADER));
        let leader = || mentions.leaders.iter().flatten().map(|&e| e as EntityId).find(fits);
        if let Some(named) = answer.second.filter(|e| !face(e).any(NAMELESS)).or_else(spoke).or_else(leader) {
            answer = Answer { best: Some(named), second: answer.best, sure: false };
        }
    }
    if answer.best.is_none() {
        answer.best = ahead(mentions, index, not);
    }
    // "She said he was wrong. He said …" at the head of a text.
    if answer.best.is_none() {
        answer.best = told_apart(doc, mentions, &asker).map(|(meant, _)| meant);
    }
    // Too far back to be seen: who spoke last.
    if answer.best.is_none() && own.quote.is_none() {
        answer.best = speakers.iter().rev().copied().find(fits);
    }
    answer
}

/// Whether a nameless person is spoken of by "the" from the first, before mention `index`.
fn epithet(doc: &Doc, mentions: &Mentions, index: usize, e: EntityId) -> bool {
    if !mentions.faces[e as usize].any(NAMELESS) {
        return false;
    }
    let first = (index.saturating_sub(MENTIONS)..index).find(|&j| mentions.traces[j].entity == e);
    let article = |i: u32| doc.tokens.get(i as usize).is_some_and(|t| doc.lang.quote.definite(t));
    let own = |i: u32| i > 0 && doc.lang.quote.role(doc.tokens[i as usize - 1].word).any(Role::Possessive | Role::Clitic);
    first.is_some_and(|j| {
        let i = mentions.traits[j].first;
        article(i) || i > 0 && article(i - 1) || !brought_in(doc, &mentions.traits[j]) && !own(i) && !own(i + 1)
    })
}

/// The entities seen before an asker.
#[derive(Clone, Debug, Default)]
pub(super) struct Seen {
    /// Which, in the order in which the way back from it comes upon them.
    list: Vec<EntityId>,
    /// How often and how well, by entity.
    tallies: Vec<Tally>,
}

/// How an entity has been seen.
#[derive(Clone, Copy, Debug)]
struct Tally {
    /// Points of its best mention.
    score: f32,
    /// Twice the number of its mentions, and one more where a name was among them; [`EXCLUDED`] for one who cannot be meant.
    count: u32,
}

impl Tally {
    /// One more mention.
    #[inline]
    fn add(&mut self, score: f32, named: bool) {
        self.count = (self.count + 2) | u32::from(named);
        self.score = if score > self.score { score } else { self.score };
    }
}

const UNSEEN: Tally = Tally { score: f32::NEG_INFINITY, count: 0 };
const EXCLUDED: u32 = u32::MAX;

impl Seen {
    /// Begin anew, among so many entities.
    fn begin(&mut self, entities: usize, not: &[EntityId]) {
        self.list.clear();
        if self.tallies.len() < entities {
            self.tallies.resize(entities.next_multiple_of(64), UNSEEN);
        }
        not.iter().for_each(|&id| self.tallies[id as usize].count = EXCLUDED);
    }
    /// A mention worth `score`.
    #[inline]
    fn meet(&mut self, id: EntityId, score: f32, named: bool) {
        let tally = &mut self.tallies[id as usize];
        if tally.count == 0 {
            self.list.push(id);
        }
        tally.add(score, named);
    }
    /// Forget whom it has seen.
    fn end(&mut self, not: &[EntityId]) {
        self.list.iter().chain(not).for_each(|&id| self.tallies[id as usize] = UNSEEN);
    }
}

/// What the way back tells beside whom it has seen.
struct Told {
    /// The subject that stands nearest before the asker's sentence, outside marks.
    nearest: EntityId,
    /// Whom the narrator's sentence before is about: the first it names that is no mere part of a phrase; and whether as somebody new.
    topic: (EntityId, bool),
}

/// The most salient entities before `asker`, of those to which `fits` gives points.
pub(super) fn salient(doc: &Doc, mentions: &Mentions, asker: Asker, fits: Option<&dyn Fn(EntityId) -> Option<f32>>) -> Answer {
    let fronted = in_fronted_phrase(doc, mentions, &asker);
    let asker = Asker { not: if fronted.is_empty() { asker.not } else { &fronted }, ..asker };
    let seen = &mut *mentions.seen.borrow_mut();
    seen.begin(mentions.entities.len(), asker.not);
    let told = look_back(doc, mentions, seen, &asker);
    let answer = rank(doc, mentions, seen, &asker, &told, fits);
    seen.end(asker.not);
    answer
}

/// Walk back from `asker`.
#[inline(never)]
fn look_back(doc: &Doc, mentions: &Mentions, seen: &mut Seen, asker: &Asker) -> Told {
    let own = asker.own;
    let weights = &doc.lang.name.salience;
    let [by_sentence, by_paragraph, by_distance] = [Feature::Sentence, Feature::Paragraph, Feature::Distance].map(|f| weights.of(f));
    // What counts for this asker.
    let counted = FEATURES & !bit(!own.subject(), Feature::Parallel.bit()) & !bit(own.reported(), Feature::Reported.bit());
    let quote = quote(own);
    let points = |trace: &Trace, base: f32| {
        let same = (quote > 0) & (trace.quote == quote);
        weights.add(base, trace.bits & counted & !bit(same, Feature::Quoted.bit()))
    };
    // Of whom the narrator does not go on to speak, unless he speaks of them in the same sentence, or soon.
    let gendered = matches!(asker.gender, Gender::Male | Gender::Female);
    let out = bit(quote == 0, NICKNAME) | bit(quote == 0 && gendered, DESCRIBED);
    let start = mentions.since(asker.sentence).min(asker.index);
    let from = mentions.since(asker.sentence.saturating_sub(SENTENCES)).max(asker.index.saturating_sub(MENTIONS));
    // Who acts in the pronoun's own clause.
    let mut actor = NOBODY;
    let object = is_object(doc, own);
    let mut between = 0.0;
    for (at, set) in mentions.meant(start.max(from)..asker.index, asker.gender) {
        for j in set.map(|n| at + n) {
            let trace = &mentions.traces[j];
            let id = trace.entity;
            if trace.any(out) | (id == actor) | (seen.tallies[id as usize].count == EXCLUDED) {
                continue;
            }
            if object && clash(doc, own, &mentions.traits[j]) {
                actor = id;
                continue;
            }
            if !trace.any(CALLED) {
                seen.meet(id, points(trace, by_distance * between), trace.any(NAME));
                between += 1.0;
            }
        }
    }
    let (mut nearest, mut topic) = (NOBODY, (NOBODY, false));
    // The narrator's sentence before.
    let mut told = None;
    let ends = own.pronoun.is_some() && own.subject() && closes(doc, own);
    let watched = ends || !asker.speakers.is_empty();
    let here = doc.sentences[asker.sentence as usize].paragraph;
    for (at, set) in mentions.meant(from..start, asker.gender) {
        for j in set.map(|n| at + n) {
            let trace = &mentions.traces[j];
            let id = trace.entity;
            let paragraphs = here.saturating_sub(trace.paragraph);
            // Who has no name is not spoken of two paragraphs on.
            let gone = out | CALLED | STRAY | bit(paragraphs >= 2, VAGUE);
            let tally = &mut seen.tallies[id as usize];
            if trace.any(gone) | (id == actor) | (tally.count == EXCLUDED) {
                continue;
            }
            if tally.count == 0 {
                seen.list.push(id);
            }
            let base = by_sentence * (asker.sentence - trace.sentence) as f32 + by_paragraph * paragraphs as f32;
            tally.add(points(trace, base), trace.any(NAME));
            if watched {
                if nearest == NOBODY && trace.any(ACTS) {
                    nearest = id;
                }
                if ends && !trace.any(Feature::Quoted.bit()) && *told.get_or_insert(trace.sentence) == trace.sentence {
                    let t = &mentions.traits[j];
                    topic = if heads(doc, t, trace) { (id, brought_in(doc, t) || trace.any(NAME) && speaks(doc, t)) } else { topic };
                }
            }
        }
    }
    Told { nearest, topic }
}

/// The best of those seen.
#[inline(never)]
fn rank(doc: &Doc, mentions: &Mentions, seen: &mut Seen, asker: &Asker, told: &Told, fits: Option<&dyn Fn(EntityId) -> Option<f32>>) -> Answer {
    let weights = &doc.lang.name.salience;
    let w = |f: Feature| weights.of(f);
    let given = |holds: bool, points: f32| if holds { points } else { 0.0 };
    // "She sent condolences. He posted her message": between two leaders, one a man and one a woman, the other one.
    let opposite = asker.own.pronoun.and_then(|_| opposite(doc, mentions, asker)).unwrap_or(NOBODY);
    if opposite != NOBODY && seen.tallies[opposite as usize].count == 0 {
        seen.meet(opposite, w(Feature::Sentence) * SENTENCES as f32 / 2.0, true);
    }
    let [last, earlier] = [1, 2].map(|back| asker.speakers.len().checked_sub(back).map_or(NOBODY, |at| asker.speakers[at]));
    let special = (told.topic.0 != NOBODY) | (opposite != NOBODY) | (last != NOBODY);
    let mut best = (NOBODY, f32::NEG_INFINITY);
    let mut second = best;
    for &id in &seen.list {
        let Some(points) = fits.map_or(Some(0.0), |f| f(id)) else { continue };
        let Tally { score, count } = seen.tallies[id as usize];
        let (named, face) = (count & 1 != 0, mentions.faces[id as usize]);
        let (mut topic, mut other, mut spoke) = (0.0, 0.0, 0.0);
        if special {
            // A single capitalised word may name an island.
            let somebody = face.any(SPACED) | !face.any(of(Gender::Unknown)) | !face.any(PERSON) | (last == id) | (earlier == id);
            topic = given((told.topic.0 == id) & (told.topic.1 | named & somebody | face.any(ACTOR)), w(Feature::Topic));
            other = given(opposite == id, w(Feature::Opposite));
            // Once somebody else has become the subject, who spoke last is no longer the first thought.
            let fresh = if (told.nearest != NOBODY) & (told.nearest != id) { 0.5 } else { 1.0 };
            spoke = if last == id { w(Feature::LastSpeaker) * fresh } else { given(earlier == id, w(Feature::EarlierSpeaker)) };
        }
        // Who is named and has spoken is a person, whatever the name tells.
        let person = face.any(PERSON) & (!face.any(of(Gender::Unknown)) | named & ((last == id) | face.any(SPACED)));
        let score = score
            + points
            + weights.repeated(count / 2)
            + topic
            + given(face.any(of(asker.gender)), w(Feature::Gender))
            + other
            + given(face.any(LEADER), w(Feature::Leader))
            + given(person, w(Feature::Person))
            + spoke;
        let better = score > best.1;
        let (next, top) = if better { (best, (id, score)) } else { ((id, score), best) };
        best = top;
        second = if next.1 > second.1 { next } else { second };
    }
    let some = |one: (EntityId, f32)| Some(one.0).filter(|e| *e != NOBODY);
    let sure = best.0 != NOBODY && best.1 >= second.1 + w(Feature::Clear);
    Answer { best: some(best), second: some(second), sure }
}

/// The leader whose gender a pronoun of the narrator's tells, and the other one, who has another.
fn told_apart(doc: &Doc, mentions: &Mentions, asker: &Asker) -> Option<(EntityId, EntityId)> {
    let gendered = |g: Gender| matches!(g, Gender::Male | Gender::Female);
    if !doc.actors.dyad || !gendered(asker.gender) || asker.own.quote.is_some() {
        return None;
    }
    let pair = [mentions.leaders[0]?, mentions.leaders[1]?];
    let gender = |e: EntityId| mentions.entities[e as usize].gender;
    let meant = pair.into_iter().find(|&e| gender(e) == asker.gender)?;
    let other = if meant == pair[0] { pair[1] } else { pair[0] };
    let apart = gendered(gender(other)) && gender(other) != gender(meant) && !asker.not.contains(&meant);
    apart.then_some((meant, other))
}

/// The leader whose gender the pronoun tells, where the other leader has another and was mentioned in its sentence or shortly before.
fn opposite(doc: &Doc, mentions: &Mentions, asker: &Asker) -> Option<EntityId> {
    let (meant, other) = told_apart(doc, mentions, asker)?;
    let from = mentions.since(asker.sentence.saturating_sub(BESIDE)).max(asker.index.saturating_sub(MENTIONS));
    let before = &mentions.traces[from.min(asker.index)..asker.index];
    let told = |t: &&Trace| t.entity == other && !t.any(Feature::Quoted.bit());
    // "Her minister, Boris Kern, shook his head": a third person, named, who acts behind both is the first thought.
    let third = |t: &&Trace| {
        let face = mentions.faces[t.entity as usize];
        let named = || before.iter().any(|m| m.entity == t.entity && m.any(NAME));
        t.any(ACTS) && face.any(by(asker.gender)) && face.any(PERSON) && !face.any(LEADER) && named()
    };
    let leads = |t: &&Trace| t.entity == meant || told(t);
    let last = before.iter().rev().filter(|t| t.entity != NOBODY).find(|t| leads(t) || third(t))?;
    (leads(&last) && before.iter().any(|t| told(&t))).then_some(meant)
}

/// Whether a pronoun stands right behind marks that close a quotation: "“…,” he said".
fn closes(doc: &Doc, own: &Traits) -> bool {
    let mark = |i: u32, marks: &[&str]| doc.tokens.get(i as usize).is_some_and(|t| !t.is_word() && marks.contains(&t.of(doc.text)));
    let closing = ["”", "’", "\"", "'", "»", "''"];
    own.first > 1 && (mark(own.first - 1, &closing) || mark(own.first - 1, &[","]) && mark(own.first - 2, &closing))
}

/// "A retired judge": somebody new, though nameless.
fn brought_in(doc: &Doc, t: &Traits) -> bool {
    let article = |i: u32| doc.tokens.get(i as usize).is_some_and(|t| doc.lang.quote.indefinite(t));
    t.pronoun.is_none() && (article(t.first) || t.first > 0 && article(t.first - 1))
}

/// "Vega said": a name before a reporting verb is somebody's.
fn speaks(doc: &Doc, t: &Traits) -> bool {
    doc.tokens.get(t.last as usize).is_some_and(|next| doc.lang.name.flags(next.word) & flag::VERB != 0)
}

/// Whether a mention can be what its sentence is about: it opens the sentence or acts in it.
fn heads(doc: &Doc, t: &Traits, trace: &Trace) -> bool {
    let opens = trace.any(Feature::Opening.bit());
    // "When the mayor came, Vega …": the clause that only says when is not what the sentence is about, nor the last of several.
    // "The rain had thickened, and Vega got up": a clause of its own.
    let clause = t.subject()
        && t.first > 1
        && doc.lang.quote.role(doc.tokens[t.first as usize - 1].word).any(Role::Conjunction)
        && doc.tokens[t.first as usize - 2].is_mark(doc.text, b',');
    let aside = t.first > 0
        && !opens
        && !clause
        && doc.lang.quote.role(doc.tokens[t.first as usize - 1].word).any(Role::Subordinator | Role::That | Role::Relative | Role::Conjunction);
    // "the mayor adopts": a present form that no table of verbs knows.
    let acts = doc.tokens.get(t.last as usize).is_some_and(|next| {
        let flags = doc.lang.name.flags(next.word) & (flag::STOP | flag::NOUN | flag::TITLE | flag::ADJECTIVE);
        flags == 0 && next.is_word() && !next.capital() && doc.lang.quote.ends_as(next.of(doc.text), Role::Plural)
    });
    (opens || t.subject() || acts) && !t.oblique() && !t.owns() && !t.reported() && !aside
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
    if other.owns() {
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

/// "Enraged that Lind had left, he said": whom the participle's phrase names is not its subject, who is the pronoun's. With those whom the
/// asker leaves out anyway; empty where there is no such phrase.
fn in_fronted_phrase(doc: &Doc, mentions: &Mentions, asker: &Asker) -> Vec<EntityId> {
    let first = asker.own.first as usize;
    let begin = doc.sentences[asker.sentence as usize].first as usize;
    let comma = |k: usize| doc.tokens[k].is_mark(doc.text, b',');
    let subject = asker.own.pronoun.is_some() && asker.own.subject() && asker.own.quote.is_none();
    if !subject || first < begin + 4 || !comma(first - 1) {
        return Vec::new();
    }
    let from = (begin..first - 1).rev().find(|&k| comma(k)).map_or(begin, |k| k + 1);
    let head = &doc.tokens[from];
    let participle =
        doc.lang.quote.ends_as(head.of(doc.text), Role::Ended) && doc.lang.name.flags(head.word) & (flag::NOUN | flag::STOP & !flag::VERB) == 0;
    if !participle || head.capital() && from > begin {
        return Vec::new();
    }
    let near = mentions.since(asker.sentence).max(asker.index.saturating_sub(MENTIONS));
    let inside = (near..asker.index).filter(|&j| mentions.traits[j].first as usize > from);
    let named = inside.filter(|&j| mentions.mentions[j].kind == MentionKind::Name && mentions.traits[j].quote.is_none());
    let mut out: Vec<EntityId> = named.filter_map(|j| mentions.mentions[j].entity).collect();
    if !out.is_empty() {
        out.extend_from_slice(asker.not);
    }
    out
}

/// "In a speech on what he calls a crisis, Novak said": the subject behind the phrase that opens the sentence, where nobody is named before.
fn cataphor(doc: &Doc, mentions: &Mentions, index: usize, not: &[EntityId]) -> Option<EntityId> {
    let own = &mentions.traits[index];
    let at = mentions.mentions[index].sentence;
    let first = doc.sentences[at as usize].first;
    let fronted = doc.lang.name.flags(doc.tokens[first as usize].word) & flag::PREPOSITION != 0;
    let person = |j: usize| mentions.mentions[j].entity.is_some_and(|e| mentions.faces[e as usize].any(PERSON));
    if !fronted || own.quote.is_some() || own.first > first + FRONTED || (mentions.since(at)..index).any(person) {
        return None;
    }
    let meant = by(own.pronoun?.gender);
    let comma = |from: u32, to: u32| doc.tokens[from as usize..to as usize].iter().any(|t| t.is_mark(doc.text, b','));
    let next = (index + 1..mentions.mentions.len()).take_while(|&j| mentions.mentions[j].sentence == at);
    let j =
        next.filter(|&j| mentions.traits[j].quote.is_none() && !mentions.traits[j].oblique()).find(|&j| person(j) || mentions.traits[j].subject())?;
    let (id, t) = (mentions.mentions[j].entity?, &mentions.traits[j]);
    let subject = mentions.mentions[j].kind == MentionKind::Name && t.subject() && comma(own.last, t.first) && t.first <= own.last + FRONTED;
    (subject && person(j) && !not.contains(&id) && mentions.faces[id as usize].any(meant)).then_some(id)
}

/// "As he left, Novak said": the subject that follows in the same sentence.
fn ahead(mentions: &Mentions, index: usize, not: &[EntityId]) -> Option<EntityId> {
    let meant = by(mentions.traits[index].pronoun?.gender);
    let sentence = mentions.mentions[index].sentence;
    (index + 1..mentions.mentions.len()).take_while(|&j| mentions.mentions[j].sentence == sentence).find_map(|j| {
        let id = mentions.mentions[j].entity?;
        let fits = mentions.mentions[j].kind == MentionKind::Name && mentions.traits[j].subject() && !not.contains(&id);
        (fits && mentions.faces[id as usize].any(meant)).then_some(id)
    })
}
