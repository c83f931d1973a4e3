//! `tests/cases/actor/en.txt`: articles (parted by a line `~~~`) → what discovery learns. `@between A & B` gives leaders,
//! without it the pair is found. One line an actor: `leader|actor NAME | title | country or side | pronoun`.

use crate::case::check;
use detente::actor::{Actors, discover};
use detente::article::Article;
use detente::language::Language;

#[test]
fn cases() {
    let lang = Language::english().expect("built-in lexicons load");
    check("actor", |case| {
        let given = case.setting("between").and_then(|v| v.split_once(" & ")).map_or_else(Actors::default, |(a, b)| Actors::between(a, b));
        let articles: Vec<Article> = case.text.split("\n~~~\n").map(|text| Article { text: text.to_owned(), ..Article::default() }).collect();
        let learned = discover::learn(&articles.iter().collect::<Vec<_>>(), &given, &lang);
        let lines = learned.list.iter().enumerate().map(|(id, a)| {
            let leader = learned.is_leader(id as u32);
            let tie = if leader { &a.country } else { &a.side };
            let pronoun = a.pronouns.first().map_or("-", String::as_str);
            let or = |s: &str| if s.is_empty() { "-".to_owned() } else { s.to_owned() };
            format!("{} {} | {} | {} | {pronoun}", if leader { "leader" } else { "actor" }, a.name, or(&a.title), or(tie))
        });
        lines.collect()
    });
}

#[test]
fn what_the_user_gave_is_never_overruled() {
    let lang = Language::english().expect("built-in lexicons load");
    let toml =
        "[[leader]]\nname = \"Mara Linden\"\ntitle = \"Chancellor\"\npronouns = [\"he\"]\ncountry = \"Austria\"\n[[leader]]\nname = \"Jon Aske\"\n";
    let given = Actors::parse(std::path::Path::new("actors.toml"), toml).expect("it parses");
    let text = "German President Mara Linden met Norwegian Prime Minister Jon Aske. She said the talks were good.";
    let articles = [Article { text: text.repeat(5), ..Article::default() }];
    let learned = discover::learn(&articles.iter().collect::<Vec<_>>(), &given, &lang);
    let linden = &learned.list[0];
    assert_eq!((linden.title.as_str(), linden.country.as_str(), linden.pronouns[0].as_str()), ("Chancellor", "Austria", "he"));
    assert_eq!(learned.list[1].country, "Norway");
}
