//! Tables, charts, HTML and the run record: results in, bytes out. Nothing here opens a file.

pub mod chart;
pub mod html;
pub mod record;
pub mod review;
pub mod schema;
pub mod sentences;
pub mod series;
pub mod table;
