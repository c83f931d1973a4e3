//! Framing: reference numbers of the word table, versions of one utterance, wire copy, selection.

use detente::framing::tally::Told;
use detente::framing::{self, Options, words};
use detente::record::QuoteRecord;
use detente::report::schema;
use serde_json::json;

/// Numbers made by scattertext 0.2 and scipy on the counts beside them; see the file's head.
#[test]
fn log_odds_and_q_values_match_the_references() {
    let table = include_str!("../references/log_odds.csv");
    let rows: Vec<Vec<&str>> = table.lines().filter(|l| !l.starts_with('#')).skip(1).map(|l| l.split(',').collect()).collect();
    let x = |row: &[&str], c: usize| row[c].parse::<f64>().expect("a number");
    let total = |c: usize| rows.iter().map(|r| x(r, c)).sum::<f64>();
    let (a, b, g) = (total(1), total(2), total(3));
    let mut p = Vec::new();
    for row in &rows {
        let share = (x(row, 1) + x(row, 2) + x(row, 3)) / (a + b + g);
        let pair = words::log_odds(x(row, 1), a, x(row, 2), b, share, 500.0);
        let rest = words::log_odds(x(row, 1), a, x(row, 2) + x(row, 3), b + g, share, 500.0);
        for (name, found, expected) in [
            ("delta", pair.delta, x(row, 4)),
            ("z", pair.z, x(row, 5)),
            ("z_full", pair.z_full, x(row, 6)),
            ("z against the rest", rest.z, x(row, 7)),
        ] {
            assert!((found - expected).abs() < 1e-9, "{}: {name}: expected {expected}, found {found}", row[0]);
        }
        let found = words::p_value(rest.z);
        assert!((found - x(row, 8)).abs() < 1e-9, "{}: p: expected {}, found {found}", row[0], row[8]);
        p.push(found);
    }
    for (row, q) in rows.iter().zip(words::benjamini_hochberg(&p)) {
        assert!((q - x(row, 9)).abs() < 1e-9, "{}: q: expected {}, found {q}", row[0], row[9]);
    }
}

/// tidylo compares with the pool under a prior as strong as the pool; see `tests/references/log_odds.md` for what of it is another formula.
#[test]
fn log_odds_under_the_prior_of_tidylo_are_its_own() {
    let rows: Vec<Vec<&str>> =
        include_str!("../references/tidylo.csv").lines().filter(|l| !l.starts_with('#')).skip(1).map(|l| l.split(',').collect()).collect();
    assert_eq!(rows.len(), 72);
    let x = |row: &[&str], c: usize| row[c].trim().parse::<f64>().expect("a number");
    let sum = |of: &dyn Fn(&[&str]) -> bool| rows.iter().filter(|r| of(r)).map(|r| x(r, 2)).sum::<f64>();
    let all = sum(&|_| true);
    for row in &rows {
        let (own, word) = (sum(&|r| r[0] == row[0]), sum(&|r| r[1] == row[1]));
        let found = words::log_odds(x(row, 2), own, word, all, word / all, all).delta;
        assert!((found - x(row, 3)).abs() < 1e-9, "{} {}: expected {}, found {found}", row[0], row[1], row[3]);
    }
}

#[test]
fn p_values_far_out_keep_their_relative_precision() {
    // Φ(−6)·2 and Φ(−10)·2 to 10 digits, from tables of the normal distribution.
    for (z, p) in [(6.0, 1.973_175_290e-9), (10.0, 1.523_970_605e-23), (1.959_963_985, 0.05), (0.0, 1.0)] {
        let found = words::p_value(z);
        assert!((found / p - 1.0).abs() < 1e-8, "z {z}: expected {p}, found {found}");
    }
}

fn said(outlet: &str, echo: &str, quote: &str, tone: f64, published: &str) -> QuoteRecord {
    serde_json::from_value(json!({
        "doc_id": format!("{outlet}-{echo}"), "outlet": outlet, "published": published, "quote": quote, "kind": "direct", "speaker": "Ada Novak",
        "speaker_role": "leader", "speaker_side": "Novak", "cue": "said", "direction": "Novak>Lind", "tone": tone, "echo_id": echo, "echo_kind": "whole",
    }))
    .expect("a row")
}

fn told(outlet: &str, doc: &str, published: &str, text: &str) -> Told {
    let mut counts = std::collections::BTreeMap::new();
    for word in text.split(' ') {
        *counts.entry(word.to_owned()).or_default() += 1;
    }
    Told { doc_id: doc.into(), outlet: outlet.into(), published: published.parse().ok(), words: 100.0, own_words: 50.0, counts, ..Told::default() }
}

#[test]
fn versions_are_whole_cut_edited_or_absent_and_selection_has_the_sign_of_what_is_left_out() {
    let rows = vec![
        said("A", "e1", "we will talk and we will be friends", 0.8, "2025-03-01"),
        said("B", "e1", "we will talk", 0.2, "2025-03-01"),
        said("C", "e1", "we will talk and they will be friends", 0.8, "2025-03-01"),
        said("A", "e2", "he is a thug", -0.9, "2025-03-02"),
        said("C", "e2", "he is a thug", -0.9, "2025-03-02"),
        said("B", "e3", "alone with this one", -0.9, "2025-03-02"),
    ];
    let told: Vec<Told> = ["A", "B", "C"]
        .iter()
        .flat_map(|o| ["e1", "e2"].map(|e| told(o, &format!("{o}-{e}"), "2025-03-03", "one two")))
        .chain([told("B", "B-e3", "2025-03-03", "x y")])
        .collect();
    let f = framing::compare(&told, &rows, Some(["Novak", "Lind"]), &Options::default());
    let status: Vec<(&str, &str, &str)> = f.versions.iter().map(|v| (v.echo_id.as_str(), v.outlet.as_str(), v.status)).collect();
    assert_eq!(
        status,
        [("e1", "A", "whole"), ("e1", "B", "cut"), ("e1", "C", "edited"), ("e2", "A", "whole"), ("e2", "B", "absent"), ("e2", "C", "whole")]
    );
    let cut = &f.versions[1];
    assert_eq!((cut.cut.as_str(), cut.kept, cut.tone_shift), ("and we will be friends", Some(0.375), Some(-0.6)));
    // The pool's mean is (0.8 − 0.9) / 2 = −0.05; B ran only the friendly utterance: 0.8 + 0.05.
    let selection: Vec<Option<f64>> = f.outlets.iter().map(|o| o.selection_effect).collect();
    assert_eq!(selection, [Some(0.0), Some(0.85), Some(0.0)]);
    assert_eq!(f.outlets[1].coverage, Some(0.5));
    assert_eq!(f.outlets[0].n_pool, 2);
}

#[test]
fn words_that_an_article_runs_twice_are_one_piece_of_its_version() {
    let rows = vec![
        said("A", "e1", "we will talk", 0.2, "2025-03-01"),
        said("A", "e1", "we will talk and be friends", 0.8, "2025-03-01"),
        said("A", "e1", "be friends", 0.9, "2025-03-01"),
        said("B", "e1", "we will talk", 0.2, "2025-03-01"),
        said("B", "e1", "be friends", 0.9, "2025-03-01"),
    ];
    let told = [told("A", "A-e1", "2025-03-03", "one"), told("B", "B-e1", "2025-03-03", "two")];
    let f = framing::compare(&told, &rows, Some(["Novak", "Lind"]), &Options::default());
    let found: Vec<(&str, Option<f64>, Option<f64>)> = f.versions.iter().map(|v| (v.utterance.as_str(), v.kept, v.tone)).collect();
    // B's two pieces are five of the six words; its tone is (3 · 0.2 + 2 · 0.9) / 5.
    assert_eq!(found, [("we will talk and be friends", Some(1.0), Some(0.8)), ("we will talk and be friends", Some(0.8333), Some(0.48))]);
}

#[test]
fn an_article_is_wire_copy_when_half_its_runs_of_words_stood_elsewhere_before() {
    let shingles = |range: std::ops::Range<u64>| range.collect::<Vec<u64>>();
    let mut list = vec![told("Wire", "w", "2025-03-01", "a"), told("Copy", "c", "2025-03-02", "a"), told("Own", "o", "2025-03-02", "a")];
    list[0].shingles = shingles(0..100);
    list[1].shingles = shingles(40..140);
    list[2].shingles = shingles(60..180);
    let f = framing::compare(&list, &[], None, &Options::default());
    let wire: Vec<(&str, usize)> = f.outlets.iter().map(|o| (o.outlet.as_str(), o.n_wire)).collect();
    // Copy holds 60 of 100 from Wire; Own 80 of 120 from both, 40 from Wire and 40 more from Copy.
    assert_eq!(wire, [("Copy", 1), ("Own", 1), ("Wire", 0)]);
    list[2].shingles = shingles(90..180);
    let f = framing::compare(&list, &[], None, &Options::default());
    assert_eq!(f.outlets[1].n_wire, 1, "50 of 90 stood in Copy, a day or an input place before");
    list[2].shingles = shingles(100..190);
    let f = framing::compare(&list, &[], None, &Options::default());
    assert_eq!(f.outlets[1].n_wire, 0, "40 of 90 are fewer than half");
}

#[test]
fn a_word_of_one_outlet_leads_its_table_and_trails_the_others() {
    let list: Vec<Told> = (0..12)
        .map(|i| told(["A", "B"][i % 2], &format!("d{i}"), "2025-03-01", ["regime regime talks visit", "partner talks visit talks"][i % 2]))
        .collect();
    let f = framing::compare(&list, &[], None, &Options { prior: 10.0, ..Options::default() });
    let a: Vec<&str> = f.words.iter().filter(|w| w.outlet == "A" && w.log_odds > 0.0).map(|w| w.word.as_str()).collect();
    assert_eq!(a.first(), Some(&"regime"));
    let b = f.words.iter().find(|w| w.outlet == "B" && w.word == "regime").expect("listed for B too");
    assert!(b.z < -2.0 && b.q < 0.05 && b.n == 0 && b.n_against == 12 && b.articles_against == 6, "{b:?}");
}

#[test]
fn the_tables_have_the_columns_of_the_schema() {
    fn header(row: impl serde::Serialize) -> Vec<String> {
        let mut writer = csv::Writer::from_writer(Vec::new());
        writer.serialize(row).expect("a flat row");
        String::from_utf8(writer.into_inner().expect("in memory"))
            .expect("UTF-8")
            .lines()
            .next()
            .expect("a header")
            .split(',')
            .map(str::to_owned)
            .collect()
    }
    let rows = vec![said("A", "e1", "we will talk", 0.2, "2025-03-01"), said("B", "e1", "we will talk", 0.2, "2025-03-01")];
    let list: Vec<Told> = (0..4).map(|i| told(["A", "B"][i % 2], &format!("d{i}"), "2025-03-01", "talks talks")).collect();
    let f = framing::compare(&list, &rows, Some(["Novak", "Lind"]), &Options::default());
    assert_eq!(header(&f.outlets[0]), schema::table("framing.csv").expect("in the schema").header());
    assert_eq!(header(&f.versions[0]), schema::table("framing_quotes.csv").expect("in the schema").header());
    assert_eq!(header(&f.words[0]), schema::table("framing_words.csv").expect("in the schema").header());
}
