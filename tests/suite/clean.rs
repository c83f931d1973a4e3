use crate::case::check;
use detente::article::Article;
use detente::language::Language;
use detente::{clean, sentence, token};

#[test]
fn cases() {
    let lang = Language::english().expect("built-in lexicons load");
    check("clean", |case| {
        let article = Article { text: case.text.clone(), title: case.setting("title").unwrap_or_default().to_owned(), ..Article::default() };
        let tokens = token::split(&article.text, &lang);
        let sentences = sentence::split(&article.text, &tokens, &lang);
        clean::mark(&article, &tokens, &sentences, &lang)
            .iter()
            .map(|b| format!("{}{} | {}", if b.skip { "" } else { "kept " }, b.why, b.span.of(&article.text).replace('\n', "⏎")))
            .collect()
    });
}
