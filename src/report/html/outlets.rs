//! The framing tables as a reader meets them: what each outlet ran, in whose words, under which verbs.

use super::story::named;
use super::wording::{count, counted, days, percent, safe, signed};
use super::{View, shade};
use crate::framing::outlet::OutletRow;
use crate::framing::version::VersionRow;
use crate::framing::{Framing, WordRow};
use crate::report::schema;
use maud::{Markup, html};

/// An estimate with its interval; bold where the interval leaves out 0.
fn estimate(value: Option<f64>, low: Option<f64>, high: Option<f64>) -> Markup {
    html! {
        @match value {
            None => span.mute { "\u{2013}" },
            Some(v) => {
                @let clear = low.zip(high).is_some_and(|(l, h)| l > 0.0 || h < 0.0);
                span.clear[clear].pos[clear && v > 0.0].neg[clear && v < 0.0] { (signed(v)) }
                @if let (Some(l), Some(h)) = (low, high) { small { (signed(l)) " to " (signed(h)) } }
            }
        }
    }
}

fn share(value: Option<f64>) -> Markup {
    html! { @match value { Some(v) => (percent(v)), None => span.mute { "\u{2013}" } } }
}

fn rate(value: Option<f64>) -> Markup {
    html! { @match value { Some(v) => (format!("{v:.1}")), None => span.mute { "\u{2013}" } } }
}

/// A table that may be wider than the screen.
pub fn wide(name: &str, table: Markup) -> Markup {
    html! { div.scroll role="region" tabindex="0" aria-label=(name) { (table) } }
}

/// The two tables of outlets.
pub fn tables(view: &View, outlets: &[OutletRow]) -> Markup {
    let Some(first) = outlets.first() else { return html! {} };
    let (a, b) = (first.leader_a.as_str(), first.leader_b.as_str());
    let led = !a.is_empty() && !b.is_empty();
    let head = |short: &str| html! { span.name.(view.colour(short)) { (safe(short)) } };
    html! {
        (wide("Tone and selection by outlet", html! { table {
            caption { "What each outlet ran, and how it sounds itself" }
            thead { tr {
                th scope="col" { "Outlet" }
                th.r scope="col" { "Articles" small { "of these wire copy" } }
                th.r scope="col" { "Quotations" }
                th.r scope="col" { "Own voice" small { "tone toward the two" } }
                th.r scope="col" { "Words quoted" small { "mean tone" } }
                th.r scope="col" { "Difference" small { "own less quoted" } }
                th.r scope="col" { "Selection" small { "run, less the pool" } }
                th.r scope="col" { "Coverage" small { "of the pool" } }
            } }
            tbody { @for o in outlets { tr {
                th scope="row" { (safe(named(&o.outlet))) }
                td.r { (count(o.n_articles)) @if o.n_wire > 0 { small { (count(o.n_wire)) " wire" } } }
                td.r { (count(o.n_quotes)) }
                td.r { (estimate(o.narration_tone, o.narration_tone_low, o.narration_tone_high)) }
                td.r { (estimate(o.quoted_tone, o.quoted_tone_low, o.quoted_tone_high)) }
                td.r { (estimate(o.tone_gap, o.tone_gap_low, o.tone_gap_high)) }
                td.r { (estimate(o.selection_effect, o.selection_effect_low, o.selection_effect_high)) }
                td.r { (share(o.coverage)) @if o.n_pool > 0 { small { "of " (count(o.n_pool)) } } }
            } } }
        } }))
        (wide("Voice, verbs and names by outlet", html! { table {
            caption { "Who gets the word, under which verbs, and by what name" }
            thead { tr {
                th scope="col" { "Outlet" }
                @if led {
                    th.r scope="col" { (head(a)) small { "of the words quoted" } }
                    th.r scope="col" { (head(b)) small { "of the words quoted" } }
                }
                th scope="col" { "Speaks first" }
                th.r scope="col" { "Distancing verbs" }
                th.r scope="col" { "Endorsing" }
                th.r scope="col" { "Hostile" }
                th.r scope="col" { "Warm" }
                @if led {
                    th.r scope="col" { "Verbs: " (head(a)) " less " (head(b)) small { "distancing or hostile" } }
                    th scope="col" { "Labels for " (head(a)) small { "share of namings" } }
                    th scope="col" { "Labels for " (head(b)) small { "share of namings" } }
                }
                th.r scope="col" { "Hedges" small { "per 1,000 words" } }
                th.r scope="col" { "Scare quotes" small { "per 1,000 words" } }
            } }
            tbody { @for o in outlets { tr {
                th scope="row" { (safe(named(&o.outlet))) }
                @if led {
                    td.r { (share(o.voice_share_a)) }
                    td.r { (share(o.voice_share_b)) }
                }
                td { (safe(&o.lead_speaker)) }
                td.r { (share(o.verb_distance)) }
                td.r { (share(o.verb_endorse)) }
                td.r { (share(o.verb_hostile)) }
                td.r { (share(o.verb_warm)) }
                @if led {
                    td.r { (estimate(o.verb_asymmetry, o.verb_asymmetry_low, o.verb_asymmetry_high)) }
                    td { (share(o.epithet_a)) (labels(&o.epithets_a)) }
                    td { (share(o.epithet_b)) (labels(&o.epithets_b)) }
                }
                td.r { (rate(o.hedges_per_1000)) }
                td.r { (rate(o.scare_per_1000)) }
            } } }
        } }))
        details.block {
            summary { "What the columns mean" }
            (glossary("framing.csv"))
        }
    }
}

fn labels(epithets: &str) -> Markup {
    let list: Vec<String> = epithets.split(';').filter(|e| !e.is_empty()).take(3).map(|e| e.replacen(':', " \u{d7}", 1)).collect();
    html! { @if !list.is_empty() { small { (safe(&list.join(", "))) } } }
}

/// The columns of a table as the schema describes them.
pub fn glossary(file: &str) -> Markup {
    html! {
        @if let Some(table) = schema::table(file) {
            p { "From " code { (file) } ": " (table.about) "." }
            dl { @for c in table.columns { @if !c.about.is_empty() { dt { code { (c.name) } } dd { (c.about) } } } }
        }
    }
}

/// Utterances that several outlets ran, most-run first, each with its versions.
pub fn versions(view: &View, framing: &Framing, on_page: &[bool]) -> Markup {
    let mut groups: Vec<&[VersionRow]> = framing.versions.chunk_by(|a, b| a.echo_id == b.echo_id).collect();
    let ran = |g: &[VersionRow]| g.iter().filter(|v| v.status != "absent").count();
    let differ = |g: &[VersionRow]| g.iter().filter(|v| v.status != "whole").count();
    groups.sort_by_key(|g| (g[0].direction.is_empty(), std::cmp::Reverse(ran(g)), std::cmp::Reverse(differ(g))));
    let shown = groups.len().min(view.input.limits.utterances);
    if groups.is_empty() {
        return html! { p.lead { "No utterance was run by two outlets." } };
    }
    html! {
        p.lead {
            (counted(groups.len(), "utterance was", "utterances were")) " run by at least two outlets."
            @if shown < groups.len() { " Here are the " (count(shown)) " that most of them ran; all are in " code { "framing_quotes.csv" } "." }
            " The words struck out are those that an outlet cut from the fullest version."
        }
        @for group in &groups[..shown] { (utterance(view, group, ran(group), on_page)) }
    }
}

fn utterance(view: &View, group: &[VersionRow], ran: usize, on_page: &[bool]) -> Markup {
    let head = &group[0];
    let side = head.direction.split('>').next().unwrap_or_default();
    let when = match (head.said_from, head.said_to) {
        (Some(from), Some(to)) => format!(" \u{b7} {}", days(from, to)),
        _ => String::new(),
    };
    html! {
        div.utter {
            h3 dir="auto" { "\u{201c}" (safe(&super::story::alone(&head.utterance, 420))) "\u{201d}" }
            p.who {
                span.name.(view.colour(side)) { (safe(&head.speaker)) }
                @if !head.target.is_empty() { " to or about " (safe(&head.target)) }
                (when) " \u{b7} run by " (ran) " of " (group.len())
            }
            (wide("Versions by outlet", html! { table {
                colgroup { col.c1; col.c2; col.c3; col.c4; col.c5; col.c6; }
                thead { tr { th scope="col" { "Outlet" } th scope="col" { "Ran it" } th.r scope="col" { "Kept" } th.r scope="col" { "Tone" } th scope="col" { "Verb" } th scope="col" { "Cut" } } }
                tbody { @for v in group { tr.absent[v.status == "absent"] {
                    th scope="row" { (safe(named(&v.outlet))) }
                    td { @match anchor(view, v, on_page) { Some(a) => a href={ "#" (a) } { (v.status) }, None => (v.status) } }
                    td.r { @if let Some(k) = v.kept { (percent(k)) } }
                    td.r { @if let Some(t) = v.tone { span.chip.(shade(t)) { (signed(t)) } } }
                    td { (safe(&v.cue)) }
                    td.words { @if !v.cut.is_empty() { span.cut { (safe(&super::wording::clipped(&v.cut, 260))) } } }
                } } }
            } }))
        }
    }
}

/// The version's first row, where its article is on the page.
fn anchor(view: &View, v: &VersionRow, on_page: &[bool]) -> Option<String> {
    let rows = view.echoes.get(v.echo_id.as_str())?;
    let n = *rows.iter().find(|&&n| view.input.rows[n].doc_id == v.doc_id && Some(view.input.rows[n].start) == v.start)?;
    on_page.get(view.article[n]).copied().unwrap_or(false).then(|| view.anchor(n))
}

/// Words that set each outlet apart.
pub fn words(view: &View, rows: &[WordRow]) -> Markup {
    if rows.is_empty() {
        return html! { p.lead { "Too few words to compare." } };
    }
    let clear = rows.iter().filter(|w| w.q < 0.05).count();
    let most = view.input.limits.words;
    let list = |group: &[WordRow], more: bool| {
        let mut words: Vec<&WordRow> = group.iter().filter(|w| (w.log_odds > 0.0) == more && w.z.abs() >= 1.0).collect();
        words.sort_by(|a, b| b.z.abs().total_cmp(&a.z.abs()).then(a.word.cmp(&b.word)));
        words.truncate(most);
        html! {
            @for (k, w) in words.iter().enumerate() {
                @if k > 0 { ", " }
                @if w.q < 0.05 { b { (safe(&w.word)) } } @else { (safe(&w.word)) }
                span.mute { " " (w.n) ":" (w.n_against) }
            }
            @if words.is_empty() { span.mute { "\u{2013}" } }
        }
    };
    html! {
        p.lead {
            "Only the outlets\u{2019} own sentences are counted: quotations and wire copy are left out. After each word, how often the outlet and how often all others use it. "
            @if clear == 0 { "No single word passes the test for many words at once (q < 0.05): read these as leanings." }
            @else { "Bold words pass the test for many words at once (q < 0.05)." }
        }
        (wide("Words that set outlets apart", html! { table {
            caption { "Words that each outlet uses more, and less, than the others" }
            thead { tr { th scope="col" { "Outlet" } th scope="col" { "More than the rest" } th scope="col" { "Less than the rest" } } }
            tbody { @for group in rows.chunk_by(|a, b| a.outlet == b.outlet) { tr {
                th scope="row" { (safe(named(&group[0].outlet))) }
                td.words { (list(group, true)) }
                td.words { (list(group, false)) }
            } } }
        } }))
    }
}
