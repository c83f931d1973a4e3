//! The words of `lexicons/` that the name stage asks for, compiled for look-up. Decides nothing.

use super::{Tables, vocab::Vocab};
use crate::annotation::Gender;
use crate::error::Result;

/// Compiled tables of this stage.
#[derive(Debug, Default)]
pub struct NameWords {}

impl NameWords {
    /// Compile from the language's tables.
    ///
    /// # Errors
    /// A missing table or a wrong row.
    pub fn load(_tables: &Tables, _vocab: &mut Vocab) -> Result<Self> {
        Ok(Self::default())
    }
    /// The gender that a nominative or other pronoun tells.
    pub fn pronoun_gender(&self, _vocab: &Vocab, _pronoun: &str) -> Gender {
        Gender::Unknown
    }
}
