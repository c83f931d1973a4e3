use crate::case::check;
use detente::language::Language;
use detente::{sentence, token};

#[test]
fn cases() {
    let lang = Language::english().expect("built-in lexicons load");
    check("sentence", |case| {
        let tokens = token::split(&case.text, &lang);
        sentence::split(&case.text, &tokens, &lang).iter().map(|s| s.span.of(&case.text).replace('\n', "⏎")).collect()
    });
}
