use crate::case::check;
use detente::annotation::ToneLabel;
use detente::language::Language;
use detente::tone::{Thresholds, lexicon};
use proptest::prelude::*;
use std::sync::LazyLock;

static ENGLISH: LazyLock<Language> = LazyLock::new(|| Language::english().expect("built-in lexicons load"));

fn label(text: &str, lang: &Language) -> &'static str {
    match Thresholds::default().label(lexicon::score_text(text, lang).tone.unwrap_or_default()) {
        ToneLabel::Confrontational => "confrontational",
        ToneLabel::Neutral => "neutral",
        ToneLabel::Cordial => "cordial",
    }
}

/// Each line of a case's text is scored by itself.
#[test]
fn cases() {
    let lang = &*ENGLISH;
    check("tone", |case| case.text.lines().map(|line| label(line, lang).to_owned()).collect());
}

/// How general the axis is: sentences written before any was scored. The floor is what was reached, less two sentences.
#[test]
fn axis() {
    let lang = &*ENGLISH;
    let source = include_str!("../cases/tone/axis.tsv");
    let rows: Vec<(&str, &str)> = source.lines().filter(|l| !l.starts_with('#')).filter_map(|l| l.split_once('\t')).collect();
    let wanted = |sign: &str| match sign {
        "+" => "cordial",
        "-" => "confrontational",
        _ => "neutral",
    };
    let wrong: Vec<_> = rows.iter().filter(|(sign, text)| label(text, lang) != wanted(sign)).collect();
    assert!(rows.len() >= 230 && wrong.len() <= 20, "{} of {} wrong:\n{wrong:#?}", wrong.len(), rows.len());
}

proptest! {
    #[test]
    fn any_text_has_a_tone(text in "(\\PC|[ .,;!?“”'\n]|not |but |if |end |the |talks |war ){0,80}") {
        let lang = &*ENGLISH;
        let score = lexicon::score_text(&text, lang);
        let tone = score.tone.expect("a text has a tone");
        prop_assert!((-1.0..=1.0).contains(&tone));
        let sum: f64 = score.hits.iter().map(|h| h.weight).sum();
        prop_assert!((lexicon::squash(sum) - tone).abs() < 1e-9, "the hits make up the tone");
        for hit in &score.hits {
            let span = hit.span.expect("a hit stands somewhere");
            prop_assert!(text.get(span.start as usize..span.end as usize).is_some());
        }
        let mut heads: Vec<_> = score.hits.iter().filter_map(|h| h.span).collect();
        heads.sort();
        prop_assert!(heads.windows(2).all(|w| w[0].end <= w[1].start), "nothing is counted twice");
    }
}
