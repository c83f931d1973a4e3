//! Text → glyph outlines and widths, with the fonts that are compiled in and one that the user may give.
//! Asks the system for nothing, so that every machine draws the same.

use crate::error::{Error, Place, Result};
use rustybuzz::ttf_parser::{GlyphId, OutlineBuilder};
use rustybuzz::{Face, UnicodeBuffer};
use std::path::Path;
use tiny_skia::PathBuilder;
use unicode_normalization::UnicodeNormalization;

// Source Sans 3, SIL Open Font License 1.1: whole files, as its reserved name asks.
const REGULAR: &[u8] = include_bytes!("../../../assets/fonts/SourceSans3-Regular.ttf");
const STRONG: &[u8] = include_bytes!("../../../assets/fonts/SourceSans3-SemiBold.ttf");

/// Family name for programs that set an SVG's text themselves.
pub const FAMILY: &str = "'Source Sans 3','Source Sans Pro','Segoe UI','Helvetica Neue',Arial,sans-serif";

/// Weight of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Weight {
    /// 400
    Regular,
    /// 600
    Strong,
}

/// The faces that text is set in: the user's, where given, then the built-in ones for what it lacks.
pub struct Fonts<'a> {
    given: Option<Face<'a>>,
    regular: Face<'static>,
    strong: Face<'static>,
}

impl std::fmt::Debug for Fonts<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Fonts {{ given: {} }}", self.given.is_some())
    }
}

impl<'a> Fonts<'a> {
    /// The built-in faces, behind the font file `given` (TrueType or OpenType) where there is one; `path` is for messages.
    ///
    /// # Errors
    /// `given` is no font.
    pub fn new(given: Option<(&Path, &'a [u8])>) -> Result<Fonts<'a>> {
        let face = |bytes: &'static [u8]| Face::from_slice(bytes, 0).ok_or_else(|| Error::Usage("the built-in font does not parse".to_owned()));
        let given = match given {
            Some((path, bytes)) => Some(
                Face::from_slice(bytes, 0)
                    .ok_or_else(|| Error::data(Place::file(path), "expected a TrueType or OpenType font, found something else"))?,
            ),
            None => None,
        };
        Ok(Fonts { given, regular: face(REGULAR)?, strong: face(STRONG)? })
    }
    fn chain(&self, weight: Weight) -> impl Iterator<Item = &Face<'_>> {
        let built_in = match weight {
            Weight::Regular => &self.regular,
            Weight::Strong => &self.strong,
        };
        self.given.iter().map(|f| f as &Face<'_>).chain(std::iter::once(built_in as &Face<'_>))
    }
    /// Characters of `text` that no face has, each once, in order of appearance.
    pub fn missing(&self, text: &str) -> Vec<char> {
        let mut out = Vec::new();
        for c in text.nfc() {
            if !c.is_whitespace() && !c.is_control() && self.chain(Weight::Regular).all(|f| f.glyph_index(c).is_none()) && !out.contains(&c) {
                out.push(c);
            }
        }
        out
    }
    /// Stretches of one face each.
    fn runs(&self, weight: Weight, text: &str) -> Vec<(usize, String)> {
        let mut runs: Vec<(usize, String)> = Vec::new();
        for c in text.nfc() {
            let faces = self.chain(weight).count();
            let face = self.chain(weight).position(|f| f.glyph_index(c).is_some()).unwrap_or(faces - 1);
            match runs.last_mut() {
                Some((last, run)) if *last == face || c.is_whitespace() => run.push(c),
                _ => runs.push((face, c.to_string())),
            }
        }
        runs
    }
    /// Set `text`: calls `each` with face, glyph, and offset in em of its origin; returns the advance in em.
    fn set(&self, weight: Weight, text: &str, mut each: impl FnMut(&Face<'_>, GlyphId, f64, f64)) -> f64 {
        let mut x = 0.0;
        for (n, run) in self.runs(weight, text) {
            let Some(face) = self.chain(weight).nth(n) else { continue };
            let em = f64::from(face.units_per_em());
            let mut buffer = UnicodeBuffer::new();
            buffer.push_str(&run);
            buffer.guess_segment_properties();
            let shaped = rustybuzz::shape(face, &[], buffer);
            for (info, position) in shaped.glyph_infos().iter().zip(shaped.glyph_positions()) {
                each(face, GlyphId(info.glyph_id as u16), x + f64::from(position.x_offset) / em, f64::from(position.y_offset) / em);
                x += f64::from(position.x_advance) / em;
            }
        }
        x
    }
    /// Width of `text` at `size` pixels an em.
    pub fn width(&self, weight: Weight, size: f64, text: &str) -> f64 {
        size * self.set(weight, text, |_, _, _, _| {})
    }
    /// Outlines of `text` with its baseline starting at (`x`, `y`), `y` growing downward.
    pub fn outline(&self, weight: Weight, size: f64, text: &str, x: f64, y: f64) -> Option<tiny_skia::Path> {
        let mut path = PathBuilder::new();
        self.set(weight, text, |face, glyph, dx, dy| {
            let scale = size / f64::from(face.units_per_em());
            let mut pen = Outline { path: &mut path, scale: scale as f32, x: (x + dx * size) as f32, y: (y - dy * size) as f32 };
            face.outline_glyph(glyph, &mut pen);
        });
        path.finish()
    }
}

struct Outline<'p> {
    path: &'p mut PathBuilder,
    scale: f32,
    x: f32,
    y: f32,
}

impl Outline<'_> {
    fn at(&self, x: f32, y: f32) -> (f32, f32) {
        (self.x + x * self.scale, self.y - y * self.scale)
    }
}

impl OutlineBuilder for Outline<'_> {
    fn move_to(&mut self, x: f32, y: f32) {
        let (x, y) = self.at(x, y);
        self.path.move_to(x, y);
    }
    fn line_to(&mut self, x: f32, y: f32) {
        let (x, y) = self.at(x, y);
        self.path.line_to(x, y);
    }
    fn quad_to(&mut self, a: f32, b: f32, x: f32, y: f32) {
        let ((a, b), (x, y)) = (self.at(a, b), self.at(x, y));
        self.path.quad_to(a, b, x, y);
    }
    fn curve_to(&mut self, a: f32, b: f32, c: f32, d: f32, x: f32, y: f32) {
        let ((a, b), (c, d), (x, y)) = (self.at(a, b), self.at(c, d), self.at(x, y));
        self.path.cubic_to(a, b, c, d, x, y);
    }
    fn close(&mut self) {
        self.path.close();
    }
}
