//! The frozen text of one article and where it was read. Nothing here looks inside the text.

use crate::error::Place;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// One article. `text` is exactly what was read; every span points into it.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Article {
    /// The input's own id, else the file name with its extension.
    pub id: String,
    /// Who printed it; empty when unknown.
    pub outlet: String,
    /// Publication date; `None` when neither the input nor the text tells.
    pub published: Option<Date>,
    /// Headline; empty when unknown.
    pub title: String,
    /// Address; empty when unknown.
    pub url: String,
    /// Language tag as given; empty = English.
    pub lang: String,
    /// The text as read.
    pub text: String,
    /// Where it was read.
    #[serde(skip)]
    pub place: Place,
    /// Marked spans that come with the input for a stage to answer about (`target_start`, `target_end` of `inspect stance`), as Unicode scalar offsets.
    #[serde(skip)]
    pub focus: Option<(usize, usize)>,
    /// What was odd about the record but no reason to leave it out, in words for the user.
    #[serde(skip)]
    pub notes: Vec<String>,
}
