//! UPL-09, CFG-04, CFG-05 and the checklist itself: what the source must not contain, and what must be proved.

use std::collections::BTreeSet;
use std::path::Path;
use std::process::Command;

use crate::house::{root, sources};

/// Every file of ours that is shipped, with its text up to its tests.
fn shipped() -> Vec<(String, String)> {
    let files = sources(&root().join("crates")).into_iter();
    files
        .map(|(path, text)| (path.to_str().unwrap().to_owned(), text))
        .filter(|(path, _)| path.contains("/src/") && path.ends_with(".rs") && !path.contains("/testkit/"))
        .map(|(path, text)| (path, text.split("#[cfg(test)]").next().unwrap().to_owned()))
        .collect()
}

#[test]
fn upl_09_no_other_program_is_ever_started() {
    for (path, text) in shipped() {
        for word in ["process::Command", "Command::new", ".spawn_process", "libc::exec", "posix_spawn"] {
            assert!(!text.contains(word), "{path} mentions {word}");
        }
    }
}

#[test]
fn cfg_05_unsafe_is_forbidden_in_every_crate() {
    let workspace = std::fs::read_to_string(root().join("Cargo.toml")).unwrap();
    assert!(workspace.contains("unsafe_code = \"forbid\""));
    for folder in ["base", "operate", "serve", ""] {
        for entry in std::fs::read_dir(root().join("crates").join(folder)).unwrap().map(Result::unwrap) {
            let manifest = entry.path().join("Cargo.toml");
            if let Ok(text) = std::fs::read_to_string(&manifest) {
                assert!(text.contains("[lints]\nworkspace = true"), "{}", manifest.display());
            }
        }
    }
}

#[test]
fn cfg_04_what_is_built_and_checked_is_what_the_lock_file_says() {
    assert!(root().join("Cargo.lock").exists());
    for script in ["scripts/check", "scripts/test", "scripts/bench", "Makefile"] {
        let text = std::fs::read_to_string(root().join(script)).unwrap();
        for line in text.lines().filter(|line| line.contains("cargo ") && !line.contains("cargo fmt")) {
            let is_a_build = ["build", "test", "nextest run", "clippy", "doc ", "deny "];
            if is_a_build.iter().any(|word| line.contains(&format!("cargo {word}"))) {
                assert!(line.contains("--locked"), "{script}: {line}");
            }
        }
    }
    let check = std::fs::read_to_string(root().join("scripts/check")).unwrap();
    assert!(check.contains("check bans licenses sources"));
}

/// A package that needs one other, of this name, both made on the spot.
fn planted(folder: &Path, name: &str) {
    let write = |path: &str, text: &str| {
        let path = folder.join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    };
    let package = |name: &str| {
        format!(
            "[package]\nname = \"{name}\"\nversion = \"0.9.9\"\nedition = \"2024\"\nlicense = \"MIT\"\npublish = false\n"
        )
    };
    write("Cargo.toml", &format!("{}[dependencies]\n{name} = {{ path = \"{name}\" }}\n", package("plant")));
    write("src/lib.rs", "");
    write(&format!("{name}/Cargo.toml"), &package(name));
    write(&format!("{name}/src/lib.rs"), "");
}

#[test]
fn cfg_04_a_planted_crate_that_is_banned_fails_the_check_and_another_does_not() {
    for (name, passes) in [("openssl-sys", false), ("harmless", true)] {
        let folder = tempfile::tempdir().unwrap();
        planted(folder.path(), name);
        std::fs::copy(root().join("deny.toml"), folder.path().join("deny.toml")).unwrap();
        let manifest = folder.path().join("Cargo.toml");
        let checked = Command::new(env!("CARGO"))
            .args([
                "deny",
                "--offline",
                "--manifest-path",
                manifest.to_str().unwrap(),
                "--log-level",
                "error",
            ])
            .args(["check", "bans"])
            .current_dir(folder.path())
            .output()
            .unwrap();
        let said = String::from_utf8_lossy(&checked.stderr).into_owned();
        assert_eq!(checked.status.success(), passes, "{name}: {said}");
        assert!(passes || said.contains("openssl-sys"), "{said}");
    }
}

/// The names of all tests that prove a line of the checklist.
fn proofs() -> BTreeSet<String> {
    let areas = [
        "auth", "sess", "az", "inp", "upl", "out", "hko", "api", "priv", "aud", "ovl", "dur", "time", "i18n",
        "cfg",
    ];
    let is_proof = |name: &str| {
        let mut parts = name.splitn(3, '_');
        areas.contains(&parts.next().unwrap_or_default())
            && parts
                .next()
                .is_some_and(|number| number.len() == 2 && number.chars().all(|c| c.is_ascii_digit()))
    };
    let mut found = BTreeSet::new();
    for (path, text) in sources(&root().join("crates")) {
        if path.extension().is_some_and(|ending| ending == "rs") {
            let names =
                text.split("fn ").skip(1).map(|rest| rest.split(['(', '<', ' ', '\n']).next().unwrap());
            found.extend(names.filter(|name| is_proof(name)).map(str::to_owned));
        }
    }
    found
}

/// The id of the checklist that the name of a test begins with: `auth_07_…` is AUTH-07.
fn id(test: &str) -> String {
    let mut parts = test.splitn(3, '_');
    format!("{}-{}", parts.next().unwrap().to_uppercase(), parts.next().unwrap())
}

#[test]
fn the_page_about_security_names_every_proof_and_no_other() {
    let page = std::fs::read_to_string(root().join("docs/security.md")).unwrap();
    let proofs = proofs();
    let mut named = BTreeSet::new();
    for row in page.lines().filter(|line| line.starts_with("| ") && line.contains('-')) {
        let cells: Vec<&str> = row.trim_matches('|').split('|').map(str::trim).collect();
        let [row_id, _, tests, missing] = cells[..] else { panic!("four cells: {row}") };
        for test in
            tests.split_whitespace().map(|test| test.trim_matches(['`', ','])).filter(|test| *test != "–")
        {
            assert!(proofs.contains(test), "{row_id} names {test}, which is no test");
            assert_eq!(id(test), row_id, "{test} stands in the row of another id");
            named.insert(test.to_owned());
        }
        assert!(tests != "–" || !missing.is_empty(), "{row_id} is neither proved nor said to be missing");
    }
    let unnamed: Vec<_> = proofs.difference(&named).collect();
    assert!(unnamed.is_empty(), "not on the page: {unnamed:#?}");
}
