//! Each stage and the whole, on one text made here, beside counting `\w+` with the regex crate in the
//! same run, so that every figure can be told as a multiple of that. All on one thread, but for the one that says so.
#![allow(missing_docs)]

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use detente::actor::Actors;
use detente::annotation::Annotation;
use detente::article::Article;
use detente::language::Language;
use detente::pipeline::Pipeline;
use detente::record::{self, DirectionRule};
use detente::{clean, run, sentence, token};
use regex::Regex;
use std::convert::Infallible;
use std::fmt::Write;
use std::hint::black_box;

/// As in the program.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// A quarter of a megabyte of news in 50 articles, of our own wording, the same in every run.
fn articles() -> Vec<Article> {
    const SPEAKERS: [&str; 5] = ["Ada Novak", "Boris Lind", "Foreign Minister Petra Sol", "the ministry’s spokesman", "an analyst at the institute"];
    const VERBS: [&str; 5] = ["said", "told reporters", "warned", "insisted", "wrote"];
    const DAYS: [&str; 5] = ["on Monday", "last week", "on March 3, 2025", "two days later", "in early May"];
    const WORDS: [&str; 5] = [
        "We welcome the talks and we thank our neighbours for their patience",
        "This is a threat, and nobody here will forget it",
        "The treaty is dead. They killed it at night. We will answer",
        "He is a liar who has never kept his word",
        "I look forward to a good meeting in the capital",
    ];
    const PROSE: [&str; 5] = [
        "The U.S. envoy left Geneva at 9 p.m. without a word to the press, as Mr. Lind had asked him to do.",
        "Trade between the two countries fell by 12 percent in 2024, the sharpest drop since the border war.",
        "Relations had soured when Novak called him “a stranger to the truth” and closed the river port.",
        "Farmers on both banks of the river, who live off the trade, hope that the quarrel ends before the harvest.",
        "Her office later denied that any such letter had been sent, though two officials had read from it.",
    ];
    (0..50)
        .map(|n| {
            let mut text = String::new();
            for k in 0..14 {
                let at = n * 7 + k * 3;
                let _ = write!(
                    text,
                    "{} “{},” {} {} {}. {}\n\n",
                    PROSE[at % 5],
                    WORDS[(at + k) % 5],
                    SPEAKERS[(at / 2) % 5],
                    VERBS[(at / 3) % 5],
                    DAYS[at % 5],
                    PROSE[(at + 2) % 5]
                );
            }
            Article { id: n.to_string(), text, published: Some(jiff::civil::Date::constant(2025, 5, 1)), ..Article::default() }
        })
        .collect()
}

fn bench(c: &mut Criterion) {
    let pipeline = Pipeline {
        language: Language::english().expect("built-in lexicons load"),
        actors: Actors::between("Ada Novak", "Boris Lind"),
        thresholds: Default::default(),
    };
    let lang = &pipeline.language;
    let articles = articles();
    let words = Regex::new(r"\w+").expect("a pattern");
    let mut group = c.benchmark_group("stages");
    group.sample_size(20);
    group.throughput(Throughput::Bytes(articles.iter().map(|a| a.text.len() as u64).sum()));
    group.bench_function("count \\w+ by regex", |b| b.iter(|| articles.iter().map(|a| words.find_iter(black_box(&a.text)).count()).sum::<usize>()));
    group.bench_function("token", |b| b.iter(|| articles.iter().map(|a| token::split(black_box(&a.text), lang).len()).sum::<usize>()));
    group.bench_function("token, sentence", |b| {
        b.iter(|| {
            let sentences = |a: &Article| sentence::split(&a.text, &token::split(&a.text, lang), lang).len();
            articles.iter().map(|a| sentences(black_box(a))).sum::<usize>()
        });
    });
    group.bench_function("token, sentence, clean", |b| {
        b.iter(|| {
            let marks = |a: &Article| {
                let tokens = token::split(&a.text, lang);
                let sentences = sentence::split(&a.text, &tokens, lang);
                clean::mark(a, &tokens, &sentences, lang).len()
            };
            articles.iter().map(|a| marks(black_box(a))).sum::<usize>()
        });
    });
    group.bench_function("inspect times", |b| {
        b.iter(|| articles.iter().map(|a| serde_json::to_string(&pipeline.times(black_box(a))).map_or(0, |s| s.len())).sum::<usize>());
    });
    // As the program does: some articles go through the stages together.
    let lines = |articles: &[&Article]| -> Vec<Vec<u8>> {
        let annotations = pipeline.annotate_all(black_box(articles));
        let line = |(article, annotation): (&&Article, &Annotation)| record::line(article, annotation, &pipeline.actors, DirectionRule::default());
        articles.iter().zip(&annotations).map(line).collect()
    };
    let write = || {
        let mut written = 0;
        run::ordered(articles.iter(), lines, |_, line| -> Result<(), Infallible> {
            written += black_box(&line).len();
            Ok(())
        })
        .map_or(0, |()| written)
    };
    let one = rayon::ThreadPoolBuilder::new().num_threads(1).build().expect("a thread");
    group.bench_function("inspect quotes", |b| one.install(|| b.iter(write)));
    group.bench_function("inspect quotes on all threads", |b| b.iter(write));
    let annotate = || {
        let mut quotes = 0;
        run::ordered(
            articles.iter(),
            |articles| pipeline.annotate_all(black_box(articles)),
            |_, annotation| -> Result<(), Infallible> {
                quotes += annotation.quotes.len();
                Ok(())
            },
        )
        .map_or(0, |()| quotes)
    };
    group.bench_function("all stages", |b| one.install(|| b.iter(annotate)));
    group.finish();
}

criterion_group!(benches, bench);
criterion_main!(benches);
