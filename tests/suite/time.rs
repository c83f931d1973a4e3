use crate::case::{Case, check};
use detente::actor::Actors;
use detente::annotation::{Annotation, QuoteKind};
use detente::article::Article;
use detente::language::Language;
use detente::language::time::{Guard, Reading};
use detente::pipeline::Pipeline;
use detente::span::Span;
use jiff::civil::Date;
use proptest::prelude::*;
use std::sync::LazyLock;

static PIPELINE: LazyLock<Pipeline> = LazyLock::new(|| Pipeline {
    language: Language::english().expect("built-in lexicons load"),
    actors: Actors::between("Ada Novak", "Boris Lind"),
    thresholds: Default::default(),
});

fn annotate(text: &str, published: Option<Date>) -> Annotation {
    PIPELINE.annotate(&Article { id: "case".into(), text: text.to_owned(), published, ..Article::default() })
}

fn words(span: Span, text: &str) -> String {
    span.of(text).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The lines that a case can expect; days only where the case has them.
fn lines(case: &Case) -> Vec<String> {
    let published = case.setting("published").map(|d| d.parse().expect("a date after @published"));
    let found = annotate(&case.text, published);
    let day = |d: Option<Date>| d.map_or("-".to_owned(), |d| d.to_string());
    let mut out = Vec::new();
    for timex in &found.timexes {
        let line = format!("{} = {}", words(timex.span, &case.text), timex.value);
        let dated = format!("{line} [{}..{}]", day(timex.from), day(timex.to));
        out.push(if case.expected.get(out.len()).is_some_and(|e| e.contains('[')) { dated } else { line });
    }
    if case.expected.iter().any(|e| e.starts_with("said ")) {
        for (quote, said) in found.quotes.iter().zip(&found.said).filter(|(q, _)| q.kind != QuoteKind::Indirect) {
            out.push(format!("said {}: {}..{} {}", words(quote.span, &case.text), day(said.from), day(said.to), said.granularity));
        }
    }
    out
}

#[test]
fn cases() {
    check("time", lines);
}

#[test]
fn examples_match_their_pattern() {
    let lang = &PIPELINE.language;
    let mut wrong = Vec::new();
    for pattern in lang.time.patterns.iter().filter(|p| p.reading != Reading::Nothing && p.holiday.is_none()) {
        let ancient = pattern.guards.contains(&Guard::Ancient);
        let text = format!("{}They met in {}.", if ancient { "It began in 500 BC. " } else { "" }, pattern.example);
        let found = annotate(&text, Some(Date::constant(2024, 5, 15)));
        if found.timexes.len() < 1 + usize::from(ancient) {
            wrong.push(format!("{}: nothing found in `{}`", pattern.id, pattern.example));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn piece() -> impl Strategy<Value = String> {
    prop_oneof![
        3 => prop::sample::select(vec![
            "Monday", "May", "march", "Feb. 29", "2024", "1999", "480 BC", "last", "next", "the", "following", "week", "day", "year", "months", "ago",
            "later", "two", "a", "few", "half", "century", "yesterday", "said", "has", "will", "“", "”", "\"", "1990s", "31", "30", "February", "-",
            "to", "and", "between", "since", "Easter", "Christmas", "Inauguration Day", "every", "Q3", "of", "03/04/2025", "9999", "0000", "11:59",
            "a.m.", "999999999", "10000", "decades", "after", "before", "that", "same", "end", "\n", "\n\n", ".", ",", "(", "Updated", "overnight",
            "thousand", "million", "hundred", "centuries",
        ]).prop_map(str::to_owned),
        1 => "\\PC{0,6}",
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn spans_and_intervals_hold(pieces in prop::collection::vec(piece(), 0..40), days in prop::option::of(-3_000_000i32..2_900_000), glue in "[ ]?") {
        let text = pieces.join(if glue.is_empty() { "" } else { " " });
        let published = days.and_then(|d| Date::constant(2000, 1, 1).checked_add(jiff::ToSpan::days(i64::from(d))).ok());
        let found = annotate(&text, published);
        let mut end = 0;
        for timex in &found.timexes {
            prop_assert!(timex.span.start >= end && timex.span.start < timex.span.end, "{:?}", timex);
            prop_assert!(text.is_char_boundary(timex.span.start as usize) && text.is_char_boundary(timex.span.end as usize));
            prop_assert_eq!(timex.from.is_some(), timex.to.is_some());
            prop_assert!(timex.from <= timex.to, "{:?}", timex);
            end = timex.span.end;
        }
        prop_assert_eq!(found.said.len(), found.quotes.len());
        for (said, quote) in found.said.iter().zip(&found.quotes) {
            if let (Some(from), Some(to)) = (said.from, said.to) {
                prop_assert!(from <= to, "{:?}", said);
            }
            if let Some(words) = said.words {
                prop_assert!(!quote.outer.overlaps(words) || quote.kind == QuoteKind::Indirect, "{:?} {:?}", said, quote);
            }
        }
    }
}
