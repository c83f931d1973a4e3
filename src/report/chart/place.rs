//! Finds room for a box on a sheet on which things are already drawn: never over what must stay
//! visible, and near the thing it speaks of.

use super::canvas::Area;

/// Pixels a cell of the map.
const CELL: f64 = 3.0;

/// What of a plot is covered, and how dearly.
#[derive(Debug)]
pub struct Room {
    area: Area,
    columns: usize,
    rows: usize,
    cost: Vec<f64>,
    /// Sums over all cells above and left.
    sums: Vec<f64>,
}

/// Cost of what may not be covered.
pub const NEVER: f64 = 1e6;

impl Room {
    /// An empty map of `area`.
    pub fn new(area: Area) -> Room {
        let (columns, rows) = ((area.width() / CELL).ceil().max(1.0) as usize, (area.height() / CELL).ceil().max(1.0) as usize);
        Room { area, columns, rows, cost: vec![0.0; columns * rows], sums: Vec::new() }
    }
    fn cells(&self, area: &Area) -> (usize, usize, usize, usize) {
        let x = |v: f64| ((v - self.area.x0) / CELL).clamp(0.0, self.columns as f64);
        let y = |v: f64| ((v - self.area.y0) / CELL).clamp(0.0, self.rows as f64);
        (x(area.x0).floor() as usize, y(area.y0).floor() as usize, x(area.x1).ceil() as usize, y(area.y1).ceil() as usize)
    }
    /// Mark `area` as covered at `cost` a cell.
    pub fn cover(&mut self, area: &Area, cost: f64) {
        let (x0, y0, x1, y1) = self.cells(area);
        for y in y0..y1 {
            for x in x0..x1 {
                let cell = &mut self.cost[y * self.columns + x];
                *cell = (*cell + cost).min(NEVER);
            }
        }
        self.sums.clear();
    }
    /// Mark a line, `width` wide.
    pub fn cover_line(&mut self, points: &[(f64, f64)], width: f64, cost: f64) {
        for pair in points.windows(2) {
            let (a, b) = (pair[0], pair[1]);
            let steps = ((b.0 - a.0).hypot(b.1 - a.1) / CELL).ceil().max(1.0) as usize;
            for i in 0..=steps {
                let t = i as f64 / steps as f64;
                let (x, y) = (a.0 + (b.0 - a.0) * t, a.1 + (b.1 - a.1) * t);
                self.cover(&Area::new(x, y, x, y).grown(width / 2.0), cost);
            }
        }
    }
    fn sum(&mut self) {
        if !self.sums.is_empty() {
            return;
        }
        let wide = self.columns + 1;
        let mut sums = vec![0.0; wide * (self.rows + 1)];
        for y in 0..self.rows {
            for x in 0..self.columns {
                sums[(y + 1) * wide + x + 1] =
                    self.cost[y * self.columns + x] + sums[y * wide + x + 1] + sums[(y + 1) * wide + x] - sums[y * wide + x];
            }
        }
        self.sums = sums;
    }
    /// The cheapest place for a box of `width` × `height` near (`x`, `y`): what it covers plus its distance. `None`
    /// where every place covers something that must stay visible or is not `open`.
    pub fn find(&mut self, (width, height): (f64, f64), (x, y): (f64, f64), farthest: f64, open: impl Fn(&Area) -> bool) -> Option<(f64, Area)> {
        self.sum();
        let wide = self.columns + 1;
        let mut best: Option<(f64, Area)> = None;
        let step = 2.0 * CELL;
        let mut top = self.area.y0 + CELL;
        while top + height <= self.area.y1 - CELL {
            let mut left = self.area.x0 + CELL;
            while left + width <= self.area.x1 - CELL {
                let area = Area::new(left, top, left + width, top + height);
                left += step;
                let (dx, dy) = ((area.x0 - x).max(x - area.x1).max(0.0), (area.y0 - y).max(y - area.y1).max(0.0));
                let far = dx.hypot(dy);
                if far > farthest {
                    continue;
                }
                let (x0, y0, x1, y1) = self.cells(&area);
                let covered = self.sums[y1 * wide + x1] - self.sums[y0 * wide + x1] - self.sums[y1 * wide + x0] + self.sums[y0 * wide + x0];
                let cost = covered + 0.05 * far + 0.02 * (dx + dy);
                if covered < NEVER / 2.0 && best.as_ref().is_none_or(|b| cost < b.0) && open(&area) {
                    best = Some((cost, area));
                }
            }
            top += step;
        }
        best
    }
}
