//! The words of `lexicons/` that the quote stage asks for, compiled for look-up. Decides nothing.

use super::{Tables, vocab::Vocab};
use crate::error::Result;

/// Compiled tables of this stage.
#[derive(Debug, Default)]
pub struct QuoteWords {}

impl QuoteWords {
    /// Compile from the language's tables.
    ///
    /// # Errors
    /// A missing table or a wrong row.
    pub fn load(_tables: &Tables, _vocab: &mut Vocab) -> Result<Self> {
        Ok(Self::default())
    }
}
