//! `review`: the real server on a real socket.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use crate::harness::Scene;

struct Server {
    child: Child,
    port: u16,
    token: String,
}

impl Server {
    fn start(scene: &Scene, options: &str) -> Server {
        let mut child = Command::new(env!("CARGO_BIN_EXE_bitexto"))
            .args(["review", "c.db", "--no-browser"])
            .args(options.split_whitespace())
            .current_dir(scene.path(""))
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the command starts");
        let mut line = String::new();
        BufReader::new(child.stdout.take().expect("a pipe")).read_line(&mut line).expect("a first line");
        let (address, token) = line.trim().split_once("/#t=").unwrap_or_else(|| panic!("no address: {line}"));
        let port = address.strip_prefix("http://127.0.0.1:").and_then(|port| port.parse().ok()).expect("a port");
        Server { child, port, token: token.to_string() }
    }

    fn get(&self, path: &str, header: &str) -> (u16, String) {
        get(self.port, path, header)
    }

    fn api(&self, path: &str) -> serde_json::Value {
        let (status, body) = self.get(path, &format!("Authorization: Bearer {}\r\n", self.token));
        assert_eq!(status, 200, "{body}");
        serde_json::from_str(&body).expect("json")
    }

    /// Tells it to end; its exit code and what it said.
    fn end(mut self) -> (Option<i32>, String) {
        let told = Command::new("kill").args(["-TERM", &self.child.id().to_string()]).status().expect("kill");
        assert!(told.success());
        let start = Instant::now();
        while self.child.try_wait().expect("a status").is_none() {
            assert!(start.elapsed() < Duration::from_secs(20), "it does not end");
            std::thread::sleep(Duration::from_millis(20));
        }
        let code = self.child.wait().expect("a status").code();
        let mut said = String::new();
        self.child.stderr.take().expect("a pipe").read_to_string(&mut said).expect("text");
        (code, said)
    }
}

/// The status and body of the answer.
fn get(port: u16, path: &str, header: &str) -> (u16, String) {
    let mut stream = TcpStream::connect(("127.0.0.1", port)).expect("a connection");
    stream.set_read_timeout(Some(Duration::from_secs(30))).expect("a timeout");
    write!(stream, "GET {path} HTTP/1.1\r\nHost: localhost:{port}\r\nConnection: close\r\n{header}\r\n").expect("sent");
    let mut answer = String::new();
    stream.read_to_string(&mut answer).expect("an answer");
    let (head, body) = answer.split_once("\r\n\r\n").expect("a head");
    (head.split(' ').nth(1).and_then(|status| status.parse().ok()).expect("a status"), body.to_string())
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn scene() -> Scene {
    let scene = Scene::new().file("a.tsv", "Llueve mucho hoy.\tIt is raining hard today.\n");
    scene.run("ingest a.tsv --corpus c.db").ok();
    scene
}

#[cfg(unix)]
#[test]
fn the_first_line_is_the_address_of_page_and_api_and_sigterm_ends_it() {
    let scene = scene();
    let server = Server::start(&scene, "--reviewer ana");
    assert_eq!(server.token.len(), 64);
    let (status, page) = server.get("/", "");
    assert!(status == 200 && page.contains("<title>"), "{page}");
    assert_eq!(server.get("/api/session", "").0, 401);
    let session = server.api("/api/session");
    assert_eq!((&session["reviewer"], &session["units"], &session["read_only"]), (&"ana".into(), &1.into(), &false.into()));
    assert!(scene.names("").contains(&"c.db.review.lock".to_string()));
    assert_eq!(server.end().0, Some(0));
    assert_eq!(scene.names(""), ["a.tsv", "c.db"]);
}

#[cfg(unix)]
#[test]
fn a_second_server_shows_the_store_and_says_that_it_changes_nothing() {
    let scene = scene();
    let first = Server::start(&scene, "");
    let second = Server::start(&scene, "--reviewer bea");
    let session = second.api("/api/session");
    assert_eq!(session["read_only"], true, "{session}");
    let (code, said) = second.end();
    assert_eq!(code, Some(0));
    assert!(said.contains("read-only") && said.contains(&format!("process {}", first.child.id())), "{said}");
    assert_eq!(first.end().0, Some(0));
}

#[cfg(unix)]
#[test]
fn a_server_that_has_told_its_address_can_be_told_to_end_though_a_window_waits_for_news() {
    let scene = scene();
    assert_eq!(Server::start(&scene, "").end().0, Some(0));
    let server = Server::start(&scene, "");
    let waiting = std::thread::scope(|scope| {
        let (port, token) = (server.port, server.token.clone());
        let waiting = scope.spawn(move || get(port, "/api/changes?since=0&wait=60", &format!("Authorization: Bearer {token}\r\n")));
        std::thread::sleep(Duration::from_millis(300));
        let start = Instant::now();
        assert_eq!(server.end().0, Some(0));
        assert!(start.elapsed() < Duration::from_secs(10));
        waiting.join().expect("no panic")
    });
    assert_eq!(waiting.0, 200, "{}", waiting.1);
}

#[test]
fn what_cannot_be_served_is_told_at_once() {
    let scene = scene();
    scene.run("review nothing.db --no-browser").fails().says("nothing.db");
    scene.run("review c.db --no-browser --reviewer Ana").fails().says("`Ana` is not a reviewer's name");
    scene.run("review c.db --no-browser --assets a.tsv").fails().says("index.html");
}
