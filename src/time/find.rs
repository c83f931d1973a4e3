//! Text → unresolved temporal expressions. Knows no reference date.

use crate::annotation::Quote;
use crate::doc::Doc;

/// A temporal expression as written, before it is resolved.
#[derive(Clone, Debug)]
pub struct RawTimex {}

/// Find every temporal expression, in text order.
pub fn find(_doc: &Doc, _quotes: &[Quote]) -> Vec<RawTimex> {
    Vec::new()
}
