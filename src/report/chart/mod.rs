//! Pictures of results: every chart is drawn once on a [`canvas::Sheet`] and comes out as PNG or SVG,
//! or as a Vega-Lite specification that holds the data. Reads results only; computes none.

pub mod canvas;
pub mod font;
mod framing;
pub mod palette;
mod place;
mod trend;
pub mod vega;
pub mod wording;

use crate::framing::Framing;
use crate::record::QuoteRecord;
use crate::trend::Trend;
use crate::trend::series::Day;
use canvas::Sheet;
use font::Fonts;
use palette::Theme;

/// A day to mark, from `events.csv`.
#[derive(Clone, Debug, PartialEq)]
pub struct Event {
    /// The day.
    pub day: Day,
    /// What happened, in a few words.
    pub label: String,
}

/// Where the picture is to be seen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Size {
    /// 1200 × 780 logical pixels, for pages and screens.
    #[default]
    Print,
    /// 540 × 675 logical pixels (4:5), read on a phone.
    Social,
}

/// How a chart looks.
#[derive(Clone, Debug, Default)]
pub struct Style {
    /// Light or dark.
    pub theme: Theme,
    /// Print or social.
    pub size: Size,
    /// Instead of the finding in words.
    pub title: Option<String>,
    /// Instead of the description of what is shown.
    pub subtitle: Option<String>,
    /// Days to mark.
    pub events: Vec<Event>,
    /// Where the articles come from, for the source line.
    pub source: Option<String>,
}

/// The dyadic trend chart of `trend`; `rows` are the rows it was computed from.
pub fn trend<'f>(trend: &Trend, rows: &[QuoteRecord], style: &Style, fonts: &'f Fonts<'f>) -> Sheet<'f> {
    self::trend::draw(trend, rows, style, false, fonts)
}

/// Means by period with their intervals.
pub fn means<'f>(trend: &Trend, style: &Style, fonts: &'f Fonts<'f>) -> Sheet<'f> {
    self::trend::draw(trend, &[], style, true, fonts)
}

/// The trend of the leaders themselves above that of those who speak for them; `panels` as [`crate::trend::by_role`] gives them.
pub fn roles<'f>(panels: [&Trend; 2], rows: &[QuoteRecord], style: &Style, fonts: &'f Fonts<'f>) -> Sheet<'f> {
    self::trend::roles(panels, rows, style, fonts)
}

/// The matrix of shared utterances and outlets: whole, cut, changed, paraphrased, left out.
pub fn framing_quotes<'f>(framing: &Framing, style: &Style, fonts: &'f Fonts<'f>) -> Sheet<'f> {
    self::framing::quotes(framing, style, fonts)
}

/// Each outlet's own voice against the words it quotes, with shares of voice and of verbs.
pub fn framing_outlets<'f>(framing: &Framing, style: &Style, fonts: &'f Fonts<'f>) -> Sheet<'f> {
    self::framing::outlets(framing, style, fonts)
}

/// The words that set each outlet apart from the rest.
pub fn framing_words<'f>(framing: &Framing, style: &Style, fonts: &'f Fonts<'f>) -> Sheet<'f> {
    self::framing::words(framing, style, fonts)
}
