//! Text layout → the document's own date: a date line under the headline, a byline or update stamp, the
//! dateline of the first paragraph. Never a date of the running text.

use crate::annotation::{DateBasis, DocumentDate, Sentence};
use crate::doc::Doc;
use crate::language::time::{Class, Reading};
use crate::time::calendar::{day, plus_months};
use crate::time::find::RawTimex;
use crate::token::{Token, TokenKind};
use jiff::civil::Date;

/// Lines from the top in which a byline is looked for.
const TOP: usize = 12;
/// Tokens of a line that may stand beside its date.
const BESIDE: usize = 8;
/// Tokens of a dateline's place name.
const PLACE: usize = 8;
/// Months between a dateline and the publication date beyond which the two do not belong together.
const APART: i64 = 1;

/// Tokens of a heading, at most.
pub const HEADING: usize = 12;

/// Whether a sentence is a heading: a short paragraph of its own without a mark that ends a sentence, or a question (`May 3: too late?`).
pub fn is_heading(doc: &Doc, sentence: usize) -> bool {
    let Some(here) = doc.sentences.get(sentence) else { return false };
    let apart = |other: Option<&Sentence>| other.is_none_or(|s| s.paragraph != here.paragraph);
    let last = (here.last as usize).min(doc.tokens.len());
    last - here.first as usize <= HEADING
        && apart(sentence.checked_sub(1).map(|before| &doc.sentences[before]))
        && apart(doc.sentences.get(sentence + 1))
        && (is_open(doc, here.first as usize, last) || last > 0 && doc.tokens[last - 1].is_mark(doc.text, b'?'))
}

/// Whether no mark ends the tokens `first..last`, as in a heading.
pub fn is_open(doc: &Doc, first: usize, last: usize) -> bool {
    last > first && !matches!(doc.tokens[last - 1].mark(doc.text), '.' | '!' | '?' | '\u{201d}' | '\u{2019}' | '"' | '\u{bb}')
}

/// The date that the document gives itself, from expressions with day, month and year.
pub fn document_date(doc: &Doc, raw: &[RawTimex]) -> Option<DocumentDate> {
    let full = |t: &RawTimex| {
        let f = &t.fields;
        let date = f.days[0].filter(|_| f.days[1].is_none()).or(f.ordinal.map(|n| n as i8));
        (t.reading == Reading::Date && t.quote.is_none()).then_some(())?;
        day(f.year?, f.month?, date?)
    };
    // The bounds of a line that has few other tokens.
    let line = |t: &RawTimex| {
        let starts = |i: &usize| *i == 0 || *i == doc.tokens.len() || doc.tokens[*i].newline;
        let first = (0..=t.first).rev().take(BESIDE + 1).find(starts)?;
        let last = (t.last..=doc.tokens.len()).take(BESIDE + 1).find(starts)?;
        Some((first, last))
    };
    let (mut lines, mut counted) = (0, 0);
    let mut stamp = None;
    for timex in raw {
        let Some(date) = full(timex) else { continue };
        while counted <= timex.first && lines <= TOP {
            lines += usize::from(doc.tokens[counted].newline);
            counted += 1;
        }
        let words = &doc.lang.time;
        let stamped = doc.tokens[timex.first.saturating_sub(4)..timex.first].iter().any(|t| words.is(t.word, Class::Stamp));
        if stamped && stamp.is_none() {
            stamp = Some(DocumentDate { date, basis: DateBasis::Stamp });
        }
        if lines > TOP {
            if stamp.is_some() {
                break;
            }
            continue;
        }
        let byline = line(timex).filter(|_| !stamped).is_some_and(|(first, last)| {
            let beside = (timex.first - first) + (last - timex.last);
            let sentence = last > first && doc.tokens[last - 1].is_mark(doc.text, b'.') && last > timex.last && beside > 2;
            beside <= BESIDE && !sentence
        });
        if byline {
            return Some(DocumentDate { date, basis: DateBasis::Byline });
        }
        if is_dateline(doc, timex) {
            return Some(DocumentDate { date, basis: DateBasis::Dateline });
        }
    }
    stamp
}

/// Whether an expression is the date of an update, not of an event.
pub fn is_stamp(doc: &Doc, timex: &RawTimex) -> bool {
    let words = &doc.lang.time;
    // `a letter dated Jan. 10` is dated by its writer.
    let written =
        |i: usize| i.checked_sub(1).is_some_and(|i| words.mask(doc.tokens[i].word) & (Class::SpeechNoun.bit() | Class::Document.bit()) != 0);
    timex.fields.days[0].is_some() && (timex.first.saturating_sub(3)..timex.first).any(|i| words.is(doc.tokens[i].word, Class::Stamp) && !written(i))
}

/// The dateline of the first paragraphs: its expression's index and its date, the year taken from the publication date.
pub fn dateline(doc: &Doc, raw: &[RawTimex], published: Option<Date>) -> Option<(usize, Date)> {
    let published = published?;
    raw.iter().take(4).enumerate().find_map(|(i, t)| {
        let f = &t.fields;
        let (month, date) = (f.month?, f.days[0]?);
        if t.reading != Reading::Date || f.days[1].is_some() || !is_dateline(doc, t) {
            return None;
        }
        let year = i32::from(published.year());
        let years = match f.year {
            Some(y) => y..=y,
            None => year - 1..=year + 1,
        };
        let date = years.filter_map(|y| day(y, month, date)).min_by_key(|d| (*d - published).get_days().abs())?;
        let near = plus_months(published, -APART).is_some_and(|d| d <= date) && date <= published;
        near.then_some((i, date))
    })
}

/// Whether a token is the bullet of a list at the head of a line.
pub fn is_bullet(token: &Token, text: &str) -> bool {
    !token.is_word() && token.newline && matches!(token.of(text), "*" | "•" | "-" | "–" | "—")
}

/// Whether only a place name stands before the expression in its line and a dash or an agency in brackets after it.
fn is_dateline(doc: &Doc, timex: &RawTimex) -> bool {
    let words = &doc.lang.time;
    let start = (0..=timex.first).rev().take(PLACE + 1).find(|&i| doc.tokens[i].newline);
    let Some(start) = start.filter(|s| *s < timex.first && !is_bullet(&doc.tokens[*s], doc.text)) else { return false };
    let place = doc.tokens[start..timex.first].iter().all(|t| t.capital() || t.kind == TokenKind::Mark);
    let next = doc.tokens.get(timex.last);
    place && next.is_some_and(|t| words.is(t.word, Class::Dash) || t.is_mark(doc.text, b'(') || t.is_mark(doc.text, b':'))
}
