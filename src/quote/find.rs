//! Text → quotations: marked stretches, pull quotes, indirect speech. Does not say whose they are.

use crate::annotation::Quote;
use crate::doc::Doc;

/// Find every quotation, in text order.
pub fn find(_doc: &Doc) -> Vec<Quote> {
    Vec::new()
}
