//! The tables have exactly the columns of the schema, so that codebook and data cannot drift.

use detente::actor::Actors;
use detente::annotation::{Annotation, Sentence};
use detente::article::Article;
use detente::language::Language;
use detente::record::QuoteRecord;
use detente::report::{review, schema, sentences};
use detente::span::Span;
use serde::Serialize;

fn header(row: impl Serialize) -> Vec<String> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.serialize(row).expect("a flat row");
    let bytes = writer.into_inner().expect("written to memory");
    let mut reader = csv::Reader::from_reader(bytes.as_slice());
    reader.headers().expect("a header").iter().map(str::to_owned).collect()
}

fn quote() -> QuoteRecord {
    serde_json::from_value(serde_json::json!({"doc_id": "a", "start": 0, "end": 2, "quote": "no", "kind": "direct"}))
        .expect("other columns have defaults")
}

#[test]
fn quotes() {
    assert_eq!(header(quote()), schema::table("quotes.csv").expect("in the schema").header());
}

#[test]
fn review_rows() {
    let article = Article { id: "a".into(), text: "no".into(), ..Article::default() };
    let rows = review::rows(&article, &[quote()]);
    assert_eq!(rows[0].doubt, "no speaker;no date");
    assert_eq!(header(&rows[0]), schema::table("review.csv").expect("in the schema").header());
}

#[test]
fn sentence_rows() {
    let article = Article { id: "a".into(), text: "No.".into(), ..Article::default() };
    let annotation = Annotation { sentences: vec![Sentence { span: Span::new(0, 3), paragraph: 0, first: 0, last: 2 }], ..Annotation::default() };
    let language = Language::english().expect("built-in lexicons load");
    let pipeline = detente::pipeline::Pipeline { language, actors: Actors::default(), thresholds: Default::default() };
    let rows = sentences::rows(&article, &annotation, &pipeline.language);
    assert_eq!(header(&rows[0]), schema::table("sentences.csv").expect("in the schema").header());
}

#[test]
fn every_column_is_described_once() {
    for table in schema::TABLES {
        let mut names = table.header();
        names.sort_unstable();
        let all = names.len();
        names.dedup();
        assert_eq!(names.len(), all, "{}: a column twice", table.file);
        assert!(table.columns.iter().all(|c| c.about.len() > 3), "{}: a column without meaning", table.file);
    }
}
