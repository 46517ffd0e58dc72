//! `serve` and `demo`: they say when they are ready, answer, and stop when asked.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Stdio};

use crate::program::Program;
use testkit::Engine;

/// A running server, ended with the test at the latest.
struct Server {
    child: Child,
    address: String,
    said: Vec<String>,
}

impl Drop for Server {
    fn drop(&mut self) {
        // It has usually been stopped by now, which makes both of these fail.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Server {
    fn start(program: &Program, arguments: &[&str]) -> Self {
        let mut command = program.command(arguments);
        let child = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
        let mut server = Self { child, address: String::new(), said: Vec::new() };
        let out = BufReader::new(server.child.stdout.take().unwrap());
        for line in out.lines().map(Result::unwrap) {
            if let Some(address) = line.strip_prefix("listening on http://") {
                server.address = address.to_owned();
                return server;
            }
            server.said.push(line);
        }
        panic!("the server ended before it listened: {:?}", server.said);
    }

    fn get(&self, path: &str) -> String {
        let mut socket = TcpStream::connect(&self.address).unwrap();
        write!(socket, "GET {path} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n\r\n", self.address).unwrap();
        let mut answer = String::new();
        socket.read_to_string(&mut answer).unwrap();
        answer
    }

    /// Asks it to stop as a service manager does; answers its exit code.
    fn stop(mut self) -> Option<i32> {
        let pid = self.child.id().to_string();
        assert!(std::process::Command::new("kill").args(["-TERM", &pid]).status().unwrap().success());
        self.child.wait().unwrap().code()
    }
}

#[test]
fn ovl_10_serve_says_when_it_is_ready_and_stops_cleanly_when_asked() {
    Program::on_both(|program| {
        program.add_town();
        let server = Server::start(program, &["serve", "--listen", "127.0.0.1:0"]);
        assert!(server.get("/healthz").starts_with("HTTP/1.1 200"));
        assert!(server.get("/readyz").starts_with("HTTP/1.1 200"));
        assert!(server.get("/metrics").contains("townline"));
        assert!(server.get("/").contains("Springfield"));
        assert_eq!(server.stop(), Some(0));
    });
}

#[test]
fn the_demo_makes_a_town_and_prints_addresses_and_sign_ins() {
    let program = Program::on(Engine::Sqlite);
    let database = format!("sqlite:{}", program.path("demo.db").display());
    let server = Server::start(
        &program,
        &["demo", "--population", "500", "--listen", "127.0.0.1:0", "--database", &database],
    );
    let said = server.said.join("\n");
    for named in ["made up", "/desk", "/admin", "dispatcher", "password"] {
        assert!(said.contains(named), "{said} should name {named}");
    }
    assert!(server.get("/requests").starts_with("HTTP/1.1 200"));
    assert!(server.get("/open311/v2/services.json").contains("service_code"));
    assert_eq!(server.stop(), Some(0));
    let twice = program.run(&["demo", "--population", "500", "--no-serve", "--database", &database]);
    assert_ne!(twice.code, 0, "a town is never made over another: {twice:?}");
}

#[test]
fn aud_03_a_chain_recomputed_as_a_whole_or_cut_off_contradicts_the_checkpoints() {
    for engine in [Engine::Sqlite, Engine::Postgres] {
        let program = Program::on(engine).with_town();
        assert_eq!(Server::start(&program, &["serve", "--listen", "127.0.0.1:0"]).stop(), Some(0));
        let (folder, key) = (program.path("townline-checkpoints"), program.path("townline.key"));
        let (folder, key) = (folder.to_str().unwrap(), key.to_str().unwrap());
        let arguments = ["verify", "--checkpoints", folder, "--key", key];
        assert!(program.succeeds(&arguments).contains("unbroken, as noted at"));
        // Whole in itself, and made at another time: what somebody gets who recomputes everything.
        let recomputed = Program::on(engine).with_town();
        recomputed.succeeds(&["verify"]);
        let found = recomputed.run(&arguments);
        assert!(found.code == 1 && found.err.contains("not the entry that was noted elsewhere"), "{found:?}");
        let emptied = Program::on(engine).run(&arguments);
        assert!(emptied.code == 1 && emptied.err.contains("cut off"), "{emptied:?}");
        let file = format!("{folder}/{}.checkpoints", crate::program::TOWN);
        std::fs::write(&file, std::fs::read_to_string(&file).unwrap().replace("\"lane\":", "\"lane\": "))
            .unwrap();
        let changed = program.run(&arguments);
        assert!(changed.code == 1 && changed.err.contains("line 1 of the checkpoints"), "{changed:?}");
    }
}
