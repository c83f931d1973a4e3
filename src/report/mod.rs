//! Tables, charts, HTML and the run record: results in, bytes out.
