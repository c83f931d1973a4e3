//! Rows → series, bands and turning points.
