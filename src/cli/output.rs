//! A folder of results: each file is written under a temporary name and renamed, so that a cut-off
//! run leaves no half file.

use anyhow::{Context, Result};
use std::fs;
use std::path::{Path, PathBuf};

/// The output folder of a run.
#[derive(Debug)]
pub struct Folder {
    root: PathBuf,
    /// Files written, in order.
    pub written: Vec<String>,
}

impl Folder {
    /// Create `root` where needed and make sure that files can be written there, before any work is done.
    pub fn open(root: &Path) -> Result<Folder> {
        fs::create_dir_all(root).with_context(|| format!("{}: cannot be created", root.display()))?;
        let probe = root.join(".detente.part");
        fs::write(&probe, b"").with_context(|| format!("{}: cannot be written to", root.display()))?;
        fs::remove_file(&probe).with_context(|| format!("{}: cannot be written to", root.display()))?;
        Ok(Folder { root: root.to_owned(), written: Vec::new() })
    }
    /// Write one file.
    pub fn write(&mut self, name: &str, bytes: &[u8]) -> Result<()> {
        let path = self.root.join(name);
        let part = self.root.join(format!(".{name}.part"));
        fs::write(&part, bytes).and_then(|()| fs::rename(&part, &path)).with_context(|| format!("{}: cannot be written", path.display()))?;
        self.written.push(name.to_owned());
        Ok(())
    }
    /// The folder.
    pub fn root(&self) -> &Path {
        &self.root
    }
}
