//! Minimising a smooth function: what the trainers of the weight tables share. Reads no file and knows no feature.

use std::collections::VecDeque;

/// The point at which `loss` is least, from 0 on, by L-BFGS (Liu & Nocedal 1989) with ten pairs and a halving line search.
/// `loss` tells its value at a point and writes its gradient there; both are to be smooth.
pub fn minimise(size: usize, mut loss: impl FnMut(&[f64], &mut [f64]) -> f64) -> Vec<f64> {
    const PAIRS: usize = 10;
    const STEPS: usize = 200;
    let mut weights = vec![0.0; size];
    let mut gradient = vec![0.0; size];
    let mut value = loss(&weights, &mut gradient);
    let mut pairs: VecDeque<(Vec<f64>, Vec<f64>, f64)> = VecDeque::new();
    for step in 0..STEPS {
        let mut direction: Vec<f64> = gradient.iter().map(|g| -g).collect();
        let mut shares = Vec::with_capacity(PAIRS);
        for (s, y, rho) in pairs.iter().rev() {
            let share = rho * dot(s, &direction);
            direction.iter_mut().zip(y).for_each(|(d, y)| *d -= share * y);
            shares.push(share);
        }
        if let Some((_, y, rho)) = pairs.back() {
            let scale = 1.0 / (rho * dot(y, y));
            direction.iter_mut().for_each(|d| *d *= scale);
        }
        for ((s, y, rho), share) in pairs.iter().zip(shares.iter().rev()) {
            let back = rho * dot(y, &direction);
            direction.iter_mut().zip(s).for_each(|(d, s)| *d += (share - back) * s);
        }
        let slope = dot(&gradient, &direction);
        let mut length = if step == 0 { 1.0 / dot(&gradient, &gradient).sqrt() } else { 1.0 };
        let mut next_gradient = vec![0.0; size];
        let (next, next_value) = loop {
            let next: Vec<f64> = weights.iter().zip(&direction).map(|(w, d)| w + length * d).collect();
            let next_value = loss(&next, &mut next_gradient);
            if next_value <= value + 1e-4 * length * slope || length < 1e-10 {
                break (next, next_value);
            }
            length *= 0.5;
        };
        let s: Vec<f64> = next.iter().zip(&weights).map(|(a, b)| a - b).collect();
        let y: Vec<f64> = next_gradient.iter().zip(&gradient).map(|(a, b)| a - b).collect();
        let curvature = dot(&s, &y);
        if curvature > 1e-12 {
            if pairs.len() == PAIRS {
                pairs.pop_front();
            }
            pairs.push_back((s, y, 1.0 / curvature));
        }
        let gain = value - next_value;
        (weights, gradient, value) = (next, next_gradient, next_value);
        if gain < 1e-6 * value {
            break;
        }
    }
    weights
}

fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(x, y)| x * y).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_least_of_a_bowl() {
        // (x − 3)² + 10 (y + 1)², whose least value is 1 at (3, −1).
        let found = minimise(2, |at, gradient| {
            gradient[0] = 2.0 * (at[0] - 3.0);
            gradient[1] = 20.0 * (at[1] + 1.0);
            1.0 + (at[0] - 3.0).powi(2) + 10.0 * (at[1] + 1.0).powi(2)
        });
        assert!((found[0] - 3.0).abs() < 1e-2 && (found[1] + 1.0).abs() < 1e-2, "{found:?}");
    }
}
