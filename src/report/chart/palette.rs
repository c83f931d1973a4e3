//! Colours of the charts, light and dark, told apart by readers who see few colours (Okabe & Ito's
//! blue against orange, and lightness beside hue).

use super::canvas::Ink;

/// Light or dark.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Theme {
    /// White paper.
    #[default]
    Light,
    /// Near-black ground.
    Dark,
}

/// The colours of one theme.
#[derive(Clone, Copy, Debug)]
pub struct Palette {
    /// The ground.
    pub paper: Ink,
    /// Text.
    pub ink: Ink,
    /// Lesser text.
    pub mute: Ink,
    /// Behind the plot at 0.
    pub middle: Ink,
    /// Behind the plot at +1.
    pub cordial: Ink,
    /// Behind the plot at −1.
    pub hostile: Ink,
    /// Words at the upper pole.
    pub cordial_ink: Ink,
    /// Words at the lower pole.
    pub hostile_ink: Ink,
    /// One colour a series.
    pub series: [Ink; 4],
}

impl Theme {
    /// Its colours.
    pub fn palette(self) -> Palette {
        match self {
            Theme::Light => Palette {
                paper: Ink::hex(0xffffff),
                ink: Ink::hex(0x1c222b),
                mute: Ink::hex(0x59626e),
                middle: Ink::hex(0xfbfaf7),
                cordial: Ink::hex(0xd8ebe6),
                hostile: Ink::hex(0xf7dfd3),
                cordial_ink: Ink::hex(0x2b6a5a),
                hostile_ink: Ink::hex(0x9a4628),
                series: [Ink::hex(0x123f73), Ink::hex(0xcf6508), Ink::hex(0x6a4c93), Ink::hex(0x2f7d4f)],
            },
            Theme::Dark => Palette {
                paper: Ink::hex(0x14181e),
                ink: Ink::hex(0xf0f2f5),
                mute: Ink::hex(0xa3adb9),
                middle: Ink::hex(0x1b2027),
                cordial: Ink::hex(0x1c3a35),
                hostile: Ink::hex(0x42271e),
                cordial_ink: Ink::hex(0x83cdb8),
                hostile_ink: Ink::hex(0xf0a184),
                series: [Ink::hex(0x7db4ee), Ink::hex(0xf5a24b), Ink::hex(0xc3a5ec), Ink::hex(0x86d3a3)],
            },
        }
    }
}

impl Palette {
    /// The colour of series `n`.
    pub fn of(&self, n: usize) -> Ink {
        self.series[n % self.series.len()]
    }
    /// The ground at tone `v`: almost paper at 0, tinted toward the poles.
    pub fn ground(&self, v: f64) -> Ink {
        let pole = if v > 0.0 { self.cordial } else { self.hostile };
        self.middle.toward(pole, v.abs().powf(0.8))
    }
}
