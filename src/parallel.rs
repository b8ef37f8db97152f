//! The one module that owns threads: an ordered map over a stream, results in input order, memory bounded.

use std::collections::VecDeque;
use std::sync::mpsc;

use rayon::prelude::*;
use rayon::{ThreadPool, ThreadPoolBuilder};

use crate::error::{Error, Result};

mod table;

pub use table::Table;

/// A pool of worker threads. What comes out of it does not depend on their number.
pub struct Pool {
    pool: ThreadPool,
    threads: usize,
}

impl Pool {
    /// A pool of `threads` workers; 0 means one for each core.
    pub fn new(threads: usize) -> Result<Pool> {
        let pool = ThreadPoolBuilder::new()
            .num_threads(threads)
            .build()
            .map_err(|e| Error::new(format!("cannot start {threads} threads: {e}")))?;
        let threads = pool.current_num_threads();
        Ok(Pool { pool, threads })
    }

    /// Runs `work` on the workers: what it does side by side ([`chunked`], [`both`]) takes them and no others.
    pub fn run<T: Send>(&self, work: impl FnOnce() -> T + Send) -> T {
        self.pool.install(work)
    }

    /// Applies `work` to every chunk of `size` elements (the last may be shorter) and its number, on the workers. The same for any number of
    /// threads, as no chunk sees another.
    pub fn chunks<T: Send>(&self, data: &mut [T], size: usize, work: impl Fn(usize, &mut [T]) + Sync) {
        self.pool.install(|| data.par_chunks_mut(size).enumerate().for_each(|(n, chunk)| work(n, chunk)));
    }

    /// Applies `work` to every item on the workers, and `sink` to every result on the calling thread, in the order of the items.
    ///
    /// At most four items a worker are in flight. The first error of `items` or `sink` ends the run; work already begun is finished and dropped.
    pub fn map_ordered<T, R, E>(
        &self,
        items: impl IntoIterator<Item = Result<T, E>>,
        work: impl Fn(T) -> R + Sync,
        mut sink: impl FnMut(R) -> Result<(), E>,
    ) -> Result<(), E>
    where
        T: Send,
        R: Send,
    {
        let work = &work;
        self.pool.in_place_scope(|scope| {
            let mut items = items.into_iter().fuse();
            let mut waiting = VecDeque::new();
            loop {
                while waiting.len() < 4 * self.threads {
                    let Some(item) = items.next().transpose()? else { break };
                    let (done, result) = mpsc::sync_channel(1);
                    // The receiver is gone only after an error, when nobody wants the result.
                    scope.spawn(move |_| drop(done.send(work(item))));
                    waiting.push_back(result);
                }
                let Some(next) = waiting.pop_front() else { return Ok(()) };
                sink(next.recv().expect("a worker sends its result, or its panic ends the scope"))?;
            }
        })
    }
}

/// Works on the numbers 0..`n` in chunks of `size`, side by side where there are idle workers; the results in order.
///
/// Chunks do not depend on the number of threads, so the result does not either.
pub fn chunked<T: Send>(n: usize, size: usize, work: impl Fn(std::ops::Range<usize>) -> T + Sync) -> Vec<T> {
    let chunk = |start: usize| work(start..(start + size).min(n));
    if n <= size {
        return (0..n.min(1)).map(|_| work(0..n)).collect();
    }
    (0..n.div_ceil(size)).into_par_iter().map(|k| chunk(k * size)).collect()
}

/// Does two things, side by side if a worker is idle.
pub fn both<A: Send, B: Send>(a: impl FnOnce() -> A + Send, b: impl FnOnce() -> B + Send) -> (A, B) {
    rayon::join(a, b)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn squares(threads: usize, n: u64) -> Vec<u64> {
        let pool = Pool::new(threads).expect("a pool");
        let mut out = Vec::new();
        let result: Result<(), ()> = pool.map_ordered(
            (0..n).map(Ok),
            |x| x * x,
            |y| {
                out.push(y);
                Ok(())
            },
        );
        assert_eq!(result, Ok(()));
        out
    }

    #[test]
    fn results_come_in_input_order_for_any_number_of_threads() {
        let expected: Vec<u64> = (0..500).map(|x| x * x).collect();
        for threads in [1, 2, 4] {
            assert_eq!(squares(threads, 500), expected);
        }
    }

    #[test]
    fn the_first_error_ends_the_run() {
        let pool = Pool::new(2).expect("a pool");
        let mut seen = 0;
        let result = pool.map_ordered(
            (0..1000).map(|n| if n == 5 { Err("bad") } else { Ok(n) }),
            |n| n,
            |_| {
                seen += 1;
                Ok(())
            },
        );
        assert_eq!(result, Err("bad"));
        assert!(seen <= 5);
    }
}
