//! Text → sentences: spans without the white space round them, lossless otherwise. Does not judge
//! whether a sentence belongs to the article.

use crate::annotation::Sentence;
use crate::language::Language;
use crate::span::Span;
use crate::token::{Token, TokenKind};

/// Split `text` into sentences.
pub fn split(text: &str, tokens: &[Token], _lang: &Language) -> Vec<Sentence> {
    let mut out = Vec::new();
    let (mut first, mut paragraph) = (0, 0u32);
    for (i, token) in tokens.iter().enumerate() {
        let last = i + 1 == tokens.len();
        let stop = token.kind == TokenKind::Mark && matches!(token.of(text), "." | "!" | "?");
        if last || tokens[i + 1].newline || (stop && tokens[i + 1].spaced && tokens[i + 1].capital()) {
            out.push(Sentence {
                span: Span { start: tokens[first].span.start, end: token.span.end },
                paragraph,
                first: first as u32,
                last: i as u32 + 1,
            });
            first = i + 1;
            paragraph += u32::from(!last && tokens[i + 1].newline);
        }
    }
    out
}
