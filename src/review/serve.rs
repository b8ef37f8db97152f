//! The life of the server: accepts connections, and ends when it is told to.

use std::net::{Ipv4Addr, SocketAddr};
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use hyper_util::service::TowerToHyperService;
use tokio::net::{TcpListener, TcpStream};
use tokio::runtime::Runtime;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use super::api;
use super::session::Session;
use crate::error::{Error, Result};

/// Threads that speak with SQLite or align texts, beside the one that speaks with the browser. Each may hold a connection's cache.
const THREADS: usize = 6;

/// How long a browser may take to send the head of a request.
const HEAD: Duration = Duration::from_secs(10);

/// Connections that are open at a time; a browser opens six.
const CONNECTIONS: usize = 256;

/// How long requests, and then work in the background, may take to finish once the server is told to end.
const END: Duration = Duration::from_secs(5);

/// What a server runs on: it has its port and listens to signals, so that whoever knows its address may also tell it to end.
pub(super) struct Running {
    runtime: Runtime,
    listener: TcpListener,
    told: Pin<Box<dyn Future<Output = ()>>>,
}

impl Running {
    /// Takes a port of the loopback interface.
    pub(super) fn on(port: u16) -> Result<Running> {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().max_blocking_threads(THREADS).build()?;
        let taken = |e: std::io::Error| {
            Error::new(format!("port {port}: {}", Error::from(e).cause)).hint("leave `--port` out to get one that is free")
        };
        let listener = runtime.block_on(TcpListener::bind((Ipv4Addr::LOCALHOST, port))).map_err(taken)?;
        let inside = runtime.enter();
        let told = Box::pin(told_to_end()?);
        drop(inside);
        Ok(Running { runtime, listener, told })
    }

    /// Where it listens.
    pub(super) fn address(&self) -> Result<SocketAddr> {
        Ok(self.listener.local_addr()?)
    }

    /// Serves until the process is told to end.
    pub(super) fn serve(self, session: Arc<Session>) {
        self.runtime.block_on(serve(session, self.listener, self.told));
        // A thread that aligns for long is not waited for: it has written nothing.
        self.runtime.shutdown_timeout(END);
    }
}

async fn serve(session: Arc<Session>, listener: TcpListener, mut told: Pin<Box<dyn Future<Output = ()>>>) {
    let router = api::router(session.clone());
    let preparing = session.clone();
    // What fails here only makes later requests slow, and these say what is wrong.
    tokio::task::spawn_blocking(move || preparing.prepare());
    let open = GracefulShutdown::new();
    let places = Arc::new(Semaphore::new(CONNECTIONS));
    loop {
        let accepted = tokio::select! {
            accepted = accept(&listener, &places) => accepted,
            () = &mut told => break,
        };
        match accepted {
            Ok((stream, place)) => {
                let connection = open.watch(connection(stream, router.clone()));
                tokio::spawn(async move {
                    // A browser that goes away is no error.
                    let _ = connection.await;
                    drop(place);
                });
            }
            // Too many open files: those that are open end sooner or later.
            Err(_) => tokio::time::sleep(Duration::from_millis(100)).await,
        }
    }
    session.end();
    let _ = tokio::time::timeout(END, open.shutdown()).await;
}

/// The next connection, once there is a place for it.
async fn accept(listener: &TcpListener, places: &Arc<Semaphore>) -> std::io::Result<(TcpStream, OwnedSemaphorePermit)> {
    let place = places.clone().acquire_owned().await.map_err(std::io::Error::other)?;
    let (stream, _) = listener.accept().await?;
    Ok((stream, place))
}

type Connection = http1::Connection<TokioIo<TcpStream>, TowerToHyperService<Router>>;

fn connection(stream: TcpStream, router: Router) -> Connection {
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new()).header_read_timeout(HEAD);
    http.serve_connection(TokioIo::new(stream), TowerToHyperService::new(router))
}

/// Resolves at Ctrl-C, or when the system asks the process to end.
#[cfg(unix)]
fn told_to_end() -> Result<impl Future<Output = ()>> {
    use tokio::signal::unix::{SignalKind, signal};
    let (mut interrupt, mut terminate) = (signal(SignalKind::interrupt())?, signal(SignalKind::terminate())?);
    Ok(async move {
        tokio::select! {
            _ = interrupt.recv() => {}
            _ = terminate.recv() => {}
        }
    })
}

#[cfg(not(unix))]
fn told_to_end() -> Result<impl Future<Output = ()>> {
    Ok(async {
        let _ = tokio::signal::ctrl_c().await;
    })
}
