use crate::case::check;
use detente::language::Language;
use detente::token;

#[test]
fn cases() {
    let lang = Language::english().expect("built-in lexicons load");
    check("token", |case| {
        token::split(&case.text, &lang)
            .iter()
            .map(|t| t.of(&case.text).to_owned())
            .collect::<Vec<_>>()
            .join(" | ")
            .lines()
            .map(str::to_owned)
            .collect()
    });
}
