//! Stretches → entities: full names first, then what is short for them, then descriptions and
//! pronouns in text order. Looks at no other article; the run's actors lend names and countries.

use super::chunk::{Chunks, Opening, Raw, Sort};
use super::{Mentions, Pair, Traits, has, pronoun};
use crate::actor::index::{Index, sequence};
use crate::annotation::{ActorId, Entity, EntityId, EntityKind, Gender, Mention, MentionKind};
use crate::doc::Doc;
use crate::language::name::{Case, CountryId, Feature, NOWHERE, Noun, NounKind, Office, PhraseKind, Pronoun, fact, flag};
use crate::language::quote::Role;
use crate::language::time::Class;
use crate::language::vocab::WordId;
use crate::span::Span;
use crate::token::{Token, TokenKind};
use hashbrown::HashMap;

/// A word of a name, numbered within the document.
type WordNo = u32;

/// What the document tells of one entity.
#[derive(Clone, Copy, Debug, Default)]
struct Dossier {
    /// The words of its name, in [`Clusterer::words`].
    name: (u32, u32),
    /// Lemmas of its titles, offices and party adjectives, in [`Chunks::roles`].
    roles: (u32, u32),
    country: CountryId,
    office: Option<Office>,
    noun: WordId,
    state: bool,
    /// Mentions so far.
    count: u32,
    /// Sentence of the last mention, plus one.
    seen: u32,
    /// Some mention stands outside marks.
    told: bool,
    suffix: bool,
    /// Length of the longest form, by which the name is chosen.
    fullest: u32,
}

/// Points taken off where a title of one kind may mean somebody known by another.
const OTHER_OFFICE: f32 = -3.0;
/// What the very word for an office adds, where another means the same.
const SAME_WORD: f32 = 12.0;
/// Points of one who only speaks for somebody.
const EPITHET_OF_AIDE: f32 = -1.0;
/// Points of a leader as the one whom an epithet means.
const EPITHET_OF_LEADER: f32 = 3.5;
/// Sentences back to somebody whom "the lawyer" may mean, at most.
const RESUMED: u32 = 4;
/// Tokens between "who" and the people it stands for, at most.
const NEAR: u32 = 8;
/// Ages of people of whom one writes so.
const AGES: std::ops::RangeInclusive<u32> = 14..=110;
/// Tokens of "the 61-year-old" before its noun.
const YEARS_OLD: usize = 5;
/// Words of a preposition and its noun that belong to a description, at most.
const COMPLEMENT: usize = 5;
/// Tokens of titles before a name that opens a sentence, at most.
const INTRODUCED: u32 = 4;
/// Tokens from the article of an apposition to the place that it tells, at most.
const SITE: usize = 5;
/// Entities, the newest first, among whom somebody without a name is sought.
const RECALLED: usize = 256;
/// Mentions inside a quotation, or behind a subject, that are looked at for who cannot have said it, at most.
const BESIDE: usize = 32;

/// Value of a verb of the lexicon of times that says that somebody answers another back, not a question.
const COUNTERS: i32 = 2;

/// What the document tells of a word of names.
#[derive(Clone, Copy, Debug)]
struct Word<'a> {
    key: u64,
    /// The run's actors who have that surname.
    actors: &'a [ActorId],
    /// The first and the last of the persons in whose names it stands, in [`Clusterer::bearers`], plus one; 0 = none.
    persons: (u32, u32),
    /// Whom it meant last where it stood bare.
    plain: Option<EntityId>,
    name: Name,
}

/// What all stretches of a document tell of a word that ends names.
#[derive(Clone, Copy, Debug, Default)]
struct Name {
    /// How often it stands with an office before it.
    titled: u32,
    /// How often it ends a person's name.
    all: u32,
    /// Its capital is the name's own somewhere.
    sure: bool,
    /// It stands bare behind "in" or "at".
    placed: bool,
    /// It ends a name of several words that stands behind "in".
    placed_whole: bool,
    /// It ends a name of several words that can only be a person's.
    acts_whole: bool,
    /// Somewhere it can only be a person.
    acts: bool,
    /// A land, whatever it does.
    land: bool,
    /// The text says that it is a place or a body.
    site: bool,
}

/// Keys of names are hashes already.
type Keyed = std::hash::BuildHasherDefault<Itself>;

/// A number as its own hash.
#[derive(Clone, Copy, Debug, Default)]
struct Itself(u64);

impl std::hash::Hasher for Itself {
    fn finish(&self) -> u64 {
        self.0
    }
    fn write(&mut self, bytes: &[u8]) {
        self.0 = bytes.iter().fold(self.0, |hash, b| hash.rotate_left(8) ^ u64::from(*b));
    }
    fn write_u64(&mut self, key: u64) {
        self.0 = key;
    }
}

/// Numbers of words by their keys: each in the first place from the one that its key tells on that was free.
#[derive(Debug, Default)]
struct Numbers {
    /// The number is one more, 0 where the place is free. At most half of them are taken.
    places: Vec<(u64, WordNo)>,
    count: WordNo,
}

impl Numbers {
    /// Make room for so many more.
    fn reserve(&mut self, more: usize) {
        let room = ((self.count as usize + more) * 2).next_power_of_two();
        if room > self.places.len() {
            let before = std::mem::replace(&mut self.places, vec![(0, 0); room]);
            for (key, number) in before.into_iter().filter(|place| place.1 != 0) {
                let at = self.place(key);
                self.places[at] = (key, number);
            }
        }
    }
    /// The place of a key, or the free one in which it is to be put.
    fn place(&self, key: u64) -> usize {
        let mask = self.places.len() - 1;
        let mut at = key as usize & mask;
        while self.places[at].1 != 0 && self.places[at].0 != key {
            at = (at + 1) & mask;
        }
        at
    }
    /// The number of a key, and whether it is new. There must be room.
    fn of(&mut self, key: u64) -> (WordNo, bool) {
        let at = self.place(key);
        let new = self.places[at].1 == 0;
        if new {
            self.count += 1;
            self.places[at] = (key, self.count);
        }
        (self.places[at].1 - 1, new)
    }
}

struct Clusterer<'a, 'd> {
    doc: &'a Doc<'d>,
    index: &'a Index,
    chunks: Chunks,
    cases: Vec<Dossier>,
    out: Mentions,
    /// Bodies, groups, countries by a key of their words.
    known: HashMap<u64, EntityId, Keyed>,
    /// Every word of a name, by its key.
    numbers: Numbers,
    /// What is known of each.
    vocabulary: Vec<Word<'a>>,
    /// The words of all names: those of the stretches, parallel to [`Chunks::keys`], then those of actors.
    words: Vec<WordNo>,
    /// Persons by the words of their names: lists, each link with the place of the next one plus one.
    bearers: Vec<(EntityId, u32)>,
    /// Persons who have names, in order.
    people: Vec<EntityId>,
    /// Bodies, in order.
    bodies: Vec<EntityId>,
    /// Entity of each actor.
    actors: Vec<Option<EntityId>>,
    /// The mentions between which and the next one there is only "and".
    joined: Vec<u32>,
    /// Where the farthest complement so far ends.
    reach: u32,
    /// Ages that the text tells behind a name ("Ana Ruiz, 61,"), with the name's last word.
    ages: Vec<(u32, WordNo)>,
    /// Whom else the description at hand fits.
    second: Option<EntityId>,
}

pub(super) fn cluster(doc: &Doc, chunks: Chunks) -> Mentions {
    let index = doc.actors.index(doc.lang);
    let mut c = Clusterer {
        doc,
        index,
        chunks,
        cases: Vec::new(),
        out: Mentions::default(),
        known: HashMap::default(),
        numbers: Numbers::default(),
        vocabulary: Vec::new(),
        words: Vec::new(),
        bearers: Vec::new(),
        people: Vec::new(),
        bodies: Vec::new(),
        actors: vec![None; doc.actors.list.len()],
        joined: Vec::new(),
        reach: 0,
        ages: Vec::new(),
        second: None,
    };
    c.run();
    c.out
}

/// The part of a list that `range` tells.
fn part<T>(all: &[T], range: (u32, u32)) -> &[T] {
    &all[range.0 as usize..range.1 as usize]
}

impl<'a> Clusterer<'a, '_> {
    /// Bits of [`flag`] for a token.
    fn flags(&self, at: usize) -> u32 {
        self.chunks.facts.get(at).map_or(0, |&facts| facts as u32)
    }
    fn is_comma(&self, at: usize) -> bool {
        self.chunks.facts.get(at).is_some_and(|facts| facts & fact::COMMA != 0)
    }
    fn keys(&self, raw: &Raw) -> &[u64] {
        part(&self.chunks.keys, raw.keys)
    }
    /// The words of its name.
    fn words(&self, raw: &Raw) -> &[WordNo] {
        part(&self.words, raw.keys)
    }
    /// The words of an entity's name.
    fn name(&self, e: EntityId) -> &[WordNo] {
        part(&self.words, self.cases[e as usize].name)
    }
    fn is_nameless(&self, e: EntityId) -> bool {
        let (from, to) = self.cases[e as usize].name;
        from == to
    }
    fn roles_of(&self, e: EntityId) -> &[WordId] {
        part(&self.chunks.roles, self.cases[e as usize].roles)
    }
    fn add_role(&mut self, e: EntityId, role: WordId) {
        if self.roles_of(e).contains(&role) {
            return;
        }
        let roles = &mut self.chunks.roles;
        let known = &mut self.cases[e as usize].roles;
        // A list grows at the end of all only.
        if known.1 as usize != roles.len() {
            let from = roles.len() as u32;
            roles.extend_from_within(known.0 as usize..known.1 as usize);
            *known = (from, roles.len() as u32);
        }
        roles.push(role);
        known.1 += 1;
    }
    /// The number of a word of a name.
    fn number(&mut self, key: u64) -> WordNo {
        let (number, new) = self.numbers.of(key);
        if new {
            self.vocabulary.push(Word { key, actors: self.index.by_surname(key), persons: (0, 0), plain: None, name: Name::default() });
        }
        number
    }
    fn word(&self, n: WordNo) -> &Word<'a> {
        &self.vocabulary[n as usize]
    }
    fn is_surname(&self, n: WordNo) -> bool {
        !self.word(n).actors.is_empty()
    }
    /// Whether somebody's name has that word.
    fn names_person(&self, n: WordNo) -> bool {
        self.word(n).persons.0 != 0
    }
    /// The persons in whose names a word stands, in the order in which they were found.
    fn persons(&self, n: WordNo) -> impl Iterator<Item = EntityId> {
        let mut next = self.word(n).persons.0;
        std::iter::from_fn(move || {
            let &(e, after) = self.bearers.get((next as usize).checked_sub(1)?)?;
            next = after;
            Some(e)
        })
    }
    fn is_leader(&self, e: EntityId) -> bool {
        self.out.entities[e as usize].actor.is_some_and(|a| self.doc.actors.is_leader(a))
    }
    fn roles(&self, raw: &Raw) -> &[WordId] {
        &self.chunks.roles[raw.roles.0 as usize..raw.roles.1 as usize]
    }
    fn run(&mut self) {
        let mut raws = std::mem::take(&mut self.chunks.raws);
        let mut full: Vec<Option<EntityId>> = vec![None; raws.len()];
        // Some two stretches name one entity.
        let room = raws.len() / 2;
        self.out.entities.reserve(room);
        self.out.faces.reserve(room);
        self.cases.reserve(room);
        self.known.reserve(room);
        self.number_words();
        self.bearers.reserve(self.words.len());
        self.people.reserve(self.chunks.names.len());
        self.bodies.reserve(room);
        for i in std::mem::take(&mut self.chunks.names) {
            let i = i as usize;
            self.survey(&raws[i], raws.get(i + 1), &mut full[i]);
        }
        self.out.mentions.reserve(raws.len());
        self.out.traits.reserve(raws.len());
        self.out.traces.reserve(raws.len());
        self.out.blocks.reserve(raws.len().div_ceil(64));
        self.out.starts.reserve(self.doc.sentences.len());
        let mut end = 0;
        for i in 0..raws.len() {
            let (before, after) = raws.split_at_mut(i + 1);
            let raw = &mut before[i];
            if raw.span.start < end || self.doc.skipped(raw.span) {
                continue;
            }
            if raw.sort == Sort::Person && self.is_place(raw) {
                raw.sort = Sort::Body;
                raw.noun = Some(Noun { kind: NounKind::Place, gender: Gender::Neuter, plural: false, lemma: WordId::NONE });
                raw.geo = Some(PhraseKind::Place);
            }
            if raw.doubtful {
                let &[.., last] = self.words(raw) else { continue };
                let known = self.word(last).name.sure || self.is_surname(last);
                if !known && !(self.reports(raw) && self.words(raw).len() == 1 && self.style_runs(raw)) {
                    continue;
                }
            }
            let (kind, entity) = self.entity(raw, full[i], after);
            end = raw.span.end;
            self.push(raw, kind, entity);
        }
        self.pair();
        self.finish();
    }
    /// What a name tells of its last word, wherever that stands; `next` is the stretch behind it. A full name is somebody's at once.
    fn survey(&mut self, raw: &Raw, next: Option<&Raw>, full: &mut Option<EntityId>) {
        let &[.., last] = self.words(raw) else { return };
        let (person, single) = (raw.sort == Sort::Person, raw.keys.1 - raw.keys.0 == 1);
        let bare = person && single && !raw.sure;
        // "Dhul, an islet off the coast,", "an islet called Dhul"
        let site = person && (self.site_behind(raw.last) || !raw.sure && !raw.subject() && self.site_before(raw.first));
        let placed = bare && (self.behind_place(raw.first) || self.comes_from(raw.first));
        // "the king of Qadira": a land, whatever it does. "Qadira's emir", "Maravia's prime minister"
        let rules = |next: &Raw| raw.possessor() && next.first == raw.last + 1 && next.office == Some(Office::Head);
        let land = bare && (self.behind_office(raw) || next.is_some_and(rules) && !self.is_surname(last));
        // "in San Jacinto": no person, unless a title, first name, age or verb of saying tells so anywhere.
        let placed_whole = person && !single && self.within(raw.first);
        let acts_whole = person
            && !single
            && !placed_whole
            && (raw.office.is_some()
                || raw.sure
                || self.flags(raw.last as usize) & flag::VERB != 0
                || self.age_behind(raw.last as usize).is_some()
                || self.given(raw)
                || self.said_before(raw));
        let name = &mut self.vocabulary[last as usize].name;
        name.sure |= !raw.doubtful;
        name.land |= land;
        name.site |= site;
        if person {
            name.titled += u32::from(raw.office.is_some());
            name.all += 1;
            // A bare capital behind "in" or "at" that never acts is a place.
            name.placed |= placed;
            name.acts |= !placed && (!single || raw.sure || raw.subject() || raw.possessor());
            name.placed_whole |= placed_whole;
            name.acts_whole |= acts_whole;
            if let Some(age) = self.age_behind(raw.last as usize)
                && !self.ages.contains(&(age, last))
            {
                self.ages.push((age, last));
            }
            if !raw.doubtful && !single {
                *full = Some(self.person(raw));
            }
        }
    }
    /// Number the words of all stretches.
    fn number_words(&mut self) {
        let keys = std::mem::take(&mut self.chunks.keys);
        self.numbers.reserve(keys.len());
        self.vocabulary.reserve(keys.len() / 2);
        self.words.reserve(keys.len() + 4);
        for &key in &keys {
            let n = self.number(key);
            self.words.push(n);
        }
        self.chunks.keys = keys;
    }
    /// "Ana Ruiz, 61, said": the age between the marks behind token `last` of a name.
    fn age_behind(&self, last: usize) -> Option<u32> {
        let [comma, number, end] = self.doc.tokens.get(last..last + 3)? else { return None };
        let closed = number.kind == TokenKind::Number && number.spaced && end.kind == TokenKind::Mark && comma.is_mark(self.doc.text, b',');
        number.of(self.doc.text).parse().ok().filter(|age| closed && AGES.contains(age))
    }
    /// The leader whose age the text does not tell, where an epithet tells an age that the other one has not.
    fn other_than_aged(&self, raw: &Raw) -> Option<EntityId> {
        let told = |leader: ActorId| self.ages.iter().any(|a| self.word(a.1).actors.contains(&leader));
        let one = (0..2).find(|&leader| !told(leader)).filter(|&leader| self.doc.actors.dyad && told(1 - leader))?;
        let e = self.actors[one as usize].filter(|_| raw.opening == Opening::Definite && raw.quote.is_none())?;
        self.agrees(raw, e).then_some(e)
    }
    /// "the 61-year-old": the one person of the age that stands in the tokens `from..to`.
    fn aged(&mut self, raw: &Raw, from: usize, to: usize) -> Option<EntityId> {
        if self.ages.is_empty() {
            return None;
        }
        let tokens = self.doc.tokens;
        let old = (from..to).find(|&k| self.flags(k) & flag::AGE != 0)?;
        let age: u32 = (from..old).find_map(|k| tokens[k].of(self.doc.text).parse().ok())?;
        let Some(&(_, word)) = self.ages.iter().find(|a| a.0 == age) else { return self.other_than_aged(raw) };
        if self.ages.iter().any(|a| a.0 == age && a.1 != word) {
            return None;
        }
        let known = self.persons(word).max_by_key(|&e| self.cases[e as usize].count);
        known.or_else(|| self.word(word).actors.first().copied().map(|a| self.actor(a)))
    }
    /// Whether a person's name is a bare capital that stands for a place wherever it stands.
    fn is_place(&self, raw: &Raw) -> bool {
        let only = |n: &Name| !raw.sure && (n.placed && !n.acts || n.land);
        let nobody = |k: WordNo| !self.is_surname(k) && !self.names_person(k);
        let itself = |k: WordNo| !self.is_surname(k) && self.persons(k).all(|e| self.name(e) == self.words(raw));
        let told = |k: WordNo| self.word(k).name.site && itself(k) && !self.given(raw);
        match *self.words(raw) {
            [.., k] if told(k) => true,
            [k] if only(&self.word(k).name) && nobody(k) => true,
            [_, k] | [_, _, k] => {
                let name = self.word(k).name;
                name.placed_whole && !name.acts_whole && !self.is_surname(k) && !self.given(raw) || self.dateline(raw)
            }
            _ => self.dateline(raw),
        }
    }
    /// Whether a name begins with a known first name.
    fn given(&self, raw: &Raw) -> bool {
        let first = self.doc.token_at(raw.name.start);
        self.flags(first) & flag::FIRST_NAME != 0
    }
    /// "said Ana Ruiz"
    fn said_before(&self, raw: &Raw) -> bool {
        raw.first > 0 && self.flags(raw.first as usize - 1) & flag::VERB != 0 && raw.subject()
    }
    /// Whether what starts at token `first` stands behind "in".
    fn within(&self, first: u32) -> bool {
        self.role_before(first).any(Role::Within)
    }
    /// "the man from Amiens": behind "from" and somebody; a letter comes from anybody.
    fn comes_from(&self, first: u32) -> bool {
        let Some(man) = (first as usize).checked_sub(2).and_then(|k| self.doc.tokens.get(k)) else { return false };
        let person = || self.doc.lang.name.noun(man.word).is_some_and(|n| n.kind == NounKind::Person);
        self.role_before(first).any(Role::From) && !man.capital() && person()
    }
    /// Whether the word at token `at` is one with which names of places end, in small letters.
    fn is_site(&self, at: usize) -> bool {
        self.doc.tokens.get(at).is_some_and(|t| !t.capital() && self.doc.lang.name.tail(t.word) == Some(NounKind::Place))
    }
    /// "Dhul, an islet off the coast,", "Tavora, a nation of fishermen,": an apposition that no person has.
    fn site_behind(&self, last: u32) -> bool {
        let from = last as usize + 1;
        if !self.is_comma(last as usize) || !self.doc.role_at(from).any(Role::Article) {
            return false;
        }
        let body = |k: usize| {
            let noun = self.doc.tokens.get(k).and_then(|t| self.doc.lang.name.noun(t.word));
            noun.is_some_and(|n| !n.plural && matches!(n.kind, NounKind::Body | NounKind::Group | NounKind::State | NounKind::Place))
        };
        let other = flag::STOP | flag::NOUN | flag::TITLE;
        let is = |&k: &usize| self.is_site(k) || self.flags(k) & flag::NOUN != 0 && body(k);
        let site = (from + 1..from + SITE).take_while(|k| is(k) || self.flags(*k) & other == 0).find(is);
        site.is_some_and(|k| {
            let next = self.doc.tokens.get(k + 1);
            next.is_none_or(|t| !t.is_word()) || self.flags(k + 1) & flag::PREPOSITION != 0 || self.doc.role_at(k + 1).any(Role::Relative)
        })
    }
    /// "an islet called Dhul", "the river Senn"
    fn site_before(&self, first: u32) -> bool {
        let Some(mut at) = (first as usize).checked_sub(1) else { return false };
        if self.role_before(first).any(Role::Nickname) && at > 0 {
            at -= 1;
        }
        self.is_site(at)
    }
    /// "PORT LENA -- Novak said": the place a line is sent from.
    fn dateline(&self, raw: &Raw) -> bool {
        use crate::token::Shape;
        let (first, last) = (raw.first as usize, raw.last as usize);
        let tokens = self.doc.tokens;
        tokens[first].newline
            && tokens[first..last].iter().all(|t| t.shape == Shape::Upper)
            && tokens.get(last).is_some_and(|t| t.kind == TokenKind::Mark && matches!(t.of(self.doc.text), "-" | "–" | "—" | "("))
    }
    /// What the word before token `first` can be.
    fn role_before(&self, first: u32) -> Role {
        (first as usize).checked_sub(1).map_or(Role::default(), |k| self.doc.role_at(k))
    }
    /// Behind "the".
    fn behind_article(&self, raw: &Raw) -> bool {
        self.role_before(raw.first).any(Role::Article)
    }
    /// Behind "of" and an office: "the prime minister of Maravia".
    fn behind_office(&self, raw: &Raw) -> bool {
        let Some(of) = (raw.first as usize).checked_sub(1).filter(|&k| k > 0) else { return false };
        let title = self.flags(of - 1) & flag::TITLE != 0;
        title && self.doc.role_at(of).any(Role::Of)
    }
    /// Whether what starts at token `first` stands behind "in" or "at".
    fn behind_place(&self, first: u32) -> bool {
        let role = self.role_before(first);
        role.any(Role::Place) && !role.any(Role::With)
    }
    /// "the president of Poland, Ana Ruiz,": whether a full name stands in apposition right behind a description.
    fn introduces(&self, raw: &Raw, after: &[Raw]) -> bool {
        let at = self.behind(raw.extent, raw.span, raw.last);
        let comma = self.is_comma(at);
        let name = |r: &&Raw| r.first as usize == at + 1 && r.sort == Sort::Person && self.words(r).len() > 1;
        let closed = |r: &Raw| self.parts(r.last as usize);
        comma && after.iter().take(4).find(name).is_some_and(closed)
    }
    /// Whether an apposition may end before token `at`: a comma or stop.
    fn parts(&self, at: usize) -> bool {
        self.is_comma(at) || self.doc.tokens.get(at).is_none_or(|t| t.is_mark(self.doc.text, b'.') || t.is_mark(self.doc.text, b';'))
    }
    /// The token behind what `extent` holds, of a stretch that ends with `span` before token `last`.
    fn behind(&self, extent: Span, span: Span, last: u32) -> usize {
        if extent.end == span.end { last as usize } else { self.doc.token_at(extent.end) }
    }
    fn calls_person(&self, raw: &Raw) -> bool {
        let k = self.words(raw)[0];
        // "GENEVA: …" at the head of a text is where it was written.
        let opens = self.doc.sentences[raw.sentence as usize].first == raw.first && raw.first > 0;
        let colon = self.doc.tokens.get(raw.last as usize).is_some_and(|t| t.is_mark(self.doc.text, b':'));
        self.persons(k).any(|e| self.name(e).last() == Some(&k)) || self.is_surname(k) || opens && colon
    }
    /// A verb of the table or a colon follows.
    fn reports(&self, raw: &Raw) -> bool {
        let next = self.doc.tokens.get(raw.last as usize);
        let says = |t: &Token| self.flags(raw.last as usize) & flag::VERB != 0 || t.is_mark(self.doc.text, b':');
        // "Vega, the coach, said": past the aside.
        let adverb = self.doc.lang.quote.ends_as(raw.span.of(self.doc.text), Role::Adverb | Role::Gerund);
        let aside = raw.subject() && !adverb && next.is_some_and(|t| t.is_mark(self.doc.text, b','));
        aside || next.is_some_and(says)
    }
    fn style_runs(&self, raw: &Raw) -> bool {
        // A single doubtful subject is believed in running text only: the verb behind it has a small letter.
        self.doc.tokens.get(raw.last as usize).is_some_and(|t| !t.capital())
    }
    // Apart, as the next: what is inlined into one loop with all rules is slow.
    #[inline(never)]
    fn push(&mut self, raw: &Raw, kind: MentionKind, entity: Option<EntityId>) {
        let index = self.out.mentions.len();
        if self.out.starts.len() <= raw.sentence as usize {
            self.out.starts.resize(raw.sentence as usize + 1, index as u32);
        }
        if index.is_multiple_of(64) {
            self.out.blocks.push(pronoun::Block::default());
        }
        if let Some(last) = index.checked_sub(1) {
            self.follow(last, raw, kind);
        }
        let holds = |j: &usize| self.out.traits[*j].extent.contains(raw.span);
        let within = if raw.span.end > self.reach { None } else { (0..index).rev().take(3).find(holds).map(|j| j as u32) };
        self.reach = self.reach.max(raw.extent.end);
        let person = raw.sort == Sort::Person || raw.noun.is_some_and(|n| n.kind == NounKind::Person);
        let mention = Mention { span: raw.span, sentence: raw.sentence, kind, entity };
        let traits = Traits { within, bits: raw.traits.bits | has::given(person, has::PERSON), ..raw.traits };
        self.out.traces.push(pronoun::Trace::new(self.doc, &self.chunks.facts, &mention, &traits));
        self.out.mentions.push(mention);
        self.out.traits.push(traits);
        if let (Some(second), Some(_)) = (self.second.take(), entity) {
            self.out.seconds.push((index as u32, second));
        }
        let entity = match raw.pronoun {
            Some(p) => self.pronoun(index, raw, p),
            None => entity,
        };
        if let Some(e) = entity {
            self.out.show(index, e);
            let case = &mut self.cases[e as usize];
            case.count += 1;
            case.seen = raw.sentence + 1;
            case.told |= raw.quote.is_none();
        }
    }
    /// Whom the pronoun means that is mention `index`.
    fn pronoun(&mut self, index: usize, raw: &Raw, p: Pronoun) -> Option<EntityId> {
        let mut alone = false;
        let entity = match p.case {
            Case::Relative => self.antecedent(index),
            _ if p.person == 3 => {
                let not = self.beside(raw);
                let answer = pronoun::resolve(self.doc, &self.out, index, &[], &not);
                // Whom somebody speaks of need not be the one whom the text named last.
                alone = answer.sure && p.case == Case::Subject && raw.quote.is_none();
                answer.best
            }
            _ => None,
        };
        self.out.mentions[index].entity = entity;
        // Only where nobody else is likely to be meant does a pronoun tell its person's gender.
        if let Some(e) = entity.filter(|_| alone) {
            let known = &self.out.entities[e as usize];
            if known.kind == EntityKind::Person && known.gender == Gender::Unknown && matches!(p.gender, Gender::Male | Gender::Female) {
                self.set_gender(e, p.gender);
            }
        }
        entity
    }
    /// What the stretch behind mention `last` tells of it.
    fn follow(&mut self, last: usize, raw: &Raw, kind: MentionKind) {
        let (m, t) = (&self.out.mentions[last], &self.out.traits[last]);
        if m.sentence != raw.sentence || m.kind == MentionKind::Pronoun || kind == MentionKind::Pronoun {
            return;
        }
        // Two names or descriptions of speakers with only "and" between them.
        if t.last + 1 == raw.first && !t.possessor() && self.flags(t.last as usize) & flag::JOIN != 0 {
            self.joined.push(last as u32);
        }
        if kind == MentionKind::Name && raw.span.start <= m.span.end + pronoun::ASKED {
            self.out.traces[last].is_followed();
        }
    }
    /// Those whom a quotation names that ends right before a subject: not who says it.
    fn beside(&self, raw: &Raw) -> Vec<EntityId> {
        let mut out = Vec::new();
        // "“Thank you, Lind.” The president smiled.": another sentence.
        let opens = self.doc.sentences[raw.sentence as usize].first == raw.first;
        if opens || raw.quote.is_some() || raw.oblique() {
            return out;
        }
        let mut quote = None;
        for j in (0..self.out.mentions.len()).rev().take(BESIDE) {
            let (m, t) = (self.out.mentions[j], self.out.traits[j]);
            let Some(q) = t.quote.filter(|q| quote.is_none_or(|known| known == *q)) else { break };
            if quote.is_none() {
                // Only marks between the quotation and the subject.
                let end = self.chunks.ends.get(q as usize).copied().unwrap_or_default();
                let from = self.doc.token_at(end);
                if (from..raw.first as usize).any(|k| self.doc.tokens.get(k).is_none_or(Token::is_word)) || raw.first as usize > from + 4 {
                    break;
                }
            }
            quote = Some(q);
            if let Some(e) = m.entity.filter(|e| m.kind == MentionKind::Name && !out.contains(e)) {
                out.push(e);
            }
        }
        out
    }
    /// "The former host, who had invited Lind, …": the leaders whom the rest of a subject's sentence names, none of whom it means (Chomsky 1981,
    /// principle C).
    fn named_behind(&self, raw: &Raw, after: &[Raw]) -> Vec<EntityId> {
        let first = self.doc.sentences[raw.sentence as usize].first;
        // "When the president left, Lind …"
        let fronted = || (first..raw.first).any(|k| self.doc.role_at(k as usize).any(Role::Subordinator | Role::Condition));
        if !raw.subject() || raw.quote.is_some() || fronted() {
            return Vec::new();
        }
        // "The president, Lind, said": in apposition.
        let behind = self.behind(raw.extent, raw.span, raw.last);
        let apart = |r: &&Raw| !(self.is_comma(behind) && r.first as usize == behind + 1);
        let rest = after.iter().take(BESIDE).take_while(|r| r.sentence == raw.sentence);
        let names = rest.filter(|r| r.sort == Sort::Person && r.quote.is_none() && !r.possessor()).filter(apart);
        let leader = |r: &Raw| {
            let &[.., last] = self.words(r) else { return None };
            let mut leaders = self.word(last).actors.iter().copied().filter(|&a| self.doc.actors.is_leader(a));
            self.actors[leaders.next()? as usize]
        };
        names.filter_map(leader).collect()
    }
    /// "Lind found that the neighbours’ leader …": the leader whose clause it stands in, whom it does not mean for the same reason.
    fn named_above(&self, raw: &Raw) -> Option<EntityId> {
        if raw.quote.is_some() {
            return None;
        }
        let mut mentions = self.out.mentions.iter().zip(&self.out.traits).rev().take(BESIDE).take_while(|(m, _)| m.sentence == raw.sentence);
        let (m, t) = mentions.find(|(_, t)| t.subject() && t.quote.is_none())?;
        let parted = |k: usize| !self.doc.tokens[k].is_word() || self.doc.role_at(k).any(Role::Conjunction);
        let names = m.kind == MentionKind::Name && !t.possessor();
        m.entity.filter(|&e| names && self.is_leader(e) && !(t.last as usize..raw.first as usize).any(parted))
    }
    /// "Lind said … The president retorted": the leader who acted last, whom somebody answers.
    fn answered(&self, raw: &Raw) -> Option<EntityId> {
        let words = &self.doc.lang.time;
        self.doc.tokens.get(raw.last as usize).filter(|t| words.is(t.word, Class::Reply) && words.value(t.word, Class::Reply) == COUNTERS)?;
        self.acted(|m, t| m.sentence + 2 > raw.sentence && !t.reported())
    }
    /// The leader who acted last in the narrator's own words, of the mentions that fit.
    fn acted(&self, fits: impl Fn(&Mention, &Traits) -> bool) -> Option<EntityId> {
        let mut mentions = self.out.mentions.iter().zip(&self.out.traits).rev().take(BESIDE);
        let acts = |(m, t): (&Mention, &Traits)| m.entity.filter(|&e| fits(m, t) && t.subject() && t.quote.is_none() && self.is_leader(e));
        mentions.find_map(acts)
    }
    /// The mention right before a relative pronoun.
    fn antecedent(&self, index: usize) -> Option<EntityId> {
        let own = self.out.traits[index];
        let is = |at: usize, mark: u8| self.doc.tokens.get(at).is_some_and(|t| t.is_mark(self.doc.text, mark));
        let mut at = own.first as usize;
        if at > 0 && is(at - 1, b',') {
            at -= 1;
        }
        if at > 0 && is(at - 1, b')') {
            let open = (at.saturating_sub(12)..at - 1).rev().find(|&k| is(k, b'('))?;
            at = open;
        }
        let end = self.doc.tokens.get(at.checked_sub(1)?)?.span.end;
        let who = own.pronoun.is_some_and(|p| p.case == Case::Relative && p.gender == Gender::Unknown && p.person == 3)
            && self.doc.role_at(own.first as usize).any(Role::Who);
        // The mention that ends here, or the outermost one whose complements end here.
        let mut found = None;
        for j in (0..index).rev().take(6) {
            let (m, t) = (self.out.mentions[j], self.out.traits[j]);
            if m.sentence != self.out.mentions[index].sentence {
                break;
            }
            // "who" stands for people: not for the place or body behind which it stands.
            let placed = self.behind_place(t.first);
            // A gender tells that a name behind "in" or "at" is no place.
            let person = |e: EntityId| {
                let entity = &self.out.entities[e as usize];
                matches!(entity.kind, EntityKind::Person | EntityKind::Group) && (!placed || entity.gender != Gender::Unknown)
            };
            if who && found.is_some() && t.last + NEAR >= own.first && m.entity.is_some_and(person) {
                return m.entity;
            }
            if t.last as usize == at || t.extent.end == end {
                found = m.entity;
                if t.within.is_none() && (!who || m.entity.is_some_and(person)) {
                    break;
                }
            }
        }
        found
    }
    fn new_entity(&mut self, kind: EntityKind, gender: Gender, name: Span) -> EntityId {
        let id = self.out.entities.len() as EntityId;
        self.out.entities.push(Entity { name: name.on_one_line(self.doc.text).into_owned(), kind, gender, ..Entity::default() });
        self.out.faces.push(pronoun::Face::new(self.doc, &self.out.entities[id as usize]));
        if kind == EntityKind::Body {
            self.bodies.push(id);
        }
        self.cases.push(Dossier { country: NOWHERE, fullest: name.len() as u32, ..Dossier::default() });
        id
    }
    /// What a pronoun sees of an entity that has changed.
    fn regard(&mut self, e: EntityId) {
        let face = pronoun::Face::new(self.doc, &self.out.entities[e as usize]);
        let before = std::mem::replace(&mut self.out.faces[e as usize], face);
        if self.cases[e as usize].count > 0 && face != before {
            for i in 0..self.out.traces.len() {
                if self.out.mentions[i].entity == Some(e) {
                    self.out.show_anew(i, e);
                }
            }
        }
    }
    fn set_gender(&mut self, e: EntityId, gender: Gender) {
        self.out.entities[e as usize].gender = gender;
        self.regard(e);
    }
    fn set_name(&mut self, e: EntityId, name: String) {
        self.out.entities[e as usize].name = name;
        self.regard(e);
    }
    /// The person of a full name, new or known.
    fn person(&mut self, raw: &Raw) -> EntityId {
        let words = self.words(raw);
        let (first, last) = (words[0], words[words.len() - 1]);
        let suffix = self.flags(raw.last as usize - 1) & flag::SUFFIX != 0 || raw.last >= 2 && self.flags(raw.last as usize - 2) & flag::SUFFIX != 0;
        let found = self.persons(first).find(|&e| {
            let other = self.name(e);
            if other.len() < 2 || other[0] != first || self.cases[e as usize].suffix != suffix && words.len() == other.len() {
                return false;
            }
            let (short, long) = if words.len() < other.len() { (words, other) } else { (other, words) };
            other[other.len() - 1] == last || long[..short.len()] == *short
        });
        if let Some(e) = found {
            self.learn(e, raw);
            return e;
        }
        let particle = self.flags(self.doc.token_at(raw.name.start)) & flag::PARTICLE != 0;
        if (particle || self.hyphenated(raw))
            && let Some(e) = self.surname_of(raw.keys)
        {
            self.learn(e, raw);
            return e;
        }
        let keys = self.keys(raw);
        let actor = self.index.named(sequence(keys)).or_else(|| {
            let by_last = self.word(last).actors.iter().copied().find(|&a| self.index.first_name(a) == keys[0]);
            by_last.or_else(|| keys.len().checked_sub(1).filter(|n| *n >= 2).and_then(|n| self.index.named(sequence(&keys[..n]))))
        });
        if let Some(a) = actor {
            let e = self.actor(a);
            self.learn(e, raw);
            self.register(e, raw.keys);
            return e;
        }
        let e = self.new_entity(EntityKind::Person, raw.gender, raw.name);
        self.cases[e as usize].suffix = suffix;
        self.christen(e, raw.keys);
        self.learn(e, raw);
        e
    }
    /// Whether hyphens join all words of a name: "Osei-Bonsu".
    fn hyphenated(&self, raw: &Raw) -> bool {
        let from = self.doc.token_at(raw.name.start);
        let to = self.doc.tokens.partition_point(|t| t.span.start < raw.name.end);
        to > from + 2 && (from + 1..to).all(|k| !self.doc.tokens[k].spaced)
    }
    /// The person whose name ends in these words.
    fn surname_of(&mut self, name: (u32, u32)) -> Option<EntityId> {
        let words = part(&self.words, name);
        let last = *words.last()?;
        let ends = |whole: &[WordNo]| whole.len() > words.len() && whole.ends_with(words);
        if let Some(e) = self.persons(last).find(|&e| ends(self.name(e))) {
            return Some(e);
        }
        let keys: Vec<u64> = words.iter().map(|&n| self.word(n).key).collect();
        let ends = |whole: &[u64]| whole.len() > keys.len() && whole.ends_with(&keys);
        let a = self.word(last).actors.iter().copied().find(|&a| ends(&self.index.profile(a).keys))?;
        Some(self.actor(a))
    }
    /// Give a new person a name.
    fn christen(&mut self, e: EntityId, name: (u32, u32)) {
        self.register(e, name);
        self.cases[e as usize].name = name;
        self.people.push(e);
    }
    /// Let a person be found by the words of a name.
    fn register(&mut self, e: EntityId, name: (u32, u32)) {
        for at in name.0..name.1 {
            let n = self.words[at as usize];
            if self.persons(n).any(|known| known == e) {
                continue;
            }
            self.bearers.push((e, 0));
            let place = self.bearers.len() as u32;
            let list = &mut self.vocabulary[n as usize].persons;
            match list.1 {
                0 => list.0 = place,
                last => self.bearers[last as usize - 1].1 = place,
            }
            list.1 = place;
        }
    }
    /// The entity of a known actor.
    fn actor(&mut self, a: ActorId) -> EntityId {
        if let Some(e) = self.actors[a as usize] {
            return e;
        }
        let (index, actor) = (self.index, &self.doc.actors.list[a as usize]);
        let profile = index.profile(a);
        let e = self.new_entity(EntityKind::Person, profile.gender, Span::default());
        self.out.entities[e as usize].name = actor.name.clone();
        self.out.entities[e as usize].actor = Some(a);
        self.regard(e);
        if let Some(place) = self.out.leaders.get_mut(a as usize).filter(|_| self.doc.actors.is_leader(a)) {
            *place = Some(e);
        }
        for title in &profile.titles {
            self.add_role(e, title.canon);
        }
        let case = &mut self.cases[e as usize];
        case.fullest = u32::MAX;
        case.country = index.country_of(a);
        case.office = profile.titles.iter().map(|t| t.office).min();
        let from = self.words.len() as u32;
        self.numbers.reserve(profile.keys.len());
        for &key in &profile.keys {
            let n = self.number(key);
            self.words.push(n);
        }
        self.christen(e, (from, self.words.len() as u32));
        self.actors[a as usize] = Some(e);
        e
    }
    /// What a mention tells of its entity.
    fn learn(&mut self, e: EntityId, raw: &Raw) {
        for at in raw.roles.0..raw.roles.1 {
            self.add_role(e, self.chunks.roles[at as usize]);
        }
        let case = &mut self.cases[e as usize];
        if case.country == NOWHERE && raw.country != NOWHERE {
            case.country = raw.country;
        }
        if let Some(office) = raw.office {
            case.office = Some(case.office.map_or(office, |o| o.min(office)));
        }
        let known = self.out.entities[e as usize].actor.is_some();
        if raw.gender != Gender::Unknown && self.out.entities[e as usize].gender == Gender::Unknown {
            self.set_gender(e, raw.gender);
        }
        // A headline's capitals run on past the name.
        let longer = raw.sort != Sort::Description && !raw.doubtful && raw.name.len() as u32 > self.cases[e as usize].fullest;
        if longer && !known {
            self.cases[e as usize].fullest = raw.name.len() as u32;
            self.set_name(e, raw.name.on_one_line(self.doc.text).into_owned());
        }
    }
    /// Whom a stretch names, and how; `after` holds the stretches behind it.
    #[inline(never)]
    fn entity(&mut self, raw: &Raw, full: Option<EntityId>, after: &[Raw]) -> (MentionKind, Option<EntityId>) {
        if let Some(a) = self.surnamed(raw) {
            return (MentionKind::Name, Some(self.actor(a)));
        }
        match raw.sort {
            Sort::Pronoun => (MentionKind::Pronoun, None),
            // "the 61-year-old Chicagoan"
            Sort::Person
                if full.is_none()
                    && matches!(*self.words(raw), [k] if !self.names_person(k) && !self.is_surname(k))
                    && let Some(e) = self.aged(raw, (raw.first as usize).saturating_sub(YEARS_OLD), raw.first as usize) =>
            {
                (MentionKind::Description, Some(e))
            }
            Sort::Person => {
                // What a full name tells has been learnt.
                let e = full.unwrap_or_else(|| {
                    let e = self.short(raw);
                    self.learn(e, raw);
                    e
                });
                if let Some(first) = self.apposed(raw, e) {
                    self.past_complement(first, raw, e);
                }
                (MentionKind::Name, Some(e))
            }
            Sort::Country => (MentionKind::Name, Some(self.country(raw))),
            // A surname in capitals: transcripts, headlines.
            Sort::Body if raw.geo.is_none() && self.words(raw).len() == 1 && self.calls_person(raw) => (MentionKind::Name, Some(self.short(raw))),
            Sort::Body => (MentionKind::Name, Some(self.body(raw))),
            Sort::Description => (MentionKind::Description, Some(self.described(raw, after))),
        }
    }
    /// A description right before a name names the same person: "the minister, Rosa Díaz,".
    /// The token before which a further description may stand; `None` where a comma has told all.
    fn apposed(&mut self, raw: &Raw, e: EntityId) -> Option<u32> {
        let last = self.out.mentions.len().checked_sub(1)?;
        // Of nested ones the outermost: "the head of the ministry, Rosa Díaz,".
        let mut i = last;
        while let Some(whole) = self.out.traits[i].within {
            i = whole as usize;
        }
        let (m, t) = (&self.out.mentions[i], &self.out.traits[i]);
        if m.kind != MentionKind::Description || !t.person() || m.sentence != raw.sentence {
            return Some(raw.first);
        }
        // "counsel to the governor, Rosa Díaz,": she is the counsel.
        let lent = t.oblique() && t.first > 1 && {
            let flags = self.flags(t.first as usize - 2);
            let place = self.role_before(t.first).any(Role::To | Role::Of | Role::For);
            place && flags & (flag::NOUN | flag::TITLE) != 0 && flags & flag::STOP == 0
        };
        if lent {
            return None;
        }
        // Behind its complements: "the widow of the baker, Ida Moll,".
        let between = self.behind(t.extent, m.span, t.last).max(t.last as usize).max(1);
        let comma = between + 1 == raw.first as usize && self.is_comma(between);
        // "a woman named Ana Ruiz"
        let named = || self.doc.role_at(between).any(Role::Nickname) && between + 1 == raw.first as usize;
        let direct = i == last && (between == raw.first as usize || named());
        let end = self.parts(raw.last as usize);
        if !direct && !(comma && end) {
            return Some(raw.first);
        }
        let first = t.first;
        self.name_described(i, e);
        (!comma).then_some(first)
    }
    /// "a classmate from Lima, the surgeon Ida Moll,": a preposition and its noun before the comma in front of token `first` belong to
    /// the description that the name is in apposition to.
    fn past_complement(&mut self, first: u32, raw: &Raw, e: EntityId) {
        let tokens = self.doc.tokens;
        let is_comma = |k: usize| self.is_comma(k);
        let flags = |k: usize| self.flags(k);
        let Some(mut comma) = (first as usize).checked_sub(1).filter(|_| is_comma(raw.last as usize)) else { return };
        if comma > 0 && flags(comma) & flag::DETERMINER != 0 {
            comma -= 1;
        }
        if !is_comma(comma) {
            return;
        }
        let complement = |from: usize| {
            (1..=COMPLEMENT).contains(&comma.saturating_sub(from))
                && flags(from) & flag::PREPOSITION != 0
                && (from..comma).all(|k| tokens[k].is_word() && (tokens[k].capital() || flags(k) & (flag::VERB | flag::AUXILIARY) == 0))
        };
        let found = (0..self.out.mentions.len()).rev().take(NEAR as usize).find(|&j| {
            let (m, t) = (&self.out.mentions[j], &self.out.traits[j]);
            m.sentence == raw.sentence && m.kind == MentionKind::Description && t.person() && t.within.is_none() && !t.oblique() && {
                complement(self.behind(t.extent, m.span, t.last).max(t.last as usize))
            }
        });
        if let Some(j) = found {
            self.name_described(j, e);
        }
    }
    /// Make `e` the person whom mention `i` describes, unless he has a name of his own.
    fn name_described(&mut self, i: usize, e: EntityId) {
        let Some(old) = self.out.mentions[i].entity else { return };
        let gender = self.out.entities[old as usize].gender;
        if self.out.entities[e as usize].gender == Gender::Unknown && matches!(gender, Gender::Male | Gender::Female) {
            self.set_gender(e, gender);
        }
        if self.out.entities[old as usize].kind == EntityKind::Person && self.is_nameless(old) {
            let case = self.cases[old as usize];
            for at in case.roles.0..case.roles.1 {
                self.add_role(e, self.chunks.roles[at as usize]);
            }
            let own = &mut self.cases[e as usize];
            if own.country == NOWHERE {
                own.country = case.country;
            }
            own.office = own.office.or(case.office);
            self.out.mentions[i].entity = Some(e);
            self.out.show_anew(i, e);
        }
    }
    /// A single name, or a new full one in a headline.
    fn short(&mut self, raw: &Raw) -> EntityId {
        let k = match *self.words(raw) {
            [] => return self.new_entity(EntityKind::Person, raw.gender, raw.name),
            [k] => k,
            _ => return self.person(raw),
        };
        let given = self.flags(raw.last as usize - 1) & flag::FIRST_NAME != 0;
        let mut best: Option<(f32, EntityId)> = None;
        for e in self.persons(k) {
            let (case, entity, name) = (&self.cases[e as usize], &self.out.entities[e as usize], self.name(e));
            let clash = raw.gender != Gender::Unknown && entity.gender != Gender::Unknown && entity.gender != raw.gender;
            // "Camilo Restrepo Uribe" is short "Restrepo".
            let middle = name.len() > 2 && name[1..].contains(&k) && !given;
            let called = entity.actor.is_some_and(|a| self.word(k).actors.contains(&a));
            let surname = name.last() == Some(&k) || name.len() == 1 || middle || called;
            // "Sir Keir": a title before a known first name.
            if clash || (!surname && raw.sure && name.first() != Some(&k)) {
                continue;
            }
            let mut score = if surname { 3.0 } else { 1.0 };
            score += if case.seen > 0 { 1.5 + (case.count as f32 + 1.0).ln() } else { 0.0 };
            score -= 0.2 * (raw.sentence + 1).saturating_sub(case.seen.max(1)).min(8) as f32;
            score += if self.word(k).plain == Some(e) { 2.0 } else { 0.0 };
            // "The Donald"
            score += if given && self.behind_article(raw) && self.is_leader(e) { 2.0 } else { 0.0 };
            // A full name just before it.
            score += if case.seen == raw.sentence + 1 { 1.0 } else { 0.0 };
            score += entity.actor.map_or(0.0, |a| if self.doc.actors.is_leader(a) { 1.5 } else { 0.7 });
            if best.is_none_or(|(top, _)| score > top) {
                best = Some((score, e));
            }
        }
        for &a in self.word(k).actors {
            if self.actors[a as usize].is_some() {
                continue;
            }
            let gender = self.index.profile(a).called;
            if raw.gender != Gender::Unknown && gender != Gender::Unknown && gender != raw.gender {
                continue;
            }
            let score = if self.doc.actors.is_leader(a) { 5.0 } else { 3.7 };
            if best.is_none_or(|(top, _)| score > top) {
                best = Some((score, self.actor(a)));
            }
        }
        // "The Donald", before his surname.
        if best.is_none() && given && self.behind_article(raw) {
            let key = self.word(k).key;
            let leader = (0..2).find(|&a| self.doc.actors.is_leader(a) && self.index.first_name(a) == key);
            best = leader.map(|a| (0.0, self.actor(a)));
        }
        let e = best.map_or_else(
            || {
                let e = self.new_entity(EntityKind::Person, raw.gender, raw.name);
                self.christen(e, raw.keys);
                e
            },
            |(_, e)| e,
        );
        self.vocabulary[k as usize].plain = Some(e);
        e
    }
    fn country(&mut self, raw: &Raw) -> EntityId {
        let key = 0x00c0_0000_0000_0000 | u64::from(raw.country);
        if let Some(&e) = self.known.get(&key) {
            return e;
        }
        let e = self.new_entity(EntityKind::Country, Gender::Neuter, raw.name);
        let table = &self.doc.lang.name.countries;
        let name = match table.get(raw.country as usize) {
            Some(country) => country.name.clone(),
            None => (self.doc.actors.list.iter().enumerate())
                .find(|(a, actor)| self.index.country_of(*a as ActorId) == raw.country && !actor.country.is_empty())
                .map_or_else(|| raw.name.on_one_line(self.doc.text).into_owned(), |(_, actor)| actor.country.clone()),
        };
        self.set_name(e, name);
        self.cases[e as usize].country = raw.country;
        self.cases[e as usize].fullest = u32::MAX;
        self.cases[e as usize].state = true;
        self.known.insert(key, e);
        e
    }
    /// "Montenegro got up": the leader whose surname is a place's, not one of his own land.
    fn surnamed(&self, raw: &Raw) -> Option<ActorId> {
        if !matches!(raw.geo, Some(PhraseKind::Country | PhraseKind::Capital | PhraseKind::Place)) {
            return None;
        }
        let &[k] = self.words(raw) else { return None };
        let leads = |a: &ActorId| self.doc.actors.is_leader(*a) && (raw.country == NOWHERE || self.index.country_of(*a) != raw.country);
        self.word(k).actors.iter().copied().find(leads).filter(|_| !self.behind_place(raw.first))
    }
    fn body(&mut self, raw: &Raw) -> EntityId {
        let full = sequence(self.keys(raw));
        if let Some(&e) = self.known.get(&full) {
            self.learn(e, raw);
            return e;
        }
        // "the Post" after "the New York Post"; an acronym in brackets right behind a name.
        let mut same = None;
        if let [k] = *self.words(raw) {
            let ends = |e: &EntityId| matches!(self.name(*e), [_, .., last] if *last == k);
            same = self.bodies.iter().rev().copied().find(ends);
            if same.is_none()
                && let (Some(t), Some(m)) = (self.out.traits.last(), self.out.mentions.last())
                && t.last + 1 == raw.first
                && self.doc.tokens[t.last as usize].is_mark(self.doc.text, b'(')
            {
                same = m.entity.filter(|&e| self.out.entities[e as usize].kind == EntityKind::Body);
            }
        }
        let e = match same {
            Some(e) => e,
            None => {
                let place = raw.noun.is_some_and(|n| n.kind == NounKind::Place);
                let e = self.new_entity(if place { EntityKind::Country } else { EntityKind::Body }, Gender::Neuter, raw.name);
                let case = &mut self.cases[e as usize];
                case.name = raw.keys;
                case.state = raw.geo == Some(PhraseKind::Seat) || raw.noun.is_some_and(|n| n.kind == NounKind::State);
                case.noun = raw.noun.map_or(WordId::NONE, |n| n.lemma);
                e
            }
        };
        self.learn(e, raw);
        self.known.insert(full, e);
        e
    }
    fn described(&mut self, raw: &Raw, after: &[Raw]) -> EntityId {
        if let Some(actor) = raw.alias {
            return self.actor(actor);
        }
        if raw.geo == Some(PhraseKind::Demonym)
            && let Some(e) = self.national(raw)
        {
            return e;
        }
        let Some(noun) = raw.noun else { return self.new_entity(EntityKind::Person, Gender::Unknown, raw.span) };
        if noun.kind == NounKind::Person && !noun.plural {
            return self.described_person(raw, after);
        }
        let kind = match noun.kind {
            NounKind::Person | NounKind::Group => EntityKind::Group,
            NounKind::Document | NounKind::Event => EntityKind::Document,
            NounKind::Place => EntityKind::Country,
            NounKind::Body | NounKind::State => EntityKind::Body,
        };
        let owner = self.owner(raw);
        if kind == EntityKind::Body && raw.opening == Opening::Definite && raw.country == NOWHERE && owner.is_none() {
            let same = self.bodies.iter().rev().copied().filter(|&e| self.cases[e as usize].noun == noun.lemma);
            if let Some(e) = same.max_by_key(|&e| self.cases[e as usize].seen) {
                return e;
            }
        }
        let name = self.bare(raw);
        let key = self.words_key(name);
        if raw.opening != Opening::Indefinite
            && let Some(&e) = self.known.get(&key)
        {
            return e;
        }
        let e = self.new_entity(kind, if kind == EntityKind::Group { Gender::Plural } else { Gender::Neuter }, name);
        if kind == EntityKind::Document
            && let Some(o) = owner.filter(|&o| self.out.entities[o as usize].kind == EntityKind::Person)
        {
            self.out.owners.push((e, o));
        }
        let case = &mut self.cases[e as usize];
        case.noun = noun.lemma;
        case.country = raw.country;
        case.state = noun.kind == NounKind::State;
        let country = raw.country;
        let state = case.state || kind == EntityKind::Group;
        let leader = owner.and_then(|o| self.out.entities[o as usize].actor).and_then(|a| self.doc.actors.leader_of(a));
        self.out.entities[e as usize].leader = if noun.kind == NounKind::State { leader } else { None };
        if state && self.out.entities[e as usize].leader.is_none() {
            self.out.entities[e as usize].leader = self.index.leader_of(country);
        }
        self.known.insert(key, e);
        e
    }
    /// The person whose name stands inside a description, or owns it.
    fn owner(&self, raw: &Raw) -> Option<EntityId> {
        if let &[.., k] = self.words(raw) {
            let known = self.persons(k).max_by_key(|&e| self.cases[e as usize].count);
            return known.or_else(|| self.actors[*self.word(k).actors.first()? as usize]);
        }
        let (m, t) = (self.out.mentions.last()?, self.out.traits.last()?);
        let his = t.pronoun.is_some_and(|p| p.case == Case::Possessive) && t.last == raw.first;
        (raw.opening == Opening::Possessed && (t.possessor() && t.last + 1 == raw.first || his)).then_some(m.entity).flatten()
    }
    /// The words without their article.
    fn bare(&self, raw: &Raw) -> Span {
        let article = self.flags(raw.first as usize) & flag::DETERMINER != 0;
        match self.doc.tokens.get(raw.first as usize + 1) {
            Some(next) if article && next.span.start < raw.span.end => Span { start: next.span.start, end: raw.extent.end },
            _ => Span { start: raw.span.start, end: raw.extent.end },
        }
    }
    /// The key of a description's words among those of names.
    fn words_key(&self, words: Span) -> u64 {
        crate::language::vocab::key(words.of(self.doc.text)) ^ 0x5bd1_e995
    }
    /// Whether neither the gender nor the country that a description tells is another than an entity's own.
    fn agrees(&self, raw: &Raw, e: EntityId) -> bool {
        let (own, gender) = (self.cases[e as usize].country, self.out.entities[e as usize].gender);
        (raw.gender == Gender::Unknown || gender == Gender::Unknown || gender == raw.gender)
            && (raw.country == NOWHERE || own == NOWHERE || own == raw.country)
    }
    /// Whom a description means, by salience, of those whom it fits in points.
    fn near(&self, raw: &Raw, not: &[EntityId], fits: impl Fn(EntityId) -> Option<f32>) -> pronoun::Answer {
        let index = self.out.mentions.len();
        let asker = pronoun::Asker { index, sentence: raw.sentence, own: &raw.traits, gender: Gender::Unknown, speakers: &[], not };
        pronoun::salient(self.doc, &self.out, asker, Some(&fits))
    }
    fn described_person(&mut self, raw: &Raw, after: &[Raw]) -> EntityId {
        if let Some(e) = self.aged(raw, raw.first as usize, raw.last as usize) {
            self.learn(e, raw);
            return e;
        }
        // In apposition to the name before it: "Díaz, the interior minister,".
        if let Some(i) = self.out.mentions.len().checked_sub(1) {
            let (m, t) = (self.out.mentions[i], self.out.traits[i]);
            let comma = self.is_comma(t.last as usize);
            // "The Lysport woman, a daughter of a clerk, …"
            let described = m.kind == MentionKind::Description
                && raw.opening == Opening::Indefinite
                && self.is_comma(self.behind(raw.extent, raw.span, raw.last));
            // "Díaz, 66, a retired general,"
            let aged = self.age_behind(t.last as usize).is_some() && t.last + 3 == raw.first;
            if (m.kind == MentionKind::Name || described)
                && m.sentence == raw.sentence
                && comma
                && (t.last + 1 == raw.first || aged || t.last + 2 == raw.first && self.adverb(t.last as usize + 1))
                && !t.possessor()
                && let Some(e) = m.entity.filter(|&e| self.out.entities[e as usize].kind == EntityKind::Person)
                && self.closes(raw)
            {
                self.learn(e, raw);
                return e;
            }
        }
        // "The opposition leader, Ida Moll, said": whoever is named next.
        let follows = matches!(raw.opening, Opening::Definite | Opening::Possessed | Opening::Bare) && self.introduces(raw, after);
        if raw.opening == Opening::Definite && follows {
            let name = self.bare(raw);
            let e = self.new_entity(EntityKind::Person, raw.gender, name);
            self.learn(e, raw);
            return e;
        }
        let head = self.roles(raw).last().copied().unwrap_or(WordId::NONE);
        // A capital that names nobody here is the adjective of a place: "the Novarian president".
        let named = self.words(raw).iter().any(|&k| self.names_person(k) || self.is_surname(k));
        // "PM says": the one leader who has that title.
        if raw.opening == Opening::Bare && raw.office == Some(Office::Head) && raw.country == NOWHERE && raw.last == raw.first + 1 {
            let titled = |a: &ActorId| self.doc.actors.is_leader(*a) && !self.doc.actors.list[*a as usize].title.is_empty() && self.rules(*a, head);
            let mut leaders = (0..2).filter(titled);
            if let (Some(a), None) = (leaders.next(), leaders.next()) {
                return self.actor(a);
            }
        }
        let anaphor = matches!(raw.opening, Opening::Definite | Opening::Possessed) || raw.country != NOWHERE && raw.opening == Opening::Bare;
        if anaphor && !follows {
            // "Lysland's opposition leader": of whom he is the leader.
            let mut inner = raw.first as usize + 1..(raw.last as usize).saturating_sub(1);
            let part = raw.office == Some(Office::Leader)
                && inner.any(|k| {
                    let flags = self.flags(k);
                    flags & (flag::NOUN | flag::PARTY) != 0 && flags & flag::TITLE == 0
                });
            let ruler = matches!(raw.office, Some(Office::Head | Office::Leader)) && !part || self.heads_state(raw);
            if ruler
                && raw.country != NOWHERE
                && let Some(a) = self.index.leader_of(raw.country)
                && (raw.office == Some(Office::Leader) || self.rules(a, head))
            {
                return self.actor(a);
            }
            let theirs = self.owned_by(raw);
            // Whom the words fit, in points; `None` where they fit not.
            let fits = |e: EntityId| {
                let case = &self.cases[e as usize];
                let roles = self.roles_of(e);
                let same = raw.country != NOWHERE && case.country == raw.country;
                let leads = ruler && same && (matches!(case.office, Some(Office::Head | Office::Leader)) || case.office.is_none());
                if !leads && !roles.contains(&head)
                    || case.count == 0
                    || self.is_nameless(e)
                    || self.out.entities[e as usize].kind != EntityKind::Person
                    || !self.agrees(raw, e)
                    || theirs != NOWHERE && case.country != NOWHERE && case.country != theirs
                {
                    return None;
                }
                // "the premier" of two prime ministers: who is called so counts for more than a shared adjective.
                let worth = |r: &WordId| if self.doc.lang.name.title(*r).is_some_and(|t| t.canon == head) { SAME_WORD } else { 1.0 };
                let more: f32 = self.roles(raw).iter().filter(|r| **r != head && roles.contains(r)).map(worth).sum();
                // Whom the article calls by his office rather than by his bare name.
                let name = self.name(e).last().map(|&n| self.word(n).name).unwrap_or_default();
                let called = self.doc.lang.name.salience.of(Feature::Titled) * name.titled as f32 / name.all.max(1) as f32;
                Some(more + called + if same { 2.0 } else { 0.0 })
            };
            let mut not = self.beside(raw);
            not.extend(self.answered(raw));
            not.extend(self.named_behind(raw, after));
            not.extend(self.named_above(raw));
            let people = if named { &[] } else { self.people.as_slice() };
            let mut all = people.iter().filter(|e| !not.contains(e)).filter_map(|&e| Some((fits(e)?, e)));
            if let Some(one) = all.next() {
                let Some(other) = all.next() else { return one.1 };
                let near = self.near(raw, &not, fits);
                if let Some(e) = near.best {
                    self.second = near.second;
                    return e;
                }
                let later = |a: &(f32, EntityId), b: &(f32, EntityId)| {
                    a.0.total_cmp(&b.0).then(self.cases[a.1 as usize].seen.cmp(&self.cases[b.1 as usize].seen))
                };
                if let Some((_, e)) = [one, other].into_iter().chain(all).max_by(later) {
                    return e;
                }
            }
            if ruler
                && raw.country != NOWHERE
                && !named
                && let Some(e) = self.stateless(raw, 2)
            {
                return e;
            }
            if let Some(e) = self.superior(raw) {
                return e;
            }
            if let Some(e) = self.pointed_at(raw).filter(|e| !not.contains(e)) {
                return e;
            }
            if let Some(e) = self.opposite(raw).filter(|e| !not.contains(e)) {
                // "her Kenyan counterpart" tells his country.
                if self.cases[e as usize].country == NOWHERE {
                    self.cases[e as usize].country = raw.country;
                }
                return e;
            }
            if let Some(e) = self.fresh(raw, &not) {
                return e;
            }
            if !named && let Some(e) = self.epithet(raw, &not) {
                return e;
            }
            if let Some(e) = self.resumed(raw, &not) {
                return e;
            }
        }
        let name = self.bare(raw);
        let key = self.words_key(name);
        if raw.opening == Opening::Definite
            && let Some(&e) = self.known.get(&key)
        {
            return e;
        }
        let e = self.new_entity(EntityKind::Person, raw.gender, name);
        self.learn(e, raw);
        if raw.opening == Opening::Definite {
            self.known.insert(key, e);
        }
        e
    }
    /// The country of whoever owns what a description names: "Vega’s foreign minister".
    fn owned_by(&self, raw: &Raw) -> CountryId {
        let last = self.out.mentions.last().zip(self.out.traits.last());
        let owner = last.filter(|(_, t)| raw.opening == Opening::Possessed && t.possessor() && t.last + 1 == raw.first);
        owner.and_then(|(m, _)| m.entity).map_or(NOWHERE, |e| self.cases[e as usize].country)
    }
    /// "the head of the Austrian government".
    fn heads_state(&self, raw: &Raw) -> bool {
        let head = raw.country != NOWHERE && raw.extent.end > raw.span.end && self.flags(raw.last as usize - 1) & flag::SUPERIOR != 0;
        let inside = |t: &&Token| t.span.end <= raw.extent.end;
        let state = |t: &Token| self.doc.lang.name.noun(t.word).is_some_and(|n| n.kind == NounKind::State && !n.plural);
        head && self.doc.tokens[raw.last as usize..].iter().take(COMPLEMENT).take_while(inside).any(state)
    }
    /// "the Finn": somebody of that country who was named before, its leader first.
    fn national(&mut self, raw: &Raw) -> Option<EntityId> {
        if raw.noun.is_none_or(|n| n.plural) || raw.country == NOWHERE {
            return None;
        }
        if let Some(e) = self.index.leader_of(raw.country).and_then(|a| self.actors[a as usize]) {
            return Some(e);
        }
        let fits = |e: EntityId| {
            let (case, entity) = (&self.cases[e as usize], &self.out.entities[e as usize]);
            (entity.kind == EntityKind::Person && !self.is_nameless(e) && case.country == raw.country).then_some(0.0)
        };
        self.near(raw, &self.beside(raw), fits).best.or_else(|| self.stateless(raw, 1))
    }
    /// Somebody whose country the text does not tell: a leader, or named at least so often.
    fn stateless(&self, raw: &Raw, least: u32) -> Option<EntityId> {
        // "the Finn retorted": not the one who spoke.
        let spoke = self.answered(raw);
        let fits = |e: EntityId| {
            let (case, entity) = (&self.cases[e as usize], &self.out.entities[e as usize]);
            let gender = raw.gender == Gender::Unknown || entity.gender == Gender::Unknown || entity.gender == raw.gender;
            if spoke == Some(e) {
                return None;
            }
            let leads = self.is_leader(e);
            // Whom the text calls president is not its prime minister.
            let head = self.roles(raw).last();
            if case.office == Some(Office::Head) && raw.office == Some(Office::Head) && head.is_some_and(|h| !self.roles_of(e).contains(h)) {
                return None;
            }
            let known = entity.kind == EntityKind::Person && !self.is_nameless(e) && case.country == NOWHERE;
            (known && gender && (leads || case.count >= least) && !matches!(case.office, Some(Office::Minister | Office::Spokesperson)))
                .then_some(0.0)
        };
        self.near(raw, &self.beside(raw), fits).best
    }
    /// "the former baker"
    fn is_past(&self, raw: &Raw) -> bool {
        (raw.first..raw.last).any(|k| self.flags(k as usize) & flag::PAST != 0)
    }
    /// "his counterpart": the other leader, where the owner is one.
    fn opposite(&self, raw: &Raw) -> Option<EntityId> {
        if self.flags(raw.last as usize - 1) & flag::OPPOSITE == 0 || !matches!(raw.opening, Opening::Possessed | Opening::Definite) {
            return None;
        }
        // "the former television host"
        if self.is_past(raw) {
            return None;
        }
        // "The guest was warmer": not the one of whom the sentence before told.
        let owner = match raw.opening {
            Opening::Possessed => self.out.mentions.last()?.entity?,
            _ => self.acted(|m, _| m.sentence < raw.sentence && m.sentence + 3 > raw.sentence)?,
        };
        if let Some(leader) = self.out.entities[owner as usize].actor.filter(|a| self.doc.actors.is_leader(*a)) {
            let other = 1 - leader;
            let fits = raw.country == NOWHERE || matches!(self.index.country_of(other), c if c == raw.country || c == NOWHERE);
            return self.actors[other as usize].filter(|_| fits);
        }
        // Without known leaders: the one other person who is named again and again.
        let fits = |e: EntityId| {
            let (case, entity) = (&self.cases[e as usize], &self.out.entities[e as usize]);
            let country = raw.country == NOWHERE || case.country == NOWHERE || case.country == raw.country;
            (e != owner && entity.kind == EntityKind::Person && self.name(e).len() > 1 && case.count > 1 && country).then_some(0.0)
        };
        self.near(raw, &[], fits).best
    }
    /// "the same man": the leader who acted last; "the other woman": the one who did not.
    fn pointed_at(&self, raw: &Raw) -> Option<EntityId> {
        let word = self.doc.tokens.get(raw.first as usize + 1).filter(|_| raw.opening == Opening::Definite && raw.last == raw.first + 3)?.word;
        let same = self.doc.lang.time.is(word, Class::Anaphoric) && self.doc.lang.time.value(word, Class::Anaphoric) == 0;
        // "the same host" is whoever the host is.
        let told = self.flags(raw.last as usize - 1) & (flag::EPITHET | flag::OPPOSITE) != 0;
        if told || raw.quote.is_some() || raw.office.is_some() || !same && self.doc.lang.name.flags(word) & flag::OPPOSITE == 0 {
            return None;
        }
        let last = self.acted(|m, t| m.sentence + RESUMED > raw.sentence && !t.reported())?;
        let leader = self.out.entities[last as usize].actor?;
        let e = if same { Some(last) } else { self.actors[(1 - leader) as usize] };
        e.filter(|&e| self.agrees(raw, e))
    }
    /// "his boss": the leader whom a minister or spokesperson serves.
    fn superior(&mut self, raw: &Raw) -> Option<EntityId> {
        let alone = raw.last == raw.first + 1 && raw.opening == Opening::Possessed;
        if !alone || self.flags(raw.last as usize - 1) & flag::SUPERIOR == 0 {
            return None;
        }
        let owner = self.owner(raw)?;
        let served = self.out.entities[owner as usize].actor.and_then(|a| self.doc.actors.leader_of(a));
        let leader = served.or_else(|| self.index.leader_of(self.cases[owner as usize].country))?;
        let e = self.actor(leader);
        (e != owner).then_some(e)
    }
    /// Whether marks stand right before a token, or before the verb in front of it.
    fn behind_marks(&self, at: usize) -> bool {
        let tokens = &self.doc.tokens[at.saturating_sub(2)..at];
        let [.., far, near] = tokens else { return false };
        let mark = |t: &Token| matches!(t.of(self.doc.text), "”" | "’" | "\"" | "'" | "»");
        mark(near) || mark(far) && self.flags(at - 1) & flag::VERB != 0
    }
    /// "Senator Ana Ruiz was not amused. “…,” the Liberal said": who was named for the first time right before the words.
    fn fresh(&self, raw: &Raw, not: &[EntityId]) -> Option<EntityId> {
        let whole = raw.extent.end == raw.span.end && raw.opening == Opening::Definite && raw.country == NOWHERE && raw.last == raw.first + 2;
        let rules = matches!(raw.office, Some(Office::Head | Office::Leader));
        if !whole || rules || raw.quote.is_some() || !raw.subject() || !self.behind_marks(raw.first as usize) || self.nameless(raw).is_some() {
            return None;
        }
        let told = |j: &usize| self.out.traits[*j].quote.is_none();
        let near = || (0..self.out.mentions.len()).rev().take(BESIDE).filter(told);
        let sentence = self.out.mentions[near().next()?].sentence;
        let j = near().take_while(|&j| self.out.mentions[j].sentence == sentence).last()?;
        let (m, t) = (&self.out.mentions[j], &self.out.traits[j]);
        let e = m.entity.filter(|&e| !not.contains(&e) && !self.is_leader(e))?;
        let new = !self.out.mentions[..j].iter().rev().take(RECALLED).any(|m| m.entity == Some(e));
        let own = &self.doc.sentences[sentence as usize];
        let here = own.paragraph == self.doc.sentences[raw.sentence as usize].paragraph && (1..3).contains(&(raw.sentence - sentence));
        let opens = m.kind == MentionKind::Name && t.first <= own.first + INTRODUCED && !t.oblique() && !t.possessor();
        let person = self.out.entities[e as usize].kind == EntityKind::Person && self.name(e).len() > 1;
        (here && opens && new && person && self.agrees(raw, e)).then_some(e)
    }
    /// "the billionaire", "the former guerrilla": somebody named before, by salience; the one leader whom it fits goes first.
    fn epithet(&mut self, raw: &Raw, not: &[EntityId]) -> Option<EntityId> {
        let words = raw.first as usize..raw.last as usize;
        let flags = |k: usize| self.flags(k);
        // "the attorney general", "the secretary-general": the noun is half of another.
        let half = words.len() > 1 && (flags(words.end - 2) & (flag::NOUN | flag::TITLE) != 0 || !self.doc.tokens[words.end - 2].is_word());
        // "the commander-in-chief": what the whole stands for.
        let role = self.roles(raw).last();
        let whole = half && role.is_some_and(|&r| self.doc.lang.name.flags(r) & flag::EPITHET != 0 && r != self.doc.tokens[words.end - 1].word);
        let head = (flags(words.end - 1) & flag::EPITHET != 0 && !half || whole) && raw.extent == raw.span;
        let past = raw.office.is_none() && self.is_past(raw);
        let hyphen = self.doc.tokens.get(words.end).is_some_and(|t| t.is_mark(self.doc.text, b'-') && !t.spaced);
        // "the 47-year-old", "the three-term president".
        let age = words.clone().skip(2).any(|k| flags(k) & flag::AGE != 0);
        let ruler = raw.country == NOWHERE && matches!(raw.office, Some(Office::Head | Office::Leader)) && raw.extent == raw.span;
        if raw.opening != Opening::Definite || !(head || past || age || ruler) || hyphen {
            return None;
        }
        let key = self.words_key(self.bare(raw));
        if let Some(&e) = self.known.get(&key).filter(|e| !not.contains(e)) {
            return Some(e);
        }
        // "a lawyer … the lawyer": who was brought in without a name.
        if !past
            && !ruler
            && raw.country == NOWHERE
            && let Some(e) = self.nameless(raw)
        {
            return (!not.contains(&e)).then_some(e);
        }
        let fits = |e: EntityId| {
            let (case, entity) = (&self.cases[e as usize], &self.out.entities[e as usize]);
            // "the general" is hardly the one whom the text calls minister.
            let rules = |office: Option<Office>| matches!(office, Some(Office::Head | Office::Leader));
            let other = if raw.office.is_some() && case.office.is_some() && !(rules(raw.office) && rules(case.office)) { OTHER_OFFICE } else { 0.0 };
            let aide = matches!(case.office, Some(Office::Minister | Office::Spokesperson | Office::Diplomat | Office::Deputy));
            // "the first minister" is nobody whom the text calls prime minister.
            let second = ruler && case.office == Some(Office::Head) && role.is_some_and(|h| !self.roles_of(e).contains(h));
            let other = other + if second { OTHER_OFFICE } else { 0.0 };
            let other = other + if aide && raw.office.is_none() { EPITHET_OF_AIDE } else { 0.0 };
            // Epithets vary the names of those whom the article is about.
            let leads = if self.is_leader(e) { EPITHET_OF_LEADER } else { 0.0 };
            // "the Novarian leader" is nobody whose country is known: its own words would have been.
            let foreign = !self.words(raw).is_empty() && case.country != NOWHERE;
            let named = self.name(e).len() > 1 || entity.actor.is_some() || entity.gender != Gender::Unknown || case.office.is_some();
            (entity.kind == EntityKind::Person && !self.is_nameless(e) && self.agrees(raw, e) && named && !foreign).then_some(other + leads)
        };
        let near = self.near(raw, not, fits);
        self.second = near.second;
        if let Some(e) = near.best {
            self.known.insert(key, e);
        }
        near.best
    }
    /// Who was last brought in by the same noun, without a name.
    fn nameless(&self, raw: &Raw) -> Option<EntityId> {
        let head = self.roles(raw).last().copied()?;
        // "A source … the insider"
        let informs = |role: &WordId| self.doc.lang.time.is(*role, Class::Informant);
        let informant = informs(&head);
        let fits = |e: &EntityId| {
            // Not of whom only somebody's words speak: "“a lady on a tank”".
            let seen = self.cases[*e as usize].told;
            let same = self.roles_of(*e).contains(&head) || informant && self.roles_of(*e).iter().any(informs);
            seen && self.is_nameless(*e) && same && self.out.entities[*e as usize].kind == EntityKind::Person
        };
        (0..self.cases.len() as EntityId).rev().take(RECALLED).filter(fits).max_by_key(|&e| (self.cases[e as usize].seen, e))
    }
    /// "the lawyer said", "the former minister said": whoever was last brought in so, else somebody named just before.
    fn resumed(&mut self, raw: &Raw, not: &[EntityId]) -> Option<EntityId> {
        let flags = |k: usize| self.flags(k);
        let last = raw.last as usize;
        let trade = flags(last - 1) & flag::TRADE != 0;
        let past = self.is_past(raw);
        let whole = raw.extent.end == raw.span.end;
        // A place or party inside the words is no name of somebody.
        let owned = self.words(raw).iter().any(|&k| self.names_person(k));
        if raw.opening != Opening::Definite || !(trade || past) || !raw.subject() || raw.oblique() || raw.quote.is_some() || !whole || owned {
            return None;
        }
        let here = raw.sentence;
        let key = self.words_key(self.bare(raw));
        if let Some(&e) = self.known.get(&key) {
            return (!not.contains(&e)).then_some(e);
        }
        if let Some(e) = self.nameless(raw) {
            return (raw.country == NOWHERE && !past && !not.contains(&e)).then_some(e);
        }
        let fits = |e: EntityId| {
            let (case, entity) = (&self.cases[e as usize], &self.out.entities[e as usize]);
            let office = if raw.office.is_some() && case.office.is_some() && !past { OTHER_OFFICE } else { 0.0 };
            // Leaders are not called by a trade that the text tells of nobody.
            let office = office + if trade && !past && self.is_leader(e) { OTHER_OFFICE } else { 0.0 };
            // A single capitalised word may name a place.
            let name = self.name(e);
            let person = name.len() > 1 || name.len() == 1 && (case.office.is_some() || entity.gender != Gender::Unknown);
            let near = case.seen + RESUMED > here && person;
            (entity.kind == EntityKind::Person && near && self.agrees(raw, e)).then_some(office)
        };
        let near = self.near(raw, not, fits);
        self.second = near.second;
        if let Some(e) = near.best {
            self.known.insert(key, e);
        }
        near.best
    }
    fn adverb(&self, at: usize) -> bool {
        self.flags(at) & (flag::ADVERB | flag::PAST) != 0
    }
    /// Whether a title fits a leader: his own, or none is known.
    fn rules(&self, a: ActorId, head: WordId) -> bool {
        self.doc.actors.list[a as usize].title.is_empty() || self.index.profile(a).titles.iter().any(|t| t.canon == head)
    }
    /// Whether an apposition's end is marked: a comma, bracket or full stop behind its extent.
    fn closes(&self, raw: &Raw) -> bool {
        let at = self.behind(raw.extent, raw.span, raw.last);
        self.doc.tokens.get(at).is_none_or(|t| !t.is_word()) || self.flags(at) & (flag::CONJUNCTION | flag::PREPOSITION | flag::PRONOUN) != 0
    }
    /// "X and Y": one speaker.
    fn pair(&mut self) {
        let joined = std::mem::take(&mut self.joined);
        // Each run of them joins several.
        for run in joined.chunk_by(|a, b| a + 1 == *b) {
            let (i, j) = (run[0] as usize, run[run.len() - 1] as usize + 1);
            let members: Vec<EntityId> = (i..=j).filter_map(|k| self.out.mentions[k].entity).collect();
            let distinct = members.iter().any(|m| *m != members[0]);
            let span = self.out.mentions[i].span.cover(self.out.mentions[j].span);
            if j == i + 1 && self.one(i, j) {
                self.out.pairs.push(Pair { span, first: i as u32, last: j as u32, entity: members[0] });
            } else if distinct && members.len() == j - i + 1 {
                let names: Vec<&str> = members.iter().map(|&m| self.out.entities[m as usize].name.as_str()).collect();
                let word = self.doc.tokens[self.out.traits[j].first as usize - 1].of(self.doc.text);
                let name = format!("{} {word} {}", names[..names.len() - 1].join(", "), names[names.len() - 1]);
                let entity = self.out.entities.len() as EntityId;
                let group = Entity { name, kind: EntityKind::Group, gender: Gender::Plural, ..Entity::default() };
                self.out.faces.push(pronoun::Face::new(self.doc, &group));
                self.out.entities.push(group);
                self.cases.push(Dossier { country: NOWHERE, ..Dossier::default() });
                self.out.pairs.push(Pair { span, first: i as u32, last: j as u32, entity });
            }
        }
    }
    /// "the former mayor and senator": one person under one article.
    fn one(&self, a: usize, b: usize) -> bool {
        let described = |i: usize| self.out.mentions[i].kind == MentionKind::Description && self.out.traits[i].person();
        let article = |i: usize| self.flags(self.out.traits[i].first as usize) & flag::DETERMINER != 0;
        let single = |i: usize| self.out.mentions[i].entity.is_some_and(|e| self.out.entities[e as usize].kind == EntityKind::Person);
        described(a) && described(b) && single(a) && single(b) && article(a) && !article(b)
    }
    fn finish(&mut self) {
        for (e, entity) in self.out.entities.iter_mut().enumerate() {
            let case = &self.cases[e];
            if entity.leader.is_some() {
                continue;
            }
            entity.leader = match entity.actor {
                Some(a) => self.doc.actors.leader_of(a),
                None if case.country == NOWHERE => None,
                None => match entity.kind {
                    EntityKind::Country => self.index.leader_of(case.country),
                    EntityKind::Body if case.state => self.index.leader_of(case.country),
                    EntityKind::Person
                        if matches!(case.office, Some(Office::Minister | Office::Spokesperson | Office::Diplomat | Office::Deputy)) =>
                    {
                        self.index.leader_of(case.country)
                    }
                    _ => None,
                },
            };
        }
    }
}
