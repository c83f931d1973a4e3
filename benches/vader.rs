//! VADER beside `vader_sentiment`'s own scoring, on the same sentences in the same run.
#![allow(missing_docs)]

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use detente::language::Language;
use detente::tone::vader;
use std::hint::black_box;
use vader_sentiment::SentimentIntensityAnalyzer;

/// Sentences in the manner of political news, of our own wording.
const SENTENCES: [&str; 8] = [
    "The president of the neighbouring country told reporters on Tuesday that the border would stay open for trade until the end of March.",
    "\"We will not accept threats from anybody,\" he said, \"but we are very happy to sit down and talk about a fair and lasting agreement.\"",
    "Her office called the accusations baseless and said the minister had never met the businessman at the centre of the inquiry.",
    "Analysts said that the terrible drought, rising prices and the collapse of the grain deal had left the government with few good options.",
    "He praised the “brave” soldiers, thanked his counterpart warmly and promised generous help for the victims of the flood.",
    "Three people were killed and dozens injured when police clashed with protesters outside the parliament building late on Friday!",
    "It is the least successful policy of a deeply unpopular administration, and everyone in this town knows it, the senator wrote.",
    "The two delegations are expected to meet again next week in Geneva, where they will discuss customs, fisheries and the return of prisoners.",
];

fn bench(c: &mut Criterion) {
    let lang = Language::english().expect("built-in lexicons load");
    let own = SentimentIntensityAnalyzer::new();
    let mut group = c.benchmark_group("vader");
    group.throughput(Throughput::Bytes(SENTENCES.iter().map(|s| s.len() as u64).sum()));
    group.bench_function("ours", |b| b.iter(|| SENTENCES.iter().map(|s| vader::score(black_box(s), &lang, false).compound).sum::<f64>()));
    group.bench_function("ours, curly marks folded", |b| {
        b.iter(|| SENTENCES.iter().map(|s| vader::score(black_box(s), &lang, true).compound).sum::<f64>())
    });
    group.bench_function("vader_sentiment", |b| b.iter(|| SENTENCES.iter().map(|s| own.polarity_scores(black_box(s))["compound"]).sum::<f64>()));
    group.finish();
}

criterion_group!(benches, bench);
criterion_main!(benches);
