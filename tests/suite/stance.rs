use crate::case::check;
use detente::actor::Actors;
use detente::article::Article;
use detente::language::Language;
use detente::pipeline::Pipeline;
use std::path::Path;

const LEADERS: &str = r#"
[[leader]]
name = "Ada Novak"
pronouns = ["she", "her", "hers"]
country = "Estonia"
demonyms = ["Estonian"]
[[leader]]
name = "Boris Lind"
pronouns = ["he", "him", "his"]
country = "Kenya"
demonyms = ["Kenyan"]
"#;

#[test]
fn cases() {
    let pipeline = Pipeline {
        language: Language::english().expect("built-in lexicons load"),
        actors: Actors::parse(Path::new("actors.toml"), LEADERS).expect("two leaders"),
        thresholds: Default::default(),
    };
    check("stance", |case| {
        let article = Article { text: case.text.clone(), ..Article::default() };
        let found = pipeline.annotate(&article);
        let row = |(q, t): (&detente::annotation::Quote, &detente::annotation::Target)| {
            format!("{} -> {}", q.span.of(&case.text), if t.name.is_empty() { "-" } else { &t.name })
        };
        let rows: Vec<String> = found.quotes.iter().zip(&found.targets).map(row).collect();
        for (target, tone) in found.targets.iter().zip(&found.tones) {
            assert_eq!(target.name.is_empty(), tone.tone.is_none(), "a quotation has a tone where it has a target");
        }
        rows
    });
}
