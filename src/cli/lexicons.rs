//! `detente lexicons`: the language data in use, checks on it and on one's own, and the built-in files to
//! start from.

use super::Done;
use anyhow::{Context, Result, bail};
use clap::Subcommand;
use detente::language::check::{self, Problem};
use detente::language::{Language, Tables, builtin};
use serde_json::json;
use std::io::Write;
use std::path::{Path, PathBuf};

/// Arguments of `lexicons`.
#[derive(clap::Args, Debug)]
#[command(after_help = "Example:\n  detente lexicons export my-lexicons && detente lexicons check --lexicons my-lexicons")]
pub struct Args {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand, Debug)]
enum Command {
    /// Name, id, kind, version, rows, hash and origin of every lexicon.
    List {
        /// A folder of lexicons that replace the built-in ones of the same name.
        #[arg(long, value_name = "DIR")]
        lexicons: Option<PathBuf>,
        /// JSON lines instead of a table.
        #[arg(long)]
        json: bool,
    },
    /// Tell every problem with file and line; exit code 1 where there is one.
    Check {
        /// A folder of lexicons to check, instead of the built-in ones.
        #[arg(long, value_name = "DIR")]
        lexicons: Option<PathBuf>,
        /// A list `term,weight[,category]` of your own to check, too.
        #[arg(long, value_name = "FILE")]
        add_terms: Option<PathBuf>,
    },
    /// Write the built-in lexicons into a folder.
    Export {
        /// The folder; a file that is there already is never overwritten.
        #[arg(value_name = "DIR")]
        dir: PathBuf,
    },
}

pub fn run(args: &Args) -> Result<Done> {
    match &args.command {
        Command::List { lexicons, json } => list(lexicons.as_deref(), *json),
        Command::Check { lexicons, add_terms } => check(lexicons.as_deref(), add_terms.as_deref()),
        Command::Export { dir } => export(dir),
    }
}

fn list(folder: Option<&Path>, json: bool) -> Result<Done> {
    let tables = Tables::load("en", folder)?;
    let mut out = std::io::stdout().lock();
    if !json {
        writeln!(out, "file\tid\tlang\tkind\tversion\trows\thash\torigin")?;
    }
    for (name, table) in &tables.0 {
        let (id, lang, kind, version) = (table.field("id"), table.field("lang"), table.field("kind"), table.field("version"));
        let hash = format!("{:016x}", table.hash());
        let origin = if table.builtin { "built-in".to_owned() } else { table.path.display().to_string() };
        let rows = table.rows().len();
        if json {
            let row = json!({"file": name, "id": id, "lang": lang, "kind": kind, "version": version, "rows": rows, "hash": hash, "origin": origin});
            writeln!(out, "{row}")?;
        } else {
            writeln!(out, "{name}\t{id}\t{lang}\t{kind}\t{version}\t{rows}\t{hash}\t{origin}")?;
        }
    }
    Ok(Done::All)
}

/// The lexicon files to check: a folder's, or the built-in ones.
fn files(folder: Option<&Path>) -> Result<Vec<(PathBuf, Vec<u8>)>> {
    let Some(root) = folder else {
        return Ok(builtin::FILES.iter().map(|(path, text)| (Path::new("lexicons").join(path), text.as_bytes().to_vec())).collect());
    };
    let folder = if root.join("en").is_dir() { root.join("en") } else { root.to_owned() };
    let mut out = Vec::new();
    for entry in std::fs::read_dir(&folder).with_context(|| folder.display().to_string())? {
        let path = entry?.path();
        if path.extension().is_some_and(|e| e == "tsv") {
            let bytes = std::fs::read(&path).with_context(|| path.display().to_string())?;
            out.push((path, bytes));
        }
    }
    out.sort();
    Ok(out)
}

fn check(folder: Option<&Path>, add_terms: Option<&Path>) -> Result<Done> {
    let mut problems: Vec<String> = Vec::new();
    let files = files(folder)?;
    for (path, bytes) in &files {
        match std::str::from_utf8(bytes) {
            Ok(text) => problems.extend(check::lexicon(path, text).iter().map(Problem::to_string)),
            Err(error) => problems.push(format!("{}: expected UTF-8, found a bad byte at {}", path.display(), error.valid_up_to())),
        }
        let name = path.file_name().and_then(|n| n.to_str()).unwrap_or_default();
        if folder.is_some() && !builtin::FILES.iter().any(|(known, _)| known.ends_with(&format!("/{name}"))) {
            eprintln!("{}: no stage reads a lexicon of this name", path.display());
        }
    }
    let mut right = problems.is_empty();
    if let Some(path) = add_terms {
        let text = std::fs::read_to_string(path).with_context(|| path.display().to_string())?;
        let found = check::added_terms(path, &text, &Tables::load("en", folder.filter(|_| right))?);
        for note in &found.notes {
            eprintln!("{note}");
        }
        right &= found.problems.is_empty();
        problems.extend(found.problems.iter().map(Problem::to_string));
        println!("{}: {} terms", path.display(), found.terms.len());
    }
    // What the rows mean is known to the stages alone; the first wrong one ends their loading.
    if right && let Err(error) = load(folder, add_terms) {
        problems.push(error.to_string());
    }
    println!("{} lexicons checked, {} problems", files.len(), problems.len());
    for problem in &problems {
        eprintln!("{problem}");
    }
    if !problems.is_empty() {
        bail!("{} problems in the language data", problems.len());
    }
    Ok(Done::All)
}

fn load(folder: Option<&Path>, add_terms: Option<&Path>) -> detente::error::Result<Language> {
    let mut tables = Tables::load("en", folder)?;
    if let Some(path) = add_terms {
        tables.add_terms(path)?;
    }
    Language::from_tables("en", tables)
}

fn export(dir: &Path) -> Result<Done> {
    for (path, _) in builtin::FILES {
        let to = dir.join(path);
        if to.exists() {
            bail!("{}: expected no such file, found one; nothing was written", to.display());
        }
    }
    for (path, text) in builtin::FILES {
        let to = dir.join(path);
        if let Some(parent) = to.parent() {
            std::fs::create_dir_all(parent).with_context(|| parent.display().to_string())?;
        }
        std::fs::write(&to, text).with_context(|| to.display().to_string())?;
    }
    println!("{} lexicons written to {}", builtin::FILES.len(), dir.display());
    Ok(Done::All)
}
