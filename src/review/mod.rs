//! The local web app for reviewers: a server for one person on this machine, and the page it serves. It knows no SQL and makes no decision
//! about texts: what a review act does is the business of [`store`](crate::store).

use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;

use crate::error::Result;
use serve::Running;
use session::Session;

mod api;
mod assets;
mod browser;
mod guard;
mod lock;
mod refusal;
mod serve;
mod session;
mod spans;
mod token;
mod views;

pub use browser::open as open_browser;

/// How the server is to run.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// The store.
    pub store: PathBuf,
    /// The port; 0 for any that is free.
    pub port: u16,
    /// The name that acts are signed with: 1 to 40 of `a-z 0-9 . _ -`; by default the user's.
    pub reviewer: Option<String>,
    /// A folder to read the page's files from, instead of those inside the program.
    pub assets: Option<PathBuf>,
    /// True to show the store and change nothing.
    pub read_only: bool,
}

/// A server that has its port and is not serving yet.
pub struct Server {
    session: Arc<Session>,
    running: Running,
    address: SocketAddr,
}

impl Server {
    /// Opens the store and takes a port of the loopback interface, which no other machine reaches.
    ///
    /// # Errors
    /// If the store cannot be opened, the reviewer's name is none, or the port is taken.
    pub fn bind(options: Options) -> Result<Server> {
        let port = options.port;
        let session = Session::open(options)?;
        let running = Running::on(port)?;
        Ok(Server { session, address: running.address()?, running })
    }

    /// The page's address with the token in its fragment, which no browser sends or logs.
    pub fn url(&self) -> String {
        format!("http://{}/#t={}", self.address, self.session.token.as_str())
    }

    /// The port.
    pub fn port(&self) -> u16 {
        self.address.port()
    }

    /// Why nothing can be changed, if so.
    pub fn read_only(&self) -> Option<&str> {
        self.session.read_only.as_deref()
    }

    /// Serves until the process is told to end (Ctrl-C, SIGTERM); requests that are being worked on are finished.
    pub fn run(self) {
        self.running.serve(self.session);
    }
}
