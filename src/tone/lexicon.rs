//! Tone by graded verbs, domain terms, shifters and reversers, each contribution kept.

use crate::annotation::ToneScore;
use crate::language::Language;

/// The tone of a whole text, as if it were aimed at someone.
pub fn score_text(_text: &str, _lang: &Language) -> ToneScore {
    ToneScore::default()
}
