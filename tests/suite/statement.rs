//! The statement model: what must hold for any text.

use detente::annotation::Hit;
use detente::language::Language;
use detente::language::statement::parse;
use detente::token;
use detente::tone::statement;
use proptest::prelude::*;
use std::collections::BTreeSet;
use std::sync::LazyLock;

static LANG: LazyLock<Language> = LazyLock::new(|| Language::english().expect("built-in lexicons load"));

fn lean(text: &str) -> (f64, Vec<Hit>) {
    let tokens = token::split(text, &LANG);
    let (mut reader, mut hits) = (statement::Reader::new(text, &LANG), Vec::new());
    let sum = reader.lean(&tokens);
    reader.tell(&tokens, &mut hits);
    (sum, hits)
}

#[test]
fn a_name_never_decides() {
    let of = |name: &str| lean(&format!("We told {name} that we would not pay, and {name} answered us with a threat.")).0;
    for name in ["Lind", "Trump", "Petro", "Xi", "Ada Novak"] {
        assert_eq!(of("Novak"), of(name), "{name}");
    }
}

#[test]
fn plain_statements_have_their_sign() {
    // Plain statements in words of every day, with the sign that a reader gives them.
    for (text, sign) in [
        ("We had a very good and useful conversation.", 1.0),
        ("I trust him, and I look forward to working with her.", 1.0),
        ("We are ready to turn the page together.", 1.0),
        ("He takes us for fools, and he will pay for it.", -1.0),
        ("They have no shame at all.", -1.0),
        ("Who does he think he is?", -1.0),
    ] {
        assert!(lean(text).0 * sign > 0.0, "{text}: {}", lean(text).0);
    }
}

#[test]
fn every_feature_has_the_name_that_means_it() {
    let text = "We won’t ask Mr. Lind for 3 billion! Is that a threat? It's no threat, UNFAIR though: Novak never threatened anybody.";
    let tokens = token::split(text, &LANG);
    let mut seen = BTreeSet::new();
    statement::features(text, &tokens, &LANG, |feature, kind, at| {
        let name = statement::name(text, &tokens, at, kind, feature, &LANG);
        assert_eq!(parse(&name), Some(feature), "{name}");
        assert!(seen.insert(feature), "{name} is given twice");
    });
    assert!(seen.len() > 40);
}

proptest! {
    #[test]
    fn the_parts_make_up_the_whole(text in "(?s).{0,300}|([A-Za-z’.,?! ]{1,12} ){0,80}") {
        let (sum, hits) = lean(&text);
        prop_assert!((hits.iter().map(|h| h.weight).sum::<f64>() - sum).abs() < 1e-9);
        prop_assert!(sum.abs() <= 6.0 + 1e-9);
        for hit in hits.iter().filter_map(|h| h.span) {
            prop_assert!(text.is_char_boundary(hit.start as usize) && text.is_char_boundary(hit.end as usize));
        }
    }
}
