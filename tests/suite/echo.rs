//! Echoes: the case file, and what must hold for any rows.

use crate::case::check;
use detente::echo;
use detente::language::Language;
use detente::record::QuoteRecord;
use proptest::prelude::*;
use std::collections::BTreeMap;

fn row(doc: &str, speaker: &str, said: &str, quote: &str) -> QuoteRecord {
    let (from, to) = said.split_once('/').unwrap_or((said, said));
    let day = |d: &str| if d.is_empty() { serde_json::Value::Null } else { d.into() };
    serde_json::from_value(serde_json::json!({
        "doc_id": doc, "speaker": speaker, "quote": quote, "said_from": day(from), "said_to": day(to), "utterance_id": format!("{doc}#u1"),
    }))
    .expect("other columns have defaults")
}

fn words(rows: &[QuoteRecord]) -> Vec<String> {
    let mut groups: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for row in rows.iter().filter(|r| !r.echo_id.is_empty()) {
        groups.entry(&row.echo_id).or_default().push(format!("{}:{}", row.doc_id, row.echo_kind));
    }
    let mut lines: Vec<String> = groups.into_values().map(|g| g.join(" ")).collect();
    lines.sort();
    if lines.is_empty() { vec!["alone".to_owned()] } else { lines }
}

#[test]
fn cases() {
    let lang = Language::english().expect("built-in lexicons load");
    check("echo", |case| {
        let mut rows: Vec<QuoteRecord> = case
            .text
            .lines()
            .map(|line| {
                let cells: Vec<&str> = line.splitn(4, '|').map(str::trim).collect();
                row(cells[0], cells[1], cells[2], cells[3])
            })
            .collect();
        echo::join(&mut rows, &lang);
        words(&rows)
    });
}

#[test]
fn the_best_dated_version_lends_its_days_where_they_are_consistent() {
    let lang = Language::english().expect("built-in lexicons load");
    let text = "Whoever sends soldiers over the pass will find the villages empty and the wells dry.";
    let mut rows = vec![
        row("exact", "Boris Lind", "2024-05-02", text),
        row("month", "Boris Lind", "2024-05-01/2024-05-31", text),
        row("open", "Boris Lind", "", text),
        row("elsewhen", "Boris Lind", "2024-07-01/2024-07-31", text),
    ];
    rows[2].published = Some(jiff::civil::date(2024, 6, 1));
    echo::join(&mut rows, &lang);
    let lent: Vec<_> = rows.iter().map(|r| r.echo_said_from.map(|d| d.to_string())).collect();
    assert_eq!(lent, [None, Some("2024-05-02".to_owned()), Some("2024-05-02".to_owned()), None]);
    assert!(rows.iter().all(|r| r.echo_id == rows[0].echo_id && r.echo_kind == "whole"));
}

#[test]
fn pieces_of_one_utterance_are_no_echoes_of_each_other() {
    let lang = Language::english().expect("built-in lexicons load");
    let text = "Whoever sends soldiers over the pass will find the villages empty.";
    let mut rows = vec![row("a", "Boris Lind", "2024-05-02", text), row("a", "Boris Lind", "2024-05-02", text)];
    echo::join(&mut rows, &lang);
    assert!(rows.iter().all(|r| r.echo_id.is_empty()));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]
    /// The order of the rows changes nothing; ids are stable when joined again.
    #[test]
    fn any_order_gives_the_same_echoes(picks in proptest::collection::vec((0usize..6, 0usize..4, 0usize..3, 0u8..40), 2..24), turn in 0usize..24) {
        let lang = Language::english().expect("built-in lexicons load");
        let texts = [
            "We have said for years that the river belongs to both of us",
            "the river belongs to both of us",
            "a partner of smugglers",
            "partner to smugglers",
            "Злато и сребро, ’tis “all” … ours—forever",
            "",
        ];
        let speakers = ["Ada Novak", "Boris Lind", ""];
        let mut rows: Vec<QuoteRecord> = picks
            .iter()
            .enumerate()
            .map(|(n, &(text, doc, speaker, day))| {
                let said = if day > 27 { String::new() } else { format!("2024-05-{:02}", day + 1) };
                let mut row = row(&format!("d{doc}"), speakers[speaker], &said, texts[text]);
                row.start = n;
                row.utterance_id = format!("d{doc}#u{n}");
                row
            })
            .collect();
        let mut turned = rows.clone();
        let by = turn % rows.len();
        turned.rotate_left(by);
        echo::join(&mut rows, &lang);
        echo::join(&mut turned, &lang);
        turned.rotate_right(by);
        prop_assert_eq!(&rows, &turned);
        let before = rows.clone();
        echo::join(&mut rows, &lang);
        prop_assert_eq!(&rows, &before);
        for a in &rows {
            for b in &rows {
                prop_assert!(a.echo_id.is_empty() || a.echo_id != b.echo_id || a.speaker == b.speaker);
            }
        }
    }
}
