//! Quotations + mentions → who said each, with cue, rule and confidence. Adds no quotation and no mention.

use crate::annotation::{Attribution, EntityId, Mention, MentionKind, Quote};
use crate::doc::Doc;
use crate::language::quote::Role;
use crate::mention::Mentions;
use crate::quote::cue::Rule;
use crate::quote::find::Lead;
use crate::span::Span;

/// Attribute every quotation; the result runs parallel to `quotes`.
pub fn attribute(doc: &Doc, quotes: &[Quote], leads: &[Lead], mentions: &Mentions) -> Vec<Attribution> {
    let mut out: Vec<Attribution> = vec![Attribution::default(); quotes.len()];
    for (i, lead) in leads.iter().enumerate() {
        if lead.from.is_none() {
            out[i] = own(doc, lead, mentions);
        }
    }
    for i in 0..leads.len() {
        let mut from = leads[i].from;
        // A chain of lenders is as long as the utterance; it never turns back on itself.
        for _ in 0..quotes.len() {
            match from.and_then(|f| leads[f].from) {
                Some(further) => from = Some(further),
                None => break,
            }
        }
        if let Some(from) = from {
            let lender = out[from].clone();
            let rule = leads[i].rule;
            let confidence = lender.confidence * doc.lang.quote.confidence(rule.name());
            out[i] = Attribution { rule: rule.name().to_owned(), confidence, ..lender };
        }
    }
    out
}

fn own(doc: &Doc, lead: &Lead, mentions: &Mentions) -> Attribution {
    let Some(subject) = lead.subject.filter(|_| lead.rule != Rule::None) else {
        return Attribution { cue: lead.cue, cue_class: lead.class, rule: Rule::None.name().to_owned(), ..Attribution::default() };
    };
    let mention = mention_in(mentions, subject);
    let speaker: Option<EntityId> = mention.and_then(|m| m.entity);
    let span = match mention {
        Some(m) if m.kind == MentionKind::Name => m.span,
        Some(_) => subject,
        None => without_article(doc, subject),
    };
    let doubt = if lead.unreal { 0.5 } else { 1.0 };
    Attribution {
        speaker,
        mention: Some(span),
        cue: lead.cue,
        cue_class: lead.class,
        rule: lead.rule.name().to_owned(),
        confidence: doc.lang.quote.confidence(lead.rule.name()) * doubt,
        reported_by: None,
    }
}

/// The mention that heads the words of `subject`: the first that begins in it, else one that overlaps.
fn mention_in(mentions: &Mentions, subject: Span) -> Option<&Mention> {
    let i = mentions.mentions.partition_point(|m| m.span.start < subject.start);
    let inside = mentions.mentions[i..].iter().find(|m| m.span.overlaps(subject));
    inside.or_else(|| mentions.mentions[..i].iter().rev().take(4).find(|m| m.span.overlaps(subject)))
}

/// The words of `subject` without a leading article: the name of a speaker whom no mention names.
fn without_article(doc: &Doc, subject: Span) -> Span {
    let at = doc.token_at(subject.start);
    match (doc.tokens.get(at), doc.tokens.get(at + 1)) {
        (Some(article), Some(next)) if doc.lang.quote.role(article.word).any(Role::Article) && next.span.end <= subject.end => {
            Span { start: next.span.start, end: subject.end }
        }
        _ => subject,
    }
}
