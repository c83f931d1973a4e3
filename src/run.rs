//! Ordered batches, parallel map, ordered results: the only file that names rayon.

use crate::annotation::Annotation;
use crate::article::Article;
use crate::error::Result;
use crate::pipeline::Pipeline;
use rayon::prelude::*;

/// Articles held in memory at a time.
const BATCH: usize = 256;

/// Use `threads` threads (0 = one per core) for everything in this process.
pub fn threads(threads: usize) {
    // A second call in one process keeps the first pool: harmless, results do not depend on it.
    let _ = rayon::ThreadPoolBuilder::new().num_threads(threads).build_global();
}

/// Map every item in parallel and hand the results to `each` in input order, a batch at a time.
///
/// # Errors
/// The first error that `each` returns ends the run.
pub fn ordered<I, T, E>(
    items: impl Iterator<Item = I>,
    map: impl Fn(&I) -> T + Sync,
    mut each: impl FnMut(I, T) -> std::result::Result<(), E>,
) -> std::result::Result<(), E>
where
    I: Send + Sync,
    T: Send,
{
    let mut items = items.fuse();
    loop {
        let batch: Vec<I> = items.by_ref().take(BATCH).collect();
        if batch.is_empty() {
            return Ok(());
        }
        let results: Vec<T> = batch.par_iter().map(&map).collect();
        for (item, result) in batch.into_iter().zip(results) {
            each(item, result)?;
        }
    }
}

/// Annotate every article in parallel; `each` gets articles (or the record's error) in input order.
///
/// # Errors
/// The first error that `each` returns ends the run.
pub fn annotate<E>(
    articles: impl Iterator<Item = Result<Article>>,
    pipeline: &Pipeline,
    mut each: impl FnMut(Result<(Article, Annotation)>) -> std::result::Result<(), E>,
) -> std::result::Result<(), E> {
    ordered(
        articles,
        |article| article.as_ref().ok().map(|a| pipeline.annotate(a)),
        |article, annotation| match (article, annotation) {
            (Ok(article), Some(annotation)) => each(Ok((article, annotation))),
            (Err(error), _) => each(Err(error)),
            (Ok(_), None) => Ok(()),
        },
    )
}

/// `map` of 0 … `n` − 1 in parallel, in order.
pub fn map<T: Send>(n: usize, map: impl Fn(usize) -> T + Sync + Send) -> Vec<T> {
    (0..n).into_par_iter().map(map).collect()
}
