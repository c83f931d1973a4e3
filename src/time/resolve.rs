//! Temporal expressions + document date → values and intervals. Finds nothing new.

use crate::annotation::{Quote, TimeExpr};
use crate::doc::Doc;
use crate::time::find::RawTimex;

/// Resolve every expression.
pub fn resolve(_doc: &Doc, _raw: &[RawTimex], _quotes: &[Quote]) -> Vec<TimeExpr> {
    Vec::new()
}
