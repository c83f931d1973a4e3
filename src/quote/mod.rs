//! Quotations and their speakers.

pub mod attribute;
pub mod cue;
pub mod find;
pub mod indirect;
pub mod marks;
