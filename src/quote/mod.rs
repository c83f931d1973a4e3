//! Quotations and their speakers.

pub mod attribute;
mod author;
pub mod cue;
pub mod find;
pub mod indirect;
pub mod marks;
