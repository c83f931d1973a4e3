//! Annotations → `sentences.csv`: every sentence with its voice and scores. Marks boilerplate, drops
//! nothing.

use crate::annotation::{Annotation, QuoteKind};
use crate::article::Article;
use crate::language::Language;
use crate::span::{CharIndex, Span};
use crate::tone::vader;
use jiff::civil::Date;
use serde::Serialize;

/// One row of `sentences.csv`.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct SentenceRow {
    /// The article's id.
    pub doc_id: String,
    /// Who printed it.
    pub outlet: String,
    /// Publication date.
    pub published: Option<Date>,
    /// `doc_id#sN`, N from 1.
    pub sentence_id: String,
    /// Paragraph, from 1.
    pub paragraph: u32,
    /// First Unicode scalar.
    pub start: usize,
    /// One past the last.
    pub end: usize,
    /// The words.
    pub sentence: String,
    /// `outlet`, `quotation` (all of it between marks or reported), `both`, or `none` (boilerplate).
    pub voice: &'static str,
    /// `text`, or what boilerplate it is.
    pub kind: String,
    /// VADER compound.
    pub valence: f64,
    /// Tone of the outlet's own words toward the first leader.
    pub tone_a: Option<f64>,
    /// Tone of the outlet's own words toward the second leader.
    pub tone_b: Option<f64>,
}

/// The rows of one article.
pub fn rows(article: &Article, a: &Annotation, lang: &Language) -> Vec<SentenceRow> {
    let text = article.text.as_str();
    let index = CharIndex::new(text);
    a.sentences
        .iter()
        .enumerate()
        .map(|(n, sentence)| {
            let skip = a.boilerplate.iter().find(|b| b.span.overlaps(sentence.span));
            let left_out = skip.is_some_and(|b| b.skip);
            let own = if left_out { None } else { a.narration.get(n) };
            let voice = if left_out { "none" } else { voice(text, sentence.span, a) };
            let e4 = |x: f64| (x * 1e4).round() / 1e4;
            SentenceRow {
                doc_id: article.id.clone(),
                outlet: article.outlet.clone(),
                published: article.published,
                sentence_id: format!("{}#s{}", article.id, n + 1),
                paragraph: sentence.paragraph + 1,
                start: index.chars(sentence.span.start),
                end: index.chars(sentence.span.end),
                sentence: sentence.span.of(text).to_owned(),
                voice,
                kind: skip.map_or_else(|| "text".to_owned(), |b| b.why.clone()),
                valence: e4(vader::score(sentence.span.of(text), lang, true).compound),
                tone_a: own.and_then(|t| t[0]).map(e4),
                tone_b: own.and_then(|t| t[1]).map(e4),
            }
        })
        .collect()
}

/// Whose words a sentence is made of, by letters.
fn voice(text: &str, sentence: Span, a: &Annotation) -> &'static str {
    let letters = |s: Span| s.of(text).chars().filter(|c| c.is_alphanumeric()).count();
    let quoted: usize = a
        .quotes
        .iter()
        .filter(|q| q.kind != QuoteKind::Indirect && q.span.overlaps(sentence))
        .map(|q| letters(Span { start: q.span.start.max(sentence.start), end: q.span.end.min(sentence.end) }))
        .sum();
    match quoted {
        0 => "outlet",
        n if n == letters(sentence) => "quotation",
        _ => "both",
    }
}
