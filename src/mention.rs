//! Names, titles, descriptions and pronouns → mentions, and the entities they name. Does not decide
//! who speaks.

use crate::annotation::{Entity, Mention, Quote};
use crate::doc::Doc;

/// Who is named in an article, and where.
#[derive(Clone, Debug, Default)]
pub struct Mentions {
    /// Who.
    pub entities: Vec<Entity>,
    /// Where, in text order.
    pub mentions: Vec<Mention>,
}

/// Find every mention.
pub fn find(_doc: &Doc, _quotes: &[Quote]) -> Mentions {
    Mentions::default()
}
