//! The one module that owns threads: an ordered map over a stream, results in input order, memory bounded.

use std::collections::VecDeque;
use std::sync::mpsc;

use rayon::{ThreadPool, ThreadPoolBuilder};

use crate::error::{Error, Result};

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
