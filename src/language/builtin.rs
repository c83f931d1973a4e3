//! The lexicons built into the program, by path. Nothing else.

/// `(path below lexicons/, text)`, sorted by path.
pub const FILES: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/lexicons.rs"));
