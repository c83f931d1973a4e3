use crate::case::{Case, check};
use detente::actor::Actors;
use detente::annotation::QuoteKind;
use detente::article::Article;
use detente::language::Language;
use detente::pipeline::Pipeline;
use detente::quote::attribute::Basis;
use detente::quote::cue::Rule;
use detente::record::{self, DirectionRule};
use proptest::prelude::*;
use std::sync::LazyLock;

static PIPELINE: LazyLock<Pipeline> = LazyLock::new(|| Pipeline {
    language: Language::english().expect("built-in lexicons load"),
    actors: Default::default(),
    thresholds: Default::default(),
});

/// With `@between A & B` and `@alias NAME: the other form` the case has its own actors.
fn own(case: &Case) -> Option<Pipeline> {
    let (a, b) = case.setting("between")?.split_once(" & ")?;
    let mut actors = Actors::between(a, b);
    for (_, row) in case.settings.iter().filter(|(key, _)| key == "alias") {
        let (name, alias) = row.split_once(": ").expect("@alias NAME: the other form");
        let actor = actors.list.iter_mut().find(|a| a.name == name).expect("@alias names a leader");
        actor.aliases.push(alias.to_owned());
    }
    Some(Pipeline { language: Language::english().expect("built-in lexicons load"), actors, thresholds: Default::default() })
}

fn rows(case: &Case) -> Vec<String> {
    let own = own(case);
    let pipeline = own.as_ref().unwrap_or(&PIPELINE);
    let article = Article { id: "case".to_owned(), text: case.text.clone(), ..Article::default() };
    let annotation = pipeline.annotate(&article);
    let rows = record::kept(&article, &annotation, &pipeline.actors, DirectionRule::default());
    let slice = |from: usize, to: usize| case.text.chars().skip(from).take(to - from).collect::<String>();
    let mut out: Vec<String> = rows
        .iter()
        .map(|row| {
            let kind = format!("{:?}", row.kind).to_lowercase();
            let utterance = row.utterance_id.rsplit('u').next().unwrap_or_default();
            let speaker = if row.speaker.is_empty() { "-" } else { &row.speaker };
            let mut line = format!("{kind} {utterance} | {speaker} | {}", row.quote);
            if let (Some(from), Some(to)) = (row.content_start, row.content_end)
                && row.kind == QuoteKind::Mixed
                && (from, to) != (row.start, row.end)
            {
                line += &format!(" | in: {}", slice(from, to));
            }
            if !row.reported_by.is_empty() {
                line += &format!(" | via {}", row.reported_by);
            }
            if row.speaker_confidence < 0.5 && speaker != "-" {
                line += " | doubtful";
            }
            line
        })
        .collect();
    if out.is_empty() {
        out.push("(none)".to_owned());
    }
    out
}

#[test]
fn cases() {
    check("quote", rows);
}

#[test]
fn every_rule_has_a_confidence() {
    let rules = Rule::ALL.iter().filter(|r| **r != Rule::None).map(|r| (r.name(), r.share()));
    for (name, place) in rules.chain(Basis::ALL.iter().map(|b| (b.name(), b.share()))) {
        let share = PIPELINE.language.quote.confidence(place);
        assert!(share > 0.0 && share <= 1.0, "{name}: {share}");
    }
}

/// Words, marks and line breaks in an order nobody would write.
fn scrap() -> impl Strategy<Value = String> {
    let pieces = prop::sample::select(vec![
        "“",
        "”",
        "\"",
        "'",
        "‘",
        "’",
        "''",
        "``",
        "«",
        "»",
        "„",
        ",",
        ".",
        "?",
        "!",
        "—",
        ":",
        ";",
        "\n",
        "\n\n",
        " ",
        " ",
        " ",
        "Vega",
        "Ana Ruiz",
        "said",
        "told",
        "saying",
        "according to",
        "called",
        "that",
        "who",
        "he",
        "the minister",
        "by",
        "as",
        "was",
        "if",
        "(",
        ")",
        "é",
        "日本",
        "3",
    ]);
    prop::collection::vec(pieces, 0..60).prop_map(|p| p.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]
    #[test]
    fn rows_are_ordered_and_inside_the_text(text in scrap()) {
        let article = Article { id: "case".to_owned(), text, ..Article::default() };
        let a = PIPELINE.annotate(&article);
        prop_assert_eq!(a.quotes.len(), a.attributions.len());
        let mut marked_end = 0;
        let mut before = 0;
        for (quote, attribution) in a.quotes.iter().zip(&a.attributions) {
            prop_assert!(!quote.span.is_empty());
            prop_assert!(quote.outer.contains(quote.span));
            prop_assert!(article.text.get(quote.outer.start as usize..quote.outer.end as usize).is_some());
            prop_assert!(quote.span.start >= before);
            before = quote.span.start;
            if quote.kind != QuoteKind::Indirect {
                prop_assert!(quote.outer.start >= marked_end);
                marked_end = quote.outer.end;
            }
            if let Some(span) = attribution.mention {
                prop_assert!(article.text.get(span.start as usize..span.end as usize).is_some());
            }
            prop_assert!((0.0..=1.0).contains(&attribution.confidence));
        }
    }
}
