//! The dyadic chart: every utterance as a dot or bar, a fitted line with its band per direction, the
//! turning point with its interval, events, a few telling quotations, and the number of quotes below.

use super::canvas::{Anchor, Area, Backend, Ink, Sheet, Type, UNIT};
use super::font::{Fonts, Weight};
use super::palette::Palette;
use super::place::{NEVER, Room};
use super::wording::{self, counted, signed};
use super::{Size, Style};
use crate::annotation::QuoteKind;
use crate::record::QuoteRecord;
use crate::report::borne_out;
use crate::trend::series::{Day, Utterance, date, day};
use crate::trend::{Series, THIN, Trend};
use plotters::coord::Shift;
use plotters::coord::types::{RangedCoordf64, RangedCoordi32};
use plotters::prelude::{
    Cartesian2d, ChartBuilder, ChartContext, Circle, DrawingArea, IntoDrawingArea, LineSeries, Polygon, RGBAColor, Rectangle, ShapeStyle,
};

/// Sizes of type and room, per picture size.
#[derive(Clone, Copy)]
struct Measure {
    margin: f64,
    title: f64,
    subtitle: f64,
    body: f64,
    small: f64,
    label: f64,
    left: f64,
    right: f64,
    strip: f64,
    callouts: usize,
    widest_callout: f64,
    narrow: bool,
}

impl Measure {
    fn of(size: Size) -> (f64, f64, Measure) {
        match size {
            Size::Print => (
                1200.0,
                780.0,
                Measure {
                    margin: 22.0,
                    title: 29.0,
                    subtitle: 17.5,
                    body: 14.5,
                    small: 13.5,
                    label: 19.0,
                    left: 58.0,
                    right: 178.0,
                    strip: 46.0,
                    callouts: 4,
                    widest_callout: 230.0,
                    narrow: false,
                },
            ),
            Size::Social => (
                540.0,
                675.0,
                Measure {
                    margin: 16.0,
                    title: 25.0,
                    subtitle: 16.0,
                    body: 14.5,
                    small: 14.0,
                    label: 17.0,
                    left: 46.0,
                    right: 100.0,
                    strip: 34.0,
                    callouts: 2,
                    widest_callout: 150.0,
                    narrow: true,
                },
            ),
        }
    }
}

type Chart<'a> = ChartContext<'a, Backend, Cartesian2d<RangedCoordi32, RangedCoordf64>>;

/// Where days and tones fall.
struct Scale {
    plot: Area,
    first: Day,
    last: Day,
}

impl Scale {
    fn x(&self, day: Day) -> f64 {
        self.plot.x0 + self.plot.width() * f64::from(day - self.first) / f64::from((self.last - self.first).max(1))
    }
    fn y(&self, tone: f64) -> f64 {
        self.plot.y0 + self.plot.height() * (1.0 - tone) / 2.0
    }
    fn at(&self, day: Day, tone: f64) -> (f64, f64) {
        (self.x(day), self.y(tone))
    }
}

/// Everything that the parts of the drawing share.
struct Draw<'a, 'f> {
    sheet: Sheet<'f>,
    m: Measure,
    palette: Palette,
    scale: Scale,
    trend: &'a Trend,
    rows: &'a [QuoteRecord],
    style: &'a Style,
    /// Opacity of dots, less where there are many.
    alpha: f64,
    /// Factor on the radius of dots.
    dot: f64,
    /// Which colour each series has: the same one in every panel.
    colours: Vec<usize>,
}

fn kind(size: f64, weight: Weight, ink: Ink, anchor: Anchor) -> Type {
    Type { size, weight, ink, anchor, rim: None }
}

fn shade(ink: Ink) -> RGBAColor {
    RGBAColor(ink.rgb.0, ink.rgb.1, ink.rgb.2, ink.alpha)
}

fn stroke(ink: Ink, width: f64) -> ShapeStyle {
    ShapeStyle { color: shade(ink), filled: false, stroke_width: (width * UNIT).round() as u32 }
}

fn fill(ink: Ink) -> ShapeStyle {
    ShapeStyle { color: shade(ink), filled: true, stroke_width: 0 }
}

/// The sheet with its ground, title and subtitle, and where they end.
fn headed<'f>(size: (f64, f64), m: &Measure, palette: &Palette, fonts: &'f Fonts<'f>, title: &str, subtitle: &str) -> (Sheet<'f>, f64) {
    let (width, height) = size;
    let mut sheet = Sheet::new(width, height, fonts);
    sheet.title = format!("{title}. {subtitle}");
    sheet.rect(Area::new(0.0, 0.0, width, height), 0.0, palette.paper);
    sheet.rect(Area::new(0.0, 0.0, width, 5.0), 0.0, palette.ink);
    let room = width - 2.0 * m.margin;
    let mut size = m.title;
    let mut lines = sheet.wrap(title, room, size, Weight::Strong);
    while lines.len() > 2 && size > 0.7 * m.title {
        size -= 1.0;
        lines = sheet.wrap(title, room, size, Weight::Strong);
    }
    let mut y = 5.0 + m.margin * 0.6;
    for line in &lines {
        y += size * 1.12;
        sheet.text(line, m.margin, y, kind(size, Weight::Strong, palette.ink, Anchor::Left));
    }
    y += m.subtitle * 0.45;
    for line in sheet.wrap(subtitle, room, m.subtitle, Weight::Regular) {
        y += m.subtitle * 1.3;
        sheet.text(&line, m.margin, y, kind(m.subtitle, Weight::Regular, palette.mute, Anchor::Left));
    }
    (sheet, y)
}

/// The notes at the foot; returns where they begin.
fn footed(sheet: &Sheet, m: &Measure, palette: &Palette, notes: &[String]) -> f64 {
    let lines: Vec<String> = notes.iter().flat_map(|n| sheet.wrap(n, sheet.width - 2.0 * m.margin, m.small, Weight::Regular)).collect();
    let foot = sheet.height - m.margin * 0.75 - lines.len() as f64 * m.small * 1.34;
    for (i, line) in lines.iter().enumerate() {
        sheet.text(line, m.margin, foot + m.small * (1.0 + 1.34 * i as f64), kind(m.small, Weight::Regular, palette.mute, Anchor::Left));
    }
    foot
}

/// Opacity and size of dots, less where there are many.
fn dots(n: usize, m: &Measure) -> (f64, f64) {
    let n = n.max(1) as f64;
    ((8.3 / n.sqrt()).clamp(0.12, 0.7), (1.9 - n.log10() * 0.38).clamp(0.55, 1.5) * if m.narrow { 0.85 } else { 1.0 })
}

/// Draw it.
pub(super) fn draw<'f>(trend: &Trend, rows: &[QuoteRecord], style: &Style, means: bool, fonts: &'f Fonts<'f>) -> Sheet<'f> {
    let (width, height, m) = Measure::of(style.size);
    let palette = style.theme.palette();
    let title = style.title.clone().unwrap_or_else(|| wording::title(trend));
    let subtitle = style.subtitle.clone().unwrap_or_else(|| wording::subtitle(trend));
    if trend.utterances.is_empty() {
        return nothing(trend, style, &title, &subtitle, fonts);
    }
    // From above: title, subtitle, event labels. From below: notes, axis, strip. The plot takes the rest.
    let (sheet, y) = headed((width, height), &m, &palette, fonts, &title, &subtitle);
    let (first, last) = span(trend.utterances.iter());
    let mut scale = Scale { plot: Area::new(m.left, 0.0, width - m.right, 1.0), first, last };
    let labels = events(&sheet, &m, &scale, style, width);
    let mut notes = if means { mean_notes(trend, style) } else { notes(trend, style) };
    if labels.marks.iter().any(|mark| mark.1.is_some()) {
        notes.insert(1, legend(style, first, last));
    }
    let foot = footed(&sheet, &m, &palette, &notes);
    let axis = foot - m.body * 3.1;
    let strip = axis - m.strip;
    scale.plot.y1 = strip - 16.0;
    scale.plot.y0 = y + 18.0 + labels.height + if labels.height > 0.0 { 8.0 } else { 4.0 };
    let (alpha, dot) = dots(trend.utterances.len(), &m);
    let draw = Draw { sheet, m, palette, scale, trend, rows, style, alpha, dot, colours: (0..trend.series.len()).collect() };
    draw.ground();
    draw.weeks(axis, strip);
    draw.months(axis);
    if !means {
        draw.turns();
    }
    draw.event_marks(&labels);
    draw.poles(true, true);
    if means {
        draw.means();
        return draw.sheet;
    }
    if let Err(never) = draw.data() {
        // The recording backend cannot fail.
        unreachable!("{never}");
    }
    let turn_labels = draw.turn_labels();
    let ends = draw.ends();
    draw.callouts(&turn_labels, &ends);
    draw.sheet
}

/// Instead of an empty plot: that there is nothing to draw, and why.
fn nothing<'f>(trend: &Trend, style: &Style, title: &str, subtitle: &str, fonts: &'f Fonts<'f>) -> Sheet<'f> {
    let (width, _, m) = Measure::of(style.size);
    let palette = style.theme.palette();
    let (sheet, y) = headed((width, if m.narrow { 330.0 } else { 250.0 }), &m, &palette, fonts, title, subtitle);
    let c = &trend.counts;
    let why: Vec<String> = [
        (c.without_direction, "by neither leader about the other"),
        (c.sides, "by those who speak for a leader"),
        (c.indirect, "reported without quotation marks"),
        (c.without_tone, "without a tone"),
        (c.undated + c.too_wide, "without a usable date"),
        (c.out_of_range, "outside the days asked for"),
        (c.other_outlets, "of other outlets"),
    ]
    .iter()
    .filter(|(n, _)| *n > 0)
    .map(|(n, why)| format!("{} {why}", wording::count(*n)))
    .collect();
    let why = if why.is_empty() { String::new() } else { format!(": {}", why.join(", ")) };
    let foot = footed(&sheet, &m, &palette, &[format!("{} read{why}.", counted(c.rows, "quotation", "quotations"))]);
    let text = kind(m.label, Weight::Strong, palette.mute, Anchor::Left);
    sheet.text("No dated quotations to draw.", m.margin, (y + foot) / 2.0 + m.label * 0.6, text);
    sheet
}

/// One panel for the leaders themselves, one for those who speak for them, on the same scales.
pub(super) fn roles<'f>(panels: [&Trend; 2], rows: &[QuoteRecord], style: &Style, fonts: &'f Fonts<'f>) -> Sheet<'f> {
    let (width, _, m) = Measure::of(style.size);
    let palette = style.theme.palette();
    let title = style.title.clone().unwrap_or_else(|| wording::roles_title(panels));
    let subtitle = style.subtitle.clone().unwrap_or_else(|| wording::roles_subtitle(panels));
    if panels.iter().all(|p| p.utterances.is_empty()) {
        return nothing(panels[0], style, &title, &subtitle, fonts);
    }
    let (mut sheet, y) = headed((width, if m.narrow { 930.0 } else { 860.0 }), &m, &palette, fonts, &title, &subtitle);
    let (first, last) = span(panels.iter().flat_map(|p| &p.utterances));
    let left = Area::new(m.left, 0.0, width - m.right, 1.0);
    let labels = events(&sheet, &m, &Scale { plot: left, first, last }, style, width);
    let mut notes = vec![
        if m.narrow { "Dot: a quote, larger if more outlets ran it; bar: date known to an interval." } else { DOTS }.to_owned(),
        format!("Line where {} quotes or more speak; band: 95% bootstrap interval over articles.", panels[0].options.fewest),
    ];
    if labels.marks.iter().any(|mark| mark.1.is_some()) {
        notes.insert(1, legend(style, first, last));
    }
    let sum = |count: fn(&Trend) -> usize| panels.iter().map(|p| count(p)).sum::<usize>();
    let off = sum(|p| p.counts.undated + p.counts.too_wide);
    notes.push(source_of(style, sum(|p| p.counts.utterances), off, None));
    let foot = footed(&sheet, &m, &palette, &notes);
    let axis = foot - m.body * 3.1;
    let strip = m.strip * 0.7;
    let top = y + 10.0 + labels.height + if labels.height > 0.0 { 8.0 } else { 0.0 };
    let each = (axis - top) / 2.0;
    let (alpha, dot) = dots(sum(|p| p.utterances.len()), &m);
    let mut directions: Vec<&str> = panels.iter().flat_map(|p| &p.series).map(|s| s.direction.as_str()).collect();
    directions.sort_unstable();
    directions.dedup();
    for (i, trend) in panels.into_iter().enumerate() {
        let y0 = top + each * i as f64;
        let bottom = y0 + each;
        // The events' words stand on the upper panel, whose name stands inside it.
        let plot = Area::new(left.x0, y0 + if i == 0 { 8.0 } else { 14.0 }, left.x1, bottom - strip - 10.0);
        let colours = trend.series.iter().map(|s| directions.iter().position(|d| *d == s.direction).unwrap_or(0)).collect();
        let draw = Draw { sheet, m, palette, scale: Scale { plot, first, last }, trend, rows, style, alpha, dot, colours };
        draw.ground();
        draw.weeks(bottom, bottom - strip);
        if i == 1 {
            draw.months(axis);
        }
        if i == 0 {
            draw.event_marks(&labels);
        } else {
            let marks = labels.marks.iter().map(|mark| (mark.0, None, Vec::new())).collect();
            draw.event_marks(&EventLabels { height: 0.0, marks });
        }
        draw.poles(i == 0, i == 1);
        if let Err(never) = draw.data() {
            unreachable!("{never}");
        }
        draw.ends();
        draw.name(wording::role(i == 1), &counted(trend.utterances.len(), "quote", "quotes"));
        sheet = draw.sheet;
    }
    sheet
}

/// First and last day of the axis: the data with a little air.
fn span<'a>(utterances: impl Iterator<Item = &'a Utterance>) -> (Day, Day) {
    let (first, last) = utterances.fold((Day::MAX, Day::MIN), |(a, b), u| (a.min(u.from), b.max(u.to)));
    let air = ((last - first) / 50).max(3);
    (first - air, last + air)
}

struct EventLabels {
    height: f64,
    /// Day, number where labels do not fit, lines of text with their place.
    marks: Vec<(f64, Option<usize>, Vec<(String, f64, f64, bool)>)>,
}

/// Words above the plot, in up to three rows; numbers instead where they do not fit (the notes then list them).
fn events(sheet: &Sheet, m: &Measure, scale: &Scale, style: &Style, width: f64) -> EventLabels {
    let shown: Vec<(f64, &super::Event)> =
        style.events.iter().filter(|e| e.day >= scale.first && e.day <= scale.last).map(|e| (scale.x(e.day), e)).collect();
    if shown.is_empty() {
        return EventLabels { height: 0.0, marks: Vec::new() };
    }
    let line = m.body * 1.18;
    let mut taken: Vec<Area> = Vec::new();
    let mut marks = Vec::new();
    // Boxes are placed upward from 0.
    // From the right, so that the tie of a label in an upper row runs down left of the words below it.
    for (x, event) in shown.iter().rev() {
        let head = wording::short_day(event.day);
        let widest = if m.narrow { 96.0 } else { 132.0 };
        let lines = sheet.wrap(&event.label, widest, m.body, Weight::Regular);
        let measured =
            lines.iter().map(|l| sheet.measure(l, m.body, Weight::Regular)).fold(sheet.measure(&head, m.body * 0.93, Weight::Strong), f64::max);
        let height = line * (lines.len() as f64 + 1.0);
        let place = |leftward: bool| {
            let (x0, x1) = if leftward { (x - measured, *x) } else { (*x, x + measured) };
            let mut bottom = 0.0;
            while taken.iter().any(|t| Area::new(x0 - 8.0, bottom - height, x1 + 8.0, bottom).meets(t)) {
                bottom -= 2.0;
            }
            (bottom, x0, x1)
        };
        // Right of its mark where that costs no more than a row above the others.
        let (right, left) = (place(false), place(true));
        // Not over the mark of another, whose tie may have to run down there.
        let free = !shown.iter().any(|(other, _)| *other < *x && *other > left.1 - 4.0);
        let leftward = right.2 > width - m.margin || (free && left.1 > m.margin && left.0 > right.0 + line);
        let (bottom, x0, x1) = if leftward { left } else { right };
        taken.push(Area::new(x0, bottom - height, x1, bottom));
        if bottom < 0.0 {
            // Nor may any words stand on the tie.
            taken.push(Area::new(x - 1.0, bottom, x + 1.0, 0.0));
        }
        let mut texts = vec![(head, *x, bottom - height + line * 0.8, leftward)];
        for (i, text) in lines.into_iter().enumerate() {
            texts.push((text, *x, bottom - height + line * (1.8 + i as f64), leftward));
        }
        marks.push((*x, None, texts));
    }
    marks.reverse();
    let height = -taken.iter().map(|t| t.y0).fold(0.0, f64::min);
    let most = if m.narrow { 5.2 * line } else { 8.4 * line };
    if height <= most {
        return EventLabels { height, marks };
    }
    EventLabels { height: line, marks: shown.iter().enumerate().map(|(n, (x, _))| (*x, Some(n + 1), Vec::new())).collect() }
}

/// The numbered events in words.
fn legend(style: &Style, first: Day, last: Day) -> String {
    let shown = style.events.iter().filter(|e| e.day >= first && e.day <= last).enumerate();
    let list: Vec<String> = shown.map(|(n, e)| format!("{}\u{a0}{} ({})", n + 1, e.label, wording::full_day(e.day))).collect();
    format!("Marked: {}.", list.join(", "))
}

/// The lines under the chart.
fn notes(trend: &Trend, style: &Style) -> Vec<String> {
    let mut out = Vec::new();
    let lined: Vec<&Series> = trend.series.iter().filter(|s| !runs(s).is_empty()).collect();
    let narrow = style.size == Size::Social;
    let mut how = if narrow { "Dot: a quote, larger if more outlets ran it; bar: date known to an interval." } else { DOTS }.to_owned();
    if !lined.is_empty() {
        let widths: Vec<String> = lined.iter().map(|s| format!("{:.0}", s.bandwidth)).collect();
        let kernel = if widths.windows(2).all(|w| w[0] == w[1]) { widths[0].clone() } else { widths.join(" and ") };
        how += &if narrow {
            " Line: local-linear trend with its 95% interval.".to_owned()
        } else {
            format!(
                " Lines: local-linear trend, {kernel}-day kernel; bands: 95% bootstrap interval over articles; dashed where no quote lies within {NEAR} days."
            )
        };
    }
    out.push(how);
    let few: Vec<String> = trend
        .series
        .iter()
        .filter(|s| s.few && !s.utterances.is_empty())
        .map(|s| format!("{} ({})", wording::speaker(s), counted(s.utterances.len(), "quote", "quotes")))
        .collect();
    if !few.is_empty() {
        out.push(format!("Too few for a line: {}; a thin bar is the mean of a month with {SPOKEN} quotes or more.", few.join(", ")));
    }
    let clear: Vec<String> = trend
        .series
        .iter()
        .filter_map(|s| {
            let step = wording::clear_step(s)?;
            Some(format!(
                "{} {} ({}), mean tone {} before, {} after",
                wording::speaker(s),
                wording::full_day(step.at),
                wording::day_range(step.low, step.high),
                signed(step.sides.before),
                signed(step.sides.after)
            ))
        })
        .collect();
    if !clear.is_empty() && narrow {
        out.push("Column: turning point with its 95% interval.".to_owned());
    } else if !clear.is_empty() {
        out.push(format!("Column: turning point with its 95% interval: {}.", clear.join("; ")));
    }
    for s in trend.series.iter().filter(|s| !s.few && wording::clear_step(s).is_none()) {
        let p = s.step.map_or(String::new(), |step| format!(" (p = {:.2})", step.p));
        out.push(format!("{}: no turning point that chance would not also give{p}.", wording::speaker(s)));
    }
    out.push(source(trend, style));
    out
}

/// What dots and bars are.
const DOTS: &str = "One dot a quote, larger the more outlets carried it; a bar where only an interval is known.";

/// The lines under the chart of means.
fn mean_notes(trend: &Trend, style: &Style) -> Vec<String> {
    let period = trend.options.by.name();
    vec![
        format!(
            "Mean tone by {period}, with its 95% bootstrap interval over articles where {} or more speak; figures: number of quotes. An utterance counts once, however many outlets carried it.",
            crate::trend::ENOUGH_ARTICLES
        ),
        source(trend, style),
    ]
}

/// Where the figures come from.
fn source(trend: &Trend, style: &Style) -> String {
    let c = &trend.counts;
    source_of(style, c.utterances, c.undated + c.too_wide, Some((c.articles, c.outlets)))
}

fn source_of(style: &Style, quotes: usize, off: usize, from: Option<(usize, usize)>) -> String {
    let mut source =
        format!("{}{}", style.source.as_ref().map_or("Source: ".to_owned(), |s| format!("Source: {s}; ")), counted(quotes, "quote", "quotes"));
    if let Some((articles, outlets)) = from {
        source += &format!(" in {} from {}", counted(articles, "article", "articles"), counted(outlets, "outlet", "outlets"));
    }
    if off > 0 {
        source += &format!("; {} without a date not shown", counted(off, "quote", "quotes"));
    }
    source + "."
}

/// Up to this number of dots, a callout's leader crosses none.
const ROOMY: usize = 300;
/// From the line to the tone of words that tell of a day, at most.
const STRAY: f64 = 0.8;
/// Words of less tone are no example of either pole.
const CLEAR: f64 = 0.3;
/// What is printed large should be his who is named below it.
const SURE: f64 = 0.8;

/// Dots beyond this number have no rim: among so many it cannot be seen, and takes longer than the dot.
const RIMMED: usize = 10_000;

/// Fewest quotes of a month whose mean is drawn.
const SPOKEN: usize = 3;

/// Days without a quote after which the line is dashed.
const NEAR: i32 = 10;

impl<'f> Draw<'_, 'f> {
    fn plot(&self) -> Area {
        self.scale.plot
    }

    fn ink(&self, series: usize) -> Ink {
        self.palette.of(self.colours.get(series).copied().unwrap_or(series))
    }

    /// A panel's name in the upper or lower corner, or between them, where it hides least.
    fn name(&self, name: &str, said: &str) {
        let (plot, size) = (self.plot(), self.m.body * 1.05);
        let first = self.sheet.measure(name, size, Weight::Strong);
        let (width, height) = (first + self.sheet.measure(said, size, Weight::Regular) + 20.0, size * 1.65);
        let mut points: Vec<(f64, f64)> = self.trend.utterances.iter().map(|u| self.scale.at(u.middle(), u.tone)).collect();
        points.extend(self.trend.series.iter().flat_map(|s| self.pieces(s)).flat_map(|p| p.1).map(|(day, tone)| self.scale.at(day, tone)));
        let mut best: Option<(usize, Area)> = None;
        for y in [plot.y0 + 5.0, plot.y1 - 5.0 - height] {
            let mut x = plot.x0 + 6.0;
            while x + width < plot.x1 - 6.0 {
                let area = Area::new(x, y, x + width, y + height);
                let wide = area.grown(5.0);
                let over = points.iter().filter(|p| p.0 > wide.x0 && p.0 < wide.x1 && p.1 > wide.y0 && p.1 < wide.y1).count();
                if best.is_none_or(|b| over < b.0) {
                    best = Some((over, area));
                }
                x += 40.0;
            }
        }
        let Some((_, at)) = best else { return };
        self.sheet.rect(at, 3.0, self.palette.middle.fade(0.82));
        self.sheet.text(name, at.x0 + 6.0, at.y0 + size * 1.15, kind(size, Weight::Strong, self.palette.ink, Anchor::Left));
        self.sheet.text(said, at.x0 + 12.0 + first, at.y0 + size * 1.15, kind(size, Weight::Regular, self.palette.mute, Anchor::Left));
    }

    /// Whether an interval is wide enough to be seen as one.
    fn is_bar(&self, u: &Utterance) -> bool {
        u.days() > 1 && self.scale.x(u.to) - self.scale.x(u.from) > 2.0 * self.radius(u)
    }

    /// Tinted ground with a grid of tones.
    fn ground(&self) {
        let plot = self.plot();
        let strips = 96;
        self.sheet.group("ground");
        for i in 0..strips {
            let y0 = plot.y0 + plot.height() * f64::from(i) / f64::from(strips);
            let v = 1.0 - 2.0 * (f64::from(i) + 0.5) / f64::from(strips);
            // Each strip reaches to the bottom, so that no seam shows between two.
            self.sheet.rect(Area::new(plot.x0, y0, plot.x1, plot.y1), 0.0, self.palette.ground(v));
        }
        for v in [-1.0, -0.5, 0.0, 0.5, 1.0] {
            let y = self.scale.y(v);
            let (width, ink) = if v == 0.0 { (1.3, self.palette.ink.fade(0.8)) } else { (0.7, self.palette.ink.fade(0.16)) };
            self.sheet.line(&[(plot.x0, y), (plot.x1, y)], width, ink);
            let text = if v == 0.0 { "0".to_owned() } else { format!("{}{:.1}", if v < 0.0 { "\u{2212}" } else { "+" }, v.abs()) };
            self.sheet.text(&text, plot.x0 - 8.0, y + self.m.body * 0.33, kind(self.m.body, Weight::Regular, self.palette.mute, Anchor::Right));
        }
        self.sheet.end();
    }

    /// The number of quotes a week.
    fn weeks(&self, axis: f64, strip: f64) {
        let (m, plot, palette) = (&self.m, self.plot(), &self.palette);
        self.sheet.group("quotes per week");
        let weekly = (self.scale.last - self.scale.first) / 7 <= 120;
        let bin = if weekly { 7 } else { 28 * ((self.scale.last - self.scale.first) / (28 * 120) + 1) };
        let bins = ((self.scale.last - self.scale.first) / bin + 1) as usize;
        let mut counts = vec![vec![0.0; bins]; self.trend.series.len()];
        for u in &self.trend.utterances {
            for d in u.from..=u.to {
                counts[u.series][((d - self.scale.first) / bin) as usize] += 1.0 / f64::from(u.days());
            }
        }
        let totals: Vec<f64> = (0..bins).map(|b| counts.iter().map(|c| c[b]).sum()).collect();
        let top = totals.iter().copied().fold(1.0, f64::max);
        for b in 0..bins {
            let from = self.scale.first + bin * b as i32;
            let gap = if bins > 80 { 0.4 } else { 1.0 };
            let (x0, x1) = (self.scale.x(from) + gap, self.scale.x((from + bin).min(self.scale.last)) - gap);
            let mut y = axis;
            for (k, c) in counts.iter().enumerate() {
                let h = (axis - strip) * c[b] / top;
                if h > 0.05 && x1 > x0 {
                    self.sheet.rect(Area::new(x0, y - h, x1, y), 0.0, self.ink(k).fade(0.6));
                    y -= h;
                }
            }
        }
        self.sheet.text(
            &format!("{:.0}", top.ceil()),
            plot.x0 - 8.0,
            strip + m.small * 0.6,
            kind(m.small, Weight::Regular, palette.mute, Anchor::Right),
        );
        let label = match bin {
            7 => "Quotes per week".to_owned(),
            _ => format!("Quotes per {} weeks", bin / 7),
        };
        for (i, line) in self.sheet.wrap(&label, self.m.right - 20.0, m.body, Weight::Regular).iter().enumerate() {
            self.sheet.text(
                line,
                plot.x1 + 12.0,
                strip + m.body * (1.25 + 1.15 * i as f64),
                kind(m.body, Weight::Regular, palette.mute, Anchor::Left),
            );
        }
        self.sheet.line(&[(plot.x0, axis), (plot.x1, axis)], 1.0, palette.mute.fade(0.8));
        self.sheet.end();
    }

    /// Months and years.
    fn months(&self, axis: f64) {
        let (m, plot, palette) = (&self.m, self.plot(), &self.palette);
        self.sheet.group("time axis");
        let month_width = plot.width() * 30.4 / f64::from(self.scale.last - self.scale.first);
        // How many months a label stands for, so that none touches the next.
        let stride = [1, 3, 12].into_iter().find(|s| month_width * f64::from(*s) > m.body * 2.1).unwrap_or(12);
        let years_apart = if month_width * 12.0 > m.body * 2.9 { 1 } else { (m.body * 2.9 / (month_width * 12.0)).ceil() as i16 };
        let mut month = day(date(self.scale.first).first_of_month());
        let mut first_year = true;
        let mut year_end = f64::MIN;
        while month <= self.scale.last {
            let d = date(month);
            let next = day(d.last_of_month()) + 1;
            let index = i32::from(d.month()) - 1;
            let (x0, x1) = (self.scale.x(month.max(self.scale.first)), self.scale.x(next.min(self.scale.last)));
            let january = index == 0;
            if (january || index % stride == 0) && month >= self.scale.first {
                self.sheet.line(&[(x0, axis), (x0, axis + if january { 8.0 } else { 5.0 })], 1.0, palette.mute.fade(0.8));
            }
            if stride < 12 && index % stride == 0 {
                let name = wording::MONTHS[index as usize];
                let (middle, space) = if stride == 1 { ((x0 + x1) / 2.0, x1 - x0) } else { (x0 + month_width * 0.5, month_width * 3.0) };
                if space > self.sheet.measure(name, m.body, Weight::Regular) + 3.0 && middle < plot.x1 {
                    self.sheet.text(name, middle, axis + m.body * 1.35, kind(m.body, Weight::Regular, palette.mute, Anchor::Middle));
                }
            }
            if (january && d.year() % years_apart == 0) || first_year {
                let text = d.year().to_string();
                let measured = self.sheet.measure(&text, m.body, Weight::Strong);
                // The first, cut-off year gives way to the next.
                let next_january = self.scale.x(day(jiff::civil::date(d.year().saturating_add(1).min(9999), 1, 1)));
                if (january || next_january > x0 + measured + 8.0) && x0 > year_end && x0 + measured < plot.x1 + m.right {
                    let y = if stride < 12 { 2.65 } else { 1.5 };
                    self.sheet.text(&text, x0, axis + m.body * y, kind(m.body, Weight::Strong, palette.ink, Anchor::Left));
                    year_end = x0 + measured + 6.0;
                }
                first_year = false;
            }
            month = next;
        }
        self.sheet.end();
    }

    /// Left and right end of a turning point's column.
    fn column(&self, step: &crate::trend::shift::Step) -> (f64, f64) {
        let x0 = self.scale.x(step.low).max(self.plot().x0);
        (x0, self.scale.x(step.high + 1).min(self.plot().x1).max(x0 + 2.0))
    }

    /// The clear turning points: a column for the interval, a line at the date.
    fn turns(&self) {
        let plot = self.plot();
        for (k, series) in self.trend.series.iter().enumerate() {
            let Some(step) = wording::clear_step(series) else { continue };
            let ink = self.ink(k);
            self.sheet.group(&format!("turning point of {}", series.direction));
            let (x0, x1) = self.column(step);
            let x = self.scale.x(step.at);
            self.sheet.rect(Area::new(x0, plot.y0, x1, plot.y1), 0.0, ink.fade(0.10));
            self.sheet.line(&[(x, plot.y0), (x, plot.y1)], 1.2, ink.fade(0.65));
            self.sheet.end();
        }
    }

    /// Their labels, beside their columns and clear of the others'. Returns where they stand.
    fn turn_labels(&self) -> Vec<Area> {
        let (m, plot) = (&self.m, self.plot());
        let mut labels: Vec<Area> = Vec::new();
        let lines: Vec<(f64, f64)> =
            self.trend.series.iter().flat_map(|s| self.pieces(s)).flat_map(|p| p.1).map(|(day, tone)| self.scale.at(day, tone)).collect();
        let steps: Vec<(usize, &Series, (f64, f64))> =
            self.trend.series.iter().enumerate().filter_map(|(k, s)| Some((k, s, self.column(wording::clear_step(s)?)))).collect();
        for &(k, series, (x0, x1)) in &steps {
            let Some(step) = wording::clear_step(series) else { continue };
            let head = if m.narrow { format!("{} turns", wording::speaker(series)) } else { format!("Turning point, {}", wording::speaker(series)) };
            let below = format!("95%: {}", wording::day_range(step.low, step.high));
            let width = self.sheet.measure(&head, m.body, Weight::Strong).max(self.sheet.measure(&below, m.small, Weight::Regular)) + 8.0;
            let height = m.body * 1.2 + m.small * 1.45;
            let mut best: Option<(f64, bool, Area)> = None;
            for left in [true, false] {
                let (a, b) = if left { (x0 - 4.0 - width, x0 - 4.0) } else { (x1 + 4.0, x1 + 4.0 + width) };
                if a < plot.x0 + 2.0 || b > plot.x1 - 2.0 {
                    continue;
                }
                let crossed = steps.iter().filter(|s| s.0 != k && a < s.2.1 && s.2.0 < b).count() as f64;
                let mut top = plot.y0 + 4.0;
                while top + height < plot.y1 - 4.0 {
                    let area = Area::new(a, top, b, top + height);
                    top += 6.0;
                    if labels.iter().any(|l| area.grown(2.0).meets(l)) {
                        continue;
                    }
                    let wide = area.grown(3.0);
                    let inside = |(x, y): (f64, f64)| x > wide.x0 && x < wide.x1 && y > wide.y0 && y < wide.y1;
                    let over = self.trend.utterances.iter().filter(|u| inside(self.scale.at(u.middle(), u.tone))).count()
                        + lines.iter().filter(|p| inside(**p)).count();
                    // High above, where it is looked for, unless that hides something.
                    let cost = 1000.0 * crossed + over as f64 + (area.y0 - plot.y0) * 0.02;
                    if best.is_none_or(|b| cost < b.0) {
                        best = Some((cost, left, area));
                    }
                }
            }
            let Some((_, left, area)) = best else { continue };
            let (anchor, at) = if left { (Anchor::Right, area.x1 - 4.0) } else { (Anchor::Left, area.x0 + 4.0) };
            self.sheet.rect(area, 3.0, self.palette.middle.fade(0.7));
            self.sheet.text(&head, at, area.y0 + m.body * 1.05, kind(m.body, Weight::Strong, self.ink(k), anchor));
            self.sheet.text(&below, at, area.y0 + m.body * 1.2 + m.small * 1.05, kind(m.small, Weight::Regular, self.palette.mute, anchor));
            labels.push(area);
        }
        labels
    }

    fn event_marks(&self, labels: &EventLabels) {
        let plot = self.plot();
        if labels.marks.is_empty() {
            return;
        }
        self.sheet.group("events");
        let mut beside = f64::MIN;
        for (x, number, texts) in &labels.marks {
            self.sheet.dashes(&[(*x, plot.y0), (*x, plot.y1)], 2.0, 3.0, 1.0, self.palette.ink.fade(0.5));
            if let Some(n) = number {
                // Numbers of neighbouring days stand side by side.
                let x = (beside + self.m.small * 0.75).max(*x);
                beside = x;
                self.sheet.text(&n.to_string(), x, plot.y0 - 5.0, kind(self.m.small, Weight::Strong, self.palette.ink, Anchor::Middle));
            }
            // A label in an upper row is tied to its mark.
            let bottom = texts.iter().map(|t| t.2).fold(f64::MIN, f64::max);
            if !texts.is_empty() && bottom < -self.m.body {
                self.sheet.line(&[(*x, plot.y0 - 8.0 + bottom + 4.0), (*x, plot.y0)], 0.7, self.palette.ink.fade(0.35));
            }
            for (i, (text, x, y, leftward)) in texts.iter().enumerate() {
                let (size, weight) = if i == 0 { (self.m.body * 0.93, Weight::Strong) } else { (self.m.body, Weight::Regular) };
                let (x, anchor) = if *leftward { (x + 1.0, Anchor::Right) } else { (x - 1.0, Anchor::Left) };
                self.sheet.text(text, x, plot.y0 - 8.0 + y, kind(size, weight, self.palette.ink, anchor));
            }
        }
        self.sheet.end();
    }

    /// What the ends of the scale mean.
    fn poles(&self, above: bool, below: bool) {
        let plot = self.plot();
        let m = &self.m;
        let words = if m.narrow { ["Cordial", "Confron-tational"] } else { ["More cordial", "More confrontational"] };
        for (text, y, up, ink) in
            [(words[0], plot.y0 + m.body * 0.9, -1.0, self.palette.cordial_ink), (words[1], plot.y1 - m.body * 0.9, 1.0, self.palette.hostile_ink)]
        {
            if !(if up < 0.0 { above } else { below }) {
                continue;
            }
            let x = plot.x1 + 16.0;
            self.sheet.line(&[(x, y - 7.0 * up), (x, y + 5.0 * up)], 1.8, ink);
            self.sheet.polygon(&[(x - 4.0, y + 2.0 * up), (x + 4.0, y + 2.0 * up), (x, y + 8.5 * up)], ink);
            let lines: Vec<String> = text.split_inclusive('-').map(str::to_owned).collect();
            let n = lines.len() as f64;
            for (i, line) in lines.iter().enumerate() {
                let y = y + m.body * (0.35 + 1.1 * (i as f64 - if up > 0.0 { n - 1.0 } else { 0.0 }));
                self.sheet.text(line, x + 9.0, y, kind(m.body, Weight::Strong, ink, Anchor::Left));
            }
        }
    }

    fn radius(&self, u: &Utterance) -> f64 {
        // Area grows with the number of outlets.
        (self.dot * (2.9 + 2.6 * (f64::from(u.outlets.max(1)).sqrt() - 1.0))).min(14.0)
    }

    /// Dots, bars, bands and lines, in plotters' coordinates.
    fn data(&self) -> Result<(), plotters::drawing::DrawingAreaErrorKind<std::convert::Infallible>> {
        let plot = self.plot();
        let unit = |v: f64| (v * UNIT).round() as i32;
        let root: DrawingArea<Backend, Shift> = self.sheet.backend().into_drawing_area();
        let area = root.shrink((unit(plot.x0), unit(plot.y0)), (unit(plot.width()), unit(plot.height())));
        let mut chart: Chart = ChartBuilder::on(&area).build_cartesian_2d(self.scale.first..self.scale.last, -1.0..1.0)?;

        for (k, series) in self.trend.series.iter().enumerate().filter(|(_, s)| s.few) {
            for mean in series.means.iter().filter(|m| m.n >= SPOKEN) {
                let (x0, x1) = (self.scale.x(mean.from.max(self.scale.first)), self.scale.x(mean.to.min(self.scale.last)));
                let y = self.scale.y(mean.mean);
                self.sheet.line(&[(x0, y), (x1, y)], 5.0, self.palette.paper.fade(0.7));
                self.sheet.line(&[(x0, y), (x1, y)], 1.8, self.ink(k).fade(0.8));
            }
        }
        self.sheet.group("quotes");
        let mut order: Vec<&Utterance> = self.trend.utterances.iter().collect();
        // Large ones first, so that none hides a smaller one.
        order.sort_by(|a, b| (b.outlets, a.middle(), a.series, a.row).cmp(&(a.outlets, b.middle(), b.series, b.row)));
        for u in order {
            let ink = self.ink(u.series);
            let r = self.radius(u);
            if self.is_bar(u) {
                let half = (r * 0.55).max(1.3) / plot.height() * 2.0;
                let corners = [(u.from, u.tone + half), (u.to, u.tone - half)];
                chart.draw_series(std::iter::once(Rectangle::new(corners, fill(ink.fade(self.alpha * 0.8)))))?;
                continue;
            }
            let size = (r * UNIT).round() as i32;
            chart.draw_series(std::iter::once(Circle::new((u.middle(), u.tone), size, fill(ink.fade(self.alpha)))))?;
            if self.trend.utterances.len() > RIMMED {
                continue;
            }
            chart.draw_series(std::iter::once(Circle::new((u.middle(), u.tone), size, stroke(ink.fade((self.alpha + 0.2).min(1.0)), 0.6))))?;
        }
        self.sheet.end();
        for (k, series) in self.trend.series.iter().enumerate() {
            for run in runs(series) {
                let upper = run.iter().filter_map(|f| Some((f.day, f.high?)));
                let lower = run.iter().rev().filter_map(|f| Some((f.day, f.low?)));
                let ring: Vec<(i32, f64)> = upper.chain(lower).collect();
                if ring.len() > 3 {
                    chart.draw_series(std::iter::once(Polygon::new(ring, fill(self.ink(k).fade(0.20)))))?;
                }
            }
        }
        for (k, series) in self.trend.series.iter().enumerate() {
            let ink = self.ink(k);
            self.sheet.group(&format!("trend of {}", series.direction));
            for (solid, points) in self.pieces(series) {
                if solid {
                    chart.draw_series(LineSeries::new(points.iter().copied(), stroke(self.palette.paper.fade(0.85), 6.0)))?;
                    chart.draw_series(LineSeries::new(points.iter().copied(), stroke(ink, 3.2)))?;
                } else {
                    let points: Vec<(f64, f64)> = points.iter().map(|p| self.scale.at(p.0, p.1)).collect();
                    self.sheet.dashes(&points, 5.0, 5.0, 2.4, ink);
                }
            }
            self.sheet.end();
        }
        Ok(())
    }

    /// Means by period with their intervals, the series side by side, and who is who above.
    fn means(&self) {
        let (m, plot) = (&self.m, self.plot());
        let many = self.trend.series.len() as f64;
        let mut x_name = plot.x0 + 10.0;
        let place = |k: usize, mean: &crate::trend::Mean| {
            let offset = (k as f64 - (many - 1.0) / 2.0) * if m.narrow { 5.0 } else { 9.0 };
            let middle = (self.scale.x(mean.from.max(self.scale.first)) + self.scale.x(mean.to.min(self.scale.last))) / 2.0;
            ((middle + offset).clamp(plot.x0 + 4.0, plot.x1 - 4.0), self.scale.y(mean.mean))
        };
        // Where no number may stand: the marks of all series, then the numbers before it.
        let mut printed: Vec<Area> = Vec::new();
        for (k, series) in self.trend.series.iter().enumerate() {
            for mean in &series.means {
                let (x, y) = place(k, mean);
                let (low, high) = mean.band.unwrap_or((mean.mean, mean.mean));
                printed.push(Area::new(x - 4.0, self.scale.y(high).min(y - 5.0), x + 4.0, self.scale.y(low).max(y + 5.0)));
            }
        }
        for (k, series) in self.trend.series.iter().enumerate() {
            let ink = self.ink(k);
            self.sheet.group(&format!("means of {}", series.direction));
            let points: Vec<(f64, f64)> = series.means.iter().map(|mean| place(k, mean)).collect();
            for (mean, &(x, y)) in series.means.iter().zip(&points) {
                if let Some((low, high)) = mean.band {
                    let (y0, y1) = (self.scale.y(high), self.scale.y(low));
                    self.sheet.line(&[(x, y0), (x, y1)], 2.0, ink.fade(0.75));
                    for y in [y0, y1] {
                        self.sheet.line(&[(x - 3.5, y), (x + 3.5, y)], 1.6, ink.fade(0.75));
                    }
                }
                self.sheet.disc(x, y, if m.narrow { 4.0 } else { 5.2 }, self.palette.paper);
                self.sheet.disc(x, y, if m.narrow { 3.2 } else { 4.2 }, ink);
                // The number under its interval or above it, where nothing else stands.
                let text = wording::count(mean.n);
                let width = self.sheet.measure(&text, m.small * 0.9, Weight::Regular);
                let (low, high) = mean.band.unwrap_or((mean.mean, mean.mean));
                for baseline in [self.scale.y(low).max(y + 5.0) + m.small * 1.05, self.scale.y(high).min(y - 5.0) - m.small * 0.4] {
                    let at = Area::new(x - width / 2.0 - 1.0, baseline - m.small * 0.7, x + width / 2.0 + 1.0, baseline + 1.0);
                    if at.y1 < plot.y1 - 2.0 && at.y0 > plot.y0 + 2.0 && !printed.iter().any(|p| p.meets(&at)) {
                        let rim = Some(self.palette.middle.fade(0.7));
                        self.sheet.text(&text, x, baseline, Type { rim, ..kind(m.small * 0.9, Weight::Regular, ink, Anchor::Middle) });
                        printed.push(at);
                        break;
                    }
                }
            }
            let name = format!("{} on {}", wording::speaker(series), series.target);
            self.sheet.disc(x_name + 4.0, plot.y0 + m.body * 1.05, 4.2, ink);
            self.sheet.text(&name, x_name + 14.0, plot.y0 + m.body * 1.4, kind(m.body, Weight::Strong, ink, Anchor::Left));
            x_name += self.sheet.measure(&name, m.body, Weight::Strong) + 38.0;
            self.sheet.end();
        }
    }

    /// The line in pieces: solid where a quote is near, dashed where none is, nothing where too few speak.
    fn pieces(&self, series: &Series) -> Vec<(bool, Vec<(Day, f64)>)> {
        let mut days: Vec<(Day, Day)> = self.trend.utterances[series.utterances.clone()].iter().map(|u| (u.from, u.to)).collect();
        days.sort_unstable();
        days.dedup_by(|b, a| {
            let joined = b.0 <= a.1 + 2 * NEAR;
            if joined {
                a.1 = a.1.max(b.1);
            }
            joined
        });
        let near = |d: Day| days.get(days.partition_point(|s| s.1 + NEAR < d)).is_some_and(|s| s.0 - NEAR <= d);
        let mut out: Vec<(bool, Vec<(Day, f64)>)> = Vec::new();
        for run in runs(series) {
            let mut begun = false;
            for f in run {
                let Some(fit) = f.fit else { continue };
                let solid = near(f.day);
                match out.last_mut() {
                    Some((s, points)) if begun && *s == solid => points.push((f.day, fit)),
                    Some((_, points)) if begun => {
                        let joint = points.last().copied().into_iter().chain([(f.day, fit)]).collect();
                        out.push((solid, joint));
                    }
                    _ => out.push((solid, vec![(f.day, fit)])),
                }
                begun = true;
            }
        }
        out
    }

    /// Names at the right, each tied to the end of its line. Returns their places.
    fn ends(&self) -> Vec<Area> {
        let (m, plot) = (&self.m, self.plot());
        let mut ends: Vec<(usize, (f64, f64), Option<f64>)> = Vec::new();
        for (k, series) in self.trend.series.iter().enumerate() {
            let own = &self.trend.utterances[series.utterances.clone()];
            if own.is_empty() {
                continue;
            }
            let last = runs(series).last().and_then(|r| r.last().copied());
            let (at, now) = match last.and_then(|f| Some((f.day, f.fit?))) {
                Some((day, tone)) => ((day, tone), Some(tone)),
                None => (own.last().map_or((self.scale.last, 0.0), |u| (u.to, u.tone)), None),
            };
            ends.push((k, self.scale.at(at.0, at.1), now));
        }
        ends.sort_by(|a, b| a.1.1.total_cmp(&b.1.1));
        let height = m.label * 1.2 + m.body * 2.5;
        // The poles' words keep their rows at the top and the bottom.
        let (top, bottom) = (plot.y0 + m.body * 2.4 + height / 2.0, plot.y1 - m.body * if m.narrow { 3.4 } else { 2.4 } - height / 2.0);
        let mut ys: Vec<f64> = ends.iter().map(|e| e.1.1.clamp(top, bottom.max(top))).collect();
        for _ in 0..40 {
            for i in 1..ys.len() {
                let lack = height + 4.0 - (ys[i] - ys[i - 1]);
                if lack > 0.0 {
                    ys[i - 1] = (ys[i - 1] - lack / 2.0).max(top);
                    ys[i] = (ys[i] + lack / 2.0).min(bottom.max(top));
                }
            }
        }
        let mut places = Vec::new();
        for ((k, at, now), y) in ends.into_iter().zip(ys) {
            let series = &self.trend.series[k];
            let ink = self.ink(k);
            let x = plot.x1 + if m.narrow { 10.0 } else { 16.0 };
            self.sheet.group(&format!("label of {}", series.direction));
            if now.is_some() {
                self.sheet.disc(at.0, at.1, 5.6, self.palette.paper);
                self.sheet.disc(at.0, at.1, 4.2, ink);
            }
            self.sheet.line(&[(at.0 + 6.0, at.1), (plot.x1 + 6.0, y), (x - 4.0, y)], 1.0, ink.fade(0.8));
            let name = wording::speaker(series).to_owned();
            let now = now.map_or_else(|| format!("mean {}", signed(self.mean(series))), |tone| format!("now {}", signed(tone)));
            let about = if m.narrow {
                format!("n = {}", wording::count(series.utterances.len()))
            } else {
                format!("on {}, {}", series.target, counted(series.utterances.len(), "quote", "quotes"))
            };
            let mut line = y - height / 2.0;
            for (text, size, weight, ink) in
                [(name, m.label, Weight::Strong, ink), (about, m.body, Weight::Regular, self.palette.mute), (now, m.body, Weight::Strong, ink)]
            {
                let room = self.sheet.width - x - 4.0;
                let measured = self.sheet.measure(&text, size, weight);
                let size = if measured > room { size * room / measured } else { size };
                line += size * 1.2;
                self.sheet.text(&text, x, line, kind(size, weight, ink, Anchor::Left));
            }
            places.push(Area::new(at.0 - 6.0, at.1 - 6.0, plot.x1, at.1 + 6.0));
            self.sheet.end();
        }
        places
    }

    fn mean(&self, series: &Series) -> f64 {
        let own = &self.trend.utterances[series.utterances.clone()];
        own.iter().map(|u| u.tone).sum::<f64>() / own.len().max(1) as f64
    }

    /// A few telling quotations, each where it covers nothing.
    fn callouts(&self, turn_labels: &[Area], ends: &[Area]) {
        let (m, plot) = (&self.m, self.plot());
        let mut room = Room::new(plot);
        let mut drawn: Vec<Vec<(f64, f64)>> = Vec::new();
        for u in &self.trend.utterances {
            let (x0, y) = self.scale.at(u.from, u.tone);
            let r = self.radius(u);
            room.cover(&Area::new(x0 - r, y - r, self.scale.x(u.to) + r, y + r), NEVER);
        }
        for series in &self.trend.series {
            for (_, points) in self.pieces(series) {
                let points: Vec<(f64, f64)> = points.iter().map(|p| self.scale.at(p.0, p.1)).collect();
                room.cover_line(&points, 9.0, NEVER);
                drawn.push(points);
            }
            for f in runs(series).concat() {
                if let (Some(low), Some(high)) = (f.low, f.high) {
                    let x = self.scale.x(f.day);
                    room.cover(&Area::new(x, self.scale.y(high), x + 1.0, self.scale.y(low)), 0.02);
                }
            }
            if series.few {
                for mean in series.means.iter().filter(|m| m.n >= SPOKEN) {
                    let y = self.scale.y(mean.mean);
                    room.cover(&Area::new(self.scale.x(mean.from), y - 4.0, self.scale.x(mean.to), y + 4.0), NEVER);
                }
            }
            if let Some(step) = wording::clear_step(series) {
                let x = self.scale.x(step.at);
                room.cover(&Area::new(x - 1.5, plot.y0, x + 1.5, plot.y1), 1.5);
                room.cover(&Area::new(self.scale.x(step.low), plot.y0, self.scale.x(step.high + 1), plot.y1), 0.01);
            }
        }
        for event in &self.style.events {
            let x = self.scale.x(event.day);
            room.cover(&Area::new(x - 1.5, plot.y0, x + 1.5, plot.y1), 0.6);
        }
        let zero = self.scale.y(0.0);
        room.cover(&Area::new(plot.x0, zero - 1.5, plot.x1, zero + 1.5), 0.3);
        for area in turn_labels.iter().chain(ends) {
            room.cover(&area.grown(4.0), NEVER);
        }
        self.sheet.group("quotations");
        let mut placed = 0;
        let mut chosen: Vec<&Utterance> = Vec::new();
        // No leader runs through words or across a line.
        let mut barred: Vec<Area> = turn_labels.to_vec();
        for (u, words) in self.telling() {
            if placed == m.callouts {
                break;
            }
            // Two callouts close together would say the same thing twice.
            let near = plot.width() / 9.0;
            if chosen.iter().any(|c| (self.scale.x(c.middle()) - self.scale.x(u.middle())).abs() < near && (c.tone - u.tone).abs() < 0.4) {
                continue;
            }
            if chosen.iter().filter(|c| c.series == u.series && c.tone.signum() == u.tone.signum()).count() >= m.callouts.div_ceil(4) {
                continue;
            }
            let (x, y) = self.scale.at(u.middle(), u.tone);
            // Where there is room, it passes other dots by.
            let others: Vec<Area> = self
                .trend
                .utterances
                .iter()
                .filter(|o| self.trend.utterances.len() <= ROOMY && !std::ptr::eq(*o, u))
                .map(|o| (self.scale.at(o.middle(), o.tone), self.radius(o)))
                .filter(|((ox, oy), r)| (ox - x).hypot(oy - y) > r + self.radius(u))
                .map(|((ox, oy), r)| Area::new(ox, oy, ox, oy).grown(r * 0.7))
                .collect();
            let quote = format!("\u{201c}{words}\u{201d}");
            let when = if u.days() == 1 { wording::full_day(u.from) } else { wording::day_range(u.from, u.to) };
            let name = if u.role == crate::record::Role::Leader { wording::speaker(&self.trend.series[u.series]) } else { u.speaker.as_str() };
            let who = format!("{name}, {when}");
            let quote_size = m.body * 1.03;
            let mut best: Option<(f64, Area, Vec<String>)> = None;
            for share in [0.55, 0.75, 1.0] {
                let lines = self.sheet.wrap(&quote, m.widest_callout * share, quote_size, Weight::Strong);
                let width = lines
                    .iter()
                    .map(|l| self.sheet.measure(l, quote_size, Weight::Strong))
                    .fold(self.sheet.measure(&who, m.small, Weight::Regular), f64::max)
                    + 12.0;
                let height = quote_size * 1.2 * lines.len() as f64 + m.small * 1.3 + 9.0;
                let clear = |area: &Area| {
                    let to = (x.clamp(area.x0, area.x1), y.clamp(area.y0, area.y1));
                    !barred.iter().any(|b| crosses((x, y), to, b))
                        && !others.iter().any(|o| crosses((x, y), to, o))
                        && !drawn.iter().any(|l| l.windows(2).any(|p| meet((x, y), to, p[0], p[1])))
                };
                if let Some((cost, area)) = room.find((width, height), (x, y), plot.width() * 0.15, clear)
                    && best.as_ref().is_none_or(|b| cost < b.0)
                {
                    best = Some((cost, area, lines));
                }
            }
            let Some((_, area, lines)) = best else { continue };
            let ink = self.ink(u.series);
            let to = (x.clamp(area.x0, area.x1), y.clamp(area.y0, area.y1));
            let length = (to.0 - x).hypot(to.1 - y).max(1.0);
            let r = self.radius(u);
            let from = (x + (to.0 - x) * (r + 1.5) / length, y + (to.1 - y) * (r + 1.5) / length);
            self.sheet.rect(area, 3.0, self.palette.middle.fade(0.82));
            self.sheet.line(&[from, to], 1.1, self.palette.ink.fade(0.75));
            if self.is_bar(u) {
                let bar = Area::new(self.scale.x(u.from), y - r * 0.55, self.scale.x(u.to), y + r * 0.55);
                self.sheet.rect(bar.grown(1.4), 1.0, self.palette.ink);
                self.sheet.rect(bar, 0.0, ink);
            } else {
                self.sheet.disc(x, y, r, ink.fade(0.95));
                self.sheet.ring(x, y, r + 1.2, 1.4, self.palette.ink);
            }
            for (i, line) in lines.iter().enumerate() {
                self.sheet.text(
                    line,
                    area.x0 + 6.0,
                    area.y0 + 3.0 + quote_size * (0.95 + 1.2 * i as f64),
                    kind(quote_size, Weight::Strong, self.palette.ink, Anchor::Left),
                );
            }
            self.sheet.text(&who, area.x0 + 6.0, area.y1 - 6.0, kind(m.small, Weight::Regular, self.palette.mute, Anchor::Left));
            room.cover(&area.grown(3.0), NEVER);
            room.cover_line(&[from, to], 4.0, NEVER);
            barred.push(area);
            chosen.push(u);
            placed += 1;
        }
        self.sheet.end();
    }

    /// Utterances by how much they tell: far from neutral, widely carried, short enough to be read.
    fn telling(&self) -> Vec<(&Utterance, String)> {
        let longest = if self.m.narrow { 60 } else { 90 };
        let mut out: Vec<(f64, &Utterance, String)> = Vec::new();
        for u in &self.trend.utterances {
            let Some(row) = self.rows.get(u.row as usize) else { continue };
            let Some(words) = shortened(&row.quote, longest) else { continue };
            let n = words.split_whitespace().count() as f64;
            // Six words say more than two and are read faster than fifteen.
            let length = 1.0 - ((n - 7.0) / 14.0).powi(2).min(0.6);
            let exact = if u.days() == 1 { 1.0 } else { 0.8 };
            let whole = if words.ends_with('\u{2026}') { 0.6 } else { 1.0 };
            // The second half of a sentence means little without the first.
            let begun = if row.kind == QuoteKind::Direct && words.starts_with(char::is_lowercase) { 0.5 } else { 1.0 };
            let heard = if borne_out(row, u.tone) { 1.0 } else { 0.3 };
            // What stands far from the line of its day is no example of it.
            let fits = self.trend.series.get(u.series).map_or(&[][..], |s| &s.fits);
            let line = fits.binary_search_by_key(&u.middle(), |f| f.day).ok().and_then(|i| fits[i].fit);
            let along = if line.is_some_and(|fit| (u.tone - fit).abs() > STRAY) { 0.3 } else { 1.0 };
            let score = heard * along * u.tone.abs() * (1.0 + 0.5 * f64::from(u.outlets).ln()) * length * exact * whole * begun;
            if u.tone.abs() > CLEAR && row.speaker_confidence >= SURE {
                out.push((score, u, words));
            }
        }
        out.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.middle().cmp(&b.1.middle())).then(a.1.row.cmp(&b.1.row)));
        out.truncate(200);
        out.into_iter().map(|(_, u, words)| (u, words)).collect()
    }
}

/// Whether the line from `a` to `b` touches `area`.
fn crosses(a: (f64, f64), b: (f64, f64), area: &Area) -> bool {
    let steps = ((b.0 - a.0).hypot(b.1 - a.1) / 2.0).ceil().max(1.0);
    (0..=steps as usize).any(|i| {
        let t = i as f64 / steps;
        let (x, y) = (a.0 + (b.0 - a.0) * t, a.1 + (b.1 - a.1) * t);
        x > area.x0 - 2.0 && x < area.x1 + 2.0 && y > area.y0 - 2.0 && y < area.y1 + 2.0
    })
}

/// Whether the stretch from `a` to `b` and that from `c` to `d` have a point in common.
fn meet(a: (f64, f64), b: (f64, f64), c: (f64, f64), d: (f64, f64)) -> bool {
    let side = |p: (f64, f64), q: (f64, f64), r: (f64, f64)| (q.0 - p.0) * (r.1 - p.1) - (q.1 - p.1) * (r.0 - p.0);
    side(a, b, c) * side(a, b, d) <= 0.0 && side(c, d, a) * side(c, d, b) <= 0.0 && a != b
}

/// Runs of days with a fit that enough observations speak for.
fn runs(series: &Series) -> Vec<Vec<crate::trend::smooth::Fit>> {
    let mut out: Vec<Vec<crate::trend::smooth::Fit>> = Vec::new();
    let mut open = false;
    for f in &series.fits {
        if f.fit.is_some() && f.n_eff >= THIN {
            if !open {
                out.push(Vec::new());
            }
            if let Some(run) = out.last_mut() {
                run.push(*f);
            }
            open = true;
        } else {
            open = false;
        }
    }
    out.retain(|r| r.len() > 1);
    out
}

/// A quotation's words on one line, cut at a word with an ellipsis where they are longer than `longest`
/// characters; `None` for a single word.
fn shortened(quote: &str, longest: usize) -> Option<String> {
    let words: Vec<&str> = quote.split_whitespace().collect();
    if words.len() < 2 {
        return None;
    }
    let mut out = String::new();
    let mut length = 0;
    let mut cut = false;
    for word in words {
        let n = word.chars().count();
        if length + 1 + n > longest {
            cut = true;
            break;
        }
        if !out.is_empty() {
            out.push(' ');
            length += 1;
        }
        out.push_str(word);
        length += n;
        // A first sentence that says enough needs no second.
        if length > longest / 3 && word.ends_with(['.', '!', '?']) {
            break;
        }
    }
    let trimmed = out.trim_end_matches([',', ';', ':', '-', '\u{2013}', '\u{2014}']);
    Some(if cut { format!("{trimmed} \u{2026}") } else { trimmed.to_owned() })
}
