//! The order of the stages, and nothing else. Several articles go through a stage before the next one begins, so that
//! its code and tables are in the cache for all of them: what is found in one article never depends on the others.

use crate::actor::Actors;
use crate::annotation::{Annotation, Boilerplate, Sentence, TimeExpr};
use crate::article::Article;
use crate::doc::Doc;
use crate::language::Language;
use crate::tone::Thresholds;
use crate::{clean, mention, quote, sentence, stance, time, token, tone};
use std::mem::take;

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

/// What every later stage stands on, of each article.
struct Ground {
    tokens: Vec<token::Tokens>,
    places: Vec<token::Places>,
    sentences: Vec<Vec<Sentence>>,
    boilerplate: Vec<Vec<Boilerplate>>,
}

impl Pipeline {
    /// The temporal expressions of one article alone, by the same stages as [`Pipeline::annotate`].
    pub fn times(&self, article: &Article) -> Vec<TimeExpr> {
        let ground = self.ground(&[article]);
        let doc = self.doc(article, &ground, 0);
        let quotes = quote::find::marked(&doc);
        let raw = time::find::find(&doc, &quotes);
        let published = article.published.or_else(|| time::document::document_date(&doc, &raw).map(|d| d.date));
        time::resolve::resolve(&doc, &raw, &quotes, &time::resolve::Dates::of(&doc, &raw, published))
    }
    /// Everything that can be told of one article from itself.
    pub fn annotate(&self, article: &Article) -> Annotation {
        self.annotate_all(&[article]).pop().unwrap_or_default()
    }
    /// The same, and how the outlet's own sentences sound toward each leader: what framing asks for.
    pub fn annotate_narration(&self, article: &Article) -> Annotation {
        self.annotate_narration_all(&[article]).pop().unwrap_or_default()
    }
    /// [`Pipeline::annotate`] of each of several articles, in their order: faster than one by one.
    pub fn annotate_all(&self, articles: &[&Article]) -> Vec<Annotation> {
        self.read(articles, false)
    }
    /// [`Pipeline::annotate_narration`] of each of several articles, in their order.
    pub fn annotate_narration_all(&self, articles: &[&Article]) -> Vec<Annotation> {
        self.read(articles, true)
    }
    fn ground(&self, articles: &[&Article]) -> Ground {
        let lang = &self.language;
        let each = Each(articles.len());
        let tokens = each.collect(|n| token::split(&articles[n].text, lang));
        let places = each.collect(|n| token::Places::new(&tokens[n]));
        let sentences = each.collect(|n| sentence::split(&articles[n].text, &tokens[n], lang));
        let boilerplate = each.collect(|n| clean::mark(articles[n], &tokens[n], &sentences[n], lang));
        Ground { tokens, places, sentences, boilerplate }
    }
    fn doc<'a>(&'a self, article: &'a Article, ground: &'a Ground, n: usize) -> Doc<'a> {
        let (tokens, places) = (&ground.tokens[n], &ground.places[n]);
        let (sentences, boilerplate) = (&ground.sentences[n], &ground.boilerplate[n]);
        Doc { article, text: &article.text, tokens, signs: &tokens.signs, places, sentences, boilerplate, lang: &self.language, actors: &self.actors }
    }
    fn read(&self, articles: &[&Article], narrated: bool) -> Vec<Annotation> {
        let each = Each(articles.len());
        let mut ground = self.ground(articles);
        let docs = each.collect(|n| self.doc(articles[n], &ground, n));
        let mut found = each.collect(|n| quote::find::find(&docs[n]));
        let mut mentions = each.collect(|n| mention::find(&docs[n], &found[n].quotes));
        let mut attributions = each.collect(|n| quote::attribute::attribute(&docs[n], &found[n].quotes, &found[n].leads, &mentions[n]));
        let raw = each.collect(|n| time::find::find(&docs[n], &found[n].quotes));
        let mut document_dates =
            each.collect(|n| if articles[n].published.is_some() { None } else { time::document::document_date(&docs[n], &raw[n]) });
        let dates =
            each.collect(|n| time::resolve::Dates::of(&docs[n], &raw[n], articles[n].published.or(document_dates[n].as_ref().map(|d| d.date))));
        let mut timexes = each.collect(|n| time::resolve::resolve(&docs[n], &raw[n], &found[n].quotes, &dates[n]));
        let mut said =
            each.collect(|n| time::said::said(&docs[n], &found[n].quotes, &attributions[n], &mentions[n], &raw[n], &timexes[n], &dates[n]));
        let mut targets = each.collect(|n| stance::aim(&docs[n], &found[n].quotes, &attributions[n], &mentions[n]));
        let mut tones = each.collect(|n| tone::score(&docs[n], &found[n].quotes, &attributions[n], &targets[n], self.thresholds));
        let mut narration = each.collect(|n| {
            if !narrated {
                return Vec::new();
            }
            let sides = stance::sides(&docs[n], &mentions[n]);
            (0..docs[n].sentences.len()).map(|s| tone::narration(&docs[n], s, &found[n].quotes, &mentions[n], &sides)).collect()
        });
        each.collect(|n| Annotation {
            boilerplate: take(&mut ground.boilerplate[n]),
            sentences: take(&mut ground.sentences[n]),
            entities: take(&mut mentions[n].entities),
            mentions: take(&mut mentions[n].mentions),
            quotes: take(&mut found[n].quotes),
            attributions: take(&mut attributions[n]),
            timexes: take(&mut timexes[n]),
            said: take(&mut said[n]),
            document_date: document_dates[n].take(),
            targets: take(&mut targets[n]),
            tones: take(&mut tones[n]),
            narration: take(&mut narration[n]),
        })
    }
}

/// The numbers of the articles that go through the stages together.
#[derive(Clone, Copy)]
struct Each(usize);

impl Each {
    /// One stage, for each of them.
    fn collect<T>(self, stage: impl FnMut(usize) -> T) -> Vec<T> {
        (0..self.0).map(stage).collect()
    }
}
