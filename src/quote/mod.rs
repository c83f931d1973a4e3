//! Quotations and their speakers.

pub mod attribute;
pub mod find;
