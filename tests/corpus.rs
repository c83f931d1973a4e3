//! The sample corpus through the whole program: what was put into it (see `seeds/README.md`) comes out, with its
//! uncertainty, and the same bytes each time. The founding articles are checked too where they lie beside the project.
#![allow(missing_docs)]

use assert_cmd::Command;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;
use tempfile::TempDir;

type Row = BTreeMap<String, String>;

fn table(path: &Path) -> Vec<Row> {
    let mut reader = csv::Reader::from_path(path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
    let header = reader.headers().expect("a header").clone();
    reader.records().map(|r| header.iter().map(str::to_owned).zip(r.expect("a row").iter().map(str::to_owned)).collect()).collect()
}

fn number(row: &Row, column: &str) -> f64 {
    row[column].parse().unwrap_or_else(|_| panic!("{column}: no number but `{}`", row[column]))
}

fn analyze(input: &str, out: &Path, more: &[&str]) {
    let mut command = Command::cargo_bin("detente").expect("the binary is built");
    command.current_dir(env!("CARGO_MANIFEST_DIR")).args(["analyze", input, "--quiet", "--out"]).arg(out).args(more).assert().code(0);
}

/// One run on the sample corpus, shared by the tests.
static SEEDS: LazyLock<(TempDir, PathBuf)> = LazyLock::new(|| {
    let folder = TempDir::new().expect("scratch");
    let out = folder.path().join("one");
    analyze("seeds", &out, &["--threads", "1", "--format", "png", "--format", "svg", "--scale", "1"]);
    (folder, out)
});

fn outlets() -> BTreeMap<String, Row> {
    table(&SEEDS.1.join("framing.csv")).into_iter().map(|r| (r["outlet"].clone(), r)).collect()
}

/// The outlet with the highest figure in a column.
fn highest(outlets: &BTreeMap<String, Row>, column: &str) -> String {
    outlets.values().max_by(|a, b| number(a, column).total_cmp(&number(b, column))).map(|r| r["outlet"].clone()).expect("outlets")
}

const WIRE: &str = "Sextant Wire";
const LEDGER: &str = "The Brackwater Ledger";
const DAILY: &str = "Páramo Daily";
const STANDARD: &str = "Buckhorn Standard";
const COURIER: &str = "Saltmarsh Courier";

#[test]
fn the_turning_point_lies_where_it_was_planted() {
    let shifts = table(&SEEDS.1.join("shifts.csv"));
    let step = |direction: &str| {
        let row = shifts.iter().find(|r| r["direction"] == direction && r["kind"] == "step");
        row.unwrap_or_else(|| panic!("{direction}: no turning point")).clone()
    };
    let first = step("Trump>Petro");
    assert!(("2026-01-03".."2026-01-21").contains(&first["date"].as_str()), "found {}", first["date"]);
    assert!(first["low"] <= first["date"] && first["date"] <= first["high"], "{first:?}");
    assert_eq!(first["clear"], "true");
    assert!(number(&first, "mean_before") < -0.2 && number(&first, "mean_after") > 0.2, "{first:?}");
    // The interval tells what the corpus cannot decide: not before the turn of the year, not after the visit.
    assert!(first["low"].as_str() >= "2026-01-01" && first["high"].as_str() <= "2026-02-04", "{} to {}", first["low"], first["high"]);
    let second = step("Petro>Trump");
    assert!(("2026-01-03".."2026-02-05").contains(&second["date"].as_str()), "found {}", second["date"]);
    assert!(number(&second, "difference") > 0.0);
}

#[test]
fn selection_is_told_from_the_mean() {
    let o = outlets();
    let interval = |name: &str| {
        let row = &o[name];
        (number(row, "selection_effect_low"), number(row, "selection_effect"), number(row, "selection_effect_high"))
    };
    let (low, mean, high) = interval(COURIER);
    assert!(low > 0.0 && low <= mean && mean <= high, "the Courier runs the friendly half: {low} {mean} {high}");
    let (low, mean, high) = interval(STANDARD);
    assert!(high < 0.0 && low <= mean && mean <= high, "the Standard runs the hard half: {low} {mean} {high}");
    for even in [WIRE, DAILY, LEDGER] {
        let (low, _, high) = interval(even);
        assert!(low < 0.0 && high > 0.0, "{even} runs both: {low} to {high}");
    }
    assert_eq!(highest(&o, "selection_effect"), COURIER);
    assert!(o.values().all(|r| number(r, "selection_effect") >= interval(STANDARD).1), "the Standard's is the lowest");
    assert!(o.values().all(|r| number(r, "coverage") >= number(&o[COURIER], "coverage")), "the Courier leaves out most");
    assert_eq!(highest(&o, "coverage"), WIRE);
    assert!(number(&o[COURIER], "cut_tone_shift") > 0.1, "the Courier cuts hard words down to mild ones");
    assert_eq!(highest(&o, "mean_kept"), WIRE);
    assert!(o.iter().all(|(name, r)| r["n_wire"] == if name == WIRE { "0" } else { "1" }), "four copies of the agency's articles, one an outlet");
}

#[test]
fn the_own_voice_is_told_from_what_is_quoted() {
    let o = outlets();
    assert!(number(&o[COURIER], "narration_tone_low") > 0.0, "the Courier is upbeat itself");
    assert!(o.iter().all(|(name, r)| name == COURIER || number(r, "narration_tone_high") < number(&o[COURIER], "narration_tone_low")));
    assert!(number(&o[LEDGER], "narration_tone_high") < 0.0, "the Ledger is hostile itself");
    assert!(o.values().all(|r| number(r, "narration_tone") >= number(&o[LEDGER], "narration_tone")), "more so than any other");
    // Both quote almost the same; what sets them apart is their own words.
    assert!((number(&o[LEDGER], "quoted_tone") - number(&o[DAILY], "quoted_tone")).abs() < 0.2);
    assert!(number(&o[COURIER], "quoted_tone_low") > 0.0 && number(&o[STANDARD], "quoted_tone_high") < 0.0);
    assert_eq!(highest(&o, "scare_per_1000"), LEDGER);
    let rest = o.iter().filter(|(name, _)| *name != LEDGER).map(|(_, r)| number(r, "scare_per_1000")).fold(0.0, f64::max);
    assert!(number(&o[LEDGER], "scare_per_1000_low") > rest, "the Ledger's scare quotes are no chance");
}

#[test]
fn verbs_keep_their_distance_where_they_were_made_to() {
    let o = outlets();
    let ledger = &o[LEDGER];
    assert!(number(ledger, "verb_distance_low") > 0.0);
    assert!(o.iter().all(|(name, r)| name == LEDGER || number(r, "verb_distance") < number(ledger, "verb_distance_low")), "distance is the Ledger's");
    assert_eq!(highest(&o, "verb_neutral"), WIRE);
    assert_eq!(highest(&o, "verb_warm"), COURIER);
    // Doubt falls on one leader in the Ledger and on the other in the Daily.
    assert_eq!((ledger["leader_a"].as_str(), ledger["leader_b"].as_str()), ("Trump", "Petro"));
    let (ledger, daily) = (number(ledger, "verb_asymmetry_high"), number(&o[DAILY], "verb_asymmetry_low"));
    assert!(ledger < 0.0 && daily > 0.0, "the Ledger's up to {ledger}, the Daily's from {daily} on");
    assert!(number(&o[WIRE], "verb_asymmetry").abs() < 0.1);
}

#[test]
fn who_is_named_how_and_who_speaks_first() {
    let o = outlets();
    for other in [WIRE, LEDGER, STANDARD] {
        assert!(
            number(&o[DAILY], "title_name_b_low") > number(&o[other], "title_name_b_high"),
            "the Daily gives its president the title, {other} not"
        );
    }
    for other in [WIRE, LEDGER, DAILY] {
        assert!(number(&o[STANDARD], "title_name_a_low") > number(&o[other], "title_name_a"), "the Standard its own, {other} less");
    }
    assert!(number(&o[DAILY], "title_name_b_low") > number(&o[DAILY], "title_name_a_high"));
    assert!(number(&o[STANDARD], "title_name_a_low") > number(&o[STANDARD], "title_name_b_high"));
    assert_eq!(highest(&o, "epithet_b"), LEDGER);
    assert_eq!(highest(&o, "epithet_a"), DAILY);
    assert!(number(&o[LEDGER], "epithet_b_low") > 0.0 && number(&o[DAILY], "epithet_a_low") > 0.0);
    assert_eq!(highest(&o, "voice_share_b"), DAILY);
    assert_eq!(highest(&o, "voice_share_a"), STANDARD);
    assert!(number(&o[DAILY], "voice_share_b_low") > number(&o[DAILY], "voice_share_a_high"));
    assert!(number(&o[STANDARD], "voice_share_a_low") > number(&o[STANDARD], "voice_share_b_high"));
    assert_eq!((o[DAILY]["lead_speaker"].as_str(), o[STANDARD]["lead_speaker"].as_str()), ("Gustavo Petro", "Donald Trump"));
}

#[test]
fn every_output_has_the_same_bytes_in_two_runs_and_for_any_number_of_threads() {
    let one = &SEEDS.1;
    let many = SEEDS.0.path().join("many");
    analyze("seeds", &many, &["--threads", "8", "--format", "svg", "--format", "png", "--scale", "1"]);
    let mut pictures = 0;
    for entry in fs::read_dir(one).expect("results") {
        let name = entry.expect("a file").file_name().into_string().expect("UTF-8");
        // The record holds a time and the arguments, and the report shows the arguments.
        if name == "run.json" || name == "report.html" {
            continue;
        }
        pictures += usize::from(name.ends_with(".png") || name.ends_with(".svg"));
        assert!(fs::read(one.join(&name)).expect("a file") == fs::read(many.join(&name)).expect("the same file"), "{name} differs");
    }
    assert_eq!(pictures, 12, "six pictures in two formats");
}

#[test]
fn saved_rows_give_the_pictures_and_tables_again() {
    let folder = TempDir::new().expect("scratch");
    let one = &SEEDS.1;
    let run = |command: &str| {
        let out = folder.path().join(command);
        Command::cargo_bin("detente")
            .expect("the binary is built")
            .current_dir(env!("CARGO_MANIFEST_DIR"))
            .args([command, "--quiet", "--scale", "1", "--out"])
            .arg(&out)
            .arg(one.join("quotes.csv"))
            .args(["--events", "seeds/events.csv"])
            .assert()
            .code(0);
        out
    };
    let trend = run("trend");
    for name in ["trend.csv", "shifts.csv"] {
        assert!(fs::read(one.join(name)).expect("a file") == fs::read(trend.join(name)).expect("the same file"), "{name} differs");
    }
    assert!(["trend.png", "trend_means.png", "trend_roles.png"].iter().all(|name| trend.join(name).is_file()));
    // Rows hold no narration: the versions of shared utterances are the same, the outlets' own voice is not there.
    let compare = run("compare");
    let name = "framing_quotes.csv";
    assert!(fs::read(one.join(name)).expect("a file") == fs::read(compare.join(name)).expect("the same file"), "{name} differs");
    assert!(["framing_quotes.png", "framing_outlets.png"].iter().all(|name| compare.join(name).is_file()));
    assert!(!compare.join("framing_words.png").exists(), "no words, no picture of words");
}

fn command(name: &str, out: &Path, arguments: &[&str]) -> assert_cmd::assert::Assert {
    let mut command = Command::cargo_bin("detente").expect("the binary is built");
    command.current_dir(env!("CARGO_MANIFEST_DIR")).env("NO_COLOR", "1").arg(name).args(arguments).args(["--scale", "0.5", "--out"]).arg(out).assert()
}

#[test]
fn saved_rows_may_be_in_any_order_of_columns_with_others_between() {
    let folder = TempDir::new().expect("scratch");
    let mut reader = csv::Reader::from_path(SEEDS.1.join("quotes.csv")).expect("rows");
    let header = reader.headers().expect("a header").clone();
    let quote = header.iter().position(|h| h == "quote").expect("a column");
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(vec![0xef, 0xbb, 0xbf]);
    let turned = |first: &str, record: &csv::StringRecord, last: &str| -> Vec<String> {
        std::iter::once(first).chain(record.iter().rev()).chain([last]).map(str::to_owned).collect()
    };
    writer.write_record(turned("annotator", &header, "remark, or \"none\"")).expect("in memory");
    for record in reader.records() {
        let record: csv::StringRecord =
            record.expect("a row").iter().enumerate().map(|(i, cell)| if i == quote { cell.replace(' ', "\n") } else { cell.to_owned() }).collect();
        writer.write_record(turned("N. N.", &record, "over\r\ntwo lines, \"quoted\"")).expect("in memory");
    }
    let odd = folder.path().join("odd.csv");
    fs::write(&odd, writer.into_inner().expect("in memory")).expect("scratch");
    let out = folder.path().join("out");
    command("trend", &out, &[&odd.display().to_string(), "--quiet"]).code(0);
    for name in ["trend.csv", "shifts.csv"] {
        assert!(fs::read(SEEDS.1.join(name)).expect("a file") == fs::read(out.join(name)).expect("the same file"), "{name} differs");
    }
}

#[test]
fn a_saved_row_that_lacks_cells_is_told_and_the_rest_is_read() {
    let folder = TempDir::new().expect("scratch");
    let text = fs::read_to_string(SEEDS.1.join("quotes.csv")).expect("rows");
    let file = folder.path().join("cut.csv");
    fs::write(&file, format!("{text}one,cell,too,few\n")).expect("scratch");
    let out = folder.path().join("out");
    let done = command("trend", &out, &[&file.display().to_string()]).code(3);
    let told = String::from_utf8_lossy(&done.get_output().stderr).into_owned();
    assert!(told.contains("cells, found 4") && told.contains("cut.csv:"), "{told}");
    assert!(fs::read(SEEDS.1.join("trend.csv")).expect("a file") == fs::read(out.join("trend.csv")).expect("the same file"));
}

/// What a person says of rows: tone 1 for all between the leaders, one line that names no row and one that its column cannot hold.
fn corrections(folder: &Path) -> String {
    let mut text = "note,value,column,end,start,doc_id\n".to_owned();
    for row in table(&SEEDS.1.join("quotes.csv")).iter().filter(|r| !r["direction"].is_empty()) {
        text += &format!("\"read, and read again\",1,tone,{},{},{}\n", row["end"], row["start"], row["doc_id"]);
    }
    text += "no such row,1,tone,9,5,nowhere\n";
    let row = &table(&SEEDS.1.join("quotes.csv"))[0];
    text += &format!("out of range,7,tone,{},{},{}\n", row["end"], row["start"], row["doc_id"]);
    let file = folder.join("corrections.csv");
    fs::write(&file, text).expect("scratch");
    file.display().to_string()
}

#[test]
fn corrections_come_before_anything_computed_from_saved_rows() {
    let folder = TempDir::new().expect("scratch");
    let file = corrections(folder.path());
    let rows = SEEDS.1.join("quotes.csv").display().to_string();
    let out = folder.path().join("trend");
    let done = command("trend", &out, &[&rows, "--corrections", &file]).code(3);
    let told = String::from_utf8_lossy(&done.get_output().stderr).into_owned();
    let n = table(&SEEDS.1.join("quotes.csv")).iter().filter(|r| !r["direction"].is_empty()).count();
    assert!(told.contains(&format!("{n} of {} corrections applied", n + 2)), "{told}");
    assert!(told.contains(&format!("corrections.csv:{}: expected a quotation at nowhere 5\u{2013}9, found none", n + 2)), "{told}");
    assert!(told.contains("tone: expected a number from \u{2212}1 to 1, found `7`"), "{told}");
    let means: Vec<String> = table(&out.join("trend.csv")).iter().filter(|r| r["series"] == "month").map(|r| r["mean"].clone()).collect();
    assert!(means.len() > 5 && means.iter().all(|m| m == "1.000000"), "{means:?}");
    let out = folder.path().join("compare");
    command("compare", &out, &[&rows, "--corrections", &file, "--quiet"]).code(3);
    let quoted: Vec<String> = table(&out.join("framing.csv")).iter().map(|r| r["quoted_tone"].clone()).collect();
    assert_eq!(quoted, ["1.0"; 5]);
}

#[test]
fn corrections_survive_a_new_analysis_and_feed_every_output() {
    let folder = TempDir::new().expect("scratch");
    let file = corrections(folder.path());
    let out = folder.path().join("out");
    command("analyze", &out, &["seeds", "--corrections", &file, "--quiet"]).code(3);
    let before = table(&SEEDS.1.join("quotes.csv"));
    let after = table(&out.join("quotes.csv"));
    assert_eq!(before.len(), after.len());
    for (a, b) in before.iter().zip(&after).filter(|(a, _)| !a["direction"].is_empty()) {
        assert_eq!((a["quote_id"].as_str(), number(b, "tone"), b["tone_label"].as_str()), (b["quote_id"].as_str(), 1.0, "cordial"));
        assert_eq!(b["tone_hits"], "corrected");
    }
    assert!(table(&out.join("trend.csv")).iter().filter(|r| r["series"] == "month").all(|r| r["mean"] == "1.000000"));
    assert!(table(&out.join("framing.csv")).iter().all(|r| number(r, "quoted_tone") == 1.0));
    let n = before.iter().filter(|r| !r["direction"].is_empty()).count();
    let record: serde_json::Value = serde_json::from_slice(&fs::read(out.join("run.json")).expect("the record")).expect("JSON");
    assert_eq!(record["corrections"], serde_json::json!({"read": n + 2, "applied": n, "unmatched": 2}));
    let page = fs::read_to_string(out.join("report.html")).expect("the report");
    assert!(page.matches("+1.00").count() > n / 2, "the report shows the corrected tone");
}

#[test]
fn an_empty_corpus_is_said_to_be_empty() {
    let folder = TempDir::new().expect("scratch");
    let text = fs::read_to_string(SEEDS.1.join("quotes.csv")).expect("rows");
    let file = folder.path().join("empty.csv");
    fs::write(&file, format!("{}\n", text.lines().next().expect("a header"))).expect("scratch");
    let out = folder.path().join("out");
    command("trend", &out, &[&file.display().to_string(), "--quiet", "--format", "svg"]).code(0);
    for name in ["trend.svg", "trend_means.svg", "trend_roles.svg"] {
        let svg = fs::read_to_string(out.join(name)).expect("a picture");
        assert!(svg.contains("No dated quotations to draw.") && !svg.contains("1969") && !svg.contains("1970"), "{name}");
    }
}

/// The founding articles lie beside the project where it is made, never in it.
#[test]
fn founding_echoes() {
    let seeds = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/seeds");
    if !seeds.is_dir() {
        eprintln!("no {}: the founding articles were not checked", seeds.display());
        return;
    }
    let folder = TempDir::new().expect("scratch");
    analyze(&seeds.display().to_string(), folder.path(), &["--replicates", "1", "--permutations", "1"]);
    let rows = table(&folder.path().join("quotes.csv"));
    // By a few words: how many echoes, and which outlets carry them how.
    let echo = |words: &[&str]| -> (usize, Vec<(String, String)>) {
        let rows: Vec<&Row> =
            rows.iter().filter(|r| words.iter().any(|w| r["quote"].to_lowercase().contains(w)) && !r["echo_id"].is_empty()).collect();
        let mut ids: Vec<&str> = rows.iter().map(|r| r["echo_id"].as_str()).collect();
        ids.sort_unstable();
        ids.dedup();
        let mut kinds: Vec<(String, String)> = rows.iter().map(|r| (r["outlet"].clone(), r["echo_kind"].clone())).collect();
        kinds.sort();
        kinds.dedup();
        (ids.len(), kinds)
    };
    let (ids, kinds) = echo(&["somehow after", "he somehow became"]);
    let possible = kinds.iter().filter(|k| k.1 == "possible").count();
    assert_eq!((ids, kinds.len() - possible, possible), (1, 3, 1), "one echo in three outlets, possible in the translated one: {kinds:?}");
    let expected: [(&[&str], usize); 3] =
        [(&["great honor,", "great honor to speak"], 2), (&["take up arms"], 2), (&["accomplice to genocide", "accomplice of genocide"], 3)];
    for (words, outlets) in expected {
        let (ids, kinds) = echo(words);
        assert_eq!((ids, kinds.len()), (1, outlets), "{words:?}: {kinds:?}");
        assert!(kinds.iter().all(|k| k.1 != "possible"), "{kinds:?}");
    }
}
