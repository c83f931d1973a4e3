//! Rows → CSV bytes with the header of the schema, line feeds, and empty cells for what is missing.

use crate::report::schema;
use serde::Serialize;

/// The rows of the table `file` of the schema as CSV.
///
/// # Errors
/// A row that is not flat or has other columns than the schema: a programming error.
pub fn csv<T: Serialize>(file: &str, rows: impl IntoIterator<Item = T>) -> Result<Vec<u8>, csv::Error> {
    let table = schema::table(file).ok_or_else(|| csv::Error::from(std::io::Error::other(format!("`{file}` is not in the schema"))))?;
    let mut writer = csv::WriterBuilder::new().has_headers(false).from_writer(Vec::new());
    writer.write_record(table.header())?;
    for row in rows {
        writer.serialize(row)?;
    }
    writer.into_inner().map_err(|e| csv::Error::from(std::io::Error::other(e.to_string())))
}
