//! The framing pictures and the pictures inside the report: drawn in parallel, written in order.

use super::output::Folder;
use super::trend::{ChartFormat, Look, SizeName, ThemeName};
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

impl Drawn<'_> {
    /// Whether there is anything to draw.
    fn holds(&self, place: Place) -> bool {
        match place {
            Place::Trend => !self.trend.utterances.is_empty(),
            Place::Quotes => !self.framing.versions.is_empty(),
            Place::Outlets => self.framing.outlets.len() > 1 && self.framing.outlets.iter().any(|o| o.narration_tone.or(o.quoted_tone).is_some()),
            Place::Words => !self.framing.words.is_empty(),
        }
    }
    fn sheet<'f>(&self, place: Place, style: &Style, fonts: &'f Fonts<'f>) -> Sheet<'f> {
        match place {
            Place::Trend => chart::trend(self.trend, self.rows, style, fonts),
            Place::Quotes => chart::framing_quotes(self.framing, style, fonts),
            Place::Outlets => chart::framing_outlets(self.framing, style, fonts),
            Place::Words => chart::framing_words(self.framing, style, fonts),
        }
    }
}

/// The user's font file, where one is given.
fn font(look: &Look) -> Result<Option<(&std::path::Path, Vec<u8>)>> {
    match &look.font {
        Some(path) => Ok(Some((path, std::fs::read(path).with_context(|| format!("{}: cannot be read", path.display()))?))),
        None => Ok(None),
    }
}

/// Write the three framing pictures.
pub fn write(folder: &mut Folder, drawn: &Drawn) -> Result<()> {
    let given = font(drawn.look)?;
    let fonts = Fonts::new(given.as_ref().map(|(path, bytes)| (*path, bytes.as_slice())))?;
    let style = Style {
        theme: if drawn.look.theme == ThemeName::Dark { Theme::Dark } else { Theme::Light },
        size: if drawn.look.size == SizeName::Social { Size::Social } else { Size::Print },
        ..Style::default()
    };
    let list: Vec<(Place, &str)> = PLACES[1..].iter().copied().filter(|(place, _)| drawn.holds(*place)).collect();
    let has = |format: ChartFormat| drawn.look.formats.contains(&format);
    let files = run::map(list.len(), |i| {
        let sheet = drawn.sheet(list[i].0, &style, &fonts);
        let png = has(ChartFormat::Png).then(|| sheet.png(&Stamp { scale: drawn.look.scale, hash: drawn.hash.to_owned() }));
        (png, has(ChartFormat::Svg).then(|| sheet.svg()))
    });
    for ((_, name), (png, svg)) in list.iter().zip(files) {
        if let Some(png) = png {
            folder.write(&format!("{name}.png"), &png?)?;
        }
        if let Some(svg) = svg {
            folder.write(&format!("{name}.svg"), svg.as_bytes())?;
        }
    }
    Ok(())
}

/// The pictures of the report, each for wide screens and for phones.
pub fn for_report(drawn: &Drawn) -> Result<Vec<Picture>> {
    let given = font(drawn.look)?;
    let fonts = Fonts::new(given.as_ref().map(|(path, bytes)| (*path, bytes.as_slice())))?;
    let list: Vec<Place> = PLACES.iter().map(|(place, _)| *place).filter(|place| drawn.holds(*place)).collect();
    let sizes = [Size::Print, Size::Social];
    let mut made = run::map(list.len() * 2, |i| {
        let style = Style { size: sizes[i % 2], events: drawn.events.to_vec(), ..Style::default() };
        let sheet = drawn.sheet(list[i / 2], &style, &fonts);
        (sheet.title.clone(), sheet.png(&Stamp { scale: 2.0, hash: drawn.hash.to_owned() }))
    })
    .into_iter();
    let mut out = Vec::new();
    for place in list {
        let (Some((alt, wide)), Some((_, narrow))) = (made.next(), made.next()) else { break };
        out.push(Picture { place, alt, wide: wide?, narrow: Some(narrow?) });
    }
    Ok(out)
}
