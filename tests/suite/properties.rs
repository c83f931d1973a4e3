//! What must hold for every text, however odd, and every document date: of one stage after the other
//! and of the rows that leave the program. And that time grows no faster than the text.

use detente::actor::Actors;
use detente::annotation::Annotation;
use detente::article::Article;
use detente::language::Language;
use detente::pipeline::Pipeline;
use detente::record::{self, DirectionRule};
use detente::span::Span;
use detente::token;
use jiff::civil::Date;
use proptest::prelude::*;
use std::sync::LazyLock;
use std::time::Instant;

static PIPELINE: LazyLock<Pipeline> = LazyLock::new(|| Pipeline {
    language: Language::english().expect("built-in lexicons load"),
    actors: Actors::between("Ada Novak", "Boris Lind"),
    thresholds: Default::default(),
});

/// Pieces of news, and of what breaks programs that read news.
const PIECES: &[&str] = &[
    " ",
    " ",
    " ",
    " ",
    "\n",
    "\n\n",
    "\r\n",
    "\t",
    "\u{a0}",
    "\u{2028}",
    "\0",
    "\u{feff}",
    "\u{200b}",
    "\u{301}",
    "“",
    "”",
    "\"",
    "\"",
    "'",
    "''",
    "``",
    "‘",
    "’",
    "«",
    "»",
    "„",
    "(",
    ")",
    "[",
    "]",
    "—",
    " – ",
    "-",
    ".",
    ".",
    ". ",
    "…",
    "...",
    "!",
    "?",
    ",",
    ", ",
    ":",
    ": ",
    ";",
    "/",
    "@",
    "#",
    "$",
    "%",
    "•",
    "*",
    "Ada",
    "Novak",
    "Ada Novak",
    "Boris Lind",
    "Lind",
    "President Novak",
    "Mr. Lind",
    "the president",
    "he",
    "she",
    "who",
    "they",
    "I",
    "we",
    "his",
    "foreign minister",
    "Petra de la Cruz",
    "O’Neil",
    "the ministry",
    "Novakia",
    "U.S.",
    "the U.S.",
    "said",
    "told",
    "asked",
    "“We agree,” Ada Novak said.",
    "called him a liar",
    "according to",
    "tweeted",
    "that",
    "said that",
    "On Monday",
    "Monday",
    "last week",
    "Sept. 27",
    "March 3, 2025",
    "2025-03-03",
    "in 2024",
    "2024",
    "99999999999999999999",
    "31 February",
    "Feb. 29",
    "three days later",
    "a year ago",
    "century",
    "Q3",
    "the 1990s",
    "yesterday",
    "9 p.m.",
    "11:00",
    "two weeks before",
    "since",
    "until",
    "not",
    "never",
    "very",
    "terrible",
    "great",
    "war",
    "peace",
    "honor",
    "threat",
    "VERY",
    "TRUTH WILL COME OUT AGAIN",
    "RIGHTNovak",
    "said.Then",
    "Comments",
    "Read more",
    "By Ada Novak",
    "(Ana Ruiz/AFP)",
    "https://a.example/b?c=d",
    "1.",
    "2)",
    "a.",
    "😀",
    "👩‍👩‍👧‍👦",
    "🇨🇴",
    "سلام",
    "שלום",
    "“مرحبا”",
    "他说",
    "。",
    "「好」",
    "Москва",
    "İstanbul",
    "ǅ",
    "ﬁ",
    "ẞ",
    "é",
    "e\u{301}",
    "\u{202e}",
    "\u{e000}",
];

fn text() -> impl Strategy<Value = String> {
    let pieces = || prop::collection::vec((prop::sample::select(PIECES), any::<bool>()), 0..120);
    let joined = |pieces: Vec<(&str, bool)>| {
        let mut out = String::new();
        for (piece, space) in pieces {
            out += piece;
            if space {
                out.push(' ');
            }
        }
        out
    };
    prop_oneof![
        6 => pieces().prop_map(joined),
        1 => any::<String>(),
        2 => (pieces(), any::<String>(), pieces()).prop_map(move |(a, odd, b)| joined(a) + &odd + &joined(b)),
    ]
}

fn day() -> impl Strategy<Value = Option<Date>> {
    prop_oneof![
        1 => Just(None),
        1 => prop::sample::select(vec![Date::MIN, Date::MAX, Date::constant(2024, 2, 29), Date::constant(1, 1, 1), Date::constant(2025, 12, 31)]).prop_map(Some),
        4 => (1900i16..2100, 1i8..13, 1i8..29).prop_map(|(y, m, d)| Some(Date::constant(y, m, d))),
    ]
}

fn article(text: String, published: Option<Date>) -> Article {
    Article { id: "a".into(), text, published, ..Article::default() }
}

/// Whether `span` lies within `text` on character boundaries.
fn fits(text: &str, span: Span) -> bool {
    span.start <= span.end && text.get(span.start as usize..span.end as usize).is_some()
}

/// All that must hold of one annotation; the first breach in words.
fn sound(article: &Article, a: &Annotation) -> Result<(), String> {
    let text = article.text.as_str();
    let fit = |what: &str, span: Span| if fits(text, span) { Ok(()) } else { Err(format!("{what}: {span:?} does not fit the text")) };
    let mut end = 0;
    for s in &a.sentences {
        fit("sentence", s.span)?;
        if s.span.is_empty() || s.span.start < end || s.span.trim(text) != s.span {
            return Err(format!("sentence {:?} is empty, overlaps or has white space at its edges", s.span));
        }
        if !text[end as usize..s.span.start as usize].chars().all(char::is_whitespace) {
            return Err(format!("text before sentence {:?} is lost", s.span));
        }
        end = s.span.end;
    }
    if !text[end as usize..].chars().all(char::is_whitespace) {
        return Err("text after the last sentence is lost".into());
    }
    let mut end = 0;
    for b in &a.boilerplate {
        fit("boilerplate", b.span)?;
        if b.span.start < end || b.span.is_empty() || b.why.is_empty() {
            return Err(format!("boilerplate {b:?} is empty or out of order"));
        }
        end = b.span.end;
    }
    for e in &a.entities {
        if e.actor.is_some_and(|id| id as usize >= PIPELINE.actors.list.len()) {
            return Err(format!("entity {e:?} names no actor"));
        }
    }
    let (entities, sentences) = (a.entities.len() as u32, a.sentences.len() as u32);
    let mut start = 0;
    for m in &a.mentions {
        fit("mention", m.span)?;
        if m.span.start < start || m.span.is_empty() || m.sentence >= sentences || m.entity.is_some_and(|e| e >= entities) {
            return Err(format!("mention {m:?} is out of order, empty or points nowhere"));
        }
        start = m.span.start;
    }
    let n = a.quotes.len();
    if [a.attributions.len(), a.said.len(), a.targets.len(), a.tones.len()] != [n; 4] {
        return Err(format!(
            "{n} quotes, but {} attributions, {} dates, {} targets, {} tones",
            a.attributions.len(),
            a.said.len(),
            a.targets.len(),
            a.tones.len()
        ));
    }
    let mut start = 0;
    for q in &a.quotes {
        fit("quote", q.span)?;
        fit("quote with marks", q.outer)?;
        if let Some(content) = q.content {
            fit("content", content)?;
        }
        if q.span.start < start || q.span.is_empty() || !q.outer.contains(q.span) || q.sentence >= sentences || q.utterance == 0 {
            return Err(format!("quote {q:?} is out of order, empty or outside its marks"));
        }
        start = q.span.start;
    }
    for x in &a.attributions {
        for span in x.mention.iter().chain(&x.cue) {
            fit("speaker or cue", *span)?;
        }
        if x.speaker.iter().chain(&x.reported_by).any(|&e| e >= entities) || !(0.0..=1.0).contains(&x.confidence) {
            return Err(format!("attribution {x:?} points nowhere or has no confidence"));
        }
    }
    let mut start = 0;
    for t in &a.timexes {
        fit("timex", t.span)?;
        if t.span.start < start || t.span.is_empty() || matches!((t.from, t.to), (Some(f), Some(t)) if f > t) {
            return Err(format!("timex {t:?} is empty, out of order or ends before it begins"));
        }
        start = t.span.start;
    }
    for s in &a.said {
        if let Some(words) = s.words {
            fit("words of a date", words)?;
        }
        if matches!((s.from, s.to), (Some(f), Some(t)) if f > t) {
            return Err(format!("{s:?} ends before it begins"));
        }
    }
    for t in &a.targets {
        if t.entity.is_some_and(|e| e >= entities) || t.leader.is_some_and(|l| l > 1) {
            return Err(format!("target {t:?} points nowhere"));
        }
    }
    for t in &a.tones {
        if !(-1.0..=1.0).contains(&t.valence) || t.tone.is_some_and(|x| !(-1.0..=1.0).contains(&x)) {
            return Err(format!("tone {t:?} leaves its scale"));
        }
        for span in t.hits.iter().filter_map(|h| h.span) {
            fit("hit", span)?;
        }
    }
    Ok(())
}

/// A quotation's sentence may begin before that of the date which the text told last.
#[test]
fn a_weekday_before_the_running_date() {
    let article = article("“(his Monday«“@“On Monday • Sept. 27 ".to_owned(), Some(jiff::civil::Date::constant(1900, 1, 1)));
    sound(&article, &PIPELINE.annotate_narration(&article)).expect("a sound annotation");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1024, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_any_date(text in text(), published in day()) {
        let article = article(text, published);
        let found = PIPELINE.annotate_narration(&article);
        if let Err(breach) = sound(&article, &found) {
            return Err(TestCaseError::fail(breach));
        }
        // A saved annotation is the same when read again.
        let saved = serde_json::to_string(&found).expect("an annotation serialises");
        let read: Annotation = serde_json::from_str(&saved).expect("a saved annotation reads");
        prop_assert_eq!(serde_json::to_string(&read).expect("an annotation serialises"), saved);
        // Rows count in Unicode scalars and quote the text.
        let scalars: Vec<char> = article.text.chars().collect();
        for row in record::rows(&article, &found, &PIPELINE.actors, DirectionRule::default()) {
            prop_assert!(row.start < row.end && row.end <= scalars.len(), "{row:?}");
            let words: String = scalars[row.start..row.end].iter().collect();
            prop_assert!(words.split_whitespace().eq(row.quote.split_whitespace()), "{words:?} {row:?}");
        }
    }

    #[test]
    fn tokens_in_order_with_only_white_space_between(text in text()) {
        let mut end = 0;
        for token in token::split(&text, &PIPELINE.language).iter() {
            prop_assert!(fits(&text, token.span) && !token.span.is_empty(), "{token:?}");
            let gap = &text[end..token.span.start as usize];
            prop_assert!(gap.chars().all(char::is_whitespace), "{gap:?} is no token");
            prop_assert_eq!(token.spaced, end == 0 || !gap.is_empty(), "{:?}", token);
            end = token.span.end as usize;
        }
        prop_assert!(text[end..].chars().all(char::is_whitespace));
    }
}

/// The same rows for one thread and eight, whatever lies in the batch.
#[test]
fn threads_do_not_matter() {
    let articles: Vec<Article> = (0..300)
        .map(|n| {
            let text = (0..40).map(|k| PIECES[(n * 31 + k * (k + n)) % PIECES.len()]).collect::<Vec<_>>().join(" ");
            Article { id: n.to_string(), ..article(text, Some(Date::constant(2025, 5, 1 + (n % 28) as i8))) }
        })
        .collect();
    let rows = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("a pool of threads");
        let mut out = String::new();
        pool.install(|| {
            detente::run::ordered(
                articles.iter(),
                |articles| PIPELINE.annotate_all(articles),
                |article, annotation| -> Result<(), detente::error::Error> {
                    out += &article.id;
                    out += &serde_json::to_string(&annotation).expect("an annotation serialises");
                    Ok(())
                },
            )
            .expect("articles are annotated");
        });
        out
    };
    assert_eq!(rows(1), rows(8));
}

/// Five times the text takes about five times as long, also where marks, names and cues never end.
#[test]
fn time_is_linear() {
    const SMALL: usize = 60_000;
    const FACTOR: usize = 5;
    const LIMIT: f64 = 3.0 * FACTOR as f64;
    let patterns: &[&str] = &[
        "\"",
        "\" ",
        " \"a",
        "'",
        "' ",
        " '",
        "“",
        "” ",
        "“a ",
        "(",
        "(a ",
        ")",
        "A",
        "AB CD ",
        "Ab Cd ",
        "A. ",
        ".",
        ". ",
        "a.",
        "a.B",
        "!",
        "said ",
        "“a,” said ",
        "he said that ",
        "7",
        "7 ",
        "2024 ",
        "1. a ",
        "Monday ",
        "last week ",
        "since ",
        "in May, ",
        "\n",
        "a\n",
        "Ab\n",
        "“a\n",
        "-",
        " - ",
        "a-",
        ",",
        "a, ",
        ", said ",
        "•",
        "@a",
        "Mr. ",
        "Ada Novak ",
        "Ada Novak, ",
        "she ",
        "of the ",
        "the president ",
        "and ",
        "not ",
        "very good ",
        "but ",
        "x",
        "x ",
        "é",
        "他",
        "Comments\n",
        "Read more\n",
        "(AFP)",
        "\u{301}",
        "a’",
        "’s ",
        "Novak’s ",
        "“Novak said ",
        ": ",
        "“a” ",
        "a b c. “D e,” she said. ",
        "angered by Ada Novak, he ",
        "the 70-year-old ",
        "a source, the insider ",
        "no mayor, the Workers’ Party, ",
        "Vega of the List, who was ill, said ",
        "on Monday, asked on Tuesday, ",
        "“a” around it, he said, and ",
        "said it fell, and Novak said ",
        "when she turned to him and said ",
        "“Go,” came the answer. ",
        "“Will you?” Novak told him. ",
        "“a,” he told them, adding “b” ",
        "the Finn’s ",
        "called it “a” and her country “b” ",
        "Kenya, she said, had been “a”. ",
        "Novak, elected in May, ",
        "The quake struck on May 3. A week after the quake, ",
        "A week after the quake on May 3 the quake ",
        "May 3 - Novak said “a”.\n\n",
        "answered in a letter. “a,” it said. ",
        "his answer that day and in the ",
        "In a May 3 interview Lind said it was “a”. ",
        "On 3 May they met. 15:45 Novak speaks. “a,” she says. ",
        "Ida Moll, 61, met Anton Berg, 49. The 49-year-old laughed. ",
        "“a,” Moll says. Q: “b” A: “c” ",
        "The Danish leader refused. ",
        "The defense minister, retired Gen. Otto Prat, left.\n\n",
    ];
    let mut slow = String::new();
    for pattern in patterns {
        let time = |bytes: usize| {
            let article = article(pattern.repeat(bytes / pattern.len() + 1), Some(Date::constant(2025, 5, 1)));
            let start = Instant::now();
            let found = std::panic::catch_unwind(|| PIPELINE.annotate_narration(&article)).map_err(|_| "a panic".to_owned())?;
            let taken = start.elapsed().as_secs_f64();
            sound(&article, &found).map(|()| taken)
        };
        let measured = || -> Result<(f64, f64), String> {
            let small = time(SMALL)?.min(time(SMALL)?).max(0.01);
            let mut large = time(SMALL * FACTOR)?;
            // The machine may have been busy: only what stays slow is slow.
            for _ in 0..2 {
                if large > small * LIMIT {
                    large = large.min(time(SMALL * FACTOR)?);
                }
            }
            Ok((small, large))
        };
        match measured() {
            Ok((small, large)) if large > small * LIMIT => {
                slow += &format!("\n  {pattern:?}: {:.1} ms for {SMALL} bytes, {:.1} ms for {FACTOR} times as many", small * 1e3, large * 1e3);
            }
            Ok(_) => {}
            Err(breach) => slow += &format!("\n  {pattern:?}: {breach}"),
        }
    }
    assert!(slow.is_empty(), "time grows faster than the text, or worse:{slow}");
}

/// Temporal expressions are the same whether asked for alone or with everything else.
#[test]
fn times_alone_are_those_of_the_whole() {
    let mut seen = 0;
    for n in 0..60 {
        let text = (0..30).map(|k| PIECES[(n * 17 + k * (2 * k + n)) % PIECES.len()]).collect::<Vec<_>>().join(" ");
        let article = article(text, Some(Date::constant(2025, 5, 1 + (n % 28) as i8)));
        let alone = PIPELINE.times(&article);
        seen += alone.len();
        let json = |times: &[detente::annotation::TimeExpr]| serde_json::to_string(times).expect("they serialise");
        assert_eq!(json(&alone), json(&PIPELINE.annotate(&article).timexes), "{}", article.text);
    }
    assert!(seen > 100, "the pieces hold dates: {seen}");
}
