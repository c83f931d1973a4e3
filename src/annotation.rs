//! What the stages find in one article: plain data, by index and byte span, ready to be saved.
//! Nothing here computes.

use crate::span::Span;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;

/// Index into [`crate::actor::Actors::list`].
pub type ActorId = u32;
/// Index into [`Annotation::entities`].
pub type EntityId = u32;

/// A stretch that is not the article's running text.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Boilerplate {
    /// Bytes in the text.
    pub span: Span,
    /// What it is: `caption`, `promotion`, `comments`, `footer`, `byline`, `subheading` …
    pub why: String,
    /// Whether sentences and quotations in it are left out (a subheading or a standfirst is marked but kept).
    pub skip: bool,
}

/// A sentence.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Sentence {
    /// Bytes, without the white space round it.
    pub span: Span,
    /// Number of the paragraph (non-empty line), from 0.
    pub paragraph: u32,
    /// First token.
    pub first: u32,
    /// One past the last token.
    pub last: u32,
}

/// Grammatical gender or number, as far as the text or the tables tell.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Gender {
    /// Not known.
    #[default]
    Unknown,
    /// he
    Male,
    /// she
    Female,
    /// it
    Neuter,
    /// they
    Plural,
}

/// What an entity is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum EntityKind {
    /// A person.
    #[default]
    Person,
    /// Several people ("analysts", "the crowd").
    Group,
    /// An office, ministry, company, party, newspaper.
    Body,
    /// A country or its government by metonymy.
    Country,
    /// A letter, poll, report.
    Document,
}

/// Someone or something the article names.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Entity {
    /// Canonical name: the actor's, else the fullest form in the text.
    pub name: String,
    /// The known actor it is.
    pub actor: Option<ActorId>,
    /// What it is.
    pub kind: EntityKind,
    /// Gender or number.
    pub gender: Gender,
    /// The leader it is, or whose country, people, capital, government or spokesperson it is.
    #[serde(default)]
    pub leader: Option<ActorId>,
}

/// How a mention names its entity.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum MentionKind {
    /// A name, with or without a title.
    Name,
    /// "the Ostlandish leader", "the ministry".
    Description,
    /// he, she, they, who …
    Pronoun,
}

/// One mention.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Mention {
    /// Bytes, title included.
    pub span: Span,
    /// The sentence it stands in.
    pub sentence: u32,
    /// How it names.
    pub kind: MentionKind,
    /// Whom; `None` where it cannot be told.
    pub entity: Option<EntityId>,
}

/// Kind of a quotation (see CONTRACT: direct, mixed, pull, indirect).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum QuoteKind {
    /// A whole sentence or more between marks.
    Direct,
    /// A fragment between marks inside the reporter's sentence.
    Mixed,
    /// Set apart, no marks.
    Pull,
    /// A reported clause, no marks.
    Indirect,
}

impl QuoteKind {
    /// As rows tell it.
    pub fn name(self) -> &'static str {
        match self {
            QuoteKind::Direct => "direct",
            QuoteKind::Mixed => "mixed",
            QuoteKind::Pull => "pull",
            QuoteKind::Indirect => "indirect",
        }
    }
}

/// One contiguous stretch of reported words.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Quote {
    /// The words, without the marks.
    pub span: Span,
    /// With the marks (equal to `span` where there are none).
    pub outer: Span,
    /// Kind.
    pub kind: QuoteKind,
    /// Number of the utterance within the article, from 1: pieces of one utterance share it.
    pub utterance: u32,
    /// The whole reported clause round marked words.
    pub content: Option<Span>,
    /// The sentence in which it starts.
    pub sentence: u32,
}

/// How the outlet's verb stands to what is said.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum CueClass {
    /// said, told, according to
    #[default]
    Neutral,
    /// noted, pointed out
    Endorse,
    /// claimed, alleged
    Distance,
    /// blasted, threatened
    Hostile,
    /// praised, thanked
    Warm,
}

impl CueClass {
    /// As rows tell it.
    pub fn name(self) -> &'static str {
        match self {
            CueClass::Neutral => "neutral",
            CueClass::Endorse => "endorse",
            CueClass::Distance => "distance",
            CueClass::Hostile => "hostile",
            CueClass::Warm => "warm",
        }
    }
    /// Whether the verb itself tells a judgement of its speaker.
    pub fn judges(self) -> bool {
        matches!(self, CueClass::Hostile | CueClass::Warm)
    }
}

/// Who said a quotation.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Attribution {
    /// The speaker; `None` = unknown.
    pub speaker: Option<EntityId>,
    /// The words that name the speaker.
    pub mention: Option<Span>,
    /// The reporting verb or phrase.
    pub cue: Option<Span>,
    /// Its class.
    pub cue_class: CueClass,
    /// Which rule decided.
    pub rule: Cow<'static, str>,
    /// 0 … 1, calibrated.
    pub confidence: f64,
    /// Who says that the speaker said so, where it is not the outlet.
    pub reported_by: Option<EntityId>,
}

/// TIMEX3 type.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum TimexKind {
    /// Calendar date or larger.
    Date,
    /// Time of day.
    Time,
    /// A length of time.
    Duration,
    /// Recurring.
    Set,
}

/// A temporal expression with its resolved value.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TimeExpr {
    /// Bytes in the text.
    pub span: Span,
    /// TIMEX3 type.
    pub kind: TimexKind,
    /// TIMEX3 value.
    pub value: String,
    /// First day it can mean.
    pub from: Option<Date>,
    /// Last day it can mean.
    pub to: Option<Date>,
}

/// When a quotation was said.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct SaidWhen {
    /// First day; `None` = open.
    pub from: Option<Date>,
    /// Last day; `None` = open.
    pub to: Option<Date>,
    /// `day`, `week`, `part-of-month`, `month`, … `unknown-past`.
    pub granularity: Cow<'static, str>,
    /// Which rule.
    pub basis: Cow<'static, str>,
    /// The words used.
    pub words: Option<Span>,
}

/// Whom a quotation is aimed at.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Target {
    /// Canonical name; empty = nobody in particular.
    pub name: String,
    /// The entity of the text it is, where it is one.
    pub entity: Option<EntityId>,
    /// The leader himself, or the leader whose government or country it is.
    pub leader: Option<ActorId>,
    /// Whether it is the leader in person.
    pub person: bool,
    /// Which rule decided.
    pub basis: Cow<'static, str>,
}

/// One contribution to a score.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Hit {
    /// The term as the lexicon has it, or the name of a shifter or reverser.
    pub term: String,
    /// Its weight in this score after all shifts.
    pub weight: f64,
    /// Where it stands.
    pub span: Option<Span>,
    /// What it did: `term`, `verb`, `reversed`, `negated`, `topic`, …
    pub role: Cow<'static, str>,
}

/// A label on the axis.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ToneLabel {
    /// below the lower threshold
    Confrontational,
    /// between
    #[default]
    Neutral,
    /// above the upper threshold
    Cordial,
}

impl ToneLabel {
    /// As rows tell it.
    pub fn name(self) -> &'static str {
        match self {
            ToneLabel::Confrontational => "confrontational",
            ToneLabel::Neutral => "neutral",
            ToneLabel::Cordial => "cordial",
        }
    }
}

/// The two scores of a quotation.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct ToneScore {
    /// −1 confrontation … +1 cordiality toward the target; `None` where there is no target.
    pub tone: Option<f64>,
    /// Its label.
    pub label: Option<ToneLabel>,
    /// VADER compound, −1 … +1.
    pub valence: f64,
    /// What made up the tone.
    pub hits: Vec<Hit>,
}

/// Where a document's date was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum DateBasis {
    /// A line of its own, with or without an author.
    Byline,
    /// After a word such as "updated".
    Stamp,
    /// `CITY, Feb. 3, 2026 (Agency) -`
    Dateline,
}

/// The date that a document gives itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DocumentDate {
    /// The day.
    pub date: Date,
    /// Where it stands.
    pub basis: DateBasis,
}

impl std::fmt::Display for DateBasis {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            DateBasis::Byline => "byline",
            DateBasis::Stamp => "stamp",
            DateBasis::Dateline => "dateline",
        })
    }
}

/// Everything found in one article. The vectors `attributions`, `said`, `targets` and `tones` run
/// parallel to `quotes`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Annotation {
    /// Stretches that are not the article.
    pub boilerplate: Vec<Boilerplate>,
    /// Sentences, lossless but for white space.
    pub sentences: Vec<Sentence>,
    /// Who is named.
    pub entities: Vec<Entity>,
    /// Where.
    pub mentions: Vec<Mention>,
    /// Quotations in text order.
    pub quotes: Vec<Quote>,
    /// Who said each.
    pub attributions: Vec<Attribution>,
    /// Temporal expressions.
    pub timexes: Vec<TimeExpr>,
    /// When each quotation was said.
    pub said: Vec<SaidWhen>,
    /// The date that the text gives itself, where the input gave none.
    #[serde(default)]
    pub document_date: Option<DocumentDate>,
    /// Whom each is aimed at.
    pub targets: Vec<Target>,
    /// How each sounds.
    pub tones: Vec<ToneScore>,
    /// For each sentence, the tone of the outlet's own words toward each leader named in it; empty unless asked for.
    #[serde(default)]
    pub narration: Vec<[Option<f64>; 2]>,
}
