//! Running the real program against a database of its own.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use tempfile::TempDir;
use testkit::{Engine, TestDatabase};

/// The jurisdiction that most tests serve.
pub const TOWN: &str = "springfield.example";

/// A folder and a database in which the program runs.
pub struct Program {
    folder: TempDir,
    database: TestDatabase,
}

/// What a run of the program came to.
#[derive(Debug)]
pub struct Ran {
    pub code: i32,
    pub out: String,
    pub err: String,
}

impl Program {
    pub fn on(engine: Engine) -> Self {
        Self { folder: tempfile::tempdir().unwrap(), database: TestDatabase::open(engine, &[]) }
    }

    /// Runs a test on both engines.
    pub fn on_both(test: impl Fn(&Program)) {
        for engine in [Engine::Sqlite, Engine::Postgres] {
            eprintln!("on {engine:?}:");
            test(&Program::on(engine));
        }
    }

    /// With a jurisdiction that everything can be put into.
    pub fn with_town(self) -> Self {
        self.add_town();
        self
    }

    pub fn add_town(&self) {
        self.succeeds(&["jurisdiction", "add", TOWN, "--name", "Springfield", "--zone", "America/New_York"]);
    }

    pub fn database(&self) -> &TestDatabase {
        &self.database
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub fn write(&self, name: &str, text: &str) -> String {
        let path = self.path(name);
        std::fs::write(&path, text).unwrap();
        path.to_str().unwrap().to_owned()
    }

    /// The program, ready to run in its folder with nothing of our environment's settings.
    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_townline"));
        for (name, _) in std::env::vars().filter(|(name, _)| name.starts_with("TOWNLINE_")) {
            command.env_remove(name);
        }
        command
            .args(arguments)
            .current_dir(self.folder.path())
            .env("TOWNLINE_DATABASE", self.database.address());
        command
    }

    pub fn run(&self, arguments: &[&str]) -> Ran {
        self.run_with_input(arguments, "")
    }

    pub fn run_with_input(&self, arguments: &[&str], input: &str) -> Ran {
        let mut child = self
            .command(arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
        let output = child.wait_with_output().unwrap();
        Ran {
            code: output.status.code().unwrap_or(-1),
            out: String::from_utf8(output.stdout).unwrap(),
            err: String::from_utf8(output.stderr).unwrap(),
        }
    }

    /// Runs a command that must succeed; answers its standard output.
    pub fn succeeds(&self, arguments: &[&str]) -> String {
        let ran = self.run(arguments);
        assert_eq!(ran.code, 0, "{arguments:?}: {ran:?}");
        ran.out
    }

    /// Runs a command whose input must be refused; answers what it says.
    pub fn refuses(&self, arguments: &[&str]) -> String {
        let ran = self.run(arguments);
        assert_eq!(ran.code, 2, "{arguments:?}: {ran:?}");
        ran.err
    }
}

/// The last line of some output.
pub fn last_line(text: &str) -> &str {
    text.trim_end().lines().last().unwrap_or_default()
}

/// A file of the shared data, as an argument.
pub fn shared(path: &str) -> String {
    let path = testkit::shared().join(path);
    assert!(Path::new(&path).exists(), "{} is missing", path.display());
    path.to_str().unwrap().to_owned()
}
