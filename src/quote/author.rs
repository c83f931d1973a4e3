//! A paper that speaks ("“…,” the letter read", "it went on") → who wrote or sent it. Says nothing where the text does not tell.

use crate::annotation::{EntityId, EntityKind, Gender, MentionKind};
use crate::doc::Doc;
use crate::language::name::Case;
use crate::language::quote::{Form, Role};
use crate::mention::{Mentions, Traits};
use crate::span::Span;

/// Sentences from the paper to the verb by which it is read, at most.
const READ: u32 = 3;
/// The same, to a verb that anybody can be the subject of.
const SAID: u32 = 1;
/// The same, to another word for it ("the note", "the letter").
const NAMED: u32 = 6;
/// Words from a paper to the preposition before its writer, or from the subject to its verb, at most.
const NEAR: usize = 5;

/// Where a paper's writer is sought.
pub(super) struct Papers<'a> {
    pub doc: &'a Doc<'a>,
    pub mentions: &'a Mentions,
    /// Where words stand between marks.
    pub between_marks: &'a [Span],
}

impl Papers<'_> {
    /// The writer of the paper that "it" means as the subject at token `at` of the verb `cue`, if it means one; by salience it is `nearest`.
    pub fn of_it(&self, at: usize, cue: Option<Span>, nearest: Option<EntityId>) -> Option<EntityId> {
        // What only a paper does: "it read", "it went on". Without a verb: "It had four words in it. “…”".
        let verb = cue.map(|cue| self.doc.token_at(cue.start));
        let goes_on = |verb: usize| self.doc.lang.quote.verb_at(self.doc.tokens, verb).is_some_and(|v| v.len == 2);
        let reads = verb.is_none_or(|verb| self.doc.role_at(verb).any(Role::Reads) || goes_on(verb));
        let paper = reads || nearest.is_some_and(|e| self.kind(e) == EntityKind::Document);
        let k = self.before(at, self.sentence(at).saturating_sub(if paper { READ } else { SAID }))?;
        let s = &self.doc.sentences[self.sentence(k) as usize];
        if !reads && let Some(body) = self.acting_body(Span { start: s.span.start, end: self.doc.tokens[at].span.start }) {
            return Some(body);
        }
        let itself = || {
            let j = self.holding(k)?;
            self.entity(j).filter(|&e| self.kind(e) == EntityKind::Document)
        };
        self.writer(k, at).or_else(|| if verb.is_some() && paper { itself() } else { None })
    }
    /// "The ministry opened a letter. “…,” it said.": the body whose doings the stretch begins with.
    fn acting_body(&self, stretch: Span) -> Option<EntityId> {
        let first = self.doc.token_at(stretch.start) as u32;
        let opens = |t: &Traits| t.first <= first + 2 && t.subject() && t.quote.is_none();
        let j = self.mentions.inside(stretch).find(|&j| opens(&self.mentions.traits[j]))?;
        self.entity(j).filter(|&e| self.kind(e) == EntityKind::Body)
    }
    /// The writer of the paper that the subject between two tokens names.
    pub fn of_named(&self, from: usize, to: usize) -> Option<EntityId> {
        let head = (from..to).find(|&k| self.doc.role_at(k).any(Role::Letter))?;
        let floor = self.sentence(head).saturating_sub(NAMED);
        // "a memo" has not been told of.
        let told = self.doc.role_at(from).any(Role::Determiner) && !self.doc.lang.quote.indefinite(&self.doc.tokens[from]);
        self.writer(head, head).or_else(|| {
            if !told {
                return None;
            }
            match self.before(from, floor) {
                Some(earlier) => self.writer(earlier, from),
                // "Vega wrote to him. The letter began “…”".
                None => {
                    let s = &self.doc.sentences[self.sentence(head).checked_sub(1)? as usize];
                    self.sender(s.first as usize, s.last as usize)
                }
            }
        })
    }
    fn sentence(&self, k: usize) -> u32 {
        self.doc.sentence_at(self.doc.tokens[k].span.start) as u32
    }
    /// The last paper that the narrator names before token `at`, from sentence `floor` on.
    fn before(&self, at: usize, floor: u32) -> Option<usize> {
        let first = self.doc.sentences[floor as usize].first as usize;
        let quoted = |k: usize| {
            let start = self.doc.tokens[k].span.start;
            let before = self.between_marks.partition_point(|q| q.start <= start);
            self.between_marks[..before].last().is_some_and(|q| q.holds(start))
        };
        (first..at).rev().find(|&k| self.doc.role_at(k).any(Role::Letter) && !quoted(k))
    }
    /// Who wrote or sent the paper at token `k`, as far as the words before token `until` and those of its own sentence tell.
    fn writer(&self, k: usize, until: usize) -> Option<EntityId> {
        let at = self.sentence(k);
        let s = &self.doc.sentences[at as usize];
        let (first, last) = (s.first as usize, s.last as usize);
        self.owner(k)
            .or_else(|| self.complement(k, last))
            .or_else(|| self.relative(k, last))
            .or_else(|| self.sender(first, k))
            .or_else(|| self.statement(first, k, last))
            .or_else(|| self.later(at, until))
    }
    /// The mention that begins at one of the `tokens`, of somebody who can write.
    fn writes(&self, tokens: std::ops::Range<usize>) -> Option<usize> {
        let start = self.doc.tokens.get(tokens.start)?.span.start;
        let j = self.mentions.from(start);
        let t = self.mentions.traits.get(j).filter(|t| tokens.contains(&(t.first as usize)))?;
        // "from her son": not hers.
        let has = |next: &Traits| t.owns() && next.first <= t.last + 1;
        let j = j + usize::from(self.mentions.traits.get(j + 1).is_some_and(has));
        self.can(j).then_some(j)
    }
    fn can(&self, j: usize) -> bool {
        let one = |e: EntityId| {
            let entity = &self.mentions.entities[e as usize];
            entity.kind == EntityKind::Person || entity.kind == EntityKind::Body && entity.gender == Gender::Neuter
        };
        self.entity(j).is_some_and(one) && self.mentions.traits[j].quote.is_none()
    }
    /// The mention that holds token `k`.
    fn holding(&self, k: usize) -> Option<usize> {
        let j = self.mentions.from(self.doc.tokens[k].span.end).checked_sub(1)?;
        (self.mentions.traits[j].last as usize > k).then_some(j)
    }
    fn kind(&self, e: EntityId) -> EntityKind {
        self.mentions.entities[e as usize].kind
    }
    fn entity(&self, j: usize) -> Option<EntityId> {
        self.mentions.mentions[j].entity
    }
    /// "her letter", "Vega's second letter"
    fn owner(&self, k: usize) -> Option<EntityId> {
        let j = self.mentions.from(self.doc.tokens[k].span.start);
        let near = |t: &Traits| k < t.last as usize + NEAR;
        let j = (j.saturating_sub(2)..j).rev().find(|&j| {
            let t = &self.mentions.traits[j];
            let plain = |i: usize| self.doc.tokens[i].is_word() && !self.doc.role_at(i).any(Role::Preposition | Role::Conjunction | Role::To);
            t.owns() && near(t) && (t.last as usize + usize::from(t.possessor())..k).all(plain)
        })?;
        self.entity(j).filter(|_| self.can(j))
    }
    /// "a letter from the prime minister", "a statement signed by Vega"
    fn complement(&self, k: usize, last: usize) -> Option<EntityId> {
        let from = (k + 1..last.min(k + 1 + NEAR))
            .take_while(|&i| self.doc.tokens[i].is_word() && !self.doc.role_at(i).any(Role::Pronoun))
            .find(|&i| self.doc.role_at(i).any(Role::From | Role::By))?;
        let j = self.writes(from + 1..from + 3)?;
        self.entity(j)
    }
    /// "the note he sent", "a letter that Vega wrote"
    fn relative(&self, k: usize, last: usize) -> Option<EntityId> {
        // "the note Ana Ruiz sent": read as one name with a word for him before it.
        let named = self.holding(k).filter(|&j| self.can(j) && self.mentions.mentions[j].kind == MentionKind::Name);
        let j = named.or_else(|| self.writes(k + 1..k + 3))?;
        let t = &self.mentions.traits[j];
        let behind = t.last as usize;
        let adjacent = t.first as usize <= k + 1 || self.doc.role_at(k + 1).any(Role::Relative | Role::That);
        let sends = (behind..last.min(behind + NEAR)).take_while(|&i| self.doc.tokens[i].is_word()).find(|&i| self.sends(i))?;
        self.entity(j).filter(|_| adjacent && (t.subject() || sends == behind))
    }
    /// "Vega read out a letter": the subject of the verb by which the paper goes out.
    fn sender(&self, first: usize, k: usize) -> Option<EntityId> {
        // "replied in an open letter", "answered with a note"
        let within = (k.saturating_sub(3).max(first + 1)..k)
            .any(|i| self.doc.role_at(i).any(Role::Article) && self.doc.role_at(i - 1).any(Role::With | Role::Place));
        let says = |i: usize| {
            let verb = self.doc.lang.quote.verb_at(self.doc.tokens, i);
            within && verb.is_some_and(|v| v.form.any(Form::Past | Form::Third))
        };
        let clause = |i: &usize| !self.doc.role_at(*i).any(Role::Relative | Role::Subordinator);
        let sends = (first..k).rev().take_while(clause).find(|&i| self.sends(i) || says(i))?;
        self.subject(first, sends).and_then(|j| self.entity(j))
    }
    /// Whether the verb at token `i` sends words out.
    fn sends(&self, i: usize) -> bool {
        // "read out"
        let aloud = || self.doc.lang.quote.verb_at(self.doc.tokens, i).is_some_and(|v| v.len == 2);
        self.doc.role_at(i).any(Role::Sends) || self.doc.role_at(i).any(Role::Reads) && aloud()
    }
    /// The subject of the verb at token `verb`: no table may know it for one.
    fn subject(&self, first: usize, verb: usize) -> Option<usize> {
        let from = self.mentions.from(self.doc.tokens[first].span.start);
        let to = self.mentions.from(self.doc.tokens[verb].span.start);
        let j = (from..to).rev().find(|&j| {
            let t = &self.mentions.traits[j];
            (t.subject() || t.last as usize == verb) && t.quote.is_none() && !t.possessor()
        })?;
        // "as he wrote" is no "as a clerk".
        let t = &self.mentions.traits[j];
        let behind = t.oblique() && t.pronoun.is_none_or(|p| p.case != Case::Subject);
        (self.can(j) && !behind).then_some(j)
    }
    /// "In a short statement, Vega said …"
    fn statement(&self, first: usize, k: usize, last: usize) -> Option<EntityId> {
        if k > first + NEAR || !self.doc.role_at(first).any(Role::Preposition | Role::Place) {
            return None;
        }
        let (from, to) = (self.mentions.from(self.doc.tokens[k].span.end), self.mentions.from(self.doc.tokens[last - 1].span.end));
        let j = (from..to).find(|&j| self.mentions.traits[j].subject() && self.mentions.traits[j].quote.is_none())?;
        self.entity(j).filter(|_| self.can(j))
    }
    /// "It came from Vega", "Vega wrote it in May": a sentence behind the paper's own.
    fn later(&self, at: u32, until: usize) -> Option<EntityId> {
        let it = |j: usize| self.mentions.traits[j].pronoun.is_some_and(|p| p.gender == Gender::Neuter);
        let end = self.sentence(until);
        (at + 1..=end).find_map(|s| {
            let s = &self.doc.sentences[s as usize];
            let (first, last) = (s.first as usize, (s.last as usize).min(until));
            if first >= last {
                return None;
            }
            let j = self.mentions.from(self.doc.tokens[first].span.start);
            if self.mentions.traits.get(j).is_some_and(|t| t.first as usize == first)
                && it(j)
                && self.doc.role_at(first + 1).any(Role::Comes | Role::Be)
            {
                let from = (first + 2..last.min(first + 2 + NEAR)).find(|&i| self.doc.role_at(i).any(Role::From | Role::By))?;
                return self.writes(from + 1..from + 3).and_then(|j| self.entity(j));
            }
            let verb = (first..last).find(|&i| self.sends(i))?;
            let object = self.mentions.from(self.doc.tokens[verb].span.end);
            let t = self.mentions.traits.get(object)?;
            let it = t.first as usize <= verb + 2 && it(object);
            self.subject(first, verb).filter(|_| it).and_then(|j| self.entity(j))
        })
    }
}

/// Whether a mention is no more than "it".
pub(super) fn is_it(mentions: &Mentions, i: usize) -> bool {
    mentions.mentions[i].kind == MentionKind::Pronoun
        && mentions.traits[i].pronoun.is_some_and(|p| p.gender == Gender::Neuter && p.case != Case::Possessive)
}
