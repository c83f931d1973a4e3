//! Rows → the same rows in the order in which a person should check them, least certain first, each
//! with its sentence and the reasons for doubt. Corrects nothing.

use crate::annotation::QuoteKind;
use crate::article::Article;
use crate::record::QuoteRecord;
use crate::span::CharIndex;
use serde::Serialize;

/// One row of `review.csv`. The first five columns are those of a corrections file.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ReviewRow {
    /// The article's id.
    pub doc_id: String,
    /// First Unicode scalar of the quotation.
    pub start: usize,
    /// One past the last.
    pub end: usize,
    /// What is in doubt, `;` between reasons.
    pub doubt: String,
    /// How certain the least certain part is, 0 … 1.
    pub certainty: f64,
    /// The words.
    pub quote: String,
    /// Speaker as attributed.
    pub speaker: String,
    /// Rule that attributed.
    pub attribution: String,
    /// Target as found.
    pub target: String,
    /// First day.
    pub said_from: String,
    /// Last day.
    pub said_to: String,
    /// Rule and words that dated.
    pub said_basis: String,
    /// Tone.
    pub tone: Option<f64>,
    /// The text round the quotation: its paragraph, at most 400 characters either side.
    pub context: String,
    /// The outlet.
    pub outlet: String,
    /// The row in `quotes.csv`.
    pub quote_id: String,
}

/// Below this a speaker is worth a look.
const SURE: f64 = 0.85;
/// An interval wider than this many days is worth a look.
const WIDE: i32 = 45;
/// Characters of context either side.
const CONTEXT: usize = 400;

/// The rows of one article that are worth a look.
pub fn rows(article: &Article, quotes: &[QuoteRecord]) -> Vec<ReviewRow> {
    let index = CharIndex::new(&article.text);
    quotes.iter().filter(|q| q.kind != QuoteKind::Indirect).filter_map(|q| row(article, &index, q)).collect()
}

/// Least certain first; ties in text order.
pub fn sort(rows: &mut [ReviewRow]) {
    rows.sort_by(|a, b| a.certainty.total_cmp(&b.certainty).then_with(|| a.doc_id.cmp(&b.doc_id)).then(a.start.cmp(&b.start)));
}

fn row(article: &Article, index: &CharIndex, q: &QuoteRecord) -> Option<ReviewRow> {
    let mut doubt = Vec::new();
    let mut certainty: f64 = 1.0;
    if q.speaker.is_empty() {
        doubt.push("no speaker");
        certainty = 0.0;
    } else if q.speaker_confidence < SURE {
        doubt.push("speaker");
        certainty = certainty.min(q.speaker_confidence);
    }
    match (q.said_from, q.said_to) {
        (Some(from), Some(to)) => {
            if (to - from).get_days() > WIDE {
                doubt.push("wide date");
                certainty = certainty.min(0.6);
            }
        }
        _ => {
            doubt.push("no date");
            certainty = certainty.min(0.5);
        }
    }
    if !q.target.is_empty() && q.tone == Some(0.0) && q.tone_hits.is_empty() {
        doubt.push("no word scored");
        certainty = certainty.min(0.7);
    }
    if doubt.is_empty() {
        return None;
    }
    let text = &article.text;
    let (start, end) = (index.byte(q.start), index.byte(q.end));
    let paragraph = text[..start].rfind('\n').map_or(0, |n| n + 1)..text[end..].find('\n').map_or(text.len(), |n| end + n);
    let from = index.byte(q.start.saturating_sub(CONTEXT)).max(paragraph.start);
    let to = index.byte(q.end + CONTEXT).min(paragraph.end);
    let day = |d: Option<jiff::civil::Date>| d.map(|d| d.to_string()).unwrap_or_default();
    Some(ReviewRow {
        doc_id: q.doc_id.clone(),
        start: q.start,
        end: q.end,
        doubt: doubt.join(";"),
        certainty,
        quote: q.quote.clone(),
        speaker: q.speaker.clone(),
        attribution: q.attribution.clone(),
        target: q.target.clone(),
        said_from: day(q.said_from),
        said_to: day(q.said_to),
        said_basis: q.said_basis.clone(),
        tone: q.tone,
        context: text[from..to].trim().to_owned(),
        outlet: q.outlet.clone(),
        quote_id: q.quote_id.clone(),
    })
}
