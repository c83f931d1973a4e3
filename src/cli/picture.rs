//! The framing pictures and the pictures inside the report: drawn in parallel, written in order.

use super::output::Folder;
use super::trend::{ChartFormat, Look};
use anyhow::{Context, Result};
use detente::framing::Framing;
use detente::record::QuoteRecord;
use detente::report::chart::canvas::{Sheet, Stamp};
use detente::report::chart::font::Fonts;
use detente::report::chart::palette::Theme;
use detente::report::chart::{self, Event, Size, Style};
use detente::report::html::{Picture, Place};
use detente::run;
use detente::trend::Trend;

/// What pictures are made from.
pub struct Drawn<'a> {
    pub rows: &'a [QuoteRecord],
    pub trend: &'a Trend,
    pub framing: &'a Framing,
    pub events: &'a [Event],
    pub look: &'a Look,
    /// Names what they were made from.
    pub hash: &'a str,
}

const PLACES: [(Place, &str); 4] =
    [(Place::Trend, "trend"), (Place::Quotes, "framing_quotes"), (Place::Outlets, "framing_outlets"), (Place::Words, "framing_words")];

/// Whether a framing picture has anything to show.
fn holds(framing: &Framing, place: Place) -> bool {
    match place {
        Place::Trend => false,
        Place::Quotes => !framing.versions.is_empty(),
        Place::Outlets => framing.outlets.len() > 1 && framing.outlets.iter().any(|o| o.narration_tone.or(o.quoted_tone).is_some()),
        Place::Words => !framing.words.is_empty(),
    }
}

impl Drawn<'_> {
    fn sheet<'f>(&self, place: Place, style: &Style, fonts: &'f Fonts<'f>) -> Sheet<'f> {
        match place {
            Place::Trend => chart::trend(self.trend, self.rows, style, fonts),
            place => sheet(self.framing, place, style, fonts),
        }
    }
}

fn sheet<'f>(framing: &Framing, place: Place, style: &Style, fonts: &'f Fonts<'f>) -> Sheet<'f> {
    match place {
        Place::Outlets => chart::framing_outlets(framing, style, fonts),
        Place::Words => chart::framing_words(framing, style, fonts),
        Place::Quotes | Place::Trend => chart::framing_quotes(framing, style, fonts),
    }
}

/// The user's font file, where one is given.
pub fn font(look: &Look) -> Result<Option<(&std::path::Path, Vec<u8>)>> {
    match &look.font {
        Some(path) => Ok(Some((path, std::fs::read(path).with_context(|| format!("{}: cannot be read", path.display()))?))),
        None => Ok(None),
    }
}

/// One drawing in the formats that were asked for.
pub struct Files {
    png: Option<Result<Vec<u8>>>,
    svg: Option<String>,
}

impl Files {
    /// Made from a sheet; `hash` names what it shows.
    pub fn of(sheet: &Sheet, look: &Look, hash: &str) -> Files {
        let has = |format: ChartFormat| look.formats.contains(&format);
        Files {
            png: has(ChartFormat::Png).then(|| Ok(sheet.png(&Stamp { scale: look.scale, hash: hash.to_owned() })?)),
            svg: has(ChartFormat::Svg).then(|| sheet.svg()),
        }
    }
    /// The PNG, where the report shows the same.
    pub fn made(&self, place: Place, look: &Look) -> Option<(Place, Vec<u8>)> {
        let png = self.png.as_ref()?.as_ref().ok()?;
        usual(look).then(|| (place, png.clone()))
    }
    /// Written as `name.png` and `name.svg`.
    pub fn write(self, folder: &mut Folder, name: &str) -> Result<()> {
        if let Some(png) = self.png {
            folder.write(&format!("{name}.png"), &png?)?;
        }
        if let Some(svg) = self.svg {
            folder.write(&format!("{name}.svg"), svg.as_bytes())?;
        }
        Ok(())
    }
}

/// PNGs that were written in just the look of the report's wide pictures: they need not be drawn twice.
pub type Made = Vec<(Place, Vec<u8>)>;

/// Scale of the report's pictures.
const SCALE: f64 = 2.0;

/// Whether pictures in this look are the report's own.
fn usual(look: &Look) -> bool {
    let plain = look.title.is_none() && look.subtitle.is_none();
    plain && look.theme() == Theme::Light && look.size() == Size::Print && look.scale == SCALE
}

/// Write the three framing pictures.
pub fn write(folder: &mut Folder, framing: &Framing, look: &Look, hash: &str) -> Result<Made> {
    let given = font(look)?;
    let fonts = Fonts::new(given.as_ref().map(|(path, bytes)| (*path, bytes.as_slice())))?;
    let style = Style { theme: look.theme(), size: look.size(), ..Style::default() };
    let list: Vec<(Place, &str)> = PLACES[1..].iter().copied().filter(|(place, _)| holds(framing, *place)).collect();
    let files = run::map(list.len(), |i| Files::of(&sheet(framing, list[i].0, &style, &fonts), look, hash));
    let mut made = Made::new();
    for ((place, name), files) in list.iter().zip(files) {
        made.extend(files.made(*place, look));
        files.write(folder, name)?;
    }
    Ok(made)
}

/// The pictures of the report, each for wide screens and for phones; those in `made` are taken as they are.
pub fn for_report(drawn: &Drawn, made: &Made) -> Result<Vec<Picture>> {
    let given = font(drawn.look)?;
    let fonts = Fonts::new(given.as_ref().map(|(path, bytes)| (*path, bytes.as_slice())))?;
    let dated = !drawn.trend.utterances.is_empty();
    let list: Vec<Place> =
        PLACES.iter().map(|(place, _)| *place).filter(|&place| if place == Place::Trend { dated } else { holds(drawn.framing, place) }).collect();
    let sizes = [Size::Print, Size::Social];
    let mut pictures = run::map(list.len() * 2, |i| {
        let style = Style { size: sizes[i % 2], events: drawn.events.to_vec(), ..Style::default() };
        let sheet = drawn.sheet(list[i / 2], &style, &fonts);
        let before = made.iter().find(|m| sizes[i % 2] == Size::Print && m.0 == list[i / 2]);
        let png = before.map_or_else(|| sheet.png(&Stamp { scale: SCALE, hash: drawn.hash.to_owned() }), |m| Ok(m.1.clone()));
        (sheet.title.clone(), png)
    })
    .into_iter();
    let mut out = Vec::new();
    for place in list {
        let (Some((alt, wide)), Some((_, narrow))) = (pictures.next(), pictures.next()) else { break };
        out.push(Picture { place, alt, wide: wide?, narrow: Some(narrow?) });
    }
    Ok(out)
}
