//! Text → stretches that are not the article (captions, promotion, comments, footers): marked,
//! never cut, in text order.

use crate::annotation::{Boilerplate, Sentence};
use crate::language::Language;
use crate::token::Token;

/// Mark what is not the article.
pub fn mark(_text: &str, _tokens: &[Token], _sentences: &[Sentence], _lang: &Language) -> Vec<Boilerplate> {
    Vec::new()
}
