//! The words of `lexicons/` that framing and echoes ask for: function words and hedges, compiled for
//! look-up. Decides nothing.

use super::Tables;
use super::vocab::{Vocab, WordId};
use crate::error::Result;
use crate::token::Token;
use std::collections::BTreeMap;

/// Compiled tables of framing.
#[derive(Debug, Default)]
pub struct FramingWords {
    function: Vec<bool>,
    /// Hedges by first word, longest first.
    hedges: BTreeMap<WordId, Vec<Vec<WordId>>>,
}

impl FramingWords {
    /// Compile from the language's tables.
    ///
    /// # Errors
    /// A missing table.
    pub fn load(tables: &Tables, vocab: &mut Vocab) -> Result<Self> {
        let function: Vec<WordId> = tables.get("function_words.tsv")?.rows().map(|r| vocab.intern(&r.cells[0])).collect();
        let mut hedges: BTreeMap<WordId, Vec<Vec<WordId>>> = BTreeMap::new();
        for row in tables.get("hedges.tsv")?.rows() {
            // Hyphens are tokens of their own.
            let words: Vec<WordId> = row.cells[0].replace('-', " - ").split_whitespace().map(|w| vocab.intern(w)).collect();
            hedges.entry(words[0]).or_default().push(words);
        }
        for list in hedges.values_mut() {
            list.sort_by_key(|words| std::cmp::Reverse(words.len()));
        }
        let mut flags = vec![false; vocab.len()];
        for id in function {
            flags[id.index()] = true;
        }
        Ok(FramingWords { function: flags, hedges })
    }
    /// Whether a word carries grammar rather than content.
    pub fn is_function(&self, word: WordId) -> bool {
        self.function.get(word.index()).copied().unwrap_or(false)
    }
    /// How many tokens the hedge at the head of `tokens` spans; 0 = none.
    pub fn hedge(&self, tokens: &[Token]) -> usize {
        let Some(list) = tokens.first().and_then(|t| self.hedges.get(&t.word)) else { return 0 };
        list.iter().find(|words| words.len() <= tokens.len() && words.iter().zip(tokens).all(|(w, t)| *w == t.word)).map_or(0, Vec::len)
    }
}
