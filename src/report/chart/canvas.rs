//! A sheet to draw on: shapes and shaped text are recorded once and come out as PNG or SVG with the same
//! layout. A `DrawingBackend` for plotters, with sub-pixel geometry. Knows nothing of what is drawn.

use super::font::{FAMILY, Fonts, Weight};
use plotters_backend::text_anchor::{HPos, VPos};
use plotters_backend::{BackendColor, BackendCoord, BackendStyle, BackendTextStyle, DrawingBackend, DrawingErrorKind};
use std::cell::RefCell;
use std::convert::Infallible;
use std::fmt::Write;
use std::rc::Rc;
use tiny_skia::{FillRule, LineCap, LineJoin, Paint, PathBuilder, Pixmap, Stroke, Transform};

/// Plotters counts in whole units: this many to a logical pixel.
pub const UNIT: f64 = 16.0;

/// A colour with opacity.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Ink {
    /// Red, green, blue.
    pub rgb: (u8, u8, u8),
    /// 0 … 1.
    pub alpha: f64,
}

impl Ink {
    /// An opaque colour from `0xrrggbb`.
    pub const fn hex(rgb: u32) -> Ink {
        Ink { rgb: ((rgb >> 16) as u8, (rgb >> 8) as u8, rgb as u8), alpha: 1.0 }
    }
    /// The same colour at another opacity.
    pub fn fade(self, alpha: f64) -> Ink {
        Ink { alpha, ..self }
    }
    /// The colour at `share` of the way to `other`.
    pub fn toward(self, other: Ink, share: f64) -> Ink {
        let mix = |a: u8, b: u8| (f64::from(a) + (f64::from(b) - f64::from(a)) * share).round() as u8;
        let (a, b) = (self.rgb, other.rgb);
        Ink { rgb: (mix(a.0, b.0), mix(a.1, b.1), mix(a.2, b.2)), alpha: self.alpha }
    }
    fn svg(self) -> String {
        let (r, g, b) = self.rgb;
        format!("#{r:02x}{g:02x}{b:02x}")
    }
    fn paint(self) -> Paint<'static> {
        let mut paint = Paint { anti_alias: true, ..Paint::default() };
        let (r, g, b) = self.rgb;
        paint.set_color_rgba8(r, g, b, (self.alpha * 255.0).round() as u8);
        paint
    }
}

impl From<BackendColor> for Ink {
    fn from(c: BackendColor) -> Ink {
        Ink { rgb: c.rgb, alpha: c.alpha }
    }
}

/// Which end of a text stands at its point.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Anchor {
    /// Its left end.
    Left,
    /// Its middle.
    Middle,
    /// Its right end.
    Right,
}

/// How a text is set.
#[derive(Clone, Copy, Debug)]
pub struct Type {
    /// Pixels an em.
    pub size: f64,
    /// Weight.
    pub weight: Weight,
    /// Colour.
    pub ink: Ink,
    /// Anchor.
    pub anchor: Anchor,
    /// A rim in this colour, so that the text can be read over lines.
    pub rim: Option<Ink>,
}

#[derive(Clone, Debug)]
enum Shape {
    Fill(Vec<(f64, f64)>, Ink),
    Line(Vec<(f64, f64)>, f64, Ink),
    Disc(f64, f64, f64, Ink),
    Ring(f64, f64, f64, f64, Ink),
    Box(Area, f64, Ink),
    Text(String, f64, f64, Type),
    /// Opens a group with a name for screen readers and style sheets.
    Group(String),
    /// Closes it.
    End,
}

/// A rectangle.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Area {
    /// Left.
    pub x0: f64,
    /// Top.
    pub y0: f64,
    /// Right.
    pub x1: f64,
    /// Bottom.
    pub y1: f64,
}

impl Area {
    /// From two corners.
    pub fn new(x0: f64, y0: f64, x1: f64, y1: f64) -> Area {
        Area { x0, y0, x1, y1 }
    }
    /// Whether the two share more than an edge.
    pub fn meets(&self, other: &Area) -> bool {
        self.x0 < other.x1 && other.x0 < self.x1 && self.y0 < other.y1 && other.y0 < self.y1
    }
    /// The area with `by` more on each side.
    pub fn grown(&self, by: f64) -> Area {
        Area { x0: self.x0 - by, y0: self.y0 - by, x1: self.x1 + by, y1: self.y1 + by }
    }
    /// Width.
    pub fn width(&self) -> f64 {
        self.x1 - self.x0
    }
    /// Height.
    pub fn height(&self) -> f64 {
        self.y1 - self.y0
    }
}

/// A sheet of `width` × `height` logical pixels.
#[derive(Debug)]
pub struct Sheet<'f> {
    /// Logical pixels.
    pub width: f64,
    /// Logical pixels.
    pub height: f64,
    /// What the picture says, for screen readers.
    pub title: String,
    fonts: &'f Fonts<'f>,
    shapes: Rc<RefCell<Vec<Shape>>>,
}

/// What a PNG says about itself.
#[derive(Clone, Debug, Default)]
pub struct Stamp {
    /// Device pixels a logical pixel.
    pub scale: f64,
    /// Hash of what the picture was made from.
    pub hash: String,
}

impl<'f> Sheet<'f> {
    /// An empty sheet.
    pub fn new(width: f64, height: f64, fonts: &'f Fonts<'f>) -> Sheet<'f> {
        Sheet { width, height, title: String::new(), fonts, shapes: Rc::default() }
    }
    /// A backend for plotters that draws on this sheet.
    pub fn backend(&self) -> Backend {
        Backend { size: ((self.width * UNIT) as u32, (self.height * UNIT) as u32), shapes: Rc::clone(&self.shapes) }
    }
    fn push(&self, shape: Shape) {
        self.shapes.borrow_mut().push(shape);
    }
    /// A filled polygon.
    pub fn polygon(&self, points: &[(f64, f64)], ink: Ink) {
        if points.len() > 2 {
            self.push(Shape::Fill(points.to_vec(), ink));
        }
    }
    /// An open line.
    pub fn line(&self, points: &[(f64, f64)], width: f64, ink: Ink) {
        if points.len() > 1 {
            self.push(Shape::Line(points.to_vec(), width, ink));
        }
    }
    /// A dashed line: `on` drawn, `off` left out, by length along it.
    pub fn dashes(&self, points: &[(f64, f64)], on: f64, off: f64, width: f64, ink: Ink) {
        let Some(&first) = points.first() else { return };
        let (mut left, mut drawing, mut dash) = (on, true, vec![first]);
        for pair in points.windows(2) {
            let (mut a, b) = (pair[0], pair[1]);
            loop {
                let length = (b.0 - a.0).hypot(b.1 - a.1);
                if length <= left {
                    left -= length;
                    if drawing {
                        dash.push(b);
                    }
                    break;
                }
                let share = left / length;
                a = (a.0 + (b.0 - a.0) * share, a.1 + (b.1 - a.1) * share);
                if drawing {
                    dash.push(a);
                    self.line(&dash, width, ink);
                }
                drawing = !drawing;
                left = if drawing { on } else { off };
                dash = vec![a];
            }
        }
        if drawing {
            self.line(&dash, width, ink);
        }
    }
    /// A filled disc.
    pub fn disc(&self, x: f64, y: f64, radius: f64, ink: Ink) {
        self.push(Shape::Disc(x, y, radius, ink));
    }
    /// A circle line.
    pub fn ring(&self, x: f64, y: f64, radius: f64, width: f64, ink: Ink) {
        self.push(Shape::Ring(x, y, radius, width, ink));
    }
    /// A filled rectangle with corners of `radius`.
    pub fn rect(&self, area: Area, radius: f64, ink: Ink) {
        self.push(Shape::Box(area, radius, ink));
    }
    /// A text with its baseline at `y`.
    pub fn text(&self, text: &str, x: f64, y: f64, kind: Type) {
        if !text.is_empty() {
            self.push(Shape::Text(text.to_owned(), x, y, kind));
        }
    }
    /// Width of a text.
    pub fn measure(&self, text: &str, size: f64, weight: Weight) -> f64 {
        self.fonts.width(weight, size, text)
    }
    /// `text` in lines no wider than `widest` (a single word may be).
    pub fn wrap(&self, text: &str, widest: f64, size: f64, weight: Weight) -> Vec<String> {
        let mut lines: Vec<String> = Vec::new();
        for word in text.split_whitespace() {
            match lines.last_mut() {
                Some(line) if self.measure(&format!("{line} {word}"), size, weight) <= widest => {
                    line.push(' ');
                    line.push_str(word);
                }
                _ => lines.push(word.to_owned()),
            }
        }
        lines
    }
    /// Open a named group.
    pub fn group(&self, name: &str) {
        self.push(Shape::Group(name.to_owned()));
    }
    /// Close the last opened group.
    pub fn end(&self) {
        self.push(Shape::End);
    }
    /// Characters of any text on the sheet that no font has.
    pub fn missing(&self) -> Vec<char> {
        let mut out = Vec::new();
        for shape in self.shapes.borrow().iter() {
            if let Shape::Text(text, ..) = shape {
                out.extend(self.fonts.missing(text));
            }
        }
        out.sort_unstable();
        out.dedup();
        out
    }

    /// As PNG, with its resolution (96 logical pixels an inch) and the hash of what it was made from.
    ///
    /// # Errors
    /// The size is 0 or beyond what memory holds.
    pub fn png(&self, stamp: &Stamp) -> Result<Vec<u8>, png::EncodingError> {
        let (w, h) = ((self.width * stamp.scale).round() as u32, (self.height * stamp.scale).round() as u32);
        let too_large = || png::EncodingError::IoError(std::io::Error::other("the picture's size is out of range"));
        let mut pixmap = Pixmap::new(w, h).ok_or_else(too_large)?;
        let transform = Transform::from_scale(stamp.scale as f32, stamp.scale as f32);
        for shape in self.shapes.borrow().iter() {
            self.paint(shape, &mut pixmap, transform);
        }
        let rgb: Vec<u8> = pixmap
            .pixels()
            .iter()
            .flat_map(|p| {
                let p = p.demultiply();
                [p.red(), p.green(), p.blue()]
            })
            .collect();
        let mut bytes = Vec::new();
        let mut encoder = png::Encoder::new(&mut bytes, w, h);
        encoder.set_color(png::ColorType::Rgb);
        encoder.set_depth(png::BitDepth::Eight);
        encoder.set_compression(png::Compression::Balanced);
        let per_metre = (96.0 * stamp.scale / 0.0254).round() as u32;
        encoder.set_pixel_dims(Some(png::PixelDimensions { xppu: per_metre, yppu: per_metre, unit: png::Unit::Meter }));
        encoder.add_text_chunk("Software".to_owned(), format!("detente {}", env!("CARGO_PKG_VERSION")))?;
        if !self.title.is_empty() {
            encoder.add_itxt_chunk("Title".to_owned(), self.title.clone())?;
        }
        if !stamp.hash.is_empty() {
            encoder.add_text_chunk("Source".to_owned(), stamp.hash.clone())?;
        }
        let mut writer = encoder.write_header()?;
        writer.write_image_data(&rgb)?;
        writer.finish()?;
        Ok(bytes)
    }

    fn paint(&self, shape: &Shape, pixmap: &mut Pixmap, transform: Transform) {
        let mut fill = |path: Option<tiny_skia::Path>, ink: Ink| {
            if let Some(path) = path {
                pixmap.fill_path(&path, &ink.paint(), FillRule::Winding, transform, None);
            }
        };
        match shape {
            Shape::Fill(points, ink) => fill(polyline(points, true), *ink),
            Shape::Disc(x, y, r, ink) => fill(PathBuilder::from_circle(*x as f32, *y as f32, *r as f32), *ink),
            Shape::Box(area, r, ink) => fill(rounded(area, *r), *ink),
            Shape::Line(points, width, ink) => {
                if let Some(path) = polyline(points, false) {
                    pixmap.stroke_path(&path, &ink.paint(), &stroke(*width), transform, None);
                }
            }
            Shape::Ring(x, y, r, width, ink) => {
                if let Some(path) = PathBuilder::from_circle(*x as f32, *y as f32, *r as f32) {
                    pixmap.stroke_path(&path, &ink.paint(), &stroke(*width), transform, None);
                }
            }
            Shape::Text(text, x, y, kind) => {
                let width = self.fonts.width(kind.weight, kind.size, text);
                let x = match kind.anchor {
                    Anchor::Left => *x,
                    Anchor::Middle => x - width / 2.0,
                    Anchor::Right => x - width,
                };
                if let Some(path) = self.fonts.outline(kind.weight, kind.size, text, x, *y) {
                    if let Some(rim) = kind.rim {
                        pixmap.stroke_path(&path, &rim.paint(), &stroke(kind.size * 0.24), transform, None);
                    }
                    pixmap.fill_path(&path, &kind.ink.paint(), FillRule::Winding, transform, None);
                }
            }
            Shape::Group(_) | Shape::End => {}
        }
    }

    /// As a stand-alone SVG whose texts stay texts, each held to its measured width whatever font shows it.
    pub fn svg(&self) -> String {
        let mut out = String::new();
        let _ = writeln!(
            out,
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{w}\" height=\"{h}\" viewBox=\"0 0 {w} {h}\" role=\"img\" font-family=\"{FAMILY}\"><title>{}</title>",
            escape(&self.title),
            w = self.width,
            h = self.height,
        );
        for shape in self.shapes.borrow().iter() {
            match shape {
                Shape::Fill(points, ink) => {
                    let _ = writeln!(out, "<path d=\"{}z\"{}/>", path_data(points), filled(*ink));
                }
                Shape::Line(points, width, ink) => {
                    let _ = writeln!(
                        out,
                        "<path d=\"{}\" fill=\"none\" stroke-width=\"{}\" stroke-linejoin=\"round\"{}/>",
                        path_data(points),
                        number(*width),
                        stroked(*ink)
                    );
                }
                Shape::Disc(x, y, r, ink) => {
                    let _ = writeln!(out, "<circle cx=\"{}\" cy=\"{}\" r=\"{}\"{}/>", number(*x), number(*y), number(*r), filled(*ink));
                }
                Shape::Ring(x, y, r, width, ink) => {
                    let _ = writeln!(
                        out,
                        "<circle cx=\"{}\" cy=\"{}\" r=\"{}\" fill=\"none\" stroke-width=\"{}\"{}/>",
                        number(*x),
                        number(*y),
                        number(*r),
                        number(*width),
                        stroked(*ink)
                    );
                }
                Shape::Box(area, r, ink) => {
                    let corner = if *r > 0.0 { format!(" rx=\"{}\"", number(*r)) } else { String::new() };
                    let _ = writeln!(
                        out,
                        "<rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\"{corner}{}/>",
                        number(area.x0),
                        number(area.y0),
                        number(area.width()),
                        number(area.height()),
                        filled(*ink)
                    );
                }
                Shape::Text(text, x, y, kind) => {
                    let anchor = match kind.anchor {
                        Anchor::Left => "",
                        Anchor::Middle => " text-anchor=\"middle\"",
                        Anchor::Right => " text-anchor=\"end\"",
                    };
                    let weight = if kind.weight == Weight::Strong { " font-weight=\"600\"" } else { "" };
                    let rim = kind.rim.map_or(String::new(), |rim| {
                        format!(" paint-order=\"stroke\" stroke-linejoin=\"round\" stroke-width=\"{}\"{}", number(kind.size * 0.24), stroked(rim))
                    });
                    let width = self.fonts.width(kind.weight, kind.size, text);
                    let _ = writeln!(
                        out,
                        "<text x=\"{}\" y=\"{}\" font-size=\"{}\"{weight}{anchor} textLength=\"{}\" lengthAdjust=\"spacingAndGlyphs\"{}{rim}>{}</text>",
                        number(*x),
                        number(*y),
                        number(kind.size),
                        number(width),
                        filled(kind.ink),
                        escape(text)
                    );
                }
                Shape::Group(name) => {
                    let _ = writeln!(out, "<g aria-label=\"{}\">", escape(name));
                }
                Shape::End => out.push_str("</g>\n"),
            }
        }
        out.push_str("</svg>\n");
        out
    }
}

fn stroke(width: f64) -> Stroke {
    Stroke { width: width as f32, line_cap: LineCap::Butt, line_join: LineJoin::Round, ..Stroke::default() }
}

fn polyline(points: &[(f64, f64)], close: bool) -> Option<tiny_skia::Path> {
    let mut path = PathBuilder::new();
    let mut last = None;
    for &(x, y) in points {
        if last == Some((x, y)) {
            continue;
        }
        match last {
            None => path.move_to(x as f32, y as f32),
            Some(_) => path.line_to(x as f32, y as f32),
        }
        last = Some((x, y));
    }
    if close {
        path.close();
    }
    path.finish()
}

fn rounded(area: &Area, radius: f64) -> Option<tiny_skia::Path> {
    let (x0, y0, x1, y1) = (area.x0 as f32, area.y0 as f32, area.x1 as f32, area.y1 as f32);
    if radius <= 0.0 {
        return tiny_skia::Rect::from_ltrb(x0, y0, x1, y1).map(PathBuilder::from_rect);
    }
    let r = (radius.min(area.width() / 2.0).min(area.height() / 2.0)) as f32;
    let mut path = PathBuilder::new();
    path.move_to(x0 + r, y0);
    path.line_to(x1 - r, y0);
    path.quad_to(x1, y0, x1, y0 + r);
    path.line_to(x1, y1 - r);
    path.quad_to(x1, y1, x1 - r, y1);
    path.line_to(x0 + r, y1);
    path.quad_to(x0, y1, x0, y1 - r);
    path.line_to(x0, y0 + r);
    path.quad_to(x0, y0, x0 + r, y0);
    path.close();
    path.finish()
}

/// A coordinate with at most two decimals and no trailing zeros.
fn number(x: f64) -> String {
    let mut text = format!("{x:.2}");
    while text.ends_with('0') {
        text.pop();
    }
    if text.ends_with('.') {
        text.pop();
    }
    if text == "-0" { "0".to_owned() } else { text }
}

fn path_data(points: &[(f64, f64)]) -> String {
    let mut out = String::new();
    for (n, (x, y)) in points.iter().enumerate() {
        let _ = write!(out, "{}{} {}", if n == 0 { "M" } else { "L" }, number(*x), number(*y));
    }
    out
}

fn filled(ink: Ink) -> String {
    if ink.alpha >= 1.0 { format!(" fill=\"{}\"", ink.svg()) } else { format!(" fill=\"{}\" fill-opacity=\"{}\"", ink.svg(), number(ink.alpha)) }
}

fn stroked(ink: Ink) -> String {
    if ink.alpha >= 1.0 {
        format!(" stroke=\"{}\"", ink.svg())
    } else {
        format!(" stroke=\"{}\" stroke-opacity=\"{}\"", ink.svg(), number(ink.alpha))
    }
}

/// Text as XML: the five marks escaped, control characters left out.
pub fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            c if c.is_control() => {}
            c => out.push(c),
        }
    }
    out
}

/// The sheet as plotters sees it.
#[derive(Debug)]
pub struct Backend {
    size: (u32, u32),
    shapes: Rc<RefCell<Vec<Shape>>>,
}

fn logical(p: BackendCoord) -> (f64, f64) {
    (f64::from(p.0) / UNIT, f64::from(p.1) / UNIT)
}

type Drawn = Result<(), DrawingErrorKind<Infallible>>;

impl DrawingBackend for Backend {
    type ErrorType = Infallible;
    fn get_size(&self) -> (u32, u32) {
        self.size
    }
    fn ensure_prepared(&mut self) -> Drawn {
        Ok(())
    }
    fn present(&mut self) -> Drawn {
        Ok(())
    }
    fn draw_pixel(&mut self, p: BackendCoord, color: BackendColor) -> Drawn {
        let (x, y) = logical(p);
        self.shapes.borrow_mut().push(Shape::Box(Area::new(x, y, x + 1.0 / UNIT, y + 1.0 / UNIT), 0.0, color.into()));
        Ok(())
    }
    fn draw_line<S: BackendStyle>(&mut self, from: BackendCoord, to: BackendCoord, style: &S) -> Drawn {
        self.draw_path([from, to], style)
    }
    fn draw_rect<S: BackendStyle>(&mut self, a: BackendCoord, b: BackendCoord, style: &S, fill: bool) -> Drawn {
        let ((ax, ay), (bx, by)) = (logical(a), logical(b));
        if fill {
            let area = Area::new(ax.min(bx), ay.min(by), ax.max(bx), ay.max(by));
            self.shapes.borrow_mut().push(Shape::Box(area, 0.0, style.color().into()));
            return Ok(());
        }
        self.draw_path([a, (b.0, a.1), b, (a.0, b.1), a], style)
    }
    fn draw_path<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(&mut self, path: I, style: &S) -> Drawn {
        let points = path.into_iter().map(logical).collect();
        self.shapes.borrow_mut().push(Shape::Line(points, f64::from(style.stroke_width()) / UNIT, style.color().into()));
        Ok(())
    }
    fn draw_circle<S: BackendStyle>(&mut self, center: BackendCoord, radius: u32, style: &S, fill: bool) -> Drawn {
        let ((x, y), r) = (logical(center), f64::from(radius) / UNIT);
        let shape = if fill {
            Shape::Disc(x, y, r, style.color().into())
        } else {
            Shape::Ring(x, y, r, f64::from(style.stroke_width()) / UNIT, style.color().into())
        };
        self.shapes.borrow_mut().push(shape);
        Ok(())
    }
    fn fill_polygon<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(&mut self, points: I, style: &S) -> Drawn {
        let points = points.into_iter().map(logical).collect();
        self.shapes.borrow_mut().push(Shape::Fill(points, style.color().into()));
        Ok(())
    }
    fn draw_text<S: BackendTextStyle>(&mut self, text: &str, style: &S, at: BackendCoord) -> Drawn {
        let (x, y) = logical(at);
        let size = style.size() / UNIT;
        // The capitals of the built-in face are 0.66 em high.
        let drop = match style.anchor().v_pos {
            VPos::Top => 0.66,
            VPos::Center => 0.33,
            VPos::Bottom => 0.0,
        };
        let anchor = match style.anchor().h_pos {
            HPos::Left => Anchor::Left,
            HPos::Center => Anchor::Middle,
            HPos::Right => Anchor::Right,
        };
        let kind = Type { size, weight: Weight::Regular, ink: style.color().into(), anchor, rim: None };
        self.shapes.borrow_mut().push(Shape::Text(text.to_owned(), x, y + drop * size, kind));
        Ok(())
    }
}
