//! The program from outside: exit codes, messages with place and way out, streams, same bytes for any
//! number of threads.
#![allow(missing_docs)]

use assert_cmd::Command;
use predicates::prelude::*;
use predicates::str::contains;
use std::fs;
use std::path::Path;
use tempfile::TempDir;

fn detente() -> Command {
    let mut command = Command::cargo_bin("detente").expect("the binary is built");
    command.env("NO_COLOR", "1");
    command
}

fn write(folder: &Path, name: &str, bytes: impl AsRef<[u8]>) -> String {
    let path = folder.join(name);
    fs::write(&path, bytes).expect("a scratch file can be written");
    path.display().to_string()
}

const NEWS: &str =
    "President Ada Novak of Ostland met reporters on Monday.\n“We welcome the talks,” Novak said. She called President Boris Lind “a liar.”\n";

#[test]
fn a_missing_file_is_told_and_fails() {
    detente().args(["quotes", "no/such/file.txt"]).assert().code(1).stderr(contains("no/such/file.txt: "));
}

#[test]
fn an_empty_folder_is_told_and_fails() {
    let dir = TempDir::new().expect("scratch");
    detente()
        .arg("quotes")
        .arg(dir.path())
        .assert()
        .code(1)
        .stderr(contains("expected articles (.txt, .jsonl, .csv, .tsv) in this folder, found none"));
}

#[test]
fn a_file_that_is_not_utf8_is_skipped_and_the_rest_goes_on() {
    let dir = TempDir::new().expect("scratch");
    write(dir.path(), "a.txt", b"line one\nbad \xff byte");
    write(dir.path(), "b.txt", NEWS);
    detente()
        .args(["inspect", "sentences"])
        .arg(dir.path())
        .assert()
        .code(3)
        .stderr(contains("a.txt:2: expected UTF-8, found byte 0xff").and(contains("iconv")))
        .stdout(contains("\"id\":\"b.txt\"").and(contains("a.txt").not()));
}

#[test]
fn a_broken_json_line_is_skipped_with_its_line() {
    let dir = TempDir::new().expect("scratch");
    let lines = format!(
        "{}\n{{\"id\": \"x\", \n{{\"id\":\"y\"}}\n{}\n",
        serde_json::json!({"id": "one", "text": NEWS}),
        serde_json::json!({"id": "two", "text": NEWS})
    );
    let file = write(dir.path(), "news.jsonl", lines);
    detente().args(["inspect", "sentences", &file]).assert().code(3).stdout(contains("\"id\":\"one\"").and(contains("\"id\":\"two\""))).stderr(
        contains("news.jsonl:2: expected a JSON object")
            .and(contains("news.jsonl:3: expected a string under `text`, found the keys id; name the field with --text-field")),
    );
}

#[test]
fn a_csv_without_a_text_column_names_its_columns() {
    let dir = TempDir::new().expect("scratch");
    let file = write(dir.path(), "news.csv", "id,body\n1,hello\n");
    detente()
        .args(["quotes", &file])
        .assert()
        .code(3)
        .stderr(contains("news.csv:1: expected a column `text`, found id, body; name the column with --text-field"));
    detente().args(["inspect", "sentences", "--text-field", "body", &file]).assert().code(0).stdout(contains("\"id\":\"1\""));
}

#[test]
fn an_unreadable_date_is_told_and_the_article_is_kept() {
    let dir = TempDir::new().expect("scratch");
    let file = write(dir.path(), "news.jsonl", serde_json::json!({"id": "one", "text": NEWS, "date": "9th March"}).to_string());
    detente()
        .args(["inspect", "sentences", &file])
        .assert()
        .code(0)
        .stdout(contains("\"id\":\"one\""))
        .stderr(contains("news.jsonl:1: published: expected a date like 2024-03-09, found `9th March`"));
}

#[test]
fn a_lexicon_with_a_wrong_row_is_told_with_its_line() {
    let dir = TempDir::new().expect("scratch");
    let news = write(dir.path(), "news.txt", NEWS);
    let lexicons = dir.path().join("lexicons");
    fs::create_dir(&lexicons).expect("scratch");
    write(
        &lexicons,
        "countries.tsv",
        "# detente-lexicon: 1\n# id: countries\n# lang: en\n# kind: pairs\n# version: 2\n# source: test\n# licence: MIT\n# columns: country demonyms capital\nOstland\tOstlandish\n",
    );
    detente()
        .args(["quotes", &news, "--lexicons"])
        .arg(&lexicons)
        .assert()
        .code(1)
        .stderr(contains("countries.tsv:9: expected 3 tab-separated cells, found 2: `Ostland\tOstlandish`"));
}

#[test]
fn misuse_exits_with_two() {
    detente().args(["quotes", "--no-such-flag"]).assert().code(2);
    detente().arg("inspect").assert().code(2);
}

#[test]
fn standard_input_is_read_as_text_or_as_json_lines() {
    detente().args(["inspect", "sentences", "-"]).write_stdin(NEWS).assert().code(0).stdout(contains("\"id\":\"-\""));
    detente()
        .args(["inspect", "sentences", "-"])
        .write_stdin(serde_json::json!({"id": "j", "text": NEWS}).to_string())
        .assert()
        .code(0)
        .stdout(contains("\"id\":\"j\""));
}

#[test]
fn every_help_has_an_example() {
    for command in ["analyze", "quotes", "trend", "compare", "explain", "inspect", "lexicons"] {
        detente().args([command, "--help"]).assert().code(0).stdout(contains("Example"));
    }
}

#[test]
fn actors_need_two_leaders() {
    let dir = TempDir::new().expect("scratch");
    let news = write(dir.path(), "news.txt", NEWS);
    let actors = write(dir.path(), "who.toml", "[[leader]]\nname = \"Ada Novak\"\n");
    detente()
        .args(["quotes", &news, "--actors", &actors])
        .assert()
        .code(1)
        .stderr(contains("who.toml: expected exactly two [[leader]] tables, found 1"));
}

#[test]
fn the_same_bytes_for_any_number_of_threads() {
    let run =
        |threads: &str| detente().args(["quotes", "seeds", "--threads", threads, "--format", "jsonl"]).assert().code(0).get_output().stdout.clone();
    let one = run("1");
    assert!(one.len() > 10_000, "the sample corpus holds quotations");
    assert!(one == run("8"), "1 and 8 threads differ");
}

#[test]
fn no_word_of_the_founding_case_in_the_source() {
    fn walk(folder: &Path, out: &mut Vec<String>) {
        for entry in fs::read_dir(folder).expect("src can be read") {
            let path = entry.expect("src can be read").path();
            if path.is_dir() {
                walk(&path, out);
            } else {
                let text = fs::read_to_string(&path).expect("source is UTF-8");
                for name in ["Trump", "Petro", "Colombia", "Bogot", "Fox News", "IntelliNews", "Torontoer"] {
                    if text.contains(name) {
                        out.push(format!("{}: {name}", path.display()));
                    }
                }
            }
        }
    }
    let mut found = Vec::new();
    walk(Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/src")), &mut found);
    assert!(found.is_empty(), "{found:?}");
}

/// `inspect quotes` names the columns one by one: one that is added to the rows must come out there too.
#[test]
fn inspected_quotes_have_every_column_but_the_articles_own() {
    let table = detente().args(["quotes", "-"]).write_stdin(NEWS).output().expect("the program runs").stdout;
    let head = csv::Reader::from_reader(table.as_slice()).headers().expect("a header").clone();
    let own = ["doc_id", "outlet", "published", "title", "url"];
    let mut wanted: Vec<&str> = head.iter().filter(|c| !own.contains(c)).map(|c| if c == "quote" { "text" } else { c }).collect();
    let line = detente().args(["inspect", "quotes", "-"]).write_stdin(NEWS).output().expect("the program runs").stdout;
    let told: serde_json::Value = serde_json::from_slice(&line).expect("one object");
    let mut found: Vec<&str> = told["quotes"][0].as_object().expect("a quotation").keys().map(String::as_str).collect();
    wanted.sort_unstable();
    found.sort_unstable();
    assert_eq!(found, wanted);
}
