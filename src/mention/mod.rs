//! Names, titles, descriptions and pronouns → mentions, and the entities they name. Does not decide
//! who speaks.

mod chunk;
mod cluster;
mod pronoun;

use crate::annotation::{Entity, EntityId, Mention, Quote};
use crate::doc::Doc;
use crate::language::name::{Case, Pronoun};
use crate::span::Span;
use std::cell::RefCell;

pub use pronoun::{resolve_pronoun, resolve_quoted};

/// Who is named in an article, and where.
#[derive(Clone, Debug, Default)]
pub struct Mentions {
    /// Who.
    pub entities: Vec<Entity>,
    /// Where, in text order, none overlapping.
    pub mentions: Vec<Mention>,
    /// What else is known of each mention; runs parallel to `mentions`.
    pub traits: Vec<Traits>,
    /// The mentions as a pronoun sees them; runs parallel as well.
    traces: Vec<pronoun::Trace>,
    /// Which of them a pronoun can mean, 64 in each block.
    blocks: Vec<pronoun::Block>,
    /// The entities as a pronoun sees them; runs parallel to `entities`.
    faces: Vec<pronoun::Face>,
    /// By sentence, to the last in which one has been found: the first mention in it or behind it.
    starts: Vec<u32>,
    /// Where antecedents are gathered: room that every search uses again.
    seen: RefCell<pronoun::Seen>,
    /// Several mentions joined as one speaker ("Grassley and Leahy").
    pub pairs: Vec<Pair>,
    /// Descriptions that fit a second person nearly as well, by mention, in text order.
    pub seconds: Vec<(u32, EntityId)>,
    /// The two leaders, as far as the text names them.
    pub leaders: [Option<EntityId>; 2],
    /// Papers ("his reply") and the persons whose they are.
    pub owners: Vec<(EntityId, EntityId)>,
}

/// What the words round a mention tell.
#[derive(Clone, Copy, Debug)]
pub struct Traits {
    /// First token of the mention.
    pub first: u32,
    /// One past its last token.
    pub last: u32,
    /// The mention to the end of its complements ("a spokesman for the ministry").
    pub extent: Span,
    /// The pronoun it is.
    pub pronoun: Option<Pronoun>,
    /// The quotation it stands in (marked ones only).
    pub quote: Option<u32>,
    /// The mention it is in apposition to, or whose complement it is part of.
    pub within: Option<u32>,
    /// Bits of [`has`].
    bits: u32,
}

/// What a mention has by the words round it: bits of [`Traits`], as the search for antecedents weighs them, and above those.
mod has {
    use crate::language::name::Feature;

    pub const SUBJECT: u32 = Feature::Subject.bit() | Feature::Parallel.bit();
    pub const OBLIQUE: u32 = Feature::Oblique.bit();
    pub const POSSESSOR: u32 = Feature::Possessor.bit();
    pub const QUOTED: u32 = Feature::Quoted.bit();
    pub const REPORTED: u32 = Feature::Reported.bit();
    pub const PERSON: u32 = 1 << 31;

    /// The `bits`, where that holds.
    pub fn given(holds: bool, bits: u32) -> u32 {
        u32::from(holds) * bits
    }
}

impl Traits {
    fn any(&self, bits: u32) -> bool {
        self.bits & bits != 0
    }
    /// A finite verb stands right behind it.
    pub fn subject(&self) -> bool {
        self.any(has::SUBJECT)
    }
    /// It stands behind a preposition.
    pub fn oblique(&self) -> bool {
        self.any(has::OBLIQUE)
    }
    /// It carries the possessive clitic.
    pub fn possessor(&self) -> bool {
        self.any(has::POSSESSOR)
    }
    /// It is a possessor, by clitic or as a pronoun.
    pub fn owns(&self) -> bool {
        self.possessor() || self.pronoun.is_some_and(|p| p.case == Case::Possessive)
    }
    /// Name, title or noun says that it is a person.
    pub fn person(&self) -> bool {
        self.any(has::PERSON)
    }
    /// It stands in somebody's reported clause.
    pub fn reported(&self) -> bool {
        self.any(has::REPORTED)
    }
}

/// Mentions joined by "and": one speaker, never one of the two.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Pair {
    /// From the first member to the last.
    pub span: Span,
    /// First member.
    pub first: u32,
    /// Last member.
    pub last: u32,
    /// The group.
    pub entity: EntityId,
}

impl Mentions {
    /// Who speaks where mention `i` is the subject of a verb: the pair it belongs to, else its entity; with the words that name them.
    pub fn speaker(&self, i: usize) -> (Option<EntityId>, Span) {
        let at = self.pairs.partition_point(|p| (p.last as usize) < i);
        match self.pairs.get(at) {
            Some(pair) if pair.first as usize <= i => (Some(pair.entity), pair.span),
            _ => (self.mentions[i].entity, self.mentions[i].span),
        }
    }
    /// The next best person that the description at `i` fits.
    pub fn second(&self, i: usize) -> Option<EntityId> {
        let at = self.seconds.binary_search_by_key(&(i as u32), |s| s.0).ok()?;
        Some(self.seconds[at].1)
    }
    /// The first mention that starts at byte `at` or behind it.
    pub fn from(&self, at: u32) -> usize {
        self.mentions.partition_point(|m| m.span.start < at)
    }
    /// The mentions that start inside `span`.
    pub fn inside(&self, span: Span) -> std::ops::Range<usize> {
        let from = self.from(span.start);
        from..from + self.mentions[from..].iter().take_while(|m| m.span.start < span.end).count()
    }
}

/// Find every mention.
pub fn find(doc: &Doc, quotes: &[Quote]) -> Mentions {
    cluster::cluster(doc, chunk::chunks(doc, quotes))
}
