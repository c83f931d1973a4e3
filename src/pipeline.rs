//! The order of the stages, and nothing else.

use crate::actor::Actors;
use crate::annotation::{Annotation, TimeExpr};
use crate::article::Article;
use crate::doc::Doc;
use crate::language::Language;
use crate::tone::Thresholds;
use crate::{clean, mention, quote, sentence, stance, time, token, tone};

/// What is the same for every article of a run.
#[derive(Debug)]
pub struct Pipeline {
    /// The language's data.
    pub language: Language,
    /// The actors known beforehand.
    pub actors: Actors,
    /// Where the tone labels begin.
    pub thresholds: Thresholds,
}

impl Pipeline {
    /// The temporal expressions of one article alone, by the same stages as [`Pipeline::annotate`].
    pub fn times(&self, article: &Article) -> Vec<TimeExpr> {
        let lang = &self.language;
        let text = article.text.as_str();
        let tokens = token::split(text, lang);
        let sentences = sentence::split(text, &tokens, lang);
        let boilerplate = clean::mark(article, &tokens, &sentences, lang);
        let doc = Doc {
            article,
            text,
            tokens: &tokens,
            places: &token::Places::new(&tokens),
            sentences: &sentences,
            boilerplate: &boilerplate,
            lang,
            actors: &self.actors,
        };
        let quotes = quote::find::marked(&doc);
        let raw = time::find::find(&doc, &quotes);
        let published = article.published.or_else(|| time::document::document_date(&doc, &raw).map(|d| d.date));
        time::resolve::resolve(&doc, &raw, &quotes, &time::resolve::Dates::of(&doc, &raw, published))
    }
    /// Everything that can be told of one article from itself.
    pub fn annotate(&self, article: &Article) -> Annotation {
        self.read(article, false)
    }
    /// The same, and how the outlet's own sentences sound toward each leader: what framing asks for.
    pub fn annotate_narration(&self, article: &Article) -> Annotation {
        self.read(article, true)
    }
    fn read(&self, article: &Article, narrated: bool) -> Annotation {
        let lang = &self.language;
        let text = article.text.as_str();
        let tokens = token::split(text, lang);
        let sentences = sentence::split(text, &tokens, lang);
        let boilerplate = clean::mark(article, &tokens, &sentences, lang);
        let doc = Doc {
            article,
            text,
            tokens: &tokens,
            places: &token::Places::new(&tokens),
            sentences: &sentences,
            boilerplate: &boilerplate,
            lang,
            actors: &self.actors,
        };
        let quote::find::Found { quotes, leads } = quote::find::find(&doc);
        let mentions = mention::find(&doc, &quotes);
        let attributions = quote::attribute::attribute(&doc, &quotes, &leads, &mentions);
        let raw = time::find::find(&doc, &quotes);
        let document_date = if article.published.is_some() { None } else { time::document::document_date(&doc, &raw) };
        let dates = time::resolve::Dates::of(&doc, &raw, article.published.or(document_date.map(|d| d.date)));
        let timexes = time::resolve::resolve(&doc, &raw, &quotes, &dates);
        let said = time::said::said(&doc, &quotes, &attributions, &mentions, &raw, &timexes, &dates);
        let targets = stance::aim(&doc, &quotes, &attributions, &mentions);
        let tones = tone::score(&doc, &quotes, &attributions, &targets, self.thresholds);
        let narration = if narrated {
            let sides = stance::sides(&doc, &mentions);
            (0..sentences.len()).map(|s| tone::narration(&doc, s, &quotes, &mentions, &sides)).collect()
        } else {
            Vec::new()
        };
        let mention::Mentions { entities, mentions, .. } = mentions;
        Annotation { boilerplate, sentences, entities, mentions, quotes, attributions, timexes, said, document_date, targets, tones, narration }
    }
}
