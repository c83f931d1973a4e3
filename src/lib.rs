//! Who said what to whom in the news, when, and in what tone.
//!
//! The stages are pure functions over one frozen text; [`pipeline::Pipeline::annotate`] runs them in
//! order for one article.
//!
//! ```
//! use detente::{actor::Actors, article::Article, language::Language, pipeline::Pipeline};
//!
//! # fn main() -> Result<(), detente::error::Error> {
//! let pipeline = Pipeline {
//!     language: Language::english()?,
//!     actors: Actors::between("Ada Novak", "Boris Lind"),
//!     thresholds: Default::default(),
//! };
//! let article = Article {
//!     id: "demo".into(),
//!     text: "“We welcome the talks,” Ada Novak said on Monday. Lind called her “a liar.”".into(),
//!     ..Article::default()
//! };
//! let found = pipeline.annotate(&article);
//! assert_eq!(found.quotes.len(), found.attributions.len());
//! # Ok(())
//! # }
//! ```

pub mod actor;
pub mod annotation;
pub mod article;
pub mod bits;
pub mod bytes;
pub mod clean;
pub mod correction;
pub mod doc;
pub mod echo;
pub mod error;
pub mod framing;
pub mod language;
pub mod learn;
pub mod mention;
pub mod pipeline;
pub mod quote;
pub mod random;
pub mod read;
pub mod record;
pub mod report;
pub mod run;
pub mod sentence;
pub mod span;
pub mod stance;
pub mod time;
pub mod token;
pub mod tone;
pub mod trend;
