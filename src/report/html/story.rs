//! Articles with their quotations in place: speaker by underline, tone by ground and number, words that
//! scored with their weights, and beside each paragraph a card for every quotation in it.

use super::wording::{joined, link, safe, said, signed};
use super::{View, aide, label, shade, short, wording};
use crate::annotation::{Boilerplate, CueClass, Hit, QuoteKind};
use crate::record::{QuoteRecord, Role};
use crate::span::{CharIndex, Span};
use maud::{Markup, html};

/// One quotation in its article, in bytes.
struct Place {
    row: usize,
    span: Span,
}

/// The article with its quotations.
pub fn story(view: &View, i: usize) -> Markup {
    let article = &view.input.articles[i];
    let rows = view.rows[i].clone();
    let index = CharIndex::new(&article.text);
    let span = |start: usize, end: usize| Span::new(index.byte(start), index.byte(end.max(start)));
    let mut places: Vec<Place> = rows.clone().map(|row| Place { row, span: span(view.input.rows[row].start, view.input.rows[row].end) }).collect();
    places.sort_by_key(|p| (p.span.start, std::cmp::Reverse(p.span.end)));
    let mut speakers: Vec<(Span, &'static str)> = rows
        .clone()
        .filter_map(|n| {
            let row = &view.input.rows[n];
            Some((span(row.speaker_start?, row.speaker_end?), view.side(row)))
        })
        .collect();
    tidy(&mut speakers, |s| s.0);
    let mut times: Vec<Span> = rows.clone().filter_map(|n| view.evidence(n)?.1).collect();
    tidy(&mut times, |s| *s);
    let mut hits: Vec<&Hit> = rows.clone().filter_map(|n| view.evidence(n)).flat_map(|e| &e.0).filter(|h| h.span.is_some() && scores(h)).collect();
    tidy(&mut hits, |h| h.span.unwrap_or_default());
    let boilerplate = view.input.evidence.get(i).map_or(&[][..], |e| &e.boilerplate);
    let skip = |p: Span| boilerplate.iter().find(|b| b.skip && b.span.start <= p.start && p.end <= b.span.end);
    let paragraphs: Vec<(Span, Option<&Boilerplate>)> = paragraphs(&article.text).into_iter().map(|p| (p, skip(p))).collect();
    // Where quotations overlap, the first one is drawn; what is not drawn is led to its card.
    let mut drawn: Vec<&Place> = places.iter().filter(|p| over(&paragraphs, p.span.start, |x| x.0).is_some_and(|(_, skip)| skip.is_none())).collect();
    tidy(&mut drawn, |p| p.span);
    let cards = |list: &[Place]| {
        html! {
            @if !list.is_empty() {
                ul.cards aria-label="Quotations in this paragraph" {
                    @for p in list { (card(view, p.row, over(&drawn, p.span.start, |d| d.span).is_some_and(|d| d.row == p.row))) }
                }
            }
        }
    };
    let starts = |from: u32, to: u32| {
        let at = |byte: u32| places.partition_point(|p| p.span.start < byte);
        &places[at(from)..at(to).max(at(from))]
    };
    let marked = rows.len();
    html! {
        article.story id={ "a" (i + 1) } aria-labelledby={ "a" (i + 1) "h" } {
            h3 id={ "a" (i + 1) "h" } dir="auto" {
                @match link(&article.url) {
                    Some(url) => a href=(url) rel="noopener noreferrer" { (title(view, i)) },
                    None => (title(view, i)),
                }
            }
            p.by { (byline(view, i)) }
            details {
                summary { "Read it with " (wording::counted(marked, "quotation", "quotations")) " marked" }
                @if paragraphs.is_empty() { (cards(&places)) }
                @for (n, &(paragraph, skip)) in paragraphs.iter().enumerate() {
                    // A card stands beside the paragraph in which, or after which, its words begin.
                    @let from = if n == 0 { 0 } else { paragraph.start };
                    @let to = paragraphs.get(n + 1).map_or(u32::MAX, |p| p.0.start);
                    div.row {
                        @if let Some(b) = skip {
                            p.off dir="auto" data-why={ "not the article: " (b.why) } { (safe(paragraph.of(&article.text))) }
                        } @else {
                            p dir="auto" { (marks(view, &article.text, paragraph, &drawn, &speakers, &times, &hits)) }
                        }
                        (cards(starts(from, to)))
                    }
                }
            }
        }
    }
}

/// The headline, or the id where there is none.
pub fn title<'a>(view: &'a View, i: usize) -> std::borrow::Cow<'a, str> {
    let article = &view.input.articles[i];
    safe(if article.title.trim().is_empty() { &article.id } else { &article.title })
}

fn byline(view: &View, i: usize) -> String {
    let article = &view.input.articles[i];
    let outlet = if article.outlet.is_empty() { "unknown outlet" } else { &article.outlet };
    let day = article.published.map_or_else(|| "undated".to_owned(), wording::day);
    format!("{} \u{b7} {day}", safe(outlet))
}

/// Sorted, without what overlaps an earlier one.
fn tidy<T>(list: &mut Vec<T>, span: impl Fn(&T) -> Span) {
    list.sort_by_key(|x| span(x));
    let mut end = 0;
    list.retain(|x| {
        let s = span(x);
        let keep = s.start >= end && !s.is_empty();
        if keep {
            end = s.end;
        }
        keep
    });
}

/// Non-empty lines.
pub fn paragraphs(text: &str) -> Vec<Span> {
    let mut at = 0;
    let mut out = Vec::new();
    for line in text.split('\n') {
        let span = Span::new(at, at + line.len()).trim(text);
        if !span.is_empty() {
            out.push(span);
        }
        at += line.len() + 1;
    }
    out
}

/// The one of the sorted spans that holds `at`.
fn over<T>(list: &[T], at: u32, span: impl Fn(&T) -> Span) -> Option<&T> {
    let n = list.partition_point(|x| span(x).end <= at);
    list.get(n).filter(|x| span(x).holds(at))
}

fn marks(view: &View, text: &str, paragraph: Span, drawn: &[&Place], speakers: &[(Span, &'static str)], times: &[Span], hits: &[&Hit]) -> Markup {
    let quotes = near(drawn, paragraph, |p| p.span);
    let hit_span = |h: &&Hit| h.span.unwrap_or_default();
    let mut cuts = vec![paragraph.start, paragraph.end];
    let mut cut = |s: Span| {
        for at in [s.start, s.end] {
            if paragraph.holds(at) && text.is_char_boundary(at as usize) {
                cuts.push(at);
            }
        }
    };
    quotes.iter().for_each(|p| {
        cut(p.span);
        cut(Span { start: p.span.end, end: closed(text, p.span.end) });
    });
    near(speakers, paragraph, |s| s.0).iter().for_each(|s| cut(s.0));
    near(times, paragraph, |s| *s).iter().for_each(|s| cut(*s));
    near(hits, paragraph, hit_span).iter().for_each(|h| cut(hit_span(h)));
    cuts.sort_unstable();
    cuts.dedup();
    let pieces: Vec<Span> = cuts.windows(2).map(|w| Span { start: w[0], end: w[1] }).collect();
    let inside = |piece: &Span| over(quotes, piece.start, |p| p.span).map(|p| p.row);
    let words = |piece: &Span, quoted: bool| {
        let words = safe(piece.of(text));
        let hit = if quoted { over(hits, piece.start, hit_span) } else { None };
        let speaker = over(speakers, piece.start, |s| s.0);
        html! {
            @if let Some(hit) = hit {
                span.hit tabindex="0" { (words) span.tip { " (" (signed(hit.weight)) @if !plain(hit) { " " (hit.role) } ") " } }
            } @else if let Some((_, side)) = speaker {
                span.who.(side) { (words) }
            } @else if over(times, piece.start, |s| *s).is_some() {
                span.when { (words) }
            } @else { (words) }
        }
    };
    // After the closing mark: the label of the quotation that ended there.
    let ended = |at: u32| {
        let last = quotes[..quotes.partition_point(|p| p.span.end <= at)].last()?;
        (closed(text, last.span.end) == at).then_some(last.row)
    };
    let label = |at: u32| {
        html! { @if let Some(n) = ended(at) { a.tag.(view.side(&view.input.rows[n])) href={ "#" (view.anchor(n)) "c" } { (tag(&view.input.rows[n])) } } }
    };
    html! {
        @for run in pieces.chunk_by(|a, b| inside(a) == inside(b)) {
            @match inside(&run[0]) {
                None => @for piece in run { (words(piece, false)) (label(piece.end)) },
                Some(n) => {
                    @let row = &view.input.rows[n];
                    @let begins = over(quotes, run[0].start, |p| p.span).is_some_and(|p| p.span.start == run[0].start);
                    span.q.(view.side(row)).(row.tone.map_or("", shade)).aide[aide(row)].ind[row.kind == QuoteKind::Indirect] id=[begins.then(|| view.anchor(n))] {
                        @for piece in run { (words(piece, true)) }
                    }
                    (label(run[run.len() - 1].end))
                }
            }
        }
    }
}

/// Past the closing marks that stand at `at`.
fn closed(text: &str, at: u32) -> u32 {
    const MARKS: [char; 6] = ['"', '\'', '\u{201d}', '\u{2019}', '\u{bb}', '\u{203a}'];
    let rest = text.get(at as usize..).unwrap_or_default();
    at + rest.chars().take(3).take_while(|c| MARKS.contains(c)).map(char::len_utf8).sum::<usize>() as u32
}

/// Those of the sorted spans that reach into `area`.
fn near<T>(list: &[T], area: Span, span: impl Fn(&T) -> Span) -> &[T] {
    let from = list.partition_point(|x| span(x).end <= area.start);
    let to = list.partition_point(|x| span(x).start < area.end);
    &list[from..to.max(from)]
}

fn tag(row: &QuoteRecord) -> String {
    let who = match row.speaker.as_str() {
        "" => "?",
        name if row.speaker_role == Role::Other && name.chars().count() <= 22 => name,
        name => short(name),
    };
    match row.tone {
        Some(tone) => format!("{} {}", safe(who), signed(tone)),
        None => safe(who).into_owned(),
    }
}

/// Whether the hit moves the score.
fn scores(hit: &Hit) -> bool {
    hit.weight.abs() >= 0.005
}

/// Whether the hit is a scored word as it stands, not one that a word near it changed.
fn plain(hit: &Hit) -> bool {
    matches!(&*hit.role, "" | "term" | "verb" | "idiom")
}

/// The words of the text that scored, else the first form of the lexicon's entry.
fn worded(hit: &Hit, text: &str) -> String {
    match hit.span.and_then(|s| text.get(s.start as usize..s.end as usize)) {
        Some(words) => words.split_whitespace().collect::<Vec<_>>().join(" "),
        None => hit.term.split('|').next().unwrap_or_default().to_owned(),
    }
}

/// What the reporting verb does.
pub fn verb(class: CueClass) -> &'static str {
    match class {
        CueClass::Neutral => "neutral",
        CueClass::Endorse => "endorses",
        CueClass::Distance => "keeps its distance",
        CueClass::Hostile => "hostile",
        CueClass::Warm => "warm",
    }
}

/// `drawn`: whether the words themselves carry the anchor.
fn card(view: &View, n: usize, drawn: bool) -> Markup {
    let row = &view.input.rows[n];
    let weights: Vec<String> = match view.evidence(n) {
        Some((hits, _)) => {
            let text = &view.input.articles[view.article[n]].text;
            // What turns or weakens a word is named too; what it governs or is about is not.
            let told = hits.iter().filter(|h| scores(h) || !(plain(h) || matches!(&*h.role, "topic" | "governed")));
            let told = told
                .map(|h| if scores(h) { format!("{} {}", worded(h, text), signed(h.weight)) } else { format!("{} ({})", worded(h, text), h.role) });
            told.take(12).collect()
        }
        None => row.tone_hits.split(';').filter(|h| !h.is_empty()).take(12).map(|h| h.replace(':', " ")).collect(),
    };
    // Other outlets that ran it, each once.
    let mut also: Vec<(&str, usize)> = Vec::new();
    for &other in view.printed.get(row.echo_id.as_str()).map_or(&[][..], Vec::as_slice) {
        let outlet = view.input.rows[other].outlet.as_str();
        if outlet != row.outlet && also.len() < 8 {
            also.push((outlet, other));
        }
    }
    html! {
        li.card.(view.side(row)) id={ (view.anchor(n)) @if drawn { "c" } } {
            p {
                b.name { (if row.speaker.is_empty() { "Unknown speaker".into() } else { safe(&row.speaker) }) }
                @if !row.target.is_empty() { " \u{2192} " (safe(&row.target)) }
                " "
                @match (row.tone, label(row, view.input.thresholds)) {
                    (Some(tone), Some(label)) => span.chip.(shade(tone)) { (signed(tone)) " " (label) },
                    _ => span.chip.none { (unscored(row)) },
                }
            }
            p { (said(row)) @if !row.said_basis.is_empty() { span.det { " \u{b7} from " (safe(&row.said_basis)) } } }
            p.det {
                (kind(row.kind))
                @if !row.cue.is_empty() { "; verb \u{201c}" (safe(&row.cue)) "\u{201d}, " (verb(row.cue_class)) }
                @if !row.attribution.is_empty() { "; speaker by " (row.attribution) " (" (format!("{:.2}", row.speaker_confidence)) ")" }
                @if !row.reported_by.is_empty() { "; reported by " (safe(&row.reported_by)) }
            }
            @if !weights.is_empty() { p.det { "Words that scored: " (safe(&weights.join(", "))) } }
            @if !also.is_empty() {
                p.det {
                    "Also in "
                    @for (k, (outlet, other)) in also.iter().enumerate() {
                        @if k > 0 { ", " }
                        a href={ "#" (view.anchor(*other)) } { (safe(outlet)) }
                    }
                }
            }
        }
    }
}

/// Why a row has no tone.
pub fn unscored(row: &QuoteRecord) -> &'static str {
    if row.target.is_empty() { "no target" } else { "not scored" }
}

/// A quotation as it stands on its own: without the comma that led on to the reporting clause.
pub fn alone(quote: &str, most: usize) -> String {
    wording::clipped(quote.trim().trim_end_matches(','), most)
}

/// The kind in words.
pub fn kind(kind: QuoteKind) -> &'static str {
    match kind {
        QuoteKind::Direct => "direct quotation",
        QuoteKind::Mixed => "words within a sentence",
        QuoteKind::Pull => "set apart, without marks",
        QuoteKind::Indirect => "reported without marks",
    }
}

/// The paragraph round a row, with its words marked; for rows whose article is not on the page.
pub fn context(view: &View, n: usize) -> Option<Markup> {
    const AROUND: usize = 300;
    let row = &view.input.rows[n];
    let article = view.input.articles.get(view.article[n])?;
    let index = CharIndex::new(&article.text);
    let (start, end) = (index.byte(row.start), index.byte(row.end.max(row.start)));
    let text = article.text.as_str();
    let from = index.byte(row.start.saturating_sub(AROUND)).max(text[..start].rfind('\n').map_or(0, |at| at + 1));
    let to = index.byte(row.end + AROUND).min(text[end..].find('\n').map_or(text.len(), |at| end + at));
    let words = wording::clipped(&text[start..end], 1200);
    let tint = row.tone.map_or("", shade);
    Some(html! {
        p dir="auto" { (safe(&text[from..start])) mark.here.(view.side(row)).(tint) { (safe(&words)) } (safe(&text[end..to])) }
    })
}

/// Outlets, for headings and options.
pub fn named(outlet: &str) -> &str {
    if outlet.is_empty() { "unknown outlet" } else { outlet }
}

/// Several names as one.
pub fn names(list: &[&str]) -> String {
    joined(&list.iter().map(|s| safe(s).into_owned()).collect::<Vec<_>>())
}
