//! One row of `quotes.csv`: an annotation flattened at the program's border, offsets in Unicode
//! scalars. What `echo`, `trend`, `framing` and `report` read; saved rows come back unchanged.

use crate::actor::Actors;
use crate::annotation::{Annotation, CueClass, MentionKind, QuoteKind, ToneLabel};
use crate::article::Article;
use crate::span::{CharIndex, Span};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// Who a speaker is to the two leaders.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Role {
    /// One of the two.
    Leader,
    /// Speaks for one's government.
    Side,
    /// Anyone else.
    #[default]
    Other,
}

/// One contiguous marked stretch, with everything the program knows of it. Field order = column order.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct QuoteRecord {
    /// The article's id.
    pub doc_id: String,
    /// Who printed it.
    #[serde(default)]
    pub outlet: String,
    /// Publication date.
    #[serde(default)]
    pub published: Option<Date>,
    /// Headline.
    #[serde(default)]
    pub title: String,
    /// Address.
    #[serde(default)]
    pub url: String,
    /// `doc_id#n`.
    #[serde(default)]
    pub quote_id: String,
    /// First Unicode scalar of the words.
    #[serde(default)]
    pub start: usize,
    /// One past the last.
    #[serde(default)]
    pub end: usize,
    /// The words.
    #[serde(default)]
    pub quote: String,
    /// Kind.
    #[serde(default = "direct")]
    pub kind: QuoteKind,
    /// Canonical name; empty = unknown.
    #[serde(default)]
    pub speaker: String,
    /// Leader, side, other.
    #[serde(default)]
    pub speaker_role: Role,
    /// The words that name the speaker.
    #[serde(default)]
    pub speaker_mention: String,
    /// First Unicode scalar of those.
    #[serde(default)]
    pub speaker_start: Option<usize>,
    /// One past the last.
    #[serde(default)]
    pub speaker_end: Option<usize>,
    /// Reporting verb or phrase.
    #[serde(default)]
    pub cue: String,
    /// Its class.
    #[serde(default)]
    pub cue_class: CueClass,
    /// The rule that decided.
    #[serde(default)]
    pub attribution: String,
    /// 0 … 1.
    #[serde(default)]
    pub speaker_confidence: f64,
    /// Who reports the speaker.
    #[serde(default)]
    pub reported_by: String,
    /// Whom the words are aimed at.
    #[serde(default)]
    pub target: String,
    /// The rule.
    #[serde(default)]
    pub target_basis: String,
    /// `A>B` by short names.
    #[serde(default)]
    pub direction: String,
    /// First day.
    #[serde(default)]
    pub said_from: Option<Date>,
    /// Last day.
    #[serde(default)]
    pub said_to: Option<Date>,
    /// Granularity.
    #[serde(default)]
    pub said_granularity: String,
    /// Rule and words.
    #[serde(default)]
    pub said_basis: String,
    /// −1 … +1.
    #[serde(default)]
    pub tone: Option<f64>,
    /// Label.
    #[serde(default)]
    pub tone_label: Option<ToneLabel>,
    /// VADER compound.
    #[serde(default)]
    pub valence: Option<f64>,
    /// `term:weight` pairs.
    #[serde(default)]
    pub tone_hits: String,
    /// `doc_id#uN`.
    #[serde(default)]
    pub utterance_id: String,
    /// First Unicode scalar of the reported clause.
    #[serde(default)]
    pub content_start: Option<usize>,
    /// One past its last.
    #[serde(default)]
    pub content_end: Option<usize>,
    /// Lent by an echo.
    #[serde(default)]
    pub echo_said_from: Option<Date>,
    /// Lent by an echo.
    #[serde(default)]
    pub echo_said_to: Option<Date>,
    /// Tone × 10⁴.
    #[serde(default)]
    pub tone_e4: Option<i32>,
    /// Valence × 10⁴.
    #[serde(default)]
    pub valence_e4: Option<i32>,
    /// Same utterance in other articles.
    #[serde(default)]
    pub echo_id: String,
    /// `whole`, `cut`, `edited`, `possible`.
    #[serde(default)]
    pub echo_kind: String,
    /// Short name of the leader that the speaker is or speaks for; empty = neither.
    #[serde(default)]
    pub speaker_side: String,
    /// Short name of the leader that the target is, or whose government or country it is; empty = neither.
    #[serde(default)]
    pub target_side: String,
    /// Whether the target is that leader in person.
    #[serde(default)]
    pub target_person: bool,
}

fn direct() -> QuoteKind {
    QuoteKind::Direct
}

/// A score as an integer × 10⁴, rounded half away from zero.
pub fn e4(x: f64) -> i32 {
    (x * 1e4).round() as i32
}

/// What decides the `direction` column.
#[derive(Clone, Copy, Debug, Default)]
pub struct DirectionRule {
    /// Those who speak for a leader count as the leader.
    pub sides: bool,
    /// Only the other leader in person is a target, not his government or country.
    pub strict: bool,
}

/// Whether the words at `span` are a pronoun: no name for a speaker that nobody could be found for.
fn is_pronoun(a: &Annotation, span: Span) -> bool {
    let at = a.mentions.partition_point(|m| m.span.start < span.start);
    a.mentions[at..].iter().take_while(|m| m.span.start == span.start).any(|m| m.span == span && m.kind == MentionKind::Pronoun)
}

/// The rows of one article.
pub fn rows(article: &Article, a: &Annotation, actors: &Actors, rule: DirectionRule) -> Vec<QuoteRecord> {
    let index = CharIndex::new(&article.text);
    let at = |s: Span| (index.chars(s.start), index.chars(s.end));
    let words = |s: Span| s.of(&article.text).split_whitespace().collect::<Vec<_>>().join(" ");
    let mut out = Vec::with_capacity(a.quotes.len());
    for (n, quote) in a.quotes.iter().enumerate() {
        let (attribution, said, target, tone) = (&a.attributions[n], &a.said[n], &a.targets[n], &a.tones[n]);
        let speaker = attribution.speaker.map(|e| &a.entities[e as usize]);
        let actor = speaker.and_then(|e| e.actor);
        let own = actor.and_then(|id| actors.leader_of(id));
        let role = match actor {
            Some(id) if actors.is_leader(id) => Role::Leader,
            _ if own.is_some() => Role::Side,
            _ => Role::Other,
        };
        let direction = match (own, target.leader) {
            (Some(from), Some(to)) if from != to && (role == Role::Leader || rule.sides) && (target.person || !rule.strict) => {
                format!("{}>{}", actors.short(from), actors.short(to))
            }
            _ => String::new(),
        };
        let (start, end) = at(quote.span);
        let basis = match said.words {
            Some(span) => format!("{}: {}", said.basis, words(span)),
            None => said.basis.clone(),
        };
        let tone_e4 = tone.tone.map(e4);
        let valence_e4 = e4(tone.valence);
        out.push(QuoteRecord {
            doc_id: article.id.clone(),
            outlet: article.outlet.clone(),
            published: article.published,
            title: article.title.clone(),
            url: article.url.clone(),
            quote_id: format!("{}#{}", article.id, n + 1),
            start,
            end,
            quote: quote.span.of(&article.text).to_owned(),
            kind: quote.kind,
            speaker: match (speaker, attribution.mention) {
                (Some(entity), _) => entity.name.clone(),
                (None, Some(span)) if !is_pronoun(a, span) => words(span),
                _ => String::new(),
            },
            speaker_role: role,
            speaker_mention: attribution.mention.map(words).unwrap_or_default(),
            speaker_start: attribution.mention.map(|s| at(s).0),
            speaker_end: attribution.mention.map(|s| at(s).1),
            cue: attribution.cue.map(words).unwrap_or_default(),
            cue_class: attribution.cue_class,
            attribution: attribution.rule.clone(),
            speaker_confidence: (attribution.confidence * 100.0).round() / 100.0,
            reported_by: attribution.reported_by.map(|e| a.entities[e as usize].name.clone()).unwrap_or_default(),
            target: target.name.clone(),
            target_basis: target.basis.clone(),
            direction,
            said_from: said.from,
            said_to: said.to,
            said_granularity: said.granularity.clone(),
            said_basis: basis,
            tone: tone_e4.map(|t| f64::from(t) / 1e4),
            tone_label: tone.label,
            valence: Some(f64::from(valence_e4) / 1e4),
            tone_hits: tone.hits.iter().map(|h| format!("{}:{:+.2}", h.term.replace(';', ","), h.weight)).collect::<Vec<_>>().join(";"),
            utterance_id: format!("{}#u{}", article.id, quote.utterance),
            content_start: quote.content.map(|s| at(s).0),
            content_end: quote.content.map(|s| at(s).1),
            echo_said_from: None,
            echo_said_to: None,
            tone_e4,
            valence_e4: Some(valence_e4),
            echo_id: String::new(),
            echo_kind: String::new(),
            speaker_side: own.map(|id| actors.short(id).to_owned()).unwrap_or_default(),
            target_side: target.leader.map(|id| actors.short(id).to_owned()).unwrap_or_default(),
            target_person: target.person,
        });
    }
    out
}
