//! What all requests of one run of the server share: the store, who reviews, the token, the views that were asked for, and the news.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};
use std::time::Duration;

use axum::http::StatusCode;
use tokio::sync::{Semaphore, SemaphorePermit, watch};
use tokio::time::Instant;

use super::lock::{Lock, Locked};
use super::refusal::{Answer, Refusal};
use super::token::Token;
use super::views::Views;
use super::{Options, assets};
use crate::error::{Error, Result};
use crate::ingest::checking::Checker;
use crate::model::Finding;
use crate::store::review::reviewer;
use crate::store::{Store, StoredUnit};

/// Requests that are worked on at a time; the others wait.
const PLACES: usize = 32;

/// Connections for reading that are kept open for the next request.
const READERS: usize = 4;

/// MiB of the store's pages that the writing connection and each reading one keep in memory.
const WRITER_CACHE: u32 = 48;
const READER_CACHE: u32 = 16;

/// How often the store is looked at for the acts of other programs, while somebody waits for news.
const LOOK: Duration = Duration::from_secs(1);

/// One run of the server on one store.
pub(super) struct Session {
    /// What opens the API.
    pub(super) token: Token,
    /// Who reviews.
    pub(super) reviewer: String,
    /// The folder of the page's files, if not those inside the program.
    pub(super) assets: Option<PathBuf>,
    /// The lists that the page looks at.
    pub(super) views: Mutex<Views>,
    /// Why nothing can be changed, if so.
    pub(super) read_only: Option<String>,
    path: PathBuf,
    writer: Option<Mutex<Store>>,
    readers: Mutex<Vec<Store>>,
    indexing: Mutex<()>,
    places: Semaphore,
    /// The number of the last act of this server; the channel closes when the server ends.
    news: watch::Sender<i64>,
    /// Windows that may wait for news.
    waiting: Semaphore,
    /// The checks, with what they know of this corpus.
    checker: OnceLock<Checker>,
    /// True when the server is to end.
    ending: watch::Sender<bool>,
    _lock: Option<Lock>,
}

impl Session {
    /// Opens the store; for writing if that is wanted and nobody else does.
    pub(super) fn open(options: Options) -> Result<Arc<Session>> {
        let assets = assets::folder(options.assets)?;
        // A reader brings an older schema up to date, if it can.
        let reader = reader(&options.store)?;
        let (lock, read_only) = right_to_write(&options.store, options.read_only);
        let writer = if read_only.is_none() { Some(Mutex::new(writer(&options.store)?)) } else { None };
        Ok(Arc::new(Session {
            token: Token::new()?,
            reviewer: reviewer(options.reviewer.as_deref())?,
            assets,
            views: Mutex::default(),
            read_only,
            path: options.store,
            writer,
            readers: Mutex::new(vec![reader]),
            indexing: Mutex::default(),
            places: Semaphore::new(PLACES),
            news: watch::Sender::new(0),
            waiting: Semaphore::new(PLACES),
            checker: OnceLock::new(),
            ending: watch::Sender::new(false),
            _lock: lock,
        }))
    }

    /// The store's file.
    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// A place among the requests that are worked on.
    pub(super) async fn place(&self) -> Option<SemaphorePermit<'_>> {
        self.places.acquire().await.ok()
    }

    /// Does something with a reading connection, beside the others.
    pub(super) async fn read<T, F>(self: &Arc<Session>, work: F) -> Answer<T>
    where
        T: Send + 'static,
        F: FnOnce(&Store) -> Answer<T> + Send + 'static,
    {
        let session = self.clone();
        apart(move || session.reading(work)).await
    }

    fn reading<T>(&self, work: impl FnOnce(&Store) -> Answer<T>) -> Answer<T> {
        let kept = locked(&self.readers).pop();
        let store = kept.map_or_else(|| reader(&self.path), Ok)?;
        let answer = work(&store);
        let mut readers = locked(&self.readers);
        if readers.len() < READERS {
            readers.push(store);
        }
        answer
    }

    /// Does something with the writing connection, one after the other; refused when the store is shown only.
    pub(super) async fn write<T, F>(self: &Arc<Session>, work: F) -> Answer<T>
    where
        T: Send + 'static,
        F: FnOnce(&mut Store) -> Answer<T> + Send + 'static,
    {
        if let Some(why) = &self.read_only {
            return Err(Refusal::new(StatusCode::FORBIDDEN, why.clone()));
        }
        let session = self.clone();
        apart(move || match &session.writer {
            Some(writer) => work(&mut locked(writer)),
            None => Err(Error::new("the store is open for reading only").into()),
        })
        .await
    }

    /// Tells the windows that wait that there is an act with this number.
    pub(super) fn tell(&self, seq: i64) {
        self.news.send_replace(seq);
    }

    /// Where the acts of this server are heard of; `None` when as many listen as may.
    pub(super) fn news(&self) -> Option<News<'_>> {
        let place = self.waiting.try_acquire().ok()?;
        Some(News { acts: self.news.subscribe(), ending: self.ending.subscribe(), _place: place })
    }

    /// Does beforehand what the first requests would wait for: indexes for finding units, and what checks know of the corpus.
    pub(super) fn prepare(&self) -> Result<()> {
        let Some(writer) = &self.writer else { return Ok(()) };
        locked(writer).prepare_views()?;
        self.checker();
        Ok(())
    }

    /// Makes the index for searching if it lacks something, which takes a while in a large store; acts go on between its steps.
    pub(super) async fn index(self: &Arc<Session>) -> Answer<()> {
        if self.writer.is_none() || self.read(|store| Ok(store.is_search_ready()?)).await? {
            return Ok(());
        }
        let session = self.clone();
        apart(move || {
            let _one_at_a_time = locked(&session.indexing);
            Ok(writer(&session.path)?.prepare_search(&mut |_| {})?)
        })
        .await
    }

    /// What the checks find in a unit as it is now.
    pub(super) fn find(&self, stored: &StoredUnit) -> Vec<Finding> {
        self.checker().find(stored)
    }

    fn checker(&self) -> &Checker {
        // Without what the corpus as a whole tells a check has less to say, and nothing wrong.
        let learnt = || self.reading(|store| Ok(Checker::of(store)?)).unwrap_or_default();
        self.checker.get_or_init(learnt)
    }

    /// Tells all who wait that the server ends.
    pub(super) fn end(&self) {
        self.ending.send_replace(true);
    }
}

fn reader(path: &Path) -> Result<Store> {
    Store::open_read_only(path)?.with_cache(READER_CACHE)
}

fn writer(path: &Path) -> Result<Store> {
    Store::open(path)?.with_cache(WRITER_CACHE)
}

/// News of acts, as they come.
pub(super) struct News<'a> {
    acts: watch::Receiver<i64>,
    ending: watch::Receiver<bool>,
    _place: SemaphorePermit<'a>,
}

impl News<'_> {
    /// Waits until somebody acts here or another program may have, but not beyond `until`; false when it is time to answer.
    pub(super) async fn wait(&mut self, until: Instant) -> bool {
        let now = Instant::now();
        if now >= until || *self.ending.borrow() {
            return false;
        }
        tokio::select! {
            _ = self.acts.changed() => true,
            _ = self.ending.changed() => false,
            () = tokio::time::sleep_until(until.min(now + LOOK)) => true,
        }
    }
}

/// Work that may take a while is done beside the thread that speaks with the browser.
pub(super) async fn apart<T: Send + 'static>(work: impl FnOnce() -> Answer<T> + Send + 'static) -> Answer<T> {
    match tokio::task::spawn_blocking(work).await {
        Ok(answer) => answer,
        Err(_) => Err(Refusal::new(StatusCode::INTERNAL_SERVER_ERROR, "the request could not be worked on")),
    }
}

/// A value behind a mutex; what a panicking request left is still whole, as a transaction that did not end is rolled back.
pub(super) fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The lock, or why there is none.
fn right_to_write(store: &Path, unwanted: bool) -> (Option<Lock>, Option<String>) {
    if unwanted {
        return (None, Some("the server was started with `--read-only`".into()));
    }
    match Lock::of(store) {
        Ok(Locked::Ours(lock)) => (Some(lock), None),
        Ok(Locked::ByProcess(Some(process))) => (None, Some(format!("another `bitexto review` (process {process}) has the store open"))),
        Ok(Locked::ByProcess(None)) => (None, Some("another `bitexto review` has the store open".into())),
        Err(error) => (None, Some(format!("the store cannot be locked: {}", error.cause))),
    }
}
