//! Word counts of outlets → the words that set one apart from the rest: log-odds with an informative
//! Dirichlet prior (Monroe, Colaresi & Quinn 2008). Counts come ready; nothing is tokenised here.

/// Strength of the prior α₀, in words.
pub const PRIOR: f64 = 500.0;

/// Log-odds of one word in two bodies of text, with its standard errors.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LogOdds {
    /// δ: positive where the first uses the word more.
    pub delta: f64,
    /// δ over the square root of the approximate variance 1/(yᵢ+α) + 1/(yⱼ+α) (Monroe et al. 2008, eq. 20).
    pub z: f64,
    /// δ over the square root of the full variance, the two terms of the other words added (as in scattertext).
    pub z_full: f64,
}

/// Log-odds of a word that stands `y_i` times among `n_i` words against `y_j` among `n_j`, where its
/// share of all texts is `share`.
pub fn log_odds(y_i: f64, n_i: f64, y_j: f64, n_j: f64, share: f64, prior: f64) -> LogOdds {
    let alpha = prior * share;
    let (a_i, a_j) = (y_i + alpha, y_j + alpha);
    let (b_i, b_j) = (n_i + prior - a_i, n_j + prior - a_j);
    let delta = (a_i / b_i).ln() - (a_j / b_j).ln();
    let short = 1.0 / a_i + 1.0 / a_j;
    LogOdds { delta, z: delta / short.sqrt(), z_full: delta / (short + 1.0 / b_i + 1.0 / b_j).sqrt() }
}

/// Two-sided p of a standard normal `z`.
pub fn p_value(z: f64) -> f64 {
    erfc(z.abs() / std::f64::consts::SQRT_2)
}

/// Complementary error function for x ≥ 0: the series of erf below 2.5, a continued fraction (Lentz) above; relative error under 1e-13.
fn erfc(x: f64) -> f64 {
    let scale = std::f64::consts::FRAC_2_SQRT_PI;
    if x < 2.5 {
        let (mut term, mut sum) = (x, x);
        for n in 1..200 {
            term *= -x * x / f64::from(n);
            let add = term / f64::from(2 * n + 1);
            sum += add;
            if add.abs() < 1e-17 * sum.abs() {
                break;
            }
        }
        return 1.0 - scale * sum;
    }
    // erfc(x) = exp(−x²)/√π · 1/(x + ½/(x + 1/(x + 3⁄2/(x + …))))
    let mut tail = x;
    for k in (1..=200).rev() {
        tail = x + f64::from(k) / 2.0 / tail;
    }
    (-x * x).exp() * scale / 2.0 / tail
}

/// Benjamini & Hochberg (1995) adjusted p values, in the order of `p`.
pub fn benjamini_hochberg(p: &[f64]) -> Vec<f64> {
    let mut order: Vec<usize> = (0..p.len()).collect();
    order.sort_by(|&a, &b| p[b].total_cmp(&p[a]).then(a.cmp(&b)));
    let mut q = vec![0.0; p.len()];
    let mut least = 1.0_f64;
    for (k, &i) in order.iter().enumerate() {
        let rank = (p.len() - k) as f64;
        least = least.min(p[i] * p.len() as f64 / rank);
        q[i] = least;
    }
    q
}
