//! News sentiment toward a target: cases, and what must hold for any text.

use crate::case::check;
use detente::language::Language;
use detente::span::Span;
use detente::tone::induced::{self, Label, Stance};
use detente::{sentence, token};
use proptest::prelude::*;
use std::sync::LazyLock;

static LANG: LazyLock<Language> = LazyLock::new(|| Language::english().expect("built-in lexicons load"));

fn toward(text: &str, target: Option<Span>) -> Stance {
    let tokens = token::split(text, &LANG);
    let sentences = sentence::split(text, &tokens, &LANG);
    induced::score_within(text, &tokens, &sentences, target, &LANG)
}

fn span(text: &str, words: &str) -> Option<Span> {
    text.find(words).map(|at| Span::new(at, at + words.len()))
}

#[test]
fn cases() {
    check("induced", |case| {
        let target = case.setting("target").and_then(|words| span(&case.text, words));
        let label = match toward(&case.text, target).label {
            Label::Negative => "negative",
            Label::Neutral => "neutral",
            Label::Positive => "positive",
        };
        vec![label.to_owned()]
    });
}

#[test]
fn a_name_never_decides() {
    let template = "Critics of NAME said on Monday that NAME had lied to OTHER, who thanked the voters.";
    let mut scores = Vec::new();
    for (name, other) in [("Novak", "Lind"), ("Trump", "Obama"), ("Petro", "Xi"), ("Ada Novak", "President Lind")] {
        let text = template.replace("NAME", name).replace("OTHER", other);
        scores.push(toward(&text, span(&text, name)).score);
    }
    assert!(scores.windows(2).all(|w| w[0] == w[1]), "{scores:?}");
}

#[test]
fn the_parts_make_the_whole() {
    let text = "Lind was praised for his courage, while Novak was accused of corruption.";
    let tokens = token::split(text, &LANG);
    let at = token::within(&tokens, span(text, "Novak").expect("it is there"));
    let (stance, hits) = induced::explain(text, &tokens, Some(at.clone()), &LANG);
    assert_eq!(stance, induced::score(text, &tokens, Some(at), &LANG));
    let sum: f64 = hits.iter().map(|h| h.weight).sum();
    assert!(sum < 0.0 && stance.score < 0.0);
    let accused = hits.iter().find(|h| h.term.contains("accus")).expect("the verb has a part");
    assert!(accused.weight < 0.0);
    assert!(accused.span.is_some_and(|s| s.of(text).contains("accused")), "{accused:?}");
}

#[test]
fn a_target_in_a_long_text_is_judged_by_its_own_sentence() {
    let text = "Lind lied again and again. Novak won a landslide victory and earned the respect of her critics. It was a horrible disaster.";
    let alone = "Novak won a landslide victory and earned the respect of her critics.";
    assert_eq!(toward(text, span(text, "Novak")), toward(alone, span(alone, "Novak")));
}

proptest! {
    #[test]
    fn any_text_and_any_target(text in "(\\PC|Novak|not|lied|won|“|”|\"|,|\\.| |\n){0,80}", a in 0usize..200, b in 0usize..200) {
        let floor = |n: usize| (0..=n.min(text.len())).rev().find(|&n| text.is_char_boundary(n)).unwrap_or(0);
        let (a, b) = (floor(a.min(b)), floor(a.max(b)));
        for target in [None, Some(Span::new(a, b))] {
            let found = toward(&text, target);
            prop_assert!((-1.0..=1.0).contains(&found.score));
            prop_assert_eq!(found, toward(&text, target));
        }
    }
}
