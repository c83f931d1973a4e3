//! How words sound: VADER valence, and tone on the axis from confrontation to cordiality.

pub mod induced;
pub mod lexicon;
pub mod vader;

use crate::annotation::{Attribution, Quote, Target, ToneLabel, ToneScore};
use crate::doc::Doc;

/// Where the labels begin; recorded in every run.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Thresholds {
    /// Tone at or below this is confrontational.
    pub confrontational: f64,
    /// Tone at or above this is cordial.
    pub cordial: f64,
}

impl Default for Thresholds {
    fn default() -> Self {
        Thresholds { confrontational: -0.05, cordial: 0.05 }
    }
}

impl Thresholds {
    /// The label of a tone.
    pub fn label(&self, tone: f64) -> ToneLabel {
        if tone <= self.confrontational {
            ToneLabel::Confrontational
        } else if tone >= self.cordial {
            ToneLabel::Cordial
        } else {
            ToneLabel::Neutral
        }
    }
}

/// Score every quotation; the result runs parallel to `quotes`.
pub fn score(_doc: &Doc, quotes: &[Quote], _attributions: &[Attribution], _targets: &[Target], _thresholds: Thresholds) -> Vec<ToneScore> {
    vec![ToneScore::default(); quotes.len()]
}
