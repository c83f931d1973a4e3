//! The page itself: the finding in words, the sections in their order, method and limits.

use super::story::{alone, named};
use super::wording::{count, counted, day, days, joined, percent, safe, said, signed};
use super::{Picture, Place, View, counts, list, outlets};
use crate::annotation::QuoteKind;
use crate::framing::outlet::OutletRow;
use crate::record::QuoteRecord;
use crate::report::{borne_out, chart};
use crate::trend::series::date;
use maud::{DOCTYPE, Markup, PreEscaped, html};
use std::collections::BTreeSet;

const STYLE: &str = include_str!("../../../assets/report/report.css");
const SCRIPT: &str = include_str!("../../../assets/report/report.js");
/// SHA-256 of the two, by which the page's policy knows them; a test says what they must be.
const STYLE_HASH: &str = "71TpEfXvUoFrFG+JNSyHBm2lWX7MZZ0+4S+zHtNW2qQ=";
const SCRIPT_HASH: &str = "rSMJScGm7FD5BN5kKwvIZr98T60Ld0+pXiV5rZGvXs0=";

/// What the page may do: its own style, its own script, pictures inside it; nothing else.
fn policy() -> String {
    format!(
        "default-src 'none'; style-src 'sha256-{STYLE_HASH}'; script-src 'sha256-{SCRIPT_HASH}'; img-src data:; base-uri 'none'; form-action 'none'"
    )
}

/// The page.
pub fn render(view: &View) -> String {
    let limits = view.input.limits;
    let pictures: Vec<(Place, Markup)> = view.input.pictures.iter().map(|p| (p.place, picture(p))).collect();
    let shown = |place: Place| html! { @for (p, m) in &pictures { @if *p == place { (m) } } };
    let drawn: usize = pictures.iter().map(|(_, m)| m.0.len()).sum();
    // Style, tables and method take well under this.
    let rest = limits.bytes.saturating_sub(drawn + 300_000);
    let stories = list::stories(view, rest / 100 * 62);
    let mut on_page = vec![false; view.input.articles.len()];
    for (i, _) in &stories {
        on_page[*i] = true;
    }
    let listed = list::listed(view);
    let used: usize = stories.iter().map(|(_, html)| html.len()).sum();
    let (items, _) = list::items(view, &listed, &on_page, rest - used);
    let title = headline(view);
    let body = html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta http-equiv="Content-Security-Policy" content=(policy());
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="referrer" content="no-referrer";
                meta name="generator" content={ "detente " (env!("CARGO_PKG_VERSION")) };
                title { (title) }
                link rel="icon" href="data:,";
                style { (PreEscaped(STYLE)) }
            }
            body {
                a.skip href="#finding" { "Skip to the finding" }
                header {
                    p.kicker { (material(view)) }
                    h1 { (title) }
                    p.dek { (dek(view)) }
                }
                nav.toc aria-label="Contents" { ul {
                    li { a href="#finding" { "Finding" } }
                    @if let Some(f) = view.input.framing {
                        @if !f.outlets.is_empty() { li { a href="#outlets" { "Outlets" } } }
                        @if !f.versions.is_empty() { li { a href="#versions" { "Same words" } } }
                        @if !f.words.is_empty() { li { a href="#words" { "Own words" } } }
                    }
                    li { a href="#list" { "Quotations" } }
                    @if !stories.is_empty() { li { a href="#articles" { "Articles" } } }
                    li { a href="#method" { "Method and limits" } }
                } }
                main {
                    section aria-labelledby="finding" {
                        h2 id="finding" { "What the quotations show" }
                        ul.points { @for p in points(view) { li { (p) } } }
                        (shown(Place::Trend))
                        (extremes(view))
                    }
                    @if let Some(framing) = view.input.framing {
                        @if !framing.outlets.is_empty() {
                            section aria-labelledby="outlets" {
                                h2 id="outlets" { "How each outlet told it" }
                                ul.points { @for p in framed(&framing.outlets) { li { (p) } } }
                                (shown(Place::Outlets))
                                (outlets::tables(view, &framing.outlets))
                            }
                        }
                        @if !framing.versions.is_empty() {
                            section aria-labelledby="versions" {
                                h2 id="versions" { "The same words in several hands" }
                                (shown(Place::Quotes))
                                (outlets::versions(view, framing, &on_page))
                            }
                        }
                        @if !framing.words.is_empty() {
                            section aria-labelledby="words" {
                                h2 id="words" { "Words that set the outlets apart" }
                                (shown(Place::Words))
                                (outlets::words(view, &framing.words))
                            }
                        }
                    }
                    (list::section(view, &listed, &items, stories.len()))
                    @if !stories.is_empty() { (articles(view, &stories)) }
                    (method(view))
                }
                footer { p { "Made by detente " (env!("CARGO_PKG_VERSION")) ". One file, nothing loaded from elsewhere. The tables beside it hold every number: see " code { "CODEBOOK.md" } "." } }
                script { (PreEscaped(SCRIPT)) }
            }
        }
    };
    body.into_string()
}

fn headline(view: &View) -> String {
    if let Some(trend) = view.input.trend.filter(|t| !t.utterances.is_empty()) {
        return chart::wording::title(trend);
    }
    match view.leaders.as_slice() {
        [(a, _), (b, _)] => format!("{a} and {b} on each other, outlet by outlet"),
        _ => "Who said what, and in what tone".to_owned(),
    }
}

/// `34 articles · 5 outlets · 27 January 2025 – 5 February 2026`.
fn material(view: &View) -> String {
    let articles = view.input.articles;
    let outlets: BTreeSet<&str> = articles.iter().map(|a| a.outlet.as_str()).filter(|o| !o.is_empty()).collect();
    let mut out = vec![counted(articles.len(), "article", "articles")];
    if !outlets.is_empty() {
        out.push(counted(outlets.len(), "outlet", "outlets"));
    }
    let published = || articles.iter().filter_map(|a| a.published);
    if let (Some(first), Some(last)) = (published().min(), published().max()) {
        out.push(days(first, last));
    }
    out.join(" \u{b7} ")
}

fn dek(view: &View) -> String {
    let rows = view.input.rows;
    let marked = rows.iter().filter(|r| r.kind != QuoteKind::Indirect).count();
    let between = rows.iter().filter(|r| counts(r) && r.kind != QuoteKind::Indirect).count();
    let names: Vec<&str> = view.leaders.iter().map(|(_, full)| *full).collect();
    let who = if names.is_empty() {
        String::new()
    } else {
        format!(" {} of them are by {} about the other.", count(between), super::story::names(&names).replace(" and ", " or "))
    };
    format!(
        "{} found, each with its speaker, its date and its tone from \u{2212}1 (confrontation) to +1 (cordiality).{who}",
        counted(marked, "quotation was", "quotations were")
    )
}

/// One utterance of a direction: its rows' mean tone.
struct Said<'a> {
    row: &'a QuoteRecord,
    tone: f64,
}

fn utterances<'a>(view: &View<'a>, direction: &str) -> Vec<Said<'a>> {
    let mut seen: BTreeSet<&str> = BTreeSet::new();
    let mut out = Vec::new();
    for row in view.input.rows.iter().filter(|r| counts(r) && r.direction == direction && r.kind != QuoteKind::Indirect) {
        if row.echo_id.is_empty() {
            out.push(Said { row, tone: row.tone.unwrap_or_default() });
        } else if seen.insert(&row.echo_id) {
            let tones: Vec<f64> = view.echoes[row.echo_id.as_str()].iter().filter_map(|&n| view.input.rows[n].tone).collect();
            out.push(Said { row, tone: tones.iter().sum::<f64>() / tones.len().max(1) as f64 });
        }
    }
    out
}

fn directions(view: &View) -> Vec<String> {
    match view.leaders.as_slice() {
        [(a, _), (b, _)] => vec![format!("{a}>{b}"), format!("{b}>{a}")],
        _ => Vec::new(),
    }
}

fn colored(tone: f64) -> Markup {
    html! { span.num.neg[tone <= -0.05].pos[tone >= 0.05] { (signed(tone)) } }
}

/// The finding, a sentence a point.
fn points(view: &View) -> Vec<Markup> {
    let mut out = Vec::new();
    for direction in directions(view) {
        let said = utterances(view, &direction);
        let (from, to) = direction.split_once('>').unwrap_or_default();
        let name = html! { b.name.(view.colour(from)) { (safe(from)) } };
        if said.is_empty() {
            out.push(html! { (name) " is not quoted about " (safe(to)) "." });
            continue;
        }
        let n = said.len();
        let mean = said.iter().map(|s| s.tone).sum::<f64>() / n as f64;
        let below = said.iter().filter(|s| s.tone <= view.input.thresholds.confrontational).count();
        let above = said.iter().filter(|s| s.tone >= view.input.thresholds.cordial).count();
        out.push(html! {
            (name) " on " (safe(to)) ": " (counted(n, "utterance", "utterances")) ", mean tone " (colored(mean)) "; "
            (percent(below as f64 / n as f64)) " confrontational, " (percent(above as f64 / n as f64)) " cordial. "
            (turn(view, &direction))
        });
    }
    out
}

/// The turning point of a direction, where a trend was computed.
fn turn(view: &View, direction: &str) -> Markup {
    let Some(series) = view.input.trend.and_then(|t| t.series.iter().find(|s| s.direction == direction)) else { return html! {} };
    match chart::wording::clear_step(series) {
        Some(step) => html! {
            "The tone turns on " b { (day(date(step.at))) }
            @if step.low != step.high { " (95% interval " (days(date(step.low), date(step.high))) ")" }
            ": " (colored(step.sides.before)) " on average before, " (colored(step.sides.after)) " from then on (p " (if step.p < 0.0015 { "\u{2264} 0.001".to_owned() } else { format!("= {:.3}", step.p) }) ")."
        },
        None if series.few => html! { "Too few dated quotations to look for a turning point." },
        None => html! { "No turning point that chance would not also give." },
    }
}

/// The harshest and the warmest words of each leader about the other.
fn extremes(view: &View) -> Markup {
    let mut pulls: Vec<(&'static str, &QuoteRecord, f64)> = Vec::new();
    for direction in directions(view) {
        let mut said = utterances(view, &direction);
        // Whole sentences stand alone better than fragments.
        said.retain(|s| s.row.kind == QuoteKind::Direct && (4..=40).contains(&s.row.quote.split_whitespace().count()));
        // What VADER hears in the words themselves bears it out, where there is such a quotation.
        for sign in [-1.0, 1.0] {
            if said.iter().any(|s| s.tone * sign > 0.0 && borne_out(s.row, s.tone)) {
                said.retain(|s| s.tone * sign <= 0.0 || borne_out(s.row, s.tone));
            }
        }
        said.sort_by(|a, b| a.tone.total_cmp(&b.tone));
        if let Some(s) = said.first().filter(|s| s.tone < 0.0) {
            pulls.push(("m", s.row, s.tone));
        }
        if let Some(s) = said.last().filter(|s| s.tone > 0.0) {
            pulls.push(("p", s.row, s.tone));
        }
    }
    html! {
        @if !pulls.is_empty() {
            h3 { "The harshest and the warmest words" }
            div.two {
                @for (class, row, tone) in pulls {
                    figure.pull.(class) {
                        blockquote dir="auto" { "\u{201c}" (safe(&alone(&row.quote, 260))) "\u{201d}" }
                        figcaption {
                            span.name.(view.side(row)) { (safe(&row.speaker)) }
                            @if !row.target.is_empty() { " to or about " (safe(&row.target)) }
                            ", " (said(row)) ", in " (safe(named(&row.outlet))) "; tone " (colored(tone))
                        }
                    }
                }
            }
        }
    }
}

/// How the outlets differ, a sentence a point: only what an interval bears out is called a difference.
fn framed(outlets: &[OutletRow]) -> Vec<Markup> {
    let mut out = Vec::new();
    let clear = |low: Option<f64>, high: Option<f64>| low.zip(high).map_or(0, |(l, h)| i32::from(l > 0.0) - i32::from(h < 0.0));
    let list = |sign: i32| -> Vec<String> {
        outlets
            .iter()
            .filter(|o| clear(o.selection_effect_low, o.selection_effect_high) == sign)
            .map(|o| format!("{} ({})", safe(named(&o.outlet)), signed(o.selection_effect.unwrap_or_default())))
            .collect()
    };
    let (harder, softer) = (list(-1), list(1));
    if !harder.is_empty() || !softer.is_empty() {
        out.push(html! {
            b { "What they ran. " }
            @if !harder.is_empty() { "Of the words that several outlets had, the harsher ones appeared in " (joined(&harder)) "." }
            @if !softer.is_empty() { @if !harder.is_empty() { " The " } @else { "Of the words that several outlets had, the " } "friendlier ones appeared in " (joined(&softer)) "." }
        });
    } else if outlets.iter().any(|o| o.selection_effect_low.is_some()) {
        out.push(html! { b { "What they ran. " } "No outlet\u{2019}s choice of quotations was clearly harsher or friendlier than what all had to choose from." });
    }
    let mut voice: Vec<&OutletRow> = outlets.iter().filter(|o| o.narration_tone.is_some()).collect();
    voice.sort_by(|a, b| a.narration_tone.unwrap_or_default().total_cmp(&b.narration_tone.unwrap_or_default()));
    if let [first, .., last] = voice.as_slice() {
        let apart = first.narration_tone_high.zip(last.narration_tone_low).is_some_and(|(h, l)| h < l);
        out.push(html! {
            b { "Their own voice. " } "Quotations set aside, the sentences about the two leaders are coldest in " (safe(named(&first.outlet))) " (" (colored(first.narration_tone.unwrap_or_default()))
            ") and warmest in " (safe(named(&last.outlet))) " (" (colored(last.narration_tone.unwrap_or_default())) ")"
            @if apart { "; the two intervals do not meet." } @else { "; their intervals overlap, so chance may do as much." }
        });
    }
    let tilt: Vec<String> = outlets
        .iter()
        .filter_map(|o| {
            let sign = clear(o.verb_asymmetry_low, o.verb_asymmetry_high);
            let against = match sign {
                1 => &o.leader_a,
                -1 => &o.leader_b,
                _ => return None,
            };
            Some(format!(
                "{} reports {} with such verbs more often, by {} points",
                safe(named(&o.outlet)),
                safe(against),
                (o.verb_asymmetry.unwrap_or_default().abs() * 100.0).round()
            ))
        })
        .collect();
    if !tilt.is_empty() {
        out.push(html! { b { "Verbs that doubt. " } "Some verbs keep a distance or attack (claimed, fumed). " (joined(&tilt)) "." });
    }
    let wire: Vec<String> = outlets.iter().filter(|o| o.n_wire > 0).map(|o| format!("{} ({})", safe(named(&o.outlet)), o.n_wire)).collect();
    if !wire.is_empty() {
        out.push(html! { b { "Wire copy. " } "Articles that largely repeat an earlier one of another outlet: " (joined(&wire)) ". Their own voice is not counted as the outlet\u{2019}s choice of words." });
    }
    out
}

fn articles(view: &View, stories: &[(usize, String)]) -> Markup {
    let all = view.input.articles.len();
    let without = view.rows.iter().filter(|r| r.is_empty()).count();
    html! {
        section aria-labelledby="articles" {
            h2 id="articles" { "The articles, with every quotation in place" }
            p.lead {
                @if stories.len() == all { "All " (counted(all, "article", "articles")) "." }
                @else {
                    (count(stories.len())) " of " (counted(all, "article", "articles")) ", those whose quotations tell most"
                    @if without > 0 { "; " (count(without)) " have none" } "."
                }
                " The underline is the speaker, the ground and the number are the tone; bold words scored, and show their weight when pointed at or reached with the Tab key."
            }
            ul.key {
                @for (short, full) in &view.leaders { li { span.q.(view.colour(short)) { (safe(full)) } } }
                @if !view.leaders.is_empty() { li { span.q.aide.(view.leaders.first().map_or("sx", |_| "s0")) { "speaks for a leader" } } }
                li { span.q.sx { "anyone else" } }
                @for (class, name) in [("m3", "confrontational"), ("z", "neutral"), ("p3", "cordial")] { li { span.chip.(class) { (name) } } }
            }
            @for (_, html) in stories { (PreEscaped(html)) }
        }
    }
}

/// A picture, the narrow version for phones where there is one.
fn picture(p: &Picture) -> Markup {
    let source =
        |bytes: &[u8]| format!("data:{};base64,{}", if bytes.starts_with(b"\x89PNG") { "image/png" } else { "image/svg+xml" }, base64(bytes));
    let size = size(&p.wide);
    html! {
        figure.chart {
            picture {
                @if let Some(narrow) = &p.narrow { source media="(max-width: 40rem)" srcset=(source(narrow)); }
                img src=(source(&p.wide)) alt=(safe(&p.alt)) width=[size.map(|s| s.0)] height=[size.map(|s| s.1)];
            }
        }
    }
}

/// Width and height of a PNG in its own pixels.
fn size(bytes: &[u8]) -> Option<(u32, u32)> {
    let word = |at: usize| Some(u32::from_be_bytes(bytes.get(at..at + 4)?.try_into().ok()?));
    if bytes.starts_with(b"\x89PNG") { Some((word(16)?, word(20)?)) } else { None }
}

/// RFC 4648, with padding.
fn base64(bytes: &[u8]) -> String {
    const SIGNS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for chunk in bytes.chunks(3) {
        let n = chunk.iter().enumerate().fold(0u32, |n, (i, b)| n | u32::from(*b) << (16 - 8 * i));
        for i in 0..4 {
            out.push(if i <= chunk.len() { char::from(SIGNS[(n >> (18 - 6 * i)) as usize & 63]) } else { '=' });
        }
    }
    out
}

fn method(view: &View) -> Markup {
    let t = view.input.thresholds;
    html! {
        section aria-labelledby="method" {
            h2 id="method" { "Method and limits" }
            details.block {
                summary { "How the quotations were read" }
                p { b { "Quotations" } " are stretches between quotation marks, passages set apart, and reported clauses without marks. Captions, promotion, comments and footers are recognised and left out. Words between marks that nobody is reported to have said are not counted as quotations." }
                p { b { "Speakers" } " come from the words round a quotation: reporting verb, name, pronoun, earlier attribution. Each row names the rule and how sure it is, from 0 to 1." }
                p { b { "Dates" } " are when something was said, not when it was printed. They come from time words near the quotation, counted from the day of publication; a statement known only to an interval keeps the interval." }
                p { b { "Tone" } " is counted from the words of the quotation toward its target, from \u{2212}1 to +1; every score can be traced to the words that made it. Up to " (signed(t.confrontational)) " it is called confrontational, from " (signed(t.cordial)) " on cordial. VADER valence is given beside it in the tables." }
            }
            details.block {
                summary { "How the outlets were compared" }
                p { b { "The same utterance" } " in several articles is found by its words: the longest common subsequence of words must cover 80% of the shorter version and hold a run of three. It counts once, however many ran it." }
                p { b { "Selection" } " is the mean tone of the shared utterances that an outlet ran, less the mean of all it could have run: those that at least two outlets ran, said on or before its last day." }
                p { b { "Own voice" } " is the tone of the outlet\u{2019}s own sentences about a leader, quotations masked. Words are compared by log-odds with an informative Dirichlet prior (Monroe, Colaresi & Quinn 2008), with q-values after Benjamini & Hochberg (1995), wire copy left out." }
                p { b { "Intervals" } " hold 95% of bootstrap samples over articles (Efron 1979). Under five articles there is none. They tell how much the numbers would move with other articles of the same kind; they cannot mend a biased choice of articles." }
            }
            details.block {
                summary { "What to be careful with" }
                p { "Irony, allusion and tone of voice are not heard. A harsh word about a third party in the same sentence can colour a score. An unusual layout can hide a quotation or its speaker. An outlet\u{2019}s numbers describe the articles given, not the outlet. The rows least sure of themselves are in " code { "review.csv" } ", to be corrected by a person; corrections are kept with " code { "--corrections" } "." }
            }
            @if let Some(record) = view.input.record {
                details.block {
                    summary { "This run" }
                    dl {
                        dt { "Program" } dd { "detente " (record.version) }
                        @if !record.leaders.is_empty() { dt { "Leaders" } dd { (safe(&record.leaders.join(", "))) " (named by the " (record.leaders_from) ")" } }
                        @for (name, n) in &record.counts { dt { (name.replace('_', " ")) } dd { (count(*n)) } }
                        @for (name, n) in &record.corrections { dt { "Corrections " (name.replace('_', " ")) } dd { (count(*n)) } }
                        dt { "Language data" }
                        dd { @for (k, l) in record.lexicons.iter().enumerate() { @if k > 0 { ", " } (safe(&l.id)) " " (safe(&l.version)) " (" (l.hash.get(..8).unwrap_or(&l.hash)) @if l.origin != "built-in" { ", not built in" } ")" } }
                    }
                    @if !record.skipped.is_empty() {
                        p { b { (counted(record.skipped.len(), "record was", "records were")) " left out:" } }
                        ul { @for reason in record.skipped.iter().take(20) { li { (safe(reason)) } } }
                        @if record.skipped.len() > 20 { p { "\u{2026} and " (count(record.skipped.len() - 20)) " more, in " code { "run.json" } "." } }
                    }
                    @for note in record.notes.iter().take(20) { p { (safe(note)) } }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::base64;

    #[test]
    fn base64_pads() {
        for (bytes, text) in [("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foobar", "Zm9vYmFy")] {
            assert_eq!(base64(bytes.as_bytes()), text);
        }
    }
}
