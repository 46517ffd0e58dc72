//! The house is built as ARCHITECTURE.md says.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

/// Crates that take values and return values; they could be published on their own.
const PURE: [&str; 6] = ["calendar", "geography", "forecasting", "simulation", "staffing", "tiles"];

/// What a pure crate must not be able to reach, directly or through somebody else.
const OUTSIDE_WORLD: [&str; 9] =
    ["db", "getrandom", "hyper", "mio", "postgres", "rusqlite", "socket2", "tokio", "tracing"];

/// Words in a pure crate's source that would reach a clock, a file, a socket or the process.
const REACHING_OUT: [&str; 7] =
    ["std::fs", "std::net", "std::env", "std::process", "std::thread", "SystemTime", "Instant::now"];

/// The platform whose dependencies are looked at; those of others may not have been fetched.
const PLATFORM: &str = "x86_64-unknown-linux-gnu";

/// Floors from the ground up; arrows point down or stay on the floor.
const FLOORS: [&str; 5] = ["base", "operate", "plan", "serve", "top"];

pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn metadata(extra: &[&str]) -> Value {
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--format-version", "1", "--locked", "--offline", "--filter-platform", PLATFORM])
        .args(extra)
        .current_dir(root())
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).unwrap()
}

/// Folder (from `crates/`) of a package; nothing for one outside, such as the benches.
fn folder(package: &Value) -> Option<String> {
    let crates = root().canonicalize().unwrap().join("crates");
    let manifest = Path::new(package["manifest_path"].as_str().unwrap());
    let folder = manifest.parent().unwrap().strip_prefix(crates).ok()?;
    Some(folder.to_str().unwrap().to_owned())
}

/// The packages in `crates/`.
fn packages() -> Vec<Value> {
    let mut metadata = metadata(&["--no-deps"]);
    let packages = metadata["packages"].as_array_mut().unwrap();
    packages.drain(..).filter(|package| folder(package).is_some()).collect()
}

/// Name and folder (from `crates/`) of every crate of the workspace.
fn crates() -> BTreeMap<String, String> {
    let packages = packages();
    packages
        .iter()
        .map(|package| (package["name"].as_str().unwrap().to_owned(), folder(package).unwrap()))
        .collect()
}

/// The map of ARCHITECTURE.md: names in the block that begins with `crates/`, in its order.
fn map() -> Vec<String> {
    let text = std::fs::read_to_string(root().join("ARCHITECTURE.md")).unwrap();
    let block = text.split("```").find(|block| block.trim_start().starts_with("crates/")).unwrap();
    let lines = block.lines().skip_while(|line| !line.starts_with("crates/")).skip(1);
    lines
        .take_while(|line| line.starts_with("  "))
        .filter_map(|line| line.split_whitespace().find(|word| !word.ends_with('/')).map(str::to_owned))
        .collect()
}

#[test]
fn the_map_in_architecture_md_equals_the_workspace() {
    let on_the_map: BTreeSet<String> = map().into_iter().collect();
    let in_the_workspace: BTreeSet<String> = crates().into_keys().collect();
    assert_eq!(on_the_map, in_the_workspace);
}

#[test]
fn every_crate_is_named_like_its_folder_and_opens_with_a_paragraph() {
    for (name, folder) in crates() {
        assert_eq!(Path::new(&folder).file_name().unwrap().to_str(), Some(name.as_str()));
        let source = root().join("crates").join(&folder).join("src");
        let first =
            [source.join("lib.rs"), source.join("main.rs")].into_iter().find(|file| file.exists()).unwrap();
        let text = std::fs::read_to_string(&first).unwrap();
        let opening = text.lines().take_while(|line| line.starts_with("//!")).count();
        assert!(opening >= 3, "{} begins without a paragraph for a newcomer", first.display());
    }
}

fn floor(folder: &str) -> usize {
    let first = folder.split('/').next().unwrap();
    FLOORS.iter().position(|floor| *floor == first).unwrap_or(FLOORS.len() - 1)
}

/// Names of the workspace's crates that `package` needs in the product; tests may reach further.
fn needs<'a>(package: &'a Value, crates: &'a BTreeMap<String, String>) -> impl Iterator<Item = &'a str> {
    let dependencies = package["dependencies"].as_array().unwrap().iter();
    dependencies
        .filter(|dependency| dependency["kind"].is_null())
        .map(|dependency| dependency["name"].as_str().unwrap())
        .filter(|name| crates.contains_key(*name))
}

#[test]
fn arrows_run_downward_and_within_a_floor_in_the_order_of_the_map() {
    let (crates, order) = (crates(), map());
    let rank = |name: &str| order.iter().position(|known| known == name).unwrap();
    for package in packages() {
        let name = package["name"].as_str().unwrap();
        for needed in needs(&package, &crates) {
            let (from, to) = (floor(&crates[name]), floor(&crates[needed]));
            assert!(to < from || (to == from && rank(needed) < rank(name)), "{name} must not need {needed}");
            assert!(needed != "testkit", "{name} must not ship what is for tests");
        }
    }
}

#[test]
fn only_db_knows_which_engine_runs() {
    for package in packages() {
        let name = package["name"].as_str().unwrap();
        for dependency in package["dependencies"].as_array().unwrap().iter().filter(|d| d["kind"].is_null()) {
            let engine = ["rusqlite", "postgres"].contains(&dependency["name"].as_str().unwrap());
            assert!(!engine || ["db", "testkit"].contains(&name), "{name} must not name an engine");
        }
    }
}

#[test]
fn pure_crates_cannot_reach_a_clock_a_file_a_socket_or_the_database() {
    let metadata = metadata(&[]);
    let nodes: BTreeMap<&str, &Value> = metadata["resolve"]["nodes"]
        .as_array()
        .unwrap()
        .iter()
        .map(|node| (node["id"].as_str().unwrap(), node))
        .collect();
    let names: BTreeMap<&str, &str> = metadata["packages"]
        .as_array()
        .unwrap()
        .iter()
        .map(|package| (package["id"].as_str().unwrap(), package["name"].as_str().unwrap()))
        .collect();
    for pure in PURE {
        let start = names.iter().find(|(_, name)| **name == pure).map(|(id, _)| *id).unwrap();
        for reached in reachable(start, &nodes) {
            assert!(!OUTSIDE_WORLD.contains(&names[reached]), "{pure} reaches {}", names[reached]);
        }
        for (file, text) in sources(&root().join("crates").join(&crates()[pure]).join("src")) {
            for word in REACHING_OUT {
                assert!(!text.contains(word), "{} mentions {word}", file.display());
            }
        }
    }
}

/// Everything that `start` is built from, tests left aside.
fn reachable<'a>(start: &'a str, nodes: &BTreeMap<&str, &'a Value>) -> BTreeSet<&'a str> {
    let (mut reached, mut next) = (BTreeSet::new(), vec![start]);
    while let Some(id) = next.pop() {
        for dependency in nodes[id]["deps"].as_array().unwrap() {
            let is_built_in =
                dependency["dep_kinds"].as_array().unwrap().iter().any(|kind| kind["kind"].is_null());
            let needed = dependency["pkg"].as_str().unwrap();
            if is_built_in && reached.insert(needed) {
                next.push(needed);
            }
        }
    }
    reached
}

/// Every file below a folder with its text; what is not text is left out.
pub fn sources(folder: &Path) -> Vec<(PathBuf, String)> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap().map(Result::unwrap) {
        if entry.path().is_dir() {
            found.extend(sources(&entry.path()));
        } else {
            found.extend(std::fs::read_to_string(entry.path()).map(|text| (entry.path(), text)));
        }
    }
    found
}
