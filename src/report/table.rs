//! Rows → CSV bytes with a header, line feeds, and empty cells for what is missing.

use serde::Serialize;

/// The rows as CSV. `header` is written when there is no row to take it from.
///
/// # Errors
/// Never for flat rows; a nested field is a programming error that comes back as `csv::Error`.
pub fn csv<T: Serialize>(rows: impl IntoIterator<Item = T>, header: &[&str]) -> Result<Vec<u8>, csv::Error> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    let mut any = false;
    for row in rows {
        writer.serialize(row)?;
        any = true;
    }
    if !any && !header.is_empty() {
        writer.write_record(header)?;
    }
    writer.into_inner().map_err(|e| csv::Error::from(std::io::Error::other(e.to_string())))
}
