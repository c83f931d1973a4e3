//! Temporal expressions, their values, and when each quotation was said.

pub mod calendar;
pub mod document;
pub mod find;
pub mod resolve;
pub mod said;
