//! `tests/cases/mention/en.txt`: text → its mentions. `@between A & B` gives leaders. One line a mention: `words = entity`
//! (`words` alone where the entity has that very name, `?` where nobody can be told), then `[leader]` where the entity is
//! or stands for one. `@only pronoun|name|description` keeps mentions of that kind, `@quoted` marks what is in marks as quotations.

use crate::case::{Case, check};
use detente::actor::Actors;
use detente::annotation::{Annotation, MentionKind};
use detente::article::Article;
use detente::doc::Doc;
use detente::language::Language;
use detente::pipeline::Pipeline;
use detente::{mention, sentence, token};
use proptest::prelude::*;

fn pipeline(case: Option<&Case>) -> Pipeline {
    let between = case.and_then(|c| c.setting("between")).and_then(|v| v.split_once(" & "));
    let actors = match (case.and_then(|c| c.setting("actors")), between) {
        (Some(toml), _) => {
            // Cells of `@actors`: NAME, country, demonym, capital; two leaders, `;` between them.
            let list = toml.split(';').map(|row| {
                let cells: Vec<&str> = row.split(',').map(str::trim).collect();
                format!(
                    "[[leader]]\nname = {:?}\ncountry = {:?}\ndemonyms = [{:?}]\ncapital = {:?}\ntitle = {:?}\n",
                    cells[0], cells[1], cells[2], cells[3], cells[4]
                )
            });
            Actors::parse(std::path::Path::new("case"), &lines(list)).expect("the case's actors parse")
        }
        (None, Some((a, b))) => Actors::between(a, b),
        _ => Actors::default(),
    };
    Pipeline { language: Language::english().expect("built-in lexicons load"), actors, thresholds: Default::default() }
}

fn lines(rows: impl Iterator<Item = String>) -> String {
    rows.collect::<Vec<_>>().join("")
}

fn annotate(pipeline: &Pipeline, text: &str) -> Annotation {
    pipeline.annotate(&Article { id: "case".into(), text: text.to_owned(), ..Article::default() })
}

#[test]
fn cases() {
    check("mention", |case| {
        let pipeline = pipeline(Some(case));
        let found = annotate(&pipeline, &case.text);
        let wanted = match case.setting("only") {
            Some("pronoun") => Some(MentionKind::Pronoun),
            Some("name") => Some(MentionKind::Name),
            Some("description") => Some(MentionKind::Description),
            _ => None,
        };
        let kept = found.mentions.iter().filter(|m| wanted.is_none_or(|k| m.kind == k));
        kept.map(|m| {
            let words = m.span.of(&case.text);
            let entity = m.entity.map(|e| &found.entities[e as usize]);
            let name = entity.map_or("?", |e| e.name.as_str());
            let leader = entity.and_then(|e| e.leader).map_or(String::new(), |l| format!(" [{}]", pipeline.actors.short(l)));
            if name == words { format!("{words}{leader}") } else { format!("{words} = {name}{leader}") }
        })
        .collect()
    });
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]
    /// Any text yields mentions in order, none overlapping, on character boundaries, with entities that exist.
    #[test]
    fn mentions_are_sound(parts in proptest::collection::vec(prop_oneof![
        Just("President ".to_owned()), Just("Ada Novak ".to_owned()), Just("he said ".to_owned()), Just(", ".to_owned()), Just("U.S.".to_owned()),
        Just("“".to_owned()), Just("” ".to_owned()), Just("’s ".to_owned()), Just("the ministry of ".to_owned()), Just("\n".to_owned()),
        Just("-".to_owned()), Just(". ".to_owned()), Just("Mr. ".to_owned()), Just("who ".to_owned()), "\\PC{0,6}", "[A-Z][a-zé]{0,5} ",
    ], 0..40)) {
        let text = parts.concat();
        let lang = Language::english().expect("built-in lexicons load");
        let article = Article { id: "case".into(), text: text.clone(), ..Article::default() };
        let tokens = token::split(&text, &lang);
        let sentences = sentence::split(&text, &tokens, &lang);
        let actors = Actors::between("Ada Novak", "Boris Lind");
        let doc = Doc { article: &article, text: &text, tokens: &tokens, signs: &tokens.signs, places: &token::Places::new(&tokens), sentences: &sentences, boilerplate: &[], lang: &lang, actors: &actors };
        let found = mention::find(&doc, &[]);
        prop_assert_eq!(found.mentions.len(), found.traits.len());
        let mut end = 0;
        for m in &found.mentions {
            prop_assert!(m.span.start >= end && m.span.start < m.span.end);
            prop_assert!(text.get(m.span.start as usize..m.span.end as usize).is_some());
            prop_assert!(m.entity.is_none_or(|e| (e as usize) < found.entities.len()));
            prop_assert!((m.sentence as usize) < sentences.len());
            end = m.span.end;
        }
    }
}
