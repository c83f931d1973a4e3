//! Three pictures of how outlets tell one story: which of the shared utterances each of them ran, its own
//! voice against the words it quotes, and the words that set it apart. Every title states a finding that
//! the intervals bear out, or says that there is none.

use super::canvas::{Anchor, Area, Ink, Sheet, Type};
use super::font::{Fonts, Weight};
use super::palette::{Palette, Theme};
use super::wording::{counted, day_range, signed};
use super::{Size, Style};
use crate::framing::outlet::OutletRow;
use crate::framing::version::VersionRow;
use crate::framing::{Framing, WordRow};
use crate::trend::series::day;
use std::cmp::Reverse;

/// Utterances drawn at most.
const UTTERANCES: usize = 10;
/// Outlets drawn at most.
const OUTLETS: usize = 8;
/// Words an outlet.
const WORDS: usize = 9;
/// Two-sided 5 % point of the standard normal.
const CLEAR: f64 = 1.96;

/// A picture in the making: the sheet's width is known before its height, so parts are laid out first.
struct Frame<'f> {
    fonts: &'f Fonts<'f>,
    palette: Palette,
    dark: bool,
    narrow: bool,
    width: f64,
    margin: f64,
    /// Type sizes: title, subtitle, body, small.
    title: f64,
    subtitle: f64,
    body: f64,
    small: f64,
}

impl<'f> Frame<'f> {
    fn new(style: &Style, fonts: &'f Fonts<'f>) -> Frame<'f> {
        let (palette, dark) = (style.theme.palette(), style.theme == Theme::Dark);
        match style.size {
            Size::Print => {
                Frame { fonts, palette, dark, narrow: false, width: 1200.0, margin: 22.0, title: 29.0, subtitle: 17.5, body: 15.5, small: 13.5 }
            }
            Size::Social => {
                Frame { fonts, palette, dark, narrow: true, width: 540.0, margin: 16.0, title: 25.0, subtitle: 16.0, body: 15.5, small: 13.5 }
            }
        }
    }
    fn right(&self) -> f64 {
        self.width - self.margin
    }
    /// A sheet to measure text on, before the height is known.
    fn rule(&self) -> Sheet<'f> {
        Sheet::new(self.width, 1.0, self.fonts)
    }
    fn heading(&self, title: &str, subtitle: &str) -> Heading {
        let rule = self.rule();
        let room = self.width - 2.0 * self.margin;
        let mut size = self.title;
        let mut lines = rule.wrap(title, room, size, Weight::Strong);
        while lines.len() > 2 && size > 0.7 * self.title {
            size -= 1.0;
            lines = rule.wrap(title, room, size, Weight::Strong);
        }
        let below = rule.wrap(subtitle, room, self.subtitle, Weight::Regular);
        let height = 5.0 + self.margin * 0.6 + lines.len() as f64 * size * 1.12 + self.subtitle * (0.45 + 1.3 * below.len() as f64);
        Heading { size, lines, below, height, said: format!("{title}. {subtitle}") }
    }
    fn notes(&self, notes: &[String]) -> Vec<String> {
        let rule = self.rule();
        notes.iter().flat_map(|n| rule.wrap(n, self.width - 2.0 * self.margin, self.small, Weight::Regular)).collect()
    }
    fn notes_height(&self, lines: usize) -> f64 {
        self.margin * 0.9 + lines as f64 * self.small * 1.34 + self.margin * 0.5
    }
    /// The sheet with its ground, heading and notes.
    fn sheet(&self, height: f64, heading: &Heading, notes: &[String]) -> Sheet<'f> {
        let mut sheet = Sheet::new(self.width, height.round(), self.fonts);
        sheet.title.clone_from(&heading.said);
        sheet.rect(Area::new(0.0, 0.0, self.width, height.round()), 0.0, self.palette.paper);
        sheet.rect(Area::new(0.0, 0.0, self.width, 5.0), 0.0, self.palette.ink);
        let mut y = 5.0 + self.margin * 0.6;
        for line in &heading.lines {
            y += heading.size * 1.12;
            sheet.text(line, self.margin, y, set(heading.size, Weight::Strong, self.palette.ink, Anchor::Left));
        }
        y += self.subtitle * 0.45;
        for line in &heading.below {
            y += self.subtitle * 1.3;
            sheet.text(line, self.margin, y, set(self.subtitle, Weight::Regular, self.palette.mute, Anchor::Left));
        }
        let foot = height - self.notes_height(notes.len()) + self.margin * 0.9;
        for (i, note) in notes.iter().enumerate() {
            sheet.text(note, self.margin, foot + self.small * (1.0 + 1.34 * i as f64), self.lesser(Anchor::Left));
        }
        sheet
    }
    fn strong(&self, anchor: Anchor) -> Type {
        set(self.body, Weight::Strong, self.palette.ink, anchor)
    }
    fn lesser(&self, anchor: Anchor) -> Type {
        set(self.small, Weight::Regular, self.palette.mute, anchor)
    }
    /// A filled mark of tone `v`: grey at 0, toward the poles' colours.
    fn tone(&self, v: Option<f64>) -> Ink {
        let middle = if self.dark { Ink::hex(0x6a727d) } else { Ink::hex(0xc9c7c0) };
        let (hostile, cordial) = if self.dark { (Ink::hex(0xe2764e), Ink::hex(0x3fb295)) } else { (Ink::hex(0xa8431f), Ink::hex(0x1f7460)) };
        match v {
            None => middle,
            Some(v) => middle.toward(if v < 0.0 { hostile } else { cordial }, (v.abs() * 1.25).min(1.0).powf(0.8)),
        }
    }
    /// The colour of words about a tone.
    fn said(&self, v: f64, clear: bool) -> Ink {
        match v {
            v if clear && v < 0.0 => self.palette.hostile_ink,
            v if clear && v > 0.0 => self.palette.cordial_ink,
            _ => self.palette.ink,
        }
    }
    fn hair(&self, sheet: &Sheet, y: f64) {
        sheet.line(&[(self.margin, y), (self.right(), y)], 0.7, self.palette.ink.fade(0.18));
    }
}

struct Heading {
    size: f64,
    lines: Vec<String>,
    below: Vec<String>,
    height: f64,
    said: String,
}

fn set(size: f64, weight: Weight, ink: Ink, anchor: Anchor) -> Type {
    Type { size, weight, ink, anchor, rim: None }
}

/// `text` in at most `most` lines, the last one cut short where it must be.
fn lines(sheet: &Sheet, text: &str, widest: f64, size: f64, weight: Weight, most: usize) -> Vec<String> {
    let mut lines = sheet.wrap(text, widest, size, weight);
    if lines.len() > most {
        lines.truncate(most);
        if let Some(last) = lines.last_mut() {
            last.push('\u{2026}');
        }
    }
    for line in &mut lines {
        while line.chars().count() > 2 && sheet.measure(line, size, weight) > widest {
            line.pop();
            line.pop();
            line.push('\u{2026}');
        }
    }
    lines
}

fn named(outlet: &str) -> &str {
    if outlet.is_empty() { "Unknown" } else { outlet }
}

/// −1 or 1 where the interval leaves out 0.
fn clear(low: Option<f64>, high: Option<f64>) -> i32 {
    low.zip(high).map_or(0, |(l, h)| i32::from(l > 0.0) - i32::from(h < 0.0))
}

/// The outlets drawn: those with most articles, in name order.
fn drawn(rows: &[OutletRow]) -> Vec<&OutletRow> {
    let mut list: Vec<&OutletRow> = rows.iter().collect();
    list.sort_by_key(|o| (Reverse(o.n_articles), o.outlet.as_str()));
    list.truncate(OUTLETS);
    list.sort_by(|a, b| a.outlet.cmp(&b.outlet));
    list
}

fn percent(v: f64) -> String {
    format!("{:.0}%", v * 100.0)
}

/// `a`, `a and b`.
fn both(names: &[&str]) -> String {
    match names {
        [] => String::new(),
        [one] => (*one).to_owned(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

fn selection_finding(outlets: &[&OutletRow]) -> String {
    let of = |sign: i32| -> Vec<&str> {
        let list = outlets.iter().filter(|o| clear(o.selection_effect_low, o.selection_effect_high) == sign);
        list.map(|o| named(&o.outlet)).take(2).collect()
    };
    match (of(-1).as_slice(), of(1).as_slice()) {
        ([], []) => {
            let mut by: Vec<&&OutletRow> = outlets.iter().filter(|o| o.coverage.is_some()).collect();
            by.sort_by(|a, b| b.coverage.unwrap_or_default().total_cmp(&a.coverage.unwrap_or_default()));
            match by.as_slice() {
                [most, .., least] => format!(
                    "{} ran {} of the shared statements, {} {}",
                    named(&most.outlet),
                    percent(most.coverage.unwrap_or_default()),
                    named(&least.outlet),
                    percent(least.coverage.unwrap_or_default())
                ),
                _ => "Which words each outlet ran".to_owned(),
            }
        }
        (hard, []) => format!("{} ran the harsher words and left friendlier ones out", both(hard)),
        ([], soft) => format!("{} ran the friendlier words and left harsher ones out", both(soft)),
        (hard, soft) => format!("{} ran the harsher words, {} the friendlier ones", both(hard), both(soft)),
    }
}

/// The matrix of utterances and outlets.
pub(super) fn quotes<'f>(framing: &Framing, style: &Style, fonts: &'f Fonts<'f>) -> Sheet<'f> {
    let f = Frame::new(style, fonts);
    let outlets = drawn(&framing.outlets);
    let mut groups: Vec<&[VersionRow]> = framing.versions.chunk_by(|a, b| a.echo_id == b.echo_id).collect();
    let all = groups.len();
    let ran = |g: &[VersionRow]| g.iter().filter(|v| v.status != "absent").count();
    // Those most run come first; of these, the ones that outlets treated most differently.
    let apart = |g: &[VersionRow]| g.iter().filter(|v| v.status != "whole").count();
    let wordy = |g: &[VersionRow]| g[0].utterance.split_whitespace().count() >= 3;
    groups.sort_by_key(|g| (g[0].direction.is_empty(), !wordy(g), Reverse(ran(g)), Reverse(apart(g))));
    groups.truncate(UTTERANCES);
    let title = style.title.clone().unwrap_or_else(|| selection_finding(&outlets));
    let subtitle = style
        .subtitle
        .clone()
        .unwrap_or_else(|| "Statements that several outlets ran, and what each made of them. Below each mark, the reporting verb".to_owned());
    let heading = f.heading(&title, &subtitle);
    let mut notes = vec![format!(
        "Colour of marks: tone of the words as run. Verbs: brown keeps a distance or attacks, green endorses or warms, grey is neutral. {}",
        if all > groups.len() { format!("{} of {} shared utterances, those most outlets ran.", groups.len(), all) } else { String::new() }
    )];
    if outlets.iter().any(|o| o.selection_effect.is_some()) {
        notes.push(
            "Selection: mean tone of the shared utterances run, less that of all within reach; coloured where its 95% interval leaves out 0."
                .to_owned(),
        );
    }
    let notes = f.notes(&notes);

    let rule = f.rule();
    let label = if f.narrow { f.width - 2.0 * f.margin } else { 380.0 };
    let left = if f.narrow { f.margin } else { f.margin + label + 16.0 };
    let column = (f.right() - left - if f.narrow { 0.0 } else { 56.0 }) / outlets.len().max(1) as f64;
    let x = |k: usize| left + column * (k as f64 + 0.5);
    let name_size = if f.narrow { f.small * 0.96 } else { f.body };
    let heads: Vec<Vec<String>> = outlets.iter().map(|o| lines(&rule, named(&o.outlet), column - 8.0, name_size, Weight::Strong, 3)).collect();
    let head_lines = heads.iter().map(Vec::len).max().unwrap_or(0) as f64;
    let key = f.small * 2.6;
    let top = heading.height + key + 14.0 + head_lines * name_size * 1.16 + 8.0;
    let quote = f.body;
    let texts: Vec<Vec<String>> = groups
        .iter()
        .map(|g| {
            let words = format!("\u{201c}{}\u{201d}", g[0].utterance.trim().trim_end_matches(','));
            lines(&rule, &words, label - 14.0, quote, Weight::Strong, if f.narrow { 2 } else { 3 })
        })
        .collect();
    let cell = 26.0;
    let height_of = |text: &[String]| {
        let words = text.len() as f64 * quote * 1.18 + f.small * 1.4;
        if f.narrow { words + cell + f.small * 1.5 + 30.0 } else { (words + 22.0).max(cell + f.small * 1.5 + 24.0) }
    };
    let body: f64 = texts.iter().map(|t| height_of(t)).sum();
    let sums = f.body * if f.narrow { 3.1 } else { 2.1 };
    let summed = [outlets.iter().any(|o| o.selection_effect.is_some()), outlets.iter().any(|o| o.coverage.is_some())];
    let sheet =
        f.sheet(top + body + sums * f64::from(summed.iter().map(|s| u8::from(*s)).sum::<u8>()) + f.notes_height(notes.len()), &heading, &notes);

    matrix_key(&f, &sheet, heading.height + key * 0.75);
    for (k, head) in heads.iter().enumerate() {
        for (i, line) in head.iter().enumerate() {
            let up = (head.len() - i) as f64 - 0.9;
            sheet.text(line, x(k), top - 8.0 - up * name_size * 1.16, set(name_size, Weight::Strong, f.palette.ink, Anchor::Middle));
        }
    }
    let mut y = top;
    for (group, text) in groups.iter().zip(&texts) {
        let height = height_of(text);
        f.hair(&sheet, y);
        let head = &group[0];
        sheet.group(&head.utterance);
        let words = text.len() as f64 * quote * 1.18 + f.small * 1.4;
        let start = if f.narrow { y + 8.0 } else { y + (height - words) / 2.0 };
        let full = group.iter().filter(|v| v.status == "whole").find_map(|v| v.tone).or_else(|| group.iter().find_map(|v| v.tone));
        sheet.rect(Area::new(f.margin, start + 3.0, f.margin + 5.0, start + words - 1.0), 0.0, f.tone(full));
        for (i, line) in text.iter().enumerate() {
            sheet.text(line, f.margin + 14.0, start + quote * (0.95 + 1.18 * i as f64), set(quote, Weight::Strong, f.palette.ink, Anchor::Left));
        }
        let when = head.said_from.zip(head.said_to).map_or(String::new(), |(a, b)| format!(", {}", day_range(day(a), day(b))));
        let tone = full.map_or(String::new(), |t| format!(", tone {}", signed(t)));
        let by = lines(&sheet, &format!("{}{when}{tone}", head.speaker), label - 14.0, f.small, Weight::Regular, 1).concat();
        sheet.text(&by, f.margin + 14.0, start + text.len() as f64 * quote * 1.18 + f.small * 1.1, f.lesser(Anchor::Left));
        let middle = if f.narrow { start + words + 8.0 + cell / 2.0 } else { y + (height - f.small * 1.5) / 2.0 };
        for (k, o) in outlets.iter().enumerate() {
            if let Some(v) = group.iter().find(|v| v.outlet == o.outlet) {
                mark(&f, &sheet, x(k), middle, cell, v.status, v.kept.unwrap_or(1.0), f.tone(v.tone));
                verb(&f, &sheet, v, x(k), middle + cell / 2.0 + f.small * 1.25, column - 6.0);
            }
        }
        if !f.narrow {
            sheet.text(
                &format!("{} of {}", ran(group), group.len()),
                f.right(),
                middle + f.small * 0.35,
                set(f.small, Weight::Strong, f.palette.ink, Anchor::Right),
            );
        }
        sheet.end();
        y += height;
    }
    sheet.line(&[(f.margin, y), (f.right(), y)], 1.2, f.palette.ink.fade(0.6));
    let rows: [(&str, &dyn Fn(&OutletRow) -> Option<(String, Ink)>); 2] = [
        ("Selection", &|o| {
            let v = o.selection_effect?;
            Some((signed(v), f.said(v, clear(o.selection_effect_low, o.selection_effect_high) != 0)))
        }),
        ("Shared utterances run", &|o| Some((percent(o.coverage?), f.palette.ink))),
    ];
    for (r, (name, value)) in rows.iter().zip(summed).filter(|(_, some)| *some).map(|(row, _)| row).enumerate() {
        let base = y + sums * (r as f64 + 0.72);
        // On a phone the row's name stands above its figures.
        let name_y = if f.narrow { base - f.body * 1.15 } else { base };
        sheet.text(
            name,
            f.margin + if f.narrow { 0.0 } else { 14.0 },
            name_y,
            if f.narrow { f.lesser(Anchor::Left) } else { f.strong(Anchor::Left) },
        );
        for (k, o) in outlets.iter().enumerate() {
            if let Some((text, ink)) = value(o) {
                sheet.text(&text, x(k), base + if f.narrow { 3.0 } else { 0.0 }, set(f.body, Weight::Strong, ink, Anchor::Middle));
            }
        }
    }
    sheet
}

/// One version: a square filled as far as its words were kept, with a stroke across where they were changed, a
/// circle where they were only reported, a point where they were left out.
#[allow(clippy::too_many_arguments)]
fn mark(f: &Frame, sheet: &Sheet, x: f64, y: f64, size: f64, status: &str, kept: f64, ink: Ink) {
    let s = size / 2.0;
    match status {
        "absent" => sheet.disc(x, y, 2.3, f.palette.ink.fade(0.35)),
        "paraphrased" => sheet.ring(x, y, s - 2.0, 2.6, ink),
        _ => {
            sheet.rect(Area::new(x - s, y - s, x + s, y + s), 0.0, ink.toward(f.palette.paper, 0.74));
            sheet.rect(Area::new(x - s, y + s - size * kept.clamp(0.06, 1.0), x + s, y + s), 0.0, ink);
            if status == "edited" {
                sheet.line(&[(x - s, y + s), (x + s, y - s)], 2.4, f.palette.paper);
            }
        }
    }
}

fn matrix_key(f: &Frame, sheet: &Sheet, y: f64) {
    let size = f.small * 1.15;
    let ink = f.palette.mute;
    let mut x = f.margin;
    for (status, kept, words) in [
        ("whole", 1.0, "whole"),
        ("cut", 0.5, "cut"),
        ("edited", 1.0, "words changed"),
        ("paraphrased", 1.0, "no marks"),
        ("absent", 0.0, "left out"),
    ] {
        mark(f, sheet, x + size / 2.0, y - f.small * 0.34, size, status, kept, ink);
        sheet.text(words, x + size + 5.0, y, f.lesser(Anchor::Left));
        x += size + 5.0 + sheet.measure(words, f.small, Weight::Regular) + if f.narrow { 12.0 } else { 22.0 };
    }
}

fn verb(f: &Frame, sheet: &Sheet, v: &VersionRow, x: f64, y: f64, room: f64) {
    let (weight, ink) = match v.cue_class.as_str() {
        "distance" | "hostile" => (Weight::Strong, f.palette.hostile_ink),
        "endorse" | "warm" => (Weight::Strong, f.palette.cordial_ink),
        _ => (Weight::Regular, f.palette.mute),
    };
    if v.status != "absent" {
        let text = lines(sheet, &v.cue.to_lowercase(), room, f.small, weight, 1).concat();
        sheet.text(&text, x, y, set(f.small, weight, ink, Anchor::Middle));
    }
}

fn gap_finding(outlets: &[&OutletRow]) -> String {
    let of = |sign: i32| -> Vec<&str> {
        let list = outlets.iter().filter(|o| clear(o.tone_gap_low, o.tone_gap_high) == sign);
        list.map(|o| named(&o.outlet)).take(2).collect()
    };
    let verb = |list: &[&str]| if list.len() == 1 { "sounds" } else { "sound" };
    let it = |list: &[&str]| if list.len() == 1 { "it quotes" } else { "they quote" };
    match (of(-1).as_slice(), of(1).as_slice()) {
        ([], []) if outlets.iter().all(|o| o.tone_gap.is_none()) => "Whom each outlet quotes, and under which verbs".to_owned(),
        ([], []) => "No outlet\u{2019}s own voice differs clearly from the words it quotes".to_owned(),
        (cold, []) => format!("{} {} colder than the words {}", both(cold), verb(cold), it(cold)),
        ([], warm) => format!("{} {} warmer than the words {}", both(warm), verb(warm), it(warm)),
        (cold, warm) => format!("{} {} colder than the words {}, {} warmer", both(cold), verb(cold), it(cold), both(warm)),
    }
}

/// Own voice against quoted words, with the shares of voice and of verbs.
pub(super) fn outlets<'f>(framing: &Framing, style: &Style, fonts: &'f Fonts<'f>) -> Sheet<'f> {
    let f = Frame::new(style, fonts);
    let mut outlets = drawn(&framing.outlets);
    outlets.sort_by(|a, b| a.narration_tone.unwrap_or(9.0).total_cmp(&b.narration_tone.unwrap_or(9.0)).then_with(|| a.outlet.cmp(&b.outlet)));
    let title = style.title.clone().unwrap_or_else(|| gap_finding(&outlets));
    let subtitle = style.subtitle.clone().unwrap_or_else(|| {
        "Mean tone by outlet, \u{2212}1 (confrontation) to +1 (cordiality): the outlet\u{2019}s own sentences about the two leaders against the words it quotes between them".to_owned()
    });
    let heading = f.heading(&title, &subtitle);
    let few = outlets.iter().filter(|o| o.narration_tone.is_some() && o.narration_tone_low.is_none()).count();
    let mut note = "Thin bars: 95% intervals, bootstrap over articles. Share of voice: quoted words. Verbs: of all reporting verbs.".to_owned();
    if few > 0 {
        note += &format!(" {} too few articles for an interval.", if few == 1 { "One outlet has".to_owned() } else { format!("{few} outlets have") });
    }
    let notes = f.notes(&[note]);

    let values = outlets.iter().flat_map(|o| {
        [o.narration_tone, o.quoted_tone, o.narration_tone_low, o.narration_tone_high, o.quoted_tone_low, o.quoted_tone_high].into_iter().flatten()
    });
    let reach = (values.fold(0.2_f64, |m, v| m.max(v.abs())) * 5.0).ceil() / 5.0;
    let (x0, x1) = if f.narrow { (f.margin + 6.0, f.right() - 6.0) } else { (210.0, 700.0) };
    let x = |v: f64| (x0 + x1) / 2.0 + (x1 - x0) / 2.0 * v / reach;
    let row = if f.narrow { 118.0 } else { 66.0 };
    let top = heading.height + 58.0;
    let bottom = top + row * outlets.len() as f64;
    let sheet = f.sheet(bottom + 4.0 + f.notes_height(notes.len()), &heading, &notes);
    let small = |ink: Ink, anchor: Anchor| set(f.small, Weight::Strong, ink, anchor);

    for k in -2..=2 {
        let v = reach * f64::from(k) / 2.0;
        let (width, alpha) = if k == 0 { (1.3, 0.85) } else { (0.7, 0.16) };
        // On a phone the bars of shares stand between the rows of marks.
        let stretches: Vec<(f64, f64)> = if f.narrow {
            (0..outlets.len()).map(|i| top + row * i as f64).map(|upper| (upper + 34.0, upper + 74.0)).collect()
        } else {
            vec![(top - 6.0, bottom)]
        };
        for (from, to) in stretches {
            sheet.line(&[(x(v), from), (x(v), to)], width, f.palette.ink.fade(alpha));
        }
        let anchor = if f.narrow && k == -2 {
            Anchor::Left
        } else if f.narrow && k == 2 {
            Anchor::Right
        } else {
            Anchor::Middle
        };
        sheet.text(&signed(v), x(v), top - 13.0, f.lesser(anchor));
    }
    sheet.text("\u{2190} confrontational", x0, top - 33.0, small(f.palette.hostile_ink, Anchor::Left));
    sheet.text("cordial \u{2192}", x1, top - 33.0, small(f.palette.cordial_ink, Anchor::Right));
    let own = f.palette.ink;
    let quoted = f.palette.of(2);
    let leaders = outlets.first().map_or(["", ""], |o| [o.leader_a.as_str(), o.leader_b.as_str()]);
    // The trend chart colours directions in name order.
    let inks = if leaders[0] <= leaders[1] { [f.palette.of(0), f.palette.of(1)] } else { [f.palette.of(1), f.palette.of(0)] };
    let (voice, verbs) = ((766.0, 926.0), (1010.0, 1140.0));
    if !f.narrow {
        sheet.text("Share of voice", voice.0, top - 33.0, f.strong(Anchor::Left));
        sheet.text(leaders[0], voice.0, top - 13.0, small(inks[0], Anchor::Left));
        sheet.text(leaders[1], voice.1, top - 13.0, small(inks[1], Anchor::Right));
        sheet.text("Reporting verbs", verbs.0, top - 33.0, f.strong(Anchor::Left));
        sheet.text("doubt, attack", verbs.0, top - 13.0, small(f.palette.hostile_ink, Anchor::Left));
        sheet.text("endorse", verbs.1, top - 13.0, small(f.palette.cordial_ink, Anchor::Right));
    }
    for (k, o) in outlets.iter().enumerate() {
        let upper = top + row * k as f64;
        let y = if f.narrow { upper + 57.0 } else { upper + row / 2.0 };
        sheet.group(&o.outlet);
        if f.narrow {
            f.hair(&sheet, upper);
            let name = lines(&sheet, named(&o.outlet), (x1 - x0) * 0.6, f.body, Weight::Strong, 1).concat();
            sheet.text(&name, f.margin, upper + 18.0, Type { rim: Some(f.palette.paper), ..f.strong(Anchor::Left) });
        } else {
            let name = lines(&sheet, named(&o.outlet), x0 - f.margin - 18.0, f.body, Weight::Strong, 2);
            for (i, line) in name.iter().enumerate() {
                let base = y + f.body * (0.36 + 1.1 * (i as f64 - (name.len() as f64 - 1.0) / 2.0));
                sheet.text(line, x0 - 18.0, base, f.strong(Anchor::Right));
            }
        }
        if let (Some(n), Some(q)) = (o.narration_tone, o.quoted_tone) {
            sheet.line(&[(x(n), y), (x(q), y)], 6.0, f.palette.ink.fade(0.13));
        }
        for (v, low, high, off, ink, filled) in [
            (o.quoted_tone, o.quoted_tone_low, o.quoted_tone_high, 10.0, quoted, true),
            (o.narration_tone, o.narration_tone_low, o.narration_tone_high, -10.0, own, false),
        ] {
            if let (Some(low), Some(high)) = (low, high) {
                sheet.line(&[(x(low), y + off), (x(high), y + off)], 2.0, ink.fade(0.55));
            }
            let Some(v) = v else { continue };
            if filled {
                sheet.disc(x(v), y, 7.5, ink);
            } else {
                sheet.disc(x(v), y, 7.5, f.palette.paper);
                sheet.ring(x(v), y, 6.6, 2.5, ink);
            }
        }
        if k == 0 || f.narrow {
            ends(&f, &sheet, o, &x, y, own, quoted, k == 0);
        }
        let (vy, vx, bx) = if f.narrow {
            let middle = (x0 + x1) / 2.0;
            (upper + 98.0, (f.margin + 34.0, middle - 44.0), (middle + 40.0, f.right() - 36.0))
        } else {
            (y, voice, verbs)
        };
        bar(&f, &sheet, vx, vy, [o.voice_share_a, o.voice_share_b], inks, None);
        let doubt = o.verb_distance.zip(o.verb_hostile).map(|(a, b)| a + b);
        let warm = o.verb_endorse.zip(o.verb_warm).map(|(a, b)| a + b);
        bar(&f, &sheet, bx, vy, [doubt, warm], [f.tone(Some(-0.8)), f.tone(Some(0.8))], Some([f.palette.hostile_ink, f.palette.cordial_ink]));
        if f.narrow && k == 0 {
            for (x, words, ink, anchor) in [
                (vx.0, leaders[0], inks[0], Anchor::Left),
                (vx.1, leaders[1], inks[1], Anchor::Right),
                (bx.0, "doubt, attack", f.palette.hostile_ink, Anchor::Left),
                (bx.1, "endorse", f.palette.cordial_ink, Anchor::Right),
            ] {
                sheet.text(words, x, vy - 11.0, small(ink, anchor));
            }
        }
        sheet.end();
    }
    if !f.narrow {
        f.hair(&sheet, bottom);
    }
    sheet
}

/// What the two marks are, beside the first of them, on the sides away from each other.
#[allow(clippy::too_many_arguments)]
fn ends(f: &Frame, sheet: &Sheet, o: &OutletRow, x: &dyn Fn(f64) -> f64, y: f64, own: Ink, quoted: Ink, first: bool) {
    let (Some(n), Some(q)) = (o.narration_tone, o.quoted_tone) else { return };
    if !first {
        return;
    }
    let (left, right) = if n <= q { (Anchor::Right, Anchor::Left) } else { (Anchor::Left, Anchor::Right) };
    for (v, words, ink, anchor) in [(n, "own voice", own, left), (q, "quoted", quoted, right)] {
        let off = if anchor == Anchor::Right { 6.0 } else { -6.0 };
        sheet.text(words, x(v) + off, y - 19.0, Type { rim: Some(f.palette.paper), ..set(f.small, Weight::Strong, ink, anchor) });
    }
}

/// Two shares from the two ends of a bar, with their figures.
fn bar(f: &Frame, sheet: &Sheet, (x0, x1): (f64, f64), y: f64, shares: [Option<f64>; 2], inks: [Ink; 2], words: Option<[Ink; 2]>) {
    let [Some(a), Some(b)] = shares else { return };
    let (wide, half) = (x1 - x0, if f.narrow { 6.0 } else { 9.0 });
    sheet.rect(Area::new(x0, y - half, x1, y + half), 0.0, f.palette.ink.fade(0.12));
    sheet.rect(Area::new(x0, y - half, x0 + wide * a, y + half), 0.0, inks[0]);
    sheet.rect(Area::new(x1 - wide * b, y - half, x1, y + half), 0.0, inks[1]);
    let words = words.unwrap_or(inks);
    sheet.text(&percent(a), x0 - 6.0, y + f.small * 0.34, set(f.small, Weight::Strong, words[0], Anchor::Right));
    sheet.text(&percent(b), x1 + 6.0, y + f.small * 0.34, set(f.small, Weight::Strong, words[1], Anchor::Left));
}

/// The words that an outlet uses more than the rest, strongest first.
fn telling(rows: &[WordRow]) -> Vec<&WordRow> {
    let mut list: Vec<&WordRow> = rows.iter().filter(|w| w.z > 0.0).collect();
    list.sort_by(|a, b| b.z.total_cmp(&a.z).then_with(|| a.word.cmp(&b.word)));
    list.truncate(WORDS);
    list
}

/// Words that set each outlet apart from the rest.
pub(super) fn words<'f>(framing: &Framing, style: &Style, fonts: &'f Fonts<'f>) -> Sheet<'f> {
    let f = Frame::new(style, fonts);
    let kept = drawn(&framing.outlets);
    let panels: Vec<(&str, Vec<&WordRow>)> = framing
        .words
        .chunk_by(|a, b| a.outlet == b.outlet)
        .filter(|g| kept.iter().any(|o| o.outlet == g[0].outlet))
        .map(|g| (g[0].outlet.as_str(), telling(g)))
        .filter(|(_, list)| !list.is_empty())
        .collect();
    let mut sure: Vec<(&str, &WordRow)> = panels.iter().filter_map(|(o, list)| list.first().filter(|w| w.q < 0.05).map(|w| (*o, *w))).collect();
    sure.sort_by(|a, b| b.1.z.total_cmp(&a.1.z));
    let says: Vec<String> = sure.iter().take(2).map(|(o, w)| format!("\u{201c}{}\u{201d} in {}", w.word, named(o))).collect();
    let title = style.title.clone().unwrap_or_else(|| match says.as_slice() {
        [] => "No single word sets an outlet apart beyond what chance could do".to_owned(),
        [one] => format!("The word that stands out most: {one}"),
        [one, two, ..] => format!("The words that stand out most: {one}, {two}"),
    });
    let subtitle = style.subtitle.clone().unwrap_or_else(|| {
        "Words that each outlet uses more than the others in its own voice, quotations and wire copy left out; z of the log-odds ratio".to_owned()
    });
    let heading = f.heading(&title, &subtitle);
    let notes = f.notes(&[format!(
        "Log-odds with an informative Dirichlet prior (Monroe, Colaresi & Quinn 2008). Shaded: what chance could do to one word; dark dots pass the test for many words at once (q < 0.05). Figures: uses by the outlet and by all others. {}",
        if framing.outlets.len() > kept.len() { counted(kept.len(), "outlet", "outlets") + " with most articles." } else { String::new() }
    )]);
    let most = if f.narrow { 1 } else { 5 };
    let columns = match panels.len() {
        0 => 1,
        n if n <= most => n,
        n if f.narrow => n.min(2),
        n => n.div_ceil(n.div_ceil(most)),
    };
    let gap = if f.narrow { 22.0 } else { 30.0 };
    let wide = (f.width - 2.0 * f.margin - gap * (columns as f64 - 1.0)) / columns as f64;
    let line = f.body * 1.62;
    let head = f.body * 2.3;
    let deepest = panels.iter().map(|p| p.1.len()).max().unwrap_or(0) as f64;
    let panel = head + deepest * line + f.small * 2.6;
    let top = heading.height + 16.0;
    let rows = panels.len().div_ceil(columns) as f64;
    let sheet = f.sheet(top + panel * rows + f.notes_height(notes.len()), &heading, &notes);
    let reach = panels.iter().flat_map(|p| &p.1).fold(3.0_f64, |m, w| m.max(w.z)).ceil();
    for (n, (outlet, list)) in panels.iter().enumerate() {
        let x0 = f.margin + (wide + gap) * (n % columns) as f64;
        let y0 = top + panel * (n / columns) as f64;
        sheet.group(outlet);
        let name = lines(&sheet, named(outlet), wide, f.body, Weight::Strong, 1).concat();
        sheet.text(&name, x0, y0 + f.body * 1.1, f.strong(Anchor::Left));
        sheet.line(&[(x0, y0 + f.body * 1.6), (x0 + wide, y0 + f.body * 1.6)], 1.2, f.palette.ink.fade(0.8));
        let label = (wide * 0.46).min(150.0);
        let figure = f.small * 2.9;
        let (a, b) = (x0 + label + 8.0, x0 + wide - figure);
        let x = |z: f64| a + (b - a) * z / reach;
        let (from, to) = (y0 + head - 4.0, y0 + head + line * deepest);
        sheet.rect(Area::new(a, from, x(CLEAR.min(reach)), to), 0.0, f.palette.ink.fade(0.06));
        sheet.line(&[(a, from), (a, to)], 1.0, f.palette.ink.fade(0.7));
        for (i, w) in list.iter().enumerate() {
            let y = y0 + head + line * (i as f64 + 0.5);
            let passed = w.q < 0.05;
            let ink = if passed { f.palette.series[0] } else { f.palette.mute };
            let weight = if passed { Weight::Strong } else { Weight::Regular };
            let word = lines(&sheet, &w.word, label, f.body, weight, 1).concat();
            sheet.text(&word, x0 + label, y + f.body * 0.33, set(f.body, weight, if passed { ink } else { f.palette.ink }, Anchor::Right));
            sheet.line(&[(a, y), (x(w.z), y)], 1.6, ink.fade(0.6));
            sheet.disc(x(w.z), y, 4.6, if passed { ink } else { ink.fade(0.75) });
            sheet.text(&format!("{}:{}", w.n, w.n_against), x0 + wide, y + f.small * 0.33, f.lesser(Anchor::Right));
        }
        for z in [0.0, CLEAR] {
            let (text, anchor) = if z == 0.0 { ("0".to_owned(), Anchor::Middle) } else { (format!("{z:.2}"), Anchor::Middle) };
            sheet.text(&text, x(z), to + f.small * 1.25, f.lesser(anchor));
        }
        sheet.end();
    }
    sheet
}
