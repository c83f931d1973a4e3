//! Lists the files of `lexicons/` for `src/language/builtin.rs`, so that adding a table is adding a file.

use std::path::{Path, PathBuf};
use std::{env, fs};

fn main() {
    let root = PathBuf::from(env::var("CARGO_MANIFEST_DIR").expect("cargo sets it")).join("lexicons");
    println!("cargo::rerun-if-changed={}", root.display());
    let mut files = Vec::new();
    walk(&root, &mut files);
    files.sort();
    let mut out = String::from("&[\n");
    for file in &files {
        println!("cargo::rerun-if-changed={}", file.display());
        let name = file.strip_prefix(&root).expect("below the root").to_str().expect("UTF-8").replace('\\', "/");
        out += &format!("    ({name:?}, include_str!({:?})),\n", file.display().to_string());
    }
    out += "]\n";
    let target = PathBuf::from(env::var("OUT_DIR").expect("cargo sets it")).join("lexicons.rs");
    fs::write(target, out).expect("OUT_DIR can be written");
}

fn walk(dir: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(dir).expect("lexicons/ can be read") {
        let path = entry.expect("lexicons/ can be read").path();
        if path.is_dir() {
            println!("cargo::rerun-if-changed={}", path.display());
            walk(&path, files);
        } else if path.extension().is_some_and(|e| e == "tsv") {
            files.push(path);
        }
    }
}
