//! Tables, charts, HTML and the run record: results in, bytes out. Nothing here opens a file.

pub mod chart;
pub mod html;
pub mod record;
pub mod review;
pub mod schema;
pub mod sentences;
pub mod series;
pub mod table;

/// Whether the valence of a row's words (VADER's compound score) has the sign of `tone`: what a reader is shown as telling should not rest
/// on the words around it alone.
fn borne_out(row: &crate::record::QuoteRecord, tone: f64) -> bool {
    row.valence.is_none_or(|valence| valence * tone > 0.0)
}
