//! Which quotations and articles the page holds, and the list of quotations with its filters.

use super::story::{self, alone, context, kind, named, unscored};
use super::wording::{count, counted, interval, safe, said, signed};
use super::{View, counts, label, shade};
use crate::annotation::QuoteKind;
use crate::run;
use maud::{Markup, html};
use std::collections::BTreeMap;

/// Articles rendered at a time.
const BATCH: usize = 32;
/// Characters of a quotation shown in the list.
const LONGEST: usize = 700;

/// Articles on the page, by how much they tell, within `bytes`; rendered, in the order in which they were printed.
pub fn stories(view: &View, bytes: usize) -> Vec<(usize, String)> {
    let tells = |i: usize| {
        let rows = &view.input.rows[view.rows[i].clone()];
        rows.iter().map(|r| if counts(r) { 0.3 + r.tone.map_or(0.0, f64::abs) } else { 0.02 }).sum::<f64>()
    };
    let mut order: Vec<(f64, usize)> = (0..view.input.articles.len()).filter(|&i| !view.rows[i].is_empty()).map(|i| (tells(i), i)).collect();
    order.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    let mut left = bytes;
    let mut out: Vec<(usize, String)> = Vec::new();
    // A text that cannot fit is not worth rendering; the marks only add to it.
    let mut order = order.into_iter().map(|(_, i)| i).peekable();
    while order.peek().is_some() {
        let batch: Vec<usize> = order.by_ref().filter(|&i| view.input.articles[i].text.len() <= left).take(BATCH).collect();
        for (i, html) in batch.iter().zip(run::map(batch.len(), |k| story::story(view, batch[k]).into_string())) {
            if html.len() <= left {
                left -= html.len();
                out.push((*i, html));
            }
        }
    }
    out.sort_by_key(|(i, _)| (view.input.articles[*i].published, *i));
    out
}

/// The rows of the list: between the leaders first, then the rest, up to the limit; in the order in which they were said.
pub fn listed(view: &View) -> Vec<usize> {
    let rows = view.input.rows;
    let rank = |&n: &usize| {
        let row = &rows[n];
        (row.direction.is_empty(), row.kind == QuoteKind::Indirect, row.speaker_side.is_empty(), row.tone.is_none(), row.speaker.is_empty(), n)
    };
    let mut order: Vec<usize> = (0..rows.len()).collect();
    order.sort_by_key(rank);
    order.truncate(view.input.limits.quotes);
    order.sort_by_key(|&n| {
        let (from, to) = interval(&rows[n]);
        (from.or(to).or(rows[n].published), n)
    });
    order
}

/// The list as rendered items, within `bytes`, and how many of them there are.
pub fn items(view: &View, listed: &[usize], on_page: &[bool], bytes: usize) -> (Vec<String>, usize) {
    let mut left = bytes;
    let mut out = Vec::with_capacity(listed.len());
    for &n in listed {
        let html = item(view, n, on_page.get(view.article[n]).copied().unwrap_or(false)).into_string();
        if html.len() > left {
            break;
        }
        left -= html.len();
        out.push(html);
    }
    let shown = out.len();
    (out, shown)
}

fn item(view: &View, n: usize, on_page: bool) -> Markup {
    let row = &view.input.rows[n];
    let (from, to) = interval(row);
    let label = label(row, view.input.thresholds);
    let between = !row.direction.is_empty();
    let tone = row.tone.map_or("none", shade);
    html! {
        li.(view.side(row)) data-s=(safe(&row.speaker)) data-o=(safe(&row.outlet)) data-d=[between.then_some(&row.direction)] data-t=[label]
            data-n=[row.tone] data-from=[from.or(to).map(|d| d.to_string())] data-to=[to.or(row.published).or(from).map(|d| d.to_string())] {
            div.tone.(tone) {
                @match (row.tone, label) {
                    (Some(tone), Some(label)) => { (signed(tone)) small { (label) } },
                    _ => (unscored(row)),
                }
            }
            div {
                blockquote dir="auto" { "\u{201c}" (safe(&alone(&row.quote, LONGEST))) "\u{201d}" }
                p {
                    b.name { (if row.speaker.is_empty() { "Unknown speaker".into() } else { safe(&row.speaker) }) }
                    @if !row.target.is_empty() { " to or about " (safe(&row.target)) }
                    " \u{b7} " (said(row))
                    @if row.kind != QuoteKind::Direct { " \u{b7} " (kind(row.kind)) }
                }
                @if on_page {
                    p { (safe(named(&row.outlet))) ", " a href={ "#" (view.anchor(n)) } { bdi { (story::title(view, view.article[n])) } } }
                } @else {
                    p { (safe(named(&row.outlet))) @if !row.title.is_empty() { ", " bdi { (safe(&row.title)) } } }
                    @if let Some(context) = context(view, n) { details { summary { "Show it in its paragraph" } (context) } }
                }
            }
        }
    }
}

fn options<'a>(values: impl Iterator<Item = &'a str>, most: usize) -> Vec<(&'a str, usize)> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for value in values {
        *counts.entry(value).or_default() += 1;
    }
    let mut list: Vec<(&str, usize)> = counts.into_iter().filter(|(v, _)| !v.is_empty()).collect();
    list.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(b.0)));
    list.truncate(most);
    list
}

/// The filters; shown by the script that makes them work.
pub fn filters(view: &View, listed: &[usize]) -> Markup {
    let rows = || listed.iter().map(|&n| &view.input.rows[n]);
    let select = |name: &str, title: &str, all: &str, values: Vec<(&str, usize)>| {
        html! {
            label {
                (title)
                select name=(name) {
                    option value="" { (all) }
                    @if name == "direction" { option value="*" { "Between the two leaders" } }
                    @for (value, n) in values { option value=(safe(value)) { (safe(&value.replace('>', " on "))) " (" (count(n)) ")" } }
                }
            }
        }
    };
    html! {
        form.filter id="filter" hidden aria-label="Filter the quotations" aria-controls="quotes" {
            (select("speaker", "Speaker", "Everyone", options(rows().map(|r| r.speaker.as_str()), 80)))
            (select("direction", "Direction", "Any", options(rows().map(|r| r.direction.as_str()), 4)))
            (select("outlet", "Outlet", "Every outlet", options(rows().map(|r| r.outlet.as_str()), 200)))
            label { "Tone" select name="tone" {
                option value="" { "Any" }
                @for tone in ["confrontational", "neutral", "cordial"] { option value=(tone) { (tone) } }
            } }
            label { "Said from" input type="date" name="from"; }
            label { "Said until" input type="date" name="to"; }
            label { "Words" input type="search" name="words" autocomplete="off" spellcheck="false"; }
            label { "Order" select name="sort" {
                option value="date" { "When it was said" }
                option value="hard" { "Most confrontational first" }
                option value="warm" { "Most cordial first" }
            } }
            button type="reset" { "Clear all" }
        }
        noscript { p.mute { "The filters need JavaScript; the whole list stands below." } }
    }
}

/// The section.
pub fn section(view: &View, listed: &[usize], items: &[String], stories: usize) -> Markup {
    let all = view.input.rows.len();
    let shown = items.len();
    html! {
        section aria-labelledby="list" {
            h2 id="list" { "Every quotation, to check" }
            p.lead {
                (counted(all, "stretch of reported words was found", "stretches of reported words were found")) ". "
                @if shown < all {
                    "The list holds " (count(shown)) " of them, those between the two leaders first; all are in " code { "quotes.csv" } ". "
                }
                @if stories > 0 { "Each title leads to the words in their article." }
            }
            (filters(view, &listed[..shown]))
            p.count id="count" role="status" aria-live="polite" { (counted(shown, "quotation", "quotations")) " listed" }
            ol.quotes id="quotes" { @for item in items { (maud::PreEscaped(item)) } }
        }
    }
}
