//! A scene: a temporary folder with some files, in which the command runs. It makes an end-to-end test three lines long.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde_json::Value;
use tempfile::TempDir;

/// A folder to run commands in.
pub struct Scene {
    folder: TempDir,
}

/// What a command did.
pub struct Ran {
    command: String,
    pub stdout: String,
    pub stderr: String,
    pub code: i32,
}

impl Scene {
    /// An empty folder.
    pub fn new() -> Scene {
        Scene { folder: tempfile::tempdir().expect("a temporary folder") }
    }

    /// The sample corpus without what builds made, in the subfolder `corpus`.
    pub fn corpus() -> Scene {
        let scene = Scene::new();
        copy(&Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus"), &scene.path("corpus"));
        scene
    }

    /// The same scene with one more file.
    pub fn file(self, name: &str, content: impl AsRef<[u8]>) -> Scene {
        self.write(name, content);
        self
    }

    /// Writes a file, with its folders.
    pub fn write(&self, name: &str, content: impl AsRef<[u8]>) {
        let path = self.path(name);
        fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
        fs::write(path, content).expect("a file");
    }

    /// The path of a file of the scene.
    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// The content of a file.
    pub fn read(&self, name: &str) -> String {
        String::from_utf8(self.bytes(name)).expect("text")
    }

    /// The bytes of a file.
    pub fn bytes(&self, name: &str) -> Vec<u8> {
        fs::read(self.path(name)).unwrap_or_else(|e| panic!("{name}: {e}"))
    }

    /// The names in a folder, sorted.
    pub fn names(&self, folder: &str) -> Vec<String> {
        let mut names: Vec<String> = fs::read_dir(self.path(folder))
            .expect("a folder")
            .map(|e| e.expect("an entry").file_name().to_string_lossy().into_owned())
            .collect();
        names.sort();
        names
    }

    /// Runs the command with the words of `line`, split at blanks.
    pub fn run(&self, line: &str) -> Ran {
        self.run_with(line, "")
    }

    /// The same with something on standard input.
    pub fn run_with(&self, line: &str, stdin: impl AsRef<[u8]>) -> Ran {
        let mut child = Command::new(env!("CARGO_BIN_EXE_bitexto"))
            .args(line.split_whitespace())
            .current_dir(self.folder.path())
            .env("NO_COLOR", "1")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the command starts");
        // A command that does not read its input closes the pipe; that is its right.
        let _ = child.stdin.take().expect("a pipe").write_all(stdin.as_ref());
        let output = child.wait_with_output().expect("the command ends");
        Ran {
            command: line.to_string(),
            stdout: String::from_utf8(output.stdout).expect("standard output is text"),
            stderr: String::from_utf8(output.stderr).expect("standard error is text"),
            code: output.status.code().unwrap_or(-1),
        }
    }
}

impl Ran {
    /// Asserts the exit code.
    #[track_caller]
    pub fn code(self, code: i32) -> Ran {
        assert_eq!(self.code, code, "bitexto {}\n{}{}", self.command, self.stdout, self.stderr);
        self
    }

    /// Asserts that it succeeded.
    #[track_caller]
    pub fn ok(self) -> Ran {
        self.code(0)
    }

    /// Asserts that it failed with exit code 2, standard output empty.
    #[track_caller]
    pub fn fails(self) -> Ran {
        assert_eq!(self.stdout, "", "bitexto {}", self.command);
        self.code(2)
    }

    /// Asserts that standard error contains `text`.
    #[track_caller]
    pub fn says(self, text: &str) -> Ran {
        assert!(self.stderr.contains(text), "bitexto {} does not say `{text}`:\n{}", self.command, self.stderr);
        self
    }

    /// Asserts that standard output contains `text`.
    #[track_caller]
    pub fn prints(self, text: &str) -> Ran {
        assert!(self.stdout.contains(text), "bitexto {} does not print `{text}`:\n{}", self.command, self.stdout);
        self
    }

    /// Standard output as JSON.
    #[track_caller]
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.stdout).unwrap_or_else(|e| panic!("bitexto {}: {e}\n{}{}", self.command, self.stdout, self.stderr))
    }
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a folder");
    for entry in fs::read_dir(from).expect("a folder") {
        let entry = entry.expect("an entry");
        if entry.file_name() == "out" {
            continue;
        }
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).expect("a copy");
        }
    }
}
