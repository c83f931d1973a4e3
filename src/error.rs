//! What can go wrong at the edges: reading, loading, writing. The stages themselves cannot fail.

use std::fmt;
use std::path::{Path, PathBuf};

/// Where in a file a datum stands.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// The file as the user named it; `-` is standard input.
    pub path: PathBuf,
    /// Line, from 1; `None` for the file as a whole.
    pub line: Option<u64>,
}

impl Place {
    /// The file as a whole.
    pub fn file(path: impl AsRef<Path>) -> Self {
        Place { path: path.as_ref().to_owned(), line: None }
    }
    /// Line `line` (from 1) of the file.
    pub fn line(path: impl AsRef<Path>, line: u64) -> Self {
        Place { path: path.as_ref().to_owned(), line: Some(line) }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            Some(line) => write!(f, "{}:{line}", self.path.display()),
            None => write!(f, "{}", self.path.display()),
        }
    }
}

/// Any failure of this library.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// A file could not be opened, read or written.
    #[error("{path}: {cause}")]
    Io {
        /// The file.
        path: PathBuf,
        /// What the system said.
        cause: std::io::Error,
    },
    /// A record, row or line is not of the expected form.
    #[error("{place}: {message}")]
    Data {
        /// Where it stands.
        place: Place,
        /// Expected what, found what, and the way out.
        message: String,
    },
    /// The request itself makes no sense.
    #[error("{0}")]
    Usage(String),
}

impl Error {
    /// A data error at `place`.
    pub fn data(place: Place, message: impl Into<String>) -> Self {
        Error::Data { place, message: message.into() }
    }
    /// An I/O error on `path`.
    pub fn io(path: impl AsRef<Path>, cause: std::io::Error) -> Self {
        Error::Io { path: path.as_ref().to_owned(), cause }
    }
}

/// Result with this library's [`Error`].
pub type Result<T> = std::result::Result<T, Error>;
