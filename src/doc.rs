//! One article as the later stages see it: the frozen text with its tokens, sentences and
//! boilerplate, and the language. Borrowed, built once by the pipeline; holds no results of its own.

use crate::actor::Actors;
use crate::annotation::{Boilerplate, Sentence};
use crate::article::Article;
use crate::language::Language;
use crate::language::quote::Role;
use crate::span::Span;
use crate::token::{Places, Signs, Token};
use std::ops::Range;

/// The ground on which a stage works.
#[derive(Clone, Copy, Debug)]
pub struct Doc<'a> {
    /// The article.
    pub article: &'a Article,
    /// Its frozen text.
    pub text: &'a str,
    /// Words, numbers, marks.
    pub tokens: &'a [Token],
    /// What those are looked for by.
    pub signs: &'a Signs,
    /// Where those lie.
    pub places: &'a Places,
    /// Sentences.
    pub sentences: &'a [Sentence],
    /// What is not the article.
    pub boilerplate: &'a [Boilerplate],
    /// The language's data.
    pub lang: &'a Language,
    /// The actors known beforehand.
    pub actors: &'a Actors,
}

impl<'a> Doc<'a> {
    /// The tokens of sentence `s`.
    pub fn tokens_of(&self, s: &Sentence) -> &'a [Token] {
        &self.tokens[s.first as usize..s.last as usize]
    }
    /// The tokens that share a byte with `span`.
    pub fn tokens_in(&self, span: Span) -> &'a [Token] {
        &self.tokens[self.within(span)]
    }
    /// The same, as a range of indices.
    pub fn within(&self, span: Span) -> Range<usize> {
        self.places.within(self.tokens, span)
    }
    /// The sentence that holds byte `at`, or the last one before it.
    pub fn sentence_at(&self, at: u32) -> usize {
        self.sentences.partition_point(|s| s.span.start <= at).saturating_sub(1)
    }
    /// [`Doc::sentence_at`] where that is sentence `from` or one soon after it.
    pub fn sentence_from(&self, from: usize, at: u32) -> usize {
        let later = self.sentences.get(from + 1..).unwrap_or_default();
        from + later.iter().take_while(|s| s.span.start <= at).count()
    }
    /// The first token that ends after byte `at`.
    pub fn token_at(&self, at: u32) -> usize {
        self.places.after(self.tokens, at)
    }
    /// What the word at token `at` can be; nothing beyond the last token.
    pub fn role_at(&self, at: usize) -> Role {
        self.tokens.get(at).map_or(Role::default(), |t| self.lang.quote.role(t.word))
    }
    /// Whether `span` starts inside boilerplate that is left out.
    pub fn skipped(&self, span: Span) -> bool {
        let i = self.boilerplate.partition_point(|b| b.span.end <= span.start);
        self.boilerplate[i..].iter().take_while(|b| b.span.start < span.end).any(|b| b.skip && b.span.start <= span.start)
    }
}
