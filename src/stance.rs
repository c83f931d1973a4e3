//! Quotations + mentions → whom each is aimed at. Does not score.

use crate::annotation::{Attribution, Quote, Target};
use crate::doc::Doc;
use crate::mention::Mentions;

/// The target of every quotation; the result runs parallel to `quotes`.
pub fn aim(_doc: &Doc, quotes: &[Quote], _attributions: &[Attribution], _mentions: &Mentions) -> Vec<Target> {
    vec![Target::default(); quotes.len()]
}
