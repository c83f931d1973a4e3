//! The order of the stages, and nothing else.

use crate::actor::Actors;
use crate::annotation::{Annotation, Boilerplate, Sentence, TimeExpr};
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

/// What every later stage stands on.
struct Ground {
    tokens: token::Tokens,
    places: token::Places,
    sentences: Vec<Sentence>,
    boilerplate: Vec<Boilerplate>,
}

impl Pipeline {
    /// The temporal expressions of one article alone, by the same stages as [`Pipeline::annotate`].
    pub fn times(&self, article: &Article) -> Vec<TimeExpr> {
        let ground = self.ground(article);
        let doc = self.doc(article, &ground);
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
    fn ground(&self, article: &Article) -> Ground {
        let lang = &self.language;
        let tokens = token::split(&article.text, lang);
        let places = token::Places::new(&tokens);
        let sentences = sentence::split(&article.text, &tokens, lang);
        let boilerplate = clean::mark(article, &tokens, &sentences, lang);
        Ground { tokens, places, sentences, boilerplate }
    }
    fn doc<'a>(&'a self, article: &'a Article, ground: &'a Ground) -> Doc<'a> {
        let Ground { tokens, places, sentences, boilerplate } = ground;
        Doc { article, text: &article.text, tokens, signs: &tokens.signs, places, sentences, boilerplate, lang: &self.language, actors: &self.actors }
    }
    fn read(&self, article: &Article, narrated: bool) -> Annotation {
        let ground = self.ground(article);
        let doc = self.doc(article, &ground);
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
            (0..doc.sentences.len()).map(|s| tone::narration(&doc, s, &quotes, &mentions, &sides)).collect()
        } else {
            Vec::new()
        };
        let mention::Mentions { entities, mentions, .. } = mentions;
        let Ground { sentences, boilerplate, .. } = ground;
        Annotation { boilerplate, sentences, entities, mentions, quotes, attributions, timexes, said, document_date, targets, tones, narration }
    }
}
