//! VADER against the reference implementation, and `vader_sentiment`'s own scoring as a cross-check.

use detente::language::Language;
use detente::tone::vader::{Valence, parts, score};
use proptest::prelude::*;
use std::sync::LazyLock;
use std::time::Instant;
use vader_sentiment::SentimentIntensityAnalyzer;

static LANG: LazyLock<Language> = LazyLock::new(|| Language::english().expect("built-in lexicons load"));

/// Texts with neg, neu, pos, compound as the reference computes them; made by `make_vader.py`.
fn references() -> Vec<(String, [f64; 4])> {
    let lines = include_str!("../references/vader.jsonl").lines().skip(1);
    lines
        .map(|line| {
            let (text, neg, neu, pos, compound) = serde_json::from_str(line).unwrap_or_else(|e| panic!("{line}: {e}"));
            (text, [neg, neu, pos, compound])
        })
        .collect()
}

fn numbers(v: Valence) -> [f64; 4] {
    [v.neg, v.neu, v.pos, v.compound]
}

#[test]
fn the_parts_make_up_the_whole() {
    for (text, _) in references() {
        let (parts, marks) = parts(&text, &LANG, false);
        let sum = parts.iter().map(|p| p.valence).sum::<f64>() + marks;
        let compound = (sum / (sum * sum + 15.0).sqrt()).clamp(-1.0, 1.0);
        assert!((compound - score(&text, &LANG, false).compound).abs() < 1e-9, "{text}: {parts:?} {marks}");
        assert!(parts.iter().all(|p| !p.word.is_empty() && p.valence != 0.0), "{text}: {parts:?}");
    }
    let (words, marks) = parts("They are not friends, but the talks were very good!", &LANG, false);
    let words: Vec<&str> = words.iter().map(|p| p.word.as_str()).collect();
    assert_eq!(words, ["friends,", "good!"]);
    assert!(marks > 0.0);
}

#[test]
fn equals_the_reference() {
    let references = references();
    assert!(references.len() >= 5000);
    let wrong: Vec<String> = references
        .iter()
        .filter_map(|(text, want)| {
            let found = numbers(score(text, &LANG, false).rounded());
            (found != *want).then(|| format!("{text:?}\n  expected {want:?}\n  found    {found:?}"))
        })
        .collect();
    assert!(wrong.is_empty(), "{} of {} texts differ:\n{}", wrong.len(), references.len(), wrong.join("\n"));
}

/// The crate's own scoring agrees on plain sentences, and departs from the reference where it is known to.
#[test]
fn cross_check_with_the_crate() {
    let crate_own = SentimentIntensityAnalyzer::new();
    let compound = |text: &str| (crate_own.polarity_scores(text)["compound"] * 1e4).round() / 1e4;
    for text in [
        "They praised the good agreement",
        "He is not happy with the awful decision",
        "Very great hosts",
        "The talks were terrible, but the dinner was excellent",
        "Barely good news",
    ] {
        let ours = score(text, &LANG, false).rounded().compound;
        assert!(ours != 0.0 && (ours - compound(text)).abs() <= 1e-4, "{text}: ours {ours}, the crate's {}", compound(text));
    }
    // Reference value, and why the crate departs from it.
    for (text, reference, why) in [
        ("We think that person good", 0.4404, "a booster inside another word (`so` in `person`)"),
        ("There are no good options", -0.3412, "`no` reverses the words after it"),
        ("Is this a good idea?", 0.4404, "one question mark adds nothing"),
        ("She has a good heart", 0.7964, "`heart` missing from the crate's lexicon"),
    ] {
        assert_eq!(score(text, &LANG, false).rounded().compound, reference, "{text}");
        assert!((reference - compound(text)).abs() > 1e-4, "{text}: the crate now agrees; {why} can be told no longer");
    }
}

#[test]
fn curly_marks_fold_on_request_only() {
    assert!(score("This isn’t good", &LANG, false).compound > 0.0, "the reference does not know a curly apostrophe");
    assert_eq!(score("This isn’t good", &LANG, true), score("This isn't good", &LANG, false));
    assert_eq!(score("“Bad” ‘good’", &LANG, true), score("\"Bad\" 'good'", &LANG, false));
}

/// Time grows with the text, also where the reference's search for equal values goes over all of it.
#[test]
fn ten_megabytes_take_linear_time() {
    let sentence = "GOOD and very bad, no good or terrible 😀 but not great, isn’t it?! ";
    let time = |bytes: usize| {
        let text = sentence.repeat(bytes / sentence.len());
        let start = Instant::now();
        let found = score(&text, &LANG, false);
        assert!(found.compound.abs() <= 1.0);
        start.elapsed().as_secs_f64()
    };
    let (one, ten) = (time(1 << 20), time(10 << 20));
    // A quadratic step would take a hundred times as long.
    assert!(ten < one * 30.0 + 0.5, "1 MB took {one:.3} s, 10 MB {ten:.3} s");
}

proptest! {
    #[test]
    fn any_text_has_a_score(text in "(\\PC|no|but|GOOD|bad|very|never|so|not|!|\\?|😀|’|\u{1c}| ){0,60}", curly: bool) {
        let v = score(&text, &LANG, curly);
        prop_assert!((-1.0..=1.0).contains(&v.compound));
        let shares = v.neg + v.neu + v.pos;
        prop_assert!(shares == 0.0 || (shares - 1.0).abs() < 1e-9, "{v:?}");
        prop_assert_eq!(v, score(&text, &LANG, curly));
    }

    /// What the contrast does equals the reference's own search, value by value.
    #[test]
    fn long_contrasts_equal_short_ones(before in proptest::collection::vec(0usize..4, 40..90), after in proptest::collection::vec(0usize..4, 40..90)) {
        let words = ["good", "bad", "the", "great"];
        let valences = [1.9, -2.5, 0.0, 3.1];
        let text = before.iter().map(|&n| words[n]).chain(["but"]).chain(after.iter().map(|&n| words[n])).collect::<Vec<_>>().join(" ");
        let mut values: Vec<f64> = before.iter().map(|&n| valences[n]).chain([0.0]).chain(after.iter().map(|&n| valences[n])).collect();
        for n in 0..values.len() {
            let value = values[n];
            let first = values.iter().position(|&v| v == value).expect("it is there");
            values[first] *= if first < before.len() { 0.5 } else if first > before.len() { 1.5 } else { 1.0 };
        }
        let sum: f64 = values.iter().sum();
        prop_assert!((score(&text, &LANG, false).compound - sum / (sum * sum + 15.0).sqrt()).abs() < 1e-9);
    }
}
