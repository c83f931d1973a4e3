//! Small phrases of the page: numbers, days, lists. Decides nothing.

use crate::record::QuoteRecord;
pub use crate::report::chart::wording::{count, counted, signed};
use jiff::civil::Date;

const MONTHS: [&str; 12] = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];

/// `62%`.
pub fn percent(v: f64) -> String {
    format!("{:.0}%", v * 100.0)
}

/// `3 January 2026`.
pub fn day(d: Date) -> String {
    format!("{} {} {}", d.day(), MONTHS[d.month() as usize - 1], d.year())
}

/// `3–20 January 2026`, `28 December 2025 – 3 January 2026`.
pub fn days(from: Date, to: Date) -> String {
    if from == to {
        day(to)
    } else if from.first_of_month() == to.first_of_month() {
        if from == to.first_of_month() && to == to.last_of_month() {
            return format!("{} {}", MONTHS[to.month() as usize - 1], to.year());
        }
        format!("{}\u{2013}{}", from.day(), day(to))
    } else if from.year() == to.year() {
        format!("{} {} \u{2013} {}", from.day(), MONTHS[from.month() as usize - 1], day(to))
    } else {
        format!("{} \u{2013} {}", day(from), day(to))
    }
}

/// The narrowest interval known for a row.
pub fn interval(row: &QuoteRecord) -> (Option<Date>, Option<Date>) {
    (row.echo_said_from.or(row.said_from), row.echo_said_to.or(row.said_to))
}

/// When a row was said.
pub fn said(row: &QuoteRecord) -> String {
    match interval(row) {
        (Some(from), Some(to)) => days(from, to),
        (Some(from), None) => format!("{} or later", day(from)),
        (None, Some(to)) => format!("by {}", day(to)),
        (None, None) => "date unknown".to_owned(),
    }
}

/// `a`, `a and b`, `a, b and c`.
pub fn joined(items: &[String]) -> String {
    match items {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

/// At most `most` characters, cut at a space, with an ellipsis.
pub fn clipped(text: &str, most: usize) -> String {
    let Some((end, _)) = text.char_indices().nth(most) else { return text.to_owned() };
    let head = &text[..end];
    let cut = head.rfind(char::is_whitespace).filter(|&at| at > end / 2).unwrap_or(end);
    format!("{}\u{2026}", head[..cut].trim_end())
}

/// Text as it may stand in a page: control characters, which HTML forbids, are shown as one sign.
pub fn safe(text: &str) -> std::borrow::Cow<'_, str> {
    let bad = |c: char| c.is_control() && !matches!(c, '\n' | '\t');
    if text.contains(bad) { text.replace(bad, "\u{fffd}").into() } else { text.into() }
}

/// The address, where it is one of the web.
pub fn link(url: &str) -> Option<&str> {
    let url = url.trim();
    let head = |scheme: &str| url.get(..scheme.len()).is_some_and(|h| h.eq_ignore_ascii_case(scheme));
    let web = (head("https://") || head("http://")) && !url.chars().any(|c| c.is_whitespace() || c.is_control());
    web.then_some(url)
}
