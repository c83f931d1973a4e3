//! All integration tests in one binary: the case files and the properties that must always hold.
#![allow(missing_docs, clippy::print_stdout)]

mod actor;
mod case;
mod clean;
mod echo;
mod framing;
mod framing_chart;
mod html;
mod induced;
mod lexicons;
mod mention;
mod properties;
mod quote;
mod schema;
mod sentence;
mod stance;
mod statement;
mod time;
mod token;
mod tone;
mod trend;
mod vader;
