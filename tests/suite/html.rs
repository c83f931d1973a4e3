//! The report page: well formed, everything escaped, every link led somewhere, nothing from elsewhere,
//! and no larger than it may be.

use detente::actor::Actors;
use detente::annotation::{Annotation, Boilerplate, Hit, QuoteKind, SaidWhen, ToneScore};
use detente::article::Article;
use detente::framing::{self, tally::Told};
use detente::record::QuoteRecord;
use detente::report::html::{Evidence, Input, Limits, Picture, Place, render};
use detente::span::Span;
use detente::tone::Thresholds;
use serde_json::json;
use std::collections::BTreeSet;

/// An article and the rows of the given quotations in it, as (words, speaker, tone).
pub fn article(id: &str, outlet: &str, text: &str, quotes: &[(&str, &str, Option<f64>)]) -> (Article, Vec<QuoteRecord>, Evidence) {
    let article = Article {
        id: id.into(),
        outlet: outlet.into(),
        published: "2025-03-02".parse().ok(),
        title: format!("About {id}"),
        url: format!("https://example.com/{id}"),
        text: text.into(),
        ..Article::default()
    };
    let mut annotation = Annotation::default();
    let mut rows = Vec::new();
    for (n, (words, speaker, tone)) in quotes.iter().enumerate() {
        let at = text.find(words).expect("the words stand in the text");
        let start = text[..at].chars().count();
        let (side, other) = if *speaker == "Ada Novak" { ("Novak", "Lind") } else { ("Lind", "Novak") };
        let row = json!({
            "doc_id": id, "outlet": outlet, "published": "2025-03-02", "title": article.title, "url": article.url, "quote_id": format!("{id}#{}", n + 1),
            "start": start, "end": start + words.chars().count(), "quote": words, "kind": QuoteKind::Direct, "speaker": speaker, "speaker_role": "leader",
            "speaker_side": side, "target_side": other, "target": other, "direction": format!("{side}>{other}"), "cue": "said", "said_from": "2025-03-01",
            "said_to": "2025-03-01", "said_basis": "weekday: on Saturday", "tone": tone, "attribution": "verb-after", "speaker_confidence": 0.9,
            "echo_id": words.split(' ').next(), "echo_kind": "whole", "utterance_id": format!("{id}#u{n}"),
        });
        rows.push(serde_json::from_value(row).expect("a row"));
        let hit = Hit {
            term: words.split(' ').next().unwrap_or_default().into(),
            weight: 0.4,
            span: Some(Span::new(at, at + words.find(' ').unwrap_or(words.len()))),
            role: "term".into(),
        };
        annotation.tones.push(ToneScore { tone: *tone, hits: vec![hit], ..ToneScore::default() });
        annotation.said.push(SaidWhen::default());
    }
    if let Some(at) = text.find("SUBSCRIBE") {
        annotation.boilerplate.push(Boilerplate { span: Span::new(at, text.len()), why: "promotion".into(), skip: true });
    }
    (article, rows, Evidence::of(&annotation))
}

/// The page of some articles.
pub fn page(parts: Vec<(Article, Vec<QuoteRecord>, Evidence)>, pictures: &[Picture], limits: Limits) -> String {
    let actors = Actors::between("Ada Novak", "Boris Lind");
    let (mut articles, mut rows, mut evidence) = (Vec::new(), Vec::new(), Vec::new());
    for (a, r, e) in parts {
        articles.push(a);
        rows.extend(r);
        evidence.push(e);
    }
    let told: Vec<Told> = articles
        .iter()
        .map(|a| Told { doc_id: a.id.clone(), outlet: a.outlet.clone(), published: a.published, words: 50.0, own_words: 20.0, ..Told::default() })
        .collect();
    let framing = framing::compare(&told, &rows, Some(["Novak", "Lind"]), &framing::Options { replicates: 50, ..Default::default() });
    render(&Input {
        articles: &articles,
        rows: &rows,
        evidence: &evidence,
        actors: &actors,
        framing: Some(&framing),
        trend: None,
        pictures,
        record: None,
        thresholds: Thresholds::default(),
        limits,
    })
}

/// Attributes of a start tag, as (name, value).
fn attributes(tag: &str) -> Vec<(&str, &str)> {
    let mut out = Vec::new();
    let mut rest = tag;
    while let Some(at) = rest.find("=\"") {
        let name = rest[..at].rsplit(char::is_whitespace).next().unwrap_or_default();
        let value = &rest[at + 2..];
        let end = value.find('"').expect("a closed attribute");
        out.push((name, &value[..end]));
        rest = &value[end + 1..];
    }
    out
}

/// Every element closed in its order, every id once, every link within the page led somewhere, nothing loaded.
pub fn check(html: &str) {
    const VOID: [&str; 8] = ["meta", "link", "img", "input", "source", "br", "col", "hr"];
    let mut open: Vec<&str> = Vec::new();
    let (mut ids, mut targets) = (BTreeSet::new(), Vec::new());
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        rest = &rest[at + 1..];
        let end = rest.find('>').expect("a closed tag");
        let tag = &rest[..end];
        rest = &rest[end + 1..];
        if tag.starts_with('!') {
            continue;
        }
        let name = tag.trim_start_matches('/').split(char::is_whitespace).next().unwrap_or_default();
        if tag.starts_with('/') {
            assert_eq!(open.pop(), Some(name), "`{tag}` closes what is not open");
            continue;
        }
        for (key, value) in attributes(tag) {
            match key {
                "id" => assert!(ids.insert(value), "id `{value}` twice"),
                "href" if value.starts_with('#') => targets.push(&value[1..]),
                "href" => assert!(value == "data:," || value.starts_with("https://") || value.starts_with("http://"), "`{value}`"),
                "src" | "srcset" => assert!(value.starts_with("data:image/"), "`{}`", &value[..value.len().min(60)]),
                "aria-labelledby" | "aria-controls" => targets.push(value),
                "style" => panic!("the policy forbids style attributes: `{tag}`"),
                key => assert!(!key.starts_with("on"), "the policy forbids handlers: `{tag}`"),
            }
        }
        if name == "style" || name == "script" {
            rest = &rest[rest.find(&format!("</{name}>")).expect("a closed element")..];
        }
        if !VOID.contains(&name) {
            open.push(name);
        }
    }
    assert!(open.is_empty(), "left open: {open:?}");
    for target in targets {
        assert!(ids.contains(target), "nothing has the id `{target}`");
    }
}

fn two() -> Vec<(Article, Vec<QuoteRecord>, Evidence)> {
    vec![
        article(
            "a.txt",
            "The Gazette",
            "Novak spoke on Saturday. “We welcome the talks with open arms,” Ada Novak said.\n\nLind shot back: “Lies and more lies.”\n\nSUBSCRIBE now",
            &[("We welcome the talks with open arms,", "Ada Novak", Some(0.7)), ("Lies and more lies.", "Boris Lind", Some(-0.8))],
        ),
        article("b.txt", "Post", "“We welcome the talks,” she said.", &[("We welcome the talks,", "Ada Novak", Some(0.5))]),
    ]
}

#[test]
fn the_page_is_well_formed_and_holds_all_it_names() {
    let html = page(two(), &[], Limits::default());
    check(&html);
    for words in [
        "Lies and more lies.",
        "+0.70",
        "confrontational",
        "cordial",
        "not the article: promotion",
        "Words that scored: We +0.40",
        "from weekday: on Saturday",
        "Also in",
    ] {
        assert!(html.contains(words), "`{words}` is missing");
    }
    assert_eq!(html, page(two(), &[], Limits::default()), "the same input gives the same page");
}

#[test]
fn hostile_text_is_shown_as_text() {
    let text = "“<script>alert(1)</script> & \"x\" 😀 שלום עליכם <b onclick='y'>\u{202e}abc\u{7}” said Novak. </p><img src=x onerror=z>";
    let words = "<script>alert(1)</script> & \"x\" 😀 שלום עליכם <b onclick='y'>\u{202e}abc\u{7}";
    let (mut a, mut rows, evidence) = article("<i>.txt", "\"><script>o()</script>", text, &[(words, "Ada <u>Novak", Some(-0.2))]);
    a.title = "</title><script>t()</script>".into();
    a.url = "javascript:alert(2)".into();
    for row in &mut rows {
        row.title.clone_from(&a.title);
        row.cue = "<s>said".into();
        row.said_basis = "<em>".into();
        row.attribution = "<tt>".into();
        row.direction = "<a>b".into();
    }
    let html = page(vec![(a, rows, evidence)], &[], Limits::default());
    check(&html);
    assert_eq!(html.matches("<script>").count(), 1, "the page's own script only");
    for tag in ["<b o", "<i>", "<u>", "<s>", "<em>", "<tt>", "<img", "javascript:", "onerror=z>"] {
        assert!(!html.contains(tag), "`{tag}` came through");
    }
    for words in ["&lt;script&gt;alert(1)", "😀 שלום", "abc\u{fffd}"] {
        assert!(html.contains(words), "`{words}` is missing");
    }
}

#[test]
fn only_addresses_of_the_web_become_links() {
    for (url, linked) in [
        ("https://x.example/a?b=1&c=2", true),
        ("HTTP://x.example", true),
        ("javascript:alert(1)", false),
        ("data:text/html,x", false),
        ("file:///etc/hosts", false),
        ("https://x y", false),
        ("", false),
    ] {
        let (mut a, rows, evidence) = article("a.txt", "Post", "“Good day,” she said.", &[("Good day,", "Ada Novak", None)]);
        a.url = url.into();
        let html = page(vec![(a, rows, evidence)], &[], Limits::default());
        assert_eq!(html.contains("rel=\"noopener noreferrer\""), linked, "`{url}`");
    }
}

#[test]
fn quotations_that_nest_overlap_or_run_over_paragraphs_break_nothing() {
    let text = "He said: “one two three four.\nfive six seven” and left.";
    let quotes = [
        ("one two three four.\nfive six seven", "Boris Lind", Some(-0.5)),
        ("two three", "Ada Novak", Some(0.5)),
        ("four.\nfive six seven” and left.", "Ada Novak", None),
    ];
    check(&page(vec![article("a.txt", "Post", text, &quotes)], &[], Limits::default()));
}

#[test]
fn an_empty_run_makes_a_page() {
    check(&page(Vec::new(), &[], Limits::default()));
    let (mut a, _, _) = article("a.txt", "", "No words of anybody.", &[]);
    a.published = None;
    check(&page(vec![(a, Vec::new(), Evidence::default())], &[], Limits::default()));
}

#[test]
fn pictures_stand_in_the_page() {
    let png = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\x04\xb0\0\0\x03\x0c".to_vec();
    let picture = Picture { place: Place::Trend, alt: "Tone rose \"in\" March".into(), wide: png.clone(), narrow: Some(png) };
    let html = page(two(), &[picture], Limits::default());
    check(&html);
    assert!(html.contains("alt=\"Tone rose &quot;in&quot; March\" width=\"1200\" height=\"780\""));
}

/// Articles of about 5,000 characters with 8 quotations each, as long news articles have.
fn many(n: usize) -> Vec<(Article, Vec<QuoteRecord>, Evidence)> {
    (0..n)
        .map(|i| {
            let words: Vec<String> =
                (0..8).map(|k| format!("word{i}x{k} and then some forty more letters of speech, no less, he or she went on and on")).collect();
            let filler = "The outlet tells what happened, where and when, in its own voice and at its own length. ".repeat(6);
            let text: String = words.iter().map(|w| format!("{filler}“{w},” said the leader.\n\n")).collect();
            let quotes: Vec<(&str, &str, Option<f64>)> = words
                .iter()
                .enumerate()
                .map(|(k, w)| (w.as_str(), ["Ada Novak", "Boris Lind"][k % 2], Some(((i * 7 + k) % 19) as f64 / 10.0 - 0.9)))
                .collect();
            article(&format!("d{i:04}.txt"), ["Gazette", "Post", "Herald"][i % 3], &text, &quotes)
        })
        .collect()
}

#[test]
fn a_thousand_articles_stay_under_five_megabytes_and_what_is_left_out_is_said() {
    let picture = Picture { place: Place::Trend, alt: "x".into(), wide: vec![0; 600_000], narrow: None };
    let html = page(many(1000), &[picture], Limits::default());
    assert!(html.len() < 5_000_000, "{} bytes", html.len());
    assert!(html.len() > 3_000_000, "{} bytes: room is left unused", html.len());
    check(&html);
    assert!(html.contains("8,000 stretches of reported words were found. The list holds 1,500 of them"));
    assert!(html.contains(" of 1,000 articles, those whose quotations tell most"));
    assert!(html.contains("Show it in its paragraph"));
}

#[test]
fn small_limits_hold() {
    let html = page(many(20), &[], Limits { bytes: 330_000, quotes: 30, utterances: 2, words: 3 });
    check(&html);
    assert!(html.len() < 330_000, "{} bytes", html.len());
}

#[test]
fn the_policy_knows_the_pages_own_style_and_script() {
    use sha2::{Digest, Sha256};
    let html = page(two(), &[], Limits::default());
    for name in ["style", "script"] {
        let begin = html.find(&format!("<{name}>")).expect("there") + name.len() + 2;
        let end = begin + html[begin..].find(&format!("</{name}>")).expect("closed");
        let hash = base64(&Sha256::digest(&html.as_bytes()[begin..end]));
        assert!(
            html.contains(&format!("{name}-src &#39;sha256-{hash}'")) || html.contains(&format!("{name}-src 'sha256-{hash}'")),
            "set the hash of the {name} in src/report/html/page.rs to {hash}"
        );
    }
}

fn base64(bytes: &[u8]) -> String {
    const SIGNS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut bits: Vec<u8> = bytes.iter().flat_map(|b| (0..8).rev().map(move |i| b >> i & 1)).collect();
    bits.resize(bits.len().div_ceil(6) * 6, 0);
    let mut out: String = bits.chunks(6).map(|c| char::from(SIGNS[c.iter().fold(0usize, |n, b| n << 1 | usize::from(*b))])).collect();
    while !out.len().is_multiple_of(4) {
        out.push('=');
    }
    out
}
