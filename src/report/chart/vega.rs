//! The trend chart as a Vega-Lite 5 specification that holds its data: for those who edit charts further. Places no
//! labels; that is left to the editor.

use super::canvas::Ink;
use super::{Style, wording};
use crate::record::QuoteRecord;
use crate::trend::series::date;
use crate::trend::{THIN, Trend};
use serde_json::{Value, json};

fn hex(ink: Ink) -> String {
    let (r, g, b) = ink.rgb;
    format!("#{r:02x}{g:02x}{b:02x}")
}

/// The specification.
pub fn trend(trend: &Trend, rows: &[QuoteRecord], style: &Style) -> Value {
    let palette = style.theme.palette();
    let name = |n: usize| wording::speaker(&trend.series[n]).to_owned();
    let quotes: Vec<Value> = trend
        .utterances
        .iter()
        .map(|u| {
            let words = rows.get(u.row as usize).map(|r| r.quote.as_str()).unwrap_or_default();
            json!({
                "speaker": name(u.series), "from": date(u.from), "to": date(u.to), "date": date(u.middle()), "tone": (u.tone * 1e4).round() / 1e4,
                "outlets": u.outlets, "quote": words,
            })
        })
        .collect();
    let round = |v: Option<f64>| v.map(|v| (v * 1e6).round() / 1e6);
    let fits: Vec<Value> = trend
        .series
        .iter()
        .enumerate()
        .flat_map(|(n, s)| s.fits.iter().map(move |f| (n, f)))
        .map(|(n, f)| {
            let shown = f.n_eff >= THIN;
            let keep = |v: Option<f64>| round(v.filter(|_| shown));
            json!({"speaker": name(n), "date": date(f.day), "fit": keep(f.fit), "low": keep(f.low), "high": keep(f.high), "n_eff": round(Some(f.n_eff))})
        })
        .collect();
    let events: Vec<Value> = style.events.iter().map(|e| json!({"date": date(e.day), "label": e.label})).collect();
    let turns: Vec<Value> = trend
        .series
        .iter()
        .filter_map(|s| {
            let step = wording::clear_step(s)?;
            Some(json!({"speaker": wording::speaker(s), "low": date(step.low), "high": date(step.high), "date": date(step.at)}))
        })
        .collect();
    let names: Vec<String> = (0..trend.series.len()).map(name).collect();
    let colours: Vec<String> = (0..trend.series.len()).map(|n| hex(palette.of(n))).collect();
    let colour = json!({"field": "speaker", "type": "nominal", "scale": {"domain": names, "range": colours}, "title": null});
    let time = json!({"field": "date", "type": "temporal", "title": null});
    let tone = |field: &str| json!({"field": field, "type": "quantitative", "scale": {"domain": [-1, 1]}, "title": "tone"});
    json!({
        "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
        "title": {
            "text": style.title.clone().unwrap_or_else(|| wording::title(trend)),
            "subtitle": style.subtitle.clone().unwrap_or_else(|| wording::subtitle(trend)),
        },
        "width": 960, "height": 460, "background": hex(palette.paper),
        "layer": [
            {"data": {"values": turns}, "mark": {"type": "rect", "opacity": 0.1},
             "encoding": {"x": {"field": "low", "type": "temporal"}, "x2": {"field": "high"}, "color": colour}},
            {"data": {"values": events}, "layer": [
                {"mark": {"type": "rule", "strokeDash": [2, 3], "opacity": 0.5}, "encoding": {"x": time}},
                {"mark": {"type": "text", "align": "left", "dx": 3, "y": -6}, "encoding": {"x": time, "text": {"field": "label"}}},
            ]},
            {"data": {"values": quotes}, "layer": [
                {"transform": [{"filter": "datum.from != datum.to"}], "mark": {"type": "rule", "strokeWidth": 3, "opacity": 0.35},
                 "encoding": {"x": {"field": "from", "type": "temporal"}, "x2": {"field": "to"}, "y": tone("tone"), "color": colour}},
                {"transform": [{"filter": "datum.from == datum.to"}], "mark": {"type": "circle", "opacity": 0.45},
                 "encoding": {"x": time, "y": tone("tone"), "color": colour, "size": {"field": "outlets", "type": "quantitative"},
                              "tooltip": [{"field": "speaker"}, {"field": "date", "type": "temporal"}, {"field": "tone"}, {"field": "outlets"}, {"field": "quote"}]}},
            ]},
            {"data": {"values": fits}, "layer": [
                {"mark": {"type": "area", "opacity": 0.2}, "encoding": {"x": time, "y": tone("low"), "y2": {"field": "high"}, "color": colour}},
                {"mark": {"type": "line", "strokeWidth": 3}, "encoding": {"x": time, "y": tone("fit"), "color": colour}},
            ]},
        ],
    })
}
