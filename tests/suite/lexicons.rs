//! The language data: every built-in table passes the checks, and the checks tell what is wrong.

use assert_cmd::Command;
use detente::language::check::{self, AddedTerms};
use detente::language::{Language, Tables, builtin};
use std::path::Path;

const HEADER: &str =
    "# detente-lexicon: 1\n# id: x\n# lang: en\n# kind: weights\n# version: 1\n# source: ours\n# licence: MIT\n# columns: term weight\n";

/// The problems of a table with the rows `rows`, without the file's name.
fn problems(rows: &str) -> Vec<String> {
    let told = check::lexicon(Path::new("x.tsv"), &format!("{HEADER}{rows}"));
    told.iter().map(|p| p.to_string().trim_start_matches("x.tsv:").trim().to_owned()).collect()
}

fn added(text: &str) -> AddedTerms {
    check::added_terms(Path::new("mine.csv"), text, &Tables::load("en", None).expect("built-in lexicons load"))
}

#[test]
fn built_in_tables_have_no_problem() {
    let told: Vec<String> = builtin::FILES.iter().flat_map(|(path, text)| check::lexicon(Path::new(path), text)).map(|p| p.to_string()).collect();
    assert!(told.is_empty(), "{} problems:\n{}", told.len(), told.join("\n"));
    Language::english().expect("every stage loads its tables");
}

#[test]
fn ids_are_the_names_of_the_files() {
    for (name, table) in Tables::load("en", None).expect("built-in lexicons load").0 {
        assert_eq!(format!("{}.tsv", table.field("id")), name);
    }
}

#[test]
fn problems_are_told_by_line() {
    assert_eq!(problems("bad\t-2\ngood\t2\n"), [""; 0]);
    for (rows, line, words) in [
        ("good\t2\nbad\t-2\n", 10, "found `bad` after `good` of line 9"),
        ("bad\t-2\nbad\t2\n", 10, "found `bad` also in line 9"),
        ("bad\t-2\nbad\t-2\n", 10, "expected each row once"),
        ("bad\n", 9, "expected 2 tab-separated cells (term, weight), found 1"),
        ("bad\t-5\n", 9, "`bad`: weight: expected a number from -4 to 4, or `-`, found `-5`"),
        ("bad\tvery\n", 9, "found `very`"),
        ("bad\tNaN\n", 9, "found `NaN`"),
        ("bad \t1\n", 9, "expected no white space round a cell, found `bad `"),
        ("cafe\u{301}\t1\n", 9, "expected composed characters"),
    ] {
        let told = problems(rows);
        assert_eq!(told.len(), 1, "{rows:?}: {told:?}");
        assert!(told[0].starts_with(&format!("{line}: ")) && told[0].contains(words), "{rows:?}: {told:?}");
    }
}

#[test]
fn every_header_line_is_asked_for() {
    for line in HEADER.lines() {
        let text = HEADER.replace(&format!("{line}\n"), "") + "bad\t-2\n";
        let told: Vec<String> = check::lexicon(Path::new("x.tsv"), &text).iter().map(ToString::to_string).collect();
        let key = line.trim_start_matches("# ").split(':').next().expect("a key");
        assert_eq!(told, [format!("x.tsv: expected the header line `# {key}: …`, found none")]);
    }
}

#[test]
fn terms_of_ones_own() {
    let found = added("term,weight,category\nback-stabbing,-3,insult\n\"olive branch\",2.5\n");
    assert_eq!(found.problems, []);
    let terms: Vec<(u64, &str, f64, &str)> = found.terms.iter().map(|t| (t.line, t.term.as_str(), t.weight, t.category.as_str())).collect();
    assert_eq!(terms, [(2, "back-stabbing", -3.0, "insult"), (3, "olive branch", 2.5, "")]);
    assert_eq!(added("back stabbing\t-3\n").terms.len(), 1, "tabs do as well as commas");
    for (text, words) in [
        ("good,9\n", "mine.csv:1: `good`: weight: expected a number from -4 to 4, found `9`"),
        ("good,1\nGood,2\n", "mine.csv:2: expected each term once, found `good` also in line 1"),
        ("good\n", "mine.csv:1: expected `term,weight`"),
        (",1\n", "mine.csv:1: expected a term in the first cell"),
    ] {
        let told: Vec<String> = added(text).problems.iter().map(ToString::to_string).collect();
        assert!(told.len() == 1 && told[0].starts_with(words), "{text:?}: {told:?}");
    }
}

#[test]
fn added_terms_reach_the_tone() {
    let dir = tempfile::tempdir().expect("a temporary folder");
    let file = dir.path().join("mine.csv");
    let tone = |terms: &str| {
        std::fs::write(&file, terms).expect("writable");
        let mut tables = Tables::load("en", None).expect("built-in lexicons load");
        let notes = tables.add_terms(&file).expect("right terms").len();
        let language = Language::from_tables("en", tables).expect("they load");
        (detente::tone::lexicon::score_text("The brobdingnagian table stood there.", &language).tone.unwrap_or_default(), notes)
    };
    assert_eq!(tone("").0, 0.0, "the word is in no table");
    assert!(tone("brobdingnagian,-3,insult\n").0 < 0.0);
    assert!(tone("brobdingnagian\t3\n").0 > 0.0);
    assert_eq!(tone("abhorrent,-1\n").1, 1, "what a term takes the place of is told");
    std::fs::write(&file, "good,many\nbad,9\n").expect("writable");
    let error = Tables::load("en", None).expect("built-in lexicons load").add_terms(&file).expect_err("no number");
    assert!(error.to_string().contains("mine.csv:1: `good`: weight: expected a number") && error.to_string().contains("1 more"), "{error}");
}

#[test]
fn the_command_exports_checks_and_lists() {
    let dir = tempfile::tempdir().expect("a temporary folder");
    let detente = |arguments: &[&str]| {
        let mut command = Command::cargo_bin("detente").expect("the program is built");
        command.arg("lexicons").args(arguments).assert()
    };
    let root = dir.path().to_str().expect("UTF-8");
    detente(&["export", root]).success();
    detente(&["export", root]).failure().code(1);
    detente(&["check", "--lexicons", root]).success();
    let listed = detente(&["list", "--lexicons", root]).success();
    let listed = String::from_utf8_lossy(&listed.get_output().stdout).into_owned();
    assert_eq!(listed.lines().count(), builtin::FILES.len() + 1);
    assert!(!listed.contains("built-in"), "every file is replaced:\n{listed}");

    let file = dir.path().join("en/vader_corrections.tsv");
    let text = std::fs::read_to_string(&file).expect("exported");
    std::fs::write(&file, format!("{text}heart\t3.2\n")).expect("writable");
    let failed = detente(&["check", "--lexicons", root]).failure().code(1);
    let told = String::from_utf8_lossy(&failed.get_output().stderr).into_owned();
    let line = text.lines().count() + 1;
    assert!(told.contains(&format!("vader_corrections.tsv:{line}: ")), "{told}");
}
