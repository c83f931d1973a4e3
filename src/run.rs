//! Ordered batches, parallel map, ordered results: the only file that names rayon.

use rayon::prelude::*;

/// Articles worked on at a time; two further batches are in memory, one on its way in and one on its way out.
const BATCH: usize = 128;

/// Articles at most that one call works on: with eight, a stage's code and tables stay in the cache for all of them, and
/// sixteen are hardly faster.
const TOGETHER: usize = 8;

/// Use `threads` threads (0 = one per core) for everything in this process.
pub fn threads(threads: usize) {
    // A second call in one process keeps the first pool: harmless, results do not depend on it.
    let _ = rayon::ThreadPoolBuilder::new().num_threads(threads).build_global();
}

/// Map all items in parallel, some at a time, and hand the results to `each` in input order. While one batch is worked
/// on, the next is read and the results of the one before are handed over. `map` gives one result for each of its items,
/// in their order.
///
/// # Errors
/// The first error that `each` returns ends the run.
pub fn ordered<I, T, E>(
    items: impl Iterator<Item = I> + Send,
    map: impl Fn(&[I]) -> Vec<T> + Sync,
    mut each: impl FnMut(I, T) -> Result<(), E> + Send,
) -> Result<(), E>
where
    I: Send + Sync,
    T: Send,
    E: Send,
{
    let mut items = items.fuse();
    let mut read = || items.by_ref().take(BATCH).collect::<Vec<I>>();
    let mut batch = read();
    let mut done: Vec<(I, T)> = Vec::new();
    while !(batch.is_empty() && done.is_empty()) {
        let (results, (told, next)) = rayon::join(
            || batch.par_chunks(together(batch.len())).map(&map).collect::<Vec<Vec<T>>>(),
            || {
                let told = done.drain(..).try_for_each(|(item, result)| each(item, result));
                (told, read())
            },
        );
        told?;
        done.extend(batch.into_iter().zip(results.into_iter().flatten()));
        batch = next;
    }
    Ok(())
}

/// How many of `n` items one call works on: few enough that every thread has several calls to choose from.
fn together(n: usize) -> usize {
    (n / (4 * rayon::current_num_threads())).clamp(1, TOGETHER)
}

/// Both at once, where there is a thread for each.
pub fn both<A: Send, B: Send>(a: impl FnOnce() -> A + Send, b: impl FnOnce() -> B + Send) -> (A, B) {
    rayon::join(a, b)
}

/// `map` of 0 … `n` − 1 in parallel, in order.
pub fn map<T: Send>(n: usize, map: impl Fn(usize) -> T + Sync + Send) -> Vec<T> {
    (0..n).into_par_iter().map(map).collect()
}
